// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-words.h"

#include <glib/gi18n-lib.h>

#include "yeji-clock.h"
#include "yeji-transfer-store.h"

/* By so much clocks may differ. */
#define CLOCK_SECONDS 300
/* A next try that is so near is told to the second. */
#define NEAR_SECONDS 600

/* What is the matter, and what the user can do about it. */
typedef struct
{
  const char *what;            /* with %s: the detail */
  const char *advice;          /* (nullable) */
} CauseText;

static const CauseText cause_texts[N_YEJI_SYNC_CAUSES] = {
  [YEJI_SYNC_CAUSE_NAME] = {
    N_("The name in the province's address cannot be found."),
    N_("Check the network and the address.") },
  [YEJI_SYNC_CAUSE_NO_NETWORK] = {
    N_("This computer has no way to the province."),
    N_("Check that it is connected to a network.") },
  [YEJI_SYNC_CAUSE_REFUSED] = {
    N_("Nobody answers at the province's address: the connection is refused."),
    N_("The service may be restarting. If it stays so, check the address.") },
  [YEJI_SYNC_CAUSE_TIMEOUT] = {
    N_("The province does not answer in time."),
    N_("The network may be slow, or the service may have too much to do.") },
  [YEJI_SYNC_CAUSE_BROKEN] = {
    N_("The connection broke off."),
    N_("The network may be unsteady. What was on its way is sent again.") },
  [YEJI_SYNC_CAUSE_FOREIGN] = {
    N_("Something else answers in the province's place, such as the sign-in page of a network."),
    N_("Open any web page in the browser and sign in to the network there. If no such page comes, "
       "check the address.") },
  [YEJI_SYNC_CAUSE_GATEWAY] = {
    N_("The province's gateway answers, but the service behind it does not."),
    N_("It is probably being restarted or looked after.") },
  [YEJI_SYNC_CAUSE_GARBLED] = {
    N_("The province's answer cannot be read."),
    N_("Something on the way may have changed it or cut it off.") },
  [YEJI_SYNC_CAUSE_CERTIFICATE] = { "%s", NULL },
  [YEJI_SYNC_CAUSE_PROXY] = {
    N_("The proxy of this network cannot be reached, or refuses the connection."),
    N_("Check the proxy in the network settings of this computer.") },
  [YEJI_SYNC_CAUSE_PROXY_PASSWORD] = {
    N_("The proxy of this network wants a user name and a password."),
    N_("Enter them in the network settings of this computer, or ask those who look after the "
       "network to let the province's address through.") },
  [YEJI_SYNC_CAUSE_ADDRESS] = {
    N_("This is not the address of a province."),
    N_("It looks like https://example.cn, with nothing behind the name.") },
  [YEJI_SYNC_CAUSE_THROTTLED] = {
    N_("The province has too many requests just now, and asks to come again later."), NULL },
  [YEJI_SYNC_CAUSE_SERVER] = {
    N_("The province's service has a failure of its own."),
    N_("Only the province can mend it.") },
  [YEJI_SYNC_CAUSE_FULL] = {
    N_("The province has no room left to keep what is sent."),
    N_("Only the province can mend it. If it stays so, tell it.") },
  [YEJI_SYNC_CAUSE_DENIED] = {
    N_("The province refuses this account: %s"),
    N_("Ask the province, or sign in as another user.") },
  [YEJI_SYNC_CAUSE_NO_ACCOUNT] = {
    N_("Nobody is signed in."),
    N_("Sign in to submit records and to hear of the review.") },
  [YEJI_SYNC_CAUSE_SESSION] = {
    N_("The province no longer takes this session: it has expired, was ended elsewhere, or the "
       "password was changed."),
    N_("Sign in again. Nothing is lost: what waits is sent then.") },
  [YEJI_SYNC_CAUSE_PASSWORD] = {
    N_("The province does not know this user name with this password."), NULL },
  [YEJI_SYNC_CAUSE_CLIENT_OLD] = {
    N_("This program is too old for the province's service."),
    N_("Update the program. Until then everything can be worked on here, and what is submitted "
       "waits.") },
  [YEJI_SYNC_CAUSE_SERVER_OLD] = {
    N_("This program is newer than the province's service, which does not understand it."),
    N_("The province has to update its service. Until then everything can be worked on here, and "
       "what is submitted waits.") },
  [YEJI_SYNC_CAUSE_ENTERPRISE] = {
    N_("Submissions of another enterprise wait in this profile: %s"),
    N_("Sign in as a user of that enterprise, or take the submissions back first. For this "
       "enterprise, open a profile of its own.") },
  [YEJI_SYNC_CAUSE_LOCAL] = {
    N_("Something on this computer is in the way: %s"), NULL },
  [YEJI_SYNC_CAUSE_OTHER] = { N_("Something went wrong: %s"), NULL },
};

static const char *const titles[N_YEJI_SYNC_STATES] = {
  [YEJI_SYNC_STOPPED] = N_("Not tried yet"),
  [YEJI_SYNC_SIGNED_OUT] = N_("Not signed in"),
  [YEJI_SYNC_ENDED] = N_("Session ended"),
  [YEJI_SYNC_SIGNING_IN] = N_("Signing in…"),
  [YEJI_SYNC_RUNNING] = N_("Sending and receiving…"),
  [YEJI_SYNC_ONLINE] = N_("Online"),
  [YEJI_SYNC_OFFLINE] = N_("Offline"),
  [YEJI_SYNC_BUSY] = N_("Province busy"),
  [YEJI_SYNC_TROUBLE] = N_("Not in sync"),
  [YEJI_SYNC_INCOMPATIBLE] = N_("Versions differ"),
};

static char *
format_time (GDateTime *moment,
             gboolean   seconds)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (moment);
  g_autofree char *clock = yeji_clock_now ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_iso8601 (clock, NULL);
  g_autoptr (GDateTime) now = g_date_time_to_local (utc);

  if (g_date_time_get_year (local) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, seconds ? "%H:%M:%S" : "%H:%M");
  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static char *
format_next (gint64 next)
{
  gint64 left = next - g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (next);

  return moment != NULL ? format_time (moment, left < NEAR_SECONDS) : g_strdup ("");
}

/**
 * yeji_sync_words_moment:
 * @moment: (nullable): RFC 3339
 *
 * Returns: (transfer full): the time here to the minute, with the day unless that is today; "" for
 *   none
 */
char *
yeji_sync_words_moment (const char *moment)
{
  g_autoptr (GDateTime) utc = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;

  return utc != NULL ? format_time (utc, FALSE) : g_strdup ("");
}

/**
 * yeji_sync_words_cause:
 * @detail: (nullable): what there is to say beyond the cause
 *
 * Returns: (transfer full): what is the matter and what to do, one or two sentences; "" for none
 */
char *
yeji_sync_words_cause (YejiSyncCause  cause,
                       const char    *detail)
{
  const CauseText *text = &cause_texts[cause];
  g_autofree char *what = NULL;

  if (text->what == NULL)
    return g_strdup ("");
  what = g_str_equal (text->what, "%s") ? g_strdup (detail != NULL ? detail : "")
                                        : g_strdup_printf (_(text->what),
                                                           detail != NULL ? detail : "");
  if (text->advice == NULL)
    return g_steal_pointer (&what);
  /* Translators: two sentences, one after the other */
  return g_strdup_printf (C_("two sentences", "%s %s"), what, _(text->advice));
}

/* Causes in which the province itself said why, in words that are worth reading. */
static gboolean
speaks (YejiSyncCause cause)
{
  return cause == YEJI_SYNC_CAUSE_THROTTLED || cause == YEJI_SYNC_CAUSE_SERVER
         || cause == YEJI_SYNC_CAUSE_FULL;
}

/**
 * yeji_sync_words_error:
 * @error: of %YEJI_SYNC_ERROR
 *
 * Returns: (transfer full): what the user reads of it, with the province's own words where it spoke
 */
char *
yeji_sync_words_error (const GError *error)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (error);
  YejiSyncCause cause = yeji_sync_cause_of (error);
  g_autoptr (YejiSyncOutcome) outcome = yeji_sync_outcome_new ();
  g_autofree char *words = NULL;

  yeji_sync_outcome_take (outcome, error, 0);
  words = yeji_sync_words_cause (cause, outcome->detail);
  if (refusal != NULL && *refusal->title != '\0' && speaks (cause))
    return g_strdup_printf (C_("two sentences", "%s %s"), words, outcome->detail);
  return g_steal_pointer (&words);
}

/**
 * yeji_sync_words_title:
 *
 * Returns: (transfer full): how it stands in two or three words
 */
char *
yeji_sync_words_title (const YejiSyncOutcome *outcome)
{
  if (outcome->state == YEJI_SYNC_RUNNING && outcome->failures > 0)
    return g_strdup (_("Trying again…"));
  if (outcome->state == YEJI_SYNC_INCOMPATIBLE && outcome->cause == YEJI_SYNC_CAUSE_CLIENT_OLD)
    return g_strdup (_("Update needed"));
  return g_strdup (_(titles[outcome->state]));
}

static void
append_line (GString    *text,
             const char *line)
{
  if (*line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

G_GNUC_PRINTF (2, 3)
static void
append_words (GString    *text,
              const char *format,
              ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  append_line (text, line);
}

static gboolean
has_failed (const YejiSyncOutcome *outcome)
{
  return outcome->cause != YEJI_SYNC_CAUSE_NONE;
}

static gboolean
is_empty (const YejiSyncWaiting *waiting)
{
  return waiting == NULL || (waiting->items->len == 0 && waiting->n_files == 0
                             && waiting->n_failed == 0);
}

static void
append_good (GString               *text,
             const YejiSyncOutcome *outcome,
             const YejiSyncWaiting *waiting,
             YejiSyncTeller         teller)
{
  g_autofree char *heard = yeji_sync_words_moment (outcome->heard);

  if (outcome->state == YEJI_SYNC_RUNNING)
    append_line (text, _("Records and answers are on their way."));
  else if (*heard == '\0')
    append_line (text, _("The province has not been asked yet."));
  else if (teller == YEJI_SYNC_TELLER_VISITOR)
    /* Translators: a time of day, maybe with the date */
    append_words (text, _("The last try reached the province, at %s."), heard);
  else if (outcome->state == YEJI_SYNC_ONLINE && is_empty (waiting))
    append_line (text, _("Everything is in step with the province."));
  else if (outcome->state == YEJI_SYNC_ONLINE)
    append_line (text, _("The province is reached."));
}

static void
append_state (GString               *text,
              const YejiSyncOutcome *outcome,
              const YejiSyncWaiting *waiting,
              YejiSyncTeller         teller)
{
  g_autofree char *cause = yeji_sync_words_cause (outcome->cause, outcome->detail);

  append_line (text, cause);
  if (outcome->detail != NULL && speaks (outcome->cause))
    /* Translators: what the province said, in its own words */
    append_words (text, _("The province says: %s"), outcome->detail);
  if (!has_failed (outcome))
    append_good (text, outcome, waiting, teller);
}

static void
append_moments (GString               *text,
                const YejiSyncOutcome *outcome)
{
  g_autofree char *since = yeji_sync_words_moment (outcome->since);
  g_autofree char *tried = yeji_sync_words_moment (outcome->tried);
  g_autofree char *heard = yeji_sync_words_moment (outcome->heard);

  if (outcome->cause != YEJI_SYNC_CAUSE_NO_ACCOUNT && *since != '\0')
    {
      if (g_str_equal (since, tried))
        /* Translators: a time of day, maybe with the date */
        append_words (text, _("It has been so since %s."), since);
      else
        append_words (text, _("It has been so since %s; the last try was at %s."), since, tried);
    }
  if (*heard != '\0')
    append_words (text, _("The province was last reached at %s."), heard);
}

static void
append_next (GString               *text,
             const YejiSyncOutcome *outcome,
             YejiSyncTeller         teller)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *next = outcome->next > now ? format_next (outcome->next) : NULL;

  if (outcome->state == YEJI_SYNC_RUNNING && outcome->failures > 0)
    append_line (text, _("It is being tried again now."));
  else if (teller == YEJI_SYNC_TELLER_ENGINE && next != NULL && has_failed (outcome))
    append_words (text, _("It is tried again by itself at %s."), next);
  else if (outcome->cause == YEJI_SYNC_CAUSE_THROTTLED && next != NULL)
    append_words (text, _("The province asks not to come before %s."), next);
}

/* A clock that is wrong makes certificates invalid and dates of receipts strange. */
static void
append_clock (GString               *text,
              const YejiSyncOutcome *outcome)
{
  g_autoptr (GDateTime) here = outcome->tried != NULL
                                 ? g_date_time_new_from_iso8601 (outcome->tried, NULL) : NULL;
  g_autoptr (GDateTime) there = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (here == NULL || ABS (outcome->clock) < CLOCK_SECONDS)
    return;
  there = g_date_time_add_seconds (here, (double) outcome->clock);
  if (there == NULL)
    return;
  ours = g_date_time_format (here, "%Y-%m-%d %H:%M");
  theirs = g_date_time_format (there, "%Y-%m-%d %H:%M");
  /* Translators: two moments, both in universal time */
  append_words (text, _("The clock of this computer is wrong: it said %s (UTC) when the province's "
                        "said %s. Set it right."), ours, theirs);
}

/**
 * yeji_sync_words_waiting:
 *
 * Returns: (transfer full): how much is still to be sent, a sentence
 */
char *
yeji_sync_words_waiting (const YejiSyncWaiting *waiting)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_empty (waiting))
    return g_strdup (_("Nothing waits to be sent."));
  if (waiting->items->len > 0)
    append_words (text, ngettext ("%u submission waits to be sent.",
                                  "%u submissions wait to be sent.", waiting->items->len),
                  waiting->items->len);
  if (waiting->n_files > 0)
    append_words (text, ngettext ("%u file waits to be sent.", "%u files wait to be sent.",
                                  waiting->n_files), waiting->n_files);
  if (waiting->n_failed > 0)
    append_words (text, ngettext ("%u file could not be sent.", "%u files could not be sent.",
                                  waiting->n_failed), waiting->n_failed);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * yeji_sync_words_item:
 *
 * Returns: (transfer full): since when a submission waits, what for, and its own next try; one line
 *   without its name
 */
char *
yeji_sync_words_item (const YejiSyncWaitingItem *item)
{
  g_autofree char *queued = yeji_sync_words_moment (item->queued);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  /* Translators: a time of day, maybe with the date */
  g_string_append_printf (text, _("waits since %s"), queued);
  if (item->n_files > 0)
    {
      g_string_append (text, C_("between parts of a line", "; "));
      g_string_append_printf (text, ngettext ("for %u file", "for %u files", item->n_files),
                              item->n_files);
    }
  if (item->next > now)
    {
      g_autofree char *next = format_next (item->next);

      g_string_append (text, C_("between parts of a line", "; "));
      g_string_append_printf (text, _("next try at %s"), next);
    }
  if (item->message != NULL && *item->message != '\0')
    {
      g_autofree char *message = g_strdelimit (g_strdup (item->message), "\n", ' ');

      g_string_append (text, C_("between parts of a line", "; "));
      g_string_append (text, message);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * yeji_sync_words:
 * @waiting: (nullable): what is to be sent, as far as it is known
 *
 * Says how it stands between the profile and its province: what is the matter and since when, what
 * to do, when it is tried again, and what waits.
 *
 * Returns: (transfer full): sentences, one or two a line
 */
char *
yeji_sync_words (const YejiSyncOutcome *outcome,
                 const YejiSyncWaiting *waiting,
                 YejiSyncTeller         teller)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (outcome != NULL, NULL);

  append_state (text, outcome, waiting, teller);
  if (outcome->state == YEJI_SYNC_ENDED && outcome->user != NULL)
    /* Translators: a user's name */
    append_words (text, _("%s was signed in."), outcome->user);
  if (has_failed (outcome))
    append_moments (text, outcome);
  append_next (text, outcome, teller);
  append_clock (text, outcome);
  if (waiting != NULL)
    {
      g_autofree char *words = yeji_sync_words_waiting (waiting);

      append_line (text, words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
item_free (gpointer data)
{
  YejiSyncWaitingItem *item = data;

  g_free (item->uuid);
  g_free (item->name);
  g_free (item->queued);
  g_free (item->message);
  g_free (item);
}

static YejiSyncWaitingItem *
make_item (YejiStore            *store,
           const YejiOutboxItem *row)
{
  YejiSyncWaitingItem *item = g_new0 (YejiSyncWaitingItem, 1);
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, row->uuid, NULL);
  const char *name = entry != NULL ? yeji_entry_get_name (entry) : NULL;

  item->uuid = g_strdup (row->uuid);
  item->name = g_strdup (name != NULL ? name : "");
  item->queued = g_strdup (row->queued_at);
  item->message = g_strdup (row->message);
  item->next = row->next_attempt;
  item->attempts = row->attempts;
  item->n_files = row->enqueued && !row->files_follow ? row->n_pending : 0;
  return item;
}

/**
 * yeji_sync_waiting_load:
 *
 * Reads what is still to be sent. Blocks.
 *
 * Returns: (transfer full) (nullable): what waits, %NULL when the store fails
 */
YejiSyncWaiting *
yeji_sync_waiting_load (YejiStore  *store,
                        GError    **error)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, error);
  g_autoptr (GPtrArray) files = NULL;
  YejiSyncWaiting *self;

  if (outbox == NULL)
    return NULL;
  files = yeji_store_list_transfers (store, NULL, error);
  if (files == NULL)
    return NULL;
  self = g_new0 (YejiSyncWaiting, 1);
  self->items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < outbox->len; i++)
    g_ptr_array_add (self->items, make_item (store, g_ptr_array_index (outbox, i)));
  for (guint i = 0; i < files->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (files, i);

      self->n_files += row->state == YEJI_TRANSFER_WAITING || row->state == YEJI_TRANSFER_SENDING;
      self->n_failed += row->state == YEJI_TRANSFER_FAILED;
    }
  return self;
}

/**
 * yeji_sync_waiting_free:
 * @self: (nullable) (transfer full)
 *
 * Frees what waits.
 */
void
yeji_sync_waiting_free (YejiSyncWaiting *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->items);
  g_free (self);
}
