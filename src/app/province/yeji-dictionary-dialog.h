// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Says what another version of the dictionary will do. Signal "update" when the clerk wants it; the
 * dialog then waits until it is closed, or told that it failed. */
#define YEJI_TYPE_DICTIONARY_DIALOG (yeji_dictionary_dialog_get_type ())

G_DECLARE_FINAL_TYPE (YejiDictionaryDialog, yeji_dictionary_dialog, YEJI, DICTIONARY_DIALOG,
                      AdwWindow)

GtkWidget *yeji_dictionary_dialog_new    (GtkWindow            *parent,
                                          const char           *from,
                                          const char           *to,
                                          guint                 n_drafts);
void       yeji_dictionary_dialog_update (YejiDictionaryDialog *self);
void       yeji_dictionary_dialog_fail   (YejiDictionaryDialog *self,
                                          const char           *sentence);
const char *yeji_dictionary_dialog_get_error (YejiDictionaryDialog *self);

G_END_DECLS
