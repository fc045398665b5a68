// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "yeji-clock.h"
#include "yeji-key-place.h"
#include "yeji-notice.h"
#include "yeji-sql-private.h"
#include "yeji-store-chores.h"
#include "yeji-store-vault.h"
#include "yeji-store-verify.h"
#include "yeji-vault.h"

#define TYPED "220102198001017654"
#define NAME "PrjName"

/* ---- The database, read beside the program */

static YejiSql *
open_file (StoreFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "yeji.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  YejiSql *sql = yeji_sql_open (path, &error);

  g_assert_no_error (error);
  return sql;
}

static char *
ask (StoreFixture *fixture,
     const char   *query)
{
  g_autoptr (YejiSql) sql = open_file (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, &error, query, "");
  char *text = NULL;

  g_assert_no_error (error);
  if (yeji_rows_next (rows, &error))
    text = yeji_rows_dup_text (rows, 0);
  g_assert_no_error (error);
  g_clear_pointer (&rows, yeji_rows_free);
  return text;
}

static void
assert_answer (StoreFixture *fixture,
               const char   *query,
               const char   *expected)
{
  g_autofree char *text = ask (fixture, query);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- Records */

static YejiRow *
find_personal (YejiRecord          *record,
               const YejiFieldDef **field)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; yeji_record_get_n_rows (record, table) > 0 && j < table->fields->len; j++)
        {
          *field = g_ptr_array_index (table->fields, j);
          if ((*field)->personal != YEJI_PERSONAL_NO)
            return yeji_record_get_row (record, table, 0);
        }
    }
  g_assert_not_reached ();
}

static const char *
get_personal (YejiRecord *record)
{
  const YejiFieldDef *field;
  YejiRow *row = find_personal (record, &field);

  return yeji_row_get (row, field);
}

static void
set_personal (YejiRecord *record,
              const char *value)
{
  const YejiFieldDef *field;
  YejiRow *row = find_personal (record, &field);

  yeji_record_set (record, row, field, value);
}

static void
assert_same (StoreFixture *fixture,
             YejiRecord   *record)
{
  g_autoptr (YejiRecord) loaded = store_fixture_load (fixture, record);
  g_autofree char *saved_text = yeji_record_to_text (record);
  g_autofree char *loaded_text = yeji_record_to_text (loaded);

  g_assert_cmpstr (loaded_text, ==, saved_text);
}

static void
assert_closed (StoreFixture *fixture,
               YejiRecord   *record)
{
  g_autoptr (YejiRecord) loaded = store_fixture_load (fixture, record);

  g_assert_cmpstr (store_fixture_read (loaded, NAME), ==, store_fixture_read (record, NAME));
  g_assert_true (yeji_vault_is_token (get_personal (loaded)));
}

/* The province has it as it is here: sealed for itself, with other bytes. */
static void
answer (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *revision,
        const char   *at)
{
  YejiAnswer *theirs = store_fixture_answer_new (record, revision, "draft", at);

  theirs->record = yeji_record_to_text (record);
  store_fixture_apply (fixture, theirs, revision);
}

static void
assert_sound (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) flaws = yeji_store_verify (fixture->store, YEJI_DEPTH_FULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < flaws->len; i++)
    g_test_message ("%s", ((YejiFlaw *) g_ptr_array_index (flaws, i))->text);
  g_assert_cmpuint (flaws->len, ==, 0);
}

/* ---- The key */

static char *
dup_key_path (StoreFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, YEJI_STORE_CHEST_FILE, NULL);
  g_autofree char *chest = NULL;
  g_autofree char *id = NULL;

  g_assert_true (g_file_get_contents (path, &chest, NULL, NULL));
  id = yeji_vault_find_id (chest, NULL);
  return yeji_key_place_get_path (id);
}

/* Closes the profile and moves its key away. */
static char *
lose_key (StoreFixture *fixture)
{
  g_autofree char *path = dup_key_path (fixture);
  char *aside = g_strconcat (path, ".aside", NULL);
  g_autoptr (GError) error = NULL;

  store_fixture_close (fixture);
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  g_assert_null (yeji_store_open (fixture->dir, fixture->dictionary, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED);
  return aside;
}

static void
go_on_without (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = yeji_store_open_with_key (fixture->dir, fixture->dictionary, YEJI_STORE_KEY_NEW,
                                             NULL, &error);
  g_assert_no_error (error);
}

static const YejiNotice *
find_notice (GPtrArray  *notices,
             const char *kind)
{
  for (guint i = 0; i < notices->len; i++)
    {
      const YejiNotice *notice = g_ptr_array_index (notices, i);

      if (g_str_equal (notice->kind, kind))
        return notice;
    }
  return NULL;
}

static guint
count_lost_files (StoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, YEJI_STORE_LOST_CHEST_FILE);
  return n;
}

/* ---- Tests */

static void
test_goes_on (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) queued = yeji_record_duplicate (record);
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  const YejiNotice *notice;

  store_fixture_save (fixture, record, 0);
  answer (fixture, record, "1", "2026-11-01T00:00:00Z");
  store_fixture_save (fixture, queued, 0);
  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (queued), &error);
  g_assert_no_error (error);
  assert_answer (fixture, "SELECT count (*) FROM record WHERE base_digest = digest"
                          " AND base_body <> body", "1");
  key = lose_key (fixture);

  go_on_without (fixture);
  assert_closed (fixture, record);
  assert_closed (fixture, queued);
  /* what was equal is equal, and nothing sealed is sent */
  assert_answer (fixture, "SELECT count (*) FROM record WHERE base_digest = digest"
                          " AND base_body = body", "1");
  assert_answer (fixture, "SELECT count (*) FROM outbox", "0");
  assert_answer (fixture, "SELECT count (n_errors) FROM record", "0");
  assert_sound (fixture);
  g_assert_true (yeji_store_has_lost_key (fixture->store));
  g_assert_cmpuint (count_lost_files (fixture), ==, 1);
  notices = yeji_store_list_notices (fixture->store, &error);
  notice = find_notice (notices, YEJI_NOTICE_KEY_LOST);
  g_assert_nonnull (notice);
  g_assert_cmpint (json_object_get_int_member (notice->details, "count"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (notice->details, "withdrawn"), ==, 1);

  /* the province's number comes back, and what is typed is sealed as ever */
  answer (fixture, record, "2", "2026-11-02T00:00:00Z");
  assert_same (fixture, record);
  loaded = store_fixture_load (fixture, queued);
  set_personal (loaded, TYPED);
  store_fixture_save (fixture, loaded, 0);
  assert_same (fixture, loaded);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_same (fixture, loaded);
  assert_sound (fixture);
}

/* Somebody changed a record since the province had it: the numbers are no reason for a conflict. */
static void
test_edited (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) theirs = yeji_record_copy (record);
  g_autoptr (YejiRecord) merged = NULL;
  g_autofree char *key = NULL;

  store_fixture_save (fixture, record, 0);
  answer (fixture, record, "1", "2026-11-01T00:00:00Z");
  store_fixture_type (record, NAME, "改名的工程");
  store_fixture_save (fixture, record, 0);
  key = lose_key (fixture);
  go_on_without (fixture);
  assert_answer (fixture, "SELECT count (*) FROM record WHERE base_digest <> digest", "1");
  assert_sound (fixture);
  answer (fixture, theirs, "2", "2026-11-02T00:00:00Z");
  merged = store_fixture_load (fixture, record);
  g_assert_cmpstr (store_fixture_read (merged, NAME), ==, "改名的工程");
  g_assert_cmpstr (get_personal (merged), ==, get_personal (record));
}

/* A number was changed, and nothing else: that stays an edit. */
static void
test_edited_number (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *key = NULL;

  store_fixture_save (fixture, record, 0);
  answer (fixture, record, "1", "2026-11-01T00:00:00Z");
  set_personal (record, TYPED);
  store_fixture_save (fixture, record, 0);
  key = lose_key (fixture);
  go_on_without (fixture);
  assert_answer (fixture, "SELECT count (*) FROM record WHERE base_digest <> digest", "1");
}

static void
test_found (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiRecord) changed = NULL;
  g_autoptr (YejiKeyStatus) status = NULL;
  g_autofree char *code = NULL;
  g_autofree char *key = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  yeji_store_set_sealed_setting (fixture->store, "account.refresh", TYPED, &error);
  answer (fixture, record, "1", "2026-11-01T00:00:00Z");
  code = yeji_store_make_recovery_code (fixture->store, &error);
  g_assert_no_error (error);
  key = lose_key (fixture);
  go_on_without (fixture);
  /* sealed once more, around what is closed */
  changed = store_fixture_load (fixture, record);
  store_fixture_type (changed, NAME, "改名的工程");
  store_fixture_save (fixture, changed, 0);
  yeji_store_rotate_key (fixture->store, &error);
  g_assert_no_error (error);
  assert_closed (fixture, changed);

  g_assert_false (yeji_store_find_lost_key (fixture->store, "some words", &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED);
  g_clear_error (&error);
  g_assert_true (yeji_store_find_lost_key (fixture->store, code, &error));
  g_assert_no_error (error);
  g_assert_false (yeji_store_has_lost_key (fixture->store));
  store_fixture_type (record, NAME, "改名的工程");
  assert_same (fixture, record);
  assert_sound (fixture);
  {
    g_autofree char *token = yeji_store_get_sealed_setting (fixture->store, "account.refresh",
                                                            &error);

    g_assert_cmpstr (token, ==, TYPED);
  }
  status = yeji_store_get_key_status (fixture->store, &error);
  query = g_strdup_printf ("SELECT count (*) FROM record WHERE body NOT LIKE '%%:%s:%%'"
                           " OR base_body NOT LIKE '%%:%s:%%'", status->key_id, status->key_id);
  assert_answer (fixture, query, "0");
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_same (fixture, record);
}

/* The keyring was locked that day, no more. */
static void
test_comes_back (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *path = dup_key_path (fixture);
  g_autofree char *key = NULL;

  store_fixture_save (fixture, record, 0);
  key = lose_key (fixture);
  go_on_without (fixture);
  assert_closed (fixture, record);
  store_fixture_close (fixture);
  g_assert_cmpint (g_rename (key, path), ==, 0);
  store_fixture_open (fixture);
  assert_same (fixture, record);
  assert_sound (fixture);
  g_assert_false (yeji_store_has_lost_key (fixture->store));
}

static void
test_at_hand (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *path = dup_key_path (fixture);
  g_autofree char *same = NULL;

  store_fixture_save (fixture, record, 0);
  store_fixture_close (fixture);
  go_on_without (fixture);
  assert_same (fixture, record);
  same = dup_key_path (fixture);
  g_assert_cmpstr (same, ==, path);
  g_assert_cmpuint (count_lost_files (fixture), ==, 0);
}

/* Both copies of the wrapped keys are damaged: there is nothing left that could open them. */
static void
test_damaged (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *path = g_build_filename (fixture->dir, YEJI_STORE_CHEST_FILE, NULL);
  g_autoptr (GError) error = NULL;
  YejiSql *sql;

  store_fixture_save (fixture, record, 0);
  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (path, "{\"format\":", -1, NULL));
  sql = open_file (fixture);
  yeji_sql_exec (sql, &error, "UPDATE setting SET value = '[]' WHERE name = 'vault'", "");
  g_assert_no_error (error);
  yeji_sql_close (sql);
  g_assert_null (yeji_store_open (fixture->dir, fixture->dictionary, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED);
  go_on_without (fixture);
  assert_closed (fixture, record);
  g_assert_cmpuint (count_lost_files (fixture), ==, 2);
}

static gboolean
was_nudged (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = NULL;

  g_assert_true (yeji_store_do_chores (fixture->store, NULL, &error));
  g_assert_no_error (error);
  notices = yeji_store_list_notices (fixture->store, &error);
  return find_notice (notices, YEJI_NOTICE_NO_RECOVERY_CODE) != NULL;
}

static void
test_nudge (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *code = NULL;

  g_assert_false (was_nudged (fixture));
  yeji_clock_set_offset (2 * 24 * 60 * 60);
  g_assert_false (was_nudged (fixture));           /* nothing is sealed */
  store_fixture_save (fixture, record, 0);
  g_assert_false (was_nudged (fixture));           /* the first day */
  yeji_clock_set_offset (4 * 24 * 60 * 60);
  if (data != NULL)
    code = yeji_store_make_recovery_code (fixture->store, NULL);
  g_assert_cmpint (was_nudged (fixture), ==, data == NULL);
  yeji_clock_set_offset (8 * 24 * 60 * 60);
  was_nudged (fixture);
  assert_answer (fixture, "SELECT count (*) FROM notice WHERE kind = 'no-recovery-code'",
                 data == NULL ? "1" : "0");
  yeji_clock_set_offset (0);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/lost-key/everything-else-opens", test_goes_on },
    { "/store/lost-key/is-no-conflict-with-the-province", test_edited },
    { "/store/lost-key/keeps-the-edit-of-a-number-an-edit", test_edited_number },
    { "/store/lost-key/is-found-by-its-recovery-code", test_found },
    { "/store/lost-key/opens-again-when-it-comes-back", test_comes_back },
    { "/store/lost-key/is-not-given-up-while-it-is-at-hand", test_at_hand },
    { "/store/lost-key/can-be-damaged-keys", test_damaged },
    { "/store/lost-key/is-warned-of-once-and-a-day-later", test_nudge },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add ("/store/lost-key/is-not-warned-of-with-a-recovery-code", StoreFixture, "",
              store_fixture_set_up, test_nudge, store_fixture_tear_down);
  return g_test_run ();
}
