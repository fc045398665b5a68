// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-bundle"

#include "config.h"

#include <fcntl.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

#include "backup-fixture.h"
#include "yeji-bundle-private.h"

#define N_MUTATIONS 120

/* An open profile with three records and two documents, and a folder beside it. */
typedef struct
{
  StoreFixture store;
  char *dir;
  char *bundle;
  char *target;
  YejiBackupReport *report;
  GError *error;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (YejiRecord) record = NULL;

  store_fixture_set_up (&fixture->store, NULL);
  fixture->dir = yeji_test_dir_new ();
  fixture->bundle = g_build_filename (fixture->dir, "企业" YEJI_BUNDLE_SUFFIX, NULL);
  fixture->target = g_build_filename (fixture->dir, "新", NULL);
  record = backup_fixture_add (&fixture->store, "甲");
  backup_fixture_attach (&fixture->store, record, "合同.pdf");
  backup_fixture_attach (&fixture->store, record, "附件.pdf");
  backup_fixture_add_many (&fixture->store, 2);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_backup_set_step_func (NULL, NULL);
  store_fixture_tear_down (&fixture->store, NULL);
  g_clear_pointer (&fixture->report, yeji_backup_report_free);
  g_clear_error (&fixture->error);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->bundle);
  g_free (fixture->target);
}

static gboolean
write_bundle (Fixture *fixture)
{
  g_clear_pointer (&fixture->report, yeji_backup_report_free);
  g_clear_error (&fixture->error);
  return yeji_bundle_write (fixture->store.store, fixture->bundle, NULL, NULL, NULL,
                            &fixture->report, &fixture->error);
}

static gboolean
restore (Fixture *fixture)
{
  g_clear_pointer (&fixture->report, yeji_backup_report_free);
  g_clear_error (&fixture->error);
  return yeji_bundle_restore (fixture->bundle, fixture->target, NULL, NULL, NULL, &fixture->report,
                              &fixture->error);
}

static char *
get_document (const char *directory,
              const char *name)
{
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%s\n", name);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  return yeji_copies_get_path (directory, sum);
}

/* Nothing but what is named lies there. */
static void
assert_folder (Fixture    *fixture,
               const char *names)
{
  g_autofree char *found = backup_fixture_list (fixture->dir);

  g_assert_cmpstr (found, ==, names);
}

static void
test_moves (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *document = get_document (fixture->target, "合同.pdf");
  g_autofree char *chest = g_build_filename (fixture->store.dir, YEJI_BUNDLE_CHEST, NULL);
  g_autofree char *moved_chest = g_build_filename (fixture->target, YEJI_BUNDLE_CHEST, NULL);

  g_assert_true (write_bundle (fixture));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->n_after, ==, 3);
  g_assert_cmpuint (fixture->report->missing->len, ==, 0);
  g_assert_true (yeji_bundle_is_bundle (fixture->bundle));
  g_assert_false (yeji_bundle_is_bundle (chest));
  g_assert_true (restore (fixture));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->n_after, ==, 3);
  g_assert_cmpuint (fixture->report->missing->len, ==, 0);
  assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX " 新");
  g_assert_true (g_file_test (document, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_file_test (moved_chest, G_FILE_TEST_EXISTS), ==,
                   g_file_test (chest, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (backup_fixture_count_open (fixture->target, fixture->store.dictionary), ==, 3);
}

static void
test_in_the_background (Fixture       *fixture,
                        gconstpointer  data)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (YejiBackupReport) report = NULL;

  yeji_bundle_write_async (fixture->store.store, fixture->bundle, NULL, NULL, NULL,
                           yeji_test_store_result, &slot);
  result = yeji_test_await (&slot, 10000);
  report = yeji_bundle_write_finish (fixture->store.store, result, &fixture->error);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (report->n_after, ==, 3);
}

/* One that is gone does not keep the rest from being moved; one that is damaged goes along. */
static void
test_bad_documents (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *gone = get_document (fixture->store.dir, "合同.pdf");
  g_autofree char *damaged = get_document (fixture->store.dir, "附件.pdf");
  g_autofree char *moved = get_document (fixture->target, "附件.pdf");
  g_autofree char *text = NULL;

  g_assert_cmpint (g_remove (gone), ==, 0);
  g_assert_true (g_file_set_contents (damaged, "%PDF-x", -1, NULL));
  g_assert_true (write_bundle (fixture));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->missing->len, ==, 2);
  g_assert_true (restore (fixture));
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->report->missing->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->report->missing, 0), ==, "合同.pdf");
  g_assert_true (g_file_get_contents (moved, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "%PDF-x");
}

typedef struct
{
  guint64 done;
  guint64 total;
  guint n_calls;
  GCancellable *cancellable;   /* (nullable): cancelled after half */
} Progress;

static void
follow (guint64  done,
        guint64  total,
        gpointer data)
{
  Progress *progress = data;

  g_assert_cmpuint (done, >=, progress->done);
  g_assert_cmpuint (done, <=, total);
  g_assert_true (progress->n_calls == 0 || total == progress->total);
  progress->done = done;
  progress->total = total;
  progress->n_calls++;
  if (progress->cancellable != NULL && done >= total / 2)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress (Fixture       *fixture,
               gconstpointer  data)
{
  Progress writing = { 0 }, reading = { 0 };

  g_assert_true (yeji_bundle_write (fixture->store.store, fixture->bundle, follow, &writing, NULL,
                                    NULL, &fixture->error));
  g_assert_cmpuint (writing.done, ==, writing.total);
  g_assert_true (yeji_bundle_restore (fixture->bundle, fixture->target, follow, &reading, NULL,
                                      NULL, &fixture->error));
  g_assert_cmpuint (reading.done, ==, reading.total);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) writing = g_cancellable_new ();
  g_autoptr (GCancellable) reading = g_cancellable_new ();
  Progress first = { .cancellable = writing }, second = { .cancellable = reading };
  g_autofree char *backups = g_build_filename (fixture->store.dir, "backups", NULL);
  g_autofree char *names = NULL;

  g_assert_false (yeji_bundle_write (fixture->store.store, fixture->bundle, follow, &first,
                                     writing, NULL, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_folder (fixture, "");
  names = backup_fixture_list (backups);
  g_assert_cmpstr (names, ==, "");
  g_assert_true (write_bundle (fixture));
  g_assert_false (yeji_bundle_restore (fixture->bundle, fixture->target, follow, &second, reading,
                                       NULL, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX);
}

static void
spoil_part (const char *step,
            gpointer    data)
{
  g_autofree char *part = g_strconcat (data, ".part", NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_str_equal (step, "bundle-written"))
    return;
  g_assert_true (g_file_get_contents (part, &text, &length, NULL));
  text[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (part, text, (gssize) length, NULL));
}

/* What the disk did not keep as it was written does not take the place of what was there. */
static void
test_reads_back (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->bundle, "the older one", -1, NULL));
  yeji_backup_set_step_func (spoil_part, fixture->bundle);
  g_assert_false (write_bundle (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT);
  assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX);
  g_assert_true (g_file_get_contents (fixture->bundle, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "the older one");
  yeji_backup_set_step_func (NULL, NULL);
  g_assert_true (write_bundle (fixture));
}

static void
test_never_over (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->target, "mine", NULL);
  g_autofree char *slashed = g_strconcat (fixture->target, "/", NULL);

  g_assert_true (write_bundle (fixture));
  g_assert_cmpint (g_mkdir (fixture->target, 0700), ==, 0);
  g_assert_false (restore (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_EXISTS);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_false (yeji_bundle_restore (fixture->bundle, slashed, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX " 新");
}

static void
appear (const char *step,
        gpointer    data)
{
  if (g_str_equal (step, "bundle-unpacked"))
    g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
}

static void
test_somebody_quicker (Fixture       *fixture,
                       gconstpointer  data)
{
  g_assert_true (write_bundle (fixture));
  yeji_backup_set_step_func (appear, fixture->target);
  g_assert_false (restore (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_EXISTS);
  assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX " 新");
}

/* One entry of a crafted archive. */
typedef struct
{
  const char *name;
  const char *content;         /* (nullable): NULL: of the sound bundle, that of the name */
  mode_t type;                 /* 0 for a file */
  const char *link;
} Entry;

static void
write_entry (struct archive *archive,
             const Entry    *entry,
             GBytes         *database)
{
  struct archive_entry *header = archive_entry_new ();
  gsize length = entry->content != NULL ? strlen (entry->content) : g_bytes_get_size (database);

  archive_entry_set_pathname (header, entry->name);
  archive_entry_set_filetype (header, entry->type != 0 ? entry->type : AE_IFREG);
  archive_entry_set_perm (header, 0644);
  if (entry->type == 0)
    archive_entry_set_size (header, (la_int64_t) length);
  if (entry->link != NULL)
    archive_entry_set_symlink (header, entry->link);
  g_assert_cmpint (archive_write_header (archive, header), ==, ARCHIVE_OK);
  if (entry->type == 0)
    archive_write_data (archive, entry->content != NULL ? (gconstpointer) entry->content
                                 : g_bytes_get_data (database, NULL), length);
  archive_entry_free (header);
}

static void
write_archive (const char  *path,
               const Entry *entries,
               gsize        n_entries,
               const char  *manifest,
               gboolean     deflate,
               GBytes      *database)
{
  struct archive *archive = archive_write_new ();
  const Entry last = { YEJI_BUNDLE_MANIFEST, manifest };
  /* libarchive would take the path for the code page of Windows */
  int file = g_open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  archive_write_set_format_zip (archive);
  if (deflate)
    archive_write_zip_set_compression_deflate (archive);
  else
    archive_write_zip_set_compression_store (archive);
  g_assert_cmpint (archive_write_open_fd (archive, file), ==, ARCHIVE_OK);
  for (gsize i = 0; i < n_entries; i++)
    if (entries[i].name != NULL)
      write_entry (archive, &entries[i], database);
  if (manifest != NULL)
    write_entry (archive, &last, NULL);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  g_close (file, NULL);
}

#define SUM_OF_X "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
#define DOCUMENT "files/2d/" SUM_OF_X

/* What stands in a manifest: of the database, and of whatever is given. */
static char *
make_manifest (GBytes     *database,
               int         format,
               const char *more)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, database);

  return g_strdup_printf ("{\"format\": %d, \"version\": %u, \"entries\": [{\"name\":"
                          " \"yeji.sqlite\", \"size\": %" G_GSIZE_FORMAT ", \"sha256\": \"%s\"}"
                          "%s%s]}", format, yeji_store_n_migrations, g_bytes_get_size (database),
                          sum, *more != '\0' ? ", " : "", more);
}

static GBytes *
read_database (Fixture *fixture)
{
  g_autofree char *path = backup_fixture_make (&fixture->store, YEJI_BACKUP_MANUAL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, NULL);

  g_assert_nonnull (bytes);
  return bytes;
}

/* Nobody's archive writes anything but a profile, and nothing outside of it. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
#define X_AS(name) "{\"name\": \"" name "\", \"size\": 1, \"sha256\": \"" SUM_OF_X "\"}"
  static const struct
  {
    const char *what;
    Entry entries[3];          /* beside the database */
    const char *more;          /* in the manifest */
    const char *manifest;      /* (nullable): in place of it */
    YejiBackupError code;
    const char *why;
  } cases[] = {
    { "sound", { { DOCUMENT, "x" } }, X_AS (DOCUMENT), NULL, 0, NULL },
    { "absolute", { { "/tmp/yeji-evil", "x" } }, X_AS ("/tmp/yeji-evil"), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "upwards", { { "../evil", "x" } }, X_AS ("../evil"), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "upwards from within", { { "files/2d/../../../evil", "x" } },
      X_AS ("files/2d/../../../evil"), NULL, YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "backwards", { { "files\\2d\\evil", "x" } }, X_AS ("files\\\\2d\\\\evil"), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "a disk", { { "C:evil", "x" } }, X_AS ("C:evil"), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "wrong shelf", { { "files/ab/" SUM_OF_X, "x" } }, X_AS ("files/ab/" SUM_OF_X), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "log of a database", { { "yeji.sqlite-wal", "x" } }, X_AS ("yeji.sqlite-wal"), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "name with an end in it", { { "vault.json\n", "x" } }, "", NULL,
      YEJI_BACKUP_ERROR_FORMAT, "vault.json\\n" },
    { "link", { { DOCUMENT, NULL, AE_IFLNK, "/etc/passwd" } }, X_AS (DOCUMENT), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no plain file" },
    { "folder", { { "files/", NULL, AE_IFDIR } }, "", NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no plain file" },
    { "twice", { { DOCUMENT, "x" }, { DOCUMENT, "x" } }, X_AS (DOCUMENT), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "stands there twice" },
    { "twice in the manifest", { { DOCUMENT, "x" } }, X_AS (DOCUMENT) ", " X_AS (DOCUMENT), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "stands there twice" },
    { "two manifests", { { YEJI_BUNDLE_MANIFEST, "{}" } }, "", NULL,
      YEJI_BACKUP_ERROR_FORMAT, "stands there twice" },
    { "not in the manifest", { { DOCUMENT, "x" } }, "", NULL,
      YEJI_BACKUP_ERROR_FORMAT, "no file of a profile" },
    { "only in the manifest", { { NULL } }, X_AS (DOCUMENT), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "is missing" },
    { "other content", { { DOCUMENT, "y" } }, X_AS (DOCUMENT), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "content is not what it was" },
    { "other size", { { DOCUMENT, "xx" } }, X_AS (DOCUMENT), NULL,
      YEJI_BACKUP_ERROR_FORMAT, "size is not what the manifest says" },
    { "newer", { { "projects.sqlite", "x" } }, "",
      "{\"format\": 2, \"entries\": {}}", YEJI_BACKUP_ERROR_NEWER, "has format 2" },
    { "newer database", { { NULL } }, "",
      "{\"format\": 1, \"version\": 9999, \"entries\": [{\"name\": \"yeji.sqlite\", \"size\": 0,"
      " \"sha256\": \"" SUM_OF_X "\"}]}", YEJI_BACKUP_ERROR_FORMAT, "size is not what" },
    { "no database", { { NULL } }, "", "{\"format\": 1, \"version\": 1, \"entries\": []}",
      YEJI_BACKUP_ERROR_FORMAT, "yeji.sqlite" },
    { "manifest is no object", { { NULL } }, "", "[]", YEJI_BACKUP_ERROR_FORMAT, "no object" },
    { "manifest is no JSON", { { NULL } }, "", "{", YEJI_BACKUP_ERROR_FORMAT, "manifest.json" },
    { "manifest has other types", { { NULL } }, "",
      "{\"format\": 1, \"version\": 1, \"entries\": [[], null, {\"name\": 3}]}",
      YEJI_BACKUP_ERROR_FORMAT, "manifest.json" },
    { "impossible sizes", { { NULL } }, "",
      "{\"format\": 1, \"version\": 1, \"entries\": [{\"name\": \"yeji.sqlite\", \"size\": -1,"
      " \"sha256\": \"" SUM_OF_X "\"}]}", YEJI_BACKUP_ERROR_FORMAT, "no size" },
  };
  g_autoptr (GBytes) database = read_database (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *manifest = make_manifest (database, 1, cases[i].more);
      Entry entries[4] = { { "yeji.sqlite", NULL } };

      g_test_message ("%s", cases[i].what);
      memcpy (entries + 1, cases[i].entries, sizeof cases[i].entries);
      write_archive (fixture->bundle, entries, G_N_ELEMENTS (entries),
                     cases[i].manifest != NULL ? cases[i].manifest : manifest, FALSE, database);
      if (cases[i].why == NULL)
        {
          g_assert_true (restore (fixture));
          yeji_test_dir_remove (fixture->target);
          continue;
        }
      g_assert_false (restore (fixture));
      g_assert_error (fixture->error, YEJI_BACKUP_ERROR, (int) cases[i].code);
      g_test_message ("%s", fixture->error->message);
      g_assert_nonnull (strstr (fixture->error->message, cases[i].why));
      assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX);
    }
}

static void
test_no_manifest (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GBytes) database = read_database (fixture);
  const Entry entry = { "yeji.sqlite", NULL };

  write_archive (fixture->bundle, &entry, 1, NULL, FALSE, database);
  g_assert_false (restore (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT);
  g_assert_nonnull (strstr (fixture->error->message, "“manifest.json”: it is missing"));
}

static void
test_hostile_database (Fixture       *fixture,
                       gconstpointer  data)
{
  static const struct { const char *script; YejiBackupError code; const char *why; } cases[] = {
    { "CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM record; END",
      YEJI_BACKUP_ERROR_FORMAT, "none of ours" },
    { "PRAGMA user_version = 9999", YEJI_BACKUP_ERROR_NEWER, "9999" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = backup_fixture_make (&fixture->store, YEJI_BACKUP_MANUAL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GBytes) database = NULL;
      g_autofree char *manifest = NULL;
      g_autoptr (YejiSql) sql = yeji_sql_open (path, NULL);
      const Entry entry = { "yeji.sqlite", NULL };

      g_assert_true (yeji_sql_run_script (sql, cases[i].script, NULL));
      g_clear_pointer (&sql, yeji_sql_close);
      database = g_file_load_bytes (file, NULL, NULL, NULL);
      manifest = make_manifest (database, 1, "");
      write_archive (fixture->bundle, &entry, 1, manifest, FALSE, database);
      g_assert_false (restore (fixture));
      g_assert_error (fixture->error, YEJI_BACKUP_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (fixture->error->message, cases[i].why));
      assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX);
    }
}

/* A thousandth of its size on the disk. */
static void
test_bomb (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *zeros = g_strnfill (20 << 20, '0');
  g_autoptr (GBytes) database = g_bytes_new_static (zeros, 20 << 20);
  g_autofree char *manifest = make_manifest (database, 1, "");
  const Entry entry = { "yeji.sqlite", NULL };

  write_archive (fixture->bundle, &entry, 1, manifest, TRUE, database);
  g_assert_false (restore (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT);
  g_assert_nonnull (strstr (fixture->error->message, "larger than the file"));
}

/* Cut off anywhere it is no bundle. */
static void
test_truncated (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (write_bundle (fixture));
  g_assert_true (g_file_get_contents (fixture->bundle, &text, &length, NULL));
  for (guint i = 0; i < 60; i++)
    {
      gsize rest = i < 30 ? length - 1 - i * i : length / 30 * (i - 30);

      g_assert_true (g_file_set_contents (fixture->bundle, text, (gssize) rest, NULL));
      g_assert_false (restore (fixture));
      g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT);
      assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX);
    }
}

/* Bytes that were changed, mostly where sizes, offsets and names stand: refused, or the same
 * profile comes out, as some bytes say nothing. */
static void
test_mutated (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *text = NULL;
  guint n_refused = 0;
  gsize length;

  g_assert_true (write_bundle (fixture));
  g_assert_true (g_file_get_contents (fixture->bundle, &text, &length, NULL));
  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autofree char *copy = g_memdup2 (text, length);
      guint n_bytes = (guint) g_test_rand_int_range (1, 5);

      for (guint j = 0; j < n_bytes; j++)
        {
          int reach = i % 4 == 0 ? (int) length : 900;
          gsize at = length - 1 - (gsize) g_test_rand_int_range (0, reach);

          copy[at] = (char) g_test_rand_int_range (0, 256);
        }
      g_assert_true (g_file_set_contents (fixture->bundle, copy, (gssize) length, NULL));
      if (!restore (fixture))
        {
          g_assert_true (fixture->error->domain == YEJI_BACKUP_ERROR);
          assert_folder (fixture, "企业" YEJI_BUNDLE_SUFFIX);
          n_refused++;
          continue;
        }
      g_assert_cmpuint (fixture->report->n_after, ==, 3);
      g_assert_cmpuint (fixture->report->missing->len, ==, 0);
      yeji_test_dir_remove (fixture->target);
    }
  g_assert_cmpuint (n_refused, >, N_MUTATIONS / 2);
}

static void
test_not_there (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_false (restore (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NOT_FOUND);
  g_assert_false (yeji_bundle_is_bundle (fixture->bundle));
  g_assert_true (g_file_set_contents (fixture->bundle, "", 0, NULL));
  g_assert_false (restore (fixture));
  g_assert_error (fixture->error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT);
  g_assert_false (yeji_bundle_is_bundle (fixture->bundle));
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "/store/bundle/moves-a-profile", test_moves },
    { "/store/bundle/is-written-in-the-background", test_in_the_background },
    { "/store/bundle/goes-without-what-is-gone", test_bad_documents },
    { "/store/bundle/tells-how-far-it-is", test_progress },
    { "/store/bundle/leaves-nothing-when-it-is-cancelled", test_cancelled },
    { "/store/bundle/is-read-back-before-it-counts", test_reads_back },
    { "/store/bundle/never-replaces-a-profile", test_never_over },
    { "/store/bundle/never-replaces-one-that-appears-meanwhile", test_somebody_quicker },
    { "/store/bundle/refuses-a-hostile-archive", test_hostile },
    { "/store/bundle/refuses-an-archive-without-manifest", test_no_manifest },
    { "/store/bundle/refuses-a-hostile-database", test_hostile_database },
    { "/store/bundle/refuses-a-bomb", test_bomb },
    { "/store/bundle/refuses-what-was-cut-off", test_truncated },
    { "/store/bundle/survives-changed-bytes", test_mutated },
    { "/store/bundle/says-that-there-is-none", test_not_there },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
