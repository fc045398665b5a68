// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-language"

#include "config.h"

#include "yeji-language.h"

#include <string.h>

static const char * const tags[N_YEJI_LANGUAGES] = {
  [YEJI_LANGUAGE_ZH] = "zh",
  [YEJI_LANGUAGE_EN] = "en",
};

/**
 * yeji_language_parse:
 * @tag: a locale name or a language range, "zh_CN.UTF-8", "en-US", "en;q=0.8"
 *
 * Returns: the language; Chinese for what the dictionary does not speak, since its own terms are
 * Chinese
 */
YejiLanguage
yeji_language_parse (const char *tag)
{
  for (guint i = 0; tag != NULL && i < N_YEJI_LANGUAGES; i++)
    if (g_ascii_strncasecmp (tag, tags[i], strlen (tags[i])) == 0)
      return (YejiLanguage) i;
  return YEJI_LANGUAGE_ZH;
}

/**
 * yeji_language_get_current:
 *
 * Returns: the first language of the user that the dictionary speaks; English for a user who named
 * others only, or none (the C locale), as the interface is then English too
 */
YejiLanguage
yeji_language_get_current (void)
{
  const char * const *names = g_get_language_names ();

  for (; *names != NULL; names++)
    for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
      if (g_ascii_strncasecmp (*names, tags[i], strlen (tags[i])) == 0)
        return (YejiLanguage) i;
  return YEJI_LANGUAGE_EN;
}

/**
 * yeji_text_get:
 *
 * Returns: (nullable): the text in @language
 */
const char *
yeji_text_get (const YejiText *self,
               YejiLanguage    language)
{
  return self->in[language];
}

/**
 * yeji_text_clear:
 *
 * Frees the words, not @self.
 */
void
yeji_text_clear (YejiText *self)
{
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    g_clear_pointer (&self->in[i], g_free);
}
