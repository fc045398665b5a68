// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-preview"

#include "config.h"

#include "yeji-import-preview.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-messages.h"

struct _YejiImportPreview
{
  GtkBox parent_instance;

  GtkDropDown *sheet;
  GtkCheckButton *only_bad;
  GtkLabel *position;
  YejiImportGrid *grid;
  YejiImportSide *side;

  YejiImportDesk *desk;        /* (nullable) */
  GArray *sheets;              /* (element-type guint): of the layout, as they are offered */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (YejiImportPreview, yeji_import_preview, GTK_TYPE_BOX)

static YejiImportFile *
get_file (YejiImportPreview *self)
{
  return yeji_import_desk_get_file (self->desk);
}

/* ---- Sheets */

static void
fill_sheets (YejiImportPreview *self)
{
  const YejiImportLayout *layout = yeji_import_file_get_layout (get_file (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = yeji_import_layout_get_n (layout);

  for (guint i = 0; i < n; i++)
    {
      const YejiImportSheet *sheet = yeji_import_layout_get_sheet (layout, i);
      guint n_rows = sheet->table != NULL ? yeji_import_file_get_n_rows (get_file (self), i) : 0;
      g_autofree char *text = NULL;

      if (n_rows == 0)
        continue;
      /* Translators: the name of a sheet, and how many rows it has */
      text = g_strdup_printf (ngettext ("%s · %u row", "%s · %u rows", n_rows), sheet->name,
                              n_rows);
      gtk_string_list_append (names, text);
      g_array_append_val (self->sheets, i);
    }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->sheet, G_LIST_MODEL (names));
  self->is_filling = FALSE;
}

static void
show_sheet (YejiImportPreview *self,
            guint              sheet)
{
  YejiImportSource *source = yeji_import_grid_get_source (self->grid);
  g_autoptr (YejiImportSource) other = NULL;

  if (source != NULL && yeji_import_source_get_sheet (source) == sheet)
    return;
  other = yeji_import_source_new (get_file (self), sheet);
  if (gtk_check_button_get_active (self->only_bad))
    yeji_import_source_set_only_bad (other, TRUE);
  yeji_import_grid_set_source (self->grid, other);
}

static void
show_cell (YejiImportPreview *self)
{
  YejiImportPlace place;

  if (self->desk == NULL)
    return;
  yeji_import_side_show (self->side, yeji_import_grid_get_place (self->grid, &place) ? &place
                                                                                     : NULL);
}

static void
on_sheet_selected (YejiImportPreview *self)
{
  guint selected = gtk_drop_down_get_selected (self->sheet);

  if (self->is_filling || self->desk == NULL || selected >= self->sheets->len)
    return;
  show_sheet (self, g_array_index (self->sheets, guint, selected));
  show_cell (self);
}

static void
select_sheet (YejiImportPreview *self,
              guint              sheet)
{
  for (guint i = 0; i < self->sheets->len; i++)
    if (g_array_index (self->sheets, guint, i) == sheet)
      {
        gtk_drop_down_set_selected (self->sheet, i);
        show_sheet (self, sheet);
      }
}

static void
on_only_bad (YejiImportPreview *self)
{
  YejiImportSource *source = yeji_import_grid_get_source (self->grid);
  YejiImportPlace place;
  gboolean had = yeji_import_grid_get_place (self->grid, &place);
  guint row = 0, column = 0;

  if (source == NULL)
    return;
  yeji_import_source_set_only_bad (source, gtk_check_button_get_active (self->only_bad));
  if (had && !yeji_import_source_find (source, &place, &row, &column))
    row = column = 0;
  yeji_import_grid_go (self->grid, row, column);
  show_cell (self);
}

/* ---- Red cells */

static void
show_position (YejiImportPreview *self)
{
  guint n = yeji_import_file_get_n_bad (get_file (self));
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_("No red cells"));
  else
    text = g_strdup_printf (ngettext ("%u red cell", "%u red cells", n), n);
  gtk_label_set_text (self->position, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.next", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.previous", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.undo",
                                 yeji_import_desk_can_undo (self->desk));
}

static void
act_step (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  if (!yeji_import_preview_step (YEJI_IMPORT_PREVIEW (widget),
                                 g_str_has_suffix (name, "next") ? 1 : -1))
    gtk_widget_error_bell (widget);
}

static void
act_undo (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiImportPreview *self = YEJI_IMPORT_PREVIEW (widget);

  if (self->desk == NULL || !yeji_import_desk_undo (self->desk))
    gtk_widget_error_bell (widget);
}

static void
on_go_to (YejiImportPreview     *self,
          const YejiImportPlace *place)
{
  YejiImportPlace to = *place;

  if (yeji_import_preview_go (self, &to))
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* ---- Mending */

static void
on_typed (YejiImportPreview *self,
          const char        *text)
{
  YejiImportPlace place;
  YejiImportCell cell;

  if (!yeji_import_grid_get_place (self->grid, &place))
    return;
  yeji_import_file_get_cell (get_file (self), &place, &cell);
  if (g_strcmp0 (cell.text, text) == 0)
    return;
  yeji_import_desk_mend (self->desk, &place, text,
                         yeji_import_cell_card_is_wide (yeji_import_side_get_card (self->side)));
}

static void
on_take (YejiImportPreview *self,
         gboolean           everywhere)
{
  if (!yeji_import_cell_card_take (yeji_import_side_get_card (self->side), everywhere))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_mended (YejiImportPreview     *self,
           const YejiImportPlace *place)
{
  YejiImportSource *source = yeji_import_grid_get_source (self->grid);

  if (source != NULL)
    yeji_import_source_tell (source, place);
}

static void
on_changed (YejiImportPreview *self)
{
  YejiImportSource *source = yeji_import_grid_get_source (self->grid);

  show_position (self);
  show_cell (self);
  /* whose a row is may say something of other rows, too */
  if (source != NULL)
    yeji_grid_source_tell_marks (source);
}

/* ---- The class */

static void
yeji_import_preview_dispose (GObject *object)
{
  g_clear_object (&YEJI_IMPORT_PREVIEW (object)->desk);
  G_OBJECT_CLASS (yeji_import_preview_parent_class)->dispose (object);
}

static void
yeji_import_preview_finalize (GObject *object)
{
  g_array_unref (YEJI_IMPORT_PREVIEW (object)->sheets);
  G_OBJECT_CLASS (yeji_import_preview_parent_class)->finalize (object);
}

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} keys[] = {
  { GDK_KEY_F8, 0, "preview.next" },
  { GDK_KEY_F8, GDK_SHIFT_MASK, "preview.previous" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "preview.undo" },
};

static void
yeji_import_preview_class_init (YejiImportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_import_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_import_preview_finalize;
  g_type_ensure (YEJI_TYPE_IMPORT_GRID);
  g_type_ensure (YEJI_TYPE_IMPORT_SIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-import-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiImportPreview, sheet);
  gtk_widget_class_bind_template_child (widget_class, YejiImportPreview, only_bad);
  gtk_widget_class_bind_template_child (widget_class, YejiImportPreview, position);
  gtk_widget_class_bind_template_child (widget_class, YejiImportPreview, grid);
  gtk_widget_class_bind_template_child (widget_class, YejiImportPreview, side);
  gtk_widget_class_bind_template_callback (widget_class, on_sheet_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_only_bad);
  gtk_widget_class_bind_template_callback (widget_class, show_cell);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_bind_template_callback (widget_class, on_go_to);
  gtk_widget_class_install_action (widget_class, "preview.next", NULL, act_step);
  gtk_widget_class_install_action (widget_class, "preview.previous", NULL, act_step);
  gtk_widget_class_install_action (widget_class, "preview.undo", NULL, act_undo);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);
}

static void
yeji_import_preview_init (YejiImportPreview *self)
{
  self->sheets = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_a11y_name_drop_down (GTK_WIDGET (self->sheet), _("Sheet"));
}

/**
 * yeji_import_preview_set_desk:
 * @normaliser: of this thread
 *
 * Shows a file that was read; the cursor is in the first red cell, where there is one.
 */
void
yeji_import_preview_set_desk (YejiImportPreview *self,
                              YejiImportDesk    *desk,
                              YejiNormaliser    *normaliser)
{
  YejiImportPlace place;
  guint index;

  g_return_if_fail (YEJI_IS_IMPORT_PREVIEW (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_set_object (&self->desk, desk);
  g_array_set_size (self->sheets, 0);
  yeji_import_side_set_desk (self->side, desk, normaliser);
  g_signal_connect_object (desk, "mended", G_CALLBACK (on_mended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_check_button_set_active (self->only_bad, FALSE);
  fill_sheets (self);
  if (self->sheets->len > 0)
    show_sheet (self, g_array_index (self->sheets, guint, 0));
  if (yeji_import_desk_step (desk, NULL, 1, &place, &index))
    yeji_import_preview_go (self, &place);
  show_position (self);
  show_cell (self);
}

/**
 * yeji_import_preview_go:
 *
 * Puts the cursor into a cell of the file.
 *
 * Returns: %FALSE when it is not shown
 */
gboolean
yeji_import_preview_go (YejiImportPreview     *self,
                        const YejiImportPlace *place)
{
  YejiImportSource *source;
  guint row, column;

  g_return_val_if_fail (YEJI_IS_IMPORT_PREVIEW (self) && self->desk != NULL, FALSE);

  select_sheet (self, place->sheet);
  source = yeji_import_grid_get_source (self->grid);
  if (!yeji_import_source_find (source, place, &row, &column))
    {
      /* it became red after the others were gathered */
      gtk_check_button_set_active (self->only_bad, FALSE);
      if (!yeji_import_source_find (source, place, &row, &column))
        return FALSE;
    }
  yeji_import_grid_go (self->grid, row, column);
  return TRUE;
}

/**
 * yeji_import_preview_step:
 * @step: 1 or -1
 *
 * Goes to the next red cell, or the one before, with the keyboard.
 *
 * Returns: %FALSE when there is none
 */
gboolean
yeji_import_preview_step (YejiImportPreview *self,
                          int                step)
{
  YejiImportPlace from, to;
  gboolean has_from;
  guint index;

  g_return_val_if_fail (YEJI_IS_IMPORT_PREVIEW (self) && self->desk != NULL, FALSE);

  /* what is being typed is put there first: it may have been the last red one */
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  has_from = yeji_import_grid_get_place (self->grid, &from);
  if (has_from)
    yeji_import_grid_commit (self->grid);
  if (!yeji_import_desk_step (self->desk, has_from ? &from : NULL, step, &to, &index))
    return FALSE;
  if (!yeji_import_preview_go (self, &to))
    return FALSE;
  /* in another sheet it is another text that has it */
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  return TRUE;
}

void
yeji_import_preview_set_only_bad (YejiImportPreview *self,
                                  gboolean           only_bad)
{
  gtk_check_button_set_active (self->only_bad, only_bad);
}

YejiImportGrid *
yeji_import_preview_get_grid (YejiImportPreview *self)
{
  return self->grid;
}

YejiImportSide *
yeji_import_preview_get_side (YejiImportPreview *self)
{
  return self->side;
}

YejiImportDesk *
yeji_import_preview_get_desk (YejiImportPreview *self)
{
  return self->desk;
}
