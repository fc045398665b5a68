// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-store-receipts"

#include "config.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-receipt-store.h"
#include "yeji-transfer-store.h"

#define T1 "2026-01-02T03:04:05.000Z"
#define T2 "2026-01-02T03:04:06.000Z"
#define SUM "1111111111111111111111111111111111111111111111111111111111111111"

static YejiRecord *
save_sample (StoreFixture *fixture)
{
  YejiRecord *record = store_fixture_read_sample (fixture->dictionary);

  store_fixture_save (fixture, record, 0);
  return record;
}

/* As the engine does, with what the province signed. */
static void
submit (StoreFixture *fixture,
        YejiRecord   *record,
        const char   *at,
        const char   *receipt,
        gboolean      complete)
{
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (YejiAnswer) answer = store_fixture_answer_new (record, "r1", "submitted", at);
  g_autoptr (GError) error = NULL;
  const YejiOutboxItem *item;

  answer->receipt = g_strdup (receipt);
  answer->receipt_complete = complete;
  g_assert_true (yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error));
  outbox = yeji_store_get_outbox (fixture->store, NULL);
  item = g_ptr_array_index (outbox, 0);
  g_assert_true (yeji_store_note_pushed (fixture->store, item->uuid, item->seq, "r1", &error));
  g_assert_true (yeji_store_note_submitted (fixture->store, item->uuid, item->seq, answer,
                                            &error));
  g_assert_no_error (error);
}

static void
note (StoreFixture *fixture,
      const char   *uuid,
      const char   *at,
      const char   *text,
      gboolean      complete)
{
  const YejiReceiptNote receipt = {
    .uuid = uuid, .submitted_at = at, .revision = "r1", .record_sha256 = SUM, .files = "[]",
    .text = text, .complete = complete,
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_note_receipt (fixture->store, &receipt, &error));
  g_assert_no_error (error);
}

static void
assert_text (StoreFixture *fixture,
             const char   *uuid,
             const char   *text)
{
  g_autoptr (YejiReceipt) receipt = yeji_store_get_receipt (fixture->store, uuid, NULL);

  g_assert_nonnull (receipt);
  g_assert_cmpstr (receipt->text, ==, text);
}

static guint
count_unproven (StoreFixture *fixture)
{
  g_auto (GStrv) list = yeji_store_list_unproven (fixture->store, 10, NULL);

  return g_strv_length (list);
}

static void
test_keeps_what_came_with_the_answer (StoreFixture  *fixture,
                                      gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autofree char *body = yeji_record_to_text (record);
  g_autofree char *sent = NULL;

  sent = yeji_store_load_submitted (fixture->store, uuid, NULL);
  g_assert_null (sent);
  submit (fixture, record, T1, "{\"one\": 1}", TRUE);
  assert_text (fixture, uuid, "{\"one\": 1}");
  g_assert_cmpuint (count_unproven (fixture), ==, 0);
  /* personal numbers are sealed where it lies, and not in what was sent */
  sent = yeji_store_load_submitted (fixture->store, uuid, NULL);
  g_assert_cmpstr (sent, ==, body);
}

/* More replaces less, never the other way round; what was asked for in vain is not asked again. */
static void
test_takes_the_one_that_says_more (StoreFixture  *fixture,
                                   gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);

  submit (fixture, record, T1, NULL, FALSE);
  assert_text (fixture, uuid, NULL);
  g_assert_cmpuint (count_unproven (fixture), ==, 1);
  g_assert_true (yeji_store_note_no_receipt (fixture->store, uuid, NULL));
  assert_text (fixture, uuid, NULL);
  g_assert_cmpuint (count_unproven (fixture), ==, 0);

  note (fixture, uuid, T1, "{\"early\": 1}", FALSE);
  assert_text (fixture, uuid, "{\"early\": 1}");
  note (fixture, uuid, T1, "{\"late\": 1}", TRUE);
  assert_text (fixture, uuid, "{\"late\": 1}");
  note (fixture, uuid, T1, "{\"early\": 1}", FALSE);
  assert_text (fixture, uuid, "{\"late\": 1}");
  g_assert_true (yeji_store_note_no_receipt (fixture->store, uuid, NULL));
  assert_text (fixture, uuid, "{\"late\": 1}");
}

/* Of what another computer submitted, and of what is not here. */
static void
test_takes_those_of_others (StoreFixture  *fixture,
                            gconstpointer  data)
{
  g_autoptr (YejiRecord) record = save_sample (fixture);
  const char *uuid = yeji_record_get_uuid (record);
  g_autoptr (YejiReceipt) none = NULL;
  g_autoptr (GError) error = NULL;

  note (fixture, uuid, T2, "{\"other\": 1}", TRUE);
  assert_text (fixture, uuid, "{\"other\": 1}");
  note (fixture, "00000000-0000-4000-8000-000000000000", T2, "{}", TRUE);
  none = yeji_store_get_receipt (fixture->store, "00000000-0000-4000-8000-000000000000", &error);
  g_assert_null (none);
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)
  ADD ("/store/receipts/are-kept-with-the-answer", test_keeps_what_came_with_the_answer);
  ADD ("/store/receipts/are-replaced-by-what-says-more", test_takes_the_one_that_says_more);
  ADD ("/store/receipts/are-taken-of-what-others-submitted", test_takes_those_of_others);
  return g_test_run ();
}
