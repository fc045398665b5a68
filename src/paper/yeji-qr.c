// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-qr.h"

#include <errno.h>
#include <qrencode.h>

/* Light modules around the code, that the standard asks for. */
#define QUIET 4

struct _YejiQr
{
  QRcode *code;
};

/**
 * yeji_qr_new:
 * @text: UTF-8, up to about 2,300 bytes
 *
 * Makes a code of which 15 % may be lost (level M), as small as the text allows.
 *
 * Returns: (transfer full) (nullable): the code; %NULL with %G_IO_ERROR_MESSAGE_TOO_LARGE or
 *   %G_IO_ERROR_FAILED
 */
YejiQr *
yeji_qr_new (const char  *text,
             GError     **error)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  YejiQr *self;

  if (code == NULL)
    {
      g_set_error (error, G_IO_ERROR,
                   errno == ERANGE ? G_IO_ERROR_MESSAGE_TOO_LARGE : G_IO_ERROR_FAILED,
                   "no QR code: %s", g_strerror (errno));
      return NULL;
    }
  self = g_new (YejiQr, 1);
  self->code = code;
  return self;
}

/**
 * yeji_qr_get_width:
 *
 * Returns: modules in a row or column, without the light ones around
 */
guint
yeji_qr_get_width (const YejiQr *self)
{
  return (guint) self->code->width;
}

/**
 * yeji_qr_is_dark:
 *
 * Returns: whether a module is dark
 */
gboolean
yeji_qr_is_dark (const YejiQr *self,
                 guint         column,
                 guint         row)
{
  return (self->code->data[row * yeji_qr_get_width (self) + column] & 1) != 0;
}

/**
 * yeji_qr_draw:
 * @size: of the whole, with the light modules around it
 *
 * Draws the code black on white, whatever the theme: a camera wants it so. All of it is one path,
 * so that no hairline shows between two dark modules.
 */
void
yeji_qr_draw (const YejiQr *self,
              cairo_t      *cairo,
              double        x,
              double        y,
              double        size)
{
  const guint width = yeji_qr_get_width (self);
  const double module = size / (width + 2 * QUIET);

  cairo_save (cairo);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_rectangle (cairo, x, y, size, size);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (guint row = 0; row < width; row++)
    for (guint column = 0; column < width; column++)
      {
        guint first = column;

        while (column < width && yeji_qr_is_dark (self, column, row))
          column++;
        if (column > first)
          cairo_rectangle (cairo, x + (first + QUIET) * module, y + (row + QUIET) * module,
                           (column - first) * module, module);
      }
  cairo_fill (cairo);
  cairo_restore (cairo);
}

/**
 * yeji_qr_free:
 * @self: (transfer full)
 *
 * Frees the code.
 */
void
yeji_qr_free (YejiQr *self)
{
  QRcode_free (self->code);
  g_free (self);
}
