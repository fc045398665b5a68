// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "dump.h"

/* All of the tables: cells in brackets, a row a line, names before them. */
char *
sheets_dump (const char  *path,
             GError     **error)
{
  g_autoptr (YejiSheets) sheets = yeji_sheets_open (path, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;

  if (sheets == NULL)
    return NULL;
  for (guint i = 0; i < yeji_sheets_get_n (sheets); i++)
    {
      g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, i, error);

      if (reader == NULL)
        return NULL;
      g_string_append_printf (text, "%s%s\n", yeji_sheets_get_name (sheets, i),
                              yeji_sheets_is_hidden (sheets, i) ? " (hidden)" : "");
      while (yeji_sheet_reader_next (reader, &local_error))
        {
          g_string_append_printf (text, "%u:", yeji_sheet_reader_get_row (reader));
          for (guint j = 0; j < yeji_sheet_reader_get_n_cells (reader); j++)
            {
              const YejiCellFlags flags = yeji_sheet_reader_get_flags (reader, j);

              g_string_append_printf (text, "[%s]", yeji_sheet_reader_get_text (reader, j));
              if (flags != 0)
                g_string_append_printf (text, "%x", flags);
            }
          g_string_append_c (text, '\n');
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
