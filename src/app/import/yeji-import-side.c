// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-side"

#include "config.h"

#include "yeji-import-side.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-chooser.h"
#include "yeji-import-numbers.h"
#include "yeji-import-words.h"
#include "yeji-tooltip.h"

#define PAGE_CELLS "cells"
#define PAGE_RECORDS "records"

struct _YejiImportSide
{
  GtkBox parent_instance;

  YejiImportCellCard *card;
  GtkStack *stack;
  GtkStackPage *cells_page;
  GtkStackPage *records_page;
  GtkStack *cells_stack;
  GtkListView *cells;
  GtkListView *records;

  YejiImportDesk *desk;        /* (nullable) */
  YejiImportNumbers *cell_list;
  YejiImportNumbers *record_list;
  GtkWidget *chooser;          /* (nullable): weak */
};

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiImportSide, yeji_import_side, GTK_TYPE_BOX)

/* ---- Rows of both lists: an icon, and two lines */

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
setup_row (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *detail = make_label ("caption");

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (detail), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (detail), 2);
  gtk_label_set_max_width_chars (GTK_LABEL (detail), 30);
  gtk_box_append (GTK_BOX (texts), make_label (NULL));
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_list_item_set_child (item, line);
}

static void
fill_row (GtkListItem *item,
          const char  *icon,
          const char  *style,
          const char  *first,
          const char  *second)
{
  static const char *const styles[] = { "error", "warning", "approved", "submitted" };
  GtkWidget *line = gtk_list_item_get_child (item);
  GtkWidget *image = gtk_widget_get_first_child (line);
  GtkWidget *texts = gtk_widget_get_last_child (line);
  g_autofree char *spoken = g_strdup_printf ("%s. %s", first, second);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (styles[i], style) == 0)
      gtk_widget_add_css_class (image, styles[i]);
    else
      gtk_widget_remove_css_class (image, styles[i]);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (texts)), first);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (texts)), second);
  yeji_tooltip_set (line, spoken);
  if (gtk_widget_get_parent (line) != NULL)
    yeji_a11y_set_name (gtk_widget_get_parent (line), spoken);
}

/* ---- Red cells */

static void
bind_cell (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           YejiImportSide           *self)
{
  YejiImportFile *file = yeji_import_desk_get_file (self->desk);
  guint number = yeji_number_item_get (gtk_list_item_get_item (item));
  g_autofree char *where = NULL;
  g_autofree char *why = NULL;
  YejiImportPlace place;

  if (number >= yeji_import_file_get_n_bad (file))
    return;                    /* mended; the list hears of it in a moment */
  yeji_import_file_get_bad (file, number, &place);
  where = yeji_import_place_to_text (file, &place);
  why = yeji_import_explain (file, &place);
  fill_row (item, "dialog-error-symbolic", "error", where, why);
}

static void
on_cell_activated (YejiImportSide *self,
                   guint           position)
{
  YejiImportPlace place;

  if (position >= yeji_import_file_get_n_bad (yeji_import_desk_get_file (self->desk)))
    return;
  yeji_import_file_get_bad (yeji_import_desk_get_file (self->desk), position, &place);
  g_signal_emit (self, signals[GO_TO], 0, &place);
}

/* ---- Records */

static void
bind_record (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             YejiImportSide           *self)
{
  YejiImportPlan *plan = yeji_import_desk_get_plan (self->desk);
  YejiImportFile *file = yeji_import_desk_get_file (self->desk);
  guint number = yeji_number_item_get (gtk_list_item_get_item (item));
  const YejiImportItem *it = yeji_import_plan_get_item (plan, number);
  const char *name = yeji_import_file_get_name (file, number);
  g_autofree char *detail = yeji_import_item_to_text (it,
                                                      yeji_import_file_get_n_bad_of (file,
                                                                                     number));
  g_autofree char *second = g_strdup_printf ("%s · %s", yeji_import_fate_to_text (it->fate),
                                             detail);

  fill_row (item, yeji_import_fate_to_icon (it->fate), yeji_import_fate_to_style (it->fate),
            name != NULL && *name != '\0' ? name : _("Without a name"), second);
}

/* First what the clerk has to think about, last what nothing happens to. */
static const YejiImportFate order[] = {
  YEJI_IMPORT_UNCLEAR, YEJI_IMPORT_BAD, YEJI_IMPORT_UPDATE, YEJI_IMPORT_FIXED, YEJI_IMPORT_NEW,
  YEJI_IMPORT_SAME,
};

static GArray *
list_records (YejiImportPlan *plan)
{
  guint n = yeji_import_plan_get_n (plan);
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < n && yeji_import_plan_count (plan, order[i]) > 0; j++)
      if (yeji_import_plan_get_item (plan, j)->fate == order[i])
        g_array_append_val (numbers, j);
  return numbers;
}

static void
on_which (YejiChooser    *chooser,
          const char     *value,
          YejiImportSide *self)
{
  guint record = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "record"));

  yeji_import_desk_choose (self->desk, record, g_str_equal (value, "-") ? "" : value);
}

static gboolean
drop_popover (gpointer data)
{
  if (gtk_widget_get_parent (data) != NULL)
    gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkWidget *chooser,
           GtkWidget *list)
{
  gtk_widget_grab_focus (list);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_popover, g_object_ref (chooser), g_object_unref);
}

static GListModel *
list_candidates (YejiImportSide       *self,
                 const YejiImportItem *item)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);
  g_autoptr (YejiChoice) none = yeji_choice_new_with_details ("-", _("None of them: it is new"),
                                                              "", "");

  for (guint i = 0; item->candidates != NULL && item->candidates[i] != NULL; i++)
    {
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (YejiChoice) choice = NULL;

      entry = yeji_store_get_entry (yeji_import_desk_get_store (self->desk), item->candidates[i],
                                    NULL);
      if (entry == NULL)
        continue;
      choice = yeji_choice_new_with_details (item->candidates[i], yeji_entry_get_name (entry), "",
                                             yeji_entry_get_number (entry) != NULL
                                               ? yeji_entry_get_number (entry) : "");
      g_list_store_append (choices, choice);
    }
  g_list_store_append (choices, none);
  return G_LIST_MODEL (choices);
}

static void
ask_which (YejiImportSide       *self,
           guint                 record,
           const YejiImportItem *item)
{
  const char *name = yeji_import_file_get_name (yeji_import_desk_get_file (self->desk), record);
  YejiChooser *chooser = yeji_chooser_new (name != NULL ? name : "");
  g_autoptr (GListModel) choices = list_candidates (self, item);

  g_object_set_data (G_OBJECT (chooser), "record", GUINT_TO_POINTER (record));
  gtk_widget_set_parent (GTK_WIDGET (chooser), GTK_WIDGET (self->stack));
  g_set_weak_pointer (&self->chooser, GTK_WIDGET (chooser));
  gtk_popover_set_position (GTK_POPOVER (chooser), GTK_POS_LEFT);
  yeji_chooser_set_note (chooser, _("Several records of the profile are called so. Which one is "
                                    "it?"));
  yeji_chooser_set_choices (chooser, choices, "");
  gtk_widget_set_size_request (GTK_WIDGET (chooser), 380, -1);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (on_which), self, 0);
  g_signal_connect_object (chooser, "closed", G_CALLBACK (on_closed), self->records, 0);
  gtk_popover_popup (GTK_POPOVER (chooser));
}

static gboolean
find_first_bad (YejiImportSide  *self,
                guint            record,
                YejiImportPlace *place)
{
  YejiImportFile *file = yeji_import_desk_get_file (self->desk);
  guint n = yeji_import_file_get_n_bad (file);

  for (guint i = 0; i < n; i++)
    {
      yeji_import_file_get_bad (file, i, place);
      if (yeji_import_file_get_record_of (file, place->sheet, place->row) == record)
        return TRUE;
    }
  return FALSE;
}

static void
on_record_activated (YejiImportSide *self,
                     guint           position)
{
  g_autoptr (YejiNumberItem) number = NULL;
  const YejiImportItem *item;
  YejiImportPlace place;
  guint record;

  number = g_list_model_get_item (G_LIST_MODEL (self->record_list), position);
  if (number == NULL)
    return;
  record = yeji_number_item_get (number);
  item = yeji_import_plan_get_item (yeji_import_desk_get_plan (self->desk), record);
  if (item->fate == YEJI_IMPORT_UNCLEAR)
    ask_which (self, record, item);
  else if (find_first_bad (self, record, &place))
    g_signal_emit (self, signals[GO_TO], 0, &place);
}

/* ---- Both */

static void
set_title (GtkStackPage *page,
           const char   *title,
           guint         n)
{
  /* Translators: the title of a page, and how many things are on it */
  g_autofree char *text = g_strdup_printf (C_("page", "%s (%u)"), title, n);

  gtk_stack_page_set_title (page, text);
}

static gboolean
shows_records (YejiImportSide *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), PAGE_RECORDS) == 0;
}

static void
on_changed (YejiImportSide *self)
{
  guint n;

  if (self->desk == NULL)
    return;
  n = yeji_import_file_get_n_bad (yeji_import_desk_get_file (self->desk));
  set_title (self->cells_page, _("Red Cells"), n);
  set_title (self->records_page, _("Records"),
             yeji_import_plan_get_n (yeji_import_desk_get_plan (self->desk)));
  gtk_stack_set_visible_child_name (self->cells_stack, n > 0 ? "list" : "none");
  yeji_import_numbers_set_n (self->cell_list, n);
  /* sorting them takes its time: only where they are seen */
  if (shows_records (self))
    yeji_import_numbers_set (self->record_list,
                             list_records (yeji_import_desk_get_plan (self->desk)));
}

static GtkListItemFactory *
make_factory (YejiImportSide *self,
              GCallback       bind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect_object (factory, "bind", bind, self, 0);
  return factory;
}

static void
set_list (YejiImportSide    *self,
          GtkListView       *view,
          YejiImportNumbers *list,
          GCallback          bind,
          const char        *name)
{
  g_autoptr (GtkListItemFactory) factory = make_factory (self, bind);
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (list)));

  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (selection));
  yeji_a11y_set_name (GTK_WIDGET (view), name);
}

static void
yeji_import_side_dispose (GObject *object)
{
  YejiImportSide *self = YEJI_IMPORT_SIDE (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->cell_list);
  g_clear_object (&self->record_list);
  if (self->chooser != NULL && gtk_widget_get_parent (self->chooser) != NULL)
    gtk_widget_unparent (self->chooser);
  g_clear_weak_pointer (&self->chooser);
  G_OBJECT_CLASS (yeji_import_side_parent_class)->dispose (object);
}

static void
yeji_import_side_class_init (YejiImportSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_import_side_dispose;
  g_type_ensure (YEJI_TYPE_IMPORT_CELL_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-import-side.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, card);
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, cells_page);
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, records_page);
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, cells_stack);
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, cells);
  gtk_widget_class_bind_template_child (widget_class, YejiImportSide, records);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_record_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);

  signals[GO_TO] = g_signal_new ("go-to", YEJI_TYPE_IMPORT_SIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
yeji_import_side_init (YejiImportSide *self)
{
  self->cell_list = yeji_import_numbers_new ();
  self->record_list = yeji_import_numbers_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  set_list (self, self->cells, self->cell_list, G_CALLBACK (bind_cell), _("Red Cells"));
  set_list (self, self->records, self->record_list, G_CALLBACK (bind_record), _("Records"));
}

/**
 * yeji_import_side_set_desk:
 * @normaliser: of this thread
 */
void
yeji_import_side_set_desk (YejiImportSide *self,
                           YejiImportDesk *desk,
                           YejiNormaliser *normaliser)
{
  g_return_if_fail (YEJI_IS_IMPORT_SIDE (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_set_object (&self->desk, desk);
  yeji_import_cell_card_set_desk (self->card, desk, normaliser);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  on_changed (self);
}

/**
 * yeji_import_side_show:
 * @place: (nullable): the cell of the cursor
 */
void
yeji_import_side_show (YejiImportSide        *self,
                       const YejiImportPlace *place)
{
  yeji_import_cell_card_show (self->card, place);
}

YejiImportCellCard *
yeji_import_side_get_card (YejiImportSide *self)
{
  return self->card;
}

/**
 * yeji_import_side_show_records:
 *
 * Shows what becomes of the records.
 */
void
yeji_import_side_show_records (YejiImportSide *self)
{
  gtk_stack_set_visible_child_name (self->stack, PAGE_RECORDS);
}
