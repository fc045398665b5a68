// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Documents that are sent to a province behind a real port. */

#pragma once

#include "yeji-server-http-fixture.h"

#define OFFSET_TYPE "application/offset+octet-stream"

/* A PDF by its first bytes, and by nothing else; another one for each name. */
G_GNUC_UNUSED static GBytes *
make_document (const char *name,
               gsize       size)
{
  guint8 *data = g_malloc (size);
  guint hash = g_str_hash (name);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 251 + hash);
  memcpy (data, "%PDF-1.7\n", MIN (size, 9));
  return g_bytes_new_take (data, size);
}

G_GNUC_UNUSED static char *
sum_document (GBytes *content)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
}

G_GNUC_UNUSED static char *
describe_document (GBytes     *content,
                   const char *slot,
                   const char *filename)
{
  g_autofree char *sha256 = sum_document (content);

  return yeji_metadata_print ("record", UUID, "slot", slot, "sha256", sha256,
                              "filename", filename, "filetype", "application/pdf", NULL);
}

/* The whole in one request. */
G_GNUC_UNUSED static Answer *
send_document (Site       *self,
               GBytes     *content,
               const char *slot,
               const char *filename)
{
  g_autofree char *metadata = describe_document (content, slot, filename);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (content));

  return fetch (self, "qiye", "POST", "/v1/files", OFFSET_TYPE, g_bytes_ref (content),
                "Tus-Resumable", "1.0.0", "Upload-Length", length, "Upload-Metadata", metadata,
                NULL);
}

/* Nothing of it yet; returns where it goes. */
G_GNUC_UNUSED static char *
announce_document (Site       *self,
                   GBytes     *content,
                   const char *slot)
{
  g_autofree char *metadata = describe_document (content, slot, "scan.pdf");
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (content));
  g_autoptr (Answer) answer = fetch (self, "qiye", "POST", "/v1/files", NULL, NULL,
                                     "Tus-Resumable", "1.0.0", "Upload-Length", length,
                                     "Upload-Metadata", metadata, NULL);

  g_assert_cmpuint (answer->status, ==, 201);
  return g_strdup (get_header (answer, "Location"));
}

G_GNUC_UNUSED static Answer *
look_at_document (Site       *self,
                  const char *location)
{
  return fetch (self, "qiye", "HEAD", location, NULL, NULL, "Tus-Resumable", "1.0.0", NULL);
}

G_GNUC_UNUSED static void
put_sample (Site       *self,
            const char *name)
{
  g_autofree char *text = read_sample (name);
  g_autoptr (Answer) answer = fetch_json (self, "qiye", "PUT", "/v1/records/" UUID, text,
                                          "If-None-Match", "*", NULL);

  g_assert_cmpuint (answer->status, ==, 201);
}

/* The smallest thing that documents can belong to. */
G_GNUC_UNUSED static void
put_draft (Site *self)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autofree char *text = NULL;
  g_autoptr (Answer) answer = NULL;

  text = g_strdup_printf ("{\"uuid\": \"%s\", \"dictionary\": \"%s\", \"role\": \"construction\","
                          " \"project\": {\"CityNum\": \"220100\", \"CountyNum\": \"220104\"}}",
                          UUID, yeji_dictionary_get_version (dictionary));
  answer = fetch_json (self, "qiye", "PUT", "/v1/records/" UUID, text, "If-None-Match", "*", NULL);
  g_assert_cmpuint (answer->status, ==, 201);
}

G_GNUC_UNUSED static const char *
get_problem (JsonNode *node)
{
  const char *type = yeji_json_get_string (json_node_get_object (node), "type");

  g_assert_nonnull (type);
  g_assert_true (g_str_has_prefix (type, "urn:yeji:problem:"));
  return type + strlen ("urn:yeji:problem:");
}

/* What the answer is refused with: RFC 9457, with words. */
G_GNUC_UNUSED static void
assert_refused (Answer     *answer,
                guint       status,
                const char *kind)
{
  g_autoptr (JsonNode) node = get_json (answer);

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (get_header (answer, "Content-Type"), ==, "application/problem+json");
  g_assert_cmpstr (get_problem (node), ==, kind);
  g_assert_nonnull (yeji_json_get_string (json_node_get_object (node), "title"));
}
