// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-text.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-change-text.h"
#include "yeji-history-text.h"
#include "yeji-mask.h"
#include "yeji-messages.h"

/* So many values stand for a row as a whole. */
#define MAX_VALUES 5

static YejiChange
as_change (const YejiDifference *self)
{
  return (YejiChange) { self->table, self->row, self->field };
}

static const YejiFieldDef *
find_field (const YejiDifference *self,
            YejiDictionary       *dictionary)
{
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, self->table);

  return table != NULL ? yeji_table_def_find_field (table, self->field) : NULL;
}

static YejiRow *
find_row (const YejiDifference *self)
{
  static const YejiSide sides[] = { YEJI_SIDE_MINE, YEJI_SIDE_THEIRS, YEJI_SIDE_BASE };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    if (self->rows[sides[i]] != NULL)
      return self->rows[sides[i]];
  return NULL;
}

/**
 * yeji_difference_to_label:
 *
 * Returns: (transfer full): what is compared, in the user's words
 */
char *
yeji_difference_to_label (const YejiDifference *self,
                          YejiDictionary       *dictionary)
{
  const YejiFieldDef *field = find_field (self, dictionary);
  YejiChange change = as_change (self);

  if (yeji_difference_is_move (self))
    return g_strdup (_("Order of the rows"));
  if (yeji_difference_is_row (self))
    return g_strdup (_("The whole row"));
  return field != NULL ? g_strdup (yeji_label (&field->label))
                       : yeji_change_to_label (&change, dictionary);
}

/**
 * yeji_difference_to_place:
 *
 * Returns: (transfer full) (nullable): which row it is in, %NULL where there is but one
 */
char *
yeji_difference_to_place (const YejiDifference *self,
                          YejiDictionary       *dictionary)
{
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, self->table);
  YejiRow *row = find_row (self);
  const char *title = row != NULL ? yeji_row_get_title (row) : NULL;

  if (table == NULL || table->index == 0)
    return NULL;
  return title != NULL && *title != '\0' ? g_strdup (title) : NULL;
}

/**
 * yeji_difference_to_section:
 *
 * Returns: (transfer full): the section of the form
 */
char *
yeji_difference_to_section (const YejiDifference *self,
                            YejiDictionary       *dictionary)
{
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, self->table);

  return g_strdup (table != NULL ? yeji_label (&table->label) : _("The record"));
}

static char *
field_to_text (const YejiFieldDef *field,
               const char         *value)
{
  g_autofree char *masked = yeji_field_mask_value (field, value);

  if (*masked == '\0')
    return g_strdup (_("(empty)"));
  if (field->kind == YEJI_FIELD_CODE)
    return yeji_code_to_text (field, masked);
  if (field->kind == YEJI_FIELD_NUMBER && field->unit != NULL && *field->unit != '\0')
    /* Translators: a number and its unit */
    return g_strdup_printf (_("%s %s"), masked, field->unit);
  return g_steal_pointer (&masked);
}

/* What a row says by itself: not what every row of the record says. */
static gboolean
is_told (YejiRow            *row,
         const YejiFieldDef *field)
{
  return *yeji_row_get (row, field) != '\0' && field->inherits == NULL
         && g_strcmp0 (yeji_row_get (row, field), yeji_row_get_title (row)) != 0;
}

static void
tell_value (GString            *text,
            YejiRow            *row,
            const YejiFieldDef *field)
{
  g_autofree char *shown = field_to_text (field, yeji_row_get (row, field));

  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: a field and its value */
  g_string_append_printf (text, _("%s: %s"), yeji_label (&field->label), shown);
}

/* What it is called, and some values, one a line: those first that another row says otherwise. */
static char *
row_to_text (YejiRow *row,
             YejiRow *other)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  g_autoptr (GString) text = g_string_new (yeji_row_get_title (row));
  guint n = 0;

  for (guint round = other != NULL ? 0 : 1; round < 2; round++)
    for (guint i = 0; i < table->fields->len && n <= MAX_VALUES; i++)
      {
        const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
        gboolean differs = other != NULL && !g_str_equal (yeji_row_get (row, field),
                                                          yeji_row_get (other, field));

        if (!is_told (row, field) || differs != (round == 0))
          continue;
        if (n++ < MAX_VALUES)
          tell_value (text, row, field);
        else
          g_string_append (text, "\n…");
      }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE)
                       : g_strdup (_("(empty row)"));
}

/* With which row of another side a row is compared. */
static YejiRow *
find_counterpart (const YejiDifference *self,
                  YejiSide              side)
{
  for (guint i = 0; i < N_YEJI_SIDES; i++)
    if (i != (guint) side && self->rows[i] != NULL)
      return self->rows[i];
  return NULL;
}

/**
 * yeji_difference_has_text:
 *
 * Returns: whether that side says something of its own, and not that something is not there
 */
gboolean
yeji_difference_has_text (const YejiDifference *self,
                          YejiSide              side)
{
  return self->texts[side] != NULL && *self->texts[side] != '\0';
}

/**
 * yeji_difference_to_text:
 *
 * Returns: (transfer full): what a side says, as it is shown: a code by its name, a personal number
 *   masked, a row by its values
 */
char *
yeji_difference_to_text (const YejiDifference *self,
                         YejiDictionary       *dictionary,
                         YejiSide              side)
{
  const YejiFieldDef *field = find_field (self, dictionary);
  YejiChange change = as_change (self);
  const char *text = self->texts[side];

  if (text == NULL)
    return g_strdup (side != YEJI_SIDE_BASE && self->texts[YEJI_SIDE_BASE] != NULL
                       ? _("(removed)") : _("(not there)"));
  if (yeji_difference_is_move (self))
    return g_strdup_printf (_("Row %u"), (guint) g_ascii_strtoull (text, NULL, 10) + 1);
  if (yeji_difference_is_row (self))
    return self->rows[side] != NULL ? row_to_text (self->rows[side], find_counterpart (self, side))
                                    : g_strdup (_("(there)"));
  if (field != NULL)
    return field_to_text (field, text);
  return yeji_change_value_text (&change, dictionary, text);
}

/**
 * yeji_difference_is_hidden:
 *
 * Returns: whether mine and theirs look the same and are not, since what differs is masked
 */
gboolean
yeji_difference_is_hidden (const YejiDifference *self,
                           YejiDictionary       *dictionary)
{
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;

  if (g_strcmp0 (self->texts[YEJI_SIDE_MINE], self->texts[YEJI_SIDE_THEIRS]) == 0
      || yeji_difference_is_row (self))
    return FALSE;
  mine = yeji_difference_to_text (self, dictionary, YEJI_SIDE_MINE);
  theirs = yeji_difference_to_text (self, dictionary, YEJI_SIDE_THEIRS);
  return g_str_equal (mine, theirs);
}
