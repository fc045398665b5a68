// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-draft-keeper.h"
#include "yeji-test.h"

/* A disk that fails as often as it is told to, and answers when it is told to. */
#define TEST_TYPE_DISK (test_disk_get_type ())
G_DECLARE_FINAL_TYPE (TestDisk, test_disk, TEST, DISK, GObject)

struct _TestDisk
{
  GObject parent_instance;

  GPtrArray *saved;            /* (element-type utf8): the project's name of each save that began */
  GPtrArray *whys;
  GQueue waiting;              /* of GTask: held back */
  gboolean hold;
  guint failures;              /* how often it still fails */
  gint64 first_at;
};

G_DEFINE_FINAL_TYPE (TestDisk, test_disk, G_TYPE_OBJECT)

static void
test_disk_finalize (GObject *object)
{
  TestDisk *self = TEST_DISK (object);

  g_ptr_array_unref (self->saved);
  g_ptr_array_unref (self->whys);
  G_OBJECT_CLASS (test_disk_parent_class)->finalize (object);
}

static void
test_disk_class_init (TestDiskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_disk_finalize;
}

static void
test_disk_init (TestDisk *self)
{
  self->saved = g_ptr_array_new_with_free_func (g_free);
  self->whys = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->waiting);
}

static void
answer (TestDisk *self,
        GTask    *task)
{
  if (self->failures > 0)
    {
      self->failures--;
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no space");
    }
  else
    g_task_return_pointer (task, g_strdup ("2026-11-22T06:03:22.000Z"), g_free);
  g_object_unref (task);
}

static void
disk_save (gpointer             target,
           YejiRecord          *record,
           const YejiFacts     *facts,
           const char          *why,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  TestDisk *self = target;
  GTask *task = g_task_new (self, NULL, callback, user_data);

  if (self->first_at == 0)
    self->first_at = g_get_monotonic_time ();
  g_ptr_array_add (self->saved, g_strdup (yeji_row_get_by_id (yeji_record_get_project (record),
                                                              "PrjName")));
  g_ptr_array_add (self->whys, g_strdup (why));
  if (self->hold)
    g_queue_push_tail (&self->waiting, task);
  else
    answer (self, task);
}

static char *
disk_finish (gpointer       target,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const YejiSaver disk_saver = { disk_save, disk_finish };

typedef struct
{
  YejiDictionary *dictionary;
  TestDisk *disk;
  YejiRecord *record;
  YejiDraftKeeper *keeper;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dictionary = yeji_dictionary_new_built_in (NULL);
  fixture->disk = g_object_new (TEST_TYPE_DISK, NULL);
  fixture->record = yeji_record_new (fixture->dictionary, NULL, "construction");
  fixture->keeper = yeji_draft_keeper_new_full (fixture->disk, &disk_saver, fixture->record);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->keeper));
  g_assert_finalize_object (g_steal_pointer (&fixture->disk));
  g_clear_object (&fixture->record);
  g_clear_object (&fixture->dictionary);
}

static void
type (Fixture    *fixture,
      const char *name)
{
  YejiRow *project = yeji_record_get_project (fixture->record);

  yeji_record_set (fixture->record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), name);
  yeji_draft_keeper_touch (fixture->keeper, "typed");
}

static const char *
get_saved (Fixture *fixture,
           guint    index)
{
  g_assert_cmpuint (index, <, fixture->disk->saved->len);
  return g_ptr_array_index (fixture->disk->saved, index);
}

static gboolean
is_saved (gpointer data)
{
  return yeji_draft_keeper_get_state (((Fixture *) data)->keeper) == YEJI_KEEPER_SAVED;
}

static gboolean
has_failed (gpointer data)
{
  return yeji_draft_keeper_get_state (((Fixture *) data)->keeper) == YEJI_KEEPER_FAILED;
}

static gboolean
is_sent (gpointer data)
{
  return ((Fixture *) data)->disk->saved->len > 0;
}

static gboolean
type_on (gpointer data)
{
  Fixture *fixture = data;

  type (fixture, "on and on");
  type (fixture, "on");
  return G_SOURCE_CONTINUE;
}

static void
test_quiet (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();

  type (fixture, "a");
  type (fixture, "ab");
  g_assert_cmpint (yeji_draft_keeper_get_state (fixture->keeper), ==, YEJI_KEEPER_PENDING);
  yeji_test_wait_until (is_saved, fixture, 5000);
  g_assert_cmpuint (fixture->disk->saved->len, ==, 1);
  g_assert_cmpstr (get_saved (fixture, 0), ==, "ab");
  g_assert_cmpint (fixture->disk->first_at - start, >=, 290 * 1000);
  g_assert_nonnull (yeji_draft_keeper_get_saved_at (fixture->keeper));
}

/* Who never pauses is saved nevertheless. */
static void
test_latest (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();
  guint source = g_timeout_add (50, type_on, fixture);

  type (fixture, "first");
  yeji_test_wait_until (is_sent, fixture, 5000);
  g_source_remove (source);
  g_assert_cmpint (fixture->disk->first_at - start, <, 2000 * 1000);  /* a busy machine's second */
  g_assert_cmpint (fixture->disk->first_at - start, >=, 400 * 1000);
  yeji_test_wait_until (is_saved, fixture, 5000);
}

static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *text = NULL;

  fixture->disk->failures = 1;
  yeji_draft_keeper_touch (fixture->keeper, "imported");
  type (fixture, "kept");
  yeji_test_wait_until (has_failed, fixture, 5000);
  text = yeji_draft_keeper_get_text (fixture->keeper);
  g_assert_true (g_str_has_prefix (text, "Not saved since "));
  g_assert_error (yeji_draft_keeper_get_error (fixture->keeper), G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  yeji_test_wait_until (is_saved, fixture, 5000);
  g_assert_cmpuint (fixture->disk->saved->len, ==, 2);
  g_assert_cmpstr (get_saved (fixture, 1), ==, "kept");
  g_assert_cmpstr (g_ptr_array_index (fixture->disk->whys, 1), ==, "imported");
  g_assert_null (yeji_draft_keeper_get_error (fixture->keeper));
}

/* What is typed while a save runs is not taken for saved when that save ends. */
static void
test_generations (Fixture       *fixture,
                  gconstpointer  data)
{
  fixture->disk->hold = TRUE;
  type (fixture, "one");
  yeji_test_wait_until (is_sent, fixture, 5000);
  type (fixture, "two");
  answer (fixture->disk, g_queue_pop_head (&fixture->disk->waiting));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (yeji_draft_keeper_get_state (fixture->keeper), ==, YEJI_KEEPER_PENDING);
  fixture->disk->hold = FALSE;
  yeji_test_wait_until (is_saved, fixture, 5000);
  g_assert_cmpuint (fixture->disk->saved->len, ==, 2);
  g_assert_cmpstr (get_saved (fixture, 0), ==, "one");
  g_assert_cmpstr (get_saved (fixture, 1), ==, "two");
}

static void
test_flush (Fixture       *fixture,
            gconstpointer  data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  type (fixture, "last words");
  yeji_draft_keeper_flush_async (fixture->keeper, yeji_test_store_result, &slot);
  g_assert_cmpuint (fixture->disk->saved->len, ==, 1);   /* not when the timer says so */
  result = yeji_test_await (&slot, 5000);
  g_assert_true (yeji_draft_keeper_flush_finish (fixture->keeper, result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_saved (fixture, 0), ==, "last words");
  g_assert_true (is_saved (fixture));
}

/* A flush that comes while an older save runs waits for the newer one. */
static void
test_flush_behind (Fixture       *fixture,
                   gconstpointer  data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture->disk->hold = TRUE;
  type (fixture, "one");
  yeji_test_wait_until (is_sent, fixture, 5000);
  type (fixture, "two");
  yeji_draft_keeper_flush_async (fixture->keeper, yeji_test_store_result, &slot);
  fixture->disk->hold = FALSE;
  answer (fixture->disk, g_queue_pop_head (&fixture->disk->waiting));
  result = yeji_test_await (&slot, 5000);
  g_assert_true (yeji_draft_keeper_flush_finish (fixture->keeper, result, NULL));
  g_assert_cmpstr (get_saved (fixture, 1), ==, "two");
}

static void
test_flush_fails (Fixture       *fixture,
                  gconstpointer  data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->disk->failures = 1;
  type (fixture, "stubborn");
  yeji_draft_keeper_flush_async (fixture->keeper, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  g_assert_false (yeji_draft_keeper_flush_finish (fixture->keeper, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  yeji_test_wait_until (is_saved, fixture, 5000);
  g_assert_cmpstr (get_saved (fixture, 1), ==, "stubborn");
}

static void
begin (Fixture    *fixture,
       const char *key,
       const char *why,
       const char *name)
{
  YejiRow *project = yeji_record_get_project (fixture->record);

  yeji_draft_keeper_begin (fixture->keeper, key);
  yeji_record_set (fixture->record, project,
                   yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), name);
  yeji_draft_keeper_touch (fixture->keeper, why);
}

static void
assert_save (Fixture    *fixture,
             guint       index,
             const char *name,
             const char *why)
{
  g_assert_cmpstr (get_saved (fixture, index), ==, name);
  g_assert_cmpstr (g_ptr_array_index (fixture->disk->whys, index), ==, why);
}

/* What has different reasons is saved one after the other, however quickly it came. */
static void
test_parts (Fixture       *fixture,
            gconstpointer  data)
{
  fixture->disk->hold = TRUE;
  begin (fixture, "name", "typed", "甲");
  begin (fixture, "name", "typed", "甲 ");
  begin (fixture, "offer", "suggested", "甲");
  begin (fixture, "name", "typed", "甲乙");
  begin (fixture, "name", "typed", "甲乙丙");
  begin (fixture, "file", "imported", "丁");
  fixture->disk->hold = FALSE;
  answer (fixture->disk, g_queue_pop_head (&fixture->disk->waiting));
  yeji_test_wait_until (is_saved, fixture, 5000);
  g_assert_cmpuint (fixture->disk->saved->len, ==, 4);
  assert_save (fixture, 0, "甲 ", "typed");
  assert_save (fixture, 1, "甲", "suggested");
  assert_save (fixture, 2, "甲乙丙", "typed");
  assert_save (fixture, 3, "丁", "imported");
}

/* They stay apart when the disk fails, and come in order when it works again. */
static void
test_parts_fail (Fixture       *fixture,
                 gconstpointer  data)
{
  fixture->disk->failures = 2;
  begin (fixture, "name", "typed", "甲");
  begin (fixture, "offer", "suggested", "乙");
  begin (fixture, "name", "typed", "丙");
  yeji_test_wait_until (is_saved, fixture, 20000);
  g_assert_cmpuint (fixture->disk->saved->len, ==, 5);
  assert_save (fixture, 2, "甲", "typed");
  assert_save (fixture, 3, "乙", "suggested");
  assert_save (fixture, 4, "丙", "typed");
}

/* Nothing is saved while somebody else changes the record in the store. */
static void
test_hold (Fixture       *fixture,
           gconstpointer  data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) last = NULL;

  begin (fixture, "name", "typed", "甲");
  yeji_draft_keeper_flush_and_hold_async (fixture->keeper, yeji_test_store_result, &slot);
  begin (fixture, "other", "typed", "乙");
  result = yeji_test_await (&slot, 5000);
  g_assert_true (yeji_draft_keeper_flush_finish (fixture->keeper, result, NULL));
  g_assert_cmpuint (fixture->disk->saved->len, ==, 1);
  slot = NULL;
  yeji_draft_keeper_flush_async (fixture->keeper, yeji_test_store_result, &slot);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->disk->saved->len, ==, 1);
  yeji_draft_keeper_release (fixture->keeper);
  last = yeji_test_await (&slot, 5000);
  g_assert_true (yeji_draft_keeper_flush_finish (fixture->keeper, last, NULL));
  assert_save (fixture, 1, "乙", "typed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/app/keeper/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("saves-once-when-typing-pauses", test_quiet);
  ADD ("saves-within-a-second-when-typing-never-pauses", test_latest);
  ADD ("tries-again-after-a-failure", test_failure);
  ADD ("keeps-what-is-typed-while-saving", test_generations);
  ADD ("flushes-at-once", test_flush);
  ADD ("flushes-behind-a-running-save", test_flush_behind);
  ADD ("says-when-a-flush-fails-and-goes-on", test_flush_fails);
  ADD ("saves-apart-what-has-different-reasons", test_parts);
  ADD ("keeps-it-apart-while-the-disk-fails", test_parts_fail);
  ADD ("saves-nothing-while-it-is-held", test_hold);
  return g_test_run ();
}
