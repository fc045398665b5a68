// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cells"

#include "config.h"

#include "yeji-cells.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-colleagues.h"
#include "yeji-matches.h"
#include "yeji-messages.h"
#include "yeji-meter.h"
#include "yeji-text-limit.h"

/* The name is never squeezed out. */
#define MIN_NAME_CHARS 16

/* How strong what is added to a name is: the alpha of Pango. */
#define HINT_ALPHA (G_MAXUINT16 / 5 * 3)

/* A cell is made once and shows record after record: only what differs from the one before is
 * touched, since a style or a text that is set anew costs a frame of a hundred cells its time. */
typedef struct
{
  const YejiCellDef *def;
  YejiCellContext *context;
  GtkListItem *item;
  GtkLabel *label;
  GtkImage *icon;              /* (nullable) */
  YejiMeter *meter;            /* (nullable) */
  const char *style;           /* (nullable): static */
  const char *icon_name;       /* (nullable): static */
  gboolean is_marked;
} Cell;

#define CELL_KEY "yeji-cell"

static void
free_cell (gpointer data)
{
  yeji_cell_context_free (((Cell *) data)->context);
  g_free (data);
}

/* ---- The row */

/* A row has no name of its own in GTK 4.8: it gets that of the record, and its state. */
static void
name_row (GtkWidget      *child,
          YejiEntry      *entry,
          const char     *name,
          YejiDictionary *dictionary)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *description = NULL;
  g_autofree char *who = NULL;
  g_autofree char *spoken = NULL;
  guint errors, warnings;

  if (row == NULL)
    return;
  if (entry == NULL)
    {
      yeji_a11y_set_name (row, _("Loading…"));
      yeji_a11y_set_description (row, NULL);
      return;
    }
  errors = yeji_entry_is_editable (entry) ? yeji_entry_get_n_errors (entry) : 0;
  warnings = yeji_entry_is_editable (entry) ? yeji_entry_get_n_warnings (entry) : 0;
  if (errors > 0)
    description = g_strdup_printf (ngettext ("%s, %u error", "%s, %u errors", errors),
                                   yeji_state_get_label (yeji_entry_get_state (entry)), errors);
  else if (warnings > 0)
    description = g_strdup_printf (ngettext ("%s, %u warning", "%s, %u warnings", warnings),
                                   yeji_state_get_label (yeji_entry_get_state (entry)), warnings);
  else
    description = g_strdup (yeji_state_get_label (yeji_entry_get_state (entry)));
  who = yeji_colleagues_to_text (yeji_entry_get_uuid (entry));
  if (who != NULL)
    /* Translators: the state of a record, and who edits it */
    spoken = g_strdup_printf (C_("record in the list", "%s, %s"), description, who);
  yeji_a11y_set_name (row, name);
  yeji_a11y_set_description (row, spoken != NULL ? spoken : description);
}

/* ---- What was found */

static void
add_hint (GString       *text,
          const char    *hint,
          PangoAttrList *attributes)
{
  guint begin = (guint) text->len;
  PangoAttribute *alpha = pango_attr_foreground_alpha_new (HINT_ALPHA);

  g_string_append_printf (text, "  %s", hint);
  alpha->start_index = begin;
  alpha->end_index = (guint) text->len;
  pango_attr_list_insert (attributes, alpha);
}

/* Where the name has all that was sought, it is pointed out; else it is said where else it is. */
static void
show_matches (Cell       *cell,
              YejiEntry  *entry,
              const char *name)
{
  const char *const *words = (const char *const *) cell->context->words;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (PangoAttrList) unused = pango_attr_list_new ();
  g_autoptr (GString) text = g_string_new (name);
  const char *number = yeji_entry_get_number (entry);

  if (!yeji_matches_mark (words, name, attributes))
    add_hint (text, number != NULL && yeji_matches_mark (words, number, unused)
                    ? number : _("found in its contents"), attributes);
  gtk_label_set_text (cell->label, text->str);
  gtk_label_set_attributes (cell->label, attributes);
  cell->is_marked = TRUE;
}

static void
show_text (Cell       *cell,
           YejiEntry  *entry,
           const char *text)
{
  g_autofree char *line = yeji_text_limit_line (text);

  if (cell->def->is_name && entry != NULL && cell->context->words[0] != NULL)
    {
      show_matches (cell, entry, line);
      return;
    }
  if (cell->is_marked)
    gtk_label_set_attributes (cell->label, NULL);
  cell->is_marked = FALSE;
  gtk_label_set_text (cell->label, line);
}

/* ---- The cell */

static void
set_style (Cell       *cell,
           GtkWidget  *child,
           const char *style)
{
  if (g_strcmp0 (cell->style, style) == 0)
    return;
  if (cell->style != NULL)
    gtk_widget_remove_css_class (child, cell->style);
  if (style != NULL)
    gtk_widget_add_css_class (child, style);
  cell->style = style;
}

static void
set_icon (Cell       *cell,
          const char *icon)
{
  if (g_strcmp0 (cell->icon_name, icon) == 0)
    return;
  gtk_image_set_from_icon_name (cell->icon, icon);
  gtk_widget_set_visible (GTK_WIDGET (cell->icon), icon != NULL);
  cell->icon_name = icon;
}

static void
show_cell (Cell *cell)
{
  const YejiCellDef *def = cell->def;
  YejiEntry *entry = yeji_entry_item_get_entry (gtk_list_item_get_item (cell->item));
  GtkWidget *child = gtk_list_item_get_child (cell->item);
  g_autofree char *text = entry != NULL ? def->to_text (entry, cell->context->dictionary) : NULL;

  show_text (cell, entry, text != NULL ? text : "");
  if (def->to_style != NULL && entry != NULL)
    set_style (cell, child, def->to_style (entry));
  if (cell->icon != NULL)
    set_icon (cell, entry != NULL ? def->to_icon (entry) : NULL);
  if (cell->meter != NULL)
    {
      double fraction = entry != NULL ? def->to_fraction (entry) : -1;

      gtk_widget_set_visible (GTK_WIDGET (cell->meter), fraction >= 0);
      yeji_meter_set_fraction (cell->meter, fraction);
    }
  if (def->is_pill)
    gtk_widget_set_visible (child, text != NULL && *text != '\0');
  if (def->is_name)
    name_row (child, entry, text, cell->context->dictionary);
}

/* Asked for only where the pointer rests, so that scrolling pays nothing for it. */
static gboolean
on_query_tooltip (GtkWidget  *child,
                  int         x,
                  int         y,
                  gboolean    by_keyboard,
                  GtkTooltip *tooltip,
                  Cell       *cell)
{
  YejiEntryItem *item = gtk_list_item_get_item (cell->item);
  YejiEntry *entry = item != NULL ? yeji_entry_item_get_entry (item) : NULL;
  g_autofree char *help = NULL;

  if (entry == NULL)
    return FALSE;
  if (cell->def->to_help != NULL)
    help = cell->def->to_help (entry, cell->context->dictionary);
  else if (pango_layout_is_ellipsized (gtk_label_get_layout (cell->label)))
    help = cell->def->to_text (entry, cell->context->dictionary);
  if (help == NULL || *help == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, help);
  return TRUE;
}

static GtkWidget *
make_label (Cell *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  cell->label = GTK_LABEL (label);
  gtk_label_set_xalign (cell->label, 0);
  gtk_label_set_ellipsize (cell->label, PANGO_ELLIPSIZE_END);
  if (cell->def->is_name)
    {
      gtk_label_set_width_chars (cell->label, MIN_NAME_CHARS);
      gtk_widget_set_hexpand (label, TRUE);
    }
  if (cell->def->numeric)
    gtk_widget_add_css_class (label, "numeric");
  if (cell->def->quiet)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_child (Cell *cell)
{
  GtkWidget *label = make_label (cell);
  GtkWidget *box;

  if (cell->def->to_icon == NULL && cell->def->to_fraction == NULL)
    return label;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  if (cell->def->to_icon != NULL)
    {
      cell->icon = GTK_IMAGE (gtk_image_new ());
      gtk_widget_hide (GTK_WIDGET (cell->icon));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->icon));
    }
  gtk_box_append (GTK_BOX (box), label);
  if (cell->def->to_fraction != NULL)
    {
      gtk_label_set_width_chars (cell->label, 5);
      gtk_label_set_xalign (cell->label, 1);
      cell->meter = YEJI_METER (yeji_meter_new ());
      gtk_widget_set_hexpand (GTK_WIDGET (cell->meter), TRUE);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (cell->meter));
    }
  return box;
}

typedef struct
{
  const YejiCellDef *def;
  YejiCellContext *context;
} Factory;

static void
setup_cell (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            const Factory            *data)
{
  Cell *cell = g_new0 (Cell, 1);
  GtkWidget *child;

  cell->def = data->def;
  cell->context = g_rc_box_acquire (data->context);
  cell->item = item;
  child = make_child (cell);
  if (cell->def->is_pill)
    {
      gtk_widget_add_css_class (child, "yeji-pill");
      gtk_widget_set_halign (child, GTK_ALIGN_START);
      gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
    }
  gtk_widget_set_has_tooltip (child, TRUE);
  g_signal_connect (child, "query-tooltip", G_CALLBACK (on_query_tooltip), cell);
  g_object_set_data_full (G_OBJECT (child), CELL_KEY, cell, free_cell);
  gtk_list_item_set_child (item, child);
}

static Cell *
get_cell (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), CELL_KEY);
}

static void
bind_cell (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           const Factory            *data)
{
  Cell *cell = get_cell (item);

  g_signal_connect_swapped (gtk_list_item_get_item (item), "notify::entry", G_CALLBACK (show_cell),
                            cell);
  show_cell (cell);
}

static void
unbind_cell (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             const Factory            *data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_cell,
                                        get_cell (item));
}

static void
free_factory (gpointer data)
{
  yeji_cell_context_free (((Factory *) data)->context);
  g_free (data);
}

/**
 * yeji_cell_factory_new:
 * @def: static
 *
 * Returns: (transfer full): what makes the cells of a column of #YejiEntryItem
 */
GtkListItemFactory *
yeji_cell_factory_new (const YejiCellDef *def,
                       YejiCellContext   *context)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Factory *data = g_new (Factory, 1);

  *data = (Factory) { def, g_rc_box_acquire (context) };
  g_object_set_data_full (G_OBJECT (factory), CELL_KEY, data, free_factory);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), data);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), data);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), data);
  return factory;
}

/**
 * yeji_cell_find_item:
 * @widget: of a row, or in one
 *
 * Returns: (transfer none) (nullable): the item of the row's first cell
 */
GtkListItem *
yeji_cell_find_item (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *cell = gtk_widget_get_first_child (widget);
      GtkWidget *child = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;
      Cell *found = child != NULL ? g_object_get_data (G_OBJECT (child), CELL_KEY) : NULL;

      if (found != NULL)
        return found->item;
    }
  return NULL;
}

YejiCellContext *
yeji_cell_context_new (YejiDictionary *dictionary)
{
  YejiCellContext *self = g_rc_box_new0 (YejiCellContext);

  self->dictionary = g_object_ref (dictionary);
  self->words = yeji_matches_split (NULL);
  return self;
}

static void
clear_context (gpointer data)
{
  g_object_unref (((YejiCellContext *) data)->dictionary);
  g_strfreev (((YejiCellContext *) data)->words);
}

void
yeji_cell_context_free (YejiCellContext *self)
{
  g_rc_box_release_full (self, clear_context);
}

/**
 * yeji_cell_context_set_typed:
 * @typed: (nullable): what is in the search
 *
 * Says what is to be pointed out in rows that are shown from now on.
 */
void
yeji_cell_context_set_typed (YejiCellContext *self,
                             const char      *typed)
{
  g_strfreev (self->words);
  self->words = yeji_matches_split (typed);
}
