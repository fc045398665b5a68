// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-trust-row"

#include "config.h"

#include "yeji-trust-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-keyring.h"
#include "yeji-token-place.h"
#include "yeji-trust.h"

struct _YejiTrustRow
{
  AdwExpanderRow parent_instance;

  AdwEntryRow *key;
  AdwEntryRow *authority;
  AdwActionRow *place;

  YejiStore *store;
  GtkFileChooserNative *chooser;   /* (nullable): while it is open */
};

G_DEFINE_FINAL_TYPE (YejiTrustRow, yeji_trust_row, ADW_TYPE_EXPANDER_ROW)

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           YejiTrustRow    *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->authority), path);
  g_clear_object (&self->chooser);
}

static void
on_choose (YejiTrustRow *self)
{
  static const char * const patterns[] = { "*.pem", "*.crt", "*.cer" };
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Certificates of the Authority"),
                                               GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Choose"), NULL);
  gtk_file_filter_set_name (filter, _("Certificates"));
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static AdwEntryRow *
add_entry (YejiTrustRow *self,
           const char   *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  yeji_a11y_name_entry_row (row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return ADW_ENTRY_ROW (row);
}

static void
add_choose_button (YejiTrustRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Choose a File"));
  yeji_a11y_set_name (button, _("Choose a File"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_choose), self);
  adw_entry_row_add_suffix (self->authority, button);
}

/* Where it is, or will be. */
static const char *
describe_place (YejiTrustRow *self)
{
  YejiTokenPlace place = yeji_token_place_get (self->store);
  gboolean keyring = place == YEJI_TOKEN_PLACE_KEYRING
                     || (place == YEJI_TOKEN_PLACE_NONE && yeji_keyring_is_there ());

  return keyring ? _("In the keyring of this computer")
                 : _("Encrypted in a file of yours, as this computer has no keyring");
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
yeji_trust_row_dispose (GObject *object)
{
  YejiTrustRow *self = YEJI_TRUST_ROW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_trust_row_parent_class)->dispose (object);
}

static void
yeji_trust_row_class_init (YejiTrustRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_trust_row_dispose;
}

static void
yeji_trust_row_init (YejiTrustRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Advanced"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _("By what the province is recognised"));
  yeji_a11y_set_name (GTK_WIDGET (self), _("Advanced"));
  self->key = add_entry (self, _("Fingerprint of its key (SHA-256)"));
  self->authority = add_entry (self, _("File with the certificates of its authority"));
  add_choose_button (self);
  self->place = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place), _("Where the sign-in is kept"));
  yeji_a11y_set_name (GTK_WIDGET (self->place), _("Where the sign-in is kept"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->place));
}

/**
 * yeji_trust_row_set_store:
 *
 * Shows what a profile demands of its province.
 */
void
yeji_trust_row_set_store (YejiTrustRow *self,
                          YejiStore    *store)
{
  g_auto (YejiTrustSettings) settings = { NULL };

  g_return_if_fail (YEJI_IS_TRUST_ROW (self));

  g_set_object (&self->store, store);
  yeji_trust_settings_read (&settings, store, NULL);
  set_text (self->key, settings.key);
  set_text (self->authority, settings.authority);
  adw_action_row_set_subtitle (self->place, describe_place (self));
  yeji_a11y_set_description (GTK_WIDGET (self->place), describe_place (self));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self),
                                 settings.key != NULL || settings.authority != NULL);
}

/**
 * yeji_trust_row_apply:
 *
 * Keeps what was entered. Fails as yeji_trust_settings_write() does, and unfolds then.
 */
gboolean
yeji_trust_row_apply (YejiTrustRow  *self,
                      GError       **error)
{
  g_auto (YejiTrustSettings) settings = {
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key)))),
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->authority)))),
  };

  g_return_val_if_fail (YEJI_IS_TRUST_ROW (self), FALSE);

  if (*settings.key == '\0')
    g_clear_pointer (&settings.key, g_free);
  if (*settings.authority == '\0')
    g_clear_pointer (&settings.authority, g_free);
  if (yeji_trust_settings_write (&settings, self->store, error))
    return TRUE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  return FALSE;
}
