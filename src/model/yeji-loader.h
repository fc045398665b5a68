// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary-private.h"
#include "yeji-part.h"

G_BEGIN_DECLS

/* What the readers of a dictionary's parts share. */
typedef struct
{
  YejiDictionary *dictionary;
  YejiPartSource source;
  gpointer data;
  JsonObject *bundle;          /* file -> object, all that was read */
  GPtrArray *table_parts;      /* (element-type YejiPart), kept for the references between tables */
} YejiLoader;

YejiPart           *yeji_loader_open           (YejiLoader         *loader,
                                                const char         *file);
gboolean            yeji_loader_finish         (YejiPart           *part,
                                                GError            **error);
void                yeji_loader_enter          (YejiPart           *part,
                                                const char         *place,
                                                GHashTable         *by_id,
                                                const char         *id,
                                                gpointer            thing);
gpointer            yeji_loader_find           (YejiPart           *part,
                                                const char         *place,
                                                GHashTable         *by_id,
                                                const char         *id,
                                                const char         *what);
const YejiFieldDef *yeji_loader_find_field     (YejiLoader         *loader,
                                                YejiPart           *part,
                                                const char         *place,
                                                const char         *name);
GPtrArray          *yeji_loader_read_roles     (YejiLoader         *loader,
                                                YejiPart           *part,
                                                JsonObject         *object,
                                                const char         *place);
YejiCondition      *yeji_loader_read_condition (YejiLoader         *loader,
                                                YejiPart           *part,
                                                JsonObject         *object,
                                                const char         *place,
                                                const char         *member,
                                                const YejiTableDef *table);

/* yeji-carry-loader.c */
GPtrArray          *yeji_loader_read_carry     (YejiLoader         *loader,
                                                YejiPart           *part,
                                                JsonObject         *object,
                                                const char         *place,
                                                const YejiFieldDef *field);

/* yeji-matching-loader.c */
gboolean            yeji_loader_read_matching  (YejiLoader         *loader,
                                                const char         *name,
                                                GError            **error);

/* yeji-qualification-loader.c */
gboolean            yeji_loader_read_qualifications (YejiLoader    *loader,
                                                const char         *name,
                                                GError            **error);

/* yeji-normalise-loader.c */
gboolean            yeji_loader_read_normalisation (YejiLoader     *loader,
                                                const char         *name,
                                                GError            **error);

/* yeji-rule-loader.c */
void                yeji_loader_read_format    (YejiLoader         *loader,
                                                YejiPart           *part,
                                                JsonObject         *object,
                                                const char         *place);
void                yeji_loader_read_rule      (YejiLoader         *loader,
                                                YejiPart           *part,
                                                JsonObject         *object,
                                                const char         *place);

G_END_DECLS
