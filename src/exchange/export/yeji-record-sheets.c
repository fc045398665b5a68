// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-record-sheets.h"

#include <string.h>

#include "yeji-paste-plan.h"
#include "yeji-record-file.h"
#include "yeji-sheet-codes.h"
#include "yeji-sheet-names.h"

/* Texts of a field of which it is known that an import leaves them alone; beyond that it is asked
 * again. */
#define MOST_KNOWN 4096u
/* Bytes that a cell holds, whatever they are. */
#define SHORT 4096u

struct _YejiRecordSheets
{
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  YejiSheetCodes *codes;
  YejiSheetWriter *writer;
  YejiLanguage language;
  GPtrArray *tables;           /* (element-type YejiTableDef): with a sheet, in its order */
  GArray *sheets;              /* (element-type guint): of the tables */
  guint about;                 /* G_MAXUINT: there is no such sheet */
  GHashTable *known;           /* YejiFieldDef -> Known */
  GHashTable *roles;           /* that the dictionary lacks */
  GHashTable *as_is;           /* fields of which the present record is shown without names */
  GPtrArray *texts;            /* of a row */
};

/* What is known of the texts of a field. */
typedef struct
{
  GHashTable *exact;           /* that an import is told to take as they are */
  GHashTable *left_alone;      /* that it takes as they are anyway */
} Known;

static void
free_known (gpointer data)
{
  Known *self = data;

  g_hash_table_unref (self->exact);
  g_hash_table_unref (self->left_alone);
  g_free (self);
}

static Known *
get_known (YejiRecordSheets   *self,
           const YejiFieldDef *field)
{
  Known *known = g_hash_table_lookup (self->known, field);

  if (known == NULL)
    {
      known = g_new (Known, 1);
      known->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      known->left_alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->known, (gpointer) field, known);
    }
  return known;
}

/**
 * yeji_record_sheets_find_kind:
 *
 * Returns: whether a file of that name can be written; @kind says as what
 */
gboolean
yeji_record_sheets_find_kind (const char          *path,
                              YejiSheetWriterKind *kind)
{
  static const struct
  {
    const char *suffix;
    YejiSheetWriterKind kind;
  } kinds[] = {
    { ".xlsx", YEJI_SHEET_WRITER_XLSX },
    { ".csv", YEJI_SHEET_WRITER_CSV },
    { ".zip", YEJI_SHEET_WRITER_ZIP },
  };
  gsize length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize n = strlen (kinds[i].suffix);

      if (length > n && g_ascii_strcasecmp (path + length - n, kinds[i].suffix) == 0)
        {
          *kind = kinds[i].kind;
          return TRUE;
        }
    }
  return FALSE;
}

/* Takes the writer's error. */
static gboolean
fail (GError **error,
      GError  *failure)
{
  g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE, failure->message);
  g_error_free (failure);
  return FALSE;
}

/* --- the sheets and their headings --- */

static gboolean
add_head (YejiRecordSheets    *self,
          const YejiTableDef  *table,
          guint                sheet,
          GError             **error)
{
  const char *second = table->index == 0 ? YEJI_SHEET_ROLE : YEJI_SHEET_ROW;
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (headings, g_strdup (yeji_sheet_get_key_word (YEJI_SHEET_RECORD,
                                                                self->language)));
  g_ptr_array_add (headings, g_strdup (yeji_sheet_get_key_word (second, self->language)));
  g_ptr_array_add (ids, YEJI_SHEET_RECORD);
  g_ptr_array_add (ids, (gpointer) second);
  yeji_sheet_writer_set_column (self->writer, sheet, 0, 16, FALSE);
  yeji_sheet_writer_set_column (self->writer, sheet, 1, 14, table->index != 0);
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      YejiSheetDemand demand = yeji_sheet_find_demand (self->dictionary, NULL, field);
      char *heading = yeji_sheet_dup_heading (field, demand, self->language);

      g_ptr_array_add (headings, heading);
      g_ptr_array_add (ids, field->id);
      yeji_sheet_writer_set_column (self->writer, sheet, i + 2,
                                    yeji_sheet_find_width (field, heading), FALSE);
      yeji_sheet_writer_mark_cell (self->writer, sheet, i + 2, yeji_sheet_get_style (demand), NULL);
    }
  yeji_sheet_writer_freeze (self->writer, sheet, YEJI_SHEET_HEAD_ROWS, 1);
  yeji_sheet_writer_set_height (self->writer, sheet, 32);
  return yeji_sheet_writer_add_row (self->writer, sheet, (const char * const *) headings->pdata,
                                    headings->len, YEJI_CELL_STYLE_HEADING, error)
         && yeji_sheet_writer_add_row (self->writer, sheet, (const char * const *) ids->pdata,
                                       ids->len, YEJI_CELL_STYLE_ID, error);
}

static gboolean
begin (YejiRecordSheets    *self,
       const YejiTableDef  *table,
       GError             **error)
{
  guint sheet = yeji_sheet_writer_begin_sheet (self->writer,
                                               yeji_text_get (&table->label, self->language), 0);

  g_ptr_array_add (self->tables, (gpointer) table);
  g_array_append_val (self->sheets, sheet);
  return add_head (self, table, sheet, error);
}

static gboolean
begin_all (YejiRecordSheets     *self,
           YejiSheetWriterKind   kind,
           const YejiTableDef   *only,
           GError              **error)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  if (kind == YEJI_SHEET_WRITER_CSV)
    return begin (self, only != NULL ? only : yeji_dictionary_get_root (self->dictionary), error);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      if ((only == NULL || only == table) && !begin (self, table, error))
        return FALSE;
    }
  self->about = yeji_sheet_begin_about (self->writer, self->dictionary, NULL, error);
  return self->about != G_MAXUINT;
}

static void
free_self (YejiRecordSheets *self)
{
  g_clear_pointer (&self->codes, yeji_sheet_codes_free);
  g_clear_object (&self->normaliser);
  g_clear_object (&self->dictionary);
  g_ptr_array_unref (self->tables);
  g_array_unref (self->sheets);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->roles);
  g_hash_table_unref (self->as_is);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/**
 * yeji_record_sheets_new:
 * @table: (nullable): only this one; of a CSV file the root table without
 * @language: of the headings and the names of the sheets
 *
 * Begins a file of records. Nobody sees it before yeji_record_sheets_close(). Blocks.
 *
 * Returns: (transfer full): %NULL with %YEJI_EXCHANGE_ERROR_WRITE when it cannot be written
 */
YejiRecordSheets *
yeji_record_sheets_new (YejiDictionary       *dictionary,
                        const char           *path,
                        YejiSheetWriterKind   kind,
                        const YejiTableDef   *table,
                        YejiLanguage          language,
                        GError              **error)
{
  GError *failure = NULL;
  YejiSheetWriter *writer = yeji_sheet_writer_new (path, kind, &failure);
  YejiRecordSheets *self;

  if (writer == NULL)
    {
      fail (error, failure);
      return NULL;
    }
  self = g_new0 (YejiRecordSheets, 1);
  self->dictionary = g_object_ref (dictionary);
  self->normaliser = yeji_normaliser_new (dictionary);
  self->codes = yeji_sheet_codes_new (self->normaliser);
  self->writer = writer;
  self->language = language;
  self->tables = g_ptr_array_new ();
  self->sheets = g_array_new (FALSE, FALSE, sizeof (guint));
  self->about = G_MAXUINT;
  self->known = g_hash_table_new_full (NULL, NULL, NULL, free_known);
  self->as_is = g_hash_table_new (NULL, NULL);
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->texts = g_ptr_array_new ();
  if (begin_all (self, kind, table, &failure))
    return self;
  yeji_sheet_writer_close (writer, FALSE, NULL);
  free_self (self);
  fail (error, failure);
  return NULL;
}

/* --- rows --- */

static gboolean
is_left_alone (YejiRecordSheets   *self,
               const YejiFieldDef *field,
               const char         *text,
               const char         *value)
{
  g_autofree char *read = NULL;

  return yeji_paste_judge (self->normaliser, field, text, &read) == YEJI_PASTE_FITS
         && g_str_equal (read, value);
}

/* A value that an import would change or ask about is told it in the hidden sheet, once: what comes
 * back is what was there. Where codes are shown by their names, such a text may be the name of one in
 * another record, and so it is told of that record alone. */
static gboolean
keep_exact (YejiRecordSheets    *self,
            const char          *uuid,
            const YejiFieldDef  *field,
            const char          *text,
            const char          *value,
            GError             **error)
{
  g_autofree char *place = NULL;
  const char *cells[] = { "exact", NULL, text, field->codes != NULL ? uuid : "" };
  Known *known;

  if (self->about == G_MAXUINT || text != value || field->by_platform)
    return TRUE;
  known = get_known (self, field);
  if (g_hash_table_contains (known->left_alone, text)
      || g_hash_table_contains (known->exact, text))
    return TRUE;
  if (is_left_alone (self, field, text, value))
    {
      if (g_hash_table_size (known->left_alone) >= MOST_KNOWN)
        g_hash_table_remove_all (known->left_alone);
      g_hash_table_add (known->left_alone, g_strdup (text));
      return TRUE;
    }
  if (field->codes == NULL)
    g_hash_table_add (known->exact, g_strdup (text));
  place = g_strdup_printf ("%s.%s", field->table->id, field->id);
  cells[1] = place;
  return yeji_sheet_writer_add_row (self->writer, self->about, cells, G_N_ELEMENTS (cells),
                                    YEJI_CELL_STYLE_TEXT, error);
}

/* What stands for the role; one that the dictionary lacks is told as such. */
static const char *
show_role (YejiRecordSheets  *self,
           YejiRecord        *record,
           GError           **error)
{
  const char *id = yeji_record_get_role (record);
  const YejiRole *role = yeji_dictionary_find_role (self->dictionary, id);
  const char *cells[] = { "exact", YEJI_SHEET_ROLE, id };

  if (role != NULL)
    return yeji_text_get (&role->label, self->language);
  if (*id == '\0' || self->about == G_MAXUINT || !g_hash_table_add (self->roles, g_strdup (id)))
    return id;
  return yeji_sheet_writer_add_row (self->writer, self->about, cells, G_N_ELEMENTS (cells),
                                    YEJI_CELL_STYLE_TEXT, error) ? id : NULL;
}

static gboolean
add_row (YejiRecordSheets    *self,
         guint                index,
         YejiRecord          *record,
         YejiRow             *row,
         GError             **error)
{
  const YejiTableDef *table = g_ptr_array_index (self->tables, index);
  const char *second = table->index == 0 ? show_role (self, record, error)
                                         : yeji_row_get_id (row);

  if (second == NULL)
    return FALSE;
  g_ptr_array_set_size (self->texts, 0);
  g_ptr_array_add (self->texts, (gpointer) yeji_record_get_uuid (record));
  g_ptr_array_add (self->texts, (gpointer) second);
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (row, field);
      const char *text = field->codes == NULL || g_hash_table_contains (self->as_is, field)
                         ? value : yeji_sheet_codes_show (self->codes, field, value);

      if (*text != '\0'
          && !keep_exact (self, yeji_record_get_uuid (record), field, text, value, error))
        return FALSE;
      g_ptr_array_add (self->texts, (gpointer) text);
    }
  return yeji_sheet_writer_add_row (self->writer, g_array_index (self->sheets, guint, index),
                                    (const char * const *) self->texts->pdata, self->texts->len,
                                    YEJI_CELL_STYLE_TEXT, error);
}

/* A record is added whole or not at all. Where it has something in a code field that is no code, and
 * so may be the name of one, no code of that field is shown by its name. */
static gboolean
check_row (YejiRecordSheets  *self,
           YejiRecord        *record,
           YejiRow           *row,
           GError           **error)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get (row, field);

      if (field->codes != NULL && *value != '\0'
          && yeji_sheet_codes_show (self->codes, field, value) == value)
        g_hash_table_add (self->as_is, (gpointer) field);
      if (strlen (value) <= SHORT || yeji_sheet_writer_can_hold (self->writer, value))
        continue;
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE,
                   "%s: %s.%s: a cell of a sheet holds %u characters",
                   yeji_record_get_uuid (record), field->table->member, field->id,
                   YEJI_SHEET_MAX_TEXT);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_record (YejiRecordSheets  *self,
              YejiRecord        *record,
              GError           **error)
{
  if (yeji_record_get_dictionary (record) != self->dictionary)
    {
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT,
                   "%s is of another dictionary", yeji_record_get_uuid (record));
      return FALSE;
    }
  g_hash_table_remove_all (self->as_is);
  for (guint i = 0; i < self->tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (self->tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        if (!check_row (self, record, yeji_record_get_row (record, table, j), error))
          return FALSE;
    }
  return TRUE;
}

/**
 * yeji_record_sheets_add:
 *
 * Adds a record: a row of the root table's sheet, and its rows in the others. What a sheet cannot
 * hold is an error, never cut: with %YEJI_EXCHANGE_ERROR_TOO_LARGE (a text of more than 32,767
 * characters) or %YEJI_EXCHANGE_ERROR_FORMAT (a record of another dictionary) nothing was added,
 * and others may be; with %YEJI_EXCHANGE_ERROR_WRITE close it without keeping it.
 *
 * Returns: whether it was added
 */
gboolean
yeji_record_sheets_add (YejiRecordSheets  *self,
                        YejiRecord        *record,
                        GError           **error)
{
  if (!check_record (self, record, error))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (self->tables, i);
      guint n = yeji_record_get_n_rows (record, table);

      for (guint j = 0; j < n; j++)
        {
          GError *failure = NULL;

          if (!add_row (self, i, record, yeji_record_get_row (record, table, j), &failure))
            return fail (error, failure);
        }
    }
  return TRUE;
}

/**
 * yeji_record_sheets_close:
 * @self: (transfer full)
 * @keep: %FALSE leaves things as they were before it was opened
 *
 * Returns: whether there is a file now; %TRUE where none is to be kept
 */
gboolean
yeji_record_sheets_close (YejiRecordSheets  *self,
                          gboolean           keep,
                          GError           **error)
{
  GError *failure = NULL;
  gboolean closed = yeji_sheet_writer_close (self->writer, keep, &failure);

  free_self (self);
  return closed || fail (error, failure);
}
