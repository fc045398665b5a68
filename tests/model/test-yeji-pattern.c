// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-pattern.h"

#define MAX_SECONDS 20         /* a thousand times what it takes: machines are busy */

static void
test_fits (void)
{
  static const struct
  {
    const char *expression;
    const char *value;
    gboolean fits;
  } cases[] = {
    { "[0-9]{6}", "220104", TRUE },
    { "[0-9]{6}", "220104\n", FALSE },
    { "[0-9]{6}", "x220104", FALSE },
    { "a|b", "b", TRUE },
    { "a|b", "ab", FALSE },
    { "^a$", "a", TRUE },
    { "[一-龥]+", "示例", TRUE },
    { "", "", TRUE },
    { "", "a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GRegex) pattern = yeji_pattern_new (cases[i].expression, &error);
      g_autofree char *expression = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (yeji_pattern_fits (pattern, cases[i].value), ==, cases[i].fits);
      expression = yeji_pattern_dup_expression (pattern);
      g_assert_cmpstr (expression, ==, cases[i].expression);
    }
}

/* A long value fits too, whatever the pattern's shape. */
static void
test_long (void)
{
  static const char * const expressions[] = {
    "a*", "[a-z]*", "(?:a|b)*", "(?:[a-z][a-z])*", "(.|\\n){5,}", "(?:a|b){5,}",
  };
  g_autofree char *value = g_strnfill (20000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (GRegex) pattern = yeji_pattern_new (expressions[i], NULL);

      g_assert_true (yeji_pattern_fits (pattern, value));
    }
}

static void
test_gives_up (void)
{
  static const char * const expressions[] = {
    "(a+)+$", "(a|aa)+$", "(.*)*x", "((a+)+)+\\1b", "(a?){1,2000}a{2000}$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?:a|(?R))*b", "(a(?1)?)*c", "[\\s\\S]*[\\s\\S]*[\\s\\S]*[\\s\\S]*z", "(?R)?a", "(?:a*)*$",
    "(?=(a*)*x)", "(?:a{0,100}){0,100}x",
  };
  g_autofree char *many = g_strnfill (1000000, 'a');
  g_autofree char *value = g_strconcat (many, "!", NULL);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GRegex) pattern = yeji_pattern_new (expressions[i], &error);

      g_assert_no_error (error);
      g_assert_false (yeji_pattern_fits (pattern, value));
      g_assert_false (yeji_pattern_fits (pattern, value + 995000));
    }
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_SECONDS * G_TIME_SPAN_SECOND);
}

static void
test_refused (void)
{
  g_autofree char *longest = g_strnfill (YEJI_PATTERN_MAX_LENGTH, 'a');
  g_autofree char *longer = g_strconcat (longest, "a", NULL);
  const char *expressions[] = {
    "[", "(", "a)|(?:b", "a)", "\\Q", "(?x) a #", "(?<=a+)b", "a**b[", "(?:a{0,60000}){0,60000}",
    "((((((a{1,10}){1,10}){1,10}){1,10}){1,10}){1,10})", "\\x{110000}", "\\", longer,
  };
  g_autoptr (GRegex) pattern = yeji_pattern_new (longest, NULL);

  g_assert_nonnull (pattern);
  for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (GError) error = NULL;

      if (yeji_pattern_new (expressions[i], &error) != NULL)
        g_error ("“%s” is taken", expressions[i]);
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, G_REGEX_ERROR);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pattern/fits-a-whole-value", test_fits);
  g_test_add_func ("/model/pattern/fits-a-long-value", test_long);
  g_test_add_func ("/model/pattern/gives-up-soon-on-what-would-take-for-ever", test_gives_up);
  g_test_add_func ("/model/pattern/refuses-what-is-no-pattern-or-too-long", test_refused);
  return g_test_run ();
}
