// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* A row's id beside its values; the standard has no field of this name. */
#define YEJI_RECORD_ROW_ID "id"

/* The members in which notes are written beside the tables. */
#define YEJI_RECORD_KEPT "kept"
#define YEJI_RECORD_ASIDE "aside"
#define YEJI_RECORD_REPLIES "replies"

struct _YejiRecord
{
  GObject parent_instance;

  YejiDictionary *dictionary;
  char *uuid;
  char *role;
  GPtrArray **rows;            /* by table index, (element-type YejiRow) */
  GHashTable *extras;          /* member name -> JSON text */
  GPtrArray *kept;             /* (element-type YejiKept): warnings, and behind them replies */
  GPtrArray *aside;            /* (element-type YejiAside) */
};

gboolean yeji_record_has_member (const char *name);
void yeji_record_notes_changed (YejiRecord *self);
void yeji_record_copy_notes    (YejiRecord *self,
                                YejiRecord *copy);

G_END_DECLS
