// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The other process: reads a request a line, answers a line, ends with its input. What it opens may
 * end it at any time, and it limits itself before each file. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "yeji-examine.h"
#include "yeji-json.h"
#include "yeji-platform.h"

/* A drawing of A0 in memory, its decoder, and what libraries take for themselves. */
#define MEMORY (G_GUINT64_CONSTANT (1536) * 1024 * 1024)

#define MAX_REQUEST (4 * 1024 * 1024)
#define MAX_SECONDS 3600

static gboolean
read_line (GString *line)
{
  char piece[4096];

  g_string_truncate (line, 0);
  while (line->len < MAX_REQUEST && fgets (piece, sizeof piece, stdin) != NULL)
    {
      g_string_append (line, piece);
      if (line->str[line->len - 1] == '\n')
        return TRUE;
    }
  return FALSE;
}

static double
get_seconds (JsonNode *request)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (request) ? json_node_get_object (request) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "seconds") : NULL;
  double seconds = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                   && json_node_get_value_type (node) == G_TYPE_DOUBLE
                     ? json_node_get_double (node) : 0;

  return seconds > 0 && seconds < MAX_SECONDS ? seconds : MAX_SECONDS;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_set_prgname ("yeji-examiner");
  /* the answers alone go to standard output, whatever is asked of the logs */
  g_log_writer_default_set_use_stderr (TRUE);
  while (read_line (line))
    {
      g_autoptr (JsonNode) request = yeji_json_parse (line->str, -1, NULL);
      g_autoptr (JsonNode) answer = NULL;
      g_autofree char *text = NULL;

      if (request == NULL)
        return 1;
      /* Twice what anybody waits for: it ends by itself where nobody is left to end it. */
      yeji_platform_limit_self (MEMORY, (guint) (get_seconds (request) * 2) + 1);
      answer = yeji_examine_answer (request);
      text = yeji_json_print (answer, FALSE);
      puts (text);
      fflush (stdout);
    }
  return 0;
}
