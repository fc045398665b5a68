// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What stands between a client and its province. */
typedef enum
{
  BAD_LINE_GOOD,               /* goes through */
  BAD_LINE_CLOSED,             /* whoever connects is hung up on */
  BAD_LINE_SILENT,             /* takes the request, and that is all */
  BAD_LINE_SAYS,               /* answers by itself, with a text */
  BAD_LINE_DRIPS,              /* the same, a byte each tenth of a second */
  BAD_LINE_PROXY,              /* is asked to CONNECT, and does it */
} BadLineMood;

/* A relay on a port of its own, in the main context. */
typedef struct _BadLine BadLine;

BadLine    *bad_line_new       (const char  *there);
void        bad_line_free      (BadLine     *self);
const char *bad_line_get_url   (BadLine     *self);
void        bad_line_set       (BadLine     *self,
                                BadLineMood  mood,
                                const char  *text);
guint       bad_line_count     (BadLine     *self);
const char *bad_line_get_head  (BadLine     *self);

G_END_DECLS
