// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-head"

#include "config.h"

#include "yeji-issue-head.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-tooltip.h"

struct _YejiIssueHead
{
  GObject parent_instance;

  YejiIssueHeadKind kind;
  char *key;                   /* of what it folds */
  char *label;
  guint count;
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (YejiIssueHead, yeji_issue_head, G_TYPE_OBJECT)

static void
yeji_issue_head_finalize (GObject *object)
{
  YejiIssueHead *self = YEJI_ISSUE_HEAD (object);

  g_free (self->key);
  g_free (self->label);
  G_OBJECT_CLASS (yeji_issue_head_parent_class)->finalize (object);
}

static void
yeji_issue_head_class_init (YejiIssueHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_issue_head_finalize;
}

static void
yeji_issue_head_init (YejiIssueHead *self)
{
}

/**
 * yeji_issue_head_new:
 * @key: what it stands above, the same for as long as the record is open
 * @count: how many are there; of YEJI_ISSUE_HEAD_MORE how many are not shown
 *
 * Returns: (transfer full): a line
 */
YejiIssueHead *
yeji_issue_head_new (YejiIssueHeadKind  kind,
                     const char        *key,
                     const char        *label,
                     guint              count,
                     gboolean           folded)
{
  YejiIssueHead *self = g_object_new (YEJI_TYPE_ISSUE_HEAD, NULL);

  self->kind = kind;
  self->key = g_strdup (key);
  self->label = g_strdup (label);
  self->count = count;
  self->folded = folded;
  return self;
}

YejiIssueHeadKind
yeji_issue_head_get_kind (YejiIssueHead *self)
{
  return self->kind;
}

const char *
yeji_issue_head_get_key (YejiIssueHead *self)
{
  return self->key;
}

const char *
yeji_issue_head_get_label (YejiIssueHead *self)
{
  return self->label;
}

guint
yeji_issue_head_get_count (YejiIssueHead *self)
{
  return self->count;
}

gboolean
yeji_issue_head_is_folded (YejiIssueHead *self)
{
  return self->folded;
}

/**
 * yeji_issue_head_equal:
 *
 * Returns: whether both look the same
 */
gboolean
yeji_issue_head_equal (YejiIssueHead *self,
                       YejiIssueHead *other)
{
  return self->kind == other->kind && self->count == other->count && self->folded == other->folded
         && g_str_equal (self->key, other->key) && g_str_equal (self->label, other->label);
}

static GtkWidget *
make_more (YejiIssueHead *self)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", self->count),
                                           self->count);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "yeji-more");
  return label;
}

static GtkWidget *
make_line (YejiIssueHead *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *arrow = gtk_image_new_from_icon_name (self->folded ? "pan-end-symbolic"
                                                                : "pan-down-symbolic");
  GtkWidget *label = gtk_label_new (self->label);
  g_autofree char *number = g_strdup_printf ("%u", self->count);
  GtkWidget *count = gtk_label_new (number);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  yeji_tooltip_set (label, self->label);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (line), arrow);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), count);
  return line;
}

/**
 * yeji_issue_head_make_row:
 *
 * Returns: (transfer floating): a row of a list box; to activate it is to fold or to unfold
 */
GtkWidget *
yeji_issue_head_make_row (YejiIssueHead *self)
{
  static const char * const styles[] = {
    [YEJI_ISSUE_HEAD_GROUP] = "group", [YEJI_ISSUE_HEAD_SECTION] = "section",
    [YEJI_ISSUE_HEAD_MORE] = "more",
  };
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = NULL;

  gtk_widget_add_css_class (row, "yeji-issue-head");
  gtk_widget_add_css_class (row, styles[self->kind]);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self->kind == YEJI_ISSUE_HEAD_MORE
                                                        ? make_more (self) : make_line (self));
  if (self->kind == YEJI_ISSUE_HEAD_MORE)
    name = g_strdup_printf (ngettext ("%s: Show %u More", "%s: Show %u More", self->count),
                            self->label, self->count);
  else
    {
      /* Translators: a kind of problem or a section, and how many there are */
      name = g_strdup_printf (_("%s (%u)"), self->label, self->count);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED,
                                   !self->folded, -1);
      yeji_a11y_set_description (row, self->folded ? _("Folded") : _("Unfolded"));
    }
  yeji_a11y_set_name (row, name);
  return row;
}
