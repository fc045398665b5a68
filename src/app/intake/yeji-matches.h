// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* What was typed into a search, as words to be pointed out in what was found. */
char         **yeji_matches_split (const char         *typed);
gboolean       yeji_matches_mark  (const char * const *words,
                                   const char         *text,
                                   PangoAttrList      *attributes);

G_END_DECLS
