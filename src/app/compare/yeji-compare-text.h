// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-comparison.h"

G_BEGIN_DECLS

char       *yeji_difference_to_label   (const YejiDifference *self,
                                        YejiDictionary       *dictionary);
char       *yeji_difference_to_place   (const YejiDifference *self,
                                        YejiDictionary       *dictionary);
char       *yeji_difference_to_section (const YejiDifference *self,
                                        YejiDictionary       *dictionary);
char       *yeji_difference_to_text    (const YejiDifference *self,
                                        YejiDictionary       *dictionary,
                                        YejiSide              side);
gboolean    yeji_difference_has_text   (const YejiDifference *self,
                                        YejiSide              side);
gboolean    yeji_difference_is_hidden  (const YejiDifference *self,
                                        YejiDictionary       *dictionary);

G_END_DECLS
