// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-province-resources.h"

/* Which program the province wants to be used with it, if it says so. */
static void
add_client (JsonObject                 *object,
            const YejiProvinceSettings *settings)
{
  JsonObject *client;

  if (settings == NULL || settings->client_version == NULL)
    return;
  client = json_object_new ();
  json_object_set_string_member (client, "version", settings->client_version);
  if (settings->client_where != NULL)
    json_object_set_string_member (client, "where", settings->client_where);
  json_object_set_object_member (object, "client", client);
}

/**
 * yeji_configuration_get:
 *
 * `GET /v1/config`: what a client has to know before it signs in.
 */
YejiResponse *
yeji_configuration_get (YejiServerContext  *context,
                        YejiSql            *sql,
                        YejiRequest        *request,
                        GError            **error)
{
  JsonObject *object = json_object_new ();
  JsonObject *dictionary = json_object_new ();
  JsonObject *limits = json_object_new ();
  JsonObject *receipt_key = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "version", YEJI_WIRE_VERSION);
  json_object_set_string_member (object, "name",
                                 yeji_mapping_get_name (context->mapping, request->language));
  json_object_set_string_member (dictionary, "id", yeji_dictionary_get_id (context->dictionary));
  json_object_set_string_member (dictionary, "version",
                                 yeji_dictionary_get_version (context->dictionary));
  json_object_set_string_member (dictionary, "sha256", context->versions->sha256);
  if (context->versions->key != NULL)
    {
      json_object_set_string_member (dictionary, "key", context->versions->key);
      json_object_set_string_member (dictionary, "signature", context->versions->signature);
    }
  json_object_set_object_member (object, "dictionary", dictionary);
  add_client (object, context->province);
  json_object_set_int_member (limits, "file_size", context->settings.file_size);
  json_object_set_int_member (limits, "files",
                              yeji_dictionary_get_limits (context->dictionary)->files);
  json_object_set_int_member (limits, "quota", context->settings.quota);
  json_object_set_int_member (limits, "unfinished_hours", context->settings.upload_seconds / 3600);
  json_object_set_int_member (limits, "files_follow_hours",
                              context->settings.follow_seconds / 3600);
  json_object_set_object_member (object, "limits", limits);
  json_object_set_string_member (object, "tus", "/v1/files");
  json_object_set_string_member (receipt_key, "id",
                                 yeji_receipt_keys_get_id (context->receipt_keys));
  json_object_set_string_member (receipt_key, "key",
                                 yeji_receipt_keys_get_key (context->receipt_keys));
  json_object_set_object_member (object, "receipt_key", receipt_key);
  json_object_set_array_member (object, "receipt_keys",
                                yeji_receipt_keys_list (context->receipt_keys));
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

/**
 * yeji_configuration_get_dictionary:
 *
 * `GET /v1/dictionary`: the bundle that yeji_dictionary_new_from_bundle() reads.
 */
YejiResponse *
yeji_configuration_get_dictionary (YejiServerContext  *context,
                                   YejiSql            *sql,
                                   YejiRequest        *request,
                                   GError            **error)
{
  GBytes *bundle = yeji_dictionary_get_bundle (context->dictionary);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", context->versions->sha256);
  YejiResponse *response;

  if (yeji_request_knows (request, tag))
    response = yeji_response_new (304, NULL);
  else
    {
      response = yeji_response_new (200, NULL);
      response->content = g_bytes_ref (bundle);
      response->type = g_strdup ("application/json");
    }
  yeji_response_set_header (response, "ETag", tag);
  yeji_response_set_header (response, "Cache-Control", "no-cache");
  return response;
}

/**
 * yeji_configuration_get_description:
 *
 * `GET /v1/openapi.yaml`: the description of the protocol, for programs.
 */
YejiResponse *
yeji_configuration_get_description (YejiServerContext  *context,
                                    YejiSql            *sql,
                                    YejiRequest        *request,
                                    GError            **error)
{
  g_autoptr (GBytes) text = NULL;
  YejiResponse *response;

  text = g_resource_lookup_data (yeji_province_get_resource (), "/org/yeji/province/openapi.yaml",
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (text == NULL)
    return NULL;
  response = yeji_response_new (200, NULL);
  response->content = g_steal_pointer (&text);
  response->type = g_strdup ("application/yaml");
  return response;
}
