// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-empty-page"

#include "config.h"

#include "yeji-empty-page.h"

#include <glib/gi18n.h>

#define N_BUTTONS 2

struct _YejiEmptyPage
{
  AdwBin parent_instance;

  AdwStatusPage *page;
  GtkButton *buttons[N_BUTTONS];  /* the first is what is most likely wanted */
};

G_DEFINE_FINAL_TYPE (YejiEmptyPage, yeji_empty_page, ADW_TYPE_BIN)

static void
set_button (YejiEmptyPage *self,
            guint          i,
            const char    *label,
            const char    *action)
{
  gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), action != NULL);
  gtk_button_set_label (self->buttons[i], label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[i]), action);
}

static void
yeji_empty_page_class_init (YejiEmptyPageClass *klass)
{
}

static void
yeji_empty_page_init (YejiEmptyPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < N_BUTTONS; i++)
    {
      self->buttons[i] = GTK_BUTTON (gtk_button_new ());
      gtk_widget_add_css_class (GTK_WIDGET (self->buttons[i]), "pill");
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[i]));
    }
  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->page), "compact");
  adw_status_page_set_child (self->page, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
  yeji_empty_page_show_filter (self, YEJI_FILTER_ALL);
}

GtkWidget *
yeji_empty_page_new (void)
{
  return g_object_new (YEJI_TYPE_EMPTY_PAGE, NULL);
}

/**
 * yeji_empty_page_show_filter:
 *
 * Says what a filter is for that shows nothing.
 */
void
yeji_empty_page_show_filter (YejiEmptyPage *self,
                             YejiFilter     filter)
{
  const YejiFilterDef *def = yeji_filter_get (filter);

  g_return_if_fail (YEJI_IS_EMPTY_PAGE (self));

  adw_status_page_set_icon_name (self->page, def->icon);
  adw_status_page_set_title (self->page, _(def->empty_title));
  adw_status_page_set_description (self->page, _(def->empty_text));
  set_button (self, 0, _(def->action_label), def->action);
  set_button (self, 1, _("Clear Search"), NULL);
}

/**
 * yeji_empty_page_show_search:
 * @typed: (nullable): what was sought; %NULL or empty for nothing
 * @narrowed: whether the records are filtered in another way, too
 *
 * Says that nothing was found, and where else to look.
 */
void
yeji_empty_page_show_search (YejiEmptyPage *self,
                             YejiFilter     filter,
                             const char    *typed,
                             gboolean       narrowed)
{
  gboolean sought = typed != NULL && *typed != '\0';
  gboolean wider = sought && (narrowed || filter != YEJI_FILTER_ALL);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (YEJI_IS_EMPTY_PAGE (self));

  adw_status_page_set_icon_name (self->page, "system-search-symbolic");
  adw_status_page_set_title (self->page, _("Nothing Found"));
  if (!sought)
    text = g_strdup (_("No record is what you filter by."));
  else if (wider)
    text = g_strdup_printf (_("“%s” is in no record that is shown here. Maybe it is in others."),
                            typed);
  else
    text = g_strdup_printf (_("“%s” is in no record. Try a part of the name or of any number, or "
                              "the initials of the name."), typed);
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->page, markup);
  if (wider)
    set_button (self, 0, _("Search All Records"), "records.search-all");
  else
    set_button (self, 0, sought ? _("Clear Search") : _("Remove Filters"), "records.clear");
  set_button (self, 1, _("Clear Search"), wider ? "records.clear" : NULL);
}
