// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-table"

#include "config.h"

#include "yeji-record-table.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-filters.h"
#include "yeji-record-menu.h"

/* Selected rows that are remembered one by one. */
#define MAX_KEPT (YEJI_ENTRY_MODEL_PAGE * YEJI_ENTRY_MODEL_PAGES)

struct _YejiRecordTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
  YejiStore *store;            /* (nullable) */
  YejiCellContext *context;    /* (nullable): as soon as there is a store */
  YejiEntryModel *model;
  GtkMultiSelection *selection;
  GtkWidget *menu;             /* (nullable) */

  GStrv kept;                  /* (nullable): selected before rows changed, to be so afterwards */
  gboolean kept_all;           /* everything was */
  char *sought;                /* (nullable): to be selected as soon as it is there */
  gboolean was_sought;         /* all over the list, too */
  gboolean wants_first;        /* of what is found, to be selected */
  gboolean had_keyboard;
};

enum
{
  OPENED,
  SORTED,
  ANSWERED,
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiRecordTable, yeji_record_table, ADW_TYPE_BIN)

/* Of the selected rows those that were read. */
static GStrv
get_selected_uuids (YejiRecordTable *self,
                    gboolean        *complete)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  *complete = TRUE;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_get_size (selected) > MAX_KEPT)
    *complete = FALSE;
  else if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        g_autoptr (YejiEntryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model),
                                                                position);
        const char *uuid = item != NULL ? yeji_entry_item_get_uuid (item) : NULL;

        if (uuid != NULL)
          g_strv_builder_add (builder, uuid);
        else
          *complete = FALSE;
      }
    while (gtk_bitset_iter_next (&iter, &position));
  return g_strv_builder_end (builder);
}

static void
select_uuids (YejiRecordTable    *self,
              const char * const *uuids)
{
  for (guint i = 0; uuids[i] != NULL; i++)
    {
      guint position = yeji_entry_model_find (self->model, uuids[i]);

      if (position != G_MAXUINT)
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, FALSE);
    }
}

static GtkWidget *
get_rows (YejiRecordTable *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

static gboolean
has_keyboard (YejiRecordTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view));
}

/* The row of the selected record gets the keyboard, unless that went elsewhere meanwhile: the row
 * may be made by the layout only. */
static gboolean
focus_selected (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  for (GtkWidget *row = has_keyboard (data) ? gtk_widget_get_first_child (widget) : NULL;
       row != NULL; row = gtk_widget_get_next_sibling (row))
    if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0
        && gtk_widget_get_mapped (row))
      {
        gtk_widget_grab_focus (row);
        break;
      }
  return G_SOURCE_REMOVE;
}

static void
focus_soon (YejiRecordTable *self)
{
  gtk_widget_add_tick_callback (get_rows (self), focus_selected, self, NULL);
}

static void
select_row (YejiRecordTable *self,
            guint            position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (get_rows (self), "list.scroll-to-item", "u", position);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_soon (self);
}

/* The record that somebody wants selected may be on a page that is not read yet. */
static void
look_for_sought (YejiRecordTable *self)
{
  guint position;

  if (self->sought == NULL)
    return;
  position = yeji_entry_model_find (self->model, self->sought);
  if (position != G_MAXUINT)
    {
      select_row (self, position);
      if (yeji_entry_model_is_answered (self->model))
        g_clear_pointer (&self->sought, g_free);
    }
  else if (self->was_sought && yeji_entry_model_is_answered (self->model))
    g_clear_pointer (&self->sought, g_free);   /* filter or search do not show it */
  else if (yeji_entry_model_is_answered (self->model))
    {
      self->was_sought = TRUE;
      yeji_entry_model_seek (self->model, self->sought);
    }
}

/* Rows are about to move; who was selected stays so, wherever that is. */
static void
on_changing (YejiRecordTable *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  gboolean complete;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_clear_pointer (&self->kept, g_strfreev);
  self->kept_all = gtk_bitset_get_size (selected) > 1
                   && gtk_bitset_get_size (selected)
                      == g_list_model_get_n_items (G_LIST_MODEL (self->model));
  self->kept = get_selected_uuids (self, &complete);
  self->had_keyboard = has_keyboard (self);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

static void
on_answered (YejiRecordTable *self)
{
  g_auto (GStrv) kept = g_steal_pointer (&self->kept);

  if (kept != NULL && self->kept_all)
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
  else if (kept != NULL)
    select_uuids (self, (const char * const *) kept);
  if (kept != NULL && self->had_keyboard && g_strv_length (kept) == 1)
    focus_soon (self);
  if (self->wants_first && yeji_entry_model_is_answered (self->model))
    {
      self->wants_first = FALSE;
      if (yeji_record_table_get_n_shown (self) > 0)
        {
          select_row (self, 0);
          yeji_record_table_grab (self);
        }
    }
  look_for_sought (self);
  g_signal_emit (self, signals[ANSWERED], 0);
}

static void
on_activated (YejiRecordTable *self,
              guint            position)
{
  g_autoptr (YejiEntryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const char *uuid = item != NULL ? yeji_entry_item_get_uuid (item) : NULL;

  if (uuid != NULL)
    g_signal_emit (self, signals[OPENED], 0, uuid);
}

static void
on_selection_changed (YejiRecordTable *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* The columns of a view that goes are not sorted any more, but nobody wants to know. */
static void
on_sorted (YejiRecordTable *self)
{
  if (self->store != NULL)
    g_signal_emit (self, signals[SORTED], 0);
}

/* The parts of a column view that take the focus have no names of their own in GTK 4.8. */
static void
name_view (YejiRecordTable *self)
{
  GtkWidget *titles = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  yeji_a11y_set_name (GTK_WIDGET (self->view), _("Records"));
  if (titles == NULL)
    return;
  yeji_a11y_set_name (titles, _("Column titles"));
  for (GtkWidget *rows = gtk_widget_get_next_sibling (titles); rows != NULL;
       rows = gtk_widget_get_next_sibling (rows))
    yeji_a11y_set_name (rows, _("Records"));
}

static void
yeji_record_table_dispose (GObject *object)
{
  YejiRecordTable *self = YEJI_RECORD_TABLE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_object (&self->selection);
  /* The view may keep the model, but that does not keep the store. */
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_pointer (&self->context, yeji_cell_context_free);
  g_clear_pointer (&self->kept, g_strfreev);
  g_clear_pointer (&self->sought, g_free);
  G_OBJECT_CLASS (yeji_record_table_parent_class)->dispose (object);
}

static void
yeji_record_table_class_init (YejiRecordTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_record_table_dispose;
  signals[OPENED] = g_signal_new ("opened", YEJI_TYPE_RECORD_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SORTED] = g_signal_new ("sorted", YEJI_TYPE_RECORD_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", YEJI_TYPE_RECORD_TABLE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTED] = g_signal_new ("selected", YEJI_TYPE_RECORD_TABLE, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
make_model (YejiRecordTable *self)
{
  YejiQuery queries[N_YEJI_FILTERS] = { { NULL } };

  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    yeji_filter_fill_query (i, &queries[i]);
  self->model = yeji_entry_model_new (queries, G_N_ELEMENTS (queries));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->model, "changing", G_CALLBACK (on_changing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed",
                           G_CALLBACK (on_selection_changed), self, G_CONNECT_SWAPPED);
}

static void
yeji_record_table_init (YejiRecordTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "yeji-records");
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
  make_model (self);
  name_view (self);
}

/**
 * yeji_record_table_set_store:
 *
 * Begins to read a profile. May be called once, after the first query was set.
 *
 * Returns: (transfer full): a menu of the columns
 */
GMenuModel *
yeji_record_table_set_store (YejiRecordTable *self,
                             YejiStore       *store)
{
  GMenuModel *menu;

  g_return_val_if_fail (YEJI_IS_RECORD_TABLE (self), NULL);
  g_return_val_if_fail (self->store == NULL, NULL);

  self->context = yeji_cell_context_new (yeji_store_get_dictionary (store));
  menu = yeji_column_choice_add (self->view, self->context, GTK_WIDGET (self));
  self->store = g_object_ref (store);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorted), self, G_CONNECT_SWAPPED);
  return menu;
}

/**
 * yeji_record_table_set_menu:
 *
 * Sets what can be done with the selected rows. May be called once.
 */
void
yeji_record_table_set_menu (YejiRecordTable *self,
                            GMenuModel      *menu)
{
  g_return_if_fail (YEJI_IS_RECORD_TABLE (self));

  g_return_if_fail (self->menu == NULL);

  self->menu = yeji_record_menu_new (GTK_WIDGET (self), self->view, menu);
}

/**
 * yeji_record_table_set_query:
 * @query: how it is sorted is up to the titles
 *
 * Shows other records.
 */
void
yeji_record_table_set_query (YejiRecordTable *self,
                             const YejiQuery *query)
{
  YejiQuery sorted = *query;

  g_return_if_fail (YEJI_IS_RECORD_TABLE (self));
  g_return_if_fail (self->store != NULL);

  sorted.sort = yeji_columns_get_sort (gtk_column_view_get_sorter (self->view),
                                       &sorted.descending);
  yeji_cell_context_set_typed (self->context, query->text);
  yeji_entry_model_set_query (self->model, &sorted);
  if (!yeji_entry_model_has_store (self->model))
    yeji_entry_model_set_store (self->model, self->store);
}

/**
 * yeji_record_table_refresh:
 *
 * The store changed: reads what is on screen anew.
 */
void
yeji_record_table_refresh (YejiRecordTable *self)
{
  yeji_entry_model_refresh (self->model);
}

/**
 * yeji_record_table_set_in_bin:
 *
 * Shows for how long the bin keeps a record, and not what is the same for all that is in it.
 */
void
yeji_record_table_set_in_bin (YejiRecordTable *self,
                              gboolean         in_bin)
{
  yeji_column_choice_set_in_bin (self->view, in_bin);
}

/**
 * yeji_record_table_save:
 *
 * Remembers columns and sort.
 */
void
yeji_record_table_save (YejiRecordTable *self)
{
  yeji_column_choice_save (self->view);
}

YejiEntryModel *
yeji_record_table_get_model (YejiRecordTable *self)
{
  return self->model;
}

guint
yeji_record_table_get_n_shown (YejiRecordTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

guint
yeji_record_table_get_n_selected (YejiRecordTable *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return (guint) gtk_bitset_get_size (selected);
}

/**
 * yeji_record_table_is_fixed:
 * @state: (out): #YejiState of all that is selected, -1 if there are several
 *
 * Returns: whether something is selected, and nothing of it can be changed: it is the province's.
 *   Of what was never read it is not known, and it counts as what can
 */
gboolean
yeji_record_table_is_fixed (YejiRecordTable *self,
                            int             *state)
{
  GListModel *model = G_LIST_MODEL (self->model);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;
  guint n = 0;

  *state = -1;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_get_size (selected) > MAX_KEPT
      || !gtk_bitset_iter_init_first (&iter, selected, &position))
    return FALSE;
  do
    {
      g_autoptr (YejiEntryItem) item = g_list_model_get_item (model, position);
      YejiEntry *entry = item != NULL ? yeji_entry_item_get_entry (item) : NULL;

      if (entry == NULL || yeji_entry_is_editable (entry))
        return FALSE;
      if (n++ == 0)
        *state = (int) yeji_entry_get_state (entry);
      else if (*state != (int) yeji_entry_get_state (entry))
        *state = -1;
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return TRUE;
}

/**
 * yeji_record_table_grab:
 *
 * Gives the focus to the rows.
 */
void
yeji_record_table_grab (YejiRecordTable *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * yeji_record_table_select:
 *
 * Selects one record and gives it the focus, if the query means it.
 */
void
yeji_record_table_select (YejiRecordTable *self,
                          const char      *uuid)
{
  g_return_if_fail (YEJI_IS_RECORD_TABLE (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  g_free (self->sought);
  self->sought = g_strdup (uuid);
  self->was_sought = FALSE;
  look_for_sought (self);
}

/**
 * yeji_record_table_select_first:
 *
 * Selects the first of what the query means as soon as that is there, and gives it the focus.
 */
void
yeji_record_table_select_first (YejiRecordTable *self)
{
  g_return_if_fail (YEJI_IS_RECORD_TABLE (self));

  self->wants_first = TRUE;
  if (yeji_entry_model_is_answered (self->model))
    on_answered (self);
}

/**
 * yeji_record_table_get_selected:
 * @complete: (out): whether these are all; others may never have been read
 *
 * Returns: (transfer full): of the selected records those that are known
 */
GStrv
yeji_record_table_get_selected (YejiRecordTable *self,
                                gboolean        *complete)
{
  return get_selected_uuids (self, complete);
}

/* A wish about selected rows, some of which were never read. */
typedef struct
{
  YejiRecordTable *table;
  GtkBitset *selected;
  YejiUuidsFunc func;
  gpointer data;
  GDestroyNotify destroy;      /* (nullable) */
} Wish;

static void
free_wish (Wish *wish)
{
  if (wish->destroy != NULL)
    wish->destroy (wish->data);
  g_object_unref (wish->table);
  gtk_bitset_unref (wish->selected);
  g_free (wish);
}

static void
on_selected_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = yeji_store_query_uuids_finish (YEJI_STORE (source), result, &error);
  g_auto (GStrv) uuids = NULL;

  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    if (gtk_bitset_contains (wish->selected, i))
      g_strv_builder_add (builder, all[i]);
  uuids = g_strv_builder_end (builder);
  if (all == NULL)
    g_message ("the selected records cannot be read: %s", error->message);
  else if (uuids[0] != NULL && wish->table->store != NULL)
    wish->func ((const char *const *) uuids, wish->data);
  free_wish (wish);
}

/**
 * yeji_record_table_with_selected:
 * @func: not called when nothing is selected, or the table goes before all is known
 * @data: freed with @destroy in any case
 *
 * Calls a function with the selected records, at once or as soon as all of them are known.
 */
void
yeji_record_table_with_selected (YejiRecordTable *self,
                                 YejiUuidsFunc    func,
                                 gpointer         data,
                                 GDestroyNotify   destroy)
{
  gboolean complete;
  g_auto (GStrv) uuids = get_selected_uuids (self, &complete);
  Wish *wish;

  if (complete || self->store == NULL)
    {
      if (uuids[0] != NULL && self->store != NULL)
        func ((const char *const *) uuids, data);
      if (destroy != NULL)
        destroy (data);
      return;
    }
  wish = g_new (Wish, 1);
  wish->table = g_object_ref (self);
  wish->selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  wish->func = func;
  wish->data = data;
  wish->destroy = destroy;
  yeji_store_query_uuids_async (self->store, yeji_entry_model_get_query (self->model), 0,
                                G_MAXUINT, NULL, on_selected_read, wish);
}
