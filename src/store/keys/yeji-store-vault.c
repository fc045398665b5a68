// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-vault.h"

#include <string.h>

#include "yeji-key-place.h"
#include "yeji-recovery-code.h"
#include "yeji-sql-private.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* The chest is kept twice: as a setting, so that each copy of the database has its keys, and in a
 * file, so that a damaged database does not take them with it. */
#define SETTING_CHEST  "vault"

/* That the database was written anew since, and the copies from before are sealed. */
#define SETTING_CLEAN  "vault.clean"

/* Before the sum of the personal fields, counted up when more is sealed than before. */
#define SEALING "1 "

/**
 * yeji_seal_read_setting: (skip)
 * @value: (inout): left as it is when there is no such setting
 */
gboolean
yeji_seal_read_setting (YejiSql     *sql,
                        const char  *name,
                        char       **value,
                        GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM setting WHERE name = ?1", "s",
                                              name);

  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    *value = yeji_rows_dup_text (rows, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_seal_write_setting: (skip)
 * @value: (nullable): %NULL takes it out
 */
gboolean
yeji_seal_write_setting (YejiSql     *sql,
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

static char *
get_chest_path (const char *directory)
{
  return g_build_filename (directory, YEJI_STORE_CHEST_FILE, NULL);
}

static char *
read_chest_file (const char *directory)
{
  g_autofree char *path = get_chest_path (directory);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* On the disk before anything is sealed with what is in it. */
static gboolean
write_chest_file (const char  *directory,
                  const char  *chest,
                  GError     **error)
{
  g_autofree char *path = get_chest_path (directory);
  g_autoptr (GError) local_error = NULL;

  if (g_file_set_contents_full (path, chest, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, local_error->message);
  return FALSE;
}

/* A chest of another profile that lies in the way is kept under the name of its vault. */
static void
set_aside (const char *directory,
           const char *chest)
{
  g_autofree char *id = yeji_vault_find_id (chest, NULL);
  g_autofree char *name = g_strdup_printf ("vault-%s.json", id != NULL ? id : "damaged");
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_message ("the keys in %s are damaged or another profile's, and are kept as %s", directory,
             name);
  g_file_set_contents (path, chest, -1, NULL);
}

static gboolean
fail_sealed (GError     **error,
             const char  *reason)
{
  g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED, reason);
  return FALSE;
}

/**
 * yeji_seal_make_vault: (skip)
 * @place: (out): where its secret is
 *
 * Returns: (transfer full) (nullable): new keys, whose secret is kept on this computer
 */
YejiVault *
yeji_seal_make_vault (YejiKeyPlace  *place,
                      GError       **error)
{
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autoptr (GError) local_error = NULL;

  *place = yeji_key_place_store (yeji_vault_get_id (vault), yeji_vault_get_secret (vault), TRUE,
                                 &local_error);
  if (*place != YEJI_KEY_PLACE_NONE)
    return g_steal_pointer (&vault);
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "the key cannot be kept: %s",
               local_error->message);
  return NULL;
}

/**
 * yeji_seal_open_chest: (skip)
 * @place: (out): where the secret was
 *
 * Returns: (transfer full) (nullable): the keys of a chest whose secret is on this computer; %NULL
 * with %YEJI_STORE_ERROR_SEALED
 */
YejiVault *
yeji_seal_open_chest (const char    *chest,
                      YejiKeyPlace  *place,
                      GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = yeji_vault_find_id (chest, &local_error);
  g_autoptr (YejiSecret) secret = id != NULL ? yeji_key_place_find (id, place) : NULL;
  YejiVault *vault;

  if (id != NULL && secret == NULL)
    {
      fail_sealed (error, "the key of this profile is not on this computer, or its keyring is locked");
      return NULL;
    }
  vault = secret != NULL ? yeji_vault_open (chest, secret, &local_error) : NULL;
  if (vault == NULL)
    fail_sealed (error, local_error->message);
  return vault;
}

/* The newer of two states of a vault, which knows what the other knows. A database that was put
 * into another profile brings its own. */
static YejiVault *
open_newer (const char    *directory,
            const char    *setting,
            const char    *file,
            YejiKeyPlace  *place,
            GError       **error)
{
  g_autofree char *setting_id = setting != NULL ? yeji_vault_find_id (setting, NULL) : NULL;
  g_autofree char *file_id = file != NULL ? yeji_vault_find_id (file, NULL) : NULL;
  gboolean same = g_strcmp0 (setting_id, file_id) == 0;
  const char *first = setting_id != NULL || file_id == NULL ? setting : file;
  const char *second = first == setting ? file : setting;
  YejiVault *vault;

  if (same && yeji_vault_find_serial (file != NULL ? file : "")
              > yeji_vault_find_serial (setting != NULL ? setting : ""))
    {
      first = file;
      second = setting;
    }
  vault = yeji_seal_open_chest (first != NULL ? first : second, place, error);
  if (vault != NULL && same && second != NULL)
    yeji_vault_learn (vault, second, NULL);
  else if (vault != NULL && setting_id != NULL && file != NULL)
    set_aside (directory, file);
  return vault;
}

/**
 * yeji_seal_write_chest: (skip)
 * @setting: (nullable): what the database has
 * @file: (nullable): what the file has
 *
 * Writes the keys, into the file first: a key that seals is never in the database alone.
 */
gboolean
yeji_seal_write_chest (const char  *directory,
                       YejiSql     *sql,
                       YejiVault   *vault,
                       const char  *setting,
                       const char  *file,
                       GError     **error)
{
  g_autofree char *chest = yeji_vault_to_text (vault);

  if (g_strcmp0 (file, chest) != 0 && !write_chest_file (directory, chest, error))
    return FALSE;
  return g_strcmp0 (setting, chest) == 0
    || yeji_seal_write_setting (sql, SETTING_CHEST, chest, error);
}

/* The same for every dictionary that calls the same fields personal. */
static char *
make_state (YejiDictionary *dictionary)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *sum = NULL;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (field->personal != YEJI_PERSONAL_NO)
            g_string_append_printf (names, "%s.%s\n", table->id, field->id);
        }
    }
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, names->str, -1);
  return g_strconcat (SEALING, sum, NULL);
}

/* Earlier versions deleted no record: where there is none, there never was one. */
static gboolean
has_records (YejiSql   *sql,
             gboolean  *has,
             GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT EXISTS (SELECT 1 FROM record)",
                                              "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *has = yeji_rows_int (rows, 0) != 0;
  return TRUE;
}

/* What an earlier version left open, or a dictionary under which it was not personal. */
static gboolean
seal_rest (YejiStore  *self,
           YejiSql    *sql,
           GError    **error)
{
  YejiDictionary *current = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_autofree char *state = make_state (current);
  g_autofree char *sealed = NULL;
  gboolean any = FALSE, has;

  if (!yeji_seal_read_setting (sql, YEJI_SEALED_SETTING, &sealed, error))
    return FALSE;
  if (g_strcmp0 (sealed, state) == 0)
    return TRUE;
  if (!yeji_seal_all (sql, yeji_store_get_vault (self), current, &any, error)
      || !yeji_seal_write_setting (sql, YEJI_SEALED_SETTING, state, error)
      || !has_records (sql, &has, error))
    return FALSE;
  if (!any && !has)
    return yeji_seal_write_setting (sql, SETTING_CLEAN, "1", error);
  /* The index may have words of what is sealed now. */
  return (!any && sealed != NULL)
    || (yeji_seal_write_setting (sql, SETTING_CLEAN, NULL, error)
        && yeji_seal_write_setting (sql, YEJI_SEARCH_SETTING, NULL, error));
}

/**
 * yeji_store_open_vault: (skip)
 *
 * Finds the keys of the profile, or makes them, and seals what is not sealed yet. After the shelf
 * is there, and before anything of a record is read.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_SEALED when the key is not at hand
 */
gboolean
yeji_store_open_vault (YejiStore  *self,
                       YejiSql    *sql,
                       GError    **error)
{
  const char *directory = yeji_store_get_directory (self);
  g_autofree char *file = read_chest_file (directory);
  g_autofree char *setting = NULL;
  YejiKeyPlace place = YEJI_KEY_PLACE_NONE;
  g_autoptr (GError) local_error = NULL;
  gboolean replaced = FALSE;
  YejiVault *vault;

  if (!yeji_seal_read_setting (sql, SETTING_CHEST, &setting, error))
    return FALSE;
  if (setting == NULL && file == NULL)
    vault = yeji_seal_make_vault (&place, &local_error);
  else
    vault = open_newer (directory, setting, file, &place, &local_error);
  if (g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED)
      && yeji_store_may_make_new_key (self))
    {
      g_clear_error (&local_error);
      vault = yeji_store_replace_vault (self, sql, setting, file, &place, &local_error);
      replaced = TRUE;
    }
  if (vault == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  yeji_store_take_vault (self, vault);
  yeji_store_set_key_place (self, place);
  return yeji_seal_write_chest (directory, sql, vault, setting, file, error)
    && seal_rest (self, sql, error)
    && yeji_store_settle_keys (self, sql, replaced, error);
}

/**
 * yeji_store_finish_vault: (skip)
 *
 * Removes the traces of what was sealed in yeji_store_open_vault(). Outside of any transaction;
 * what fails is done when the profile is opened again.
 */
void
yeji_store_finish_vault (YejiStore *self)
{
  const char *directory = yeji_store_get_directory (self);
  g_autofree char *path = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autofree char *clean = NULL;
  g_autoptr (GError) error = NULL;

  clean = yeji_store_get_setting (self, SETTING_CLEAN, &error);
  if (clean != NULL || error != NULL)
    return;
  if (yeji_seal_copies (directory, yeji_store_get_vault (self),
                        yeji_shelf_get_current (yeji_store_get_shelf (self)))
      && yeji_seal_clear_traces (path, &error))
    yeji_store_set_setting (self, SETTING_CLEAN, "1", &error);
  if (error != NULL)
    g_message ("traces of what was sealed are left: %s", error->message);
}

/* ---- Opening by hand */

static char *
read_chest_setting (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, NULL);
  char *setting = NULL;

  if (sql != NULL)
    yeji_seal_read_setting (sql, SETTING_CHEST, &setting, NULL);
  return setting;
}

/* A profile that is closed: the newer state of its keys. */
static char *
peek_chest (const char *directory)
{
  g_autofree char *file = read_chest_file (directory);
  g_autofree char *setting = read_chest_setting (directory);
  g_autofree char *file_id = file != NULL ? yeji_vault_find_id (file, NULL) : NULL;
  g_autofree char *setting_id = setting != NULL ? yeji_vault_find_id (setting, NULL) : NULL;

  if (setting_id == NULL)
    return g_steal_pointer (&file);
  if (g_strcmp0 (file_id, setting_id) == 0
      && yeji_vault_find_serial (file) >= yeji_vault_find_serial (setting))
    return g_steal_pointer (&file);
  return g_steal_pointer (&setting);
}

static YejiSecret *
unlock (const char    *chest,
        YejiStoreKey   kind,
        const char    *phrase,
        gboolean      *recovered,
        GError       **error)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (YejiSecretText) code = yeji_recovery_code_read (phrase, &first);
  gboolean mistyped = g_error_matches (first, YEJI_RECOVERY_CODE_ERROR,
                                       YEJI_RECOVERY_CODE_ERROR_TYPO);
  YejiSecret *secret = NULL;

  /* Something that has the sum of a code is no passphrase by accident. */
  *recovered = kind == YEJI_STORE_KEY_RECOVERY || (kind == YEJI_STORE_KEY_ANY && code != NULL);
  if (*recovered && code != NULL)
    {
      g_clear_error (&first);
      secret = yeji_vault_unlock (chest, YEJI_VAULT_RECOVERY, code, &first);
    }
  else if (!*recovered)
    {
      g_clear_error (&first);
      secret = yeji_vault_unlock (chest, YEJI_VAULT_PASSPHRASE, phrase, &first);
    }
  if (secret == NULL)
    fail_sealed (error, kind == YEJI_STORE_KEY_ANY && mistyped ? "the recovery code was mistyped"
                                                               : first->message);
  return secret;
}

/**
 * yeji_seal_unlock: (skip)
 * @phrase: a passphrase, or a recovery code as typed
 *
 * Returns: (transfer full) (nullable): the secret of a chest, %NULL if that does not open it
 */
YejiSecret *
yeji_seal_unlock (const char *chest,
                  const char *phrase)
{
  gboolean recovered;

  return unlock (chest, YEJI_STORE_KEY_ANY, phrase, &recovered, NULL);
}

/* Where there is no passphrase the key is to be on this computer again. */
static void
keep_again (const char       *chest,
            const char       *vault_id,
            const YejiSecret *secret)
{
  g_autoptr (GError) error = NULL;

  if (yeji_vault_find_lock (chest, YEJI_VAULT_PASSPHRASE))
    return;
  if (yeji_key_place_store (vault_id, secret, TRUE, &error) == YEJI_KEY_PLACE_NONE)
    g_message ("the key cannot be kept: %s", error->message);
}

/**
 * yeji_store_open_with_key:
 * @secret: a passphrase, or a recovery code as typed; nothing for %YEJI_STORE_KEY_NEW
 *
 * Opens a profile whose key is not at hand. With %YEJI_STORE_KEY_NEW, where it is lost, a new one
 * takes its place: what was sealed stays as it is, and closed, until yeji_store_find_lost_key();
 * everything else opens, and a notice tells what is to be typed again. With the right phrase, the
 * key stays with this program until it ends, so that the profile can be opened again; after a
 * recovery code it is put back where it was, unless there is a passphrase. Blocks.
 *
 * Returns: (transfer full) (nullable): as yeji_store_open(); %NULL with %YEJI_STORE_ERROR_SEALED
 * when it is not the right one
 */
YejiStore *
yeji_store_open_with_key (const char      *directory,
                          YejiDictionary  *dictionary,
                          YejiStoreKey     kind,
                          const char      *secret,
                          GError         **error)
{
  g_autofree char *chest = NULL;
  g_autofree char *id = NULL;
  g_autoptr (YejiSecret) key = NULL;
  gboolean recovered;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (secret != NULL || kind == YEJI_STORE_KEY_NEW, NULL);

  if (kind == YEJI_STORE_KEY_NEW)
    return yeji_store_open_anyhow (directory, dictionary, TRUE, error);
  chest = peek_chest (directory);
  id = chest != NULL ? yeji_vault_find_id (chest, NULL) : NULL;
  if (id == NULL)
    return yeji_store_open (directory, dictionary, error);
  key = unlock (chest, kind, secret, &recovered, error);
  if (key == NULL)
    return NULL;
  if (recovered)
    keep_again (chest, id, key);
  yeji_key_place_hold (id, key);
  return yeji_store_open (directory, dictionary, error);
}

/**
 * yeji_store_peek_locks:
 * @has_passphrase: (out): whether a passphrase opens it
 * @has_recovery_code: (out): whether a recovery code does
 *
 * Tells by what a profile that is not open can be opened by hand.
 *
 * Returns: whether the profile has keys at all
 */
gboolean
yeji_store_peek_locks (const char *directory,
                       gboolean   *has_passphrase,
                       gboolean   *has_recovery_code)
{
  g_autofree char *chest = NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  chest = peek_chest (directory);
  *has_passphrase = chest != NULL && yeji_vault_find_lock (chest, YEJI_VAULT_PASSPHRASE);
  *has_recovery_code = chest != NULL && yeji_vault_find_lock (chest, YEJI_VAULT_RECOVERY);
  return chest != NULL;
}
