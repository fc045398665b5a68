// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <math.h>
#include <string.h>

#define MAX_STYLES 100000
/* 9999-12-31, the last day that Excel knows */
#define LAST_DAY 2958465.0
#define SECONDS 86400

struct _YejiXlsxStyles
{
  GHashTable *formats;         /* id -> YejiXlsxFormat + 1 */
  GByteArray *cells;           /* YejiXlsxFormat of each cell format */
};

/* ISO 29500-1, 18.8.30: the built-in formats of moments, and those of Chinese, Japanese and Korean
 * versions; 46 is `[h]:mm:ss`. */
static YejiXlsxFormat
find_built_in (guint id)
{
  static const struct
  {
    guint first, last;
    YejiXlsxFormat format;
  } ranges[] = {
    { 14, 17, YEJI_XLSX_MOMENT }, { 18, 21, YEJI_XLSX_TIME }, { 22, 22, YEJI_XLSX_MOMENT },
    { 27, 36, YEJI_XLSX_MOMENT }, { 45, 45, YEJI_XLSX_TIME }, { 46, 46, YEJI_XLSX_SPAN },
    { 47, 47, YEJI_XLSX_TIME }, { 50, 58, YEJI_XLSX_MOMENT }, { 71, 81, YEJI_XLSX_MOMENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (id >= ranges[i].first && id <= ranges[i].last)
      return ranges[i].format;
  return YEJI_XLSX_NUMBER;
}

/* What the code of a format says: one of a moment has letters of one outside of quotes and
 * brackets; `[h]` is a span in hours. `General` and the exponent have none of these letters, and `m`
 * is a month or minutes. */
static YejiXlsxFormat
judge_code (const char *code)
{
  YejiXlsxFormat found = YEJI_XLSX_NUMBER;

  for (const char *at = code; *at != '\0' && *at != ';'; at++)
    {
      if (*at == '"')
        {
          at = strchr (at + 1, '"');
          if (at == NULL)
            return YEJI_XLSX_NUMBER;
        }
      else if (*at == '[')
        {
          const char *end = strchr (at, ']');

          if (end == NULL)
            return YEJI_XLSX_NUMBER;
          if (end == at + 1 + strspn (at + 1, "hHmMsS") && end > at + 1)
            return YEJI_XLSX_SPAN;
          at = end;
        }
      else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
        at = g_utf8_next_char (at + 1) - 1;
      else if (g_ascii_strncasecmp (at, "general", strlen ("general")) == 0)
        at += strlen ("general") - 1;
      else if (strchr ("yYdD", *at) != NULL)
        return YEJI_XLSX_MOMENT;
      else if (strchr ("hHsS", *at) != NULL)
        found = YEJI_XLSX_TIME;
      else if (strchr ("mM", *at) != NULL && found == YEJI_XLSX_NUMBER)
        found = YEJI_XLSX_MOMENT;
    }
  return found;
}

/* --- reading --- */

typedef struct
{
  YejiXlsxStyles *styles;
  const char *format, *id, *cells, *cell;
  gboolean in_cells;
} Reading;

static guint
get_id (Reading     *self,
        YejiXlsxSax *sax)
{
  gsize length;
  const char *at = yeji_xlsx_sax_get (sax, self->id, &length);
  guint number;

  return at != NULL && yeji_xlsx_read_digits (&at, at + length, G_MAXINT, &number) ? number : 0;
}

static gboolean
begin_element (gpointer      data,
               YejiXlsxSax  *sax,
               const char   *name,
               GError      **error)
{
  Reading *self = data;
  YejiXlsxStyles *styles = self->styles;

  if (g_hash_table_size (styles->formats) >= MAX_STYLES || styles->cells->len >= MAX_STYLES)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many formats");
  if (name == self->format && !self->in_cells)
    {
      g_autofree char *code = yeji_xlsx_sax_dup (sax, "formatCode");

      /* those behind the cells are of conditions */
      if (styles->cells->len == 0)
        g_hash_table_insert (styles->formats, GUINT_TO_POINTER (get_id (self, sax)),
                             GUINT_TO_POINTER (code != NULL ? judge_code (code) + 1u : 1u));
    }
  else if (name == self->cells)
    self->in_cells = TRUE;
  else if (name == self->cell && self->in_cells)
    {
      const guint id = get_id (self, sax);
      const guint said = GPOINTER_TO_UINT (g_hash_table_lookup (styles->formats,
                                                                GUINT_TO_POINTER (id)));
      const guint8 format = (guint8) (said != 0 ? said - 1 : find_built_in (id));

      g_byte_array_append (styles->cells, &format, 1);
    }
  return TRUE;
}

static gboolean
end_element (gpointer     data,
             const char  *name,
             GError     **error)
{
  Reading *self = data;

  if (name == self->cells)
    self->in_cells = FALSE;
  return TRUE;
}

static const YejiXlsxSaxClass sax_class = { begin_element, end_element, NULL };

/* Reads the formats; @name NULL: the file has none. */
YejiXlsxStyles *
yeji_xlsx_styles_new (const char  *path,
                      const char  *name,
                      GError     **error)
{
  YejiXlsxStyles *self = g_new0 (YejiXlsxStyles, 1);
  Reading reading = { .styles = self };
  g_autoptr (YejiXlsxSax) sax = NULL;
  YejiXlsxPart *part;

  self->formats = g_hash_table_new (NULL, NULL);
  self->cells = g_byte_array_new ();
  if (name == NULL)
    return self;
  part = yeji_xlsx_part_open (path, name, YEJI_XLSX_SMALL_PART, error);
  if (part != NULL)
    {
      sax = yeji_xlsx_sax_new (part, &sax_class, &reading);
      reading.format = yeji_xlsx_sax_intern (sax, "numFmt");
      reading.id = yeji_xlsx_sax_intern (sax, "numFmtId");
      reading.cells = yeji_xlsx_sax_intern (sax, "cellXfs");
      reading.cell = yeji_xlsx_sax_intern (sax, "xf");
      if (yeji_xlsx_sax_run (sax, error))
        return self;
    }
  yeji_xlsx_styles_free (self);
  return NULL;
}

YejiXlsxFormat
yeji_xlsx_styles_get (YejiXlsxStyles *self,
                      guint           style)
{
  return style < self->cells->len ? self->cells->data[style] : YEJI_XLSX_NUMBER;
}

/* The moment in ISO 8601: a day, a day with a time, or a time alone; NULL where the number is none.
 * Days are counted from 1899-12-31, and since Lotus 1-2-3 there is a 1900-02-29, which is day 60;
 * or from 1904-01-01, which is day 0. */
char *
yeji_xlsx_print_date (double   serial,
                      gboolean since_1904)
{
  g_autoptr (GDate) date = NULL;
  gint64 days, seconds;
  char day[32];

  if (!(serial >= 0) || serial >= LAST_DAY + 1)
    return NULL;
  days = (gint64) floor (serial);
  seconds = (gint64) floor ((serial - (double) days) * SECONDS + 0.5);
  if (seconds == SECONDS)
    {
      days++;
      seconds = 0;
    }
  if (!since_1904 && days == 60)
    return NULL;
  if (days == 0 && seconds > 0)
    return g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  if (days == 0 && !since_1904)
    return NULL;
  date = since_1904 ? g_date_new_dmy (1, G_DATE_JANUARY, 1904)
                    : g_date_new_dmy (days < 60 ? 31 : 30, G_DATE_DECEMBER, 1899);
  g_date_add_days (date, (guint) days);
  if (!g_date_valid (date) || g_date_get_year (date) > 9999)
    return NULL;
  g_snprintf (day, sizeof day, "%04d-%02d-%02d", g_date_get_year (date),
              (int) g_date_get_month (date), g_date_get_day (date));
  if (seconds == 0)
    return g_strdup (day);
  return g_strdup_printf ("%s %02d:%02d:%02d", day, (int) (seconds / 3600),
                          (int) (seconds / 60 % 60), (int) (seconds % 60));
}

/* The same where no day is shown: 0 is midnight. */
char *
yeji_xlsx_print_time (double   serial,
                      gboolean since_1904)
{
  return serial == 0 ? g_strdup ("00:00:00") : yeji_xlsx_print_date (serial, since_1904);
}

/* Hours, minutes and seconds; NULL where the number is none of a span. */
char *
yeji_xlsx_print_span (double days)
{
  gint64 seconds;

  if (!(days >= 0) || days > LAST_DAY)
    return NULL;
  seconds = (gint64) floor (days * SECONDS + 0.5);
  return g_strdup_printf ("%d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

/* 2.2010219850101e+17 with zeros for the digits that nobody has kept, or 1.87e-08 without the e. */
static char *
write_out (const char *text)
{
  const char *e = strchr (text, 'e');
  GString *digits = g_string_new (*text == '-' ? "-" : NULL);
  const gsize sign = digits->len;
  int places;

  if (e == NULL)
    {
      g_string_assign (digits, text);
      return g_string_free (digits, FALSE);
    }
  places = (int) g_ascii_strtoll (e + 1, NULL, 10);
  if (places < 0)
    g_string_append (digits, "0.");
  for (int i = places + 1; i < 0; i++)
    g_string_append_c (digits, '0');
  for (const char *at = text + sign, *point = NULL; at < e; at++)
    if (*at == '.')
      point = at;
    else
      {
        g_string_append_c (digits, *at);
        places -= point != NULL;
      }
  for (; places > 0; places--)
    g_string_append_c (digits, '0');
  return g_string_free (digits, FALSE);
}

/* Whether a number in a file is written as yeji_xlsx_print_number() writes it, which most are. */
gboolean
yeji_xlsx_is_printed (const char *text,
                      gsize       length)
{
  const gsize first = length > 0 && text[0] == '-';
  gsize point = length;

  if (length == first || length - first > 15)
    return FALSE;
  for (gsize i = first; i < length; i++)
    if (text[i] == '.' && point == length)
      point = i;
    else if (!g_ascii_isdigit (text[i]))
      return FALSE;
  if (point == first || point == length - 1)
    return FALSE;
  if (text[first] == '0' && (first > 0 || point > 1))       /* -0, 007 */
    return FALSE;
  return point == length || text[length - 1] != '0';
}

/* A number of 16 digits before the point or more: those that are left of it, with zeros behind
 * them. Where the file says more of a whole number than a double can hold, nothing has been lost. */
static char *
print_large (const char *value,
             double      number,
             gboolean   *rounded)
{
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };
  g_autofree char *made = NULL;
  char text[400];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  made = write_out (text);
  *rounded = value[strspn (value, "0123456789")] != '\0' || g_str_equal (made, value);
  return *rounded ? g_steal_pointer (&made) : g_strdup (value);
}

/* The number without an exponent, with the digits that Excel shows: the file says
 * 2928.2800000000002 where 2928.28 was typed. What has more digits before the point than Excel
 * keeps has lost some. @value is what the file says. */
char *
yeji_xlsx_print_number (const char *value,
                        double      number,
                        gboolean   *rounded)
{
  char text[400];

  *rounded = FALSE;
  if (!isfinite (number))
    return NULL;
  if (fabs (number) >= 1e15)
    return print_large (value, number, rounded);
  g_ascii_formatd (text, sizeof text, "%.15g", number);
  return g_str_equal (text, "-0") ? g_strdup ("0") : write_out (text);
}

void
yeji_xlsx_styles_free (YejiXlsxStyles *self)
{
  g_hash_table_unref (self->formats);
  g_byte_array_unref (self->cells);
  g_free (self);
}
