// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The best YejiOutcome. */
#define YEJI_FACTS_BEST_OUTCOME 2

/**
 * YejiFacts:
 * @n_errors: problems that are errors
 * @n_warnings: problems that are warnings, kept ones left out
 * @completeness: how much of what the standard asks for is there, in percent; 100 only when nothing
 *     is missing; -1: unknown
 * @outcome: a YejiOutcome: what would become of the record; -1: unknown
 * @n_slots: document slots that the record must fill; -1: unknown
 * @n_filled_slots: how many of these have a document; -1: unknown
 * @required_slots: (nullable): the ids of the slots that the record must fill, with blanks between;
 *     an interned text, or one that outlives the facts; %NULL: unknown, and so it is in what a list
 *     of records reads. It follows from the record alone, so yeji_facts_equal() passes it over
 *
 * What a check found in a record, for lists. yeji_facts_new_for() of the rules makes it, the store
 * keeps it with the record.
 */
typedef struct
{
  guint n_errors;
  guint n_warnings;
  int completeness;
  int outcome;
  int n_slots;
  int n_filled_slots;
  const char *required_slots;
} YejiFacts;

YejiFacts *yeji_facts_copy  (const YejiFacts *self);
void       yeji_facts_free  (YejiFacts       *self);
gboolean   yeji_facts_equal (const YejiFacts *self,
                             const YejiFacts *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiFacts, yeji_facts_free)

G_END_DECLS
