// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-facts.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

YejiFacts *yeji_facts_new_for (YejiValidator      *validator,
                               YejiRecord         *record,
                               GPtrArray          *problems,
                               const char * const *slots);

G_END_DECLS
