// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * YejiPart:
 *
 * One file of a dictionary while it is read, strictly. The first thing wrong is kept with file and
 * place; after that every read gives a harmless default, so that a reader needs no error paths.
 */
typedef struct
{
  char *file;
  JsonNode *root;
  GError *error;
} YejiPart;

YejiPart   *yeji_part_new           (const char          *file,
                                     GBytes              *bytes);
void        yeji_part_free          (YejiPart            *self);
void        yeji_part_fail          (YejiPart            *self,
                                     const char          *place,
                                     YejiDictionaryError  code,
                                     const char          *format,
                                     ...) G_GNUC_PRINTF (4, 5);
JsonObject *yeji_part_get_root      (YejiPart            *self);
void        yeji_part_check_members (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *allowed);
const char *yeji_part_string        (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     gboolean             required);
const char *yeji_part_id            (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member);
void        yeji_part_text          (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     gboolean             required,
                                     YejiText            *text);
gint64      yeji_part_int           (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     gint64               min,
                                     gint64               fallback);
double      yeji_part_double        (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     double               fallback);
gboolean    yeji_part_true          (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member);
gboolean    yeji_part_false         (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member);
int         yeji_part_word          (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     const char * const  *words,
                                     guint                n_words,
                                     int                  fallback);
GStrv       yeji_part_strings       (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     gboolean             required);
JsonObject *yeji_part_object        (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member,
                                     gboolean             required);
void        yeji_part_check_count   (YejiPart            *self,
                                     const char          *place,
                                     const char          *member,
                                     JsonArray           *array,
                                     guint                max);
JsonArray  *yeji_part_objects       (YejiPart            *self,
                                     JsonObject          *object,
                                     const char          *place,
                                     const char          *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPart, yeji_part_free)

G_END_DECLS
