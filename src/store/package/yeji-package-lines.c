// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include "yeji-json.h"

/* A part of a history is closed behind so many bytes or lines, so that neither side holds more. */
#define PART_SIZE (1 << 20)
#define PART_LINES 2000

#define MAX_NAME 1024
#define MAX_WHY 64

/* Texts of a line. The bounds are those of names: what was typed may be as long as in a record. */
static const struct
{
  const char *name;
  gboolean required;
  gsize max;
} texts[] = {
  { "table",  TRUE,  MAX_NAME },
  { "row",    TRUE,  MAX_NAME },
  { "field",  TRUE,  MAX_NAME },
  { "at",     TRUE,  MAX_NAME },
  { "who",    TRUE,  MAX_NAME },
  { "why",    TRUE,  MAX_WHY },
  { "before", FALSE, YEJI_PACKAGE_MAX_TEXT },
  { "after",  FALSE, YEJI_PACKAGE_MAX_TEXT },
  { "batch",  FALSE, MAX_NAME },
};

/* In the order of the table. */
static void
list_texts (YejiHistoryLine  *line,
            char            **list[G_N_ELEMENTS (texts)])
{
  YejiChange *change = line->change;
  char **all[] = { &change->table, &change->row, &change->field, &line->at, &line->who, &line->why,
                   &change->before, &change->after, &line->batch };

  memcpy (list, all, sizeof all);
}

static JsonObject *
line_to_json (YejiHistoryLine *line)
{
  JsonObject *object = json_object_new ();
  char **list[G_N_ELEMENTS (texts)];

  list_texts (line, list);
  json_object_set_int_member (object, "step", line->step);
  if (line->undoes != 0)
    json_object_set_int_member (object, "undoes", line->undoes);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*list[i] != NULL)
      json_object_set_string_member (object, texts[i].name, *list[i]);
  return object;
}

static gsize
measure (const YejiChange *change)
{
  return (change->before != NULL ? strlen (change->before) : 0)
    + (change->after != NULL ? strlen (change->after) : 0) + 200;
}

/**
 * yeji_package_lines_to_text: (skip)
 * @lines: (element-type YejiHistoryLine): packed, see yeji_change_pack()
 * @index: (inout): where to begin; behind the last one that went in
 *
 * Returns: (transfer full): a part of a history
 */
char *
yeji_package_lines_to_text (GPtrArray *lines,
                            guint     *index)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  gsize size = 0;

  while (*index < lines->len && size < PART_SIZE && json_array_get_length (array) < PART_LINES)
    {
      YejiHistoryLine *line = g_ptr_array_index (lines, (*index)++);

      size += measure (line->change);
      json_array_add_object_element (array, line_to_json (line));
    }
  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

/* It may have a colon (elsewhere:typed) and nothing that a list cannot show. */
static gboolean
is_reason (const char *why)
{
  return *why != '\0' && strspn (why, "abcdefghijklmnopqrstuvwxyz-_:") == strlen (why);
}

static gboolean
parse_line (GPtrArray   *lines,
            JsonObject  *object,
            GError     **error)
{
  g_autoptr (YejiHistoryLine) line = g_new0 (YejiHistoryLine, 1);
  const YejiHistoryLine *last = lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : NULL;
  g_autoptr (GDateTime) moment = NULL;
  char **list[G_N_ELEMENTS (texts)];

  line->change = g_new0 (YejiChange, 1);
  list_texts (line, list);
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (texts); i++)
    {
      JsonNode *node = json_object_get_member (object, texts[i].name);
      const char *text = node != NULL ? yeji_json_node_string (node) : NULL;

      if ((node != NULL || texts[i].required) && (text == NULL || strlen (text) > texts[i].max))
        return yeji_package_fail ("a line of a history is impossible", error);
      *list[i] = g_strdup (text);
    }
  if (object != NULL)
    {
      line->step = yeji_json_get_int (object, "step", 0);
      line->undoes = yeji_json_get_int (object, "undoes", 0);
      moment = g_date_time_new_from_iso8601 (line->at, NULL);
    }
  if (moment == NULL || !is_reason (line->why) || line->step < 1 || line->step > G_MAXINT
      || line->undoes < 0 || line->undoes >= line->step
      || (last != NULL && last->step > line->step))
    return yeji_package_fail ("a line of a history is impossible", error);
  g_ptr_array_add (lines, g_steal_pointer (&line));
  return TRUE;
}

/**
 * yeji_package_lines_parse: (skip)
 *
 * Adds the lines of a part to @lines.
 */
gboolean
yeji_package_lines_parse (GPtrArray   *lines,
                          const char  *text,
                          GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, &reason);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  if (array == NULL)
    return yeji_package_fail (reason != NULL ? reason->message : "a history is no array", error);
  if (lines->len + json_array_get_length (array) > YEJI_PACKAGE_MAX_LINES)
    return yeji_package_fail ("a history is longer than any may be", error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!parse_line (lines, yeji_json_node_object (json_array_get_element (array, i)), error))
      return FALSE;
  return TRUE;
}
