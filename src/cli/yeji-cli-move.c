// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-move.h"

#include "yeji-cli-output.h"
#include "yeji-dictionary-update.h"

#include <glib/gi18n-lib.h>

/* What was moved is not known to be right any more: it is looked at under the new rules, be it a
 * synchronisation later because the program was ended meanwhile. */
static YejiExit
check_again (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = yeji_store_list (store, &error);

  if (entries == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (YejiRecord) record = NULL;

      /* An older version of the program knew the problems alone. */
      if ((yeji_entry_is_checked (entry) && yeji_entry_get_completeness (entry) >= 0)
          || !yeji_entry_is_editable (entry))
        continue;
      record = yeji_cli_session_load (session, yeji_entry_get_uuid (entry));
      if (record != NULL && !yeji_cli_session_save (session, record, "migrated"))
        return YEJI_EXIT_FAILED;
    }
  return YEJI_EXIT_OK;
}

/**
 * yeji_cli_adopt:
 * @reports: (out) (transfer container) (nullable) (element-type YejiMoveReport): what became of the
 *     drafts, %NULL when the dictionary is the same as before
 *
 * Goes over to the dictionary that the province offers, if it does.
 */
YejiExit
yeji_cli_adopt (YejiCliSession  *session,
                GPtrArray      **reports)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiDictionary) offered = yeji_store_get_offered_dictionary (store);
  g_autoptr (GError) error = NULL;

  *reports = NULL;
  if (offered == NULL)
    return check_again (session);
  if (!yeji_store_adopt_dictionary (store, reports, &error))
    {
      yeji_cli_complain (_("The province's dictionary was not adopted: %s"), error->message);
      return YEJI_EXIT_FAILED;
    }
  if (yeji_cli_session_reopen (session) == NULL)
    return YEJI_EXIT_FAILED;
  return check_again (session);
}

/**
 * yeji_cli_forget_key:
 *
 * Forgets with which key the province signs its dictionary; the next one is trusted.
 */
YejiExit
yeji_cli_forget_key (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (yeji_dictionary_update_forget_key (store, &error))
    return YEJI_EXIT_OK;
  yeji_cli_complain ("%s", error->message);
  return YEJI_EXIT_FAILED;
}

/**
 * yeji_cli_print_reports:
 * @reports: (element-type YejiMoveReport): what became of the drafts
 *
 * Prints them for a person.
 */
void
yeji_cli_print_reports (GPtrArray *reports)
{
  YejiLanguage language = yeji_language_get_current ();

  for (guint i = 0; i < reports->len; i++)
    {
      const YejiMoveReport *report = g_ptr_array_index (reports, i);
      g_autofree char *name = yeji_cli_dup_line (report->name);

      yeji_cli_print ("%s %s: %s → %s\n", report->uuid, name, report->from, report->to);
      for (guint j = 0; j < report->notes->len; j++)
        {
          g_autofree char *message = NULL;
          g_autofree char *line = NULL;

          message = yeji_move_note_get_message (g_ptr_array_index (report->notes, j), language);
          line = yeji_cli_dup_line (message);
          yeji_cli_print ("  %s\n", line);
        }
    }
}

/**
 * yeji_cli_notes_to_json:
 * @notes: (element-type YejiMoveNote): what became of a record
 *
 * Returns: (transfer full): an array, each with its sentence
 */
JsonNode *
yeji_cli_notes_to_json (GPtrArray *notes)
{
  YejiLanguage language = yeji_language_get_current ();
  JsonNode *node = yeji_move_notes_to_json (notes);
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *message = NULL;

      message = yeji_move_note_get_message (g_ptr_array_index (notes, i), language);
      json_object_set_string_member (json_array_get_object_element (array, i), "message", message);
    }
  return node;
}

/**
 * yeji_cli_reports_to_json:
 * @reports: (nullable) (element-type YejiMoveReport): what became of the drafts
 *
 * Returns: (transfer full): an array of them
 */
JsonArray *
yeji_cli_reports_to_json (GPtrArray *reports)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; reports != NULL && i < reports->len; i++)
    {
      const YejiMoveReport *report = g_ptr_array_index (reports, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "uuid", report->uuid);
      json_object_set_string_member (object, "name", report->name);
      json_object_set_string_member (object, "from", report->from);
      json_object_set_string_member (object, "to", report->to);
      json_object_set_member (object, "notes", yeji_cli_notes_to_json (report->notes));
      json_array_add_object_element (array, object);
    }
  return array;
}

/**
 * yeji_cli_dictionary_to_json:
 * @reports: (nullable) (element-type YejiMoveReport): what became of the drafts just now
 *
 * Returns: (transfer full): `{"version", "adopted", "offered", "problem", "moved"}`
 */
JsonObject *
yeji_cli_dictionary_to_json (YejiStore *store,
                             GPtrArray *reports)
{
  g_autoptr (YejiDictionary) offered = yeji_store_get_offered_dictionary (store);
  g_autofree char *problem = NULL;
  JsonObject *object = json_object_new ();

  problem = yeji_dictionary_update_get_problem (store, yeji_language_get_current ());
  json_object_set_string_member (object, "version",
                                 yeji_dictionary_get_version (yeji_store_get_dictionary (store)));
  json_object_set_boolean_member (object, "adopted", reports != NULL);
  json_object_set_string_member (object, "offered",
                                 offered != NULL ? yeji_dictionary_get_version (offered) : NULL);
  json_object_set_string_member (object, "problem", problem);
  json_object_set_array_member (object, "moved", yeji_cli_reports_to_json (reports));
  return object;
}
