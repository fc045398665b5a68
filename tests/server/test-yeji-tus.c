// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What tus 1.0.0 and its extensions demand of a server, row by row, over bare connections: what is
 * compared is what goes over the line. https://tus.io/protocols/resumable-upload */

#include "config.h"

#include "yeji-digest.h"
#include "yeji-server-http-fixture.h"

#define SIZE 1000
#define GONE "/v1/files/0123456789abcdef0123456789abcdef"

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .file_size = 100000, .upload_seconds = 3600,
};

/* What is said of the body. */
typedef enum
{
  SUM_NONE,
  SUM_SHA256,
  SUM_SHA1,
  SUM_CRC32,
  SUM_WRONG_CRC32,
  SUM_WRONG,                   /* right in form */
  SUM_MD5,                     /* an algorithm that is not spoken */
  SUM_NO_BASE64,
  SUM_SHORT,                   /* as long as another algorithm's */
  SUM_EMPTY,
} Sum;

/* A request and what is to come of it. %u stands for an upload of SIZE bytes of which `there` have
 * arrived. */
typedef struct
{
  const char *name;
  gsize there;
  const char *method;
  const char *path;
  const char *headers;         /* without those of every request: sign-in, length, version */
  gsize body_first, body_length;
  Sum sum;
  guint status;
  const char *expected;        /* one a line: `Name: value`, `Name`, or `!Name` for none */
  int offset;                  /* of the upload afterwards by HEAD; -1: it is not there, -2: any */
} Row;

#define V "Tus-Resumable: 1.0.0\r\n"
#define T "Content-Type: application/offset+octet-stream\r\n"
#define CREATES V "Upload-Length: 1000\r\nUpload-Metadata: %m\r\n"

static const Row rows[] = {
  { "options need no version", 0, "OPTIONS", "/v1/files", "", 0, 0, SUM_NONE, 204,
    "Tus-Version: 1.0.0\nTus-Extension: creation,creation-with-upload,checksum,termination,"
    "expiration\nTus-Max-Size: 100000\nTus-Checksum-Algorithm: sha256,sha1,crc32", 0 },
  { "options of an upload", 0, "OPTIONS", "%u", "", 0, 0, SUM_NONE, 204, "Tus-Version: 1.0.0", 0 },

  { "head without a version", 0, "HEAD", "%u", "", 0, 0, SUM_NONE, 412,
    "Tus-Version: 1.0.0\nTus-Resumable: 1.0.0\n!Upload-Offset", 0 },
  { "patch without a version", 0, "PATCH", "%u", T "Upload-Offset: 0\r\n", 0, 100, SUM_NONE, 412,
    "Tus-Version: 1.0.0", 0 },
  { "delete without a version", 0, "DELETE", "%u", "", 0, 0, SUM_NONE, 412, "Tus-Version: 1.0.0",
    0 },
  { "post without a version", 0, "POST", "/v1/files", "Upload-Length: 1000\r\n", 0, 0, SUM_NONE,
    412, "Tus-Version: 1.0.0", 0 },
  { "an unknown version", 0, "HEAD", "%u", "Tus-Resumable: 2.0.0\r\n", 0, 0, SUM_NONE, 412,
    "Tus-Version: 1.0.0", 0 },

  { "post", 0, "POST", "/v1/files", CREATES, 0, 0, SUM_NONE, 201,
    "Location\nUpload-Offset: 0\nUpload-Expires\nTus-Resumable: 1.0.0", 0 },
  { "post with the whole", 0, "POST", "/v1/files", CREATES T, 0, SIZE, SUM_NONE, 201,
    "Location\nUpload-Offset: 1000\n!Upload-Expires", 0 },
  { "post with a part", 0, "POST", "/v1/files", CREATES T, 0, 400, SUM_NONE, 201,
    "Location\nUpload-Offset: 400\nUpload-Expires", 0 },
  { "post with the whole and its sum", 0, "POST", "/v1/files", CREATES T, 0, SIZE, SUM_SHA256, 201,
    "Upload-Offset: 1000", 0 },
  { "post with a wrong sum", 0, "POST", "/v1/files", CREATES T, 0, SIZE, SUM_WRONG, 460,
    "!Location", 0 },
  { "post with an unknown sum", 0, "POST", "/v1/files", CREATES T, 0, SIZE, SUM_MD5, 400,
    "!Location", 0 },
  { "post with a body of another type", 0, "POST", "/v1/files",
    CREATES "Content-Type: application/pdf\r\n", 0, SIZE, SUM_NONE, 415, "!Location", 0 },
  { "post without a length", 0, "POST", "/v1/files", V "Upload-Metadata: %m\r\n", 0, 0, SUM_NONE,
    400, "!Location", 0 },
  { "post with a deferred length", 0, "POST", "/v1/files",
    V "Upload-Defer-Length: 1\r\nUpload-Metadata: %m\r\n", 0, 0, SUM_NONE, 400, "!Location", 0 },
  { "post of a negative length", 0, "POST", "/v1/files",
    V "Upload-Length: -1\r\nUpload-Metadata: %m\r\n", 0, 0, SUM_NONE, 400, "!Location", 0 },
  { "post of too much", 0, "POST", "/v1/files",
    V "Upload-Length: 100001\r\nUpload-Metadata: %m\r\n", 0, 0, SUM_NONE, 413, "!Location", 0 },
  { "post with more than it says", 0, "POST", "/v1/files",
    V T "Upload-Length: 900\r\nUpload-Metadata: %m\r\n", 0, SIZE, SUM_NONE, 413, "!Location", 0 },

  { "head of nothing", 0, "HEAD", "%u", V, 0, 0, SUM_NONE, 200,
    "Upload-Offset: 0\nUpload-Length: 1000\nUpload-Metadata: %m\nCache-Control: no-store\n"
    "Upload-Expires\nTus-Resumable: 1.0.0", 0 },
  { "head of a part", 400, "HEAD", "%u", V, 0, 0, SUM_NONE, 200,
    "Upload-Offset: 400\nUpload-Length: 1000\nCache-Control: no-store\nUpload-Expires", 400 },
  { "head of the whole", SIZE, "HEAD", "%u", V, 0, 0, SUM_NONE, 200,
    "Upload-Offset: 1000\nCache-Control: no-store\n!Upload-Expires", SIZE },
  { "head of what is not there", 0, "HEAD", GONE, V, 0, 0, SUM_NONE, 404, "!Upload-Offset", 0 },

  { "patch", 0, "PATCH", "%u", V T "Upload-Offset: 0\r\n", 0, 400, SUM_NONE, 204,
    "Upload-Offset: 400\nUpload-Expires\nTus-Resumable: 1.0.0", 400 },
  { "patch that goes on", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100, SUM_NONE,
    204, "Upload-Offset: 500", 500 },
  { "patch to the end", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 600, SUM_NONE, 204,
    "Upload-Offset: 1000\n!Upload-Expires", SIZE },
  { "patch of nothing", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 0, SUM_NONE, 204,
    "Upload-Offset: 400", 400 },
  { "patch at a smaller offset", 400, "PATCH", "%u", V T "Upload-Offset: 300\r\n", 300, 100,
    SUM_NONE, 409, "Upload-Offset: 400", 400 },
  { "patch at a larger offset", 400, "PATCH", "%u", V T "Upload-Offset: 500\r\n", 500, 100,
    SUM_NONE, 409, "Upload-Offset: 400", 400 },
  { "patch of what is complete", SIZE, "PATCH", "%u", V T "Upload-Offset: 0\r\n", 0, 100, SUM_NONE,
    409, "Upload-Offset: 1000", SIZE },
  { "patch without an offset", 400, "PATCH", "%u", V T, 400, 100, SUM_NONE, 400, "", 400 },
  { "patch at no number", 400, "PATCH", "%u", V T "Upload-Offset: -4\r\n", 400, 100, SUM_NONE, 400,
    "", 400 },
  { "patch without a type", 400, "PATCH", "%u", V "Upload-Offset: 400\r\n", 400, 100, SUM_NONE,
    415, "", 400 },
  { "patch of another type", 400, "PATCH", "%u",
    V "Content-Type: application/pdf\r\nUpload-Offset: 400\r\n", 400, 100, SUM_NONE, 415, "", 400 },
  { "patch of what is not there", 0, "PATCH", GONE, V T "Upload-Offset: 0\r\n", 0, 100, SUM_NONE,
    404, "!Upload-Offset", 0 },
  { "patch beyond the end", 900, "PATCH", "%u", V T "Upload-Offset: 900\r\n", 800, 200, SUM_NONE,
    413, "", 900 },

  { "patch with its sha256", 0, "PATCH", "%u", V T "Upload-Offset: 0\r\n", 0, 400, SUM_SHA256, 204,
    "Upload-Offset: 400", 400 },
  { "patch with its crc32", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100, SUM_CRC32,
    204, "Upload-Offset: 500", 500 },
  { "patch with a wrong crc32", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100,
    SUM_WRONG_CRC32, 460, "Upload-Offset: 400", 400 },
  { "post with the whole and its crc32", 0, "POST", "/v1/files", CREATES T, 0, SIZE, SUM_CRC32, 201,
    "Location\nUpload-Offset: 1000", 0 },
  { "patch with its sha1", 0, "PATCH", "%u", V T "Upload-Offset: 0\r\n", 0, 400, SUM_SHA1, 204,
    "Upload-Offset: 400", 400 },
  { "a later patch with its sha256", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 600,
    SUM_SHA256, 204, "Upload-Offset: 1000", SIZE },
  { "a later patch with its sha1", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100,
    SUM_SHA1, 204, "Upload-Offset: 500", 500 },
  { "a first patch with a wrong sum", 0, "PATCH", "%u", V T "Upload-Offset: 0\r\n", 0, 400,
    SUM_WRONG, 460, "Upload-Offset: 0\nUpload-Expires", 0 },
  { "a later patch with a wrong sum", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100,
    SUM_WRONG, 460, "Upload-Offset: 400", 400 },
  { "a last patch with a wrong sum", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 600,
    SUM_WRONG, 460, "Upload-Offset: 400", 400 },
  { "patch with an unknown sum", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100,
    SUM_MD5, 400, "", 400 },
  { "patch with a sum that is no base64", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400,
    100, SUM_NO_BASE64, 400, "", 400 },
  { "patch with a sum that is too short", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400,
    100, SUM_SHORT, 400, "", 400 },
  { "patch with an empty sum", 400, "PATCH", "%u", V T "Upload-Offset: 400\r\n", 400, 100,
    SUM_EMPTY, 400, "", 400 },

  { "delete", 0, "DELETE", "%u", V, 0, 0, SUM_NONE, 204, "Tus-Resumable: 1.0.0", -1 },
  { "delete of a part", 400, "DELETE", "%u", V, 0, 0, SUM_NONE, 204, "", -1 },
  { "delete of what is not there", 0, "DELETE", GONE, V, 0, 0, SUM_NONE, 404, "", 0 },

  { "patch by another method", 0, "POST", "%u",
    V T "X-HTTP-Method-Override: PATCH\r\nUpload-Offset: 0\r\n", 0, 400, SUM_NONE, 204,
    "Upload-Offset: 400", 400 },
  { "head by another method", 400, "POST", "%u", V "X-HTTP-Method-Override: HEAD\r\n", 0, 0,
    SUM_NONE, 200, "Upload-Offset: 400", 400 },
  { "delete by another method", 0, "POST", "%u", V "X-HTTP-Method-Override: DELETE\r\n", 0, 0,
    SUM_NONE, 204, "", -1 },
  { "what no route has", 0, "PUT", "%u", V, 0, 0, SUM_NONE, 405, "Allow\nTus-Resumable: 1.0.0", 0 },
};

typedef struct
{
  Site site;
  GBytes *content;
  char *metadata;
} Place;

static GBytes *
make_content (void)
{
  guint8 *data = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    data[i] = (guint8) (i * 31 + i / 251);
  memcpy (data, "%PDF-1.7\n", 9);
  return g_bytes_new_take (data, SIZE);
}

static void
set_up (Place         *self,
        gconstpointer  data)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autofree char *text = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (Answer) answer = NULL;

  site_set_up (&self->site, &settings);
  text = g_strdup_printf ("{\"uuid\": \"%s\", \"dictionary\": \"%s\", \"role\": \"construction\"}",
                          UUID, yeji_dictionary_get_version (dictionary));
  answer = fetch_json (&self->site, "qiye", "PUT", "/v1/records/" UUID, text, "If-None-Match", "*",
                       NULL);
  g_assert_cmpuint (answer->status, ==, 201);
  self->content = make_content ();
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->content);
  self->metadata = yeji_metadata_print ("record", UUID, "slot", "contract", "sha256", sha256,
                                        "filename", "合同.pdf", "filetype", "application/pdf",
                                        NULL);
}

static void
tear_down (Place         *self,
           gconstpointer  data)
{
  site_tear_down (&self->site, &settings);
  g_bytes_unref (self->content);
  g_free (self->metadata);
}

static char *
expand (Place      *self,
        const char *template,
        const char *upload)
{
  GString *text = g_string_new (template);

  g_string_replace (text, "%u", upload, 0);
  g_string_replace (text, "%m", self->metadata, 0);
  return g_string_free (text, FALSE);
}

static char *
print_sum (const char    *name,
           GChecksumType  type,
           GBytes        *bytes)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  guint8 digest[64];
  gsize length = sizeof digest, size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree char *base64 = NULL;

  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
  base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("Upload-Checksum: %s %s\r\n", name, base64);
}

static char *
print_crc32 (GBytes *bytes)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_CRC32);
  guint8 sum[YEJI_DIGEST_MAX];
  g_autofree char *base64 = NULL;

  yeji_digest_update (digest, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  base64 = g_base64_encode (sum, yeji_digest_finish (digest, sum));
  return g_strdup_printf ("Upload-Checksum: crc32 %s\r\n", base64);
}

static char *
make_sum (Sum     sum,
          GBytes *body)
{
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  g_autofree char *right = NULL;

  switch (sum)
    {
    case SUM_SHA256:
      return print_sum ("sha256", G_CHECKSUM_SHA256, body);
    case SUM_SHA1:
      return print_sum ("sha1", G_CHECKSUM_SHA1, body);
    case SUM_CRC32:
      return print_crc32 (body);
    case SUM_WRONG_CRC32:
      return print_crc32 (other);
    case SUM_WRONG:
      return print_sum ("sha256", G_CHECKSUM_SHA256, other);
    case SUM_MD5:
      return print_sum ("md5", G_CHECKSUM_MD5, body);
    case SUM_NO_BASE64:
      /* The right one behind a letter that is none: some decoders pass it over. */
      right = print_sum ("sha256", G_CHECKSUM_SHA256, body);
      return replace_text (right, "sha256 ", "sha256 *");
    case SUM_SHORT:
      return print_sum ("sha256", G_CHECKSUM_SHA1, body);
    case SUM_EMPTY:
      return g_strdup ("Upload-Checksum: \r\n");
    case SUM_NONE:
    default:
      return g_strdup ("");
    }
}

/* The head of the answer; all of it must come before the connection ends. */
static char *
send_request (Place      *self,
              const char *method,
              const char *path,
              const char *headers,
              const char *sum,
              GBytes     *body)
{
  g_autoptr (GSocketConnection) connection = connect_raw (&self->site);
  g_autoptr (GString) answer = g_string_new (NULL);
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);
  g_autofree char *head = NULL;
  const char *end;

  head = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n%s%s\r\n",
                          method, path,
                          (const char *) g_hash_table_lookup (self->site.tokens, "qiye"), size,
                          headers, sum);
  send_raw (connection, head, strlen (head));
  if (size > 0)
    send_raw (connection, data, size);
  while ((end = strstr (answer->str, "\r\n\r\n")) == NULL)
    {
      g_autofree char *more = read_raw (connection);

      g_assert_cmpstr (more, !=, "");
      g_string_append (answer, more);
    }
  return g_strndup (answer->str, (gsize) (end + 2 - answer->str));
}

static char *
find_header (const char *head,
             const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strstrip (lines[i] + length + 1));
  return NULL;
}

static guint
get_status (const char *head)
{
  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 "));
  return (guint) g_ascii_strtoull (head + strlen ("HTTP/1.1 "), NULL, 10);
}

static void
expect (const char *head,
        const char *line)
{
  const char *colon = strstr (line, ": ");
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line))
                                        : g_strdup (*line == '!' ? line + 1 : line);
  g_autofree char *value = find_header (head, name);

  if (*line == '!')
    g_assert_null (value);
  else
    g_assert_nonnull (value);
  if (colon != NULL)
    g_assert_cmpstr (value, ==, colon + 2);
  /* RFC 9110, 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT, whatever language the server runs in */
  if (*line != '!' && g_str_equal (name, "Upload-Expires"))
    g_assert_true (g_regex_match_simple ("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] "
                                         "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
                                         "20[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$",
                                         value, 0, 0));
}

/* An upload of which so many bytes have arrived. */
static char *
prepare (Place *self,
         gsize  there)
{
  g_autofree char *headers = expand (self, CREATES T, "");
  g_autoptr (GBytes) body = g_bytes_new_from_bytes (self->content, 0, there);
  g_autofree char *head = send_request (self, "POST", "/v1/files", headers, "", body);

  g_assert_cmpuint (get_status (head), ==, 201);
  return find_header (head, "Location");
}

static void
check_offset (Place      *self,
              const char *upload,
              int         offset)
{
  g_autoptr (GBytes) body = g_bytes_new_static (NULL, 0);
  g_autofree char *head = send_request (self, "HEAD", upload, V, "", body);
  g_autofree char *text = find_header (head, "Upload-Offset");

  if (offset < 0)
    {
      g_assert_true (get_status (head) == 404 || get_status (head) == 410);
      g_assert_null (text);
      return;
    }
  g_assert_cmpuint (get_status (head), ==, 200);
  g_assert_cmpint (g_ascii_strtoll (text, NULL, 10), ==, offset);
}

static void
check_row (Place     *self,
           const Row *row)
{
  g_autofree char *upload = prepare (self, row->there);
  g_autofree char *path = expand (self, row->path, upload);
  g_autofree char *headers = expand (self, row->headers, upload);
  g_autofree char *expected = expand (self, row->expected, upload);
  g_auto (GStrv) lines = g_strsplit (expected, "\n", -1);
  g_autoptr (GBytes) body = g_bytes_new_from_bytes (self->content, row->body_first,
                                                    row->body_length);
  g_autofree char *sum = make_sum (row->sum, body);
  g_autofree char *head = send_request (self, row->method, path, headers, sum, body);

  g_test_message ("%s:\n%s", row->name, head);
  g_assert_cmpuint (get_status (head), ==, row->status);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      expect (head, lines[i]);
  check_offset (self, upload, row->offset);
}

static void
test_rows (Place         *self,
           gconstpointer  data)
{
  const char *only = g_getenv ("YEJI_TUS_ROW");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (only == NULL || g_str_equal (only, rows[i].name))
      check_row (self, &rows[i]);
}

/* What was thrown away leaves no trace: the same upload goes on and ends with the right bytes. */
static void
test_mended (Place         *self,
             gconstpointer  data)
{
  g_autofree char *upload = prepare (self, 100);
  g_autoptr (GBytes) bad = g_bytes_new_from_bytes (self->content, 200, 500);
  g_autoptr (GBytes) good = g_bytes_new_from_bytes (self->content, 100, 500);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (self->content, 600, 400);
  g_autofree char *said = print_sum ("sha256", G_CHECKSUM_SHA256, good);
  g_autofree char *last = print_sum ("sha1", G_CHECKSUM_SHA1, rest);
  g_autofree char *first = send_request (self, "PATCH", upload, V T "Upload-Offset: 100\r\n", said,
                                         bad);
  g_autofree char *second = send_request (self, "PATCH", upload, V T "Upload-Offset: 100\r\n",
                                          said, good);
  g_autofree char *third = send_request (self, "PATCH", upload, V T "Upload-Offset: 600\r\n", last,
                                         rest);
  g_autoptr (Answer) got = fetch (&self->site, "qiye", "GET", upload, NULL, NULL, NULL);

  g_assert_cmpuint (get_status (first), ==, 460);
  g_assert_cmpuint (get_status (second), ==, 204);
  g_assert_cmpuint (get_status (third), ==, 204);
  g_assert_cmpuint (got->status, ==, 200);
  g_assert_true (g_bytes_equal (got->bytes, self->content));
}

/* A body whose length nobody says beforehand, and that is longer than the file. */
static void
test_chunked (Place         *self,
              gconstpointer  data)
{
  g_autofree char *upload = prepare (self, 900);
  g_autoptr (GSocketConnection) connection = connect_raw (&self->site);
  g_autofree char *head = NULL;
  g_autofree char *answer = NULL;

  head = g_strdup_printf ("PATCH %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n" V T
                          "Upload-Offset: 900\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "64\r\n%0100d\r\n64\r\n%0100d\r\n0\r\n\r\n", upload,
                          (const char *) g_hash_table_lookup (self->site.tokens, "qiye"), 1, 2);
  send_raw (connection, head, strlen (head));
  answer = read_raw (connection);
  g_assert_cmpuint (get_status (answer), ==, 413);
  check_offset (self, upload, 900);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Place, NULL, set_up, func, tear_down)
  ADD ("/server/tus/every-row-is-answered-as-the-protocol-says", test_rows);
  ADD ("/server/tus/a-piece-that-was-thrown-away-leaves-no-trace", test_mended);
  ADD ("/server/tus/a-body-longer-than-the-file-is-thrown-away", test_chunked);
  return g_test_run ();
}
