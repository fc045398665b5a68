// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_PINYIN_FIRST 0x4e00
#define YEJI_PINYIN_LAST 0x9fff

/* Another reading of a character. */
typedef struct
{
  guint16 character;
  guint16 syllable;
} YejiPinyinOther;

extern const char * const yeji_pinyin_syllables[];
extern const guint yeji_pinyin_n_syllables;
extern const char yeji_pinyin_table[];
extern const YejiPinyinOther yeji_pinyin_others[];
extern const guint yeji_pinyin_n_others;

G_END_DECLS
