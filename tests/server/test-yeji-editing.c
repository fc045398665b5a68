// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-fixture.h"

#define PATH "/v1/records/" UUID "/editing"
#define SECOND G_TIME_SPAN_SECOND

static guint
count (YejiEditing *editing,
       const char  *computer,
       gint64       now,
       char       **tag)
{
  g_autofree char *ignored = NULL;
  g_autoptr (JsonArray) list = yeji_editing_list (editing, "E", computer, now,
                                                  tag != NULL ? tag : &ignored);

  return json_array_get_length (list);
}

static void
test_leases (void)
{
  g_autoptr (YejiEditing) editing = yeji_editing_new ();
  g_autofree char *none = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *both = NULL;

  g_assert_cmpuint (count (editing, NULL, 0, &none), ==, 0);
  g_assert_true (yeji_editing_set (editing, "E", "u1", "a", "张某", 0));
  g_assert_true (yeji_editing_set (editing, "E", "u2", "b", "李某", 0));
  g_assert_cmpuint (count (editing, NULL, SECOND, &first), ==, 2);
  g_assert_cmpstr (first, !=, none);
  /* who asks knows what it does itself, and others see nothing */
  g_assert_cmpuint (count (editing, "a", SECOND, NULL), ==, 1);
  g_assert_cmpuint (count (editing, "c", SECOND, &both), ==, 2);
  g_assert_cmpstr (first, ==, both);
  /* said again: no news, and it lasts longer */
  g_assert_false (yeji_editing_set (editing, "E", "u1", "a", "张某", 100 * SECOND));
  g_assert_cmpuint (count (editing, NULL, 119 * SECOND, &again), ==, 2);
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpuint (count (editing, NULL, 120 * SECOND, NULL), ==, 1);
  g_assert_cmpuint (count (editing, NULL, 220 * SECOND, NULL), ==, 0);
  g_assert_true (yeji_editing_set (editing, "E", "u1", "a", "张某", 300 * SECOND));
  g_assert_true (yeji_editing_end (editing, "E", "u1", "a"));
  g_assert_false (yeji_editing_end (editing, "E", "u1", "a"));
  g_assert_false (yeji_editing_end (editing, "F", "u1", "a"));
}

static void
test_limit (void)
{
  g_autoptr (YejiEditing) editing = yeji_editing_new ();
  g_autofree char *tag = NULL;
  g_autoptr (JsonArray) list = NULL;

  for (guint i = 0; i < 2 * YEJI_EDITING_MAX; i++)
    {
      g_autofree char *uuid = g_strdup_printf ("u%03u", i);

      yeji_editing_set (editing, "E", uuid, "a", "张某", i);
    }
  list = yeji_editing_list (editing, "E", NULL, SECOND, &tag);
  g_assert_cmpuint (json_array_get_length (list), ==, YEJI_EDITING_MAX);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, 0), "uuid"),
                   ==, "u200");
}

static void
test_routes (Province      *self,
             gconstpointer  data)
{
  static const struct
  {
    const char *account, *method, *path, *body;
    guint status;
    gboolean changed;
  } steps[] = {
    { "qiye", "PUT", PATH, "{\"computer\": \"a-1\", \"who\": \"张某\"}", 204, TRUE },
    { "qiye", "PUT", PATH, "{\"computer\": \"a-1\", \"who\": \"张某\"}", 204, FALSE },
    { "qiye", "PUT", PATH, "{\"computer\": \"a 1\", \"who\": \"张某\"}", 400, FALSE },
    { "qiye", "PUT", PATH, "{\"computer\": \"\", \"who\": \"张某\"}", 400, FALSE },
    { "qiye", "PUT", PATH, "{\"computer\": 1, \"who\": \"张某\"}", 400, FALSE },
    { "qiye", "PUT", PATH, "{\"computer\": \"a-1\", \"who\": \"\"}", 400, FALSE },
    { "qiye", "PUT", PATH, "[]", 400, FALSE },
    { "other", "PUT", PATH, "{\"computer\": \"a-1\", \"who\": \"张某\"}", 404, FALSE },
    { "shi", "PUT", PATH, "{\"computer\": \"a-1\", \"who\": \"张某\"}", 403, FALSE },
    { NULL, "PUT", PATH, "{\"computer\": \"a-1\", \"who\": \"张某\"}", 401, FALSE },
    { "other", "DELETE", PATH "?computer=a-1", NULL, 204, FALSE },
    { "qiye", "DELETE", PATH, NULL, 400, FALSE },
    { "qiye", "DELETE", PATH "?computer=a-1", NULL, 204, TRUE },
    { "qiye", "DELETE", PATH "?computer=a-1", NULL, 204, FALSE },
  };
  g_autofree char *record = make_record (self, UUID, "一号");

  put_record (self, UUID, record);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (YejiResponse) response = province_ask (self, steps[i].account, steps[i].method,
                                                        steps[i].path, steps[i].body, NULL);

      g_test_message ("step %u", i);
      g_assert_cmpuint (response->status, ==, steps[i].status);
      g_assert_cmpint (response->changed, ==, steps[i].changed);
    }
}

static YejiResponse *
ask_changes (Province   *self,
             const char *account,
             const char *query)
{
  g_autofree char *path = g_strconcat ("/v1/changes?wait=5", query, NULL);
  YejiResponse *response = province_ask (self, account, "GET", path, NULL, NULL);

  g_assert_cmpuint (response->status, ==, 200);
  return response;
}

static void
test_changes_tell (Province      *self,
                   gconstpointer  data)
{
  static const struct
  {
    const char *account, *computer;
    guint n;
  } cases[] = {
    { "qiye", "", 1 }, { "qiye", "&computer=b", 1 }, { "qiye", "&computer=a", 0 },
    { "other", "", 0 },
  };
  g_autofree char *record = make_record (self, UUID, "一号");
  g_autoptr (YejiResponse) put = NULL;

  put_record (self, UUID, record);
  put = province_ask (self, "qiye", "PUT", PATH, "{\"computer\": \"a\", \"who\": \"张某\"}", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiResponse) response = ask_changes (self, cases[i].account, cases[i].computer);
      g_autofree char *known = g_strconcat (cases[i].computer, "&editing=",
                                            get_text (response, "editing_tag"), NULL);
      g_autofree char *unknown = g_strconcat (cases[i].computer, "&editing=0", NULL);
      g_autoptr (YejiResponse) later = ask_changes (self, cases[i].account, known);
      g_autoptr (YejiResponse) at_once = ask_changes (self, cases[i].account, unknown);
      JsonArray *editing = yeji_json_get_array (get_body (response), "editing");

      g_assert_cmpuint (json_array_get_length (editing), ==, cases[i].n);
      if (cases[i].n > 0)
        g_assert_cmpstr (yeji_json_get_string (json_array_get_object_element (editing, 0), "who"),
                         ==, "张某");
      g_assert_cmpuint (later->hold_seconds, >, 0);
      g_assert_cmpuint (at_once->hold_seconds, ==, 0);
    }
}

/* ---- What the other computers of an enterprise hear of */

static JsonObject *
get_last (YejiResponse *response)
{
  JsonArray *changes = yeji_json_get_array (get_body (response), "changes");

  return json_array_get_object_element (changes, json_array_get_length (changes) - 1);
}

static void
assert_last (Province   *self,
             guint       n,
             const char *state,
             const char *revision,
             const char *content)
{
  g_autoptr (YejiResponse) response = ask_changes (self, "qiye", "");
  JsonArray *changes = yeji_json_get_array (get_body (response), "changes");

  g_assert_cmpuint (json_array_get_length (changes), ==, n);
  g_assert_cmpstr (yeji_json_get_string (get_last (response), "state"), ==, state);
  g_assert_cmpstr (yeji_json_get_string (get_last (response), "revision"), ==, revision);
  g_assert_cmpstr (yeji_json_get_string (get_last (response), "content"), ==, content);
}

static void
test_contents_are_told (Province      *self,
                        gconstpointer  data)
{
  g_autoptr (YejiResponse) returned = NULL;
  g_autoptr (YejiResponse) got = NULL;
  g_autoptr (YejiResponse) put = NULL;
  g_autoptr (YejiResponse) same = NULL;
  g_autofree char *text = read_sample ("complete-construction.json");
  g_autofree char *changed = replace_text (text, "\"PrjName\": \"", "\"PrjName\": \"另");
  JsonArray *files;

  submit_sample (self);
  assert_last (self, 1, "submitted", "r2", "r2");
  returned = province_ask (self, "shi", "POST", "/v1/records/" UUID ":return",
                           "{\"message\": \"请核对\", \"points\": []}", "If-Match", "\"r2\"", NULL);
  g_assert_cmpuint (returned->status, ==, 200);
  assert_last (self, 2, "returned", "r3", "r2");
  put = province_ask (self, "qiye", "PUT", "/v1/records/" UUID, changed, "If-Match", "\"r3\"",
                      NULL);
  g_assert_cmpuint (put->status, ==, 200);
  g_assert_true (put->changed);
  assert_last (self, 3, "returned", "r4", "r4");
  same = province_ask (self, "qiye", "PUT", "/v1/records/" UUID, changed, "If-Match", "\"r4\"",
                       NULL);
  g_assert_false (same->changed);
  assert_last (self, 3, "returned", "r4", "r4");

  got = province_ask (self, "qiye", "GET", "/v1/records/" UUID, NULL, NULL);
  files = yeji_json_get_array (get_body (got), "files");
  g_assert_cmpuint (json_array_get_length (files), ==, 4);
  for (guint i = 0; i < json_array_get_length (files); i++)
    g_assert_true (json_object_get_boolean_member (json_array_get_object_element (files, i),
                                                   "submitted"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/editing/counts-for-two-minutes", test_leases);
  g_test_add_func ("/server/editing/forgets-what-is-too-much", test_limit);
  g_test_add ("/server/editing/is-said-by-the-enterprise-alone", Province, NULL, province_set_up,
              test_routes, province_tear_down);
  g_test_add ("/server/editing/is-told-with-the-changes", Province, NULL, province_set_up,
              test_changes_tell, province_tear_down);
  g_test_add ("/server/editing/what-one-computer-writes-the-others-hear-of", Province, NULL,
              province_set_up, test_contents_are_told, province_tear_down);
  return g_test_run ();
}
