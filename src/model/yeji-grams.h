// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A question that nothing answers: a phrase without a token. */
#define YEJI_GRAMS_NOTHING "\"\""

/* What of a row is written into a full text index, so that any part of a text is found. */
typedef struct _YejiGrams YejiGrams;

YejiGrams *yeji_grams_new        (void);
void       yeji_grams_add        (YejiGrams  *self,
                                  const char *text);
char      *yeji_grams_end        (YejiGrams  *self);
char      *yeji_grams_fold       (const char *text);
char      *yeji_grams_make_match (const char *text);

G_END_DECLS
