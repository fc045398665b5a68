// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-others-private.h"

#include <string.h>

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-revision.h"
#include "yeji-store-private.h"

/* What several computers of one enterprise have in common is at the province. What another one
 * submitted comes from there; of its documents the names alone, until somebody wants to see one. */

typedef struct
{
  YejiStore *store;
  const char *uuid;
  GPtrArray *answers;
  GPtrArray *uuids;
  GHashTable *sums;
  const char *sha256;
  gint64 size;
} Call;

static gboolean
is_state (const YejiAnswer *answer,
          const char       *states)
{
  g_auto (GStrv) list = g_strsplit (states, " ", -1);

  return g_strv_contains ((const char * const *) list, answer->state);
}

/**
 * yeji_answer_brings_content:
 *
 * Returns: whether it tells of a content that was written, and of no decision: what the province
 *   said of the record before still counts
 */
gboolean
yeji_answer_brings_content (const YejiAnswer *self)
{
  return self->content != NULL && g_strcmp0 (self->content, self->revision) == 0
         && is_state (self, "draft returned withdrawn");
}

/* ---- What is not here */

/* A record of which nothing is known is fetched once it was submitted; one that is known when its
 * content, or the last of its documents, came from somewhere else. */
static gboolean
is_news (YejiSql           *sql,
         const YejiAnswer  *answer,
         gboolean          *news,
         GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  *news = FALSE;
  if (is_state (answer, "removed"))
    return TRUE;
  rows = yeji_sql_query (sql, error,
                         "SELECT revision, files_at IS NULL AND submitted_at IS NULL,"
                         " coalesce (files_revision, 0) FROM record WHERE uuid = ?1",
                         "s", answer->uuid);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    *news = local_error == NULL && !is_state (answer, "draft");
  else if (answer->record == NULL)
    {
      gint64 content = yeji_revision_get_number (answer->content);

      /* a submission of what is here already may have other documents */
      *news = content > yeji_revision_get_number (yeji_rows_text (rows, 0))
              || (content > yeji_rows_int (rows, 2) && !yeji_answer_brings_content (answer)
                  && !is_state (answer, "draft"))
              || (answer->files_at != NULL && yeji_rows_int (rows, 1) != 0);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_list_news (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Call *call = data;
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < call->answers->len; i++)
    {
      const YejiAnswer *answer = g_ptr_array_index (call->answers, i);
      gboolean news;

      if (!is_news (sql, answer, &news, error))
        return FALSE;
      if (news && g_hash_table_add (known, answer->uuid))
        g_ptr_array_add (call->uuids, g_strdup (answer->uuid));
    }
  return TRUE;
}

/**
 * yeji_store_list_news:
 * @answers: (element-type YejiAnswer): what the province is about to tell
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the records among them whose content is
 *   to be fetched first, as another computer brought it to the province
 */
GPtrArray *
yeji_store_list_news (YejiStore  *self,
                      GPtrArray  *answers,
                      GError    **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  Call call = { .store = self, .answers = answers, .uuids = uuids };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_list_news, &call, error)
           ? g_steal_pointer (&uuids) : NULL;
}

/* ---- Documents */

static gboolean
has_content (YejiStore  *self,
             const char *sha256)
{
  g_autofree char *path = yeji_copies_get_path (yeji_store_get_directory (self), sha256);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* As an outbox has them. */
static char *
print_files (GPtrArray *files)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const YejiProvinceFile *file = g_ptr_array_index (files, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "slot", file->slot);
      json_object_set_string_member (object, "sha256", file->sha256);
      json_object_set_string_member (object, "filename", file->filename);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

#define IS_LISTED(list) \
  "EXISTS (SELECT 1 FROM json_each (" list ") f WHERE f.value ->> 'slot' = slot" \
  " AND f.value ->> 'sha256' = sha256)"

/* What the last known submission listed and this one does not was taken out there; but a province
 * that was restored from a backup in between has lost it. */
static gboolean
take_out (YejiSql     *sql,
          const char  *uuid,
          const char  *listed,
          gint64       revision,
          const char  *now,
          GError     **error)
{
  gint64 day;

  return yeji_bin_note_day (sql, now, &day, error)
    && yeji_sql_exec (sql, error,
                      "UPDATE attachment SET removed_at = ?3, bin_since = ?4"
                      " WHERE record = ?1 AND removed_at IS NULL AND NOT " IS_LISTED ("?2")
                      " AND " IS_LISTED ("(SELECT base_files FROM record WHERE uuid = ?1"
                                         " AND ?5 / ?6 <= coalesce (files_revision, 0) / ?6)"),
                      "sssiii", uuid, listed, now, day, revision, (gint64) YEJI_REVISION_EPOCH);
}

/* What the clerk took out here stays out, if the clerk had it.
 * @media_type, @size: of a document that is still to come nobody knows them */
static gboolean
add_name (YejiStore               *self,
          YejiSql                 *sql,
          const char              *uuid,
          const YejiProvinceFile  *file,
          const char              *media_type,
          gint64                   size,
          const char              *now,
          GError                 **error)
{
  g_autofree char *id = g_uuid_string_random ();

  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                      " size, position, added_at, received_at, n_flaws)"
                      " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                      " (SELECT coalesce (max (position), 0) + 1 FROM attachment"
                      "  WHERE record = ?2 AND slot = ?3), ?8, ?8, ?9"
                      " WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE record = ?2 AND slot = ?3"
                      "  AND sha256 = ?4 AND (removed_at IS NULL OR EXISTS (SELECT 1 FROM json_each"
                      "  ((SELECT base_files FROM record WHERE uuid = ?2)) f WHERE"
                      "  f.value ->> 'slot' = ?3 AND f.value ->> 'sha256' = ?4)))",
                      "ssssssisi", id, uuid, file->slot, file->sha256, file->filename,
                      media_type, size, now, (gint64) 0))
    return FALSE;
  return yeji_sql_changes (sql) == 0 || has_content (self, file->sha256)
         || yeji_sql_exec (sql, error,
                           "INSERT INTO elsewhere (sha256, record) VALUES (?1, ?2)"
                           " ON CONFLICT (sha256) DO UPDATE SET record = excluded.record",
                           "ss", file->sha256, uuid);
}

static gboolean
put_in (YejiStore               *self,
        YejiSql                 *sql,
        const char              *uuid,
        const YejiProvinceFile  *file,
        const char              *now,
        GError                 **error)
{
  return add_name (self, sql, uuid, file, file->media_type, file->size, now, error)
         && yeji_sql_exec (sql, error,
                           "UPDATE attachment SET received_at = coalesce (received_at, ?4),"
                           " media_type = iif (size = 0, ?5, media_type),"
                           " size = iif (size = 0, ?6, size)"
                           " WHERE record = ?1 AND slot = ?2 AND sha256 = ?3",
                           "sssssi", uuid, file->slot, file->sha256, now, file->media_type,
                           file->size);
}

/* Another computer is still sending it. It is known by name, or what is sent from here would lack
 * it, as if it had been taken out. Who is sending it goes on. */
static gboolean
expect (YejiStore               *self,
        YejiSql                 *sql,
        const char              *uuid,
        const YejiProvinceFile  *file,
        const YejiSlot       *slot,
        const char              *now,
        GError                 **error)
{
  return add_name (self, sql, uuid, file, slot->types[0], 0, now, error);
}

/**
 * yeji_store_write_files: (skip)
 * @revision: (nullable): of the record when it had them
 * @files: (element-type YejiProvinceFile): the documents of the record's last submission, also
 *   those that have not arrived
 * @now: the moment
 *
 * Takes over which documents another computer submitted and which it took out, unless the clerk
 * did otherwise here since. Contents that are not here are noted as being elsewhere, whether they
 * are at the province yet or not.
 */
gboolean
yeji_store_write_files (YejiStore   *self,
                        YejiSql     *sql,
                        const char  *uuid,
                        const char  *revision,
                        GPtrArray   *files,
                        const char  *now,
                        GError     **error)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (self);
  g_autofree char *listed = print_files (files);
  gint64 number = yeji_revision_get_number (revision);

  if (!take_out (sql, uuid, listed, number, now, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const YejiProvinceFile *file = g_ptr_array_index (files, i);
      const YejiSlot *slot = yeji_dictionary_find_slot (dictionary, file->slot);

      if (slot != NULL
          && !(file->media_type != NULL ? put_in (self, sql, uuid, file, now, error)
                                        : expect (self, sql, uuid, file, slot, now, error)))
        return FALSE;
    }
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET base_files = ?2, files_revision = ?3 WHERE uuid = ?1",
                        "ssi", uuid, listed, number)
    && yeji_store_note_slots (self, sql, uuid, error);
}

static gboolean
run_list_elsewhere (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  Call *call = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT sha256 FROM attachment a JOIN elsewhere e USING (sha256)"
                         " WHERE a.record = ?1 AND a.removed_at IS NULL", "s", call->uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    if (!has_content (call->store, yeji_rows_text (rows, 0)))
      g_hash_table_add (call->sums, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_store_list_elsewhere:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): a set of the SHA-256 of the record's
 *   documents that are known by name, and whose content only the province has
 */
GHashTable *
yeji_store_list_elsewhere (YejiStore   *self,
                           const char  *uuid,
                           GError     **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Call call = { .store = self, .uuid = uuid, .sums = sums };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return yeji_db_run (yeji_store_get_db (self), run_list_elsewhere, &call, error)
           ? g_steal_pointer (&sums) : NULL;
}

/* It may now be looked at, as every document that is attached. */
static gboolean
run_take_content (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Call *call = data;

  return yeji_sql_exec (sql, error, "DELETE FROM elsewhere WHERE sha256 = ?1", "s", call->sha256)
    && yeji_sql_exec (sql, error,
                      "UPDATE attachment SET size = iif (size = 0, ?2, size),"
                      " n_flaws = iif (findings IS NULL, NULL, n_flaws) WHERE sha256 = ?1",
                      "si", call->sha256, (gint64) call->size);
}

/**
 * yeji_store_take_content:
 * @sha256: of a document that is elsewhere
 * @content: what the province sent for it
 *
 * Keeps the content of a document that another computer attached. Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_FILE when it is another content, or cannot be written
 */
gboolean
yeji_store_take_content (YejiStore     *self,
                         const char    *sha256,
                         GBytes        *content,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const char *directory = yeji_store_get_directory (self);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *path = NULL;
  g_autoptr (YejiCopy) copy = g_new0 (YejiCopy, 1);
  g_autoptr (GRWLockReaderLocker) locker = NULL;
  g_autoptr (GFile) file = NULL;
  Call call = { .store = self, .sha256 = sha256, .size = (gint64) g_bytes_get_size (content) };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  if (!g_str_equal (sum, sha256))
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE,
                   "the content is not the one that was asked for");
      return FALSE;
    }
  path = g_strconcat (directory, G_DIR_SEPARATOR_S "files" G_DIR_SEPARATOR_S "tmp-", uuid, NULL);
  file = g_file_new_for_path (path);
  copy->sha256 = g_strdup (sha256);
  copy->path = g_steal_pointer (&path);
  if (!g_file_replace_contents (file, g_bytes_get_data (content, NULL),
                                g_bytes_get_size (content), NULL, FALSE,
                                G_FILE_CREATE_PRIVATE, NULL, cancellable, error)
      || !yeji_copy_sync (copy, error))
    return FALSE;
  locker = g_rw_lock_reader_locker_new (yeji_store_get_files_lock (self));
  if (!yeji_copy_keep (copy, directory, error)
      || !yeji_db_run (yeji_store_get_db (self), run_take_content, &call, error))
    return FALSE;
  yeji_store_announce (self, NULL);
  return TRUE;
}

/* ---- A submission on top of what somebody else submitted */

/**
 * yeji_store_is_as_queued: (skip)
 * @same: (out): whether nothing was typed since the submission @seq was queued, and no other was
 */
gboolean
yeji_store_is_as_queued (YejiSql     *sql,
                         const char  *uuid,
                         gint64       seq,
                         gboolean    *same,
                         GError     **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM outbox o JOIN record r USING (uuid)"
                                      " WHERE o.uuid = ?1 AND o.seq = ?2 AND o.digest = r.digest"
                                      " AND NOT EXISTS (SELECT 1 FROM outbox n"
                                      "  WHERE n.uuid = ?1 AND n.seq > ?2)", "si", uuid, seq);

  *same = found > 0;
  return found >= 0;
}

/**
 * yeji_store_requeue: (skip)
 * @seq: a submission that the province did not take, as it has another content
 * @queued: (out): whether the merged record takes its place
 *
 * Queues what was merged in place of what the clerk submitted, if there is nothing to be asked.
 */
gboolean
yeji_store_requeue (YejiStore   *self,
                    YejiSql     *sql,
                    const char  *uuid,
                    gint64       seq,
                    gboolean    *queued,
                    GError     **error)
{
  g_autofree char *key = g_uuid_string_random ();
  int asked;

  *queued = FALSE;
  asked = yeji_sql_has_row (sql, error,
                            "SELECT 1 FROM conflict WHERE record = ?1 AND settled = 0 LIMIT 1",
                            "s", uuid);
  if (asked != 0)
    return asked > 0;
  *queued = TRUE;
  return yeji_sql_exec (sql, error,
                        "INSERT INTO outbox (uuid, body, digest, files, key, base_revision,"
                        " queued_at, files_follow) SELECT r.uuid, r.body, r.digest,"
                        " " YEJI_FILES_SELECT ", ?3, r.revision, o.queued_at, o.files_follow"
                        " FROM record r JOIN outbox o USING (uuid)"
                        " WHERE r.uuid = ?1 AND o.seq = ?2",
                        "sis", uuid, seq, key)
    && yeji_sql_exec (sql, error, "DELETE FROM outbox WHERE uuid = ?1 AND seq <= ?2", "si", uuid,
                      seq);
}
