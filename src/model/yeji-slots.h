// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* What the checks are told of a record's documents: the ids of the slots that have a file, and for
 * each slot with a file in which the examiner found something its id once more behind this mark. */
#define YEJI_SLOT_FLAW "!"

gboolean yeji_slot_is_required (const YejiSlot      *slot,
                                YejiRecord          *record);
guint    yeji_slots_count      (YejiRecord          *record,
                                const char * const  *slots,
                                guint               *n_filled);
gboolean yeji_slots_have_flaw  (const char * const  *slots,
                                const char          *id);
char    *yeji_slots_list       (YejiRecord          *record);

G_END_DECLS
