// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of a text, in bytes, the end being the first that does not belong to it. */
typedef struct
{
  guint start;
  guint end;
} YejiTextRange;

GArray *yeji_text_difference (const char *text,
                              const char *other);

G_END_DECLS
