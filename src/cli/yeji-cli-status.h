// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"
#include "yeji-province.h"

G_BEGIN_DECLS

YejiExit yeji_cli_fail_sync    (const GError   *error);
void     yeji_cli_note_outcome (YejiStore      *store,
                                YejiProvince   *province,
                                const GError   *error);

G_END_DECLS
