// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of numbers, for lists of things that are known by theirs; an item is made when it is
 * asked for. */
#define YEJI_TYPE_IMPORT_NUMBERS (yeji_import_numbers_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportNumbers, yeji_import_numbers, YEJI, IMPORT_NUMBERS, GObject)

#define YEJI_TYPE_NUMBER_ITEM (yeji_number_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiNumberItem, yeji_number_item, YEJI, NUMBER_ITEM, GObject)

YejiImportNumbers *yeji_import_numbers_new   (void);
void               yeji_import_numbers_set_n (YejiImportNumbers *self,
                                              guint              n);
void               yeji_import_numbers_set   (YejiImportNumbers *self,
                                              GArray            *numbers);
guint              yeji_number_item_get      (YejiNumberItem    *self);

G_END_DECLS
