// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-notice.h"

G_BEGIN_DECLS

gboolean    yeji_notice_is_quiet   (const YejiNotice  *notice);
const char *yeji_notice_get_icon   (const YejiNotice  *notice);
char       *yeji_notice_get_title  (const YejiNotice  *notice);
char       *yeji_notice_get_text   (const YejiNotice  *notice);
char       *yeji_notice_get_folder (const YejiNotice  *notice,
                                    const char        *directory);

G_END_DECLS
