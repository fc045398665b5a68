// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-session.h"

G_BEGIN_DECLS

void yeji_cli_print_document (YejiCliSession *session,
                              YejiAttachment *document);

G_END_DECLS
