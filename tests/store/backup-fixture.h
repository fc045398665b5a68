// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <string.h>

#include <glib/gstdio.h>

#include "store-fixture.h"
#include "yeji-backup-private.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

G_BEGIN_DECLS

static inline YejiRecord *
backup_fixture_add (StoreFixture *fixture,
                    const char   *name)
{
  YejiRecord *record = yeji_record_new (fixture->dictionary, NULL, "construction");

  store_fixture_type (record, "PrjName", name);
  store_fixture_save (fixture, record, 0);
  return record;
}

static inline void
backup_fixture_add_many (StoreFixture *fixture,
                         guint         n_records)
{
  for (guint i = 0; i < n_records; i++)
    {
      g_autofree char *name = g_strdup_printf ("工程 %u", i);
      g_autoptr (YejiRecord) record = backup_fixture_add (fixture, name);
    }
}

/* The name of an attached PDF is its content, too. */
static inline void
backup_fixture_attach (StoreFixture *fixture,
                       YejiRecord   *record,
                       const char   *name)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%s\n", name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  attachment = yeji_store_attach (fixture->store, yeji_record_get_uuid (record), "contract", file,
                                  NULL, &error);
  g_assert_no_error (error);
  yeji_test_dir_remove (dir);
}

static inline char *
backup_fixture_make (StoreFixture   *fixture,
                     YejiBackupKind  kind)
{
  g_autoptr (GError) error = NULL;
  char *path = yeji_store_backup (fixture->store, kind, NULL, &error);

  g_assert_no_error (error);
  return path;
}

/* How many records a profile or a file has, as another program would see it. */
static inline guint
backup_fixture_count (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, &error);
  guint n_records;

  g_assert_no_error (error);
  g_assert_true (yeji_backup_count_records (sql, &n_records, &error));
  g_assert_no_error (error);
  return n_records;
}

static inline guint
backup_fixture_count_open (const char     *directory,
                           YejiDictionary *dictionary)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (directory, dictionary, &error);
  g_autoptr (GPtrArray) entries = NULL;
  guint n_records;

  g_assert_no_error (error);
  entries = yeji_store_list (store, &error);
  g_assert_no_error (error);
  n_records = entries->len;
  for (guint i = 0; i < entries->len; i++)
    {
      const char *uuid = yeji_entry_get_uuid (g_ptr_array_index (entries, i));
      g_autoptr (YejiRecord) record = yeji_store_load (store, uuid, &error);

      g_assert_no_error (error);
    }
  yeji_store_close (store);
  g_assert_finalize_object (store);
  return n_records;
}

static inline void
backup_fixture_copy_tree (const char *from,
                          const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        backup_fixture_copy_tree (source, target);
      else
        {
          g_assert_true (g_file_get_contents (source, &text, &length, NULL));
          g_assert_true (g_file_set_contents (target, text, (gssize) length, NULL));
        }
    }
}

static inline int
backup_fixture_compare (gconstpointer first,
                        gconstpointer second)
{
  return strcmp (*(const char * const *) first, *(const char * const *) second);
}

/* The names in a folder. */
static inline char *
backup_fixture_list (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, backup_fixture_compare);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

G_END_DECLS
