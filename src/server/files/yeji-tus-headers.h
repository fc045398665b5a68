// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

YejiResponse *yeji_tus_refuse_version (YejiRequest   *request);
YejiResponse *yeji_tus_read_sum       (YejiRequest   *request,
                                       YejiPieceSum  *sum);
gboolean      yeji_tus_read_number    (YejiRequest   *request,
                                       const char    *header,
                                       gint64        *number);
void          yeji_tus_set_number     (YejiResponse  *response,
                                       const char    *header,
                                       gint64         number);
void          yeji_tus_set_expires    (YejiResponse  *response,
                                       const char    *moment);

G_END_DECLS
