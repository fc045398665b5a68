// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

#include "yeji-secret.h"

G_BEGIN_DECLS

#define YEJI_SEALED_ERROR (yeji_sealed_error_quark ())

/**
 * YejiSealedError:
 * @YEJI_SEALED_ERROR_FOREIGN: the file begins as no file of that kind does
 * @YEJI_SEALED_ERROR_NEWER: a newer program made it
 * @YEJI_SEALED_ERROR_KEY: the passphrase is another one, or the file's beginning was altered
 * @YEJI_SEALED_ERROR_DAMAGED: it was altered, or is cut off
 * @YEJI_SEALED_ERROR_COST: it asks for more work or memory than this program is ready to give, or
 *     than the computer has
 */
typedef enum
{
  YEJI_SEALED_ERROR_FOREIGN,
  YEJI_SEALED_ERROR_NEWER,
  YEJI_SEALED_ERROR_KEY,
  YEJI_SEALED_ERROR_DAMAGED,
  YEJI_SEALED_ERROR_COST,
} YejiSealedError;

/* A file that a passphrase opens, read and written from the beginning to the end in pieces of a
 * fixed size, so that memory does not grow with it. What lies in front of the pieces, in bytes, all
 * numbers being little-endian:
 *
 *   0   16  what kind of file it is
 *   16   4  version of this layout
 *   20   4  passes of Argon2id
 *   24   8  its memory in bytes
 *   32  16  its salt
 *   48  24  header of the secretstream (XChaCha20-Poly1305, libsodium)
 *
 * An empty piece follows that authenticates all of this, so that a wrong passphrase is known from
 * damage. Each piece is YEJI_SEALED_PIECE bytes and a tag; the last one may be shorter, and its tag
 * says that it is the last. */
#define YEJI_SEALED_MAGIC_SIZE 16
#define YEJI_SEALED_HEAD_SIZE 72
#define YEJI_SEALED_PIECE ((gsize) 64 << 10)
#define YEJI_SEALED_VERSION 1

/* What more a piece is than what is in it, in bytes. */
#define YEJI_SEALED_OVERHEAD 17

typedef struct
{
  guint8 bytes[YEJI_SEALED_HEAD_SIZE];
  guint32 ops;
  guint64 memory;              /* in bytes */
} YejiSealedHead;

typedef struct _YejiSealedWriter YejiSealedWriter;
typedef struct _YejiSealedReader YejiSealedReader;

GQuark            yeji_sealed_error_quark    (void);
void              yeji_sealed_set_cost       (guint32                ops,
                                              guint64                memory);

YejiSealedWriter *yeji_sealed_writer_new     (GOutputStream         *stream,
                                              const char            *magic,
                                              const char            *passphrase,
                                              GCancellable          *cancellable,
                                              GError               **error);
gboolean          yeji_sealed_writer_write   (YejiSealedWriter      *self,
                                              gconstpointer          data,
                                              gsize                  length,
                                              GError               **error);
gboolean          yeji_sealed_writer_finish  (YejiSealedWriter      *self,
                                              GError               **error);
void              yeji_sealed_writer_free    (YejiSealedWriter      *self);

gboolean          yeji_sealed_head_read      (YejiSealedHead        *self,
                                              GInputStream          *stream,
                                              const char            *magic,
                                              GCancellable          *cancellable,
                                              GError               **error);
YejiSecret       *yeji_sealed_head_unlock    (const YejiSealedHead  *self,
                                              const char            *passphrase,
                                              GError               **error);

YejiSealedReader *yeji_sealed_reader_new     (GInputStream          *stream,
                                              const YejiSealedHead  *head,
                                              const YejiSecret      *key,
                                              GCancellable          *cancellable,
                                              GError               **error);
gboolean          yeji_sealed_reader_read    (YejiSealedReader      *self,
                                              gpointer               data,
                                              gsize                  length,
                                              gsize                 *n_read,
                                              GError               **error);
guint64           yeji_sealed_reader_get_position (const YejiSealedReader *self);
void              yeji_sealed_reader_free    (YejiSealedReader      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSealedWriter, yeji_sealed_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSealedReader, yeji_sealed_reader_free)

G_END_DECLS
