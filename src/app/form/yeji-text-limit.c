// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-text-limit"

#include "config.h"

#include "yeji-text-limit.h"

/* Characters of a line that is shown and not edited: more than fit on any screen. To lay out a text
 * of a million letters, which a file may bring, takes a second. */
#define LINE_CHARS 1000

static void
on_insert_text (GtkTextBuffer *buffer,
                GtkTextIter   *place,
                char          *text,
                int            length,
                gpointer       data)
{
  int most = GPOINTER_TO_INT (data);
  int room = MAX (most - gtk_text_buffer_get_char_count (buffer), 0);
  glong wanted = g_utf8_strlen (text, length);

  if (wanted <= room)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  gdk_display_beep (gdk_display_get_default ());
  if (room > 0)
    gtk_text_buffer_insert (buffer, place, text,
                            (int) (g_utf8_offset_to_pointer (text, room) - text));
}

/**
 * yeji_text_limit_set:
 * @most: characters
 *
 * Lets a buffer take no more text than that; what is too much of a paste is not taken.
 */
void
yeji_text_limit_set (GtkTextBuffer *buffer,
                     guint          most)
{
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  g_signal_connect (buffer, "insert-text", G_CALLBACK (on_insert_text), GUINT_TO_POINTER (most));
}

/**
 * yeji_text_limit_line:
 * @text: of any length
 *
 * Returns: (transfer full): as much of @text as may be put into a line
 */
char *
yeji_text_limit_line (const char *text)
{
  g_autofree char *beginning = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) <= LINE_CHARS || g_utf8_strlen (text, -1) <= LINE_CHARS)
    return g_strdup (text);
  beginning = g_utf8_substring (text, 0, LINE_CHARS);
  return g_strconcat (beginning, "…", NULL);
}
