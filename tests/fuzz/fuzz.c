// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "fuzz"

#include "config.h"

#include "fuzz.h"

#include <signal.h>
#include <stdlib.h>

static void
end_badly (int number)
{
  abort ();
}

/**
 * fuzz_begin:
 *
 * Makes every warning and critical message a crash, as G_DEBUG=fatal-warnings does. GLib ends by a
 * trap, which libFuzzer does not see.
 */
void
fuzz_begin (void)
{
  signal (SIGTRAP, end_badly);
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
}

YejiDictionary *
fuzz_load_built_in (void)
{
  g_autoptr (GError) error = NULL;
  YejiDictionary *dictionary = yeji_dictionary_new_built_in (&error);

  if (dictionary == NULL)
    g_error ("the dictionary: %s", error->message);
  return dictionary;
}

/**
 * fuzz_take:
 * @limit: not 0
 *
 * Returns: a number below @limit that the next byte chooses, or the next two; 0 at the end
 */
guint
fuzz_take (FuzzBytes *bytes,
           guint      limit)
{
  guint chosen = 0;

  for (guint reach = 1; reach < limit && bytes->size > 0; reach *= 256)
    {
      chosen = chosen * 256 + *bytes->at;
      bytes->at++;
      bytes->size--;
    }
  return chosen % limit;
}

/**
 * fuzz_take_text:
 * @max: bytes at most
 *
 * Returns: (transfer full): the next bytes made UTF-8, as whatever comes from a window is
 */
char *
fuzz_take_text (FuzzBytes *bytes,
                gsize      max)
{
  gsize n = MIN (bytes->size, max);
  char *text = n > 0 ? g_utf8_make_valid ((const char *) bytes->at, (gssize) n) : g_strdup ("");

  bytes->at += n;
  bytes->size -= n;
  return text;
}

/**
 * fuzz_check_error:
 *
 * Demands that what was refused was refused in words.
 */
void
fuzz_check_error (const GError *error)
{
  g_assert (error != NULL);
  g_assert (*error->message != '\0');
  g_assert (g_utf8_validate (error->message, -1, NULL));
}

/**
 * fuzz_check_record:
 * @live: the check that goes along with @record
 *
 * Checks the record as a whole and after the last edit, which must find the same.
 *
 * Returns: (transfer full): the problems
 */
GPtrArray *
fuzz_check_record (YejiValidator      *validator,
                   YejiLiveCheck      *live,
                   YejiRecord         *record,
                   const char * const *slots)
{
  GPtrArray *whole = yeji_validator_check (validator, record, FUZZ_TODAY, slots);
  g_autoptr (GPtrArray) quick = yeji_live_check_run (live, FUZZ_TODAY, slots);

  for (guint i = 0; i < MIN (quick->len, whole->len); i++)
    {
      YejiProblem *a = g_ptr_array_index (quick, i), *b = g_ptr_array_index (whole, i);

      if (!yeji_problem_equal (a, b))
        g_error ("after an edit %s %s “%s”, in a whole check %s %s “%s”", yeji_problem_get_rule (a),
                 yeji_problem_get_pointer (a), yeji_problem_get_message (a),
                 yeji_problem_get_rule (b), yeji_problem_get_pointer (b),
                 yeji_problem_get_message (b));
    }
  if (quick->len != whole->len)
    g_error ("%u problems after an edit, %u in a whole check", quick->len, whole->len);
  return whole;
}
