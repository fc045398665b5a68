// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"

#include "yeji-cli-output.h"
#include "yeji-cli-session.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* How far a name may be from a known one to be taken for it: one typing mistake in a short one. */
#define NEAR 2

struct _YejiCliOptions
{
  const YejiCliCommand *command;   /* (nullable) */
  GPtrArray *args;             /* (element-type utf8): ends with NULL when it is parsed */
  GHashTable *values;          /* (element-type YejiCliOption GPtrArray): of text, as `args` */
};

/* Arguments are UTF-8 whatever the locale says, as the output is; a script may run with LC_ALL=C.
 * Others are what the locale says. */
static char *
make_utf8 (const char *arg)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  char *converted;

  if (g_utf8_validate (arg, -1, NULL))
    return g_strdup (arg);
  converted = g_locale_to_utf8 (arg, -1, NULL, NULL, &error);
  if (converted != NULL)
    return converted;
  shown = g_filename_display_name (arg);
  yeji_cli_complain ("“%s”: %s", shown, error->message);
  return NULL;
}

/* Edits from one word to the other: letters more, less, others (Levenshtein). */
static guint
measure_distance (const char *a,
                  const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = (guint) j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      guint corner = row[0];

      row[0] = (guint) i;
      for (gsize j = 1; j <= n; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (above, row[j - 1]) + 1, corner + (a[i - 1] != b[j - 1] ? 1 : 0));
          corner = above;
        }
    }
  return row[n];
}

/* Keeps @name in @best if it is nearer to @word than what was there. */
static void
consider (const char  *word,
          const char  *name,
          const char **best,
          guint       *distance)
{
  guint found = measure_distance (word, name);

  /* what is begun like it is meant as well: --dry for --dry-run */
  if (strlen (word) > 3 && g_str_has_prefix (name, word))
    found = 1;
  if (found > NEAR || found >= *distance)
    return;
  *best = name;
  *distance = found;
}

static const char *
find_near_command (const char *word)
{
  const char *best = NULL;
  guint n, distance = G_MAXUINT;
  const YejiCliCommand *commands = yeji_cli_get_commands (&n);

  for (guint i = 0; i < n; i++)
    consider (word, commands[i].name, &best, &distance);
  return best;
}

static void
complain_of_option (YejiCliOptions *self,
                    const char     *word)
{
  const YejiCliOption *own = self->command != NULL ? self->command->options : NULL;
  const char *best = NULL;
  guint distance = G_MAXUINT;

  for (; own != NULL && own->name != NULL; own++)
    consider (word, own->name, &best, &distance);
  for (own = yeji_cli_common_options; own->name != NULL; own++)
    consider (word, own->name, &best, &distance);
  if (best != NULL)
    yeji_cli_complain (_("There is no option “%s”; did you mean “%s”?"), word, best);
  else
    yeji_cli_complain (_("There is no option “%s”"), word);
  yeji_cli_options_complain (self);
}

/* Whether the next argument is a free text, which may look like anything but an option that there
 * is: -5, or -- for "nothing". */
static gboolean
takes_text (YejiCliOptions *self)
{
  const YejiCliArgument *argument = NULL;

  if (self->command != NULL)
    argument = yeji_cli_get_argument (self->command, yeji_cli_options_get_n_args (self));
  return argument != NULL && (argument->kind & YEJI_ARG_TEXT) != 0;
}

/* An empty one is of a script whose variable is not set. */
static gboolean
may_be_empty (YejiArgKind kind)
{
  return (kind & YEJI_ARG_TEXT) != 0;
}

static gboolean
add_argument (YejiCliOptions *self,
              const char     *arg)
{
  g_autofree char *converted = NULL;

  if (*arg == '\0' && !takes_text (self))
    {
      yeji_cli_complain (_("An argument is empty"));
      yeji_cli_options_complain (self);
      return FALSE;
    }
  converted = make_utf8 (arg);
  if (converted == NULL)
    return FALSE;
  g_ptr_array_add (self->args, g_steal_pointer (&converted));
  return TRUE;
}

static gboolean
keep_value (YejiCliOptions      *self,
            const YejiCliOption *option,
            const char          *value)
{
  GPtrArray *values = g_hash_table_lookup (self->values, option);
  g_autofree char *converted = NULL;

  if (*value == '\0' && option->kind != YEJI_ARG_NONE && !may_be_empty (option->kind))
    {
      yeji_cli_complain (_("The option “%s” wants a value"), option->name);
      yeji_cli_options_complain (self);
      return FALSE;
    }
  /* the profile is a file's name, in the encoding of files */
  converted = g_str_equal (option->name, "--profile") ? g_strdup (value) : make_utf8 (value);
  if (converted == NULL)
    return FALSE;
  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->values, (gpointer) option, values);
    }
  if ((option->flags & YEJI_OPTION_REPEATED) == 0)
    g_ptr_array_set_size (values, 0);
  g_ptr_array_add (values, g_steal_pointer (&converted));
  return TRUE;
}

/* @arg: one that begins with two dashes. Returns how many words it took, 0 after a complaint. */
static guint
read_option (YejiCliOptions *self,
             const char     *arg,
             const char     *next)
{
  const char *sign = strchr (arg, '=');
  gsize length = sign != NULL ? (gsize) (sign - arg) : strlen (arg);
  const YejiCliOption *option = yeji_cli_find_option (self->command, arg, length);
  g_autofree char *shown = g_filename_display_name (arg);

  if (option == NULL)
    {
      complain_of_option (self, shown);
      return 0;
    }
  if (option->kind == YEJI_ARG_NONE && sign != NULL)
    {
      yeji_cli_complain (_("The option “%s” takes no value"), option->name);
      yeji_cli_options_complain (self);
      return 0;
    }
  if (option->kind == YEJI_ARG_NONE || sign != NULL)
    return keep_value (self, option, sign != NULL ? sign + 1 : "") ? 1 : 0;
  if (next == NULL || yeji_cli_find_option (self->command, next, strlen (next)) != NULL)
    {
      yeji_cli_complain (_("The option “%s” wants a value"), option->name);
      yeji_cli_options_complain (self);
      return 0;
    }
  return keep_value (self, option, next) ? 2 : 0;
}

/* Returns how many words the next thing took, 0 after a complaint. */
static guint
read_word (YejiCliOptions  *self,
           char           **argv,
           gboolean        *ended)
{
  gboolean dashes = g_str_has_prefix (argv[0], "--");
  guint n_words;

  if (self->command == NULL && !dashes)
    {
      self->command = yeji_cli_find_command (argv, &n_words);
      if (self->command != NULL && n_words == 2)
        return add_argument (self, argv[1]) ? 2 : 0;
      return self->command != NULL ? 1 : 0;
    }
  if (*ended || !dashes)
    return add_argument (self, argv[0]) ? 1 : 0;
  if (takes_text (self) && (argv[0][2] != '\0' || argv[1] == NULL)
      && yeji_cli_find_option (self->command, argv[0], strcspn (argv[0], "=")) == NULL)
    return add_argument (self, argv[0]) ? 1 : 0;
  if (argv[0][2] == '\0')
    {
      *ended = self->command != NULL;
      return 1;
    }
  return read_option (self, argv[0], argv[1]);
}

static void
complain_of_command (const char *word)
{
  g_autofree char *shown = g_filename_display_name (word);
  g_autofree char *prefix = g_strconcat (word, " ", NULL);
  const char *meant = find_near_command (shown);
  guint n;
  const YejiCliCommand *commands = yeji_cli_get_commands (&n);
  gboolean told = FALSE;

  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (commands[i].name, prefix))
      {
        g_autofree char *usage = yeji_cli_dup_usage (&commands[i]);

        if (!told)
          yeji_cli_complain (_("“%s” wants another word"), shown);
        yeji_cli_tell_usage (usage);
        told = TRUE;
      }
  if (!told && meant != NULL)
    yeji_cli_complain (_("There is no command “%s”; did you mean “%s”?"), shown, meant);
  else if (!told)
    yeji_cli_complain (_("There is no command “%s”; see yeji --help"), shown);
}

/* Of one group there can be one; an option that stands alone has no arguments beside it. */
static gboolean
agrees (YejiCliOptions *self)
{
  const YejiCliOption *seen[256] = { NULL };
  guint n_args = yeji_cli_options_get_n_args (self);
  gboolean alone = FALSE;

  for (const YejiCliOption *o = self->command->options; o != NULL && o->name != NULL; o++)
    {
      if (!g_hash_table_contains (self->values, o))
        continue;
      alone = alone || (o->flags & YEJI_OPTION_ALONE) != 0;
      if (o->group != 0 && seen[(guchar) o->group] != NULL)
        {
          yeji_cli_complain (_("“%s” and “%s” cannot stand together"),
                             seen[(guchar) o->group]->name, o->name);
          return FALSE;
        }
      seen[(guchar) o->group] = o;
    }
  return alone ? n_args == 0
               : n_args >= self->command->min_args && n_args <= self->command->max_args;
}

/**
 * yeji_cli_options_parse:
 * @argv: what follows the program's name
 *
 * Takes a command line apart. Options stand anywhere, `--name VALUE` or `--name=VALUE`; `--` ends
 * them. Where a command takes a free text, what is not exactly one of its options is that text. One
 * dash begins no option: "-5" is a value and "-" standard input.
 *
 * Returns: (nullable) (transfer full): its parts, %NULL after a complaint
 */
YejiCliOptions *
yeji_cli_options_parse (char **argv)
{
  g_autoptr (YejiCliOptions) self = g_new0 (YejiCliOptions, 1);
  gboolean ended = FALSE;
  GHashTableIter iter;
  gpointer values;

  self->args = g_ptr_array_new_with_free_func (g_free);
  self->values = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  while (*argv != NULL)
    {
      gboolean named = self->command != NULL;
      guint n = read_word (self, argv, &ended);

      if (n == 0 && !named && self->command == NULL && !g_str_has_prefix (*argv, "--"))
        complain_of_command (*argv);
      if (n == 0)
        return NULL;
      argv += n;
    }
  g_ptr_array_add (self->args, NULL);
  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, NULL, &values))
    g_ptr_array_add (values, NULL);
  if (self->command == NULL || yeji_cli_options_has (self, "--help"))
    return g_steal_pointer (&self);
  if (agrees (self))
    return g_steal_pointer (&self);
  yeji_cli_options_complain (self);
  return NULL;
}

void
yeji_cli_options_free (YejiCliOptions *self)
{
  g_ptr_array_unref (self->args);
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * yeji_cli_options_get_command:
 *
 * Returns: (nullable) (transfer none): the command, %NULL if none was given
 */
const YejiCliCommand *
yeji_cli_options_get_command (YejiCliOptions *self)
{
  return self->command;
}

/* Of a command of two words the second one is the first argument. */
static guint
count_extra (YejiCliOptions *self)
{
  return strchr (self->command->name, ' ') != NULL ? 1 : 0;
}

/**
 * yeji_cli_options_get_n_args:
 *
 * Returns: how many arguments the command was given, without its own words
 */
guint
yeji_cli_options_get_n_args (YejiCliOptions *self)
{
  guint n = self->args->len;

  if (n > 0 && g_ptr_array_index (self->args, n - 1) == NULL)
    n--;
  return n > 0 ? n - count_extra (self) : 0;
}

/**
 * yeji_cli_options_get_args:
 *
 * Returns: (transfer none) (array zero-terminated=1): the arguments as the command gets them
 */
char **
yeji_cli_options_get_args (YejiCliOptions *self)
{
  return (char **) self->args->pdata;
}

static GPtrArray *
find_values (YejiCliOptions *self,
             const char     *name)
{
  const YejiCliOption *option = yeji_cli_find_option (self->command, name, strlen (name));

  g_return_val_if_fail (option != NULL, NULL);
  return g_hash_table_lookup (self->values, option);
}

/**
 * yeji_cli_options_get:
 * @name: an option that the command has, with its dashes
 *
 * Returns: (nullable) (transfer none): its value, the last one if there are several; %NULL if it
 * was not given
 */
const char *
yeji_cli_options_get (YejiCliOptions *self,
                      const char     *name)
{
  GPtrArray *values = find_values (self, name);

  return values != NULL ? g_ptr_array_index (values, values->len - 2) : NULL;
}

gboolean
yeji_cli_options_has (YejiCliOptions *self,
                      const char     *name)
{
  return find_values (self, name) != NULL;
}

/**
 * yeji_cli_options_complain:
 *
 * Complains with the usage of the command.
 *
 * Returns: %YEJI_EXIT_USAGE
 */
YejiExit
yeji_cli_options_complain (YejiCliOptions *self)
{
  g_autofree char *usage = self->command != NULL ? yeji_cli_dup_usage (self->command)
                                                 : g_strdup (_("[OPTION…] COMMAND…"));

  yeji_cli_tell_usage (usage);
  return YEJI_EXIT_USAGE;
}

/**
 * yeji_cli_has:
 * @name: an option of the command that runs, with its dashes
 */
gboolean
yeji_cli_has (YejiCliSession *session,
              const char     *name)
{
  return yeji_cli_options_has (yeji_cli_session_get_options (session), name);
}

/**
 * yeji_cli_get:
 *
 * Returns: (nullable) (transfer none): as yeji_cli_options_get()
 */
const char *
yeji_cli_get (YejiCliSession *session,
              const char     *name)
{
  return yeji_cli_options_get (yeji_cli_session_get_options (session), name);
}

/**
 * yeji_cli_get_all:
 *
 * Returns: (transfer none) (array zero-terminated=1): all values of an option, in their order
 */
const char * const *
yeji_cli_get_all (YejiCliSession *session,
                  const char     *name)
{
  static const char * const none[] = { NULL };
  GPtrArray *values = find_values (yeji_cli_session_get_options (session), name);

  return values != NULL ? (const char * const *) values->pdata : none;
}

/**
 * yeji_cli_complain_usage:
 *
 * Complains with the usage of the command that runs.
 *
 * Returns: %YEJI_EXIT_USAGE
 */
YejiExit
yeji_cli_complain_usage (YejiCliSession *session)
{
  return yeji_cli_options_complain (yeji_cli_session_get_options (session));
}
