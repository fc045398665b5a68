// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for a record, then for one of its slots; both by keyboard, click, or by dragging onto them.
 * Signals "picked" (const char *uuid, const char *slot) and "left" when Escape leads out of it. Who
 * drags something onto it waits for "picked". */
#define YEJI_TYPE_PLACE_PICKER (yeji_place_picker_get_type ())

G_DECLARE_FINAL_TYPE (YejiPlacePicker, yeji_place_picker, YEJI, PLACE_PICKER, AdwBin)

void        yeji_place_picker_set_store   (YejiPlacePicker *self,
                                           YejiStore       *store,
                                           GType            dragged);
void        yeji_place_picker_refresh     (YejiPlacePicker *self);
void        yeji_place_picker_suggest     (YejiPlacePicker *self,
                                           const char      *uuid,
                                           const char      *slot);
void        yeji_place_picker_start       (YejiPlacePicker *self);
gboolean    yeji_place_picker_is_read     (YejiPlacePicker *self);
const char *yeji_place_picker_get_uuid    (YejiPlacePicker *self);
void        yeji_place_picker_choose      (YejiPlacePicker *self,
                                           const char      *uuid);

G_END_DECLS
