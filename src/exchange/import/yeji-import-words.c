// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-file"

#include "config.h"

#include "yeji-import-private.h"

#include <glib/gi18n-lib.h>

#include "yeji-mask.h"

/* What is said to who has to put a cell right. */

/* Names of a code list that are given as examples. */
#define N_EXAMPLES 3

/* What each trouble is called among programs; part of the command line's contract. */
static const char *const ids[N_YEJI_IMPORT_TROUBLES] = {
  [YEJI_IMPORT_FITS] = "fits",
  [YEJI_IMPORT_CODE] = "code",
  [YEJI_IMPORT_DATE] = "date",
  [YEJI_IMPORT_NUMBER] = "number",
  [YEJI_IMPORT_LENGTH] = "length",
  [YEJI_IMPORT_SEVERAL] = "several",
  [YEJI_IMPORT_FORMAT] = "format",
  [YEJI_IMPORT_ROUNDED] = "rounded",
  [YEJI_IMPORT_FAILED] = "failed",
  [YEJI_IMPORT_STALE] = "stale",
  [YEJI_IMPORT_ROLE] = "role",
  [YEJI_IMPORT_OWNER] = "owner",
  [YEJI_IMPORT_ROWS] = "rows",
  [YEJI_IMPORT_DIFFERS] = "differs",
};

static char *
list_examples (const YejiCodeList *codes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < codes->items->len && n < N_EXAMPLES; i++)
    {
      const YejiCode *code = g_ptr_array_index (codes->items, i);

      if (code->status != YEJI_CODE_CURRENT)
        continue;
      g_string_append_printf (text, "%s%s", n == 0 ? "" : _(", "), code->name);
      n++;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
explain_field (const YejiFieldDef *field,
               YejiImportTrouble   trouble)
{
  const char *label = yeji_text_get (&field->label, yeji_language_get_current ());
  g_autofree char *examples = field->codes != NULL ? list_examples (field->codes) : NULL;

  switch (trouble)
    {
    case YEJI_IMPORT_CODE:
      return g_strdup_printf (_("“%s” is not in the list of “%s”; write a name or code of the list,"
                                " such as %s"), "%s", label, examples != NULL ? examples : "");
    case YEJI_IMPORT_DATE:
      return g_strdup_printf (_("“%s” is no day for “%s”; write it as 2016-03-30"), "%s", label);
    case YEJI_IMPORT_NUMBER:
      return field->unit != NULL
             ? g_strdup_printf (_("“%s” is no number for “%s”; write digits, in %s, with at most "
                                  "%u before the point and %u behind it"), "%s", label, field->unit,
                                field->precision - field->scale, field->scale)
             : g_strdup_printf (_("“%s” is no number for “%s”; write digits, at most %u before the "
                                  "point and %u behind it"), "%s", label,
                                field->precision - field->scale, field->scale);
    case YEJI_IMPORT_LENGTH:
      return g_strdup_printf (_("“%s” is too long for “%s”; write at most %u characters"), "%s",
                              label, field->length);
    case YEJI_IMPORT_SEVERAL:
      return g_strdup_printf (_("“%s” can be read in several ways for “%s”; write what is meant"),
                              "%s", label);
    case YEJI_IMPORT_FORMAT:
      return g_strdup_printf (_("“%s” is not of the form that “%s” has; write it as it stands on "
                                "the paper"), "%s", label);
    case YEJI_IMPORT_FITS:
    case YEJI_IMPORT_ROUNDED:
    case YEJI_IMPORT_FAILED:
    case YEJI_IMPORT_STALE:
    case YEJI_IMPORT_ROLE:
    case YEJI_IMPORT_OWNER:
    case YEJI_IMPORT_ROWS:
    case YEJI_IMPORT_DIFFERS:
    case N_YEJI_IMPORT_TROUBLES:
    default:
      return g_strdup ("%s");
    }
}

static const char *
explain_cell (YejiImportTrouble trouble)
{
  switch (trouble)
    {
    case YEJI_IMPORT_ROUNDED:
      return _("“%s” has lost its last digits, because the spreadsheet kept it as a number; make "
               "the column a text and write it anew");
    case YEJI_IMPORT_FAILED:
      return _("The formula gives “%s”; write the value instead");
    case YEJI_IMPORT_STALE:
      return _("The file does not say what this formula gives; open it in a spreadsheet program "
               "and save it there");
    case YEJI_IMPORT_ROLE:
      return _("There is no role “%s”; choose one of the list in the template");
    case YEJI_IMPORT_OWNER:
      return _("“%s” does not say which project the row belongs to; write the key, number or name "
               "of one project that is in the file or on this computer");
    case YEJI_IMPORT_ROWS:
      return _("The project has more rows than a record may have; divide them among several");
    case YEJI_IMPORT_DIFFERS:
      return _("“%s” is not what an earlier row says of the same project; write the same in both");
    case YEJI_IMPORT_FITS:
    case YEJI_IMPORT_CODE:
    case YEJI_IMPORT_DATE:
    case YEJI_IMPORT_NUMBER:
    case YEJI_IMPORT_LENGTH:
    case YEJI_IMPORT_SEVERAL:
    case YEJI_IMPORT_FORMAT:
    case N_YEJI_IMPORT_TROUBLES:
    default:
      return NULL;
    }
}

/* The text of the cell in its place; never a pattern of printf() from a file. */
static char *
put_text (const char *sentence,
          const char *text)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", 2);

  return parts[0] != NULL && parts[1] != NULL ? g_strconcat (parts[0], text, parts[1], NULL)
                                              : g_strdup (sentence);
}

/**
 * yeji_import_file_explain:
 *
 * Returns: (transfer full) (nullable): what is wrong with a cell and what to do, in the user's
 *   language; %NULL where nothing is
 */
char *
yeji_import_file_explain (YejiImportFile        *self,
                          const YejiImportPlace *place)
{
  YejiImportCell cell;
  const char *sentence;
  g_autofree char *of_field = NULL;
  g_autofree char *shown = NULL;

  yeji_import_file_get_cell (self, place, &cell);
  if (cell.trouble == YEJI_IMPORT_FITS)
    return NULL;
  sentence = explain_cell (cell.trouble);
  if (sentence == NULL && cell.field != NULL)
    sentence = of_field = explain_field (cell.field, cell.trouble);
  /* a sentence is not for reading whole pages, and goes to who looks over a shoulder */
  if (cell.field != NULL && cell.field->personal != YEJI_PERSONAL_NO)
    shown = yeji_field_mask_value (cell.field, cell.text);
  else
    shown = g_utf8_strlen (cell.text, -1) > 60 ? g_utf8_substring (cell.text, 0, 60)
                                               : g_strdup (cell.text);
  return put_text (sentence != NULL ? sentence : "%s", shown);
}

/**
 * yeji_import_trouble_get_id:
 *
 * Returns: (transfer none): what programs call it
 */
const char *
yeji_import_trouble_get_id (YejiImportTrouble trouble)
{
  g_return_val_if_fail ((guint) trouble < N_YEJI_IMPORT_TROUBLES, NULL);
  return ids[trouble];
}
