// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-transfer-line"

#include "config.h"

#include "yeji-transfer-line.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-transfer-words.h"

struct _YejiTransferLine
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *filename;
  GtkLabel *record;
  GtkProgressBar *progress;
  GtkLabel *words;
  GtkButton *first;
  GtkButton *retry;
  GtkButton *cancel;

  YejiDictionary *dictionary;
  YejiTransfer *transfer;      /* (nullable) */
  const char *style;           /* (nullable): of the state; static */
};

G_DEFINE_FINAL_TYPE (YejiTransferLine, yeji_transfer_line, GTK_TYPE_BOX)

static void
show_style (YejiTransferLine *self,
            const char       *style)
{
  if (g_strcmp0 (self->style, style) == 0)
    return;
  if (self->style != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->style);
      gtk_widget_remove_css_class (GTK_WIDGET (self->words), self->style);
    }
  self->style = style;
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), style);
  gtk_widget_add_css_class (GTK_WIDGET (self->words),
                            g_str_equal (style, "error") ? style : "dim-label");
}

/* What is sent of it, in words too: a bar alone says nothing exact, and nothing aloud. */
static char *
describe_progress (YejiTransfer *transfer)
{
  gint64 size = MAX (yeji_transfer_get_size (transfer), 0);
  gint64 sent = CLAMP (yeji_transfer_get_sent (transfer), 0, size);
  g_autofree char *whole = g_format_size ((guint64) size);

  if (yeji_transfer_get_state (transfer) != YEJI_TRANSFER_SENDING && sent == 0)
    return g_steal_pointer (&whole);
  if (yeji_transfer_get_state (transfer) == YEJI_TRANSFER_RECEIVED || size == 0)
    return g_steal_pointer (&whole);
  /* Translators: percent, and a size: "42 % of 3.1 MB" */
  return g_strdup_printf (_("%d %% of %s"), (int) (sent * 100 / size), whole);
}

static void
update (YejiTransferLine *self)
{
  YejiTransferState state = yeji_transfer_get_state (self->transfer);
  gint64 size = yeji_transfer_get_size (self->transfer);
  gboolean under_way = state == YEJI_TRANSFER_SENDING
                       || (state == YEJI_TRANSFER_WAITING
                           && yeji_transfer_get_sent (self->transfer) > 0);
  g_autofree char *words = yeji_transfer_to_words (self->transfer);
  g_autofree char *progress = describe_progress (self->transfer);
  g_autofree char *shown = under_way ? g_strdup (words)
                                     : g_strdup_printf ("%s · %s", words, progress);
  g_autofree char *spoken = g_strdup_printf ("%s. %s. %s. %s",
                                             yeji_transfer_get_filename (self->transfer),
                                             yeji_transfer_get_record_name (self->transfer), words,
                                             progress);

  gtk_image_set_from_icon_name (self->icon, yeji_transfer_state_get_icon (state));
  show_style (self, yeji_transfer_state_get_style (state));
  gtk_label_set_text (self->words, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), under_way);
  gtk_progress_bar_set_text (self->progress, progress);
  gtk_progress_bar_set_fraction (self->progress,
                                 size > 0 ? CLAMP ((double) yeji_transfer_get_sent (self->transfer)
                                                   / (double) size, 0, 1) : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->first), state == YEJI_TRANSFER_WAITING);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), state == YEJI_TRANSFER_FAILED
                                                    || state == YEJI_TRANSFER_CANCELLED);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), state == YEJI_TRANSFER_WAITING
                                                     || state == YEJI_TRANSFER_SENDING);
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    yeji_a11y_set_name (gtk_widget_get_parent (GTK_WIDGET (self)), spoken);
}

static void
stop (YejiTransferLine *self)
{
  if (self->transfer != NULL)
    g_signal_handlers_disconnect_by_data (self->transfer, self);
  g_clear_object (&self->transfer);
}

static void
yeji_transfer_line_dispose (GObject *object)
{
  YejiTransferLine *self = YEJI_TRANSFER_LINE (object);

  stop (self);
  g_clear_object (&self->dictionary);
  G_OBJECT_CLASS (yeji_transfer_line_parent_class)->dispose (object);
}

static void
yeji_transfer_line_class_init (YejiTransferLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_transfer_line_dispose;
}

static GtkLabel *
add_label (GtkWidget          *box,
           PangoEllipsizeMode  ellipsize,
           const char         *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* What they do has a key of its own in the list: Tab goes from line to line, not through them. */
static GtkButton *
add_button (GtkWidget  *box,
            const char *icon,
            const char *name,
            const char *tooltip,
            const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", (gint64) -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  yeji_a11y_set_name (button, name);
  gtk_box_append (GTK_BOX (box), button);
  return GTK_BUTTON (button);
}

static void
yeji_transfer_line_init (YejiTransferLine *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-transfer");
  self->icon = GTK_IMAGE (gtk_image_new ());
  g_object_set (self->icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->icon));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->filename = add_label (texts, PANGO_ELLIPSIZE_MIDDLE, NULL);
  self->record = add_label (texts, PANGO_ELLIPSIZE_END, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->record), "dim-label");
  gtk_box_append (GTK_BOX (self), texts);
  gtk_widget_set_size_request (right, 250, -1);
  gtk_widget_set_valign (right, GTK_ALIGN_CENTER);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("Sent"));
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->progress));
  self->words = add_label (right, PANGO_ELLIPSIZE_END, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "numeric");
  gtk_label_set_max_width_chars (self->words, 1);
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_wrap_mode (self->words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (self->words, 2);
  gtk_box_append (GTK_BOX (self), right);
  gtk_widget_set_size_request (buttons, 72, -1);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  self->first = add_button (buttons, "go-top-symbolic", _("Send first"),
                            _("Send first (Alt+Home)"), "transfer.first");
  self->retry = add_button (buttons, "view-refresh-symbolic", _("Try again"),
                            _("Try again (Ctrl+R)"), "transfer.retry");
  self->cancel = add_button (buttons, "process-stop-symbolic", _("Do not send"),
                             _("Do not send (Delete)"), "transfer.cancel");
  gtk_box_append (GTK_BOX (self), buttons);
}

/**
 * yeji_transfer_line_new:
 * @dictionary: that knows the slots
 *
 * Returns: (transfer floating): a line without a file
 */
GtkWidget *
yeji_transfer_line_new (YejiDictionary *dictionary)
{
  YejiTransferLine *self = g_object_new (YEJI_TYPE_TRANSFER_LINE, NULL);

  g_set_object (&self->dictionary, dictionary);
  return GTK_WIDGET (self);
}

/**
 * yeji_transfer_line_set_transfer:
 * @transfer: (nullable): shown and followed from now on
 */
void
yeji_transfer_line_set_transfer (YejiTransferLine *self,
                                 YejiTransfer     *transfer)
{
  const YejiSlot *slot;
  GtkButton *buttons[] = { self->first, self->retry, self->cancel };
  g_autofree char *where = NULL;

  g_return_if_fail (YEJI_IS_TRANSFER_LINE (self));

  stop (self);
  if (transfer == NULL)
    return;
  self->transfer = g_object_ref (transfer);
  slot = self->dictionary != NULL ? yeji_dictionary_find_slot (self->dictionary,
                                                               yeji_transfer_get_slot (transfer))
                                  : NULL;
  where = g_strdup_printf ("%s · %s", yeji_transfer_get_record_name (transfer),
                           slot != NULL ? yeji_label (&slot->label)
                                        : yeji_transfer_get_slot (transfer));
  gtk_label_set_text (self->filename, yeji_transfer_get_filename (transfer));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->filename), yeji_transfer_get_filename (transfer));
  gtk_label_set_text (self->record, where);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->record), where);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "x",
                                      yeji_transfer_get_id (transfer));
  g_signal_connect_swapped (transfer, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * yeji_transfer_line_get_transfer:
 *
 * Returns: (transfer none) (nullable): what it shows
 */
YejiTransfer *
yeji_transfer_line_get_transfer (YejiTransferLine *self)
{
  return self->transfer;
}
