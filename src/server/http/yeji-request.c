// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-request.h"

#include <string.h>

#include <libsoup/soup.h>

#include "yeji-batch.h"
#include "yeji-json.h"
#include "yeji-sent-record.h"
#include "yeji-sent-submission.h"

/* What is compared, searched for and folded must be text; soup_form_decode() lets any byte through.
 * */
static gboolean
is_not_text (gpointer key,
             gpointer value,
             gpointer data)
{
  return !g_utf8_validate (key, -1, NULL) || (value != NULL && !g_utf8_validate (value, -1, NULL));
}

/**
 * yeji_request_new:
 * @path: decoded
 * @query: (nullable): as it came
 *
 * Makes a request. A query parameter that is not UTF-8 is left out.
 *
 * Returns: (transfer full): a request without headers and body
 */
YejiRequest *
yeji_request_new (const char *method,
                  const char *path,
                  const char *query)
{
  YejiRequest *self = g_new0 (YejiRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->query = soup_form_decode (query != NULL ? query : "");
  g_hash_table_foreach_remove (self->query, is_not_text, NULL);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->language = YEJI_LANGUAGE_ZH;
  return self;
}

/**
 * yeji_request_set_header:
 *
 * Sets a header; Accept-Language sets the language of the answer.
 */
void
yeji_request_set_header (YejiRequest *self,
                         const char  *name,
                         const char  *value)
{
  char *folded = g_ascii_strdown (name, -1);

  if (g_str_equal (folded, "accept-language"))
    self->language = yeji_language_parse (value);
  g_hash_table_replace (self->headers, folded, g_strdup (value));
}

/**
 * yeji_request_get_header:
 * @name: in lower case
 *
 * Returns: (nullable): the value
 */
const char *
yeji_request_get_header (YejiRequest *self,
                         const char  *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * yeji_request_get_query:
 *
 * Returns: (nullable): the value of a query parameter
 */
const char *
yeji_request_get_query (YejiRequest *self,
                        const char  *name)
{
  return g_hash_table_lookup (self->query, name);
}

/**
 * yeji_request_dup_token:
 *
 * Returns: (transfer full) (nullable): the bearer token
 */
char *
yeji_request_dup_token (YejiRequest *self)
{
  const char *value = yeji_request_get_header (self, "authorization");

  if (value == NULL || g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return NULL;
  return g_strstrip (g_strdup (value + 7));
}

/**
 * yeji_request_get_object:
 *
 * Returns: (nullable) (transfer none): the body, if it is a JSON object
 */
JsonObject *
yeji_request_get_object (YejiRequest *self)
{
  return yeji_json_node_object (self->body);
}

/**
 * yeji_request_get_string:
 *
 * Returns: (nullable): a string member of the body
 */
const char *
yeji_request_get_string (YejiRequest *self,
                         const char  *member)
{
  JsonObject *object = yeji_request_get_object (self);

  return object != NULL ? yeji_json_get_string (object, member) : NULL;
}

/**
 * yeji_request_get_array:
 *
 * Returns: (nullable) (transfer none): an array member of the body
 */
JsonArray *
yeji_request_get_array (YejiRequest *self,
                        const char  *member)
{
  JsonObject *object = yeji_request_get_object (self);

  return object != NULL ? yeji_json_get_array (object, member) : NULL;
}

/**
 * yeji_request_get_revision:
 * @revision: (out): the revision that If-Match names; -1 when it is none of ours
 *
 * Returns: whether there is an If-Match
 */
gboolean
yeji_request_get_revision (YejiRequest *self,
                           gint64      *revision)
{
  const char *value = yeji_request_get_header (self, "if-match");
  g_autofree char *number = NULL;
  guint64 parsed = 0;

  *revision = -1;
  if (value == NULL)
    return FALSE;
  if (g_str_has_prefix (value, "\"r") && g_str_has_suffix (value, "\"") && strlen (value) > 3)
    {
      number = g_strndup (value + 2, strlen (value) - 3);
      if (g_ascii_string_to_unsigned (number, 10, 0, G_MAXINT64, &parsed, NULL))
        *revision = (gint64) parsed;
    }
  return TRUE;
}

/**
 * yeji_request_knows:
 * @tag: an entity tag with its quotes
 *
 * Returns: whether If-None-Match names it, as it is or as a proxy made it weak, or any
 */
gboolean
yeji_request_knows (YejiRequest *self,
                    const char  *tag)
{
  const char *header = yeji_request_get_header (self, "if-none-match");
  g_auto (GStrv) tags = g_strsplit (header != NULL ? header : "", ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *text = g_strstrip (tags[i]);

      if (g_str_has_prefix (text, "W/"))
        text += 2;
      if (g_str_equal (text, tag) || g_str_equal (text, "*"))
        return TRUE;
    }
  return FALSE;
}

/**
 * yeji_request_free:
 * @self: (transfer full)
 *
 * Frees a request.
 */
void
yeji_request_free (YejiRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->address);
  g_hash_table_unref (self->query);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->target);
  g_clear_pointer (&self->account, yeji_account_free);
  g_clear_pointer (&self->sent, yeji_sent_record_free);
  g_clear_pointer (&self->submission, yeji_sent_submission_free);
  g_clear_pointer (&self->upload, yeji_upload_free);
  g_clear_pointer (&self->batch, yeji_batch_free);
  g_free (self->document);
  g_free (self->thumbnail);
  g_clear_pointer (&self->sign_in, yeji_sign_in_free);
  g_free (self);
}
