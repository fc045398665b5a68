// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <signal.h>
#include <string.h>

#include "app-fixture.h"
#include "yeji-application.h"
#include "yeji-backup-window.h"
#include "yeji-test.h"
#include "yeji-window-profile.h"

#define STEP_MS 20

/* More than a record file may hold: it cannot be saved. */
#define TOO_LONG (1024 * 1024 + 1)

#define OLDER "先写的名称"
#define NEWER "后写的名称"
#define LAST "信号前写的"

/* What a clerk does, one step whenever the window is ready for it. */
typedef struct
{
  GApplication *application;
  const char *uuid;
  gpointer window;             /* (nullable): weak */
  YejiDraft *draft;            /* (nullable) (transfer none): of the record, in the window */
  YejiBackupWindow *backups;   /* (transfer none) */
  gboolean refused;            /* the window came back */
  guint step;
} Clerk;

static gpointer
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YEJI_IS_WINDOW (window))
        return window;
    }
  return NULL;
}

static YejiStore *
get_store (Clerk *clerk)
{
  return g_object_get_data (G_OBJECT (clerk->window), "yeji-profile-store");
}

static const char *
get_name (YejiRecord *record)
{
  return yeji_row_get_by_id (yeji_record_get_project (record), "PrjName");
}

static gboolean
is_stored (Clerk      *clerk,
           const char *name)
{
  g_autoptr (YejiRecord) record = yeji_store_load (get_store (clerk), clerk->uuid, NULL);

  return record != NULL && g_strcmp0 (get_name (record), name) == 0;
}

static gboolean
is_shown (Clerk      *clerk,
          const char *name)
{
  return g_strcmp0 (get_name (yeji_draft_get_record (clerk->draft)), name) == 0;
}

static void
type_name (Clerk      *clerk,
           const char *name)
{
  YejiRow *project = yeji_record_get_project (yeji_draft_get_record (clerk->draft));

  yeji_draft_set_value (clerk->draft, project,
                        yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), name);
}

/* Through the window's question, as it is clicked. */
static void
go_back (Clerk          *clerk,
         YejiBackupKind  kind)
{
  g_autoptr (GPtrArray) backups = yeji_backup_list (yeji_store_get_directory (get_store (clerk)),
                                                    NULL);
  GtkWidget *question;

  for (guint i = 0; i < backups->len; i++)
    if (((YejiBackup *) g_ptr_array_index (backups, i))->kind == kind)
      {
        question = yeji_backup_window_ask (clerk->backups, i);
        gtk_window_present (GTK_WINDOW (question));
        adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "restore");
        return;
      }
  g_assert_not_reached ();
}

static gboolean
has_backups (Clerk *clerk,
             guint  n)
{
  return !yeji_backup_window_is_busy (clerk->backups)
         && yeji_backup_window_get_n (clerk->backups) >= n;
}

static void
show_backups (Clerk *clerk)
{
  clerk->backups = YEJI_BACKUP_WINDOW (yeji_window_profile_show_backups (clerk->window));
}

/* ---- One step each: whether it could be done */

static gboolean
write_older (Clerk *clerk)
{
  type_name (clerk, OLDER);
  return TRUE;
}

static gboolean
back_up (Clerk *clerk)
{
  if (!is_stored (clerk, OLDER))
    return FALSE;
  show_backups (clerk);
  yeji_backup_window_back_up (clerk->backups);
  return TRUE;
}

static void
on_window_back (GtkWidget *window,
                Clerk     *clerk)
{
  clerk->refused = TRUE;
}

/* What cannot be saved keeps the window, and nothing is restored behind the clerk's back. */
static gboolean
fail_to_go_back (Clerk *clerk)
{
  g_autofree char *text = NULL;

  if (!has_backups (clerk, 1))
    return FALSE;
  text = g_strnfill (TOO_LONG, 'x');
  type_name (clerk, text);
  g_signal_connect (clerk->window, "show", G_CALLBACK (on_window_back), clerk);
  go_back (clerk, YEJI_BACKUP_MANUAL);
  return TRUE;
}

static gboolean
see_it_refused (Clerk *clerk)
{
  /* that it is on screen says nothing: it may not have gone yet */
  if (!clerk->refused)
    return FALSE;
  g_assert_cmpuint (strlen (get_name (yeji_draft_get_record (clerk->draft))), ==, TOO_LONG);
  show_backups (clerk);
  return TRUE;
}

/* What was typed last is not on the disk yet: it is in the backup that is made of what goes. */
static gboolean
write_newer_and_go_back (Clerk *clerk)
{
  if (!has_backups (clerk, 1))
    return FALSE;
  type_name (clerk, NEWER);
  go_back (clerk, YEJI_BACKUP_MANUAL);
  clerk->draft = NULL;
  return TRUE;
}

static gboolean
see_older (Clerk *clerk)
{
  g_assert_true (is_stored (clerk, OLDER));
  g_assert_true (is_shown (clerk, OLDER));
  show_backups (clerk);
  return TRUE;
}

static gboolean
come_back (Clerk *clerk)
{
  if (!has_backups (clerk, 2))
    return FALSE;
  go_back (clerk, YEJI_BACKUP_BEFORE_RESTORE);
  clerk->draft = NULL;
  return TRUE;
}

static gboolean
see_newer (Clerk *clerk)
{
  g_assert_true (is_stored (clerk, NEWER));
  g_assert_true (is_shown (clerk, NEWER));
  return TRUE;
}

/* The session ends the program in the middle of a word. */
static gboolean
end (Clerk *clerk)
{
  type_name (clerk, LAST);
  clerk->draft = NULL;
#ifdef G_OS_UNIX
  raise (SIGTERM);
#else
  g_action_group_activate_action (G_ACTION_GROUP (clerk->application), "quit", NULL);
#endif
  return TRUE;
}

static gboolean (*const steps[]) (Clerk *clerk) = {
  write_older, back_up, fail_to_go_back, see_it_refused, write_newer_and_go_back, see_older,
  come_back, see_newer, end
};

static gboolean
take_step (gpointer data)
{
  Clerk *clerk = data;

  /* a window that was left goes before the next one comes */
  if (clerk->draft == NULL)
    {
      if (clerk->window != NULL && clerk->step > 0
          && g_object_get_data (G_OBJECT (clerk->window), "left") != NULL)
        return G_SOURCE_CONTINUE;
      if (clerk->window == NULL)
        g_set_weak_pointer (&clerk->window, find_window ());
      if (clerk->window == NULL || get_store (clerk) == NULL)
        return G_SOURCE_CONTINUE;
      clerk->draft = yeji_editor_get_draft (yeji_window_get_editor (clerk->window));
      if (clerk->draft == NULL)
        yeji_window_open_record (clerk->window, clerk->uuid);
      return G_SOURCE_CONTINUE;
    }
  if (!steps[clerk->step] (clerk))
    return G_SOURCE_CONTINUE;
  if (clerk->draft == NULL)
    g_object_set_data (G_OBJECT (clerk->window), "left", clerk);
  clerk->step++;
  return clerk->step < G_N_ELEMENTS (steps) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Back to a backup and from there again, each time in a new window; then an end by signal. */
static void
test_restores (AppFixture    *fixture,
               gconstpointer  data)
{
  g_autofree char *profile = g_strdup (yeji_store_get_directory (fixture->store));
  char *arguments[] = { (char *) "yeji", (char *) "--profile", profile, NULL };
  g_autoptr (GApplication) application = G_APPLICATION (yeji_application_new ());
  Clerk clerk = { application, yeji_record_get_uuid (fixture->record) };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  yeji_store_close (fixture->store);
  g_clear_object (&fixture->store);

  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_timeout_add (STEP_MS, take_step, &clerk);
  g_assert_cmpint (g_application_run (application, 3, arguments), ==, 0);
  g_assert_cmpuint (clerk.step, ==, G_N_ELEMENTS (steps));
  g_clear_weak_pointer (&clerk.window);

  fixture->store = yeji_store_open (profile, fixture->dictionary, &error);
  g_assert_no_error (error);
  name = app_fixture_stored (fixture, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (name, ==, LAST);
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/application/goes-back-to-a-backup-and-comes-back", test_restores);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
