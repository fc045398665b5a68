// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-part-file.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-test.h"

#define BLOCK (256 * 1024)
#define MB (1024 * 1024)

static GBytes *
make_bytes (gsize length)
{
  guint8 *data = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return g_bytes_new_take (data, length);
}

/* One request, which brings the bytes from @begin to @end, @step at a time. */
static void
bring (const char *path,
       GBytes     *bytes,
       gsize       begin,
       gsize       end,
       gsize       step)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  YejiPartFile *file = yeji_part_file_open (path, (gint64) begin,
                                            (gint64) g_bytes_get_size (bytes));
  guint8 head[4] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (file);
  for (gsize at = begin; at < end; at += step)
    g_assert_true (yeji_part_file_write (file, data + at, MIN (step, end - at)));
  g_assert_true (yeji_part_file_flush (file));
  yeji_part_file_begin_sync (file);
  g_assert_true (yeji_part_file_sync (file, &error));
  g_assert_no_error (error);
  if (end >= sizeof head)
    {
      g_assert_cmpuint (yeji_part_file_read_head (file, head, sizeof head), ==, sizeof head);
      g_assert_cmpmem (head, sizeof head, data, sizeof head);
    }
  yeji_part_file_close (file);
}

static void
assert_content (const char *path,
                GBytes     *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length, wanted;
  gconstpointer data = g_bytes_get_data (bytes, &wanted);

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, wanted);
  g_assert_true (memcmp (text, data, length) == 0);
}

/* However long it is, wherever a request ends, and however its bytes come. */
static void
test_lengths (void)
{
  static const gsize lengths[] = { 1, 4095, 4096, 4097, 65536, 70000, BLOCK - 1, BLOCK, BLOCK + 1,
                                   MB + 3, 3 * MB };
  static const gsize cuts[] = { 0, 1, 4096, 5000, BLOCK, BLOCK + 4096, 1000003 };
  static const gsize steps[] = { 1000, 8192, BLOCK, 3 * MB };
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "part", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (cuts); j++)
      for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
        {
          g_autoptr (GBytes) bytes = make_bytes (lengths[i]);

          if (cuts[j] > lengths[i])
            continue;
          if (cuts[j] > 0)
            bring (path, bytes, 0, cuts[j], steps[k]);
          bring (path, bytes, cuts[j], lengths[i], steps[k]);
          assert_content (path, bytes);
          g_assert_cmpint (g_remove (path), ==, 0);
        }
  yeji_test_dir_remove (dir);
}

/* Sooner or later it is said; never is something said to be there that is not. */
static void
test_full_disk (void)
{
  static const gsize lengths[] = { 1000, 100000, 3 * MB };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) bytes = make_bytes (lengths[i]);
      g_autoptr (YejiPartFile) file = yeji_part_file_open ("/dev/full", 0, (gint64) lengths[i]);

      g_assert_nonnull (file);
      g_assert_false (yeji_part_file_write (file, g_bytes_get_data (bytes, NULL), lengths[i])
                      && yeji_part_file_flush (file));
      g_assert_cmpint (errno, ==, ENOSPC);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/part-file/has-what-was-written", test_lengths);
  g_test_add_func ("/server/part-file/tells-of-a-full-disk", test_full_disk);
  return g_test_run ();
}
