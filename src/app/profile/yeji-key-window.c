// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-key-window"

#include "config.h"

#include "yeji-key-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-focus.h"
#include "yeji-messages.h"
#include "yeji-store-vault.h"
#include "yeji-toast.h"

/* Shorter ones are guessed, whatever the derivation costs. */
#define MIN_PASSPHRASE 8

struct _YejiKeyWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwPreferencesPage *page;
  GtkSpinner *spinner;
  AdwActionRow *place_row;
  AdwActionRow *recovery_row;
  GtkButton *recovery_button;
  GtkWidget *code_box;
  GtkLabel *code;
  AdwActionRow *passphrase_row;
  GtkButton *passphrase_button;
  GtkButton *no_passphrase_button;
  AdwActionRow *rotate_row;

  YejiStore *store;            /* (nullable): the window was closed */
  gboolean busy;
};

static const struct
{
  const char *place;
  const char *text;
} places[] = {
  { "keyring", N_("The key is in the keyring of this computer and opens when you sign in to it.") },
  { "file", N_("This computer has no keyring. The key is in a file of your user account, outside the records.") },
  { "hand", N_("The key is nowhere on this computer. The passphrase is asked for at each start.") },
};

/* One thing that is done in the background, and its result as a text. */
typedef struct
{
  YejiStore *store;
  char *(*work) (YejiStore   *store,
                 const char  *text,
                 GError     **error);
  char *text;                  /* (nullable) */
} Job;

G_DEFINE_FINAL_TYPE (YejiKeyWindow, yeji_key_window, ADW_TYPE_WINDOW)

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_free (job->text);
  g_free (job);
}

static gpointer
run_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Job *job = data;

  return job->work (job->store, job->text, error);
}

static void
set_busy (YejiKeyWindow *self,
          gboolean       busy)
{
  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->page), !busy);
}

static void
start (YejiKeyWindow        *self,
       char               *(*work) (YejiStore   *store,
                                    const char  *text,
                                    GError     **error),
       const char           *text,
       GAsyncReadyCallback   callback)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (self->store);
  job->work = work;
  job->text = g_strdup (text);
  set_busy (self, TRUE);
  yeji_background_run (self, run_job, job, free_job, g_free, callback, g_object_ref (self));
}

static void
show_status (YejiKeyWindow       *self,
             const YejiKeyStatus *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].place, status->place))
      adw_action_row_set_subtitle (self->place_row, _(places[i].text));
  adw_action_row_set_subtitle (self->recovery_row,
                               status->has_recovery_code
                                 ? _("There is one. A new one makes the old one worthless.")
                                 : _("There is none. Without it, a lost key takes the personal numbers with it."));
  gtk_button_set_label (self->recovery_button,
                        status->has_recovery_code ? _("Make a New One") : _("Make One"));
  adw_action_row_set_subtitle (self->passphrase_row,
                               status->has_passphrase
                                 ? _("A passphrase opens this enterprise's numbers on any computer.")
                                 : _("None is set."));
  gtk_button_set_label (self->passphrase_button,
                        status->has_passphrase ? _("Change…") : _("Set…"));
  gtk_widget_set_visible (GTK_WIDGET (self->no_passphrase_button), status->has_passphrase);
}

static gpointer
read_status (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return yeji_store_get_key_status (data, error);
}

/* TRUE when the window still is there and @error says nothing. */
static gboolean
end_job (YejiKeyWindow *self,
         const GError  *error)
{
  g_autofree char *sentence = NULL;

  if (self->store == NULL)
    return FALSE;
  set_busy (self, FALSE);
  if (error == NULL)
    return TRUE;
  g_message ("%s", error->message);
  sentence = yeji_error_to_sentence (error);
  g_object_unref (yeji_toast_show (self->toasts, sentence));
  return FALSE;
}

static void
on_status (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiKeyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiKeyStatus) status = yeji_background_finish (result, &error);

  if (end_job (self, error))
    show_status (self, status);
}

static void
update (YejiKeyWindow *self)
{
  set_busy (self, TRUE);
  yeji_background_run (self, read_status, g_object_ref (self->store), g_object_unref,
                       (GDestroyNotify) yeji_key_status_free, on_status, g_object_ref (self));
}

/* ---- Recovery code */

static char *
make_code (YejiStore   *store,
           const char  *text,
           GError     **error)
{
  return yeji_store_make_recovery_code (store, error);
}

static void
on_code (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiKeyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = yeji_background_finish (result, &error);

  if (!end_job (self, error))
    return;
  gtk_label_set_text (self->code, code);
  gtk_widget_set_visible (self->code_box, TRUE);
  yeji_a11y_set_name (GTK_WIDGET (self->code), _("Recovery code"));
  yeji_a11y_set_description (GTK_WIDGET (self->code), code);
  update (self);
}

static void
on_copy (YejiKeyWindow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->code));
  g_object_unref (yeji_toast_show (self->toasts, _("Copied. Keep it where others do not find it.")));
}

/* ---- Passphrase */

static char *
set_passphrase (YejiStore   *store,
                const char  *text,
                GError     **error)
{
  return yeji_store_set_passphrase (store, text, error) ? g_strdup ("") : NULL;
}

static void
on_passphrase_set (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (YejiKeyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = yeji_background_finish (result, &error);

  if (!end_job (self, error))
    return;
  g_object_unref (yeji_toast_show (self->toasts, _("Done")));
  update (self);
}

static void
on_passphrase_typed (GtkWidget *dialog)
{
  GtkEditable *first = g_object_get_data (G_OBJECT (dialog), "first");
  GtkEditable *again = g_object_get_data (G_OBJECT (dialog), "again");
  GtkLabel *hint = g_object_get_data (G_OBJECT (dialog), "hint");
  g_autofree char *too_short = NULL;
  const char *said = "";
  gboolean is_long, is_same;
  const char *text;

  if (gtk_widget_in_destruction (dialog))   /* the entries clear themselves */
    return;
  text = gtk_editable_get_text (first);
  is_long = g_utf8_strlen (text, -1) >= MIN_PASSPHRASE;
  is_same = g_str_equal (text, gtk_editable_get_text (again));
  if (!is_long && *text != '\0')
    said = too_short = g_strdup_printf (_("At least %d characters"), MIN_PASSPHRASE);
  else if (is_long && !is_same && *gtk_editable_get_text (again) != '\0')
    said = _("The two are not the same");
  gtk_label_set_text (hint, said);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "set", is_long && is_same);
}

static void
on_passphrase_response (GtkWidget     *dialog,
                        const char    *response,
                        YejiKeyWindow *self)
{
  if (g_str_equal (response, "set"))
    yeji_key_window_set_passphrase (self,
                                    gtk_editable_get_text (g_object_get_data (G_OBJECT (dialog),
                                                                              "first")));
}

static void
add_entry (GtkWidget  *dialog,
           GtkWidget  *box,
           const char *id,
           const char *title)
{
  GtkWidget *entry = gtk_password_entry_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  g_object_set (entry, "activates-default", TRUE, NULL);
  yeji_a11y_set_name (entry, title);
  g_object_set_data (G_OBJECT (dialog), id, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_passphrase_typed), dialog,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
}

static void
on_set_passphrase (YejiKeyWindow *self)
{
  gtk_window_present (GTK_WINDOW (yeji_key_window_ask_passphrase (self)));
}

static void
on_no_passphrase (YejiKeyWindow *self)
{
  yeji_key_window_set_passphrase (self, NULL);
}

/* ---- Another key */

static char *
rotate (YejiStore   *store,
        const char  *text,
        GError     **error)
{
  return yeji_store_rotate_key (store, error) ? g_strdup ("") : NULL;
}

static void
on_rotated (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiKeyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = yeji_background_finish (result, &error);

  if (!end_job (self, error))
    return;
  g_object_unref (yeji_toast_show (self->toasts, _("Everything is sealed with a new key")));
  update (self);
}

static void
yeji_key_window_dispose (GObject *object)
{
  g_clear_object (&YEJI_KEY_WINDOW (object)->store);
  G_OBJECT_CLASS (yeji_key_window_parent_class)->dispose (object);
}

static void
yeji_key_window_class_init (YejiKeyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_key_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-key-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, page);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, place_row);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, recovery_row);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, recovery_button);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, code_box);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, code);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, passphrase_button);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, no_passphrase_button);
  gtk_widget_class_bind_template_child (widget_class, YejiKeyWindow, rotate_row);
  gtk_widget_class_bind_template_callback (widget_class, yeji_key_window_make_recovery_code);
  gtk_widget_class_bind_template_callback (widget_class, yeji_key_window_rotate);
  gtk_widget_class_bind_template_callback (widget_class, on_set_passphrase);
  gtk_widget_class_bind_template_callback (widget_class, on_no_passphrase);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
yeji_key_window_init (YejiKeyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_key_window_new:
 *
 * Returns: (transfer none): the protection of an open profile; owned by GTK
 */
GtkWidget *
yeji_key_window_new (GtkWindow *parent,
                     YejiStore *store)
{
  YejiKeyWindow *self = g_object_new (YEJI_TYPE_KEY_WINDOW, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_key_window_is_busy:
 *
 * Returns: whether something is being derived, sealed or read
 */
gboolean
yeji_key_window_is_busy (YejiKeyWindow *self)
{
  return self->busy;
}

/**
 * yeji_key_window_make_recovery_code:
 *
 * Makes a recovery code, which is shown once; the one before opens nothing any more.
 */
void
yeji_key_window_make_recovery_code (YejiKeyWindow *self)
{
  g_return_if_fail (YEJI_IS_KEY_WINDOW (self));

  if (!self->busy)
    start (self, make_code, NULL, on_code);
}

/**
 * yeji_key_window_get_recovery_code:
 *
 * Returns: (nullable): the code that is shown
 */
const char *
yeji_key_window_get_recovery_code (YejiKeyWindow *self)
{
  return gtk_widget_get_visible (self->code_box) ? gtk_label_get_text (self->code) : NULL;
}

/**
 * yeji_key_window_set_passphrase:
 * @passphrase: (nullable): %NULL takes it away
 */
void
yeji_key_window_set_passphrase (YejiKeyWindow *self,
                                const char    *passphrase)
{
  g_return_if_fail (YEJI_IS_KEY_WINDOW (self));

  if (!self->busy)
    start (self, set_passphrase, passphrase, on_passphrase_set);
}

/**
 * yeji_key_window_rotate:
 *
 * Seals everything with a new key.
 */
void
yeji_key_window_rotate (YejiKeyWindow *self)
{
  g_return_if_fail (YEJI_IS_KEY_WINDOW (self));

  if (!self->busy)
    start (self, rotate, NULL, on_rotated);
}

/**
 * yeji_key_window_ask_passphrase:
 *
 * Returns: (transfer none): a dialog that asks for a passphrase, twice; owned by GTK
 */
GtkWidget *
yeji_key_window_ask_passphrase (YejiKeyWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Set a Passphrase"),
                                              _("It is asked for at each start and opens the "
                                                "personal numbers on any computer. Nobody can "
                                                "find it out for you, so make a recovery code, too."));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *hint = gtk_label_new (NULL);

  gtk_widget_add_css_class (hint, "error");
  gtk_widget_add_css_class (hint, "caption");
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  g_object_set_data (G_OBJECT (dialog), "hint", hint);
  add_entry (dialog, box, "first", _("Passphrase"));
  add_entry (dialog, box, "again", _("Once more"));
  gtk_box_append (GTK_BOX (box), hint);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "set",
                                    _("_Set"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "set",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "set");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "set", FALSE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_passphrase_response), self, 0);
  yeji_focus_leave_at_end (GTK_WINDOW (dialog));
  return dialog;
}
