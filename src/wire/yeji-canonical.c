// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-wire"

#include "config.h"

#include "yeji-canonical.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "yeji-digest.h"
#include "yeji-json-reader.h"

/* As deep as #YejiJsonReader reads. */
#define MAX_DEPTH 32
/* A double never needs more digits than this. */
#define MAX_DIGITS 17
/* Powers of ten between which ECMAScript writes a number without an exponent. */
#define MAX_PLAIN 21
#define MIN_PLAIN -6

typedef struct
{
  const char *name;
  JsonNode *node;
} Member;

static gboolean append_node (GString   *text,
                             JsonNode  *node,
                             guint      depth,
                             GError   **error);

/* The first bytes of what needs two units in UTF-16, whose first one stands before U+E000; and of
 * what comes from U+E000 on. */
#define FIRST_OF_TWO_UNITS 0xf0
#define FIRST_BEHIND_THEM 0xee

/* By UTF-16 code units. The bytes of UTF-8 are in the order of the characters, and that of the units
 * is another one only between those two. */
static int
compare_names (const char *a,
               const char *b)
{
  guint8 x, y;

  while (*a != '\0' && *a == *b)
    {
      a++;
      b++;
    }
  x = (guint8) *a;
  y = (guint8) *b;
  if (x >= FIRST_BEHIND_THEM && y >= FIRST_BEHIND_THEM
      && (x >= FIRST_OF_TWO_UNITS) != (y >= FIRST_OF_TWO_UNITS))
    return x >= FIRST_OF_TWO_UNITS ? -1 : 1;
  return (x > y) - (x < y);
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  return compare_names (((const Member *) a)->name, ((const Member *) b)->name);
}

/* At a power of two the numbers above are twice as far away as those below, so that the nearest
 * text of so many digits may miss where the next one up does not. */
static gboolean
is_next_up_right (char   *digits,
                  double  number)
{
  char *at = strchr (digits, 'e') - 1;

  while (at >= digits && (*at == '9' || *at == '.'))
    at--;
  if (at < digits)
    return FALSE;
  for (char *nine = at + 1; *nine != 'e'; nine++)
    if (*nine == '9')
      *nine = '0';
  (*at)++;
  return g_ascii_strtod (digits, NULL) == number;
}

/* The fewest digits that read back as the number, without the point, and its power of ten: the
 * first digit stands for digit × 10^(*power - 1). */
static char *
find_digits (double  number,
             int    *power)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";
  g_autoptr (GString) digits = g_string_new (NULL);

  for (int n = 0; n < MAX_DIGITS; n++)
    {
      char format[8];
      int exponent;

      g_snprintf (format, sizeof format, "%%.%de", n);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number
          || (frexp (number, &exponent) == 0.5 && is_next_up_right (text, number)))
        break;
    }
  for (const char *at = text; *at != 'e'; at++)
    if (*at != '.')
      g_string_append_c (digits, *at);
  *power = (int) g_ascii_strtoll (strchr (text, 'e') + 1, NULL, 10) + 1;
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
append_zeros (GString *text,
              int      n)
{
  for (int i = 0; i < n; i++)
    g_string_append_c (text, '0');
}

/**
 * yeji_canonical_number:
 * @number: finite
 *
 * Returns: (transfer full): the number as ECMAScript writes it (ECMA-262, Number::toString), which
 *   RFC 8785 asks for: the fewest digits that read back as the same, `1e+21`, `1e-7`, `0` for -0
 */
char *
yeji_canonical_number (double number)
{
  g_autoptr (GString) text = g_string_new (number < 0 ? "-" : NULL);
  g_autofree char *digits = NULL;
  int power, n;

  g_return_val_if_fail (isfinite (number), NULL);

  if (number == 0)
    return g_strdup ("0");
  digits = find_digits (fabs (number), &power);
  n = (int) strlen (digits);
  if (power > MAX_PLAIN || power <= MIN_PLAIN)
    {
      g_string_append_c (text, digits[0]);
      if (n > 1)
        g_string_append_printf (text, ".%s", digits + 1);
      g_string_append_printf (text, "e%c%d", power > 0 ? '+' : '-', ABS (power - 1));
    }
  else if (power <= 0)
    {
      g_string_append (text, "0.");
      append_zeros (text, -power);
      g_string_append (text, digits);
    }
  else if (n <= power)
    {
      g_string_append (text, digits);
      append_zeros (text, power - n);
    }
  else
    {
      g_string_append_len (text, digits, power);
      g_string_append_printf (text, ".%s", digits + power);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @length bytes of UTF-8 without a NUL */
static void
append_quoted (GString    *text,
               const char *string,
               gsize       length)
{
  static const char escaped[] = "\"\\\b\f\n\r\t";
  static const char letters[] = "\"\\bfnrt";
  const char *end = string + length;
  const char *piece = string;

  g_string_append_c (text, '"');
  for (const char *at = string; at < end; at++)
    {
      const char *found;

      if ((guint8) *at >= ' ' && *at != '"' && *at != '\\')
        continue;
      g_string_append_len (text, piece, at - piece);
      piece = at + 1;
      found = strchr (escaped, *at);
      if (found != NULL)
        g_string_append_printf (text, "\\%c", letters[found - escaped]);
      else
        g_string_append_printf (text, "\\u%04x", (guint) *at);
    }
  g_string_append_len (text, piece, end - piece);
  g_string_append_c (text, '"');
}

static gboolean
append_string (GString     *text,
               const char  *string,
               GError     **error)
{
  const gsize length = strlen (string);

  if (!g_utf8_validate (string, (gssize) length, NULL))
    {
      g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_TEXT,
                           "a string that is no Unicode");
      return FALSE;
    }
  append_quoted (text, string, length);
  return TRUE;
}

static gboolean
append_number (GString   *text,
               double     number,
               GError   **error)
{
  g_autofree char *digits = NULL;

  if (!isfinite (number))
    {
      g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX,
                           "a number that is none");
      return FALSE;
    }
  digits = yeji_canonical_number (number);
  g_string_append (text, digits);
  return TRUE;
}

/* All numbers are doubles there (I-JSON, RFC 7493). One that no double holds would be another
 * afterwards, unless it is written just as the double that it stands for. */
static gboolean
append_int (GString   *text,
            gint64     number,
            GError   **error)
{
  g_autofree char *canonical = yeji_canonical_number ((double) number);
  g_autofree char *given = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  if (g_str_equal (canonical, given))
    {
      g_string_append (text, canonical);
      return TRUE;
    }
  g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX,
                       "a whole number that a double does not hold");
  return FALSE;
}

static gboolean
append_value (GString   *text,
              JsonNode  *node,
              GError   **error)
{
  const GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type == G_TYPE_STRING && json_node_get_string (node) != NULL)
    return append_string (text, json_node_get_string (node), error);
  if (type == G_TYPE_INT64)
    return append_int (text, json_node_get_int (node), error);
  if (type == G_TYPE_DOUBLE)
    return append_number (text, json_node_get_double (node), error);
  if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else
    g_string_append (text, "null");
  return TRUE;
}

static GArray *
sort_members (JsonObject  *object,
              GError     **error)
{
  g_autoptr (GArray) members = g_array_sized_new (FALSE, FALSE, sizeof (Member),
                                                  json_object_get_size (object));
  JsonObjectIter iter;
  Member member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member.name, &member.node))
    {
      if (!g_utf8_validate (member.name, -1, NULL))
        {
          g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_TEXT,
                               "a name that is no Unicode");
          return NULL;
        }
      g_array_append_val (members, member);
    }
  g_array_sort (members, compare_members);
  return g_steal_pointer (&members);
}

static gboolean
append_object (GString     *text,
               JsonObject  *object,
               guint        depth,
               GError     **error)
{
  g_autoptr (GArray) members = sort_members (object, error);

  if (members == NULL)
    return FALSE;
  g_string_append_c (text, '{');
  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);

      if (i > 0)
        g_string_append_c (text, ',');
      if (!append_string (text, member->name, error))
        return FALSE;
      g_string_append_c (text, ':');
      if (!append_node (text, member->node, depth + 1, error))
        return FALSE;
    }
  g_string_append_c (text, '}');
  return TRUE;
}

static gboolean
append_array (GString    *text,
              JsonArray  *array,
              guint       depth,
              GError    **error)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (!append_node (text, json_array_get_element (array, i), depth + 1, error))
        return FALSE;
    }
  g_string_append_c (text, ']');
  return TRUE;
}

static gboolean
append_node (GString   *text,
             JsonNode  *node,
             guint      depth,
             GError   **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node))
    return append_value (text, node, error);
  if (depth >= MAX_DEPTH)
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_DEPTH,
                   "nested deeper than %d levels", MAX_DEPTH);
      return FALSE;
    }
  return JSON_NODE_HOLDS_OBJECT (node)
         ? append_object (text, json_node_get_object (node), depth, error)
         : append_array (text, json_node_get_array (node), depth, error);
}

/**
 * yeji_canonical_json:
 * @node: as yeji_json_parse() reads it, which refuses a member that occurs twice and half a
 *   surrogate pair
 *
 * Writes JSON in the one form that everybody writes alike, so that it can be hashed and signed: the
 * JSON Canonicalization Scheme, RFC 8785. Members stand in the order of their UTF-16 code units,
 * numbers are written as ECMAScript does, nothing is escaped that need not be.
 *
 * Returns: (transfer full) (nullable): UTF-8 without a byte order mark; %NULL with an error of
 *   #YejiJsonError for what RFC 7493 (I-JSON) does not allow: text that is no Unicode, a number
 *   that no double holds
 */
char *
yeji_canonical_json (JsonNode  *node,
                     GError   **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, NULL);

  if (!append_node (text, node, 0, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- From a text, without what it says in between */

/* A member that was written, up to the end of its object. */
typedef struct
{
  gsize name;                  /* where it begins in `names` */
  gsize start;                 /* where it begins in `text`, the name first */
  gsize end;
} Written;

typedef struct
{
  YejiJsonReader reader;
  GString *text;               /* what was written */
  GString *names;              /* of the objects that are open, each with its NUL */
  GArray *members;             /* (element-type Written): of the objects that are open */
  GString *scratch;
} Writer;

static void
writer_clear (Writer *self)
{
  yeji_json_reader_clear (&self->reader);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_string_free (self->names, TRUE);
  g_array_unref (self->members);
  g_string_free (self->scratch, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean write_value (Writer         *self,
                             YejiJsonToken   token,
                             GError        **error);

static gboolean
fail_reading (Writer  *self,
              GError **error)
{
  yeji_json_reader_set_error (&self->reader, error);
  return FALSE;
}

/* A string in which nothing was escaped is written as it stands there: JSON lets nothing stand there
 * that the canonical form escapes. */
static void
write_string (Writer *self)
{
  const YejiJsonReader *reader = &self->reader;

  if (!yeji_json_reader_is_plain (reader))
    {
      append_quoted (self->text, reader->string, reader->length);
      return;
    }
  g_string_append_c (self->text, '"');
  g_string_append_len (self->text, reader->string, (gssize) reader->length);
  g_string_append_c (self->text, '"');
}

static gboolean
write_number (Writer  *self,
              GError **error)
{
  g_autofree char *number = g_strndup (self->reader.string, self->reader.length);

  if (strpbrk (number, ".eE") != NULL)
    return append_number (self->text, g_ascii_strtod (number, NULL), error);
  return append_int (self->text, g_ascii_strtoll (number, NULL, 10), error);
}

static int
compare_written (gconstpointer a,
                 gconstpointer b,
                 gpointer      names)
{
  return compare_names ((const char *) names + ((const Written *) a)->name,
                        (const char *) names + ((const Written *) b)->name);
}

/* Puts the members of the object that ends, which begins at @start, in order. FALSE: two have one
 * name. */
static gboolean
sort_written (Writer *self,
              gsize   start,
              guint   first)
{
  Written *members = &g_array_index (self->members, Written, first);
  const guint n = self->members->len - first;
  char *names = self->names->str;
  gboolean sorted = TRUE;

  for (guint i = 1; i < n && sorted; i++)
    sorted = compare_written (&members[i - 1], &members[i], names) < 0;
  if (sorted)
    return TRUE;
  g_qsort_with_data (members, (int) n, sizeof (Written), compare_written, names);
  g_string_truncate (self->scratch, 0);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && compare_written (&members[i - 1], &members[i], names) == 0)
        return FALSE;
      g_string_append_c (self->scratch, i > 0 ? ',' : '{');
      g_string_append_len (self->scratch, self->text->str + members[i].start,
                           (gssize) (members[i].end - members[i].start));
    }
  memcpy (self->text->str + start, self->scratch->str, self->scratch->len);
  return TRUE;
}

static gboolean
write_members (Writer  *self,
               gsize    start,
               guint    first,
               GError **error)
{
  YejiJsonToken token;

  g_string_append_c (self->text, '{');
  while ((token = yeji_json_reader_next (&self->reader)) == YEJI_JSON_NAME)
    {
      Written member = { self->names->len, 0, 0 };

      if (self->members->len > first)
        g_string_append_c (self->text, ',');
      member.start = self->text->len;
      g_string_append_len (self->names, self->reader.string, (gssize) self->reader.length);
      g_string_append_c (self->names, '\0');
      write_string (self);
      g_string_append_c (self->text, ':');
      if (!write_value (self, yeji_json_reader_next (&self->reader), error))
        return FALSE;
      member.end = self->text->len;
      g_array_append_val (self->members, member);
    }
  if (token == YEJI_JSON_FAILED)
    return fail_reading (self, error);
  if (!sort_written (self, start, first))
    {
      yeji_json_reader_refuse (&self->reader, "a member occurs twice");
      return fail_reading (self, error);
    }
  g_string_append_c (self->text, '}');
  return TRUE;
}

static gboolean
write_object (Writer  *self,
              GError **error)
{
  const guint first = self->members->len;
  const gsize n_names = self->names->len;

  if (!write_members (self, self->text->len, first, error))
    return FALSE;
  g_array_set_size (self->members, first);
  g_string_truncate (self->names, n_names);
  return TRUE;
}

static gboolean
write_array (Writer  *self,
             GError **error)
{
  YejiJsonToken token;
  gboolean is_first = TRUE;

  g_string_append_c (self->text, '[');
  while ((token = yeji_json_reader_next (&self->reader)) != YEJI_JSON_ARRAY_END)
    {
      if (!is_first)
        g_string_append_c (self->text, ',');
      is_first = FALSE;
      if (!write_value (self, token, error))
        return FALSE;
    }
  g_string_append_c (self->text, ']');
  return TRUE;
}

static gboolean
write_value (Writer         *self,
             YejiJsonToken   token,
             GError        **error)
{
  switch (token)
    {
    case YEJI_JSON_OBJECT:
      return write_object (self, error);
    case YEJI_JSON_ARRAY:
      return write_array (self, error);
    case YEJI_JSON_STRING:
      write_string (self);
      return TRUE;
    case YEJI_JSON_NUMBER:
      return write_number (self, error);
    case YEJI_JSON_TRUE:
      g_string_append (self->text, "true");
      return TRUE;
    case YEJI_JSON_FALSE:
      g_string_append (self->text, "false");
      return TRUE;
    case YEJI_JSON_NULL:
      g_string_append (self->text, "null");
      return TRUE;
    default:
      return fail_reading (self, error);
    }
}

/**
 * yeji_canonical_text:
 * @text: JSON as it came
 * @length: in bytes
 *
 * Writes JSON in its canonical form as yeji_canonical_json() does of what yeji_json_parse() reads,
 * at a fraction of the cost: what it says is not built in between. Refuses what either refuses, but
 * for the number of values, of which there may be any.
 *
 * Returns: (transfer full) (nullable): the canonical form, %NULL with an error of #YejiJsonError
 */
char *
yeji_canonical_text (const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_auto (Writer) self = {
    .text = g_string_sized_new (length + 1),
    .names = g_string_new (NULL),
    .members = g_array_new (FALSE, FALSE, sizeof (Written)),
    .scratch = g_string_new (NULL),
  };

  yeji_json_reader_init (&self.reader, text, length);
  if (!write_value (&self, yeji_json_reader_next (&self.reader), error))
    return NULL;
  if (yeji_json_reader_next (&self.reader) != YEJI_JSON_END)
    {
      fail_reading (&self, error);
      return NULL;
    }
  return g_string_free (g_steal_pointer (&self.text), FALSE);
}

/**
 * yeji_canonical_sha256:
 *
 * Returns: (transfer full) (nullable): the SHA-256 of yeji_canonical_json(), 64 hexadecimal digits
 *   in lower case; %NULL with its error
 */
char *
yeji_canonical_sha256 (JsonNode  *node,
                       GError   **error)
{
  g_autofree char *text = yeji_canonical_json (node, error);

  return text != NULL ? yeji_digest_sum_text (text) : NULL;
}
