// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-salvage"

#include "config.h"

#include "yeji-salvage.h"

#include <string.h>

#include "yeji-json.h"
#include "yeji-page-rows.h"
#include "yeji-salvage-fill.h"
#include "yeji-store-private.h"

/* Rows in one transaction. */
#define ROWS_AT_ONCE 2000

#define UUID_LENGTH 36

/* What is taken over, and the index that knows how many rows there were. What is not named here can
 * be made anew from these. */
static const struct
{
  const char *name;
  const char *index;
} wanted_tables[] = {
  { "setting",    "sqlite_autoindex_setting_1" },
  { "dictionary", "sqlite_autoindex_dictionary_1" },
  { "record",     "sqlite_autoindex_record_1" },
  { "point",      "point_by_record" },
  { "history",    "history_by_record" },
  { "attachment", "sqlite_autoindex_attachment_1" },
  { "outbox",     "outbox_by_record" },
  { "move",       "move_by_record" },
  { "conflict",   "sqlite_autoindex_conflict_1" },
  { "transfer",   "transfer_by_place" },
  { "receipt",    "sqlite_autoindex_receipt_1" },
  { "tray",       "sqlite_autoindex_tray_1" },
  { "taking",     "sqlite_autoindex_taking_1" },
  { "petition",   "sqlite_autoindex_petition_1" },
  { "petition_change", "petition_change_by_petition" },
  { "petition_file", "petition_file_by_petition" },
  { "notice",     NULL },
};

/* Columns that hold JSON, in whatever table: a page of a long text may be spoilt without anything
 * else being wrong. */
static const char *const json_columns[] = {
  "body", "base_body", "body_before", "files", "notes", "details", NULL
};

/* Columns that name a record. */
static const char *const uuid_columns[] = { "uuid", "record", NULL };

typedef struct
{
  char *name;
  YejiSqlKind kind;
  gboolean not_null;
  gboolean has_default;
  gint64 preset;               /* its default */
  gboolean json;
  gboolean uuid;
} Column;

static void
free_column (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column);
}

static void
free_table (gpointer data)
{
  YejiSalvageTable *table = data;

  g_free (table->name);
  g_free (table->insert);
  g_ptr_array_unref (table->columns);
  g_free (table);
}

/* What a row is read for. */
typedef struct
{
  YejiSalvage *salvage;
  YejiSalvageTable *table;     /* (nullable): to be found by the shape of the row */
} Target;

static int
find_column (YejiSalvageTable *table,
             const char       *name)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (table->columns, i);

      if (g_str_equal (column->name, name))
        return (int) i;
    }
  return -1;
}

/**
 * yeji_salvage_find_table: (skip)
 *
 * Returns: (transfer none) (nullable): the table of the new database
 */
YejiSalvageTable *
yeji_salvage_find_table (YejiSalvage *self,
                         const char  *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (g_str_equal (table->name, name))
        return table;
    }
  return NULL;
}

static YejiSqlKind
get_kind (const char *type)
{
  static const struct
  {
    const char *type;
    YejiSqlKind kind;
  } kinds[] = {
    { "TEXT",    YEJI_SQL_TEXT },
    { "INTEGER", YEJI_SQL_INTEGER },
    { "INT",     YEJI_SQL_INTEGER },
    { "REAL",    YEJI_SQL_REAL },
    { "BLOB",    YEJI_SQL_BLOB },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (kinds[i].type, type) == 0)
      return kinds[i].kind;
  return YEJI_SQL_NULL;
}

/* The rowid is kept: the order of rows says what came first. */
static void
make_insert (YejiSalvageTable *table)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; i < table->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (table->columns, i);

      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", column->name);
      g_string_append_printf (places, "%s?%u", i > 0 ? ", " : "", i + 1);
    }
  if (table->alias < 0)
    {
      g_string_append (names, ", rowid");
      g_string_append_printf (places, ", ?%u", table->columns->len + 1);
    }
  table->insert = g_strdup_printf ("INSERT OR IGNORE INTO \"%s\" (%s) VALUES (%s)", table->name,
                                   names->str, places->str);
}

static gboolean
read_columns (YejiSalvage       *self,
              YejiSalvageTable  *table,
              GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (self->sql, error,
                         "SELECT name, type, \"notnull\", pk, dflt_value"
                         " FROM pragma_table_info (?1) ORDER BY cid", "s", table->name);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      Column *column = g_new0 (Column, 1);

      column->name = yeji_rows_dup_text (rows, 0);
      column->kind = get_kind (yeji_rows_text (rows, 1));
      column->not_null = yeji_rows_int (rows, 2) != 0;
      /* A number, where there is one: such a column can have come after its table had rows. */
      column->has_default = !yeji_rows_is_null (rows, 4) && column->kind == YEJI_SQL_INTEGER;
      if (column->has_default)
        column->preset = g_ascii_strtoll (yeji_rows_text (rows, 4), NULL, 10);
      column->json = g_strv_contains (json_columns, column->name);
      column->uuid = g_strv_contains (uuid_columns, column->name);
      if (yeji_rows_int (rows, 3) != 0 && column->kind == YEJI_SQL_INTEGER)
        table->alias = (int) table->columns->len;
      g_ptr_array_add (table->columns, column);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A migration may have put rows into a table, which would be in the way of those of the file. */
static gboolean
empty_table (YejiSalvage       *self,
             YejiSalvageTable  *table,
             GError           **error)
{
  g_autofree char *statement = g_strdup_printf ("DELETE FROM \"%s\"", table->name);

  return table->columns->len == 0 || yeji_sql_exec (self->sql, error, statement, "");
}

static gboolean
read_tables (YejiSalvage  *self,
             GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (wanted_tables); i++)
    {
      YejiSalvageTable *table = g_new0 (YejiSalvageTable, 1);

      table->name = g_strdup (wanted_tables[i].name);
      table->index = wanted_tables[i].index;
      table->columns = g_ptr_array_new_with_free_func (free_column);
      table->alias = -1;
      table->n_bad = 1;        /* until its tree was walked */
      g_ptr_array_add (self->tables, table);
      if (!read_columns (self, table, error) || !empty_table (self, table, error))
        return FALSE;
      make_insert (table);
    }
  /* A table that came with a later version than the file's is not missed. */
  for (guint i = self->tables->len; i-- > 0; )
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (table->columns->len == 0)
        g_ptr_array_remove_index (self->tables, i);
    }
  return TRUE;
}

static gboolean
make_target (YejiSalvage  *self,
             const char   *path,
             guint         version,
             GError      **error)
{
  self->sql = yeji_sql_open (path, error);
  if (self->sql == NULL
      || !yeji_sql_run_script (self->sql, "PRAGMA secure_delete = ON; PRAGMA foreign_keys = OFF;"
                               "PRAGMA temp_store = MEMORY;", error))
    return FALSE;
  for (guint i = 0; i < version; i++)
    {
      g_autofree char *script = g_strdup_printf ("BEGIN; %s; PRAGMA user_version = %u; COMMIT",
                                                 yeji_store_migrations[i].sql, i + 1);

      if (!yeji_sql_run_script (self->sql, script, error))
        return FALSE;
    }
  return yeji_sql_run_script (self->sql, "CREATE TEMP TABLE taken (uuid TEXT PRIMARY KEY);"
                              "CREATE TEMP TABLE expected (uuid TEXT PRIMARY KEY);"
                              "CREATE TEMP TABLE spoilt (uuid TEXT PRIMARY KEY, name TEXT);",
                              error);
}

static gboolean
is_json (const YejiSqlValue *value)
{
  g_autoptr (JsonNode) node = yeji_json_parse (value->bytes, (gssize) value->length, NULL);

  return node != NULL;
}

static gboolean
is_good_text (const YejiSqlValue *value)
{
  return memchr (value->bytes, '\0', value->length) == NULL
    && g_utf8_validate_len (value->bytes, value->length, NULL);
}

/* Whether a value may stand there; what it says is looked at by is_good_value(). */
static gboolean
fits_column (const Column       *column,
             const YejiSqlValue *value,
             gboolean            alias)
{
  if (value->kind == YEJI_SQL_NULL)
    return alias || !column->not_null;
  if (value->kind != column->kind)
    return FALSE;
  return !column->uuid || value->length == UUID_LENGTH;
}

static gboolean
is_good_value (const Column       *column,
               const YejiSqlValue *value)
{
  if (value->kind != YEJI_SQL_TEXT)
    return TRUE;
  return is_good_text (value) && (!column->json || is_json (value));
}

/* A row that was written before its table got its last columns is shorter. */
static gboolean
fits_table (YejiSalvageTable  *table,
            const YejiPageRow *row)
{
  if (row->n_values > table->columns->len)
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (table->columns, i);

      if (i >= row->n_values ? column->not_null && !column->has_default
                             : !fits_column (column, &row->values[i], (int) i == table->alias))
        return FALSE;
    }
  return TRUE;
}

static YejiSalvageTable *
find_by_shape (YejiSalvage       *self,
               const YejiPageRow *row)
{
  YejiSalvageTable *found = NULL;

  for (guint i = 0; row->whole && i < self->tables->len; i++)
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);

      if (!fits_table (table, row))
        continue;
      if (found != NULL)
        return NULL;
      found = table;
    }
  return found;
}

/* A failure of the disk ends the salvage, a row that the schema refuses does not. */
static gboolean
insert (YejiSalvage         *self,
        const char          *statement,
        const YejiSqlValue  *values,
        guint                n_values)
{
  g_autoptr (GError) error = NULL;

  if (self->error != NULL)
    return FALSE;
  if (yeji_sql_exec_values (self->sql, statement, values, n_values, &error))
    {
      gboolean inserted = yeji_sql_changes (self->sql) > 0;

      if (inserted && ++self->n_pending % ROWS_AT_ONCE == 0
          && yeji_sql_commit (self->sql, &self->error))
        yeji_sql_begin (self->sql, &self->error);
      return inserted && self->error == NULL;
    }
  if (!g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CONSTRAINT)
      && !g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FAILED))
    self->error = g_steal_pointer (&error);
  return FALSE;
}

/* A record whose body cannot be read has at least a name. */
static void
note_spoilt (YejiSalvage       *self,
             YejiSalvageTable  *table,
             const YejiPageRow *row)
{
  static const YejiSqlValue nameless = { .kind = YEJI_SQL_TEXT, .bytes = "" };
  int uuid = find_column (table, "uuid"), name = find_column (table, "name");
  YejiSqlValue values[2];

  if (!g_str_equal (table->name, "record") || (int) row->n_values <= uuid
      || row->values[uuid].length != UUID_LENGTH || !is_good_text (&row->values[uuid]))
    return;
  values[0] = row->values[uuid];
  values[1] = (int) row->n_values > name && row->values[name].kind == YEJI_SQL_TEXT
              && is_good_text (&row->values[name]) ? row->values[name] : nameless;
  insert (self, "INSERT OR IGNORE INTO spoilt VALUES (?1, ?2)", values, 2);
}

/* Where a record's own body is spoilt, what the province last sent stands in for it until a backup
 * has something newer: the generation is -1 so long. */
static gboolean
mend_record (YejiSalvageTable *table,
             YejiSqlValue     *values,
             const gboolean   *good)
{
  static const char *const pairs[][2] = {
    { "body", "base_body" }, { "digest", "base_digest" }, { NULL }
  };
  int body = find_column (table, "body"), base = find_column (table, "base_body");

  for (int i = 0; i < (int) table->columns->len; i++)
    if (!good[i] && i != body && i != base)
      return FALSE;
  if (!good[body] && (!good[base] || values[base].kind != YEJI_SQL_TEXT))
    return FALSE;
  for (guint i = 0; pairs[i][0] != NULL; i++)
    {
      int own = find_column (table, pairs[i][0]), other = find_column (table, pairs[i][1]);

      if (!good[body])
        values[own] = values[other];
      else
        values[other].kind = YEJI_SQL_NULL;
    }
  if (!good[body])
    values[find_column (table, "generation")].integer = -1;
  return TRUE;
}

static void
set_preset (const Column *column,
            YejiSqlValue *value)
{
  if (!column->has_default)
    return;
  value->kind = YEJI_SQL_INTEGER;
  value->integer = column->preset;
}

/* FALSE when the row says what cannot have been written. */
static gboolean
prepare_values (YejiSalvage       *self,
                YejiSalvageTable  *table,
                const YejiPageRow *row,
                YejiSqlValue      *values)
{
  g_autofree gboolean *good = g_new0 (gboolean, table->columns->len);
  gboolean all_good = TRUE;

  memset (values, 0, (table->columns->len + 1) * sizeof *values);
  for (guint i = 0; i < table->columns->len; i++)
    {
      good[i] = i >= row->n_values
                || is_good_value (g_ptr_array_index (table->columns, i), &row->values[i]);
      all_good &= good[i];
      if (i < row->n_values)
        values[i] = row->values[i];
      else
        set_preset (g_ptr_array_index (table->columns, i), &values[i]);
    }
  if (!all_good)
    table->n_bad++;
  if (!all_good && g_str_equal (table->name, "record"))
    note_spoilt (self, table, row);
  if (!all_good && (!g_str_equal (table->name, "record") || !mend_record (table, values, good)))
    return FALSE;
  values[table->alias >= 0 ? (guint) table->alias : table->columns->len].kind = YEJI_SQL_INTEGER;
  values[table->alias >= 0 ? (guint) table->alias : table->columns->len].integer = row->rowid;
  return TRUE;
}

/* Of two copies of a record that lie about, the later one counts. */
static void
drop_older (YejiSalvage        *self,
            YejiSalvageTable   *table,
            const YejiSqlValue *values)
{
  const YejiSqlValue keys[] = {
    values[find_column (table, "uuid")], values[find_column (table, "generation")]
  };

  if (self->error == NULL)
    yeji_sql_exec_values (self->sql, "DELETE FROM record WHERE uuid = ?1 AND generation < ?2", keys,
                          2, &self->error);
}

static void
take_row (const YejiPageRow *row,
          gpointer           data)
{
  Target *target = data;
  YejiSalvage *self = target->salvage;
  gboolean loose = target->table == NULL;
  YejiSalvageTable *table = loose ? find_by_shape (self, row) : target->table;
  g_autofree YejiSqlValue *values = NULL;

  if (table == NULL || self->error != NULL)
    return;
  if (!row->whole || !fits_table (table, row))
    {
      table->n_bad++;
      note_spoilt (self, table, row);
      return;
    }
  values = g_new0 (YejiSqlValue, table->columns->len + 1);
  if (!prepare_values (self, table, row, values))
    return;
  if (loose && g_str_equal (table->name, "record"))
    drop_older (self, table, values);
  if (insert (self, table->insert, values, table->columns->len + (table->alias < 0 ? 1 : 0)))
    table->n_rows++;
  else if (!loose)
    table->n_bad++;
}

/* Rows of sqlite_schema: where the trees begin. */
static void
take_root (const YejiPageRow *row,
           gpointer           data)
{
  YejiSalvage *self = data;
  const YejiSqlValue *values = row->values;
  char *name;

  if (!row->whole || row->n_values != 5 || values[1].kind != YEJI_SQL_TEXT
      || values[3].kind != YEJI_SQL_INTEGER || values[3].integer <= 0
      || values[3].integer > G_MAXUINT32)
    return;
  name = g_strndup (values[1].bytes, values[1].length);
  g_hash_table_replace (self->roots, name, GUINT_TO_POINTER ((guint) values[3].integer));
}

static void
count_entry (const YejiPageRow *row,
             gpointer           data)
{
  Target *target = data;

  target->table->n_expected++;
  if (g_str_equal (target->table->name, "record") && row->n_values > 0
      && row->values[0].kind == YEJI_SQL_TEXT && is_good_text (&row->values[0]))
    insert (target->salvage, "INSERT OR IGNORE INTO expected VALUES (?1)", row->values, 1);
}

static void
take_sequence (const YejiPageRow *row,
               gpointer           data)
{
  YejiSalvage *self = data;

  if (row->whole && row->n_values == 2 && self->error == NULL)
    yeji_sql_exec_values (self->sql,
                          "UPDATE sqlite_sequence SET seq = max (seq, ?2) WHERE name = ?1",
                          row->values, 2, &self->error);
}

static guint32
find_root (YejiSalvage *self,
           const char  *name)
{
  return name != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->roots, name)) : 0;
}

static void
read_file (YejiSalvage *self)
{
  g_autoptr (YejiPageMarks) marks = yeji_page_marks_new (self->pages);
  Target target = { self };
  gboolean damaged = FALSE;

  yeji_page_rows_walk (self->pages, marks, 1, take_root, self);
  for (guint i = 0; i < self->tables->len; i++)
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);
      guint32 root = find_root (self, table->name);
      guint n_unread = 1;

      target.table = table;
      table->n_bad = 0;
      if (root != 0)
        n_unread = yeji_page_rows_walk (self->pages, marks, root, take_row, &target);
      table->n_bad += n_unread;
      damaged |= table->n_bad > 0;
    }
  if (damaged)
    {
      target.table = NULL;
      yeji_page_rows_scan (self->pages, marks, take_row, &target);
    }
}

/* What there was, for those tables of which something may be missing. */
static void
read_indexes (YejiSalvage *self)
{
  g_autoptr (YejiPageMarks) marks = yeji_page_marks_new (self->pages);

  for (guint i = 0; i < self->tables->len; i++)
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);
      guint32 root = find_root (self, table->index);
      Target target = { self, table };

      if (table->n_bad > 0 && root != 0)
        table->is_counted = yeji_page_rows_walk (self->pages, marks, root, count_entry,
                                                 &target) == 0;
    }
  if (find_root (self, "sqlite_sequence") != 0)
    yeji_page_rows_walk (self->pages, marks, find_root (self, "sqlite_sequence"), take_sequence,
                         self);
}

static guint
count_lost (YejiSalvage      *self,
            YejiSalvageTable *table)
{
  guint have = table->n_rows + table->n_filled;

  if (table->n_bad == 0)
    return 0;
  if (!table->is_counted)
    self->report->uncertain = TRUE;
  return table->n_expected > have ? table->n_expected - have : 0;
}

static void
count_losses (YejiSalvage *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);
      guint n_lost = count_lost (self, table);

      g_info ("%s: %u rows, %u from the backup, %u places that cannot be read, the index has %u",
              table->name, table->n_rows, table->n_filled, table->n_bad, table->n_expected);
      if (g_str_equal (table->name, "history"))
        self->report->n_lost_lines = n_lost;
      else if (g_str_equal (table->name, "attachment") || g_str_equal (table->name, "tray"))
        self->report->n_lost_documents += n_lost;
      else if (!g_str_equal (table->name, "record"))
        self->report->n_lost_others += n_lost;
    }
}

/* Nothing of the file and nothing of a backup: that is no recovery. */
static gboolean
check_found (YejiSalvage  *self,
             GError      **error)
{
  guint n_rows = 0;

  for (guint i = 0; i < self->tables->len; i++)
    {
      YejiSalvageTable *table = g_ptr_array_index (self->tables, i);

      n_rows += table->n_rows;
    }
  if (n_rows > 0 || self->report->backup != NULL)
    return TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED,
                       "nothing of the database can be read, and there is no backup");
  return FALSE;
}

static gboolean
check_version (YejiPages   *pages,
               guint       *version,
               GError     **error)
{
  *version = yeji_pages_get_version (pages);
  if (*version > yeji_store_n_migrations && *version <= YEJI_MAX_VERSION)
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER,
                   "the database has version %u, this program knows %u", *version,
                   yeji_store_n_migrations);
      return FALSE;
    }
  /* The newest schema takes the rows of every older one. */
  if (*version == 0 || *version > YEJI_MAX_VERSION)
    *version = yeji_store_n_migrations;
  return TRUE;
}

static gboolean
run (YejiSalvage  *self,
     const char   *backup,
     GError      **error)
{
  if (!yeji_sql_begin (self->sql, error))
    return FALSE;
  read_file (self);
  read_indexes (self);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      yeji_sql_rollback (self->sql);
      return FALSE;
    }
  if (!yeji_sql_commit (self->sql, error)
      || (backup != NULL && !yeji_salvage_fill (self, backup, error))
      || !check_found (self, error) || !yeji_salvage_settle (self, error))
    return FALSE;
  count_losses (self);
  return yeji_sql_run_script (self->sql, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

static void
clear_salvage (YejiSalvage *self)
{
  g_clear_pointer (&self->sql, yeji_sql_close);
  g_clear_pointer (&self->pages, yeji_pages_free);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->roots, g_hash_table_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiSalvage, clear_salvage)

/**
 * yeji_salvage:
 * @path: the damaged database, which may be gone; it is read alone, and not by SQLite
 * @backup: (nullable): a good backup, which fills what is missing
 * @target: where the new database is made; there must be nothing
 * @report: what came of it is written here
 *
 * Reads what can be read of a damaged database into a new one, whose references are right. Rows
 * come from their trees, from pages that no tree reaches any more, and from the backup. Of the
 * outbox the backup gives nothing: it was sent, maybe. Time and memory are bounded by the size of
 * the file. Blocks.
 *
 * Returns: whether there is a new database; %YEJI_DB_ERROR_DAMAGED when nothing at all was found,
 * %YEJI_DB_ERROR_NEWER for one of a later version, or another #YejiDbError of the disk
 */
gboolean
yeji_salvage (const char         *path,
              const char         *backup,
              const char         *target,
              YejiSalvageReport  *report,
              GError            **error)
{
  g_auto (YejiSalvage) self = { NULL };
  guint version;

  g_return_val_if_fail (path != NULL && target != NULL && report != NULL, FALSE);

  self.report = report;
  self.tables = g_ptr_array_new_with_free_func (free_table);
  self.roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.pages = yeji_pages_open (path, TRUE, error);
  return self.pages != NULL && check_version (self.pages, &version, error)
    && make_target (&self, target, version, error) && read_tables (&self, error)
    && run (&self, backup, error);
}
