// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-section-page"

#include "config.h"

#include "yeji-section-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-carry-all.h"
#include "yeji-grid-page.h"
#include "yeji-messages.h"
#include "yeji-row-card.h"
#include "yeji-table-view.h"
#include "yeji-tooltip.h"

struct _YejiSectionPage
{
  AdwBin parent_instance;

  AdwClamp *head;
  GtkLabel *head_title;
  GtkLabel *head_count;
  GtkToggleButton *as_grid;
  GtkToggleButton *as_form;
  GtkStack *views;
  GtkScrolledWindow *scroller;
  GtkWidget *content;
  AdwPreferencesGroup *group;
  GtkButton *add;
  GtkBox *cards;
  GtkWidget *empty;
  GtkLabel *empty_label;
  GtkButton *next;

  YejiGridPage *grid;          /* (nullable) (transfer none): made when it is shown first */
  char *next_text;             /* (nullable) */
  gboolean has_cards;          /* the forms are made when they are shown first, too */

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
update_count (YejiSectionPage *self)
{
  guint n = yeji_record_get_n_rows (yeji_draft_get_record (self->draft), self->table);
  g_autofree char *text = n > 0 ? g_strdup_printf ("%u", n) : NULL;

  gtk_label_set_text (self->head_count, text != NULL ? text : "");
}

static gboolean
shows_grid (YejiSectionPage *self)
{
  return self->grid != NULL
         && gtk_stack_get_visible_child (self->views) == GTK_WIDGET (self->grid);
}

static void
on_grid_removed (YejiGridPage    *page,
                 YejiRow         *row,
                 guint            index,
                 YejiSectionPage *self)
{
  g_signal_emit (self, signals[REMOVED], 0, row, index);
}

static void
on_grid_next (YejiGridPage    *page,
              YejiSectionPage *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
make_grid (YejiSectionPage *self)
{
  self->grid = YEJI_GRID_PAGE (yeji_grid_page_new (self->draft, self->table));
  g_signal_connect_object (self->grid, "removed", G_CALLBACK (on_grid_removed), self, 0);
  g_signal_connect_object (self->grid, "next", G_CALLBACK (on_grid_next), self, 0);
  yeji_grid_page_set_next (self->grid, self->next_text);
  gtk_stack_add_named (self->views, GTK_WIDGET (self->grid), "grid");
}

static void
make_cards (YejiSectionPage *self)
{
  self->has_cards = TRUE;
  sync_cards (self);
  if (yeji_record_get_n_rows (yeji_draft_get_record (self->draft), self->table) == 1)
    yeji_row_card_set_expanded (
      YEJI_ROW_CARD (gtk_widget_get_first_child (GTK_WIDGET (self->cards))), TRUE);
}

/* A grid is as wide as there is room; a form is read best when it is not. */
static void
show_view (YejiSectionPage *self,
           gboolean         as_grid)
{
  if (as_grid && self->grid == NULL)
    make_grid (self);
  if (!as_grid && !self->has_cards)
    make_cards (self);
  adw_clamp_set_maximum_size (self->head, as_grid ? G_MAXINT16 : 860);
  adw_clamp_set_tightening_threshold (self->head, as_grid ? G_MAXINT16 : 700);
  gtk_stack_set_visible_child_name (self->views, as_grid ? "grid" : "form");
}

/* The row of the cursor is shown in the other view, too. */
static void
on_view_toggled (YejiSectionPage *self)
{
  gboolean as_grid = gtk_toggle_button_get_active (self->as_grid);

  if (self->draft == NULL || as_grid == shows_grid (self))
    return;
  yeji_table_view_save (self->table->id, as_grid);
  show_view (self, as_grid);
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
  if (table != self->table || is_root (self))
    return;
  update_count (self);
  if (self->has_cards)
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
yeji_section_page_finalize (GObject *object)
{
  g_free (YEJI_SECTION_PAGE (object)->next_text);
  G_OBJECT_CLASS (yeji_section_page_parent_class)->finalize (object);
}

static void
yeji_section_page_class_init (YejiSectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_section_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_section_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-section-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, head);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, head_title);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, head_count);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, as_grid);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, as_form);
  gtk_widget_class_bind_template_child (widget_class, YejiSectionPage, views);
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
  gtk_widget_class_bind_template_callback (widget_class, on_view_toggled);

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
  if (is_root (self))
    adw_preferences_group_set_title (self->group, label);
  else
    gtk_widget_set_margin_top (self->content, 2);
  gtk_label_set_text (self->head_title, label);
  gtk_widget_set_visible (GTK_WIDGET (self->head), !is_root (self));
  yeji_tooltip_set (GTK_WIDGET (self->add), add);
  yeji_a11y_set_name (GTK_WIDGET (self->add), add);
  /* Translators: the name of a table, such as “Contracts” */
  none = g_strdup_printf (_("Nothing entered under “%s” yet"), label);
  gtk_label_set_text (self->empty_label, none);
  if (is_root (self))
    show_root (self);
  else
    {
      GtkWidget *offers = yeji_carry_all_new (draft, table, NULL);
      gboolean as_grid = yeji_table_view_load (
        table->id, yeji_record_get_n_rows (yeji_draft_get_record (draft), table) > 1);

      g_signal_connect_object (draft, "rows-changed", G_CALLBACK (on_rows_changed), self,
                               G_CONNECT_SWAPPED);
      gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->head))), offers,
                                  GTK_WIDGET (self->head));
      update_count (self);
      show_view (self, as_grid);
      gtk_toggle_button_set_active (as_grid ? self->as_grid : self->as_form, TRUE);
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
  if (self->grid != NULL)
    yeji_grid_page_set_next (self->grid, text);
  g_free (self->next_text);
  self->next_text = g_steal_pointer (&text);
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
  if (shows_grid (self))
    {
      yeji_grid_page_close_row (self->grid);
      yeji_grid_add (yeji_grid_page_get_grid (self->grid));
    }
  else
    yeji_section_page_show (self, yeji_draft_add_row (self->draft, self->table),
                            g_ptr_array_index (self->table->fields, 0));
}

/**
 * yeji_section_page_show:
 * @row: (nullable): %NULL shows the table
 * @field: (nullable): %NULL shows the row
 *
 * Goes to a place: its cell in the grid; or opens its card and gives its control the focus.
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

  if (shows_grid (self))
    return yeji_grid_page_show (self->grid, row, field);
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
