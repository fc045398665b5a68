// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-dictionary-markdown"

#include "config.h"

#include "yeji-dictionary-markdown.h"

#include "yeji-carry-source.h"
#include "yeji-condition-text.h"
#include "yeji-json.h"
#include "yeji-problem.h"
#include "yeji-qualification.h"

static const char * const required_marks[] = {
  [YEJI_REQUIRED_MANDATORY] = "M",
  [YEJI_REQUIRED_CONDITIONAL] = "C",
  [YEJI_REQUIRED_OPTIONAL] = "O",
};

/* A bar or a line feed would end a table's cell. */
static void
append_cell (GString    *out,
             const char *text)
{
  g_string_append (out, "| ");
  for (; text != NULL && *text != '\0'; text++)
    {
      if (*text == '|')
        g_string_append (out, "\\|");
      else
        g_string_append_c (out, *text == '\n' ? ' ' : *text);
    }
  g_string_append_c (out, ' ');
}

static char *
describe_type (const YejiFieldDef *field)
{
  switch (field->kind)
    {
    case YEJI_FIELD_NUMBER:
      return g_strdup_printf ("N(%u,%u)%s%s", field->precision, field->scale,
                              field->unit != NULL ? " " : "",
                              field->unit != NULL ? field->unit : "");
    case YEJI_FIELD_DATE:
      return g_strdup ("D");
    case YEJI_FIELD_CODE:
      return g_strdup_printf ("[%s](#%s)", field->codes->id, field->codes->id);
    case YEJI_FIELD_LINK:
      return g_strdup_printf ("→ %s.%s", field->link->table->id, field->link->id);
    case YEJI_FIELD_TEXT:
    case YEJI_FIELD_LONG_TEXT:
      return g_strdup_printf ("C(%u)", field->length);
    case N_YEJI_FIELD_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static char *
describe_required (const YejiFieldDef *field)
{
  g_autofree char *when = NULL;

  if (field->required_when == NULL)
    return g_strdup (required_marks[field->required]);
  when = yeji_condition_to_text (field->required_when);
  return g_strdup_printf ("%s: %s", required_marks[field->required], when);
}

static void
append_test (GString             *out,
             const char          *word,
             const YejiCondition *condition)
{
  g_autofree char *text = condition != NULL ? yeji_condition_to_text (condition) : NULL;

  if (text != NULL)
    g_string_append_printf (out, " %s %s", word, text);
}

static void
append_source (GString               *out,
               const YejiCarrySource *source)
{
  if (source->field != NULL)
    g_string_append_printf (out, "`%s.%s`", source->field->table->id, source->field->id);
  else
    g_string_append (out, source->kind == YEJI_CARRY_ENTERPRISE_NAME ? "the enterprise's name"
                                                                     : "the enterprise's code");
  append_test (out, "where", source->where);
  if (source->via[0] != NULL)
    g_string_append_printf (out, " with %s = %s", source->via[1]->id, source->via[0]->id);
  for (guint i = 0; source->roles != NULL && i < source->roles->len; i++)
    g_string_append_printf (out, "%s%s", i == 0 ? " for " : ", ",
                            ((const YejiRole *) g_ptr_array_index (source->roles, i))->id);
  append_test (out, "when", source->when);
}

/* From where values are offered, and what a copied record has not got. */
static void
append_carries (GString            *out,
                const YejiTableDef *table)
{
  g_autoptr (GString) left_out = g_string_new (NULL);
  gboolean first = TRUE;

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      if (!field->copies && !field->by_platform)
        g_string_append_printf (left_out, "%s%s", left_out->len > 0 ? ", " : "", field->id);
      if (field->carry == NULL)
        continue;
      g_string_append_printf (out, "%s- `%s` is offered from ", first ? "\n" : "", field->id);
      first = FALSE;
      for (guint j = 0; j < field->carry->len; j++)
        {
          if (j > 0)
            g_string_append (out, "; ");
          append_source (out, g_ptr_array_index (field->carry, j));
        }
      g_string_append_c (out, '\n');
    }
  if (!table->copies)
    g_string_append (out, "\nA copy of a record has none of these rows.\n");
  else if (left_out->len > 0)
    g_string_append_printf (out, "\nA copy of a record leaves out: %s.\n", left_out->str);
}

static void
append_table (GString            *out,
              const YejiTableDef *table)
{
  g_string_append_printf (out, "\n## %s %s: `%s`\n%s. In a record: `%s`.\n\n", table->id,
                          table->label.in[YEJI_LANGUAGE_ZH], table->member,
                          table->label.in[YEJI_LANGUAGE_EN], table->member);
  g_string_append (out, "| id | 名称 | name | type | M/C/O | by | confidence |\n"
                        "|---|---|---|---|---|---|---|\n");
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autofree char *type = describe_type (field);
      g_autofree char *required = describe_required (field);
      g_autofree char *confidence = g_strjoin (" ", field->confidence[0], field->confidence[1],
                                               field->confidence[2], NULL);

      append_cell (out, field->id);
      append_cell (out, field->label.in[YEJI_LANGUAGE_ZH]);
      append_cell (out, field->label.in[YEJI_LANGUAGE_EN]);
      append_cell (out, type);
      append_cell (out, required);
      append_cell (out, field->by_platform ? "platform" : "enterprise");
      append_cell (out, confidence);
      g_string_append (out, "|\n");
    }
  append_carries (out, table);
}

static void
append_codes (GString            *out,
              const YejiCodeList *list)
{
  static const char * const statuses[] = { "", "retired", "special", "legacy" };

  g_string_append_printf (out, "\n### %s\n%s, %s.\n\n| code | 名称 | status |\n|---|---|---|\n",
                          list->id, list->label.in[YEJI_LANGUAGE_ZH],
                          list->label.in[YEJI_LANGUAGE_EN]);
  for (guint i = 0; i < list->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (list->items, i);

      append_cell (out, code->code);
      append_cell (out, code->name);
      append_cell (out, statuses[code->status]);
      g_string_append (out, "|\n");
    }
}

/* Which fields, tables and rows a rule is about. */
static char *
describe_scope (const YejiRule *rule)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rule->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (rule->fields, i);

      g_string_append_printf (out, "%s`%s.%s`", i > 0 ? " " : "", field->table->member, field->id);
    }
  if (rule->table != NULL)
    g_string_append_printf (out, "`%s`", rule->table->member);
  if (rule->when != NULL)
    {
      g_autofree char *when = yeji_condition_to_text (rule->when);

      g_string_append_printf (out, " if %s", when);
    }
  for (guint i = 0; rule->roles != NULL && i < rule->roles->len; i++)
    g_string_append_printf (out, "%s%s", i == 0 ? " for " : ", ",
                            ((const YejiRole *) g_ptr_array_index (rule->roles, i))->id);
  return g_string_free (out, FALSE);
}

static void
append_rules (GString   *out,
              GPtrArray *rules)
{
  g_string_append (out, "\n## Rules\n\nSeverity “→ D”: a record with it is not complete for the "
                        "national platform; an error always is.\n\n"
                        "| id | severity | scope | 说明 | message |\n|---|---|---|---|---|\n");
  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *severity = g_strconcat (yeji_severity_to_text (rule->severity),
                                               rule->incomplete ? " → D" : "", NULL);
      g_autofree char *scope = describe_scope (rule);

      append_cell (out, rule->id);
      append_cell (out, severity);
      append_cell (out, scope);
      append_cell (out, rule->message.in[YEJI_LANGUAGE_ZH]);
      append_cell (out, rule->message.in[YEJI_LANGUAGE_EN]);
      g_string_append (out, "|\n");
    }
}

static void
append_roles (GString   *out,
              GPtrArray *roles,
              GPtrArray *slots)
{
  g_string_append (out, "\n## Roles\n\n| id | 名称 | needs |\n|---|---|---|\n");
  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);
      g_autoptr (GString) needs = g_string_new (NULL);

      for (guint j = 0; j < role->needs->len; j++)
        g_string_append_printf (needs, "%s%s", j > 0 ? ", " : "",
                                g_array_index (role->needs, YejiTableNeed, j).table->member);
      for (guint j = 0; j < slots->len; j++)
        {
          const YejiSlot *slot = g_ptr_array_index (slots, j);

          if (g_ptr_array_find (slot->roles, role, NULL))
            g_string_append_printf (needs, ", 《%s》", slot->label.in[YEJI_LANGUAGE_ZH]);
        }
      append_cell (out, role->id);
      append_cell (out, role->label.in[YEJI_LANGUAGE_ZH]);
      append_cell (out, needs->str);
      g_string_append (out, "|\n");
    }
}

static void
append_indicators (GString                 *out,
                   const YejiQualification *kind)
{
  g_string_append (out, "\n| indicator | 名称 | label | unit | added up |\n|---|---|---|---|---|\n");
  for (guint i = 0; i < kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (kind->indicators, i);
      const char *unit = yeji_indicator_get_unit (indicator, YEJI_LANGUAGE_ZH);
      g_autoptr (GString) way = g_string_new (yeji_indicator_way_to_text (indicator->way));

      if (indicator->field != NULL)
        g_string_append_printf (way, " of `%s.%s`", indicator->field->table->member,
                                indicator->field->id);
      if (indicator->where != NULL)
        {
          g_autofree char *where = yeji_condition_to_text (indicator->where);

          g_string_append_printf (way, " if %s", where);
        }
      append_cell (out, indicator->id);
      append_cell (out, indicator->label.in[YEJI_LANGUAGE_ZH]);
      append_cell (out, indicator->label.in[YEJI_LANGUAGE_EN]);
      append_cell (out, unit != NULL ? unit : "");
      append_cell (out, way->str);
      g_string_append (out, "|\n");
    }
}

static void
append_qualification (GString                 *out,
                      const YejiQualification *kind)
{
  g_autofree char *grades = g_strjoinv (", ", kind->grades);

  g_string_append_printf (out, "\n### %s\n%s; %s.\n\nGrades: %s. Roles:", kind->id,
                          kind->label.in[YEJI_LANGUAGE_ZH], kind->label.in[YEJI_LANGUAGE_EN],
                          grades);
  for (guint i = 0; i < kind->roles->len; i++)
    g_string_append_printf (out, "%s %s", i > 0 ? "," : "",
                            ((const YejiRole *) g_ptr_array_index (kind->roles, i))->id);
  g_string_append (out, ". Needs:");
  for (guint i = 0; i < kind->needs->len; i++)
    g_string_append_printf (out, "%s `%s`", i > 0 ? "," : "",
                            g_array_index (kind->needs, YejiTableNeed, i).table->member);
  g_string_append (out, ".\n");
  for (guint i = 0; i < kind->requirements->len; i++)
    {
      const YejiRequirement *requirement = g_ptr_array_index (kind->requirements, i);
      g_autofree char *where = yeji_condition_to_text (requirement->where);

      g_string_append_printf (out, "\nOnly if %s; else: %s\n", where,
                              requirement->reason.in[YEJI_LANGUAGE_ZH]);
    }
  append_indicators (out, kind);
}

static void
append_qualifications (GString                  *out,
                       const YejiQualifications *qualifications)
{
  if (qualifications->kinds->len == 0)
    return;
  g_string_append (out, "\n## Qualification lists\n");
  for (guint i = 0; i < qualifications->kinds->len; i++)
    append_qualification (out, g_ptr_array_index (qualifications->kinds, i));
}

static void
append_limits (GString          *out,
               const YejiLimits *limits)
{
  g_autofree char *ink = yeji_json_number_to_text (limits->scan_ink * 100);

  g_string_append_printf (out, "\n## Limits\n\n| limit | value |\n|---|---|\n"
                               "| bytes of a file | %" G_GINT64_FORMAT " |\n"
                               "| files of a record | %u |\n"
                               "| rows of a table | %u |\n"
                               "| characters of a value | %u |\n",
                          limits->file_size, limits->files, limits->rows, limits->text);
  if (limits->scan_dpi > 0)
    g_string_append_printf (out, "| dots an inch of a scan, at least | %u |\n", limits->scan_dpi);
  if (limits->scan_ink > 0)
    g_string_append_printf (out, "| a page is empty of which less is dark | %s %% |\n", ink);
  if (limits->scan_pages > 0)
    g_string_append_printf (out, "| pages that are looked at for being empty | %u |\n",
                            limits->scan_pages);
}

/**
 * yeji_dictionary_to_markdown:
 *
 * Returns: (transfer full): the dictionary as a page to read, the source of docs/dictionary.md
 */
char *
yeji_dictionary_to_markdown (YejiDictionary *dictionary)
{
  GString *out = g_string_new (NULL);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *lists = yeji_dictionary_get_code_lists (dictionary);

  g_string_append_printf (out, "# Dictionary %s, version %s\n\nMade by `yeji dictionary --markdown` "
                               "from `data/dictionary/`; do not edit.\n",
                          yeji_dictionary_get_id (dictionary),
                          yeji_dictionary_get_version (dictionary));
  for (guint i = 0; i < tables->len; i++)
    append_table (out, g_ptr_array_index (tables, i));
  append_roles (out, yeji_dictionary_get_roles (dictionary),
                yeji_dictionary_get_slots (dictionary));
  append_rules (out, yeji_dictionary_get_rules (dictionary));
  append_limits (out, yeji_dictionary_get_limits (dictionary));
  append_qualifications (out, yeji_dictionary_get_qualifications (dictionary));
  g_string_append (out, "\n## Code lists\n");
  for (guint i = 0; i < lists->len; i++)
    append_codes (out, g_ptr_array_index (lists, i));
  return g_string_free (out, FALSE);
}
