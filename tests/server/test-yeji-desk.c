// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The reviewer's desk: the queue, claims, the record with what is beside it, handing, undoing. */

#include "config.h"

#include "yeji-claims.h"
#include "yeji-server-fixture.h"
#include "yeji-review-undo.h"

#define PATH "/v1/records/" UUID
#define POINTS \
  "{\"message\": \"请修改\", \"points\": [" \
  "{\"pointer\": \"/contracts/0/ContractMoney\", \"comment\": \"与合同不一致\"}," \
  "{\"pointer\": \"/documents/contract\", \"comment\": \"缺签字页\"}," \
  "{\"pointer\": \"/project/PrjName\", \"comment\": \"名称？\"}]}"

static YejiResponse *
act (Province   *self,
     const char *account,
     const char *verb,
     const char *tag,
     const char *body)
{
  g_autofree char *path = g_strconcat (PATH ":", verb, NULL);

  return province_ask (self, account, "POST", path, body, "If-Match", tag, NULL);
}

static void
expect (Province   *self,
        const char *account,
        const char *verb,
        const char *tag,
        const char *body,
        guint       status,
        const char *kind)
{
  g_autoptr (YejiResponse) response = act (self, account, verb, tag, body);

  g_test_message ("%s %s", account, verb);
  g_assert_cmpuint (response->status, ==, status);
  if (kind != NULL)
    g_assert_cmpstr (get_kind (response), ==, kind);
}

static YejiResponse *
look (Province   *self,
      const char *account)
{
  YejiResponse *response = province_ask (self, account, "GET", PATH "/review", NULL,
                                         "Accept-Language", "en", NULL);

  g_assert_cmpuint (response->status, ==, 200);
  return response;
}

/* What stands at a path of members, as text; NULL for null. */
static char *
find (YejiResponse *response,
      const char   *path)
{
  g_autoptr (JsonNode) found = json_path_query (path, response->body, NULL);
  JsonArray *array = found != NULL ? json_node_get_array (found) : NULL;
  JsonNode *node = array != NULL && json_array_get_length (array) == 1
                     ? json_array_get_element (array, 0) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? g_strdup (json_node_get_string (node)) : yeji_json_print (node, FALSE);
}

static void
assert_at (YejiResponse *response,
           const char   *path,
           const char   *expected)
{
  g_autofree char *seen = find (response, path);

  g_test_message ("%s", path);
  g_assert_cmpstr (seen, ==, expected);
}

static guint
count_at (YejiResponse *response,
          const char   *member)
{
  return json_array_get_length (json_object_get_array_member (get_body (response), member));
}

static void
test_queue (Province      *self,
            gconstpointer  data)
{
  static const struct
  {
    const char *account, *query;
    guint n;
  } cases[] = {
    { "shi", "", 1 }, { "shi", "?page=1", 1 }, { "shi", "?page=2", 0 },
    { "shi", "?area=220104", 1 },
    { "shi", "?area=220100", 1 }, { "shi", "?area=220102", 0 }, { "shi", "?age=3", 1 },
    { "shi", "?age=4", 0 }, { "shi", "?mine=1", 0 }, { "shi", "?handed=1", 0 },
    { "shi", "?age=x&page=x&area=%27", 0 }, { "jilin", "", 0 }, { "shi", "?state=approved", 0 },
    { "shi", "?q=ab%EF%BC%AD-%EF%BC%97", 1 }, { "shi", "?q=%20%E7%A4%BA%E4%BE%8B%20", 1 },
    { "shi", "?q=ABM-8", 0 }, { "shi", "?q=%25", 0 }, { "shi", "?q=", 1 },
    { "jilin", "?q=ABM-7", 0 }, { "shi", "?q=%E8%AF%95%E9%AA%8C%E4%BC%81%E4%B8%9A&page=1", 1 },
    { "shi", "?page=-1&age=-5", 1 }, { "shi", "?page=99999999999999999999", 0 },
  };
  g_autofree char *then = yeji_clock_after (-3 * 24 * 60 * 60 - 100);
  g_autoptr (YejiResponse) response = NULL;

  submit_sample (self);
  province_exec (self, "UPDATE record SET submitted_at = ?1", then);
  province_exec (self, "UPDATE record SET number = 'ABM-7'", NULL);
  province_exec (self, "UPDATE enterprise SET name = '某试验企业'", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/v1/reviews", cases[i].query, NULL);
      g_autoptr (YejiResponse) listed = province_ask (self, cases[i].account, "GET", path, NULL,
                                                      NULL);

      g_test_message ("%s", path);
      g_assert_cmpuint (listed->status, ==, 200);
      g_assert_cmpuint (count_at (listed, "reviews"), ==, cases[i].n);
    }
  response = province_ask (self, "shi", "GET", "/v1/reviews?page=1", NULL, NULL);
  assert_at (response, "$.reviews[0].days", "3");
  assert_at (response, "$.reviews[0].n_documents", "4");
  assert_at (response, "$.reviews[0].resubmission", "false");
  assert_at (response, "$.reviews[0].claim", NULL);
  assert_at (response, "$.reviews[0].problems.errors", "0");
  assert_at (response, "$.areas[0].area", "220104");
  assert_at (response, "$.areas[0].total", "1");
  assert_at (response, "$.areas[0].oldest", then);
  assert_at (response, "$.total", "1");
}

/* A place outside of all areas, or none: the province's, as nobody else would ever see it. */
static void
test_nobodys (Province      *self,
              gconstpointer  data)
{
  static const char * const areas[] = { "210102", "", "99" };

  submit_sample (self);
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      g_autoptr (YejiResponse) province = NULL;
      g_autoptr (YejiResponse) city = NULL;
      g_autoptr (YejiResponse) seen = NULL;

      province_exec (self, "UPDATE record SET area = ?1", areas[i]);
      province = province_ask (self, "sheng", "GET", "/v1/reviews?page=1", NULL, NULL);
      city = province_ask (self, "shi", "GET", "/v1/reviews?page=1", NULL, NULL);
      assert_at (province, "$.total", "1");
      assert_at (city, "$.total", "0");
      seen = look (self, "sheng");
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                          json_object_get_object_member (get_body (seen), "may"), "hand_to")),
                        ==, 0);
      expect (self, "shi", "claim", "", NULL, 403, "out-of-area");
    }
}

/* More than a page wait: pages in order, nothing twice, nothing left out. */
static void
test_pages (Province      *self,
            gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  guint seen = 0;

  province_exec (self, "INSERT OR IGNORE INTO enterprise VALUES ('91220000MA00000001', 'x')", NULL);
  province_exec (self,
                 "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 119)"
                 " INSERT INTO record (uuid, enterprise, revision, state, body, sent_hash, name,"
                 "  number, area, submitted_at, created_at, changed_at)"
                 " SELECT printf ('6f1c2d3e-4a5b-4c6d-8e7f-%012d', i), '91220000MA00000001', 1,"
                 "  'submitted', ?1, '', printf ('%03d', i), '', '220104',"
                 "  printf ('2020-01-01T00:00:%02d.000Z', i / 2), '', '' FROM n", text);
  for (guint page = 1; page <= 4; page++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/reviews?page=%u", page);
      g_autoptr (YejiResponse) response = province_ask (self, "shi", "GET", path, NULL, NULL);
      JsonArray *reviews = json_object_get_array_member (get_body (response), "reviews");

      for (guint i = 0; i < json_array_get_length (reviews); i++)
        {
          g_autofree char *name = g_strdup_printf ("%03u", seen++);

          g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (reviews, i),
                                                 "name"), ==, name);
        }
      assert_at (response, "$.pages", "3");
      assert_at (response, "$.total", "120");
    }
  g_assert_cmpuint (seen, ==, 120);
}

static void
test_claim (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiResponse) refused = NULL;
  g_autoptr (YejiResponse) seen = NULL;
  g_autofree char *past = yeji_clock_after (-1);

  submit_sample (self);
  expect (self, "jilin", "claim", "", NULL, 403, "out-of-area");
  expect (self, "shi", "claim", "", NULL, 200, NULL);
  expect (self, "shi", "claim", "", NULL, 200, NULL);
  refused = act (self, "xian", "claim", "", NULL);
  g_assert_cmpuint (refused->status, ==, 409);
  g_assert_cmpstr (get_kind (refused), ==, "claimed");
  assert_at (refused, "$.claim.by", "王审核");
  assert_at (refused, "$.claim.mine", "false");
  expect (self, "xian", "approve", "\"r2\"", "{}", 409, "claimed");
  expect (self, "xian", "return", "\"r2\"", POINTS, 409, "claimed");
  expect (self, "xian", "hand", "\"r2\"", "{\"office\": \"220100\", \"reason\": \"x\"}", 409,
          "claimed");
  /* somebody else gives back nothing */
  expect (self, "xian", "release", "", NULL, 204, NULL);
  seen = look (self, "xian");
  assert_at (seen, "$.claim.by", "王审核");
  assert_at (seen, "$.may.approve", "false");
  assert_at (seen, "$.may.why_not.approve", "王审核 (长春市住房和城乡建设局建筑业管理处) is reviewing it.");

  /* and after half an hour it is anybody's */
  province_exec (self, "UPDATE claim SET until = ?1", past);
  expect (self, "xian", "claim", "", NULL, 200, NULL);
  expect (self, "shi", "claim", "", NULL, 409, "claimed");
  expect (self, "xian", "release", "", NULL, 204, NULL);
  expect (self, "shi", "claim", "", NULL, 200, NULL);
  expect (self, "shi", "return", "\"r2\"", POINTS, 200, NULL);
  expect (self, "shi", "claim", "", NULL, 409, "state");
  g_clear_pointer (&seen, yeji_response_free);
  seen = look (self, "xian");
  assert_at (seen, "$.claim", NULL);
}

/* Whoever has it and looks at it goes on having it; others do not help him. */
static void
test_claim_lasts (Province      *self,
                  gconstpointer  data)
{
  g_autofree char *soon = yeji_clock_after (60);
  g_autoptr (YejiResponse) other = NULL;
  g_autoptr (YejiResponse) own = NULL;

  submit_sample (self);
  expect (self, "shi", "claim", "", NULL, 200, NULL);
  province_exec (self, "UPDATE claim SET until = ?1", soon);
  other = look (self, "xian");
  assert_at (other, "$.claim.until", soon);
  own = province_ask (self, "shi", "GET", PATH "/review", NULL, NULL);
  g_assert_cmpstr (yeji_json_get_string (yeji_json_get_object (get_body (own), "claim"), "until"),
                   >, soon);
}

/* Documents that are on their way are no error of the record; who looks closer sees that they are not
 * there. */
static void
test_coming_documents (Province      *self,
                       gconstpointer  data)
{
  g_autofree char *due = yeji_clock_after (3600);
  g_autoptr (YejiResponse) coming = NULL;
  g_autoptr (YejiResponse) lost = NULL;

  submit_sample (self);
  province_exec (self, "UPDATE file SET complete = 0", NULL);
  province_exec (self, "UPDATE record SET files_complete_at = NULL, files_due_at = ?1", due);
  coming = province_ask (self, "shi", "GET", "/v1/reviews", NULL, NULL);
  assert_at (coming, "$.reviews[0].files_missing", "4");
  assert_at (coming, "$.reviews[0].problems.errors", "0");

  province_exec (self, "DELETE FROM review_summary", NULL);
  province_exec (self, "UPDATE record SET files_due_at = NULL", NULL);
  lost = province_ask (self, "shi", "GET", "/v1/reviews", NULL, NULL);
  g_assert_cmpint (json_object_get_int_member
                     (yeji_json_get_object (json_array_get_object_element
                                              (yeji_json_get_array (get_body (lost), "reviews"), 0),
                                            "problems"), "errors"), >, 0);
}

static void
test_hand (Province      *self,
           gconstpointer  data)
{
  static const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "{}", 400 }, { "{\"office\": \"220100\"}", 400 },
    { "{\"office\": 7, \"reason\": \"x\"}", 400 },
    { "{\"office\": \"nothing\", \"reason\": \"x\"}", 422 },
    { "{\"office\": \"220104\", \"reason\": \"x\"}", 422 },
    { "{\"office\": \"220200\", \"reason\": \"x\"}", 422 },
  };
  g_autoptr (YejiResponse) ours = NULL;
  g_autoptr (YejiResponse) theirs = NULL;
  g_autoptr (YejiResponse) seen = NULL;

  submit_sample (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect (self, "xian", "hand", "\"r2\"", cases[i].body, cases[i].status, NULL);
  expect (self, "xian", "claim", "", NULL, 200, NULL);
  expect (self, "xian", "hand", "\"r2\"",
          "{\"office\": \"220100\", \"reason\": \"超出本级权限\"}", 200, NULL);
  expect (self, "xian", "approve", "\"r2\"", "{}", 409, "handed");
  expect (self, "xian", "hand", "\"r2\"", "{\"office\": \"220104\", \"reason\": \"x\"}", 409,
          "handed");
  expect (self, "sheng", "return", "\"r2\"", POINTS, 409, "handed");
  expect (self, "sheng", "claim", "", NULL, 409, "handed");
  /* who is above can take it away again */
  expect (self, "sheng", "hand", "\"r2\"", "{\"office\": \"province\", \"reason\": \"x\"}", 200,
          NULL);
  expect (self, "shi", "hand", "\"r2\"", "{\"office\": \"220100\", \"reason\": \"x\"}", 409,
          "handed");
  expect (self, "sheng", "hand", "\"r2\"", "{\"office\": \"220100\", \"reason\": \"退回市级\"}",
          200, NULL);
  ours = province_ask (self, "xian", "GET", "/v1/reviews", NULL, NULL);
  g_assert_cmpuint (count_at (ours, "reviews"), ==, 0);
  g_clear_pointer (&ours, yeji_response_free);
  ours = province_ask (self, "xian", "GET", "/v1/reviews?handed=1", NULL, NULL);
  assert_at (ours, "$.reviews[0].handed.id", "220100");
  theirs = province_ask (self, "shi", "GET", "/v1/reviews", NULL, NULL);
  assert_at (theirs, "$.reviews[0].handed.name", "长春市住房和城乡建设局");
  seen = look (self, "shi");
  assert_at (seen, "$.history[1].kind", "handed");
  assert_at (seen, "$.history[1].to.id", "220100");
  assert_at (seen, "$.history[1].message", "超出本级权限");
  assert_at (seen, "$.history[1].office", "朝阳区住房和城乡建设局建筑业管理科");
  assert_at (seen, "$.may.approve", "true");
  expect (self, "shi", "approve", "\"r2\"", "{}", 200, NULL);
}

/* The enterprise mends the amount, explains the document, leaves the name as it is. */
static void
resubmit (Province *self)
{
  g_autoptr (YejiResponse) current = province_ask (self, "qiye", "GET", PATH, NULL, NULL);
  g_autofree char *text = yeji_json_print (json_object_get_member (get_body (current), "record"),
                                           FALSE);
  g_autofree char *mended = replace_text (text, "\"ContractMoney\":\"2928.2800\"",
                                          "\"ContractMoney\":\"2928.30\"");
  g_autofree char *answered =
    replace_text (mended, "\"project\":",
                  "\"replies\":[{\"pointer\":\"/documents/contract\",\"text\":\"在第二页\","
                  "\"who\":\"张经办\",\"at\":\"2026-01-01T00:00:00Z\"}],\"project\":");
  g_autoptr (YejiResponse) stored = NULL;
  g_autoptr (YejiResponse) submitted = NULL;
  g_autofree char *files = NULL;

  stored = province_ask (self, "qiye", "PUT", PATH, answered, "If-Match",
                         yeji_response_get_header (current, "ETag"), NULL);
  g_assert_cmpuint (stored->status, ==, 200);
  province_exec (self, "DELETE FROM file WHERE record = ?1", UUID);
  files = give_documents (self, UUID);
  submitted = province_ask (self, "qiye", "POST", PATH ":submit", files, "If-Match",
                            yeji_response_get_header (stored, "ETag"), "Idempotency-Key", "again",
                            NULL);
  g_assert_cmpuint (submitted->status, ==, 200);
}

static void
test_resubmission (Province      *self,
                   gconstpointer  data)
{
  g_autoptr (YejiResponse) first = NULL;
  g_autoptr (YejiResponse) second = NULL;
  g_autoptr (YejiResponse) listed = NULL;

  submit_sample (self);
  first = look (self, "shi");
  assert_at (first, "$.previous", NULL);
  g_assert_cmpuint (count_at (first, "diff"), ==, 0);
  assert_at (first, "$.outcome.grade", "B");
  assert_at (first, "$.outcome.complete", "true");
  assert_at (first, "$.enterprise.name", "示例建设集团");
  assert_at (first, "$.history[0].kind", "submitted");
  expect (self, "shi", "return", "\"r2\"", POINTS, 200, NULL);
  resubmit (self);

  second = look (self, "shi");
  g_assert_cmpuint (count_at (second, "diff"), ==, 2);
  assert_at (second, "$.diff[0].kind", "field");
  assert_at (second, "$.diff[0].pointer", "/contracts/0/ContractMoney");
  assert_at (second, "$.diff[0].before", "2928.2800");
  assert_at (second, "$.diff[0].after", "2928.30");
  assert_at (second, "$.previous.reviewer", "王审核");
  assert_at (second, "$.previous.message", "请修改");
  assert_at (second, "$.previous.points[0].state", "mended");
  assert_at (second, "$.previous.points[0].now", "/contracts/0/ContractMoney");
  assert_at (second, "$.previous.points[1].state", "explained");
  assert_at (second, "$.previous.points[1].reply", "在第二页");
  assert_at (second, "$.previous.points[2].state", "open");
  assert_at (second, "$.previous.record.contracts[0].ContractMoney", "2928.2800");
  assert_at (second, "$.history[1].points[0].comment", "与合同不一致");
  listed = province_ask (self, "shi", "GET", "/v1/reviews", NULL, NULL);
  assert_at (listed, "$.reviews[0].resubmission", "true");
}

/* A document that was replaced, a row that went and one that came. */
static void
test_diff_rows (Province      *self,
                gconstpointer  data)
{
  g_autoptr (YejiResponse) seen = NULL;

  submit_sample (self);
  expect (self, "shi", "return", "\"r2\"", POINTS, 200, NULL);
  province_exec (self,
                 "UPDATE record SET state = 'submitted', body = json_set (json_remove (body,"
                 "  '$.contracts[0]'), '$.acceptances[1]', json ('{\"PrjFinishName\": \"x\"}'))"
                 " WHERE uuid = ?1", UUID);
  province_exec (self, "UPDATE announced SET sha256 = 'other', filename = 'new.pdf'"
                       " WHERE slot = 'contract' AND record = ?1", UUID);
  seen = look (self, "shi");
  assert_at (seen, "$.diff[?(@.kind == 'x')]", NULL);
  {
    JsonArray *diff = json_object_get_array_member (get_body (seen), "diff");
    g_autofree char *text = yeji_json_print (json_object_get_member (get_body (seen), "diff"),
                                             FALSE);
    guint n = json_array_get_length (diff);

    g_assert_cmpuint (n, ==, 4);
    g_assert_nonnull (strstr (text, "{\"kind\":\"removed\",\"pointer\":\"/contracts/0\","
                                    "\"previous_pointer\":\"/contracts/0\",\"before\":null,"
                                    "\"after\":null}"));
    g_assert_nonnull (strstr (text, "{\"kind\":\"added\",\"pointer\":\"/acceptances/1\","
                                    "\"before\":null,\"after\":null}"));
    g_assert_nonnull (strstr (text, "{\"kind\":\"document\",\"pointer\":\"/documents/contract\","
                                    "\"before\":\"scan.pdf\",\"after\":null}"));
    g_assert_nonnull (strstr (text, "\"before\":null,\"after\":\"new.pdf\"}"));
  }
  assert_at (seen, "$.previous.points[0].state", "mended");
  assert_at (seen, "$.previous.points[0].now", NULL);
  assert_at (seen, "$.previous.points[1].state", "mended");
}

static void
test_problems (Province      *self,
               gconstpointer  data)
{
  g_autoptr (YejiResponse) seen = NULL;
  g_autoptr (YejiResponse) listed = NULL;

  submit_sample (self);
  province_exec (self,
                 "UPDATE record SET revision = 9, body = json_set (body,"
                 "  '$.contracts[0].ContractMoney', '2928.30') WHERE uuid = ?1", UUID);
  seen = look (self, "shi");
  assert_at (seen, "$.problems[0].severity", "warning");
  assert_at (seen, "$.problems[0].pointer", "/contracts/0/ContractMoney");
  assert_at (seen, "$.problems[0].incomplete", "false");
  assert_at (seen, "$.problems[0].kept", NULL);
  {
    g_autofree char *rule = find (seen, "$.problems[0].rule");
    g_autofree char *kept = g_strdup_printf ("[{\"rule\": \"%s\", \"pointer\":"
                                             " \"/contracts/0/ContractMoney\", \"value\":"
                                             " \"2928.30\", \"other\": \"2928.2800\","
                                             " \"reason\": \"补充协议\"}]", rule);

    province_exec (self, "UPDATE record SET revision = 10, body = json_set (body, '$.kept',"
                         " json (?1))", kept);
  }
  g_clear_pointer (&seen, yeji_response_free);
  seen = look (self, "shi");
  assert_at (seen, "$.problems[0].kept", "补充协议");
  listed = province_ask (self, "shi", "GET", "/v1/reviews", NULL, NULL);
  assert_at (listed, "$.reviews[0].problems.warnings", "0");
  assert_at (listed, "$.reviews[0].problems.kept", "1");
}

static guint
count_public (Province *self)
{
  g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", "/v1/public/projects", NULL,
                                                    NULL);

  return (guint) json_object_get_int_member (get_body (response), "total");
}

static void
test_undo_approval (Province      *self,
                    gconstpointer  data)
{
  g_autoptr (YejiResponse) before = NULL;
  g_autoptr (YejiResponse) approved = NULL;
  g_autoptr (YejiResponse) undone = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  g_autoptr (YejiResponse) seen = NULL;
  g_autofree char *until = NULL;

  submit_sample (self);
  before = province_ask (self, "qiye", "GET", PATH, NULL, NULL);
  approved = act (self, "shi", "approve", "\"r2\"", "{}");
  g_assert_cmpuint (approved->status, ==, 200);
  until = find (approved, "$.undo_until");
  g_assert_nonnull (until);
  g_assert_cmpuint (count_public (self), ==, 1);
  seen = look (self, "shi");
  assert_at (seen, "$.may.undo", "true");
  assert_at (seen, "$.may.approve", "false");
  expect (self, "xian", "undo", "\"r3\"", NULL, 403, "forbidden");
  expect (self, "shi", "undo", "\"r2\"", NULL, 412, "stale");
  undone = act (self, "shi", "undo", "\"r3\"", NULL);
  g_assert_cmpuint (undone->status, ==, 200);
  g_assert_cmpstr (get_text (undone, "state"), ==, "submitted");
  assert_at (undone, "$.grade", NULL);
  g_assert_true (undone->changed);
  g_assert_true (json_node_equal (json_object_get_member (get_body (before), "record"),
                                  json_object_get_member (get_body (undone), "record")));
  g_assert_cmpuint (count_public (self), ==, 0);
  expect (self, "shi", "undo", "\"r4\"", NULL, 409, "state");

  changes = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);
  assert_at (changes, "$.changes[2].state", "submitted");
  assert_at (changes, "$.changes[2].revision", "r4");
  {
    g_autofree char *record = find (changes, "$.changes[2].record.uuid");

    g_assert_cmpstr (record, ==, UUID);
  }
  g_clear_pointer (&seen, yeji_response_free);
  seen = look (self, "shi");
  assert_at (seen, "$.history[1].undone", "true");
  assert_at (seen, "$.history[2].kind", "undone");
  assert_at (seen, "$.previous", NULL);
  expect (self, "shi", "approve", "\"r4\"", "{}", 200, NULL);
  g_assert_cmpuint (count_public (self), ==, 1);
}

static void
test_undo_return (Province      *self,
                  gconstpointer  data)
{
  g_autofree char *past = yeji_clock_after (-YEJI_UNDO_SECONDS);
  g_autoptr (YejiResponse) undone = NULL;

  submit_sample (self);
  expect (self, "shi", "return", "\"r2\"", POINTS, 200, NULL);
  undone = act (self, "shi", "undo", "\"r3\"", NULL);
  g_assert_cmpuint (undone->status, ==, 200);
  assert_at (undone, "$.state", "submitted");
  assert_at (undone, "$.message", NULL);
  assert_at (undone, "$.reviewer", NULL);
  g_assert_cmpuint (count_at (undone, "points"), ==, 0);

  /* not when the minute is over, and not when the enterprise has gone on with it */
  expect (self, "shi", "return", "\"r4\"", POINTS, 200, NULL);
  resubmit (self);
  {
    g_autoptr (YejiResponse) seen = look (self, "shi");

    expect (self, "shi", "undo", yeji_response_get_header (seen, "ETag"), NULL, 409, "state");
    expect (self, "shi", "return", yeji_response_get_header (seen, "ETag"), POINTS, 200, NULL);
  }
  province_exec (self, "UPDATE review_event SET at = ?1", past);
  {
    g_autoptr (YejiResponse) seen = look (self, "shi");

    assert_at (seen, "$.may.undo", "false");
    expect (self, "shi", "undo", yeji_response_get_header (seen, "ETag"), NULL, 409, "state");
  }
}

/* A record of grade D that was completed: taking its new approval back shows the D copy again. */
static void
test_undo_completion (Province      *self,
                      gconstpointer  data)
{
  g_autoptr (YejiResponse) shown = NULL;

  submit_sample (self);
  expect (self, "xian", "approve", "\"r2\"", "{}", 200, NULL);
  province_exec (self, "UPDATE publication SET grade = 'D', reviewer = '某人'", NULL);
  province_exec (self, "UPDATE listing SET grade = 'D', reviewer = '某人'", NULL);
  province_exec (self, "UPDATE record SET state = 'submitted', grade = 'D'", NULL);
  expect (self, "shi", "approve", "\"r3\"", "{}", 200, NULL);
  expect (self, "shi", "undo", "\"r4\"", NULL, 200, NULL);
  shown = province_ask (self, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  assert_at (shown, "$.grade", "D");
  assert_at (shown, "$.reviewer", "某人");
}

static void
test_regrade (Province      *self,
              gconstpointer  data)
{
  static const char reason[] = "{\"reason\": \"省级抽查确认\"}";
  g_autoptr (YejiResponse) regraded = NULL;
  g_autoptr (YejiResponse) shown = NULL;
  g_autoptr (YejiResponse) seen = NULL;

  submit_sample (self);
  expect (self, "shi", "regrade", "\"r2\"", reason, 409, "state");
  expect (self, "shi", "approve", "\"r2\"", "{}", 200, NULL);
  expect (self, "shi", "regrade", "\"r3\"", "{}", 400, "malformed");
  expect (self, "sheng", "regrade", "\"r3\"", "{\"reason\": \"x\", \"grade\": \"A\"}", 400,
          "malformed");
  expect (self, "shi", "regrade", "\"r3\"", reason, 409, "state");
  expect (self, "xian", "regrade", "\"r3\"", reason, 409, "state");
  expect (self, "xian", "regrade", "\"r3\"", "{\"reason\": \"x\", \"grade\": \"D\"}", 409, "state");
  regraded = act (self, "sheng", "regrade", "\"r3\"", reason);
  g_assert_cmpuint (regraded->status, ==, 200);
  assert_at (regraded, "$.grade", "A");
  assert_at (regraded, "$.reviewer", "李审核");
  assert_at (regraded, "$.record.contracts[0].DataLevel", "A");
  assert_at (regraded, "$.record.contracts[0].CheckPersonName", "李审核");
  shown = province_ask (self, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  assert_at (shown, "$.grade", "A");
  seen = look (self, "shi");
  assert_at (seen, "$.history[2].kind", "regraded");
  assert_at (seen, "$.history[2].before.grade", "B");
  assert_at (seen, "$.history[2].grade", "A");
  assert_at (seen, "$.history[2].message", "省级抽查确认");
  assert_at (seen, "$.may.regrade", "false");
  expect (self, "shi", "regrade", "\"r4\"", "{\"reason\": \"x\", \"grade\": \"D\"}", 409, "state");
  expect (self, "sheng", "regrade", "\"r4\"", "{\"reason\": \"未予确认\", \"grade\": \"D\"}", 200,
          NULL);
  g_clear_pointer (&shown, yeji_response_free);
  shown = province_ask (self, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  assert_at (shown, "$.grade", "D");
}

static void
test_removed (Province      *self,
              gconstpointer  data)
{
  g_autoptr (YejiResponse) gone = NULL;

  submit_sample (self);
  expect (self, "shi", "return", "\"r2\"", POINTS, 200, NULL);
  gone = province_ask (self, "qiye", "DELETE", PATH, NULL, "If-Match", "\"r3\"", NULL);
  g_assert_cmpuint (gone->status, ==, 204);
  province_exec (self, "INSERT INTO serial SELECT 'kept', count (*) FROM review_event"
                       " WHERE body IS NOT NULL OR before IS NOT NULL", NULL);
  province_exec (self, "INSERT INTO serial SELECT CASE last WHEN 0 THEN 'good' ELSE NULL END, 0"
                       " FROM serial WHERE prefix = 'kept'", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  ADD ("/server/desk/the-queue-is-by-area-and-age", test_queue);
  ADD ("/server/desk/what-lies-outside-of-all-areas-is-the-provinces", test_nobodys);
  ADD ("/server/desk/pages-of-the-queue-miss-nothing", test_pages);
  ADD ("/server/desk/who-has-claimed-a-record-has-it-alone", test_claim);
  ADD ("/server/desk/a-claim-lasts-as-long-as-its-holder-looks", test_claim_lasts);
  ADD ("/server/desk/documents-that-are-on-their-way-are-no-errors", test_coming_documents);
  ADD ("/server/desk/another-office-decides-on-what-was-handed-to-it", test_hand);
  ADD ("/server/desk/a-resubmission-shows-what-changed-and-what-became-of-the-points",
       test_resubmission);
  ADD ("/server/desk/rows-and-documents-that-came-and-went-are-shown", test_diff_rows);
  ADD ("/server/desk/warnings-come-with-the-reason-of-who-keeps-them", test_problems);
  ADD ("/server/desk/an-approval-can-be-taken-back", test_undo_approval);
  ADD ("/server/desk/a-return-can-be-taken-back-for-a-minute", test_undo_return);
  ADD ("/server/desk/what-was-public-before-is-public-again", test_undo_completion);
  ADD ("/server/desk/a-higher-office-changes-the-grade", test_regrade);
  ADD ("/server/desk/of-what-is-removed-no-content-stays", test_removed);
  return g_test_run ();
}
