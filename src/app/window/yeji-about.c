// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-about"

#include "config.h"

#include "yeji-about.h"

#include <glib/gi18n.h>

#include "yeji-json.h"

#define LICENCES "/org/yeji/Yeji/licences.json"

/* Those of which GTK has the words. */
static const struct
{
  const char *id;
  GtkLicense licence;
} known[] = {
  { "LGPL-2.1-or-later", GTK_LICENSE_LGPL_2_1 },
  { "BSD-2-Clause", GTK_LICENSE_BSD },
  { "MIT", GTK_LICENSE_MIT_X11 },
};

static void
add_part (AdwAboutWindow *about,
          JsonObject     *part)
{
  const char *id = yeji_json_get_string (part, "licence");
  g_autofree char *copyright = g_markup_printf_escaped ("© %s\n%s",
                                                        yeji_json_get_string (part, "copyright"),
                                                        yeji_json_get_string (part, "url"));
  g_autofree char *words = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].id, id))
      {
        adw_about_window_add_legal_section (about, yeji_json_get_string (part, "name"), copyright,
                                            known[i].licence, NULL);
        return;
      }
  words = g_markup_printf_escaped (_("Licence: %s"), id);
  adw_about_window_add_legal_section (about, yeji_json_get_string (part, "name"), copyright,
                                      GTK_LICENSE_CUSTOM, words);
}

/* What the window runs with, and under which licences; data/licences.json says. */
static void
add_parts (AdwAboutWindow *about)
{
  g_autoptr (GBytes) text = g_resources_lookup_data (LICENCES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *parts;

  g_assert (text != NULL);
  node = yeji_json_parse (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), NULL);
  g_assert (node != NULL);
  parts = yeji_json_get_array (json_node_get_object (node), "parts");
  for (guint i = 0; i < json_array_get_length (parts); i++)
    add_part (about, json_array_get_object_element (parts, i));
}

/**
 * yeji_about_show:
 * @parent: (nullable): above which it stands
 *
 * Says what the program is, of which version, and under which licences it and its parts are.
 *
 * Returns: (transfer none): the window
 */
GtkWidget *
yeji_about_show (GtkWindow *parent)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "application-name", _("Yeji"),
                "application-icon", YEJI_APP_ID,
                "version", YEJI_VERSION,
                "developer-name", _("The Yeji authors"),
                "comments",
                _("Declares past construction projects to the province, without losing a keystroke."),
                "copyright", "© 2026 The Yeji authors",
                "license-type", GTK_LICENSE_GPL_3_0,
                NULL);
  add_parts (ADW_ABOUT_WINDOW (about));
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_set_modal (GTK_WINDOW (about), parent != NULL);
  gtk_window_present (GTK_WINDOW (about));
  return about;
}
