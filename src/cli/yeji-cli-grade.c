// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-grade.h"
#include "yeji-record-file.h"
#include "yeji-wire.h"

#include <glib/gi18n-lib.h>

static const char * const sentences[] = {
  [YEJI_OUTCOME_REFUSED] = N_("cannot be submitted: mend the errors"),
  [YEJI_OUTCOME_PROVINCE] = N_("D: shown by the province alone"),
  [YEJI_OUTCOME_NATIONAL] = N_("complete for the national platform (A, B or C by the department)"),
};

static JsonNode *
describe (const char  *uuid,
          YejiOutcome  outcome,
          GPtrArray   *reasons)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "outcome", yeji_outcome_to_text (outcome));
  json_object_set_member (object, "reasons", yeji_problems_to_json (reasons));
  json_node_take_object (node, object);
  return node;
}

static void
grade_record (YejiCliSession *session,
              YejiRecord     *record,
              gboolean        stored,
              JsonArray      *grades,
              gboolean       *refused)
{
  g_autoptr (GPtrArray) problems = yeji_cli_session_check (session, record, stored, NULL);
  g_autoptr (GPtrArray) reasons = yeji_grade_list_reasons (problems);
  YejiOutcome outcome = yeji_grade_get_outcome (problems);

  *refused |= outcome == YEJI_OUTCOME_REFUSED;
  json_array_add_element (grades, describe (yeji_record_get_uuid (record), outcome, reasons));
  if (yeji_cli_session_wants_json (session))
    return;
  yeji_cli_print ("%s: %s\n", yeji_record_get_uuid (record), _(sentences[outcome]));
  for (guint i = 0; i < reasons->len; i++)
    {
      YejiProblem *reason = g_ptr_array_index (reasons, i);

      yeji_cli_print ("  %s: %s [%s]\n", yeji_problem_get_pointer (reason),
                      yeji_problem_get_message (reason), yeji_problem_get_rule (reason));
    }
}

static gboolean
grade_stored (YejiCliSession *session,
              const char     *uuid,
              JsonArray      *grades,
              gboolean       *refused)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, uuid);

  if (record == NULL)
    return FALSE;
  grade_record (session, record, TRUE, grades, refused);
  return TRUE;
}

static gboolean
grade_file (YejiCliSession *session,
            const char     *path,
            JsonArray      *grades,
            gboolean       *refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = yeji_record_file_read (yeji_cli_session_get_dictionary (session), path, &error);
  if (records == NULL)
    {
      yeji_cli_complain ("%s: %s", path, error->message);
      return FALSE;
    }
  for (guint i = 0; i < records->len; i++)
    grade_record (session, g_ptr_array_index (records, i), FALSE, grades, refused);
  return TRUE;
}

/* grade UUID...|FILE...: of a file the documents are not known, so nothing is said of them */
YejiExit
yeji_cli_grade (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *grades = json_array_new ();
  gboolean done = TRUE, refused = FALSE;

  json_node_take_array (node, grades);
  for (guint i = 0; i < n_args; i++)
    done = (g_uuid_string_is_valid (args[i]) ? grade_stored (session, args[i], grades, &refused)
                                             : grade_file (session, args[i], grades, &refused))
           && done;
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (g_steal_pointer (&node));
  else
    yeji_cli_print ("%s\n", _("A self-check, not the decision."));
  if (!done)
    return YEJI_EXIT_FAILED;
  return refused ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
}
