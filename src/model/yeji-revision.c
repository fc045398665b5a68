// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-revision.h"

/**
 * yeji_revision_get_number:
 * @revision: (nullable): as the province writes it, "r18"
 *
 * Returns: the number, which grows with every change of a record; 0 for what is no revision
 */
gint64
yeji_revision_get_number (const char *revision)
{
  gint64 number;

  if (revision == NULL || *revision != 'r'
      || !g_ascii_string_to_signed (revision + 1, 10, 0, G_MAXINT64, &number, NULL))
    return 0;
  return number;
}
