// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-json-reader.h"

#include <string.h>

static const char letters[] = {
  [YEJI_JSON_OBJECT] = '{', [YEJI_JSON_OBJECT_END] = '}', [YEJI_JSON_ARRAY] = '[',
  [YEJI_JSON_ARRAY_END] = ']', [YEJI_JSON_NAME] = ':', [YEJI_JSON_STRING] = '"',
  [YEJI_JSON_NUMBER] = '0', [YEJI_JSON_TRUE] = 't', [YEJI_JSON_FALSE] = 'f',
  [YEJI_JSON_NULL] = 'n',
};

static const struct
{
  const char *name;
  const char *text;
  const char *tokens;          /* a letter each, behind it in parentheses what it says */
} taken[] = {
  { "nothing-open", " \t\r\n0 ", "0(0)" },
  { "object", "{\"a\":1,\"b\":{}}", "{:(a)0(1):(b){}}" },
  { "array", "[ [ ] , [1 , -2.5e+3] ]", "[[][0(1)0(-2.5e+3)]]" },
  { "words", "[true,false,null]", "[tfn]" },
  { "escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"(\"\\/\b\f\n\r\t)" },
  { "hex", "[\"\\u00e9\\u4E2d\",\"a\\ud83d\\ude00b\"]", "[\"(é中)\"(a😀b)]" },
  { "utf8", "\"é中😀\x7f\xf4\x8f\xbf\xbf\"", "\"(é中😀\x7f\xf4\x8f\xbf\xbf)" },
  { "zero", "[0,-0,0.0,0e0]", "[0(0)0(-0)0(0.0)0(0e0)]" },
};

static void
test_taken (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *exact = g_memdup2 (taken[i].text, strlen (taken[i].text));
  g_autoptr (GString) tokens = g_string_new (NULL);
  g_auto (YejiJsonReader) reader;
  YejiJsonToken token;

  /* without a NUL behind it, so that reading on is seen by memory checkers */
  yeji_json_reader_init (&reader, exact, strlen (taken[i].text));
  while ((token = yeji_json_reader_next (&reader)) > YEJI_JSON_END)
    {
      g_string_append_c (tokens, letters[token]);
      if (token == YEJI_JSON_NAME || token == YEJI_JSON_STRING || token == YEJI_JSON_NUMBER)
        {
          g_string_append_c (tokens, '(');
          g_string_append_len (tokens, reader.string, (gssize) reader.length);
          g_string_append_c (tokens, ')');
        }
    }
  g_assert_cmpint (token, ==, YEJI_JSON_END);
  g_assert_cmpint (yeji_json_reader_next (&reader), ==, YEJI_JSON_END);
  g_assert_cmpstr (tokens->str, ==, taken[i].tokens);
}

static const struct
{
  const char *name;
  const char *text;
  int code;
  const char *place;
} refused[] = {
  { "nothing", "", YEJI_JSON_ERROR_SYNTAX, "1:1: there is nothing" },
  { "blank", " \n ", YEJI_JSON_ERROR_SYNTAX, "2:2: there is nothing" },
  { "form-feed", "\f{}", YEJI_JSON_ERROR_SYNTAX, "1:1: " },
  { "open-object", "{", YEJI_JSON_ERROR_SYNTAX, "1:2: the text ends" },
  { "open-string", "\"abc", YEJI_JSON_ERROR_SYNTAX, "1:5: the text ends" },
  { "open-escape", "\"abc\\", YEJI_JSON_ERROR_SYNTAX, "1:6: the text ends" },
  { "open-hex", "\"\\u00", YEJI_JSON_ERROR_SYNTAX, "1:2: an escape" },
  { "no-hex", "\"\\u00g0\"", YEJI_JSON_ERROR_SYNTAX, "1:2: an escape" },
  { "other-escape", "\"\\x41\"", YEJI_JSON_ERROR_SYNTAX, "1:2: an escape" },
  { "half-word", "[tru", YEJI_JSON_ERROR_SYNTAX, "1:2: not JSON" },
  { "upper-word", "True", YEJI_JSON_ERROR_SYNTAX, "1:1: not JSON" },
  { "word-and-more", "[truex]", YEJI_JSON_ERROR_SYNTAX, "1:6: not JSON" },
  { "comma-behind", "[1,]", YEJI_JSON_ERROR_SYNTAX, "1:4: not JSON" },
  { "comma-before", "[,1]", YEJI_JSON_ERROR_SYNTAX, "1:2: not JSON" },
  { "comma-in-object", "{\"a\":1,}", YEJI_JSON_ERROR_SYNTAX, "1:8: not JSON" },
  { "no-comma", "[1 2]", YEJI_JSON_ERROR_SYNTAX, "1:4: not JSON" },
  { "no-colon", "{\"a\" 1}", YEJI_JSON_ERROR_SYNTAX, "1:6: not JSON" },
  { "no-value", "{\"a\":}", YEJI_JSON_ERROR_SYNTAX, "1:6: not JSON" },
  { "number-as-name", "{1:2}", YEJI_JSON_ERROR_SYNTAX, "1:2: not JSON" },
  { "wrong-end", "[1}", YEJI_JSON_ERROR_SYNTAX, "1:3: not JSON" },
  { "end-alone", "]", YEJI_JSON_ERROR_SYNTAX, "1:1: not JSON" },
  { "two-values", "1 2", YEJI_JSON_ERROR_SYNTAX, "1:3: there is more" },
  { "plus", "[+1]", YEJI_JSON_ERROR_SYNTAX, "1:2: not JSON" },
  { "point-first", "[.5]", YEJI_JSON_ERROR_SYNTAX, "1:2: not JSON" },
  { "nan", "[NaN]", YEJI_JSON_ERROR_SYNTAX, "1:2: not JSON" },
  { "octal", "[01]", YEJI_JSON_ERROR_SYNTAX, "1:2: not a number" },
  { "hexadecimal", "[0x1]", YEJI_JSON_ERROR_SYNTAX, "1:3: not JSON" },
  { "line-feed", "[\n\"中\n\"]", YEJI_JSON_ERROR_SYNTAX, "2:3: a control character" },
  { "tab", "\"\t\"", YEJI_JSON_ERROR_SYNTAX, "1:2: a control character" },
  { "escaped-nul", "\"中\\u0000\"", YEJI_JSON_ERROR_TEXT, "1:3: the text is not UTF-8, or" },
  { "high-alone", "\"\\ud800\"", YEJI_JSON_ERROR_TEXT, "1:2: half a surrogate" },
  { "high-and-letter", "\"\\ud800\\u0041\"", YEJI_JSON_ERROR_TEXT, "1:2: half a surrogate" },
  { "high-twice", "\"\\ud800\\ud800\"", YEJI_JSON_ERROR_TEXT, "1:2: half a surrogate" },
  { "low-alone", "\"\\udc00\"", YEJI_JSON_ERROR_TEXT, "1:2: half a surrogate" },
  { "raw-surrogate", "\"\xed\xa0\x80\"", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "overlong-2", "\"\xc0\xaf\"", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "overlong-3", "\"\xe0\x80\xaf\"", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "overlong-4", "\"\xf0\x80\x80\xaf\"", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "beyond-unicode", "\"\xf4\x90\x80\x80\"", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "cut-character", "\"\xe4\xb8", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "tail-alone", "\"\x80\"", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
  { "no-text-at-all", "[\xff]", YEJI_JSON_ERROR_TEXT, "1:2: the text is not UTF-8" },
};

static void
assert_refused (const char *text,
                gsize       length,
                int         code,
                const char *place)
{
  g_autofree char *exact = g_memdup2 (text, length);
  g_auto (YejiJsonReader) reader;
  g_autoptr (GError) error = NULL;
  YejiJsonToken token;

  yeji_json_reader_init (&reader, exact, length);
  while ((token = yeji_json_reader_next (&reader)) > YEJI_JSON_END)
    ;
  g_assert_cmpint (token, ==, YEJI_JSON_FAILED);
  g_assert_cmpint (yeji_json_reader_next (&reader), ==, YEJI_JSON_FAILED);
  yeji_json_reader_set_error (&reader, &error);
  g_assert_error (error, YEJI_JSON_ERROR, code);
  if (!g_str_has_prefix (error->message, place))
    g_error ("“%s” does not begin with “%s”", error->message, place);
}

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  assert_refused (refused[i].text, strlen (refused[i].text), refused[i].code, refused[i].place);
}

static void
test_nul (void)
{
  assert_refused ("[\"a\0\"]", 6, YEJI_JSON_ERROR_TEXT, "1:4: ");
  assert_refused ("[\0]", 3, YEJI_JSON_ERROR_TEXT, "1:2: ");
  assert_refused ("[]\0", 3, YEJI_JSON_ERROR_SYNTAX, "1:3: ");
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (YEJI_JSON_MAX_DEPTH + 1, '[');
  g_autoptr (GString) text = g_string_new_len (open, YEJI_JSON_MAX_DEPTH);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < YEJI_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  node = yeji_json_parse (text->str, -1, &error);
  g_assert_no_error (error);
  assert_refused (open, YEJI_JSON_MAX_DEPTH + 1, YEJI_JSON_ERROR_DEPTH, "1:33: ");
}

/* Characters count, not bytes, whether escaped or not. */
static void
test_long_strings (void)
{
  static const char * const pieces[] = { "a", "中", "\\n", "\\ud83d\\ude00" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("\"");
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      for (guint j = 0; j < YEJI_JSON_MAX_STRING; j++)
        g_string_append (text, pieces[i]);
      g_string_append_c (text, '"');
      node = yeji_json_parse (text->str, (gssize) text->len, &error);
      g_assert_no_error (error);
      g_string_insert (text, 1, pieces[i]);
      assert_refused (text->str, text->len, YEJI_JSON_ERROR_SIZE, "1:2: a string of more");
    }
}

static void
test_skips (void)
{
  static const char text[] = "{\"a\": [1, {\"b\": [2]}], \"c\": 3, \"d\": {}}";
  g_auto (YejiJsonReader) reader;

  yeji_json_reader_init (&reader, text, strlen (text));
  g_assert_cmpint (yeji_json_reader_next (&reader), ==, YEJI_JSON_OBJECT);
  for (const char *name = "acd"; *name != '\0'; name++)
    {
      g_assert_cmpint (yeji_json_reader_next (&reader), ==, YEJI_JSON_NAME);
      g_assert_cmpmem (reader.string, reader.length, name, 1);
      g_assert_true (yeji_json_reader_skip (&reader, yeji_json_reader_next (&reader)));
    }
  g_assert_cmpint (yeji_json_reader_next (&reader), ==, YEJI_JSON_OBJECT_END);
  g_assert_cmpint (yeji_json_reader_next (&reader), ==, YEJI_JSON_END);
}

/* A name that is expected, wherever it is not. */
static void
test_matches_names (void)
{
  static const struct
  {
    const char *text;
    guint n_tokens;            /* that are read before */
    gboolean matches;
  } names[] = {
    { "{\"ab\":1}", 1, TRUE }, { "{ \"ab\" : 1}", 1, TRUE }, { "{\"x\":1 ,\n\"ab\":1}", 3, TRUE },
    { "{\"abc\":1}", 1, FALSE }, { "{\"a\":1}", 1, FALSE }, { "{\"a\\u0062\":1}", 1, FALSE },
    { "{\"x\":1 \"ab\":1}", 3, FALSE }, { "{,\"ab\":1}", 1, FALSE }, { "{\"ab\" 1}", 1, FALSE },
    { "{\"ab\"", 1, FALSE }, { "{\"ab", 1, FALSE }, { "{\"x\":\"ab\":1}", 2, FALSE },
    { "[\"ab\":1]", 1, FALSE }, { "[1,\"ab\":1]", 2, FALSE }, { "\"ab\":1", 0, FALSE },
    { "{}", 1, FALSE }, { "{\"x\":1}", 3, FALSE }, { "{\"x\":1,", 3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize size = strlen (names[i].text);
      g_autofree char *exact = g_memdup2 (names[i].text, size);
      g_auto (YejiJsonReader) reader;
      g_auto (YejiJsonReader) other;

      yeji_json_reader_init (&reader, exact, size);
      yeji_json_reader_init (&other, exact, size);
      for (guint j = 0; j < names[i].n_tokens; j++)
        g_assert_cmpint (yeji_json_reader_next (&reader), ==, yeji_json_reader_next (&other));
      g_assert_cmpint (yeji_json_reader_match_name (&reader, "ab"), ==, names[i].matches);
      if (names[i].matches)
        {
          g_assert_cmpint (yeji_json_reader_next (&other), ==, YEJI_JSON_NAME);
          g_assert_cmpmem (reader.string, reader.length, other.string, other.length);
        }
      /* either way the same follows */
      for (YejiJsonToken token = YEJI_JSON_NAME; token > YEJI_JSON_END; )
        {
          token = yeji_json_reader_next (&reader);
          g_assert_cmpint (token, ==, yeji_json_reader_next (&other));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/json-reader/takes/%s", taken[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_taken);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/json-reader/refuses/%s", refused[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/model/json-reader/refuses/nul", test_nul);
  g_test_add_func ("/model/json-reader/is-32-levels-deep", test_depth);
  g_test_add_func ("/model/json-reader/counts-the-characters-of-a-string", test_long_strings);
  g_test_add_func ("/model/json-reader/skips-values", test_skips);
  g_test_add_func ("/model/json-reader/matches-names-as-it-reads-them", test_matches_names);
  return g_test_run ();
}
