// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-wire"

#include "config.h"

#include "yeji-wire.h"

#include <string.h>

/* Far above what an upload says; below what a server lets through as headers. */
#define MAX_HEADER 8192

static gboolean
is_key (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || *c == ',')
      return FALSE;
  return TRUE;
}

#define BASE64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static gboolean
is_base64 (const char *text)
{
  size_t length = strlen (text);
  size_t letters = strspn (text, BASE64);
  size_t padding = length - letters;

  return length % 4 == 0 && padding <= 2 && strspn (text + letters, "=") == padding;
}

/* g_base64_decode() skips what it does not know; here that is a fault of the sender. */
static char *
decode_value (const char *text)
{
  g_autofree guchar *bytes = NULL;
  gsize length = 0;

  if (!is_base64 (text))
    return NULL;
  if (*text == '\0')
    return g_strdup ("");
  bytes = g_base64_decode (text, &length);
  if (!g_utf8_validate_len ((const char *) bytes, length, NULL))
    return NULL;
  return g_strndup ((const char *) bytes, length);
}

static gboolean
read_pair (GHashTable *values,
           char       *pair)
{
  char *blank;
  g_autofree char *value = NULL;

  g_strstrip (pair);
  blank = strchr (pair, ' ');
  if (blank != NULL)
    *blank = '\0';
  if (!is_key (pair) || g_hash_table_contains (values, pair))
    return FALSE;

  value = decode_value (blank != NULL ? g_strchug (blank + 1) : "");
  if (value == NULL)
    return FALSE;
  g_hash_table_insert (values, g_strdup (pair), g_steal_pointer (&value));
  return TRUE;
}

/**
 * yeji_metadata_print:
 * @first_key: a key, ASCII without blanks and commas; its value follows, UTF-8, then further keys
 *   and values, then %NULL
 *
 * Prints the value of a tus `Upload-Metadata` header: `key base64,key base64`.
 *
 * Returns: (transfer full): the header's value
 */
char *
yeji_metadata_print (const char *first_key,
                     ...)
{
  GString *text = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, first_key);
  for (const char *key = first_key; key != NULL; key = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);
      g_autofree char *encoded = NULL;

      g_assert (value != NULL && is_key (key));
      encoded = g_base64_encode ((const guchar *) value, strlen (value));
      g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "," : "", key,
                              *encoded != '\0' ? " " : "", encoded);
    }
  va_end (arguments);
  return g_string_free (text, FALSE);
}

/**
 * yeji_metadata_parse:
 * @header: (nullable): the value of an `Upload-Metadata` header
 *
 * Reads what yeji_metadata_print() prints and tus 1.0.0 allows. The header comes from outside: an
 * empty or repeated key, a value that is not base64 or not UTF-8 text, and a header above 8 KiB
 * are refused as a whole.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the values by key, %NULL when the
 *   header is missing or wrong
 */
GHashTable *
yeji_metadata_parse (const char *header)
{
  g_autoptr (GHashTable) values = NULL;
  g_auto (GStrv) pairs = NULL;

  if (header == NULL || *header == '\0' || strlen (header) > MAX_HEADER)
    return NULL;

  values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  pairs = g_strsplit (header, ",", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    if (!read_pair (values, pairs[i]))
      return NULL;
  return g_steal_pointer (&values);
}
