// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

#include "yeji-store-private.h"

#define IS_SAME " WHERE (sha256 IN (?1, ?2) OR original IN (?1, ?2)) AND removed_at IS NULL"

typedef struct
{
  const char *sha256;
  GPtrArray *places;
} Search;

static gboolean
run_find (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Search *search = data;
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT a.id, a.record, r.name, a.slot, a.filename FROM attachment a"
                         " JOIN record r ON r.uuid = a.record"
                         " WHERE (a.sha256 = ?1 OR a.original = ?1) AND a.removed_at IS NULL"
                         "  AND r.removed_at IS NULL"
                         " UNION ALL SELECT id, NULL, '', NULL, filename FROM tray"
                         " WHERE (sha256 = ?1 OR original = ?1) AND removed_at IS NULL",
                         "s", search->sha256);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &failure))
    {
      YejiFilePlace *place = g_new0 (YejiFilePlace, 1);

      place->id = yeji_rows_dup_text (rows, 0);
      place->uuid = yeji_rows_dup_text (rows, 1);
      place->name = yeji_rows_dup_text (rows, 2);
      place->slot = yeji_rows_dup_text (rows, 3);
      place->filename = yeji_rows_dup_text (rows, 4);
      g_ptr_array_add (search->places, place);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * yeji_attachment_find_content: (skip)
 * @id: (out) (transfer full) (nullable): of the document of that slot that has the content; %NULL:
 *     none has
 */
gboolean
yeji_attachment_find_content (YejiSql     *sql,
                              const char  *uuid,
                              const char  *slot,
                              const char  *sha256,
                              char       **id,
                              GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id FROM attachment WHERE sha256 = ?3 AND record = ?1 AND slot = ?2"
                         " AND removed_at IS NULL", "sss", uuid, slot, sha256);
  if (rows == NULL)
    return FALSE;
  *id = yeji_rows_next (rows, &failure) ? yeji_rows_dup_text (rows, 0) : NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * yeji_attachment_find_same: (skip)
 * @uuid: (nullable): of a record; %NULL: the tray
 * @slot: (nullable): its slot
 * @original: (nullable): what the content was made of
 * @id: (out) (transfer full) (nullable): of the document, or the file of the tray, that is the same
 *
 * Finds what is the same page. What one shrinks twice is not the same to the last byte: a file is
 * known by its original, too, whichever of the two comes now.
 */
gboolean
yeji_attachment_find_same (YejiSql     *sql,
                           const char  *uuid,
                           const char  *slot,
                           const char  *sha256,
                           const char  *original,
                           char       **id,
                           GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  if (original == NULL)
    original = sha256;
  if (uuid != NULL)
    rows = yeji_sql_query (sql, error, "SELECT id FROM attachment" IS_SAME
                           " AND record = ?3 AND slot = ?4 LIMIT 1", "ssss", sha256, original,
                           uuid, slot);
  else
    rows = yeji_sql_query (sql, error, "SELECT id FROM tray" IS_SAME " LIMIT 1", "ss", sha256,
                           original);
  if (rows == NULL)
    return FALSE;
  *id = yeji_rows_next (rows, &failure) ? yeji_rows_dup_text (rows, 0) : NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * yeji_attachment_find_origin: (skip)
 * @original: (nullable): what the content was made of
 * @origin: the path that it comes by
 * @id: (out) (transfer full) (nullable): of the document of any record, not in the bin, that is the
 *     same and came by the same path
 */
gboolean
yeji_attachment_find_origin (YejiSql     *sql,
                             const char  *sha256,
                             const char  *original,
                             const char  *origin,
                             char       **id,
                             GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id FROM attachment" IS_SAME " AND origin = ?3"
                         " AND record IN (SELECT uuid FROM record WHERE removed_at IS NULL)"
                         " LIMIT 1", "sss", sha256, original != NULL ? original : sha256, origin);
  if (rows == NULL)
    return FALSE;
  *id = yeji_rows_next (rows, &failure) ? yeji_rows_dup_text (rows, 0) : NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * yeji_store_find_same:
 * @sha256: in hexadecimal
 *
 * Finds where a content lies already: in records that are not in the bin, and in the tray; what was
 * shrunk is found by what it was before, too. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type YejiFilePlace): maybe empty
 */
GPtrArray *
yeji_store_find_same (YejiStore   *self,
                      const char  *sha256,
                      GError     **error)
{
  g_autoptr (GPtrArray) places = NULL;
  Search search = { sha256 };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (sha256 != NULL, NULL);

  places = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_file_place_free);
  search.places = places;
  if (!yeji_db_run (yeji_store_get_db (self), run_find, &search, error))
    return NULL;
  return g_steal_pointer (&places);
}
