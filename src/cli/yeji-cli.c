// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli.h"

#include "yeji-cli-correct.h"
#include "yeji-cli-output.h"
#include "yeji-cli-transfers.h"

#include <locale.h>
#include <stdio.h>

#include <glib/gi18n-lib.h>

#define MANY G_MAXUINT

static const struct
{
  const char *name;
  const char *args;            /* (nullable): as shown */
  const char *summary;
  guint min_args;
  guint max_args;
  YejiCommandFunc run;
} commands[] = {
  { "new", "[--role ROLE | --copy UUID]", N_("Begin a record"), 0, 2, yeji_cli_new },
  { "list", NULL,
    N_("List the records: state, grade, errors, completeness, expected grade, documents, name"),
    0, 0, yeji_cli_list },
  { "search", "TEXT...", N_("Find records by any part of any of their texts"), 1, MANY,
    yeji_cli_search },
  { "show", "UUID [--at TIME]", N_("Show a record, as it was at 11:20 for instance"), 1, 3,
    yeji_cli_show },
  { "set", "UUID POINTER VALUE", N_("Change one value, /contracts/-/ adds a row"), 3, 3,
    yeji_cli_set },
  { "reply", "UUID POINTER TEXT", N_("Explain something to the reviewer, an empty text takes it back"),
    3, 3, yeji_cli_reply },
  { "remove", "UUID", N_("Move a record to the bin"), 1, 1, yeji_cli_remove },
  { "bin", "[--restore UUID|--empty]", N_("List the bin, take a record back, or delete all in it"),
    0, 2, yeji_cli_bin },
  { "history", "UUID [POINTER]", N_("Show what was changed when and by whom"), 1, 2,
    yeji_cli_history },
  { "compare", "UUID [UUID]",
    N_("Show how a record differs from what was submitted, or from another one"), 1, 2,
    yeji_cli_compare },
  { "conflicts", "UUID [--mine|--theirs [POINTER]]",
    N_("Show or decide what both the province and you changed"), 1, 3, yeji_cli_conflicts },
  { "undo", "UUID", N_("Take back the last change of a record"), 1, 1, yeji_cli_undo },
  { "redo", "UUID", N_("Do again what was undone"), 1, 1, yeji_cli_redo },
  { "check", YEJI_CLI_CHECK_USAGE,
    N_("Check records against the dictionary; with --online the province is asked about numbers that "
       "other systems probably have"), 1, MANY, yeji_cli_check },
  { "grade", "UUID...|FILE...", N_("Tell what would become of records: national platform or D"), 1,
    MANY, yeji_cli_grade },
  { "import", "FILE.json [--dry-run]", N_("Take over the records of a file, all or none"), 1, 2,
    yeji_cli_import },
  { "attach", "UUID SLOT FILE...", N_("Attach documents"), 3, MANY, yeji_cli_attach },
  { "match", YEJI_CLI_MATCH_USAGE,
    N_("Attach documents to the records and slots that their names tell, or take the last go back"),
    1, MANY, yeji_cli_match },
  { "tray", YEJI_CLI_TRAY_USAGE,
    N_("List the files that wait for a record and a slot, place or remove them"), 1, MANY,
    yeji_cli_tray },
  { "evidence", YEJI_CLI_EVIDENCE_USAGE,
    N_("Show which documents the records have, lack (!) or have to be looked at (?)"), 0, 3,
    yeji_cli_evidence },
  { "backup", "[FILE|--list]", N_("Keep a copy of the records, or the whole profile in one file"),
    0, 1, yeji_cli_backup },
  { "restore", "NAME|FILE [--to DIR]", N_("Go back to a backup, or unpack a profile"), 1, 3,
    yeji_cli_restore },
  { "pack", YEJI_CLI_PACK_USAGE,
    N_("Hand records over to another computer in one encrypted file; its passphrase is read from "
       "the terminal or standard input"), 2, MANY, yeji_cli_pack },
  { "unpack", YEJI_CLI_UNPACK_USAGE,
    N_("Take over the records of such a file, all or none, or take that back"), 1, 4,
    yeji_cli_unpack },
  { "key", YEJI_CLI_KEY_USAGE,
    N_("Tell or change what opens the personal numbers of the profile"), 0, 2, yeji_cli_key },
  { "login", "URL USER", N_("Sign in; the password is read from the terminal or standard input"),
    2, 2, yeji_cli_login },
  { "pin", YEJI_CLI_PIN_USAGE,
    N_("Tell or change by what the province is known: the SHA-256 of its key, its authority"), 0, 2,
    yeji_cli_pin },
  { "sync", NULL, N_("Send what waits and fetch what the province decided"), 0, 0, yeji_cli_sync },
  { "submit", "[--files-follow] UUID...",
    N_("Submit records, with --files-follow before their files are sent"), 1, MANY,
    yeji_cli_submit },
  { "withdraw", "UUID REASON", N_("Take a submission back that nobody has decided on yet"), 2, 2,
    yeji_cli_withdraw },
  { "correct", YEJI_CLI_CORRECT_USAGE,
    N_("Ask the province to correct an approved record, or with --withdrawal to take it off the "
       "public page"), 1, MANY, yeji_cli_correct },
  { "qualify", YEJI_CLI_QUALIFY_USAGE,
    N_("List approved records for a qualification, with what they add up to, and send the list"), 1,
    MANY, yeji_cli_qualify },
  { "fetch", "UUID", N_("Fetch the documents that another computer of the enterprise attached"), 1,
    1, yeji_cli_fetch },
  { "transfers", YEJI_CLI_TRANSFERS_USAGE, N_("List the files that are to be sent, or change that"),
    0, 2, yeji_cli_transfers },
  { "receipt", YEJI_CLI_RECEIPT_USAGE,
    N_("Tell when a record and its files arrived, keep, print or prove what the province signed"),
    1, 7, yeji_cli_receipt },
  { "dictionary", "[--json-schema|--markdown|--forget-key]", N_("Print the dictionary"), 0, 1,
    yeji_cli_dictionary },
  { "normalise", "KIND TEXT", N_("Offer ways to write a value right"), 2, 2,
    yeji_cli_normalise },
  { "profiles", "[--json]", N_("List the enterprises of this computer, what is due first"), 0, 1,
    yeji_cli_profiles },
  { "verify", NULL, N_("Check that nothing of the profile is damaged or missing"), 0, 0,
    yeji_cli_verify },
  { "notices", NULL, N_("List what happened to the profile"), 0, 0, yeji_cli_notices },
  { "status", NULL, N_("Tell what waits to be sent"), 0, 0, yeji_cli_status },
};

static char *
describe_commands (void)
{
  GString *text = g_string_new (_("Commands:"));

  g_string_append_c (text, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strdup_printf ("%s %s", commands[i].name,
                                                commands[i].args != NULL ? commands[i].args : "");

      g_string_append_printf (text, "  %-32s %s\n", usage, _(commands[i].summary));
    }
  g_string_append_c (text, '\n');
  g_string_append (text, _("Exit status: 0 done, 1 failed, 2 usage, 3 the record has errors, "
                           "4 the province cannot be reached"));
  return g_string_free (text, FALSE);
}

static YejiExit
run_command (YejiCliSession  *session,
             char           **args)
{
  guint n_args = g_strv_length (args) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, args[0]))
        continue;
      if (n_args >= commands[i].min_args && n_args <= commands[i].max_args)
        return commands[i].run (session, n_args, args + 1);
      yeji_cli_complain (_("Usage: yeji %s %s"), commands[i].name,
                         commands[i].args != NULL ? commands[i].args : "");
      return YEJI_EXIT_USAGE;
    }
  yeji_cli_complain (_("There is no command “%s”; see yeji --help"), args[0]);
  return YEJI_EXIT_USAGE;
}

/* Arguments are UTF-8 whatever the locale says, as the output is; a script may run with LC_ALL=C.
 * Others are what the locale says. */
static gboolean
make_utf8 (GStrv    args,
           GError **error)
{
  for (guint i = 0; args[i] != NULL; i++)
    {
      char *converted = g_utf8_validate (args[i], -1, NULL)
                        ? g_strdup (args[i])
                        : g_locale_to_utf8 (args[i], -1, NULL, NULL, error);

      if (converted == NULL)
        {
          g_autofree char *shown = g_filename_display_name (args[i]);

          g_prefix_error (error, "“%s”: ", shown);
          return FALSE;
        }
      g_free (args[i]);
      args[i] = converted;
    }
  return TRUE;
}

/* Options of the program stand before the command, so that a value like "-5" behind it is a value.
 * */
static GStrv
parse_options (int         argc,
               char      **argv,
               char      **profile,
               gboolean   *json,
               gboolean   *version,
               GError    **error)
{
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, profile, N_("The profile's folder"), N_("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, json, N_("Answer in JSON"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_("Show the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, N_("COMMAND…") },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *description = describe_commands ();
  g_auto (GStrv) copy = NULL;

#ifdef G_OS_WIN32
  copy = g_win32_get_command_line ();
#else
  copy = g_strdupv (argv);
#endif
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse_strv (context, &copy, error))
    return NULL;
  if (rest == NULL)
    return g_new0 (char *, 1);
  return make_utf8 (rest, error) ? g_steal_pointer (&rest) : NULL;
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
  const char *locale_dir = g_getenv ("YEJI_LOCALEDIR");
  g_autofree char *profile = NULL;
  g_autoptr (YejiCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) args = NULL;
  gboolean json = FALSE, version = FALSE;
  YejiExit status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : YEJI_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);   /* ngettext() asks no other */
  g_set_prgname ("yeji");
  /* uploads are faster over HTTP/1.1, and libsoup has no other switch */
  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);

  args = parse_options (argc, argv, &profile, &json, &version, &error);
  if (args == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_USAGE;
    }
  if (version)
    {
      yeji_cli_print ("yeji %s\n", YEJI_VERSION);
      return YEJI_EXIT_OK;
    }
  if (profile != NULL && *profile == '\0')   /* of a script whose variable is not set */
    {
      yeji_cli_complain (_("Usage: yeji %s %s"), "--profile DIR", "COMMAND");
      return YEJI_EXIT_USAGE;
    }
  if (args[0] == NULL)
    {
      yeji_cli_complain (_("No command was given; see yeji --help"));
      return YEJI_EXIT_USAGE;
    }
  session = yeji_cli_session_new (profile, json, &error);
  if (session == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  status = run_command (session, args);
  if (ferror (stdout))   /* a full disk must not look like a record without problems */
    {
      yeji_cli_complain (_("The output could not be written"));
      return YEJI_EXIT_FAILED;
    }
  return (int) status;
}
