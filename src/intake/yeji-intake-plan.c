// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-plan"

#include "config.h"

#include "yeji-intake-plan-private.h"

#include "yeji-intake-folder.h"
#include "yeji-match-name.h"
#include "yeji-match-page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* A file and what its place among the others is told by. */
typedef struct
{
  YejiIntakeItem *item;
  YejiMatchPage *page;
  guint slot;                  /* place in the dictionary; G_MAXUINT: the tray */
  guint order;                 /* among those of its slot, from 1; 0: the clerk has set none */
  gulong handler;
} Row;

struct _YejiIntakePlan
{
  GObject parent_instance;

  YejiStore *store;
  YejiDictionary *dictionary;
  YejiSource *source;          /* (nullable): closed */
  YejiMatchVocabulary *vocabulary;
  GPtrArray *records;          /* (element-type YejiMatchRecord) */
  GHashTable *by_uuid;
  GHashTable *filled;          /* of yeji_intake_count_files() */
  GPtrArray *skipped;          /* (element-type YejiSkippedFile), the source's or a copy */
  GPtrArray *rows;             /* (element-type Row) */
  GMutex mutex;                /* of the two below: pictures are put together while others are
                                * examined */
  YejiIntakeFolder *folder;    /* (nullable): of what was made for the plan */
  gboolean shrink;
  guint telling;               /* source that will tell of the numbers; 0: none */
};

enum
{
  PROP_SHRINK = 1,
  PROP_N_INCLUDED,
  PROP_N_PLACED,
  PROP_N_TRAY,
  PROP_N_UNSURE,
  PROP_N_PROBLEMS,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiIntakePlan, yeji_intake_plan, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
free_row (gpointer data)
{
  Row *row = data;

  g_clear_signal_handler (&row->handler, row->item);
  g_object_unref (row->item);
  yeji_match_page_free (row->page);
  g_free (row);
}

static void
free_skipped (gpointer data)
{
  g_free (((YejiSkippedFile *) data)->path);
  g_free (data);
}

/* --- numbers --- */

static gboolean
is_placed (YejiIntakeItem *item)
{
  return yeji_intake_item_get_uuid (item) != NULL && yeji_intake_item_get_slot (item) != NULL;
}

static gint64
count (YejiIntakePlan *self,
       guint           property)
{
  gint64 n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      YejiIntakeItem *item = ((Row *) g_ptr_array_index (self->rows, i))->item;

      /* what the plan leaves out by itself is told of */
      if (!yeji_intake_item_is_included (item)
          && (property != PROP_N_PROBLEMS || yeji_intake_item_is_decided (item)))
        continue;
      switch (property)
        {
        case PROP_N_PLACED:
          n += is_placed (item);
          break;
        case PROP_N_TRAY:
          n += !is_placed (item);
          break;
        case PROP_N_UNSURE:
          n += yeji_intake_item_get_certainty (item) == YEJI_CERTAINTY_GUESS;
          break;
        case PROP_N_PROBLEMS:
          n += yeji_intake_item_get_severity (item) >= YEJI_INTAKE_WARNING;
          break;
        case PROP_SIZE:
          n += yeji_intake_item_get_size (item);
          break;
        default:
          n++;
        }
    }
  return n;
}

static void
tell_numbers (YejiIntakePlan *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_N_INCLUDED; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
tell_later (gpointer data)
{
  YejiIntakePlan *self = data;

  self->telling = 0;
  yeji_intake_plan_judge_room (self);
  tell_numbers (self);
  return G_SOURCE_REMOVE;
}

/* Many may change in one go, and each number is counted over all. */
static void
on_item_changed (YejiIntakeItem *item,
                 GParamSpec     *pspec,
                 YejiIntakePlan *self)
{
  if (self->telling == 0
      && (g_str_equal (pspec->name, "included") || g_str_equal (pspec->name, "severity")))
    self->telling = g_idle_add (tell_later, self);
}

/* --- order --- */

static guint
find_slot_place (YejiIntakePlan *self,
                 YejiIntakeItem *item)
{
  GPtrArray *slots = yeji_dictionary_get_slots (self->dictionary);

  if (!is_placed (item))
    return G_MAXUINT;
  for (guint i = 0; i < slots->len; i++)
    if (g_str_equal (((const YejiSlot *) g_ptr_array_index (slots, i))->id,
                     yeji_intake_item_get_slot (item)))
      return i;
  return slots->len;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *one = *(const Row **) a, *other = *(const Row **) b;
  int order;

  if ((one->slot == G_MAXUINT) != (other->slot == G_MAXUINT))
    return one->slot == G_MAXUINT ? 1 : -1;
  if (one->slot != G_MAXUINT)
    {
      order = yeji_match_compare_names (yeji_intake_item_get_record_name (one->item),
                                        yeji_intake_item_get_record_name (other->item));
      if (order == 0)
        order = strcmp (yeji_intake_item_get_uuid (one->item),
                        yeji_intake_item_get_uuid (other->item));
      if (order != 0)
        return order;
      if (one->slot != other->slot)
        return one->slot < other->slot ? -1 : 1;
      /* what came later goes behind those that the clerk has put in order */
      if (one->order != other->order)
        return one->order - 1 < other->order - 1 ? -1 : 1;
    }
  order = yeji_match_page_compare (one->page, other->page);
  return order != 0 ? order
                    : yeji_match_compare_names (yeji_intake_item_get_path (one->item),
                                                yeji_intake_item_get_path (other->item));
}

/* Sorts, numbers the places and tells of the rows between the first and the last that moved. */
static void
sort_rows (YejiIntakePlan *self)
{
  guint n = self->rows->len, first = 0, last = n, position = 0;
  g_autofree gpointer *before = g_memdup2 (self->rows->pdata, n * sizeof (gpointer));

  g_ptr_array_sort (self->rows, compare_rows);
  for (guint i = 0; i < n; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      Row *previous = i > 0 ? g_ptr_array_index (self->rows, i - 1) : NULL;

      if (previous == NULL || previous->slot != row->slot
          || (row->slot != G_MAXUINT
              && !g_str_equal (yeji_intake_item_get_uuid (previous->item),
                               yeji_intake_item_get_uuid (row->item))))
        position = 0;
      yeji_intake_item_set_position (row->item, ++position);
    }
  while (first < n && before[first] == g_ptr_array_index (self->rows, first))
    first++;
  while (last > first && before[last - 1] == g_ptr_array_index (self->rows, last - 1))
    last--;
  if (last > first)
    g_list_model_items_changed (G_LIST_MODEL (self), first, last - first, last - first);
}

static void
arrange (YejiIntakePlan *self)
{
  sort_rows (self);
  yeji_intake_plan_judge_room (self);
}

/* --- placing --- */

static const YejiMatchRecord *
find_record (YejiIntakePlan *self,
             const char     *uuid)
{
  return uuid != NULL ? g_hash_table_lookup (self->by_uuid, uuid) : NULL;
}

static const char *
get_record_name (YejiIntakePlan *self,
                 const char     *uuid)
{
  const YejiMatchRecord *record = find_record (self, uuid);

  return record != NULL ? record->name : NULL;
}

static const char *
get_slot_label (YejiIntakePlan *self,
                const char     *slot)
{
  const YejiSlot *found = slot != NULL ? yeji_dictionary_find_slot (self->dictionary, slot) : NULL;

  return found != NULL ? yeji_text_get (&found->label, yeji_language_get_current ()) : NULL;
}

/* By what the record and the slot were found, or why one of them was not. */
static char *
make_reason (YejiIntakePlan  *self,
             const YejiMatch *match,
             YejiMatchReason  reason,
             gboolean         slot_is_given)
{
  const char *found = yeji_match_reason_to_text (reason);

  if (match->uuid == NULL && match->rival != NULL && reason != YEJI_MATCH_GIVEN)
    return g_strdup_printf (ngettext ("It may be “%s” or “%s”", "It may be “%s”, “%s” or others",
                                      match->n_candidates - 1),
                            get_record_name (self, match->best),
                            get_record_name (self, match->rival));
  if (slot_is_given || (match->uuid == NULL && reason != YEJI_MATCH_GIVEN))
    return g_strdup (found);
  if (match->slot == NULL)
    /* TRANSLATORS: by what the record was found; no kind of document was */
    return g_strdup_printf (_("%s; kind of document unknown"), found);
  return g_strdup_printf ("%s · %s", found, match->slot_word);
}

static void
place_by_match (YejiIntakePlan *self,
                Row            *row,
                const char     *uuid,
                const char     *slot)
{
  const YejiMatch *match = yeji_intake_item_get_match (row->item);
  YejiMatchReason reason = uuid != NULL ? YEJI_MATCH_GIVEN : match->reason;
  const char *to = uuid != NULL ? uuid : match->uuid;
  const char *into = slot != NULL ? slot : match->slot;
  YejiCertainty certainty = uuid != NULL ? YEJI_CERTAINTY_SURE : yeji_match_get_certainty (match);
  g_autofree char *words = make_reason (self, match, reason, slot != NULL);

  if (slot == NULL)
    certainty = MIN (certainty, match->slot_certainty);
  yeji_intake_item_place (row->item, to, get_record_name (self, to), into,
                          get_slot_label (self, into), certainty, words);
  row->slot = find_slot_place (self, row->item);
}

static Row *
add_row (YejiIntakePlan *self,
         YejiIntakeItem *item)
{
  Row *row = g_new0 (Row, 1);

  row->item = item;
  row->page = yeji_match_page_new (self->vocabulary->pages, yeji_intake_item_get_path (item));
  row->handler = g_signal_connect (item, "notify", G_CALLBACK (on_item_changed), self);
  g_ptr_array_add (self->rows, row);
  return row;
}

static Row *
find_row (YejiIntakePlan *self,
          YejiIntakeItem *item,
          guint          *place)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row->item == item)
        {
          if (place != NULL)
            *place = i;
          return row;
        }
    }
  return NULL;
}

/* --- the object --- */

static void
remove_folder (YejiIntakePlan *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_pointer (&self->folder, yeji_intake_folder_free);
}

static void
yeji_intake_plan_finalize (GObject *object)
{
  YejiIntakePlan *self = YEJI_INTAKE_PLAN (object);

  yeji_intake_plan_close (self);
  g_clear_handle_id (&self->telling, g_source_remove);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->skipped, g_ptr_array_unref);
  g_clear_pointer (&self->by_uuid, g_hash_table_unref);
  g_clear_pointer (&self->filled, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->vocabulary, yeji_match_vocabulary_free);
  g_clear_object (&self->dictionary);
  g_clear_object (&self->store);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (yeji_intake_plan_parent_class)->finalize (object);
}

static void
yeji_intake_plan_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  YejiIntakePlan *self = YEJI_INTAKE_PLAN (object);

  if (id == PROP_SHRINK)
    g_value_set_boolean (value, self->shrink);
  else if (id == PROP_SIZE)
    g_value_set_int64 (value, count (self, id));
  else if (id < N_PROPS)
    g_value_set_uint (value, (guint) count (self, id));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_intake_plan_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  if (id == PROP_SHRINK)
    yeji_intake_plan_set_shrink (YEJI_INTAKE_PLAN (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_intake_plan_class_init (YejiIntakePlanClass *klass)
{
  static const struct
  {
    const char *name;
    guint id;
  } numbers[] = {
    { "n-included", PROP_N_INCLUDED },
    { "n-placed", PROP_N_PLACED },
    { "n-tray", PROP_N_TRAY },
    { "n-unsure", PROP_N_UNSURE },
    { "n-problems", PROP_N_PROBLEMS },
  };
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yeji_intake_plan_finalize;
  object_class->get_property = yeji_intake_plan_get_property;
  object_class->set_property = yeji_intake_plan_set_property;

  properties[PROP_SHRINK] =
    g_param_spec_boolean ("shrink", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[numbers[i].id] =
      g_param_spec_uint (numbers[i].name, NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_intake_plan_init (YejiIntakePlan *self)
{
  self->rows = g_ptr_array_new_with_free_func (free_row);
  g_mutex_init (&self->mutex);
  self->shrink = TRUE;
}

static GType
get_item_type (GListModel *model)
{
  return YEJI_TYPE_INTAKE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return YEJI_INTAKE_PLAN (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  YejiIntakePlan *self = YEJI_INTAKE_PLAN (model);

  if (position >= self->rows->len)
    return NULL;
  return g_object_ref (((Row *) g_ptr_array_index (self->rows, position))->item);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static GPtrArray *
copy_skipped (GPtrArray *skipped)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (free_skipped);

  for (guint i = 0; i < skipped->len; i++)
    {
      const YejiSkippedFile *one = g_ptr_array_index (skipped, i);
      YejiSkippedFile *other = g_memdup2 (one, sizeof *one);

      other->path = g_strdup (one->path);
      g_ptr_array_add (copy, other);
    }
  return copy;
}

/**
 * yeji_intake_plan_new: (skip)
 * @source: (transfer full): that was read
 * @records: (element-type YejiMatchRecord): what files may go to
 * @matches: (element-type YejiMatch): of the source's files
 * @filled: of yeji_intake_count_files()
 * @uuid: (nullable): the record that all go to
 * @slot: (nullable): the slot that all go to
 */
YejiIntakePlan *
yeji_intake_plan_new (YejiStore  *store,
                      YejiSource *source,
                      GPtrArray  *records,
                      GPtrArray  *matches,
                      GHashTable *filled,
                      const char *uuid,
                      const char *slot)
{
  YejiIntakePlan *self = g_object_new (YEJI_TYPE_INTAKE_PLAN, NULL);
  GPtrArray *files = yeji_source_get_files (source);

  self->store = g_object_ref (store);
  self->dictionary = g_object_ref (yeji_store_get_dictionary (store));
  self->vocabulary = yeji_match_vocabulary_new (self->dictionary);
  self->source = source;
  self->skipped = copy_skipped (yeji_source_get_skipped (source));
  self->records = g_ptr_array_ref (records);
  self->filled = g_hash_table_ref (filled);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < records->len; i++)
    {
      YejiMatchRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (self->by_uuid, record->uuid, record);
    }
  for (guint i = 0; i < files->len; i++)
    {
      const YejiSourceFile *file = g_ptr_array_index (files, i);
      YejiIntakeItem *item = yeji_intake_item_new (file->path, file->file, file->size,
                                                   yeji_match_copy (g_ptr_array_index (matches,
                                                                                       i)));

      place_by_match (self, add_row (self, item), uuid, slot);
    }
  sort_rows (self);
  return self;
}

/**
 * yeji_intake_plan_close:
 *
 * Removes what was unpacked and made for the plan. It can still be looked at, but not examined or
 * carried out. Done by itself when the plan goes; blocks for as long as it takes to remove the
 * files.
 */
void
yeji_intake_plan_close (YejiIntakePlan *self)
{
  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));

  g_clear_pointer (&self->source, yeji_source_free);
  remove_folder (self);
}

/**
 * yeji_intake_plan_make_place: (skip)
 *
 * Returns: (transfer full) (nullable): a path where nothing is, for a file that lives as long as
 *   the plan. From any thread.
 */
char *
yeji_intake_plan_make_place (YejiIntakePlan  *self,
                             GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->folder == NULL)
    self->folder = yeji_intake_folder_new (error);
  return self->folder != NULL ? yeji_intake_folder_place (self->folder) : NULL;
}

/**
 * yeji_intake_plan_dup_items: (skip)
 *
 * Returns: (transfer full) (element-type YejiIntakeItem): the items in their order
 */
GPtrArray *
yeji_intake_plan_dup_items (YejiIntakePlan *self)
{
  GPtrArray *items = g_ptr_array_new_full (self->rows->len, g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (items, g_object_ref (((Row *) g_ptr_array_index (self->rows, i))->item));
  return items;
}

GHashTable *
yeji_intake_plan_get_filled (YejiIntakePlan *self)
{
  return self->filled;
}

/**
 * yeji_intake_plan_replace: (skip)
 * @items: (element-type YejiIntakeItem): that go
 * @item: (transfer full): that takes the place of the first one
 */
void
yeji_intake_plan_replace (YejiIntakePlan *self,
                          GPtrArray      *items,
                          YejiIntakeItem *item)
{
  YejiIntakeItem *first = g_ptr_array_index (items, 0);
  Row *row = add_row (self, item);

  yeji_intake_item_place (item, yeji_intake_item_get_uuid (first),
                          yeji_intake_item_get_record_name (first),
                          yeji_intake_item_get_slot (first),
                          yeji_intake_item_get_slot_label (first),
                          yeji_intake_item_get_certainty (first),
                          yeji_intake_item_get_reason (first));
  row->slot = find_slot_place (self, item);
  g_list_model_items_changed (G_LIST_MODEL (self), self->rows->len - 1, 0, 1);
  for (guint i = 0; i < items->len; i++)
    {
      guint place;

      if (find_row (self, g_ptr_array_index (items, i), &place) == NULL)
        continue;
      g_ptr_array_remove_index (self->rows, place);
      g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
    }
  arrange (self);
  tell_numbers (self);
}

YejiStore *
yeji_intake_plan_get_store (YejiIntakePlan *self)
{
  g_return_val_if_fail (YEJI_IS_INTAKE_PLAN (self), NULL);

  return self->store;
}

/**
 * yeji_intake_plan_get_skipped:
 *
 * Returns: (transfer none) (element-type YejiSkippedFile): what does not come in, and why
 */
GPtrArray *
yeji_intake_plan_get_skipped (YejiIntakePlan *self)
{
  g_return_val_if_fail (YEJI_IS_INTAKE_PLAN (self), NULL);

  return self->skipped;
}

/**
 * yeji_intake_plan_get_records:
 *
 * Returns: (transfer none) (element-type YejiMatchRecord): the records that files may go to, the
 *   one that was changed last first
 */
GPtrArray *
yeji_intake_plan_get_records (YejiIntakePlan *self)
{
  g_return_val_if_fail (YEJI_IS_INTAKE_PLAN (self), NULL);

  return self->records;
}

/**
 * yeji_intake_plan_set_target:
 * @items: (element-type YejiIntakeItem): of this plan; others are not touched
 * @uuid: (nullable): one of yeji_intake_plan_get_records(); %NULL for the tray
 * @slot: (nullable): the id of a slot; %NULL for the tray
 *
 * Says where files are to go. They are sure then, and stand at their places among what goes there.
 */
void
yeji_intake_plan_set_target (YejiIntakePlan *self,
                             GPtrArray      *items,
                             const char     *uuid,
                             const char     *slot)
{
  const char *reason = yeji_match_reason_to_text (YEJI_MATCH_GIVEN);
  YejiCertainty certainty =
    uuid != NULL && slot != NULL ? YEJI_CERTAINTY_SURE : YEJI_CERTAINTY_NONE;
  g_autoptr (GHashTable) meant = g_hash_table_new (NULL, NULL);

  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));
  g_return_if_fail (uuid == NULL || find_record (self, uuid) != NULL);
  g_return_if_fail (slot == NULL || yeji_dictionary_find_slot (self->dictionary, slot) != NULL);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (meant, g_ptr_array_index (items, i));
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (!g_hash_table_contains (meant, row->item))
        continue;
      yeji_intake_item_place (row->item, uuid, get_record_name (self, uuid), slot,
                              get_slot_label (self, slot), certainty, reason);
      row->slot = find_slot_place (self, row->item);
      row->order = 0;
    }
  arrange (self);
  tell_numbers (self);
}

static gboolean
is_beside (const Row *one,
           const Row *other)
{
  return one->slot == other->slot
    && g_strcmp0 (yeji_intake_item_get_uuid (one->item), yeji_intake_item_get_uuid (other->item))
         == 0;
}

/**
 * yeji_intake_plan_move:
 * @item: that goes to a slot
 * @position: from 1; what is beyond the end is the end
 *
 * Puts a file elsewhere among those of its slot. The others keep their order.
 */
void
yeji_intake_plan_move (YejiIntakePlan *self,
                       YejiIntakeItem *item,
                       guint           position)
{
  Row *moved = find_row (self, item, NULL);
  guint order = 0;

  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));

  if (moved == NULL || moved->slot == G_MAXUINT)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (row == moved || !is_beside (row, moved))
        continue;
      if (++order == position)
        order++;
      row->order = order;
    }
  moved->order = CLAMP (position, 1, order + 1);
  arrange (self);
}

/**
 * yeji_intake_plan_use_shrunk:
 * @smaller: (nullable): what is taken instead of the file, its original kept; %NULL: the file
 *     itself. The object is kept, for it may be a temporary file's
 * @findings: (nullable): what the smaller file is
 *
 * Says that a file is to be smaller, as the clerk has seen it.
 */
void
yeji_intake_plan_use_shrunk (YejiIntakePlan     *self,
                             YejiIntakeItem     *item,
                             GFile              *smaller,
                             const YejiFindings *findings)
{
  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));

  if (find_row (self, item, NULL) == NULL)
    return;
  yeji_intake_item_set_shrunk (item, smaller,
                               findings != NULL ? yeji_findings_copy (findings) : NULL);
  yeji_intake_plan_judge (self, item);
}

gboolean
yeji_intake_plan_get_shrink (YejiIntakePlan *self)
{
  g_return_val_if_fail (YEJI_IS_INTAKE_PLAN (self), FALSE);

  return self->shrink;
}

/**
 * yeji_intake_plan_set_shrink:
 *
 * Says whether files above the limit are taken shrunk, their originals kept.
 */
void
yeji_intake_plan_set_shrink (YejiIntakePlan *self,
                             gboolean        shrink)
{
  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));

  if (self->shrink == !!shrink)
    return;
  self->shrink = !!shrink;
  for (guint i = 0; i < self->rows->len; i++)
    yeji_intake_plan_judge (self, ((Row *) g_ptr_array_index (self->rows, i))->item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHRINK]);
}
