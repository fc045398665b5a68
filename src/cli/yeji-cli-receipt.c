// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-receipt.h"
#include "yeji-cli.h"
#include "yeji-receipt-fetch.h"
#include "yeji-receipt-trust.h"

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
  JsonNode *text = receipt->text != NULL ? yeji_json_parse (receipt->text, -1, NULL) : NULL;
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "uuid", uuid);
  json_object_set_string_member (object, "revision", receipt->revision);
  json_object_set_string_member (object, "sha256",
                                 text != NULL ? yeji_json_get_string (json_node_get_object (text),
                                                                      "record_sha256")
                                              : receipt->sum);
  json_object_set_string_member (object, "submitted_at", receipt->submitted_at);
  json_object_set_member (object, "files",
                          files != NULL ? files : json_node_new (JSON_NODE_NULL));
  json_object_set_string_member (object, "files_complete_at", receipt->files_at);
  json_object_set_member (object, YEJI_WIRE_MEMBER_RECEIPT,
                          text != NULL ? text : json_node_new (JSON_NODE_NULL));
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

/* What the signature of what is here is worth, where it is not what it seems. */
static void
print_doubt (YejiStore         *store,
             const YejiReceipt *receipt)
{
  g_autoptr (YejiSignedReceipt) own = NULL;
  gboolean revoked = FALSE;

  if (receipt->text == NULL)
    {
      yeji_cli_print ("%s\n", _("The province has not signed it."));
      return;
    }
  own = yeji_signed_receipt_new_from_text (receipt->text, -1, NULL);
  if (own != NULL && yeji_receipt_trust_is_revoked (store, own->key, &revoked, NULL) && revoked)
    yeji_cli_print (_("The province has revoked the key that signed it: %s.\n"), own->key);
}

static void
print_receipt (YejiStore         *store,
               JsonObject        *object,
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
  if (receipt != NULL)
    print_doubt (store, receipt);
}

/* Whatever there is: what the province says now, or what it said before. */
static YejiExit
show (YejiCliSession *session,
      YejiStore      *store,
      const char     *uuid)
{
  g_autoptr (YejiReceipt) receipt = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  receipt = yeji_store_get_receipt (store, uuid, &error);
  if (receipt == NULL && !g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  node = ask_province (store, uuid);
  if (node == NULL && receipt == NULL)
    {
      yeji_cli_complain (_("%s was not submitted"), uuid);
      return YEJI_EXIT_FAILED;
    }
  if (node == NULL)
    node = make_own (receipt, uuid);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (g_steal_pointer (&node));
  else
    print_receipt (store, json_node_get_object (node), receipt);
  return YEJI_EXIT_OK;
}

static gboolean
is_complete (const YejiReceipt *receipt)
{
  g_autoptr (JsonNode) node = receipt->text != NULL ? yeji_json_parse (receipt->text, -1, NULL)
                                                    : NULL;
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;

  return object != NULL && yeji_json_get_string (object, "files_complete_at") != NULL;
}

/* What the province signed: what is here. Only when that is nothing, or not all and @asks, the
 * province is asked: another computer may have submitted it. */
static YejiSignedReceipt *
get_signed (YejiStore   *store,
            const char  *uuid,
            gboolean     asks,
            GError     **error)
{
  g_autoptr (YejiReceipt) receipt = yeji_store_get_receipt (store, uuid, NULL);
  g_autoptr (YejiProvince) province = NULL;
  g_autoptr (GError) failure = NULL;

  if (receipt == NULL || receipt->text == NULL || (asks && !is_complete (receipt)))
    {
      province = yeji_province_new (store, &failure);
      if (province != NULL && yeji_receipt_fetch (store, province, uuid, NULL, &failure))
        {
          g_clear_pointer (&receipt, yeji_receipt_free);
          receipt = yeji_store_get_receipt (store, uuid, NULL);
        }
    }
  if (receipt != NULL && receipt->text != NULL)
    return yeji_signed_receipt_new_from_text (receipt->text, -1, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
               failure != NULL ? failure->message
                               : _("there is no receipt here that the province has signed"));
  return NULL;
}

static YejiExit
run_own (YejiCliSession       *session,
         YejiStore            *store,
         const YejiCliReceipt *wish)
{
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  if (!wish->verifies && wish->out == NULL && wish->pdf == NULL)
    return show (session, store, wish->what);
  receipt = get_signed (store, wish->what, wish->out != NULL || wish->pdf != NULL, &error);
  if (receipt == NULL)
    {
      yeji_cli_complain ("%s: %s", wish->what, error->message);
      return YEJI_EXIT_FAILED;
    }
  if ((wish->out != NULL && !yeji_cli_receipt_write (receipt, wish->out, &error))
      || (wish->pdf != NULL && !yeji_cli_receipt_print (store, receipt, wish->pdf, &error)))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  return wish->verifies ? yeji_cli_receipt_prove (session, store, receipt, wish->key)
                        : YEJI_EXIT_OK;
}

/* From somebody else: a file, or the text of a code. */
static YejiExit
run_other (YejiCliSession       *session,
           YejiStore            *store,
           const YejiCliReceipt *wish)
{
  g_autoptr (YejiSignedReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length = 0;

  if (!g_str_has_prefix (wish->what, "yeji-receipt:")
      && !g_file_get_contents (wish->what, &content, &length, &error))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  receipt = content != NULL
              ? yeji_signed_receipt_new_from_text (content, (gssize) length, &error)
              : yeji_signed_receipt_new_from_text (wish->what, -1, &error);
  if (receipt == NULL)
    {
      yeji_cli_complain (_("This is no receipt: %s"), error->message);
      return YEJI_EXIT_FAILED;
    }
  return yeji_cli_receipt_prove (session, store, receipt, wish->key);
}

static YejiExit
forget_key (YejiStore *store)
{
  g_autoptr (GError) error = NULL;

  if (yeji_receipt_trust_forget (store, &error))
    return YEJI_EXIT_OK;
  yeji_cli_complain ("%s", error->message);
  return YEJI_EXIT_FAILED;
}

/* receipt */
YejiExit
yeji_cli_receipt (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  const YejiCliReceipt wish = {
    .what = n_args > 0 ? args[0] : NULL,
    .verifies = yeji_cli_has (session, "--verify"),
    .out = yeji_cli_get (session, "--out"),
    .pdf = yeji_cli_get (session, "--pdf"),
    .key = yeji_cli_get (session, "--key"),
  };
  gboolean forgets = yeji_cli_has (session, "--forget-key");
  gboolean own = !forgets && g_uuid_string_is_valid (wish.what);
  YejiStore *store;

  if (!forgets && !own && (!wish.verifies || wish.out != NULL || wish.pdf != NULL))
    {
      yeji_cli_complain (_("“%s” is no record"), wish.what);
      return YEJI_EXIT_USAGE;
    }
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (forgets)
    return forget_key (store);
  return own ? run_own (session, store, &wish) : run_other (session, store, &wish);
}
