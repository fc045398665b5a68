// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix-heads"

#include "config.h"

#include "yeji-matrix-heads.h"

#include "yeji-messages.h"

/* What is around the lines of a head, and the line of its sum. */
#define HEAD_PADDING 38
#define HEAD_LINES 3

/* What is around the words of a head. */
#define SIDES 12

static const char *
get_head (YejiMatrix *matrix,
          guint       column)
{
  return yeji_label (&yeji_matrix_get_slot (matrix, column)->label);
}

/* The longest word, as far as there is room for it. Chinese breaks anywhere. */
static int
measure_words (PangoLayout *layout,
               const char  *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 0);
  int longest = 0;

  for (guint i = 0; words[i] != NULL && words[1] != NULL; i++)
    {
      int width;

      pango_layout_set_text (layout, words[i], -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
      longest = MAX (longest, width);
    }
  return longest;
}

/* As the style has the heads. */
static void
make_bold (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

/**
 * yeji_matrix_heads_measure:
 * @widget: whose font it is
 * @sizes: (out): set
 *
 * Finds out how large rows and heads are.
 */
void
yeji_matrix_heads_measure (GtkWidget       *widget,
                           YejiMatrix      *matrix,
                           YejiMatrixSizes *sizes)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "国Ág");
  guint n = yeji_matrix_get_n_columns (matrix);
  int height, lines = 1;

  pango_layout_get_pixel_size (layout, NULL, &height);
  sizes->line = height + 14;
  make_bold (layout);
  pango_layout_get_pixel_size (layout, NULL, &height);
  sizes->least = YEJI_MATRIX_SLOT_MIN;
  for (guint i = YEJI_MATRIX_N_FIXED; i < n; i++)
    sizes->least = CLAMP (measure_words (layout, get_head (matrix, i)) + SIDES + 2, sizes->least,
                          YEJI_MATRIX_SLOT_MAX - 24);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (sizes->least - SIDES) * PANGO_SCALE);
  for (guint i = YEJI_MATRIX_N_FIXED; i < n; i++)
    {
      pango_layout_set_text (layout, get_head (matrix, i), -1);
      lines = MAX (lines, MIN (pango_layout_get_line_count (layout), HEAD_LINES));
    }
  sizes->head = lines * height + HEAD_PADDING;
}
