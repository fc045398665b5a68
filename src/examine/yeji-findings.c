// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-findings"

#include "config.h"

#include "yeji-findings.h"

#include <math.h>
#include <string.h>

/* No scan has more of anything; what says so is no answer of ours. */
#define MAX_PAGES 100000
#define MAX_SIDE 10000000
#define MAX_TEXT 200

/* Words of the wire between the two processes, and of what the store keeps. */
static const char * const words[] = {
  [YEJI_EXAMINER_ERROR_UNREADABLE] = "unreadable",
  [YEJI_EXAMINER_ERROR_FOREIGN] = "foreign",
  [YEJI_EXAMINER_ERROR_TOO_LARGE] = "too_large",
  [YEJI_EXAMINER_ERROR_LOCKED] = "locked",
  [YEJI_EXAMINER_ERROR_SLOW] = "slow",
  [YEJI_EXAMINER_ERROR_FAILED] = "failed",
  [YEJI_EXAMINER_ERROR_MISSING] = "missing",
};

G_DEFINE_QUARK (yeji-examiner-error-quark, yeji_examiner_error)

/**
 * yeji_examiner_error_to_word:
 *
 * Returns: what the error is called on the wire
 */
const char *
yeji_examiner_error_to_word (YejiExaminerError code)
{
  return words[code];
}

/**
 * yeji_examiner_error_from_word:
 * @code: (out)
 *
 * Returns: whether there is an error of that name
 */
gboolean
yeji_examiner_error_from_word (const char        *word,
                               YejiExaminerError *code)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word))
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * yeji_findings_new:
 *
 * Returns: (transfer full): findings that say nothing
 */
YejiFindings *
yeji_findings_new (void)
{
  YejiFindings *self = g_new0 (YejiFindings, 1);

  self->blank = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

/**
 * yeji_findings_new_for_error:
 * @error: what yeji_examiner_examine() said
 *
 * Makes findings of a failure, so that it can be kept and shown as all others are.
 *
 * Returns: (transfer full): findings that know that alone
 */
YejiFindings *
yeji_findings_new_for_error (const GError *error)
{
  YejiFindings *self = yeji_findings_new ();
  YejiExaminerError code = YEJI_EXAMINER_ERROR_FAILED;

  if (error->domain == YEJI_EXAMINER_ERROR)
    code = (YejiExaminerError) error->code;
  self->failure = g_strdup (words[code]);
  if (code == YEJI_EXAMINER_ERROR_FOREIGN && strchr (error->message, '/') != NULL)
    self->media_type = g_strdup (error->message);
  return self;
}

/**
 * yeji_findings_copy:
 *
 * Returns: (transfer full): the same once more
 */
YejiFindings *
yeji_findings_copy (const YejiFindings *self)
{
  YejiFindings *copy = g_memdup2 (self, sizeof *self);

  copy->media_type = g_strdup (self->media_type);
  copy->sha256 = g_strdup (self->sha256);
  copy->failure = g_strdup (self->failure);
  copy->blank = g_array_copy (self->blank);
  return copy;
}

/**
 * yeji_findings_free:
 * @self: (transfer full)
 */
void
yeji_findings_free (YejiFindings *self)
{
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->failure);
  g_array_unref (self->blank);
  g_free (self);
}

/**
 * yeji_findings_equal:
 *
 * Returns: whether both say the same
 */
gboolean
yeji_findings_equal (const YejiFindings *self,
                     const YejiFindings *other)
{
  g_autofree char *one = yeji_findings_to_json (self);
  g_autofree char *two = yeji_findings_to_json (other);

  return g_str_equal (one, two);
}

static void
add_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
add_number (JsonObject *object,
            const char *member,
            double      number)
{
  if (number == floor (number))
    json_object_set_int_member (object, member, (gint64) number);
  else
    json_object_set_double_member (object, member, number);
}

/**
 * yeji_findings_to_json:
 *
 * Returns: (transfer full): findings as the store keeps them: one line
 */
char *
yeji_findings_to_json (const YejiFindings *self)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonObject *object = json_node_get_object (node);
  JsonArray *blank = json_array_new ();

  json_object_unref (object);
  add_text (object, "error", self->failure);
  add_text (object, "type", self->media_type);
  json_object_set_int_member (object, "size", self->size);
  json_object_set_int_member (object, "pages", self->n_pages);
  add_number (object, "width", self->width);
  add_number (object, "height", self->height);
  json_object_set_int_member (object, "dpi", self->dpi);
  json_object_set_int_member (object, "rotation", self->rotation);
  json_object_set_int_member (object, "looked", self->n_looked);
  for (guint i = 0; i < self->blank->len; i++)
    json_array_add_int_element (blank, g_array_index (self->blank, guint, i));
  json_object_set_array_member (object, "blank", blank);
  add_text (object, "sha256", self->sha256);
  return yeji_json_print (node, FALSE);
}

static gboolean
fail (GError     **error,
      const char  *member)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER, "findings of a wrong \"%s\"",
               member);
  return FALSE;
}

static gboolean
read_text (JsonObject  *object,
           const char  *member,
           char       **text,
           GError     **error)
{
  const char *value = yeji_json_get_string (object, member);

  if (value == NULL)
    return !json_object_has_member (object, member) || fail (error, member);
  if (strlen (value) > MAX_TEXT)
    return fail (error, member);
  *text = g_strdup (value);
  return TRUE;
}

/* A missing one is 0. */
static gboolean
read_number (JsonObject  *object,
             const char  *member,
             double       max,
             double      *number,
             GError     **error)
{
  JsonNode *node = json_object_get_member (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_NONE;

  *number = 0;
  if (node == NULL)
    return TRUE;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return fail (error, member);
  *number = type == G_TYPE_INT64 ? (double) json_node_get_int (node) : json_node_get_double (node);
  return (*number >= 0 && *number <= max) || fail (error, member);
}

static gboolean
read_whole (JsonObject  *object,
            const char  *member,
            double       max,
            guint       *number,
            GError     **error)
{
  double value;

  if (!read_number (object, member, max, &value, error))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

static gboolean
read_blank (JsonObject    *object,
            YejiFindings  *self,
            GError       **error)
{
  JsonArray *array = yeji_json_get_array (object, "blank");
  guint n = array != NULL ? json_array_get_length (array) : 0;
  guint last = 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gint64 page = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
                      ? json_node_get_int (node) : 0;

      if (page <= last || page > MAX_PAGES)
        return fail (error, "blank");
      last = (guint) page;
      g_array_append_val (self->blank, last);
    }
  return TRUE;
}

static gboolean
read_all (JsonObject    *object,
          YejiFindings  *self,
          GError       **error)
{
  YejiExaminerError code;
  double size;
  guint rotation;

  if (!read_text (object, "error", &self->failure, error)
      || !read_text (object, "type", &self->media_type, error)
      || !read_text (object, "sha256", &self->sha256, error)
      || !read_number (object, "size", (double) (G_GINT64_CONSTANT (1) << 53), &size, error)
      || !read_number (object, "width", MAX_SIDE, &self->width, error)
      || !read_number (object, "height", MAX_SIDE, &self->height, error)
      || !read_whole (object, "pages", MAX_PAGES, &self->n_pages, error)
      || !read_whole (object, "dpi", MAX_SIDE, &self->dpi, error)
      || !read_whole (object, "looked", MAX_PAGES, &self->n_looked, error)
      || !read_whole (object, "rotation", 270, &rotation, error)
      || !read_blank (object, self, error))
    return FALSE;
  if (rotation % 90 != 0)
    return fail (error, "rotation");
  if (self->failure != NULL && !yeji_examiner_error_from_word (self->failure, &code))
    return fail (error, "error");
  self->size = (gint64) size;
  self->rotation = (int) rotation;
  return TRUE;
}

/**
 * yeji_findings_from_object:
 * @object: as yeji_findings_to_json() makes it; members of a later version are left out
 *
 * Returns: (transfer full): findings, or %NULL with #YejiJsonError
 */
YejiFindings *
yeji_findings_from_object (JsonObject  *object,
                           GError     **error)
{
  g_autoptr (YejiFindings) self = yeji_findings_new ();

  return read_all (object, self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * yeji_findings_from_json:
 * @text: what the store kept
 *
 * Returns: (transfer full): findings, or %NULL with #YejiJsonError
 */
YejiFindings *
yeji_findings_from_json (const char  *text,
                         GError     **error)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (error, "object");
      return NULL;
    }
  return yeji_findings_from_object (json_node_get_object (node), error);
}
