// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

YejiUpload *yeji_files_load (YejiServerContext  *context,
                             YejiSql            *sql,
                             YejiRequest        *request,
                             YejiResponse      **refusal,
                             GError            **error);

G_END_DECLS
