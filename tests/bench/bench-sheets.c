// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Usage: bench-sheets FILE
 *
 * Reads all cells of a table file and prints how many there are and what it took. */

#include "config.h"

#include "yeji-sheets.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 began = g_get_monotonic_time ();
  guint64 rows = 0, cells = 0;

  if (argc != 2)
    return 2;
  sheets = yeji_sheets_open (argv[1], &error);
  for (guint i = 0; sheets != NULL && error == NULL && i < yeji_sheets_get_n (sheets); i++)
    {
      g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, i, &error);

      for (; reader != NULL && yeji_sheet_reader_next (reader, &error); rows++)
        for (guint column = yeji_sheet_reader_get_n_cells (reader); column > 0; column--)
          cells += *yeji_sheet_reader_get_text (reader, column - 1) != '\0';
    }
  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%" G_GUINT64_FORMAT " rows, %" G_GUINT64_FORMAT " cells, %.3f s\n", rows, cells,
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  return 0;
}
