// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-page-source.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GdkTexture *yeji_texture_new           (const YejiPagePicture *picture);
char       *yeji_page_error_to_sentence (const GError         *error);

G_END_DECLS
