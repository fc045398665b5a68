// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "gallery-petition.h"

#include "gallery-dialogs.h"
#include "yeji-petition-window.h"
#include "yeji-test.h"
#include "yeji-window-petition.h"

#define PATIENCE_MS 15000
#define APPROVED 1
#define POINTER "/project/Address"

static gboolean
is_saved (gpointer data)
{
  return yeji_petition_window_is_saved (data);
}

static void
write_reason (GtkWidget  *window,
              const char *text)
{
  GtkWidget *view = gallery_find_named (window, "GtkTextView");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  yeji_test_wait_until (is_saved, window, PATIENCE_MS);
}

static GtkWidget *
open_window (Gallery          *gallery,
             YejiPetitionKind  kind)
{
  GtkWidget *window;

  gallery_open_record (gallery, APPROVED);
  window = yeji_window_petition_open (gallery->window, kind);
  yeji_test_wait_until (is_saved, window, PATIENCE_MS);
  return window;
}

GtkWidget *
gallery_open_correction (Gallery *gallery)
{
  GtkWidget *window = open_window (gallery, YEJI_PETITION_CORRECTION);
  GtkWidget *focus;

  write_reason (window, "门牌号登记有误，以公安机关出具的证明为准（虚构）");
  yeji_petition_window_add_field (YEJI_PETITION_WINDOW (window), POINTER);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GTK_IS_EDITABLE (focus));
  gtk_editable_set_text (GTK_EDITABLE (focus), "示例市滨江大街2号（虚构）");
  yeji_test_wait_until (is_saved, window, PATIENCE_MS);
  return window;
}

GtkWidget *
gallery_open_withdrawal (Gallery *gallery)
{
  return open_window (gallery, YEJI_PETITION_WITHDRAWAL);
}
