// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Dates as they stand on papers, in spreadsheets and in other programs' files. */

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normalise-private.h"

#include <string.h>

/* Four digits that are a year without doubt. */
#define FIRST_YEAR 1900
#define LAST_YEAR 2099

/* Excel counts days from 1899-12-30 (its 1900-02-29 never was); five digits that are a day of
 * between 1980 and 2049 are taken for such a number. */
#define SERIAL_FIRST 29221
#define SERIAL_LAST 54788

/* A time of day in coordinated time from here on is the next day in China. */
#define NEXT_DAY_HOUR 16

#define TIME "(?:(?:t| +)(?<hour>[01]?[0-9]|2[0-4]):[0-5]?[0-9](?::[0-5]?[0-9](?:[.,][0-9]+)?)?" \
             " *(?<zone>z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
#define YEAR "(?<year>[0-9]{4})"
#define ANY_YEAR "(?<year>[0-9]{4}|[0-9]{2})"
#define NAME "(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?" \
             "|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"

/* Every form is tried; the named groups say what is what. `first` and `second` are day and month
 * in an order that nobody can tell. */
static const char * const forms[] = {
  ANY_YEAR " *年 *(?<month>[0-9]{1,2}) *月份? *(?<day>[0-9]{1,2}) *(?:[日号號])?" TIME,
  YEAR " *(?<s>[-./,_\\\\、·。]) *(?<month>[0-9]{1,2}) *\\k<s> *(?<day>[0-9]{1,2})[.。日]?" TIME,
  YEAR " +(?<month>[0-9]{1,2}) +(?<day>[0-9]{1,2})",
  YEAR "(?<month>[0-9]{2})(?<day>[0-9]{2})(?:[0-9]{6})?",
  YEAR "(?<month>[0-9]{2})(?<day>[0-9]{2})" TIME,
  YEAR "[-/ .]?" NAME "[-/ .]?(?<day>[0-9]{1,2})",
  "(?<year>[0-9]{2})(?<s>[-./,、])(?<month>[0-9]{1,2})\\k<s>(?<day>[0-9]{1,2})",
  "(?<first>[0-9]{1,2}) *(?<s>[-./]) *(?<second>[0-9]{1,2}) *\\k<s> *" ANY_YEAR TIME,
  "(?:[a-z]{3,9},? +)?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[-./, ]*(?:of +)?" NAME "[-./, ]*" ANY_YEAR
    TIME,
  NAME "[-./ ]*(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[-./, ]+" YEAR TIME,
  "(?<serial>[0-9]{5})(?:\\.[0-9]+)?",
};

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

static GRegex *
get_form (guint i)
{
  static GRegex *compiled[G_N_ELEMENTS (forms)];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint j = 0; j < G_N_ELEMENTS (forms); j++)
        {
          g_autofree char *anchored = g_strdup_printf ("\\A(?:%s)\\z", forms[j]);

          compiled[j] = g_regex_new (anchored, G_REGEX_OPTIMIZE, 0, NULL);
          g_assert (compiled[j] != NULL);
        }
      g_once_init_leave (&ready, 1);
    }
  return compiled[i];
}

/* Writes the digits of 二〇一六年三月三十日, and of 2〇16 too. */
static char *
write_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      const char *before = c > text ? g_utf8_prev_char (c) : c;

      if (character == 0x5eff)                                 /* 廿 */
        g_string_append (plain, "二十");
      else if (character == 0x5345)                            /* 卅 */
        g_string_append (plain, "三十");
      else if ((character == 'o' || character == '0') && c > text
               && yeji_numeral_starts (before) && yeji_numeral_starts (g_utf8_next_char (c)))
        g_string_append (plain, "零");                         /* 二o一六 */
      else
        g_string_append_unichar (plain, character);
    }
  for (const char *c = plain->str; *c != '\0';)
    {
      guint64 value;
      const char *start = c;

      if (!yeji_numeral_starts (c))
        {
          c = g_utf8_next_char (c);
          g_string_append_len (digits, start, c - start);
        }
      else if (yeji_numeral_read (&c, &value, NULL))
        {
          g_string_append_printf (digits, "%" G_GUINT64_FORMAT, value);
        }
      else
        {
          return NULL;
        }
    }
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
offer_day (YejiOffer *offer,
           GDate     *date,
           int        more_days)
{
  char text[16];
  g_autoptr (GDate) day = g_date_copy (date);

  if (more_days > 0)
    g_date_add_days (day, (guint) more_days);
  g_snprintf (text, sizeof text, "%04u-%02u-%02u", g_date_get_year (day),
              (guint) g_date_get_month (day), g_date_get_day (day));
  if (g_str_equal (text, yeji_dictionary_get_missing_date (offer->dictionary)))
    yeji_offer_add (offer, "", YEJI_REASON_EMPTY);
  else
    yeji_offer_add (offer, text,
                    g_str_equal (text, offer->folded) ? offer->folding : YEJI_REASON_DATE);
}

static guint
read_group (GMatchInfo *match,
            const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

/* Completes a year of two digits inside the hundred years that the dictionary names; 0: none. */
static guint
read_year (const YejiOffer *offer,
           GMatchInfo      *match)
{
  g_autofree char *text = g_match_info_fetch_named (match, "year");
  guint year = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
  guint from = offer->normalisation->century_from;

  if (text == NULL || strlen (text) != 2)
    return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
  year += from - from % 100;
  if (year < from)
    year += 100;
  return year <= offer->normalisation->century_to ? year : 0;
}

static guint
read_month (GMatchInfo *match)
{
  g_autofree char *name = g_match_info_fetch_named (match, "name");

  if (name == NULL || *name == '\0')
    return read_group (match, "month");
  name[3] = '\0';
  return (guint) (strstr (months, name) - months) / 3 + 1;
}

/* A moment in another zone can be another day here. */
static void
offer_moment (YejiOffer  *offer,
              GMatchInfo *match,
              GDate      *date)
{
  g_autofree char *zone = g_match_info_fetch_named (match, "zone");
  gboolean universal = zone != NULL && (g_str_equal (zone, "z") || g_str_has_prefix (zone, "+00"));
  gboolean here = zone == NULL || *zone == '\0' || g_str_has_prefix (zone, "+08");

  if (universal && read_group (match, "hour") >= NEXT_DAY_HOUR)
    offer_day (offer, date, 1);
  if (universal || here)
    offer_day (offer, date, 0);
}

static void
offer_parts (YejiOffer  *offer,
             GMatchInfo *match,
             guint       month,
             guint       day)
{
  guint year = read_year (offer, match);
  g_autoptr (GDate) date = NULL;

  if (month > 12 || day > 31
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return;
  date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
  offer_moment (offer, match, date);
}

static void
offer_serial (YejiOffer *offer,
              guint      serial)
{
  g_autoptr (GDate) date = g_date_new_dmy (30, G_DATE_DECEMBER, 1899);

  if (serial >= SERIAL_FIRST && serial <= SERIAL_LAST)
    offer_day (offer, date, (int) serial);
}

static void
offer_match (YejiOffer  *offer,
             GMatchInfo *match)
{
  guint first = read_group (match, "first");
  guint second = read_group (match, "second");
  guint serial = read_group (match, "serial");

  if (serial > 0)
    {
      offer_serial (offer, serial);
    }
  else if (first > 0)
    {
      g_autofree char *separator = g_match_info_fetch_named (match, "s");
      gboolean month_first = g_str_equal (separator, "/");     /* as spreadsheets write it */

      offer_parts (offer, match, month_first ? first : second, month_first ? second : first);
      offer_parts (offer, match, month_first ? second : first, month_first ? first : second);
    }
  else
    {
      offer_parts (offer, match, read_month (match), read_group (match, "day"));
    }
}

/**
 * yeji_offer_date:
 *
 * Offers for a date. Where day and month could be either, both days are offered.
 */
void
yeji_offer_date (YejiOffer *offer)
{
  g_autofree char *small = g_utf8_strdown (offer->folded, -1);
  g_autofree char *text = write_digits (small);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      if (g_regex_match (get_form (i), text, 0, &match))
        offer_match (offer, match);
    }
}
