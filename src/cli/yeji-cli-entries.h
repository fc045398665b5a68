// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-session.h"

G_BEGIN_DECLS

/* @entries: (element-type YejiEntry): one a line, or JSON. yeji-cli-drafts.c */
void yeji_cli_print_entries (YejiCliSession *session,
                             GPtrArray      *entries);

G_END_DECLS
