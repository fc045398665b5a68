// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-files"

#include "config.h"

#include "yeji-files.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-clock.h"
#include "yeji-file-creation.h"
#include "yeji-following.h"
#include "yeji-tus-headers.h"

/* The upload of a row; NULL with a refusal when nobody may go on with it. */
static YejiUpload *
read_upload (YejiServerContext  *context,
             YejiRequest        *request,
             YejiRows           *rows,
             YejiResponse      **refusal)
{
  g_autoptr (YejiUpload) upload = NULL;
  g_autofree char *now = yeji_clock_now ();

  upload = yeji_upload_new (request->target, yeji_rows_text (rows, 0), yeji_rows_text (rows, 1),
                            yeji_rows_int (rows, 2), context->part_dir, context->content_dir,
                            context->sums);
  upload->recorded = yeji_rows_int (rows, 3) != 0;
  if (upload->recorded)
    return g_steal_pointer (&upload);
  upload->expires_at = yeji_rows_dup_text (rows, 4);
  if (upload->expires_at == NULL || strcmp (upload->expires_at, now) > 0)
    return g_steal_pointer (&upload);
  *refusal = yeji_refuse (request, YEJI_WIRE_EXPIRED, NULL, NULL);
  return NULL;
}

/**
 * yeji_files_load:
 * @refusal: (out): why not
 *
 * Finds the upload that the path names, if it is the enterprise's and has not expired.
 *
 * Returns: (transfer full) (nullable): the upload; %NULL with @refusal or with @error
 */
YejiUpload *
yeji_files_load (YejiServerContext  *context,
                 YejiSql            *sql,
                 YejiRequest        *request,
                 YejiResponse      **refusal,
                 GError            **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  *refusal = yeji_tus_refuse_version (request);
  if (*refusal != NULL)
    return NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT sha256, filetype, length, complete, expires_at FROM file"
                         " JOIN record ON record.uuid = file.record"
                         " WHERE id = ?1 AND enterprise = ?2",
                         "ss", request->target, request->account->enterprise);
  if (rows == NULL)
    return NULL;
  if (yeji_rows_next (rows, &local_error))
    return read_upload (context, request, rows, refusal);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    *refusal = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  return NULL;
}

/**
 * yeji_files_find:
 *
 * `HEAD /v1/files/{id}`: the offset is read from the disk by yeji_files_complete(), behind all that
 * was queued for it.
 */
YejiResponse *
yeji_files_find (YejiServerContext  *context,
                 YejiSql            *sql,
                 YejiRequest        *request,
                 GError            **error)
{
  YejiResponse *refusal;

  request->upload = yeji_files_load (context, sql, request, &refusal, error);
  return request->upload != NULL ? yeji_response_go_on () : refusal;
}

/* Where a conflicting request would have to go on. */
static YejiResponse *
refuse_offset (YejiRequest *request,
               gint64       offset)
{
  YejiResponse *response = yeji_refuse_status (request, 409, YEJI_WIRE_STATE, "续传位置不符。",
                                               "Another offset is due.");

  yeji_tus_set_number (response, "Upload-Offset", offset);
  yeji_tus_set_expires (response, request->upload->expires_at);
  return response;
}

/* Who goes on with an upload keeps it; seldom enough that a piece costs no commit. */
static gboolean
put_off_expiry (YejiServerContext  *context,
                YejiSql            *sql,
                YejiUpload         *upload,
                GError            **error)
{
  g_autofree char *half = yeji_clock_after (context->settings.upload_seconds / 2);

  if (upload->recorded || (upload->expires_at != NULL && strcmp (upload->expires_at, half) > 0))
    return TRUE;
  g_free (upload->expires_at);
  upload->expires_at = yeji_clock_after (context->settings.upload_seconds);
  return yeji_sql_exec (sql, error, "UPDATE file SET expires_at = ?2 WHERE id = ?1", "ss",
                        upload->id, upload->expires_at);
}

/**
 * yeji_files_resume:
 *
 * `PATCH /v1/files/{id}`: whether the bytes that are about to come are welcome.
 */
YejiResponse *
yeji_files_resume (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  const char *type = yeji_request_get_header (request, "content-type");
  YejiResponse *refusal = yeji_tus_refuse_version (request);
  YejiPieceSum sum;
  gint64 offset, body = 0;

  if (refusal != NULL)
    return refusal;
  if (g_strcmp0 (type, YEJI_WIRE_OFFSET_TYPE) != 0)
    return yeji_refuse_status (request, 415, YEJI_WIRE_MALFORMED, NULL, NULL);
  if (!yeji_tus_read_number (request, "upload-offset", &offset))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "Upload-Offset", "Upload-Offset");
  refusal = yeji_tus_read_sum (request, &sum);
  if (refusal != NULL)
    return refusal;
  request->upload = yeji_files_load (context, sql, request, &refusal, error);
  if (request->upload == NULL)
    return refusal;
  if (request->upload->recorded && offset != request->upload->length)
    return refuse_offset (request, request->upload->length);
  if (yeji_tus_read_number (request, "content-length", &body)
      && body > request->upload->length - offset)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
  request->upload->expected = offset;
  request->upload->said = sum;
  return put_off_expiry (context, sql, request->upload, error) ? yeji_response_go_on () : NULL;
}

/**
 * yeji_files_complete:
 *
 * Looks at the disk: how much is there, and whether it is right when all is.
 */
void
yeji_files_complete (YejiServerContext *context,
                     YejiRequest       *request)
{
  yeji_upload_complete (request->upload, context->mapping);
}

/* Another request may have settled the same upload, or removed it, since this one was begun. */
static gboolean
look_again (YejiSql     *sql,
            YejiUpload  *upload,
            gboolean    *is_there,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT complete FROM file WHERE id = ?1", "s",
                                              upload->id);

  if (rows == NULL)
    return FALSE;
  *is_there = yeji_rows_next (rows, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (*is_there && yeji_rows_int (rows, 0) != 0)
    {
      upload->recorded = TRUE;
      upload->arrived = upload->length;
      if (upload->state != YEJI_UPLOAD_CONFLICT)
        upload->state = YEJI_UPLOAD_COMPLETE;
    }
  return TRUE;
}

#define TWINS \
  "complete = 1 AND (record, slot, sha256) = (SELECT record, slot, sha256 FROM file WHERE id = ?1)"

static gboolean
has_twin (YejiSql           *sql,
          const YejiUpload  *upload,
          gboolean          *found,
          GError           **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT EXISTS (SELECT 1 FROM file"
                                              " WHERE id <> ?1 AND " TWINS ")", "s", upload->id);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *found = yeji_rows_int (rows, 0) != 0;
  return TRUE;
}

/* A request that came twice, or whose answer was lost, brings a document once more: the one that
 * the client knows by now stays, as what the first one was. */
static gboolean
take_place (YejiSql           *sql,
            const YejiUpload  *upload,
            GError           **error)
{
  gboolean found;

  if (!has_twin (sql, upload, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  return yeji_sql_exec (sql, error,
                        "UPDATE file SET (submitted, received_at) ="
                        " (SELECT max (submitted), min (received_at) FROM file WHERE " TWINS ")"
                        " WHERE id = ?1", "s", upload->id)
         && yeji_sql_exec (sql, error, "DELETE FROM file WHERE id <> ?1 AND " TWINS, "s",
                           upload->id);
}

/**
 * yeji_files_record_complete:
 * @upload: whose bytes are on the disk, and right
 * @changed: (out): whether somebody is to be told
 *
 * Writes down that a document was received.
 */
gboolean
yeji_files_record_complete (YejiServerContext  *context,
                            YejiSql            *sql,
                            YejiRequest        *request,
                            YejiUpload         *upload,
                            gboolean           *changed,
                            GError            **error)
{
  g_autofree char *now = yeji_clock_now ();

  *changed = FALSE;
  g_clear_pointer (&upload->expires_at, g_free);
  if (upload->recorded)
    return TRUE;
  /* A new one was written down as what it is. */
  return (upload->fresh
          || yeji_sql_exec (sql, error,
                            "UPDATE file SET complete = 1, received_at = ?2, expires_at = NULL"
                            " WHERE id = ?1",
                            "ss", upload->id, now))
         && yeji_audit_write (sql, request->account->name, "file.received", NULL, upload->sha256,
                              error)
         && yeji_following_note_arrival (sql, context, upload->id, changed, error)
         && take_place (sql, upload, error);
}

static YejiResponse *
answer_look (YejiSql      *sql,
             YejiRequest  *request,
             GError      **error)
{
  YejiUpload *upload = request->upload;
  g_autoptr (YejiRows) rows = NULL;
  YejiResponse *response;

  rows = yeji_sql_query (sql, error, "SELECT metadata FROM file WHERE id = ?1", "s", upload->id);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  response = yeji_response_new (200, NULL);
  yeji_tus_set_number (response, "Upload-Offset", upload->arrived);
  yeji_tus_set_number (response, "Upload-Length", upload->length);
  yeji_tus_set_expires (response, upload->expires_at);
  yeji_response_set_header (response, "Upload-Metadata", yeji_rows_text (rows, 0));
  return response;
}

static YejiResponse *
answer_offset (YejiSql      *sql,
               YejiRequest  *request,
               GError      **error)
{
  YejiUpload *upload = request->upload;
  gboolean creates = g_str_equal (request->method, "POST");
  YejiResponse *response;

  if (g_str_equal (request->method, "HEAD"))
    return answer_look (sql, request, error);
  response = yeji_response_new (creates ? 201 : 204, NULL);
  yeji_tus_set_number (response, "Upload-Offset", upload->arrived);
  yeji_tus_set_expires (response, upload->expires_at);
  if (creates)
    {
      g_autofree char *location = g_strconcat ("/v1/files/", upload->id, NULL);

      yeji_response_set_header (response, "Location", location);
    }
  return response;
}

/* All is as it should be. */
static YejiResponse *
settle_good (YejiServerContext  *context,
             YejiSql            *sql,
             YejiRequest        *request,
             GError            **error)
{
  gboolean complete = request->upload->state == YEJI_UPLOAD_COMPLETE;
  g_autoptr (GError) local_error = NULL;
  YejiResponse *response = NULL;
  gboolean changed = FALSE;

  if (request->upload->fresh)
    response = yeji_file_creation_write (context, sql, request, &local_error);
  if (response != NULL)
    return response;
  if (local_error == NULL && complete)
    yeji_files_record_complete (context, sql, request, request->upload, &changed, &local_error);
  if (local_error == NULL)
    response = answer_offset (sql, request, &local_error);
  if (response == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  response->changed = changed;
  response->received = complete;
  return response;
}

/* The bytes of the request are gone, those before are there. */
static YejiResponse *
refuse_piece (YejiRequest *request,
              const char  *kind,
              const char  *detail_zh,
              const char  *detail_en)
{
  YejiResponse *response = yeji_refuse (request, kind, detail_zh, detail_en);

  if (request->upload->fresh)
    return response;
  yeji_tus_set_number (response, "Upload-Offset", request->upload->arrived);
  yeji_tus_set_expires (response, request->upload->expires_at);
  return response;
}

/**
 * yeji_files_refuse_sum:
 *
 * Returns: (transfer full): the refusal of a file that is not what was announced
 */
YejiResponse *
yeji_files_refuse_sum (YejiRequest *request)
{
  return yeji_refuse_status (request, YEJI_STATUS_CHECKSUM_MISMATCH, YEJI_WIRE_INVALID,
                             "收到的内容与 sha256 不符，请重新上传。",
                             "What arrived has another sha256: send it anew.");
}

/**
 * yeji_files_refuse_content:
 *
 * Returns: (transfer full): the refusal of a file whose first bytes are another type's
 */
YejiResponse *
yeji_files_refuse_content (YejiRequest *request)
{
  return yeji_refuse_status (request, 422, YEJI_WIRE_INVALID, "文件内容与其类型不符。",
                             "The file is not what its type says.");
}

/* The upload is gone. */
static YejiResponse *
refuse_whole (YejiSql        *sql,
              YejiRequest    *request,
              YejiResponse *(*refuse) (YejiRequest *),
              GError        **error)
{
  if (!yeji_sql_exec (sql, error, "DELETE FROM file WHERE id = ?1", "s", request->upload->id))
    return NULL;
  return refuse (request);
}

/**
 * yeji_files_settle:
 *
 * Records what became of the bytes and answers. `Received` is said only here, after the sha256 was
 * found right and the file has its final name.
 */
YejiResponse *
yeji_files_settle (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiUpload *upload = request->upload;
  gboolean is_there = TRUE;

  if (!upload->fresh && !look_again (sql, upload, &is_there, error))
    return NULL;
  if (!is_there)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  switch (upload->state)
    {
    case YEJI_UPLOAD_PARTIAL:
    case YEJI_UPLOAD_COMPLETE:
      return settle_good (context, sql, request, error);
    case YEJI_UPLOAD_CONFLICT:
      return refuse_offset (request, upload->arrived);
    case YEJI_UPLOAD_TOO_LONG:
      return refuse_piece (request, YEJI_WIRE_TOO_LARGE, "内容超出 Upload-Length。",
                           "More came than Upload-Length says.");
    case YEJI_UPLOAD_BAD_PIECE:
      return refuse_piece (request, YEJI_WIRE_CHECKSUM, "这一段与 Upload-Checksum 不符，已丢弃，请重传。",
                           "The piece is not what Upload-Checksum says: send it again.");
    case YEJI_UPLOAD_MISMATCH:
      return refuse_whole (sql, request, yeji_files_refuse_sum, error);
    case YEJI_UPLOAD_OTHER_CONTENT:
      return refuse_whole (sql, request, yeji_files_refuse_content, error);
    case YEJI_UPLOAD_FAILED:
    default:
      return yeji_refuse (request, YEJI_WIRE_INTERNAL, NULL, NULL);
    }
}
