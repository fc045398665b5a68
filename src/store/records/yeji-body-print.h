// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"
#include "yeji-vault.h"

G_BEGIN_DECLS

gboolean yeji_body_print (YejiRecord  *record,
                          YejiVault   *vault,
                          gint64       revision,
                          GString     *said,
                          GString     *stored);

G_END_DECLS
