// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "name-walk.h"

static gboolean
has_label (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  g_autofree char *empty = NULL;

  if (gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  empty = gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  return empty != NULL;        /* it differs from "" */
}

/* The label that is written on a button names it. */
static gboolean
shows_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && shows_text (child))
      return TRUE;
  return FALSE;
}

/* The text inside an entry speaks with the entry's name. */
static gboolean
is_named (GtkWidget *widget)
{
  if (has_label (widget))
    return TRUE;
  if ((GTK_IS_BUTTON (widget) || GTK_IS_LABEL (widget)
       || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
      && shows_text (widget))
    return TRUE;
  return GTK_IS_TEXT (widget) && gtk_widget_get_parent (widget) != NULL
         && GTK_IS_EDITABLE (gtk_widget_get_parent (widget))
         && has_label (gtk_widget_get_parent (widget));
}

/* Window controls are GTK's own; it names them for itself. Rows of a list view and the titles of its
 * columns are not in the tree of 4.8 with a name that could be set. */
static gboolean
is_toolkit (GtkWidget *widget)
{
  static const char *names[] = {
    "GtkColumnViewTitle", "GtkWindowControls", "GtkCalendar", "GtkPopoverMenu", "GtkSearchEntry",
    "GtkPasswordEntry",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (G_OBJECT_TYPE_NAME (widget), names[i]))
      return TRUE;
  return FALSE;
}

static char *
describe (GtkWidget *widget)
{
  GString *path = g_string_new (NULL);

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    g_string_append_printf (path, " < %s#%s", G_OBJECT_TYPE_NAME (at),
                            gtk_buildable_get_buildable_id (GTK_BUILDABLE (at)) != NULL
                              ? gtk_buildable_get_buildable_id (GTK_BUILDABLE (at)) : "");
  return g_string_free (path, FALSE);
}

/**
 * name_walk_check:
 *
 * Fails for each widget below @root that can take the focus and has no accessible name, or one
 * without a role.
 *
 * Returns: how many have one
 */
guint
name_walk_check (GtkWidget *root)
{
  guint count = 0;
  gboolean container = GTK_IS_LIST_BOX (root) || GTK_IS_SCROLLED_WINDOW (root)
                       || GTK_IS_WINDOW (root) || GTK_IS_STACK (root);

  if (!gtk_widget_get_visible (root))
    return 0;
  if (gtk_widget_get_focusable (root) && gtk_widget_get_sensitive (root) && !container)
    {
      if (!is_named (root) && !is_toolkit (root))
        {
          g_autofree char *where = describe (root);

          g_test_message ("no accessible name:%s", where);
          g_test_fail ();
        }
      if (has_label (root)
          && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (root)) == GTK_ACCESSIBLE_ROLE_NONE)
        {
          g_autofree char *where = describe (root);

          g_test_message ("a name that nobody is told, as there is no role:%s", where);
          g_test_fail ();
        }
      count++;
    }
  if (is_toolkit (root) && !GTK_IS_EDITABLE (root))
    return count;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += name_walk_check (child);
  return count;
}

/**
 * name_walk_find:
 *
 * Returns: (nullable) (transfer none): the first widget of a type with an accessible name
 */
GtkWidget *
name_walk_find (GtkWidget  *root,
                GType       type,
                const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    {
      g_autofree char *differs = NULL;

      differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      if (differs == NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = name_walk_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}
