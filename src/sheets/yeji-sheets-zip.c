// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheets-private.h"

#include <string.h>

/* An archive of CSV files, one a table. */

/* Whether a file is a table, and none that macOS leaves beside each. */
static gboolean
is_table (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *base = strrchr (lower, '/') != NULL ? strrchr (lower, '/') + 1 : lower;

  return (g_str_has_suffix (base, ".csv") || g_str_has_suffix (base, ".tsv"))
         && *base != '.' && !g_str_has_prefix (lower, "__macosx/")
         && strstr (lower, "/__macosx/") == NULL;
}

static YejiSheetReader *
read_sheet (gpointer   data,
            guint      index,
            GError   **error)
{
  GPtrArray *files = data;

  return yeji_csv_read (g_ptr_array_index (files, index), error);
}

static void
free_files (gpointer data)
{
  g_ptr_array_unref (data);
}

static const YejiSheetsClass zip_class = { read_sheet, free_files };

/* Opens the CSV files of an archive, of which @names are all files in their order. */
YejiSheets *
yeji_sheets_open_zip (const char  *path,
                      GPtrArray   *names,
                      GError     **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_csv_free);
  g_autoptr (GPtrArray) list = yeji_sheets_new_list ();

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *folded = NULL;
      g_autofree char *shown = NULL;
      YejiCsv *csv;

      if (!is_table (name))
        continue;
      if (list->len >= YEJI_SHEETS_MAX_SHEETS)
        {
          yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %d tables",
                            YEJI_SHEETS_MAX_SHEETS);
          return NULL;
        }
      folded = g_ascii_strdown (name, -1);
      csv = yeji_csv_new (path, folded, error);
      if (csv == NULL)
        {
          g_prefix_error (error, "%s: ", name);
          return NULL;
        }
      g_ptr_array_add (files, csv);
      shown = yeji_sheets_name_of_file (name);
      yeji_sheets_add (list, shown);
    }
  if (list->len == 0)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_UNKNOWN,
                        "an archive, but neither a workbook nor CSV files");
      return NULL;
    }
  return yeji_sheets_new (YEJI_SHEETS_CSV, g_steal_pointer (&list), &zip_class,
                          g_steal_pointer (&files));
}
