// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-store-save-stream.h"

#include <string.h>

#include "yeji-body-print.h"
#include "yeji-body-read.h"
#include "yeji-json.h"
#include "yeji-query.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"
#include "yeji-store-vault.h"
#include "yeji-undo.h"

#include "store-fixture.h"

/* More than are on their way at once. */
#define MANY 150

typedef struct
{
  YejiDictionary *dictionary;
  guint n;
  guint fail_at;               /* 0: never */
  gint n_checked;
  const char *change;          /* (nullable): of records that are there */
} Source;

static char *
make_uuid (guint i)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012u", i);
}

/* The same rows each time. */
static void
name_rows (JsonObject *record)
{
  g_autoptr (GList) members = json_object_get_members (record);

  for (GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *node = json_object_get_member (record, member->data);

      for (guint i = 0;
           JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node));
           i++)
        {
          g_autofree char *id = g_strdup_printf ("%s-%u", (char *) member->data, i);

          json_object_set_string_member (json_array_get_object_element (json_node_get_array (node),
                                                                        i), "id", id);
        }
    }
}

static YejiRecord *
make_record (YejiDictionary *dictionary,
             guint           i)
{
  g_autoptr (YejiRecord) sample = store_fixture_read_sample (dictionary);
  g_autofree char *text = yeji_record_to_text (sample);
  g_autofree char *uuid = make_uuid (i);
  g_autofree char *name = g_strdup_printf ("示例工程%u（虚构）", i);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  YejiRecord *record;

  json_object_set_string_member (json_node_get_object (node), "uuid", uuid);
  name_rows (json_node_get_object (node));
  record = yeji_record_new_from_json (dictionary, node, &error);
  g_assert_no_error (error);
  store_fixture_type (record, "PrjName", name);
  return record;
}

static gboolean
next (YejiSaveStream  *stream,
      YejiRecord     **record,
      gpointer         data,
      GError         **error)
{
  Source *source = data;
  g_autofree char *uuid = make_uuid (source->n);

  if (source->n == 0)
    return TRUE;
  if (source->n-- == source->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no more");
      return FALSE;
    }
  if (source->change != NULL)
    {
      *record = yeji_save_stream_load (stream, uuid, error);
      if (*record == NULL)
        return FALSE;
      store_fixture_type (*record, "Address", source->change);
      return TRUE;
    }
  *record = make_record (source->dictionary, source->n + 1);
  return TRUE;
}

static YejiFacts *
check (YejiRecord         *record,
       const char * const *slots,
       gpointer            data)
{
  Source *source = data;
  const YejiFacts facts = { .n_errors = 3, .n_warnings = 2, .completeness = 50, .outcome = 1,
                            .n_slots = 4, .n_filled_slots = 0, .required_slots = "contract" };

  g_assert_nonnull (slots);
  g_atomic_int_inc (&source->n_checked);
  return yeji_facts_copy (&facts);
}

static const YejiSaveSource stream = { next, check };

static guint
count (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = yeji_store_list (store, &error);

  g_assert_no_error (error);
  return entries->len;
}

static void
test_all_are_saved (StoreFixture  *fixture,
                    gconstpointer  data)
{
  Source source = { fixture->dictionary, MANY };
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &source, "imported", &batch, NULL,
                                         &error));
  g_assert_no_error (error);
  g_assert_nonnull (batch);
  g_assert_cmpint (source.n_checked, ==, MANY);
  for (guint i = 1; i <= MANY; i += 37)
    {
      g_autofree char *uuid = make_uuid (i);
      g_autoptr (YejiRecord) expected = make_record (fixture->dictionary, i);
      g_autoptr (YejiRecord) saved = yeji_store_load (fixture->store, uuid, &error);
      g_autoptr (YejiEntry) entry = yeji_store_get_entry (fixture->store, uuid, &error);

      g_assert_no_error (error);
      g_assert_true (yeji_record_equal (saved, expected));
      g_assert_cmpint (yeji_entry_get_n_errors (entry), ==, 3);
      g_assert_cmpint (yeji_entry_get_completeness (entry), ==, 50);
      g_assert_cmpint (yeji_entry_get_n_slots (entry), ==, 4);
    }
}

/* The history reads as if each record had been saved by itself. */
static void
test_history_is_the_same (StoreFixture  *fixture,
                          gconstpointer  data)
{
  Source source = { fixture->dictionary, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) other = make_record (fixture->dictionary, 2);
  g_autofree char *uuid = make_uuid (1);
  g_autofree char *other_uuid = make_uuid (2);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) expected = NULL;

  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &source, "imported", NULL, NULL,
                                         &error));
  g_assert_true (yeji_store_save (fixture->store, other, NULL, "imported", &error));
  g_assert_no_error (error);
  lines = yeji_store_get_history (fixture->store, uuid, &error);
  expected = yeji_store_get_history (fixture->store, other_uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lines->len, ==, expected->len);
  g_assert_cmpint (lines->len, >, 100);
  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);
      const YejiHistoryLine *like = g_ptr_array_index (expected, i);

      g_assert_cmpint (line->step, ==, like->step);
      g_assert_cmpstr (line->why, ==, like->why);
      g_assert_cmpstr (line->who, ==, like->who);
      g_assert_cmpstr (line->change->table, ==, like->change->table);
      g_assert_cmpstr (line->change->row, ==, like->change->row);
      g_assert_cmpstr (line->change->field, ==, like->change->field);
      g_assert_cmpstr (line->change->before, ==, like->change->before);
      if (!g_str_equal (line->change->field, "PrjName"))
        g_assert_cmpstr (line->change->after, ==, like->change->after);
    }
}

static void
test_half_is_nothing (StoreFixture  *fixture,
                      gconstpointer  data)
{
  Source source = { fixture->dictionary, MANY, 20 };
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_store_save_stream (fixture->store, &stream, &source, "imported", NULL, NULL,
                                          &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (count (fixture->store), ==, 0);
}

static void
test_cancelled_is_nothing (StoreFixture  *fixture,
                           gconstpointer  data)
{
  Source source = { fixture->dictionary, MANY };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (yeji_store_save_stream (fixture->store, &stream, &source, "imported", NULL,
                                          cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture->store), ==, 0);
}

/* What was there is as before, what was made is in the bin. */
static void
test_one_undo (StoreFixture  *fixture,
               gconstpointer  data)
{
  Source source = { fixture->dictionary, 3 };
  Source later = { fixture->dictionary, 2, 0, 0, "长春市示例大街9号（虚构）" };
  g_autofree char *made = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *uuid = make_uuid (1);
  g_autoptr (YejiBatchUndo) undone = NULL;
  g_autoptr (YejiBatchUndo) removed = NULL;
  g_autoptr (YejiRecord) before = NULL;
  g_autoptr (YejiRecord) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &source, "imported", &made, NULL,
                                         &error));
  before = yeji_store_load (fixture->store, uuid, &error);
  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &later, "imported", &changed,
                                         NULL, &error));
  g_assert_no_error (error);
  after = yeji_store_load (fixture->store, uuid, &error);
  g_assert_cmpstr (yeji_row_get_by_id (yeji_record_get_project (after), "Address"), ==,
                   later.change);
  undone = yeji_store_undo_batch (fixture->store, changed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->reverted->len, ==, 2);
  g_clear_object (&after);
  after = yeji_store_load (fixture->store, uuid, &error);
  g_assert_true (yeji_record_equal (before, after));
  removed = yeji_store_undo_batch (fixture->store, made, &error);
  g_assert_no_error (error);
  /* those that were changed since, and changed back, are left alone */
  g_assert_cmpint (removed->removed->len, ==, 1);
  g_assert_cmpint (removed->left->len, ==, 2);
}

static void
test_is_found (StoreFixture  *fixture,
               gconstpointer  data)
{
  Source source = { fixture->dictionary, 12 };
  const YejiQuery query = { .text = "示例工程7", .states = G_MAXUINT };
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &source, "imported", NULL, NULL,
                                         &error));
  g_assert_true (yeji_store_index_if_needed (fixture->store, NULL, &error));   /* a chore */
  g_assert_true (yeji_store_query_count (fixture->store, &query, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

typedef struct
{
  YejiStore *store;
  YejiRecord *record;
  gboolean stored_openly;
} Print;

static gboolean
run_print (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Print *print = data;
  YejiVault *vault = yeji_store_get_vault (print->store);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GString) stored = g_string_new (NULL);
  g_autoptr (JsonNode) node = yeji_record_to_json (print->record);
  g_autofree char *opened = NULL;
  g_autofree char *expected = yeji_json_print (node, FALSE);
  g_autofree char *expected_said = NULL;

  g_assert_true (yeji_body_print (print->record, vault, 1, said, stored));
  opened = yeji_store_open_body (print->store, stored->str);
  g_assert_cmpstr (opened, ==, expected);
  json_object_remove_member (json_node_get_object (node), "dictionary");
  expected_said = yeji_json_print (node, FALSE);
  g_assert_cmpstr (said->str, ==, expected_said);
  print->stored_openly = g_str_equal (stored->str, expected);
  return TRUE;
}

/* To the letter what the long way makes, and nothing personal in the open. */
static void
test_printed_as_ever (StoreFixture  *fixture,
                      gconstpointer  data)
{
  Print print = { fixture->store, make_record (fixture->dictionary, 1) };
  g_autoptr (GError) error = NULL;

  store_fixture_type (print.record, "Address", "\"引号\"\\ 与\n换行\t\x7f（虚构）");
  yeji_db_run (yeji_store_get_db (fixture->store), run_print, &print, &error);
  g_assert_no_error (error);
  g_assert_false (print.stored_openly);
  g_object_unref (print.record);
}

static YejiRecord *
read_the_long_way (YejiStore  *store,
                   const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (body, -1, &error);
  YejiRecord *record;

  g_assert_no_error (error);
  yeji_body_unseal (node, yeji_store_get_vault (store));
  record = yeji_record_new_from_json (yeji_store_get_dictionary (store), node, &error);
  g_assert_no_error (error);
  return record;
}

/* @change: (nullable): JSON, members of the project or, where they begin with a dot, of the record */
static char *
make_body (StoreFixture *fixture,
           const char   *change)
{
  YejiVault *vault = yeji_store_get_vault (fixture->store);
  g_autoptr (YejiRecord) record = make_record (fixture->dictionary, 1);
  g_autoptr (JsonNode) node = yeji_record_to_json (record);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (JsonNode) more = change != NULL ? yeji_json_parse (change, -1, NULL) : NULL;
  g_autoptr (GList) names = more != NULL ? json_object_get_members (json_node_get_object (more))
                                         : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *member = name->data;
      JsonObject *place = *member == '.' ? object : json_object_get_object_member (object,
                                                                                   "project");

      json_object_set_member (place, *member == '.' ? member + 1 : member,
                              json_object_dup_member (json_node_get_object (more), member));
    }
  yeji_body_seal (node, fixture->dictionary, vault, 3);
  return yeji_json_print (node, FALSE);
}

/* Whatever is read at once is what the long way reads, and the rest is left to that one. */
static void
test_read_as_ever (StoreFixture  *fixture,
                   gconstpointer  data)
{
  static const struct { const char *change; gboolean at_once; } cases[] = {
    { NULL, TRUE },
    { "{\"Address\": \"\\\"引号\\\"\\\\ 与\\n换行\\t\\u007f（虚构）\"}", TRUE },
    { "{\"Address\": 12.5}", FALSE },                       /* no text: sealed as JSON */
    { "{\"Unheard\": \"of\"}", FALSE },                   /* sealed where no field is */
    { "{\".Unheard\": [1, {\"a\": \"b\"}]}", FALSE },
    { "{\"Address\": \"yeji-sealed:1:no:token\"}", FALSE },
    { "{\"Address\": \"what begins with yeji-sealed:1: is sealed\"}", FALSE },
    { "{\".dictionary\": \"another\"}", FALSE },
  };
  YejiVault *vault = yeji_store_get_vault (fixture->store);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = make_body (fixture, cases[i].change);
      g_autoptr (YejiRecord) read = yeji_body_read (fixture->dictionary, vault, body);
      g_autoptr (YejiRecord) expected = read_the_long_way (fixture->store, body);

      g_assert_nonnull (strstr (body, YEJI_VAULT_PREFIX));
      g_assert_cmpint (read != NULL, ==, cases[i].at_once);
      g_assert_true (read == NULL || yeji_record_equal (read, expected));
    }
}

/* What is sealed for one place is not read in another. */
static void
test_read_in_its_place (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autofree char *body = make_body (fixture, NULL);
  g_autoptr (YejiRecord) read = NULL;
  char *first = strstr (body, YEJI_VAULT_PREFIX);
  char *second = strstr (first + 1, YEJI_VAULT_PREFIX);
  gsize length = (gsize) (strchr (first, '"') - first);
  g_autofree char *kept = g_strndup (first, length);

  g_assert_cmpuint ((gsize) (strchr (second, '"') - second), ==, length);
  memcpy (first, second, length);
  memcpy (second, kept, length);
  read = yeji_body_read (fixture->dictionary, yeji_store_get_vault (fixture->store), body);
  g_assert_null (read);
}

static gboolean
run_seal (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Print *print = data;
  gboolean any = FALSE;

  return yeji_seal_all (sql, yeji_store_get_vault (print->store),
                        yeji_store_get_dictionary (print->store), &any, error);
}

/* New keys, and the lines that stand for many are read as before. */
static void
test_sealed_anew (StoreFixture  *fixture,
                  gconstpointer  data)
{
  Source source = { fixture->dictionary, 1 };
  Print print = { fixture->store };
  g_autofree char *uuid = make_uuid (1);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &source, "imported", NULL, NULL,
                                         &error));
  before = yeji_store_get_history (fixture->store, uuid, &error);
  yeji_db_run (yeji_store_get_db (fixture->store), run_seal, &print, &error);
  g_assert_no_error (error);
  after = yeji_store_get_history (fixture->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_cmpstr (((YejiHistoryLine *) g_ptr_array_index (before, i))->change->after, ==,
                     ((YejiHistoryLine *) g_ptr_array_index (after, i))->change->after);
}

static gboolean
run_is_stored_once (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  gboolean *once = data;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT after = '' FROM history WHERE step = 1", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *once = yeji_rows_int (rows, 0) != 0;
  return TRUE;
}

static gboolean
is_stored_once (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean once = FALSE;

  yeji_db_run (yeji_store_get_db (fixture->store), run_is_stored_once, &once, &error);
  g_assert_no_error (error);
  return once;
}

/* What it was made with is stored a second time when the record says something else, and not
 * before. */
static void
test_changed_later (StoreFixture  *fixture,
                    gconstpointer  data)
{
  Source source = { fixture->dictionary, 1 };
  g_autofree char *uuid = make_uuid (1);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (YejiRecord) made = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiRecord) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save_stream (fixture->store, &stream, &source, "imported", NULL, NULL,
                                         &error));
  before = yeji_store_get_history (fixture->store, uuid, &error);
  made = yeji_store_load (fixture->store, uuid, &error);
  g_assert_true (is_stored_once (fixture));
  record = yeji_store_load (fixture->store, uuid, &error);
  for (guint i = 0; i < 2; i++)
    {
      store_fixture_type (record, "PrjName", i == 0 ? "改过的工程（虚构）" : "又改过的工程（虚构）");
      g_assert_true (yeji_store_save (fixture->store, record, NULL, "typed", &error));
      g_assert_false (is_stored_once (fixture));
    }
  after = yeji_store_get_history (fixture->store, uuid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->len, ==, before->len + 2);
  for (guint i = 0; i < before->len; i++)
    g_assert_cmpstr (((YejiHistoryLine *) g_ptr_array_index (before, i))->change->after, ==,
                     ((YejiHistoryLine *) g_ptr_array_index (after, i))->change->after);
  again = yeji_store_load_at (fixture->store, uuid,
                              ((YejiHistoryLine *) g_ptr_array_index (before, 0))->at, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_record_equal (again, made));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (StoreFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/store/stream/all-are-saved-with-what-a-check-found", test_all_are_saved },
    { "/store/stream/a-history-reads-as-if-each-had-been-saved-by-itself",
      test_history_is_the_same },
    { "/store/stream/what-it-was-made-with-stays-when-it-is-changed", test_changed_later },
    { "/store/stream/half-is-nothing", test_half_is_nothing },
    { "/store/stream/cancelled-is-nothing", test_cancelled_is_nothing },
    { "/store/stream/one-undo-takes-it-back", test_one_undo },
    { "/store/stream/what-came-is-found", test_is_found },
    { "/store/stream/printed-to-the-letter-and-sealed", test_printed_as_ever },
    { "/store/stream/read-at-once-as-the-long-way-reads-it", test_read_as_ever },
    { "/store/stream/read-in-its-place-alone", test_read_in_its_place },
    { "/store/stream/new-keys-seal-the-line-that-stands-for-many", test_sealed_anew },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, store_fixture_set_up, tests[i].test,
                store_fixture_tear_down);
  return g_test_run ();
}
