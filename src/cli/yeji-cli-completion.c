// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-commands.h"
#include "yeji-cli-offer.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-session.h"
#include "yeji-completion-resources.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* The shells ask the program itself, so that what they offer is always its own table; the scripts
 * read YejiCliOffer's lines. */
static const struct
{
  const char *shell;
  const char *path;            /* of the resource */
} scripts[] = {
  { "bash", "/org/yeji/completion/yeji.bash" },
  { "zsh", "/org/yeji/completion/yeji.zsh" },
  { "fish", "/org/yeji/completion/yeji.fish" },
};

/* What the words before the last one are. */
typedef struct
{
  const YejiCliCommand *command;   /* (nullable) */
  const char *group;           /* (nullable): the first word of commands of two */
  const YejiCliOption *pending;    /* (nullable): whose value is next */
  const char *profile;         /* (nullable) */
  guint n_args;
  gboolean ended;
} Line;

static gboolean
is_group (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);
  guint n;
  const YejiCliCommand *commands = yeji_cli_get_commands (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (commands[i].name, prefix))
      return TRUE;
  return FALSE;
}

static void
read_command (Line        *line,
              const char  *word)
{
  const char *pair[] = { line->group != NULL ? line->group : word,
                         line->group != NULL ? word : NULL, NULL };
  guint n_words;

  line->command = yeji_cli_find_command ((char **) pair, &n_words);
  line->group = line->group == NULL && is_group (word) ? word : NULL;
}

/* As the parser does, but without a complaint: the line is not finished. */
static void
read_word (Line       *line,
           const char *word)
{
  const YejiCliOption *option;

  if (line->pending != NULL)
    {
      if (g_str_equal (line->pending->name, "--profile"))
        line->profile = word;
      line->pending = NULL;
    }
  else if (g_str_has_prefix (word, "--") && !line->ended)
    {
      line->ended = word[2] == '\0';
      option = yeji_cli_find_option (line->command, word, strlen (word));
      line->pending = option != NULL && option->kind != YEJI_ARG_NONE ? option : NULL;
    }
  else if (line->command == NULL || line->group != NULL)
    read_command (line, word);
  else
    line->n_args++;
}

static void
offer_options (YejiCliOffer        *offer,
               const YejiCliOption *options)
{
  for (; options != NULL && options->name != NULL; options++)
    yeji_cli_offer_word (offer, options->name, _(options->summary));
}

/* Commands, or the second words of those that begin with @group. */
static void
offer_commands (YejiCliOffer *offer,
                const char   *group)
{
  g_autofree char *prefix = group != NULL ? g_strconcat (group, " ", NULL) : NULL;
  guint n;
  const YejiCliCommand *commands = yeji_cli_get_commands (&n);
  const char *last = "";

  for (guint i = 0; i < n; i++)
    {
      const char *name = commands[i].name;
      g_autofree char *first = g_strndup (name, strcspn (name, " "));

      if (prefix != NULL && g_str_has_prefix (name, prefix))
        yeji_cli_offer_word (offer, name + strlen (prefix), _(commands[i].summary));
      else if (prefix == NULL && !g_str_has_prefix (last, first))
        yeji_cli_offer_word (offer, first, _(commands[i].summary));
      last = name;
    }
}

static void
offer_line (YejiCliOffer *offer,
            const Line   *line)
{
  const YejiCliArgument *argument = NULL;

  if (line->pending != NULL)
    {
      yeji_cli_offer_kind (offer, line->pending->kind, line->pending->words);
      return;
    }
  if (*offer->word == '-' && !line->ended)
    {
      offer_options (offer, line->command != NULL ? line->command->options : NULL);
      offer_options (offer, yeji_cli_common_options);
      return;
    }
  if (line->command == NULL || line->group != NULL)
    offer_commands (offer, line->group);
  if (line->command != NULL)
    argument = yeji_cli_get_argument (line->command, line->n_args);
  if (argument != NULL)
    yeji_cli_offer_kind (offer, argument->kind, argument->words);
}

/* Nothing is opened for it but to be read, and nobody is asked for a passphrase. */
static YejiExit
offer_words (YejiCliSession  *session,
             guint            n_args,
             char           **args)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (YejiCliSession) other = NULL;
  YejiCliOffer offer = { .word = args[n_args - 1], .text = text };
  Line line = { NULL };

  for (guint i = 0; i + 1 < n_args; i++)
    read_word (&line, args[i]);
  if (line.profile != NULL)
    session = other = yeji_cli_session_new (line.profile, FALSE, NULL);
  if (session == NULL)
    return YEJI_EXIT_FAILED;
  offer.dictionary = yeji_cli_session_get_dictionary (session);
  offer.profile = yeji_cli_session_get_profile (session);
  offer_line (&offer, &line);
  yeji_cli_print ("%s", text->str);
  return YEJI_EXIT_OK;
}

/* completion */
YejiExit
yeji_cli_completion (YejiCliSession  *session,
                     guint            n_args,
                     char           **args)
{
  g_autoptr (GBytes) script = NULL;

  if (yeji_cli_has (session, "--offer"))
    return offer_words (session, n_args, args);
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (n_args == 1 && g_str_equal (scripts[i].shell, args[0]))
      {
        script = g_resource_lookup_data (yeji_completion_get_resource (), scripts[i].path,
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
        yeji_cli_print ("%s", (const char *) g_bytes_get_data (script, NULL));
        return YEJI_EXIT_OK;
      }
  return yeji_cli_complain_usage (session);
}
