// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-salvage"

#include "config.h"

#include "yeji-salvage-fill.h"

#include "yeji-history.h"
#include "yeji-store-index.h"
#include "yeji-store-seal.h"

/* The second half of a salvage, in SQL: what the file does not have comes from a backup, and what
 * belongs to nothing goes. */

/* How the rows of one table are filled in. A table of which nothing is missing gets the rows of
 * records that came from the backup alone. */
typedef struct
{
  const char *table;
  const char *left_out;        /* (nullable): a column that is made anew */
  const char *same;            /* when a row of ours, o, is the row of theirs, b */
  const char *with;            /* which rows may be filled in where some are missing */
  const char *always;          /* which where none are */
} Filling;

#define OF_PRESENT "b.record IN (SELECT uuid FROM record)"
#define OF_TAKEN "b.record IN (SELECT uuid FROM taken)"

static const Filling fillings[] = {
  { "dictionary", NULL, "o.version = b.version", "TRUE", "FALSE" },
  { "setting", NULL, "o.name = b.name", "b.name NOT LIKE 'session%'", "FALSE" },
  { "history", NULL,
    "o.record = b.record AND o.step = b.step AND o.\"table\" = b.\"table\""
    " AND o.\"row\" = b.\"row\" AND o.field = b.field", OF_PRESENT, OF_TAKEN },
  { "attachment", NULL, "o.id = b.id", OF_PRESENT, OF_TAKEN },
  { "move", "seq", "o.record = b.record AND o.at = b.at AND o.to_version = b.to_version",
    OF_PRESENT, OF_TAKEN },
  { "conflict", NULL,
    "o.record = b.record AND o.\"table\" = b.\"table\" AND o.\"row\" = b.\"row\""
    " AND o.field = b.field", "FALSE", OF_TAKEN },
  { "tray", NULL, "o.id = b.id", "TRUE", "FALSE" },
  { "taking", "seq", "o.batch = b.batch", "TRUE", "FALSE" },
  { "receipt", NULL, "o.record = b.record AND o.submitted_at = b.submitted_at", OF_PRESENT,
    OF_TAKEN },
  /* points are of one answer */
  { "point", NULL,
    "o.record = b.record AND o.source = b.source AND o.pointer = b.pointer"
    " AND o.comment = b.comment",
    "EXISTS (SELECT 1 FROM record r JOIN backup.record s ON r.uuid = s.uuid"
    " WHERE r.uuid = b.record AND r.answered_at IS s.answered_at)", OF_TAKEN },
};

/* What belongs to a record. */
static const struct
{
  const char *table;
  const char *column;
} children[] = {
  { "point",      "record" },
  { "history",    "record" },
  { "attachment", "record" },
  { "outbox",     "uuid" },
  { "move",       "record" },
  { "conflict",   "record" },
  { "transfer",   "record" },
  { "receipt",    "record" },
  { "petition",   "record" },
  { "petition_change", "record" },
  { "petition_file", "record" },
};

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* The columns that a table has in both databases, quoted; NULL where the backup has none. */
static char *
list_columns (YejiSalvage  *self,
              const char   *table,
              const char   *left_out,
              GError      **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (self->sql, error,
                         "SELECT name FROM pragma_table_info (?1, 'main') WHERE name IN"
                         " (SELECT name FROM pragma_table_info (?1, 'backup'))"
                         " AND name IS NOT ?2 ORDER BY cid", "ss", table, left_out);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &failure))
    g_string_append_printf (list, "%s\"%s\"", list->len > 0 ? ", " : "", yeji_rows_text (rows, 0));
  return finish (failure, error) ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

/* Those that are not here, and those that the backup has later. Where the index is whole it knows
 * which were deleted since the backup, and they stay deleted. */
static gboolean
choose_records (YejiSalvage  *self,
                GError      **error)
{
  YejiSalvageTable *records = yeji_salvage_find_table (self, "record");

  if (records->n_bad == 0)
    return TRUE;
  return yeji_sql_exec (self->sql, error,
                        "INSERT INTO taken SELECT b.uuid FROM backup.record b"
                        " LEFT JOIN record o ON o.uuid = b.uuid"
                        " WHERE o.generation < b.generation OR (o.uuid IS NULL"
                        "  AND (NOT ?1 OR b.uuid IN (SELECT uuid FROM expected)"
                        "       OR b.uuid IN (SELECT uuid FROM spoilt)))",
                        "i", (gint64) records->is_counted);
}

static gboolean
fill_records (YejiSalvage  *self,
              GError      **error)
{
  g_autofree char *columns = list_columns (self, "record", NULL, error);
  g_autofree char *statement = NULL;

  if (columns == NULL || !choose_records (self, error))
    return FALSE;
  statement = g_strdup_printf ("INSERT OR REPLACE INTO record (%s) SELECT %s FROM backup.record"
                               " WHERE uuid IN (SELECT uuid FROM taken)", columns, columns);
  return yeji_sql_exec (self->sql, error, statement, "");
}

static gboolean
fill_table (YejiSalvage    *self,
            const Filling  *filling,
            GError        **error)
{
  YejiSalvageTable *table = yeji_salvage_find_table (self, filling->table);
  g_autofree char *columns = NULL;
  g_autofree char *statement = NULL;

  if (table == NULL)
    return TRUE;
  columns = list_columns (self, filling->table, filling->left_out, error);
  if (columns == NULL)
    return FALSE;
  if (*columns == '\0')
    return TRUE;
  statement = g_strdup_printf ("INSERT OR IGNORE INTO \"%s\" (%s) SELECT %s FROM backup.\"%s\" b"
                               " WHERE (%s) AND NOT EXISTS (SELECT 1 FROM \"%s\" o WHERE %s)",
                               filling->table, columns, columns, filling->table,
                               table->n_bad > 0 ? filling->with : filling->always, filling->table,
                               filling->same);
  if (!yeji_sql_exec (self->sql, error, statement, ""))
    return FALSE;
  table->n_filled = (guint) yeji_sql_changes (self->sql);
  return TRUE;
}

/* A line of the backup that leaves it to the record there to say what it was made with: the record
 * here may say something else by now. */
static gboolean
fill_made_lines (YejiSalvage  *self,
                 GError      **error)
{
  return yeji_sql_exec (self->sql, error,
                        "UPDATE history SET after ="
                        " (SELECT b.body FROM backup.record b WHERE b.uuid = history.record)"
                        " WHERE " YEJI_HISTORY_MADE_IS_RECORD " AND record IN"
                        " (SELECT r.uuid FROM record r JOIN backup.record b ON b.uuid = r.uuid"
                        "  WHERE b.generation = 1 AND r.generation <> 1)", "");
}

static gboolean
read_names (YejiSalvage  *self,
            const char   *statement,
            GPtrArray    *names,
            GError      **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (self->sql, error, statement, "");
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiSalvagedName *name = g_new0 (YejiSalvagedName, 1);

      name->uuid = yeji_rows_dup_text (rows, 0);
      name->name = g_strdup (yeji_rows_is_null (rows, 1) ? "" : yeji_rows_text (rows, 1));
      g_ptr_array_add (names, name);
    }
  return finish (failure, error);
}

/**
 * yeji_salvage_fill: (skip)
 * @backup: a whole database of this or an earlier version
 *
 * Fills what is missing from a backup. Outside of a transaction.
 */
gboolean
yeji_salvage_fill (YejiSalvage  *self,
                   const char   *backup,
                   GError      **error)
{
  if (!yeji_sql_exec (self->sql, error, "ATTACH ?1 AS backup", "s", backup)
      || !yeji_sql_begin (self->sql, error))
    return FALSE;
  if (!fill_records (self, error))
    {
      yeji_sql_rollback (self->sql);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fillings); i++)
    if (!fill_table (self, &fillings[i], error))
      {
        yeji_sql_rollback (self->sql);
        return FALSE;
      }
  if (!fill_made_lines (self, error))
    {
      yeji_sql_rollback (self->sql);
      return FALSE;
    }
  self->report->backup = g_path_get_basename (backup);
  return yeji_sql_commit (self->sql, error)
    && yeji_sql_exec (self->sql, error, "DETACH backup", "");
}

/* Records that something knew, and that are not here. */
static gboolean
find_lost (YejiSalvage  *self,
           GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *statement = NULL;

      if (yeji_salvage_find_table (self, children[i].table) == NULL)
        continue;
      statement = g_strdup_printf ("INSERT OR IGNORE INTO expected SELECT \"%s\" FROM \"%s\"",
                                   children[i].column, children[i].table);
      if (!yeji_sql_exec (self->sql, error, statement, ""))
        return FALSE;
    }
  return yeji_sql_exec (self->sql, error, "INSERT OR IGNORE INTO expected SELECT uuid FROM spoilt",
                        "")
    && read_names (self,
                   "SELECT e.uuid, s.name FROM expected e LEFT JOIN spoilt s ON s.uuid = e.uuid"
                   " WHERE e.uuid NOT IN (SELECT uuid FROM record) ORDER BY s.name, e.uuid",
                   self->report->lost, error);
}

static gboolean
drop_orphans (YejiSalvage  *self,
              GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *statement = NULL;

      if (yeji_salvage_find_table (self, children[i].table) == NULL)
        continue;
      statement = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"%s\" NOT IN"
                                   " (SELECT uuid FROM record)", children[i].table,
                                   children[i].column);
      if (!yeji_sql_exec (self->sql, error, statement, ""))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_records (YejiSalvage  *self,
               GError      **error)
{
  YejiSalvageReport *report = self->report;
  g_autoptr (YejiRows) rows = yeji_sql_query (self->sql, error, "SELECT count (*) FROM record", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  report->n_records = (guint) yeji_rows_int (rows, 0);
  report->n_from_file = report->n_records - report->from_backup->len - report->from_province->len;
  return TRUE;
}

static gboolean
settle (YejiSalvage  *self,
        GError      **error)
{
  YejiSalvageReport *report = self->report;

  return read_names (self, "SELECT uuid, name FROM record WHERE uuid IN (SELECT uuid FROM taken)"
                     " ORDER BY name, uuid", report->from_backup, error)
    && read_names (self, "SELECT uuid, name FROM record WHERE generation < 0 ORDER BY name, uuid",
                   report->from_province, error)
    /* what such a record was made with is gone with what it said here */
    && yeji_sql_exec (self->sql, error,
                      "DELETE FROM history WHERE " YEJI_HISTORY_MADE_IS_RECORD
                      " AND record IN (SELECT uuid FROM record WHERE generation < 0)", "")
    && yeji_sql_exec (self->sql, error, "UPDATE record SET generation = 1 WHERE generation < 0", "")
    /* The search index is made anew, and this says how far it is; what comes from an old backup may
     * be open, and this says that nothing is. */
    && yeji_sql_exec (self->sql, error, "DELETE FROM setting WHERE name IN (?1, ?2)", "ss",
                      YEJI_SEARCH_SETTING, YEJI_SEALED_SETTING)
    && find_lost (self, error) && drop_orphans (self, error) && count_records (self, error);
}

/**
 * yeji_salvage_settle: (skip)
 *
 * Says what came of it, and takes out what belongs to a record that was found nowhere; it stays in
 * the damaged file.
 */
gboolean
yeji_salvage_settle (YejiSalvage  *self,
                     GError      **error)
{
  if (!yeji_sql_begin (self->sql, error))
    return FALSE;
  if (settle (self, error))
    return yeji_sql_commit (self->sql, error);
  yeji_sql_rollback (self->sql);
  return FALSE;
}
