// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Walks every screen of the gallery: names, keys, tab order, large text. */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "app-fixture.h"
#include "gallery-screens.h"
#include "name-walk.h"

/* More steps than any screen has controls. */
#define MAX_STEPS 600

static const struct { int width; int height; } sizes[] = { { 1280, 720 }, { 1366, 768 } };

static char *
describe (GtkWidget *widget)
{
  GString *path = g_string_new (NULL);
  guint depth = 0;

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (path, "“%s” ", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *at = widget; at != NULL && depth < 7; at = gtk_widget_get_parent (at), depth++)
    {
      const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (at));

      g_string_append_printf (path, " < %s%s%s", G_OBJECT_TYPE_NAME (at), id != NULL ? "#" : "",
                              id != NULL ? id : "");
    }
  return g_string_free (path, FALSE);
}

G_GNUC_PRINTF (3, 4)
static void
complain (const GalleryScreen *screen,
          GtkWidget           *widget,
          const char          *format,
          ...)
{
  g_autofree char *where = describe (widget);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_message ("%s: %s: %s", screen->name, text, where);
  g_test_fail ();
}

typedef void (*Visit) (const GalleryScreen *screen,
                       GtkWidget           *widget,
                       gpointer             data);

static void
walk (const GalleryScreen *screen,
      GtkWidget           *root,
      Visit                visit,
      gpointer             data)
{
  if (!gtk_widget_get_mapped (root))
    return;
  visit (screen, root, data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (screen, child, visit, data);
}

/* ---- Names */

static void
check_names (const GalleryScreen *screen,
             GtkWidget           *root)
{
  name_walk_check (root);
}

/* ---- Tab */

/* Inside of these the arrows go on. */
static gboolean
is_arrowed (GtkWidget *widget)
{
  static const char * const types[] = {
    "GtkListBox", "GtkFlowBox", "GtkListView", "GtkGridView", "GtkColumnView", "GtkStackSwitcher",
    "GtkViewSwitcher", "AdwViewSwitcher", "GtkCalendar", "YejiGridView", "GtkShortcutsWindow",
    "GtkListItemWidget", "GtkPopoverMenuBar", "AdwAboutWindow",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (G_OBJECT_TYPE_NAME (widget), types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_inside_arrowed (GtkWidget *widget)
{
  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL; at = gtk_widget_get_parent (at))
    if (is_arrowed (at))
      return TRUE;
  return FALSE;
}

/* A control: it takes the focus for itself and not only for what is in it. The window's own buttons
 * are reached in GTK's way, and a label that can be copied from is no control. */
static gboolean
is_control (GtkWidget *widget)
{
  if (!gtk_widget_get_focusable (widget) || !gtk_widget_get_can_focus (widget)
      || !gtk_widget_is_sensitive (widget) || GTK_IS_WINDOW (widget) || GTK_IS_LABEL (widget)
      || is_arrowed (widget) || GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_VIEWPORT (widget)
      || GTK_IS_STACK (widget))
    return FALSE;
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (!gtk_widget_get_can_focus (at) || GTK_IS_WINDOW_CONTROLS (at))
      return FALSE;
  return TRUE;
}

/* The focus was on it, or in it. */
static gboolean
is_reached (GtkWidget  *widget,
            GHashTable *reached)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (other == widget || gtk_widget_is_ancestor (other, widget)
        || gtk_widget_is_ancestor (widget, other))
      return TRUE;
  return FALSE;
}

static void
visit_for_tab (const GalleryScreen *screen,
               GtkWidget           *widget,
               gpointer             reached)
{
  if (is_control (widget) && !is_inside_arrowed (widget) && !is_reached (widget, reached))
    complain (screen, widget, "Tab does not come to it");
}

/* What has popped up keeps the focus until it is closed, also where nothing in it has it yet. */
static void
close_popovers (GtkWidget *root)
{
  if (GTK_IS_POPOVER (root) && gtk_widget_get_mapped (root))
    gtk_popover_popdown (GTK_POPOVER (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    close_popovers (child);
}

static void
check_tab (const GalleryScreen *screen,
           GtkWidget           *root)
{
  /* rows of a list go away while the focus wanders on */
  g_autoptr (GHashTable) reached = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  guint rounds = 0;

  close_popovers (root);

  /* it begins where the focus is, and goes round once */
  for (guint steps = 0; steps < MAX_STEPS && rounds < 2; steps++)
    {
      GtkWidget *focus;

      if (!gtk_widget_child_focus (root, GTK_DIR_TAB_FORWARD))
        rounds++;
      focus = gtk_window_get_focus (GTK_WINDOW (root));
      if (focus != NULL && !g_hash_table_add (reached, g_object_ref (focus)) && rounds > 0)
        break;
    }
  walk (screen, root, visit_for_tab, reached);
}

/* ---- Roles */

/* They say nothing of what can be done. */
static gboolean
is_mute (GtkAccessibleRole role)
{
  static const GtkAccessibleRole roles[] = {
    GTK_ACCESSIBLE_ROLE_GENERIC, GTK_ACCESSIBLE_ROLE_NONE, GTK_ACCESSIBLE_ROLE_PRESENTATION,
    GTK_ACCESSIBLE_ROLE_WIDGET, GTK_ACCESSIBLE_ROLE_STRUCTURE, GTK_ACCESSIBLE_ROLE_SECTION,
    GTK_ACCESSIBLE_ROLE_COMMAND, GTK_ACCESSIBLE_ROLE_INPUT, GTK_ACCESSIBLE_ROLE_RANGE,
    GTK_ACCESSIBLE_ROLE_SELECT,
  };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i] == role)
      return TRUE;
  return FALSE;
}

/* The text inside an entry is the entry, and the button inside a button with a menu that one. */
static GtkWidget *
get_spoken (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_TEXT (widget) && GTK_IS_EDITABLE (parent)
      && gtk_editable_get_delegate (GTK_EDITABLE (parent)) == GTK_EDITABLE (widget))
    return get_spoken (parent);
  return widget;
}

static void
visit_for_role (const GalleryScreen *screen,
                GtkWidget           *widget,
                gpointer             data)
{
  GtkWidget *spoken = get_spoken (widget);
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (spoken));

  if (is_control (widget) && is_mute (role))
    {
      g_autoptr (GEnumClass) roles = g_type_class_ref (GTK_TYPE_ACCESSIBLE_ROLE);

      complain (screen, widget, "its role is “%s”",
                g_enum_get_value (roles, (int) role)->value_nick);
    }
}

static void
check_roles (const GalleryScreen *screen,
             GtkWidget           *root)
{
  walk (screen, root, visit_for_role, NULL);
}

/* ---- Mnemonics */

static void
visit_for_key (const GalleryScreen *screen,
               GtkWidget           *widget,
               gpointer             keys)
{
  guint key = GTK_IS_LABEL (widget) ? gtk_label_get_mnemonic_keyval (GTK_LABEL (widget))
                                    : GDK_KEY_VoidSymbol;
  GtkWidget *other;

  if (key == GDK_KEY_VoidSymbol)
    return;
  key = gdk_keyval_to_lower (key);
  other = g_hash_table_lookup (keys, GUINT_TO_POINTER (key));
  if (other != NULL)
    complain (screen, widget, "Alt+%c is of “%s” already", (int) key,
              gtk_label_get_text (GTK_LABEL (other)));
  g_hash_table_insert (keys, GUINT_TO_POINTER (key), widget);
}

static void
check_keys (const GalleryScreen *screen,
            GtkWidget           *root)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);

  walk (screen, root, visit_for_key, keys);
}

/* ---- Room */

static gboolean
has_tooltip (GtkWidget *widget)
{
  guint depth = 0;

  for (GtkWidget *at = widget; at != NULL && depth < 6; at = gtk_widget_get_parent (at), depth++)
    if (gtk_widget_get_has_tooltip (at))
      return TRUE;
  return FALSE;
}

/* Text that wraps in a box in a box is measured some lines higher than it is drawn where fonts are
 * mixed: what scrolls, and libadwaita's groups, are not held to it. */
static gboolean
is_loose (GtkWidget *widget)
{
  return ADW_IS_PREFERENCES_GROUP (widget) || GTK_IS_LIST_VIEW (widget)
         || (GTK_IS_BOX (widget) && GTK_IS_VIEWPORT (gtk_widget_get_parent (widget)));
}

/* GTK measures a text of several lines for the width that it had before, and the form is narrower
 * beside a document. It scrolls. */
static gboolean
is_squeezed (const GalleryScreen *screen,
             GtkWidget           *widget)
{
  return g_str_equal (screen->name, "preview")
         && gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT) != NULL;
}

/* What scrolls may be larger than what is seen of it, and a row of a list is read in the editor. */
static void
visit_for_room (const GalleryScreen *screen,
                GtkWidget           *widget,
                gpointer             data)
{
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  GtkRequisition minimum;

  if (!gtk_widget_get_child_visible (widget) || width == 0 || height == 0
      || GTK_IS_VIEWPORT (widget))
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum.width, NULL, NULL, NULL);
  minimum.width -= gtk_widget_get_margin_start (widget) + gtk_widget_get_margin_end (widget);
  if (width < minimum.width)
    complain (screen, widget, "%d wide, needs %d", width, minimum.width);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, MAX (width, minimum.width),
                      &minimum.height, NULL, NULL, NULL);
  minimum.height -= gtk_widget_get_margin_top (widget) + gtk_widget_get_margin_bottom (widget);
  if (height < minimum.height && !is_loose (widget) && !is_squeezed (screen, widget))
    complain (screen, widget, "%d high, needs %d", height, minimum.height);
  if (GTK_IS_LABEL (widget)
      && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)))
      && !has_tooltip (widget))
    complain (screen, widget, "shortened, and no tooltip has the rest");
}

static void
check_room (const GalleryScreen *screen,
            GtkWidget           *root)
{
  walk (screen, root, visit_for_room, NULL);
}

/* ---- */

typedef void (*Check) (const GalleryScreen *screen,
                       GtkWidget           *root);

static const struct { const char *path; Check check; gboolean large; } checks[] = {
  { "names", check_names },
  { "roles", check_roles },
  { "tab", check_tab },
  { "keys", check_keys },
  { "room", check_room },
  { "room-for-large-text", check_room, TRUE },
};

static void
resize (GtkWidget *root,
        int        width,
        int        height)
{
  g_autoptr (GdkTexture) settled = NULL;

  gtk_window_set_default_size (GTK_WINDOW (root), width, height);
  settled = gallery_draw (root);
}

/* What is in these windows is GTK's and libadwaita's own. */
static gboolean
is_toolkit (GtkWidget *root)
{
  return GTK_IS_SHORTCUTS_WINDOW (root) || ADW_IS_ABOUT_WINDOW (root);
}

static void
test_screen (gconstpointer data)
{
  const GalleryScreen *screen = data;
  Gallery gallery = { NULL };
  g_autoptr (GdkTexture) settled = NULL;
  GtkWidget *root;

  gallery_set_up (&gallery);
  root = screen->open (&gallery);
  settled = gallery_draw (root);
  for (guint i = 0; i < G_N_ELEMENTS (checks) && !is_toolkit (root); i++)
    {
      if (checks[i].large)
        g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 144 * 1024, NULL);
      for (guint j = 0; checks[i].check == check_room && j < G_N_ELEMENTS (sizes); j++)
        {
          if (root == GTK_WIDGET (gallery.window))
            resize (root, sizes[j].width, sizes[j].height);
          if (root != GTK_WIDGET (gallery.window))
            gtk_test_widget_wait_for_draw (root);
          if (gtk_widget_get_width (root) > sizes[j].width)
            complain (screen, root, "%d wide", gtk_widget_get_width (root));
          checks[i].check (screen, root);
        }
      if (checks[i].check != check_room)
        checks[i].check (screen, root);
    }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  gallery_close_all (&gallery);
  gallery_tear_down (&gallery);
}

/* ---- The overview of the keys */

static void
collect_shown (GtkWidget  *root,
               GHashTable *shown)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (root), "GtkShortcutsShortcut"))
    {
      g_autofree char *action = NULL;
      g_autofree char *key = NULL;

      g_object_get (root, "action-name", &action, "accelerator", &key, NULL);
      if (action != NULL)
        g_hash_table_add (shown, g_steal_pointer (&action));
      if (key != NULL)
        g_hash_table_add (shown, g_steal_pointer (&key));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_shown (child, shown);
}

/* window.close is the window manager's key everywhere, and in no overview. */
static void
test_overview (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
    "/org/yeji/Yeji/ui/help-overlay.ui");
  GtkWidget *overlay = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Gallery gallery = { NULL };
  g_auto (GStrv) actions = NULL;

  gallery_set_up (&gallery);
  actions = gtk_application_list_action_descriptions (gallery.application);
  collect_shown (overlay, shown);
  g_assert_cmpuint (g_hash_table_size (shown), >, 5);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (gallery.application, actions[i]);

      if (keys[0] == NULL || g_str_equal (actions[i], "window.close"))
        continue;
      if (!g_hash_table_contains (shown, actions[i]) && !g_hash_table_contains (shown, keys[0]))
        {
          g_test_message ("%s (%s) is not in the overview of the keys", actions[i], keys[0]);
          g_test_fail ();
        }
    }
  gtk_window_destroy (GTK_WINDOW (overlay));
  gallery_tear_down (&gallery);
}

static void
add_tests (void)
{
  guint n;
  const GalleryScreen *screens = gallery_get_screens (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/access/%s", screens[i].name);

      g_test_add_data_func (path, &screens[i], test_screen);
    }
  g_test_add_func ("/access/overview-has-every-key", test_overview);
}

int
main (int    argc,
      char **argv)
{
  /* it draws, which takes longer than a callback may */
  g_setenv ("YEJI_WATCHDOG", "0", TRUE);
  return app_fixture_main (&argc, &argv, add_tests);
}
