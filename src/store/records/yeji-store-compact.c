// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-undo.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-store-private.h"

/* The rule, as docs/history.md has it: lines of values that were typed, older than 90 days; those
 * of one value, on one day (UTC) and by one person, without anything else between them, become one,
 * with the text before the first and the text after the last. Never the newest line of a value,
 * never a step that a later one undoes, never a line of a step in which its row came or went. */

#define AGE_DAYS 90

/* Records in one transaction: what is typed meanwhile waits for no more than these. */
#define SLICE 100

/* The first day that was not looked at the last time. */
#define SETTING "history.compacted"

typedef struct
{
  YejiStore *store;
  char *until;                 /* a day: what is older is compacted */
  char *last;                  /* the uuid that was looked at last */
  guint n;                     /* records in the last slice */
} Work;

/* A line of the history without its texts. */
typedef struct
{
  gint64 rowid;
  gint64 step;
  char *place;                 /* table, row and field */
  char *row;                   /* table and row */
  char *at;
  char *who;
  gboolean typed;              /* a value, by hand and alone */
} Line;

static void
clear_line (gpointer data)
{
  Line *line = data;

  g_free (line->place);
  g_free (line->row);
  g_free (line->at);
  g_free (line->who);
}

static gboolean
is_value (const char *table,
          const char *field)
{
  return *table != '\0' && *field != '\0' && strchr (field, ':') == NULL;
}

static GArray *
read_lines (YejiSql     *sql,
            const char  *uuid,
            GError     **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  g_array_set_clear_func (lines, clear_line);
  rows = yeji_sql_query (sql, error,
                         "SELECT rowid, step, \"table\", \"row\", field, at, who,"
                         " why = 'typed' AND batch IS NULL AND undoes IS NULL"
                         " FROM history WHERE record = ?1 ORDER BY step, rowid", "s", uuid);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      const char *field = yeji_rows_text (rows, 4);
      Line line = { yeji_rows_int (rows, 0), yeji_rows_int (rows, 1) };

      line.row = g_strjoin ("\n", yeji_rows_text (rows, 2), yeji_rows_text (rows, 3), NULL);
      line.place = g_strjoin ("\n", line.row, field, NULL);
      line.typed = yeji_rows_int (rows, 7) != 0 && is_value (yeji_rows_text (rows, 2), field);
      line.at = yeji_rows_dup_text (rows, 5);
      line.who = yeji_rows_dup_text (rows, 6);
      g_array_append_val (lines, line);
    }
  if (local_error == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Steps, and rows in steps, whose lines stay as they are. */
static gboolean
read_pinned (YejiSql      *sql,
             const char   *uuid,
             GArray       *lines,
             GHashTable  **pinned,
             GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  *pinned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (g_str_has_suffix (line->place, "\n"))    /* the row as a whole */
        g_hash_table_add (*pinned, g_strdup_printf ("%" G_GINT64_FORMAT "\n%s", line->step,
                                                    line->row));
    }
  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT undoes FROM history"
                         " WHERE record = ?1 AND undoes IS NOT NULL", "s", uuid);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_hash_table_add (*pinned, g_strdup_printf ("%" G_GINT64_FORMAT, yeji_rows_int (rows, 0)));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_pinned (GHashTable *pinned,
           const Line *line)
{
  g_autofree char *step = g_strdup_printf ("%" G_GINT64_FORMAT, line->step);
  g_autofree char *row = g_strdup_printf ("%s\n%s", step, line->row);

  return g_hash_table_contains (pinned, step) || g_hash_table_contains (pinned, row);
}

static gboolean
are_alike (const Line *a,
           const Line *b)
{
  return strncmp (a->at, b->at, strlen ("2026-11-22")) == 0 && g_str_equal (a->who, b->who);
}

/* The text before goes from the first to the last as it is stored, sealed or not: both are of the
 * same value, and so is the seal. */
static gboolean
join (YejiSql      *sql,
      const Line   *first,
      const Line   *last,
      GError      **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE history SET before ="
                        " (SELECT h.before FROM history AS h WHERE h.rowid = ?1)"
                        " WHERE rowid = ?2", "ii", first->rowid, last->rowid)
    && yeji_sql_exec (sql, error, "DELETE FROM history WHERE rowid = ?1", "i", first->rowid);
}

static gboolean
compact_record (Work        *work,
                YejiSql     *sql,
                const char  *uuid,
                GError     **error)
{
  g_autoptr (GArray) lines = read_lines (sql, uuid, error);
  g_autoptr (GHashTable) pinned = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) newest = g_hash_table_new (g_str_hash, g_str_equal);

  if (lines == NULL || !read_pinned (sql, uuid, lines, &pinned, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

      g_hash_table_replace (newest, line->place, line);
    }
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);
      Line *before = g_hash_table_lookup (open, line->place);

      if (!line->typed || strcmp (line->at, work->until) >= 0 || is_pinned (pinned, line)
          || g_hash_table_lookup (newest, line->place) == line)
        {
          g_hash_table_remove (open, line->place);
          continue;
        }
      if (before != NULL && are_alike (before, line) && !join (sql, before, line, error))
        return FALSE;
      g_hash_table_replace (open, line->place, line);
    }
  return TRUE;
}

static gboolean
run_slice (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid FROM record WHERE uuid > ?1 ORDER BY uuid LIMIT ?2", "si",
                         work->last, (gint64) SLICE);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  g_clear_pointer (&rows, yeji_rows_free);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  work->n = uuids->len;
  for (guint i = 0; i < uuids->len; i++)
    if (!compact_record (work, sql, g_ptr_array_index (uuids, i), error))
      return FALSE;
  if (uuids->len > 0)
    {
      g_free (work->last);
      work->last = g_strdup (g_ptr_array_index (uuids, uuids->len - 1));
    }
  return TRUE;
}

/* The day 90 days ago: it moves on once a day. */
static char *
get_until (void)
{
  g_autofree char *at = yeji_clock_now ();
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -AGE_DAYS);

  return g_date_time_format (then, "%Y-%m-%d");
}

/**
 * yeji_store_compact_history:
 *
 * Makes old typing shorter, by the rule in docs/history.md. Nothing but the way between two states
 * of one day goes. Does nothing when it was done for this day already; what is typed meanwhile
 * does not wait for it. Blocks.
 *
 * Returns: %FALSE when the database failed; what was done until then is done
 */
gboolean
yeji_store_compact_history (YejiStore  *self,
                            GError    **error)
{
  g_autofree char *until = get_until ();
  g_autofree char *done = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean compacted = TRUE;
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  done = yeji_store_get_setting (self, SETTING, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (done, until) == 0)
    return TRUE;
  work.until = until;
  work.last = g_strdup ("");
  work.n = SLICE;
  while (compacted && work.n == SLICE)
    compacted = yeji_db_run (yeji_store_get_db (self), run_slice, &work, error);
  g_free (work.last);
  return compacted && yeji_store_set_setting (self, SETTING, until, error);
}
