// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"

#include "yeji-json.h"

#include <stdio.h>

/* Output is UTF-8 whatever the locale says: g_print() would turn 项目 into ?? for a script that runs
 * with LANG=C. */
static void
put (FILE       *stream,
     const char *format,
     va_list     args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  fputs (text, stream);
  fflush (stream);
}

/**
 * yeji_cli_print:
 *
 * Prints to standard output.
 */
void
yeji_cli_print (const char *format,
                ...)
{
  va_list args;

  va_start (args, format);
  put (stdout, format, args);
  va_end (args);
}

/**
 * yeji_cli_complain:
 *
 * Prints one line to standard error, where progress and complaints go, so that standard output
 * holds results alone.
 */
void
yeji_cli_complain (const char *format,
                   ...)
{
  g_autofree char *line = g_strdup_printf ("yeji: %s\n", format);
  va_list args;

  va_start (args, format);
  put (stderr, line, args);
  va_end (args);
}

/* What turns the direction of the text lets a name look like another one: Unicode TR 36, 2.2. */
static gboolean
is_hidden (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x200e && character <= 0x200f)
         || (character >= 0x2028 && character <= 0x202e)
         || (character >= 0x2066 && character <= 0x2069) || character == 0x061c
         || character == 0xfeff;
}

/**
 * yeji_cli_dup_line:
 * @value: a value of a record
 *
 * Returns: (transfer full): the value as part of one line: control characters, which a terminal
 * would obey, and marks of direction are shown as U+FFFD, the end of a line as an arrow
 */
char *
yeji_cli_dup_line (const char *value)
{
  GString *line = g_string_new (NULL);

  for (const char *c = value; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '\n')
        character = 0x21b5;
      else if (is_hidden (character))
        character = 0xfffd;
      g_string_append_unichar (line, character);
    }
  return g_string_free (line, FALSE);
}

/**
 * yeji_cli_print_json:
 * @node: (transfer full): what to print
 */
void
yeji_cli_print_json (JsonNode *node)
{
  g_autofree char *text = yeji_json_print (node, TRUE);

  yeji_cli_print ("%s\n", text);
  json_node_unref (node);
}
