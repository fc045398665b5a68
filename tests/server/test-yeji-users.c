// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Accounts over the network: one's own, and the administrator's management of all. */

#include "config.h"

#include "yeji-server-fixture.h"

static YejiResponse *
ask (Province   *self,
     const char *account,
     const char *method,
     const char *path,
     const char *body)
{
  return province_ask (self, account, method, path, body, NULL);
}

static void
expect (Province   *self,
        const char *account,
        const char *method,
        const char *path,
        const char *body,
        guint       status)
{
  g_autoptr (YejiResponse) response = ask (self, account, method, path, body);

  g_test_message ("%s %s %s", method, path, body);
  g_assert_cmpuint (response->status, ==, status);
}

static char *
list_missing (YejiResponse *response)
{
  return yeji_json_print (json_object_get_member (get_body (response), "missing"), FALSE);
}

static void
test_own (Province      *self,
          gconstpointer  data)
{
  static const struct
  {
    const char *account, *missing;
    gboolean registered;
  } cases[] = {
    { "qiye", "[]", TRUE }, { "sheng", "[]", TRUE }, { "guanli", "[]", TRUE },
    { "nameless", "[\"display_name\"]", FALSE }, { "sectionless", "[\"department\"]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = ask (self, cases[i].account, "GET", "/v1/account", NULL);
      g_autofree char *missing = NULL;

      g_test_message ("%s", cases[i].account);
      g_assert_cmpuint (response->status, ==, 200);
      missing = list_missing (response);
      g_assert_cmpstr (missing, ==, cases[i].missing);
      g_assert_cmpint (json_object_get_boolean_member (get_body (response), "registered"), ==,
                       cases[i].registered);
      g_assert_false (json_object_has_member (get_body (response), "password"));
    }
  expect (self, NULL, "GET", "/v1/account", NULL, 401);
}

/* Who is not registered sees what is missing, mends it, and reviews from then on. */
static void
test_mend (Province      *self,
           gconstpointer  data)
{
  static const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "{\"display_name\": \"\"}", 422 }, { "{\"display_name\": \"  \"}", 422 },
    { "{\"display_name\": \"a\\u202eb\"}", 422 }, { "{\"display_name\": \"a\\nb\"}", 422 },
    { "{\"display_name\": 7}", 400 }, { "{\"role\": \"administrator\"}", 400 },
    { "{\"name\": \"sheng\"}", 400 }, { "{\"password\": \"xxxxxxxxxx\"}", 400 }, { "[]", 400 },
    { "{\"enterprise\": {\"name\": \"x\", \"code\": \"y\"}}", 400 },
    { "{\"office\": \"province\"}", 403 }, { "{\"office\": \"\"}", 403 },
    { "{\"department\": \"建管处\"}", 403 },
    { "{\"office\": \"220100\", \"department\": \"建筑业管理处\"}", 200 },
    { "{\"display_name\": \" 吴审核 \"}", 200 },
  };
  g_autoptr (YejiResponse) response = NULL;

  submit_sample (self);
  expect (self, "nameless", "GET", "/v1/reviews", NULL, 403);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect (self, "nameless", "PATCH", "/v1/account", cases[i].body, cases[i].status);
  response = ask (self, "nameless", "GET", "/v1/account", NULL);
  g_assert_cmpstr (get_text (response, "display_name"), ==, "吴审核");
  g_assert_cmpstr (get_text (response, "department"), ==, "建筑业管理处");
  expect (self, "nameless", "GET", "/v1/reviews", NULL, 200);
  expect (self, "nameless", "PATCH", "/v1/account", "{\"display_name\": \"别人\"}", 403);
  expect (self, "qiye", "PATCH", "/v1/account", "{\"display_name\": \"x\"}", 403);
  expect (self, "guanli", "PATCH", "/v1/account", "{\"display_name\": \"新名\"}", 200);

  /* the office can be chosen where there is none, and once */
  province_exec (self, "UPDATE account SET office = '' WHERE name = 'nameless'", NULL);
  expect (self, "nameless", "PATCH", "/v1/account", "{\"office\": \"nothing\"}", 422);
  expect (self, "nameless", "PATCH", "/v1/account", "{\"office\": \"220104\"}", 200);
  expect (self, "nameless", "PATCH", "/v1/account", "{\"office\": \"province\"}", 403);
}

static gboolean
can_sign_in (Province   *self,
             const char *name,
             const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"user\": \"%s\", \"password\": \"%s\"}", name,
                                           password);
  g_autoptr (YejiResponse) response = ask (self, NULL, "POST", "/v1/session", body);

  province_exec (self, "DELETE FROM failure", NULL);
  return response->status == 200;
}

static void
test_add (Province      *self,
          gconstpointer  data)
{
  static const struct
  {
    const char *body;
    guint status;
    const char *pointer;
  } cases[] = {
    { "{}", 400, NULL }, { "{\"name\": 7}", 400, NULL },
    { "{\"name\": \"a\", \"x\": \"y\"}", 400, NULL },
    { "{\"name\": \"a\", \"password\": \"12345678\"}", 422, "/role" },
    { "{\"name\": \"a\", \"role\": \"king\", \"password\": \"12345678\"}", 422, "/role" },
    { "{\"name\": \"a\", \"role\": \"reviewer\"}", 422, "/password" },
    { "{\"name\": \"a\", \"role\": \"reviewer\", \"password\": \"1234567\"}", 422, "/password" },
    { "{\"name\": \"a/b\", \"role\": \"reviewer\", \"password\": \"12345678\"}", 422, "/name" },
    { "{\"name\": \"a b\", \"role\": \"reviewer\", \"password\": \"12345678\"}", 422, "/name" },
    { "{\"name\": \"\", \"role\": \"reviewer\", \"password\": \"12345678\"}", 422, "/name" },
    { "{\"name\": \"a\", \"role\": \"reviewer\", \"office\": \"x\","
      " \"password\": \"12345678\"}", 422, "/office" },
    { "{\"name\": \"a\", \"role\": \"enterprise\", \"password\": \"12345678\"}", 422,
      "/enterprise" },
    { "{\"name\": \"a\", \"role\": \"enterprise\", \"password\": \"12345678\","
      " \"enterprise\": {\"name\": \"\", \"code\": \"c\"}}", 422, "/enterprise" },
    { "{\"name\": \"qiye\", \"role\": \"reviewer\", \"password\": \"12345678\"}", 409, NULL },
    { "{\"name\": \"新人\", \"role\": \"reviewer\", \"password\": \"12345678\"}", 201, NULL },
    { "{\"name\": \"新人\", \"role\": \"reviewer\", \"password\": \"12345678\"}", 409, NULL },
    { "{\"name\": \"e\", \"role\": \"enterprise\", \"password\": \"12345678\","
      " \"enterprise\": {\"name\": \"新企业\", \"code\": \"91220000MA00000003\"}}", 201, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = ask (self, "guanli", "POST", "/v1/users", cases[i].body);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      if (cases[i].pointer != NULL)
        g_assert_cmpstr (yeji_json_get_string (
                           json_array_get_object_element (
                             json_object_get_array_member (get_body (response), "errors"), 0),
                           "pointer"), ==, cases[i].pointer);
    }
  expect (self, "sheng", "POST", "/v1/users", cases[0].body, 403);
  g_assert_true (can_sign_in (self, "新人", "12345678"));
  g_assert_false (can_sign_in (self, "新人", "12345679"));
}

static void
test_change (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *path, *body;
    guint status;
  } cases[] = {
    { "/v1/users/nobody", "{\"office\": \"\"}", 404 }, { "/v1/users/%ff", "{\"office\": \"\"}", 404 },
    { "/v1/users/nobody", "{}", 400 },
    { "/v1/users/shi", "{\"name\": \"x\"}", 400 }, { "/v1/users/shi", "{\"office\": \"x\"}", 422 },
    { "/v1/users/shi", "{\"password\": \"x\"}", 422 },
    { "/v1/users/guanli", "{\"role\": \"reviewer\"}", 403 },
    { "/v1/users/guanli", "{\"role\": \"administrator\", \"display_name\": \"新名\"}", 200 },
    { "/v1/users/shi", "{\"role\": \"enterprise\"}", 422 },
    { "/v1/users/nameless", "{\"display_name\": \"吴审核\", \"office\": \"province\"}", 200 },
    { "/v1/users/%73heng", "{\"department\": \"\"}", 200 },
  };
  g_autoptr (YejiResponse) mended = NULL;
  g_autoptr (YejiResponse) broken = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect (self, "guanli", "PATCH", cases[i].path, cases[i].body, cases[i].status);
  mended = ask (self, "nameless", "GET", "/v1/reviews", NULL);
  g_assert_cmpuint (mended->status, ==, 200);
  broken = ask (self, "sheng", "GET", "/v1/reviews", NULL);
  g_assert_cmpstr (get_kind (broken), ==, "unregistered-reviewer");

  /* a new password ends what was begun with the old one */
  expect (self, "shi", "GET", "/v1/reviews", NULL, 200);
  expect (self, "guanli", "PATCH", "/v1/users/shi", "{\"password\": \"87654321\"}", 200);
  expect (self, "shi", "GET", "/v1/reviews", NULL, 401);
  g_assert_true (can_sign_in (self, "shi", "87654321"));
  g_assert_false (can_sign_in (self, "shi", PASSWORD));
}

static void
test_list (Province      *self,
           gconstpointer  data)
{
  static const struct
  {
    const char *query;
    gint64 total;
  } cases[] = {
    { "", G_N_ELEMENTS (fixture_accounts) }, { "?q=SHI", 1 }, { "?q=审核", 5 }, { "?q=建筑业", 4 },
    { "?role=enterprise", 2 }, { "?role=enterprise&q=示例", 1 }, { "?q=91220000MA00000002", 1 },
    { "?q=%25", 0 }, { "?role=x", 0 }, { "?page=2", G_N_ELEMENTS (fixture_accounts) },
  };
  g_autoptr (YejiResponse) response = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/v1/users", cases[i].query, NULL);
      g_autoptr (YejiResponse) listed = ask (self, "guanli", "GET", path, NULL);

      g_test_message ("%s", path);
      g_assert_cmpuint (listed->status, ==, 200);
      g_assert_cmpint (json_object_get_int_member (get_body (listed), "total"), ==, cases[i].total);
    }
  response = ask (self, "guanli", "GET", "/v1/users", NULL);
  text = yeji_json_print (response->body, FALSE);
  g_assert_null (strstr (text, "argon2"));
  expect (self, "sheng", "GET", "/v1/users", NULL, 403);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/users/everybody-sees-what-is-missing", test_own);
  ADD ("/server/users/a-reviewer-mends-his-own-name-and-office", test_mend);
  ADD ("/server/users/an-administrator-adds-accounts", test_add);
  ADD ("/server/users/an-administrator-puts-accounts-right", test_change);
  ADD ("/server/users/are-found-by-name-role-and-enterprise", test_list);
  return g_test_run ();
}
