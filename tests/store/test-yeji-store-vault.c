// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-store-vault.h"

#include <glib/gstdio.h>
#include <string.h>

#include "store-fixture.h"
#include "yeji-key-place.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"
#include "yeji-vault.h"

#define TOKEN "yeji-access-token-0123456789"

/* ---- What is in the files */

/* Shorter ones occur by chance. */
#define MIN_LENGTH 7

static void
collect_personal (YejiRecord *record,
                  GPtrArray  *values)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        for (guint k = 0; k < table->fields->len; k++)
          {
            const YejiFieldDef *field = g_ptr_array_index (table->fields, k);
            const char *value = yeji_row_get (yeji_record_get_row (record, table, j), field);

            if (field->personal != YEJI_PERSONAL_NO && strlen (value) >= MIN_LENGTH)
              g_ptr_array_add (values, g_strdup (value));
          }
    }
}

static guint
count_in_file (const char *path,
               GPtrArray  *values)
{
  g_autofree char *data = NULL;
  gsize length;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  for (guint i = 0; i < values->len; i++)
    {
      const char *value = g_ptr_array_index (values, i);

      if (yeji_test_find_bytes (data, length, value, strlen (value)) == NULL)
        continue;
      g_test_message ("%s holds %s", path, value);
      n++;
    }
  return n;
}

static guint
count_in_folder (const char *folder,
                 GPtrArray  *values)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_in_folder (path, values)
                                                  : count_in_file (path, values);
    }
  return n;
}

/* ---- The database, read beside the program */

static YejiSql *
open_file (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "yeji.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  YejiSql *sql = yeji_sql_open (path, &error);

  g_assert_no_error (error);
  return sql;
}

static char *
ask (const char *dir,
     const char *query)
{
  g_autoptr (YejiSql) sql = open_file (dir);
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
tell_of (const char *dir,
         const char *statement,
         const char *value)
{
  g_autoptr (YejiSql) sql = open_file (dir);
  g_autoptr (GError) error = NULL;

  yeji_sql_exec (sql, &error, statement, "s", value);
  g_assert_no_error (error);
}

/* ---- Records */

static YejiRecord *
read_record (YejiDictionary *dictionary,
             const char     *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return yeji_record_new_from_text (dictionary, text, -1, NULL);
}

/* Every sample, and every record of the conformance tests that can be read at all. */
static GPtrArray *
read_all (YejiDictionary *dictionary)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  const char *samples = g_getenv ("YEJI_SAMPLES");
  g_autofree char *conformance = g_build_filename (samples, "..", "..", "tests", "conformance",
                                                   NULL);
  const char *folders[] = { samples, conformance };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folders[i], name, NULL);
          YejiRecord *record = g_str_has_suffix (name, ".json") ? read_record (dictionary, path)
                                                                : NULL;

          if (record != NULL)
            g_ptr_array_add (records, yeji_record_duplicate (record));
          g_clear_object (&record);
        }
    }
  g_assert_cmpuint (records->len, >, 200);
  return records;
}

static const YejiFieldDef *
find_personal (YejiDictionary      *dictionary,
               const YejiTableDef **table)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      *table = g_ptr_array_index (tables, i);
      for (guint j = 0; j < (*table)->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index ((*table)->fields, j);

          if (field->personal != YEJI_PERSONAL_NO)
            return field;
        }
    }
  g_assert_not_reached ();
}

static void
set_personal (YejiRecord *record,
              const char *value)
{
  const YejiTableDef *table;
  const YejiFieldDef *field = find_personal (yeji_record_get_dictionary (record), &table);
  YejiRow *row = yeji_record_get_n_rows (record, table) > 0
                   ? yeji_record_get_row (record, table, 0)
                   : yeji_record_append_row (record, table);

  yeji_record_set (record, row, field, value);
}

static const char *
get_personal (YejiRecord *record)
{
  const YejiTableDef *table;
  const YejiFieldDef *field = find_personal (yeji_record_get_dictionary (record), &table);

  return yeji_row_get (yeji_record_get_row (record, table, 0), field);
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

static char *
dup_vault_id (StoreFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, YEJI_STORE_CHEST_FILE, NULL);
  g_autofree char *chest = NULL;

  g_assert_true (g_file_get_contents (path, &chest, NULL, NULL));
  return yeji_vault_find_id (chest, NULL);
}

/* ---- Tests */

static void
test_round_trip (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const char * const odd[] = {
    "yeji-sealed:1:", "yeji-sealed:1:00000000:1:AAAA", "yeji-sealed:2:x", "\"\\\n\t", "无", " ",
  };
  g_autoptr (GPtrArray) records = read_all (fixture->dictionary);
  g_autoptr (GString) longest = g_string_new ("1");
  g_autoptr (GError) error = NULL;

  while (longest->len < 3 * 900000)
    g_string_append (longest, "长");
  for (guint i = 0; i < G_N_ELEMENTS (odd) + 1; i++)
    {
      YejiRecord *record = store_fixture_read_sample (fixture->dictionary);

      set_personal (record, i < G_N_ELEMENTS (odd) ? odd[i] : longest->str);
      store_fixture_type (record, "Address", i < G_N_ELEMENTS (odd) ? odd[i] : "x");
      g_ptr_array_add (records, yeji_record_duplicate (record));
      g_object_unref (record);
    }
  yeji_store_save_many (fixture->store, records, NULL, "imported", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    assert_same (fixture, g_ptr_array_index (records, i));

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  yeji_store_rotate_key (fixture->store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    assert_same (fixture, g_ptr_array_index (records, i));
}

/* What stands under a name that the dictionary does not know may be anything. */
static void
test_unknown_names (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const char text[] =
    "{\"role\":\"construction\",\"project\":{\"PrjName\":\"p\",\"Tel\":\"13800138000\","
    "\"Nested\":{\"Tel\":[13800138001,\"13800138002\",null,true,1.5]}},"
    "\"participants\":[{\"id\":\"r\",\"Mobile\":13800138003}],"
    "\"Phones\":[\"13800138004\",\"yeji-sealed:1:00000000:1:AAAA\"],\"Sealed\":"
    "\"yeji-sealed:1:00000000:1:AAAA\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (YejiRecord) record = NULL;

  record = yeji_record_new_from_text (fixture->dictionary, text, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (values, g_strdup_printf ("1380013800%u", i));
  store_fixture_save (fixture, record, 0);
  assert_same (fixture, record);
  g_assert_cmpuint (count_in_folder (fixture->dir, values), ==, 0);
}

static void
test_no_traces (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = read_all (fixture->dictionary);
  g_autoptr (GError) error = NULL;
  YejiRecord *record = g_ptr_array_index (records, 0);
  YejiAnswer *answer;

  for (guint i = 0; i < records->len; i++)
    collect_personal (g_ptr_array_index (records, i), values);
  g_assert_cmpuint (values->len, >, 100);
  yeji_store_save_many (fixture->store, records, NULL, "imported", &error);
  g_assert_no_error (error);

  set_personal (record, "220102198001019876");
  g_ptr_array_add (values, g_strdup ("220102198001019876"));
  store_fixture_save (fixture, record, 0);
  set_personal (record, "220102198001018765");
  g_ptr_array_add (values, g_strdup ("220102198001018765"));
  store_fixture_save (fixture, record, 0);
  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  answer = store_fixture_answer_new (record, "r1", "submitted", "2026-11-22T10:00:00Z");
  answer->record = yeji_record_to_text (record);
  answer->message = g_strdup ("220102198001018765 is another person");
  g_ptr_array_add (answer->points, yeji_point_new ("/participants/0/PersonIDCard",
                                                   "why 220102198001018765?"));
  store_fixture_apply (fixture, answer, "c1");
  yeji_store_set_sealed_setting (fixture->store, "account.access", TOKEN, &error);
  g_assert_no_error (error);
  g_ptr_array_add (values, g_strdup (TOKEN));

  /* the log is there while the store is open */
  g_assert_cmpuint (count_in_folder (fixture->dir, values), ==, 0);
  {
    g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, &error);
    const YejiOutboxItem *item = g_ptr_array_index (outbox, 0);

    g_assert_nonnull (strstr (item->body, "220102198001018765"));
  }
  {
    g_autoptr (GPtrArray) lines = NULL;
    const YejiHistoryLine *line;

    lines = yeji_store_get_history (fixture->store, yeji_record_get_uuid (record), &error);
    line = g_ptr_array_index (lines, lines->len - 1);
    g_assert_cmpstr (line->change->before, ==, "220102198001019876");
    g_assert_cmpstr (line->change->after, ==, "220102198001018765");
  }
  store_fixture_close (fixture);
  g_assert_cmpuint (count_in_folder (fixture->dir, values), ==, 0);
  store_fixture_open (fixture);
  {
    g_autofree char *token = yeji_store_get_sealed_setting (fixture->store, "account.access",
                                                            &error);

    g_assert_cmpstr (token, ==, TOKEN);
  }
}

static void
assert_stays (StoreFixture *fixture,
              YejiRecord   *record,
              const char   *body)
{
  g_autoptr (YejiRecord) loaded = NULL;
  g_autoptr (YejiRecord) again = NULL;

  tell_of (fixture->dir, "UPDATE record SET body = ?1", body);
  loaded = store_fixture_load (fixture, record);
  g_assert_true (yeji_vault_is_token (get_personal (loaded)));
  g_assert_nonnull (strstr (body, get_personal (loaded)));
  /* Saved, it is still what it was, and so is everything else. */
  store_fixture_type (loaded, "Address", "elsewhere");
  store_fixture_save (fixture, loaded, 0);
  again = store_fixture_load (fixture, record);
  g_assert_cmpstr (get_personal (again), ==, get_personal (loaded));
  g_assert_cmpstr (store_fixture_read (again, "Address"), ==, "elsewhere");
}

static void
test_altered (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *body = NULL;
  char *token;

  store_fixture_save (fixture, record, 0);
  body = ask (fixture->dir, "SELECT body FROM record");
  for (token = body; (token = strstr (token, YEJI_VAULT_PREFIX)) != NULL; token++)
    token[strlen (YEJI_VAULT_PREFIX) + 40] ^= 1;
  assert_stays (fixture, record, body);
}

/* A token of another profile, and so of another vault. */
static void
test_foreign (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *body = NULL;
  StoreFixture other = { 0 };

  store_fixture_set_up (&other, NULL);
  store_fixture_save (&other, record, 0);
  body = ask (other.dir, "SELECT body FROM record");
  store_fixture_save (fixture, record, 0);
  assert_stays (fixture, record, body);
  store_fixture_tear_down (&other, NULL);
}

static void
test_rotate (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autoptr (YejiKeyStatus) before = NULL;
  g_autoptr (YejiKeyStatus) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *old_body = NULL;
  g_autofree char *new_body = NULL;
  g_autofree char *n_old = NULL;
  g_autofree char *query = NULL;

  store_fixture_save (fixture, record, 0);
  yeji_store_set_sealed_setting (fixture->store, "account.refresh", TOKEN, &error);
  before = yeji_store_get_key_status (fixture->store, &error);
  old_body = ask (fixture->dir, "SELECT body FROM record");
  yeji_store_rotate_key (fixture->store, &error);
  g_assert_no_error (error);
  after = yeji_store_get_key_status (fixture->store, &error);
  g_assert_cmpstr (before->key_id, !=, after->key_id);
  g_assert_cmpuint (after->n_keys, ==, 2);
  assert_same (fixture, record);

  new_body = ask (fixture->dir, "SELECT body FROM record");
  g_assert_nonnull (strstr (old_body, before->key_id));
  g_assert_null (strstr (new_body, before->key_id));
  query = g_strdup_printf ("SELECT count (*) FROM history WHERE before LIKE '%%1:%s:%%'"
                           " OR after LIKE '%%1:%s:%%'", before->key_id, before->key_id);
  n_old = ask (fixture->dir, query);
  g_assert_cmpstr (n_old, ==, "0");

  /* what was copied before is still read */
  tell_of (fixture->dir, "UPDATE record SET body = ?1", old_body);
  assert_same (fixture, record);
  /* and so it is where the database comes from a copy that does not know the newer key */
  store_fixture_close (fixture);
  {
    g_autofree char *token = NULL;

    store_fixture_open (fixture);
    token = yeji_store_get_sealed_setting (fixture->store, "account.refresh", &error);
    g_assert_cmpstr (token, ==, TOKEN);
  }
}

static void
assert_sealed (StoreFixture *fixture,
               YejiStoreKey  kind,
               const char   *secret)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = secret != NULL
                       ? yeji_store_open_with_key (fixture->dir, fixture->dictionary, kind, secret,
                                                   &error)
                       : yeji_store_open (fixture->dir, fixture->dictionary, &error);

  g_assert_null (store);
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED);
}

static void
open_by_hand (StoreFixture *fixture,
              YejiStoreKey  kind,
              const char   *secret)
{
  g_autoptr (GError) error = NULL;

  fixture->store = yeji_store_open_with_key (fixture->dir, fixture->dictionary, kind, secret,
                                             &error);
  g_assert_no_error (error);
}

static void
test_passphrase (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *id = dup_vault_id (fixture);
  g_autofree char *path = yeji_key_place_get_path (id);
  g_autoptr (YejiKeyStatus) status = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_passphrase, has_code;

  store_fixture_save (fixture, record, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  yeji_store_set_passphrase (fixture->store, "松花江", &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_same (fixture, record);

  /* this program need not be told again */
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  store_fixture_close (fixture);

  yeji_key_place_forget (id);
  assert_sealed (fixture, YEJI_STORE_KEY_ANY, NULL);
  assert_sealed (fixture, YEJI_STORE_KEY_ANY, "嫩江");
  assert_sealed (fixture, YEJI_STORE_KEY_RECOVERY, "松花江");
  g_assert_true (yeji_store_peek_locks (fixture->dir, &has_passphrase, &has_code));
  g_assert_true (has_passphrase);
  g_assert_false (has_code);
  open_by_hand (fixture, YEJI_STORE_KEY_ANY, "松花江");
  assert_same (fixture, record);
  status = yeji_store_get_key_status (fixture->store, &error);
  g_assert_cmpstr (status->place, ==, "hand");
  g_assert_true (status->has_passphrase);

  yeji_store_set_passphrase (fixture->store, NULL, &error);
  g_assert_no_error (error);
  yeji_key_place_forget (id);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  assert_same (fixture, record);
}

static void
test_recovery (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *id = dup_vault_id (fixture);
  g_autofree char *path = yeji_key_place_get_path (id);
  g_autofree char *first = NULL;
  g_autofree char *code = NULL;
  g_autofree char *typed = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_save (fixture, record, 0);
  first = yeji_store_make_recovery_code (fixture->store, &error);
  g_assert_no_error (error);
  code = yeji_store_make_recovery_code (fixture->store, &error);
  g_assert_no_error (error);
  store_fixture_close (fixture);

  /* the computer died, and the key with it */
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_sealed (fixture, YEJI_STORE_KEY_ANY, NULL);
  assert_sealed (fixture, YEJI_STORE_KEY_ANY, first);
  assert_sealed (fixture, YEJI_STORE_KEY_PASSPHRASE, code);
  typed = g_ascii_strdown (code, -1);
  typed[0] = typed[0] == 'x' ? 'y' : 'x';
  assert_sealed (fixture, YEJI_STORE_KEY_RECOVERY, typed);
  typed[0] = code[0];
  open_by_hand (fixture, YEJI_STORE_KEY_ANY, typed);
  assert_same (fixture, record);
  store_fixture_close (fixture);

  /* the key is back on this computer */
  yeji_key_place_forget (id);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  store_fixture_open (fixture);
  assert_same (fixture, record);
}

/* Whichever of the two copies of the chest is lost, the other one is enough. */
static void
test_lost_chest (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) record = store_fixture_read_sample (fixture->dictionary);
  g_autofree char *path = g_build_filename (fixture->dir, YEJI_STORE_CHEST_FILE, NULL);
  g_autofree char *setting = NULL;

  store_fixture_save (fixture, record, 0);
  store_fixture_close (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  store_fixture_open (fixture);
  assert_same (fixture, record);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  store_fixture_close (fixture);
  tell_of (fixture->dir, "DELETE FROM setting WHERE name = ?1", "vault");
  store_fixture_open (fixture);
  assert_same (fixture, record);
  setting = ask (fixture->dir, "SELECT value FROM setting WHERE name = 'vault'");
  g_assert_nonnull (setting);

  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (path, "{\"format\":\"yeji-chest\"", -1, NULL));
  store_fixture_open (fixture);
  assert_same (fixture, record);
}

/* A profile of a version without keys, with what it deleted still in its free pages. */
static gboolean
run_fill_old (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  YejiRecord *record = data;
  const char *uuid = yeji_record_get_uuid (record);
  g_autofree char *body = yeji_record_to_text (record);
  const char *digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  return yeji_sql_exec (sql, error,
                        "INSERT INTO record (uuid, role, name, number, dictionary, created_at,"
                        " changed_at, digest, base_digest, body, base_body)"
                        " VALUES (?1, 'construction', 'n', '', ?2, '2026-01-01T00:00:00Z',"
                        " '2026-01-01T00:00:00Z', ?3, ?3, ?4, ?4)", "ssss", uuid,
                        yeji_dictionary_get_version (yeji_record_get_dictionary (record)), digest,
                        body)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO outbox (uuid, body, digest, files, key, queued_at)"
                      " VALUES (?1, ?2, ?3, '[]', 'k', '2026-01-01T00:00:00Z')", "sss", uuid, body,
                      digest)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO history (record, step, \"table\", \"row\", field, before, after,"
                      " at, who, why) VALUES (?1, 1, 'TBProjectCorpInfo', 'r', 'PersonIDCard', '',"
                      " '220102198001011111', '2026-01-01T00:00:00Z', 'w', 'typed')", "s", uuid)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO move (record, from_version, to_version, at, notes, body_before)"
                      " VALUES (?1, 'a', 'b', '2026-01-01T00:00:00Z', '[{\"kind\":\"kept_aside\","
                      "\"table\":\"Gone\",\"row\":\"\",\"field\":\"Tel\",\"before\":"
                      "\"13900139000\"}]', ?2)", "ss", uuid, body)
    && yeji_sql_exec (sql, error, "INSERT INTO setting VALUES ('account.access', ?1)", "s", TOKEN)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO outbox (uuid, body, digest, files, key, queued_at)"
                      " VALUES (?1, ?2, ?3, '[]', 'l', '2026-01-01T00:00:00Z')", "sss", uuid, body,
                      digest)
    && yeji_sql_exec (sql, error, "DELETE FROM outbox WHERE key = 'l'", "");
}

static void
test_old_version (void)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autofree char *path = NULL;
  g_autofree char *same = NULL;
  g_autofree char *token = NULL;
  StoreFixture fixture = { 0 };
  YejiDb *db;

  fixture.dir = yeji_test_dir_new ();
  fixture.dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  record = store_fixture_read_sample (fixture.dictionary);
  collect_personal (record, values);
  g_ptr_array_add (values, g_strdup (TOKEN));
  g_ptr_array_add (values, g_strdup ("220102198001011111"));
  g_ptr_array_add (values, g_strdup ("13900139000"));
  path = g_build_filename (fixture.dir, "yeji.sqlite", NULL);
  db = yeji_db_open (path, yeji_store_migrations, 2, &error);
  g_assert_no_error (error);
  yeji_db_run (db, run_fill_old, record, &error);
  g_assert_no_error (error);
  yeji_db_close (db);
  g_object_unref (db);
  g_assert_cmpuint (count_in_folder (fixture.dir, values), >, 10);

  store_fixture_open (&fixture);
  assert_same (&fixture, record);
  token = yeji_store_get_sealed_setting (fixture.store, "account.access", &error);
  g_assert_cmpstr (token, ==, TOKEN);
  same = ask (fixture.dir, "SELECT base_digest = digest AND length (digest) = 48 FROM record");
  g_assert_cmpstr (same, ==, "1");
  {
    g_autoptr (GPtrArray) reports = yeji_store_list_move_reports (fixture.store, NULL, &error);
    const YejiMoveReport *report = g_ptr_array_index (reports, 0);
    const YejiMoveNote *note = g_ptr_array_index (report->notes, 0);

    g_assert_cmpstr (note->before, ==, "13900139000");
  }
  g_assert_cmpuint (count_in_folder (fixture.dir, values), ==, 0);
  store_fixture_tear_down (&fixture, NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/vault/gives-back-what-was-saved", test_round_trip },
    { "/store/vault/seals-what-the-dictionary-does-not-know", test_unknown_names },
    { "/store/vault/leaves-no-trace-in-any-file", test_no_traces },
    { "/store/vault/leaves-what-was-altered-as-it-is", test_altered },
    { "/store/vault/does-not-open-what-another-profile-sealed", test_foreign },
    { "/store/vault/seals-anew-with-a-new-key", test_rotate },
    { "/store/vault/asks-for-the-passphrase", test_passphrase },
    { "/store/vault/opens-by-the-recovery-code", test_recovery },
    { "/store/vault/keeps-its-keys-twice", test_lost_chest },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/store/vault/seals-a-profile-of-an-earlier-version", test_old_version);
  return g_test_run ();
}
