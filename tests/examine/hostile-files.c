// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Spoils documents at random, and has the real process look at them: each must be answered in time,
 * and here nothing may be left over, whatever becomes of the process. */

#include "yeji-examiner.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "scan-files.h"
#include "yeji-test.h"

/* What a file may take, seconds; nearly all take a hundredth. The rest is for a busy computer. */
#define LIMIT 5
#define GRACE 5

/* What this process may grow by, kB: a file that is lost leaves nothing here. */
#ifdef __SANITIZE_ADDRESS__    /* which keeps what is freed */
#define MAX_GROWTH 524288
#else
#define MAX_GROWTH 16384
#endif

/* What libraries take once comes with the first files. */
#define WARM_UP 30

#define N_OUTCOMES (YEJI_EXAMINER_ERROR_MISSING + 2)

static const char * const numbers[] = {
  "0", "-1", "1", "65535", "99999999", "2147483647", "4294967296", "1e9", "0.0000001",
};

static char *keep_dir;
static int n_runs = 300;
static int n_seconds;
static int first_seed = 1;

static const GOptionEntry options[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Files", "N" },
  { "seconds", 0, 0, G_OPTION_ARG_INT, &n_seconds, "As many files as there is time for", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "Of the first file", "N" },
  { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep_dir, "For files that end the process", "DIR" },
  { NULL }
};

typedef struct
{
  char *dir;
  GPtrArray *seeds;            /* (element-type GBytes) */
  YejiExaminer *examiner;
  guint outcomes[N_OUTCOMES];
  double slowest;
} Run;

static void
add_seed (Run        *run,
          const char *path)
{
  char *content;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_ptr_array_add (run->seeds, g_bytes_new_take (content, length));
}

/* What scanners and programs write, small enough to be spoiled everywhere. */
static void
make_seeds (Run *run)
{
  g_autofree char *path = g_build_filename (run->dir, "seed", NULL);
  g_autofree char *to_path = g_build_filename (run->dir, "combined", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);
  g_autoptr (GError) error = NULL;

  scan_write_image (path, "png", 200, 283, "合同");
  add_seed (run, path);
  scan_write_image (path, "tiff", 100, 141, "合同");
  add_seed (run, path);
  scan_write_pdf (path, 2, "合同");
  add_seed (run, path);
  scan_write_pdf_text (path, "0 0 595 842", "");
  add_seed (run, path);
  scan_write_image (path, "jpeg", 200, 283, "合同");
  add_seed (run, path);
  yeji_examiner_combine (run->examiner, &file, 1, to, NULL, NULL, &error);
  g_assert_no_error (error);
  add_seed (run, to_path);
}

static const GBytes *
choose_seed (Run   *run,
             GRand *rand)
{
  return g_ptr_array_index (run->seeds, g_rand_int_range (rand, 0, (int) run->seeds->len));
}

static void
spoil_byte (GByteArray *bytes,
            GRand      *rand)
{
  guint at = (guint) g_rand_int_range (rand, 0, (int) bytes->len);

  switch (g_rand_int_range (rand, 0, 3))
    {
    case 0:
      bytes->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bytes->data[at] = g_rand_boolean (rand) ? 0 : 0xff;
      break;
    default:
      bytes->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
      break;
    }
}

/* Numbers of headers are what a decoder believes. */
static void
spoil_word (GByteArray *bytes,
            GRand      *rand)
{
  static const guint32 words[] = { 0, 1, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, 0x80000000 };
  guint32 word = words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
  guint length = g_rand_boolean (rand) ? 2 : 4;
  guint at = (guint) g_rand_int_range (rand, 0, (int) MIN (bytes->len, 512));

  if (g_rand_boolean (rand))
    word = GUINT32_SWAP_LE_BE (word);
  if (at + length <= bytes->len)
    memcpy (bytes->data + at, &word, length);
}

static void
spoil_piece (GByteArray *bytes,
             GRand      *rand)
{
  guint at = (guint) g_rand_int_range (rand, 0, (int) bytes->len);
  guint length = (guint) g_rand_int_range (rand, 1, 200);
  g_autofree guint8 *piece = NULL;

  length = MIN (length, bytes->len - at);
  if (g_rand_boolean (rand) && bytes->len > length)
    g_byte_array_remove_range (bytes, at, length);
  else
    {
      piece = g_memdup2 (bytes->data + at, length);
      g_byte_array_append (bytes, piece, length);
    }
}

/* Of a PDF, which says everything in figures. */
static void
spoil_number (GByteArray *bytes,
              GRand      *rand)
{
  const char *number = numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))];
  guint at = (guint) g_rand_int_range (rand, 0, (int) bytes->len);
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  guint end;

  while (at < bytes->len && !g_ascii_isdigit (bytes->data[at]))
    at++;
  for (end = at; end < bytes->len && g_ascii_isdigit (bytes->data[end]); end++)
    continue;
  g_byte_array_append (rest, bytes->data + end, bytes->len - end);
  g_byte_array_set_size (bytes, at);
  g_byte_array_append (bytes, (const guint8 *) number, (guint) strlen (number));
  g_byte_array_append (bytes, rest->data, rest->len);
}

static void
cut (GByteArray *bytes,
     GRand      *rand)
{
  g_byte_array_set_size (bytes, (guint) g_rand_int_range (rand, 1, (int) bytes->len + 1));
}

static void (* const spoilers[]) (GByteArray *bytes, GRand *rand) = {
  spoil_byte, spoil_byte, spoil_byte, spoil_word, spoil_word, spoil_piece, spoil_number,
  spoil_number, cut,
};

static GByteArray *
make_file (Run   *run,
           GRand *rand)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data ((GBytes *) choose_seed (run, rand), &length);

  g_byte_array_append (bytes, data, (guint) length);
  if (g_rand_int_range (rand, 0, 20) == 0)
    {
      cut (bytes, rand);
      data = g_bytes_get_data ((GBytes *) choose_seed (run, rand), &length);
      g_byte_array_append (bytes, data, (guint) length);
    }
  for (int n = g_rand_int_range (rand, 1, 9); n > 0 && bytes->len > 0; n--)
    spoilers[g_rand_int_range (rand, 0, G_N_ELEMENTS (spoilers))] (bytes, rand);
  return bytes;
}

static void
ask (Run     *run,
     GRand   *rand,
     GFile   *file,
     GFile   *to,
     GError **error)
{
  g_autoptr (YejiFindings) findings = NULL;

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      yeji_examiner_shrink (run->examiner, file, to, 20000, &findings, NULL, error);
      break;
    case 1:
      yeji_examiner_combine (run->examiner, &file, 1, to, &findings, NULL, error);
      break;
    case 2:
      yeji_examiner_thumbnail (run->examiner, file, 1, 192, to, NULL, error);
      break;
    default:
      findings = yeji_examiner_examine (run->examiner, file, NULL, error);
      break;
    }
}

static void
keep (guint             seed,
      const GByteArray *bytes)
{
  g_autofree char *name = g_strdup_printf ("file-%u", seed);
  g_autofree char *path = keep_dir != NULL ? g_build_filename (keep_dir, name, NULL) : NULL;

  g_print ("# file %u ended the process\n", seed);
  if (path != NULL && g_mkdir_with_parents (keep_dir, 0700) == 0)
    g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL);
}

static void
run_one (Run   *run,
         guint  seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GByteArray) bytes = make_file (run, rand);
  g_autofree char *path = g_build_filename (run->dir, "file", NULL);
  g_autofree char *to_path = g_build_filename (run->dir, "to", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  double seconds;

  g_assert_true (g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  ask (run, rand, file, to, &error);
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  run->slowest = MAX (run->slowest, seconds);
  if (error != NULL)
    g_assert_true (error->domain == YEJI_EXAMINER_ERROR);
  if (g_error_matches (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_FAILED))
    keep (seed, bytes);
  run->outcomes[error != NULL ? error->code + 1 : 0]++;
  /* A process that dies is asked three times at most. */
  if (seconds > LIMIT * 3 + GRACE)
    g_error ("file %u took %.1f s", seed, seconds);
}

/* kB that this process has in memory, 0 where nobody says. */
static guint64
measure_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static guint
count_names (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tell_run (const Run *run,
          guint      n)
{
  g_print ("# %u files, the slowest %.2f s: %u sound", n, run->slowest, run->outcomes[0]);
  for (guint i = 1; i < N_OUTCOMES; i++)
    g_print (", %u %s", run->outcomes[i], yeji_examiner_error_to_word (i - 1));
  g_print ("\n");
}

int
main (int    argc,
      char **argv)
{
  const YejiLimits limits = { .scan_dpi = 150, .scan_ink = 0.0002, .scan_pages = 20 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Run run = { yeji_test_dir_new (), g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
              yeji_examiner_new () };
  guint64 memory = 0;
  guint descriptors = 0;
  gint64 until;
  guint n = 0;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  yeji_examiner_set_limits (run.examiner, &limits);
  yeji_examiner_set_seconds (run.examiner, LIMIT);
  make_seeds (&run);
  until = g_get_monotonic_time () + n_seconds * G_USEC_PER_SEC;
  for (n = 0; n_seconds > 0 ? g_get_monotonic_time () < until : n < (guint) n_runs; n++)
    {
      run_one (&run, (guint) first_seed + n);
      if (n == WARM_UP)
        {
          memory = measure_memory ();
          descriptors = count_names ("/proc/self/fd");
        }
    }
  g_print ("1..1\n");
  tell_run (&run, n);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (run.outcomes[YEJI_EXAMINER_ERROR_MISSING + 1], ==, 0);
  if (n > WARM_UP)
    {
      g_assert_cmpuint (run.outcomes[0], >, 0);
      g_assert_cmpuint (run.outcomes[YEJI_EXAMINER_ERROR_UNREADABLE + 1], >, 0);
      g_assert_cmpuint (measure_memory (), <=, memory + MAX_GROWTH);
      g_assert_cmpuint (count_names ("/proc/self/fd"), <=, descriptors + 2);
    }
  yeji_examiner_close (run.examiner);
  g_assert_finalize_object (run.examiner);
  g_ptr_array_unref (run.seeds);
  yeji_test_dir_remove (run.dir);
  g_free (run.dir);
  g_print ("ok 1 /examine/hostile-files/are-answered-in-time\n");
  return 0;
}
