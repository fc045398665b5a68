// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-json.h"
#include "yeji-server-fixture.h"

#define LEVELS \
  "\"levels\": [{\"id\": \"top\", \"grade\": \"A\"}, {\"id\": \"low\", \"grade\": \"B\"}]"
#define HEAD "{" LEVELS ", \"incomplete\": \"D\", \"offices\": ["
#define OFFICE(id, level, areas) \
  "{\"id\": \"" id "\", \"name\": \"某局\", \"level\": \"" level "\", \"areas\": [" areas "]}"

static YejiOffices *
read_text (const char  *text,
           GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return yeji_offices_new (bytes, error);
}

/* A province that starts with settings that mean two things would decide by chance. */
static void
test_refused (void)
{
  static const struct
  {
    const char *text, *word;
  } cases[] = {
    { "[]", "offices" }, { "nonsense", "" }, { "{}", "offices" },
    { "{\"offices\": []}", "incomplete" },
    { "{\"incomplete\": \"D\", \"offices\": []}", "levels" },
    { "{\"levels\": [{\"id\": \"x\"}], \"incomplete\": \"D\", \"offices\": []}", "grade" },
    { "{\"levels\": [{\"id\": \"x\", \"grade\": \"D\"}], \"incomplete\": \"D\", \"offices\": []}",
      "x: its grade" },
    { "{\"levels\": [{\"id\": \"x\", \"grade\": \"A\"}, {\"id\": \"x\", \"grade\": \"B\"}],"
      " \"incomplete\": \"D\", \"offices\": []}", "x: is a level twice" },
    { HEAD "7]}", "?" }, { HEAD "{\"id\": \"a\"}]}", "a: id, name or level" },
    { HEAD OFFICE ("a", "none", "\"22\"") "]}", "a: its level" },
    { HEAD OFFICE ("a", "top", "") "]}", "a: covers no area" },
    { HEAD OFFICE ("a", "top", "22") "]}", "a: an area" },
    { HEAD OFFICE ("a", "top", "\"220\"") "]}", "a: an area" },
    { HEAD OFFICE ("a", "top", "\"22010101\"") "]}", "a: an area" },
    { HEAD OFFICE ("a", "top", "\"2x\"") "]}", "a: an area" },
    { HEAD OFFICE ("a", "top", "\"22\"") "," OFFICE ("a", "low", "\"2201\"") "]}", "a: occurs" },
    { HEAD OFFICE ("a", "low", "\"2201\"") "," OFFICE ("b", "low", "\"22\", \"2201\"") "]}",
      "a: another one of its level" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiOffices) offices = read_text (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (offices);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

static void
test_within (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiOffices) offices = NULL;

  offices = read_text (HEAD OFFICE ("city", "low", "\"2201\"") ","
                       OFFICE ("zone", "low", "\"220173\"") "," OFFICE ("top", "top", "\"22\"")
                       "]}", &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) covering = yeji_offices_list_covering (offices, "220173");

    g_assert_cmpuint (covering->len, ==, 3);
  }
  g_assert_cmpuint (yeji_offices_rank_grade (offices, "A"), ==, 0);
  g_assert_cmpuint (yeji_offices_rank_grade (offices, "B"), ==, 1);
  g_assert_cmpuint (yeji_offices_rank_grade (offices, "D"), ==, 2);
  g_assert_cmpuint (yeji_offices_rank_grade (offices, NULL), ==, 3);
}

/* The two that are neither city nor county stand beside the cities. */
static void
test_special (Province      *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *id, *area;
  } cases[] = {
    { "changchun-new-area", "220173" }, { "changchun-new-area", "220113" },
    { "changbaishan", "222200" }, { "changbaishan", "220621" }, { "222400", "222401" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiOffice *office = yeji_offices_find (self->context->offices, cases[i].id);

      g_assert_nonnull (office);
      g_assert_cmpstr (office->level, ==, "city");
      g_assert_cmpstr (office->grade, ==, "B");
      g_assert_true (yeji_office_covers (office, cases[i].area));
    }
}

static void
test_list (Province      *self,
           gconstpointer  data)
{
  g_autoptr (YejiResponse) response = province_ask (self, "nameless", "GET", "/v1/offices", NULL,
                                                    NULL);
  g_autoptr (YejiResponse) refused = province_ask (self, "qiye", "GET", "/v1/offices", NULL, NULL);
  JsonObject *office;

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpuint (refused->status, ==, 403);
  g_assert_cmpstr (get_text (response, "incomplete"), ==, "D");
  office = json_array_get_object_element (json_object_get_array_member (get_body (response),
                                                                        "offices"), 0);
  g_assert_cmpstr (yeji_json_get_string (office, "id"), ==, "province");
  g_assert_cmpstr (yeji_json_get_string (office, "grade"), ==, "A");
  g_assert_cmpstr (json_array_get_string_element (yeji_json_get_array (office, "areas"), 0), ==,
                   "22");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add (path, Province, NULL, province_set_up, func, province_tear_down)
  g_test_add_func ("/server/offices/what-would-be-ambiguous-is-refused", test_refused);
  g_test_add_func ("/server/offices/one-may-lie-within-another", test_within);
  ADD ("/server/offices/new-area-and-changbaishan-stand-beside-the-cities", test_special);
  ADD ("/server/offices/are-listed-to-who-has-to-choose-one", test_list);
  return g_test_run ();
}
