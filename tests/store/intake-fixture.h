// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "store-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-intake-store.h"

G_BEGIN_DECLS

/* Files that came in, in a folder beside what the profile keeps. */

#define GOOD_FINDINGS "{\"type\": \"application/pdf\", \"size\": 20, \"pages\": 1, \"dpi\": 300}"
#define COARSE_FINDINGS "{\"type\": \"application/pdf\", \"size\": 20, \"pages\": 1, \"dpi\": 72}"

static inline GFile *
intake_write (StoreFixture *self,
              const char   *name,
              const char   *content)
{
  g_autofree char *folder = g_build_filename (self->dir, "scans", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static inline YejiRecord *
intake_add_record (StoreFixture *self,
                   const char   *name)
{
  YejiRecord *record = yeji_record_new (self->dictionary, NULL, "construction");

  store_fixture_type (record, "PrjName", name);
  store_fixture_save (self, record, 0);
  return record;
}

static inline GPtrArray *
intake_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_incoming_free);
}

/* @record: (nullable): the tray */
static inline YejiIncoming *
intake_add (StoreFixture *self,
            GPtrArray    *list,
            YejiRecord   *record,
            const char   *slot,
            const char   *name,
            const char   *content)
{
  g_autoptr (GFile) file = intake_write (self, name, content);
  YejiIncoming *incoming;

  incoming = yeji_incoming_new (file, record != NULL ? yeji_record_get_uuid (record) : NULL, slot);
  incoming->origin = g_strconcat ("资料/", name, NULL);
  g_ptr_array_add (list, incoming);
  return incoming;
}

static inline char *
intake_take (StoreFixture *self,
             GPtrArray    *list)
{
  g_autoptr (GError) error = NULL;
  char *batch = NULL;

  yeji_store_take_files (self->store, list, &batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

/* Puts one file into the tray; returns its id. */
static inline char *
intake_take_one (StoreFixture *self,
                 YejiRecord   *record,
                 const char   *slot,
                 const char   *name,
                 const char   *content,
                 char        **batch)
{
  g_autoptr (GPtrArray) list = intake_list_new ();
  YejiIncoming *incoming = intake_add (self, list, record, slot, name, content);
  g_autofree char *taken = intake_take (self, list);

  g_assert_no_error (incoming->error);
  if (batch != NULL)
    *batch = g_steal_pointer (&taken);
  return g_strdup (incoming->id);
}

/* The filenames of a record's slot in order, or, without a record, of the tray. */
static inline char *
intake_show (StoreFixture *self,
             YejiRecord   *record,
             const char   *slot)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  if (record != NULL)
    all = yeji_store_get_attachments (self->store, yeji_record_get_uuid (record), &error);
  else
    all = yeji_store_list_tray (self->store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      gpointer one = g_ptr_array_index (all, i);

      if (record != NULL && !g_str_equal (yeji_attachment_get_slot (one), slot))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              record != NULL ? yeji_attachment_get_filename (one)
                                             : ((YejiTrayFile *) one)->filename);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline void
intake_assert (StoreFixture *self,
               YejiRecord   *record,
               const char   *slot,
               const char   *expected)
{
  g_autofree char *shown = intake_show (self, record, slot);

  g_assert_cmpstr (shown, ==, expected);
}

static inline gboolean
intake_has_content (StoreFixture *self,
                    const char   *sha256)
{
  g_autoptr (GFile) file = yeji_store_get_file (self->store, sha256);

  return g_file_query_exists (file, NULL);
}

/* How many files are below the profile's files/, temporary ones too. */
static inline guint
intake_count_copies (StoreFixture *self)
{
  g_autofree char *files = g_build_filename (self->dir, "files", NULL);
  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (files, name, NULL);
      g_autoptr (GDir) shelf = g_dir_open (path, 0, NULL);

      count += shelf == NULL;
      while (shelf != NULL && g_dir_read_name (shelf) != NULL)
        count++;
    }
  return count;
}

G_END_DECLS
