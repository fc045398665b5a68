// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include "yeji-store-private.h"
#include "yeji-store-seal.h"

static gboolean
write_points (YejiSql     *sql,
              const char  *uuid,
              const char  *source,
              GPtrArray   *points,
              GError     **error)
{
  for (guint i = 0; i < points->len; i++)
    {
      const YejiPoint *point = g_ptr_array_index (points, i);

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO point (record, source, pointer, comment)"
                          " VALUES (?1, ?2, ?3, ?4)", "ssss", uuid, source, point->pointer,
                          point->comment))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_base (YejiTaking  *taking,
            YejiSql     *sql,
            YejiRecord  *base,
            GError     **error)
{
  g_autofree char *body = yeji_store_seal_record (taking->store, base, 0);
  g_autofree char *digest = yeji_store_digest (taking->store, base);

  return yeji_sql_exec (sql, error,
                        "UPDATE record SET base_body = ?2, base_digest = ?3 WHERE uuid = ?1",
                        "sss", yeji_record_get_uuid (base), body, digest);
}

/**
 * yeji_package_write_province: (skip)
 * @base: (nullable): the record as the province has it
 *
 * Writes what the province said, in place of what it said here.
 */
gboolean
yeji_package_write_province (YejiTaking               *taking,
                             YejiSql                  *sql,
                             const YejiPackageRecord  *record,
                             YejiRecord               *base,
                             GError                  **error)
{
  const YejiPackageProvince *said = &record->province;
  const char *uuid = record->uuid;

  return yeji_sql_exec (sql, error,
                        "UPDATE record SET revision = ?2, server_state = ?3, grade = ?4,"
                        " office = ?5, reviewer = ?6, message = ?7, answered_at = ?8,"
                        " submitted_at = ?9, files_at = ?10, refusal = ?11 WHERE uuid = ?1",
                        "sssssssssss", uuid, said->revision, said->state, said->grade,
                        said->office, said->reviewer, said->message, said->answered_at,
                        said->submitted_at, said->files_at, said->refusal)
    && yeji_sql_exec (sql, error, "DELETE FROM point WHERE record = ?1", "s", uuid)
    && write_points (sql, uuid, "reviewer", record->reviewer, error)
    && write_points (sql, uuid, "refusal", record->refusals, error)
    && (base == NULL || write_base (taking, sql, base, error));
}
