// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli-session.h"
#include "yeji-cli.h"
#include "yeji-problem.h"
#include "yeji-validator.h"

#include <glib/gi18n-lib.h>

static YejiProblem *
find_problem (GPtrArray  *problems,
              const char *pointer,
              const char *rule)
{
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (g_str_equal (yeji_problem_get_pointer (problem), pointer)
          && g_str_equal (yeji_problem_get_rule (problem), rule))
        return problem;
    }
  return NULL;
}

/* keep: a warning that is right all the same */
YejiExit
yeji_cli_keep (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[0]);
  g_autofree char *reason = g_strstrip (g_strdup (args[3]));
  g_autoptr (GPtrArray) problems = NULL;
  YejiProblem *problem;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  problems = yeji_cli_session_check (session, record, TRUE, NULL);
  problem = find_problem (problems, args[1], args[2]);
  if (problem == NULL)
    {
      yeji_cli_complain (_("There is no problem “%s” at “%s”"), args[2], args[1]);
      return YEJI_EXIT_USAGE;
    }
  if (!yeji_validator_keep (record, problem, reason))
    {
      yeji_cli_complain (_("This cannot be kept; only warnings can"));
      return YEJI_EXIT_INVALID;
    }
  return yeji_cli_session_save (session, record, "typed") ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}
