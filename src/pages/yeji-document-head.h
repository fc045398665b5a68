// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So much of a file's beginning is enough to tell what it is, and what a JPEG or PNG says of
 * itself; of a TIFF it takes all. */
#define YEJI_DOCUMENT_HEAD_SIZE (256 * 1024)

/* What a document says of itself before anything is decoded. */
typedef struct
{
  int width;                   /* of an image as it is stored, pixels; 0: not said; that no
                                * picture in a PDF is larger than */
  int height;
  double dpi;                  /* 0: not said */
  guint orientation;           /* as EXIF has it: 1 upright, up to 8 */
  guint n_pages;               /* of a TIFF; else 1 */
} YejiDocumentHead;

const char *yeji_document_find_type (const guint8     *data,
                                     gsize             length,
                                     const guint8     *tail,
                                     gsize             tail_length,
                                     gboolean         *ambiguous);
void        yeji_document_read_head (const char       *media_type,
                                     const guint8     *data,
                                     gsize             length,
                                     YejiDocumentHead *head);
void        yeji_document_note_pictures (const guint8 *data,
                                     gsize             length,
                                     YejiDocumentHead *head);
int         yeji_document_get_rotation (guint          orientation);

G_END_DECLS
