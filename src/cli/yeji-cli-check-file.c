// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-check-file.h"

#include "yeji-cli-output.h"
#include "yeji-cli-stdin.h"
#include "yeji-record-file.h"
#include "yeji-record-reader.h"

/* Jobs in hand for each thread: enough that none waits for the file or for the output. */
#define DEPTH 4

/* Bytes of small records that go together, so that the threads talk seldom. */
#define BATCH ((gsize) 128 << 10)

/* Bytes of records in hand; one larger record is in hand alone. */
#define MAX_BYTES ((gsize) 16 << 20)

/* Bytes of a text that is kept to be used again. */
#define MAX_SPARE ((gsize) 256 << 10)

/* A record in the texts of a job; @place is where its own begins. */
typedef struct
{
  gsize start;
  gsize length;
  gsize place;
} Part;

/* Some records on their way, one behind the other. Everything but @done belongs to the one who has
 * it at the moment. */
typedef struct
{
  GString *text;
  GString *places;             /* each with its NUL */
  GArray *parts;               /* (element-type Part) */
  GString *output;
  guint n_errors;
  GError *error;               /* (nullable) */
  gboolean done;               /* with the lock */
} Job;

/* The file is read by the calling thread, which prints too, in the order of the file; the records
 * are read and checked by the threads of a pool. */
typedef struct
{
  YejiCliSession *session;
  YejiCliProblems *problems;
  const char *source;
  YejiCliProgress *progress;
  guint n_records;
  GThreadPool *pool;
  GQueue jobs;                 /* (element-type Job), in the order of the file */
  GQueue spare;                /* (element-type Job): used again, since their texts are large */
  Job *open;                   /* (nullable): the last of @jobs, while it is filled */
  gsize bytes;                 /* of the texts in @jobs */
  guint max_jobs;
  GMutex lock;
  GCond finished;
  Job *awaited;                /* (nullable): for which the calling thread waits, with the lock */
} Run;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_string_free (job->text, TRUE);
  g_string_free (job->places, TRUE);
  g_array_unref (job->parts);
  g_string_free (job->output, TRUE);
  g_clear_error (&job->error);
  g_free (job);
}

static Job *
get_job (Run *run)
{
  Job *job = g_queue_pop_head (&run->spare);

  if (job == NULL)
    {
      job = g_new0 (Job, 1);
      job->text = g_string_new (NULL);
      job->places = g_string_new (NULL);
      job->parts = g_array_new (FALSE, FALSE, sizeof (Part));
      job->output = g_string_new (NULL);
    }
  return job;
}

static void
put_job (Run *run,
         Job *job)
{
  if (job->text->allocated_len > MAX_SPARE || job->output->allocated_len > MAX_SPARE)
    {
      free_job (job);
      return;
    }
  g_string_truncate (job->text, 0);
  g_string_truncate (job->places, 0);
  g_array_set_size (job->parts, 0);
  g_string_truncate (job->output, 0);
  job->n_errors = 0;
  job->done = FALSE;
  g_queue_push_head (&run->spare, job);
}

static gboolean
check_part (Run        *run,
            Job        *job,
            const Part *part)
{
  YejiDictionary *dictionary = yeji_cli_session_get_dictionary (run->session);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  record = yeji_record_file_parse (dictionary, job->text->str + part->start, part->length,
                                   job->places->str + part->place, &job->error);
  if (record == NULL)
    return FALSE;
  problems = yeji_cli_session_check (run->session, record, FALSE, NULL);
  yeji_cli_problems_format (run->problems, job->output, problems, yeji_record_get_uuid (record),
                            run->source);
  job->n_errors += yeji_problems_count (problems, YEJI_SEVERITY_ERROR);
  return TRUE;
}

static void
check_job (gpointer data,
           gpointer user_data)
{
  Job *job = data;
  Run *run = user_data;

  for (guint i = 0; i < job->parts->len; i++)
    if (!check_part (run, job, &g_array_index (job->parts, Part, i)))
      break;
  g_mutex_lock (&run->lock);
  job->done = TRUE;
  if (run->awaited == job)
    g_cond_signal (&run->finished);
  g_mutex_unlock (&run->lock);
}

static void
wait_for (Run *run,
          Job *job)
{
  g_mutex_lock (&run->lock);
  run->awaited = job;
  while (!job->done)
    g_cond_wait (&run->finished, &run->lock);
  run->awaited = NULL;
  g_mutex_unlock (&run->lock);
}

/* Waits for the oldest job and prints what was found. */
static gboolean
print_oldest (Run     *run,
              GError **error)
{
  Job *job = g_queue_peek_head (&run->jobs);

  wait_for (run, job);
  yeji_cli_problems_print (run->problems, job->output->str, job->n_errors);
  if (job->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return FALSE;
    }
  run->bytes -= job->text->len;
  put_job (run, g_queue_pop_head (&run->jobs));
  return TRUE;
}

/* Makes room by half, so that the threads change seldom. */
static gboolean
print_some (Run     *run,
            GError **error)
{
  guint half = run->jobs.length / 2;

  wait_for (run, g_queue_peek_nth (&run->jobs, half));
  do
    if (!print_oldest (run, error))
      return FALSE;
  while (run->jobs.length > half);
  return TRUE;
}

/* Hands the job that is filled to the threads. */
static gboolean
close_job (Run     *run,
           GError **error)
{
  Job *job = g_steal_pointer (&run->open);

  return job == NULL || g_thread_pool_push (run->pool, job, error);
}

static gboolean
open_job (Run     *run,
          gsize    length,
          GError **error)
{
  if (!close_job (run, error))
    return FALSE;
  while (!g_queue_is_empty (&run->jobs)
         && (run->jobs.length >= run->max_jobs || run->bytes + length > MAX_BYTES))
    if (!print_some (run, error))
      return FALSE;
  run->open = get_job (run);
  g_queue_push_tail (&run->jobs, run->open);
  return TRUE;
}

static gboolean
push_record (Run         *run,
             const char  *text,
             gsize        length,
             const char  *place,
             GError     **error)
{
  Part part = { 0, length, 0 };
  Job *job = run->open;

  if ((job == NULL || job->text->len + length > BATCH) && !open_job (run, length, error))
    return FALSE;
  job = run->open;
  part.start = job->text->len;
  part.place = job->places->len;
  g_array_append_val (job->parts, part);
  g_string_append_len (job->text, text, (gssize) length);
  g_string_append (job->places, place);
  g_string_append_c (job->places, '\0');
  run->bytes += length;
  return TRUE;
}

/* Nobody knows how many there will be. */
static gboolean
tell (Run     *run,
      GError **error)
{
  char line[64];

  g_snprintf (line, sizeof line, "%s %u", run->source, ++run->n_records);
  yeji_cli_progress_tell (run->progress, run->n_records, 0, line);
  return !g_cancellable_set_error_if_cancelled (yeji_cli_progress_get_cancellable (run->progress),
                                                error);
}

static gboolean
check_stream (Run           *run,
              GInputStream  *stream,
              GError       **error)
{
  g_autoptr (YejiRecordReader) reader = yeji_record_reader_new (stream);
  g_autoptr (GError) reason = NULL;
  const char *text;
  gsize length;

  while (yeji_record_reader_next (reader, &text, &length, &reason))
    if (!tell (run, error)
        || !push_record (run, text, length, yeji_record_reader_get_place (reader), error))
      return FALSE;
  if (!close_job (run, error))
    return FALSE;
  while (!g_queue_is_empty (&run->jobs))   /* what was before the damage is printed first */
    if (!print_oldest (run, error))
      return FALSE;
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * yeji_cli_check_file:
 * @progress: tells how many it were, and stops it
 * @path: a record file, `-` for standard input
 *
 * Checks the records of a file and prints the problems of each as soon as those before are printed.
 * Holds a bounded number of records, however many the file has. At damage it ends with a complaint.
 *
 * Returns: %FALSE after a complaint
 */
gboolean
yeji_cli_check_file (YejiCliSession  *session,
                     YejiCliProblems *problems,
                     YejiCliProgress *progress,
                     const char      *path)
{
  gboolean standard_input = g_str_equal (path, "-");
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = standard_input ? yeji_cli_stdin_new ()
                                                   : yeji_record_file_open (path, &error);
  Run run = { session, problems, path, progress };
  guint n_threads = g_get_num_processors ();
  gboolean done = FALSE;

  g_mutex_init (&run.lock);
  g_cond_init (&run.finished);
  g_queue_init (&run.jobs);
  g_queue_init (&run.spare);
  run.max_jobs = n_threads * DEPTH;
  if (stream != NULL)
    run.pool = g_thread_pool_new (check_job, &run, (int) n_threads, FALSE, &error);
  if (run.pool != NULL)
    {
      done = check_stream (&run, stream, &error);
      g_thread_pool_free (run.pool, TRUE, TRUE);   /* what nobody will print is not begun */
    }
  g_queue_clear_full (&run.jobs, free_job);
  g_queue_clear_full (&run.spare, free_job);
  g_cond_clear (&run.finished);
  g_mutex_clear (&run.lock);
  if (!done)
    yeji_cli_fail (path, error);
  return done;
}
