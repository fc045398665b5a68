// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-opening"

#include "config.h"

#include "yeji-opening.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-backup.h"
#include "yeji-messages.h"
#include "yeji-opener.h"
#include "yeji-sql.h"

/* What opens before that is not spoken of. */
#define PATIENCE_MS 300
/* A window that is not drawn within this time is covered, or on another desk. */
#define FRAME_MS 1000

struct _YejiOpening
{
  GObject parent_instance;

  char *directory;
  YejiWindow *window;          /* (nullable): NULL when it was closed */
  YejiOpeningPage *page;       /* (nullable): until there is something to say */
  GCancellable *cancellable;   /* (nullable): of what is going on */
  guint timer;                 /* 0 when it is not waiting to speak */
  YejiStore *store;            /* (nullable): open, and waits for the first frame */
  GdkFrameClock *clock;        /* (nullable): that of the frame */
  guint handing;               /* source: hands the store over, 0 when there is none */
  GError *error;               /* (nullable): why the profile could not be opened */
  char *note;                  /* (nullable): what came of the last try to help it */
  gboolean helping;            /* what goes on is more than opening it */
};

enum
{
  OPENED,
  GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiOpening, yeji_opening, G_TYPE_OBJECT)

/* Without a profile there is nothing that the window's actions could work on. */
static void
enable_actions (YejiOpening *self,
                gboolean     enabled)
{
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (self->window);
  const GVariantType *parameter;
  const char *name, *property;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &name, &parameter, &property);
       i++)
    if (owner == YEJI_TYPE_WINDOW)
      gtk_widget_action_set_enabled (GTK_WIDGET (self->window), name, enabled);
}

static gpointer
list_backups (gpointer       directory,
              GCancellable  *cancellable,
              GError       **error)
{
  return yeji_backup_list (directory, error);
}

static void
on_backups (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiOpening) self = data;
  g_autoptr (GPtrArray) backups = yeji_background_finish (result, NULL);

  if (self->window != NULL && self->cancellable == NULL && self->error != NULL)
    yeji_opening_page_show_error (yeji_opening_get_page (self), self->error, backups, self->note);
}

static void
show_error (YejiOpening *self)
{
  if (g_error_matches (self->error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED))
    yeji_background_run (NULL, list_backups, g_strdup (self->directory), g_free,
                         (GDestroyNotify) g_ptr_array_unref, on_backups, g_object_ref (self));
  else
    yeji_opening_page_show_error (yeji_opening_get_page (self), self->error, NULL, self->note);
}

/* What was tried to help and failed has left the profile as it was: the same page goes on, and says
 * what came of it. */
static void
fail (YejiOpening *self,
      GError      *error)
{
  gboolean same = self->helping && self->error != NULL
                  && (error->domain == YEJI_BACKUP_ERROR
                      || g_error_matches (error, self->error->domain, self->error->code));

  g_message ("%s: %s", self->directory, error->message);
  g_clear_pointer (&self->note, g_free);
  if (same && g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED))
    self->note = g_strdup (_("That is not the right one. Compare each character."));
  else if (same)
    self->note = yeji_error_to_sentence (error);
  else
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
  show_error (self);
}

static void
give_back (YejiOpening *self)
{
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), NULL);
  enable_actions (self, TRUE);
  g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;
}

static void
forget_frame (YejiOpening *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  g_clear_handle_id (&self->handing, g_source_remove);
}

static void
hand_over (YejiOpening *self)
{
  g_autoptr (YejiStore) store = g_steal_pointer (&self->store);

  forget_frame (self);
  g_clear_object (&self->cancellable);
  give_back (self);
  g_signal_emit (self, signals[OPENED], 0, store);
}

static gboolean
hand_over_on_time (gpointer data)
{
  YejiOpening *self = data;

  self->handing = 0;
  hand_over (self);
  return G_SOURCE_REMOVE;
}

/* Once the frame is on its way to the screen. Not after all drawing is done: where that is slow, as
 * with GL and no processor for it, the spinner alone keeps it going. */
static void
on_painted (YejiOpening *self)
{
  forget_frame (self);
  self->handing = g_timeout_add_full (G_PRIORITY_DEFAULT, 1, hand_over_on_time,
                                      g_object_ref (self), g_object_unref);
}

/* What shows the records takes longer to make than the window takes to come up: where the profile
 * is open sooner than that, a frame comes first, and the program has been seen to start. */
static void
hand_over_soon (YejiOpening *self)
{
  GtkWidget *window = GTK_WIDGET (self->window);
  GdkFrameClock *clock = gtk_widget_get_mapped (window) ? gtk_widget_get_frame_clock (window)
                                                        : NULL;

  if (clock == NULL || gdk_frame_clock_get_frame_counter (clock) >= 0)
    {
      hand_over (self);
      return;
    }
  self->clock = g_object_ref (clock);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->handing = g_timeout_add_full (G_PRIORITY_DEFAULT, FRAME_MS, hand_over_on_time,
                                      g_object_ref (self), g_object_unref);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiOpening) self = data;
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->store = yeji_opener_finish (result, &error);
  if (self->store != NULL)
    {
      hand_over_soon (self);
      return;
    }
  g_clear_object (&self->cancellable);
  if (self->window == NULL)
    g_signal_emit (self, signals[GONE], 0);
  else
    fail (self, error);
}

static gboolean
speak (gpointer data)
{
  YejiOpening *self = data;

  self->timer = 0;
  yeji_opening_page_show_busy (yeji_opening_get_page (self), _("Opening the Profile…"),
                               _("After an update or a power cut, or with very many records, this "
                                 "can take a minute."));
  return G_SOURCE_REMOVE;
}

static void
on_retry (YejiOpening *self)
{
  if (self->cancellable == NULL)
    yeji_opening_start (self);
}

static void
on_unlock (YejiOpening *self,
           const char  *phrase)
{
  if (self->cancellable != NULL)
    return;
  self->helping = TRUE;
  self->cancellable = g_cancellable_new ();
  yeji_opening_page_show_busy (yeji_opening_get_page (self), _("Checking the Passphrase…"),
                               _("This takes some seconds on purpose, so that nobody can try "
                                 "many."));
  yeji_opener_unlock_async (self->directory, phrase, self->cancellable, on_done,
                            g_object_ref (self));
}

static void
on_forget (YejiOpening *self)
{
  if (self->cancellable != NULL)
    return;
  self->helping = TRUE;
  self->cancellable = g_cancellable_new ();
  yeji_opening_page_show_busy (yeji_opening_get_page (self), _("Opening without the Personal Numbers…"),
                               _("Every record is looked through. With very many of them this can "
                                 "take a minute."));
  yeji_opener_forget_async (self->directory, self->cancellable, on_done, g_object_ref (self));
}

static void
on_restore (YejiOpening *self,
            const char  *backup)
{
  if (self->cancellable == NULL)
    yeji_opening_restore (self, backup);
}

/* Closed before anything was drawn. */
static void
give_up (YejiOpening *self)
{
  forget_frame (self);
  g_clear_object (&self->cancellable);
  yeji_store_close (self->store);
  g_clear_object (&self->store);
  g_signal_emit (self, signals[GONE], 0);
}

/* What goes on cannot be left half done: it is told to end, and "gone" follows. */
static void
on_destroy (YejiOpening *self)
{
  self->window = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->store != NULL)
    give_up (self);
  else if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    g_signal_emit (self, signals[GONE], 0);
}

static void
yeji_opening_finalize (GObject *object)
{
  YejiOpening *self = YEJI_OPENING (object);

  g_assert (self->cancellable == NULL && self->timer == 0 && self->store == NULL);
  g_clear_object (&self->page);
  g_clear_error (&self->error);
  g_free (self->note);
  g_free (self->directory);
  G_OBJECT_CLASS (yeji_opening_parent_class)->finalize (object);
}

static void
yeji_opening_class_init (YejiOpeningClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_opening_finalize;

  signals[OPENED] = g_signal_new ("opened", YEJI_TYPE_OPENING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, YEJI_TYPE_STORE);
  signals[GONE] = g_signal_new ("gone", YEJI_TYPE_OPENING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
yeji_opening_init (YejiOpening *self)
{
}

/* Most profiles are open before there is anything to say, and nothing is shown sooner than this. */
static void
show_nothing (YejiWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
}

/**
 * yeji_opening_new:
 * @window: without a profile, not shown yet
 * @directory: the profile's
 *
 * Takes the window until there is a profile.
 *
 * Returns: (transfer full): to be started with yeji_opening_start()
 */
YejiOpening *
yeji_opening_new (YejiWindow *window,
                  const char *directory)
{
  YejiOpening *self = g_object_new (YEJI_TYPE_OPENING, NULL);

  self->window = window;
  self->directory = g_strdup (directory);
  show_nothing (window);
  enable_actions (self, FALSE);
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_destroy), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * yeji_opening_start:
 *
 * Opens the profile on another thread. The window says so only when that takes its time.
 */
void
yeji_opening_start (YejiOpening *self)
{
  g_return_if_fail (YEJI_IS_OPENING (self));
  g_return_if_fail (self->window != NULL && self->cancellable == NULL);

  self->helping = FALSE;
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (PATIENCE_MS, speak, self);
  yeji_opener_open_async (self->directory, self->cancellable, on_done, g_object_ref (self));
}

/**
 * yeji_opening_restore:
 * @backup: the path of a backup
 *
 * Restores a backup, and opens the profile as it is then.
 */
void
yeji_opening_restore (YejiOpening *self,
                      const char  *backup)
{
  g_return_if_fail (YEJI_IS_OPENING (self));
  g_return_if_fail (self->window != NULL && self->cancellable == NULL);

  self->helping = TRUE;
  self->cancellable = g_cancellable_new ();
  yeji_opening_page_show_busy (yeji_opening_get_page (self), _("Restoring the Backup…"),
                               _("It is restored into a copy and checked, and takes the place of "
                                 "what is there only then."));
  yeji_opener_restore_async (self->directory, backup, self->cancellable, on_done,
                             g_object_ref (self));
}

/**
 * yeji_opening_get_page:
 *
 * Returns: (transfer none): what the window shows meanwhile, made if it was not yet
 */
YejiOpeningPage *
yeji_opening_get_page (YejiOpening *self)
{
  if (self->page != NULL || self->window == NULL)
    return self->page;
  self->page = g_object_ref_sink (YEJI_OPENING_PAGE (yeji_opening_page_new (self->directory)));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window),
                                      GTK_WIDGET (self->page));
  g_signal_connect_object (self->page, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "unlock", G_CALLBACK (on_unlock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "forget", G_CALLBACK (on_forget), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "restore", G_CALLBACK (on_restore), self, G_CONNECT_SWAPPED);
  return self->page;
}
