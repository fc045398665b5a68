// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-application.h"
#include "yeji-dictionary-dialog.h"
#include "yeji-move-window.h"
#include "yeji-next-dictionary.h"
#include "yeji-test.h"
#include "yeji-window-dictionary.h"

#define STEP_MS 20

/* What a clerk does, one step whenever the window is ready for it. */
typedef struct
{
  GApplication *application;
  gpointer first;              /* (nullable): weak; the window of the older dictionary */
  gboolean asked;
  gboolean reported;
} Clerk;

static gpointer
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static gboolean
take_step (gpointer data)
{
  Clerk *clerk = data;
  YejiWindow *window = find_window (YEJI_TYPE_WINDOW);
  YejiMoveWindow *reports = find_window (YEJI_TYPE_MOVE_WINDOW);
  YejiStore *store;
  GtkWidget *dialog;

  /* it has its profile a moment later */
  if (window == NULL || g_object_get_data (G_OBJECT (window), "yeji-dictionary-store") == NULL)
    return G_SOURCE_CONTINUE;
  if (!clerk->asked)
    {
      dialog = yeji_window_dictionary_ask (window);
      g_assert_nonnull (dialog);
      clerk->first = window;
      g_object_add_weak_pointer (G_OBJECT (window), &clerk->first);
      clerk->asked = TRUE;
      yeji_dictionary_dialog_update (YEJI_DICTIONARY_DIALOG (dialog));
      return G_SOURCE_CONTINUE;
    }
  if (clerk->first != NULL || reports == NULL || yeji_move_window_get_n_lines (reports) < 2)
    return G_SOURCE_CONTINUE;
  clerk->reported = TRUE;
  store = g_object_get_data (G_OBJECT (window), "yeji-dictionary-store");
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_store_get_dictionary (store)), ==,
                   "2018.81-next");
  g_assert_null (yeji_window_dictionary_ask (window));
  g_action_group_activate_action (G_ACTION_GROUP (clerk->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* The window closes, the profile is opened again under the new dictionary, and the report is
 * there. */
static void
test_adopts (AppFixture    *fixture,
             gconstpointer  data)
{
  NextDictionary next = { NULL };
  g_autofree char *profile = g_strdup (yeji_store_get_directory (fixture->store));
  char *arguments[] = { (char *) "yeji", (char *) "--profile", profile, NULL };
  g_autoptr (GApplication) application = G_APPLICATION (yeji_application_new ());
  Clerk clerk = { application };
  g_autoptr (GError) error = NULL;
  guint source;

  next_dictionary_init (&next, "2018.81-next");
  yeji_store_offer_dictionary (fixture->store, next.dictionary, next.bundle, next.sha256, &error);
  g_assert_no_error (error);
  yeji_store_close (fixture->store);
  g_clear_object (&fixture->store);

  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  source = g_timeout_add (STEP_MS, take_step, &clerk);
  g_assert_cmpint (g_application_run (application, 3, arguments), ==, 0);
  g_assert_true (clerk.reported);
  g_assert_null (g_main_context_find_source_by_id (NULL, source));

  fixture->store = yeji_store_open (profile, fixture->dictionary, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_store_get_dictionary (fixture->store)), ==,
                   "2018.81-next");
  next_dictionary_clear (&next);
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/application/opens-the-profile-again-under-a-new-dictionary",
                        test_adopts);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
