// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-json"

#include "config.h"

#include "yeji-json.h"

#include "yeji-json-reader.h"

#include <math.h>
#include <string.h>

G_DEFINE_QUARK (yeji-json-error-quark, yeji_json_error)

/**
 * yeji_json_parse:
 * @text: what a file, the network or a clerk gave; need not be terminated if @length is given
 * @length: in bytes, or -1
 *
 * Parses hostile JSON, as strict as #YejiJsonReader; a member that occurs twice is refused too.
 *
 * Returns: (transfer full): the root, or %NULL with an error of #YejiJsonError
 */
JsonNode *
yeji_json_parse (const char  *text,
                 gssize       length,
                 GError     **error)
{
  g_auto (YejiJsonReader) reader = { 0 };
  g_autoptr (JsonNode) root = NULL;

  yeji_json_reader_init (&reader, text, length < 0 ? strlen (text) : (gsize) length);
  root = yeji_json_reader_read_node (&reader, yeji_json_reader_next (&reader));
  if (root != NULL && yeji_json_reader_next (&reader) == YEJI_JSON_END)
    return g_steal_pointer (&root);
  yeji_json_reader_set_error (&reader, error);
  return NULL;
}

/**
 * yeji_json_number_to_text:
 *
 * Returns: (transfer full): the shortest text that reads back as the same number: 2928.28, not
 * 2928.2800000000002
 */
char *
yeji_json_number_to_text (double number)
{
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return g_strdup (text);
}

/**
 * yeji_json_print_string:
 *
 * Adds a string, quoted as yeji_json_print() does it.
 */
void
yeji_json_print_string (GString    *text,
                        const char *string)
{
  static const char escaped[] = "\"\\\b\f\n\r\t";
  static const char letters[] = "\"\\bfnrt";
  /* what does not stand for itself, the end among it */
  static const guint8 special[256] = {
    [0x00] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    [0x10] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['"'] = 1, ['\\'] = 1, [0x7f] = 1,
  };
  const char *piece = string;
  const char *at = string;

  while (!special[(guint8) *at])
    at++;
  if (*at == '\0')
    {
      /* nearly always: at once, as records are printed by the thousand */
      gsize length = (gsize) (at - string), from = text->len;

      g_string_set_size (text, from + length + 2);
      text->str[from] = '"';
      memcpy (text->str + from + 1, string, length);
      text->str[from + length + 1] = '"';
      return;
    }
  g_string_append_c (text, '"');
  for (;; at++)
    {
      const char *found;

      while (!special[(guint8) *at])
        at++;
      if (*at == '\0')
        break;
      g_string_append_len (text, piece, at - piece);
      piece = at + 1;
      found = strchr (escaped, *at);
      if (found != NULL)
        g_string_append_printf (text, "\\%c", letters[found - escaped]);
      else
        g_string_append_printf (text, "\\u%04x", (guint) *at);
    }
  g_string_append_len (text, piece, at - piece);
  g_string_append_c (text, '"');
}

static void
print_value (GString  *text,
             JsonNode *node)
{
  const GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  g_autofree char *number = NULL;

  if (type == G_TYPE_STRING && json_node_get_string (node) != NULL)
    yeji_json_print_string (text, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE && isfinite (json_node_get_double (node)))
    {
      number = yeji_json_number_to_text (json_node_get_double (node));
      g_string_append (text, number);
      if (strpbrk (number, ".e") == NULL)   /* it stays a double */
        g_string_append (text, ".0");
    }
  else
    g_string_append (text, "null");
}

static void
begin_line (GString  *text,
            gboolean  pretty,
            guint     level)
{
  if (!pretty)
    return;
  g_string_append_c (text, '\n');
  for (guint i = 0; i < level; i++)
    g_string_append (text, "  ");
}

static void
print_node (GString  *text,
            JsonNode *node,
            gboolean  pretty,
            guint     level)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = object != NULL ? json_object_get_size (object)
                           : array != NULL ? json_array_get_length (array) : 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (object == NULL && array == NULL)
    {
      print_value (text, node);
      return;
    }
  g_string_append_c (text, object != NULL ? '{' : '[');
  if (object != NULL)
    json_object_iter_init_ordered (&iter, object);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      begin_line (text, pretty, level + 1);
      if (array != NULL)
        member = json_array_get_element (array, i);
      else
        {
          if (!json_object_iter_next_ordered (&iter, &name, &member))
            break;
          yeji_json_print_string (text, name);
          g_string_append (text, pretty ? " : " : ":");
        }
      print_node (text, member, pretty, level + 1);
    }
  if (n > 0)
    begin_line (text, pretty, level);
  g_string_append_c (text, object != NULL ? '}' : ']');
}

/**
 * yeji_json_print:
 *
 * Returns: (transfer full): the text of @node, members in the order in which they were added. Reads
 * back as the same; json-glib prints 1e22 as what no reader takes.
 */
char *
yeji_json_print (JsonNode *node,
                 gboolean  pretty)
{
  GString *text = g_string_new (NULL);

  print_node (text, node, pretty, 0);
  return g_string_free (text, FALSE);
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
