// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YejiVersionOrder:
 * @YEJI_VERSION_NONE: the text is no version
 * @YEJI_VERSION_OLDER: an older protocol than ours
 * @YEJI_VERSION_OURS: one that we speak
 * @YEJI_VERSION_NEWER: a newer one
 *
 * Who is behind, when a peer says which version of the protocol it speaks.
 */
typedef enum
{
  YEJI_VERSION_NONE,
  YEJI_VERSION_OLDER,
  YEJI_VERSION_OURS,
  YEJI_VERSION_NEWER,
} YejiVersionOrder;

YejiVersionOrder yeji_version_compare (const char *text);

G_END_DECLS
