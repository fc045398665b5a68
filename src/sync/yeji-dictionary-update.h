// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

typedef enum
{
  YEJI_DICTIONARY_SAME,        /* the province uses the one that counts here */
  YEJI_DICTIONARY_OFFERED,     /* another one is fetched and waits to be adopted */
  YEJI_DICTIONARY_REFUSED,     /* another one came, and was not taken */
} YejiDictionaryNews;

gboolean yeji_dictionary_update_run         (YejiStore           *store,
                                             YejiProvince        *province,
                                             YejiDictionaryNews  *news,
                                             GCancellable        *cancellable,
                                             GError             **error);
char    *yeji_dictionary_update_get_problem (YejiStore           *store,
                                             YejiLanguage         language);
gboolean yeji_dictionary_update_forget_key  (YejiStore           *store,
                                             GError             **error);

G_END_DECLS
