// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-row-match"

#include "config.h"

#include "yeji-row-match.h"

/* Pairs of rows that are looked at one by one; more are paired in their order. */
#define MAX_PAIRS 2500

/* What the same value of two rows says: a code has few values, a name or a number many. */
#define SAME_CODE 1
#define SAME_TEXT 3

typedef struct
{
  YejiRecord *records[2];
  const YejiTableDef *table;
  guint n[2];
  guint *match;                /* of the first record's rows */
  gboolean *taken;             /* of the second's */
} Match;

/* What a row is called under one of the ways in which rows are known; NULL where it has no name. */
typedef char *(*NameFunc) (YejiRecord *record,
                           YejiRow    *row);

static char *
join_fields (YejiRow   *row,
             GPtrArray *fields)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean any = FALSE;

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const char *value = yeji_row_get (row, g_ptr_array_index (fields, i));

      any = any || *value != '\0';
      g_string_append (text, value);
      g_string_append_c (text, '\n');
    }
  return any ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The number by which other tables name the row. */
static char *
name_by_key (YejiRecord *record,
             YejiRow    *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *from = g_ptr_array_index (tables, i);

      for (guint j = 0; j < from->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (from->fields, j);

          if (field->link != NULL && field->link->table == table
              && *yeji_row_get (row, field->link) != '\0')
            return g_strdup (yeji_row_get (row, field->link));
        }
    }
  return NULL;
}

static char *
name_by_title_and_details (YejiRecord *record,
                           YejiRow    *row)
{
  g_autofree char *title = join_fields (row, yeji_row_get_table (row)->row_title);
  g_autofree char *details = join_fields (row, yeji_row_get_table (row)->row_details);

  return title != NULL && details != NULL ? g_strconcat (title, details, NULL) : NULL;
}

static char *
name_by_title (YejiRecord *record,
               YejiRow    *row)
{
  return join_fields (row, yeji_row_get_table (row)->row_title);
}

static const NameFunc ways[] = { name_by_key, name_by_title_and_details, name_by_title };

static YejiRow *
get_row (const Match *match,
         guint        which,
         guint        index)
{
  return yeji_record_get_row (match->records[which], match->table, index);
}

static void
pair (Match *match,
      guint  first,
      guint  second)
{
  match->match[first] = second;
  match->taken[second] = TRUE;
}

/* Rows of one name are paired in their order. */
static void
match_names (Match    *match,
             NameFunc  name)
{
  g_autoptr (GHashTable) named = NULL;

  named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_queue_free);
  for (guint i = 0; i < match->n[1]; i++)
    {
      g_autofree char *key = match->taken[i] ? NULL
                                             : name (match->records[1], get_row (match, 1, i));
      GQueue *queue = key != NULL ? g_hash_table_lookup (named, key) : NULL;

      if (key == NULL)
        continue;
      if (queue == NULL)
        {
          queue = g_queue_new ();
          g_hash_table_insert (named, g_steal_pointer (&key), queue);
        }
      g_queue_push_tail (queue, GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < match->n[0]; i++)
    {
      g_autofree char *key = match->match[i] != YEJI_NO_MATCH
                               ? NULL : name (match->records[0], get_row (match, 0, i));
      GQueue *queue = key != NULL ? g_hash_table_lookup (named, key) : NULL;

      if (queue != NULL && !g_queue_is_empty (queue))
        pair (match, i, GPOINTER_TO_UINT (g_queue_pop_head (queue)));
    }
}

static guint
count_likeness (YejiRow *self,
                YejiRow *other)
{
  GPtrArray *fields = yeji_row_get_table (self)->fields;
  guint n = 0;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get (self, field);

      if (*value != '\0' && g_str_equal (value, yeji_row_get (other, field)))
        n += field->kind == YEJI_FIELD_CODE ? SAME_CODE : SAME_TEXT;
    }
  return n;
}

/* The two that are most alike first, of equally alike ones the first. */
static void
match_alike (Match *match)
{
  g_autofree guint *likeness = NULL;

  if ((guint64) match->n[0] * match->n[1] > MAX_PAIRS)
    return;
  likeness = g_new0 (guint, MAX (match->n[0] * match->n[1], 1));
  for (guint i = 0; i < match->n[0]; i++)
    for (guint j = 0; j < match->n[1]; j++)
      if (match->match[i] == YEJI_NO_MATCH && !match->taken[j])
        likeness[i * match->n[1] + j] = count_likeness (get_row (match, 0, i),
                                                        get_row (match, 1, j));
  for (;;)
    {
      guint best = 0, first = 0, second = 0;

      for (guint i = 0; i < match->n[0]; i++)
        for (guint j = 0; j < match->n[1]; j++)
          if (match->match[i] == YEJI_NO_MATCH && !match->taken[j]
              && likeness[i * match->n[1] + j] > best)
            {
              best = likeness[i * match->n[1] + j];
              first = i;
              second = j;
            }
      if (best == 0)
        return;
      pair (match, first, second);
    }
}

static void
match_order (Match *match)
{
  guint next = 0;

  for (guint i = 0; i < match->n[0]; i++)
    {
      if (match->match[i] != YEJI_NO_MATCH)
        continue;
      while (next < match->n[1] && match->taken[next])
        next++;
      if (next == match->n[1])
        return;
      pair (match, i, next);
    }
}

/**
 * yeji_rows_match:
 * @self: a record
 * @other: another one, under the same dictionary
 * @table: the table whose rows are looked at
 *
 * Finds for each row of a record the row of another record that somebody who lays both on the desk
 * would put beside it. In this order, and each row once: rows with the same number, as links name
 * it; with the same title and details; with the same title; those that have most values in common;
 * what is left in its order, so that the only contract of one stands beside the only one of the
 * other. A table of more than 2,500 pairs is not looked at for values in common.
 *
 * Returns: (transfer full): for each row of @self the index in @other, or %YEJI_NO_MATCH
 */
guint *
yeji_rows_match (YejiRecord         *self,
                 YejiRecord         *other,
                 const YejiTableDef *table)
{
  Match match = { { self, other }, table };

  for (guint i = 0; i < 2; i++)
    match.n[i] = yeji_record_get_n_rows (match.records[i], table);
  match.match = g_new (guint, MAX (match.n[0], 1));
  match.taken = g_new0 (gboolean, MAX (match.n[1], 1));
  for (guint i = 0; i < match.n[0]; i++)
    match.match[i] = YEJI_NO_MATCH;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    match_names (&match, ways[i]);
  match_alike (&match);
  match_order (&match);
  g_free (match.taken);
  return match.match;
}
