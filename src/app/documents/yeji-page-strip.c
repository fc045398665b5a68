// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-strip"

#include "config.h"

#include "yeji-page-strip.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-page-item.h"
#include "yeji-thumbnail.h"
#include "yeji-thumbnails.h"

#define THUMB_WIDTH 46
#define THUMB_HEIGHT 60

/* A list view makes its first 200 rows at once, and each takes a third of a millisecond. */
#define PORTION 16

struct _YejiPageStrip
{
  AdwBin parent_instance;

  GtkListView *list;
  GListStore *items;           /* (element-type YejiPageItem) */
  GtkSingleSelection *selection;
  YejiStore *store;            /* (nullable) */
  guint silent;                /* how many changes of the selection are not the clerk's */
  GPtrArray *pages;            /* (element-type YejiPageItem): all, shown yet or not */
  guint filling;
  char *wanted_id;             /* (nullable): of the document whose page is to be marked */
  guint wanted_page;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPageStrip, yeji_page_strip, ADW_TYPE_BIN)

static gboolean
is_of (YejiPageItem   *item,
       YejiAttachment *attachment)
{
  return g_str_equal (yeji_attachment_get_id (yeji_page_item_get_attachment (item)),
                      yeji_attachment_get_id (attachment));
}

/* Marks the wanted page as soon as it is there. */
static void
mark_wanted (YejiPageStrip *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; self->wanted_id != NULL && i < n; i++)
    {
      g_autoptr (YejiPageItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      YejiAttachment *attachment = yeji_page_item_get_attachment (item);

      if (yeji_page_item_get_page (item) != self->wanted_page
          || !g_str_equal (yeji_attachment_get_id (attachment), self->wanted_id))
        continue;
      g_clear_pointer (&self->wanted_id, g_free);
      self->silent++;
      gtk_single_selection_set_selected (self->selection, i);
      self->silent--;
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
    }
}

static gboolean
on_fill (gpointer data)
{
  YejiPageStrip *self = data;
  guint has = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n = MIN (PORTION, self->pages->len - has);

  self->silent++;
  g_list_store_splice (self->items, has, 0, self->pages->pdata + has, n);
  self->silent--;
  mark_wanted (self);
  if (has + n < self->pages->len)
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

/* Shows the pages that are new; from @keep on all are. */
static void
fill (YejiPageStrip *self,
      guint          keep)
{
  guint has = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  g_clear_handle_id (&self->filling, g_source_remove);
  self->silent++;
  if (keep < has)
    g_list_store_splice (self->items, keep, has - keep, NULL, 0);
  self->silent--;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->pages->len > MIN (keep, has))
    self->filling = g_idle_add (on_fill, self);
}

static void
on_selected (YejiPageStrip *self)
{
  YejiPageItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && self->silent == 0)
    g_signal_emit (self, signals[CHOSEN], 0, yeji_page_item_get_attachment (item),
                   yeji_page_item_get_page (item));
}

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          YejiPageStrip      *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *number = gtk_label_new (NULL);

  gtk_widget_add_css_class (number, "caption");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), yeji_thumbnail_new (THUMB_WIDTH, THUMB_HEIGHT));
  gtk_box_append (GTK_BOX (box), number);
  gtk_list_item_set_child (list_item, box);
}

static void
on_bind (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         YejiPageStrip      *self)
{
  YejiPageItem *item = gtk_list_item_get_item (list_item);
  YejiAttachment *attachment = yeji_page_item_get_attachment (item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  g_autofree char *number = g_strdup_printf ("%u", yeji_page_item_get_page (item) + 1);
  g_autofree char *spoken = NULL;

  spoken = g_strdup_printf (_("%s, page %s"), yeji_attachment_get_filename (attachment), number);
  yeji_thumbnail_show (YEJI_THUMBNAIL (gtk_widget_get_first_child (box)), self->store, attachment,
                       yeji_page_item_get_page (item));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), number);
  gtk_widget_set_tooltip_text (box, spoken);
  if (gtk_widget_get_parent (box) != NULL)
    yeji_a11y_set_name (gtk_widget_get_parent (box), spoken);
  /* Where another document begins there is a gap. */
  if (yeji_page_item_get_page (item) == 0)
    gtk_widget_add_css_class (box, "yeji-first-page");
  else
    gtk_widget_remove_css_class (box, "yeji-first-page");
}

static void
on_unbind (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           YejiPageStrip      *self)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);

  yeji_thumbnail_show (YEJI_THUMBNAIL (gtk_widget_get_first_child (box)), NULL, NULL, 0);
}

static void
yeji_page_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yeji_page_strip_parent_class)->map (widget);
  fill (YEJI_PAGE_STRIP (widget), G_MAXUINT);
}

static void
yeji_page_strip_dispose (GObject *object)
{
  YejiPageStrip *self = YEJI_PAGE_STRIP (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->wanted_id, g_free);
  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_page_strip_parent_class)->dispose (object);
}

static void
yeji_page_strip_class_init (YejiPageStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_page_strip_dispose;
  GTK_WIDGET_CLASS (klass)->map = yeji_page_strip_map;
  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_PAGE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, YEJI_TYPE_ATTACHMENT, G_TYPE_UINT);
}

static void
yeji_page_strip_init (YejiPageStrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->pages = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_list_store_new (YEJI_TYPE_PAGE_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (
    g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->list), GTK_ORIENTATION_HORIZONTAL);
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Pages"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-page-strip");
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/**
 * yeji_page_strip_set_files:
 * @store: (nullable): %NULL when there are no files
 * @files: (element-type YejiAttachment)
 *
 * Shows documents, with one page each until more are known of.
 */
void
yeji_page_strip_set_files (YejiPageStrip *self,
                           YejiStore     *store,
                           GPtrArray     *files)
{
  g_return_if_fail (YEJI_IS_PAGE_STRIP (self));

  g_set_object (&self->store, store);
  g_ptr_array_set_size (self->pages, 0);
  for (guint i = 0; i < files->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (files, i);
      guint n_pages = yeji_thumbnails_count_pages (attachment);

      for (guint page = 0; page < MAX (1, n_pages); page++)
        g_ptr_array_add (self->pages, yeji_page_item_new (attachment, page));
    }
  fill (self, 0);
}

/**
 * yeji_page_strip_set_n_pages:
 * @n_pages: 0 changes nothing
 *
 * Says how many pages a document turned out to have.
 */
void
yeji_page_strip_set_n_pages (YejiPageStrip  *self,
                             YejiAttachment *attachment,
                             guint           n_pages)
{
  guint first = 0;
  guint has = 0;

  for (guint i = 0; i < self->pages->len; i++)
    if (is_of (g_ptr_array_index (self->pages, i), attachment) && has++ == 0)
      first = i;
  if (has == 0 || n_pages <= has)
    return;
  for (guint page = has; page < n_pages; page++)
    g_ptr_array_insert (self->pages, (int) (first + page), yeji_page_item_new (attachment, page));
  fill (self, first + has);
}

/**
 * yeji_page_strip_select:
 *
 * Marks the page that is on screen, and brings it into sight.
 */
void
yeji_page_strip_select (YejiPageStrip  *self,
                        YejiAttachment *attachment,
                        guint           page)
{
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (yeji_attachment_get_id (attachment));
  self->wanted_page = page;
  mark_wanted (self);
}

/**
 * yeji_page_strip_get_n_pages:
 *
 * Returns: how many pages are shown, of all documents
 */
guint
yeji_page_strip_get_n_pages (YejiPageStrip *self)
{
  return self->pages->len;
}
