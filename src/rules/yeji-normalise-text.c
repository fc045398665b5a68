// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Width, blanks, brackets, and texts that have a format. */

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normalise-private.h"

#include <string.h>

#include "yeji-pattern.h"

/* Characters that stand for another one in a number, a code or a date; in Chinese prose they are
 * what they are. */
static const struct
{
  const char *characters;
  gunichar meant;
} stand_ins[] = {
  { "‐‑‒–—―−─━﹣ー", '-' },
  { "￥", 0xa5 },
  { "，﹐", ',' },
  { "‘’＇′", '\'' },
  { "“”＂″", '"' },
};

static const char opening[] = "([（［〔【〖{｛﹝「『";
static const char closing[] = ")]）］〕】〗}｝﹞」』";

static gboolean
is_one_of (const char *characters,
           gunichar    character)
{
  return character < 0x80 ? strchr (characters, (int) character) != NULL
                          : g_utf8_strchr (characters, -1, character) != NULL;
}

/* Characters that nobody sees: they come with a copy from a page or a PDF. */
static gboolean
is_invisible (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_FORMAT
         || (type == G_UNICODE_CONTROL && strchr ("\n\t\r", (int) character) == NULL)
         || (type == G_UNICODE_UNASSIGNED
             && ((character & 0xfffe) == 0xfffe || (character >= 0x2060 && character <= 0x206f)
                 || (character >= 0xfdd0 && character <= 0xfdef)))
         || (character >= 0xe0000 && character <= 0xe0fff);
}

static gboolean
is_blank (gunichar character)
{
  return g_unichar_isspace (character);
}

static gunichar
narrow (gunichar character)
{
  if (character >= 0xff01 && character <= 0xff5e)
    return character - 0xff01 + '!';
  for (guint i = 0; i < G_N_ELEMENTS (stand_ins); i++)
    if (character >= 0x80 && g_utf8_strchr (stand_ins[i].characters, -1, character) != NULL)
      return stand_ins[i].meant;
  return character;
}

/* The bytes that a text begins with of which folding leaves every one alone: what is printed of
 * ASCII, and the ideographs from U+4E00 to U+9FBF. Most texts are nothing else. */
static gsize
count_plain (const char *text)
{
  const char *c = text;

  while (TRUE)
    if (*c > ' ' && *c < 0x7f)
      c++;
    else if ((guchar) *c == 0xe4 ? (guchar) c[1] >= 0xb8
             : (guchar) *c >= 0xe5 && ((guchar) *c < 0xe9 || ((guchar) *c == 0xe9
                                                              && (guchar) c[1] < 0xbf)))
      c += 3;
    else
      return (gsize) (c - text);
}

/**
 * yeji_fold:
 * @reason: (out) (optional) (nullable): the reason if the result is another text
 *
 * Makes full width characters half width, every blank an ordinary one, dashes hyphens, and drops
 * blanks at the ends and invisible characters.
 *
 * Returns: (transfer full): the text of a number, code or date
 */
char *
yeji_fold (const char  *text,
           const char **reason)
{
  GString *folded = g_string_sized_new (strlen (text) + 1);
  gsize plain = count_plain (text);
  gboolean narrowed = FALSE;

  g_string_append_len (folded, text, (gssize) plain);
  for (const char *c = text + plain; *c != '\0'; c = g_utf8_next_char (c) + plain)
    {
      gunichar character = g_utf8_get_char (c);
      gunichar half = is_blank (character) ? ' ' : narrow (character);

      plain = count_plain (g_utf8_next_char (c));
      if (!is_invisible (character))
        {
          narrowed = narrowed || (half != character && half != ' ');
          g_string_append_unichar (folded, half);
        }
      g_string_append_len (folded, g_utf8_next_char (c), (gssize) plain);
    }
  g_strstrip (folded->str);
  if (reason != NULL && g_str_equal (folded->str, text))
    *reason = NULL;
  else if (reason != NULL)
    *reason = narrowed ? YEJI_REASON_WIDTH : YEJI_REASON_BLANKS;
  return g_string_free (folded, FALSE);
}

/* What of a text is blanks, or blanks and hyphens; it stays as it is otherwise. */
static char *
drop_blanks (const char *text,
             gboolean    hyphens_too)
{
  char *rest = g_malloc (strlen (text) + 1);
  char *end = rest;

  for (const char *c = text; *c != '\0'; c++)
    if (*c != ' ' && !(hyphens_too && *c == '-'))
      *end++ = *c;
  *end = '\0';
  return rest;
}

/* The key of a text that is plain. */
static char *
make_plain_key (const char *text)
{
  char *key = g_malloc (strlen (text) + 1);
  char *end = key;

  for (const char *c = text; *c != '\0'; c++)
    switch (*c)
      {
      case '(': case ')': case '[': case ']': case '{': case '}':
        break;
      default:
        *end++ = g_ascii_tolower (*c);
      }
  *end = '\0';
  return key;
}

/**
 * yeji_make_key:
 * @folded: of yeji_fold()
 *
 * Returns: (transfer full): what yeji_fold_key() gives
 */
char *
yeji_make_key (const char *folded)
{
  g_autofree char *small = NULL;
  g_autoptr (GString) key = NULL;

  if (folded[count_plain (folded)] == '\0')
    return make_plain_key (folded);
  key = g_string_sized_new (strlen (folded));
  small = g_utf8_strdown (folded, -1);
  for (const char *c = small; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == ' ' || is_one_of (opening, character) || is_one_of (closing, character))
        continue;
      g_string_append_unichar (key, character);
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/**
 * yeji_fold_key:
 *
 * Returns: (transfer full): what two texts that mean the same name or word have in common: width,
 * case, blanks, hyphens inside words and the kind of brackets do not count
 */
char *
yeji_fold_key (const char *text)
{
  g_autofree char *folded = yeji_fold (text, NULL);

  return yeji_make_key (folded);
}

/**
 * yeji_is_empty_word:
 * @key: from yeji_fold_key()
 *
 * Returns: whether it is one of the words that receivers or clerks write for nothing
 */
gboolean
yeji_is_empty_word (const YejiOffer *offer,
                    const char      *key)
{
  /* nothing is left of blanks and of empty brackets */
  return *key == '\0' || yeji_dictionary_is_empty_value (offer->dictionary, key)
         || g_hash_table_contains (offer->empty_words, key);
}

/* Numbers on papers: one kind of bracket, one kind of dash, no blanks but between words. */
static char *
mend_paper_number (const char  *text,
                   const char **reason)
{
  g_autofree char *folded = yeji_fold (text, reason);
  g_autoptr (GString) mended = g_string_new (NULL);
  gboolean open = FALSE;
  gunichar before = 0;

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      gboolean opens = is_one_of (opening, character);
      gboolean closes = is_one_of (closing, character);

      if ((opens && open) || (closes && !open))
        return NULL;                                           /* who knows what was meant */
      open = (open || opens) && !closes;
      if (opens || closes)
        {
          gunichar meant = opens ? '[' : ']';

          if (meant != character)
            *reason = YEJI_REASON_BRACKETS;
          character = meant;
        }
      if (character == ' ')
        {
          const char *next = c;

          while (*next == ' ')
            next++;
          if (!(before < 0x80 && g_ascii_isalpha ((char) before) && g_ascii_isalpha (*next)))
            {
              if (*reason == NULL)
                *reason = YEJI_REASON_BLANKS;
              continue;
            }
          if (before == ' ')
            continue;
        }
      g_string_append_unichar (mended, character);
      before = character;
    }
  return open ? NULL : g_string_free (g_steal_pointer (&mended), FALSE);
}

/* Prose keeps its punctuation and the blanks inside; only what never belongs there goes. */
static char *
mend_prose (const char  *text,
            gboolean     lines,
            const char **reason)
{
  GString *mended = g_string_new (NULL);
  gboolean narrowed = FALSE;
  char *first;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      gunichar half = character >= 0xff10 ? narrow (character) : character;

      if (is_invisible (character) || character == '\r')
        continue;
      if (character == '\t' || character == 0x2028 || character == 0x2029
          || (character == '\n' && !lines))
        half = ' ';
      else if (half >= 0x80 || !g_ascii_isalnum ((char) half))
        half = character;
      narrowed = narrowed || (half != character && half != ' ');
      g_string_append_unichar (mended, half);
    }
  while (mended->len > 0)
    {
      const char *last = g_utf8_prev_char (mended->str + mended->len);

      if (!is_blank (g_utf8_get_char (last)))
        break;
      g_string_truncate (mended, (gsize) (last - mended->str));
    }
  for (first = mended->str; *first != '\0' && is_blank (g_utf8_get_char (first));)
    first = g_utf8_next_char (first);
  g_string_erase (mended, 0, first - mended->str);
  *reason = narrowed ? YEJI_REASON_WIDTH : YEJI_REASON_BLANKS;
  return g_string_free (mended, FALSE);
}

static void
offer_prose (YejiOffer *offer)
{
  const char *reason;
  g_autofree char *mended = NULL;

  if (offer->text[count_plain (offer->text)] == '\0')
    return;                                                    /* nothing of it would be mended */
  mended = mend_prose (offer->text, offer->field->kind == YEJI_FIELD_LONG_TEXT, &reason);
  yeji_offer_add (offer, mended, reason);
}

static void
offer_paper_number (YejiOffer *offer)
{
  const char *reason = NULL;
  g_autofree char *mended = NULL;

  if (offer->text[count_plain (offer->text)] == '\0' && strpbrk (offer->text, "()[]{}") == NULL)
    return;                                                    /* nothing of it would be mended */
  mended = mend_paper_number (offer->text, &reason);
  if (mended != NULL && reason != NULL)
    yeji_offer_add (offer, mended, reason);
  else if (mended == NULL)
    offer_prose (offer);
}

static gboolean
has_proof (YejiOffer  *offer,
           const char *value)
{
  if (offer->format != NULL && !yeji_format_accepts (offer->format, value))
    return FALSE;
  for (guint i = 0; i < offer->way->proof->len; i++)
    if (!yeji_format_accepts (g_ptr_array_index (offer->way->proof, i), value))
      return FALSE;
  return TRUE;
}

/* Puts digits for the letters that look like them. */
static char *
replace_look_alikes (YejiOffer  *offer,
                     const char *value)
{
  GString *replaced = g_string_new (NULL);

  for (; *value != '\0'; value++)
    {
      const char letter[] = { *value, '\0' };
      const char *digit = g_hash_table_lookup (offer->normalisation->look_alikes, letter);

      g_string_append_c (replaced, digit != NULL ? *digit : *value);
    }
  return g_string_free (replaced, FALSE);
}

/* Offers what fits, and says whether there is no need to look further. */
static gboolean
try_letters (YejiOffer  *offer,
             const char *value,
             const char *reason,
             gboolean    proven)
{
  gboolean fits = proven ? has_proof (offer, value)
                         : offer->format != NULL && yeji_format_accepts (offer->format, value);

  if (fits)
    yeji_offer_add (offer, value, reason);
  return fits;
}

/* Capitals and digits alone. */
static gboolean
is_compact (const char *text)
{
  while (g_ascii_isupper (*text) || g_ascii_isdigit (*text))
    text++;
  return *text == '\0';
}

/* And with single hyphens between them. */
static gboolean
is_hyphened (const char *text)
{
  const char *c = text;

  for (; *c != '\0'; c++)
    if (!g_ascii_isupper (*c) && !g_ascii_isdigit (*c)
        && (*c != '-' || c == text || c[-1] == '-' || c[1] == '\0'))
      return FALSE;
  return TRUE;
}

/* Letters and digits with a check digit. What the check digit proves comes before what merely has
 * the right shape, so that an offer is never followed by a better one. */
static void
look_for_letters (YejiOffer *offer)
{
  g_autofree char *upper = g_ascii_strup (offer->folded, -1);
  g_autofree char *hyphened = drop_blanks (upper, FALSE);
  g_autofree char *compact = drop_blanks (upper, TRUE);
  g_autofree char *hyphened_digits = replace_look_alikes (offer, hyphened);
  g_autofree char *compact_digits = replace_look_alikes (offer, compact);
  const char *reason = offer->folding;

  if (g_strcmp0 (reason, YEJI_REASON_WIDTH) != 0 && !g_str_equal (hyphened, upper))
    reason = YEJI_REASON_BLANKS;
  else if (reason == NULL)
    reason = YEJI_REASON_CASE;
  if (try_letters (offer, hyphened, reason, TRUE)
      || try_letters (offer, compact, YEJI_REASON_BLANKS, TRUE)
      || try_letters (offer, hyphened_digits, YEJI_REASON_CHECK_DIGIT, TRUE)
      || try_letters (offer, compact_digits, YEJI_REASON_CHECK_DIGIT, TRUE)
      || try_letters (offer, hyphened, reason, FALSE)
      || try_letters (offer, compact, YEJI_REASON_BLANKS, FALSE))
    return;
  if (offer->format == NULL && offer->folding != NULL)         /* a passport, say */
    yeji_offer_add (offer, offer->folded, offer->folding);
}

static void
offer_letters (YejiOffer *offer)
{
  if (!is_compact (offer->text) || !has_proof (offer, offer->text))
    look_for_letters (offer);
}

static void
offer_digits (YejiOffer *offer)
{
  g_autofree char *compact = drop_blanks (offer->folded, TRUE);

  yeji_offer_add (offer, compact, offer->folding != NULL ? offer->folding : YEJI_REASON_BLANKS);
}

/* Groups with hyphens between. */
static void
join_groups (YejiOffer *offer)
{
  g_autofree char *upper = g_ascii_strup (offer->folded, -1);
  g_autofree char *compact = drop_blanks (upper, FALSE);
  g_auto (GStrv) groups = g_strsplit_set (upper, " _-/.", -1);
  g_autoptr (GString) joined = g_string_new (NULL);
  const char *reason = offer->folding;

  for (guint i = 0; groups[i] != NULL; i++)
    if (*groups[i] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "-" : "", groups[i]);
  if (reason == NULL)
    reason = !g_str_equal (compact, upper) ? YEJI_REASON_BLANKS : YEJI_REASON_CASE;
  if (yeji_offer_accepts (offer, compact))
    yeji_offer_add (offer, compact, reason);
  else
    yeji_offer_add (offer, joined->str, YEJI_REASON_SEPARATOR);
}

static void
offer_hyphens (YejiOffer *offer)
{
  if (!is_hyphened (offer->text))
    join_groups (offer);
}

static gboolean
is_phone (YejiOffer  *offer,
          const char *text)
{
  for (guint i = 0; i < offer->normalisation->phones->len; i++)
    if (yeji_pattern_fits (g_ptr_array_index (offer->normalisation->phones, i), text))
      return TRUE;
  return FALSE;
}

static gboolean
try_phone (YejiOffer  *offer,
           const char *text)
{
  g_auto (GStrv) groups = g_strsplit_set (text, " -()", -1);
  g_autoptr (GString) compact = g_string_new (NULL);
  g_autoptr (GString) area = g_string_new (NULL);
  g_autoptr (GString) joined = g_string_new (NULL);
  const char *candidates[3];
  guint n_groups = 0;

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (*groups[i] == '\0')
        continue;
      g_string_append (compact, groups[i]);
      g_string_append_printf (area, "%s%s", n_groups == 1 ? "-" : "", groups[i]);
      g_string_append_printf (joined, "%s%s", n_groups > 0 ? "-" : "", groups[i]);
      n_groups++;
    }
  candidates[0] = compact->str;
  candidates[1] = area->str;
  candidates[2] = joined->str;
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (is_phone (offer, candidates[i]))
      {
        yeji_offer_add (offer, candidates[i], YEJI_REASON_PHONE);
        return TRUE;
      }
  return FALSE;
}

static void
offer_phone (YejiOffer *offer)
{
  const char * const *country = (const char * const *) offer->normalisation->country_codes;

  if (is_phone (offer, offer->text) || try_phone (offer, offer->folded))
    return;
  for (; *country != NULL; country++)
    if (g_str_has_prefix (offer->folded, *country)
        && try_phone (offer, offer->folded + strlen (*country)))
      return;
  if (offer->folding != NULL)
    yeji_offer_add (offer, offer->folded, offer->folding);
}

/**
 * yeji_offer_text:
 *
 * Offers for a text or a link, after the way of its format.
 */
void
yeji_offer_text (YejiOffer *offer)
{
  static void (* const ways[N_YEJI_WAYS]) (YejiOffer *) = {
    [YEJI_WAY_PROSE] = offer_prose,
    [YEJI_WAY_DIGITS] = offer_digits,
    [YEJI_WAY_LETTERS] = offer_letters,
    [YEJI_WAY_HYPHENS] = offer_hyphens,
    [YEJI_WAY_PAPER] = offer_paper_number,
    [YEJI_WAY_PHONE] = offer_phone,
  };

  /* a masked number is no number, whatever is done to it */
  if (offer->field->personal != YEJI_PERSONAL_NO && strpbrk (offer->folded, "*") != NULL)
    return;
  ways[offer->way != NULL ? offer->way->way : YEJI_WAY_PROSE] (offer);
}
