// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-problems.h"
#include "yeji-cli-progress.h"
#include "yeji-cli-session.h"

G_BEGIN_DECLS

gboolean yeji_cli_check_file (YejiCliSession  *session,
                              YejiCliProblems *problems,
                              YejiCliProgress *progress,
                              const char      *path);

G_END_DECLS
