// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-check-file.h"
#include "yeji-cli.h"

static gboolean
check_stored (YejiCliSession  *session,
              YejiCliProblems *printed,
              const char      *uuid)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, uuid);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GString) text = NULL;

  if (record == NULL)
    return FALSE;
  problems = yeji_cli_session_check (session, record, TRUE, NULL);
  text = g_string_new (NULL);
  yeji_cli_problems_format (printed, text, problems, yeji_record_get_uuid (record), uuid);
  yeji_cli_problems_print (printed, text->str,
                           yeji_problems_count (problems, YEJI_SEVERITY_ERROR));
  return TRUE;
}

/* check UUID...|FILE...|- */
YejiExit
yeji_cli_check (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  YejiCliProblems problems;
  gboolean done = TRUE;

  yeji_cli_problems_begin (&problems, yeji_cli_session_wants_json (session));
  for (guint i = 0; i < n_args; i++)
    done = (g_uuid_string_is_valid (args[i]) ? check_stored (session, &problems, args[i])
                                             : yeji_cli_check_file (session, &problems, args[i]))
           && done;
  yeji_cli_problems_end (&problems);
  if (!done)
    return YEJI_EXIT_FAILED;
  return problems.n_errors > 0 ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
}
