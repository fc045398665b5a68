// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-wire"

#include "config.h"

#include "yeji-version.h"

#include <stdlib.h>

#include "yeji-wire.h"

#define MAX_DIGITS 4

/**
 * yeji_version_compare:
 * @text: (nullable): the value of a `Yeji-Version` header, "1" or "1.4"
 *
 * Compares what a peer speaks with what we speak. What stands after the first point adds to a
 * version and takes nothing away, so that it does not matter.
 *
 * Returns: who is behind
 */
YejiVersionOrder
yeji_version_compare (const char *text)
{
  const int ours = atoi (YEJI_WIRE_VERSION);
  gsize n_digits = 0;
  int theirs;

  if (text == NULL)
    return YEJI_VERSION_NONE;
  while (g_ascii_isdigit (text[n_digits]))
    n_digits++;
  if (n_digits == 0 || n_digits > MAX_DIGITS || text[0] == '0'
      || (text[n_digits] != '\0' && text[n_digits] != '.'))
    return YEJI_VERSION_NONE;
  for (const char *at = text + n_digits; *at != '\0'; at++)
    if (!g_ascii_isdigit (*at) && *at != '.')
      return YEJI_VERSION_NONE;
  theirs = atoi (text);
  return theirs < ours ? YEJI_VERSION_OLDER : theirs > ours ? YEJI_VERSION_NEWER
                                                            : YEJI_VERSION_OURS;
}
