// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-source.h"
#include "yeji-test.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>

/* A folder of the test's own. */
typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = yeji_test_dir_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static char *
write_file (Fixture    *fixture,
            const char *path,
            const char *text)
{
  char *place = g_build_filename (fixture->dir, path, NULL);
  g_autofree char *folder = g_path_get_dirname (place);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (place, text, -1, &error);
  g_assert_no_error (error);
  return place;
}

static YejiSource *
read_source (Fixture      *fixture,
             const char   *path,
             GCancellable *cancellable,
             GError      **error)
{
  g_autofree char *place = g_build_filename (fixture->dir, path, NULL);
  g_autoptr (GFile) root = g_file_new_for_path (place);
  g_autoptr (YejiSource) source = yeji_source_new (&root, 1);

  return yeji_source_read (source, NULL, NULL, cancellable, error) ? g_steal_pointer (&source)
                                                                   : NULL;
}

static void
assert_files (YejiSource         *source,
              const char * const *paths)
{
  GPtrArray *files = yeji_source_get_files (source);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_assert_cmpuint (i, <, files->len);
      g_assert_cmpstr (((YejiSourceFile *) files->pdata[i])->path, ==, paths[i]);
    }
  g_assert_cmpuint (files->len, ==, g_strv_length ((char **) paths));
}

static void
assert_skipped (YejiSource     *source,
                const char     *path,
                YejiSkipReason  reason)
{
  GPtrArray *skipped = yeji_source_get_skipped (source);

  for (guint i = 0; i < skipped->len; i++)
    {
      const YejiSkippedFile *one = skipped->pdata[i];

      if (!g_str_equal (one->path, path))
        continue;
      g_assert_cmpstr (yeji_skip_reason_to_code (one->reason), ==,
                       yeji_skip_reason_to_code (reason));
      g_assert_nonnull (yeji_skip_reason_to_text (one->reason));
      return;
    }
  g_error ("%s was not left out", path);
}

static void
test_folder (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const paths[] = { "in/a/2.pdf", "in/a/10.pdf", "in/b.pdf", NULL };
  static const char * const names[] = { "in/a/10.pdf", "in/a/2.pdf", "in/b.pdf", "in/.hidden",
                                        "in/Thumbs.db", "in/~$b.docx", "in/__MACOSX/x.pdf",
                                        "in/x.rar", "in/x.7z" };
  g_autofree char *empty = write_file (fixture, "in/empty.pdf", "");
  g_autofree char *broken = write_file (fixture, "in/broken.zip", "no archive");
  g_autofree char *link = g_build_filename (fixture->dir, "in", "link", NULL);
  g_autofree char *loop = g_build_filename (fixture->dir, "in", "loop", NULL);
  g_autoptr (GFile) link_file = g_file_new_for_path (link);
  g_autoptr (GFile) loop_file = g_file_new_for_path (loop);
  g_autoptr (YejiSource) source = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean has_links;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_free (write_file (fixture, names[i], "content"));
  has_links = g_file_make_symbolic_link (link_file, "b.pdf", NULL, NULL)
              && g_file_make_symbolic_link (loop_file, ".", NULL, NULL);
  source = read_source (fixture, "in", NULL, &error);
  g_assert_no_error (error);
  assert_files (source, paths);
  assert_skipped (source, "in/empty.pdf", YEJI_SKIP_EMPTY);
  assert_skipped (source, "in/broken.zip", YEJI_SKIP_DAMAGED);
  assert_skipped (source, "in/x.rar", YEJI_SKIP_FOREIGN);
  assert_skipped (source, "in/x.7z", YEJI_SKIP_FOREIGN);
  if (has_links)
    {
      assert_skipped (source, "in/link", YEJI_SKIP_LINK);
      assert_skipped (source, "in/loop", YEJI_SKIP_LINK);
    }
  g_clear_pointer (&source, yeji_source_free);

  g_cancellable_cancel (cancellable);
  g_assert_null (read_source (fixture, "in", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_depth (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GString) path = g_string_new ("in");
  g_autoptr (YejiSource) source = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < YEJI_SOURCE_MAX_DEPTH + 5; i++)
    g_string_append (path, "/d");
  g_string_append (path, "/a.pdf");
  g_free (write_file (fixture, path->str, "deep"));
  source = read_source (fixture, "in", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (yeji_source_get_files (source)->len, ==, 0);
  g_assert_cmpuint (yeji_source_get_skipped (source)->len, ==, 1);
  g_assert_cmpint (((YejiSkippedFile *) yeji_source_get_skipped (source)->pdata[0])->reason, ==,
                   YEJI_SKIP_DEEP);
}

/* What libarchive writes: stored and deflated, sizes before and behind the content. */
static void
write_zip (const char *path)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  static const char content[] = "%PDF-1.4\n%a content that is worth packing, packing, packing\n";

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("folder/%u.pdf", i);

      if (i % 2 && i < 4)
        archive_write_zip_set_compression_store (archive);
      else
        archive_write_zip_set_compression_deflate (archive);
      archive_entry_clear (entry);
      archive_entry_set_pathname (entry, name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0600);
      if (i < 4)
        archive_entry_set_size (entry, sizeof content - 1);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, content, sizeof content - 1), ==,
                       sizeof content - 1);
    }
  archive_entry_free (entry);
  archive_write_close (archive);
  archive_write_free (archive);
}

static guint
count_left (void)
{
  g_autofree char *parent = g_build_filename (g_get_user_cache_dir (), "yeji", NULL);
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_archive (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const paths[] = { "a/folder/0.pdf", "a/folder/1.pdf", "a/folder/2.pdf",
                                        "a/folder/3.pdf", "a/folder/4.pdf", "a/folder/5.pdf",
                                        NULL };
  g_autofree char *path = g_build_filename (fixture->dir, "a.zip", NULL);
  g_autoptr (YejiSource) source = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *files;

  write_zip (path);
  source = read_source (fixture, "a.zip", NULL, &error);
  g_assert_no_error (error);
  files = yeji_source_get_files (source);
  g_assert_cmpuint (files->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      const YejiSourceFile *file = files->pdata[i];
      g_autofree char *text = NULL;
      gsize length;

      g_assert_cmpstr (file->path, ==, paths[i]);
      g_assert_true (g_file_load_contents (file->file, NULL, &text, &length, NULL, &error));
      g_assert_cmpuint (length, ==, (gsize) file->size);
      g_assert_true (g_str_has_prefix (text, "%PDF-1.4"));
    }
  g_assert_cmpuint (count_left (), ==, 1);
  g_clear_pointer (&source, yeji_source_free);
  g_assert_cmpuint (count_left (), ==, 0);
}

/* Archives with wrong bytes: whatever they say, no crash, no path outside, nothing left behind. */
static void
test_mutations (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "a.zip", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260102);
  g_autoptr (GError) error = NULL;
  gsize length;

  write_zip (path);
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *mutated = g_memdup2 (text, length);
      g_autoptr (YejiSource) source = NULL;
      gsize n = length;

      for (int j = g_rand_int_range (rand, 1, 6); j > 0; j--)
        {
          /* half of them in the directory, which is the end */
          gsize at = (gsize) g_rand_int_range (rand, i % 2 ? (int) (length * 3 / 5) : 0,
                                               (int) length);

          mutated[at] = (char) (g_rand_int_range (rand, 0, 3) == 0
                                  ? 0xff : g_rand_int_range (rand, 0, 256));
        }
      if (i % 7 == 0)
        n = (gsize) g_rand_int_range (rand, 1, (int) length);
      g_assert_true (g_file_set_contents_full (path, mutated, (gssize) n, G_FILE_SET_CONTENTS_NONE,
                                               0600, NULL));
      source = read_source (fixture, "a.zip", NULL, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < yeji_source_get_files (source)->len; j++)
        {
          const YejiSourceFile *file = yeji_source_get_files (source)->pdata[j];
          g_autofree char *place = g_file_get_path (file->file);

          g_assert_true (g_str_has_prefix (place, g_get_user_cache_dir ()));
          g_assert_true (g_utf8_validate (file->path, -1, NULL));
          g_assert_null (strstr (file->path, ".."));
          g_assert_true (g_file_test (place, G_FILE_TEST_IS_REGULAR));
        }
      for (guint j = 0; j < yeji_source_get_skipped (source)->len; j++)
        g_assert_true (g_utf8_validate (((YejiSkippedFile *) yeji_source_get_skipped (source)
                                           ->pdata[j])->path, -1, NULL));
    }
  g_assert_cmpuint (count_left (), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  cache = yeji_test_dir_new ();
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_add ("/intake/source/reads-a-folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add ("/intake/source/ends-in-deep-folders", Fixture, NULL, set_up, test_depth, tear_down);
  g_test_add ("/intake/source/unpacks-an-archive", Fixture, NULL, set_up, test_archive, tear_down);
  g_test_add ("/intake/source/survives-wrong-bytes", Fixture, NULL, set_up, test_mutations,
              tear_down);
  status = g_test_run ();
  yeji_test_dir_remove (cache);
  return status;
}
