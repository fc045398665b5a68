// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sheets.h"

char *sheets_dump (const char  *path,
                   GError     **error);
