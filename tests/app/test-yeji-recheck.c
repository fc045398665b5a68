// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-query.h"
#include "yeji-recheck.h"
#include "yeji-store-facts.h"
#include "yeji-store-private.h"
#include "yeji-test.h"

/* More than are checked at a time, and no multiple of it. */
#define N_RECORDS 37

static gboolean
is_done (gpointer data)
{
  return yeji_recheck_is_done (data);
}

static gboolean
is_only_held_here (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

static void
end (YejiRecheck *recheck)
{
  yeji_recheck_stop (recheck);
  yeji_test_wait_until (is_done, recheck, 10000);
  yeji_test_wait_until (is_only_held_here, recheck, 10000);
  g_assert_finalize_object (recheck);
}

static void
count (guint *n)
{
  (*n)++;
}

/* Records as an older version has left them. */
static void
add_records (AppFixture *fixture,
             GPtrArray  *uuids,
             guint       n)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, "construction");
      g_autofree char *name = g_strdup_printf ("虚构工程%u", i);
      YejiRow *project = yeji_record_get_project (record);

      if (i % 2 == 0)
        yeji_row_set (project, yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"),
                      name);
      yeji_store_save (fixture->store, record, NULL, "imported", &error);
      g_assert_no_error (error);
      g_ptr_array_add (uuids, g_strdup (yeji_record_get_uuid (record)));
    }
}

static YejiFacts *
find_facts (AppFixture *fixture,
            const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiValidator) validator = yeji_validator_new (fixture->dictionary,
                                                            yeji_language_get_current ());
  g_autoptr (YejiRecord) record = yeji_store_load (fixture->store, uuid, &error);
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = yeji_store_get_filled_slots (fixture->store, uuid, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_no_error (error);
  problems = yeji_validator_check (validator, record, today, (const char *const *) slots);
  return yeji_facts_new_for (validator, record, problems, (const char *const *) slots);
}

static void
assert_facts (AppFixture *fixture,
              const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->store, uuid, &error);
  g_autoptr (YejiFacts) expected = find_facts (fixture, uuid);
  const YejiFacts *found;

  g_assert_no_error (error);
  found = yeji_entry_get_facts (entry);
  g_assert_cmpuint (found->n_errors, ==, expected->n_errors);
  g_assert_cmpuint (found->n_warnings, ==, expected->n_warnings);
  g_assert_cmpint (found->completeness, ==, expected->completeness);
  g_assert_cmpint (found->completeness, >=, 0);
  g_assert_cmpint (found->outcome, ==, expected->outcome);
  g_assert_cmpint (found->n_slots, ==, expected->n_slots);
  g_assert_cmpint (found->n_filled_slots, ==, expected->n_filled_slots);
}

static gboolean
is_unknown (AppFixture *fixture,
            const char *uuid)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->store, uuid, NULL);

  return yeji_entry_get_completeness (entry) < 0;
}

static void
test_all (AppFixture    *fixture,
          gconstpointer  data)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  YejiRecheck *recheck;
  const char *removed;
  guint n_told = 0;

  add_records (fixture, uuids, N_RECORDS);
  removed = g_ptr_array_index (uuids, 5);
  yeji_store_remove (fixture->store, removed, &error);
  g_assert_no_error (error);
  g_assert_true (is_unknown (fixture, g_ptr_array_index (uuids, 0)));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_signal_connect_swapped (fixture->store, "changed", G_CALLBACK (count), &n_told);
  recheck = yeji_recheck_new (fixture->store);
  yeji_test_wait_until (is_done, recheck, 20000);
  assert_facts (fixture, yeji_record_get_uuid (fixture->record));
  for (guint i = 0; i < uuids->len; i++)
    if (i != 5)
      assert_facts (fixture, g_ptr_array_index (uuids, i));
  g_assert_true (is_unknown (fixture, removed));
  /* once at first, and once at the end: a list that reads itself anew for each would crawl */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_told, >=, 1);
  g_assert_cmpuint (n_told, <=, 2 + N_RECORDS / 16);
  g_signal_handlers_disconnect_by_data (fixture->store, &n_told);
  end (recheck);
}

/* Nothing to do is done at once, and tells nobody. */
static void
test_nothing (AppFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiFacts) facts = find_facts (fixture, yeji_record_get_uuid (fixture->record));
  g_autoptr (GError) error = NULL;
  YejiRecheck *recheck;
  guint n_told = 0;

  yeji_store_note_check (fixture->store, fixture->record, facts, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_signal_connect_swapped (fixture->store, "changed", G_CALLBACK (count), &n_told);
  recheck = yeji_recheck_new (fixture->store);
  yeji_test_wait_until (is_done, recheck, 20000);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_told, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->store, &n_told);
  end (recheck);
}

static gboolean
ruin (YejiSql   *sql,
      gpointer   data,
      GError   **error)
{
  return yeji_sql_exec (sql, error, "UPDATE record SET body = '{' WHERE uuid = ?1", "s", data);
}

static void
test_unreadable (AppFixture    *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  YejiRecheck *recheck;

  add_records (fixture, uuids, 3);
  yeji_db_run (yeji_store_get_db (fixture->store), ruin, g_ptr_array_index (uuids, 1), &error);
  g_assert_no_error (error);
  recheck = yeji_recheck_new (fixture->store);
  yeji_test_wait_until (is_done, recheck, 20000);
  assert_facts (fixture, g_ptr_array_index (uuids, 0));
  assert_facts (fixture, g_ptr_array_index (uuids, 2));
  g_assert_true (is_unknown (fixture, g_ptr_array_index (uuids, 1)));
  end (recheck);
}

static void
test_stopped (AppFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);

  add_records (fixture, uuids, 3);
  end (yeji_recheck_new (fixture->store));
  for (guint i = 0; i < uuids->len; i++)
    g_assert_true (is_unknown (fixture, g_ptr_array_index (uuids, i)));
}

static guint
count_unknown (AppFixture *fixture,
               GPtrArray  *uuids)
{
  guint n = 0;

  for (guint i = 0; i < uuids->len; i++)
    n += is_unknown (fixture, g_ptr_array_index (uuids, i));
  return n;
}

/* What is told of one record is still its first save: a recheck tells of many at once. */
static void
on_told (YejiStore   *store,
         const char  *uuid,
         YejiRecheck *recheck)
{
  if (uuid == NULL)
    yeji_recheck_stop (recheck);
}

/* Between two batches, as when the window is closed. */
static void
test_stopped_on_the_way (AppFixture    *fixture,
                         gconstpointer  data)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  YejiRecheck *recheck;

  add_records (fixture, uuids, 3 * N_RECORDS);
  recheck = yeji_recheck_new (fixture->store);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (on_told), recheck);
  yeji_test_wait_until (is_done, recheck, 20000);
  g_signal_handlers_disconnect_by_data (fixture->store, recheck);
  g_assert_cmpuint (count_unknown (fixture, uuids), >, 0);
  g_assert_cmpuint (count_unknown (fixture, uuids), <, uuids->len);
  end (recheck);
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/recheck/finds-out-what-an-older-version-did-not-know", test_all);
  app_fixture_add_bare ("/app/recheck/does-nothing-where-all-is-known", test_nothing);
  app_fixture_add_bare ("/app/recheck/passes-over-a-record-that-cannot-be-read", test_unreadable);
  app_fixture_add_bare ("/app/recheck/ends-before-it-began", test_stopped);
  app_fixture_add_bare ("/app/recheck/ends-between-two-batches", test_stopped_on_the_way);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
