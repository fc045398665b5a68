// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-epoch.h"
#include "yeji-province-server.h"
#include "yeji-server-backup.h"
#include "yeji-server-fixture.h"
#include "yeji-upload.h"

#define RECORD "/v1/records/" UUID

static char *
get_cursor (Province *self)
{
  g_autoptr (YejiResponse) page = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);

  g_assert_cmpuint (page->status, ==, 200);
  return g_strdup (get_text (page, "next"));
}

static guint
ask_since (Province   *self,
           const char *cursor)
{
  g_autofree char *path = g_strconcat ("/v1/changes?since=", cursor, NULL);
  g_autoptr (YejiResponse) page = province_ask (self, "qiye", "GET", path, NULL, NULL);

  return page->status;
}

/* The contents of the documents that give_documents() only pretends to have. */
static void
write_contents (Province *self)
{
  static const char * const slots[] = {
    "award_notice", "contract", "construction_permit", "acceptance_report",
  };
  g_autoptr (GError) error = NULL;

  yeji_upload_make_groups (self->context->content_dir, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, slots[i], -1);
      g_autofree char *path = yeji_upload_get_content_path (self->context->content_dir, sum);

      g_file_set_contents (path, slots[i], -1, &error);
      g_assert_no_error (error);
    }
}

static void
close_province (Province *self)
{
  yeji_db_close (self->db);
  g_assert_finalize_object (g_steal_pointer (&self->db));
}

static void
open_province (Province *self)
{
  g_autoptr (GError) error = NULL;

  self->db = yeji_server_schema_open (self->dir, &error);
  g_assert_no_error (error);
}

/* As a server's start and end do. */
static void
start_and_end (Province *self)
{
  g_autoptr (GError) error = NULL;
  YejiWitness *witness = yeji_witness_new (self->dir, self->db, &error);

  g_assert_no_error (error);
  yeji_witness_close (witness);
}

static gboolean
run_read (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  return yeji_epoch_read (sql, data, error);
}

static char *
get_epoch (Province *self)
{
  g_auto (YejiEpoch) epoch = { NULL };
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, run_read, &epoch, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&epoch.id);
}

static void
copy_database (Province   *self,
               const char *from,
               const char *to)
{
  g_autofree char *source = g_build_filename (self->dir, from, NULL);
  g_autofree char *copy = g_build_filename (self->dir, to, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &text, &length, NULL));
  g_assert_true (g_file_set_contents (copy, text, (gssize) length, NULL));
}

static void
test_same (Province      *self,
           gconstpointer  data)
{
  g_autofree char *before = get_epoch (self);
  g_autofree char *after = NULL;

  start_and_end (self);
  submit_sample (self);
  start_and_end (self);
  start_and_end (self);
  after = get_epoch (self);
  g_assert_cmpstr (before, ==, after);
}

/* The sample is withdrawn and gets a revision. */
static char *
withdraw_sample (Province *self)
{
  g_autoptr (YejiResponse) response = province_ask (self, "qiye", "POST", RECORD ":withdraw",
                                                    "{\"reason\": \"x\"}", "If-Match", "\"r2\"",
                                                    NULL);

  return g_strdup (yeji_response_get_header (response, "ETag"));
}

/* An administrator copied an old database back, and nobody told the program. */
static void
test_older (Province      *self,
            gconstpointer  data)
{
  g_autofree char *epoch = get_epoch (self);
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;
  g_autoptr (YejiResponse) page = NULL;
  g_autofree char *newer = NULL;

  submit_sample (self);
  close_province (self);
  copy_database (self, "province.db", "old.db");
  open_province (self);
  g_clear_pointer (&cursor, g_free);
  {
    g_autoptr (YejiResponse) response = province_ask (self, "sheng", "POST", RECORD ":return",
                                                      "{\"message\": \"请补正\", \"points\": []}",
                                                      "If-Match", "\"r2\"", NULL);

    g_assert_cmpuint (response->status, ==, 200);
  }
  start_and_end (self);
  cursor = get_cursor (self);
  close_province (self);
  copy_database (self, "old.db", "province.db");
  open_province (self);
  start_and_end (self);

  newer = get_epoch (self);
  g_assert_cmpstr (newer, !=, epoch);
  path = g_strconcat ("/v1/changes?since=", cursor, NULL);
  page = province_ask (self, "qiye", "GET", path, NULL, NULL);
  g_assert_cmpuint (page->status, ==, 410);
  g_assert_nonnull (get_text (page, "restored_at"));

  /* and the next revision is none that may have been given before, also by what it replaced */
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *expected = g_strdup_printf ("\"r%u000000\"", i);
      g_autofree char *tag = withdraw_sample (self);

      g_assert_cmpstr (tag, ==, expected);
      close_province (self);
      copy_database (self, "old.db", "province.db");
      open_province (self);
      start_and_end (self);
    }
}

/* The whole directory was put back, and went its own way beyond where it had been. */
static void
test_another_course (Province      *self,
                     gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *cursor = NULL;

  submit_sample (self);
  before = get_cursor (self);
  close_province (self);
  copy_database (self, "province.db", "old.db");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *message = g_strdup_printf ("{\"message\": \"%u\", \"points\": []}", i);
      g_autoptr (YejiResponse) response = NULL;

      copy_database (self, "old.db", "province.db");
      open_province (self);
      if (i == 0)
        response = province_ask (self, "sheng", "POST", RECORD ":return", message, "If-Match",
                                 "\"r2\"", NULL);
      else
        response = province_ask (self, "qiye", "POST", RECORD ":withdraw", "{\"reason\": \"x\"}",
                                 "If-Match", "\"r2\"", NULL);
      g_assert_cmpuint (response->status, ==, 200);
      if (i == 0)
        cursor = get_cursor (self);
      if (i == 0)
        close_province (self);
    }
  g_assert_cmpuint (ask_since (self, before), ==, 200);
  g_assert_cmpuint (ask_since (self, cursor), ==, 410);
}

static void
test_cursors (Province      *self,
              gconstpointer  data)
{
  g_autofree char *cursor = NULL;
  g_autofree char *epoch = get_epoch (self);
  g_autofree char *earlier = g_strdup_printf ("%s-1", epoch);
  g_autofree char *zero = g_strdup_printf ("%s-0", epoch);
  g_autofree char *ahead = g_strdup_printf ("%s-2", epoch);
  g_autofree char *wrong = g_strdup_printf ("%s-1-000000000000", epoch);
  g_autofree char *mad = g_strdup_printf ("%s-1-1-1-1", epoch);

  submit_sample (self);
  cursor = get_cursor (self);
  g_assert_cmpuint (ask_since (self, cursor), ==, 200);
  g_assert_cmpuint (ask_since (self, earlier), ==, 200);
  g_assert_cmpuint (ask_since (self, zero), ==, 200);
  g_assert_cmpuint (ask_since (self, ahead), ==, 410);
  g_assert_cmpuint (ask_since (self, wrong), ==, 410);
  g_assert_cmpuint (ask_since (self, mad), ==, 410);
}

static void
test_damaged_witness (Province      *self,
                      gconstpointer  data)
{
  static const char * const texts[] = { "", "{", "[]", "{\"epoch\": 5}", "{\"sequence\": \"x\"}" };
  g_autofree char *path = g_build_filename (self->dir, "witness.json", NULL);
  g_autofree char *before = get_epoch (self);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *after = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      start_and_end (self);
      after = get_epoch (self);
      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_backup (Province      *self,
             gconstpointer  data)
{
  g_autofree char *place = yeji_test_dir_new ();
  g_autofree char *backup = g_build_filename (place, "backup.db", NULL);
  g_autofree char *inside = g_build_filename (self->dir, "backup.db", NULL);
  g_autofree char *setting = g_build_filename (self->dir, "offices.json", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *before = get_epoch (self);
  g_autofree char *after = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "contract", -1);
  g_autofree char *content = yeji_upload_get_content_path (self->context->content_dir, sum);
  g_autoptr (YejiResponse) record = NULL;
  g_autoptr (GError) error = NULL;
  guint n_documents = 0;

  g_assert_true (g_file_set_contents (setting, "{}", -1, NULL));
  submit_sample (self);
  write_contents (self);
  g_assert_false (yeji_server_backup_make (self->dir, inside, &n_documents, &error));
  g_clear_error (&error);
  yeji_server_backup_make (self->dir, backup, &n_documents, &error);   /* while it is open */
  g_assert_no_error (error);
  g_assert_cmpuint (n_documents, ==, 4);
  g_assert_false (yeji_server_backup_make (self->dir, backup, &n_documents, &error));
  g_clear_error (&error);

  {
    g_autoptr (YejiResponse) response = province_ask (self, "sheng", "POST", RECORD ":return",
                                                      "{\"message\": \"请补正\", \"points\": []}",
                                                      "If-Match", "\"r2\"", NULL);

    g_assert_cmpuint (response->status, ==, 200);
  }
  cursor = get_cursor (self);
  close_province (self);
  g_assert_cmpint (g_remove (content), ==, 0);
  g_assert_cmpint (g_remove (setting), ==, 0);
  yeji_server_backup_restore (self->dir, backup, &aside, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (content, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (setting, G_FILE_TEST_EXISTS));

  open_province (self);
  after = get_epoch (self);
  g_assert_cmpstr (before, !=, after);
  start_and_end (self);
  g_clear_pointer (&before, g_free);
  before = get_epoch (self);
  g_assert_cmpstr (before, ==, after);
  record = province_ask (self, "qiye", "GET", RECORD, NULL, NULL);
  g_assert_cmpstr (get_text (record, "state"), ==, "submitted");
  g_assert_cmpuint (ask_since (self, cursor), ==, 410);
  yeji_test_dir_remove (place);
}

/* One backup, over what was made of it before. */
static void
test_same_backup (Province      *self,
                  gconstpointer  data)
{
  g_autofree char *place = yeji_test_dir_new ();
  g_autofree char *backup = g_build_filename (place, "backup.db", NULL);
  g_autoptr (GError) error = NULL;
  guint n_documents;

  submit_sample (self);
  write_contents (self);
  yeji_server_backup_make (self->dir, backup, &n_documents, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *expected = g_strdup_printf ("\"r%u000000\"", i);
      g_autofree char *aside = NULL;
      g_autofree char *tag = NULL;

      close_province (self);
      yeji_server_backup_restore (self->dir, backup, &aside, &error);
      g_assert_no_error (error);
      open_province (self);
      start_and_end (self);
      tag = withdraw_sample (self);
      g_assert_cmpstr (tag, ==, expected);
    }
  yeji_test_dir_remove (place);
}

static void
test_refused_restores (Province      *self,
                       gconstpointer  data)
{
  g_autofree char *place = yeji_test_dir_new ();
  g_autofree char *backup = g_build_filename (place, "backup.db", NULL);
  g_autofree char *nothing = g_build_filename (place, "nothing.db", NULL);
  g_autofree char *rubbish = g_build_filename (place, "rubbish.db", NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "contract", -1);
  g_autofree char *content = yeji_upload_get_content_path (self->context->content_dir, sum);
  g_autofree char *files = g_strconcat (backup, YEJI_SERVER_BACKUP_FILES, NULL);
  g_autofree char *copies = g_build_filename (files, "files", NULL);
  g_autofree char *copy = yeji_upload_get_content_path (copies, sum);
  g_autofree char *before = get_epoch (self);
  g_autofree char *after = NULL;
  const char *paths[] = { nothing, rubbish, backup };
  g_autoptr (GError) error = NULL;
  guint n_documents;

  submit_sample (self);
  write_contents (self);
  g_assert_true (g_file_set_contents (rubbish, "no database", -1, NULL));
  yeji_server_backup_make (self->dir, backup, &n_documents, &error);
  g_assert_no_error (error);
  close_province (self);
  g_assert_cmpint (g_remove (content), ==, 0);
  g_assert_cmpint (g_remove (copy), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *aside = NULL;

      g_assert_false (yeji_server_backup_restore (self->dir, paths[i], &aside, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  open_province (self);
  after = get_epoch (self);
  g_assert_cmpstr (before, ==, after);
  yeji_test_dir_remove (place);
}

static void
test_not_under_a_server (Province      *self,
                         gconstpointer  data)
{
  g_autofree char *place = yeji_test_dir_new ();
  g_autofree char *backup = g_build_filename (place, "backup.db", NULL);
  g_autofree char *aside = NULL;
  g_autoptr (YejiProvinceServer) server = NULL;
  g_autoptr (GError) error = NULL;
  guint n_documents;

  yeji_server_backup_make (self->dir, backup, &n_documents, &error);
  g_assert_no_error (error);
  server = yeji_province_server_new (self->dir, &fixture_settings, &error);
  g_assert_no_error (error);
  g_assert_false (yeji_server_backup_restore (self->dir, backup, &aside, &error));
  g_assert_nonnull (error);
  yeji_province_server_close (server);
  yeji_test_dir_remove (place);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/epoch/a-start-is-no-new-epoch", test_same);
  ADD ("/server/epoch/an-older-database-is-noticed", test_older);
  ADD ("/server/epoch/another-course-forgets-the-cursor", test_another_course);
  ADD ("/server/epoch/cursors", test_cursors);
  ADD ("/server/epoch/a-witness-that-says-nothing", test_damaged_witness);
  ADD ("/server/epoch/a-backup-brings-all-of-it-back", test_backup);
  ADD ("/server/epoch/a-backup-comes-back-again-and-again", test_same_backup);
  ADD ("/server/epoch/what-is-no-backup-is-refused", test_refused_restores);
  ADD ("/server/epoch/not-under-a-running-server", test_not_under_a_server);
  return g_test_run ();
}
