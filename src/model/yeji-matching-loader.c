// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads the part `matching.json`. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-json.h"
#include "yeji-loader.h"
#include "yeji-matching.h"

/* Of a list: every word is looked for in every name. */
#define MAX_WORDS 1000

/**
 * yeji_matching_new: (skip)
 *
 * Returns: (transfer full): one that knows no words
 */
YejiMatching *
yeji_matching_new (void)
{
  YejiMatching *self = g_new0 (YejiMatching, 1);

  self->numbers = g_ptr_array_new ();
  self->affixes = g_new0 (char *, 1);
  self->lots = g_new0 (char *, 1);
  self->works = g_new0 (char *, 1);
  self->noise = g_new0 (char *, 1);
  self->pages = g_new0 (char *, 1);
  return self;
}

void
yeji_matching_free (YejiMatching *self)
{
  g_ptr_array_unref (self->numbers);
  g_strfreev (self->affixes);
  g_strfreev (self->lots);
  g_strfreev (self->works);
  g_strfreev (self->noise);
  g_strfreev (self->pages);
  g_free (self);
}

static void
read_words (YejiPart   *part,
            JsonObject *root,
            const char *member,
            GStrv      *words)
{
  yeji_part_check_count (part, "", member, yeji_json_get_array (root, member), MAX_WORDS);
  g_strfreev (*words);
  *words = yeji_part_strings (part, root, "", member, TRUE);
}

/**
 * yeji_loader_read_matching:
 * @name: the file's name without `.json`
 *
 * Reads the part about names of files. Formats must be there already.
 *
 * Returns: %FALSE with an error of #YejiDictionaryError
 */
gboolean
yeji_loader_read_matching (YejiLoader  *loader,
                           const char  *name,
                           GError     **error)
{
  YejiMatching *matching = loader->dictionary->matching;
  g_autofree char *file = g_strdup_printf ("%s.json", name);
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);
  g_auto (GStrv) numbers = NULL;

  if (root == NULL)
    return yeji_loader_finish (part, error);
  yeji_part_check_members (part, root, "", "numbers affixes lots works noise pages");
  numbers = yeji_part_strings (part, root, "", "numbers", TRUE);
  for (guint i = 0; numbers[i] != NULL; i++)
    {
      gpointer format = yeji_loader_find (part, "/numbers", loader->dictionary->formats_by_id,
                                          numbers[i], "format");

      if (format != NULL)
        g_ptr_array_add (matching->numbers, format);
    }
  read_words (part, root, "affixes", &matching->affixes);
  read_words (part, root, "lots", &matching->lots);
  read_words (part, root, "works", &matching->works);
  read_words (part, root, "noise", &matching->noise);
  read_words (part, root, "pages", &matching->pages);
  return yeji_loader_finish (part, error);
}
