// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a hostile province may send as a dictionary. */

#include "config.h"

#include "yeji-dictionary.h"
#include "yeji-platform.h"
#include "yeji-small-dictionary.h"

#include <string.h>

#define MAX_SECONDS 5

/* A piece of the bundle, and what comes in its place: @before, @count times @repeated with a comma
 * between, @after. "%u" in what is repeated is its number. */
typedef struct
{
  const char *name;
  const char *piece;
  const char *before;
  const char *repeated;
  guint count;
  const char *after;
  const char *message;         /* (nullable): a part of the error, NULL: it is taken */
} Case;

static const Case cases[] = {
  { "as-it-is", "\"formats\":[]", "\"formats\":[", "", 0, "]", NULL },
  { "many-codes", "{\"code\":\"a\",\"name\":\"a\"}", "",
    "{\"code\":\"c%u\",\"name\":\"n\"}", 100001, "",
    "codes/list.json: /items: must not hold more than 100000" },
  { "nearly-too-many-codes", "{\"code\":\"a\",\"name\":\"a\"}", "",
    "{\"code\":\"c%u\",\"name\":\"n\"}", 100000, "", NULL },
  { "many-fields", "\"fields\":[", "\"fields\":[",
    "{\"id\":\"f%u\"}", 1001, ",", "tables/A.json: /fields: must not hold more than 1000" },
  { "many-rules", "\"rules\":[]", "\"rules\":[", "{}", 2001, "]",
    "rules.json: /rules: must not hold more than 2000" },
  { "many-formats", "\"formats\":[]", "\"formats\":[", "{}", 2001, "]",
    "rules.json: /formats: must not hold more than 2000" },
  { "many-slots", "\"slots\":[]", "\"slots\":[", "{}", 2001, "]",
    "documents.json: /slots: must not hold more than 2000" },
  { "many-tables", "\"tables\":[\"A\"]", "\"tables\":[", "\"t%u\"", 201, "]",
    "dictionary.json: /tables: must not hold more than 200" },
  { "many-lists", "\"codes\":[\"list\"]", "\"codes\":[", "\"t%u\"", 201, "]",
    "dictionary.json: /codes: must not hold more than 200" },
  { "many-values", "\"formats\":[]", "\"formats\":[", "0", 2000000, "]",
    "more values than the program takes" },
  { "many-objects", "\"formats\":[]", "\"formats\":[", "{}", 2000000, "]",
    "more values than the program takes" },
  { "many-members", "\"formats\":[]", "", "\"m%u\":0", 2000000, "",
    "more values than the program takes" },
  { "large", "\"standard\":\"none\"", "\"standard\":\"none\"", "", 34000000, "",
    "bundle: more than 32 MiB" },
  { "deep", "\"formats\":[]", "\"formats\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "", 0,
    "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "nested deeper than 32 levels" },
  { "nul", "\"standard\":\"none\"", "\"standard\":\"a\\u0000\"", "", 0, "", "holds a NUL" },
  { "surrogate", "\"standard\":\"none\"", "\"standard\":\"\\ud800\"", "", 0, "",
    "half a surrogate pair" },
  { "pattern-that-breaks-out", "\"formats\":[]",
    "\"formats\":[{\"id\":\"f\",\"pattern\":\"a)|(?:b\"}", "", 0, "]", "rules.json: /formats/0: " },
  { "pattern-too-large", "\"formats\":[]",
    "\"formats\":[{\"id\":\"f\",\"pattern\":\"(?:a{0,60000}){0,60000}\"}", "", 0, "]",
    "too large" },
  { "rows-within-rows", "\"slots\":[]",
    "\"slots\":[{\"id\":\"s\",\"label\":{\"zh\":\"s\",\"en\":\"s\"},\"roles\":[],\"synonyms\":[],"
    "\"types\":[],\"when\":{\"rows\":\"A\",\"where\":{\"rows\":\"A\"}}}", "", 0, "]",
    "documents.json: /slots/0/when/where: “rows” cannot be within" },
};

static GBytes *
make_bundle (const Case *one)
{
  g_autoptr (YejiDictionary) small = small_dictionary_new ("1", "A/a F:t G:c", "a", 5);
  GBytes *bundle = yeji_dictionary_get_bundle (small);
  g_autofree char *text = g_strndup (g_bytes_get_data (bundle, NULL), g_bytes_get_size (bundle));
  const char *at = strstr (text, one->piece);
  GString *changed = g_string_new (NULL);

  g_assert_nonnull (at);
  g_string_append_len (changed, text, at - text);
  g_string_append (changed, one->before);
  for (guint i = 0; i < one->count; i++)
    {
      if (*one->repeated == '\0')
        g_string_append_c (changed, ' ');
      else
        {
          if (i > 0)
            g_string_append_c (changed, ',');
          g_string_append_printf (changed, one->repeated, i);
        }
    }
  g_string_append (changed, one->after);
  g_string_append (changed, at + strlen (one->piece));
  return g_string_free_to_bytes (changed);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GBytes) bundle = make_bundle (one);
  g_autoptr (GError) error = NULL;
  /* the processor's time: a busy computer that builds packages makes nothing slow of it */
  gint64 start = yeji_platform_get_work_time ();
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_from_bundle (bundle, &error);

  g_assert_cmpint (yeji_platform_get_work_time () - start, <, MAX_SECONDS * G_TIME_SPAN_SECOND);
  if (one->message == NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (dictionary);
      return;
    }
  g_assert_null (dictionary);
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, YEJI_DICTIONARY_ERROR);
  if (strstr (error->message, one->message) == NULL)
    g_error ("“%s” does not say “%s”", error->message, one->message);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/model/part/bounds-what-comes-in/", cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
