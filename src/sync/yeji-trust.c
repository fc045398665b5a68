// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-trust.h"

#include <glib/gi18n-lib.h>

#include "yeji-certificate.h"
#include "yeji-sync-error.h"

#define SETTING_KEY       "pin.key"
#define SETTING_AUTHORITY "pin.authority"

struct _YejiTrust
{
  GObject parent_instance;

  GTlsDatabase *authorities;
  char *key;                   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiTrust, yeji_trust, G_TYPE_OBJECT)

static gboolean
is_pinned (YejiTrust       *self,
           GTlsCertificate *certificate)
{
  g_autofree char *key = NULL;

  if (self->key == NULL)
    return TRUE;
  key = yeji_certificate_get_key (certificate);
  return g_strcmp0 (key, self->key) == 0;
}

static void
yeji_trust_finalize (GObject *object)
{
  YejiTrust *self = YEJI_TRUST (object);

  g_clear_object (&self->authorities);
  g_free (self->key);
  G_OBJECT_CLASS (yeji_trust_parent_class)->finalize (object);
}

static void
yeji_trust_class_init (YejiTrustClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_trust_finalize;
}

static void
yeji_trust_init (YejiTrust *self)
{
}

/* A file without any certificate would make a database that trusts nobody, and say nothing. */
static GTlsDatabase *
open_authorities (const char  *path,
                  GError     **error)
{
  g_autoptr (GError) reason = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (path, &reason);
  GTlsDatabase *database = NULL;

  if (certificates != NULL)
    database = g_tls_file_database_new (path, &reason);
  g_list_free_full (certificates, g_object_unref);
  if (database == NULL)
    g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE,
                 _("The certificates of the authority cannot be read: %s"),
                 reason != NULL ? reason->message : path);
  return database;
}

/**
 * yeji_trust_new:
 *
 * Fails with #YEJI_SYNC_ERROR_CERTIFICATE when the settings' file cannot be read, or the key is
 * none.
 *
 * Returns: (transfer full) (nullable): what is demanded, %NULL on error
 */
YejiTrust *
yeji_trust_new (const YejiTrustSettings  *settings,
                GError                  **error)
{
  g_autoptr (YejiTrust) self = g_object_new (YEJI_TYPE_TRUST, NULL);

  if (settings->key != NULL)
    {
      self->key = yeji_certificate_parse_key (settings->key);
      if (self->key == NULL)
        {
          g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE,
                       _("\"%s\" is not the SHA-256 of a key"), settings->key);
          return NULL;
        }
    }
  if (settings->authority != NULL)
    self->authorities = open_authorities (settings->authority, error);
  else
    self->authorities = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  if (self->authorities == NULL)
    {
      if (settings->authority == NULL)
        g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE,
                             _("This computer has nothing to secure connections with"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_trust_new_for_store:
 *
 * Returns: (transfer full) (nullable): what the settings of a profile demand, %NULL without
 * @error when they demand nothing
 */
YejiTrust *
yeji_trust_new_for_store (YejiStore  *store,
                          GError    **error)
{
  g_auto (YejiTrustSettings) settings = { NULL };

  if (!yeji_trust_settings_read (&settings, store, error)
      || (settings.key == NULL && settings.authority == NULL))
    return NULL;
  return yeji_trust_new (&settings, error);
}

/**
 * yeji_trust_check:
 * @chain: what the province shows, with its issuers
 * @identity: whose it has to be
 *
 * Looks at a certificate. GIO tells of invalid ones alone, and a pin refuses valid ones, too; so a
 * connection whose trust is checked here gets no database, for which GIO takes every certificate
 * for invalid and asks. A database of our own would be less work, but the backend of OpenSSL takes
 * none but its own.
 *
 * Returns: what is wrong with it, for yeji_certificate_words(); 0 if nothing is
 */
GTlsCertificateFlags
yeji_trust_check (YejiTrust          *self,
                  GTlsCertificate    *chain,
                  GSocketConnectable *identity)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificateFlags flags;

  g_return_val_if_fail (YEJI_IS_TRUST (self), G_TLS_CERTIFICATE_GENERIC_ERROR);
  g_return_val_if_fail (identity != NULL, G_TLS_CERTIFICATE_GENERIC_ERROR);

  flags = g_tls_database_verify_chain (self->authorities, chain,
                                       G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                       G_TLS_DATABASE_VERIFY_NONE, NULL, &error);
  if (error != NULL)
    flags |= G_TLS_CERTIFICATE_GENERIC_ERROR;
  return is_pinned (self, chain) ? flags : flags | YEJI_CERTIFICATE_NOT_PINNED;
}

/**
 * yeji_trust_settings_read:
 * @settings: (out caller-allocates): to be cleared
 */
gboolean
yeji_trust_settings_read (YejiTrustSettings  *settings,
                          YejiStore          *store,
                          GError            **error)
{
  g_autoptr (GError) reason = NULL;

  settings->key = yeji_store_get_setting (store, SETTING_KEY, &reason);
  settings->authority = reason == NULL ? yeji_store_get_setting (store, SETTING_AUTHORITY, &reason)
                                       : NULL;
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * yeji_trust_settings_write:
 *
 * Keeps settings that yeji_trust_new() takes, and no others.
 */
gboolean
yeji_trust_settings_write (const YejiTrustSettings  *settings,
                           YejiStore                *store,
                           GError                  **error)
{
  g_autoptr (YejiTrust) trust = yeji_trust_new (settings, error);

  return trust != NULL
         && yeji_store_set_setting (store, SETTING_KEY, trust->key, error)
         && yeji_store_set_setting (store, SETTING_AUTHORITY, settings->authority, error);
}

/**
 * yeji_trust_settings_clear:
 *
 * Frees the settings, not @settings.
 */
void
yeji_trust_settings_clear (YejiTrustSettings *settings)
{
  g_clear_pointer (&settings->key, g_free);
  g_clear_pointer (&settings->authority, g_free);
}
