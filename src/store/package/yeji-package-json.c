// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include "yeji-json.h"

#define HEX_DIGITS "0123456789abcdef"
#define SUM_LENGTH 64

/* Of a text that is no record's, in bytes. */
#define MAX_SHORT 1024
#define MAX_WORDS (64 << 10)
#define MAX_FINDINGS (256 << 10)

/* How a text must look. */
typedef enum
{
  ANY,
  SUM,
  UUID,
  MOMENT,
  BASENAME,
} Shape;

/* A text of a struct, and the member that it is in JSON. */
typedef struct
{
  const char *name;
  gsize offset;
  gboolean required;
  gsize max;
  Shape shape;
} Text;

#define HEAD(member) G_STRUCT_OFFSET (YejiPackageHead, member)
#define RECORD(member) G_STRUCT_OFFSET (YejiPackageRecord, member)
#define PROVINCE(member) G_STRUCT_OFFSET (YejiPackageProvince, member)
#define DOCUMENT(member) G_STRUCT_OFFSET (YejiPackageDocument, member)

static const Text head_texts[] = {
  { "program", HEAD (program), TRUE, MAX_SHORT, ANY },
  { "made_at", HEAD (made_at), TRUE, MAX_SHORT, MOMENT },
  { "made_by", HEAD (made_by), TRUE, MAX_SHORT, ANY },
  { "enterprise", HEAD (enterprise), FALSE, MAX_SHORT, ANY },
  { "code", HEAD (code), FALSE, MAX_SHORT, ANY },
  { NULL },
};

static const Text record_texts[] = {
  { "uuid", RECORD (uuid), TRUE, MAX_SHORT, UUID },
  { "name", RECORD (name), TRUE, MAX_WORDS, ANY },
  { "dictionary", RECORD (dictionary), TRUE, MAX_SHORT, ANY },
  { "created_at", RECORD (created_at), TRUE, MAX_SHORT, MOMENT },
  { "changed_at", RECORD (changed_at), TRUE, MAX_SHORT, MOMENT },
  { NULL },
};

static const Text province_texts[] = {
  { "revision", PROVINCE (revision), FALSE, MAX_SHORT, ANY },
  { "state", PROVINCE (state), FALSE, MAX_SHORT, ANY },
  { "grade", PROVINCE (grade), FALSE, MAX_SHORT, ANY },
  { "office", PROVINCE (office), FALSE, MAX_SHORT, ANY },
  { "reviewer", PROVINCE (reviewer), FALSE, MAX_SHORT, ANY },
  { "message", PROVINCE (message), FALSE, MAX_WORDS, ANY },
  { "answered_at", PROVINCE (answered_at), FALSE, MAX_SHORT, ANY },
  { "submitted_at", PROVINCE (submitted_at), FALSE, MAX_SHORT, ANY },
  { "files_at", PROVINCE (files_at), FALSE, MAX_SHORT, ANY },
  { "refusal", PROVINCE (refusal), FALSE, MAX_WORDS, ANY },
  { NULL },
};

static const Text document_texts[] = {
  { "id", DOCUMENT (id), TRUE, MAX_SHORT, UUID },
  { "slot", DOCUMENT (slot), TRUE, MAX_SHORT, ANY },
  { "sha256", DOCUMENT (sha256), TRUE, SUM_LENGTH, SUM },
  { "filename", DOCUMENT (filename), TRUE, MAX_SHORT, BASENAME },
  { "added_at", DOCUMENT (added_at), TRUE, MAX_SHORT, MOMENT },
  { "received_at", DOCUMENT (received_at), FALSE, MAX_SHORT, MOMENT },
  { "origin", DOCUMENT (origin), FALSE, MAX_WORDS, ANY },
  { "original", DOCUMENT (original), FALSE, SUM_LENGTH, SUM },
  { "findings", DOCUMENT (findings), FALSE, MAX_FINDINGS, ANY },
  { NULL },
};

gboolean
yeji_package_is_sum (const char *text)
{
  return strlen (text) == SUM_LENGTH && strspn (text, HEX_DIGITS) == SUM_LENGTH;
}

/* A name is shown and written into folders when a document is saved: it leads nowhere. */
static gboolean
is_basename (const char *text)
{
  return *text != '\0' && strpbrk (text, "/\\") == NULL && !g_str_equal (text, ".")
    && !g_str_equal (text, "..");
}

static gboolean
has_shape (const char *text,
           Shape       shape)
{
  g_autoptr (GDateTime) moment = NULL;

  switch (shape)
    {
    case SUM:
      return yeji_package_is_sum (text);
    case UUID:
      return g_uuid_string_is_valid (text);
    case MOMENT:
      moment = g_date_time_new_from_iso8601 (text, NULL);
      return moment != NULL;
    case BASENAME:
      return is_basename (text);
    default:
      return TRUE;
    }
}

static void
put_texts (JsonObject    *object,
           const Text    *texts,
           gconstpointer  from)
{
  for (; texts->name != NULL; texts++)
    {
      const char *text = G_STRUCT_MEMBER (char *, from, texts->offset);

      if (text != NULL)
        json_object_set_string_member (object, texts->name, text);
    }
}

static gboolean
get_texts (JsonObject  *object,
           const Text  *texts,
           gpointer     to,
           GError     **error)
{
  for (; texts->name != NULL; texts++)
    {
      JsonNode *node = json_object_get_member (object, texts->name);
      const char *text = node != NULL ? yeji_json_node_string (node) : NULL;

      if (node == NULL && !texts->required)
        continue;
      if (text == NULL || strlen (text) > texts->max || !has_shape (text, texts->shape))
        {
          g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_DAMAGED,
                       "the member %s is missing or impossible", texts->name);
          return FALSE;
        }
      g_free (G_STRUCT_MEMBER (char *, to, texts->offset));
      G_STRUCT_MEMBER (char *, to, texts->offset) = g_strdup (text);
    }
  return TRUE;
}

static void
clear_texts (const Text *texts,
             gpointer    of)
{
  for (; texts->name != NULL; texts++)
    g_clear_pointer (&G_STRUCT_MEMBER (char *, of, texts->offset), g_free);
}

static char *
print (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return yeji_json_print (node, FALSE);
}

static JsonNode *
parse (const char  *text,
       GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, &reason);

  if (node != NULL && yeji_json_node_object (node) != NULL)
    return g_steal_pointer (&node);
  yeji_package_fail (reason != NULL ? reason->message : "a part is no object", error);
  return NULL;
}

static gboolean
get_count (JsonObject  *object,
           const char  *name,
           gint64       max,
           gint64      *count,
           GError     **error)
{
  *count = yeji_json_get_int (object, name, -1);
  if (*count >= 0 && *count <= max)
    return TRUE;
  g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_DAMAGED,
               "the member %s is missing or impossible", name);
  return FALSE;
}

/* ---- The head */

char *
yeji_package_head_to_text (const YejiPackageHead *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "format", YEJI_PACKAGE_FORMAT);
  put_texts (object, head_texts, self);
  json_object_set_int_member (object, "records", self->n_records);
  json_object_set_int_member (object, "documents", self->n_documents);
  json_object_set_int_member (object, "files", self->n_files);
  json_object_set_int_member (object, "bytes", (gint64) self->n_bytes);
  return print (object);
}

/* What a newer program writes may look different: its number is looked at first. */
gboolean
yeji_package_head_parse (YejiPackageHead  *self,
                         const char       *text,
                         GError          **error)
{
  g_autoptr (JsonNode) node = parse (text, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  gint64 format, n_records, n_documents, n_files, n_bytes;

  if (object == NULL)
    return FALSE;
  format = yeji_json_get_int (object, "format", 0);
  if (format > YEJI_PACKAGE_FORMAT)
    {
      g_set_error (error, YEJI_PACKAGE_ERROR, YEJI_PACKAGE_ERROR_NEWER,
                   "it has format %" G_GINT64_FORMAT ", this program knows %d", format,
                   YEJI_PACKAGE_FORMAT);
      return FALSE;
    }
  if (format < 1)
    return yeji_package_fail ("it has no format", error);
  if (!get_texts (object, head_texts, self, error)
      || !get_count (object, "records", YEJI_PACKAGE_MAX_RECORDS, &n_records, error)
      || !get_count (object, "documents", G_MAXINT, &n_documents, error)
      || !get_count (object, "files", G_MAXINT, &n_files, error)
      || !get_count (object, "bytes", G_MAXINT64, &n_bytes, error))
    return FALSE;
  self->n_records = (guint) n_records;
  self->n_documents = (guint) n_documents;
  self->n_files = (guint) n_files;
  self->n_bytes = (guint64) n_bytes;
  return TRUE;
}

void
yeji_package_head_clear (YejiPackageHead *self)
{
  clear_texts (head_texts, self);
}

/* ---- A record */

void
yeji_package_document_free (YejiPackageDocument *self)
{
  clear_texts (document_texts, self);
  g_free (self);
}

YejiPackageRecord *
yeji_package_record_new (void)
{
  YejiPackageRecord *self = g_new0 (YejiPackageRecord, 1);

  self->reviewer = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_point_free);
  self->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_point_free);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_package_document_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_history_line_free);
  return self;
}

void
yeji_package_record_free (YejiPackageRecord *self)
{
  if (self == NULL)
    return;
  clear_texts (record_texts, self);
  clear_texts (province_texts, &self->province);
  g_ptr_array_unref (self->reviewer);
  g_ptr_array_unref (self->refusals);
  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->lines);
  g_free (self->body);
  g_free (self->base);
  g_free (self);
}

static JsonArray *
points_to_json (GPtrArray *points)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < points->len; i++)
    {
      const YejiPoint *point = g_ptr_array_index (points, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "pointer", point->pointer);
      json_object_set_string_member (object, "comment", point->comment);
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
parse_points (JsonObject  *province,
              const char  *name,
              GPtrArray   *points,
              GError     **error)
{
  JsonArray *array = yeji_json_get_array (province, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = object != NULL ? yeji_json_get_string (object, "pointer") : NULL;
      const char *comment = object != NULL ? yeji_json_get_string (object, "comment") : NULL;

      if (pointer == NULL || comment == NULL || strlen (pointer) > MAX_WORDS
          || strlen (comment) > MAX_WORDS || i >= YEJI_PACKAGE_MAX_DOCUMENTS)
        return yeji_package_fail ("a reviewer's point is impossible", error);
      g_ptr_array_add (points, yeji_point_new (pointer, comment));
    }
  return TRUE;
}

static gboolean
parse_document (YejiPackageRecord  *self,
                JsonObject         *object,
                GError            **error)
{
  g_autoptr (YejiPackageDocument) document = g_new0 (YejiPackageDocument, 1);
  gint64 rotation;

  if (object == NULL)
    return yeji_package_fail ("a document is no object", error);
  if (!get_texts (object, document_texts, document, error)
      || !get_count (object, "position", G_MAXINT, &document->position, error)
      || !get_count (object, "rotation", 270, &rotation, error))
    return FALSE;
  if (rotation % 90 != 0)
    return yeji_package_fail ("a document is turned impossibly", error);
  document->rotation = (int) rotation;
  g_ptr_array_add (self->documents, g_steal_pointer (&document));
  return TRUE;
}

static gboolean
parse_documents (YejiPackageRecord  *self,
                 JsonArray          *array,
                 GError            **error)
{
  if (array == NULL || json_array_get_length (array) > YEJI_PACKAGE_MAX_DOCUMENTS)
    return yeji_package_fail ("a record has no documents, or too many", error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!parse_document (self, yeji_json_node_object (json_array_get_element (array, i)), error))
      return FALSE;
  return TRUE;
}

/**
 * yeji_package_record_to_text: (skip)
 *
 * Returns: (transfer full): the record's own facts, without body, base and history
 */
char *
yeji_package_record_to_text (const YejiPackageRecord *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *province = json_object_new ();
  JsonArray *documents = json_array_new ();

  put_texts (object, record_texts, self);
  put_texts (province, province_texts, &self->province);
  json_object_set_array_member (province, "points", points_to_json (self->reviewer));
  json_object_set_array_member (province, "refusals", points_to_json (self->refusals));
  for (guint i = 0; i < self->documents->len; i++)
    {
      const YejiPackageDocument *document = g_ptr_array_index (self->documents, i);
      JsonObject *element = json_object_new ();

      put_texts (element, document_texts, document);
      json_object_set_int_member (element, "position", document->position);
      json_object_set_int_member (element, "rotation", document->rotation);
      json_array_add_object_element (documents, element);
    }
  json_object_set_object_member (object, "province", province);
  json_object_set_array_member (object, "documents", documents);
  return print (object);
}

YejiPackageRecord *
yeji_package_record_parse (const char  *text,
                           GError     **error)
{
  g_autoptr (YejiPackageRecord) self = yeji_package_record_new ();
  g_autoptr (JsonNode) node = parse (text, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  JsonObject *province;

  if (object == NULL)
    return NULL;
  province = yeji_json_get_object (object, "province");
  if (province == NULL)
    {
      yeji_package_fail ("the member province is missing", error);
      return NULL;
    }
  if (!get_texts (object, record_texts, self, error)
      || !get_texts (province, province_texts, &self->province, error)
      || !parse_points (province, "points", self->reviewer, error)
      || !parse_points (province, "refusals", self->refusals, error)
      || !parse_documents (self, yeji_json_get_array (object, "documents"), error))
    return NULL;
  return g_steal_pointer (&self);
}
