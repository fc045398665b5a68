// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync-popover"

#include "config.h"

#include "yeji-sync-popover.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-sync-words.h"

/* Below the width that the popover has anyway: it would be measured for a width that it does not get,
 * and be too low. */
#define LABEL_WIDTH 28
/* So many have room without scrolling. */
#define FEW_ITEMS 3
/* More of them say no more. */
#define MOST_ITEMS 20

/**
 * YejiSyncPopover:
 *
 * How it stands with the province, in the words that the command line has too, with what waits and
 * a way not to wait.
 */
struct _YejiSyncPopover
{
  GtkPopover parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *words;             /* what is the matter, and ... */
  GtkLabel *facts;             /* ... since when, until when, and what waits */
  GtkScrolledWindow *waiting;
  GtkListBox *items;
  GtkButton *transfers;
  GtkButton *sign_in;
  GtkButton *try_now;

  YejiSyncEngine *engine;
  YejiSyncWaiting *found;      /* (nullable): what waited when it was looked for last */
};

G_DEFINE_FINAL_TYPE (YejiSyncPopover, yeji_sync_popover, GTK_TYPE_POPOVER)

static const char *const icons[N_YEJI_SYNC_STATES] = {
  [YEJI_SYNC_STOPPED] = "avatar-default-symbolic",
  [YEJI_SYNC_SIGNED_OUT] = "avatar-default-symbolic",
  [YEJI_SYNC_ENDED] = "avatar-default-symbolic",
  [YEJI_SYNC_SIGNING_IN] = "avatar-default-symbolic",
  [YEJI_SYNC_RUNNING] = "emblem-synchronizing-symbolic",
  [YEJI_SYNC_ONLINE] = "network-transmit-receive-symbolic",
  [YEJI_SYNC_OFFLINE] = "network-offline-symbolic",
  [YEJI_SYNC_BUSY] = "appointment-soon-symbolic",
  [YEJI_SYNC_TROUBLE] = "dialog-warning-symbolic",
  [YEJI_SYNC_INCOMPATIBLE] = "software-update-available-symbolic",
};

static void
clear_items (YejiSyncPopover *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->items))) != NULL)
    gtk_list_box_remove (self->items, row);
}

/* @style (nullable) */
static GtkWidget *
make_label (const char *text,
            const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_WIDTH);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_row (YejiSyncPopover *self,
         const char      *name,
         const char      *words)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), make_label (name, NULL));
  if (words != NULL)
    gtk_box_append (GTK_BOX (box), make_label (words, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  yeji_a11y_set_name (row, name);
  yeji_a11y_set_description (row, words);
  gtk_list_box_append (self->items, row);
}

static void
show_items (YejiSyncPopover *self)
{
  guint n_items = self->found != NULL ? self->found->items->len : 0;

  clear_items (self);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), n_items > 0);
  /* what scrolls is cut off first when a text above takes a line more than it was measured with */
  gtk_scrolled_window_set_policy (self->waiting, GTK_POLICY_NEVER,
                                  n_items <= FEW_ITEMS ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  for (guint i = 0; i < MIN (n_items, MOST_ITEMS); i++)
    {
      const YejiSyncWaitingItem *item = g_ptr_array_index (self->found->items, i);
      g_autofree char *words = yeji_sync_words_item (item);

      add_row (self, *item->name != '\0' ? item->name : _("Unnamed record"), words);
    }
  if (n_items > MOST_ITEMS)
    {
      guint n_more = n_items - MOST_ITEMS;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more submission",
                                                         "and %u more submissions", n_more),
                                               n_more);

      add_row (self, more, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->transfers),
                          self->found != NULL
                          && (self->found->n_files > 0 || self->found->n_failed > 0));
}

static void
show_lines (YejiSyncPopover *self,
            const char      *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "\n", 2);
  const char *facts = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";

  gtk_label_set_text (self->words, parts[0] != NULL ? parts[0] : "");
  gtk_label_set_text (self->facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), *facts != '\0');
}

static void
show_words (YejiSyncPopover *self)
{
  const YejiSyncOutcome *outcome = yeji_sync_engine_get_outcome (self->engine);
  g_autofree char *title = yeji_sync_words_title (outcome);
  g_autofree char *words = yeji_sync_words (outcome, self->found, YEJI_SYNC_TELLER_ENGINE);
  gboolean out = outcome->state == YEJI_SYNC_SIGNED_OUT || outcome->state == YEJI_SYNC_ENDED;
  gboolean stuck = outcome->state == YEJI_SYNC_TROUBLE;

  gtk_image_set_from_icon_name (self->icon, yeji_sync_popover_get_icon (outcome->state));
  gtk_label_set_text (self->title, title);
  show_lines (self, words);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in), out || stuck);
  gtk_widget_set_visible (GTK_WIDGET (self->try_now), !out);
  yeji_a11y_set_name (GTK_WIDGET (self), title);
  yeji_a11y_set_description (GTK_WIDGET (self), words);
}

static gpointer
load_waiting (gpointer       engine,
              GCancellable  *cancellable,
              GError       **error)
{
  return yeji_sync_waiting_load (yeji_sync_engine_get_store (engine), error);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiSyncPopover) self = data;
  YejiSyncWaiting *found = yeji_background_finish (result, NULL);

  if (found == NULL)
    return;
  g_clear_pointer (&self->found, yeji_sync_waiting_free);
  self->found = found;
  if (self->engine == NULL)
    return;
  show_items (self);
  show_words (self);
}

static void
refresh (YejiSyncPopover *self)
{
  if (self->engine == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  show_words (self);
  yeji_background_run (self->engine, load_waiting, g_object_ref (self->engine), g_object_unref,
                       (GDestroyNotify) yeji_sync_waiting_free, on_loaded, g_object_ref (self));
}

static void
yeji_sync_popover_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (yeji_sync_popover_parent_class)->show (widget);
  refresh (YEJI_SYNC_POPOVER (widget));
}

static void
yeji_sync_popover_dispose (GObject *object)
{
  YejiSyncPopover *self = YEJI_SYNC_POPOVER (object);

  if (self->engine != NULL)
    g_signal_handlers_disconnect_by_data (self->engine, self);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (yeji_sync_popover_parent_class)->dispose (object);
}

static void
yeji_sync_popover_finalize (GObject *object)
{
  g_clear_pointer (&YEJI_SYNC_POPOVER (object)->found, yeji_sync_waiting_free);
  G_OBJECT_CLASS (yeji_sync_popover_parent_class)->finalize (object);
}

static void
yeji_sync_popover_class_init (YejiSyncPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_sync_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_sync_popover_finalize;
  widget_class->show = yeji_sync_popover_show;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-sync-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, icon);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, title);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, words);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, facts);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, waiting);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, items);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, transfers);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, sign_in);
  gtk_widget_class_bind_template_child (widget_class, YejiSyncPopover, try_now);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
yeji_sync_popover_init (YejiSyncPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_sync_popover_new:
 *
 * Returns: (transfer floating): a popover that follows the engine, to be given a parent
 */
GtkWidget *
yeji_sync_popover_new (YejiSyncEngine *engine)
{
  YejiSyncPopover *self = g_object_new (YEJI_TYPE_SYNC_POPOVER, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_swapped (engine, "notify::state", G_CALLBACK (refresh), self);
  return GTK_WIDGET (self);
}

/**
 * yeji_sync_popover_get_icon:
 *
 * Returns: the name of an icon for the state
 */
const char *
yeji_sync_popover_get_icon (YejiSyncState state)
{
  g_return_val_if_fail (state < N_YEJI_SYNC_STATES, "");

  return icons[state];
}

/**
 * yeji_sync_popover_get_words:
 *
 * Returns: (transfer full): what it says, line by line
 */
char *
yeji_sync_popover_get_words (YejiSyncPopover *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_POPOVER (self), NULL);

  return g_strjoin ("\n", gtk_label_get_text (self->words), gtk_label_get_text (self->facts),
                    NULL);
}

/**
 * yeji_sync_popover_get_n_items:
 *
 * Returns: how many lines there are of what waits
 */
guint
yeji_sync_popover_get_n_items (YejiSyncPopover *self)
{
  guint n_items = 0;

  g_return_val_if_fail (YEJI_IS_SYNC_POPOVER (self), 0);

  while (gtk_list_box_get_row_at_index (self->items, (int) n_items) != NULL)
    n_items++;
  return n_items;
}
