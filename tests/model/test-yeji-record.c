// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-json.h"
#include "yeji-record.h"

#include <string.h>

static YejiDictionary *dictionary;

static YejiRecord *
read_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  YejiRecord *record;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  g_assert_no_error (error);
  return record;
}

static void
test_round_trip (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  g_autofree char *text = yeji_record_to_text (record);
  g_autoptr (YejiRecord) again = yeji_record_new_from_text (dictionary, text, -1, NULL);
  g_autoptr (YejiRecord) copy = yeji_record_copy (record);
  g_autofree char *again_text = yeji_record_to_text (again);

  g_assert_cmpstr (text, ==, again_text);
  g_assert_true (yeji_record_equal (record, copy));
}

/* One text is written without a tree of nodes, the other with one. */
static void
assert_both_texts (YejiRecord *record)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (record);
  g_autofree char *with_tree = yeji_json_print (node, FALSE);
  g_autofree char *without = yeji_record_to_text (record);

  g_assert_cmpstr (without, ==, with_tree);
}

static void
test_texts (void)
{
  static const char *others[] = {
    "{\"role\": \"construction\"}",
    "{\"role\": \"construction\", \"later\": 1.50, \"project\": {\"PrjName\": \"示例\"}}",
    "{\"role\": \"construction\", \"project\": {\"Novel\": [\"new\"]}}",
    "{\"role\": \"construction\", \"project\": {\"PrjName\": \"\\\"a\\\\b\\n\\t\\u0001\\u007f/\"},"
    " \"permits\": [{}, {\"Area\": 1e22}], \"contracts\": []}",
  };
  g_autoptr (GDir) folder = g_dir_open (g_getenv ("YEJI_SAMPLES"), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autoptr (YejiRecord) record = NULL;

      if (!g_str_has_prefix (name, "complete-") || !g_str_has_suffix (name, ".json"))
        continue;
      record = read_sample (name);
      assert_both_texts (record);
      n++;
    }
  g_assert_cmpuint (n, >, 1);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, others[i], -1, NULL);

      g_assert_nonnull (record);
      assert_both_texts (record);
    }
}

static void
test_duplicate (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  g_autoptr (YejiRecord) other = yeji_record_duplicate (record);
  const YejiTableDef *contracts = yeji_dictionary_find_member (dictionary, "contracts");

  g_assert_cmpstr (yeji_record_get_uuid (record), !=, yeji_record_get_uuid (other));
  g_assert_cmpstr (yeji_row_get_id (yeji_record_get_row (record, contracts, 0)), !=,
                   yeji_row_get_id (yeji_record_get_row (other, contracts, 0)));
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_row (record, contracts, 0), "RecordNum"), ==,
                   yeji_row_get_by_id (yeji_record_get_row (other, contracts, 0), "RecordNum"));
}

static void
test_foreign_text (void)
{
  static const char text[] =
    "{\"role\": \"construction\", \"later\": [1, {\"x\": null}],"
    " \"project\": {\"prj_name\": \"示例\", \"AllInvest\": 2928.28, \"Novel\": \"new\","
    "               \"IsMajor\": true, \"Address\": null},"
    " \"permits\": [{\"IssueCertDate\": \"2016-03-30\", \"Area\": 12}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, -1, &error);
  YejiRow *project = yeji_record_get_project (record);
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  YejiRow *permit = yeji_record_get_row (record, permits, 0);
  g_autofree char *again = yeji_record_to_text (record);

  g_assert_no_error (error);
  g_assert_cmpstr (yeji_row_get_by_id (project, "PrjName"), ==, "示例");
  g_assert_cmpstr (yeji_row_get_by_id (project, "AllInvest"), ==, "2928.28");
  g_assert_cmpstr (yeji_row_get_by_id (project, "IsMajor"), ==, "1");
  g_assert_cmpstr (yeji_row_get_by_id (project, "Address"), ==, "");
  g_assert_cmpstr (yeji_row_get_by_id (permit, "ReleaseDate"), ==, "2016-03-30");
  g_assert_cmpstr (yeji_row_get_by_id (permit, "Area"), ==, "12");
  /* what the dictionary lacks comes back as it was */
  g_assert_nonnull (strstr (again, "\"later\":[1,{\"x\":null}]"));
  g_assert_nonnull (strstr (again, "\"Novel\":\"new\""));
}

/* Two spellings of a uuid are one record. */
static void
test_uuid_case (void)
{
  static const char text[] = "{\"uuid\": \"ABCDEF00-1111-4111-8111-111111111111\"}";
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, -1, NULL);

  g_assert_cmpstr (yeji_record_get_uuid (record), ==, "abcdef00-1111-4111-8111-111111111111");
}

static void
test_number_digits (void)
{
  static const char text[] = "{\"project\": {\"AllInvest\": 1234567890123.456,"
                             " \"AllArea\": 0.30000000000000004}}";
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, -1, NULL);
  YejiRow *project = yeji_record_get_project (record);

  g_assert_cmpstr (yeji_row_get_by_id (project, "AllInvest"), ==, "1234567890123.456");
  g_assert_cmpstr (yeji_row_get_by_id (project, "AllArea"), ==, "0.30000000000000004");
}

static const struct
{
  const char *name;
  const char *text;
  int code;
} refused[] = {
  { "not-json", "PK\x03\x04", YEJI_RECORD_ERROR_SYNTAX },
  { "array", "[]", YEJI_RECORD_ERROR_SHAPE },
  { "bad-uuid", "{\"uuid\": \"../../etc\"}", YEJI_RECORD_ERROR_SHAPE },
  { "uuid-number", "{\"uuid\": 7}", YEJI_RECORD_ERROR_SHAPE },
  { "project-array", "{\"project\": []}", YEJI_RECORD_ERROR_SHAPE },
  { "table-object", "{\"contracts\": {}}", YEJI_RECORD_ERROR_SHAPE },
  { "row-text", "{\"contracts\": [\"a\"]}", YEJI_RECORD_ERROR_SHAPE },
  { "value-object", "{\"project\": {\"PrjName\": {}}}", YEJI_RECORD_ERROR_SHAPE },
  { "two-names", "{\"permits\": [{\"ReleaseDate\": \"a\", \"IssueCertDate\": \"b\"}]}",
    YEJI_RECORD_ERROR_SHAPE },
  { "same-field-twice", "{\"project\": {\"PrjName\": \"\", \"PrjName\": \"a\"}}",
    YEJI_RECORD_ERROR_SHAPE },
  { "same-unknown-twice", "{\"project\": {\"Novel\": 1, \"Novel\": 2}}", YEJI_RECORD_ERROR_SHAPE },
  { "same-table-twice", "{\"permits\": [], \"permits\": []}", YEJI_RECORD_ERROR_SHAPE },
  { "same-member-twice", "{\"later\": 1, \"later\": 2}", YEJI_RECORD_ERROR_SHAPE },
  { "row-id-twice", "{\"permits\": [{\"id\": \"a\", \"id\": \"b\"}]}", YEJI_RECORD_ERROR_SHAPE },
  { "empty-row-id", "{\"permits\": [{\"id\": \"\"}]}", YEJI_RECORD_ERROR_SHAPE },
  { "number-of-30-digits", "{\"project\": {\"AllInvest\": 123456789012345678901234567890}}",
    YEJI_RECORD_ERROR_SYNTAX },
  { "half-a-row", "{\"permits\": [{\"Area\": \"1", YEJI_RECORD_ERROR_SYNTAX },
  { "more-behind", "{\"role\": \"\"}}", YEJI_RECORD_ERROR_SYNTAX },
  { "deep-extra", "{\"later\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    YEJI_RECORD_ERROR_SYNTAX },
  { "same-row-id", "{\"permits\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}", YEJI_RECORD_ERROR_SHAPE },
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, refused[i].text, -1,
                                                             &error);

  g_assert_error (error, YEJI_RECORD_ERROR, refused[i].code);
  g_assert_null (record);
}

static const struct
{
  const char *pointer;
  const char *table;           /* NULL: none */
  gboolean row;
  const char *field;
} pointers[] = {
  { "", NULL, FALSE, NULL },
  { "/project", "TBProjectInfo", TRUE, NULL },
  { "/project/PrjName", "TBProjectInfo", TRUE, "PrjName" },
  { "/contracts", "TBContractRecordManage", FALSE, NULL },
  { "/contracts/0", "TBContractRecordManage", TRUE, NULL },
  { "/contracts/0/ContractMoney", "TBContractRecordManage", TRUE, "ContractMoney" },
};

static const char * const lost_pointers[] = {
  "/", "//", "project", "/nothing", "/project/Nothing", "/project/PrjName/0", "/contracts/99",
  "/contracts/-1", "/contracts/4294967296",
  "/contracts/x", "/contracts/0/Nothing", "/contracts/0/ContractMoney/1", "/contracts/",
};

static void
test_pointers (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  YejiPlace place;

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *back = NULL;

      g_assert_true (yeji_record_resolve (record, pointers[i].pointer, &place, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (place.table != NULL ? place.table->id : NULL, ==, pointers[i].table);
      g_assert_cmpint (place.row != NULL, ==, pointers[i].row);
      g_assert_cmpstr (place.field != NULL ? place.field->id : NULL, ==, pointers[i].field);
      back = yeji_record_get_pointer (record, place.table, place.row, place.field);
      g_assert_cmpstr (back, ==, pointers[i].pointer);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lost_pointers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (yeji_record_resolve (record, lost_pointers[i], &place, &error));
      g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_POINTER);
    }
}

/* Node and text are read by the same code, into the same. */
static void
test_from_json (void)
{
  static const char text[] =
    "{\"uuid\": \"abcdef00-1111-4111-8111-111111111111\", \"later\": [1e22, 0.1],"
    " \"project\": {\"AllInvest\": 2928.28, \"AllArea\": 1E2, \"AllLength\": 100.00},"
    " \"permits\": [{\"id\": \"\\u0061\\ud83d\\ude00\", \"Pr\\u006aNum\": \"\\u4e2d\\n\"}]}";
  g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, -1, NULL);
  g_autoptr (JsonNode) node = yeji_record_to_json (record);
  g_autoptr (YejiRecord) again = yeji_record_new_from_json (dictionary, node, NULL);
  YejiRow *project = yeji_record_get_project (record);
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  YejiRow *permit = yeji_record_get_row (record, permits, 0);

  g_assert_true (yeji_record_equal (record, again));
  g_assert_cmpstr (yeji_row_get_by_id (project, "AllInvest"), ==, "2928.28");
  g_assert_cmpstr (yeji_row_get_by_id (project, "AllArea"), ==, "100");
  g_assert_cmpstr (yeji_row_get_by_id (project, "AllLength"), ==, "100");
  g_assert_cmpstr (yeji_row_get_id (permit), ==, "a😀");
  g_assert_cmpstr (yeji_row_get_by_id (permit, "PrjNum"), ==, "中\n");
  g_assert_cmpstr (g_hash_table_lookup (yeji_record_get_extras (again), "later"), ==,
                   "[1e+22,0.1]");
}

/* Ids are compared otherwise when there are many. */
static void
test_many_rows (void)
{
  for (guint n = 2; n < 30; n++)
    for (gboolean twice = FALSE; twice <= TRUE; twice++)
      {
        GString *text = g_string_new ("{\"permits\": [");
        g_autofree char *done = NULL;
        g_autoptr (YejiRecord) record = NULL;
        g_autoptr (GError) error = NULL;

        for (guint i = 0; i < n; i++)
          g_string_append_printf (text, "%s{\"id\": \"%u\"}", i > 0 ? "," : "",
                                  twice && i == n - 1 ? n / 2 : i + 100);
        if (twice)
          g_string_append_printf (text, ",{\"id\": \"%u\"}", 100 + n / 3);
        g_string_append (text, "]}");
        done = g_string_free (text, FALSE);
        record = yeji_record_new_from_text (dictionary, done, -1, &error);
        g_assert_cmpint (record == NULL, ==, twice);
        if (twice)
          g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE);
      }
}

/* More rows than the province takes are a problem; more than anyone reads are no record. */
static void
test_row_limit (void)
{
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");

  g_assert_cmpuint (yeji_dictionary_get_limits (dictionary)->rows, <, YEJI_RECORD_MAX_ROWS);
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (GString) text = g_string_new ("{\"permits\": [{}");
      g_autoptr (YejiRecord) record = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = 1; i < YEJI_RECORD_MAX_ROWS + more; i++)
        g_string_append (text, ",{}");
      g_string_append (text, "]}");
      record = yeji_record_new_from_text (dictionary, text->str, -1, &error);
      if (more > 0)
        g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE);
      else
        g_assert_cmpuint (yeji_record_get_n_rows (record, permits), ==, YEJI_RECORD_MAX_ROWS);
    }
}

/* Values that came together and values that were typed. */
static void
test_typed_over (void)
{
  g_autoptr (YejiRecord) record = read_sample ("complete-construction.json");
  YejiRow *project = yeji_record_get_project (record);
  const YejiFieldDef *name = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjName");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (YejiRecord) copy = NULL;

      g_assert_true (yeji_record_set (record, project, name, i == 1 ? "" : "示例"));
      copy = yeji_record_copy (record);
      g_assert_true (yeji_record_equal (record, copy));
      g_assert_true (yeji_record_set (record, project, name, "other"));
    }
}

static void
count_call (guint *count)
{
  (*count)++;
}

static void
test_signals (void)
{
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, "construction");
  const YejiFieldDef *name = yeji_dictionary_find_field (dictionary, "TBProjectInfo", "PrjName");
  const YejiTableDef *contracts = yeji_dictionary_find_member (dictionary, "contracts");
  YejiRow *project = yeji_record_get_project (record);
  YejiRow *row;
  guint values = 0, rows = 0;

  g_signal_connect_swapped (record, "value-changed", G_CALLBACK (count_call), &values);
  g_signal_connect_swapped (record, "rows-changed", G_CALLBACK (count_call), &rows);
  g_assert_true (yeji_record_set (record, project, name, "示例"));
  g_assert_false (yeji_record_set (record, project, name, "示例"));
  g_assert_cmpuint (values, ==, 1);
  row = yeji_record_append_row (record, contracts);
  g_assert_cmpuint (yeji_record_get_n_rows (record, contracts), ==, 1);
  yeji_record_remove_row (record, row);
  g_assert_cmpuint (yeji_record_get_n_rows (record, contracts), ==, 0);
  g_assert_cmpuint (rows, ==, 2);
  g_assert_finalize_object (g_steal_pointer (&record));
}

static void
test_effective (void)
{
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, NULL);
  const YejiTableDef *contracts = yeji_dictionary_find_member (dictionary, "contracts");
  const YejiFieldDef *number = yeji_table_def_find_field (contracts, "PrjNum");
  const YejiFieldDef *date = yeji_table_def_find_field (contracts, "ContractDate");
  YejiRow *row = yeji_record_append_row (record, contracts);

  yeji_record_set (record, yeji_record_get_project (record), number->inherits, "2201041603300001");
  g_assert_cmpstr (yeji_record_get_effective (record, row, number), ==, "2201041603300001");
  yeji_record_set (record, row, number, "无");
  g_assert_cmpstr (yeji_record_get_effective (record, row, number), ==, "2201041603300001");
  yeji_record_set (record, row, number, "1");
  g_assert_cmpstr (yeji_record_get_effective (record, row, number), ==, "1");
  yeji_record_set (record, row, date, "1900-01-01");
  g_assert_cmpstr (yeji_record_get_effective (record, row, date), ==, "");
  g_assert_cmpstr (yeji_row_get (row, date), ==, "1900-01-01");
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (NULL);

  g_test_add_func ("/model/record/round-trips", test_round_trip);
  g_test_add_func ("/model/record/is-printed-with-a-tree-as-without", test_texts);
  g_test_add_func ("/model/record/duplicates-with-ids-of-its-own", test_duplicate);
  g_test_add_func ("/model/record/reads-what-others-wrote", test_foreign_text);
  g_test_add_func ("/model/record/takes-a-uuid-in-any-case", test_uuid_case);
  g_test_add_func ("/model/record/keeps-the-digits-of-numbers", test_number_digits);
  g_test_add_func ("/model/record/reads-nodes-as-texts", test_from_json);
  g_test_add_func ("/model/record/finds-an-id-twice-among-many", test_many_rows);
  g_test_add_func ("/model/record/has-more-rows-than-the-province-takes", test_row_limit);
  g_test_add_func ("/model/record/is-typed-over", test_typed_over);
  g_test_add_func ("/model/record/resolves-pointers", test_pointers);
  g_test_add_func ("/model/record/tells-what-changed", test_signals);
  g_test_add_func ("/model/record/inherits-from-the-project", test_effective);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/record/refuses/%s", refused[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  result = g_test_run ();
  g_assert_finalize_object (g_steal_pointer (&dictionary));
  return result;
}
