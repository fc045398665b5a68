// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YejiKept:
 * @rule: the rule's id
 * @table: the table's id, "" the record as a whole
 * @row: the row's id, "" the table as a whole
 * @field: the field's id, "" the row as a whole
 * @value: the value that the warning was about
 * @other: the other value that it was about, "" if there was none
 * @reason: why it is right all the same
 *
 * A warning that the clerk keeps, and why. It counts only while the values are what they were.
 * Nothing in it is %NULL.
 */
typedef struct
{
  char *rule;
  char *table;
  char *row;
  char *field;
  char *value;
  char *other;
  char *reason;
} YejiKept;

YejiKept *yeji_kept_new   (const char     *rule,
                           const char     *table,
                           const char     *row,
                           const char     *field,
                           const char     *value,
                           const char     *other,
                           const char     *reason);
YejiKept *yeji_kept_copy  (const YejiKept *self);
gboolean  yeji_kept_equal (const YejiKept *self,
                           const YejiKept *other);
void      yeji_kept_free  (YejiKept       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiKept, yeji_kept_free)

G_END_DECLS
