// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-carry-all"

#include "config.h"

#include "yeji-carry-all.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-tooltip.h"

/* A table with more rows is not counted after every key: each of its rows may look at all others.
 * */
#define MAX_ROWS 50

struct _YejiCarryAll
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkButton *button;

  YejiDraft *draft;
  const YejiTableDef *table;
  YejiRow *row;                /* (nullable): the whole table */
  guint count;
  guint update_id;
};

G_DEFINE_FINAL_TYPE (YejiCarryAll, yeji_carry_all, GTK_TYPE_BOX)

static gboolean
is_too_long (YejiCarryAll *self)
{
  return self->row == NULL
         && yeji_record_get_n_rows (yeji_draft_get_record (self->draft), self->table) > MAX_ROWS;
}

/* A row says it of itself; the table speaks only where it is more than one row's. */
static guint
count_offers (YejiCarryAll *self)
{
  g_autoptr (GPtrArray) edits = NULL;
  YejiRow *first = NULL;
  gboolean several = self->row != NULL || self->table->index == 0;

  if (is_too_long (self))
    return 0;
  edits = yeji_draft_carry_all (self->draft, self->table, self->row);
  for (guint i = 0; i < edits->len && !several; i++)
    {
      const YejiEdit *edit = g_ptr_array_index (edits, i);

      several = first != NULL && first != edit->row;
      first = edit->row;
    }
  return several ? edits->len : 0;
}

static void
update (YejiCarryAll *self)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_clear_handle_id (&self->update_id, g_source_remove);
  self->count = count_offers (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->count > 1);
  if (self->count <= 1)
    return;
  text = g_strdup_printf (ngettext ("%u value stands elsewhere already",
                                    "%u values stand elsewhere already", self->count), self->count);
  /* Translators: a table, and how many of its values stand elsewhere */
  name = g_strdup_printf (_("%s: use all offered values"), yeji_label (&self->table->label));
  gtk_label_set_text (self->label, text);
  yeji_a11y_set_name (GTK_WIDGET (self->button), name);
  yeji_a11y_set_description (GTK_WIDGET (self->button), text);
}

static gboolean
update_on_time (gpointer data)
{
  YejiCarryAll *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* After what the keystroke shows, and once for many changes. */
static void
update_soon (YejiCarryAll *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_LOW, update_on_time, self, NULL);
}

static void
on_clicked (YejiCarryAll *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  yeji_carry_all_take (self);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_widget_child_focus (parent, GTK_DIR_TAB_FORWARD);
}

static void
yeji_carry_all_dispose (GObject *object)
{
  YejiCarryAll *self = YEJI_CARRY_ALL (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->row);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_carry_all_parent_class)->dispose (object);
}

static void
yeji_carry_all_class_init (YejiCarryAllClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_carry_all_dispose;
}

static void
yeji_carry_all_init (YejiCarryAll *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Use All"));

  self->label = GTK_LABEL (label);
  self->button = GTK_BUTTON (button);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-carry-all");
  gtk_box_append (GTK_BOX (self), label);
  gtk_box_append (GTK_BOX (self), button);
}

/**
 * yeji_carry_all_new:
 * @row: (nullable): a row of @table; %NULL: all of them
 *
 * Returns: (transfer floating): the line
 */
GtkWidget *
yeji_carry_all_new (YejiDraft          *draft,
                    const YejiTableDef *table,
                    YejiRow            *row)
{
  YejiCarryAll *self = g_object_new (YEJI_TYPE_CARRY_ALL, NULL);

  self->draft = g_object_ref (draft);
  self->table = table;
  g_set_object (&self->row, row);
  yeji_tooltip_set (GTK_WIDGET (self->button),
                    row != NULL || table->index == 0
                      ? _("Use all that is offered in this row: Shift+Alt+Enter in a "
                          "field")
                      : _("Use all that is offered in this section: Ctrl+Alt+Enter in a "
                          "field"));
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "rows-changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update_soon), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_carry_all_count:
 *
 * Returns: how many values it speaks of, 0 when it is not there
 */
guint
yeji_carry_all_count (YejiCarryAll *self)
{
  update (self);
  return self->count > 1 ? self->count : 0;
}

/**
 * yeji_carry_all_take:
 *
 * Takes all that is offered, as one step of the history.
 *
 * Returns: whether there was anything
 */
gboolean
yeji_carry_all_take (YejiCarryAll *self)
{
  g_return_val_if_fail (YEJI_IS_CARRY_ALL (self), FALSE);

  return yeji_draft_carry_take (self->draft, self->table, self->row) > 0;
}
