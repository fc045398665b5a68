// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-kept"

#include "config.h"

#include "yeji-kept.h"

/**
 * yeji_kept_new:
 *
 * Returns: (transfer full): a kept warning; #YejiKept says what each text is
 */
YejiKept *
yeji_kept_new (const char *rule,
               const char *table,
               const char *row,
               const char *field,
               const char *value,
               const char *other,
               const char *reason)
{
  YejiKept *self = g_new (YejiKept, 1);

  self->rule = g_strdup (rule);
  self->table = g_strdup (table);
  self->row = g_strdup (row);
  self->field = g_strdup (field);
  self->value = g_strdup (value);
  self->other = g_strdup (other);
  self->reason = g_strdup (reason);
  return self;
}

/**
 * yeji_kept_copy:
 *
 * Returns: (transfer full): the same once more
 */
YejiKept *
yeji_kept_copy (const YejiKept *self)
{
  return yeji_kept_new (self->rule, self->table, self->row, self->field, self->value, self->other,
                        self->reason);
}

/**
 * yeji_kept_equal:
 *
 * Returns: whether both say the same of the same place
 */
gboolean
yeji_kept_equal (const YejiKept *self,
                 const YejiKept *other)
{
  return g_str_equal (self->rule, other->rule)
    && g_str_equal (self->table, other->table)
    && g_str_equal (self->row, other->row)
    && g_str_equal (self->field, other->field)
    && g_str_equal (self->value, other->value)
    && g_str_equal (self->other, other->other)
    && g_str_equal (self->reason, other->reason);
}

void
yeji_kept_free (YejiKept *self)
{
  g_free (self->rule);
  g_free (self->table);
  g_free (self->row);
  g_free (self->field);
  g_free (self->value);
  g_free (self->other);
  g_free (self->reason);
  g_free (self);
}
