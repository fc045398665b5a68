// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a draft on the screen does while somebody else writes its record into the store. */

#include "config.h"

#include "app-fixture.h"
#include "yeji-test.h"
#include "yeji-undo.h"

#define PATIENCE_MS 10000

static const YejiFieldDef *
find_field (AppFixture *fixture,
            const char *id)
{
  return yeji_table_def_find_field (yeji_dictionary_get_root (fixture->dictionary), id);
}

static const char *
get_shown (AppFixture *fixture,
           const char *id)
{
  return yeji_row_get (yeji_record_get_project (yeji_draft_get_record (fixture->draft)),
                       find_field (fixture, id));
}

static void
type (AppFixture *fixture,
      const char *id,
      const char *value)
{
  yeji_draft_set_value (fixture->draft,
                        yeji_record_get_project (yeji_draft_get_record (fixture->draft)),
                        find_field (fixture, id), value);
}

static gboolean
is_saved (gpointer data)
{
  return yeji_draft_keeper_get_state (yeji_draft_get_keeper (data)) == YEJI_KEEPER_SAVED;
}

/* What the store has of the last check, the list shows. */
static gboolean
is_known (gpointer data)
{
  AppFixture *fixture = data;
  const YejiFacts *facts = yeji_draft_get_facts (fixture->draft);

  return yeji_facts_equal (facts, yeji_entry_get_facts (yeji_draft_get_entry (fixture->draft)));
}

static gboolean
is_shown (gpointer data)
{
  return g_str_equal (get_shown (data, "Address"), "导入之地址");
}

static guint
count_lines (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = yeji_store_get_history (fixture->store,
                                                        yeji_draft_get_uuid (fixture->draft),
                                                        &error);

  g_assert_no_error (error);
  return lines->len;
}

static void
import (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  YejiRecord *record = yeji_store_load (fixture->store, yeji_draft_get_uuid (fixture->draft),
                                        &error);

  g_assert_no_error (error);
  g_ptr_array_add (records, record);
  yeji_record_set (record, yeji_record_get_project (record), find_field (fixture, "Address"),
                   "导入之地址");
  g_assert_true (yeji_store_save_batch (fixture->store, records, NULL, "imported", NULL, &error));
  g_assert_no_error (error);
}

/* That the check was not known is no edit: nothing of the record is saved. */
static void
test_counts (AppFixture    *fixture,
             gconstpointer  data)
{
  guint n_lines = count_lines (fixture);

  g_assert_cmpint (yeji_draft_keeper_get_state (yeji_draft_get_keeper (fixture->draft)), ==,
                   YEJI_KEEPER_SAVED);
  yeji_test_wait_until (is_known, fixture, PATIENCE_MS);
  g_assert_cmpuint (count_lines (fixture), ==, n_lines);
  g_assert_null (yeji_draft_keeper_get_saved_at (yeji_draft_get_keeper (fixture->draft)));
}

/* It comes before the store tells of it: the check of what is on the screen takes nothing back. */
static void
test_import (AppFixture    *fixture,
             gconstpointer  data)
{
  g_autofree char *stored = NULL;

  import (fixture);
  yeji_draft_validate (fixture->draft);
  yeji_test_wait_until (is_shown, fixture, PATIENCE_MS);
  yeji_test_wait_until (is_known, fixture, PATIENCE_MS);
  stored = app_fixture_stored (fixture, "TBProjectInfo", 0, "Address");
  g_assert_cmpstr (stored, ==, "导入之地址");
}

static void
test_typing (AppFixture    *fixture,
             gconstpointer  data)
{
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;

  yeji_test_wait_until (is_known, fixture, PATIENCE_MS);
  type (fixture, "PrjName", "本机所打");
  import (fixture);
  yeji_test_wait_until (is_saved, fixture->draft, PATIENCE_MS);
  yeji_test_wait_until (is_shown, fixture, PATIENCE_MS);
  g_assert_cmpstr (get_shown (fixture, "PrjName"), ==, "本机所打");
  address = app_fixture_stored (fixture, "TBProjectInfo", 0, "Address");
  name = app_fixture_stored (fixture, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (address, ==, "导入之地址");
  g_assert_cmpstr (name, ==, "本机所打");
}

/* What is typed while the news are being read stays on the screen and on the disk. */
static void
test_typed_meanwhile (AppFixture    *fixture,
                      gconstpointer  data)
{
  g_autofree char *name = NULL;

  yeji_test_wait_until (is_known, fixture, PATIENCE_MS);
  import (fixture);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *typed = g_strdup_printf ("第 %u 字", i);
      GAsyncResult *result = NULL;

      type (fixture, "PrjName", typed);
      yeji_draft_refresh (fixture->draft);
      yeji_draft_keeper_flush_async (yeji_draft_get_keeper (fixture->draft), yeji_test_store_result,
                                     &result);
      g_object_unref (yeji_test_await (&result, PATIENCE_MS));
      g_assert_cmpstr (get_shown (fixture, "PrjName"), ==, typed);
    }
  yeji_test_wait_until (is_shown, fixture, PATIENCE_MS);
  g_assert_cmpstr (get_shown (fixture, "PrjName"), ==, "第 49 字");
  name = app_fixture_stored (fixture, "TBProjectInfo", 0, "PrjName");
  g_assert_cmpstr (name, ==, "第 49 字");
}

static void
add_tests (void)
{
  app_fixture_add ("/app/draft/notes-what-a-check-found", test_counts);
  app_fixture_add ("/app/draft/shows-what-an-import-brought", test_import);
  app_fixture_add ("/app/draft/types-while-an-import-comes", test_typing);
  app_fixture_add ("/app/draft/keeps-what-is-typed-while-news-are-read", test_typed_meanwhile);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
