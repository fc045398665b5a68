// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-receipt.h"

#include "yeji-cli-output.h"
#include "yeji-profile.h"
#include "yeji-receipt-check.h"
#include "yeji-receipt-paper.h"

#include <glib/gi18n-lib.h>

static JsonNode *
make_node (const YejiReceiptCheck  *check,
           const YejiSignedReceipt *receipt)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), NULL);
  JsonObject *object = json_object_new ();
  JsonArray *files = json_array_new ();

  json_object_set_string_member (object, "uuid", receipt->uuid);
  json_object_set_string_member (object, "enterprise", receipt->enterprise);
  json_object_set_string_member (object, "revision", receipt->revision);
  json_object_set_string_member (object, "submitted_at", receipt->submitted_at);
  json_object_set_string_member (object, "record_sha256", receipt->record_sha256);
  json_object_set_string_member (object, "files_sha256", receipt->files_sha256);
  json_object_set_string_member (object, "key", receipt->key);
  json_object_set_boolean_member (object, "good", yeji_receipt_check_is_good (check));
  json_object_set_string_member (object, "signature",
                                 yeji_receipt_signature_to_word (check->signature));
  json_object_set_string_member (object, "record", yeji_receipt_match_to_word (check->record));
  for (guint i = 0; i < check->n_files; i++)
    {
      const YejiReceiptFile *file = g_ptr_array_index (receipt->files, i);
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "slot", file->slot);
      json_object_set_string_member (one, "sha256", file->sha256);
      json_object_set_string_member (one, "filename", file->filename);
      json_object_set_string_member (one, "here", yeji_receipt_match_to_word (check->files[i]));
      json_array_add_object_element (files, one);
    }
  json_object_set_array_member (object, "files", files);
  json_node_take_object (node, object);
  return node;
}

static void
print_check (const YejiReceiptCheck  *check,
             const YejiSignedReceipt *receipt)
{
  const YejiLanguage language = yeji_language_get_current ();
  g_autofree char *signature = yeji_receipt_check_describe_signature (check, receipt, language);
  g_autofree char *content = yeji_receipt_check_describe_content (check, language);

  yeji_cli_print (_("Receipt of %s, revision %s, submitted by %s\n"), receipt->uuid,
                  receipt->revision, receipt->enterprise);
  yeji_cli_print (_("Submitted %s\n"), receipt->submitted_at);
  yeji_cli_print (_("SHA-256 of what was submitted: %s\n"), receipt->record_sha256);
  yeji_cli_print ("%s\n%s\n", signature, content);
  for (guint i = 0; i < check->n_files; i++)
    {
      const YejiReceiptFile *file = g_ptr_array_index (receipt->files, i);
      g_autofree char *line = yeji_cli_dup_line (file->filename);

      yeji_cli_print ("%-6s %s %s %s\n", yeji_receipt_match_to_word (check->files[i]),
                      file->sha256, file->slot, line);
    }
}

/**
 * yeji_cli_receipt_prove:
 * @key: (nullable): the public key that is trusted, base64
 *
 * Prints what a receipt proves, without a network.
 *
 * Returns: %YEJI_EXIT_OK when the province signed it and nothing here contradicts it
 */
YejiExit
yeji_cli_receipt_prove (YejiCliSession          *session,
                        YejiStore               *store,
                        const YejiSignedReceipt *receipt,
                        const char              *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiReceiptCheck) check = yeji_receipt_check_new (store, receipt, key, NULL, &error);

  if (check == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (make_node (check, receipt));
  else
    print_check (check, receipt);
  return yeji_receipt_check_is_good (check) ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}

/**
 * yeji_cli_receipt_write:
 *
 * Writes a receipt into a file, as the province signed it, for whoever wants to prove it.
 */
gboolean
yeji_cli_receipt_write (const YejiSignedReceipt  *receipt,
                        const char               *path,
                        GError                  **error)
{
  g_autofree char *text = yeji_json_print (receipt->node, TRUE);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return g_file_set_contents (path, line, -1, error);
}

/**
 * yeji_cli_receipt_print:
 *
 * Writes a receipt as a PDF, with what is proven of it now.
 */
gboolean
yeji_cli_receipt_print (YejiStore                *store,
                        const YejiSignedReceipt  *receipt,
                        const char               *path,
                        GError                  **error)
{
  g_autoptr (YejiReceiptCheck) check = yeji_receipt_check_new (store, receipt, NULL, NULL, error);
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, receipt->uuid, NULL);
  g_autofree char *company = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_COMPANY, NULL);
  g_autofree char *name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  g_autofree char *state = NULL;
  g_autoptr (YejiPaper) paper = NULL;
  YejiReceiptFacts facts = { .dictionary = yeji_store_get_dictionary (store) };

  if (check == NULL)
    return FALSE;
  state = yeji_receipt_check_describe_signature (check, receipt, yeji_language_get_current ());
  facts.enterprise = company != NULL ? company : name;
  facts.state = state;
  if (entry != NULL)
    {
      facts.project = yeji_entry_get_name (entry);
      facts.number = yeji_entry_get_number (entry);
    }
  if (facts.number != NULL && *facts.number == '\0')
    facts.number = NULL;
  paper = yeji_receipt_paper_new (yeji_signed_receipt_new_from_json (receipt->node, NULL), &facts,
                                  error);
  return paper != NULL && yeji_paper_write_pdf (paper, path, error);
}
