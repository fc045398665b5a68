// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-petition-rows"

#include "config.h"

#include "yeji-petition-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-choice.h"
#include "yeji-field-row.h"
#include "yeji-mask.h"
#include "yeji-messages.h"
#include "yeji-petition-words.h"

/* The table and, where it has several, the row: 合同 2 · 合同金额 */
static char *
name_place (YejiRecord      *record,
            const YejiPlace *place)
{
  const char *table = yeji_label (&place->table->label);
  const char *field = yeji_label (&place->field->label);
  guint index = 0;

  if (yeji_record_get_n_rows (record, place->table) < 2)
    return g_strdup_printf ("%s · %s", table, field);
  yeji_record_find_row (record, place->table, yeji_row_get_id (place->row), &index);
  return g_strdup_printf ("%s %u · %s", table, index + 1, field);
}

static char *
dup_shown (const YejiFieldDef *field,
           const char         *value)
{
  g_autofree char *masked = NULL;

  if (*value == '\0')
    return g_strdup (_("empty"));
  if (field == NULL)
    return yeji_mask (value);
  masked = field->personal != YEJI_PERSONAL_NO ? yeji_mask (value) : g_strdup (value);
  return field->kind == YEJI_FIELD_CODE ? yeji_code_to_text (field, masked)
                                        : g_steal_pointer (&masked);
}

/* 合同 2: a row as a whole */
static char *
name_row (YejiRecord *record,
          YejiRow    *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  guint index = 0;

  yeji_record_find_row (record, table, yeji_row_get_id (row), &index);
  return g_strdup_printf ("%s %u", yeji_label (&table->label), index + 1);
}

/* By the dictionary alone: the row has not come yet, or is gone. */
static char *
name_pointer (YejiRecord *record,
              const char *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", 4);
  const YejiTableDef *table = NULL;
  const YejiFieldDef *field = NULL;
  guint64 index;

  if (g_strv_length (parts) >= 3)
    table = yeji_dictionary_find_member (yeji_record_get_dictionary (record), parts[1]);
  if (table == NULL
      || !g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXINT32, &index, NULL))
    return g_strdup (pointer);
  if (parts[3] == NULL)
    return g_strdup_printf ("%s %u", yeji_label (&table->label), (guint) index + 1);
  field = yeji_table_def_find_field (table, parts[3]);
  if (field == NULL)
    return g_strdup (pointer);
  return g_strdup_printf ("%s %u · %s", yeji_label (&table->label), (guint) index + 1,
                          yeji_label (&field->label));
}

/* (nullable): what a change is about */
static const YejiFieldDef *
find_field (YejiRecord               *record,
            const YejiPetitionChange *change)
{
  g_auto (GStrv) parts = g_strsplit (change->pointer, "/", -1);
  guint n = g_strv_length (parts);
  const YejiTableDef *table = NULL;

  if (n >= 3)
    table = yeji_dictionary_find_member (yeji_record_get_dictionary (record), parts[1]);
  return table != NULL ? yeji_table_def_find_field (table, parts[n - 1]) : NULL;
}

/**
 * yeji_petition_dup_place:
 *
 * Returns: (transfer full): what a place of a record is called; its pointer where there is none
 */
char *
yeji_petition_dup_place (YejiRecord *record,
                         const char *pointer)
{
  YejiPlace place;

  if (!yeji_record_resolve (record, pointer, &place, NULL) || place.row == NULL)
    return name_pointer (record, pointer);
  return place.field != NULL ? name_place (record, &place) : name_row (record, place.row);
}

/* What a change asks for, in one line. */
static char *
dup_change (YejiRecord               *record,
            const YejiPetitionChange *change)
{
  const YejiFieldDef *field = find_field (record, change);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  switch (yeji_petition_change_get_row (change))
    {
    case YEJI_PETITION_ROW_COMES:
      return g_strdup (_("This row is added"));
    case YEJI_PETITION_ROW_GOES:
      return g_strdup (_("This row is removed"));
    case YEJI_PETITION_ROW_STAYS:
    default:
      before = dup_shown (field, change->before);
      after = dup_shown (field, change->after);
      /* Translators: what a field was, and what it shall be */
      return g_strdup_printf (_("%s → %s"), before, after);
    }
}

static void
list_row (YejiRecord *record,
          YejiRow    *row,
          GListStore *places)
{
  const YejiTableDef *table = yeji_row_get_table (row);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const YejiPlace place = { table, row, field };
      g_autofree char *pointer = NULL;
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      g_autoptr (YejiChoice) choice = NULL;

      if (field->by_platform)
        continue;
      pointer = yeji_record_get_pointer (record, table, row, field);
      name = name_place (record, &place);
      value = dup_shown (field, yeji_row_get (row, field));
      choice = yeji_choice_new_with_details (pointer, name, "", value);
      g_list_store_append (places, choice);
    }
}

/* A row as a whole, to be taken out. */
static void
list_removal (YejiRecord *record,
              YejiRow    *row,
              GListStore *places)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  const char *title = yeji_row_get_title (row);
  g_autofree char *pointer = yeji_record_get_pointer (record, table, row, NULL);
  g_autofree char *place = name_row (record, row);
  g_autofree char *name = g_strdup_printf (_("%s: remove the row"), place);
  g_autoptr (YejiChoice) choice = NULL;

  choice = yeji_choice_new_with_details (pointer, name, "", title != NULL ? title : "");
  g_list_store_append (places, choice);
}

/* One more row of a table. */
static void
list_addition (const YejiTableDef *table,
               GListStore         *places)
{
  g_autofree char *pointer = g_strdup_printf ("/%s/" YEJI_PETITION_NEW_ROW, table->member);
  g_autofree char *name = g_strdup_printf (_("%s: add a row"), yeji_label (&table->label));
  g_autoptr (YejiChoice) choice = yeji_choice_new_with_details (pointer, name, "", "");

  g_list_store_append (places, choice);
}

/**
 * yeji_petition_list_places:
 *
 * Returns: (transfer full): of #YejiChoice, whose values are pointers: all that can be corrected,
 *   the rows that can be taken out, and tables that can get one more
 */
GListModel *
yeji_petition_list_places (YejiRecord *record)
{
  GListStore *places = g_list_store_new (YEJI_TYPE_CHOICE);
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        list_row (record, yeji_record_get_row (record, table, j), places);
      for (guint j = 0; table->index != 0 && j < yeji_record_get_n_rows (record, table); j++)
        list_removal (record, yeji_record_get_row (record, table, j), places);
      if (table->index != 0)
        list_addition (table, places);
    }
  return G_LIST_MODEL (places);
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_remove (const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  yeji_a11y_set_name (button, name);
  return button;
}

static GtkWidget *
make_list_row (GtkWidget *child)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/**
 * yeji_petition_make_change:
 * @copy: of the record, as it shall be
 * @approved: the value as it was approved
 * @remove: (out): the button that takes the change back
 * @target: (out): what takes the keyboard
 *
 * Returns: (transfer floating): a row with the editor of a field, and what it was under it
 */
GtkWidget *
yeji_petition_make_change (YejiDraft           *copy,
                           YejiRow             *row,
                           const YejiFieldDef  *field,
                           const char          *approved,
                           GtkWidget          **remove,
                           GtkWidget          **target)
{
  const YejiPlace place = { yeji_row_get_table (row), row, field };
  g_autoptr (YejiFormField) form = yeji_form_field_new (copy, row, field);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *editor = yeji_field_row_new (form);
  g_autofree char *name = name_place (yeji_draft_get_record (copy), &place);
  g_autofree char *shown = dup_shown (field, approved);
  g_autofree char *before = g_strdup_printf (_("Approved: %s"), shown);
  g_autofree char *action = g_strdup_printf (_("Leave %s as it was approved"), name);

  gtk_widget_add_css_class (line, "yeji-petition-change");
  gtk_box_append (GTK_BOX (box), make_label (yeji_label (&place.table->label), "caption-heading"));
  gtk_box_append (GTK_BOX (box), editor);
  gtk_box_append (GTK_BOX (box), make_label (before, "dim-label"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (line), box);
  *remove = make_remove (action);
  gtk_box_append (GTK_BOX (line), *remove);
  *target = yeji_field_row_get_target (YEJI_FIELD_ROW (editor));
  return make_list_row (line);
}

/**
 * yeji_petition_make_row:
 * @copy: of the record, with the row
 * @comes: whether the row is a new one, whose fields are to be filled in; else it is to go
 * @remove: (out): the button that leaves it as it was
 * @target: (out): what takes the keyboard
 *
 * Returns: (transfer floating): a row of the list for a row of the record as a whole
 */
GtkWidget *
yeji_petition_make_row (YejiDraft  *copy,
                        YejiRow    *row,
                        gboolean    comes,
                        GtkWidget **remove,
                        GtkWidget **target)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  const char *title = yeji_row_get_title (row);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *name = name_row (yeji_draft_get_record (copy), row);
  g_autofree char *action = g_strdup_printf (_("Leave %s as it was approved"), name);

  gtk_widget_add_css_class (line, "yeji-petition-change");
  gtk_box_append (GTK_BOX (box), make_label (name, "caption-heading"));
  gtk_box_append (GTK_BOX (box), make_label (comes ? _("This row is added")
                                                   : _("This row is removed"), "dim-label"));
  *remove = make_remove (action);
  *target = *remove;
  if (!comes && title != NULL && *title != '\0')
    gtk_box_append (GTK_BOX (box), make_label (title, NULL));
  for (guint i = 0; comes && i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autoptr (YejiFormField) form = NULL;
      GtkWidget *editor;

      if (field->by_platform)
        continue;
      form = yeji_form_field_new (copy, row, field);
      editor = yeji_field_row_new (form);
      gtk_box_append (GTK_BOX (box), editor);
      if (*target == *remove)
        *target = yeji_field_row_get_target (YEJI_FIELD_ROW (editor));
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (line), box);
  gtk_widget_set_valign (*remove, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), *remove);
  return make_list_row (line);
}

/**
 * yeji_petition_make_fixed:
 *
 * Returns: (transfer floating): a row that shows a change, before and after
 */
GtkWidget *
yeji_petition_make_fixed (YejiRecord               *record,
                          const YejiPetitionChange *change)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = yeji_petition_dup_place (record, change->pointer);
  g_autofree char *text = dup_change (record, change);

  gtk_widget_add_css_class (box, "yeji-petition-change");
  gtk_box_append (GTK_BOX (box), make_label (name, "dim-label"));
  gtk_box_append (GTK_BOX (box), make_label (text, NULL));
  return make_list_row (box);
}

/**
 * yeji_petition_make_file:
 * @remove: (out) (optional): the button that takes it away; %NULL for none
 *
 * Returns: (transfer floating): a row that shows a document
 */
GtkWidget *
yeji_petition_make_file (const YejiPetitionFile  *file,
                         GtkWidget              **remove)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = make_label (file->filename, NULL);
  g_autofree char *size = g_format_size ((guint64) file->size);
  g_autofree char *action = g_strdup_printf (_("Remove %s"), file->filename);

  gtk_widget_add_css_class (line, "yeji-petition-change");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), make_label (size, "dim-label"));
  if (remove != NULL)
    {
      *remove = make_remove (action);
      gtk_box_append (GTK_BOX (line), *remove);
    }
  return make_list_row (line);
}

/**
 * yeji_petition_make_earlier:
 *
 * Returns: (transfer floating): what was asked for before, and what became of it
 */
GtkWidget *
yeji_petition_make_earlier (YejiRecord         *record,
                            const YejiPetition *petition)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *words = yeji_petition_to_words (petition);

  gtk_widget_add_css_class (box, "yeji-petition-change");
  gtk_box_append (GTK_BOX (box), make_label (words, NULL));
  if (*petition->reason != '\0')
    gtk_box_append (GTK_BOX (box), make_label (petition->reason, "dim-label"));
  for (guint i = 0; i < petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);
      g_autofree char *name = yeji_petition_dup_place (record, change->pointer);
      g_autofree char *what = dup_change (record, change);
      /* Translators: a place, and what it was and shall be */
      g_autofree char *text = g_strdup_printf (_("%s: %s"), name, what);

      gtk_box_append (GTK_BOX (box), make_label (text, "dim-label"));
    }
  return make_list_row (box);
}
