// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-puller.h"

#include "sync-fixture.h"

static gboolean
pull (SyncFixture   *fixture,
      gpointer       count,
      GCancellable  *cancellable,
      GError       **error)
{
  return yeji_puller_pull (fixture->store, fixture->province, count, cancellable, error);
}

static guint
pull_all (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint count = 0;

  sync_fixture_run (fixture, pull, &count, NULL, &error);
  g_assert_no_error (error);
  return count;
}

static void
assert_cursor (SyncFixture *fixture,
               const char  *expected)
{
  g_autofree char *cursor = yeji_store_get_setting (fixture->store, YEJI_PULLER_CURSOR, NULL);

  g_assert_cmpstr (cursor, ==, expected);
}

static void
test_brings_the_reviewers_word (SyncFixture   *fixture,
                                gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (YejiEntry) entry = NULL;
  YejiPoint *point;

  fake_province_decide (fixture->fake, uuid, "submitted", NULL);
  fake_province_decide (fixture->fake, uuid, "returned", NULL);
  g_assert_cmpuint (pull_all (fixture), ==, 2);
  assert_cursor (fixture, "e-2");

  entry = yeji_store_get_entry (fixture->store, uuid, NULL);
  g_assert_cmpint (yeji_entry_get_state (entry), ==, YEJI_STATE_RETURNED);
  g_assert_cmpstr (yeji_entry_get_revision (entry), ==, "r51");
  g_assert_cmpstr (yeji_entry_get_office (entry), ==, "示例审批处");
  g_assert_cmpuint (yeji_entry_get_points (entry)->len, ==, 1);
  point = g_ptr_array_index (yeji_entry_get_points (entry), 0);
  g_assert_cmpstr (point->pointer, ==, "/project/PrjName");
  g_assert_cmpstr (point->comment, ==, "名称不全");

  g_assert_cmpuint (pull_all (fixture), ==, 0);
}

static void
test_brings_the_provinces_record (SyncFixture   *fixture,
                                  gconstpointer  data)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf ("{\"uuid\": \"%s\", \"role\": \"construction\","
                                           " \"project\": {\"PrjName\": \"省里的\"}}", uuid);
  g_autofree char *name = NULL;

  fake_province_decide (fixture->fake, uuid, "approved", body);
  g_assert_cmpuint (pull_all (fixture), ==, 1);
  name = sync_fixture_get_name (fixture, uuid);
  g_assert_cmpstr (name, ==, "省里的");
}

static void
test_reads_every_page (SyncFixture   *fixture,
                       gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");

  fixture->fake->page_size = 2;
  for (guint i = 0; i < 5; i++)
    fake_province_decide (fixture->fake, uuid, "submitted", NULL);
  g_assert_cmpuint (pull_all (fixture), ==, 5);
  assert_cursor (fixture, "e-5");
}

static void
test_keeps_the_pages_before_a_failure (SyncFixture   *fixture,
                                       gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;
  guint count = 0;

  fixture->fake->page_size = 2;
  for (guint i = 0; i < 5; i++)
    fake_province_decide (fixture->fake, uuid, "submitted", NULL);
  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_NONE, 1);
  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_TRUNCATED, 1);
  sync_fixture_run (fixture, pull, &count, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpuint (count, ==, 2);
  assert_cursor (fixture, "e-2");
  g_assert_cmpuint (pull_all (fixture), ==, 3);
}

static void
test_starts_again_when_the_cursor_is_forgotten (SyncFixture   *fixture,
                                                gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");

  fake_province_decide (fixture->fake, uuid, "submitted", NULL);
  g_assert_cmpuint (pull_all (fixture), ==, 1);
  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_GONE, 1);
  g_assert_cmpuint (pull_all (fixture), ==, 1);
  assert_cursor (fixture, "e-1");
}

static void
test_does_not_start_again_for_ever (SyncFixture   *fixture,
                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint count = 0;

  pull_all (fixture);
  fake_province_plan (fixture->fake, "GET /v1/changes", FAKE_GONE, G_MAXUINT);
  sync_fixture_run (fixture, pull, &count, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED);
  g_assert_cmpuint (fake_province_count (fixture->fake, "GET /v1/changes"), ==, 3);
}

static void
test_takes_nothing_of_a_bad_page (SyncFixture   *fixture,
                                  gconstpointer  data)
{
  static const char * const changes[] = {
    "7", "{}",
    "{\"uuid\": \"../../etc\", \"revision\": \"r1\", \"state\": \"approved\", \"at\": \"x\"}",
    "{\"uuid\": \"6f1c2d3e-4a5b-4c6d-8e7f-102030405001\", \"state\": \"approved\", \"at\": \"x\"}",
    "{\"uuid\": \"6f1c2d3e-4a5b-4c6d-8e7f-102030405001\", \"revision\": 1, \"state\": \"approved\","
    " \"at\": \"x\"}",
  };
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");

  fake_province_decide (fixture->fake, uuid, "approved", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      guint count = 0;

      g_ptr_array_set_size (fixture->fake->changes, 1);
      g_ptr_array_add (fixture->fake->changes, g_strdup (changes[i]));
      sync_fixture_run (fixture, pull, &count, NULL, &error);
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
      assert_cursor (fixture, NULL);
      g_assert_cmpint (sync_fixture_get_state (fixture, uuid), !=, YEJI_STATE_APPROVED);
    }
}

static void
test_does_not_follow_a_cursor_that_stands_still (SyncFixture   *fixture,
                                                 gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autoptr (GError) error = NULL;
  guint count = 0;

  pull_all (fixture);
  fake_province_decide (fixture->fake, uuid, "submitted", NULL);
  fixture->fake->page_size = 0;
  sync_fixture_run (fixture, pull, &count, NULL, &error);
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpuint (fake_province_count (fixture->fake, "GET /v1/changes"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/puller/brings-the-reviewer-s-word", test_brings_the_reviewers_word);
  sync_test_add ("/sync/puller/brings-the-province-s-record", test_brings_the_provinces_record);
  sync_test_add ("/sync/puller/reads-every-page", test_reads_every_page);
  sync_test_add ("/sync/puller/keeps-the-pages-before-a-failure",
                 test_keeps_the_pages_before_a_failure);
  sync_test_add ("/sync/puller/starts-again-when-the-cursor-is-forgotten",
                 test_starts_again_when_the_cursor_is_forgotten);
  sync_test_add ("/sync/puller/does-not-start-again-for-ever", test_does_not_start_again_for_ever);
  sync_test_add ("/sync/puller/takes-nothing-of-a-bad-page", test_takes_nothing_of_a_bad_page);
  sync_test_add ("/sync/puller/does-not-follow-a-cursor-that-stands-still",
                 test_does_not_follow_a_cursor_that_stands_still);
  return g_test_run ();
}
