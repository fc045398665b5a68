// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-routes.h"

#include <string.h>

#include "yeji-declared-book.h"

/* A number on paper, percent-encoded: nine bytes a Chinese character. */
#define MAX_TARGET 1000

/**
 * yeji_declared_get_filter:
 *
 * `GET /v1/declared`: the filter of all numbers that other systems have.
 */
YejiResponse *
yeji_declared_get_filter (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  g_autoptr (GBytes) filter = NULL;
  g_autofree char *tag = NULL;
  YejiResponse *response;

  if (!yeji_declared_book_find_tag (sql, &tag, error))
    return NULL;
  if (yeji_request_knows (request, tag))
    response = yeji_response_new (304, NULL);
  else
    {
      filter = yeji_declared_book_read_filter (sql, error);
      if (filter == NULL)
        return NULL;
      response = yeji_response_new (200, NULL);
      response->content = g_steal_pointer (&filter);
      response->type = g_strdup ("application/octet-stream");
    }
  yeji_response_set_header (response, "ETag", tag);
  yeji_response_set_header (response, "Cache-Control", "no-cache");
  return response;
}

static JsonObject *
make_system (YejiServerContext *context,
             const char        *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "zh",
                                 yeji_declared_systems_get_label (context->declared_systems, id,
                                                                  YEJI_LANGUAGE_ZH));
  json_object_set_string_member (object, "en",
                                 yeji_declared_systems_get_label (context->declared_systems, id,
                                                                  YEJI_LANGUAGE_EN));
  return object;
}

/**
 * yeji_declared_get_number:
 *
 * `GET /v1/declared/{number}`: whether another system has the number, and as what.
 */
YejiResponse *
yeji_declared_get_number (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  g_autofree char *number = g_uri_unescape_string (request->target, NULL);
  g_autoptr (YejiDeclaredEntry) entry = NULL;
  JsonObject *object;
  JsonNode *node;

  if (!yeji_declared_book_find (sql, number, &entry, error))
    return NULL;
  object = json_object_new ();
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  json_object_set_boolean_member (object, "declared", entry != NULL);
  if (entry == NULL)
    return yeji_response_new (200, node);
  json_object_set_object_member (object, "system", make_system (context, entry->system));
  json_object_set_string_member (object, "number", entry->number);
  json_object_set_string_member (object, "name", entry->name);
  json_object_set_string_member (object, "state", entry->state);
  return yeji_response_new (200, node);
}

/**
 * yeji_declared_is_number:
 * @text: a segment of a path, percent-encoded
 *
 * Returns: whether it may be asked for
 */
gboolean
yeji_declared_is_number (const char *text)
{
  g_autofree char *number = NULL;

  if (*text == '\0' || strlen (text) > MAX_TARGET)
    return FALSE;
  number = g_uri_unescape_string (text, NULL);
  return number != NULL && g_utf8_validate (number, -1, NULL);
}
