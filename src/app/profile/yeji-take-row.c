// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-take-row"

#include "config.h"

#include "yeji-take-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yeji-a11y.h"

/* What becomes of a record, in a word and in a sentence. */
static const struct
{
  const char *word;
  const char *sentence;
  const char *style;
} kinds[N_YEJI_TAKE_KINDS] = {
  [YEJI_TAKE_NEW] = { NC_("what becomes of a record", "New"),
                      N_("It is not here yet."), "success" },
  [YEJI_TAKE_SAME] = { NC_("what becomes of a record", "The Same"),
                       N_("It says the same here."), "dim-label" },
  [YEJI_TAKE_OLDER] = { NC_("what becomes of a record", "Newer Here"),
                        N_("What came is in it already."), "dim-label" },
  [YEJI_TAKE_FOLLOWED] = { NC_("what becomes of a record", "Brought Up to Date"),
                           N_("Only there it was gone on with."), "accent" },
  [YEJI_TAKE_MERGED] = { NC_("what becomes of a record", "Merged"),
                         N_("Both were gone on with, in different places."), "accent" },
  [YEJI_TAKE_CONFLICT] = { NC_("what becomes of a record", "To Be Decided"), NULL, "warning" },
  [YEJI_TAKE_FIXED] = { NC_("what becomes of a record", "Left as It Is"),
                        N_("The province has it in its hands."), "dim-label" },
};

static void
add (GString *text,
     char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static char *
describe (const YejiTakeItem *item)
{
  GString *text = g_string_new (NULL);

  if (kinds[item->kind].sentence != NULL)
    add (text, g_strdup (_(kinds[item->kind].sentence)));
  if (item->n_conflicts > 0)
    add (text, g_strdup_printf (ngettext ("%u place was changed on both; yours stays until you "
                                          "decide.",
                                          "%u places were changed on both; yours stay until you "
                                          "decide.", item->n_conflicts), item->n_conflicts));
  if (item->n_documents > 0)
    add (text, g_strdup_printf (ngettext ("%u document comes with it.",
                                          "%u documents come with it.", item->n_documents),
                                item->n_documents));
  if (item->n_to_tray > 0)
    add (text, g_strdup_printf (ngettext ("%u of them goes into the tray.",
                                          "%u of them go into the tray.", item->n_to_tray),
                                item->n_to_tray));
  if (item->restored)
    add (text, g_strdup (_("It is taken out of the bin.")));
  if (item->version != NULL)
    add (text, g_strdup_printf (_("Written under data standard %s, which is not known here."),
                                item->version));
  return g_string_free (text, FALSE);
}

/**
 * yeji_take_row_new:
 *
 * Returns: (transfer floating): a row that says what becomes of a record
 */
GtkWidget *
yeji_take_row_new (const YejiTakeItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  const char *word = g_dpgettext2 (NULL, "what becomes of a record", kinds[item->kind].word);
  const char *title = *item->name != '\0' ? item->name : _("Unnamed record");
  GtkWidget *label = gtk_label_new (word);
  g_autofree char *text = describe (item);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, word);

  g_object_set (row, "use-markup", FALSE, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (label, kinds[item->kind].style);
  gtk_widget_add_css_class (label, "caption-heading");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  yeji_a11y_set_name (row, name);
  yeji_a11y_set_description (row, text);
  return row;
}

/**
 * yeji_take_row_sum_up:
 *
 * Returns: (transfer full): how many records become what, in one line
 */
char *
yeji_take_row_sum_up (const YejiTakeReport *report)
{
  guint counts[N_YEJI_TAKE_KINDS] = { 0 };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; i < report->items->len; i++)
    counts[((const YejiTakeItem *) g_ptr_array_index (report->items, i))->kind]++;
  for (guint i = 0; i < N_YEJI_TAKE_KINDS; i++)
    if (counts[i] > 0)
      {
        const char *word = g_dpgettext2 (NULL, "what becomes of a record", kinds[i].word);
        /* Translators: what becomes of records, and of how many */
        g_autofree char *part = g_strdup_printf (_("%s: %u"), word, counts[i]);

        g_strv_builder_add (builder, part);
      }
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}
