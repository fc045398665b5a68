// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Regular expressions that say of a text what the validator says of the value in it. They are
 * ECMA-262 with the u flag, and but for the texts the part of it that others read alike. */

#define G_LOG_DOMAIN "yeji-schema-pattern"

#include "config.h"

#include "yeji-schema-pattern.h"

#include <math.h>
#include <string.h>

/* Any digits, and any digits behind a point: for what another pattern has judged already. */
#define ANY_FRACTION "(?:\\.[0-9]+)?"
#define NO_FRACTION "(?:\\.0+)?"

/* What the kind `characters` refuses besides what is below U+0020: other control characters, what
 * changes the order of what is shown or cannot be seen, and what is no character. */
#define UNSEEN \
  "\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f" \
  "\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff\\u{e0000}-\\u{e0fff}" \
  "\\u{1fffe}\\u{1ffff}\\u{2fffe}\\u{2ffff}\\u{3fffe}\\u{3ffff}\\u{4fffe}\\u{4ffff}" \
  "\\u{5fffe}\\u{5ffff}\\u{6fffe}\\u{6ffff}\\u{7fffe}\\u{7ffff}\\u{8fffe}\\u{8ffff}" \
  "\\u{9fffe}\\u{9ffff}\\u{afffe}\\u{affff}\\u{bfffe}\\u{bffff}\\u{cfffe}\\u{cffff}" \
  "\\u{dfffe}\\u{dffff}\\u{efffe}\\u{effff}\\u{ffffe}\\u{fffff}\\u{10fffe}\\u{10ffff}"

/**
 * yeji_schema_pattern_text:
 * @lines: whether a line feed is a character of the text
 *
 * Returns: texts of characters that can be seen; alone here the braces of ECMA-262 are needed
 */
const char *
yeji_schema_pattern_text (gboolean lines)
{
  return lines ? "^[^\\u0000-\\u0009\\u000b-\\u001f" UNSEEN "]*$"
               : "^[^\\u0000-\\u001f" UNSEEN "]*$";
}

/**
 * yeji_schema_pattern_date:
 *
 * Returns: the days of the Gregorian calendar from the year 1 to 9999, YYYY-MM-DD
 */
const char *
yeji_schema_pattern_date (void)
{
  return "^(?:"
         "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-"
         "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
         "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
         "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
         "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])"
         "|(?:0[48]|[2468][048]|[13579][26])00)-02-29)$";
}

/* A bound as it is written: the digits before the point, and those behind it. */
typedef struct
{
  char *whole;                 /* "0" or without leading zeros */
  char *fraction;              /* without trailing zeros, may be "" */
} Decimal;

static void
decimal_clear (Decimal *self)
{
  g_free (self->whole);
  g_free (self->fraction);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decimal, decimal_clear)

/* The fewest decimals that read back as the same number. */
static Decimal
split (double magnitude)
{
  char text[400] = "";
  Decimal self;
  char *point;

  for (guint decimals = 0; decimals <= 17; decimals++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%uf", decimals);

      g_ascii_formatd (text, sizeof text, format, magnitude);
      if (g_ascii_strtod (text, NULL) == magnitude)
        break;
    }
  point = strchr (text, '.');
  self.fraction = g_strdup (point != NULL ? point + 1 : "");
  self.whole = g_strndup (text, point != NULL ? (gsize) (point - text) : strlen (text));
  return self;
}

static void
append_range (GString *out,
              char     first,
              char     last)
{
  g_string_append_printf (out, first == last ? "%c" : "[%c-%c]", first, last);
}

/* All digits that begin like @digits and differ at some place by a lesser (or greater) digit;
 * @tail says what may follow that place. Alternatives, each with a bar before it. */
static void
append_beside (GString    *out,
               const char *prefix,
               const char *digits,
               gboolean    less,
               gboolean    same_length,
               const char *tail)
{
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (digits[i] == (less ? '0' : '9'))
        continue;
      g_string_append_printf (out, "|%s%.*s", prefix, (int) i, digits);
      append_range (out, less ? '0' : digits[i] + 1, less ? digits[i] - 1 : '9');
      if (!same_length)
        g_string_append (out, "[0-9]*");
      else if (length - i - 1 > 0)
        g_string_append_printf (out, "[0-9]{%u}", (guint) (length - i - 1));
      g_string_append (out, tail);
    }
}

/* Numbers without a sign that are not greater. Alternatives, each with a bar before it. */
static void
append_at_most (GString       *out,
                const Decimal *bound)
{
  g_autofree char *same = g_strdup_printf ("0*%s\\.", bound->whole);
  gsize length = strlen (bound->whole);

  if (length > 1)
    g_string_append_printf (out, "|0*[0-9]{1,%u}" ANY_FRACTION, (guint) (length - 1));
  append_beside (out, "0*", bound->whole, TRUE, TRUE, ANY_FRACTION);
  append_beside (out, same, bound->fraction, TRUE, FALSE, "");
  g_string_append_printf (out, "|0*%s" NO_FRACTION, bound->whole);
  for (gsize i = 1; i <= strlen (bound->fraction); i++)
    g_string_append_printf (out, "|%s%.*s0*", same, (int) i, bound->fraction);
}

/* Numbers without a sign that are not less. Alternatives, each with a bar before it. */
static void
append_at_least (GString       *out,
                 const Decimal *bound)
{
  g_autofree char *same = g_strdup_printf ("0*%s\\.", bound->whole);

  g_string_append_printf (out, "|0*[1-9][0-9]{%u,}" ANY_FRACTION, (guint) strlen (bound->whole));
  append_beside (out, "0*", bound->whole, FALSE, TRUE, ANY_FRACTION);
  append_beside (out, same, bound->fraction, FALSE, FALSE, "");
  if (*bound->fraction != '\0')
    g_string_append_printf (out, "|%s%s[0-9]*", same, bound->fraction);
  else
    g_string_append_printf (out, "|0*%s" ANY_FRACTION, bound->whole);
}

static char *
enclose (GString *alternatives)
{
  return g_strdup_printf ("^(?:%s)$", alternatives->str + 1);
}

static char *
make_lower (double min)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) magnitudes = g_string_new (NULL);
  g_auto (Decimal) bound = split (fabs (min));

  if (min > 0)
    {
      append_at_least (out, &bound);
      return enclose (out);
    }
  append_at_most (magnitudes, &bound);
  g_string_append_printf (out, "|[0-9.]+|-(?:%s)", magnitudes->str + 1);
  return enclose (out);
}

static char *
make_upper (double max)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) magnitudes = g_string_new (NULL);
  g_auto (Decimal) bound = split (fabs (max));

  if (max >= 0)
    {
      append_at_most (out, &bound);
      g_string_append (out, "|-[0-9.]+");
      return enclose (out);
    }
  append_at_least (magnitudes, &bound);
  g_string_append_printf (out, "|-(?:%s)", magnitudes->str + 1);
  return enclose (out);
}

/**
 * yeji_schema_patterns_number:
 * @precision: digits in all
 * @scale: decimals among them
 * @min: the least number, -INFINITY where there is none
 * @max: the greatest number, INFINITY where there is none
 *
 * A number is digits, maybe with a minus sign before and a point with digits behind. Zeros at the
 * front and at the end count for nothing; a digit is before the point always. Minus zero is zero.
 *
 * Returns: (transfer full) (element-type utf8): patterns that all must match
 */
GPtrArray *
yeji_schema_patterns_number (guint  precision,
                             guint  scale,
                             double min,
                             double max)
{
  GPtrArray *patterns = g_ptr_array_new_with_free_func (g_free);
  guint whole = precision > scale ? precision - scale : 0;
  g_autofree char *fraction = scale > 0 ? g_strdup_printf ("(?:\\.[0-9]{1,%u}0*)?", scale)
                                        : g_strdup (NO_FRACTION);

  if (whole == 0)   /* the digit before the point is one too many */
    {
      g_ptr_array_add (patterns, g_strdup ("^[0-9]$"));
      g_ptr_array_add (patterns, g_strdup ("^[^0-9]$"));
    }
  else if (min == 0)
    g_ptr_array_add (patterns, g_strdup_printf ("^(?:0*[0-9]{1,%u}%s|-0+" NO_FRACTION ")$", whole,
                                                fraction));
  else
    g_ptr_array_add (patterns, g_strdup_printf ("^-?0*[0-9]{1,%u}%s$", whole, fraction));
  if (isfinite (min) && min != 0)
    g_ptr_array_add (patterns, make_lower (min));
  if (isfinite (max))
    g_ptr_array_add (patterns, make_upper (max));
  return patterns;
}

/**
 * yeji_schema_pattern_format:
 * @pattern: a format's expression as the dictionary has it, without anchors
 *
 * Returns: (transfer full): the same, anchored at both ends
 */
char *
yeji_schema_pattern_format (const char *pattern)
{
  return g_strdup_printf ("^(?:%s)$", pattern);
}

/* What may follow a backslash: a character that means itself, or the ASCII digits. \w and \b differ
 * where one side knows Unicode, \s always; an escaped hyphen is ECMA-262 inside a class alone. */
static gboolean
is_portable_escape (char     character,
                    gboolean in_class)
{
  return character != '\0'
         && (strchr ("^$\\.*+?()[]{}|/dtnr", character) != NULL || (in_class && character == '-'));
}

/* `{n}`, `{n,}` or `{n,m}`: PCRE takes other braces as they are, ECMA-262 refuses them. */
static const char *
skip_repeat (const char *at)
{
  gsize digits = strspn (at + 1, "0123456789");
  const char *end = at + 1 + digits;

  if (digits == 0)
    return NULL;
  if (*end == ',')
    end += 1 + strspn (end + 1, "0123456789");
  return *end == '}' ? end : NULL;
}

/* @at is the opening bracket. POSIX classes and brackets that are not escaped are read differently,
 * and so is a class that begins with its closing bracket. */
static const char *
skip_class (const char *at)
{
  at += at[1] == '^' ? 2 : 1;
  if (*at == ']')
    return NULL;
  for (; *at != '\0' && *at != ']'; at++)
    {
      if (*at == '[')
        return NULL;
      if (*at == '\\' && !is_portable_escape (*++at, TRUE))
        return NULL;
    }
  return *at == ']' ? at : NULL;
}

/**
 * yeji_schema_pattern_is_portable:
 * @pattern: an expression that PCRE takes
 *
 * Judges carefully: what is not known to mean the same in ECMA-262 (with the u flag) is refused.
 *
 * Returns: whether @pattern means the same in both
 */
gboolean
yeji_schema_pattern_is_portable (const char *pattern)
{
  /* what a quantifier would follow: something, a quantifier, or nothing that can be repeated */
  enum { ATOM, REPEATED, NOTHING } before = NOTHING;

  for (const char *at = pattern; at != NULL && *at != '\0'; at++)
    {
      if (strchr ("*+?{", *at) != NULL)
        {
          /* the question mark makes it lazy on both sides; a plus is possessive in PCRE alone */
          if (before == NOTHING || (before == REPEATED && *at != '?'))
            return FALSE;
          before = before == ATOM ? REPEATED : NOTHING;
          at = *at == '{' ? skip_repeat (at) : at;
        }
      else if (*at == '(' || *at == '|')
        {
          before = NOTHING;
          if (*at == '(' && (at[1] == '?' || at[1] == '*'))
            at = at[1] == '?' && at[2] == ':' ? at + 2 : NULL;
        }
      else
        {
          before = ATOM;
          if (*at == '\\')
            at = is_portable_escape (at[1], FALSE) ? at + 1 : NULL;
          else if (*at == '[')
            at = skip_class (at);
          else if (strchr (".^$]}", *at) != NULL)
            return FALSE;   /* ends of lines differ, and brackets are to be escaped */
        }
      if (at == NULL)
        return FALSE;
    }
  return TRUE;
}
