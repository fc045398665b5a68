// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-examiner"

#include "config.h"

#include "yeji-examiner-child.h"

#include <string.h>

#include "yeji-findings.h"
#include "yeji-platform.h"

#ifdef G_OS_WIN32
#define PROGRAM "yeji-examiner.exe"
#else
#define PROGRAM "yeji-examiner"
#endif

/* No answer is longer; what is, was not written by our program any more. */
#define MAX_ANSWER (1024 * 1024)

struct _YejiExaminerChild
{
  gatomicrefcount references;
  GSubprocess *process;
  guint n_asked;
};

static char *
take_if_there (char *path)
{
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE)
      && !g_file_test (path, G_FILE_TEST_IS_DIR))
    return path;
  g_free (path);
  return NULL;
}

/**
 * yeji_examiner_child_find:
 *
 * Looks for the examiner: where YEJI_EXAMINER says, else beside the running program, else where
 * programs lie that are not for people. Where the variable is set, nothing else is looked at.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
yeji_examiner_child_find (void)
{
  const char *named = g_getenv ("YEJI_EXAMINER");
  g_autofree char *beside = NULL;
  char *found;

  if (named != NULL && *named != '\0')
    return take_if_there (g_strdup (named));
  beside = yeji_platform_get_program_dir ();
  found = beside != NULL ? take_if_there (g_build_filename (beside, PROGRAM, NULL)) : NULL;
  return found != NULL ? found : take_if_there (g_build_filename (YEJI_LIBEXEC_DIR, PROGRAM, NULL));
}

/**
 * yeji_examiner_child_start:
 *
 * Returns: (transfer full) (nullable): the process, or %NULL with #YEJI_EXAMINER_ERROR_MISSING
 */
YejiExaminerChild *
yeji_examiner_child_start (GError **error)
{
  g_autofree char *program = yeji_examiner_child_find ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) reason = NULL;
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE;
  YejiExaminerChild *self;
  GSubprocess *process;

  if (program == NULL)
    {
      g_set_error_literal (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_MISSING,
                           "there is no " PROGRAM);
      return NULL;
    }
  /* What decoders complain of is nothing that anybody can act upon. */
  if (g_getenv ("G_MESSAGES_DEBUG") == NULL)
    flags |= G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  launcher = g_subprocess_launcher_new (flags);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_setenv (launcher, "GIO_USE_VFS", "local", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &reason, program, NULL);
  if (process == NULL)
    {
      g_set_error (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_MISSING, "%s: %s", program,
                   reason->message);
      return NULL;
    }
  self = g_new0 (YejiExaminerChild, 1);
  g_atomic_ref_count_init (&self->references);
  self->process = process;
  return self;
}

/**
 * yeji_examiner_child_is_alive:
 *
 * Returns: %FALSE when it is known to have ended
 */
gboolean
yeji_examiner_child_is_alive (YejiExaminerChild *self)
{
  return g_subprocess_get_identifier (self->process) != NULL;
}

guint
yeji_examiner_child_get_n_asked (YejiExaminerChild *self)
{
  return self->n_asked;
}

static gboolean
fail (GError     **error,
      const char  *reason)
{
  g_set_error_literal (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_FAILED, reason);
  return FALSE;
}

static gboolean
read_line (GInputStream  *stream,
           GByteArray    *answer,
           GError       **error)
{
  g_autoptr (GError) reason = NULL;
  guint8 piece[4096];

  while (answer->len == 0 || answer->data[answer->len - 1] != '\n')
    {
      gssize length = g_input_stream_read (stream, piece, sizeof piece, NULL, &reason);

      if (length < 0)
        return fail (error, reason->message);
      if (length == 0)
        return fail (error, "the examiner has ended");
      if (answer->len + (gsize) length > MAX_ANSWER)
        return fail (error, "an answer without end");
      g_byte_array_append (answer, piece, (guint) length);
    }
  return TRUE;
}

/**
 * yeji_examiner_child_ask:
 * @line: one object, without the line's end
 *
 * Asks, and waits for the answer or for the process to end. After an error the process is of no
 * more use.
 *
 * Returns: (transfer full): the answer's line, or %NULL with #YEJI_EXAMINER_ERROR_FAILED
 */
char *
yeji_examiner_child_ask (YejiExaminerChild  *self,
                         const char         *line,
                         GError            **error)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GError) reason = NULL;

  self->n_asked++;
  if (!yeji_platform_write_pipe (g_subprocess_get_stdin_pipe (self->process), text, strlen (text),
                                 &reason))
    {
      fail (error, reason->message);
      return NULL;
    }
  if (!read_line (g_subprocess_get_stdout_pipe (self->process), answer, error))
    return NULL;
  return g_strndup ((const char *) answer->data, answer->len - 1);
}

/**
 * yeji_examiner_child_kill:
 *
 * Ends the process at once; who waits for its answer gets an error. From any thread.
 */
void
yeji_examiner_child_kill (YejiExaminerChild *self)
{
  g_subprocess_force_exit (self->process);
}

YejiExaminerChild *
yeji_examiner_child_ref (YejiExaminerChild *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * yeji_examiner_child_unref:
 * @self: (transfer full)
 *
 * The last one ends the process.
 */
void
yeji_examiner_child_unref (YejiExaminerChild *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_subprocess_force_exit (self->process);
  g_object_unref (self->process);
  g_free (self);
}
