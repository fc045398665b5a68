// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "backup-fixture.h"
#include "yeji-clock.h"
#include "yeji-conflicts.h"
#include "yeji-package-private.h"
#include "yeji-profile.h"

G_BEGIN_DECLS

#define PACKAGE_PASSPHRASE "桥 lantern 七 orbit"

/* Two computers, and what goes between them. */
typedef struct
{
  StoreFixture here;
  StoreFixture there;
  char *dir;
  char *path;
  YejiTakeReport *report;
} PackageFixture;

typedef struct
{
  const char *path;
  void (*func) (PackageFixture *fixture, gconstpointer data);
} PackageCase;

static inline void
package_fixture_set_up (PackageFixture *self,
                        gconstpointer   data)
{
  store_fixture_set_up (&self->here, NULL);
  store_fixture_set_up (&self->there, NULL);
  self->dir = yeji_test_dir_new ();
  self->path = g_build_filename (self->dir, "移交" YEJI_PACKAGE_SUFFIX, NULL);
}

static inline void
package_fixture_tear_down (PackageFixture *self,
                           gconstpointer   data)
{
  yeji_backup_set_step_func (NULL, NULL);
  store_fixture_tear_down (&self->here, NULL);
  store_fixture_tear_down (&self->there, NULL);
  g_clear_pointer (&self->report, yeji_take_report_free);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static inline void
package_fixture_pack_uuids (PackageFixture    *self,
                            StoreFixture      *from,
                            const char *const *uuids)
{
  g_autoptr (GError) error = NULL;

  yeji_package_write (from->store, self->path, uuids, PACKAGE_PASSPHRASE, NULL, NULL, NULL, NULL,
                      &error);
  g_assert_no_error (error);
}

static inline void
package_fixture_pack (PackageFixture *self,
                      StoreFixture   *from)
{
  package_fixture_pack_uuids (self, from, NULL);
}

static inline void
package_fixture_pack_one (PackageFixture *self,
                          StoreFixture   *from,
                          YejiRecord     *record)
{
  const char *uuids[] = { yeji_record_get_uuid (record), NULL };

  package_fixture_pack_uuids (self, from, uuids);
}

static inline YejiPackage *
package_fixture_open (PackageFixture *self)
{
  g_autoptr (GError) error = NULL;
  YejiPackage *package = yeji_package_open (self->path, PACKAGE_PASSPHRASE, NULL, &error);

  g_assert_no_error (error);
  return package;
}

static inline void
package_fixture_take (PackageFixture *self,
                      StoreFixture   *to)
{
  g_autoptr (YejiPackage) package = package_fixture_open (self);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->report, yeji_take_report_free);
  self->report = yeji_package_take (package, to->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static inline void
package_fixture_hand_over (PackageFixture *self,
                           StoreFixture   *from,
                           StoreFixture   *to)
{
  package_fixture_pack (self, from);
  package_fixture_take (self, to);
}

static inline YejiTakeItem *
package_fixture_get_item (PackageFixture *self,
                          guint           index)
{
  g_assert_cmpuint (index, <, self->report->items->len);
  return g_ptr_array_index (self->report->items, index);
}

static inline void
package_fixture_assert_kind (PackageFixture *self,
                             guint           index,
                             YejiTakeKind    kind)
{
  g_assert_cmpstr (yeji_take_kind_to_text (package_fixture_get_item (self, index)->kind), ==,
                   yeji_take_kind_to_text (kind));
}

/* As it is there, whoever's record object was used before. */
static inline void
package_fixture_force (StoreFixture *store,
                       YejiRecord   *like,
                       const char   *field,
                       const char   *value)
{
  g_autoptr (YejiRecord) record = store_fixture_load (store, like);
  g_autoptr (GError) error = NULL;

  store_fixture_type (record, field, value);
  yeji_store_save (store->store, record, NULL, "answered", &error);
  g_assert_no_error (error);
}

static inline void
package_fixture_type (StoreFixture *store,
                      YejiRecord   *like,
                      const char   *field,
                      const char   *value)
{
  g_autoptr (YejiRecord) record = store_fixture_load (store, like);

  store_fixture_type (record, field, value);
  store_fixture_save (store, record, 0);
}

static inline void
package_fixture_assert_same (PackageFixture *self,
                             YejiRecord     *like)
{
  g_autoptr (YejiRecord) here = store_fixture_load (&self->here, like);
  g_autoptr (YejiRecord) there = store_fixture_load (&self->there, like);
  g_autofree char *one = yeji_record_to_text (here);
  g_autofree char *other = yeji_record_to_text (there);

  g_assert_cmpstr (one, ==, other);
}

/* Line by line, but for the one that says that it was handed over. */
static inline void
package_fixture_assert_history (PackageFixture *self,
                                YejiRecord     *like)
{
  const char *uuid = yeji_record_get_uuid (like);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) here = yeji_store_get_history (self->here.store, uuid, &error);
  g_autoptr (GPtrArray) there = yeji_store_get_history (self->there.store, uuid, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (there->len, ==, here->len + 1);
  g_assert_true (yeji_history_line_is_taken (g_ptr_array_index (there, here->len)));
  for (guint i = 0; i < here->len; i++)
    {
      const YejiHistoryLine *one = g_ptr_array_index (here, i);
      const YejiHistoryLine *other = g_ptr_array_index (there, i);

      g_assert_cmpint (one->step, ==, other->step);
      g_assert_cmpint (one->undoes, ==, other->undoes);
      g_assert_cmpstr (one->at, ==, other->at);
      g_assert_cmpstr (one->who, ==, other->who);
      g_assert_cmpstr (one->why, ==, other->why);
      g_assert_cmpstr (one->change->table, ==, other->change->table);
      g_assert_cmpstr (one->change->row, ==, other->change->row);
      g_assert_cmpstr (one->change->field, ==, other->change->field);
      g_assert_cmpstr (one->change->before, ==, other->change->before);
      g_assert_cmpstr (one->change->after, ==, other->change->after);
      g_assert_cmpstr (one->change->after_note, ==, other->change->after_note);
    }
}

static inline void
package_fixture_assert_n_documents (StoreFixture *store,
                                    YejiRecord   *like,
                                    guint         n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  list = yeji_store_get_attachments (store->store, yeji_record_get_uuid (like), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, n);
}

/* In the same order, with the same contents. */
static inline void
package_fixture_assert_documents (PackageFixture *self,
                                  YejiRecord     *like,
                                  guint           n)
{
  const char *uuid = yeji_record_get_uuid (like);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) here = yeji_store_get_attachments (self->here.store, uuid, &error);
  g_autoptr (GPtrArray) there = yeji_store_get_attachments (self->there.store, uuid, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (here->len, ==, n);
  g_assert_cmpuint (there->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      YejiAttachment *one = g_ptr_array_index (here, i);
      YejiAttachment *other = g_ptr_array_index (there, i);
      g_autoptr (GFile) file = NULL;
      g_autofree char *text = NULL;
      g_autofree char *sum = NULL;
      gsize length;

      g_assert_cmpstr (yeji_attachment_get_id (one), ==, yeji_attachment_get_id (other));
      g_assert_cmpstr (yeji_attachment_get_slot (one), ==, yeji_attachment_get_slot (other));
      g_assert_cmpstr (yeji_attachment_get_filename (one), ==,
                       yeji_attachment_get_filename (other));
      g_assert_cmpstr (yeji_attachment_get_media_type (one), ==,
                       yeji_attachment_get_media_type (other));
      g_assert_cmpint (yeji_attachment_get_size (one), ==, yeji_attachment_get_size (other));
      file = yeji_store_get_file (self->there.store, yeji_attachment_get_sha256 (other));
      g_assert_true (g_file_load_contents (file, NULL, &text, &length, NULL, NULL));
      sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
      g_assert_cmpstr (sum, ==, yeji_attachment_get_sha256 (one));
    }
}

static inline void
package_fixture_assert_conflicts (StoreFixture *store,
                                  YejiRecord   *like,
                                  guint         n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  list = yeji_store_get_conflicts (store->store, yeji_record_get_uuid (like), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, n);
}

/* A record here that the province has seen, handed over. */
static inline YejiRecord *
package_fixture_start (PackageFixture *self,
                       const char     *state)
{
  YejiRecord *record = store_fixture_read_sample (self->here.dictionary);
  YejiAnswer *answer;

  store_fixture_save (&self->here, record, 0);
  answer = store_fixture_answer_new (record, "r1", state, "2026-01-02T03:04:05.000Z");
  answer->record = yeji_record_to_text (record);
  g_ptr_array_add (answer->points, yeji_point_new ("/project/PrjName", "看这里"));
  store_fixture_apply (&self->here, answer, "c1");
  package_fixture_hand_over (self, &self->here, &self->there);
  return record;
}

static inline void
package_fixture_name (StoreFixture *store,
                      const char   *name,
                      const char   *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_store_set_setting (store->store, YEJI_PROFILE_SETTING_NAME, name, &error));
  g_assert_true (yeji_store_set_setting (store->store, YEJI_PROFILE_SETTING_CODE, code, &error));
}

static inline GPtrArray *
package_fixture_list_personal (YejiRecord *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        for (guint k = 0; k < table->fields->len; k++)
          {
            const YejiFieldDef *field = g_ptr_array_index (table->fields, k);
            const char *value = yeji_row_get (yeji_record_get_row (record, table, j), field);

            if (field->personal != YEJI_PERSONAL_NO && strlen (value) > 6)
              g_ptr_array_add (numbers, g_strdup (value));
          }
    }
  return numbers;
}

static inline void
package_fixture_assert_lacks (const char *path,
                              const char *text)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (yeji_test_find_bytes (content, length, text, strlen (text)));
}

static inline gboolean
package_fixture_is_later (gpointer data)
{
  g_autofree char *now = yeji_clock_now ();

  return strcmp (now, data) > 0;
}

/* The moment that is over when this returns. */
static inline char *
package_fixture_wait_for_next_moment (void)
{
  char *now = yeji_clock_now ();

  yeji_test_wait_until (package_fixture_is_later, now, 1000);
  return now;
}

G_END_DECLS
