// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-status.h"

#include <glib/gi18n-lib.h>

#include "yeji-account.h"
#include "yeji-cli-colleagues.h"
#include "yeji-cli-move.h"
#include "yeji-cli-output.h"
#include "yeji-dictionary-update.h"
#include "yeji-national-words.h"
#include "yeji-program-update.h"
#include "yeji-receipt-trust.h"
#include "yeji-sync-words.h"

/* What `status` tells. */
typedef struct
{
  YejiStore *store;
  YejiAccount *owner;          /* signed in or not */
  gboolean signed_in;
  YejiSyncOutcome *outcome;
  YejiSyncWaiting *waiting;
  GPtrArray *entries;          /* (element-type YejiEntry) */
  GPtrArray *colleagues;       /* (element-type YejiColleague) */
  guint counts[N_YEJI_STATES];
  guint national[N_YEJI_NATIONAL_STATES];
} Status;

static void
status_clear (Status *self)
{
  g_clear_pointer (&self->owner, yeji_account_free);
  g_clear_pointer (&self->outcome, yeji_sync_outcome_free);
  g_clear_pointer (&self->waiting, yeji_sync_waiting_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->colleagues, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

/**
 * yeji_cli_fail_sync:
 *
 * Complains of what the province said, or of what kept it from saying something, in the words that
 * the window has for it.
 *
 * Returns: the exit status
 */
YejiExit
yeji_cli_fail_sync (const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      yeji_cli_complain ("%s", _("Sending was stopped; what was sent stays sent, and yeji sync "
                                 "goes on"));
      return YEJI_EXIT_FAILED;
    }
  if (error->domain != YEJI_SYNC_ERROR)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  words = yeji_sync_words_error (error);
  if (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT)
      && yeji_sync_cause_of (error) != YEJI_SYNC_CAUSE_PASSWORD)
    yeji_cli_complain (_("Sign in with yeji login: %s"), words);
  else
    yeji_cli_complain ("%s", words);
  return yeji_sync_error_is_line (error)
         || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY)
           ? YEJI_EXIT_OFFLINE : YEJI_EXIT_FAILED;
}

/**
 * yeji_cli_note_outcome:
 * @province: (nullable): who was asked
 * @error: (nullable): why it did not succeed
 *
 * Keeps what a try met with, so that `status` and the window tell of it.
 */
void
yeji_cli_note_outcome (YejiStore    *store,
                       YejiProvince *province,
                       const GError *error)
{
  g_autoptr (YejiSyncOutcome) outcome = yeji_sync_outcome_load (store, NULL);

  if (outcome == NULL)
    return;
  yeji_sync_outcome_set_user (outcome,
                              province != NULL ? yeji_province_get_user (province) : NULL);
  outcome->clock = province != NULL ? yeji_province_get_clock (province) : 0;
  yeji_sync_outcome_take (outcome, error, g_get_real_time () / G_USEC_PER_SEC);
  yeji_sync_outcome_save (outcome, store, NULL);
}

static gboolean
load (Status  *self,
      GError **error)
{
  g_autoptr (YejiAccount) account = yeji_account_load (self->store, NULL);

  self->colleagues = yeji_cli_load_colleagues (self->store);
  self->entries = yeji_store_list (self->store, error);
  if (self->entries == NULL)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (self->entries, i);
      const YejiNational *national = yeji_entry_get_national (entry);

      self->counts[yeji_entry_get_state (entry)]++;
      if (national != NULL)
        self->national[national->state]++;
    }
  self->signed_in = account != NULL;
  self->owner = yeji_account_load_owner (self->store, error);
  if (self->owner != NULL)
    self->outcome = yeji_sync_outcome_load (self->store, error);
  if (self->outcome != NULL)
    self->waiting = yeji_sync_waiting_load (self->store, error);
  return self->waiting != NULL;
}

static void
set_moment (JsonObject *object,
            const char *member,
            gint64      seconds)
{
  g_autoptr (GDateTime) moment = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *text = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  json_object_set_string_member (object, member, text);
}

static JsonObject *
make_sync (Status *self)
{
  const YejiSyncOutcome *outcome = self->outcome;
  JsonObject *object = json_object_new ();
  g_autofree char *words = yeji_sync_words (outcome, self->waiting, YEJI_SYNC_TELLER_VISITOR);

  json_object_set_string_member (object, "state", yeji_sync_state_to_text (outcome->state));
  json_object_set_string_member (object, "cause", yeji_sync_cause_to_text (outcome->cause));
  json_object_set_string_member (object, "detail", outcome->detail);
  json_object_set_string_member (object, "words", words);
  json_object_set_string_member (object, "user", outcome->user);
  json_object_set_string_member (object, "since", outcome->since);
  json_object_set_string_member (object, "tried", outcome->tried);
  json_object_set_string_member (object, "heard", outcome->heard);
  json_object_set_int_member (object, "failures", outcome->failures);
  json_object_set_int_member (object, "clock", outcome->clock);
  set_moment (object, "next", outcome->next);
  return object;
}

static JsonArray *
make_waiting (Status *self)
{
  JsonArray *waiting = json_array_new ();

  for (guint i = 0; i < self->waiting->items->len; i++)
    {
      const YejiSyncWaitingItem *item = g_ptr_array_index (self->waiting->items, i);
      JsonObject *words = json_object_new ();

      json_object_set_string_member (words, "uuid", item->uuid);
      json_object_set_string_member (words, "name", item->name);
      json_object_set_string_member (words, "queued", item->queued);
      json_object_set_int_member (words, "attempts", item->attempts);
      json_object_set_int_member (words, "files", item->n_files);
      set_moment (words, "next", item->next);
      json_object_set_string_member (words, "message", item->message);
      json_array_add_object_element (waiting, words);
    }
  return waiting;
}

static JsonObject *
make_program (YejiStore *store)
{
  g_autofree char *where = NULL;
  g_autofree char *wanted = yeji_program_update_get_wanted (store, &where);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "version", YEJI_VERSION);
  json_object_set_string_member (object, "wanted", wanted);
  json_object_set_string_member (object, "where", where);
  return object;
}

static void
print_json (Status *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *states = json_object_new ();
  JsonObject *national = json_object_new ();
  JsonObject *files = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "url", self->signed_in ? self->owner->url : NULL);
  json_object_set_string_member (object, "user", self->signed_in ? self->owner->user : NULL);
  json_object_set_string_member (object, "enterprise", self->owner->enterprise_name);
  json_object_set_object_member (object, "sync", make_sync (self));
  for (guint i = 0; i < N_YEJI_STATES; i++)
    if (self->counts[i] > 0)
      json_object_set_int_member (states, yeji_state_to_text ((YejiState) i), self->counts[i]);
  json_object_set_object_member (object, "states", states);
  for (guint i = 0; i < N_YEJI_NATIONAL_STATES; i++)
    if (self->national[i] > 0)
      json_object_set_int_member (national, yeji_national_to_text ((YejiNationalState) i),
                                  self->national[i]);
  json_object_set_object_member (object, "national", national);
  json_object_set_array_member (object, "waiting", make_waiting (self));
  json_object_set_int_member (files, "waiting", self->waiting->n_files);
  json_object_set_int_member (files, "failed", self->waiting->n_failed);
  json_object_set_object_member (object, "files", files);
  json_object_set_array_member (object, "editing",
                                yeji_cli_colleagues_to_json (self->entries, self->colleagues));
  json_object_set_object_member (object, "dictionary",
                                 yeji_cli_dictionary_to_json (self->store, NULL));
  json_object_set_object_member (object, "program", make_program (self->store));
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
}

static void
print_dictionary (YejiStore *store)
{
  g_autoptr (YejiDictionary) offered = yeji_store_get_offered_dictionary (store);
  g_autofree char *problem = NULL;

  problem = yeji_dictionary_update_get_problem (store, yeji_language_get_current ());
  yeji_cli_print (_("Dictionary %s\n"),
                  yeji_dictionary_get_version (yeji_store_get_dictionary (store)));
  if (offered != NULL)
    yeji_cli_print (_("The province uses the dictionary %s; yeji sync moves the drafts to it\n"),
                    yeji_dictionary_get_version (offered));
  if (problem != NULL)
    yeji_cli_print ("%s\n", problem);
  g_free (problem);
  problem = yeji_receipt_trust_get_problem (store, yeji_language_get_current ());
  if (problem != NULL)
    yeji_cli_print ("%s\n", problem);
}

static void
print_program (YejiStore *store)
{
  g_autofree char *words = yeji_program_update_get_words (store, yeji_language_get_current ());

  if (words != NULL)
    yeji_cli_print ("%s\n", words);
}

static void
print_text (Status *self)
{
  g_autofree char *words = yeji_sync_words (self->outcome, self->waiting,
                                            YEJI_SYNC_TELLER_VISITOR);

  if (self->signed_in)
    yeji_cli_print (_("Signed in at %s as %s\n"), self->owner->url, self->owner->user);
  else
    yeji_cli_print (_("Not signed in\n"));
  yeji_cli_print ("%s\n", words);
  for (guint i = 0; i < self->waiting->items->len; i++)
    {
      const YejiSyncWaitingItem *item = g_ptr_array_index (self->waiting->items, i);
      g_autofree char *line = yeji_sync_words_item (item);
      g_autofree char *name = yeji_cli_dup_line (item->name);

      yeji_cli_print ("  %s %s: %s\n", item->uuid, name, line);
    }
  yeji_cli_print_colleagues (self->entries, self->colleagues);
  print_dictionary (self->store);
  print_program (self->store);
  for (guint i = 0; i < N_YEJI_STATES; i++)
    if (self->counts[i] > 0)
      yeji_cli_print ("%6u %s\n", self->counts[i], yeji_state_to_text ((YejiState) i));
  for (guint i = 0; i < N_YEJI_NATIONAL_STATES; i++)
    if (self->national[i] > 0)
      yeji_cli_print (_("%6u at the national platform: %s\n"), self->national[i],
                      yeji_national_words_label ((YejiNationalState) i));
}

/* status */
YejiExit
yeji_cli_status (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  g_auto (Status) self = { .store = yeji_cli_session_get_store (session) };
  g_autoptr (GError) error = NULL;

  if (self.store == NULL)
    return YEJI_EXIT_FAILED;
  if (!load (&self, &error))
    {
      yeji_cli_complain (_("The profile cannot be read"));
      return YEJI_EXIT_FAILED;
    }
  if (yeji_cli_session_wants_json (session))
    print_json (&self);
  else
    print_text (&self);
  return YEJI_EXIT_OK;
}
