// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-wire.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = yeji_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_returns_what_was_printed (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (YejiRefusal) sent = NULL;
  g_autoptr (YejiRefusal) got = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  YejiProblem *problem;

  g_ptr_array_add (problems, yeji_problem_new ("date.order", YEJI_SEVERITY_WARNING,
                                               "/permits/0/BDate", "开工日期早于许可日期"));
  sent = yeji_refusal_new (422, YEJI_WIRE_INVALID, "不能提交", "1 处", problems);
  node = yeji_refusal_to_json (sent);
  got = yeji_refusal_from_json (node, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (got->status, ==, 422);
  g_assert_cmpstr (got->kind, ==, YEJI_WIRE_INVALID);
  g_assert_cmpstr (got->title, ==, "不能提交");
  g_assert_cmpstr (got->detail, ==, "1 处");
  g_assert_cmpuint (got->errors->len, ==, 1);
  problem = g_ptr_array_index (got->errors, 0);
  g_assert_cmpstr (yeji_problem_get_rule (problem), ==, "date.order");
  g_assert_cmpint (yeji_problem_get_severity (problem), ==, YEJI_SEVERITY_WARNING);
  g_assert_cmpstr (yeji_problem_get_pointer (problem), ==, "/permits/0/BDate");
  g_assert_cmpstr (yeji_problem_get_message (problem), ==, "开工日期早于许可日期");
}

static void
test_leaves_out_what_says_nothing (void)
{
  g_autoptr (YejiRefusal) refusal = yeji_refusal_new (404, YEJI_WIRE_NOT_FOUND, "没有", NULL, NULL);
  g_autoptr (JsonNode) node = yeji_refusal_to_json (refusal);
  g_autofree char *text = yeji_json_print (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"type\":\"urn:yeji:problem:not-found\",\"title\":\"没有\",\"status\":404}");
}

static void
test_keeps_a_flawed_problem (void)
{
  g_autoptr (JsonNode) node = parse ("{\"type\": \"urn:yeji:problem:invalid\", \"status\": 422,"
                                     " \"detail\": 7, \"current\": {}, \"errors\": [1, null,"
                                     " {\"message\": \"m\", \"severity\": \"fatal\","
                                     " \"rule\": []}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRefusal) refusal = yeji_refusal_from_json (node, &error);
  YejiProblem *problem;

  g_assert_no_error (error);
  g_assert_cmpstr (refusal->title, ==, "");
  g_assert_null (refusal->detail);
  g_assert_cmpuint (refusal->errors->len, ==, 1);
  problem = g_ptr_array_index (refusal->errors, 0);
  g_assert_cmpstr (yeji_problem_get_message (problem), ==, "m");
  g_assert_cmpstr (yeji_problem_get_rule (problem), ==, "");
  g_assert_cmpint (yeji_problem_get_severity (problem), ==, YEJI_SEVERITY_ERROR);
}

static void
test_refuses_what_is_no_problem (void)
{
  static const char * const texts[] = {
    "[]", "\"invalid\"", "{}",
    "{\"type\": \"about:blank\", \"status\": 500}",
    "{\"type\": \"urn:yeji:problem:\", \"status\": 500}",
    "{\"type\": \"urn:yeji:problem:stale\"}",
    "{\"type\": \"urn:yeji:problem:stale\", \"status\": 200}",
    "{\"type\": \"urn:yeji:problem:stale\", \"status\": 4294967708}",
    "{\"type\": \"urn:yeji:problem:stale\", \"status\": \"412\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = parse (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_refusal_from_json (node, &error));
      g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER);
    }
  g_assert_null (yeji_refusal_from_json (NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/refusal/returns-what-was-printed", test_returns_what_was_printed);
  g_test_add_func ("/wire/refusal/leaves-out-what-says-nothing", test_leaves_out_what_says_nothing);
  g_test_add_func ("/wire/refusal/keeps-a-flawed-problem", test_keeps_a_flawed_problem);
  g_test_add_func ("/wire/refusal/refuses-what-is-no-problem", test_refuses_what_is_no_problem);
  return g_test_run ();
}
