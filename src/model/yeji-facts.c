// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-facts"

#include "config.h"

#include "yeji-facts.h"

/**
 * yeji_facts_copy:
 * @self: (nullable): the facts
 *
 * Returns: (transfer full) (nullable): the same facts
 */
YejiFacts *
yeji_facts_copy (const YejiFacts *self)
{
  YejiFacts *copy;

  if (self == NULL)
    return NULL;
  copy = g_new (YejiFacts, 1);
  *copy = *self;
  return copy;
}

void
yeji_facts_free (YejiFacts *self)
{
  g_free (self);
}

gboolean
yeji_facts_equal (const YejiFacts *self,
                  const YejiFacts *other)
{
  return self->n_errors == other->n_errors
         && self->n_warnings == other->n_warnings
         && self->completeness == other->completeness
         && self->outcome == other->outcome
         && self->n_slots == other->n_slots
         && self->n_filled_slots == other->n_filled_slots;
}
