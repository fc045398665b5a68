// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-widths"

#include "config.h"

#include "yeji-grid-widths.h"

/* Rows whose texts say how wide a column is, and all cells that are measured in a wide table. */
#define SAMPLE 60
#define MIN_SAMPLE 12
#define MAX_CELLS 3000

/* Around a text: its padding, and the icon of a problem. */
#define AROUND 36

#define MIN_WIDTH 64
#define MAX_WIDTH 260

/* So many characters at most are looked at: of more, no more would be shown. */
#define MAX_CHARACTERS 60

static int
measure (PangoLayout *layout,
         const char  *text)
{
  const char *end = text;
  int width;

  for (guint i = 0; i < MAX_CHARACTERS && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  pango_layout_set_text (layout, text, (int) (end - text));
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/**
 * yeji_grid_widths_measure:
 * @widget: whose font is used
 *
 * Returns: how wide a column should be, in pixels, by its name and its first rows
 */
int
yeji_grid_widths_measure (GtkWidget      *widget,
                          YejiGridSource *source,
                          guint           column)
{
  const char *unit;
  const char *heading = yeji_grid_source_get_heading (source, column, &unit);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  g_autofree char *head = g_strdup_printf ("%s %s", heading, unit != NULL ? unit : "");
  guint sample = MAX_CELLS / MAX (yeji_grid_source_get_n_columns (source), 1);
  guint n = MIN (yeji_grid_source_get_n_rows (source), CLAMP (sample, MIN_SAMPLE, SAMPLE));
  int width;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  width = measure (layout, head) * 21 / 20;   /* it is a little bolder */
  for (guint i = 0; i < n; i++)
    {
      YejiGridCellFlags flags;
      g_autofree char *text = yeji_grid_source_get_text (source, i, column, &flags);

      if (*text != '\0')
        width = MAX (width, measure (layout, text));
    }
  return CLAMP (width + AROUND, MIN_WIDTH, MAX_WIDTH);
}

/**
 * yeji_grid_widths_number:
 *
 * Returns: how wide the column of row numbers is
 */
int
yeji_grid_widths_number (GtkWidget      *widget,
                         YejiGridSource *source)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, NULL);
  guint n_rows = yeji_grid_source_get_n_rows (source);
  guint number = n_rows > 0 ? yeji_grid_source_get_number (source, n_rows - 1) : 0;
  g_autofree char *last = g_strdup_printf ("%u", MAX (number, 99));

  return measure (layout, last) + 26;
}

/**
 * yeji_grid_widths_line:
 *
 * Returns: how high a row is
 */
int
yeji_grid_widths_line (GtkWidget *widget)
{
  /* Chinese characters are higher than most */
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "建Ág");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height + 14;
}
