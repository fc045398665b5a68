// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-push-queue.h"

G_BEGIN_DECLS

char *yeji_push_payload_make (YejiServerContext  *context,
                              YejiSql            *sql,
                              const char         *uuid,
                              const char         *kind,
                              const char         *key,
                              char              **refusal,
                              GError            **error);

G_END_DECLS
