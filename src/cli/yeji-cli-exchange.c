// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-import.h"
#include "yeji-cli-move.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli.h"
#include "yeji-dictionary-markdown.h"
#include "yeji-dictionary-schema.h"
#include "yeji-import-memory.h"
#include "yeji-record-file.h"
#include "yeji-record-origin.h"
#include "yeji-undo.h"

#include <glib/gi18n-lib.h>

static gboolean
find_dictionary (gpointer          data,
                 const char       *version,
                 YejiDictionary  **dictionary,
                 GError          **error)
{
  return yeji_store_find_dictionary (data, version, dictionary, error);
}

/* Records of another version: which one, and what became of them. */
static JsonArray *
origins_to_json (GPtrArray *origins)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < origins->len; i++)
    {
      const YejiRecordOrigin *origin = g_ptr_array_index (origins, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "uuid", origin->uuid);
      json_object_set_string_member (object, "from", origin->version);
      json_object_set_boolean_member (object, "known", origin->notes != NULL);
      json_object_set_member (object, "notes", origin->notes != NULL
                                               ? yeji_cli_notes_to_json (origin->notes)
                                               : json_node_init_array (json_node_alloc (),
                                                                       json_array_new ()));
      json_array_add_object_element (array, object);
    }
  return array;
}

static void
print_origins (YejiCliSession *session,
               GPtrArray      *origins)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  const char *present = yeji_dictionary_get_version (dictionary);
  YejiLanguage language = yeji_language_get_current ();

  for (guint i = 0; i < origins->len; i++)
    {
      const YejiRecordOrigin *origin = g_ptr_array_index (origins, i);
      g_autofree char *version = yeji_cli_dup_line (origin->version);

      if (origin->notes == NULL)
        yeji_cli_complain (_("%s: written under dictionary version %s, which is not known here; "
                             "read as version %s"), origin->uuid, version, present);
      else
        yeji_cli_complain (_("%s: written under dictionary version %s, converted to version %s"),
                           origin->uuid, version, present);
      for (guint j = 0; origin->notes != NULL && j < origin->notes->len; j++)
        {
          g_autofree char *message = NULL;
          g_autofree char *line = NULL;

          message = yeji_move_note_get_message (g_ptr_array_index (origin->notes, j), language);
          line = yeji_cli_dup_line (message);
          yeji_cli_complain ("  %s", line);
        }
    }
}

static void
print_import (YejiCliSession *session,
              GPtrArray      *records,
              GPtrArray      *origins,
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
  json_object_set_array_member (object, "converted", origins_to_json (origins));
  json_node_take_object (node, object);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (node);
  else
    {
      json_node_unref (node);
      print_origins (session, origins);
    }
}

/**
 * yeji_cli_import_records:
 *
 * Imports a file of records.
 */
YejiExit
yeji_cli_import_records (YejiCliSession *session,
                         const char     *path)
{
  gboolean dry_run = yeji_cli_has (session, "--dry-run");
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GPtrArray) all_facts = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                                    yeji_facts_free);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) origins = NULL;
  g_autoptr (YejiCliProgress) progress = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = NULL;
  guint n_errors = 0;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  records = yeji_record_origin_read (yeji_cli_session_get_dictionary (session), path,
                                     find_dictionary, store, &origins, &error);
  if (records == NULL)
    {
      yeji_cli_complain (_("Nothing was imported: %s: %s"), path, error->message);
      return YEJI_EXIT_FAILED;
    }
  progress = yeji_cli_progress_new (session, _("Importing"));
  for (guint i = 0; i < records->len; i++)
    {
      YejiFacts *facts;
      g_autoptr (GPtrArray) problems = NULL;

      if (g_cancellable_set_error_if_cancelled (yeji_cli_progress_get_cancellable (progress),
                                                &error))
        return yeji_cli_fail (_("Nothing was imported"), error);
      yeji_cli_progress_step (progress, i, records->len);
      problems = yeji_cli_session_check (session, g_ptr_array_index (records, i), TRUE, &facts);
      n_errors += facts->n_errors;
      g_ptr_array_add (all_facts, facts);
    }
  if (!dry_run && !yeji_store_save_batch (store, records, all_facts, "imported", &batch, &error))
    {
      yeji_cli_complain (_("Nothing was imported: %s: %s"), path, error->message);
      return YEJI_EXIT_FAILED;
    }
  if (batch != NULL)
    yeji_import_memory_set_last (store, batch, NULL);
  print_import (session, records, origins, n_errors);
  return YEJI_EXIT_OK;
}

/* What became of the drafts when other versions were adopted, the last one first. */
static YejiExit
print_move_reports (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  reports = yeji_store_list_move_reports (store, NULL, &error);
  if (reports == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print_reports (reports);
      return YEJI_EXIT_OK;
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, yeji_cli_reports_to_json (reports));
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

/* dictionary */
YejiExit
yeji_cli_dictionary (YejiCliSession  *session,
                     guint            n_args,
                     char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  g_autofree char *text = NULL;

  if (yeji_cli_has (session, "--forget-key"))
    return yeji_cli_forget_key (session);
  if (yeji_cli_has (session, "--reports"))
    return print_move_reports (session);
  if (yeji_cli_has (session, "--markdown"))
    {
      text = yeji_dictionary_to_markdown (dictionary);
      yeji_cli_print ("%s", text);
      return YEJI_EXIT_OK;
    }
  if (!yeji_cli_has (session, "--json-schema"))
    {
      gsize length;
      const char *bundle = g_bytes_get_data (yeji_dictionary_get_bundle (dictionary), &length);

      text = g_strndup (bundle, length);
      yeji_cli_print ("%s\n", text);
      return YEJI_EXIT_OK;
    }
  text = yeji_dictionary_to_json_schema (dictionary);
  yeji_cli_print ("%s\n", text);
  return YEJI_EXIT_OK;
}
