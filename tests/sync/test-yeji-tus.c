// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-tus-batch.h"

#include "sync-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#define MEGABYTE (1024 * 1024)

/* A file outside of any profile, sent to the fake province by the client alone. */
typedef struct
{
  SyncFixture *fixture;
  char *path;
  char *metadata;
  char *sha256;                /* (nullable): what the client is told of it */
  gsize piece;
  gboolean careful;
  char *url;                   /* where it was begun */
  gint64 offset;               /* the last one that was acknowledged */
  guint n_offsets;
  guint n_confirmed;
  gsize n_counted;
} Sample;

static YejiReply *
send_request (gpointer               line,
              const YejiTusRequest  *request,
              GCancellable          *cancellable,
              GError               **error)
{
  return yeji_province_upload (line, request, cancellable, error);
}

static char *
localise (gpointer    line,
          const char *location)
{
  return yeji_province_localise (line, location);
}

static const YejiTusLine line = { send_request, localise };

static gboolean
note_url (const char  *url,
          gpointer     data,
          GError     **error)
{
  Sample *sample = data;

  g_free (sample->url);
  sample->url = g_strdup (url);
  return TRUE;
}

static void
note_offset (gint64   offset,
             gpointer data)
{
  Sample *sample = data;

  sample->offset = offset;
  sample->n_offsets++;
}

static gboolean
confirm (gboolean      *held,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ((Sample *) data)->n_confirmed++;
  *held = TRUE;
  return TRUE;
}

static void
count (gsize    n_bytes,
       gpointer data)
{
  ((Sample *) data)->n_counted += n_bytes;
}

static gboolean
run_send (SyncFixture   *fixture,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Sample *sample = data;
  g_autoptr (YejiTus) tus = yeji_tus_new (&line, fixture->province, "/v1/files");
  g_autoptr (GFile) file = g_file_new_for_path (sample->path);
  YejiTusFile tus_file = {
    .file = file,
    .name = "sample.pdf",
    .size = -1,
    .sha256 = sample->sha256,
    .metadata = sample->metadata,
    .careful = sample->careful,
    .url = g_strdup (sample->url),
    .pacer = { NULL, count, sample },
    .note_url = note_url,
    .note_offset = note_offset,
    .confirm = confirm,
    .data = sample,
  };
  gboolean sent;

  yeji_tus_set_piece (tus, sample->piece);
  sent = yeji_tus_send (tus, &tus_file, cancellable, error);
  g_free (tus_file.url);
  return sent;
}

static gboolean
send (Sample       *sample,
      GCancellable *cancellable,
      GError      **error)
{
  return sync_fixture_run (sample->fixture, run_send, sample, cancellable, error);
}

/* The fake province keeps files of records alone. */
static void
sample_init (Sample      *self,
             SyncFixture *fixture,
             gsize        size)
{
  g_autofree char *uuid = sync_fixture_add (fixture, "一号楼");
  g_autofree char *content = g_malloc (size + 1);
  g_autofree char *sum = NULL;
  g_autoptr (GError) error = NULL;
  guint32 seed = (guint32) size;

  for (gsize i = 0; i < size; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      content[i] = (char) (seed >> 24);
    }
  sync_fixture_queue (fixture, uuid);
  sync_fixture_cycle (fixture, NULL, &error);
  g_assert_no_error (error);
  *self = (Sample) { .fixture = fixture };
  self->path = g_build_filename (fixture->dir, "sample.pdf", NULL);
  g_file_set_contents (self->path, content, (gssize) size, &error);
  g_assert_no_error (error);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, size);
  self->metadata = yeji_metadata_print ("record", uuid, "slot", "contract", "sha256", sum,
                                        "filename", "sample.pdf", "filetype", "application/pdf",
                                        NULL);
  g_ptr_array_set_size (fixture->fake->requests, 0);
}

static void
sample_clear (Sample *self)
{
  g_free (self->path);
  g_free (self->metadata);
  g_free (self->sha256);
  g_free (self->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static void
test_does_what_the_server_can (SyncFixture   *fixture,
                               gconstpointer  data)
{
  static const struct
  {
    const char *extensions;
    const char *algorithms;
    gsize size;
    guint n_posts_with_body;
    guint n_sums;
  } cases[] = {
    { "creation", "", MEGABYTE, 0, 0 },
    { "", "", 3 * MEGABYTE, 0, 0 },
    { "creation,creation-with-upload", "", MEGABYTE, 1, 0 },
    { "creation,checksum", "md5,sha1", MEGABYTE, 0, 1 },
    { "creation, checksum", "sha1, sha256", MEGABYTE, 0, 1 },
    { "creation,checksum", "sha256,sha1,crc32", MEGABYTE, 0, 1 },
    { "creation,checksum", "md5", MEGABYTE, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Sample) sample = { NULL };
      g_autoptr (GError) error = NULL;

      sample_init (&sample, fixture, cases[i].size);
      fixture->fake->extensions = cases[i].extensions;
      fixture->fake->algorithms = cases[i].algorithms;
      fixture->fake->n_sums = 0;
      fixture->fake->n_bytes = 0;
      g_assert_true (send (&sample, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (fake_province_count (fixture->fake, "OPTIONS *"), ==, 1);
      g_assert_cmpuint (fake_province_count (fixture->fake, "POST *"), ==, 1);
      g_assert_true ((fake_province_count (fixture->fake, "PATCH *") == 0)
                     == (cases[i].n_posts_with_body == 1));
      g_assert_cmpuint (fixture->fake->n_sums, ==, cases[i].n_sums);
      g_assert_cmpint (fixture->fake->n_bytes, ==, (gint64) cases[i].size);
      g_assert_cmpuint (sample.n_counted, ==, cases[i].size);
      g_assert_cmpint (sample.offset, ==, (gint64) cases[i].size);
    }
}

static void
test_a_server_that_does_not_say_can_do_the_least (SyncFixture   *fixture,
                                                  gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  fake_province_plan (fixture->fake, "OPTIONS *", FAKE_GONE, G_MAXUINT);
  g_assert_true (send (&sample, NULL, &error));
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 1);
  g_assert_cmpuint (fixture->fake->n_sums, ==, 0);
}

static void
test_sends_an_empty_file (SyncFixture   *fixture,
                          gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, 0);
  g_assert_true (send (&sample, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 0);
}

static void
test_pieces_have_the_size_that_is_wanted (SyncFixture   *fixture,
                                          gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  sample.piece = 100000;
  g_assert_true (send (&sample, NULL, &error));
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 11);
  g_assert_cmpuint (fixture->fake->n_sums, ==, 11);
  g_assert_cmpuint (sample.n_offsets, ==, 11);
}

/* Only the piece that was damaged goes again. */
static void
test_a_damaged_piece_goes_again (SyncFixture   *fixture,
                                 gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  sample.piece = 256 * 1024;
  fake_province_plan (fixture->fake, "PATCH *", FAKE_NONE, 1);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_CHECKSUM, 1);
  g_assert_true (send (&sample, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 5);
  g_assert_cmpuint (fake_province_count (fixture->fake, "POST *"), ==, 1);
  g_assert_cmpint (fixture->fake->n_bytes, ==, MEGABYTE);
}

static void
change_file (FakeProvince *fake,
             const char   *request,
             gpointer      data)
{
  Sample *sample = data;
  FILE *file;

  if (!g_str_has_prefix (request, "PATCH"))
    return;
  fake->hook = NULL;
  file = g_fopen (sample->path, "ab");
  fputc ('x', file);
  fclose (file);
}

#ifdef G_OS_UNIX
static void
remove_file (FakeProvince *fake,
             const char   *request,
             gpointer      data)
{
  Sample *sample = data;

  if (g_str_has_prefix (request, "PATCH"))
    g_remove (sample->path);
}
#endif

static void
test_tells_of_a_file_that_does_not_stay (SyncFixture   *fixture,
                                         gconstpointer  data)
{
  static const struct
  {
    FakeHook hook;
    const char *message;
  } cases[] = {
    { change_file, "sample.pdf: it was changed while it was sent" },
#ifdef G_OS_UNIX   /* Windows removes no file that is open */
    { remove_file, "sample.pdf: it has gone while it was sent" },
#endif
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Sample) sample = { NULL };
      g_autoptr (GError) error = NULL;

      sample_init (&sample, fixture, MEGABYTE);
      sample.piece = 256 * 1024;
      fixture->fake->hook = cases[i].hook;
      fixture->fake->hook_data = &sample;
      g_assert_false (send (&sample, NULL, &error));
      fixture->fake->hook = NULL;
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 1);
    }
}

static void
test_tells_of_a_file_that_is_not_there (SyncFixture   *fixture,
                                        gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, 100);
  g_remove (sample.path);
  g_assert_false (send (&sample, NULL, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, "sample.pdf: it is gone");
  g_assert_cmpuint (fixture->fake->requests->len, ==, 0);
}

static void
test_tells_of_a_file_that_is_another (SyncFixture   *fixture,
                                      gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, 100);
  sample.sha256 = g_strnfill (64, '0');
  fake_province_plan (fixture->fake, "POST *", FAKE_CHECKSUM, 1);
  g_assert_false (send (&sample, NULL, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, "sample.pdf: it has other content than before");
}

static void
test_goes_on_at_the_offset (SyncFixture   *fixture,
                            gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  sample.piece = 256 * 1024;
  fixture->fake->n_bytes = 0;
  fake_province_plan (fixture->fake, "PATCH *", FAKE_NONE, 2);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_HANG_UP, 1);
  g_assert_false (send (&sample, NULL, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpstr (sample.url, !=, NULL);
  g_assert_cmpint (sample.offset, ==, 512 * 1024);
  g_clear_error (&error);

  sample.n_counted = 0;
  g_assert_true (send (&sample, NULL, &error));
  g_assert_cmpint (fixture->fake->n_bytes, ==, MEGABYTE);
  g_assert_cmpuint (sample.n_counted, ==, 512 * 1024);
  g_assert_cmpuint (fake_province_count (fixture->fake, "HEAD *"), ==, 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "POST *"), ==, 1);
}

static void
test_asks_what_became_of_a_lost_end (SyncFixture   *fixture,
                                     gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  sample.piece = 512 * 1024;
  fake_province_plan (fixture->fake, "PATCH *", FAKE_NONE, 1);
  fake_province_plan (fixture->fake, "PATCH *", FAKE_LOSE_ANSWER, 1);
  g_assert_false (send (&sample, NULL, &error));
  g_clear_error (&error);
  g_assert_true (send (&sample, NULL, &error));
  g_assert_cmpuint (sample.n_confirmed, ==, 1);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 2);
}

/* On a line that breaks again and again whatever arrives shall count: no sums, and no large body
 * whose creation is lost with it. */
static void
test_is_careful_on_a_bad_line (SyncFixture   *fixture,
                               gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  sample.careful = TRUE;
  g_assert_true (send (&sample, NULL, &error));
  g_assert_cmpuint (fixture->fake->n_sums, ==, 0);
  g_assert_cmpuint (fake_province_count (fixture->fake, "PATCH *"), ==, 1);
}

static void
cancel (FakeProvince *fake,
        const char   *request,
        gpointer      data)
{
  if (g_str_has_prefix (request, "PATCH"))
    g_cancellable_cancel (data);
}

static void
test_can_be_cancelled (SyncFixture   *fixture,
                       gconstpointer  data)
{
  g_auto (Sample) sample = { NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  sample_init (&sample, fixture, MEGABYTE);
  sample.piece = 256 * 1024;
  fixture->fake->hook = cancel;
  fixture->fake->hook_data = cancellable;
  g_assert_false (send (&sample, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (sample.url);
}

#define N_TOGETHER 3

/* Files that go together, one of which is written to while the first one leaves. */
typedef struct
{
  char *paths[N_TOGETHER];
  guint changed;
  gsize n_left;
} Together;

static YejiReply *
send_changing (gpointer               data,
               const YejiTusRequest  *request,
               GCancellable          *cancellable,
               GError               **error)
{
  Together *self = data;
  g_autoptr (GInputStream) body = NULL;
  g_autoptr (GError) reason = NULL;
  guint8 buffer[8192];
  gssize n;

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->url, ==, "/v1/files:batch");
  body = request->open (request->open_data);
  while ((n = g_input_stream_read (body, buffer, sizeof buffer, NULL, &reason)) > 0)
    {
      self->n_left += (gsize) n;
      if (self->n_left <= 2 * sizeof buffer)
        g_assert_true (g_file_set_contents (self->paths[self->changed], "other", -1, NULL));
    }
  g_assert_cmpint (n, ==, -1);
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, reason->message);
  return NULL;
}

static const YejiTusLine changing_line = { send_changing, localise };

static void
test_a_changed_one_of_many_is_told (SyncFixture   *fixture,
                                    gconstpointer  data)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *content = g_strnfill (MEGABYTE, 'x');
  Together together = { .changed = 1 };
  YejiTus *tus = yeji_tus_new (&changing_line, &together, "/v1/files");
  YejiTusFile files[N_TOGETHER] = { 0 };
  YejiTusResult results[N_TOGETHER];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_TOGETHER; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.pdf", i);

      together.paths[i] = g_build_filename (dir, name, NULL);
      g_assert_true (g_file_set_contents (together.paths[i], content, MEGABYTE, NULL));
      files[i] = (YejiTusFile) {
        .file = g_file_new_for_path (together.paths[i]), .name = "a", .size = MEGABYTE,
        .metadata = "record YQ==",
      };
    }
  g_assert_true (yeji_tus_batch_send (tus, files, results, N_TOGETHER, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (results[0].outcome, ==, YEJI_TUS_OUTCOME_CUT);
  g_assert_cmpint (results[1].outcome, ==, YEJI_TUS_OUTCOME_FAILED);
  g_assert_error (results[1].error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE);
  g_assert_cmpint (results[2].outcome, ==, YEJI_TUS_OUTCOME_CUT);
  /* nothing of the changed one has left */
  g_assert_cmpuint (together.n_left, <, MEGABYTE + 4096);
  for (guint i = 0; i < N_TOGETHER; i++)
    {
      g_object_unref (files[i].file);
      g_free (together.paths[i]);
      g_clear_error (&results[i].error);
    }
  yeji_tus_free (tus);
  yeji_test_dir_remove (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/tus/a-changed-one-of-many-is-told", test_a_changed_one_of_many_is_told);
  sync_test_add ("/sync/tus/does-what-the-server-can", test_does_what_the_server_can);
  sync_test_add ("/sync/tus/a-server-that-does-not-say-can-do-the-least",
                 test_a_server_that_does_not_say_can_do_the_least);
  sync_test_add ("/sync/tus/sends-an-empty-file", test_sends_an_empty_file);
  sync_test_add ("/sync/tus/pieces-have-the-size-that-is-wanted",
                 test_pieces_have_the_size_that_is_wanted);
  sync_test_add ("/sync/tus/a-damaged-piece-goes-again", test_a_damaged_piece_goes_again);
  sync_test_add ("/sync/tus/tells-of-a-file-that-does-not-stay",
                 test_tells_of_a_file_that_does_not_stay);
  sync_test_add ("/sync/tus/tells-of-a-file-that-is-not-there",
                 test_tells_of_a_file_that_is_not_there);
  sync_test_add ("/sync/tus/tells-of-a-file-that-is-another",
                 test_tells_of_a_file_that_is_another);
  sync_test_add ("/sync/tus/goes-on-at-the-offset", test_goes_on_at_the_offset);
  sync_test_add ("/sync/tus/asks-what-became-of-a-lost-end", test_asks_what_became_of_a_lost_end);
  sync_test_add ("/sync/tus/is-careful-on-a-bad-line", test_is_careful_on_a_bad_line);
  sync_test_add ("/sync/tus/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
