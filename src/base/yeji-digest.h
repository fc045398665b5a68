// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest digest in bytes. */
#define YEJI_DIGEST_MAX 32

typedef enum
{
  YEJI_DIGEST_SHA256,
  YEJI_DIGEST_SHA1,
  YEJI_DIGEST_CRC32,           /* ISO 3309; finds accidents, and no intent */
  N_YEJI_DIGEST_KINDS,
} YejiDigestKind;

/* A sum of bytes that are still coming; one thread at a time. */
typedef struct _YejiDigest YejiDigest;

YejiDigest   *yeji_digest_new         (YejiDigestKind      kind);
YejiDigest   *yeji_digest_copy        (const YejiDigest   *self);
void          yeji_digest_update      (YejiDigest         *self,
                                       gconstpointer       data,
                                       gsize               size);
gsize         yeji_digest_finish      (YejiDigest         *self,
                                       guint8              sum[YEJI_DIGEST_MAX]);
char         *yeji_digest_finish_hex  (YejiDigest         *self);
char         *yeji_digest_sum_text    (const char         *text);
void          yeji_digest_free        (YejiDigest         *self);

gboolean      yeji_digest_parse_kind  (const char         *name,
                                       YejiDigestKind     *kind);
gsize         yeji_digest_get_length  (YejiDigestKind      kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDigest, yeji_digest_free)

G_END_DECLS
