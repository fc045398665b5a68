// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* What a column of a system's list says of a project. */
typedef enum
{
  YEJI_DECLARED_COLUMN_NUMBERS,
  YEJI_DECLARED_COLUMN_NAME,
  YEJI_DECLARED_COLUMN_AREA,
  YEJI_DECLARED_COLUMN_ENTERPRISE,
  YEJI_DECLARED_COLUMN_STATE,
  YEJI_DECLARED_COLUMN_AT,
  N_YEJI_DECLARED_COLUMNS
} YejiDeclaredColumn;

/* A system in which projects are declared, as data/province/declared.json describes it. */
typedef struct
{
  char *id;
  YejiText label;
  GStrv names;                 /* other names that the command takes */
  GStrv columns[N_YEJI_DECLARED_COLUMNS]; /* what they are headed by, the best first */
  GHashTable *states;          /* word -> YEJI_DECLARED_... */
} YejiDeclaredSystem;

typedef struct _YejiDeclaredSystems YejiDeclaredSystems;

YejiDeclaredSystems      *yeji_declared_systems_new       (YejiDictionary             *dictionary,
                                                           GBytes                     *json,
                                                           GError                    **error);
YejiDeclaredSystems      *yeji_declared_systems_open      (YejiDictionary             *dictionary,
                                                           const char                 *data_dir,
                                                           GError                    **error);
const YejiDeclaredSystem *yeji_declared_systems_find      (const YejiDeclaredSystems  *self,
                                                           const char                 *name);
GPtrArray                *yeji_declared_systems_list      (const YejiDeclaredSystems  *self);
const YejiText           *yeji_declared_systems_get_text  (const YejiDeclaredSystems  *self,
                                                           const char                 *id);
const char               *yeji_declared_systems_get_label (const YejiDeclaredSystems  *self,
                                                           const char                 *id,
                                                           YejiLanguage                language);
char                     *yeji_declared_systems_read_area (const YejiDeclaredSystems  *self,
                                                           const char                 *text);
void                      yeji_declared_systems_free      (YejiDeclaredSystems        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiDeclaredSystems, yeji_declared_systems_free)

G_END_DECLS
