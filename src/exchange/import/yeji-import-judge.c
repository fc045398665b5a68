// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-file"

#include "config.h"

#include "yeji-import-private.h"

#include <string.h>

#include "yeji-paste-plan.h"

/* What a cell becomes. */

/* Texts whose judgement is remembered: names, codes and dates come again and again. */
#define N_JUDGED (1u << 14)

static const YejiImportTrouble from_paste[N_YEJI_PASTE_TROUBLES] = {
  [YEJI_PASTE_FITS] = YEJI_IMPORT_FITS,
  [YEJI_PASTE_NO_FIELD] = YEJI_IMPORT_FITS,
  [YEJI_PASTE_READ_ONLY] = YEJI_IMPORT_FITS,
  [YEJI_PASTE_NO_ROW] = YEJI_IMPORT_ROWS,
  [YEJI_PASTE_CODE] = YEJI_IMPORT_CODE,
  [YEJI_PASTE_DATE] = YEJI_IMPORT_DATE,
  [YEJI_PASTE_NUMBER] = YEJI_IMPORT_NUMBER,
  [YEJI_PASTE_LENGTH] = YEJI_IMPORT_LENGTH,
  [YEJI_PASTE_SEVERAL] = YEJI_IMPORT_SEVERAL,
  [YEJI_PASTE_FORMAT] = YEJI_IMPORT_FORMAT,
};

static guint32
add_stripped (YejiImportFile *self,
              guint32         text)
{
  const char *begin = yeji_text_pool_get (self->pool, text);
  gsize length = strlen (begin);
  gsize skipped = 0;

  while (length > 0 && g_ascii_isspace (begin[length - 1]))
    length--;
  while (skipped < length && g_ascii_isspace (begin[skipped]))
    skipped++;
  if (skipped == 0 && begin[length] == '\0')
    return text;
  return yeji_text_pool_add (self->pool, begin + skipped, length - skipped);
}

static YejiImportTrouble
judge_role (YejiImportFile *self,
            guint32         text,
            guint32        *value)
{
  GPtrArray *roles = yeji_dictionary_get_roles (self->dictionary);
  g_autofree char *folded = yeji_heading_fold (yeji_text_pool_get (self->pool, text));

  *value = text;
  if (*folded == '\0')
    return YEJI_IMPORT_FITS;
  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);
      const char *names[] = { role->id, yeji_text_get (&role->label, YEJI_LANGUAGE_ZH),
                              yeji_text_get (&role->label, YEJI_LANGUAGE_EN) };

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *name = yeji_heading_fold (names[j]);

          if (!g_str_equal (name, folded))
            continue;
          *value = yeji_text_pool_add (self->pool, role->id, strlen (role->id));
          return YEJI_IMPORT_FITS;
        }
    }
  if (yeji_import_layout_is_exact (self->layout, NULL, yeji_text_pool_get (self->pool, text), ""))
    return YEJI_IMPORT_FITS;
  return YEJI_IMPORT_ROLE;
}

static YejiImportTrouble
judge_field (YejiImportFile         *self,
             const YejiImportColumn *column,
             guint32                 text,
             guint32                *value)
{
  const char *given = yeji_text_pool_get (self->pool, text);
  g_autofree char *with_unit = NULL;
  g_autofree char *found = NULL;
  YejiPasteTrouble trouble;

  *value = text;
  if (yeji_import_layout_is_exact (self->layout, column->field, given,
                                   yeji_text_pool_get (self->pool, self->current)))
    return YEJI_IMPORT_FITS;
  if (column->unit != NULL && *given != '\0' && g_ascii_isdigit (given[strlen (given) - 1]))
    with_unit = g_strconcat (given, column->unit, NULL);
  trouble = yeji_paste_judge (self->normaliser, column->field,
                              with_unit != NULL ? with_unit : given, &found);
  *value = yeji_text_pool_add (self->pool, found, strlen (found));
  return from_paste[trouble];
}

/* A code that a spreadsheet program took for a number has lost its noughts. */
static YejiImportTrouble
judge_short_code (YejiImportFile     *self,
                  const YejiFieldDef *field,
                  guint32            *value)
{
  const char *given = yeji_text_pool_get (self->pool, *value);
  const YejiCode *found = NULL;

  for (guint i = 0; i < field->codes->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (field->codes->items, i);

      if (!g_str_has_suffix (code->code, given)
          || strspn (code->code, "0") < strlen (code->code) - strlen (given))
        continue;
      if (found != NULL)
        return YEJI_IMPORT_SEVERAL;
      found = code;
    }
  if (found == NULL)
    return YEJI_IMPORT_CODE;
  *value = yeji_text_pool_add (self->pool, found->code, strlen (found->code));
  return YEJI_IMPORT_FITS;
}

static YejiImportTrouble
judge_cell (YejiImportFile         *self,
            const YejiImportColumn *column,
            guint32                 text,
            guint32                *value)
{
  YejiJudged *judged;

  if (self->judged == NULL)
    self->judged = g_new0 (YejiJudged, N_JUDGED);
  if (column->field->codes != NULL
      && yeji_import_layout_is_special (self->layout, column->field,
                                        yeji_text_pool_get (self->pool, text)))
    return judge_field (self, column, text, value);
  judged = &self->judged[(text * 2654435761u >> 8 ^ GPOINTER_TO_UINT (column->field) >> 3)
                         % N_JUDGED];
  if (judged->field != column->field || judged->text != text)
    {
      judged->field = column->field;
      judged->text = text;
      judged->trouble = judge_field (self, column, text, &judged->value);
    }
  *value = judged->value;
  return judged->trouble;
}

/**
 * yeji_import_judge:
 * @text: of the pool
 * @flags: of the cell, 0 of one that was mended
 * @value: (out): of the pool
 *
 * Finds what a cell becomes.
 *
 * Returns: what is wrong with it
 */
YejiImportTrouble
yeji_import_judge (YejiImportFile         *self,
                   const YejiImportColumn *column,
                   guint32                 text,
                   YejiCellFlags           flags,
                   guint32                *value)
{
  YejiImportTrouble trouble;

  *value = text;
  if (column->key == YEJI_IMPORT_KEY_REASON
      || (column->field == NULL && column->key == YEJI_IMPORT_KEY_NONE)
      || (column->field != NULL && column->field->by_platform))
    return YEJI_IMPORT_FITS;
  if ((flags & YEJI_CELL_STALE) != 0)
    return YEJI_IMPORT_STALE;
  if (text == 0)
    return YEJI_IMPORT_FITS;
  if ((flags & YEJI_CELL_FAILED) != 0)
    return YEJI_IMPORT_FAILED;
  if ((flags & YEJI_CELL_ROUNDED) != 0
      && (column->field == NULL || column->field->kind != YEJI_FIELD_NUMBER))
    return YEJI_IMPORT_ROUNDED;
  *value = add_stripped (self, text);
  if (*value != text && column->field != NULL
      && yeji_import_layout_is_exact (self->layout, column->field,
                                      yeji_text_pool_get (self->pool, text),
                                      yeji_text_pool_get (self->pool, self->current)))
    {
      *value = text;
      return YEJI_IMPORT_FITS;
    }
  text = *value;
  if (column->key == YEJI_IMPORT_KEY_ROLE)
    return judge_role (self, text, value);
  if (column->field == NULL || text == 0)
    return YEJI_IMPORT_FITS;
  trouble = judge_cell (self, column, text, value);
  if (trouble == YEJI_IMPORT_CODE && (flags & YEJI_CELL_NUMBER) != 0)
    trouble = judge_short_code (self, column->field, value);
  return trouble;
}
