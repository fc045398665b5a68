// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>
#include <time.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-evidence-window.h"
#include "yeji-matrix-table.h"
#include "yeji-test.h"

#define PATIENCE_MS 20000

/* Records of a large enterprise. */
#define MANY 10000

/* What a frame may take of the processor. The aim is 10; sanitizers take longer. */
#define FRAME_MS 30

typedef struct
{
  AppFixture base;
  YejiEvidenceWindow *window;  /* (nullable): weak */
  char *chosen;                /* (nullable): "uuid slot" */
  guint n_activated;
  guint wanted;
} Fixture;

/* ---- The table behind it */

static YejiEvidence *
make_evidence (YejiDictionary *dictionary,
               guint           i)
{
  YejiEvidence *row = g_new0 (YejiEvidence, 1);

  row->uuid = g_strdup_printf ("6f1c2d3e-4a5b-4c6d-8e7f-%012u", i);
  row->name = g_strdup_printf ("示例住宅楼第%u号工程（虚构）", i);
  row->role = g_strdup ("construction");
  row->state = YEJI_STATE_DRAFT;
  row->known = TRUE;
  row->n_cells = yeji_dictionary_get_slots (dictionary)->len;
  row->cells = g_new0 (YejiEvidenceCell, row->n_cells);
  for (guint j = 0; j < row->n_cells; j++)
    {
      row->cells[j].required = j % 3 == 0;
      row->cells[j].n_files = (i + j) % 4;
      row->cells[j].n_flawed = (i + j) % 4 == 3 ? 1 : 0;
    }
  return row;
}

static YejiMatrix *
make_matrix (YejiDictionary *dictionary,
             guint           n)
{
  YejiMatrix *matrix = yeji_matrix_new (dictionary);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_evidence_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, make_evidence (dictionary, i));
  yeji_matrix_take (matrix, rows);
  return matrix;
}

static void
test_stands (void)
{
  static const struct
  {
    YejiEvidenceCell cell;
    YejiMatrixStand stand;
    const char *number;
  } cases[] = {
    { { FALSE, 0, 0, 0, 0 }, YEJI_MATRIX_NONE, "–" },
    { { TRUE, 0, 0, 0, 0 }, YEJI_MATRIX_MISSING, "none" },
    { { TRUE, 2, 0, 0, 0 }, YEJI_MATRIX_GIVEN, "2" },
    { { FALSE, 3, 0, 0, 3 }, YEJI_MATRIX_GIVEN, "3" },
    { { TRUE, 2, 0, 1, 0 }, YEJI_MATRIX_UNEXAMINED, "2" },
    { { TRUE, 2, 1, 1, 0 }, YEJI_MATRIX_DOUBTFUL, "2" },
  };
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_evidence_free);
  g_autoptr (YejiMatrix) matrix = yeji_matrix_new (dictionary);
  g_autoptr (GHashTable) icons = g_hash_table_new (g_str_hash, g_str_equal);
  YejiEvidence *row = make_evidence (dictionary, 0);

  memset (row->cells, 0, sizeof (YejiEvidenceCell) * row->n_cells);
  g_ptr_array_add (rows, row);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YejiMatrixStand stand;
      g_autofree char *number = NULL;

      row->cells[1] = cases[i].cell;
      yeji_matrix_take (matrix, rows);
      number = yeji_matrix_get_number (matrix, 0, YEJI_MATRIX_N_FIXED + 1, &stand);
      g_assert_cmpint (stand, ==, cases[i].stand);
      g_assert_cmpstr (number, ==, cases[i].number);
      if (yeji_matrix_stand_get_icon (stand) != NULL)
        g_hash_table_add (icons, (gpointer) yeji_matrix_stand_get_icon (stand));
    }
  /* nothing is told by colour alone */
  g_assert_cmpuint (g_hash_table_size (icons), ==, N_YEJI_MATRIX_STANDS - 1);
}

static void
test_sums (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiMatrix) matrix = make_matrix (dictionary, 8);
  YejiMatrixSum all = yeji_matrix_sum_all (matrix);
  guint rows_given = 0, columns_given = 0;

  for (guint i = 0; i < 8; i++)
    rows_given += yeji_matrix_sum_row (matrix, i).n_given;
  for (guint i = YEJI_MATRIX_N_FIXED; i < yeji_matrix_get_n_columns (matrix); i++)
    columns_given += yeji_matrix_sum_column (matrix, i).n_given;
  g_assert_cmpuint (all.n_required, ==, 8 * 4);
  g_assert_cmpuint (all.n_given, ==, rows_given);
  g_assert_cmpuint (all.n_given, ==, columns_given);
  g_assert_cmpuint (all.n_given, <, all.n_required);

  yeji_matrix_set_only_missing (matrix, TRUE);
  g_assert_cmpuint (yeji_matrix_get_n_all (matrix), ==, 8);
  for (guint i = 0; i < yeji_matrix_get_n_rows (matrix); i++)
    {
      YejiMatrixSum sum = yeji_matrix_sum_row (matrix, i);

      g_assert_cmpuint (sum.n_given, <, sum.n_required);
    }
}

static void
test_table (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_evidence_free);
  g_autoptr (YejiMatrix) matrix = yeji_matrix_new (dictionary);
  YejiEvidence *row = make_evidence (dictionary, 0);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_free (row->name);
  row->name = g_strdup ("=HYPERLINK(\"x\"),\n楼");
  g_ptr_array_add (rows, row);
  yeji_matrix_take (matrix, rows);
  text = yeji_matrix_table_write (matrix);
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf\"Record\","));
  lines = g_strsplit (text, "\r\n", 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[1], "\"'=HYPERLINK(\"\"x\"\"),\n楼\",\""));
  g_assert_nonnull (strstr (lines[1], row->uuid));
  g_assert_cmpstr (lines[2], ==, "");
}

/* ---- The view */

static void
run_frames (GtkWidget *widget,
            guint      n)
{
  for (guint i = 0; i < n; i++)
    {
      gtk_widget_queue_draw (widget);
      gtk_test_widget_wait_for_draw (widget);
    }
}

static void
on_activated (YejiMatrixView *view,
              guint           row,
              guint           column,
              Fixture        *fixture)
{
  fixture->n_activated++;
  fixture->wanted = row * 100 + column;
}

static void
press (GtkWidget       *view,
       guint            key,
       GdkModifierType  state)
{
  GListModel *controllers = gtk_widget_observe_controllers (view);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &taken);
    }
  g_object_unref (controllers);
  g_assert_true (taken);
}

static void
test_keys (void)
{
  static const struct
  {
    guint key;
    GdkModifierType state;
    int row;
    guint column;
  } steps[] = {
    { GDK_KEY_Down, 0, 1, 2 }, { GDK_KEY_Right, 0, 1, 3 }, { GDK_KEY_Left, 0, 1, 2 },
    { GDK_KEY_Left, 0, 1, 1 }, { GDK_KEY_Home, 0, 1, 0 }, { GDK_KEY_Left, 0, 1, 0 },
    { GDK_KEY_Up, 0, 0, 0 }, { GDK_KEY_Up, 0, -1, 0 }, { GDK_KEY_Up, 0, -1, 0 },
    { GDK_KEY_End, 0, -1, 13 }, { GDK_KEY_Down, 0, 0, 13 }, { GDK_KEY_End, GDK_CONTROL_MASK, 99, 13 },
    { GDK_KEY_Home, GDK_CONTROL_MASK, 0, 0 }, { GDK_KEY_Page_Up, 0, 0, 0 },
    { GDK_KEY_Right, GDK_CONTROL_MASK, 0, 13 }, { GDK_KEY_Down, GDK_CONTROL_MASK, 99, 13 },
  };
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiMatrix) matrix = make_matrix (dictionary, 100);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = yeji_matrix_view_new (matrix);
  Fixture fixture = { { NULL } };

  g_signal_connect (view, "activated", G_CALLBACK (on_activated), &fixture);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  gtk_window_present (GTK_WINDOW (window));
  run_frames (window, 2);
  yeji_matrix_view_set_cursor (YEJI_MATRIX_VIEW (view), 0, YEJI_MATRIX_N_FIXED);
  g_assert_true (gtk_widget_grab_focus (view));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      int row;
      guint column;
      GtkWidget *focus;
      g_autofree char *spoken = NULL;
      g_autofree char *differs = NULL;

      press (view, steps[i].key, steps[i].state);
      yeji_matrix_view_get_cursor (YEJI_MATRIX_VIEW (view), &row, &column);
      g_test_message ("step %u: %d, %u", i, row, column);
      g_assert_cmpint (row, ==, steps[i].row);
      g_assert_cmpuint (column, ==, steps[i].column);
      /* what a screen reader hears of */
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_assert_true (focus == GTK_WIDGET (yeji_matrix_view_peek_cell (YEJI_MATRIX_VIEW (view), row,
                                                                     column)));
      spoken = yeji_matrix_describe (matrix, row, column);
      differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (focus),
                                                    GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
      g_assert_null (differs);
    }
  press (view, GDK_KEY_Return, 0);
  g_assert_cmpuint (fixture.n_activated, ==, 1);
  g_assert_cmpuint (fixture.wanted, ==, 99 * 100 + 13);
  g_assert_cmpuint (name_walk_check (window), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  gint64 start;
  gint64 spent;
} Work;

/* Of this thread, in microseconds: on a busy machine time goes by with the work of others. */
static gint64
get_spent (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static void
on_before_paint (GdkFrameClock *clock,
                 Work          *work)
{
  work->start = get_spent ();
}

static void
on_after_paint (GdkFrameClock *clock,
                Work          *work)
{
  work->spent += get_spent () - work->start;
}

/* The work of a frame, and that of the step that leads to it, without the time between frames. */
static double
measure_frames (GtkWidget     *window,
                GtkAdjustment *adjustment,
                double         step,
                guint          n)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Work work = { 0 };
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &work);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &work);

  for (guint i = 0; i < n; i++)
    {
      gint64 start = get_spent ();

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      work.spent += get_spent () - start;
      gtk_test_widget_wait_for_draw (window);
    }
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  return (double) work.spent / 1000 / n;
}

static void
test_speed (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (YejiMatrix) matrix = NULL;
  GtkWidget *view;
  GtkAdjustment *adjustment;
  gint64 start = g_get_monotonic_time ();
  double opened, line, page;

  matrix = make_matrix (dictionary, MANY);
  view = yeji_matrix_view_new (matrix);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 640);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  opened = (double) (g_get_monotonic_time () - start) / 1000;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  line = measure_frames (window, adjustment, 90, 60);
  page = measure_frames (window, adjustment, 600, 60);
  g_test_message ("%d records: open %.0f ms, three lines %.1f ms, a page %.1f ms", MANY, opened,
                  line, page);
  g_assert_cmpfloat (opened, <, 1500);
  g_assert_cmpfloat (line, <, FRAME_MS);
  g_assert_cmpfloat (page, <, FRAME_MS);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- The window */

static void
on_chosen (YejiEvidenceWindow *window,
           const char         *uuid,
           const char         *slot,
           Fixture            *fixture)
{
  g_free (fixture->chosen);
  fixture->chosen = g_strdup_printf ("%s %s", uuid, slot != NULL ? slot : "-");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  app_fixture_set_up_bare (&fixture->base, data);
  fixture->window = YEJI_EVIDENCE_WINDOW (yeji_evidence_window_new (NULL, fixture->base.store));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  g_signal_connect (fixture->window, "chosen", G_CALLBACK (on_chosen), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_gone, &fixture->window, PATIENCE_MS);
  g_free (fixture->chosen);
  app_fixture_tear_down (&fixture->base, data);
}

static YejiMatrix *
get_matrix (Fixture *fixture)
{
  return yeji_matrix_view_get_matrix (yeji_evidence_window_get_view (fixture->window));
}

static gboolean
is_read (gpointer data)
{
  return yeji_evidence_window_is_read (((Fixture *) data)->window);
}

static guint
count_files (Fixture *fixture)
{
  return yeji_matrix_get_n_rows (get_matrix (fixture)) > 0
           ? yeji_matrix_get_cell (get_matrix (fixture), 0, YEJI_MATRIX_N_FIXED)->n_files : 0;
}

static gboolean
has_wanted (gpointer data)
{
  Fixture *fixture = data;

  return is_read (data) && count_files (fixture) == fixture->wanted;
}

static void
click_undo (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "_Undo") == 0
      && gtk_widget_get_mapped (root))
    {
      g_signal_emit_by_name (root, "clicked");
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    click_undo (child);
}

static GListModel *
make_files (Fixture *fixture)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("批复%u.pdf", i);
      g_autofree char *path = g_build_filename (fixture->base.dir, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *text = g_strdup_printf ("%%PDF-1.4\n%u\n%%%%EOF\n", i);

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_list_store_append (files, file);
    }
  return G_LIST_MODEL (files);
}

static void
test_attach (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GListModel) files = make_files (fixture);

  yeji_test_wait_until (is_read, fixture, PATIENCE_MS);
  g_assert_cmpuint (yeji_matrix_get_n_rows (get_matrix (fixture)), ==, 1);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  yeji_evidence_window_attach (fixture->window, 0, YEJI_MATRIX_N_FIXED, files);
  fixture->wanted = 2;
  yeji_test_wait_until (has_wanted, fixture, PATIENCE_MS);
  /* they are no real PDF: never green */
  g_assert_cmpint (yeji_matrix_get_stand (get_matrix (fixture), 0, YEJI_MATRIX_N_FIXED), >=,
                   YEJI_MATRIX_UNEXAMINED);
  click_undo (GTK_WIDGET (fixture->window));
  fixture->wanted = 0;
  yeji_test_wait_until (has_wanted, fixture, PATIENCE_MS);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  YejiMatrixView *view = yeji_evidence_window_get_view (fixture->window);
  const YejiSlot *slot;
  g_autoptr (GListModel) files = make_files (fixture);
  g_autofree char *expected = NULL;

  yeji_test_wait_until (is_read, fixture, PATIENCE_MS);
  slot = yeji_matrix_get_slot (get_matrix (fixture), YEJI_MATRIX_N_FIXED);
  yeji_evidence_window_attach (fixture->window, 0, YEJI_MATRIX_N_FIXED, files);
  fixture->wanted = 2;
  yeji_test_wait_until (has_wanted, fixture, PATIENCE_MS);
  yeji_matrix_view_set_cursor (view, 0, YEJI_MATRIX_N_FIXED);
  press (GTK_WIDGET (view), GDK_KEY_Return, 0);
  expected = g_strdup_printf ("%s %s", yeji_record_get_uuid (fixture->base.record), slot->id);
  g_assert_cmpstr (fixture->chosen, ==, expected);
  yeji_matrix_view_set_cursor (view, 0, YEJI_MATRIX_NAME);
  press (GTK_WIDGET (view), GDK_KEY_Return, 0);
  g_assert_true (g_str_has_suffix (fixture->chosen, " -"));
}

static gboolean
is_written (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->base.dir, "矩阵.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint source = g_timeout_add (10, tick, NULL);

  yeji_test_wait_until (is_read, fixture, PATIENCE_MS);
  yeji_evidence_window_export (fixture->window, file);
  yeji_test_wait_until (is_written, path, PATIENCE_MS);
  g_source_remove (source);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  yeji_test_wait_until (is_read, fixture, PATIENCE_MS);
  run_frames (GTK_WIDGET (fixture->window), 2);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >=, 4);
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  g_test_add_func ("/app/evidence/tells-each-stand-by-its-icon", test_stands);
  g_test_add_func ("/app/evidence/sums-rows-and-columns", test_sums);
  g_test_add_func ("/app/evidence/is-a-table-without-formulas", test_table);
  g_test_add_func ("/app/evidence/is-walked-cell-by-cell", test_keys);
  g_test_add_func ("/app/evidence/scrolls-ten-thousand-records", test_speed);
  add ("/app/evidence/attaches-to-a-cell-and-takes-it-back", test_attach);
  add ("/app/evidence/opens-what-is-there", test_open);
  add ("/app/evidence/is-exported", test_export);
  add ("/app/evidence/has-names", test_names);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
