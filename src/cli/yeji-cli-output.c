// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"

#include "yeji-json.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

/* Progress may be told by another thread than the one that complains. */
static GMutex lock;
static int shown_width;        /* of the line that is kept on the terminal */
static gboolean in_json;       /* what is on standard error, too */
static char *last_complaint;   /* (nullable) */

/* The line of the progress makes room for what stays. */
static void
erase_line (void)
{
  if (shown_width > 0)
    fprintf (stderr, "\r%*s\r", shown_width, "");
  shown_width = 0;
}

/* Output is UTF-8 whatever the locale says: g_print() would turn 项目 into ?? for a script that runs
 * with LANG=C. */
static void
put (FILE       *stream,
     const char *format,
     va_list     args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  erase_line ();
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

static void G_GNUC_PRINTF (1, 2)
print_error (const char *format,
             ...)
{
  va_list args;

  va_start (args, format);
  put (stderr, format, args);
  va_end (args);
}

/* What layers below say for logs is a line like any other. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  g_autofree char *text = NULL;
  JsonObject *object;

  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) != 0)
    return G_LOG_WRITER_HANDLED;
  text = g_log_writer_format_fields (level, fields, n_fields, FALSE);
  object = json_object_new ();
  json_object_set_string_member (object, "message", text);
  yeji_cli_tell_json (object);
  return G_LOG_WRITER_HANDLED;
}

/**
 * yeji_cli_set_json:
 *
 * From now on each line on standard error is a JSON object, as what is on standard output is JSON.
 * To be called once.
 */
void
yeji_cli_set_json (gboolean json)
{
  in_json = json;
  if (json)
    g_log_set_writer_func (write_log, NULL, NULL);
}

/**
 * yeji_cli_tell_json:
 * @object: (transfer full): one line for standard error
 */
void
yeji_cli_tell_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = yeji_json_print (node, FALSE);

  json_object_unref (object);
  print_error ("%s\n", text);
}

/**
 * yeji_cli_tell_end:
 * @status: the exit status, not 0
 * @name: its name for scripts
 *
 * With --json, tells on standard error how the program ends: its last line there, with the last
 * complaint, if there was one.
 */
void
yeji_cli_tell_end (int         status,
                   const char *name)
{
  JsonObject *object;

  if (!in_json)
    return;
  object = json_object_new ();
  json_object_set_string_member (object, "error", name);
  json_object_set_int_member (object, "exit", status);
  json_object_set_string_member (object, "message", last_complaint);
  yeji_cli_tell_json (object);
  g_clear_pointer (&last_complaint, g_free);
}

/**
 * yeji_cli_show_line:
 * @line: (nullable): %NULL for none
 *
 * Keeps one line on the terminal until the next one, or until something else is said.
 */
void
yeji_cli_show_line (const char *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  int columns = 0;

  erase_line ();
  for (const char *c = line; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    columns += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
  if (line != NULL)
    fputs (line, stderr);
  fflush (stderr);
  shown_width = columns;
}

static void
tell (const char *text)
{
  JsonObject *object;

  if (!in_json)
    {
      print_error ("yeji: %s\n", text);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "message", text);
  yeji_cli_tell_json (object);
}

/**
 * yeji_cli_complain:
 *
 * Prints one line to standard error, where progress and complaints go, so that standard output
 * holds results alone. With --json it is an object with the member `message`.
 */
void
yeji_cli_complain (const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  tell (text);
  if (!in_json)
    return;
  g_free (last_complaint);
  last_complaint = g_steal_pointer (&text);
}

/**
 * yeji_cli_remark:
 *
 * Prints a line as a complaint that is no reason for how the command ends. From any thread.
 */
void
yeji_cli_remark (const char *text)
{
  tell (text);
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
 * yeji_cli_tell_usage:
 *
 * Tells on standard error how a command is written; with --json as the member `usage`.
 */
void
yeji_cli_tell_usage (const char *usage)
{
  JsonObject *object;

  if (!in_json)
    {
      yeji_cli_complain (_("Usage: yeji %s"), usage);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "usage", usage);
  yeji_cli_tell_json (object);
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

/**
 * yeji_cli_print_object:
 * @object: (transfer full): what to print
 */
void
yeji_cli_print_object (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  yeji_cli_print_json (node);
}
