// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

static void
write_file (const char *dir,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* Each says which member is wrong, and what it must be. */
static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "settings.json: " },
    { "[]", "settings.json: must be a JSON object" },
    { "{\"listen\": 3}", "listen: must be a text" },
    { "{\"listen\": \"\"}", "listen: must be a text" },
    { "{\"lisen\": \"127.0.0.1:1\"}", "lisen: no such setting" },
    { "{\"push\": []}", "push: must be an object" },
    { "{\"push\": {\"adress\": \"x\"}}", "push/adress: no such setting" },
    { "{\"push\": {\"url\": \"http://example.org/\"}}", "push/url: must begin with https://" },
    { "{\"push\": {\"url\": \"https://me:pw@example.org/\"}}", "push/url: must be an address" },
    { "{\"push\": {\"url\": \"nonsense\"}}", "push/url: must be an address" },
    { "{\"push\": {\"timeout_seconds\": 0}}",
      "push/timeout_seconds: must be a whole number from 1 to 600" },
    { "{\"push\": {\"timeout_seconds\": \"30\"}}", "push/timeout_seconds: must be a whole number" },
    { "{\"push\": {\"timeout_seconds\": 1.5}}", "push/timeout_seconds: must be a whole number" },
    { "{\"push\": {\"by_server\": 1}}", "push/by_server: must be true or false" },
    { "{\"client\": {\"version\": \"1.x\"}}", "client/version: must be numbers" },
    { "{\"client\": {\"where\": \"https://example.org/\"}}", "client/where: wants a version" },
    { "{\"client\": {\"version\": \"1.2\", \"where\": \"http://example.org/\"}}",
      "client/where: must begin with https://" },
    { "{\"limits\": {\"connections\": 99999999999}}", "limits/connections: must be" },
    { "{\"documents\": {\"quota\": -1}}", "documents/quota: must be a whole number above 0" },
    { "{\"documents\": {\"qota\": 1}}", "documents/qota: no such setting" },
    { "{\"documents\": 7}", "documents: must be an object" },
    { "{\"offices\": 7}", "offices: must be an object" },
    { "{\"offices\": {}}", "offices: " },
    { "{\"name\": {\"zh\": \"某省\"}}", "mapping: name" },
    { "{\"metrics\": {\"token_file\": \"none\"}}", "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dir = yeji_test_dir_new ();
      g_autoptr (YejiServerContext) context = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      write_file (dir, "settings.json", cases[i].text);
      context = yeji_server_context_new (dir, &fixture_settings, &error);
      g_assert_null (context);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      yeji_test_dir_remove (dir);
    }
}

static void
test_in_force (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *key = g_build_filename (dir, "national.key", NULL);
  g_autofree char *text = NULL;
  g_autoptr (YejiServerContext) context = NULL;
  g_autoptr (YejiServerContext) again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  write_file (dir, "national.key", "secret\n");
  write_file (dir, "metrics.token", "  token\n");
  write_file (dir, "settings.json",
              "{\"listen\": \"127.0.0.1:8080\","
              " \"name\": {\"zh\": \"某省平台\", \"en\": \"Some province\"},"
              " \"documents\": {\"follow_hours\": 5},"
              " \"push\": {\"url\": \"https://example.org/push\", \"key_file\": \"national.key\","
              "  \"wait_seconds\": 0},"
              " \"client\": {\"version\": \"1.2\", \"where\": \"https://example.org/yeji\"},"
              " \"metrics\": {\"token_file\": \"metrics.token\"},"
              " \"limits\": {\"idle_seconds\": 11, \"wait_seconds\": 7}}");
  context = yeji_server_context_new (dir, &fixture_settings, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (context->province->listen, ==, "127.0.0.1:8080");
  g_assert_cmpstr (yeji_mapping_get_name (context->mapping, YEJI_LANGUAGE_ZH), ==, "某省平台");
  g_assert_cmpint (context->settings.follow_seconds, ==, 5 * 3600);
  g_assert_cmpint (context->settings.upload_seconds, ==, 168 * 3600);
  g_assert_cmpuint (context->settings.idle_seconds, ==, 11);
  g_assert_cmpuint (context->settings.password_memory, ==, 8192);
  g_assert_cmpuint (context->push->wait_seconds, ==, 0);
  g_assert_cmpuint (context->push->timeout_seconds, ==, 30);
  g_assert_cmpstr (context->push->key_file, ==, key);
  g_assert_cmpstr (context->metrics_token, ==, "token");

  /* what is shown can be the file, and says the same */
  node = yeji_province_settings_to_json (context->province, &context->settings);
  text = yeji_json_print (node, TRUE);
  g_assert_null (strstr (text, "secret"));
  write_file (dir, "settings.json", text);
  again = yeji_server_context_new (dir, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->settings.idle_seconds, ==, 11);
  g_assert_cmpstr (again->push->url, ==, "https://example.org/push");
  g_assert_cmpstr (again->province->client_version, ==, "1.2");
  g_assert_cmpstr (again->province->client_where, ==, "https://example.org/yeji");
  yeji_test_dir_remove (dir);
}

static void
test_chosen (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *chosen = g_build_filename (dir, "elsewhere.json", NULL);
  g_autoptr (YejiServerContext) context = NULL;
  g_autoptr (YejiServerContext) missing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) not_there = NULL;

  write_file (dir, "settings.json", "{\"listen\": \"127.0.0.1:1\"}");
  write_file (dir, "elsewhere.json", "{\"listen\": \"127.0.0.1:2\"}");
  yeji_province_settings_set_path (chosen);
  context = yeji_server_context_new (dir, &fixture_settings, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (context->province->listen, ==, "127.0.0.1:2");
  g_remove (chosen);
  missing = yeji_server_context_new (dir, &fixture_settings, &not_there);
  g_assert_null (missing);
  g_assert_error (not_there, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  yeji_province_settings_set_path (NULL);
  yeji_test_dir_remove (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/settings/say-which-member-is-wrong", test_refused);
  g_test_add_func ("/server/settings/are-in-force-and-can-be-shown", test_in_force);
  g_test_add_func ("/server/settings/may-be-elsewhere", test_chosen);
  return g_test_run ();
}
