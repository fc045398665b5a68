// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The small picture of a file that is not in the profile yet; an icon until it is drawn, and where
 * it cannot be. */
#define YEJI_TYPE_FILE_PICTURE (yeji_file_picture_get_type ())

G_DECLARE_FINAL_TYPE (YejiFilePicture, yeji_file_picture, YEJI, FILE_PICTURE, AdwBin)

GtkWidget *yeji_file_picture_new (GFile *file,
                                  int    longest);

G_END_DECLS
