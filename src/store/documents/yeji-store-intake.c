// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

#include "yeji-bin-private.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-store-private.h"

/* Many files at once. All are copied and synced first, then all get their names, then one
 * transaction says where they belong: whatever ends the program before that leaves contents that
 * nothing names, which are swept later, and nothing else. */

/* Copying takes a processor, and syncing waits for the disk, which writes down many at a time for
 * little more than one. */
#define N_COPYING 2
#define N_SYNCING 8

/* What a shrunk file was made of may have any size: it is kept, and never sent. */
#define ORIGINAL_SIZE G_MAXINT64

typedef struct
{
  YejiIncoming *incoming;
  const YejiSlot *slot;        /* (nullable): the tray */
  YejiCopy *copy;              /* (nullable) */
  YejiCopy *original;          /* (nullable) */
  int n_flaws;
} Item;

typedef struct
{
  YejiStore *store;
  YejiDictionary *dictionary;
  const YejiLimits *limits;
  GPtrArray *items;            /* (element-type Item) */
  char *batch;
  GHashTable *judged;          /* uuid -> GError, maybe NULL: why its record takes nothing */
  GHashTable *touched;         /* uuids whose slots are to be counted */
  GHashTable *fresh;           /* sums of contents that the profile had not got before */
  guint n_taken;
  gboolean in_tray;
  GThreadPool *syncing;
  GAsyncQueue *done;           /* items whose copies are on the disk, or were not made */
  GCancellable *cancellable;
} Taking;

static void
free_item (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->copy, yeji_copy_free);
  g_clear_pointer (&item->original, yeji_copy_free);
  g_free (item);
}

static void
free_judgement (gpointer data)
{
  if (data != NULL)
    g_error_free (data);
}

static void
clear_taking (Taking *taking)
{
  g_clear_pointer (&taking->items, g_ptr_array_unref);
  g_clear_pointer (&taking->judged, g_hash_table_unref);
  g_clear_pointer (&taking->touched, g_hash_table_unref);
  g_clear_pointer (&taking->fresh, g_hash_table_unref);
  g_clear_pointer (&taking->done, g_async_queue_unref);
  g_free (taking->batch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taking, clear_taking)

static void
init_taking (Taking       *taking,
             YejiStore    *store,
             GPtrArray    *incoming,
             GCancellable *cancellable)
{
  taking->store = store;
  taking->dictionary = yeji_store_get_dictionary (store);
  taking->limits = yeji_dictionary_get_limits (taking->dictionary);
  taking->items = g_ptr_array_new_with_free_func (free_item);
  taking->judged = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_judgement);
  taking->touched = g_hash_table_new (g_str_hash, g_str_equal);
  taking->fresh = g_hash_table_new (g_str_hash, g_str_equal);
  taking->done = g_async_queue_new ();
  taking->cancellable = cancellable;
  for (guint i = 0; i < incoming->len; i++)
    {
      Item *item = g_new0 (Item, 1);

      item->incoming = g_ptr_array_index (incoming, i);
      item->n_flaws = yeji_store_count_flaws (item->incoming->findings, taking->limits);
      g_ptr_array_add (taking->items, item);
    }
}

/* What a former call said of the files is of the past. */
static void
forget_result (YejiIncoming *incoming)
{
  g_clear_pointer (&incoming->id, g_free);
  g_clear_pointer (&incoming->sha256, g_free);
  g_clear_error (&incoming->error);
  incoming->was_there = FALSE;
}

static void
name_item (YejiIncoming *incoming)
{
  g_autofree char *basename = NULL;

  if (incoming->filename != NULL)
    return;
  basename = g_file_get_basename (incoming->file);
  incoming->filename = g_filename_display_name (basename);
}

static void
find_slot (Taking *taking,
           Item   *item)
{
  YejiIncoming *incoming = item->incoming;

  if (incoming->slot != NULL)
    item->slot = yeji_dictionary_find_slot (taking->dictionary, incoming->slot);
  if ((incoming->uuid != NULL) != (incoming->slot != NULL)
      || (incoming->slot != NULL && item->slot == NULL))
    g_set_error (&incoming->error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                 "the dictionary has no document slot %s",
                 incoming->slot != NULL ? incoming->slot : "\"\"");
}

/* TRUE without an answer when the database failed. */
static gboolean
judge_record (Taking      *taking,
              YejiSql     *sql,
              const char  *uuid,
              GError     **answer,
              GError     **error)
{
  GError *reason = NULL;
  gpointer known;

  if (!g_hash_table_lookup_extended (taking->judged, uuid, NULL, &known))
    {
      if (!yeji_entry_require_editable (sql, uuid, &reason)
          && reason->domain != YEJI_STORE_ERROR)
        {
          g_propagate_error (error, reason);
          return FALSE;
        }
      g_hash_table_insert (taking->judged, (gpointer) uuid, reason);
      known = reason;
    }
  *answer = known != NULL ? g_error_copy (known) : NULL;
  return TRUE;
}

/* Before the copies are made: what is known to fail need not be copied. */
static gboolean
run_judge (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Taking *taking = data;

  g_hash_table_remove_all (taking->judged);
  for (guint i = 0; i < taking->items->len; i++)
    {
      Item *item = g_ptr_array_index (taking->items, i);

      if (item->incoming->error == NULL && item->slot != NULL
          && !judge_record (taking, sql, item->incoming->uuid, &item->incoming->error, error))
        return FALSE;
    }
  return TRUE;
}

/* Of the tray it is asked that some slot could have the file. */
static gboolean
check_type (Taking  *taking,
            Item    *item,
            GError **error)
{
  GPtrArray *slots = yeji_dictionary_get_slots (taking->dictionary);

  if (item->slot != NULL)
    return yeji_attachment_check_type (item->slot, item->copy->media_type, error);
  for (guint i = 0; i < slots->len; i++)
    if (yeji_attachment_check_type (g_ptr_array_index (slots, i), item->copy->media_type, NULL))
      return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE,
               "the file is %s by its content, which no document slot takes",
               item->copy->media_type);
  return FALSE;
}

/* What was found out of a file that was changed since is not said of this one. */
static void
compare_findings (Item *item)
{
  YejiIncoming *incoming = item->incoming;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *findings;
  const char *sum = NULL;

  if (incoming->findings != NULL)
    node = yeji_json_parse (incoming->findings, -1, NULL);
  findings = node != NULL ? yeji_json_node_object (node) : NULL;
  if (findings == NULL)
    return;
  sum = yeji_json_get_string (findings, "sha256");
  /* of one that could not be looked at only the size is known */
  if (sum != NULL ? !g_str_equal (sum, item->copy->sha256)
                  : (json_object_has_member (findings, "error")
                     && yeji_json_get_int (findings, "size", item->copy->size) != item->copy->size))
    item->n_flaws = -1;
}

static void
copy_item (gpointer data,
           gpointer user_data)
{
  Item *item = data;
  Taking *taking = user_data;
  YejiIncoming *incoming = item->incoming;
  const char *directory = yeji_store_get_directory (taking->store);
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (taking->cancellable, &error))
    item->copy = yeji_copy_make (directory, incoming->file, taking->limits->file_size,
                                 taking->cancellable, &error);
  if (item->copy != NULL && check_type (taking, item, &error) && incoming->original != NULL)
    item->original = yeji_copy_make (directory, incoming->original, ORIGINAL_SIZE,
                                     taking->cancellable, &error);
  if (error != NULL)
    {
      g_propagate_prefixed_error (&incoming->error, error, "%s: ", incoming->filename);
      g_async_queue_push (taking->done, item);
      return;
    }
  incoming->sha256 = g_strdup (item->copy->sha256);
  compare_findings (item);
  g_thread_pool_push (taking->syncing, item, NULL);
}

static void
sync_item (gpointer data,
           gpointer user_data)
{
  Item *item = data;
  Taking *taking = user_data;
  GError *error = NULL;

  if (!g_cancellable_is_cancelled (taking->cancellable)
      && (!yeji_copy_sync (item->copy, &error)
          || (item->original != NULL && !yeji_copy_sync (item->original, &error))))
    g_propagate_prefixed_error (&item->incoming->error, error, "%s: ", item->incoming->filename);
  g_async_queue_push (taking->done, item);
}

static gboolean
copy_all (Taking        *taking,
          YejiProgress   progress,
          gpointer       user_data,
          GError       **error)
{
  GThreadPool *copying;
  guint n = 0, n_done = 0;

  copying = g_thread_pool_new (copy_item, taking, N_COPYING, FALSE, NULL);
  taking->syncing = g_thread_pool_new (sync_item, taking, N_SYNCING, FALSE, NULL);
  for (guint i = 0; i < taking->items->len; i++)
    {
      Item *item = g_ptr_array_index (taking->items, i);

      if (item->incoming->error != NULL)
        continue;
      g_thread_pool_push (copying, item, NULL);
      n++;
    }
  for (guint i = 0; i < n; i++)
    {
      g_async_queue_pop (taking->done);
      n_done++;
      if (progress != NULL)
        progress (n_done + taking->items->len - n, taking->items->len, user_data);
    }
  g_thread_pool_free (copying, FALSE, TRUE);
  g_thread_pool_free (g_steal_pointer (&taking->syncing), FALSE, TRUE);
  return !g_cancellable_set_error_if_cancelled (taking->cancellable, error);
}

static void
add_copy (Taking     *taking,
          GPtrArray  *copies,
          GHashTable *sums,
          YejiCopy   *copy)
{
  g_autofree char *path = NULL;

  if (!g_hash_table_add (sums, copy->sha256))
    return;
  path = yeji_copies_get_path (yeji_store_get_directory (taking->store), copy->sha256);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_hash_table_add (taking->fresh, copy->sha256);
  g_ptr_array_add (copies, copy);
}

/* A content that several bring gets its name once. */
static gboolean
keep_all (Taking  *taking,
          GError **error)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new ();
  g_autoptr (GHashTable) sums = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < taking->items->len; i++)
    {
      Item *item = g_ptr_array_index (taking->items, i);

      if (item->incoming->error != NULL)
        continue;
      add_copy (taking, copies, sums, item->copy);
      if (item->original != NULL)
        add_copy (taking, copies, sums, item->original);
    }
  return yeji_copies_keep (copies, yeji_store_get_directory (taking->store), error);
}

static const char *
get_original (const Item *item)
{
  if (item->original == NULL || g_str_equal (item->original->sha256, item->copy->sha256))
    return NULL;
  return item->original->sha256;
}

static gboolean
insert_attachment (Taking      *taking,
                   YejiSql     *sql,
                   const Item  *item,
                   const char  *now,
                   GError     **error)
{
  const YejiIncoming *incoming = item->incoming;

  return yeji_sql_exec (sql, error,
                        "INSERT INTO attachment (id, record, slot, sha256, filename, media_type,"
                        " size, position, added_at, rotation, batch, origin, original, findings,"
                        " n_flaws) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                        " (SELECT coalesce (max (position), 0) + 1 FROM attachment"
                        "  WHERE record = ?2 AND slot = ?3), ?8, ?9, ?10, ?11, ?12, ?13,"
                        " nullif (?14, -1))",
                        "ssssssisissssi", incoming->id, incoming->uuid, item->slot->id,
                        item->copy->sha256, incoming->filename, item->copy->media_type,
                        item->copy->size, now, (gint64) incoming->rotation, taking->batch,
                        incoming->origin, get_original (item),
                        item->n_flaws >= 0 ? incoming->findings : NULL, (gint64) item->n_flaws);
}

static gboolean
insert_into_tray (Taking      *taking,
                  YejiSql     *sql,
                  const Item  *item,
                  const char  *now,
                  GError     **error)
{
  const YejiIncoming *incoming = item->incoming;

  return yeji_sql_exec (sql, error,
                        "INSERT INTO tray (id, sha256, filename, origin, media_type, size,"
                        " rotation, original, findings, n_flaws, batch, added_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif (?10, -1), ?11, ?12)",
                        "sssssiississ", incoming->id, item->copy->sha256, incoming->filename,
                        incoming->origin, item->copy->media_type, item->copy->size,
                        (gint64) incoming->rotation, get_original (item),
                        item->n_flaws >= 0 ? incoming->findings : NULL, (gint64) item->n_flaws,
                        taking->batch, now);
}

/* FALSE when the database failed; what is wrong with the file alone goes to the file. */
static gboolean
take_item (Taking      *taking,
           YejiSql     *sql,
           Item        *item,
           const char  *now,
           GError     **error)
{
  YejiIncoming *incoming = item->incoming;
  g_autoptr (GError) reason = NULL;

  if (item->slot != NULL)
    {
      if (!judge_record (taking, sql, incoming->uuid, &incoming->error, error))
        return FALSE;
      if (incoming->error != NULL)
        return TRUE;
    }
  if (!yeji_attachment_find_same (sql, incoming->uuid, incoming->slot, item->copy->sha256,
                                  get_original (item), &incoming->id, error))
    return FALSE;
  /* a folder that comes once more does not fill the tray with what was given its place since */
  if (incoming->id == NULL && item->slot == NULL && incoming->origin != NULL
      && !yeji_attachment_find_origin (sql, item->copy->sha256, get_original (item),
                                       incoming->origin, &incoming->id, error))
    return FALSE;
  incoming->was_there = incoming->id != NULL;
  if (incoming->was_there)
    return TRUE;
  if (item->slot != NULL
      && !yeji_attachment_check_room (sql, incoming->uuid, item->slot, taking->limits, &reason))
    {
      if (!g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      g_propagate_prefixed_error (&incoming->error, g_steal_pointer (&reason), "%s: ",
                                  incoming->filename);
      return TRUE;
    }
  incoming->id = g_uuid_string_random ();
  taking->n_taken++;
  if (item->slot == NULL)
    {
      taking->in_tray = TRUE;
      return insert_into_tray (taking, sql, item, now, error);
    }
  g_hash_table_add (taking->touched, incoming->uuid);
  return insert_attachment (taking, sql, item, now, error);
}

static gboolean
run_take (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Taking *taking = data;
  g_autofree char *now = yeji_clock_now ();
  GHashTableIter iter;
  gpointer uuid;

  g_hash_table_remove_all (taking->judged);
  for (guint i = 0; i < taking->items->len; i++)
    {
      Item *item = g_ptr_array_index (taking->items, i);

      if (item->incoming->error == NULL && !take_item (taking, sql, item, now, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, taking->touched);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    if (!yeji_store_note_slots (taking->store, sql, uuid, error))
      return FALSE;
  return taking->n_taken == 0 || yeji_taking_begin (sql, taking->batch, now, error);
}

static gboolean
take_all (Taking  *taking,
          GError **error)
{
  g_autoptr (GRWLockReaderLocker) locker = NULL;

  /* Nobody deletes the contents between their names and their rows. */
  locker = g_rw_lock_reader_locker_new (yeji_store_get_files_lock (taking->store));
  return keep_all (taking, error)
    && yeji_db_run (yeji_store_get_db (taking->store), run_take, taking, error);
}

/* Contents that came, and that nothing names now, would fill the disk until they are old. */
static void
throw_away_unnamed (Taking   *taking,
                    gboolean  failed)
{
  gboolean some = failed;
  g_autoptr (GError) error = NULL;
  guint n_swept;

  for (guint i = 0; i < taking->items->len && !some; i++)
    {
      const Item *item = g_ptr_array_index (taking->items, i);

      some = item->copy != NULL && (item->incoming->error != NULL || item->incoming->was_there);
    }
  if (some && g_hash_table_size (taking->fresh) > 0
      && !yeji_store_sweep (taking->store, taking->fresh, FALSE, &n_swept, &error))
    g_message ("what was not taken stays in the profile: %s", error->message);
}

/**
 * yeji_store_take_files:
 * @incoming: (element-type YejiIncoming): in each is told what became of it
 * @batch: (out) (optional) (nullable): the taking, for yeji_store_undo_taking(); %NULL when nothing
 *     was new
 * @progress: (nullable): how many files were copied
 *
 * Takes many files at once: copies them into the profile, where each content is stored once, and
 * then says in one transaction where they belong. In a slot they lie in the order of the array. A
 * file that cannot be read or is empty, too large, of a type that its slot does not take, or one
 * more than the slot or the record may have, is left out with an error of its own
 * (%YEJI_STORE_ERROR_FILE, %YEJI_STORE_ERROR_NOT_FOUND, %YEJI_STORE_ERROR_STATE). Blocks.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, an error of #YejiDbError or %YEJI_STORE_ERROR_FILE
 *   when the disk fails: nothing was taken then
 */
gboolean
yeji_store_take_files (YejiStore     *self,
                       GPtrArray     *incoming,
                       char         **batch,
                       YejiProgress   progress,
                       gpointer       user_data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_auto (Taking) taking = { NULL };
  gboolean taken;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (incoming != NULL, FALSE);

  if (batch != NULL)
    *batch = NULL;
  init_taking (&taking, self, incoming, cancellable);
  taking.batch = g_uuid_string_random ();
  for (guint i = 0; i < taking.items->len; i++)
    {
      Item *item = g_ptr_array_index (taking.items, i);

      forget_result (item->incoming);
      name_item (item->incoming);
      find_slot (&taking, item);
    }
  taken = yeji_db_run (yeji_store_get_db (self), run_judge, &taking, error)
    && copy_all (&taking, progress, user_data, error) && take_all (&taking, error);
  throw_away_unnamed (&taking, !taken);
  if (!taken)
    {
      for (guint i = 0; i < incoming->len; i++)
        forget_result (g_ptr_array_index (incoming, i));
      return FALSE;
    }
  yeji_store_announce_all (self, taking.touched, taking.in_tray);
  if (batch != NULL && taking.n_taken > 0)
    *batch = g_steal_pointer (&taking.batch);
  return TRUE;
}
