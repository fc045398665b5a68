// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What becomes of us when the other process does what it likes. */

#include "yeji-examiner.h"

#include "yeji-test.h"

/* Pipes of Windows are slower, and those of wine slower still. */
#ifdef G_OS_UNIX
#define SECONDS 1
#else
#define SECONDS 5
#endif

typedef struct
{
  char *dir;
  YejiExaminer *examiner;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_setenv ("YEJI_EXAMINER", g_getenv ("YEJI_FAKE_EXAMINER"), TRUE);
  fixture->dir = yeji_test_dir_new ();
  fixture->examiner = yeji_examiner_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_examiner_close (fixture->examiner);
  g_assert_finalize_object (fixture->examiner);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static GFile *
name_file (Fixture    *fixture,
           const char *name)
{
  return g_file_new_build_filename (fixture->dir, name, NULL);
}

static void
examine (Fixture    *fixture,
         const char *name,
         int         code)
{
  g_autoptr (GFile) file = name_file (fixture, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiFindings) findings = yeji_examiner_examine (fixture->examiner, file, NULL,
                                                             &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (findings->media_type, ==, "image/jpeg");
      return;
    }
  g_assert_null (findings);
  g_assert_error (error, YEJI_EXAMINER_ERROR, code);
}

/* One file is lost, the next one is not. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *name;
    int code;
  } cases[] = {
    { "a", -1 },
    { "die-always", YEJI_EXAMINER_ERROR_FAILED },
    { "flood", YEJI_EXAMINER_ERROR_FAILED },
    { "rubbish", YEJI_EXAMINER_ERROR_FAILED },
#ifdef G_OS_UNIX   /* a pipe of wine gives the lines one by one: the next file gets the second */
    { "twice", YEJI_EXAMINER_ERROR_FAILED },
#endif
    { "late", YEJI_EXAMINER_ERROR_FAILED },
    { "nonsense", YEJI_EXAMINER_ERROR_FAILED },
    { "silent", YEJI_EXAMINER_ERROR_FAILED },
    { "hang", YEJI_EXAMINER_ERROR_SLOW },
    { "die-old", -1 },
    { "die-old", -1 },
    { "die-curious", -1 },
  };

  yeji_examiner_set_seconds (fixture->examiner, SECONDS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].name);
      examine (fixture, cases[i].name, cases[i].code);
      examine (fixture, "next", -1);
    }
}

typedef struct
{
  YejiExaminer *examiner;
  GFile *file;
  GCancellable *cancellable;
  GError *error;
  guint n;                     /* times */
  guint n_done;
} Job;

static gpointer
run_job (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < job->n && job->error == NULL; i++)
    {
      g_autoptr (YejiFindings) findings = yeji_examiner_examine (job->examiner, job->file,
                                                                 job->cancellable, &job->error);

      job->n_done += findings != NULL;
    }
  return NULL;
}

static gboolean
has_begun (gpointer data)
{
  g_autofree char *path = g_file_get_path (data);
  g_autofree char *begun = g_strconcat (path, ".begun", NULL);

  return g_file_test (begun, G_FILE_TEST_EXISTS);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until_begun (GFile *file)
{
  guint source = g_timeout_add (5, tick, NULL);

  yeji_test_wait_until (has_begun, file, 10000);
  g_source_remove (source);
}

/* Who waits for its turn can be stopped as well as who waits for an answer. */
static void
test_is_cancelled (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GFile) file = name_file (fixture, "hang");
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();
  Job jobs[] = {
    { fixture->examiner, file, first, NULL, 1 },
    { fixture->examiner, file, second, NULL, 1 },
  };
  GThread *asking = g_thread_new ("asks", run_job, &jobs[0]);
  GThread *waiting;

  wait_until_begun (file);
  waiting = g_thread_new ("waits", run_job, &jobs[1]);
  g_cancellable_cancel (second);
  g_thread_join (waiting);
  g_assert_error (jobs[1].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_cancel (first);
  g_thread_join (asking);
  g_assert_error (jobs[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&jobs[0].error);
  g_clear_error (&jobs[1].error);
  examine (fixture, "next", -1);
}

static void
test_takes_turns (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const names[] = { "a", "die-old", "die-curious", "b" };
  Job jobs[G_N_ELEMENTS (names)] = { 0 };
  GThread *threads[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      jobs[i] = (Job) { fixture->examiner, name_file (fixture, names[i]), NULL, NULL, 20 };
      threads[i] = g_thread_new (names[i], run_job, &jobs[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_thread_join (threads[i]);
      g_assert_no_error (jobs[i].error);
      g_assert_cmpuint (jobs[i].n_done, ==, 20);
      g_object_unref (jobs[i].file);
    }
}

/* Closing waits for nobody who hangs. */
static void
test_is_closed (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) file = name_file (fixture, "hang");
  Job job = { fixture->examiner, file, NULL, NULL, 1 };
  GThread *asking = g_thread_new ("asks", run_job, &job);

  wait_until_begun (file);
  yeji_examiner_close (fixture->examiner);
  g_thread_join (asking);
  g_assert_error (job.error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_FAILED);
  g_clear_error (&job.error);
  examine (fixture, "next", YEJI_EXAMINER_ERROR_FAILED);
}

static void
test_is_missing (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GFile) file = name_file (fixture, "a");
  g_autoptr (YejiFindings) findings = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_examiner_is_there ());
  g_setenv ("YEJI_EXAMINER", fixture->dir, TRUE);
  g_assert_false (yeji_examiner_is_there ());
  examine (fixture, "a", YEJI_EXAMINER_ERROR_MISSING);
  findings = yeji_examiner_look (fixture->examiner, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (findings->failure, ==, "missing");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/examine/examiner/goes-on-with-the-next-file", test_goes_on);
  ADD ("/examine/examiner/is-cancelled-at-any-time", test_is_cancelled);
  ADD ("/examine/examiner/takes-turns", test_takes_turns);
  ADD ("/examine/examiner/is-closed-while-somebody-asks", test_is_closed);
  ADD ("/examine/examiner/says-when-it-is-not-there", test_is_missing);
#undef ADD

  return g_test_run ();
}
