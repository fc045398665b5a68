// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is done with a qualification list as a whole: sent, taken back, removed. */

#define G_LOG_DOMAIN "yeji-use-window"

#include "config.h"

#include "yeji-use-window-private.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-messages.h"
#include "yeji-toast.h"
#include "yeji-use-words.h"

/**
 * yeji_use_keeping_new: (skip)
 *
 * Returns: (transfer full): the list on the screen as it is now, to be kept on another thread
 */
YejiUseKeeping *
yeji_use_keeping_new (YejiUseWindow *self)
{
  YejiUseKeeping *keeping = g_new0 (YejiUseKeeping, 1);

  keeping->store = g_object_ref (self->store);
  keeping->list = yeji_use_list_copy (self->list);
  return keeping;
}

void
yeji_use_keeping_free (gpointer data)
{
  YejiUseKeeping *keeping = data;

  g_object_unref (keeping->store);
  yeji_use_list_free (keeping->list);
  g_free (keeping);
}

static void
on_stepped (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = yeji_background_finish (result, &error);
  g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

  if (self->store == NULL)
    return;
  yeji_toast_say (self->toasts, id != NULL ? data : sentence);
  if (self->engine != NULL)
    yeji_sync_engine_wake (self->engine);
  yeji_use_window_refresh (self);
}

/* What was ticked meanwhile makes it a draft again. */
static void
on_queued (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (source);

  self->saving = 0;
  on_stepped (source, result, data);
  yeji_use_window_save (self);
}

/* The list may have been ticked a moment ago: it is kept first. */
static gpointer
run_queue (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  YejiUseKeeping *keeping = data;

  return yeji_store_save_use_list (keeping->store, keeping->list, error)
         && yeji_store_queue_use_list (keeping->store, keeping->list->id, keeping->again, error)
           ? g_strdup (keeping->list->id) : NULL;
}

/**
 * yeji_use_steps_send: (skip)
 *
 * Lets the list be sent. What is being kept just now comes first: were it written after the list was
 * queued, it would be a draft again.
 */
void
yeji_use_steps_send (YejiUseWindow  *self,
                     YejiUseSending  how)
{
  YejiUseKeeping *keeping;

  self->sending = how;
  if (self->saving != 0)
    return;
  self->sending = YEJI_USE_SENDING_NOT;
  g_clear_handle_id (&self->save_due, g_source_remove);
  self->edited++;
  self->saved = self->saving = self->edited;
  keeping = yeji_use_keeping_new (self);
  self->list->state = YEJI_USE_QUEUED;
  keeping->again = how == YEJI_USE_SENDING_AGAIN;
  yeji_background_run (self, run_queue, keeping, yeji_use_keeping_free, g_free, on_queued,
                       (gpointer) _("The list waits to be sent"));
}

static void
on_twice_answered (AdwMessageDialog *dialog,
                   const char       *response,
                   YejiUseWindow    *self)
{
  if (g_str_equal (response, "send") && self->store != NULL)
    yeji_use_steps_send (self, YEJI_USE_SENDING_AGAIN);
}

static void
ask_twice (YejiUseWindow *self,
           const char    *warning)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self),
                                                                         _("Use Records Twice?"),
                                                                         NULL));
  g_autofree char *body = g_strdup_printf (_("Other lists carry records of this one already:\n%s"),
                                           warning);

  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "send",
                                    _("Send _All the Same"), NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_twice_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_send (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (widget);
  g_autofree char *warning = yeji_use_choice_warn_twice (self->choice, self->list);

  if (warning != NULL)
    ask_twice (self, warning);
  else
    yeji_use_steps_send (self, YEJI_USE_SENDING_ONCE);
}

static void
on_send_again (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  yeji_use_steps_send (YEJI_USE_WINDOW (widget), YEJI_USE_SENDING_AGAIN);
}

static gpointer
run_withdraw (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  YejiUseKeeping *keeping = data;

  return yeji_store_withdraw_use_list (keeping->store, keeping->list->id, error)
           ? g_strdup (keeping->list->id) : NULL;
}

static void
on_withdraw (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (widget);

  yeji_background_run (self, run_withdraw, yeji_use_keeping_new (self), yeji_use_keeping_free, g_free, on_stepped,
                       (gpointer) _("The list is taken back"));
}

static gpointer
run_remove (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  YejiUseKeeping *keeping = data;

  return yeji_store_remove_use_list (keeping->store, keeping->list->id, TRUE, error)
           ? g_strdup (keeping->list->id) : NULL;
}

static gpointer
run_restore (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  YejiUseKeeping *keeping = data;

  return yeji_store_remove_use_list (keeping->store, keeping->list->id, FALSE, error)
           ? g_strdup (keeping->list->id) : NULL;
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (source);
  g_autofree char *id = yeji_background_finish (result, NULL);

  if (id != NULL && self->store != NULL)
    yeji_use_window_show_list (self, id);
}

static void
on_undo (AdwToast *toast,
         YejiUseKeeping  *keeping)
{
  GtkWidget *window = g_object_get_data (G_OBJECT (toast), "yeji-use-window");
  YejiUseKeeping *copy;

  if (window == NULL || YEJI_USE_WINDOW (window)->store == NULL)
    return;
  copy = g_new0 (YejiUseKeeping, 1);
  copy->store = g_object_ref (keeping->store);
  copy->list = yeji_use_list_copy (keeping->list);
  yeji_background_run (window, run_restore, copy, yeji_use_keeping_free, g_free, on_restored, NULL);
}

static void
free_toast_data (gpointer  data,
                 GClosure *closure)
{
  yeji_use_keeping_free (data);
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (source);
  YejiUseKeeping *keeping = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = yeji_background_finish (result, &error);
  g_autoptr (AdwToast) toast = NULL;

  if (self->store == NULL || id == NULL)
    {
      g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

      if (sentence != NULL && self->store != NULL)
        yeji_toast_say (self->toasts, sentence);
      yeji_use_keeping_free (keeping);
      return;
    }
  toast = yeji_toast_offer_undo (self->toasts, _("The list was removed"));
  g_object_set_data (G_OBJECT (toast), "yeji-use-window", self);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), keeping, free_toast_data,
                         0);
  gtk_widget_activate_action (GTK_WIDGET (self), "use.new", NULL);
  yeji_use_window_refresh (self);
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiUseWindow *self = YEJI_USE_WINDOW (widget);

  self->saved = self->edited;
  yeji_background_run (self, run_remove, yeji_use_keeping_new (self), yeji_use_keeping_free, g_free, on_removed,
                       yeji_use_keeping_new (self));
}

/**
 * yeji_use_steps_install: (skip)
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_use_steps_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "use.send", NULL, on_send);
  gtk_widget_class_install_action (klass, "use.send-again", NULL, on_send_again);
  gtk_widget_class_install_action (klass, "use.withdraw", NULL, on_withdraw);
  gtk_widget_class_install_action (klass, "use.remove", NULL, on_remove);
}
