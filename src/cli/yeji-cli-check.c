// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-record-file.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  YejiCliSession *session;
  JsonArray *problems;
  guint n_errors;
} Run;

static void
check_record (Run        *run,
              YejiRecord *record,
              const char *source)
{
  gboolean stored = g_str_equal (source, yeji_record_get_uuid (record));
  g_autoptr (GPtrArray) problems = yeji_cli_session_check (run->session, record, stored);

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);
      const char *severity = yeji_severity_to_text (yeji_problem_get_severity (problem));
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "rule", yeji_problem_get_rule (problem));
      json_object_set_string_member (object, "severity", severity);
      json_object_set_string_member (object, "pointer", yeji_problem_get_pointer (problem));
      json_object_set_string_member (object, "message", yeji_problem_get_message (problem));
      json_object_set_string_member (object, "uuid", yeji_record_get_uuid (record));
      json_object_set_string_member (object, "source", source);
      json_array_add_object_element (run->problems, object);
      if (!yeji_cli_session_wants_json (run->session))
        yeji_cli_print ("%s: %s: %s: %s [%s]\n", source, severity,
                        yeji_problem_get_pointer (problem), yeji_problem_get_message (problem),
                        yeji_problem_get_rule (problem));
    }
  run->n_errors += yeji_problems_count (problems, YEJI_SEVERITY_ERROR);
}

static gboolean
check_file (Run        *run,
            const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = yeji_record_file_read (yeji_cli_session_get_dictionary (run->session), path, &error);
  if (records == NULL)
    {
      yeji_cli_complain ("%s: %s", path, error->message);
      return FALSE;
    }
  for (guint i = 0; i < records->len; i++)
    check_record (run, g_ptr_array_index (records, i), path);
  return TRUE;
}

static gboolean
check_stored (Run        *run,
              const char *uuid)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (run->session, uuid);

  if (record == NULL)
    return FALSE;
  check_record (run, record, uuid);
  return TRUE;
}

/* check UUID...|FILE... */
YejiExit
yeji_cli_check (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  Run run = { session, json_array_new (), 0 };
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  gboolean done = TRUE;

  for (guint i = 0; i < n_args; i++)
    done = (g_uuid_string_is_valid (args[i]) ? check_stored (&run, args[i])
                                             : check_file (&run, args[i])) && done;
  json_node_take_array (node, run.problems);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (node);
  else
    json_node_unref (node);
  if (!done)
    return YEJI_EXIT_FAILED;
  return run.n_errors > 0 ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
}
