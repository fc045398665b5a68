// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-json"

#include "config.h"

#include "yeji-json-reader.h"

#include <errno.h>
#include <string.h>

/* The digits of a number that a double may keep; one with more would come back as another. */
#define MAX_DIGITS 17

/* Nodes that may be made of a text, an object counting for several: each takes some hundred bytes,
 * where its text takes two. A dictionary with all areas of the country has 30,000. */
#define MAX_NODES (1 << 20)
#define OBJECT_NODES 4

/* What may come next. */
enum
{
  VALUE,                       /* a value, nothing else */
  FIRST_ELEMENT,               /* a value or the end of the array */
  FIRST_NAME,                  /* a name or the end of the object */
  BEHIND,                      /* a comma or the end of what is open */
  FAILED,
};

/* What a byte means within a string. */
enum
{
  PLAIN,
  QUOTE,
  BACKSLASH,
  CONTROL,
  LONG,                        /* the first byte of a longer character, or none of UTF-8 */
};

#define TWICE(x) x, x
#define EIGHT(x) TWICE (TWICE (TWICE (x)))
#define MANY(x) EIGHT (x), EIGHT (x), EIGHT (x), EIGHT (x)

static const guint8 classes[256] = {
  MANY (CONTROL),
  [' '] = PLAIN,
  ['"'] = QUOTE,
  ['\\'] = BACKSLASH,
  [0x80] = MANY (LONG), MANY (LONG), MANY (LONG), MANY (LONG),
};

static const char not_utf8[] = "the text is not UTF-8, or holds a NUL";
static const char not_json[] = "not JSON";

static YejiJsonToken
fail (YejiJsonReader *self,
      const char     *at,
      YejiJsonError   code,
      const char     *reason)
{
  self->at = at;
  self->code = code;
  self->reason = reason;
  self->state = FAILED;
  return YEJI_JSON_FAILED;
}

/* What stands where JSON has nothing of the kind: mostly a slip, but maybe no text at all. */
static YejiJsonToken
fail_syntax (YejiJsonReader *self)
{
  gsize rest = (gsize) (self->end - self->at);

  if (rest == 0)
    return fail (self, self->at, YEJI_JSON_ERROR_SYNTAX,
                 self->depth > 0 ? "the text ends too early" : "there is nothing in it");
  if (*self->at == '\0' || g_utf8_get_char_validated (self->at, (gssize) rest) >= (gunichar) -2)
    return fail (self, self->at, YEJI_JSON_ERROR_TEXT, not_utf8);
  return fail (self, self->at, YEJI_JSON_ERROR_SYNTAX, not_json);
}

static inline const char *
behind_space (const char *at,
              const char *end)
{
  while (at < end && (guint8) *at <= ' '
         && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
    at++;
  return at;
}

static inline void
skip_space (YejiJsonReader *self)
{
  self->at = behind_space (self->at, self->end);
}

static gboolean
is_tail (const char *at)
{
  return ((guint8) *at & 0xc0) == 0x80;
}

/* The length of the character of more than one byte at @at, 0 if it is none: RFC 3629, so that
 * overlong forms, surrogates and what is beyond U+10FFFF are none. */
static gsize
measure_character (const char *at,
                   const char *end)
{
  guint8 first = (guint8) at[0];
  gsize rest = (gsize) (end - at);

  if (first >= 0xc2 && first <= 0xdf)
    return rest >= 2 && is_tail (at + 1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    return rest >= 3 && is_tail (at + 1) && is_tail (at + 2)
           && (first != 0xe0 || (guint8) at[1] >= 0xa0)
           && (first != 0xed || (guint8) at[1] < 0xa0) ? 3 : 0;
  if (first >= 0xf0 && first <= 0xf4)
    return rest >= 4 && is_tail (at + 1) && is_tail (at + 2) && is_tail (at + 3)
           && (first != 0xf0 || (guint8) at[1] >= 0x90)
           && (first != 0xf4 || (guint8) at[1] < 0x90) ? 4 : 0;
  return 0;
}

/* Eight bytes with the same value each. */
#define ALL(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

/* Whether the eight bytes at @at are ASCII that means itself. A subtraction borrows through the
 * highest bit of a byte that is less; a byte above may then be wrong, but that one is right. */
static inline gboolean
are_plain (const char *at)
{
  guint64 bytes;

  memcpy (&bytes, at, sizeof bytes);
  return ((bytes | (bytes - ALL (' ')) | ((bytes ^ ALL ('"')) - ALL (1))
           | ((bytes ^ ALL ('\\')) - ALL (1))) & ALL (0x80)) == 0;
}

/* Whether a character of three bytes is at @at, as nearly all Chinese ones are; none that needs a
 * second look. */
static inline gboolean
is_common (const char *at,
           const char *end)
{
  return end - at >= 3 && (guint8) (at[0] - 0xe1) <= 0xec - 0xe1
    && ((((guint8) at[1] ^ 0x80) | ((guint8) at[2] ^ 0x80)) & 0xc0) == 0;
}

/* Goes over what means itself; returns where something else begins, or what is no UTF-8. */
static const char *
skip_plain (const char *at,
            const char *end)
{
  for (;;)
    {
      gsize length;

      while (end - at >= 8 && are_plain (at))
        at += 8;
      while (at < end && classes[(guint8) *at] == PLAIN)
        at++;
      while (is_common (at, end))
        at += 3;
      if (at < end && classes[(guint8) *at] == PLAIN)
        continue;
      if (at == end || classes[(guint8) *at] != LONG)
        return at;
      length = measure_character (at, end);
      if (length == 0)
        return at;
      at += length;
    }
}

/* Four hexadecimal digits, -1 if there are none. */
static int
read_hex (const char *at,
          const char *end)
{
  int code = 0;

  if (end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      code = code * 16 + digit;
    }
  return code;
}

/* An escape whose letter is a u; @at is behind the u, and comes behind the escape. */
static gboolean
decode_hex (YejiJsonReader  *self,
            const char     **at)
{
  const char *start = *at - 2;
  int code = read_hex (*at, self->end);
  int low;

  if (code < 0)
    return fail (self, start, YEJI_JSON_ERROR_SYNTAX, "an escape that JSON does not have");
  if (code == 0)
    return fail (self, start, YEJI_JSON_ERROR_TEXT, not_utf8);
  *at += 4;
  if (code >= 0xd800 && code <= 0xdfff)
    {
      low = code < 0xdc00 && self->end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u'
            ? read_hex (*at + 2, self->end) : -1;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (self, start, YEJI_JSON_ERROR_TEXT, "half a surrogate pair is no character");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      *at += 6;
    }
  g_string_append_unichar (self->decoded, (gunichar) code);
  return TRUE;
}

static gboolean
decode_escape (YejiJsonReader  *self,
               const char     **at)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (self->end - *at < 2)
    return fail (self, self->end, YEJI_JSON_ERROR_SYNTAX, "the text ends too early");
  *at += 2;
  if ((*at)[-1] == 'u')
    return decode_hex (self, at);
  letter = (*at)[-1] != '\0' ? strchr (letters, (*at)[-1]) : NULL;
  if (letter == NULL)
    return fail (self, *at - 2, YEJI_JSON_ERROR_SYNTAX, "an escape that JSON does not have");
  g_string_append_c (self->decoded, meanings[letter - letters]);
  return TRUE;
}

static gboolean
end_string (YejiJsonReader *self,
            const char     *start,
            const char     *quote,
            const char     *string,
            gsize           length)
{
  if (length > YEJI_JSON_MAX_STRING
      && g_utf8_strlen (string, (gssize) length) > (glong) YEJI_JSON_MAX_STRING)
    return fail (self, start, YEJI_JSON_ERROR_SIZE, "a string of more than 1048576 characters");
  self->string = string;
  self->length = length;
  self->at = quote + 1;
  return TRUE;
}

/* At the opening quote. */
static gboolean
read_string (YejiJsonReader *self)
{
  const char *start = self->at + 1;
  const char *piece = start;
  const char *at = skip_plain (start, self->end);

  if (at < self->end && *at == '"')
    return end_string (self, start, at, start, (gsize) (at - start));

  if (self->decoded == NULL)
    self->decoded = g_string_new (NULL);
  g_string_truncate (self->decoded, 0);
  for (;; at = skip_plain (piece, self->end))
    {
      g_string_append_len (self->decoded, piece, at - piece);
      if (at == self->end)
        return fail (self, at, YEJI_JSON_ERROR_SYNTAX, "the text ends too early");
      if (*at == '"')
        return end_string (self, start, at, self->decoded->str, self->decoded->len);
      if (classes[(guint8) *at] == LONG || *at == '\0')
        return fail (self, at, YEJI_JSON_ERROR_TEXT, not_utf8);
      if (*at != '\\')
        return fail (self, at, YEJI_JSON_ERROR_SYNTAX, "a control character that is not escaped");
      if (!decode_escape (self, &at))
        return FALSE;
      piece = at;
    }
}

static const char *
skip_digits (const char *at,
             const char *end)
{
  while (at < end && g_ascii_isdigit (*at))
    at++;
  return at;
}

/* Where the number ends that begins at @at, NULL if it is none. */
static const char *
measure_number (const char *at,
                const char *end)
{
  const char *start = at < end && *at == '-' ? at + 1 : at;
  const char *stop = skip_digits (start, end);

  if (stop == start || (*start == '0' && stop - start > 1))
    return NULL;
  if (stop < end && *stop == '.')
    {
      start = stop + 1;
      stop = skip_digits (start, end);
      if (stop == start)
        return NULL;
    }
  if (stop < end && (*stop == 'e' || *stop == 'E'))
    {
      start = stop + 1;
      if (start < end && (*start == '+' || *start == '-'))
        start++;
      stop = skip_digits (start, end);
      if (stop == start)
        return NULL;
    }
  return stop;
}

/* An int64 or a double must be able to hold it, since a JsonNode has no other numbers. */
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

static YejiJsonToken
read_number (YejiJsonReader *self)
{
  const char *stop = measure_number (self->at, self->end);
  g_autofree char *number = NULL;

  if (stop == NULL)
    return fail (self, self->at, YEJI_JSON_ERROR_SYNTAX, "not a number");
  number = g_strndup (self->at, (gsize) (stop - self->at));
  if (!is_kept (number))
    return fail (self, self->at, YEJI_JSON_ERROR_SYNTAX,
                 "a number that cannot be kept as it is: write it as a string");
  self->string = self->at;
  self->length = (gsize) (stop - self->at);
  self->at = stop;
  return YEJI_JSON_NUMBER;
}

static YejiJsonToken
read_word (YejiJsonReader *self)
{
  static const struct
  {
    const char *word;
    YejiJsonToken token;
  } words[] = {
    { "true", YEJI_JSON_TRUE }, { "false", YEJI_JSON_FALSE }, { "null", YEJI_JSON_NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i].word);

      if ((gsize) (self->end - self->at) >= length
          && memcmp (self->at, words[i].word, length) == 0)
        {
          self->at += length;
          return words[i].token;
        }
    }
  return fail_syntax (self);
}

static YejiJsonToken
open_nest (YejiJsonReader *self,
           gboolean        object)
{
  if (self->depth == YEJI_JSON_MAX_DEPTH)
    return fail (self, self->at, YEJI_JSON_ERROR_DEPTH, "nested deeper than 32 levels");
  self->at++;
  self->depth++;
  self->objects &= ~((guint64) 1 << self->depth);
  self->objects |= (guint64) object << self->depth;
  self->state = object ? FIRST_NAME : FIRST_ELEMENT;
  return object ? YEJI_JSON_OBJECT : YEJI_JSON_ARRAY;
}

static gboolean
is_in_object (YejiJsonReader *self)
{
  return (self->objects >> self->depth & 1) != 0;
}

static YejiJsonToken
close_nest (YejiJsonReader *self)
{
  YejiJsonToken token = is_in_object (self) ? YEJI_JSON_OBJECT_END : YEJI_JSON_ARRAY_END;

  self->at++;
  self->depth--;
  self->state = BEHIND;
  return token;
}

static YejiJsonToken
read_value (YejiJsonReader *self)
{
  if (self->at == self->end)
    return fail_syntax (self);
  self->state = BEHIND;
  switch (*self->at)
    {
    case '"':
      return read_string (self) ? YEJI_JSON_STRING : YEJI_JSON_FAILED;
    case '{':
      return open_nest (self, TRUE);
    case '[':
      return open_nest (self, FALSE);
    case '-':
      return read_number (self);
    default:
      return g_ascii_isdigit (*self->at) ? read_number (self) : read_word (self);
    }
}

static YejiJsonToken
read_name (YejiJsonReader *self)
{
  if (self->at == self->end || *self->at != '"')
    return fail_syntax (self);
  if (!read_string (self))
    return YEJI_JSON_FAILED;
  skip_space (self);
  if (self->at == self->end || *self->at != ':')
    return fail_syntax (self);
  self->at++;
  self->state = VALUE;
  return YEJI_JSON_NAME;
}

static YejiJsonToken
read_behind (YejiJsonReader *self)
{
  gboolean object = is_in_object (self);

  if (self->depth == 0)
    return self->at == self->end ? YEJI_JSON_END
                                 : fail (self, self->at, YEJI_JSON_ERROR_SYNTAX,
                                         "there is more behind the end");
  if (self->at == self->end)
    return fail_syntax (self);
  if (*self->at == (object ? '}' : ']'))
    return close_nest (self);
  if (*self->at != ',')
    return fail_syntax (self);
  self->at++;
  skip_space (self);
  return object ? read_name (self) : read_value (self);
}

/**
 * yeji_json_reader_init:
 * @text: what a file, the network or a clerk gave; must outlive the reader
 * @length: in bytes
 *
 * Begins to read JSON to the letter of RFC 8259, with one leniency: a byte order mark is skipped.
 * What is nested too deep, a string that is too long, a NUL and half a surrogate pair, however
 * written, and a number that neither an int64 nor a double holds as it is written are refused
 * besides. That a name occurs twice in an object is whoever builds the object to notice.
 */
void
yeji_json_reader_init (YejiJsonReader *self,
                       const char     *text,
                       gsize           length)
{
  memset (self, 0, sizeof *self);
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  self->text = text;
  self->at = text;
  self->end = text + length;
  self->state = VALUE;
  self->budget = MAX_NODES;
}

/**
 * yeji_json_reader_limit_nodes:
 * @budget: how many nodes yeji_json_reader_read_node() may make from now on; an object counts for
 *     four
 *
 * Lowers what is a million in the beginning. The text is refused where it would take more.
 */
void
yeji_json_reader_limit_nodes (YejiJsonReader *self,
                              guint           budget)
{
  self->budget = MIN (self->budget, budget);
}

void
yeji_json_reader_clear (YejiJsonReader *self)
{
  if (self->decoded != NULL)
    g_string_free (g_steal_pointer (&self->decoded), TRUE);
}

/**
 * yeji_json_reader_next:
 *
 * Returns: the next token; after %YEJI_JSON_FAILED and %YEJI_JSON_END always the same
 */
YejiJsonToken
yeji_json_reader_next (YejiJsonReader *self)
{
  if (self->state == FAILED)
    return YEJI_JSON_FAILED;
  skip_space (self);
  switch (self->state)
    {
    case FIRST_ELEMENT:
      return self->at < self->end && *self->at == ']' ? close_nest (self) : read_value (self);
    case FIRST_NAME:
      return self->at < self->end && *self->at == '}' ? close_nest (self) : read_name (self);
    case BEHIND:
      return read_behind (self);
    default:
      return read_value (self);
    }
}

/**
 * yeji_json_reader_match_name:
 * @name: a member's name
 *
 * Reads the next token if it is @name, written without escapes. Whoever knows what probably comes
 * has it faster than by yeji_json_reader_next().
 *
 * Returns: whether it was; if not, nothing was read
 */
gboolean
yeji_json_reader_match_name (YejiJsonReader *self,
                             const char     *name)
{
  const char *end = self->end;
  const char *at = behind_space (self->at, end);
  gsize length = strlen (name);
  const char *string;

  if (self->state == BEHIND && is_in_object (self) && at < end && *at == ',')
    at = behind_space (at + 1, end);
  else if (self->state != FIRST_NAME)
    return FALSE;
  if ((gsize) (end - at) < length + 2 || at[0] != '"' || at[length + 1] != '"'
      || memcmp (at + 1, name, length) != 0)
    return FALSE;
  string = at + 1;
  at = behind_space (at + length + 2, end);
  if (at == end || *at != ':')
    return FALSE;
  self->string = string;
  self->length = length;
  self->at = at + 1;
  self->state = VALUE;
  return TRUE;
}

/**
 * yeji_json_reader_skip:
 * @token: the first token of a value
 *
 * Reads to the end of the value.
 *
 * Returns: %FALSE if the text is not JSON
 */
gboolean
yeji_json_reader_skip (YejiJsonReader *self,
                       YejiJsonToken   token)
{
  guint depth;

  if (token == YEJI_JSON_OBJECT || token == YEJI_JSON_ARRAY)
    for (depth = self->depth - 1; self->depth > depth; )
      if (yeji_json_reader_next (self) == YEJI_JSON_FAILED)
        return FALSE;
  return token != YEJI_JSON_FAILED;
}

/**
 * yeji_json_reader_is_plain:
 *
 * Returns: whether the string or name that was read last stands in the text just as it is, without
 *   an escape
 */
gboolean
yeji_json_reader_is_plain (const YejiJsonReader *self)
{
  return self->string >= self->text && self->string <= self->end;
}

/**
 * yeji_json_reader_refuse:
 * @reason: static
 *
 * Fails where the reader stands, for a reason that is the caller's.
 */
void
yeji_json_reader_refuse (YejiJsonReader *self,
                         const char     *reason)
{
  fail (self, self->at, YEJI_JSON_ERROR_SYNTAX, reason);
}

static gboolean
spend (YejiJsonReader *self,
       YejiJsonToken   token)
{
  guint cost = token == YEJI_JSON_OBJECT ? OBJECT_NODES : 1;

  if (token == YEJI_JSON_FAILED)
    return FALSE;
  if (self->budget < cost)
    return fail (self, self->at, YEJI_JSON_ERROR_SIZE, "more values than the program takes");
  self->budget -= cost;
  return TRUE;
}

static JsonNode *
read_object_node (YejiJsonReader *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node;
  YejiJsonToken token;

  while ((token = yeji_json_reader_next (self)) == YEJI_JSON_NAME)
    {
      g_autofree char *name = g_strndup (self->string, self->length);
      const char *at = self->at;

      if (json_object_has_member (object, name))
        {
          fail (self, at, YEJI_JSON_ERROR_SYNTAX, "a member occurs twice");
          return NULL;
        }
      node = yeji_json_reader_read_node (self, yeji_json_reader_next (self));
      if (node == NULL)
        return NULL;
      json_object_set_member (object, name, node);
    }
  if (token == YEJI_JSON_FAILED)
    return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_array_node (YejiJsonReader *self)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;
  YejiJsonToken token;

  while ((token = yeji_json_reader_next (self)) != YEJI_JSON_ARRAY_END)
    {
      node = yeji_json_reader_read_node (self, token);
      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  return json_node_init_array (json_node_alloc (), array);
}

/**
 * yeji_json_reader_read_node:
 * @token: the first token of a value
 *
 * Reads to the end of the value.
 *
 * Returns: (transfer full): the value, or %NULL if the text is not JSON or a member occurs twice
 */
JsonNode *
yeji_json_reader_read_node (YejiJsonReader *self,
                            YejiJsonToken   token)
{
  g_autofree char *text = NULL;

  if (!spend (self, token))
    return NULL;
  switch (token)
    {
    case YEJI_JSON_OBJECT:
      return read_object_node (self);
    case YEJI_JSON_ARRAY:
      return read_array_node (self);
    case YEJI_JSON_STRING:
      text = g_strndup (self->string, self->length);
      return json_node_init_string (json_node_alloc (), text);
    case YEJI_JSON_NUMBER:
      text = g_strndup (self->string, self->length);
      if (strpbrk (text, ".eE") != NULL)
        return json_node_init_double (json_node_alloc (), g_ascii_strtod (text, NULL));
      return json_node_init_int (json_node_alloc (), g_ascii_strtoll (text, NULL, 10));
    case YEJI_JSON_TRUE:
    case YEJI_JSON_FALSE:
      return json_node_init_boolean (json_node_alloc (), token == YEJI_JSON_TRUE);
    case YEJI_JSON_NULL:
      return json_node_init_null (json_node_alloc ());
    default:
      return NULL;
    }
}

/**
 * yeji_json_reader_set_error:
 *
 * Says why the reader failed: an error of #YejiJsonError whose message begins with line:column,
 * both from 1, the column in characters.
 */
void
yeji_json_reader_set_error (YejiJsonReader  *self,
                            GError         **error)
{
  const char *line = self->text;
  guint number = 1;

  g_return_if_fail (self->state == FAILED);

  for (const char *at = self->text; at < self->at; at++)
    if (*at == '\n')
      {
        line = at + 1;
        number++;
      }
  g_set_error (error, YEJI_JSON_ERROR, self->code, "%u:%ld: %s", number,
               g_utf8_strlen (line, self->at - line) + 1, self->reason);
}
