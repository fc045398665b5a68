// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-petition.h"
#include "yeji-sql.h"

G_BEGIN_DECLS

/* On the database's thread, inside a transaction. */
gboolean yeji_petition_apply_answer (YejiStore          *self,
                                     YejiSql            *sql,
                                     const YejiPetition *answer,
                                     GError            **error);
gboolean yeji_petition_settle_state (YejiSql            *sql,
                                     const char         *uuid,
                                     GError            **error);

G_END_DECLS
