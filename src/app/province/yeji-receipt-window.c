// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-receipt-window"

#include "config.h"

#include "yeji-receipt-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-paper-text.h"
#include "yeji-print.h"
#include "yeji-qr.h"
#include "yeji-receipt-view.h"
#include "yeji-toast.h"

/* Hexadecimal digits that stand together, and of a document's sum that are shown. */
#define GROUP 8
#define SHORT_SUM 16

struct _YejiReceiptWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkLabel *heading;
  GtkImage *signature_icon;
  GtkLabel *signature;
  GtkImage *content_icon;
  GtkLabel *content;
  GtkGrid *facts;
  GtkDrawingArea *qr;
  GtkLabel *sum;
  GtkWidget *documents;
  GtkLabel *documents_heading;
  GtkListBox *list;
  AdwStatusPage *none;

  YejiReceiptView *view;       /* (nullable): until it is read */
  YejiQr *code;                /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiReceiptWindow, yeji_receipt_window, ADW_TYPE_WINDOW)

/* How the proof of something looks. */
typedef struct
{
  const char *icon;
  const char *style;
} Look;

static const Look signature_looks[N_YEJI_RECEIPT_SIGNATURES] = {
  [YEJI_RECEIPT_SIGNATURE_GOOD] = { "emblem-ok-symbolic", "success" },
  [YEJI_RECEIPT_SIGNATURE_UNKNOWN] = { "dialog-question-symbolic", "warning" },
  [YEJI_RECEIPT_SIGNATURE_WRONG] = { "dialog-error-symbolic", "error" },
  [YEJI_RECEIPT_SIGNATURE_REVOKED] = { "dialog-warning-symbolic", "warning" },
};

static const struct
{
  Look look;
  const char *word;
} matches[N_YEJI_RECEIPT_MATCHES] = {
  [YEJI_RECEIPT_MATCH_SAME] = { { "emblem-ok-symbolic", "success" }, N_("The same as here") },
  [YEJI_RECEIPT_MATCH_LATER] = { { "dialog-information-symbolic", "dim-label" },
                                 N_("Changed since") },
  [YEJI_RECEIPT_MATCH_OTHER] = { { "dialog-error-symbolic", "error" },
                                 N_("Another one than here") },
  [YEJI_RECEIPT_MATCH_ABSENT] = { { "dialog-information-symbolic", "dim-label" },
                                  N_("Not on this computer") },
};

static void
set_look (GtkImage   *image,
          const Look *look)
{
  gtk_image_set_from_icon_name (image, look->icon);
  gtk_widget_add_css_class (GTK_WIDGET (image), look->style);
}

static char *
print_moment (const char *moment)
{
  g_autoptr (GDateTime) parsed = g_date_time_new_from_iso8601 (moment, NULL);
  g_autoptr (GDateTime) local = parsed != NULL ? g_date_time_to_local (parsed) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup (moment);
}

static void
add_fact (YejiReceiptWindow *self,
          const char        *name,
          const char        *value)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *text = gtk_label_new (value);
  int row = 0;

  while (gtk_grid_get_child_at (self->facts, 0, row) != NULL)
    row++;
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (text, "numeric");
  yeji_a11y_set_name (text, name);
  yeji_a11y_set_description (text, value);
  gtk_grid_attach (self->facts, label, 0, row, 1, 1);
  gtk_grid_attach (self->facts, text, 1, row, 1, 1);
}

static void
show_facts (YejiReceiptWindow *self)
{
  const YejiSignedReceipt *receipt = self->view->receipt;
  g_autofree char *submitted = print_moment (receipt->submitted_at);
  g_autofree char *complete = receipt->files_complete_at != NULL
                                ? print_moment (receipt->files_complete_at) : NULL;

  add_fact (self, _("Submitted at"), submitted);
  if (receipt->files->len > 0)
    add_fact (self, _("All documents there"), complete != NULL ? complete : _("not yet"));
  if (self->view->number != NULL)
    add_fact (self, _("Project number"), self->view->number);
  add_fact (self, _("Credit code"), receipt->enterprise);
  add_fact (self, _("Revision"), receipt->revision);
}

static void
show_proof (YejiReceiptWindow *self)
{
  const YejiReceiptCheck *check = self->view->check;
  const YejiLanguage language = yeji_language_get_current ();
  g_autofree char *signature = NULL;
  g_autofree char *content = yeji_receipt_check_describe_content (check, language);
  const YejiReceiptMatch worst = check->n_matches[YEJI_RECEIPT_MATCH_OTHER] > 0
                                   ? YEJI_RECEIPT_MATCH_OTHER : check->record;

  signature = yeji_receipt_check_describe_signature (check, self->view->receipt, language);
  set_look (self->signature_icon, &signature_looks[check->signature]);
  gtk_label_set_text (self->signature, signature);
  set_look (self->content_icon, &matches[worst].look);
  gtk_label_set_text (self->content, content);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_document (YejiReceiptWindow     *self,
              const YejiReceiptFile *file,
              YejiReceiptMatch       match)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new ();
  const char *slot = yeji_receipt_view_get_slot (self->view, file->slot);
  g_autofree char *moment = file->received_at != NULL ? print_moment (file->received_at) : NULL;
  g_autofree char *size = file->size >= 0 ? g_format_size ((guint64) file->size) : NULL;
  g_autofree char *start = g_strndup (file->sha256, SHORT_SUM);
  g_autofree char *sum = yeji_paper_group_digits (start, GROUP);
  g_autofree char *below = moment != NULL
                             ? g_strjoin (" · ", slot, moment, size, NULL)
                             : g_strjoin (" · ", slot, _("not there yet"), NULL);
  g_autofree char *description = g_strjoin (", ", below, _(matches[match].word), NULL);
  GtkWidget *sum_label = make_label (sum, "monospace");

  set_look (GTK_IMAGE (icon), &matches[match].look);
  gtk_widget_set_tooltip_text (icon, _(matches[match].word));
  gtk_widget_set_tooltip_text (sum_label, file->sha256);
  gtk_widget_add_css_class (sum_label, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (file->filename, NULL));
  gtk_box_append (GTK_BOX (texts), make_label (below, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_widget_add_css_class (line, "yeji-notice");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), sum_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  yeji_a11y_set_name (row, file->filename);
  yeji_a11y_set_description (row, description);
  gtk_list_box_append (self->list, row);
}

static void
show_documents (YejiReceiptWindow *self)
{
  GPtrArray *files = self->view->receipt->files;
  g_autofree char *heading = g_strdup_printf (ngettext ("%u Document", "%u Documents", files->len),
                                              files->len);

  gtk_label_set_text (self->documents_heading, heading);
  gtk_widget_set_visible (self->documents, files->len > 0);
  for (guint i = 0; i < files->len; i++)
    add_document (self, g_ptr_array_index (files, i), self->view->check->files[i]);
}

static void
draw_code (GtkDrawingArea *area,
           cairo_t        *cairo,
           int             width,
           int             height,
           gpointer        data)
{
  YejiReceiptWindow *self = data;

  if (self->code != NULL)
    yeji_qr_draw (self->code, cairo, 0, 0, MIN (width, height));
}

/* Two lines, in groups that two people can read to each other. */
static char *
print_sum (const char *sum)
{
  g_autofree char *first = g_strndup (sum, strlen (sum) / 2);
  g_autofree char *one = yeji_paper_group_digits (first, GROUP);
  g_autofree char *two = yeji_paper_group_digits (sum + strlen (sum) / 2, GROUP);

  return g_strjoin ("\n", one, two, NULL);
}

static void
show_receipt (YejiReceiptWindow *self)
{
  const YejiSignedReceipt *receipt = self->view->receipt;
  g_autofree char *sum = print_sum (receipt->record_sha256);

  gtk_label_set_text (self->heading, self->view->project != NULL ? self->view->project
                                                                 : receipt->uuid);
  show_proof (self);
  show_facts (self);
  gtk_label_set_text (self->sum, sum);
  show_documents (self);
  self->code = yeji_qr_new (receipt->code, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->qr), self->code != NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self->qr));
}

static void
enable (YejiReceiptWindow *self,
        gboolean           enabled)
{
  static const char * const actions[] = { "receipt.print", "receipt.save", "receipt.copy" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], enabled);
}

static void
show_none (YejiReceiptWindow *self,
           const char        *title,
           const char        *description)
{
  adw_status_page_set_title (self->none, title);
  adw_status_page_set_description (self->none, description);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiReceiptWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiReceiptView) view = yeji_receipt_view_load_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (view == NULL)
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      show_none (self, _("The Receipt Cannot Be Read"), sentence);
      return;
    }
  self->view = g_steal_pointer (&view);
  if (self->view->receipt != NULL)
    {
      show_receipt (self);
      enable (self, TRUE);
      gtk_stack_set_visible_child_name (self->stack, "receipt");
    }
  else if (self->view->stored != NULL)
    show_none (self, _("Not Signed"),
               _("The province has the submission, and has not signed a receipt of it. It is asked "
                 "again with each synchronisation."));
  else
    show_none (self, _("No Receipt Yet"),
               _("When this record was submitted from this computer, the province's signed receipt "
                 "is found here."));
}

/* ---- What can be done with it */

static void
tell (YejiReceiptWindow *self,
      const GError      *error,
      const char        *done)
{
  g_autofree char *sentence = error != NULL ? yeji_error_to_sentence (error) : NULL;

  yeji_toast_show (self->toasts, error != NULL ? sentence : done);
}

static void
on_saved_place (GtkNativeDialog   *dialog,
                int                response,
                YejiReceiptWindow *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (path == NULL)
    return;
  yeji_receipt_window_save (self, path, &error);
  tell (self, error, _("The receipt was saved"));
}

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
on_save (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiReceiptWindow *self = YEJI_RECEIPT_WINDOW (widget);
  g_autofree char *base = yeji_receipt_view_get_name (self->view);
  g_autofree char *proposed = g_strconcat (base, ".pdf", NULL);
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (_("Save the Receipt"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), proposed);
  add_filter (GTK_FILE_CHOOSER (dialog), _("PDF, to read and print"), "*.pdf");
  add_filter (GTK_FILE_CHOOSER (dialog), _("JSON, as the province signed it"), "*.json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_saved_place), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_print (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiReceiptWindow *self = YEJI_RECEIPT_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  YejiPaper *paper = yeji_receipt_view_make_paper (self->view, &error);

  if (paper == NULL || !yeji_print_run (paper, GTK_WINDOW (self), &error))
    tell (self, error, NULL);
}

static void
on_copy (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  yeji_receipt_window_copy (YEJI_RECEIPT_WINDOW (widget));
}

static void
yeji_receipt_window_dispose (GObject *object)
{
  YEJI_RECEIPT_WINDOW (object)->stack = NULL;
  G_OBJECT_CLASS (yeji_receipt_window_parent_class)->dispose (object);
}

static void
yeji_receipt_window_finalize (GObject *object)
{
  YejiReceiptWindow *self = YEJI_RECEIPT_WINDOW (object);

  g_clear_pointer (&self->view, yeji_receipt_view_free);
  g_clear_pointer (&self->code, yeji_qr_free);
  G_OBJECT_CLASS (yeji_receipt_window_parent_class)->finalize (object);
}

static void
yeji_receipt_window_class_init (YejiReceiptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_receipt_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_receipt_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-receipt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, signature_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, signature);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, content_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, content);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, qr);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, sum);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, documents);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, documents_heading);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiReceiptWindow, none);
  gtk_widget_class_install_action (widget_class, "receipt.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "receipt.print", NULL, on_print);
  gtk_widget_class_install_action (widget_class, "receipt.copy", NULL, on_copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "receipt.print",
                                       NULL);
}

static void
yeji_receipt_window_init (YejiReceiptWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  enable (self, FALSE);
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Documents of the submission"));
  yeji_a11y_set_name (GTK_WIDGET (self->qr), _("QR code of the receipt"));
  gtk_drawing_area_set_draw_func (self->qr, draw_code, self, NULL);
}

/**
 * yeji_receipt_window_new:
 *
 * Returns: (transfer none): a window of the receipt of a record's last submission; owned by GTK
 */
GtkWidget *
yeji_receipt_window_new (GtkWindow  *parent,
                         YejiStore  *store,
                         const char *uuid)
{
  YejiReceiptWindow *self = g_object_new (YEJI_TYPE_RECEIPT_WINDOW, "transient-for", parent, NULL);

  yeji_receipt_view_load_async (store, uuid, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * yeji_receipt_window_get_page:
 *
 * Returns: `waiting`, `receipt` or `none`
 */
const char *
yeji_receipt_window_get_page (YejiReceiptWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * yeji_receipt_window_save:
 * @path: as JSON if it ends so, as PDF otherwise
 *
 * Writes the receipt into a file.
 */
gboolean
yeji_receipt_window_save (YejiReceiptWindow  *self,
                          const char         *path,
                          GError            **error)
{
  g_autoptr (YejiPaper) paper = NULL;
  g_autofree char *text = NULL;
  g_autofree char *lower = g_ascii_strdown (path, -1);

  g_return_val_if_fail (self->view != NULL && self->view->receipt != NULL, FALSE);

  if (g_str_has_suffix (lower, ".json"))
    {
      text = yeji_json_print (self->view->receipt->node, TRUE);
      return g_file_set_contents (path, text, -1, error);
    }
  paper = yeji_receipt_view_make_paper (self->view, error);
  return paper != NULL && yeji_paper_write_pdf (paper, path, error);
}

/**
 * yeji_receipt_window_copy:
 *
 * Puts what the QR code says into the clipboard.
 */
void
yeji_receipt_window_copy (YejiReceiptWindow *self)
{
  g_return_if_fail (self->view != NULL && self->view->receipt != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          self->view->receipt->code);
  yeji_toast_show (self->toasts, _("The receipt was copied"));
}
