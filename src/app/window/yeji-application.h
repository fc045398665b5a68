// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define YEJI_TYPE_APPLICATION (yeji_application_get_type ())

G_DECLARE_FINAL_TYPE (YejiApplication, yeji_application, YEJI, APPLICATION, AdwApplication)

YejiApplication *yeji_application_new (void);
void             yeji_app_init        (void);

G_END_DECLS
