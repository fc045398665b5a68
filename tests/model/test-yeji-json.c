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
  { "same-name-twice", "{\"a\": 1, \"b\": {\"a\": 2}, \"a\": 3}", -1, YEJI_JSON_ERROR_SYNTAX },
  { "same-name-escaped", "{\"a\": 1, \"\\u0061\": 3}", -1, YEJI_JSON_ERROR_SYNTAX },
  { "empty-name", "{\"\": 1}", -1, -1 },
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

/* What is printed reads back as the same; json-glib prints 1e+22.0. */
static void
test_print (void)
{
  static const char text[] =
    "{\"text\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u001b\\u007f/示例😀\",\"\":[],\"object\":{},"
    "\"numbers\":[0,-1,9223372036854775807,2928.28,1e+22,100.0,-0.0,0.30000000000000004],"
    "\"words\":[true,false,null]}";
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  g_autofree char *printed = yeji_json_print (node, FALSE);
  g_autofree char *pretty = NULL;
  g_autoptr (JsonNode) again = NULL;

  g_assert_cmpstr (printed, ==, text);
  pretty = yeji_json_print (node, TRUE);
  g_assert_true (g_str_has_prefix (pretty, "{\n  \"text\" : \"\\\""));
  again = yeji_json_parse (pretty, -1, NULL);
  g_assert_true (json_node_equal (node, again));
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
  g_test_add_func ("/model/json/prints-what-reads-back", test_print);
  return g_test_run ();
}
