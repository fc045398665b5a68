// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-wire"

#include "config.h"

#include "yeji-wire.h"

#include <string.h>

#define TYPE_PREFIX "urn:yeji:problem:"

static JsonObject *
get_refusal_object (JsonNode  *node,
                    GError   **error)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER, "a problem is no object");
      return NULL;
    }
  return json_node_get_object (node);
}

static const char *
get_kind (JsonObject  *object,
          GError     **error)
{
  const char *type = yeji_json_get_string (object, "type");

  if (type == NULL || !g_str_has_prefix (type, TYPE_PREFIX) || type[strlen (TYPE_PREFIX)] == '\0')
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
                   "a problem's type is not " TYPE_PREFIX "KIND");
      return NULL;
    }
  return type + strlen (TYPE_PREFIX);
}

static gboolean
get_status (JsonObject  *object,
            guint       *status,
            GError     **error)
{
  gint64 value = yeji_json_get_int (object, "status", 0);

  if (value < 400 || value > 599)
    {
      g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
                   "a problem's status is not between 400 and 599");
      return FALSE;
    }
  *status = (guint) value;
  return TRUE;
}

/**
 * yeji_refusal_new:
 * @status: the HTTP status, 400 to 599
 * @kind: one of the YEJI_WIRE_ kinds
 * @title: one sentence for the user
 * @detail: (nullable): what else there is to say
 * @errors: (nullable) (transfer none) (element-type YejiProblem): the dictionary's problems; a
 *   reference is taken
 *
 * Makes a refusal, a problem of RFC 9457.
 *
 * Returns: (transfer full): a refusal
 */
YejiRefusal *
yeji_refusal_new (guint       status,
                  const char *kind,
                  const char *title,
                  const char *detail,
                  GPtrArray  *errors)
{
  YejiRefusal *self;

  g_return_val_if_fail (status >= 400 && status <= 599, NULL);
  g_return_val_if_fail (kind != NULL && *kind != '\0', NULL);
  g_return_val_if_fail (title != NULL, NULL);

  self = g_new0 (YejiRefusal, 1);
  self->status = status;
  self->kind = g_strdup (kind);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->errors = errors != NULL ? g_ptr_array_ref (errors)
                                : g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/**
 * yeji_refusal_from_json:
 * @node: a problem as it came
 *
 * Reads a refusal. Members that it does not know (`current` of a stale record) are left to the
 * caller. Fails with #YEJI_JSON_ERROR_MEMBER when @node is not a problem of this protocol.
 *
 * Returns: (transfer full) (nullable): a refusal, %NULL on error
 */
YejiRefusal *
yeji_refusal_from_json (JsonNode  *node,
                        GError   **error)
{
  JsonObject *object = get_refusal_object (node, error);
  const char *kind = object != NULL ? get_kind (object, error) : NULL;
  const char *title;
  guint status;
  g_autoptr (GPtrArray) errors = NULL;

  if (kind == NULL || !get_status (object, &status, error))
    return NULL;

  title = yeji_json_get_string (object, "title");
  errors = yeji_problems_from_json (yeji_json_get_array (object, "errors"));
  return yeji_refusal_new (status, kind, title != NULL ? title : "",
                           yeji_json_get_string (object, "detail"), errors);
}

/**
 * yeji_refusal_to_json:
 *
 * Prints a refusal. `detail` and `errors` are there only if they say something.
 *
 * Returns: (transfer full): an object, to which the caller may add members
 */
JsonNode *
yeji_refusal_to_json (YejiRefusal *self)
{
  g_autofree char *type = NULL;
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  type = g_strconcat (TYPE_PREFIX, self->kind, NULL);
  object = json_object_new ();
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_int_member (object, "status", self->status);
  if (self->detail != NULL)
    json_object_set_string_member (object, "detail", self->detail);
  if (self->errors->len > 0)
    json_object_set_member (object, "errors", yeji_problems_to_json (self->errors));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_refusal_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a refusal.
 */
void
yeji_refusal_free (YejiRefusal *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->title);
  g_free (self->detail);
  g_ptr_array_unref (self->errors);
  g_free (self);
}
