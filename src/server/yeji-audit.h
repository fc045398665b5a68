// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

gboolean yeji_audit_write (YejiSql     *sql,
                           const char  *who,
                           const char  *what,
                           const char  *uuid,
                           const char  *detail,
                           GError     **error);

G_END_DECLS
