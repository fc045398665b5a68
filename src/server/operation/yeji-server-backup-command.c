// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-backup.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "yeji-server-cli.h"

static int
fail (GError *error)
{
  g_printerr ("yeji-server: %s\n", error->message);
  return YEJI_SERVER_EXIT_FAILED;
}

/* The one argument behind the command's own name. */
static const char *
get_file (GStrv arguments)
{
  if (g_strv_length (arguments) == 2)
    return arguments[1];
  g_printerr ("yeji-server: %s\n", _("exactly one file is needed"));
  return NULL;
}

/**
 * yeji_server_backup_command:
 *
 * `backup FILE`: a copy of the province, whether a server runs on it or not.
 *
 * Returns: the exit status
 */
int
yeji_server_backup_command (const char *data_dir,
                            GStrv       arguments)
{
  const char *path = get_file (arguments);
  g_autoptr (GError) error = NULL;
  guint n_documents;

  if (path == NULL)
    return YEJI_SERVER_EXIT_USAGE;
  if (!yeji_server_backup_make (data_dir, path, &n_documents, &error))
    return fail (error);
  g_print (ngettext ("%s and %u document in %s%s\n", "%s and %u documents in %s%s\n", n_documents),
           path, n_documents, path, YEJI_SERVER_BACKUP_FILES);
  return YEJI_SERVER_EXIT_OK;
}

/**
 * yeji_server_restore_command:
 *
 * `restore FILE`: a backup in the place of the province, on which no server may run.
 *
 * Returns: the exit status
 */
int
yeji_server_restore_command (const char *data_dir,
                             GStrv       arguments)
{
  const char *path = get_file (arguments);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return YEJI_SERVER_EXIT_USAGE;
  if (!yeji_server_backup_restore (data_dir, path, &aside, &error))
    return fail (error);
  if (g_file_test (aside, G_FILE_TEST_EXISTS))
    g_print (_("The province is restored. What was there until now is %s.\n"), aside);
  else
    g_print ("%s\n", _("The province is restored."));
  return YEJI_SERVER_EXIT_OK;
}
