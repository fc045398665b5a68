// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-record-parse-private.h"

#include "yeji-record-private.h"

#include <string.h>

#include "yeji-explanation.h"

/* Reads what is noted beside the values of a record. */

/* Of each kind: far more than a record has values, and few enough to be compared one by one. */
#define MAX_NOTES 20000

typedef gboolean (*ReadNote) (YejiJsonReader  *reader,
                              const char      *place,
                              gpointer         data,
                              GError         **error);

/* A kept warning as it is written; its pointer may name a row that comes later. */
typedef struct
{
  char *rule;
  char *pointer;
  char *value;
  char *other;
  char *reason;
} Note;

static void
free_note (gpointer data)
{
  Note *note = data;

  g_free (note->rule);
  g_free (note->pointer);
  g_free (note->value);
  g_free (note->other);
  g_free (note->reason);
  g_free (note);
}

static gboolean
is_name (YejiJsonReader *reader,
         const char     *name)
{
  return strncmp (name, reader->string, reader->length) == 0 && name[reader->length] == '\0';
}

/* Behind the brace of an object that has exactly the members @names, all strings. */
static gboolean
read_strings (YejiJsonReader      *reader,
              const char * const  *names,
              char               **values,
              const char          *place,
              GError             **error)
{
  YejiJsonToken token;

  while ((token = yeji_json_reader_next (reader)) == YEJI_JSON_NAME)
    {
      guint i = 0;

      while (names[i] != NULL && !is_name (reader, names[i]))
        i++;
      if (names[i] == NULL)
        return yeji_record_refuse (error, place, "a member that does not belong here");
      token = yeji_json_reader_next (reader);
      if (token == YEJI_JSON_FAILED)
        return yeji_record_refuse_text (reader, error);
      if (token != YEJI_JSON_STRING || values[i] != NULL)
        {
          g_autofree char *where = g_strdup_printf ("%s/%s", place, names[i]);

          return yeji_record_refuse (error, where, values[i] == NULL ? "must be a string"
                                                                     : "occurs twice");
        }
      values[i] = g_strndup (reader->string, reader->length);
    }
  if (token == YEJI_JSON_FAILED)
    return yeji_record_refuse_text (reader, error);
  for (guint i = 0; names[i] != NULL; i++)
    if (values[i] == NULL)
      {
        g_autofree char *where = g_strdup_printf ("%s/%s", place, names[i]);

        return yeji_record_refuse (error, where, "is missing");
      }
  return TRUE;
}

/* Reads the objects of an array; @read_note gets the place of each. */
static gboolean
read_notes (YejiJsonReader  *reader,
            const char      *member,
            ReadNote         read_note,
            gpointer         data,
            GError         **error)
{
  g_autofree char *place = g_strdup_printf ("/%s", member);
  YejiJsonToken token = yeji_json_reader_next (reader);
  guint i = 0;

  if (token == YEJI_JSON_FAILED)
    return yeji_record_refuse_text (reader, error);
  if (token != YEJI_JSON_ARRAY)
    return yeji_record_refuse (error, place, "must be an array");
  for (;; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s/%u", place, i);

      token = yeji_json_reader_next (reader);
      if (token == YEJI_JSON_ARRAY_END)
        return TRUE;
      if (token == YEJI_JSON_FAILED)
        return yeji_record_refuse_text (reader, error);
      if (token != YEJI_JSON_OBJECT)
        return yeji_record_refuse (error, where, "must be an object");
      if (i == MAX_NOTES)
        return yeji_record_refuse (error, place, "more notes than a record may have");
      if (!read_note (reader, where, data, error))
        return FALSE;
    }
}

static gboolean
read_kept_note (YejiJsonReader  *reader,
                const char      *place,
                gpointer         data,
                GError         **error)
{
  GPtrArray *notes = data;
  static const char * const names[] = { "rule", "pointer", "value", "other", "reason", NULL };
  char *values[5] = { NULL };
  gboolean done = read_strings (reader, names, values, place, error);
  Note *note = g_new (Note, 1);

  note->rule = values[0];
  note->pointer = values[1];
  note->value = values[2];
  note->other = values[3];
  note->reason = values[4];
  g_ptr_array_add (notes, note);
  return done;
}

/* Without a rule: a reply to a reviewer. */
static gboolean
read_reply_note (YejiJsonReader  *reader,
                 const char      *place,
                 gpointer         data,
                 GError         **error)
{
  GPtrArray *notes = data;
  static const char * const names[] = { "pointer", "text", "who", "at", NULL };
  char *values[4] = { NULL };
  gboolean done = read_strings (reader, names, values, place, error);
  Note *note = g_new0 (Note, 1);

  note->pointer = values[0];
  note->reason = values[1];
  note->value = values[2];
  note->other = values[3];
  g_ptr_array_add (notes, note);
  return done;
}

static gboolean
read_aside_note (YejiJsonReader  *reader,
                 const char      *place,
                 gpointer         data,
                 GError         **error)
{
  GPtrArray *all = data;
  static const char * const names[] = { "version", "table", "row", "field", "label", "value",
                                        NULL };
  char *values[6] = { NULL };
  gboolean done = read_strings (reader, names, values, place, error);
  YejiAside *aside = g_new (YejiAside, 1);

  aside->version = values[0];
  aside->table = values[1];
  aside->row = values[2];
  aside->field = values[3];
  aside->label = values[4];
  aside->value = values[5];
  g_ptr_array_add (all, aside);
  return done;
}

/* As the dictionary's format has it; what is none would be shown as it is in histories. */
static gboolean
is_id (const char *text)
{
  if (!g_ascii_isalpha (*text))
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("_.-", *text) == NULL)
      return FALSE;
  return TRUE;
}

static char *
make_key (const YejiKept *kept)
{
  return g_strjoin ("\n", kept->rule, kept->table, kept->row, kept->field, NULL);
}

static gboolean
resolve_note (YejiRecord  *self,
              const Note  *note,
              const char  *place,
              GHashTable  *seen,
              GError     **error)
{
  g_autoptr (YejiKept) kept = NULL;
  g_autoptr (GError) reason = NULL;
  YejiPlace at;

  if (!is_id (note->rule))
    return yeji_record_refuse (error, place, "the rule is no id");
  if (*note->reason == '\0')
    return yeji_record_refuse (error, place, "a warning is kept without a reason");
  if (!yeji_record_resolve (self, note->pointer, &at, &reason))
    {
      g_autofree char *where = g_strdup_printf ("%s/pointer", place);

      return yeji_record_refuse (error, where, reason->message);
    }
  kept = yeji_kept_new (note->rule, at.table != NULL ? at.table->id : "",
                        at.row != NULL ? yeji_row_get_id (at.row) : "",
                        at.field != NULL ? at.field->id : "",
                        note->value, note->other, note->reason);
  if (!g_hash_table_add (seen, make_key (kept)))
    return yeji_record_refuse (error, place, "the same warning is kept twice");
  g_ptr_array_add (self->kept, g_steal_pointer (&kept));
  return TRUE;
}

static gboolean
resolve_reply (YejiRecord  *self,
               const Note  *note,
               const char  *place,
               GHashTable  *seen,
               GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiKept) reply = NULL;

  if (*note->reason == '\0')
    return yeji_record_refuse (error, place, "a reply without a text");
  reply = yeji_explanation_new (self, note->pointer, note->reason, note->value, note->other, &reason);
  if (reply == NULL)
    {
      g_autofree char *where = g_strdup_printf ("%s/pointer", place);

      return yeji_record_refuse (error, where, reason->message);
    }
  if (!g_hash_table_add (seen, make_key (reply)))
    return yeji_record_refuse (error, place, "the second reply to the same point");
  g_ptr_array_add (self->kept, g_steal_pointer (&reply));
  return TRUE;
}

/* The notes of one kind, as they came. */
static gboolean
resolve_notes (YejiRecord  *self,
               GPtrArray   *notes,
               gboolean     replies,
               GHashTable  *seen,
               GError     **error)
{
  guint n = 0;

  for (guint i = 0; i < notes->len; i++)
    {
      const Note *note = g_ptr_array_index (notes, i);
      g_autofree char *place = NULL;

      if ((note->rule == NULL) != replies)
        continue;
      place = g_strdup_printf ("/%s/%u", replies ? YEJI_RECORD_REPLIES : YEJI_RECORD_KEPT, n++);
      if (!(replies ? resolve_reply (self, note, place, seen, error)
                    : resolve_note (self, note, place, seen, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_record_refuse: (skip)
 * @place: a JSON Pointer
 *
 * Returns: %FALSE, with %YEJI_RECORD_ERROR_SHAPE
 */
gboolean
yeji_record_refuse (GError     **error,
                    const char  *place,
                    const char  *reason)
{
  g_set_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE, "%s: %s", place, reason);
  return FALSE;
}

/**
 * yeji_record_refuse_text: (skip)
 *
 * Returns: %FALSE, with %YEJI_RECORD_ERROR_SYNTAX and why the reader failed
 */
gboolean
yeji_record_refuse_text (YejiJsonReader  *reader,
                         GError         **error)
{
  g_autoptr (GError) reason = NULL;

  yeji_json_reader_set_error (reader, &reason);
  g_set_error_literal (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX, reason->message);
  return FALSE;
}

/**
 * yeji_record_notes_new: (skip)
 *
 * Returns: (transfer full): a place for what yeji_record_read_kept() reads
 */
GPtrArray *
yeji_record_notes_new (void)
{
  return g_ptr_array_new_with_free_func (free_note);
}

/**
 * yeji_record_read_kept: (skip)
 * @notes: what is read is added here, for yeji_record_resolve_kept() when all rows are there
 */
gboolean
yeji_record_read_kept (GPtrArray       *notes,
                       YejiJsonReader  *reader,
                       GError         **error)
{
  return read_notes (reader, YEJI_RECORD_KEPT, read_kept_note, notes, error);
}

/**
 * yeji_record_read_replies: (skip)
 * @notes: what is read is added here, for yeji_record_resolve_kept() when all rows are there
 */
gboolean
yeji_record_read_replies (GPtrArray       *notes,
                          YejiJsonReader  *reader,
                          GError         **error)
{
  return read_notes (reader, YEJI_RECORD_REPLIES, read_reply_note, notes, error);
}

/**
 * yeji_record_read_aside: (skip)
 */
gboolean
yeji_record_read_aside (YejiRecord      *self,
                        YejiJsonReader  *reader,
                        GError         **error)
{
  return read_notes (reader, YEJI_RECORD_ASIDE, read_aside_note, self->aside, error);
}

/**
 * yeji_record_resolve_kept: (skip)
 * @notes: from yeji_record_read_kept() and yeji_record_read_replies()
 */
gboolean
yeji_record_resolve_kept (YejiRecord  *self,
                          GPtrArray   *notes,
                          GError     **error)
{
  g_autoptr (GHashTable) seen = NULL;

  if (notes->len == 0)
    return TRUE;
  seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return resolve_notes (self, notes, FALSE, seen, error)
         && resolve_notes (self, notes, TRUE, seen, error);
}

