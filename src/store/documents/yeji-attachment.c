// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-attachment"

#include "config.h"

#include "yeji-store-private.h"

/**
 * YejiAttachment:
 *
 * A document of a record, as it was when it was read. Its content is yeji_store_get_file().
 */
struct _YejiAttachment
{
  GObject parent_instance;

  char *id;
  char *record;
  char *slot;
  char *sha256;
  char *filename;
  char *media_type;
  gint64 size;
  char *upload_url;
  gboolean received;
  int rotation;
  char *findings;              /* (nullable) */
  char *original;              /* (nullable) */
  char *origin;                /* (nullable) */
  gboolean flawed;
};

G_DEFINE_FINAL_TYPE (YejiAttachment, yeji_attachment, G_TYPE_OBJECT)

static void
yeji_attachment_finalize (GObject *object)
{
  YejiAttachment *self = YEJI_ATTACHMENT (object);

  g_free (self->id);
  g_free (self->record);
  g_free (self->slot);
  g_free (self->sha256);
  g_free (self->filename);
  g_free (self->media_type);
  g_free (self->upload_url);
  g_free (self->findings);
  g_free (self->original);
  g_free (self->origin);
  G_OBJECT_CLASS (yeji_attachment_parent_class)->finalize (object);
}

static void
yeji_attachment_class_init (YejiAttachmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_attachment_finalize;
}

static void
yeji_attachment_init (YejiAttachment *self)
{
}

/**
 * yeji_attachment_new_from_rows: (skip)
 * @rows: of a query that starts with YEJI_ATTACHMENT_SELECT
 */
YejiAttachment *
yeji_attachment_new_from_rows (YejiRows *rows)
{
  YejiAttachment *self = g_object_new (YEJI_TYPE_ATTACHMENT, NULL);

  self->id = yeji_rows_dup_text (rows, 0);
  self->record = yeji_rows_dup_text (rows, 1);
  self->slot = yeji_rows_dup_text (rows, 2);
  self->sha256 = yeji_rows_dup_text (rows, 3);
  self->filename = yeji_rows_dup_text (rows, 4);
  self->media_type = yeji_rows_dup_text (rows, 5);
  self->size = yeji_rows_int (rows, 6);
  self->upload_url = yeji_rows_dup_text (rows, 7);
  self->received = yeji_rows_int (rows, 8) != 0;
  self->rotation = (int) yeji_rows_int (rows, 9);
  self->findings = yeji_rows_dup_text (rows, 10);
  self->original = yeji_rows_dup_text (rows, 11);
  self->origin = yeji_rows_dup_text (rows, 12);
  self->flawed = yeji_rows_int (rows, 13) > 0;
  return self;
}

/**
 * yeji_attachment_new_for_content:
 *
 * Returns: (transfer full): an attachment of no record and no slot, to show a content of the profile
 */
YejiAttachment *
yeji_attachment_new_for_content (const char *sha256,
                                 const char *filename,
                                 const char *media_type,
                                 gint64      size,
                                 int         rotation)
{
  YejiAttachment *self = g_object_new (YEJI_TYPE_ATTACHMENT, NULL);

  self->id = g_strdup ("");
  self->record = g_strdup ("");
  self->slot = g_strdup ("");
  self->sha256 = g_strdup (sha256);
  self->filename = g_strdup (filename);
  self->media_type = g_strdup (media_type);
  self->size = size;
  self->rotation = rotation;
  return self;
}

const char *
yeji_attachment_get_id (YejiAttachment *self)
{
  return self->id;
}

/**
 * yeji_attachment_get_record:
 *
 * Returns: the uuid of the record
 */
const char *
yeji_attachment_get_record (YejiAttachment *self)
{
  return self->record;
}

const char *
yeji_attachment_get_slot (YejiAttachment *self)
{
  return self->slot;
}

/**
 * yeji_attachment_get_filename:
 *
 * Returns: the name that the file had, UTF-8, without its folder
 */
const char *
yeji_attachment_get_filename (YejiAttachment *self)
{
  return self->filename;
}

/**
 * yeji_attachment_get_media_type:
 *
 * Returns: the media type that the content has, whatever the name said
 */
const char *
yeji_attachment_get_media_type (YejiAttachment *self)
{
  return self->media_type;
}

const char *
yeji_attachment_get_sha256 (YejiAttachment *self)
{
  return self->sha256;
}

/**
 * yeji_attachment_get_size:
 *
 * Returns: the size in bytes
 */
gint64
yeji_attachment_get_size (YejiAttachment *self)
{
  return self->size;
}

/**
 * yeji_attachment_get_upload_url:
 *
 * Returns: (nullable): where an upload that has begun goes on
 */
const char *
yeji_attachment_get_upload_url (YejiAttachment *self)
{
  return self->upload_url;
}

/**
 * yeji_attachment_is_awaited:
 *
 * Returns: whether it is known by its name alone, as another computer announced it to the province
 *   and its content was not seen here
 */
gboolean
yeji_attachment_is_awaited (YejiAttachment *self)
{
  g_return_val_if_fail (YEJI_IS_ATTACHMENT (self), FALSE);

  return self->size == 0 && yeji_attachment_is_received (self);
}

/**
 * yeji_attachment_is_received:
 *
 * Returns: whether the province said that it has the whole file
 */
gboolean
yeji_attachment_is_received (YejiAttachment *self)
{
  return self->received;
}

/**
 * yeji_attachment_get_rotation:
 *
 * Returns: by how many degrees it is shown turned clockwise: 0, 90, 180 or 270
 */
int
yeji_attachment_get_rotation (YejiAttachment *self)
{
  return self->rotation;
}

/**
 * yeji_attachment_get_findings:
 *
 * Returns: (nullable): JSON, what the examiner found in the file; %NULL: it was not examined
 */
const char *
yeji_attachment_get_findings (YejiAttachment *self)
{
  return self->findings;
}

/**
 * yeji_attachment_get_original:
 *
 * Returns: (nullable): the SHA-256 of what the file was before it was shrunk, which the profile
 * keeps; %NULL: it was not
 */
const char *
yeji_attachment_get_original (YejiAttachment *self)
{
  return self->original;
}

/**
 * yeji_attachment_get_origin:
 *
 * Returns: (nullable): the path that the file came by, when it came with others
 */
const char *
yeji_attachment_get_origin (YejiAttachment *self)
{
  return self->origin;
}

/**
 * yeji_attachment_is_flawed:
 *
 * Returns: whether the examiner found something that a clerk should look at
 */
gboolean
yeji_attachment_is_flawed (YejiAttachment *self)
{
  return self->flawed;
}
