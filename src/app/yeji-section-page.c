// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-section-page"

#include "config.h"

#include "yeji-section-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"
#include "yeji-row-card.h"

struct _YejiSectionPage
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget *content;
  AdwPreferencesGroup *group;
  GtkButton *add;
  GtkBox *cards;
  GtkWidget *empty;
  GtkLabel *empty_label;
  GtkButton *next;

  YejiDraft *draft;
  const YejiTableDef *table;
};

enum
{
  REMOVED,
  NEXT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiSectionPage, yeji_section_page, ADW_TYPE_BIN)

static gboolean
is_root (YejiSectionPage *self)
{
  return self->table == yeji_dictionary_get_root (yeji_draft_get_dictionary (self->draft));
}

static YejiRowCard *
find_card (YejiSectionPage *self,
           YejiRow         *row)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (YEJI_IS_ROW_CARD (child) && yeji_row_card_get_row (YEJI_ROW_CARD (child)) == row)
      return YEJI_ROW_CARD (child);
  return NULL;
}

static void
on_duplicate (YejiRowCard     *card,
              YejiSectionPage *self)
{
  YejiRow *row = yeji_draft_duplicate_row (self->draft, yeji_row_card_get_row (card));

  yeji_section_page_show (self, row, NULL);
}

static void
on_remove (YejiRowCard     *card,
           YejiSectionPage *self)
{
  g_autoptr (YejiRow) row = g_object_ref (yeji_row_card_get_row (card));
  guint index = yeji_draft_remove_row (self->draft, row);

  gtk_widget_grab_focus (GTK_WIDGET (self->add));
  g_signal_emit (self, signals[REMOVED], 0, row, index);
}

/* The whole row with its note, not at the edge: a third from the top. A form that was just made has
 * its size only after the layout, which comes after the first tick. */
static gboolean
scroll_to_focus (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       data)
{
  YejiSectionPage *self = YEJI_SECTION_PAGE (widget);
  gint64 *asked_in = data;     /* the frame of the first tick, -1 before it */
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment);
  graphene_rect_t bounds;

  if (*asked_in < 0)
    *asked_in = gdk_frame_clock_get_frame_counter (clock);
  if (*asked_in == gdk_frame_clock_get_frame_counter (clock))
    return G_SOURCE_CONTINUE;
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->content)
      && gtk_widget_compute_bounds (focus, self->content, &bounds)
      && (bounds.origin.y < value + 60 || bounds.origin.y + 120 > value + page))
    gtk_adjustment_set_value (adjustment, bounds.origin.y - page / 3);
  return G_SOURCE_REMOVE;
}

static void
scroll_after_layout (YejiSectionPage *self)
{
  gint64 *asked_in = g_new (gint64, 1);

  *asked_in = -1;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_focus, asked_in, g_free);
}

static GtkWidget *
make_card (YejiSectionPage *self,
           YejiRow         *row)
{
  GtkWidget *card = yeji_row_card_new (self->draft, row);

  g_signal_connect_object (card, "duplicate", G_CALLBACK (on_duplicate), self, 0);
  g_signal_connect_object (card, "remove", G_CALLBACK (on_remove), self, 0);
  return card;
}

static void
show_root (YejiSectionPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  YejiRow *row = yeji_record_get_project (yeji_draft_get_record (self->draft));

  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), yeji_field_list_new (self->draft, row));
  gtk_box_append (self->cards, card);
}

/* Cards follow the rows of the record; those of rows that stayed keep what was typed and opened. */
static void
sync_cards (YejiSectionPage *self)
{
  YejiRecord *record = yeji_draft_get_record (self->draft);
  guint n = yeji_record_get_n_rows (record, self->table);
  GtkWidget *before = NULL;

  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (record, self->table, i);
      GtkWidget *card = (GtkWidget *) find_card (self, row);

      if (card == NULL)
        {
          card = make_card (self, row);
          gtk_box_insert_child_after (self->cards, card, before);
        }
      else
        gtk_box_reorder_child_after (self->cards, card, before);
      yeji_row_card_set_number (YEJI_ROW_CARD (card), i + 1);
      before = card;
    }
  while (before != NULL ? gtk_widget_get_next_sibling (before) != NULL
                        : gtk_widget_get_first_child (GTK_WIDGET (self->cards)) != NULL)
    gtk_box_remove (self->cards,
                    before != NULL ? gtk_widget_get_next_sibling (before)
                                   : gtk_widget_get_first_child (GTK_WIDGET (self->cards)));
  gtk_widget_set_visible (self->empty, n == 0);
}

static void
update_editable (YejiSectionPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->add),
                          !is_root (self) && yeji_draft_is_editable (self->draft));
}

static void
on_rows_changed (YejiSectionPage    *self,
                 const YejiTableDef *table)
{
  if (table == self->table && !is_root (self))
    sync_cards (self);
}

static void
on_add (YejiSectionPage *self)
{
  yeji_section_page_add (self);
}

static void
on_next (YejiSectionPage *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
yeji_section_page_dispose (GObject *object)
{
  g_clear_object (&YEJI_SECTION_PAGE (object)->draft);
  G_OBJECT_CLASS (yeji_section_page_parent_class)->dispose (object);
}

static void
yeji_section_page_class_init (YejiSectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_section_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-section-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, content);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, group);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, add);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, cards);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, empty);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, empty_label);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, next);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_next);

  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_SECTION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_UINT);
  signals[NEXT] = g_signal_new ("next", YEJI_TYPE_SECTION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
yeji_section_page_init (YejiSectionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_section_page_new:
 *
 * Returns: (transfer floating): the form of @table
 */
GtkWidget *
yeji_section_page_new (YejiDraft          *draft,
                       const YejiTableDef *table)
{
  YejiSectionPage *self = g_object_new (YEJI_TYPE_SECTION_PAGE, NULL);
  const char *label = yeji_label (&table->label);
  g_autofree char *add = g_strdup_printf (_("Add %s"), label);
  g_autofree char *none = NULL;

  self->draft = g_object_ref (draft);
  self->table = table;
  adw_preferences_group_set_title (self->group, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), add);
  yeji_a11y_set_name (GTK_WIDGET (self->add), add);
  /* Translators: the name of a table, such as “Contracts” */
  none = g_strdup_printf (_("Nothing entered under “%s” yet"), label);
  gtk_label_set_text (self->empty_label, none);
  if (is_root (self))
    show_root (self);
  else
    {
      sync_cards (self);
      g_signal_connect_object (draft, "rows-changed", G_CALLBACK (on_rows_changed), self,
                               G_CONNECT_SWAPPED);
      if (yeji_record_get_n_rows (yeji_draft_get_record (draft), table) == 1)
        yeji_row_card_set_expanded (
          YEJI_ROW_CARD (gtk_widget_get_first_child (GTK_WIDGET (self->cards))), TRUE);
    }
  g_signal_connect_object (draft, "entry-changed", G_CALLBACK (update_editable), self,
                           G_CONNECT_SWAPPED);
  update_editable (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_section_page_get_table:
 *
 * Returns: (transfer none): the table that it shows
 */
const YejiTableDef *
yeji_section_page_get_table (YejiSectionPage *self)
{
  return self->table;
}

/**
 * yeji_section_page_set_next:
 * @label: (nullable): the section that comes after this one
 */
void
yeji_section_page_set_next (YejiSectionPage *self,
                            const char      *label)
{
  g_autofree char *text = NULL;

  g_return_if_fail (YEJI_IS_SECTION_PAGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->next), label != NULL);
  if (label == NULL)
    return;
  text = g_strdup_printf (_("Next: %s"), label);
  gtk_button_set_label (self->next, text);
  yeji_a11y_set_name (GTK_WIDGET (self->next), text);
}

/**
 * yeji_section_page_add:
 *
 * Adds a row and goes to its first field.
 */
void
yeji_section_page_add (YejiSectionPage *self)
{
  g_return_if_fail (YEJI_IS_SECTION_PAGE (self));

  if (is_root (self) || !yeji_draft_is_editable (self->draft))
    return;
  yeji_section_page_show (self, yeji_draft_add_row (self->draft, self->table),
                          g_ptr_array_index (self->table->fields, 0));
}

/**
 * yeji_section_page_show:
 * @row: (nullable): %NULL shows the table
 * @field: (nullable): %NULL shows the row
 *
 * Goes to a place: opens its card and gives its control the focus.
 *
 * Returns: whether the place is there
 */
gboolean
yeji_section_page_show (YejiSectionPage    *self,
                        YejiRow            *row,
                        const YejiFieldDef *field)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  YejiFieldList *fields = NULL;
  YejiFieldRow *target = NULL;
  YejiRowCard *card;

  g_return_val_if_fail (YEJI_IS_SECTION_PAGE (self), FALSE);

  if (is_root (self))
    fields = YEJI_FIELD_LIST (gtk_widget_get_first_child (first));
  else if (row == NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->add));
  else
    {
      card = find_card (self, row);
      if (card == NULL)
        return FALSE;
      yeji_row_card_set_expanded (card, TRUE);
      if (field == NULL)
        {
          scroll_after_layout (self);
          return gtk_widget_grab_focus (GTK_WIDGET (card));
        }
      fields = yeji_row_card_get_fields (card);
    }
  if (field != NULL)
    target = yeji_field_list_find (fields, field);
  scroll_after_layout (self);
  if (target == NULL)
    return gtk_widget_child_focus (GTK_WIDGET (fields), GTK_DIR_TAB_FORWARD);
  return gtk_widget_grab_focus (GTK_WIDGET (target));
}
