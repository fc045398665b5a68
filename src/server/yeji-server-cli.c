// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-cli.h"

#include <stdio.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#endif

#include "yeji-declared-command.h"
#include "yeji-legacy-command.h"
#include "yeji-platform.h"
#include "yeji-province-server.h"
#include "yeji-push-command.h"
#include "yeji-removal.h"
#include "yeji-server-audit.h"
#include "yeji-server-backup.h"
#include "yeji-receipt-keys.h"
#include "yeji-server-demo.h"
#include "yeji-server-key.h"
#include "yeji-server-routes.h"
#include "yeji-server-users.h"
#include "yeji-settings-command.h"

typedef struct
{
  const char *name;            /* maybe of two words */
  const char *arguments;       /* (nullable) */
  const char *description;
  int (*run) (const char *data_dir,
              GStrv       arguments);
} Command;

#ifdef G_OS_UNIX
static gboolean
handle_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
handle_hangup (gpointer data)
{
  yeji_province_server_reopen (data);
  return G_SOURCE_CONTINUE;
}
#endif

static int
fail (GError *error,
      int     status)
{
  g_printerr ("yeji-server: %s\n", error->message);
  return status;
}

static int
serve (const char *data_dir,
       const char *address)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiProvinceServer) server = yeji_province_server_new (data_dir, NULL, &error);
  g_autofree char *url = NULL;

  if (server == NULL)
    return fail (error, YEJI_SERVER_EXIT_FAILED);
  url = yeji_province_server_listen (server, address, &error);
  if (url == NULL)
    {
      yeji_province_server_close (server);
      return fail (error, YEJI_SERVER_EXIT_FAILED);
    }
#ifdef G_OS_UNIX
  g_unix_signal_add (SIGTERM, handle_signal, loop);
  g_unix_signal_add (SIGINT, handle_signal, loop);
  g_unix_signal_add (SIGHUP, handle_hangup, server);
#endif
  /* Not translated: scripts read it. */
  g_print ("listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);
  yeji_province_server_close (server);
  return YEJI_SERVER_EXIT_OK;
}

/* What the settings say, if anything. */
static gboolean
read_listen (const char  *data_dir,
             char       **address,
             GError     **error)
{
  g_autoptr (YejiProvinceSettings) settings = yeji_province_settings_read (data_dir, error);

  if (settings != NULL)
    *address = g_strdup (settings->listen);
  return settings != NULL;
}

static int
run_serve (const char *data_dir,
           GStrv       arguments)
{
  g_autofree char *address = NULL;
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &address, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &rest, &error))
    return fail (error, YEJI_SERVER_EXIT_USAGE);
  if (address == NULL && g_strv_length (rest) == 1 && !read_listen (data_dir, &address, &error))
    return fail (error, YEJI_SERVER_EXIT_FAILED);
  if (address == NULL || g_strv_length (rest) != 1)
    {
      g_printerr ("yeji-server: %s\n", _("--listen is needed, here or in the settings, and nothing else"));
      return YEJI_SERVER_EXIT_USAGE;
    }
  return serve (data_dir, address);
}

static const Command commands[] = {
  { "serve", "[--listen ADDRESS:PORT|unix:PATH]", N_("Answer enterprises and reviewers"), run_serve },
  { "user add", "NAME --role ROLE [--display-name NAME] [--enterprise NAME --code CODE]"
                " [--office ID --department NAME]",
    N_("Add a user; the password is read from the terminal or standard input"),
    yeji_server_users_add },
  { "user list", NULL, N_("List the users"), yeji_server_users_list },
  { "user set", "NAME [--password] [--lock|--unlock] [--role ROLE] [--display-name NAME] ...",
    N_("Change a user"), yeji_server_users_set },
  { "demo", NULL, N_("Add sample users"), yeji_server_demo },
  { "dictionary-key", "FILE", N_("Make the secret key that signs the dictionary"),
    yeji_server_key_make },
  { "receipt-key", "[--rotate]",
    N_("Show the keys that receipts are signed with, or make a new one"), yeji_receipt_keys_run },
  { "backup", "FILE", N_("Copy the province, with its documents beside the file"),
    yeji_server_backup_command },
  { "restore", "FILE", N_("Put a copy in the place of the province, while no server runs"),
    yeji_server_restore_command },
  { "import-legacy", "FILE... [--dry-run] [--except-refused] [--map FILE] [--json]",
    N_("Take the records of the old system in"), yeji_legacy_command },
  { "record remove", "UUID REASON",
    N_("Remove a record that is not approved; its enterprise is told"), yeji_removal_command },
  { "import-declared", YEJI_DECLARED_USAGE,
    N_("Take over the projects that another system has: xlsx, csv or json"), yeji_declared_command },
  { "audit", "[--verify [SEQ:HASH] | --head | --export]",
    N_("Check the audit log, and print what is to be noted elsewhere"), yeji_server_audit },
  { "push", "[--once]", N_("Send to the national platform what is due"), yeji_push_command },
  { "settings", "[--check]", N_("Show the settings that are in force, or what is wrong with them"),
    yeji_settings_command },
  { "routes", "[--json]", N_("List what is answered to, and who may ask"), yeji_server_routes },
};

static void
print_help (void)
{
  g_print ("yeji-server [--data DIR] [--settings FILE] %s\n\n", _("COMMAND"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %s %s\n      %s\n", commands[i].name,
             commands[i].arguments != NULL ? commands[i].arguments : "",
             _(commands[i].description));
}

/* The command that the words begin with; n_words becomes how many of them are its name. */
static const Command *
find_command (GStrv  words,
              guint *n_words)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) name = g_strsplit (commands[i].name, " ", -1);
      guint j = 0;

      while (name[j] != NULL && g_strcmp0 (name[j], words[j]) == 0)
        j++;
      if (name[j] == NULL)
        {
          *n_words = j;
          return &commands[i];
        }
    }
  return NULL;
}

/* `NAME VALUE` or `NAME=VALUE` before the command; the last one counts. */
static gboolean
take_option (char       **argv,
             int         *first,
             const char  *name,
             char       **value)
{
  gsize length = strlen (name);

  if (strcmp (argv[*first], name) == 0 && argv[*first + 1] != NULL)
    {
      g_free (*value);
      *value = g_strdup (argv[*first + 1]);
      *first += 2;
      return TRUE;
    }
  if (strncmp (argv[*first], name, length) != 0 || argv[*first][length] != '=')
    return FALSE;
  g_free (*value);
  *value = g_strdup (argv[*first] + length + 1);
  *first += 1;
  return TRUE;
}

/**
 * yeji_server_cli_main:
 *
 * Runs the program.
 *
 * Returns: the exit status
 */
int
yeji_server_cli_main (int    argc,
                      char **argv)
{
  g_autofree char *data_dir = NULL;
  g_autofree char *settings = NULL;
  const Command *command;
  int first = 1;
  guint n_words = 0;

  yeji_platform_begin_program (YEJI_LOCALE_DIR);

  while (first < argc && (take_option (argv, &first, "--data", &data_dir)
                           || take_option (argv, &first, "--settings", &settings)))
    ;
  if (settings != NULL)
    yeji_province_settings_set_path (settings);
  if (first < argc && (strcmp (argv[first], "--help") == 0 || strcmp (argv[first], "help") == 0))
    {
      print_help ();
      return YEJI_SERVER_EXIT_OK;
    }
  command = find_command (argv + first, &n_words);
  if (command == NULL)
    {
      print_help ();
      return YEJI_SERVER_EXIT_USAGE;
    }
  if (data_dir == NULL)
    {
      g_autofree char *user_dir = yeji_platform_get_data_dir ();

      data_dir = g_build_filename (user_dir, "province", NULL);
    }
  return command->run (data_dir, argv + first + (int) n_words - 1);
}
