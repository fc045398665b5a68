// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-search"

#include "config.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-grams.h"
#include "yeji-query.h"
#include "yeji-search.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

/* Characters that meet often, so that parts of a text are found at random, of every kind: Chinese,
 * beyond the basic plane, letters of both widths and cases, digits, what is left out. */
static const char *const alphabet[] = {
  "长", "春", "市", "第", "一", "𠮷", "か", "ガ", "ｶ", "a", "A", "Ａ", "b", "B", "ß", "é", "1", "１",
  "2", "3", "①", "Ⅱ", "㎡", "-", "[", "（", "，", " ", "\u3000", "'", "\"", "*", "\u0301", "ж",
};

static const struct
{
  const char *text;
  const char *folded;
} folds[] = {
  { "", "" },
  { "ＡＢＣ（１）", "abc1" },
  { "[2010]施[朝]建字0009号", "2010施朝建字0009号" },
  { "2201041603300001-TX-001", "2201041603300001tx001" },
  { "Straße", "strasse" },
  { "ｶﾞ①Ⅱ㎡", "ガ1iim2" },
  { " 、。*\"\n", "" },
  { "\xff", "" },
};

static const struct
{
  const char *text;
  const char *match;           /* (nullable) */
} questions[] = {
  { "", NULL },
  { "  \u3000", NULL },
  { "“*”", "\"\"" },
  { " 😀 %", "\"\"" },
  { "长 %", "\"q长\"" },
  { "长", "\"q长\"" },
  { "长春", "\"长春\"" },
  { "长春市", "\"长春 春市\"" },
  { "A", "\"qa\"" },
  { "12", "\"q12\"" },
  { "123", "\"q123\"" },
  { "12345", "\"g1234 g2345\"" },
  { "12号", "\"g12 g2 s号\"" },
  { "第1", "\"第 s1\"" },
  { "第123", "\"第 s1 s12 s123\"" },
  { "第1234", "\"第 s1 s12 s123 g1234\"" },
  { "第1号", "\"第 s1 g1 s号\"" },
  { "第1号楼", "\"第 s1 g1 s号 号楼\"" },
  { "1号1", "\"g1 s号 号 s1\"" },
  { "长 春", "\"q长\" \"q春\"" },
  { "a\" OR \"b", "\"qa\" \"qor\" \"qb\"" },
};

static void
test_fold (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = yeji_grams_fold (folds[i].text);

      g_assert_cmpstr (folded, ==, folds[i].folded);
    }
}

/* What is folded without the tables of Unicode is folded as with them, which the "é" asks for. */
static void
test_fold_quickly (void)
{
  for (gunichar character = 1; character < 0x20000; character++)
    {
      char one[8] = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *quick = NULL;
      g_autofree char *slow = NULL;
      g_autofree char *expected = NULL;

      if (g_unichar_type (character) == G_UNICODE_NON_SPACING_MARK
          || !g_unichar_validate (character))
        continue;
      g_unichar_to_utf8 (character, one);
      text = g_strconcat (one, "é", NULL);
      quick = yeji_grams_fold (one);
      slow = yeji_grams_fold (text);
      expected = g_strconcat (quick, "é", NULL);
      g_assert_cmpstr (slow, ==, expected);
    }
}

static void
test_questions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *match = yeji_grams_make_match (questions[i].text);

      g_assert_cmpstr (match, ==, questions[i].match);
    }
}

/* By pinyin: of common characters in full, then rarer ones by their initial; what has none comes
 * last. */
static void
test_sort_names (void)
{
  static const char *const names[] = {
    "2号楼", "安居", "B座", "参建单位", "长春", "长春市", "长春一", "成都", "重庆路", "㐀野", "𠮷野",
  };
  g_autofree char *before = g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *key = yeji_search_make_sort_name (names[i]);

      g_assert_cmpint (strcmp (before, key), <, 0);
      g_free (before);
      before = key;
    }
}

static gboolean
finds (StoreFixture *fixture,
       const char   *text,
       YejiRecord   *record)
{
  const YejiQuery query = { text, YEJI_STATES_ALL, FALSE, YEJI_SORT_CHANGED, TRUE };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) uuids = yeji_store_query_uuids (fixture->store, &query, 0, 1000, &error);

  g_assert_no_error (error);
  return g_strv_contains ((const char * const *) uuids, yeji_record_get_uuid (record));
}

static gboolean
verify_index (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  g_autoptr (YejiRows) rows = NULL;

  if (!yeji_sql_exec (sql, error, "INSERT INTO search (search) VALUES ('integrity-check')", ""))
    return FALSE;
  rows = yeji_sql_query (sql, error,
                         "SELECT (SELECT count (*) FROM record)"
                         " = (SELECT count (*) FROM search_doc)"
                         " AND (SELECT count (*) FROM search_doc)"
                         " = (SELECT count (*) FROM search WHERE search MATCH '0')", "");
  g_assert_true (rows != NULL && yeji_rows_next (rows, error));
  g_assert_cmpint (yeji_rows_int (rows, 0), ==, 1);
  return TRUE;
}

static void
assert_index_is_sound (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  yeji_db_run (yeji_store_get_db (fixture->store), yeji_store_index_waiting, fixture->store,
               &error);
  g_assert_no_error (error);
  yeji_db_run (yeji_store_get_db (fixture->store), verify_index, NULL, &error);
  g_assert_no_error (error);
}

/* What is to be found in a full record, and what is not. */
static const struct
{
  const char *text;
  gboolean found;
} parts[] = {
  { "示", TRUE }, { "教学楼", TRUE }, { "学楼及体育", TRUE }, { "楼教", FALSE },
  { "示例教学楼及体育馆工程（虚构）", TRUE },
  { "12220104000000115K", TRUE }, { "0000115k", TRUE }, { "115", TRUE }, { "5K", TRUE },
  { "k", TRUE }, { "115KK", FALSE },
  { "2201041603300001-T", TRUE }, { "2201041603300001T", TRUE }, { "ｋ", TRUE },
  { "发改审批〔2016〕1号", TRUE }, { "发改审批[2016]1号", TRUE }, { "审批2016", TRUE },
  { "批2", TRUE }, { "批20", TRUE }, { "批3", FALSE },
  { "6f1c2d3e-4a5b", TRUE }, { "102030405001", TRUE },
  { "sljxl", TRUE }, { "JXLJ", TRUE }, { "tyg", TRUE }, { "lxj", FALSE },
  { "教学楼 115K 12000", TRUE }, { "教学楼 没有", FALSE },
  { "construction", FALSE }, { "PrjName", FALSE },
};

static void
test_parts (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);

  store_fixture_save (fixture, record, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (finds (fixture, parts[i].text, record) != parts[i].found)
      g_error ("“%s” is %s", parts[i].text, parts[i].found ? "not found" : "found");
  assert_index_is_sound (fixture);
}

static void
test_follows_changes (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);

  store_fixture_save (fixture, record, 0);
  store_fixture_type (record, "PrjName", "桦甸大桥");
  store_fixture_save (fixture, record, 0);
  g_assert_true (finds (fixture, "桦甸", record));
  g_assert_true (finds (fixture, "hddq", record));
  store_fixture_type (record, "PrjName", "珲春大桥");
  store_fixture_save (fixture, record, 0);
  g_assert_false (finds (fixture, "桦甸", record));
  g_assert_false (finds (fixture, "hddq", record));
  g_assert_true (finds (fixture, "hcdq", record));
  g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (record), NULL));
  g_assert_true (finds (fixture, "珲春", record));
  assert_index_is_sound (fixture);
}

/* What waits to be indexed waits in the profile, from one session to the next, and is found in the
 * order of the changes. */
static void
test_waits (StoreFixture  *fixture,
            gconstpointer  data)
{
  const YejiQuery query = { "大桥", YEJI_STATES_ALL, FALSE, YEJI_SORT_CHANGED, TRUE };
  g_autoptr (YejiRecord) first = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) second = yeji_record_duplicate (first);
  g_auto (GStrv) uuids = NULL;

  store_fixture_type (first, "PrjName", "桦甸大桥");
  store_fixture_save (fixture, first, 0);
  g_assert_true (finds (fixture, "桦甸", first));
  store_fixture_type (second, "PrjName", "珲春大桥");
  store_fixture_save (fixture, second, 0);
  store_fixture_type (first, "PrjName", "图们大桥");
  store_fixture_save (fixture, first, 0);
  store_fixture_type (first, "PrjName", "敦化大桥");
  store_fixture_save (fixture, first, 0);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  uuids = yeji_store_query_uuids (fixture->store, &query, 0, 10, NULL);
  g_assert_cmpuint (g_strv_length (uuids), ==, 2);
  g_assert_cmpstr (uuids[0], ==, yeji_record_get_uuid (first));
  g_assert_true (finds (fixture, "敦化", first));
  g_assert_false (finds (fixture, "桦甸", first));
  g_assert_false (finds (fixture, "图们", first));
  assert_index_is_sound (fixture);
}

/* Neither a personal number in the open nor a sealed value gets into the index. */
static void
test_personal (StoreFixture  *fixture,
               gconstpointer  data)
{
  static const char body[] =
    "{\"uuid\": \"u1\", \"dictionary\": \"x\", \"role\": \"construction\","
    " \"project\": {\"PrjName\": \"名称\", \"FundSource\": \"yeji-sealed:1:ab:1:c2VjcmV0\","
    "  \"Unknown\": \"secret\"},"
    " \"participants\": [{\"PersonName\": \"张三\", \"PersonPhone\": \"13800000000\","
    "  \"PersonIDCard\": \"220102198501010019\"}],"
    " \"unheard\": [{\"PersonName\": \"secret\"}], \"kept\": [{\"value\": \"secret\"}]}";
  g_autofree char *index = yeji_search_make_index (fixture->dictionary, body);
  static const char *const absent[] = { "g138", "q13", "g220", "sec", "gye", "s1" };
  static const char *const present[] = { "qu1", "0 名称 0", "0 张三 0", "qmc" };

  for (guint i = 0; i < G_N_ELEMENTS (absent); i++)
    g_assert_null (strstr (index, absent[i]));
  for (guint i = 0; i < G_N_ELEMENTS (present); i++)
    g_assert_nonnull (strstr (index, present[i]));
}

static void
test_hostile_bodies (StoreFixture  *fixture,
                     gconstpointer  data)
{
  static const char *const bodies[] = {
    "", "{", "[]", "null", "{\"project\": 1}", "{\"project\": {\"PrjName\": {\"a\": [1, {}]}}}",
    "{\"units\": [1, \"x\", [[[]]], {\"UnitCode\": null}]}", "{\"project\": {\"PrjName\": \"x",
    "{\"dictionary\": 1}", "{\"uuid\": []}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *index = yeji_search_make_index (fixture->dictionary, bodies[i]);
      g_autofree char *version = yeji_search_dup_version (bodies[i]);

      g_assert_nonnull (index);
      g_assert_null (version);
    }
}

static char *
make_random_text (guint max_length)
{
  GString *text = g_string_new (NULL);

  for (gint32 n = g_test_rand_int_range (0, (gint32) max_length + 1); n > 0; n--)
    g_string_append (text, alphabet[g_test_rand_int_range (0, G_N_ELEMENTS (alphabet))]);
  return g_string_free (text, FALSE);
}

/* A part of what is in a record, long enough that it would hardly come out at random. */
static char *
make_random_part (GPtrArray *records)
{
  YejiRecord *record = g_ptr_array_index (records, (guint) g_test_rand_int_range (0, records->len));
  const char *text = g_test_rand_bit () ? store_fixture_read (record, "Address")
                                        : yeji_record_get_uuid (record);
  glong length = g_utf8_strlen (text, -1);
  glong begin = g_test_rand_int_range (0, (gint32) length + 1);
  g_autofree char *part = g_utf8_substring (text, begin,
                                            g_test_rand_int_range ((gint32) begin,
                                                                   (gint32) length + 1));

  /* Now and then one that is not there in this order. */
  return g_test_rand_bit () ? g_strconcat (part, "3", NULL) : g_strdup (part);
}

/* What a search is to find, said in the plainest way: each word that has a letter or digit is in
 * one of the texts; where there are words and none has, nothing. */
static gboolean
contains_all (const char *const *texts,
              const char        *question)
{
  g_autofree char *normal = g_utf8_normalize (question, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) words = g_strsplit (normal, " ", -1);
  gboolean any = FALSE, is_blank = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = yeji_grams_fold (words[i]);
      gboolean found = *word == '\0';

      any |= *word != '\0';
      is_blank &= *words[i] == '\0';

      for (guint j = 0; texts[j] != NULL; j++)
        {
          g_autofree char *text = yeji_grams_fold (texts[j]);

          found |= strstr (text, word) != NULL;
        }
      if (!found)
        return FALSE;
    }
  return any || is_blank;
}

/* Searches find exactly what looking through all texts finds. The fields are none that name a row,
 * so that no initials are among the texts. */
static void
test_property (StoreFixture  *fixture,
               gconstpointer  data)
{
  enum { N_RECORDS = 40, N_QUESTIONS = 1500 };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_found = 0;

  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *one = make_random_text (12);
      g_autofree char *two = make_random_text (12);
      YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, NULL);

      if (*one != '\0')
        store_fixture_type (record, "Address", one);
      if (*two != '\0')
        store_fixture_type (record, "PrjSize", two);
      g_ptr_array_add (records, record);
    }
  g_assert_true (yeji_store_save_many (fixture->store, records, NULL, "imported", NULL));
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      g_autofree char *question = i % 6 > 0 ? make_random_text (i % 6) : make_random_part (records);
      const YejiQuery query = { question, YEJI_STATES_ALL, FALSE, YEJI_SORT_CHANGED, TRUE };
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) uuids = NULL;

      uuids = yeji_store_query_uuids (fixture->store, &query, 0, N_RECORDS, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < N_RECORDS; j++)
        {
          YejiRecord *record = g_ptr_array_index (records, j);
          const char *texts[] = {
            store_fixture_read (record, "Address"), store_fixture_read (record, "PrjSize"),
            yeji_record_get_uuid (record), NULL
          };
          gboolean found = g_strv_contains ((const char *const *) uuids, texts[2]);

          n_found += found ? 1 : 0;
          if (found != contains_all (texts, question))
            g_error ("“%s” is %s “%s”, “%s”, %s", question, found ? "found in" : "not found in",
                     texts[0], texts[1], texts[2]);
        }
    }
  g_assert_cmpuint (n_found, >, N_QUESTIONS);
  assert_index_is_sound (fixture);
}

static gboolean
run_script (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  const char *const *statements = data;

  for (guint i = 0; statements[i] != NULL; i++)
    if (!yeji_sql_exec (sql, error, statements[i], ""))
      return FALSE;
  return TRUE;
}

static void
run_statements (StoreFixture      *fixture,
                const char *const *statements)
{
  g_autoptr (GError) error = NULL;

  yeji_db_run (yeji_store_get_db (fixture->store), run_script, (gpointer) statements, &error);
  g_assert_no_error (error);
}

static GPtrArray *
save_numbered (StoreFixture *fixture,
               guint         n)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("编号%uX", i);
      YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, NULL);

      store_fixture_type (record, "PrjName", name);
      g_ptr_array_add (records, record);
    }
  g_assert_true (yeji_store_save_many (fixture->store, records, NULL, "imported", NULL));
  return records;
}

/* A disk without room lets a transaction run, and fails its end. */
static const char *const fill_disk[] = {
  "CREATE TABLE room (page INTEGER PRIMARY KEY)",
  "CREATE TABLE written (page INTEGER REFERENCES room (page) DEFERRABLE INITIALLY DEFERRED)",
  "CREATE TRIGGER no_room AFTER DELETE ON search_waiting BEGIN INSERT INTO written VALUES (1); END",
  NULL,
};

static const char *const make_room[] = { "DROP TRIGGER no_room", NULL };

static guint
look_for (StoreFixture *fixture,
          const char   *text)
{
  const YejiQuery query = { text, YEJI_STATES_ALL, FALSE, YEJI_SORT_CHANGED, TRUE };
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (YejiLook) look = NULL;
  g_autoptr (GError) error = NULL;

  yeji_store_look_async (fixture->store, &query, 0, 10, NULL, TRUE, NULL, 0, NULL,
                         yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  look = yeji_store_look_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (look->n_found, ==, look->entries->len);
  return look->n_found;
}

static void
test_full_disk (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);

  store_fixture_type (record, "PrjName", "桦甸大桥");
  store_fixture_save (fixture, record, 0);
  run_statements (fixture, fill_disk);
  g_assert_true (finds (fixture, "桦甸", record));
  g_assert_cmpuint (look_for (fixture, "桦甸"), ==, 1);
  g_assert_cmpuint (look_for (fixture, "珲春"), ==, 0);
  run_statements (fixture, make_room);
  g_assert_true (finds (fixture, "桦甸", record));
  assert_index_is_sound (fixture);
}

static void
assert_finds_numbered (StoreFixture *fixture,
                       GPtrArray    *records)
{
  for (guint i = 0; i < records->len; i += 13)
    {
      g_autofree char *name = g_strdup_printf ("号%uX", i);

      g_assert_true (finds (fixture, name, g_ptr_array_index (records, i)));
    }
  assert_index_is_sound (fixture);
}

/* As after an update of the program: the index is of another kind, or there is none. */
static void
test_made_anew (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const char *const older[] = {
    "UPDATE setting SET value = '0' WHERE name = 'search.version'",
    "DELETE FROM setting WHERE name = 'search.version'",
  };
  g_autoptr (GPtrArray) records = save_numbered (fixture, 130);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (older); i++)
    {
      const char *statements[] = {
        older[i], "DELETE FROM search_doc", "UPDATE record SET sort_name = NULL", NULL
      };

      run_statements (fixture, statements);
      g_assert_false (finds (fixture, "号13X", g_ptr_array_index (records, 13)));
      g_assert_true (yeji_store_index_if_needed (fixture->store, NULL, &error));
      g_assert_no_error (error);
      assert_finds_numbered (fixture, records);
    }
}

/* It was stopped in the middle, and the clerk changed a record before it goes on. */
static void
test_goes_on (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) records = save_numbered (fixture, 130);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  YejiRecord *changed = g_ptr_array_index (records, 7);

  run_statements (fixture, (const char *[]) {
                    "UPDATE setting SET value = '0' WHERE name = 'search.version'", NULL });
  g_cancellable_cancel (cancellable);
  g_assert_false (yeji_store_index_if_needed (fixture->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  run_statements (fixture, (const char *[]) {
                    "DROP TABLE search", YEJI_SEARCH_TABLE, "DELETE FROM search_doc",
                    "UPDATE setting SET value = '" YEJI_SEARCH_FILLING "'"
                    " WHERE name = 'search.version'", NULL });
  store_fixture_type (changed, "PrjName", "改了的");
  store_fixture_save (fixture, changed, 0);
  g_assert_true (finds (fixture, "改了", changed));
  g_assert_true (yeji_store_index_if_needed (fixture->store, NULL, &error));
  g_assert_no_error (error);
  assert_finds_numbered (fixture, records);
  g_assert_false (finds (fixture, "号7X", changed));
}

/* A profile that was put together again has its settings, but not its index. */
static void
test_lost (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) records = save_numbered (fixture, 60);
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_index_if_needed (fixture->store, NULL, &error));
  run_statements (fixture, (const char *[]) {
                    "DROP TABLE search", YEJI_SEARCH_TABLE, "DELETE FROM search_doc", NULL });
  g_assert_true (yeji_store_index_if_needed (fixture->store, NULL, &error));
  g_assert_no_error (error);
  assert_finds_numbered (fixture, records);
}

/* A broken index does not keep a draft from being saved, and is mended. */
static void
test_broken (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const char *const breaks[] = {
    "DROP TABLE search",
    "DELETE FROM search_data",
    "UPDATE search_data SET block = x'00'",
    "UPDATE search_doc SET sum = 1",
    "DELETE FROM search_doc",
  };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
      g_autofree char *name = g_strdup_printf ("坏了%u", i);
      g_autoptr (YejiRecord) loaded = NULL;
      g_autoptr (GError) error = NULL;

      store_fixture_save (fixture, record, 0);
      run_statements (fixture, (const char *[]) { breaks[i], NULL });
      store_fixture_type (record, "PrjName", name);
      store_fixture_save (fixture, record, 0);
      loaded = store_fixture_load (fixture, record);
      g_assert_cmpstr (store_fixture_read (loaded, "PrjName"), ==, name);
      /* Whatever a save noticed of it, whoever mends a profile takes the mark away. */
      run_statements (fixture, (const char *[]) {
                        "DELETE FROM setting WHERE name = 'search.version'", NULL });
      g_assert_true (yeji_store_index_if_needed (fixture->store, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (finds (fixture, name, record));
      assert_index_is_sound (fixture);
    }
}

static gboolean
delete_record (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  YejiStore *store = ((gpointer *) data)[0];
  YejiRecord *record = ((gpointer *) data)[1];
  const char *uuid = yeji_record_get_uuid (record);
  g_autofree char *body = yeji_store_make_body (store, record, 1, error);

  return yeji_store_index (store, sql, uuid, body, NULL, error)
    && yeji_sql_exec (sql, error, "DELETE FROM history WHERE record = ?1", "s", uuid)
    && yeji_sql_exec (sql, error, "DELETE FROM record WHERE uuid = ?1", "s", uuid);
}

static void
test_deleted (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  gpointer arguments[] = { fixture->store, record };
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  g_assert_true (finds (fixture, "教学楼", record));
  /* The index still has the name of before, and the record waits. */
  store_fixture_type (record, "PrjName", "桦甸大桥");
  store_fixture_save (fixture, record, 0);
  yeji_db_run (yeji_store_get_db (fixture->store), delete_record, arguments, &error);
  g_assert_no_error (error);
  g_assert_false (finds (fixture, "教学楼", record));
  g_assert_false (finds (fixture, "桦甸", record));
  assert_index_is_sound (fixture);
}

static gboolean
count_parts (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT count (DISTINCT segid) FROM search_idx", "");

  g_assert_true (rows != NULL && yeji_rows_next (rows, error));
  *(guint *) data = (guint) yeji_rows_int (rows, 0);
  return TRUE;
}

static guint
get_n_parts (StoreFixture *fixture)
{
  guint n = 0;

  g_assert_true (yeji_db_run (yeji_store_get_db (fixture->store), count_parts, &n, NULL));
  return n;
}

/* Each time a record is looked for that was just saved, the index gets one part more. */
static void
test_merges (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) records = save_numbered (fixture, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  YejiRecord *record = g_ptr_array_index (records, 0);
  g_autoptr (GError) error = NULL;
  guint n;

  run_statements (fixture, (const char *[]) {
                    "INSERT INTO search (search, rank) VALUES ('automerge', 0)", NULL });
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u版大桥", i);

      store_fixture_type (record, "PrjName", name);
      store_fixture_save (fixture, record, 0);
      g_assert_true (finds (fixture, name, record));
    }
  n = get_n_parts (fixture);
  g_assert_cmpuint (n, >=, 12);
  g_cancellable_cancel (cancellable);
  g_assert_false (yeji_store_merge_index (fixture->store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (get_n_parts (fixture), ==, n);
  g_assert_true (yeji_store_merge_index (fixture->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (get_n_parts (fixture), ==, 1);
  g_assert_true (finds (fixture, "第11版大桥", record));
  g_assert_false (finds (fixture, "第10版大桥", record));
  assert_index_is_sound (fixture);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/search/finds-every-part-of-a-record", test_parts },
    { "/store/search/follows-changes", test_follows_changes },
    { "/store/search/finds-what-was-saved-in-the-session-before", test_waits },
    { "/store/search/finds-what-a-full-disk-cannot-index", test_full_disk },
    { "/store/search/knows-no-personal-numbers", test_personal },
    { "/store/search/reads-hostile-bodies", test_hostile_bodies },
    { "/store/search/finds-what-looking-through-finds", test_property },
    { "/store/search/is-made-anew-after-an-update", test_made_anew },
    { "/store/search/goes-on-where-it-was-stopped", test_goes_on },
    { "/store/search/comes-back-after-a-repair", test_lost },
    { "/store/search/a-broken-index-harms-no-draft", test_broken },
    { "/store/search/forgets-what-is-deleted", test_deleted },
    { "/store/search/puts-its-parts-together", test_merges },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/search/folds-widths-and-cases", test_fold);
  g_test_add_func ("/store/search/folds-plain-texts-as-any-other", test_fold_quickly);
  g_test_add_func ("/store/search/asks-for-phrases", test_questions);
  g_test_add_func ("/store/search/sorts-names-by-initials", test_sort_names);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
