// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-bin.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-store-verify.h"

#include <glib/gi18n-lib.h>

static const struct
{
  YejiFlawKind kind;
  const char *word;            /* of the JSON */
  const char *text;
} flaw_kinds[] = {
  { YEJI_FLAW_DATABASE,  "database",  N_("The database is damaged") },
  { YEJI_FLAW_REFERENCE, "reference", N_("Something belongs to no record") },
  { YEJI_FLAW_RECORD,    "record",    N_("A record is damaged") },
  { YEJI_FLAW_DOCUMENT,  "document",  N_("A document is gone or was changed") },
};

static JsonNode *
bin_to_json (GPtrArray *items)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < items->len; i++)
    {
      const YejiBinItem *item = g_ptr_array_index (items, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "uuid", item->uuid);
      json_object_set_string_member (object, "name", item->name);
      json_object_set_string_member (object, "removed_at", item->removed_at);
      json_object_set_int_member (object, "days_left", item->days_left);
      json_object_set_int_member (object, "documents", item->n_documents);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

static YejiExit
list_bin (YejiCliSession *session,
          YejiStore      *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = yeji_store_list_bin (store, &error);

  if (items == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (yeji_cli_session_wants_json (session))
    {
      yeji_cli_print_json (bin_to_json (items));
      return YEJI_EXIT_OK;
    }
  for (guint i = 0; i < items->len; i++)
    {
      const YejiBinItem *item = g_ptr_array_index (items, i);
      g_autofree char *name = yeji_cli_dup_line (item->name);
      g_autofree char *left = g_strdup_printf (ngettext ("%u day left", "%u days left",
                                                         item->days_left), item->days_left);

      yeji_cli_print ("%s  %s  %s\n", item->uuid, left, name);
    }
  return YEJI_EXIT_OK;
}

/* @error: (nullable) */
static YejiExit
report (const char   *uuid,
        const GError *error)
{
  if (error == NULL)
    return YEJI_EXIT_OK;
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    yeji_cli_complain (_("There is no record %s"), uuid);
  else
    yeji_cli_complain ("%s%s%s", uuid, *uuid != '\0' ? ": " : "", error->message);
  return YEJI_EXIT_FAILED;
}

/* Of a record that is not in the bin nothing is deleted, and that is said. */
static void
delete_one (YejiStore           *store,
            const char * const  *uuids,
            GError             **error)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuids[0], error);

  if (entry == NULL)
    return;
  if (yeji_entry_get_removed_at (entry) == NULL)
    g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE,
                         _("it is not in the bin"));
  else
    yeji_store_empty_bin (store, uuids, error);
}

/* bin */
YejiExit
yeji_cli_bin (YejiCliSession  *session,
              guint            n_args,
              char           **args)
{
  const char *uuid = yeji_cli_get (session, "--restore");
  const char *deleted[] = { yeji_cli_get (session, "--delete"), NULL };
  gboolean empty = yeji_cli_has (session, "--empty");
  g_autoptr (GError) error = NULL;
  YejiStore *store;

  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (uuid == NULL && deleted[0] == NULL && !empty)
    return list_bin (session, store);
  if (uuid != NULL)
    yeji_store_restore (store, uuid, &error);
  else if (deleted[0] != NULL)
    delete_one (store, deleted, &error);
  else
    yeji_store_empty_bin (store, NULL, &error);
  return report (uuid != NULL ? uuid : deleted[0] != NULL ? deleted[0] : "", error);
}

static JsonNode *
flaws_to_json (GPtrArray *flaws)
{
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < flaws->len; i++)
    {
      const YejiFlaw *flaw = g_ptr_array_index (flaws, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "kind", flaw_kinds[flaw->kind].word);
      json_object_set_string_member (entry, "uuid", flaw->uuid);
      json_object_set_string_member (entry, "name", flaw->name);
      json_object_set_string_member (entry, "slot", flaw->slot);
      json_object_set_string_member (entry, "filename", flaw->filename);
      json_object_set_string_member (entry, "text", flaw->text);
      json_array_add_object_element (array, entry);
    }
  json_object_set_boolean_member (object, "sound", flaws->len == 0);
  json_object_set_array_member (object, "flaws", array);
  json_node_take_object (node, object);
  return node;
}

static void
print_flaw (const YejiFlaw *flaw)
{
  g_autofree char *name = yeji_cli_dup_line (flaw->name != NULL ? flaw->name : "");
  g_autofree char *filename = yeji_cli_dup_line (flaw->filename != NULL ? flaw->filename : "");
  g_autofree char *text = yeji_cli_dup_line (flaw->text);

  yeji_cli_print ("%s: %s%s%s%s%s%s%s\n", _(flaw_kinds[flaw->kind].text),
                  flaw->uuid != NULL ? flaw->uuid : "", flaw->uuid != NULL ? " " : "", name,
                  *name != '\0' ? " " : "", filename, *filename != '\0' ? " " : "", text);
}

/* verify */
YejiExit
yeji_cli_verify (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) flaws = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  flaws = yeji_store_verify (store, YEJI_DEPTH_FULL, NULL, &error);
  if (flaws == NULL)
    {
      yeji_cli_complain (_("The profile could not be checked: %s"), error->message);
      return YEJI_EXIT_FAILED;
    }
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (flaws_to_json (flaws));
  else if (flaws->len == 0)
    yeji_cli_print ("%s\n", _("Nothing is wrong with the profile."));
  for (guint i = 0; !yeji_cli_session_wants_json (session) && i < flaws->len; i++)
    print_flaw (g_ptr_array_index (flaws, i));
  return flaws->len == 0 ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}
