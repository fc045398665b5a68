// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

G_BEGIN_DECLS

gboolean    yeji_intake_item_is_placed    (YejiIntakeItem     *item);
gboolean    yeji_intake_item_is_open      (YejiIntakeItem     *item);
char       *yeji_intake_item_to_details   (YejiIntakeItem     *item);
char       *yeji_intake_item_to_spoken    (YejiIntakeItem     *item);
const char *yeji_intake_item_get_sureness (YejiIntakeItem     *item,
                                           const char        **icon,
                                           const char        **style);
const char *yeji_intake_severity_get_icon (YejiIntakeSeverity  severity);
const char *yeji_intake_severity_get_style (YejiIntakeSeverity severity);
char       *yeji_taken_to_words           (const YejiTaken    *taken);

G_END_DECLS
