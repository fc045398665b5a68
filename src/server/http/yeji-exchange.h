// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

#include "yeji-http.h"

G_BEGIN_DECLS

#define YEJI_TYPE_EXCHANGE (yeji_exchange_get_type ())

G_DECLARE_FINAL_TYPE (YejiExchange, yeji_exchange, YEJI, EXCHANGE, GObject)

void        yeji_exchange_begin        (YejiHttp           *http,
                                        SoupServerMessage  *message);
void        yeji_exchange_got_body     (SoupServerMessage  *message);
void        yeji_exchange_ask_again    (YejiExchange       *self);
void        yeji_exchange_stop_waiting (YejiExchange       *self);
gboolean    yeji_exchange_abandon      (YejiExchange       *self);
void        yeji_exchange_disconnect   (YejiExchange       *self);
const char *yeji_exchange_get_account  (YejiExchange       *self);
const char *yeji_exchange_get_upload   (YejiExchange       *self);

G_END_DECLS
