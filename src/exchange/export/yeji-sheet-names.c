// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-sheet-names.h"

#include <string.h>

/* Latin characters that a column shows, at least and at most. */
#define LEAST_WIDTH 10u
#define MOST_WIDTH 34u

/* The words of a sheet are in the language that was asked for, which need not be the program's. */
static const struct
{
  const char *key;
  const char *words[N_YEJI_LANGUAGES];
} key_words[] = {
  { YEJI_SHEET_RECORD, { "业绩编号", "Record" } },
  { YEJI_SHEET_ROW, { "行", "Row" } },
  { YEJI_SHEET_ROLE, { "申报身份", "Role" } },
};

/**
 * yeji_sheet_get_key_word:
 * @key: the id of a column that is no field
 *
 * Returns: (transfer none): what it is called
 */
const char *
yeji_sheet_get_key_word (const char   *key,
                         YejiLanguage  language)
{
  for (guint i = 0; i < G_N_ELEMENTS (key_words); i++)
    if (g_str_equal (key_words[i].key, key))
      return key_words[i].words[language];
  return key;
}

/* What rules say of a field beside itself: mandatory now and then, or always. */
static YejiSheetDemand
find_claim (YejiDictionary     *dictionary,
            const YejiRole     *role,
            const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);
  YejiSheetDemand claim = YEJI_SHEET_DEMAND_NONE;

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);
      gboolean applies = rule->kind == YEJI_RULE_MANDATORY
                         && rule->severity == YEJI_SEVERITY_ERROR
                         && g_ptr_array_find (rule->fields, field, NULL);

      if (!applies
          || (role != NULL && rule->roles != NULL && !g_ptr_array_find (rule->roles, role, NULL)))
        continue;
      if (rule->when == NULL && (rule->roles == NULL || role != NULL))
        return YEJI_SHEET_DEMAND_ALWAYS;
      claim = YEJI_SHEET_DEMAND_SOMETIMES;
    }
  return claim;
}

/**
 * yeji_sheet_find_demand:
 * @role: (nullable): %NULL when the sheet is for any
 *
 * Returns: whether the field must be filled in every row, as the table of fields and the rules say.
 *   What a row has from its project may be empty in the row
 */
YejiSheetDemand
yeji_sheet_find_demand (YejiDictionary     *dictionary,
                        const YejiRole     *role,
                        const YejiFieldDef *field)
{
  YejiSheetDemand claim;

  if (field->by_platform)
    return YEJI_SHEET_DEMAND_OTHERS;
  if (field->assigned || field->inherits != NULL)
    return YEJI_SHEET_DEMAND_NONE;
  claim = find_claim (dictionary, role, field);
  if (claim != YEJI_SHEET_DEMAND_NONE)
    return claim;
  if (field->required == YEJI_REQUIRED_MANDATORY)
    return YEJI_SHEET_DEMAND_ALWAYS;
  return field->required == YEJI_REQUIRED_CONDITIONAL ? YEJI_SHEET_DEMAND_SOMETIMES
                                                      : YEJI_SHEET_DEMAND_NONE;
}

/**
 * yeji_sheet_dup_heading:
 *
 * Returns: (transfer full): the label, the unit in brackets, and a mark: ` *` when it must be
 *   filled, ` (*)` when it must be now and then
 */
char *
yeji_sheet_dup_heading (const YejiFieldDef *field,
                        YejiSheetDemand     demand,
                        YejiLanguage        language)
{
  static const char * const marks[] = {
    [YEJI_SHEET_DEMAND_NONE] = "",
    [YEJI_SHEET_DEMAND_SOMETIMES] = " (*)",
    [YEJI_SHEET_DEMAND_ALWAYS] = " *",
    [YEJI_SHEET_DEMAND_OTHERS] = "",
  };
  const char *label = yeji_text_get (&field->label, language);

  if (field->unit == NULL || strstr (label, field->unit) != NULL)
    return g_strconcat (label, marks[demand], NULL);
  return g_strdup_printf (language == YEJI_LANGUAGE_ZH ? "%s（%s）%s" : "%s (%s)%s", label,
                          field->unit, marks[demand]);
}

/**
 * yeji_sheet_get_style:
 *
 * Returns: how the heading of a field looks
 */
YejiCellStyle
yeji_sheet_get_style (YejiSheetDemand demand)
{
  static const YejiCellStyle styles[] = {
    [YEJI_SHEET_DEMAND_NONE] = YEJI_CELL_STYLE_HEADING,
    [YEJI_SHEET_DEMAND_SOMETIMES] = YEJI_CELL_STYLE_HEADING,
    [YEJI_SHEET_DEMAND_ALWAYS] = YEJI_CELL_STYLE_NEEDED,
    [YEJI_SHEET_DEMAND_OTHERS] = YEJI_CELL_STYLE_ASSIGNED,
  };

  return styles[demand];
}

/**
 * yeji_sheet_measure:
 *
 * Returns: how many Latin characters a text is wide
 */
guint
yeji_sheet_measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

static const char *
get_name (const YejiCodeList *codes,
          guint               i)
{
  return ((const YejiCode *) g_ptr_array_index (codes->items, i))->name;
}

static guint
measure_codes (const YejiCodeList *codes)
{
  guint widest = 0;

  for (guint i = 0; i < codes->items->len; i++)
    widest = MAX (widest, yeji_sheet_measure (get_name (codes, i)));
  return widest;
}

/* What a value of a field takes. */
static guint
measure_values (const YejiFieldDef *field)
{
  switch (field->kind)
    {
    case YEJI_FIELD_DATE:
      return 10;
    case YEJI_FIELD_NUMBER:
      return 12;
    case YEJI_FIELD_CODE:
      return field->codes != NULL ? measure_codes (field->codes) : 10;
    case YEJI_FIELD_LONG_TEXT:
      return MOST_WIDTH;
    case YEJI_FIELD_TEXT:
    case YEJI_FIELD_LINK:
    case N_YEJI_FIELD_KINDS:
    default:
      return field->length;
    }
}

/**
 * yeji_sheet_find_width:
 *
 * Returns: Latin characters that a column should show: its values, and half of its heading, which
 *   has two lines
 */
guint
yeji_sheet_find_width (const YejiFieldDef *field,
                       const char         *heading)
{
  guint width = MAX (measure_values (field), yeji_sheet_measure (heading) / 2 + 2);

  return CLAMP (width + 2, LEAST_WIDTH, MOST_WIDTH);
}

/**
 * yeji_sheet_add_pair:
 *
 * Adds a row of a key and its value.
 */
gboolean
yeji_sheet_add_pair (YejiSheetWriter  *writer,
                     guint             sheet,
                     const char       *key,
                     const char       *value,
                     GError          **error)
{
  const char *texts[] = { key, value };

  return yeji_sheet_writer_add_row (writer, sheet, texts, G_N_ELEMENTS (texts),
                                    YEJI_CELL_STYLE_TEXT, error);
}

/**
 * yeji_sheet_begin_about:
 * @role: (nullable): that the file was made for
 *
 * Begins the hidden sheet that says what the file is.
 *
 * Returns: the sheet; %G_MAXUINT with an error
 */
guint
yeji_sheet_begin_about (YejiSheetWriter  *writer,
                        YejiDictionary   *dictionary,
                        const YejiRole   *role,
                        GError          **error)
{
  guint sheet = yeji_sheet_writer_begin_sheet (writer, YEJI_SHEET_ABOUT, YEJI_SHEET_HIDDEN);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *made = g_date_time_format_iso8601 (now);
  const char * const pairs[][2] = {
    { "format", YEJI_SHEET_FORMAT },
    { "dictionary", yeji_dictionary_get_id (dictionary) },
    { "version", yeji_dictionary_get_version (dictionary) },
    { "made_at", made },
    { "role", role != NULL ? role->id : "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (!yeji_sheet_add_pair (writer, sheet, pairs[i][0], pairs[i][1], error))
      return G_MAXUINT;
  return sheet;
}
