// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

YejiResponse *yeji_account_change_refuse_shape (YejiRequest        *request,
                                                const char * const *members);
GPtrArray    *yeji_account_change_apply        (YejiServerContext  *context,
                                                YejiRequest        *request,
                                                YejiAccount        *account);
void          yeji_account_change_complain     (YejiRequest        *request,
                                                GPtrArray          *wrong,
                                                const char         *member,
                                                const char         *zh,
                                                const char         *en);
gboolean      yeji_account_change_note         (YejiSql            *sql,
                                                YejiRequest        *request,
                                                YejiAccount        *account,
                                                GError            **error);

G_END_DECLS
