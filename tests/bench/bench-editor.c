// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* bench-editor SAMPLE: prints how long the editor of a full record takes to show what a keystroke
 * changed (problems, numbers of the sections, how complete it is), and to show another section for
 * the first time and again. What counts is the work of the window's thread until the frame is drawn:
 * while a cursor blinks, the toolkit draws a frame every 16.7 ms and a keystroke waits for the next
 * one whatever there is to do. With that wait, the whole is printed beside it. */

#define G_LOG_DOMAIN "bench-editor"

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include <adwaita.h>

#include "yeji-application.h"
#include "yeji-platform.h"
#include "yeji-record-file.h"
#include "yeji-test.h"
#include "yeji-window.h"

#define N_STROKES 200
#define N_ROUNDS 3
#define PATIENCE 10000
/* Between two keystrokes of a fast typist. */
#define STROKE_MS 60

typedef struct
{
  YejiStore *store;
  YejiSyncEngine *engine;
  YejiWindow *window;
  char *uuid;
  GtkWidget *bar;              /* how complete the record is */
  GtkEditable *text;           /* of a field that must be filled in */
  char *bar_before;            /* (nullable): its tooltip */
  guint n_issues_before;
  gboolean changed;            /* everything that follows from the keystroke is set */
  guint n_painted;
  gint64 painted;              /* own time, when the last frame was done */
  gint64 worked;               /* the thread's work until then */
  gboolean rested;
} Bench;

/* Microseconds. */
static gint64
get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static gboolean
is_all_set (Bench *bench)
{
  YejiDraft *draft = yeji_editor_get_draft (yeji_window_get_editor (bench->window));
  guint n = g_list_model_get_n_items (yeji_draft_get_issues (draft));
  const char *tooltip = gtk_widget_get_tooltip_text (bench->bar);

  return n != bench->n_issues_before && g_strcmp0 (tooltip, bench->bar_before) != 0;
}

static void
on_layout (GdkFrameClock *clock,
           Bench         *bench)
{
  bench->changed = bench->bar_before != NULL && is_all_set (bench);
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  bench->n_painted++;
  bench->painted = yeji_platform_get_own_time ();
  bench->worked = get_work ();
}

static gboolean
has_editor (gpointer data)
{
  Bench *bench = data;

  return yeji_editor_get_draft (yeji_window_get_editor (bench->window)) != NULL;
}

static gboolean
is_painted (gpointer data)
{
  return ((Bench *) data)->n_painted > 0;
}

static gboolean
is_shown (gpointer data)
{
  Bench *bench = data;

  return bench->changed && bench->n_painted > 0;
}

static gboolean
has_rested (gpointer data)
{
  return ((Bench *) data)->rested;
}

static gboolean
rest (gpointer data)
{
  ((Bench *) data)->rested = TRUE;
  return G_SOURCE_REMOVE;
}

static void
pause_for (Bench *bench,
           guint  milliseconds)
{
  bench->rested = FALSE;
  g_timeout_add (milliseconds, rest, bench);
  yeji_test_wait_until (has_rested, bench, PATIENCE);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static void
print_times (const char *name,
             GArray     *times,
             guint       limit)
{
  g_array_sort (times, compare_times);
  g_print ("%s: p50 %.1f ms, p95 %.1f ms, max %.1f ms (%u times", name,
           g_array_index (times, double, times->len / 2),
           g_array_index (times, double, times->len * 95 / 100),
           g_array_index (times, double, times->len - 1), times->len);
  if (limit > 0)
    g_print (", p95 at most %u ms", limit);
  g_print (")\n");
  g_array_set_size (times, 0);
}

static void
add_time (GArray *times,
          gint64  from,
          gint64  to)
{
  double ms = (double) (to - from) / 1000;

  g_array_append_val (times, ms);
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

/* ---- Keystrokes */

/* A field of the project that must be filled in and takes any text. */
static const YejiFieldDef *
find_field (YejiRow *row)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (field->kind == YEJI_FIELD_TEXT && field->required == YEJI_REQUIRED_MANDATORY
          && !field->by_platform && !field->assigned && field->format == NULL)
        return field;
    }
  g_error ("no text field");
}

static void
type_text (Bench      *bench,
           const char *text,
           GArray     *times,
           GArray     *waits)
{
  YejiDraft *draft = yeji_editor_get_draft (yeji_window_get_editor (bench->window));
  gint64 begin, work;

  pause_for (bench, STROKE_MS);
  g_free (bench->bar_before);
  bench->bar_before = g_strdup (gtk_widget_get_tooltip_text (bench->bar));
  bench->n_issues_before = g_list_model_get_n_items (yeji_draft_get_issues (draft));
  bench->changed = FALSE;
  bench->n_painted = 0;
  begin = yeji_platform_get_own_time ();
  work = get_work ();
  gtk_editable_set_text (bench->text, text);
  yeji_test_wait_until (is_shown, bench, PATIENCE);
  add_time (times, work, bench->worked);
  add_time (waits, begin, bench->painted);
}

/* Each keystroke makes a problem come or go, with all that shows it: others change less. */
static void
measure_keystrokes (Bench  *bench,
                    GArray *times)
{
  YejiEditor *editor = yeji_window_get_editor (bench->window);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (double));
  YejiRow *project = yeji_record_get_project (
    yeji_draft_get_record (yeji_editor_get_draft (editor)));
  const YejiFieldDef *field = find_field (project);

  bench->bar = find_widget (GTK_WIDGET (editor), GTK_TYPE_PROGRESS_BAR);
  g_assert_nonnull (bench->bar);
  yeji_editor_show_place (editor, field->table->id, yeji_row_get_id (project), field->id);
  pause_for (bench, 500);
  bench->text = GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (bench->window)));
  for (guint i = 0; i < N_STROKES; i++)
    type_text (bench, i % 2 == 0 ? "" : "虚构", times, waits);
  print_times ("keystroke to its result on screen", times, 16);
  print_times ("the same with the wait for the next frame", waits, 0);
}

/* ---- Sections */

static void
show_section (Bench              *bench,
              const YejiTableDef *table,
              GArray             *times)
{
  gint64 begin;

  pause_for (bench, STROKE_MS);
  bench->n_painted = 0;
  begin = yeji_platform_get_own_time ();
  yeji_editor_show_section (yeji_window_get_editor (bench->window), table);
  yeji_test_wait_until (is_painted, bench, PATIENCE);
  add_time (times, begin, bench->painted);
}

static void
measure_sections (Bench  *bench,
                  GArray *times)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_store_get_dictionary (bench->store));

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      for (guint i = 1; i <= tables->len; i++)
        show_section (bench, g_ptr_array_index (tables, i % tables->len), times);
      if (round == 0)
        print_times ("section for the first time", times, 100);
    }
  print_times ("section again", times, 100);
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

int
main (int    argc,
      char **argv)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *profile = g_build_filename (dir, "profile", NULL);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  Bench bench = { NULL, };
  GdkFrameClock *clock;

  if (argc != 2)
    {
      g_printerr ("usage: bench-editor SAMPLE\n");
      return EXIT_FAILURE;
    }
  yeji_app_init ();
  adw_init ();
  load (&bench, profile, argv[1]);
  bench.window = YEJI_WINDOW (yeji_window_new (NULL, bench.store, bench.engine));
  gtk_window_present (GTK_WINDOW (bench.window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_layout), &bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), &bench);
  yeji_test_wait_until (is_painted, &bench, PATIENCE);
  yeji_window_open_record (bench.window, bench.uuid);
  yeji_test_wait_until (has_editor, &bench, PATIENCE);
  pause_for (&bench, 1000);
  measure_sections (&bench, times);
  measure_keystrokes (&bench, times);
  yeji_test_dir_remove (dir);
  return EXIT_SUCCESS;
}
