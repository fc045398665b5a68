// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-normaliser.h"

#include <glib/gi18n-lib.h>

static void
print_suggestion (const YejiSuggestion *suggestion)
{
  g_autofree char *line = yeji_cli_dup_line (suggestion->value);

  yeji_cli_print ("%s\t%s [%s]\n", line, yeji_normaliser_describe (suggestion->reason),
                  suggestion->reason);
}

static JsonNode *
suggestions_to_json (GPtrArray *suggestions)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < suggestions->len; i++)
    {
      const YejiSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "value", suggestion->value);
      json_object_set_string_member (object, "reason", suggestion->reason);
      json_object_set_string_member (object, "message",
                                     yeji_normaliser_describe (suggestion->reason));
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

/* normalise KIND TEXT */
YejiExit
yeji_cli_normalise (YejiCliSession  *session,
                    guint            n_args,
                    char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (dictionary);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  gboolean right;

  suggestions = yeji_normaliser_offer_kind (normaliser, args[0], args[1], &error);
  if (suggestions == NULL)
    {
      yeji_cli_complain (_("“%s” is no field, type, unit, code list or format of the dictionary"),
                         args[0]);
      return YEJI_EXIT_USAGE;
    }
  right = suggestions->len == 0 && yeji_normaliser_accepts_kind (normaliser, args[0], args[1]);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (suggestions_to_json (suggestions));
  else
    for (guint i = 0; i < suggestions->len; i++)
      print_suggestion (g_ptr_array_index (suggestions, i));
  if (suggestions->len > 0)
    return YEJI_EXIT_OK;
  if (right)
    yeji_cli_complain (_("The text is right as it is"));
  else
    yeji_cli_complain (_("There is nothing to offer for this text"));
  return right ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}
