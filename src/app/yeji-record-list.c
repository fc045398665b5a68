// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-list"

#include "config.h"

#include "yeji-record-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-columns.h"
#include "yeji-messages.h"

/* What the list at the left offers: records whose state is in the set. */
typedef struct
{
  const char *label;
  const char *icon;
  guint states;                /* bit set of YejiState */
  int errors;                  /* 1: only with errors, -1: any */
} Filter;

#define BIT(state) (1u << YEJI_STATE_##state)

static const Filter filters[] = {
  { N_("All Records"), "view-list-symbolic", ~BIT (REMOVED), -1 },
  { N_("Drafts"), "document-edit-symbolic", BIT (DRAFT) | BIT (READY) | BIT (WITHDRAWN), -1 },
  { N_("With Problems"), "dialog-warning-symbolic",
    BIT (DRAFT) | BIT (RETURNED) | BIT (INCOMPLETE) | BIT (WITHDRAWN), 1 },
  { N_("Ready"), "emblem-ok-symbolic", BIT (READY), -1 },
  { N_("Waiting to Be Sent"), "document-send-symbolic", BIT (QUEUED), -1 },
  { N_("In Review"), "preferences-system-time-symbolic",
    BIT (SUBMITTED) | BIT (IN_REVIEW) | BIT (CORRECTION_REQUESTED), -1 },
  { N_("Returned"), "edit-undo-symbolic", BIT (RETURNED), -1 },
  { N_("Approved"), "object-select-symbolic", BIT (APPROVED), -1 },
  { N_("Incomplete (D)"), "content-loading-symbolic", BIT (INCOMPLETE), -1 },
  { N_("Bin"), "user-trash-symbolic", BIT (REMOVED), -1 },
};

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
  GtkListBox *filters;
  GtkStack *stack;
  GtkColumnView *view;

  YejiStore *store;            /* (nullable) */
  GListStore *entries;         /* of YejiEntry */
  GtkCustomFilter *filter;
  GtkFilterListModel *filtered;
  GtkMultiSelection *selection;
  guint chosen;                /* index into filters */
  guint64 asked;
  guint64 answered;
};

enum
{
  OPENED,
  REMOVED,
  RESTORED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiRecordList, yeji_record_list, ADW_TYPE_BIN)

static gboolean
is_in_filter (const Filter *filter,
              YejiEntry    *entry)
{
  return (filter->states & (1u << yeji_entry_get_state (entry))) != 0
         && (filter->errors < 0 || yeji_entry_get_n_errors (entry) > 0);
}

static gboolean
contains (const char *text,
          const char *folded)
{
  g_autofree char *haystack = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return haystack != NULL && strstr (haystack, folded) != NULL;
}

static gboolean
matches (gpointer item,
         gpointer data)
{
  YejiRecordList *self = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *folded = NULL;

  if (!is_in_filter (&filters[self->chosen], item))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  folded = g_utf8_casefold (text, -1);
  g_strstrip (folded);
  return contains (yeji_entry_get_name (item), folded)
         || contains (yeji_entry_get_number (item), folded)
         || contains (yeji_entry_get_uuid (item), folded);
}

static void
update_counts (YejiRecordList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->filters, (int) i);
      GtkLabel *label = g_object_get_data (G_OBJECT (row), "count");
      g_autofree char *text = NULL;
      g_autofree char *spoken = NULL;
      guint count = 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (YejiEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), j);

          count += is_in_filter (&filters[i], entry) ? 1 : 0;
        }
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
  if (g_list_model_get_n_items (G_LIST_MODEL (self->entries)) == 0)
    return "first";
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' ? "nothing" : "none";
}

static void
update_shown (YejiRecordList *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  gboolean bin = filters[self->chosen].states == BIT (REMOVED);
  gboolean any;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  any = !gtk_bitset_is_empty (selected);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  gtk_widget_set_visible (GTK_WIDGET (self->remove_button), !bin);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), bin);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remove_button), any);
  gtk_widget_set_sensitive (GTK_WIDGET (self->restore_button), any);
}

static gboolean
equal_texts (YejiEntry *a,
             YejiEntry *b)
{
  return g_strcmp0 (yeji_entry_get_uuid (a), yeji_entry_get_uuid (b)) == 0
         && g_strcmp0 (yeji_entry_get_name (a), yeji_entry_get_name (b)) == 0
         && g_strcmp0 (yeji_entry_get_number (a), yeji_entry_get_number (b)) == 0
         && g_strcmp0 (yeji_entry_get_role (a), yeji_entry_get_role (b)) == 0
         && g_strcmp0 (yeji_entry_get_grade (a), yeji_entry_get_grade (b)) == 0
         && g_strcmp0 (yeji_entry_get_changed_at (a), yeji_entry_get_changed_at (b)) == 0
         && yeji_entry_get_state (a) == yeji_entry_get_state (b)
         && yeji_entry_get_n_errors (a) == yeji_entry_get_n_errors (b)
         && yeji_entry_get_n_warnings (a) == yeji_entry_get_n_warnings (b)
         && yeji_entry_get_n_documents (a) == yeji_entry_get_n_documents (b)
         && yeji_entry_get_n_received (a) == yeji_entry_get_n_received (b);
}

static GHashTable *
index_by_uuid (GPtrArray *entries)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_insert (index, (gpointer) yeji_entry_get_uuid (entry), entry);
    }
  return index;
}

static GStrv
get_selected_uuids (YejiRecordList *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      {
        g_autoptr (YejiEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                             position);

        if (entry != NULL)
          g_strv_builder_add (builder, yeji_entry_get_uuid (entry));
      }
    while (gtk_bitset_iter_next (&iter, &position));
  return g_strv_builder_end (builder);
}

/* A record that changed is another entry, which is not selected any more. */
static void
select_uuids (YejiRecordList     *self,
              const char * const *uuids)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n = uuids[0] != NULL ? g_list_model_get_n_items (model) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiEntry) entry = g_list_model_get_item (model, i);

      if (g_strv_contains (uuids, yeji_entry_get_uuid (entry)))
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, FALSE);
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

/* Replaces only what differs, so that selection and place in the list stay. */
static void
update_entries (YejiRecordList *self,
                GPtrArray      *entries)
{
  g_autoptr (GHashTable) fresh = index_by_uuid (entries);
  GListModel *model = G_LIST_MODEL (self->entries);
  g_auto (GStrv) selected = get_selected_uuids (self);
  gboolean had_keyboard = has_keyboard (self);

  for (guint i = g_list_model_get_n_items (model); i-- > 0;)
    {
      g_autoptr (YejiEntry) old = g_list_model_get_item (model, i);
      YejiEntry *now = g_hash_table_lookup (fresh, yeji_entry_get_uuid (old));

      if (now == NULL)
        g_list_store_remove (self->entries, i);
      else if (!equal_texts (old, now))
        g_list_store_splice (self->entries, i, 1, (gpointer *) &now, 1);
      g_hash_table_remove (fresh, yeji_entry_get_uuid (now != NULL ? now : old));
    }
  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);

      if (g_hash_table_contains (fresh, yeji_entry_get_uuid (entry)))
        g_list_store_append (self->entries, entry);
    }
  select_uuids (self, (const char * const *) selected);
  if (had_keyboard && g_strv_length (selected) == 1)
    gtk_widget_add_tick_callback (get_rows (self), focus_selected, self, NULL);
  update_counts (self);
  update_shown (self);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiRecordList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = yeji_store_list_finish (YEJI_STORE (source), result, &error);

  self->answered++;
  if (entries == NULL)
    g_warning ("the records cannot be listed: %s", error->message);
  /* An answer that is asked again already would only be shown for a moment. */
  else if (self->answered == self->asked && self->store != NULL)
    update_entries (self, entries);
}

static void
on_store_changed (YejiRecordList *self)
{
  self->asked++;
  yeji_store_list_async (self->store, NULL, on_listed, g_object_ref (self));
}

static void
on_activated (YejiRecordList *self,
              guint           position)
{
  g_autoptr (YejiEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (entry != NULL)
    g_signal_emit (self, signals[OPENED], 0, yeji_entry_get_uuid (entry));
}

static void
on_search_changed (YejiRecordList *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_shown (self);
}

/* The entry tells what was typed after a pause; who presses Enter before that means it all the same.
 * Enter goes to the first record found, Enter again opens it. */
static void
on_search_activated (YejiRecordList *self)
{
  g_autoptr (YejiEntry) first = NULL;

  on_search_changed (self);
  first = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
  if (first != NULL)
    yeji_record_list_select (self, yeji_entry_get_uuid (first));
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
  if (row == NULL || self->filter == NULL)
    return;
  self->chosen = (guint) gtk_list_box_row_get_index (row);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_shown (self);
}

static void
on_remove (YejiRecordList *self)
{
  yeji_record_list_remove (self);
}

static void
on_restore (YejiRecordList *self)
{
  g_auto (GStrv) uuids = get_selected_uuids (self);

  if (uuids[0] != NULL)
    g_signal_emit (self, signals[RESTORED], 0, uuids);
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
  yeji_record_list_remove (self);
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
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkSortListModel *sorted;

  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->entries)),
                                              g_object_ref (GTK_FILTER (self->filter)));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                    g_object_ref (sorter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
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
  g_clear_object (&self->filter);
  g_clear_object (&self->filtered);
  g_clear_object (&self->selection);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (yeji_record_list_parent_class)->dispose (object);
}

static void
yeji_record_list_class_init (YejiRecordListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_record_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-record-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, title);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, search);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, new_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, menu_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, remove_button);
  gtk_widget_class_bind_template_child (widget_class, YejiRecordList, restore_button);
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

  signals[OPENED] = g_signal_new ("opened", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[RESTORED] = g_signal_new ("restored", YEJI_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
yeji_record_list_init (YejiRecordList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_list_store_new (YEJI_TYPE_ENTRY);
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
  add_roles (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  on_store_changed (self);
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
  g_auto (GStrv) uuids = get_selected_uuids (self);

  if (uuids[0] != NULL && filters[self->chosen].states != BIT (REMOVED))
    g_signal_emit (self, signals[REMOVED], 0, uuids);
}

/**
 * yeji_record_list_get_n_shown:
 *
 * Returns: how many records filter and search leave
 */
guint
yeji_record_list_get_n_shown (YejiRecordList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

/**
 * yeji_record_list_get_n_all:
 *
 * Returns: how many records there are, the bin included
 */
guint
yeji_record_list_get_n_all (YejiRecordList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->entries));
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
  const char *uuids[] = { uuid, NULL };

  g_return_if_fail (YEJI_IS_RECORD_LIST (self));

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  select_uuids (self, uuids);
  yeji_record_list_grab (self);
  gtk_widget_add_tick_callback (get_rows (self), focus_selected, self, NULL);
}

/**
 * yeji_record_list_get_selected:
 *
 * Returns: (transfer full) (nullable): the record that is selected, %NULL for none or several
 */
char *
yeji_record_list_get_selected (YejiRecordList *self)
{
  g_auto (GStrv) uuids = get_selected_uuids (self);

  return g_strv_length (uuids) == 1 ? g_strdup (uuids[0]) : NULL;
}
