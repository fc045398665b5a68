// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-layout"

#include "config.h"

#include "yeji-import-layout.h"

#include <string.h>

#include "yeji-heading-index.h"
#include "yeji-json.h"
#include "yeji-layout-private.h"
#include "yeji-paste-plan.h"

/* What our own workbooks say of themselves. */
#define META_SHEET "yeji"
#define EXACT "exact"

typedef struct
{
  YejiImportSheet sheet;
  GPtrArray *head;             /* (element-type YejiHeadRow) */
} Guessed;

struct _YejiImportLayout
{
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  YejiHeadingIndex *index;
  GPtrArray *sheets;           /* (element-type Guessed) */
  GHashTable *exact;           /* (nullable): "Table.Field\ntext", and with "\nrecord" behind */
  char *kind;
};

/* Sheets of workbooks that explain instead of holding data. */
static const char *const help_names[] = {
  "填写说明", "说明", "示例", "样例", "example", "examples", "instructions", "notes", META_SHEET,
};
static const char *const help_prefixes[] = { "代码", "codes" };

static void
free_column (gpointer data)
{
  YejiImportColumn *column = data;

  g_free (column->heading);
  g_free (column->sample);
  g_free (column->unit);
  g_free (column);
}

static void
free_head_row (gpointer data)
{
  YejiHeadRow *row = data;

  g_ptr_array_unref (row->texts);
  g_free (row);
}

static void
free_guessed (gpointer data)
{
  Guessed *guessed = data;

  g_free (guessed->sheet.name);
  g_ptr_array_unref (guessed->sheet.columns);
  g_ptr_array_unref (guessed->head);
  g_free (guessed);
}

static Guessed *
get_guessed (const YejiImportLayout *self,
             guint                   sheet)
{
  return g_ptr_array_index (self->sheets, sheet);
}

static YejiLayoutGuess
begin_guess (const YejiImportLayout *self,
             const Guessed          *guessed)
{
  return (YejiLayoutGuess) { self->index, self->dictionary, self->normaliser, guessed->head };
}

/* ---- The first rows */

static gboolean
read_head (YejiSheets  *sheets,
           guint        index,
           GPtrArray   *head,
           GError     **error)
{
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, index, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  while (head->len < YEJI_LAYOUT_HEAD_ROWS && yeji_sheet_reader_next (reader, &local_error))
    {
      YejiHeadRow *row;
      gboolean any = FALSE;

      for (guint i = 0; !any && i < yeji_sheet_reader_get_n_cells (reader); i++)
        any = *yeji_sheet_reader_get_text (reader, i) != '\0';
      if (!any)
        continue;
      row = g_new0 (YejiHeadRow, 1);
      row->number = yeji_sheet_reader_get_row (reader) - 1;
      row->texts = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; i < yeji_sheet_reader_get_n_cells (reader); i++)
        g_ptr_array_add (row->texts,
                         g_strstrip (g_strdup (yeji_sheet_reader_get_text (reader, i))));
      g_ptr_array_add (head, row);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Which texts are to be taken as they are. */
static gboolean
read_meta (YejiImportLayout  *self,
           YejiSheets        *sheets,
           guint              index,
           GError           **error)
{
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, index, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  while (yeji_sheet_reader_next (reader, &local_error))
    {
      if (!g_str_equal (yeji_sheet_reader_get_text (reader, 0), EXACT))
        continue;
      if (self->exact == NULL)
        self->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_add (self->exact, g_strconcat (yeji_sheet_reader_get_text (reader, 1), "\n",
                                                  yeji_sheet_reader_get_text (reader, 2), "\n",
                                                  yeji_sheet_reader_get_text (reader, 3), NULL));
      if (*yeji_sheet_reader_get_text (reader, 3) != '\0')
        g_hash_table_add (self->exact, g_strconcat (yeji_sheet_reader_get_text (reader, 1), "\n",
                                                    yeji_sheet_reader_get_text (reader, 2), NULL));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_help (const char *name)
{
  g_autofree char *folded = yeji_heading_fold (name);

  for (guint i = 0; i < G_N_ELEMENTS (help_names); i++)
    if (g_str_equal (folded, help_names[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (help_prefixes); i++)
    if (g_str_has_prefix (folded, help_prefixes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
add_sheet (YejiImportLayout  *self,
           YejiSheets        *sheets,
           guint              index,
           GError           **error)
{
  Guessed *guessed = g_new0 (Guessed, 1);
  YejiImportSheet *sheet = &guessed->sheet;
  YejiLayoutGuess guess;
  gboolean found;

  sheet->name = g_strdup (yeji_sheets_get_name (sheets, index));
  sheet->hidden = yeji_sheets_is_hidden (sheets, index);
  sheet->columns = g_ptr_array_new_with_free_func (free_column);
  guessed->head = g_ptr_array_new_with_free_func (free_head_row);
  g_ptr_array_add (self->sheets, guessed);
  if (g_str_equal (sheet->name, META_SHEET) && !read_meta (self, sheets, index, error))
    return FALSE;
  if (yeji_sheets_get_n (sheets) > 1 && is_help (sheet->name))
    {
      sheet->state = YEJI_IMPORT_SHEET_HELP;
      return TRUE;
    }
  if (!read_head (sheets, index, guessed->head, error))
    return FALSE;
  guess = begin_guess (self, guessed);
  found = yeji_layout_guess_sheet (&guess, sheet);
  if (sheet->hidden)
    sheet->state = YEJI_IMPORT_SHEET_HIDDEN;
  else if (guessed->head->len == 0)
    sheet->state = YEJI_IMPORT_SHEET_EMPTY;
  else if (!found)
    sheet->state = YEJI_IMPORT_SHEET_UNKNOWN;
  if (sheet->state != YEJI_IMPORT_SHEET_TAKEN)
    sheet->table = NULL;
  return TRUE;
}

static char *
make_kind (const YejiImportLayout *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->sheets->len; i++)
    {
      const YejiImportSheet *sheet = &get_guessed (self, i)->sheet;

      for (guint j = 0; j < sheet->columns->len; j++)
        {
          const YejiImportColumn *column = g_ptr_array_index (sheet->columns, j);
          g_autofree char *folded = yeji_heading_fold (column->heading);

          g_checksum_update (checksum, (const guchar *) folded, -1);
          g_checksum_update (checksum, (const guchar *) "\n", 1);
        }
      g_checksum_update (checksum, (const guchar *) "\f", 1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* ---- What the clerk said for an earlier file */

static const YejiFieldDef *
find_field (YejiDictionary *dictionary,
            const char     *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  const YejiTableDef *table;

  if (g_strv_length (parts) != 2)
    return NULL;
  table = yeji_dictionary_find_table (dictionary, parts[0]);
  if (table == NULL)
    table = yeji_dictionary_find_member (dictionary, parts[0]);
  return table != NULL ? yeji_table_def_find_field (table, parts[1]) : NULL;
}

static const struct
{
  YejiImportKey key;
  const char *word;
} key_words[] = {
  { YEJI_IMPORT_KEY_RECORD, "record" },
  { YEJI_IMPORT_KEY_ROW, "row" },
  { YEJI_IMPORT_KEY_ROLE, "role" },
  { YEJI_IMPORT_KEY_REASON, "reason" },
};

static void
apply_column (YejiImportLayout *self,
              YejiImportSheet  *sheet,
              JsonObject       *kept)
{
  const char *heading = yeji_json_get_string (kept, "heading");
  const char *field = yeji_json_get_string (kept, "field");
  const char *key = yeji_json_get_string (kept, "key");
  gint64 index = yeji_json_get_int (kept, "column", -1);
  YejiImportColumn *column;

  if (heading == NULL || index < 0 || index >= (gint64) sheet->columns->len)
    return;
  column = g_ptr_array_index (sheet->columns, (guint) index);
  if (!g_str_equal (column->heading, heading))
    return;
  column->field = field != NULL ? find_field (self->dictionary, field) : NULL;
  column->key = YEJI_IMPORT_KEY_NONE;
  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (key_words); i++)
    if (g_str_equal (key_words[i].word, key))
      column->key = key_words[i].key;
  column->how = YEJI_IMPORT_HOW_KEPT;
  yeji_layout_find_unit (self->normaliser, column);
}

/* What is not understood any more, after a new dictionary, is as if nothing had been kept. */
static void
apply_kept (YejiImportLayout *self,
            const char       *kept)
{
  g_autoptr (JsonNode) node = yeji_json_parse (kept, -1, NULL);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  JsonArray *list = object != NULL ? yeji_json_get_array (object, "sheets") : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *one = yeji_json_node_object (json_array_get_element (list, i));
      gint64 index = one != NULL ? yeji_json_get_int (one, "sheet", -1) : -1;
      JsonArray *columns = one != NULL ? yeji_json_get_array (one, "columns") : NULL;
      YejiImportSheet *sheet;

      if (index < 0 || index >= (gint64) self->sheets->len)
        continue;
      sheet = &get_guessed (self, (guint) index)->sheet;
      if (json_object_has_member (one, "table"))
        {
          const char *table = yeji_json_get_string (one, "table");

          yeji_import_layout_set_table (self, (guint) index,
                                        table != NULL
                                          ? yeji_dictionary_find_table (self->dictionary, table)
                                          : NULL);
        }
      for (guint j = 0; columns != NULL && j < json_array_get_length (columns); j++)
        {
          JsonObject *column = yeji_json_node_object (json_array_get_element (columns, j));

          if (column != NULL)
            apply_column (self, sheet, column);
        }
    }
}

/**
 * yeji_import_layout_guess:
 * @kept: (nullable): what yeji_import_layout_to_json() gave for an earlier file of the kind
 *
 * Finds which sheet is which table and which column which field: by what the clerk said for an
 * earlier file, by the ids, labels and aliases of the dictionary, by what the cells look like. The
 * row with the headings is found below titles; a row above it may have groups of columns; hidden
 * sheets and those that only explain are left out. Blocks.
 *
 * Returns: (transfer full) (nullable): the layout, or %NULL with an error of #YejiSheetsError
 */
YejiImportLayout *
yeji_import_layout_guess (YejiDictionary  *dictionary,
                          YejiNormaliser  *normaliser,
                          YejiSheets      *sheets,
                          const char      *kept,
                          GError         **error)
{
  g_autoptr (YejiImportLayout) self = g_new0 (YejiImportLayout, 1);

  self->dictionary = g_object_ref (dictionary);
  self->normaliser = g_object_ref (normaliser);
  self->index = yeji_heading_index_new (dictionary);
  self->sheets = g_ptr_array_new_with_free_func (free_guessed);
  for (guint i = 0; i < yeji_sheets_get_n (sheets); i++)
    if (!add_sheet (self, sheets, i, error))
      return NULL;
  self->kind = make_kind (self);
  if (kept != NULL)
    apply_kept (self, kept);
  return g_steal_pointer (&self);
}

static gpointer
copy_column (gconstpointer data,
             gpointer      unused)
{
  YejiImportColumn *copy = g_memdup2 (data, sizeof *copy);

  copy->heading = g_strdup (copy->heading);
  copy->sample = g_strdup (copy->sample);
  copy->unit = g_strdup (copy->unit);
  return copy;
}

/**
 * yeji_import_layout_copy:
 *
 * Returns: (transfer full): the same, to be changed by itself
 */
YejiImportLayout *
yeji_import_layout_copy (const YejiImportLayout *self)
{
  YejiImportLayout *copy = g_new0 (YejiImportLayout, 1);

  copy->dictionary = g_object_ref (self->dictionary);
  copy->normaliser = g_object_ref (self->normaliser);
  copy->index = yeji_heading_index_new (self->dictionary);
  copy->exact = self->exact != NULL ? g_hash_table_ref (self->exact) : NULL;
  copy->kind = g_strdup (self->kind);
  copy->sheets = g_ptr_array_new_with_free_func (free_guessed);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      Guessed *guessed = g_memdup2 (get_guessed (self, i), sizeof *guessed);

      guessed->sheet.name = g_strdup (guessed->sheet.name);
      guessed->sheet.columns = g_ptr_array_copy (guessed->sheet.columns,
                                                 (GCopyFunc) copy_column, NULL);
      g_ptr_array_set_free_func (guessed->sheet.columns, free_column);
      g_ptr_array_ref (guessed->head);
      g_ptr_array_add (copy->sheets, guessed);
    }
  return copy;
}

void
yeji_import_layout_free (YejiImportLayout *self)
{
  g_clear_pointer (&self->index, yeji_heading_index_free);
  g_clear_pointer (&self->exact, g_hash_table_unref);
  g_ptr_array_unref (self->sheets);
  g_object_unref (self->normaliser);
  g_object_unref (self->dictionary);
  g_free (self->kind);
  g_free (self);
}

/**
 * yeji_import_layout_get_n:
 *
 * Returns: how many sheets the file has, those that are left out too
 */
guint
yeji_import_layout_get_n (const YejiImportLayout *self)
{
  return self->sheets->len;
}

/**
 * yeji_import_layout_get_sheet:
 *
 * Returns: (transfer none): what is known of a sheet
 */
const YejiImportSheet *
yeji_import_layout_get_sheet (const YejiImportLayout *self,
                              guint                   sheet)
{
  g_return_val_if_fail (sheet < self->sheets->len, NULL);
  return &get_guessed (self, sheet)->sheet;
}

/**
 * yeji_import_layout_get_kind:
 *
 * Returns: (transfer none): what files with the same headings have in common, a SHA-256
 */
const char *
yeji_import_layout_get_kind (const YejiImportLayout *self)
{
  return self->kind;
}

/**
 * yeji_import_layout_set_table:
 * @table: (nullable): %NULL leaves the sheet out
 *
 * Says which table a sheet is; its columns are looked at anew. Where no row was found that has
 * headings, the first one is taken.
 */
void
yeji_import_layout_set_table (YejiImportLayout   *self,
                              guint               sheet,
                              const YejiTableDef *table)
{
  Guessed *guessed;
  YejiLayoutGuess guess;
  YejiImportSheet *it;

  g_return_if_fail (sheet < self->sheets->len);
  guessed = get_guessed (self, sheet);
  it = &guessed->sheet;
  guess = begin_guess (self, guessed);
  if (table != NULL && it->columns->len == 0 && guessed->head->len > 0)
    {
      const YejiHeadRow *first = g_ptr_array_index (guessed->head, 0);

      it->heading_row = first->number;
      it->first_row = first->number + 1;
      for (guint i = 0; i < first->texts->len; i++)
        {
          YejiImportColumn *column = g_new0 (YejiImportColumn, 1);

          column->heading = g_strdup (g_ptr_array_index (first->texts, i));
          column->sample = g_strdup ("");
          g_ptr_array_add (it->columns, column);
        }
    }
  it->table = it->columns->len > 0 ? table : NULL;
  it->state = it->table != NULL ? YEJI_IMPORT_SHEET_TAKEN : YEJI_IMPORT_SHEET_CHOSEN;
  if (it->table != NULL)
    yeji_layout_match_columns (&guess, it);
}

/**
 * yeji_import_layout_set_column:
 * @field: (nullable): of any table; with %NULL and %YEJI_IMPORT_KEY_NONE the column is left out
 *
 * Says what a column is. Another column of the same that was only guessed gives way.
 */
void
yeji_import_layout_set_column (YejiImportLayout   *self,
                               guint               sheet,
                               guint               column,
                               const YejiFieldDef *field,
                               YejiImportKey       key)
{
  YejiImportSheet *it;
  YejiImportColumn *one;

  g_return_if_fail (sheet < self->sheets->len);
  it = &get_guessed (self, sheet)->sheet;
  g_return_if_fail (column < it->columns->len);
  for (guint i = 0; i < it->columns->len; i++)
    {
      YejiImportColumn *other = g_ptr_array_index (it->columns, i);

      if (field != NULL ? other->field != field : key == YEJI_IMPORT_KEY_NONE || other->key != key)
        continue;
      other->field = NULL;
      other->key = YEJI_IMPORT_KEY_NONE;
      other->how = YEJI_IMPORT_HOW_CHOSEN;
      g_clear_pointer (&other->unit, g_free);
    }
  one = g_ptr_array_index (it->columns, column);
  one->field = field;
  one->key = field == NULL ? key : YEJI_IMPORT_KEY_NONE;
  one->how = YEJI_IMPORT_HOW_CHOSEN;
  yeji_layout_find_unit (self->normaliser, one);
}

static void
add_column_json (JsonArray              *list,
                 const YejiImportColumn *column,
                 guint                   index)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "column", index);
  json_object_set_string_member (object, "heading", column->heading);
  if (column->field != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", column->field->table->id,
                                               column->field->id);

      json_object_set_string_member (object, "field", name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (key_words); i++)
    if (key_words[i].key == column->key)
      json_object_set_string_member (object, "key", key_words[i].word);
  json_array_add_object_element (list, object);
}

/**
 * yeji_import_layout_to_json:
 *
 * Returns: (transfer full): what the clerk said of the file, now or earlier, for the next one of
 *   its kind. It holds headings, and nothing that stands below them
 */
char *
yeji_import_layout_to_json (const YejiImportLayout *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  for (guint i = 0; i < self->sheets->len; i++)
    {
      const YejiImportSheet *sheet = &get_guessed (self, i)->sheet;
      JsonObject *one = json_object_new ();
      JsonArray *columns = json_array_new ();

      json_object_set_int_member (one, "sheet", i);
      if (sheet->state == YEJI_IMPORT_SHEET_CHOSEN)
        json_object_set_null_member (one, "table");
      else if (sheet->table != NULL)
        json_object_set_string_member (one, "table", sheet->table->id);
      for (guint j = 0; j < sheet->columns->len; j++)
        {
          const YejiImportColumn *column = g_ptr_array_index (sheet->columns, j);

          if (column->how == YEJI_IMPORT_HOW_CHOSEN || column->how == YEJI_IMPORT_HOW_KEPT)
            add_column_json (columns, column, j);
        }
      json_object_set_array_member (one, "columns", columns);
      json_array_add_object_element (list, one);
    }
  json_object_set_int_member (object, "format", 1);
  json_object_set_array_member (object, "sheets", list);
  json_object_unref (object);
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_import_layout_is_usable:
 *
 * Returns: whether anything of the file would be read
 */
gboolean
yeji_import_layout_is_usable (const YejiImportLayout *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const YejiImportSheet *sheet = &get_guessed (self, i)->sheet;

      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        {
          const YejiImportColumn *column = g_ptr_array_index (sheet->columns, j);

          if (column->field != NULL && !column->field->by_platform)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * yeji_import_layout_is_exact:
 * @field: (nullable): %NULL is the role
 * @record: the key of the record, ""
 *
 * Returns: whether the file says that this text of that field is to be taken as it is, everywhere
 *   or in that record
 */
gboolean
yeji_import_layout_is_exact (const YejiImportLayout *self,
                             const YejiFieldDef     *field,
                             const char             *text,
                             const char             *record)
{
  g_autofree char *everywhere = NULL;
  g_autofree char *there = NULL;

  if (self->exact == NULL)
    return FALSE;
  everywhere = field != NULL ? g_strdup_printf ("%s.%s\n%s\n", field->table->id, field->id, text)
                             : g_strdup_printf ("role\n%s\n", text);
  there = g_strconcat (everywhere, record, NULL);
  return g_hash_table_contains (self->exact, everywhere)
    || g_hash_table_contains (self->exact, there);
}

/**
 * yeji_import_layout_is_special:
 *
 * Returns: whether the text means something else in some record than in the others
 */
gboolean
yeji_import_layout_is_special (const YejiImportLayout *self,
                               const YejiFieldDef     *field,
                               const char             *text)
{
  g_autofree char *key = NULL;

  if (self->exact == NULL)
    return FALSE;
  key = g_strdup_printf ("%s.%s\n%s", field->table->id, field->id, text);
  return g_hash_table_contains (self->exact, key);
}
