// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"

G_BEGIN_DECLS

YejiResponse *yeji_removal_refuse  (YejiCase           *removed,
                                    YejiRequest        *request);
gboolean      yeji_removal_run     (YejiCase           *found,
                                    YejiServerContext  *context,
                                    YejiSql            *sql,
                                    const char         *who,
                                    const char         *reason,
                                    GError            **error);
void          yeji_removal_revive  (YejiCase           *removed);

/* yeji-removal-command.c */
int           yeji_removal_command (const char         *data_dir,
                                    GStrv               arguments);

G_END_DECLS
