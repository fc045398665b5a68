// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-profile-row"

#include "config.h"

#include "yeji-profile-row.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-day.h"
#include "yeji-messages.h"
#include "yeji-store.h"

/* From so many days on the due date stands out. */
#define SOON_DAYS 7

/* What is counted together: a clerk asks what is to be done, not which of eleven states it is. */
static const struct
{
  const char *label;
  YejiState states[4];
  guint n_states;
} sums[] = {
  { NC_("records of an enterprise", "Drafts %u"),
    { YEJI_STATE_DRAFT, YEJI_STATE_READY, YEJI_STATE_WITHDRAWN, YEJI_STATE_REMOVED_THERE }, 4 },
  { NC_("records of an enterprise", "Waiting %u"),
    { YEJI_STATE_QUEUED, YEJI_STATE_SUBMITTED, YEJI_STATE_IN_REVIEW,
      YEJI_STATE_CORRECTION_REQUESTED }, 4 },
  { NC_("records of an enterprise", "Returned %u"),
    { YEJI_STATE_RETURNED, YEJI_STATE_INCOMPLETE }, 2 },
  { NC_("records of an enterprise", "Approved %u"), { YEJI_STATE_APPROVED }, 1 },
};

/**
 * yeji_profile_dup_name:
 *
 * Returns: (transfer full): what to call the enterprise
 */
char *
yeji_profile_dup_name (YejiProfile *profile)
{
  const char *name = yeji_profile_get_name (profile);

  if (!yeji_profile_is_named (profile) && g_str_equal (name, "default"))
    return g_strdup (_("Unnamed enterprise"));
  return g_strdup (name);
}

/**
 * yeji_holder_to_text:
 * @holder: what a lock says: "program (number)"
 *
 * Returns: (transfer full): in which program a profile is open. This program is called as in the
 * menu: hardly anybody knows it by its file's name.
 */
char *
yeji_holder_to_text (const char *holder)
{
  g_autofree char *valid = g_utf8_make_valid (holder, -1);
  char *number = strrchr (valid, '(');
  g_autofree char *program = NULL;

  if (number == NULL)
    return g_strdup (_("Another program has it open."));
  number[strcspn (number, ")")] = '\0';
  program = g_strstrip (g_strndup (valid, (gsize) (number - valid)));
  /* Translators: a program's name and the number of its process */
  return g_strdup_printf (_("It is open in “%s” (process %s)."),
                          g_str_has_prefix (program, YEJI_APP_ID) ? _("Yeji") : program,
                          number + 1);
}

static char *
make_counts (YejiProfile *profile)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      guint count = 0;

      for (guint j = 0; j < sums[i].n_states; j++)
        count += yeji_profile_get_count (profile, sums[i].states[j]);
      if (count == 0)
        continue;
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, g_dpgettext2 (NULL, "records of an enterprise", sums[i].label),
                              count);
    }
  if (text->len == 0)
    g_string_append (text, _("No records yet"));
  return g_string_free (text, FALSE);
}

static char *
make_note (YejiProfile *profile,
           gboolean     here)
{
  const char *holder = yeji_profile_get_holder (profile);
  const GError *error = yeji_profile_get_error (profile);

  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return g_strdup (yeji_profile_is_elsewhere (profile)
                     ? _("Its folder is not there. Is the disk connected?")
                     : _("Its database is not there. Open it to recover what there is."));
  if (error != NULL)
    return yeji_error_to_sentence (error);
  if (here)
    return g_strdup (_("Open in this window"));
  return holder != NULL ? yeji_holder_to_text (holder) : NULL;
}

static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_pill (const char *text,
           const char *style)
{
  GtkWidget *pill = gtk_label_new (text);

  gtk_widget_add_css_class (pill, "yeji-pill");
  if (style != NULL)
    gtk_widget_add_css_class (pill, style);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  return pill;
}

/* The day, and the days left in words: nothing is said by colour alone. */
static GtkWidget *
make_due (YejiProfile  *profile,
          const char   *today,
          char        **spoken)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *left = NULL;
  GtkWidget *pill;
  int days;

  if (!yeji_profile_get_days_left (profile, today, &days))
    return box;
  left = yeji_day_count_left (days);
  *spoken = g_strdup_printf ("%s · %s", yeji_profile_get_due (profile), left);
  pill = make_pill (left, days < 0 ? "error" : days <= SOON_DAYS ? "warning" : NULL);
  gtk_widget_set_halign (pill, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), pill);
  gtk_box_append (GTK_BOX (box), make_label (yeji_profile_get_due (profile), "caption"));
  gtk_widget_set_halign (gtk_widget_get_last_child (box), GTK_ALIGN_END);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_menu (YejiProfile *profile,
           guint        index,
           const char  *name)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *title = g_strdup_printf (_("What to do with “%s”"), name);
  const struct
  {
    const char *label;
    const char *action;
    gboolean shown;
  } items[] = {
    { _("_Open"), "profile.open", TRUE },
    { _("_Name and Due Date…"), "profile.edit", TRUE },
    { _("Open the _Folder"), "profile.folder", TRUE },
    { _("_Take off the List"), "profile.forget", yeji_profile_is_elsewhere (profile) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (items[i].label, NULL);

      if (!items[i].shown)
        continue;
      g_menu_item_set_action_and_target (item, items[i].action, "u", index);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  yeji_a11y_set_name (button, title);
  return button;
}

/**
 * yeji_profile_row_new:
 * @index: the target of the row's actions: profile.open, .edit, .folder and .forget
 * @today: as yeji_clock_today() says it
 * @here: whether this very window has it open
 *
 * Returns: (transfer floating): a row of the list of enterprises
 */
GtkWidget *
yeji_profile_row_new (YejiProfile *profile,
                      guint        index,
                      const char  *today,
                      gboolean     here)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *counts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name = yeji_profile_dup_name (profile);
  g_autofree char *summary = make_counts (profile);
  g_autofree char *note = make_note (profile, here);
  g_autofree char *problems = NULL;
  g_autofree char *spoken_due = NULL;
  g_autofree char *spoken = NULL;
  guint n_problems = yeji_profile_get_n_problems (profile);

  gtk_widget_add_css_class (line, "yeji-profile");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), make_label (name, "heading"));
  if (yeji_profile_get_error (profile) == NULL)
    {
      gtk_box_append (GTK_BOX (counts), make_label (summary, "dim-label"));
      if (n_problems > 0)
        {
          problems = g_strdup_printf (C_("records of an enterprise", "With problems %u"),
                                      n_problems);
          gtk_box_append (GTK_BOX (counts), make_pill (problems, "error"));
        }
      gtk_box_append (GTK_BOX (texts), counts);
    }
  if (note != NULL)
    gtk_box_append (GTK_BOX (texts), make_label (note, "caption"));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), make_due (profile, today, &spoken_due));
  gtk_box_append (GTK_BOX (line), make_menu (profile, index, name));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  spoken = g_strjoin (", ", summary, problems != NULL ? problems : "",
                      spoken_due != NULL ? spoken_due : "", note != NULL ? note : "", NULL);
  yeji_a11y_set_name (row, name);
  yeji_a11y_set_description (row, spoken);
  return row;
}
