// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store"

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "store-fixture.h"
#include "yeji-json-reader.h"
#include "yeji-store-private.h"

static const char *program;

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiRecord) reloaded = NULL;
  g_autoptr (YejiEntry) entry = NULL;

  store_fixture_save (fixture, record, 2);
  loaded = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (record, loaded));

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  reloaded = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (record, reloaded));
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpstr (yeji_entry_get_name (entry), ==, store_fixture_read (record, "PrjName"));
  g_assert_cmpstr (yeji_entry_get_number (entry), ==, store_fixture_read (record, "PrjNum"));
  g_assert_cmpstr (yeji_entry_get_role (entry), ==, "construction");
  g_assert_cmpuint (yeji_entry_get_n_errors (entry), ==, 2);
  g_assert_false (yeji_entry_get_edited_since (entry));
}

static void
test_unknown_members (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) loaded = NULL;

  store_fixture_save (fixture, record, 0);
  g_hash_table_replace (yeji_record_get_extras (record), g_strdup ("Later"), g_strdup ("[1]"));
  yeji_row_set_extra (yeji_record_get_project (record), "Newer", "\"x\"");
  store_fixture_save (fixture, record, 0);
  loaded = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (record, loaded));
}

static void
test_history (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, "construction");
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GPtrArray) history = NULL;
  const YejiHistoryLine *line;

  store_fixture_save (fixture, record, 1);
  store_fixture_type (record, "PrjName", "教学楼");
  store_fixture_save (fixture, record, 1);
  store_fixture_save (fixture, record, 0);
  store_fixture_type (record, "PrjName", "体育馆");
  store_fixture_type (record, "AllArea", "120");
  store_fixture_save (fixture, record, 1);

  history = yeji_store_get_history (fixture->store, uuid, NULL);
  g_assert_cmpuint (history->len, ==, 4);
  line = g_ptr_array_index (history, 0);
  g_assert_cmpstr (line->change->field, ==, "role");
  line = g_ptr_array_index (history, 1);
  g_assert_cmpint (line->step, ==, 2);
  g_assert_cmpstr (line->change->field, ==, "PrjName");
  g_assert_cmpstr (line->change->before, ==, "");
  g_assert_cmpstr (line->change->after, ==, "教学楼");
  g_assert_cmpstr (line->why, ==, "typed");
  g_assert_cmpuint (strlen (line->who), >, 0);
  g_assert_true (g_str_has_suffix (line->at, "Z"));
  line = g_ptr_array_index (history, 2);
  g_assert_cmpint (line->step, ==, 3);
  g_assert_cmpstr (line->change->before, ==, "教学楼");
  line = g_ptr_array_index (history, 3);
  g_assert_cmpint (line->step, ==, 3);
  g_assert_cmpstr (line->change->field, ==, "AllArea");
}

static void
test_no_difference (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (YejiEntry) entry = NULL;

  store_fixture_save (fixture, record, 3);
  before = yeji_store_get_history (fixture->store, uuid, NULL);
  store_fixture_save (fixture, record, 0);
  g_assert_true (yeji_store_save (fixture->store, record, NULL, "typed", NULL));
  after = yeji_store_get_history (fixture->store, uuid, NULL);
  g_assert_cmpuint (before->len, ==, after->len);
  entry = store_fixture_get_entry (fixture, record);
  g_assert_cmpuint (yeji_entry_get_n_errors (entry), ==, 0);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_READY);
}

static void
test_async (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *at = NULL;
  g_autoptr (GDateTime) time = NULL;
  GAsyncResult *saved = NULL, *read = NULL, *listed = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_type (record, "PrjName", "saved");
  yeji_store_save_async (fixture->store, record, NULL, "typed", NULL, yeji_test_store_result,
                         &saved);
  store_fixture_type (record, "PrjName", "typed after");
  yeji_store_load_async (fixture->store, yeji_record_get_uuid (record), NULL,
                         yeji_test_store_result, &read);
  yeji_store_list_async (fixture->store, NULL, yeji_test_store_result, &listed);

  {
    g_autoptr (GAsyncResult) result = yeji_test_await (&saved, 5000);

    at = yeji_store_save_finish (fixture->store, result, &error);
    g_assert_no_error (error);
    time = g_date_time_new_from_iso8601 (at, NULL);
    g_assert_nonnull (time);
  }
  {
    g_autoptr (GAsyncResult) result = yeji_test_await (&read, 5000);

    loaded = yeji_store_load_finish (fixture->store, result, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (store_fixture_read (loaded, "PrjName"), ==, "saved");
  }
  {
    g_autoptr (GAsyncResult) result = yeji_test_await (&listed, 5000);

    list = yeji_store_list_finish (fixture->store, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (list->len, ==, 1);
    g_assert_cmpstr (yeji_entry_get_changed_at (g_ptr_array_index (list, 0)), ==, at);
  }
}

static void
test_all_or_none (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (records, yeji_record_new (fixture->dictionary, NULL, NULL));
  g_assert_true (yeji_store_save_many (fixture->store, records, NULL, "imported", &error));
  g_assert_true (yeji_store_remove (fixture->store,
                                    yeji_record_get_uuid (g_ptr_array_index (records, 4)), &error));

  for (guint i = 0; i < 5; i++)
    store_fixture_type (g_ptr_array_index (records, i), "PrjName", "imported again");
  g_assert_false (yeji_store_save_many (fixture->store, records, NULL, "imported", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  list = yeji_store_list (fixture->store, NULL);
  g_assert_cmpuint (list->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpstr (yeji_entry_get_name (g_ptr_array_index (list, i)), ==, "");
}

static void
test_newest_first (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) first = yeji_record_new (fixture->dictionary, NULL, NULL);
  g_autoptr (YejiRecord) second = yeji_record_new (fixture->dictionary, NULL, NULL);
  g_autoptr (GPtrArray) list = NULL;

  store_fixture_save (fixture, first, 0);
  store_fixture_save (fixture, second, 0);
  list = yeji_store_list (fixture->store, NULL);
  g_assert_cmpstr (yeji_entry_get_uuid (g_ptr_array_index (list, 0)), ==,
                   yeji_record_get_uuid (second));
}

static void
test_bin (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  g_assert_true (yeji_store_queue_submit (fixture->store, uuid, NULL));
  g_assert_true (yeji_store_remove (fixture->store, uuid, NULL));
  store_fixture_assert_state (fixture, record, YEJI_STATE_REMOVED);
  outbox = yeji_store_get_outbox (fixture->store, NULL);
  g_assert_cmpuint (outbox->len, ==, 0);
  store_fixture_type (record, "PrjName", "x");
  g_assert_false (yeji_store_save (fixture->store, record, NULL, "typed", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  loaded = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (loaded, "PrjName"), !=, "x");

  g_assert_true (yeji_store_restore (fixture->store, uuid, NULL));
  store_fixture_assert_state (fixture, record, YEJI_STATE_READY);
}

static void
test_not_found (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_load (fixture->store, "none", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (yeji_store_get_entry (fixture->store, "none", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (yeji_store_remove (fixture->store, "none", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (yeji_store_queue_submit (fixture->store, "none", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

static void
test_settings (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_get_setting (fixture->store, "url", &error));
  g_assert_no_error (error);
  g_assert_true (yeji_store_set_setting (fixture->store, "url", "https://a", NULL));
  g_assert_true (yeji_store_set_setting (fixture->store, "url", "https://b", NULL));
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  value = yeji_store_get_setting (fixture->store, "url", NULL);
  g_assert_cmpstr (value, ==, "https://b");
  g_assert_true (yeji_store_set_setting (fixture->store, "url", NULL, NULL));
  g_assert_null (yeji_store_get_setting (fixture->store, "url", NULL));
}

static void
test_locked (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_store_open (fixture->dir, fixture->dictionary, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, g_get_prgname ()));
}

static void
test_closed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  yeji_store_close (fixture->store);
  g_assert_null (yeji_store_list (fixture->store, &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED);
}

static gboolean
limit_size (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  g_autofree char *text = g_strdup_printf ("PRAGMA max_page_count = %d", GPOINTER_TO_INT (data));

  return yeji_sql_exec (sql, error, text, "");
}

static void
test_disk_full (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) before = yeji_record_copy (record);
  g_autoptr (YejiRecord) kept = NULL;
  g_autoptr (YejiRecord) saved = NULL;
  g_autofree char *long_text = g_strnfill (200 * 1000, 'x');
  YejiDb *db = yeji_store_get_db (fixture->store);
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  g_assert_true (yeji_db_run (db, limit_size, GINT_TO_POINTER (2), NULL));
  store_fixture_type (record, "PrjSize", long_text);
  g_assert_false (yeji_store_save (fixture->store, record, NULL, "typed", &error));
  g_assert_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FULL);
  kept = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (before, kept));

  g_assert_true (yeji_db_run (db, limit_size, GINT_TO_POINTER (100000), NULL));
  store_fixture_save (fixture, record, 0);
  saved = store_fixture_load (fixture, record);
  g_assert_true (yeji_record_equal (record, saved));
}

/* Nothing is written that could not be read back; what was there before stays. */
static void
test_unreadable (StoreFixture  *fixture,
                 gconstpointer  data)
{
  const YejiTableDef *permits = yeji_dictionary_find_member (fixture->dictionary, "permits");
  g_autofree char *too_long = g_strnfill (YEJI_JSON_MAX_STRING + 1, 'x');

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
      g_autoptr (YejiRecord) wrong = yeji_record_duplicate (record);
      g_autoptr (YejiRecord) kept = NULL;
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) new_error = NULL;

      store_fixture_save (fixture, record, 0);
      kept = yeji_record_copy (record);
      for (YejiRecord *spoilt = record; spoilt != NULL; spoilt = spoilt == record ? wrong : NULL)
        {
          if (i == 0)
            store_fixture_type (spoilt, "PrjSize", too_long);
          for (guint j = 0; i == 1 && j <= YEJI_RECORD_MAX_ROWS; j++)
            yeji_record_append_row (spoilt, permits);
          for (guint j = 0; i == 2 && j <= 20000; j++)
            {
              g_autofree char *field = g_strdup_printf ("F%u", j);
              g_autofree YejiAside *aside = g_new (YejiAside, 1);

              *aside = (YejiAside) { "1", "T", "", field, "", "" };
              g_ptr_array_add (yeji_record_get_aside (spoilt), yeji_aside_copy (aside));
            }
        }
      g_assert_false (yeji_store_save (fixture->store, record, NULL, "typed", &error));
      g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_UNREADABLE);
      g_assert_false (yeji_store_save (fixture->store, wrong, NULL, "created", &new_error));
      g_assert_error (new_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_UNREADABLE);
      entry = yeji_store_get_entry (fixture->store, yeji_record_get_uuid (wrong), NULL);
      g_assert_null (entry);
      g_clear_object (&record);
      record = store_fixture_load (fixture, kept);
      g_assert_true (yeji_record_equal (record, kept));
    }
}

typedef struct
{
  guint n_emitted;
  gboolean many;
  char *uuid;
  GThread *thread;
} Heard;

static void
hear (YejiStore  *store,
      const char *uuid,
      gpointer    data)
{
  Heard *heard = data;

  heard->n_emitted++;
  heard->many = uuid == NULL;
  g_free (heard->uuid);
  heard->uuid = g_strdup (uuid);
  heard->thread = g_thread_self ();
}

static gboolean
has_heard (gpointer data)
{
  return ((Heard *) data)->n_emitted > 0;
}

static gpointer
save_here (gpointer data)
{
  gpointer *both = data;

  g_assert_true (yeji_store_save (both[0], both[1], NULL, "typed", NULL));
  return NULL;
}

static void
test_signal (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  gpointer both[] = { fixture->store, record };
  Heard heard = { 0 };

  g_signal_connect (fixture->store, "changed", G_CALLBACK (hear), &heard);
  g_thread_join (g_thread_new ("save", save_here, both));
  g_assert_cmpuint (heard.n_emitted, ==, 0);
  yeji_test_wait_until (has_heard, &heard, 5000);
  g_assert_cmpstr (heard.uuid, ==, yeji_record_get_uuid (record));
  g_assert_true (heard.thread == g_thread_self ());

  heard.n_emitted = 0;
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      store_fixture_type (record, "PrjName", text);
      store_fixture_save (fixture, record, 0);
    }
  yeji_test_wait_until (has_heard, &heard, 5000);
  g_assert_cmpuint (heard.n_emitted, ==, 1);
  g_assert_false (heard.many);
  g_free (heard.uuid);
}

/* The child: saves and says so, until it is killed. */
static int
save_for_ever (const char *dir)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiStore) store = yeji_store_open (dir, dictionary, NULL);
  g_autoptr (YejiRecord) record = store_fixture_read_sample (dictionary);

  g_assert_nonnull (store);
  for (guint i = 1;; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      store_fixture_type (record, "PrjSize", text);
      g_assert_true (yeji_store_save (store, record, NULL, "typed", NULL));
      g_print ("%u\n", i);
      fflush (stdout);
    }
  return 0;
}

static guint64
kill_while_saving (const char *dir,
                   guint       n_before)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint64 acknowledged = 0;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--save-for-ever", dir,
                            NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; TRUE; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        break;
      acknowledged = MAX (acknowledged, g_ascii_strtoull (line, NULL, 10));
      if (i == n_before)
        g_subprocess_force_exit (child);
    }
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  g_assert_cmpuint (acknowledged, >=, n_before);
  return acknowledged;
}

static void
test_killed (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) sample = store_fixture_read_sample (fixture->dictionary);

  store_fixture_close (fixture);
  for (guint round = 0; round < 5; round++)
    {
      guint64 acknowledged = kill_while_saving (fixture->dir, 20 + round * 7);
      g_autoptr (YejiRecord) record = NULL;
      g_autoptr (GPtrArray) history = NULL;
      const YejiHistoryLine *last;

      store_fixture_open (fixture);
      record = store_fixture_load (fixture, sample);
      g_assert_cmpuint (g_ascii_strtoull (store_fixture_read (record, "PrjSize"), NULL, 10), >=,
                        acknowledged);
      history = yeji_store_get_history (fixture->store, yeji_record_get_uuid (sample), NULL);
      last = g_ptr_array_index (history, history->len - 1);
      g_assert_cmpstr (last->change->after, ==, store_fixture_read (record, "PrjSize"));
      store_fixture_close (fixture);
    }
  store_fixture_open (fixture);
}

static void
test_states (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *word;
    int n_errors;
    YejiState state;
    gboolean editable;
  } cases[] = {
    { NULL,                   -1, YEJI_STATE_DRAFT,                TRUE },
    { NULL,                   2,  YEJI_STATE_DRAFT,                TRUE },
    { NULL,                   0,  YEJI_STATE_READY,                TRUE },
    { "draft",                0,  YEJI_STATE_READY,                TRUE },
    { "draft",                1,  YEJI_STATE_DRAFT,                TRUE },
    { "submitted",            0,  YEJI_STATE_SUBMITTED,            FALSE },
    { "in_review",            0,  YEJI_STATE_IN_REVIEW,            FALSE },
    { "returned",             0,  YEJI_STATE_RETURNED,             TRUE },
    { "returned",             3,  YEJI_STATE_RETURNED,             TRUE },
    { "approved",             0,  YEJI_STATE_APPROVED,             FALSE },
    { "incomplete",           4,  YEJI_STATE_INCOMPLETE,           TRUE },
    { "correction_requested", 0,  YEJI_STATE_CORRECTION_REQUESTED, FALSE },
    { "withdrawn",            0,  YEJI_STATE_WITHDRAWN,            TRUE },
    { "revoked",              0,  YEJI_STATE_REVOKED,              FALSE },
    { "a word of tomorrow",   0,  YEJI_STATE_IN_REVIEW,            FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL, NULL);
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (GError) error = NULL;

      if (cases[i].n_errors >= 0)
        store_fixture_save (fixture, record, (guint) cases[i].n_errors);
      else
        g_assert_true (yeji_store_save (fixture->store, record, NULL, "created", NULL));
      if (cases[i].word != NULL)
        store_fixture_apply (fixture, store_fixture_answer_new (record, "r1", cases[i].word,
                                                                "2026-01-02T03:04:05Z"), "c");
      entry = store_fixture_get_entry (fixture, record);
      g_assert_cmpint (yeji_entry_get_state (entry), ==, cases[i].state);
      g_assert_cmpint (yeji_entry_is_editable (entry), ==, cases[i].editable);

      store_fixture_type (record, "PrjName", "x");
      g_assert_cmpint (yeji_store_save (fixture->store, record, NULL, "pasted", &error), ==,
                       cases[i].editable);
      if (!cases[i].editable)
        g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
      g_assert_true (yeji_store_save (fixture->store, record, NULL, "migrated", NULL));
    }
}

static void
test_state_words (void)
{
  for (int i = 0; i < N_YEJI_STATES; i++)
    g_assert_nonnull (yeji_state_to_text (i));
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/draft/round-trip", test_round_trip },
    { "/store/draft/keeps-unknown-members", test_unknown_members },
    { "/store/draft/saves-asynchronously-what-it-was", test_async },
    { "/store/draft/survives-disk-full", test_disk_full },
    { "/store/draft/is-not-written-when-it-could-not-be-read", test_unreadable },
    { "/store/draft/survives-kill", test_killed },
    { "/store/history/says-what-changed", test_history },
    { "/store/history/silent-without-difference", test_no_difference },
    { "/store/many/all-or-none", test_all_or_none },
    { "/store/list/newest-first", test_newest_first },
    { "/store/bin/there-and-back", test_bin },
    { "/store/tells-what-is-not-there", test_not_found },
    { "/store/settings/survive-reopen", test_settings },
    { "/store/open/locked-names-the-holder", test_locked },
    { "/store/close/refuses-later-calls", test_closed },
    { "/store/signal/in-the-main-context", test_signal },
    { "/store/state/derived-from-facts", test_states },
  };

  if (argc == 3 && g_str_equal (argv[1], "--save-for-ever"))
    return save_for_ever (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/store/state/every-one-has-a-word", test_state_words);
  return g_test_run ();
}
