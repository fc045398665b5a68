// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "store-fixture.h"
#include "yeji-small-dictionary.h"
#include "yeji-store-private.h"

#include <string.h>

/* The province's next version: B is gone, C was called A, a code was replaced, D and T are new. */
#define ONE "R/r A:t B:t E:c"
#define TWO "R/r C:t<A E:c D:t\nT/t X:t"

static void
count_call (guint *count)
{
  (*count)++;
}

static gboolean
is_counted (gpointer count)
{
  return *(guint *) count > 0;
}

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  fixture->dir = yeji_test_dir_new ();
  fixture->dictionary = small_dictionary_new ("1", ONE, "a b", 50);
  store_fixture_open (fixture);
}

static void
reopen (StoreFixture *fixture)
{
  store_fixture_close (fixture);
  store_fixture_open (fixture);
}

static YejiDictionary *
make_next (void)
{
  return small_dictionary_new ("2", TWO, "a>b b", 50);
}

static YejiRecord *
add_record (StoreFixture *fixture)
{
  YejiRecord *record = yeji_record_new (yeji_store_get_dictionary (fixture->store), NULL,
                                        "construction");

  store_fixture_type (record, "A", "x");
  store_fixture_type (record, "B", "y");
  store_fixture_type (record, "E", "a");
  store_fixture_save (fixture, record, 0);
  return record;
}

static void
offer (StoreFixture   *fixture,
       YejiDictionary *dictionary)
{
  g_autoptr (GError) error = NULL;

  yeji_store_offer_dictionary (fixture->store, dictionary, yeji_dictionary_get_bundle (dictionary),
                               "sum", &error);
  g_assert_no_error (error);
}

static GPtrArray *
adopt (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *reports = NULL;

  yeji_store_adopt_dictionary (fixture->store, &reports, &error);
  g_assert_no_error (error);
  return reports;
}

static void
submit (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *revision)
{
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, revision, "submitted",
                                                            "2026-01-01T00:00:00Z");
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  YejiOutboxItem *item;

  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  outbox = yeji_store_get_outbox (fixture->store, &error);
  g_assert_no_error (error);
  item = g_ptr_array_index (outbox, outbox->len - 1);
  yeji_store_note_submitted (fixture->store, item->uuid, item->seq, answer, &error);
  g_assert_no_error (error);
}

static YejiRecord *
load_as_is (StoreFixture *fixture,
            YejiRecord   *like)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_store_load_as_is (fixture->store, yeji_record_get_uuid (like), &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_version (YejiRecord *record,
                const char *version)
{
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_record_get_dictionary (record)), ==, version);
}

/* What add_record() made, after the move. */
static void
assert_moved (YejiRecord *record)
{
  const YejiAside *aside;

  assert_version (record, "2");
  g_assert_cmpstr (store_fixture_read (record, "C"), ==, "x");
  g_assert_cmpstr (store_fixture_read (record, "E"), ==, "b");
  g_assert_cmpuint (yeji_record_get_aside (record)->len, ==, 1);
  aside = g_ptr_array_index (yeji_record_get_aside (record), 0);
  g_assert_cmpstr (aside->value, ==, "y");
  g_assert_cmpstr (aside->version, ==, "1");
}

static void
test_keeps_an_offer (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (YejiDictionary) none = yeji_store_get_offered_dictionary (fixture->store);
  g_autoptr (YejiDictionary) offered = NULL;
  g_autoptr (YejiDictionary) again = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autofree char *sum = NULL;
  guint told = 0;

  g_assert_null (none);
  g_signal_connect_swapped (fixture->store, "dictionary-offered", G_CALLBACK (count_call), &told);
  offer (fixture, next);
  yeji_test_wait_until (is_counted, &told, 5000);
  g_assert_cmpuint (told, ==, 1);
  offered = yeji_store_get_offered_dictionary (fixture->store);
  g_assert_true (offered == next);

  reopen (fixture);
  again = yeji_store_get_offered_dictionary (fixture->store);
  g_assert_cmpstr (yeji_dictionary_get_version (again), ==, "2");
  sum = yeji_store_find_dictionary_sum (fixture->store, "2", NULL);
  g_assert_cmpstr (sum, ==, "sum");
  loaded = load_as_is (fixture, record);
  assert_version (loaded, "1");
}

/* Nothing of what an older dictionary said of it is left. */
static void
assert_unchecked (StoreFixture *fixture,
                  YejiRecord   *record)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record),
                                                      NULL);

  g_assert_false (yeji_entry_is_checked (entry));
  g_assert_cmpint (yeji_entry_get_completeness (entry), ==, -1);
  g_assert_cmpint (yeji_entry_get_outcome (entry), ==, -1);
  g_assert_cmpint (yeji_entry_get_facts (entry)->n_slots, ==, -1);
}

static void
test_moves_drafts (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (YejiRecord) moved = NULL;
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiRecord) before = NULL;
  g_autoptr (GError) error = NULL;
  YejiMoveReport *report;
  YejiHistoryLine *line;
  guint first;

  offer (fixture, next);
  reports = adopt (fixture);
  g_assert_cmpuint (reports->len, ==, 1);
  report = g_ptr_array_index (reports, 0);
  g_assert_cmpstr (report->uuid, ==, yeji_record_get_uuid (record));
  g_assert_cmpstr (report->from, ==, "1");
  g_assert_cmpstr (report->to, ==, "2");
  g_assert_cmpuint (report->notes->len, ==, 6);
  moved = load_as_is (fixture, record);
  assert_moved (moved);
  loaded = store_fixture_load (fixture, record);
  assert_version (loaded, "1");
  g_assert_true (yeji_store_get_dictionary (fixture->store) == fixture->dictionary);
  store_fixture_assert_state (fixture, record, YEJI_STATE_DRAFT);

  history = yeji_store_get_history (fixture->store, yeji_record_get_uuid (record), NULL);
  first = history->len - 3;
  line = g_ptr_array_index (history, first);
  g_assert_cmpstr (line->why, ==, "migrated");
  g_assert_cmpstr (line->change->field, ==, "dictionary");
  g_assert_cmpstr (line->change->before, ==, "1");
  g_assert_cmpstr (line->change->after, ==, "2");

  reopen (fixture);
  g_assert_cmpstr (yeji_dictionary_get_version (yeji_store_get_dictionary (fixture->store)), ==,
                   "2");
  assert_unchecked (fixture, record);
  g_clear_object (&loaded);
  loaded = store_fixture_load (fixture, record);
  assert_moved (loaded);
  kept = yeji_store_list_move_reports (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (kept->len, ==, 1);
  report = g_ptr_array_index (kept, 0);
  before = yeji_store_load_before_move (fixture->store, report->seq, NULL);
  g_assert_true (yeji_record_equal (before, record));
  g_assert_null (yeji_store_load_before_move (fixture->store, 99, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* As many values aside as can be read, and one more by the move. */
static void
test_refuses_unreadable (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *row = g_strdup_printf ("%u", i);
      YejiAside aside = { (char *) "0", (char *) "T", row, (char *) "F", (char *) "F", (char *) "v" };

      yeji_record_add_aside (record, &aside);
    }
  store_fixture_save (fixture, record, 0);
  offer (fixture, next);
  g_assert_false (yeji_store_adopt_dictionary (fixture->store, &reports, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_UNREADABLE);
  loaded = load_as_is (fixture, record);
  assert_version (loaded, "1");
  g_assert_true (yeji_record_equal (loaded, record));
}

static void
test_adopts_in_the_background (StoreFixture  *fixture,
                               gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) list_result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  offer (fixture, next);
  yeji_store_adopt_dictionary_async (fixture->store, NULL, yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 5000);
  reports = yeji_store_adopt_dictionary_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reports->len, ==, 1);

  slot = NULL;
  yeji_store_list_move_reports_async (fixture->store, NULL, NULL, yeji_test_store_result, &slot);
  list_result = yeji_test_await (&slot, 5000);
  listed = yeji_store_list_move_reports_finish (fixture->store, list_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listed->len, ==, 1);
}

static void
test_leaves_what_was_sent (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (YejiRecord) shown = NULL;
  g_autofree char *before = yeji_record_to_text (record);
  g_autofree char *after = NULL;

  submit (fixture, record, "r1");
  offer (fixture, next);
  reports = adopt (fixture);
  g_assert_cmpuint (reports->len, ==, 0);
  reopen (fixture);
  stored = load_as_is (fixture, record);
  assert_version (stored, "1");
  after = yeji_record_to_text (stored);
  g_assert_cmpstr (before, ==, after);
  shown = store_fixture_load (fixture, record);
  assert_moved (shown);
  store_fixture_assert_state (fixture, record, YEJI_STATE_SUBMITTED);
}

static void
test_moves_what_comes_back (StoreFixture  *fixture,
                            gconstpointer  data)
{
  static const struct
  {
    const char *state;
    gboolean with_record;
    const char *version;
  } cases[] = {
    { "approved", FALSE, "1" }, { "approved", TRUE, "1" },
    { "returned", FALSE, "2" }, { "returned", TRUE, "2" },
  };
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (GPtrArray) reports = NULL;
  YejiRecord *records[G_N_ELEMENTS (cases)];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      records[i] = add_record (fixture);
      submit (fixture, records[i], "r1");
    }
  offer (fixture, next);
  reports = adopt (fixture);
  reopen (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = records[i];
      g_autoptr (YejiRecord) stored = NULL;
      g_autoptr (YejiEntry) entry = NULL;
      const YejiPoint *point;
      YejiAnswer *answer = store_fixture_answer_new (record, "r2", cases[i].state,
                                                     "2026-02-01T00:00:00Z");

      if (cases[i].with_record)
        answer->record = yeji_record_to_text (record);
      g_ptr_array_add (answer->points, yeji_point_new ("/r/A", "see to it"));
      store_fixture_apply (fixture, answer, "c");
      stored = load_as_is (fixture, record);
      assert_version (stored, cases[i].version);
      if (g_str_equal (cases[i].version, "2"))
        assert_moved (stored);
      entry = store_fixture_get_entry (fixture, record);
      g_assert_false (yeji_entry_get_edited_since (entry));
      point = g_ptr_array_index (yeji_entry_get_points (entry), 0);
      g_assert_cmpstr (point->pointer, ==, g_str_equal (cases[i].version, "2") ? "/r/C" : "/r/A");
    }
}

static void
test_merges_versions (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (YejiRecord) theirs = yeji_record_copy (record);
  g_autoptr (YejiRecord) mine = NULL;
  g_autoptr (YejiRecord) merged = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  YejiAnswer *answer = store_fixture_answer_new (record, "r2", "returned", "2026-02-01T00:00:00Z");

  submit (fixture, record, "r1");
  store_fixture_apply (fixture, store_fixture_answer_new (record, "r1", "returned",
                                                          "2026-01-02T00:00:00Z"), "b");
  offer (fixture, next);
  reports = adopt (fixture);
  g_assert_cmpuint (reports->len, ==, 1);
  reopen (fixture);
  mine = store_fixture_load (fixture, record);
  store_fixture_type (mine, "D", "typed");
  store_fixture_save (fixture, mine, 0);

  store_fixture_type (theirs, "A", "theirs");
  answer->record = yeji_record_to_text (theirs);
  store_fixture_apply (fixture, answer, "c");
  merged = load_as_is (fixture, record);
  assert_version (merged, "2");
  g_assert_cmpstr (store_fixture_read (merged, "C"), ==, "theirs");
  g_assert_cmpstr (store_fixture_read (merged, "D"), ==, "typed");
}

static void
test_takes_late_typing (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (YejiRecord) stored = NULL;

  offer (fixture, next);
  reports = adopt (fixture);
  store_fixture_type (record, "A", "late");
  store_fixture_save (fixture, record, 0);
  stored = load_as_is (fixture, record);
  assert_version (stored, "2");
  g_assert_cmpstr (store_fixture_read (stored, "C"), ==, "late");
}

/* What waits says the same, but under the version before: the province would refuse it. */
static void
test_queues_anew (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = small_dictionary_new ("3", ONE " F:t", "a b", 50);
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (YejiRecord) moved = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  const char *uuid = yeji_record_get_uuid (record);

  g_assert_true (yeji_store_queue_submit (fixture->store, uuid, NULL));
  offer (fixture, next);
  reports = adopt (fixture);
  reopen (fixture);
  moved = store_fixture_load (fixture, record);
  g_assert_false (yeji_store_queue_submit (fixture->store, uuid, &error));   /* not checked yet */
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  store_fixture_save (fixture, moved, 0);
  g_assert_true (yeji_store_queue_submit (fixture->store, uuid, NULL));
  outbox = yeji_store_get_outbox (fixture->store, NULL);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_nonnull (strstr (((YejiOutboxItem *) outbox->pdata[0])->body, "\"dictionary\":\"3\""));
}

static gboolean
run_statement (YejiSql   *sql,
               gpointer   statement,
               GError   **error)
{
  return yeji_sql_exec (sql, error, statement, "");
}

static void
test_moves_all_or_none (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiRecord) one = add_record (fixture);
  g_autoptr (YejiRecord) two = add_record (fixture);
  g_autoptr (YejiDictionary) offered = NULL;
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;

  offer (fixture, next);
  yeji_db_run (yeji_store_get_db (fixture->store), run_statement,
               (gpointer) "UPDATE record SET body = '{' WHERE rowid = 2", &error);
  g_assert_no_error (error);
  g_assert_false (yeji_store_adopt_dictionary (fixture->store, &reports, &error));
  g_assert_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX);
  g_assert_null (reports);
  stored = load_as_is (fixture, one);
  assert_version (stored, "1");
  offered = yeji_store_get_offered_dictionary (fixture->store);
  g_assert_true (offered == next);
}

/* A new program brings another dictionary; where one of a province was adopted, that one stays. */
static void
test_follows_the_program (StoreFixture  *fixture,
                          gconstpointer  data)
{
  g_autoptr (YejiRecord) record = add_record (fixture);
  g_autoptr (YejiRecord) moved = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (YejiDictionary) third = small_dictionary_new ("3", ONE, "a b", 50);
  g_autoptr (GPtrArray) adopted = NULL;

  store_fixture_close (fixture);
  g_object_unref (fixture->dictionary);
  fixture->dictionary = make_next ();
  store_fixture_open (fixture);
  moved = store_fixture_load (fixture, record);
  assert_moved (moved);
  reports = yeji_store_list_move_reports (fixture->store, NULL, NULL);
  g_assert_cmpuint (reports->len, ==, 1);

  offer (fixture, third);
  adopted = adopt (fixture);
  reopen (fixture);
  g_clear_object (&moved);
  moved = store_fixture_load (fixture, record);
  assert_version (moved, "3");
  g_assert_cmpstr (store_fixture_read (moved, "A"), ==, "x");
  g_assert_cmpstr (store_fixture_read (moved, "B"), ==, "y");
  g_assert_cmpuint (yeji_record_get_aside (moved)->len, ==, 0);
}

static void
test_withdraws (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiDictionary) next = make_next ();
  g_autoptr (YejiDictionary) none = NULL;
  g_autoptr (YejiDictionary) known = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;

  offer (fixture, next);
  g_assert_true (yeji_store_withdraw_dictionary (fixture->store, NULL));
  none = yeji_store_get_offered_dictionary (fixture->store);
  g_assert_null (none);
  reports = adopt (fixture);
  g_assert_cmpuint (reports->len, ==, 0);
  g_assert_true (yeji_store_offer_known_dictionary (fixture->store, "2", NULL));
  known = yeji_store_get_offered_dictionary (fixture->store);
  g_assert_cmpstr (yeji_dictionary_get_version (known), ==, "2");
  g_assert_false (yeji_store_offer_known_dictionary (fixture->store, "9", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

/* A profile of the schema's first version, with a record of a dictionary that was not kept then. */
static void
test_opens_an_old_profile (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "yeji.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiStore) store = NULL;
  g_autoptr (YejiRecord) record = NULL;
  YejiDb *db = yeji_db_open (path, yeji_store_migrations, 1, &error);

  g_assert_no_error (error);
  yeji_db_run (db, run_statement,
               (gpointer) "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
               " changed_at, digest, body) VALUES ('6f1c2d3e-4a5b-4c6d-8e7f-102030405001',"
               " 'construction', 'x', '', '0', '2026', '2026', 'd',"
               " '{\"uuid\": \"6f1c2d3e-4a5b-4c6d-8e7f-102030405001\", \"dictionary\": \"0\","
               "   \"role\": \"construction\", \"r\": {\"A\": \"x\", \"Z\": \"z\"}}')", &error);
  g_assert_no_error (error);
  yeji_db_close (db);
  g_object_unref (db);

  store = yeji_store_open (dir, fixture->dictionary, &error);
  g_assert_no_error (error);
  record = yeji_store_load (store, "6f1c2d3e-4a5b-4c6d-8e7f-102030405001", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (store_fixture_read (record, "A"), ==, "x");
  g_assert_true (g_hash_table_contains (yeji_row_get_extras (yeji_record_get_project (record)),
                                        "Z"));
  yeji_store_close (store);
  yeji_test_dir_remove (dir);
}

int
main (int    argc,
      char **argv)
{
  static const StoreCase cases[] = {
    { "/store/dictionary/keeps-what-the-province-offers", test_keeps_an_offer },
    { "/store/dictionary/moves-drafts-when-it-is-adopted", test_moves_drafts },
    { "/store/dictionary/moves-nothing-that-could-not-be-read-back", test_refuses_unreadable },
    { "/store/dictionary/is-adopted-in-the-background", test_adopts_in_the_background },
    { "/store/dictionary/leaves-what-was-sent", test_leaves_what_was_sent },
    { "/store/dictionary/moves-what-comes-back", test_moves_what_comes_back },
    { "/store/dictionary/merges-over-versions", test_merges_versions },
    { "/store/dictionary/takes-what-is-typed-late", test_takes_late_typing },
    { "/store/dictionary/queues-a-moved-record-anew", test_queues_anew },
    { "/store/dictionary/moves-all-or-none", test_moves_all_or_none },
    { "/store/dictionary/follows-the-program-until-a-province-speaks", test_follows_the_program },
    { "/store/dictionary/forgets-an-offer", test_withdraws },
    { "/store/dictionary/opens-a-profile-of-the-first-schema", test_opens_an_old_profile },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, StoreFixture, NULL, set_up, cases[i].func, store_fixture_tear_down);
  return g_test_run ();
}
