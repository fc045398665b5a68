// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-declaration-tables.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-amount.h"
#include "yeji-mask.h"

/* Points. */
#define NAME_WIDTH YEJI_DECLARATION_NAME_WIDTH
#define HALF (YEJI_PAPER_INNER / 2)
#define NUMBER_WIDTH 28.0
#define CELL_PAD 10.0
/* What is wider becomes two lines in its column. */
#define MAX_COLUMN 150.0

/* Characters of what a row is called: its form has all of it. */
#define MAX_NAME 40

/* ---- Texts */

static YejiLanguage
get_language (void)
{
  return yeji_language_get_current ();
}

/* 一 to 九十九: how the parts of a form are counted. */
static char *
number_part (guint n)
{
  static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

  if (get_language () != YEJI_LANGUAGE_ZH || n > 99)
    return g_strdup_printf ("%u. ", n);
  return g_strdup_printf ("%s%s%s、", n >= 20 ? digits[n / 10] : "", n >= 10 ? "十" : "",
                          digits[n % 10]);
}

/* With the unit: the value is a number alone then. */
static char *
write_name (const YejiFieldDef *field)
{
  const char *label = yeji_text_get (&field->label, get_language ());

  if (field->unit == NULL)
    return g_strdup (label);
  return g_strdup_printf (get_language () == YEJI_LANGUAGE_ZH ? "%s（%s）" : "%s (%s)", label,
                          field->unit);
}

/* Groups of three before the point; anything but a number of the dictionary's form stays. */
static char *
group_thousands (const char *text)
{
  const gsize n = strspn (text, "0123456789");
  const char *rest = text + n;
  GString *grouped;

  if (n < 4 || (*rest != '\0' && (*rest != '.' || rest[1] == '\0'
                                  || strspn (rest + 1, "0123456789") != strlen (rest + 1))))
    return g_strdup (text);
  grouped = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (grouped, ',');
      g_string_append_c (grouped, text[i]);
    }
  g_string_append (grouped, rest);
  return g_string_free (grouped, FALSE);
}

/* As typed; where nothing is typed, what receivers see in its place. */
static const char *
get_value (const YejiDeclaration *self,
           YejiRow               *row,
           const YejiFieldDef    *field)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (self->record);
  const char *own = yeji_row_get (row, field);

  if (*own == '\0' || (field->kind == YEJI_FIELD_DATE
                       && g_str_equal (own, yeji_dictionary_get_missing_date (dictionary))))
    return yeji_record_get_effective (self->record, row, field);
  return own;
}

/**
 * yeji_declaration_write_value:
 * @full: whether personal numbers are open
 * @note: (out) (nullable): an amount in capital words
 *
 * Returns: (transfer full): a value as it stands on paper: codes by name, numbers in groups of
 *   three; what cannot be read as it was typed; "" where there is none
 */
char *
yeji_declaration_write_value (const YejiDeclaration *self,
                              YejiRow               *row,
                              const YejiFieldDef    *field,
                              gboolean               full,
                              char                 **note)
{
  const char *value = get_value (self, row, field);
  const YejiCode *code = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *words = NULL;

  if (note != NULL)
    *note = NULL;
  if (yeji_is_sealed (value) || (!full && field->personal != YEJI_PERSONAL_NO))
    return yeji_mask (value);
  if (field->codes != NULL)
    code = yeji_code_list_find (field->codes, value);
  if (code != NULL)
    return g_strdup (code->name);
  if (field->kind != YEJI_FIELD_NUMBER)
    return g_strdup (value);
  if (note != NULL && yeji_amount_write (yeji_record_get_dictionary (self->record), field, value,
                                         &plain, &words))
    *note = g_steal_pointer (&words);
  return group_thousands (value);
}

/* ---- Forms */

void
yeji_declaration_begin_section (YejiPaperFlow *flow,
                                const char    *title,
                                guint         *n_sections)
{
  g_autofree char *number = number_part (++*n_sections);
  g_autofree char *whole = g_strconcat (number, title, NULL);

  yeji_paper_flow_begin_section (flow, whole);
}

/**
 * yeji_declaration_put_fact:
 *
 * Adds a line with a name and a value.
 */
void
yeji_declaration_put_fact (YejiPaperFlow  *flow,
                           const char     *label,
                           YejiPaperStyle  style,
                           const char     *value,
                           const char     *note)
{
  const YejiPaperCell cells[] = {
    { YEJI_PAPER_FIELD, label, NULL, NAME_WIDTH, TRUE, FALSE },
    { style, value, note, YEJI_PAPER_INNER - NAME_WIDTH, FALSE, FALSE },
  };

  yeji_paper_flow_add_line (flow, cells, G_N_ELEMENTS (cells), 0);
}

/* A field on its way to a line. */
typedef struct
{
  char *name;
  char *value;
  char *note;
  gboolean wide;
} Box;

static void
clear_box (gpointer data)
{
  Box *box = data;

  g_free (box->name);
  g_free (box->value);
  g_free (box->note);
}

static Box
make_box (const YejiDeclaration *self,
          YejiRow               *row,
          const YejiFieldDef    *field,
          gboolean               full)
{
  const double room = HALF - NAME_WIDTH - CELL_PAD;
  Box box = { NULL };

  box.name = write_name (field);
  box.value = yeji_declaration_write_value (self, row, field, full, &box.note);
  box.wide = field->kind == YEJI_FIELD_LONG_TEXT || strchr (box.value, '\n') != NULL
             || yeji_paper_guess_width (box.value, 9) > 2 * room
             || (box.note != NULL && yeji_paper_guess_width (box.note, 7.5) > 2 * room);
  return box;
}

/* Short values stand two in a line, in the order of the form. */
static void
put_boxes (YejiPaperFlow *flow,
           const Box     *boxes,
           guint          n_boxes)
{
  for (guint i = 0; i < n_boxes; i++)
    {
      const Box *left = &boxes[i];
      const Box *right = !left->wide && i + 1 < n_boxes && !boxes[i + 1].wide ? &boxes[i + 1]
                                                                              : NULL;

      if (right == NULL)
        yeji_declaration_put_fact (flow, left->name, YEJI_PAPER_VALUE, left->value, left->note);
      else
        {
          const YejiPaperCell cells[] = {
            { YEJI_PAPER_FIELD, left->name, NULL, NAME_WIDTH, TRUE, FALSE },
            { YEJI_PAPER_VALUE, left->value, left->note, HALF - NAME_WIDTH, FALSE, FALSE },
            { YEJI_PAPER_FIELD, right->name, NULL, NAME_WIDTH, TRUE, FALSE },
            { YEJI_PAPER_VALUE, right->value, right->note, HALF - NAME_WIDTH, FALSE, FALSE },
          };

          yeji_paper_flow_add_line (flow, cells, G_N_ELEMENTS (cells), 0);
          i++;
        }
    }
}

static void
put_row (const YejiDeclaration *self,
         YejiRow               *row,
         gboolean               full,
         YejiPaperFlow         *flow)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));

  g_array_set_clear_func (boxes, clear_box);
  for (guint i = 0; i < fields->len; i++)
    {
      Box box = make_box (self, row, g_ptr_array_index (fields, i), full);

      g_array_append_val (boxes, box);
    }
  put_boxes (flow, (const Box *) boxes->data, boxes->len);
}

/* "2 / 3  ..." */
static char *
name_row (const YejiDeclaration *self,
          YejiRow               *row,
          guint                  index,
          guint                  n_rows,
          gboolean               full)
{
  GPtrArray *names = yeji_row_get_table (row)->row_title;
  g_autofree char *name = NULL;
  g_autofree char *brief = NULL;

  for (guint i = 0; i < names->len && (name == NULL || *name == '\0'); i++)
    {
      g_free (name);
      name = yeji_declaration_write_value (self, row, g_ptr_array_index (names, i), full, NULL);
    }
  if (name == NULL)
    return g_strdup_printf ("%u / %u", index + 1, n_rows);
  brief = g_utf8_substring (name, 0, MIN (MAX_NAME, g_utf8_strlen (name, -1)));
  g_strdelimit (brief, "\r\n", ' ');
  return g_strdup_printf ("%u / %u   %s", index + 1, n_rows, brief);
}

static void
put_forms (const YejiDeclaration *self,
           const YejiTableDef    *table,
           gboolean               full,
           YejiPaperFlow         *flow)
{
  const guint n_rows = yeji_record_get_n_rows (self->record, table);

  for (guint i = 0; i < n_rows; i++)
    {
      YejiRow *row = yeji_record_get_row (self->record, table, i);
      g_autofree char *name = name_row (self, row, i, n_rows, full);

      yeji_paper_flow_begin_group (flow, name);
      put_row (self, row, full, flow);
      yeji_paper_flow_end_group (flow);
    }
}

/* ---- Grids */

static double
guess_name (const char *name)
{
  const double width = yeji_paper_guess_width (name, yeji_paper_get_size (YEJI_PAPER_FIELD));

  /* in two lines, a letter to spare */
  return MAX (3 * yeji_paper_get_size (YEJI_PAPER_FIELD),
              width / 2 + yeji_paper_get_size (YEJI_PAPER_FIELD));
}

/* How wide the columns would be; FALSE where a row does not go into one line of a sheet. */
static gboolean
find_widths (const YejiDeclaration *self,
             const YejiTableDef    *table,
             gboolean               full,
             double                *widths)
{
  const guint n_rows = yeji_record_get_n_rows (self->record, table);
  double all = NUMBER_WIDTH;

  if (table->fields->len + 1 > YEJI_PAPER_MAX_CELLS)
    return FALSE;
  widths[0] = NUMBER_WIDTH;
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autofree char *name = write_name (field);
      double width = guess_name (name);

      if (field->kind == YEJI_FIELD_LONG_TEXT)
        return FALSE;
      for (guint j = 0; j < n_rows; j++)
        {
          YejiRow *row = yeji_record_get_row (self->record, table, j);
          g_autofree char *value = yeji_declaration_write_value (self, row, field, full, NULL);
          const double own = yeji_paper_guess_width (value, yeji_paper_get_size (YEJI_PAPER_VALUE));

          if (own > 2 * MAX_COLUMN)
            return FALSE;
          width = MAX (width, MIN (own, MAX_COLUMN));
        }
      widths[i + 1] = width + CELL_PAD;
      all += widths[i + 1];
    }
  if (all > YEJI_PAPER_INNER)
    return FALSE;
  for (guint i = 1; i <= table->fields->len; i++)
    widths[i] *= (YEJI_PAPER_INNER - NUMBER_WIDTH) / (all - NUMBER_WIDTH);
  return TRUE;
}

static void
put_grid (const YejiDeclaration *self,
          const YejiTableDef    *table,
          gboolean               full,
          YejiPaperFlow         *flow,
          const double          *widths)
{
  const guint n_rows = yeji_record_get_n_rows (self->record, table);
  const guint n = table->fields->len + 1;
  YejiPaperCell cells[YEJI_PAPER_MAX_CELLS];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      char *name = i == 0 ? g_strdup (_("No."))
                          : write_name (g_ptr_array_index (table->fields, i - 1));

      g_ptr_array_add (texts, name);
      cells[i] = (YejiPaperCell) { YEJI_PAPER_FIELD, name, NULL, widths[i], TRUE, TRUE };
    }
  yeji_paper_flow_set_head (flow, cells, n);
  for (guint j = 0; j < n_rows; j++)
    {
      YejiRow *row = yeji_record_get_row (self->record, table, j);

      g_ptr_array_set_size (texts, 0);
      for (guint i = 0; i < n; i++)
        {
          char *note = NULL;
          char *value = i == 0 ? g_strdup_printf ("%u", j + 1)
                               : yeji_declaration_write_value (self, row,
                                                               g_ptr_array_index (table->fields,
                                                                                  i - 1),
                                                               full, &note);

          g_ptr_array_add (texts, value);
          if (note != NULL)
            g_ptr_array_add (texts, note);
          cells[i] = (YejiPaperCell) { YEJI_PAPER_VALUE, value, note, widths[i], FALSE, i == 0 };
        }
      yeji_paper_flow_add_line (flow, cells, n, 0);
    }
}

static void
put_nothing (YejiPaperFlow *flow)
{
  /* Translators: a table of a form that has no rows */
  const YejiPaperCell cell = { YEJI_PAPER_FIELD, _("(none)"), NULL, YEJI_PAPER_INNER, FALSE, TRUE };

  yeji_paper_flow_add_line (flow, &cell, 1, 0);
}

/**
 * yeji_declaration_put_tables:
 *
 * Adds every table of the dictionary with every field: the project as one form, of another table
 * a form for each row, or a grid where its rows are short.
 */
void
yeji_declaration_put_tables (const YejiDeclaration *self,
                             gboolean               full,
                             YejiPaperFlow         *flow,
                             guint                 *n_sections)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (self->record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      double widths[YEJI_PAPER_MAX_CELLS];

      yeji_declaration_begin_section (flow, yeji_text_get (&table->label, get_language ()),
                                      n_sections);
      if (i == 0)
        put_row (self, yeji_record_get_project (self->record), full, flow);
      else if (yeji_record_get_n_rows (self->record, table) == 0)
        put_nothing (flow);
      else if (find_widths (self, table, full, widths))
        put_grid (self, table, full, flow, widths);
      else
        put_forms (self, table, full, flow);
    }
}

/* ---- What stands beside the tables */

typedef struct
{
  YejiPaperFlow *flow;
  guint *n_sections;
  const char *title;
  gboolean begun;
} Part;

/* A part has its heading when it has something to say. */
static void
put_note (Part       *part,
          const char *label,
          const char *value)
{
  if (!part->begun)
    yeji_declaration_begin_section (part->flow, part->title, part->n_sections);
  part->begun = TRUE;
  yeji_declaration_put_fact (part->flow, label, YEJI_PAPER_VALUE, value, NULL);
}

/* "合同登记信息 2 · 合同金额" */
static char *
name_place (const YejiDeclaration *self,
            const YejiKept        *kept)
{
  YejiPlace place;
  const char *table, *field;
  guint index = 0;

  if (!yeji_record_place_kept (self->record, kept, &place) || place.table == NULL)
    return g_strdup (_("The record"));
  table = yeji_text_get (&place.table->label, get_language ());
  field = place.field != NULL ? yeji_text_get (&place.field->label, get_language ()) : NULL;
  if (place.table->index == 0 || place.row == NULL)
    return g_strdup (field != NULL ? field : table);
  yeji_record_find_row (self->record, place.table, yeji_row_get_id (place.row), &index);
  return field != NULL ? g_strdup_printf ("%s %u · %s", table, index + 1, field)
                       : g_strdup_printf ("%s %u", table, index + 1);
}

/* Of what nobody knows what it is, nobody knows whether it is a personal number. */
static void
put_extras (Part       *part,
            GHashTable *extras,
            const char *place,
            gboolean    full)
{
  g_autoptr (GList) names = extras != NULL ? g_hash_table_get_keys (extras) : NULL;

  names = g_list_sort (names, (GCompareFunc) strcmp);
  for (GList *item = names; item != NULL; item = item->next)
    {
      const char *value = g_hash_table_lookup (extras, item->data);
      g_autofree char *label = place != NULL ? g_strdup_printf ("%s · %s", place,
                                                                (const char *) item->data)
                                             : g_strdup (item->data);
      g_autofree char *shown = full && !yeji_is_sealed (value) ? g_strdup (value)
                                                               : yeji_mask (value);

      put_note (part, label, shown);
    }
}

static void
put_unknown (const YejiDeclaration *self,
             gboolean               full,
             Part                  *part)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (self->record));
  GPtrArray *aside = yeji_record_get_aside (self->record);

  put_extras (part, yeji_record_get_extras (self->record), NULL, full);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      const guint n_rows = i == 0 ? 1 : yeji_record_get_n_rows (self->record, table);

      for (guint j = 0; j < n_rows; j++)
        {
          YejiRow *row = i == 0 ? yeji_record_get_project (self->record)
                                : yeji_record_get_row (self->record, table, j);
          g_autofree char *place = NULL;

          place = g_strdup_printf ("%s %u", yeji_text_get (&table->label, get_language ()), j + 1);
          put_extras (part, yeji_row_get_extras (row), i == 0 ? NULL : place, full);
        }
    }
  for (guint i = 0; i < aside->len; i++)
    {
      const YejiAside *value = g_ptr_array_index (aside, i);
      g_autofree char *shown = full && !yeji_is_sealed (value->value) ? g_strdup (value->value)
                                                                      : yeji_mask (value->value);

      put_note (part, value->label, shown);
    }
}

/**
 * yeji_declaration_put_notes:
 *
 * Adds what the clerk explained, and what stands in the record under names that the dictionary does
 * not know. Where there is nothing, nothing is added.
 */
void
yeji_declaration_put_notes (const YejiDeclaration *self,
                            gboolean               full,
                            YejiPaperFlow         *flow,
                            guint                 *n_sections)
{
  GPtrArray *kept = yeji_record_get_kept (self->record);
  Part explained = { flow, n_sections, _("Explanations"), FALSE };
  Part unknown = { flow, n_sections, _("Not in this data standard"), FALSE };

  for (guint i = 0; i < kept->len; i++)
    {
      const YejiKept *note = g_ptr_array_index (kept, i);
      g_autofree char *place = name_place (self, note);

      put_note (&explained, place, yeji_is_sealed (note->reason) ? "••••" : note->reason);
    }
  put_unknown (self, full, &unknown);
}
