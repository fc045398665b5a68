// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-check-file.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-status.h"
#include "yeji-cli.h"

#include <glib/gi18n-lib.h>


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

/* Whether the province may be asked about numbers. Complains when it cannot be. */
static YejiExit
go_online (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (!yeji_cli_declared_ask_online (yeji_cli_session_get_declared (session), store, &error))
    return yeji_cli_fail_sync (error);
  return YEJI_EXIT_OK;
}

static gboolean
was_stopped (YejiCliProgress *progress)
{
  return g_cancellable_is_cancelled (yeji_cli_progress_get_cancellable (progress));
}

/* check */
YejiExit
yeji_cli_check (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  YejiExit exit = yeji_cli_has (session, "--online") ? go_online (session) : YEJI_EXIT_OK;
  const GError *unheard = NULL;
  g_autoptr (YejiCliProgress) progress = NULL;
  YejiCliProblems problems;
  gboolean done = TRUE;

  if (exit != YEJI_EXIT_OK)
    return exit;
  yeji_cli_problems_begin (&problems, yeji_cli_session_wants_json (session));
  progress = yeji_cli_progress_new (session, _("Checking"));
  for (guint i = 0; i < n_args && !was_stopped (progress); i++)
    {
      yeji_cli_progress_step (progress, i, n_args);
      done = (g_uuid_string_is_valid (args[i])
                ? check_stored (session, &problems, args[i])
                : yeji_cli_check_file (session, &problems, progress, args[i]))
             && done;
    }
  yeji_cli_problems_end (&problems);
  if (done && was_stopped (progress))
    {
      yeji_cli_complain ("%s", _("Not everything was checked"));
      done = FALSE;
    }
  unheard = yeji_cli_declared_get_error (yeji_cli_session_get_declared (session));
  if (unheard != NULL)
    return yeji_cli_fail_sync (unheard);
  if (!done)
    return YEJI_EXIT_FAILED;
  return problems.n_errors > 0 ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
}
