// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-files"

#include "config.h"

#include "yeji-file-creation.h"

#include <string.h>

#include <sodium.h>

#include "yeji-announced.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-tus-headers.h"

#define ID_BYTES 16
#define MAX_FILENAME 255
/* Documents of all applications of a record. */
#define MAX_EVIDENCE 100

static const char * const evidence_types[] = { "application/pdf", "image/jpeg", NULL };

static YejiResponse *
refuse_malformed (YejiRequest *request,
                  const char  *what)
{
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, what, what);
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * yeji_file_creation_read:
 * @metadata: must outlive @announcement
 *
 * Reads what is said of a file.
 *
 * Returns: (transfer full) (nullable): the refusal of what is not complete
 */
YejiResponse *
yeji_file_creation_read (YejiRequest      *request,
                         GHashTable       *metadata,
                         YejiAnnouncement *announcement)
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

/* Evidence for an application is no document of the record, and the dictionary says nothing of it. */
static gboolean
is_evidence (const YejiAnnouncement *announcement)
{
  return g_str_equal (announcement->slot, YEJI_WIRE_SLOT_EVIDENCE);
}

static YejiResponse *
refuse_kind (YejiServerContext      *context,
             YejiRequest            *request,
             const YejiAnnouncement *announcement)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (context->dictionary, announcement->slot);

  if (is_evidence (announcement) && g_strv_contains (evidence_types, announcement->filetype))
    return NULL;
  if (slot == NULL)
    return yeji_refuse (request, YEJI_WIRE_INVALID, "没有这个材料项。",
                        "There is no such document slot.");
  if (!g_strv_contains ((const char * const *) slot->types, announcement->filetype))
    return yeji_refuse (request, YEJI_WIRE_INVALID, "此材料项不接受这种文件。",
                        "This document slot does not take files of this kind.");
  return NULL;
}

static char *
make_place (const char *record,
            const char *slot)
{
  return g_strconcat (record, " ", slot, NULL);
}

static gint64
get_number (GHashTable *numbers,
            const char *record,
            const char *slot)
{
  g_autofree char *place = make_place (record, slot);

  return GPOINTER_TO_INT (g_hash_table_lookup (numbers, place));
}

static void
add_number (GHashTable *numbers,
            const char *record,
            const char *slot,
            gint64      n)
{
  g_hash_table_replace (numbers, make_place (record, slot),
                        GINT_TO_POINTER ((int) (get_number (numbers, record, slot) + n)));
}

/* The documents of a record, once; who comes back to it counts what he adds. */
static gboolean
count_once (YejiSql     *sql,
            GHashTable  *numbers,
            const char  *record,
            GError     **error)
{
  g_autofree char *place = make_place (record, "");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (g_hash_table_contains (numbers, place))
    return TRUE;
  add_number (numbers, record, "", 0);
  rows = yeji_sql_query (sql, error,
                         "SELECT slot, count (*) FROM file WHERE record = ?1 AND complete = 1"
                         " GROUP BY slot", "s", record);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      add_number (numbers, record, "", yeji_rows_int (rows, 1));
      add_number (numbers, record, yeji_rows_text (rows, 0), yeji_rows_int (rows, 1));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Whether there is room for certain; a document that was sent twice counts twice here. */
static gboolean
has_room (YejiServerContext       *context,
          YejiSql                 *sql,
          GHashTable              *numbers,
          const YejiAnnouncement  *announcement,
          GError                 **error)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (context->dictionary, announcement->slot);
  const char *record = announcement->record;

  return count_once (sql, numbers, record, error)
         && get_number (numbers, record, "")
            < yeji_dictionary_get_limits (context->dictionary)->files
         && get_number (numbers, record, announcement->slot)
            < (slot != NULL ? slot->max_files : MAX_EVIDENCE);
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
refuse_number (YejiServerContext       *context,
               YejiSql                 *sql,
               YejiRequest             *request,
               GHashTable              *numbers,
               const YejiAnnouncement  *announcement,
               GError                 **error)
{
  const YejiSlot *slot = yeji_dictionary_find_slot (context->dictionary, announcement->slot);
  g_autoptr (GError) local_error = NULL;
  gint64 in_slot, in_record;

  if (has_room (context, sql, numbers, announcement, &local_error))
    return NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  in_slot = count_files (sql, announcement->record, announcement->slot, error);
  in_record = in_slot < 0 ? -1 : count_files (sql, announcement->record, "", error);
  if (in_record < 0
      || (in_record < yeji_dictionary_get_limits (context->dictionary)->files
          && in_slot < (slot != NULL ? slot->max_files : MAX_EVIDENCE)))
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, "材料份数已达上限。",
                      "There are as many documents as there may be.");
}

/* -1: failed */
static gint64
read_used (YejiSql     *sql,
           const char  *enterprise,
           GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT coalesce ((SELECT bytes FROM usage WHERE enterprise = ?1), 0)",
                         "s", enterprise);
  return rows != NULL && yeji_rows_next (rows, error) ? yeji_rows_int (rows, 0) : -1;
}

/* NULL: there is room, or it failed */
static YejiResponse *
refuse_quota (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              gint64              length,
              GError            **error)
{
  gint64 used = read_used (sql, request->account->enterprise, error);
  gint64 allowed = context->settings.quota;
  g_autofree char *zh = NULL;
  g_autofree char *en = NULL;
  YejiResponse *response;

  if (used < 0 || (used <= allowed && length <= allowed - used))
    return NULL;
  zh = g_strdup_printf ("本企业已用 %.1f MB，上限 %.1f MB。请删除不需要的材料，或联系管理部门。",
                        (double) used / 1e6, (double) allowed / 1e6);
  en = g_strdup_printf ("The enterprise uses %.1f MB of %.1f MB: remove documents that are not"
                        " needed, or ask the department for more.",
                        (double) used / 1e6, (double) allowed / 1e6);
  response = yeji_refuse (request, YEJI_WIRE_QUOTA, zh, en);
  json_object_set_int_member (json_node_get_object (response->body), "used", used);
  json_object_set_int_member (json_node_get_object (response->body), "allowed", allowed);
  return response;
}

/* Whether the enterprise is changing the record, which is how nearly all documents come: without
 * the record itself. */
static gboolean
is_open (YejiSql                 *sql,
         YejiRequest             *request,
         const YejiAnnouncement  *announcement,
         GError                 **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT 1 FROM record WHERE uuid = ?1 AND enterprise = ?2"
                         " AND state IN ('" YEJI_STATE_DRAFT "', '" YEJI_STATE_RETURNED "')",
                         "ss", announcement->record, request->account->enterprise);
  return rows != NULL && yeji_rows_next (rows, error);
}

/* Why the enterprise may not add the document; NULL when it may, or with an error. Documents of a
 * submission may follow it. */
static YejiResponse *
refuse_record (YejiSql                 *sql,
               YejiRequest             *request,
               const YejiAnnouncement  *announcement,
               GError                 **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiCase) found = NULL;
  int expects;

  if (!is_evidence (announcement) && is_open (sql, request, announcement, &local_error))
    return NULL;
  if (local_error == NULL)
    found = yeji_case_load (sql, announcement->record, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (found == NULL || g_strcmp0 (found->enterprise, request->account->enterprise) != 0)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, "请先保存业绩，再上传材料。",
                        "Store the record before its documents.");
  if (is_evidence (announcement))
    return g_str_equal (found->state, YEJI_STATE_APPROVED)
             ? NULL : yeji_case_refuse_state (found, request);
  if (yeji_case_is_writable (found))
    return NULL;
  if (!yeji_case_waits_for_files (found))
    return yeji_case_refuse_state (found, request);
  expects = yeji_announced_expects (sql, found->uuid, announcement->slot, announcement->sha256,
                                    error);
  return expects != 0 ? NULL
                      : yeji_refuse (request, YEJI_WIRE_STATE, "这份材料不在提交清单中。",
                                     "This document is not one of the submission's.");
}

static char *
make_id (void)
{
  guint8 bytes[ID_BYTES];
  char text[ID_BYTES * 2 + 1];

  randombytes_buf (bytes, sizeof bytes);
  return g_strdup (sodium_bin2hex (text, sizeof text, bytes, sizeof bytes));
}

/**
 * yeji_file_creation_count:
 *
 * Returns: (transfer full): how many documents there are where, not looked up yet
 */
GHashTable *
yeji_file_creation_count (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * yeji_file_creation_judge:
 * @numbers: of yeji_file_creation_count(), for all files that are judged together
 *
 * Looks whether a file may be added, whose bytes have not come.
 *
 * Returns: (transfer full) (nullable): why not; %NULL when it may, or with @error
 */
YejiResponse *
yeji_file_creation_judge (YejiServerContext       *context,
                          YejiSql                 *sql,
                          YejiRequest             *request,
                          GHashTable              *numbers,
                          const YejiAnnouncement  *announcement,
                          gint64                   length,
                          GError                 **error)
{
  g_autoptr (GError) local_error = NULL;
  YejiResponse *refusal = refuse_record (sql, request, announcement, &local_error);

  if (refusal == NULL && local_error == NULL)
    refusal = refuse_kind (context, request, announcement);
  if (refusal == NULL && local_error == NULL)
    refusal = refuse_number (context, sql, request, numbers, announcement, &local_error);
  if (refusal == NULL && local_error == NULL)
    refusal = refuse_quota (context, sql, request, length, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return refusal;
}

/**
 * yeji_file_creation_begin:
 *
 * A file that comes along is written down when it has come: a client whose request is cut off does
 * not know its name, and nobody can go on with it. One that comes later is written down now, by
 * yeji_files_settle() too.
 *
 * Returns: (transfer full): its upload
 */
YejiUpload *
yeji_file_creation_begin (YejiServerContext      *context,
                          const YejiAnnouncement *announcement,
                          gint64                  length)
{
  g_autofree char *id = make_id ();
  YejiUpload *upload = yeji_upload_new (id, announcement->sha256, announcement->filetype, length,
                                        context->part_dir, context->content_dir, context->sums);

  upload->fresh = TRUE;
  upload->expires_at = yeji_clock_after (context->settings.upload_seconds);
  return upload;
}

/* What the headers say, before the database is asked. */
static YejiResponse *
refuse_headers (YejiServerContext *context,
                YejiRequest       *request,
                gint64            *length,
                YejiPieceSum      *sum)
{
  const char *type = yeji_request_get_header (request, "content-type");
  YejiResponse *refusal = yeji_tus_refuse_version (request);
  gint64 body = 0;

  if (refusal != NULL)
    return refusal;
  if (!yeji_tus_read_number (request, "upload-length", length) || *length == 0)
    return refuse_malformed (request, "Upload-Length");
  if (*length > context->settings.file_size)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, "文件超出大小限制，请压缩或拆分。",
                        "The file is too large: shrink or split it.");
  if (yeji_tus_read_number (request, "content-length", &body) && body > *length)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
  if (body > 0 && g_strcmp0 (type, YEJI_WIRE_OFFSET_TYPE) != 0)
    return yeji_refuse_status (request, 415, YEJI_WIRE_MALFORMED, NULL, NULL);
  return yeji_tus_read_sum (request, sum);
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
  g_autoptr (GHashTable) numbers = yeji_file_creation_count ();
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiResponse *refusal;
  YejiAnnouncement announcement;
  YejiPieceSum sum;
  gint64 length = 0;

  refusal = refuse_headers (context, request, &length, &sum);
  if (refusal != NULL)
    return refusal;
  metadata = yeji_metadata_parse (yeji_request_get_header (request, "upload-metadata"));
  if (metadata == NULL)
    return refuse_malformed (request, "Upload-Metadata");
  refusal = yeji_file_creation_read (request, metadata, &announcement);
  if (refusal == NULL)
    refusal = yeji_file_creation_judge (context, sql, request, numbers, &announcement, length,
                                        &local_error);
  if (refusal != NULL)
    return refusal;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  request->upload = yeji_file_creation_begin (context, &announcement, length);
  request->upload->said = sum;
  return yeji_response_go_on ();
}

static gboolean
insert_file (YejiSql                 *sql,
             const YejiUpload        *upload,
             const YejiAnnouncement  *announcement,
             const char              *metadata,
             GError                 **error)
{
  g_autofree char *now = yeji_clock_now ();
  gboolean complete = upload->state == YEJI_UPLOAD_COMPLETE;

  return yeji_sql_exec (sql, error,
                        "INSERT INTO file (id, record, slot, sha256, filename, filetype, length,"
                        "  metadata, created_at, expires_at, complete, received_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                        "ssssssisssis", upload->id, announcement->record, announcement->slot,
                        upload->sha256, announcement->filename, upload->filetype, upload->length,
                        metadata, now, complete ? NULL : upload->expires_at, (gint64) complete,
                        complete ? now : NULL);
}

/**
 * yeji_file_creation_write:
 *
 * Writes a new upload down, as received when it is complete. Several may have begun at once: the
 * quota is looked at again.
 *
 * Returns: (transfer full) (nullable): why not; %NULL when it is written, or with @error
 */
YejiResponse *
yeji_file_creation_write (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  const char *header = yeji_request_get_header (request, "upload-metadata");
  g_autoptr (GHashTable) metadata = yeji_metadata_parse (header);
  g_autoptr (GError) local_error = NULL;
  YejiUpload *upload = request->upload;
  YejiAnnouncement announcement;
  YejiResponse *refusal = yeji_file_creation_read (request, metadata, &announcement);

  g_assert (refusal == NULL);  /* or there would be no upload */
  refusal = refuse_quota (context, sql, request, upload->length, &local_error);
  if (refusal != NULL)
    return refusal;
  if (local_error == NULL)
    insert_file (sql, upload, &announcement, header, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_file_creation_write_one:
 * @numbers: of yeji_file_creation_count(), for all files that are written together
 * @metadata: as it was sent
 *
 * Does what yeji_file_creation_write() does with one of many files that came together: those before
 * it count when it is looked whether there is room.
 *
 * Returns: (transfer full) (nullable): why not; %NULL when it is written, or with @error
 */
YejiResponse *
yeji_file_creation_write_one (YejiServerContext       *context,
                              YejiSql                 *sql,
                              YejiRequest             *request,
                              GHashTable              *numbers,
                              const YejiUpload        *upload,
                              const YejiAnnouncement  *announcement,
                              const char              *metadata,
                              GError                 **error)
{
  g_autoptr (GError) local_error = NULL;
  YejiResponse *refusal = refuse_number (context, sql, request, numbers, announcement,
                                         &local_error);

  if (refusal == NULL && local_error == NULL)
    refusal = refuse_quota (context, sql, request, upload->length, &local_error);
  if (refusal == NULL && local_error == NULL
      && insert_file (sql, upload, announcement, metadata, &local_error))
    {
      add_number (numbers, announcement->record, "", 1);
      add_number (numbers, announcement->record, announcement->slot, 1);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return refusal;
}
