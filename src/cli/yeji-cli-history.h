// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"
#include "yeji-undo.h"

G_BEGIN_DECLS

char       *yeji_cli_parse_time (const char      *text,
                                 GDateTime       *now);
YejiRecord *yeji_cli_load_at    (YejiCliSession  *session,
                                 const char      *uuid,
                                 const char      *time,
                                 YejiExit        *status);
void        yeji_cli_print_batch_undo (YejiCliSession      *session,
                                       const YejiBatchUndo *done);

G_END_DECLS
