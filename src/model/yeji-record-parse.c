// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-record-parse-private.h"
#include "yeji-record-private.h"
#include "yeji-row-private.h"

#include <string.h>

/* The one place that knows the shape of a record file. */

/* Bytes of a record's text: some thousand times a full record. */
#define MAX_SIZE ((gsize) 64 << 20)

/* Values that the dictionary does not know, an object counting for four. */
#define MAX_EXTRAS 20000

/* Up to so many rows their ids are compared one with the other. */
#define FEW_ROWS 8

/* How a field was met in a row. */
enum
{
  BY_ID = 1 << 0,
  BY_OTHER_NAME = 1 << 1,
};

typedef struct
{
  YejiJsonReader reader;
  YejiRecord *record;
  char *uuid;                  /* (nullable) */
  GString *name;               /* of the member that is read */
  GByteArray *seen;            /* by table index, behind it by index of @members */
  GPtrArray *notes;            /* whose pointers were not looked at yet */

  /* the row that is read */
  const YejiTableDef *table;
  guint index;
  char *id;                    /* (nullable) */
  gboolean id_seen;
  GHashTable *extras;          /* (nullable) */
  GString *texts;              /* its values one behind the other, each with its NUL */
  GArray *starts;              /* by field index, gsize: where in @texts; 0: empty */
  GByteArray *met;             /* by field index */
  guint next;                  /* the index of the field that probably comes next */
} Parse;

static void
clear_parse (Parse *parse)
{
  yeji_json_reader_clear (&parse->reader);
  g_clear_object (&parse->record);
  g_free (parse->uuid);
  g_string_free (parse->name, TRUE);
  g_byte_array_unref (parse->seen);
  g_ptr_array_unref (parse->notes);
  g_free (parse->id);
  g_clear_pointer (&parse->extras, g_hash_table_unref);
  g_string_free (parse->texts, TRUE);
  g_array_unref (parse->starts);
  g_byte_array_unref (parse->met);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parse, clear_parse)

/* @name: (nullable): a member of the row */
static gboolean
refuse_row (Parse       *parse,
            const char  *name,
            const char  *reason,
            GError     **error)
{
  const char *slash = name != NULL ? "/" : "";
  g_autofree char *place = NULL;

  if (name == NULL)
    name = "";
  if (parse->table->index == 0)
    place = g_strdup_printf ("/%s%s%s", parse->table->member, slash, name);
  else
    place = g_strdup_printf ("/%s/%u%s%s", parse->table->member, parse->index, slash, name);
  return yeji_record_refuse (error, place, reason);
}

static gboolean
refuse_text (Parse   *parse,
             GError **error)
{
  return yeji_record_refuse_text (&parse->reader, error);
}

static gboolean
skip (Parse          *parse,
      YejiJsonToken   token,
      GError        **error)
{
  return yeji_json_reader_skip (&parse->reader, token) || refuse_text (parse, error);
}

static char *
dup_string (Parse *parse)
{
  return g_strndup (parse->reader.string, parse->reader.length);
}

static void
take_name (Parse *parse)
{
  g_string_truncate (parse->name, 0);
  g_string_append_len (parse->name, parse->reader.string, (gssize) parse->reader.length);
}

/* What the dictionary does not know is kept as JSON text. */
static gboolean
read_extra (Parse          *parse,
            GHashTable     *extras,
            YejiJsonToken   token,
            gboolean       *twice,
            GError        **error)
{
  g_autofree char *name = g_strdup (parse->name->str);
  g_autoptr (JsonNode) node = yeji_json_reader_read_node (&parse->reader, token);

  if (node == NULL)
    return refuse_text (parse, error);
  *twice = !g_hash_table_insert (extras, g_steal_pointer (&name), yeji_json_print (node, FALSE));
  return TRUE;
}

/* g_string_append_len() is ready for more than is needed hundreds of times a record. */
static inline void
append_text (GString    *texts,
             const char *text,
             gsize       length)
{
  if (texts->allocated_len - texts->len <= length)
    {
      g_string_append_len (texts, text, (gssize) length);
      return;
    }
  memcpy (texts->str + texts->len, text, length);
  texts->len += length;
  texts->str[texts->len] = '\0';
}

/* Values are strings; a number or a truth value that another program wrote is taken as its text. */
static gboolean
append_value (Parse          *parse,
              YejiJsonToken   token,
              GError        **error)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  switch (token)
    {
    case YEJI_JSON_STRING:
      append_text (parse->texts, parse->reader.string, parse->reader.length);
      return TRUE;
    case YEJI_JSON_NULL:
      return TRUE;
    case YEJI_JSON_TRUE:
    case YEJI_JSON_FALSE:
      g_string_append_c (parse->texts, token == YEJI_JSON_TRUE ? '1' : '0');
      return TRUE;
    case YEJI_JSON_NUMBER:
      text = dup_string (parse);
      if (strpbrk (text, ".eE") != NULL)
        number = yeji_json_number_to_text (g_ascii_strtod (text, NULL));
      g_string_append (parse->texts, number != NULL ? number : text);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whoever writes a record writes the fields in order, so that it mostly is one of the next. */
static const YejiFieldDef *
find_field (Parse  *parse,
            guint8 *how)
{
  GPtrArray *fields = parse->table->fields;
  const char *name = parse->reader.string;
  gsize length = parse->reader.length;
  const YejiFieldDef *field;

  *how = BY_ID;
  for (guint i = parse->next; i < fields->len && i < parse->next + 2; i++)
    {
      field = g_ptr_array_index (fields, i);
      if (strncmp (field->id, name, length) == 0 && field->id[length] == '\0')
        return field;
    }
  take_name (parse);
  field = yeji_table_def_match_field (parse->table, parse->name->str);
  if (field != NULL && !g_str_equal (field->id, parse->name->str))
    *how = BY_OTHER_NAME;
  return field;
}

static gboolean
read_field (Parse               *parse,
            const YejiFieldDef  *field,
            guint8               how,
            GError             **error)
{
  guint8 *met = &parse->met->data[field->index];
  gsize *start = &g_array_index (parse->starts, gsize, field->index);
  gsize before = parse->texts->len;
  YejiJsonToken token;

  parse->next = field->index + 1;
  if ((*met & how) != 0)
    return refuse_row (parse, field->id, "the same field occurs twice", error);
  *met |= how;

  token = yeji_json_reader_next (&parse->reader);
  if (token == YEJI_JSON_FAILED)
    return refuse_text (parse, error);
  if (!append_value (parse, token, error))
    return refuse_row (parse, field->id, "a value must be a string", error);
  if (parse->texts->len == before)
    return TRUE;
  if (*start != 0)
    return refuse_row (parse, field->id, "the same field occurs twice under two names", error);
  *start = before;
  append_text (parse->texts, "", 1);
  return TRUE;
}

static gboolean
read_row_id (Parse   *parse,
             GError **error)
{
  YejiJsonToken token = yeji_json_reader_next (&parse->reader);

  if (parse->id_seen)
    return refuse_row (parse, YEJI_RECORD_ROW_ID, "occurs twice", error);
  parse->id_seen = TRUE;
  if (token == YEJI_JSON_STRING)
    parse->id = dup_string (parse);
  return skip (parse, token, error);
}

static gboolean
is_row_id (Parse *parse)
{
  return parse->table->index != 0
    && parse->reader.length == strlen (YEJI_RECORD_ROW_ID)
    && memcmp (parse->reader.string, YEJI_RECORD_ROW_ID, strlen (YEJI_RECORD_ROW_ID)) == 0;
}

static gboolean
read_row_member (Parse   *parse,
                 GError **error)
{
  const YejiFieldDef *field;
  gboolean twice = FALSE;
  guint8 how;

  if (is_row_id (parse))
    return read_row_id (parse, error);
  field = find_field (parse, &how);
  if (field != NULL)
    return read_field (parse, field, how, error);

  if (parse->extras == NULL)
    parse->extras = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_extra (parse, parse->extras, yeji_json_reader_next (&parse->reader), &twice, error))
    return FALSE;
  return !twice || refuse_row (parse, NULL, "a member occurs twice", error);
}

static void
begin_row (Parse              *parse,
           const YejiTableDef *table,
           guint               index)
{
  guint n = table->fields->len;

  parse->table = table;
  parse->index = index;
  parse->next = 0;
  parse->id_seen = FALSE;
  g_clear_pointer (&parse->id, g_free);
  g_clear_pointer (&parse->extras, g_hash_table_unref);
  g_string_truncate (parse->texts, 0);
  g_string_append_c (parse->texts, '\0');   /* so that 0 is no place */
  g_array_set_size (parse->starts, n);
  memset (parse->starts->data, 0, n * sizeof (gsize));
  g_byte_array_set_size (parse->met, n);
  memset (parse->met->data, 0, n);
}

/* Behind the brace of a row. */
static gboolean
read_row (Parse               *parse,
          const YejiTableDef  *table,
          guint                index,
          GError             **error)
{
  GPtrArray *fields = table->fields;
  YejiJsonToken token = YEJI_JSON_NAME;

  begin_row (parse, table, index);
  while (token == YEJI_JSON_NAME)
    {
      const YejiFieldDef *field = parse->next < fields->len
                                  ? g_ptr_array_index (fields, parse->next) : NULL;

      if (field != NULL && yeji_json_reader_match_name (&parse->reader, field->id))
        {
          if (!read_field (parse, field, BY_ID, error))
            return FALSE;
          continue;
        }
      token = yeji_json_reader_next (&parse->reader);
      if (token == YEJI_JSON_NAME && !read_row_member (parse, error))
        return FALSE;
    }
  return token == YEJI_JSON_OBJECT_END || refuse_text (parse, error);
}

static void
fill_row (Parse   *parse,
          YejiRow *row)
{
  GHashTableIter iter;
  gpointer name, value;

  yeji_row_set_texts (row, parse->texts->str, parse->texts->len,
                      (const gsize *) (gpointer) parse->starts->data);
  if (parse->extras == NULL)
    return;
  g_hash_table_iter_init (&iter, parse->extras);
  while (g_hash_table_iter_next (&iter, &name, &value))
    yeji_row_set_extra (row, name, value);
}

/* Whether no row before has that id; @ids is made when there are more rows than a few. */
static gboolean
add_id (Parse       *parse,
        GHashTable **ids,
        GPtrArray   *rows,
        const char  *id)
{
  if (rows->len < FEW_ROWS)
    return yeji_record_find_row (parse->record, parse->table, id, NULL) == NULL;
  if (*ids == NULL)
    {
      *ids = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < rows->len; i++)
        g_hash_table_add (*ids, (gpointer) yeji_row_get_id (g_ptr_array_index (rows, i)));
    }
  return !g_hash_table_contains (*ids, id);
}

static gboolean
read_rows (Parse               *parse,
           const YejiTableDef  *table,
           GError             **error)
{
  GPtrArray *rows = parse->record->rows[table->index];
  g_autofree char *place = g_strdup_printf ("/%s", table->member);
  g_autoptr (GHashTable) ids = NULL;
  YejiJsonToken token = yeji_json_reader_next (&parse->reader);

  if (token == YEJI_JSON_NULL)
    return TRUE;
  if (token == YEJI_JSON_FAILED)
    return refuse_text (parse, error);
  if (token != YEJI_JSON_ARRAY)
    return yeji_record_refuse (error, place, "a table must be an array of objects");

  while ((token = yeji_json_reader_next (&parse->reader)) == YEJI_JSON_OBJECT)
    {
      YejiRow *row;

      if (rows->len == YEJI_RECORD_MAX_ROWS)
        return yeji_record_refuse (error, place, "more rows than can be read");
      if (!read_row (parse, table, rows->len, error))
        return FALSE;
      if (parse->id != NULL && (*parse->id == '\0' || !add_id (parse, &ids, rows, parse->id)))
        return refuse_row (parse, NULL, "a row's id is empty or occurs twice", error);
      row = yeji_row_new (table, parse->id);
      fill_row (parse, row);
      g_ptr_array_add (rows, row);
      if (ids != NULL)
        g_hash_table_add (ids, (gpointer) yeji_row_get_id (row));
    }
  if (token == YEJI_JSON_ARRAY_END)
    return TRUE;
  if (token == YEJI_JSON_FAILED)
    return refuse_text (parse, error);
  begin_row (parse, table, rows->len);
  return refuse_row (parse, NULL, "a row must be an object", error);
}

static gboolean
read_table (Parse               *parse,
            const YejiTableDef  *table,
            GError             **error)
{
  g_autofree char *place = NULL;
  YejiJsonToken token;

  if (table->index != 0)
    return read_rows (parse, table, error);
  token = yeji_json_reader_next (&parse->reader);
  if (token == YEJI_JSON_FAILED)
    return refuse_text (parse, error);
  if (token != YEJI_JSON_OBJECT)
    {
      place = g_strdup_printf ("/%s", table->member);
      return yeji_record_refuse (error, place, "the project must be an object");
    }
  if (!read_row (parse, table, 0, error))
    return FALSE;
  fill_row (parse, yeji_record_get_project (parse->record));
  return TRUE;
}

static gboolean
read_kept (Parse   *parse,
           GError **error)
{
  return yeji_record_read_kept (parse->notes, &parse->reader, error);
}

static gboolean
read_replies (Parse   *parse,
              GError **error)
{
  return yeji_record_read_replies (parse->notes, &parse->reader, error);
}

static gboolean
read_aside (Parse   *parse,
            GError **error)
{
  return yeji_record_read_aside (parse->record, &parse->reader, error);
}

static gboolean
read_uuid (Parse   *parse,
           GError **error)
{
  YejiJsonToken token = yeji_json_reader_next (&parse->reader);
  g_autofree char *uuid = token == YEJI_JSON_STRING ? dup_string (parse) : NULL;

  if (token == YEJI_JSON_FAILED)
    return refuse_text (parse, error);
  if (uuid == NULL || !g_uuid_string_is_valid (uuid))
    return yeji_record_refuse (error, "/uuid", "not a UUID");
  /* RFC 4122: the case says nothing; one record must not become two. */
  parse->uuid = g_ascii_strdown (uuid, -1);
  return TRUE;
}

static gboolean
read_role (Parse   *parse,
           GError **error)
{
  YejiJsonToken token = yeji_json_reader_next (&parse->reader);

  if (token == YEJI_JSON_STRING)
    {
      g_free (parse->record->role);
      parse->record->role = dup_string (parse);
    }
  return skip (parse, token, error);
}

/* The version under which it was written: the text is read as what it says today. */
static gboolean
read_dictionary (Parse   *parse,
                 GError **error)
{
  return skip (parse, yeji_json_reader_next (&parse->reader), error);
}

/* The members of a record beside its tables. */
static const struct
{
  const char *name;
  gboolean (*read) (Parse   *parse,
                    GError **error);
} members[] = {
  { "uuid", read_uuid },
  { "dictionary", read_dictionary },
  { "role", read_role },
  { YEJI_RECORD_KEPT, read_kept },
  { YEJI_RECORD_REPLIES, read_replies },
  { YEJI_RECORD_ASIDE, read_aside },
};

/**
 * yeji_record_has_member: (skip)
 *
 * Returns: whether a record file has a member of that name beside its tables
 */
gboolean
yeji_record_has_member (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      return TRUE;
  return FALSE;
}

static gboolean
see (Parse   *parse,
     guint    index,
     GError **error)
{
  if (parse->seen->data[index])
    return yeji_record_refuse (error, "/", "a member occurs twice");
  parse->seen->data[index] = TRUE;
  return TRUE;
}

static gboolean
read_member (Parse   *parse,
             GError **error)
{
  guint n_tables = parse->seen->len - G_N_ELEMENTS (members);
  const YejiTableDef *table;
  gboolean twice = FALSE;

  take_name (parse);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, parse->name->str))
      return see (parse, n_tables + i, error) && members[i].read (parse, error);
  table = yeji_dictionary_find_member (parse->record->dictionary, parse->name->str);
  if (table != NULL)
    return see (parse, table->index, error) && read_table (parse, table, error);
  if (!read_extra (parse, parse->record->extras, yeji_json_reader_next (&parse->reader), &twice,
                   error))
    return FALSE;
  return !twice || yeji_record_refuse (error, "/", "a member occurs twice");
}

static gboolean
read_record (Parse   *parse,
             GError **error)
{
  YejiJsonToken token = yeji_json_reader_next (&parse->reader);

  if (token != YEJI_JSON_OBJECT && token != YEJI_JSON_FAILED)
    return yeji_record_refuse (error, "/", "a record must be an object");
  while ((token = yeji_json_reader_next (&parse->reader)) == YEJI_JSON_NAME)
    if (!read_member (parse, error))
      return FALSE;
  if (token == YEJI_JSON_FAILED || yeji_json_reader_next (&parse->reader) != YEJI_JSON_END)
    return refuse_text (parse, error);
  return yeji_record_resolve_kept (parse->record, parse->notes, error);
}

/**
 * yeji_record_new_from_text:
 * @text: JSON, a record file's object
 * @length: in bytes, or -1
 *
 * Reads a record. What the dictionary does not know is kept and reported by the validator; only
 * what has not the shape of a record is refused.
 *
 * Returns: (transfer full): the record, or %NULL with %YEJI_RECORD_ERROR_SYNTAX and line:column, or
 * %YEJI_RECORD_ERROR_SHAPE and the place as a JSON Pointer
 */
YejiRecord *
yeji_record_new_from_text (YejiDictionary  *dictionary,
                           const char      *text,
                           gssize           length,
                           GError         **error)
{
  g_auto (Parse) parse = { 0 };
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  parse.record = yeji_record_new (dictionary, "", NULL);
  parse.name = g_string_new (NULL);
  parse.seen = g_byte_array_new ();
  g_byte_array_set_size (parse.seen, yeji_dictionary_get_tables (dictionary)->len
                                     + G_N_ELEMENTS (members));
  memset (parse.seen->data, 0, parse.seen->len);
  parse.notes = yeji_record_notes_new ();
  parse.texts = g_string_sized_new (2000);
  parse.starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  parse.met = g_byte_array_new ();
  yeji_json_reader_init (&parse.reader, text, size);
  yeji_json_reader_limit_nodes (&parse.reader, MAX_EXTRAS);
  if (size > MAX_SIZE)
    {
      g_set_error_literal (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX,
                           "a record of more than 64 MiB");
      return NULL;
    }
  if (!read_record (&parse, error))
    return NULL;
  g_free (parse.record->uuid);
  parse.record->uuid = parse.uuid != NULL ? g_steal_pointer (&parse.uuid)
                                          : g_uuid_string_random ();
  return g_steal_pointer (&parse.record);
}

/**
 * yeji_record_new_from_json:
 * @node: a record file's object
 *
 * Reads a record, as yeji_record_new_from_text() does.
 *
 * Returns: (transfer full): the record, or %NULL with an error of #YejiRecordError
 */
YejiRecord *
yeji_record_new_from_json (YejiDictionary  *dictionary,
                           JsonNode        *node,
                           GError         **error)
{
  g_autofree char *text = NULL;

  /* printed and read again: two ways in would one day disagree about what a record is */
  text = node != NULL ? yeji_json_print (node, FALSE) : g_strdup ("null");
  return yeji_record_new_from_text (dictionary, text, -1, error);
}
