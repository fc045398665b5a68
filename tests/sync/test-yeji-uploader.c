// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-uploader.h"

#include "sync-fixture.h"

#define MEGABYTE (1024 * 1024)

static YejiAttachment *
get_attachment (SyncFixture *fixture,
                const char  *uuid)
{
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (fixture->store, uuid, NULL);

  return g_object_ref (g_ptr_array_index (attachments, 0));
}

static gboolean
is_received (SyncFixture *fixture,
             const char  *uuid)
{
  g_autoptr (YejiAttachment) attachment = get_attachment (fixture, uuid);

  return yeji_attachment_is_received (attachment);
}

/* The next cycle is not kept from it by the record's back-off. */
static void
make_due (SyncFixture *fixture)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (fixture->store, NULL);

  for (guint i = 0; i < outbox->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      yeji_store_note_attempt (fixture->store, item->seq, 0, NULL, NULL);
    }
}

static void
assert_submitted (SyncFixture *fixture,
                  const char  *uuid,
                  const char  *sha256)
{
  g_autoptr (GError) error = NULL;

  make_due (fixture);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_SUBMITTED);
  g_assert_true (g_hash_table_contains (fake_province_find (fixture->fake, uuid)->held, sha256));
  g_assert_true (is_received (fixture, uuid));
}

static void
test_sends_a_small_file_in_one_request (SyncFixture   *fixture,
                                        gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "small.pdf", 2 * MEGABYTE);

  sync_fixture_queue (fixture, uuid);
  assert_submitted (fixture, uuid, sha256);
  g_assert_cmpuint (fake_province_count (fixture->fake, "POST /v1/files"), ==, 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 0);
}

static void
test_sends_a_large_file_in_pieces (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 9 * MEGABYTE);

  sync_fixture_queue (fixture, uuid);
  assert_submitted (fixture, uuid, sha256);
  /* a megabyte to see what the line does, and what is left as fast as it may go */
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 3);
  g_assert_cmpuint (fake_province_count (fixture->fake, "HEAD *"), ==, 0);
  g_assert_cmpuint (fake_province_count (fixture->fake, "OPTIONS *"), ==, 1);
  g_assert_cmpuint (fixture->fake->n_sums, ==, 3);
  g_assert_cmpint (fixture->fake->n_bytes, ==, 9 * MEGABYTE);
}

static void
test_goes_on_where_it_ended (SyncFixture   *fixture,
                             gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 9 * MEGABYTE);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_LOSE_ANSWER, 1);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  rows = yeji_store_list_transfers (fixture->store, uuid, NULL);
  g_assert_cmpstr (((YejiTransferRow *) g_ptr_array_index (rows, 0))->url, ==, "/v1/files/u1");
  g_assert_false (is_received (fixture, uuid));

  assert_submitted (fixture, uuid, sha256);
  g_assert_cmpuint (g_hash_table_size (fixture->fake->uploads), ==, 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "HEAD *"), ==, 1);
  g_assert_cmpint (fixture->fake->n_bytes, ==, 9 * MEGABYTE);
}

static void
test_believes_a_lost_last_answer_only_when_asked (SyncFixture   *fixture,
                                                  gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 3 * MEGABYTE);
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_NONE, 1);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_LOSE_ANSWER, 1);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_false (is_received (fixture, uuid));
  assert_submitted (fixture, uuid, sha256);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 2);
}

static void
test_recovers_from_a_province_that_errs (SyncFixture   *fixture,
                                         gconstpointer  data)
{
  static const struct
  {
    const char *request;
    FakeFault fault;
  } cases[] = {
    { "PATCH *", FAKE_CONFLICT },
    { "PATCH *", FAKE_WRONG_OFFSET },
    { "PATCH *", FAKE_GONE },
    { "PATCH *", FAKE_CHECKSUM },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 9 * MEGABYTE);

      sync_fixture_queue (fixture, uuid);
      fake_province_plan (fixture->fake, cases[i].request, FAKE_NONE, 1);
      fake_province_plan (fixture->fake, cases[i].request, cases[i].fault, 1);
      assert_submitted (fixture, uuid, sha256);
    }
}

static void
test_goes_on_when_the_end_did_not_arrive (SyncFixture   *fixture,
                                          gconstpointer  data)
{
  static const struct
  {
    const char *request;
    FakeFault fault;
    gsize size;
  } cases[] = {
    { "POST /v1/files", FAKE_KEEP_HALF, MEGABYTE },
    { "PATCH *", FAKE_KEEP_HALF, 3 * MEGABYTE },
    { "PATCH *", FAKE_WRONG_OFFSET, 3 * MEGABYTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "file.pdf", cases[i].size);

      sync_fixture_queue (fixture, uuid);
      if (cases[i].size > 2 * MEGABYTE)
        fake_province_plan (fixture->fake, cases[i].request, FAKE_NONE, 1);
      fake_province_plan (fixture->fake, cases[i].request, cases[i].fault, 1);
      assert_submitted (fixture, uuid, sha256);
    }
}

static void
test_takes_an_unproved_end_for_none (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 3 * MEGABYTE);
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_NONE, 1);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_LOSE_SUM, 1);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  assert_submitted (fixture, uuid, sha256);
  g_assert_cmpuint (g_hash_table_size (fixture->fake->uploads), ==, 2);
}

static void
test_starts_anew_when_the_upload_expired (SyncFixture   *fixture,
                                          gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 5 * MEGABYTE);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  YejiTransferRow *row;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_HANG_UP, 1);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  rows = yeji_store_list_transfers (fixture->store, NULL, NULL);
  row = g_ptr_array_index (rows, 0);
  g_free (row->url);
  row->url = g_strdup ("/v1/files/old");
  yeji_store_note_transfer (fixture->store, row, NULL);
  assert_submitted (fixture, uuid, sha256);
  g_assert_cmpuint (fake_province_count (fixture->fake, "HEAD /v1/files/old"), ==, 1);
}

static void
test_gives_up_on_a_province_that_cannot_count (SyncFixture   *fixture,
                                               gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 5 * MEGABYTE);
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_CONFLICT, G_MAXUINT);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY);
  g_assert_cmpint (sync_fixture_get_state (fixture, uuid), ==, YEJI_STATE_QUEUED);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), <, 12);
  g_assert_false (is_received (fixture, uuid));
}

static void
test_never_uploads_elsewhere (SyncFixture   *fixture,
                              gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "large.pdf", 5 * MEGABYTE);
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST /v1/files", FAKE_ELSEWHERE, 1);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_false (is_received (fixture, uuid));
}

static void
test_does_not_send_a_changed_file (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  static const char * const contents[] = { "short", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
      g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
      g_autoptr (GFile) file = yeji_store_get_file (fixture->store, sha256);
      g_autoptr (GError) error = NULL;
      YejiSyncReport report;

      sync_fixture_queue (fixture, uuid);
      g_file_delete (file, NULL, NULL);
      if (contents[i] != NULL)
        g_assert_true (g_file_replace_contents (file, contents[i], 5, NULL, FALSE,
                                                G_FILE_CREATE_NONE, NULL, NULL, NULL));
      sync_fixture_cycle (fixture, &report, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report.refused, ==, 1);
      g_assert_cmpuint (report.submitted, ==, 0);
      g_assert_cmpuint (fake_province_count (fixture->fake, "POST /v1/files"), ==, 0);
      g_assert_false (is_received (fixture, uuid));
      g_file_delete (file, NULL, NULL);
    }
}

static void
test_finds_a_damaged_file_when_the_sum_is_wrong (SyncFixture   *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  g_autoptr (GFile) file = yeji_store_get_file (fixture->store, sha256);
  g_autofree char *content = g_strnfill (1000, 'x');
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  sync_fixture_queue (fixture, uuid);
  g_file_delete (file, NULL, NULL);
  g_assert_true (g_file_replace_contents (file, content, 1000, NULL, FALSE, G_FILE_CREATE_NONE,
                                          NULL, NULL, NULL));
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.refused, ==, 1);
  g_assert_false (is_received (fixture, uuid));
}

static void
test_skips_what_the_province_has (SyncFixture   *fixture,
                                  gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, "one.pdf", 1000);
  g_autoptr (GError) error = NULL;

  sync_fixture_queue (fixture, uuid);
  fake_province_plan (fixture->fake, "POST *:submit", FAKE_INTERNAL, 1);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
  assert_submitted (fixture, uuid, sha256);
  g_assert_cmpuint (fake_province_count (fixture->fake, "POST /v1/files"), ==, 1);
}

static void
test_sends_many_files_of_a_record (SyncFixture   *fixture,
                                   gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;
  YejiSyncReport report;

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);
      g_autofree char *sha256 = sync_fixture_attach (fixture, uuid, name, 1000 + 300000 * i);
    }
  sync_fixture_queue (fixture, uuid);
  fake_province_expire (fixture->fake);
  sync_fixture_cycle (fixture, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.files, ==, 9);
  g_assert_cmpuint (g_hash_table_size (fake_province_find (fixture->fake, uuid)->held), ==, 9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/uploader/sends-a-small-file-in-one-request",
                 test_sends_a_small_file_in_one_request);
  sync_test_add ("/sync/uploader/sends-a-large-file-in-pieces", test_sends_a_large_file_in_pieces);
  sync_test_add ("/sync/uploader/goes-on-where-it-ended", test_goes_on_where_it_ended);
  sync_test_add ("/sync/uploader/believes-a-lost-last-answer-only-when-asked",
                 test_believes_a_lost_last_answer_only_when_asked);
  sync_test_add ("/sync/uploader/recovers-from-a-province-that-errs",
                 test_recovers_from_a_province_that_errs);
  sync_test_add ("/sync/uploader/goes-on-when-the-end-did-not-arrive",
                 test_goes_on_when_the_end_did_not_arrive);
  sync_test_add ("/sync/uploader/takes-an-unproved-end-for-none",
                 test_takes_an_unproved_end_for_none);
  sync_test_add ("/sync/uploader/starts-anew-when-the-upload-expired",
                 test_starts_anew_when_the_upload_expired);
  sync_test_add ("/sync/uploader/gives-up-on-a-province-that-cannot-count",
                 test_gives_up_on_a_province_that_cannot_count);
  sync_test_add ("/sync/uploader/never-uploads-elsewhere", test_never_uploads_elsewhere);
  sync_test_add ("/sync/uploader/does-not-send-a-changed-file", test_does_not_send_a_changed_file);
  sync_test_add ("/sync/uploader/finds-a-damaged-file-when-the-sum-is-wrong",
                 test_finds_a_damaged_file_when_the_sum_is_wrong);
  sync_test_add ("/sync/uploader/skips-what-the-province-has", test_skips_what_the_province_has);
  sync_test_add ("/sync/uploader/sends-many-files-of-a-record", test_sends_many_files_of_a_record);
  return g_test_run ();
}
