// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-compare-row.h"
#include "yeji-compare-text.h"
#include "yeji-tooltip.h"

struct _YejiCompareWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkStack *stack;
  GtkWidget *head;
  GtkLabel *base_title;
  GtkLabel *mine_title;
  GtkLabel *theirs_title;
  GtkListView *list;
  AdwStatusPage *same;
  AdwStatusPage *failure;
  GtkToggleButton *all;
  GtkWidget *previous;
  GtkWidget *next;
  GtkLabel *count;
  GtkRevealer *bar;
  GtkLabel *decided;
  GtkWidget *apply;

  gboolean deciding;
  YejiComparison *comparison;  /* (nullable) */
  GPtrArray *places;           /* (element-type YejiCompareItem) */
  GListStore *items;
  GtkSingleSelection *selection;
};

enum
{
  CHOSEN,
  DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiCompareWindow, yeji_compare_window, ADW_TYPE_WINDOW)

/* ---- The list */

static YejiCompareItem *
get_item (YejiCompareWindow *self,
          guint              position)
{
  g_autoptr (YejiCompareItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item;                 /* the list holds it */
}

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          YejiCompareWindow  *self)
{
  gtk_list_item_set_child (list_item,
                           yeji_compare_row_new (self->comparison == NULL
                                                 || self->comparison->has_base, self->deciding));
}

static void
on_bind (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         YejiCompareWindow  *self)
{
  YejiCompareItem *item = gtk_list_item_get_item (list_item);
  YejiCompareRow *row = YEJI_COMPARE_ROW (gtk_list_item_get_child (list_item));
  gboolean is_place = yeji_compare_item_get_section (item) == NULL;
  GtkWidget *line = gtk_widget_get_parent (GTK_WIDGET (row));
  g_autofree char *name = NULL;

  gtk_list_item_set_activatable (list_item, is_place);
  gtk_list_item_set_selectable (list_item, is_place);
  yeji_compare_row_set_item (row, item);
  name = yeji_compare_row_describe (row);
  if (line != NULL)
    yeji_a11y_set_name (line, name);
}

static void
on_unbind (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           YejiCompareWindow  *self)
{
  yeji_compare_row_set_item (YEJI_COMPARE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
update_count (YejiCompareWindow *self)
{
  guint n = self->comparison != NULL ? yeji_comparison_count (self->comparison) : 0;
  g_autofree char *text = NULL;

  if (self->deciding)
    text = g_strdup_printf (ngettext ("%u conflict", "%u conflicts", n), n);
  else
    text = g_strdup_printf (ngettext ("%u difference", "%u differences", n), n);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_sensitive (self->next, n > 0);
  gtk_widget_set_sensitive (self->previous, n > 0);
}

static void
update_decided (YejiCompareWindow *self)
{
  guint n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->places->len; i++)
    if (yeji_compare_item_get_decision (g_ptr_array_index (self->places, i))
          != YEJI_DECISION_LATER)
      n++;
  text = g_strdup_printf (_("%u of %u decided"), n, self->places->len);
  gtk_label_set_text (self->decided, text);
  gtk_widget_set_sensitive (self->apply, n > 0);
}

/* The lines that are shown: with a heading for each section. */
static void
fill (YejiCompareWindow *self)
{
  gboolean all = gtk_toggle_button_get_active (self->all);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  const char *table = NULL;
  YejiCompareItem *section = NULL;

  for (guint i = 0; i < self->places->len; i++)
    {
      YejiCompareItem *item = g_ptr_array_index (self->places, i);
      const YejiDifference *difference = yeji_compare_item_get_difference (item);

      if (!all && !yeji_compare_item_is_different (item))
        continue;
      if (g_strcmp0 (table, difference->table) != 0)
        {
          g_autofree char *title = yeji_difference_to_section (difference,
                                                               self->comparison->dictionary);

          table = difference->table;
          section = yeji_compare_item_new_section (title);
          g_ptr_array_add (lines, section);
        }
      if (yeji_compare_item_is_different (item))
        yeji_compare_item_count (section);
      g_ptr_array_add (lines, g_object_ref (item));
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       lines->pdata, lines->len);
  gtk_stack_set_visible_child_name (self->stack, lines->len > 0 ? "list" : "same");
  gtk_widget_set_visible (self->head, lines->len > 0);
}

static void
on_all (YejiCompareWindow *self)
{
  if (self->comparison != NULL)
    fill (self);
}

/* ---- Going about */

/* GTK 4.8 has no way to scroll a list to a row but this action. */
static void
show_position (YejiCompareWindow *self,
               guint              position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
activate (YejiCompareWindow *self,
          guint              position)
{
  YejiCompareItem *item = get_item (self, position);
  const YejiDifference *difference = item != NULL ? yeji_compare_item_get_difference (item) : NULL;

  if (difference != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, difference->table, difference->row,
                   difference->field);
}

static void
on_activate (YejiCompareWindow *self,
             guint              position)
{
  activate (self, position);
}

static gboolean
on_step_key (GtkWidget *widget,
             GVariant  *by,
             gpointer   data)
{
  yeji_compare_window_step (YEJI_COMPARE_WINDOW (widget), g_variant_get_int32 (by));
  return GDK_EVENT_STOP;
}

static void
on_next (YejiCompareWindow *self)
{
  yeji_compare_window_step (self, 1);
}

static void
on_previous (YejiCompareWindow *self)
{
  yeji_compare_window_step (self, -1);
}

/* ---- Deciding */

static gboolean
on_decide_key (GtkWidget *widget,
               GVariant  *decision,
               gpointer   data)
{
  YejiCompareWindow *self = YEJI_COMPARE_WINDOW (widget);
  YejiCompareItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (!self->deciding || item == NULL || yeji_compare_item_get_difference (item) == NULL)
    return GDK_EVENT_PROPAGATE;
  yeji_compare_item_set_decision (item, (YejiDecision) g_variant_get_int32 (decision));
  return GDK_EVENT_STOP;
}

static void
decide_all (YejiCompareWindow *self,
            YejiDecision       decision)
{
  for (guint i = 0; i < self->places->len; i++)
    yeji_compare_item_set_decision (g_ptr_array_index (self->places, i), decision);
}

static void
on_all_mine (YejiCompareWindow *self)
{
  decide_all (self, YEJI_DECISION_MINE);
}

static void
on_all_theirs (YejiCompareWindow *self)
{
  decide_all (self, YEJI_DECISION_THEIRS);
}

static void
on_apply (YejiCompareWindow *self)
{
  g_signal_emit (self, signals[DECIDED], 0);
}

static gboolean
on_apply_key (GtkWidget *widget,
              GVariant  *arguments,
              gpointer   data)
{
  YejiCompareWindow *self = YEJI_COMPARE_WINDOW (widget);

  if (self->deciding && gtk_widget_is_sensitive (self->apply))
    on_apply (self);
  return GDK_EVENT_STOP;
}

/* ---- */

/* The list lets go of the places before they go. */
static void
clear (YejiCompareWindow *self)
{
  if (self->items != NULL)
    g_list_store_remove_all (self->items);
  g_ptr_array_set_size (self->places, 0);
  g_clear_pointer (&self->comparison, yeji_comparison_free);
}

static void
yeji_compare_window_dispose (GObject *object)
{
  YejiCompareWindow *self = YEJI_COMPARE_WINDOW (object);

  clear (self);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (yeji_compare_window_parent_class)->dispose (object);
}

static void
yeji_compare_window_finalize (GObject *object)
{
  g_ptr_array_unref (YEJI_COMPARE_WINDOW (object)->places);
  G_OBJECT_CLASS (yeji_compare_window_parent_class)->finalize (object);
}

/* What a key does in the window. */
static const struct
{
  guint key;
  GdkModifierType modifiers;
  GtkShortcutFunc func;
  int argument;
} keys[] = {
  { GDK_KEY_F8, 0, on_step_key, 1 },
  { GDK_KEY_F8, GDK_SHIFT_MASK, on_step_key, -1 },
  { GDK_KEY_1, 0, on_decide_key, YEJI_DECISION_MINE },
  { GDK_KEY_KP_1, 0, on_decide_key, YEJI_DECISION_MINE },
  { GDK_KEY_2, 0, on_decide_key, YEJI_DECISION_THEIRS },
  { GDK_KEY_KP_2, 0, on_decide_key, YEJI_DECISION_THEIRS },
  { GDK_KEY_0, 0, on_decide_key, YEJI_DECISION_LATER },
  { GDK_KEY_KP_0, 0, on_decide_key, YEJI_DECISION_LATER },
  { GDK_KEY_Return, GDK_CONTROL_MASK, on_apply_key, 0 },
  { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_apply_key, 0 },
};

static void
yeji_compare_window_class_init (YejiCompareWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_compare_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_compare_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, head);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, base_title);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, mine_title);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, theirs_title);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, same);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, all);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, previous);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, next);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, count);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, decided);
  gtk_widget_class_bind_template_child (widget_class, YejiCompareWindow, apply);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_all_mine);
  gtk_widget_class_bind_template_callback (widget_class, on_all_theirs);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, keys[i].func, "i",
                                  keys[i].argument);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_COMPARE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
  signals[DECIDED] = g_signal_new ("decided", YEJI_TYPE_COMPARE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_compare_window_init (YejiCompareWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->places = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_list_store_new (YEJI_TYPE_COMPARE_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Differences"));
  yeji_a11y_set_name (self->next, _("Next difference"));
  yeji_a11y_set_name (self->previous, _("Previous difference"));
}

/* How many columns there are is known with the first comparison alone. */
static void
show_list (YejiCompareWindow *self)
{
  GtkListItemFactory *factory;

  if (gtk_list_view_get_model (self->list) != NULL)
    return;
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
}

/**
 * yeji_compare_window_new:
 * @parent: the window whose records these are
 * @title: what is compared
 * @deciding: whether the clerk chooses between both
 *
 * Returns: (transfer floating): a window that waits for its comparison
 */
GtkWidget *
yeji_compare_window_new (GtkWindow  *parent,
                         const char *title,
                         gboolean    deciding)
{
  YejiCompareWindow *self = g_object_new (YEJI_TYPE_COMPARE_WINDOW, "title", title, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  adw_window_title_set_title (self->title, title);
  self->deciding = deciding;
  gtk_revealer_set_reveal_child (self->bar, deciding);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), deciding);
  gtk_widget_set_visible (GTK_WIDGET (self->all), !deciding);
  if (deciding)
    {
      adw_status_page_set_title (self->same, _("Nothing to Decide"));
      adw_status_page_set_description (self->same, _("You and the province say the same "
                                                     "everywhere."));
    }
  return GTK_WIDGET (self);
}

/**
 * yeji_compare_window_set_subtitle:
 *
 * Says which record it is.
 */
void
yeji_compare_window_set_subtitle (YejiCompareWindow *self,
                                  const char        *subtitle)
{
  adw_window_title_set_subtitle (self->title, subtitle);
}

/**
 * yeji_compare_window_set_sides:
 *
 * Says what stands in the columns of mine and theirs.
 */
void
yeji_compare_window_set_sides (YejiCompareWindow *self,
                               const char        *mine,
                               const char        *theirs)
{
  gtk_label_set_text (self->mine_title, mine);
  yeji_tooltip_set (GTK_WIDGET (self->mine_title), mine);
  gtk_label_set_text (self->theirs_title, theirs);
  yeji_tooltip_set (GTK_WIDGET (self->theirs_title), theirs);
}

/* What was chosen before stays chosen where the same is still to be decided. */
static YejiDecision
find_decision (GPtrArray            *decisions,
               const YejiDifference *difference)
{
  for (guint i = 0; i < decisions->len; i += 2)
    {
      g_autofree char *key = g_strjoin ("\n", difference->table, difference->row,
                                        difference->field, NULL);

      if (g_str_equal (g_ptr_array_index (decisions, i), key))
        return (YejiDecision) (*(const char *) g_ptr_array_index (decisions, i + 1) - '0');
    }
  return YEJI_DECISION_LATER;
}

static GPtrArray *
keep_decisions (YejiCompareWindow *self)
{
  GPtrArray *decisions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->places->len; i++)
    {
      YejiCompareItem *item = g_ptr_array_index (self->places, i);
      const YejiDifference *difference = yeji_compare_item_get_difference (item);

      if (yeji_compare_item_get_decision (item) == YEJI_DECISION_LATER)
        continue;
      g_ptr_array_add (decisions, g_strjoin ("\n", difference->table, difference->row,
                                             difference->field, NULL));
      g_ptr_array_add (decisions,
                       g_strdup_printf ("%d", (int) yeji_compare_item_get_decision (item)));
    }
  return decisions;
}

/**
 * yeji_compare_window_take:
 * @comparison: (transfer full): what is shown from now on, with what is the same everywhere
 */
void
yeji_compare_window_take (YejiCompareWindow *self,
                          YejiComparison    *comparison)
{
  g_autoptr (GPtrArray) decisions = NULL;
  guint selected = gtk_single_selection_get_selected (self->selection);

  g_return_if_fail (YEJI_IS_COMPARE_WINDOW (self));
  g_return_if_fail (comparison != NULL);

  decisions = keep_decisions (self);
  clear (self);
  self->comparison = comparison;
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (comparison->differences, i);
      YejiCompareItem *item = yeji_compare_item_new (comparison, difference);

      g_ptr_array_add (self->places, item);
      yeji_compare_item_set_decision (item, find_decision (decisions, difference));
      g_signal_connect_object (item, "notify::decision", G_CALLBACK (update_decided), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->base_title), comparison->has_base);
  show_list (self);
  fill (self);
  update_count (self);
  update_decided (self);
  if (selected != GTK_INVALID_LIST_POSITION
      && selected < g_list_model_get_n_items (G_LIST_MODEL (self->items)))
    gtk_single_selection_set_selected (self->selection, selected);
  else
    yeji_compare_window_step (self, 1);
}

/**
 * yeji_compare_window_fail:
 *
 * Says why there is nothing to be compared.
 */
void
yeji_compare_window_fail (YejiCompareWindow *self,
                          const char        *sentence)
{
  adw_status_page_set_description (self->failure, sentence);
  gtk_stack_set_visible_child_name (self->stack, "failure");
  gtk_widget_set_visible (self->head, FALSE);
}

/**
 * yeji_compare_window_step:
 * @step: 1 or -1
 *
 * Goes to the next or previous difference, from the last on to the first.
 */
void
yeji_compare_window_step (YejiCompareWindow *self,
                          int                step)
{
  guint n, position;

  g_return_if_fail (YEJI_IS_COMPARE_WINDOW (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  position = gtk_single_selection_get_selected (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    position = step > 0 ? n - 1 : 0;
  for (guint i = 0; i < n; i++)
    {
      position = (position + n + (guint) step) % n;
      if (!yeji_compare_item_is_different (get_item (self, position)))
        continue;
      show_position (self, position);
      return;
    }
}

/**
 * yeji_compare_window_get_items:
 *
 * Returns: (transfer none): the lines, #YejiCompareItem
 */
GListModel *
yeji_compare_window_get_items (YejiCompareWindow *self)
{
  return G_LIST_MODEL (self->items);
}

/**
 * yeji_compare_window_list_decided:
 *
 * Returns: (transfer container) (element-type YejiDifference): the places for which the clerk chose
 *   so, good until the next comparison
 */
GPtrArray *
yeji_compare_window_list_decided (YejiCompareWindow *self,
                                  YejiDecision       decision)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < self->places->len; i++)
    {
      YejiCompareItem *item = g_ptr_array_index (self->places, i);

      if (yeji_compare_item_get_decision (item) == decision)
        g_ptr_array_add (list, (gpointer) yeji_compare_item_get_difference (item));
    }
  return list;
}
