// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks with which other record one is to be compared. Signal "picked" (uuid). */
#define YEJI_TYPE_COMPARE_PICKER (yeji_compare_picker_get_type ())

G_DECLARE_FINAL_TYPE (YejiComparePicker, yeji_compare_picker, YEJI, COMPARE_PICKER, AdwWindow)

GtkWidget *yeji_compare_picker_new (GtkWindow  *parent,
                                    YejiStore  *store,
                                    const char *uuid);

G_END_DECLS
