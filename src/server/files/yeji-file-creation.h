// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

YejiResponse *yeji_file_creation_write (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        YejiRequest        *request,
                                        GError            **error);

G_END_DECLS
