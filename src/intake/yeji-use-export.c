// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A qualification list for other programs. */

#define G_LOG_DOMAIN "yeji-use-choice"

#include "config.h"

#include "yeji-use-choice.h"

#include "yeji-csv.h"

/* The heads of the columns before the indicators. */
static const YejiText heads[] = {
  { { "序号", "No." } },
  { { "项目名称", "Project" } },
  { { "项目编号", "Project number" } },
  { { "数据等级", "Grade" } },
  { { "审核部门", "Approved by" } },
};

static const YejiText total_head = { { "合计", "In all" } };

static JsonObject *
print_text (const YejiText *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "zh", text->in[YEJI_LANGUAGE_ZH]);
  json_object_set_string_member (object, "en", text->in[YEJI_LANGUAGE_EN]);
  return object;
}

static JsonObject *
print_values (const YejiQualification *kind,
              const double            *values)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (kind->indicators, i);
      g_autofree char *text = yeji_indicator_print (indicator, values[i]);

      json_object_set_string_member (object, indicator->id, text);
    }
  return object;
}

static JsonObject *
print_record (const YejiUseChoice *self,
              const YejiUseList   *list,
              const char          *uuid)
{
  const YejiUseCandidate *candidate = yeji_use_choice_find (self, uuid);
  g_autoptr (GPtrArray) uses = yeji_use_choice_find_uses (self, uuid, list->id);
  JsonObject *object = json_object_new ();
  JsonArray *reasons = json_array_new ();
  JsonArray *used = json_array_new ();

  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "name", candidate != NULL ? candidate->name : NULL);
  json_object_set_string_member (object, "number", candidate != NULL ? candidate->number : NULL);
  json_object_set_string_member (object, "grade", candidate != NULL ? candidate->grade : NULL);
  json_object_set_string_member (object, "office", candidate != NULL ? candidate->office : NULL);
  json_object_set_boolean_member (object, "counts",
                                  candidate != NULL && candidate->reasons->len == 0);
  for (guint i = 0; candidate != NULL && i < candidate->reasons->len; i++)
    {
      const YejiQualifyReason *reason = g_ptr_array_index (candidate->reasons, i);
      JsonObject *why = json_object_new ();

      json_object_set_string_member (why, "id", reason->id);
      json_object_set_string_member (why, "zh", reason->text.in[YEJI_LANGUAGE_ZH]);
      json_object_set_string_member (why, "en", reason->text.in[YEJI_LANGUAGE_EN]);
      json_array_add_object_element (reasons, why);
    }
  json_object_set_array_member (object, "reasons", reasons);
  if (candidate != NULL)
    json_object_set_object_member (object, "values", print_values (self->kind, candidate->values));
  for (guint i = 0; i < uses->len; i++)
    {
      const YejiUseList *use = g_ptr_array_index (uses, i);
      JsonObject *other = json_object_new ();

      json_object_set_string_member (other, "id", use->id);
      json_object_set_string_member (other, "name", use->name);
      json_object_set_string_member (other, "state", yeji_use_state_to_text (use->state));
      json_array_add_object_element (used, other);
    }
  json_object_set_array_member (object, "used", used);
  return object;
}

static JsonObject *
print_unit (const YejiIndicator *indicator)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "zh",
                                 yeji_indicator_get_unit (indicator, YEJI_LANGUAGE_ZH));
  json_object_set_string_member (object, "en",
                                 yeji_indicator_get_unit (indicator, YEJI_LANGUAGE_EN));
  return object;
}

static JsonArray *
print_totals (const YejiUseChoice *self,
              const double        *totals)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (self->kind->indicators, i);
      g_autofree char *text = yeji_indicator_print (indicator, totals[i]);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", indicator->id);
      json_object_set_object_member (object, "label", print_text (&indicator->label));
      json_object_set_object_member (object, "unit", print_unit (indicator));
      json_object_set_string_member (object, "add", yeji_indicator_way_to_text (indicator->way));
      json_object_set_string_member (object, "value", text);
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * yeji_use_choice_to_json:
 *
 * Returns: (transfer full): the list with what it carries, where else that is used, and the totals
 */
JsonNode *
yeji_use_choice_to_json (const YejiUseChoice *self,
                         const YejiUseList   *list)
{
  g_autofree double *totals = yeji_use_choice_total (self, (const char * const *) list->records);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *records = json_array_new ();

  json_object_set_string_member (object, "id", list->id);
  json_object_set_string_member (object, "kind", list->kind);
  json_object_set_object_member (object, "kind_label", print_text (&self->kind->label));
  json_object_set_string_member (object, "name", list->name);
  json_object_set_string_member (object, "state", yeji_use_state_to_text (list->state));
  json_object_set_string_member (object, "server_id", list->server_id);
  json_object_set_string_member (object, "application", list->application);
  json_object_set_string_member (object, "message", list->message);
  json_object_set_string_member (object, "at", list->made_at);
  json_object_set_string_member (object, "enterprise", self->code);
  json_object_set_string_member (object, "enterprise_name", self->enterprise);
  for (guint i = 0; list->records[i] != NULL; i++)
    json_array_add_object_element (records, print_record (self, list, list->records[i]));
  json_object_set_array_member (object, "records", records);
  json_object_set_array_member (object, "totals", print_totals (self, totals));
  json_node_take_object (node, object);
  return node;
}

static void
append_cell (GString    *line,
             const char *text)
{
  g_autofree char *quoted = yeji_csv_quote (text != NULL ? text : "");

  if (line->len > 0 && line->str[line->len - 1] != '\n')
    g_string_append_c (line, ',');
  g_string_append (line, quoted);
}

static void
append_values (GString                 *line,
               const YejiQualification *kind,
               const double            *values)
{
  for (guint i = 0; i < kind->indicators->len; i++)
    {
      g_autofree char *text = yeji_indicator_print (g_ptr_array_index (kind->indicators, i),
                                                    values[i]);

      append_cell (line, text);
    }
  g_string_append (line, "\r\n");
}

static void
append_head (GString                 *line,
             const YejiQualification *kind,
             YejiLanguage             language)
{
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    append_cell (line, yeji_text_get (&heads[i], language));
  for (guint i = 0; i < kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (kind->indicators, i);
      const char *unit = yeji_indicator_get_unit (indicator, language);
      const char *label = yeji_text_get (&indicator->label, language);
      g_autofree char *text = unit != NULL ? g_strdup_printf ("%s (%s)", label, unit)
                                           : g_strdup (label);

      append_cell (line, text);
    }
  g_string_append (line, "\r\n");
}

/**
 * yeji_use_choice_to_csv:
 *
 * Returns: (transfer full): the list as a table with a head, a line a record and one of totals; with
 *   a byte order mark, as spreadsheets want it
 */
char *
yeji_use_choice_to_csv (const YejiUseChoice *self,
                        const YejiUseList   *list,
                        YejiLanguage         language)
{
  g_autofree double *totals = yeji_use_choice_total (self, (const char * const *) list->records);
  GString *out = g_string_new ("\n");

  append_head (out, self->kind, language);
  for (guint i = 0; list->records[i] != NULL; i++)
    {
      const YejiUseCandidate *candidate = yeji_use_choice_find (self, list->records[i]);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      append_cell (out, number);
      append_cell (out, candidate != NULL ? candidate->name : list->records[i]);
      append_cell (out, candidate != NULL ? candidate->number : NULL);
      append_cell (out, candidate != NULL ? candidate->grade : NULL);
      append_cell (out, candidate != NULL ? candidate->office : NULL);
      if (candidate != NULL)
        append_values (out, self->kind, candidate->values);
      else
        g_string_append (out, "\r\n");
    }
  append_cell (out, yeji_text_get (&total_head, language));
  for (guint i = 1; i < G_N_ELEMENTS (heads); i++)
    append_cell (out, NULL);
  append_values (out, self->kind, totals);
  g_string_erase (out, 0, 1);
  g_string_prepend (out, "\xEF\xBB\xBF");
  return g_string_free (out, FALSE);
}
