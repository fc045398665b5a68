// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"
#include "yeji-web.h"

/* What has its place in an address, and what only looks so. */
static const struct
{
  const char *path;
  guint status;
  const char *type;            /* (nullable) */
} assets[] = {
  { "/desk", 200, "text/html; charset=utf-8" },
  { "/web/desk.css", 200, "text/css; charset=utf-8" },
  { "/web/desk.js", 200, "text/javascript; charset=utf-8" },
  { "/web/words-zh.json", 200, "application/json" },
  { "/web/mark.svg", 200, "image/svg+xml" },
  { "/web/nothing.css", 404, NULL },
  { "/web/desk.html", 404, NULL },
  { "/web/", 404, NULL },
  { "/web/.css", 404, NULL },
  { "/web/desk", 404, NULL },
  { "/web/desk.css/", 404, NULL },
  { "/web/desk.min.css", 404, NULL },
  { "/web/Desk.css", 404, NULL },
  { "/web/../desk.css", 404, NULL },
  { "/web/..%2fdesk.css", 404, NULL },
  { "/web/a/desk.css", 404, NULL },
  { "/web/desk.css%00.js", 404, NULL },
  { "/web/吉林.css", 404, NULL },
  { "/desk/", 404, NULL },
};

static const struct
{
  const char *name;
  const char *value;
} headers[] = {
  { "X-Content-Type-Options", "nosniff" },
  { "Referrer-Policy", "no-referrer" },
  { "Cache-Control", "no-cache" },
};

static void
check_headers (YejiResponse *response)
{
  const char *policy = yeji_response_get_header (response, "Content-Security-Policy");

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_assert_cmpstr (yeji_response_get_header (response, headers[i].name), ==, headers[i].value);
  g_assert_true (g_str_has_prefix (policy, "default-src 'none';"));
  g_assert_null (strstr (policy, "unsafe"));
  g_assert_nonnull (strstr (policy, "frame-ancestors 'none'"));
}

static void
test_assets (Province      *self,
             gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (assets); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", assets[i].path, NULL,
                                                        NULL);

      if (response->status != assets[i].status)
        g_error ("%s: %u", assets[i].path, response->status);
      if (assets[i].type == NULL)
        continue;
      g_assert_cmpstr (response->type, ==, assets[i].type);
      g_assert_cmpuint (g_bytes_get_size (response->content), >, 0);
      check_headers (response);
    }
}

static void
test_tag (Province      *self,
          gconstpointer  data)
{
  g_autoptr (YejiResponse) first = province_ask (self, NULL, "GET", "/web/desk.js", NULL, NULL);
  const char *tag = yeji_response_get_header (first, "ETag");
  g_autofree char *several = g_strdup_printf ("\"other\", W/%s", tag);
  const struct
  {
    const char *known;
    guint status;
  } cases[] = {
    { tag, 304 }, { several, 304 }, { "*", 304 }, { "\"other\"", 200 }, { "", 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) again = province_ask (self, NULL, "GET", "/web/desk.js", NULL,
                                                     "If-None-Match", cases[i].known, NULL);

      g_assert_cmpuint (again->status, ==, cases[i].status);
      g_assert_cmpstr (yeji_response_get_header (again, "ETag"), ==, tag);
      g_assert_true ((again->content == NULL) == (cases[i].status == 304));
      check_headers (again);
    }
}

/* A page that is an error is never "as you have it". */
static void
test_page (void)
{
  YejiRequest *request = yeji_request_new ("GET", "/projects/x", NULL);
  g_autoptr (YejiResponse) found = yeji_web_page (request, 200, g_strdup ("<!DOCTYPE html>"));
  g_autoptr (YejiResponse) missing = NULL;
  g_autoptr (YejiResponse) known = NULL;

  g_assert_cmpuint (found->status, ==, 200);
  g_assert_cmpstr (found->type, ==, "text/html; charset=utf-8");
  check_headers (found);
  yeji_request_set_header (request, "If-None-Match", yeji_response_get_header (found, "ETag"));
  known = yeji_web_page (request, 200, g_strdup ("<!DOCTYPE html>"));
  g_assert_cmpuint (known->status, ==, 304);
  missing = yeji_web_page (request, 404, g_strdup ("<!DOCTYPE html>"));
  g_assert_cmpuint (missing->status, ==, 404);
  g_assert_null (yeji_response_get_header (missing, "ETag"));
  check_headers (missing);
  yeji_request_free (request);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    gboolean is_asset;
  } names[] = {
    { "desk.css", TRUE }, { "a-1.woff2", TRUE }, { "words-zh.json", TRUE }, { "a.png", TRUE },
    { "", FALSE }, { ".js", FALSE }, { "a.", FALSE }, { "a.html", FALSE }, { "a.b.js", FALSE },
    { "a_b.js", FALSE }, { "A.js", FALSE }, { "a.js ", FALSE }, { "a.jsx", FALSE },
    { "a\xff.js", FALSE },
    { "a23456789a123456789a123456789a123456789a123456789a123456789a12345678.js", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (yeji_web_is_asset (names[i].name) != names[i].is_asset)
      g_error ("%s", names[i].name);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/web/files-have-their-type-and-their-headers", Province, NULL,
              province_set_up, test_assets, province_tear_down);
  g_test_add ("/server/web/who-has-a-file-is-told-so", Province, NULL, province_set_up, test_tag,
              province_tear_down);
  g_test_add_func ("/server/web/a-page-has-the-policy-whatever-its-status", test_page);
  g_test_add_func ("/server/web/a-name-is-letters-and-a-known-ending", test_names);
  return g_test_run ();
}
