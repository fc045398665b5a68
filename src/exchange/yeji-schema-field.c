// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the exported schema says of one value. Everything comes from the rules: what no rule refuses
 * without a condition is not refused here. */

#define G_LOG_DOMAIN "yeji-schema-field"

#include "config.h"

#include "yeji-schema-field.h"

#include "yeji-pattern.h"
#include "yeji-schema-pattern.h"

#include <string.h>

/* What is said of one value. */
typedef struct
{
  guint max_length;            /* 0: any */
  char *reference;             /* (nullable): of the definition that says more */
  GPtrArray *patterns;         /* (element-type utf8): all must match */
} Demand;

static void
demand_clear (Demand *self)
{
  g_free (self->reference);
  g_ptr_array_unref (self->patterns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demand, demand_clear)

static void
set_reference (JsonObject *object,
               const char *name)
{
  g_autofree char *target = g_strdup_printf ("#/$defs/%s", name);

  json_object_set_string_member (object, "$ref", target);
}

/**
 * yeji_schema_new_reference:
 *
 * Returns: (transfer full): a schema that is the one in `$defs` under @name
 */
JsonObject *
yeji_schema_new_reference (const char *name)
{
  JsonObject *object = json_object_new ();

  set_reference (object, name);
  return object;
}

/**
 * yeji_schema_new_typed:
 *
 * Returns: (transfer full): a schema for values of that JSON type
 */
JsonObject *
yeji_schema_new_typed (const char *type)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  return object;
}

/**
 * yeji_schema_set_text:
 * @text: may be empty
 *
 * Sets a member to a text in both languages.
 */
void
yeji_schema_set_text (JsonObject     *object,
                      const char     *member,
                      const YejiText *text)
{
  g_autofree char *both = NULL;

  if (text->in[YEJI_LANGUAGE_ZH] == NULL)
    return;
  both = g_strdup_printf ("%s / %s", text->in[YEJI_LANGUAGE_ZH], text->in[YEJI_LANGUAGE_EN]);
  json_object_set_string_member (object, member, both);
}

/* Whether a rule says so of every record: an error, for all roles and without a condition. */
static gboolean
is_structural (const YejiRule     *rule,
               YejiRuleKind        kind,
               const YejiFieldDef *field)
{
  return rule->kind == kind && rule->severity == YEJI_SEVERITY_ERROR && rule->roles == NULL
         && rule->when == NULL && rule->document == NULL
         && (field == NULL || rule->fields->len == 0
             || g_ptr_array_find (rule->fields, field, NULL));
}

/**
 * yeji_schema_is_ruled:
 * @field: (nullable): %NULL for a kind that is about no field
 *
 * Returns: whether every record with a problem of that kind has an error
 */
gboolean
yeji_schema_is_ruled (YejiDictionary     *dictionary,
                      YejiRuleKind        kind,
                      const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);

  for (guint i = 0; i < rules->len; i++)
    if (is_structural (g_ptr_array_index (rules, i), kind, field))
      return TRUE;
  return FALSE;
}

/**
 * yeji_schema_is_mandatory:
 *
 * Returns: whether the field must be filled in every row. One that inherits may be empty there;
 * whether the project has the value is seen at the project.
 */
gboolean
yeji_schema_is_mandatory (YejiDictionary     *dictionary,
                          const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);
  gboolean general = FALSE, named = FALSE, claimed = FALSE;

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);
      gboolean names = g_ptr_array_find (rule->fields, field, NULL);
      gboolean holds = is_structural (rule, YEJI_RULE_MANDATORY, NULL);

      general = general || (holds && rule->fields->len == 0);
      named = named || (holds && names);
      claimed = claimed || (rule->kind == YEJI_RULE_MANDATORY && names
                            && rule->severity == YEJI_SEVERITY_ERROR);
    }
  if (field->inherits != NULL)
    return FALSE;
  return named || (general && !claimed && field->required == YEJI_REQUIRED_MANDATORY
                   && !field->by_platform && !field->assigned);
}

/* Returns the format's expression for ECMA-262, NULL if there is none. */
static char *
dup_pattern (const YejiFormat *format)
{
  g_autofree char *expression = NULL;

  if (format->pattern == NULL)
    return NULL;
  expression = yeji_pattern_dup_expression (format->pattern);
  return yeji_schema_pattern_is_portable (expression) ? yeji_schema_pattern_format (expression)
                                                      : NULL;
}

/**
 * yeji_schema_has_format:
 *
 * Returns: whether the schema can say what the format says
 */
gboolean
yeji_schema_has_format (const YejiFormat *format)
{
  g_autofree char *pattern = dup_pattern (format);

  return pattern != NULL;
}

static void
add_format (Demand           *demand,
            const YejiFormat *format)
{
  g_autofree char *pattern = dup_pattern (format);

  if (pattern != NULL
      && !g_ptr_array_find_with_equal_func (demand->patterns, pattern, g_str_equal, NULL))
    g_ptr_array_add (demand->patterns, g_steal_pointer (&pattern));
}

/* As the kind `format` finds what it looks at. */
static void
add_formats (Demand             *demand,
             YejiDictionary     *dictionary,
             const YejiFieldDef *field)
{
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (!is_structural (rule, YEJI_RULE_FORMAT, field))
        continue;
      for (guint j = 0; rule->fields->len > 0 && j < rule->formats->len; j++)
        add_format (demand, g_ptr_array_index (rule->formats, j));
      if (rule->fields->len == 0 && field->format != NULL
          && (rule->formats->len == 0 || g_ptr_array_find (rule->formats, field->format, NULL)))
        add_format (demand, field->format);
    }
}

/* Numbers, dates and codes hold no forbidden characters anyhow. */
static void
add_kind (Demand             *demand,
          YejiDictionary     *dictionary,
          const YejiFieldDef *field)
{
  if (field->kind == YEJI_FIELD_NUMBER
      && yeji_schema_is_ruled (dictionary, YEJI_RULE_NUMBER, field))
    g_ptr_array_extend_and_steal (demand->patterns,
                                  yeji_schema_patterns_number (field->precision, field->scale,
                                                               field->min, field->max));
  else if (field->kind == YEJI_FIELD_DATE
           && yeji_schema_is_ruled (dictionary, YEJI_RULE_DATE, field))
    g_ptr_array_add (demand->patterns, g_strdup (yeji_schema_pattern_date ()));
  else if (field->kind == YEJI_FIELD_CODE && !field->codes->lenient
           && yeji_schema_is_ruled (dictionary, YEJI_RULE_CODE, field))
    demand->reference = g_strdup_printf (YEJI_SCHEMA_CODES "%s", field->codes->id);
  else if (yeji_schema_is_ruled (dictionary, YEJI_RULE_CHARACTERS, field))
    demand->reference = g_strdup (field->kind == YEJI_FIELD_LONG_TEXT ? YEJI_SCHEMA_LINES
                                                                      : YEJI_SCHEMA_LINE);
}

static Demand
find_demand (YejiDictionary     *dictionary,
             const YejiFieldDef *field)
{
  Demand demand = { 0, NULL, g_ptr_array_new_with_free_func (g_free) };
  guint limit = yeji_dictionary_get_limits (dictionary)->text;

  if (yeji_schema_is_ruled (dictionary, YEJI_RULE_LENGTH, field))
    demand.max_length = field->length > 0 ? MIN (limit, field->length) : limit;
  add_kind (&demand, dictionary, field);
  add_formats (&demand, dictionary, field);
  return demand;
}

/* Whether the empty words meet the demand themselves and need no exception. */
static gboolean
takes_empty (const Demand   *demand,
             YejiDictionary *dictionary)
{
  const char * const *words = yeji_dictionary_get_empty_values (dictionary);

  if (demand->patterns->len > 0
      || (demand->reference != NULL && g_str_has_prefix (demand->reference, YEJI_SCHEMA_CODES)))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (demand->max_length > 0 && g_utf8_strlen (words[i], -1) > (glong) demand->max_length)
        return FALSE;
      for (const char *c = words[i]; *c != '\0'; c = g_utf8_next_char (c))
        if (!g_unichar_isprint (g_utf8_get_char (c)))
          return FALSE;
    }
  return TRUE;
}

static void
add_demand (JsonObject   *object,
            const Demand *demand)
{
  JsonArray *all;

  if (demand->reference != NULL)
    set_reference (object, demand->reference);
  if (demand->max_length > 0)
    json_object_set_int_member (object, "maxLength", demand->max_length);
  if (demand->patterns->len == 1)
    json_object_set_string_member (object, "pattern", g_ptr_array_index (demand->patterns, 0));
  if (demand->patterns->len < 2)
    return;
  all = json_array_new ();
  for (guint i = 0; i < demand->patterns->len; i++)
    {
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "pattern", g_ptr_array_index (demand->patterns, i));
      json_array_add_object_element (all, one);
    }
  json_object_set_array_member (object, "allOf", all);
}

/* Codes of a list whose unknown codes are only doubtful. */
static void
add_examples (JsonObject         *object,
              const YejiCodeList *list)
{
  JsonArray *examples = json_array_new ();

  for (guint i = 0; i < list->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (list->items, i);

      json_array_add_string_element (examples, code->code);
    }
  json_object_set_array_member (object, "examples", examples);
}

/**
 * yeji_schema_new_field:
 *
 * Returns: (transfer full): the schema of a field's value
 */
JsonObject *
yeji_schema_new_field (YejiDictionary     *dictionary,
                       const YejiFieldDef *field)
{
  JsonObject *object = yeji_schema_new_typed ("string");
  g_auto (Demand) demand = find_demand (dictionary, field);
  const char *empty = field->kind == YEJI_FIELD_DATE ? YEJI_SCHEMA_EMPTY_DATE : YEJI_SCHEMA_EMPTY;

  yeji_schema_set_text (object, "title", &field->label);
  yeji_schema_set_text (object, "description", &field->help);
  if (field->codes != NULL && field->codes->lenient)
    add_examples (object, field->codes);
  if (yeji_schema_is_mandatory (dictionary, field))
    {
      json_object_set_object_member (object, "not", yeji_schema_new_reference (empty));
      add_demand (object, &demand);
    }
  else if (takes_empty (&demand, dictionary))
    {
      add_demand (object, &demand);
    }
  else
    {
      JsonArray *either = json_array_new ();
      JsonObject *filled = json_object_new ();

      add_demand (filled, &demand);
      json_array_add_object_element (either, yeji_schema_new_reference (empty));
      json_array_add_object_element (either, filled);
      json_object_set_array_member (object, "anyOf", either);
    }
  return object;
}

