// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"

G_BEGIN_DECLS

YejiExit yeji_cli_import_records (YejiCliSession *session,
                                  const char     *path);
YejiExit yeji_cli_import_sheets  (YejiCliSession *session,
                                  const char     *path);

G_END_DECLS
