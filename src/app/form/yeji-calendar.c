// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-calendar"

#include "config.h"

#include "yeji-calendar.h"

#include "yeji-a11y.h"
#include "yeji-form-field.h"

static void
on_day_selected (GtkCalendar   *calendar,
                 YejiFormField *field)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  yeji_form_field_set_text (field, text);
  yeji_a11y_set_description (GTK_WIDGET (calendar), text);
}

/* GTK's own keys start in a corner of the month and need the space bar: these go from the chosen
 * day, and choose at once. */
static const struct
{
  guint keyval;
  int days;
  int months;
} calendar_keys[] = {
  { GDK_KEY_Left, -1, 0 },
  { GDK_KEY_Right, 1, 0 },
  { GDK_KEY_Up, -7, 0 },
  { GDK_KEY_Down, 7, 0 },
  { GDK_KEY_Page_Up, 0, -1 },
  { GDK_KEY_Page_Down, 0, 1 },
};

static gboolean
on_calendar_key (GtkEventControllerKey *controller,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 GtkPopover            *popover)
{
  GtkCalendar *calendar = GTK_CALENDAR (gtk_popover_get_child (popover));
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    {
      g_signal_emit_by_name (calendar, "day-selected");
      gtk_popover_popdown (popover);
      return GDK_EVENT_STOP;
    }
  for (guint i = 0; i < G_N_ELEMENTS (calendar_keys); i++)
    if (calendar_keys[i].keyval == keyval)
      {
        g_autoptr (GDateTime) moved = g_date_time_add_full (day, 0, calendar_keys[i].months,
                                                            calendar_keys[i].days, 0, 0, 0);

        gtk_calendar_select_day (calendar, moved);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* Shows the typed day, if it is one. Choosing is blocked meanwhile: looking is not editing. */
static void
on_calendar_shown (GtkWidget     *popover,
                   YejiFormField *field)
{
  GtkWidget *calendar = gtk_popover_get_child (GTK_POPOVER (popover));
  const char *text = yeji_form_field_get_text (field);
  g_autofree char *moment = g_strdup_printf ("%sT00:00:00Z", text);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (moment, NULL);

  if (day == NULL)
    return;
  g_signal_handlers_block_by_func (calendar, on_day_selected, field);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  g_signal_handlers_unblock_by_func (calendar, on_day_selected, field);
}

/**
 * yeji_calendar_make:
 * @data: the #YejiFormField of a date
 *
 * Gives the button its popover: a #GtkMenuButtonCreatePopupFunc.
 */
void
yeji_calendar_make (GtkMenuButton *button,
                    gpointer       data)
{
  YejiFormField *field = data;
  GtkWidget *popover = gtk_menu_button_get_popover (button) != NULL
                         ? GTK_WIDGET (gtk_menu_button_get_popover (button)) : NULL;
  GtkEventController *keys;
  GtkWidget *calendar;

  if (popover != NULL)
    return;
  popover = gtk_popover_new ();
  calendar = gtk_calendar_new ();
  yeji_a11y_set_name (calendar, yeji_form_field_get_label (field));
  yeji_a11y_set_name (popover, yeji_form_field_get_label (field));
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_calendar_key), popover, 0);
  gtk_widget_add_controller (calendar, keys);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (on_day_selected), field, 0);
  g_signal_connect_object (popover, "show", G_CALLBACK (on_calendar_shown), field, 0);
  gtk_menu_button_set_popover (button, popover);
}
