// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "yeji-findings.h"

#include "yeji-json.h"

/* What is kept is read back as it was. */
static void
test_round_trip (void)
{
  static const char * const cases[] = {
    "{\"size\":0,\"pages\":0,\"width\":0,\"height\":0,\"dpi\":0,\"rotation\":0,\"looked\":0,"
    "\"blank\":[]}",
    "{\"type\":\"application/pdf\",\"size\":20971520,\"pages\":3,\"width\":595.28,"
    "\"height\":841.89,\"dpi\":300,\"rotation\":270,\"looked\":3,\"blank\":[1,3],"
    "\"sha256\":\"e3b0\"}",
    "{\"error\":\"locked\",\"type\":\"application/pdf\",\"size\":7,\"pages\":0,\"width\":0,"
    "\"height\":0,\"dpi\":0,\"rotation\":0,\"looked\":0,\"blank\":[]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiFindings) findings = yeji_findings_from_json (cases[i], &error);
      g_autoptr (YejiFindings) copy = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      copy = yeji_findings_copy (findings);
      text = yeji_findings_to_json (copy);
      g_assert_cmpstr (text, ==, cases[i]);
      g_assert_true (yeji_findings_equal (copy, findings));
      copy->dpi++;
      g_assert_false (yeji_findings_equal (copy, findings));
    }
}

/* The other process may have become anything. */
static void
test_refuses (void)
{
  static const char * const cases[] = {
    "", "[]", "null", "{\"pages\":-1}", "{\"pages\":\"3\"}", "{\"pages\":1e99}", "{\"dpi\":-0.5}",
    "{\"rotation\":45}", "{\"rotation\":360}", "{\"type\":3}", "{\"error\":\"none\"}",
    "{\"blank\":[2,2]}", "{\"blank\":[0]}", "{\"blank\":[\"1\"]}", "{\"blank\":[3,1]}",
    "{\"size\":1e300}", "{\"width\":true}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      if (yeji_findings_from_json (cases[i], &error) != NULL)
        g_error ("%s was taken", cases[i]);
      g_assert_nonnull (error);
    }
}

static void
test_lists_problems (void)
{
  static const struct
  {
    const char *findings;
    const char *problems;
  } cases[] = {
    { "{\"size\":1000,\"pages\":2,\"dpi\":150}", "" },
    { "{\"size\":1000,\"pages\":2,\"dpi\":0}", "" },
    { "{\"size\":1001,\"pages\":2,\"dpi\":149}", "oversize:0 coarse:0 " },
    { "{\"pages\":3,\"blank\":[1,3]}", "blank:1 blank:3 " },
    { "{\"pages\":1,\"blank\":[1]}", "all_blank:0 " },
    { "{\"error\":\"locked\",\"size\":2000}", "locked:0 oversize:0 " },
    { "{\"error\":\"missing\"}", "not_examined:0 " },
  };
  const YejiLimits limits = { .file_size = 1000, .scan_dpi = 150 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiFindings) findings = yeji_findings_from_json (cases[i].findings, &error);
      g_autoptr (GArray) problems = yeji_findings_list_problems (findings, &limits);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < problems->len; j++)
        {
          YejiFindingsProblem *problem = &g_array_index (problems, YejiFindingsProblem, j);

          g_string_append_printf (text, "%s:%u ", yeji_finding_kind_to_word (problem->kind),
                                  problem->page);
        }
      g_assert_cmpstr (text->str, ==, cases[i].problems);
    }
}

/* A failure can be kept like any other finding. */
static void
test_keeps_failures (void)
{
  for (guint i = 0; i <= YEJI_EXAMINER_ERROR_MISSING; i++)
    {
      g_autoptr (GError) error = g_error_new_literal (YEJI_EXAMINER_ERROR, (int) i, "image/heic");
      g_autoptr (YejiFindings) findings = yeji_findings_new_for_error (error);
      YejiExaminerError code;

      g_assert_true (yeji_examiner_error_from_word (findings->failure, &code));
      g_assert_cmpuint (code, ==, i);
      g_assert_cmpstr (findings->media_type, ==,
                       i == YEJI_EXAMINER_ERROR_FOREIGN ? "image/heic" : NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/examine/findings/come-back-as-they-were", test_round_trip);
  g_test_add_func ("/examine/findings/are-refused-when-they-make-no-sense", test_refuses);
  g_test_add_func ("/examine/findings/list-what-is-wrong", test_lists_problems);
  g_test_add_func ("/examine/findings/keep-failures", test_keeps_failures);

  return g_test_run ();
}
