// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/**
 * YejiNames:
 * @numbers: what the record has in the fields that were asked for
 *
 * What a record is called by.
 */
typedef struct
{
  char *uuid;
  char *role;
  char *name;
  char *number;
  GStrv numbers;
} YejiNames;

void       yeji_names_free          (YejiNames           *self);
GPtrArray *yeji_store_list_names    (YejiStore           *self,
                                     const char * const  *fields,
                                     GError             **error);
GStrv      yeji_store_list_taken    (YejiStore           *self,
                                     const char          *batch,
                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiNames, yeji_names_free)

G_END_DECLS
