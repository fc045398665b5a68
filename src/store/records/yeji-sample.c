// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sample.h"

#include <string.h>

/* The records of data/samples/tour.json, which a clerk may look around in. All in them is invented,
 * so they are known by their uuids wherever they come to be: in a backup, on another computer. */
#define PREFIX "e8a3c1d0-5a3b-4e00-9e1d-"
/* Every name in them ends so: whoever reads one sees that nobody is called so. */
#define INVENTED "（虚构）"

G_DEFINE_QUARK (yeji-sample-error-quark, yeji_sample_error)

/**
 * yeji_sample_is:
 *
 * Returns: whether a record is one of the samples that come with the program
 */
gboolean
yeji_sample_is (const char *uuid)
{
  g_return_val_if_fail (uuid != NULL, FALSE);

  return g_ascii_strncasecmp (uuid, PREFIX, strlen (PREFIX)) == 0;
}

/**
 * yeji_sample_is_invented:
 * @body: a record as JSON
 *
 * Returns: whether a value in it still is one of a sample, by the mark that all their names carry
 */
gboolean
yeji_sample_is_invented (const char *body)
{
  g_return_val_if_fail (body != NULL, FALSE);

  return strstr (body, INVENTED) != NULL;
}
