// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-reply.h"
#include "yeji-store.h"

G_BEGIN_DECLS

YejiAnswer *yeji_change_reader_read        (JsonObject   *object,
                                            GError      **error);
YejiAnswer *yeji_change_reader_read_record (YejiReply    *reply,
                                            const char   *uuid,
                                            GError      **error);
YejiAnswer *yeji_change_reader_read_current (JsonObject  *object,
                                            const char  *uuid,
                                            const char  *revision,
                                            GError     **error);

G_END_DECLS
