// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-digest.h"

G_BEGIN_DECLS

/* The sums of what has arrived of files that are being sent, so that no byte is read again to have
 * the sum of the whole. Any thread. What is not here any more is found by reading. */
typedef struct _YejiUploadSums YejiUploadSums;

YejiUploadSums *yeji_upload_sums_new  (void);
void            yeji_upload_sums_put  (YejiUploadSums  *self,
                                       const char      *id,
                                       gint64           offset,
                                       YejiDigest      *digest);
YejiDigest     *yeji_upload_sums_take (YejiUploadSums  *self,
                                       const char      *id,
                                       gint64           offset);
void            yeji_upload_sums_free (YejiUploadSums  *self);

G_END_DECLS
