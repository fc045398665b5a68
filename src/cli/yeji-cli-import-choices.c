// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-import-choices.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What --which says of a record that is none of the profile's. */
#define WORD_NEW "new"

typedef struct
{
  YejiDictionary *dictionary;
  YejiImportLayout *layout;
} Choices;

static const char *const key_words[] = {
  [YEJI_IMPORT_KEY_NONE] = NULL,
  [YEJI_IMPORT_KEY_RECORD] = "record",
  [YEJI_IMPORT_KEY_ROW] = "row",
  [YEJI_IMPORT_KEY_ROLE] = "role",
  [YEJI_IMPORT_KEY_REASON] = "reason",
};

/* ---- Which column is what */

static const YejiTableDef *
find_table (YejiDictionary *dictionary,
            const char     *name)
{
  const YejiTableDef *table = yeji_dictionary_find_member (dictionary, name);

  return table != NULL ? table : yeji_dictionary_find_table (dictionary, name);
}

static gboolean
find_meaning (Choices             *self,
              const char          *name,
              const YejiFieldDef **field,
              YejiImportKey       *key)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  const YejiTableDef *table;

  *field = NULL;
  *key = YEJI_IMPORT_KEY_NONE;
  if (*name == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (key_words); i++)
    if (g_strcmp0 (key_words[i], name) == 0)
      {
        *key = (YejiImportKey) i;
        return TRUE;
      }
  table = g_strv_length (parts) == 2 ? find_table (self->dictionary, parts[0]) : NULL;
  *field = table != NULL ? yeji_table_def_find_field (table, parts[1]) : NULL;
  return *field != NULL;
}

/* HEADING=Table.Field, HEADING=record, or HEADING= for none; in every sheet with that heading. */
static gboolean
choose_column (Choices    *self,
               const char *choice)
{
  const char *equals = strrchr (choice, '=');
  g_autofree char *heading = equals != NULL ? g_strndup (choice, (gsize) (equals - choice)) : NULL;
  const YejiFieldDef *field;
  YejiImportKey key;
  gboolean found = FALSE;

  if (heading == NULL || !find_meaning (self, equals + 1, &field, &key))
    {
      yeji_cli_complain (_("“%s” names no column and field: write --column HEADING=Table.Field"),
                         choice);
      return FALSE;
    }
  for (guint i = 0; i < yeji_import_layout_get_n (self->layout); i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (self->layout, i);

      for (guint j = 0; sheet->table != NULL && j < sheet->columns->len; j++)
        if (g_str_equal (((YejiImportColumn *) g_ptr_array_index (sheet->columns, j))->heading,
                         heading))
          {
            yeji_import_layout_set_column (self->layout, i, j, field, key);
            found = TRUE;
            break;
          }
    }
  if (!found)
    yeji_cli_complain (_("No sheet has a column “%s”"), heading);
  return found;
}

/* The table of the one sheet of a file, or of all that would be left out. */
static gboolean
choose_table (Choices    *self,
              const char *name)
{
  const YejiTableDef *table = find_table (self->dictionary, name);
  guint n = yeji_import_layout_get_n (self->layout);

  if (table == NULL)
    {
      yeji_cli_complain (_("There is no table “%s”"), name);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (self->layout, i);

      if (n == 1 || sheet->state == YEJI_IMPORT_SHEET_UNKNOWN)
        yeji_import_layout_set_table (self->layout, i, table);
    }
  return TRUE;
}

/**
 * yeji_cli_import_get_word:
 *
 * Returns: (nullable): what a column that is no field says of its row, as --column names it
 */
const char *
yeji_cli_import_get_word (YejiImportKey key)
{
  return key_words[key];
}

/**
 * yeji_cli_choose_columns:
 *
 * Does what --table and --column say.
 *
 * Returns: %FALSE after a complaint
 */
gboolean
yeji_cli_choose_columns (YejiCliSession   *session,
                         YejiDictionary   *dictionary,
                         YejiImportLayout *layout)
{
  Choices self = { dictionary, layout };
  const char *table = yeji_cli_get (session, "--table");

  if (table != NULL && !choose_table (&self, table))
    return FALSE;
  for (const char * const *columns = yeji_cli_get_all (session, "--column"); *columns != NULL;
       columns++)
    if (!choose_column (&self, *columns))
      return FALSE;
  return TRUE;
}

/* ---- What a cell should say */

/* `AB12` */
static gboolean
find_cell (YejiImportFile  *file,
           const char      *name,
           YejiImportPlace *place)
{
  const YejiImportSheet *sheet = yeji_import_layout_get_sheet (yeji_import_file_get_layout (file),
                                                               place->sheet);
  guint column = 0;
  guint64 number;

  for (; g_ascii_isalpha (*name) && column <= sheet->columns->len; name++)
    column = column * 26 + (guint) (g_ascii_toupper (*name) - 'A') + 1;
  if (column == 0 || column > sheet->columns->len
      || !g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT, &number, NULL))
    return FALSE;
  place->column = column - 1;
  for (place->row = 0; place->row < yeji_import_file_get_n_rows (file, place->sheet); place->row++)
    if (yeji_import_file_get_row_number (file, place->sheet, place->row) == number)
      return TRUE;
  return FALSE;
}

/* `SHEET!AB12=TEXT`, without a sheet where the file has one alone. */
static gboolean
mend_cell (YejiImportFile *file,
           const char     *choice)
{
  const YejiImportLayout *layout = yeji_import_file_get_layout (file);
  guint n = yeji_import_layout_get_n (layout);

  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (layout, i);
      gsize length = strlen (sheet->name);
      gboolean named = strncmp (choice, sheet->name, length) == 0 && choice[length] == '!';
      const char *cell = named ? choice + length + 1 : choice;
      const char *equals = strchr (cell, '=');
      g_autofree char *name = equals != NULL ? g_strndup (cell, (gsize) (equals - cell)) : NULL;
      YejiImportPlace place = { .sheet = i };

      if ((!named && n > 1) || name == NULL || sheet->table == NULL
          || !find_cell (file, name, &place))
        continue;
      yeji_import_file_set_text (file, &place, equals + 1);
      return TRUE;
    }
  yeji_cli_complain (_("“%s” names no cell with a value: write --mend SHEET!C4=TEXT"), choice);
  return FALSE;
}

/**
 * yeji_cli_mend_cells:
 *
 * Does what --mend says, before it is found out which records the file has.
 *
 * Returns: %FALSE after a complaint
 */
gboolean
yeji_cli_mend_cells (YejiCliSession *session,
                     YejiImportFile *file)
{
  for (const char * const *cells = yeji_cli_get_all (session, "--mend"); *cells != NULL; cells++)
    if (!mend_cell (file, *cells))
      return FALSE;
  return TRUE;
}

/* ---- Which record it is */

static gboolean
is_meant (YejiImportFile *file,
          guint           index,
          const char     *name)
{
  guint64 number;

  if (*name == '#')
    return g_ascii_string_to_unsigned (name + 1, 10, 1, G_MAXUINT, &number, NULL)
           && number == index + 1;
  return g_strcmp0 (yeji_import_file_get_name (file, index), name) == 0
         || g_strcmp0 (yeji_import_file_get_number (file, index), name) == 0
         || g_strcmp0 (yeji_import_file_get_key (file, index), name) == 0;
}

static gboolean
choose_record (YejiImportPlan *plan,
               const char     *choice)
{
  const char *equals = strrchr (choice, '=');
  g_autofree char *name = equals != NULL ? g_strndup (choice, (gsize) (equals - choice)) : NULL;
  const char *uuid = equals != NULL ? equals + 1 : "";
  gboolean is_new = g_str_equal (uuid, WORD_NEW);
  gboolean found = FALSE;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; name != NULL && error == NULL && i < yeji_import_plan_get_n (plan); i++)
    {
      const YejiImportItem *item = yeji_import_plan_get_item (plan, i);

      if (item->fate != YEJI_IMPORT_UNCLEAR
          || !is_meant (yeji_import_plan_get_file (plan), i, name)
          || (!is_new && !g_strv_contains ((const char * const *) item->candidates, uuid)))
        continue;
      found = yeji_import_plan_choose (plan, i, is_new ? NULL : uuid, &error);
      if (!is_new)
        break;                 /* a record of the profile is one of them, not all */
    }
  if (error != NULL)
    yeji_cli_complain ("%s: %s", choice, error->message);
  else if (!found)
    yeji_cli_complain (_("“%s” says of no unclear record which it is: write --which NAME=UUID, or "
                         "NAME=new"), choice);
  return found;
}

/**
 * yeji_cli_choose_records:
 *
 * Does what --which says of the records that could be several of the profile.
 *
 * Returns: %FALSE after a complaint
 */
gboolean
yeji_cli_choose_records (YejiCliSession *session,
                         YejiImportPlan *plan)
{
  for (const char * const *which = yeji_cli_get_all (session, "--which"); *which != NULL; which++)
    if (!choose_record (plan, *which))
      return FALSE;
  return TRUE;
}
