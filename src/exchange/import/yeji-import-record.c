// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-file"

#include "config.h"

#include "yeji-import-private.h"

#include <string.h>

#include "yeji-row-private.h"

/* Records put together from the rows of a file. */

static const YejiStagedRecord *
get_record (YejiImportFile *self,
            guint           record)
{
  return &g_array_index (self->records, YejiStagedRecord, record);
}

static YejiStagedSheet *
get_sheet (YejiImportFile *self,
           guint           sheet)
{
  return g_ptr_array_index (self->sheets, sheet);
}

static const char *
get_text (YejiImportFile *self,
          guint32         id)
{
  return yeji_text_pool_get (self->pool, id);
}

/**
 * yeji_import_file_get_n_records:
 *
 * Returns: how many records the file has, those of which it has only what belongs to them too
 */
guint
yeji_import_file_get_n_records (YejiImportFile *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self), 0);
  return self->records->len;
}

/**
 * yeji_import_file_get_record_of:
 *
 * Returns: the number of the record that a row belongs to, %G_MAXUINT where it belongs to none
 */
guint
yeji_import_file_get_record_of (YejiImportFile *self,
                                guint           sheet,
                                guint           row)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self) && sheet < self->sheets->len, G_MAXUINT);
  g_return_val_if_fail (row < get_sheet (self, sheet)->owners->len, G_MAXUINT);
  return g_array_index (get_sheet (self, sheet)->owners, guint32, row);
}

/**
 * yeji_import_file_get_n_bad_of:
 *
 * Returns: how many cells of a record cannot be taken
 */
guint
yeji_import_file_get_n_bad_of (YejiImportFile *self,
                               guint           record)
{
  g_return_val_if_fail (record < self->records->len, 0);
  return get_record (self, record)->n_bad;
}

/**
 * yeji_import_file_get_uuid:
 *
 * Returns: (nullable): the UUID that the file gives a record
 */
const char *
yeji_import_file_get_uuid (YejiImportFile *self,
                           guint           record)
{
  const char *key;

  g_return_val_if_fail (record < self->records->len, NULL);
  key = get_text (self, get_record (self, record)->key);
  return g_uuid_string_is_valid (key) ? key : NULL;
}

/**
 * yeji_import_file_get_number:
 *
 * Returns: the number of the project, "" where the file does not say it
 */
const char *
yeji_import_file_get_number (YejiImportFile *self,
                             guint           record)
{
  g_return_val_if_fail (record < self->records->len, NULL);
  return get_text (self, get_record (self, record)->number);
}

/**
 * yeji_import_file_get_name:
 *
 * Returns: the name of the project, "" where the file does not say it
 */
const char *
yeji_import_file_get_name (YejiImportFile *self,
                           guint           record)
{
  g_return_val_if_fail (record < self->records->len, NULL);
  return get_text (self, get_record (self, record)->name);
}

/**
 * yeji_import_file_get_key:
 *
 * Returns: what the rows call the record, "" where they do not
 */
const char *
yeji_import_file_get_key (YejiImportFile *self,
                          guint           record)
{
  g_return_val_if_fail (record < self->records->len, NULL);
  return get_text (self, get_record (self, record)->key);
}

/**
 * yeji_import_file_has_project:
 *
 * Returns: whether the file has the project itself, and not only what belongs to it
 */
gboolean
yeji_import_file_has_project (YejiImportFile *self,
                              guint           record)
{
  g_return_val_if_fail (record < self->records->len, FALSE);
  return get_record (self, record)->has_project;
}

/**
 * yeji_import_file_has_column:
 *
 * Returns: whether any column of the file is that field
 */
gboolean
yeji_import_file_has_column (YejiImportFile     *self,
                             const YejiFieldDef *field)
{
  return g_hash_table_contains (self->columns, field);
}

/**
 * yeji_import_file_list_rows:
 * @rows: (element-type YejiImportPlace): takes the first cell of each row of a record
 *
 * Tells which rows a record has.
 */
void
yeji_import_file_list_rows (YejiImportFile *self,
                            guint           record,
                            GArray         *rows)
{
  const YejiStagedRecord *it;

  g_return_if_fail (record < self->records->len);
  it = get_record (self, record);
  for (guint i = 0; i < it->n_rows; i++)
    {
      const YejiStagedRow *row = &g_array_index (self->rows, YejiStagedRow, it->first + i);
      YejiImportPlace place = { row->sheet, row->row, 0 };

      g_array_append_val (rows, place);
    }
}

/* ---- Rows */

typedef struct
{
  YejiImportFile *file;
  YejiRecord *record;
  GString *texts;
  gsize *starts;
} Making;

/* Whether the row has anything for that table; the values are put one behind the other. */
static gboolean
gather (Making                *making,
        const YejiStagedSheet *sheet,
        guint                  row,
        const YejiImportPart  *part)
{
  gboolean any = FALSE;

  g_string_set_size (making->texts, 0);
  g_string_append_c (making->texts, '\0');
  memset (making->starts, 0, sizeof (gsize) * part->table->fields->len);
  for (guint i = 0; i < part->columns->len; i++)
    {
      guint column = g_array_index (part->columns, guint, i);
      const YejiFieldDef *field = ((YejiImportColumn *)
                                   g_ptr_array_index (sheet->def->columns, column))->field;
      guint32 value = yeji_import_get_value (sheet, row, column);
      const char *text;

      if (value == 0)
        continue;
      text = get_text (making->file, value);
      making->starts[field->index] = making->texts->len;
      g_string_append_len (making->texts, text, (gssize) strlen (text) + 1);
      /* a number that every row repeats says nothing of a row by itself */
      any = any || field->inherits == NULL;
    }
  return any;
}

static gboolean
is_repeated (Making             *making,
             const YejiTableDef *table)
{
  for (guint i = 0; i < yeji_record_get_n_rows (making->record, table); i++)
    {
      YejiRow *other = yeji_record_get_row (making->record, table, i);
      gboolean same = TRUE;

      for (guint j = 0; same && j < table->fields->len; j++)
        same = g_str_equal (yeji_row_get (other, g_ptr_array_index (table->fields, j)),
                            making->texts->str + making->starts[j]);
      if (same)
        return TRUE;
    }
  return FALSE;
}

static void
fill_project (Making                *making,
              const YejiStagedSheet *sheet,
              guint                  row,
              const YejiImportPart  *part)
{
  YejiRow *project = yeji_record_get_project (making->record);

  for (guint i = 0; i < part->columns->len; i++)
    {
      guint column = g_array_index (part->columns, guint, i);
      guint32 value = yeji_import_get_value (sheet, row, column);
      const YejiFieldDef *field = ((YejiImportColumn *)
                                   g_ptr_array_index (sheet->def->columns, column))->field;

      if (value != 0 && *yeji_row_get (project, field) == '\0')
        yeji_row_set (project, field, get_text (making->file, value));
    }
}

static const char *
get_row_id (Making                *making,
            const YejiStagedSheet *sheet,
            guint                  row,
            const YejiTableDef    *table)
{
  int column = sheet->def->table == table ? sheet->keys[YEJI_IMPORT_KEY_ROW] : -1;
  const char *id = column >= 0
                   ? get_text (making->file, yeji_import_get_value (sheet, row, (guint) column))
                   : "";

  if (*id == '\0' || yeji_record_find_row (making->record, table, id, NULL) != NULL)
    return NULL;
  return id;
}

static void
add_rows (Making                *making,
          const YejiStagedSheet *sheet,
          guint                  row)
{
  const YejiTableDef *root = yeji_dictionary_get_root (making->file->dictionary);

  for (guint i = 0; i < sheet->parts->len; i++)
    {
      const YejiImportPart *part = g_ptr_array_index (sheet->parts, i);
      g_autoptr (YejiRow) made = NULL;
      const char *id;
      gboolean any;

      if (part->table == root)
        {
          fill_project (making, sheet, row, part);
          continue;
        }
      id = get_row_id (making, sheet, row, part->table);
      any = gather (making, sheet, row, part);
      if ((!any && id == NULL) || (part->dedupe && is_repeated (making, part->table)))
        continue;
      made = yeji_row_new (part->table, id);
      yeji_row_set_texts (made, making->texts->str, making->texts->len, making->starts);
      yeji_record_insert_row (making->record, G_MAXUINT, made);
    }
}

static const char *
find_role (YejiImportFile         *self,
           const YejiStagedRecord *it)
{
  for (guint i = 0; i < it->n_rows; i++)
    {
      const YejiStagedRow *row = &g_array_index (self->rows, YejiStagedRow, it->first + i);
      const YejiStagedSheet *sheet = get_sheet (self, row->sheet);
      int column = sheet->keys[YEJI_IMPORT_KEY_ROLE];
      guint32 value = column >= 0 ? yeji_import_get_value (sheet, row->row, (guint) column) : 0;

      if (value != 0)
        return get_text (self, value);
    }
  return NULL;
}

static YejiRecord *
make_fresh (YejiImportFile *self,
            guint           record,
            const char     *uuid)
{
  const YejiStagedRecord *it = get_record (self, record);
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);
  const char *role = find_role (self, it);
  Making making = {
    self, yeji_record_new (self->dictionary, uuid, role != NULL ? role : self->role),
    g_string_sized_new (1024), NULL
  };
  guint most = 0;

  for (guint i = 0; i < tables->len; i++)
    most = MAX (most, ((YejiTableDef *) g_ptr_array_index (tables, i))->fields->len);
  making.starts = g_new0 (gsize, most + 1);
  for (guint i = 0; i < it->n_rows; i++)
    {
      const YejiStagedRow *row = &g_array_index (self->rows, YejiStagedRow, it->first + i);

      add_rows (&making, get_sheet (self, row->sheet), row->row);
    }
  g_string_free (making.texts, TRUE);
  g_free (making.starts);
  return making.record;
}

/* ---- Laid over a record that is there */

static const YejiFieldDef *
find_key_field (YejiDictionary     *dictionary,
                const YejiTableDef *table)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      GPtrArray *fields = ((YejiTableDef *) g_ptr_array_index (tables, i))->fields;

      for (guint j = 0; j < fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (fields, j);

          if (field->link != NULL && field->link->table == table)
            return field->link;
        }
    }
  return NULL;
}

static gboolean
is_same_title (YejiRow            *row,
               YejiRow            *other,
               const YejiTableDef *table)
{
  gboolean any = FALSE;

  for (guint i = 0; i < table->row_title->len; i++)
    {
      const char *text = yeji_row_get (row, g_ptr_array_index (table->row_title, i));
      const char *there = yeji_row_get (other, g_ptr_array_index (table->row_title, i));

      if (*text != '\0' && *there != '\0' && !g_str_equal (text, there))
        return FALSE;
      any = any || (*text != '\0' && *there != '\0');
    }
  return any;
}

static guint
count_same (YejiRow            *row,
            YejiRow            *other,
            const YejiTableDef *table)
{
  guint n = 0;

  for (guint i = 0; i < table->fields->len; i++)
    {
      const char *text = yeji_row_get (row, g_ptr_array_index (table->fields, i));

      n += *text != '\0'
           && g_str_equal (text, yeji_row_get (other, g_ptr_array_index (table->fields, i)));
    }
  return n;
}

/* The row that is the same thing: of the same number, else of the same title, of several the one
 * that says most of the same. One that is only alike may be another thing, and is none. */
static YejiRow *
find_counterpart (YejiRecord         *onto,
                  YejiRow            *row,
                  const YejiFieldDef *key,
                  GHashTable         *taken)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  const char *number = key != NULL ? yeji_row_get (row, key) : "";
  YejiRow *best = NULL;
  guint most = 0;

  for (guint i = 0; i < yeji_record_get_n_rows (onto, table); i++)
    {
      YejiRow *other = yeji_record_get_row (onto, table, i);
      const char *there = key != NULL ? yeji_row_get (other, key) : "";
      gboolean same_key = *number != '\0' && g_str_equal (number, there);
      guint n;

      if (g_hash_table_contains (taken, other)
          || (*number != '\0' && *there != '\0' && !same_key)
          || (!same_key && !is_same_title (row, other, table)))
        continue;
      n = 1 + count_same (row, other, table) + (same_key ? table->fields->len : 0);
      if (n <= most)
        continue;
      most = n;
      best = other;
    }
  return best;
}

static void
lay_values (YejiImportFile *self,
            YejiRecord     *onto,
            YejiRow        *target,
            YejiRow        *from,
            gboolean        clear)
{
  const YejiTableDef *table = yeji_row_get_table (from);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (from, field);

      if (field->by_platform
          || (*value == '\0' && !(clear && yeji_import_file_has_column (self, field))))
        continue;
      yeji_record_set (onto, target, field, value);
    }
}

static void
lay_table (YejiImportFile     *self,
           YejiRecord         *onto,
           YejiRecord         *fresh,
           const YejiTableDef *table,
           gboolean            clear)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  const YejiFieldDef *key = find_key_field (self->dictionary, table);
  guint n = yeji_record_get_n_rows (fresh, table);
  g_autofree YejiRow **targets = g_new0 (YejiRow *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (fresh, table, i);

      targets[i] = yeji_record_find_row (onto, table, yeji_row_get_id (row), NULL);
      if (targets[i] != NULL)
        g_hash_table_add (taken, targets[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (fresh, table, i);

      if (targets[i] == NULL)
        targets[i] = find_counterpart (onto, row, key, taken);
      if (targets[i] != NULL)
        {
          g_hash_table_add (taken, targets[i]);
          lay_values (self, onto, targets[i], row, clear);
        }
      else
        {
          g_autoptr (YejiRow) copy = yeji_row_copy (row, yeji_row_get_id (row));

          yeji_record_insert_row (onto, G_MAXUINT, copy);
          g_hash_table_add (taken, copy);
        }
    }
}

/**
 * yeji_import_file_make_record:
 * @uuid: (nullable): of the new record; %NULL makes one
 * @onto: (nullable): the record that the file says something of; it stays as it is
 * @clear: whether an empty cell empties the value of @onto
 *
 * Puts a record together. With @onto a copy of it: values that the file has replace its own, rows
 * that it lacks are added behind, and none is taken away.
 *
 * Returns: (transfer full): the record
 */
YejiRecord *
yeji_import_file_make_record (YejiImportFile *self,
                              guint           record,
                              const char     *uuid,
                              YejiRecord     *onto,
                              gboolean        clear)
{
  YejiRecord *made, *fresh;
  GPtrArray *tables;
  const char *role;

  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self) && record < self->records->len, NULL);

  fresh = make_fresh (self, record, onto != NULL ? yeji_record_get_uuid (onto) : uuid);
  if (onto == NULL)
    return fresh;
  made = yeji_record_copy (onto);
  role = find_role (self, get_record (self, record));
  if (role != NULL && !g_str_equal (role, yeji_record_get_role (made)))
    yeji_record_set_role (made, role);
  tables = yeji_dictionary_get_tables (self->dictionary);
  if (get_record (self, record)->has_project)
    lay_values (self, made, yeji_record_get_project (made), yeji_record_get_project (fresh), clear);
  for (guint i = 1; i < tables->len; i++)
    lay_table (self, made, fresh, g_ptr_array_index (tables, i), clear);
  g_object_unref (fresh);
  return made;
}
