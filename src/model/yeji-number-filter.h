// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A key has so many letters and digits at least: what is shorter names no project. */
#define YEJI_NUMBER_MIN_KEY 6
/* What a filter of a million numbers fits into: bytes. */
#define YEJI_NUMBER_FILTER_SIZE 2000000
/* What is read at most: bytes. */
#define YEJI_NUMBER_FILTER_MAX (64 * 1024 * 1024)

#define YEJI_NUMBER_FILTER_ERROR (yeji_number_filter_error_quark ())

/**
 * YejiNumberFilterError:
 * @YEJI_NUMBER_FILTER_ERROR_DAMAGED: not what was made: the sum differs, or it is cut off
 * @YEJI_NUMBER_FILTER_ERROR_UNKNOWN: no filter, or one of another format
 */
typedef enum
{
  YEJI_NUMBER_FILTER_ERROR_DAMAGED,
  YEJI_NUMBER_FILTER_ERROR_UNKNOWN,
} YejiNumberFilterError;

/**
 * YejiNumberFilter:
 *
 * A set of numbers that is only asked whether it holds one: two bytes a number. A number that is in
 * it is always found; one that is not is found once in 2^bits, 16,384 for a million numbers. A
 * Golomb-coded set; docs/protocol.md describes the bytes. Immutable, so it may be used from any
 * thread.
 */
typedef struct _YejiNumberFilter YejiNumberFilter;

GQuark            yeji_number_filter_error_quark (void);

char             *yeji_number_fold              (const char        *number);
guint64           yeji_number_hash              (const char        *key);

GBytes           *yeji_number_filter_make       (guint64           *hashes,
                                                 gsize              n_hashes);
YejiNumberFilter *yeji_number_filter_new        (GBytes            *bytes,
                                                 GError           **error);
YejiNumberFilter *yeji_number_filter_ref        (YejiNumberFilter  *self);
void              yeji_number_filter_unref      (YejiNumberFilter  *self);
gboolean          yeji_number_filter_holds      (YejiNumberFilter  *self,
                                                 const char        *key);
guint             yeji_number_filter_get_count  (YejiNumberFilter  *self);
guint             yeji_number_filter_get_bits   (YejiNumberFilter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiNumberFilter, yeji_number_filter_unref)

G_END_DECLS
