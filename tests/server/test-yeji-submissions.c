// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-number-filter.h"
#include "yeji-server-fixture.h"

#define SUBMIT "/v1/records/" UUID ":submit"

static YejiResponse *
submit (Province   *self,
        const char *key,
        const char *tag,
        const char *body)
{
  return province_ask (self, "qiye", "POST", SUBMIT, body, "Idempotency-Key", key,
                       "If-Match", tag, NULL);
}

static const char *
get_error (YejiResponse *response,
           guint         index,
           const char   *member)
{
  JsonArray *errors = json_object_get_array_member (get_body (response), "errors");

  g_assert_cmpuint (json_array_get_length (errors), >, index);
  return yeji_json_get_string (json_array_get_object_element (errors, index), member);
}

static void
test_complete (Province      *self,
               gconstpointer  data)
{
  g_autoptr (YejiResponse) response = NULL;

  submit_sample (self);
  response = province_ask (self, "qiye", "GET", "/v1/records/" UUID, NULL, NULL);
  g_assert_cmpstr (get_text (response, "state"), ==, "submitted");
  g_assert_cmpstr (yeji_response_get_header (response, "ETag"), ==, "\"r2\"");
}

static void
test_twice (Province      *self,
            gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *files = NULL;
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) second = NULL;
  g_autoptr (YejiResponse) another = NULL;
  g_autoptr (YejiResponse) misused = NULL;
  g_autoptr (YejiResponse) changes = NULL;

  put_record (self, UUID, text);
  files = give_documents (self, UUID);
  first = submit (self, "key-1", "\"r1\"", files);
  second = submit (self, "key-1", "\"r1\"", files);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_true (json_node_equal (first->body, second->body));
  g_assert_cmpstr (get_text (first, "revision"), ==, "r2");
  g_assert_cmpstr (get_text (first, "state"), ==, "submitted");
  g_assert_nonnull (get_text (first, "at"));

  another = submit (self, "key-2", "\"r2\"", files);
  g_assert_cmpuint (another->status, ==, 409);
  g_assert_cmpstr (get_kind (another), ==, "state");
  g_assert_cmpstr (yeji_response_get_header (second, "ETag"), ==,
                   yeji_response_get_header (first, "ETag"));
  misused = submit (self, "key-1", "\"r1\"", "{\"files\": []}");
  g_assert_cmpuint (misused->status, ==, 400);

  changes = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (changes),
                                                                         "changes")), ==, 1);
}

/* Who lost the answer finds the record at another revision, and may be a colleague by now. */
static void
test_after_a_lost_answer (Province      *self,
                          gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *files = NULL;
  g_autofree char *first_text = NULL;
  g_autofree char *again_text = NULL;
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) put = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) colleague = NULL;
  g_autoptr (YejiResponse) stranger = NULL;

  put_record (self, UUID, text);
  files = give_documents (self, UUID);
  first = submit (self, "key-1", "\"r1\"", files);
  g_assert_cmpuint (first->status, ==, 200);
  put = province_ask (self, "qiye", "PUT", "/v1/records/" UUID, text, "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (put->status, ==, 200);
  g_assert_cmpstr (yeji_response_get_header (put, "ETag"), ==, "\"r2\"");
  again = submit (self, "key-1", "\"r2\"", files);
  g_assert_cmpuint (again->status, ==, 200);
  first_text = yeji_json_print (first->body, FALSE);
  again_text = yeji_json_print (again->body, FALSE);
  g_assert_cmpstr (first_text, ==, again_text);

  province_exec (self, "UPDATE account SET enterprise = '91220000MA00000001' WHERE name = ?1",
                 "other");
  colleague = province_ask (self, "other", "POST", SUBMIT, files, "Idempotency-Key", "key-1",
                            "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (colleague->status, ==, 200);
  province_exec (self, "UPDATE account SET enterprise = '91220000MA00000002' WHERE name = ?1",
                 "other");
  stranger = province_ask (self, "other", "POST", SUBMIT, files, "Idempotency-Key", "key-1",
                           "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (stranger->status, ==, 404);
}

static void
test_conditions (Province      *self,
                 gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *files = NULL;
  g_autoptr (YejiResponse) keyless = NULL;
  g_autoptr (YejiResponse) tagless = NULL;
  g_autoptr (YejiResponse) stale = NULL;
  g_autoptr (YejiResponse) listless = NULL;

  put_record (self, UUID, text);
  files = give_documents (self, UUID);
  keyless = province_ask (self, "qiye", "POST", SUBMIT, files, "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (keyless->status, ==, 400);
  tagless = province_ask (self, "qiye", "POST", SUBMIT, files, "Idempotency-Key", "k", NULL);
  g_assert_cmpuint (tagless->status, ==, 428);
  stale = submit (self, "k", "\"r7\"", files);
  g_assert_cmpuint (stale->status, ==, 412);
  g_assert_true (json_object_has_member (get_body (stale), "current"));
  listless = submit (self, "k", "\"r1\"", "{}");
  g_assert_cmpuint (listless->status, ==, 400);
}

static void
test_incomplete (Province      *self,
                 gconstpointer  data)
{
  g_autofree char *text = make_record (self, UUID, "一号");
  g_autoptr (YejiResponse) response = NULL;
  g_autoptr (YejiResponse) after = NULL;

  put_record (self, UUID, text);
  response = submit (self, "k", "\"r1\"", "{\"files\": []}");
  g_assert_cmpuint (response->status, ==, 422);
  g_assert_cmpstr (get_kind (response), ==, "invalid");
  g_assert_cmpstr (get_error (response, 0, "severity"), ==, "error");

  after = province_ask (self, "qiye", "GET", "/v1/records/" UUID, NULL, NULL);
  g_assert_cmpstr (get_text (after, "state"), ==, "draft");
  g_assert_cmpstr (yeji_response_get_header (after, "ETag"), ==, "\"r1\"");
}

static void
test_ongoing (Province      *self,
              gconstpointer  data)
{
  g_autofree char *text = read_sample ("broken-10-ongoing.json");
  g_autofree char *path = NULL;
  g_autofree char *files = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  const char *uuid = yeji_json_get_string (json_node_get_object (node), "uuid");
  g_autoptr (YejiResponse) response = NULL;
  JsonArray *errors;
  gboolean said = FALSE;

  put_record (self, uuid, text);
  files = give_documents (self, uuid);
  path = g_strdup_printf ("/v1/records/%s:submit", uuid);
  response = province_ask (self, "qiye", "POST", path, files, "Idempotency-Key", "k",
                           "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (response->status, ==, 422);
  errors = json_object_get_array_member (get_body (response), "errors");
  for (guint i = 0; i < json_array_get_length (errors); i++)
    said = said || strstr (get_error (response, i, "message"), "工程建设项目审批管理系统") != NULL;
  g_assert_true (said);
}

static void
test_documents (Province      *self,
                gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *files = NULL;
  g_autoptr (YejiResponse) none = NULL;
  g_autoptr (YejiResponse) unannounced = NULL;
  g_autoptr (YejiResponse) missing = NULL;
  const char *rule = NULL;

  put_record (self, UUID, text);
  none = submit (self, "k", "\"r1\"", "{\"files\": []}");
  g_assert_cmpuint (none->status, ==, 409);
  g_assert_cmpstr (get_kind (none), ==, "missing-documents");
  g_assert_cmpstr (get_error (none, 0, "rule"), ==, "role.documents");
  g_assert_true (g_str_has_prefix (get_error (none, 0, "pointer"), "/documents/"));

  files = give_documents (self, UUID);
  unannounced = submit (self, "k", "\"r1\"", "{\"files\": []}");
  g_assert_cmpuint (unannounced->status, ==, 409);

  province_exec (self, "UPDATE file SET complete = 0 WHERE slot = ?1", "contract");
  missing = submit (self, "k", "\"r1\"", files);
  g_assert_cmpuint (missing->status, ==, 409);
  for (guint i = 0; i < 2; i++)
    if (g_str_has_prefix (get_error (missing, i, "pointer"), "/files/"))
      rule = get_error (missing, i, "rule");
  g_assert_cmpstr (rule, ==, "role.documents");
}

/* A record is looked at before its turn as if nobody had declared it and all its documents were
 * there; what counts is what is so when its turn has come. */
static void
test_checked_at_its_turn (Province      *self,
                          gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *key = yeji_number_fold ("2016-220104-47-03-000001");
  g_autofree char *other = NULL;
  g_autofree char *files = NULL;
  g_autoptr (YejiResponse) missing = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) declared = NULL;

  put_record (self, UUID, text);
  files = give_documents (self, UUID);
  province_exec (self, "UPDATE file SET complete = 0 WHERE slot = ?1", "contract");
  missing = submit (self, "k", "\"r1\"", files);
  g_assert_cmpuint (missing->status, ==, 409);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (missing),
                                                                         "errors")), ==, 2);

  /* written once more, so that it is at hand again */
  province_exec (self, "UPDATE file SET complete = 1 WHERE slot = ?1", "contract");
  other = replace_text (text, "\"PrjName\": \"", "\"PrjName\": \"新");
  again = province_ask (self, "qiye", "PUT", "/v1/records/" UUID, other, "If-Match", "\"r1\"",
                        NULL);
  g_assert_cmpuint (again->status, ==, 200);
  province_exec (self, "INSERT INTO declared (system, key, number, numbers, name, area, enterprise,"
                 " state, at) VALUES ('approval', ?1, ?1, ?1, 'n', '220000', 'e', 'ongoing', '2026')",
                 key);
  province_exec (self, "INSERT INTO declared_number (key, system, project)"
                 " VALUES (?1, 'approval', ?1)", key);
  declared = submit (self, "l", "\"r2\"", files);
  g_assert_cmpuint (declared->status, ==, 422);
  g_assert_cmpstr (get_kind (declared), ==, "invalid");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/submissions/a-complete-record-is-taken", test_complete);
  ADD ("/server/submissions/the-same-request-gets-the-same-answer", test_twice);
  ADD ("/server/submissions/a-lost-answer-comes-again-to-the-enterprise", test_after_a_lost_answer);
  ADD ("/server/submissions/conditions-are-asked-for", test_conditions);
  ADD ("/server/submissions/an-incomplete-record-stays-a-draft", test_incomplete);
  ADD ("/server/submissions/an-ongoing-project-is-told-where-it-belongs", test_ongoing);
  ADD ("/server/submissions/missing-documents-are-named", test_documents);
  ADD ("/server/submissions/is-checked-as-things-are-at-its-turn", test_checked_at_its_turn);
  return g_test_run ();
}
