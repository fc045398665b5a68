// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Dictionaries of a few words, for tests of what becomes of a record under another one. */

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

#define SMALL_LABEL "{\"zh\": \"%s\", \"en\": \"%s\"}"

static inline void
small_add_field (GString    *json,
                 const char *words,
                 gboolean    first)
{
  g_auto (GStrv) halves = g_strsplit (words, "<", 2);
  g_auto (GStrv) parts = g_strsplit (halves[0], ":", 3);

  g_string_append_printf (json, "%s{\"id\": \"%s\", \"label\": " SMALL_LABEL ","
                          " \"required\": \"optional\", \"filled_by\": \"enterprise\","
                          " \"confidence\": {\"id\": \"assumed\", \"type\": \"assumed\","
                          " \"required\": \"assumed\"}", first ? "" : ", ", parts[0], parts[0],
                          parts[0]);
  switch (parts[1][0])
    {
    case 'n':
      g_string_append (json, ", \"type\": \"number\", \"precision\": 5, \"scale\": 2");
      break;
    case 'd':
      g_string_append (json, ", \"type\": \"date\"");
      break;
    case 'c':
      g_string_append (json, ", \"type\": \"code\", \"codes\": \"list\", \"length\": 20");
      break;
    default:
      g_string_append_printf (json, ", \"type\": \"text\", \"length\": %s",
                              parts[2] != NULL ? parts[2] : "20");
      break;
    }
  if (halves[1] != NULL)
    g_string_append_printf (json, ", \"aliases\": [\"%s\"]", halves[1]);
  g_string_append_c (json, '}');
}

/* "Table/member Field:kind:length<alias ..." */
static inline char *
small_table (const char *line,
             char      **id)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_auto (GStrv) name = g_strsplit (words[0], "/", 2);
  g_auto (GStrv) first = g_strsplit (words[1], ":", 2);
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"id\": \"%s\", \"member\": \"%s\", \"label\": " SMALL_LABEL ","
                          " \"row_title\": [\"%s\"], \"fields\": [", name[0], name[1], name[0],
                          name[0], first[0]);
  for (guint i = 1; words[i] != NULL; i++)
    small_add_field (json, words[i], i == 1);
  g_string_append (json, "]}");
  *id = g_strdup (name[0]);
  return g_string_free (json, FALSE);
}

/* "a b! c>b": b is retired, c is retired and replaced by b. */
static inline char *
small_codes (const char *codes)
{
  g_auto (GStrv) words = g_strsplit (codes, " ", -1);
  GString *json = g_string_new ("{\"id\": \"list\", \"label\": {\"zh\": \"代码\", \"en\": \"Codes\"},"
                                " \"severity\": \"error\", \"items\": [");

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit_set (words[i], ">!", 2);

      g_string_append_printf (json, "%s{\"code\": \"%s\", \"name\": \"%s\"", i > 0 ? ", " : "",
                              parts[0], parts[0]);
      if (parts[1] != NULL)
        g_string_append (json, ", \"status\": \"retired\"");
      if (parts[1] != NULL && *parts[1] != '\0')
        g_string_append_printf (json, ", \"replaced_by\": \"%s\"", parts[1]);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

/**
 * small_dictionary_new:
 * @tables: a line a table, the root first: `Table/member Field:kind:length<alias ...`; a kind is t
 *   (text), n (number of 3 digits and 2 decimals), d (date) or c (code)
 * @codes: the codes of the only list, `a b! c>b`
 * @rows: how many rows a table may have
 */
static inline YejiDictionary *
small_dictionary_new (const char *version,
                      const char *tables,
                      const char *codes,
                      guint       rows)
{
  g_auto (GStrv) lines = g_strsplit (tables, "\n", -1);
  g_autoptr (GString) json = g_string_new ("{\"parts\": {");
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *list = small_codes (codes);
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (GError) error = NULL;
  YejiDictionary *dictionary;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *table = small_table (lines[i], &id);

      g_string_append_printf (json, "\"tables/%s.json\": %s, ", id, table);
      g_string_append_printf (ids, "%s\"%s\"", i > 0 ? ", " : "", id);
    }
  g_string_append_printf (json, "\"codes/list.json\": %s,"
                          " \"roles.json\": {\"roles\": [{\"id\": \"construction\","
                          "  \"label\": {\"zh\": \"施工\", \"en\": \"Construction\"},"
                          "  \"corp_roles\": [], \"tables\": []}]},"
                          " \"documents.json\": {\"slots\": []},"
                          " \"rules.json\": {\"formats\": [], \"rules\": []},"
                          " \"limits.json\": {\"file_size\": 1000, \"files\": 5, \"rows\": %u,"
                          "  \"text\": 1000},"
                          " \"dictionary.json\": {\"id\": \"small\", \"version\": \"%s\","
                          "  \"standard\": \"none\", \"empty_values\": [\"无\"],"
                          "  \"missing_date\": \"1900-01-01\", \"codes\": [\"list\"],"
                          "  \"tables\": [%s], \"roles\": \"roles\","
                          "  \"documents\": \"documents\", \"rules\": \"rules\","
                          "  \"limits\": \"limits\"}}}", list, rows, version, ids->str);
  bundle = g_bytes_new (json->str, json->len);
  dictionary = yeji_dictionary_new_from_bundle (bundle, &error);
  g_assert_no_error (error);
  return dictionary;
}

G_END_DECLS
