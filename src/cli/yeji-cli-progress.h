// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-session.h"
#include "yeji-cli.h"

G_BEGIN_DECLS

/* How far a long command is, and whether it shall stop. */
typedef struct _YejiCliProgress YejiCliProgress;

YejiCliProgress *yeji_cli_progress_new             (YejiCliSession  *session,
                                                    const char      *label);
void             yeji_cli_progress_end             (YejiCliProgress *self);
void             yeji_cli_progress_set_label       (YejiCliProgress *self,
                                                    const char      *label);
void             yeji_cli_progress_step            (YejiCliProgress *self,
                                                    guint64          done,
                                                    guint64          total);
void             yeji_cli_progress_tell            (YejiCliProgress *self,
                                                    guint64          done,
                                                    guint64          total,
                                                    const char      *line);
GCancellable    *yeji_cli_progress_get_cancellable (YejiCliProgress *self);

/* For functions that tell how far they are; the data is the #YejiCliProgress. */
void             yeji_cli_progress_on_bytes        (guint64          done,
                                                    guint64          total,
                                                    gpointer         data);
void             yeji_cli_progress_on_count        (guint            done,
                                                    guint            total,
                                                    gpointer         data);

YejiExit         yeji_cli_fail                     (const char      *what,
                                                    const GError    *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCliProgress, yeji_cli_progress_end)

G_END_DECLS
