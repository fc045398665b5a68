// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-use-list.h"

#include "yeji-clock.h"

static const char * const states[N_YEJI_USE_STATES] = {
  [YEJI_USE_DRAFT] = "draft",
  [YEJI_USE_QUEUED] = "queued",
  [YEJI_USE_REFUSED] = "refused",
  [YEJI_USE_OPEN] = "open",
  [YEJI_USE_WITHDRAWING] = "withdrawing",
  [YEJI_USE_USED] = "used",
  [YEJI_USE_WITHDRAWN] = "withdrawn",
};

/**
 * yeji_use_list_new:
 *
 * Returns: (transfer full): a draft without records
 */
YejiUseList *
yeji_use_list_new (const char *kind,
                   const char *name)
{
  YejiUseList *self = g_new0 (YejiUseList, 1);

  self->id = g_uuid_string_random ();
  self->kind = g_strdup (kind);
  self->name = g_strdup (name);
  self->records = g_new0 (char *, 1);
  self->made_at = yeji_clock_now ();
  return self;
}

/**
 * yeji_use_list_free:
 * @self: (transfer full)
 */
void
yeji_use_list_free (YejiUseList *self)
{
  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_strfreev (self->records);
  g_free (self->server_id);
  g_free (self->answer);
  g_free (self->message);
  g_free (self->application);
  g_free (self->made_at);
  g_free (self);
}

/**
 * yeji_use_list_copy:
 *
 * Returns: (transfer full): the same once more
 */
YejiUseList *
yeji_use_list_copy (const YejiUseList *self)
{
  YejiUseList *copy = g_new0 (YejiUseList, 1);

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->kind = g_strdup (self->kind);
  copy->name = g_strdup (self->name);
  copy->records = g_strdupv (self->records);
  copy->server_id = g_strdup (self->server_id);
  copy->answer = g_strdup (self->answer);
  copy->message = g_strdup (self->message);
  copy->application = g_strdup (self->application);
  copy->made_at = g_strdup (self->made_at);
  return copy;
}

/**
 * yeji_use_list_tick:
 *
 * Puts a record at the end of the list, or takes it out.
 */
void
yeji_use_list_tick (YejiUseList *self,
                    const char  *uuid,
                    gboolean     ticked)
{
  g_autoptr (GStrvBuilder) records = g_strv_builder_new ();

  for (guint i = 0; self->records[i] != NULL; i++)
    if (!g_str_equal (self->records[i], uuid))
      g_strv_builder_add (records, self->records[i]);
  if (ticked)
    g_strv_builder_add (records, uuid);
  g_strfreev (self->records);
  self->records = g_strv_builder_end (records);
}

/**
 * yeji_use_list_is_editable:
 *
 * Returns: whether it can be changed: nobody else may have it
 */
gboolean
yeji_use_list_is_editable (const YejiUseList *self)
{
  return self->state == YEJI_USE_DRAFT || self->state == YEJI_USE_REFUSED
         || (self->state == YEJI_USE_QUEUED && !self->tried);
}

/**
 * yeji_use_list_carries:
 *
 * Returns: whether the record is ticked in it
 */
gboolean
yeji_use_list_carries (const YejiUseList *self,
                       const char        *uuid)
{
  return g_strv_contains ((const char * const *) self->records, uuid);
}

/**
 * yeji_use_list_is_live:
 *
 * Returns: whether the records in it are used by it
 */
gboolean
yeji_use_list_is_live (const YejiUseList *self)
{
  return self->state != YEJI_USE_WITHDRAWN && self->state != YEJI_USE_WITHDRAWING;
}

/**
 * yeji_use_state_to_text:
 *
 * Returns: the state's word in files and for scripts
 */
const char *
yeji_use_state_to_text (YejiUseState state)
{
  return states[state];
}
