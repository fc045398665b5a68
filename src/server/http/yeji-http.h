// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-ledger.h"
#include "yeji-router.h"
#include "yeji-worker.h"

G_BEGIN_DECLS

#define YEJI_TYPE_HTTP (yeji_http_get_type ())

G_DECLARE_FINAL_TYPE (YejiHttp, yeji_http, YEJI, HTTP, GObject)

typedef struct _YejiExchange YejiExchange;

YejiHttp          *yeji_http_new         (YejiServerContext  *context,
                                          YejiDb             *db);
char              *yeji_http_listen      (YejiHttp           *self,
                                          const char         *address,
                                          GError            **error);
void               yeji_http_reopen      (YejiHttp           *self);
void               yeji_http_close       (YejiHttp           *self);

/* For the exchanges. */
YejiServerContext *yeji_http_get_context (YejiHttp           *self);
YejiLedger        *yeji_http_get_ledger  (YejiHttp           *self);
YejiLedger        *yeji_http_get_reading (YejiHttp           *self,
                                          gboolean            anybody);
YejiWorker        *yeji_http_get_lane    (YejiHttp           *self,
                                          YejiLane            lane,
                                          const char         *upload);
YejiWorker        *yeji_http_get_next_lane (YejiHttp         *self);
GByteArray        *yeji_http_lend_block  (YejiHttp           *self,
                                          guint               size);
void               yeji_http_take_block  (YejiHttp           *self,
                                          GByteArray         *block);
void               yeji_http_enter       (YejiHttp           *self);
void               yeji_http_leave       (YejiHttp           *self);
void               yeji_http_hold        (YejiHttp           *self,
                                          YejiExchange       *exchange);
void               yeji_http_let_go      (YejiHttp           *self,
                                          YejiExchange       *exchange);
void               yeji_http_wake        (YejiHttp           *self);
void               yeji_http_note_received (YejiHttp         *self);
void               yeji_http_note_sending (YejiHttp          *self);
void               yeji_http_drop_upload (YejiHttp           *self,
                                          const char         *upload);
void               yeji_http_claim       (YejiHttp           *self,
                                          const char         *upload,
                                          YejiExchange       *exchange);

G_END_DECLS
