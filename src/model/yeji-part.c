// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-part"

#include "config.h"

#include "yeji-part.h"

#include "yeji-json.h"

/* Bytes of a part, or of the bundle of all; a dictionary with all areas of the country has one
 * million. */
#define MAX_SIZE ((gsize) 32 << 20)

/**
 * yeji_part_new:
 * @file: the part's name in messages
 * @bytes: (nullable): its content, %NULL if it could not be read
 *
 * Returns: (transfer full): the part; one that is no JSON object has an error already
 */
YejiPart *
yeji_part_new (const char *file,
               GBytes     *bytes)
{
  YejiPart *self = g_new0 (YejiPart, 1);
  g_autoptr (GError) error = NULL;
  const char *text;
  gsize length;

  self->file = g_strdup (file);
  if (bytes == NULL)
    {
      yeji_part_fail (self, "", YEJI_DICTIONARY_ERROR_MISSING, "the file cannot be read");
      return self;
    }
  text = g_bytes_get_data (bytes, &length);
  if (length > MAX_SIZE)
    {
      yeji_part_fail (self, "", YEJI_DICTIONARY_ERROR_SYNTAX, "more than 32 MiB");
      return self;
    }
  self->root = yeji_json_parse (text != NULL ? text : "", (gssize) length, &error);
  if (self->root == NULL)
    yeji_part_fail (self, "", YEJI_DICTIONARY_ERROR_SYNTAX, "%s", error->message);
  else if (!JSON_NODE_HOLDS_OBJECT (self->root))
    yeji_part_fail (self, "/", YEJI_DICTIONARY_ERROR_SYNTAX, "must be an object");
  return self;
}

void
yeji_part_free (YejiPart *self)
{
  g_free (self->file);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * yeji_part_fail:
 * @place: a JSON Pointer into the file
 *
 * Keeps what is wrong, unless something was wrong before.
 */
void
yeji_part_fail (YejiPart            *self,
                const char          *place,
                YejiDictionaryError  code,
                const char          *format,
                ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  if (self->error != NULL)
    return;
  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  self->error = *place != '\0'
    ? g_error_new (YEJI_DICTIONARY_ERROR, (int) code, "%s: %s: %s", self->file, place, reason)
    : g_error_new (YEJI_DICTIONARY_ERROR, (int) code, "%s: %s", self->file, reason);
}

static void
fail_member (YejiPart   *self,
             const char *place,
             const char *member,
             const char *reason)
{
  g_autofree char *where = g_strdup_printf ("%s/%s", place, member);

  yeji_part_fail (self, where, YEJI_DICTIONARY_ERROR_SHAPE, "%s", reason);
}

/**
 * yeji_part_get_root:
 *
 * Returns: (nullable) (transfer none): the file's object, %NULL if there is none
 */
JsonObject *
yeji_part_get_root (YejiPart *self)
{
  return self->error == NULL ? yeji_json_node_object (self->root) : NULL;
}

/**
 * yeji_part_check_members:
 * @allowed: member names with a blank between
 *
 * Refuses a member that the format does not know: a misspelt one would be silently without effect.
 */
void
yeji_part_check_members (YejiPart   *self,
                         JsonObject *object,
                         const char *place,
                         const char *allowed)
{
  g_auto (GStrv) names = g_strsplit (allowed, " ", -1);
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_strv_contains ((const char * const *) names, name))
      fail_member (self, place, name, "no such member in the dictionary's format");
}

const char *
yeji_part_string (YejiPart   *self,
                  JsonObject *object,
                  const char *place,
                  const char *member,
                  gboolean    required)
{
  const char *text = yeji_json_get_string (object, member);

  if (text != NULL && *text != '\0')
    return text;
  if (required || json_object_has_member (object, member))
    fail_member (self, place, member, "must be a string that is not empty");
  return required ? "" : NULL;
}

const char *
yeji_part_id (YejiPart   *self,
              JsonObject *object,
              const char *place,
              const char *member)
{
  const char *id = yeji_part_string (self, object, place, member, TRUE);

  if (!g_ascii_isalpha (*id)
      || id[strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_.-")] != '\0')
    fail_member (self, place, member, "must be an id: a letter, then letters, digits, _ . -");
  return id;
}

void
yeji_part_text (YejiPart   *self,
                JsonObject *object,
                const char *place,
                const char *member,
                gboolean    required,
                YejiText   *text)
{
  JsonObject *words = yeji_part_object (self, object, place, member, required);
  g_autofree char *where = g_strdup_printf ("%s/%s", place, member);

  if (words == NULL)
    return;
  yeji_part_check_members (self, words, where, "zh en");
  text->in[YEJI_LANGUAGE_ZH] = g_strdup (yeji_part_string (self, words, where, "zh", TRUE));
  text->in[YEJI_LANGUAGE_EN] = g_strdup (yeji_part_string (self, words, where, "en", TRUE));
}

gint64
yeji_part_int (YejiPart   *self,
               JsonObject *object,
               const char *place,
               const char *member,
               gint64      min,
               gint64      fallback)
{
  gint64 value = yeji_json_get_int (object, member, G_MININT64);

  if (!json_object_has_member (object, member))
    value = fallback;
  else if (value < min || value > G_MAXINT32)
    {
      fail_member (self, place, member, "must be a whole number in range");
      value = fallback;
    }
  return value;
}

double
yeji_part_double (YejiPart   *self,
                  JsonObject *object,
                  const char *place,
                  const char *member,
                  double      fallback)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return fallback;
  if (JSON_NODE_HOLDS_VALUE (node)
      && (json_node_get_value_type (node) == G_TYPE_DOUBLE
          || json_node_get_value_type (node) == G_TYPE_INT64))
    return json_node_get_double (node);
  fail_member (self, place, member, "must be a number");
  return fallback;
}

static gboolean
read_flag (YejiPart   *self,
           JsonObject *object,
           const char *place,
           const char *member,
           gboolean    wanted)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN
      || json_node_get_boolean (node) != wanted)
    fail_member (self, place, member,
                 wanted ? "must be true, or not there" : "must be false, or not there");
  return TRUE;
}

/* A flag is there and true, or it is not there: one way to say each thing. */
gboolean
yeji_part_true (YejiPart   *self,
                JsonObject *object,
                const char *place,
                const char *member)
{
  return read_flag (self, object, place, member, TRUE);
}

/* As yeji_part_true(), of what holds unless the part says that it does not. */
gboolean
yeji_part_false (YejiPart   *self,
                 JsonObject *object,
                 const char *place,
                 const char *member)
{
  return read_flag (self, object, place, member, FALSE);
}

/**
 * yeji_part_word:
 * @words: the words that the member may hold
 * @fallback: what it means when it is not there; negative: it must be there
 *
 * Returns: the position of the member's word in @words
 */
int
yeji_part_word (YejiPart           *self,
                JsonObject         *object,
                const char         *place,
                const char         *member,
                const char * const *words,
                guint               n_words,
                int                 fallback)
{
  const char *word = yeji_part_string (self, object, place, member, fallback < 0);

  for (guint i = 0; word != NULL && i < n_words; i++)
    if (g_str_equal (words[i], word))
      return (int) i;
  if (word != NULL)
    fail_member (self, place, member, "is not one of the words that are allowed here");
  return MAX (fallback, 0);
}

/**
 * yeji_part_strings:
 *
 * Returns: (transfer full) (not nullable): the strings, none if the member is not there
 */
GStrv
yeji_part_strings (YejiPart   *self,
                   JsonObject *object,
                   const char *place,
                   const char *member,
                   gboolean    required)
{
  JsonArray *array = yeji_json_get_array (object, member);
  guint length = array != NULL ? json_array_get_length (array) : 0;
  char **strings = g_new0 (char *, length + 1);

  if (array == NULL && (required || json_object_has_member (object, member)))
    fail_member (self, place, member, "must be an array of strings");
  for (guint i = 0; i < length; i++)
    {
      const char *text = yeji_json_node_string (json_array_get_element (array, i));

      if (text == NULL)
        fail_member (self, place, member, "must hold strings only");
      strings[i] = g_strdup (text != NULL ? text : "");
    }
  return strings;
}

JsonObject *
yeji_part_object (YejiPart   *self,
                  JsonObject *object,
                  const char *place,
                  const char *member,
                  gboolean    required)
{
  JsonObject *value = yeji_json_get_object (object, member);

  if (value == NULL && (required || json_object_has_member (object, member)))
    fail_member (self, place, member, "must be an object");
  return value;
}

/**
 * yeji_part_objects:
 *
 * Returns: (nullable) (transfer none): the required array, whose elements are all objects
 */
JsonArray *
yeji_part_objects (YejiPart   *self,
                   JsonObject *object,
                   const char *place,
                   const char *member)
{
  JsonArray *array = yeji_json_get_array (object, member);

  if (array == NULL)
    {
      fail_member (self, place, member, "must be an array of objects");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (yeji_json_node_object (json_array_get_element (array, i)) == NULL)
      {
        fail_member (self, place, member, "must hold objects only");
        return NULL;
      }
  return array;
}

/**
 * yeji_part_check_count:
 * @array: (nullable): what is in @member
 * @max: how many elements it may have
 *
 * Refuses what nobody writes, and what would fill the memory.
 */
void
yeji_part_check_count (YejiPart   *self,
                       const char *place,
                       const char *member,
                       JsonArray  *array,
                       guint       max)
{
  g_autofree char *reason = NULL;

  if (array == NULL || json_array_get_length (array) <= max)
    return;
  reason = g_strdup_printf ("must not hold more than %u", max);
  fail_member (self, place, member, reason);
}
