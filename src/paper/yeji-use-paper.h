// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

#include "yeji-language.h"
#include "yeji-paper.h"

G_BEGIN_DECLS

/* A qualification list on sheets of A4. */
YejiPaper *yeji_use_paper_new (JsonNode     *list,
                               YejiLanguage  language);

G_END_DECLS
