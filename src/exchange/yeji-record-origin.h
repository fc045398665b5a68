// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-move.h"

G_BEGIN_DECLS

/**
 * YejiFindDictionary:
 * @dictionary: (out) (transfer full) (nullable): %NULL when the version is not known
 *
 * Finds a version of the dictionary.
 */
typedef gboolean (*YejiFindDictionary) (gpointer          data,
                                        const char       *version,
                                        YejiDictionary  **dictionary,
                                        GError          **error);

/**
 * YejiRecordOrigin:
 * @uuid: of a record that names another version of the dictionary
 * @version: the one that it names
 * @notes: (nullable) (element-type YejiMoveNote): what became of it; %NULL when the version is not
 *     known, and the record was read as if it named the present one
 */
typedef struct
{
  char *uuid;
  char *version;
  GPtrArray *notes;
} YejiRecordOrigin;

GPtrArray *yeji_record_origin_read (YejiDictionary      *dictionary,
                                    const char          *path,
                                    YejiFindDictionary   find,
                                    gpointer             data,
                                    GPtrArray          **origins,
                                    GError             **error);
void       yeji_record_origin_free (YejiRecordOrigin    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiRecordOrigin, yeji_record_origin_free)

G_END_DECLS
