// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-stdin.h"

#include <errno.h>
#include <stdio.h>

/* Standard input as a stream; GIO's own are one for each system. */
#define YEJI_TYPE_CLI_STDIN (yeji_cli_stdin_get_type ())

G_DECLARE_FINAL_TYPE (YejiCliStdin, yeji_cli_stdin, YEJI, CLI_STDIN, GInputStream)

struct _YejiCliStdin
{
  GInputStream parent_instance;
};

G_DEFINE_FINAL_TYPE (YejiCliStdin, yeji_cli_stdin, G_TYPE_INPUT_STREAM)

static gssize
yeji_cli_stdin_read (GInputStream  *stream,
                     void          *buffer,
                     gsize          count,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gsize n = fread (buffer, 1, count, stdin);
  int code = errno;

  if (n > 0 || !ferror (stdin))
    return (gssize) n;
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), g_strerror (code));
  return -1;
}

static void
yeji_cli_stdin_class_init (YejiCliStdinClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = yeji_cli_stdin_read;
}

static void
yeji_cli_stdin_init (YejiCliStdin *self)
{
}

/**
 * yeji_cli_stdin_new:
 *
 * Returns: (transfer full): standard input
 */
GInputStream *
yeji_cli_stdin_new (void)
{
  return g_object_new (YEJI_TYPE_CLI_STDIN, NULL);
}
