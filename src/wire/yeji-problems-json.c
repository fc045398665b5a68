// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-wire"

#include "config.h"

#include "yeji-wire.h"

static JsonNode *
print_problem (YejiProblem *problem)
{
  const char *reason = yeji_problem_get_reason (problem);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "rule", yeji_problem_get_rule (problem));
  json_object_set_string_member (object, "severity",
                                 yeji_severity_to_text (yeji_problem_get_severity (problem)));
  json_object_set_string_member (object, "pointer", yeji_problem_get_pointer (problem));
  json_object_set_string_member (object, "message", yeji_problem_get_message (problem));
  if (reason != NULL)
    json_object_set_string_member (object, "kept", reason);
  json_node_take_object (node, object);
  return node;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = yeji_json_get_string (object, member);

  return text != NULL ? text : "";
}

static YejiProblem *
read_problem (JsonObject *object)
{
  YejiSeverity severity = YEJI_SEVERITY_ERROR;

  /* An unknown severity comes from a newer dictionary: the heaviest reading hides nothing. */
  if (!yeji_severity_from_text (get_text (object, "severity"), &severity))
    severity = YEJI_SEVERITY_ERROR;
  return yeji_problem_new (get_text (object, "rule"), severity, get_text (object, "pointer"),
                           get_text (object, "message"));
}

/**
 * yeji_problems_to_json:
 * @problems: (element-type YejiProblem)
 *
 * Prints problems as the `errors` of a refusal: an array of objects with `rule`, `severity`,
 * `pointer` and `message`.
 *
 * Returns: (transfer full): an array
 */
JsonNode *
yeji_problems_to_json (GPtrArray *problems)
{
  JsonArray *array;
  JsonNode *node;

  g_return_val_if_fail (problems != NULL, NULL);

  array = json_array_sized_new (problems->len);
  for (guint i = 0; i < problems->len; i++)
    json_array_add_element (array, print_problem (g_ptr_array_index (problems, i)));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

/**
 * yeji_problems_from_json:
 * @array: (nullable): the `errors` of a refusal
 *
 * Reads problems. A missing or unreadable member becomes "" and an element that is no object is
 * left out: a refusal with a flaw is still a refusal, and the clerk sees what there is of it.
 *
 * Returns: (transfer full) (element-type YejiProblem): the problems, maybe none
 */
GPtrArray *
yeji_problems_from_json (JsonArray *array)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_object_unref);
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        g_ptr_array_add (problems, read_problem (json_node_get_object (element)));
    }
  return problems;
}
