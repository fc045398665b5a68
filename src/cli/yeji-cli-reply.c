// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli-session.h"
#include "yeji-cli.h"
#include "yeji-clock.h"
#include "yeji-explanation.h"
#include "yeji-submission.h"

#include <glib/gi18n-lib.h>

/* A text as somebody meant it: no blanks around it, and nothing that is no text. */
static char *
read_text (const char *argument)
{
  g_autofree char *text = NULL;

  if (!g_utf8_validate (argument, -1, NULL))
    {
      yeji_cli_complain (_("The value is not UTF-8"));
      return NULL;
    }
  text = g_strstrip (g_strdup (argument));
  if (g_utf8_strlen (text, -1) <= YEJI_EXPLANATION_MAX_LENGTH)
    return g_steal_pointer (&text);
  yeji_cli_complain (_("An explanation must not be longer than %d characters"),
                     YEJI_EXPLANATION_MAX_LENGTH);
  return NULL;
}

/* reply UUID POINTER TEXT */
YejiExit
yeji_cli_reply (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[0]);
  g_autofree char *text = NULL;
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GError) error = NULL;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  text = read_text (args[2]);
  if (text == NULL)
    return YEJI_EXIT_USAGE;
  if (!yeji_record_reply (record, args[1], text,
                          yeji_store_get_who (yeji_cli_session_get_store (session)), now, &error))
    {
      yeji_cli_complain (_("“%s” names nothing in the record"), args[1]);
      return YEJI_EXIT_USAGE;
    }
  return yeji_cli_session_save (session, record, "typed") ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}
