// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-documents.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli.h"

#include <glib/gi18n-lib.h>

static JsonObject *
document_to_json (YejiAttachment *attachment)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", yeji_attachment_get_id (attachment));
  json_object_set_string_member (object, "slot", yeji_attachment_get_slot (attachment));
  json_object_set_string_member (object, "filename", yeji_attachment_get_filename (attachment));
  json_object_set_string_member (object, "sha256", yeji_attachment_get_sha256 (attachment));
  json_object_set_int_member (object, "size", yeji_attachment_get_size (attachment));
  json_object_set_int_member (object, "rotation", yeji_attachment_get_rotation (attachment));
  json_object_set_string_member (object, "original", yeji_attachment_get_original (attachment));
  return object;
}

static void
print_line (YejiAttachment *document)
{
  g_autofree char *size = g_format_size ((guint64) yeji_attachment_get_size (document));
  g_autofree char *name = yeji_cli_dup_line (yeji_attachment_get_filename (document));

  yeji_cli_print ("%s  %-20s %10s  %s\n", yeji_attachment_get_id (document),
                  yeji_attachment_get_slot (document), size, name);
}

/**
 * yeji_cli_print_document:
 *
 * Prints what became of a document.
 */
void
yeji_cli_print_document (YejiCliSession *session,
                         YejiAttachment *document)
{
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_object (document_to_json (document));
  else
    print_line (document);
}

static gboolean
attach_file (YejiStore    *store,
             const char   *uuid,
             const char   *slot,
             const char   *path,
             GCancellable *cancellable,
             JsonArray    *attached)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;

  attachment = yeji_store_attach (store, uuid, slot, file, cancellable, &error);
  if (attachment == NULL)
    {
      yeji_cli_complain (_("%s was not attached: %s"), path,
                         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                           ? _("it was stopped") : error->message);
      return FALSE;
    }
  json_array_add_object_element (attached, document_to_json (attachment));
  return TRUE;
}

/* attach UUID SLOT FILE... */
YejiExit
yeji_cli_attach (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
  g_autoptr (YejiCliProgress) progress = NULL;
  g_autoptr (YejiRecord) record = NULL;
  JsonArray *attached;
  JsonNode *node;
  gboolean done = TRUE;

  if (yeji_dictionary_find_slot (dictionary, args[1]) == NULL)
    {
      GPtrArray *slots = yeji_dictionary_get_slots (dictionary);

      yeji_cli_complain (_("There is no document slot “%s”; there are:"), args[1]);
      for (guint i = 0; i < slots->len; i++)
        yeji_cli_complain ("  %s", ((const YejiSlot *) g_ptr_array_index (slots, i))->id);
      return YEJI_EXIT_USAGE;
    }
  record = yeji_cli_session_load (session, args[0]);
  if (record == NULL)
    return YEJI_EXIT_FAILED;

  attached = json_array_new ();
  progress = yeji_cli_progress_new (session, _("Attaching"));
  for (guint i = 2; i < n_args; i++)
    {
      yeji_cli_progress_step (progress, i - 2, n_args - 2);
      done = attach_file (yeji_cli_session_get_store (session), args[0], args[1], args[i],
                          yeji_cli_progress_get_cancellable (progress), attached) && done;
    }
  /* a slot that is filled now is one problem less */
  done = yeji_cli_session_save (session, record, "attached") && done;

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, attached);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (node);
  else
    json_node_unref (node);
  return done ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}

static YejiExit
list_documents (YejiCliSession *session,
                const char     *uuid)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load_as_is (session, uuid);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *array;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  documents = yeji_store_get_attachments (yeji_cli_session_get_store (session), uuid, &error);
  if (documents == NULL)
    {
      yeji_cli_complain ("%s: %s", uuid, error->message);
      return YEJI_EXIT_FAILED;
    }
  array = json_array_new ();
  for (guint i = 0; i < documents->len; i++)
    {
      YejiAttachment *document = g_ptr_array_index (documents, i);

      json_array_add_object_element (array, document_to_json (document));
      if (!yeji_cli_session_wants_json (session))
        print_line (document);
    }
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
  return YEJI_EXIT_OK;
}

static YejiExit
remove_documents (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[0]);
  gboolean done = TRUE;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  for (guint i = 1; i < n_args; i++)
    {
      g_autoptr (GError) error = NULL;

      if (yeji_store_detach (yeji_cli_session_get_store (session), args[0], args[i], &error))
        continue;
      yeji_cli_complain (_("%s was not removed: %s"), args[i], error->message);
      done = FALSE;
    }
  /* a slot that is empty now may be a problem more */
  done = yeji_cli_session_save (session, record, "attached") && done;
  return done ? YEJI_EXIT_OK : YEJI_EXIT_FAILED;
}

/* documents list, documents remove */
YejiExit
yeji_cli_documents (YejiCliSession  *session,
                    guint            n_args,
                    char           **args)
{
  return g_str_equal (args[0], "list") ? list_documents (session, args[1])
                                       : remove_documents (session, n_args - 1, args + 1);
}
