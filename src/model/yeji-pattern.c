// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-pattern"

#include "config.h"

#include "yeji-pattern.h"

#include <string.h>

/* What stands around an expression. The verbs bound what PCRE2 tries before it gives up, some
 * milliseconds and megabytes instead of a minute: an expression and the value that it is tried on
 * both come from strangers. */
static const char begin[] =
  "(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=50000)(*LIMIT_HEAP=16384)\\A(?:";
static const char end[] = ")\\z";

/**
 * yeji_pattern_new:
 * @expression: what a dictionary has
 *
 * Compiles an expression that a whole value must fit, for yeji_pattern_fits().
 *
 * Returns: (transfer full): the pattern, or %NULL with an error of #GRegexError
 */
GRegex *
yeji_pattern_new (const char  *expression,
                  GError     **error)
{
  g_autofree char *whole = NULL;
  g_autoptr (GRegex) alone = NULL;

  if (g_utf8_strlen (expression, -1) > YEJI_PATTERN_MAX_LENGTH)
    {
      g_set_error (error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE,
                   "a pattern of more than %d characters", YEJI_PATTERN_MAX_LENGTH);
      return NULL;
    }
  /* one that is none by itself, as "a)|(?:b", would break out of what is around it */
  alone = g_regex_new (expression, 0, 0, error);
  if (alone == NULL)
    return NULL;
  whole = g_strconcat (begin, expression, end, NULL);
  return g_regex_new (whole, G_REGEX_OPTIMIZE, 0, error);
}

/**
 * yeji_pattern_fits:
 * @pattern: one of yeji_pattern_new()
 * @value: UTF-8
 *
 * Returns: whether the whole value fits; not if that cannot be found out with a bounded effort
 */
gboolean
yeji_pattern_fits (GRegex     *pattern,
                   const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) slow = NULL;

  if (g_regex_match_full (pattern, value, -1, 0, 0, NULL, &error))
    return TRUE;
  if (error == NULL)
    return FALSE;
  /* the compiled code has a small stack: a long value exceeds it on quite harmless patterns */
  slow = g_regex_new (g_regex_get_pattern (pattern), 0, 0, NULL);
  return slow != NULL && g_regex_match (slow, value, 0, NULL);
}

/**
 * yeji_pattern_dup_expression:
 * @pattern: one of yeji_pattern_new()
 *
 * Returns: (transfer full): the expression that it was made of
 */
char *
yeji_pattern_dup_expression (GRegex *pattern)
{
  const char *whole = g_regex_get_pattern (pattern);
  gsize length = strlen (whole);

  g_return_val_if_fail (length >= strlen (begin) + strlen (end), NULL);

  return g_strndup (whole + strlen (begin), length - strlen (begin) - strlen (end));
}
