// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YejiAside:
 * @version: of the dictionary that had a place for the value
 * @table: the table's id there
 * @row: the row's id
 * @field: the field's id there
 * @label: what the field was called there
 * @value: the text as typed
 *
 * A value for which a newer dictionary has no place. Nothing in it is %NULL.
 */
typedef struct
{
  char *version;
  char *table;
  char *row;
  char *field;
  char *label;
  char *value;
} YejiAside;

YejiAside *yeji_aside_new   (const char      *version,
                             const char      *table,
                             const char      *row,
                             const char      *field,
                             const char      *label,
                             const char      *value);
YejiAside *yeji_aside_copy  (const YejiAside *self);
gboolean   yeji_aside_equal (const YejiAside *self,
                             const YejiAside *other);
void       yeji_aside_free  (YejiAside       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiAside, yeji_aside_free)

G_END_DECLS
