// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-json"

#include "config.h"

#include "yeji-json.h"

#include <errno.h>
#include <string.h>

/* json-glib descends by recursion, so the depth of what a stranger sends is looked at first. */
#define MAX_DEPTH 32

G_DEFINE_QUARK (yeji-json-error-quark, yeji_json_error)

/* The digits of a number that a double may keep; one with more would come back as another. */
#define MAX_DIGITS 17

static gboolean
refuse (GError        **error,
        YejiJsonError   code,
        const char     *reason)
{
  g_set_error_literal (error, YEJI_JSON_ERROR, code, reason);
  return FALSE;
}

/* json-glib cuts a string at a NUL; nobody means one. @at becomes the closing quote. */
static gboolean
check_string (const char  *text,
              gsize        length,
              gsize       *at,
              GError     **error)
{
  gsize i;

  for (i = *at + 1; i < length && text[i] != '"'; i++)
    {
      if (text[i] != '\\')
        continue;
      if (length - i >= 6 && memcmp (text + i, "\\u0000", 6) == 0)
        return refuse (error, YEJI_JSON_ERROR_TEXT, "the text is not UTF-8, or holds a NUL");
      i++;
    }
  *at = i;
  return TRUE;
}

static const char *
skip_digits (const char *text)
{
  while (g_ascii_isdigit (*text))
    text++;
  return text;
}

/* As RFC 8259 has it: json-glib also takes octal and hexadecimal numbers. */
static gboolean
is_number (const char *text)
{
  const char *start = *text == '-' ? text + 1 : text;
  const char *end = skip_digits (start);

  if (end == start || (*start == '0' && end - start > 1))
    return FALSE;
  if (*end == '.')
    {
      start = end + 1;
      end = skip_digits (start);
      if (end == start)
        return FALSE;
    }
  if (*end == 'e' || *end == 'E')
    {
      start = end[1] == '+' || end[1] == '-' ? end + 2 : end + 1;
      end = skip_digits (start);
      if (end == start)
        return FALSE;
    }
  return *end == '\0';
}

/* json-glib turns what an int64 cannot hold into -1, and what a double cannot into infinity. */
static gboolean
is_kept (const char *number)
{
  guint digits = 0;

  if (strpbrk (number, ".eE") == NULL)
    return g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, NULL, NULL);
  for (const char *c = number; *c != '\0' && *c != 'e' && *c != 'E'; c++)
    digits += g_ascii_isdigit (*c) && (digits > 0 || *c != '0');
  errno = 0;
  g_ascii_strtod (number, NULL);
  return digits <= MAX_DIGITS && errno == 0;
}

/* @at becomes the last digit. */
static gboolean
check_number (const char  *text,
              gsize        length,
              gsize       *at,
              GError     **error)
{
  gsize end = *at;
  g_autofree char *number = NULL;

  while (end < length && (g_ascii_isalnum (text[end]) || text[end] == '+' || text[end] == '-'
                          || text[end] == '.'))
    end++;
  number = g_strndup (text + *at, end - *at);
  *at = end - 1;
  if (!is_number (number))
    return refuse (error, YEJI_JSON_ERROR_SYNTAX, "not a number");
  return is_kept (number)
         || refuse (error, YEJI_JSON_ERROR_SYNTAX,
                    "a number that cannot be kept as it is: write it as a string");
}

/* Lets nothing through that json-glib reads as something else than what is written, nor what it
 * takes beyond JSON: comments (in which a quote would hide what follows), single quotes, several
 * values one after the other. */
static gboolean
check_text (const char  *text,
            gsize        length,
            GError     **error)
{
  gboolean ended = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (ended && !g_ascii_isspace (text[i]))
        return refuse (error, YEJI_JSON_ERROR_SYNTAX, "there is more behind the end");
      if (text[i] == '"')
        {
          if (!check_string (text, length, &i, error))
            return FALSE;
        }
      else if (g_ascii_isdigit (text[i]) || text[i] == '-')
        {
          if (!check_number (text, length, &i, error))
            return FALSE;
        }
      else if (text[i] == '{' || text[i] == '[')
        depth++;
      else if (text[i] == '}' || text[i] == ']')
        ended = depth > 0 && --depth == 0;
      else if (!g_ascii_islower (text[i]) && !g_ascii_isspace (text[i]) && text[i] != ','
               && text[i] != ':')
        return refuse (error, YEJI_JSON_ERROR_SYNTAX, "not JSON");

      if (depth > MAX_DEPTH)
        {
          g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_DEPTH,
                       "nested deeper than %d levels", MAX_DEPTH);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * yeji_json_parse:
 * @text: what a file, the network or a clerk gave; need not be terminated if @length is given
 * @length: in bytes, or -1
 *
 * Parses hostile JSON. A byte order mark is skipped. What is not JSON to the letter is refused, and
 * so is a number that neither an int64 nor a double can hold as it is written.
 *
 * Returns: (transfer full): the root, or %NULL with an error of #YejiJsonError
 */
JsonNode *
yeji_json_parse (const char  *text,
                 gssize       length,
                 GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) reason = NULL;
  const char *no_name = "<data>:";   /* how json-glib begins the place of an error */
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *root;

  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  if (!g_utf8_validate_len (text, size, NULL))
    {
      g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_TEXT,
                           "the text is not UTF-8, or holds a NUL");
      return NULL;
    }
  if (!check_text (text, size, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, size, &reason))
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX, "%s",
                   g_str_has_prefix (reason->message, no_name) ? reason->message + strlen (no_name)
                                                               : reason->message);
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_SYNTAX, "there is nothing in it");
  return root;
}

/**
 * yeji_json_print:
 *
 * Returns: (transfer full): the text of @node, members in the order in which they were added
 */
char *
yeji_json_print (JsonNode *node,
                 gboolean  pretty)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, pretty);
  return json_generator_to_data (generator, NULL);
}

/**
 * yeji_json_node_object:
 *
 * Returns: (nullable) (transfer none): the object in @node, %NULL if it holds none
 */
JsonObject *
yeji_json_node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * yeji_json_node_string:
 *
 * Returns: (nullable) (transfer none): the string in @node, %NULL if it holds none
 */
const char *
yeji_json_node_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * yeji_json_get_string:
 *
 * Returns: (nullable) (transfer none): the string member, %NULL if it is missing or something else
 */
const char *
yeji_json_get_string (JsonObject *object,
                      const char *member)
{
  return yeji_json_node_string (json_object_get_member (object, member));
}

/**
 * yeji_json_get_int:
 *
 * Returns: the whole number, @fallback if it is missing or something else
 */
gint64
yeji_json_get_int (JsonObject *object,
                   const char *member,
                   gint64      fallback)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : fallback;
}

/**
 * yeji_json_get_object:
 *
 * Returns: (nullable) (transfer none): the object, %NULL if it is missing or something else
 */
JsonObject *
yeji_json_get_object (JsonObject *object,
                      const char *member)
{
  return yeji_json_node_object (json_object_get_member (object, member));
}

/**
 * yeji_json_get_array:
 *
 * Returns: (nullable) (transfer none): the array, %NULL if it is missing or something else
 */
JsonArray *
yeji_json_get_array (JsonObject *object,
                     const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
