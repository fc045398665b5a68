// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-source.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-store-private.h"
#include "yeji-store-seal.h"

typedef struct
{
  YejiStore *store;
  YejiPackageSource *source;
  const char *const *uuids;    /* (nullable) */
  const char *uuid;
  YejiPackageRecord *record;
  GHashTable *sums;            /* contents that were seen */
} Work;

static void
free_content (gpointer data)
{
  YejiPackageContent *content = data;

  g_free (content->sha256);
  g_free (content->filename);
  g_free (content);
}

void
yeji_package_source_free (YejiPackageSource *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->uuids);
  g_ptr_array_unref (self->contents);
  g_hash_table_unref (self->documents);
  yeji_package_report_free (self->report);
  g_free (self);
}

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
list_all (YejiSql    *sql,
          GPtrArray  *uuids,
          GError    **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error, "SELECT uuid FROM record WHERE removed_at IS NULL"
                         " ORDER BY created_at, uuid", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  return finish (failure, error);
}

/* One that is named twice goes in once. */
static gboolean
list_named (YejiSql            *sql,
            const char *const  *uuids,
            GPtrArray          *list,
            GError            **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (; *uuids != NULL; uuids++)
    {
      g_autofree char *uuid = g_ascii_strdown (*uuids, -1);
      g_autoptr (YejiEntry) entry = yeji_entry_read (sql, uuid, error);

      if (entry == NULL)
        return FALSE;
      if (g_hash_table_contains (seen, uuid))
        continue;
      g_hash_table_add (seen, uuid);
      g_ptr_array_add (list, g_steal_pointer (&uuid));
    }
  return TRUE;
}

/* Its size is the one that it has on the disk: of an original nobody noted it. */
static void
add_content (Work       *work,
             const char *sha256,
             const char *filename)
{
  YejiPackageSource *source = work->source;
  g_autofree char *path = NULL;
  YejiPackageContent *content;
  GStatBuf status;

  if (sha256 == NULL || !g_hash_table_add (work->sums, g_strdup (sha256)))
    return;
  if (yeji_package_is_sum (sha256))
    path = yeji_copies_get_path (yeji_store_get_directory (work->store), sha256);
  if (path == NULL || g_stat (path, &status) != 0)
    {
      g_ptr_array_add (source->report->missing, g_strdup (filename));
      return;
    }
  content = g_new0 (YejiPackageContent, 1);
  content->sha256 = g_strdup (sha256);
  content->filename = g_strdup (filename);
  content->size = (guint64) status.st_size;
  source->report->n_bytes += content->size;
  g_ptr_array_add (source->contents, content);
}

static gboolean
list_documents (YejiSql     *sql,
                Work        *work,
                const char  *uuid,
                GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id, sha256, original, filename FROM attachment WHERE record = ?1"
                         " AND removed_at IS NULL", "s", uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      g_hash_table_add (work->source->documents, yeji_rows_dup_text (rows, 0));
      work->source->report->n_documents++;
      add_content (work, yeji_rows_text (rows, 1), yeji_rows_text (rows, 3));
      add_content (work, yeji_rows_text (rows, 2), yeji_rows_text (rows, 3));
    }
  return finish (failure, error);
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  YejiPackageSource *source = work->source;

  if (!(work->uuids == NULL ? list_all (sql, source->uuids, error)
                            : list_named (sql, work->uuids, source->uuids, error)))
    return FALSE;
  for (guint i = 0; i < source->uuids->len; i++)
    if (!list_documents (sql, work, g_ptr_array_index (source->uuids, i), error))
      return FALSE;
  source->report->n_records = source->uuids->len;
  return TRUE;
}

/**
 * yeji_package_source_new: (skip)
 * @uuids: (nullable): %NULL for all that are not in the bin
 *
 * Returns: (transfer full) (nullable): %NULL with %YEJI_STORE_ERROR_NOT_FOUND,
 *   %YEJI_PACKAGE_ERROR_NOTHING or a #YejiDbError
 */
YejiPackageSource *
yeji_package_source_new (YejiStore          *store,
                         const char *const  *uuids,
                         GError            **error)
{
  g_autoptr (YejiPackageSource) self = g_new0 (YejiPackageSource, 1);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Work work = { store, self, uuids };

  work.sums = sums;
  self->uuids = g_ptr_array_new_with_free_func (g_free);
  self->contents = g_ptr_array_new_with_free_func (free_content);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->report = g_new0 (YejiPackageReport, 1);
  self->report->missing = g_ptr_array_new_with_free_func (g_free);
  if (!yeji_db_run (yeji_store_get_db (store), run_list, &work, error))
    return NULL;
  if (self->uuids->len > 0)
    return g_steal_pointer (&self);
  g_set_error_literal (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_NOTHING,
                       "there is no record to pack");
  return NULL;
}

/* ---- One record */

static gboolean
read_row (YejiSql   *sql,
          Work      *work,
          GError   **error)
{
  YejiPackageRecord *record = work->record;
  YejiPackageProvince *province = &record->province;
  char **texts[] = { &record->uuid, &record->name, &record->dictionary, &record->created_at,
                     &record->changed_at, &province->revision, &province->state, &province->grade,
                     &province->office, &province->reviewer, &province->message,
                     &province->answered_at, &province->submitted_at, &province->files_at,
                     &province->refusal, &record->body, &record->base };
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, name, dictionary, created_at, changed_at, revision,"
                         " server_state, grade, office, reviewer, message, answered_at,"
                         " submitted_at, files_at, refusal, body, base_body"
                         " FROM record WHERE uuid = ?1", "s", work->uuid);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, error))
    {
      if (error == NULL || *error == NULL)
        g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no record %s",
                     work->uuid);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = yeji_rows_dup_text (rows, (int) i);
  return TRUE;
}

/* Inside of the package they lie open: it is sealed as a whole, and the keys of this profile are
 * not known elsewhere. */
static void
open_texts (Work *work)
{
  YejiPackageRecord *record = work->record;
  g_autofree char *body = g_steal_pointer (&record->body);
  g_autofree char *base = g_steal_pointer (&record->base);

  record->body = yeji_store_open_body (work->store, body);
  if (base != NULL)
    record->base = yeji_store_open_body (work->store, base);
}

static gboolean
read_points (YejiSql   *sql,
             Work      *work,
             GError   **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT source = 'reviewer', pointer, comment FROM point"
                         " WHERE record = ?1 ORDER BY rowid", "s", work->uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    g_ptr_array_add (yeji_rows_int (rows, 0) != 0 ? work->record->reviewer
                                                  : work->record->refusals,
                     yeji_point_new (yeji_rows_text (rows, 1), yeji_rows_text (rows, 2)));
  return finish (failure, error);
}

static void
add_document (Work     *work,
              YejiRows *rows)
{
  YejiPackageDocument *document;
  char **texts[9];

  if (!g_hash_table_contains (work->source->documents, yeji_rows_text (rows, 0)))
    return;
  document = g_new0 (YejiPackageDocument, 1);
  texts[0] = &document->id;
  texts[1] = &document->slot;
  texts[2] = &document->sha256;
  texts[3] = &document->filename;
  texts[4] = &document->added_at;
  texts[5] = &document->received_at;
  texts[6] = &document->origin;
  texts[7] = &document->original;
  texts[8] = &document->findings;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = yeji_rows_dup_text (rows, (int) i);
  document->rotation = (int) yeji_rows_int (rows, 9);
  document->position = yeji_rows_int (rows, 10);
  /* elsewhere it may part folders */
  g_strdelimit (document->filename, "/\\", '_');
  g_ptr_array_add (work->record->documents, document);
}

static gboolean
read_documents (YejiSql   *sql,
                Work      *work,
                GError   **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id, slot, sha256, filename, added_at, received_at, origin,"
                         " original, findings, rotation, position FROM attachment"
                         " WHERE record = ?1 AND removed_at IS NULL ORDER BY slot, position, rowid",
                         "s", work->uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    add_document (work, rows);
  return finish (failure, error);
}

static gboolean
read_lines (YejiSql   *sql,
            Work      *work,
            GError   **error)
{
  GPtrArray *lines = yeji_store_read_history (work->store, sql, work->uuid, error);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      YejiHistoryLine *line = g_ptr_array_index (lines, i);
      YejiChange *packed = yeji_change_pack (line->change);

      yeji_change_free (line->change);
      line->change = packed;
    }
  g_ptr_array_unref (work->record->lines);
  work->record->lines = lines;
  return TRUE;
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;

  yeji_package_record_free (work->record);
  work->record = yeji_package_record_new ();
  if (!read_row (sql, work, error))
    return FALSE;
  open_texts (work);
  return read_points (sql, work, error) && read_documents (sql, work, error)
    && read_lines (sql, work, error);
}

/**
 * yeji_package_source_read: (skip)
 *
 * Returns: (transfer full) (nullable): the record as it is now, with the documents that are known
 */
YejiPackageRecord *
yeji_package_source_read (YejiPackageSource  *self,
                          YejiStore          *store,
                          const char         *uuid,
                          GError            **error)
{
  Work work = { store, self, NULL, uuid };

  if (yeji_db_run (yeji_store_get_db (store), run_read, &work, error))
    return work.record;
  g_clear_pointer (&work.record, yeji_package_record_free);
  return NULL;
}
