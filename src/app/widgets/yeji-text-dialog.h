// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The response that gives the answer. */
#define YEJI_TEXT_DIALOG_DONE "done"

/**
 * YejiTextAnswer:
 * @text: what was written, without blanks around it; "" where the old text is taken back
 */
typedef void (*YejiTextAnswer) (const char *text,
                                gpointer    data);

/* What a dialog asks for that takes some lines of text. All texts are translated. */
typedef struct
{
  const char *title;
  const char *heading;
  const char *body;
  const char *name;            /* of the text, for screen readers */
  const char *hint;            /* what is to be written */
  const char *text;            /* (nullable): that is there already */
  guint max_length;            /* characters */
  const char *done;            /* label of the button that gives the answer */
  const char *remove;          /* (nullable): label of the one that takes @text back */
  gboolean is_destructive;     /* so that the answer cannot be given by accident */
} YejiTextQuestion;

GtkWidget *yeji_text_dialog_new (GtkWindow              *parent,
                                 const YejiTextQuestion *question,
                                 YejiTextAnswer          answer,
                                 gpointer                data,
                                 GDestroyNotify          free_data);

G_END_DECLS
