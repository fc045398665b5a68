// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-intake-store.h"

#include "yeji-json.h"
#include "yeji-store-private.h"

/* What lists tell of findings is a number beside them, so that nobody reads JSON for a list. The
 * members are those of the examiner's answer. */

typedef struct
{
  YejiStore *store;
  const char *id;
  const char *findings;
  int n_flaws;
  char *uuid;
  gboolean in_tray;
} Note;

/* That there was nobody to look is no finding. */
#define NOT_EXAMINED "missing"

/**
 * yeji_store_count_flaws: (skip)
 * @findings: (nullable): JSON
 *
 * Counts what a clerk should look at; a single empty page, as the back of a sheet has one, is not.
 *
 * Returns: -1: the file was not examined, or the text is none of the examiner's
 */
int
yeji_store_count_flaws (const char       *findings,
                        const YejiLimits *limits)
{
  g_autoptr (JsonNode) node = findings != NULL ? yeji_json_parse (findings, -1, NULL) : NULL;
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  const char *failure;
  JsonArray *blank;
  gint64 dpi, n_pages;

  if (object == NULL)
    return -1;
  failure = yeji_json_get_string (object, "error");
  if (g_strcmp0 (failure, NOT_EXAMINED) == 0)
    return -1;
  dpi = yeji_json_get_int (object, "dpi", 0);
  n_pages = yeji_json_get_int (object, "pages", 0);
  blank = yeji_json_get_array (object, "blank");
  return (failure != NULL) + (dpi > 0 && dpi < limits->scan_dpi)
    + (blank != NULL && json_array_get_length (blank) > 0
       && json_array_get_length (blank) >= n_pages)
    + (yeji_json_get_int (object, "size", 0) > limits->file_size);
}

static gboolean
note_attachment (YejiSql  *sql,
                 Note     *note,
                 GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *failure = NULL;

  rows = yeji_sql_query (sql, error,
                         "UPDATE attachment SET findings = ?2, n_flaws = nullif (?3, -1)"
                         " WHERE id = ?1 RETURNING record", "ssi", note->id, note->findings,
                         (gint64) note->n_flaws);
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &failure))
    note->uuid = yeji_rows_dup_text (rows, 0);
  while (failure == NULL && yeji_rows_next (rows, &failure))
    ;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Note *note = data;

  if (!note_attachment (sql, note, error))
    return FALSE;
  if (note->uuid != NULL)
    return TRUE;
  if (!yeji_sql_exec (sql, error,
                      "UPDATE tray SET findings = ?2, n_flaws = nullif (?3, -1) WHERE id = ?1",
                      "ssi", note->id, note->findings, (gint64) note->n_flaws))
    return FALSE;
  note->in_tray = yeji_sql_changes (sql) > 0;
  if (note->in_tray)
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no document %s", note->id);
  return FALSE;
}

/**
 * yeji_store_set_findings:
 * @id: of an attachment or of a file in the tray
 * @findings: (nullable): JSON, as the examiner told it; %NULL: not examined
 *
 * Notes what was found in a document after it was taken. A record that cannot be edited is looked
 * at like this, too. Blocks.
 */
gboolean
yeji_store_set_findings (YejiStore   *self,
                         const char  *id,
                         const char  *findings,
                         GError     **error)
{
  const YejiLimits *limits;
  Note note = { self, id };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (self));
  note.n_flaws = yeji_store_count_flaws (findings, limits);
  note.findings = note.n_flaws >= 0 ? findings : NULL;
  if (!yeji_db_run (yeji_store_get_db (self), run_note, &note, error))
    {
      g_free (note.uuid);
      return FALSE;
    }
  if (note.in_tray)
    yeji_store_announce_tray (self);
  else
    yeji_store_announce (self, note.uuid);
  g_free (note.uuid);
  return TRUE;
}
