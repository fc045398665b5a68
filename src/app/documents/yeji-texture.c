// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-texture"

#include "config.h"

#include "yeji-texture.h"

#include <glib/gi18n.h>

/**
 * yeji_texture_new:
 *
 * Returns: (transfer full): a picture for the screen, of the same pixels
 */
GdkTexture *
yeji_texture_new (const YejiPagePicture *picture)
{
  return gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_DEFAULT,
                                 picture->pixels, picture->stride);
}

/**
 * yeji_page_error_to_sentence:
 *
 * Returns: (transfer full): why a document cannot be shown, and what can be done
 */
char *
yeji_page_error_to_sentence (const GError *error)
{
  static const char *const sentences[] = {
    [YEJI_PAGE_ERROR_UNREADABLE] = N_("The file is damaged or incomplete. Scan it again."),
    [YEJI_PAGE_ERROR_FOREIGN] = N_("Documents of this kind are not shown here. Open it with another"
                                   " program."),
    [YEJI_PAGE_ERROR_TOO_LARGE] = N_("It is too large to be shown here. Open it with another"
                                     " program."),
    [YEJI_PAGE_ERROR_LOCKED] = N_("It asks for a password, which reviewers do not have. Attach it"
                                  " without one."),
    [YEJI_PAGE_ERROR_SLOW] = N_("It takes too long to be shown. Open it with another program."),
  };

  if (error->domain == YEJI_PAGE_ERROR && error->code >= 0
      && (guint) error->code < G_N_ELEMENTS (sentences))
    return g_strdup (_(sentences[error->code]));
  return g_strdup (_("The file cannot be read."));
}
