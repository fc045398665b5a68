// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-csv.h"
#include "yeji-evidence.h"
#include "yeji-store-facts.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* The sheet is for a spreadsheet program: Excel takes a file for UTF-8 by this mark alone. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

#define UNCHECKED_AT_ONCE 100

/* What an earlier version of the program left unknown is found out first. */
static gboolean
check_unknown (YejiCliSession  *session,
               YejiStore       *store,
               GError         **error)
{
  g_autofree char *cursor = NULL;

  while (TRUE)
    {
      g_autoptr (GPtrArray) uuids = NULL;
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) facts = NULL;

      facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);
      uuids = yeji_store_list_unchecked (store, &cursor, UNCHECKED_AT_ONCE, error);
      if (uuids == NULL)
        return FALSE;
      for (guint i = 0; i < uuids->len; i++)
        {
          g_autoptr (YejiRecord) record = NULL;
          g_autoptr (GPtrArray) problems = NULL;
          YejiFacts *found = NULL;

          record = yeji_store_load_as_is (store, g_ptr_array_index (uuids, i), NULL);
          if (record == NULL)
            continue;
          problems = yeji_cli_session_check (session, record, TRUE, &found);
          g_ptr_array_add (facts, found);
          g_ptr_array_add (records, g_steal_pointer (&record));
        }
      if (!yeji_store_note_checks (store, records, facts, FALSE, error))
        return FALSE;
      if (uuids->len < UNCHECKED_AT_ONCE)
        return TRUE;
    }
}

static gboolean
is_missing (const YejiEvidence *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (yeji_evidence_cell_get_mark (&row->cells[i]) == YEJI_EVIDENCE_MISSING)
      return TRUE;
  return FALSE;
}

static guint
keep_missing (GPtrArray *rows,
              gboolean   only)
{
  guint n_missing = 0;

  for (guint i = rows->len; i > 0; i--)
    {
      if (is_missing (g_ptr_array_index (rows, i - 1)))
        n_missing++;
      else if (only)
        g_ptr_array_remove_index (rows, i - 1);
    }
  return n_missing;
}

static const YejiSlot *
get_slot (YejiDictionary *dictionary,
          guint           column)
{
  return g_ptr_array_index (yeji_dictionary_get_slots (dictionary), column);
}

static JsonObject *
row_to_json (const YejiEvidence *row,
             YejiDictionary     *dictionary)
{
  JsonObject *object = json_object_new ();
  JsonArray *slots = json_array_new ();

  json_object_set_string_member (object, "uuid", row->uuid);
  json_object_set_string_member (object, "name", row->name);
  json_object_set_string_member (object, "role", row->role);
  json_object_set_string_member (object, "state", yeji_state_to_text (row->state));
  for (guint i = 0; i < row->n_cells; i++)
    {
      const YejiEvidenceCell *cell = &row->cells[i];
      YejiEvidenceMark mark = yeji_evidence_cell_get_mark (cell);
      JsonObject *slot = json_object_new ();

      json_object_set_string_member (slot, "slot", get_slot (dictionary, i)->id);
      json_object_set_string_member (slot, "mark", yeji_evidence_mark_to_text (mark));
      json_object_set_boolean_member (slot, "required", cell->required);
      json_object_set_int_member (slot, "files", cell->n_files);
      json_object_set_int_member (slot, "flawed", cell->n_flawed);
      json_object_set_int_member (slot, "unexamined", cell->n_unexamined);
      json_object_set_int_member (slot, "received", cell->n_received);
      json_array_add_object_element (slots, slot);
    }
  json_object_set_array_member (object, "slots", slots);
  return object;
}

static JsonNode *
rows_to_json (GPtrArray      *rows,
              YejiDictionary *dictionary)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < rows->len; i++)
    json_array_add_object_element (array, row_to_json (g_ptr_array_index (rows, i), dictionary));
  json_node_take_array (node, array);
  return node;
}

static char *
cell_to_text (const YejiEvidenceCell *cell)
{
  switch (yeji_evidence_cell_get_mark (cell))
    {
    case YEJI_EVIDENCE_MISSING:
      return g_strdup_printf (C_("evidence", "%u missing"), cell->n_files);
    case YEJI_EVIDENCE_DOUBTFUL:
      return g_strdup_printf (C_("evidence", "%u to look at"), cell->n_files);
    case YEJI_EVIDENCE_THERE:
      return g_strdup_printf ("%u", cell->n_files);
    case YEJI_EVIDENCE_NONE:
    case N_YEJI_EVIDENCE_MARKS:
    default:
      return g_strdup ("–");
    }
}

static void
append_cell (GString    *text,
             const char *value)
{
  g_autofree char *cell = yeji_csv_quote (value);

  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ',');
  g_string_append (text, cell);
}

static char *
rows_to_csv (GPtrArray      *rows,
             YejiDictionary *dictionary)
{
  YejiLanguage language = yeji_language_get_current ();
  GPtrArray *slots = yeji_dictionary_get_slots (dictionary);
  GString *text = g_string_new (NULL);

  append_cell (text, _("Project"));
  append_cell (text, "UUID");
  append_cell (text, _("Role"));
  append_cell (text, _("State"));
  for (guint i = 0; i < slots->len; i++)
    append_cell (text, yeji_text_get (&get_slot (dictionary, i)->label, language));
  g_string_append (text, "\r\n");
  for (guint i = 0; i < rows->len; i++)
    {
      const YejiEvidence *row = g_ptr_array_index (rows, i);
      const YejiRole *role = yeji_dictionary_find_role (dictionary, row->role);

      append_cell (text, row->name);
      append_cell (text, row->uuid);
      append_cell (text, role != NULL ? yeji_text_get (&role->label, language) : row->role);
      append_cell (text, yeji_state_to_text (row->state));
      for (guint j = 0; j < row->n_cells; j++)
        {
          g_autofree char *cell = cell_to_text (&row->cells[j]);

          append_cell (text, cell);
        }
      g_string_append (text, "\r\n");
    }
  g_string_prepend (text, BYTE_ORDER_MARK);
  return g_string_free (text, FALSE);
}

/* One record a line; the slots that it must fill or has something in, in the dictionary's order. */
static void
print_row (const YejiEvidence *row,
           YejiDictionary     *dictionary)
{
  g_autofree char *name = yeji_cli_dup_line (row->name);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < row->n_cells; i++)
    {
      static const char *const signs[N_YEJI_EVIDENCE_MARKS] = {
        [YEJI_EVIDENCE_MISSING] = "!", [YEJI_EVIDENCE_DOUBTFUL] = "?"
      };
      YejiEvidenceMark mark = yeji_evidence_cell_get_mark (&row->cells[i]);

      if (mark != YEJI_EVIDENCE_NONE)
        g_string_append_printf (text, " %s:%u%s", get_slot (dictionary, i)->id,
                                row->cells[i].n_files, signs[mark] != NULL ? signs[mark] : "");
    }
  yeji_cli_print ("%s  %-10s %s %s\n", row->uuid, yeji_state_to_text (row->state), name, text->str);
}

static gboolean
write_csv (GPtrArray       *rows,
           YejiDictionary  *dictionary,
           const char      *path)
{
  g_autofree char *text = rows_to_csv (rows, dictionary);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (path, "-"))
    {
      yeji_cli_print ("%s", text);
      return TRUE;
    }
  /* unlike g_file_set_contents() it puts no file in the place of a device or a link */
  if (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               NULL, &error))
    return TRUE;
  yeji_cli_complain (_("%s was not written: %s"), path, error->message);
  return FALSE;
}

/* evidence [--missing] [--csv FILE] */
YejiExit
yeji_cli_evidence (YejiCliSession  *session,
                   guint            n_args,
                   char           **args)
{
  const YejiQuery query = {
    .states = YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED), .sort = YEJI_SORT_NAME
  };
  YejiStore *store;
  YejiDictionary *dictionary;
  const char *csv = yeji_cli_get (session, "--csv");
  gboolean only_missing = yeji_cli_has (session, "--missing");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint n_missing;

  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (check_unknown (session, store, &error))
    rows = yeji_store_list_evidence (store, &query, &error);
  if (rows == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  dictionary = yeji_store_get_dictionary (store);
  n_missing = keep_missing (rows, only_missing);
  if (csv != NULL && !write_csv (rows, dictionary, csv))
    return YEJI_EXIT_FAILED;
  if (csv == NULL && yeji_cli_session_wants_json (session))
    yeji_cli_print_json (rows_to_json (rows, dictionary));
  else if (csv == NULL)
    for (guint i = 0; i < rows->len; i++)
      print_row (g_ptr_array_index (rows, i), dictionary);
  return only_missing && n_missing > 0 ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
}
