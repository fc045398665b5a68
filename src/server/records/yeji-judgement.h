// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"
#include "yeji-grade.h"

G_BEGIN_DECLS

GPtrArray *yeji_judgement_list_problems (YejiServerContext  *context,
                                         YejiSql            *sql,
                                         YejiCase           *found,
                                         YejiRecord         *record,
                                         YejiLanguage        language,
                                         GError            **error);
gboolean   yeji_judgement_is_complete   (YejiServerContext  *context,
                                         YejiSql            *sql,
                                         YejiCase           *found,
                                         YejiRecord         *record,
                                         gboolean           *complete,
                                         GError            **error);
JsonNode  *yeji_judgement_to_json       (GPtrArray          *problems);
JsonNode  *yeji_judgement_count         (YejiServerContext  *context,
                                         YejiSql            *sql,
                                         const char         *uuid,
                                         GError            **error);

G_END_DECLS
