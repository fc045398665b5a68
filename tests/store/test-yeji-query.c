// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-query"

#include "config.h"

#include "store-fixture.h"
#include "yeji-query.h"
#include "yeji-store-private.h"

/* The facts from which a state follows; every combination is a record of its own. */
static const char *const removals[] = { NULL, "2026-01-01T00:00:00.000Z" };
static const char *const words[] = {
  NULL, "draft", "submitted", "in_review", "returned", "approved", "incomplete",
  "correction_requested", "withdrawn", "a word of a newer province", "",
};
static const int errors[] = { -1, 0, 3 };

static gboolean
insert_combinations (YejiSql   *sql,
                     gpointer   data,
                     GError   **error)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (removals); i++)
    for (guint j = 0; j < G_N_ELEMENTS (words); j++)
      for (guint k = 0; k < G_N_ELEMENTS (errors); k++)
        for (guint queued = 0; queued < 2; queued++)
          {
            g_autofree char *uuid = g_strdup_printf ("%04u", n);
            g_autofree char *at = g_strdup_printf ("2026-01-01T00:00:%02u.000Z", n++ % 7);

            if (!yeji_sql_exec (sql, error,
                                "INSERT INTO record (uuid, role, name, number, dictionary,"
                                " created_at, changed_at, digest, body, removed_at, server_state,"
                                " n_errors, n_warnings, grade, sort_name, completeness, outcome)"
                                " VALUES (?1, ?1 % 4, '',"
                                " '', '', '', ?2, '', '{}', ?3, ?4, nullif (?5, -1), ?1 % 3,"
                                " nullif (?1 % 5, 0), ?1 % 11, nullif (?1 % 9, 0),"
                                " nullif (?1 % 7 % 4, 3))", "ssssi", uuid, at, removals[i],
                                words[j], (gint64) errors[k])
                || (queued && !yeji_sql_exec (sql, error,
                                              "INSERT INTO outbox (uuid, body, digest, files, key,"
                                              " queued_at) VALUES (?1, '', '', '', ?1, '')", "s",
                                              uuid)))
              return FALSE;
          }
  return TRUE;
}

static GPtrArray *
set_up_combinations (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  yeji_db_run (yeji_store_get_db (fixture->store), insert_combinations, NULL, &error);
  g_assert_no_error (error);
  entries = yeji_store_list (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (removals) * G_N_ELEMENTS (words)
                                      * G_N_ELEMENTS (errors) * 2);
  return entries;
}

static gboolean
is_meant (const YejiQuery *query,
          YejiEntry       *entry)
{
  return (query->states & YEJI_STATE_BIT (yeji_entry_get_state (entry))) != 0
         && (!query->with_errors || yeji_entry_get_n_errors (entry) > 0)
         && (query->role == NULL || g_str_equal (query->role, yeji_entry_get_role (entry)))
         && (query->outcomes == 0
             || (query->outcomes & YEJI_OUTCOME_BIT (yeji_entry_get_outcome (entry))) != 0);
}

/* SQL finds the state that yeji_entry_get_state() finds, for every combination of facts. */
static void
test_one_definition (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) entries = set_up_combinations (fixture);
  static const struct
  {
    const char *role;
    guint outcomes;
  } others[] = {
    { NULL, 0 }, { "2", 0 }, { "nobody's", 0 }, { NULL, YEJI_OUTCOME_BIT (-1) },
    { NULL, YEJI_OUTCOME_BIT (0) | YEJI_OUTCOME_BIT (2) }, { "1", YEJI_OUTCOME_BIT (1) },
  };
  YejiQuery filters[2 * (N_YEJI_STATES + 1) * G_N_ELEMENTS (others)] = { { NULL } };
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      guint state = i / 2 % (N_YEJI_STATES + 1);

      filters[i].states = state < N_YEJI_STATES ? YEJI_STATE_BIT (state) : YEJI_STATES_ALL;
      filters[i].with_errors = i % 2;
      filters[i].role = others[i / 2 / (N_YEJI_STATES + 1)].role;
      filters[i].outcomes = others[i / 2 / (N_YEJI_STATES + 1)].outcomes;
    }
  counts = yeji_store_count_filters (fixture->store, filters, G_N_ELEMENTS (filters), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_auto (GStrv) uuids = yeji_store_query_uuids (fixture->store, &filters[i], 0, 1000, &error);
      guint n = 0;

      g_assert_no_error (error);
      for (guint j = 0; j < entries->len; j++)
        {
          YejiEntry *entry = g_ptr_array_index (entries, j);
          gboolean meant = is_meant (&filters[i], entry);

          n += meant ? 1 : 0;
          g_assert_cmpint (g_strv_contains ((const char *const *) uuids,
                                            yeji_entry_get_uuid (entry)), ==, meant);
        }
      g_assert_cmpuint (g_strv_length (uuids), ==, n);
      g_assert_cmpuint (g_array_index (counts, guint, i), ==, n);
    }
}

static int
compare_with (YejiSort   sort,
              YejiEntry *a,
              YejiEntry *b)
{
  switch (sort)
    {
    case YEJI_SORT_CHANGED:
      return g_strcmp0 (yeji_entry_get_changed_at (a), yeji_entry_get_changed_at (b));
    case YEJI_SORT_ROLE:
      return g_strcmp0 (yeji_entry_get_role (a), yeji_entry_get_role (b));
    case YEJI_SORT_STATE:
      return (int) yeji_entry_get_state (a) - (int) yeji_entry_get_state (b);
    case YEJI_SORT_PROBLEMS:
      return ((int) yeji_entry_get_n_errors (a) - (int) yeji_entry_get_n_errors (b)) * 100
             + (int) yeji_entry_get_n_warnings (a) - (int) yeji_entry_get_n_warnings (b);
    case YEJI_SORT_DOCUMENTS:
      return (int) yeji_entry_get_n_documents (a) - (int) yeji_entry_get_n_documents (b);
    case YEJI_SORT_GRADE:
      return g_strcmp0 (yeji_entry_get_grade (a), yeji_entry_get_grade (b));
    case YEJI_SORT_COMPLETENESS:
      return yeji_entry_get_completeness (a) - yeji_entry_get_completeness (b);
    case YEJI_SORT_EXPECTED:
      return (yeji_entry_get_outcome (a) - yeji_entry_get_outcome (b)) * 200
             + yeji_entry_get_completeness (a) - yeji_entry_get_completeness (b);
    case YEJI_SORT_NAME:
    default:
      return 0;
    }
}

/* Pages put together are the whole, each record once, in order, both ways. */
static void
test_pages (StoreFixture  *fixture,
            gconstpointer  data)
{
  enum { PAGE = 25 };
  g_autoptr (GPtrArray) entries = set_up_combinations (fixture);

  for (guint sort = 0; sort < N_YEJI_SORTS; sort++)
    for (guint descending = 0; descending < 2; descending++)
      {
        const YejiQuery query = { NULL, YEJI_STATES_ALL, FALSE, sort, descending };
        g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
        g_autoptr (YejiEntry) before = NULL;
        g_autoptr (GError) error = NULL;
        guint n;

        for (guint first = 0; first < entries->len; first += PAGE)
          {
            g_autoptr (GPtrArray) page = yeji_store_query (fixture->store, &query, first, PAGE,
                                                           &error);

            g_assert_no_error (error);
            g_assert_cmpuint (page->len, ==, MIN (PAGE, entries->len - first));
            for (guint i = 0; i < page->len; i++)
              {
                YejiEntry *entry = g_ptr_array_index (page, i);
                int difference = before != NULL ? compare_with (sort, before, entry) : 0;

                g_assert_true (descending ? difference >= 0 : difference <= 0);
                g_assert_true (g_hash_table_add (seen, g_strdup (yeji_entry_get_uuid (entry))));
                g_set_object (&before, entry);
              }
          }
        g_assert_true (yeji_store_query_count (fixture->store, &query, &n, &error));
        g_assert_cmpuint (n, ==, entries->len);
      }
}

static YejiRecord *
save_named (StoreFixture *fixture,
            const char   *name)
{
  YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, NULL);

  store_fixture_type (record, "PrjName", name);
  store_fixture_save (fixture, record, 0);
  return record;
}

static void
test_names (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char *const names[] = { "长春一中", "2号楼", "珲春大桥", "B座", "长春大桥" };
  static const char *const sorted[] = { "2号楼", "B座", "长春大桥", "长春一中", "珲春大桥" };
  const YejiQuery query = { NULL, YEJI_STATES_ALL, FALSE, YEJI_SORT_NAME, FALSE };
  const YejiQuery bridges = { "大桥", YEJI_STATES_ALL, FALSE, YEJI_SORT_NAME, TRUE };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_unref (save_named (fixture, names[i]));
  all = yeji_store_query (fixture->store, &query, 0, 100, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    g_assert_cmpstr (yeji_entry_get_name (g_ptr_array_index (all, i)), ==, sorted[i]);
  found = yeji_store_query (fixture->store, &bridges, 0, 100, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (yeji_entry_get_name (g_ptr_array_index (found, 0)), ==, "珲春大桥");
}

/* What is found is newest first, and filtered and counted as everything else. */
static void
test_found (StoreFixture  *fixture,
            gconstpointer  data)
{
  YejiQuery query = { "大桥", YEJI_STATES_ALL & ~YEJI_STATE_BIT (YEJI_STATE_REMOVED), FALSE,
                      YEJI_SORT_CHANGED, TRUE };
  g_autoptr (YejiRecord) first = save_named (fixture, "一号大桥");
  g_autoptr (YejiRecord) second = save_named (fixture, "二号大桥");
  g_autoptr (YejiRecord) removed = save_named (fixture, "三号大桥");
  g_autoptr (YejiRecord) other = save_named (fixture, "隧道");
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (yeji_store_remove (fixture->store, yeji_record_get_uuid (removed), NULL));
  store_fixture_type (first, "Address", "改了");
  store_fixture_save (fixture, first, 2);
  {
    g_auto (GStrv) uuids = yeji_store_query_uuids (fixture->store, &query, 0, 10, &error);

    g_assert_cmpuint (g_strv_length (uuids), ==, 2);
    g_assert_cmpstr (uuids[0], ==, yeji_record_get_uuid (first));
  }
  g_assert_true (yeji_store_query_count (fixture->store, &query, &n, &error));
  g_assert_cmpuint (n, ==, 2);
  query.descending = FALSE;
  {
    g_auto (GStrv) uuids = yeji_store_query_uuids (fixture->store, &query, 0, 1, &error);

    g_assert_cmpstr (uuids[0], ==, yeji_record_get_uuid (second));
  }
  query.with_errors = TRUE;
  g_assert_true (yeji_store_query_count (fixture->store, &query, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  query.states = YEJI_STATE_BIT (YEJI_STATE_REMOVED);
  query.with_errors = FALSE;
  g_assert_true (yeji_store_query_count (fixture->store, &query, &n, &error));
  g_assert_cmpuint (n, ==, 1);
}

static gboolean
explain (YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  g_autofree char *state = yeji_entry_make_state_sql (TRUE);
  g_autofree char *statement = NULL;
  g_autoptr (YejiRows) rows = NULL;

  statement = g_strdup_printf ("EXPLAIN QUERY PLAN SELECT r.uuid FROM record r WHERE"
                               " ((?1 >> (%s)) & 1) <> 0 AND (?2 = 0 OR r.n_errors > 0)"
                               " AND r.role = 'a' AND r.outcome = 1"
                               " ORDER BY %s DESC, r.uuid DESC LIMIT 50", state,
                               (const char *) data);
  rows = yeji_sql_query (sql, error, statement, "ii", (gint64) 1, (gint64) 0);
  g_assert_nonnull (rows);
  g_assert_true (yeji_rows_next (rows, error));
  g_assert_true (g_str_has_prefix (yeji_rows_text (rows, 3), "SCAN r USING COVERING INDEX"));
  while (yeji_rows_next (rows, error))
    g_assert_cmpstr (yeji_rows_text (rows, 3), !=, "USE TEMP B-TREE FOR ORDER BY");
  return *error == NULL;
}

/* A page neither sorts nor reads the records that it passes over. */
static void
test_indexes (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char *const keys[] = { "r.changed_at", "r.sort_name" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      yeji_db_run (yeji_store_get_db (fixture->store), explain, (gpointer) keys[i], &error);
      g_assert_no_error (error);
    }
}

/* What was given up before its turn is not asked; what comes after it is answered. */
static void
test_skipped (StoreFixture  *fixture,
              gconstpointer  data)
{
  const YejiQuery query = { "大桥", YEJI_STATES_ALL, FALSE, YEJI_SORT_CHANGED, TRUE };
  g_autoptr (YejiRecord) record = save_named (fixture, "大桥");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *older = NULL, *newer = NULL, *uuids = NULL;

  g_cancellable_cancel (cancellable);
  yeji_store_look_async (fixture->store, &query, 0, 10, NULL, TRUE, &query, 1, cancellable,
                         yeji_test_store_result, &older);
  yeji_store_look_async (fixture->store, &query, 0, 10, NULL, TRUE, &query, 1, NULL,
                         yeji_test_store_result, &newer);
  yeji_store_query_uuids_async (fixture->store, &query, 0, 10, NULL, yeji_test_store_result,
                                &uuids);
  {
    g_autoptr (GAsyncResult) result = yeji_test_await (&older, 5000);

    g_assert_null (yeji_store_look_finish (fixture->store, result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
  }
  {
    g_autoptr (GAsyncResult) result = yeji_test_await (&newer, 5000);
    g_autoptr (YejiLook) look = yeji_store_look_finish (fixture->store, result, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (look->entries->len, ==, 1);
    g_assert_cmpuint (look->n_found, ==, 1);
    g_assert_cmpuint (look->n_all, ==, 1);
    g_assert_cmpuint (g_array_index (look->counts, guint, 0), ==, 1);
  }
  {
    g_autoptr (GAsyncResult) result = yeji_test_await (&uuids, 5000);
    g_auto (GStrv) found = yeji_store_query_uuids_finish (fixture->store, result, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (found[0], ==, yeji_record_get_uuid (record));
  }
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/query/derives-states-as-entries-do", test_one_definition },
    { "/store/query/pages-are-the-whole", test_pages },
    { "/store/query/sorts-names-by-initials", test_names },
    { "/store/query/filters-what-is-found", test_found },
    { "/store/query/reads-indexes-alone", test_indexes },
    { "/store/query/skips-what-is-not-wanted-any-more", test_skipped },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
