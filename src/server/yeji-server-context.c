// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-context.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include "yeji-province-resources.h"

#define RESOURCE_DIR "/org/yeji/province"

/* The province's own file if there is one, the one that came with the program otherwise. */
static GBytes *
read_settings_file (const char  *data_dir,
                    const char  *name,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, name, NULL);
  g_autofree char *resource = g_build_path ("/", RESOURCE_DIR, name, NULL);
  char *text = NULL;
  gsize length = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_resource_lookup_data (yeji_province_get_resource (), resource,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return g_bytes_new_take (text, length);
}

static gboolean
make_dir (char        **member,
          const char   *data_dir,
          const char   *name,
          GError      **error)
{
  *member = g_build_filename (data_dir, name, NULL);
  if (g_mkdir_with_parents (*member, 0700) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", *member);
  return FALSE;
}

static void
fill_settings (YejiServerContext        *self,
               const YejiServerSettings *settings)
{
  if (settings != NULL)
    self->settings = *settings;
  if (self->settings.password_passes == 0)
    self->settings.password_passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
  if (self->settings.password_memory == 0)
    self->settings.password_memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
  if (self->settings.file_size == 0)
    self->settings.file_size = yeji_dictionary_get_limits (self->dictionary)->file_size;
  if (self->settings.wait_seconds == 0)
    self->settings.wait_seconds = 25;
}

/**
 * yeji_server_context_new:
 * @data_dir: the province's directory; an `offices.json` or `mapping.json` in it takes the place of
 *   the ones that came with the program
 * @settings: (nullable): %NULL for the defaults
 *
 * Reads dictionary, departments and mapping. Blocks.
 *
 * Returns: (transfer full) (nullable): the context
 */
YejiServerContext *
yeji_server_context_new (const char                *data_dir,
                         const YejiServerSettings  *settings,
                         GError                   **error)
{
  g_autoptr (YejiServerContext) self = g_new0 (YejiServerContext, 1);
  g_autoptr (GBytes) offices = NULL;
  g_autoptr (GBytes) mapping = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  offices = read_settings_file (data_dir, "offices.json", error);
  mapping = offices != NULL ? read_settings_file (data_dir, "mapping.json", error) : NULL;
  if (mapping == NULL)
    return NULL;
  self->versions = yeji_server_dictionary_new (data_dir, mapping, error);
  if (self->versions == NULL)
    return NULL;
  self->dictionary = g_object_ref (self->versions->current);
  self->offices = yeji_offices_new (offices, error);
  if (self->offices == NULL)
    return NULL;
  self->mapping = yeji_mapping_new (mapping, self->dictionary, error);
  if (self->mapping == NULL
      || !make_dir (&self->part_dir, data_dir, "parts", error)
      || !make_dir (&self->content_dir, data_dir, "files", error))
    return NULL;
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    self->validators[i] = yeji_validator_new (self->dictionary, (YejiLanguage) i);
  fill_settings (self, settings);
  return g_steal_pointer (&self);
}

/**
 * yeji_server_context_free:
 * @self: (transfer full)
 *
 * Frees the context.
 */
void
yeji_server_context_free (YejiServerContext *self)
{
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    g_clear_object (&self->validators[i]);
  g_clear_pointer (&self->offices, yeji_offices_free);
  g_clear_pointer (&self->mapping, yeji_mapping_free);
  g_clear_object (&self->dictionary);
  g_clear_pointer (&self->versions, yeji_server_dictionary_free);
  g_free (self->part_dir);
  g_free (self->content_dir);
  g_free (self);
}
