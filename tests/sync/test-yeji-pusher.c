// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-pusher.h"

#include "sync-fixture.h"
#include "yeji-transfer-store.h"
#include "yeji-take-back.h"

#include <string.h>

typedef struct
{
  SyncFixture *fixture;
  const char *uuid;
  const char *trigger;
  gboolean queue;
} Typist;

static void
test_brings_a_record_to_the_province (SyncFixture   *fixture,
                                      gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *one = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  g_autofree char *two = sync_fixture_attach (fixture, uuid, "two.pdf", 2000);
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;
  FakeRecord *record;

  sync_fixture_queue (fixture, uuid);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpuint (report.files, ==, 2);
  g_assert_cmpuint (report.refused, ==, 0);

  record = fake_province_find (fixture->fake, uuid);
  g_assert_cmpstr (record->state, ==, "submitted");
  g_assert_nonnull (strstr (record->body, "一号楼"));
  g_assert_nonnull (strstr (record->files, one));
  g_assert_nonnull (strstr (record->files, two));
  g_assert_true (g_hash_table_contains (record->held, one));
  g_assert_true (g_hash_table_contains (record->held, two));
  g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
}

/* Every step's answer is lost in turn, twice over; the province ends up with one submission. */
static void
test_finds_done_what_was_done (SyncFixture   *fixture,
                               gconstpointer  data)
{
  static const char * const steps[] = {
    "PUT *", "POST /v1/files:have", "POST /v1/files", "POST *:submit",
  };
  static const char * const names[] = { "put.pdf", "have.pdf", "file.pdf", "submit.pdf" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, steps[i]);
      g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, names[i], 1000);
      g_autoptr (GError) error = NULL;
      YejiSyncReport report;
      guint tries = 0;

      sync_fixture_queue (fixture, uuid);
      fake_province_plan (fixture->fake, steps[i], FAKE_LOSE_ANSWER, 3);
      do
        {
          g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);
          const YejiOutboxItem *item = g_ptr_array_index (outbox, 0);

          yeji_store_note_attempt (fixture->store, item->seq, 0, NULL, NULL);
          g_clear_error (&error);
          sync_fixture_cycle (fixture, &report, &error);
        }
      while (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE) && tries++ < 5);

      g_assert_no_error (error);
      g_assert_cmpuint (report.submitted, ==, 1);
      g_assert_cmpuint (tries, >, 0);
      g_assert_cmpstr (fake_province_find (fixture->fake, uuid)->state, ==, "submitted");
      g_assert_cmpuint (fake_province_find (fixture->fake, uuid)->revision, ==, 1);
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
    }
}

static void
test_refusals_stay_with_their_record (SyncFixture   *fixture,
                                      gconstpointer  data)
{
  static const struct
  {
    const char *request;
    FakeFault fault;
    const char *message;
    guint n_points;
  } cases[] = {
    { "POST */%s:submit", FAKE_INVALID, "title of invalid\none place", 1 },
    { "POST */%s:submit", FAKE_MISSING, "title of missing-documents", 1 },
    { "POST */%s:submit", FAKE_STATE, "title of state", 0 },
    { "PUT *", FAKE_STATE, "title of state", 0 },
    { "PUT *", FAKE_INVALID, "title of invalid\none place", 1 },
    { "POST /v1/files", FAKE_INVALID, "one.pdf: title of invalid\none place", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad = sync_fixture_add (fixture, "坏");
      g_autofree char *good = sync_fixture_add (fixture, "好");
      g_autofree char *sha256 = sync_fixture_attach (fixture, bad, "one.pdf", 1000);
      g_autofree char *request = g_strdup_printf (cases[i].request, bad);
      g_autoptr (YejiEntry) entry = NULL;
      g_autoptr (GError) error = NULL;
      YejiSyncReport report;

      sync_fixture_queue (fixture, bad);
      sync_fixture_queue (fixture, good);
      fake_province_plan (fixture->fake, request, cases[i].fault, 1);
      sync_fixture_cycle (fixture, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report.refused, ==, 1);
      g_assert_cmpuint (report.submitted, ==, 1);
      g_assert_cmpint (sync_fixture_get_state (fixture, good), ==, YEJI_STATE_SUBMITTED);
      g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);

      entry = yeji_store_get_entry (fixture->store, bad, NULL);
      g_assert_cmpstr (yeji_entry_get_message (entry), ==, cases[i].message);
      g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, cases[i].n_points);
    }
}

static void
test_submits_again_after_a_refusal (SyncFixture   *fixture,
                                    gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST *:submit", FAKE_INVALID, 1);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 1);

  sync_fixture_edit (fixture, uuid, "二号楼");
  sync_fixture_queue (fixture, uuid);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpuint (fake_province_find (fixture->fake, uuid)->revision, ==, 2);
}

/* What another computer of the enterprise makes of a record at the province. */
static void
write_there (FakeRecord *record,
             const char *before,
             const char *after)
{
  g_auto (GStrv) parts = g_strsplit (record->body, before, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_free (record->body);
  record->body = g_strjoinv (after, parts);
  record->revision = 40;
}

/* A record that was brought there and is not submitted yet, here with another name, there as
 * another computer left it. */
static FakeRecord *
change_on_both (SyncFixture *fixture,
                const char  *uuid,
                const char  *before,
                const char  *after)
{
  g_autoptr (GError) error = NULL;
  FakeRecord *record;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST *:submit", FAKE_HANG_UP, 1);
  sync_fixture_cycle (fixture, &report, &error);
  g_clear_error (&error);
  record = fake_province_find (fixture->fake, uuid);
  write_there (record, before, after);
  sync_fixture_edit (fixture, uuid, "二号楼");
  sync_fixture_queue (fixture, uuid);
  return record;
}

static void
test_another_hand_makes_it_stale (SyncFixture   *fixture,
                                  gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  FakeRecord *record = change_on_both (fixture, uuid, "一号楼", "三号楼");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  YejiSyncReport report;

  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 1);
  g_assert_null (strstr (record->body, "二号楼"));
  entry = yeji_store_get_entry (fixture->store, uuid, NULL);
  g_assert_cmpuint (yeji_entry_get_n_conflicts (entry), ==, 1);
  g_assert_nonnull (strstr (yeji_entry_get_message (entry), "computer"));
}

static void
test_another_hand_elsewhere_is_merged (SyncFixture   *fixture,
                                       gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  FakeRecord *record = change_on_both (fixture, uuid, "\"PrjName\"",
                                       "\"Address\":\"他处所填\",\"PrjName\"");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 0);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_nonnull (strstr (record->body, "二号楼"));
  g_assert_nonnull (strstr (record->body, "他处所填"));
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
}

static void
test_what_another_hand_submitted_is_told (SyncFixture   *fixture,
                                          gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  FakeRecord *record = change_on_both (fixture, uuid, "\"PrjName\"",
                                       "\"Address\":\"他处所填\",\"PrjName\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = NULL;
  g_autofree char *name = NULL;
  YejiSyncReport report;

  g_free (record->state);
  record->state = g_strdup ("submitted");
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 1);
  entry = yeji_store_get_entry (fixture->store, uuid, NULL);
  g_assert_cmpuint (yeji_entry_get_n_conflicts (entry), ==, 0);
  g_assert_nonnull (strstr (yeji_entry_get_message (entry), "submitted"));
  name = sync_fixture_get_name (fixture, uuid);
  g_assert_cmpstr (name, ==, "二号楼");
}

/* The submission was taken and its answer lost; it was returned, and another computer mended it. */
static void
test_a_lost_answer_comes_behind_another_hand (SyncFixture   *fixture,
                                              gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;
  FakeRecord *record;
  GString *body;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST *:submit", FAKE_LOSE_ANSWER, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) waiting = yeji_store_get_outbox (fixture->store, NULL);
      const YejiOutboxItem *item = g_ptr_array_index (waiting, 0);

      yeji_store_note_attempt (fixture->store, item->seq, 0, NULL, NULL);
      sync_fixture_cycle (fixture, &report, NULL);
      record = fake_province_find (fixture->fake, uuid);
      if (record->n_submissions == 1)
        break;
    }
  g_assert_cmpuint (record->n_submissions, ==, 1);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 1);

  body = g_string_new (record->body);
  g_string_replace (body, "一号楼", "三号楼", 0);
  g_free (record->body);
  record->body = g_string_free (body, FALSE);
  record->revision += 2;
  g_free (record->state);
  record->state = g_strdup ("returned");
  g_ptr_array_set_size (fixture->fake->faults, 0);

  outbox = yeji_store_get_outbox (fixture->store, NULL);
  yeji_store_note_attempt (fixture->store,
                           ((YejiOutboxItem *) g_ptr_array_index (outbox, 0))->seq, 0, NULL, NULL);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 0);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpuint (record->n_submissions, ==, 1);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
}

/* Edited while it is on its way again: what is merged shall be looked at. */
static void
edit_there (FakeProvince *fake,
            const char   *request,
            gpointer      data)
{
  SyncFixture *fixture = data;
  g_autoptr (GPtrArray) outbox = NULL;

  if (!g_str_has_prefix (request, "PUT "))
    return;
  outbox = yeji_store_get_outbox (fixture->store, NULL);
  fake->hook = NULL;
  sync_fixture_edit (fixture, ((YejiOutboxItem *) g_ptr_array_index (outbox, 0))->uuid, "四号楼");
}

static void
test_what_was_typed_since_does_not_go_by_itself (SyncFixture   *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  FakeRecord *record = change_on_both (fixture, uuid, "\"PrjName\"",
                                       "\"Address\":\"他处所填\",\"PrjName\"");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  fixture->fake->hook = edit_there;
  fixture->fake->hook_data = fixture;
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 1);
  g_assert_null (strstr (record->body, "四号楼"));
}

static void
test_creates_what_the_province_lost (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST *:submit", FAKE_INVALID, 1);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_hash_table_remove_all (fixture->fake->records);

  sync_fixture_queue (fixture, uuid);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
}

static void
type (FakeProvince *fake,
      const char   *request,
      gpointer      data)
{
  Typist *typist = data;

  if (!g_pattern_match_simple (typist->trigger, request))
    return;
  fake->hook = NULL;
  sync_fixture_edit (typist->fixture, typist->uuid, "改过的名称");
  if (typist->queue)
    sync_fixture_queue (typist->fixture, typist->uuid);
}

static void
test_an_edit_during_the_upload_survives (SyncFixture   *fixture,
                                         gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  Typist typist = { fixture, uuid, "POST /v1/files", FALSE };
  g_autoptr (YejiEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  fixture->fake->hook = type;
  fixture->fake->hook_data = &typist;
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);

  name = sync_fixture_get_name (fixture, uuid);
  g_assert_cmpstr (name, ==, "改过的名称");
  g_assert_nonnull (strstr (fake_province_find (fixture->fake, uuid)->body, "一号楼"));
  entry = yeji_store_get_entry (fixture->store, uuid, NULL);
  g_assert_true (yeji_entry_get_edited_since (entry));
}

typedef struct
{
  SyncFixture *fixture;
  const char *uuids[2];
  gboolean taken[2];
} Regret;

static void
regret (FakeProvince *fake,
        const char   *request,
        gpointer      data)
{
  Regret *self = data;

  if (!g_pattern_match_simple ("PUT *", request))
    return;
  fake->hook = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (self->uuids); i++)
    yeji_store_take_back (self->fixture->store, self->uuids[i], &self->taken[i], NULL);
}

/* Both are taken back while the first is on its way: it is too late for that one alone. */
static void
test_what_is_taken_back_is_not_sent (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *first = sync_fixture_add (fixture, "一号楼");
  g_autofree char *second = sync_fixture_add (fixture, "二号楼");
  Regret self = { fixture, { first, second } };
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, first);
  sync_fixture_queue (fixture, second);
  fixture->fake->hook = regret;
  fixture->fake->hook_data = &self;
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_false (self.taken[0]);
  g_assert_true (self.taken[1]);
  g_assert_nonnull (fake_province_find (fixture->fake, first));
  g_assert_null (fake_province_find (fixture->fake, second));
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
}

/* What waits for its files is not submitted yet: the newer one takes its place. */
static void
test_what_is_queued_during_the_upload_is_submitted (SyncFixture   *fixture,
                                                    gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  Typist typist = { fixture, uuid, "POST /v1/files", TRUE };
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  fixture->fake->hook = type;
  fixture->fake->hook_data = &typist;
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
  g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
  g_assert_nonnull (strstr (fake_province_find (fixture->fake, uuid)->body, "改过的名称"));
  g_assert_cmpuint (fake_province_count (fixture->fake, "POST /v1/files"), ==, 1);
}

static void
test_what_is_queued_during_the_submission_stays_queued (SyncFixture   *fixture,
                                                        gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  Typist typist = { fixture, uuid, "POST *:submit", TRUE };
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  fixture->fake->hook = type;
  fixture->fake->hook_data = &typist;
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 1);
}

static gint64
get_pause (SyncFixture *fixture)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);
  const YejiOutboxItem *item = g_ptr_array_index (outbox, 0);

  return item->next_attempt - g_get_real_time () / G_USEC_PER_SEC;
}

static void
test_a_failing_record_lets_the_others_pass (SyncFixture   *fixture,
                                            gconstpointer  data)
{
  g_autofree char *bad = sync_fixture_add (fixture, "坏");
  g_autofree char *good = sync_fixture_add (fixture, "好");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, bad);
  sync_fixture_queue (fixture, good);
  fake_province_plan (fixture->fake, "PUT *", FAKE_INTERNAL, 1);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpuint (report.refused, ==, 0);
  g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 1);
  g_assert_cmpint (get_pause (fixture), >, 0);
  g_assert_cmpint (get_pause (fixture), <=, 6);

  /* not its turn yet */
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.submitted, ==, 0);
}

static void
test_throttling_is_obeyed (SyncFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *one = sync_fixture_add (fixture, "一");
  g_autofree char *two = sync_fixture_add (fixture, "二");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, one);
  sync_fixture_queue (fixture, two);
  fake_province_plan (fixture->fake, "PUT *", FAKE_THROTTLE, 1);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PUT *"), ==, 1);
  g_assert_cmpint (get_pause (fixture), >=, 98);
}

static void
test_silence_ends_the_cycle (SyncFixture   *fixture,
                             gconstpointer  data)
{
  g_autofree char *one = sync_fixture_add (fixture, "一");
  g_autofree char *two = sync_fixture_add (fixture, "二");
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, one);
  sync_fixture_queue (fixture, two);
  fake_province_plan (fixture->fake, "PUT *", FAKE_CAPTIVE, G_MAXUINT);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PUT *"), ==, 1);
  /* it was not the record's fault */
  g_assert_cmpint (get_pause (fixture), <=, 0);
}

static void
test_a_record_that_breaks_the_line_waits (SyncFixture   *fixture,
                                          gconstpointer  data)
{
  g_autofree char *bad = sync_fixture_add (fixture, "坏");
  g_autofree char *good = sync_fixture_add (fixture, "好");
  g_autofree char *sha256 = sync_fixture_attach (fixture, bad, "one.pdf", 1000);
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, bad);
  sync_fixture_queue (fixture, good);
  fake_province_plan (fixture->fake, "POST /v1/files", FAKE_HANG_UP, G_MAXUINT);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpuint (report.submitted, ==, 1);
  g_assert_cmpint (sync_fixture_get_state (fixture, good), ==, YEJI_STATE_SUBMITTED);
  g_assert_cmpint (sync_fixture_get_state (fixture, bad), ==, YEJI_STATE_QUEUED);
}

static void
test_a_half_answer_is_none (SyncFixture   *fixture,
                            gconstpointer  data)
{
  static const struct
  {
    const char *request;
    FakeFault fault;
  } cases[] = {
    { "PUT *", FAKE_NO_ETAG },
    { "PUT *", FAKE_REDIRECT },
    { "POST /v1/files:have", FAKE_EMPTY },
    { "POST *:submit", FAKE_EMPTY },
    { "POST *:submit", FAKE_NOT_JSON },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
      g_autoptr (GError) error = NULL;

      sync_fixture_queue (fixture, uuid);
      fake_province_plan (fixture->fake, cases[i].request, cases[i].fault, 1);
      sync_fixture_cycle (fixture, NULL, &error);
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_QUEUED);
      g_ptr_array_set_size (fixture->fake->faults, 0);
    }
}

static void
test_due_is_when_its_time_has_come (void)
{
  YejiOutboxItem item = { 0 };

  g_assert_true (yeji_pusher_is_due (&item, 1000));
  item.next_attempt = 1000;
  g_assert_true (yeji_pusher_is_due (&item, 1000));
  item.next_attempt = 1600;
  g_assert_false (yeji_pusher_is_due (&item, 1000));
  /* the clock was years ahead when it was noted */
  item.next_attempt = 100000000;
  g_assert_true (yeji_pusher_is_due (&item, 1000));
}

/* Another computer announced a document and is still sending it, when the record is returned. What
 * is submitted from here lists it, and waits for it, unless documents may follow. */
static void
test_awaits_what_others_send (SyncFixture   *fixture,
                              gconstpointer  data)
{
  for (guint follow = 0; follow < 2; follow++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                            follow ? "a" : "b", -1);
      g_autoptr (YejiRecord) record = yeji_store_load (fixture->store, uuid, NULL);
      g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (
        (GDestroyNotify) yeji_answer_free);
      YejiAnswer *answer = yeji_answer_new ();
      FakeRecord *fake;
      g_autoptr (GError) error = NULL;

      sync_fixture_queue (fixture, uuid);
      sync_fixture_cycle (fixture, NULL, &error);
      g_assert_no_error (error);
      fake = fake_province_find (fixture->fake, uuid);
      g_free (fake->state);
      fake->state = g_strdup ("returned");
      answer->uuid = g_strdup (uuid);
      answer->revision = g_strdup_printf ("r%u", fake->revision);
      answer->state = g_strdup ("returned");
      answer->at = g_strdup ("2026-01-02T03:04:05.000Z");
      answer->record = yeji_record_to_text (record);
      answer->files = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_province_file_free);
      g_ptr_array_add (answer->files,
                       yeji_province_file_new ("contract", sum, "late.pdf", NULL, 0));
      g_ptr_array_add (answers, answer);
      g_assert_true (yeji_store_apply_answers (fixture->store, answers, "c", &error));

      sync_fixture_edit (fixture, uuid, "二号楼");
      g_assert_true (follow ? yeji_store_queue_submit_following (fixture->store, uuid, &error)
                            : yeji_store_queue_submit (fixture->store, uuid, &error));
      sync_fixture_cycle (fixture, NULL, NULL);
      g_assert_cmpuint (fake_province_count (fixture->fake, "POST /v1/files"), ==, 0);
      if (!follow)
        {
          g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);
          const YejiOutboxItem *item = g_ptr_array_index (outbox, 0);

          g_assert_nonnull (strstr (item->message, "still sending"));
          g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_QUEUED);
          g_hash_table_add (fake->held, g_strdup (sum));
          yeji_store_note_attempt (fixture->store, item->seq, 0, NULL, NULL);
          sync_fixture_cycle (fixture, NULL, &error);
          g_assert_no_error (error);
        }
      g_assert_cmpuint (sync_fixture_get_n_queued (fixture), ==, 0);
      g_assert_cmpuint (fake->n_submissions, ==, 2);
      g_assert_nonnull (strstr (fake->files, sum));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/pusher/brings-a-record-to-the-province",
                 test_brings_a_record_to_the_province);
  sync_test_add ("/sync/pusher/finds-done-what-was-done", test_finds_done_what_was_done);
  sync_test_add ("/sync/pusher/refusals-stay-with-their-record",
                 test_refusals_stay_with_their_record);
  sync_test_add ("/sync/pusher/submits-again-after-a-refusal", test_submits_again_after_a_refusal);
  sync_test_add ("/sync/pusher/another-hand-makes-it-stale", test_another_hand_makes_it_stale);
  sync_test_add ("/sync/pusher/another-hand-elsewhere-is-merged",
                 test_another_hand_elsewhere_is_merged);
  sync_test_add ("/sync/pusher/what-another-hand-submitted-is-told",
                 test_what_another_hand_submitted_is_told);
  sync_test_add ("/sync/pusher/a-lost-answer-comes-behind-another-hand",
                 test_a_lost_answer_comes_behind_another_hand);
  sync_test_add ("/sync/pusher/what-was-typed-since-does-not-go-by-itself",
                 test_what_was_typed_since_does_not_go_by_itself);
  sync_test_add ("/sync/pusher/creates-what-the-province-lost",
                 test_creates_what_the_province_lost);
  sync_test_add ("/sync/pusher/an-edit-during-the-upload-survives",
                 test_an_edit_during_the_upload_survives);
  sync_test_add ("/sync/pusher/what-is-taken-back-is-not-sent",
                 test_what_is_taken_back_is_not_sent);
  sync_test_add ("/sync/pusher/what-is-queued-during-the-upload-is-submitted",
                 test_what_is_queued_during_the_upload_is_submitted);
  sync_test_add ("/sync/pusher/what-is-queued-during-the-submission-stays-queued",
                 test_what_is_queued_during_the_submission_stays_queued);
  sync_test_add ("/sync/pusher/a-failing-record-lets-the-others-pass",
                 test_a_failing_record_lets_the_others_pass);
  sync_test_add ("/sync/pusher/throttling-is-obeyed", test_throttling_is_obeyed);
  sync_test_add ("/sync/pusher/silence-ends-the-cycle", test_silence_ends_the_cycle);
  sync_test_add ("/sync/pusher/a-record-that-breaks-the-line-waits",
                 test_a_record_that_breaks_the_line_waits);
  sync_test_add ("/sync/pusher/awaits-what-others-send", test_awaits_what_others_send);
  sync_test_add ("/sync/pusher/a-half-answer-is-none", test_a_half_answer_is_none);
  g_test_add_func ("/sync/pusher/due-is-when-its-time-has-come",
                   test_due_is_when_its_time_has_come);
  return g_test_run ();
}
