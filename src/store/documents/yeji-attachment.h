// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define YEJI_TYPE_ATTACHMENT (yeji_attachment_get_type ())

G_DECLARE_FINAL_TYPE (YejiAttachment, yeji_attachment, YEJI, ATTACHMENT, GObject)

YejiAttachment *yeji_attachment_new_for_content (const char *sha256,
                                            const char *filename,
                                            const char *media_type,
                                            gint64      size,
                                            int         rotation);
const char *yeji_attachment_get_id         (YejiAttachment *self);
const char *yeji_attachment_get_record     (YejiAttachment *self);
const char *yeji_attachment_get_slot       (YejiAttachment *self);
const char *yeji_attachment_get_filename   (YejiAttachment *self);
const char *yeji_attachment_get_media_type (YejiAttachment *self);
const char *yeji_attachment_get_sha256     (YejiAttachment *self);
gint64      yeji_attachment_get_size       (YejiAttachment *self);
const char *yeji_attachment_get_upload_url (YejiAttachment *self);
gboolean    yeji_attachment_is_awaited     (YejiAttachment *self);
gboolean    yeji_attachment_is_received    (YejiAttachment *self);
int         yeji_attachment_get_rotation   (YejiAttachment *self);
const char *yeji_attachment_get_findings   (YejiAttachment *self);
const char *yeji_attachment_get_original   (YejiAttachment *self);
const char *yeji_attachment_get_origin     (YejiAttachment *self);
gboolean    yeji_attachment_is_flawed      (YejiAttachment *self);

G_END_DECLS
