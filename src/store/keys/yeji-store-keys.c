// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-vault.h"

#include "yeji-recovery-code.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* What a change of the keys needs and yields. */
typedef struct
{
  YejiStore *store;
  gboolean (*change) (YejiVault   *vault,
                      const char  *phrase,
                      GError     **error);
  const char *phrase;          /* (nullable) */
  gboolean seal;               /* everything anew */
  YejiKeyStatus *status;
  const char *name;            /* of a setting */
  const char *value;           /* (nullable) */
  char *found;                 /* (nullable) */
} Work;

static G_DEFINE_QUARK (yeji-store-key-place, key_place)

/**
 * yeji_store_set_key_place: (skip)
 *
 * Notes where the key of an open profile lies.
 */
void
yeji_store_set_key_place (YejiStore    *self,
                          YejiKeyPlace  place)
{
  g_object_set_qdata (G_OBJECT (self), key_place_quark (), GINT_TO_POINTER (place));
}

static gboolean
set_passphrase (YejiVault   *vault,
                const char  *phrase,
                GError     **error)
{
  return yeji_vault_set_lock (vault, YEJI_VAULT_PASSPHRASE, phrase, error);
}

static gboolean
set_recovery_code (YejiVault   *vault,
                   const char  *phrase,
                   GError     **error)
{
  return yeji_vault_set_lock (vault, YEJI_VAULT_RECOVERY, phrase, error);
}

static gboolean
add_key (YejiVault   *vault,
         const char  *phrase,
         GError     **error)
{
  yeji_vault_add_key (vault);
  return TRUE;
}

/* On a copy of the vault, which is on the disk before it is used. */
static gboolean
run_change (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Work *work = data;
  YejiVault *before = yeji_store_get_vault (work->store);
  g_autofree char *chest = yeji_vault_to_text (before);
  g_autoptr (YejiVault) vault = yeji_vault_open (chest, yeji_vault_get_secret (before), error);
  gboolean any;

  if (vault == NULL || !work->change (vault, work->phrase, error)
      || !yeji_seal_write_chest (yeji_store_get_directory (work->store), sql, vault, NULL, NULL,
                                 error))
    return FALSE;
  yeji_store_take_vault (work->store, g_steal_pointer (&vault));
  return !work->seal
    || yeji_seal_all (sql, yeji_store_get_vault (work->store),
                      yeji_shelf_get_current (yeji_store_get_shelf (work->store)), &any, error);
}

static gboolean
run_get_status (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  static const char * const places[] = {
    [YEJI_KEY_PLACE_NONE] = "hand",
    [YEJI_KEY_PLACE_KEYRING] = "keyring",
    [YEJI_KEY_PLACE_FILE] = "file",
    [YEJI_KEY_PLACE_HAND] = "hand",
  };
  Work *work = data;
  YejiVault *vault = yeji_store_get_vault (work->store);
  gpointer place = g_object_get_qdata (G_OBJECT (work->store), key_place_quark ());

  work->status = g_new0 (YejiKeyStatus, 1);
  work->status->place = places[GPOINTER_TO_INT (place)];
  work->status->key_id = g_strdup (yeji_vault_get_key_id (vault));
  work->status->n_keys = yeji_vault_get_n_keys (vault);
  work->status->has_passphrase = yeji_vault_has_lock (vault, YEJI_VAULT_PASSPHRASE);
  work->status->has_recovery_code = yeji_vault_has_lock (vault, YEJI_VAULT_RECOVERY);
  return TRUE;
}

/**
 * yeji_store_get_key_status:
 *
 * Returns: (transfer full) (nullable): how the profile is sealed
 */
YejiKeyStatus *
yeji_store_get_key_status (YejiStore  *self,
                           GError    **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_get_status, &work, error) ? work.status : NULL;
}

void
yeji_key_status_free (YejiKeyStatus *self)
{
  if (self == NULL)
    return;
  g_free (self->key_id);
  g_free (self);
}

static gboolean
fail_keeping (GError       **error,
              const GError  *reason)
{
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, "the key cannot be kept: %s",
               reason != NULL ? reason->message : "");
  return FALSE;
}

/* With a passphrase the key is in no file: what is not in a keyring is in this program alone. */
static gboolean
leave_file (YejiStore  *self,
            GError    **error)
{
  YejiVault *vault = yeji_store_get_vault (self);
  const char *id = yeji_vault_get_id (vault);
  gpointer place = g_object_get_qdata (G_OBJECT (self), key_place_quark ());
  g_autoptr (GError) local_error = NULL;

  if (GPOINTER_TO_INT (place) == YEJI_KEY_PLACE_KEYRING)
    return TRUE;
  yeji_key_place_hold (id, yeji_vault_get_secret (vault));
  if (!yeji_key_place_remove_file (id, &local_error))
    return fail_keeping (error, local_error);
  yeji_store_set_key_place (self, YEJI_KEY_PLACE_HAND);
  return TRUE;
}

static gboolean
return_to_file (YejiStore  *self,
                GError    **error)
{
  YejiVault *vault = yeji_store_get_vault (self);
  g_autoptr (GError) local_error = NULL;
  YejiKeyPlace place;

  place = yeji_key_place_store (yeji_vault_get_id (vault), yeji_vault_get_secret (vault), TRUE,
                                &local_error);
  if (place == YEJI_KEY_PLACE_NONE)
    return fail_keeping (error, local_error);
  yeji_store_set_key_place (self, place);
  return TRUE;
}

/**
 * yeji_store_set_passphrase:
 * @passphrase: (nullable): %NULL for none any more; not empty
 *
 * Sets what opens the profile. Where there is no keyring the key is in no file any more, and the
 * passphrase is wanted at each start; without one it is put back. Blocks for half a second.
 */
gboolean
yeji_store_set_passphrase (YejiStore   *self,
                           const char  *passphrase,
                           GError     **error)
{
  Work work = { self, set_passphrase, passphrase };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (passphrase == NULL || *passphrase != '\0', FALSE);

  if (passphrase == NULL && !return_to_file (self, error))
    return FALSE;
  if (!yeji_db_run (yeji_store_get_db (self), run_change, &work, error))
    return FALSE;
  return passphrase == NULL || leave_file (self, error);
}

/**
 * yeji_store_make_recovery_code:
 *
 * Makes a code that opens the profile when its key or passphrase is lost; one that was made before
 * does not any more.
 *
 * Returns: (transfer full) (nullable): the code, to be written down: it is stored nowhere. To be
 * freed with yeji_secret_wipe_text()
 */
char *
yeji_store_make_recovery_code (YejiStore  *self,
                               GError    **error)
{
  g_autoptr (YejiSecretText) code = yeji_recovery_code_new ();
  Work work = { self, set_recovery_code, code };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  return yeji_db_run (yeji_store_get_db (self), run_change, &work, error)
           ? g_steal_pointer (&code) : NULL;
}

/**
 * yeji_store_rotate_key:
 *
 * Makes a new key and seals everything with it, in one transaction. The older keys stay for what
 * was copied before. Blocks.
 */
gboolean
yeji_store_rotate_key (YejiStore  *self,
                       GError    **error)
{
  Work work = { self, add_key, NULL, TRUE };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_change, &work, error);
}

/* ---- Settings */

static gboolean
run_get_setting (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;
  g_autofree char *place = yeji_seal_make_setting_place (work->name);
  g_autofree char *value = NULL;

  if (!yeji_seal_read_setting (sql, work->name, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  work->found = yeji_seal_open (yeji_store_get_vault (work->store), value, place);
  /* A token that cannot be opened is of no use to anybody. */
  if (yeji_vault_is_token (work->found))
    g_clear_pointer (&work->found, g_free);
  return TRUE;
}

static gboolean
run_set_setting (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Work *work = data;
  g_autofree char *place = yeji_seal_make_setting_place (work->name);
  g_autofree char *token = NULL;

  if (work->value != NULL)
    token = yeji_vault_seal (yeji_store_get_vault (work->store), work->value, 0, place);
  return yeji_seal_write_setting (sql, work->name, token, error);
}

/**
 * yeji_store_get_sealed_setting:
 *
 * Returns: (transfer full) (nullable): what yeji_store_set_sealed_setting() was given; %NULL when
 * it was never set or cannot be opened, and with @error set when it cannot be read
 */
char *
yeji_store_get_sealed_setting (YejiStore   *self,
                               const char  *name,
                               GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  work.name = name;
  return yeji_db_run (yeji_store_get_db (self), run_get_setting, &work, error) ? work.found : NULL;
}

/**
 * yeji_store_set_sealed_setting:
 * @value: (nullable): %NULL takes the setting out
 *
 * Keeps a setting that nobody shall read in the profile's file.
 */
gboolean
yeji_store_set_sealed_setting (YejiStore   *self,
                               const char  *name,
                               const char  *value,
                               GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  work.name = name;
  work.value = value;
  return yeji_db_run (yeji_store_get_db (self), run_set_setting, &work, error);
}

/* ---- Texts outside of the profile */

static gboolean
run_seal_text (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Work *work = data;
  g_autofree char *place = yeji_seal_make_setting_place (work->name);

  work->found = yeji_vault_seal (yeji_store_get_vault (work->store), work->value, 0, place);
  return TRUE;
}

static gboolean
run_open_text (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Work *work = data;
  g_autofree char *place = yeji_seal_make_setting_place (work->name);

  if (!yeji_vault_is_token (work->value))
    return TRUE;
  work->found = yeji_seal_open (yeji_store_get_vault (work->store), work->value, place);
  if (yeji_vault_is_token (work->found))
    g_clear_pointer (&work->found, g_free);
  return TRUE;
}

/**
 * yeji_store_seal_text:
 * @name: what the text is, which nothing else is taken for
 *
 * Returns: (transfer full) (nullable): what yeji_store_open_text() opens
 */
char *
yeji_store_seal_text (YejiStore   *self,
                      const char  *name,
                      const char  *text,
                      GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  work.name = name;
  work.value = text;
  return yeji_db_run (yeji_store_get_db (self), run_seal_text, &work, error) ? work.found : NULL;
}

/**
 * yeji_store_open_text:
 *
 * Returns: (transfer full) (nullable): what was sealed under @name; %NULL when it was not, or with
 * keys of another profile, and with @error set when the store does not answer
 */
char *
yeji_store_open_text (YejiStore   *self,
                      const char  *name,
                      const char  *sealed,
                      GError     **error)
{
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  work.name = name;
  work.value = sealed;
  return yeji_db_run (yeji_store_get_db (self), run_open_text, &work, error) ? work.found : NULL;
}
