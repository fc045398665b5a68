// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-intake-store.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static JsonObject *
file_to_json (const YejiTrayFile *file)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", file->id);
  json_object_set_string_member (object, "filename", file->filename);
  json_object_set_string_member (object, "origin", file->origin);
  json_object_set_string_member (object, "type", file->media_type);
  json_object_set_int_member (object, "size", file->size);
  json_object_set_string_member (object, "sha256", file->sha256);
  json_object_set_string_member (object, "added_at", file->added_at);
  return object;
}

static GPtrArray *
list (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *files = yeji_store_list_tray (store, &error);

  if (files == NULL)
    yeji_cli_complain ("%s", error->message);
  return files;
}

static YejiExit
list_tray (YejiCliSession  *session,
           YejiStore       *store,
           guint            n_args,
           char           **args)
{
  g_autoptr (GPtrArray) files = list (store);
  JsonArray *array;
  JsonNode *node;

  if (files == NULL)
    return YEJI_EXIT_FAILED;
  for (guint i = 0; !yeji_cli_session_wants_json (session) && i < files->len; i++)
    {
      const YejiTrayFile *file = g_ptr_array_index (files, i);
      g_autofree char *size = g_format_size_full ((guint64) file->size, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *name = yeji_cli_dup_line (file->origin != NULL ? file->origin
                                                                      : file->filename);

      yeji_cli_print ("%s  %10s  %s\n", file->id, size, name);
    }
  if (!yeji_cli_session_wants_json (session))
    return YEJI_EXIT_OK;
  array = json_array_new ();
  node = json_node_new (JSON_NODE_ARRAY);
  for (guint i = 0; i < files->len; i++)
    json_array_add_object_element (array, file_to_json (g_ptr_array_index (files, i)));
  json_node_take_array (node, array);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

/* By id, or by a name or path that one file alone has. */
static const char *
find_file (GPtrArray  *files,
           const char *word)
{
  const char *found = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      const YejiTrayFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (file->id, word))
        return file->id;
      if (!g_str_equal (file->filename, word) && g_strcmp0 (file->origin, word) != 0)
        continue;
      if (found != NULL)
        {
          yeji_cli_complain (_("Several files of the tray are called “%s”; give its id"), word);
          return NULL;
        }
      found = file->id;
    }
  if (found == NULL)
    yeji_cli_complain (_("There is no file “%s” in the tray"), word);
  return found;
}

static GPtrArray *
find_files (YejiStore  *store,
            guint       n_words,
            char      **words)
{
  g_autoptr (GPtrArray) files = list (store);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (files == NULL)
    return NULL;
  for (guint i = 0; i < n_words; i++)
    {
      const char *id = find_file (files, words[i]);

      if (id == NULL)
        return NULL;
      g_ptr_array_add (ids, g_strdup (id));
    }
  g_ptr_array_add (ids, NULL);
  return g_steal_pointer (&ids);
}

/* The taking is what `yeji match --undo` takes back. */
static YejiExit
finish (YejiCliSession *session,
        gboolean        done,
        const char     *batch,
        const GError   *error)
{
  JsonObject *object;
  JsonNode *node;

  if (!done)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (!yeji_cli_session_wants_json (session))
    return YEJI_EXIT_OK;
  object = json_object_new ();
  node = json_node_new (JSON_NODE_OBJECT);
  json_object_set_string_member (object, "taking", batch);
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

static YejiExit
place (YejiCliSession  *session,
       YejiStore       *store,
       guint            n_args,
       char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[0]);
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (record == NULL || (ids = find_files (store, n_args - 2, args + 2)) == NULL)
    return YEJI_EXIT_FAILED;
  done = yeji_store_place_tray (store, (const char *const *) ids->pdata, args[0], args[1], &batch,
                                &error);
  /* a slot that is filled now is one problem less */
  if (done && !yeji_cli_session_save (session, record, "attached"))
    return YEJI_EXIT_FAILED;
  return finish (session, done, batch, error);
}

static YejiExit
remove_files (YejiCliSession  *session,
              YejiStore       *store,
              guint            n_args,
              char           **args)
{
  g_autoptr (GPtrArray) ids = find_files (store, n_args, args);
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (ids == NULL)
    return YEJI_EXIT_FAILED;
  done = yeji_store_remove_tray (store, (const char *const *) ids->pdata, &batch, &error);
  return finish (session, done, batch, error);
}

static YejiExit
restore (YejiCliSession  *session,
         YejiStore       *store,
         guint            n_args,
         char           **args)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gboolean done;

  for (guint i = 0; i < n_args; i++)
    g_ptr_array_add (ids, args[i]);
  g_ptr_array_add (ids, NULL);
  done = yeji_store_restore_tray (store, (const char *const *) ids->pdata, &error);
  return finish (session, done, NULL, error);
}

static const struct
{
  const char *name;
  YejiExit (*func) (YejiCliSession *session, YejiStore *store, guint n_args, char **args);
} actions[] = {
  { "list", list_tray },
  { "place", place },
  { "remove", remove_files },
  { "restore", restore },
};

/* tray list, tray place, tray remove, tray restore */
YejiExit
yeji_cli_tray (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (args[0], actions[i].name))
      {
        YejiStore *store = yeji_cli_session_get_store (session);

        return store != NULL ? actions[i].func (session, store, n_args - 1, args + 1)
                             : YEJI_EXIT_FAILED;
      }
  g_return_val_if_reached (YEJI_EXIT_FAILED);
}
