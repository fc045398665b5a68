// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-commands.h"

G_BEGIN_DECLS

/* A command line, taken apart: YejiCliOptions. */
YejiCliOptions       *yeji_cli_options_parse       (char           **argv);
void                  yeji_cli_options_free        (YejiCliOptions  *self);
const YejiCliCommand *yeji_cli_options_get_command (YejiCliOptions  *self);
guint                 yeji_cli_options_get_n_args  (YejiCliOptions  *self);
char                **yeji_cli_options_get_args    (YejiCliOptions  *self);
const char           *yeji_cli_options_get         (YejiCliOptions  *self,
                                                    const char      *name);
gboolean              yeji_cli_options_has         (YejiCliOptions  *self,
                                                    const char      *name);
YejiExit              yeji_cli_options_complain    (YejiCliOptions  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCliOptions, yeji_cli_options_free)

/* The same for a command that runs. */
gboolean              yeji_cli_has                 (YejiCliSession  *session,
                                                    const char      *name);
const char           *yeji_cli_get                 (YejiCliSession  *session,
                                                    const char      *name);
const char * const   *yeji_cli_get_all             (YejiCliSession  *session,
                                                    const char      *name);
YejiExit              yeji_cli_complain_usage      (YejiCliSession  *session);

G_END_DECLS
