// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"

G_BEGIN_DECLS

char       *yeji_cli_parse_time (const char      *text,
                                 GDateTime       *now);
YejiRecord *yeji_cli_load_at    (YejiCliSession  *session,
                                 const char      *uuid,
                                 const char      *time,
                                 YejiExit        *status);

G_END_DECLS
