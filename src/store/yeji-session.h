// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

/* In the profile's directory: which session has written to the database, or had when it ended
 * uncleanly. Its log is there then, too. */
#define YEJI_SESSION_FILE "session"

/* The session that has written to the database, until it ends. */
#define YEJI_SESSION_SETTING "session"

/* The last one that ended, or was found not to have ended. */
#define YEJI_SESSION_ENDED_SETTING "session.ended"

/* One that did not end, until the profile was checked. */
#define YEJI_SESSION_UNCHECKED_SETTING "session.unchecked"

char    *yeji_session_find_lost (const char  *directory);
gboolean yeji_session_begin     (YejiSql     *sql,
                                 const char  *lost,
                                 gboolean    *unclean,
                                 GError     **error);
gboolean yeji_session_mark      (YejiSql     *sql,
                                 const char  *id,
                                 GError     **error);
void     yeji_session_note      (const char  *directory,
                                 const char  *id);
gboolean yeji_session_end       (YejiSql     *sql,
                                 GError     **error);
void     yeji_session_forget    (const char  *directory);

G_END_DECLS
