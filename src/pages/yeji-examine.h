// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

#include "yeji-page-source.h"

G_BEGIN_DECLS

/* Larger than anything that is sent, but what is to be shrunk may be large. */
#define YEJI_EXAMINE_MAX_SIZE (G_GINT64_CONSTANT (1) << 30)

/* What is made is called so while it is made; who finds one after a process has died deletes it. */
#define YEJI_EXAMINE_PART ".part"

/* Within the other process: where it may be lost. */
JsonNode *yeji_examine_answer (JsonNode    *request);

G_END_DECLS
