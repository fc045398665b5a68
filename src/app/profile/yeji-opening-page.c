// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-opening-page"

#include "config.h"

#include "yeji-opening-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-backup.h"
#include "yeji-folder.h"
#include "yeji-messages.h"
#include "yeji-platform.h"
#include "yeji-profile-row.h"
#include "yeji-sql.h"
#include "yeji-store-vault.h"

/* What a page has besides its words. */
typedef enum
{
  CAN_RETRY = 1 << 0,
  HAS_KEY = 1 << 1,
  HAS_BACKUPS = 1 << 2,
  HAS_FOLDER = 1 << 3,
  CAN_FORGET = 1 << 4,
} Part;

/* One way in which a profile cannot be opened. */
typedef struct
{
  const char *name;
  const char *icon;
  const char *title;
  const char *text;            /* (nullable): NULL for what yeji_error_to_sentence() says */
  Part parts;
} Failure;

struct _YejiOpeningPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *busy_title;
  GtkLabel *busy_text;
  AdwStatusPage *failure;
  GtkWidget *key_group;
  AdwPasswordEntryRow *key;
  GtkWidget *backup_group;
  GtkListBox *backups;
  GtkLabel *note;
  GtkWidget *unlock;
  GtkWidget *retry;
  GtkWidget *forget;
  GtkWidget *folder;
  GtkWidget *others;
  GtkLabel *place;

  char *directory;
  const Failure *shown;        /* (nullable) */
  char *text;                  /* (nullable): of what is shown */
};

enum
{
  RETRY,
  UNLOCK,
  FORGET,
  RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiOpeningPage, yeji_opening_page, ADW_TYPE_BIN)

static const Failure other = {
  "other", "dialog-warning-symbolic", N_("The Profile Cannot Be Opened"), NULL,
  CAN_RETRY | HAS_FOLDER
};

static const Failure locked = {
  "locked", "system-lock-screen-symbolic", N_("This Profile Is in Use"),
  N_("Close that program, then try again."), CAN_RETRY
};

static const Failure newer = {
  "newer", "software-update-available-symbolic", N_("Made by a Newer Version of Yeji"),
  N_("A newer version of the program has opened this profile, and this one does not know how to "
     "read it. Update the program. Nothing was changed here."), 0
};

static const Failure sealed = {
  "sealed", "dialog-password-symbolic", N_("Key Needed"),
  N_("The personal numbers in this profile are encrypted, and its key is not at hand."),
  CAN_RETRY | HAS_KEY | CAN_FORGET
};

static const Failure damaged = {
  "damaged", "dialog-error-symbolic", N_("The Profile Is Damaged"),
  N_("Its database could not be repaired. Choose the backup with which to go on: the damaged file "
     "is kept, and no document is touched."), CAN_RETRY | HAS_BACKUPS | HAS_FOLDER
};

static const Failure full = {
  "full", "drive-harddisk-symbolic", N_("The Disk Is Full"),
  N_("Free some space on the disk of this profile, then try again. Nothing was lost."),
  CAN_RETRY | HAS_FOLDER
};

static const Failure read_only = {
  "read-only", "changes-prevent-symbolic", N_("The Folder Cannot Be Written"),
  N_("What you type could not be saved there. Allow writing to the folder, or take the write "
     "protection off the disk, then try again."), CAN_RETRY | HAS_FOLDER
};

static const struct
{
  GQuark (*domain) (void);
  int code;
  const Failure *failure;
} failures[] = {
  { yeji_store_error_quark, YEJI_STORE_ERROR_LOCKED, &locked },
  { yeji_store_error_quark, YEJI_STORE_ERROR_SEALED, &sealed },
  { yeji_store_error_quark, YEJI_STORE_ERROR_FILE, &read_only },
  { yeji_db_error_quark, YEJI_DB_ERROR_NEWER, &newer },
  { yeji_db_error_quark, YEJI_DB_ERROR_DAMAGED, &damaged },
  { yeji_db_error_quark, YEJI_DB_ERROR_FULL, &full },
  { yeji_db_error_quark, YEJI_DB_ERROR_READ_ONLY, &read_only },
  { g_io_error_quark, G_IO_ERROR_NO_SPACE, &full },
  { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, &read_only },
  { g_io_error_quark, G_IO_ERROR_READ_ONLY, &read_only },
  { g_file_error_quark, G_FILE_ERROR_NOSPC, &full },
  { g_file_error_quark, G_FILE_ERROR_ACCES, &read_only },
  { g_file_error_quark, G_FILE_ERROR_ROFS, &read_only },
};

static const Failure *
find_failure (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, failures[i].domain (), failures[i].code))
      return failures[i].failure;
  return &other;
}

static char *
describe_holder (YejiOpeningPage *self)
{
  g_autofree char *path = g_build_filename (self->directory, "lock", NULL);
  g_autofree char *holder = yeji_platform_find_lock_holder (path);

  return yeji_holder_to_text (holder != NULL ? holder : "");
}

/* By what a profile can be opened by hand. */
static const struct
{
  gboolean passphrase;
  gboolean recovery_code;
  const char *title;           /* (nullable): NULL where there is nothing that could be typed */
  const char *text;
} keys[] = {
  { TRUE, TRUE, N_("Passphrase or recovery code"),
    N_("Type the passphrase, or the recovery code that was written down.") },
  { TRUE, FALSE, N_("Passphrase"), N_("Type the passphrase that was set for this profile.") },
  { FALSE, TRUE, N_("Recovery code"), N_("Type the recovery code that was written down.") },
  { FALSE, FALSE, NULL,
    N_("If the keyring of this computer is locked, unlock it and try again. Otherwise open the "
       "profile on the computer, and as the user, where it was made, and make a recovery code "
       "there.") },
};

static guint
find_key (YejiOpeningPage *self)
{
  gboolean passphrase = TRUE, recovery_code = TRUE;
  guint i = 0;

  yeji_store_peek_locks (self->directory, &passphrase, &recovery_code);
  while (keys[i].passphrase != passphrase || keys[i].recovery_code != recovery_code)
    i++;
  return i;
}

static char *
make_text (YejiOpeningPage *self,
           const Failure   *failure,
           const GError    *error,
           GPtrArray       *backups)
{
  if (failure == &locked)
    {
      g_autofree char *holder = describe_holder (self);

      return g_strdup_printf ("%s\n%s", holder, _(failure->text));
    }
  if (failure == &sealed)
    return g_strdup_printf ("%s\n%s", _(failure->text), _(keys[find_key (self)].text));
  if (failure == &damaged && (backups == NULL || backups->len == 0))
    return g_strdup (_("Its database could not be repaired, and there is no backup. Ask for help "
                       "before anything in its folder is changed."));
  return failure->text != NULL ? g_strdup (_(failure->text)) : yeji_error_to_sentence (error);
}

static void
show_key (YejiOpeningPage *self,
          const Failure   *failure)
{
  const char *title = failure->parts & HAS_KEY ? keys[find_key (self)].title : NULL;

  gtk_widget_set_visible (self->key_group, title != NULL);
  gtk_widget_set_visible (self->unlock, title != NULL);
  if (title == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), _(title));
  yeji_a11y_set_name (GTK_WIDGET (self->key), _(title));
  yeji_a11y_set_name (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->key))), _(title));
}

static const char *const kind_texts[] = {
  [YEJI_BACKUP_DAILY] = NC_("backup", "Daily backup"),
  [YEJI_BACKUP_MANUAL] = NC_("backup", "Made by hand"),
  [YEJI_BACKUP_BEFORE_VERSION] = NC_("backup", "Before an update of the program"),
  [YEJI_BACKUP_BEFORE_RESTORE] = NC_("backup", "Before a backup was restored"),
};

static void
on_restore (GtkButton       *button,
            YejiOpeningPage *self)
{
  g_signal_emit (self, signals[RESTORE], 0, g_object_get_data (G_OBJECT (button), "path"));
}

static void
add_backup (YejiOpeningPage  *self,
            const YejiBackup *backup)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Restore"));
  g_autofree char *moment = yeji_moment_to_text (backup->at);
  g_autofree char *size = g_format_size ((guint64) backup->size);
  const char *kind = g_dpgettext2 (NULL, "backup", kind_texts[backup->kind]);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", kind, size);
  g_autofree char *name = g_strdup_printf (_("Restore the backup of %s"), moment);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), moment);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  yeji_a11y_set_name (row, moment);
  yeji_a11y_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (backup->path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_restore), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->backups, row);
}

static void
fill_backups (YejiOpeningPage *self,
              GPtrArray       *backups)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->backups, 0)) != NULL)
    gtk_list_box_remove (self->backups, GTK_WIDGET (row));
  for (guint i = 0; backups != NULL && i < backups->len; i++)
    add_backup (self, g_ptr_array_index (backups, i));
}

static void
show_note (YejiOpeningPage *self,
           const char      *note)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->key)));

  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  yeji_a11y_set_description (text, note);
  yeji_a11y_set_invalid (text, note != NULL);
}

/* The keyboard begins where the way out is. */
static void
focus_way_out (YejiOpeningPage *self)
{
  GtkWidget *ways[] = {
    GTK_WIDGET (self->key), GTK_WIDGET (self->backups), self->retry, self->others
  };
  GtkWidget *groups[] = { self->key_group, self->backup_group, self->retry, self->others };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (gtk_widget_get_visible (groups[i]))
      {
        gtk_widget_child_focus (ways[i], GTK_DIR_TAB_FORWARD);
        return;
      }
}

static void
on_key_changed (YejiOpeningPage *self)
{
  gtk_widget_set_sensitive (self->unlock,
                            *gtk_editable_get_text (GTK_EDITABLE (self->key)) != '\0');
  show_note (self, NULL);
}

static void
on_unlock (YejiOpeningPage *self)
{
  if (gtk_widget_get_sensitive (self->unlock))
    g_signal_emit (self, signals[UNLOCK], 0, gtk_editable_get_text (GTK_EDITABLE (self->key)));
}

static void
on_forget_response (GtkWidget       *dialog,
                    const char      *response,
                    YejiOpeningPage *self)
{
  if (g_str_equal (response, "forget"))
    g_signal_emit (self, signals[FORGET], 0);
}

static void
on_forget (YejiOpeningPage *self)
{
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   _("Go on without the Personal Numbers?"),
                                   _("All records open, but the numbers of identity documents and "
                                     "the telephone numbers typed so far stay encrypted and have "
                                     "to be typed again. They are not deleted: should the "
                                     "passphrase or the recovery code be found, they can still be "
                                     "opened."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "forget", _("_Go On"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "forget",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_forget_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_retry (YejiOpeningPage *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
on_folder (YejiOpeningPage *self)
{
  yeji_folder_show (GTK_WIDGET (self), self->directory);
}

static void
yeji_opening_page_finalize (GObject *object)
{
  YejiOpeningPage *self = YEJI_OPENING_PAGE (object);

  g_free (self->directory);
  g_free (self->text);
  G_OBJECT_CLASS (yeji_opening_page_parent_class)->finalize (object);
}

static void
yeji_opening_page_class_init (YejiOpeningPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yeji_opening_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-opening-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, busy_title);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, busy_text);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, failure);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, key_group);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, key);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, backup_group);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, backups);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, note);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, retry);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, forget);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, folder);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, others);
  gtk_widget_class_bind_template_child (widget_class, YejiOpeningPage, place);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_folder);

  signals[RETRY] = g_signal_new ("retry", YEJI_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[UNLOCK] = g_signal_new ("unlock", YEJI_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FORGET] = g_signal_new ("forget", YEJI_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORE] = g_signal_new ("restore", YEJI_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_opening_page_init (YejiOpeningPage *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* In libadwaita before 1.2.5 the text that has the focus carries neither role nor name. */
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->key));
  g_object_set (self->key, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  yeji_a11y_set_name (GTK_WIDGET (self->backups), _("Backups of this profile"));
  on_key_changed (self);
}

/**
 * yeji_opening_page_new:
 * @directory: the profile's
 *
 * Returns: (transfer floating): a page that shows nothing yet: most profiles are open before there
 * is anything to say
 */
GtkWidget *
yeji_opening_page_new (const char *directory)
{
  YejiOpeningPage *self = g_object_new (YEJI_TYPE_OPENING_PAGE, NULL);
  g_autofree char *shown = g_filename_display_name (directory);

  self->directory = g_strdup (directory);
  gtk_label_set_text (self->place, shown);
  return GTK_WIDGET (self);
}

/**
 * yeji_opening_page_show_busy:
 * @title: what is being done
 * @text: what else there is to say of it
 *
 * Shows that something takes its time.
 */
void
yeji_opening_page_show_busy (YejiOpeningPage *self,
                             const char      *title,
                             const char      *text)
{
  g_return_if_fail (YEJI_IS_OPENING_PAGE (self));

  gtk_label_set_text (self->busy_title, title);
  gtk_label_set_text (self->busy_text, text);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

/**
 * yeji_opening_page_show_error:
 * @error: why the profile could not be opened
 * @backups: (nullable) (element-type YejiBackup): for a damaged one, from which to choose
 * @note: (nullable): what came of the last try to help it
 *
 * Says why there is no profile and what to do.
 */
void
yeji_opening_page_show_error (YejiOpeningPage *self,
                              const GError    *error,
                              GPtrArray       *backups,
                              const char      *note)
{
  const Failure *failure;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (YEJI_IS_OPENING_PAGE (self));
  g_return_if_fail (error != NULL);

  failure = find_failure (error);
  text = make_text (self, failure, error, backups);
  markup = g_markup_escape_text (text, -1);
  gtk_spinner_stop (self->spinner);
  adw_status_page_set_icon_name (self->failure, failure->icon);
  adw_status_page_set_title (self->failure, _(failure->title));
  adw_status_page_set_description (self->failure, markup);
  self->shown = failure;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  fill_backups (self, failure->parts & HAS_BACKUPS ? backups : NULL);
  show_key (self, failure);
  gtk_widget_set_visible (self->backup_group, (failure->parts & HAS_BACKUPS) != 0
                                              && backups != NULL && backups->len > 0);
  gtk_widget_set_visible (self->retry, (failure->parts & CAN_RETRY) != 0);
  gtk_widget_set_visible (self->forget, (failure->parts & CAN_FORGET) != 0);
  gtk_widget_set_visible (self->folder, (failure->parts & HAS_FOLDER) != 0);
  gtk_stack_set_visible_child_name (self->stack, "failure");
  show_note (self, note);
  focus_way_out (self);
}

/**
 * yeji_opening_page_get_name:
 *
 * Returns: (nullable): which failure is shown: locked, newer, sealed, damaged, full, read-only,
 * other; %NULL while there is none
 */
const char *
yeji_opening_page_get_name (YejiOpeningPage *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  return self->shown != NULL && g_strcmp0 (page, "failure") == 0 ? self->shown->name : NULL;
}

/**
 * yeji_opening_page_get_text:
 *
 * Returns: (nullable): what it says: of the failure, else of what is being done; %NULL for nothing
 */
const char *
yeji_opening_page_get_text (YejiOpeningPage *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (page, "failure") == 0)
    return self->text;
  return g_strcmp0 (page, "busy") == 0 ? gtk_label_get_text (self->busy_title) : NULL;
}
