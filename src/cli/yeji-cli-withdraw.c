// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-sync-error.h"
#include "yeji-withdrawal.h"

#include <glib/gi18n-lib.h>

/* Whether trying again may help, as of every command that asks the province. */
static YejiExit
get_exit (const GError *error)
{
  if (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE)
      || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY)
      || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT))
    return YEJI_EXIT_OFFLINE;
  return YEJI_EXIT_FAILED;
}

static void
print_json (const char *uuid)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_boolean_member (object, "withdrawn", TRUE);
  yeji_cli_print_object (object);
}

/* withdraw: a submission that nobody has decided on is taken back. */
YejiExit
yeji_cli_withdraw (YejiCliSession  *session,
                   guint            n_args,
                   char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autofree char *reason = g_strstrip (g_strdup (args[1]));
  g_autoptr (GError) error = NULL;
  const YejiRefusal *refusal;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (*reason == '\0' || g_utf8_strlen (reason, -1) > YEJI_WITHDRAWAL_MAX_REASON)
    {
      yeji_cli_complain (_("A reason is needed, of %u characters at most"),
                         YEJI_WITHDRAWAL_MAX_REASON);
      return YEJI_EXIT_USAGE;
    }
  if (yeji_withdrawal_run (store, args[0], reason, NULL, &error))
    {
      if (yeji_cli_session_wants_json (session))
        print_json (args[0]);
      else
        yeji_cli_print (_("%s is withdrawn and can be changed and submitted again\n"), args[0]);
      return YEJI_EXIT_OK;
    }
  refusal = yeji_sync_error_get_refusal (error);
  yeji_cli_complain (_("%s was not withdrawn: %s"), args[0],
                     refusal != NULL && refusal->detail != NULL ? refusal->detail : error->message);
  return get_exit (error);
}
