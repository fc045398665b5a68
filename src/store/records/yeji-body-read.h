// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"
#include "yeji-vault.h"

G_BEGIN_DECLS

YejiRecord *yeji_body_read (YejiDictionary *dictionary,
                            YejiVault      *vault,
                            const char     *body);

G_END_DECLS
