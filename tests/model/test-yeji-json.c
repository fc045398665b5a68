// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-json.h"

static const struct
{
  const char *name;
  const char *text;
  gssize length;
  int code;                    /* -1: accepted */
} cases[] = {
  { "object", "{\"a\": 1}", -1, -1 },
  { "byte-order-mark", "\xef\xbb\xbf{}", -1, -1 },
  { "brackets-in-a-string", "[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]", -1, -1 },
  { "escaped-quote", "[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]", -1, -1 },
  { "nothing", "", -1, YEJI_JSON_ERROR_SYNTAX },
  { "truncated", "{\"a\": [1, 2", -1, YEJI_JSON_ERROR_SYNTAX },
  { "trailing", "{} {}", -1, YEJI_JSON_ERROR_SYNTAX },
  { "not-utf8", "{\"a\": \"\xff\"}", -1, YEJI_JSON_ERROR_TEXT },
  { "gbk", "{\"a\": \"\xd6\xd0\"}", -1, YEJI_JSON_ERROR_TEXT },
  { "nul", "{\"a\": \"\0\"}", 10, YEJI_JSON_ERROR_TEXT },
  { "deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", -1, YEJI_JSON_ERROR_DEPTH },
  { "deep-behind-a-comment", "/* \" */ [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", -1,
    YEJI_JSON_ERROR_SYNTAX },
  { "deep-behind-a-line-comment", "// \"\n[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", -1,
    YEJI_JSON_ERROR_SYNTAX },
  { "single-quotes", "{'a': '\"[[[['}", -1, YEJI_JSON_ERROR_SYNTAX },
  { "comment-in-a-string", "[\"/* // '\"]", -1, -1 },
  { "escaped-nul", "[\"a\\u0000b\"]", -1, YEJI_JSON_ERROR_TEXT },
  { "escaped-backslash-before-u0000", "[\"a\\\\u0000b\"]", -1, -1 },
  { "numbers", "[0, -1, 2928.28, 1E2, 1e-3, 9223372036854775807, 0.30000000000000004]", -1, -1 },
  { "integer-of-30-digits", "[123456789012345678901234567890]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "decimal-of-18-digits", "[0.123456789012345678]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "infinite", "[1e400]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "hexadecimal", "[0x10]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "half-a-decimal", "[1.]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "half-an-exponent", "[1e+]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "minus-alone", "[-]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "octal", "[017]", -1, YEJI_JSON_ERROR_SYNTAX },
  { "words", "[true, false, null]", -1, -1 },
};

static void
test_parse (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (cases[i].text, cases[i].length, &error);

  if (cases[i].code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
  else
    {
      g_assert_error (error, YEJI_JSON_ERROR, cases[i].code);
      g_assert_null (node);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/json/parses/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_parse);
    }
  return g_test_run ();
}
