// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-application"

#include "config.h"

#include "yeji-application.h"

#include <signal.h>
#include <stdlib.h>

#include <glib/gi18n.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#endif

#include "yeji-about.h"
#include "yeji-caretaker.h"
#include "yeji-desktop.h"
#include "yeji-key-place.h"
#include "yeji-opening.h"
#include "yeji-platform.h"
#include "yeji-profiles-window.h"
#include "yeji-profiles.h"
#include "yeji-resources.h"
#include "yeji-scratch.h"
#include "yeji-tooltip.h"
#include "yeji-watchdog.h"
#include "yeji-width-first.h"
#include "yeji-window-dictionary.h"
#include "yeji-window-package.h"

/* Task lists show the icon, and it is drawn from SVG: to load what does that takes a tenth of the
 * time until the first frame, so the frame goes before. */
#define ICON_MS 500

struct _YejiApplication
{
  AdwApplication parent_instance;

  char *profile;               /* the directory */
  char *program;               /* (nullable): the path of this program */
  YejiWindow *window;          /* (nullable): weak; of the profile */
  YejiProfilesWindow *profiles_window; /* (nullable): weak */
  YejiOpening *opening;        /* (nullable): while there is a window without a profile */
  gboolean wanted;             /* again, while the closed window's opening is ending */
  YejiStore *store;            /* (nullable) */
  YejiSyncEngine *engine;      /* (nullable) */
  YejiCaretaker *caretaker;    /* (nullable): of the store */
  gboolean reopening;          /* the profile, once its window has gone */
  char *backup;                /* (nullable): from which it is restored before that */
  char *package;               /* (nullable): the file that is to be taken over */
  guint signals[3];            /* sources: of each signal that ends it, 0 where there are none */
};

G_DEFINE_FINAL_TYPE (YejiApplication, yeji_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *keys[3];
} Accel;

static const Accel accels[] = {
  { "app.quit", { "<Control>q" } },
  { "app.enterprises", { "<Control>e" } },
  { "win.new-default", { "<Control>n" } },
  { "win.import", { "<Control>o" } },
  { "win.print", { "<Control>p" } },
  { "win.take-over", { "<Control><Shift>p" } },
  { "win.attach-folder", { "<Control><Shift>a" } },
  { "win.attach-files", { "<Control><Shift>o" } },
  { "win.search", { "<Control>f" } },
  { "win.save", { "<Control>s" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.field-history", { "<Control>h" } },
  { "win.submit", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.submit-first", { "<Control><Shift>Return" } },
  { "win.show-grade", { "<Control>g" } },
  { "win.step-back", { "<Alt>Left" } },
  { "win.copy-this", { "<Control><Shift>d" } },
  { "win.compare-submitted", { "<Control>k" } },
  { "win.compare-conflicts", { "<Control><Shift>k" } },
  { "win.next-problem", { "F8" } },
  { "win.previous-problem", { "<Shift>F8" } },
  { "win.next-section", { "<Control>Page_Down" } },
  { "win.previous-section", { "<Control>Page_Up" } },
  { "win.add-row", { "<Control><Shift>n" } },
  { "win.toggle-pane", { "F9" } },
  { "win.sync", { "F5" } },
  { "win.evidence", { "<Control><Shift>m" } },
  { "win.qualify", { "<Control><Shift>l" } },
  { "win.tray", { "<Control><Shift>y" } },
  { "win.transfers", { "<Control><Shift>t" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.help", { "F1" } },
  { "window.close", { "<Control>w" } },
};

static void
close_profile (YejiApplication *self)
{
  g_clear_object (&self->caretaker);
  if (self->engine != NULL)
    yeji_sync_engine_stop (self->engine);
  g_clear_object (&self->engine);
  if (self->store != NULL)
    yeji_store_close (self->store);
  g_clear_object (&self->store);
}

/* The window is gone, and all that was made for the older dictionary with it. */
static gboolean
reopen (gpointer data)
{
  YejiApplication *self = data;

  yeji_watchdog_rest ();       /* there is no window that could stand still */
  close_profile (self);
  g_application_activate (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
on_window_gone (GtkWidget       *window,
                YejiApplication *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, reopen, g_object_ref (self), g_object_unref);
}

/* What is typed in it could not be saved: the window does not go, and all else is off with it. */
static void
on_window_back (GtkWidget       *window,
                YejiApplication *self)
{
  g_signal_handlers_disconnect_by_func (window, on_window_gone, self);
  g_signal_handlers_disconnect_by_func (window, on_window_back, self);
  g_clear_pointer (&self->backup, g_free);
  self->reopening = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
start_again (YejiApplication *self)
{
  self->reopening = TRUE;
  g_application_hold (G_APPLICATION (self));
  g_signal_connect_object (self->window, "destroy", G_CALLBACK (on_window_gone), self, 0);
  g_signal_connect_object (self->window, "show", G_CALLBACK (on_window_back), self, 0);
  gtk_window_close (GTK_WINDOW (self->window));
}

/* Forms, checks and the engine know the dictionary with which the profile was opened. */
static void
on_adopted (YejiWindow      *window,
            GPtrArray       *reports,
            YejiApplication *self)
{
  if (!self->reopening)
    start_again (self);
}

/* The database that is open cannot be replaced. */
static void
on_restore (YejiWindow      *window,
            const char      *path,
            YejiApplication *self)
{
  if (self->reopening)
    return;
  self->backup = g_strdup (path);
  start_again (self);
}

static void
end_opening (YejiApplication *self)
{
  g_clear_object (&self->opening);
  g_clear_pointer (&self->backup, g_free);
  self->reopening = FALSE;
  if (self->wanted)
    g_application_activate (G_APPLICATION (self));
  self->wanted = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
show_profile (YejiApplication *self)
{
  yeji_window_set_profile (self->window, self->store, self->engine);
  g_clear_object (&self->caretaker);
  self->caretaker = yeji_caretaker_new (GTK_WINDOW (self->window), self->store);
}

/* As soon as there is a profile that takes it. */
static void
take_package (YejiApplication *self)
{
  if (self->package == NULL || self->store == NULL || self->window == NULL)
    return;
  yeji_window_package_take (self->window, self->package);
  g_clear_pointer (&self->package, g_free);
}

static void
on_opened (YejiApplication *self,
           YejiStore       *store)
{
  self->store = g_object_ref (store);
  self->engine = yeji_sync_engine_new (store);
  yeji_sync_engine_start (self->engine);
  show_profile (self);
  if (self->reopening && self->backup == NULL)
    yeji_window_dictionary_show_reports (self->window);
  else if (self->backup != NULL)
    yeji_window_say (self->window, _("The records are as they were at the time of the backup"));
  take_package (self);
  end_opening (self);
}

/* The opening goes on in the background while the window, made on this thread meanwhile, comes up:
 * where it takes no longer than that, the first frame shows the records. */
static void
start_opening (YejiApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  self->opening = yeji_opening_new (self->window, self->profile);
  g_signal_connect_object (self->opening, "opened", G_CALLBACK (on_opened), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opening, "gone", G_CALLBACK (end_opening), self,
                           G_CONNECT_SWAPPED);
  if (self->backup != NULL)
    yeji_opening_restore (self->opening, self->backup);
  else
    yeji_opening_start (self->opening);
}

static void
open_window (YejiApplication *self)
{
  GtkWidget *window = yeji_window_new (GTK_APPLICATION (self), NULL, NULL);

  g_set_weak_pointer (&self->window, YEJI_WINDOW (window));
  g_signal_connect_object (window, "adopted", G_CALLBACK (on_adopted), self, 0);
  g_signal_connect_object (window, "restore", G_CALLBACK (on_restore), self, 0);
  if (self->store != NULL)
    show_profile (self);
  else
    start_opening (self);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (item->data);
}

/* Each enterprise is a process of its own: one that is open already is raised by its own name, and
 * what happens to one happens to no other. */
static void
on_open_other (YejiProfilesWindow *window,
               const char         *directory,
               YejiApplication    *self)
{
  char *arguments[] = { self->program, (char *) "--profile", (char *) directory, NULL };
  g_autoptr (GError) error = NULL;

  if (g_str_equal (directory, self->profile))
    gtk_window_close (GTK_WINDOW (window));
  else if (self->program == NULL
           || !g_spawn_async (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &error))
    {
      g_warning ("%s: %s", directory, error != NULL ? error->message : "no program");
      yeji_profiles_window_say (window, _("The program could not be started"));
    }
}

static void
on_enterprises (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  YejiApplication *self = data;
  GtkWidget *window;

  if (self->window == NULL)
    return;
  if (self->profiles_window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->profiles_window));
      return;
    }
  window = yeji_profiles_window_new (GTK_WINDOW (self->window), self->profile, self->store);
  g_set_weak_pointer (&self->profiles_window, YEJI_PROFILES_WINDOW (window));
  g_signal_connect_object (window, "open", G_CALLBACK (on_open_other), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  yeji_about_show (gtk_application_get_active_window (data));
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = on_quit },
  { .name = "enterprises", .activate = on_enterprises },
  { .name = "about", .activate = on_about },
};

#ifdef G_OS_UNIX
static const int end_signals[] = { SIGTERM, SIGINT, SIGHUP };

/* The session ends, or a terminal: what was just typed is saved as when the window is closed. */
static gboolean
on_end_signal (gpointer data)
{
  on_quit (NULL, NULL, data);
  return G_SOURCE_CONTINUE;
}
#endif

static void
hear_signals (YejiApplication *self)
{
#ifdef G_OS_UNIX
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    self->signals[i] = g_unix_signal_add (end_signals[i], on_end_signal, self);
#endif
}

static gboolean
set_icon (gpointer data)
{
  gtk_window_set_default_icon_name (YEJI_APP_ID);
  yeji_scratch_sweep ();
  return G_SOURCE_REMOVE;
}

static void
yeji_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (yeji_application_parent_class)->startup (application);
  /* Somebody sits here: a locked keyring asks for its password while the window says "Opening". */
  yeji_key_place_set_may_ask (TRUE);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           (const char * const *) accels[i].keys);
  g_timeout_add_full (G_PRIORITY_LOW, ICON_MS, set_icon, NULL, NULL);
  hear_signals (YEJI_APPLICATION (application));
  yeji_desktop_follow ();
}

static void
yeji_application_activate (GApplication *application)
{
  YejiApplication *self = YEJI_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else if (self->opening != NULL)
    self->wanted = TRUE;
  else
    open_window (self);
}

/* A package that was double-clicked; one at a time, as each has a passphrase of its own. */
static void
yeji_application_open (GApplication  *application,
                       GFile        **files,
                       int            n_files,
                       const char    *hint)
{
  YejiApplication *self = YEJI_APPLICATION (application);

  g_free (self->package);
  self->package = n_files > 0 ? g_file_get_path (files[0]) : NULL;
  g_application_activate (application);
  take_package (self);
}

/* Another enterprise is opened by the same program again, wherever that lies. */
static gboolean
yeji_application_local_command_line (GApplication   *application,
                                     char         ***arguments,
                                     int            *status)
{
  YejiApplication *self = YEJI_APPLICATION (application);
  g_autofree char *program = NULL;

  if ((*arguments)[0] != NULL)
    program = g_find_program_in_path ((*arguments)[0]);
  if (program != NULL)
    self->program = g_canonicalize_filename (program, NULL);
  yeji_platform_give_way ();
  return G_APPLICATION_CLASS (yeji_application_parent_class)->local_command_line (application,
                                                                                  arguments,
                                                                                  status);
}

/* Each profile is a program of its own: a second start raises the window of its profile only. */
static int
yeji_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  YejiApplication *self = YEJI_APPLICATION (application);
  g_autofree char *data = yeji_platform_get_data_dir ();
  g_autofree char *fallback = g_build_filename (data, "default", NULL);
  g_autofree char *start = NULL;
  g_autoptr (GVariant) given = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *id = NULL;

  given = g_variant_dict_lookup_value (options, "profile", G_VARIANT_TYPE_BYTESTRING);
  if (given == NULL)
    start = yeji_profiles_get_start ();
  self->profile = g_canonicalize_filename (given != NULL ? g_variant_get_bytestring (given) : start,
                                           NULL);
  if (g_str_equal (self->profile, fallback))
    return -1;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->profile, -1);
  hash[16] = '\0';
  id = g_strdup_printf (YEJI_APP_ID ".p%s", hash);
  g_application_set_application_id (application, id);
  return -1;
}

static void
yeji_application_shutdown (GApplication *application)
{
  YejiApplication *self = YEJI_APPLICATION (application);

  /* a backup that goes on is waited for, with no window left that could stand still */
  yeji_watchdog_rest ();
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_clear_object (&self->caretaker);
  if (self->engine != NULL)
    yeji_sync_engine_stop (self->engine);
  g_clear_object (&self->engine);
  G_APPLICATION_CLASS (yeji_application_parent_class)->shutdown (application);
  if (self->store != NULL)
    yeji_store_close (self->store);
  g_clear_object (&self->store);
}

static void
yeji_application_finalize (GObject *object)
{
  YejiApplication *self = YEJI_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->profiles_window);
  g_free (self->profile);
  g_free (self->backup);
  g_free (self->package);
  g_free (self->program);
  G_OBJECT_CLASS (yeji_application_parent_class)->finalize (object);
}

static void
yeji_application_class_init (YejiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yeji_application_finalize;
  application_class->startup = yeji_application_startup;
  application_class->activate = yeji_application_activate;
  application_class->open = yeji_application_open;
  application_class->local_command_line = yeji_application_local_command_line;
  application_class->handle_local_options = yeji_application_handle_local_options;
  application_class->shutdown = yeji_application_shutdown;
}

static void
yeji_application_init (YejiApplication *self)
{
  static const GOptionEntry options[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Folder of the enterprise's records"),
      N_("DIR") },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * yeji_application_new:
 *
 * Returns: (transfer full): the program
 */
YejiApplication *
yeji_application_new (void)
{
  return g_object_new (YEJI_TYPE_APPLICATION,
                       "application-id", YEJI_APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/yeji/Yeji",
                       NULL);
}

/**
 * yeji_app_init:
 *
 * Loads translations and resources. Must run before any widget of this layer is made. With the
 * milliseconds of YEJI_WATCHDOG it says so whenever the window stands still for longer.
 */
void
yeji_app_init (void)
{
  const char *limit = g_getenv ("YEJI_WATCHDOG");

  yeji_platform_begin_program (YEJI_LOCALE_DIR);
  g_set_application_name (_("Yeji"));
  yeji_register_resource ();
  yeji_desktop_load_icons ();
  yeji_width_first_init ();
  yeji_tooltip_init ();
  if (limit != NULL && atoi (limit) > 0)
    yeji_watchdog_start ((guint) atoi (limit));
  /* uploads are faster over HTTP/1.1, and libsoup has no other switch */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
}
