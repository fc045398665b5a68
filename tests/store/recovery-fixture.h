// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "damage-fixture.h"

#include "yeji-recovery.h"
#include "yeji-session.h"
#include "yeji-store-chores.h"

G_BEGIN_DECLS

#define LOG "yeji.sqlite-wal"

/* A profile as a kill leaves it: copied while it is open. */
typedef struct
{
  StoreFixture base;
  char *killed;
  GPtrArray *states;           /* of a recovery, by step */
  Contents before;
} Fixture;

static inline void
add_records (Fixture *fixture,
             guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiRecord) record = yeji_record_new (fixture->base.dictionary, NULL, "design");
      g_autofree char *name = g_strdup_printf ("工程 %u", i);

      store_fixture_type (record, "PrjName", name);
      store_fixture_save (&fixture->base, record, 1);
    }
}

static inline void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (&fixture->base, data);
  add_records (fixture, 8);
  fixture->killed = yeji_test_dir_new ();
  fixture->states = g_ptr_array_new_with_free_func (g_free);
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_recovery_set_step_func (NULL, NULL);
  for (guint i = 0; i < fixture->states->len; i++)
    yeji_test_dir_remove (g_ptr_array_index (fixture->states, i));
  g_ptr_array_unref (fixture->states);
  contents_clear (&fixture->before);
  yeji_test_dir_remove (fixture->killed);
  g_free (fixture->killed);
  store_fixture_tear_down (&fixture->base, data);
}

static inline void
take_killed (Fixture *fixture)
{
  contents_clear (&fixture->before);
  contents_read (&fixture->before, fixture->base.store);
  copy_tree (fixture->base.dir, fixture->killed);
}

static inline YejiStore *
open_in (Fixture    *fixture,
         const char *dir)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open (dir, fixture->base.dictionary, &error);

  g_assert_no_error (error);
  return store;
}

static inline void
close_store (YejiStore *store)
{
  yeji_store_close (store);
  g_assert_finalize_object (store);
}

static inline void
do_chores (YejiStore *store)
{
  g_autoptr (GError) error = NULL;

  yeji_store_do_chores (store, NULL, &error);
  g_assert_no_error (error);
}

static inline void
assert_reason (YejiStore  *store,
               const char *reason)
{
  g_autoptr (YejiNotice) notice = find_notice (store, YEJI_NOTICE_RECOVERED);

  if (reason == NULL)
    {
      g_assert_null (notice);
      return;
    }
  g_assert_nonnull (notice);
  g_assert_cmpstr (yeji_json_get_string (notice->details, "reason"), ==, reason);
}

static inline gboolean
is_in (const char *dir,
       const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Nothing was set aside, and nothing is said of the log. */
static inline void
assert_untroubled (YejiStore  *store,
                   const char *dir)
{
  assert_reason (store, NULL);
  g_assert_null (find_notice (store, YEJI_NOTICE_LOG));
  g_assert_false (is_in (dir, YEJI_DAMAGED_FOLDER));
}

static inline guint
count_notices (YejiStore  *store,
               const char *kind)
{
  g_autoptr (GPtrArray) notices = yeji_store_list_notices (store, NULL);
  guint n = 0;

  for (guint i = 0; i < notices->len; i++)
    n += g_str_equal (((YejiNotice *) g_ptr_array_index (notices, i))->kind, kind) ? 1 : 0;
  return n;
}

static inline void
assert_all_there (Fixture   *fixture,
                  YejiStore *store)
{
  Contents after;

  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), ==,
                    g_hash_table_size (fixture->before.records));
  g_assert_cmpuint (after.n_lines, ==, fixture->before.n_lines);
  contents_clear (&after);
}

static inline void
remove_in (const char *dir,
           const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static inline void
keep_state (const char *directory,
            const char *step,
            gpointer    data)
{
  Fixture *fixture = data;
  char *state = yeji_test_dir_new ();

  copy_tree (directory, state);
  g_ptr_array_add (fixture->states, state);
}

static inline guint
count_aside (const char *directory,
             const char *name)
{
  g_autofree char *damaged = g_build_filename (directory, YEJI_DAMAGED_FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  const char *folder;
  guint n = 0;

  while (dir != NULL && (folder = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (damaged, folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_EXISTS) ? 1 : 0;
    }
  return n;
}

G_END_DECLS
