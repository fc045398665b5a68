// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-declared-apply.h"
#include "yeji-declared-book.h"
#include "yeji-declared-stage.h"

#include "yeji-publication.h"
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
count_finished (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  (*(guint *) data)++;
  return TRUE;
}

/* As the command does it, up to where it is killed. */
static gboolean
run_take (Take     *take,
          YejiDb   *reader,
          YejiDb   *stage,
          guint     at_once,
          YejiDbFunc finish,
          GError  **error)
{
  YejiServerContext *context = take->province->context;
  g_autofree char *path = g_build_filename (take->province->dir, "list", NULL);
  g_autoptr (YejiSheets) sheets = NULL;
  YejiDeclaredImport import = { context->declared_systems };
  YejiDeclaredApply apply = { NULL, take->replace, stage, take->province->db, reader, at_once };
  guint n = 0;

  g_assert_true (g_file_set_contents (path, take->list, -1, error));
  sheets = yeji_sheets_open (path, error);
  g_assert_no_error (*error);
  import.system = yeji_declared_systems_find (context->declared_systems, take->system);
  import.sheets = sheets;
  import.replace = take->replace;
  apply.system = import.system;
  g_assert_nonnull (import.system);
  return yeji_declared_import_read (&import, stage, take->report, error)
         && (take->report->n_bad > 0
             || (yeji_declared_apply_compare (&apply, take->report, error)
                 && yeji_declared_apply_run (&apply, take->report, finish, &n, error)));
}

static YejiDeclaredReport *
take_list_by (Province   *self,
              const char *system,
              const char *list,
              gboolean    replace,
              guint       at_once,
              YejiDbFunc  finish)
{
  Take take = { self, system, list, replace, yeji_declared_report_new () };
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDb) reader = yeji_db_open_reader (self->db, &error);
  g_autoptr (YejiDb) stage = yeji_declared_stage_open (self->dir, &error);
  gboolean done;

  g_assert_no_error (error);
  done = run_take (&take, reader, stage, at_once, finish, &error);
  g_assert_true (done == (finish == count_finished));
  yeji_db_close (stage);
  yeji_db_close (reader);
  yeji_declared_stage_remove (self->dir);
  return take.report;
}

static YejiDeclaredReport *
take_list (Province   *self,
           const char *system,
           const char *list,
           gboolean    replace)
{
  return take_list_by (self, system, list, replace, YEJI_DECLARED_AT_ONCE, count_finished);
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

static gboolean
die (YejiSql   *sql,
     gpointer   data,
     GError   **error)
{
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "killed");
  return FALSE;
}

static void
assert_listed (Province   *self,
               const char *query,
               gint64      total)
{
  g_autofree char *path = g_strconcat ("/v1/public/projects?", query, NULL);
  g_autoptr (YejiResponse) response = province_ask (self, NULL, "GET", path, NULL, NULL);
  JsonObject *body = json_node_get_object (response->body);

  g_assert_cmpint (json_object_get_int_member (body, "total"), ==, total);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (body, "projects")), ==,
                    (guint) total);
}

/* Whoever looks sees what there was before: the look-up, the search, its counts, and a page. */
static void
assert_unseen (Province   *self,
               const char *number,
               gint64      total)
{
  g_autofree char *uuid = yeji_publication_make_uuid ("approval", number);
  g_autofree char *path = g_strconcat ("/v1/public/projects/", uuid, NULL);
  g_autofree char *page = g_strconcat ("/projects/", uuid, NULL);
  g_autoptr (YejiResponse) one = province_ask (self, NULL, "GET", path, NULL, NULL);
  g_autoptr (YejiResponse) other = province_ask (self, NULL, "GET", page, NULL, NULL);

  assert_known (self, number, "");
  assert_listed (self, "", total);
  assert_listed (self, "state=ongoing", total);
  assert_listed (self, "q=%E8%99%9A%E6%9E%84", total);
  g_assert_cmpuint (one->status, ==, 404);
  g_assert_cmpuint (other->status, ==, 404);
}

/* One that comes in steps, and is killed at the end of them; the next list is another one. */
static void
test_killed (Province      *self,
             gconstpointer  data)
{
  static const char head[] = "项目编号,项目名称,状态\n";
  g_autofree char *long_list = g_strconcat (head, "2201042403050001,甲（虚构）,在建\n"
                                            "2201042403050002,乙（虚构）,在建\n"
                                            "2201042403050003,丙（虚构）,在建\n", NULL);
  g_autofree char *other_list = g_strconcat (head, "2201042403050001,甲（虚构）,在建\n"
                                             "2201042403050002,乙改（虚构）,在建\n"
                                             "2201042403050004,丁（虚构）,在建\n", NULL);
  g_autofree char *first_list = g_strconcat (head, "2201042403050009,壬（虚构）,在建\n", NULL);
  g_autoptr (YejiDeclaredReport) first = take_list (self, "approval", first_list, FALSE);
  g_autoptr (YejiDeclaredReport) killed = take_list_by (self, "approval", long_list, FALSE, 1, die);
  g_autoptr (YejiDeclaredReport) next = NULL;
  g_autoptr (YejiDeclaredReport) small = NULL;

  g_assert_cmpuint (killed->added, ==, 3);
  assert_unseen (self, "2201042403050001", 1);
  assert_known (self, "2201042403050009", "approval 壬（虚构） ongoing");

  next = take_list_by (self, "approval", other_list, FALSE, 1, count_finished);
  g_assert_cmpuint (next->added, ==, 3);
  g_assert_cmpint (next->before, ==, 1);
  g_assert_cmpint (next->after, ==, 4);
  g_assert_cmpint (next->n_numbers, ==, 4);
  assert_known (self, "2201042403050001", "approval 甲（虚构） ongoing");
  assert_known (self, "2201042403050002", "approval 乙改（虚构） ongoing");
  assert_known (self, "2201042403050003", "");
  assert_known (self, "2201042403050004", "approval 丁（虚构） ongoing");
  assert_listed (self, "", 4);
  assert_listed (self, "state=ongoing", 4);
  assert_listed (self, "q=%E8%99%9A%E6%9E%84", 4);

  /* what came so is removed as what else is there */
  small = take_list (self, "approval", first_list, TRUE);
  g_assert_cmpuint (small->removed, ==, 3);
  assert_unseen (self, "2201042403050001", 1);
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
  ADD ("/server/declared/what-is-on-its-way-is-seen-by-nobody", test_killed);
  return g_test_run ();
}
