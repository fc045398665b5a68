// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-roles"

#include "config.h"

#include "yeji-grade.h"
#include "yeji-validator.h"

#define TODAY "2025-06-30"

/* The construction record without some of its tables, and what each role still needs: the rules
 * and pointers that differ from those of another role. */
static const struct
{
  const char *role;
  const char *without;         /* members with a blank between */
  const char *problems;
} cases[] = {
  { "construction", "", "role.documents /documents/award_notice\n"
    "role.documents /documents/contract\nrole.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
  { "general_contracting", "", "role.documents /documents/award_notice\n"
    "role.documents /documents/contract\nrole.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
  { "survey", "", "role.documents /documents/review_certificate\n"
    "role.documents /documents/contract\n" },
  { "design", "", "role.documents /documents/review_certificate\n"
    "role.documents /documents/contract\n" },
  { "supervision", "", "role.documents /documents/contract\n"
    "role.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
  { "construction", "units tenders safety_people",
    "role.tables /tenders\n"
    "role.documents /documents/contract\nrole.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
  { "supervision", "units tenders safety_people", "role.documents /documents/contract\n"
    "role.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
  { "construction", "units permits safety_people", "role.tables /permits\n"
    "role.documents /documents/award_notice\n"
    "role.documents /documents/contract\nrole.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
  { "design", "units permits safety_people", "national.permit /permits\n"
    "role.documents /documents/review_certificate\nrole.documents /documents/contract\n" },
  { "survey", "units reviews review_people", "role.tables /reviews\n"
    "role.documents /documents/review_certificate\nrole.documents /documents/contract\n" },
  { "construction", "units reviews review_people", "role.documents /documents/award_notice\n"
    "role.documents /documents/contract\nrole.documents /documents/construction_permit\n"
    "role.documents /documents/acceptance_report\n" },
};

static YejiDictionary *dictionary;

static YejiRecord *
read_case (guint i)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"),
                                            "complete-construction.json", NULL);
  g_auto (GStrv) members = g_strsplit (cases[i].without, " ", -1);
  g_autofree char *text = NULL;
  YejiRecord *record;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  record = yeji_record_new_from_text (dictionary, text, -1, NULL);
  for (guint j = 0; members[j] != NULL && *members[j] != '\0'; j++)
    {
      const YejiTableDef *table = yeji_dictionary_find_member (dictionary, members[j]);

      while (yeji_record_get_n_rows (record, table) > 0)
        yeji_record_remove_row (record, yeji_record_get_row (record, table, 0));
    }
  yeji_record_set_role (record, cases[i].role);
  return record;
}

static void
test_case (gconstpointer data)
{
  static const char * const none[] = { NULL };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (YejiValidator) validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);
  g_autoptr (YejiRecord) record = read_case (i);
  g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, TODAY, none);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint j = 0; j < problems->len; j++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, j);
      const char *rule = yeji_problem_get_rule (problem);

      if (g_str_has_prefix (rule, "role.") || g_str_has_prefix (rule, "national."))
        g_string_append_printf (lines, "%s %s\n", rule, yeji_problem_get_pointer (problem));
    }
  g_assert_cmpstr (lines->str, ==, cases[i].problems);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/roles/%u-%s-needs-what-the-dictionary-says",
                                               i, cases[i].role);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  result = g_test_run ();
  g_object_unref (dictionary);
  return result;
}
