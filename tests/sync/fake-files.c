// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the false province does with documents: tus in small. */

#include "config.h"

#include "fake-province-private.h"

#include "yeji-digest.h"

void
fake_upload_free (gpointer data)
{
  FakeUpload *upload = data;

  g_free (upload->record);
  g_free (upload->sha256);
  g_byte_array_unref (upload->content);
  g_free (upload);
}

void
fake_files_post_have (FakeProvince *self,
                      Visit        *visit)
{
  FakeRecord *record = fake_province_find (self, yeji_json_get_string (visit->body, "record"));
  JsonArray *asked = yeji_json_get_array (visit->body, "sha256");
  GString *text = g_string_new ("{\"have\": [");

  for (guint i = 0; record != NULL && i < json_array_get_length (asked); i++)
    {
      const char *sha256 = json_array_get_string_element (asked, i);

      if (g_hash_table_contains (record->held, sha256))
        g_string_append_printf (text, "%s\"%s\"", g_str_has_suffix (text->str, "[") ? "" : ",",
                                sha256);
    }
  g_string_append (text, "]}");
  respond (visit->message, 200, g_string_free (text, FALSE));
}

static FakeUpload *
find_upload (FakeProvince *self,
             Visit        *visit)
{
  FakeUpload *upload = g_hash_table_lookup (self->uploads, visit->path + strlen ("/v1/files/"));

  if (upload == NULL)
    refuse (visit->message, 404, YEJI_WIRE_NOT_FOUND, "");
  return upload;
}

/* Whether the piece is what its sum says, if it has one. */
static gboolean
is_piece_right (FakeProvince *self,
                Visit        *visit,
                GBytes       *body)
{
  const char *header = get_header (visit->message, "Upload-Checksum");
  g_auto (GStrv) words = g_strsplit (header != NULL ? header : "", " ", 2);
  g_autoptr (YejiDigest) digest = NULL;
  g_autofree char *text = NULL;
  guint8 sum[YEJI_DIGEST_MAX];
  YejiDigestKind kind;
  gsize length;

  if (header == NULL)
    return TRUE;
  self->n_sums++;
  g_assert_true (yeji_digest_parse_kind (words[0], &kind));
  digest = yeji_digest_new (kind);
  yeji_digest_update (digest, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  length = yeji_digest_finish (digest, sum);
  text = g_base64_encode (sum, length);
  return g_str_equal (words[1], text);
}

/* Whether the upload is whole and right, or not whole yet. */
static gboolean
append (FakeProvince *self,
        FakeUpload   *upload,
        GBytes       *body)
{
  g_autofree char *sum = NULL;

  self->n_bytes += (gint64) g_bytes_get_size (body);
  g_byte_array_append (upload->content, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (upload->content->len < upload->length)
    return TRUE;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, upload->content->data,
                                     upload->content->len);
  if (!g_str_equal (sum, upload->sha256))
    return FALSE;
  g_hash_table_add (fake_province_find (self, upload->record)->held, g_steal_pointer (&sum));
  return TRUE;
}

void
fake_files_post (FakeProvince *self,
                 Visit        *visit)
{
  g_autoptr (GHashTable) metadata = yeji_metadata_parse (get_header (visit->message,
                                                                     "Upload-Metadata"));
  g_autoptr (GBytes) body = get_body (visit->message);
  char *id = g_strdup_printf ("u%u", g_hash_table_size (self->uploads) + 1);
  FakeUpload *upload = g_new0 (FakeUpload, 1);

  g_assert_cmpuint (g_hash_table_size (metadata), ==, 5);
  upload->record = g_strdup (g_hash_table_lookup (metadata, "record"));
  upload->sha256 = g_strdup (g_hash_table_lookup (metadata, "sha256"));
  upload->length = g_ascii_strtoull (get_header (visit->message, "Upload-Length"), NULL, 10);
  upload->content = g_byte_array_new ();
  g_hash_table_insert (self->uploads, id, upload);
  if (!append (self, upload, body))
    {
      refuse (visit->message, 460, YEJI_WIRE_INVALID, "");
      g_hash_table_remove (self->uploads, id);
      return;
    }
  set_header (visit->message, "Location", "/v1/files/%s", id);
  if (g_bytes_get_size (body) > 0)
    set_header (visit->message, "Upload-Offset", "%u", upload->content->len);
  respond (visit->message, 201, NULL);
}

/* Takes one file of many; what became of it. */
static char *
take_one (FakeProvince  *self,
          JsonObject    *listed,
          const guint8 **data)
{
  g_autoptr (GHashTable) metadata = yeji_metadata_parse (yeji_json_get_string (listed, "metadata"));
  gsize length = (gsize) json_object_get_int_member (listed, "length");
  g_autoptr (GBytes) body = g_bytes_new_static (*data, length);
  FakeUpload *upload = g_new0 (FakeUpload, 1);
  g_autofree char *id = g_strdup_printf ("u%u", g_hash_table_size (self->uploads) + 1);

  *data += length;
  g_assert_cmpuint (g_hash_table_size (metadata), ==, 5);
  upload->record = g_strdup (g_hash_table_lookup (metadata, "record"));
  upload->sha256 = g_strdup (g_hash_table_lookup (metadata, "sha256"));
  upload->length = length;
  upload->content = g_byte_array_new ();
  if (!append (self, upload, body))
    {
      fake_upload_free (upload);
      return g_strdup ("{\"status\": 460, \"problem\": {\"type\": \"urn:yeji:problem:invalid\","
                       " \"title\": \"wrong\", \"status\": 460}}");
    }
  g_hash_table_insert (self->uploads, g_strdup (id), upload);
  return g_strdup_printf ("{\"status\": 201, \"id\": \"%s\"}", id);
}

void
fake_files_post_batch (FakeProvince *self,
                       Visit        *visit)
{
  g_autoptr (GBytes) body = get_body (visit->message);
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);
  const guint8 *end = data + size;
  g_autoptr (JsonNode) node = NULL;
  GString *text = g_string_new ("{\"files\": [");
  JsonArray *list;
  guint32 prefix;

  g_assert_cmpuint (size, >, sizeof prefix);
  memcpy (&prefix, data, sizeof prefix);
  data += sizeof prefix;
  node = yeji_json_parse ((const char *) data, GUINT32_FROM_BE (prefix), NULL);
  g_assert_nonnull (node);
  data += GUINT32_FROM_BE (prefix);
  list = yeji_json_get_array (json_node_get_object (node), "files");
  g_assert_cmpuint (json_array_get_length (list), <=, self->batch_files);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *result = take_one (self, json_array_get_object_element (list, i), &data);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", result);
    }
  g_assert_true (data == end);
  g_string_append (text, "]}");
  respond (visit->message, 200, g_string_free (text, FALSE));
}

void
fake_files_head (FakeProvince *self,
                 Visit        *visit)
{
  FakeUpload *upload = find_upload (self, visit);

  if (upload == NULL)
    return;
  set_header (visit->message, "Upload-Offset", "%u", upload->content->len);
  set_header (visit->message, "Upload-Length", "%" G_GSIZE_FORMAT, upload->length);
  respond (visit->message, 200, NULL);
}

void
fake_files_patch (FakeProvince *self,
                  Visit        *visit)
{
  FakeUpload *upload = find_upload (self, visit);
  g_autoptr (GBytes) body = get_body (visit->message);

  if (upload == NULL)
    return;
  if (g_ascii_strtoull (get_header (visit->message, "Upload-Offset"), NULL, 10)
      != upload->content->len)
    refuse (visit->message, 409, YEJI_WIRE_STATE, "");
  else if (!is_piece_right (self, visit, body))
    refuse (visit->message, 460, YEJI_WIRE_CHECKSUM, "");
  else if (!append (self, upload, body))
    {
      refuse (visit->message, 460, YEJI_WIRE_INVALID, "");
      g_hash_table_remove (self->uploads, visit->path + strlen ("/v1/files/"));
    }
  else
    {
      set_header (visit->message, "Upload-Offset", "%u", upload->content->len);
      respond (visit->message, 204, NULL);
    }
}

void
fake_files_options (FakeProvince *self,
                    Visit        *visit)
{
  set_header (visit->message, "Tus-Version", "1.0.0");
  set_header (visit->message, "Tus-Extension", "%s",
              self->extensions != NULL ? self->extensions : YEJI_WIRE_TUS_EXTENSIONS);
  set_header (visit->message, "Tus-Checksum-Algorithm", "%s",
              self->algorithms != NULL ? self->algorithms : YEJI_WIRE_TUS_ALGORITHMS);
  if (self->batch_files > 0)
    {
      set_header (visit->message, YEJI_WIRE_BATCH_HEADER, "%s", "0, 1");
      set_header (visit->message, YEJI_WIRE_BATCH_FILES_HEADER, "%u", self->batch_files);
      set_header (visit->message, YEJI_WIRE_BATCH_SIZE_HEADER, "%u", 1000000);
    }
  respond (visit->message, 204, NULL);
}

void
fake_files_delete (FakeProvince *self,
                   Visit        *visit)
{
  if (find_upload (self, visit) == NULL)
    return;
  g_hash_table_remove (self->uploads, visit->path + strlen ("/v1/files/"));
  respond (visit->message, 204, NULL);
}

/* The upload that the request made or went on with. */
static FakeUpload *
get_upload (FakeProvince *self,
                                  Visit        *visit)
{
  const char *location = soup_message_headers_get_one (
    soup_server_message_get_response_headers (visit->message), "Location");

  return g_hash_table_lookup (self->uploads, (location != NULL ? location : visit->path)
                                               + strlen ("/v1/files/"));
}

void
fake_files_keep_half (FakeProvince *self,
                      Visit        *visit)
{
  FakeUpload *upload = get_upload (self, visit);

  g_byte_array_set_size (upload->content, upload->content->len / 2);
  g_hash_table_remove (fake_province_find (self, upload->record)->held, upload->sha256);
  set_header (visit->message, "Upload-Offset", "%u", upload->content->len);
}

void
fake_files_lose_sum (FakeProvince *self,
                     Visit        *visit)
{
  FakeUpload *upload = get_upload (self, visit);

  g_hash_table_remove (fake_province_find (self, upload->record)->held, upload->sha256);
  hang_up (visit->message);
}
