// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-field-list"

#include "config.h"

#include "yeji-field-list.h"

#include "yeji-a11y.h"
#include "yeji-carry-all.h"
#include "yeji-messages.h"

/* A row takes about two milliseconds to make, and a table has forty. So what there is room for in
 * sight comes at once, and the rest in steps that nobody notices. */
#define N_FIRST 16
#define N_STEP 4

struct _YejiFieldList
{
  GtkBox parent_instance;

  YejiDraft *draft;
  YejiRow *row;
  guint next;                  /* field of which no row was made yet */
  guint source;                /* that makes the next ones, 0 when all are there */
};

G_DEFINE_FINAL_TYPE (YejiFieldList, yeji_field_list, GTK_TYPE_BOX)

/* What the platform sets is shown where it is set already. */
static gboolean
is_shown (YejiFieldList      *self,
          const YejiFieldDef *def)
{
  return !def->by_platform || *yeji_row_get (self->row, def) != '\0';
}

/* FALSE where all fields have theirs. */
static gboolean
make_rows (YejiFieldList *self,
           guint          n)
{
  const YejiTableDef *table = yeji_row_get_table (self->row);

  while (n > 0 && self->next < table->fields->len)
    {
      const YejiFieldDef *def = g_ptr_array_index (table->fields, self->next++);
      g_autoptr (YejiFormField) field = NULL;

      if (!is_shown (self, def))
        continue;
      field = yeji_form_field_new (self->draft, self->row, def);
      gtk_box_append (GTK_BOX (self), yeji_field_row_new (field));
      n--;
    }
  return self->next < table->fields->len;
}

static gboolean
on_idle (gpointer data)
{
  YejiFieldList *self = data;

  if (make_rows (self, N_STEP))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
complete (YejiFieldList *self)
{
  if (self->source == 0)
    return;
  make_rows (self, G_MAXUINT);
  g_clear_handle_id (&self->source, g_source_remove);
}

/* Makes no more rows than it takes to have that of @field. */
static void
make_until (YejiFieldList      *self,
            const YejiFieldDef *field)
{
  GPtrArray *fields = yeji_row_get_table (self->row)->fields;
  guint index;

  if (self->source == 0 || !g_ptr_array_find (fields, field, &index))
    return;
  while (self->next <= index)
    make_rows (self, 1);
}

/* In the order of the rows. The toolkit goes by where they lie, and those that were just made lie
 * nowhere yet. */
static gboolean
go_on (GtkWidget        *widget,
       GtkDirectionType  direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD;
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    child = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  while (child != NULL && !gtk_widget_child_focus (child, direction))
    child = back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child);
  return child != NULL;
}

/* Who goes through the fields by Tab must not come to an end in the middle, and who comes from below
 * must not come in there. */
static gboolean
yeji_field_list_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  YejiFieldList *self = YEJI_FIELD_LIST (widget);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (yeji_field_list_parent_class)->focus (widget, direction);
  if (direction == GTK_DIR_TAB_FORWARD && go_on (widget, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_FORWARD || gtk_widget_get_focus_child (widget) == NULL)
    complete (self);
  return go_on (widget, direction);
}

static void
yeji_field_list_dispose (GObject *object)
{
  YejiFieldList *self = YEJI_FIELD_LIST (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->draft);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (yeji_field_list_parent_class)->dispose (object);
}

static void
yeji_field_list_class_init (YejiFieldListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_field_list_dispose;
  GTK_WIDGET_CLASS (klass)->focus = yeji_field_list_focus;
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
 * The first fields have their rows at once, the others get them from the main loop.
 *
 * Returns: (transfer floating): the form of @row
 */
GtkWidget *
yeji_field_list_new (YejiDraft *draft,
                     YejiRow   *row)
{
  YejiFieldList *self = g_object_new (YEJI_TYPE_FIELD_LIST, NULL);
  const YejiTableDef *table = yeji_row_get_table (row);

  self->draft = g_object_ref (draft);
  self->row = g_object_ref (row);
  yeji_a11y_set_name (GTK_WIDGET (self), yeji_label (&table->label));
  gtk_box_append (GTK_BOX (self), yeji_carry_all_new (draft, table, row));
  if (make_rows (self, N_FIRST))
    self->source = g_idle_add (on_idle, self);
  return GTK_WIDGET (self);
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
  g_return_val_if_fail (YEJI_IS_FIELD_LIST (self), NULL);

  make_until (self, field);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (YEJI_IS_FIELD_ROW (child)
        && yeji_form_field_get_def (yeji_field_row_get_field (YEJI_FIELD_ROW (child))) == field)
      return YEJI_FIELD_ROW (child);
  return NULL;
}
