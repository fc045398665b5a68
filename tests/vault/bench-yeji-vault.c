// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What it costs to seal and to unseal a number, and to open a lock. */

#include "config.h"

#include <stdio.h>

#include "yeji-vault.h"

#define N 100000
#define PLACE "record/3b241101-e2bb-4255-8caf-4136c566a962/participants/r1/PersonIDCard"

int
main (void)
{
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autofree char *token = yeji_vault_seal (vault, "220102198001011234", 1, PLACE);
  g_autofree char *chest = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N; i++)
    g_free (yeji_vault_seal (vault, "220102198001011234", i, PLACE));
  printf ("seal      %.2f us\n", (double) (g_get_monotonic_time () - start) / N);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N; i++)
    g_free (yeji_vault_unseal (vault, token, PLACE, NULL));
  printf ("unseal    %.2f us\n", (double) (g_get_monotonic_time () - start) / N);
  start = g_get_monotonic_time ();
  yeji_vault_set_lock (vault, YEJI_VAULT_PASSPHRASE, "passphrase", NULL);
  printf ("lock      %.1f ms\n", (double) (g_get_monotonic_time () - start) / 1000);
  chest = yeji_vault_to_text (vault);
  start = g_get_monotonic_time ();
  yeji_vault_free (yeji_vault_open (chest, yeji_vault_get_secret (vault), NULL));
  printf ("open      %.1f us\n", (double) (g_get_monotonic_time () - start));
  return 0;
}
