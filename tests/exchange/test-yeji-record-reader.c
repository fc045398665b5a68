// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-record-file.h"
#include "yeji-record-reader.h"

#include <string.h>

/* A stream that gives a few bytes at a time, so that everything is cut everywhere. */
#define DRIP_TYPE (drip_get_type ())
G_DECLARE_FINAL_TYPE (Drip, drip, TEST, DRIP, GInputStream)

struct _Drip
{
  GInputStream parent_instance;

  const char *text;
  gsize length;
  gsize at;
  gsize step;
};

G_DEFINE_FINAL_TYPE (Drip, drip, G_TYPE_INPUT_STREAM)

static gssize
drip_read (GInputStream  *stream,
           void          *buffer,
           gsize          count,
           GCancellable  *cancellable,
           GError       **error)
{
  Drip *self = TEST_DRIP (stream);
  gsize n = MIN (MIN (count, self->step), self->length - self->at);

  memcpy (buffer, self->text + self->at, n);
  self->at += n;
  return (gssize) n;
}

static void
drip_class_init (DripClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = drip_read;
}

static void
drip_init (Drip *self)
{
}

static YejiRecordReader *
open_drip (const char *text,
           gsize       length,
           gsize       step)
{
  g_autoptr (Drip) drip = g_object_new (DRIP_TYPE, NULL);

  drip->text = text;
  drip->length = length;
  drip->step = step;
  return yeji_record_reader_new (G_INPUT_STREAM (drip));
}

static const struct
{
  const char *name;
  const char *text;
  const char *records;         /* each with its place, then a bar; an error as it begins */
} cases[] = {
  { "one", "{\"a\": 1}", "{\"a\": 1}|" },
  { "one-with-blanks", "\xef\xbb\xbf \r\n{\"a\": 1}\r\n \t", "{\"a\": 1}|" },
  { "one-over-lines", "{\n  \"a\": [\n    {}\n  ]\n}\n", "{\n  \"a\": [\n    {}\n  ]\n}|" },
  { "array", "[{\"a\": [{}, {}]}, {\"b\": 2}]", "/0: {\"a\": [{}, {}]}|/1: {\"b\": 2}|" },
  { "array-over-lines", "[\n{}\n,\n{}\n]\n", "/0: {}|/1: {}|" },
  { "empty-array", " [ ] ", "" },
  { "array-of-others", "[7,\"a,b\" ,[[1],2], null]",
    "/0: 7|/1: \"a,b\"|/2: [[1],2]|/3: null|" },
  { "lines", "{\"a\":1}\n\n{\"b\":2}\n", "line 1: {\"a\":1}|line 3: {\"b\":2}|" },
  { "lines-of-windows", "{}\r\n{}", "line 1: {}|line 2: {}|" },
  { "on-one-line", "{\"a\":{}}{} {}", "line 1: {\"a\":{}}|line 1: {}|line 1: {}|" },
  { "two-on-a-line", "{\"a\":{}} {\"b\":1}\n{}\n",
    "line 1: {\"a\":{}}|line 1: {\"b\":1}|line 2: {}|" },
  { "two-in-a-string", "{\"a\":\"}{\"}\n{}\n", "line 1: {\"a\":\"}{\"}|line 2: {}|" },
  { "rows-over-lines", "{\"a\":[{}\n,{}\n]}\n{}", "line 1: {\"a\":[{}\n,{}\n]}|line 4: {}|" },
  { "over-lines", "{\n\"a\":\n{}}\n{\n}", "line 1: {\n\"a\":\n{}}|line 4: {\n}|" },
  { "brackets-in-strings", "{\"}{]\":\"[{\"}\n{\"\\\\\":\"\\\"}\"}",
    "line 1: {\"}{]\":\"[{\"}|line 2: {\"\\\\\":\"\\\"}\"}|" },
  { "backslashes", "{\"a\":\"\\\\\\\\\"}{\"a\":\"\\\\\\\"{\"}",
    "line 1: {\"a\":\"\\\\\\\\\"}|line 1: {\"a\":\"\\\\\\\"{\"}|" },
  { "half-a-line", "{\"a\n{\"b\":2}\n", "line 1: {\"a|line 2: {\"b\":2}|" },
  { "half-an-object", "{\"a\":{\n{\"b\":2}\n", "line 1: {\"a\":{\n|line 2: {\"b\":2}|" },
  { "half-a-value", "{\"a\":\"x\"\n{\"b\":2}\n", "line 1: {\"a\":\"x\"\n|line 2: {\"b\":2}|" },
  { "truncated-array", "[{\"a\": 1}, {\"b", "/0: {\"a\": 1}|/1: {\"b|!line 1: the text ends" },
  { "unfinished-array", "[{}", "/0: {}|!line 1: the text ends" },
  { "comma-behind", "[{}, ", "/0: {}|!line 1: the text ends" },
  { "comma-missing", "[{} {}]", "/0: {}|!line 1: a comma" },
  { "commas", "[,,]", "!line 1: a comma or a bracket" },
  { "comma-at-the-end", "[{},]", "/0: {}|!line 1: a comma or a bracket" },
  { "bracket-behind", "{}\n]", "line 1: {}|!line 2: a comma or a bracket" },
  { "comma-between-lines", "{},{}", "line 1: {}|!line 1: a comma or a bracket" },
  { "behind-the-array", "[{}]\n7", "/0: {}|!line 2: there is more" },
  { "workbook", "PK\x03\x04 rest", "line 1: PK\x03\x04|line 1: rest|" },
  { "nothing", "", "!line 1: there is nothing" },
  { "blanks", " \n ", "!line 2: there is nothing" },
};

static void
test_cases (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gsize size = strlen (cases[i].text);

  for (gsize step = 1; step <= size + 1; step++)
    {
      g_autoptr (YejiRecordReader) reader = open_drip (cases[i].text, size, step);
      g_autoptr (GString) found = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      const char *text;
      gsize length = 1;

      while (length > 0 && yeji_record_reader_next (reader, &text, &length, &error))
        {
          g_string_append (found, yeji_record_reader_get_place (reader));
          g_string_append_len (found, text, (gssize) length);
          g_string_append_c (found, '|');
        }
      if (error != NULL)
        {
          g_assert_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT);
          g_string_append_printf (found, "!%s", error->message);
          g_string_truncate (found, MIN (found->len, strlen (cases[i].records)));
        }
      g_assert_cmpstr (found->str, ==, cases[i].records);
    }
}

/* However many records there are, one is held. */
static void
test_many (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (YejiRecordReader) reader = NULL;
  g_autofree char *filler = g_strnfill (3000, 'x');
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize length;
  guint n = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (all, "{\"n\":%u,\"x\":\"%s\"}\n", i, filler + i);
  reader = open_drip (all->str, all->len, 70000);
  for (; yeji_record_reader_next (reader, &text, &length, &error); n++)
    {
      g_autofree char *start = g_strdup_printf ("{\"n\":%u,", n);
      g_autofree char *place = g_strdup_printf ("line %u: ", n + 1);

      g_assert_true (strncmp (text, start, strlen (start)) == 0);
      g_assert_cmpuint (length, ==, strlen (start) + 3000 - n + 7);
      g_assert_cmpstr (yeji_record_reader_get_place (reader), ==, place);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1000);
}

static void
test_too_large (void)
{
  static const char * const starts[] = { "{\"a\": \"", "[{}, {\"a\": [", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      gsize size = ((gsize) 64 << 20) + 4096;
      g_autofree char *all = g_malloc (size);
      g_autoptr (YejiRecordReader) reader = NULL;
      g_autoptr (GError) error = NULL;
      const char *text;
      gsize length;

      memset (all, i == 2 ? ' ' : '0', size);
      memcpy (all, starts[i], strlen (starts[i]));
      reader = open_drip (all, size, G_MAXSSIZE);
      while (yeji_record_reader_next (reader, &text, &length, &error))
        ;
      g_assert_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/record-reader/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_cases);
    }
  g_test_add_func ("/exchange/record-reader/holds-one-of-many", test_many);
  g_test_add_func ("/exchange/record-reader/refuses-a-record-without-end", test_too_large);
  return g_test_run ();
}
