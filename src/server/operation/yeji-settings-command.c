// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-settings-command.h"

#include <glib/gi18n.h>

#include "yeji-json.h"
#include "yeji-server-cli.h"
#include "yeji-server-context.h"

/**
 * yeji_settings_command:
 *
 * `settings [--check]`: what is in force, in the shape of the file, or what is wrong with it, and
 * nothing else for who only checks.
 *
 * Returns: the exit status
 */
int
yeji_settings_command (const char *data_dir,
                       GStrv       arguments)
{
  guint n_arguments = g_strv_length (arguments);
  gboolean checks = n_arguments == 2 && g_str_equal (arguments[1], "--check");
  g_autoptr (YejiServerContext) context = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (n_arguments > 1 && !checks)
    {
      g_printerr ("yeji-server: %s\n", _("--check is all that may be said"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  context = yeji_server_context_new (data_dir, NULL, &error);
  if (context == NULL)
    {
      g_printerr ("yeji-server: %s\n", error->message);
      return YEJI_SERVER_EXIT_FAILED;
    }
  if (checks)
    return YEJI_SERVER_EXIT_OK;
  node = yeji_province_settings_to_json (context->province, &context->settings);
  text = yeji_json_print (node, TRUE);
  g_print ("%s\n", text);
  if (context->province->is_there)
    g_printerr (_("read from %s\n"), context->province->path);
  else
    g_printerr (_("%s is not there: all of this is as it came\n"), context->province->path);
  return YEJI_SERVER_EXIT_OK;
}
