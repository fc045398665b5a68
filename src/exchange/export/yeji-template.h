// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

gboolean yeji_template_write (YejiDictionary  *dictionary,
                              const YejiRole  *role,
                              YejiLanguage     language,
                              const char      *path,
                              GError         **error);

G_END_DECLS
