// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

char    *yeji_numeral_write (guint64              value);
gboolean yeji_amount_write  (YejiDictionary      *dictionary,
                             const YejiFieldDef  *field,
                             const char          *text,
                             char               **plain,
                             char               **words);

G_END_DECLS
