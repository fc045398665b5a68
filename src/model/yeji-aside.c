// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-aside"

#include "config.h"

#include "yeji-aside.h"

/**
 * yeji_aside_new:
 *
 * Returns: (transfer full): a value put aside; #YejiAside says what each text is
 */
YejiAside *
yeji_aside_new (const char *version,
                const char *table,
                const char *row,
                const char *field,
                const char *label,
                const char *value)
{
  YejiAside *self = g_new (YejiAside, 1);

  self->version = g_strdup (version);
  self->table = g_strdup (table);
  self->row = g_strdup (row);
  self->field = g_strdup (field);
  self->label = g_strdup (label);
  self->value = g_strdup (value);
  return self;
}

/**
 * yeji_aside_copy:
 *
 * Returns: (transfer full): the same once more
 */
YejiAside *
yeji_aside_copy (const YejiAside *self)
{
  return yeji_aside_new (self->version, self->table, self->row, self->field, self->label,
                         self->value);
}

/**
 * yeji_aside_equal:
 *
 * Returns: whether both are the same value of the same place
 */
gboolean
yeji_aside_equal (const YejiAside *self,
                  const YejiAside *other)
{
  return g_str_equal (self->version, other->version)
    && g_str_equal (self->table, other->table)
    && g_str_equal (self->row, other->row)
    && g_str_equal (self->field, other->field)
    && g_str_equal (self->label, other->label)
    && g_str_equal (self->value, other->value);
}

void
yeji_aside_free (YejiAside *self)
{
  g_free (self->version);
  g_free (self->table);
  g_free (self->row);
  g_free (self->field);
  g_free (self->label);
  g_free (self->value);
  g_free (self);
}
