// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-http-fixture.h"

#define MAX_FILE (64 * 1024 * 1024)

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .file_size = MAX_FILE,
};

/* A PDF by its first bytes, and by nothing else. */
static GBytes *
make_pdf (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 251);
  memcpy (data, "%PDF-1.7\n", MIN (size, 9));
  return g_bytes_new_take (data, size);
}

static void
put_draft (Site *self)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autofree char *text = NULL;
  g_autoptr (Answer) answer = NULL;

  text = g_strdup_printf ("{\"uuid\": \"%s\", \"dictionary\": \"%s\", \"role\": \"construction\","
                          " \"project\": {\"CountyNum\": \"220104\"}}", UUID,
                          yeji_dictionary_get_version (dictionary));
  answer = fetch_json (self, "qiye", "PUT", "/v1/records/" UUID, text, "If-None-Match", "*", NULL);
  g_assert_cmpuint (answer->status, ==, 201);
}

static char *
make_metadata (GBytes     *content,
               const char *slot,
               const char *type)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  return yeji_metadata_print ("record", UUID, "slot", slot, "sha256", sha256,
                              "filename", "../../合同 扫描.pdf", "filetype", type, NULL);
}

static char *
create (Site   *self,
        GBytes *content)
{
  g_autofree char *metadata = make_metadata (content, "contract", "application/pdf");
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (content));
  g_autoptr (Answer) answer = fetch (self, "qiye", "POST", "/v1/files", NULL, NULL,
                                     "Tus-Resumable", "1.0.0", "Upload-Length", length,
                                     "Upload-Metadata", metadata, NULL);

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_cmpstr (get_header (answer, "Upload-Offset"), ==, "0");
  g_assert_cmpstr (get_header (answer, "Tus-Resumable"), ==, "1.0.0");
  return g_strdup (get_header (answer, "Location"));
}

static Answer *
patch (Site       *self,
       const char *location,
       GBytes     *content,
       gsize       offset,
       gsize       length)
{
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, offset);

  return fetch (self, "qiye", "PATCH", location, "application/offset+octet-stream",
                g_bytes_new_from_bytes (content, offset, length),
                "Tus-Resumable", "1.0.0", "Upload-Offset", text, NULL);
}

static Answer *
look (Site       *self,
      const char *location)
{
  return fetch (self, "qiye", "HEAD", location, NULL, NULL, "Tus-Resumable", "1.0.0", NULL);
}

static void
assert_offset (Site       *self,
               const char *location,
               gsize       expected)
{
  g_autoptr (Answer) answer = look (self, location);
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, expected);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (get_header (answer, "Upload-Offset"), ==, text);
}

static void
assert_received (Site       *self,
                 const char *location,
                 GBytes     *content)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *body = g_strdup_printf ("{\"record\": \"%s\", \"sha256\": [\"%s\", \"00\"]}",
                                           UUID, sha256);
  g_autofree char *expected = g_strdup_printf ("{\"have\":[\"%s\"]}", sha256);
  g_autoptr (Answer) have = fetch_json (self, "qiye", "POST", "/v1/files:have", body, NULL);
  g_autoptr (Answer) got = fetch (self, "qiye", "GET", location, NULL, NULL, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (have->bytes, NULL),
                                     g_bytes_get_size (have->bytes));

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (got->status, ==, 200);
  g_assert_cmpstr (get_header (got, "Content-Type"), ==, "application/pdf");
  g_assert_true (g_bytes_equal (got->bytes, content));
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
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

static void
test_pieces (Site          *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (1000 * 1000);
  g_autofree char *location = NULL;
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) conflict = NULL;
  g_autoptr (Answer) looked = NULL;
  g_autoptr (Answer) repeated = NULL;

  put_draft (self);
  location = create (self, content);
  first = patch (self, location, content, 0, 600 * 1000);
  g_assert_cmpuint (first->status, ==, 204);
  g_assert_cmpstr (get_header (first, "Upload-Offset"), ==, "600000");

  conflict = patch (self, location, content, 0, 1000);
  g_assert_cmpuint (conflict->status, ==, 409);
  g_assert_cmpstr (get_header (conflict, "Upload-Offset"), ==, "600000");

  looked = look (self, location);
  g_assert_cmpstr (get_header (looked, "Upload-Offset"), ==, "600000");
  g_assert_cmpstr (get_header (looked, "Upload-Length"), ==, "1000000");
  g_assert_cmpstr (get_header (looked, "Cache-Control"), ==, "no-store");
  g_assert_nonnull (get_header (looked, "Upload-Metadata"));

  second = patch (self, location, content, 600 * 1000, 400 * 1000);
  g_assert_cmpuint (second->status, ==, 204);
  g_assert_cmpstr (get_header (second, "Upload-Offset"), ==, "1000000");
  assert_received (self, location, content);
  assert_offset (self, location, 1000 * 1000);

  repeated = patch (self, location, content, 600 * 1000, 400 * 1000);
  g_assert_cmpuint (repeated->status, ==, 409);
  g_assert_cmpstr (get_header (repeated, "Upload-Offset"), ==, "1000000");
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
  g_assert_cmpuint (count_in (self, "files"), ==, 1);
}

static Answer *
create_with (Site   *self,
             GBytes *content,
             GBytes *announced,
             const char *type)
{
  g_autofree char *metadata = make_metadata (announced, "contract", type);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (announced));

  return fetch (self, "qiye", "POST", "/v1/files", "application/offset+octet-stream",
                g_bytes_ref (content), "Tus-Resumable", "1.0.0", "Upload-Length", length,
                "Upload-Metadata", metadata, NULL);
}

static void
test_with_upload (Site          *self,
                  gconstpointer  data)
{
  static const gsize sizes[] = { 9, 8192, 262144, 262145, 700000 };

  put_draft (self);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) content = make_pdf (sizes[i]);
      g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, sizes[i]);
      g_autoptr (Answer) answer = create_with (self, content, content, "application/pdf");

      g_assert_cmpuint (answer->status, ==, 201);
      g_assert_cmpstr (get_header (answer, "Upload-Offset"), ==, offset);
      assert_received (self, get_header (answer, "Location"), content);
    }
}

static void
test_wrong_content (Site          *self,
                    gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (100000);
  g_autoptr (GBytes) other = make_pdf (100000);
  g_autoptr (GBytes) text = g_bytes_new_static ("#!/bin/sh not a scan", 20);
  g_autoptr (Answer) mismatch = NULL;
  g_autoptr (Answer) no_pdf = NULL;
  g_autoptr (Answer) no_jpeg = NULL;
  g_autofree char *location = NULL;
  g_autoptr (Answer) last = NULL;
  g_autoptr (Answer) gone = NULL;

  ((guint8 *) g_bytes_get_data (other, NULL))[5000] ^= 1;
  put_draft (self);
  mismatch = create_with (self, other, content, "application/pdf");
  g_assert_cmpuint (mismatch->status, ==, 460);
  no_pdf = create_with (self, text, text, "application/pdf");
  g_assert_cmpuint (no_pdf->status, ==, 422);
  no_jpeg = create_with (self, content, content, "image/jpeg");
  g_assert_cmpuint (no_jpeg->status, ==, 422);

  location = create (self, content);
  last = patch (self, location, other, 0, 100000);
  g_assert_cmpuint (last->status, ==, 460);
  gone = look (self, location);
  g_assert_cmpuint (gone->status, ==, 404);
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
  g_assert_cmpuint (count_in (self, "files"), ==, 0);
}

static void
test_refusals (Site          *self,
               gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (1000);
  g_autofree char *good = make_metadata (content, "contract", "application/pdf");
  g_autofree char *bad_slot = make_metadata (content, "nothing", "application/pdf");
  g_autofree char *bad_type = make_metadata (content, "contract", "text/html");
  g_autofree char *bad_sha = yeji_metadata_print ("record", UUID, "slot", "contract", "sha256",
                                                  "../../../etc/passwd", "filename", "a",
                                                  "filetype", "application/pdf", NULL);
  g_autofree char *bad_record = replace_text (good, "record", "recorx");
  const struct
  {
    const char *account, *version, *length, *metadata;
    guint status;
  } cases[] = {
    { "qiye", "0.2.0", "1000", good, 412 },
    { "qiye", "1.0.0", "", good, 400 },
    { "qiye", "1.0.0", "-5", good, 400 },
    { "qiye", "1.0.0", "0", good, 400 },
    { "qiye", "1.0.0", "67108865", good, 413 },
    { "qiye", "1.0.0", "99999999999999999999999", good, 400 },
    { "qiye", "1.0.0", "1000", "", 400 },
    { "qiye", "1.0.0", "1000", "record ***", 400 },
    { "qiye", "1.0.0", "1000", bad_record, 400 },
    { "qiye", "1.0.0", "1000", bad_sha, 400 },
    { "qiye", "1.0.0", "1000", bad_slot, 422 },
    { "qiye", "1.0.0", "1000", bad_type, 422 },
    { "other", "1.0.0", "1000", good, 404 },
    { "shi", "1.0.0", "1000", good, 403 },
    { NULL, "1.0.0", "1000", good, 401 },
  };

  put_draft (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = fetch (self, cases[i].account, "POST", "/v1/files", NULL, NULL,
                                         "Tus-Resumable", cases[i].version,
                                         "Upload-Length", cases[i].length,
                                         "Upload-Metadata", cases[i].metadata, NULL);

      g_test_message ("case %u", i);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      if (cases[i].status == 412)
        g_assert_cmpstr (get_header (answer, "Tus-Version"), ==, "1.0.0");
    }
}

static void
test_patch_refusals (Site          *self,
                     gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (1000);
  g_autoptr (GBytes) longer = make_pdf (1500);
  g_autofree char *location = NULL;
  g_autoptr (Answer) too_long = NULL;
  g_autoptr (Answer) typeless = NULL;
  g_autoptr (Answer) foreign = NULL;

  put_draft (self);
  location = create (self, content);
  too_long = patch (self, location, longer, 0, 1500);
  g_assert_cmpuint (too_long->status, ==, 413);
  typeless = fetch (self, "qiye", "PATCH", location, "application/json", g_bytes_ref (content),
                    "Tus-Resumable", "1.0.0", "Upload-Offset", "0", NULL);
  g_assert_cmpuint (typeless->status, ==, 415);
  foreign = fetch (self, "other", "PATCH", location, "application/offset+octet-stream",
                   g_bytes_ref (content), "Tus-Resumable", "1.0.0", "Upload-Offset", "0", NULL);
  g_assert_cmpuint (foreign->status, ==, 404);
  assert_offset (self, location, 0);
}

static void
test_terminate (Site          *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (100000);
  g_autofree char *location = NULL;
  g_autoptr (Answer) half = NULL;
  g_autoptr (Answer) removed = NULL;
  g_autoptr (Answer) again = NULL;

  put_draft (self);
  location = create (self, content);
  half = patch (self, location, content, 0, 50000);
  g_assert_cmpuint (count_in (self, "parts"), ==, 1);
  removed = fetch (self, "qiye", "DELETE", location, NULL, NULL, "Tus-Resumable", "1.0.0", NULL);
  g_assert_cmpuint (removed->status, ==, 204);
  again = fetch (self, "qiye", "DELETE", location, NULL, NULL, "Tus-Resumable", "1.0.0", NULL);
  g_assert_cmpuint (again->status, ==, 404);
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
}

static void
test_options (Site          *self,
              gconstpointer  data)
{
  g_autoptr (Answer) answer = fetch (self, NULL, "OPTIONS", "/v1/files", NULL, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 204);
  g_assert_cmpstr (get_header (answer, "Tus-Extension"), ==,
                   "creation,creation-with-upload,checksum,termination,expiration");
  g_assert_cmpstr (get_header (answer, "Tus-Max-Size"), ==, "67108864");
}

static void
send_half (Site              *self,
           GSocketConnection *connection,
           const char        *location,
           GBytes            *content)
{
  gsize size = g_bytes_get_size (content);
  g_autofree char *head = NULL;

  head = g_strdup_printf ("PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                          "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                          "Content-Type: application/offset+octet-stream\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          location, (char *) g_hash_table_lookup (self->tokens, "qiye"), size);
  send_raw (connection, head, strlen (head));
  send_raw (connection, g_bytes_get_data (content, NULL), size / 2);
}

typedef struct
{
  Site *site;
  const char *location;
  gsize expected;
} Arrival;

static gboolean
has_arrived (gpointer data)
{
  Arrival *arrival = data;
  g_autoptr (Answer) answer = look (arrival->site, arrival->location);
  g_autofree char *text = g_strdup_printf ("%" G_GSIZE_FORMAT, arrival->expected);

  return g_strcmp0 (get_header (answer, "Upload-Offset"), text) == 0;
}

static void
test_aborted (Site          *self,
              gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (3000001);
  g_autofree char *location = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (Answer) rest = NULL;
  Arrival arrival = { self, NULL, 1500000 };

  put_draft (self);
  location = create (self, content);
  arrival.location = location;
  connection = connect_raw (self);
  send_half (self, connection, location, content);
  /* Looking would take the upload over before all of it has arrived, so the end comes first. */
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  {
    g_autofree char *name = g_path_get_basename (location);
    g_autofree char *path = g_build_filename (self->dir, "parts", name, NULL);
    GStatBuf buf = { 0 };
    gint64 limit = g_get_monotonic_time () + WAIT * 1000;

    while ((g_stat (path, &buf) != 0 || buf.st_size != 1500000) && g_get_monotonic_time () < limit)
      g_main_context_iteration (NULL, FALSE);
  }
  g_assert_true (has_arrived (&arrival));

  rest = patch (self, location, content, 1500000, 1500001);
  g_assert_cmpuint (rest->status, ==, 204);
  assert_received (self, location, content);
}

static void
test_stalled (Site          *self,
              gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (3000001);
  g_autofree char *location = NULL;
  g_autofree char *offset = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *end = NULL;
  g_autoptr (Answer) looked = NULL;
  g_autoptr (Answer) rest = NULL;
  guint64 arrived;

  put_draft (self);
  location = create (self, content);
  connection = connect_raw (self);
  send_half (self, connection, location, content);

  /* The first one is still there and says nothing: the second goes on from what has arrived. */
  looked = look (self, location);
  g_assert_cmpuint (looked->status, ==, 200);
  offset = g_strdup (get_header (looked, "Upload-Offset"));
  arrived = g_ascii_strtoull (offset, NULL, 10);
  g_assert_cmpuint (arrived, <=, 1500000);

  /* Who stalled is told by the end of its connection. */
  end = read_raw (connection);
  g_assert_cmpstr (end, ==, "");
  rest = patch (self, location, content, arrived, 3000001 - arrived);
  g_assert_cmpuint (rest->status, ==, 204);
  assert_received (self, location, content);
}

typedef struct
{
  Site *site;
  const char *location;
} Part;

static gboolean
has_begun (gpointer data)
{
  Part *part = data;
  g_autofree char *name = g_path_get_basename (part->location);
  g_autofree char *path = g_build_filename (part->site->dir, "parts", name, NULL);
  GStatBuf buf = { 0 };

  return g_stat (path, &buf) == 0 && buf.st_size > 0;
}

/* A client that lost its line does not ask first: the answer says where to go on. */
static void
test_overtaken (Site          *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (3000001);
  g_autofree char *location = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (Answer) conflict = NULL;
  g_autoptr (Answer) rest = NULL;
  g_autofree char *end = NULL;
  Part part = { self };
  guint64 arrived;

  put_draft (self);
  location = create (self, content);
  connection = connect_raw (self);
  send_half (self, connection, location, content);
  part.location = location;
  yeji_test_wait_until (has_begun, &part, WAIT);

  conflict = patch (self, location, content, 0, 1000);
  g_assert_cmpuint (conflict->status, ==, 409);
  arrived = g_ascii_strtoull (get_header (conflict, "Upload-Offset"), NULL, 10);
  g_assert_cmpuint (arrived, >, 0);
  end = read_raw (connection);
  g_assert_cmpstr (end, ==, "");
  rest = patch (self, location, content, arrived, 3000001 - arrived);
  g_assert_cmpuint (rest->status, ==, 204);
  assert_received (self, location, content);
}

static gboolean
has_any_part (gpointer data)
{
  return count_in (data, "parts") > 0;
}

static gboolean
has_no_part (gpointer data)
{
  return count_in (data, "parts") == 0;
}

/* Nobody was told where it is, so nobody can go on with it. */
static void
test_nameless (Site          *self,
               gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (2000000);
  g_autofree char *metadata = make_metadata (content, "contract", "application/pdf");
  g_autoptr (GSocketConnection) connection = connect_raw (self);
  g_autofree char *head = NULL;

  put_draft (self);
  head = g_strdup_printf ("POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                          "Tus-Resumable: 1.0.0\r\nUpload-Length: 2000000\r\n"
                          "Upload-Metadata: %s\r\n"
                          "Content-Type: application/offset+octet-stream\r\n"
                          "Content-Length: 2000000\r\n\r\n",
                          (char *) g_hash_table_lookup (self->tokens, "qiye"), metadata);
  send_raw (connection, head, strlen (head));
  send_raw (connection, g_bytes_get_data (content, NULL), 1000000);
  yeji_test_wait_until (has_any_part, self, WAIT);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  yeji_test_wait_until (has_no_part, self, WAIT);
}

/* What a power cut may leave of a content: whoever brings it again puts it right. */
static void
test_torn (Site          *self,
           gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (100000);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *group = g_strndup (sha256, 2);
  g_autofree char *dir = g_build_filename (self->dir, "files", group, NULL);
  g_autofree char *path = g_build_filename (dir, sha256, NULL);
  g_autofree char *location = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autoptr (GError) error = NULL;

  put_draft (self);
  location = create (self, content);
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_file_set_contents (path, "%PDF-1.7 torn", -1, &error);
  g_assert_no_error (error);
  site_stop (self);
  site_start (self);
  sent = patch (self, location, content, 0, 100000);
  g_assert_cmpuint (sent->status, ==, 204);
  assert_received (self, location, content);
}

static void
test_restart (Site          *self,
              gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (1000000);
  g_autofree char *location = NULL;
  g_autofree char *orphan = NULL;
  g_autoptr (Answer) half = NULL;
  g_autoptr (Answer) rest = NULL;

  put_draft (self);
  location = create (self, content);
  half = patch (self, location, content, 0, 400000);
  orphan = g_build_filename (self->dir, "parts", "nobodys", NULL);
  g_assert_true (g_file_set_contents (orphan, "x", 1, NULL));
  site_stop (self);
  site_start (self);

  g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
  assert_offset (self, location, 400000);
  rest = patch (self, location, content, 400000, 600000);
  g_assert_cmpuint (rest->status, ==, 204);
  site_stop (self);
  site_start (self);
  assert_received (self, location, content);
}

static void
test_expect (Site          *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (1000);
  g_autofree char *location = NULL;
  g_autofree char *head = NULL;
  g_autofree char *interim = NULL;
  g_autofree char *final = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  put_draft (self);
  location = create (self, content);
  connection = connect_raw (self);
  head = g_strdup_printf ("PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                          "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nExpect: 100-continue\r\n"
                          "Content-Type: application/offset+octet-stream\r\n"
                          "Content-Length: 1000\r\n\r\n",
                          location, (char *) g_hash_table_lookup (self->tokens, "qiye"));
  send_raw (connection, head, strlen (head));
  interim = read_raw (connection);
  g_assert_true (g_str_has_prefix (interim, "HTTP/1.1 100 "));
  send_raw (connection, g_bytes_get_data (content, NULL), 1000);
  final = read_raw (connection);
  g_assert_true (g_str_has_prefix (final, "HTTP/1.1 204 "));
  g_assert_nonnull (strstr (final, "Upload-Offset: 1000\r\n"));
  g_assert_nonnull (strstr (final, "Yeji-Version: 1\r\n"));
}

static gint64
get_resident (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmHWM:");
  return line != NULL ? g_ascii_strtoll (line + 6, NULL, 10) * 1024 : 0;
}

/* Reads an answer without keeping it, and not faster than it comes. */
static void
read_to_end (Site       *self,
             const char *location,
             gsize       size)
{
  g_autoptr (GSocketConnection) connection = connect_raw (self);
  g_autofree char *head = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\n"
                                           "Authorization: Bearer %s\r\n"
                                           "Connection: close\r\n\r\n", location,
                                           (char *) g_hash_table_lookup (self->tokens, "qiye"));
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gsize read = 0;
  gssize n = 1;

  send_raw (connection, head, strlen (head));
  while (n > 0)
    {
      GAsyncResult *slot = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_input_stream_read_bytes_async (stream, 1000 * 1000, G_PRIORITY_DEFAULT, NULL,
                                       yeji_test_store_result, &slot);
      result = yeji_test_await (&slot, WAIT);
      bytes = g_input_stream_read_bytes_finish (stream, result, &error);
      g_assert_no_error (error);
      n = (gssize) g_bytes_get_size (bytes);
      read += (gsize) n;
    }
  g_assert_cmpuint (read, >, size);
  g_assert_cmpuint (read, <, size + 2000);
}

static void
test_memory (Site          *self,
             gconstpointer  data)
{
  g_autoptr (GBytes) content = make_pdf (50 * 1000 * 1000);
  g_autoptr (Answer) answer = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  gint64 before;

  put_draft (self);
  before = get_resident ();
  answer = create_with (self, content, content, "application/pdf");
  g_assert_cmpuint (answer->status, ==, 201);
  read_to_end (self, get_header (answer, "Location"), 50 * 1000 * 1000);
  g_test_message ("%s: %" G_GINT64_FORMAT " bytes more", sha256, get_resident () - before);
#ifndef __SANITIZE_ADDRESS__
  /* A sanitizer keeps what was freed. */
  g_assert_cmpint (get_resident () - before, <, 30 * 1000 * 1000);
#endif
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Site, &settings, site_set_up, func, site_tear_down)
  ADD ("/server/files/arrive-in-pieces", test_pieces);
  ADD ("/server/files/arrive-with-their-creation", test_with_upload);
  ADD ("/server/files/wrong-content-is-thrown-away", test_wrong_content);
  ADD ("/server/files/creation-is-refused-with-the-right-status", test_refusals);
  ADD ("/server/files/a-patch-is-refused-with-the-right-status", test_patch_refusals);
  ADD ("/server/files/termination-forgets-them", test_terminate);
  ADD ("/server/files/options-say-what-is-spoken", test_options);
  ADD ("/server/files/a-broken-connection-loses-nothing-that-arrived", test_aborted);
  ADD ("/server/files/a-stalled-upload-is-taken-over", test_stalled);
  ADD ("/server/files/who-goes-on-without-asking-takes-over", test_overtaken);
  ADD ("/server/files/what-nobody-knows-of-is-not-kept", test_nameless);
  ADD ("/server/files/a-torn-content-is-put-right", test_torn);
  ADD ("/server/files/a-restart-loses-nothing", test_restart);
  ADD ("/server/files/a-careful-client-is-told-to-go-on", test_expect);
  ADD ("/server/files/memory-stays-flat", test_memory);
  return g_test_run ();
}
