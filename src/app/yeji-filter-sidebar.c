// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-filter-sidebar"

#include "config.h"

#include "yeji-filter-sidebar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"

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
  YejiFilter selected;
};

enum
{
  SELECTED,
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
  for (guint i = 0; i < N_YEJI_FILTERS; i++)
    if (self->rows[i] == row && self->selected != i)
      {
        self->selected = i;
        g_signal_emit (self, signals[SELECTED], 0, i);
        return;
      }
}

static void
add_row (YejiFilterSidebar *self,
         YejiFilter         filter)
{
  const YejiFilterDef *def = yeji_filter_get (filter);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (_(def->label));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (row, _(def->empty_text));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (def->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  yeji_a11y_set_name (row, _(def->label));
  self->rows[filter] = GTK_LIST_BOX_ROW (row);
  self->counts[filter] = GTK_LABEL (count);
  gtk_list_box_append (get_box (self, filter), row);
}

static void
update_enterprise (YejiFilterSidebar *self)
{
  g_autofree char *spoken = g_strdup_printf (_("Enterprise: %s"), gtk_label_get_text (self->name));
  g_autofree char *help = g_strdup_printf (_("%s\nOther enterprises (Ctrl+E)"),
                                           gtk_label_get_text (self->name));

  yeji_a11y_set_name (self->enterprise, spoken);
  yeji_a11y_set_description (self->enterprise, gtk_label_get_text (self->account));
  gtk_widget_set_tooltip_text (self->enterprise, help);
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
}

static void
yeji_filter_sidebar_init (YejiFilterSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (YEJI_IS_FILTER_SIDEBAR (self));
  g_return_if_fail (filter < N_YEJI_FILTERS);

  text = count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");
  if (g_str_equal (gtk_label_get_text (self->counts[filter]), text) && count > 0)
    return;
  gtk_label_set_text (self->counts[filter], text);
  spoken = g_strdup_printf (ngettext ("%u record", "%u records", count), count);
  yeji_a11y_set_description (GTK_WIDGET (self->rows[filter]), spoken);
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

  gtk_widget_grab_focus (GTK_WIDGET (self->rows[self->selected]));
}
