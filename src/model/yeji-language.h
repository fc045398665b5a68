// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_LANGUAGE_ZH,
  YEJI_LANGUAGE_EN,
  N_YEJI_LANGUAGES
} YejiLanguage;

/* The same words in every language of the dictionary. */
typedef struct
{
  char *in[N_YEJI_LANGUAGES];
} YejiText;

YejiLanguage  yeji_language_get_current (void);
YejiLanguage  yeji_language_parse       (const char     *tag);
const char   *yeji_text_get             (const YejiText *self,
                                         YejiLanguage    language);
void          yeji_text_clear           (YejiText       *self);

G_END_DECLS
