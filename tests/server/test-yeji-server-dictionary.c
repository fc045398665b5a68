// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-next-dictionary.h"
#include "yeji-case.h"
#include "yeji-server-fixture.h"

#include <sodium.h>

#define PATH "/v1/records/" UUID

/* Starts the province anew, with what its directory says by now. */
static void
restart (Province *self)
{
  g_autoptr (GError) error = NULL;

  yeji_server_context_free (self->context);
  self->context = yeji_server_context_new (self->dir, &fixture_settings, &error);
  g_assert_no_error (error);
}

static void
write_file (Province   *self,
            const char *name,
            const char *text,
            gssize      length)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

/* The settings that came with the program, and those of the dictionary. */
static void
write_settings (Province   *self,
                const char *dictionary)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_DICTIONARY"), "..", "province",
                                            "mapping.json", NULL);
  g_autofree char *member = g_strdup_printf ("{\"dictionary\": %s,", dictionary);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (text[0] == '{');
  changed = g_strconcat (member, text + 1, NULL);
  write_file (self, "mapping.json", changed, -1);
}

static void
write_next (Province       *self,
            NextDictionary *next)
{
  write_file (self, "next.json", g_bytes_get_data (next->bundle, NULL),
              (gssize) g_bytes_get_size (next->bundle));
}

static JsonObject *
get_announced (YejiResponse *response)
{
  return yeji_json_get_object (get_body (response), "dictionary");
}

static void
test_announces (Province      *self,
                gconstpointer  data)
{
  g_autoptr (YejiResponse) config = province_ask (self, NULL, "GET", "/v1/config", NULL, NULL);
  g_autoptr (YejiResponse) whole = province_ask (self, NULL, "GET", "/v1/dictionary", NULL, NULL);
  JsonObject *announced = get_announced (config);
  const char *sha256 = yeji_json_get_string (announced, "sha256");
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, whole->content);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", sum);
  g_autofree char *weak = g_strdup_printf ("\"other\", W/%s", tag);
  const struct
  {
    const char *header;
    guint status;
  } cases[] = {
    { tag, 304 }, { weak, 304 }, { "*", 304 }, { "\"other\"", 200 }, { sum, 200 }, { "", 200 },
  };

  g_assert_cmpstr (sha256, ==, sum);
  g_assert_cmpstr (yeji_response_get_header (whole, "ETag"), ==, tag);
  g_assert_false (json_object_has_member (announced, "key"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", "/v1/dictionary", NULL,
                                                        "If-None-Match", cases[i].header, NULL);

      g_assert_cmpuint (response->status, ==, cases[i].status);
    }
}

static void
test_serves_its_own (Province      *self,
                     gconstpointer  data)
{
  NextDictionary next = { NULL };
  g_autoptr (YejiResponse) config = NULL;
  g_autoptr (YejiResponse) whole = NULL;

  next_dictionary_init (&next, "next");
  write_next (self, &next);
  write_settings (self, "{\"bundle\": \"next.json\"}");
  restart (self);
  config = province_ask (self, NULL, "GET", "/v1/config", NULL, NULL);
  g_assert_cmpstr (yeji_json_get_string (get_announced (config), "version"), ==, "next");
  g_assert_cmpstr (yeji_json_get_string (get_announced (config), "sha256"), ==, next.sha256);
  whole = province_ask (self, NULL, "GET", "/v1/dictionary", NULL, NULL);
  g_assert_true (g_bytes_equal (whole->content, next.bundle));
  next_dictionary_clear (&next);
}

static void
write_part (JsonObject *parts,
            const char *file,
            JsonNode   *node,
            gpointer    data)
{
  g_autofree char *text = yeji_json_print (node, TRUE);
  g_autofree char *name = g_build_filename ("dictionary", file, NULL);

  write_file (data, name, text, -1);
}

static void
test_reads_a_folder (Province      *self,
                     gconstpointer  data)
{
  NextDictionary next = { NULL };
  g_autoptr (JsonNode) bundle = NULL;

  next_dictionary_init (&next, "folder");
  bundle = yeji_json_parse (g_bytes_get_data (next.bundle, NULL),
                            (gssize) g_bytes_get_size (next.bundle), NULL);
  json_object_foreach_member (yeji_json_get_object (json_node_get_object (bundle), "parts"),
                              write_part, self);
  restart (self);
  g_assert_cmpstr (yeji_dictionary_get_version (self->context->dictionary), ==, "folder");
  next_dictionary_clear (&next);
}

static void
test_signs (Province      *self,
            gconstpointer  data)
{
  g_autofree guint8 *key = NULL;
  g_autofree guint8 *signature = NULL;
  g_autoptr (YejiResponse) config = NULL;
  g_autoptr (YejiResponse) whole = NULL;
  gsize length;

  write_settings (self, "{\"seed\": \"seed\"}");
  write_file (self, "seed", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", -1);
  restart (self);
  config = province_ask (self, NULL, "GET", "/v1/config", NULL, NULL);
  whole = province_ask (self, NULL, "GET", "/v1/dictionary", NULL, NULL);
  key = g_base64_decode (yeji_json_get_string (get_announced (config), "key"), &length);
  g_assert_cmpuint (length, ==, crypto_sign_PUBLICKEYBYTES);
  signature = g_base64_decode (yeji_json_get_string (get_announced (config), "signature"), &length);
  g_assert_cmpuint (length, ==, crypto_sign_BYTES);
  g_assert_cmpint (crypto_sign_verify_detached (signature,
                                                g_bytes_get_data (whole->content, NULL),
                                                g_bytes_get_size (whole->content), key), ==, 0);
}

/* Each is refused at the start, with the file's name. */
static void
test_refuses_a_broken_one (Province      *self,
                           gconstpointer  data)
{
  static const struct
  {
    const char *settings, *file, *text, *words;
  } cases[] = {
    { "{\"bundle\": \"next.json\"}", NULL, NULL, "next.json" },
    { "{\"bundle\": \"next.json\"}", "next.json", "{\"parts\": {", "next.json" },
    { "{\"bundle\": \"next.json\"}", "next.json", "{\"parts\": {}}", "dictionary.json" },
    { "{\"seed\": \"seed\"}", NULL, NULL, "seed" },
    { "{\"seed\": \"seed\"}", "seed", "AAEC", "no Ed25519 seed" },
    { "{\"bundel\": \"next.json\"}", NULL, NULL, "mapping" },
    { "{\"seed\": 5}", NULL, NULL, "mapping" },
    { "[]", NULL, NULL, "mapping" },
    { "{}", "dictionary/dictionary.json", "{\"id\": \"x\"}", "dictionary.json" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      write_settings (self, cases[i].settings);
      if (cases[i].file != NULL)
        write_file (self, cases[i].file, cases[i].text, -1);
      g_assert_null (yeji_server_context_new (self->dir, &fixture_settings, &error));
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static char *
make_filled (Province       *self,
             NextDictionary *next)
{
  return g_strdup_printf ("{\"uuid\": \"" UUID "\", \"dictionary\": \"%s\","
                          " \"role\": \"construction\", \"project\": {\"PrjName\": \"旧版业绩\","
                          " \"%s\": \"gone\", \"%s\": \"called\", \"%s\": \"%s\"}}",
                          yeji_dictionary_get_version (self->context->dictionary), next->removed,
                          next->renamed, next->coded, next->retired);
}

static gboolean
run_load (YejiSql   *sql,
          gpointer   found,
          GError   **error)
{
  *(YejiCase **) found = yeji_case_load (sql, UUID, error);
  return TRUE;
}

static void
test_reads_what_it_stored (Province      *self,
                           gconstpointer  data)
{
  NextDictionary next = { NULL };
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiResponse) response = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) shown = NULL;
  g_autoptr (GError) error = NULL;
  YejiRow *project;

  next_dictionary_init (&next, "next");
  text = make_filled (self, &next);
  put_record (self, UUID, text);
  write_next (self, &next);
  write_settings (self, "{\"bundle\": \"next.json\"}");
  restart (self);

  yeji_db_run (self->db, run_load, &found, &error);
  g_assert_no_error (error);
  record = yeji_case_read_record (found, self->context, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_record_get_dictionary (record) == self->context->dictionary);
  project = yeji_record_get_project (record);
  g_assert_cmpstr (yeji_row_get_by_id (project, next.renamed_to), ==, "called");
  g_assert_cmpstr (yeji_row_get_by_id (project, next.coded), ==, next.replaced_by);
  g_assert_cmpuint (yeji_record_get_aside (record)->len, ==, 1);

  /* what was sent is shown as it was sent */
  response = province_ask (self, "qiye", "GET", PATH, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  before = found->body != NULL ? g_strdup (found->body) : NULL;
  after = yeji_json_print (json_object_get_member (get_body (response), "record"), FALSE);
  g_assert_cmpstr (before, ==, after);

  /* who looks after it sees it as it is read now */
  shown = province_ask (self, "guanli", "GET", PATH, NULL, NULL);
  g_assert_cmpuint (shown->status, ==, 200);
  g_assert_cmpstr (yeji_json_get_string (yeji_json_get_object (get_body (shown), "record"),
                                         "dictionary"), ==, "next");

  /* and cannot be sent again like that */
  again = province_ask (self, "qiye", "PUT", PATH, text, "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (again->status, ==, 409);
  g_assert_cmpstr (get_kind (again), ==, "dictionary");
  g_assert_nonnull (strstr (get_text (again, "detail"), "next"));
  g_assert_nonnull (strstr (get_text (again, "detail"), "请先同步"));
  next_dictionary_clear (&next);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/dictionary/is-announced-with-its-sum", test_announces);
  ADD ("/server/dictionary/is-the-one-that-the-settings-name", test_serves_its_own);
  ADD ("/server/dictionary/is-the-one-in-the-folder", test_reads_a_folder);
  ADD ("/server/dictionary/is-signed", test_signs);
  ADD ("/server/dictionary/is-refused-when-it-is-broken", test_refuses_a_broken_one);
  ADD ("/server/dictionary/leaves-what-was-stored-readable", test_reads_what_it_stored);
#undef ADD
  return g_test_run ();
}
