// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-recovery-code.h"

#include "yeji-secret.h"

#include <string.h>

#include <sodium.h>

/* Crockford's alphabet: no I, L, O and U, that are taken for 1, 0 and V. 26 characters are 130
 * bits; the last 4 are a sum, so that one mistyped code in a million is not told to be one. */
#define N_RANDOM 26
#define N_SUM    4
#define N_ALL    (N_RANDOM + N_SUM)
#define GROUP    5

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

G_DEFINE_QUARK (yeji-recovery-code-error-quark, yeji_recovery_code_error)

static void
append_sum (char *symbols)
{
  guint8 sum[crypto_generichash_BYTES_MIN];

  yeji_secret_init ();
  crypto_generichash (sum, sizeof sum, (const guint8 *) symbols, N_RANDOM, NULL, 0);
  for (guint i = 0; i < N_SUM; i++)
    symbols[N_RANDOM + i] = alphabet[sum[i] & 31];
}

/* In groups, as it is written down. */
static char *
format (const char *symbols)
{
  char *text = g_malloc (N_ALL + N_ALL / GROUP);
  char *end = text;

  for (guint i = 0; i < N_ALL; i++)
    {
      if (i > 0 && i % GROUP == 0)
        *end++ = '-';
      *end++ = symbols[i];
    }
  *end = '\0';
  return text;
}

/**
 * yeji_recovery_code_new:
 *
 * Returns: (transfer full): a random code to be written down, 6 groups of 5 characters; to be freed
 * with yeji_secret_wipe_text()
 */
char *
yeji_recovery_code_new (void)
{
  char symbols[N_ALL];
  char *text;

  yeji_secret_init ();
  for (guint i = 0; i < N_RANDOM; i++)
    symbols[i] = alphabet[randombytes_uniform (32)];
  append_sum (symbols);
  text = format (symbols);
  sodium_memzero (symbols, sizeof symbols);
  return text;
}

/* The character of the alphabet that was meant, 0 if there is none. */
static char
recognise (gunichar typed)
{
  char upper;

  if (typed >= 0x80)
    return 0;
  upper = g_ascii_toupper ((char) typed);
  if (upper == 'O')
    return '0';
  if (upper == 'I' || upper == 'L')
    return '1';
  return upper != '\0' && strchr (alphabet, upper) != NULL ? upper : 0;
}

static gboolean
is_between (gunichar typed)
{
  return g_unichar_isspace (typed) || typed == '-' || g_unichar_type (typed)
                                                      == G_UNICODE_DASH_PUNCTUATION;
}

/* A code as an input method may have made it: full width, small letters, other dashes. */
static gboolean
read_symbols (const char  *typed,
              char        *symbols,
              GError     **error)
{
  g_autoptr (YejiSecretText) plain = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  guint n = 0;

  for (const char *at = plain != NULL ? plain : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      char symbol = recognise (character);

      if (is_between (character))
        continue;
      if (symbol == 0)
        {
          g_set_error (error, YEJI_RECOVERY_CODE_ERROR, YEJI_RECOVERY_CODE_ERROR_CHARACTER,
                       "character %u is in no recovery code", n + 1);
          return FALSE;
        }
      if (n < N_ALL)
        symbols[n] = symbol;
      n++;
    }
  if (n == N_ALL)
    return TRUE;
  g_set_error (error, YEJI_RECOVERY_CODE_ERROR, YEJI_RECOVERY_CODE_ERROR_LENGTH,
               "a recovery code has %d characters, this one %u", N_ALL, n);
  return FALSE;
}

/**
 * yeji_recovery_code_read:
 * @typed: as typed: any case and width, with or without hyphens and blanks, O for 0, I or L for 1
 *
 * Reads a code.
 *
 * Returns: (transfer full) (nullable): the code as yeji_recovery_code_new() gave it, to be freed
 * with yeji_secret_wipe_text(); %NULL with an error of #YejiRecoveryCodeError
 */
char *
yeji_recovery_code_read (const char  *typed,
                         GError     **error)
{
  char symbols[N_ALL], right[N_ALL];
  char *text = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  if (!read_symbols (typed, symbols, error))
    return NULL;
  memcpy (right, symbols, sizeof right);
  append_sum (right);
  if (memcmp (symbols, right, sizeof right) == 0)
    text = format (symbols);
  else
    g_set_error_literal (error, YEJI_RECOVERY_CODE_ERROR, YEJI_RECOVERY_CODE_ERROR_TYPO,
                         "the recovery code was mistyped");
  sodium_memzero (symbols, sizeof symbols);
  sodium_memzero (right, sizeof right);
  return text;
}
