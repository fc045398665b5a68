// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sign-in-dialog"

#include "config.h"

#include "yeji-sign-in-dialog.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-focus.h"
#include "yeji-messages.h"
#include "yeji-sync-words.h"
#include "yeji-trust-row.h"

struct _YejiSignInDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *group;
  AdwEntryRow *url;
  AdwEntryRow *user;
  AdwPasswordEntryRow *password;
  YejiTrustRow *trust;
  GtkLabel *error;
  GtkButton *sign_in;
  GtkSpinner *spinner;

  YejiSyncEngine *engine;
  GCancellable *cancellable;
};

enum
{
  SIGNED_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiSignInDialog, yeji_sign_in_dialog, ADW_TYPE_WINDOW)

static gboolean
is_filled (gpointer row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0';
}

static void
update (YejiSignInDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in),
                            is_filled (self->url) && is_filled (self->user)
                            && is_filled (self->password)
                            && !gtk_spinner_get_spinning (self->spinner));
}

static void
set_busy (YejiSignInDialog *self,
          gboolean          busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  update (self);
}

static void
tell (YejiSignInDialog *self,
      const GError     *error)
{
  g_autofree char *sentence = yeji_error_to_sentence (error);

  gtk_label_set_text (self->error, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
  yeji_a11y_set_description (GTK_WIDGET (self->sign_in), sentence);
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiSignInDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (yeji_sync_engine_sign_in_finish (YEJI_SYNC_ENGINE (source), result, &error))
    {
      g_signal_emit (self, signals[SIGNED_IN], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  tell (self, error);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE)
                         || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE)
                           ? GTK_WIDGET (self->url) : GTK_WIDGET (self->password));
}

static void
on_sign_in (YejiSignInDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->sign_in)))
    return;
  if (!yeji_trust_row_apply (self->trust, &error))
    {
      tell (self, error);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  set_busy (self, TRUE);
  yeji_sync_engine_sign_in_async (self->engine, gtk_editable_get_text (GTK_EDITABLE (self->url)),
                                  gtk_editable_get_text (GTK_EDITABLE (self->user)),
                                  gtk_editable_get_text (GTK_EDITABLE (self->password)),
                                  self->cancellable, on_signed_in, g_object_ref (self));
}

static void
on_cancel (YejiSignInDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
yeji_sign_in_dialog_dispose (GObject *object)
{
  YejiSignInDialog *self = YEJI_SIGN_IN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (yeji_sign_in_dialog_parent_class)->dispose (object);
}

static void
yeji_sign_in_dialog_finalize (GObject *object)
{
  g_clear_object (&YEJI_SIGN_IN_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (yeji_sign_in_dialog_parent_class)->finalize (object);
}

static void
yeji_sign_in_dialog_class_init (YejiSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_sign_in_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_sign_in_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, group);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, url);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, user);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, password);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, trust);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, error);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, sign_in);
  gtk_widget_class_bind_template_child (widget_class, YejiSignInDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[SIGNED_IN] = g_signal_new ("signed-in", YEJI_TYPE_SIGN_IN_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_sign_in_dialog_init (YejiSignInDialog *self)
{
  self->cancellable = g_cancellable_new ();
  g_type_ensure (YEJI_TYPE_TRUST_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_focus_leave_at_end (GTK_WINDOW (self));
  yeji_a11y_name_entry_row (self->url);
  yeji_a11y_name_entry_row (self->user);
  yeji_a11y_name_entry_row (self->password);
  update (self);
}

/* Who did not sign out wants to know why. */
static void
show_ended (YejiSignInDialog *self)
{
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;

  if (yeji_sync_engine_get_state (self->engine) != YEJI_SYNC_ENDED)
    return;
  words = yeji_sync_words (yeji_sync_engine_get_outcome (self->engine), NULL,
                           YEJI_SYNC_TELLER_ENGINE);
  markup = g_markup_escape_text (words, -1);
  adw_preferences_group_set_description (self->group, markup);
}

/**
 * yeji_sign_in_dialog_new:
 * @parent: (nullable)
 * @store: of the profile that signs in
 * @url: (nullable): the address that was used last
 * @user: (nullable): the user that was signed in last
 *
 * Returns: (transfer none): the dialog, owned by GTK like every window
 */
GtkWidget *
yeji_sign_in_dialog_new (GtkWindow      *parent,
                         YejiSyncEngine *engine,
                         YejiStore      *store,
                         const char     *url,
                         const char     *user)
{
  YejiSignInDialog *self = g_object_new (YEJI_TYPE_SIGN_IN_DIALOG, "transient-for", parent, NULL);

  self->engine = g_object_ref (engine);
  show_ended (self);
  yeji_trust_row_set_store (self->trust, store);
  gtk_editable_set_text (GTK_EDITABLE (self->url), url != NULL ? url : "");
  gtk_editable_set_text (GTK_EDITABLE (self->user), user != NULL ? user : "");
  gtk_widget_grab_focus (url == NULL ? GTK_WIDGET (self->url)
                         : user == NULL ? GTK_WIDGET (self->user) : GTK_WIDGET (self->password));
  return GTK_WIDGET (self);
}
