// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-relist.h"

#include "sync-fixture.h"
#include "yeji-healing-words.h"
#include "yeji-notice.h"
#include "yeji-transfer-store.h"
#include "yeji-withdrawal.h"

#include <string.h>

#define MOST_TRIES 8

/* The program dies, and is started again: what it knows is what it had written down. */
static void
crash (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->province);
  yeji_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  fixture->store = yeji_store_open (fixture->dir, fixture->dictionary, &error);
  g_assert_no_error (error);
  fixture->province = yeji_province_new (fixture->store, &error);
  g_assert_no_error (error);
}

/* Whatever made it wait is over. */
static void
hurry (SyncFixture *fixture)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);

  for (guint i = 0; i < outbox->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      yeji_store_note_attempt (fixture->store, item->seq, 0, NULL, NULL);
    }
}

static guint
sync_until_done (SyncFixture *fixture,
                 gboolean     crashes)
{
  guint tries = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;

      tries++;
      g_assert_cmpuint (tries, <=, MOST_TRIES);
      if (sync_fixture_cycle (fixture, NULL, &error) && sync_fixture_get_n_queued (fixture) == 0)
        return tries;
      if (crashes)
        crash (fixture);
      hurry (fixture);
    }
}

static guint
count_submissions (SyncFixture *fixture,
                   const char  *uuid)
{
  const FakeRecord *record = fake_province_find (fixture->fake, uuid);

  return record != NULL && g_str_equal (record->state, "submitted") ? record->n_submissions : 0;
}

/* Each request is lost on its way, or its answer is, or it breaks in the middle; and the program
 * may die of it. The province has one submission, with the very content, and it is known here. */
static void
test_every_step (SyncFixture   *fixture,
                 gconstpointer  data)
{
  static const char * const requests[] = {
    "PUT *", "POST /v1/files:have", "POST /v1/files", "POST *:submit", "GET /v1/changes",
  };
  static const FakeFault faults[] = { FAKE_HANG_UP, FAKE_LOSE_ANSWER, FAKE_INTERNAL,
                                      FAKE_CAPTIVE_AFTER };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      for (guint crashes = 0; crashes < 2; crashes++)
        {
          g_autofree char *name = g_strdup_printf ("工程%u-%u-%u", i, j, crashes);
          g_autofree char *filename = g_strdup_printf ("%u-%u-%u.pdf", i, j, crashes);
          g_autofree char *uuid = sync_fixture_add (fixture, name);
          g_autofree char *sum = sync_fixture_attach (fixture, uuid, filename, 500);
          FakeRecord *record;

          g_test_message ("%s, fault %u, %s", requests[i], faults[j], crashes ? "dies" : "lives");
          sync_fixture_queue (fixture, uuid);
          fake_province_plan (fixture->fake, requests[i], faults[j], 1);
          sync_until_done (fixture, crashes);
          record = fake_province_find (fixture->fake, uuid);
          g_assert_cmpuint (count_submissions (fixture, uuid), ==, 1);
          g_assert_cmpuint (record->revision, ==, 1);
          g_assert_nonnull (strstr (record->body, name));
          g_assert_true (g_hash_table_contains (record->held, sum));
          g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
        }
}

/* What it had acknowledged is gone; the cursor says so. */
static void
test_restored (SyncFixture   *fixture,
               gconstpointer  data)
{
  g_autofree char *kept = sync_fixture_add (fixture, "一号楼");
  g_autofree char *lost = sync_fixture_add (fixture, "二号楼");
  g_autofree char *sum = sync_fixture_attach (fixture, lost, "one.pdf", 1000);
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  g_autofree char *words = NULL;

  sync_fixture_queue (fixture, kept);
  sync_fixture_queue (fixture, lost);
  sync_until_done (fixture, FALSE);
  body = g_strdup (fake_province_find (fixture->fake, lost)->body);
  g_hash_table_remove (fixture->fake->records, lost);
  fixture->fake->epoch++;
  sync_until_done (fixture, FALSE);

  g_assert_cmpuint (count_submissions (fixture, lost), ==, 1);
  g_assert_cmpuint (count_submissions (fixture, kept), ==, 1);
  g_assert_cmpstr (fake_province_find (fixture->fake, lost)->body, ==, body);
  g_assert_true (g_hash_table_contains (fake_province_find (fixture->fake, lost)->held, sum));
  g_assert_cmpint (sync_fixture_get_state (fixture, lost), ==, YEJI_STATE_SUBMITTED);
  notices = yeji_store_list_notices (fixture->store, NULL);
  g_assert_cmpuint (notices->len, ==, 1);
  words = yeji_healing_words (((YejiNotice *) g_ptr_array_index (notices, 0))->kind,
                              ((YejiNotice *) g_ptr_array_index (notices, 0))->details);
  g_assert_nonnull (strstr (words, "二号楼"));
  g_assert_null (strstr (words, "一号楼"));
}

/* It died before the changes told of the submission, and so may the province. */
static void
test_lost_before_it_was_listed (SyncFixture   *fixture,
                                gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_CAPTIVE, 1);
  g_assert_false (sync_fixture_cycle (fixture, NULL, &error));
  g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
  g_hash_table_remove (fixture->fake->records, uuid);
  crash (fixture);
  sync_until_done (fixture, FALSE);
  g_assert_cmpuint (count_submissions (fixture, uuid), ==, 1);
}

/* The answer to the submission is lost, and then all that it told of: record and documents, which
 * had been sent once, go again. */
static void
test_lost_with_its_documents (SyncFixture   *fixture,
                              gconstpointer  data)
{
  for (guint crashes = 0; crashes < 2; crashes++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      g_autofree char *sum = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
      g_autoptr (GError) error = NULL;

      sync_fixture_queue (fixture, uuid);
      fake_province_plan (fixture->fake, "POST *:submit", FAKE_LOSE_ANSWER, 1);
      while (fake_province_count (fixture->fake, "POST *:submit") == crashes * 2)
        {
          sync_fixture_cycle (fixture, NULL, NULL);
          hurry (fixture);
        }
      g_hash_table_remove (fixture->fake->records, uuid);
      fixture->fake->epoch++;
      if (crashes)
        {
          fake_province_plan (fixture->fake, "POST /v1/files:have", FAKE_HANG_UP, 1);
          g_assert_false (sync_fixture_cycle (fixture, NULL, &error));
          crash (fixture);
        }
      sync_until_done (fixture, FALSE);
      g_assert_cmpuint (count_submissions (fixture, uuid), ==, 1);
      g_assert_true (g_hash_table_contains (fake_province_find (fixture->fake, uuid)->held, sum));
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
    }
}

/* As a change tells it. */
static void
return_here (SyncFixture      *fixture,
             const FakeRecord *record)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (
    (GDestroyNotify) yeji_answer_free);
  YejiAnswer *answer = yeji_answer_new ();
  g_autoptr (GError) error = NULL;

  answer->uuid = g_strdup (record->uuid);
  answer->revision = g_strdup_printf ("r%u", record->revision);
  answer->state = g_strdup ("returned");
  answer->at = g_strdup ("2026-01-02T03:04:05.000Z");
  g_ptr_array_add (answers, answer);
  g_assert_true (yeji_store_apply_answers (fixture->store, answers, "c", &error));
}

/* Before the submission, and after the record that it is of. */
static void
go_back (FakeProvince *fake,
         const char   *request,
         gpointer      data)
{
  FakeRecord *record = data;

  if (!g_str_has_suffix (request, ":submit"))
    return;
  fake->hook = NULL;
  g_free (record->body);
  record->body = g_steal_pointer (&record->key);
  record->revision--;
  fake->epoch++;
}

/* What it has then is older than what it took a moment before: it is not merged into what was typed
 * since, and the submission comes all the same. */
static void
test_restored_between (SyncFixture   *fixture,
                       gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "先前的名称");
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  FakeRecord *record;

  sync_fixture_queue (fixture, uuid);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
  record = fake_province_find (fixture->fake, uuid);
  g_free (record->state);
  record->state = g_strdup ("returned");
  return_here (fixture, record);
  /* where the hook finds it */
  g_free (record->key);
  record->key = g_strdup (record->body);
  sync_fixture_edit (fixture, uuid, "后来的名称");
  sync_fixture_queue (fixture, uuid);
  fixture->fake->hook = go_back;
  fixture->fake->hook_data = record;
  sync_until_done (fixture, FALSE);
  name = sync_fixture_get_name (fixture, uuid);
  g_assert_cmpstr (name, ==, "后来的名称");
  g_assert_nonnull (strstr (record->body, "后来的名称"));
  g_assert_cmpuint (record->n_submissions, ==, 2);
}

/* Healing itself is broken off at every request, and goes on. */
static void
test_healing_is_resumed (SyncFixture   *fixture,
                         gconstpointer  data)
{
  static const char * const requests[] = {
    "GET /v1/changes", "GET /v1/records/*", "PUT *", "POST /v1/files:have", "POST /v1/files",
    "POST *:submit",
  };
  static const FakeFault faults[] = { FAKE_HANG_UP, FAKE_LOSE_ANSWER, FAKE_CAPTIVE };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *filename = g_strdup_printf ("%u-%u.pdf", i, j);
        g_autofree char *uuid = sync_fixture_add (fixture, filename);
        g_autofree char *sum = sync_fixture_attach (fixture, uuid, filename, 500);

        g_test_message ("%s, fault %u", requests[i], faults[j]);
        sync_fixture_queue (fixture, uuid);
        sync_until_done (fixture, FALSE);
        g_hash_table_remove (fixture->fake->records, uuid);
        fixture->fake->epoch++;
        fake_province_plan (fixture->fake, requests[i], faults[j], 1);
        for (guint tries = 0; tries < 4; tries++)
          {
            sync_fixture_cycle (fixture, NULL, NULL);
            crash (fixture);
            hurry (fixture);
          }
        g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
        g_assert_cmpuint (count_submissions (fixture, uuid), ==, 1);
        g_assert_true (g_hash_table_contains (fake_province_find (fixture->fake, uuid)->held, sum));
      }
}

/* Only a clear word of the province counts for a loss. */
static void
test_an_unclear_answer_is_no_loss (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  static const FakeFault faults[] = { FAKE_CAPTIVE, FAKE_EMPTY, FAKE_INTERNAL, FAKE_TRUNCATED,
                                      FAKE_GONE, FAKE_THROTTLE };
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");

  sync_fixture_queue (fixture, uuid);
  sync_until_done (fixture, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->fake->epoch = 1;
      fake_province_plan (fixture->fake, "GET /v1/records/*", faults[i], 1);
      g_assert_false (sync_fixture_cycle (fixture, NULL, &error));
      g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
    }
}

static void
test_reduced (void)
{
  static const struct { const char *uuid, *revision, *state, *content, *record; } changes[] = {
    { "a", "r1", "submitted", "r1", NULL }, { "b", "r1", "submitted", "r1", NULL },
    { "a", "r2", "submitted", "r2", "{}" }, { "d", "r2", "returned", "r2", "{}" },
    { "a", "r3", "returned", "r2", NULL }, { "c", "r1", "submitted", "r1", NULL },
    { "d", "r3", "submitted", "r3", NULL },   /* what was decided was written anew */
    { "e", "r1", "submitted", "r1", NULL }, { "e", "r2", "returned", "r1", NULL },
    { "e", "r3", "submitted", "r3", NULL }, { "e", "r4", "returned", "r3", NULL },
    { "e", "r5", "returned", "r5", NULL },    /* written twice after it was returned */
    { "e", "r6", "returned", "r6", NULL },
  };
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  g_autoptr (GPtrArray) reduced = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      YejiAnswer *answer = yeji_answer_new ();

      answer->uuid = g_strdup (changes[i].uuid);
      answer->revision = g_strdup (changes[i].revision);
      answer->state = g_strdup (changes[i].state);
      answer->content = g_strdup (changes[i].content);
      answer->record = g_strdup (changes[i].record);
      g_ptr_array_add (all, answer);
    }
  reduced = yeji_relist_reduce (all);
  for (guint i = 0; i < reduced->len; i++)
    {
      const YejiAnswer *answer = g_ptr_array_index (reduced, i);

      g_string_append_printf (text, "%s %s %s;", answer->uuid, answer->revision,
                              answer->record != NULL ? answer->record : "-");
    }
  g_assert_cmpstr (text->str, ==, "b r1 -;a r3 {};c r1 -;d r3 -;e r4 -;e r6 -;");
}

/* The clerk goes on typing while the first answer is on its way, and it never comes. */
static void
test_an_earlier_one_is_ours (SyncFixture   *fixture,
                             gconstpointer  data)
{
  static const struct
  {
    const char *request;
    guint n_refused;           /* of the newer one, as the earlier is under review */
    const char *there;
  } answers[] = {
    { "PUT *", 0, "后来的名称" },
    { "POST *:submit", 1, "先前的名称" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "先前的名称");
      g_autoptr (YejiReceipt) receipt = NULL;
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;
      YejiSyncReport report;

      g_test_message ("%s", answers[i].request);
      sync_fixture_queue (fixture, uuid);
      fake_province_plan (fixture->fake, answers[i].request, FAKE_CAPTIVE_AFTER, 1);
      g_assert_false (sync_fixture_cycle (fixture, NULL, &error));
      g_clear_error (&error);
      sync_fixture_edit (fixture, uuid, "后来的名称");
      sync_fixture_queue (fixture, uuid);
      crash (fixture);
      hurry (fixture);
      sync_fixture_cycle (fixture, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report.submitted, ==, 1);
      g_assert_cmpuint (report.refused, ==, answers[i].n_refused);
      g_assert_cmpuint (count_submissions (fixture, uuid), ==, 1);
      g_assert_nonnull (strstr (fake_province_find (fixture->fake, uuid)->body, answers[i].there));
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
      receipt = yeji_store_get_receipt (fixture->store, uuid, &error);
      g_assert_no_error (error);
      g_assert_nonnull (receipt);
      entry = yeji_store_get_entry (fixture->store, uuid, NULL);
      g_assert_cmpuint (yeji_entry_get_n_conflicts (entry), ==, 0);
      name = sync_fixture_get_name (fixture, uuid);
      g_assert_cmpstr (name, ==, "后来的名称");
    }
}

typedef struct
{
  const char *uuid;
} Withdrawal;

static gboolean
withdraw (SyncFixture   *fixture,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Withdrawal *withdrawal = data;

  return yeji_withdrawal_run (fixture->store, withdrawal->uuid, "合同有误", cancellable, error);
}

/* A withdrawal whose request or answer is lost is made again. */
static void
test_withdrawn_once (SyncFixture   *fixture,
                     gconstpointer  data)
{
  static const FakeFault faults[] = { FAKE_NONE, FAKE_HANG_UP, FAKE_LOSE_ANSWER, FAKE_CAPTIVE,
                                      FAKE_INTERNAL, FAKE_EMPTY };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      Withdrawal withdrawal = { uuid };
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_test_message ("fault %u", faults[i]);
      sync_fixture_queue (fixture, uuid);
      g_assert_false (sync_fixture_run (fixture, withdraw, &withdrawal, NULL, &error));
      g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
      g_clear_error (&error);
      sync_until_done (fixture, FALSE);
      fake_province_plan (fixture->fake, "POST *:withdraw", faults[i], 1);
      done = sync_fixture_run (fixture, withdraw, &withdrawal, NULL, NULL);
      g_assert_true (done == (faults[i] == FAKE_NONE));
      if (!done)
        {
          g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
          sync_fixture_run (fixture, withdraw, &withdrawal, NULL, &error);
          g_assert_no_error (error);
        }
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_WITHDRAWN);
      g_assert_cmpuint (fake_province_find (fixture->fake, uuid)->revision, ==, 2);

      sync_fixture_edit (fixture, uuid, "改过的名称");
      sync_fixture_queue (fixture, uuid);
      sync_until_done (fixture, FALSE);
      g_assert_cmpuint (count_submissions (fixture, uuid), ==, 2);
    }
}

/* A province that has forgotten the key, and a record that was returned meanwhile: what was under
 * review once is not submitted a second time by itself. */
static void
test_a_forgotten_key (SyncFixture   *fixture,
                      gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;
  FakeRecord *record;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST *:submit", FAKE_CAPTIVE_AFTER, 1);
  g_assert_false (sync_fixture_cycle (fixture, NULL, NULL));
  record = fake_province_find (fixture->fake, uuid);
  g_clear_pointer (&record->key, g_free);
  g_free (record->state);
  record->state = g_strdup ("returned");
  record->revision++;
  for (guint i = 0; i < 3; i++)
    {
      crash (fixture);
      hurry (fixture);
      sync_fixture_cycle (fixture, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (record->n_submissions, ==, 1);
  g_assert_cmpstr (record->state, ==, "returned");
}

/* The outbox is sent before the changes tell of the restore. */
static void
test_an_older_one_is_replaced (SyncFixture   *fixture,
                               gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "先前的名称");
  Withdrawal withdrawal = { uuid };
  g_autofree char *older = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  FakeRecord *record;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  sync_until_done (fixture, FALSE);
  record = fake_province_find (fixture->fake, uuid);
  older = g_strdup (record->body);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("第 %u 次改", i + 1);

      sync_fixture_run (fixture, withdraw, &withdrawal, NULL, &error);
      g_assert_no_error (error);
      sync_fixture_edit (fixture, uuid, name);
      sync_fixture_queue (fixture, uuid);
      if (i == 0)
        sync_until_done (fixture, FALSE);
    }
  g_free (record->body);
  record->body = g_steal_pointer (&older);
  record->revision = 1;
  fixture->fake->epoch++;
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpuint (report.refused, ==, 0);
  g_assert_nonnull (strstr (record->body, "第 2 次改"));
  entry = yeji_store_get_entry (fixture->store, uuid, NULL);
  g_assert_cmpuint (yeji_entry_get_n_conflicts (entry), ==, 0);
  g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/relist/what-counts-of-each-records-changes", test_reduced);
  sync_test_add ("/sync/relist/every-step-may-be-lost-and-happens-once", test_every_step);
  sync_test_add ("/sync/relist/what-the-province-lost-goes-again", test_restored);
  sync_test_add ("/sync/relist/what-was-lost-before-it-was-listed",
                 test_lost_before_it_was_listed);
  sync_test_add ("/sync/relist/what-was-lost-with-its-documents", test_lost_with_its_documents);
  sync_test_add ("/sync/relist/what-was-lost-between-two-requests", test_restored_between);
  sync_test_add ("/sync/relist/healing-goes-on-where-it-broke", test_healing_is_resumed);
  sync_test_add ("/sync/relist/an-unclear-answer-is-no-loss", test_an_unclear_answer_is_no_loss);
  sync_test_add ("/sync/relist/what-a-newer-one-replaced-is-known-as-ours",
                 test_an_earlier_one_is_ours);
  sync_test_add ("/sync/relist/a-forgotten-key-submits-nothing-twice", test_a_forgotten_key);
  sync_test_add ("/sync/relist/an-older-one-makes-room", test_an_older_one_is_replaced);
  sync_test_add ("/sync/relist/a-withdrawal-happens-once", test_withdrawn_once);
  return g_test_run ();
}
