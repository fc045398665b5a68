// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-dictionary-markdown.h"
#include "yeji-record-file.h"

#include <glib/gi18n-lib.h>

static void
print_import (YejiCliSession *session,
              GPtrArray      *records,
              guint           n_errors)
{
  JsonObject *object = json_object_new ();
  JsonArray *uuids = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < records->len; i++)
    {
      const char *uuid = yeji_record_get_uuid (g_ptr_array_index (records, i));

      json_array_add_string_element (uuids, uuid);
      if (!yeji_cli_session_wants_json (session))
        yeji_cli_print ("%s\n", uuid);
    }
  json_object_set_array_member (object, "records", uuids);
  json_object_set_int_member (object, "errors", n_errors);
  json_node_take_object (node, object);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (node);
  else
    json_node_unref (node);
}

/* import FILE.json [--dry-run] */
YejiExit
yeji_cli_import (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  gboolean dry_run = n_args == 2;
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GPtrArray) all_problems = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                                       g_ptr_array_unref);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  guint n_errors = 0;

  if (dry_run && !g_str_equal (args[1], "--dry-run"))
    {
      yeji_cli_complain (_("Usage: yeji %s %s"), "import", "FILE.json [--dry-run]");
      return YEJI_EXIT_USAGE;
    }
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  records = yeji_record_file_read (yeji_cli_session_get_dictionary (session), args[0], &error);
  if (records == NULL)
    {
      yeji_cli_complain (_("Nothing was imported: %s: %s"), args[0], error->message);
      return YEJI_EXIT_FAILED;
    }
  for (guint i = 0; i < records->len; i++)
    {
      GPtrArray *problems = yeji_cli_session_check (session, g_ptr_array_index (records, i), TRUE);

      n_errors += yeji_problems_count (problems, YEJI_SEVERITY_ERROR);
      g_ptr_array_add (all_problems, problems);
    }
  if (!dry_run && !yeji_store_save_many (store, records, all_problems, "imported", &error))
    {
      yeji_cli_complain (_("Nothing was imported: %s: %s"), args[0], error->message);
      return YEJI_EXIT_FAILED;
    }
  print_import (session, records, n_errors);
  return YEJI_EXIT_OK;
}

/* dictionary [--markdown] */
YejiExit
yeji_cli_dictionary (YejiCliSession  *session,
                     guint            n_args,
                     char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  g_autofree char *text = NULL;

  if (n_args == 0)
    {
      gsize length;
      const char *bundle = g_bytes_get_data (yeji_dictionary_get_bundle (dictionary), &length);

      text = g_strndup (bundle, length);
      yeji_cli_print ("%s\n", text);
      return YEJI_EXIT_OK;
    }
  if (!g_str_equal (args[0], "--markdown"))
    {
      yeji_cli_complain (_("Usage: yeji %s %s"), "dictionary", "[--markdown]");
      return YEJI_EXIT_USAGE;
    }
  text = yeji_dictionary_to_markdown (dictionary);
  yeji_cli_print ("%s", text);
  return YEJI_EXIT_OK;
}
