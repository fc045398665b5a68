// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-record-file.h"
#include "yeji-tsv.h"

#include <string.h>

/* Cells are shown apart by "|", rows by "/". */
static char *
show (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = g_ptr_array_index (rows, i);

      g_string_append (text, i > 0 ? "/" : "");
      for (guint j = 0; j < row->len; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? "|" : "",
                                (const char *) g_ptr_array_index (row, j));
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *name;
  const char *text;
  const char *shown;
} cases[] = {
  { "nothing", "", "" },
  { "one-cell", "a", "a" },
  { "excel", "a\tb\r\nc\td\r\n", "a|b/c|d" },
  { "libreoffice", "a\tb\nc\td\n", "a|b/c|d" },
  { "old-mac", "a\tb\rc\td\r", "a|b/c|d" },
  { "no-last-line-end", "a\tb\nc\td", "a|b/c|d" },
  { "empty-cells", "\t\nx\t\n", "|/x|" },
  { "empty-line-within", "a\n\nb\n", "a//b" },
  { "empty-lines-at-the-end", "a\r\n\r\n\t\t\r\n\r\n", "a" },
  { "line-end-within-a-cell", "\"a\nb\"\tc\n", "a\nb|c" },
  { "windows-line-end-within-a-cell", "\"a\r\nb\"\tc\r\n", "a\nb|c" },
  { "tab-within-a-cell", "\"a\tb\"\tc\n", "a\tb|c" },
  { "quotes-within-a-quoted-cell", "\"a \"\"b\"\"\nc\"\td\n", "a \"b\"\nc|d" },
  { "quotes-within-a-plain-cell", "a \"b\" c\td\n", "a \"b\" c|d" },
  { "a-quote-that-nothing-ends", "\"a\tb\nc\n", "\"a|b/c" },
  { "a-quoted-beginning", "\"a\" b\tc\n", "\"a\" b|c" },
  { "quoted-empty-cell", "\"\"\tb\n", "|b" },
  { "only-a-quote", "\"", "\"" },
  { "three-quotes", "\"\"\"", "\"\"\"" },
  { "unequal-rows", "a\nb\tc\td\n", "a/b|c|d" },
  { "byte-order-mark", "\xef\xbb\xbf" "a\tb\n", "a|b" },
  { "full-width", "长春市\t１２３\n", "长春市|１２３" },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = yeji_tsv_parse (cases[i].text, -1, &error);
      g_autofree char *shown = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      shown = show (rows);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

/* Tables of pieces that tables go wrong with. */
static GPtrArray *
make_table (GRand *rand)
{
  static const char *const pieces[] = { "\"", "\t", "\n", "a", "二", " ", "\"\"", "\r", "x" };
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n_rows = (guint) g_rand_int_range (rand, 1, 6);
  guint n_columns = (guint) g_rand_int_range (rand, 1, 5);

  for (guint i = 0; i < n_rows; i++)
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; j < n_columns; j++)
        {
          GString *text = g_string_new (NULL);

          for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
            {
              const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

              /* the line end of Windows is one that comes back as "\n" */
              if (!(*piece == '\n' && text->len > 0 && text->str[text->len - 1] == '\r'))
                g_string_append (text, piece);
            }
          g_ptr_array_add (row, g_string_free (text, FALSE));
        }
      g_ptr_array_add (rows, row);
    }
  g_free (g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, n_rows - 1), 0));
  ((GPtrArray *) g_ptr_array_index (rows, n_rows - 1))->pdata[0] = g_strdup ("end");
  return rows;
}

static void
test_write_then_read (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260109);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GPtrArray) rows = make_table (rand);
      g_autofree char *text = yeji_tsv_write (rows);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) again = yeji_tsv_parse (text, -1, &error);
      g_autofree char *expected = show (rows);
      g_autofree char *shown = NULL;

      g_assert_no_error (error);
      shown = show (again);
      g_assert_cmpstr (shown, ==, expected);
    }
}

/* Bytes at random are read or refused, and neither crash nor hang. */
static void
test_garbage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 5000; i++)
    {
      static const char bytes[] = "\"\"\t\n\r\0ab\xe4\xb8\x80\xff";
      char text[40];
      gsize length = (gsize) g_rand_int_range (rand, 0, sizeof text);
      g_autoptr (GPtrArray) rows = NULL;

      for (gsize j = 0; j < length; j++)
        text[j] = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      rows = yeji_tsv_parse (text, (gssize) length, NULL);
      g_assert_true (rows != NULL || !g_utf8_validate_len (text, length, NULL));
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) cells = g_string_new (NULL);
  const struct
  {
    const char *text;
    gssize length;
    int code;
  } refused[] = {
    { "a\0b", 3, YEJI_EXCHANGE_ERROR_FORMAT },
    { "\xff\xfe", 2, YEJI_EXCHANGE_ERROR_FORMAT },
    { "a", (gssize) YEJI_TSV_MAX_BYTES + 1, YEJI_EXCHANGE_ERROR_TOO_LARGE },
    { NULL, 0, YEJI_EXCHANGE_ERROR_TOO_LARGE },
    { NULL, 1, YEJI_EXCHANGE_ERROR_TOO_LARGE },
  };

  for (guint i = 0; i <= YEJI_TSV_MAX_ROWS; i++)
    g_string_append (lines, "a\n");
  for (guint i = 0; i <= YEJI_TSV_MAX_CELLS; i++)
    g_string_append (cells, "a\t");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *text = refused[i].text;
      gssize length = refused[i].length;

      if (text == NULL)
        {
          text = length == 0 ? lines->str : cells->str;
          length = -1;
        }
      g_assert_null (yeji_tsv_parse (text, length, &error));
      g_assert_error (error, YEJI_EXCHANGE_ERROR, refused[i].code);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/tsv/reads-what-other-programs-copy", test_parse);
  g_test_add_func ("/exchange/tsv/reads-what-it-writes", test_write_then_read);
  g_test_add_func ("/exchange/tsv/survives-garbage", test_garbage);
  g_test_add_func ("/exchange/tsv/refuses-what-is-too-much-or-no-text", test_limits);
  return g_test_run ();
}
