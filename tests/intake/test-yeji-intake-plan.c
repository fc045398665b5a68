// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "../store/store-fixture.h"

#include "yeji-intake-plan-private.h"
#include "yeji-intake-plan.h"
#include "yeji-intake-store.h"
#include "yeji-match-records.h"
#include "yeji-platform.h"

#include <glib/gstdio.h>

/* Callbacks of the main context that take longer are felt. They take 5 ms on a machine that has
 * nothing else to do. */
#ifdef G_OS_UNIX
#define MAX_CALLBACK (G_USEC_PER_SEC / 10)
#else   /* Windows does not tell how long a thread waited for a processor */
#define MAX_CALLBACK G_USEC_PER_SEC
#endif

#define TIMEOUT 60000

/* What the longest turn of the main context took, other programs' time left out. */
static gint64 turn_began, longest_turn;

static int
watch_poll (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  int n;

  if (turn_began > 0)
    longest_turn = MAX (longest_turn, yeji_platform_get_own_time () - turn_began);
  n = g_poll (fds, n_fds, timeout);
  turn_began = yeji_platform_get_own_time ();
  return n;
}

static void
write_file (const char *root,
            const char *path)
{
  g_autofree char *place = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (place);
  g_autofree char *text = g_strdup_printf ("%%PDF-1.4\n%%%s\n%%%%EOF\n", path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (place, text, -1, &error);
  g_assert_no_error (error);
}

static char *
make_record (StoreFixture *fixture,
             const char   *name)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, "construction");

  store_fixture_type (record, "PrjName", name);
  store_fixture_save (fixture, record, 0);
  return g_strdup (yeji_record_get_uuid (record));
}

static YejiIntakePlan *
make_plan (StoreFixture  *fixture,
           const char    *path,
           const char    *uuid,
           const char    *slot,
           GError       **error)
{
  g_autoptr (GFile) root = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot_result = NULL;

  yeji_intake_plan_make_async (fixture->store, &root, 1, uuid, slot, NULL, NULL, NULL,
                               yeji_test_store_result, &slot_result);
  result = yeji_test_await (&slot_result, TIMEOUT);
  return yeji_intake_plan_make_finish (result, error);
}

static gboolean
examine (YejiIntakePlan *plan,
         GCancellable   *cancellable,
         GError        **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  yeji_intake_plan_examine_async (plan, NULL, NULL, NULL, cancellable, yeji_test_store_result,
                                  &slot);
  result = yeji_test_await (&slot, TIMEOUT);
  return yeji_intake_plan_examine_finish (plan, result, error);
}

static YejiTaken *
carry_out (YejiIntakePlan *plan,
           GCancellable   *cancellable,
           GError        **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  yeji_intake_plan_carry_out_async (plan, NULL, NULL, cancellable, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, TIMEOUT);
  return yeji_intake_plan_carry_out_finish (plan, result, error);
}

static void
undo (StoreFixture *fixture,
      const char   *batch)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  yeji_intake_undo_async (fixture->store, batch, NULL, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, TIMEOUT);
  yeji_intake_undo_finish (fixture->store, result, NULL, &error);
  g_assert_no_error (error);
}

static YejiIntakeItem *
find_item (YejiIntakePlan *plan,
           const char     *filename)
{
  GListModel *model = G_LIST_MODEL (plan);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (yeji_intake_item_get_filename (item), filename))
        return item;         /* the plan keeps it */
    }
  return NULL;
}

static guint
get_number (YejiIntakePlan *plan,
            const char     *name)
{
  guint n;

  g_object_get (plan, name, &n, NULL);
  return n;
}

static guint
count_documents (StoreFixture *fixture,
                 const char   *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (fixture->store, uuid, &error);

  g_assert_no_error (error);
  return attachments->len;
}

/* Everything up to the end of the way and back. */
static void
test_way (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autofree char *other = make_record (fixture, "示例湖泵站工程");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (YejiTaken) taken = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) attachments = NULL;
  YejiIntakeItem *item;

  write_file (root, "示例路体育馆/合同/合同10.pdf");
  write_file (root, "示例路体育馆/合同/合同2.pdf");
  write_file (root, "示例路体育馆/中标通知书.pdf");
  write_file (root, "谁的.pdf");
  plan = make_plan (fixture, root, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (plan)), ==, 4);
  g_assert_cmpuint (get_number (plan, "n-placed"), ==, 3);
  g_assert_cmpuint (get_number (plan, "n-tray"), ==, 1);

  item = find_item (plan, "合同10.pdf");
  g_assert_cmpstr (yeji_intake_item_get_uuid (item), ==, uuid);
  g_assert_cmpstr (yeji_intake_item_get_slot (item), ==, "contract");
  g_assert_cmpuint (yeji_intake_item_get_position (item), ==, 2);
  g_assert_cmpint (yeji_intake_item_get_certainty (item), ==, YEJI_CERTAINTY_SURE);
  g_assert_false (yeji_intake_item_is_examined (item));

  /* the clerk knows better */
  g_ptr_array_add (items, find_item (plan, "谁的.pdf"));
  yeji_intake_plan_set_target (plan, items, uuid, "contract");
  g_assert_cmpuint (yeji_intake_item_get_position (items->pdata[0]), ==, 1);
  g_assert_cmpuint (get_number (plan, "n-tray"), ==, 0);
  yeji_intake_plan_set_target (plan, items, other, "contract");
  g_assert_cmpstr (yeji_intake_item_get_record_name (items->pdata[0]), ==, "示例湖泵站工程");
  yeji_intake_plan_set_target (plan, items, NULL, NULL);
  yeji_intake_item_set_included (find_item (plan, "中标通知书.pdf"), FALSE);

  /* without an examiner it goes on, and that is said */
  g_assert_true (examine (plan, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (yeji_intake_item_is_examined (item));
  g_assert_cmpint (yeji_intake_item_get_severity (item), ==, YEJI_INTAKE_HINT);
  g_assert_nonnull (yeji_intake_item_get_problem (item));

  taken = carry_out (plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->n_placed, ==, 2);
  g_assert_cmpuint (taken->n_tray, ==, 1);
  g_assert_cmpuint (taken->failures->len, ==, 0);
  g_assert_cmpstr (taken->uuids[0], ==, uuid);
  g_assert_null (taken->uuids[1]);
  attachments = yeji_store_get_attachments (fixture->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (attachments->len, ==, 2);
  g_assert_cmpstr (yeji_attachment_get_filename (attachments->pdata[0]), ==, "合同2.pdf");
  g_assert_cmpstr (yeji_attachment_get_filename (attachments->pdata[1]), ==, "合同10.pdf");

  undo (fixture, taken->batch);
  g_assert_cmpuint (count_documents (fixture, uuid), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&plan));
}

static void
set_finding (YejiIntakePlan *plan,
             YejiIntakeItem *item,
             const char     *failure,
             const char     *media_type)
{
  YejiFindings *findings = yeji_findings_new ();

  findings->failure = g_strdup (failure);
  findings->media_type = g_strdup (media_type);
  findings->size = yeji_intake_item_get_size (item);
  yeji_intake_item_set_findings (item, findings);
  yeji_intake_plan_judge (plan, item);
}

/* What is of no use is shown and left out; the clerk's word is the last one. */
static void
test_unfit (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *name;
    const char *failure;
    const char *media_type;
    gboolean taken;
  } cases[] = {
    { "合同1.pdf", NULL, "application/pdf", TRUE },
    { "合同2.pdf", "unreadable", NULL, FALSE },
    { "合同3.pdf", "locked", NULL, FALSE },
    { "合同4.pdf", "foreign", "text/plain", FALSE },
    { "合同5.pdf", NULL, "image/x-unheard-of", FALSE },
    { "合同6.pdf", "slow", NULL, TRUE },
    { "合同7.pdf", "failed", NULL, TRUE },
    { "合同8.pdf", "missing", NULL, TRUE },
  };
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (YejiTaken) taken = NULL;
  guint n_taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    write_file (root, cases[i].name);
  plan = make_plan (fixture, root, uuid, "contract", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YejiIntakeItem *item = find_item (plan, cases[i].name);

      set_finding (plan, item, cases[i].failure, cases[i].media_type);
      g_assert_cmpint (yeji_intake_item_is_included (item), ==, cases[i].taken);
      g_assert_true (cases[i].taken || yeji_intake_item_get_problem (item) != NULL);
      n_taken += cases[i].taken;
    }
  g_assert_cmpuint (get_number (plan, "n-included"), ==, n_taken);

  yeji_intake_item_set_included (find_item (plan, "合同2.pdf"), TRUE);
  yeji_intake_item_set_included (find_item (plan, "合同1.pdf"), FALSE);
  for (guint i = 0; i < 2; i++)
    set_finding (plan, find_item (plan, cases[i].name), cases[i].failure, cases[i].media_type);
  taken = carry_out (plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->n_placed, ==, n_taken);
  g_assert_cmpuint (taken->failures->len, ==, 0);
}

static guint
count_crowded (YejiIntakePlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (plan)); i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (plan), i);

      n += yeji_intake_item_get_severity (item) == YEJI_INTAKE_ERROR;
      g_assert_cmpint (yeji_intake_item_is_included (item), ==,
                       yeji_intake_item_get_severity (item) < YEJI_INTAKE_ERROR);
    }
  return n;
}

static void
wait_for_crowded (YejiIntakePlan *plan,
                  guint           n)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (get_number (plan, "n-problems") != n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (get_number (plan, "n-problems"), ==, n);
}

/* One more than the slot may have is told before anything is done, and is not a failure later. */
static void
test_room (StoreFixture  *fixture,
           gconstpointer  data)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (fixture->dictionary, "contract");
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *first = g_build_filename (fixture->dir, "scans", "合同001.pdf", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autofree char *last = g_strdup_printf ("合同%03u.pdf", slot->max_files + 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (YejiIntakePlan) before = NULL;
  g_autoptr (YejiTaken) taken = NULL;
  g_autoptr (YejiTaken) placed = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 1; i <= slot->max_files + 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("合同%03u.pdf", i);

      write_file (root, name);
    }
  /* one is there already, under another name: it takes no room twice */
  before = make_plan (fixture, first, uuid, "contract", &error);
  g_assert_no_error (error);
  placed = carry_out (before, NULL, &error);
  g_assert_cmpuint (placed->n_placed, ==, 1);

  plan = make_plan (fixture, root, uuid, "contract", &error);
  g_assert_no_error (error);
  /* contents are not known yet */
  g_assert_cmpuint (count_crowded (plan), ==, 3);
  g_assert_cmpint (yeji_intake_item_get_severity (find_item (plan, last)), ==, YEJI_INTAKE_ERROR);
  g_assert_nonnull (yeji_intake_item_get_problem (find_item (plan, last)));

  /* what is left out leaves its room, and what goes elsewhere too */
  yeji_intake_item_set_included (find_item (plan, "合同002.pdf"), FALSE);
  for (guint i = 0; i < 10; i++)
    g_main_context_iteration (NULL, FALSE);
  g_ptr_array_add (items, find_item (plan, "合同003.pdf"));
  yeji_intake_plan_set_target (plan, items, NULL, NULL);
  g_assert_cmpint (yeji_intake_item_get_severity (find_item (plan, last)), ==, YEJI_INTAKE_ERROR);
  {
    g_autoptr (GPtrArray) places = NULL;
    g_autofree char *sum = NULL;
    g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (fixture->store, uuid, &error);

    sum = g_strdup (yeji_attachment_get_sha256 (attachments->pdata[0]));
    places = yeji_store_find_same (fixture->store, sum, &error);
    yeji_intake_item_set_places (find_item (plan, "合同001.pdf"), places);
    yeji_intake_plan_set_target (plan, items, NULL, NULL);
  }
  g_assert_cmpint (yeji_intake_item_get_severity (find_item (plan, last)), ==, YEJI_INTAKE_FINE);
  g_assert_true (yeji_intake_item_is_included (find_item (plan, last)));
  wait_for_crowded (plan, 0);

  taken = carry_out (plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->failures->len, ==, 0);
  g_assert_cmpuint (taken->n_there, ==, 1);
  g_assert_cmpuint (taken->n_tray, ==, 1);
  g_assert_cmpuint (count_documents (fixture, uuid), ==, slot->max_files);
}

/* The first of those in the tray. */
static char **
get_first (GPtrArray *tray)
{
  static char *ids[] = { NULL, NULL };

  g_assert_cmpuint (tray->len, >, 0);
  ids[0] = ((YejiTrayFile *) tray->pdata[0])->id;
  return ids;
}

static void
place_from_tray (StoreFixture *fixture,
                 GPtrArray    *tray,
                 const char   *uuid)
{
  g_autoptr (GError) error = NULL;

  yeji_store_place_tray (fixture->store, (const char * const *) get_first (tray), uuid, "other",
                         NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_remove_index (tray, 0);
}

static void
remove_from_tray (StoreFixture *fixture,
                  GPtrArray    *tray)
{
  g_autoptr (GError) error = NULL;

  yeji_store_remove_tray (fixture->store, (const char * const *) get_first (tray), NULL, &error);
  g_assert_no_error (error);
}

/* A folder that comes twice: nothing lies in the tray twice, nor again what was given its place
 * there; what was thrown away comes back. */
static void
test_twice (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char * const names[] = { "甲.pdf", "乙.pdf", "丙.pdf" };
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tray = NULL;
  guint tray_before[] = { 3, 0, 0, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    write_file (root, names[i]);
  for (guint run = 0; run < G_N_ELEMENTS (tray_before); run++)
    {
      g_autoptr (YejiIntakePlan) plan = make_plan (fixture, root, NULL, NULL, &error);
      g_autoptr (YejiTaken) taken = NULL;

      g_assert_no_error (error);
      taken = carry_out (plan, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (taken->n_tray, ==, tray_before[run]);
      g_assert_cmpuint (taken->n_there, ==, 3 - tray_before[run]);
      g_assert_cmpint (taken->batch != NULL, ==, tray_before[run] > 0);
      g_clear_pointer (&tray, g_ptr_array_unref);
      tray = yeji_store_list_tray (fixture->store, &error);
      g_assert_no_error (error);
      if (run == 1)
        place_from_tray (fixture, tray, uuid);
      if (run == 2)
        remove_from_tray (fixture, tray);
    }
  g_assert_cmpuint (tray->len, ==, 2);
  g_assert_cmpuint (count_documents (fixture, uuid), ==, 1);
}

/* Five hundred, with a main context that goes on as if nothing were happening. */
static void
test_many (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (YejiTaken) taken = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 set_began;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("示例%u号路学校工程", 100 + i);
      g_autofree char *uuid = make_record (fixture, name);
    }
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *path = g_strdup_printf ("示例%u号路学校/合同/%u.pdf", 100 + i % 50, i);

      write_file (root, path);
    }
  longest_turn = turn_began = 0;
  g_main_context_set_poll_func (NULL, watch_poll);
  plan = make_plan (fixture, root, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_number (plan, "n-placed"), ==, 500);
  g_assert_true (examine (plan, NULL, &error));
  taken = carry_out (plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (taken->n_placed, ==, 500);
  undo (fixture, taken->batch);
  g_main_context_set_poll_func (NULL, NULL);
  g_test_message ("longest callback: %.1f ms", longest_turn / 1000.0);
  g_assert_cmpint (longest_turn, <, MAX_CALLBACK);

  /* all of them somewhere else in one go */
  for (guint i = 0; i < 500; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (plan), i));
  set_began = yeji_platform_get_own_time ();
  yeji_intake_plan_set_target (plan, items,
                               ((YejiMatchRecord *) yeji_intake_plan_get_records (plan)->pdata[7])
                                 ->uuid,
                               "other");
  g_test_message ("all to another slot: %.1f ms",
                  (yeji_platform_get_own_time () - set_began) / 1000.0);
  g_assert_cmpuint (yeji_intake_item_get_position (items->pdata[0]), ==,
                    yeji_intake_item_get_position (items->pdata[0]));
}

static void
cancel_at (guint    n_done,
           guint    n_all,
           gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autoptr (GFile) file = g_file_new_for_path (root);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *path = g_strdup_printf ("示例路体育馆/合同/%u.pdf", i);

      write_file (root, path);
    }
  g_cancellable_cancel (cancellable);
  yeji_intake_plan_make_async (fixture->store, &file, 1, NULL, NULL, NULL, NULL, cancellable,
                               yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, TIMEOUT);
  g_assert_null (yeji_intake_plan_make_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&result);

  plan = make_plan (fixture, root, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (examine (plan, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* in the middle: all or nothing */
  g_cancellable_reset (cancellable);
  slot = NULL;
  yeji_intake_plan_carry_out_async (plan, cancel_at, cancellable, cancellable,
                                    yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, TIMEOUT);
  {
    g_autoptr (YejiTaken) taken = yeji_intake_plan_carry_out_finish (plan, result, &error);

    g_assert_cmpuint (count_documents (fixture, uuid), ==, taken != NULL ? 50 : 0);
    if (taken == NULL)
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
}

/* What was dropped onto a record goes there, whatever its name. */
static void
test_given (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autofree char *other = make_record (fixture, "示例湖泵站工程");
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (YejiIntakePlan) none = NULL;
  g_autoptr (GError) error = NULL;

  write_file (root, "示例湖泵站/合同.pdf");
  write_file (root, "示例湖泵站/1.pdf");
  plan = make_plan (fixture, root, uuid, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_intake_item_get_uuid (find_item (plan, "合同.pdf")), ==, uuid);
  g_assert_cmpstr (yeji_intake_item_get_slot (find_item (plan, "合同.pdf")), ==, "contract");
  g_assert_null (yeji_intake_item_get_slot (find_item (plan, "1.pdf")));
  g_clear_object (&plan);

  plan = make_plan (fixture, root, other, "contract", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_intake_item_get_slot (find_item (plan, "1.pdf")), ==, "contract");
  g_assert_cmpuint (get_number (plan, "n-placed"), ==, 2);

  none = make_plan (fixture, root, "00000000-0000-4000-8000-000000000000", NULL, &error);
  g_assert_null (none);
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (make_plan (fixture, root, uuid, "no_slot", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* It is said before the files are taken, not after. */
static void
test_types (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char *type;
    gboolean refused;
  } cases[] = {
    { "application/pdf", FALSE },
    { "image/jpeg", FALSE },
    { "image/png", TRUE },
    { "image/tiff", TRUE },
  };
  g_autofree char *root = g_build_filename (fixture->dir, "scans", NULL);
  g_autofree char *uuid = make_record (fixture, "示例路体育馆工程");
  g_autoptr (YejiIntakePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  YejiIntakeItem *item;

  write_file (root, "合同.pdf");
  plan = make_plan (fixture, root, uuid, NULL, &error);
  g_assert_no_error (error);
  item = find_item (plan, "合同.pdf");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YejiFindings *findings = yeji_findings_new ();

      findings->media_type = g_strdup (cases[i].type);
      findings->size = 20;
      findings->n_pages = 1;
      yeji_intake_item_set_findings (item, findings);
      yeji_intake_plan_judge (plan, item);
      g_assert_cmpint (yeji_intake_item_get_severity (item) == YEJI_INTAKE_ERROR, ==,
                       cases[i].refused);
    }
}

/* The numbers that stand in a record, as it is stored. */
static void
test_numbers (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (YejiMatcher) matcher = NULL;
  g_autoptr (GError) error = NULL;
  const YejiMatchRecord *found;

  store_fixture_save (fixture, record, 0);
  records = yeji_match_records_load (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  found = records->pdata[0];
  g_assert_cmpstr (found->name, ==, store_fixture_read (record, "PrjName"));
  g_assert_cmpuint (g_strv_length (found->numbers), >, 4);
  matcher = yeji_matcher_new (fixture->dictionary, records);
  for (guint i = 0; found->numbers[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.pdf", found->numbers[i]);
      g_autoptr (YejiMatch) match = NULL;

      g_strdelimit (path, "/", '-');
      match = yeji_matcher_match (matcher, path);
      g_test_message ("%s", path);
      g_assert_cmpstr (match->uuid, ==, found->uuid);
      g_assert_cmpint (match->reason, ==, YEJI_MATCH_NUMBER);
    }
}

int
main (int    argc,
      char **argv)
{
  static const StoreCase cases[] = {
    { "/intake/plan/goes-all-the-way-and-back", test_way },
    { "/intake/plan/takes-500-files-without-a-stall", test_many },
    { "/intake/plan/can-be-cancelled", test_cancel },
    { "/intake/plan/goes-where-it-was-dropped", test_given },
    { "/intake/plan/says-which-types-no-document-may-have", test_types },
    { "/intake/plan/leaves-out-what-is-of-no-use", test_unfit },
    { "/intake/plan/says-what-is-one-file-too-many", test_room },
    { "/intake/plan/takes-a-folder-that-comes-again-once", test_twice },
    { "/intake/plan/knows-the-numbers-of-a-record", test_numbers },
  };
  g_autofree char *cache = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  cache = yeji_test_dir_new ();
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  /* what an examiner finds is another test's */
  g_setenv ("YEJI_EXAMINER", "/nowhere/yeji-examiner", TRUE);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  status = g_test_run ();
  yeji_test_dir_remove (cache);
  return status;
}
