// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-push"

#include "config.h"

#include "yeji-push-payload.h"

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-validator.h"

/* A row under the standard's own names: what receivers take for empty is left out, and what is
 * empty here because the project says it is said. */
static JsonObject *
make_row (YejiRecord         *record,
          const YejiTableDef *table,
          YejiRow            *row)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_record_get_effective (record, row, field);

      if (value == NULL || yeji_dictionary_is_empty_value (dictionary, value)
          || (field->kind == YEJI_FIELD_DATE
              && g_str_equal (value, yeji_dictionary_get_missing_date (dictionary))))
        continue;
      json_object_set_string_member (object, field->id, value);
    }
  return object;
}

static JsonObject *
make_tables (YejiRecord *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      JsonArray *rows = json_array_new ();

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        json_array_add_object_element (rows,
                                       make_row (record, table,
                                                 yeji_record_get_row (record, table, j)));
      json_object_set_array_member (object, table->id, rows);
    }
  return object;
}

/* What does not conform is not sent. (transfer full) (nullable): what does not */
static char *
find_error (YejiServerContext *context,
            YejiRecord        *record)
{
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (GPtrArray) problems = NULL;

  problems = yeji_validator_check (context->validators[YEJI_LANGUAGE_ZH], record, today, NULL);
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (yeji_problem_get_severity (problem) == YEJI_SEVERITY_ERROR)
        return g_strdup_printf ("不符合数据标准，没有报送：%s", yeji_problem_get_message (problem));
    }
  return NULL;
}

static gboolean
read_project (YejiSql      *sql,
              const char   *uuid,
              char        **number,
              char        **grade,
              char        **body,
              GError      **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT record.number, publication.grade, publication.body FROM record"
                         " LEFT JOIN publication USING (uuid) WHERE uuid = ?1", "s", uuid);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *number = yeji_rows_dup_text (rows, 0);
  *grade = yeji_rows_dup_text (rows, 1);
  *body = yeji_rows_dup_text (rows, 2);
  return TRUE;
}

/**
 * yeji_push_payload_make:
 * @kind: `publish` or `remove`
 * @key: under which it is sent
 * @refusal: (out) (transfer full): why it cannot be sent at all
 *
 * Makes what the national platform is sent of a record: every table of the dictionary by the
 * standard's own name, every row with the standard's own field names, every value as text. The
 * personal numbers that the standard asks for are among them.
 *
 * Returns: (transfer full) (nullable): JSON; %NULL with @refusal or with @error
 */
char *
yeji_push_payload_make (YejiServerContext  *context,
                        YejiSql            *sql,
                        const char         *uuid,
                        const char         *kind,
                        const char         *key,
                        char              **refusal,
                        GError            **error)
{
  g_autofree char *number = NULL;
  g_autofree char *grade = NULL;
  g_autofree char *body = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  *refusal = NULL;
  if (!read_project (sql, uuid, &number, &grade, &body, error))
    return NULL;
  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "record", uuid);
  json_object_set_string_member (object, "number", number != NULL ? number : "");
  if (g_str_equal (kind, YEJI_PUSH_PUBLISH))
    {
      /* one that cannot be read must not hold up all that are behind it */
      record = yeji_server_dictionary_read (context->versions, body, NULL, &local_error);
      *refusal = record != NULL ? find_error (context, record)
                                : g_strdup_printf ("无法读取，没有报送：%s", local_error->message);
      if (*refusal != NULL)
        return NULL;
      json_object_set_string_member (object, "grade", grade);
      json_object_set_string_member (object, "dictionary",
                                     yeji_dictionary_get_version (context->dictionary));
      json_object_set_object_member (object, "tables", make_tables (record));
    }
  return yeji_json_print (node, FALSE);
}
