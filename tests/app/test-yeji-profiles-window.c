// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "name-walk.h"
#include "yeji-bundle.h"
#include "yeji-clock.h"
#include "yeji-day.h"
#include "yeji-platform.h"
#include "yeji-profile-dialog.h"
#include "yeji-profiles-window.h"
#include "yeji-profiles.h"
#include "yeji-test.h"

#define PATIENCE 20000

typedef struct
{
  AppFixture base;
  YejiProfilesWindow *window;
  guint n_listed;
  guint expected;              /* of that count */
  char *wanted;                /* (nullable): what is to be opened */
} Fixture;

static void
on_listed (Fixture *fixture)
{
  fixture->n_listed++;
}

static void
on_open (Fixture    *fixture,
         const char *directory)
{
  g_free (fixture->wanted);
  fixture->wanted = g_strdup (directory);
}

static gboolean
is_listed (gpointer data)
{
  Fixture *fixture = data;

  return fixture->n_listed >= fixture->expected;
}

static void
await_list (Fixture *fixture)
{
  fixture->expected = fixture->n_listed + 1;
  yeji_test_wait_until (is_listed, fixture, PATIENCE);
}

static char *
make (const char *name,
      const char *due)
{
  g_autoptr (GError) error = NULL;
  char *directory = yeji_profiles_make (name, &error);

  g_assert_no_error (error);
  yeji_profiles_set (directory, YEJI_PROFILE_SETTING_DUE, due, &error);
  g_assert_no_error (error);
  return directory;
}

/* Three enterprises; the program has one elsewhere open, which has a record. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *here;

  app_fixture_set_up_bare (&fixture->base, data);
  here = yeji_store_get_directory (fixture->base.store);
  g_free (make ("甲建设", "2001-02-03"));
  g_free (make ("乙建设", "2999-12-31"));
  g_free (make ("丙建设", NULL));
  g_assert_true (yeji_profiles_remember (here, NULL));
  fixture->window = YEJI_PROFILES_WINDOW (yeji_profiles_window_new (NULL, here,
                                                                    fixture->base.store));
  g_signal_connect_swapped (fixture->window, "listed", G_CALLBACK (on_listed), fixture);
  g_signal_connect_swapped (fixture->window, "open", G_CALLBACK (on_open), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  await_list (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *own = yeji_platform_get_data_dir ();
  g_autofree char *config = g_build_filename (g_get_user_config_dir (), "yeji", "profiles.ini",
                                              NULL);

  g_object_ref (fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (yeji_test_is_last, fixture->window, PATIENCE);
  g_assert_finalize_object (g_steal_pointer (&fixture->window));
  g_free (fixture->wanted);
  yeji_test_dir_remove (own);
  g_file_set_contents (config, "", 0, NULL);
  app_fixture_tear_down (&fixture->base, data);
}

static GtkWidget *
find_row (Fixture    *fixture,
          const char *name)
{
  return name_walk_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_BOX_ROW, name);
}

static gboolean
row_says (GtkWidget  *row,
          const char *words)
{
  GtkWidget *child;

  if (GTK_IS_LABEL (row) && strstr (gtk_label_get_text (GTK_LABEL (row)), words) != NULL)
    return TRUE;
  for (child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (row_says (child, words))
      return TRUE;
  return FALSE;
}

typedef struct
{
  Fixture *fixture;
  const char *name;
  const char *words;
} Sight;

static gboolean
is_seen (gpointer data)
{
  Sight *sight = data;
  GtkWidget *row = find_row (sight->fixture, sight->name);

  return row != NULL && row_says (row, sight->words);
}

/* A window that becomes active lists anew by itself, so that no number of lists says which one has
 * it. */
static void
await_row (Fixture    *fixture,
           const char *name,
           const char *words)
{
  Sight sight = { fixture, name, words };

  yeji_test_wait_until (is_seen, &sight, PATIENCE);
}

static void
act (Fixture    *fixture,
     const char *action,
     const char *name)
{
  GtkWidget *row = find_row (fixture, name);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, "u",
                                             gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row))));
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (yeji_profiles_window_get_n_shown (fixture->window), ==, 4);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (fixture->window)), >, 8);
  g_assert_true (row_says (find_row (fixture, "甲建设"), "Overdue by"));
  g_assert_true (row_says (find_row (fixture, "甲建设"), "2001-02-03"));
  g_assert_true (row_says (find_row (fixture, "乙建设"), "days left"));
  g_assert_true (row_says (find_row (fixture, "丙建设"), "No records yet"));
  g_assert_true (row_says (find_row (fixture, "profile"), "Open in this window"));
  g_assert_true (row_says (find_row (fixture, "profile"), "Drafts 1"));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (find_row (fixture, "甲建设"))), ==,
                   0);
}

static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autofree char *expected = g_build_filename (data_dir, "乙建设", NULL);

  gtk_widget_activate (find_row (fixture, "乙建设"));
  g_assert_cmpstr (fixture->wanted, ==, expected);
}

static YejiProfileDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YEJI_IS_PROFILE_DIALOG (window))
        return YEJI_PROFILE_DIALOG (window);
    }
  return NULL;
}

static void
type (YejiProfileDialog *dialog,
      const char        *row,
      const char        *text)
{
  GtkWidget *entry = name_walk_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT, row);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

#define NAME "Name of the enterprise"
#define DUE "Due on (for example 2026-12-31; may stay empty)"

/* Whether the dialog could be ended so; then it is. */
static gboolean
finish (YejiProfileDialog *dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));

  if (!gtk_widget_get_sensitive (button))
    return FALSE;
  g_signal_emit_by_name (button, "clicked");
  return TRUE;
}

static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  YejiProfileDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "profile.new", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpuint (name_walk_check (GTK_WIDGET (dialog)), >, 2);
  g_assert_false (finish (dialog));
  type (dialog, NAME, "  丁建设 ");
  type (dialog, DUE, "someday");
  g_assert_false (finish (dialog));
  type (dialog, DUE, "2026年12月3日");
  g_assert_true (finish (dialog));
  await_row (fixture, "丁建设", "2026-12-03");
  g_assert_cmpuint (yeji_profiles_window_get_n_shown (fixture->window), ==, 5);
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *name = NULL;

  act (fixture, "profile.edit", "丙建设");
  type (find_dialog (), NAME, "丙集团");
  type (find_dialog (), DUE, "20261231");
  g_assert_true (finish (find_dialog ()));
  await_row (fixture, "丙集团", "2026-12-31");

  /* the one that this program has open */
  act (fixture, "profile.edit", "profile");
  type (find_dialog (), NAME, "自己");
  g_assert_true (finish (find_dialog ()));
  await_row (fixture, "自己", "Open in this window");
  name = yeji_store_get_setting (fixture->base.store, YEJI_PROFILE_SETTING_NAME, NULL);
  g_assert_cmpstr (name, ==, "自己");
}

static gboolean
is_refused (gpointer data)
{
  Fixture *fixture = data;

  return row_says (GTK_WIDGET (fixture->window), "It is open in another window");
}

static gboolean
is_forgotten (gpointer data)
{
  Fixture *fixture = data;

  return yeji_profiles_window_get_n_shown (fixture->window) == 3;
}

static void
test_held (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  g_autofree char *path = g_build_filename (data_dir, "甲建设", "lock", NULL);
  YejiLock *lock = yeji_platform_lock (path, NULL, NULL);

  yeji_profiles_window_update (fixture->window);
  await_row (fixture, "甲建设", "process");
  act (fixture, "profile.edit", "甲建设");
  type (find_dialog (), NAME, "别名");
  g_assert_true (finish (find_dialog ()));
  yeji_test_wait_until (is_refused, fixture, PATIENCE);
  g_assert_nonnull (find_row (fixture, "甲建设"));
  yeji_platform_unlock (lock);
}

static void
test_forget (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *path = NULL;

  act (fixture, "profile.forget", "profile");
  yeji_test_wait_until (is_forgotten, fixture, PATIENCE);
  path = g_build_filename (yeji_store_get_directory (fixture->base.store), "yeji.sqlite", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static gboolean
shows_all (gpointer data)
{
  Fixture *fixture = data;

  return yeji_profiles_window_get_n_shown (fixture->window) == fixture->expected;
}

static gboolean
has_error (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "error")
      && gtk_widget_get_visible (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_error (child))
      return TRUE;
  return FALSE;
}

static gboolean
says_why (gpointer data)
{
  return has_error (GTK_WIDGET (((Fixture *) data)->window));
}

/* What was saved as one file elsewhere becomes an enterprise with a folder of its own; what is no
 * such file is told, and leaves nothing. */
static void
test_take_over (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *elsewhere = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (elsewhere, "丁建设" YEJI_BUNDLE_SUFFIX, NULL);
  g_autofree char *broken = g_build_filename (elsewhere, "broken" YEJI_BUNDLE_SUFFIX, NULL);
  guint n = yeji_profiles_window_get_n_shown (fixture->window);
  g_autoptr (GError) error = NULL;

  yeji_bundle_write (fixture->base.store, path, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (fixture->expected = n + 1; fixture->expected <= n + 2; fixture->expected++)
    {
      yeji_profiles_window_take_over (fixture->window, path);
      yeji_test_wait_until (shows_all, fixture, PATIENCE);
    }

  g_file_set_contents (broken, "PK", 2, &error);
  g_assert_no_error (error);
  yeji_profiles_window_take_over (fixture->window, broken);
  yeji_test_wait_until (says_why, fixture, PATIENCE);
  g_assert_cmpuint (yeji_profiles_window_get_n_shown (fixture->window), ==, n + 2);
  yeji_test_dir_remove (elsewhere);
}

static void
test_days (void)
{
  static const struct
  {
    const char *typed;
    const char *day;           /* (nullable) */
  } cases[] = {
    { "2026-12-31", "2026-12-31" }, { "2026.12.31", "2026-12-31" }, { "2026/1/2", "2026-01-02" },
    { "2026年1月2日", "2026-01-02" }, { "２０２６年１２月３１日", "2026-12-31" },
    { "20261231", "2026-12-31" }, { " 2026 12 31 ", "2026-12-31" },
    { "", NULL }, { "2026-02-30", NULL }, { "2026-12", NULL }, { "2026", NULL }, { "26-1-2", NULL },
    { "2026-1-2-3", NULL }, { "99999999999999999999", NULL }, { "2026123", NULL },
    { "下个月", NULL }, { "12-31-2026", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = yeji_day_read (cases[i].typed);

      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
  add ("/app/profiles-window/takes-over-what-was-saved-as-one-file", test_take_over);
  g_test_add_func ("/app/day/is-read-as-typed", test_days);
  add ("/app/profiles-window/shows-what-is-due-and-what-is-to-be-done", test_rows);
  add ("/app/profiles-window/asks-for-one-to-be-opened", test_open);
  add ("/app/profiles-window/makes-an-enterprise", test_new);
  add ("/app/profiles-window/renames-and-sets-the-day", test_edit);
  add ("/app/profiles-window/tells-who-has-one-open", test_held);
  add ("/app/profiles-window/forgets-one-elsewhere-without-deleting-it", test_forget);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
