// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bench"

#include "config.h"

#include <stdlib.h>

#include <adwaita.h>

#include "yeji-application.h"
#include "yeji-platform.h"
#include "yeji-record-file.h"
#include "yeji-test.h"
#include "yeji-window.h"

#define N_TIMES 40

typedef struct
{
  YejiStore *store;
  YejiSyncEngine *engine;
  YejiWindow *window;
  char *uuid;
  gint64 painted;              /* when the last frame was done */
} Bench;

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  bench->painted = yeji_platform_get_own_time ();
}

static gboolean
is_painted (gpointer data)
{
  return ((Bench *) data)->painted > 0;
}

static gboolean
is_shown (gpointer data)
{
  Bench *bench = data;

  if (yeji_editor_get_draft (yeji_window_get_editor (bench->window)) != NULL)
    return bench->painted > 0;
  bench->painted = 0;          /* a frame of the list */
  return FALSE;
}

static int
compare_times (gconstpointer first,
               gconstpointer second)
{
  gint64 a = *(const gint64 *) first;
  gint64 b = *(const gint64 *) second;

  return (a > b) - (a < b);
}

/* From the call that Return in the list makes to the end of the first frame with the record, without
 * the time in which other programs had the processor. */
static gint64
open_once (Bench *bench)
{
  gint64 start = yeji_platform_get_own_time ();
  gint64 taken;

  bench->painted = 0;
  yeji_window_open_record (bench->window, bench->uuid);
  yeji_test_wait_until (is_shown, bench, 10000);
  taken = bench->painted - start;
  yeji_window_show_list (bench->window);
  bench->painted = 0;
  gtk_widget_queue_draw (GTK_WIDGET (bench->window));
  yeji_test_wait_until (is_painted, bench, 10000);
  return taken;
}

static void
load (Bench      *bench,
      const char *profile,
      const char *sample)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (GPtrArray) records = NULL;

  g_assert_no_error (error);
  records = yeji_record_file_read (dictionary, sample, &error);
  g_assert_no_error (error);
  bench->uuid = g_strdup (yeji_record_get_uuid (g_ptr_array_index (records, 0)));
  bench->store = yeji_store_open (profile, dictionary, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_store_save (bench->store, g_ptr_array_index (records, 0), NULL, "imported",
                                  &error));
  bench->engine = yeji_sync_engine_new (bench->store);
}

/* bench-open-record SAMPLE: prints how long it takes until a full record is on screen. */
int
main (int    argc,
      char **argv)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *profile = g_build_filename (dir, "profile", NULL);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  Bench bench = { NULL, };

  if (argc != 2)
    {
      g_printerr ("usage: bench-open-record SAMPLE\n");
      return EXIT_FAILURE;
    }
  yeji_app_init ();
  adw_init ();
  load (&bench, profile, argv[1]);
  bench.window = YEJI_WINDOW (yeji_window_new (NULL, bench.store, bench.engine));
  gtk_window_present (GTK_WINDOW (bench.window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (bench.window)), "after-paint",
                    G_CALLBACK (on_after_paint), &bench);
  yeji_test_wait_until (is_painted, &bench, 10000);
  for (guint i = 0; i < N_TIMES; i++)
    {
      gint64 taken = open_once (&bench);

      g_array_append_val (times, taken);
    }
  g_array_sort (times, compare_times);
  g_print ("open: p50 %.2f ms, p95 %.2f ms, max %.2f ms (%u times, p95 at most 200 ms)\n",
           g_array_index (times, gint64, times->len / 2) / 1000.0,
           g_array_index (times, gint64, times->len * 95 / 100) / 1000.0,
           g_array_index (times, gint64, times->len - 1) / 1000.0, times->len);
  yeji_test_dir_remove (dir);
  return EXIT_SUCCESS;
}
