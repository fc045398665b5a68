// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"

#include <stdlib.h>

#include <adwaita.h>

#include "yeji-application.h"
#include "yeji-record-file.h"
#include "yeji-settings.h"
#include "yeji-test.h"
#include "yeji-watchdog.h"

/* Under a sanitizer all is several times as slow; valgrind's runs set YEJI_WATCHDOG=0 themselves. */
#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define WATCHDOG "0"
#else
#define WATCHDOG G_STRINGIFY (APP_FIXTURE_WATCHDOG)
#endif

gboolean __real_g_main_context_iteration (GMainContext *context,
                                          gboolean      may_block);
gboolean __wrap_g_main_context_iteration (GMainContext *context,
                                          gboolean      may_block);
void     __real_gtk_test_widget_wait_for_draw (GtkWidget *widget);
void     __wrap_gtk_test_widget_wait_for_draw (GtkWidget *widget);

/* Linked in place of the real ones: what a test does after an iteration is not the window's. */
gboolean
__wrap_g_main_context_iteration (GMainContext *context,
                                 gboolean      may_block)
{
  gboolean any = __real_g_main_context_iteration (context, may_block);

  if (context == NULL || context == g_main_context_default ())
    yeji_watchdog_rest ();
  return any;
}

/* It iterates by itself. */
void
__wrap_gtk_test_widget_wait_for_draw (GtkWidget *widget)
{
  __real_gtk_test_widget_wait_for_draw (widget);
  yeji_watchdog_rest ();
}

static void
skip (gconstpointer data)
{
  g_test_skip ("NO DISPLAY: not a single widget was tested. Run under an X server.");
}

/* What the application does for itself. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/yeji/Yeji/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* Nothing of the user's is touched, and no test sees what another has left. */
static void
use_home (const char *home)
{
  static const char *const variables[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (home, variables[i], NULL);

      g_setenv (variables[i], path, TRUE);
    }
}

static gboolean
on_warm (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  *(gint64 *) data = *(gint64 *) data != 0 ? -1 : gdk_frame_clock_get_frame_counter (clock);
  return G_SOURCE_CONTINUE;
}

/* What the toolkit does once in a process (finding and opening fonts, above all the Chinese ones,
 * reading its theme and icons) is done before the watch begins: it is as long with any window, and
 * a test draws its first one where the program has drawn many. The program itself is watched from
 * its first moment where it is tested end to end. */
static void
warm_up (void)
{
  static const char *const classes[] = { "title-1", "title-4", "heading", "caption", "numeric" };
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gint64 frame = 0;

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), gtk_search_entry_new ());
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("document-edit-symbolic"));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      GtkWidget *label = gtk_label_new ("Yeji 业绩 … · ✓ 1");

      gtk_widget_add_css_class (label, classes[i]);
      gtk_box_append (GTK_BOX (box), label);
    }
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_add_tick_callback (window, on_warm, &frame, NULL);
  while (frame != -1)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
start_watchdog (const char *limit)
{
  if (atoi (limit) > 0)
    yeji_watchdog_start ((guint) atoi (limit));
}

/* Widgets need a display. A machine without one says so in each test instead of passing quietly. */
int
app_fixture_main (int      *argc,
                  char   ***argv,
                  void    (*add_tests) (void))
{
  g_autofree char *home = yeji_test_dir_new ();
  g_autofree char *limit = NULL;
  int status;

  use_home (home);
  /* what is shown is compared in English, wherever the tests run */
  g_setenv ("LANGUAGE", "en", TRUE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  limit = g_strdup (g_getenv ("YEJI_WATCHDOG") != NULL ? g_getenv ("YEJI_WATCHDOG") : WATCHDOG);
  g_unsetenv ("YEJI_WATCHDOG");
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_add_data_func ("/app/display", NULL, skip);
      status = g_test_run ();
      yeji_test_dir_remove (home);
      return status;
    }
  yeji_app_init ();
  adw_init ();
  load_style ();
  warm_up ();
  start_watchdog (limit);
  add_tests ();
  status = g_test_run ();
  yeji_test_dir_remove (home);
  return status;
}

YejiRecord *
app_fixture_read (AppFixture *fixture,
                  const char *sample)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), sample, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = yeji_record_file_read (fixture->dictionary, path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  return g_object_ref (g_ptr_array_index (records, 0));
}

static void
set_up_store (AppFixture     *fixture,
              const char     *dir,
              YejiDictionary *dictionary)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *profile = NULL;

  yeji_settings_reset ();      /* what the test before has left */
  fixture->dir = g_strdup (dir);
  fixture->dictionary = g_object_ref (dictionary);
  profile = g_build_filename (fixture->dir, "profile", NULL);
  fixture->store = yeji_store_open (profile, fixture->dictionary, &error);
  g_assert_no_error (error);
  fixture->record = app_fixture_read (fixture, "complete-construction.json");
  g_assert_true (yeji_store_save (fixture->store, fixture->record, NULL, "imported", &error));
  g_assert_no_error (error);
}

void
app_fixture_set_up_bare (AppFixture    *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autofree char *dir = yeji_test_dir_new ();

  g_assert_no_error (error);
  set_up_store (fixture, dir, dictionary);
}

void
app_fixture_set_up (AppFixture    *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autofree char *dir = yeji_test_dir_new ();

  g_assert_no_error (error);
  app_fixture_set_up_with (fixture, dir, dictionary);
}

/* The same, with another dictionary. @dir is removed at the end. */
void
app_fixture_set_up_with (AppFixture     *fixture,
                         const char     *dir,
                         YejiDictionary *dictionary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GPtrArray) attachments = NULL;

  set_up_store (fixture, dir, dictionary);
  entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (fixture->record), &error);
  g_assert_no_error (error);
  attachments = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->draft = yeji_draft_new (fixture->store, NULL, fixture->record, entry, attachments);
}

void
app_fixture_tear_down (AppFixture    *fixture,
                       gconstpointer  data)
{
  yeji_watchdog_rest ();         /* the next test may begin without an iteration in between */
  if (fixture->draft != NULL)
    {
      GAsyncResult *result = NULL;

      yeji_draft_keeper_flush_async (yeji_draft_get_keeper (fixture->draft),
                                     yeji_test_store_result, &result);
      g_object_unref (yeji_test_await (&result, 5000));
      yeji_test_wait_until (yeji_test_is_last, fixture->draft, 5000);
      g_assert_finalize_object (g_steal_pointer (&fixture->draft));
    }
  yeji_test_wait_until (yeji_test_is_last, fixture->store, 5000);
  yeji_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_clear_object (&fixture->record);
  g_clear_object (&fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

/* What is on the disk, not on the screen. */
char *
app_fixture_stored (AppFixture *fixture,
                    const char *table,
                    guint       row,
                    const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;
  const YejiTableDef *def = yeji_dictionary_find_table (fixture->dictionary, table);

  record = yeji_store_load (fixture->store, yeji_record_get_uuid (fixture->record), &error);
  g_assert_no_error (error);
  if (row >= yeji_record_get_n_rows (record, def))
    return NULL;
  return g_strdup (yeji_row_get_by_id (yeji_record_get_row (record, def, row), field));
}
