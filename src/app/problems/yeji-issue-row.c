// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-row"

#include "config.h"

#include "yeji-issue-row.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-issue-actions.h"
#include "yeji-messages.h"

/* How wide the texts want to be: in the pane at the side, and in a list of their own. */
#define PANE_CHARS 28
#define LIST_CHARS 48

static GtkWidget *
make_label (const char *text,
            const char *style,
            int         width)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Most problems of a new record are empty fields, about which nothing can be done but to fill them.
 * */
static gboolean
may_be_acted_on (YejiIssue *issue)
{
  const YejiFieldDef *field = yeji_issue_get_field (issue);

  return yeji_issue_is_keepable (issue)
         || (field != NULL && *yeji_row_get (yeji_issue_get_row (issue), field) != '\0');
}

static GtkWidget *
make_actions (YejiDraft *draft,
              YejiIssue *issue)
{
  YejiIssueActions *actions = g_object_new (YEJI_TYPE_ISSUE_ACTIONS, NULL);

  yeji_issue_actions_set_place (actions, draft, yeji_issue_get_row (issue),
                                yeji_issue_get_field (issue));
  yeji_issue_actions_set_issue (actions, issue);
  return GTK_WIDGET (actions);
}

/* What the clerk gave as reason, under what it was given for. */
static void
append_reason (GtkBox     *texts,
               const char *reason,
               int         width)
{
  g_autofree char *text = g_strdup_printf (_("Reason: %s"), reason);

  gtk_box_append (texts, make_label (text, "caption", width));
}

/**
 * yeji_issue_row_new_empty:
 *
 * Returns: (transfer floating): a row of a list box that says to screen readers what is wrong, and
 *   to nobody else until yeji_issue_row_fill()
 */
GtkWidget *
yeji_issue_row_new_empty (YejiIssue *issue)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *place = yeji_issue_get_place (issue);
  YejiSeverity severity = yeji_issue_get_severity (issue);
  g_autofree char *spoken = g_strdup_printf ("%s: %s: %s",
                                             yeji_issue_get_reason (issue) != NULL
                                               ? _("Kept") : yeji_severity_get_label (severity),
                                             place, yeji_issue_get_message (issue));

  if (yeji_issue_get_reason (issue) != NULL)
    gtk_widget_add_css_class (row, "kept");
  g_object_set_data_full (G_OBJECT (row), "issue", g_object_ref (issue), g_object_unref);
  yeji_a11y_set_name (row, spoken);
  return row;
}

/**
 * yeji_issue_row_fill:
 * @row: an empty one
 * @draft: (nullable): with buttons for what can be done about it
 * @wide: whether there is more room than in the pane
 *
 * Shows in a row what is wrong, and where.
 */
void
yeji_issue_row_fill (GtkListBoxRow *row,
                     YejiDraft     *draft,
                     gboolean       wide)
{
  YejiIssue *issue = yeji_issue_row_get_issue (row);
  const char *reason = yeji_issue_get_reason (issue);
  int width = wide ? LIST_CHARS : PANE_CHARS;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  YejiSeverity severity = yeji_issue_get_severity (issue);
  GtkWidget *icon = gtk_image_new_from_icon_name (reason != NULL ? "object-select-symbolic"
                                                    : yeji_severity_get_icon (severity));
  g_autofree char *place = yeji_issue_get_place (issue);
  GtkWidget *place_label = make_label (place, "caption", width);

  gtk_widget_add_css_class (icon, reason != NULL ? "kept" : yeji_severity_get_style (severity));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (place_label, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), place_label);
  gtk_box_append (GTK_BOX (texts), make_label (yeji_issue_get_message (issue), NULL, width));
  if (reason != NULL)
    append_reason (GTK_BOX (texts), reason, width);
  if (draft != NULL && may_be_acted_on (issue))
    gtk_box_append (GTK_BOX (texts), make_actions (draft, issue));
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_list_box_row_set_child (row, line);
}

/**
 * yeji_issue_row_new:
 * @draft: (nullable): with buttons for what can be done about it
 * @wide: whether there is more room than in the pane
 *
 * Returns: (transfer floating): a row of a list box that says what is wrong, and where
 */
GtkWidget *
yeji_issue_row_new (YejiIssue *issue,
                    YejiDraft *draft,
                    gboolean   wide)
{
  GtkWidget *row = yeji_issue_row_new_empty (issue);

  yeji_issue_row_fill (GTK_LIST_BOX_ROW (row), draft, wide);
  return row;
}

/**
 * yeji_issue_row_get_issue:
 *
 * Returns: (transfer none): what the row says
 */
YejiIssue *
yeji_issue_row_get_issue (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "issue");
}
