// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-users.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "yeji-platform.h"
#include "yeji-server-cli.h"
#include "yeji-user-store.h"

static int
fail (GError *error)
{
  gboolean usage = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT)
                   || error->domain == G_OPTION_ERROR;

  g_printerr ("yeji-server: %s\n", error->message);
  return usage ? YEJI_SERVER_EXIT_USAGE : YEJI_SERVER_EXIT_FAILED;
}

/* Reads NAME and the options behind it. */
static gboolean
read_change (GStrv            arguments,
             YejiUserChange  *change,
             gboolean        *asks_password,
             GError         **error)
{
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &change->role, NULL, NULL },
    { "display-name", 0, 0, G_OPTION_ARG_STRING, &change->display_name, NULL, NULL },
    { "enterprise", 0, 0, G_OPTION_ARG_STRING, &change->enterprise, NULL, NULL },
    { "code", 0, 0, G_OPTION_ARG_STRING, &change->code, NULL, NULL },
    { "office", 0, 0, G_OPTION_ARG_STRING, &change->office, NULL, NULL },
    { "department", 0, 0, G_OPTION_ARG_STRING, &change->department, NULL, NULL },
    { "password", 0, 0, G_OPTION_ARG_NONE, asks_password, NULL, NULL },
    { "lock", 0, 0, G_OPTION_ARG_NONE, &change->lock, NULL, NULL },
    { "unlock", 0, 0, G_OPTION_ARG_NONE, &change->unlock, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &rest, error))
    return FALSE;
  /* The first argument is the command's own name, as everywhere. */
  if (g_strv_length (rest) != 2)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("exactly one user name is needed"));
      return FALSE;
    }
  change->name = g_strdup (rest[1]);
  return TRUE;
}

static int
save (const char *data_dir,
      GStrv       arguments,
      gboolean    adds)
{
  g_auto (YejiUserChange) change = { NULL };
  g_autoptr (YejiUserStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gboolean asks_password = FALSE;

  if (!read_change (arguments, &change, &asks_password, &error))
    return fail (error);
  if (adds && change.role == NULL)
    {
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("--role is needed"));
      return fail (error);
    }
  if (adds || asks_password)
    {
      change.password = yeji_platform_read_password (_("Password: "), &error);
      if (change.password == NULL)
        return fail (error);
    }
  store = yeji_user_store_open (data_dir, &error);
  if (store == NULL
      || !(adds ? yeji_user_store_add (store, &change, &error)
                : yeji_user_store_set (store, &change, &error)))
    return fail (error);
  return YEJI_SERVER_EXIT_OK;
}

/**
 * yeji_server_users_add:
 *
 * `user add NAME --role ROLE ...`, with the password from the terminal or standard input.
 *
 * Returns: the exit status
 */
int
yeji_server_users_add (const char *data_dir,
                       GStrv       arguments)
{
  return save (data_dir, arguments, TRUE);
}

/**
 * yeji_server_users_set:
 *
 * `user set NAME ...`: puts a name, an office, a section or, with `--password`, a password right;
 * `--lock` keeps everybody from signing in with it, `--unlock` takes that back.
 *
 * Returns: the exit status
 */
int
yeji_server_users_set (const char *data_dir,
                       GStrv       arguments)
{
  return save (data_dir, arguments, FALSE);
}

/**
 * yeji_server_users_list:
 *
 * `user list`: one account a line, separated by tabs.
 *
 * Returns: the exit status
 */
int
yeji_server_users_list (const char *data_dir,
                        GStrv       arguments)
{
  g_autoptr (YejiUserStore) store = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  store = yeji_user_store_open (data_dir, &error);
  list = store != NULL ? yeji_user_store_list (store, &error) : NULL;
  if (list == NULL)
    return fail (error);
  for (guint i = 0; i < list->len; i++)
    {
      YejiAccount *account = g_ptr_array_index (list, i);
      const YejiOffices *offices = yeji_user_store_get_context (store)->offices;
      g_autofree char *office = yeji_account_get_office (account, offices);

      g_print ("%s\t%s\t%s\t%s%s\n", account->name, yeji_account_role_to_text (account->role),
               account->display_name,
               account->enterprise_name != NULL ? account->enterprise_name : office,
               account->locked ? "\tlocked" : "");
    }
  return YEJI_SERVER_EXIT_OK;
}
