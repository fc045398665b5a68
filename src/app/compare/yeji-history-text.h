// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-history.h"

G_BEGIN_DECLS

char *yeji_why_to_text       (const char           *why);
char *yeji_change_to_label   (const YejiChange     *change,
                              YejiDictionary       *dictionary);
char *yeji_change_to_text    (const YejiChange     *change,
                              YejiDictionary       *dictionary);
char *yeji_change_value_text (const YejiChange     *change,
                              YejiDictionary       *dictionary,
                              const char           *value);
char *yeji_changes_to_text   (GPtrArray            *changes,
                              YejiDictionary       *dictionary,
                              gboolean              again);
char *yeji_day_to_text       (const char           *moment);

G_END_DECLS
