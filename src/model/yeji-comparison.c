// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-comparison"

#include "config.h"

#include "yeji-comparison.h"

#include <string.h>

#include "yeji-change.h"
#include "yeji-move.h"
#include "yeji-row-match.h"

/* What is compared, and where it goes. */
typedef struct
{
  YejiRecord *records[N_YEJI_SIDES];   /* the base may be NULL */
  gboolean same_record;        /* rows have their ids in common */
  gboolean all;                /* what is the same everywhere, too */
  GPtrArray *differences;
} Walk;

/* A row in every record, and where it is there. */
typedef struct
{
  YejiRow *rows[N_YEJI_SIDES];
  guint positions[N_YEJI_SIDES];
} Trio;

/* Which of two states changed against a third. */
static YejiDifferenceKind
tell_kind (gboolean has_base,
           gboolean mine_changed,
           gboolean theirs_changed,
           gboolean same)
{
  if (!has_base)
    return same ? YEJI_DIFFERENCE_NONE : YEJI_DIFFERENCE_OTHER;
  if (mine_changed && theirs_changed)
    return same ? YEJI_DIFFERENCE_BOTH : YEJI_DIFFERENCE_CONFLICT;
  if (mine_changed)
    return YEJI_DIFFERENCE_MINE;
  return theirs_changed ? YEJI_DIFFERENCE_THEIRS : YEJI_DIFFERENCE_NONE;
}

static void
add (Walk              *walk,
     YejiDifferenceKind kind,
     YejiDifference    *difference)
{
  difference->kind = kind;
  if (kind != YEJI_DIFFERENCE_NONE || walk->all)
    g_ptr_array_add (walk->differences, difference);
  else
    yeji_difference_free (difference);
}

static void
compare_role (Walk *walk)
{
  YejiDifference *difference = yeji_difference_new ("", "", "role");
  const char *roles[N_YEJI_SIDES] = { NULL };

  for (guint i = 0; i < N_YEJI_SIDES; i++)
    if (walk->records[i] != NULL)
      {
        roles[i] = yeji_record_get_role (walk->records[i]);
        yeji_difference_set (difference, i, roles[i], NULL);
      }
  add (walk, tell_kind (roles[YEJI_SIDE_BASE] != NULL,
                        g_strcmp0 (roles[YEJI_SIDE_BASE], roles[YEJI_SIDE_MINE]) != 0,
                        g_strcmp0 (roles[YEJI_SIDE_BASE], roles[YEJI_SIDE_THEIRS]) != 0,
                        g_str_equal (roles[YEJI_SIDE_MINE], roles[YEJI_SIDE_THEIRS])),
       difference);
}

static YejiRow *
find_any (const Trio *trio)
{
  if (trio->rows[YEJI_SIDE_MINE] != NULL)
    return trio->rows[YEJI_SIDE_MINE];
  return trio->rows[YEJI_SIDE_THEIRS] != NULL ? trio->rows[YEJI_SIDE_THEIRS]
                                              : trio->rows[YEJI_SIDE_BASE];
}

static void
add_row (Walk               *walk,
         const Trio         *trio,
         YejiDifferenceKind  kind)
{
  YejiRow *row = find_any (trio);
  YejiDifference *difference;

  difference = yeji_difference_new (yeji_row_get_table (row)->id, yeji_row_get_id (row), "");
  for (guint i = 0; i < N_YEJI_SIDES; i++)
    if (trio->rows[i] != NULL)
      {
        g_autofree char *position = g_strdup_printf ("%u", trio->positions[i]);

        yeji_difference_set (difference, i, position, trio->rows[i]);
      }
  add (walk, kind, difference);
}

/* A row that both have. One that came on both sides had nothing before. */
static void
compare_values (Walk       *walk,
                const Trio *trio)
{
  const YejiTableDef *table = yeji_row_get_table (trio->rows[YEJI_SIDE_MINE]);
  gboolean has_base = walk->records[YEJI_SIDE_BASE] != NULL;

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *mine = yeji_row_get (trio->rows[YEJI_SIDE_MINE], field);
      const char *theirs = yeji_row_get (trio->rows[YEJI_SIDE_THEIRS], field);
      const char *base = trio->rows[YEJI_SIDE_BASE] != NULL
                           ? yeji_row_get (trio->rows[YEJI_SIDE_BASE], field) : "";
      gboolean same = g_str_equal (mine, theirs);
      YejiDifferenceKind kind = tell_kind (has_base, !g_str_equal (mine, base),
                                           !g_str_equal (theirs, base), same);
      YejiDifference *difference;

      /* nobody looks for what is empty everywhere */
      if (kind == YEJI_DIFFERENCE_NONE && (!walk->all || (*mine == '\0' && *base == '\0')))
        continue;
      difference = yeji_difference_new (table->id, yeji_row_get_id (trio->rows[YEJI_SIDE_MINE]),
                                        field->id);
      if (has_base)
        yeji_difference_set (difference, YEJI_SIDE_BASE, base, trio->rows[YEJI_SIDE_BASE]);
      yeji_difference_set (difference, YEJI_SIDE_MINE, mine, trio->rows[YEJI_SIDE_MINE]);
      yeji_difference_set (difference, YEJI_SIDE_THEIRS, theirs, trio->rows[YEJI_SIDE_THEIRS]);
      add (walk, kind, difference);
    }
}

/* A row that one of both lacks: a conflict where the other was typed into. */
static YejiDifferenceKind
tell_lone_row (Walk       *walk,
               const Trio *trio)
{
  YejiSide has = trio->rows[YEJI_SIDE_MINE] != NULL ? YEJI_SIDE_MINE : YEJI_SIDE_THEIRS;
  YejiDifferenceKind one = has == YEJI_SIDE_MINE ? YEJI_DIFFERENCE_MINE : YEJI_DIFFERENCE_THEIRS;
  YejiDifferenceKind other = has == YEJI_SIDE_MINE ? YEJI_DIFFERENCE_THEIRS : YEJI_DIFFERENCE_MINE;

  if (trio->rows[has] == NULL)
    return YEJI_DIFFERENCE_BOTH;         /* both took it out */
  if (trio->rows[YEJI_SIDE_BASE] == NULL)
    return one;                          /* it came */
  return yeji_row_says_the_same (trio->rows[YEJI_SIDE_BASE], trio->rows[has])
           ? other : YEJI_DIFFERENCE_CONFLICT;
}

/* Marks, of rows in a new order, the fewest that must have moved: all but a longest run of those
 * that stayed in order (patience sorting). @order: where each was before. */
static gboolean *
find_moved (const guint *order,
            guint        n)
{
  g_autofree guint *ends = g_new (guint, MAX (n, 1));     /* by length of run, its last element */
  g_autofree guint *before = g_new (guint, MAX (n, 1));
  gboolean *moved = g_new (gboolean, MAX (n, 1));
  guint length = 0;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0, high = length;

      moved[i] = TRUE;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (order[ends[middle]] < order[i])
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? ends[low - 1] : G_MAXUINT;
      ends[low] = i;
      length = MAX (length, low + 1);
    }
  for (guint i = length > 0 ? ends[length - 1] : G_MAXUINT; i != G_MAXUINT; i = before[i])
    moved[i] = FALSE;
  return moved;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b,
                   gpointer      side)
{
  guint first = (*(const Trio * const *) a)->positions[GPOINTER_TO_UINT (side)];
  guint second = (*(const Trio * const *) b)->positions[GPOINTER_TO_UINT (side)];

  return first < second ? -1 : first > second;
}

/* Of the rows that both @from and @to have, those that stand elsewhere among them. */
static GHashTable *
list_moved (GPtrArray *trios,
            YejiSide   from,
            YejiSide   to)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);
  g_autofree guint *order = g_new (guint, MAX (trios->len, 1));
  g_autofree gboolean *moved = NULL;
  g_autoptr (GPtrArray) common = g_ptr_array_new ();

  /* in the order that they have in @to */
  for (guint i = 0; i < trios->len; i++)
    {
      Trio *trio = g_ptr_array_index (trios, i);

      if (trio->rows[from] != NULL && trio->rows[to] != NULL)
        g_ptr_array_add (common, trio);
    }
  g_ptr_array_sort_with_data (common, compare_positions, GUINT_TO_POINTER (to));
  for (guint i = 0; i < common->len; i++)
    order[i] = ((Trio *) g_ptr_array_index (common, i))->positions[from];
  moved = find_moved (order, common->len);
  for (guint i = 0; i < common->len; i++)
    if (moved[i])
      g_hash_table_add (set, g_ptr_array_index (common, i));
  return set;
}

static void
place (Walk               *walk,
       const YejiTableDef *table,
       Trio               *trio,
       YejiSide            side,
       guint               index)
{
  trio->rows[side] = yeji_record_get_row (walk->records[side], table, index);
  trio->positions[side] = index;
}

/* Rows of one record by their ids: mine in their order, then those that mine lacks. */
static GPtrArray *
list_by_id (Walk               *walk,
            const YejiTableDef *table)
{
  GPtrArray *trios = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  static const YejiSide sides[] = { YEJI_SIDE_MINE, YEJI_SIDE_THEIRS, YEJI_SIDE_BASE };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      YejiRecord *record = walk->records[sides[i]];

      for (guint j = 0; record != NULL && j < yeji_record_get_n_rows (record, table); j++)
        {
          const char *id = yeji_row_get_id (yeji_record_get_row (record, table, j));
          Trio *trio = g_hash_table_lookup (known, id);

          if (trio == NULL)
            {
              trio = g_new0 (Trio, 1);
              g_hash_table_insert (known, (char *) id, trio);
              g_ptr_array_add (trios, trio);
            }
          place (walk, table, trio, sides[i], j);
        }
    }
  return trios;
}

/* Rows of two records by what they say. */
static GPtrArray *
list_by_match (Walk               *walk,
               const YejiTableDef *table)
{
  GPtrArray *trios = g_ptr_array_new_with_free_func (g_free);
  YejiRecord *mine = walk->records[YEJI_SIDE_MINE], *theirs = walk->records[YEJI_SIDE_THEIRS];
  g_autofree guint *match = yeji_rows_match (mine, theirs, table);
  guint n_theirs = yeji_record_get_n_rows (theirs, table);
  g_autofree gboolean *taken = g_new0 (gboolean, MAX (n_theirs, 1));

  for (guint i = 0; i < yeji_record_get_n_rows (mine, table); i++)
    {
      Trio *trio = g_new0 (Trio, 1);

      place (walk, table, trio, YEJI_SIDE_MINE, i);
      if (match[i] != YEJI_NO_MATCH)
        {
          place (walk, table, trio, YEJI_SIDE_THEIRS, match[i]);
          taken[match[i]] = TRUE;
        }
      g_ptr_array_add (trios, trio);
    }
  for (guint i = 0; i < n_theirs; i++)
    if (!taken[i])
      {
        Trio *trio = g_new0 (Trio, 1);

        place (walk, table, trio, YEJI_SIDE_THEIRS, i);
        g_ptr_array_add (trios, trio);
      }
  return trios;
}

/* Order is told where a row moved, and never a conflict: nothing that was typed depends on it. */
static YejiDifferenceKind
tell_move (gboolean has_base,
           gboolean mine,
           gboolean theirs)
{
  if (!has_base)
    return theirs ? YEJI_DIFFERENCE_OTHER : YEJI_DIFFERENCE_NONE;
  if (mine && theirs)
    return YEJI_DIFFERENCE_BOTH;
  if (mine)
    return YEJI_DIFFERENCE_MINE;
  return theirs ? YEJI_DIFFERENCE_THEIRS : YEJI_DIFFERENCE_NONE;
}

static void
compare_table (Walk               *walk,
               const YejiTableDef *table)
{
  g_autoptr (GPtrArray) trios = walk->same_record ? list_by_id (walk, table)
                                                  : list_by_match (walk, table);
  gboolean has_base = walk->records[YEJI_SIDE_BASE] != NULL;
  YejiSide before = has_base ? YEJI_SIDE_BASE : YEJI_SIDE_MINE;
  g_autoptr (GHashTable) mine = list_moved (trios, before, YEJI_SIDE_MINE);
  g_autoptr (GHashTable) theirs = list_moved (trios, before, YEJI_SIDE_THEIRS);

  for (guint i = 0; i < trios->len; i++)
    {
      Trio *trio = g_ptr_array_index (trios, i);
      YejiDifferenceKind moved;

      if (trio->rows[YEJI_SIDE_MINE] == NULL || trio->rows[YEJI_SIDE_THEIRS] == NULL)
        {
          add_row (walk, trio, tell_lone_row (walk, trio));
          continue;
        }
      moved = tell_move (has_base, g_hash_table_contains (mine, trio),
                         g_hash_table_contains (theirs, trio));
      /* where rows stand in two records says nothing */
      if (moved != YEJI_DIFFERENCE_NONE && walk->same_record)
        add_row (walk, trio, moved);
      compare_values (walk, trio);
    }
}

static char *
make_key (const YejiChange *change)
{
  return g_strjoin ("\n", change->table, change->row, change->field, NULL);
}

static gboolean
is_note (const YejiChange *change)
{
  return strchr (change->field, ':') != NULL;
}

static const char *
get_text (const YejiChange *change)
{
  return change->after != NULL ? change->after : "";
}

static void
add_note (Walk             *walk,
          const YejiChange *mine,
          const YejiChange *theirs)
{
  const YejiChange *any = mine != NULL ? mine : theirs;
  const char *base = any->before != NULL ? any->before : "";
  const char *texts[N_YEJI_SIDES] = { base, mine != NULL ? get_text (mine) : base,
                                      theirs != NULL ? get_text (theirs) : base };
  YejiDifference *difference = yeji_difference_new (any->table, any->row, any->field);
  gboolean has_base = walk->records[YEJI_SIDE_BASE] != NULL;

  for (guint i = has_base ? YEJI_SIDE_BASE : YEJI_SIDE_MINE; i < N_YEJI_SIDES; i++)
    yeji_difference_set (difference, i, texts[i], NULL);
  add (walk, tell_kind (has_base, mine != NULL, theirs != NULL,
                        g_str_equal (texts[YEJI_SIDE_MINE], texts[YEJI_SIDE_THEIRS])),
       difference);
}

/* What is noted beside the values: why warnings are kept, replies, what was put aside, members
 * that the dictionary does not know. Without a base mine is what came before. */
static void
compare_notes (Walk *walk)
{
  YejiRecord *base = walk->records[YEJI_SIDE_BASE], *mine = walk->records[YEJI_SIDE_MINE];
  g_autoptr (GPtrArray) ours = NULL;
  g_autoptr (GPtrArray) theirs = yeji_record_diff (base != NULL ? base : mine,
                                                   walk->records[YEJI_SIDE_THEIRS]);
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < theirs->len; i++)
    {
      YejiChange *change = g_ptr_array_index (theirs, i);

      if (is_note (change))
        g_hash_table_replace (there, make_key (change), change);
    }
  ours = base != NULL ? yeji_record_diff (base, mine) : NULL;
  for (guint i = 0; ours != NULL && i < ours->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (ours, i);
      g_autofree char *key = make_key (change);

      if (!is_note (change))
        continue;
      add_note (walk, change, g_hash_table_lookup (there, key));
      g_hash_table_remove (there, key);
    }
  for (guint i = 0; i < theirs->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (theirs, i);
      g_autofree char *key = make_key (change);

      if (is_note (change) && g_hash_table_lookup (there, key) == change)
        add_note (walk, NULL, change);
    }
}

static YejiRecord *
bring_under (YejiRecord     *record,
             YejiDictionary *dictionary)
{
  if (record == NULL || yeji_record_get_dictionary (record) == dictionary)
    return record != NULL ? g_object_ref (record) : NULL;
  return yeji_record_move (record, dictionary, NULL);
}

/**
 * yeji_comparison_new:
 * @base: (nullable): what both came from
 * @mine: what is here
 * @theirs: what is there: the same record, or another one
 * @all: whether places are told that are the same everywhere, unless they are empty
 *
 * Compares records place by place, under the dictionary of @mine. Rows of one record are known by
 * their ids, those of two by what they say, see yeji_rows_match(). A row that one of both lacks is
 * one place, and a conflict where the other was typed into since; that rows stand elsewhere is
 * never one. A record is another one if its uuid is; a base is of @mine then, too, and ignored.
 *
 * Returns: (transfer full): a new comparison
 */
YejiComparison *
yeji_comparison_new (YejiRecord *base,
                     YejiRecord *mine,
                     YejiRecord *theirs,
                     gboolean    all)
{
  YejiDictionary *dictionary;
  YejiComparison *self;
  Walk walk = { { NULL } };
  GPtrArray *tables;

  g_return_val_if_fail (base == NULL || YEJI_IS_RECORD (base), NULL);
  g_return_val_if_fail (YEJI_IS_RECORD (mine), NULL);
  g_return_val_if_fail (YEJI_IS_RECORD (theirs), NULL);

  dictionary = yeji_record_get_dictionary (mine);
  tables = yeji_dictionary_get_tables (dictionary);
  walk.same_record = g_str_equal (yeji_record_get_uuid (mine), yeji_record_get_uuid (theirs));
  walk.all = all;
  walk.records[YEJI_SIDE_BASE] = bring_under (walk.same_record ? base : NULL, dictionary);
  walk.records[YEJI_SIDE_MINE] = g_object_ref (mine);
  walk.records[YEJI_SIDE_THEIRS] = bring_under (theirs, dictionary);
  walk.differences = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_difference_free);
  compare_role (&walk);
  for (guint i = 0; i < tables->len; i++)
    compare_table (&walk, g_ptr_array_index (tables, i));
  if (walk.same_record)
    compare_notes (&walk);
  self = yeji_comparison_new_of (dictionary, walk.differences);
  self->has_base = walk.records[YEJI_SIDE_BASE] != NULL;
  for (guint i = 0; i < N_YEJI_SIDES; i++)
    g_clear_object (&walk.records[i]);
  return self;
}

/**
 * yeji_comparison_new_of:
 * @differences: (transfer full) (element-type YejiDifference): what was found, with a base
 *
 * Returns: (transfer full): a comparison that was made elsewhere
 */
YejiComparison *
yeji_comparison_new_of (YejiDictionary *dictionary,
                        GPtrArray      *differences)
{
  YejiComparison *self = g_new0 (YejiComparison, 1);

  self->dictionary = g_object_ref (dictionary);
  self->has_base = TRUE;
  self->differences = differences;
  return self;
}

/**
 * yeji_comparison_count:
 *
 * Returns: how many places are not the same
 */
guint
yeji_comparison_count (YejiComparison *self)
{
  guint n = 0;

  for (guint i = 0; i < self->differences->len; i++)
    if (((YejiDifference *) g_ptr_array_index (self->differences, i))->kind
          != YEJI_DIFFERENCE_NONE)
      n++;
  return n;
}

void
yeji_comparison_free (YejiComparison *self)
{
  g_object_unref (self->dictionary);
  g_ptr_array_unref (self->differences);
  g_free (self);
}

YejiDifference *
yeji_difference_new (const char *table,
                     const char *row,
                     const char *field)
{
  YejiDifference *self = g_new0 (YejiDifference, 1);

  self->table = g_strdup (table);
  self->row = g_strdup (row);
  self->field = g_strdup (field);
  return self;
}

/**
 * yeji_difference_set:
 * @text: (nullable): what that side says
 * @row: (nullable): its row
 */
void
yeji_difference_set (YejiDifference *self,
                     YejiSide        side,
                     const char     *text,
                     YejiRow        *row)
{
  g_free (self->texts[side]);
  self->texts[side] = g_strdup (text);
  g_set_object (&self->rows[side], row);
}

/**
 * yeji_difference_is_row:
 *
 * Returns: whether it is a row as a whole that came, went or moved
 */
gboolean
yeji_difference_is_row (const YejiDifference *self)
{
  return *self->table != '\0' && *self->field == '\0';
}

/**
 * yeji_difference_is_move:
 *
 * Returns: whether it is a row that both have, at another place
 */
gboolean
yeji_difference_is_move (const YejiDifference *self)
{
  return yeji_difference_is_row (self) && self->texts[YEJI_SIDE_MINE] != NULL
         && self->texts[YEJI_SIDE_THEIRS] != NULL;
}

/**
 * yeji_difference_get_kind_name:
 *
 * Returns: the kind for other programs
 */
const char *
yeji_difference_get_kind_name (const YejiDifference *self)
{
  static const char * const names[N_YEJI_DIFFERENCE_KINDS] = {
    [YEJI_DIFFERENCE_NONE] = "same",
    [YEJI_DIFFERENCE_MINE] = "mine",
    [YEJI_DIFFERENCE_THEIRS] = "theirs",
    [YEJI_DIFFERENCE_BOTH] = "both",
    [YEJI_DIFFERENCE_CONFLICT] = "conflict",
    [YEJI_DIFFERENCE_OTHER] = "different",
  };

  return names[self->kind];
}

void
yeji_difference_free (YejiDifference *self)
{
  g_free (self->table);
  g_free (self->row);
  g_free (self->field);
  for (guint i = 0; i < N_YEJI_SIDES; i++)
    {
      g_free (self->texts[i]);
      g_clear_object (&self->rows[i]);
    }
  g_free (self);
}

/**
 * yeji_row_says_the_same:
 *
 * Returns: whether two rows of one table have the same values, whatever their ids
 */
gboolean
yeji_row_says_the_same (YejiRow *self,
                        YejiRow *other)
{
  GPtrArray *fields = yeji_row_get_table (self)->fields;

  for (guint i = 0; i < fields->len; i++)
    if (!g_str_equal (yeji_row_get (self, g_ptr_array_index (fields, i)),
                      yeji_row_get (other, g_ptr_array_index (fields, i))))
      return FALSE;
  return TRUE;
}
