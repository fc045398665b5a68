// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-facts"

#include "config.h"

#include "store-fixture.h"
#include "yeji-arrange.h"
#include "yeji-backup.h"
#include "yeji-query.h"
#include "yeji-store-private.h"

#define PDF "%PDF-1.4\n"

static void
assert_facts (StoreFixture    *fixture,
              YejiRecord      *record,
              const YejiFacts *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  const YejiFacts *found;

  entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  found = yeji_entry_get_facts (entry);
  g_assert_cmpuint (found->n_errors, ==, expected->n_errors);
  g_assert_cmpuint (found->n_warnings, ==, expected->n_warnings);
  g_assert_cmpint (found->completeness, ==, expected->completeness);
  g_assert_cmpint (found->outcome, ==, expected->outcome);
  g_assert_cmpint (found->n_slots, ==, expected->n_slots);
  g_assert_cmpint (found->n_filled_slots, ==, expected->n_filled_slots);
  g_assert_cmpint (yeji_entry_get_completeness (entry), ==, expected->completeness);
  g_assert_cmpint (yeji_entry_get_outcome (entry), ==, expected->outcome);
  g_assert_cmpint (yeji_entry_get_n_slots (entry), ==, MAX (expected->n_slots, 0));
  g_assert_cmpint (yeji_entry_get_n_filled_slots (entry), ==, MAX (expected->n_filled_slots, 0));
}

static void
save (StoreFixture    *fixture,
      YejiRecord      *record,
      const YejiFacts *facts)
{
  g_autoptr (GError) error = NULL;

  yeji_store_save (fixture->store, record, facts, "typed", &error);
  g_assert_no_error (error);
}

static const YejiFacts unknown = { 0, 0, -1, -1, -1, -1 };
static const YejiFacts cases[] = {
  { 3, 2, 0, 0, 6, 0 }, { 0, 1, 99, 1, 6, 5 }, { 0, 0, 100, 2, 6, 6 }, { 1, 0, 50, -1, -1, -1 },
  { 0, 0, -1, -1, -1, -1 },
};

static void
test_kept (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, "construction");

  save (fixture, record, NULL);
  assert_facts (fixture, record, &unknown);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      save (fixture, record, &cases[i]);
      assert_facts (fixture, record, &cases[i]);
      store_fixture_type (record, "PrjName", name);
      save (fixture, record, NULL);
      assert_facts (fixture, record, &cases[i]);
      store_fixture_close (fixture);
      store_fixture_open (fixture);
      assert_facts (fixture, record, &cases[i]);
    }
}

static void
test_many (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      g_ptr_array_add (records, yeji_record_new (fixture->dictionary, NULL, "design"));
      g_ptr_array_add (facts, i > 0 ? yeji_facts_copy (&cases[i - 1]) : NULL);
    }
  yeji_store_save_many (fixture->store, records, facts, "imported", &error);
  g_assert_no_error (error);
  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    assert_facts (fixture, g_ptr_array_index (records, i), i > 0 ? &cases[i - 1] : &unknown);
}

/* A damaged number is no index into anything. */
static gboolean
write_nonsense (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET completeness = -7, outcome = 9223372036854775807,"
                        " n_slots = -9223372036854775807, n_filled_slots = 4294967297", "");
}

static void
test_nonsense (StoreFixture  *fixture,
               gconstpointer  data)
{
  const YejiQuery query = { NULL, YEJI_STATES_ALL };
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, "design");
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;

  save (fixture, record, NULL);
  yeji_db_run (yeji_store_get_db (fixture->store), write_nonsense, NULL, &error);
  g_assert_no_error (error);
  entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  g_assert_cmpint (yeji_entry_get_completeness (entry), ==, -1);
  g_assert_cmpint (yeji_entry_get_outcome (entry), <=, YEJI_FACTS_BEST_OUTCOME);
  g_assert_cmpuint (yeji_entry_get_n_slots (entry), ==, 0);
  counts = yeji_store_count_filters (fixture->store, &query, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_array_index (counts, guint, 0), ==, 1);
}

static YejiAttachment *
attach (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *slot,
        const char   *content)
{
  g_autofree char *path = g_build_filename (fixture->dir, "paper.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  YejiAttachment *attachment;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  attachment = yeji_store_attach (fixture->store, yeji_record_get_uuid (record), slot, file, NULL,
                                  &error);
  g_assert_no_error (error);
  return attachment;
}

static void
detach (StoreFixture   *fixture,
        YejiRecord     *record,
        YejiAttachment *attachment)
{
  g_autoptr (GError) error = NULL;

  yeji_store_detach (fixture->store, yeji_record_get_uuid (record),
                     yeji_attachment_get_id (attachment), &error);
  g_assert_no_error (error);
}

static void
assert_slots (StoreFixture *fixture,
              YejiRecord   *record,
              int           n_filled)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (record),
                                                      NULL);
  const YejiFacts *facts = yeji_entry_get_facts (entry);

  g_assert_cmpint (facts->n_slots, >, 1);
  g_assert_cmpint (facts->n_filled_slots, ==, n_filled);
  g_assert_cmpint (facts->completeness, ==, 42);
}

/* What comes and goes is seen at once, whichever way it goes. */
static void
test_documents (StoreFixture  *fixture,
                gconstpointer  data)
{
  const YejiFacts facts = { 0, 0, 42, 1, -1, -1 };
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiAttachment) first = NULL;
  g_autoptr (YejiAttachment) second = NULL;
  g_autoptr (YejiAttachment) other = NULL;
  g_autoptr (YejiAttachment) moved = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, record, &facts);
  first = attach (fixture, record, "contract", PDF "1");
  assert_slots (fixture, record, 1);
  second = attach (fixture, record, "contract", PDF "2");
  assert_slots (fixture, record, 1);
  other = attach (fixture, record, "change_proof", PDF "3");   /* nobody must attach it */
  assert_slots (fixture, record, 1);
  detach (fixture, record, first);
  assert_slots (fixture, record, 1);
  detach (fixture, record, second);
  assert_slots (fixture, record, 0);
  yeji_store_bring_back (fixture->store, uuid, yeji_attachment_get_id (second), &error);
  g_assert_no_error (error);
  assert_slots (fixture, record, 1);
  moved = yeji_store_move_document (fixture->store, uuid, yeji_attachment_get_id (second),
                                    "change_proof", 0, &error);
  g_assert_no_error (error);
  assert_slots (fixture, record, 0);
}

/* A copy of the database has what a check found. */
static void
test_backup (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, "design");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, record, &cases[1]);
  path = yeji_store_backup (fixture->store, YEJI_BACKUP_MANUAL, NULL, &error);
  g_assert_no_error (error);
  save (fixture, record, &cases[0]);
  store_fixture_close (fixture);
  yeji_backup_restore (fixture->dir, path, fixture->dictionary, NULL, &error);
  g_assert_no_error (error);
  store_fixture_open (fixture);
  assert_facts (fixture, record, &cases[1]);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase tests[] = {
    { "/store/facts/are-kept-with-the-record", test_kept },
    { "/store/facts/are-kept-of-many", test_many },
    { "/store/facts/withstand-nonsense", test_nonsense },
    { "/store/facts/count-documents-at-once", test_documents },
    { "/store/facts/are-in-a-backup", test_backup },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
