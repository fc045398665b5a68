// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "store-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-notice.h"
#include "yeji-json.h"
#include "yeji-salvage.h"
#include "yeji-store-verify.h"

G_BEGIN_DECLS

/* What a profile holds, to be compared with what is left of it. */
typedef struct
{
  GHashTable *records;         /* uuid -> text */
  guint n_lines;
  guint64 sum_of_lines;        /* of what they say, in any order */
  guint n_attachments;
} Contents;

static inline guint
hash_line (const char            *uuid,
           const YejiHistoryLine *line)
{
  const YejiChange *change = line->change;
  g_autofree char *step = g_strdup_printf ("%" G_GINT64_FORMAT, line->step);
  g_autofree char *text
    = g_strjoin ("\n", uuid, step, change->table, change->row, change->field,
                 change->before != NULL ? change->before : "",
                 change->after != NULL ? change->after : "", NULL);

  return g_str_hash (text);
}

static inline void
contents_clear (Contents *self)
{
  g_clear_pointer (&self->records, g_hash_table_unref);
}

static inline void
contents_read (Contents  *self,
               YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = yeji_store_list (store, &error);

  g_assert_no_error (error);
  memset (self, 0, sizeof *self);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < entries->len; i++)
    {
      const char *uuid = yeji_entry_get_uuid (g_ptr_array_index (entries, i));
      g_autoptr (YejiRecord) record = yeji_store_load (store, uuid, &error);
      g_autoptr (GPtrArray) lines = NULL;
      g_autoptr (GPtrArray) attachments = NULL;

      g_assert_no_error (error);
      lines = yeji_store_get_history (store, uuid, &error);
      g_assert_no_error (error);
      attachments = yeji_store_get_attachments (store, uuid, &error);
      g_assert_no_error (error);
      self->n_lines += lines->len;
      for (guint j = 0; j < lines->len; j++)
        self->sum_of_lines += hash_line (uuid, g_ptr_array_index (lines, j));
      self->n_attachments += attachments->len;
      g_hash_table_insert (self->records, g_strdup (uuid), yeji_record_to_text (record));
    }
}

/* The file's bytes. */
static inline GBytes *
read_bytes (const char *dir,
            const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  char *data;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  return g_bytes_new_take (data, length);
}

static inline void
write_bytes (const char    *dir,
             const char    *name,
             gconstpointer  data,
             gsize          length)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

static inline void
copy_tree (const char *from,
           const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_mkdir (to, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_tree (source, target);
      else
        {
          g_autoptr (GBytes) bytes = read_bytes (from, name);

          g_assert_nonnull (bytes);
          write_bytes (to, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        }
    }
}

static inline YejiNotice *
find_notice (YejiStore  *store,
             const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notices = yeji_store_list_notices (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < notices->len; i++)
    if (g_str_equal (((YejiNotice *) g_ptr_array_index (notices, i))->kind, kind))
      return g_ptr_array_steal_index (notices, i);
  return NULL;
}

static inline gboolean
names (JsonObject *report,
       const char *member,
       const char *uuid)
{
  JsonArray *array = yeji_json_get_array (report, member);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (yeji_json_get_string (json_array_get_object_element (array, i), "uuid"),
                   uuid) == 0)
      return TRUE;
  return FALSE;
}

static inline gint64
number (JsonObject *report,
        const char *member)
{
  return yeji_json_get_int (report, member, -1);
}

/* Whether the report says that nothing is missing or older. */
static inline gboolean
says_all (JsonObject *report)
{
  return number (report, "n_lost") == 0 && number (report, "n_from_backup") == 0
    && number (report, "n_from_province") == 0 && number (report, "lost_lines") == 0
    && number (report, "lost_documents") == 0
    && !json_object_get_boolean_member (report, "uncertain");
}

/* The report must be true: what is not as it was is named, what is named is so. */
static inline void
assert_report_true (const Contents *before,
                    const Contents *after,
                    JsonObject     *report)
{
  gboolean uncertain = json_object_get_boolean_member (report, "uncertain");
  GHashTableIter iter;
  gpointer uuid, text;

  g_assert_cmpint (number (report, "records"), ==, g_hash_table_size (after->records));
  g_assert_cmpint (number (report, "records"), ==,
                   number (report, "from_file") + number (report, "n_from_backup")
                   + number (report, "n_from_province"));
  g_hash_table_iter_init (&iter, before->records);
  while (g_hash_table_iter_next (&iter, &uuid, &text))
    {
      const char *now = g_hash_table_lookup (after->records, uuid);

      if (now == NULL)
        g_assert_true (names (report, "lost", uuid) || uncertain);
      else
        g_assert_false (names (report, "lost", uuid));
      if (now != NULL && !g_str_equal (now, text))
        g_assert_true (names (report, "from_backup", uuid)
                       || names (report, "from_province", uuid));
    }
  g_hash_table_iter_init (&iter, after->records);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    g_assert_true (g_hash_table_contains (before->records, uuid));
  if (!says_all (report))
    return;
  g_assert_cmpuint (after->n_lines, ==, before->n_lines);
  g_assert_cmpuint (after->sum_of_lines, ==, before->sum_of_lines);
  g_assert_cmpuint (after->n_attachments, ==, before->n_attachments);
  g_assert_cmpuint (g_hash_table_size (after->records), ==, g_hash_table_size (before->records));
}

G_END_DECLS
