// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"

#include <glib/gi18n-lib.h>

static gboolean
attach_file (YejiStore  *store,
             const char *uuid,
             const char *slot,
             const char *path,
             JsonArray  *attached)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAttachment) attachment = NULL;
  JsonObject *object;

  attachment = yeji_store_attach (store, uuid, slot, file, NULL, &error);
  if (attachment == NULL)
    {
      yeji_cli_complain (_("%s was not attached: %s"), path, error->message);
      return FALSE;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "id", yeji_attachment_get_id (attachment));
  json_object_set_string_member (object, "slot", slot);
  json_object_set_string_member (object, "filename", yeji_attachment_get_filename (attachment));
  json_object_set_string_member (object, "sha256", yeji_attachment_get_sha256 (attachment));
  json_object_set_int_member (object, "size", yeji_attachment_get_size (attachment));
  json_array_add_object_element (attached, object);
  return TRUE;
}

/* attach UUID SLOT FILE... */
YejiExit
yeji_cli_attach (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (session);
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
  for (guint i = 2; i < n_args; i++)
    done = attach_file (yeji_cli_session_get_store (session), args[0], args[1], args[i],
                        attached) && done;
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
