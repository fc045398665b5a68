// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-tray-load"

#include "config.h"

#include "yeji-tray-load.h"

#include "yeji-background.h"
#include "yeji-matrix.h"

/* What is in the tray, and why: the records may be other ones than when the files came. */

static GPtrArray *
list_records (YejiStore  *store,
              GError    **error)
{
  const YejiQuery query = { .states = YEJI_MATRIX_EDITABLE_STATES };
  g_autoptr (GPtrArray) entries = yeji_store_query (store, &query, 0, G_MAXUINT, error);
  GPtrArray *records;

  if (entries == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_match_record_free);
  for (guint i = 0; i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);

      g_ptr_array_add (records, yeji_match_record_new (yeji_entry_get_uuid (entry),
                                                       yeji_entry_get_role (entry),
                                                       yeji_entry_get_name (entry),
                                                       yeji_entry_get_number (entry), NULL));
    }
  return records;
}

static gpointer
load (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  YejiStore *store = data;
  g_autoptr (GPtrArray) files = yeji_store_list_tray (store, error);
  g_autoptr (GPtrArray) records = files != NULL ? list_records (store, error) : NULL;
  g_autoptr (YejiMatcher) matcher = NULL;
  GPtrArray *items;

  if (records == NULL)
    return NULL;
  matcher = yeji_matcher_new (yeji_store_get_dictionary (store), records);
  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (files, NULL);
  for (guint i = 0; i < files->len; i++)
    {
      YejiTrayFile *file = g_ptr_array_index (files, i);
      g_autoptr (YejiMatch) match = NULL;

      match = yeji_matcher_match (matcher, file->origin != NULL ? file->origin : file->filename);
      g_ptr_array_add (items, yeji_tray_item_new (file, match, matcher));
    }
  return items;
}

/**
 * yeji_tray_load_async:
 *
 * Reads the tray of a profile, and finds out what speaks for and against each file's place.
 */
void
yeji_tray_load_async (YejiStore           *store,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  yeji_background_run (store, load, g_object_ref (store), g_object_unref,
                       (GDestroyNotify) g_ptr_array_unref, callback, user_data);
}

/**
 * yeji_tray_load_finish:
 *
 * Returns: (transfer full) (element-type YejiTrayItem): in the order of the tray
 */
GPtrArray *
yeji_tray_load_finish (GAsyncResult  *result,
                       GError       **error)
{
  return yeji_background_finish (result, error);
}
