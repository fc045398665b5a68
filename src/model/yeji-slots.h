// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

gboolean yeji_slot_is_required (const YejiSlot      *slot,
                                YejiRecord          *record);
guint    yeji_slots_count      (YejiRecord          *record,
                                const char * const  *slots,
                                guint               *n_filled);
char    *yeji_slots_list       (YejiRecord          *record);

G_END_DECLS
