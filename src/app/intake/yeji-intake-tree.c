// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-tree"

#include "config.h"

#include "yeji-intake-tree.h"

#include "yeji-intake-words.h"

/* As long as there are no more, all files are in sight at first; of more, those to look at. */
#define MAX_OPEN_AT_FIRST 60

struct _YejiIntakeTree
{
  GObject parent_instance;

  YejiIntakePlan *plan;        /* (nullable): until it is closed */
  GPtrArray *watched;          /* (element-type YejiIntakeItem): whose changes are heard */
  GListStore *groups;          /* of YejiIntakeGroup */
  GHashTable *by_uuid;         /* (element-type utf8 YejiIntakeGroup): "" is the tray */
  GtkTreeListModel *rows;
  GtkMultiSelection *selection;
  GHashTable *shown;           /* (nullable) (element-type YejiIntakeItem): while it is narrowed */
  guint update;                /* source, 0 when nothing changed */
};

enum
{
  CHANGED,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiIntakeTree, yeji_intake_tree, G_TYPE_OBJECT)

/* A set of items by what they are, not by what they hold. */
static GHashTable *
make_set (GPtrArray *items)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (set, g_ptr_array_index (items, i));
  return set;
}

static GListModel *
list_files (gpointer item,
            gpointer data)
{
  return YEJI_IS_INTAKE_GROUP (item) ? g_object_ref (G_LIST_MODEL (item)) : NULL;
}

static const char *
get_key (YejiIntakeItem *item)
{
  return yeji_intake_item_is_placed (item) ? yeji_intake_item_get_uuid (item) : "";
}

static YejiIntakeGroup *
find_group (YejiIntakeTree *self,
            const char     *key)
{
  YejiIntakeGroup *group = g_hash_table_lookup (self->by_uuid, key);

  if (group != NULL)
    return group;
  group = yeji_intake_group_new (*key != '\0' ? key : NULL);
  g_hash_table_insert (self->by_uuid, g_strdup (key), group);
  return group;
}

static gboolean
is_shown (YejiIntakeTree *self,
          YejiIntakeItem *item)
{
  if (self->shown == NULL || g_hash_table_contains (self->shown, item))
    return TRUE;
  if (!yeji_intake_item_is_open (item))
    return FALSE;
  /* what was mended stays where it is until the clerk wants to see something else */
  g_hash_table_add (self->shown, item);
  return TRUE;
}

typedef struct
{
  YejiIntakeGroup *group;
  GPtrArray *items;
} Part;

static void
part_free (gpointer data)
{
  g_ptr_array_unref (((Part *) data)->items);
  g_free (data);
}

/* The files of the plan by where they go: the tray first, it wants the clerk's eye, then the
 * records in the plan's order. */
static GPtrArray *
divide (YejiIntakeTree *self)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GHashTable) index = g_hash_table_new (NULL, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->plan));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (self->plan), i);
      YejiIntakeGroup *group;
      Part *part;

      if (!is_shown (self, item))
        continue;
      group = find_group (self, get_key (item));
      part = g_hash_table_lookup (index, group);
      if (part == NULL)
        {
          part = g_new (Part, 1);
          *part = (Part) { group, g_ptr_array_new () };
          g_ptr_array_insert (parts, yeji_intake_group_is_tray (group) ? 0 : -1, part);
          g_hash_table_insert (index, group, part);
        }
      g_ptr_array_add (part->items, item);   /* the plan holds it */
    }
  return parts;
}

static gboolean
is_same (YejiIntakeTree *self,
         GPtrArray      *parts)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->groups)) != parts->len)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (YejiIntakeGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      if (group != ((Part *) g_ptr_array_index (parts, i))->group)
        return FALSE;
    }
  return TRUE;
}

static void
show_groups (YejiIntakeTree *self,
             GPtrArray      *parts)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();

  if (is_same (self, parts))
    return;
  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (groups, ((Part *) g_ptr_array_index (parts, i))->group);
  g_list_store_splice (self->groups, 0, g_list_model_get_n_items (G_LIST_MODEL (self->groups)),
                       groups->pdata, groups->len);
}

static GtkTreeListRow *
get_row (YejiIntakeTree *self,
         guint           position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->rows), position);
}

/* Which groups are open; those are rows of the model. */
static GHashTable *
list_open (YejiIntakeTree *self)
{
  GHashTable *open = g_hash_table_new (NULL, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->groups));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->rows, i);
      g_autoptr (GObject) group = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

      if (row != NULL && gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (open, group);
    }
  return open;
}

static void
open_groups (YejiIntakeTree *self,
             GHashTable     *open)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->groups));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_child_row (self->rows, i);
      g_autoptr (GObject) group = gtk_tree_list_row_get_item (row);

      if (g_hash_table_contains (open, group) && !gtk_tree_list_row_get_expanded (row))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
set_parts (YejiIntakeTree *self,
           GPtrArray      *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = g_ptr_array_index (parts, i);

      yeji_intake_group_set_items (part->group, part->items);
    }
}

static void
tell_groups (YejiIntakeTree *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->groups));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      yeji_intake_group_tell (group);
    }
}

static gboolean
are_selected (YejiIntakeTree *self,
              GPtrArray      *items)
{
  g_autoptr (GPtrArray) now = yeji_intake_tree_dup_selected (self);

  if (now->len != items->len)
    return FALSE;
  for (guint i = 0; i < now->len; i++)
    if (g_ptr_array_index (now, i) != g_ptr_array_index (items, i))
      return FALSE;
  return TRUE;
}

static void
rebuild (YejiIntakeTree *self)
{
  g_autoptr (GPtrArray) selected = yeji_intake_tree_dup_selected (self);
  g_autoptr (GPtrArray) parts = divide (self);
  g_autoptr (GHashTable) open = list_open (self);

  for (guint i = 0; i < selected->len; i++)
    g_hash_table_add (open, find_group (self, get_key (g_ptr_array_index (selected, i))));
  show_groups (self, parts);
  set_parts (self, parts);
  open_groups (self, open);
  tell_groups (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (selected->len == 0 || are_selected (self, selected))
    return;
  yeji_intake_tree_select (self, selected);
  g_signal_emit (self, signals[MOVED], 0);
}

static gboolean
on_update (gpointer data)
{
  YejiIntakeTree *self = data;

  self->update = 0;
  rebuild (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (YejiIntakeTree *self)
{
  if (self->update == 0 && self->plan != NULL)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_update, self, NULL);
}

/* Items come and go when pictures are made one; else the same ones are in another order. */
static void
watch_items (YejiIntakeTree *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->watched);
  g_autoptr (GHashTable) gone = make_set (before);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->plan));

  self->watched = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      YejiIntakeItem *item = g_list_model_get_item (G_LIST_MODEL (self->plan), i);

      if (!g_hash_table_remove (gone, item))
        g_signal_connect_swapped (item, "notify", G_CALLBACK (queue_update), self);
      g_ptr_array_add (self->watched, item);
    }
  for (guint i = 0; i < before->len; i++)
    if (g_hash_table_contains (gone, g_ptr_array_index (before, i)))
      g_signal_handlers_disconnect_by_data (g_ptr_array_index (before, i), self);
}

static void
on_items_changed (YejiIntakeTree *self)
{
  watch_items (self);
  queue_update (self);
}

/* The groups that want to be looked at are open at first; all of them where there is room. */
static void
open_at_first (YejiIntakeTree *self)
{
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->groups));
  gboolean all = g_list_model_get_n_items (G_LIST_MODEL (self->plan)) <= MAX_OPEN_AT_FIRST;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeGroup) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      if (all || yeji_intake_group_count_open (group) > 0)
        g_hash_table_add (open, group);
    }
  open_groups (self, open);
}

static void
yeji_intake_tree_dispose (GObject *object)
{
  YejiIntakeTree *self = YEJI_INTAKE_TREE (object);

  yeji_intake_tree_close (self);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->groups);
  g_clear_pointer (&self->by_uuid, g_hash_table_unref);
  G_OBJECT_CLASS (yeji_intake_tree_parent_class)->dispose (object);
}

static void
yeji_intake_tree_finalize (GObject *object)
{
  g_ptr_array_unref (YEJI_INTAKE_TREE (object)->watched);
  G_OBJECT_CLASS (yeji_intake_tree_parent_class)->finalize (object);
}

static void
yeji_intake_tree_class_init (YejiIntakeTreeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yeji_intake_tree_dispose;
  object_class->finalize = yeji_intake_tree_finalize;
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_INTAKE_TREE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", YEJI_TYPE_INTAKE_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
yeji_intake_tree_init (YejiIntakeTree *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_list_store_new (YEJI_TYPE_INTAKE_GROUP);
  self->by_uuid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->rows = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (self->groups)), FALSE, FALSE,
                                        list_files, NULL, NULL);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
}

/**
 * yeji_intake_tree_new:
 *
 * Returns: (transfer full): the plan, to be looked at
 */
YejiIntakeTree *
yeji_intake_tree_new (YejiIntakePlan *plan)
{
  YejiIntakeTree *self = g_object_new (YEJI_TYPE_INTAKE_TREE, NULL);

  self->plan = g_object_ref (plan);
  g_signal_connect_object (plan, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  watch_items (self);
  rebuild (self);
  open_at_first (self);
  return self;
}

/**
 * yeji_intake_tree_close:
 *
 * Lets the plan go.
 */
void
yeji_intake_tree_close (YejiIntakeTree *self)
{
  g_clear_handle_id (&self->update, g_source_remove);
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  if (self->plan != NULL)
    g_signal_handlers_disconnect_by_data (self->plan, self);
  g_clear_object (&self->plan);
}

GtkSelectionModel *
yeji_intake_tree_get_selection (YejiIntakeTree *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

static void
add_all (GPtrArray  *items,
         GHashTable *seen,
         GListModel *group)
{
  guint n = g_list_model_get_n_items (group);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (group, i);

      if (g_hash_table_add (seen, item))
        g_ptr_array_add (items, g_object_ref (item));
    }
}

/**
 * yeji_intake_tree_dup_selected:
 *
 * Returns: (transfer full) (element-type YejiIntakeItem): the files that are selected; a heading
 *   stands for all below it
 */
GPtrArray *
yeji_intake_tree_dup_selected (YejiIntakeTree *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GtkBitset) bitset = NULL;
  GtkBitsetIter iter;
  guint position;

  bitset = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (!gtk_bitset_iter_init_first (&iter, bitset, &position))
    return items;
  do
    {
      g_autoptr (GtkTreeListRow) row = get_row (self, position);
      g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

      if (YEJI_IS_INTAKE_GROUP (item))
        add_all (items, seen, G_LIST_MODEL (item));
      else if (item != NULL && g_hash_table_add (seen, item))
        g_ptr_array_add (items, g_object_ref (item));
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return items;
}

/**
 * yeji_intake_tree_select:
 * @items: (element-type YejiIntakeItem)
 *
 * Selects these files alone, as far as they are in sight.
 */
void
yeji_intake_tree_select (YejiIntakeTree *self,
                         GPtrArray      *items)
{
  g_autoptr (GHashTable) wanted = make_set (items);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = get_row (self, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (g_hash_table_contains (wanted, item))
        gtk_bitset_add (selected, i);
    }
  all = gtk_bitset_new_range (0, n);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
}

/**
 * yeji_intake_tree_find:
 *
 * Returns: the row of a file, %GTK_INVALID_LIST_POSITION when it is not in sight
 */
guint
yeji_intake_tree_find (YejiIntakeTree *self,
                       YejiIntakeItem *item)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = get_row (self, i);
      g_autoptr (GObject) other = gtk_tree_list_row_get_item (row);

      if (other == G_OBJECT (item))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/**
 * yeji_intake_tree_find_open:
 * @from: a row, %GTK_INVALID_LIST_POSITION for before the first
 * @step: 1 or -1
 *
 * Returns: the next row, or the one before, that should be looked at, round the end;
 *   %GTK_INVALID_LIST_POSITION when there is none
 */
guint
yeji_intake_tree_find_open (YejiIntakeTree *self,
                            guint           from,
                            int             step)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  int at = from == GTK_INVALID_LIST_POSITION ? (step > 0 ? -1 : n) : (int) from;

  for (int i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = NULL;
      g_autoptr (GObject) item = NULL;

      at = (at + step + n) % n;
      row = get_row (self, (guint) at);
      item = gtk_tree_list_row_get_item (row);
      if (YEJI_IS_INTAKE_ITEM (item) && yeji_intake_item_is_open (YEJI_INTAKE_ITEM (item)))
        return (guint) at;
    }
  return GTK_INVALID_LIST_POSITION;
}

/**
 * yeji_intake_tree_count_open:
 *
 * Returns: how many files should be looked at
 */
guint
yeji_intake_tree_count_open (YejiIntakeTree *self)
{
  guint n = 0;

  for (guint i = 0; i < self->watched->len; i++)
    n += yeji_intake_item_is_open (g_ptr_array_index (self->watched, i));
  return n;
}

/**
 * yeji_intake_tree_set_narrow:
 * @narrow: whether those alone are shown that should be looked at
 */
void
yeji_intake_tree_set_narrow (YejiIntakeTree *self,
                             gboolean        narrow)
{
  g_return_if_fail (YEJI_IS_INTAKE_TREE (self));

  if (self->plan == NULL || narrow == (self->shown != NULL))
    return;
  g_clear_pointer (&self->shown, g_hash_table_unref);
  if (narrow)
    self->shown = g_hash_table_new (NULL, NULL);
  rebuild (self);
  if (narrow)
    yeji_intake_tree_expand_all (self);
}

/**
 * yeji_intake_tree_expand_all:
 *
 * Shows the files below every heading.
 */
void
yeji_intake_tree_expand_all (YejiIntakeTree *self)
{
  g_autoptr (GHashTable) open = g_hash_table_new (NULL, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->groups));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) group = g_list_model_get_item (G_LIST_MODEL (self->groups), i);

      g_hash_table_add (open, group);
    }
  open_groups (self, open);
}
