// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-transfers-window"

#include "config.h"

#include "yeji-transfers-window.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-transfer-line.h"
#include "yeji-transfer-words.h"

/* KB a second that are offered, for a line that others work on, too; behind them the clerk's own. */
static const guint rates[] = { 0, 100, 250, 500, 1000, 2000 };

#define N_RATES G_N_ELEMENTS (rates)
#define OWN_RATE N_RATES
#define N_WORKERS (YEJI_TRANSFERS_MOST_WORKERS - YEJI_TRANSFERS_LEAST_WORKERS + 1)

struct _YejiTransfersWindow
{
  AdwWindow parent_instance;

  GtkToggleButton *pause;
  AdwButtonContent *pause_content;
  GtkMenuButton *limits_button;
  GtkBox *rates;
  GtkWidget *own_box;
  GtkEditable *own;
  GtkBox *workers;
  GtkCheckButton *this_network;
  GtkCheckButton *not_metered;
  GtkWidget *whole;
  GtkLabel *summary;
  GtkProgressBar *progress;
  GtkLabel *details;
  GtkWidget *blocked;
  GtkLabel *blocked_text;
  GtkButton *unblock;
  GtkStack *stack;
  GtkListView *list;
  GMenuModel *row_menu;

  YejiTransfers *transfers;    /* (nullable): until the end */
  YejiDictionary *dictionary;  /* (nullable) */
  GtkSingleSelection *selection;
  GtkWidget *popover;          /* (nullable): the menu of a line */
  char *present;               /* (nullable): the network that this computer is in */
  GCancellable *finding;       /* that network */
  gint64 at;                   /* the id that is selected, wherever it moves; -1 none */
  gboolean showing;            /* controls are set from what is, and not by the clerk */
  GtkCheckButton *rate_buttons[N_RATES + 1];
  GtkToggleButton *worker_buttons[N_WORKERS];
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiTransfersWindow, yeji_transfers_window, ADW_TYPE_WINDOW)

/* ---- What is shown */

/* Bytes a second; 0 where nothing sensible is typed. */
static gint64
get_own (YejiTransfersWindow *self)
{
  return (gint64) g_ascii_strtoull (gtk_editable_get_text (self->own), NULL, 10) * 1000;
}

static void
show_limits (YejiTransfersWindow *self)
{
  guint workers = CLAMP (yeji_transfers_get_workers (self->transfers),
                         YEJI_TRANSFERS_LEAST_WORKERS, YEJI_TRANSFERS_MOST_WORKERS);
  gint64 limit = yeji_transfers_get_rate_limit (self->transfers);
  guint chosen = OWN_RATE;
  gboolean restricted = yeji_transfers_get_network (self->transfers) != NULL
                        && *yeji_transfers_get_network (self->transfers) != '\0';
  g_autofree char *label = NULL;

  for (guint i = 0; i < N_RATES; i++)
    if ((gint64) rates[i] * 1000 == limit)
      chosen = i;
  /* who types her own keeps seeing it, whatever it happens to be */
  if (!gtk_check_button_get_active (self->rate_buttons[OWN_RATE]) || chosen == 0)
    gtk_check_button_set_active (self->rate_buttons[chosen], TRUE);
  gtk_widget_set_sensitive (self->own_box,
                            gtk_check_button_get_active (self->rate_buttons[OWN_RATE]));
  if (limit > 0 && get_own (self) != limit)
    {
      g_autofree char *own = g_strdup_printf ("%" G_GINT64_FORMAT, limit / 1000);

      gtk_editable_set_text (self->own, own);
    }
  gtk_toggle_button_set_active (self->worker_buttons[workers - YEJI_TRANSFERS_LEAST_WORKERS], TRUE);
  label = restricted
            ? g_strdup_printf (_("Only on the network “%s”"),
                               yeji_transfers_get_network (self->transfers))
          : self->present != NULL
            ? g_strdup_printf (_("Only on this network (“%s”)"), self->present)
                            : g_strdup (_("Only on this network"));
  gtk_check_button_set_label (self->this_network, label);
  gtk_check_button_set_active (self->this_network, restricted);
  gtk_widget_set_sensitive (GTK_WIDGET (self->this_network), restricted || self->present != NULL);
  gtk_check_button_set_active (self->not_metered, !yeji_transfers_get_metered (self->transfers));
}

/* Its name may have to be looked up, and the computer may move to another one meanwhile. */
static void
on_network_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  YejiTransfersWindow *self = data;

  found = yeji_transfers_find_network_finish (YEJI_TRANSFERS (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->transfers == NULL)
    {
      g_object_unref (self);
      return;
    }
  g_free (self->present);
  self->present = found != NULL && *found != '\0' ? g_steal_pointer (&found) : NULL;
  self->showing = TRUE;
  show_limits (self);
  self->showing = FALSE;
  g_object_unref (self);
}

/* What a click can do about it. */
static const char *
get_unblock_label (YejiTransfersBlock block)
{
  return block == YEJI_TRANSFERS_PAUSED ? _("Resume")
         : block == YEJI_TRANSFERS_OTHER_NETWORK ? _("Send Here, Too")
         : block == YEJI_TRANSFERS_METERED ? _("Send All the Same") : NULL;
}

static void
show_blocked (YejiTransfersWindow *self)
{
  YejiTransfersBlock block = yeji_transfers_get_blocked (self->transfers);
  const char *words = yeji_transfers_block_to_words (block);
  const char *label = get_unblock_label (block);
  gboolean waiting = yeji_transfers_get_n_waiting (self->transfers) > 0;

  gtk_label_set_text (self->blocked_text, words != NULL ? words : "");
  gtk_widget_set_visible (self->blocked,
                          words != NULL && (waiting || block == YEJI_TRANSFERS_PAUSED));
  gtk_button_set_label (self->unblock, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unblock), label != NULL);
}

static void
show_pause (YejiTransfersWindow *self)
{
  gboolean paused = yeji_transfers_get_paused (self->transfers);

  gtk_toggle_button_set_active (self->pause, paused);
  adw_button_content_set_icon_name (self->pause_content, paused ? "media-playback-start-symbolic"
                                                                : "media-playback-pause-symbolic");
  adw_button_content_set_label (self->pause_content, paused ? _("Resume") : _("Pause"));
  yeji_a11y_set_name (GTK_WIDGET (self->pause), paused ? _("Resume") : _("Pause"));
}

static void
update (YejiTransfersWindow *self)
{
  g_autofree char *summary = NULL;
  g_autofree char *details = NULL;
  gboolean any;

  if (self->transfers == NULL || self->showing)
    return;
  self->showing = TRUE;
  any = g_list_model_get_n_items (G_LIST_MODEL (self->transfers)) > 0;
  summary = yeji_transfers_to_summary (self->transfers);
  details = yeji_transfers_to_details (self->transfers);
  gtk_label_set_text (self->summary, summary != NULL ? summary : _("Nothing waits to be sent"));
  gtk_label_set_text (self->details, details);
  gtk_progress_bar_set_fraction (self->progress, yeji_transfers_get_fraction (self->transfers));
  yeji_a11y_set_description (GTK_WIDGET (self->progress), details);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), any);
  gtk_widget_set_visible (GTK_WIDGET (self->details), any);
  show_blocked (self);
  gtk_widget_set_visible (self->whole, any || gtk_widget_get_visible (self->blocked));
  show_pause (self);
  show_limits (self);
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  self->showing = FALSE;
}

/* ---- Lines */

static YejiTransfer *
get_selected (YejiTransfersWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static guint
find_position (YejiTransfersWindow *self,
               gint64               id)
{
  GListModel *model = G_LIST_MODEL (self->transfers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiTransfer) transfer = g_list_model_get_item (model, i);

      if (yeji_transfer_get_id (transfer) == id)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
update_actions (YejiTransfersWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  YejiTransfer *transfer = get_selected (self);
  YejiTransferState state = transfer != NULL ? yeji_transfer_get_state (transfer)
                                             : N_YEJI_TRANSFER_STATES;

  gtk_widget_action_set_enabled (widget, "transfer.up", state == YEJI_TRANSFER_WAITING);
  gtk_widget_action_set_enabled (widget, "transfer.down", state == YEJI_TRANSFER_WAITING);
  gtk_widget_action_set_enabled (widget, "transfer.open", transfer != NULL);
}

static void
on_selected (YejiTransfersWindow *self)
{
  YejiTransfer *transfer = get_selected (self);

  if (self->transfers == NULL)
    return;
  if (transfer != NULL)
    self->at = yeji_transfer_get_id (transfer);
  update_actions (self);
}

/* A file that is moved is the same file. */
static void
on_items_changed (YejiTransfersWindow *self)
{
  guint position = self->at >= 0 ? find_position (self, self->at) : GTK_INVALID_LIST_POSITION;

  if (position != GTK_INVALID_LIST_POSITION
      && position != gtk_single_selection_get_selected (self->selection))
    {
      gtk_single_selection_set_selected (self->selection, position);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
    }
  update (self);
  update_actions (self);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource    *source,
                 double            x,
                 double            y,
                 YejiTransferLine *line)
{
  YejiTransfer *transfer = yeji_transfer_line_get_transfer (line);

  if (transfer == NULL || yeji_transfer_get_state (transfer) != YEJI_TRANSFER_WAITING)
    return NULL;
  return gdk_content_provider_new_typed (YEJI_TYPE_TRANSFER, transfer);
}

static void
on_drag_begin (GtkDragSource    *source,
               GdkDrag          *drag,
               YejiTransferLine *line)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (line));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
on_drop (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         YejiTransferLine *line)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (gtk_widget_get_root (GTK_WIDGET (line)));
  YejiTransfer *dragged = g_value_get_object (value);
  YejiTransfer *over = yeji_transfer_line_get_transfer (line);

  if (over == NULL || over == dragged || self->transfers == NULL)
    return FALSE;
  self->at = yeji_transfer_get_id (dragged);
  yeji_transfers_move_to (self->transfers, self->at,
                          find_position (self, yeji_transfer_get_id (over)));
  return TRUE;
}

/* ---- What is done with them */

typedef void (*Deed) (YejiTransfers *transfers,
                      gint64         id);

/* The buttons of a line name it; keys and menu mean the one that is selected. */
static void
do_with (GtkWidget *widget,
         GVariant  *target,
         Deed       deed)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (widget);
  YejiTransfer *selected = get_selected (self);

  if (self->transfers == NULL)
    return;
  if (target != NULL && g_variant_get_int64 (target) >= 0)
    deed (self->transfers, g_variant_get_int64 (target));
  else if (selected != NULL)
    deed (self->transfers, yeji_transfer_get_id (selected));
}

static void
on_first (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  do_with (widget, target, yeji_transfers_move_first);
}

static void
on_retry (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  do_with (widget, target, yeji_transfers_retry);
}

static void
on_cancel (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  do_with (widget, target, yeji_transfers_cancel);
}

static void
on_move (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (widget);
  YejiTransfer *selected = get_selected (self);
  guint n, position;

  if (selected == NULL || self->transfers == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->transfers));
  position = find_position (self, yeji_transfer_get_id (selected));
  if (g_str_equal (name, "transfer.up") && position > 0)
    yeji_transfers_move_to (self->transfers, yeji_transfer_get_id (selected), position - 1);
  else if (g_str_equal (name, "transfer.down") && position + 1 < n)
    yeji_transfers_move_to (self->transfers, yeji_transfer_get_id (selected), position + 1);
}

static void
on_open (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiTransfer *selected = get_selected (YEJI_TRANSFERS_WINDOW (widget));

  if (selected != NULL)
    g_signal_emit (widget, signals[CHOSEN], 0, yeji_transfer_get_record (selected),
                   yeji_transfer_get_slot (selected));
}

static void
on_activated (YejiTransfersWindow *self,
              guint                position)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "transfer.open", NULL);
}

static void
show_menu (YejiTransfersWindow *self,
           GtkWidget           *line)
{
  graphene_rect_t bounds;
  GdkRectangle place;

  if (get_selected (self) == NULL)
    return;
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      yeji_a11y_set_name (self->popover, _("File menu"));
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->list));
    }
  if (line == NULL
      || !gtk_widget_compute_bounds (line, GTK_WIDGET (self->list), &bounds))
    graphene_rect_init (&bounds, 40, 40, 1, 1);
  place = (GdkRectangle) { (int) bounds.origin.x + 40, (int) bounds.origin.y, 1,
                           (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_secondary (GtkGestureClick  *gesture,
              int               n_press,
              double            x,
              double            y,
              YejiTransferLine *line)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (gtk_widget_get_root (GTK_WIDGET (line)));
  YejiTransfer *transfer = yeji_transfer_line_get_transfer (line);

  if (transfer == NULL)
    return;
  gtk_single_selection_set_selected (self->selection,
                                     find_position (self, yeji_transfer_get_id (transfer)));
  show_menu (self, GTK_WIDGET (line));
}

static void
on_menu (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (widget);

  show_menu (self, gtk_widget_get_focus_child (GTK_WIDGET (self->list)));
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          YejiTransfersWindow      *self)
{
  GtkWidget *line = yeji_transfer_line_new (self->dictionary);
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (YEJI_TYPE_TRANSFER, GDK_ACTION_MOVE);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), line);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), line);
  gtk_widget_add_controller (line, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), line);
  gtk_widget_add_controller (line, GTK_EVENT_CONTROLLER (drop));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary), line);
  gtk_widget_add_controller (line, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, line);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  yeji_transfer_line_set_transfer (YEJI_TRANSFER_LINE (gtk_list_item_get_child (item)),
                                   gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  yeji_transfer_line_set_transfer (YEJI_TRANSFER_LINE (gtk_list_item_get_child (item)), NULL);
}

/* ---- All of them */

static void
on_pause (YejiTransfersWindow *self)
{
  if (self->transfers != NULL && !self->showing)
    yeji_transfers_set_paused (self->transfers, gtk_toggle_button_get_active (self->pause));
  update (self);
}

static void
on_pause_key (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (widget);

  gtk_toggle_button_set_active (self->pause, !gtk_toggle_button_get_active (self->pause));
}

static void
on_limits_key (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_menu_button_popup (YEJI_TRANSFERS_WINDOW (widget)->limits_button);
}

static void
on_unblock (YejiTransfersWindow *self)
{
  switch (yeji_transfers_get_blocked (self->transfers))
    {
    case YEJI_TRANSFERS_PAUSED:
      yeji_transfers_set_paused (self->transfers, FALSE);
      break;
    case YEJI_TRANSFERS_OTHER_NETWORK:
      yeji_transfers_set_network (self->transfers, NULL);
      break;
    case YEJI_TRANSFERS_METERED:
      yeji_transfers_set_metered (self->transfers, TRUE);
      break;
    case YEJI_TRANSFERS_FREE:
    case YEJI_TRANSFERS_OFFLINE:
    default:
      break;
    }
  update (self);
}

/* Who chooses her own and has not typed it yet is not limited yet. */
static void
on_rate (YejiTransfersWindow *self)
{
  gint64 limit = get_own (self);

  if (self->transfers == NULL || self->showing)
    return;
  for (guint i = 0; i < N_RATES; i++)
    if (gtk_check_button_get_active (self->rate_buttons[i]))
      limit = (gint64) rates[i] * 1000;
  gtk_widget_set_sensitive (self->own_box,
                            gtk_check_button_get_active (self->rate_buttons[OWN_RATE]));
  if (limit > 0 || !gtk_check_button_get_active (self->rate_buttons[OWN_RATE]))
    yeji_transfers_set_rate_limit (self->transfers, limit);
}

/* The one before goes out first, and then none of them counts. */
static void
on_rate_toggled (GtkCheckButton      *button,
                 YejiTransfersWindow *self)
{
  if (gtk_check_button_get_active (button))
    on_rate (self);
}

static void
on_own (YejiTransfersWindow *self)
{
  if (self->rate_buttons[OWN_RATE] != NULL
      && gtk_check_button_get_active (self->rate_buttons[OWN_RATE]))
    on_rate (self);
}

static void
on_workers (YejiTransfersWindow *self)
{
  if (self->transfers == NULL || self->showing)
    return;
  for (guint i = 0; i < N_WORKERS; i++)
    if (gtk_toggle_button_get_active (self->worker_buttons[i]))
      yeji_transfers_set_workers (self->transfers, YEJI_TRANSFERS_LEAST_WORKERS + i);
}

static void
on_this_network (YejiTransfersWindow *self)
{
  if (self->transfers == NULL || self->showing)
    return;
  yeji_transfers_set_network (self->transfers,
                              gtk_check_button_get_active (self->this_network) ? self->present
                                                                               : NULL);
  update (self);
}

static void
on_not_metered (YejiTransfersWindow *self)
{
  if (self->transfers != NULL && !self->showing)
    yeji_transfers_set_metered (self->transfers,
                                !gtk_check_button_get_active (self->not_metered));
}

/* ---- */

static void
yeji_transfers_window_dispose (GObject *object)
{
  YejiTransfersWindow *self = YEJI_TRANSFERS_WINDOW (object);

  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->present, g_free);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->transfers != NULL)
    g_signal_handlers_disconnect_by_data (self->transfers, self);
  g_clear_object (&self->transfers);
  g_clear_object (&self->dictionary);
  if (self->selection != NULL)
    gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (yeji_transfers_window_parent_class)->dispose (object);
}

static const struct
{
  const char *name;
  const char *target;          /* (nullable): its type */
  GtkWidgetActionActivateFunc activate;
  guint key;
  GdkModifierType modifiers;
} actions[] = {
  { "transfer.first", "x", on_first, GDK_KEY_Home, GDK_ALT_MASK },
  { "transfer.retry", "x", on_retry, GDK_KEY_r, GDK_CONTROL_MASK },
  { "transfer.cancel", "x", on_cancel, GDK_KEY_Delete, 0 },
  { "transfer.up", NULL, on_move, GDK_KEY_Up, GDK_ALT_MASK },
  { "transfer.down", NULL, on_move, GDK_KEY_Down, GDK_ALT_MASK },
  { "transfer.open", NULL, on_open, 0, 0 },
  { "transfers.pause", NULL, on_pause_key, GDK_KEY_p, GDK_CONTROL_MASK },
  { "transfers.limits", NULL, on_limits_key, GDK_KEY_l, GDK_CONTROL_MASK },
  { "transfers.menu", NULL, on_menu, GDK_KEY_Menu, 0 },
};

static void
install_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (klass, actions[i].name, actions[i].target,
                                       actions[i].activate);
      if (actions[i].key == 0)
        continue;
      if (actions[i].target != NULL)
        gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].modifiers,
                                             actions[i].name, "x", (gint64) -1);
      else
        gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].modifiers,
                                             actions[i].name, NULL);
    }
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "transfers.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
yeji_transfers_window_class_init (YejiTransfersWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_transfers_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-transfers-window.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, pause);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, pause_content);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, limits_button);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, rates);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, own_box);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, own);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, workers);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, this_network);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, not_metered);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, whole);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, details);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, blocked);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, blocked_text);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, unblock);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, list);
  gtk_widget_class_bind_template_child (widget_class, YejiTransfersWindow, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_pause);
  gtk_widget_class_bind_template_callback (widget_class, on_own);
  gtk_widget_class_bind_template_callback (widget_class, on_this_network);
  gtk_widget_class_bind_template_callback (widget_class, on_not_metered);
  gtk_widget_class_bind_template_callback (widget_class, on_unblock);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  install_actions (widget_class);

  signals[CHOSEN] = g_signal_new ("chosen", YEJI_TYPE_TRANSFERS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static char *
name_rate (guint rate)
{
  if (rate == 0)
    return g_strdup (_("As fast as it goes"));
  return rate < 1000 ? g_strdup_printf (_("%u KB/s"), rate)
                     : g_strdup_printf (_("%u MB/s"), rate / 1000);
}

static void
add_rates (YejiTransfersWindow *self)
{
  for (guint i = 0; i <= N_RATES; i++)
    {
      g_autofree char *name = i == OWN_RATE ? g_strdup (_("Another limit")) : name_rate (rates[i]);
      GtkWidget *button = gtk_check_button_new_with_label (name);

      self->rate_buttons[i] = GTK_CHECK_BUTTON (button);
      if (i > 0)
        gtk_check_button_set_group (self->rate_buttons[i], self->rate_buttons[0]);
      yeji_a11y_set_name (button, name);
      g_signal_connect (button, "toggled", G_CALLBACK (on_rate_toggled), self);
      gtk_box_append (self->rates, button);
    }
}

static void
add_workers (YejiTransfersWindow *self)
{
  for (guint i = 0; i < N_WORKERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", YEJI_TRANSFERS_LEAST_WORKERS + i);
      g_autofree char *spoken = g_strdup_printf ("%s: %s", _("Files at the same time"), name);
      GtkWidget *button = gtk_toggle_button_new_with_label (name);

      self->worker_buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->worker_buttons[i], self->worker_buttons[0]);
      yeji_a11y_set_name (button, spoken);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_workers), self);
      gtk_box_append (self->workers, button);
    }
}

static void
yeji_transfers_window_init (YejiTransfersWindow *self)
{
  self->at = -1;
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
  add_rates (self);
  add_workers (self);
  yeji_a11y_set_name (GTK_WIDGET (self->own), _("KB a second"));
  yeji_a11y_set_name (GTK_WIDGET (self->progress), _("All files"));
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Files on their way"));
  yeji_a11y_set_name (GTK_WIDGET (self->limits_button), _("Limits"));
}

/**
 * yeji_transfers_window_new:
 * @dictionary: (nullable): that knows the slots
 *
 * Returns: (transfer none): a window on what is on its way; owned by GTK
 */
GtkWidget *
yeji_transfers_window_new (GtkWindow      *parent,
                           YejiTransfers  *transfers,
                           YejiDictionary *dictionary)
{
  YejiTransfersWindow *self = g_object_new (YEJI_TYPE_TRANSFERS_WINDOW, "transient-for", parent,
                                            NULL);

  g_set_object (&self->dictionary, dictionary);
  self->transfers = g_object_ref (transfers);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (transfers)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (transfers, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect_swapped (transfers, "notify", G_CALLBACK (update), self);
  self->finding = g_cancellable_new ();
  yeji_transfers_find_network_async (transfers, self->finding, on_network_found,
                                     g_object_ref (self));
  update (self);
  on_selected (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_transfers_window_get_summary:
 *
 * Returns: how far all is, as it is shown
 */
const char *
yeji_transfers_window_get_summary (YejiTransfersWindow *self)
{
  return gtk_label_get_text (self->summary);
}

/**
 * yeji_transfers_window_get_blocked:
 *
 * Returns: (nullable): why nothing is sent, as it is shown
 */
const char *
yeji_transfers_window_get_blocked (YejiTransfersWindow *self)
{
  return gtk_widget_get_visible (self->blocked) ? gtk_label_get_text (self->blocked_text) : NULL;
}

/**
 * yeji_transfers_window_select:
 *
 * Selects a line and gives the list the focus.
 */
void
yeji_transfers_window_select (YejiTransfersWindow *self,
                              guint                position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/**
 * yeji_transfers_window_get_selected:
 *
 * Returns: the line that is selected; %GTK_INVALID_LIST_POSITION for none
 */
guint
yeji_transfers_window_get_selected (YejiTransfersWindow *self)
{
  return gtk_single_selection_get_selected (self->selection);
}
