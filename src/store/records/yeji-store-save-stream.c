// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-save-stream.h"

#include "yeji-body-print.h"
#include "yeji-clock.h"
#include "yeji-search.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"
#include "yeji-submission.h"

/* Many records in one transaction, without all of them being in memory. The database's thread asks
 * for the records and writes them; in between, others check and print them. Few are on their way at
 * once, and they are written in their order. */

/* Records that go to a helper together: to wake it takes as long as a good part of the work. */
#define GROUP 8
/* Groups on their way. */
#define MAX_ON_THE_WAY 8
#define MAX_HELPERS 8

/* KiB. The pages of the indexes are written to all over, by UUID and by name: with them in memory
 * until the end each goes into the log once, not once for every hundred records. */
#define CACHE (24 * 1024)

typedef struct
{
  YejiRecord *record;
  char **slots;                /* that have documents */
  gboolean is_new;
  YejiFacts *facts;
  /* of a new record, NULL where it goes the usual way */
  char *body;
  char *digest;
  char *sort_name;
} Item;

typedef struct
{
  Item *items[GROUP];
  guint n;
  gboolean done;               /* under the stream's mutex */
} Group;

struct _YejiSaveStream
{
  YejiStore *store;
  YejiSql *sql;
  const YejiSaveSource *source;
  gpointer data;
  const char *why;
  const char *batch;
  char *at;
  GCancellable *cancellable;
  YejiVault *vault;
  GThreadPool *helpers;
  GMutex mutex;
  GCond done;
  const Group *awaited;        /* (nullable): under the mutex */
  GQueue groups;               /* (element-type Group), in their order */
};

static void
free_item (Item *item)
{
  g_object_unref (item->record);
  g_strfreev (item->slots);
  g_clear_pointer (&item->facts, yeji_facts_free);
  g_free (item->body);
  g_free (item->digest);
  g_free (item->sort_name);
  g_free (item);
}

static void
free_group (gpointer data)
{
  Group *group = data;

  for (guint i = 0; i < group->n; i++)
    free_item (group->items[i]);
  g_free (group);
}

/* ---- Off the database's thread */

static void
print_item (YejiSaveStream *self,
            Item           *item)
{
  g_autoptr (GString) said = g_string_sized_new (16 << 10);
  g_autoptr (GString) stored = g_string_sized_new (16 << 10);

  if (!yeji_body_print (item->record, self->vault, 1, said, stored))
    return;
  item->digest = yeji_store_digest_text (self->store, said->str);
  item->body = g_string_free (g_steal_pointer (&stored), FALSE);
  item->sort_name
    = yeji_search_make_sort_name (yeji_row_get_title (yeji_record_get_project (item->record)));
}

static void
prepare (gpointer data,
         gpointer user_data)
{
  Group *group = data;
  YejiSaveStream *self = user_data;

  for (guint i = 0; i < group->n; i++)
    {
      Item *item = group->items[i];

      if (self->source->check != NULL)
        item->facts = self->source->check (item->record, (const char * const *) item->slots,
                                           self->data);
      if (item->is_new)
        print_item (self, item);
    }
  g_mutex_lock (&self->mutex);
  group->done = TRUE;
  if (group == self->awaited)
    g_cond_signal (&self->done);
  g_mutex_unlock (&self->mutex);
}

/* ---- On the database's thread */

static gboolean
find_record (YejiSql     *sql,
             const char  *uuid,
             gboolean    *found,
             GError     **error)
{
  const int has = yeji_sql_has_row (sql, error, "SELECT 1 FROM record WHERE uuid = ?1", "s", uuid);

  *found = has > 0;
  return has >= 0;
}

static gboolean
insert_record (YejiSaveStream  *self,
               const Item      *item,
               GError         **error)
{
  YejiRecord *record = item->record;
  const YejiFacts unknown = { .completeness = -1, .outcome = -1, .n_slots = -1,
                              .n_filled_slots = -1 };
  const YejiFacts *facts = item->facts != NULL ? item->facts : &unknown;

  return yeji_sql_exec (self->sql, error,
                        "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
                        " changed_at, digest, body, sort_name, n_errors, n_warnings, completeness,"
                        " outcome, n_slots, n_filled_slots, required_slots)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9, nullif (?10, -1),"
                        " nullif (?11, -1), nullif (?12, -1), nullif (?13, -1), nullif (?14, -1),"
                        " nullif (?15, -1), ?16)",
                        "sssssssssiiiiiis", yeji_record_get_uuid (record),
                        yeji_record_get_role (record),
                        yeji_row_get_title (yeji_record_get_project (record)),
                        yeji_store_get_number (record),
                        yeji_dictionary_get_version (yeji_record_get_dictionary (record)),
                        self->at, item->digest, item->body, item->sort_name,
                        item->facts != NULL ? (gint64) facts->n_errors : -1,
                        item->facts != NULL ? (gint64) facts->n_warnings : -1,
                        (gint64) facts->completeness, (gint64) facts->outcome,
                        (gint64) facts->n_slots, (gint64) facts->n_filled_slots,
                        facts->required_slots);
}

/* All that a new record says is one line, which is read as the many that it stands for; while the
 * record says it, the line need not. */
static gboolean
insert_history (YejiSaveStream  *self,
                const Item      *item,
                GError         **error)
{
  return yeji_sql_exec (self->sql, error,
                        "INSERT INTO history (record, step, \"table\", \"row\", field, after, at,"
                        " who, why, batch) VALUES (?1, 1, '', '', '" YEJI_HISTORY_MADE "', '', ?2,"
                        " ?3, ?4, ?5)",
                        "sssss", yeji_record_get_uuid (item->record), self->at,
                        yeji_store_get_who (self->store), self->why, self->batch);
}

static gboolean
write_item (YejiSaveStream  *self,
            const Item      *item,
            GError         **error)
{
  if (item->body == NULL)
    return yeji_store_save_one (self->store, self->sql, item->record, item->facts, self->why,
                                self->at, self->batch, error);
  /* the chores index it: a search finds it some seconds later */
  return insert_record (self, item, error) && insert_history (self, item, error);
}

static gboolean
write_first (YejiSaveStream  *self,
             GError         **error)
{
  Group *group = g_queue_peek_head (&self->groups);
  gboolean written = TRUE;

  g_mutex_lock (&self->mutex);
  self->awaited = group;
  while (!group->done)
    g_cond_wait (&self->done, &self->mutex);
  self->awaited = NULL;
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < group->n && written; i++)
    written = write_item (self, group->items[i], error);
  free_group (g_queue_pop_head (&self->groups));
  return written;
}

/* Asks for the next record; @more is FALSE behind the last. */
static gboolean
take_next (YejiSaveStream  *self,
           Group           *group,
           gboolean        *more,
           GError         **error)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();
  YejiRecord *record = NULL;
  Item *item;
  gboolean found = FALSE;

  *more = FALSE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
      || !self->source->next (self, &record, self->data, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  *more = TRUE;
  item = g_new0 (Item, 1);
  item->record = record;
  group->items[group->n++] = item;
  if (!find_record (self->sql, yeji_record_get_uuid (record), &found, error)
      || (found && !yeji_store_read_slots (self->sql, yeji_record_get_uuid (record), slots, error)))
    return FALSE;
  item->is_new = !found;
  item->slots = g_strv_builder_end (slots);
  return TRUE;
}

/* Gives some records to a helper; @more is FALSE behind the last. */
static gboolean
begin_group (YejiSaveStream  *self,
             gboolean        *more,
             GError         **error)
{
  Group *group = g_new0 (Group, 1);

  while (*more && group->n < GROUP)
    /* what waits for a helper is ended with the rest, whatever goes wrong from here on */
    if (!take_next (self, group, more, error))
      {
        free_group (group);
        return FALSE;
      }
  g_queue_push_tail (&self->groups, group);
  if (self->helpers == NULL || !g_thread_pool_push (self->helpers, group, NULL))
    prepare (group, self);
  return TRUE;
}

static gboolean
save_all (YejiSaveStream  *self,
          GError         **error)
{
  gboolean more = TRUE;

  while (more || self->groups.length > 0)
    {
      while (more && self->groups.length < MAX_ON_THE_WAY)
        if (!begin_group (self, &more, error))
          return FALSE;
      if (self->groups.length > 0 && !write_first (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_stream (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  YejiSaveStream *self = data;
  gboolean saved;

  yeji_sql_set_cache (sql, CACHE);
  self->sql = sql;
  self->at = yeji_clock_now ();
  self->vault = yeji_store_get_vault (self->store);
  self->helpers = g_thread_pool_new (prepare, self,
                                     (int) CLAMP (g_get_num_processors (), 1, MAX_HELPERS), FALSE,
                                     NULL);
  saved = save_all (self, error);
  /* waits for those that are at work */
  if (self->helpers != NULL)
    g_thread_pool_free (self->helpers, FALSE, TRUE);
  g_queue_clear_full (&self->groups, free_group);
  yeji_sql_set_cache (sql, 0);
  return saved;
}

/**
 * yeji_save_stream_load:
 *
 * Loads a record within the transaction.
 *
 * Returns: (transfer full) (nullable): the record, %NULL with %YEJI_STORE_ERROR_NOT_FOUND
 */
YejiRecord *
yeji_save_stream_load (YejiSaveStream  *self,
                       const char      *uuid,
                       GError         **error)
{
  return yeji_store_read_record (self->store, self->sql, uuid, FALSE, error);
}

/**
 * yeji_store_save_stream:
 * @why: as for yeji_store_save()
 * @batch: (out) (optional): what names this bulk change, for yeji_store_undo_batch()
 *
 * Saves all records of a source, or none, as yeji_store_save_many() does, one after the other: few
 * are in memory at once. A record must not come twice. Blocks.
 */
gboolean
yeji_store_save_stream (YejiStore             *self,
                        const YejiSaveSource  *source,
                        gpointer               data,
                        const char            *why,
                        char                 **batch,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_autofree char *id = g_uuid_string_random ();
  YejiSaveStream stream = { self, NULL, source, data, why, id, NULL, cancellable };
  gboolean saved;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (source != NULL && why != NULL, FALSE);

  g_mutex_init (&stream.mutex);
  g_cond_init (&stream.done);
  g_queue_init (&stream.groups);
  saved = yeji_db_run (yeji_store_get_db (self), run_stream, &stream, error);
  g_mutex_clear (&stream.mutex);
  g_cond_clear (&stream.done);
  g_free (stream.at);
  if (!saved)
    return FALSE;
  yeji_store_announce (self, NULL);
  if (batch != NULL)
    *batch = g_steal_pointer (&id);
  return TRUE;
}
