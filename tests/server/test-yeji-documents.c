// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is kept of documents, how long, how much, and who gets to see them. */

#include "config.h"

#include "yeji-server-files-fixture.h"

#define DAY (24 * 60 * 60)
#define QUOTA 10000

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .quota = QUOTA, .upload_seconds = 7 * DAY,
  .sweep_seconds = 1,
};

static GBytes *
get_part (GBytes *content,
          gsize   first,
          gsize   length)
{
  return g_bytes_new_from_bytes (content, first, length);
}

static void
test_ranges (Site          *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *range;
    guint status;
    gsize first, length;
    const char *expected;      /* Content-Range */
  } cases[] = {
    { "bytes=0-99", 206, 0, 100, "bytes 0-99/5000" },
    { "bytes=100-199", 206, 100, 100, "bytes 100-199/5000" },
    { "bytes=4900-", 206, 4900, 100, "bytes 4900-4999/5000" },
    { "bytes=4900-9000", 206, 4900, 100, "bytes 4900-4999/5000" },
    { "bytes=-10", 206, 4990, 10, "bytes 4990-4999/5000" },
    { "bytes=-9000", 206, 0, 5000, "bytes 0-4999/5000" },
    { "bytes=5000-", 416, 0, 0, "bytes */5000" },
    { "bytes=-0", 416, 0, 0, "bytes */5000" },
    { "bytes=0-1,3-4", 200, 0, 5000, NULL },
    { "bytes=9-3", 200, 0, 5000, NULL },
    { "bytes=a-b", 200, 0, 5000, NULL },
    { "bytes=-", 200, 0, 5000, NULL },
    { "bytes=99999999999999999999-", 200, 0, 5000, NULL },
    { "lines=0-9", 200, 0, 5000, NULL },
  };
  g_autoptr (GBytes) content = make_document ("ranges", 5000);
  g_autoptr (Answer) sent = NULL;

  put_draft (self);
  sent = send_document (self, content, "contract", "scan.pdf");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fetch (self, "qiye", "GET", get_header (sent, "Location"), NULL,
                                         NULL, "Range", cases[i].range, NULL);
      g_autoptr (GBytes) part = get_part (content, cases[i].first, cases[i].length);

      g_test_message ("%s", cases[i].range);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      g_assert_cmpstr (get_header (answer, "Content-Range"), ==, cases[i].expected);
      if (cases[i].status != 416)
        g_assert_true (g_bytes_equal (answer->bytes, part));
    }
}

static void
test_tags (Site          *self,
           gconstpointer  data)
{
  g_autoptr (GBytes) content = make_document ("tags", 5000);
  g_autofree char *sha256 = sum_document (content);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", sha256);
  g_autofree char *weak = g_strdup_printf ("\"x\", W/%s", tag);
  g_autoptr (Answer) sent = NULL;
  g_autoptr (Answer) whole = NULL;
  g_autoptr (Answer) same = NULL;
  g_autoptr (Answer) part = NULL;
  g_autoptr (Answer) other = NULL;
  const char *location;

  put_draft (self);
  sent = send_document (self, content, "contract", "scan.pdf");
  location = get_header (sent, "Location");
  whole = fetch (self, "qiye", "GET", location, NULL, NULL, NULL);
  g_assert_cmpstr (get_header (whole, "ETag"), ==, tag);
  g_assert_cmpstr (get_header (whole, "Accept-Ranges"), ==, "bytes");
  g_assert_cmpstr (get_header (whole, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_nonnull (strstr (get_header (whole, "Content-Security-Policy"), "sandbox"));
  same = fetch (self, "qiye", "GET", location, NULL, NULL, "If-None-Match", weak, NULL);
  g_assert_cmpuint (same->status, ==, 304);
  g_assert_cmpuint (g_bytes_get_size (same->bytes), ==, 0);
  part = fetch (self, "qiye", "GET", location, NULL, NULL, "Range", "bytes=0-9", "If-Range", tag,
                NULL);
  g_assert_cmpuint (part->status, ==, 206);
  other = fetch (self, "qiye", "GET", location, NULL, NULL, "Range", "bytes=0-9", "If-Range",
                 "\"other\"", NULL);
  g_assert_cmpuint (other->status, ==, 200);
  g_assert_true (g_bytes_equal (other->bytes, content));
}

/* Every file below the data directory. */
static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }
  return n;
}

static guint
count_in (Site       *self,
          const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  return count_files (path);
}

/* Names that would be paths, headers or markup elsewhere. */
static void
test_names (Site          *self,
            gconstpointer  data)
{
  static const struct
  {
    const char *name, *disposition;
  } cases[] = {
    { "scan.pdf", "inline; filename*=UTF-8''scan.pdf" },
    { "../../../etc/passwd", "inline; filename*=UTF-8''passwd" },
    { "C:\\Windows\\x.pdf", "inline; filename*=UTF-8''x.pdf" },
    { "/etc/shadow", "inline; filename*=UTF-8''shadow" },
    { "..", "inline; filename*=UTF-8''.." },
    { "a\"b.pdf", "inline; filename*=UTF-8''a%22b.pdf" },
    { "a\r\nSet-Cookie: x=1", "inline; filename*=UTF-8''aSet-Cookie%3A%20x%3D1" },
    { "<script>", "inline; filename*=UTF-8''%3Cscript%3E" },
    { "合同.pdf", "inline; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf" },
    { "con", "inline; filename*=UTF-8''con" },
  };

  put_draft (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) content = make_document (cases[i].name, 100);
      g_autofree char *sha256 = sum_document (content);
      g_autofree char *path = g_build_filename (self->dir, "files", NULL);
      g_autofree char *group = g_strndup (sha256, 2);
      g_autofree char *expected = g_build_filename (path, group, sha256, NULL);
      g_autoptr (Answer) sent = send_document (self, content, "contract", cases[i].name);
      g_autoptr (Answer) got = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (sent->status, ==, 201);
      g_assert_true (g_file_test (expected, G_FILE_TEST_IS_REGULAR));
      got = fetch (self, "qiye", "GET", get_header (sent, "Location"), NULL, NULL, NULL);
      g_assert_cmpstr (get_header (got, "Content-Disposition"), ==, cases[i].disposition);
      g_assert_null (get_header (got, "Set-Cookie"));
    }
  g_assert_cmpuint (count_in (self, "files"), ==, G_N_ELEMENTS (cases));
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
}

static void
test_quota (Site          *self,
            gconstpointer  data)
{
  g_autoptr (GBytes) first = make_document ("first", 6000);
  g_autoptr (GBytes) second = make_document ("second", 5000);
  g_autoptr (GBytes) third = make_document ("third", 4000);
  g_autoptr (Answer) sent = NULL;
  g_autoptr (Answer) refused = NULL;
  g_autoptr (Answer) fits = NULL;
  g_autoptr (Answer) removed = NULL;
  g_autoptr (Answer) again = NULL;
  g_autoptr (JsonNode) problem = NULL;

  put_draft (self);
  sent = send_document (self, first, "contract", "first.pdf");
  g_assert_cmpuint (sent->status, ==, 201);
  refused = send_document (self, second, "contract", "second.pdf");
  assert_refused (refused, 507, YEJI_WIRE_QUOTA);
  problem = get_json (refused);
  g_assert_cmpint (yeji_json_get_int (json_node_get_object (problem), "used", -1), ==, 6000);
  g_assert_cmpint (yeji_json_get_int (json_node_get_object (problem), "allowed", -1), ==, QUOTA);
  g_assert_nonnull (yeji_json_get_string (json_node_get_object (problem), "detail"));
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);

  /* What is only announced counts too; what is removed does not. */
  g_free (announce_document (self, third, "contract"));
  fits = send_document (self, third, "contract", "third.pdf");
  g_assert_cmpuint (fits->status, ==, 507);
  removed = fetch (self, "qiye", "DELETE", get_header (sent, "Location"), NULL, NULL,
                   "Tus-Resumable", "1.0.0", NULL);
  g_assert_cmpuint (removed->status, ==, 204);
  again = send_document (self, second, "contract", "second.pdf");
  g_assert_cmpuint (again->status, ==, 201);
}

static gboolean
is_swept (gpointer data)
{
  return count_in (data, "parts") == 0;
}

static gboolean
is_unknown (gpointer data)
{
  Site *self = data;
  g_autoptr (Answer) answer = look_at_document (self, g_object_get_data (G_OBJECT (self->server),
                                                                         "location"));

  return answer->status == 404;
}

static void
test_expiry (Site          *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_document ("expires", 5000);
  g_autofree char *location = NULL;
  g_autofree char *soon = NULL;
  g_autofree char *late = NULL;
  g_autoptr (Answer) begun = NULL;
  g_autoptr (Answer) looked = NULL;
  g_autoptr (Answer) kept = NULL;
  g_autoptr (Answer) gone = NULL;

  put_draft (self);
  location = announce_document (self, content, "contract");
  g_object_set_data (G_OBJECT (self->server), "location", location);
  begun = fetch (self, "qiye", "PATCH", location, OFFSET_TYPE, get_part (content, 0, 1000),
                 "Tus-Resumable", "1.0.0", "Upload-Offset", "0", NULL);
  g_assert_cmpuint (begun->status, ==, 204);
  soon = g_strdup (get_header (begun, "Upload-Expires"));

  /* Who goes on with it keeps it. */
  yeji_clock_set_offset (6 * DAY);
  kept = fetch (self, "qiye", "PATCH", location, OFFSET_TYPE, get_part (content, 1000, 1000),
                "Tus-Resumable", "1.0.0", "Upload-Offset", "1000", NULL);
  g_assert_cmpuint (kept->status, ==, 204);
  late = g_strdup (get_header (kept, "Upload-Expires"));
  g_assert_cmpstr (soon, !=, late);
  yeji_clock_set_offset (12 * DAY);
  looked = look_at_document (self, location);
  g_assert_cmpuint (looked->status, ==, 200);
  g_assert_cmpstr (get_header (looked, "Upload-Offset"), ==, "2000");

  /* Nobody did: it is refused at once and swept while the server runs. */
  yeji_clock_set_offset (14 * DAY);
  gone = look_at_document (self, location);
  g_assert_true (gone->status == 410 || gone->status == 404);
  g_assert_null (get_header (gone, "Upload-Offset"));
  yeji_test_wait_until (is_swept, self, WAIT);
  yeji_test_wait_until (is_unknown, self, WAIT);
  yeji_clock_set_offset (0);
}

static void
test_readers (Site          *self,
              gconstpointer  data)
{
  g_autoptr (GBytes) content = make_document ("readers", 2000);
  g_autoptr (Answer) sent = NULL;
  const struct
  {
    const char *account;
    guint status;
  } cases[] = {
    { "qiye", 200 }, { "other", 404 }, { "shi", 404 }, { "jilin", 404 }, { NULL, 401 },
  };
  g_autofree char *thumbnail = NULL;

  put_draft (self);
  sent = send_document (self, content, "contract", "scan.pdf");
  thumbnail = g_strconcat (get_header (sent, "Location"), "/thumbnail?page=1", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fetch (self, cases[i].account, "GET",
                                         get_header (sent, "Location"), NULL, NULL, NULL);
      g_autoptr (Answer) small = fetch (self, cases[i].account, "GET", thumbnail, NULL, NULL, NULL);

      g_assert_cmpuint (answer->status, ==, cases[i].status);
      /* Nobody here can draw. */
      g_assert_cmpuint (small->status, ==, cases[i].status == 200 ? 404 : cases[i].status);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* These scans are none. */
  g_setenv ("YEJI_EXAMINER", "nowhere", TRUE);

#define ADD(path, func) g_test_add (path, Site, &settings, site_set_up, func, site_tear_down)
  ADD ("/server/documents/a-part-is-sent-alone", test_ranges);
  ADD ("/server/documents/what-is-known-is-not-sent-again", test_tags);
  ADD ("/server/documents/a-name-is-never-a-path", test_names);
  ADD ("/server/documents/there-is-so-much-room-and-no-more", test_quota);
  ADD ("/server/documents/nobody-goes-on-and-it-is-swept", test_expiry);
  ADD ("/server/documents/a-draft-is-the-enterprise-s-own", test_readers);
  return g_test_run ();
}
