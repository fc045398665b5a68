// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-dictionary.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "yeji-json.h"
#include "yeji-move.h"

/* The province's own dictionary, in its directory. */
#define DICTIONARY_DIR "dictionary"
/* Every version that it ever used, a bundle a file: records of all of them are stored. */
#define OLD_DIR "dictionaries"

/* A typing error must not make the province use another dictionary than it was told. */
static gboolean
read_settings (JsonNode    *settings,
               JsonObject **dictionary,
               GError     **error)
{
  static const char * const names[] = { "bundle", "seed" };
  JsonObject *root = yeji_json_node_object (settings);
  guint n = 0;

  *dictionary = root != NULL ? yeji_json_get_object (root, "dictionary") : NULL;
  for (guint i = 0; *dictionary != NULL && i < G_N_ELEMENTS (names); i++)
    n += yeji_json_get_string (*dictionary, names[i]) != NULL;
  if (root != NULL && !json_object_has_member (root, "dictionary"))
    return TRUE;
  if (*dictionary != NULL && n == json_object_get_size (*dictionary))
    return TRUE;
  g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
                       "mapping: dictionary may have bundle and seed, the names of files");
  return FALSE;
}

static char *
find_file (const char *data_dir,
           JsonObject *settings,
           const char *member)
{
  const char *name = settings != NULL ? yeji_json_get_string (settings, member) : NULL;

  if (name == NULL)
    return NULL;
  return g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (data_dir, name, NULL);
}

static YejiDictionary *
load_bundle (const char  *path,
             GError     **error)
{
  g_autoptr (GBytes) bundle = NULL;
  YejiDictionary *dictionary;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  bundle = g_bytes_new_take (text, length);
  dictionary = yeji_dictionary_new_from_bundle (bundle, error);
  if (dictionary == NULL)
    g_prefix_error (error, "%s: ", path);
  return dictionary;
}

static YejiDictionary *
load_dir (const char  *path,
          GError     **error)
{
  YejiDictionary *dictionary = yeji_dictionary_new_from_dir (path, error);

  if (dictionary == NULL)
    g_prefix_error (error, "%s: ", path);
  return dictionary;
}

/* A bundle that the settings name, a folder of parts, or what came with the program. */
static YejiDictionary *
load_current (const char  *data_dir,
              JsonObject  *settings,
              GError     **error)
{
  g_autofree char *bundle = find_file (data_dir, settings, "bundle");
  g_autofree char *dir = g_build_filename (data_dir, DICTIONARY_DIR, NULL);

  if (bundle != NULL)
    return load_bundle (bundle, error);
  if (g_file_test (dir, G_FILE_TEST_EXISTS))
    return load_dir (dir, error);
  return yeji_dictionary_new_built_in (error);
}

static char *
get_old_path (YejiServerDictionary *self,
              const char           *version)
{
  g_autofree char *escaped = g_uri_escape_string (version, NULL, FALSE);
  g_autofree char *name = g_strconcat (escaped, ".json", NULL);

  return g_build_filename (self->old_dir, name, NULL);
}

/* Written anew only if it says something else: another process may read it just now. */
static gboolean
keep_current (YejiServerDictionary  *self,
              GError               **error)
{
  g_autofree char *path = get_old_path (self, yeji_dictionary_get_version (self->current));
  GBytes *bundle = yeji_dictionary_get_bundle (self->current);
  g_autofree char *text = NULL;
  gsize size, length;
  const char *data = g_bytes_get_data (bundle, &size);

  if (g_file_get_contents (path, &text, &length, NULL) && length == size
      && memcmp (text, data, size) == 0)
    return TRUE;
  if (g_mkdir_with_parents (self->old_dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", self->old_dir);
      return FALSE;
    }
  return g_file_set_contents (path, data, (gssize) size, error);
}

static gboolean
sign (YejiServerDictionary  *self,
      const char            *path,
      GError               **error)
{
  GBytes *bundle = yeji_dictionary_get_bundle (self->current);
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  guint8 signature[crypto_sign_BYTES];
  g_autofree char *text = NULL;
  g_autofree guint8 *seed = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  seed = g_base64_decode (g_strstrip (text), &length);
  sodium_memzero (text, strlen (text));
  if (length != crypto_sign_SEEDBYTES)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                   "%s: no Ed25519 seed of %u bytes in base64", path,
                   (guint) crypto_sign_SEEDBYTES);
      return FALSE;
    }
  crypto_sign_seed_keypair (public, secret, seed);
  crypto_sign_detached (signature, NULL, g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle),
                        secret);
  self->key = g_base64_encode (public, sizeof public);
  self->signature = g_base64_encode (signature, sizeof signature);
  sodium_memzero (secret, sizeof secret);
  sodium_memzero (seed, length);
  return TRUE;
}

/**
 * yeji_server_dictionary_new:
 * @data_dir: the province's directory
 * @settings: the province's settings; an object `dictionary` may name a `bundle` and the `seed`
 *     with which it is signed, files in @data_dir
 *
 * Loads the province's dictionary: the bundle that the settings name, else the folder `dictionary/`
 * of the directory, else the one that came with the program. A broken one is an error, so that no
 * server starts with another dictionary than it was told.
 *
 * Returns: (transfer full) (nullable): the dictionary
 */
YejiServerDictionary *
yeji_server_dictionary_new (const char  *data_dir,
                            GBytes      *settings,
                            GError     **error)
{
  g_autoptr (YejiServerDictionary) self = g_new0 (YejiServerDictionary, 1);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *seed = NULL;
  JsonObject *named;

  g_mutex_init (&self->mutex);
  self->old = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->old_dir = g_build_filename (data_dir, OLD_DIR, NULL);
  node = yeji_json_parse (g_bytes_get_data (settings, NULL), (gssize) g_bytes_get_size (settings),
                          error);
  if (node == NULL || !read_settings (node, &named, error))
    return NULL;
  self->current = load_current (data_dir, named, error);
  if (self->current == NULL || !keep_current (self, error))
    return NULL;
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256,
                                               yeji_dictionary_get_bundle (self->current));
  seed = find_file (data_dir, named, "seed");
  if (seed != NULL && !sign (self, seed, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_server_dictionary_free:
 * @self: (transfer full)
 *
 * Frees the dictionaries.
 */
void
yeji_server_dictionary_free (YejiServerDictionary *self)
{
  g_clear_object (&self->current);
  g_hash_table_unref (self->old);
  g_mutex_clear (&self->mutex);
  g_free (self->sha256);
  g_free (self->key);
  g_free (self->signature);
  g_free (self->old_dir);
  g_free (self);
}

/* Not one of ours, or one from before old versions were kept: read as if it were the current. */
static YejiDictionary *
find (YejiServerDictionary *self,
      const char           *version)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *path = NULL;
  g_autoptr (GError) reason = NULL;
  YejiDictionary *dictionary;

  if (version == NULL || g_str_equal (version, yeji_dictionary_get_version (self->current)))
    return self->current;
  dictionary = g_hash_table_lookup (self->old, version);
  if (dictionary != NULL)
    return dictionary;
  path = get_old_path (self, version);
  dictionary = load_bundle (path, &reason);
  if (dictionary == NULL)
    g_info ("the dictionary %s is not known: %s", version, reason->message);
  else
    g_hash_table_insert (self->old, g_strdup (version), dictionary);
  return dictionary != NULL ? dictionary : self->current;
}

/**
 * yeji_server_dictionary_read:
 * @body: a stored record, maybe of an older version
 * @version: (out) (optional) (transfer full) (nullable): which one
 *
 * Reads a record under the version of the dictionary under which it was written, and moves it to
 * the one that the province uses now. What is stored stays as it is.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with an error of #YejiRecordError
 */
YejiRecord *
yeji_server_dictionary_read (YejiServerDictionary  *self,
                             const char            *body,
                             char                 **version,
                             GError               **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (body, -1, &reason);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  g_autoptr (YejiRecord) record = NULL;
  YejiDictionary *dictionary;
  const char *written;

  if (version != NULL)
    *version = NULL;
  if (node == NULL)
    {
      g_set_error_literal (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX, reason->message);
      return NULL;
    }
  written = object != NULL ? yeji_json_get_string (object, "dictionary") : NULL;
  if (version != NULL)
    *version = g_strdup (written);
  dictionary = find (self, written);
  record = yeji_record_new_from_json (dictionary, node, error);
  if (record == NULL || dictionary == self->current)
    return g_steal_pointer (&record);
  return yeji_record_move (record, self->current, NULL);
}
