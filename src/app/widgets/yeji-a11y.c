// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-a11y"

#include "config.h"

#include "yeji-a11y.h"

#include <adwaita.h>

/* The part of a widget that takes the focus, and so is what a screen reader speaks of: a menu
 * button gives it to the button inside. */
static GtkWidget *
get_spoken (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_widget_get_first_child (widget);
  return widget;
}

/**
 * yeji_a11y_set_name:
 * @name: the visible label of the control
 *
 * Gives a control the name that a screen reader speaks.
 */
void
yeji_a11y_set_name (GtkWidget  *widget,
                    const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (get_spoken (widget)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : "", -1);
}

/**
 * yeji_a11y_set_description:
 * @description: (nullable): what is spoken after the name
 *
 * Describes a control: its help, its value where the name does not say it, what is wrong with it.
 */
void
yeji_a11y_set_description (GtkWidget  *widget,
                           const char *description)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (get_spoken (widget)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

/**
 * yeji_a11y_set_invalid:
 *
 * Says whether the value of a control is wrong.
 */
void
yeji_a11y_set_invalid (GtkWidget *widget,
                       gboolean   invalid)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_state (GTK_ACCESSIBLE (get_spoken (widget)),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/**
 * yeji_a11y_name_entry_row:
 * @row: an #AdwEntryRow
 *
 * Gives the text in it role and name: in libadwaita before 1.2.5 it has neither while it has the
 * focus.
 */
void
yeji_a11y_name_entry_row (gpointer row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  yeji_a11y_set_name (row, title);
  yeji_a11y_set_name (GTK_WIDGET (text), title);
}

static void
name_focusable (GtkWidget  *widget,
                const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      {
        if (gtk_widget_get_focusable (child))
          yeji_a11y_set_name (child, name);
        name_focusable (child, name);
      }
}

/**
 * yeji_a11y_name_drop_down:
 *
 * Names a #GtkDropDown, and what is in it and has the keyboard in its stead.
 */
void
yeji_a11y_name_drop_down (GtkWidget  *drop_down,
                          const char *name)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));

  yeji_a11y_set_name (drop_down, name);
  name_focusable (drop_down, name);
}
