// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "app-fixture.h"
#include "yeji-text-limit.h"

/* What is typed or pasted beyond the limit is not taken, and no character is cut in two. */
static void
test_limit (void)
{
  static const struct
  {
    const char *there;
    const char *added;
    const char *result;
  } cases[] = {
    { "", "四个汉字", "四个汉字" },
    { "", "五个字不行", "五个字不" },
    { "四个汉字", "多", "四个汉字" },
    { "两字", "abc", "两字ab" },
    { "ab", "", "ab" },
    { "", "\360\237\230\200\360\237\230\200abc", "\360\237\230\200\360\237\230\200ab" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
      g_autofree char *text = NULL;
      GtkTextIter start, end;

      yeji_text_limit_set (buffer, 4);
      gtk_text_buffer_set_text (buffer, cases[i].there, -1);
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert (buffer, &end, cases[i].added, -1);
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
      g_assert_cmpstr (text, ==, cases[i].result);
      /* room that was made can be used */
      gtk_text_buffer_set_text (buffer, "", -1);
      gtk_text_buffer_set_text (buffer, "again", -1);
      g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 4);
    }
}

/* A line has so much that no screen is wide enough, and no more; no character is cut in two. */
static void
test_line (void)
{
  static const char *const parts[] = { "x", "字", "\360\237\230\200" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *whole = NULL;
      g_autofree char *line = NULL;

      for (guint n = 0; n < 1000; n++)
        g_string_append (text, parts[i]);
      whole = yeji_text_limit_line (text->str);
      g_assert_cmpstr (whole, ==, text->str);
      g_string_append (text, "…");
      line = yeji_text_limit_line (text->str);
      g_assert_cmpstr (line, ==, text->str);
      g_clear_pointer (&line, g_free);
      g_string_insert (text, 0, "more");
      line = yeji_text_limit_line (text->str);
      g_assert_true (g_utf8_validate (line, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (line, -1), ==, 1001);
      g_assert_true (g_str_has_suffix (line, "…"));
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/app/text-limit/is-kept-to-the-character", test_limit);
  g_test_add_func ("/app/text-limit/a-line-is-cut", test_line);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
