// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-batch"

#include "config.h"

#include "yeji-batch.h"
#include "yeji-files.h"

/**
 * yeji_batches_read:
 *
 * Reads the list that a batch begins with.
 */
void
yeji_batches_read (YejiServerContext *context,
                   YejiRequest       *request)
{
  request->batch = yeji_batch_new (request);
}

/* FALSE with an error alone; a file that is not welcome has its refusal */
static gboolean
judge_file (YejiServerContext  *context,
            YejiSql            *sql,
            YejiRequest        *request,
            GHashTable         *numbers,
            YejiBatchFile      *file,
            GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  file->values = yeji_metadata_parse (file->metadata);
  if (file->values == NULL)
    file->refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "metadata", "metadata");
  else
    file->refusal = yeji_file_creation_read (request, file->values, &file->said);
  if (file->refusal == NULL && file->length > context->settings.file_size)
    file->refusal = yeji_refuse (request, YEJI_WIRE_TOO_LARGE, "文件超出大小限制，请压缩或拆分。",
                                 "The file is too large: shrink or split it.");
  if (file->refusal == NULL)
    file->refusal = yeji_file_creation_judge (context, sql, request, numbers, &file->said,
                                              file->length, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (file->refusal == NULL)
    file->upload = yeji_file_creation_begin (context, &file->said, file->length);
  return TRUE;
}

/**
 * yeji_batches_begin:
 *
 * `POST /v1/files:batch`: whether the files that are about to come are welcome, each for itself.
 */
YejiResponse *
yeji_batches_begin (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  const char *type = yeji_request_get_header (request, "content-type");
  g_autoptr (GHashTable) numbers = yeji_file_creation_count ();
  GPtrArray *files = request->batch->files;

  if (g_strcmp0 (type, YEJI_WIRE_BATCH_TYPE) != 0)
    return yeji_refuse_status (request, 415, YEJI_WIRE_MALFORMED, NULL, NULL);
  if (request->batch->unreadable != NULL)
    return g_steal_pointer (&request->batch->unreadable);
  for (guint i = 0; i < files->len; i++)
    if (!judge_file (context, sql, request, numbers, g_ptr_array_index (files, i), error))
      return NULL;
  return yeji_response_go_on ();
}

/**
 * yeji_batches_complete:
 *
 * Waits for the disk.
 */
void
yeji_batches_complete (YejiServerContext *context,
                       YejiRequest       *request)
{
  yeji_batch_end (request->batch);
}

/* NULL: it is there, or an error */
static YejiResponse *
settle_file (YejiServerContext  *context,
             YejiSql            *sql,
             YejiRequest        *request,
             GHashTable         *numbers,
             YejiBatchFile      *file,
             gboolean           *changed,
             GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  YejiResponse *refusal;

  switch (file->upload->state)
    {
    case YEJI_UPLOAD_COMPLETE:
      refusal = yeji_file_creation_write_one (context, sql, request, numbers, file->upload,
                                              &file->said, file->metadata, &local_error);
      if (refusal == NULL && local_error == NULL)
        yeji_files_record_complete (context, sql, request, file->upload, changed, &local_error);
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return refusal;
    case YEJI_UPLOAD_MISMATCH:
      return yeji_files_refuse_sum (request);
    case YEJI_UPLOAD_OTHER_CONTENT:
      return yeji_files_refuse_content (request);
    case YEJI_UPLOAD_PARTIAL:
    case YEJI_UPLOAD_CONFLICT:
    case YEJI_UPLOAD_TOO_LONG:
    case YEJI_UPLOAD_BAD_PIECE:
    case YEJI_UPLOAD_FAILED:
    default:
      return yeji_refuse (request, YEJI_WIRE_INTERNAL, NULL, NULL);
    }
}

static JsonObject *
print_result (const YejiBatchFile *file)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "status",
                              file->refusal != NULL ? file->refusal->status : 201);
  if (file->refusal == NULL)
    json_object_set_string_member (object, "id", file->upload->id);
  else if (file->refusal->body != NULL)
    json_object_set_member (object, "problem", json_node_copy (file->refusal->body));
  return object;
}

/**
 * yeji_batches_settle:
 *
 * Records what became of the files, of all in one transaction, and answers for each. `Received` is
 * said only here, after the sums were found right and the disk has them.
 */
YejiResponse *
yeji_batches_settle (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiRequest        *request,
                     GError            **error)
{
  g_autoptr (GHashTable) numbers = yeji_file_creation_count ();
  GPtrArray *files = request->batch->files;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *results = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  YejiResponse *response;

  json_object_set_array_member (object, "files", results);
  json_node_take_object (node, object);
  response = yeji_response_new (200, node);
  for (guint i = 0; i < files->len && local_error == NULL; i++)
    {
      YejiBatchFile *file = g_ptr_array_index (files, i);
      gboolean changed = FALSE;

      if (file->refusal == NULL)
        file->refusal = settle_file (context, sql, request, numbers, file, &changed,
                                     &local_error);
      response->received = response->received || file->refusal == NULL;
      response->changed = response->changed || changed;
      json_array_add_object_element (results, print_result (file));
    }
  if (local_error == NULL)
    return response;
  yeji_response_free (response);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
