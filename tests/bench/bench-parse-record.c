// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Usage: bench-parse-record FILE [TIMES]
 *
 * Reads the first line of a file of records again and again, and prints how long one takes. */

#include "config.h"

#include "yeji-record.h"

#include <stdlib.h>
#include <string.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autofree char *text = NULL;
  guint times = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 10000;
  gint64 began;
  char *end;

  if (argc < 2 || times == 0 || !g_file_get_contents (argv[1], &text, NULL, NULL))
    return 2;
  end = strchr (text, '\n');
  if (end != NULL)
    *end = '\0';
  began = g_get_monotonic_time ();
  for (guint i = 0; i < times; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiRecord) record = yeji_record_new_from_text (dictionary, text, -1, &error);

      if (record == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }
  g_print ("read a record: %.1f us, %" G_GSIZE_FORMAT " bytes\n",
           (double) (g_get_monotonic_time () - began) / times, strlen (text));
  return 0;
}
