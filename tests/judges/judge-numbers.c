// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads lines of `ALGORITHM TAB VALUE` and prints 1 or 0 for each: whether a field with that number
 * would be without a problem. A credit code is one of 18 characters here, judged by the dictionary's
 * pattern and the check digit together, as in a record. */

#include "config.h"

#include "yeji-check-digit.h"
#include "yeji-dictionary.h"

#include <stdio.h>
#include <string.h>

static const YejiFormat *
find_format (YejiDictionary *dictionary,
             const char     *id)
{
  GPtrArray *formats = yeji_dictionary_get_formats (dictionary);

  for (guint i = 0; i < formats->len; i++)
    {
      const YejiFormat *format = g_ptr_array_index (formats, i);

      if (g_str_equal (format->id, id))
        return format;
    }
  g_error ("the dictionary has no format “%s”", id);
}

static gboolean
judge (YejiDictionary *dictionary,
       const char     *algorithm,
       const char     *value)
{
  if (g_str_equal (algorithm, "citizen_id"))
    return yeji_algorithm_accepts (find_format (dictionary, "citizen_id")->algorithm, value);
  g_assert_cmpstr (algorithm, ==, "credit_code");
  return g_utf8_strlen (value, -1) == 18
         && g_regex_match (find_format (dictionary, "credit_code")->pattern, value, 0, NULL)
         && yeji_algorithm_accepts (find_format (dictionary, "credit_code_check")->algorithm,
                                    value);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  char line[1024];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      char *value = strchr (line, '\t');

      g_assert_nonnull (value);
      *value++ = '\0';
      value[strcspn (value, "\n")] = '\0';
      puts (judge (dictionary, line, value) ? "1" : "0");
    }
  return 0;
}
