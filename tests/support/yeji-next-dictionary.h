// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The next version of the program's own dictionary, as a province might publish it. It names no
 * field: it looks for some that nothing else refers to. */

#pragma once

#include <string.h>

#include "yeji-dictionary.h"
#include "yeji-json.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *bundle;
  char *sha256;
  YejiDictionary *dictionary;
  char *removed;               /* fields of the root table */
  char *renamed;
  char *renamed_to;
  char *coded;
  char *retired;               /* codes of that field */
  char *replaced_by;
} NextDictionary;

static inline guint
next_count (const char *text,
            const char *word)
{
  guint count = 0;

  for (const char *c = strstr (text, word); c != NULL; c = strstr (c + 1, word))
    count++;
  return count;
}

static inline gboolean
next_is_free (const char         *text,
              const YejiFieldDef *field)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", field->id);
  g_autofree char *dotted = g_strdup_printf (".%s\"", field->id);

  return (field->kind == YEJI_FIELD_TEXT || field->kind == YEJI_FIELD_LONG_TEXT)
         && field->required == YEJI_REQUIRED_OPTIONAL && !field->by_platform
         && next_count (text, quoted) == 1 && next_count (text, dotted) == 0;
}

static inline JsonObject *
next_get_part (JsonNode   *bundle,
               const char *file)
{
  JsonObject *parts = yeji_json_get_object (json_node_get_object (bundle), "parts");

  return yeji_json_get_object (parts, file);
}

static inline void
next_edit_codes (NextDictionary *self,
                 JsonNode       *bundle,
                 YejiDictionary *base)
{
  GPtrArray *fields = yeji_dictionary_get_root (base)->fields;

  for (guint i = 0; self->coded == NULL && i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *file = NULL;
      JsonArray *items;
      JsonObject *item;

      if (field->kind != YEJI_FIELD_CODE || field->by_platform || field->codes->items->len < 3)
        continue;
      file = g_strdup_printf ("codes/%s.json", field->codes->id);
      items = yeji_json_get_array (next_get_part (bundle, file), "items");
      item = json_array_get_object_element (items, 1);
      if (json_object_has_member (item, "status") || json_object_has_member (item, "parent"))
        continue;
      self->coded = g_strdup (field->id);
      self->retired = g_strdup (json_object_get_string_member (item, "code"));
      self->replaced_by = g_strdup (json_object_get_string_member (
                                      json_array_get_object_element (items, 2), "code"));
      json_object_set_string_member (item, "status", "retired");
      json_object_set_string_member (item, "replaced_by", self->replaced_by);
    }
  g_assert_nonnull (self->coded);
}

static inline void
next_edit_root (NextDictionary *self,
                JsonNode       *bundle,
                YejiDictionary *base,
                const char     *text)
{
  const YejiTableDef *root = yeji_dictionary_get_root (base);
  g_autofree char *file = g_strdup_printf ("tables/%s.json", root->id);
  JsonArray *fields = yeji_json_get_array (next_get_part (bundle, file), "fields");
  guint next = 0;

  for (guint i = 0; i < root->fields->len && next < json_array_get_length (fields); i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (root->fields, i);

      if (!next_is_free (text, field) || self->renamed != NULL)
        next++;
      else if (self->removed == NULL)
        {
          self->removed = g_strdup (field->id);
          json_array_remove_element (fields, next);
        }
      else
        {
          JsonObject *object = json_array_get_object_element (fields, next++);
          JsonArray *aliases = json_array_new ();

          self->renamed = g_strdup (field->id);
          self->renamed_to = g_strconcat (field->id, "Next", NULL);
          json_object_set_string_member (object, "id", self->renamed_to);
          json_array_add_string_element (aliases, self->renamed);
          json_object_set_array_member (object, "aliases", aliases);
        }
    }
  g_assert_nonnull (self->renamed);
}

/**
 * next_dictionary_init:
 *
 * Makes a dictionary with a field less, a renamed one and a replaced code.
 */
static inline void
next_dictionary_init (NextDictionary *self,
                      const char     *version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) base = yeji_dictionary_new_from_dir (g_getenv ("YEJI_DICTIONARY"),
                                                                  &error);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) bundle = NULL;
  char *changed;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (yeji_dictionary_get_bundle (base), NULL),
                    g_bytes_get_size (yeji_dictionary_get_bundle (base)));
  bundle = yeji_json_parse (text, -1, &error);
  g_assert_no_error (error);
  next_edit_root (self, bundle, base, text);
  next_edit_codes (self, bundle, base);
  json_object_set_string_member (next_get_part (bundle, "dictionary.json"), "version", version);
  changed = yeji_json_print (bundle, FALSE);
  self->bundle = g_bytes_new_take (changed, strlen (changed));
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bundle);
  self->dictionary = yeji_dictionary_new_from_bundle (self->bundle, &error);
  g_assert_no_error (error);
}

static inline void
next_dictionary_clear (NextDictionary *self)
{
  g_clear_pointer (&self->bundle, g_bytes_unref);
  g_clear_object (&self->dictionary);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->removed, g_free);
  g_clear_pointer (&self->renamed, g_free);
  g_clear_pointer (&self->renamed_to, g_free);
  g_clear_pointer (&self->coded, g_free);
  g_clear_pointer (&self->retired, g_free);
  g_clear_pointer (&self->replaced_by, g_free);
}

G_END_DECLS
