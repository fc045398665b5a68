// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Lists of approved records that an enterprise's application for a qualification carries. What a
 * record brought is kept as it was when the list was made; whether it still counts is looked up
 * whenever somebody asks. */

#define G_LOG_DOMAIN "yeji-qualifications"

#include "config.h"

#include "yeji-qualification-lists.h"

#include "yeji-json.h"

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

/**
 * yeji_qualification_list_read:
 * @rows: of %YEJI_QUALIFICATION_COLUMNS
 *
 * Returns: (transfer full): the list of the row
 */
YejiQualificationList *
yeji_qualification_list_read (YejiRows *rows)
{
  YejiQualificationList *self = g_new0 (YejiQualificationList, 1);

  self->id = yeji_rows_dup_text (rows, 0);
  self->enterprise = yeji_rows_dup_text (rows, 1);
  self->enterprise_name = yeji_rows_dup_text (rows, 2);
  self->kind = yeji_rows_dup_text (rows, 3);
  self->name = yeji_rows_dup_text (rows, 4);
  self->state = yeji_rows_dup_text (rows, 5);
  self->made_at = yeji_rows_dup_text (rows, 6);
  self->made_by = yeji_rows_dup_text (rows, 7);
  self->changed_at = yeji_rows_dup_text (rows, 8);
  self->application = yeji_rows_dup_text (rows, 9);
  self->request_hash = yeji_rows_dup_text (rows, 10);
  return self;
}

/**
 * yeji_qualification_list_load:
 *
 * Returns: (transfer full) (nullable): the list; %NULL without an error when there is none
 */
YejiQualificationList *
yeji_qualification_list_load (YejiSql     *sql,
                              const char  *id,
                              GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT " YEJI_QUALIFICATION_COLUMNS " FROM " YEJI_QUALIFICATION_TABLES
                         " WHERE id = ?1", "s", id);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  return yeji_qualification_list_read (rows);
}

/**
 * yeji_qualification_list_free:
 * @self: (transfer full)
 */
void
yeji_qualification_list_free (YejiQualificationList *self)
{
  char **texts[] = {
    &self->id, &self->enterprise, &self->enterprise_name, &self->kind, &self->name, &self->state,
    &self->made_at, &self->made_by, &self->changed_at, &self->application, &self->request_hash,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_free (self);
}

/**
 * yeji_qualification_find_uses:
 * @except: a list that is not told of, or ""
 * @uuids: the records that are asked about, a JSON array
 *
 * Returns: (transfer full) (nullable) (element-type utf8 JsonArray): for each record that other
 *   lists carry, these lists, but for those that were taken back
 */
GHashTable *
yeji_qualification_find_uses (YejiSql     *sql,
                              const char  *enterprise,
                              const char  *except,
                              const char  *uuids,
                              GError     **error)
{
  static const char * const members[] = { "id", "name", "kind", "state", "at" };
  g_autoptr (GHashTable) uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) json_array_unref);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT r.uuid, q.id, q.name, q.kind, q.state, q.made_at"
                         " FROM json_each (?1) AS asked"
                         " JOIN qualification_record r ON r.uuid = asked.value"
                         " JOIN qualification q ON q.id = r.qualification"
                         " WHERE q.enterprise = ?2 AND q.id <> ?3 AND q.state <> 'withdrawn'"
                         " ORDER BY q.made_at, q.id", "sss", uuids, enterprise, except);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonArray *array = g_hash_table_lookup (uses, yeji_rows_text (rows, 0));
      JsonObject *use = json_object_new ();

      if (array == NULL)
        {
          array = json_array_new ();
          g_hash_table_insert (uses, yeji_rows_dup_text (rows, 0), array);
        }
      for (guint i = 0; i < G_N_ELEMENTS (members); i++)
        json_object_set_string_member (use, members[i], yeji_rows_text (rows, (int) i + 1));
      json_array_add_object_element (array, use);
    }
  if (local_error == NULL)
    return g_steal_pointer (&uses);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_qualification_set_uses:
 *
 * Sets the member `used` of what is said of a record.
 */
void
yeji_qualification_set_uses (JsonObject *object,
                             GHashTable *uses,
                             const char *uuid)
{
  JsonArray *array = g_hash_table_lookup (uses, uuid);

  json_object_set_array_member (object, "used", array != NULL ? json_array_ref (array)
                                                              : json_array_new ());
}

/**
 * yeji_qualification_print_reasons:
 * @reasons: (element-type YejiQualifyReason)
 *
 * Returns: (transfer full): {id, zh, en} each
 */
JsonArray *
yeji_qualification_print_reasons (GPtrArray *reasons)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reasons->len; i++)
    {
      const YejiQualifyReason *reason = g_ptr_array_index (reasons, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", reason->id);
      json_object_set_string_member (object, "zh", reason->text.in[YEJI_LANGUAGE_ZH]);
      json_object_set_string_member (object, "en", reason->text.in[YEJI_LANGUAGE_EN]);
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * yeji_qualification_print_values:
 *
 * Returns: (transfer full): the figures by the ids of the indicators
 */
JsonObject *
yeji_qualification_print_values (const YejiQualification *kind,
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
print_text (const YejiText *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "zh", text->in[YEJI_LANGUAGE_ZH]);
  json_object_set_string_member (object, "en", text->in[YEJI_LANGUAGE_EN]);
  return object;
}

static JsonObject *
print_unit (const YejiIndicator *indicator)
{
  JsonObject *object = json_object_new ();

  set_text (object, "zh", yeji_indicator_get_unit (indicator, YEJI_LANGUAGE_ZH));
  set_text (object, "en", yeji_indicator_get_unit (indicator, YEJI_LANGUAGE_EN));
  return object;
}

static JsonArray *
print_totals (const YejiQualification *kind,
              const double            *totals)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; kind != NULL && i < kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (kind->indicators, i);
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

/* An indicator that came into the dictionary later has nothing from a record of before. */
static void
add_values (const YejiQualification *kind,
            JsonObject              *stored,
            double                  *totals)
{
  g_autofree double *values = g_new0 (double, kind->indicators->len);

  for (guint i = 0; i < kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (kind->indicators, i);
      const char *text = yeji_json_get_string (stored, indicator->id);

      values[i] = text != NULL ? g_ascii_strtod (text, NULL) : 0;
    }
  yeji_qualify_add (kind, totals, values);
}

/* One record as it was carried, and how it stands now. */
static JsonObject *
read_carried (YejiRows                *rows,
              YejiServerContext       *context,
              const YejiQualification *kind,
              double                  *totals,
              guint                   *n_lost,
              GError                 **error)
{
  static const char * const members[] = { "uuid", "name", "number", "area", "grade" };
  g_autoptr (JsonNode) values = yeji_json_parse (yeji_rows_text (rows, 5), -1, error);
  g_autoptr (GPtrArray) reasons = NULL;
  JsonObject *object;

  if (values == NULL)
    return NULL;
  object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_string_member (object, members[i], yeji_rows_text (rows, (int) i));
  json_object_set_string_member (object, "state", yeji_rows_text (rows, 6));
  set_text (object, "grade_now", yeji_rows_text (rows, 7));
  json_object_set_object_member (object, "values",
                                 json_object_ref (json_node_get_object (values)));
  if (kind != NULL)
    reasons = yeji_qualify_list_reasons (context->dictionary, kind, NULL,
                                         yeji_use_standing_from_state (yeji_rows_text (rows, 6)),
                                         yeji_rows_text (rows, 7));
  else
    reasons = g_ptr_array_new ();
  json_object_set_boolean_member (object, "counts", reasons->len == 0);
  json_object_set_array_member (object, "reasons", yeji_qualification_print_reasons (reasons));
  if (reasons->len > 0)
    *n_lost += 1;
  else if (kind != NULL)
    add_values (kind, json_node_get_object (values), totals);
  return object;
}

static void
take_uuids (JsonArray *records,
            GString   *uuids)
{
  g_string_append_c (uuids, '[');
  for (guint i = 0; i < json_array_get_length (records); i++)
    g_string_append_printf (uuids, "%s\"%s\"", i > 0 ? "," : "",
                            json_object_get_string_member
                              (json_array_get_object_element (records, i), "uuid"));
  g_string_append_c (uuids, ']');
}

static gboolean
set_records (JsonObject              *object,
             YejiQualificationList   *self,
             YejiServerContext       *context,
             YejiSql                 *sql,
             GError                 **error)
{
  const YejiQualification *kind =
    yeji_qualifications_find (yeji_dictionary_get_qualifications (context->dictionary), self->kind);
  g_autofree double *totals = g_new0 (double, kind != NULL ? kind->indicators->len + 1 : 1);
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (GString) uuids = g_string_new (NULL);
  g_autoptr (GHashTable) uses = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  guint n_lost = 0;

  rows = yeji_sql_query (sql, error,
                         "SELECT r.uuid, r.name, r.number, r.area, r.grade, r.indicators,"
                         " coalesce (record.state, 'removed'), record.grade"
                         " FROM qualification_record r LEFT JOIN record ON record.uuid = r.uuid"
                         " WHERE qualification = ?1 ORDER BY position", "s", self->id);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *carried = read_carried (rows, context, kind, totals, &n_lost, error);

      if (carried == NULL)
        return FALSE;
      json_array_add_object_element (records, carried);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  take_uuids (records, uuids);
  uses = yeji_qualification_find_uses (sql, self->enterprise, self->id, uuids->str, error);
  if (uses == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *carried = json_array_get_object_element (records, i);

      yeji_qualification_set_uses (carried, uses, json_object_get_string_member (carried, "uuid"));
    }
  json_object_set_array_member (object, "records", json_array_ref (records));
  json_object_set_array_member (object, "totals", print_totals (kind, totals));
  json_object_set_int_member (object, "n_lost", n_lost);
  return TRUE;
}

/**
 * yeji_qualification_list_to_json:
 *
 * Returns: (transfer full) (nullable): the list with its records, how they stand now, where else
 *   they are used, and what those that still count add up to
 */
JsonNode *
yeji_qualification_list_to_json (YejiQualificationList  *self,
                                 YejiServerContext      *context,
                                 YejiSql                *sql,
                                 GError                **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "state", self->state);
  json_object_set_string_member (object, "enterprise", self->enterprise);
  json_object_set_string_member (object, "enterprise_name", self->enterprise_name);
  json_object_set_string_member (object, "at", self->made_at);
  json_object_set_string_member (object, "by", self->made_by);
  json_object_set_string_member (object, "changed_at", self->changed_at);
  set_text (object, "application", self->application);
  return set_records (object, self, context, sql, error) ? g_steal_pointer (&node) : NULL;
}
