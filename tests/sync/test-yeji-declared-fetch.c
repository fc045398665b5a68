// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <glib/gstdio.h>

#include "sync-fixture.h"
#include "yeji-declared-fetch.h"
#include "yeji-store-declared.h"

#define NUMBER "2201042403050001"
#define OTHER "2201042403050002"
#define YES \
  "{\"declared\": true, \"system\": {\"id\": \"permit\", \"zh\": \"许可\", \"en\": \"permits\"}," \
  " \"number\": \"1\", \"name\": \"甲\", \"state\": \"ongoing\"}"

static GBytes *
make_filter (const char *number)
{
  guint64 hash = yeji_number_hash (number);

  return yeji_number_filter_make (&hash, 1);
}

static void
publish (SyncFixture *self,
         GBytes      *bytes)
{
  g_clear_pointer (&self->fake->declared, g_bytes_unref);
  self->fake->declared = bytes;
}

static void
cycle (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;

  sync_fixture_cycle (self, NULL, &error);
  g_assert_no_error (error);
}

static YejiDeclaredAnswer
look_up (SyncFixture *self,
         const char  *number)
{
  return yeji_declared_look_up (yeji_store_get_declared (self->store), NULL, number,
                                YEJI_LANGUAGE_ZH, NULL, NULL);
}

static char *
get_path (SyncFixture *self)
{
  return g_build_filename (yeji_store_get_directory (self->store), YEJI_STORE_DECLARED_FILE, NULL);
}

static gboolean
run_confirm (SyncFixture   *self,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();

  g_ptr_array_add (numbers, data);
  return yeji_declared_confirm (self->store, self->province, numbers, cancellable, error);
}

static void
test_fetched (SyncFixture   *self,
              gconstpointer  data)
{
  g_autofree char *path = get_path (self);
  g_autofree char *content = NULL;
  gsize size;

  cycle (self);                  /* a province that has none */
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_NO);
  publish (self, make_filter (NUMBER));
  cycle (self);
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpmem (content, size, g_bytes_get_data (self->fake->declared, NULL),
                   g_bytes_get_size (self->fake->declared));
  cycle (self);                  /* 304 */
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);
  publish (self, make_filter (OTHER));
  cycle (self);
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_NO);
  g_assert_cmpint (look_up (self, OTHER), ==, YEJI_DECLARED_PROBABLY);
  publish (self, NULL);
  cycle (self);
  g_assert_cmpint (look_up (self, OTHER), ==, YEJI_DECLARED_NO);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What came before stays; the rest of the synchronisation has nothing to do with it. */
static void
test_damaged (SyncFixture   *self,
              gconstpointer  data)
{
  publish (self, make_filter (NUMBER));
  cycle (self);
  publish (self, g_bytes_new_static ("no filter at all", 16));
  cycle (self);
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);
  cycle (self);                  /* it is known, and not fetched again */
  publish (self, make_filter (OTHER));
  cycle (self);
  g_assert_cmpint (look_up (self, OTHER), ==, YEJI_DECLARED_PROBABLY);
}

static void
test_confirmed (SyncFixture   *self,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  publish (self, make_filter (NUMBER));
  cycle (self);
  g_assert_false (sync_fixture_run (self, run_confirm, (gpointer) NUMBER, NULL, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED);
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);
  g_clear_error (&error);

  self->fake->declared_answer = YES;
  g_assert_true (sync_fixture_run (self, run_confirm, (gpointer) NUMBER, NULL, &error));
  g_assert_cmpint (look_up (self, " 22010424-0305-0001 "), ==, YEJI_DECLARED_YES);

  /* kept with the profile, until another filter comes */
  g_object_set_data (G_OBJECT (self->store), "yeji-declared", NULL);
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_NO);
  g_assert_true (yeji_store_load_declared (self->store, &error));
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_YES);
  self->fake->declared_answer = "{\"declared\": false}";
  g_assert_true (sync_fixture_run (self, run_confirm, (gpointer) NUMBER, NULL, &error));
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_NO);
}

/* What answers nothing that makes sense is no answer. */
static void
test_nonsense (SyncFixture   *self,
               gconstpointer  data)
{
  static const char * const answers[] = {
    "{}", "[]", "{\"declared\": \"yes\"}", "{\"declared\": true}",
    "{\"declared\": true, \"system\": {\"zh\": 1, \"en\": \"x\"}}",
  };

  publish (self, make_filter (NUMBER));
  cycle (self);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;

      self->fake->declared_answer = answers[i];
      g_assert_false (sync_fixture_run (self, run_confirm, (gpointer) NUMBER, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);
    }
}

static void
test_kept (SyncFixture   *self,
           gconstpointer  data)
{
  g_autofree char *path = get_path (self);
  g_autoptr (GError) error = NULL;

  publish (self, make_filter (NUMBER));
  cycle (self);
  g_object_set_data (G_OBJECT (self->store), "yeji-declared", NULL);
  g_assert_true (yeji_store_load_declared (self->store, &error));
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);

  g_assert_true (g_file_set_contents (path, "YEJINUM1 and noise", -1, &error));
  g_object_set_data (G_OBJECT (self->store), "yeji-declared", NULL);
  g_assert_true (yeji_store_load_declared (self->store, &error));
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_NO);
  cycle (self);
  g_assert_cmpint (look_up (self, NUMBER), ==, YEJI_DECLARED_PROBABLY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sync_test_add ("/sync/declared-fetch/follows-the-province", test_fetched);
  sync_test_add ("/sync/declared-fetch/keeps-what-it-has-when-noise-comes", test_damaged);
  sync_test_add ("/sync/declared-fetch/an-answer-counts-and-is-kept", test_confirmed);
  sync_test_add ("/sync/declared-fetch/nonsense-is-no-answer", test_nonsense);
  sync_test_add ("/sync/declared-fetch/the-profile-has-it-after-a-restart", test_kept);
  return g_test_run ();
}
