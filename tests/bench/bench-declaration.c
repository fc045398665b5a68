// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Usage: bench-declaration RECORD PAGES [TIMES]
 *
 * Prints the declaration form of a record again and again, of which rows were added until it has so
 * many pages, and tells the median. */

#include "config.h"

#include "yeji-declaration-paper.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

static void
add_rows (YejiRecord *record,
          guint       n)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      if (table == yeji_dictionary_get_root (yeji_record_get_dictionary (record))
          || yeji_record_get_n_rows (record, table) == 0)
        continue;
      for (guint j = 0; j < n; j++)
        {
          g_autoptr (YejiRow) copy = yeji_row_copy (yeji_record_get_row (record, table, 0), NULL);

          yeji_record_insert_row (record, G_MAXUINT, copy);
        }
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const double *one = a, *other = b;

  return *one < *other ? -1 : *one > *other;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autofree double *seconds = NULL;
  guint pages = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 0;
  guint times = argc > 3 ? (guint) strtoul (argv[3], NULL, 10) : 9;
  guint n_pages = 0;
  int fd;

  if (pages == 0 || times == 0 || !g_file_get_contents (argv[1], &text, NULL, NULL))
    return 2;
  record = yeji_record_new_from_text (dictionary, text, -1, &error);
  fd = g_file_open_tmp ("yeji-bench-XXXXXX.pdf", &path, NULL);
  if (record == NULL || fd < 0 || !g_close (fd, NULL))
    return 1;
  for (guint tries = 0; tries < 200; tries++)
    {
      g_autoptr (YejiPaper) paper = yeji_declaration_paper_new (yeji_declaration_new (record),
                                                                FALSE);

      while (!yeji_paper_lay_out (paper))
        ;
      n_pages = yeji_paper_count_pages (paper);
      if (n_pages >= pages)
        break;
      add_rows (record, 1);
    }
  file = g_file_new_for_path (path);
  seconds = g_new0 (double, times);
  for (guint i = 0; i < times; i++)
    {
      g_autoptr (GPtrArray) all
        = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_declaration_free);
      const gint64 began = g_get_monotonic_time ();

      g_ptr_array_add (all, yeji_declaration_new (record));
      if (!yeji_declarations_to_pdf (all, FALSE, file, NULL, NULL, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      seconds[i] = (double) (g_get_monotonic_time () - began) / 1000;
    }
  g_remove (path);
  qsort (seconds, times, sizeof *seconds, compare);
  g_print ("a declaration form of %u pages: %.0f ms, %.0f ms at most\n", n_pages,
           seconds[times / 2], seconds[times - 1]);
  return 0;
}
