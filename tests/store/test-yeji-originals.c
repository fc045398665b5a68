// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-originals"

#include "config.h"

#include "intake-fixture.h"

#include "yeji-bin-private.h"

#define LARGE "%PDF-1.4 a scan in all its glory"
#define SMALL "%PDF-1.4 small"
#define JPEG "\xff\xd8\xff\xe0JFIF"

static YejiAttachment *
get_only (StoreFixture *fixture,
          YejiRecord   *record)
{
  g_autoptr (GPtrArray) all = NULL;

  all = yeji_store_get_attachments (fixture->store, yeji_record_get_uuid (record), NULL);
  g_assert_cmpuint (all->len, ==, 1);
  return g_object_ref (g_ptr_array_index (all, 0));
}

static void
assert_content (StoreFixture *fixture,
                YejiRecord   *record,
                const char   *content,
                const char   *original)
{
  g_autoptr (YejiAttachment) attachment = get_only (fixture, record);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  g_autofree char *original_sum = NULL;

  if (original != NULL)
    original_sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, original, -1);
  g_assert_cmpstr (yeji_attachment_get_sha256 (attachment), ==, sum);
  g_assert_cmpint (yeji_attachment_get_size (attachment), ==, strlen (content));
  g_assert_cmpstr (yeji_attachment_get_original (attachment), ==, original_sum);
  g_assert_true (intake_has_content (fixture, sum));
  if (original != NULL)
    g_assert_true (intake_has_content (fixture, original_sum));
}

static void
sweep (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n_swept;

  yeji_store_sweep (fixture->store, NULL, TRUE, &n_swept, &error);
  g_assert_no_error (error);
}

static void
shrink (StoreFixture *fixture,
        const char   *id,
        const char   *content)
{
  g_autoptr (GFile) file = intake_write (fixture, "shrunk", content);
  g_autoptr (GError) error = NULL;

  yeji_store_replace_content (fixture->store, id, file, GOOD_FINDINGS, &error);
  g_assert_no_error (error);
}

static void
test_shrink (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (YejiAttachment) after = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  id = intake_take_one (fixture, record, "contract", "a.pdf", LARGE, NULL);
  g_assert_true (yeji_store_set_findings (fixture->store, id, COARSE_FINDINGS, NULL));
  g_assert_true (yeji_store_set_received (fixture->store, id, NULL));
  shrink (fixture, id, SMALL);
  assert_content (fixture, record, SMALL, LARGE);
  attachment = get_only (fixture, record);
  g_assert_cmpstr (yeji_attachment_get_id (attachment), ==, id);
  g_assert_cmpstr (yeji_attachment_get_findings (attachment), ==, GOOD_FINDINGS);
  g_assert_false (yeji_attachment_is_received (attachment));
  sweep (fixture);
  assert_content (fixture, record, SMALL, LARGE);

  /* shrunk again, it keeps what it was at first */
  shrink (fixture, id, JPEG);
  assert_content (fixture, record, JPEG, LARGE);

  g_assert_true (yeji_store_restore_original (fixture->store, id, &error));
  g_assert_no_error (error);
  assert_content (fixture, record, LARGE, NULL);
  after = get_only (fixture, record);
  g_assert_true (yeji_attachment_is_received (after));
  g_assert_cmpstr (yeji_attachment_get_findings (after), ==, COARSE_FINDINGS);
  g_assert_cmpstr (yeji_attachment_get_media_type (after), ==, "application/pdf");
  g_assert_false (yeji_store_restore_original (fixture->store, id, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
}

static void
test_taken_shrunk (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autoptr (GPtrArray) list = intake_list_new ();
  g_autofree char *batch = NULL;
  YejiIncoming *incoming = intake_add (fixture, list, record, "contract", "a.pdf", SMALL);

  incoming->original = intake_write (fixture, "large.pdf", LARGE);
  batch = intake_take (fixture, list);
  assert_content (fixture, record, SMALL, LARGE);
  sweep (fixture);
  assert_content (fixture, record, SMALL, LARGE);
  g_assert_true (yeji_store_restore_original (fixture->store, incoming->id, NULL));
  assert_content (fixture, record, LARGE, NULL);
}

/* A submission that waits was made with what was there then. */
static void
test_submitted (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autofree char *id = intake_take_one (fixture, record, "contract", "a.pdf", LARGE, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, LARGE, -1);
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  yeji_store_queue_submit (fixture->store, yeji_record_get_uuid (record), &error);
  g_assert_no_error (error);
  shrink (fixture, id, SMALL);
  outbox = yeji_store_get_outbox (fixture->store, &error);
  g_assert_no_error (error);
  files = yeji_store_get_submitted_files (fixture->store,
                                          ((YejiOutboxItem *) g_ptr_array_index (outbox, 0))->seq,
                                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (yeji_attachment_get_sha256 (g_ptr_array_index (files, 0)), ==, sum);
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (YejiRecord) record = intake_add_record (fixture, "大桥");
  g_autofree char *id = intake_take_one (fixture, record, "contract", "a.pdf", LARGE, NULL);
  g_autoptr (GFile) foreign = intake_write (fixture, "x", "MZ\x90");
  g_autoptr (GFile) small = intake_write (fixture, "y", SMALL);
  g_autoptr (GError) error = NULL;

  g_assert_false (yeji_store_replace_content (fixture->store, id, foreign, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (yeji_store_replace_content (fixture->store, "nobody", small, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  store_fixture_apply (fixture, store_fixture_answer_new (record, "r1", "in_review",
                                                          "2024-01-01T00:00:00.000Z"), NULL);
  g_assert_false (yeji_store_replace_content (fixture->store, id, small, NULL, &error));
  g_assert_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE);
  assert_content (fixture, record, LARGE, NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const StoreCase cases[] = {
    { "/store/originals/a-shrunk-document-keeps-what-it-was", test_shrink },
    { "/store/originals/what-is-taken-shrunk-keeps-it-too", test_taken_shrunk },
    { "/store/originals/a-submission-keeps-what-it-was-made-with", test_submitted },
    { "/store/originals/what-does-not-fit-changes-nothing", test_refused },
  };

  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
