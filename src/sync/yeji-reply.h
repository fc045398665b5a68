// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* An answer that is certainly the province's. */
typedef struct
{
  guint status;
  char *etag;                  /* (nullable), without quotes */
  GBytes *content;             /* the body as it came */
  JsonNode *body;              /* (nullable): the content read, but for what is not JSON's */
  YejiRefusal *refusal;        /* (nullable): set when the status is 400 or more */
  SoupMessageHeaders *headers;
} YejiReply;

YejiReply *yeji_reply_new        (SoupMessage  *message,
                                  GBytes       *content,
                                  GError      **error);
YejiReply *yeji_reply_new_raw    (SoupMessage  *message,
                                  GBytes       *content,
                                  GError      **error);
YejiReply *yeji_reply_new_foreign (SoupMessage *message,
                                   GBytes      *content);
gboolean   yeji_reply_check      (YejiReply    *self,
                                  GError      **error);
gint64     yeji_reply_read_clock (SoupMessageHeaders *headers,
                                  gint64              now);
guint      yeji_reply_read_retry_after (SoupMessageHeaders *headers);
gint64     yeji_reply_get_offset (YejiReply    *self);
void       yeji_reply_free       (YejiReply    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiReply, yeji_reply_free)

G_END_DECLS
