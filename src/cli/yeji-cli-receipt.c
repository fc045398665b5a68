// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-province.h"
#include "yeji-transfer-store.h"

#include <glib/gi18n-lib.h>

/* What the province says of it now; NULL when it cannot be asked. */
static JsonNode *
ask_province (YejiStore  *store,
              const char *uuid)
{
  g_autoptr (YejiProvince) province = yeji_province_new (store, NULL);
  g_autofree char *path = g_strdup_printf ("/v1/records/%s/receipts", uuid);
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *body;

  if (province != NULL)
    reply = yeji_province_call (province, "GET", path, NULL, NULL, &error, NULL);
  if (reply == NULL || !yeji_reply_check (reply, &error))
    {
      yeji_cli_complain (_("The province cannot be asked, this is what it said before: %s"),
                         error != NULL ? error->message : _("not signed in"));
      return NULL;
    }
  body = yeji_json_node_object (reply->body);
  if (body == NULL || yeji_json_get_string (body, "submitted_at") == NULL)
    return NULL;
  return json_node_ref (reply->body);
}

static JsonNode *
make_own (const YejiReceipt *receipt,
          const char        *uuid)
{
  JsonNode *files = yeji_json_parse (receipt->files, -1, NULL);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "revision", receipt->revision);
  json_object_set_string_member (object, "sha256", receipt->sum);
  json_object_set_string_member (object, "submitted_at", receipt->submitted_at);
  json_object_set_member (object, "files",
                          files != NULL ? files : json_node_new (JSON_NODE_NULL));
  json_object_set_string_member (object, "files_complete_at", receipt->files_at);
  json_node_take_object (node, object);
  return node;
}

static const char *
find_filename (const YejiReceipt *receipt,
               JsonArray         *names,
               const char        *sha256)
{
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (names, i));

      if (file != NULL && g_strcmp0 (yeji_json_get_string (file, "sha256"), sha256) == 0)
        return yeji_json_get_string (file, "filename");
    }
  return NULL;
}

static void
print_files (JsonArray         *files,
             const YejiReceipt *receipt)
{
  g_autoptr (JsonNode) own = receipt != NULL ? yeji_json_parse (receipt->files, -1, NULL) : NULL;
  JsonArray *names = own != NULL && JSON_NODE_HOLDS_ARRAY (own) ? json_node_get_array (own) : NULL;

  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (files, i));
      const char *sha256 = file != NULL ? yeji_json_get_string (file, "sha256") : NULL;
      const char *slot = file != NULL ? yeji_json_get_string (file, "slot") : NULL;
      const char *at = file != NULL ? yeji_json_get_string (file, "received_at") : NULL;
      const char *name = sha256 != NULL ? find_filename (receipt, names, sha256) : NULL;
      g_autofree char *line = yeji_cli_dup_line (name != NULL ? name : "");

      if (sha256 != NULL && slot != NULL)
        yeji_cli_print ("%s %s %s %s\n", sha256, at != NULL ? at : "-", slot, line);
    }
}

static void
print_receipt (JsonObject        *object,
               const YejiReceipt *receipt)
{
  const char *complete = yeji_json_get_string (object, "files_complete_at");
  const char *due = yeji_json_get_string (object, "files_due_at");
  const char *sum = yeji_json_get_string (object, "sha256");

  yeji_cli_print (_("Submitted %s\n"), yeji_json_get_string (object, "submitted_at"));
  if (complete != NULL)
    yeji_cli_print (_("All files received %s\n"), complete);
  else if (due != NULL)
    yeji_cli_print (_("Files are still to come, until %s\n"), due);
  else
    yeji_cli_print (_("Files are still to come\n"));
  if (sum != NULL)
    yeji_cli_print (_("SHA-256 of what was submitted: %s\n"), sum);
  print_files (yeji_json_get_array (object, "files"), receipt);
}

/* receipt UUID */
YejiExit
yeji_cli_receipt (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiReceipt) receipt = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (!g_uuid_string_is_valid (args[0]))
    {
      yeji_cli_complain (_("“%s” is no record"), args[0]);
      return YEJI_EXIT_USAGE;
    }
  receipt = yeji_store_get_receipt (store, args[0], &error);
  if (receipt == NULL && !g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  node = ask_province (store, args[0]);
  if (node == NULL && receipt == NULL)
    {
      yeji_cli_complain (_("%s was not submitted"), args[0]);
      return YEJI_EXIT_FAILED;
    }
  if (node == NULL)
    node = make_own (receipt, args[0]);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (g_steal_pointer (&node));
  else
    print_receipt (json_node_get_object (node), receipt);
  return YEJI_EXIT_OK;
}
