// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-profile-dialog"

#include "config.h"

#include "yeji-profile-dialog.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-check-digit.h"
#include "yeji-clock.h"
#include "yeji-day.h"
#include "yeji-focus.h"

struct _YejiProfileDialog
{
  AdwWindow parent_instance;

  AdwEntryRow *name;
  AdwEntryRow *code;
  AdwEntryRow *due;
  GtkLabel *note;
  GtkButton *done;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiProfileDialog, yeji_profile_dialog, ADW_TYPE_WINDOW)

static char *
get_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* Half width and capitals; NULL if its check digit is wrong. */
static char *
read_code (const char *typed)
{
  g_autofree char *plain = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *code = g_ascii_strup (plain, -1);

  if (g_utf8_strlen (code, -1) != 18 || !yeji_check_digit_credit_code (code))
    return NULL;
  return g_steal_pointer (&code);
}

static char *
make_note (const char *typed,
           const char *day)
{
  g_autofree char *today = yeji_clock_today ();
  g_autofree char *left = NULL;
  GDate from, to;

  if (*typed == '\0')
    return g_strdup (_("No due date"));
  if (day == NULL)
    return g_strdup (_("This is no day. Type it like 2026-12-31."));
  g_date_clear (&from, 1);
  g_date_clear (&to, 1);
  g_date_set_parse (&from, today);
  g_date_set_parse (&to, day);
  left = yeji_day_count_left (g_date_days_between (&from, &to));
  return g_strdup_printf ("%s · %s", day, left);
}

static void
update (YejiProfileDialog *self)
{
  g_autofree char *name = get_text (self->name);
  g_autofree char *typed = get_text (self->due);
  g_autofree char *day = yeji_day_read (typed);
  g_autofree char *typed_code = get_text (self->code);
  g_autofree char *code = read_code (typed_code);
  g_autofree char *note = NULL;
  gboolean wrong_code = *typed_code != '\0' && code == NULL;
  gboolean wrong_day = *typed != '\0' && day == NULL;
  gboolean wrong = wrong_code || wrong_day;

  if (wrong_code)
    note = g_strdup (_("The credit code has 18 characters, the last of which checks the others. "
                       "Check it, or leave it empty."));
  else
    note = make_note (typed, day);

  gtk_label_set_text (self->note, note);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
  yeji_a11y_set_invalid (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->due))),
                         wrong_day);
  yeji_a11y_set_invalid (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->code))),
                         wrong_code);
  yeji_a11y_set_description (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->code))),
                             wrong_code ? note : NULL);
  yeji_a11y_set_description (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->due))),
                             note);
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), *name != '\0' && !wrong);
}

static void
on_done (YejiProfileDialog *self)
{
  g_autofree char *name = get_text (self->name);
  g_autofree char *typed = get_text (self->due);
  g_autofree char *day = yeji_day_read (typed);
  g_autofree char *typed_code = get_text (self->code);
  g_autofree char *code = read_code (typed_code);

  g_object_ref (self);
  gtk_window_destroy (GTK_WINDOW (self));
  g_signal_emit (self, signals[DONE], 0, name, code, day);
  g_object_unref (self);
}

/* In libadwaita before 1.2.5 the text that has the focus carries neither role nor name. */
static void
name_entry_row (gpointer row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  yeji_a11y_set_name (row, title);
  gtk_widget_set_tooltip_text (row, title);
  yeji_a11y_set_name (GTK_WIDGET (text), title);
}

static void
yeji_profile_dialog_class_init (YejiProfileDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-profile-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiProfileDialog, name);
  gtk_widget_class_bind_template_child (widget_class, YejiProfileDialog, code);
  gtk_widget_class_bind_template_child (widget_class, YejiProfileDialog, due);
  gtk_widget_class_bind_template_child (widget_class, YejiProfileDialog, note);
  gtk_widget_class_bind_template_child (widget_class, YejiProfileDialog, done);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[DONE] = g_signal_new ("done", YEJI_TYPE_PROFILE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                G_TYPE_STRING);
}

static void
yeji_profile_dialog_init (YejiProfileDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  yeji_focus_leave_at_end (GTK_WINDOW (self));
  name_entry_row (self->name);
  name_entry_row (self->code);
  name_entry_row (self->due);
  update (self);
}

/**
 * yeji_profile_dialog_new:
 * @profile: (nullable): whose name and day are changed; %NULL for a new enterprise
 *
 * Returns: (transfer none): a dialog, owned by GTK
 */
GtkWidget *
yeji_profile_dialog_new (GtkWindow   *parent,
                         YejiProfile *profile)
{
  YejiProfileDialog *self = g_object_new (YEJI_TYPE_PROFILE_DIALOG, "transient-for", parent, NULL);

  gtk_window_set_title (GTK_WINDOW (self),
                        profile != NULL ? _("Name and Due Date") : _("New Enterprise"));
  gtk_button_set_label (self->done, profile != NULL ? _("_Save") : _("Cr_eate"));
  if (profile != NULL)
    {
      const char *due = yeji_profile_get_due (profile);
      const char *code = yeji_profile_get_code (profile);

      gtk_editable_set_text (GTK_EDITABLE (self->name), yeji_profile_get_name (profile));
      gtk_editable_set_text (GTK_EDITABLE (self->code), code != NULL ? code : "");
      gtk_editable_set_text (GTK_EDITABLE (self->due), due != NULL ? due : "");
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  return GTK_WIDGET (self);
}
