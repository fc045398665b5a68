// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"
#include "yeji-db.h"
#include "yeji-declared-project.h"

G_BEGIN_DECLS

/* What can become of a published project, as its page tells it. */
#define YEJI_PUBLICATION_PUBLISHED "published"
#define YEJI_PUBLICATION_REGRADED "regraded"
#define YEJI_PUBLICATION_CORRECTED "corrected"
#define YEJI_PUBLICATION_REVOKED "revoked"
#define YEJI_PUBLICATION_WITHDRAWN "withdrawn"

char     *yeji_publication_give_number (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        const char         *area,
                                        GError            **error);
gboolean  yeji_publication_write       (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        YejiCase           *approved,
                                        YejiRecord         *record,
                                        GError            **error);
gboolean  yeji_publication_note        (YejiSql            *sql,
                                        const char         *uuid,
                                        const char         *kind,
                                        const char         *office,
                                        const char         *reviewer,
                                        const char         *reason,
                                        JsonNode           *detail,
                                        GError            **error);
gboolean  yeji_publication_revoke      (YejiSql            *sql,
                                        const char         *uuid,
                                        const char         *kind,
                                        const char         *office,
                                        const char         *reviewer,
                                        const char         *reason,
                                        GError            **error);
char     *yeji_publication_keep        (YejiSql            *sql,
                                        const char         *uuid,
                                        GError            **error);
gboolean  yeji_publication_restore     (YejiSql            *sql,
                                        const char         *uuid,
                                        const char         *kept,
                                        GError            **error);
gboolean  yeji_publication_write_declared (YejiSql         *sql,
                                        const YejiDeclaredProject *project,
                                        gint64              batch,
                                        GError            **error);
char     *yeji_publication_make_uuid   (const char         *system,
                                        const char         *number);
gboolean  yeji_publication_list_unlisted (YejiSql          *sql,
                                        GPtrArray          *uuids,
                                        GError            **error);
gboolean  yeji_publication_list_again  (YejiServerContext  *context,
                                        YejiSql            *sql,
                                        const char         *uuid,
                                        GError            **error);

G_END_DECLS
