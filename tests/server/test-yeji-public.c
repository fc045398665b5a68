// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

#include "yeji-html.h"
#include "yeji-listing-search.h"
#include "yeji-public-page.h"
#include "yeji-publication.h"

#define PROJECT "/v1/public/projects/" UUID
#define PAGE "/projects/" UUID
#define PERSON "220102198501010019"

typedef gboolean (*Change) (Province  *self,
                            YejiSql   *sql,
                            gpointer   data,
                            GError   **error);

typedef struct
{
  Province *province;
  Change change;
  gpointer data;
} ChangeCall;

static gboolean
run_change (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  ChangeCall *call = data;

  return call->change (call->province, sql, call->data, error);
}

static void
change (Province *self,
        Change    func,
        gpointer  data)
{
  ChangeCall call = { self, func, data };
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, run_change, &call, &error);
  g_assert_no_error (error);
}

/* A sample that the city has approved. */
static void
approve (Province *self)
{
  g_autoptr (YejiResponse) response = NULL;

  submit_sample (self);
  response = province_ask (self, "shi", "POST", "/v1/records/" UUID ":approve", "{}", "If-Match",
                           "\"r2\"", NULL);
  g_assert_cmpuint (response->status, ==, 200);
}

static gboolean
write_declared (Province  *self,
                YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  return yeji_publication_write_declared (sql, data, 0, error);
}

/* N projects of another system, each a day younger than the one before. */
static void
declare (Province   *self,
         guint       n,
         const char *state)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("2201022103%02u%04u", i % 28 + 1, i);
      g_autofree char *name = g_strdup_printf ("北湖在建第%u号工程", i);
      g_autofree char *at = g_strdup_printf ("2021-%02u-%02u", i / 28 + 1, i % 28 + 1);
      YejiDeclaredProject project = {
        "permit", number, name, "220102", "示例开发有限公司", state, at,
      };

      change (self, write_declared, &project);
    }
}

static YejiResponse *
search (Province   *self,
        const char *query)
{
  g_autofree char *path = g_strconcat ("/v1/public/projects?", query, NULL);

  return province_ask (self, NULL, "GET", path, NULL, NULL);
}

static gint64
count_found (Province   *self,
             const char *query)
{
  g_autoptr (YejiResponse) response = search (self, query);

  g_assert_cmpuint (response->status, ==, 200);
  return (gint64) json_array_get_length (json_object_get_array_member (get_body (response),
                                                                       "projects"));
}

static char *
read_page (Province   *self,
           const char *path,
           guint       status)
{
  g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", path, NULL, NULL);

  g_assert_cmpuint (response->status, ==, status);
  g_assert_nonnull (response->content);
  return g_strndup (g_bytes_get_data (response->content, NULL),
                    g_bytes_get_size (response->content));
}

static void
assert_says (const char *page,
             const char *words)
{
  if (strstr (page, words) == NULL)
    g_error ("the page does not say %s: %s", words, page);
}

static void
assert_says_not (const char *page,
                 const char *words)
{
  if (strstr (page, words) != NULL)
    g_error ("the page says %s: %s", words, page);
}

static void
test_search (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *query;
    gint64 n;
  } cases[] = {
    { "", 4 },
    { "q=%E7%A4%BA", 4 },                                   /* 示, also in an enterprise */
    { "q=%E6%95%99%E5%AD%A6%E6%A5%BC", 1 },                 /* 教学楼 */
    { "q=%E5%AD%A6%E6%A5%BC%E5%8F%8A%E4%BD%93", 1 },        /* 学楼及体 */
    { "q=%E6%A5%BC%E6%95%99", 0 },                          /* 楼教 */
    { "q=%E7%A4%BA%E4%BE%8B+%E4%BD%93%E8%82%B2", 1 },       /* two words */
    { "q=%E7%A4%BA%E4%BE%8B+%E5%AD%A6%E9%99%A2", 0 },       /* one of them absent */
    { "q=%EF%BC%88%E8%99%9A%E6%9E%84%EF%BC%89", 1 },        /* （虚构）, whose brackets do not count */
    { "q=%E6%95%99%E5%AD%A6%E6%A5%BC%E5%8F%8A%E4%BD%93%E8%82%B2%E9%A6%86%E5%B7%A5%E7%A8%8B", 1 },
    { "q=%E6%95%99%E5%AD%A6%E6%A5%BC%E5%92%8C%E4%BD%93%E8%82%B2%E9%A6%86%E5%B7%A5%E7%A8%8B", 0 },
    { "q=[2016]%E6%96%BD[%E7%A4%BA%E4%BE%8B]%E5%BB%BA%E5%AD%970001%E5%8F%B7&in=number", 1 },
    { "q=%E6%96%BD[%E7%A4%BA%E4%BE%8B]%E5%BB%BA%E5%AD%970001", 1 },
    { "q=2201041603300001", 1 },
    { "q=0330", 1 },
    { "q=22", 4 },
    { "q=2%20%20%20", 4 },
    { "q=2201&in=number", 4 },
    { "q=2201&in=name", 0 },
    { "q=%E5%BB%BA%E8%AE%BE%E9%9B%86%E5%9B%A2&in=enterprise", 1 },
    { "q=%E5%BB%BA%E8%AE%BE%E9%9B%86%E5%9B%A2&in=name", 0 },
    { "q=%E5%BB%BA%E8%AE%BE%E9%9B%86%E5%9B%A2&in=nothing", 1 },
    { "area=22", 4 }, { "area=220000", 4 }, { "area=220100", 4 }, { "area=220104", 1 },
    { "area=220102", 3 }, { "area=220200", 0 }, { "area=x%22y", 0 },
    { "grade=B", 1 }, { "grade=A", 0 }, { "grade=%22+OR+%22", 0 },
    { "kind=01", 1 }, { "kind=02", 0 },
    { "role=construction", 1 }, { "role=design", 0 },
    { "state=approved", 1 }, { "state=ongoing", 3 }, { "state=finished", 0 }, { "state=revoked", 0 },
    { "state=nonsense", 0 },
    { "q=%E5%9C%A8%E5%BB%BA&area=220102&state=ongoing&order=oldest", 3 },
    { "q=%E5%9C%A8%E5%BB%BA&grade=B", 0 },
    /* what the index would take for its own language */
    { "q=%22", 0 }, { "q=*", 0 }, { "q=NEAR(%E7%A4%BA+%E4%BE%8B,1)", 0 }, { "q=name:%E7%A4%BA", 0 },
    { "q=%E7%A4%BA*", 4 }, { "q=-%E7%A4%BA", 4 }, { "q=%22%E7%A4%BA", 4 }, { "q=fsapproved", 0 },
    { "q=%E7%A4%BA)+OR+(%E7%A4%BA", 0 }, { "after=x", 4 }, { "after=-1", 4 },
    { "after=9223372036854775808", 4 }, { "q=%ff%fe", 4 }, { "q=%00%E7%A4%BA", 4 },
  };

  approve (self);
  declare (self, 3, YEJI_DECLARED_ONGOING);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/?", cases[i].query, NULL);
      g_autofree char *page = NULL;

      g_test_message ("%s", cases[i].query);
      g_assert_cmpint (count_found (self, cases[i].query), ==, cases[i].n);
      page = read_page (self, path, 200);
      assert_says (page, cases[i].n > 0 ? "<table" : "没有找到项目");
    }
}

/* A long word is found by its windows: what has them all, but not the word, is not found. */
static void
test_long_words (Province      *self,
                 gconstpointer  data)
{
  static const struct
  {
    const char *query;
    gint64 n;
  } cases[] = {
    { "q=%E7%94%B2%E4%B9%99%E7%94%B2%E4%B9%99%E7%94%B2%E4%B9%99", 0 },     /* 甲乙甲乙甲乙 */
    { "q=%E4%B9%99%E7%94%B2%E4%B9%99%E7%94%B2%E4%B9%99%E7%94%B2", 0 },     /* 乙甲乙甲乙甲 */
    { "q=%E7%94%B2%E4%B9%99%E7%94%B2%E4%B9%99%E7%94%B2", 25 },             /* 甲乙甲乙甲 */
    { "q=%E4%B8%81%E6%88%8A%E5%B7%B1%E5%BA%9A%E8%BE%9B%E5%A3%AC", 25 },     /* 丁戊己庚辛壬 */
    { "q=%E4%B8%81%E6%88%8A%E5%B7%B1%E5%BA%9A%E8%BE%9B%E5%A3%AC&in=enterprise", 0 },
  };

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *number = g_strdup_printf ("22010221030100%02u", i);
      YejiDeclaredProject project = {
        "permit", number, "甲乙甲乙甲丙丁戊己庚辛壬", "220102", "乙甲乙甲乙", "ongoing", "2021-01-01",
      };

      change (self, write_declared, &project);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = search (self, cases[i].query);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpint (yeji_json_get_int (get_body (response), "total", -1), ==, cases[i].n);
      g_assert_cmpint (count_found (self, cases[i].query), ==, MIN (cases[i].n, 20));
    }
}

static void
test_too_long (Province      *self,
               gconstpointer  data)
{
  g_autofree char *words = g_strnfill (65, 'x');
  g_autofree char *query = g_strconcat ("q=", words, NULL);
  g_autofree char *path = g_strconcat ("/?", query, NULL);
  g_autofree char *page = read_page (self, path, 400);
  g_autoptr (YejiResponse) response = search (self, query);

  g_assert_cmpuint (response->status, ==, 400);
  g_assert_cmpstr (get_kind (response), ==, "malformed");
  assert_says (page, "不得超过 64 字");
}

/* Goes through all pages in one direction; the names in the order in which they came. */
static GPtrArray *
leaf_through (Province   *self,
              const char *query,
              const char *member,
              const char *parameter,
              const char *from)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *cursor = g_strdup (from);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *whole = cursor != NULL
                                 ? g_strdup_printf ("%s&%s=%s", query, parameter, cursor)
                                 : g_strdup (query);
      g_autoptr (YejiResponse) response = search (self, whole);
      JsonArray *projects = json_object_get_array_member (get_body (response), "projects");
      guint n = json_array_get_length (projects);

      for (guint j = 0; j < n; j++)
        {
          gboolean back = g_str_equal (parameter, "before");
          JsonObject *project = json_array_get_object_element (projects, back ? n - 1 - j : j);

          g_ptr_array_add (names, g_strdup (yeji_json_get_string (project, "name")));
        }
      g_free (cursor);
      cursor = g_strdup (get_text (response, member));
      if (cursor == NULL)
        return names;
    }
  g_assert_not_reached ();
}

static void
test_leafing (Province      *self,
              gconstpointer  data)
{
  static const char * const queries[] = {
    "", "order=oldest", "q=%E5%8C%97%E6%B9%96", "q=%E5%8C%97%E6%B9%96&order=oldest",
    "state=ongoing&area=220102",
  };

  declare (self, 45, YEJI_DECLARED_ONGOING);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) names = leaf_through (self, queries[i], "next", "after", NULL);
      gboolean oldest = strstr (queries[i], "oldest") != NULL;
      g_autofree char *last = NULL;
      g_autoptr (YejiResponse) first = search (self, queries[i]);
      g_autofree char *second_query = NULL;
      g_autofree char *third_query = NULL;
      g_autoptr (YejiResponse) second = NULL;
      g_autoptr (YejiResponse) third = NULL;
      g_autoptr (GPtrArray) back = NULL;

      g_test_message ("%s", queries[i]);
      g_assert_cmpuint (names->len, ==, 45);
      for (guint j = 0; j < names->len; j++)
        {
          g_autofree char *name = g_strdup_printf ("北湖在建第%u号工程", oldest ? j : 44 - j);

          g_assert_cmpstr (g_ptr_array_index (names, j), ==, name);
        }
      g_assert_null (get_text (first, "previous"));
      g_assert_cmpint (yeji_json_get_int (get_body (first), "total", -1), ==, 45);

      second_query = g_strdup_printf ("%s&after=%s", queries[i], get_text (first, "next"));
      second = search (self, second_query);
      third_query = g_strdup_printf ("%s&after=%s", queries[i], get_text (second, "next"));
      third = search (self, third_query);
      last = g_strdup (get_text (third, "previous"));
      g_assert_nonnull (last);
      back = leaf_through (self, queries[i], "previous", "before", last);
      g_assert_cmpuint (back->len, ==, 40);
      for (guint j = 0; j < back->len; j++)
        g_assert_cmpstr (g_ptr_array_index (back, j), ==, g_ptr_array_index (names, 39 - j));
    }
}

/* Everything that must not be seen, and that the sample has. */
static void
assert_no_personal (const char *page,
                    const char *body)
{
  g_autoptr (GRegex) secrets = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  secrets = g_regex_new ("\"[A-Za-z]*(?:IDCard|Phone)\":\\s*\"([^\"]+)\"", 0, 0, NULL);
  for (g_regex_match (secrets, body, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *secret = g_match_info_fetch (match, 1);

      assert_says_not (page, secret);
      n++;
    }
  g_assert_cmpuint (n, >, 3);
}

static char *
print_body (YejiResponse *response)
{
  return yeji_json_print (response->body, FALSE);
}

static void
test_project (Province      *self,
              gconstpointer  data)
{
  static const char * const words[] = {
    "<h1>示例教学楼及体育馆工程（虚构）</h1>", "2201041603300001", "长春市住房和城乡建设局建筑业管理处",
    "王审核", "B 级", "2,928.28 万元", "2016-07-05", "房屋建筑工程", "单体信息", "施工许可信息",
    "竣工验收信息", "参与单位及相关负责人", "数据等级", "信息审核人", "公示记录", "审核通过并公示",
  };
  g_autofree char *sample = read_sample ("complete-construction.json");
  g_autofree char *page = NULL;
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  g_autoptr (YejiResponse) response = NULL;
  JsonArray *trace;

  approve (self);
  page = read_page (self, PAGE, 200);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_says (page, words[i]);
  assert_no_personal (page, sample);

  other = read_page (self, PAGE "?lang=en", 200);
  assert_says (other, "<html lang=\"en\">");
  assert_says (other, "Contract amount");
  assert_no_personal (other, sample);

  response = province_ask (self, NULL, "GET", PROJECT, NULL, NULL);
  text = print_body (response);
  assert_no_personal (text, sample);
  g_assert_cmpstr (get_text (response, "grade"), ==, "B");
  g_assert_cmpstr (get_text (response, "state"), ==, "approved");
  g_assert_true (json_object_has_member (get_body (response), "tables"));
  trace = json_object_get_array_member (get_body (response), "trace");
  g_assert_cmpuint (json_array_get_length (trace), ==, 1);
}

static void
test_unknown (Province      *self,
              gconstpointer  data)
{
  g_autofree char *page = read_page (self, "/projects/" OTHER_UUID, 404);

  assert_says (page, "没有这个项目");
}

static void
test_languages (Province      *self,
                gconstpointer  data)
{
  static const struct
  {
    const char *path, *accept, *lang;
  } cases[] = {
    { "/", "", "zh-CN" }, { "/", "en", "en" }, { "/", "zh-CN,en;q=0.5", "zh-CN" },
    { "/?lang=en", "zh-CN", "en" }, { "/?lang=zh", "en", "zh-CN" }, { "/?lang=xx", "en", "en" },
    { "/?lang=%22%3E", "", "zh-CN" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", cases[i].path, NULL,
                                                        "Accept-Language", cases[i].accept, NULL);

      g_assert_cmpstr (yeji_response_get_header (response, "Content-Language"), ==, cases[i].lang);
      g_assert_nonnull (yeji_response_get_header (response, "Content-Security-Policy"));
    }
}

/* A name, a query, every parameter: whatever it is, it is shown as what it is. */
static void
test_hostile (Province      *self,
              gconstpointer  data)
{
  static const char name[] = "<script>alert(1)</script><img src=x onerror=alert(2)>\\\"'&amp;";
  static const char * const parameters[] = {
    "q", "in", "area", "grade", "kind", "role", "state", "order", "after", "before", "lang", "other",
  };
  g_autofree char *sample = read_sample ("complete-construction.json");
  g_autofree char *hostile = replace_text (sample, "示例教学楼及体育馆工程（虚构）", name);
  g_autoptr (YejiResponse) response = NULL;
  g_autofree char *list = NULL;
  g_autofree char *page = NULL;
  g_autofree char *files = NULL;

  put_record (self, UUID, hostile);
  files = give_documents (self, UUID);
  response = province_ask (self, "qiye", "POST", "/v1/records/" UUID ":submit", files,
                           "Idempotency-Key", "hostile", "If-Match", "\"r1\"", NULL);
  g_assert_cmpuint (response->status, ==, 200);
  yeji_response_free (response);
  response = province_ask (self, "shi", "POST", "/v1/records/" UUID ":approve", "{}", "If-Match",
                           "\"r2\"", NULL);
  g_assert_cmpuint (response->status, ==, 200);

  list = read_page (self, "/", 200);
  page = read_page (self, PAGE, 200);
  assert_says (list, "&lt;script&gt;alert(1)&lt;/script&gt;");
  assert_says (page, "&lt;img src=x onerror=alert(2)&gt;");
  assert_says_not (list, "<script>");
  assert_says_not (page, "<script>");
  assert_says_not (page, "<img src=x");
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_autofree char *path = g_strdup_printf ("/?%s=%%22%%3E%%3Cb%%3Ex%%27%%26", parameters[i]);
      g_autofree char *answer = read_page (self, path, 200);

      assert_says_not (answer, "\"><b>");
      assert_says_not (answer, "<b>x");
    }
}

static gboolean
end_project (Province  *self,
             YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  return yeji_publication_revoke (sql, UUID, data, "吉林省住房和城乡建设厅建筑管理处", "李审核",
                                  "业绩弄虚作假<b>", error);
}

static void
test_revoke (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *kind, *words;
  } cases[] = { { "revoked", "已被撤销" }, { "withdrawn", "已撤回" } };

  approve (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = g_strdup_printf ("state=%s&q=2201041603300001", cases[i].kind);
      g_autoptr (YejiResponse) response = NULL;
      g_autofree char *page = NULL;

      change (self, end_project, (gpointer) cases[i].kind);
      g_assert_cmpint (count_found (self, ""), ==, 0);
      g_assert_cmpint (count_found (self, "q=2201041603300001"), ==, 0);
      g_assert_cmpint (count_found (self, query), ==, 1);
      page = read_page (self, PAGE, 200);
      assert_says (page, cases[i].words);
      assert_says (page, "业绩弄虚作假&lt;b&gt;");
      assert_says (page, "李审核");
      assert_says_not (page, "单体信息");
      response = province_ask (self, NULL, "GET", PROJECT, NULL, NULL);
      g_assert_cmpstr (get_text (response, "state"), ==, cases[i].kind);
      g_assert_false (json_object_has_member (get_body (response), "tables"));
    }
}

static gboolean
note_changes (Province  *self,
              YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  g_autoptr (JsonNode) detail = yeji_json_parse (
    "[{\"pointer\": \"/contracts/0/ContractMoney\", \"before\": \"2928.28\", \"after\": \"3000\"},"
    " {\"pointer\": \"/participants/0/PersonIDCard\", \"before\": \"" PERSON "\","
    "  \"after\": \"" PERSON "\"},"
    " {\"pointer\": \"/nothing\", \"before\": \"" PERSON "\", \"after\": \"x\"}, 7]", -1, NULL);

  return yeji_publication_note (sql, UUID, YEJI_PUBLICATION_CORRECTED, "省厅建筑管理处", "李审核",
                                "合同金额录入有误", detail, error)
         && yeji_sql_exec (sql, error, "UPDATE publication SET grade = 'A'", "")
         && yeji_publication_note (sql, UUID, YEJI_PUBLICATION_REGRADED, "省厅", "李审核", "复核",
                                   NULL, error);
}

static void
test_trace (Province      *self,
            gconstpointer  data)
{
  g_autofree char *page = NULL;
  g_autofree char *text = NULL;
  g_autoptr (YejiResponse) response = NULL;

  approve (self);
  change (self, note_changes, NULL);
  page = read_page (self, PAGE, 200);
  assert_says (page, "<del>2,928.28 万元</del> → <ins>3,000 万元</ins>");
  assert_says (page, "合同金额录入有误");
  assert_says (page, "B 级 → A 级");
  assert_says_not (page, PERSON);
  response = province_ask (self, NULL, "GET", PROJECT, NULL, NULL);
  text = print_body (response);
  assert_says_not (text, PERSON);
  assert_says (text, "3000");
}

static gboolean
keep (Province  *self,
      YejiSql   *sql,
      gpointer   data,
      GError   **error)
{
  *(char **) data = yeji_publication_keep (sql, UUID, error);
  return *(char **) data != NULL;
}

static gboolean
restore (Province  *self,
         YejiSql   *sql,
         gpointer   data,
         GError   **error)
{
  return yeji_publication_restore (sql, UUID, data, error);
}

static void
test_restore (Province      *self,
              gconstpointer  data)
{
  g_autofree char *nothing = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *page = NULL;

  change (self, keep, &nothing);
  approve (self);
  before = read_page (self, PAGE, 200);
  change (self, keep, &kept);
  change (self, end_project, (gpointer) "revoked");
  change (self, restore, kept);
  after = read_page (self, PAGE, 200);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (count_found (self, "q=2201041603300001&grade=B"), ==, 1);

  change (self, restore, nothing);
  page = read_page (self, PAGE, 404);
  g_assert_cmpint (count_found (self, ""), ==, 0);
  g_assert_cmpint (count_found (self, "q=2201041603300001"), ==, 0);
}

static void
test_declared (Province      *self,
               gconstpointer  data)
{
  g_autofree char *uuid = yeji_publication_make_uuid ("permit", "2201022103010000");
  g_autofree char *path = g_strconcat ("/projects/", uuid, NULL);
  g_autofree char *page = NULL;
  g_autofree char *gone = NULL;

  declare (self, 1, YEJI_DECLARED_ONGOING);
  page = read_page (self, path, 200);
  assert_says (page, "在建");
  assert_says (page, "施工许可管理系统");
  assert_says (page, "没有数据等级");
  declare (self, 1, YEJI_DECLARED_FINISHED);
  g_assert_cmpint (count_found (self, "state=ongoing"), ==, 0);
  g_assert_cmpint (count_found (self, "state=finished"), ==, 1);
  g_assert_cmpint (count_found (self, ""), ==, 1);
  declare (self, 1, YEJI_DECLARED_REMOVED);
  gone = read_page (self, path, 404);
  g_assert_cmpint (count_found (self, ""), ==, 0);
}

/* A database from before there was a search. */
static gboolean
fill (Province  *self,
      YejiSql   *sql,
      gpointer   data,
      GError   **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);

  if (!yeji_publication_list_unlisted (sql, uuids, error))
    return FALSE;
  *(guint *) data = uuids->len;
  for (guint i = 0; i < uuids->len; i++)
    if (!yeji_publication_list_again (self->context, sql, g_ptr_array_index (uuids, i), error))
      return FALSE;
  return TRUE;
}

static void
test_fill (Province      *self,
           gconstpointer  data)
{
  guint n;

  approve (self);
  province_exec (self, "DELETE FROM listing", NULL);
  province_exec (self, "INSERT INTO listing_text (listing_text) VALUES ('delete-all')", NULL);
  g_assert_cmpint (count_found (self, "q=2201041603300001"), ==, 0);
  change (self, fill, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (count_found (self, "q=2201041603300001"), ==, 1);
  g_assert_cmpint (count_found (self, "grade=B&kind=01&area=220104"), ==, 1);
  change (self, fill, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (count_found (self, ""), ==, 1);
}

/* Like the dates of the standard: who approves before eight in the morning does so on that day. */
static void
test_days (void)
{
  static const struct
  {
    const char *at, *day;
  } cases[] = {
    { "2026-11-23T15:59:59.999Z", "2026-11-23" },
    { "2026-11-23T16:00:00.000Z", "2026-11-24" },
    { "2026-12-31T20:00:00Z", "2027-01-01" },
    { "2026-03-02", "2026-03-02" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = yeji_public_page_format_day (cases[i].at);

      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

static void
test_html (void)
{
  static const struct
  {
    const char *text, *escaped;
  } cases[] = {
    { "a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;" },
    { "工程（一）", "工程（一）" },
    { "a\001b\177c", "a\357\277\275b\357\277\275c" },
    { "a\342\200\256b", "a\357\277\275b" },                 /* turns the direction */
    { "a\377b", "a\357\277\275b" },                         /* no UTF-8 */
    { "a\tb\nc", "a\tb\nc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YejiHtml *html = yeji_html_new ();
      g_autofree char *wanted = g_strdup_printf ("<!DOCTYPE html>\n<p title=\"%s\">%s</p>\n",
                                                 cases[i].escaped, cases[i].escaped);
      g_autofree char *page = NULL;

      yeji_html_open (html, "p", "title", cases[i].text, "class", NULL, NULL);
      yeji_html_text (html, cases[i].text);
      page = yeji_html_end (html);
      g_assert_cmpstr (page, ==, wanted);
    }
}

/* As long as a search may take, which is set to next to nothing here. */
static gboolean
search_shortly (Province  *self,
                YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  static const char * const questions[] = { "", "在建", "北湖 在建", "北湖在建第七号工程" };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_auto (YejiListingPage) page = { NULL };
      g_auto (YejiListingPage) again = { NULL };
      YejiListingQuery query = {
        .text = questions[i], .column = "", .area = "", .grade = "", .kind = "", .role = "",
        .state = "", .patience = 1,
      };

      g_assert_true (yeji_listing_search (sql, &query, &page, error));
      g_assert_true (page.gave_up);
      g_assert_true (page.at_least);
      g_assert_cmpint (page.total, ==, page.items->len);
      /* who comes next is not in a hurry, and finds what there is */
      query.patience = 0;
      g_assert_true (yeji_listing_search (sql, &query, &again, error));
      g_assert_false (again.gave_up);
      g_assert_cmpuint (again.items->len, ==, i < 3 ? YEJI_LISTING_PAGE : 0);
    }
  return TRUE;
}

static void
test_takes_no_longer (Province      *self,
                      gconstpointer  data)
{
  declare (self, 300, YEJI_DECLARED_ONGOING);
  change (self, search_shortly, NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Province *, gconstpointer);
  } tests[] = {
    { "/server/public/search-finds-any-part-and-narrows-down", test_search },
    { "/server/public/a-long-word-is-found-and-nothing-like-it", test_long_words },
    { "/server/public/a-question-that-is-too-long-is-refused", test_too_long },
    { "/server/public/pages-are-leafed-through-both-ways", test_leafing },
    { "/server/public/a-project-is-shown-without-personal-numbers", test_project },
    { "/server/public/a-project-that-is-not-there-has-a-page-that-says-so", test_unknown },
    { "/server/public/address-and-browser-choose-the-language", test_languages },
    { "/server/public/hostile-texts-are-shown-as-texts", test_hostile },
    { "/server/public/what-is-revoked-keeps-its-trace", test_revoke },
    { "/server/public/corrections-and-grades-are-told", test_trace },
    { "/server/public/a-decision-that-is-taken-back-leaves-nothing", test_restore },
    { "/server/public/declared-projects-are-in-the-search", test_declared },
    { "/server/public/a-search-takes-no-longer-than-it-may", test_takes_no_longer },
    { "/server/public/what-was-published-before-the-search-is-found", test_fill },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Province, NULL, province_set_up, tests[i].test, province_tear_down);
  g_test_add_func ("/server/public/days-are-those-of-china", test_days);
  g_test_add_func ("/server/html/texts-are-escaped", test_html);
  return g_test_run ();
}
