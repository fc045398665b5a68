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
  GHashTable *formats;         /* id -> whether it is of a moment, + 1 */
  GByteArray *cells;           /* of each cell format, whether it is of a moment */
};

/* ISO 29500-1, 18.8.30: the built-in formats of moments, and those of Chinese, Japanese and Korean
 * versions. */
static gboolean
is_built_in_date (guint id)
{
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47)
         || (id >= 50 && id <= 58) || (id >= 71 && id <= 81);
}

/* Whether the code of a format is one of a moment: it has letters of one outside of quotes and
 * brackets; `[h]` is a span in hours. `General` and the exponent have none of these letters. */
gboolean
yeji_xlsx_format_is_date (const char *code)
{
  for (const char *at = code; *at != '\0' && *at != ';'; at++)
    {
      if (*at == '"')
        {
          at = strchr (at + 1, '"');
          if (at == NULL)
            return FALSE;
        }
      else if (*at == '[')
        {
          const char *end = strchr (at, ']');

          if (end == NULL)
            return FALSE;
          if (end == at + 1 + strspn (at + 1, "hHmMsS") && end > at + 1)
            return TRUE;
          at = end;
        }
      else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
        at = g_utf8_next_char (at + 1) - 1;
      else if (g_ascii_strncasecmp (at, "general", strlen ("general")) == 0)
        at += strlen ("general") - 1;
      else if (strchr ("yYmMdDhHsS", *at) != NULL)
        return TRUE;
    }
  return FALSE;
}

static guint
get_number (const char *text)
{
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &number, NULL)
           ? (guint) number : 0;
}

static gboolean
read_styles (YejiXlsxStyles  *self,
             YejiXlsxPart    *part,
             GError         **error)
{
  gboolean in_cells = FALSE;
  int found;

  while ((found = yeji_xlsx_part_next (part, error)) == 1)
    {
      if (yeji_xlsx_part_is (part, "numFmt"))
        {
          guint id = get_number (yeji_xlsx_part_get (part, "numFmtId"));
          const char *code = yeji_xlsx_part_get (part, "formatCode");

          if (g_hash_table_size (self->formats) >= MAX_STYLES)
            return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many formats");
          g_hash_table_insert (self->formats, GUINT_TO_POINTER (id),
                               GUINT_TO_POINTER (code != NULL && yeji_xlsx_format_is_date (code)
                                                   ? 2 : 1));
        }
      else if (yeji_xlsx_part_is (part, "cellXfs"))
        in_cells = !xmlTextReaderIsEmptyElement (yeji_xlsx_part_get_xml (part));
      else if (yeji_xlsx_part_is (part, "cellStyles") || yeji_xlsx_part_is (part, "dxfs"))
        in_cells = FALSE;
      else if (in_cells && yeji_xlsx_part_is (part, "xf"))
        {
          guint id = get_number (yeji_xlsx_part_get (part, "numFmtId"));
          guint said = GPOINTER_TO_UINT (g_hash_table_lookup (self->formats,
                                                              GUINT_TO_POINTER (id)));
          guint8 is_date = said != 0 ? said == 2 : is_built_in_date (id);

          if (self->cells->len >= MAX_STYLES)
            return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many formats");
          g_byte_array_append (self->cells, &is_date, 1);
        }
    }
  return found == 0;
}

/* Reads the formats; @name NULL: the file has none. */
YejiXlsxStyles *
yeji_xlsx_styles_new (const char  *path,
                      const char  *name,
                      GError     **error)
{
  YejiXlsxStyles *self = g_new0 (YejiXlsxStyles, 1);
  g_autoptr (YejiXlsxPart) part = NULL;

  self->formats = g_hash_table_new (NULL, NULL);
  self->cells = g_byte_array_new ();
  if (name == NULL)
    return self;
  part = yeji_xlsx_part_open (path, name, YEJI_XLSX_SMALL_PART, error);
  if (part != NULL && read_styles (self, part, error))
    return self;
  yeji_xlsx_styles_free (self);
  return NULL;
}

gboolean
yeji_xlsx_styles_is_date (YejiXlsxStyles *self,
                          guint           style)
{
  return style < self->cells->len && self->cells->data[style] != 0;
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

/* Drops zeros behind the point, and the point. */
static void
trim_zeros (char *text)
{
  char *end = text + strlen (text);

  if (strchr (text, '.') == NULL)
    return;
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    end[-1] = '\0';
}

/* 2.2010219850101e+17 with zeros for the digits that nobody has kept. */
static char *
write_out (const char *text)
{
  const char *e = strchr (text, 'e');
  GString *digits = g_string_new (*text == '-' ? "-" : NULL);
  int places;

  if (e == NULL)
    {
      g_string_assign (digits, text);
      return g_string_free (digits, FALSE);
    }
  places = (int) g_ascii_strtoll (e + 1, NULL, 10);
  for (const char *at = text + digits->len, *point = NULL; at < e; at++)
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

/* The number without an exponent, with the digits that Excel shows: the file says
 * 2928.2800000000002 where 2928.28 was typed. What has more digits before the point than Excel
 * keeps has lost some. */
char *
yeji_xlsx_print_number (double    number,
                        gboolean *rounded)
{
  char text[400];

  *rounded = fabs (number) >= 1e15;
  if (!isfinite (number))
    return NULL;
  if (*rounded)
    {
      g_ascii_formatd (text, sizeof text, "%.15g", number);
      if (g_ascii_strtod (text, NULL) != number)
        g_ascii_formatd (text, sizeof text, "%.17g", number);
      return write_out (text);
    }
  g_ascii_formatd (text, sizeof text, "%.15g", number);
  if (strchr (text, 'e') != NULL)
    g_ascii_formatd (text, sizeof text, "%.20f", number);
  trim_zeros (text);
  return g_strdup (g_str_equal (text, "-0") ? "0" : text);
}

void
yeji_xlsx_styles_free (YejiXlsxStyles *self)
{
  g_hash_table_unref (self->formats);
  g_byte_array_unref (self->cells);
  g_free (self);
}
