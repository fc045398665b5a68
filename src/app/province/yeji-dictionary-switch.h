// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft-keeper.h"

G_BEGIN_DECLS

void       yeji_dictionary_switch_async  (YejiStore            *store,
                                          GList                *keepers,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray *yeji_dictionary_switch_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
