// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"

G_BEGIN_DECLS

char     *yeji_publication_give_number (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        const char         *area,
                                        GError            **error);
gboolean  yeji_publication_write       (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        YejiCase           *approved,
                                        YejiRecord         *record,
                                        GError            **error);

G_END_DECLS
