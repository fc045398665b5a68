// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

#include "yeji-mapping.h"

G_BEGIN_DECLS

/**
 * YejiUploadState:
 * @YEJI_UPLOAD_PARTIAL: bytes are missing
 * @YEJI_UPLOAD_COMPLETE: all are there and the sha256 is right
 * @YEJI_UPLOAD_CONFLICT: the client meant another offset
 * @YEJI_UPLOAD_TOO_LONG: more bytes came than were announced
 * @YEJI_UPLOAD_MISMATCH: the sha256 is another one; the bytes are gone
 * @YEJI_UPLOAD_OTHER_CONTENT: not what the media type says; the bytes are gone
 * @YEJI_UPLOAD_FAILED: the disk failed; what had arrived may be there
 */
typedef enum
{
  YEJI_UPLOAD_PARTIAL,
  YEJI_UPLOAD_COMPLETE,
  YEJI_UPLOAD_CONFLICT,
  YEJI_UPLOAD_TOO_LONG,
  YEJI_UPLOAD_MISMATCH,
  YEJI_UPLOAD_OTHER_CONTENT,
  YEJI_UPLOAD_FAILED,
} YejiUploadState;

/* A file of a record while it is being sent: `parts/ID`. What has arrived is what is in the file:
 * there is no second place that could say something else. All functions block on the disk. */
typedef struct
{
  char *id;
  char *sha256;
  char *filetype;
  gint64 length;               /* as announced */
  gint64 expected;             /* the offset that the client means, -1 for any */
  gint64 arrived;              /* bytes in the file, after yeji_upload_look() */
  gboolean recorded;           /* complete by the database's word: there is nothing to do */
  YejiUploadState state;
  char *part;                  /* path */
  char *content_dir;
  gpointer file;               /* (nullable): FILE, while it is open */
} YejiUpload;

YejiUpload *yeji_upload_new       (const char         *id,
                                   const char         *sha256,
                                   const char         *filetype,
                                   gint64              length,
                                   const char         *part_dir,
                                   const char         *content_dir);
char       *yeji_upload_get_content_path (const char  *content_dir,
                                   const char         *sha256);
gboolean    yeji_upload_open      (YejiUpload         *self);
void        yeji_upload_write     (YejiUpload         *self,
                                   GBytes             *bytes);
void        yeji_upload_close     (YejiUpload         *self);
void        yeji_upload_complete  (YejiUpload         *self,
                                   const YejiMapping  *mapping);
void        yeji_upload_unlink    (YejiUpload         *self);
void        yeji_upload_free      (YejiUpload         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUpload, yeji_upload_free)

G_END_DECLS
