// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "extended-dictionary.h"
#include "import-fixture.h"
#include "key-walk.h"
#include "name-walk.h"
#include "yeji-choice.h"
#include "yeji-import-target.h"
#include "yeji-import-window.h"
#include "yeji-test.h"
#include "yeji-undo.h"

#define PATIENCE_MS 30000

typedef struct
{
  AppFixture base;
  char *dir;
  char *path;
  GtkWidget *window;           /* (nullable): weak */
  char *text;                  /* (nullable): what was said at the end */
  char *batch;
} Fixture;

static void
on_done (GtkWidget  *window,
         const char *text,
         const char *batch,
         Fixture    *fixture)
{
  fixture->text = g_strdup (text);
  fixture->batch = g_strdup (batch);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->dir = yeji_test_dir_new ();
}

static gboolean
is_gone (gpointer data)
{
  return ((Fixture *) data)->window == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, fixture, PATIENCE_MS);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->text);
  g_free (fixture->batch);
  app_fixture_tear_down (&fixture->base, data);
}

static void
open (Fixture    *fixture,
      const char *name)
{
  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->dir, name, NULL);
}

static void
start (Fixture *fixture)
{
  fixture->window = yeji_import_window_new (NULL, fixture->base.store, fixture->path);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (fixture->window, "done", G_CALLBACK (on_done), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
start_workbook (Fixture *fixture)
{
  open (fixture, "台账.xlsx");
  import_fixture_write_workbook (fixture->path);
  start (fixture);
}

static gboolean
shows_columns (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (yeji_import_window_get_page (YEJI_IMPORT_WINDOW (fixture->window)),
                      "columns");
}

static gboolean
shows_rows (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (yeji_import_window_get_page (YEJI_IMPORT_WINDOW (fixture->window)),
                      "preview");
}

static gboolean
is_read (gpointer data)
{
  return shows_columns (data) || shows_rows (data);
}

static gboolean
is_settled (gpointer data)
{
  Fixture *fixture = data;
  YejiImportPreview *preview;

  preview = yeji_import_window_get_preview (YEJI_IMPORT_WINDOW (fixture->window));
  return shows_rows (fixture) && yeji_import_desk_is_settled (yeji_import_preview_get_desk
                                                              (preview));
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->text != NULL;
}

static YejiImportPreview *
get_preview (Fixture *fixture)
{
  return yeji_import_window_get_preview (YEJI_IMPORT_WINDOW (fixture->window));
}

static YejiImportFile *
get_file (Fixture *fixture)
{
  return yeji_import_desk_get_file (yeji_import_preview_get_desk (get_preview (fixture)));
}

static YejiImportPlan *
get_plan (Fixture *fixture)
{
  return yeji_import_desk_get_plan (yeji_import_preview_get_desk (get_preview (fixture)));
}

static guint
count_bad (Fixture *fixture)
{
  return yeji_import_file_get_n_bad (get_file (fixture));
}

static void
press (Fixture         *fixture,
       guint            keyval,
       GdkModifierType  state)
{
  gboolean taken = key_walk_press (GTK_WINDOW (fixture->window), NULL, keyval, state);

  if (!taken)
    g_test_message ("nothing took %s", gdk_keyval_name (keyval));
  g_assert_true (taken);
}

/* What an input method or a keyboard brings into the text that has the focus. */
static void
type (Fixture    *fixture,
      const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  int position = -1;

  g_assert_true (GTK_IS_TEXT (focus));
  gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
}

static void
get_cell (Fixture        *fixture,
          YejiImportCell *cell)
{
  YejiImportPlace place;

  g_assert_true (yeji_import_grid_get_place (yeji_import_preview_get_grid (get_preview (fixture)),
                                             &place));
  yeji_import_file_get_cell (get_file (fixture), &place, cell);
}

static GtkCheckButton *
find_check (GtkWidget  *root,
            const char *prefix)
{
  GtkCheckButton *found = NULL;

  if (GTK_IS_CHECK_BUTTON (root) && gtk_check_button_get_label (GTK_CHECK_BUTTON (root)) != NULL
      && g_str_has_prefix (gtk_check_button_get_label (GTK_CHECK_BUTTON (root)), prefix))
    return GTK_CHECK_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_check (child, prefix);
  return found;
}

static guint
count_records (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = yeji_store_list (fixture->base.store, NULL);

  return entries->len;
}

/* What came after the import, for whoever looks for the fault. */
static void
tell_left (Fixture       *fixture,
           YejiBatchUndo *done)
{
  for (guint i = 0; i < done->left->len; i++)
    {
      const char *uuid = g_ptr_array_index (done->left, i);
      g_autoptr (GPtrArray) lines = yeji_store_get_history (fixture->base.store, uuid, NULL);

      for (guint j = 0; lines != NULL && j < lines->len; j++)
        {
          const YejiHistoryLine *line = g_ptr_array_index (lines, j);

          g_test_message ("%s: %" G_GINT64_FORMAT " %s, %s %s: %s", uuid, line->step, line->why,
                          line->change->table, line->change->field,
                          g_strcmp0 (line->batch, fixture->batch) == 0 ? "of the import" : "later");
        }
    }
}

static void
undo (Fixture *fixture,
      guint    n_removed,
      guint    n_reverted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiBatchUndo) done = NULL;

  done = yeji_store_undo_batch (fixture->base.store, fixture->batch, &error);
  g_assert_no_error (error);
  tell_left (fixture, done);
  g_assert_cmpuint (done->removed->len, ==, n_removed);
  g_assert_cmpuint (done->reverted->len, ==, n_reverted);
}

/* ---- */

/* Every red cell is gone to and mended without a pointer, all of it is imported, and taken back. */
static void
test_keyboard (Fixture       *fixture,
               gconstpointer  data)
{
  guint before = count_records (fixture);
  guint n_bad;
  YejiImportCell cell;

  start_workbook (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  name_walk_check (fixture->window);
  press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK);
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  name_walk_check (fixture->window);
  n_bad = count_bad (fixture);
  g_assert_cmpuint (n_bad, >=, 4);
  g_assert_false (yeji_import_window_is_ready (YEJI_IMPORT_WINDOW (fixture->window)));
  for (guint i = 0; count_bad (fixture) > 0 && i < 4 * n_bad; i++)
    {
      guint left = count_bad (fixture);

      press (fixture, GDK_KEY_F8, 0);
      get_cell (fixture, &cell);
      g_assert_cmpint (cell.trouble, !=, YEJI_IMPORT_FITS);
      if (cell.trouble == YEJI_IMPORT_CODE)
        {
          press (fixture, GDK_KEY_Down, GDK_ALT_MASK);
          press (fixture, GDK_KEY_Down, 0);
          g_signal_emit_by_name (gtk_widget_get_ancestor (gtk_window_get_focus (
                                   GTK_WINDOW (fixture->window)), GTK_TYPE_SEARCH_ENTRY),
                                 "activate");
        }
      else if (cell.trouble == YEJI_IMPORT_DATE)
        {
          type (fixture, "2015-04-01");
          press (fixture, GDK_KEY_Return, 0);
        }
      else if (cell.trouble == YEJI_IMPORT_OWNER)
        {
          type (fixture, "示例医院门诊楼工程（虚构）");
          press (fixture, GDK_KEY_Return, 0);
        }
      else
        {
          type (fixture, "9000");
          press (fixture, GDK_KEY_Return, 0);
        }
      g_assert_cmpuint (count_bad (fixture), <, left);
      yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
    }
  g_assert_cmpuint (count_bad (fixture), ==, 0);
  g_assert_true (yeji_import_window_is_ready (YEJI_IMPORT_WINDOW (fixture->window)));
  g_assert_cmpuint (yeji_import_plan_count (get_plan (fixture), YEJI_IMPORT_NEW), ==, 6);
  g_assert_cmpuint (yeji_import_plan_count (get_plan (fixture), YEJI_IMPORT_UPDATE), ==, 1);
  press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK);
  yeji_test_wait_until (is_done, fixture, PATIENCE_MS);
  yeji_test_wait_until (is_gone, fixture, PATIENCE_MS);
  g_assert_cmpuint (count_records (fixture), ==, before + 6);
  undo (fixture, 6, 1);
}

/* What says the same is mended once, and that is one step back. */
static void
test_equal (Fixture       *fixture,
            gconstpointer  data)
{
  YejiImportCell cell;

  open (fixture, "台账.csv");
  import_fixture_write_list (fixture->path, 200);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  press (fixture, GDK_KEY_Return, GDK_CONTROL_MASK);
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  g_assert_cmpuint (count_bad (fixture), ==, 22);
  get_cell (fixture, &cell);
  g_assert_cmpstr (cell.text, ==, "双方约定");
  gtk_check_button_set_active (find_check (fixture->window, "Mend 19 "), TRUE);
  type (fixture, "850");
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (count_bad (fixture), ==, 2);
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  g_assert_cmpuint (yeji_import_plan_count (get_plan (fixture), YEJI_IMPORT_BAD), ==, 2);
  press (fixture, GDK_KEY_z, GDK_CONTROL_MASK);
  g_assert_cmpuint (count_bad (fixture), ==, 22);
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
  yeji_import_window_import (YEJI_IMPORT_WINDOW (fixture->window), TRUE);
  yeji_test_wait_until (is_done, fixture, PATIENCE_MS);
  g_assert_cmpuint (count_records (fixture), ==, 179);
  undo (fixture, 178, 0);
}

/* What cannot be taken is saved with the reasons, and read again from there. */
static void
test_bad_rows (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *saved = g_build_filename (fixture->dir, "待修改.xlsx", NULL);

  open (fixture, "台账.csv");
  import_fixture_write_list (fixture->path, 100);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  g_assert_cmpuint (count_bad (fixture), ==, 11);
  yeji_import_window_save_bad (YEJI_IMPORT_WINDOW (fixture->window), saved);
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, fixture, PATIENCE_MS);
  open (fixture, "待修改.xlsx");
  start (fixture);
  yeji_test_wait_until (is_read, fixture, PATIENCE_MS);
  if (shows_columns (fixture))
    yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  g_assert_cmpuint (yeji_import_file_get_n_records (get_file (fixture)), ==, 11);
  g_assert_cmpuint (count_bad (fixture), ==, 11);
}

/* A row that is mended stays where the clerk looks at it. */
static void
test_only_bad (Fixture       *fixture,
               gconstpointer  data)
{
  YejiImportSource *source;

  open (fixture, "台账.csv");
  import_fixture_write_list (fixture->path, 300);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  yeji_import_preview_set_only_bad (get_preview (fixture), TRUE);
  source = yeji_import_grid_get_source (yeji_import_preview_get_grid (get_preview (fixture)));
  g_assert_cmpuint (yeji_grid_source_get_n_rows (YEJI_GRID_SOURCE (source)), ==, 33);
  g_assert_cmpuint (yeji_grid_source_get_number (YEJI_GRID_SOURCE (source), 0), ==, 5);
  gtk_widget_grab_focus (GTK_WIDGET (yeji_import_preview_get_grid (get_preview (fixture))));
  type (fixture, "850");
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (count_bad (fixture), ==, 32);
  g_assert_cmpuint (yeji_grid_source_get_n_rows (YEJI_GRID_SOURCE (source)), ==, 33);
  yeji_import_preview_set_only_bad (get_preview (fixture), FALSE);
  g_assert_cmpuint (yeji_grid_source_get_n_rows (YEJI_GRID_SOURCE (source)), ==, 300);
  yeji_test_wait_until (is_settled, fixture, PATIENCE_MS);
}

/* Where a column goes is kept for the next file of the kind, and nothing is asked then. */
static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  open (fixture, "台账.csv");
  import_fixture_write_list (fixture->path, 3);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  yeji_import_columns_choose (yeji_import_window_get_columns (YEJI_IMPORT_WINDOW
                                                              (fixture->window)), 4, "-");
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, fixture, PATIENCE_MS);
  import_fixture_write_list (fixture->path, 2);
  start (fixture);
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  g_assert_cmpuint (yeji_grid_source_get_n_columns (YEJI_GRID_SOURCE (
                      yeji_import_grid_get_source (
                        yeji_import_preview_get_grid (get_preview (fixture))))), ==, 4);
}

static gboolean
has_failed (gpointer data)
{
  Fixture *fixture = data;

  return g_str_equal (yeji_import_window_get_page (YEJI_IMPORT_WINDOW (fixture->window)),
                      "failed");
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  open (fixture, "台账.xlsx");
  g_file_set_contents (fixture->path, "PK\3\4 but no more", -1, &error);
  g_assert_no_error (error);
  start (fixture);
  yeji_test_wait_until (has_failed, fixture, PATIENCE_MS);
  name_walk_check (fixture->window);
}

/* Closing the window in the middle of it leaves nothing. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  guint before = count_records (fixture);

  open (fixture, "台账.csv");
  import_fixture_write_list (fixture->path, 500);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (is_gone, fixture, PATIENCE_MS);
  g_assert_cmpuint (count_records (fixture), ==, before);
}

/* ---- A dictionary with a field, a table and a code list that no source knows */

static void
set_up_extended (Fixture       *fixture,
                 gconstpointer  data)
{
  char *dir = yeji_test_dir_new ();
  g_autofree char *parts = g_build_filename (dir, "dictionary", NULL);
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (GError) error = NULL;

  yeji_test_extend_dictionary (parts);
  dictionary = yeji_dictionary_new_from_dir (parts, &error);
  g_assert_no_error (error);
  app_fixture_set_up_with (&fixture->base, dir, dictionary);
  g_free (dir);
  fixture->dir = yeji_test_dir_new ();
}

static gboolean
has_target (GListModel *targets,
            const char *value)
{
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (YejiChoice) choice = g_list_model_get_item (targets, i);

      if (g_str_equal (yeji_choice_get_value (choice), value))
        return TRUE;
    }
  return FALSE;
}

static void
test_extended (Fixture       *fixture,
               gconstpointer  data)
{
  YejiDictionary *dictionary = fixture->base.dictionary;
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, "insurances");
  const YejiFieldDef *field = yeji_table_def_find_field (table, "PolicyNum");
  const YejiFieldDef *nickname = yeji_table_def_find_field (yeji_dictionary_get_root (dictionary),
                                                            "Nickname");
  g_autofree char *target = g_strdup_printf ("%s.%s", table->id, field->id);
  g_autofree char *text = NULL;
  g_autoptr (GListModel) targets = NULL;
  g_autoptr (GError) error = NULL;
  YejiImportCell cell;

  open (fixture, "台账.csv");
  text = g_strdup_printf ("项目名称,%s\r\n示例工程（虚构）,俗称\r\n", nickname->label.in[YEJI_LANGUAGE_ZH]);
  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  yeji_test_wait_until (shows_rows, fixture, PATIENCE_MS);
  yeji_import_grid_go (yeji_import_preview_get_grid (get_preview (fixture)), 0, 1);
  get_cell (fixture, &cell);
  g_assert_true (cell.field == nickname);
  g_assert_cmpstr (cell.value, ==, "俗称");
  targets = yeji_import_target_list (dictionary, yeji_import_layout_get_sheet (
                                       yeji_import_file_get_layout (get_file (fixture)), 0));
  g_assert_true (has_target (targets, target));
}

/* ---- With -m perf: a list of 100,000 rows, of which 11,000 have red cells */

#define N_MANY 100000
#define N_FRAMES 200

typedef struct
{
  gint64 before;
  GArray *work;                /* (element-type gint64): microseconds a frame */
} Frames;

static void
on_before (GdkFrameClock *clock,
           Frames        *frames)
{
  frames->before = g_get_monotonic_time ();
}

static void
on_after (GdkFrameClock *clock,
          Frames        *frames)
{
  gint64 work = g_get_monotonic_time () - frames->before;

  if (frames->before > 0)
    g_array_append_val (frames->work, work);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static void
measure_scrolling (Fixture *fixture)
{
  YejiGridView *view = yeji_import_grid_get_view (yeji_import_preview_get_grid
                                                  (get_preview (fixture)));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (fixture->window);
  Frames frames = { 0, g_array_new (FALSE, FALSE, sizeof (gint64)) };
  GtkAdjustment *down;

  g_object_get (view, "vadjustment", &down, NULL);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before), &frames);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after), &frames);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      gtk_adjustment_set_value (down, 120.0 * i);
      gtk_test_widget_wait_for_draw (fixture->window);
    }
  g_signal_handlers_disconnect_by_data (clock, &frames);
  g_array_sort (frames.work, compare_times);
  g_test_message ("scrolling: %.1f ms a frame p50, %.1f ms p95",
                  (double) g_array_index (frames.work, gint64, frames.work->len / 2) / 1000,
                  (double) g_array_index (frames.work, gint64, frames.work->len * 95 / 100) / 1000);
  g_array_unref (frames.work);
  g_object_unref (down);
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 began;

  open (fixture, "台账.csv");
  import_fixture_write_list (fixture->path, N_MANY);
  start (fixture);
  yeji_test_wait_until (shows_columns, fixture, PATIENCE_MS);
  began = g_get_monotonic_time ();
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (fixture->window));
  yeji_test_wait_until (shows_rows, fixture, 10 * PATIENCE_MS);
  g_test_message ("rows are shown after %.2f s", (double) (g_get_monotonic_time () - began) / 1e6);
  measure_scrolling (fixture);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++)
    press (fixture, GDK_KEY_F8, 0);
  g_test_message ("F8: %.2f ms", (double) (g_get_monotonic_time () - began) / 1e5);
  began = g_get_monotonic_time ();
  yeji_import_preview_set_only_bad (get_preview (fixture), TRUE);
  g_test_message ("only red ones: %.2f ms", (double) (g_get_monotonic_time () - began) / 1e3);
  began = g_get_monotonic_time ();
  type (fixture, "2016-01-01");
  press (fixture, GDK_KEY_Return, 0);
  g_test_message ("a mend: %.2f ms", (double) (g_get_monotonic_time () - began) / 1e3);
  yeji_test_wait_until (is_settled, fixture, 10 * PATIENCE_MS);
  yeji_import_preview_step (get_preview (fixture), 1);
  gtk_check_button_set_active (find_check (fixture->window, "Mend "), TRUE);
  began = g_get_monotonic_time ();
  type (fixture, "850");
  press (fixture, GDK_KEY_Return, 0);
  g_test_message ("all that say the same: %.2f ms, %u left",
                  (double) (g_get_monotonic_time () - began) / 1e3, count_bad (fixture));
  began = g_get_monotonic_time ();
  yeji_test_wait_until (is_settled, fixture, 10 * PATIENCE_MS);
  g_test_message ("looked at after %.2f s", (double) (g_get_monotonic_time () - began) / 1e6);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  add ("/app/import-window/is-used-by-keyboard-alone", test_keyboard);
  add ("/app/import-window/mends-what-says-the-same-in-one-step", test_equal);
  add ("/app/import-window/saves-what-cannot-be-taken", test_bad_rows);
  add ("/app/import-window/shows-only-rows-with-red-cells", test_only_bad);
  add ("/app/import-window/asks-nothing-about-a-file-that-it-knows", test_memory);
  add ("/app/import-window/says-that-a-file-is-damaged", test_damaged);
  add ("/app/import-window/is-closed-meanwhile", test_closed);
  g_test_add ("/app/import-window/offers-what-a-new-dictionary-brings", Fixture, NULL,
              set_up_extended, test_extended, tear_down);
  if (g_test_perf ())
    add ("/app/import-window/shows-100,000-rows", test_many);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
