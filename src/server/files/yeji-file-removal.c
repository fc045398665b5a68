// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-files"

#include "config.h"

#include "yeji-files.h"

#include "yeji-audit.h"
#include "yeji-case.h"

/* (transfer full) (nullable): the record of the file; NULL with @error */
static YejiCase *
load_case (YejiSql      *sql,
           YejiRequest  *request,
           GError      **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autofree char *record = NULL;

  rows = yeji_sql_query (sql, error, "SELECT record FROM file WHERE id = ?1", "s",
                         request->target);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  record = yeji_rows_dup_text (rows, 0);
  return yeji_case_load (sql, record, error);
}

/* Evidence that an application names stays with it. */
static gboolean
is_evidence (YejiSql      *sql,
             YejiRequest  *request,
             gboolean     *evidence,
             GError      **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM application_evidence WHERE file = ?1", "s",
                                      request->target);

  *evidence = found > 0;
  return found >= 0;
}

/**
 * yeji_files_remove:
 *
 * `DELETE /v1/files/{id}`: termination. An upload that is not complete can be ended while its
 * record waits for it. The content of a complete file stays until the next start, when nobody can
 * be about to use it again.
 */
YejiResponse *
yeji_files_remove (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  g_autoptr (YejiCase) found = NULL;
  YejiResponse *refusal;
  gboolean evidence;

  request->upload = yeji_files_load (context, sql, request, &refusal, error);
  if (request->upload == NULL)
    return refusal;
  found = load_case (sql, request, error);
  if (found == NULL || !is_evidence (sql, request, &evidence, error))
    return NULL;
  if (evidence)
    return yeji_refuse (request, YEJI_WIRE_STATE, "该材料已用作申请的依据，不能删除。",
                        "An application names this document as evidence.");
  if (!yeji_case_is_writable (found)
      && (request->upload->recorded || !yeji_case_waits_for_files (found)))
    return yeji_case_refuse_state (found, request);
  if (!yeji_sql_exec (sql, error, "DELETE FROM file WHERE id = ?1", "s", request->target)
      || !yeji_audit_write (sql, request->account->name, "file.removed", found->uuid,
                            request->upload->sha256, error))
    return NULL;
  return yeji_response_go_on ();
}

/**
 * yeji_files_unlink:
 *
 * Removes what had arrived of a file that is no more.
 */
void
yeji_files_unlink (YejiServerContext *context,
                   YejiRequest       *request)
{
  yeji_upload_unlink (request->upload);
}

/**
 * yeji_files_removed:
 *
 * Says so.
 */
YejiResponse *
yeji_files_removed (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  return yeji_response_new (204, NULL);
}
