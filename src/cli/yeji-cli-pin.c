// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-account.h"
#include "yeji-certificate-probe.h"
#include "yeji-certificate.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"

#include <glib/gi18n-lib.h>

/* What is pinned when the province's own key is asked for. */
#define KEY_OF_NOW "now"

static YejiExit
fail (const GError *error)
{
  yeji_cli_complain ("%s", error->message);
  return g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE) ? YEJI_EXIT_OFFLINE
                                                                               : YEJI_EXIT_FAILED;
}

/* The key that the province shows now; NULL also when nobody was ever signed in. */
static char *
probe (YejiStore                *store,
       const YejiTrustSettings  *settings,
       GTlsCertificateFlags     *flags,
       GError                  **error)
{
  g_autofree char *url = NULL;
  g_autofree char *user = NULL;
  g_autoptr (YejiTrust) trust = NULL;

  *flags = 0;
  if (!yeji_account_peek (store, &url, &user, error))
    return NULL;
  if (url == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT,
                           _("The profile has no province yet: sign in first, or tell the key"));
      return NULL;
    }
  if (settings->key != NULL || settings->authority != NULL)
    {
      trust = yeji_trust_new (settings, error);
      if (trust == NULL)
        return NULL;
    }
  return yeji_certificate_probe (url, trust, flags, NULL, error);
}

static YejiExit
show (YejiCliSession *session,
      YejiStore      *store)
{
  g_auto (YejiTrustSettings) settings = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *words = NULL;
  GTlsCertificateFlags flags;
  JsonObject *object;
  JsonNode *node;

  if (!yeji_trust_settings_read (&settings, store, &error))
    return fail (error);
  key = probe (store, &settings, &flags, &error);
  if (flags != 0)
    words = yeji_certificate_words (flags);
  if (yeji_cli_session_wants_json (session))
    {
      object = json_object_new ();
      json_object_set_string_member (object, "pinned", settings.key);
      json_object_set_string_member (object, "authority", settings.authority);
      json_object_set_string_member (object, "now", key);
      json_object_set_string_member (object, "problem", words != NULL ? words
                                                        : error != NULL ? error->message : NULL);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, object);
      yeji_cli_print_json (node);
      return YEJI_EXIT_OK;
    }
  if (settings.key != NULL)
    yeji_cli_print (_("Pinned key: %s\n"), settings.key);
  else
    yeji_cli_print ("%s\n", _("No key is pinned"));
  if (settings.authority != NULL)
    yeji_cli_print (_("Authority: %s\n"), settings.authority);
  if (key != NULL)
    yeji_cli_print (_("Key of the province now: %s\n"), key);
  if (words != NULL || error != NULL)
    yeji_cli_complain ("%s", words != NULL ? words : error->message);
  return YEJI_EXIT_OK;
}

/* Pinning what the province shows now is no better than the check that it passes now. */
static gboolean
take_key_of_now (YejiStore          *store,
                 YejiTrustSettings  *settings,
                 GError            **error)
{
  YejiTrustSettings without_key = { NULL, settings->authority };
  GTlsCertificateFlags flags;
  g_autofree char *key = probe (store, &without_key, &flags, error);

  if (key == NULL)
    return FALSE;
  if (flags != 0)
    {
      g_propagate_error (error, yeji_sync_error_new_certificate (flags));
      return FALSE;
    }
  g_free (settings->key);
  settings->key = g_steal_pointer (&key);
  return TRUE;
}

static gboolean
set_key (YejiStore          *store,
         YejiTrustSettings  *settings,
         const char         *value,
         GError            **error)
{
  if (g_str_equal (value, KEY_OF_NOW))
    return take_key_of_now (store, settings, error);
  g_free (settings->key);
  settings->key = g_strdup (value);
  return TRUE;
}

static gboolean
clear_key (YejiStore          *store,
           YejiTrustSettings  *settings,
           const char         *value,
           GError            **error)
{
  g_clear_pointer (&settings->key, g_free);
  return TRUE;
}

static gboolean
set_authority (YejiStore          *store,
               YejiTrustSettings  *settings,
               const char         *value,
               GError            **error)
{
  g_free (settings->authority);
  settings->authority = g_canonicalize_filename (value, NULL);
  return TRUE;
}

static gboolean
clear_authority (YejiStore          *store,
                 YejiTrustSettings  *settings,
                 const char         *value,
                 GError            **error)
{
  g_clear_pointer (&settings->authority, g_free);
  return TRUE;
}

static const struct
{
  const char *option;
  gboolean (*change) (YejiStore          *store,
                      YejiTrustSettings  *settings,
                      const char         *value,
                      GError            **error);
} changes[] = {
  { "--set", set_key },
  { "--clear", clear_key },
  { "--authority", set_authority },
  { "--no-authority", clear_authority },
};

/* pin */
YejiExit
yeji_cli_pin (YejiCliSession  *session,
              guint            n_args,
              char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_auto (YejiTrustSettings) settings = { NULL };
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (yeji_cli_has (session, changes[i].option))
      return yeji_trust_settings_read (&settings, store, &error)
             && changes[i].change (store, &settings, yeji_cli_get (session, changes[i].option),
                                   &error)
             && yeji_trust_settings_write (&settings, store, &error)
               ? YEJI_EXIT_OK : fail (error);
  return show (session, store);
}
