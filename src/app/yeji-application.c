// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-application"

#include "config.h"

#include "yeji-application.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "yeji-messages.h"
#include "yeji-platform.h"
#include "yeji-resources.h"
#include "yeji-window-dictionary.h"

struct _YejiApplication
{
  AdwApplication parent_instance;

  char *profile;               /* the directory */
  YejiStore *store;            /* (nullable) */
  YejiSyncEngine *engine;      /* (nullable) */
  gboolean reopening;          /* the profile, once its window has gone */
};

G_DEFINE_FINAL_TYPE (YejiApplication, yeji_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *keys[3];
} Accel;

static const Accel accels[] = {
  { "app.quit", { "<Control>q" } },
  { "win.new-default", { "<Control>n" } },
  { "win.import", { "<Control>o" } },
  { "win.search", { "<Control>f" } },
  { "win.save", { "<Control>s" } },
  { "win.submit", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.show-grade", { "<Control>g" } },
  { "win.back", { "<Alt>Left" } },
  { "win.next-problem", { "F8" } },
  { "win.previous-problem", { "<Shift>F8" } },
  { "win.next-section", { "<Control>Page_Down" } },
  { "win.previous-section", { "<Control>Page_Up" } },
  { "win.add-row", { "<Control><Shift>n" } },
  { "win.toggle-pane", { "F9" } },
  { "win.sync", { "F5" } },
  { "win.show-help-overlay", { "F1", "<Control>question" } },
  { "window.close", { "<Control>w" } },
};

static gboolean
open_profile (YejiApplication  *self,
              GError          **error)
{
  g_autoptr (YejiDictionary) dictionary = NULL;

  if (self->store != NULL)
    return TRUE;
  dictionary = yeji_dictionary_new_built_in (error);
  if (dictionary == NULL)
    return FALSE;
  self->store = yeji_store_open (self->profile, dictionary, error);
  if (self->store == NULL)
    return FALSE;
  self->engine = yeji_sync_engine_new (self->store);
  yeji_sync_engine_start (self->engine);
  return TRUE;
}

static void
close_profile (YejiApplication *self)
{
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
  GtkWindow *window;

  close_profile (self);
  g_application_activate (G_APPLICATION (self));
  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (YEJI_IS_WINDOW (window))
    yeji_window_dictionary_show_reports (YEJI_WINDOW (window));
  self->reopening = FALSE;
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
on_window_gone (GtkWidget       *window,
                YejiApplication *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, reopen, g_object_ref (self), g_object_unref);
}

/* Forms, checks and the engine know the dictionary with which the profile was opened. */
static void
on_adopted (YejiWindow      *window,
            GPtrArray       *reports,
            YejiApplication *self)
{
  if (self->reopening)
    return;
  self->reopening = TRUE;
  g_application_hold (G_APPLICATION (self));
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_window_gone), self, 0);
  gtk_window_close (GTK_WINDOW (window));
}

static void
on_retry (GtkButton       *button,
          YejiApplication *self)
{
  GtkWindow *before = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button)));

  g_application_hold (G_APPLICATION (self));
  gtk_window_destroy (before);
  g_application_activate (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
}

/* Without its profile the program can do nothing but say why. */
static void
show_failure (YejiApplication *self,
              const GError    *error)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Try Again"));
  g_autofree char *sentence = yeji_error_to_sentence (error);
  g_autofree char *text = g_strdup_printf ("%s\n%s", sentence, self->profile);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  g_warning ("the profile %s cannot be opened: %s", self->profile, error->message);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("The Profile Cannot Be Opened"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), markup);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  gtk_widget_set_vexpand (page, TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_retry), self, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _("Yeji"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
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

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  GtkWindow *parent = gtk_application_get_active_window (data);

  adw_show_about_window (parent,
                         "application-name", _("Yeji"),
                         "application-icon", YEJI_APP_ID,
                         "version", YEJI_VERSION,
                         "developer-name", _("The Yeji authors"),
                         "comments",
                         _("Declares past construction projects to the province, without losing a keystroke."),
                         "copyright", "© 2026 The Yeji authors",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = on_quit },
  { .name = "about", .activate = on_about },
};

static void
yeji_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (yeji_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           (const char * const *) accels[i].keys);
  gtk_window_set_default_icon_name (YEJI_APP_ID);
}

static void
yeji_application_activate (GApplication *application)
{
  YejiApplication *self = YEJI_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (GError) error = NULL;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }
  if (!open_profile (self, &error))
    {
      show_failure (self, error);
      return;
    }
  window = GTK_WINDOW (yeji_window_new (GTK_APPLICATION (application), self->store, self->engine));
  g_signal_connect_object (window, "adopted", G_CALLBACK (on_adopted), self, 0);
  gtk_window_present (window);
}

/* Each profile is a program of its own: a second start raises the window of its profile only. */
static int
yeji_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  YejiApplication *self = YEJI_APPLICATION (application);
  g_autofree char *data = yeji_platform_get_data_dir ();
  g_autofree char *fallback = g_build_filename (data, "default", NULL);
  g_autoptr (GVariant) given = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *id = NULL;

  given = g_variant_dict_lookup_value (options, "profile", G_VARIANT_TYPE_BYTESTRING);
  self->profile = g_canonicalize_filename (given != NULL ? g_variant_get_bytestring (given)
                                                         : fallback, NULL);
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
  g_free (YEJI_APPLICATION (object)->profile);
  G_OBJECT_CLASS (yeji_application_parent_class)->finalize (object);
}

static void
yeji_application_class_init (YejiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yeji_application_finalize;
  application_class->startup = yeji_application_startup;
  application_class->activate = yeji_application_activate;
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
                       "resource-base-path", "/org/yeji/Yeji",
                       NULL);
}

/**
 * yeji_app_init:
 *
 * Loads translations and resources. Must run before any widget of this layer is made.
 */
void
yeji_app_init (void)
{
  const char *dir = g_getenv ("YEJI_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, dir != NULL ? dir : YEJI_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Yeji"));
  yeji_register_resource ();
  /* uploads are faster over HTTP/1.1, and libsoup has no other switch */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);
}
