// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

#define PATH "/v1/records/" UUID
#define POINT "{\"points\": [{\"pointer\": \"/project/PrjName\", \"comment\": \"与批复不一致\"}]}"

static YejiResponse *
decide (Province   *self,
        const char *account,
        const char *verb,
        const char *tag,
        const char *body)
{
  g_autofree char *path = g_strconcat (PATH ":", verb, NULL);

  return province_ask (self, account, "POST", path, body, "If-Match", tag, NULL);
}

static guint
count_listed (Province   *self,
              const char *account)
{
  g_autoptr (YejiResponse) response = province_ask (self, account, "GET",
                                                    "/v1/reviews?state=submitted", NULL, NULL);

  g_assert_cmpuint (response->status, ==, 200);
  return json_array_get_length (json_object_get_array_member (get_body (response), "reviews"));
}

static void
test_queue (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiResponse) response = NULL;
  JsonObject *listed;

  submit_sample (self);
  g_assert_cmpuint (count_listed (self, "sheng"), ==, 1);
  g_assert_cmpuint (count_listed (self, "shi"), ==, 1);
  g_assert_cmpuint (count_listed (self, "xian"), ==, 1);
  g_assert_cmpuint (count_listed (self, "jilin"), ==, 0);

  response = province_ask (self, "shi", "GET", "/v1/reviews?state=submitted", NULL, NULL);
  listed = json_array_get_object_element (json_object_get_array_member (get_body (response),
                                                                        "reviews"), 0);
  g_assert_cmpstr (yeji_json_get_string (listed, "uuid"), ==, UUID);
  g_assert_cmpstr (yeji_json_get_string (listed, "area"), ==, "220104");
  g_assert_cmpstr (yeji_json_get_string (listed, "enterprise"), ==, "示例建设集团");
  g_assert_cmpstr (yeji_json_get_string (listed, "revision"), ==, "r2");
}

static void
test_refusals (Province      *self,
               gconstpointer  data)
{
  static const struct
  {
    const char *account, *verb, *tag, *body;
    guint status;
    const char *kind;
  } cases[] = {
    { "nameless", "approve", "\"r2\"", "{}", 403, "unregistered-reviewer" },
    { "sectionless", "return", "\"r2\"", POINT, 403, "unregistered-reviewer" },
    { "jilin", "approve", "\"r2\"", "{}", 403, "out-of-area" },
    { "qiye", "approve", "\"r2\"", "{}", 403, "forbidden" },
    { "guanli", "approve", "\"r2\"", "{}", 403, "forbidden" },
    { "shi", "approve", "\"r1\"", "{}", 412, "stale" },
    { "shi", "return", "\"r2\"", "{}", 400, "malformed" },
    { "shi", "return", "\"r2\"", "{\"points\": [{\"pointer\": \"/project/PrjName\"}]}", 400,
      "malformed" },
    { "shi", "return", "\"r2\"",
      "{\"points\": [{\"pointer\": \"/contracts/99/ContractMoney\", \"comment\": \"x\"}]}", 422,
      "invalid" },
    { "shi", "return", "\"r2\"", "{\"points\": [{\"pointer\": \"/\", \"comment\": \"x\"}]}", 422,
      "invalid" },
    { "shi", "return", "\"r2\"",
      "{\"points\": [{\"pointer\": \"/documents/nothing\", \"comment\": \"x\"}]}", 422, "invalid" },
  };

  submit_sample (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = decide (self, cases[i].account, cases[i].verb,
                                                  cases[i].tag, cases[i].body);

      g_test_message ("case %u", i);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_cmpstr (get_kind (response), ==, cases[i].kind);
    }
  {
    g_autoptr (YejiResponse) tagless = province_ask (self, "shi", "POST", PATH ":approve", "{}",
                                                     NULL);

    g_assert_cmpuint (tagless->status, ==, 428);
  }
}

static void
test_return (Province      *self,
             gconstpointer  data)
{
  static const char body[] =
    "{\"message\": \"请修改\", \"points\": ["
    "{\"pointer\": \"/contracts/0/ContractMoney\", \"comment\": \"与合同不一致\"},"
    "{\"pointer\": \"/documents/contract\", \"comment\": \"缺签字页\"}]}";
  g_autoptr (YejiResponse) response = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  JsonObject *change;

  submit_sample (self);
  response = decide (self, "shi", "return", "\"r2\"", body);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_true (response->changed);
  g_assert_cmpstr (get_text (response, "state"), ==, "returned");
  again = decide (self, "shi", "return", "\"r3\"", body);
  g_assert_cmpuint (again->status, ==, 409);

  changes = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);
  change = json_array_get_object_element (json_object_get_array_member (get_body (changes),
                                                                        "changes"), 1);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "returned");
  g_assert_cmpstr (yeji_json_get_string (change, "revision"), ==, "r3");
  g_assert_cmpstr (yeji_json_get_string (change, "reviewer"), ==, "王审核");
  g_assert_cmpstr (yeji_json_get_string (change, "message"), ==, "请修改");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (change, "points")), ==, 2);
  g_assert_false (json_object_has_member (change, "record"));
}

static void
assert_approved (YejiRecord *record,
                 const char *member,
                 const char *grade)
{
  const YejiTableDef *table = yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                           member);
  YejiRow *row = yeji_record_get_row (record, table, 0);
  g_autofree char *today = yeji_clock_today ();

  g_assert_nonnull (row);
  g_assert_cmpstr (yeji_row_get_by_id (row, "DataLevel"), ==, grade);
  g_assert_cmpstr (yeji_row_get_by_id (row, "DataSource"), ==, "3");
  g_assert_cmpstr (yeji_row_get_by_id (row, "CreateDate"), ==, today);
  g_assert_true (strstr (yeji_row_get_by_id (row, "CheckDepartName"), "建筑") != NULL);
  g_assert_true (strstr (yeji_row_get_by_id (row, "CheckPersonName"), "审核") != NULL);
}

static void
test_grades (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *account, *grade;
  } cases[] = {
    { "sheng", "A" }, { "shi", "B" }, { "xian", "C" },
  };
  g_autoptr (GError) error = NULL;

  submit_sample (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tag = g_strdup_printf ("\"r%u\"", 2 + i);
      g_autoptr (YejiResponse) response = decide (self, cases[i].account, "approve", tag, "{}");
      g_autoptr (YejiRecord) record = NULL;

      g_assert_cmpuint (response->status, ==, 200);
      g_assert_cmpstr (get_text (response, "state"), ==, "approved");
      g_assert_cmpstr (get_text (response, "grade"), ==, cases[i].grade);
      record = yeji_record_new_from_json (self->context->dictionary,
                                          json_object_get_member (get_body (response), "record"),
                                          &error);
      g_assert_no_error (error);
      assert_approved (record, "project", cases[i].grade);
      assert_approved (record, "contracts", cases[i].grade);
      assert_approved (record, "acceptances", cases[i].grade);
      province_exec (self, "UPDATE record SET state = 'submitted'", NULL);
    }
}

/* Complete enough to be submitted, but the national platform asks for a construction permit. */
static void
test_incomplete (Province      *self,
                 gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-design.json");
  g_autoptr (YejiResponse) response = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  submit_sample (self);
  province_exec (self, "UPDATE record SET body = json_set (?1, '$.uuid', uuid)", text);
  province_exec (self, "UPDATE file SET slot = 'review_certificate'"
                       " WHERE slot = 'award_notice' AND record = ?1", UUID);
  response = decide (self, "sheng", "approve", "\"r2\"", "{}");
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (get_text (response, "grade"), ==, "D");
  record = yeji_record_new_from_json (self->context->dictionary,
                                      json_object_get_member (get_body (response), "record"),
                                      &error);
  g_assert_no_error (error);
  assert_approved (record, "project", "D");
}

static void
test_number (Province      *self,
             gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *path = g_strdup_printf ("/v1/records/%s", UUID);
  g_autoptr (JsonNode) sample = yeji_json_parse (text, -1, NULL);
  g_autofree char *files = NULL;
  g_autofree char *prefix = yeji_mapping_make_prefix (self->context->mapping, "220104");
  g_autofree char *expected = g_strconcat (prefix, "0002", NULL);
  g_autoptr (YejiResponse) response = NULL;
  JsonObject *record;

  submit_sample (self);
  province_exec (self, "UPDATE record SET body = json_remove (body, '$.project.PrjNum')", NULL);
  /* The first number of today was given before by another system. */
  province_exec (self, "INSERT INTO publication VALUES ('u', ?1 || '0001', '', '', '', '', '', '',"
                       " '', '')", prefix);
  response = decide (self, "xian", "approve", "\"r2\"", "{}");
  g_assert_cmpuint (response->status, ==, 200);
  record = json_object_get_object_member (get_body (response), "record");
  g_assert_cmpstr (yeji_json_get_string (json_object_get_object_member (record, "project"),
                                         "PrjNum"), ==, expected);
  g_assert_cmpuint (strlen (expected), ==, 16);
}

static void
test_change_has_record (Province      *self,
                        gconstpointer  data)
{
  g_autoptr (YejiResponse) approved = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  JsonObject *change;

  submit_sample (self);
  approved = decide (self, "xian", "approve", "\"r2\"", "{\"message\": \"同意\"}");
  changes = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);
  change = json_array_get_object_element (json_object_get_array_member (get_body (changes),
                                                                        "changes"), 1);
  g_assert_cmpstr (yeji_json_get_string (change, "grade"), ==, "C");
  g_assert_true (json_node_equal (json_object_get_member (change, "record"),
                                  json_object_get_member (get_body (approved), "record")));
}

static void
test_public (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *query;
    gint64 total;
  } cases[] = {
    { "", 1 }, { "?q=教", 1 }, { "?q=2201041603300001", 1 }, { "?q=示例建设", 1 }, { "?q=100%25", 0 },
    { "?area=220100", 1 }, { "?area=220000", 1 }, { "?area=220104", 1 }, { "?area=220200", 0 },
    { "?grade=C", 1 }, { "?grade=A", 0 },
  };
  g_autoptr (YejiResponse) before = NULL;
  g_autoptr (YejiResponse) approved = NULL;
  g_autoptr (YejiResponse) shown = NULL;
  g_autofree char *text = NULL;

  submit_sample (self);
  before = province_ask (self, NULL, "GET", "/v1/public/projects", NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (get_body (before), "total"), ==, 0);
  approved = decide (self, "xian", "approve", "\"r2\"", "{}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/v1/public/projects", cases[i].query, NULL);
      g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", path, NULL, NULL);

      g_test_message ("%s", path);
      g_assert_cmpint (json_object_get_int_member (get_body (response), "total"), ==,
                       cases[i].total);
    }
  shown = province_ask (self, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  g_assert_cmpuint (shown->status, ==, 200);
  text = yeji_json_print (shown->body, FALSE);
  g_assert_nonnull (strstr (text, "\"tables\""));
  g_assert_nonnull (strstr (text, "CheckDepartName"));
  g_assert_null (strstr (text, "IDCard\""));
  g_assert_null (strstr (text, "PersonPhone"));
  g_assert_null (strstr (text, "1380000000"));
}

static gboolean
try_to_change_audit (YejiSql   *sql,
                     gpointer   data,
                     GError   **error)
{
  g_autoptr (GError) change = NULL;
  g_autoptr (GError) removal = NULL;

  g_assert_false (yeji_sql_exec (sql, &change, "UPDATE audit SET who = 'nobody'", ""));
  g_assert_false (yeji_sql_exec (sql, &removal, "DELETE FROM audit", ""));
  return TRUE;
}

static void
test_audit (Province      *self,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  submit_sample (self);
  yeji_db_run (self->db, try_to_change_audit, NULL, &error);
  g_assert_no_error (error);
}

static void
test_cursor (Province      *self,
             gconstpointer  data)
{
  static const char * const wrong[] = {
    "nonsense", "0123456789abcdef-0", "-", "x-999999999999999999999",
  };
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) second = NULL;
  g_autofree char *path = NULL;
  g_autofree char *ahead = NULL;

  submit_sample (self);
  first = province_ask (self, "qiye", "GET", "/v1/changes?wait=0", NULL, NULL);
  g_assert_cmpuint (first->hold_seconds, ==, 0);
  path = g_strdup_printf ("/v1/changes?since=%s&wait=99", get_text (first, "next"));
  second = province_ask (self, "qiye", "GET", path, NULL, NULL);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpuint (second->hold_seconds, ==, 25);
  g_assert_cmpstr (get_text (second, "next"), ==, get_text (first, "next"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *bad = g_strconcat ("/v1/changes?since=", wrong[i], NULL);
      g_autoptr (YejiResponse) response = province_ask (self, "qiye", "GET", bad, NULL, NULL);

      g_assert_cmpuint (response->status, ==, 410);
    }
  /* A backup was restored: this number was never given. */
  ahead = g_strdup_printf ("/v1/changes?since=%s9", get_text (first, "next"));
  {
    g_autoptr (YejiResponse) response = province_ask (self, "qiye", "GET", ahead, NULL, NULL);

    g_assert_cmpuint (response->status, ==, 410);
  }
  {
    g_autoptr (YejiResponse) response = province_ask (self, "other", "GET", "/v1/changes", NULL,
                                                      NULL);

    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_body (response),
                                                                           "changes")), ==, 0);
  }
}

static void
test_change_pages (Province      *self,
                   gconstpointer  data)
{
  g_autofree char *cursor = NULL;
  guint n = 0;
  gboolean more = TRUE;

  province_exec (self,
                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
                 " INSERT INTO change (enterprise, uuid, revision, state, points, at)"
                 " SELECT '91220000MA00000001', printf ('u%03d', i), i, 'submitted', '[]', 'now'"
                 " FROM n", NULL);
  while (more)
    {
      g_autofree char *path = g_strconcat ("/v1/changes?since=", cursor != NULL ? cursor : "",
                                           NULL);
      g_autoptr (YejiResponse) response = province_ask (self, "qiye", "GET", path, NULL, NULL);
      JsonArray *changes = json_object_get_array_member (get_body (response), "changes");

      for (guint i = 0; i < json_array_get_length (changes); i++)
        {
          g_autofree char *expected = g_strdup_printf ("u%03u", ++n);

          g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (changes, i),
                                                 "uuid"), ==, expected);
        }
      more = json_object_get_boolean_member (get_body (response), "more");
      g_assert_cmpuint (json_array_get_length (changes), ==, more ? 100 : 50);
      g_free (cursor);
      cursor = g_strdup (get_text (response, "next"));
    }
  g_assert_cmpuint (n, ==, 250);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/reviews/the-queue-shows-the-area", test_queue);
  ADD ("/server/reviews/whoever-may-not-review-is-told-why", test_refusals);
  ADD ("/server/reviews/points-reach-the-enterprise", test_return);
  ADD ("/server/reviews/the-grade-follows-from-the-level-of-the-office", test_grades);
  ADD ("/server/reviews/what-the-national-platform-would-miss-is-d", test_incomplete);
  ADD ("/server/reviews/a-project-without-a-number-gets-a-free-one", test_number);
  ADD ("/server/reviews/approval-sends-the-record-back", test_change_has_record);
  ADD ("/server/public/approved-projects-are-found", test_public);
  ADD ("/server/audit/cannot-be-rewritten", test_audit);
  ADD ("/server/changes/a-cursor-of-another-time-is-gone", test_cursor);
  ADD ("/server/changes/pages-miss-nothing", test_change_pages);
  return g_test_run ();
}
