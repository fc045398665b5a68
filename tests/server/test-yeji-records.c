// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

#define PATH "/v1/records/" UUID

static void
test_put_table (Province      *self,
                gconstpointer  data)
{
  g_autofree char *one = make_record (self, UUID, "一号");
  g_autofree char *two = make_record (self, UUID, "二号");
  g_autofree char *three = make_record (self, UUID, "三号");
  const struct
  {
    const char *account, *body, *header, *value;
    guint status;
    const char *kind, *tag;
  } steps[] = {
    { "qiye", one, NULL, NULL, 428, "precondition-required", NULL },
    { "qiye", one, "If-Match", "\"r1\"", 404, "not-found", NULL },
    { "qiye", one, "If-None-Match", "*", 201, NULL, "\"r1\"" },
    { "qiye", one, "If-None-Match", "*", 200, NULL, "\"r1\"" },
    { "qiye", two, "If-None-Match", "*", 412, "stale", "\"r1\"" },
    { "other", two, "If-None-Match", "*", 403, "forbidden", NULL },
    { "other", two, "If-Match", "\"r1\"", 404, "not-found", NULL },
    { "qiye", two, "If-Match", "\"r1\"", 200, NULL, "\"r2\"" },
    { "qiye", two, "If-Match", "\"r1\"", 200, NULL, "\"r2\"" },
    { "qiye", two, "If-Match", "\"r2\"", 200, NULL, "\"r2\"" },
    { "qiye", three, "If-Match", "\"r1\"", 412, "stale", "\"r2\"" },
    { "qiye", three, "If-Match", "W/\"r2\"", 412, "stale", "\"r2\"" },
    { "qiye", three, "If-Match", "*", 412, "stale", "\"r2\"" },
    { "qiye", three, "If-Match", "\"r2\"", 200, NULL, "\"r3\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, steps[i].account, "PUT", PATH,
                                                        steps[i].body,
                                                        steps[i].header, steps[i].value, NULL);

      g_test_message ("step %u", i);
      g_assert_cmpuint (response->status, ==, steps[i].status);
      g_assert_cmpstr (yeji_response_get_header (response, "ETag"), ==, steps[i].tag);
      if (steps[i].kind != NULL)
        g_assert_cmpstr (get_kind (response), ==, steps[i].kind);
    }
}

static void
test_stale_has_current (Province      *self,
                        gconstpointer  data)
{
  g_autofree char *one = make_record (self, UUID, "一号");
  g_autofree char *two = make_record (self, UUID, "二号");
  g_autoptr (YejiResponse) response = NULL;
  JsonObject *current;

  put_record (self, UUID, one);
  response = province_ask (self, "qiye", "PUT", PATH, two, "If-Match", "\"r9\"", NULL);
  current = json_object_get_object_member (get_body (response), "current");
  g_assert_cmpstr (yeji_json_get_string (current, "state"), ==, "draft");
  current = json_object_get_object_member (json_object_get_object_member (current, "record"),
                                           "project");
  g_assert_cmpstr (yeji_json_get_string (current, "PrjName"), ==, "一号");
}

/* Who writes may do without being told what was written; who reads and who is too late may not. */
static void
test_minimal (Province      *self,
              gconstpointer  data)
{
  g_autofree char *one = make_record (self, UUID, "一号");
  g_autofree char *two = make_record (self, UUID, "二号");
  const struct
  {
    const char *method, *body, *header, *value;
    guint status;
    gboolean has_body;
  } steps[] = {
    { "PUT", one, "If-None-Match", "*", 201, FALSE },
    { "PUT", one, "If-None-Match", "*", 200, FALSE },
    { "PUT", two, "If-Match", "\"r1\"", 200, FALSE },
    { "PUT", one, "If-Match", "\"r1\"", 412, TRUE },
    { "GET", NULL, "Accept", "*/*", 200, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, "qiye", steps[i].method, PATH,
                                                        steps[i].body, "Prefer", "return=minimal",
                                                        steps[i].header, steps[i].value, NULL);

      g_test_message ("step %u", i);
      g_assert_cmpuint (response->status, ==, steps[i].status);
      g_assert_true ((response->body != NULL) == steps[i].has_body);
      g_assert_nonnull (yeji_response_get_header (response, "ETag"));
      g_assert_true ((yeji_response_get_header (response, "Preference-Applied") != NULL)
                     != steps[i].has_body);
    }
}

static void
test_shape (Province      *self,
            gconstpointer  data)
{
  g_autofree char *good = make_record (self, UUID, "一号");
  g_autofree char *other_uuid = make_record (self, OTHER_UUID, "一号");
  g_autofree char *other_version = replace_text (good, "\"dictionary\": \"", "\"dictionary\": \"x");
  const struct
  {
    const char *body;
    guint status;
    const char *kind;
  } cases[] = {
    { "[]", 400, "malformed" },
    { "{}", 409, "dictionary" },
    { other_uuid, 400, "malformed" },
    { other_version, 409, "dictionary" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, "qiye", "PUT", PATH, cases[i].body,
                                                        "If-None-Match", "*", NULL);

      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_cmpstr (get_kind (response), ==, cases[i].kind);
    }
}

static void
test_unknown_member (Province      *self,
                     gconstpointer  data)
{
  g_autofree char *good = make_record (self, UUID, "一号");
  g_autofree char *odd = replace_text (good, "\"PrjName\"", "\"Nonsense\": \"1\", \"PrjName\"");

  put_record (self, UUID, odd);
}

static void
test_get (Province      *self,
          gconstpointer  data)
{
  static const struct
  {
    const char *account;
    guint draft, submitted;
    const char *kind;
  } cases[] = {
    { "qiye", 200, 200, NULL },
    { "other", 404, 404, "not-found" },
    { "shi", 404, 200, NULL },
    { "xian", 404, 200, NULL },
    { "sheng", 404, 200, NULL },
    { "jilin", 404, 403, "out-of-area" },
    { "nameless", 403, 403, "unregistered-reviewer" },
    { "guanli", 200, 200, NULL },
  };
  g_autofree char *text = make_record (self, UUID, "一号");

  put_record (self, UUID, text);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, cases[i].account, "GET", PATH, NULL,
                                                        NULL);

      g_assert_cmpuint (response->status, ==, cases[i].draft);
    }
  province_exec (self, "UPDATE record SET state = 'submitted'", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, cases[i].account, "GET", PATH, NULL,
                                                        NULL);

      g_assert_cmpuint (response->status, ==, cases[i].submitted);
      if (cases[i].kind != NULL)
        g_assert_cmpstr (get_kind (response), ==, cases[i].kind);
    }
}

static void
test_states (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *state;
    guint status;
  } cases[] = {
    { "draft", 200 }, { "returned", 200 }, { "submitted", 409 }, { "approved", 409 },
  };
  g_autofree char *first = make_record (self, UUID, "一号");
  guint revision = 1;

  put_record (self, UUID, first);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = make_record (self, UUID, cases[i].state);
      g_autofree char *tag = g_strdup_printf ("\"r%u\"", revision);
      g_autoptr (YejiResponse) response = NULL;

      province_exec (self, "UPDATE record SET state = ?1", cases[i].state);
      response = province_ask (self, "qiye", "PUT", PATH, text, "If-Match", tag, NULL);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      if (cases[i].status == 200)
        revision++;
      else
        g_assert_cmpstr (get_kind (response), ==, "state");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/records/put-follows-the-protocol-step-by-step", test_put_table);
  ADD ("/server/records/a-stale-put-is-told-what-is-there", test_stale_has_current);
  ADD ("/server/records/who-writes-may-do-without-the-record-in-the-answer", test_minimal);
  ADD ("/server/records/what-is-no-record-is-refused", test_shape);
  ADD ("/server/records/a-draft-may-hold-what-the-dictionary-lacks", test_unknown_member);
  ADD ("/server/records/only-those-concerned-read-it", test_get);
  ADD ("/server/records/only-drafts-and-returned-ones-are-written", test_states);
  return g_test_run ();
}
