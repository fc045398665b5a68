// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-sheet-codes.h"

#include "yeji-paste-plan.h"

struct _YejiSheetCodes
{
  YejiNormaliser *normaliser;
  GHashTable *lists;           /* YejiCodeList -> (code -> text) */
};

/**
 * yeji_sheet_codes_new:
 *
 * Returns: (transfer full): how codes are shown; what it says is good while it lives
 */
YejiSheetCodes *
yeji_sheet_codes_new (YejiNormaliser *normaliser)
{
  YejiSheetCodes *self = g_new0 (YejiSheetCodes, 1);

  self->normaliser = g_object_ref (normaliser);
  self->lists = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  return self;
}

static gboolean
is_read_as (YejiSheetCodes     *self,
            const YejiFieldDef *field,
            const char         *text,
            const char         *code)
{
  g_autofree char *value = NULL;

  return yeji_paste_judge (self->normaliser, field, text, &value) == YEJI_PASTE_FITS
         && g_str_equal (value, code);
}

/* The name, where that says which code it is; else with the code before it, or the code alone. */
static char *
find_text (YejiSheetCodes     *self,
           const YejiFieldDef *field,
           const YejiCode     *code)
{
  g_autofree char *both = g_strdup_printf ("%s %s", code->code, code->name);

  if (is_read_as (self, field, code->name, code->code))
    return g_strdup (code->name);
  if (is_read_as (self, field, both, code->code))
    return g_steal_pointer (&both);
  return g_strdup (code->code);
}

static GHashTable *
make_texts (YejiSheetCodes     *self,
            const YejiFieldDef *field)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < field->codes->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (field->codes->items, i);

      if (code->status == YEJI_CODE_CURRENT)
        g_hash_table_insert (texts, code->code, find_text (self, field, code));
    }
  return texts;
}

/**
 * yeji_sheet_codes_show:
 *
 * Returns: (transfer none): what stands in a sheet for a value: of a code that is offered its name,
 *   as long as an import reads just that code there; everything else as it is
 */
const char *
yeji_sheet_codes_show (YejiSheetCodes     *self,
                       const YejiFieldDef *field,
                       const char         *value)
{
  GHashTable *texts;
  const char *text;

  if (field->codes == NULL || *value == '\0')
    return value;
  texts = g_hash_table_lookup (self->lists, field->codes);
  if (texts == NULL)
    {
      texts = make_texts (self, field);
      g_hash_table_insert (self->lists, (gpointer) field->codes, texts);
    }
  text = g_hash_table_lookup (texts, value);
  return text != NULL ? text : value;
}

void
yeji_sheet_codes_free (YejiSheetCodes *self)
{
  g_object_unref (self->normaliser);
  g_hash_table_unref (self->lists);
  g_free (self);
}
