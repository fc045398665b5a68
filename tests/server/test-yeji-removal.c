// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-removal.h"
#include "yeji-server-fixture.h"

#define RECORD "/v1/records/" UUID
#define WITHDRAW RECORD ":withdraw"
#define REASON "{\"reason\": \"合同金额有误\"}"

/* Brings the one record of the enterprise into a state, and says its revision. */
static void
bring (Province   *self,
       const char *state,
       char      **tag)
{
  g_autoptr (YejiResponse) response = NULL;

  if (g_str_equal (state, "draft"))
    {
      g_autofree char *text = make_record (self, UUID, "一号");

      put_record (self, UUID, text);
    }
  else
    submit_sample (self);
  if (g_str_equal (state, "returned"))
    response = province_ask (self, "sheng", "POST", RECORD ":return",
                             "{\"message\": \"请补正\", \"points\": []}", "If-Match", "\"r2\"", NULL);
  else if (g_str_equal (state, "approved"))
    response = province_ask (self, "sheng", "POST", RECORD ":approve", "{}", "If-Match", "\"r2\"",
                             NULL);
  else if (g_str_equal (state, "withdrawn"))
    response = province_ask (self, "qiye", "POST", WITHDRAW, REASON, "If-Match", "\"r2\"", NULL);
  if (response != NULL)
    g_assert_cmpuint (response->status, ==, 200);
  *tag = g_strdup (g_str_equal (state, "draft") ? "\"r1\""
                   : g_str_equal (state, "submitted") ? "\"r2\"" : "\"r3\"");
}

static void
clear (Province *self)
{
  static const char * const statements[] = {
    "DELETE FROM announced", "DELETE FROM file", "DELETE FROM change", "DELETE FROM submission",
    "DELETE FROM receipt",
    "DELETE FROM publication", "DELETE FROM record",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    province_exec (self, statements[i], NULL);
}

static JsonObject *
get_last_change (Province      *self,
                 YejiResponse **response)
{
  JsonArray *changes;

  *response = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);
  changes = json_object_get_array_member (get_body (*response), "changes");
  g_assert_cmpuint (json_array_get_length (changes), >, 0);
  return json_array_get_object_element (changes, json_array_get_length (changes) - 1);
}

/* Which state lets its enterprise do what. */
static void
test_states (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *state;
    guint withdraw, remove, write;
  } cases[] = {
    { "draft", 409, 204, 200 },
    { "submitted", 200, 409, 409 },
    { "returned", 409, 204, 200 },
    { "withdrawn", 409, 204, 200 },
    { "approved", 409, 409, 409 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tag = NULL;
      g_autofree char *text = make_record (self, UUID, "改过");
      g_autoptr (YejiResponse) written = NULL;
      g_autoptr (YejiResponse) withdrawn = NULL;
      g_autoptr (YejiResponse) removed = NULL;

      g_test_message ("%s", cases[i].state);
      bring (self, cases[i].state, &tag);
      withdrawn = province_ask (self, "qiye", "POST", WITHDRAW, "{\"reason\": \"另一原因\"}",
                                "If-Match", tag, NULL);
      g_assert_cmpuint (withdrawn->status, ==, cases[i].withdraw);
      clear (self);
      g_clear_pointer (&tag, g_free);

      bring (self, cases[i].state, &tag);
      written = province_ask (self, "qiye", "PUT", RECORD, text, "If-Match", tag, NULL);
      g_assert_cmpuint (written->status, ==, cases[i].write);
      clear (self);
      g_clear_pointer (&tag, g_free);

      bring (self, cases[i].state, &tag);
      removed = province_ask (self, "qiye", "DELETE", RECORD, NULL, "If-Match", tag, NULL);
      g_assert_cmpuint (removed->status, ==, cases[i].remove);
      clear (self);
    }
}

static void
test_withdrawn_twice (Province      *self,
                      gconstpointer  data)
{
  g_autofree char *tag = NULL;
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) second = NULL;
  g_autoptr (YejiResponse) other = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  g_autoptr (YejiResponse) queue = NULL;
  JsonObject *change;

  bring (self, "submitted", &tag);
  first = province_ask (self, "qiye", "POST", WITHDRAW, REASON, "If-Match", tag, NULL);
  second = province_ask (self, "qiye", "POST", WITHDRAW, REASON, "If-Match", tag, NULL);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpstr (get_text (first, "state"), ==, "withdrawn");
  g_assert_cmpstr (yeji_response_get_header (first, "ETag"), ==, "\"r3\"");
  g_assert_cmpstr (yeji_response_get_header (second, "ETag"), ==, "\"r3\"");
  other = province_ask (self, "qiye", "POST", WITHDRAW, "{\"reason\": \"另一原因\"}", "If-Match", tag,
                        NULL);
  g_assert_cmpuint (other->status, ==, 409);

  change = get_last_change (self, &changes);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "withdrawn");
  g_assert_cmpstr (yeji_json_get_string (change, "message"), ==, "合同金额有误");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (changes),
                                                                         "changes")), ==, 2);
  queue = province_ask (self, "sheng", "GET", "/v1/reviews", NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (queue),
                                                                         "reviews")), ==, 0);
}

static void
test_conditions (Province      *self,
                 gconstpointer  data)
{
  g_autofree char *tag = NULL;
  g_autofree char *long_reason = g_strnfill (2001, 'x');
  g_autofree char *long_body = g_strdup_printf ("{\"reason\": \"%s\"}", long_reason);
  const struct
  {
    const char *account, *method, *path, *body, *header, *value;
    guint status;
  } cases[] = {
    { "qiye", "POST", WITHDRAW, REASON, NULL, NULL, 428 },
    { "qiye", "POST", WITHDRAW, REASON, "If-Match", "\"r1\"", 412 },
    { "qiye", "POST", WITHDRAW, "{}", "If-Match", "\"r2\"", 400 },
    { "qiye", "POST", WITHDRAW, "{\"reason\": \"\"}", "If-Match", "\"r2\"", 400 },
    { "qiye", "POST", WITHDRAW, "{\"reason\": 5}", "If-Match", "\"r2\"", 400 },
    { "qiye", "POST", WITHDRAW, long_body, "If-Match", "\"r2\"", 400 },
    { "other", "POST", WITHDRAW, REASON, "If-Match", "\"r2\"", 404 },
    { "sheng", "POST", WITHDRAW, REASON, "If-Match", "\"r2\"", 403 },
    { "qiye", "DELETE", RECORD, NULL, NULL, NULL, 428 },
    { "other", "DELETE", RECORD, NULL, "If-Match", "\"r2\"", 404 },
    { "guanli", "DELETE", RECORD, NULL, "If-Match", "\"r2\"", 403 },
    { "qiye", "DELETE", "/v1/records/" OTHER_UUID, NULL, "If-Match", "\"r2\"", 404 },
  };

  bring (self, "submitted", &tag);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, cases[i].account, cases[i].method,
                                                        cases[i].path, cases[i].body,
                                                        cases[i].header, cases[i].value, NULL);

      g_test_message ("case %u", i);
      g_assert_cmpuint (response->status, ==, cases[i].status);
    }
}

static void
test_removed (Province      *self,
              gconstpointer  data)
{
  g_autofree char *tag = NULL;
  g_autofree char *text = make_record (self, UUID, "二号");
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) second = NULL;
  g_autoptr (YejiResponse) gone = NULL;
  g_autoptr (YejiResponse) stale = NULL;
  g_autoptr (YejiResponse) anew = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  JsonObject *change;

  bring (self, "returned", &tag);
  first = province_ask (self, "qiye", "DELETE", RECORD, NULL, "If-Match", tag, NULL);
  second = province_ask (self, "qiye", "DELETE", RECORD, NULL, "If-Match", tag, NULL);
  g_assert_cmpuint (first->status, ==, 204);
  g_assert_cmpuint (second->status, ==, 204);
  change = get_last_change (self, &changes);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "removed");
  g_assert_cmpstr (yeji_json_get_string (change, "revision"), ==, "r4");
  g_assert_nonnull (yeji_json_get_string (change, "message"));

  gone = province_ask (self, "qiye", "GET", RECORD, NULL, NULL);
  g_assert_cmpuint (gone->status, ==, 410);
  g_assert_cmpstr (get_kind (gone), ==, "removed");
  g_assert_cmpstr (yeji_response_get_header (gone, "ETag"), ==, "\"r4\"");
  /* a body that is still there would become NULL, which the schema refuses */
  province_exec (self, "UPDATE record SET body = iif (body = '{}', body, NULL) WHERE uuid = ?1",
                 UUID);
  stale = province_ask (self, "qiye", "PUT", RECORD, text, "If-Match", "\"r4\"", NULL);
  g_assert_cmpuint (stale->status, ==, 410);
  anew = province_ask (self, "qiye", "PUT", RECORD, text, "If-None-Match", "*", NULL);
  g_assert_cmpuint (anew->status, ==, 201);
  g_assert_cmpstr (yeji_response_get_header (anew, "ETag"), ==, "\"r5\"");
  g_assert_cmpstr (get_text (anew, "state"), ==, "draft");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (anew),
                                                                         "files")), ==, 0);
}

/* The very body of before makes it anew, too. */
static void
test_the_same_body (Province      *self,
                    gconstpointer  data)
{
  g_autofree char *text = make_record (self, UUID, "一号");
  g_autoptr (YejiResponse) removed = NULL;
  g_autoptr (YejiResponse) anew = NULL;
  g_autoptr (YejiResponse) twice = NULL;

  put_record (self, UUID, text);
  removed = province_ask (self, "qiye", "DELETE", RECORD, NULL, "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (removed->status, ==, 204);
  anew = province_ask (self, "qiye", "PUT", RECORD, text, "If-None-Match", "*", NULL);
  g_assert_cmpuint (anew->status, ==, 201);
  twice = province_ask (self, "qiye", "PUT", RECORD, text, "If-None-Match", "*", NULL);
  g_assert_cmpuint (twice->status, ==, 200);
  g_assert_cmpstr (yeji_response_get_header (twice, "ETag"), ==, "\"r3\"");
}

/* A submission whose answer was lost gets it whatever became of the record since. */
static void
test_a_key_outlives_its_record (Province      *self,
                                gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *files = NULL;
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) withdrawn = NULL;
  g_autoptr (YejiResponse) removed = NULL;
  g_autoptr (YejiResponse) again = NULL;

  put_record (self, UUID, text);
  files = give_documents (self, UUID);
  first = province_ask (self, "qiye", "POST", RECORD ":submit", files, "Idempotency-Key", "k",
                        "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (first->status, ==, 200);
  withdrawn = province_ask (self, "qiye", "POST", WITHDRAW, REASON, "If-Match", "\"r2\"", NULL);
  removed = province_ask (self, "qiye", "DELETE", RECORD, NULL, "If-Match", "\"r3\"", NULL);
  g_assert_cmpuint (removed->status, ==, 204);
  again = province_ask (self, "qiye", "POST", RECORD ":submit", files, "Idempotency-Key", "k",
                        "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_true (json_node_equal (first->body, again->body));
}

typedef struct
{
  Province *province;
  const char *reason;
} Administrator;

static gboolean
run_remove (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Administrator *self = data;
  g_autoptr (YejiCase) found = yeji_case_load (sql, UUID, error);

  return found != NULL
         && yeji_removal_run (found, self->province->context, sql, "", self->reason, error);
}

static void
test_by_the_administrator (Province      *self,
                           gconstpointer  data)
{
  Administrator administrator = { self, "重复申报" };
  g_autofree char *tag = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiResponse) gone = NULL;
  g_autoptr (YejiResponse) returned = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  JsonObject *change;

  bring (self, "submitted", &tag);
  yeji_db_run (self->db, run_remove, &administrator, &error);
  g_assert_no_error (error);
  change = get_last_change (self, &changes);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "removed");
  g_assert_cmpstr (yeji_json_get_string (change, "message"), ==, "重复申报");
  gone = province_ask (self, "qiye", "GET", RECORD, NULL, NULL);
  g_assert_cmpuint (gone->status, ==, 410);
  g_assert_cmpstr (get_text (gone, "detail"), ==, "重复申报");
  returned = province_ask (self, "sheng", "POST", RECORD ":return",
                           "{\"message\": \"请补正\", \"points\": []}", "If-Match", "\"r3\"", NULL);
  g_assert_cmpuint (returned->status, ==, 410);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/removal/the-state-says-what-may-be-done", test_states);
  ADD ("/server/removal/a-withdrawal-happens-once", test_withdrawn_twice);
  ADD ("/server/removal/conditions-are-asked-for", test_conditions);
  ADD ("/server/removal/a-tombstone-stays-and-can-be-written-over", test_removed);
  ADD ("/server/removal/the-same-body-makes-it-anew", test_the_same_body);
  ADD ("/server/removal/a-key-outlives-its-record", test_a_key_outlives_its_record);
  ADD ("/server/removal/the-administrators-reason-is-told", test_by_the_administrator);
  return g_test_run ();
}
