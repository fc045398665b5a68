// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

#define ID "00000000000000000000000000000001"

/* Who gets which status from a route; the record does not exist, so 404 means "let through". */
static const struct
{
  const char *method;
  const char *path;
  guint anonymous, enterprise, reviewer, unregistered, administrator;
} cases[] = {
  { "GET", "/v1/config", 200, 200, 200, 200, 200 },
  { "GET", "/v1/dictionary", 200, 200, 200, 200, 200 },
  { "POST", "/v1/session", 400, 400, 400, 400, 400 },
  { "DELETE", "/v1/session", 204, 204, 204, 204, 204 },
  { "GET", "/v1/records/" UUID, 401, 404, 404, 403, 404 },
  { "PUT", "/v1/records/" UUID, 401, 428, 403, 403, 403 },
  { "DELETE", "/v1/records/" UUID, 401, 428, 403, 403, 403 },
  { "GET", "/v1/records/" UUID "/receipts", 401, 404, 404, 403, 404 },
  { "POST", "/v1/records/" UUID ":submit", 401, 404, 403, 403, 403 },
  { "POST", "/v1/records/" UUID ":withdraw", 401, 404, 403, 403, 403 },
  { "POST", "/v1/records/" UUID ":return", 401, 403, 404, 403, 403 },
  { "POST", "/v1/records/" UUID ":approve", 401, 403, 404, 403, 403 },
  { "GET", "/v1/reviews", 401, 403, 200, 403, 403 },
  { "GET", "/v1/changes", 401, 200, 403, 403, 403 },
  { "OPTIONS", "/v1/files", 204, 204, 204, 204, 204 },
  { "POST", "/v1/files", 401, 412, 403, 403, 403 },
  { "HEAD", "/v1/files/" ID, 401, 412, 403, 403, 403 },
  { "PATCH", "/v1/files/" ID, 401, 412, 403, 403, 403 },
  { "DELETE", "/v1/files/" ID, 401, 412, 403, 403, 403 },
  { "GET", "/v1/files/" ID, 401, 404, 404, 403, 404 },
  { "POST", "/v1/files:have", 401, 400, 400, 403, 400 },
  { "POST", "/v1/files:batch", 401, 415, 403, 403, 403 },
  { "GET", "/v1/public/projects", 200, 200, 200, 200, 200 },
  { "GET", "/v1/public/projects/" UUID, 404, 404, 404, 404, 404 },
  { "GET", "/v1/nothing", 404, 404, 404, 404, 404 },
  { "GET", "/v1/records/../../etc/passwd", 404, 404, 404, 404, 404 },
  { "GET", "/v1/records/" UUID ":destroy", 404, 404, 404, 404, 404 },
  { "GET", "/v1/files/..%2f..%2fprovince.db", 404, 404, 404, 404, 404 },
  { "PUT", "/v1/config", 405, 405, 405, 405, 405 },
};

/* What is not UTF-8 must reach neither the database nor a function of text. */
static void
test_query (void)
{
  YejiRequest *request = yeji_request_new ("GET", "/v1/public/projects",
                                           "q=%FC&area=%E5%90&page=2&grade=%E5%90%89");

  g_assert_null (yeji_request_get_query (request, "q"));
  g_assert_null (yeji_request_get_query (request, "area"));
  g_assert_cmpstr (yeji_request_get_query (request, "page"), ==, "2");
  g_assert_cmpstr (yeji_request_get_query (request, "grade"), ==, "吉");
  yeji_request_free (request);
}

static void
test_access (Province      *self,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const struct
      {
        const char *account;
        guint status;
      } asks[] = {
        { NULL, cases[i].anonymous },
        { "qiye", cases[i].enterprise },
        { "shi", cases[i].reviewer },
        { "nameless", cases[i].unregistered },
        { "sectionless", cases[i].unregistered },
        { "guanli", cases[i].administrator },
        { "not-a-token", cases[i].anonymous },
      };

      for (guint j = 0; j < G_N_ELEMENTS (asks); j++)
        {
          g_autoptr (YejiResponse) response = NULL;

          /* DELETE ends the session of the token that it carries. */
          if (g_str_equal (cases[i].method, "DELETE")
              && g_str_has_suffix (cases[i].path, "session"))
            continue;
          response = province_ask (self, asks[j].account, cases[i].method, cases[i].path, NULL,
                                   NULL);
          if (response->status != asks[j].status)
            g_error ("%s %s as %s: %u", cases[i].method, cases[i].path, asks[j].account,
                     response->status);
        }
    }
}

static void
test_language (Province      *self,
               gconstpointer  data)
{
  g_autoptr (YejiResponse) chinese = province_ask (self, NULL, "GET", "/v1/reviews", NULL, NULL);
  g_autoptr (YejiResponse) english = province_ask (self, NULL, "GET", "/v1/reviews", NULL,
                                                   "Accept-Language", "en-GB,en;q=0.8", NULL);

  g_assert_cmpstr (get_kind (chinese), ==, "unauthorised");
  g_assert_cmpstr (get_text (chinese, "title"), ==, "请登录");
  g_assert_cmpstr (get_text (english, "title"), ==, "Sign in first");
  g_assert_cmpstr (chinese->type, ==, "application/problem+json");
}

static void
test_allow (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiResponse) response = province_ask (self, NULL, "PATCH", "/v1/session", NULL, NULL);

  g_assert_cmpuint (response->status, ==, 405);
  g_assert_cmpstr (yeji_response_get_header (response, "Allow"), ==, "POST, DELETE");
}

/* Whatever it asks for: what is behind may mean something else in its version. */
static void
test_version (Province      *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *path;
    const char *version;
    guint status;
    const char *words;         /* (nullable) */
  } versions[] = {
    { "/v1/config", "1", 200, NULL },
    { "/v1/config", "1.7", 200, NULL },
    { "/v1/config", "nonsense", 200, NULL },
    { "/v1/config", "2", 426, "older than the program" },
    { "/v1/changes", "2.1", 426, "older than the program" },
    { "/v1/not-invented-yet", "3", 426, "older than the program" },
    { "/elsewhere", "3", 404, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", versions[i].path, NULL,
                                                        "Yeji-Version", versions[i].version,
                                                        "Accept-Language", "en", NULL);
      JsonArray *supported;

      g_assert_cmpuint (response->status, ==, versions[i].status);
      if (versions[i].words == NULL)
        continue;
      g_assert_cmpstr (get_kind (response), ==, "version");
      g_assert_nonnull (strstr (get_text (response, "detail"), versions[i].words));
      supported = json_object_get_array_member (json_node_get_object (response->body), "supported");
      g_assert_cmpuint (json_array_get_length (supported), ==, 1);
      g_assert_cmpstr (json_array_get_string_element (supported, 0), ==, "1");
      g_assert_cmpstr (yeji_response_get_header (response, "Upgrade"), ==, "Yeji/1");
    }
}

static void
test_dictionary (Province      *self,
                 gconstpointer  data)
{
  g_autoptr (YejiResponse) first = province_ask (self, NULL, "GET", "/v1/dictionary", NULL, NULL);
  const char *tag = yeji_response_get_header (first, "ETag");
  g_autoptr (YejiResponse) second = province_ask (self, NULL, "GET", "/v1/dictionary", NULL,
                                                  "If-None-Match", tag, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_from_bundle (first->content, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (yeji_dictionary_get_version (dictionary), ==,
                   yeji_dictionary_get_version (self->context->dictionary));
  g_assert_cmpuint (second->status, ==, 304);
  g_assert_null (second->content);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/router/each-route-lets-the-right-people-in", test_access);
  ADD ("/server/router/refusals-speak-the-language-that-is-asked-for", test_language);
  ADD ("/server/router/another-method-is-told-which-ones-there-are", test_allow);
  ADD ("/server/router/the-dictionary-is-sent-once", test_dictionary);
  ADD ("/server/router/a-client-of-another-version-is-told", test_version);
  g_test_add_func ("/server/router/a-query-that-is-no-text-is-left-out", test_query);
  return g_test_run ();
}
