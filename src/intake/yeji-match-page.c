// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-page.h"

#include "yeji-match.h"

#include <string.h>

/* What a file's name is for the eye: normalised, but with its punctuation. */
typedef struct
{
  gunichar c[YEJI_MATCH_MAX_CHARACTERS];
  guint n;
} Name;

/* A page number has no more digits; a longer run is a time or a number that somebody gave. */
#define MAX_PAGE_DIGITS 18

#define PAGE_WORD_TOTAL 0x5171   /* 共, as in 第2页共5页 */
#define PAGE_WORD_ORDINAL 0x7b2c /* 第 */

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

static gboolean
is_chinese_numeral (gunichar c)
{
  return !is_digit (c) && yeji_match_read_numeral (&c, 1) >= 0;
}

static gboolean
is_mark (gunichar c)
{
  return !g_unichar_isalnum (c);
}

static void
read_name (Name       *self,
           const char *filename)
{
  const char *dot = strrchr (filename, '.');
  gssize length = (gssize) strlen (filename);
  g_autofree char *normal = NULL;

  /* "3.合同" has no ending, "合同.jpg" has one */
  if (dot != NULL && dot > filename && filename + length - dot <= 6 && dot[1] != '\0')
    {
      const char *p = dot + 1;

      while (g_ascii_isalnum (*p))
        p++;
      if (*p == '\0')
        length = dot - filename;
    }
  self->n = 0;
  normal = g_utf8_normalize (filename, length, G_NORMALIZE_ALL_COMPOSE);
  for (const char *p = normal; p != NULL && *p != '\0' && self->n < YEJI_MATCH_MAX_CHARACTERS;
       p = g_utf8_next_char (p))
    self->c[self->n++] = g_unichar_tolower (g_utf8_get_char (p));
}

static void
cut_marks (Name *self)
{
  while (self->n > 0 && is_mark (self->c[self->n - 1]))
    self->n--;
}

/* The number of digits, or of Chinese numerals, that end before @to. */
static guint
count_before (const Name *self,
              guint       to)
{
  guint n = 0;

  while (n < to && is_digit (self->c[to - n - 1]))
    n++;
  if (n == 0)
    while (n < to && is_chinese_numeral (self->c[to - n - 1]))
      n++;
  return n;
}

static guint
count_at (const Name *self,
          guint       from)
{
  guint n = 0;

  while (from + n < self->n && is_digit (self->c[from + n]))
    n++;
  if (n == 0)
    while (from + n < self->n && is_chinese_numeral (self->c[from + n]))
      n++;
  return n;
}

/* The length of the page word that ends before @to, 0 if there is none. */
static guint
find_page_word (const YejiMatchWords *words,
                const Name           *self,
                guint                 to)
{
  YejiMatchText text = { (gunichar *) self->c, NULL, to };
  guint8 gaps[YEJI_MATCH_MAX_CHARACTERS] = { 0 };
  const YejiMatchWord *word;

  text.gap = gaps;
  word = yeji_match_words_before (words, &text, to);
  return word != NULL ? word->n : 0;
}

/* IMG_20190301_101112: the time at which it was taken. */
static gboolean
find_time (Name   *self,
           gint64 *page)
{
  for (guint i = 0; i + 14 <= self->n; i++)
    {
      gint64 day, time;
      guint n = count_at (self, i), next;

      if (i > 0 && is_digit (self->c[i - 1]))
        continue;
      if (!is_digit (self->c[i]) || (n != 8 && n != 14))
        continue;
      next = i + 8;
      if (n == 8 && (next >= self->n || !is_mark (self->c[next]) || count_at (self, ++next) != 6))
        continue;
      day = yeji_match_read_numeral (self->c + i, 8);
      time = yeji_match_read_numeral (self->c + next, 6);
      if (day < 19700101 || day > 21001231 || day / 100 % 100 < 1 || day / 100 % 100 > 12
          || day % 100 < 1 || day % 100 > 31 || time > 235959)
        continue;
      *page = day * 1000000 + time;
      self->n = i;
      return TRUE;
    }
  return FALSE;
}

/* 第2页共5页, 2/5, 2of5: what is behind the page goes. */
static void
cut_total (const YejiMatchWords *words,
           Name                 *self)
{
  guint to = self->n - find_page_word (words, self, self->n);
  guint n = count_before (self, to);
  guint from = to - n;

  if (n == 0 || n > 4)
    return;
  if (from > 1 && self->c[from - 1] == PAGE_WORD_TOTAL)
    self->n = from - 1;
  else if (from > 1 && (self->c[from - 1] == '/' || self->c[from - 1] == 0x2215)
           && count_before (self, from - 1) > 0)
    self->n = from - 1;
  else if (from > 2 && self->c[from - 1] == 'f' && self->c[from - 2] == 'o'
           && (is_digit (self->c[from - 3]) || self->c[from - 3] == ' '))
    self->n = from - 2;
  else
    return;
  cut_marks (self);
}

/* 合同(3), 合同第三页, 合同_p12, 扫描0007 */
static gboolean
find_last (const YejiMatchWords *words,
           Name                 *self,
           gint64               *page)
{
  guint word, to, n;

  cut_marks (self);
  cut_total (words, self);
  word = find_page_word (words, self, self->n);
  to = self->n - word;
  while (word > 0 && to > 0 && self->c[to - 1] == ' ')
    to--;
  n = count_before (self, to);
  if (n == 0 || n > MAX_PAGE_DIGITS)
    return FALSE;
  /* 2019 is a year */
  if (word == 0 && n == 4 && is_digit (self->c[to - 1]))
    {
      gint64 year = yeji_match_read_numeral (self->c + to - n, n);

      if (year >= 1950 && year < 2050)
        return FALSE;
    }
  if (word == 0 && is_chinese_numeral (self->c[to - 1]) && n > 3)
    return FALSE;
  *page = yeji_match_read_numeral (self->c + to - n, n);
  self->n = to - n;
  if (self->n > 0 && self->c[self->n - 1] == PAGE_WORD_ORDINAL)
    self->n--;
  cut_marks (self);
  self->n -= find_page_word (words, self, self->n);
  cut_marks (self);
  return *page >= 0;
}

/* 01合同, 3、封面, (2)正文, 第一页 封面 */
static gboolean
find_first (Name   *self,
            gint64 *page)
{
  guint from = 0, n;
  gint64 number;

  while (from < self->n && (is_mark (self->c[from]) || self->c[from] == PAGE_WORD_ORDINAL))
    from++;
  n = count_at (self, from);
  if (n == 0 || n > 4 || from + n >= self->n)
    return FALSE;
  /* 一 of 一汽 is no number, 一、 is; 2A is one with its letter */
  if (!is_digit (self->c[from]) && !is_mark (self->c[from + n])
      && (from == 0 || self->c[from - 1] != PAGE_WORD_ORDINAL))
    return FALSE;
  number = yeji_match_read_numeral (self->c + from, n);
  if (n == 4 && number >= 1950 && number < 2050)
    return FALSE;
  /* all that begins with a number is one series */
  self->n = 0;
  *page = number;
  return TRUE;
}

/**
 * yeji_match_page_new: (skip)
 * @words: what stands beside the numbers of pages
 * @path: '/' between its parts
 */
YejiMatchPage *
yeji_match_page_new (const YejiMatchWords *words,
                     const char           *path)
{
  YejiMatchPage *self = g_new0 (YejiMatchPage, 1);
  const char *slash = strrchr (path, '/');
  Name name, whole;

  self->name = g_strdup (slash != NULL ? slash + 1 : path);
  self->folder = g_strndup (path, slash != NULL ? (gsize) (slash - path) : 0);
  self->page = -1;
  read_name (&name, self->name);
  whole = name;
  if (!find_time (&name, &self->page) && !find_last (words, &name, &self->page))
    {
      name = whole;
      self->page = -1;
      find_first (&name, &self->page);
    }
  cut_marks (&name);
  self->stem = g_ucs4_to_utf8 (name.c, name.n, NULL, NULL, NULL);
  if (self->stem == NULL)
    self->stem = g_strdup ("");
  return self;
}

void
yeji_match_page_free (YejiMatchPage *self)
{
  g_free (self->folder);
  g_free (self->stem);
  g_free (self->name);
  g_free (self);
}

/**
 * yeji_match_page_compare: (skip)
 *
 * Compares two files by folder, series, page and name; those without a page go before a series
 * of the same stem.
 */
int
yeji_match_page_compare (const YejiMatchPage *one,
                         const YejiMatchPage *other)
{
  int order = yeji_match_compare_names (one->folder, other->folder);

  if (order == 0)
    order = yeji_match_compare_names (one->stem, other->stem);
  if (order == 0 && one->page != other->page)
    order = one->page < other->page ? -1 : 1;
  if (order == 0)
    order = yeji_match_compare_names (one->name, other->name);
  return order;
}

/* Leading zeros tell nothing of a number's size. */
static int
compare_numbers (const char **one,
                 const char **other)
{
  gsize n_one, n_other;
  int order;

  while (**one == '0')
    (*one)++;
  while (**other == '0')
    (*other)++;
  n_one = strspn (*one, G_CSET_DIGITS);
  n_other = strspn (*other, G_CSET_DIGITS);
  order = n_one != n_other ? (n_one < n_other ? -1 : 1) : strncmp (*one, *other, n_one);
  *one += n_one;
  *other += n_other;
  return order;
}

/**
 * yeji_match_compare_names:
 *
 * Compares two names as a person would count: 2 before 10, whatever the case, and the same way in
 * every language.
 *
 * Returns: below, above or equal to 0
 */
int
yeji_match_compare_names (const char *one,
                          const char *other)
{
  const char *a = one, *b = other;

  while (*a != '\0' && *b != '\0')
    {
      gunichar c, d;

      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          int order = compare_numbers (&a, &b);

          if (order != 0)
            return order;
          continue;
        }
      c = g_unichar_tolower (g_utf8_get_char (a));
      d = g_unichar_tolower (g_utf8_get_char (b));
      if (c != d)
        return c < d ? -1 : 1;
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  if (*a != *b)
    return *a == '\0' ? -1 : 1;
  return strcmp (one, other);
}
