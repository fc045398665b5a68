// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-window"

#include "config.h"

#include "yeji-import-window.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-focus.h"
#include "yeji-import-counts.h"
#include "yeji-messages.h"
#include "yeji-sheets.h"
#include "yeji-toast.h"

/* Which page the window shows; what its buttons do follows. */
#define PAGE_BUSY "busy"
#define PAGE_COLUMNS "columns"
#define PAGE_PREVIEW "preview"
#define PAGE_FAILED "failed"

struct _YejiImportWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkWidget *back;
  GtkWidget *cancel;
  GtkWidget *next;
  GtkStack *stack;
  GtkLabel *busy_label;
  GtkProgressBar *progress;
  GtkWidget *stop;
  YejiImportColumns *columns;
  GtkWidget *role_box;
  GtkDropDown *role;
  YejiImportPreview *preview;
  GtkBox *counts;
  GtkCheckButton *clear;
  GtkWidget *save_bad;
  GtkWidget *import_rest;
  GtkWidget *import;
  AdwStatusPage *failed;

  YejiStore *store;            /* (nullable): the window was closed */
  YejiImportWork *work;
  YejiImportDesk *desk;        /* (nullable) */
  GCancellable *cancellable;
  const char *page;            /* that is gone back to when what is done is stopped */
  gboolean is_planning;        /* what becomes of the records is to be found anew */
  gboolean is_filling;
  gboolean is_leaving;         /* without another question */
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiImportWindow, yeji_import_window, ADW_TYPE_WINDOW)

/* ---- Pages */

static gboolean
is_page (YejiImportWindow *self,
         const char       *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
update_columns (YejiImportWindow *self)
{
  const YejiImportLayout *layout = self->work->layout;
  guint n = layout != NULL ? yeji_import_layout_get_n (layout) : 0;
  gboolean has_role = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (layout, i);

      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        has_role |= ((YejiImportColumn *) g_ptr_array_index (sheet->columns, j))->key
                    == YEJI_IMPORT_KEY_ROLE;
    }
  gtk_widget_set_visible (self->role_box, !has_role);
  gtk_widget_set_sensitive (self->next, layout != NULL && yeji_import_layout_is_usable (layout));
}

static void
update_preview (YejiImportWindow *self)
{
  YejiImportPlan *plan = yeji_import_desk_get_plan (self->desk);
  guint bad = yeji_import_plan_count (plan, YEJI_IMPORT_BAD)
              + yeji_import_plan_count (plan, YEJI_IMPORT_UNCLEAR);
  guint good = yeji_import_plan_count (plan, YEJI_IMPORT_NEW)
               + yeji_import_plan_count (plan, YEJI_IMPORT_UPDATE);
  gboolean settled = yeji_import_desk_is_settled (self->desk);
  g_autofree char *all = g_strdup_printf (ngettext ("_Import %u Record", "_Import %u Records",
                                                    good), good);
  g_autofree char *rest = g_strdup_printf (ngettext ("Import the Other _%u", "Import the Other _%u",
                                                     good), good);

  yeji_import_counts_fill (self->counts, plan);
  gtk_button_set_label (GTK_BUTTON (self->import), all);
  gtk_button_set_label (GTK_BUTTON (self->import_rest), rest);
  gtk_widget_set_visible (self->import_rest, bad > 0 && good > 0);
  gtk_widget_set_visible (self->import, bad == 0);
  gtk_widget_set_visible (self->save_bad, bad > 0);
  gtk_widget_set_sensitive (self->import, settled && bad == 0 && good > 0);
  gtk_widget_set_sensitive (self->import_rest, settled && good > 0);
  gtk_widget_set_sensitive (self->save_bad, settled);
}

static void
update (YejiImportWindow *self)
{
  gtk_widget_set_visible (self->back, is_page (self, PAGE_PREVIEW));
  gtk_widget_set_visible (self->next, is_page (self, PAGE_COLUMNS));
  gtk_widget_set_visible (self->cancel, !is_page (self, PAGE_PREVIEW));
  if (is_page (self, PAGE_COLUMNS))
    update_columns (self);
  else if (is_page (self, PAGE_PREVIEW))
    update_preview (self);
}

static void
show_page (YejiImportWindow *self,
           const char       *name)
{
  if (!g_str_equal (name, PAGE_BUSY))
    self->page = name;
  gtk_stack_set_visible_child_name (self->stack, name);
  update (self);
  if (g_str_equal (name, PAGE_PREVIEW))
    gtk_widget_grab_focus (GTK_WIDGET (yeji_import_preview_get_grid (self->preview)));
  else if (g_str_equal (name, PAGE_COLUMNS))
    gtk_widget_grab_focus (gtk_widget_get_sensitive (self->next) ? self->next
                                                                 : GTK_WIDGET (self->columns));
}

/* What could not be done; the clerk is where it was begun. */
static void
fail (YejiImportWindow *self,
      const GError     *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *markup = NULL;

  g_cancellable_reset (self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (self->page == NULL)
        gtk_window_close (GTK_WINDOW (self));
      else
        show_page (self, self->page);
      return;
    }
  g_message ("%s", error->message);
  sentence = error->domain == YEJI_SHEETS_ERROR ? g_strdup (yeji_sheets_error_to_text (error))
                                                : yeji_error_to_sentence (error);
  if (self->page != NULL)
    {
      show_page (self, self->page);
      yeji_toast_say (self->toasts, sentence);
      return;
    }
  markup = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->failed, markup);
  show_page (self, PAGE_FAILED);
}

static void
work_on (YejiImportWindow    *self,
         const char          *words,
         YejiPackageWork      work,
         GAsyncReadyCallback  callback)
{
  gtk_label_set_text (self->busy_label, words);
  show_page (self, PAGE_BUSY);
  gtk_widget_grab_focus (self->stop);
  yeji_package_job_run (self->progress, self->cancellable, work,
                        yeji_import_work_ref (self->work), yeji_import_work_unref, NULL, callback,
                        g_object_ref (self));
}

/* (transfer full) (nullable) @error: what came of it; whether the window is still there */
static gboolean
end_work (YejiImportWindow  *self,
          GAsyncResult      *result,
          gboolean          *done)
{
  g_autoptr (GError) error = NULL;

  *done = yeji_package_job_finish (result, &error) != NULL;
  if (self->store == NULL)
    return FALSE;
  if (!*done)
    fail (self, error);
  return TRUE;
}

/* ---- The rows */

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiImportWindow) self = data;
  gboolean done;

  if (!end_work (self, result, &done) || !done)
    return;
  yeji_import_desk_set_plan (self->desk, self->work->plan);
  show_page (self, PAGE_PREVIEW);
}

/* Whose a row is was mended, or what empty cells mean is another. */
static void
plan_anew (YejiImportWindow *self)
{
  self->is_planning = !yeji_import_desk_is_settled (self->desk);
  if (!self->is_planning)
    work_on (self, _("Comparing with the profile…"), yeji_import_work_plan, on_planned);
}

static void
on_desk_changed (YejiImportWindow *self)
{
  if (!is_page (self, PAGE_PREVIEW))
    return;
  if (self->is_planning || yeji_import_desk_is_outdated (self->desk))
    plan_anew (self);
  else
    update_preview (self);
}

static void
on_clear (YejiImportWindow *self)
{
  if (self->is_filling || self->desk == NULL)
    return;
  self->work->clear = gtk_check_button_get_active (self->clear);
  plan_anew (self);
}

static void
on_rows_read (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiImportWindow) self = data;
  gboolean done;

  if (!end_work (self, result, &done) || !done)
    return;
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  self->desk = yeji_import_desk_new (self->store, self->work->plan);
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (on_desk_changed), self,
                           G_CONNECT_SWAPPED);
  yeji_import_preview_set_desk (self->preview, self->desk, self->work->offers);
  show_page (self, PAGE_PREVIEW);
}

static void
read_rows (YejiImportWindow *self)
{
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_store_get_dictionary (self->store));
  guint selected = gtk_drop_down_get_selected (self->role);

  g_free (self->work->role);
  self->work->role = selected < roles->len
                       ? g_strdup (((YejiRole *) g_ptr_array_index (roles, selected))->id) : NULL;
  work_on (self, _("Reading the rows…"), yeji_import_work_read, on_rows_read);
}

/* ---- The columns */

static void
fill_roles (YejiImportWindow *self)
{
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_store_get_dictionary (self->store));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);

      gtk_string_list_append (names, yeji_label (&role->label));
      if (g_strcmp0 (role->id, self->work->role) == 0)
        selected = i;
    }
  gtk_drop_down_set_model (self->role, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->role, selected);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiImportWindow) self = data;
  gboolean done;

  if (!end_work (self, result, &done) || !done)
    return;
  fill_roles (self);
  yeji_import_columns_set_work (self->columns, self->work);
  show_page (self, PAGE_COLUMNS);
  /* nothing is to be asked about a template of ours, or a file of a kind that was asked about */
  if (yeji_import_work_is_sure (self->work))
    read_rows (self);
}

static void
on_columns_changed (YejiImportWindow *self)
{
  update (self);
}

/* ---- The end */

static void
on_applied (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiImportWindow) self = data;
  g_autofree char *text = NULL;
  gboolean done;
  guint n;

  if (!end_work (self, result, &done) || !done)
    return;
  n = yeji_import_plan_count (self->work->plan, YEJI_IMPORT_NEW)
      + yeji_import_plan_count (self->work->plan, YEJI_IMPORT_UPDATE);
  text = g_strdup_printf (ngettext ("%u record imported", "%u records imported", n), n);
  self->is_leaving = TRUE;
  g_signal_emit (self, signals[DONE], 0, text, self->work->batch);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_import (YejiImportWindow *self)
{
  yeji_import_window_import (self, FALSE);
}

static void
on_import_rest (YejiImportWindow *self)
{
  yeji_import_window_import (self, TRUE);
}

static void
on_bad_saved (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (YejiImportWindow) self = data;
  g_autofree char *text = NULL;
  guint n = self->work->n_saved;
  gboolean done;

  if (!end_work (self, result, &done) || !done)
    return;
  show_page (self, PAGE_PREVIEW);
  text = g_strdup_printf (ngettext ("%u row saved with the reasons. Mend it in Excel and import "
                                    "that file.",
                                    "%u rows saved with the reasons. Mend them in Excel and import "
                                    "that file.", n), n);
  yeji_toast_say (self->toasts, text);
}

static void
on_save_response (GtkNativeDialog  *dialog,
                  int               response,
                  YejiImportWindow *self)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    yeji_import_window_save_bad (self, path);
}

static void
on_save_bad (YejiImportWindow *self)
{
  GtkFileChooserNative *dialog;
  g_autofree char *name = g_path_get_basename (self->work->path);
  g_autofree char *proposed = NULL;
  char *dot = strrchr (name, '.');

  if (dot != NULL)
    *dot = '\0';
  /* Translators: a proposed file name: that of the file, and what is in the new one */
  proposed = g_strdup_printf (_("%s - to mend.xlsx"), name);
  dialog = gtk_file_chooser_native_new (_("Save Rows to Mend"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- Leaving */

static void
on_leave_response (YejiImportWindow *self,
                   const char       *response)
{
  if (!g_str_equal (response, "leave"))
    return;
  self->is_leaving = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
yeji_import_window_close_request (GtkWindow *window)
{
  YejiImportWindow *self = YEJI_IMPORT_WINDOW (window);
  GtkWidget *dialog;

  if (self->is_leaving || self->desk == NULL || !yeji_import_desk_can_undo (self->desk))
    return GTK_WINDOW_CLASS (yeji_import_window_parent_class)->close_request (window);
  dialog = adw_message_dialog_new (window, _("Leave Without Importing?"),
                                   _("Nothing of the file is imported then, and what you mended "
                                     "here is lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _("_Stay Here"), "leave",
                                    _("_Leave"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return GDK_EVENT_STOP;
}

/* While something is done, this stops that; otherwise it closes the window. */
static void
on_cancel (YejiImportWindow *self)
{
  if (is_page (self, PAGE_BUSY))
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
act_cancel (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  on_cancel (YEJI_IMPORT_WINDOW (widget));
}

static void
act_go_on (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  yeji_import_window_go_on (YEJI_IMPORT_WINDOW (widget));
}

/* Wherever the keyboard is; in the preview these are its own. */
static void
act_step (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiImportWindow *self = YEJI_IMPORT_WINDOW (widget);

  if (!is_page (self, PAGE_PREVIEW)
      || !yeji_import_preview_step (self->preview, g_str_has_suffix (name, "next") ? 1 : -1))
    gtk_widget_error_bell (widget);
}

/* ---- The class */

static void
yeji_import_window_dispose (GObject *object)
{
  YejiImportWindow *self = YEJI_IMPORT_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (yeji_import_window_parent_class)->dispose (object);
}

static void
yeji_import_window_finalize (GObject *object)
{
  YejiImportWindow *self = YEJI_IMPORT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->work, yeji_import_work_unref);
  G_OBJECT_CLASS (yeji_import_window_parent_class)->finalize (object);
}

static void
yeji_import_window_class_init (YejiImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = yeji_import_window_close_request;
  g_type_ensure (YEJI_TYPE_IMPORT_COLUMNS);
  g_type_ensure (YEJI_TYPE_IMPORT_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, back);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, next);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, busy_label);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, role_box);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, role);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, counts);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, clear);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, save_bad);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, import_rest);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, import);
  gtk_widget_class_bind_template_child (widget_class, YejiImportWindow, failed);
  gtk_widget_class_bind_template_callback (widget_class, yeji_import_window_show_columns);
  gtk_widget_class_bind_template_callback (widget_class, yeji_import_window_go_on);
  gtk_widget_class_bind_template_callback (widget_class, on_columns_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_save_bad);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_import_rest);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, act_cancel);
  gtk_widget_class_install_action (widget_class, "import.go-on", NULL, act_go_on);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, act_step);
  gtk_widget_class_install_action (widget_class, "import.previous", NULL, act_step);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, GDK_SHIFT_MASK,
                                       "import.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "import.go-on", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK,
                                       "import.go-on", NULL);

  signals[DONE] = g_signal_new ("done", YEJI_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
yeji_import_window_init (YejiImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_focus_leave_at_end (GTK_WINDOW (self));
  self->cancellable = g_cancellable_new ();
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("Progress"));
  yeji_a11y_name_drop_down (GTK_WIDGET (self->role), _("Role of records of which the file does "
                                                       "not say it"));
}

/**
 * yeji_import_window_new:
 * @path: of a workbook or a list
 *
 * Returns: (transfer none): the window, owned by GTK; it is reading already
 */
GtkWidget *
yeji_import_window_new (GtkWindow  *parent,
                        YejiStore  *store,
                        const char *path)
{
  YejiImportWindow *self = g_object_new (YEJI_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (name);

  self->store = g_object_ref (store);
  self->work = yeji_import_work_new (store, path);
  adw_window_title_set_subtitle (self->title, shown);
  work_on (self, _("Reading the file…"), yeji_import_work_look, on_looked);
  return GTK_WIDGET (self);
}

/**
 * yeji_import_window_get_page:
 *
 * Returns: what it shows: busy, columns, preview or failed
 */
const char *
yeji_import_window_get_page (YejiImportWindow *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

YejiImportColumns *
yeji_import_window_get_columns (YejiImportWindow *self)
{
  return self->columns;
}

YejiImportPreview *
yeji_import_window_get_preview (YejiImportWindow *self)
{
  return self->preview;
}

/**
 * yeji_import_window_is_ready:
 *
 * Returns: whether all that is in the file can be imported now
 */
gboolean
yeji_import_window_is_ready (YejiImportWindow *self)
{
  return is_page (self, PAGE_PREVIEW) && gtk_widget_get_visible (self->import)
         && gtk_widget_get_sensitive (self->import);
}

/**
 * yeji_import_window_show_columns:
 *
 * Goes back to where the columns go. What was mended is lost when the rows are read again.
 */
void
yeji_import_window_show_columns (YejiImportWindow *self)
{
  g_return_if_fail (YEJI_IS_IMPORT_WINDOW (self));

  if (is_page (self, PAGE_PREVIEW))
    show_page (self, PAGE_COLUMNS);
}

/**
 * yeji_import_window_go_on:
 *
 * Reads the rows, or imports them, as the button does.
 */
void
yeji_import_window_go_on (YejiImportWindow *self)
{
  g_return_if_fail (YEJI_IS_IMPORT_WINDOW (self));

  if (is_page (self, PAGE_COLUMNS) && gtk_widget_get_sensitive (self->next))
    read_rows (self);
  else if (yeji_import_window_is_ready (self))
    yeji_import_window_import (self, FALSE);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/**
 * yeji_import_window_import:
 * @skip_bad: leave out the records with red cells, and those that are unclear
 *
 * Imports.
 */
void
yeji_import_window_import (YejiImportWindow *self,
                           gboolean          skip_bad)
{
  g_return_if_fail (YEJI_IS_IMPORT_WINDOW (self));

  yeji_import_grid_commit (yeji_import_preview_get_grid (self->preview));
  if (!is_page (self, PAGE_PREVIEW) || !yeji_import_desk_is_settled (self->desk))
    return;
  self->work->skip_bad = skip_bad;
  work_on (self, _("Importing…"), yeji_import_work_apply, on_applied);
}

/**
 * yeji_import_window_save_bad:
 *
 * Writes the rows that cannot be taken into a workbook.
 */
void
yeji_import_window_save_bad (YejiImportWindow *self,
                             const char       *path)
{
  g_return_if_fail (YEJI_IS_IMPORT_WINDOW (self));

  if (!is_page (self, PAGE_PREVIEW) || !yeji_import_desk_is_settled (self->desk))
    return;
  g_free (self->work->saved);
  self->work->saved = g_strdup (path);
  work_on (self, _("Saving…"), yeji_import_work_save_bad, on_bad_saved);
}
