// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The province opens what it gets, with the real examiner. */

#include "config.h"

#include <glib/gstdio.h>

#include "scan-files.h"
#include "yeji-server-files-fixture.h"

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .wait_seconds = 20,
};

static const char * const slots[] = {
  "award_notice", "contract", "construction_permit", "acceptance_report",
};

/* A sheet that opens, another one for each slot. */
static GBytes *
make_scan (const char *slot)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "scan.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  scan_write_pdf (path, 2, slot);
  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  yeji_test_dir_remove (dir);
  return g_bytes_new_take (data, length);
}

static char *
print_list (GBytes **scans)
{
  GString *list = g_string_new ("{\"files\": [");

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *sha256 = sum_document (scans[i]);

      g_string_append_printf (list, "%s{\"slot\": \"%s\", \"sha256\": \"%s\"}", i > 0 ? ", " : "",
                              slots[i], sha256);
    }
  return g_string_free (g_string_append (list, "], \"files_follow\": true}"), FALSE);
}

static Answer *
submit (Site       *self,
        GBytes    **scans,
        const char *key,
        const char *revision)
{
  g_autofree char *body = print_list (scans);

  return fetch_json (self, "qiye", "POST", "/v1/records/" UUID ":submit", body,
                     "Idempotency-Key", key, "If-Match", revision, NULL);
}

typedef struct
{
  Site *site;
  const char *verdict;
} Expected;

/* Whether every document of the record was looked at, with this end for that of the contract. */
static gboolean
is_examined (gpointer data)
{
  Expected *expected = data;
  g_autoptr (Answer) answer = fetch (expected->site, "qiye", "GET", "/v1/records/" UUID, NULL, NULL,
                                     NULL);
  g_autoptr (JsonNode) node = get_json (answer);
  JsonArray *files = json_object_get_array_member (json_node_get_object (node), "files");

  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = json_array_get_object_element (files, i);
      const char *examined = yeji_json_get_string (file, "examined");
      gboolean is_contract = g_str_equal (yeji_json_get_string (file, "slot"), "contract");

      if (examined == NULL)
        return FALSE;
      g_assert_cmpstr (examined, ==, is_contract ? expected->verdict : "good");
    }
  return TRUE;
}

static void
wait_examined (Site       *self,
               const char *verdict)
{
  Expected expected = { self, verdict };

  yeji_test_wait_until (is_examined, &expected, WAIT);
}

static void
make_scans (GBytes **scans)
{
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    scans[i] = make_scan (slots[i]);
}

static void
free_scans (GBytes **scans)
{
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_bytes_unref (scans[i]);
}

static void
send_scans (Site    *self,
            GBytes **scans)
{
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (Answer) sent = send_document (self, scans[i], slots[i], "扫描.pdf");

      g_assert_cmpuint (sent->status, ==, 201);
    }
}

/* The beginning of a scan: whoever looks at its first bytes alone takes it. */
static void
damage (GBytes **scan)
{
  GBytes *half = g_bytes_new (g_bytes_get_data (*scan, NULL), g_bytes_get_size (*scan) / 3);

  g_bytes_unref (*scan);
  *scan = half;
}

static void
assert_not_had (Site   *self,
                GBytes *scan)
{
  g_autofree char *sha256 = sum_document (scan);
  g_autofree char *body = g_strdup_printf ("{\"record\": \"%s\", \"sha256\": [\"%s\"]}", UUID,
                                           sha256);
  g_autoptr (Answer) have = fetch_json (self, "qiye", "POST", "/v1/files:have", body, NULL);
  g_autoptr (JsonNode) node = get_json (have);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                      json_node_get_object (node), "have")), ==, 0);
}

/* Known before the submission: it is refused, and the words are at the slot. */
static void
test_before (Site          *self,
             gconstpointer  data)
{
  GBytes *scans[G_N_ELEMENTS (slots)];
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) taken = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autoptr (JsonNode) problem = NULL;
  JsonArray *errors;
  JsonObject *error;

  put_sample (self, "complete-construction.json");
  make_scans (scans);
  damage (&scans[1]);
  send_scans (self, scans);
  wait_examined (self, "unreadable");
  assert_not_had (self, scans[1]);
  refused = submit (self, scans, "bad", "\"r1\"");
  assert_refused (refused, 422, YEJI_WIRE_INVALID);
  problem = get_json (refused);
  errors = json_object_get_array_member (json_node_get_object (problem), "errors");
  error = json_array_get_object_element (errors, 0);
  g_assert_cmpstr (yeji_json_get_string (error, "pointer"), ==, "/documents/contract");
  g_assert_nonnull (strstr (yeji_json_get_string (error, "message"), "“扫描.pdf”已损坏"));

  /* A sound one takes its place. */
  g_bytes_unref (scans[1]);
  scans[1] = make_scan ("another contract");
  sent = send_document (self, scans[1], "contract", "新.pdf");
  g_assert_cmpuint (sent->status, ==, 201);
  taken = submit (self, scans, "good", "\"r1\"");
  g_assert_cmpuint (taken->status, ==, 200);
  free_scans (scans);
}

/* Found out after it: the record comes back by itself, and who waits is told. */
static void
test_after (Site          *self,
            gconstpointer  data)
{
  GBytes *scans[G_N_ELEMENTS (slots)];
  g_autoptr (Answer) taken = NULL;
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) waited = NULL;
  g_autoptr (JsonNode) page = NULL;
  g_autoptr (JsonNode) last = NULL;
  g_autofree char *path = NULL;
  JsonArray *changes, *points;
  JsonObject *change;

  put_sample (self, "complete-construction.json");
  make_scans (scans);
  damage (&scans[1]);
  taken = submit (self, scans, "follow", "\"r1\"");
  g_assert_cmpuint (taken->status, ==, 200);
  first = fetch (self, "qiye", "GET", "/v1/changes", NULL, NULL, NULL);
  page = get_json (first);
  path = g_strdup_printf ("/v1/changes?wait=20&since=%s",
                          yeji_json_get_string (json_node_get_object (page), "next"));
  {
    g_autoptr (Answer) sent = send_document (self, scans[1], "contract", "扫描.pdf");

    g_assert_cmpuint (sent->status, ==, 201);
  }
  waited = fetch (self, "qiye", "GET", path, NULL, NULL, NULL);
  last = get_json (waited);
  changes = json_object_get_array_member (json_node_get_object (last), "changes");
  g_assert_cmpuint (json_array_get_length (changes), ==, 1);
  change = json_array_get_object_element (changes, 0);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "returned");
  points = json_object_get_array_member (change, "points");
  g_assert_cmpuint (json_array_get_length (points), ==, 1);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (points, 0), "pointer"), ==,
                   "/documents/contract");
  free_scans (scans);
}

static void
assert_thumbnail (Site       *self,
                  const char *account,
                  const char *location,
                  const char *page,
                  guint       status)
{
  g_autofree char *path = g_strconcat (location, "/thumbnail", page, NULL);
  g_autoptr (Answer) answer = fetch (self, account, "GET", path, NULL, NULL, NULL);

  g_test_message ("%s %s", account, path);
  g_assert_cmpuint (answer->status, ==, status);
  if (status != 200)
    return;
  g_assert_cmpstr (get_header (answer, "Content-Type"), ==, "image/png");
  g_assert_cmpint (memcmp (g_bytes_get_data (answer->bytes, NULL), "\x89PNG\r\n", 6), ==, 0);
}

static void
test_thumbnails (Site          *self,
                 gconstpointer  data)
{
  GBytes *scans[G_N_ELEMENTS (slots)];
  g_autoptr (Answer) sent = NULL;
  g_autoptr (Answer) taken = NULL;
  const char *location;

  put_sample (self, "complete-construction.json");
  make_scans (scans);
  sent = send_document (self, scans[1], "contract", "扫描.pdf");
  location = get_header (sent, "Location");
  assert_thumbnail (self, "qiye", location, "", 200);
  assert_thumbnail (self, "qiye", location, "?page=2", 200);
  assert_thumbnail (self, "qiye", location, "?page=2", 200);   /* from the folder of them */
  assert_thumbnail (self, "qiye", location, "?page=3", 404);
  assert_thumbnail (self, "qiye", location, "?page=0", 400);
  assert_thumbnail (self, "qiye", location, "?page=../../x", 400);
  assert_thumbnail (self, "qiye", location, "?page=1000000", 400);
  assert_thumbnail (self, "shi", location, "", 404);
  taken = submit (self, scans, "follow", "\"r1\"");
  g_assert_cmpuint (taken->status, ==, 200);
  assert_thumbnail (self, "shi", location, "", 200);
  assert_thumbnail (self, "jilin", location, "", 403);
  assert_thumbnail (self, "other", location, "", 404);
  free_scans (scans);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Site, &settings, site_set_up, func, site_tear_down)
  ADD ("/server/inspection/a-damaged-document-is-refused-at-its-slot", test_before);
  ADD ("/server/inspection/one-that-follows-returns-the-record", test_after);
  ADD ("/server/inspection/thumbnails-are-for-who-may-see-the-document", test_thumbnails);
  return g_test_run ();
}
