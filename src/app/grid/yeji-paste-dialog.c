// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paste-dialog"

#include "config.h"

#include "yeji-paste-dialog.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-mask.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* Nobody reads more lines than that, and making them takes time; the sum above counts all. */
#define MAX_LINES 2000

struct _YejiPasteDialog
{
  AdwWindow parent_instance;

  GtkLabel *summary;
  GtkColumnView *list;
  GtkButton *take;
  GtkButton *take_all;

  gboolean has_answered;
};

enum
{
  RESPONSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPasteDialog, yeji_paste_dialog, ADW_TYPE_WINDOW)

/* One cell that does not fit, in words. */
#define YEJI_TYPE_PASTE_LINE (yeji_paste_line_get_type ())
G_DECLARE_FINAL_TYPE (YejiPasteLine, yeji_paste_line, YEJI, PASTE_LINE, GObject)

typedef enum
{
  COLUMN_ROW,
  COLUMN_FIELD,
  COLUMN_TEXT,
  COLUMN_VALUE,
  COLUMN_REASON,
  N_COLUMNS
} Column;

struct _YejiPasteLine
{
  GObject parent_instance;

  char *texts[N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (YejiPasteLine, yeji_paste_line, G_TYPE_OBJECT)

static void
yeji_paste_line_finalize (GObject *object)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (YEJI_PASTE_LINE (object)->texts[i]);
  G_OBJECT_CLASS (yeji_paste_line_parent_class)->finalize (object);
}

static void
yeji_paste_line_class_init (YejiPasteLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_paste_line_finalize;
}

static void
yeji_paste_line_init (YejiPasteLine *self)
{
}

static YejiPasteLine *
new_line (const YejiPasteCell *cell)
{
  YejiPasteLine *self = g_object_new (YEJI_TYPE_PASTE_LINE, NULL);
  const char *head = cell->heading != NULL ? cell->heading : "";

  self->texts[COLUMN_ROW] = g_strdup_printf ("%u", cell->row + 1);
  self->texts[COLUMN_FIELD] = g_strdup (cell->field != NULL ? yeji_label (&cell->field->label)
                                                            : head);
  self->texts[COLUMN_TEXT] = cell->field != NULL ? yeji_field_mask_value (cell->field, cell->text)
                                                 : g_strdup (cell->text);
  self->texts[COLUMN_VALUE] = !yeji_paste_cell_is_put (cell, TRUE)
                                ? g_strdup (_("left out"))
                                : yeji_field_mask_value (cell->field, cell->value);
  self->texts[COLUMN_REASON] = g_strdup (yeji_paste_trouble_to_text (cell->trouble));
  return self;
}

static void
setup_cell (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

/* The row takes the keyboard, and says all that stands in it. */
static void
name_row (GtkWidget     *label,
          YejiPasteLine *line)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *name = g_strdup_printf ("%s %s: %s. %s", line->texts[COLUMN_ROW],
                                           line->texts[COLUMN_FIELD], line->texts[COLUMN_TEXT],
                                           line->texts[COLUMN_REASON]);

  if (row != NULL)
    yeji_a11y_set_name (row, name);
}

static void
bind_cell (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  column)
{
  YejiPasteLine *line = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *text = line->texts[GPOINTER_TO_INT (column)];

  gtk_label_set_text (GTK_LABEL (label), text);
  yeji_tooltip_set (label, text);
  if (GPOINTER_TO_INT (column) == COLUMN_REASON)
    name_row (label, line);
}

static void
add_column (YejiPasteDialog *self,
            Column           column,
            const char      *title,
            int              width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), GINT_TO_POINTER (column));
  view_column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (view_column, width);
  else
    gtk_column_view_column_set_expand (view_column, TRUE);
  gtk_column_view_append_column (self->list, view_column);
  g_object_unref (view_column);
}

static void
fill (YejiPasteDialog     *self,
      const YejiPastePlan *plan)
{
  g_autoptr (GListStore) lines = g_list_store_new (YEJI_TYPE_PASTE_LINE);

  for (guint i = 0, n = 0; i < plan->cells->len && n < MAX_LINES; i++)
    {
      const YejiPasteCell *cell = g_ptr_array_index (plan->cells, i);
      g_autoptr (YejiPasteLine) line = NULL;

      if (cell->trouble == YEJI_PASTE_FITS)
        continue;
      line = new_line (cell);
      g_list_store_append (lines, line);
      n++;
    }
  gtk_column_view_set_model (self->list,
                             GTK_SELECTION_MODEL (gtk_no_selection_new (
                               G_LIST_MODEL (g_steal_pointer (&lines)))));
}

static guint
count_put (const YejiPastePlan *plan,
           gboolean             as_typed)
{
  guint n = 0;

  for (guint i = 0; i < plan->cells->len; i++)
    n += yeji_paste_cell_is_put (g_ptr_array_index (plan->cells, i), as_typed);
  return n;
}

static void
on_take (YejiPasteDialog *self)
{
  yeji_paste_dialog_respond (self, YEJI_PASTE_TAKE_FITTING);
}

static void
on_take_all (YejiPasteDialog *self)
{
  yeji_paste_dialog_respond (self, YEJI_PASTE_TAKE_ALL);
}

static void
on_cancel (YejiPasteDialog *self)
{
  yeji_paste_dialog_respond (self, YEJI_PASTE_CANCEL);
}

static gboolean
on_close (YejiPasteDialog *self)
{
  if (!self->has_answered)
    {
      self->has_answered = TRUE;
      g_signal_emit (self, signals[RESPONSE], 0, YEJI_PASTE_CANCEL);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
yeji_paste_dialog_class_init (YejiPasteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-paste-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPasteDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, YejiPasteDialog, list);
  gtk_widget_class_bind_template_child (widget_class, YejiPasteDialog, take);
  gtk_widget_class_bind_template_child (widget_class, YejiPasteDialog, take_all);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_bind_template_callback (widget_class, on_take_all);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[RESPONSE] = g_signal_new ("response", YEJI_TYPE_PASTE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
yeji_paste_dialog_init (YejiPasteDialog *self)
{
  static const struct
  {
    const char *title;
    int width;
  } columns[N_COLUMNS] = {
    [COLUMN_ROW] = { N_("Row"), 56 },
    [COLUMN_FIELD] = { N_("Column"), 150 },
    [COLUMN_TEXT] = { N_("On the Clipboard"), 150 },
    [COLUMN_VALUE] = { N_("Taken as Typed"), 150 },
    [COLUMN_REASON] = { N_("Why It Does Not Fit"), 0 },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Cells that do not fit"));
  /* its head and its rows, which take the keyboard */
  for (GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (self->list)); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    yeji_a11y_set_name (part, _("Cells that do not fit"));
  for (guint i = 0; i < N_COLUMNS; i++)
    add_column (self, i, _(columns[i].title), columns[i].width);
}

/**
 * yeji_paste_trouble_to_text:
 *
 * Returns: why a cell does not fit, in the user's language
 */
const char *
yeji_paste_trouble_to_text (YejiPasteTrouble trouble)
{
  static const char *const texts[N_YEJI_PASTE_TROUBLES] = {
    [YEJI_PASTE_FITS] = "",
    [YEJI_PASTE_NO_FIELD] = N_("The table has no such column"),
    [YEJI_PASTE_READ_ONLY] = N_("The province fills this column"),
    [YEJI_PASTE_NO_ROW] = N_("A record takes no more rows"),
    [YEJI_PASTE_CODE] = N_("Not in the list of codes"),
    [YEJI_PASTE_DATE] = N_("Not a date"),
    [YEJI_PASTE_NUMBER] = N_("Not a number that the field can hold"),
    [YEJI_PASTE_LENGTH] = N_("Too long for the field"),
    [YEJI_PASTE_SEVERAL] = N_("Can be read in several ways"),
    [YEJI_PASTE_FORMAT] = N_("Not in the form that the field wants"),
  };

  g_return_val_if_fail (trouble < N_YEJI_PASTE_TROUBLES, "");

  return trouble == YEJI_PASTE_FITS ? "" : _(texts[trouble]);
}

/**
 * yeji_paste_dialog_new:
 * @parent: (nullable)
 * @plan: one in which something does not fit; not kept
 *
 * Returns: (transfer none): a dialog that asks; owned by GTK
 */
GtkWidget *
yeji_paste_dialog_new (GtkWindow           *parent,
                       const YejiPastePlan *plan)
{
  YejiPasteDialog *self = g_object_new (YEJI_TYPE_PASTE_DIALOG, "transient-for", parent, NULL);
  guint fitting = count_put (plan, FALSE);
  guint all = count_put (plan, TRUE);
  g_autofree char *summary = NULL;
  g_autofree char *take = NULL;

  summary = g_strdup_printf (ngettext ("%u of %u cells does not fit its column:",
                                       "%u of %u cells do not fit their columns:",
                                       plan->n_troubles), plan->n_troubles, plan->cells->len);
  gtk_label_set_text (self->summary, summary);
  take = g_strdup_printf (ngettext ("Paste the %u Cell That _Fits",
                                    "Paste the %u Cells That _Fit", fitting), fitting);
  gtk_button_set_label (self->take, take);
  gtk_widget_set_sensitive (GTK_WIDGET (self->take), fitting > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_all), all > fitting);
  fill (self, plan);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->take));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (fitting > 0 ? self->take : self->take_all));
  return GTK_WIDGET (self);
}

/**
 * yeji_paste_dialog_respond:
 *
 * Answers and closes.
 */
void
yeji_paste_dialog_respond (YejiPasteDialog   *self,
                           YejiPasteResponse  response)
{
  g_return_if_fail (YEJI_IS_PASTE_DIALOG (self));

  if (self->has_answered)
    return;
  self->has_answered = TRUE;
  g_signal_emit (self, signals[RESPONSE], 0, response);
  gtk_window_close (GTK_WINDOW (self));
}
