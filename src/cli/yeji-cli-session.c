// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-session.h"

#include "yeji-cli-declared.h"
#include "yeji-cli-notices.h"
#include "yeji-cli-output.h"
#include "yeji-clock.h"
#include "yeji-db.h"
#include "yeji-facts-for.h"
#include "yeji-move.h"
#include "yeji-platform.h"
#include "yeji-secret.h"

#include <glib/gi18n-lib.h>

struct _YejiCliSession
{
  YejiDictionary *built_in;
  YejiDictionary *dictionary;  /* the profile's, if it has adopted one */
  YejiValidator *validator;
  YejiStore *store;            /* (nullable): not opened yet */
  YejiCliDeclared *declared;
  YejiCliOptions *options;     /* (unowned) (nullable): of the command that runs */
  char *profile;
  gboolean json;
};

static void
take_dictionary (YejiCliSession *self,
                 YejiDictionary *dictionary)
{
  if (self->dictionary == dictionary)
    return;
  g_set_object (&self->dictionary, dictionary);
  g_clear_object (&self->validator);
  self->validator = yeji_validator_new (dictionary, yeji_language_get_current ());
}

/* What the profile uses, without opening it: another program may have it open. */
static YejiDictionary *
peek_dictionary (YejiCliSession *self)
{
  g_autofree char *path = g_build_filename (self->profile, YEJI_STORE_DICTIONARY_FILE, NULL);
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (GBytes) bundle = NULL;
  char *text;
  gsize length;

  if (g_file_get_contents (path, &text, &length, NULL))
    {
      bundle = g_bytes_new_take (text, length);
      dictionary = yeji_dictionary_new_from_bundle (bundle, NULL);
    }
  return dictionary != NULL ? g_steal_pointer (&dictionary) : g_object_ref (self->built_in);
}

/**
 * yeji_cli_session_new:
 * @profile: (nullable): the profile's folder, %NULL for the user's own
 * @json: whether to answer in JSON
 *
 * Returns: (transfer full): a session
 */
YejiCliSession *
yeji_cli_session_new (const char  *profile,
                      gboolean     json,
                      GError     **error)
{
  g_autoptr (YejiDictionary) built_in = yeji_dictionary_new_built_in (error);
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autofree char *data_dir = yeji_platform_get_data_dir ();
  YejiCliSession *self;

  if (built_in == NULL)
    return NULL;
  self = g_new0 (YejiCliSession, 1);
  self->built_in = g_steal_pointer (&built_in);
  self->profile = profile != NULL ? g_strdup (profile)
                                  : g_build_filename (data_dir, "default", NULL);
  self->declared = yeji_cli_declared_new (self->profile);
  self->json = json;
  dictionary = peek_dictionary (self);
  take_dictionary (self, dictionary);
  return self;
}

void
yeji_cli_session_free (YejiCliSession *self)
{
  yeji_cli_declared_free (self->declared);
  if (self->store != NULL)
    {
      yeji_cli_do_chores (self->store);
      yeji_store_close (self->store);
    }
  g_clear_object (&self->store);
  g_object_unref (self->validator);
  g_object_unref (self->dictionary);
  g_object_unref (self->built_in);
  g_free (self->profile);
  g_free (self);
}

/**
 * yeji_cli_session_set_options:
 * @options: (transfer none): what the command that is to run was given; must stay
 */
void
yeji_cli_session_set_options (YejiCliSession *self,
                              YejiCliOptions *options)
{
  self->options = options;
}

YejiCliOptions *
yeji_cli_session_get_options (YejiCliSession *self)
{
  return self->options;
}

YejiCliDeclared *
yeji_cli_session_get_declared (YejiCliSession *self)
{
  return self->declared;
}

gboolean
yeji_cli_session_wants_json (YejiCliSession *self)
{
  return self->json;
}

/**
 * yeji_cli_session_get_profile:
 *
 * Returns: (transfer none): the profile's folder, whether it is open, or there, or not
 */
const char *
yeji_cli_session_get_profile (YejiCliSession *self)
{
  return self->profile;
}

/**
 * yeji_cli_session_get_built_in:
 *
 * Returns: (transfer none): the program's own dictionary
 */
YejiDictionary *
yeji_cli_session_get_built_in (YejiCliSession *self)
{
  return self->built_in;
}

YejiDictionary *
yeji_cli_session_get_dictionary (YejiCliSession *self)
{
  return self->dictionary;
}

/* What a script or somebody at the terminal knows; NULL if there is no one to ask. */
static char *
ask_passphrase (YejiCliSession *self)
{
  const char *given = g_getenv ("YEJI_PASSPHRASE");
  gboolean has_passphrase, has_code;

  if (given != NULL)
    return g_strdup (given);
  if (!yeji_store_peek_locks (self->profile, &has_passphrase, &has_code) || !has_passphrase
      || !yeji_platform_has_terminal ())
    return NULL;
  return yeji_platform_read_password (_("Passphrase: "), NULL);
}

static void
complain_locked (YejiCliSession *self,
                 const GError   *error)
{
  g_autofree char *path = g_build_filename (self->profile, "lock", NULL);
  g_autofree char *holder = yeji_platform_find_lock_holder (path);

  yeji_cli_complain (_("The profile is in use: %s. Close that program and try again."),
                     holder != NULL && *holder != '\0' ? holder : error->message);
}

/* What the user can mend, in words; SQLite's own come behind them. */
static char *
describe (const GError *error)
{
  static const struct
  {
    GQuark (*domain) (void);
    int code;
    const char *words;
  } causes[] = {
    { yeji_db_error_quark, YEJI_DB_ERROR_FULL,
      N_("the disk is full; free some space and try again") },
    { yeji_db_error_quark, YEJI_DB_ERROR_IO, N_("the disk cannot be read or written") },
    { yeji_db_error_quark, YEJI_DB_ERROR_READ_ONLY,
      N_("the folder of the profile may not be written to") },
    { g_io_error_quark, G_IO_ERROR_NO_SPACE,
      N_("the disk is full; free some space and try again") },
    { g_io_error_quark, G_IO_ERROR_READ_ONLY,
      N_("the folder of the profile may not be written to") },
    { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED,
      N_("the folder of the profile may not be written to") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (error, causes[i].domain (), causes[i].code))
      return g_strdup_printf ("%s (%s)", _(causes[i].words), error->message);
  return g_strdup (error->message);
}

static YejiStore *
take_store (YejiCliSession *self,
            YejiStore      *store,
            const GError   *error)
{
  self->store = store;
  if (store != NULL)
    {
      take_dictionary (self, yeji_store_get_dictionary (store));
      yeji_cli_tell_recovery (store);
    }
  else if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED))
    complain_locked (self, error);
  else if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED))
    yeji_cli_complain (_("The personal numbers of the profile %s are encrypted, and what opens "
                         "them is missing or wrong: %s. Set YEJI_PASSPHRASE to the passphrase, "
                         "or run yeji key --recover with the recovery code. If there is neither, "
                         "yeji key --forget goes on without the personal numbers."),
                       self->profile, error->message);
  else
    {
      g_autofree char *reason = describe (error);

      yeji_cli_complain (_("The profile %s cannot be opened: %s"), self->profile, reason);
    }
  return store;
}

/**
 * yeji_cli_session_open_with_key:
 *
 * Opens the profile, whose key is not at hand, as yeji_store_open_with_key() does.
 *
 * Returns: (nullable) (transfer none): the profile, or %NULL after a complaint
 */
YejiStore *
yeji_cli_session_open_with_key (YejiCliSession *self,
                                YejiStoreKey    kind,
                                const char     *secret)
{
  g_autoptr (GError) error = NULL;
  YejiStore *store = yeji_store_open_with_key (self->profile, self->built_in, kind, secret, &error);

  return take_store (self, store, error);
}

/**
 * yeji_cli_session_get_store:
 *
 * Opens the profile if it is not open.
 *
 * Returns: (nullable) (transfer none): the profile, or %NULL after a complaint
 */
YejiStore *
yeji_cli_session_get_store (YejiCliSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSecretText) passphrase = NULL;
  YejiStore *store;

  if (self->store != NULL)
    return self->store;
  store = yeji_store_open (self->profile, self->built_in, &error);
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED))
    passphrase = ask_passphrase (self);
  if (passphrase != NULL)
    return yeji_cli_session_open_with_key (self, YEJI_STORE_KEY_ANY, passphrase);
  return take_store (self, store, error);
}

/**
 * yeji_cli_session_reopen:
 *
 * Closes the profile and opens it again, with the dictionary that it has adopted meanwhile.
 *
 * Returns: (nullable) (transfer none): the profile, or %NULL after a complaint
 */
YejiStore *
yeji_cli_session_reopen (YejiCliSession *self)
{
  if (self->store != NULL)
    yeji_store_close (self->store);
  g_clear_object (&self->store);
  return yeji_cli_session_get_store (self);
}

static YejiRecord *
load_with (YejiCliSession  *self,
           const char      *uuid,
           YejiRecord    *(*load) (YejiStore   *store,
                                   const char  *uuid,
                                   GError     **error))
{
  YejiStore *store = yeji_cli_session_get_store (self);
  g_autoptr (GError) error = NULL;
  YejiRecord *record;

  if (store == NULL)
    return NULL;
  record = load (store, uuid, &error);
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    yeji_cli_complain (_("There is no record %s"), uuid);
  else if (error != NULL)
    yeji_cli_complain ("%s: %s", uuid, error->message);
  return record;
}

/**
 * yeji_cli_session_load:
 *
 * Returns: (nullable) (transfer full): the record, or %NULL after a complaint
 */
YejiRecord *
yeji_cli_session_load (YejiCliSession *self,
                       const char     *uuid)
{
  return load_with (self, uuid, yeji_store_load);
}

/**
 * yeji_cli_session_load_as_is:
 *
 * Returns: (nullable) (transfer full): the record under the dictionary under which it is stored, or
 * %NULL after a complaint
 */
YejiRecord *
yeji_cli_session_load_as_is (YejiCliSession *self,
                             const char     *uuid)
{
  return load_with (self, uuid, yeji_store_load_as_is);
}

/**
 * yeji_cli_session_check:
 * @with_documents: whether the record is one of the profile, whose documents are known
 * @facts: (out) (optional): what that comes to, to be saved
 *
 * Returns: (transfer full) (element-type YejiProblem): the problems
 */
GPtrArray *
yeji_cli_session_check (YejiCliSession *self,
                        YejiRecord     *record,
                        gboolean        with_documents,
                        YejiFacts     **facts)
{
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = NULL;
  g_autoptr (YejiRecord) moved = NULL;
  YejiDeclared *declared;
  GPtrArray *problems;

  /* It was made before the profile was opened and said which dictionary it uses. */
  if (yeji_record_get_dictionary (record) != self->dictionary)
    record = moved = yeji_record_move (record, self->dictionary, NULL);

  if (with_documents)
    slots = yeji_store_get_filled_slots (self->store, yeji_record_get_uuid (record), NULL);
  if (with_documents && slots == NULL)
    slots = g_new0 (char *, 1);   /* not in the profile yet: no documents */
  declared = yeji_cli_declared_get (self->declared, self->store);
  yeji_cli_declared_confirm (self->declared, self->store, record);
  problems = yeji_validator_check_against (self->validator, record, today,
                                           (const char * const *) slots, declared);
  if (facts != NULL)
    *facts = yeji_facts_new_for (self->validator, record, problems, (const char * const *) slots);
  return problems;
}

/**
 * yeji_cli_session_save:
 * @why: as for yeji_store_save()
 *
 * Checks and saves a record.
 *
 * Returns: %FALSE after a complaint
 */
gboolean
yeji_cli_session_save (YejiCliSession *self,
                       YejiRecord     *record,
                       const char     *why)
{
  YejiStore *store = yeji_cli_session_get_store (self);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (YejiFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  if (store == NULL)
    return FALSE;
  problems = yeji_cli_session_check (self, record, TRUE, &facts);
  if (yeji_store_save (store, record, facts, why, &error))
    return TRUE;
  reason = describe (error);
  yeji_cli_complain (_("%s was not saved: %s"), yeji_record_get_uuid (record), reason);
  return FALSE;
}
