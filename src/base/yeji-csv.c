// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-csv.h"

#include <string.h>

/* What a spreadsheet program takes for a formula, maybe behind spaces, and in a Chinese one in full
 * width, too: OWASP, "CSV Injection". */
static gboolean
is_formula (const char *value)
{
  static const gunichar starts[] = { '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20 };
  gunichar first;

  if (*value != '\0' && strchr ("\t\r\n", *value) != NULL)
    return TRUE;
  while (g_unichar_isspace (g_utf8_get_char (value)))
    value = g_utf8_next_char (value);
  first = g_utf8_get_char (value);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (first == starts[i])
      return TRUE;
  return FALSE;
}

/**
 * yeji_csv_quote:
 * @value: UTF-8
 *
 * Returns: (transfer full): the value as a cell of a sheet, in quotes as in RFC 4180; one that
 *   begins like a formula begins with an apostrophe, so that it is none
 */
char *
yeji_csv_quote (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s%s\"", is_formula (value) ? "'" : "", doubled);
}
