// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-profiles-window"

#include "config.h"

#include "yeji-profiles-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-clock.h"
#include "yeji-folder.h"
#include "yeji-messages.h"
#include "yeji-profile-dialog.h"
#include "yeji-profile-row.h"
#include "yeji-profiles.h"
#include "yeji-take-over.h"

struct _YejiProfilesWindow
{
  AdwWindow parent_instance;

  GtkLabel *note;
  GtkStack *stack;
  GtkListBox *list;

  char *here;                  /* (nullable): the directory of the window's own profile */
  YejiStore *store;            /* (nullable): of that profile, when it is open */
  GPtrArray *profiles;         /* (element-type YejiProfile): as shown */
  char *wanted;                /* (nullable): the directory to be focused when it is listed */
  guint listing;               /* counts up: an older answer is not shown */
};

enum
{
  OPEN,
  LISTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiProfilesWindow, yeji_profiles_window, ADW_TYPE_WINDOW)

/* ---- The list */

static gboolean
is_here (YejiProfilesWindow *self,
         YejiProfile        *profile)
{
  return self->store != NULL && g_strcmp0 (self->here, yeji_profile_get_directory (profile)) == 0;
}

static void
focus_row (YejiProfilesWindow *self,
           int                 index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, index);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The row that had the focus, or holds what had it. */
static char *
find_focused (YejiProfilesWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  int index = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;

  if (index < 0 || (guint) index >= self->profiles->len)
    return NULL;
  return g_strdup (yeji_profile_get_directory (g_ptr_array_index (self->profiles, (guint) index)));
}

static void
show_profiles (YejiProfilesWindow *self,
               GPtrArray          *profiles)
{
  g_autofree char *today = yeji_clock_today ();
  g_autofree char *focused = find_focused (self);
  GtkListBoxRow *old;

  if (self->wanted != NULL)
    {
      g_free (focused);
      focused = g_steal_pointer (&self->wanted);
    }
  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  g_ptr_array_unref (self->profiles);
  self->profiles = g_ptr_array_ref (profiles);
  for (guint i = 0; i < profiles->len; i++)
    {
      YejiProfile *profile = g_ptr_array_index (profiles, i);

      gtk_list_box_append (self->list, yeji_profile_row_new (profile, i, today,
                                                             is_here (self, profile)));
    }
  gtk_stack_set_visible_child_name (self->stack, profiles->len > 0 ? "list" : "empty");
  for (guint i = 0; focused != NULL && i < profiles->len; i++)
    if (g_str_equal (focused, yeji_profile_get_directory (g_ptr_array_index (profiles, i))))
      focus_row (self, (int) i);
  if (focused == NULL)
    focus_row (self, 0);
  g_signal_emit (self, signals[LISTED], 0);
}

/* A task's source may be released on the task's thread, and no widget must end there: the window is
 * held by what the callback gets. */
typedef struct
{
  YejiProfilesWindow *window;
  guint number;
} Listing;

static gpointer
list_profiles (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return yeji_profiles_list ();
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Listing *listing = data;
  g_autoptr (YejiProfilesWindow) self = listing->window;
  g_autoptr (GPtrArray) profiles = yeji_background_finish (result, NULL);

  if (self->stack != NULL && profiles != NULL && listing->number == self->listing)
    show_profiles (self, profiles);
}

/* ---- What is done with one */

/* A change, on another thread. */
typedef struct
{
  YejiStore *store;            /* (nullable): the profile is open in this process */
  char *directory;             /* (nullable): NULL for a new one */
  char *name;
  char *code;                  /* (nullable) */
  char *due;                   /* (nullable) */
} Change;

static void
free_change (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->store);
  g_free (change->directory);
  g_free (change->name);
  g_free (change->code);
  g_free (change->due);
  g_free (change);
}

static gboolean
set (Change      *change,
     const char  *directory,
     const char  *setting,
     const char  *value,
     GError     **error)
{
  if (change->store != NULL)
    return yeji_store_set_setting (change->store, setting, value, error);
  return yeji_profiles_set (directory, setting, value, error);
}

static gpointer
run_change (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Change *change = data;
  g_autofree char *directory = g_strdup (change->directory);

  if (directory == NULL)
    directory = yeji_profiles_make (change->name, error);
  else if (!set (change, directory, YEJI_PROFILE_SETTING_NAME, change->name, error))
    return NULL;
  if (directory == NULL || !set (change, directory, YEJI_PROFILE_SETTING_CODE, change->code, error)
      || !set (change, directory, YEJI_PROFILE_SETTING_DUE, change->due, error))
    return NULL;
  return g_steal_pointer (&directory);
}

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiProfilesWindow) self = data;
  g_autoptr (GError) error = NULL;
  char *directory = yeji_background_finish (result, &error);

  if (self->stack == NULL)
    {
      g_free (directory);
      return;
    }
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED))
    yeji_profiles_window_say (self, _("It is open in another window. Change it there."));
  else if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE))
    yeji_profiles_window_say (self, _("It was not closed properly the last time. Open it first."));
  else if (error != NULL)
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      yeji_profiles_window_say (self, sentence);
    }
  g_free (self->wanted);
  self->wanted = directory;
  yeji_profiles_window_update (self);
}

static void
start_change (YejiProfilesWindow *self,
              YejiProfile        *profile,
              const char         *name,
              const char         *code,
              const char         *due)
{
  Change *change = g_new0 (Change, 1);

  if (profile != NULL)
    change->directory = g_strdup (yeji_profile_get_directory (profile));
  if (profile != NULL && is_here (self, profile))
    change->store = g_object_ref (self->store);
  change->name = g_strdup (name);
  change->code = g_strdup (code);
  change->due = g_strdup (due);
  yeji_background_run (NULL, run_change, change, free_change, g_free, on_changed,
                       g_object_ref (self));
}

static void
on_edited (YejiProfileDialog  *dialog,
           const char         *name,
           const char         *code,
           const char         *due,
           YejiProfilesWindow *self)
{
  start_change (self, g_object_get_data (G_OBJECT (dialog), "profile"), name, code, due);
}

static void
ask (YejiProfilesWindow *self,
     YejiProfile        *profile)
{
  GtkWidget *dialog = yeji_profile_dialog_new (GTK_WINDOW (self), profile);

  if (profile != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "profile", g_object_ref (profile), g_object_unref);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_edited), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_new (GtkWidget  *widget,
        const char *name,
        GVariant   *target)
{
  ask (YEJI_PROFILES_WINDOW (widget), NULL);
}

static void
on_taken_over (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (YejiProfilesWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = yeji_take_over_finish (result, &error);

  if (self->stack == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (directory != NULL)
    {
      g_free (self->wanted);
      self->wanted = g_steal_pointer (&directory);
      yeji_profiles_window_update (self);
    }
  else
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      yeji_profiles_window_say (self, sentence);
    }
}

static void
on_file_chosen (GtkWindow  *window,
                const char *path)
{
  yeji_profiles_window_take_over (YEJI_PROFILES_WINDOW (window), path);
}

static void
on_take_over (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  yeji_take_over_choose (GTK_WINDOW (widget), on_file_chosen);
}

static void
do_open (YejiProfilesWindow *self,
         YejiProfile        *profile)
{
  g_signal_emit (self, signals[OPEN], 0, yeji_profile_get_directory (profile));
}

static void
do_edit (YejiProfilesWindow *self,
         YejiProfile        *profile)
{
  ask (self, profile);
}

static void
do_folder (YejiProfilesWindow *self,
           YejiProfile        *profile)
{
  yeji_folder_show (GTK_WIDGET (self), yeji_profile_get_directory (profile));
}

static gpointer
forget (gpointer       directory,
        GCancellable  *cancellable,
        GError       **error)
{
  yeji_profiles_forget (directory, error);
  return NULL;
}

static void
do_forget (YejiProfilesWindow *self,
           YejiProfile        *profile)
{
  yeji_background_run (NULL, forget, g_strdup (yeji_profile_get_directory (profile)), g_free,
                       g_free, on_changed, g_object_ref (self));
}

static const struct
{
  const char *name;
  void (*act) (YejiProfilesWindow *self, YejiProfile *profile);
} actions[] = {
  { "profile.open", do_open },
  { "profile.edit", do_edit },
  { "profile.folder", do_folder },
  { "profile.forget", do_forget },
};

static void
on_action (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiProfilesWindow *self = YEJI_PROFILES_WINDOW (widget);
  guint index = g_variant_get_uint32 (target);
  g_autoptr (YejiProfile) profile = NULL;

  if (index >= self->profiles->len)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  profile = g_object_ref (g_ptr_array_index (self->profiles, index));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].act (self, profile);
}

static void
on_row_activated (YejiProfilesWindow *self,
                  GtkListBoxRow      *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "profile.open", "u",
                              (guint) gtk_list_box_row_get_index (row));
}

/* Whoever comes back from another window wants to see what became of it. */
static void
on_active (YejiProfilesWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    yeji_profiles_window_update (self);
}

static void
yeji_profiles_window_dispose (GObject *object)
{
  YejiProfilesWindow *self = YEJI_PROFILES_WINDOW (object);

  self->stack = NULL;
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_profiles_window_parent_class)->dispose (object);
}

static void
yeji_profiles_window_finalize (GObject *object)
{
  YejiProfilesWindow *self = YEJI_PROFILES_WINDOW (object);

  g_ptr_array_unref (self->profiles);
  g_free (self->here);
  g_free (self->wanted);
  G_OBJECT_CLASS (yeji_profiles_window_parent_class)->finalize (object);
}

static void
yeji_profiles_window_class_init (YejiProfilesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_profiles_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_profiles_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-profiles-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiProfilesWindow, note);
  gtk_widget_class_bind_template_child (widget_class, YejiProfilesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiProfilesWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "profile.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "profile.take-over", NULL, on_take_over);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, "u", on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "profile.new",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[OPEN] = g_signal_new ("open", YEJI_TYPE_PROFILES_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LISTED] = g_signal_new ("listed", YEJI_TYPE_PROFILES_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_profiles_window_init (YejiProfilesWindow *self)
{
  self->profiles = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Enterprises"));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
}

/**
 * yeji_profiles_window_new:
 * @directory: of the program's own profile
 * @store: (nullable): that profile, when it is open
 *
 * Returns: (transfer none): a window, owned by GTK
 */
GtkWidget *
yeji_profiles_window_new (GtkWindow  *parent,
                          const char *directory,
                          YejiStore  *store)
{
  YejiProfilesWindow *self = g_object_new (YEJI_TYPE_PROFILES_WINDOW,
                                           "transient-for", parent, NULL);

  self->here = g_strdup (directory);
  self->wanted = g_strdup (directory);
  g_set_object (&self->store, store);
  yeji_profiles_window_update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_profiles_window_get_n_shown:
 *
 * Returns: how many there are; 0 before they are read
 */
guint
yeji_profiles_window_get_n_shown (YejiProfilesWindow *self)
{
  return self->profiles->len;
}

/**
 * yeji_profiles_window_update:
 *
 * Looks at all of them again.
 */
void
yeji_profiles_window_update (YejiProfilesWindow *self)
{
  Listing *listing;

  g_return_if_fail (YEJI_IS_PROFILES_WINDOW (self));

  listing = g_new (Listing, 1);
  listing->window = g_object_ref (self);
  listing->number = ++self->listing;
  yeji_background_run (NULL, list_profiles, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                       on_listed, listing);
}

/**
 * yeji_profiles_window_say:
 *
 * Says why something could not be done, until the next thing is done.
 */
void
yeji_profiles_window_say (YejiProfilesWindow *self,
                          const char         *text)
{
  gtk_label_set_text (self->note, text);
  gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
}

/**
 * yeji_profiles_window_take_over:
 * @path: an enterprise as one file, from another computer
 *
 * Unpacks it into a folder of its own and shows it.
 */
void
yeji_profiles_window_take_over (YejiProfilesWindow *self,
                                const char         *path)
{
  g_return_if_fail (YEJI_IS_PROFILES_WINDOW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
  yeji_take_over_async (GTK_WINDOW (self), path, on_taken_over, g_object_ref (self));
}
