// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-platform.h"
#include "yeji-secret.h"
#include "yeji-store-vault.h"
#include "yeji-token-place.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

static const struct
{
  const char *place;
  const char *words;
} places[] = {
  { "keyring", N_("The key is in the keyring of this computer") },
  { "file", N_("The key is in a file of your configuration") },
  { "hand", N_("The key is not on this computer; the passphrase is asked for") },
};

static const struct
{
  const char *name;            /* (nullable) */
  const char *words;
} sessions[] = {
  [YEJI_TOKEN_PLACE_NONE] = { NULL, N_("Nobody is signed in") },
  [YEJI_TOKEN_PLACE_KEYRING] = { "keyring",
                                 N_("The sign-in is in the keyring of this computer") },
  [YEJI_TOKEN_PLACE_FILE] = { "file",
                              N_("The sign-in is in a file of your configuration, encrypted with"
                                 " the key") },
};

static YejiExit
fail (const GError *error)
{
  yeji_cli_complain ("%s", error->message);
  return YEJI_EXIT_FAILED;
}

static void
print_status (const YejiKeyStatus *status,
              YejiTokenPlace       session)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].place, status->place))
      yeji_cli_print ("%s\n", _(places[i].words));
  yeji_cli_print ("%s\n", status->has_passphrase ? _("There is a passphrase")
                                                 : _("There is no passphrase"));
  yeji_cli_print ("%s\n", status->has_recovery_code ? _("There is a recovery code")
                                                    : _("There is no recovery code"));
  yeji_cli_print ("%s\n", _(sessions[session].words));
}

static YejiExit
show_status (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiKeyStatus) status = NULL;
  g_autoptr (GError) error = NULL;
  YejiTokenPlace place;
  JsonObject *object;
  JsonNode *node;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  status = yeji_store_get_key_status (store, &error);
  if (status == NULL)
    return fail (error);
  place = yeji_token_place_get (store);
  if (!yeji_cli_session_wants_json (session))
    {
      print_status (status, place);
      return YEJI_EXIT_OK;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "place", status->place);
  json_object_set_string_member (object, "key", status->key_id);
  json_object_set_int_member (object, "keys", status->n_keys);
  json_object_set_boolean_member (object, "passphrase", status->has_passphrase);
  json_object_set_boolean_member (object, "recovery_code", status->has_recovery_code);
  json_object_set_string_member (object, "session", sessions[place].name);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

/* Twice on a terminal, where nobody sees what is typed. */
static char *
read_new_passphrase (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSecretText) first = yeji_platform_read_password (_("New passphrase: "), &error);
  g_autoptr (YejiSecretText) second = NULL;

  if (first == NULL || *first == '\0')
    {
      yeji_cli_complain ("%s", _("No passphrase was given"));
      return NULL;
    }
  if (!yeji_platform_has_terminal ())
    return g_steal_pointer (&first);
  second = yeji_platform_read_password (_("Once more: "), &error);
  if (g_strcmp0 (first, second) == 0)
    return g_steal_pointer (&first);
  yeji_cli_complain ("%s", _("They are not the same"));
  return NULL;
}

static YejiExit
set_passphrase (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiSecretText) passphrase = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  passphrase = read_new_passphrase ();
  if (passphrase == NULL)
    return YEJI_EXIT_USAGE;
  return yeji_store_set_passphrase (store, passphrase, &error) ? YEJI_EXIT_OK : fail (error);
}

static YejiExit
remove_passphrase (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  return yeji_store_set_passphrase (store, NULL, &error) ? YEJI_EXIT_OK : fail (error);
}

static void
print_code (const char *code)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "recovery_code", code);
  yeji_cli_print_object (object);
}

static YejiExit
make_recovery_code (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiSecretText) code = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  code = yeji_store_make_recovery_code (store, &error);
  if (code == NULL)
    return fail (error);
  if (yeji_cli_session_wants_json (session))
    print_code (code);
  else
    yeji_cli_print ("%s\n", code);
  yeji_cli_complain ("%s", _("Write this code down and keep it apart from this computer. It is "
                             "stored nowhere, and one that was made before is void."));
  return YEJI_EXIT_OK;
}

/* Whether the key of the profile is not at hand; what else there is to say is said later. */
static gboolean
is_sealed (YejiCliSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiStore) store = NULL;

  store = yeji_store_open (yeji_cli_session_get_profile (session),
                           yeji_cli_session_get_built_in (session), &error);
  if (store != NULL)
    yeji_store_close (store);
  return g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED);
}

/* Who opens with the code has no passphrase any more: with the old one left, the next start would
 * be refused as this one was. A script without a new one leaves none. */
static YejiExit
renew_passphrase (YejiCliSession *session,
                  YejiStore      *store)
{
  const char *given = g_getenv ("YEJI_NEW_PASSPHRASE");
  gboolean asked = yeji_platform_has_terminal ();
  g_autoptr (YejiKeyStatus) status = NULL;
  g_autoptr (YejiSecretText) passphrase = NULL;
  g_autoptr (GError) error = NULL;

  status = yeji_store_get_key_status (store, &error);
  if (status == NULL)
    return fail (error);
  if (!status->has_passphrase)
    return show_status (session);
  if (given != NULL && *given != '\0')
    passphrase = g_strdup (given);
  else if (given == NULL && asked)
    passphrase = read_new_passphrase ();
  if (passphrase == NULL && (given != NULL || asked))
    {
      yeji_cli_complain ("%s", _("Nothing was changed: the profile still wants the passphrase that "
                                 "was set"));
      return YEJI_EXIT_USAGE;
    }
  if (!yeji_store_set_passphrase (store, passphrase, &error))
    return fail (error);
  yeji_cli_complain ("%s", passphrase != NULL
                             ? _("The new passphrase has taken the place of the forgotten one")
                             : _("The forgotten passphrase was taken away, and the key is on this "
                                 "computer again. Set a new one with yeji key --passphrase."));
  return show_status (session);
}

/* Of the key that the profile has, or of one that it has lost. */
static YejiExit
recover (YejiCliSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSecretText) code = yeji_platform_read_password (_("Recovery code: "), &error);
  YejiStore *store;

  if (code == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_USAGE;
    }
  if (is_sealed (session))
    {
      store = yeji_cli_session_open_with_key (session, YEJI_STORE_KEY_RECOVERY, code);
      return store != NULL ? renew_passphrase (session, store) : YEJI_EXIT_FAILED;
    }
  store = yeji_cli_session_get_store (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (yeji_store_has_lost_key (store))
    return yeji_store_find_lost_key (store, code, &error) ? show_status (session) : fail (error);
  yeji_cli_complain ("%s", _("The key of the profile is at hand, and none was given up"));
  return YEJI_EXIT_FAILED;
}

static gboolean
confirm_forgetting (void)
{
  char answer[16];

  if (!yeji_platform_has_terminal ())
    return FALSE;
  yeji_cli_complain ("%s", _("The personal numbers that are stored stay closed, and have to be "
                             "typed again. What opens them can still be found later: yeji key "
                             "--recover. Everything else is kept."));
  yeji_cli_complain ("%s", _("Type yes to go on without them."));
  return fgets (answer, sizeof answer, stdin) != NULL && g_str_equal (g_strstrip (answer), "yes");
}

static YejiExit
go_on_without (YejiCliSession *session,
               gboolean        sure)
{
  if (!is_sealed (session))
    {
      if (yeji_cli_session_get_store (session) != NULL)
        yeji_cli_complain ("%s", _("The key of the profile is at hand: there is nothing to give "
                                   "up"));
      return YEJI_EXIT_FAILED;
    }
  if (!sure && !confirm_forgetting ())
    {
      yeji_cli_complain ("%s", _("Nothing was changed. Say --yes to go on without the personal "
                                 "numbers."));
      return YEJI_EXIT_USAGE;
    }
  return yeji_cli_session_open_with_key (session, YEJI_STORE_KEY_NEW, NULL) != NULL
           ? show_status (session) : YEJI_EXIT_FAILED;
}

static YejiExit
forget (YejiCliSession *session)
{
  return go_on_without (session, FALSE);
}

static YejiExit
forget_surely (YejiCliSession *session)
{
  return go_on_without (session, TRUE);
}

static YejiExit
rotate (YejiCliSession *session)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  return yeji_store_rotate_key (store, &error) ? show_status (session) : fail (error);
}

static const struct
{
  const char *option;
  YejiExit (*run) (YejiCliSession *session);
  YejiExit (*run_surely) (YejiCliSession *session); /* (nullable): with --yes */
} actions[] = {
  { "--status", show_status },   /* without an option, too */
  { "--passphrase", set_passphrase },
  { "--no-passphrase", remove_passphrase },
  { "--recovery-code", make_recovery_code },
  { "--recover", recover },
  { "--rotate", rotate },
  { "--forget", forget, forget_surely },
};

/* key */
YejiExit
yeji_cli_key (YejiCliSession  *session,
              guint            n_args,
              char           **args)
{
  gboolean sure = yeji_cli_has (session, "--yes");
  guint chosen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (yeji_cli_has (session, actions[i].option))
      chosen = i;
  if (!sure)
    return actions[chosen].run (session);
  if (actions[chosen].run_surely != NULL)
    return actions[chosen].run_surely (session);
  return yeji_cli_complain_usage (session);
}
