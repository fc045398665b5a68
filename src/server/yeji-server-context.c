// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-context.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include "yeji-json.h"
#include "yeji-platform.h"

/* So many may be written at one moment before the first of them is submitted. */
#define RECENT 1000
/* For the database, documents, and the programs that look into them. */
#define SPARE_FILES 100

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

/* What the province's file may say of documents, and what counts where it says nothing. */
static const struct
{
  const char *member;
  gint64 usual;
  gint64 unit;                 /* of what the file says */
  gsize offset;
} limits[] = {
  { "quota", G_GINT64_CONSTANT (53687091200), 1, G_STRUCT_OFFSET (YejiServerSettings, quota) },
  { "unfinished_hours", 168, 3600, G_STRUCT_OFFSET (YejiServerSettings, upload_seconds) },
  { "follow_hours", 72, 3600, G_STRUCT_OFFSET (YejiServerSettings, follow_seconds) },
  { "file_size", 0, 1, G_STRUCT_OFFSET (YejiServerSettings, file_size) },   /* 0: the dictionary's */
};

static gboolean
read_limits (YejiServerSettings  *settings,
             GBytes              *mapping,
             GError             **error)
{
  g_autoptr (JsonNode) node = yeji_json_parse (g_bytes_get_data (mapping, NULL),
                                               (gssize) g_bytes_get_size (mapping), error);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;

  if (node == NULL)
    return FALSE;
  object = object != NULL ? yeji_json_get_object (object, "documents") : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      gint64 *limit = G_STRUCT_MEMBER_P (settings, limits[i].offset);
      gint64 value = limits[i].usual;

      if (*limit != 0)
        continue;
      if (object != NULL && json_object_has_member (object, limits[i].member))
        value = yeji_json_get_int (object, limits[i].member, 0);
      if (value < 0 || (value == 0 && limits[i].usual != 0)
          || value > G_MAXINT64 / limits[i].unit)
        {
          g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
                       "mapping: documents/%s is no number above 0", limits[i].member);
          return FALSE;
        }
      *limit = value * limits[i].unit;
    }
  return TRUE;
}

/* What the settings file says, where a test says nothing. */
static void
take_limits (YejiServerSettings       *settings,
             const YejiServerSettings *file)
{
  if (settings->password_passes == 0)
    settings->password_passes = file->password_passes;
  if (settings->password_memory == 0)
    settings->password_memory = file->password_memory;
  if (settings->wait_seconds == 0)
    settings->wait_seconds = file->wait_seconds;
  if (settings->sweep_seconds == 0)
    settings->sweep_seconds = file->sweep_seconds;
  if (settings->header_seconds == 0)
    settings->header_seconds = file->header_seconds;
  if (settings->idle_seconds == 0)
    settings->idle_seconds = file->idle_seconds;
  if (settings->slow_seconds == 0)
    settings->slow_seconds = file->slow_seconds;
  if (settings->slow_bytes == 0)
    settings->slow_bytes = file->slow_bytes;
  if (settings->search_milliseconds == 0)
    settings->search_milliseconds = file->search_milliseconds;
  if (settings->connections == 0)
    settings->connections = file->connections;
}

static void
fill_settings (YejiServerContext        *self,
               const YejiServerSettings *settings)
{
  if (settings != NULL)
    self->settings = *settings;
  take_limits (&self->settings, &self->province->limits);
  if (self->settings.password_passes == 0)
    self->settings.password_passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
  if (self->settings.password_memory == 0)
    self->settings.password_memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
  if (self->settings.wait_seconds == 0)
    self->settings.wait_seconds = 25;
  if (self->settings.sweep_seconds == 0)
    self->settings.sweep_seconds = 60;
  if (self->settings.header_seconds == 0)
    self->settings.header_seconds = 20;
  if (self->settings.idle_seconds == 0)
    self->settings.idle_seconds = 75;
  if (self->settings.slow_seconds == 0)
    self->settings.slow_seconds = 30;
  if (self->settings.slow_bytes == 0)
    self->settings.slow_bytes = 15 * 1024;
  if (self->settings.search_milliseconds == 0)
    self->settings.search_milliseconds = 2000;
  if (self->settings.connections == 0)
    self->settings.connections = MAX (yeji_platform_get_most_files (), 2 * SPARE_FILES)
                                 - SPARE_FILES;
}

/**
 * yeji_server_context_new:
 * @data_dir: the province's directory, with its settings; see yeji_province_settings_read()
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

  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  self->province = yeji_province_settings_read (data_dir, error);
  if (self->province == NULL)
    return NULL;
  self->push = self->province->push.url != NULL ? &self->province->push : NULL;
  self->versions = yeji_server_dictionary_new (data_dir, self->province->mapping, error);
  if (self->versions == NULL)
    return NULL;
  self->dictionary = g_object_ref (self->versions->current);
  self->offices = yeji_offices_new (self->province->offices, error);
  if (self->offices == NULL)
    return NULL;
  self->mapping = yeji_mapping_new (self->province->mapping, self->dictionary, error);
  if (self->mapping == NULL)
    return NULL;
  self->declared_systems = yeji_declared_systems_open (self->dictionary, data_dir, error);
  if (self->declared_systems == NULL)
    return NULL;
  self->layout = yeji_public_layout_new (self->dictionary, error);
  if (self->layout == NULL)
    return NULL;
  self->receipt_keys = yeji_receipt_keys_open (data_dir, error);
  if (self->receipt_keys == NULL
      || !yeji_receipt_keys_revoke (self->receipt_keys, self->province->revoked_keys, error)
      || !make_dir (&self->part_dir, data_dir, "parts", error)
      || !make_dir (&self->content_dir, data_dir, "files", error)
      || !make_dir (&self->thumbnail_dir, data_dir, "thumbnails", error))
    return NULL;
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    self->validators[i] = yeji_validator_new (self->dictionary, (YejiLanguage) i);
  fill_settings (self, settings);
  if (!read_limits (&self->settings, self->province->mapping, error))
    return NULL;
  if (self->settings.file_size == 0)
    self->settings.file_size = yeji_dictionary_get_limits (self->dictionary)->file_size;
  if (self->province->metrics_token_file != NULL)
    {
      self->metrics_token = yeji_province_settings_read_secret (self->province->metrics_token_file,
                                                                error);
      if (self->metrics_token == NULL)
        return NULL;
    }
  self->metrics = yeji_metrics_new ();
  self->sums = yeji_upload_sums_new ();
  self->editing = yeji_editing_new ();
  self->recent = yeji_recent_new (RECENT);
  self->looks = yeji_audit_looks_new ();
  self->throttle = yeji_throttle_new ();
  self->examiner = yeji_examiner_new ();
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
  g_clear_pointer (&self->province, yeji_province_settings_free);
  g_clear_pointer (&self->mapping, yeji_mapping_free);
  g_clear_pointer (&self->layout, yeji_public_layout_free);
  g_clear_pointer (&self->declared_systems, yeji_declared_systems_free);
  g_clear_pointer (&self->receipt_keys, yeji_receipt_keys_free);
  g_clear_object (&self->dictionary);
  g_clear_pointer (&self->versions, yeji_server_dictionary_free);
  g_clear_pointer (&self->metrics, yeji_metrics_free);
  g_free (self->metrics_token);
  g_free (self->part_dir);
  g_free (self->content_dir);
  g_free (self->thumbnail_dir);
  g_clear_pointer (&self->sums, yeji_upload_sums_free);
  g_clear_pointer (&self->editing, yeji_editing_free);
  g_clear_pointer (&self->recent, yeji_recent_free);
  g_clear_pointer (&self->looks, yeji_audit_looks_free);
  g_clear_pointer (&self->throttle, yeji_throttle_free);
  if (self->examiner != NULL)
    yeji_examiner_close (self->examiner);
  g_clear_object (&self->examiner);
  g_free (self);
}
