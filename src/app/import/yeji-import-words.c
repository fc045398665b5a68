// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-words"

#include "config.h"

#include "yeji-import-words.h"

#include <glib/gi18n.h>

#include "yeji-mask.h"
#include "yeji-messages.h"

/* ---- Columns */

static const struct
{
  const char *text;
  const char *icon;
  const char *style;           /* (nullable) */
} hows[] = {
  [YEJI_IMPORT_HOW_NONE] = { NC_("import", "not recognised"), "action-unavailable-symbolic",
                             "dim-label" },
  [YEJI_IMPORT_HOW_CHOSEN] = { NC_("import", "chosen by you"), "object-select-symbolic",
                               "success" },
  [YEJI_IMPORT_HOW_KEPT] = { NC_("import", "as last time"), "object-select-symbolic", "success" },
  [YEJI_IMPORT_HOW_ID] = { NC_("import", "our template"), "object-select-symbolic", "success" },
  [YEJI_IMPORT_HOW_NAME] = { NC_("import", "by its name"), "object-select-symbolic", "success" },
  [YEJI_IMPORT_HOW_SYNONYM] = { NC_("import", "by a similar name"), "object-select-symbolic",
                                "success" },
  [YEJI_IMPORT_HOW_CONTENT] = { NC_("import", "by its content: please check"),
                                "dialog-warning-symbolic", "warning" },
};

/**
 * yeji_import_how_to_text:
 *
 * Returns: how it was found what a column is
 */
const char *
yeji_import_how_to_text (YejiImportHow how)
{
  return g_dpgettext2 (NULL, "import", hows[how].text);
}

const char *
yeji_import_how_to_icon (YejiImportHow how)
{
  return hows[how].icon;
}

const char *
yeji_import_how_to_style (YejiImportHow how)
{
  return hows[how].style;
}

/**
 * yeji_import_key_to_text:
 *
 * Returns: what a column is called that is no field; "" for none of them
 */
const char *
yeji_import_key_to_text (YejiImportKey key)
{
  static const char *const texts[] = {
    [YEJI_IMPORT_KEY_NONE] = NULL,
    [YEJI_IMPORT_KEY_RECORD] = N_("Which project the row is of"),
    [YEJI_IMPORT_KEY_ROW] = N_("Which row it is"),
    [YEJI_IMPORT_KEY_ROLE] = N_("Role"),
    [YEJI_IMPORT_KEY_REASON] = N_("Reasons of an earlier import"),
  };

  return texts[key] != NULL ? _(texts[key]) : "";
}

/**
 * yeji_import_column_to_text:
 *
 * Returns: (transfer full): where a column goes
 */
char *
yeji_import_column_to_text (const YejiImportSheet  *sheet,
                            const YejiImportColumn *column)
{
  if (column->field == NULL)
    return g_strdup (column->key != YEJI_IMPORT_KEY_NONE ? yeji_import_key_to_text (column->key)
                                                         : C_("import column", "Left out"));
  if (column->field->table == sheet->table)
    return g_strdup (yeji_label (&column->field->label));
  /* Translators: a table, and a field of it */
  return g_strdup_printf (_("%s: %s"), yeji_label (&column->field->table->label),
                          yeji_label (&column->field->label));
}

/**
 * yeji_import_sheet_to_text:
 *
 * Returns: (transfer full): which table a sheet is, or why it is left out
 */
char *
yeji_import_sheet_to_text (const YejiImportSheet *sheet)
{
  static const char *const texts[] = {
    [YEJI_IMPORT_SHEET_TAKEN] = N_("Left out"),
    [YEJI_IMPORT_SHEET_HIDDEN] = N_("Left out: it is hidden"),
    [YEJI_IMPORT_SHEET_EMPTY] = N_("Left out: it is empty"),
    [YEJI_IMPORT_SHEET_HELP] = N_("Left out: it only explains"),
    [YEJI_IMPORT_SHEET_UNKNOWN] = N_("Left out: no headings were recognised"),
    [YEJI_IMPORT_SHEET_CHOSEN] = N_("Left out"),
  };

  if (sheet->table != NULL)
    return g_strdup (yeji_label (&sheet->table->label));
  return g_strdup (_(texts[sheet->state]));
}

/* ---- Records */

static const struct
{
  const char *text;
  const char *help;
  const char *icon;
  const char *style;           /* (nullable) */
} fates[N_YEJI_IMPORT_FATES] = {
  [YEJI_IMPORT_NEW] = { NC_("import", "New"), N_("The profile has no such record yet"),
                        "list-add-symbolic", "approved" },
  [YEJI_IMPORT_UPDATE] = { NC_("import", "Updated"),
                           N_("The profile has it; values of it change"),
                           "document-edit-symbolic", "submitted" },
  [YEJI_IMPORT_SAME] = { NC_("import", "The same"), N_("The profile has it just so"),
                         "object-select-symbolic", NULL },
  [YEJI_IMPORT_FIXED] = { NC_("import", "Not touched"),
                          N_("The province has it in its hands, or it is in the bin"),
                          "changes-prevent-symbolic", NULL },
  [YEJI_IMPORT_UNCLEAR] = { NC_("import", "Which one?"),
                            N_("Several records of the profile are called so"),
                            "dialog-question-symbolic", "warning" },
  [YEJI_IMPORT_BAD] = { NC_("import", "Red cells"), N_("Cells of it cannot be taken"),
                        "dialog-error-symbolic", "error" },
};

/**
 * yeji_import_fate_to_text:
 *
 * Returns: what becomes of a record, in a word
 */
const char *
yeji_import_fate_to_text (YejiImportFate fate)
{
  return g_dpgettext2 (NULL, "import", fates[fate].text);
}

const char *
yeji_import_fate_to_help (YejiImportFate fate)
{
  return _(fates[fate].help);
}

const char *
yeji_import_fate_to_style (YejiImportFate fate)
{
  return fates[fate].style;
}

const char *
yeji_import_fate_to_icon (YejiImportFate fate)
{
  return fates[fate].icon;
}

/**
 * yeji_import_item_to_text:
 * @n_bad: cells of the record that cannot be taken
 *
 * Returns: (transfer full): what becomes of a record, in a sentence
 */
char *
yeji_import_item_to_text (const YejiImportItem *item,
                          guint                 n_bad)
{
  g_autofree char *values = NULL;
  g_autofree char *rows = NULL;

  if (item->fate == YEJI_IMPORT_BAD && n_bad > 0)
    return g_strdup_printf (ngettext ("%u red cell", "%u red cells", n_bad), n_bad);
  if (item->fate != YEJI_IMPORT_UPDATE)
    return g_strdup (yeji_import_fate_to_help (item->fate));
  values = g_strdup_printf (ngettext ("%u value changes", "%u values change", item->n_values),
                            item->n_values);
  rows = g_strdup_printf (ngettext ("%u row is added", "%u rows are added", item->n_rows),
                          item->n_rows);
  if (item->n_rows == 0)
    return g_steal_pointer (&values);
  if (item->n_values == 0)
    return g_steal_pointer (&rows);
  /* Translators: “3 values change”, “1 row is added” */
  return g_strdup_printf (C_("import", "%s, %s"), values, rows);
}

/* ---- Cells */

/**
 * yeji_import_cell_mask:
 *
 * Returns: (transfer full): the text as the file has it, a personal number masked
 */
char *
yeji_import_cell_mask (const YejiImportCell *cell)
{
  return cell->field != NULL ? yeji_field_mask_value (cell->field, cell->text)
                             : g_strdup (cell->text);
}

/**
 * yeji_import_cell_to_text:
 *
 * Returns: (transfer full): what is shown: the value that a record would get, a code by its name;
 *   where there is none, the text of the file
 */
char *
yeji_import_cell_to_text (const YejiImportCell *cell)
{
  const YejiCode *code = NULL;

  if (cell->trouble != YEJI_IMPORT_FITS || cell->field == NULL)
    return yeji_import_cell_mask (cell);
  if (cell->field->codes != NULL)
    code = yeji_code_list_find (cell->field->codes, cell->value);
  return code != NULL ? g_strdup (code->name) : yeji_field_mask_value (cell->field, cell->value);
}

/**
 * yeji_import_place_to_text:
 *
 * Returns: (transfer full): the row as the file counts it, and what the column is called there
 */
char *
yeji_import_place_to_text (YejiImportFile        *file,
                           const YejiImportPlace *place)
{
  const YejiImportLayout *layout = yeji_import_file_get_layout (file);
  const YejiImportSheet *sheet = yeji_import_layout_get_sheet (layout, place->sheet);
  const YejiImportColumn *column = g_ptr_array_index (sheet->columns, place->column);
  const char *name = *column->heading != '\0' || column->field == NULL
                       ? column->heading : yeji_label (&column->field->label);

  /* Translators: the number of a row of a file, and the heading of a column */
  return g_strdup_printf (_("Row %u · %s"),
                          yeji_import_file_get_row_number (file, place->sheet, place->row), name);
}

/**
 * yeji_import_explain:
 *
 * Returns: (transfer full): why a cell cannot be taken; "" where it can
 */
char *
yeji_import_explain (YejiImportFile        *file,
                     const YejiImportPlace *place)
{
  char *text = yeji_import_file_explain (file, place);

  return text != NULL ? text : g_strdup ("");
}
