// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"
#include "yeji-test.h"

G_BEGIN_DECLS

/* A profile in a directory of its own. */
typedef struct
{
  char *dir;
  YejiDictionary *dictionary;
  YejiStore *store;
} StoreFixture;

static inline void
store_fixture_open (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->store = yeji_store_open (self->dir, self->dictionary, &error);
  g_assert_no_error (error);
}

static inline void
store_fixture_close (StoreFixture *self)
{
  yeji_store_close (self->store);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

static inline void
store_fixture_set_up (StoreFixture  *self,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->dir = yeji_test_dir_new ();
  self->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  store_fixture_open (self);
}

static inline void
store_fixture_tear_down (StoreFixture  *self,
                         gconstpointer  data)
{
  store_fixture_close (self);
  g_object_unref (self->dictionary);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
}

/* A full record. */
static inline YejiRecord *
store_fixture_read_sample (YejiDictionary *dictionary)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  YejiRecord *record;

  g_assert_nonnull (g_getenv ("YEJI_SAMPLES"));
  path = g_build_filename (g_getenv ("YEJI_SAMPLES"), "complete-construction.json", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  g_assert_no_error (error);
  return record;
}

static inline void
store_fixture_type (YejiRecord *record,
                    const char *field,
                    const char *value)
{
  YejiRow *project = yeji_record_get_project (record);
  const YejiFieldDef *def = yeji_table_def_find_field (yeji_row_get_table (project), field);

  g_assert_true (yeji_record_set (record, project, def, value));
}

static inline const char *
store_fixture_read (YejiRecord *record,
                    const char *field)
{
  return yeji_row_get_by_id (yeji_record_get_project (record), field);
}

static inline void
store_fixture_save (StoreFixture *self,
                    YejiRecord   *record,
                    guint         n_errors)
{
  const YejiFacts facts = { .n_errors = n_errors };
  g_autoptr (GError) error = NULL;

  yeji_store_save (self->store, record, &facts, "typed", &error);
  g_assert_no_error (error);
}

static inline YejiRecord *
store_fixture_load (StoreFixture *self,
                    YejiRecord   *like)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_store_load (self->store, yeji_record_get_uuid (like), &error);

  g_assert_no_error (error);
  return record;
}

static inline YejiEntry *
store_fixture_get_entry (StoreFixture *self,
                         YejiRecord   *record)
{
  g_autoptr (GError) error = NULL;
  YejiEntry *entry = yeji_store_get_entry (self->store, yeji_record_get_uuid (record), &error);

  g_assert_no_error (error);
  return entry;
}

static inline void
store_fixture_assert_state (StoreFixture *self,
                            YejiRecord   *record,
                            YejiState     state)
{
  g_autoptr (YejiEntry) entry = store_fixture_get_entry (self, record);

  g_assert_cmpstr (yeji_state_to_text (yeji_entry_get_state (entry)), ==,
                   yeji_state_to_text (state));
}

static inline YejiAnswer *
store_fixture_answer_new (YejiRecord *record,
                          const char *revision,
                          const char *state,
                          const char *at)
{
  YejiAnswer *answer = yeji_answer_new ();

  answer->uuid = g_strdup (yeji_record_get_uuid (record));
  answer->revision = g_strdup (revision);
  answer->state = g_strdup (state);
  answer->at = g_strdup (at);
  return answer;
}

static inline void
store_fixture_apply (StoreFixture *self,
                     YejiAnswer   *answer,
                     const char   *cursor)
{
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  g_ptr_array_add (answers, answer);
  yeji_store_apply_answers (self->store, answers, cursor, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *path;
  void (*func) (StoreFixture *fixture, gconstpointer data);
} StoreCase;

static inline void
store_fixture_add_cases (const StoreCase *cases,
                         gsize            n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    g_test_add (cases[i].path, StoreFixture, NULL, store_fixture_set_up, cases[i].func,
                store_fixture_tear_down);
}

G_END_DECLS
