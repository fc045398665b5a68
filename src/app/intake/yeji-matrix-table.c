// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix-table"

#include "config.h"

#include "yeji-matrix-table.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-csv.h"
#include "yeji-messages.h"

/* By this Excel knows that a text is UTF-8. */
#define BOM "\xef\xbb\xbf"

static void
add_cell (GString    *text,
          const char *value)
{
  g_autofree char *cell = yeji_csv_quote (value);

  if (text->len > strlen (BOM) && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ',');
  g_string_append (text, cell);
}

static void
end_line (GString *text)
{
  g_string_append (text, "\r\n");
}

static void
add_heads (GString    *text,
           YejiMatrix *matrix)
{
  add_cell (text, _("Record"));
  add_cell (text, _("Declared as"));
  add_cell (text, _("State"));
  add_cell (text, C_("documents", "Required"));
  add_cell (text, C_("documents", "There"));
  add_cell (text, C_("documents", "Missing"));
  for (guint i = YEJI_MATRIX_N_FIXED; i < yeji_matrix_get_n_columns (matrix); i++)
    add_cell (text, yeji_label (&yeji_matrix_get_slot (matrix, i)->label));
  add_cell (text, "UUID");
  end_line (text);
}

static void
add_number (GString *text,
            guint    number)
{
  g_autofree char *value = g_strdup_printf ("%u", number);

  add_cell (text, value);
}

static void
add_row (GString    *text,
         YejiMatrix *matrix,
         guint       row)
{
  const YejiEvidence *evidence = yeji_matrix_get_row (matrix, row);
  YejiMatrixSum sum = yeji_matrix_sum_row (matrix, row);

  add_cell (text, evidence->name);
  add_cell (text, yeji_role_get_label (yeji_matrix_get_dictionary (matrix), evidence->role));
  add_cell (text, yeji_state_get_label (evidence->state));
  add_number (text, sum.n_required);
  add_number (text, sum.n_given);
  add_number (text, sum.n_required - sum.n_given);
  for (guint i = YEJI_MATRIX_N_FIXED; i < yeji_matrix_get_n_columns (matrix); i++)
    {
      const YejiEvidenceCell *cell = yeji_matrix_get_cell (matrix, row, i);
      YejiMatrixStand stand = yeji_matrix_get_stand (matrix, row, i);
      g_autofree char *value = NULL;

      if (cell == NULL || cell->n_files == 0)
        value = g_strdup (stand == YEJI_MATRIX_MISSING ? yeji_matrix_stand_get_word (stand) : "");
      else if (stand == YEJI_MATRIX_GIVEN)
        value = g_strdup_printf ("%u", cell->n_files);
      else
        value = g_strdup_printf ("%u (%s)", cell->n_files, yeji_matrix_stand_get_word (stand));
      add_cell (text, value);
    }
  add_cell (text, evidence->uuid);
  end_line (text);
}

/**
 * yeji_matrix_table_write:
 *
 * Returns: (transfer full): what is shown as CSV, with a byte order mark
 */
char *
yeji_matrix_table_write (YejiMatrix *matrix)
{
  GString *text = g_string_new (BOM);

  add_heads (text, matrix);
  for (guint i = 0; i < yeji_matrix_get_n_rows (matrix); i++)
    add_row (text, matrix, i);
  return g_string_free (text, FALSE);
}
