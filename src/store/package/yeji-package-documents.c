// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include "yeji-store-private.h"

/* A document that comes, and what it becomes here. */
typedef struct
{
  const YejiPackageDocument *came;
  const char *original;        /* (nullable): of which there is a content */
  char *id;
  char *media_type;
  gint64 size;
  const YejiSlot *slot;        /* (nullable): it goes into the tray */
  int n_flaws;
} Document;

static void
clear_document (Document *document)
{
  g_free (document->id);
  g_free (document->media_type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Document, clear_document)

static gboolean
has_content (YejiTaking *taking,
             const char *sha256)
{
  g_autofree char *path = NULL;

  if (sha256 == NULL)
    return FALSE;
  if (taking->dry && g_hash_table_contains (taking->contents, sha256))
    return TRUE;
  path = yeji_copies_get_path (yeji_store_get_directory (taking->store), sha256);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* Its id tells that it was here before: it may have been moved or removed since, which the clerk
 * wanted, unless it went with a taking over that was taken back. */
static gboolean
is_known (YejiSql            *sql,
          YejiPackageRecord  *record,
          Document           *document,
          gboolean           *known,
          GError            **error)
{
  const YejiPackageDocument *came = document->came;
  g_autofree char *same = NULL;
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;
  gboolean taken = FALSE;

  *known = FALSE;
  rows = yeji_sql_query (sql, error,
                         "SELECT record = ?2 AND NOT EXISTS (SELECT 1 FROM taking t"
                         "  WHERE t.batch = a.batch AND t.undone_at = a.removed_at)"
                         " FROM attachment a WHERE id = ?1", "ss", came->id, record->uuid);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &failure))
    {
      taken = TRUE;
      *known = yeji_rows_int (rows, 0) != 0;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_clear_pointer (&rows, yeji_rows_free);
  document->id = taken ? g_uuid_string_random () : g_ascii_strdown (came->id, -1);
  if (*known)
    return TRUE;
  if (!yeji_attachment_find_same (sql, record->uuid, came->slot, came->sha256, document->original,
                                  &same, error))
    return FALSE;
  *known = same != NULL;
  return TRUE;
}

/* Of a plan the content is not here yet. */
static gboolean
look_at (YejiTaking  *taking,
         Document    *document,
         GError     **error)
{
  YejiDictionary *dictionary = yeji_shelf_get_current (yeji_store_get_shelf (taking->store));
  const YejiLimits *limits = yeji_dictionary_get_limits (dictionary);

  document->n_flaws = yeji_store_count_flaws (document->came->findings, limits);
  if (taking->dry)
    {
      document->media_type = g_strdup ("application/octet-stream");
      return TRUE;
    }
  return yeji_copies_look_at (yeji_store_get_directory (taking->store), document->came->sha256,
                              &document->media_type, &document->size, error);
}

/* Where it may not lie it is not lost: the tray takes it. */
static gboolean
choose_slot (YejiTaking         *taking,
             YejiSql            *sql,
             YejiPackageRecord  *record,
             Document           *document,
             GError            **error)
{
  YejiDictionary *dictionary = yeji_shelf_get_current (yeji_store_get_shelf (taking->store));
  const YejiSlot *slot = yeji_dictionary_find_slot (dictionary, document->came->slot);
  g_autoptr (GError) reason = NULL;

  if (slot == NULL
      || (!taking->dry && !yeji_attachment_check_type (slot, document->media_type, NULL)))
    return TRUE;
  if (yeji_attachment_check_room (sql, record->uuid, slot,
                                  yeji_dictionary_get_limits (dictionary), &reason))
    {
      document->slot = slot;
      return TRUE;
    }
  if (reason->domain == YEJI_STORE_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
insert_attachment (YejiTaking         *taking,
                   YejiSql            *sql,
                   YejiPackageRecord  *record,
                   const Document     *document,
                   gboolean            is_new,
                   GError            **error)
{
  const YejiPackageDocument *came = document->came;

  taking->documents |= !is_new;
  return yeji_sql_exec (sql, error,
                        "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                        " size, position, added_at, received_at, rotation, batch, origin,"
                        " original, findings, n_flaws) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                        " CASE WHEN ?8 > 0 THEN ?8 ELSE"
                        "  (SELECT coalesce (max (position), 0) + 1 FROM attachment"
                        "   WHERE record = ?2 AND slot = ?3) END, ?9, ?10, ?11, ?12, ?13, ?14,"
                        " ?15, nullif (?16, -1))",
                        "ssssssiississssi", document->id, record->uuid, came->slot, came->sha256,
                        came->filename, document->media_type, document->size,
                        is_new ? came->position : (gint64) 0, came->added_at, came->received_at,
                        (gint64) came->rotation, is_new ? NULL : taking->batch, came->origin,
                        document->original, document->n_flaws >= 0 ? came->findings : NULL,
                        (gint64) document->n_flaws);
}

static gboolean
insert_into_tray (YejiTaking      *taking,
                  YejiSql         *sql,
                  const Document  *document,
                  GError         **error)
{
  const YejiPackageDocument *came = document->came;
  g_autofree char *same = NULL;

  if (!yeji_attachment_find_same (sql, NULL, NULL, came->sha256, document->original, &same, error))
    return FALSE;
  if (same != NULL)
    return TRUE;
  taking->tray = taking->documents = TRUE;
  return yeji_sql_exec (sql, error,
                        "INSERT INTO tray (id, sha256, filename, origin, media_type, size,"
                        " rotation, original, findings, n_flaws, batch, added_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif (?10, -1), ?11, ?12)",
                        "sssssiississ", document->id, came->sha256, came->filename, came->origin,
                        document->media_type, document->size, (gint64) came->rotation,
                        document->original, document->n_flaws >= 0 ? came->findings : NULL,
                        (gint64) document->n_flaws, taking->batch, taking->now);
}

static gboolean
take_document (YejiTaking                 *taking,
               YejiSql                    *sql,
               YejiPackageRecord          *record,
               const YejiPackageDocument  *came,
               YejiTakeItem               *item,
               GError                    **error)
{
  g_auto (Document) document = { came };
  gboolean known;

  if (has_content (taking, came->original))
    document.original = came->original;
  if (!is_known (sql, record, &document, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!has_content (taking, came->sha256))
    {
      g_ptr_array_add (taking->report->missing, g_strdup (came->filename));
      return TRUE;
    }
  if (!look_at (taking, &document, error)
      || !choose_slot (taking, sql, record, &document, error))
    return FALSE;
  item->n_documents++;
  if (document.slot != NULL)
    return insert_attachment (taking, sql, record, &document, item->kind == YEJI_TAKE_NEW, error);
  item->n_to_tray++;
  return insert_into_tray (taking, sql, &document, error);
}

/**
 * yeji_package_take_documents: (skip)
 *
 * Adds the documents that the record lacks. Nothing is taken out of it.
 */
gboolean
yeji_package_take_documents (YejiTaking         *taking,
                             YejiSql            *sql,
                             YejiPackageRecord  *record,
                             YejiTakeItem       *item,
                             GError            **error)
{
  for (guint i = 0; i < record->documents->len; i++)
    if (!take_document (taking, sql, record, g_ptr_array_index (record->documents, i), item,
                        error))
      return FALSE;
  return item->n_documents == 0 || yeji_store_note_slots (taking->store, sql, record->uuid, error);
}
