// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-entries.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-db.h"
#include "yeji-query.h"
#include "yeji-store-index.h"

#include <glib/gi18n-lib.h>

#define MAX_SHOWN 50

static YejiExit
complain (const GError *error)
{
  yeji_cli_complain ("%s", error->message);
  return YEJI_EXIT_FAILED;
}

static gboolean
is_unwritable (const GError *error)
{
  return g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FULL)
    || g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_READ_ONLY);
}

/* search TEXT...: what was changed last first, nothing of the bin */
YejiExit
yeji_cli_search (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  g_autofree char *text = g_strjoinv (" ", args);
  const YejiQuery query = { text, YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED), FALSE,
                            YEJI_SORT_CHANGED, TRUE };
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  /* A script is told what there is, not what is known of it so far; a disk that cannot be written
   * does not keep from reading. */
  if (!yeji_store_index_if_needed (store, NULL, &error) && !is_unwritable (error))
    return complain (error);
  if (error != NULL)
    yeji_cli_complain (_("What came in last may not be found: %s"), error->message);
  g_clear_error (&error);
  entries = yeji_store_query (store, &query, 0, MAX_SHOWN, &error);
  if (entries == NULL)
    return complain (error);
  yeji_cli_print_entries (session, entries);
  if (entries->len < MAX_SHOWN || yeji_cli_session_wants_json (session))
    return YEJI_EXIT_OK;
  if (!yeji_store_query_count (store, &query, &n, &error))
    return complain (error);
  if (n > entries->len)
    yeji_cli_print (_("The first %u of %u records\n"), entries->len, n);
  return YEJI_EXIT_OK;
}
