// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The filter of projects that other systems have, as a hostile province might send it. Its sum is
 * put right first: who computes it is not kept back by it. */

#include "config.h"

#include <string.h>

#include "yeji-digest.h"
#include "yeji-number-filter.h"

#include "fuzz.h"

#define SUM 32

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  fuzz_begin ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const keys[] = {
    "2201041603300001", "2201041603300001SX001", "2010施朝建字0009号", "ABCDEF",
  };
  g_autofree guint8 *bytes = g_malloc (size + SUM);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *key = yeji_number_fold (text);
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  guint8 sum[YEJI_DIGEST_MAX];
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (YejiNumberFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (bytes, data, size);
  yeji_digest_update (digest, data, size);
  yeji_digest_finish (digest, sum);
  memcpy (bytes + size, sum, SUM);
  whole = g_bytes_new (bytes, size + SUM);
  filter = yeji_number_filter_new (whole, &error);
  if ((filter == NULL) == (error == NULL))
    abort ();
  for (guint i = 0; filter != NULL && i < G_N_ELEMENTS (keys); i++)
    yeji_number_filter_holds (filter, keys[i]);
  if (key != NULL && g_utf8_strlen (key, -1) < YEJI_NUMBER_MIN_KEY)
    abort ();
  return 0;
}
