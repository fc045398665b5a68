// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bundle"

#include "config.h"

#include "yeji-bundle-private.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-json.h"

#define HEX_DIGITS "0123456789abcdef"
#define SUM_LENGTH 64

/* `files/ab/` before the digest. */
#define SHELF_LENGTH 9

static void
free_entry (gpointer data)
{
  YejiBundleEntry *entry = data;

  g_free (entry->name);
  g_free (entry->sha256);
  g_free (entry);
}

YejiManifest *
yeji_manifest_new (guint version)
{
  YejiManifest *self = g_new0 (YejiManifest, 1);

  self->version = version;
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
yeji_manifest_free (YejiManifest *self)
{
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* FALSE for a name that is there already. */
gboolean
yeji_manifest_add (YejiManifest *self,
                   const char   *name,
                   guint64       size,
                   const char   *sha256)
{
  YejiBundleEntry *entry;

  if (g_hash_table_contains (self->by_name, name))
    return FALSE;
  entry = g_new0 (YejiBundleEntry, 1);
  entry->name = g_strdup (name);
  entry->size = size;
  entry->sha256 = g_strdup (sha256);
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_name, entry->name, entry);
  self->size += size;
  return TRUE;
}

char *
yeji_manifest_to_text (YejiManifest *self)
{
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *entries = json_array_new ();

  json_node_take_object (node, object);
  json_object_set_int_member (object, "format", YEJI_BUNDLE_FORMAT);
  json_object_set_string_member (object, "program", "yeji " YEJI_VERSION);
  json_object_set_int_member (object, "version", self->version);
  json_object_set_string_member (object, "made_at", now);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const YejiBundleEntry *entry = g_ptr_array_index (self->entries, i);
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", entry->name);
      json_object_set_int_member (member, "size", (gint64) entry->size);
      json_object_set_string_member (member, "sha256", entry->sha256);
      json_array_add_object_element (entries, member);
    }
  json_object_set_array_member (object, "entries", entries);
  return yeji_json_print (node, TRUE);
}

static gboolean
fail (GError     **error,
      const char  *why,
      const char  *name)
{
  g_autofree char *shown = g_strescape (name, NULL);

  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT, "%s: %s: %s",
               YEJI_BUNDLE_MANIFEST, shown, why);
  return FALSE;
}

static gboolean
is_sum (const char *text)
{
  return text != NULL && strlen (text) == SUM_LENGTH && strspn (text, HEX_DIGITS) == SUM_LENGTH;
}

static gboolean
read_entry (YejiManifest  *self,
            JsonObject    *object,
            GError       **error)
{
  const char *name = object != NULL ? yeji_json_get_string (object, "name") : NULL;
  const char *sha256;
  gint64 size;

  if (name == NULL)
    return fail (error, "an entry without a name", "entries");
  sha256 = yeji_json_get_string (object, "sha256");
  size = yeji_json_get_int (object, "size", -1);
  if (!yeji_manifest_is_file_name (name))
    return fail (error, "this is no file of a profile", name);
  if (size < 0 || !is_sum (sha256))
    return fail (error, "no size or no digest", name);
  if (self->size + (guint64) size > G_MAXINT64)
    return fail (error, "the size is impossible", name);
  return yeji_manifest_add (self, name, (guint64) size, sha256)
         || fail (error, "stands there twice", name);
}

/**
 * yeji_manifest_parse: (skip)
 *
 * Returns: (transfer full) (nullable): the manifest; %NULL with %YEJI_BACKUP_ERROR_NEWER when a
 * newer program made it, otherwise %YEJI_BACKUP_ERROR_FORMAT
 */
YejiManifest *
yeji_manifest_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, (gssize) length, &local_error);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  g_autoptr (YejiManifest) self = NULL;
  JsonArray *entries;
  gint64 format, version;

  if (object == NULL)
    {
      fail (error, local_error != NULL ? local_error->message : "no object", "text");
      return NULL;
    }
  format = yeji_json_get_int (object, "format", 0);
  version = yeji_json_get_int (object, "version", 0);
  entries = yeji_json_get_array (object, "entries");
  if (format > YEJI_BUNDLE_FORMAT)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NEWER,
                   "it has format %" G_GINT64_FORMAT ", this program knows %d", format,
                   YEJI_BUNDLE_FORMAT);
      return NULL;
    }
  if (format < 1 || version < 1 || version > G_MAXINT || entries == NULL)
    {
      fail (error, "a member is missing or impossible", "format, version, entries");
      return NULL;
    }
  self = yeji_manifest_new ((guint) version);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (!read_entry (self, yeji_json_node_object (json_array_get_element (entries, i)), error))
      return NULL;
  if (!g_hash_table_contains (self->by_name, YEJI_BUNDLE_DATABASE))
    {
      fail (error, "it is missing", YEJI_BUNDLE_DATABASE);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_manifest_is_file_name: (skip)
 *
 * Returns: whether it is the name of a file that a bundle may bring: the database, the keys, or a
 * document in its place. There are no others, so none can lead out of the profile.
 */
gboolean
yeji_manifest_is_file_name (const char *name)
{
  const char *sum = name + SHELF_LENGTH;

  if (g_str_equal (name, YEJI_BUNDLE_DATABASE) || g_str_equal (name, YEJI_BUNDLE_CHEST))
    return TRUE;
  return strlen (name) == SHELF_LENGTH + SUM_LENGTH && g_str_has_prefix (name, "files/")
         && name[SHELF_LENGTH - 1] == '/' && is_sum (sum) && strncmp (name + 6, sum, 2) == 0;
}

void
yeji_bundle_advance (YejiBundleProgress *self,
                     guint64             n_bytes)
{
  self->done += n_bytes;
  if (self->func != NULL)
    self->func (MIN (self->done, self->total), self->total, self->data);
}

/**
 * yeji_bundle_take_io_error: (skip)
 * @io_error: (transfer full): of #GIOErrorEnum or ours
 *
 * Tells a stream's failure as one of ours; that it was cancelled stays so.
 *
 * Returns: %FALSE
 */
gboolean
yeji_bundle_take_io_error (GError      *io_error,
                           const char  *path,
                           GError     **error)
{
  if (io_error->domain == YEJI_BACKUP_ERROR
      || g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, io_error);
      return FALSE;
    }
  g_set_error (error, YEJI_BACKUP_ERROR,
               g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? YEJI_BACKUP_ERROR_FULL
               : g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                 ? YEJI_BACKUP_ERROR_NOT_FOUND : YEJI_BACKUP_ERROR_FILE,
               "%s: %s", path, io_error->message);
  g_error_free (io_error);
  return FALSE;
}
