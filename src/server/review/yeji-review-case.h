// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"

G_BEGIN_DECLS

YejiCase     *yeji_review_case_load    (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        YejiRequest        *request,
                                        const char         *state,
                                        gboolean            may_take,
                                        YejiResponse      **refusal,
                                        GError            **error);
void          yeji_review_case_decide  (YejiCase           *found,
                                        YejiServerContext  *context,
                                        YejiRequest        *request,
                                        const char         *state,
                                        const char         *message);
gboolean      yeji_review_case_approve (YejiCase           *found,
                                        YejiServerContext  *context,
                                        YejiSql            *sql,
                                        YejiRecord         *record,
                                        const char         *grade,
                                        GError            **error);
YejiResponse *yeji_review_case_answer  (YejiCase           *found,
                                        YejiSql            *sql,
                                        YejiRequest        *request,
                                        gboolean            with_record,
                                        const char         *what,
                                        GError            **error);
char         *yeji_review_case_get_handed (YejiSql         *sql,
                                        const char         *uuid,
                                        GError            **error);
gboolean      yeji_review_case_is_others (const YejiOffice *handed,
                                        const YejiOffice   *office,
                                        gboolean            may_take);
YejiResponse *yeji_review_case_refuse_others (YejiServerContext *context,
                                        YejiSql            *sql,
                                        YejiRequest        *request,
                                        const char         *uuid,
                                        gboolean            may_take,
                                        GError            **error);
gint64        yeji_review_case_count_days (const char      *since);
char         *yeji_review_case_list_files (YejiSql         *sql,
                                        const char         *uuid,
                                        GError            **error);

G_END_DECLS
