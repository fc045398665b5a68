// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-program-update.h"

#include <string.h>

#include "yeji-json.h"

/* The version, a line feed, and the address or nothing. */
#define SETTING "program.wanted"

#define MAX_VERSION 32
#define MAX_ADDRESS 500

static const YejiText wanted = {
  { "省平台建议使用本程序的 %s 版，这里是 %s 版。可以照常使用，方便时请更新。",
    "The province recommends version %s of this program; this is %s. Everything goes on as usual; "
    "update it when it suits you." },
};

static const YejiText place = {
  { "新版本见 %s", "The new version is at %s" },
};

/* Numbers with dots between them: others cannot be compared, and are not shown. */
static gboolean
is_version (const char *text)
{
  return text != NULL && strlen (text) <= MAX_VERSION && g_ascii_isdigit (*text)
         && strspn (text, "0123456789.") == strlen (text) && strstr (text, "..") == NULL
         && !g_str_has_suffix (text, ".");
}

/* It is shown, and opened by whoever wants to. */
static gboolean
is_address (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (text == NULL || strlen (text) > MAX_ADDRESS || !g_str_is_ascii (text)
      || strpbrk (text, " \t\r\n<>\"") != NULL)
    return FALSE;
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https")
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && g_uri_get_userinfo (uri) == NULL;
}

/**
 * yeji_program_update_compare:
 * @a: a version: numbers with dots between them
 * @b: another one
 *
 * Compares number by number; a number that is missing is 0.
 *
 * Returns: below, at or above 0, as @a is before, the same as or after @b
 */
int
yeji_program_update_compare (const char *a,
                             const char *b)
{
  g_auto (GStrv) left = g_strsplit (a, ".", -1);
  g_auto (GStrv) right = g_strsplit (b, ".", -1);
  guint n_left = g_strv_length (left), n_right = g_strv_length (right);

  for (guint i = 0; i < MAX (n_left, n_right); i++)
    {
      guint64 l = i < n_left ? g_ascii_strtoull (left[i], NULL, 10) : 0;
      guint64 r = i < n_right ? g_ascii_strtoull (right[i], NULL, 10) : 0;

      if (l != r)
        return l < r ? -1 : 1;
    }
  return 0;
}

/**
 * yeji_program_update_learn:
 * @config: `/v1/config` of the province
 *
 * Keeps which version of the program the province wants, or that it wants none. What is no version
 * or no https address counts as not said. Nothing is ever fetched.
 */
gboolean
yeji_program_update_learn (YejiStore   *store,
                           JsonObject  *config,
                           GError     **error)
{
  JsonObject *client = yeji_json_get_object (config, "client");
  const char *version = client != NULL ? yeji_json_get_string (client, "version") : NULL;
  const char *where = client != NULL ? yeji_json_get_string (client, "where") : NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);

  if (is_version (version))
    now = g_strdup_printf ("%s\n%s", version, is_address (where) ? where : "");
  before = yeji_store_get_setting (store, SETTING, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return g_strcmp0 (before, now) == 0 || yeji_store_set_setting (store, SETTING, now, error);
}

/**
 * yeji_program_update_get_wanted:
 * @where: (out) (optional) (nullable): the address that the province gives for it
 *
 * Returns: (transfer full) (nullable): the version that the province wants; %NULL when this one is
 *   it or a later one, or when nothing is known
 */
char *
yeji_program_update_get_wanted (YejiStore  *store,
                                char      **where)
{
  g_autofree char *text = NULL;
  char *address;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  if (where != NULL)
    *where = NULL;
  text = yeji_store_get_setting (store, SETTING, NULL);
  address = text != NULL ? strchr (text, '\n') : NULL;
  if (address == NULL)
    return NULL;
  *address++ = '\0';
  if (yeji_program_update_compare (text, YEJI_VERSION) <= 0)
    return NULL;
  if (where != NULL && *address != '\0')
    *where = g_strdup (address);
  return g_steal_pointer (&text);
}

/**
 * yeji_program_update_get_words:
 *
 * Returns: (transfer full) (nullable): a sentence on the version that the province wants, with its
 *   address; %NULL when there is nothing to say
 */
char *
yeji_program_update_get_words (YejiStore    *store,
                               YejiLanguage  language)
{
  g_autofree char *where = NULL;
  g_autofree char *version = yeji_program_update_get_wanted (store, &where);
  GString *words;

  if (version == NULL)
    return NULL;
  words = g_string_new (NULL);
  g_string_append_printf (words, wanted.in[language], version, YEJI_VERSION);
  if (where != NULL)
    {
      g_string_append (words, language == YEJI_LANGUAGE_ZH ? "" : " ");
      g_string_append_printf (words, place.in[language], where);
    }
  return g_string_free (words, FALSE);
}
