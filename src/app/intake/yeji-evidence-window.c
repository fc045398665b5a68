// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-evidence-window"

#include "config.h"

#include "yeji-evidence-window.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-attach-files.h"
#include "yeji-background.h"
#include "yeji-composing.h"
#include "yeji-intake-flow.h"
#include "yeji-matrix-table.h"
#include "yeji-messages.h"
#include "yeji-toast.h"
#include "yeji-type-ahead.h"

/* Many changes of the store that come one after another are read once. */
#define REFRESH_MS 150

struct _YejiEvidenceWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkToggleButton *only;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkBox *legend;
  AdwToastOverlay *toasts;
  AdwStatusPage *failure;
  GMenuModel *cell_menu;

  YejiStore *store;            /* (nullable): until the end */
  YejiMatrix *matrix;
  YejiMatrixView *view;
  GtkWidget *popover;          /* (nullable): the menu of the cell of the cursor */
  GCancellable *reading;       /* (nullable) */
  guint due;                   /* source: will read anew, 0 when none */
  gboolean is_read;            /* the last question was answered */
  gboolean was_read;           /* some question was */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiEvidenceWindow, yeji_evidence_window, ADW_TYPE_WINDOW)

/* ---- What is shown */

static char *
describe_all (YejiEvidenceWindow *self)
{
  YejiMatrixSum sum = yeji_matrix_sum_all (self->matrix);
  guint n = yeji_matrix_get_n_rows (self->matrix);
  guint missing = sum.n_required - sum.n_given;
  g_autofree char *records = NULL;
  g_autofree char *lacking = NULL;

  records = g_strdup_printf (ngettext ("%u record", "%u records", n), n);
  if (missing == 0)
    return g_steal_pointer (&records);
  lacking = g_strdup_printf (ngettext ("%u document missing", "%u documents missing", missing),
                             missing);
  return g_strdup_printf (C_("two findings", "%s, %s"), records, lacking);
}

static const char *
choose_page (YejiEvidenceWindow *self)
{
  if (yeji_matrix_get_n_rows (self->matrix) > 0)
    return "matrix";
  if (yeji_matrix_get_n_all (self->matrix) > 0)
    return "complete";
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ? "nothing" : "empty";
}

static void
update (YejiEvidenceWindow *self)
{
  const char *page = choose_page (self);
  g_autofree char *subtitle = describe_all (self);

  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), g_str_equal (page, "matrix"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.export",
                                 g_str_equal (page, "matrix"));
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiEvidenceWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *sentence = NULL;
  int row;
  guint column;
  g_autofree char *at = NULL;

  rows = yeji_store_list_evidence_finish (YEJI_STORE (source), result, &error);
  if (self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_read = TRUE;
  if (rows == NULL)
    {
      sentence = yeji_error_to_sentence (error);
      adw_status_page_set_description (self->failure, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  yeji_matrix_view_get_cursor (self->view, &row, &column);
  if (row >= 0 && row < (int) yeji_matrix_get_n_rows (self->matrix))
    at = g_strdup (yeji_matrix_get_row (self->matrix, (guint) row)->uuid);
  yeji_matrix_take (self->matrix, rows);
  if (!self->was_read)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->was_read = TRUE;
  if (at != NULL && yeji_matrix_find (self->matrix, at) != G_MAXUINT)
    yeji_matrix_view_set_cursor (self->view, (int) yeji_matrix_find (self->matrix, at), column);
}

static void
refresh (YejiEvidenceWindow *self)
{
  const YejiQuery query = {
    .text = gtk_editable_get_text (GTK_EDITABLE (self->search)),
    .states = YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED),
    .sort = YEJI_SORT_NAME,
  };

  g_clear_handle_id (&self->due, g_source_remove);
  if (self->store == NULL)
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->is_read = FALSE;
  yeji_store_list_evidence_async (self->store, &query, self->reading, on_listed,
                                  g_object_ref (self));
}

static gboolean
refresh_now (gpointer data)
{
  YejiEvidenceWindow *self = data;

  self->due = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (YejiEvidenceWindow *self)
{
  if (self->due == 0)
    self->due = g_timeout_add (REFRESH_MS, refresh_now, self);
}

/* ---- Attaching */

/* What a toast offers to undo. */
typedef struct
{
  YejiStore *store;
  AdwToastOverlay *toasts;     /* (nullable): weak */
  char *batch;
} Taken;

static void
free_taken (gpointer  data,
            GClosure *closure)
{
  Taken *taken = data;

  g_clear_weak_pointer (&taken->toasts);
  g_object_unref (taken->store);
  g_free (taken->batch);
  g_free (taken);
}

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (AdwToastOverlay) toasts = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (yeji_attach_undo_finish (result, &error))
    return;
  sentence = yeji_error_to_sentence (error);
  yeji_toast_say (toasts, sentence);
}

static void
on_undo (AdwToast *toast,
         Taken    *taken)
{
  if (taken->toasts != NULL)
    yeji_attach_undo_async (taken->store, taken->batch, on_undone, g_object_ref (taken->toasts));
}

typedef struct
{
  YejiEvidenceWindow *self;
  const YejiSlot *slot;        /* of the store's dictionary */
} Attaching;

static void
on_attached (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autofree Attaching *attaching = data;
  g_autoptr (YejiEvidenceWindow) self = attaching->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttached) attached = yeji_attach_files_finish (result, &error);
  g_autofree char *text = attached != NULL
                            ? yeji_attached_to_text (attached, yeji_label (&attaching->slot->label))
                            : yeji_error_to_sentence (error);
  g_autoptr (AdwToast) toast = NULL;
  Taken *taken;

  if (self->store == NULL)
    return;
  if (attached == NULL || attached->batch == NULL || attached->n_taken == 0)
    {
      yeji_toast_say (self->toasts, text);
      return;
    }
  taken = g_new0 (Taken, 1);
  taken->store = g_object_ref (self->store);
  g_set_weak_pointer (&taken->toasts, self->toasts);
  taken->batch = g_strdup (attached->batch);
  toast = yeji_toast_offer_undo (self->toasts, text);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), taken, free_taken, 0);
}

/* A dialog's answer, about the cell that it was asked for. */
typedef struct
{
  YejiEvidenceWindow *self;    /* (nullable): weak */
  char *uuid;
  guint column;
} Place;

static void
free_place (gpointer  data,
            GClosure *closure)
{
  Place *place = data;

  g_clear_weak_pointer (&place->self);
  g_free (place->uuid);
  g_free (place);
}

static void
on_files_chosen (GtkNativeDialog *dialog,
                 int              response,
                 Place           *place)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GListModel) files = NULL;
  guint row;

  if (response != GTK_RESPONSE_ACCEPT || place->self == NULL || place->self->store == NULL)
    return;
  row = yeji_matrix_find (place->self->matrix, place->uuid);
  if (row == G_MAXUINT)
    return;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  yeji_evidence_window_attach (place->self, row, place->column, files);
}

static void
ask_files (YejiEvidenceWindow *self,
           guint               row,
           guint               column)
{
  const YejiSlot *slot = yeji_matrix_get_slot (self->matrix, column);
  const YejiEvidence *evidence = yeji_matrix_get_row (self->matrix, row);
  g_autofree char *title = g_strdup_printf (_("%s: %s"), evidence->name, yeji_label (&slot->label));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog;
  Place *place = g_new0 (Place, 1);

  dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                        _("_Attach"), _("_Cancel"));
  gtk_file_filter_set_name (filter, _("Documents and pictures"));
  for (guint i = 0; slot->types[i] != NULL; i++)
    gtk_file_filter_add_mime_type (filter, slot->types[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_set_weak_pointer (&place->self, self);
  place->uuid = g_strdup (evidence->uuid);
  place->column = column;
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_files_chosen), place, free_place, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- What is done with a cell */

static void
show_record (YejiEvidenceWindow *self,
             guint               row,
             const YejiSlot     *slot)
{
  g_signal_emit (self, signals[CHOSEN], 0, yeji_matrix_get_row (self->matrix, row)->uuid,
                 slot != NULL ? slot->id : NULL);
}

static void
on_activated (YejiEvidenceWindow *self,
              guint               row,
              guint               column)
{
  const YejiEvidenceCell *cell = yeji_matrix_get_cell (self->matrix, row, column);

  if (cell != NULL && cell->n_files == 0
      && yeji_matrix_is_editable (yeji_matrix_get_row (self->matrix, row)))
    ask_files (self, row, column);
  else
    show_record (self, row, yeji_matrix_get_slot (self->matrix, column));
}

static void
on_menu (YejiEvidenceWindow *self,
         guint               row,
         guint               column)
{
  const YejiEvidenceCell *cell = yeji_matrix_get_cell (self->matrix, row, column);
  const YejiEvidence *evidence = yeji_matrix_get_row (self->matrix, row);
  GdkRectangle place;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.attach",
                                 cell != NULL && yeji_matrix_is_editable (evidence));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "evidence.documents", cell != NULL);
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->cell_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      yeji_a11y_set_name (self->popover, _("Cell menu"));
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
    }
  yeji_matrix_view_get_place (self->view, (int) row, column, &place);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* A folder may hold anything: that is looked at before it is taken. */
static gboolean
has_folder (GSList *files)
{
  for (GSList *item = files; item != NULL; item = item->next)
    if (g_file_is_native (item->data)
        && g_file_query_file_type (item->data, G_FILE_QUERY_INFO_NONE, NULL)
           == G_FILE_TYPE_DIRECTORY)
      return TRUE;
  return FALSE;
}

static void
on_dropped (YejiEvidenceWindow *self,
            guint               row,
            guint               column,
            GdkFileList        *list)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) dropped = gdk_file_list_get_files (list);

  for (GSList *item = dropped; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  if (has_folder (dropped))
    yeji_intake_start_list (GTK_WIDGET (self), self->store, G_LIST_MODEL (files),
                            yeji_matrix_get_row (self->matrix, row)->uuid,
                            yeji_matrix_get_slot (self->matrix, column)->id, YEJI_INTAKE_SHOWN);
  else
    yeji_evidence_window_attach (self, row, column, G_LIST_MODEL (files));
}

static gboolean
get_cursor (YejiEvidenceWindow *self,
            guint              *row,
            guint              *column)
{
  int at;

  yeji_matrix_view_get_cursor (self->view, &at, column);
  *row = (guint) at;
  return at >= 0 && *row < yeji_matrix_get_n_rows (self->matrix);
}

static void
on_attach (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (widget);
  guint row, column;

  if (get_cursor (self, &row, &column) && column >= YEJI_MATRIX_N_FIXED)
    ask_files (self, row, column);
}

static void
on_documents (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (widget);
  guint row, column;

  if (get_cursor (self, &row, &column))
    show_record (self, row, yeji_matrix_get_slot (self->matrix, column));
}

static void
on_open (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (widget);
  guint row, column;

  if (get_cursor (self, &row, &column))
    show_record (self, row, NULL);
}

/* ---- Search and filter */

static void
on_only (YejiEvidenceWindow *self)
{
  yeji_matrix_set_only_missing (self->matrix, gtk_toggle_button_get_active (self->only));
}

static void
on_only_key (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (widget);

  gtk_toggle_button_set_active (self->only, !gtk_toggle_button_get_active (self->only));
}

static void
on_show_all (YejiEvidenceWindow *self)
{
  gtk_toggle_button_set_active (self->only, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_search_activated (YejiEvidenceWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_stop_search (YejiEvidenceWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_search (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (YEJI_EVIDENCE_WINDOW (widget)->search));
}

static gboolean
on_search_down (GtkWidget *widget,
                GVariant  *arguments,
                gpointer   data)
{
  if (yeji_composing_is_on (widget))
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (YEJI_EVIDENCE_WINDOW (data)->view));
}

/* ---- Export */

typedef struct
{
  GFile *file;
  char *text;
} Writing;

static void
free_writing (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->file);
  g_free (writing->text);
  g_free (writing);
}

static gpointer
write_file (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Writing *writing = data;

  return g_file_replace_contents (writing->file, writing->text, strlen (writing->text), NULL, FALSE,
                                  G_FILE_CREATE_NONE, NULL, cancellable, error)
           ? g_object_ref (writing->file) : NULL;
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = yeji_background_finish (result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;
  g_autofree char *text = file != NULL ? g_strdup_printf (_("Saved as %s"), shown)
                                       : yeji_error_to_sentence (error);

  if (self->store != NULL)
    yeji_toast_say (self->toasts, text);
}

static void
on_place_chosen (GtkNativeDialog *dialog,
                 int              response,
                 Place           *place)
{
  g_autoptr (GtkNativeDialog) kept = dialog;
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT || place->self == NULL || place->self->store == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  yeji_evidence_window_export (place->self, file);
}

static void
on_export (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (widget);
  g_autofree char *proposed = g_strconcat (_("Evidence Matrix"), ".csv", NULL);
  Place *place = g_new0 (Place, 1);
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Export the Matrix"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_set_weak_pointer (&place->self, self);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_place_chosen), place, free_place, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- */

static void
add_legend (YejiEvidenceWindow *self)
{
  for (int stand = 0; stand < N_YEJI_MATRIX_STANDS; stand++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      const char *icon = yeji_matrix_stand_get_icon ((YejiMatrixStand) stand);
      const char *style = yeji_matrix_stand_get_style ((YejiMatrixStand) stand);
      GtkWidget *mark = icon != NULL ? gtk_image_new_from_icon_name (icon) : gtk_label_new ("–");
      GtkWidget *label = gtk_label_new (yeji_matrix_stand_get_word ((YejiMatrixStand) stand));

      gtk_widget_add_css_class (mark, style);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), mark);
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_prepend (self->legend, box);
    }
}

static void
yeji_evidence_window_dispose (GObject *object)
{
  YejiEvidenceWindow *self = YEJI_EVIDENCE_WINDOW (object);

  g_clear_handle_id (&self->due, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_evidence_window_parent_class)->dispose (object);
}

static void
yeji_evidence_window_finalize (GObject *object)
{
  g_clear_object (&YEJI_EVIDENCE_WINDOW (object)->matrix);
  G_OBJECT_CLASS (yeji_evidence_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "evidence.attach", NULL, on_attach);
  gtk_widget_class_install_action (klass, "evidence.documents", NULL, on_documents);
  gtk_widget_class_install_action (klass, "evidence.open", NULL, on_open);
  gtk_widget_class_install_action (klass, "evidence.export", NULL, on_export);
  gtk_widget_class_install_action (klass, "evidence.only-missing", NULL, on_only_key);
  gtk_widget_class_install_action (klass, "evidence.search", NULL, on_search);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_f, GDK_CONTROL_MASK, "evidence.search",
                                       NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_s, GDK_CONTROL_MASK, "evidence.export",
                                       NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_m, GDK_CONTROL_MASK, "evidence.only-missing",
                                       NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, GDK_CONTROL_MASK, "evidence.open",
                                       NULL);
}

static void
yeji_evidence_window_class_init (YejiEvidenceWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_evidence_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_evidence_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-evidence-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, only);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, search);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, legend);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, YejiEvidenceWindow, cell_menu);
  gtk_widget_class_bind_template_callback (widget_class, refresh);
  gtk_widget_class_bind_template_callback (widget_class, on_only);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  install_actions (widget_class);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_EVIDENCE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
yeji_evidence_window_init (YejiEvidenceWindow *self)
{
  GtkEventController *down = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->search), _("Search"));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (down),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, 0),
                      gtk_callback_action_new (on_search_down, self, NULL)));
  gtk_event_controller_set_propagation_phase (down, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->search), down);
  yeji_composing_watch (GTK_WIDGET (self->search));
  add_legend (self);
}

/**
 * yeji_evidence_window_new:
 *
 * Returns: (transfer none): a window on the documents of a profile's records; owned by GTK
 */
GtkWidget *
yeji_evidence_window_new (GtkWindow *parent,
                          YejiStore *store)
{
  YejiEvidenceWindow *self = g_object_new (YEJI_TYPE_EVIDENCE_WINDOW, "transient-for", parent,
                                           NULL);

  self->store = g_object_ref (store);
  self->matrix = yeji_matrix_new (yeji_store_get_dictionary (store));
  self->view = YEJI_MATRIX_VIEW (yeji_matrix_view_new (self->matrix));
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  g_signal_connect_object (self->matrix, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activated", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "menu", G_CALLBACK (on_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "dropped", G_CALLBACK (on_dropped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  yeji_type_ahead (GTK_WIDGET (self->view), self->search);
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_evidence_window_get_view:
 *
 * Returns: (transfer none): the matrix on the screen
 */
YejiMatrixView *
yeji_evidence_window_get_view (YejiEvidenceWindow *self)
{
  return self->view;
}

/**
 * yeji_evidence_window_is_read:
 *
 * Returns: whether it shows what the store had when it was last asked
 */
gboolean
yeji_evidence_window_is_read (YejiEvidenceWindow *self)
{
  return self->is_read && self->due == 0;
}

/**
 * yeji_evidence_window_attach:
 * @files: of #GFile
 *
 * Attaches files to what a cell stands for, and offers to undo that.
 */
void
yeji_evidence_window_attach (YejiEvidenceWindow *self,
                             guint               row,
                             guint               column,
                             GListModel         *files)
{
  const YejiEvidence *evidence;
  Attaching *attaching;

  g_return_if_fail (YEJI_IS_EVIDENCE_WINDOW (self));
  g_return_if_fail (column >= YEJI_MATRIX_N_FIXED);

  evidence = yeji_matrix_get_row (self->matrix, row);
  if (!yeji_matrix_is_editable (evidence))
    {
      yeji_toast_say (self->toasts, yeji_state_get_help (evidence->state));
      return;
    }
  attaching = g_new (Attaching, 1);
  attaching->self = g_object_ref (self);
  attaching->slot = yeji_matrix_get_slot (self->matrix, column);
  yeji_attach_files_async (self->store, files, evidence->uuid, attaching->slot->id, on_attached,
                           attaching);
}

/**
 * yeji_evidence_window_export:
 *
 * Writes what is shown into a file, as CSV that Excel reads.
 */
void
yeji_evidence_window_export (YejiEvidenceWindow *self,
                             GFile              *file)
{
  Writing *writing = g_new (Writing, 1);

  writing->file = g_object_ref (file);
  writing->text = yeji_matrix_table_write (self->matrix);
  yeji_background_run (self, write_file, writing, free_writing, g_object_unref, on_written, NULL);
}
