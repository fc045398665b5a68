// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-yeji-record-copy"

#include "config.h"

#include "yeji-record-copy.h"
#include "yeji-test.h"

static YejiDictionary *dictionary;

static YejiRecord *
read_sample (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), "complete-construction.json",
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  YejiRecord *record;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  g_assert_no_error (error);
  return record;
}

static const char *
get (YejiRecord *record,
     const char *pointer)
{
  YejiPlace place;

  g_assert_true (yeji_record_resolve (record, pointer, &place, NULL));
  return yeji_row_get (place.row, place.field);
}

static gboolean
is_listed (const YejiCopyNote *note,
           const char         *table,
           const char         *field)
{
  for (guint i = 0; i < note->emptied->len; i++)
    {
      const YejiEmptied *emptied = g_ptr_array_index (note->emptied, i);

      if (g_str_equal (emptied->table, table) && g_str_equal (emptied->field, field))
        return TRUE;
    }
  return FALSE;
}

static const struct
{
  const char *pointer;
  const char *table;
  const char *field;
  gboolean kept;
  gboolean listed;
} places[] = {
  { "/project/PrjTypeNum", "TBProjectInfo", "PrjTypeNum", TRUE, FALSE },
  { "/project/BuildCorpName", "TBProjectInfo", "BuildCorpName", TRUE, FALSE },
  { "/project/CountyNum", "TBProjectInfo", "CountyNum", TRUE, FALSE },
  { "/project/PrjName", "TBProjectInfo", "PrjName", FALSE, TRUE },
  { "/project/PrjNum", "TBProjectInfo", "PrjNum", FALSE, FALSE },
  { "/project/AllInvest", "TBProjectInfo", "AllInvest", FALSE, TRUE },
  { "/project/AllArea", "TBProjectInfo", "AllArea", FALSE, TRUE },
  { "/tenders/0/TenderClassNum", "TBTenderInfo", "TenderClassNum", TRUE, FALSE },
  { "/tenders/0/TenderCorpName", "TBTenderInfo", "TenderCorpName", TRUE, FALSE },
  { "/tenders/0/TenderResultDate", "TBTenderInfo", "TenderResultDate", FALSE, TRUE },
  { "/tenders/0/TenderMoney", "TBTenderInfo", "TenderMoney", FALSE, TRUE },
  { "/tenders/0/PrjNum", "TBTenderInfo", "PrjNum", FALSE, FALSE },
  { "/tenders/0/ConstructorIDCard", "TBTenderInfo", "ConstructorIDCard", FALSE, TRUE },
  { "/contracts/0/ContractorCorpName", "TBContractRecordManage", "ContractorCorpName", TRUE, FALSE },
  { "/contracts/0/ContractDate", "TBContractRecordManage", "ContractDate", FALSE, TRUE },
  { "/participants/0/CorpName", "TBProjectCorpInfo", "CorpName", TRUE, FALSE },
  { "/participants/0/PersonName", "TBProjectCorpInfo", "PersonName", FALSE, TRUE },
  { "/participants/0/PersonPhone", "TBProjectCorpInfo", "PersonPhone", FALSE, TRUE },
};

static void
test_values (void)
{
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (YejiRecord) copy = yeji_record_copy_as_new (record, &note);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *before = get (record, places[i].pointer);
      const char *after = get (copy, places[i].pointer);

      if (!g_str_equal (after, places[i].kept ? before : ""))
        g_error ("%s: “%s”", places[i].pointer, after);
      if (is_listed (note, places[i].table, places[i].field) != places[i].listed)
        g_error ("%s", places[i].pointer);
    }
  g_assert_cmpstr (yeji_record_get_uuid (copy), !=, yeji_record_get_uuid (record));
  g_assert_cmpstr (yeji_record_get_role (copy), ==, yeji_record_get_role (record));
  g_assert_cmpstr (note->source, ==, yeji_record_get_uuid (record));
  g_assert_cmpstr (note->name, ==, get (record, "/project/PrjName"));
}

/* Whatever the fields: nothing of the platform, no personal number, no day, no amount, no link. */
static void
test_nothing_of_the_other_project (void)
{
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (YejiRecord) copy = NULL;
  g_autoptr (YejiKept) kept = NULL;
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  kept = yeji_kept_new ("R13.money", "TBProjectInfo", "project", "PrjName", "", "", "because");
  yeji_record_keep (record, kept);
  copy = yeji_record_copy_as_new (record, &note);
  g_assert_cmpuint (yeji_record_get_kept (copy)->len, ==, 0);
  g_assert_cmpuint (yeji_record_get_aside (copy)->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (yeji_record_get_extras (copy)), ==, 0);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (copy, table); j++)
        for (guint k = 0; k < table->fields->len; k++)
          {
            const YejiFieldDef *field = g_ptr_array_index (table->fields, k);

            if (field->by_platform || field->assigned || field->personal != YEJI_PERSONAL_NO
                || field->kind == YEJI_FIELD_DATE || field->kind == YEJI_FIELD_LINK
                || g_strcmp0 (field->unit, "万元") == 0)
              g_assert_cmpstr (yeji_row_get (yeji_record_get_row (copy, table, j), field), ==, "");
          }
    }
}

static void
test_rows (void)
{
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (YejiRecord) copy = yeji_record_copy_as_new (record, &note);
  const YejiTableDef *permits = yeji_dictionary_find_member (dictionary, "permits");
  const YejiTableDef *contracts = yeji_dictionary_find_member (dictionary, "contracts");

  g_assert_cmpuint (yeji_record_get_n_rows (record, permits), >, 0);
  g_assert_cmpuint (yeji_record_get_n_rows (copy, permits), ==, 0);
  g_assert_cmpuint (yeji_record_get_n_rows (copy, contracts), ==,
                    yeji_record_get_n_rows (record, contracts));
  g_assert_true (is_listed (note, permits->id, ""));
  for (guint i = 0; i < note->emptied->len; i++)
    {
      const YejiEmptied *emptied = g_ptr_array_index (note->emptied, i);
      YejiPlace place;

      g_assert_false (yeji_emptied_is_filled (emptied, copy));
      g_assert_true (yeji_emptied_find (emptied, copy, &place));
      if (place.row != NULL)
        yeji_record_set (copy, place.row, place.field, "1");
      else
        yeji_record_append_row (copy, place.table);
      g_assert_true (yeji_emptied_is_filled (emptied, copy));
    }
  while (yeji_record_get_n_rows (copy, contracts) > 0)
    yeji_record_remove_row (copy, yeji_record_get_row (copy, contracts, 0));
  for (guint i = 0; i < note->emptied->len; i++)
    g_assert_true (yeji_emptied_is_filled (g_ptr_array_index (note->emptied, i), copy));
}

static void
test_note (void)
{
  g_autoptr (YejiRecord) record = read_sample ();
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (YejiRecord) copy = yeji_record_copy_as_new (record, &note);
  g_autofree char *text = yeji_copy_note_write (note);
  g_autoptr (YejiCopyNote) again = yeji_copy_note_read (text);
  g_autofree char *text_again = yeji_copy_note_write (again);

  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpuint (again->emptied->len, ==, note->emptied->len);
  g_assert_cmpuint (again->emptied->len, >, 10);
}

/* Whatever stands in the profile. */
static void
test_spoilt_note (void)
{
  static const char * const none[] = {
    "", "{", "[]", "7", "{}", "{\"source\": 1, \"emptied\": []}", "{\"source\": \"a\"}",
    "{\"source\": \"a\", \"emptied\": {}}",
  };
  g_autoptr (YejiCopyNote) note = NULL;
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (yeji_copy_note_read (none[i]));
  note = yeji_copy_note_read ("{\"source\": \"a\", \"emptied\": [7, [], [\"x\"], [\"x\", null, \"y\"], "
                              "[\"Nothing\", \"a\", \"b\"], [\"TBTenderInfo\", \"a\", \"b\"]]}");
  g_assert_nonnull (note);
  g_assert_cmpuint (note->emptied->len, ==, 2);
  for (guint i = 0; i < note->emptied->len; i++)
    g_assert_true (yeji_emptied_is_filled (g_ptr_array_index (note->emptied, i), record));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);

  g_test_add_func ("/model/record-copy/keeps-what-holds-and-lists-the-rest", test_values);
  g_test_add_func ("/model/record-copy/has-nothing-of-the-other-project-alone",
                   test_nothing_of_the_other_project);
  g_test_add_func ("/model/record-copy/leaves-rows-out-and-ticks-off-what-is-filled", test_rows);
  g_test_add_func ("/model/record-copy/writes-its-note-and-reads-it", test_note);
  g_test_add_func ("/model/record-copy/survives-a-spoilt-note", test_spoilt_note);
  status = g_test_run ();
  g_object_unref (dictionary);
  return status;
}
