// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The last day: records are handed over first, their documents after. */

#include "config.h"

#include "yeji-server-files-fixture.h"

#define HOUR (60 * 60)

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .follow_seconds = 72 * HOUR, .sweep_seconds = 1,
  .wait_seconds = 20,
};

static const char * const slots[] = {
  "award_notice", "contract", "construction_permit", "acceptance_report",
};

static GBytes *
make_scan (guint i)
{
  return make_document (slots[i], 3000 + i);
}

/* The submission's list of the first so many documents. */
static char *
list_files (guint    n,
            gboolean follow)
{
  GString *list = g_string_new ("{\"files\": [");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) content = make_scan (i);
      g_autofree char *sha256 = sum_document (content);

      g_string_append_printf (list, "%s{\"slot\": \"%s\", \"sha256\": \"%s\","
                                    " \"filename\": \"%s.pdf\"}",
                              i > 0 ? ", " : "", slots[i], sha256, slots[i]);
    }
  g_string_append_printf (list, "], \"files_follow\": %s}", follow ? "true" : "false");
  return g_string_free (list, FALSE);
}

static Answer *
submit (Site       *self,
        const char *key,
        guint       n,
        gboolean    follow)
{
  g_autofree char *body = list_files (n, follow);

  return fetch_json (self, "qiye", "POST", "/v1/records/" UUID ":submit", body,
                     "Idempotency-Key", key, "If-Match", "\"r1\"", NULL);
}

static void
submit_first (Site *self)
{
  g_autoptr (Answer) answer = NULL;

  put_sample (self, "complete-construction.json");
  answer = submit (self, "first", G_N_ELEMENTS (slots), TRUE);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
send_scan (Site  *self,
           guint  i,
           guint  status)
{
  g_autoptr (GBytes) content = make_scan (i);
  g_autoptr (Answer) answer = send_document (self, content, slots[i], "scan.pdf");

  g_assert_cmpuint (answer->status, ==, status);
}

static JsonNode *
ask_json (Site       *self,
          const char *account,
          const char *path)
{
  g_autoptr (Answer) answer = fetch (self, account, "GET", path, NULL, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return get_json (answer);
}

/* The newest change, and the cursor behind it. */
static JsonNode *
get_last_change (Site  *self,
                 char **cursor)
{
  g_autoptr (JsonNode) page = ask_json (self, "qiye", "/v1/changes");
  JsonArray *changes = json_object_get_array_member (json_node_get_object (page), "changes");
  guint n = json_array_get_length (changes);

  g_assert_cmpuint (n, >, 0);
  if (cursor != NULL)
    *cursor = g_strdup (yeji_json_get_string (json_node_get_object (page), "next"));
  return json_node_copy (json_array_get_element (changes, n - 1));
}

static void
assert_approval (Site       *self,
                 const char *revision,
                 guint       status)
{
  g_autoptr (Answer) answer = fetch_json (self, "shi", "POST", "/v1/records/" UUID ":approve",
                                          "{}", "If-Match", revision, NULL);

  if (status == 409)
    assert_refused (answer, status, YEJI_WIRE_FILES_FOLLOW);
  g_assert_cmpuint (answer->status, ==, status);
}

static JsonObject *
get_reviewed (JsonNode *node)
{
  JsonArray *reviews = json_object_get_array_member (json_node_get_object (node), "reviews");

  g_assert_cmpuint (json_array_get_length (reviews), ==, 1);
  return json_array_get_object_element (reviews, 0);
}

static void
test_story (Site          *self,
            gconstpointer  data)
{
  g_autoptr (Answer) early = NULL;
  g_autoptr (Answer) submitted = NULL;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) list = NULL;
  g_autoptr (JsonNode) seen = NULL;
  g_autoptr (JsonNode) receipt = NULL;
  g_autoptr (JsonNode) change = NULL;
  g_autoptr (GBytes) stranger = make_document ("not announced", 3000);
  g_autoptr (Answer) unannounced = NULL;
  JsonObject *files;
  JsonArray *received;

  put_sample (self, "complete-construction.json");
  early = submit (self, "without", G_N_ELEMENTS (slots), FALSE);
  assert_refused (early, 409, YEJI_WIRE_MISSING_FILES);

  /* The list is judged, and the time counts. */
  submitted = submit (self, "with", G_N_ELEMENTS (slots), TRUE);
  g_assert_cmpuint (submitted->status, ==, 200);
  answer = get_json (submitted);
  g_assert_cmpstr (yeji_json_get_string (json_node_get_object (answer), "state"), ==, "submitted");
  files = json_object_get_object_member (json_node_get_object (answer), "files");
  g_assert_cmpint (yeji_json_get_int (files, "announced", -1), ==, 4);
  g_assert_cmpint (yeji_json_get_int (files, "received", -1), ==, 0);
  g_assert_true (json_object_get_null_member (files, "complete_at"));
  g_assert_nonnull (yeji_json_get_string (files, "due_at"));

  /* A reviewer knows, and waits. */
  list = ask_json (self, "shi", "/v1/reviews");
  g_assert_cmpint (yeji_json_get_int (get_reviewed (list), "files_missing", -1), ==, 4);
  g_assert_nonnull (yeji_json_get_string (get_reviewed (list), "files_due_at"));
  assert_approval (self, "\"r2\"", 409);

  /* What was announced may come, nothing else. */
  unannounced = send_document (self, stranger, "contract", "other.pdf");
  assert_refused (unannounced, 409, YEJI_WIRE_STATE);
  for (guint i = 0; i < 3; i++)
    send_scan (self, i, 201);
  seen = ask_json (self, "shi", "/v1/records/" UUID);
  received = json_object_get_array_member (json_node_get_object (seen), "files");
  g_assert_cmpuint (json_array_get_length (received), ==, 3);
  received = json_object_get_array_member (json_node_get_object (seen), "files_expected");
  g_assert_cmpuint (json_array_get_length (received), ==, 1);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (received, 0), "slot"), ==,
                   slots[3]);
  assert_approval (self, "\"r2\"", 409);
  change = get_last_change (self, NULL);
  g_assert_null (yeji_json_get_string (json_node_get_object (change), "files_complete_at"));
  g_assert_nonnull (yeji_json_get_string (json_node_get_object (change), "files_due_at"));
  g_clear_pointer (&change, json_node_unref);

  /* The last one is told of, and the receipt says both times. */
  send_scan (self, 3, 201);
  change = get_last_change (self, NULL);
  g_assert_cmpstr (yeji_json_get_string (json_node_get_object (change), "revision"), ==, "r2");
  g_assert_cmpstr (yeji_json_get_string (json_node_get_object (change), "state"), ==, "submitted");
  g_assert_nonnull (yeji_json_get_string (json_node_get_object (change), "files_complete_at"));
  receipt = ask_json (self, "qiye", "/v1/records/" UUID "/receipts");
  files = json_node_get_object (receipt);
  g_assert_cmpstr (yeji_json_get_string (files, "submitted_at"), ==,
                   yeji_json_get_string (json_node_get_object (answer), "at"));
  g_assert_cmpstr (yeji_json_get_string (files, "files_complete_at"), >,
                   yeji_json_get_string (files, "submitted_at"));
  g_assert_cmpstr (yeji_json_get_string (files, "revision"), ==, "r2");
  g_assert_cmpuint (strlen (yeji_json_get_string (files, "sha256")), ==, 64);
  received = json_object_get_array_member (files, "files");
  g_assert_cmpuint (json_array_get_length (received), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (yeji_json_get_string (json_array_get_object_element (received, i),
                                            "received_at"));
  send_scan (self, 3, 409);
  assert_approval (self, "\"r2\"", 200);
}

static void
test_unasked (Site          *self,
              gconstpointer  data)
{
  g_autoptr (Answer) few = NULL;
  g_autoptr (Answer) complete = NULL;
  g_autoptr (Answer) receipt = NULL;
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *files;

  put_sample (self, "complete-construction.json");
  receipt = fetch (self, "qiye", "GET", "/v1/records/" UUID "/receipts", NULL, NULL, NULL);
  assert_refused (receipt, 404, YEJI_WIRE_NOT_FOUND);
  few = submit (self, "few", 3, TRUE);
  assert_refused (few, 409, YEJI_WIRE_MISSING_FILES);
  for (guint i = 0; i < 4; i++)
    send_scan (self, i, 201);
  complete = submit (self, "all", 4, TRUE);
  g_assert_cmpuint (complete->status, ==, 200);
  answer = get_json (complete);
  files = json_object_get_object_member (json_node_get_object (answer), "files");
  g_assert_cmpint (yeji_json_get_int (files, "received", -1), ==, 4);
  g_assert_cmpstr (yeji_json_get_string (files, "complete_at"), ==,
                   yeji_json_get_string (json_node_get_object (answer), "at"));
  g_assert_true (json_object_get_null_member (files, "due_at"));
}

/* What lies beside the submission is nobody else's. */
static void
test_beside (Site          *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) beside = make_document ("beside", 3000);
  g_autoptr (GBytes) listed = make_scan (1);
  g_autoptr (Answer) extra = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autoptr (Answer) submitted = NULL;
  g_autoptr (Answer) hidden = NULL;
  g_autoptr (Answer) shown = NULL;
  g_autoptr (Answer) own = NULL;
  g_autofree char *thumbnail = NULL;
  g_autoptr (Answer) small = NULL;

  put_sample (self, "complete-construction.json");
  extra = send_document (self, beside, "contract", "beside.pdf");
  sent = send_document (self, listed, "contract", "listed.pdf");
  submitted = submit (self, "beside", G_N_ELEMENTS (slots), TRUE);
  g_assert_cmpuint (submitted->status, ==, 200);
  hidden = fetch (self, "shi", "GET", get_header (extra, "Location"), NULL, NULL, NULL);
  assert_refused (hidden, 404, YEJI_WIRE_NOT_FOUND);
  thumbnail = g_strconcat (get_header (extra, "Location"), "/thumbnail", NULL);
  small = fetch (self, "shi", "GET", thumbnail, NULL, NULL, NULL);
  assert_refused (small, 404, YEJI_WIRE_NOT_FOUND);
  shown = fetch (self, "shi", "GET", get_header (sent, "Location"), NULL, NULL, NULL);
  g_assert_cmpuint (shown->status, ==, 200);
  own = fetch (self, "qiye", "GET", get_header (extra, "Location"), NULL, NULL, NULL);
  g_assert_cmpuint (own->status, ==, 200);
}

/* An upload that was begun is ended by its enterprise, and begun anew. */
static void
test_cancelled (Site          *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) content = make_scan (0);
  g_autofree char *location = NULL;
  g_autoptr (Answer) removed = NULL;
  g_autoptr (Answer) complete = NULL;
  g_autoptr (Answer) kept = NULL;

  submit_first (self);
  location = announce_document (self, content, slots[0]);
  removed = fetch (self, "qiye", "DELETE", location, NULL, NULL, "Tus-Resumable", "1.0.0", NULL);
  g_assert_cmpuint (removed->status, ==, 204);
  complete = send_document (self, content, slots[0], "scan.pdf");
  g_assert_cmpuint (complete->status, ==, 201);
  kept = fetch (self, "qiye", "DELETE", get_header (complete, "Location"), NULL, NULL,
                "Tus-Resumable", "1.0.0", NULL);
  assert_refused (kept, 409, YEJI_WIRE_STATE);
}

/* As the enterprise sees it: documents of the submission that are there, and that are to come. */
static void
assert_listed (Site  *self,
               guint  n_there,
               guint  n_expected)
{
  g_autoptr (JsonNode) node = ask_json (self, "qiye", "/v1/records/" UUID);
  JsonObject *record = json_node_get_object (node);
  JsonArray *files = json_object_get_array_member (record, "files");

  g_assert_cmpuint (json_array_get_length (files), ==, n_there);
  for (guint i = 0; i < n_there; i++)
    g_assert_true (json_object_get_boolean_member (json_array_get_object_element (files, i),
                                                   YEJI_WIRE_MEMBER_FILE_SUBMITTED));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                      record, YEJI_WIRE_MEMBER_FILES_EXPECTED)), ==, n_expected);
}

static void
test_overdue (Site          *self,
              gconstpointer  data)
{
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) page = NULL;
  JsonArray *changes, *points;
  JsonObject *change;

  submit_first (self);
  send_scan (self, 0, 201);
  send_scan (self, 1, 201);
  before = get_last_change (self, &cursor);
  yeji_clock_set_offset (73 * HOUR);

  /* Who waits is told at once. */
  path = g_strdup_printf ("/v1/changes?wait=20&since=%s", cursor);
  page = ask_json (self, "qiye", path);
  yeji_clock_set_offset (0);
  changes = json_object_get_array_member (json_node_get_object (page), "changes");
  g_assert_cmpuint (json_array_get_length (changes), ==, 1);
  change = json_array_get_object_element (changes, 0);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "returned");
  g_assert_cmpstr (yeji_json_get_string (change, "revision"), ==, "r3");
  g_assert_nonnull (strstr (yeji_json_get_string (change, "message"), "还有 2 份材料"));
  g_assert_nonnull (yeji_json_get_string (change, "office"));
  points = json_object_get_array_member (change, "points");
  g_assert_cmpuint (json_array_get_length (points), ==, 2);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (points, 0), "pointer"), ==,
                   "/documents/acceptance_report");
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (points, 1), "pointer"), ==,
                   "/documents/construction_permit");

  /* The clerk goes on where the time ended; what comes late is part of what was submitted, and nobody
   * else of the enterprise takes it for taken out. */
  send_scan (self, 2, 201);
  assert_listed (self, 3, 1);
  send_scan (self, 3, 201);
  assert_listed (self, 4, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* These scans are none. */
  g_setenv ("YEJI_EXAMINER", "nowhere", TRUE);

#define ADD(path, func) g_test_add (path, Site, &settings, site_set_up, func, site_tear_down)
  ADD ("/server/following/records-first-documents-after", test_story);
  ADD ("/server/following/mandatory-slots-are-judged-by-the-list", test_unasked);
  ADD ("/server/following/what-lies-beside-stays-the-enterprise-s-own", test_beside);
  ADD ("/server/following/an-upload-can-be-begun-anew", test_cancelled);
  ADD ("/server/following/what-does-not-come-in-time-returns-the-record", test_overdue);
  return g_test_run ();
}
