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
gboolean    yeji_files_record_complete (YejiServerContext *context,
                             YejiSql            *sql,
                             YejiRequest        *request,
                             YejiUpload         *upload,
                             gboolean           *changed,
                             GError            **error);
YejiResponse *yeji_files_refuse_sum (YejiRequest *request);
YejiResponse *yeji_files_refuse_content (YejiRequest *request);

G_END_DECLS
