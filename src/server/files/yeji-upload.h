// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-mapping.h"
#include "yeji-part-file.h"
#include "yeji-upload-sums.h"

G_BEGIN_DECLS

/**
 * YejiUploadState:
 * @YEJI_UPLOAD_PARTIAL: bytes are missing
 * @YEJI_UPLOAD_COMPLETE: all are there and the sha256 is right
 * @YEJI_UPLOAD_CONFLICT: the client meant another offset
 * @YEJI_UPLOAD_TOO_LONG: more bytes came than were announced; those of this request are gone
 * @YEJI_UPLOAD_BAD_PIECE: the request's bytes have another sum than it said; they are gone
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
  YEJI_UPLOAD_BAD_PIECE,
  YEJI_UPLOAD_MISMATCH,
  YEJI_UPLOAD_OTHER_CONTENT,
  YEJI_UPLOAD_FAILED,
} YejiUploadState;

/* As much of a file as tells what it is. */
#define YEJI_UPLOAD_HEAD 16

/* What the client says of the bytes of one request. */
typedef struct
{
  YejiDigestKind kind;
  gsize length;                /* 0: it says nothing */
  guint8 sum[YEJI_DIGEST_MAX];
} YejiPieceSum;

/* A file of a record while it is being sent: `parts/ID`. What has arrived is what is in the file:
 * there is no second place that could say something else. All functions block on the disk. */
typedef struct
{
  char *id;
  char *sha256;
  char *filetype;
  gint64 length;               /* as announced */
  gint64 expected;             /* the offset that the client means, -1 for any */
  gint64 arrived;              /* bytes in the file, after yeji_upload_open() or _complete() */
  gint64 began;                /* where the bytes of this request begin */
  YejiPieceSum said;           /* of the bytes of this request */
  gboolean recorded;           /* complete by the database's word: there is nothing to do */
  gboolean fresh;              /* the database does not know of it: nobody can go on with it */
  char *expires_at;            /* (nullable): when it is swept, by the database */
  YejiUploadState state;

  /* private */
  char *part;                  /* path */
  char *content_dir;
  YejiUploadSums *sums;        /* (unowned) */
  YejiPartFile *file;          /* (nullable): while it is open */
  YejiDigest *whole;           /* (nullable): of what is in the file, while it is open */
  YejiDigest *before;          /* (nullable): of what was in it before this request */
  YejiDigest *piece;           /* (nullable): of this request's bytes */
  guint8 head[YEJI_UPLOAD_HEAD];  /* its first bytes, where this request brought them */
  gsize n_head;                /* 0: they are to be read */
  gboolean is_first;           /* nothing was under its final name before */
} YejiUpload;

YejiUpload *yeji_upload_new       (const char         *id,
                                   const char         *sha256,
                                   const char         *filetype,
                                   gint64              length,
                                   const char         *part_dir,
                                   const char         *content_dir,
                                   YejiUploadSums     *sums);
gboolean    yeji_upload_make_groups (const char       *content_dir,
                                   GError            **error);
char       *yeji_upload_get_content_path (const char  *content_dir,
                                   const char         *sha256);
gboolean    yeji_upload_open      (YejiUpload         *self);
void        yeji_upload_write     (YejiUpload         *self,
                                   GBytes             *bytes);
void        yeji_upload_abandon   (YejiUpload         *self);
void        yeji_upload_complete  (YejiUpload         *self,
                                   const YejiMapping  *mapping);
void        yeji_upload_place     (YejiUpload         *self,
                                   const YejiMapping  *mapping);
void        yeji_upload_end_wait  (YejiUpload         *self,
                                   gboolean            written);
void        yeji_upload_unlink    (YejiUpload         *self);
void        yeji_upload_free      (YejiUpload         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUpload, yeji_upload_free)

G_END_DECLS
