// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

char *yeji_search_dup_version    (const char     *body);
char *yeji_search_make_index     (YejiDictionary *dictionary,
                                  const char     *body);
char *yeji_search_make_sort_name (const char     *name);

G_END_DECLS
