// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-change"

#include "config.h"

#include "yeji-change-apply.h"

#include <string.h>

#include "yeji-json.h"
#include "yeji-record-private.h"

/* One application: first the rows come and go, since the values need them, then values, then what
 * is noted of them. */
typedef struct
{
  YejiRecord *record;
  GPtrArray *changes;          /* (element-type YejiChange) */
  gboolean backwards;
  GPtrArray *applied;          /* (element-type YejiChange): of @changes */
  GHashTable *by_place;        /* place -> YejiChange */
  GHashTable *kept_rows;       /* rows that were to go and must not */
} Work;

/* A line that is placed at a position, and where. */
typedef struct
{
  const YejiChange *change;
  guint position;
  YejiRow *row;
} Arrival;

static const char *
get_from (const Work       *work,
          const YejiChange *change)
{
  return work->backwards ? change->after : change->before;
}

static const char *
get_to (const Work       *work,
        const YejiChange *change)
{
  return work->backwards ? change->before : change->after;
}

static const char *
get_to_note (const Work       *work,
             const YejiChange *change)
{
  return work->backwards ? change->before_note : change->after_note;
}

static void
note_applied (Work             *work,
              const YejiChange *change)
{
  g_ptr_array_add (work->applied, (gpointer) change);
}

static char *
make_key (const char *table,
          const char *row,
          const char *field)
{
  return g_strjoin ("\n", table, row, field, NULL);
}

static const YejiTableDef *
find_table (const Work       *work,
            const YejiChange *change)
{
  return yeji_dictionary_find_table (work->record->dictionary, change->table);
}

static gboolean
is_about_row (const YejiChange *change)
{
  return *change->field == '\0' && *change->table != '\0';
}

/* The root has one row, whatever an import called it. */
static YejiRow *
find_row (const Work         *work,
          const YejiTableDef *table,
          const char         *id)
{
  if (table->index == 0)
    return yeji_record_get_project (work->record);
  return yeji_record_find_row (work->record, table, id, NULL);
}

/* ---- Rows */

static gboolean
is_as_before (Work       *work,
              YejiRow    *row,
              const char *field,
              const char *value)
{
  g_autofree char *key = make_key (yeji_row_get_table (row)->id, yeji_row_get_id (row), field);
  const YejiChange *change = g_hash_table_lookup (work->by_place, key);

  return g_strcmp0 (value, change != NULL ? get_from (work, change) : "") == 0;
}

/* A row into which something was typed since is not taken out. */
static gboolean
may_go (Work    *work,
        YejiRow *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      if (!is_as_before (work, row, field->id, yeji_row_get (row, field)))
        return FALSE;
    }
  return TRUE;
}

static void
take_rows_out (Work *work)
{
  for (guint i = 0; i < work->changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (work->changes, i);
      const YejiTableDef *table = is_about_row (change) ? find_table (work, change) : NULL;
      YejiRow *row;

      if (table == NULL || table->index == 0 || get_to (work, change) != NULL)
        continue;
      row = yeji_record_find_row (work->record, table, change->row, NULL);
      if (row == NULL)
        continue;
      if (!may_go (work, row))
        {
          g_hash_table_add (work->kept_rows, make_key (change->table, change->row, ""));
          continue;
        }
      yeji_record_remove_row (work->record, row);
      note_applied (work, change);
    }
}

static int
compare_arrivals (gconstpointer a,
                  gconstpointer b)
{
  guint first = ((const Arrival *) a)->position;
  guint second = ((const Arrival *) b)->position;

  return first < second ? -1 : first > second;
}

static void
clear_arrival (gpointer data)
{
  g_object_unref (((Arrival *) data)->row);
}

/* Rows that come, and those that move, which are taken out first. One that is there already does
 * not come again. */
static GArray *
list_arrivals (Work *work)
{
  GArray *arrivals = g_array_new (FALSE, FALSE, sizeof (Arrival));

  g_array_set_clear_func (arrivals, clear_arrival);
  for (guint i = 0; i < work->changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (work->changes, i);
      const YejiTableDef *table = is_about_row (change) ? find_table (work, change) : NULL;
      const char *to = get_to (work, change);
      Arrival arrival = { change };
      YejiRow *row;

      if (table == NULL || table->index == 0 || to == NULL)
        continue;
      row = yeji_record_find_row (work->record, table, change->row, NULL);
      if ((row != NULL) != (get_from (work, change) != NULL))
        continue;
      arrival.position = (guint) g_ascii_strtoull (to, NULL, 10);
      arrival.row = row != NULL ? g_object_ref (row) : yeji_row_new (table, change->row);
      g_array_append_val (arrivals, arrival);
    }
  return arrivals;
}

/* Rows without a line stand where they stood, so that filling up from the first position on gives
 * the order that is wanted. */
static void
put_rows_in (Work *work)
{
  g_autoptr (GArray) arrivals = list_arrivals (work);

  for (guint i = 0; i < arrivals->len; i++)
    {
      const Arrival *arrival = &g_array_index (arrivals, Arrival, i);

      if (get_from (work, arrival->change) != NULL)
        yeji_record_remove_row (work->record, arrival->row);
    }
  g_array_sort (arrivals, compare_arrivals);
  for (guint i = 0; i < arrivals->len; i++)
    {
      const Arrival *arrival = &g_array_index (arrivals, Arrival, i);

      yeji_record_insert_row (work->record, arrival->position, arrival->row);
      note_applied (work, arrival->change);
    }
}

/* ---- Values */

static gboolean
set_extra (GHashTable *extras,
           const char *name,
           const char *from,
           const char *to)
{
  if (extras == NULL || g_strcmp0 (g_hash_table_lookup (extras, name), from) != 0)
    return FALSE;
  if (to != NULL)
    g_hash_table_replace (extras, g_strdup (name), g_strdup (to));
  else
    g_hash_table_remove (extras, name);
  return TRUE;
}

static gboolean
set_row_extra (Work             *work,
               const YejiChange *change,
               YejiRow          *row)
{
  const char *name = yeji_change_get_extra (change);
  const char *from = get_from (work, change);
  const char *to = get_to (work, change);

  if (yeji_row_get_extras (row) != NULL)
    return set_extra (yeji_row_get_extras (row), name, from, to);
  if (from != NULL || to == NULL)
    return FALSE;
  yeji_row_set_extra (row, name, to);
  return TRUE;
}

/* What belongs to the record as a whole. */
static gboolean
set_member (Work             *work,
            const YejiChange *change)
{
  const char *from = get_from (work, change);
  const char *to = get_to (work, change);

  if (yeji_change_get_extra (change) != NULL)
    return set_extra (yeji_record_get_extras (work->record), yeji_change_get_extra (change), from,
                      to);
  if (!g_str_equal (change->field, "role") || to == NULL
      || g_strcmp0 (yeji_record_get_role (work->record), from) != 0)
    return FALSE;
  yeji_record_set_role (work->record, to);
  return TRUE;
}

/* A value that is another by now is left alone. */
static gboolean
set_value (Work             *work,
           const YejiChange *change)
{
  const YejiTableDef *table = find_table (work, change);
  YejiRow *row = table != NULL ? find_row (work, table, change->row) : NULL;
  const YejiFieldDef *field = table != NULL ? yeji_table_def_find_field (table, change->field)
                                            : NULL;
  g_autofree char *key = make_key (change->table, change->row, "");
  const char *from = get_from (work, change);

  if (row == NULL || g_hash_table_contains (work->kept_rows, key))
    return FALSE;
  if (yeji_change_get_extra (change) != NULL)
    return set_row_extra (work, change, row);
  if (field == NULL || !g_str_equal (yeji_row_get (row, field), from != NULL ? from : ""))
    return FALSE;
  return yeji_record_set (work->record, row, field, get_to (work, change));
}

static void
set_values (Work *work)
{
  for (guint i = 0; i < work->changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (work->changes, i);

      if (is_about_row (change) || yeji_change_is_aside (change)
          || yeji_change_split_kept (change, NULL, NULL))
        continue;
      if (*change->table == '\0' ? set_member (work, change) : set_value (work, change))
        note_applied (work, change);
    }
}

/* ---- Notes */

typedef struct
{
  guint position;
  gpointer item;               /* YejiKept or YejiAside */
} Note;

/* The array that make_note() in yeji-change.c printed; one that is none is as good as missing. */
static JsonArray *
parse_note (const char  *text,
            JsonNode   **root)
{
  JsonArray *array;

  *root = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  if (*root == NULL || !JSON_NODE_HOLDS_ARRAY (*root))
    return NULL;
  array = json_node_get_array (*root);
  if (json_array_get_length (array) != 3
      || json_node_get_value_type (json_array_get_element (array, 0)) != G_TYPE_INT64
      || yeji_json_node_string (json_array_get_element (array, 1)) == NULL
      || yeji_json_node_string (json_array_get_element (array, 2)) == NULL)
    return NULL;
  return array;
}

static guint
get_position (JsonArray *note)
{
  return note != NULL ? (guint) CLAMP (json_array_get_int_element (note, 0), 0, G_MAXINT)
                      : G_MAXINT;
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  guint first = ((const Note *) a)->position;
  guint second = ((const Note *) b)->position;

  return first < second ? -1 : first > second;
}

/* Where the warning would stand that is the @position-th of those that have a place. */
static guint
find_kept_index (YejiRecord *record,
                 guint       position)
{
  YejiPlace place;
  guint i;

  for (i = 0; i < record->kept->len; i++)
    if (yeji_record_place_kept (record, g_ptr_array_index (record->kept, i), &place)
        && position-- == 0)
      break;
  return i;
}

/* The reason with what was noted of it. An earlier version noted nothing: then it is about the
 * value that is there. */
static YejiKept *
make_kept (Work             *work,
           const YejiChange *change,
           const char       *rule,
           const char       *field,
           guint            *position)
{
  g_autoptr (YejiKept) kept = yeji_kept_new (rule, change->table, change->row, field, "", "",
                                             get_to (work, change));
  g_autoptr (JsonNode) root = NULL;
  JsonArray *note = parse_note (get_to_note (work, change), &root);
  YejiPlace place;

  if (!yeji_record_place_kept (work->record, kept, &place))
    return NULL;
  g_free (kept->value);
  g_free (kept->other);
  kept->value = g_strdup (note != NULL ? json_array_get_string_element (note, 1)
                          : place.field != NULL ? yeji_row_get (place.row, place.field) : "");
  kept->other = g_strdup (note != NULL ? json_array_get_string_element (note, 2) : "");
  *position = get_position (note);
  return g_steal_pointer (&kept);
}

static gboolean
take_kept_out (Work             *work,
               const YejiChange *change,
               const char       *rule,
               const char       *field)
{
  const YejiKept *there = yeji_record_find_kept (work->record, rule, change->table, change->row,
                                                 field);
  const char *from = get_from (work, change);
  guint index;

  if (there == NULL)
    return from == NULL || *from == '\0';
  if (from != NULL && *from != '\0' && !g_str_equal (there->reason, from))
    return FALSE;              /* another reason was given since */
  if (g_ptr_array_find (work->record->kept, there, &index))
    g_ptr_array_remove_index (work->record->kept, index);
  return TRUE;
}

static void
set_kept (Work *work)
{
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (Note));

  for (guint i = 0; i < work->changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (work->changes, i);
      g_autofree char *rule = NULL;
      const char *field, *to;
      Note note = { 0 };

      if (!yeji_change_split_kept (change, &rule, &field)
          || !take_kept_out (work, change, rule, field))
        continue;
      to = get_to (work, change);
      if (to != NULL && *to != '\0')
        note.item = make_kept (work, change, rule, field, &note.position);
      if (note.item != NULL)
        g_array_append_val (notes, note);
      note_applied (work, change);
    }
  g_array_sort (notes, compare_notes);
  for (guint i = 0; i < notes->len; i++)
    {
      const Note *note = &g_array_index (notes, Note, i);

      g_ptr_array_insert (work->record->kept, (int) find_kept_index (work->record, note->position),
                          note->item);
    }
}

/* Without a note it is not known which version had a place for it. */
static YejiAside *
make_aside (const YejiChange *change,
            const char       *value,
            const char       *text,
            guint            *position)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *note = parse_note (text, &root);

  if (note == NULL || value == NULL || *value == '\0')
    return NULL;
  *position = get_position (note);
  return yeji_aside_new (json_array_get_string_element (note, 1), change->table, change->row,
                         strchr (change->field, ':') + 1,
                         json_array_get_string_element (note, 2), value);
}

static gboolean
take_aside_out (Work             *work,
                const YejiChange *change)
{
  GPtrArray *all = work->record->aside;
  g_autoptr (YejiAside) gone = NULL;
  guint position;

  gone = make_aside (change, get_from (work, change),
                     work->backwards ? change->after_note : change->before_note, &position);
  for (guint i = 0; gone != NULL && i < all->len; i++)
    if (yeji_aside_equal (g_ptr_array_index (all, i), gone))
      {
        g_ptr_array_remove_index (all, i);
        return TRUE;
      }
  return FALSE;
}

static void
set_aside (Work *work)
{
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (Note));

  for (guint i = 0; i < work->changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (work->changes, i);
      Note note = { 0 };

      if (!yeji_change_is_aside (change))
        continue;
      note.item = make_aside (change, get_to (work, change), get_to_note (work, change),
                              &note.position);
      if (note.item != NULL)
        g_array_append_val (notes, note);
      else if (!take_aside_out (work, change))
        continue;
      note_applied (work, change);
    }
  g_array_sort (notes, compare_notes);
  for (guint i = 0; i < notes->len; i++)
    {
      const Note *note = &g_array_index (notes, Note, i);

      g_ptr_array_insert (work->record->aside, (int) MIN (note->position, work->record->aside->len),
                          note->item);
    }
}

static void
index_places (Work *work)
{
  for (guint i = 0; i < work->changes->len; i++)
    {
      YejiChange *change = g_ptr_array_index (work->changes, i);

      g_hash_table_insert (work->by_place, make_key (change->table, change->row, change->field),
                           change);
    }
}

/**
 * yeji_record_apply:
 * @changes: (element-type YejiChange): of one step, as yeji_record_diff() gives them
 * @backwards: makes what was before of what was after
 *
 * Does what a step did, or takes it back. What the step did not make, or what is another since, is
 * left alone: a value that is not the one that the step met, a row into which something was typed,
 * a place that is gone.
 *
 * Returns: (transfer container) (element-type YejiChange): those of @changes that were done
 */
GPtrArray *
yeji_record_apply (YejiRecord *self,
                   GPtrArray  *changes,
                   gboolean    backwards)
{
  Work work = { self, changes, backwards };
  guint n;

  g_return_val_if_fail (YEJI_IS_RECORD (self), NULL);

  work.applied = g_ptr_array_new ();
  work.by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work.kept_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index_places (&work);
  take_rows_out (&work);
  put_rows_in (&work);
  set_values (&work);
  n = work.applied->len;
  set_kept (&work);
  set_aside (&work);
  if (work.applied->len > n)
    yeji_record_notes_changed (self);
  g_hash_table_unref (work.by_place);
  g_hash_table_unref (work.kept_rows);
  return work.applied;
}
