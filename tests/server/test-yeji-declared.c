// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-declared-book.h"
#include "yeji-declared-import.h"

#include "yeji-server-fixture.h"

/* A list, what it says of one number afterwards, and what the report says. */
typedef struct
{
  Province *province;
  const char *system;
  const char *list;
  gboolean replace;
  YejiDeclaredReport *report;
} Take;

static gboolean
run_take (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Take *take = data;
  YejiServerContext *context = take->province->context;
  g_autofree char *path = g_build_filename (take->province->dir, "list", NULL);
  g_autoptr (YejiSheets) sheets = NULL;
  YejiDeclaredImport import = { context->declared_systems };

  g_assert_true (g_file_set_contents (path, take->list, -1, error));
  sheets = yeji_sheets_open (path, error);
  g_assert_no_error (*error);
  import.system = yeji_declared_systems_find (context->declared_systems, take->system);
  import.sheets = sheets;
  import.replace = take->replace;
  g_assert_nonnull (import.system);
  return yeji_declared_import_run (&import, sql, take->report, error);
}

static YejiDeclaredReport *
take_list (Province   *self,
           const char *system,
           const char *list,
           gboolean    replace)
{
  Take take = { self, system, list, replace, yeji_declared_report_new () };
  g_autoptr (GError) error = NULL;

  yeji_db_run (self->db, run_take, &take, &error);
  g_assert_no_error (error);
  return take.report;
}

static YejiResponse *
ask_number (Province   *self,
            const char *number)
{
  g_autofree char *segment = g_uri_escape_string (number, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/declared/", segment, NULL);
  YejiResponse *response = province_ask (self, "qiye", "GET", path, NULL, NULL);

  g_assert_cmpuint (response->status, ==, 200);
  return response;
}

/* What the province says of a number: "" that no system has it, else system, name and state. */
static char *
look_up (Province   *self,
         const char *number)
{
  g_autoptr (YejiResponse) response = ask_number (self, number);
  JsonObject *body = json_node_get_object (response->body);
  JsonObject *system = yeji_json_get_object (body, "system");

  if (!json_object_get_boolean_member (body, "declared"))
    return g_strdup ("");
  return g_strjoin (" ", yeji_json_get_string (system, "id"), yeji_json_get_string (body, "name"),
                    yeji_json_get_string (body, "state"), NULL);
}

static void
assert_known (Province   *self,
              const char *number,
              const char *expected)
{
  g_autofree char *found = look_up (self, number);

  g_assert_cmpstr (found, ==, expected);
}

#define LIST \
  "业绩系统导出,,,,\n" \
  "项目编号,项目代码,项目 名称,状态,申报日期\n" \
  "2201042403050001,2024-220104-47-03-000001,甲（虚构）,在建,2024年3月5日\n" \
  ",,,,\n" \
  "2201042403050002,2024-220104-47-03-000001,乙（虚构）,已竣工,20240306\n"

static void
test_found (Province      *self,
            gconstpointer  data)
{
  g_autoptr (YejiDeclaredReport) first = take_list (self, "工改系统", LIST, FALSE);
  g_autoptr (YejiDeclaredReport) again = take_list (self, "approval", LIST, FALSE);

  g_assert_cmpuint (first->rows, ==, 2);
  g_assert_cmpuint (first->added, ==, 2);
  g_assert_cmpint (first->after, ==, 2);
  g_assert_cmpint (first->n_numbers, ==, 3);
  g_assert_cmpuint (again->same, ==, 2);
  g_assert_cmpuint (again->added + again->changed + again->removed, ==, 0);
  assert_known (self, "2201042403050001", "approval 甲（虚构） ongoing");
  assert_known (self, "２２０１０４２４-0305 0002", "approval 乙（虚构） finished");
  /* shared by both: the one that goes on */
  assert_known (self, "2024-220104-47-03-000001", "approval 甲（虚构） ongoing");
  assert_known (self, "2201042403050003", "");
  assert_known (self, "1", "");
  assert_known (self, "无", "");
}

static void
test_changes (Province      *self,
              gconstpointer  data)
{
  g_autoptr (YejiDeclaredReport) first = take_list (self, "approval", LIST, FALSE);
  g_autoptr (YejiDeclaredReport) second
    = take_list (self, "approval", "项目编号,项目名称,状态\n"
                 "2201042403050001,甲（虚构）,已撤销\n"
                 "2201042403050002,乙改（虚构）,在建\n"
                 "2201042403050004,,已撤销\n", FALSE);

  g_assert_cmpuint (second->changed, ==, 1);
  g_assert_cmpuint (second->removed, ==, 1);
  g_assert_cmpuint (second->same, ==, 1);
  assert_known (self, "2201042403050001", "");
  assert_known (self, "2024-220104-47-03-000001", "");
  assert_known (self, "2201042403050002", "approval 乙改（虚构） ongoing");
}

static void
test_replace (Province      *self,
              gconstpointer  data)
{
  g_autoptr (YejiDeclaredReport) approval = take_list (self, "approval", LIST, FALSE);
  g_autoptr (YejiDeclaredReport) permit
    = take_list (self, "permit", "[{\"施工许可证编号\": \"220104202403050101\","
                 " \"工程名称\": \"丙（虚构）\", \"项目编号\": \"2201042403050001\"}]", FALSE);
  g_autoptr (YejiDeclaredReport) replaced
    = take_list (self, "approval", "项目编号,项目名称\n2201042403050002,乙（虚构）\n", TRUE);

  g_assert_cmpuint (replaced->removed, ==, 1);
  g_assert_cmpint (replaced->before, ==, 2);
  g_assert_cmpint (replaced->after, ==, 1);
  /* the list of another system is not touched */
  assert_known (self, "220104202403050101", "permit 丙（虚构） ongoing");
  assert_known (self, "2201042403050001", "permit 丙（虚构） ongoing");
  assert_known (self, "2024-220104-47-03-000001", "");
}

static void
test_bad_rows (Province      *self,
               gconstpointer  data)
{
  static const struct
  {
    guint row;
    YejiDeclaredFault fault;
    const char *value;
  } expected[] = {
    { 2, YEJI_DECLARED_FAULT_SHORT, "12345" },
    { 3, YEJI_DECLARED_FAULT_NO_NAME, "2201042403050001" },
    { 4, YEJI_DECLARED_FAULT_STATE, "什么" },
    { 5, YEJI_DECLARED_FAULT_NO_NUMBER, "" },
  };
  g_autoptr (YejiDeclaredReport) report
    = take_list (self, "approval", "项目编号,项目名称,状态\n12345,短,在建\n2201042403050001,,在建\n"
                 "2201042403050002,乙,什么\n,丙,在建\n2201042403050003,丁,在建\n", FALSE);

  g_assert_cmpuint (report->n_bad, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < report->bad->len; i++)
    {
      const YejiDeclaredBadRow *bad = g_ptr_array_index (report->bad, i);

      g_assert_cmpuint (bad->row, ==, expected[i].row);
      g_assert_cmpint (bad->fault, ==, expected[i].fault);
      g_assert_cmpstr (bad->value, ==, expected[i].value);
    }
}

static void
test_filter (Province      *self,
             gconstpointer  data)
{
  g_autoptr (YejiResponse) none = province_ask (self, "qiye", "GET", "/v1/declared", NULL, NULL);
  g_autoptr (YejiDeclaredReport) report = take_list (self, "approval", LIST, FALSE);
  g_autoptr (YejiResponse) some = province_ask (self, "shi", "GET", "/v1/declared", NULL,
                                                "if-none-match",
                                                yeji_response_get_header (none, "ETag"), NULL);
  g_autoptr (YejiResponse) known = province_ask (self, "guanli", "GET", "/v1/declared", NULL,
                                                 "if-none-match",
                                                 yeji_response_get_header (some, "ETag"), NULL);
  g_autofree char *tag = NULL;
  g_autoptr (YejiNumberFilter) empty = NULL;
  g_autoptr (YejiNumberFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  empty = yeji_number_filter_new (none->content, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (yeji_number_filter_get_count (empty), ==, 0);
  g_assert_cmpuint (some->status, ==, 200);
  filter = yeji_number_filter_new (some->content, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (yeji_number_filter_get_count (filter), ==, 3);
  g_assert_true (yeji_number_filter_holds (filter, "20242201044703000001"));
  tag = yeji_declared_book_make_tag (some->content);
  g_assert_cmpstr (tag, ==, yeji_response_get_header (some, "ETag"));
  g_assert_cmpuint (known->status, ==, 304);
  g_assert_null (known->content);
}

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/server/declared/a-number-is-found-however-it-is-written", test_found);
  ADD ("/server/declared/what-changes-is-changed-and-what-is-withdrawn-goes", test_changes);
  ADD ("/server/declared/a-full-list-takes-the-place-of-its-own-system-alone", test_replace);
  ADD ("/server/declared/every-wrong-row-is-told", test_bad_rows);
  ADD ("/server/declared/the-filter-changes-with-the-lists-and-is-sent-once", test_filter);
  return g_test_run ();
}
