// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-petition.h"
#include "yeji-wire.h"

G_BEGIN_DECLS

YejiPetition *yeji_petition_reader_read (JsonObject *object);

G_END_DECLS
