// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What an enterprise may do with a record that is approved: complete one of grade D, have one
 * corrected or withdrawn; and what the province may: revoke it. */

#include "config.h"

#include "yeji-server-fixture.h"

#define RECORD "/v1/records/" UUID
#define SUM "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define EVIDENCE "\"evidence\": [\"" SUM "\"]"
#define CHANGE "\"changes\": [{\"pointer\": \"/project/Address\", \"after\": \"示例大街2号\"}]"
#define WISH "{\"reason\": \"门牌号有误\", " CHANGE ", " EVIDENCE "}"

static void
give_evidence (Province *province)
{
  province_exec (province,
                 "INSERT INTO file (id, record, slot, sha256, filename, filetype, length, metadata,"
                 "  complete, created_at) VALUES ('eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', ?1,"
                 "  'evidence', '" SUM "', '门牌证明.pdf', 'application/pdf', 100, '', 1, '2020')",
                 UUID);
}

/* The entity tag of the record as it is now. */
static char *
get_tag (Province *province)
{
  g_autoptr (YejiResponse) response = province_ask (province, "qiye", "GET", RECORD, NULL, NULL);

  g_assert_cmpuint (response->status, ==, 200);
  return g_strdup (yeji_response_get_header (response, "ETag"));
}

static void
approve (Province   *province,
         const char *reviewer)
{
  g_autofree char *tag = get_tag (province);
  g_autoptr (YejiResponse) response = province_ask (province, reviewer, "POST", RECORD ":approve",
                                                    "{}", "If-Match", tag, NULL);

  g_assert_cmpuint (response->status, ==, 200);
}

static YejiResponse *
ask_now (Province   *province,
         const char *account,
         const char *path,
         const char *body,
         const char *key)
{
  g_autofree char *tag = get_tag (province);

  return province_ask (province, account, "POST", path, body, "If-Match", tag, "Idempotency-Key",
                       key, NULL);
}

static char *
request_correction (Province *province)
{
  g_autoptr (YejiResponse) response = ask_now (province, "qiye", RECORD "/corrections", WISH, "k1");

  if (response->status != 201)
    g_test_message ("%s", yeji_json_print (response->body, TRUE));
  g_assert_cmpuint (response->status, ==, 201);
  g_assert_cmpstr (get_text (response, "state"), ==, "requested");
  return g_strdup (get_text (response, "id"));
}

static void
assert_public (Province   *province,
               const char *address)
{
  g_autoptr (YejiResponse) response = province_ask (province, NULL, "GET",
                                                    "/v1/public/projects/" UUID, NULL, NULL);
  JsonObject *tables = yeji_json_get_object (get_body (response), "tables");

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (yeji_json_get_string (yeji_json_get_object (tables, "project"), "Address"), ==,
                   address);
}

/* The last change that its enterprise was told. */
static JsonObject *
get_last_change (YejiResponse *changes)
{
  JsonArray *array = yeji_json_get_array (get_body (changes), "changes");

  return json_array_get_object_element (array, json_array_get_length (array) - 1);
}

static void
test_granted (Province      *province,
              gconstpointer  data)
{
  g_autoptr (YejiResponse) granted = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) repeated = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  g_autoptr (YejiResponse) shown = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  JsonObject *change, *application, *difference;
  JsonNode *trace;
  g_autofree char *text = NULL;

  submit_sample (province);
  approve (province, "sheng");
  give_evidence (province);
  id = request_correction (province);
  assert_public (province, "长春市朝阳区示例大街1号（虚构）");

  path = g_strdup_printf ("/v1/corrections/%s:grant", id);
  granted = province_ask (province, "sheng", "POST", path, "{\"message\": \"属实\"}", NULL);
  g_assert_cmpuint (granted->status, ==, 200);
  g_assert_cmpstr (get_text (granted, "state"), ==, "granted");
  g_assert_cmpstr (get_text (granted, "decided_by"), ==, "李审核");
  g_assert_true (granted->changed);
  assert_public (province, "示例大街2号");

  /* a lost answer */
  again = province_ask (province, "sheng", "POST", path, "{\"message\": \"属实\"}", NULL);
  g_assert_cmpuint (again->status, ==, 200);
  repeated = province_ask (province, "qiye", "POST", RECORD "/corrections", WISH,
                           "Idempotency-Key", "k1", "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (repeated->status, ==, 200);
  g_assert_cmpstr (get_text (repeated, "state"), ==, "granted");

  changes = province_ask (province, "qiye", "GET", "/v1/changes", NULL, NULL);
  change = get_last_change (changes);
  g_assert_cmpstr (yeji_json_get_string (change, "state"), ==, "approved");
  g_assert_nonnull (yeji_json_get_object (change, "record"));
  application = yeji_json_get_object (change, "application");
  g_assert_cmpstr (yeji_json_get_string (application, "key"), ==, "k1");
  difference = json_array_get_object_element (yeji_json_get_array (application, "changes"), 0);
  g_assert_cmpstr (yeji_json_get_string (difference, "before"), ==,
                   "长春市朝阳区示例大街1号（虚构）");
  g_assert_cmpstr (yeji_json_get_string (difference, "after"), ==, "示例大街2号");

  shown = province_ask (province, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  trace = shown->body;
  text = yeji_json_print (trace, FALSE);
  g_assert_nonnull (strstr (text, "门牌号有误"));
}

static void
test_refused (Province      *province,
              gconstpointer  data)
{
  g_autoptr (YejiResponse) silent = NULL;
  g_autoptr (YejiResponse) refused = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  g_autoptr (YejiResponse) late = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *grant = NULL;
  JsonObject *application;

  submit_sample (province);
  approve (province, "shi");
  give_evidence (province);
  id = request_correction (province);
  path = g_strdup_printf ("/v1/corrections/%s:refuse", id);
  grant = g_strdup_printf ("/v1/corrections/%s:grant", id);
  silent = province_ask (province, "sheng", "POST", path, "{}", NULL);
  g_assert_cmpuint (silent->status, ==, 400);
  refused = province_ask (province, "sheng", "POST", path, "{\"message\": \"依据不足\"}", NULL);
  g_assert_cmpuint (refused->status, ==, 200);
  assert_public (province, "长春市朝阳区示例大街1号（虚构）");
  late = province_ask (province, "sheng", "POST", grant, "{}", NULL);
  g_assert_cmpuint (late->status, ==, 409);
  changes = province_ask (province, "qiye", "GET", "/v1/changes", NULL, NULL);
  application = yeji_json_get_object (get_last_change (changes), "application");
  g_assert_cmpstr (yeji_json_get_string (application, "message"), ==, "依据不足");
  g_assert_cmpstr (yeji_json_get_string (application, "state"), ==, "refused");
}

static void
test_wishes (Province      *province,
             gconstpointer  data)
{
  static const struct
  {
    const char *account;
    const char *key;
    const char *tag;
    const char *body;
    guint status;
    const char *kind;
  } cases[] = {
    { "other", "a", "now", WISH, 404, "not-found" },
    { "sheng", "a", "now", WISH, 403, "forbidden" },
    { "qiye", NULL, "now", WISH, 400, "malformed" },
    { "qiye", "a", NULL, WISH, 428, "precondition-required" },
    { "qiye", "a", "\"r1\"", WISH, 412, "stale" },
    { "qiye", "a", "now", "{" CHANGE ", " EVIDENCE "}", 400, "malformed" },
    { "qiye", "a", "now", "{\"reason\": \"  \", " CHANGE ", " EVIDENCE "}", 400, "malformed" },
    { "qiye", "a", "now", "{\"reason\": \"x\", " CHANGE "}", 400, "malformed" },
    { "qiye", "a", "now", "{\"reason\": \"x\", " EVIDENCE "}", 400, "malformed" },
    { "qiye", "a", "now", "{\"reason\": \"x\", \"evidence\": [\"x\"], " CHANGE "}", 400,
      "malformed" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", \"evidence\": [\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
      "bbbbbbbb\"], " CHANGE "}", 409, "missing-documents" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", " EVIDENCE ", \"changes\": [{\"pointer\": \"/nowhere\", \"after\":"
      " \"x\"}]}", 422, "invalid" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", " EVIDENCE ", \"changes\": [{\"pointer\": \"/contracts/0\", \"after\":"
      " \"x\"}]}", 422, "invalid" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", " EVIDENCE ", \"changes\": [{\"pointer\": \"/project/DataLevel\","
      " \"after\": \"A\"}]}", 422, "invalid" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", " EVIDENCE ", \"changes\": [{\"pointer\": \"/project/Address\","
      " \"after\": \"\"}]}", 422, "invalid" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", " EVIDENCE ", \"changes\": [{\"pointer\": \"/project/PrjTypeNum\","
      " \"after\": \"zz\"}]}", 422, "invalid" },
    { "qiye", "a", "now",
      "{\"reason\": \"x\", " EVIDENCE ", \"changes\": [{\"pointer\": \"/project/Address\"}]}", 400,
      "malformed" },
    { "qiye", "a", "now", "{\"reason\": \"x\", " EVIDENCE ", \"changes\": 5}", 400, "malformed" },
    { "qiye", "a", "now", "[]", 400, "malformed" },
  };

  submit_sample (province);
  approve (province, "sheng");
  give_evidence (province);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *now = get_tag (province);
      const char *tag = g_strcmp0 (cases[i].tag, "now") == 0 ? now : cases[i].tag;
      g_autoptr (YejiResponse) response = NULL;

      response = province_ask (province, cases[i].account, "POST", RECORD "/corrections",
                               cases[i].body, cases[i].key != NULL ? "Idempotency-Key" : "x-none",
                               cases[i].key != NULL ? cases[i].key : "",
                               tag != NULL ? "If-Match" : "x-no-tag", tag != NULL ? tag : "", NULL);
      g_test_message ("case %u", i);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_cmpstr (get_kind (response), ==, cases[i].kind);
    }
}

static void
test_deciders (Province      *province,
               gconstpointer  data)
{
  static const struct
  {
    const char *account;
    guint status;
  } cases[] = {
    { "qiye", 403 }, { "other", 403 }, { "shi", 403 }, { "jilin", 403 }, { "nameless", 403 },
    { "guanli", 403 }, { NULL, 401 },
  };
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (YejiResponse) second = NULL;
  g_autoptr (YejiResponse) listed = NULL;
  g_autoptr (YejiResponse) own = NULL;
  g_autoptr (YejiResponse) others = NULL;
  g_autoptr (YejiResponse) cancelled = NULL;
  g_autofree char *cancel = NULL;
  JsonObject *one;

  submit_sample (province);
  approve (province, "sheng");
  give_evidence (province);
  id = request_correction (province);
  path = g_strdup_printf ("/v1/corrections/%s:grant", id);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (province, cases[i].account, "POST", path,
                                                        "{}", NULL);

      g_test_message ("case %u", i);
      g_assert_cmpuint (response->status, ==, cases[i].status);
    }
  second = ask_now (province, "qiye", RECORD "/corrections", WISH, "k2");
  g_assert_cmpuint (second->status, ==, 409);
  listed = province_ask (province, "shi", "GET", "/v1/corrections", NULL, NULL);
  g_assert_cmpint (yeji_json_get_int (get_body (listed), "total", 0), ==, 1);
  one = json_array_get_object_element (yeji_json_get_array (get_body (listed), "corrections"), 0);
  g_assert_false (json_object_get_boolean_member (yeji_json_get_object (one, "may"), "decide"));
  own = province_ask (province, "qiye", "GET", "/v1/corrections", NULL, NULL);
  g_assert_cmpint (yeji_json_get_int (get_body (own), "total", 0), ==, 1);
  others = province_ask (province, "other", "GET", "/v1/corrections", NULL, NULL);
  g_assert_cmpint (yeji_json_get_int (get_body (others), "total", 9), ==, 0);
  cancel = g_strdup_printf ("/v1/corrections/%s:cancel", id);
  cancelled = province_ask (province, "qiye", "POST", cancel, "{}", NULL);
  g_assert_cmpuint (cancelled->status, ==, 200);
  g_assert_cmpstr (get_text (cancelled, "state"), ==, "cancelled");
}

static void
test_withdrawn (Province      *province,
                gconstpointer  data)
{
  g_autoptr (YejiResponse) asked = NULL;
  g_autoptr (YejiResponse) removed = NULL;
  g_autoptr (YejiResponse) granted = NULL;
  g_autoptr (YejiResponse) record = NULL;
  g_autofree char *path = NULL;
  g_autofree char *tag = NULL;

  submit_sample (province);
  approve (province, "sheng");
  tag = get_tag (province);
  removed = province_ask (province, "qiye", "DELETE", RECORD, NULL, "If-Match", tag, NULL);
  g_assert_cmpuint (removed->status, ==, 409);
  asked = ask_now (province, "qiye", RECORD ":apply-withdrawal", "{\"reason\": \"重复申报\"}", "w");
  g_assert_cmpuint (asked->status, ==, 201);
  path = g_strdup_printf ("/v1/corrections/%s:grant", get_text (asked, "id"));
  granted = province_ask (province, "sheng", "POST", path, "{}", NULL);
  g_assert_cmpuint (granted->status, ==, 200);
  record = province_ask (province, "qiye", "GET", RECORD, NULL, NULL);
  g_assert_cmpstr (get_text (record, "state"), ==, "withdrawn");
  g_assert_true (json_object_get_null_member (get_body (record), "grade"));
}

static void
test_revoked (Province      *province,
              gconstpointer  data)
{
  static const char reason[] = "{\"reason\": \"合同系伪造\"}";
  g_autoptr (YejiResponse) forbidden = NULL;
  g_autoptr (YejiResponse) revoked = NULL;
  g_autoptr (YejiResponse) again = NULL;
  g_autoptr (YejiResponse) submitted = NULL;
  g_autoptr (YejiResponse) corrected = NULL;
  g_autoptr (YejiResponse) changes = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *tag = NULL;
  g_autoptr (YejiResponse) put = NULL;

  submit_sample (province);
  approve (province, "shi");
  give_evidence (province);
  id = request_correction (province);
  forbidden = ask_now (province, "shi", RECORD ":revoke", reason, "");
  g_assert_cmpuint (forbidden->status, ==, 403);
  tag = get_tag (province);
  revoked = province_ask (province, "sheng", "POST", RECORD ":revoke", reason, "If-Match", tag,
                          NULL);
  g_assert_cmpuint (revoked->status, ==, 200);
  g_assert_cmpstr (get_text (revoked, "state"), ==, "revoked");
  again = province_ask (province, "sheng", "POST", RECORD ":revoke", reason, "If-Match", tag, NULL);
  g_assert_cmpuint (again->status, ==, 200);

  text = read_sample ("complete-construction.json");
  put = ask_now (province, "qiye", RECORD ":submit", "{\"files\": []}", "s2");
  g_assert_cmpuint (put->status, ==, 409);
  corrected = ask_now (province, "qiye", RECORD "/corrections", WISH, "k2");
  g_assert_cmpuint (corrected->status, ==, 409);
  changes = province_ask (province, "qiye", "GET", "/v1/changes", NULL, NULL);
  g_assert_cmpstr (yeji_json_get_string (get_last_change (changes), "state"), ==, "revoked");
  g_assert_cmpstr (yeji_json_get_string (get_last_change (changes), "message"), ==, "合同系伪造");
}

static void
test_completed (Province      *province,
                gconstpointer  data)
{
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *thin = replace_text (text, "长春市朝阳区示例大街1号（虚构）", "示例大街3号");
  g_autoptr (YejiResponse) put = NULL;
  g_autoptr (YejiResponse) submitted = NULL;
  g_autoptr (YejiResponse) corrected = NULL;
  g_autoptr (YejiResponse) returned = NULL;
  g_autoptr (YejiResponse) removed = NULL;
  g_autoptr (YejiResponse) approved = NULL;
  g_autoptr (YejiResponse) resubmitted = NULL;
  g_autoptr (YejiResponse) more = NULL;
  g_autofree char *tag = NULL;
  g_autofree char *later = NULL;
  g_autoptr (GString) files = g_string_new ("{\"files\": [");

  submit_sample (province);
  approve (province, "shi");
  /* as the migration leaves them */
  province_exec (province, "UPDATE record SET grade = 'D' WHERE uuid = ?1", UUID);
  province_exec (province, "UPDATE publication SET grade = 'D' WHERE uuid = ?1", UUID);
  give_evidence (province);
  corrected = ask_now (province, "qiye", RECORD "/corrections", WISH, "k1");
  g_assert_cmpuint (corrected->status, ==, 409);

  tag = get_tag (province);
  put = province_ask (province, "qiye", "PUT", RECORD, thin, "If-Match", tag, NULL);
  g_assert_cmpuint (put->status, ==, 200);
  g_assert_cmpstr (get_text (put, "state"), ==, "approved");
  assert_public (province, "长春市朝阳区示例大街1号（虚构）");
  {
    static const char * const slots[] = {
      "award_notice", "contract", "construction_permit", "acceptance_report",
    };

    for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
      {
        g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, slots[i], -1);

        g_string_append_printf (files, "%s{\"slot\": \"%s\", \"sha256\": \"%s\", \"filename\":"
                                " \"scan.pdf\"}", i > 0 ? ", " : "", slots[i], sum);
      }
    g_string_append (files, "]}");
  }
  submitted = ask_now (province, "qiye", RECORD ":submit", files->str, "second");
  g_assert_cmpuint (submitted->status, ==, 200);
  assert_public (province, "长春市朝阳区示例大街1号（虚构）");

  later = get_tag (province);
  returned = province_ask (province, "shi", "POST", RECORD ":return", "{\"message\": \"补材料\"}",
                           "If-Match", later, NULL);
  g_assert_cmpuint (returned->status, ==, 200);
  g_assert_cmpstr (get_text (returned, "grade"), ==, "D");
  assert_public (province, "长春市朝阳区示例大街1号（虚构）");
  g_free (later);
  later = get_tag (province);
  removed = province_ask (province, "qiye", "DELETE", RECORD, NULL, "If-Match", later, NULL);
  g_assert_cmpuint (removed->status, ==, 409);
  resubmitted = ask_now (province, "qiye", RECORD ":submit", files->str, "third");
  g_assert_cmpuint (resubmitted->status, ==, 200);
  approve (province, "shi");
  assert_public (province, "示例大街3号");
}

/* What everybody sees has no personal value, neither in the changes nor in the reason. */
static void
test_personal (Province      *province,
               gconstpointer  data)
{
  g_autoptr (YejiResponse) found = NULL;
  g_autoptr (YejiResponse) asked = NULL;
  g_autoptr (YejiResponse) granted = NULL;
  g_autoptr (YejiResponse) shown = NULL;
  g_autofree char *body = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  const char *number;
  JsonObject *tender;

  submit_sample (province);
  approve (province, "sheng");
  give_evidence (province);
  found = province_ask (province, "qiye", "GET", RECORD, NULL, NULL);
  tender = json_array_get_object_element (
    yeji_json_get_array (yeji_json_get_object (get_body (found), "record"), "tenders"), 0);
  number = yeji_json_get_string (tender, "ConstructorIDCard");
  g_assert_nonnull (number);
  body = g_strdup_printf ("{\"reason\": \"证件号%s有误\", " EVIDENCE ", \"changes\":"
                          " [{\"pointer\": \"/tenders/0/ConstructorIDCard\", \"after\":"
                          " \"220102198501010027\"}, {\"pointer\": \"/project/Address\","
                          " \"after\": \"示例大街4号\"}]}", number);
  asked = ask_now (province, "qiye", RECORD "/corrections", body, "p");
  if (asked->status != 201)
    g_test_message ("%s", yeji_json_print (asked->body, TRUE));
  g_assert_cmpuint (asked->status, ==, 201);
  path = g_strdup_printf ("/v1/corrections/%s:grant", get_text (asked, "id"));
  granted = province_ask (province, "sheng", "POST", path, "{}", NULL);
  g_assert_cmpuint (granted->status, ==, 200);
  shown = province_ask (province, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  text = yeji_json_print (shown->body, FALSE);
  g_assert_nonnull (strstr (text, "示例大街4号"));
  g_assert_null (strstr (text, number));
  g_assert_null (strstr (text, "220102198501010027"));
}

/* Rows come behind those that are there and go from among them; pointers mean the record as it was
 * approved. What is said twice, or where no row is, is refused. */
static void
test_rows (Province      *province,
           gconstpointer  data)
{
  static const struct
  {
    const char *changes;
    guint status;
  } wishes[] = {
    { "{\"pointer\": \"/units/0\", \"row\": \"moved\"}", 422 },
    { "{\"pointer\": \"/units/7\", \"row\": \"removed\"}", 422 },
    { "{\"pointer\": \"/units/7\", \"row\": \"added\"}", 422 },
    { "{\"pointer\": \"/units/0\", \"row\": \"added\"}", 422 },
    { "{\"pointer\": \"/units/-\", \"row\": \"added\"}", 422 },
    { "{\"pointer\": \"/project\", \"row\": \"removed\"}", 422 },
    { "{\"pointer\": \"/units\", \"row\": \"removed\"}", 422 },
    { "{\"pointer\": \"/participants/3\", \"row\": \"removed\"},"
      " {\"pointer\": \"/participants/3\", \"row\": \"removed\"}", 422 },
    { "{\"pointer\": \"/participants/3\", \"row\": \"removed\"},"
      " {\"pointer\": \"/participants/3/PersonName\", \"after\": \"x\"}", 422 },
    { "{\"pointer\": \"/participants/4/PersonName\", \"after\": \"x\"},"
      " {\"pointer\": \"/participants/4\", \"row\": \"added\"}", 422 },
    { "{\"pointer\": \"/participants/4\", \"row\": 1}", 400 },
    /* nothing may be missing in what is approved */
    { "{\"pointer\": \"/contracts/0\", \"row\": \"removed\"}", 422 },
    { "{\"pointer\": \"/participants/4\", \"row\": \"added\"}", 422 },
  };
  static const char good[] = "{\"reason\": \"人员有误\", " EVIDENCE ", \"changes\": ["
    "{\"pointer\": \"/review_people/1\", \"row\": \"removed\"},"
    "{\"pointer\": \"/review_people/0/UserName\", \"after\": \"改名（虚构）\"},"
    "{\"pointer\": \"/project/Address\", \"after\": \"示例大街2号\"}]}";
  g_autoptr (YejiResponse) asked = NULL;
  g_autoptr (YejiResponse) granted = NULL;
  g_autoptr (YejiResponse) shown = NULL;
  g_autoptr (YejiResponse) page = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  JsonArray *rows;

  submit_sample (province);
  approve (province, "sheng");
  give_evidence (province);
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"reason\": \"x\", " EVIDENCE
                                               ", \"changes\": [%s]}", wishes[i].changes);
      g_autoptr (YejiResponse) response = ask_now (province, "qiye", RECORD "/corrections", body,
                                                   "k0");

      g_test_message ("%s", wishes[i].changes);
      g_assert_cmpuint (response->status, ==, wishes[i].status);
    }

  asked = ask_now (province, "qiye", RECORD "/corrections", good, "k1");
  if (asked->status != 201)
    g_test_message ("%s", yeji_json_print (asked->body, TRUE));
  g_assert_cmpuint (asked->status, ==, 201);
  path = g_strdup_printf ("/v1/corrections/%s:grant", get_text (asked, "id"));
  granted = province_ask (province, "sheng", "POST", path, "{}", NULL);
  g_assert_cmpuint (granted->status, ==, 200);
  rows = yeji_json_get_array (get_body (granted), "changes");
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (rows, 0), "row"), ==,
                   "removed");
  g_assert_cmpuint (json_array_get_length (rows), >, 5);    /* with each value that it had */

  shown = province_ask (province, NULL, "GET", "/v1/public/projects/" UUID, NULL, NULL);
  rows = yeji_json_get_array (yeji_json_get_object (get_body (shown), "tables"), "review_people");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (rows, 0), "UserName"),
                   ==, "改名（虚构）");
  text = yeji_json_print (shown->body, FALSE);
  g_assert_nonnull (strstr (text, "\"row\":\"removed\""));
  page = province_ask (province, NULL, "GET", "/projects/" UUID, NULL, NULL);
  g_assert_cmpuint (page->status, ==, 200);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) \
  g_test_add ("/server/applications/" path, Province, NULL, province_set_up, func, \
              province_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("a-granted-correction-changes-the-record-and-its-page", test_granted);
  ADD ("a-refused-one-changes-nothing-and-says-why", test_refused);
  ADD ("what-cannot-be-asked-for-is-refused-in-words", test_wishes);
  ADD ("the-province-alone-decides-and-one-waits-at-a-time", test_deciders);
  ADD ("an-approved-record-is-withdrawn-when-the-province-grants-it", test_withdrawn);
  ADD ("a-revoked-record-is-no-more-of-use", test_revoked);
  ADD ("a-record-of-grade-d-is-completed-while-its-copy-stays-public", test_completed);
  ADD ("rows-are-added-and-taken-out-with-their-values", test_rows);
  ADD ("no-personal-value-is-shown-to-everybody", test_personal);
  return g_test_run ();
}
