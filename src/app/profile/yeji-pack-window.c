// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-pack-window"

#include "config.h"

#include "yeji-pack-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-focus.h"
#include "yeji-messages.h"
#include "yeji-package-job.h"
#include "yeji-package.h"
#include "yeji-passphrase.h"
#include "yeji-secret.h"

struct _YejiPackWindow
{
  AdwWindow parent_instance;

  AdwActionRow *contents_row;
  AdwActionRow *file_row;
  GtkWidget *form;
  GtkEditable *passphrase;
  GtkEditable *again;
  GtkLevelBar *strength;
  GtkLabel *strength_label;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GtkLabel *error;
  GtkWidget *cancel_button;
  GtkWidget *pack_button;

  YejiStore *store;            /* (nullable): the window was closed */
  GStrv uuids;
  char *path;
  GCancellable *cancellable;
  gboolean measured;
  gboolean busy;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPackWindow, yeji_pack_window, ADW_TYPE_WINDOW)

static const char *const strengths[] = {
  [YEJI_PASSPHRASE_NONE] = "",
  [YEJI_PASSPHRASE_WEAK] = N_("Weak: whoever gets hold of the file can find it out within hours."),
  [YEJI_PASSPHRASE_FAIR] = N_("Fair: a stranger with many computers would need months."),
  [YEJI_PASSPHRASE_GOOD] = N_("Good: nobody will find it out by trying."),
};

typedef struct
{
  YejiStore *store;
  GStrv uuids;
  char *path;
  YejiSecretText *passphrase;  /* (nullable) */
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_object_unref (work->store);
  g_strfreev (work->uuids);
  g_free (work->path);
  g_clear_pointer (&work->passphrase, yeji_secret_wipe_text);
  g_free (work);
}

static Work *
new_work (YejiPackWindow *self)
{
  Work *work = g_new0 (Work, 1);

  work->store = g_object_ref (self->store);
  work->uuids = g_strdupv (self->uuids);
  work->path = g_strdup (self->path);
  return work;
}

/* ---- What stands there */

static gboolean
is_same (YejiPackWindow *self)
{
  return g_str_equal (gtk_editable_get_text (self->passphrase),
                      gtk_editable_get_text (self->again));
}

static void
update (YejiPackWindow *self)
{
  gtk_widget_set_sensitive (self->pack_button, yeji_pack_window_is_ready (self));
  gtk_widget_set_sensitive (self->form, !self->busy);
  gtk_widget_set_visible (self->progress_box, self->busy);
}

static void
on_changed (YejiPackWindow *self)
{
  const char *text = gtk_editable_get_text (self->passphrase);
  YejiPassphraseStrength strength = yeji_passphrase_judge (text);
  const char *words = *strengths[strength] != '\0' ? _(strengths[strength]) : "";
  gboolean differ = *gtk_editable_get_text (self->again) != '\0' && !is_same (self);

  gtk_level_bar_set_value (self->strength, strength);
  gtk_label_set_text (self->strength_label, differ ? _("The two are not the same yet.") : words);
  yeji_a11y_set_invalid (GTK_WIDGET (self->again), differ);
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  update (self);
}

static void
fail (YejiPackWindow *self,
      const GError   *error)
{
  g_autofree char *sentence = yeji_error_to_sentence (error);

  g_message ("%s", error->message);
  gtk_label_set_text (self->error, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
}

/* ---- How much it is */

static gpointer
measure (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Work *work = data;

  return yeji_package_measure (work->store, (const char *const *) work->uuids, error);
}

static void
show_measure (YejiPackWindow          *self,
              const YejiPackageReport *report)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u record", "%u records",
                                                      report->n_records), report->n_records);
  g_autofree char *size = g_format_size (report->n_bytes);
  g_autofree char *documents = NULL;
  g_autofree char *missing = NULL;

  /* Translators: how many documents, and their size */
  documents = g_strdup_printf (ngettext ("With its history and %u document (%s)",
                                         "With their history and %u documents (%s)",
                                         report->n_documents), report->n_documents, size);
  if (report->missing->len > 0)
    missing = g_strdup_printf (ngettext ("%s; the content of %u document is missing",
                                         "%s; the contents of %u documents are missing",
                                         report->missing->len), documents, report->missing->len);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->contents_row), title);
  adw_action_row_set_subtitle (self->contents_row, missing != NULL ? missing : documents);
  self->measured = TRUE;
  update (self);
}

static void
on_measured (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (YejiPackWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiPackageReport) report = yeji_background_finish (result, &error);

  if (self->store == NULL)
    return;
  if (report != NULL)
    show_measure (self, report);
  else
    fail (self, error);
}

/* ---- Where to */

static char *
make_default_path (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  const char *folder = documents != NULL ? documents : g_get_home_dir ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the name of a file that hands records over; a date follows */
  g_autofree char *stem = g_date_time_format (now, _("hand-over %Y-%m-%d"));

  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf (" %u", i) : g_strdup ("");
      g_autofree char *name = g_strconcat (stem, number, YEJI_PACKAGE_SUFFIX, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static void
on_file_chosen (GtkNativeDialog *dialog,
                int              response,
                YejiPackWindow  *self)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    path = g_file_get_path (file);
  if (path != NULL)
    yeji_pack_window_set_path (self, path);
}

static void
on_choose_file (YejiPackWindow *self)
{
  GtkFileChooserNative *dialog;
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GFile) place = g_file_new_for_path (folder);

  dialog = gtk_file_chooser_native_new (_("Hand Over As"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Choose"), _("_Cancel"));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), place, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- Handing over */

static gpointer
pack (YejiPackageJob  *job,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  Work *work = data;
  YejiPackageReport *report = NULL;

  yeji_package_write (work->store, work->path, (const char *const *) work->uuids,
                      work->passphrase, yeji_package_job_advance, job, cancellable, &report,
                      error);
  return report;
}

static void
on_packed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiPackWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiPackageReport) report = yeji_package_job_finish (result, &error);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;
  self->busy = FALSE;
  update (self);
  if (report == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
      g_cancellable_reset (self->cancellable);
      return;
    }
  name = g_path_get_basename (self->path);
  /* Translators: the number of records, the name of a file */
  text = g_strdup_printf (ngettext ("%u record is in “%s”", "%u records are in “%s”",
                                    report->n_records), report->n_records, name);
  g_signal_emit (self, signals[DONE], 0, text);
  gtk_window_close (GTK_WINDOW (self));
}

/**
 * yeji_pack_window_start:
 *
 * Writes the file, as the button does.
 */
void
yeji_pack_window_start (YejiPackWindow *self)
{
  Work *work;

  if (!yeji_pack_window_is_ready (self))
    return;
  work = new_work (self);
  work->passphrase = g_strdup (gtk_editable_get_text (self->passphrase));
  self->busy = TRUE;
  /* GTK 4.8 does not tell a text that becomes insensitive that it has lost the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel_button);
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  update (self);
  yeji_package_job_run (self->progress, self->cancellable, pack, work, free_work,
                        (GDestroyNotify) yeji_package_report_free, on_packed,
                        g_object_ref (self));
}

/* While it is written, this stops that; otherwise it closes the window. */
static void
on_cancel (YejiPackWindow *self)
{
  if (self->busy)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* ---- The class */

static void
yeji_pack_window_dispose (GObject *object)
{
  YejiPackWindow *self = YEJI_PACK_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_pack_window_parent_class)->dispose (object);
}

static void
yeji_pack_window_finalize (GObject *object)
{
  YejiPackWindow *self = YEJI_PACK_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_strfreev (self->uuids);
  g_free (self->path);
  G_OBJECT_CLASS (yeji_pack_window_parent_class)->finalize (object);
}

static void
yeji_pack_window_class_init (YejiPackWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_pack_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_pack_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-pack-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, contents_row);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, form);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, passphrase);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, again);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, strength);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, strength_label);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, error);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, YejiPackWindow, pack_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_file);
  gtk_widget_class_bind_template_callback (widget_class, yeji_pack_window_start);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[DONE] = g_signal_new ("done", YEJI_TYPE_PACK_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_pack_window_init (YejiPackWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_focus_leave_at_end (GTK_WINDOW (self));
  self->cancellable = g_cancellable_new ();
  gtk_level_bar_add_offset_value (self->strength, GTK_LEVEL_BAR_OFFSET_LOW,
                                  YEJI_PASSPHRASE_WEAK);
  gtk_level_bar_add_offset_value (self->strength, GTK_LEVEL_BAR_OFFSET_HIGH,
                                  YEJI_PASSPHRASE_FAIR);
  gtk_level_bar_add_offset_value (self->strength, GTK_LEVEL_BAR_OFFSET_FULL,
                                  YEJI_PASSPHRASE_GOOD);
  yeji_a11y_name_entry_row (ADW_ENTRY_ROW (self->passphrase));
  yeji_a11y_name_entry_row (ADW_ENTRY_ROW (self->again));
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("Progress"));
  yeji_a11y_set_name (GTK_WIDGET (self->strength), _("Strength of the passphrase"));
  update (self);
}

/**
 * yeji_pack_window_new:
 * @uuids: (nullable): %NULL for all records that are not in the bin
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWidget *
yeji_pack_window_new (GtkWindow          *parent,
                      YejiStore          *store,
                      const char *const  *uuids)
{
  YejiPackWindow *self = g_object_new (YEJI_TYPE_PACK_WINDOW, "transient-for", parent, NULL);
  g_autofree char *path = make_default_path ();

  self->store = g_object_ref (store);
  self->uuids = g_strdupv ((GStrv) uuids);
  yeji_pack_window_set_path (self, path);
  yeji_background_run (self, measure, new_work (self), free_work,
                       (GDestroyNotify) yeji_package_report_free, on_measured,
                       g_object_ref (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->passphrase));
  return GTK_WIDGET (self);
}

/**
 * yeji_pack_window_set_path:
 *
 * Says where the file goes; one of that name is replaced.
 */
void
yeji_pack_window_set_path (YejiPackWindow *self,
                           const char     *path)
{
  g_autofree char *whole = g_str_has_suffix (path, YEJI_PACKAGE_SUFFIX)
                             ? g_strdup (path) : g_strconcat (path, YEJI_PACKAGE_SUFFIX, NULL);
  g_autofree char *shown = g_filename_display_name (whole);

  g_return_if_fail (YEJI_IS_PACK_WINDOW (self));

  adw_action_row_set_subtitle (self->file_row, shown);
  g_free (self->path);
  self->path = g_steal_pointer (&whole);
  update (self);
}

/**
 * yeji_pack_window_type:
 *
 * Types the passphrase, twice.
 */
void
yeji_pack_window_type (YejiPackWindow *self,
                       const char     *passphrase)
{
  g_return_if_fail (YEJI_IS_PACK_WINDOW (self));

  gtk_editable_set_text (self->passphrase, passphrase);
  gtk_editable_set_text (self->again, passphrase);
}

/**
 * yeji_pack_window_is_ready:
 *
 * Returns: whether it can begin: how much it is is known, and the passphrase is there twice
 */
gboolean
yeji_pack_window_is_ready (YejiPackWindow *self)
{
  g_return_val_if_fail (YEJI_IS_PACK_WINDOW (self), FALSE);

  return self->measured && !self->busy && *gtk_editable_get_text (self->passphrase) != '\0'
    && is_same (self);
}
