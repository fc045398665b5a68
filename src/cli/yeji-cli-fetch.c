// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-fetcher.h"

#include <glib/gi18n-lib.h>

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
print_json (guint n)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "documents", n);
  yeji_cli_print_object (object);
}

/* fetch: the documents that another computer of the enterprise attached. */
YejiExit
yeji_cli_fetch (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  entry = yeji_store_get_entry (store, args[0], &error);
  if (entry != NULL && yeji_fetcher_run (store, args[0], NULL, &n, NULL, &error))
    {
      if (yeji_cli_session_wants_json (session))
        print_json (n);
      else
        yeji_cli_print (ngettext ("%u document was fetched\n", "%u documents were fetched\n", n), n);
      return YEJI_EXIT_OK;
    }
  yeji_cli_complain (_("The documents of %s were not fetched: %s"), args[0], error->message);
  return get_exit (error);
}
