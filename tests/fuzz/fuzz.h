// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the fuzzers share: reading decisions off the input, and complaining. */

#pragma once

#include "yeji-live-check.h"

#include <stdint.h>

G_BEGIN_DECLS

/* The day on which every check is made. */
#define FUZZ_TODAY "2025-06-30"

/* The part of the input that was not read yet. */
typedef struct
{
  const guint8 *at;
  gsize size;
} FuzzBytes;

int             LLVMFuzzerInitialize (int             *argc,
                                      char          ***argv);
int             LLVMFuzzerTestOneInput (const uint8_t *data,
                                      size_t           size);

void            fuzz_begin           (void);
YejiDictionary *fuzz_load_built_in   (void);
guint           fuzz_take            (FuzzBytes       *bytes,
                                      guint            limit);
char           *fuzz_take_text       (FuzzBytes       *bytes,
                                      gsize            max);
void            fuzz_check_error     (const GError    *error);
GPtrArray      *fuzz_check_record    (YejiValidator   *validator,
                                      YejiLiveCheck   *live,
                                      YejiRecord      *record,
                                      const char * const *slots);

G_END_DECLS
