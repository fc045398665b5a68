// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-outcome.h"

#include "yeji-clock.h"

#define SETTING_OUTCOME "sync.outcome"

/* Seconds between tries that fail: 1, 2, 4, ... */
#define MAX_PAUSE 30
/* Another version does not come within a minute: somebody has to install it. */
#define VERSION_PAUSE 3600
/* No patience is longer, whoever asked for it. */
#define MAX_ASKED 7200
/* What a setting that somebody else wrote may be at most: the province's words are in it. */
#define MAX_DETAIL 2000

static const struct
{
  YejiSyncCause cause;
  YejiSyncEvent event;
} events[] = {
  { YEJI_SYNC_CAUSE_THROTTLED, YEJI_SYNC_EVENT_BUSY },
  { YEJI_SYNC_CAUSE_SERVER, YEJI_SYNC_EVENT_BUSY },
  { YEJI_SYNC_CAUSE_GATEWAY, YEJI_SYNC_EVENT_BUSY },
  { YEJI_SYNC_CAUSE_FULL, YEJI_SYNC_EVENT_BUSY },
  { YEJI_SYNC_CAUSE_DENIED, YEJI_SYNC_EVENT_TROUBLE },
  { YEJI_SYNC_CAUSE_NO_ACCOUNT, YEJI_SYNC_EVENT_NO_ACCOUNT },
  { YEJI_SYNC_CAUSE_SESSION, YEJI_SYNC_EVENT_ENDED },
  { YEJI_SYNC_CAUSE_CLIENT_OLD, YEJI_SYNC_EVENT_VERSION },
  { YEJI_SYNC_CAUSE_SERVER_OLD, YEJI_SYNC_EVENT_VERSION },
  { YEJI_SYNC_CAUSE_ENTERPRISE, YEJI_SYNC_EVENT_TROUBLE },
  { YEJI_SYNC_CAUSE_LOCAL, YEJI_SYNC_EVENT_TROUBLE },
  { YEJI_SYNC_CAUSE_OTHER, YEJI_SYNC_EVENT_TROUBLE },
};

static const struct
{
  const char *member;
  gsize offset;
} texts[] = {
  { "detail", G_STRUCT_OFFSET (YejiSyncOutcome, detail) },
  { "user", G_STRUCT_OFFSET (YejiSyncOutcome, user) },
  { "since", G_STRUCT_OFFSET (YejiSyncOutcome, since) },
  { "tried", G_STRUCT_OFFSET (YejiSyncOutcome, tried) },
  { "heard", G_STRUCT_OFFSET (YejiSyncOutcome, heard) },
};

#define GET_TEXT(self, i) G_STRUCT_MEMBER (char *, self, texts[i].offset)

static void
set_text (char       **member,
          const char  *text)
{
  char *copy = g_strdup (text);

  g_free (*member);
  *member = copy;
}

/**
 * yeji_sync_event_of:
 * @error: why something did not get on
 *
 * Returns: what it is to the machine of yeji-sync-state.h
 */
YejiSyncEvent
yeji_sync_event_of (const GError *error)
{
  YejiSyncCause cause = yeji_sync_cause_of (error);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (events[i].cause == cause)
      return events[i].event;
  return YEJI_SYNC_EVENT_UNREACHABLE;
}

/* The province's own words where it spoke, else what the error says. */
static char *
get_detail (const GError *error)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (error);
  g_autofree char *text = NULL;

  /* what stands before it said "later": in whose words does not matter */
  if (refusal == NULL && yeji_sync_event_of (error) == YEJI_SYNC_EVENT_BUSY)
    return NULL;
  if (refusal == NULL || *refusal->title == '\0')
    text = g_strdup (error->message);
  else if (refusal->detail == NULL)
    text = g_strdup (refusal->title);
  else
    text = g_strdup_printf ("%s %s", refusal->title, refusal->detail);
  if (g_utf8_strlen (text, -1) > MAX_DETAIL)
    return g_utf8_substring (text, 0, MAX_DETAIL);
  return g_steal_pointer (&text);
}

/**
 * yeji_sync_outcome_new:
 *
 * Returns: (transfer full): an outcome of nothing tried yet
 */
YejiSyncOutcome *
yeji_sync_outcome_new (void)
{
  return g_new0 (YejiSyncOutcome, 1);
}

/**
 * yeji_sync_outcome_copy:
 *
 * Returns: (transfer full): a copy
 */
YejiSyncOutcome *
yeji_sync_outcome_copy (const YejiSyncOutcome *self)
{
  YejiSyncOutcome *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    GET_TEXT (copy, i) = g_strdup (GET_TEXT (self, i));
  return copy;
}

/**
 * yeji_sync_outcome_free:
 * @self: (nullable) (transfer full)
 *
 * Frees an outcome.
 */
void
yeji_sync_outcome_free (YejiSyncOutcome *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (GET_TEXT (self, i));
  g_free (self);
}

/**
 * yeji_sync_outcome_take:
 * @error: (nullable): what a cycle met with; %NULL: it ended well
 * @now: Unix seconds
 *
 * Notes the end of a try. The next one is set to when the province asked for, if it did.
 */
void
yeji_sync_outcome_take (YejiSyncOutcome *self,
                        const GError    *error,
                        gint64           now)
{
  YejiSyncCause cause = yeji_sync_cause_of (error);
  YejiSyncEvent event = error != NULL ? yeji_sync_event_of (error) : YEJI_SYNC_EVENT_DONE;
  const YejiSyncRule *rule = yeji_sync_state_find (YEJI_SYNC_RUNNING, event);
  g_autofree char *moment = yeji_clock_now ();
  guint retry_after = error != NULL ? yeji_sync_error_get_retry_after (error) : 0;

  g_assert (rule != NULL);
  if (self->since == NULL || self->cause != cause)
    set_text (&self->since, moment);
  self->state = rule->next;
  self->cause = cause;
  self->next = retry_after > 0 ? now + retry_after : 0;
  set_text (&self->tried, moment);
  g_clear_pointer (&self->detail, g_free);
  if (error == NULL)
    {
      self->failures = 0;
      set_text (&self->heard, moment);
      return;
    }
  self->failures++;
  self->detail = get_detail (error);
}

/**
 * yeji_sync_outcome_plan:
 * @now: Unix seconds
 *
 * Plans the next try: later with each failure, not before the province asked for, and at a moment
 * of its own, as many clients lose the province at one moment and must not come back at one.
 *
 * Returns: milliseconds until then
 */
guint
yeji_sync_outcome_plan (YejiSyncOutcome *self,
                        gint64           now)
{
  guint shift = MIN (MAX (self->failures, 1) - 1, 5);
  guint seconds = self->state == YEJI_SYNC_INCOMPATIBLE ? VERSION_PAUSE
                                                        : MIN (1u << shift, MAX_PAUSE);
  guint pause = (guint) g_random_int_range ((gint32) seconds * 500, (gint32) seconds * 1000 + 1);
  gint64 asked = CLAMP (self->next - now, 0, MAX_ASKED) * 1000;

  if (asked > 0)
    pause = MAX (pause, (guint) asked + (guint) g_random_int_range (0, (gint32) asked / 10 + 1000));
  self->next = now + (pause + 999) / 1000;
  return pause;
}

/**
 * yeji_sync_outcome_equal:
 *
 * Returns: whether both mean the same to the user, but for when it was
 */
gboolean
yeji_sync_outcome_equal (const YejiSyncOutcome *self,
                         const YejiSyncOutcome *other)
{
  return self->cause == other->cause && g_strcmp0 (self->detail, other->detail) == 0;
}

/**
 * yeji_sync_outcome_reset:
 *
 * Forgets what was the matter: somebody has signed in anew.
 */
void
yeji_sync_outcome_reset (YejiSyncOutcome *self)
{
  self->state = YEJI_SYNC_STOPPED;
  self->cause = YEJI_SYNC_CAUSE_NONE;
  self->next = 0;
  self->failures = 0;
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->since, g_free);
}

/**
 * yeji_sync_outcome_set_user:
 * @user: (nullable): %NULL keeps who was signed in
 *
 * Notes who is signed in.
 */
void
yeji_sync_outcome_set_user (YejiSyncOutcome *self,
                            const char      *user)
{
  if (user != NULL)
    set_text (&self->user, user);
}

static void
read_members (YejiSyncOutcome *self,
              JsonObject      *object)
{
  if (!yeji_sync_state_from_text (yeji_json_get_string (object, "state"), &self->state))
    self->state = YEJI_SYNC_STOPPED;
  self->cause = yeji_sync_cause_from_text (yeji_json_get_string (object, "cause"));
  self->next = yeji_json_get_int (object, "next", 0);
  self->clock = CLAMP (yeji_json_get_int (object, "clock", 0), G_MININT, G_MAXINT);
  self->failures = (guint) CLAMP (yeji_json_get_int (object, "failures", 0), 0, G_MAXINT);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (&GET_TEXT (self, i), yeji_json_get_string (object, texts[i].member));
}

/**
 * yeji_sync_outcome_load:
 *
 * Reads what the profile keeps. What cannot be read is as if nothing had been tried.
 *
 * Returns: (transfer full) (nullable): the outcome, %NULL when the store fails
 */
YejiSyncOutcome *
yeji_sync_outcome_load (YejiStore  *store,
                        GError    **error)
{
  g_autoptr (YejiSyncOutcome) self = yeji_sync_outcome_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = yeji_store_get_setting (store, SETTING_OUTCOME, &local_error);
  g_autoptr (JsonNode) node = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    read_members (self, json_node_get_object (node));
  return g_steal_pointer (&self);
}

/**
 * yeji_sync_outcome_save:
 *
 * Keeps it in the profile.
 *
 * Returns: whether the store took it
 */
gboolean
yeji_sync_outcome_save (const YejiSyncOutcome  *self,
                        YejiStore              *store,
                        GError                **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "state", yeji_sync_state_to_text (self->state));
  json_object_set_string_member (object, "cause", yeji_sync_cause_to_text (self->cause));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (GET_TEXT (self, i) != NULL)
      json_object_set_string_member (object, texts[i].member, GET_TEXT (self, i));
  json_object_set_int_member (object, "next", self->next);
  json_object_set_int_member (object, "failures", self->failures);
  json_object_set_int_member (object, "clock", self->clock);
  json_node_take_object (node, object);
  text = yeji_json_print (node, FALSE);
  return yeji_store_set_setting (store, SETTING_OUTCOME, text, error);
}
