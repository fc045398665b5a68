// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-test.h"
#include "yeji-worker.h"

static GString *order;

static void
append_letter (GTask        *task,
               gpointer      source,
               gpointer      letter,
               GCancellable *cancellable)
{
  g_string_append_c (order, (char) GPOINTER_TO_INT (letter));
  g_task_return_boolean (task, TRUE);
}

static void
push_letter (YejiWorker          *worker,
             char                 letter,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (worker, cancellable, callback, user_data);

  g_task_set_task_data (task, GINT_TO_POINTER (letter), NULL);
  yeji_worker_push (worker, task, append_letter);
}

static void
test_order (void)
{
  YejiWorker *worker = yeji_worker_new ("test");
  g_autofree char *expected = g_strnfill (1000, 'a');

  order = g_string_new (NULL);
  for (guint i = 0; i < 1000; i++)
    {
      expected[i] = (char) ('a' + i % 26);
      push_letter (worker, expected[i], NULL, NULL, NULL);
    }
  yeji_worker_close (worker);   /* runs everything that is queued */
  yeji_worker_close (worker);
  g_assert_cmpstr (order->str, ==, expected);
  g_string_free (g_steal_pointer (&order), TRUE);

  /* tasks answer in the main context and let go of their source there */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (worker);
}

static void
call_letter (gpointer letter)
{
  g_string_append_c (order, (char) GPOINTER_TO_INT (letter));
}

/* Calls and tasks stand in one line. */
static void
test_calls (void)
{
  YejiWorker *worker = yeji_worker_new ("test");
  g_autofree char *expected = g_strnfill (1000, 'a');

  order = g_string_new (NULL);
  for (guint i = 0; i < 1000; i++)
    {
      expected[i] = (char) ('a' + i % 26);
      if (i % 3 == 0)
        push_letter (worker, expected[i], NULL, NULL, NULL);
      else
        yeji_worker_call (worker, call_letter, GINT_TO_POINTER (expected[i]));
    }
  yeji_worker_close (worker);
  g_assert_cmpstr (order->str, ==, expected);
  g_string_free (g_steal_pointer (&order), TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (worker);
}

static void
test_cancelled (void)
{
  YejiWorker *worker = yeji_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  order = g_string_new (NULL);
  g_cancellable_cancel (cancellable);
  push_letter (worker, 'x', cancellable, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (order->str, ==, "");
  g_string_free (g_steal_pointer (&order), TRUE);
  yeji_worker_close (worker);
  g_clear_object (&result);
  g_assert_finalize_object (worker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/worker/keeps-the-order", test_order);
  g_test_add_func ("/base/worker/runs-calls-in-the-same-line", test_calls);
  g_test_add_func ("/base/worker/skips-what-was-cancelled", test_cancelled);
  return g_test_run ();
}
