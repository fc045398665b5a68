// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include <locale.h>

#include "dump.h"

/* Prints the tables of each file, or the code of what is wrong with it. */
int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = sheets_dump (argv[i], &error);

      if (text != NULL)
        g_print ("%s", text);
      else
        g_print ("error %d: %s\n", error->code, error->message);
    }
  return 0;
}
