// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* What a sealed text begins with, which is shown only where its key is lost. */
#define YEJI_SEALED_PREFIX "yeji-sealed:"

gboolean yeji_is_sealed     (const char         *value);
char *yeji_mask             (const char         *value);
char *yeji_field_mask_value (const YejiFieldDef *field,
                             const char         *value);

G_END_DECLS
