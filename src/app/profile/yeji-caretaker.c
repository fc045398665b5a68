// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-caretaker"

#include "config.h"

#include "yeji-caretaker.h"

#include "yeji-background.h"
#include "yeji-profiles.h"
#include "yeji-recheck.h"
#include "yeji-store-chores.h"

/* Each chore knows itself when it is due; this is how often it is asked. */
#define HOUR_SECONDS 3600

/* Who has just opened a profile looks for a record and opens it. */
#define RECHECK_SECONDS 5

struct _YejiCaretaker
{
  GObject parent_instance;

  GtkWindow *window;           /* (unowned) (nullable): until its first frame, or its end */
  GdkFrameClock *clock;        /* (nullable): the same */
  YejiStore *store;
  YejiRecheck *recheck;        /* (nullable): until it begins */
  GCancellable *cancellable;
  guint timer;
  guint recheck_timer;         /* source: begins it */
};

G_DEFINE_FINAL_TYPE (YejiCaretaker, yeji_caretaker, G_TYPE_OBJECT)

static gpointer
remember (gpointer       directory,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!yeji_profiles_remember (directory, &local_error))
    g_message ("the profile is not remembered: %s", local_error->message);
  return NULL;
}

static void
on_remembered (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GApplication) application = data;

  if (application != NULL)
    g_application_release (application);
}

/* The program does not end in between, or it would start with another profile the next time. */
static void
remember_profile (YejiCaretaker *self)
{
  GApplication *application = g_application_get_default ();

  if (application != NULL)
    g_application_hold (g_object_ref (application));
  yeji_background_run (NULL, remember, g_strdup (yeji_store_get_directory (self->store)), g_free,
                       NULL, on_remembered, application);
}

/* What failed leaves a notice where the clerk must know of it. */
static void
on_chores_done (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!yeji_store_do_chores_finish (YEJI_STORE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("chores: %s", error->message);
}

static gboolean
do_chores (gpointer data)
{
  YejiCaretaker *self = data;

  yeji_store_do_chores_async (self->store, self->cancellable, on_chores_done, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_recheck (gpointer data)
{
  YejiCaretaker *self = data;

  self->recheck_timer = 0;
  self->recheck = yeji_recheck_new (self->store);
  return G_SOURCE_REMOVE;
}

static void
forget_window (YejiCaretaker *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  g_clear_object (&self->clock);
  self->window = NULL;
}

static void
on_painted (YejiCaretaker *self)
{
  forget_window (self);
  remember_profile (self);
  do_chores (self);
  self->timer = g_timeout_add_seconds (HOUR_SECONDS, do_chores, self);
  self->recheck_timer = g_timeout_add_seconds_full (G_PRIORITY_LOW, RECHECK_SECONDS, begin_recheck,
                                                    self, NULL);
}

/* Closed again before it was drawn: it was the last one nevertheless. */
static void
on_unrealized (YejiCaretaker *self)
{
  forget_window (self);
  remember_profile (self);
}

static void
on_realized (YejiCaretaker *self)
{
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (self->window)));
  g_signal_connect_object (self->clock, "after-paint", G_CALLBACK (on_painted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
yeji_caretaker_dispose (GObject *object)
{
  YejiCaretaker *self = YEJI_CARETAKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->recheck_timer, g_source_remove);
  if (self->recheck != NULL)
    yeji_recheck_stop (self->recheck);
  g_clear_object (&self->recheck);
  forget_window (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_caretaker_parent_class)->dispose (object);
}

static void
yeji_caretaker_finalize (GObject *object)
{
  g_object_unref (YEJI_CARETAKER (object)->cancellable);
  G_OBJECT_CLASS (yeji_caretaker_parent_class)->finalize (object);
}

static void
yeji_caretaker_class_init (YejiCaretakerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_caretaker_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_caretaker_finalize;
}

static void
yeji_caretaker_init (YejiCaretaker *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * yeji_caretaker_new:
 * @window: that shows the profile, or will
 *
 * Remembers the profile as the last one, and does its chores, at once and every hour; not before
 * the window has drawn a frame, because that is what the clerk waits for. Records that an older
 * version has left unchecked are checked a little later.
 *
 * Returns: (transfer full): to be released before the store is closed
 */
YejiCaretaker *
yeji_caretaker_new (GtkWindow *window,
                    YejiStore *store)
{
  YejiCaretaker *self = g_object_new (YEJI_TYPE_CARETAKER, NULL);

  self->store = g_object_ref (store);
  self->window = window;
  g_signal_connect_object (window, "unrealize", G_CALLBACK (on_unrealized), self,
                           G_CONNECT_SWAPPED);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    on_realized (self);
  else
    g_signal_connect_object (window, "realize", G_CALLBACK (on_realized), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
