// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-session.h"
#include "yeji-platform.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

/* The width of the first column of a list. */
#define COLUMN 33

/* Their names, for scripts. */
static const char * const exits[] = {
  [YEJI_EXIT_FAILED] = "failed",
  [YEJI_EXIT_USAGE] = "usage",
  [YEJI_EXIT_INVALID] = "invalid",
  [YEJI_EXIT_OFFLINE] = "offline",
};

static void
print_options (const YejiCliOption *options)
{
  for (; options->name != NULL; options++)
    {
      const char *value = yeji_cli_get_shown (options);
      g_autofree char *name = g_strjoin (" ", options->name, value, NULL);

      yeji_cli_print ("  %-*s  %s\n", COLUMN, name, _(options->summary));
    }
}

static void
print_help (void)
{
  guint n;
  const YejiCliCommand *commands = yeji_cli_get_commands (&n);

  yeji_cli_print (_("Usage: yeji %s"), _("[OPTION…] COMMAND…"));
  yeji_cli_print ("\n\n%s\n", _("Options:"));
  print_options (yeji_cli_common_options);
  yeji_cli_print ("\n%s\n", _("Commands:"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *usage = g_strjoin (" ", commands[i].name, commands[i].args, NULL);

      yeji_cli_print ("  %-*s  %s\n", COLUMN, usage, _(commands[i].summary));
    }
  yeji_cli_print ("\n%s\n%s\n", _("yeji COMMAND --help tells the options of a command."),
                  _("Exit status: 0 done, 1 failed, 2 usage, 3 the record has errors, "
                    "4 the province cannot be reached"));
}

static void
print_command_help (const YejiCliCommand *command)
{
  g_autofree char *usage = yeji_cli_dup_usage (command);

  yeji_cli_print (_("Usage: yeji %s"), usage);
  yeji_cli_print ("\n\n%s\n", _(command->summary));
  if (command->options == NULL)
    return;
  yeji_cli_print ("\n%s\n", _("Options:"));
  print_options (command->options);
}

static JsonArray *
options_to_json (const YejiCliOption *options)
{
  JsonArray *array = json_array_new ();

  for (; options != NULL && options->name != NULL; options++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", options->name);
      json_object_set_string_member (object, "value", yeji_cli_get_shown (options));
      json_object_set_string_member (object, "summary", _(options->summary));
      json_object_set_boolean_member (object, "repeated",
                                      (options->flags & YEJI_OPTION_REPEATED) != 0);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
command_to_json (const YejiCliCommand *command)
{
  g_autofree char *usage = yeji_cli_dup_usage (command);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", command->name);
  json_object_set_string_member (object, "arguments", command->args);
  json_object_set_string_member (object, "usage", usage);
  json_object_set_string_member (object, "summary", _(command->summary));
  json_object_set_array_member (object, "options", options_to_json (command->options));
  return object;
}

/* @command: (nullable): all of them */
static void
print_help_json (const YejiCliCommand *command)
{
  JsonObject *object = command != NULL ? command_to_json (command) : json_object_new ();
  JsonArray *array;
  guint n;
  const YejiCliCommand *commands = yeji_cli_get_commands (&n);

  if (command == NULL)
    {
      array = json_array_new ();
      json_object_set_array_member (object, "options", options_to_json (yeji_cli_common_options));
      for (guint i = 0; i < n; i++)
        json_array_add_object_element (array, command_to_json (&commands[i]));
      json_object_set_array_member (object, "commands", array);
    }
  yeji_cli_print_object (object);
}

/* Before any command: TRUE if that was all there is to do. */
static gboolean
answer_at_once (YejiCliOptions *options)
{
  const YejiCliCommand *command = yeji_cli_options_get_command (options);

  if (yeji_cli_options_has (options, "--version"))
    yeji_cli_print ("yeji %s\n", YEJI_VERSION);
  else if (!yeji_cli_options_has (options, "--help"))
    return FALSE;
  else if (yeji_cli_options_has (options, "--json"))
    print_help_json (command);
  else if (command != NULL)
    print_command_help (command);
  else
    print_help ();
  return TRUE;
}

static YejiExit
run_command (YejiCliOptions *options)
{
  const YejiCliCommand *command = yeji_cli_options_get_command (options);
  g_autoptr (YejiCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  char **args = yeji_cli_options_get_args (options);

  if (command == NULL)
    {
      yeji_cli_complain (_("No command was given; see yeji --help"));
      return YEJI_EXIT_USAGE;
    }
  session = yeji_cli_session_new (yeji_cli_options_get (options, "--profile"),
                                  yeji_cli_options_has (options, "--json"), &error);
  if (session == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  yeji_cli_session_set_options (session, options);
  return command->run (session, g_strv_length (args), args);
}

static GStrv
get_command_line (char **argv)
{
#ifdef G_OS_WIN32
  return g_win32_get_command_line ();
#else
  return g_strdupv (argv);
#endif
}

/**
 * yeji_cli_run:
 *
 * Runs the command line.
 *
 * Returns: the exit status, a #YejiExit
 */
int
yeji_cli_run (int    argc,
              char **argv)
{
  g_autoptr (YejiCliOptions) options = NULL;
  g_auto (GStrv) line = NULL;
  YejiExit status;

  yeji_platform_begin_program (YEJI_LOCALE_DIR);
  yeji_platform_begin_console ();
  g_set_prgname ("yeji");
  /* uploads are faster over HTTP/1.1, and libsoup has no other switch */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);

  line = get_command_line (argv);
  /* also what is wrong with the options themselves is told as JSON */
  yeji_cli_set_json (g_strv_contains ((const char * const *) line, "--json"));
  options = yeji_cli_options_parse (line + MIN (1, g_strv_length (line)));
  status = options == NULL ? YEJI_EXIT_USAGE
           : answer_at_once (options) ? YEJI_EXIT_OK
           : run_command (options);
  if (ferror (stdout))   /* a full disk must not look like a record without problems */
    {
      yeji_cli_complain (_("The output could not be written"));
      status = YEJI_EXIT_FAILED;
    }
  if (status != YEJI_EXIT_OK)
    yeji_cli_tell_end ((int) status, exits[status]);
  return (int) status;
}
