// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-test"

#include "config.h"

#include "yeji-test.h"

#include <string.h>

#include <glib/gstdio.h>

static gboolean
mark_expired (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * yeji_test_dir_new:
 *
 * Returns: (transfer full): a new empty directory, to be removed with yeji_test_dir_remove()
 */
char *
yeji_test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("yeji-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

/**
 * yeji_test_dir_remove:
 *
 * Removes a directory with everything in it. Symbolic links are not followed.
 */
void
yeji_test_dir_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        yeji_test_dir_remove (child);
      else
        g_remove (child);
    }
  g_rmdir (path);
}

/**
 * yeji_test_find_bytes:
 *
 * Looks for bytes in others that may hold any, as memmem() of GNU does.
 *
 * Returns: (nullable): where they begin
 */
const char *
yeji_test_find_bytes (const char *content,
                      gsize       length,
                      const char *bytes,
                      gsize       n_bytes)
{
  for (gsize i = 0; i + n_bytes <= length; i++)
    if (memcmp (content + i, bytes, n_bytes) == 0)
      return content + i;
  return NULL;
}

/**
 * yeji_test_store_result:
 *
 * A #GAsyncReadyCallback that keeps the result in the `GAsyncResult *` that @slot points to.
 */
void
yeji_test_store_result (GObject      *source,
                        GAsyncResult *result,
                        gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static gboolean
has_result (gpointer slot)
{
  return *(GAsyncResult **) slot != NULL;
}

/**
 * yeji_test_await:
 * @slot: what yeji_test_store_result() fills
 *
 * Runs the main context until the result is there; fails, never hangs.
 *
 * Returns: (transfer full): the result
 */
GAsyncResult *
yeji_test_await (GAsyncResult **slot,
                 guint          milliseconds)
{
  yeji_test_wait_until (has_result, slot, milliseconds);
  return g_steal_pointer (slot);
}

/**
 * yeji_test_wait_until:
 *
 * Runs the main context until @condition holds; fails the test when it does not in time. The time
 * is a bound against hanging, so it may be generous: a passing test does not use it up.
 */
void
yeji_test_wait_until (YejiTestCondition condition,
                      gpointer          data,
                      guint             milliseconds)
{
  gboolean expired = FALSE;
  guint source = g_timeout_add (milliseconds, mark_expired, &expired);

  while (!condition (data) && !expired)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  g_assert_true (condition (data));
}

/**
 * yeji_test_is_gone:
 * @place: (type gpointer*): of a weak pointer
 */
gboolean
yeji_test_is_gone (gpointer place)
{
  return *(gpointer *) place == NULL;
}

/**
 * yeji_test_is_last:
 * @object: a #GObject to which the caller has a reference
 *
 * Returns: whether nobody else has one, a job on its way back for instance
 */
gboolean
yeji_test_is_last (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

/**
 * yeji_test_ask:
 *
 * Runs @program with the words that follow, up to %NULL.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL where it is not installed
 */
char *
yeji_test_ask (const char *program,
               ...)
{
  g_autofree char *path = g_find_program_in_path (program);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  char *said = NULL;
  const char *word;
  va_list words;

  if (path == NULL)
    {
      g_test_message ("%s is not installed", program);
      return NULL;
    }
  g_ptr_array_add (command, path);
  va_start (words, program);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (command, (char *) word);
  va_end (words);
  g_ptr_array_add (command, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) command->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL,
                               NULL, NULL, &said, NULL, NULL, &error));
  g_assert_no_error (error);
  return said;
}
