// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-code-list"

#include "config.h"

#include "yeji-code-list.h"

YejiCodeList *
yeji_code_list_new (void)
{
  YejiCodeList *self = g_new0 (YejiCodeList, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_code_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
yeji_code_list_free (YejiCodeList *self)
{
  g_free (self->id);
  yeji_text_clear (&self->label);
  g_free (self->note);
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->items);
  g_free (self);
}

void
yeji_code_free (YejiCode *code)
{
  g_free (code->code);
  g_free (code->name);
  g_free (code->parent);
  g_free (code->level);
  g_free (code->replaced_by);
  g_free (code->note);
  g_free (code->initials);
  g_free (code);
}

/**
 * yeji_code_list_add:
 * @code: (transfer full): an item
 *
 * Returns: %FALSE if the code is there already; then @code is not taken
 */
gboolean
yeji_code_list_add (YejiCodeList *self,
                    YejiCode     *code)
{
  if (g_hash_table_contains (self->by_code, code->code))
    return FALSE;
  g_hash_table_insert (self->by_code, code->code, code);
  g_ptr_array_add (self->items, code);
  return TRUE;
}

/**
 * yeji_code_list_find:
 *
 * Returns: (nullable): the item with that code, of any status
 */
const YejiCode *
yeji_code_list_find (const YejiCodeList *self,
                     const char         *code)
{
  return g_hash_table_lookup (self->by_code, code);
}
