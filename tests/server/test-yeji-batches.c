// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-batch.h"
#include "yeji-server-files-fixture.h"

#include <glib/gstdio.h>

#define BATCH "/v1/files:batch"
#define N_MANY 24
#define QUOTA 200000
#define LARGEST 800000

static const YejiServerSettings settings = {
  .password_passes = 1, .password_memory = 8192, .quota = 64 * 1024 * 1024,
  .file_size = LARGEST,
};
static const YejiServerSettings narrow = {
  .password_passes = 1, .password_memory = 8192, .quota = QUOTA,
};

static const char * const slots[] = {
  "award_notice", "contract", "construction_permit", "acceptance_report",
};

/* What is sent of one file, and what it is said to be. */
typedef struct
{
  GBytes *content;
  char *metadata;
} Scan;

static void
free_scan (gpointer data)
{
  Scan *scan = data;

  g_bytes_unref (scan->content);
  g_free (scan->metadata);
  g_free (scan);
}

static GPtrArray *
new_scans (void)
{
  return g_ptr_array_new_with_free_func (free_scan);
}

/* @metadata: (transfer full) */
static void
add_scan (GPtrArray *scans,
          GBytes    *content,
          char      *metadata)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->content = content;
  scan->metadata = metadata;
  g_ptr_array_add (scans, scan);
}

static void
add_good (GPtrArray  *scans,
          const char *name,
          const char *slot,
          gsize       size)
{
  GBytes *content = make_document (name, size);

  add_scan (scans, content, describe_document (content, slot, "../扫描.pdf"));
}

static char *
print_list (GPtrArray *scans)
{
  GString *list = g_string_new ("{\"files\": [");

  for (guint i = 0; i < scans->len; i++)
    {
      const Scan *scan = g_ptr_array_index (scans, i);

      g_string_append_printf (list, "%s{\"length\": %" G_GSIZE_FORMAT ", \"metadata\": \"%s\"}",
                              i > 0 ? ", " : "", g_bytes_get_size (scan->content),
                              scan->metadata);
    }
  g_string_append (list, "]}");
  return g_string_free (list, FALSE);
}

static GByteArray *
begin_body (const char *list)
{
  GByteArray *body = g_byte_array_new ();
  guint32 prefix = GUINT32_TO_BE ((guint32) strlen (list));

  g_byte_array_append (body, (const guint8 *) &prefix, sizeof prefix);
  g_byte_array_append (body, (const guint8 *) list, (guint) strlen (list));
  return body;
}

static GBytes *
make_body (GPtrArray *scans)
{
  g_autofree char *list = print_list (scans);
  GByteArray *body = begin_body (list);

  for (guint i = 0; i < scans->len; i++)
    {
      const Scan *scan = g_ptr_array_index (scans, i);

      g_byte_array_append (body, g_bytes_get_data (scan->content, NULL),
                           (guint) g_bytes_get_size (scan->content));
    }
  return g_byte_array_free_to_bytes (body);
}

static Answer *
send_body (Site   *self,
           GBytes *body)
{
  return fetch (self, "qiye", "POST", BATCH, YEJI_WIRE_BATCH_TYPE, g_bytes_ref (body), NULL);
}

static JsonArray *
get_results (JsonNode *node)
{
  return yeji_json_get_array (json_node_get_object (node), "files");
}

static JsonObject *
get_result (JsonNode *node,
            guint     number)
{
  return json_array_get_object_element (get_results (node), number);
}

static guint
get_status (JsonNode *node,
            guint     number)
{
  return (guint) json_object_get_int_member (get_result (node, number), "status");
}

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

/* How many of them the province says that it has. */
static guint
count_held (Site      *self,
            GPtrArray *scans)
{
  GString *body = g_string_new ("{\"record\": \"" UUID "\", \"sha256\": [");
  g_autofree char *text = NULL;
  g_autoptr (Answer) have = NULL;
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < scans->len; i++)
    {
      const Scan *scan = g_ptr_array_index (scans, i);
      g_autofree char *sha256 = sum_document (scan->content);

      g_string_append_printf (body, "%s\"%s\"", i > 0 ? ", " : "", sha256);
    }
  g_string_append (body, "]}");
  text = g_string_free (body, FALSE);
  have = fetch_json (self, "qiye", "POST", "/v1/files:have", text, NULL);
  g_assert_cmpuint (have->status, ==, 200);
  node = get_json (have);
  return json_array_get_length (yeji_json_get_array (json_node_get_object (node), "have"));
}

static void
test_many (Site          *self,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;

  put_draft (self);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("scan %u", i);

      /* some of a few bytes, some longer than what is written at once */
      add_good (scans, name, slots[i % G_N_ELEMENTS (slots)], i % 3 == 0 ? 9 + i : i * 30011);
    }
  body = make_body (scans);
  answer = send_body (self, body);
  g_assert_cmpuint (answer->status, ==, 200);
  node = get_json (answer);
  g_assert_cmpuint (json_array_get_length (get_results (node)), ==, N_MANY);
  for (guint i = 0; i < N_MANY; i++)
    {
      const Scan *scan = g_ptr_array_index (scans, i);
      g_autofree char *location = NULL;
      g_autoptr (Answer) got = NULL;
      g_autoptr (Answer) looked = NULL;

      g_assert_cmpuint (get_status (node, i), ==, 201);
      location = g_strconcat ("/v1/files/", yeji_json_get_string (get_result (node, i), "id"),
                              NULL);
      got = fetch (self, "qiye", "GET", location, NULL, NULL, NULL);
      g_assert_cmpuint (got->status, ==, 200);
      g_assert_true (g_bytes_equal (got->bytes, scan->content));
      looked = look_at_document (self, location);
      g_assert_cmpstr (get_header (looked, "Upload-Metadata"), ==, scan->metadata);
    }
  g_assert_cmpuint (count_held (self, scans), ==, N_MANY);
  g_assert_cmpuint (count_in (self, "files"), ==, N_MANY);
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
}

/* One that is wrong keeps no other back. */
static void
test_each (Site          *self,
           gconstpointer  data)
{
  static const guint expected[] = { 201, 460, 422, 404, 400, 422, 413, 201, 201 };
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GBytes) other = make_document ("other", 900);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *sum = sum_document (other);
  GBytes *page = g_bytes_new_static ("<html>", 6);
  GBytes *huge = make_document ("huge", LARGEST + 1);

  put_draft (self);
  add_good (scans, "first", "contract", 70000);
  add_scan (scans, make_document ("swapped", 900), describe_document (other, "contract", "a.pdf"));
  add_good (scans, "nowhere", "no_such_slot", 300);
  add_scan (scans, make_document ("theirs", 900),
            yeji_metadata_print ("record", "00000000-0000-4000-8000-00000000dead", "slot",
                                 "contract", "sha256", sum, "filename", "a.pdf", "filetype",
                                 "application/pdf", NULL));
  add_scan (scans, make_document ("mute", 900), g_strdup ("record !"));
  add_scan (scans, page, describe_document (page, "contract", "a.pdf"));
  add_scan (scans, huge, describe_document (huge, "contract", "a.pdf"));
  add_good (scans, "last", "contract", 80000);
  add_good (scans, "last", "contract", 80000);   /* twice: both are told so, and it is there once */
  body = make_body (scans);
  answer = send_body (self, body);
  g_assert_cmpuint (answer->status, ==, 200);
  node = get_json (answer);
  for (guint i = 0; i < scans->len; i++)
    {
      JsonObject *result = get_result (node, i);

      g_test_message ("file %u", i);
      g_assert_cmpuint (get_status (node, i), ==, expected[i]);
      if (expected[i] == 201)
        continue;
      g_assert_nonnull (get_problem (json_object_get_member (result, "problem")));
      g_assert_false (json_object_has_member (result, "id"));
    }
  g_assert_cmpuint (count_held (self, scans), ==, 3);
  g_assert_cmpuint (count_in (self, "files"), ==, 2);
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
}

/* As many as there may be, and no more because they come together. */
static void
test_number (Site          *self,
             gconstpointer  data)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  guint most = yeji_dictionary_find_slot (dictionary, "contract")->max_files;
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;

  put_draft (self);
  g_assert_cmpuint (most, <, YEJI_BATCH_FILES - 1);
  for (guint i = 0; i < most + 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("scan %u", i);

      add_good (scans, name, "contract", 500);
    }
  body = make_body (scans);
  answer = send_body (self, body);
  node = get_json (answer);
  for (guint i = 0; i < scans->len; i++)
    g_assert_cmpuint (get_status (node, i), ==, i < most ? 201 : 413);
  g_assert_cmpuint (count_held (self, scans), ==, most);
}

static void
test_quota (Site          *self,
            gconstpointer  data)
{
  static const guint expected[] = { 201, 507, 201 };
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;

  put_draft (self);
  add_good (scans, "first", "contract", 150000);
  add_good (scans, "too much", "contract", 60000);
  add_good (scans, "last", "contract", 40000);
  body = make_body (scans);
  answer = send_body (self, body);
  node = get_json (answer);
  for (guint i = 0; i < scans->len; i++)
    g_assert_cmpuint (get_status (node, i), ==, expected[i]);
  g_assert_cmpuint (count_held (self, scans), ==, 2);
}

typedef struct
{
  Site *site;
  GPtrArray *scans;
  guint expected;
  gboolean reached;            /* once; what is asked for the next time may have begun by then */
} Held;

static gboolean
is_held (gpointer data)
{
  Held *held = data;

  held->reached = held->reached
                  || (count_held (held->site, held->scans) == held->expected
                      && count_in (held->site, "parts") == 0);
  return held->reached;
}

/* Two small documents with a long one between them, which no other case has sent. */
static GPtrArray *
make_three (guint number)
{
  static const gsize sizes[] = { 20000, 700000, 20000 };
  GPtrArray *scans = new_scans ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("case %u, scan %u", number, i);

      add_good (scans, name, slots[number % G_N_ELEMENTS (slots)], sizes[i]);
    }
  return scans;
}

/* Sends a batch as far as @at, @from: 0: the first byte of the body, 1: of the first document, 2:
 * the end. */
static void
send_cut (Site      *self,
          GPtrArray *scans,
          guint      from,
          gssize     at)
{
  const char *token = g_hash_table_lookup (self->tokens, "qiye");
  g_autoptr (GBytes) body = make_body (scans);
  g_autofree char *list = print_list (scans);
  gsize size = g_bytes_get_size (body);
  const gsize begins[] = { 0, YEJI_WIRE_BATCH_PREFIX + strlen (list), size };
  gsize length = (gsize) ((gssize) begins[from] + at);
  g_autoptr (GSocketConnection) connection = connect_raw (self);
  g_autofree char *head = g_strdup_printf ("POST " BATCH " HTTP/1.1\r\nHost: a\r\n"
                                           "Authorization: Bearer %s\r\n"
                                           "Content-Type: " YEJI_WIRE_BATCH_TYPE "\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           token, size);

  send_raw (connection, head, strlen (head));
  if (length > 0)
    send_raw (connection, g_bytes_get_data (body, NULL), length);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* Wherever the line breaks: what has come whole is received, and nothing else is left. */
static void
test_cut (Site          *self,
          gconstpointer  data)
{
  static const struct
  {
    guint from;
    gssize at;
    guint held;
  } cases[] = {
    { 0, 0, 0 }, { 0, 3, 0 }, { 0, 4, 0 }, { 1, -1, 0 }, { 1, 0, 0 }, { 1, 1, 0 }, { 1, 19999, 0 },
    { 1, 20000, 1 }, { 1, 20001, 1 }, { 1, 400000, 1 }, { 1, 719999, 1 }, { 1, 720000, 2 },
    { 2, -1, 2 },
  };
  g_autoptr (GPtrArray) last = make_three (0);
  g_autoptr (GBytes) body = make_body (last);
  g_autoptr (Answer) answer = NULL;
  guint n_held = 0;

  put_draft (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) scans = make_three (i + 1);
      Held held = { self, scans, cases[i].held };

      g_test_message ("case %u", i);
      send_cut (self, scans, cases[i].from, cases[i].at);
      yeji_test_wait_until (is_held, &held, WAIT);
      n_held += cases[i].held;
    }
  answer = send_body (self, body);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (count_held (self, last), ==, 3);
  {
    Held held = { self, last, 3 };

    yeji_test_wait_until (is_held, &held, WAIT);
  }
  g_assert_cmpuint (count_in (self, "files"), ==, n_held + 3);
}

static GBytes *
spoil_list (GPtrArray  *scans,
            const char *list)
{
  g_autoptr (GBytes) good = make_body (scans);
  g_autofree char *before = print_list (scans);
  GByteArray *body = begin_body (list);
  gsize skipped = 4 + strlen (before);

  g_byte_array_append (body, (const guint8 *) g_bytes_get_data (good, NULL) + skipped,
                       (guint) (g_bytes_get_size (good) - skipped));
  return g_byte_array_free_to_bytes (body);
}

static void
assert_list_refused (Site       *self,
                     GPtrArray  *scans,
                     const char *list,
                     guint       status)
{
  g_autoptr (GBytes) body = spoil_list (scans, list);
  g_autoptr (Answer) answer = send_body (self, body);

  g_test_message ("%.80s", list);
  assert_refused (answer, status,
                  status == 413 ? YEJI_WIRE_TOO_LARGE : YEJI_WIRE_MALFORMED);
}

static void
test_hostile_lists (Site          *self,
                    gconstpointer  data)
{
  static const struct
  {
    const char *list;
    guint status;
  } cases[] = {
    { "{", 400 }, { "[]", 400 }, { "{}", 400 }, { "{\"files\": 7}", 400 },
    { "{\"files\": []}", 400 }, { "{\"files\": [7]}", 400 }, { "{\"files\": [{}]}", 400 },
    { "{\"files\": [{\"length\": 900}]}", 400 }, { "{\"files\": [{\"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": \"900\", \"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": 900.5, \"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": -900, \"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": 0, \"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": 899, \"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": 901, \"metadata\": \"a\"}]}", 400 },
    { "{\"files\": [{\"length\": 9223372036854775807, \"metadata\": \"a\"}]}", 413 },
    { "{\"files\": [{\"length\": 16777216, \"metadata\": \"a\"},"
      " {\"length\": 1, \"metadata\": \"a\"}]}", 413 },
    { "\xff\xfe\xfd", 400 },
  };
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GPtrArray) crowd = new_scans ();
  g_autofree char *crowded = NULL;
  g_autofree char *deep = g_strnfill (100000, '[');

  put_draft (self);
  add_good (scans, "scan", "contract", 900);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_list_refused (self, scans, cases[i].list, cases[i].status);
  assert_list_refused (self, scans, deep, 400);
  for (guint i = 0; i < YEJI_BATCH_FILES + 1; i++)
    add_good (crowd, "scan", "contract", 10);
  crowded = print_list (crowd);
  assert_list_refused (self, crowd, crowded, 413);
  g_assert_cmpuint (count_in (self, "files"), ==, 0);
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
}

static void
test_hostile_bodies (Site          *self,
                     gconstpointer  data)
{
  static const struct
  {
    const char *body;
    gsize length;
  } cases[] = {
    { "", 0 }, { "\0", 1 }, { "\0\0\0", 3 }, { "\0\0\0\0", 4 }, { "\0\0\0\0{}", 6 },
    { "\0\0\0\2", 4 }, { "\0\0\0\2{", 5 }, { "\xff\xff\xff\xff{}", 6 }, { "\x7f\xff\xff\xff", 4 },
    { "GET / HTTP/1.1\r\n\r\n", 18 },
  };
  g_autoptr (GPtrArray) scans = new_scans ();
  g_autoptr (GBytes) good = NULL;
  g_autoptr (Answer) typed = NULL;
  g_autoptr (Answer) nobody = NULL;
  g_autoptr (Answer) answer = NULL;

  put_draft (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, cases[i].length);
      g_autoptr (Answer) refused = send_body (self, body);
      g_autoptr (Answer) stranger = fetch (self, NULL, "POST", BATCH, YEJI_WIRE_BATCH_TYPE,
                                           g_bytes_ref (body), NULL);

      g_test_message ("body %u", i);
      assert_refused (refused, 400, YEJI_WIRE_MALFORMED);
      /* who sends it is looked at first */
      assert_refused (stranger, 401, YEJI_WIRE_UNAUTHORISED);
    }
  add_good (scans, "scan", "contract", 300000);
  good = make_body (scans);
  typed = fetch (self, "qiye", "POST", BATCH, "application/vnd.yeji.batch.v2", g_bytes_ref (good),
                 NULL);
  assert_refused (typed, 415, YEJI_WIRE_MALFORMED);
  nobody = fetch (self, "sheng", "POST", BATCH, YEJI_WIRE_BATCH_TYPE, g_bytes_ref (good), NULL);
  assert_refused (nobody, 403, YEJI_WIRE_FORBIDDEN);
  g_assert_cmpuint (count_in (self, "files"), ==, 0);
  g_assert_cmpuint (count_in (self, "parts"), ==, 0);
  answer = send_body (self, good);
  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_announced (Site          *self,
                gconstpointer  data)
{
  g_autoptr (Answer) answer = fetch (self, NULL, "OPTIONS", "/v1/files", NULL, NULL, NULL);
  g_autofree char *files = g_strdup_printf ("%d", YEJI_BATCH_FILES);
  g_autofree char *size = g_strdup_printf ("%d", YEJI_BATCH_SIZE);

  g_assert_cmpstr (get_header (answer, "Yeji-Batch"), ==, "1");
  g_assert_cmpstr (get_header (answer, "Yeji-Batch-Files"), ==, files);
  g_assert_cmpstr (get_header (answer, "Yeji-Batch-Size"), ==, size);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, settings, test) \
  g_test_add (path, Site, settings, site_set_up, test, site_tear_down)
  ADD ("/server/batches/many-files-come-in-one-request", &settings, test_many);
  ADD ("/server/batches/each-is-answered-for-itself", &settings, test_each);
  ADD ("/server/batches/no-more-than-there-may-be", &settings, test_number);
  ADD ("/server/batches/no-more-than-the-quota", &narrow, test_quota);
  ADD ("/server/batches/a-cut-loses-nothing-that-came-whole", &settings, test_cut);
  ADD ("/server/batches/hostile-lists-are-refused", &settings, test_hostile_lists);
  ADD ("/server/batches/hostile-bodies-are-refused", &settings, test_hostile_bodies);
  ADD ("/server/batches/are-announced", &settings, test_announced);
#undef ADD
  return g_test_run ();
}
