// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-mapping"

#include "config.h"

#include "yeji-mapping.h"

#include <string.h>

#include "yeji-json.h"

/* The fields that the province itself reads and writes, of data/province/mapping.json. */
struct _YejiMapping
{
  YejiDictionary *dictionary;
  YejiText name;
  const YejiFieldDef *title;
  const YejiFieldDef *number;
  GPtrArray *areas;            /* (element-type YejiFieldDef), the narrowest first */
  char *format;                /* of a number: {area}, {date}; the serial number follows */
  char *date;                  /* for strftime */
  guint serial_digits;
  GHashTable *approval;        /* field id -> template */
  char *corrections_office;    /* id of the office that decides on what is approved */
  char *corrections_department; /* (nullable): section of it, NULL: any */
  GPtrArray *contents;         /* (element-type Content) */
};

/* How the bytes of a media type begin. */
typedef struct
{
  char *type;
  GByteArray *starts;
} Content;

static void
free_content (gpointer data)
{
  Content *content = data;

  g_free (content->type);
  g_byte_array_unref (content->starts);
  g_free (content);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
               "mapping: %s is missing, of the wrong type, or no field of the dictionary", what);
  return FALSE;
}

static gboolean
occurs (YejiDictionary *dictionary,
        const char     *field)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  for (guint i = 0; i < tables->len; i++)
    if (yeji_table_def_find_field (g_ptr_array_index (tables, i), field) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
read_project (YejiMapping  *self,
              JsonObject   *object,
              GError      **error)
{
  const YejiTableDef *root = yeji_dictionary_get_root (self->dictionary);
  const char *title = object != NULL ? yeji_json_get_string (object, "name") : NULL;
  const char *number = object != NULL ? yeji_json_get_string (object, "number") : NULL;
  JsonArray *areas = object != NULL ? yeji_json_get_array (object, "area") : NULL;

  if (title == NULL || number == NULL || areas == NULL)
    return refuse (error, "project");
  self->title = yeji_table_def_find_field (root, title);
  self->number = yeji_table_def_find_field (root, number);
  if (self->title == NULL || self->number == NULL)
    return refuse (error, "project/name or project/number");
  for (guint i = 0; i < json_array_get_length (areas); i++)
    {
      const char *id = yeji_json_node_string (json_array_get_element (areas, i));
      const YejiFieldDef *field = id != NULL ? yeji_table_def_find_field (root, id) : NULL;

      if (field == NULL)
        return refuse (error, "project/area");
      g_ptr_array_add (self->areas, (gpointer) field);
    }
  return TRUE;
}

static gboolean
read_number (YejiMapping  *self,
             JsonObject   *object,
             GError      **error)
{
  const char *format = object != NULL ? yeji_json_get_string (object, "format") : NULL;
  const char *date = object != NULL ? yeji_json_get_string (object, "date") : NULL;

  if (format == NULL || date == NULL || !g_str_has_suffix (format, "{serial}"))
    return refuse (error, "number");
  self->format = g_strndup (format, strlen (format) - strlen ("{serial}"));
  self->date = g_strdup (date);
  self->serial_digits = (guint) yeji_json_get_int (object, "serial_digits", 4);
  return TRUE;
}

static gboolean
read_approval (YejiMapping  *self,
               JsonObject   *object,
               GError      **error)
{
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  if (object == NULL)
    return refuse (error, "approval");
  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *template = yeji_json_get_string (object, name->data);

      if (template == NULL || !occurs (self->dictionary, name->data))
        return refuse (error, name->data);
      g_hash_table_insert (self->approval, g_strdup (name->data), g_strdup (template));
    }
  return TRUE;
}

/* Optional: a province's own file may be older. */
static gboolean
read_corrections (YejiMapping  *self,
                  JsonObject   *object,
                  GError      **error)
{
  const char *office = object != NULL ? yeji_json_get_string (object, "office") : NULL;
  const char *department = object != NULL ? yeji_json_get_string (object, "department") : NULL;

  if (object == NULL)
    return TRUE;
  if (office == NULL || *office == '\0')
    return refuse (error, "corrections/office");
  self->corrections_office = g_strdup (office);
  if (department != NULL && *department != '\0')
    self->corrections_department = g_strdup (department);
  return TRUE;
}

static GByteArray *
read_hex (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; text[0] != '\0'; text += 2)
    {
      guint8 byte;

      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        return NULL;
      byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes->len > 0 ? g_steal_pointer (&bytes) : NULL;
}

static gboolean
read_contents (YejiMapping  *self,
               JsonArray    *array,
               GError      **error)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *type = object != NULL ? yeji_json_get_string (object, "type") : NULL;
      const char *starts = object != NULL ? yeji_json_get_string (object, "starts") : NULL;
      GByteArray *bytes = starts != NULL ? read_hex (starts) : NULL;
      Content *content;

      if (type == NULL || bytes == NULL)
        return refuse (error, "content");
      content = g_new0 (Content, 1);
      content->type = g_strdup (type);
      content->starts = bytes;
      g_ptr_array_add (self->contents, content);
    }
  return array != NULL || refuse (error, "content");
}

static gboolean
read_name (YejiMapping  *self,
           JsonObject   *object,
           GError      **error)
{
  static const char * const members[] = {
    [YEJI_LANGUAGE_ZH] = "zh", [YEJI_LANGUAGE_EN] = "en",
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = object != NULL ? yeji_json_get_string (object, members[i]) : NULL;

      if (text == NULL)
        return refuse (error, "name");
      self->name.in[i] = g_strdup (text);
    }
  return TRUE;
}

static char *
expand (const char *template,
        ...)
{
  GString *text = g_string_new (template);
  va_list arguments;

  va_start (arguments, template);
  for (const char *key = va_arg (arguments, const char *); key != NULL;
       key = va_arg (arguments, const char *))
    g_string_replace (text, key, va_arg (arguments, const char *), 0);
  va_end (arguments);
  return g_string_free (text, FALSE);
}

/**
 * yeji_mapping_new:
 * @json: the shape of data/province/mapping.json
 *
 * Reads which fields the province looks at and sets. A field that the dictionary lacks is an error
 * here, at the start, and not when a record is approved.
 *
 * Returns: (transfer full) (nullable): the mapping, or %NULL with an error of #YejiJsonError
 */
YejiMapping *
yeji_mapping_new (GBytes          *json,
                  YejiDictionary  *dictionary,
                  GError         **error)
{
  g_autoptr (YejiMapping) self = g_new0 (YejiMapping, 1);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root;

  self->dictionary = g_object_ref (dictionary);
  self->areas = g_ptr_array_new ();
  self->approval = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->contents = g_ptr_array_new_with_free_func (free_content);
  node = yeji_json_parse (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json), error);
  if (node == NULL)
    return NULL;
  root = yeji_json_node_object (node);
  if (root == NULL)
    {
      refuse (error, "/");
      return NULL;
    }
  if (!read_name (self, yeji_json_get_object (root, "name"), error)
      || !read_project (self, yeji_json_get_object (root, "project"), error)
      || !read_number (self, yeji_json_get_object (root, "number"), error)
      || !read_approval (self, yeji_json_get_object (root, "approval"), error)
      || !read_corrections (self, yeji_json_get_object (root, "corrections"), error)
      || !read_contents (self, yeji_json_get_array (root, "content"), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_mapping_get_name:
 *
 * Returns: the province's name
 */
const char *
yeji_mapping_get_name (const YejiMapping *self,
                       YejiLanguage       language)
{
  return yeji_text_get (&self->name, language);
}

/**
 * yeji_mapping_get_corrections_office:
 * @department: (out) (optional): (nullable): the section of it that decides, %NULL when any does
 *
 * Returns: (nullable): the id of the office that corrects, withdraws and revokes what is approved;
 *   %NULL when the province has none
 */
const char *
yeji_mapping_get_corrections_office (const YejiMapping  *self,
                                     const char        **department)
{
  if (department != NULL)
    *department = self->corrections_department;
  return self->corrections_office;
}

/**
 * yeji_mapping_get_title:
 *
 * Returns: the project's name, maybe empty
 */
const char *
yeji_mapping_get_title (const YejiMapping *self,
                        YejiRecord        *record)
{
  return yeji_row_get (yeji_record_get_project (record), self->title);
}

/**
 * yeji_mapping_get_number:
 *
 * Returns: the project's number, empty when it has none yet
 */
const char *
yeji_mapping_get_number (const YejiMapping *self,
                         YejiRecord        *record)
{
  return yeji_row_get (yeji_record_get_project (record), self->number);
}

/**
 * yeji_mapping_get_area:
 *
 * Returns: the narrowest area code of the project, empty when it has none. The codes are
 * hierarchical, so the narrowest one is enough to tell whose area it is.
 */
const char *
yeji_mapping_get_area (const YejiMapping *self,
                       YejiRecord        *record)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      const char *area = yeji_row_get (yeji_record_get_project (record),
                                       g_ptr_array_index (self->areas, i));

      if (*area != '\0' && !yeji_dictionary_is_empty_value (self->dictionary, area))
        return area;
    }
  return "";
}

/**
 * yeji_mapping_set_number:
 *
 * Gives the project its number.
 */
void
yeji_mapping_set_number (const YejiMapping *self,
                         YejiRecord        *record,
                         const char        *number)
{
  yeji_record_set (record, yeji_record_get_project (record), self->number, number);
}

/**
 * yeji_mapping_make_prefix:
 *
 * Returns: (transfer full): the beginning of a number that is given today in @area
 */
char *
yeji_mapping_make_prefix (const YejiMapping *self,
                          const char        *area)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (china);
  g_autofree char *date = g_date_time_format (now, self->date);

  return expand (self->format, "{area}", area, "{date}", date, NULL);
}

/**
 * yeji_mapping_make_number:
 *
 * Returns: (transfer full) (nullable): the number with this serial number, %NULL if the structure
 * has not so many digits for it
 */
char *
yeji_mapping_make_number (const YejiMapping *self,
                          const char        *prefix,
                          gint64             serial)
{
  g_autofree char *digits = g_strdup_printf ("%0*" G_GINT64_FORMAT, (int) self->serial_digits, serial);

  return strlen (digits) == self->serial_digits ? g_strconcat (prefix, digits, NULL) : NULL;
}

/**
 * yeji_mapping_approve_row:
 *
 * Writes who approved what when into a row, if its table has the fields.
 */
void
yeji_mapping_approve_row (const YejiMapping  *self,
                          YejiRecord         *record,
                          YejiRow            *row,
                          const YejiApproval *approval)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  GHashTableIter iter;
  gpointer name, template;

  g_hash_table_iter_init (&iter, self->approval);
  while (g_hash_table_iter_next (&iter, &name, &template))
    {
      const YejiFieldDef *field = yeji_table_def_find_field (table, name);
      g_autofree char *value = NULL;

      if (field == NULL)
        continue;
      value = expand (template, "{office}", approval->office, "{reviewer}", approval->reviewer,
                      "{today}", approval->today, "{grade}", approval->grade, NULL);
      yeji_record_set (record, row, field, value);
    }
}

/**
 * yeji_mapping_approve:
 *
 * Writes who approved what when into every row whose table has the fields.
 */
void
yeji_mapping_approve (const YejiMapping  *self,
                      YejiRecord         *record,
                      const YejiApproval *approval)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        yeji_mapping_approve_row (self, record, yeji_record_get_row (record, table, j), approval);
    }
}

/**
 * yeji_mapping_is_content:
 * @type: a media type
 * @head: the first bytes of a file
 *
 * Returns: whether the bytes are what @type says; a type that the mapping does not know never is
 */
gboolean
yeji_mapping_is_content (const YejiMapping *self,
                         const char        *type,
                         const guint8      *head,
                         gsize              length)
{
  for (guint i = 0; i < self->contents->len; i++)
    {
      const Content *content = g_ptr_array_index (self->contents, i);

      if (g_str_equal (content->type, type) && length >= content->starts->len
          && memcmp (head, content->starts->data, content->starts->len) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * yeji_mapping_free:
 * @self: (transfer full)
 *
 * Frees the mapping.
 */
void
yeji_mapping_free (YejiMapping *self)
{
  g_object_unref (self->dictionary);
  yeji_text_clear (&self->name);
  g_ptr_array_unref (self->areas);
  g_free (self->format);
  g_free (self->date);
  g_hash_table_unref (self->approval);
  g_free (self->corrections_office);
  g_free (self->corrections_department);
  g_ptr_array_unref (self->contents);
  g_free (self);
}
