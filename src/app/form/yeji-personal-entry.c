// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-personal-entry"

#include "config.h"

#include "yeji-personal-entry.h"

#include <glib/gi18n.h>

#include "yeji-mask.h"

/* The control of a personal number. Who comes to a number that is there sees it masked, until
 * Enter, F2 or the eye asks for it; who types one sees what is typed. Leaving hides it again. In
 * the place of one that is sealed with a lost key there is nothing to be seen, and what is typed
 * replaces it. */

typedef struct
{
  YejiFormField *field;
  gboolean shown;              /* asked for, or typed just now */
  gboolean filling;            /* the text comes from the field and is no edit */
} Control;

static const char key[] = "yeji-personal-entry";

static void
free_control (gpointer data)
{
  Control *control = data;

  g_object_unref (control->field);
  g_free (control);
}

static Control *
get_control (GtkEntry *entry)
{
  return g_object_get_data (G_OBJECT (entry), key);
}

static void
update (GtkEntry *entry)
{
  Control *control = get_control (entry);
  const char *value = yeji_form_field_get_text (control->field);
  gboolean is_empty = *value == '\0';
  gboolean shown = control->shown || is_empty;
  g_autofree char *text = shown ? g_strdup (yeji_is_sealed (value) ? "" : value)
                                : yeji_mask (value);

  control->filling = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text))
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  control->filling = FALSE;
  gtk_editable_set_editable (GTK_EDITABLE (entry),
                             shown && yeji_form_field_is_editable (control->field));
  gtk_entry_set_icon_from_icon_name (entry, GTK_ENTRY_ICON_SECONDARY,
                                     is_empty ? NULL
                                              : shown ? "view-conceal-symbolic"
                                                      : "view-reveal-symbolic");
  gtk_entry_set_icon_tooltip_text (entry, GTK_ENTRY_ICON_SECONDARY,
                                   is_empty ? NULL : shown ? _("Hide") : _("Show (Enter)"));
}

static void
set_shown (GtkEntry *entry,
           gboolean  shown)
{
  get_control (entry)->shown = shown;
  update (entry);
}

static void
on_entry_text (GtkEntry *entry)
{
  Control *control = get_control (entry);

  if (control->filling || !gtk_editable_get_editable (GTK_EDITABLE (entry)))
    return;
  control->shown = TRUE;
  yeji_form_field_set_text (control->field, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
on_icon (GtkEntry *entry)
{
  set_shown (entry, !get_control (entry)->shown);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

/* Who looks something up in another window comes back to what was there. */
static gboolean
hide_when_left (gpointer data)
{
  GtkWidget *entry = data;
  GtkRoot *root = gtk_widget_get_root (entry);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, entry)))
    set_shown (GTK_ENTRY (entry), FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_leave (GtkEntry *entry)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, hide_when_left, g_object_ref (entry), g_object_unref);
}

/* The masked text is as long as the number, so that cursor and selection stay where they are. */
static void
reveal (GtkEntry *entry)
{
  GtkEditable *editable = GTK_EDITABLE (entry);
  int begin = 0, end = 0;

  if (!gtk_editable_get_selection_bounds (editable, &begin, &end))
    begin = end = gtk_editable_get_position (editable);
  set_shown (entry, TRUE);
  gtk_editable_select_region (editable, begin, end);
}

/* Keys that ask to see the number, and do nothing else. */
static const guint asking[] = {
  GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_F2, GDK_KEY_BackSpace, GDK_KEY_Delete,
  GDK_KEY_KP_Delete,
};

static gboolean
is_edit (guint           keyval,
         GdkModifierType state)
{
  guint32 character = gdk_keyval_to_unicode (keyval);

  if ((state & GDK_CONTROL_MASK) != 0)
    return keyval == GDK_KEY_v || keyval == GDK_KEY_V;
  return (state & GDK_ALT_MASK) == 0 && character != 0 && g_unichar_isprint (character);
}

/* Who types means the number, seen or not: it is shown, and takes what is typed. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkEntry              *entry)
{
  if (yeji_personal_entry_is_shown (GTK_WIDGET (entry)))
    return GDK_EVENT_PROPAGATE;
  if (is_edit (keyval, state))
    {
      reveal (entry);
      return GDK_EVENT_PROPAGATE;
    }
  for (guint i = 0; (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && i < G_N_ELEMENTS (asking);
       i++)
    if (keyval == asking[i])
      {
        reveal (entry);
        gtk_editable_set_position (GTK_EDITABLE (entry), -1);
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/**
 * yeji_personal_entry_new:
 * @field: of a personal number
 *
 * Returns: (transfer floating): an entry that shows the number when it is asked to
 */
GtkWidget *
yeji_personal_entry_new (YejiFormField *field)
{
  GtkWidget *entry = gtk_entry_new ();
  Control *control = g_new0 (Control, 1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  control->field = g_object_ref (field);
  g_object_set_data_full (G_OBJECT (entry), key, control, free_control);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  /* What was typed before must not come back into sight by it; the record's own undo is enough. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  g_object_bind_property (field, "placeholder", entry, "placeholder-text", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (field, "notify::text", G_CALLBACK (update), entry, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "notify::editable", G_CALLBACK (update), entry,
                           G_CONNECT_SWAPPED);
  g_signal_connect (entry, "notify::text", G_CALLBACK (on_entry_text), NULL);
  g_signal_connect (entry, "icon-release", G_CALLBACK (on_icon), NULL);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), entry, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), entry, 0);
  gtk_widget_add_controller (entry, focus);
  gtk_widget_add_controller (entry, keys);
  update (GTK_ENTRY (entry));
  return entry;
}

/**
 * yeji_personal_entry_is_shown:
 *
 * Returns: whether the number can be read just now, or there is none
 */
gboolean
yeji_personal_entry_is_shown (GtkWidget *entry)
{
  Control *control;

  g_return_val_if_fail (GTK_IS_ENTRY (entry), TRUE);

  control = get_control (GTK_ENTRY (entry));

  return control->shown || *yeji_form_field_get_text (control->field) == '\0';
}
