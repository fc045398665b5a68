// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-plan.h"
#include "yeji-validator.h"

G_BEGIN_DECLS

const YejiPlan *yeji_validator_get_plan (YejiValidator *self);

G_END_DECLS
