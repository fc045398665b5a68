// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "extended-dictionary.h"
#include "yeji-dictionary-markdown.h"
#include "yeji-dictionary-schema.h"
#include "yeji-json.h"
#include "yeji-schema-pattern.h"
#include "yeji-test.h"
#include "yeji-value.h"

#include <math.h>
#include <string.h>

static JsonNode *
read_schema (YejiDictionary *dictionary)
{
  g_autofree char *text = yeji_dictionary_to_json_schema (dictionary);
  g_autoptr (GError) error = NULL;
  JsonNode *node = yeji_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

/* What a place of the schema says, on one line; "" if it says nothing. */
static char *
say (JsonNode   *schema,
     const char *pointer)
{
  g_auto (GStrv) steps = g_strsplit (pointer + 1, "/", -1);
  JsonNode *node = schema;

  for (guint i = 0; steps[i] != NULL && node != NULL; i++)
    node = yeji_json_node_object (node) != NULL
      ? json_object_get_member (yeji_json_node_object (node), steps[i]) : NULL;
  return node != NULL ? yeji_json_print (node, FALSE) : g_strdup ("");
}

static void
assert_says (JsonNode   *schema,
             const char *pointer,
             const char *expected)
{
  g_autofree char *said = say (schema, pointer);

  if (!g_str_equal (said, expected))
    g_error ("%s is %s, not %s", pointer, said, expected);
}

static void
assert_contains (JsonNode   *schema,
                 const char *pointer,
                 const char *expected,
                 gboolean    contains)
{
  g_autofree char *said = say (schema, pointer);

  if ((strstr (said, expected) != NULL) != contains)
    g_error ("%s is %s: %s %s", pointer, said, contains ? "lacks" : "has", expected);
}

static void
test_built_in (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (JsonNode) schema = read_schema (dictionary);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  g_autofree char *rows = g_strdup_printf ("%u", yeji_dictionary_get_limits (dictionary)->rows);
  g_autofree char *version = g_strdup_printf ("%s\"", yeji_dictionary_get_version (dictionary));

  assert_says (schema, "/$schema", "\"https://json-schema.org/draft/2020-12/schema\"");
  assert_contains (schema, "/$id", yeji_dictionary_get_id (dictionary), TRUE);
  assert_contains (schema, "/$id", version, TRUE);
  assert_says (schema, "/additionalProperties", "false");
  assert_says (schema, "/required", "[\"role\",\"project\"]");
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      g_autofree char *limit = g_strdup_printf ("/properties/%s/maxItems", table->member);
      g_autofree char *closed = g_strdup_printf ("/$defs/table.%s/additionalProperties", table->id);
      g_autofree char *id = g_strdup_printf ("/$defs/table.%s/properties/id/type", table->id);

      assert_says (schema, limit, i > 0 ? rows : "");
      assert_says (schema, closed, "false");
      assert_says (schema, id, i > 0 ? "\"string\"" : "");
      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          g_autofree char *title = g_strdup_printf ("/$defs/table.%s/properties/%s/title",
                                                    table->id, field->id);

          assert_contains (schema, title, field->label.in[YEJI_LANGUAGE_ZH], TRUE);
          assert_contains (schema, title, field->label.in[YEJI_LANGUAGE_EN], TRUE);
        }
    }
}

/* Where a field can be empty, and where it cannot. */
static void
test_mandatory (void)
{
  static const struct
  {
    const char *table;
    const char *field;
    gboolean required;
  } cases[] = {
    { "TBProjectInfo", "PrjName", TRUE },
    { "TBProjectInfo", "PrjNum", FALSE },                 /* the platform assigns it */
    { "TBProjectInfo", "DataLevel", FALSE },              /* the platform fills it in */
    { "TBUnitProjectInfo", "PrjNum", FALSE },             /* inherits */
    { "TBUnitProjectInfo", "GreenBuidingLevel", FALSE },  /* conditional */
    { "TBTenderInfo", "AgencyCorpName", FALSE },          /* a rule with a condition */
    { "TBProjectCorpInfo", "PersonPhone", TRUE },         /* a rule of its own */
    { "TBBuilderLicenceManage", "Span", TRUE },           /* the same, though conditional itself */
    { "TBTenderInfo", "PrjSize", FALSE },
  };
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (JsonNode) schema = read_schema (dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *required = g_strdup_printf ("/$defs/table.%s/required", cases[i].table);
      g_autofree char *filled = g_strdup_printf ("/$defs/table.%s/properties/%s/not",
                                                 cases[i].table, cases[i].field);
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", cases[i].field);

      assert_contains (schema, required, quoted, cases[i].required);
      assert_contains (schema, filled, "empty", cases[i].required);
    }
}

static void
add_part (JsonObject *parts,
          const char *file,
          const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  json_object_set_member (parts, file, node);
}

static void
add_items (JsonObject *parts,
           const char *file,
           const char *member,
           const char *text)
{
  JsonArray *array = json_object_get_array_member (json_object_get_object_member (parts, file),
                                                   member);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    json_array_add_element (array, json_node_copy (json_array_get_element (
                                     json_node_get_array (node), i)));
}

#define FACTS "\"confidence\": {\"id\": \"assumed\", \"type\": \"assumed\", \"required\": \"assumed\"}"
#define MESSAGE "\"message\": {\"zh\": \"请核对。\", \"en\": \"Check it.\"}"

/* A dictionary with things that no C file has heard of. */
static YejiDictionary *
make_dictionary (void)
{
  g_autoptr (YejiDictionary) built_in = yeji_dictionary_new_built_in (NULL);
  gsize length;
  const char *text = g_bytes_get_data (yeji_dictionary_get_bundle (built_in), &length);
  g_autofree char *terminated = g_strndup (text, length);
  g_autoptr (JsonNode) bundle = json_from_string (terminated, NULL);
  JsonObject *parts = json_object_get_object_member (json_node_get_object (bundle), "parts");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  YejiDictionary *dictionary;
  char *changed;

  add_part (parts, "codes/colour.json",
            "{\"id\": \"colour\", \"label\": {\"zh\": \"颜色\", \"en\": \"Colour\"},"
            " \"severity\": \"error\","
            " \"items\": [{\"code\": \"R\", \"name\": \"红\"}, {\"code\": \"G\", \"name\": \"绿\","
            " \"status\": \"retired\"}]}");
  add_part (parts, "tables/Paint.json",
            "{\"id\": \"Paint\", \"member\": \"paints\","
            " \"label\": {\"zh\": \"油漆\", \"en\": \"Paint\"}, \"row_title\": [\"Name\"],"
            " \"fields\": ["
            "{\"id\": \"Name\", \"label\": {\"zh\": \"名称\", \"en\": \"Name\"}, \"type\": \"text\","
            " \"length\": 2, \"required\": \"optional\", \"filled_by\": \"enterprise\", " FACTS "},"
            "{\"id\": \"Tint\", \"label\": {\"zh\": \"色\", \"en\": \"Tint\"}, \"type\": \"code\","
            " \"length\": 1, \"codes\": \"colour\", \"required\": \"mandatory\","
            " \"filled_by\": \"enterprise\", " FACTS "},"
            "{\"id\": \"Batch\", \"label\": {\"zh\": \"批\", \"en\": \"Batch\"}, \"type\": \"text\","
            " \"length\": 30, \"required\": \"optional\", \"filled_by\": \"enterprise\","
            " \"format\": \"batch\", " FACTS "}]}");
  add_items (parts, "dictionary.json", "codes", "[\"colour\"]");
  add_items (parts, "dictionary.json", "tables", "[\"Paint\"]");
  add_items (parts, "tables/TBProjectInfo.json", "fields",
             "[{\"id\": \"Storeys\", \"label\": {\"zh\": \"层\", \"en\": \"Storeys\"},"
             " \"type\": \"number\", \"precision\": 3, \"scale\": 0, \"min\": 1,"
             " \"required\": \"optional\", \"filled_by\": \"enterprise\", " FACTS "}]");
  add_items (parts, "rules.json", "formats",
             "[{\"id\": \"batch\", \"pattern\": \"[A-Z]{2}\\\\d+\"},"
             " {\"id\": \"odd\", \"pattern\": \"(?<year>[0-9]++)\"}]");
  add_items (parts, "rules.json", "rules",
             "[{\"id\": \"X.batch\", \"kind\": \"format\", \"severity\": \"error\","
             " \"formats\": [\"batch\"], " MESSAGE "},"
             " {\"id\": \"X.odd\", \"kind\": \"format\", \"severity\": \"error\","
             " \"formats\": [\"odd\"], \"fields\": [\"Paint.Batch\"], " MESSAGE "},"
             " {\"id\": \"X.doubt\", \"kind\": \"format\", \"severity\": \"warning\","
             " \"formats\": [\"prj_num\"], \"fields\": [\"Paint.Batch\"], " MESSAGE "}]");
  changed = yeji_json_print (bundle, FALSE);
  bytes = g_bytes_new_take (changed, strlen (changed));
  dictionary = yeji_dictionary_new_from_bundle (bytes, &error);
  g_assert_no_error (error);
  return dictionary;
}

static void
test_new_things (void)
{
  g_autoptr (YejiDictionary) dictionary = make_dictionary ();
  g_autoptr (JsonNode) schema = read_schema (dictionary);

  assert_says (schema, "/properties/paints/items/$ref", "\"#/$defs/table.Paint\"");
  assert_says (schema, "/$defs/codes.colour/enum", "[\"R\",\"G\"]");
  assert_says (schema, "/$defs/codes.colour/description", "\"R 红; G 绿\"");
  assert_says (schema, "/$defs/table.Paint/title", "\"油漆 / Paint\"");
  assert_says (schema, "/$defs/table.Paint/required", "[\"Tint\"]");
  assert_says (schema, "/$defs/table.Paint/properties/Tint/$ref", "\"#/$defs/codes.colour\"");
  assert_says (schema, "/$defs/table.Paint/properties/Tint/not/$ref", "\"#/$defs/empty\"");
  assert_says (schema, "/$defs/table.Paint/properties/Tint/maxLength", "1");
  assert_says (schema, "/$defs/table.TBProjectInfo/properties/Storeys/type", "\"string\"");
  assert_contains (schema, "/$defs/table.TBProjectInfo/properties/Storeys/anyOf", "allOf", TRUE);
  /* one of the empty words is longer than the field */
  assert_contains (schema, "/$defs/table.Paint/properties/Name/anyOf", "\"maxLength\":2", TRUE);
  /* an error that both know; a warning and a possessive quantifier are nothing for a schema */
  assert_contains (schema, "/$defs/table.Paint/properties/Batch/anyOf",
                   "\"pattern\":\"^(?:[A-Z]{2}\\\\d+)$\"", TRUE);
  assert_contains (schema, "/$defs/table.Paint/properties/Batch/anyOf", "year", FALSE);
  assert_contains (schema, "/$defs/table.Paint/properties/Batch/anyOf", "{16}", FALSE);
  assert_contains (schema, "/$comment", "odd", TRUE);
  assert_contains (schema, "/$comment", "batch", FALSE);
}

/* A table, a field, a code list and rules that no source knows: in the schema and on the page. */
static void
test_extended (void)
{
  static const char * const words[] = {
    "XInsurance", "工程保险（虚构）", "PolicyNum", "保单编号", "insurance_type", "工伤保险", "Nickname",
    "项目俗称（虚构）", "policy_number", "X.policy_number", "X.insured",
  };
  g_autofree char *dir = yeji_test_dir_new ();
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (JsonNode) schema = NULL;
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;

  yeji_test_extend_dictionary (dir);
  dictionary = yeji_dictionary_new_from_dir (dir, &error);
  g_assert_no_error (error);
  schema = read_schema (dictionary);
  assert_says (schema, "/properties/insurances/items/$ref", "\"#/$defs/table.XInsurance\"");
  assert_says (schema, "/$defs/codes.insurance_type/enum", "[\"A\",\"B\"]");
  assert_says (schema, "/$defs/table.XInsurance/required",
               "[\"PolicyNum\",\"InsuranceTypeNum\",\"Insured\",\"PolicyDate\"]");
  assert_says (schema, "/$defs/table.XInsurance/properties/InsuranceTypeNum/$ref",
               "\"#/$defs/codes.insurance_type\"");
  assert_contains (schema, "/$defs/table.XInsurance/properties/PolicyNum", "P[0-9]{4}", TRUE);
  assert_contains (schema, "/$defs/table.TBProjectInfo/properties/Nickname/title", "项目俗称", TRUE);

  page = yeji_dictionary_to_markdown (dictionary);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (page, words[i]) == NULL)
      g_error ("the page lacks %s", words[i]);
  yeji_test_dir_remove (dir);
}

/* Codes that the list lacks are a warning, so that the list is no more than an example. */
static void
test_lenient (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (JsonNode) schema = read_schema (dictionary);

  assert_contains (schema, "/$defs/table.TBProjectInfo/properties/CountyNum/examples", "\"220104\"",
                   TRUE);
  assert_says (schema, "/$defs/table.TBProjectInfo/properties/CountyNum/maxLength", "6");
  assert_says (schema, "/$defs/codes.area", "");
}

static void
test_portable (void)
{
  static const struct
  {
    const char *pattern;
    gboolean portable;
  } cases[] = {
    { "[0-9]{16}", TRUE }, { "[^*＊]*", TRUE }, { "a|b", TRUE }, { "(?:ab)+?c", TRUE },
    { "\\d{2,}\\.x", TRUE }, { "[\\-a\\]]", TRUE }, { "(a)?", TRUE }, { "", TRUE },
    { "a++", FALSE }, { "a{2}+", FALSE }, { "a{,2}", FALSE }, { "a{x}", FALSE }, { "*a", FALSE },
    { "(?i)a", FALSE }, { "(?<n>a)", FALSE }, { "(?>a)", FALSE }, { "(*UCP)a", FALSE },
    { "\\w", FALSE }, { "\\b", FALSE }, { "\\s", FALSE }, { "\\Aa", FALSE }, { "a\\-b", FALSE },
    { "[[:digit:]]", FALSE }, { "[]a]", FALSE }, { "a.b", FALSE }, { "a$", FALSE }, { "a]", FALSE },
    { "a}", FALSE }, { "\\x{4e00}", FALSE }, { "\\p{Han}", FALSE }, { "(?#a)", FALSE },
  };
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (JsonNode) schema = read_schema (dictionary);
  GPtrArray *rules = yeji_dictionary_get_rules (dictionary);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (yeji_schema_pattern_is_portable (cases[i].pattern) != cases[i].portable)
      g_error ("“%s”", cases[i].pattern);

  /* the dictionary keeps to what both read alike: of its errors, check digits alone are beyond it */
  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->severity == YEJI_SEVERITY_ERROR && j < rule->formats->len; j++)
        {
          const YejiFormat *format = g_ptr_array_index (rule->formats, j);
          g_autofree char *inside = g_strdup_printf (" %s,", format->id);
          g_autofree char *last = g_strdup_printf (" %s.\"", format->id);

          if (format->pattern == NULL)
            continue;
          assert_contains (schema, "/$comment", inside, FALSE);
          assert_contains (schema, "/$comment", last, FALSE);
        }
    }
}

/* The pattern is the validator's reader of dates, for every day that matters in every year. */
static void
test_dates (void)
{
  static const char * const days[] = {
    "01-01", "01-31", "01-32", "02-28", "02-29", "02-30", "04-30", "04-31", "06-31", "09-31",
    "11-31", "12-31", "12-32", "00-01", "13-01", "05-00", "10-10", "1-01", "01-1", "01-01 ",
  };
  g_autoptr (GRegex) regex = g_regex_new (yeji_schema_pattern_date (), G_REGEX_DOLLAR_ENDONLY, 0,
                                           NULL);

  for (guint year = 0; year <= 9999; year++)
    for (guint i = 0; i < G_N_ELEMENTS (days); i++)
      {
        char text[24];
        GDate date;

        g_snprintf (text, sizeof text, "%04u-%s", year, days[i]);
        if (g_regex_match (regex, text, 0, NULL) != yeji_date_parse (text, &date))
          g_error ("“%s”", text);
      }
}

static gboolean
match_all (GPtrArray  *patterns,
           const char *text)
{
  for (guint i = 0; i < patterns->len; i++)
    if (!g_regex_match_simple (g_ptr_array_index (patterns, i), text, G_REGEX_DOLLAR_ENDONLY, 0))
      return FALSE;
  return TRUE;
}

/* As the kind `number` judges. */
static gboolean
is_right (const char *text,
          guint       precision,
          guint       scale,
          double      min,
          double      max)
{
  YejiNumber number;

  return yeji_number_parse (text, &number) && number.digits <= precision - scale
         && number.decimals <= scale && number.value >= min && number.value <= max;
}

/* The patterns are the validator's judgement, for numbers around the bounds and for odd ones. */
static void
test_numbers (void)
{
  static const struct
  {
    guint precision;
    guint scale;
    double min;
    double max;
  } types[] = {
    { 15, 4, 0, INFINITY }, { 15, 2, 0, 100 }, { 10, 7, 73, 136 }, { 10, 7, 3, 54 }, { 4, 0, 0, 0 },
    { 6, 0, 0, INFINITY }, { 5, 2, -INFINITY, INFINITY }, { 5, 2, -12.5, 12.25 }, { 5, 3, 0.05, 9.9 },
    { 5, 2, -99, -1.01 }, { 3, 1, -0.5, 0 }, { 6, 2, 100, 1099 }, { 2, 2, 0, 1 }, { 3, 0, 9, 909 },
    { 4, 2, 0.005, 10.005 },
  };
  static const char * const odd[] = {
    "", "-", "-0", "-0.00", "-0.1", "+1", "1.", ".5", "01", "000", "0001.100000", "1e3", " 1", "1 ",
    "1,000", "0x1", "1.2.3", "--1", "1\n", "00000000000000000000001", "1.0000000000000000001", "１",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20260103);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) patterns = yeji_schema_patterns_number (types[i].precision,
                                                                    types[i].scale, types[i].min,
                                                                    types[i].max);

      for (guint j = 0; j < G_N_ELEMENTS (odd) + 4000; j++)
        {
          double near = g_rand_boolean (random) ? types[i].min : types[i].max;
          double width = pow (10, g_rand_int_range (random, -4, (int) types[i].precision));
          g_autofree char *text = NULL;

          near = isfinite (near) ? near : 0;
          text = j < G_N_ELEMENTS (odd)
            ? g_strdup (odd[j])
            : g_strdup_printf ("%.*f", g_rand_int_range (random, 0, 8),
                               near + width * g_rand_double_range (random, -1, 1));
          if (match_all (patterns, text) != is_right (text, types[i].precision, types[i].scale,
                                                      types[i].min, types[i].max))
            g_error ("N(%u,%u) from %g to %g: “%s”", types[i].precision, types[i].scale,
                     types[i].min, types[i].max, text);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/dictionary-schema/says-every-table-and-field", test_built_in);
  g_test_add_func ("/exchange/dictionary-schema/says-what-must-be-filled-in", test_mandatory);
  g_test_add_func ("/exchange/dictionary-schema/has-what-the-dictionary-adds", test_new_things);
  g_test_add_func ("/exchange/dictionary-schema/has-a-dictionary-that-no-source-knows",
                   test_extended);
  g_test_add_func ("/exchange/dictionary-schema/offers-codes-of-lenient-lists", test_lenient);
  g_test_add_func ("/exchange/dictionary-schema/patterns-are-read-alike", test_portable);
  g_test_add_func ("/exchange/dictionary-schema/dates-are-days-of-the-calendar", test_dates);
  g_test_add_func ("/exchange/dictionary-schema/numbers-are-as-the-validator-has-them", test_numbers);
  return g_test_run ();
}
