// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-counts"

#include "config.h"

#include "yeji-import-counts.h"

#include <glib/gi18n.h>

#include "yeji-import-words.h"
#include "yeji-tooltip.h"

/* How many records become what. */

/* (transfer full): what all updates change together */
static char *
sum_up_updates (YejiImportPlan *plan)
{
  YejiImportItem all = { YEJI_IMPORT_UPDATE };
  guint n = yeji_import_plan_get_n (plan);

  for (guint i = 0; i < n; i++)
    {
      const YejiImportItem *item = yeji_import_plan_get_item (plan, i);

      if (item->fate != YEJI_IMPORT_UPDATE)
        continue;
      all.n_values += item->n_values;
      all.n_rows += item->n_rows;
    }
  return yeji_import_item_to_text (&all, 0);
}

static GtkWidget *
make_pill (YejiImportPlan *plan,
           YejiImportFate  fate,
           guint           n)
{
  /* Translators: what becomes of records, and of how many: “New 12” */
  g_autofree char *text = g_strdup_printf (C_("count", "%s %u"), yeji_import_fate_to_text (fate),
                                           n);
  g_autofree char *updates = fate == YEJI_IMPORT_UPDATE ? sum_up_updates (plan) : NULL;
  GtkWidget *pill = gtk_label_new (text);

  gtk_widget_add_css_class (pill, "yeji-pill");
  gtk_widget_add_css_class (pill, "numeric");
  if (yeji_import_fate_to_style (fate) != NULL)
    gtk_widget_add_css_class (pill, yeji_import_fate_to_style (fate));
  yeji_tooltip_set (pill, updates != NULL ? updates : yeji_import_fate_to_help (fate));
  return pill;
}

/**
 * yeji_import_counts_fill:
 *
 * Shows how many records of a file become what.
 */
void
yeji_import_counts_fill (GtkBox         *box,
                         YejiImportPlan *plan)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint fate = 0; fate < N_YEJI_IMPORT_FATES; fate++)
    {
      guint n = yeji_import_plan_count (plan, fate);

      if (n > 0)
        gtk_box_append (box, make_pill (plan, fate, n));
    }
}
