// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The rows of a file of the old system, into the stage. */

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-stage.h"

#include <string.h>

#include "yeji-digest.h"
#include "yeji-json.h"
#include "yeji-sheets.h"

/* Among so many rows the headings are looked for: titles may stand above them. */
#define HEADING_ROWS 20
#define MAX_HEADING 500

typedef struct
{
  YejiLegacyMap *map;
  YejiDictionary *dictionary;
  YejiSheets *sheets;
} Read;

/* One sheet. */
typedef struct
{
  const Read *read;
  YejiSql *sql;
  YejiSheetReader *reader;
  const char *name;
  const YejiTableDef *table;   /* of its rows; the root table: they may have those of others, too */
  GArray *columns;             /* (element-type YejiLegacyColumn) */
  GPtrArray *nested;           /* (element-type YejiTableDef) (nullable members): of the columns that
                                * hold whole rows, as in JSON */
} Sheet;

static gboolean
is_known (const YejiLegacyColumn *column)
{
  return column->field != NULL || column->meta >= 0;
}

/* The table whose rows stand in a column of projects: `"contracts": [{...}]`. */
static const YejiTableDef *
find_nested (const Sheet *sheet,
             guint        i)
{
  const char *heading = yeji_sheet_reader_get_text (sheet->reader, i);

  return yeji_sheets_get_kind (sheet->read->sheets) == YEJI_SHEETS_JSON
           ? yeji_legacy_map_find_table (sheet->read->map, heading) : NULL;
}

static void
find_column (const Sheet        *sheet,
             const YejiTableDef *table,
             const char         *heading,
             YejiLegacyColumn   *column)
{
  gboolean found = FALSE;

  memset (column, 0, sizeof *column);
  column->meta = -1;
  if (*heading != '\0' && strlen (heading) <= MAX_HEADING)
    found = table->index == 0 ? yeji_legacy_map_find_wide (sheet->read->map, heading, column)
                              : yeji_legacy_map_find_column (sheet->read->map, table, heading,
                                                             column);
  if (!found)
    {
      column->field = NULL;
      column->meta = -1;
    }
}

/* How many of the headings of the present row mean something in a table. */
static guint
count_known (const Sheet        *sheet,
             const YejiTableDef *table,
             gboolean            own)
{
  guint n = 0;

  for (guint i = 0; i < yeji_sheet_reader_get_n_cells (sheet->reader); i++)
    {
      YejiLegacyColumn column;

      find_column (sheet, table, yeji_sheet_reader_get_text (sheet->reader, i), &column);
      n += own ? column.field != NULL && column.field->table == table
               : is_known (&column) || (table->index == 0 && find_nested (sheet, i) != NULL);
    }
  return n;
}

/* The table of a sheet without a telling name: the one that knows most of its headings; one with
 * what the old system knew of a record is that of projects. */
static const YejiTableDef *
guess_table (const Sheet *sheet)
{
  GPtrArray *tables = yeji_dictionary_get_tables (sheet->read->dictionary);
  const YejiTableDef *root = yeji_dictionary_get_root (sheet->read->dictionary);
  const YejiTableDef *best = root;
  guint most = 0;

  for (guint i = 0; i < yeji_sheet_reader_get_n_cells (sheet->reader); i++)
    {
      YejiLegacyColumn column;

      find_column (sheet, root, yeji_sheet_reader_get_text (sheet->reader, i), &column);
      if (column.meta == YEJI_LEGACY_STATE || column.meta == YEJI_LEGACY_ROLE
          || find_nested (sheet, i) != NULL)
        return root;
    }
  for (guint i = 0; i < tables->len; i++)
    {
      guint n = count_known (sheet, g_ptr_array_index (tables, i), TRUE);

      if (n > most)
        {
          most = n;
          best = g_ptr_array_index (tables, i);
        }
    }
  return best;
}

/* Takes the headings of the present row, if that is what it has: two that are known, and no fewer
 * than a third of all. */
static gboolean
take_headings (Sheet *sheet)
{
  const YejiTableDef *table = yeji_legacy_map_find_table (sheet->read->map, sheet->name);
  const guint n_cells = yeji_sheet_reader_get_n_cells (sheet->reader);
  guint filled = 0, known;

  if (table == NULL)
    table = guess_table (sheet);
  for (guint i = 0; i < n_cells; i++)
    filled += *yeji_sheet_reader_get_text (sheet->reader, i) != '\0';
  known = count_known (sheet, table, FALSE);
  if (known < 2 || known * 3 < filled)
    return FALSE;
  sheet->table = table;
  g_array_set_size (sheet->columns, n_cells);
  for (guint i = 0; i < n_cells; i++)
    {
      YejiLegacyColumn *column = &g_array_index (sheet->columns, YejiLegacyColumn, i);

      find_column (sheet, table, yeji_sheet_reader_get_text (sheet->reader, i), column);
      g_ptr_array_add (sheet->nested, table->index == 0 && !is_known (column)
                                        ? (gpointer) find_nested (sheet, i) : NULL);
    }
  return TRUE;
}

static gboolean
note (const Sheet  *sheet,
      const char   *kind,
      guint         column,
      const char   *text,
      GError      **error)
{
  g_autofree char *cell = yeji_sheet_reader_name_cell (sheet->reader, column);

  return yeji_legacy_stage_note (sheet->sql, kind, sheet->name,
                                 yeji_sheet_reader_get_row (sheet->reader), cell, text, error);
}

/* Columns that nobody knows are told, and so are two that mean the same: the first one counts. */
static gboolean
note_headings (Sheet   *sheet,
               GError **error)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sheet->columns->len; i++)
    {
      YejiLegacyColumn *column = &g_array_index (sheet->columns, YejiLegacyColumn, i);
      const char *heading = yeji_sheet_reader_get_text (sheet->reader, i);
      gpointer key = column->field != NULL ? (gpointer) column->field
                                           : GINT_TO_POINTER (column->meta + 1);
      const char *kind = NULL;

      if (!is_known (column) && g_ptr_array_index (sheet->nested, i) == NULL)
        kind = *heading != '\0' ? "unknown-column" : NULL;
      else if (is_known (column) && !g_hash_table_add (fields, key))
        {
          kind = "repeated-column";
          column->field = NULL;
          column->meta = -1;
        }
      if (kind != NULL && !note (sheet, kind, i, heading, error))
        return FALSE;
    }
  return TRUE;
}

/* --- rows --- */

/* What a row says, of each table that it has anything of. */
typedef struct
{
  JsonObject *data[64];        /* (nullable), by the table's number */
  const char *meta[N_YEJI_LEGACY_METAS];
} Parts;

static void
clear_parts (Parts *parts)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts->data); i++)
    g_clear_pointer (&parts->data[i], json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, clear_parts)

/* 2928000 under a heading with 元, where the field is in 万元: the normaliser reads 2928000元. */
static char *
add_unit (const YejiLegacyColumn *column,
          const char             *text)
{
  if (*column->unit == '\0' || strspn (text, "0123456789.,-") != strlen (text))
    return g_strdup (text);
  return g_strconcat (text, column->unit, NULL);
}

static gboolean
note_cell (const Sheet  *sheet,
           guint         i,
           GError      **error)
{
  static const struct
  {
    YejiCellFlags flag;
    const char *kind;
  } kinds[] = {
    { YEJI_CELL_ROUNDED, "digits-lost" }, { YEJI_CELL_STALE, "formula-without-value" },
    { YEJI_CELL_FAILED, "formula-failed" },
  };
  const YejiCellFlags flags = yeji_sheet_reader_get_flags (sheet->reader, i);

  for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
    if ((flags & kinds[j].flag) != 0
        && !note (sheet, kinds[j].kind, i, yeji_sheet_reader_get_text (sheet->reader, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
split_row (const Sheet  *sheet,
           Parts        *parts,
           GError      **error)
{
  for (guint i = 0; i < N_YEJI_LEGACY_METAS; i++)
    parts->meta[i] = "";
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiLegacyColumn *column = &g_array_index (sheet->columns, YejiLegacyColumn, i);
      const char *text = yeji_sheet_reader_get_text (sheet->reader, i);
      g_autofree char *value = NULL;

      if (*text == '\0' && yeji_sheet_reader_get_flags (sheet->reader, i) == 0)
        continue;
      if (!is_known (column))
        continue;
      if (!note_cell (sheet, i, error))
        return FALSE;
      if (column->meta >= 0)
        {
          parts->meta[column->meta] = text;
          continue;
        }
      if ((yeji_sheet_reader_get_flags (sheet->reader, i) & YEJI_CELL_FAILED) != 0)
        continue;
      value = add_unit (column, text);
      g_strstrip (value);
      if (*value == '\0')
        continue;
      if (parts->data[column->field->table->index] == NULL)
        parts->data[column->field->table->index] = json_object_new ();
      json_object_set_string_member (parts->data[column->field->table->index], column->field->id,
                                     value);
    }
  return TRUE;
}

static char *
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return yeji_json_print (node, FALSE);
}

static char *
print_meta (const Parts *parts)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < N_YEJI_LEGACY_METAS; i++)
    json_array_add_string_element (array, parts->meta[i]);
  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

/* The project's number that a row of a table belongs to: its field of the name that the root
 * table's first key has. */
static char *
find_number (const Sheet *sheet,
             JsonObject  *data)
{
  const YejiTableDef *root = yeji_dictionary_get_root (sheet->read->dictionary);
  const YejiFieldDef *key = g_ptr_array_index (root->fields, 0);
  const char *number = data != NULL ? yeji_json_get_string (data, key->id) : NULL;

  return yeji_legacy_fold (number != NULL ? number : "");
}

/* In one row of a wide sheet, what belongs together is not said by numbers: links that are empty
 * name the rows beside them. */
static void
link_parts (const Sheet *sheet,
            Parts       *parts)
{
  GPtrArray *tables = yeji_dictionary_get_tables (sheet->read->dictionary);

  for (guint i = 1; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; parts->data[i] != NULL && j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          JsonObject *other = field->link != NULL ? parts->data[field->link->table->index] : NULL;
          const char *key = other != NULL ? yeji_json_get_string (other, field->link->id) : NULL;

          if (key != NULL && field->link->table->index != i
              && !json_object_has_member (parts->data[i], field->id))
            json_object_set_string_member (parts->data[i], field->id, key);
        }
    }
}

static gboolean
write_child (const Sheet  *sheet,
             guint         tab,
             JsonObject   *data,
             const char   *id,
             const char   *number,
             const char   *code,
             GError      **error)
{
  g_autofree char *text = print_object (data);
  g_autofree char *all = NULL;
  g_autofree char *mark = NULL;

  if (sheet->table->index == 0)
    {
      all = g_strdup_printf ("%u\n%s\n%s\n%s\n%s", tab, id, number, code, text);
      mark = yeji_digest_sum_text (all);
    }
  return yeji_sql_exec (sheet->sql, error,
                        "INSERT OR IGNORE INTO child (tab, id, num, code, sheet, line, data, mark)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "issssiss", (gint64) tab, id,
                        number, code, sheet->name,
                        (gint64) yeji_sheet_reader_get_row (sheet->reader), text, mark);
}

/* A project that is there already is the same one where the sheet is wide and says the same of it,
 * and otherwise one that is there twice. */
static gboolean
write_root (const Sheet  *sheet,
            const Parts  *parts,
            const char   *id,
            const char   *number,
            const char   *code,
            gboolean      wide,
            GError      **error)
{
  g_autofree char *data = print_object (parts->data[0]);
  g_autofree char *meta = print_meta (parts);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  gint64 found = -1;

  if (*id != '\0' || *number != '\0')
    rows = yeji_sql_query (sheet->sql, error,
                           *id != '\0' ? "SELECT n, wide = 1 AND data = ?4 AND meta = ?5 FROM root"
                                         " WHERE id = ?1 AND id <> '' AND ?2 = ?2 AND ?3 = ?3"
                                       : "SELECT n, wide = 1 AND data = ?4 AND meta = ?5 FROM root"
                                         " WHERE ?1 = ?1 AND num = ?2 AND code = ?3 AND id = ''",
                           "sssss", id, number, code, data, meta);
  if (rows != NULL && yeji_rows_next (rows, &local_error))
    {
      if (yeji_rows_int (rows, 1) != 0)
        return TRUE;
      found = yeji_rows_int (rows, 0);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_clear_pointer (&rows, yeji_rows_free);
  return yeji_sql_exec (sheet->sql, error,
                        "INSERT INTO root (id, num, code, sheet, line, meta, data, wide, again)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "ssssissii", id, number,
                        code, sheet->name, (gint64) yeji_sheet_reader_get_row (sheet->reader), meta,
                        data, (gint64) wide, found > 0 ? found : (gint64) 0);
}

/* A row within a project's object, by the names of its table; NULL where nothing is known of it. */
static JsonObject *
read_nested (const Sheet        *sheet,
             const YejiTableDef *table,
             JsonNode           *node)
{
  JsonObject *object = yeji_json_node_object (node);
  g_autoptr (JsonObject) data = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (object == NULL)
    return NULL;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      YejiLegacyColumn column;
      g_autofree char *text = JSON_NODE_HOLDS_VALUE (member) ? yeji_json_print (member, FALSE)
                                                             : NULL;
      const char *said = yeji_json_node_string (member);
      g_autofree char *value = NULL;

      find_column (sheet, table, name, &column);
      if (text == NULL || column.field == NULL || column.field->table != table)
        continue;
      value = add_unit (&column, said != NULL ? said : text);
      g_strstrip (value);
      if (*value != '\0')
        json_object_set_string_member (data, column.field->id, value);
    }
  return json_object_get_size (data) > 0 ? g_steal_pointer (&data) : NULL;
}

/* The rows of other tables within a project's object, and its own fields if they stand in one. */
static gboolean
write_nested (const Sheet  *sheet,
              guint         i,
              const char   *id,
              const char   *number,
              const char   *code,
              GError      **error)
{
  const YejiTableDef *table = g_ptr_array_index (sheet->nested, i);
  const char *text = yeji_sheet_reader_get_text (sheet->reader, i);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array = NULL;
  guint n;

  if (table == NULL || table->index == 0
      || (yeji_sheet_reader_get_flags (sheet->reader, i) & YEJI_CELL_JSON) == 0)
    return TRUE;
  node = yeji_json_parse (text, -1, error);
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    array = json_node_get_array (node);
  n = array != NULL ? json_array_get_length (array) : 1;
  for (guint j = 0; j < n; j++)
    {
      g_autoptr (JsonObject) data = read_nested (sheet, table,
                                                 array != NULL
                                                   ? json_array_get_element (array, j) : node);

      if (data != NULL && !write_child (sheet, table->index, data, id, number, code, error))
        return FALSE;
    }
  return TRUE;
}

/* The project's own fields, where they stand in an object of their own. */
static void
take_nested_root (const Sheet *sheet,
                  Parts       *parts)
{
  for (guint i = 0; parts->data[0] == NULL && i < sheet->nested->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (sheet->nested, i);
      g_autoptr (JsonNode) node = NULL;

      if (table == NULL || table->index != 0)
        continue;
      node = yeji_json_parse (yeji_sheet_reader_get_text (sheet->reader, i), -1, NULL);
      parts->data[0] = node != NULL ? read_nested (sheet, table, node) : NULL;
    }
}

static gboolean
write_row (const Sheet  *sheet,
           Parts        *parts,
           GError      **error)
{
  g_autofree char *id = yeji_legacy_fold (parts->meta[YEJI_LEGACY_ID]);
  g_autofree char *code = yeji_legacy_fold (parts->meta[YEJI_LEGACY_CODE]);
  g_autofree char *number = NULL;
  gboolean wide = FALSE;

  if (sheet->table->index == 0)
    take_nested_root (sheet, parts);
  number = find_number (sheet, parts->data[sheet->table->index]);
  for (guint i = 1; i < G_N_ELEMENTS (parts->data); i++)
    wide = wide || parts->data[i] != NULL;
  if (sheet->table->index == 0)
    {
      if (parts->data[0] == NULL)
        parts->data[0] = json_object_new ();
      link_parts (sheet, parts);
      if (!write_root (sheet, parts, id, number, code, wide, error))
        return FALSE;
    }
  for (guint i = 1; i < G_N_ELEMENTS (parts->data); i++)
    if (parts->data[i] != NULL
        && !write_child (sheet, i, parts->data[i], id, number, code, error))
      return FALSE;
  for (guint i = 0; i < sheet->nested->len; i++)
    if (!write_nested (sheet, i, id, number, code, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_rows (Sheet   *sheet,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint above = 0;
  gboolean begun = FALSE;

  while (yeji_sheet_reader_next (sheet->reader, &local_error))
    {
      g_auto (Parts) parts = { 0 };
      gboolean empty = TRUE;

      if (!begun)
        {
          begun = take_headings (sheet);
          if (begun && !note_headings (sheet, error))
            return FALSE;
          if (!begun && ++above >= HEADING_ROWS)
            break;
          continue;
        }
      if (!split_row (sheet, &parts, error))
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (parts.data); i++)
        empty = empty && parts.data[i] == NULL;
      for (guint i = 0; i < sheet->nested->len; i++)
        empty = empty && g_ptr_array_index (sheet->nested, i) == NULL;
      if (!empty && !write_row (sheet, &parts, error))
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return begun || yeji_legacy_stage_note (sheet->sql, "sheet-not-read", sheet->name, 0, "", "",
                                          error);
}

/* Hidden sheets are read as well, and told. */
static gboolean
read_sheet (const Read  *read,
            YejiSql     *sql,
            guint        index,
            GError     **error)
{
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (read->sheets, index, error);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (YejiLegacyColumn));
  g_autoptr (GPtrArray) nested = g_ptr_array_new ();
  Sheet sheet = {
    .read = read, .sql = sql, .reader = reader, .columns = columns, .nested = nested,
    .name = yeji_sheets_get_name (read->sheets, index),
  };

  if (reader == NULL)
    return FALSE;
  if (yeji_sheets_is_hidden (read->sheets, index)
      && !yeji_legacy_stage_note (sql, "hidden-sheet", sheet.name, 0, "", "", error))
    return FALSE;
  return read_rows (&sheet, error);
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  static const char * const tables[] = { "root", "child", "record", "note" };
  const Read *read = data;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *statement = g_strconcat ("DELETE FROM ", tables[i], NULL);

      if (!yeji_sql_exec (sql, error, statement, ""))
        return FALSE;
    }
  for (guint i = 0; i < yeji_sheets_get_n (read->sheets); i++)
    if (!read_sheet (read, sql, i, error))
      return FALSE;
  return yeji_legacy_stage_set (sql, YEJI_LEGACY_JUDGING, error);
}

/**
 * yeji_legacy_read:
 *
 * Reads all rows of a file into the stage, in one transaction.
 *
 * Returns: %FALSE with an error of #YejiSheetsError or #YejiDbError
 */
gboolean
yeji_legacy_read (YejiDb          *stage,
                  YejiLegacyMap   *map,
                  YejiDictionary  *dictionary,
                  const char      *path,
                  GError         **error)
{
  g_autoptr (YejiSheets) sheets = yeji_sheets_open (path, error);
  Read read = { map, dictionary, sheets };

  g_assert (yeji_dictionary_get_tables (dictionary)->len <= G_N_ELEMENTS (((Parts *) 0)->data));
  return sheets != NULL && yeji_db_run (stage, run_read, &read, error);
}
