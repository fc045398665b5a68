// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-entry-model"

#include "config.h"

#include <gtk/gtk.h>

#include "yeji-columns.h"
#include "yeji-entry-model.h"
#include "yeji-store-private.h"
#include "yeji-test.h"

enum { N_RECORDS = 2500 };

typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiStore *store;
  YejiEntryModel *model;
  GtkMultiSelection *selection;
  guint n_changes;
  guint last[3];               /* of items-changed */
} Fixture;

static const YejiQuery newest = { NULL, YEJI_STATES_ALL, FALSE, YEJI_SORT_CHANGED, TRUE };

static const YejiQuery filters[] = {
  { NULL, YEJI_STATES_ALL, FALSE },
  { NULL, YEJI_STATE_BIT (YEJI_STATE_REMOVED), FALSE },
};

/* Records that a list has, without what makes a record long. */
static gboolean
insert_records (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("u%04u", i);
      g_autofree char *at = g_strdup_printf ("2026-01-01T00:%02u:%02u.000Z", i / 60, i % 60);

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
                          " changed_at, digest, body, sort_name) VALUES (?1, '', ?1, '', '', ?2,"
                          " ?2, '', '{}', ?1)", "ss", uuid, at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_statement (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  return yeji_sql_exec (sql, error, data, "");
}

static void
change (Fixture    *fixture,
        const char *statement)
{
  g_autoptr (GError) error = NULL;

  yeji_db_run (yeji_store_get_db (fixture->store), run_statement, (gpointer) statement, &error);
  g_assert_no_error (error);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  fixture->n_changes++;
  fixture->last[0] = position;
  fixture->last[1] = removed;
  fixture->last[2] = added;
}

static gboolean
is_answered (gpointer data)
{
  return yeji_entry_model_is_answered (((Fixture *) data)->model);
}

static void
await_answer (Fixture *fixture)
{
  yeji_test_wait_until (is_answered, fixture, 5000);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->store = yeji_store_open (fixture->dir, fixture->dictionary, &error);
  g_assert_no_error (error);
  yeji_db_run (yeji_store_get_db (fixture->store), insert_records, NULL, &error);
  g_assert_no_error (error);
  fixture->model = yeji_entry_model_new (filters, G_N_ELEMENTS (filters));
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (on_items_changed), fixture);
  yeji_entry_model_set_query (fixture->model, &newest);
  yeji_entry_model_set_store (fixture->model, fixture->store);
  await_answer (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_run_dispose (G_OBJECT (fixture->model));
  yeji_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->store);
  g_object_unref (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static YejiEntryItem *
get (Fixture *fixture,
     guint    position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->model), position);
}

static void
assert_row (Fixture    *fixture,
            guint       position,
            const char *uuid)
{
  g_autoptr (YejiEntryItem) item = get (fixture, position);

  g_assert_cmpstr (yeji_entry_item_get_uuid (item), ==, uuid);
}

static gboolean
is_read (gpointer data)
{
  return yeji_entry_item_get_entry (data) != NULL;
}

static void
test_first (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpuint (count (fixture), ==, N_RECORDS);
  g_assert_cmpuint (yeji_entry_model_get_n_all (fixture->model), ==, N_RECORDS);
  g_assert_cmpuint (yeji_entry_model_get_count (fixture->model, 0), ==, N_RECORDS);
  g_assert_cmpuint (yeji_entry_model_get_count (fixture->model, 1), ==, 0);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  assert_row (fixture, 0, "u2499");
  assert_row (fixture, 99, "u2400");
  g_assert_cmpuint (yeji_entry_model_get_n_held (fixture->model), ==, YEJI_ENTRY_MODEL_PAGE);
  g_assert_null (get (fixture, N_RECORDS));
}

/* A row that is not there yet fills in where it stands; the model does not change. */
static void
test_placeholder (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (YejiEntryItem) item = get (fixture, 1234);
  g_autoptr (YejiEntryItem) again = NULL;
  guint n_changes = fixture->n_changes;

  g_assert_null (yeji_entry_item_get_entry (item));
  yeji_test_wait_until (is_read, item, 5000);
  g_assert_cmpstr (yeji_entry_item_get_uuid (item), ==, "u1265");
  again = get (fixture, 1234);
  g_assert_true (again == item);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes);
}

/* Whoever scrolls through all of it has a few pages in memory at the end. */
static void
test_memory (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < N_RECORDS; i++)
    {
      g_autoptr (YejiEntryItem) item = get (fixture, i);
      g_autofree char *uuid = g_strdup_printf ("u%04u", N_RECORDS - 1 - i);

      yeji_test_wait_until (is_read, item, 5000);
      g_assert_cmpstr (yeji_entry_item_get_uuid (item), ==, uuid);
      g_assert_cmpuint (yeji_entry_model_get_n_held (fixture->model), <=,
                        YEJI_ENTRY_MODEL_PAGE * YEJI_ENTRY_MODEL_PAGES);
    }
}

/* Of pages that were scrolled past, only the last ones are read; what is seen at last, first. */
static void
test_fast_scrolling (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (YejiEntryItem) last = NULL;

  for (guint i = YEJI_ENTRY_MODEL_PAGE; i < N_RECORDS; i += YEJI_ENTRY_MODEL_PAGE)
    g_object_unref (get (fixture, i));
  last = get (fixture, N_RECORDS - 1);
  yeji_test_wait_until (is_read, last, 5000);
  g_assert_cmpstr (yeji_entry_item_get_uuid (last), ==, "u0000");
}

/* One record that was saved changes its row, and moves what it passed: nothing else. */
static void
test_saved (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiEntryItem) row = get (fixture, 5);

  change (fixture, "UPDATE record SET n_errors = 3 WHERE uuid = 'u2494'");
  yeji_entry_model_refresh (fixture->model);
  await_answer (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (yeji_entry_get_n_errors (yeji_entry_item_get_entry (row)), ==, 3);

  change (fixture, "UPDATE record SET changed_at = '2026-02-01' WHERE uuid = 'u2494'");
  yeji_entry_model_refresh (fixture->model);
  await_answer (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  g_assert_cmpuint (fixture->last[0], ==, 0);
  g_assert_cmpuint (fixture->last[1], ==, 6);
  g_assert_cmpuint (fixture->last[2], ==, 6);
  {
    g_autoptr (YejiEntryItem) moved = get (fixture, 0);

    g_assert_true (moved == row);
  }
  assert_row (fixture, 6, "u2493");
}

/* statement; where rows change, how many go, how many come */
static const struct
{
  const char *statement;
  guint expected[3];
  const char *first;
} changes[] = {
  { "INSERT INTO record (uuid, role, name, number, dictionary, n_errors, n_warnings, created_at,"
    " changed_at, digest, body, sort_name) SELECT 'new', role, name, number, dictionary, n_errors,"
    " n_warnings, created_at, '2026-02-01', digest, body, sort_name FROM record"
    " WHERE uuid = 'u0000'", { 0, 0, 1 }, "new" },
  { "DELETE FROM record WHERE uuid = 'new'", { 0, 1, 0 }, "u2499" },
  { "DELETE FROM record WHERE uuid = 'u2490'", { 9, 1, 0 }, "u2499" },
  { "DELETE FROM record WHERE uuid IN ('u2499', 'u2498')", { 0, 2, 0 }, "u2497" },
  { "DELETE FROM record WHERE uuid < 'u2490'", { 7, N_RECORDS - 10, 0 }, "u2497" },
  { "DELETE FROM record", { 0, 7, 0 }, NULL },
};

static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (YejiEntryItem) seen = get (fixture, 0);

      change (fixture, changes[i].statement);
      yeji_entry_model_refresh (fixture->model);
      await_answer (fixture);
      g_assert_cmpuint (fixture->n_changes, ==, i + 2);
      for (guint j = 0; j < 3; j++)
        g_assert_cmpuint (fixture->last[j], ==, changes[i].expected[j]);
      if (changes[i].first != NULL)
        assert_row (fixture, 0, changes[i].first);
    }
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_null (get (fixture, 0));
}

/* What an import of thousands puts before the few that were there is more than a screen. */
static void
test_import (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  change (fixture, "DELETE FROM record WHERE uuid <> 'u0000'");
  yeji_entry_model_refresh (fixture->model);
  await_answer (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  change (fixture, "UPDATE record SET uuid = 'first', changed_at = '2020-01-01'");
  yeji_entry_model_refresh (fixture->model);
  await_answer (fixture);
  assert_row (fixture, 0, "first");

  yeji_db_run (yeji_store_get_db (fixture->store), insert_records, NULL, &error);
  g_assert_no_error (error);
  yeji_entry_model_refresh (fixture->model);
  await_answer (fixture);
  g_assert_cmpuint (count (fixture), ==, N_RECORDS + 1);
  g_assert_cmpuint (fixture->last[0] + fixture->last[2], <=, N_RECORDS + 1);
  assert_row (fixture, 0, "u2499");
}

/* Only the newest of the queries is answered. */
static void
test_newest_query (Fixture       *fixture,
                   gconstpointer  data)
{
  YejiQuery query = newest;

  query.descending = FALSE;
  yeji_entry_model_set_query (fixture->model, &query);
  query.sort = YEJI_SORT_NAME;
  query.descending = TRUE;
  yeji_entry_model_set_query (fixture->model, &query);
  query.states = YEJI_STATE_BIT (YEJI_STATE_REMOVED);
  yeji_entry_model_set_query (fixture->model, &query);
  query = newest;
  query.descending = FALSE;
  yeji_entry_model_set_query (fixture->model, &query);
  await_answer (fixture);
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  assert_row (fixture, 0, "u0000");
}

static gboolean
has_all_found (gpointer data)
{
  return count (data) == 150;
}

/* What is found is shown before it is counted. */
static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  YejiQuery query = newest;

  for (guint i = 0; i < 150; i++)
    {
      YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, NULL);
      YejiRow *project = yeji_record_get_project (record);

      yeji_record_set (record, project,
                       yeji_table_def_find_field (yeji_row_get_table (project), "PrjName"), "桦甸");
      g_ptr_array_add (records, record);
    }
  g_assert_true (yeji_store_save_many (fixture->store, records, NULL, "imported", NULL));
  query.text = "hd";
  yeji_entry_model_set_query (fixture->model, &query);
  await_answer (fixture);
  g_assert_cmpuint (count (fixture), >=, YEJI_ENTRY_MODEL_PAGE);
  yeji_test_wait_until (has_all_found, fixture, 5000);
  query.text = "";
  yeji_entry_model_set_query (fixture->model, &query);
  await_answer (fixture);
  g_assert_cmpuint (count (fixture), ==, N_RECORDS + 150);
}

static gboolean
knows_sought (gpointer data)
{
  return yeji_entry_model_find (((Fixture *) data)->model, "u0777") != G_MAXUINT;
}

static void
test_seek (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpuint (yeji_entry_model_find (fixture->model, "u0777"), ==, G_MAXUINT);
  yeji_entry_model_seek (fixture->model, "u0777");
  yeji_test_wait_until (knows_sought, fixture, 5000);
  g_assert_cmpuint (yeji_entry_model_find (fixture->model, "u0777"), ==, N_RECORDS - 1 - 777);
}

/* A store that is closed under a model that asks is no accident. */
static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  yeji_store_close (fixture->store);
  yeji_entry_model_refresh (fixture->model);
  g_object_unref (get (fixture, N_RECORDS - 1));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_row (fixture, 0, "u2499");
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "/app/entry-model/has-a-page-at-first", test_first },
    { "/app/entry-model/a-row-fills-in", test_placeholder },
    { "/app/entry-model/memory-does-not-grow", test_memory },
    { "/app/entry-model/reads-what-is-seen-at-last", test_fast_scrolling },
    { "/app/entry-model/a-save-changes-what-is-visible", test_saved },
    { "/app/entry-model/says-what-changed-and-no-more", test_changes },
    { "/app/entry-model/takes-more-than-a-screen-before-what-was-there", test_import },
    { "/app/entry-model/answers-the-newest-query", test_newest_query },
    { "/app/entry-model/shows-before-it-counts", test_search },
    { "/app/entry-model/seeks-a-record", test_seek },
    { "/app/entry-model/the-store-may-be-closed", test_closed },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
