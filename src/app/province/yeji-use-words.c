// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How a qualification list stands, and what it adds up to, in words. */

#define G_LOG_DOMAIN "yeji-use-window"

#include "config.h"

#include "yeji-use-words.h"

#include <glib/gi18n.h>

#include "yeji-tooltip.h"

static const char * const state_words[N_YEJI_USE_STATES] = {
  [YEJI_USE_DRAFT] = NC_("qualification list", "Draft"),
  [YEJI_USE_QUEUED] = NC_("qualification list", "Waits to be sent"),
  [YEJI_USE_REFUSED] = NC_("qualification list", "Not taken"),
  [YEJI_USE_OPEN] = NC_("qualification list", "At the province"),
  [YEJI_USE_WITHDRAWING] = NC_("qualification list", "Being taken back"),
  [YEJI_USE_USED] = NC_("qualification list", "Used"),
  [YEJI_USE_WITHDRAWN] = NC_("qualification list", "Taken back"),
};

/**
 * yeji_use_list_describe:
 *
 * Returns: (transfer full): how it stands, and how many records it has
 */
char *
yeji_use_list_describe (const YejiUseList *list)
{
  const guint n = g_strv_length (list->records);
  const char *state = g_dpgettext2 (NULL, "qualification list", state_words[list->state]);
  g_autofree char *records = g_strdup_printf (ngettext ("%u record", "%u records", n), n);

  if (list->application != NULL && list->state == YEJI_USE_USED)
    return g_strdup_printf (_("Used by %s · %s"), list->application, records);
  return g_strdup_printf ("%s · %s", state, records);
}

/**
 * yeji_use_list_warn:
 *
 * Returns: (transfer full) (nullable): what somebody has to do about it
 */
char *
yeji_use_list_warn (const YejiUseList *list)
{
  if (list->state == YEJI_USE_REFUSED && list->message != NULL)
    return g_strdup (list->message);
  if (list->n_lost > 0 && list->state == YEJI_USE_OPEN)
    return g_strdup_printf (ngettext ("%u record of this list was revoked or changed and does not "
                                      "count any more. Take the list back and make another one.",
                                      "%u records of this list were revoked or changed and do not "
                                      "count any more. Take the list back and make another one.",
                                      list->n_lost), list->n_lost);
  if (list->n_lost > 0 && list->state == YEJI_USE_USED)
    return g_strdup_printf (ngettext ("%u record of this list does not count any more. Tell the "
                                      "office that has the application.",
                                      "%u records of this list do not count any more. Tell the "
                                      "office that has the application.",
                                      list->n_lost), list->n_lost);
  return NULL;
}

static GtkWidget *
make_label (GtkWidget  *box,
            const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  yeji_tooltip_set (label, text);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/**
 * yeji_use_list_make_row:
 *
 * Returns: (transfer floating): a row for a sidebar
 */
GtkWidget *
yeji_use_list_make_row (const YejiUseList *list)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *state = yeji_use_list_describe (list);
  g_autofree char *warning = yeji_use_list_warn (list);
  g_autofree char *all = g_strdup_printf ("%s, %s", list->name, state);
  GtkWidget *label;

  gtk_widget_set_hexpand (texts, TRUE);
  label = make_label (texts, list->name, NULL);
  gtk_widget_set_tooltip_text (label, list->name);
  label = make_label (texts, state, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (line), texts);
  if (warning != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      gtk_widget_set_tooltip_text (icon, warning);
      gtk_box_append (GTK_BOX (line), icon);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  return row;
}

static GtkWidget *
make_total (const YejiIndicator *indicator,
            double               value)
{
  const YejiLanguage language = yeji_language_get_current ();
  const char *unit = yeji_indicator_get_unit (indicator, language);
  g_autofree char *figure = yeji_indicator_print (indicator, value);
  g_autofree char *text = g_strdup_printf ("%s %s", figure, unit != NULL ? unit : "");
  g_autofree char *all = g_strdup_printf ("%s: %s", yeji_text_get (&indicator->label, language),
                                          text);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  label = make_label (box, yeji_text_get (&indicator->label, language), "caption");
  gtk_widget_add_css_class (label, "dim-label");
  label = make_label (box, text, "yeji-use-total");
  gtk_widget_add_css_class (label, "numeric");
  if (value <= 0)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
  return row;
}

/**
 * yeji_use_totals_fill:
 *
 * Shows what the records of the list add up to.
 */
void
yeji_use_totals_fill (GtkListBox          *box,
                      const YejiUseChoice *choice,
                      const YejiUseList   *list)
{
  g_autofree double *totals = yeji_use_choice_total (choice, (const char * const *) list->records);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_list_box_remove (box, child);
  for (guint i = 0; i < choice->kind->indicators->len; i++)
    gtk_list_box_append (box, make_total (g_ptr_array_index (choice->kind->indicators, i),
                                          totals[i]));
}

/**
 * yeji_use_choice_warn_twice:
 *
 * Returns: (transfer full) (nullable): which records of the list others carry, a line each; drafts
 *   do not count
 */
char *
yeji_use_choice_warn_twice (const YejiUseChoice *choice,
                            const YejiUseList   *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; list->records[i] != NULL; i++)
    {
      const YejiUseCandidate *candidate = yeji_use_choice_find (choice, list->records[i]);
      g_autoptr (GPtrArray) uses = yeji_use_choice_find_uses (choice, list->records[i], list->id);

      for (guint j = 0; j < uses->len; j++)
        {
          const YejiUseList *use = g_ptr_array_index (uses, j);

          if (use->state == YEJI_USE_DRAFT)
            continue;
          if (text->len > 0)
            g_string_append_c (text, '\n');
          g_string_append_printf (text, _("“%s” is in “%s”"),
                                  candidate != NULL ? candidate->name : list->records[i],
                                  use->name);
        }
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
