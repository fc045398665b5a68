// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-batch"

#include "config.h"

#include "yeji-batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "yeji-json.h"
#include "yeji-tus-headers.h"

static void
free_file (gpointer data)
{
  YejiBatchFile *file = data;

  g_free (file->metadata);
  g_clear_pointer (&file->values, g_hash_table_unref);
  g_clear_pointer (&file->upload, yeji_upload_free);
  g_clear_pointer (&file->refusal, yeji_response_free);
  g_free (file);
}

/**
 * yeji_batch_find_head:
 * @data: what has come of the body
 * @size: (out): how long the list is, behind the YEJI_WIRE_BATCH_PREFIX bytes that say so
 *
 * Returns: whether all of the list is there
 */
YejiBatchHead
yeji_batch_find_head (const guint8 *data,
                      gsize         length,
                      gsize        *size)
{
  guint32 said;

  if (length < YEJI_WIRE_BATCH_PREFIX)
    return YEJI_BATCH_HEAD_MISSING;
  memcpy (&said, data, sizeof said);
  *size = GUINT32_FROM_BE (said);
  if (*size == 0 || *size > YEJI_WIRE_BATCH_LIST)
    return YEJI_BATCH_HEAD_BAD;
  return length - YEJI_WIRE_BATCH_PREFIX < *size ? YEJI_BATCH_HEAD_MISSING : YEJI_BATCH_HEAD_READY;
}

/* NULL: it is none */
static YejiBatchFile *
read_file (JsonNode *node)
{
  JsonObject *object = yeji_json_node_object (node);
  const char *metadata = object != NULL ? yeji_json_get_string (object, "metadata") : NULL;
  JsonNode *length = object != NULL ? json_object_get_member (object, "length") : NULL;
  YejiBatchFile *file;

  if (metadata == NULL || length == NULL || !JSON_NODE_HOLDS_VALUE (length)
      || json_node_get_value_type (length) != G_TYPE_INT64)
    return NULL;
  file = g_new0 (YejiBatchFile, 1);
  file->metadata = g_strdup (metadata);
  file->length = json_node_get_int (length);
  return file;
}

static YejiResponse *
refuse_malformed (YejiRequest *request,
                  const char  *what)
{
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, what, what);
}

/* What the body has to be as long as, to the byte: then nothing of it can be taken for a part of
 * another file. */
static YejiResponse *
refuse_lengths (YejiBatch   *self,
                YejiRequest *request)
{
  gint64 total = 0, body;

  for (guint i = 0; i < self->files->len; i++)
    {
      const YejiBatchFile *file = g_ptr_array_index (self->files, i);

      if (file->length <= 0)
        return refuse_malformed (request, "files: length");
      if (file->length > YEJI_BATCH_SIZE || total + file->length > YEJI_BATCH_SIZE)
        return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
      total += file->length;
    }
  if (!yeji_tus_read_number (request, "content-length", &body)
      || body != total + (gint64) request->length + YEJI_WIRE_BATCH_PREFIX)
    return refuse_malformed (request, "Content-Length");
  return NULL;
}

static YejiResponse *
read_list (YejiBatch   *self,
           YejiRequest *request,
           JsonNode    *node)
{
  JsonObject *object = yeji_json_node_object (node);
  JsonArray *list = object != NULL ? yeji_json_get_array (object, "files") : NULL;

  if (list == NULL || json_array_get_length (list) == 0)
    return refuse_malformed (request, "files");
  if (json_array_get_length (list) > YEJI_BATCH_FILES)
    return yeji_refuse (request, YEJI_WIRE_TOO_LARGE, NULL, NULL);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      YejiBatchFile *file = read_file (json_array_get_element (list, i));

      if (file == NULL)
        return refuse_malformed (request, "files: length, metadata");
      g_ptr_array_add (self->files, file);
    }
  return refuse_lengths (self, request);
}

/**
 * yeji_batch_new:
 * @request: whose `text` is the list
 *
 * Reads the list. What is said of a single file is looked at later: it keeps no other back.
 *
 * Returns: (transfer full): the batch, maybe `unreadable`
 */
YejiBatch *
yeji_batch_new (YejiRequest *request)
{
  YejiBatch *self = g_new0 (YejiBatch, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  self->files = g_ptr_array_new_with_free_func (free_file);
  self->directory = -1;
  node = yeji_json_parse (request->text, (gssize) request->length, &error);
  self->unreadable = node != NULL ? read_list (self, request, node)
                                  : refuse_malformed (request, error->message);
  return self;
}

/* The file is there to its last byte, or is no more. */
static void
go_to_next (YejiBatch         *self,
            YejiServerContext *context)
{
  YejiBatchFile *file = g_ptr_array_index (self->files, self->at);

  if (file->upload != NULL && file->upload->state == YEJI_UPLOAD_PARTIAL)
    yeji_upload_place (file->upload, context->mapping);
  else if (file->upload != NULL)
    yeji_upload_unlink (file->upload);
  self->at++;
}

static void
begin_file (YejiBatch     *self,
            YejiBatchFile *file)
{
  self->left = file->length;
  if (file->upload != NULL)
    yeji_upload_open (file->upload);
}

/* A sync through this descriptor tells of whatever the disk did not take since it was opened, even
 * when somebody else was told of it meanwhile. */
static void
open_directory (YejiBatch         *self,
                YejiServerContext *context)
{
  if (self->directory < 0)
    self->directory = open (context->content_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/**
 * yeji_batch_write:
 * @data: what came behind the list, and behind what was written before
 *
 * Writes bytes to the files that they belong to; those of refused ones go nowhere. A file whose
 * last byte has come has its final name. Blocks.
 */
void
yeji_batch_write (YejiBatch         *self,
                  YejiServerContext *context,
                  const guint8      *data,
                  gsize              size)
{
  open_directory (self, context);
  while (size > 0 && self->at < self->files->len)
    {
      YejiBatchFile *file = g_ptr_array_index (self->files, self->at);
      gsize n;

      if (self->left == 0)
        begin_file (self, file);
      n = (gsize) MIN ((gint64) size, self->left);
      if (file->upload != NULL)
        {
          g_autoptr (GBytes) bytes = g_bytes_new_static (data, n);

          yeji_upload_write (file->upload, bytes);
        }
      data += n;
      size -= n;
      self->left -= (gint64) n;
      if (self->left == 0)
        go_to_next (self, context);
    }
}

static gboolean
sync_all (YejiBatch *self)
{
  if (self->directory >= 0 && syncfs (self->directory) == 0)
    return TRUE;
  g_warning ("the documents cannot be synced: %s", g_strerror (errno));
  return FALSE;
}

/**
 * yeji_batch_end:
 *
 * Ends the writing, whether all has come or the connection broke: waits for the disk, once for all
 * files that are there whole. What came of a file that is not is removed: nobody knows its name.
 * Blocks.
 */
void
yeji_batch_end (YejiBatch *self)
{
  guint n_placed = 0;
  gboolean written;

  if (self->left > 0)
    {
      YejiBatchFile *file = g_ptr_array_index (self->files, self->at);

      if (file->upload != NULL)
        yeji_upload_unlink (file->upload);
      self->left = 0;
    }
  for (guint i = 0; i < self->at; i++)
    {
      const YejiBatchFile *file = g_ptr_array_index (self->files, i);

      n_placed += file->upload != NULL && file->upload->state == YEJI_UPLOAD_COMPLETE;
    }
  written = n_placed == 0 || sync_all (self);
  for (guint i = 0; i < self->at; i++)
    {
      const YejiBatchFile *file = g_ptr_array_index (self->files, i);

      if (file->upload != NULL)
        yeji_upload_end_wait (file->upload, written);
    }
}

/**
 * yeji_batch_free:
 * @self: (transfer full)
 *
 * Frees a batch.
 */
void
yeji_batch_free (YejiBatch *self)
{
  if (self->directory >= 0)
    close (self->directory);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->unreadable, yeji_response_free);
  g_free (self);
}
