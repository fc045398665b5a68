// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The first two bytes choose what is typed into, the rest is what is typed. */

#define G_LOG_DOMAIN "fuzz-normaliser"

#include "config.h"

#include "fuzz.h"
#include "yeji-normaliser.h"

#define MAX_OFFERS 5

static YejiDictionary *dictionary;
static YejiNormaliser *normaliser;
static YejiValidator *validator;
static GPtrArray *kinds;       /* (element-type utf8) */

/* Whether a rule says that the field cannot hold the value at all. */
static gboolean
is_about_value (const YejiRule *rule)
{
  switch (rule->kind)
    {
    case YEJI_RULE_LENGTH:
    case YEJI_RULE_CHARACTERS:
    case YEJI_RULE_NUMBER:
    case YEJI_RULE_DATE:
    case YEJI_RULE_CODE:
      return rule->severity == YEJI_SEVERITY_ERROR;
    case YEJI_RULE_FORMAT:
      return rule->severity == YEJI_SEVERITY_ERROR && rule->fields->len == 0;
    default:
      return FALSE;
    }
}

/* The validator judges by itself what was offered for a field. */
static void
judge (const char *kind,
       const char *text,
       const char *value)
{
  g_auto (GStrv) parts = g_strsplit (kind, ".", 2);
  const YejiFieldDef *field = parts[1] != NULL
    ? yeji_dictionary_find_field (dictionary, parts[0], parts[1]) : NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *pointer = NULL;
  YejiRow *row;

  if (field == NULL)
    return;
  record = yeji_record_new (dictionary, NULL, "construction");
  row = field->table->index == 0 ? yeji_record_get_project (record)
                                 : yeji_record_append_row (record, field->table);
  yeji_record_set (record, row, field, value);
  pointer = yeji_record_get_pointer (record, field->table, row, field);
  problems = yeji_validator_check (validator, record, FUZZ_TODAY, NULL);
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);
      const YejiRule *rule = yeji_dictionary_find_rule (dictionary,
                                                        yeji_problem_get_rule (problem));

      if (is_about_value (rule) && g_str_equal (yeji_problem_get_pointer (problem), pointer))
        g_error ("%s: “%s” gave “%s”: %s", kind, text, value, rule->id);
    }
}

static void
check_suggestion (const char           *kind,
                  const char           *text,
                  const YejiSuggestion *suggestion)
{
  const char *value = suggestion->value;
  g_autoptr (GPtrArray) again = yeji_normaliser_offer_kind (normaliser, kind, value, NULL);

  if (!g_utf8_validate (value, -1, NULL))
    g_error ("%s: “%s” gave what is no text", kind, text);
  if (g_str_equal (value, text))
    g_error ("%s: “%s” gave itself", kind, text);
  if (!yeji_normaliser_accepts_kind (normaliser, kind, value))
    g_error ("%s: “%s” gave “%s”, which is wrong", kind, text, value);
  if (again->len > 0)
    g_error ("%s: “%s” gave “%s”, and that gave “%s”", kind, text, value,
             ((const YejiSuggestion *) g_ptr_array_index (again, 0))->value);
  g_assert (*yeji_normaliser_describe (suggestion->reason) != '\0');
  judge (kind, text, value);
}

static void
add_kinds (void)
{
  static const char * const others[] = { "date", "number", "text", "long_text", "万元" };
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *lists = yeji_dictionary_get_code_lists (dictionary);
  GPtrArray *formats = yeji_dictionary_get_formats (dictionary);

  kinds = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_ptr_array_add (kinds, g_strdup (others[i]));
  for (guint i = 0; i < formats->len; i++)
    g_ptr_array_add (kinds, g_strdup (((const YejiFormat *) g_ptr_array_index (formats, i))->id));
  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (kinds, g_strdup (((const YejiCodeList *) g_ptr_array_index (lists, i))->id));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        g_ptr_array_add (kinds, g_strconcat (table->id, ".",
                                             ((const YejiFieldDef *) g_ptr_array_index (
                                                table->fields, j))->id, NULL));
    }
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  fuzz_begin ();
  dictionary = fuzz_load_built_in ();
  normaliser = yeji_normaliser_new (dictionary);
  validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);
  add_kinds ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  FuzzBytes bytes = { data, size };
  const char *kind = g_ptr_array_index (kinds, fuzz_take (&bytes, kinds->len));
  g_autofree char *text = fuzz_take_text (&bytes, G_MAXSIZE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = yeji_normaliser_offer_kind (normaliser, kind, text, &error);

  if (suggestions == NULL)
    g_error ("%s: %s", kind, error->message);
  g_assert (suggestions->len <= MAX_OFFERS);
  for (guint i = 0; i < suggestions->len; i++)
    check_suggestion (kind, text, g_ptr_array_index (suggestions, i));
  return 0;
}
