// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-problems.h"

#include "yeji-cli-output.h"
#include "yeji-json.h"

#include <glib/gi18n-lib.h>

/* How an element of a printed array begins, with the comma behind the one before. */
#define ELEMENT ",\n  "

static void
format_json (GString     *text,
             YejiProblem *problem,
             const char  *uuid,
             const char  *source)
{
  const char *severity = yeji_severity_to_text (yeji_problem_get_severity (problem));
  const char *reason = yeji_problem_get_reason (problem);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *printed = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *indented = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "rule", yeji_problem_get_rule (problem));
  json_object_set_string_member (object, "severity", severity);
  json_object_set_string_member (object, "pointer", yeji_problem_get_pointer (problem));
  json_object_set_string_member (object, "message", yeji_problem_get_message (problem));
  if (reason != NULL)
    json_object_set_string_member (object, "kept", reason);
  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "source", source);
  json_node_take_object (node, object);
  printed = yeji_json_print (node, TRUE);
  lines = g_strsplit (printed, "\n", -1);
  indented = g_strjoinv ("\n  ", lines);
  g_string_append (text, ELEMENT);
  g_string_append (text, indented);
}

static void
format_line (GString     *text,
             YejiProblem *problem,
             const char  *source)
{
  const char *reason = yeji_problem_get_reason (problem);

  g_string_append_printf (text, "%s: %s: %s: %s [%s]", source,
                          yeji_severity_to_text (yeji_problem_get_severity (problem)),
                          yeji_problem_get_pointer (problem), yeji_problem_get_message (problem),
                          yeji_problem_get_rule (problem));
  if (reason != NULL)
    g_string_append_printf (text, _(" (kept: %s)"), reason);
  g_string_append_c (text, '\n');
}

/**
 * yeji_cli_problems_begin:
 * @json: whether to print an array
 */
void
yeji_cli_problems_begin (YejiCliProblems *self,
                         gboolean         json)
{
  self->json = json;
  self->begun = FALSE;
  self->n_errors = 0;
}

/**
 * yeji_cli_problems_format:
 * @text: what is printed later is appended here
 * @problems: (element-type YejiProblem): of one record
 * @source: the file or uuid that was named
 *
 * Prepares the problems of a record. May be called from any thread.
 */
void
yeji_cli_problems_format (YejiCliProblems *self,
                          GString         *text,
                          GPtrArray       *problems,
                          const char      *uuid,
                          const char      *source)
{
  for (guint i = 0; i < problems->len; i++)
    if (self->json)
      format_json (text, g_ptr_array_index (problems, i), uuid, source);
    else
      format_line (text, g_ptr_array_index (problems, i), source);
}

/**
 * yeji_cli_problems_print:
 * @text: what yeji_cli_problems_format() prepared
 */
void
yeji_cli_problems_print (YejiCliProblems *self,
                         const char      *text,
                         guint            n_errors)
{
  self->n_errors += n_errors;
  if (*text == '\0')
    return;
  if (self->json && !self->begun)
    yeji_cli_print ("[%s", text + 1);   /* no comma before the first */
  else
    yeji_cli_print ("%s", text);
  self->begun = TRUE;
}

/**
 * yeji_cli_problems_end:
 *
 * Ends the array.
 */
void
yeji_cli_problems_end (YejiCliProblems *self)
{
  if (self->json)
    yeji_cli_print ("%s", self->begun ? "\n]\n" : "[]\n");
}
