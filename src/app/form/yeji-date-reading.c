// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Days by the keyboard: typed in any form, moved by a day, set to today. */

#define G_LOG_DOMAIN "yeji-date-reading"

#include "config.h"

#include "yeji-date-reading.h"

#include "yeji-clock.h"
#include "yeji-composing.h"
#include "yeji-value.h"

#define REFUSED_KEY "yeji-refused"

/* What the normaliser makes of the text, if it can mean one day only. */
static char *
find_only_reading (YejiFormField *field)
{
  const char *text = yeji_form_field_get_text (field);
  g_autoptr (GPtrArray) offers = NULL;
  const YejiSuggestion *only;
  GDate day;

  if (*text == '\0' || yeji_date_parse (text, &day))
    return NULL;
  offers = yeji_offers_get (yeji_form_field_get_draft (field), yeji_form_field_get_row (field),
                            yeji_form_field_get_def (field));
  if (offers->len != 1)
    return NULL;
  only = g_ptr_array_index (offers, 0);
  return yeji_date_parse (only->value, &day) ? g_strdup (only->value) : NULL;
}

/* The clerk is done with the field. What can be read in one way only is written as the standard has
 * it, once: who undoes that gets the text back and keeps it. What was typed is a step of its own
 * before. */
static void
read_typed (GtkWidget     *entry,
            YejiFormField *field)
{
  YejiDraft *draft = yeji_form_field_get_draft (field);
  g_autofree char *typed = g_strdup (yeji_form_field_get_text (field));
  const char *refused = g_object_get_data (G_OBJECT (entry), REFUSED_KEY);
  g_autofree char *value = NULL;

  if (!yeji_form_field_is_editable (field) || g_strcmp0 (refused, typed) == 0)
    return;
  value = find_only_reading (field);
  if (value == NULL)
    return;
  g_object_set_data_full (G_OBJECT (entry), REFUSED_KEY, g_strdup (typed), g_free);
  yeji_draft_begin_step (draft);
  yeji_draft_begin (draft, "suggested", NULL);
  yeji_draft_set_value (draft, yeji_form_field_get_row (field), yeji_form_field_get_def (field),
                        value);
  yeji_draft_end (draft);
  yeji_draft_validate (draft);
  yeji_form_field_set_read_from (field, typed);
}

/* Who goes to another window in the middle of a day is not done with it. */
static void
on_leave (GtkEventControllerFocus *controller,
          YejiFormField           *field)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkRoot *root = gtk_widget_get_root (entry);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || (focus != entry && !gtk_widget_is_ancestor (focus, entry)))
    read_typed (entry, field);
}

static void
on_activate (GtkWidget     *entry,
             YejiFormField *field)
{
  read_typed (entry, field);
}

static void
set_day (YejiFormField *field,
         const GDate   *day)
{
  char text[16];

  g_snprintf (text, sizeof text, "%04u-%02u-%02u", g_date_get_year (day),
              (guint) g_date_get_month (day), g_date_get_day (day));
  yeji_form_field_set_text (field, text);
}

static gboolean
move_day (GtkWidget     *entry,
          YejiFormField *field,
          int            days)
{
  g_autofree char *read = find_only_reading (field);
  GDate day;

  if (!yeji_date_parse (read != NULL ? read : yeji_form_field_get_text (field), &day))
    return GDK_EVENT_PROPAGATE;
  if (days > 0)
    g_date_add_days (&day, 1);
  else if (g_date_get_julian (&day) > 1)
    g_date_subtract_days (&day, 1);
  if (g_date_get_year (&day) > 9999)
    return GDK_EVENT_STOP;
  set_day (field, &day);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        YejiFormField         *field)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_autofree char *today = NULL;

  if (!yeji_form_field_is_editable (field) || yeji_composing_is_on (entry))
    return GDK_EVENT_PROPAGATE;
  if (modifiers == 0 && (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down))
    return move_day (entry, field, keyval == GDK_KEY_Up ? 1 : -1);
  if (modifiers != GDK_CONTROL_MASK || keyval != GDK_KEY_semicolon)
    return GDK_EVENT_PROPAGATE;
  today = yeji_clock_today ();
  yeji_form_field_set_text (field, today);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  return GDK_EVENT_STOP;
}

/**
 * yeji_date_reading_watch:
 * @entry: the text of a date
 *
 * Reads what is typed when the clerk leaves the field or presses Enter. Up and Down move the day by
 * one, Ctrl+; is today.
 */
void
yeji_date_reading_watch (GtkWidget     *entry,
                         YejiFormField *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), field, 0);
  gtk_widget_add_controller (entry, focus);
  yeji_composing_watch (entry);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), field, 0);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_activate), field, 0);
}
