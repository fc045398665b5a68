// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-dictionary-dialog"

#include "config.h"

#include "yeji-dictionary-dialog.h"

#include <glib/gi18n.h>

struct _YejiDictionaryDialog
{
  AdwWindow parent_instance;

  GtkLabel *versions;
  GtkLabel *drafts;
  GtkLabel *error;
  GtkButton *later;
  GtkButton *update;
  GtkBox *working;
  GtkSpinner *spinner;
  gboolean gone;
};

enum
{
  UPDATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiDictionaryDialog, yeji_dictionary_dialog, ADW_TYPE_WINDOW)

static void
set_working (YejiDictionaryDialog *self,
             gboolean              working)
{
  gtk_spinner_set_spinning (self->spinner, working);
  gtk_widget_set_visible (GTK_WIDGET (self->working), working);
  gtk_widget_set_sensitive (GTK_WIDGET (self->update), !working);
  gtk_widget_set_sensitive (GTK_WIDGET (self->later), !working);
}

/* What has begun is not left behind: it takes seconds. */
static gboolean
yeji_dictionary_dialog_close_request (GtkWindow *window)
{
  return gtk_spinner_get_spinning (YEJI_DICTIONARY_DIALOG (window)->spinner)
         || GTK_WINDOW_CLASS (yeji_dictionary_dialog_parent_class)->close_request (window);
}

/* Whoever waits for the end may hear of it after the dialog is gone. */
static void
yeji_dictionary_dialog_dispose (GObject *object)
{
  YEJI_DICTIONARY_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (yeji_dictionary_dialog_parent_class)->dispose (object);
}

static void
yeji_dictionary_dialog_class_init (YejiDictionaryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_dictionary_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = yeji_dictionary_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-dictionary-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, versions);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, drafts);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, error);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, later);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, update);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, working);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, yeji_dictionary_dialog_update);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[UPDATE] = g_signal_new ("update", YEJI_TYPE_DICTIONARY_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_dictionary_dialog_init (YejiDictionaryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_dictionary_dialog_new:
 * @from: the version that counts now
 * @to: the version that is offered
 * @n_drafts: how many drafts it is about
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
GtkWidget *
yeji_dictionary_dialog_new (GtkWindow  *parent,
                            const char *from,
                            const char *to,
                            guint       n_drafts)
{
  YejiDictionaryDialog *self = g_object_new (YEJI_TYPE_DICTIONARY_DIALOG,
                                             "transient-for", parent, NULL);
  g_autofree char *versions = g_strdup_printf (_("From version %s to version %s"), from, to);
  g_autofree char *drafts = NULL;

  drafts = g_strdup_printf (ngettext ("%u draft is converted. What the province has stays as it "
                                      "was sent.",
                                      "%u drafts are converted. What the province has stays as it "
                                      "was sent.", n_drafts), n_drafts);
  gtk_label_set_text (self->versions, versions);
  gtk_label_set_text (self->drafts, drafts);
  return GTK_WIDGET (self);
}

/**
 * yeji_dictionary_dialog_update:
 *
 * Says that it is wanted, as the button does.
 */
void
yeji_dictionary_dialog_update (YejiDictionaryDialog *self)
{
  g_return_if_fail (YEJI_IS_DICTIONARY_DIALOG (self));

  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  set_working (self, TRUE);
  g_signal_emit (self, signals[UPDATE], 0);
}

/**
 * yeji_dictionary_dialog_fail:
 *
 * Says why nothing was changed, and lets the clerk try again.
 */
void
yeji_dictionary_dialog_fail (YejiDictionaryDialog *self,
                             const char           *sentence)
{
  g_autofree char *text = NULL;

  g_return_if_fail (YEJI_IS_DICTIONARY_DIALOG (self));

  if (self->gone)
    return;
  text = g_strdup_printf (_("Nothing was changed. %s"), sentence);
  gtk_label_set_text (self->error, text);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
  set_working (self, FALSE);
}

/**
 * yeji_dictionary_dialog_get_error:
 *
 * Returns: (nullable): why nothing was changed the last time
 */
const char *
yeji_dictionary_dialog_get_error (YejiDictionaryDialog *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->error)) ? gtk_label_get_text (self->error)
                                                           : NULL;
}
