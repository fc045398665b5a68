// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "sync-fixture.h"

#include <string.h>

typedef struct
{
  SyncFixture *fixture;
  SyncFunc func;
  gpointer data;
} Call;

static void
run_call (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;

  if (call->func (call->fixture, call->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sync_fixture_run:
 *
 * Runs a blocking call in a thread, and the fake province here.
 */
gboolean
sync_fixture_run (SyncFixture   *self,
                  SyncFunc       func,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, yeji_test_store_result, &slot);
  Call call = { self, func, data };

  g_task_set_task_data (task, &call, NULL);
  g_task_run_in_thread (task, run_call);
  result = yeji_test_await (&slot, SYNC_TIME_LIMIT);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
sign_in (SyncFixture   *self,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return yeji_sync_sign_in (self->store, self->fake->url, "clerk", "secret", cancellable, error);
}

void
sync_fixture_sign_in (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;

  sync_fixture_run (self, sign_in, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->province);
  self->province = yeji_province_new (self->store, &error);
  g_assert_no_error (error);
}

void
sync_fixture_set_up (SyncFixture   *self,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->tries = 1;
  self->dir = yeji_test_dir_new ();
  self->dictionary = yeji_dictionary_new_from_dir (g_getenv ("YEJI_DICTIONARY"), &error);
  g_assert_no_error (error);
  self->store = yeji_store_open (self->dir, self->dictionary, &error);
  g_assert_no_error (error);
  self->fake = fake_province_new ();
  sync_fixture_sign_in (self);
}

void
sync_fixture_tear_down (SyncFixture   *self,
                        gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&self->province));
  yeji_store_close (self->store);
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->dictionary);
  fake_province_free (self->fake);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
}

static gboolean
run_cycle (SyncFixture   *self,
           gpointer       report,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (YejiTransferQueue) queue = yeji_transfer_queue_new (self->store);
  YejiSyncReport own;

  yeji_transfer_queue_set_patience (queue, 1, self->tries);
  return yeji_sync_run (self->store, self->province, queue, report != NULL ? report : &own, NULL,
                        NULL, cancellable, error);
}

/**
 * sync_fixture_cycle:
 *
 * Does what `yeji sync` does: records, files, submissions, answers.
 */
gboolean
sync_fixture_cycle (SyncFixture     *self,
                    YejiSyncReport  *report,
                    GError         **error)
{
  return sync_fixture_run (self, run_cycle, report, NULL, error);
}

static void
save (SyncFixture *self,
      YejiRecord  *record)
{
  const YejiFacts facts = { .completeness = 100, .outcome = YEJI_FACTS_BEST_OUTCOME };
  g_autoptr (GError) error = NULL;

  yeji_store_save (self->store, record, &facts, "typed", &error);
  g_assert_no_error (error);
}

static const YejiFieldDef *
find_name (SyncFixture *self)
{
  const YejiTableDef *root = yeji_dictionary_get_root (self->dictionary);

  return yeji_dictionary_find_field (self->dictionary, root->id, "PrjName");
}

/**
 * sync_fixture_add:
 *
 * Returns: (transfer full): the uuid of a new record
 */
char *
sync_fixture_add (SyncFixture *self,
                  const char  *name)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (YejiRecord) record = yeji_record_new (self->dictionary, uuid, "construction");

  yeji_record_set (record, yeji_record_get_project (record), find_name (self), name);
  save (self, record);
  return g_steal_pointer (&uuid);
}

void
sync_fixture_edit (SyncFixture *self,
                   const char  *uuid,
                   const char  *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (self->store, uuid, &error);

  g_assert_no_error (error);
  yeji_record_set (record, yeji_record_get_project (record), find_name (self), name);
  save (self, record);
}

char *
sync_fixture_get_name (SyncFixture *self,
                       const char  *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (self->store, uuid, &error);

  g_assert_no_error (error);
  return g_strdup (yeji_row_get (yeji_record_get_project (record), find_name (self)));
}

YejiState
sync_fixture_get_state (SyncFixture *self,
                        const char  *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (self->store, uuid, &error);

  g_assert_no_error (error);
  return yeji_entry_get_state (entry);
}

/* A PDF by its first bytes, different for every name. */
static char *
make_content (const char *filename,
              gsize       size)
{
  char *content = g_malloc (size);
  guint32 seed = g_str_hash (filename);

  for (gsize i = 0; i < size; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      content[i] = (char) (seed >> 24);
    }
  memcpy (content, "%PDF-1.4\n", MIN (size, 9));
  return content;
}

/**
 * sync_fixture_attach:
 *
 * Returns: (transfer full): the sha256 of a new file of @size bytes
 */
char *
sync_fixture_attach (SyncFixture *self,
                     const char  *uuid,
                     const char  *filename,
                     gsize        size)
{
  g_autofree char *path = g_build_filename (self->dir, filename, NULL);
  g_autofree char *content = make_content (filename, size);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;
  const YejiSlot *slot = g_ptr_array_index (yeji_dictionary_get_slots (self->dictionary), 0);

  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
  attachment = yeji_store_attach (self->store, uuid, slot->id, file, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (yeji_attachment_get_sha256 (attachment));
}

void
sync_fixture_queue (SyncFixture *self,
                    const char  *uuid)
{
  g_autoptr (GError) error = NULL;

  yeji_store_queue_submit (self->store, uuid, &error);
  g_assert_no_error (error);
}

guint
sync_fixture_get_n_queued (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (self->store, &error);

  g_assert_no_error (error);
  return outbox->len;
}
