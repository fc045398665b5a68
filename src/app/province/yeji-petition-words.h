// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-petition.h"

G_BEGIN_DECLS

const char *yeji_petition_get_state_label (const YejiPetition *petition);
char       *yeji_petition_to_words        (const YejiPetition *petition);
char       *yeji_petition_load_words      (YejiStore          *store,
                                           const char         *uuid);

const char *yeji_petition_find_missing   (const YejiPetition *petition);
const char *yeji_petition_get_back_label (const YejiPetition *petition);

G_END_DECLS
