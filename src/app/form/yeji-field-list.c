// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-field-list"

#include "config.h"

#include "yeji-field-list.h"

#include "yeji-a11y.h"
#include "yeji-carry-all.h"
#include "yeji-messages.h"

struct _YejiFieldList
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (YejiFieldList, yeji_field_list, GTK_TYPE_BOX)

static void
yeji_field_list_class_init (YejiFieldListClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yeji_field_list_init (YejiFieldList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-fields");
}

/**
 * yeji_field_list_new:
 *
 * What the platform sets is shown where it is set already.
 *
 * Returns: (transfer floating): the form of @row
 */
GtkWidget *
yeji_field_list_new (YejiDraft *draft,
                     YejiRow   *row)
{
  GtkWidget *self = g_object_new (YEJI_TYPE_FIELD_LIST, NULL);
  const YejiTableDef *table = yeji_row_get_table (row);

  yeji_a11y_set_name (self, yeji_label (&table->label));
  gtk_box_append (GTK_BOX (self), yeji_carry_all_new (draft, table, row));
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *def = g_ptr_array_index (table->fields, i);
      g_autoptr (YejiFormField) field = NULL;

      if (def->by_platform && *yeji_row_get (row, def) == '\0')
        continue;
      field = yeji_form_field_new (draft, row, def);
      gtk_box_append (GTK_BOX (self), yeji_field_row_new (field));
    }
  return self;
}

/**
 * yeji_field_list_find:
 *
 * Returns: (nullable) (transfer none): the row of a field
 */
YejiFieldRow *
yeji_field_list_find (YejiFieldList      *self,
                      const YejiFieldDef *field)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (YEJI_IS_FIELD_ROW (child)
        && yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (child))) == field)
      return YEJI_FIELD_ROW (child);
  return NULL;
}
