// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record-reader"

#include "config.h"

#include "yeji-record-reader.h"

#include "yeji-record-file.h"

#include <string.h>

/* Bytes of one record: as many as the record itself takes. */
#define MAX_RECORD ((gsize) 64 << 20)

/* Bytes that are read at once, at first. */
#define BLOCK ((gsize) 256 << 10)

typedef enum
{
  AT_START,
  IN_ARRAY,
  IN_SERIES,
  AT_END,
} State;

/**
 * YejiRecordReader:
 *
 * Takes the records of a stream apart: one record, an array of records, or records one behind the
 * other, mostly one a line. Holds one record at a time. Looks only for where a record ends; whether
 * it is one, and JSON at all, is found by whoever reads its text.
 */
struct _YejiRecordReader
{
  GObject parent_instance;

  GInputStream *stream;
  char *data;
  gsize capacity;
  gsize start;                 /* of what was not given out yet */
  gsize end;
  gsize given;                 /* bytes from @start that were given out */
  gboolean drained;            /* the stream has no more */
  State state;
  guint index;                 /* of the next record */
  guint line;                  /* of @start, from 1 */
  char *place;                 /* of the record that was given out */
};

G_DEFINE_FINAL_TYPE (YejiRecordReader, yeji_record_reader, G_TYPE_OBJECT)

static void
yeji_record_reader_finalize (GObject *object)
{
  YejiRecordReader *self = YEJI_RECORD_READER (object);

  g_object_unref (self->stream);
  g_free (self->data);
  g_free (self->place);
  G_OBJECT_CLASS (yeji_record_reader_parent_class)->finalize (object);
}

static void
yeji_record_reader_class_init (YejiRecordReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_record_reader_finalize;
}

static void
yeji_record_reader_init (YejiRecordReader *self)
{
  self->line = 1;
  self->place = g_strdup ("");
}

static gboolean
fail (YejiRecordReader  *self,
      const char        *reason,
      GError           **error)
{
  self->state = AT_END;
  g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_FORMAT, "line %u: %s", self->line,
               reason);
  return FALSE;
}

/* Reads more behind what is there; at the end of the stream it says so and reads nothing. */
static gboolean
read_more (YejiRecordReader  *self,
           GError           **error)
{
  g_autoptr (GError) reason = NULL;
  gssize n;

  if (self->start > 0)
    {
      memmove (self->data, self->data + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  if (self->end > MAX_RECORD)
    {
      self->state = AT_END;
      g_set_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE,
                   "line %u: a record of more than 64 MiB", self->line);
      return FALSE;
    }
  if (self->capacity - self->end < BLOCK)
    {
      self->capacity = MAX (self->capacity * 2, 2 * BLOCK);
      self->data = g_realloc (self->data, self->capacity);
    }
  n = g_input_stream_read (self->stream, self->data + self->end, self->capacity - self->end, NULL,
                           &reason);
  if (n < 0)
    {
      self->state = AT_END;
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_READ, reason->message);
      return FALSE;
    }
  self->drained = n == 0;
  self->end += (gsize) n;
  return TRUE;
}

/* Whether there is a byte at @offset from the start; none is no error. */
static gboolean
have (YejiRecordReader  *self,
      gsize              offset,
      gboolean          *there,
      GError           **error)
{
  while (self->end - self->start <= offset && !self->drained)
    if (!read_more (self, error))
      return FALSE;
  *there = self->end - self->start > offset;
  return TRUE;
}

static void
take (YejiRecordReader *self,
      gsize             length)
{
  const char *at = self->data + self->start;
  const char *end = at + length;

  for (; (at = memchr (at, '\n', (gsize) (end - at))) != NULL; at++)
    self->line++;
  self->start += length;
}

/* JSON's own blanks, and no others. */
static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* How many blanks there are from @offset on. */
static gboolean
count_space (YejiRecordReader  *self,
             gsize              offset,
             gsize             *n,
             GError           **error)
{
  gboolean there;

  for (*n = 0; have (self, offset + *n, &there, error); (*n)++)
    if (!there || !is_space (self->data[self->start + offset + *n]))
      return TRUE;
  return FALSE;
}

static gboolean
skip_space (YejiRecordReader  *self,
            gboolean          *there,
            GError           **error)
{
  gsize n;

  if (!count_space (self, 0, &n, error))
    return FALSE;
  take (self, n);
  return have (self, 0, there, error);
}

/* What the search for the end of a value knows; offsets are from the start. */
typedef struct
{
  gsize at;
  gsize clean;                 /* no line feed is between the present string and here */
  guint depth;
} Search;

/* The bytes outside strings at which something begins or ends. */
static const guint8 marks[256] = {
  ['"'] = 1, ['{'] = 1, ['}'] = 1, ['['] = 1, [']'] = 1,
};

/* Whether a line feed is in the string from @at to @stop: there is none in a string, so that it is
 * broken there, and the next line may be whole. */
static gboolean
has_feed (Search     *search,
          const char *text,
          gsize       at,
          gsize       stop,
          gsize       size)
{
  const char *feed;

  if (search->clean >= stop)
    return FALSE;
  at = MAX (at, search->clean);
  feed = memchr (text + at, '\n', size - at);
  search->clean = feed != NULL ? (gsize) (feed - text) : size;
  return search->clean < stop;
}

/* Goes behind the string that begins at the search's place. */
static gboolean
pass_string (YejiRecordReader  *self,
             Search            *search,
             gboolean          *broken,
             GError           **error)
{
  gsize from = search->at + 1;

  for (gsize at = from;;)
    {
      const char *text = self->data + self->start;
      gsize size = self->end - self->start;
      const char *quote = memchr (text + at, '"', size - at);
      gsize stop = quote != NULL ? (gsize) (quote - text) : size;
      gsize escapes = 0;

      if (has_feed (search, text, at, stop, size) || (quote == NULL && self->drained))
        {
          search->at = MIN (search->clean, size);
          *broken = TRUE;
          return TRUE;
        }
      if (quote == NULL)
        {
          if (!read_more (self, error))
            return FALSE;
          at = from;           /* an escape may have been cut */
          continue;
        }
      while (stop - escapes > from && text[stop - escapes - 1] == '\\')
        escapes++;
      at = stop + 1;
      if (escapes % 2 == 0)
        {
          search->at = at;
          return TRUE;
        }
    }
}

/* Whether an object may begin at @at, which is not the start. */
static gboolean
may_open (const char *text,
          gsize       at)
{
  while (at > 0 && is_space (text[at - 1]))
    at--;
  return at > 0 && strchr (",:[", text[at - 1]) != NULL;
}

/* Measures the object or array at the start. One that cannot be JSON ends where that is seen, so
 * that the next one is not swallowed: at a line feed in a string, or at a brace behind what is
 * followed by none. */
static gboolean
measure_nest (YejiRecordReader  *self,
              gsize             *length,
              GError           **error)
{
  Search search = { 0, 0, 0 };
  gboolean broken = FALSE;
  gboolean there;

  while (!broken)
    {
      const char *text, *at, *end;

      if (!have (self, search.at, &there, error))
        return FALSE;
      if (!there)
        break;
      text = self->data + self->start;
      end = self->data + self->end;
      for (at = text + search.at; at < end && !marks[(guint8) *at]; )
        at++;
      search.at = (gsize) (at - text);
      if (at == end)
        continue;
      if (*at == '"')
        {
          if (!pass_string (self, &search, &broken, error))
            return FALSE;
          continue;
        }
      if (*at == '{' && search.at > 0 && !may_open (text, search.at))
        break;
      search.at++;
      if (*at == '{' || *at == '[')
        search.depth++;
      else if (--search.depth == 0)
        break;
    }
  *length = search.at;
  return TRUE;
}

/* Measures what is neither, and so no record; a string at least as long as it is one. */
static gboolean
measure_other (YejiRecordReader  *self,
               gsize             *length,
               GError           **error)
{
  Search search = { 0, 0, 0 };
  gboolean broken = FALSE;
  gboolean there;

  for (;; search.at++)
    {
      char c;

      if (!have (self, search.at, &there, error))
        return FALSE;
      c = there ? self->data[self->start + search.at] : ' ';
      if (c == '"' && search.at == 0)
        {
          if (!pass_string (self, &search, &broken, error))
            return FALSE;
          break;
        }
      if (is_space (c) || c == ',' || c == ']')
        break;
    }
  *length = search.at;
  return TRUE;
}

/* Whether a record that ends its line is there as a whole: its brace is followed by another record,
 * which within a record is not possible, and there is no such place before. So one record a line is
 * read without a look at its strings; where this says no, the long way says the same. */
static gboolean
measure_line (YejiRecordReader *self,
              gsize            *length)
{
  const char *text = self->data + self->start;
  const char *end = self->data + self->end;
  const char *feed = memchr (text, '\n', (gsize) (end - text));
  const char *next = feed;
  const char *last = feed;

  while (next != NULL && next < end && is_space (*next))
    next++;
  if (next == NULL || next == end || *next != '{' || *text != '{')
    return FALSE;
  while (is_space (last[-1]))   /* ends at the opening brace */
    last--;
  if (last[-1] != '}')
    return FALSE;
  for (const char *at = text; (at = memchr (at, '}', (gsize) (last - at))) != NULL; )
    {
      for (at++; at < last && is_space (*at); )
        at++;
      if (at < last && *at == '{')
        return FALSE;
    }
  *length = (gsize) (last - text);
  return TRUE;
}

static gboolean
measure_value (YejiRecordReader  *self,
               gsize             *length,
               GError           **error)
{
  char first = self->data[self->start];

  if (self->state == IN_SERIES && measure_line (self, length))
    return TRUE;
  return first == '{' || first == '[' ? measure_nest (self, length, error)
                                      : measure_other (self, length, error);
}

static gboolean
give (YejiRecordReader  *self,
      const char       **text,
      gsize             *length,
      GError           **error)
{
  gsize n, blanks = 0;
  gboolean more = TRUE;

  if (!measure_value (self, &n, error))
    return FALSE;
  if (n == 0)   /* or it would be given out again and again */
    return fail (self, "a comma or a bracket stands where a record must be", error);
  /* the only record of a file needs no place */
  if (self->state == IN_SERIES && self->index == 0
      && (!count_space (self, n, &blanks, error) || !have (self, n + blanks, &more, error)))
    return FALSE;
  g_free (self->place);
  if (self->state == IN_ARRAY)
    self->place = g_strdup_printf ("/%u: ", self->index);
  else
    self->place = more ? g_strdup_printf ("line %u: ", self->line) : g_strdup ("");
  self->index++;
  self->given = n;
  *text = self->data + self->start;
  *length = n;
  return TRUE;
}

static gboolean
begin (YejiRecordReader  *self,
       GError           **error)
{
  gboolean there;

  if (!have (self, 2, &there, error))
    return FALSE;
  if (there && memcmp (self->data, "\xef\xbb\xbf", 3) == 0)
    self->start = 3;
  if (!skip_space (self, &there, error))
    return FALSE;
  if (!there)
    return fail (self, "there is nothing in it", error);
  self->state = self->data[self->start] == '[' ? IN_ARRAY : IN_SERIES;
  if (self->state == IN_ARRAY)
    take (self, 1);
  return TRUE;
}

/* Goes to the next element; there is none behind the bracket. */
static gboolean
go_on_in_array (YejiRecordReader  *self,
                gboolean          *there,
                GError           **error)
{
  if (!skip_space (self, there, error))
    return FALSE;
  if (!*there)
    return fail (self, "the text ends too early", error);
  if (self->data[self->start] == ']')
    {
      take (self, 1);
      if (!skip_space (self, there, error))
        return FALSE;
      if (*there)
        return fail (self, "there is more behind the end", error);
      self->state = AT_END;
      return TRUE;
    }
  if (self->index == 0)
    return TRUE;
  if (self->data[self->start] != ',')
    return fail (self, "a comma or the end of the array is missing", error);
  take (self, 1);
  if (!skip_space (self, there, error))
    return FALSE;
  return *there || fail (self, "the text ends too early", error);
}

static gboolean
go_on_in_series (YejiRecordReader  *self,
                 gboolean          *there,
                 GError           **error)
{
  if (!skip_space (self, there, error))
    return FALSE;
  if (!*there)
    self->state = AT_END;
  return TRUE;
}

/**
 * yeji_record_reader_new:
 * @stream: (transfer none): where the records come from
 *
 * Returns: (transfer full): a reader that begins where the stream is
 */
YejiRecordReader *
yeji_record_reader_new (GInputStream *stream)
{
  YejiRecordReader *self = g_object_new (YEJI_TYPE_RECORD_READER, NULL);

  self->stream = g_object_ref (stream);
  return self;
}

/**
 * yeji_record_reader_next:
 * @text: (out) (transfer none): the text of the next record, not terminated, good until the next
 *     call
 * @length: (out): of @text in bytes
 *
 * Gives out the next record. One that is damaged is given out up to where that is seen; what comes
 * behind it means nothing any more.
 *
 * Returns: %FALSE at the end without an error, or with one of #YejiExchangeError that begins with
 * the line
 */
gboolean
yeji_record_reader_next (YejiRecordReader  *self,
                         const char       **text,
                         gsize             *length,
                         GError           **error)
{
  gboolean there;

  g_return_val_if_fail (YEJI_IS_RECORD_READER (self), FALSE);

  if (self->given > 0)
    take (self, self->given);
  self->given = 0;
  if (self->state == AT_START && !begin (self, error))
    return FALSE;
  if (self->state == IN_ARRAY && !go_on_in_array (self, &there, error))
    return FALSE;
  if (self->state == IN_SERIES && !go_on_in_series (self, &there, error))
    return FALSE;
  return self->state != AT_END && give (self, text, length, error);
}

/**
 * yeji_record_reader_get_place:
 *
 * Returns: (transfer none): where the record is that was given out, as an error begins: `/17: ` in
 * an array, `line 18: ` in a series, "" for the only record
 */
const char *
yeji_record_reader_get_place (YejiRecordReader *self)
{
  return self->place;
}
