// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* In the profile's directory: something was said to be damaged: the next opening looks. */
#define YEJI_RECOVERY_WISH_FILE "yeji.sqlite.damaged"

/* Says whose file it is, so that another database's log is not taken for its own. */
#define YEJI_PROFILE_ID_SETTING "profile.id"

/* For tests: called before each step, whose state on the disk is what a kill would leave. */
typedef void (*YejiRecoveryStepFunc) (const char *directory,
                                      const char *step,
                                      gpointer    data);

gboolean yeji_recovery_prepare       (const char           *directory,
                                      GError              **error);
gboolean yeji_recovery_confirm       (const char           *directory,
                                      gboolean             *damaged,
                                      GError              **error);
gboolean yeji_recovery_run           (const char           *directory,
                                      const char           *reason,
                                      GError              **error);
gboolean yeji_recovery_wish          (const char           *directory,
                                      const char           *why,
                                      GError              **error);
gboolean yeji_recovery_write_notices (const char           *directory,
                                      YejiSql              *sql,
                                      GError              **error);
void     yeji_recovery_note_told     (const char           *directory);
void     yeji_recovery_set_step_func (YejiRecoveryStepFunc  func,
                                      gpointer              data);

G_END_DECLS
