// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-request-log.h"
#include "yeji-server-fixture.h"

/* Who watches is on this computer, or has the key. */
static void
test_strangers (Province      *self,
                gconstpointer  data)
{
  static const char * const paths[] = { "/healthz", "/readyz", "/metrics" };
  static const struct
  {
    const char *token, *name, *value;
    guint status;
  } cases[] = {
    { NULL, "accept", "*/*", 200 },
    { NULL, "x-real-ip", "127.0.0.1", 403 },
    { NULL, "x-real-ip", "nonsense", 403 },
    { NULL, "x-forwarded-for", "1.2.3.4", 403 },
    { "Bearer the-token", "x-real-ip", "1.2.3.4", 200 },
    { "Bearer the-toker", "x-real-ip", "1.2.3.4", 403 },
    { "Bearer the-token2", "x-real-ip", "1.2.3.4", 403 },
    { "Bearer ", "x-real-ip", "1.2.3.4", 403 },
  };

  self->context->metrics_token = g_strdup ("the-token");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        g_autoptr (YejiResponse) response = NULL;

        g_test_message ("%s %s %s", paths[i], cases[j].name, cases[j].token);
        response = cases[j].token != NULL
                     ? province_ask (self, NULL, "GET", paths[i], NULL, cases[j].name,
                                     cases[j].value, "authorization", cases[j].token, NULL)
                     : province_ask (self, NULL, "GET", paths[i], NULL, cases[j].name,
                                     cases[j].value, NULL);
        g_assert_cmpuint (response->status, ==, cases[j].status);
      }
}

static void
test_full_disk (Province      *self,
                gconstpointer  data)
{
  g_autoptr (YejiResponse) ready = NULL;
  g_autoptr (YejiResponse) full = NULL;

  self->context->province->least_free = 0;
  ready = province_ask (self, NULL, "GET", "/readyz", NULL, NULL);
  g_assert_cmpuint (ready->status, ==, 200);
  self->context->province->least_free = G_MAXUINT;
  full = province_ask (self, NULL, "GET", "/readyz", NULL, NULL);
  g_assert_cmpuint (full->status, ==, 503);
  g_assert_cmpstr (json_array_get_string_element (yeji_json_get_array (get_body (full), "reasons"),
                                                  0), ==, "disk");
}

static char *
read_metrics (Province *self)
{
  g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", "/metrics", NULL, NULL);
  gsize length;
  const char *text;

  g_assert_cmpuint (response->status, ==, 200);
  text = g_bytes_get_data (response->content, &length);
  return g_strndup (text, length);
}

static void
test_metrics (Province      *self,
              gconstpointer  data)
{
  static const char * const expected[] = {
    "yeji_requests_total{method=\"GET\",route=\"/v1/config\",status=\"200\"} 2\n",
    "yeji_requests_total{method=\"GET\",route=\"/v1/config\",status=\"503\"} 1\n",
    "yeji_request_seconds_bucket{method=\"GET\",route=\"/v1/config\",le=\"0.005\"} 1\n",
    "yeji_request_seconds_bucket{method=\"GET\",route=\"/v1/config\",le=\"0.01\"} 2\n",
    "yeji_request_seconds_bucket{method=\"GET\",route=\"/v1/config\",le=\"30\"} 2\n",
    "yeji_request_seconds_bucket{method=\"GET\",route=\"/v1/config\",le=\"+Inf\"} 3\n",
    "yeji_request_seconds_count{method=\"GET\",route=\"/v1/config\"} 3\n",
    "yeji_records{state=\"submitted\"} 1\n",
    "yeji_push{state=\"waiting\"} 0\n",
    "yeji_accounts{role=\"reviewer\"} 6\n",
    "# TYPE yeji_disk_free_bytes gauge\n",
  };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  yeji_metrics_note (self->context->metrics, "GET", "/v1/config", 200, 5000);
  yeji_metrics_note (self->context->metrics, "GET", "/v1/config", 200, 5001);
  yeji_metrics_note (self->context->metrics, "GET", "/v1/config", 503, 31 * G_USEC_PER_SEC);
  submit_sample (self);
  text = read_metrics (self);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_test_message ("%s", expected[i]);
      g_assert_nonnull (strstr (text, expected[i]));
    }
  /* text format 0.0.4: a comment, or a name, maybe labels, a blank and a number */
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i + 1] != NULL; i++)
    g_assert_true (g_str_has_prefix (lines[i], "# ")
                   || g_regex_match_simple ("^[a-z_]+(\\{[^{}]*\\})? -?[0-9.e+]+$", lines[i], 0, 0));
}

static void
test_status (Province      *self,
             gconstpointer  data)
{
  g_autoptr (YejiResponse) response = NULL;

  submit_sample (self);
  response = province_ask (self, "guanli", "GET", "/v1/admin/status", NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpint (yeji_json_get_int (yeji_json_get_object (get_body (response), "records"),
                                      "submitted", 0), ==, 1);
  g_assert_nonnull (get_text (response, "oldest_submission"));
  g_assert_false (json_object_get_boolean_member (yeji_json_get_object (get_body (response),
                                                                        "push"), "configured"));
}

/* A path may name somebody: what is counted and logged is the route. */
static void
test_patterns (void)
{
  static const struct
  {
    const char *method, *path, *pattern, *said;
  } cases[] = {
    { "GET", "/v1/config", "/v1/config", "GET" },
    { "GET", "/v1/records/" UUID, "/v1/records/{uuid}", "GET" },
    { "POST", "/v1/records/" UUID ":submit", "/v1/records/{uuid}:submit", "POST" },
    { "BREW", "/v1/config", "/v1/config", "-" },
    { "GET", "/v1/records/zhangsan", NULL, "-" },
    { "GET", "/etc/passwd", NULL, "-" },
    { "GET", "", NULL, "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *method = cases[i].method;

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpstr (yeji_router_find_pattern (&method, cases[i].path), ==, cases[i].pattern);
      g_assert_cmpstr (method, ==, cases[i].said);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/operation/is-for-who-is-here-or-has-the-key", Province, NULL,
              province_set_up, test_strangers, province_tear_down);
  g_test_add ("/server/operation/says-when-the-disk-is-full", Province, NULL, province_set_up,
              test_full_disk, province_tear_down);
  g_test_add ("/server/operation/tells-prometheus", Province, NULL, province_set_up, test_metrics,
              province_tear_down);
  g_test_add ("/server/operation/tells-the-administrator", Province, NULL, province_set_up,
              test_status, province_tear_down);
  g_test_add_func ("/server/operation/names-routes-and-not-paths", test_patterns);
  return g_test_run ();
}
