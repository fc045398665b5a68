// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Usage: run-conformance FILE...
 *
 * Prints a line of JSON for each case of the conformance set: `{"file", "problems"}`, problems being
 * `null` where the record cannot be read, and then `error` says why. README.md describes the files. */

#include "config.h"

#include "yeji-json.h"
#include "yeji-validator.h"

#include <stdio.h>

static JsonArray *
list_problems (GPtrArray *problems)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "rule", yeji_problem_get_rule (problem));
      json_object_set_string_member (object, "pointer", yeji_problem_get_pointer (problem));
      json_object_set_string_member (object, "severity",
                                     yeji_severity_to_text (yeji_problem_get_severity (problem)));
      if (yeji_problem_get_reason (problem) != NULL)
        json_object_set_boolean_member (object, "kept", TRUE);
      json_array_add_object_element (array, object);
    }
  return array;
}

static char **
read_documents (JsonObject *test)
{
  JsonArray *documents = yeji_json_get_array (test, "documents");
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();

  if (documents == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (documents); i++)
    g_strv_builder_add (slots, json_array_get_string_element (documents, i));
  return g_strv_builder_end (slots);
}

/* What is known of other systems: NULL where the case does not say. */
static YejiDeclared *
read_declared (JsonObject *test)
{
  JsonObject *known = yeji_json_get_object (test, "declared");
  JsonArray *probable = known != NULL ? yeji_json_get_array (known, "probable") : NULL;
  JsonObject *answers = known != NULL ? yeji_json_get_object (known, "answers") : NULL;
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GList) numbers = answers != NULL ? json_object_get_members (answers) : NULL;
  g_autoptr (YejiNumberFilter) filter = NULL;
  g_autoptr (GBytes) bytes = NULL;
  YejiDeclared *declared;

  if (known == NULL)
    return NULL;
  for (guint i = 0; probable != NULL && i < json_array_get_length (probable); i++)
    {
      g_autofree char *key = yeji_number_fold (json_array_get_string_element (probable, i));
      guint64 hash = yeji_number_hash (key);

      g_array_append_val (hashes, hash);
    }
  bytes = yeji_number_filter_make ((guint64 *) (gpointer) hashes->data, hashes->len);
  filter = yeji_number_filter_new (bytes, NULL);
  declared = yeji_declared_new ();
  yeji_declared_set_filter (declared, filter);
  for (GList *number = numbers; number != NULL; number = number->next)
    yeji_declared_learn_json (declared, number->data,
                              json_object_get_member (answers, number->data));
  return declared;
}

static void
run (YejiValidator *validator,
     const char    *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (JsonNode) answer = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *line = NULL;
  g_auto (GStrv) slots = NULL;
  g_autoptr (YejiDeclared) declared = NULL;
  JsonObject *object = json_object_new ();
  JsonObject *test;
  gsize length;

  json_node_take_object (answer, object);
  json_object_set_string_member (object, "file", path);
  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  node = yeji_json_parse (text, (gssize) length, &error);
  test = yeji_json_node_object (node);
  if (test == NULL)
    g_error ("%s: %s", path, error != NULL ? error->message : "no object");

  record = yeji_record_new_from_json (yeji_validator_get_dictionary (validator),
                                      json_object_get_member (test, "record"), &error);
  slots = read_documents (test);
  declared = read_declared (test);
  if (record != NULL)
    {
      problems = yeji_validator_check_against (validator, record,
                                               yeji_json_get_string (test, "today"),
                                               (const char * const *) slots, declared);
      json_object_set_array_member (object, "problems", list_problems (problems));
    }
  else
    {
      json_object_set_null_member (object, "problems");
      json_object_set_string_member (object, "error", error->message);
    }
  line = yeji_json_print (answer, FALSE);
  puts (line);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiValidator) validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);

  for (int i = 1; i < argc; i++)
    run (validator, argv[i]);
  return 0;
}
