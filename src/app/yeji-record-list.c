// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-list"

#include "config.h"

#include "yeji-record-list.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-bin.h"
#include "yeji-columns.h"
#include "yeji-entry-model.h"
#include "yeji-messages.h"

/* What the list at the left offers: records whose state is in the set. */
typedef struct
{
  const char *label;
  const char *icon;
  guint states;                /* bit set of YejiState */
  gboolean with_errors;        /* these alone */
} Filter;

#define BIT(state) YEJI_STATE_BIT (YEJI_STATE_##state)

static const Filter filters[] = {
  { N_("All Records"), "view-list-symbolic", YEJI_STATES_ALL & ~BIT (REMOVED), FALSE },
  { N_("Drafts"), "document-edit-symbolic", BIT (DRAFT) | BIT (READY) | BIT (WITHDRAWN), FALSE },
  { N_("With Problems"), "dialog-warning-symbolic",
    BIT (DRAFT) | BIT (RETURNED) | BIT (INCOMPLETE) | BIT (WITHDRAWN), TRUE },
  { N_("Ready"), "emblem-ok-symbolic", BIT (READY), FALSE },
  { N_("Waiting to Be Sent"), "document-send-symbolic", BIT (QUEUED), FALSE },
  { N_("In Review"), "preferences-system-time-symbolic",
    BIT (SUBMITTED) | BIT (IN_REVIEW) | BIT (CORRECTION_REQUESTED), FALSE },
  { N_("Returned"), "edit-undo-symbolic", BIT (RETURNED), FALSE },
  { N_("Approved"), "object-select-symbolic", BIT (APPROVED), FALSE },
  { N_("Incomplete (D)"), "content-loading-symbolic", BIT (INCOMPLETE), FALSE },
  { N_("Bin"), "user-trash-symbolic", BIT (REMOVED), FALSE },
};

/* Selected rows that are remembered one by one. */
#define MAX_KEPT (YEJI_ENTRY_MODEL_PAGE * YEJI_ENTRY_MODEL_PAGES)

struct _YejiRecordList
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkWidget *search_bar;
  GtkSearchEntry *search;
  GtkMenuButton *new_button;
  GtkMenuButton *menu_button;
  GtkButton *remove_button;
  GtkButton *restore_button;
  GtkButton *destroy_button;
  GtkButton *empty_button;
  GtkLabel *bin_note;
  GtkListBox *filters;
  GtkStack *stack;
  GtkColumnView *view;
  GtkColumnViewColumn *left_column;  /* (nullable): of the view */

  YejiStore *store;            /* (nullable) */
  YejiEntryModel *model;
  GtkMultiSelection *selection;
  guint chosen;                /* index into filters */
  gboolean was_shown;          /* it could be seen once */
  gboolean is_stale;           /* the store changed while nobody could see it */

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
  REMOVED,
  RESTORED,
  DESTROYED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiRecordList, yeji_record_list, ADW_TYPE_BIN)

static void
fill_query (const Filter *filter,
            YejiQuery    *query)
{
  query->states = filter->states;
  query->with_errors = filter->with_errors;
}

static void
update_counts (YejiRecordList *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->filters, (int) i);
      GtkLabel *label = g_object_get_data (G_OBJECT (row), "count");
      guint count = yeji_entry_model_get_count (self->model, i);
      g_autofree char *text = NULL;
      g_autofree char *spoken = NULL;

      text = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");
      gtk_label_set_text (label, text);
      spoken = g_strdup_printf (ngettext ("%u record", "%u records", count), count);
      yeji_a11y_set_description (GTK_WIDGET (row), spoken);
    }
}

static const char *
choose_page (YejiRecordList *self)
{
  if (yeji_record_list_get_n_shown (self) > 0)
    return "list";
  if (yeji_record_list_get_n_all (self) == 0)
    return "first";
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ? "nothing" : "none";
}

static gboolean
is_bin (YejiRecordList *self)
{
  return filters[self->chosen].states == BIT (REMOVED);
}

static void
update_bin (YejiRecordList *self,
            gboolean        any)
{
  gboolean bin = is_bin (self);

  gtk_widget_set_visible (GTK_WIDGET (self->remove_button), !bin);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), bin);
  gtk_widget_set_visible (GTK_WIDGET (self->destroy_button), bin);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), bin);
  gtk_widget_set_visible (GTK_WIDGET (self->bin_note), bin);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remove_button), any);
  gtk_widget_set_sensitive (GTK_WIDGET (self->restore_button), any);
  gtk_widget_set_sensitive (GTK_WIDGET (self->destroy_button), any);
  gtk_widget_set_sensitive (GTK_WIDGET (self->empty_button),
                            yeji_entry_model_get_count (self->model, self->chosen) > 0);
  if (self->left_column != NULL)
    gtk_column_view_column_set_visible (self->left_column, bin);
}

static void
update_shown (YejiRecordList *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  gboolean any;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  any = !gtk_bitset_is_empty (selected);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  update_bin (self, any);
}

/* Of the selected rows those that were read. */
static GStrv
get_selected_uuids (YejiRecordList *self,
                    gboolean       *complete)
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
select_uuids (YejiRecordList     *self,
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
get_rows (YejiRecordList *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

static gboolean
has_keyboard (YejiRecordList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view));
}

/* The row of the selected record gets the keyboard, unless that went elsewhere meanwhile: the row may
 * be made by the layout only. */
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
focus_soon (YejiRecordList *self)
{
  gtk_widget_add_tick_callback (get_rows (self), focus_selected, self, NULL);
}

static void
select_row (YejiRecordList *self,
            guint           position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (get_rows (self), "list.scroll-to-item", "u", position);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_soon (self);
}

/* The record that somebody wants selected may be on a page that is not read yet. */
static void
look_for_sought (YejiRecordList *self)
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
on_changing (YejiRecordList *self)
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
on_answered (YejiRecordList *self)
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
      if (yeji_record_list_get_n_shown (self) > 0)
        {
          select_row (self, 0);
          yeji_record_list_grab (self);
        }
    }
  look_for_sought (self);
  update_counts (self);
  update_shown (self);
}

/* What nobody sees is read when it is seen again. */
static void
refresh (YejiRecordList *self)
{
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self)) && self->was_shown;
  if (!self->is_stale)
    yeji_entry_model_refresh (self->model);
}

static void
update_query (YejiRecordList *self)
{
  YejiQuery query = { NULL };

  if (self->store == NULL)
    return;                    /* not there yet, or going: the columns go, too */
  query.text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  fill_query (&filters[self->chosen], &query);
  query.sort = yeji_columns_get_sort (gtk_column_view_get_sorter (self->view), &query.descending);
  yeji_entry_model_set_query (self->model, &query);
}

static void
on_activated (YejiRecordList *self,
              guint           position)
{
  g_autoptr (YejiEntryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const char *uuid = item != NULL ? yeji_entry_item_get_uuid (item) : NULL;

  if (uuid != NULL)
    g_signal_emit (self, signals[OPENED], 0, uuid);
}

static void
on_search_changed (YejiRecordList *self)
{
  update_query (self);
}

/* The entry tells what was typed after a pause; who presses Enter before that means it all the same.
 * Enter goes to the first record found, Enter again opens it. */
static void
on_search_activated (YejiRecordList *self)
{
  self->wants_first = TRUE;
  update_query (self);
  if (yeji_entry_model_is_answered (self->model))
    on_answered (self);
}

static void
on_stop_search (YejiRecordList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  yeji_record_list_grab (self);
}

static void
on_filter_selected (YejiRecordList *self,
                    GtkListBoxRow  *row)
{
  if (row == NULL || self->model == NULL)
    return;
  self->chosen = (guint) gtk_list_box_row_get_index (row);
  update_query (self);
  update_shown (self);
}

/* A wish about selected rows, some of which were never read. */
typedef struct
{
  YejiRecordList *list;
  GtkBitset *selected;
  guint signal;
} Wish;

static void
free_wish (Wish *wish)
{
  g_object_unref (wish->list);
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
  else if (uuids[0] != NULL && wish->list->store != NULL)
    g_signal_emit (wish->list, signals[wish->signal], 0, uuids);
  free_wish (wish);
}

static void
emit_for_selected (YejiRecordList *self,
                   guint           signal)
{
  gboolean complete;
  g_auto (GStrv) uuids = get_selected_uuids (self, &complete);
  Wish *wish;

  if (complete && uuids[0] != NULL)
    g_signal_emit (self, signals[signal], 0, uuids);
  if (complete || self->store == NULL)
    return;
  wish = g_new (Wish, 1);
  wish->list = g_object_ref (self);
  wish->selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  wish->signal = signal;
  yeji_store_query_uuids_async (self->store, yeji_entry_model_get_query (self->model), 0,
                                G_MAXUINT, NULL, on_selected_read, wish);
}

static void
on_remove (YejiRecordList *self)
{
  yeji_record_list_remove (self);
}

static void
on_restore (YejiRecordList *self)
{
  emit_for_selected (self, RESTORED);
}

static void
on_destroy (YejiRecordList *self)
{
  emit_for_selected (self, DESTROYED);
}

static void
on_empty (YejiRecordList *self)
{
  g_signal_emit (self, signals[DESTROYED], 0, NULL);
}

static gboolean
on_view_key (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             YejiRecordList        *self)
{
  if (keyval != GDK_KEY_Delete)
    return GDK_EVENT_PROPAGATE;
  emit_for_selected (self, is_bin (self) ? DESTROYED : REMOVED);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_filter_row (const Filter *filter)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (_(filter->label));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (filter->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "count", count);
  yeji_a11y_set_name (row, _(filter->label));
  return row;
}

static void
add_columns (YejiRecordList *self)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (self->store);

  for (guint i = 0; i < N_YEJI_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = yeji_column_new (i, dictionary);

      gtk_column_view_append_column (self->view, column);
      if (i == YEJI_COLUMN_LEFT)
        self->left_column = column;
      if (i == YEJI_COLUMN_CHANGED)
        gtk_column_view_sort_by_column (self->view, column, GTK_SORT_DESCENDING);
    }
}

static void
add_roles (YejiRecordList *self)
{
  GPtrArray *roles = yeji_dictionary_get_roles (yeji_store_get_dictionary (self->store));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (yeji_label (&role->label), NULL);

      g_menu_item_set_action_and_target (item, "win.new", "s", role->id);
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, _("Declared as"), G_MENU_MODEL (section));
  gtk_menu_button_set_menu_model (self->new_button, G_MENU_MODEL (menu));
}

static void
make_model (YejiRecordList *self)
{
  YejiQuery queries[G_N_ELEMENTS (filters)] = { { NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    fill_query (&filters[i], &queries[i]);
  self->model = yeji_entry_model_new (queries, G_N_ELEMENTS (queries));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->model, "changing", G_CALLBACK (on_changing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (update_shown), self,
                           G_CONNECT_SWAPPED);
}

/* The parts of a column view that take the focus have no names of their own in GTK 4.8. */
static void
name_view (YejiRecordList *self)
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
yeji_record_list_dispose (GObject *object)
{
  YejiRecordList *self = YEJI_RECORD_LIST (object);

  g_clear_object (&self->store);
  self->left_column = NULL;
  g_clear_object (&self->selection);
  /* The view may keep the model, but that does not keep the store. */
  if (self->model != NULL)
    g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_pointer (&self->kept, g_strfreev);
  g_clear_pointer (&self->sought, g_free);
  G_OBJECT_CLASS (yeji_record_list_parent_class)->dispose (object);
}

static void
yeji_record_list_map (GtkWidget *widget)
{
  YejiRecordList *self = YEJI_RECORD_LIST (widget);

  GTK_WIDGET_CLASS (yeji_record_list_parent_class)->map (widget);
  self->was_shown = TRUE;
  if (self->is_stale)
    refresh (self);
}

static void
yeji_record_list_class_init (YejiRecordListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_record_list_dispose;
  widget_class->map = yeji_record_list_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-record-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, title);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, search);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, new_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, menu_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, remove_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, restore_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, destroy_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, empty_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, bin_note);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, filters);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_restore);
  gtk_widget_class_bind_template_callback (widget_class, on_destroy);
  gtk_widget_class_bind_template_callback (widget_class, on_empty);

  signals[OPENED] = g_signal_new ("opened", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[RESTORED] = g_signal_new ("restored", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[DESTROYED] = g_signal_new ("destroyed", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
yeji_record_list_init (YejiRecordList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *note = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  note = g_strdup_printf (ngettext ("What is in the bin is deleted for good after %d day.",
                                    "What is in the bin is deleted for good after %d days.",
                                    YEJI_BIN_DAYS), YEJI_BIN_DAYS);
  gtk_label_set_text (self->bin_note, note);
  make_model (self);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_list_box_append (self->filters, make_filter_row (&filters[i]));
  gtk_list_box_select_row (self->filters, gtk_list_box_get_row_at_index (self->filters, 0));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_view_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  yeji_a11y_set_name (GTK_WIDGET (self->search), _("Search"));
  name_view (self);
  yeji_a11y_set_name (GTK_WIDGET (self->filters), _("Show"));
  yeji_a11y_set_name (GTK_WIDGET (self->new_button), _("New"));
  yeji_a11y_set_name (GTK_WIDGET (self->menu_button), _("Main menu"));
}

/**
 * yeji_record_list_new:
 *
 * Returns: (transfer floating): a list without records
 */
GtkWidget *
yeji_record_list_new (void)
{
  return g_object_new (YEJI_TYPE_RECORD_LIST, NULL);
}

/**
 * yeji_record_list_set_store:
 *
 * Lists the records of a profile and follows it. May be called once.
 */
void
yeji_record_list_set_store (YejiRecordList *self,
                            YejiStore      *store)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  add_columns (self);
  update_shown (self);
  add_roles (self);
  update_query (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (update_query), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  yeji_entry_model_set_store (self->model, store);
}

/**
 * yeji_record_list_set_title:
 * @title: (nullable): the enterprise
 */
void
yeji_record_list_set_title (YejiRecordList *self,
                            const char     *title)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  adw_window_title_set_subtitle (self->title, title != NULL ? title : "");
}

/**
 * yeji_record_list_search:
 *
 * Goes to the search.
 */
void
yeji_record_list_search (YejiRecordList *self)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * yeji_record_list_remove:
 *
 * Asks for the selected records to be moved to the bin.
 */
void
yeji_record_list_remove (YejiRecordList *self)
{
  if (!is_bin (self))
    emit_for_selected (self, REMOVED);
}

/**
 * yeji_record_list_get_n_shown:
 *
 * Returns: how many records filter and search leave
 */
guint
yeji_record_list_get_n_shown (YejiRecordList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/**
 * yeji_record_list_get_n_all:
 *
 * Returns: how many records there are, the bin included
 */
guint
yeji_record_list_get_n_all (YejiRecordList *self)
{
  return yeji_entry_model_get_n_all (self->model);
}

/**
 * yeji_record_list_grab:
 *
 * Gives the focus to the records, to the filter where there are none.
 */
void
yeji_record_list_grab (YejiRecordList *self)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  if (yeji_record_list_get_n_shown (self) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->filters)));
}

/**
 * yeji_record_list_select:
 *
 * Selects one record and gives it the focus, if filter and search show it.
 */
void
yeji_record_list_select (YejiRecordList *self,
                         const char     *uuid)
{
  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  g_free (self->sought);
  self->sought = g_strdup (uuid);
  self->was_sought = FALSE;
  yeji_record_list_grab (self);
  look_for_sought (self);
}

/**
 * yeji_record_list_get_selected:
 *
 * Returns: (transfer full) (nullable): the record that is selected, %NULL for none or several
 */
char *
yeji_record_list_get_selected (YejiRecordList *self)
{
  gboolean complete;
  g_auto (GStrv) uuids = get_selected_uuids (self, &complete);

  return complete && g_strv_length (uuids) == 1 ? g_strdup (uuids[0]) : NULL;
}
