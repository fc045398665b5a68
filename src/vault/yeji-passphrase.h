// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a passphrase would stand, when somebody has the file that it opens and a room full of
 * computers, and each guess costs what YejiSealedHead asks for. */
typedef enum
{
  YEJI_PASSPHRASE_NONE,        /* there is none */
  YEJI_PASSPHRASE_WEAK,        /* hours */
  YEJI_PASSPHRASE_FAIR,        /* months */
  YEJI_PASSPHRASE_GOOD,        /* longer than the file is worth anything */
} YejiPassphraseStrength;

YejiPassphraseStrength yeji_passphrase_judge (const char *passphrase);

G_END_DECLS
