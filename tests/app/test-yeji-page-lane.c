// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-page-lane.h"
#include "yeji-test.h"

/* A decoder that hangs until the test lets it go. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean go;
  gboolean gone;               /* past the gate */
} Gate;

typedef struct
{
  YejiPageLane *lane;
  GFile *file;
  Gate gate;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->lane = yeji_page_lane_new ();
  fixture->file = g_file_new_for_path ("/nowhere/scan");
  g_mutex_init (&fixture->gate.mutex);
  g_cond_init (&fixture->gate.cond);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_test_wait_until (yeji_test_is_last, fixture->lane, 5000);
  g_assert_finalize_object (fixture->lane);
  g_object_unref (fixture->file);
  g_mutex_clear (&fixture->gate.mutex);
  g_cond_clear (&fixture->gate.cond);
}

static gpointer
hang (GFile           *file,
      YejiPageSource **source,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!gate->go)
    g_cond_wait (&gate->cond, &gate->mutex);
  gate->gone = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
  return g_strdup ("late");
}

static gpointer
answer (GFile           *file,
        YejiPageSource **source,
        gpointer         data,
        GCancellable    *cancellable,
        GError         **error)
{
  return g_strdup (data);
}

static void
let_go (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->go = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->gone)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static char *
finish (Fixture       *fixture,
        GAsyncResult **slot,
        GError       **error)
{
  g_autoptr (GAsyncResult) result = yeji_test_await (slot, 5000);

  return yeji_page_lane_run_finish (fixture->lane, result, error);
}

static void
test_in_order (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const words[] = { "one", "two", "three" };
  GAsyncResult *slots[3] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    yeji_page_lane_run_async (fixture->lane, fixture->file, answer, (gpointer) words[i], NULL,
                              g_free, NULL, yeji_test_store_result, &slots[i]);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *word = finish (fixture, &slots[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (word, ==, words[i]);
    }
}

/* What hangs is given up, not tried again, and nobody else waits for it. */
static void
test_slow (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) other = g_file_new_for_path ("/nowhere/other");
  GAsyncResult *slots[3] = { NULL };
  g_autoptr (GError) slow = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GError) none = NULL;
  g_autofree char *word = NULL;

  yeji_page_lane_set_patience (fixture->lane, 30);
  yeji_page_lane_run_async (fixture->lane, fixture->file, hang, &fixture->gate, NULL, g_free, NULL,
                            yeji_test_store_result, &slots[0]);
  yeji_page_lane_run_async (fixture->lane, fixture->file, answer, (gpointer) "x", NULL, g_free,
                            NULL, yeji_test_store_result, &slots[1]);
  yeji_page_lane_run_async (fixture->lane, other, answer, (gpointer) "there", NULL, g_free, NULL,
                            yeji_test_store_result, &slots[2]);
  g_assert_null (finish (fixture, &slots[0], &slow));
  g_assert_error (slow, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_SLOW);
  g_assert_null (finish (fixture, &slots[1], &again));
  g_assert_error (again, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_SLOW);
  yeji_page_lane_set_patience (fixture->lane, 5000);
  word = finish (fixture, &slots[2], &none);
  g_assert_no_error (none);
  g_assert_cmpstr (word, ==, "there");
  let_go (&fixture->gate);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slots[2] = { NULL };
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autofree char *word = NULL;

  yeji_page_lane_run_async (fixture->lane, fixture->file, hang, &fixture->gate, NULL, g_free,
                            NULL, yeji_test_store_result, &slots[0]);
  yeji_page_lane_run_async (fixture->lane, fixture->file, answer, (gpointer) "x", NULL, g_free,
                            cancellable, yeji_test_store_result, &slots[1]);
  g_cancellable_cancel (cancellable);
  let_go (&fixture->gate);
  word = finish (fixture, &slots[0], &first);
  g_assert_no_error (first);
  g_assert_cmpstr (word, ==, "late");
  g_assert_null (finish (fixture, &slots[1], &second));
  g_assert_error (second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/app/page-lane/one-after-another", test_in_order);
  ADD ("/app/page-lane/what-hangs-is-given-up", test_slow);
  ADD ("/app/page-lane/what-is-not-wanted-is-dropped", test_cancelled);

  return g_test_run ();
}
