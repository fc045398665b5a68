// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-shelf.h"

#include "yeji-body-read.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-move.h"
#include "yeji-store-seal.h"

#include <string.h>

/* Versions say only whether two dictionaries are the same one, so which of them counts is
 * remembered: what was adopted from a province, else the one of the program. */
#define SETTING_ADOPTED "dictionary.adopted"
#define SETTING_OFFERED "dictionary.offered"

#define ORIGIN_PROGRAM "program"
#define ORIGIN_PROVINCE "province"

struct _YejiShelf
{
  YejiVault *vault;            /* (unowned) (nullable): opens what is read */
  YejiDictionary *current;     /* under which the clerk's records are written */
  GHashTable *known;           /* version -> YejiDictionary, as far as they were read */
  GMutex mutex;                /* the one below, which any thread may ask for */
  YejiDictionary *offered;     /* (nullable) */
};

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
read_one (YejiSql     *sql,
          const char  *statement,
          const char  *key,
          YejiRows   **found,
          GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, statement, "s", key);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &failure))
    *found = g_steal_pointer (&rows);
  return finish (failure, error);
}

static gboolean
read_setting (YejiSql     *sql,
              const char  *name,
              char       **value,
              GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  if (!read_one (sql, "SELECT value FROM setting WHERE name = ?1", name, &rows, error))
    return FALSE;
  *value = rows != NULL ? yeji_rows_dup_text (rows, 0) : NULL;
  return TRUE;
}

static gboolean
write_setting (YejiSql     *sql,
               const char  *name,
               const char  *value,
               GError     **error)
{
  if (value == NULL)
    return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s", name);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", name, value);
}

/* A dictionary that is kept is written anew only if it says something else. */
static gboolean
write_dictionary (YejiSql         *sql,
                  YejiDictionary  *dictionary,
                  GBytes          *bundle,
                  const char      *sha256,
                  const char      *origin,
                  GError         **error)
{
  g_autofree char *now = yeji_clock_now ();

  return yeji_sql_exec (sql, error,
                        "INSERT INTO dictionary (version, sha256, origin, fetched_at, bundle)"
                        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (version) DO UPDATE SET"
                        " sha256 = excluded.sha256, origin = excluded.origin,"
                        " fetched_at = excluded.fetched_at, bundle = excluded.bundle"
                        " WHERE sha256 <> excluded.sha256",
                        "ssssb", yeji_dictionary_get_version (dictionary), sha256, origin, now,
                        bundle);
}

/**
 * yeji_shelf_find: (skip)
 * @dictionary: (out) (transfer none) (nullable): %NULL when that version was never used here, or
 *     when this program cannot read it
 *
 * Finds a version of the dictionary.
 */
gboolean
yeji_shelf_find (YejiShelf       *self,
                 YejiSql         *sql,
                 const char      *version,
                 YejiDictionary **dictionary,
                 GError         **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) reason = NULL;

  *dictionary = g_hash_table_lookup (self->known, version);
  if (*dictionary != NULL)
    return TRUE;
  if (!read_one (sql, "SELECT bundle FROM dictionary WHERE version = ?1", version, &rows, error))
    return FALSE;
  if (rows == NULL)
    return TRUE;
  bundle = yeji_rows_bytes (rows, 0);
  *dictionary = yeji_dictionary_new_from_bundle (bundle, &reason);
  if (*dictionary != NULL)
    g_hash_table_insert (self->known, g_strdup (version), *dictionary);
  else
    g_message ("the dictionary %s of the profile cannot be read: %s", version, reason->message);
  return TRUE;
}

/**
 * yeji_shelf_find_sum: (skip)
 * @sha256: (out) (transfer full) (nullable): of the bundle with that version, if there is one
 */
gboolean
yeji_shelf_find_sum (YejiSql     *sql,
                     const char  *version,
                     char       **sha256,
                     GError     **error)
{
  g_autoptr (YejiRows) rows = NULL;

  if (!read_one (sql, "SELECT sha256 FROM dictionary WHERE version = ?1", version, &rows, error))
    return FALSE;
  *sha256 = rows != NULL ? yeji_rows_dup_text (rows, 0) : NULL;
  return TRUE;
}

/**
 * yeji_shelf_set_offered: (skip)
 * @dictionary: (nullable): what the province offers
 *
 * Sets what is offered, in memory alone.
 */
void
yeji_shelf_set_offered (YejiShelf      *self,
                        YejiDictionary *dictionary)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_set_object (&self->offered, dictionary);
}

/* The version that a setting names, or NULL. */
static gboolean
find_set (YejiShelf       *self,
          YejiSql         *sql,
          const char      *name,
          YejiDictionary **dictionary,
          GError         **error)
{
  g_autofree char *version = NULL;

  *dictionary = NULL;
  if (!read_setting (sql, name, &version, error))
    return FALSE;
  return version == NULL || yeji_shelf_find (self, sql, version, dictionary, error);
}

static gboolean
choose (YejiShelf       *self,
        YejiSql         *sql,
        YejiDictionary  *built_in,
        GError         **error)
{
  g_autofree char *sha256 = NULL;
  YejiDictionary *adopted, *offered;

  if (!find_set (self, sql, SETTING_ADOPTED, &adopted, error)
      || !find_set (self, sql, SETTING_OFFERED, &offered, error))
    return FALSE;
  self->current = g_object_ref (adopted != NULL ? adopted : built_in);
  if (offered != NULL && !g_str_equal (yeji_dictionary_get_version (offered),
                                       yeji_dictionary_get_version (self->current)))
    yeji_shelf_set_offered (self, offered);
  if (adopted != NULL)
    return TRUE;
  g_hash_table_insert (self->known, g_strdup (yeji_dictionary_get_version (built_in)),
                       g_object_ref (built_in));
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, yeji_dictionary_get_bundle (built_in));
  return write_dictionary (sql, built_in, yeji_dictionary_get_bundle (built_in), sha256,
                           ORIGIN_PROGRAM, error);
}

/**
 * yeji_shelf_open: (skip)
 * @built_in: the program's own dictionary, which counts where none was adopted
 *
 * Returns: (transfer full) (nullable): the shelf
 */
YejiShelf *
yeji_shelf_open (YejiSql         *sql,
                 YejiDictionary  *built_in,
                 GError         **error)
{
  g_autoptr (YejiShelf) self = g_new0 (YejiShelf, 1);

  g_mutex_init (&self->mutex);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return choose (self, sql, built_in, error) ? g_steal_pointer (&self) : NULL;
}

void
yeji_shelf_free (YejiShelf *self)
{
  g_clear_object (&self->current);
  g_clear_object (&self->offered);
  g_hash_table_unref (self->known);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * yeji_shelf_set_vault: (skip)
 * @vault: opens what is sealed in the records that are read
 */
void
yeji_shelf_set_vault (YejiShelf *self,
                      YejiVault *vault)
{
  self->vault = vault;
}

YejiDictionary *
yeji_shelf_get_current (YejiShelf *self)
{
  return self->current;
}

/**
 * yeji_shelf_set_current: (skip)
 *
 * Sets what counts, in memory alone.
 */
void
yeji_shelf_set_current (YejiShelf      *self,
                        YejiDictionary *dictionary)
{
  g_set_object (&self->current, dictionary);
}

/**
 * yeji_shelf_dup_offered: (skip)
 *
 * Thread-safe.
 *
 * Returns: (transfer full) (nullable): the dictionary that the province offers
 */
YejiDictionary *
yeji_shelf_dup_offered (YejiShelf *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->offered != NULL ? g_object_ref (self->offered) : NULL;
}

/**
 * yeji_shelf_offer: (skip)
 *
 * Puts a province's dictionary on the shelf, to be adopted when the clerk agrees.
 */
gboolean
yeji_shelf_offer (YejiShelf       *self,
                  YejiSql         *sql,
                  YejiDictionary  *dictionary,
                  GBytes          *bundle,
                  const char      *sha256,
                  GError         **error)
{
  const char *version = yeji_dictionary_get_version (dictionary);

  if (!write_dictionary (sql, dictionary, bundle, sha256, ORIGIN_PROVINCE, error)
      || !write_setting (sql, SETTING_OFFERED, version, error))
    return FALSE;
  g_hash_table_replace (self->known, g_strdup (version), g_object_ref (dictionary));
  yeji_shelf_set_offered (self, dictionary);
  return TRUE;
}

/**
 * yeji_shelf_offer_known: (skip)
 *
 * Offers a dictionary that is on the shelf already.
 */
gboolean
yeji_shelf_offer_known (YejiShelf   *self,
                        YejiSql     *sql,
                        const char  *version,
                        GError     **error)
{
  YejiDictionary *dictionary;

  if (!yeji_shelf_find (self, sql, version, &dictionary, error))
    return FALSE;
  if (dictionary == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no dictionary %s",
                   version);
      return FALSE;
    }
  if (!write_setting (sql, SETTING_OFFERED, version, error))
    return FALSE;
  yeji_shelf_set_offered (self, dictionary);
  return TRUE;
}

/**
 * yeji_shelf_withdraw: (skip)
 *
 * Forgets what was offered: the province uses what counts here.
 */
gboolean
yeji_shelf_withdraw (YejiShelf  *self,
                     YejiSql    *sql,
                     GError    **error)
{
  if (!write_setting (sql, SETTING_OFFERED, NULL, error))
    return FALSE;
  yeji_shelf_set_offered (self, NULL);
  return TRUE;
}

/**
 * yeji_shelf_adopt: (skip)
 *
 * Lets a dictionary on the shelf count from now on.
 */
gboolean
yeji_shelf_adopt (YejiShelf       *self,
                  YejiSql         *sql,
                  YejiDictionary  *dictionary,
                  GError         **error)
{
  const char *version = yeji_dictionary_get_version (dictionary);

  if (!write_setting (sql, SETTING_ADOPTED, version, error)
      || !yeji_shelf_withdraw (self, sql, error))
    return FALSE;
  g_hash_table_replace (self->known, g_strdup (version), g_object_ref (dictionary));
  yeji_shelf_set_current (self, dictionary);
  return TRUE;
}

static YejiDictionary *
find_of (YejiShelf  *self,
         YejiSql    *sql,
         JsonNode   *node,
         GError    **error)
{
  JsonObject *object = yeji_json_node_object (node);
  const char *version = object != NULL ? yeji_json_get_string (object, "dictionary") : NULL;
  YejiDictionary *dictionary = NULL;

  if (version == NULL || g_str_equal (version, yeji_dictionary_get_version (self->current)))
    return self->current;
  if (!yeji_shelf_find (self, sql, version, &dictionary, error))
    return NULL;
  return dictionary != NULL ? dictionary : self->current;
}

/**
 * yeji_shelf_read: (skip)
 * @body: a record, JSON, as it is stored
 *
 * Reads a record under the version that it names, or under the one that counts where that version
 * is not known here.
 *
 * Returns: (transfer full) (nullable): the record
 */
YejiRecord *
yeji_shelf_read (YejiShelf   *self,
                 YejiSql     *sql,
                 const char  *body,
                 GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = NULL;
  YejiDictionary *dictionary;
  YejiRecord *record = yeji_body_read (self->current, self->vault, body);

  if (record != NULL)
    return record;
  node = yeji_json_parse (body, -1, &reason);
  if (node == NULL)
    {
      g_set_error_literal (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX, reason->message);
      return NULL;
    }
  if (self->vault != NULL && strstr (body, YEJI_VAULT_PREFIX) != NULL)
    yeji_body_unseal (node, self->vault);
  dictionary = find_of (self, sql, node, error);
  return dictionary != NULL ? yeji_record_new_from_json (dictionary, node, error) : NULL;
}

/**
 * yeji_shelf_read_under: (skip)
 *
 * Reads a record as yeji_shelf_read() does, and moves it to @dictionary.
 *
 * Returns: (transfer full) (nullable): the record
 */
YejiRecord *
yeji_shelf_read_under (YejiShelf       *self,
                       YejiSql         *sql,
                       const char      *body,
                       YejiDictionary  *dictionary,
                       GError         **error)
{
  g_autoptr (YejiRecord) record = yeji_shelf_read (self, sql, body, error);

  if (record == NULL || yeji_record_get_dictionary (record) == dictionary)
    return g_steal_pointer (&record);
  return yeji_record_move (record, dictionary, NULL);
}
