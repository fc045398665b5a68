// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-explain-dialog"

#include "config.h"

#include "yeji-explain-dialog.h"

#include <glib/gi18n.h>

#include "yeji-explanation.h"
#include "yeji-point.h"
#include "yeji-text-dialog.h"

typedef struct
{
  YejiDraft *draft;
  YejiIssue *point;
} Explaining;

static void
free_explaining (gpointer data)
{
  Explaining *explaining = data;

  g_object_unref (explaining->draft);
  g_object_unref (explaining->point);
  g_free (explaining);
}

static void
on_answer (const char *text,
           gpointer    data)
{
  Explaining *explaining = data;

  yeji_point_set_reply (explaining->draft, explaining->point, text);
}

/**
 * yeji_explain_dialog_new:
 * @point: one of the points of @draft
 *
 * Returns: (transfer none): a dialog that asks why something stays as it is, and keeps the answer
 *   for the reviewer; owned by GTK
 */
GtkWidget *
yeji_explain_dialog_new (GtkWindow *parent,
                         YejiDraft *draft,
                         YejiIssue *point)
{
  g_autofree char *place = yeji_issue_get_place (point);
  g_autofree char *body = g_strdup_printf ("%s\n“%s”", place, yeji_issue_get_message (point));
  const YejiTextQuestion question = {
    .title = _("Explain to the Reviewer"),
    .heading = _("Explain to the Reviewer"),
    .body = body,
    .name = _("Explanation"),
    .hint = _("Why it stays as it is, for the reviewer (Ctrl+Enter is done)"),
    .text = yeji_point_get_reply (draft, point),
    .max_length = YEJI_EXPLANATION_MAX_LENGTH,
    .done = _("_Explain"),
    .remove = _("_Take Back"),
  };
  Explaining *explaining = g_new0 (Explaining, 1);

  explaining->draft = g_object_ref (draft);
  explaining->point = g_object_ref (point);
  return yeji_text_dialog_new (parent, &question, on_answer, explaining, free_explaining);
}
