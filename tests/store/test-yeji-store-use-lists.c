// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store-use-lists"

#include "config.h"

#include "store-fixture.h"
#include "yeji-json.h"
#include "yeji-use-list.h"

#define A "6f1c2d3e-4a5b-4c6d-8e7f-102030405001"
#define B "6f1c2d3e-4a5b-4c6d-8e7f-102030405002"
#define THERE "6f1c2d3e-4a5b-4c6d-8e7f-1020304050aa"

static YejiUseList *
make_list (StoreFixture *fixture)
{
  static const char * const records[] = { B, A, NULL };
  YejiUseList *list = yeji_use_list_new ("construction", "一级资质");
  g_autoptr (GError) error = NULL;

  g_strfreev (list->records);
  list->records = g_strdupv ((GStrv) records);
  yeji_store_save_use_list (fixture->store, list, &error);
  g_assert_no_error (error);
  return list;
}

static YejiUseList *
load (StoreFixture *fixture,
      const char   *id)
{
  g_autoptr (GError) error = NULL;
  YejiUseList *list = yeji_store_load_use_list (fixture->store, id, &error);

  g_assert_no_error (error);
  return list;
}

static JsonNode *
make_answer (const char *state,
             const char *more)
{
  g_autofree char *text = g_strdup_printf ("{\"id\": \"" THERE "\", \"kind\": \"construction\","
                                           " \"name\": \"一级资质\", \"state\": \"%s\","
                                           " \"at\": \"2026-05-01T00:00:00.000Z\", \"records\":"
                                           " [{\"uuid\": \"" B "\"}, {\"uuid\": \"" A "\"}]%s}",
                                           state, more);
  g_autoptr (GError) error = NULL;
  JsonNode *node = yeji_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
note_answer (StoreFixture *fixture,
             const char   *id,
             const char   *state,
             const char   *more)
{
  g_autoptr (JsonNode) answer = make_answer (state, more);
  g_autoptr (GError) error = NULL;

  yeji_store_note_use_answer (fixture->store, id, answer, &error);
  g_assert_no_error (error);
}

static void
test_draft (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiUseList) list = make_list (fixture);
  g_autoptr (YejiUseList) kept = NULL;
  g_autoptr (GPtrArray) lists = NULL;

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  kept = load (fixture, list->id);
  g_assert_cmpstr (kept->name, ==, "一级资质");
  g_assert_cmpint (kept->state, ==, YEJI_USE_DRAFT);
  g_assert_cmpstr (kept->records[0], ==, B);
  g_assert_true (yeji_use_list_carries (kept, A));
  g_assert_false (yeji_use_list_carries (kept, THERE));

  g_assert_true (yeji_store_remove_use_list (fixture->store, list->id, TRUE, NULL));
  lists = yeji_store_get_use_lists (fixture->store, NULL);
  g_assert_cmpuint (lists->len, ==, 0);
  g_assert_true (yeji_store_remove_use_list (fixture->store, list->id, FALSE, NULL));
  yeji_use_list_free (load (fixture, list->id));
}

static void
test_way (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (YejiUseList) list = make_list (fixture);
  g_autoptr (YejiUseList) open = NULL;
  g_autoptr (YejiUseList) used = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_queue_use_list (fixture->store, list->id, TRUE, NULL));
  g_assert_true (yeji_store_note_use_tried (fixture->store, list->id, NULL));
  note_answer (fixture, list->id, "open", ", \"n_lost\": 1");
  open = load (fixture, list->id);
  g_assert_cmpint (open->state, ==, YEJI_USE_OPEN);
  g_assert_cmpstr (open->server_id, ==, THERE);
  g_assert_cmpuint (open->n_lost, ==, 1);
  g_assert_false (yeji_use_list_is_editable (open));
  g_assert_false (yeji_store_save_use_list (fixture->store, open, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);

  note_answer (fixture, NULL, "used", ", \"application\": \"吉建资 1\"");
  used = load (fixture, list->id);
  g_assert_cmpint (used->state, ==, YEJI_USE_USED);
  g_assert_cmpstr (used->application, ==, "吉建资 1");
  g_assert_true (yeji_use_list_is_live (used));
}

/* It was sent and nothing was heard: what it says must not change any more. */
static void
test_tried (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiUseList) list = make_list (fixture);
  g_autoptr (YejiUseList) refused = NULL;
  g_autoptr (YejiUseList) draft = NULL;

  g_assert_true (yeji_store_queue_use_list (fixture->store, list->id, FALSE, NULL));
  g_assert_true (yeji_store_save_use_list (fixture->store, list, NULL));
  g_assert_true (yeji_store_queue_use_list (fixture->store, list->id, FALSE, NULL));
  g_assert_true (yeji_store_note_use_tried (fixture->store, list->id, NULL));
  g_assert_false (yeji_store_save_use_list (fixture->store, list, NULL));
  g_assert_false (yeji_store_remove_use_list (fixture->store, list->id, TRUE, NULL));
  g_assert_false (yeji_store_withdraw_use_list (fixture->store, list->id, NULL));

  g_assert_true (yeji_store_note_use_refused (fixture->store, list->id, TRUE, "已用于清单“甲”。",
                                              NULL));
  refused = load (fixture, list->id);
  g_assert_cmpint (refused->state, ==, YEJI_USE_REFUSED);
  g_assert_true (refused->doubled);
  g_assert_cmpstr (refused->message, ==, "已用于清单“甲”。");
  g_assert_true (yeji_store_save_use_list (fixture->store, list, NULL));
  draft = load (fixture, list->id);
  g_assert_cmpint (draft->state, ==, YEJI_USE_DRAFT);
  g_assert_null (draft->message);
}

static void
test_withdrawn (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiUseList) list = make_list (fixture);
  g_autoptr (YejiUseList) waits = NULL;
  g_autoptr (YejiUseList) back = NULL;

  g_assert_true (yeji_store_queue_use_list (fixture->store, list->id, FALSE, NULL));
  note_answer (fixture, list->id, "open", "");
  g_assert_true (yeji_store_withdraw_use_list (fixture->store, list->id, NULL));
  note_answer (fixture, NULL, "open", "");           /* an answer from before */
  waits = load (fixture, list->id);
  g_assert_cmpint (waits->state, ==, YEJI_USE_WITHDRAWING);
  g_assert_false (yeji_use_list_is_live (waits));
  note_answer (fixture, NULL, "withdrawn", "");
  back = load (fixture, list->id);
  g_assert_cmpint (back->state, ==, YEJI_USE_WITHDRAWN);
}

/* The province told of the list before the answer to it came. */
static void
test_once (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (YejiUseList) list = make_list (fixture);
  g_autoptr (GPtrArray) lists = NULL;

  g_assert_true (yeji_store_queue_use_list (fixture->store, list->id, FALSE, NULL));
  g_assert_true (yeji_store_note_use_tried (fixture->store, list->id, NULL));
  note_answer (fixture, NULL, "open", "");
  note_answer (fixture, list->id, "open", "");
  note_answer (fixture, NULL, "open", "");
  lists = yeji_store_get_use_lists (fixture->store, NULL);
  g_assert_cmpuint (lists->len, ==, 1);
  g_assert_cmpstr (((YejiUseList *) g_ptr_array_index (lists, 0))->id, ==, list->id);
}

static void
test_hostile (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char * const answers[] = {
    "{}", "[]", "7", "{\"id\": 7}",
    "{\"id\": \"x\", \"kind\": \"k\", \"name\": \"n\", \"state\": \"evil\", \"at\": \"2026\"}",
  };
  g_autoptr (YejiUseList) list = make_list (fixture);
  g_autoptr (GPtrArray) lists = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (JsonNode) answer = yeji_json_parse (answers[i], -1, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (yeji_store_note_use_answer (fixture->store, list->id, answer, &error));
      g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
    }
  g_assert_false (yeji_store_note_use_answer (fixture->store, NULL, NULL, NULL));
  lists = yeji_store_get_use_lists (fixture->store, NULL);
  g_assert_cmpuint (lists->len, ==, 1);
}

static void
test_empty (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (YejiUseList) list = yeji_use_list_new ("construction", "空");
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_save_use_list (fixture->store, list, NULL));
  g_assert_false (yeji_store_queue_use_list (fixture->store, list->id, FALSE, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/use-lists/keeps-a-draft-without-a-network", test_draft);
  ADD ("/store/use-lists/follows-a-list-to-its-application", test_way);
  ADD ("/store/use-lists/changes-nothing-that-may-have-arrived", test_tried);
  ADD ("/store/use-lists/takes-a-list-back", test_withdrawn);
  ADD ("/store/use-lists/has-each-list-once", test_once);
  ADD ("/store/use-lists/believes-no-answer-that-is-none", test_hostile);
  ADD ("/store/use-lists/sends-no-list-without-records", test_empty);
  return g_test_run ();
}
