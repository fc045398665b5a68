// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-offices.h"

G_BEGIN_DECLS

const char *yeji_regrading_choose (const YejiOffices *offices,
                                   const YejiOffice  *office,
                                   const char        *grade,
                                   const char        *wanted,
                                   gboolean           complete);

G_END_DECLS
