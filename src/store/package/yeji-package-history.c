// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include "yeji-store-private.h"
#include "yeji-store-seal.h"

static gboolean
insert_line (YejiTaking             *taking,
             YejiSql                *sql,
             const char             *uuid,
             gint64                  step,
             const YejiHistoryLine  *line,
             const char             *why,
             const char             *batch,
             gint64                  undoes,
             GError                **error)
{
  g_autoptr (YejiChange) change = yeji_change_pack (line->change);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = yeji_store_seal_line (taking->store, uuid, step, change, change->before);
  after = yeji_store_seal_line (taking->store, uuid, step, change, change->after);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO history (record, step, \"table\", \"row\", field, before,"
                        " after, at, who, why, batch, undoes)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, nullif (?12, 0))",
                        "sisssssssssi", uuid, step, change->table, change->row, change->field,
                        before, after, line->at, line->who, why, batch, undoes);
}

/**
 * yeji_package_write_lines: (skip)
 *
 * Gives a record that was just written the history that it came with, in place of the one step that
 * writing it made, and the line that says so.
 */
gboolean
yeji_package_write_lines (YejiTaking               *taking,
                          YejiSql                  *sql,
                          const YejiPackageRecord  *record,
                          GError                  **error)
{
  const char *uuid = record->uuid;
  const YejiChange taken = { (char *) "", (char *) "", (char *) YEJI_HISTORY_TAKEN, (char *) "",
                             (char *) YEJI_HISTORY_TAKEN_NEW };
  gint64 step = 0;

  if (!yeji_sql_exec (sql, error, "DELETE FROM history WHERE record = ?1", "s", uuid))
    return FALSE;
  for (guint i = 0; i < record->lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (record->lines, i);

      step = line->step;
      if (!insert_line (taking, sql, uuid, step, line, line->why, line->batch, line->undoes, error))
        return FALSE;
    }
  return yeji_store_write_change (taking->store, sql, uuid, step + 1, &taken, YEJI_WHY_TAKEN,
                                  taking->now, error)
    && yeji_store_mark_step (sql, uuid, step + 1, taking->batch, 0, error);
}

/**
 * yeji_package_write_news: (skip)
 * @news: (element-type YejiHistoryLine): what was done there
 * @batch: (nullable): with which they are taken out again
 *
 * Puts lines into a history that are to be read, and never to be undone here.
 */
gboolean
yeji_package_write_news (YejiTaking  *taking,
                         YejiSql     *sql,
                         const char  *uuid,
                         GPtrArray   *news,
                         const char  *batch,
                         GError     **error)
{
  gint64 step, last = 0;

  if (!yeji_store_read_next_step (sql, uuid, &step, error))
    return FALSE;
  for (guint i = 0; i < news->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (news, i);
      g_autofree char *why = NULL;

      if (last != 0 && line->step != last)
        step++;
      last = line->step;
      why = g_strconcat (yeji_history_line_is_elsewhere (line) ? "" : YEJI_HISTORY_ELSEWHERE,
                         line->why, NULL);
      if (!insert_line (taking, sql, uuid, step, line, why, batch, 0, error))
        return FALSE;
    }
  return TRUE;
}
