// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A province whose dictionary has a table, a field, a code list and rules that no source knows. */

#include "config.h"

#include "extended-dictionary.h"
#include "yeji-server-fixture.h"

#define WRONG_POLICY "\"PolicyNum\": \"Q1\""
#define RIGHT_POLICY "\"PolicyNum\": \"P0001\""

static void
set_up (Province      *self,
        gconstpointer  data)
{
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;

  province_set_up (self, data);
  dir = g_build_filename (self->dir, "dictionary", NULL);
  yeji_test_extend_dictionary (dir);
  yeji_server_context_free (self->context);
  self->context = yeji_server_context_new (self->dir, &fixture_settings, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (yeji_dictionary_get_version (self->context->dictionary),
                                   "extended-"));
}

/* The sample with a nickname and an insurance. */
static char *
make_insured (Province   *self,
              const char *policy)
{
  g_autofree char *sample = read_sample ("complete-construction.json");
  g_autoptr (JsonNode) node = yeji_json_parse (sample, -1, NULL);
  g_autofree char *row = NULL;
  g_autoptr (JsonNode) rows = NULL;
  JsonObject *object = json_node_get_object (node);

  row = g_strdup_printf ("[{\"id\": \"i1\", %s, \"InsuranceTypeNum\": \"A\","
                         " \"BuilderLicenceNum\": \"2201041603300001-SX-001\","
                         " \"Insured\": \"100\", \"PolicyDate\": \"2016-01-01\"}]", policy);
  rows = yeji_json_parse (row, -1, NULL);
  g_assert_nonnull (rows);
  json_object_set_string_member (object, "dictionary",
                                 yeji_dictionary_get_version (self->context->dictionary));
  json_object_set_string_member (json_object_get_object_member (object, "project"), "Nickname",
                                 "小楼");
  json_object_set_member (object, "insurances", g_steal_pointer (&rows));
  return yeji_json_print (node, FALSE);
}

static YejiResponse *
submit (Province   *self,
        const char *text,
        const char *key,
        const char *tag)
{
  g_autofree char *files = give_documents (self, UUID);

  return province_ask (self, "qiye", "POST", "/v1/records/" UUID ":submit", files,
                       "Idempotency-Key", key, "If-Match", tag, NULL);
}

/* The same rule and place that the client has, in words that no source has. */
static void
test_refuses (Province      *self,
              gconstpointer  data)
{
  g_autofree char *text = make_insured (self, WRONG_POLICY);
  g_autoptr (YejiResponse) response = NULL;
  JsonArray *errors;
  JsonObject *problem;

  put_record (self, UUID, text);
  response = submit (self, text, "wrong", "\"r1\"");
  g_assert_cmpuint (response->status, ==, 422);
  g_assert_cmpstr (get_kind (response), ==, "invalid");
  errors = json_object_get_array_member (get_body (response), "errors");
  g_assert_cmpuint (json_array_get_length (errors), ==, 1);
  problem = json_array_get_object_element (errors, 0);
  g_assert_cmpstr (yeji_json_get_string (problem, "rule"), ==, "X.policy_number");
  g_assert_cmpstr (yeji_json_get_string (problem, "pointer"), ==, "/insurances/0/PolicyNum");
  g_assert_cmpstr (yeji_json_get_string (problem, "severity"), ==, "error");
  g_assert_cmpstr (yeji_json_get_string (problem, "message"), ==,
                   "“保单编号”应为 P 和四位数字，请核对“Q1”。");
}

static void
test_grades (Province      *self,
             gconstpointer  data)
{
  g_autofree char *text = make_insured (self, RIGHT_POLICY);
  g_autoptr (YejiResponse) response = NULL;
  g_autoptr (YejiResponse) approved = NULL;
  g_autoptr (YejiResponse) after = NULL;
  JsonObject *record;
  JsonArray *rows;

  put_record (self, UUID, text);
  response = submit (self, text, "right", "\"r1\"");
  g_assert_cmpuint (response->status, ==, 200);
  approved = province_ask (self, "sheng", "POST", "/v1/records/" UUID ":approve", "{}",
                           "If-Match", "\"r2\"", NULL);
  g_assert_cmpuint (approved->status, ==, 200);
  after = province_ask (self, "qiye", "GET", "/v1/records/" UUID, NULL, NULL);
  g_assert_cmpstr (get_text (after, "state"), ==, "approved");
  g_assert_cmpstr (get_text (after, "grade"), ==, "A");
  record = yeji_json_get_object (get_body (after), "record");
  rows = yeji_json_get_array (record, "insurances");
  g_assert_nonnull (rows);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (rows, 0), "PolicyNum"), ==,
                   "P0001");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Province, NULL, set_up, func, province_tear_down)
  ADD ("/server/extension/is-refused-by-its-own-rule", test_refuses);
  ADD ("/server/extension/is-taken-and-graded", test_grades);
#undef ADD

  return g_test_run ();
}
