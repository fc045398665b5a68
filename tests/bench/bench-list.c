// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* bench-list DIR [PICTURE.png]: shows the list of a profile, scrolls through it and searches, and
 * prints when the first page was on screen, how much work a frame is while rows pass by, how long a
 * letter of a search takes, and how much memory there was. With a picture it writes what is seen at
 * last. */

#define G_LOG_DOMAIN "bench-list"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "yeji-application.h"
#include "yeji-entry-item.h"
#include "yeji-platform.h"
#include "yeji-record-list.h"
#include "yeji-record-table.h"

static double
read_megabytes (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = g_strstr_len (status, -1, name);
  return line != NULL ? atof (line + strlen (name)) / 1024 : 0;
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  gint64 *frame = data;

  if (*frame == 0)
    *frame = gdk_frame_clock_get_frame_counter (clock) + 2;
  if (gdk_frame_clock_get_frame_counter (clock) < *frame)
    return G_SOURCE_CONTINUE;
  *frame = -1;
  return G_SOURCE_REMOVE;
}

static void
draw (GtkWidget *window)
{
  gint64 frame = 0;

  gtk_widget_add_tick_callback (window, on_tick, &frame, NULL);
  gtk_widget_queue_draw (window);
  while (frame != -1)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_read (GtkWidget *view,
         guint      position)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  g_autoptr (YejiEntryItem) item = g_list_model_get_item (model, position);

  return item != NULL && yeji_entry_item_get_entry (item) != NULL;
}

static void
await_row (GtkWidget *view,
           guint      position)
{
  while (!is_read (view, position))
    g_main_context_iteration (NULL, TRUE);
}

/* ---- Work of frames */

#define N_FRAMES 400

typedef struct
{
  gint64 begin;
  GArray *times;               /* (element-type double): ms */
} Frames;

static void
on_before_paint (GdkFrameClock *clock,
                 Frames        *frames)
{
  frames->begin = yeji_platform_get_own_time ();
}

static void
on_after_paint (GdkFrameClock *clock,
                Frames        *frames)
{
  double ms = (double) (yeji_platform_get_own_time () - frames->begin) / 1000;

  g_array_append_val (frames->times, ms);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
get_quantile (GArray *times,
              guint   percent)
{
  g_array_sort (times, compare_times);
  return g_array_index (times, double, (times->len - 1) * percent / 100);
}

/* Lets the rows pass by, some in each frame. There is no vsync: what counts is the work. */
static void
scroll (GtkWidget  *window,
        GtkWidget  *view,
        double      pixels,
        const char *name)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Frames frames = { 0, g_array_new (FALSE, FALSE, sizeof (double)) };
  gulong handlers[2];

  handlers[0] = g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &frames);
  handlers[1] = g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint),
                                        &frames);
  while (frames.times->len < N_FRAMES)
    {
      guint before = frames.times->len;

      double next = gtk_adjustment_get_value (adjustment) + pixels;

      if (next > gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment))
        next = 0;
      gtk_adjustment_set_value (adjustment, next);
      while (frames.times->len == before)
        g_main_context_iteration (NULL, TRUE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (clock, handlers[i]);
  g_print ("frame while scrolling %s: %.1f ms p50, %.1f ms p95 (p50 at most 10 ms)\n", name,
           get_quantile (frames.times, 50), get_quantile (frames.times, 95));
  g_array_unref (frames.times);
}

/* ---- Letters of a search */

static void
count_answer (guint *answers)
{
  (*answers)++;
}

static void
search_by_letter (GtkWidget  *window,
                  GtkWidget  *list,
                  GtkWidget  *view,
                  GtkWidget  *search)
{
  static const char *const texts[] = { "工", "工程", "工程 ", "工程 1", "工程 12", "gc", "gcx", "" };
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint answers = 0;

  g_signal_connect_swapped (find_widget (list, YEJI_TYPE_RECORD_TABLE), "answered",
                            G_CALLBACK (count_answer), &answers);
  for (guint round = 0; round < 10; round++)
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        gint64 begin = g_get_monotonic_time ();
        guint before = answers;
        double ms;

        gtk_editable_set_text (GTK_EDITABLE (search), texts[i]);
        while (answers == before)
          g_main_context_iteration (NULL, TRUE);
        if (g_list_model_get_n_items (model) > 0)
          draw (window);
        ms = (double) (g_get_monotonic_time () - begin) / 1000;
        g_array_append_val (times, ms);
      }
  g_print ("letter of a search to its result on screen: %.1f ms p50, %.1f ms p95\n",
           get_quantile (times, 50), get_quantile (times, 95));
}

static void
save_picture (GtkWidget  *window,
              const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
  gsk_render_node_unref (node);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (YejiStore) store = NULL;
  GtkWidget *window, *list, *view, *search;
  gint64 begin;
  guint n;

  yeji_app_init ();
  adw_init ();
  dictionary = yeji_dictionary_new_built_in (&error);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  list = yeji_record_list_new ();
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  draw (window);
  g_print ("memory of an empty list: %.1f MB\n", read_megabytes ("VmRSS:"));

  begin = g_get_monotonic_time ();
  store = yeji_store_open (argv[1], dictionary, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  g_print ("store open: %.1f ms\n", (double) (g_get_monotonic_time () - begin) / 1000);
  yeji_record_list_set_store (YEJI_RECORD_LIST (list), store);
  while (yeji_record_list_get_n_shown (YEJI_RECORD_LIST (list)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("first page read: %.1f ms\n", (double) (g_get_monotonic_time () - begin) / 1000);
  draw (window);
  g_print ("first page on screen: %.1f ms\n", (double) (g_get_monotonic_time () - begin) / 1000);
  n = yeji_record_list_get_n_shown (YEJI_RECORD_LIST (list));
  g_print ("memory with %u records: %.1f MB\n", n, read_megabytes ("VmRSS:"));

  view = find_widget (list, GTK_TYPE_COLUMN_VIEW);
  for (guint i = 1; i <= 60; i++)
    {
      guint position = (guint) ((guint64) (n - 1) * i / 60);

      gtk_widget_activate_action (gtk_widget_get_last_child (view), "list.scroll-to-item", "u",
                                  position);
      draw (window);
      await_row (view, position);
    }
  draw (window);
  g_print ("memory after scrolling through: %.1f MB\n", read_megabytes ("VmRSS:"));
  gtk_widget_activate_action (gtk_widget_get_last_child (view), "list.scroll-to-item", "u", 0u);
  draw (window);
  await_row (view, 0);
  scroll (window, gtk_widget_get_last_child (view), 12, "slowly");
  scroll (window, gtk_widget_get_last_child (view), 120, "by the wheel");
  scroll (window, gtk_widget_get_last_child (view), 2000, "by pages");
  if (argc > 2)
    save_picture (window, argv[2]);

  search = find_widget (list, GTK_TYPE_SEARCH_ENTRY);
  search_by_letter (window, list, view, search);
  begin = g_get_monotonic_time ();
  gtk_editable_set_text (GTK_EDITABLE (search), "工程");
  g_signal_emit_by_name (search, "activate");
  {
    g_autofree char *selected = NULL;

    while ((selected = yeji_record_list_get_selected (YEJI_RECORD_LIST (list))) == NULL)
      g_main_context_iteration (NULL, TRUE);
  }
  draw (window);
  g_print ("search on screen: %.1f ms\n", (double) (g_get_monotonic_time () - begin) / 1000);
  g_print ("memory after searching: %.1f MB, at most %.1f MB\n", read_megabytes ("VmRSS:"),
           read_megabytes ("VmHWM:"));
  gtk_window_destroy (GTK_WINDOW (window));
  yeji_store_close (store);
  return 0;
}
