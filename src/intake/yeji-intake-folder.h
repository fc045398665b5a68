// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _YejiIntakeFolder YejiIntakeFolder;

YejiIntakeFolder *yeji_intake_folder_new   (GError           **error);
char             *yeji_intake_folder_place (YejiIntakeFolder  *self);
char             *yeji_intake_folder_name  (YejiIntakeFolder  *self,
                                            const char        *name);
void              yeji_intake_folder_sweep (void);
void              yeji_intake_folder_free  (YejiIntakeFolder  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiIntakeFolder, yeji_intake_folder_free)

G_END_DECLS
