// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

#define LISTS "/v1/qualification-applications"
#define CANDIDATES LISTS "/candidates?kind=construction"

/* As if a reviewer had approved it. */
static void
approve (Province   *self,
         const char *uuid,
         const char *grade)
{
  g_autofree char *statement = g_strdup_printf ("UPDATE record SET state = 'approved', grade = '%s',"
                                                " approved_at = '2026-05-01T00:00:00.000Z'"
                                                " WHERE uuid = ?1", grade);

  province_exec (self, statement, uuid);
}

static void
put_other (Province   *self,
           const char *uuid)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, &error);
  g_autofree char *changed = NULL;

  g_assert_no_error (error);
  json_object_set_string_member (json_node_get_object (node), "uuid", uuid);
  changed = yeji_json_print (node, FALSE);
  put_record (self, uuid, changed);
}

/* Two approved records. */
static void
prepare (Province *self)
{
  put_other (self, UUID);
  put_other (self, OTHER_UUID);
  approve (self, UUID, "A");
  approve (self, OTHER_UUID, "B");
}

static YejiResponse *
make (Province   *self,
      const char *key,
      const char *name,
      const char *uuids,
      const char *more)
{
  g_autofree char *body = g_strdup_printf ("{\"kind\": \"construction\", \"name\": \"%s\","
                                           " \"records\": [%s]%s}", name, uuids, more);

  return province_ask (self, "qiye", "POST", LISTS, body, "Idempotency-Key", key, NULL);
}

static JsonObject *
get_record (YejiResponse *response,
            guint         index)
{
  return json_array_get_object_element (json_object_get_array_member (get_body (response),
                                                                      "records"), index);
}

static const char *
get_total (YejiResponse *response,
           const char   *id)
{
  JsonArray *totals = json_object_get_array_member (get_body (response), "totals");

  for (guint i = 0; i < json_array_get_length (totals); i++)
    {
      JsonObject *total = json_array_get_object_element (totals, i);

      if (g_str_equal (json_object_get_string_member (total, "id"), id))
        return json_object_get_string_member (total, "value");
    }
  return NULL;
}

static void
test_candidates (Province      *self,
                 gconstpointer  data)
{
  g_autoptr (YejiResponse) before = NULL;
  g_autoptr (YejiResponse) after = NULL;
  g_autoptr (YejiResponse) sought = NULL;
  JsonObject *candidate;

  put_other (self, UUID);
  before = province_ask (self, "qiye", "GET", CANDIDATES, NULL, NULL);
  g_assert_cmpuint (before->status, ==, 200);
  candidate = get_record (before, 0);
  g_assert_false (json_object_get_boolean_member (candidate, "may"));
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element
                                           (json_object_get_array_member (candidate, "reasons"),
                                            0), "id"), ==, "not_approved");

  approve (self, UUID, "A");
  after = province_ask (self, "qiye", "GET", CANDIDATES "&q=%E7%A4%BA%E4%BE%8B", NULL, NULL);
  candidate = get_record (after, 0);
  g_assert_true (json_object_get_boolean_member (candidate, "may"));
  g_assert_cmpstr (yeji_json_get_string (yeji_json_get_object (candidate, "values"),
                                         "contract_sum"), ==, "2928.28");
  sought = province_ask (self, "qiye", "GET", CANDIDATES "&q=nothing", NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (sought),
                                                                         "records")), ==, 0);
}

static void
test_make (Province      *self,
           gconstpointer  data)
{
  g_autoptr (YejiResponse) made = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) other = NULL;
  g_autoptr (YejiResponse) list = NULL;

  prepare (self);
  made = make (self, "key-1", "一级资质", "\"" UUID "\", \"" OTHER_UUID "\"", "");
  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpstr (get_text (made, "state"), ==, "open");
  g_assert_cmpstr (get_text (made, "name"), ==, "一级资质");
  g_assert_cmpstr (get_total (made, "works"), ==, "2");
  g_assert_cmpstr (get_total (made, "contract_sum"), ==, "5856.56");
  g_assert_cmpstr (get_total (made, "contract_max"), ==, "2928.28");
  g_assert_cmpstr (yeji_json_get_string (get_record (made, 1), "grade"), ==, "B");

  /* the answer was lost: asked again, there is still one */
  again = make (self, "key-1", "一级资质", "\"" UUID "\", \"" OTHER_UUID "\"", "");
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (get_text (again, "id"), ==, get_text (made, "id"));
  other = make (self, "key-1", "另一张", "\"" UUID "\"", "");
  g_assert_cmpuint (other->status, ==, 400);
  list = province_ask (self, "qiye", "GET", LISTS, NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (list),
                                                                         "applications")), ==, 1);
}

static void
test_refusals (Province      *self,
               gconstpointer  data)
{
  static const struct
  {
    const char *body;
    guint status;
    const char *kind;
  } cases[] = {
    { "{}", 400, "malformed" },
    { "[]", 400, "malformed" },
    { "{\"kind\": \"nothing\", \"name\": \"x\", \"records\": [\"" UUID "\"]}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"\", \"records\": [\"" UUID "\"]}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"records\": [\"" UUID "\"]}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"x\", \"records\": []}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"x\", \"records\": \"" UUID "\"}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"x\", \"records\": [7]}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"x\", \"records\": [\"../../x\"]}", 400, "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"x\", \"records\": [\"" UUID "\", \"" UUID "\"]}", 400,
      "malformed" },
    { "{\"kind\": \"construction\", \"name\": \"x\","
      " \"records\": [\"6f1c2d3e-4a5b-4c6d-8e7f-1020304050aa\"]}", 422, "invalid" },
    { "{\"kind\": \"construction\", \"name\": \"x\", \"records\": [\"" UUID "\"]}", 422, "invalid" },
    { "{\"kind\": \"survey_design\", \"name\": \"x\", \"records\": [\"" OTHER_UUID "\"]}", 422,
      "invalid" },
  };

  put_other (self, UUID);
  put_other (self, OTHER_UUID);
  approve (self, OTHER_UUID, "B");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, "qiye", "POST", LISTS, cases[i].body,
                                                        "Idempotency-Key", "key", NULL);

      g_test_message ("case %u", i);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_cmpstr (get_kind (response), ==, cases[i].kind);
    }
  {
    g_autoptr (YejiResponse) keyless = province_ask (self, "qiye", "POST", LISTS, cases[12].body,
                                                     NULL);

    g_assert_cmpuint (keyless->status, ==, 400);
  }
}

/* What was refused has used no key up, and says where and why. */
static void
test_place (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiResponse) refused = NULL;
  g_autoptr (YejiResponse) made = NULL;
  JsonObject *problem;

  prepare (self);
  approve (self, OTHER_UUID, "D");
  refused = make (self, "key", "清单", "\"" UUID "\", \"" OTHER_UUID "\"", "");
  g_assert_cmpuint (refused->status, ==, 422);
  problem = json_array_get_object_element (json_object_get_array_member (get_body (refused),
                                                                         "errors"), 0);
  g_assert_cmpstr (yeji_json_get_string (problem, "pointer"), ==, "/records/1");
  g_assert_cmpstr (yeji_json_get_string (problem, "rule"), ==, "qualification.grade");
  made = make (self, "key", "清单", "\"" UUID "\"", "");
  g_assert_cmpuint (made->status, ==, 201);
}

static void
test_twice (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) told = NULL;
  g_autoptr (YejiResponse) meant = NULL;
  g_autoptr (YejiResponse) candidates = NULL;
  g_autofree char *withdraw = NULL;
  JsonObject *problem;
  JsonArray *used;

  prepare (self);
  first = make (self, "key-1", "甲", "\"" UUID "\"", "");
  told = make (self, "key-2", "乙", "\"" OTHER_UUID "\", \"" UUID "\"", "");
  g_assert_cmpuint (told->status, ==, 409);
  g_assert_cmpstr (get_kind (told), ==, "used");
  problem = json_array_get_object_element (json_object_get_array_member (get_body (told), "errors"),
                                           0);
  g_assert_cmpstr (yeji_json_get_string (problem, "pointer"), ==, "/records/1");
  g_assert_nonnull (strstr (yeji_json_get_string (problem, "message"), "甲"));

  meant = make (self, "key-2", "乙", "\"" OTHER_UUID "\", \"" UUID "\"", ", \"again\": true");
  g_assert_cmpuint (meant->status, ==, 201);
  used = json_object_get_array_member (get_record (meant, 1), "used");
  g_assert_cmpuint (json_array_get_length (used), ==, 1);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (used, 0), "name"), ==,
                   "甲");

  /* what was taken back uses nothing */
  withdraw = g_strdup_printf (LISTS "/%s:withdraw", get_text (first, "id"));
  yeji_response_free (province_ask (self, "qiye", "POST", withdraw, "{}", NULL));
  candidates = province_ask (self, "qiye", "GET", CANDIDATES, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member
                                               (get_record (candidates, i), "used")), ==, 1);
}

static void
test_revoked (Province      *self,
              gconstpointer  data)
{
  static const char * const states[] = { "revoked", "removed", "withdrawn", "submitted" };
  g_autoptr (YejiResponse) made = NULL;
  g_autofree char *path = NULL;
  g_autofree char *use = NULL;

  prepare (self);
  made = make (self, "key", "清单", "\"" UUID "\", \"" OTHER_UUID "\"", "");
  path = g_strdup_printf (LISTS "/%s", get_text (made, "id"));
  use = g_strconcat (path, ":use", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *statement = g_strdup_printf ("UPDATE record SET state = '%s' WHERE uuid = ?1",
                                                    states[i]);
      g_autoptr (YejiResponse) list = NULL;
      g_autoptr (YejiResponse) refused = NULL;

      province_exec (self, statement, OTHER_UUID);
      list = province_ask (self, "qiye", "GET", path, NULL, NULL);
      g_assert_cmpint (json_object_get_int_member (get_body (list), "n_lost"), ==, 1);
      g_assert_false (json_object_get_boolean_member (get_record (list, 1), "counts"));
      g_assert_true (json_object_get_boolean_member (get_record (list, 0), "counts"));
      g_assert_cmpstr (get_total (list, "works"), ==, "1");
      refused = province_ask (self, "shi", "POST", use, "{\"application\": \"吉建资 1\"}", NULL);
      g_assert_cmpuint (refused->status, ==, 409);
    }
}

static void
test_states (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *account, *verb, *body;
    guint status;
    const char *state;         /* of the list, or the kind of the refusal */
  } steps[] = {
    { "qiye", "use", "{\"application\": \"1\"}", 403, "forbidden" },
    { "nameless", "use", "{\"application\": \"1\"}", 403, "unregistered-reviewer" },
    { "other", "withdraw", "{}", 404, "not-found" },
    { "shi", "withdraw", "{}", 403, "forbidden" },
    { "shi", "use", "{}", 400, "malformed" },
    { "shi", "use", "{\"application\": \"吉建资 1\"}", 200, "used" },
    { "shi", "use", "{\"application\": \"吉建资 1\"}", 200, "used" },
    { "shi", "use", "{\"application\": \"吉建资 2\"}", 409, "state" },
    { "qiye", "withdraw", "{}", 409, "state" },
  };
  g_autoptr (YejiResponse) made = NULL;

  prepare (self);
  made = make (self, "key", "清单", "\"" UUID "\"", "");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *path = g_strdup_printf (LISTS "/%s:%s", get_text (made, "id"),
                                               steps[i].verb);
      g_autoptr (YejiResponse) response = province_ask (self, steps[i].account, "POST", path,
                                                        steps[i].body, NULL);

      g_test_message ("step %u", i);
      g_assert_cmpuint (response->status, ==, steps[i].status);
      g_assert_cmpstr (steps[i].status == 200 ? get_text (response, "state") : get_kind (response),
                       ==, steps[i].state);
    }
}

static void
test_withdrawn (Province      *self,
                gconstpointer  data)
{
  g_autoptr (YejiResponse) made = NULL;
  g_autofree char *path = NULL;
  g_autofree char *use = NULL;
  g_autoptr (YejiResponse) refused = NULL;

  prepare (self);
  made = make (self, "key", "清单", "\"" UUID "\"", "");
  path = g_strdup_printf (LISTS "/%s:withdraw", get_text (made, "id"));
  use = g_strdup_printf (LISTS "/%s:use", get_text (made, "id"));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, "qiye", "POST", path, "{}", NULL);

      g_assert_cmpuint (response->status, ==, 200);
      g_assert_cmpstr (get_text (response, "state"), ==, "withdrawn");
    }
  refused = province_ask (self, "sheng", "POST", use, "{\"application\": \"1\"}", NULL);
  g_assert_cmpuint (refused->status, ==, 409);
}

static void
test_readers (Province      *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *account;
    guint status;
    gboolean listed;
  } cases[] = {
    { "qiye", 200, TRUE }, { "other", 404, FALSE }, { "jilin", 200, TRUE }, { "guanli", 200, TRUE },
    { NULL, 401, FALSE }, { "nameless", 403, FALSE },
  };
  g_autoptr (YejiResponse) made = NULL;
  g_autofree char *path = NULL;

  prepare (self);
  made = make (self, "key", "清单", "\"" UUID "\"", "");
  path = g_strdup_printf (LISTS "/%s", get_text (made, "id"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) one = province_ask (self, cases[i].account, "GET", path, NULL, NULL);
      g_autoptr (YejiResponse) all = province_ask (self, cases[i].account, "GET", LISTS
                                                   "?state=open", NULL, NULL);

      g_test_message ("%s", cases[i].account);
      g_assert_cmpuint (one->status, ==, cases[i].status);
      if (all->status == 200)
        g_assert_cmpuint (json_array_get_length (json_object_get_array_member
                                                   (get_body (all), "applications")), ==,
                          cases[i].listed ? 1 : 0);
    }
}

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/server/qualifications/says-which-records-count-and-why-not", test_candidates);
  ADD ("/server/qualifications/makes-a-list-once-for-each-key", test_make);
  ADD ("/server/qualifications/refuses-what-is-no-list", test_refusals);
  ADD ("/server/qualifications/points-at-the-record-that-does-not-count", test_place);
  ADD ("/server/qualifications/says-when-a-record-is-used-twice", test_twice);
  ADD ("/server/qualifications/tells-of-revoked-records-in-lists", test_revoked);
  ADD ("/server/qualifications/is-used-by-one-application", test_states);
  ADD ("/server/qualifications/is-taken-back-once", test_withdrawn);
  ADD ("/server/qualifications/shows-lists-to-those-whom-they-concern", test_readers);
  return g_test_run ();
}
