// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-chooser"

#include "config.h"

#include "yeji-chooser.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-composing.h"
#include "yeji-tooltip.h"

struct _YejiChooser
{
  GtkPopover parent_instance;

  GtkSearchEntry *search;
  GtkListView *list;
  GtkStack *stack;
  GtkButton *clear;
  GtkButton *add;
  GtkLabel *note;

  GListStore *all;             /* of YejiChoice */
  GtkCustomFilter *filter;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
};

enum
{
  CHOSEN,
  ADD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiChooser, yeji_chooser, GTK_TYPE_POPOVER)

static gboolean
matches (gpointer item,
         gpointer data)
{
  YejiChooser *self = data;

  return yeji_choice_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
choose (YejiChooser *self,
        const char  *value)
{
  g_autofree char *copy = g_strdup (value);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, copy);
}

static void
scroll_to_selected (YejiChooser *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* The focus stays in the search entry, so what is selected is spoken as its description. */
static void
on_selected (YejiChooser *self)
{
  YejiChoice *choice = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *text = NULL;

  if (choice != NULL)
    text = g_strdup_printf ("%s %s %s", yeji_choice_get_name (choice),
                            yeji_choice_get_shown (choice), yeji_choice_get_details (choice));
  yeji_a11y_set_description (GTK_WIDGET (self->search), text);
}

static void
on_search_changed (YejiChooser *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_stack_set_visible_child_name (self->stack,
                                    yeji_chooser_get_n_shown (self) > 0 ? "list" : "none");
  gtk_single_selection_set_selected (self->selection, 0);
}

static void
on_activated (YejiChooser *self,
              guint        position)
{
  g_autoptr (YejiChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (choice != NULL)
    choose (self, yeji_choice_get_value (choice));
}

static void
on_clear (YejiChooser *self)
{
  choose (self, "");
}

static void
on_add (YejiChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[ADD], 0);
}

static void
on_stop_search (YejiChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        YejiChooser           *self)
{
  static const struct { guint key; int step; } steps[] = {
    { GDK_KEY_Down, 1 }, { GDK_KEY_Up, -1 }, { GDK_KEY_Page_Down, 8 }, { GDK_KEY_Page_Up, -8 },
  };
  int n = (int) yeji_chooser_get_n_shown (self);
  int position = (int) gtk_single_selection_get_selected (self->selection);

  if (yeji_composing_is_on (GTK_WIDGET (self->search)))
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (steps) && n > 0; i++)
    if (steps[i].key == keyval)
      {
        gtk_single_selection_set_selected (self->selection,
                                           (guint) CLAMP (position + steps[i].step, 0, n - 1));
        scroll_to_selected (self);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

static void
setup_item (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *value = gtk_label_new (NULL);
  GtkWidget *details = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (value, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_add_css_class (details, "caption");
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), details);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 5);
  gtk_widget_set_margin_bottom (box, 5);
  gtk_list_item_set_child (item, box);
}

static void
bind_item (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  YejiChoice *choice = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *line = gtk_widget_get_first_child (box);
  GtkWidget *name = gtk_widget_get_first_child (line);
  GtkWidget *value = gtk_widget_get_next_sibling (name);
  GtkWidget *details = gtk_widget_get_last_child (box);
  gboolean named = *yeji_choice_get_name (choice) != '\0';
  const char *more = yeji_choice_get_details (choice);
  const char *spoken = named ? yeji_choice_get_name (choice) : yeji_choice_get_shown (choice);

  gtk_label_set_text (GTK_LABEL (name), spoken);
  yeji_tooltip_set (name, spoken);
  gtk_label_set_text (GTK_LABEL (value), named ? yeji_choice_get_shown (choice) : "");
  gtk_label_set_text (GTK_LABEL (details), more);
  gtk_widget_set_visible (details, *more != '\0');
  if (gtk_widget_get_parent (box) != NULL)
    yeji_a11y_set_name (gtk_widget_get_parent (box), spoken);
}

static void
on_show (YejiChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
yeji_chooser_dispose (GObject *object)
{
  YejiChooser *self = YEJI_CHOOSER (object);

  g_clear_object (&self->all);
  g_clear_object (&self->filter);
  g_clear_object (&self->filtered);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (yeji_chooser_parent_class)->dispose (object);
}

static void
yeji_chooser_class_init (YejiChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_chooser_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiChooser, search);
  gtk_widget_class_bind_template_child (widget_class, YejiChooser, list);
  gtk_widget_class_bind_template_child (widget_class, YejiChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiChooser, clear);
  gtk_widget_class_bind_template_child (widget_class, YejiChooser, add);
  gtk_widget_class_bind_template_child (widget_class, YejiChooser, note);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_show);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD] = g_signal_new ("add", YEJI_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
yeji_chooser_init (YejiChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->all = g_list_store_new (YEJI_TYPE_CHOICE);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->all)),
                                              g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_item), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_item), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (yeji_chooser_accept), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  yeji_composing_watch (GTK_WIDGET (self->search));
  g_object_unref (factory);
}

/**
 * yeji_chooser_new:
 * @label: what is chosen
 *
 * Returns: (transfer floating): a chooser without choices
 */
YejiChooser *
yeji_chooser_new (const char *label)
{
  YejiChooser *self = g_object_new (YEJI_TYPE_CHOOSER, NULL);
  g_autofree char *search = g_strdup_printf (_("Search in “%s”"), label);

  yeji_a11y_set_name (GTK_WIDGET (self), label);
  yeji_a11y_set_name (GTK_WIDGET (self->search), search);
  yeji_a11y_set_name (GTK_WIDGET (self->list), label);
  return self;
}

/**
 * yeji_chooser_set_choices:
 * @choices: of #YejiChoice
 * @value: the present value; its choice is selected
 *
 * Offers other choices.
 */
void
yeji_chooser_set_choices (YejiChooser *self,
                          GListModel  *choices,
                          const char  *value)
{
  guint n = g_list_model_get_n_items (choices);
  guint selected = 0;

  g_return_if_fail (YEJI_IS_CHOOSER (self));

  g_list_store_remove_all (self->all);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiChoice) choice = g_list_model_get_item (choices, i);

      g_list_store_append (self->all, choice);
      if (g_str_equal (yeji_choice_get_value (choice), value))
        selected = i;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  on_search_changed (self);
  gtk_widget_set_visible (GTK_WIDGET (self->clear), *value != '\0');
  gtk_single_selection_set_selected (self->selection, selected);
  scroll_to_selected (self);
}

/**
 * yeji_chooser_set_note:
 * @note: (nullable): what is to be known before one chooses
 *
 * Shows a line above the choices.
 */
void
yeji_chooser_set_note (YejiChooser *self,
                       const char  *note)
{
  g_return_if_fail (YEJI_IS_CHOOSER (self));

  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  yeji_a11y_set_description (GTK_WIDGET (self), note);
}

/**
 * yeji_chooser_set_add:
 * @label: what is added, for the button
 *
 * Lets the user ask for what is not among the choices: the signal "add".
 */
void
yeji_chooser_set_add (YejiChooser *self,
                      const char  *label)
{
  g_return_if_fail (YEJI_IS_CHOOSER (self));

  gtk_button_set_label (self->add, label);
  gtk_widget_set_visible (GTK_WIDGET (self->add), TRUE);
}

/**
 * yeji_chooser_set_clearable:
 *
 * Says whether nothing may be chosen, too; at first it may, where there is a present value.
 */
void
yeji_chooser_set_clearable (YejiChooser *self,
                            gboolean     clearable)
{
  g_return_if_fail (YEJI_IS_CHOOSER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->clear), clearable);
}

/**
 * yeji_chooser_set_search:
 *
 * Types into the search.
 */
void
yeji_chooser_set_search (YejiChooser *self,
                         const char  *text)
{
  g_return_if_fail (YEJI_IS_CHOOSER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  on_search_changed (self);
}

/**
 * yeji_chooser_get_n_shown:
 *
 * Returns: how many choices the search leaves
 */
guint
yeji_chooser_get_n_shown (YejiChooser *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

/**
 * yeji_chooser_accept:
 *
 * Chooses what is selected.
 */
void
yeji_chooser_accept (YejiChooser *self)
{
  YejiChoice *choice;

  g_return_if_fail (YEJI_IS_CHOOSER (self));

  choice = gtk_single_selection_get_selected_item (self->selection);
  if (choice != NULL)
    choose (self, yeji_choice_get_value (choice));
}
