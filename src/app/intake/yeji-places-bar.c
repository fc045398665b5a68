// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-places-bar"

#include "config.h"

#include "yeji-places-bar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-field-row.h"
#include "yeji-grid.h"
#include "yeji-messages.h"

#define BAR_KEY "yeji-places-bar"

/* Nobody remembers more. */
#define MAX_PLACES 20

typedef struct
{
  YejiRow *row;
  const YejiFieldDef *field;
} Place;

struct _YejiPlacesBar
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkWidget *button;

  YejiDraft *draft;            /* (nullable) */
  GArray *places;              /* (element-type Place): where one came from, the last one last */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPlacesBar, yeji_places_bar, GTK_TYPE_BOX)

static void
clear_place (gpointer data)
{
  g_object_unref (((Place *) data)->row);
}

static void
update (YejiPlacesBar *self)
{
  const Place *last = self->places->len > 0
                        ? &g_array_index (self->places, Place, self->places->len - 1) : NULL;
  const YejiTableDef *table;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), last != NULL);
  if (last == NULL)
    return;
  table = yeji_row_get_table (last->row);
  /* Translators: a table and a field of it, to which one goes back */
  text = g_strdup_printf (_("Back to %s · %s"), yeji_label (&table->label),
                          yeji_label (&last->field->label));
  gtk_label_set_text (self->label, text);
  yeji_a11y_set_name (self->button, text);
}

static void
forget (YejiPlacesBar *self)
{
  g_array_set_size (self->places, 0);
  update (self);
}

/* Where the keyboard is now: in a form or in a grid. */
static gboolean
find_place (YejiPlacesBar *self,
            Place         *place)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, YEJI_TYPE_FIELD_ROW) : NULL;
  YejiFormField *field = row != NULL ? yeji_field_row_get_field (YEJI_FIELD_ROW (row)) : NULL;

  if (field == NULL)
    return GTK_IS_WINDOW (root)
           && yeji_grid_find_focused (GTK_WINDOW (root), &place->row, &place->field);
  place->row = yeji_form_field_get_row (field);
  place->field = yeji_form_field_get_def (field);
  return TRUE;
}

static void
remember (YejiPlacesBar *self)
{
  Place place;

  if (!find_place (self, &place))
    return;
  g_object_ref (place.row);
  if (self->places->len == MAX_PLACES)
    g_array_remove_index (self->places, 0);
  g_array_append_val (self->places, place);
  update (self);
}

static void
go_to (GSimpleAction *action,
       GVariant      *target,
       gpointer       data)
{
  YejiPlacesBar *self = data;
  const char *table, *row, *field;

  if (self->draft == NULL)
    return;
  g_variant_get (target, "(&s&s&s)", &table, &row, &field);
  remember (self);
  g_signal_emit (self, signals[CHOSEN], 0, table, row, field);
}

static gboolean
is_there (YejiPlacesBar *self,
          const Place   *place)
{
  return yeji_record_find_row (yeji_draft_get_record (self->draft), yeji_row_get_table (place->row),
                               yeji_row_get_id (place->row), NULL) != NULL;
}

/* Past rows that are gone meanwhile. */
static gboolean
step_back (YejiPlacesBar *self)
{
  while (self->draft != NULL && self->places->len > 0)
    {
      const Place *last = &g_array_index (self->places, Place, self->places->len - 1);
      g_autoptr (YejiRow) row = g_object_ref (last->row);
      const YejiFieldDef *field = last->field;
      gboolean found = is_there (self, last);

      g_array_set_size (self->places, self->places->len - 1);
      update (self);
      if (!found)
        continue;
      g_signal_emit (self, signals[CHOSEN], 0, yeji_row_get_table (row)->id, yeji_row_get_id (row),
                     field->id);
      return TRUE;
    }
  return FALSE;
}

static void
go_back (GSimpleAction *action,
         GVariant      *target,
         gpointer       data)
{
  step_back (data);
}

static const GActionEntry actions[] = {
  { .name = "go-to", .activate = go_to, .parameter_type = "(sss)" },
  { .name = "back", .activate = go_back },
};

static void
yeji_places_bar_dispose (GObject *object)
{
  YejiPlacesBar *self = YEJI_PLACES_BAR (object);

  g_array_set_size (self->places, 0);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_places_bar_parent_class)->dispose (object);
}

static void
yeji_places_bar_finalize (GObject *object)
{
  g_array_unref (YEJI_PLACES_BAR (object)->places);
  G_OBJECT_CLASS (yeji_places_bar_parent_class)->finalize (object);
}

static void
yeji_places_bar_class_init (YejiPlacesBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_places_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_places_bar_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_PLACES_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
}

static void
yeji_places_bar_init (YejiPlacesBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, clear_place);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-previous-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_tooltip_text (self->button, _("Back to Where You Came From (Alt+Left)"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "place.back");
  gtk_box_append (GTK_BOX (self), self->button);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-places");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * yeji_places_bar_set_draft:
 * @draft: (nullable): whose places they are
 *
 * Forgets where one came from.
 */
void
yeji_places_bar_set_draft (YejiPlacesBar *self,
                           YejiDraft     *draft)
{
  g_return_if_fail (YEJI_IS_PLACES_BAR (self));

  g_set_object (&self->draft, draft);
  forget (self);
}

/**
 * yeji_places_bar_attach:
 * @owner: the widget that has the forms
 *
 * Gives @owner the actions.
 */
void
yeji_places_bar_attach (YejiPlacesBar *self,
                        GtkWidget     *owner)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_return_if_fail (YEJI_IS_PLACES_BAR (self));

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (owner, "place", G_ACTION_GROUP (group));
  g_object_set_data (G_OBJECT (owner), BAR_KEY, self);
}

/**
 * yeji_places_bar_go_back:
 * @owner: as for yeji_places_bar_attach()
 *
 * Goes back to where one came from through a link.
 *
 * Returns: whether there was such a place
 */
gboolean
yeji_places_bar_go_back (GtkWidget *owner)
{
  YejiPlacesBar *self = g_object_get_data (G_OBJECT (owner), BAR_KEY);

  return self != NULL && step_back (self);
}
