// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"
#include "yeji-mapping.h"

G_BEGIN_DECLS

JsonNode     *yeji_correction_read       (YejiServerContext  *context,
                                          YejiRequest        *request,
                                          YejiRecord         *record,
                                          YejiResponse      **refusal);
YejiResponse *yeji_correction_apply      (YejiServerContext  *context,
                                          YejiRequest        *request,
                                          YejiRecord         *record,
                                          JsonArray          *changes,
                                          const YejiApproval *approval);
YejiResponse *yeji_correction_check      (YejiServerContext  *context,
                                          YejiSql            *sql,
                                          YejiRequest        *request,
                                          YejiCase           *found,
                                          YejiRecord         *corrected,
                                          GError            **error);
JsonNode     *yeji_correction_to_public  (YejiDictionary     *dictionary,
                                          JsonArray          *changes);
char         *yeji_correction_mask_words (YejiRecord         *record,
                                          const char         *text);

G_END_DECLS
