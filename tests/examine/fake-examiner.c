// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* An examiner that does what the name of the file says: what a decoder does to the real one. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#define SOUND "{\"id\":%d,\"type\":\"image/jpeg\",\"size\":1,\"pages\":1,\"blank\":[]}\n"

static void
hang (const char *request)
{
  const char *path = strstr (request, "\"path\":\"");
  g_autofree char *name = NULL;
  g_autofree char *begun = NULL;

  path += strlen ("\"path\":\"");
  name = g_strndup (path, strcspn (path, "\""));
  begun = g_strconcat (name, ".begun", NULL);
  g_file_set_contents (begun, "", 0, NULL);
  while (TRUE)
    g_usleep (G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  static char request[1 << 20];

  for (guint n = 0; fgets (request, sizeof request, stdin) != NULL; n++)
    {
      const char *found = strstr (request, "\"id\":");
      int id = found != NULL ? atoi (found + strlen ("\"id\":")) : 0;

      if (strstr (request, "die-always") != NULL
          || (strstr (request, "die-old") != NULL && n > 0)
          || (strstr (request, "die-curious") != NULL && strstr (request, "careful") == NULL))
        _Exit (11);
      if (strstr (request, "hang") != NULL)
        hang (request);
      while (strstr (request, "flood") != NULL)
        if (fputs ("{{{{{{{{{{{{{{{{", stdout) < 0)
          return 1;
      if (strstr (request, "rubbish") != NULL)
        puts ("\x1b[31mnothing of ours");
      else if (strstr (request, "twice") != NULL)
        printf (SOUND SOUND, id, id);
      else if (strstr (request, "late") != NULL)
        printf (SOUND, id - 1);
      else if (strstr (request, "nonsense") != NULL)
        printf ("{\"id\":%d,\"pages\":-1}\n", id);
      else if (strstr (request, "silent") != NULL)
        return 0;
      else
        printf (SOUND, id);
      fflush (stdout);
    }
  return 0;
}
