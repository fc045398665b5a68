// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-facts.h"

#include "yeji-store-private.h"

/* Behind every moment that a record was changed at. */
#define END "~"

typedef struct
{
  YejiStore *store;
  GPtrArray *records;          /* (element-type YejiRecord) */
  GPtrArray *facts;            /* (element-type YejiFacts) */
  GStrv digests;               /* of the records as they were checked */
  guint n_noted;
} Note;

typedef struct
{
  const char *changed_at;      /* records before that one */
  const char *uuid;
  guint n;
  GPtrArray *uuids;            /* (element-type utf8) */
  char *cursor;                /* (nullable) */
} Unchecked;

static gboolean
is_as_checked (YejiSql     *sql,
               YejiRecord  *record,
               const char  *digest,
               gboolean    *same,
               GError     **error)
{
  const char *version = yeji_dictionary_get_version (yeji_record_get_dictionary (record));
  g_autoptr (GError) failure = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT digest = ?2 AND dictionary = ?3 FROM record WHERE uuid = ?1",
                         "sss", yeji_record_get_uuid (record), digest, version);
  if (rows == NULL)
    return FALSE;
  *same = yeji_rows_next (rows, &failure) && yeji_rows_int (rows, 0) != 0;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Note *note = data;

  for (guint i = 0; i < note->records->len; i++)
    {
      YejiRecord *record = g_ptr_array_index (note->records, i);
      gboolean same;

      if (!is_as_checked (sql, record, note->digests[i], &same, error))
        return FALSE;
      if (same && !yeji_store_write_facts (sql, yeji_record_get_uuid (record),
                                           g_ptr_array_index (note->facts, i), error))
        return FALSE;
      note->n_noted += same;
    }
  return TRUE;
}

/* On the calling thread: the database's has a clerk's keystrokes to save. */
static GStrv
make_digests (YejiStore *self,
              GPtrArray *records)
{
  GStrv digests = g_new0 (char *, records->len + 1);

  for (guint i = 0; i < records->len; i++)
    digests[i] = yeji_store_digest (self, g_ptr_array_index (records, i));
  return digests;
}

static gboolean
run_list_unchecked (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  Unchecked *list = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, changed_at FROM record INDEXED BY record_unchecked"
                         " WHERE removed_at IS NULL AND (changed_at, uuid) < (?1, ?2)"
                         " AND (n_errors IS NULL OR completeness IS NULL OR outcome IS NULL"
                         "  OR required_slots IS NULL)"
                         " ORDER BY changed_at DESC, uuid DESC LIMIT ?3",
                         "ssi", list->changed_at, list->uuid, (gint64) list->n);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      g_ptr_array_add (list->uuids, yeji_rows_dup_text (rows, 0));
      g_free (list->cursor);
      list->cursor = g_strdup_printf ("%s %s", yeji_rows_text (rows, 0), yeji_rows_text (rows, 1));
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * yeji_store_list_unchecked:
 * @cursor: (inout) (nullable): %NULL at first; where the next call goes on
 * @n: so many at most
 *
 * Lists records of which it is not known what a check finds in them: of an older version of the
 * program, or moved to another dictionary and not checked. Those in the bin are left out. Blocks.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the one that was changed last first;
 *   none at the end
 */
GPtrArray *
yeji_store_list_unchecked (YejiStore  *self,
                           char      **cursor,
                           guint       n,
                           GError    **error)
{
  g_auto (GStrv) after = NULL;
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  Unchecked list = { END, END, n, uuids };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (cursor != NULL, NULL);

  if (*cursor != NULL)
    {
      after = g_strsplit (*cursor, " ", 2);
      list.uuid = after[0];
      list.changed_at = after[1];
    }
  if (!yeji_db_run (yeji_store_get_db (self), run_list_unchecked, &list, error))
    {
      g_free (list.cursor);
      return NULL;
    }
  if (list.cursor != NULL)
    {
      g_free (*cursor);
      *cursor = list.cursor;
    }
  return g_steal_pointer (&uuids);
}

/**
 * yeji_store_note_checks:
 * @records: (element-type YejiRecord): as they were loaded and checked
 * @facts: (element-type YejiFacts): what the check of each found
 * @tell: whether "changed" is emitted, once for all; who notes many in turn does not each time
 *
 * Does what yeji_store_note_check() does for some records, in one transaction. Blocks.
 *
 * Returns: %FALSE when the database failed
 */
gboolean
yeji_store_note_checks (YejiStore  *self,
                        GPtrArray  *records,
                        GPtrArray  *facts,
                        gboolean    tell,
                        GError    **error)
{
  g_auto (GStrv) digests = NULL;
  Note note = { self, records, facts };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (records->len == facts->len, FALSE);

  digests = make_digests (self, records);
  note.digests = digests;
  if (records->len > 0
      && !yeji_db_run (yeji_store_get_db (self), run_note, &note, error))
    return FALSE;
  if (tell)
    yeji_store_announce (self, NULL);
  return TRUE;
}

/**
 * yeji_store_note_check:
 * @record: as it was loaded and checked
 * @facts: what the check found
 *
 * Notes what a check found in a record that nobody has changed since: one that was changed was
 * checked by who did that, and the record itself is never written here.
 *
 * Returns: %FALSE when the database failed
 */
gboolean
yeji_store_note_check (YejiStore        *self,
                       YejiRecord       *record,
                       const YejiFacts  *facts,
                       GError          **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) all_facts = g_ptr_array_new ();
  g_auto (GStrv) digests = NULL;
  Note note = { self, records, all_facts };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (YEJI_IS_RECORD (record), FALSE);
  g_return_val_if_fail (facts != NULL, FALSE);

  g_ptr_array_add (records, record);
  g_ptr_array_add (all_facts, (gpointer) facts);
  digests = make_digests (self, records);
  note.digests = digests;
  if (!yeji_db_run (yeji_store_get_db (self), run_note, &note, error))
    return FALSE;
  if (note.n_noted > 0)
    yeji_store_announce (self, yeji_record_get_uuid (record));
  return TRUE;
}
