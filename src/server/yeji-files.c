// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-files"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include <sodium.h>

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-json.h"

#define ID_BYTES 16
#define MAX_FILENAME 255

/* What a client says of a file before it sends it; all belongs to the metadata. */
typedef struct
{
  const char *record;
  const char *slot;
  const char *sha256;
  const char *filename;
  const char *filetype;
} Announcement;

static YejiResponse *
refuse_malformed (YejiRequest *request,
                  const char  *what)
{
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, what, what);
}

/* Every request of tus names its version; another version is not ours to guess at. */
static YejiResponse *
refuse_version (YejiRequest *request)
{
  YejiResponse *response;

  if (g_strcmp0 (yeji_request_get_header (request, "tus-resumable"), YEJI_WIRE_TUS_VERSION) == 0)
    return NULL;
  response = yeji_refuse_status (request, 412, YEJI_WIRE_MALFORMED, "需要 Tus-Resumable: 1.0.0。",
                                 "Tus-Resumable: 1.0.0 is required.");
  yeji_response_set_header (response, "Tus-Version", YEJI_WIRE_TUS_VERSION);
  return response;
}

static gboolean
read_number (YejiRequest *request,
             const char  *header,
             gint64      *number)
{
  const char *text = yeji_request_get_header (request, header);
  guint64 parsed = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &parsed, NULL))
    return FALSE;
  *number = (gint64) parsed;
  return TRUE;
}

static void
set_number (YejiResponse *response,
            const char   *header,
            gint64        number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  yeji_response_set_header (response, header, text);
}

/**
 * yeji_files_options:
 *
 * `OPTIONS /v1/files`: what of tus is spoken here.
 */
YejiResponse *
yeji_files_options (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  YejiResponse *response = yeji_response_new (204, NULL);

  yeji_response_set_header (response, "Tus-Version", YEJI_WIRE_TUS_VERSION);
  yeji_response_set_header (response, "Tus-Extension",
                            "creation,creation-with-upload,termination");
  set_number (response, "Tus-Max-Size", context->settings.file_size);
  return response;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static YejiResponse *
read_announcement (YejiRequest   *request,
                   GHashTable    *metadata,
                   Announcement  *announcement)
{
  announcement->record = g_hash_table_lookup (metadata, "record");
  announcement->slot = g_hash_table_lookup (metadata, "slot");
  announcement->sha256 = g_hash_table_lookup (metadata, "sha256");
  announcement->filename = g_hash_table_lookup (metadata, "filename");
  announcement->filetype = g_hash_table_lookup (metadata, "filetype");
  if (announcement->record == NULL || announcement->slot == NULL || announcement->sha256 == NULL
      || announcement->filename == NULL || announcement->filetype == NULL)
    return refuse_malformed (request, "Upload-Metadata: record, slot, sha256, filename, filetype");
  if (!is_sha256 (announcement->sha256))
    return refuse_malformed (request, "Upload-Metadata: sha256");
  if (*announcement->filename == '\0'
      || g_utf8_strlen (announcement->filename, -1) > MAX_FILENAME)
    return refuse_malformed (request, "Upload-Metadata: filename");
  return NULL;
}

static YejiResponse *
refuse_kind (YejiServerContext  *context,
             YejiRequest        *request,
             const Announcement *announcement)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (context->dictionary, announcement->slot);

  if (slot == NULL)
    return yeji_refuse (request, YEJI_WIRE_INVALID, "没有这个材料项。",
                        "There is no such document slot.");
  if (!g_strv_contains ((const char * const *) slot->types, announcement->filetype))
    return yeji_refuse (request, YEJI_WIRE_INVALID, "此材料项不接受这种文件。",
                        "This document slot does not take files of this kind.");
  return NULL;
}

/* -1: failed */
static gint64
count_files (YejiSql     *sql,
             const char  *record,
             const char  *slot,
             GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT count (DISTINCT slot || ' ' || sha256) FROM file"
                         " WHERE record = ?1 AND (?2 = '' OR slot = ?2) AND complete = 1",
                         "ss", record, slot);
  return rows != NULL && yeji_rows_next (rows, error) ? yeji_rows_int (rows, 0) : -1;
}

/* NULL: there is room, or it failed */
static YejiResponse *
refuse_number (YejiServerContext   *context,
               YejiSql             *sql,
               YejiRequest         *request,
               const Announcement  *announcement,
               GError             **error)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (context->dictionary, announcement->slot);
  gint64 in_slot = count_files (sql, announcement->record, announcement->slot, error);
  gint64 in_record = in_slot < 0 ? -1 : count_files (sql, announcement->record, "", error);

  if (in_record < 0
      || (in_record < yeji_dictionary_get_limits (context->dictionary)->files
          && in_slot < slot->max_files))
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, "材料份数已达上限。",
                      "There are as many documents as there may be.");
}

/* Why the enterprise may not write to the record; NULL when it may, or with an error. */
static YejiResponse *
refuse_record (YejiSql      *sql,
               YejiRequest  *request,
               const char   *uuid,
               GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCase) found = yeji_case_load (sql, uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (found == NULL || g_strcmp0 (found->enterprise, request->account->enterprise) != 0)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, "请先保存业绩，再上传材料。",
                        "Store the record before its documents.");
  return yeji_case_is_writable (found) ? NULL : yeji_case_refuse_state (found, request);
}

static char *
make_id (void)
{
  guint8 bytes[ID_BYTES];
  char text[ID_BYTES * 2 + 1];

  randombytes_buf (bytes, sizeof bytes);
  return g_strdup (sodium_bin2hex (text, sizeof text, bytes, sizeof bytes));
}

static YejiResponse *
begin_upload (YejiServerContext   *context,
              YejiSql             *sql,
              YejiRequest         *request,
              const Announcement  *announcement,
              gint64               length,
              GError             **error)
{
  g_autofree char *id = make_id ();
  g_autofree char *now = yeji_clock_now ();

  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO file (id, record, slot, sha256, filename, filetype, length,"
                      "  metadata, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                      "ssssssiss", id, announcement->record, announcement->slot,
                      announcement->sha256, announcement->filename, announcement->filetype, length,
                      yeji_request_get_header (request, "upload-metadata"), now))
    return NULL;
  request->upload = yeji_upload_new (id, announcement->sha256, announcement->filetype, length,
                                     context->part_dir, context->content_dir);
  return yeji_response_go_on ();
}

/**
 * yeji_files_create:
 *
 * `POST /v1/files`: creation, with the bytes themselves if they come along.
 */
YejiResponse *
yeji_files_create (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *type = yeji_request_get_header (request, "content-type");
  YejiResponse *refusal = refuse_version (request);
  Announcement announcement;
  gint64 length, body = 0;

  if (refusal != NULL)
    return refusal;
  if (!read_number (request, "upload-length", &length) || length == 0)
    return refuse_malformed (request, "Upload-Length");
  if (length > context->settings.file_size)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, "文件超出大小限制，请压缩或拆分。",
                        "The file is too large: shrink or split it.");
  if (read_number (request, "content-length", &body) && body > length)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
  if (body > 0 && g_strcmp0 (type, YEJI_WIRE_OFFSET_TYPE) != 0)
    return yeji_refuse_status (request, 415, YEJI_WIRE_MALFORMED, NULL, NULL);

  metadata = yeji_metadata_parse (yeji_request_get_header (request, "upload-metadata"));
  if (metadata == NULL)
    return refuse_malformed (request, "Upload-Metadata");
  refusal = read_announcement (request, metadata, &announcement);
  if (refusal == NULL)
    refusal = refuse_record (sql, request, announcement.record, &local_error);
  if (refusal == NULL && local_error == NULL)
    refusal = refuse_kind (context, request, &announcement);
  if (refusal == NULL && local_error == NULL)
    refusal = refuse_number (context, sql, request, &announcement, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return refusal != NULL ? refusal
                         : begin_upload (context, sql, request, &announcement, length, error);
}

/* The upload that the path names, if it is the enterprise's; NULL with a refusal or an error. */
static YejiUpload *
load_upload (YejiServerContext  *context,
             YejiSql            *sql,
             YejiRequest        *request,
             YejiResponse      **refusal,
             GError            **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiUpload *upload;

  *refusal = refuse_version (request);
  if (*refusal != NULL)
    return NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT sha256, filetype, length, complete FROM file"
                         " JOIN record ON record.uuid = file.record"
                         " WHERE id = ?1 AND enterprise = ?2",
                         "ss", request->target, request->account->enterprise);
  if (rows == NULL)
    return NULL;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        *refusal = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
      return NULL;
    }
  upload = yeji_upload_new (request->target, yeji_rows_text (rows, 0), yeji_rows_text (rows, 1),
                            yeji_rows_int (rows, 2), context->part_dir, context->content_dir);
  upload->recorded = yeji_rows_int (rows, 3) != 0;
  return upload;
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

  request->upload = load_upload (context, sql, request, &refusal, error);
  return request->upload != NULL ? yeji_response_go_on () : refusal;
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
  YejiResponse *refusal = refuse_version (request);
  gint64 offset, body = 0;

  if (refusal != NULL)
    return refusal;
  if (g_strcmp0 (type, YEJI_WIRE_OFFSET_TYPE) != 0)
    return yeji_refuse_status (request, 415, YEJI_WIRE_MALFORMED, NULL, NULL);
  if (!read_number (request, "upload-offset", &offset))
    return refuse_malformed (request, "Upload-Offset");
  request->upload = load_upload (context, sql, request, &refusal, error);
  if (request->upload == NULL)
    return refusal;
  if (request->upload->recorded && offset != request->upload->length)
    {
      refusal = yeji_refuse_status (request, 409, YEJI_WIRE_STATE, NULL, NULL);
      set_number (refusal, "Upload-Offset", request->upload->length);
      return refusal;
    }
  if (read_number (request, "content-length", &body)
      && body > request->upload->length - offset)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
  request->upload->expected = offset;
  return yeji_response_go_on ();
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

static gboolean
forget (YejiSql     *sql,
        const char  *id,
        GError     **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM file WHERE id = ?1", "s", id);
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

static gboolean
record_complete (YejiSql      *sql,
                 YejiRequest  *request,
                 GError      **error)
{
  if (request->upload->recorded)
    return TRUE;
  return yeji_sql_exec (sql, error, "UPDATE file SET complete = 1 WHERE id = ?1", "s",
                        request->upload->id)
         && yeji_audit_write (sql, request->account->name, "file.received", NULL,
                              request->upload->sha256, error);
}

static YejiResponse *
answer_offset (YejiSql      *sql,
               YejiRequest  *request,
               GError      **error)
{
  YejiUpload *upload = request->upload;
  gboolean looks = g_str_equal (request->method, "HEAD");
  gboolean creates = g_str_equal (request->method, "POST");
  YejiResponse *response = yeji_response_new (creates ? 201 : looks ? 200 : 204, NULL);
  g_autoptr (YejiRows) rows = NULL;

  set_number (response, "Upload-Offset", upload->arrived);
  if (creates)
    {
      g_autofree char *location = g_strconcat ("/v1/files/", upload->id, NULL);

      yeji_response_set_header (response, "Location", location);
    }
  if (!looks)
    return response;

  set_number (response, "Upload-Length", upload->length);
  rows = yeji_sql_query (sql, error, "SELECT metadata FROM file WHERE id = ?1", "s", upload->id);
  if (rows == NULL)
    {
      yeji_response_free (response);
      return NULL;
    }
  if (yeji_rows_next (rows, NULL))
    yeji_response_set_header (response, "Upload-Metadata", yeji_rows_text (rows, 0));
  return response;
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
  YejiResponse *response;
  gboolean is_there;

  if (!look_again (sql, upload, &is_there, error))
    return NULL;
  if (!is_there)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  switch (upload->state)
    {
    case YEJI_UPLOAD_PARTIAL:
      return answer_offset (sql, request, error);
    case YEJI_UPLOAD_COMPLETE:
      return record_complete (sql, request, error) ? answer_offset (sql, request, error) : NULL;
    case YEJI_UPLOAD_CONFLICT:
      response = yeji_refuse_status (request, 409, YEJI_WIRE_STATE, "续传位置不符。",
                                     "Another offset is due.");
      set_number (response, "Upload-Offset", upload->arrived);
      return response;
    case YEJI_UPLOAD_TOO_LONG:
      return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
    case YEJI_UPLOAD_MISMATCH:
      return forget (sql, upload->id, error)
               ? yeji_refuse_status (request, YEJI_STATUS_CHECKSUM_MISMATCH, YEJI_WIRE_INVALID,
                                     "收到的内容与 sha256 不符，请重新上传。",
                                     "What arrived has another sha256: send it anew.")
               : NULL;
    case YEJI_UPLOAD_OTHER_CONTENT:
      return forget (sql, upload->id, error)
               ? yeji_refuse (request, YEJI_WIRE_INVALID, "文件内容与其类型不符。",
                              "The file is not what its type says.")
               : NULL;
    case YEJI_UPLOAD_FAILED:
    default:
      return yeji_refuse (request, YEJI_WIRE_INTERNAL, NULL, NULL);
    }
}

/**
 * yeji_files_remove:
 *
 * `DELETE /v1/files/{id}`: termination. The content of a complete file stays until the next start,
 * when nobody can be about to use it again.
 */
YejiResponse *
yeji_files_remove (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *record = NULL;
  YejiResponse *refusal;

  request->upload = load_upload (context, sql, request, &refusal, error);
  if (request->upload == NULL)
    return refusal;
  rows = yeji_sql_query (sql, error, "SELECT record FROM file WHERE id = ?1", "s",
                         request->target);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  record = yeji_rows_dup_text (rows, 0);
  g_clear_pointer (&rows, yeji_rows_free);

  refusal = refuse_record (sql, request, record, &local_error);
  if (refusal != NULL)
    return refusal;
  if (local_error == NULL && forget (sql, request->target, &local_error)
      && yeji_audit_write (sql, request->account->name, "file.removed", record,
                           request->upload->sha256, &local_error))
    return yeji_response_go_on ();
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
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
