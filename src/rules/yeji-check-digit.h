// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

gboolean yeji_check_digit_credit_code       (const char    *text);
gboolean yeji_check_digit_organisation_code (const char    *text);
gboolean yeji_check_digit_citizen_id        (const char    *text);
gboolean yeji_algorithm_accepts             (YejiAlgorithm  algorithm,
                                             const char    *text);

G_END_DECLS
