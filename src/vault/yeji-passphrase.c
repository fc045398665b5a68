// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-passphrase.h"

#include <math.h>
#include <string.h>

/* A thousand machines that try two guesses a second each try 2^37 in two years. */
#define FAIR_BITS 36.0
#define GOOD_BITS 48.0

/* What nobody needs to guess is nothing, whatever follows it. */
static const char *const common[] = {
  "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "1q2w3e", "iloveyou", "woaini", "admin",
  "letmein", "welcome", "abc123", "a1b2c3", "5201314", "yeji", NULL,
};

/* Characters that a guesser would have to try in one place, by kind. Of Chinese words, not of
 * characters: few are tried. */
static double
count_choices (gunichar c,
               gboolean mixed)
{
  if (c >= '0' && c <= '9')
    return 10;
  if (c < 128 && g_ascii_isalpha ((char) c))
    return mixed ? 52 : 26;
  if (c < 128)
    return 32;
  return 200;
}

/* A character that goes on as the one before it did is nearly known. */
static gboolean
is_expected (gunichar before,
             gunichar c)
{
  gint64 step = (gint64) c - (gint64) before;

  return step >= -1 && step <= 1;
}

/* A capital at the beginning is where everybody puts it. */
static gboolean
is_mixed (const char *passphrase)
{
  for (const char *at = passphrase + 1; *at != '\0'; at++)
    if (g_ascii_isupper (*at))
      return TRUE;
  return FALSE;
}

static gboolean
has_common (const char *folded)
{
  for (guint i = 0; common[i] != NULL; i++)
    if (strstr (folded, common[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* A day of this or the last century: a birthday is the first thing that is tried. */
static gboolean
is_day (const char *text)
{
  gsize length = strlen (text);

  return (length == 6 || length == 8) && strspn (text, "0123456789") == length;
}

/**
 * yeji_passphrase_judge:
 * @passphrase: UTF-8
 *
 * Estimates roughly, and rather too little than too much: who chose the words matters more than
 * their number, and that nobody can see.
 */
YejiPassphraseStrength
yeji_passphrase_judge (const char *passphrase)
{
  g_autofree char *folded = g_utf8_casefold (passphrase, -1);
  gboolean mixed;
  gunichar before = 0;
  double bits = 0;

  if (*passphrase == '\0')
    return YEJI_PASSPHRASE_NONE;
  mixed = is_mixed (passphrase);
  for (const char *at = passphrase; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      bits += is_expected (before, c) ? 1 : log2 (count_choices (c, mixed));
      before = c;
    }
  if (has_common (folded))
    bits -= 24;
  if (is_day (passphrase) || bits < FAIR_BITS)
    return YEJI_PASSPHRASE_WEAK;
  return bits < GOOD_BITS ? YEJI_PASSPHRASE_FAIR : YEJI_PASSPHRASE_GOOD;
}
