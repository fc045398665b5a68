// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"

G_BEGIN_DECLS

YejiExit yeji_cli_correct             (YejiCliSession *session,
                                       guint           n_args,
                                       char          **args);
void     yeji_cli_print_petitions     (YejiStore      *store,
                                       const char     *uuid);
void     yeji_cli_complain_of_petitions (YejiStore    *store);

G_END_DECLS
