// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-change-reader.h"

#include <string.h>

#include "yeji-petition-reader.h"

static const struct
{
  const char *member;
  gboolean required;
  gsize offset;
} texts[] = {
  { "uuid", TRUE, G_STRUCT_OFFSET (YejiAnswer, uuid) },
  { "revision", TRUE, G_STRUCT_OFFSET (YejiAnswer, revision) },
  { "state", TRUE, G_STRUCT_OFFSET (YejiAnswer, state) },
  { "at", TRUE, G_STRUCT_OFFSET (YejiAnswer, at) },
  { "grade", FALSE, G_STRUCT_OFFSET (YejiAnswer, grade) },
  { "office", FALSE, G_STRUCT_OFFSET (YejiAnswer, office) },
  { "reviewer", FALSE, G_STRUCT_OFFSET (YejiAnswer, reviewer) },
  { "message", FALSE, G_STRUCT_OFFSET (YejiAnswer, message) },
  { YEJI_WIRE_MEMBER_FILES_COMPLETE_AT, FALSE, G_STRUCT_OFFSET (YejiAnswer, files_at) },
  { YEJI_WIRE_MEMBER_CONTENT, FALSE, G_STRUCT_OFFSET (YejiAnswer, content) },
};

static void
set_unreadable (const char  *what,
                GError     **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, "the changes have %s", what);
}

static void
read_points (JsonArray *array,
             GPtrArray *points)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = object != NULL ? yeji_json_get_string (object, "pointer") : NULL;
      const char *comment = object != NULL ? yeji_json_get_string (object, "comment") : NULL;

      if (comment != NULL)
        g_ptr_array_add (points, yeji_point_new (pointer != NULL ? pointer : "", comment));
    }
}

/* Grade D is a state of its own: the clerk goes on with such a record. */
static void
name_incomplete (YejiAnswer *answer)
{
  if (g_strcmp0 (answer->state, "approved") != 0 || g_strcmp0 (answer->grade, "D") != 0)
    return;
  g_free (answer->state);
  answer->state = g_strdup ("incomplete");
}

static char *
read_record (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "record");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? yeji_json_print (node, FALSE) : NULL;
}

static char *
read_national (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, YEJI_WIRE_MEMBER_NATIONAL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? yeji_json_print (node, FALSE) : NULL;
}

/**
 * yeji_change_reader_read:
 * @object: one change of `GET /v1/changes`
 *
 * Reads what the province said of a record. Fails with #YEJI_SYNC_ERROR_UNREACHABLE.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiAnswer *
yeji_change_reader_read (JsonObject  *object,
                         GError     **error)
{
  g_autoptr (YejiAnswer) answer = yeji_answer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = yeji_json_get_string (object, texts[i].member);

      if (text == NULL && texts[i].required)
        {
          set_unreadable ("a change that lacks a part", error);
          return NULL;
        }
      G_STRUCT_MEMBER (char *, answer, texts[i].offset) = g_strdup (text);
    }
  if (!g_uuid_string_is_valid (answer->uuid))
    {
      set_unreadable ("a change of no record", error);
      return NULL;
    }
  for (char *c = answer->uuid; *c != '\0'; c++)   /* as a record that is read is known */
    *c = g_ascii_tolower (*c);
  read_points (yeji_json_get_array (object, "points"), answer->points);
  answer->record = read_record (object);
  name_incomplete (answer);
  answer->petition = yeji_petition_reader_read (yeji_json_get_object (object,
                                                                  YEJI_WIRE_MEMBER_APPLICATION));
  answer->national = read_national (object);
  return g_steal_pointer (&answer);
}

static gboolean
is_sum (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
get_flag (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static gint64
get_size (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "size");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? MAX (json_node_get_int (node), 0) : 0;
}

/* NULL for what is no document that could be stored. */
static YejiProvinceFile *
read_file (JsonObject *object)
{
  const char *slot = object != NULL ? yeji_json_get_string (object, "slot") : NULL;
  const char *sha256 = object != NULL ? yeji_json_get_string (object, "sha256") : NULL;
  const char *filename = object != NULL ? yeji_json_get_string (object, "filename") : NULL;
  const char *type = object != NULL ? yeji_json_get_string (object, "filetype") : NULL;
  g_autofree char *name = NULL;

  if (slot == NULL || !is_sum (sha256) || filename == NULL || *filename == '\0')
    return NULL;
  name = g_path_get_basename (filename);
  return yeji_province_file_new (slot, sha256, name, type, get_size (object));
}

/* Those of the last submission, also those that are still to come; all where nothing was submitted
 * yet. */
static GPtrArray *
read_files (JsonArray *array,
            JsonArray *expected)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_province_file_free);
  gboolean any = expected != NULL && json_array_get_length (expected) > 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));

      any = any || (object != NULL && get_flag (object, YEJI_WIRE_MEMBER_FILE_SUBMITTED));
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      YejiProvinceFile *file = read_file (object);

      if (file == NULL)
        continue;
      if (file->media_type == NULL
          || (any && !get_flag (object, YEJI_WIRE_MEMBER_FILE_SUBMITTED)))
        yeji_province_file_free (file);
      else
        g_ptr_array_add (files, file);
    }
  for (guint i = 0; expected != NULL && i < json_array_get_length (expected); i++)
    {
      YejiProvinceFile *file
        = read_file (yeji_json_node_object (json_array_get_element (expected, i)));

      if (file == NULL)
        continue;
      g_clear_pointer (&file->media_type, g_free);
      g_ptr_array_add (files, file);
    }
  return files;
}

/**
 * yeji_change_reader_read_current:
 * @object: (nullable): what the province says of a record, as `GET /v1/records/{uuid}` does
 * @revision: (nullable): its entity tag
 *
 * Reads what the province has of a record, and of which documents, as if a change had told it. Fails
 * with #YEJI_SYNC_ERROR_UNREACHABLE.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiAnswer *
yeji_change_reader_read_current (JsonObject  *object,
                                 const char  *uuid,
                                 const char  *revision,
                                 GError     **error)
{
  JsonArray *files = object != NULL ? yeji_json_get_array (object, "files") : NULL;
  g_autoptr (YejiAnswer) answer = yeji_answer_new ();

  if (object == NULL || revision == NULL || yeji_json_get_string (object, "state") == NULL)
    {
      set_unreadable ("a record without revision or state", error);
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, answer, texts[i].offset)
      = g_strdup (yeji_json_get_string (object, texts[i].member));
  g_free (answer->uuid);
  answer->uuid = g_strdup (uuid);
  g_free (answer->revision);
  answer->revision = g_strdup (revision);
  read_points (yeji_json_get_array (object, "points"), answer->points);
  answer->record = read_record (object);
  name_incomplete (answer);
  answer->national = read_national (object);
  if (files != NULL)
    answer->files = read_files (files,
                                yeji_json_get_array (object, YEJI_WIRE_MEMBER_FILES_EXPECTED));
  return g_steal_pointer (&answer);
}

/**
 * yeji_change_reader_read_record:
 * @reply: to `GET /v1/records/{uuid}`
 *
 * Reads what the province has of a record as if a change had told it. Fails with
 * #YEJI_SYNC_ERROR_UNREACHABLE.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiAnswer *
yeji_change_reader_read_record (YejiReply   *reply,
                                const char  *uuid,
                                GError     **error)
{
  return yeji_change_reader_read_current (yeji_json_node_object (reply->body), uuid, reply->etag,
                                          error);
}
