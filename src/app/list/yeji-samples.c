// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Invented records to look around in. They come with the program, are marked by their uuids (see
 * yeji_sample_is()), and can never be submitted. */

#define G_LOG_DOMAIN "yeji-samples"

#include "config.h"

#include "yeji-samples.h"

#include <json-glib/json-glib.h>

#include "yeji-background.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-record-file.h"
#include "yeji-samples-data.h"
#include "yeji-undo.h"

#define PATH "/org/yeji/Yeji/samples/tour.json"

/* The linker would drop a constructor of a static library. */
static void
register_once (void)
{
  static gsize registered = 0;

  if (!g_once_init_enter (&registered))
    return;
  yeji_samples_register_resource ();
  g_once_init_leave (&registered, 1);
}

static JsonArray *
read_tour (GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  gconstpointer text;
  gsize length;

  register_once ();
  bytes = g_resources_lookup_data (PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  if (!json_parser_load_from_data (parser, text, (gssize) length, error))
    return NULL;
  return json_array_ref (json_node_get_array (json_parser_get_root (parser)));
}

/* As if it named the profile's version of the dictionary: between versions its fields differ no
 * more than those of a draft, and what is missing then is shown. */
static YejiRecord *
read_record (YejiStore  *store,
             JsonNode   *node,
             GError    **error)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return yeji_record_file_parse (yeji_store_get_dictionary (store), text, strlen (text), PATH, error);
}

static YejiFacts *
check (YejiValidator *validator,
       YejiRecord    *record)
{
  const char * const no_slots[] = { NULL };
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (GPtrArray) problems = yeji_validator_check (validator, record, today, no_slots);

  return yeji_facts_new_for (validator, record, problems, no_slots);
}

/* What is there stays as it is, what was thrown away is taken out of the bin again. */
static gboolean
is_there (YejiStore   *store,
          const char  *uuid,
          gboolean    *there,
          GError     **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuid, &local);

  *there = entry != NULL;
  if (entry != NULL && yeji_entry_get_removed_at (entry) != NULL)
    return yeji_store_restore (store, uuid, error);
  if (entry != NULL || g_error_matches (local, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gpointer
add (gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  YejiStore *store = data;
  g_autoptr (JsonArray) tour = read_tour (error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (YejiValidator) validator = NULL;

  if (tour == NULL)
    return NULL;
  facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);
  validator = yeji_validator_new (yeji_store_get_dictionary (store), yeji_language_get_current ());
  for (guint i = 0; i < json_array_get_length (tour); i++)
    {
      g_autoptr (YejiRecord) record = read_record (store, json_array_get_element (tour, i), error);
      gboolean there;

      if (record == NULL || !is_there (store, yeji_record_get_uuid (record), &there, error))
        return NULL;
      if (there)
        continue;
      g_ptr_array_add (facts, check (validator, record));
      g_ptr_array_add (records, g_steal_pointer (&record));
    }
  if (records->len > 0
      && !yeji_store_save_batch (store, records, facts, "imported", NULL, error))
    return NULL;
  return g_object_ref (store);
}

static gpointer
list (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  YejiStore *store = data;
  g_autoptr (JsonArray) tour = read_tour (error);
  g_autoptr (GStrvBuilder) uuids = g_strv_builder_new ();

  if (tour == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (tour); i++)
    {
      JsonObject *sample = json_array_get_object_element (tour, i);
      const char *uuid = json_object_get_string_member (sample, "uuid");
      g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuid, NULL);

      if (entry != NULL && yeji_entry_get_removed_at (entry) == NULL)
        g_strv_builder_add (uuids, uuid);
    }
  return g_strv_builder_end (uuids);
}

/**
 * yeji_samples_add_async:
 *
 * Puts the samples into a profile, as drafts. Those that are there already stay as they are.
 */
void
yeji_samples_add_async (YejiStore           *store,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (store));

  yeji_background_run (store, add, g_object_ref (store), g_object_unref, g_object_unref, callback,
                       user_data);
}

/**
 * yeji_samples_add_finish:
 *
 * Returns: %TRUE when all are there
 */
gboolean
yeji_samples_add_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (GObject) done = yeji_background_finish (result, error);

  return done != NULL;
}

/**
 * yeji_samples_list_async:
 *
 * Looks which samples are in a profile and not in its bin.
 */
void
yeji_samples_list_async (YejiStore           *store,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_STORE (store));

  yeji_background_run (store, list, g_object_ref (store), g_object_unref,
                       (GDestroyNotify) g_strfreev, callback, user_data);
}

/**
 * yeji_samples_list_finish:
 *
 * Returns: (transfer full) (nullable): their uuids, %NULL with @error
 */
GStrv
yeji_samples_list_finish (GAsyncResult  *result,
                          GError       **error)
{
  return yeji_background_finish (result, error);
}
