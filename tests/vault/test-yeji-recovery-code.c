// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-recovery-code.h"

#include <string.h>

#include "yeji-secret.h"

static void
test_shape (void)
{
  g_autofree char *one = yeji_recovery_code_new ();
  g_autofree char *other = yeji_recovery_code_new ();

  g_assert_cmpuint (strlen (one), ==, 35);
  g_assert_true (g_regex_match_simple ("^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$", one,
                                       0, 0));
  g_assert_cmpstr (one, !=, other);
}

/* Every way in which somebody may type what is on the paper. */
static void
test_forgiving (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *code = yeji_recovery_code_new ();
      g_autofree char *small = g_ascii_strdown (code, -1);
      g_autoptr (GString) mixed = g_string_new ("  ");
      g_autoptr (GString) wide = g_string_new (NULL);
      const char *typed[4] = { code, small };

      for (const char *at = small; *at != '\0'; at++)
        {
          g_string_append_c (mixed, *at == '0' ? 'o' : *at == '1' ? (i % 2 ? 'l' : 'I')
                                                                 : *at == '-' ? ' ' : *at);
          g_string_append_unichar (wide, (gunichar) *at + 0xfee0);
        }
      typed[2] = mixed->str;
      typed[3] = wide->str;
      for (guint j = 0; j < G_N_ELEMENTS (typed); j++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *read = yeji_recovery_code_read (typed[j], &error);

          g_assert_no_error (error);
          g_assert_cmpstr (read, ==, code);
        }
    }
}

/* Each single wrong character, and each two neighbours that were exchanged. */
static void
test_typo (void)
{
  g_autofree char *code = yeji_recovery_code_new ();
  guint n_missed = 0;

  for (guint i = 0; code[i] != '\0'; i++)
    for (const char *with = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *with != '\0'; with++)
      {
        g_autofree char *typed = g_strdup (code);
        g_autoptr (GError) error = NULL;
        g_autofree char *read = NULL;

        if (code[i] == '-' || code[i] == *with)
          continue;
        typed[i] = *with;
        read = yeji_recovery_code_read (typed, &error);
        if (read != NULL)
          n_missed++;
        else
          g_assert_error (error, YEJI_RECOVERY_CODE_ERROR, YEJI_RECOVERY_CODE_ERROR_TYPO);
      }
  for (guint i = 0; code[i + 1] != '\0'; i++)
    {
      g_autofree char *typed = g_strdup (code);

      if (code[i] == code[i + 1] || code[i] == '-' || code[i + 1] == '-')
        continue;
      typed[i] = code[i + 1];
      typed[i + 1] = code[i];
      g_assert_null (yeji_recovery_code_read (typed, NULL));
    }
  /* one in a million may pass */
  g_assert_cmpuint (n_missed, <=, 1);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *typed;
    int code;
  } cases[] = {
    { "", YEJI_RECOVERY_CODE_ERROR_LENGTH },
    { "01234-56789", YEJI_RECOVERY_CODE_ERROR_LENGTH },
    { "00000-00000-00000-00000-00000-00000-0", YEJI_RECOVERY_CODE_ERROR_LENGTH },
    { "U0000-00000-00000-00000-00000-00000", YEJI_RECOVERY_CODE_ERROR_CHARACTER },
    { "一二三四五", YEJI_RECOVERY_CODE_ERROR_CHARACTER },
    { "00000-00000-00000-00000-00000-00000", YEJI_RECOVERY_CODE_ERROR_TYPO },
    { "\xff\xfe", YEJI_RECOVERY_CODE_ERROR_LENGTH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_recovery_code_read (cases[i].typed, &error));
      g_assert_error (error, YEJI_RECOVERY_CODE_ERROR, cases[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/recovery-code/is-six-groups-of-five", test_shape);
  g_test_add_func ("/vault/recovery-code/is-read-however-it-is-typed", test_forgiving);
  g_test_add_func ("/vault/recovery-code/tells-a-typo", test_typo);
  g_test_add_func ("/vault/recovery-code/refuses-what-is-none", test_refused);
  return g_test_run ();
}
