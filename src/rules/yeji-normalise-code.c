// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Codes by name, by part of a name, by initials, and those that took the place of retired ones. */

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normalise-private.h"

#include <string.h>

/* Where more names than this hold a text, it says too little. */
#define MAX_PARTS 3

/* Of a tree of codes: as deep as the areas, and a bound for a list whose parents loop. */
#define MAX_DEPTH 4

/* Of initials that stand for the beginning of a name. */
#define MIN_INITIALS 3

/* Goes on to what has taken the place of a retired code; a list may say so in a ring. */
static const YejiCode *
find_successor (const YejiOffer *offer,
                const YejiCode  *code)
{
  for (guint i = 0; code->replaced_by != NULL && i < offer->names->len; i++)
    code = yeji_code_list_find (offer->field->codes, code->replaced_by);
  return code;
}

static void
add_code (YejiOffer      *offer,
          const YejiCode *code,
          const char     *reason)
{
  const YejiCode *successor = find_successor (offer, code);

  yeji_offer_add (offer, successor->code, successor != code ? YEJI_REASON_RETIRED : reason);
}

/* Current names come first: a retired one may have the same name. */
typedef gboolean (*Fits) (const YejiOffer    *offer,
                          const YejiCodeName *name,
                          const char         *key);

static guint
add_fitting (YejiOffer  *offer,
             const char *key,
             Fits        fits,
             const char *reason,
             guint       max)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < offer->names->len; i++)
      {
        const YejiCodeName *name = g_ptr_array_index (offer->names, i);
        gboolean current = name->code->status == YEJI_CODE_CURRENT;

        if (current == (pass == 0) && fits (offer, name, key))
          g_ptr_array_add (found, (gpointer) name->code);
      }
  for (guint i = 0; found->len <= max && i < found->len; i++)
    add_code (offer, g_ptr_array_index (found, i), reason);
  return found->len;
}

static const char * const *
get_suffixes (const YejiOffer *offer)
{
  static const char * const none[] = { NULL };
  const YejiCodeWords *words = yeji_normalisation_find_codes (offer->normalisation,
                                                              offer->field->codes);

  return words != NULL ? (const char * const *) words->suffixes : none;
}

/* Whether `key` is `name`, or `name` without one of the endings that people leave out. */
static gboolean
is_name (const YejiOffer *offer,
         const char      *name,
         const char      *key)
{
  const char * const *suffix = get_suffixes (offer);

  if (g_str_equal (name, key))
    return TRUE;
  if (!g_str_has_prefix (name, key) || g_utf8_strlen (key, -1) < 2)
    return FALSE;
  for (; *suffix != NULL; suffix++)
    if (g_str_equal (name + strlen (key), *suffix))
      return TRUE;
  return FALSE;
}

static const YejiCodeName *
find_name (const YejiOffer *offer,
           const char      *code)
{
  for (guint i = 0; code != NULL && i < offer->names->len; i++)
    {
      const YejiCodeName *name = g_ptr_array_index (offer->names, i);

      if (g_str_equal (name->code->code, code))
        return name;
    }
  return NULL;
}

static gboolean
fits_name (const YejiOffer    *offer,
           const YejiCodeName *name,
           const char         *key)
{
  return g_str_equal (name->folded, key);
}

static gboolean
fits_short_name (const YejiOffer    *offer,
                 const YejiCodeName *name,
                 const char         *key)
{
  return is_name (offer, name->folded, key);
}

/* Whether `key` ends in the name, and what is before it is the name of a parent or ends in one:
 * 吉林省长春市朝阳区, 吉林省朝阳区, 长春朝阳. */
static gboolean
fits_below (const YejiOffer    *offer,
            const YejiCodeName *name,
            const char         *key,
            guint               depth)
{
  for (const char *c = key + strlen (key); depth < MAX_DEPTH && c > key;)
    {
      const YejiCodeName *parent = find_name (offer, name->code->parent);
      g_autofree char *before = NULL;

      c = g_utf8_prev_char (c);
      if (c == key || !is_name (offer, name->folded, c))
        continue;
      before = g_strndup (key, (gsize) (c - key));
      for (guint i = depth; parent != NULL && i < MAX_DEPTH; i++)
        {
          if (is_name (offer, parent->folded, before)
              || fits_below (offer, parent, before, i + 1))
            return TRUE;
          parent = find_name (offer, parent->code->parent);
        }
    }
  return FALSE;
}

static gboolean
fits_path (const YejiOffer    *offer,
           const YejiCodeName *name,
           const char         *key)
{
  return fits_below (offer, name, key, 0);
}

static gboolean
fits_beginning (const YejiOffer    *offer,
                const YejiCodeName *name,
                const char         *key)
{
  return name->code->status == YEJI_CODE_CURRENT && g_str_has_prefix (name->folded, key);
}

static gboolean
fits_part (const YejiOffer    *offer,
           const YejiCodeName *name,
           const char         *key)
{
  return name->code->status == YEJI_CODE_CURRENT && strstr (name->folded, key) != NULL;
}

static gboolean
fits_initials (const YejiOffer    *offer,
               const YejiCodeName *name,
               const char         *key)
{
  return name->code->status == YEJI_CODE_CURRENT
         && (g_str_equal (name->initials, key) || g_strcmp0 (name->usual_initials, key) == 0);
}

static gboolean
fits_first_initials (const YejiOffer    *offer,
                     const YejiCodeName *name,
                     const char         *key)
{
  return name->code->status == YEJI_CODE_CURRENT
         && (g_str_has_prefix (name->initials, key)
             || (name->usual_initials != NULL && g_str_has_prefix (name->usual_initials, key)));
}

static const YejiCode *
find_code (const YejiOffer *offer,
           const char      *text,
           gsize            length)
{
  g_autofree char *exact = g_strndup (text, length);
  g_autofree char *upper = g_ascii_strup (exact, -1);
  const YejiCode *code = yeji_code_list_find (offer->field->codes, exact);

  return code != NULL ? code : yeji_code_list_find (offer->field->codes, upper);
}

/* What may stand between a code and its name. */
static gboolean
is_separator (const char *text)
{
  return *text != '\0' && g_utf8_strchr ("-:.,、", -1, g_utf8_get_char (text)) != NULL;
}

/* A code before or behind its name, as lists and other programs show it: 301-施工总包. Both must
 * agree. */
static gboolean
offer_code_with_name (YejiOffer  *offer,
                      const char *key)
{
  gsize length = strlen (key), ascii = 0, behind = length;

  while (ascii < length && g_ascii_isalnum (key[ascii]))
    ascii++;
  while (behind > 0 && g_ascii_isalnum (key[behind - 1]))
    behind--;
  for (gsize n = ascii; n > 0 && n < length; n--)
    {
      const YejiCode *code = find_code (offer, key, n);
      const YejiCodeName *name = code != NULL ? find_name (offer, code->code) : NULL;
      const char *rest = key + n;

      while (is_separator (rest))
        rest = g_utf8_next_char (rest);
      if (name == NULL || *rest == '\0' || !is_name (offer, name->folded, rest))
        continue;
      add_code (offer, code, YEJI_REASON_CODE);
      return TRUE;
    }
  for (gsize start = behind; start > 0 && start < length; start++)
    {
      const YejiCode *code = find_code (offer, key + start, length - start);
      const YejiCodeName *name = code != NULL ? find_name (offer, code->code) : NULL;
      g_autofree char *rest = g_strndup (key, start);

      while (*rest != '\0' && is_separator (g_utf8_prev_char (rest + strlen (rest))))
        *g_utf8_prev_char (rest + strlen (rest)) = '\0';
      if (name == NULL || *rest == '\0' || !is_name (offer, name->folded, rest))
        continue;
      add_code (offer, code, YEJI_REASON_CODE);
      return TRUE;
    }
  return FALSE;
}

static gboolean
offer_word (YejiOffer  *offer,
            const char *key)
{
  const YejiCodeWords *words = yeji_normalisation_find_codes (offer->normalisation,
                                                              offer->field->codes);
  const char *code = words != NULL ? g_hash_table_lookup (words->words, key) : NULL;
  const char *successor = words != NULL ? g_hash_table_lookup (words->retired, key) : NULL;

  if (code != NULL)
    yeji_offer_add (offer, code, YEJI_REASON_WORD);
  else if (successor != NULL)
    yeji_offer_add (offer, successor, YEJI_REASON_RETIRED);
  return code != NULL || successor != NULL;
}

/* 八道江 for 八道江区. Of a name that is also one of today's, today's comes first. */
static void
offer_former_name (YejiOffer  *offer,
                   const char *key)
{
  const YejiCodeWords *words = yeji_normalisation_find_codes (offer->normalisation,
                                                              offer->field->codes);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer former, code;

  if (words == NULL)
    return;
  g_hash_table_iter_init (&iter, words->retired);
  while (g_hash_table_iter_next (&iter, &former, &code))
    if (is_name (offer, former, key))
      g_ptr_array_add (codes, code);
  if (codes->len == 1)
    yeji_offer_add (offer, g_ptr_array_index (codes, 0), YEJI_REASON_RETIRED);
}

/* A spreadsheet takes 003 for the number 3, and writes 301 as 301.0. */
static gboolean
offer_code_as_number (YejiOffer  *offer,
                      const char *key)
{
  gsize digits = strspn (key, "0123456789");
  const char *significant = key + strspn (key, "0");
  const YejiCode *only = NULL;

  if (digits == 0 || (key[digits] != '\0' && strcmp (key + digits, ".0") != 0))
    return FALSE;
  for (guint i = 0; i < offer->names->len; i++)
    {
      const YejiCodeName *name = g_ptr_array_index (offer->names, i);
      const char *code = name->code->code;
      gsize length = digits - (gsize) (significant - key);

      code += strspn (code, "0");
      if (strlen (code) != length || strncmp (code, significant, length) != 0)
        continue;
      if (only != NULL)
        return FALSE;
      only = name->code;
    }
  if (only != NULL)
    add_code (offer, only, YEJI_REASON_CODE);
  return only != NULL;
}

static gboolean
offer_initials (YejiOffer  *offer,
                const char *key)
{
  gsize length = strlen (key);

  if (length < 2 || strspn (key, G_CSET_a_2_z G_CSET_DIGITS) != length || g_ascii_isdigit (*key))
    return FALSE;
  return add_fitting (offer, key, fits_initials, YEJI_REASON_INITIALS, G_MAXUINT) > 0
         || (length >= MIN_INITIALS
             && add_fitting (offer, key, fits_first_initials, YEJI_REASON_INITIALS, MAX_PARTS) > 0);
}

/**
 * yeji_offer_code:
 *
 * Offers for a code: the first of the ways below that finds any.
 */
void
yeji_offer_code (YejiOffer *offer)
{
  g_autofree char *key = yeji_make_key (offer->folded);
  const YejiCode *code = find_code (offer, key, strlen (key));

  if (code != NULL)
    {
      const char *reason = YEJI_REASON_CODE;

      if (offer->folding != NULL && g_str_equal (code->code, offer->folded))
        reason = offer->folding;
      else if (g_ascii_strcasecmp (code->code, offer->folded) == 0)
        reason = YEJI_REASON_CASE;
      add_code (offer, code, reason);
      return;
    }
  if (add_fitting (offer, key, fits_name, YEJI_REASON_CODE_NAME, G_MAXUINT) > 0
      || offer_word (offer, key)
      || offer_code_with_name (offer, key)
      || offer_code_as_number (offer, key))
    return;
  if (add_fitting (offer, key, fits_short_name, YEJI_REASON_CODE_NAME, MAX_PARTS) > 0
      || add_fitting (offer, key, fits_path, YEJI_REASON_CODE_NAME, MAX_PARTS) > 0)
    return;
  offer_former_name (offer, key);
  if (offer->found->len > 0 || offer_initials (offer, key) || g_utf8_strlen (key, -1) < 2
      || g_ascii_isdigit (*key))
    return;
  if (add_fitting (offer, key, fits_beginning, YEJI_REASON_CODE_NAME, MAX_PARTS) == 0)
    add_fitting (offer, key, fits_part, YEJI_REASON_CODE_NAME, MAX_PARTS);
}
