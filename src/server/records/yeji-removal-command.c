// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-removal.h"

#include <glib/gi18n.h>

#include "yeji-explanation.h"
#include "yeji-server-cli.h"
#include "yeji-server-schema.h"

typedef struct
{
  YejiServerContext *context;
  const char *uuid;
  const char *reason;
} Wish;

static gboolean
run_remove (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  const Wish *wish = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCase) found = yeji_case_load (sql, wish->uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (found == NULL || g_str_equal (found->state, YEJI_STATE_REMOVED))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is no record %s"),
                   wish->uuid);
      return FALSE;
    }
  if (yeji_case_is_public (found) || g_str_equal (found->state, YEJI_STATE_REVOKED))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   _("%s is approved and public, and stays"), wish->uuid);
      return FALSE;
    }
  return yeji_removal_run (found, wish->context, sql, "", wish->reason, error);
}

static gboolean
remove_record (const char  *data_dir,
               const char  *uuid,
               const char  *reason,
               GError     **error)
{
  g_autoptr (YejiServerContext) context = yeji_server_context_new (data_dir, NULL, error);
  g_autoptr (YejiDb) db = NULL;
  Wish wish = { context, uuid, reason };
  gboolean done;

  if (context == NULL)
    return FALSE;
  db = yeji_server_schema_open (data_dir, error);
  if (db == NULL)
    return FALSE;
  done = yeji_db_run (db, run_remove, &wish, error);
  yeji_db_close (db);
  return done;
}

/**
 * yeji_removal_command:
 *
 * `record remove UUID REASON`: removes a record that is not approved, whether a server runs or not;
 * its enterprise is told the reason.
 *
 * Returns: the exit status
 */
int
yeji_removal_command (const char *data_dir,
                      GStrv       arguments)
{
  g_autoptr (GError) error = NULL;

  if (g_strv_length (arguments) != 3 || !g_uuid_string_is_valid (arguments[1])
      || *arguments[2] == '\0'
      || g_utf8_strlen (arguments[2], -1) > YEJI_EXPLANATION_MAX_LENGTH)
    {
      g_printerr ("yeji-server: %s\n", _("a record's uuid and a reason are needed"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  if (remove_record (data_dir, arguments[1], arguments[2], &error))
    return YEJI_SERVER_EXIT_OK;
  g_printerr ("yeji-server: %s\n", error->message);
  return YEJI_SERVER_EXIT_FAILED;
}
