// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The parsed form of a number as typed. */
typedef struct
{
  double value;
  guint digits;                /* before the point, without leading zeros */
  guint decimals;              /* behind the point, without trailing zeros */
} YejiNumber;

gboolean yeji_number_parse (const char *text,
                            YejiNumber *number);
gboolean yeji_date_parse   (const char *text,
                            GDate      *date);

G_END_DECLS
