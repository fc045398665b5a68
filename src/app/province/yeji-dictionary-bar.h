// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Says that the province offers another version of the dictionary. Its button runs
 * win.update-dictionary. */
#define YEJI_TYPE_DICTIONARY_BAR (yeji_dictionary_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiDictionaryBar, yeji_dictionary_bar, YEJI, DICTIONARY_BAR, AdwBin)

void        yeji_dictionary_bar_set_store (YejiDictionaryBar *self,
                                           YejiStore         *store);
const char *yeji_dictionary_bar_get_text  (YejiDictionaryBar *self);
guint       yeji_dictionary_bar_get_count (YejiDictionaryBar *self);

G_END_DECLS
