// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

static YejiResponse *
sign_in (Province   *self,
         const char *user,
         const char *password)
{
  g_autofree char *body = g_strdup_printf ("{\"user\": \"%s\", \"password\": \"%s\"}", user,
                                           password);

  return province_ask (self, NULL, "POST", "/v1/session", body, NULL);
}

static YejiResponse *
renew (Province   *self,
       const char *refresh)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh\": \"%s\"}", refresh);

  return province_ask (self, NULL, "POST", "/v1/session", body, NULL);
}

static void
assert_access (Province     *self,
               YejiResponse *session,
               guint         status)
{
  g_autoptr (YejiResponse) response = province_ask (self, get_text (session, "access"), "GET",
                                                    "/v1/changes", NULL, NULL);

  g_assert_cmpuint (response->status, ==, status);
}

static void
test_sign_in (Province      *self,
              gconstpointer  data)
{
  g_autoptr (YejiResponse) response = sign_in (self, "qiye", PASSWORD);
  JsonObject *user;

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpint (json_object_get_int_member (get_body (response), "expires_in"), ==, 3600);
  user = json_object_get_object_member (get_body (response), "user");
  g_assert_cmpstr (yeji_json_get_string (user, "role"), ==, "enterprise");
  user = json_object_get_object_member (user, "enterprise");
  g_assert_cmpstr (yeji_json_get_string (user, "code"), ==, "91220000MA00000001");
  assert_access (self, response, 200);
}

static void
test_wrong (Province      *self,
            gconstpointer  data)
{
  static const char * const users[] = { "qiye", "nobody" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (YejiResponse) response = sign_in (self, users[i], "wrong");

      g_assert_cmpuint (response->status, ==, 401);
      g_assert_cmpstr (get_kind (response), ==, "unauthorised");
      g_assert_cmpstr (get_text (response, "detail"), ==, "用户名或密码不正确。");
    }
}

static void
test_throttle (Province      *self,
               gconstpointer  data)
{
  static const char * const users[] = { "qiye", "nobody" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (YejiResponse) throttled = NULL;

      for (guint j = 0; j < 5; j++)
        {
          g_autoptr (YejiResponse) response = sign_in (self, users[i], "wrong");

          g_assert_cmpuint (response->status, ==, 401);
        }
      throttled = sign_in (self, users[i], PASSWORD);
      g_assert_cmpuint (throttled->status, ==, 429);
      g_assert_cmpstr (get_kind (throttled), ==, "throttled");
      g_assert_cmpint (atoi (yeji_response_get_header (throttled, "Retry-After")), >, 0);
    }
  {
    g_autoptr (YejiResponse) another = sign_in (self, "shi", PASSWORD);

    g_assert_cmpuint (another->status, ==, 200);
  }
}

static void
test_throttle_ends (Province      *self,
                    gconstpointer  data)
{
  g_autoptr (YejiResponse) again = NULL;

  for (guint j = 0; j < 5; j++)
    yeji_response_free (sign_in (self, "qiye", "wrong"));
  province_exec (self, "UPDATE failure SET until = until - 100", NULL);
  again = sign_in (self, "qiye", PASSWORD);
  g_assert_cmpuint (again->status, ==, 200);
}

static void
test_renew (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiResponse) first = sign_in (self, "qiye", PASSWORD);
  g_autoptr (YejiResponse) second = renew (self, get_text (first, "refresh"));
  g_autoptr (YejiResponse) again = renew (self, get_text (first, "refresh"));
  g_autoptr (YejiResponse) thrice = renew (self, get_text (first, "refresh"));
  g_autoptr (YejiResponse) next = NULL;
  g_autoptr (YejiResponse) too_old = NULL;

  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpstr (get_text (second, "refresh"), !=, get_text (first, "refresh"));
  assert_access (self, second, 200);
  assert_access (self, first, 200);
  g_assert_cmpuint (again->status, ==, 200);
  assert_access (self, again, 200);
  g_assert_cmpuint (thrice->status, ==, 200);
  /* once an answer has come, and only then, the old one is over */
  next = renew (self, get_text (thrice, "refresh"));
  g_assert_cmpuint (next->status, ==, 200);
  too_old = renew (self, get_text (first, "refresh"));
  g_assert_cmpuint (too_old->status, ==, 401);
}

static void
test_renew_often (Province      *self,
                  gconstpointer  data)
{
  g_autoptr (YejiResponse) first = sign_in (self, "qiye", PASSWORD);
  guint status = 200;

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (YejiResponse) again = renew (self, get_text (first, "refresh"));

      g_assert_cmpuint (again->status, ==, i < 20 ? 200 : 401);
      status = again->status;
    }
  g_assert_cmpuint (status, ==, 401);
}

static void
test_renew_late (Province      *self,
                 gconstpointer  data)
{
  g_autoptr (YejiResponse) first = sign_in (self, "qiye", PASSWORD);
  g_autoptr (YejiResponse) second = renew (self, get_text (first, "refresh"));
  g_autoptr (YejiResponse) late = NULL;

  province_exec (self, "UPDATE token SET expires = expires - 86401"
                 " WHERE kind = 'refresh'", NULL);
  late = renew (self, get_text (first, "refresh"));
  g_assert_cmpuint (late->status, ==, 401);
}

static void
test_expires (Province      *self,
              gconstpointer  data)
{
  g_autoptr (YejiResponse) session = sign_in (self, "qiye", PASSWORD);

  province_exec (self, "UPDATE token SET expires = expires - 3601 WHERE kind = 'access'", NULL);
  assert_access (self, session, 401);
}

static void
test_sign_out (Province      *self,
               gconstpointer  data)
{
  g_autoptr (YejiResponse) session = sign_in (self, "qiye", PASSWORD);
  g_autoptr (YejiResponse) renewed = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, get_text (session, "access"),
                                                        "DELETE", "/v1/session", NULL, NULL);

      g_assert_cmpuint (response->status, ==, 204);
    }
  assert_access (self, session, 401);
  renewed = renew (self, get_text (session, "refresh"));
  g_assert_cmpuint (renewed->status, ==, 401);
}

static gboolean
find_secret (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT count (*) FROM token WHERE hash = ?1", "s",
                                              data);

  g_assert_true (yeji_rows_next (rows, error));
  g_assert_cmpint (yeji_rows_int (rows, 0), ==, 0);
  return TRUE;
}

static void
test_hashed (Province      *self,
             gconstpointer  data)
{
  g_autoptr (YejiResponse) session = sign_in (self, "qiye", PASSWORD);
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, find_secret, (gpointer) get_text (session, "access"), &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/sessions/the-right-password-gives-tokens", test_sign_in);
  ADD ("/server/sessions/a-wrong-password-and-an-unknown-user-look-alike", test_wrong);
  ADD ("/server/sessions/the-sixth-attempt-has-to-wait", test_throttle);
  ADD ("/server/sessions/after-the-pause-the-right-password-works", test_throttle_ends);
  ADD ("/server/sessions/a-lost-answer-signs-nobody-out", test_renew);
  ADD ("/server/sessions/an-old-refresh-token-is-worth-nothing", test_renew_late);
  ADD ("/server/sessions/an-old-token-is-not-taken-for-ever", test_renew_often);
  ADD ("/server/sessions/an-access-token-lives-an-hour", test_expires);
  ADD ("/server/sessions/signing-out-twice-is-fine", test_sign_out);
  ADD ("/server/sessions/tokens-are-stored-hashed", test_hashed);
  return g_test_run ();
}
