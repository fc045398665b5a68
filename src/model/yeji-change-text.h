// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-change.h"

G_BEGIN_DECLS

const YejiFieldDef *yeji_change_find_field (const YejiChange *self,
                                            YejiDictionary   *dictionary);
char               *yeji_change_dup_label  (const YejiChange *self,
                                            YejiDictionary   *dictionary,
                                            YejiLanguage      language);
char               *yeji_change_mask       (const YejiChange *self,
                                            YejiDictionary   *dictionary,
                                            const char       *value);

G_END_DECLS
