// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-examiner.h"
#include "yeji-json.h"

G_BEGIN_DECLS

const YejiLimits *yeji_examiner_get_limits (YejiExaminer *self);
JsonNode         *yeji_examiner_ask        (YejiExaminer  *self,
                                            JsonNode      *request,
                                            double         usual,
                                            GCancellable  *cancellable,
                                            GError       **error);

G_END_DECLS
