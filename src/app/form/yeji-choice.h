// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One thing that a chooser offers. */
#define YEJI_TYPE_CHOICE (yeji_choice_get_type ())

G_DECLARE_FINAL_TYPE (YejiChoice, yeji_choice, YEJI, CHOICE, GObject)

YejiChoice *yeji_choice_new       (const char *value,
                                   const char *name);
YejiChoice *yeji_choice_new_with_details (const char *value,
                                   const char *name,
                                   const char *shown,
                                   const char *details);
const char *yeji_choice_get_shown (YejiChoice *self);
const char *yeji_choice_get_details (YejiChoice *self);
const char *yeji_choice_get_value (YejiChoice *self);
const char *yeji_choice_get_name  (YejiChoice *self);
void        yeji_choice_add_words (YejiChoice *self,
                                   const char *words);
gboolean    yeji_choice_matches   (YejiChoice *self,
                                   const char *text);

G_END_DECLS
