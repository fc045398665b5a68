// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"
#include "yeji-matching.h"
#include "yeji-normalisation.h"
#include "yeji-qualification.h"

G_BEGIN_DECLS

/* Gives the bytes of a part, NULL if there is none of that name. */
typedef GBytes *(*YejiPartSource) (const char *file,
                                   gpointer    data);

struct _YejiDictionary
{
  GObject parent_instance;

  char *id;
  char *version;
  char *standard;
  GStrv empty_values;
  gboolean begins_empty[256];  /* whether an empty value begins with this byte */
  char *missing_date;
  YejiLimits limits;
  GBytes *bundle;

  GPtrArray *code_lists;       /* (element-type YejiCodeList) */
  GPtrArray *tables;           /* (element-type YejiTableDef) */
  GPtrArray *roles;            /* (element-type YejiRole) */
  GPtrArray *slots;            /* (element-type YejiSlot) */
  GPtrArray *formats;          /* (element-type YejiFormat) */
  GPtrArray *rules;            /* (element-type YejiRule) */
  YejiNormalisation *normalisation;
  YejiMatching *matching;
  YejiQualifications *qualifications;

  /* by id, so that every lookup is O(1) */
  GHashTable *codes_by_id;
  GHashTable *tables_by_id;
  GHashTable *tables_by_member;
  GHashTable *roles_by_id;
  GHashTable *slots_by_id;
  GHashTable *formats_by_id;
  GHashTable *rules_by_id;
};

gboolean yeji_dictionary_load (YejiDictionary  *self,
                               YejiPartSource   source,
                               gpointer         data,
                               GError         **error);
void     yeji_field_def_free  (YejiFieldDef    *field);
char    *yeji_field_name_fold (const char      *name);

G_END_DECLS
