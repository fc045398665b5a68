// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-filter-sidebar"

#include "config.h"

#include "yeji-filter-sidebar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-tooltip.h"

struct _YejiFilterSidebar
{
  AdwBin parent_instance;

  GtkWidget *enterprise;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *account;
  GtkListBox *filters;
  GtkListBox *bin;

  GtkListBoxRow *rows[N_YEJI_FILTERS];
  GtkLabel *counts[N_YEJI_FILTERS];
  GtkListBoxRow *tray;         /* files, where the others are records */
  GtkLabel *tray_count;
  YejiFilter selected;
  gboolean is_tray;
};

enum
{
  SELECTED,
  TRAY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiFilterSidebar, yeji_filter_sidebar, ADW_TYPE_BIN)

static GtkListBox *
get_box (YejiFilterSidebar *self,
         YejiFilter         filter)
{
  return filter == YEJI_FILTER_BIN ? self->bin : self->filters;
}

/* Two lists, of which one row at a time is chosen. */
static void
on_row_selected (YejiFilterSidebar *self,
                 GtkListBoxRow     *row,
                 GtkListBox        *box)
{
  if (row == NULL)
    return;
  gtk_list_box_unselect_all (box == self->bin ? self->filters : self->bin);
  if (row == self->tray && !self->is_tray)
    {
      self->is_tray = TRUE;
      g_signal_emit (self, signals[TRAY], 0);
      return;
    }
  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    if (self->rows[i] == row && (self->selected != i || self->is_tray))
      {
        self->is_tray = FALSE;
        self->selected = i;
        g_signal_emit (self, signals[SELECTED], 0, i);
        return;
      }
}

static GtkListBoxRow *
make_row (const char  *icon,
          const char  *title,
          const char  *tooltip,
          GtkLabel   **number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  yeji_tooltip_set (row, tooltip);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  yeji_a11y_set_name (row, title);
  *number = GTK_LABEL (count);
  return GTK_LIST_BOX_ROW (row);
}

static void
add_row (YejiFilterSidebar *self,
         YejiFilter         filter)
{
  const YejiFilterDef *def = yeji_filter_get (filter);

  self->rows[filter] = make_row (def->icon, _(def->label), _(def->empty_text),
                                 &self->counts[filter]);
  gtk_list_box_append (get_box (self, filter), GTK_WIDGET (self->rows[filter]));
}

static void
add_tray (YejiFilterSidebar *self)
{
  self->tray = make_row ("folder-documents-symbolic", _("Tray"),
                         _("Files that nobody could tell the place of (Ctrl+Shift+Y)"),
                         &self->tray_count);
  gtk_list_box_append (self->bin, GTK_WIDGET (self->tray));
}

static void
show_count (GtkLabel *label,
            guint     count)
{
  g_autofree char *text = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");

  gtk_label_set_text (label, text);
}

static void
update_enterprise (YejiFilterSidebar *self)
{
  g_autofree char *spoken = g_strdup_printf (_("Enterprise: %s"), gtk_label_get_text (self->name));
  g_autofree char *help = g_strdup_printf (_("%s\nOther enterprises (Ctrl+E)"),
                                           gtk_label_get_text (self->name));

  yeji_a11y_set_name (self->enterprise, spoken);
  yeji_a11y_set_description (self->enterprise, gtk_label_get_text (self->account));
  yeji_tooltip_set (self->enterprise, help);
}

static void
yeji_filter_sidebar_class_init (YejiFilterSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-filter-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiFilterSidebar, enterprise);
  gtk_widget_class_bind_template_child (widget_class, YejiFilterSidebar, avatar);
  gtk_widget_class_bind_template_child (widget_class, YejiFilterSidebar, name);
  gtk_widget_class_bind_template_child (widget_class, YejiFilterSidebar, account);
  gtk_widget_class_bind_template_child (widget_class, YejiFilterSidebar, filters);
  gtk_widget_class_bind_template_child (widget_class, YejiFilterSidebar, bin);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  signals[SELECTED] = g_signal_new ("selected", YEJI_TYPE_FILTER_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[TRAY] = g_signal_new ("tray", YEJI_TYPE_FILTER_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
yeji_filter_sidebar_init (YejiFilterSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tray (self);
  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    add_row (self, i);
  yeji_a11y_set_name (GTK_WIDGET (self->filters), _("Show"));
  yeji_a11y_set_name (GTK_WIDGET (self->bin), _("Show"));
  yeji_filter_sidebar_set_enterprise (self, NULL);
  yeji_filter_sidebar_select (self, YEJI_FILTER_ALL);
}

GtkWidget *
yeji_filter_sidebar_new (void)
{
  return g_object_new (YEJI_TYPE_FILTER_SIDEBAR, NULL);
}

/**
 * yeji_filter_sidebar_select:
 *
 * Chooses a filter as a click does.
 */
void
yeji_filter_sidebar_select (YejiFilterSidebar *self,
                            YejiFilter         filter)
{
  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));
  g_return_if_fail (filter < N_YEJI_FILTERS);

  gtk_list_box_select_row (get_box (self, filter), self->rows[filter]);
}

YejiFilter
yeji_filter_sidebar_get_selected (YejiFilterSidebar *self)
{
  g_return_val_if_fail (YEJI_IS_FILTER_SIDEBAR (self), YEJI_FILTER_ALL);

  return self->selected;
}

/**
 * yeji_filter_sidebar_set_count:
 *
 * Says how many records a filter would show.
 */
void
yeji_filter_sidebar_set_count (YejiFilterSidebar *self,
                               YejiFilter         filter,
                               guint              count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *spoken = NULL;

  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));
  g_return_if_fail (filter < N_YEJI_FILTERS);

  if (g_str_equal (gtk_label_get_text (self->counts[filter]), text) && count > 0)
    return;
  show_count (self->counts[filter], count);
  spoken = g_strdup_printf (ngettext ("%u record", "%u records", count), count);
  yeji_a11y_set_description (GTK_WIDGET (self->rows[filter]), spoken);
}

/**
 * yeji_filter_sidebar_select_tray:
 *
 * Chooses the tray as a click does.
 */
void
yeji_filter_sidebar_select_tray (YejiFilterSidebar *self)
{
  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));

  gtk_list_box_select_row (self->bin, self->tray);
}

/**
 * yeji_filter_sidebar_is_tray:
 *
 * Returns: whether the tray is chosen, and no filter
 */
gboolean
yeji_filter_sidebar_is_tray (YejiFilterSidebar *self)
{
  g_return_val_if_fail (YEJI_IS_FILTER_SIDEBAR (self), FALSE);

  return self->is_tray;
}

/**
 * yeji_filter_sidebar_set_tray_count:
 *
 * Says how many files wait in the tray.
 */
void
yeji_filter_sidebar_set_tray_count (YejiFilterSidebar *self,
                                    guint              count)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));

  show_count (self->tray_count, count);
  spoken = g_strdup_printf (ngettext ("%u file", "%u files", count), count);
  yeji_a11y_set_description (GTK_WIDGET (self->tray), spoken);
}

/**
 * yeji_filter_sidebar_set_enterprise:
 * @name: (nullable): %NULL while it has none
 */
void
yeji_filter_sidebar_set_enterprise (YejiFilterSidebar *self,
                                    const char        *name)
{
  gboolean named = name != NULL && *name != '\0';

  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));

  gtk_label_set_text (self->name, named ? name : _("My Enterprise"));
  /* without a text it has another colour at every start */
  adw_avatar_set_text (self->avatar, gtk_label_get_text (self->name));
  adw_avatar_set_show_initials (self->avatar, named);
  update_enterprise (self);
}

/**
 * yeji_filter_sidebar_set_account:
 * @account: under the name: who is signed in, or that nobody is
 */
void
yeji_filter_sidebar_set_account (YejiFilterSidebar *self,
                                 const char        *account)
{
  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));

  gtk_label_set_text (self->account, account);
  update_enterprise (self);
}

/**
 * yeji_filter_sidebar_grab:
 *
 * Gives the focus to the filter that is chosen.
 */
void
yeji_filter_sidebar_grab (YejiFilterSidebar *self)
{
  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->is_tray ? self->tray : self->rows[self->selected]));
}
