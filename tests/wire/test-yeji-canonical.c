// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-canonical.h"

#include <math.h>
#include <string.h>

/* By both ways, from what was read and from the text itself. */
static char *
canonise (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, &error);
  g_autofree char *straight = NULL;
  char *canonical;

  g_assert_no_error (error);
  canonical = yeji_canonical_json (node, &error);
  g_assert_no_error (error);
  straight = yeji_canonical_text (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (straight, ==, canonical);
  return canonical;
}

/* The examples of RFC 8785, sections 3.2.2 to 3.2.4, and what they leave out. */
static void
test_forms (void)
{
  static const struct
  {
    const char *given, *wanted;
  } cases[] = {
    { "{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"
      " \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
      " \"literals\": [null, true, false]}",
      "{\"literals\":[null,true,false],"
      "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
      "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}" },
    { "{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\","
      " \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\","
      " \"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\","
      " \"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}",
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\302\200\":\"Control\","
      "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
      "\"😀\":\"Emoji: Grinning Face\",\"\357\254\263\":\"Hebrew Letter Dalet With Dagesh\"}" },
    { "{}", "{}" }, { " [ ] ", "[]" }, { "[{},[[]],{\"b\":{},\"a\":[]}]",
                                        "[{},[[]],{\"a\":[],\"b\":{}}]" },
    { "{\"a\":1,\"\":2,\"aa\":3,\"A\":4}", "{\"\":2,\"A\":4,\"a\":1,\"aa\":3}" },
    { "\"\\u0000x\"", NULL },
    { "\"\\b\\t\\n\\f\\r\\u001f\\u007f\\u2028/\"", "\"\\b\\t\\n\\f\\r\\u001f\177\342\200\250/\"" },
    { "[0, -0, -0.0, 1.0, 100, -7]", "[0,0,0,1,100,-7]" },
    { "\"2928.2800\"", "\"2928.2800\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = NULL;

      if (cases[i].wanted == NULL)
        {
          g_assert_null (yeji_json_parse (cases[i].given, -1, NULL));
          continue;
        }
      got = canonise (cases[i].given);
      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

/* RFC 8785, appendix B, by the bits of the double; and powers of two, where the nearest text of the
 * fewest digits is not always the right one. */
static void
test_numbers (void)
{
  static const struct
  {
    guint64 bits;
    const char *wanted;        /* NULL: refused */
  } cases[] = {
    { G_GUINT64_CONSTANT (0x0000000000000000), "0" },
    { G_GUINT64_CONSTANT (0x8000000000000000), "0" },
    { G_GUINT64_CONSTANT (0x0000000000000001), "5e-324" },
    { G_GUINT64_CONSTANT (0x8000000000000001), "-5e-324" },
    { G_GUINT64_CONSTANT (0x7fefffffffffffff), "1.7976931348623157e+308" },
    { G_GUINT64_CONSTANT (0xffefffffffffffff), "-1.7976931348623157e+308" },
    { G_GUINT64_CONSTANT (0x4340000000000000), "9007199254740992" },
    { G_GUINT64_CONSTANT (0xc340000000000000), "-9007199254740992" },
    { G_GUINT64_CONSTANT (0x4430000000000000), "295147905179352830000" },
    { G_GUINT64_CONSTANT (0x7fffffffffffffff), NULL },
    { G_GUINT64_CONSTANT (0x7ff0000000000000), NULL },
    { G_GUINT64_CONSTANT (0xfff0000000000000), NULL },
    { G_GUINT64_CONSTANT (0x44b52d02c7e14af5), "9.999999999999997e+22" },
    { G_GUINT64_CONSTANT (0x44b52d02c7e14af6), "1e+23" },
    { G_GUINT64_CONSTANT (0x44b52d02c7e14af7), "1.0000000000000001e+23" },
    { G_GUINT64_CONSTANT (0x444b1ae4d6e2ef4e), "999999999999999700000" },
    { G_GUINT64_CONSTANT (0x444b1ae4d6e2ef4f), "999999999999999900000" },
    { G_GUINT64_CONSTANT (0x444b1ae4d6e2ef50), "1e+21" },
    { G_GUINT64_CONSTANT (0x3eb0c6f7a0b5ed8c), "9.999999999999997e-7" },
    { G_GUINT64_CONSTANT (0x3eb0c6f7a0b5ed8d), "0.000001" },
    { G_GUINT64_CONSTANT (0x41b3de4355555553), "333333333.3333332" },
    { G_GUINT64_CONSTANT (0x41b3de4355555554), "333333333.33333325" },
    { G_GUINT64_CONSTANT (0x41b3de4355555555), "333333333.3333333" },
    { G_GUINT64_CONSTANT (0x41b3de4355555556), "333333333.3333334" },
    { G_GUINT64_CONSTANT (0x41b3de4355555557), "333333333.33333343" },
    { G_GUINT64_CONSTANT (0xbecbf647612f3696), "-0.0000033333333333333333" },
    { G_GUINT64_CONSTANT (0x43143ff3c1cb0959), "1424953923781206.2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
      g_autoptr (GError) error = NULL;
      g_autofree char *got = NULL;
      double number;

      memcpy (&number, &cases[i].bits, sizeof number);
      json_node_set_double (node, number);
      got = yeji_canonical_json (node, &error);
      g_assert_cmpstr (got, ==, cases[i].wanted);
      if (got == NULL)
        g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX);
    }
}

static void
test_whole_numbers (void)
{
  static const struct
  {
    gint64 number;
    const char *wanted;        /* NULL: no double holds it */
  } cases[] = {
    { 0, "0" }, { -1, "-1" }, { G_MAXINT32, "2147483647" },
    { G_GINT64_CONSTANT (9007199254740991), "9007199254740991" },
    { G_GINT64_CONSTANT (-9007199254740991), "-9007199254740991" },
    { G_GINT64_CONSTANT (9007199254740992), "9007199254740992" },
    { G_GINT64_CONSTANT (9007199254740993), NULL },
    { G_GINT64_CONSTANT (-9007199254740993), NULL },
    { G_GINT64_CONSTANT (9007199254740994), "9007199254740994" },
    { G_GINT64_CONSTANT (4611686018427388000), "4611686018427388000" },
    { G_GINT64_CONSTANT (4611686018427387904), NULL },
    { G_MAXINT64, NULL },
    { G_MININT64, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
      g_autofree char *got = NULL;

      json_node_set_int (node, cases[i].number);
      got = yeji_canonical_json (node, NULL);
      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

/* What comes as text is refused by the reader; this is what a program could put together. */
static void
test_refuses_what_is_no_unicode (void)
{
  static const char * const texts[] = { "\xed\xa0\x80", "\xff", "a\xc0\x80" };
  static const char * const escapes[] = { "\"\\ud800\"", "\"\\udc00x\"", "{\"a\":1,\"a\":2}",
                                          "\"\xed\xa0\x80\"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), texts[i]);
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
      g_autoptr (JsonObject) object = json_object_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_canonical_json (value, &error));
      g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_TEXT);
      json_object_set_int_member (object, texts[i], 1);
      json_node_set_object (node, object);
      g_clear_error (&error);
      g_assert_null (yeji_canonical_sha256 (node, &error));
      g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_TEXT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    g_assert_null (yeji_json_parse (escapes[i], -1, NULL));
}

static JsonNode *
nest (guint levels)
{
  JsonNode *node = json_node_init_array (json_node_alloc (), NULL);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  if (levels > 1)
    json_array_add_element (array, nest (levels - 1));
  return node;
}

static void
test_has_a_depth (void)
{
  g_autoptr (JsonNode) most = nest (32);
  g_autoptr (JsonNode) more = nest (33);
  g_autofree char *text = yeji_canonical_json (most, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (text), ==, 64);
  g_assert_null (yeji_canonical_json (more, &error));
  g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_DEPTH);
}

static char *
make_name (GRand *rand)
{
  static const gunichar letters[] = { 'a', 'Z', '"', '\\', '\n', 1, 0x7f, 0x4e1a, 0x1f600, 0xfb33,
                                      0xffff, 0x10ffff, 0xd7ff, 0xe000 };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    g_string_append_unichar (text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  return g_string_free (text, FALSE);
}

/* But for those that are written as whole numbers and are larger than the reader takes. */
static double
make_number (GRand *rand)
{
  double number;

  do
    {
      guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

      memcpy (&number, &bits, sizeof number);
    }
  while (!isfinite (number) || (fabs (number) > 9e18 && fabs (number) < 1e21));
  return number;
}

static JsonNode *
make_node (GRand *rand,
           guint  depth)
{
  g_autofree char *name = make_name (rand);
  int kind = g_rand_int_range (rand, 0, depth < 5 ? 8 : 6);
  JsonNode *node = json_node_alloc ();

  if (kind < 2)
    return json_node_init_string (node, name);
  if (kind == 2)
    return json_node_init_int (node, (gint32) g_rand_int (rand));
  if (kind == 3)
    return json_node_init_double (node, make_number (rand));
  if (kind == 4)
    return json_node_init_boolean (node, g_rand_boolean (rand));
  if (kind == 5)
    return json_node_init_null (node);
  if (kind == 6)
    {
      JsonArray *array = json_array_new ();

      json_node_take_array (json_node_init_array (node, NULL), array);
      for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
        json_array_add_element (array, make_node (rand, depth + 1));
      return node;
    }
  json_node_take_object (json_node_init_object (node, NULL), json_object_new ());
  for (int n = g_rand_int_range (rand, 0, 9); n > 0; n--)
    {
      g_autofree char *member = make_name (rand);

      json_object_set_member (json_node_get_object (node), member, make_node (rand, depth + 1));
    }
  return node;
}

/* The members of all objects in another order. */
static JsonNode *
shuffle (GRand    *rand,
         JsonNode *node)
{
  JsonNode *copy = json_node_alloc ();

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *from = json_node_get_array (node);
      JsonArray *to = json_array_new ();

      for (guint i = 0; i < json_array_get_length (from); i++)
        json_array_add_element (to, shuffle (rand, json_array_get_element (from, i)));
      json_node_take_array (json_node_init_array (copy, NULL), to);
      return copy;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *from = json_node_get_object (node);
      JsonObject *to = json_object_new ();
      g_autoptr (GList) names = json_object_get_members (from);

      while (names != NULL)
        {
          GList *link = g_list_nth (names, (guint) g_rand_int_range (rand, 0,
                                                             (gint32) g_list_length (names)));

          json_object_set_member (to, link->data,
                                  shuffle (rand, json_object_get_member (from, link->data)));
          names = g_list_delete_link (names, link);
        }
      json_node_take_object (json_node_init_object (copy, NULL), to);
      return copy;
    }
  json_node_unref (copy);
  return json_node_copy (node);
}

/* Whatever the order and the way of writing: one form, which reads back as the same and is its own
 * canonical form. */
static void
test_is_one_form (void)
{
  for (guint32 seed = 1; seed <= 400; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (JsonNode) node = make_node (rand, 0);
      g_autoptr (JsonNode) other = shuffle (rand, node);
      g_autofree char *text = yeji_canonical_json (node, NULL);
      g_autofree char *again = yeji_canonical_json (other, NULL);
      g_autofree char *pretty = yeji_json_print (other, TRUE);
      g_autofree char *from_pretty = canonise (pretty);
      g_autofree char *from_text = canonise (text);

      g_assert_nonnull (text);
      g_assert_cmpstr (again, ==, text);
      g_assert_cmpstr (from_pretty, ==, text);
      g_assert_cmpstr (from_text, ==, text);
    }
}

static void
test_numbers_read_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8785);

  for (guint i = 0; i < 20000; i++)
    {
      double number = make_number (rand);
      g_autofree char *text = yeji_canonical_number (number);

      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, number);
    }
  for (int i = -1074; i < 1024; i++)
    {
      g_autofree char *text = yeji_canonical_number (ldexp (1, i));

      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, ldexp (1, i));
    }
}

/* What is no JSON, and what no canonical form has, is refused from the text as it is when read. */
static void
test_text_is_refused_alike (void)
{
  static const char * const texts[] = {
    "", " ", "{", "[1,", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{1:2}", "nul", "\"\\x\"", "\"a",
    "\"\\ud800\"", "01", "1.", "9007199254740993", "[1]x", "\xff", "\"\xc0\x80\"", "1e999",
    "\"\t\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) read = NULL;
      g_autoptr (GError) straight = NULL;
      g_autoptr (JsonNode) node = yeji_json_parse (texts[i], -1, &read);

      if (node != NULL)
        g_assert_null (yeji_canonical_json (node, &read));
      g_assert_null (yeji_canonical_text (texts[i], strlen (texts[i]), &straight));
      g_assert_error (straight, read->domain, read->code);
      g_assert_cmpstr (straight->message, ==, read->message);
    }
  g_assert_null (yeji_canonical_text ("{\"b\":{\"a\":1,\"c\":2,\"a\":1}}", 27, &error));
  g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (yeji_canonical_text ("{\"a\":1,\"\\u0061\":1}", 20, &error));
  g_assert_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX);
}

static int
compare_units (const char *a,
               const char *b)
{
  g_autofree gunichar2 *x = g_utf8_to_utf16 (a, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *y = g_utf8_to_utf16 (b, -1, NULL, NULL, NULL);
  guint i = 0;

  while (x[i] != 0 && x[i] == y[i])
    i++;
  return (x[i] > y[i]) - (x[i] < y[i]);
}

/* Section 3.2.3, by the units themselves. */
static void
test_order_is_that_of_utf16 (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (16);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *one = make_name (rand);
      g_autofree char *two = make_name (rand);
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
      JsonObject *object = json_object_new ();
      g_autofree char *text = NULL;

      json_node_take_object (node, object);
      if (compare_units (one, two) == 0)
        continue;
      json_object_set_int_member (object, one, 1);
      json_object_set_int_member (object, two, 2);
      text = yeji_canonical_json (node, NULL);
      g_assert_true (g_str_has_suffix (text, compare_units (one, two) < 0 ? ":2}" : ":1}"));
    }
}

static void
test_has_a_sum (void)
{
  g_autoptr (JsonNode) node = yeji_json_parse ("{\"b\": 1.0, \"a\": \"业绩\"}", -1, NULL);
  g_autofree char *sum = yeji_canonical_sha256 (node, NULL);
  g_autofree char *wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                           "{\"a\":\"业绩\",\"b\":1}", -1);

  g_assert_cmpstr (sum, ==, wanted);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/canonical/writes-what-the-standard-shows", test_forms);
  g_test_add_func ("/wire/canonical/writes-numbers-as-the-standard-shows", test_numbers);
  g_test_add_func ("/wire/canonical/writes-only-whole-numbers-that-a-double-holds",
                   test_whole_numbers);
  g_test_add_func ("/wire/canonical/refuses-what-is-no-unicode", test_refuses_what_is_no_unicode);
  g_test_add_func ("/wire/canonical/has-a-depth", test_has_a_depth);
  g_test_add_func ("/wire/canonical/is-one-form-whatever-the-order", test_is_one_form);
  g_test_add_func ("/wire/canonical/text-is-refused-alike", test_text_is_refused_alike);
  g_test_add_func ("/wire/canonical/order-is-that-of-utf16", test_order_is_that_of_utf16);
  g_test_add_func ("/wire/canonical/numbers-read-back-as-they-were", test_numbers_read_back);
  g_test_add_func ("/wire/canonical/has-a-sum", test_has_a_sum);
  return g_test_run ();
}
