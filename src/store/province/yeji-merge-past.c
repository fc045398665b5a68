// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-merge"

#include "config.h"

#include "yeji-merge-past.h"

#include "yeji-history.h"

/* A province that was restored from a backup has older contents, and computers that write on top of
 * them. Against what it had acknowledged last, what it lost looks as if somebody had taken it back
 * there; against what it has now, what other computers had written looks as if the clerk had. The
 * history tells: what a place had said here once before, nobody has just written, and what the
 * province brought nobody has typed. */

typedef struct
{
  GHashTable *texts;           /* what values were before: "table\nrow\nfield\ntext" */
  GHashTable *came;            /* rows that were not there once: "table\nrow" */
  GHashTable *went;            /* rows that were taken out once */
  GHashTable *brought;         /* values that the province brought last: "table\nrow\nfield" */
  YejiRecord *base;
  YejiRecord *mine;
  YejiRecord *theirs;
  gboolean restored;
  guint n_places;
} Past;

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
past_clear (Past *self)
{
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->came);
  g_hash_table_unref (self->went);
  g_hash_table_unref (self->brought);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Past, past_clear)

static char *
make_key (const char *table,
          const char *row,
          const char *field,
          const char *text)
{
  return g_strjoin ("\n", table, row, field, text, NULL);
}

static void
note_value (Past                  *self,
            const YejiHistoryLine *line,
            gboolean               made)
{
  const YejiChange *change = line->change;
  g_autofree char *place = make_key (change->table, change->row, change->field, NULL);

  /* the step that made the record says nothing of what it had been */
  if (!made && change->before != NULL)
    g_hash_table_add (self->texts, make_key (change->table, change->row, change->field,
                                             change->before));
  if (g_str_equal (line->why, YEJI_HISTORY_ANSWERED))
    g_hash_table_add (self->brought, g_steal_pointer (&place));
  else
    g_hash_table_remove (self->brought, place);
}

static void
note_row (Past             *self,
          const YejiChange *change)
{
  if (change->before == NULL)
    g_hash_table_add (self->came, make_key (change->table, change->row, NULL, NULL));
  else if (change->after == NULL)
    g_hash_table_add (self->went, make_key (change->table, change->row, NULL, NULL));
}

static void
read_lines (Past      *self,
            GPtrArray *lines)
{
  const YejiHistoryLine *first = lines->len > 0 ? g_ptr_array_index (lines, 0) : NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);
      gboolean made = line->step == first->step;

      if (yeji_history_line_is_idle (line))
        continue;
      if (*line->change->field != '\0')
        note_value (self, line, made);
      else if (!made)
        note_row (self, line->change);
    }
}

static gboolean
is_row_in (GHashTable *rows,
           YejiRow    *row)
{
  g_autofree char *key = make_key (yeji_row_get_table (row)->id, yeji_row_get_id (row), NULL, NULL);

  return g_hash_table_contains (rows, key);
}

static gboolean
is_brought (Past               *self,
            YejiRow            *row,
            const YejiFieldDef *field)
{
  g_autofree char *key = make_key (yeji_row_get_table (row)->id, yeji_row_get_id (row), field->id,
                                   NULL);

  return g_hash_table_contains (self->brought, key);
}

static gboolean
is_past (Past               *self,
         YejiRow            *row,
         const YejiFieldDef *field,
         const char         *text)
{
  g_autofree char *key = make_key (yeji_row_get_table (row)->id, yeji_row_get_id (row), field->id,
                                   text);

  return self->restored && g_hash_table_contains (self->texts, key);
}

/* @mine: (nullable) */
static void
know_values (Past    *self,
             YejiRow *base,
             YejiRow *mine,
             YejiRow *theirs)
{
  const YejiTableDef *table = yeji_row_get_table (base);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *there = yeji_row_get (theirs, field);

      if (g_str_equal (there, yeji_row_get (base, field)))
        continue;
      if (is_past (self, theirs, field, there))
        {
          yeji_record_set (self->base, base, field, there);
          self->n_places++;
        }
      else if (mine != NULL && is_brought (self, mine, field))
        yeji_record_set (self->base, base, field, yeji_row_get (mine, field));
    }
}

/* Where both have a row that the base has not, it was there before: who made it twice? */
static void
add_common (Past    *self,
            YejiRow *mine,
            YejiRow *theirs)
{
  g_autoptr (YejiRow) row = yeji_row_new (yeji_row_get_table (mine), yeji_row_get_id (mine));

  yeji_record_insert_row (self->base, G_MAXUINT, row);
  know_values (self, row, mine, theirs);
}

static void
know_missing_row (Past               *self,
                  const YejiTableDef *table,
                  YejiRow            *theirs)
{
  const char *id = yeji_row_get_id (theirs);
  YejiRow *mine = yeji_record_find_row (self->mine, table, id, NULL);
  g_autoptr (YejiRow) row = NULL;

  if (mine != NULL)
    {
      add_common (self, mine, theirs);
      return;
    }
  if (!self->restored || !is_row_in (self->went, theirs))
    return;
  row = yeji_row_copy (theirs, id);
  yeji_record_insert_row (self->base, G_MAXUINT, row);
  self->n_places++;
}

/* A row that they have not, and that came here later than with the record, was lost; one that they
 * alone have, and that was taken out here, has come back. */
static void
know_rows (Past               *self,
           const YejiTableDef *table)
{
  for (guint i = yeji_record_get_n_rows (self->base, table); i-- > 0;)
    {
      YejiRow *row = yeji_record_get_row (self->base, table, i);
      const char *id = yeji_row_get_id (row);
      YejiRow *there = yeji_record_find_row (self->theirs, table, id, NULL);

      if (there != NULL)
        know_values (self, row, yeji_record_find_row (self->mine, table, id, NULL), there);
      else if (self->restored && is_row_in (self->came, row))
        {
          yeji_record_remove_row (self->base, row);
          self->n_places++;
        }
    }
  for (guint i = 0; i < yeji_record_get_n_rows (self->theirs, table); i++)
    {
      YejiRow *there = yeji_record_get_row (self->theirs, table, i);

      if (yeji_record_find_row (self->base, table, yeji_row_get_id (there), NULL) == NULL)
        know_missing_row (self, table, there);
    }
}

static void
know_role (Past *self)
{
  const char *there = yeji_record_get_role (self->theirs);
  g_autofree char *key = make_key ("", "", "role", there);

  if (!self->restored || g_strcmp0 (there, yeji_record_get_role (self->base)) == 0
      || !g_hash_table_contains (self->texts, key))
    return;
  yeji_record_set_role (self->base, there);
  self->n_places++;
}

/**
 * yeji_merge_past:
 * @base: what the province had last, as far as is known here
 * @mine: what is here
 * @theirs: what it has now
 * @lines: (element-type YejiHistoryLine): the record's history here
 * @restored: whether the province was restored from a backup between @base and @theirs
 * @n_places: (out): how many places say there what they had said here before
 *
 * Finds what both started from. Where a restored province says what was here once, that is what it
 * started from, so that a merge lets what is here stand. Where it says something else, and what is
 * here came from it and not from the clerk, its word is a change, and no conflict. All are under
 * the same dictionary.
 *
 * Returns: (transfer full): a new base for yeji_merge_records()
 */
YejiRecord *
yeji_merge_past (YejiRecord *base,
                 YejiRecord *mine,
                 YejiRecord *theirs,
                 GPtrArray  *lines,
                 gboolean    restored,
                 guint      *n_places)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (base));
  g_auto (Past) past = {
    new_set (), new_set (), new_set (), new_set (), yeji_record_copy (base), mine, theirs, restored,
  };

  read_lines (&past, lines);
  know_role (&past);
  know_values (&past, yeji_record_get_project (past.base), yeji_record_get_project (mine),
               yeji_record_get_project (theirs));
  /* the first table is the project's, of one row */
  for (guint i = 1; i < tables->len; i++)
    know_rows (&past, g_ptr_array_index (tables, i));
  *n_places = past.n_places;
  return past.base;
}
