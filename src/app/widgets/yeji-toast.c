// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-toast"

#include "config.h"

#include "yeji-toast.h"

#include <glib/gi18n.h>

#include "yeji-offers.h"

/* Undoing needs to be read, thought of and reached: twice the usual time. */
#define UNDO_SECONDS 10

/* libadwaita 1.2 moves a toast into sight for half a second when another one goes meanwhile, and
 * out of sight for 300 ms; whoever is dismissed before it has arrived is freed while the first of
 * the two still runs on it. So such a one is taken out of sight at once, and dismissed when the
 * frames are so far. */
#define ARRIVAL_US (600 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  AdwToastOverlay *overlay;    /* (nullable): weak */
  gint64 seen;                 /* the time of the first frame with it, 0 before */
  guint n_late;                /* frames after its time was up */
  guint ticker;                /* 0 when it counts no frames */
  enum { COMING, LEAVING, ARRIVED } state;
} Arrival;

static void
free_arrival (gpointer data)
{
  Arrival *arrival = data;

  g_clear_weak_pointer (&arrival->overlay);
  g_free (arrival);
}

/* (nullable): %NULL while it waits for others to go */
static GtkWidget *
find_widget (AdwToastOverlay *overlay,
             AdwToast        *toast)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autoptr (AdwToast) shown = NULL;

      if (child == adw_toast_overlay_get_child (overlay)
          || g_object_class_find_property (G_OBJECT_GET_CLASS (child), "toast") == NULL)
        continue;
      g_object_get (child, "toast", &shown, NULL);
      if (shown == toast)
        return child;
    }
  return NULL;
}

static gboolean
on_frame (GtkWidget     *overlay,
          GdkFrameClock *clock,
          gpointer       toast)
{
  Arrival *arrival = g_object_get_data (toast, "arrival");
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gboolean leaving = arrival->state == LEAVING;

  if (arrival->seen == 0)
    arrival->seen = now;
  /* Where a frame comes late, the one that this toast stands in for is still on its way out: it
   * comes to its end in the same frame, maybe after this. libadwaita would show it again before. */
  if (now - arrival->seen < ARRIVAL_US || arrival->n_late++ == 0)
    return G_SOURCE_CONTINUE;
  arrival->ticker = 0;
  arrival->state = ARRIVED;
  /* adw_toast_dismiss() does not do so twice */
  if (leaving)
    g_signal_emit_by_name (toast, "dismissed");
  return G_SOURCE_REMOVE;
}

static void
count_frames (Arrival  *arrival,
              AdwToast *toast)
{
  if (arrival->ticker == 0)
    arrival->ticker = gtk_widget_add_tick_callback (GTK_WIDGET (arrival->overlay), on_frame,
                                                    g_object_ref (toast), g_object_unref);
}

static void
on_early_dismissed (AdwToast *toast,
                    Arrival  *arrival)
{
  GtkWidget *widget;

  if (arrival->state == ARRIVED || arrival->overlay == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (arrival->overlay)))
    return;
  widget = find_widget (arrival->overlay, toast);
  if (widget == NULL)
    return;
  arrival->state = LEAVING;
  gtk_widget_set_opacity (widget, 0);
  gtk_widget_set_can_target (widget, FALSE);
  gtk_widget_set_can_focus (widget, FALSE);
  count_frames (arrival, toast);
  g_signal_stop_emission_by_name (toast, "dismissed");
}

static AdwToast *
make (AdwToastOverlay  *overlay,
      const char       *text,
      AdwToastPriority  priority)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);
  Arrival *arrival = g_new0 (Arrival, 1);

  adw_toast_set_priority (toast, priority);
  g_set_weak_pointer (&arrival->overlay, overlay);
  g_object_set_data_full (G_OBJECT (toast), "arrival", arrival, free_arrival);
  /* before the overlay's own, which it keeps from hearing of it */
  g_signal_connect (toast, "dismissed", G_CALLBACK (on_early_dismissed), arrival);
  return toast;
}

static void
add (AdwToastOverlay *overlay,
     AdwToast        *toast)
{
  adw_toast_overlay_add_toast (overlay, g_object_ref (toast));
  if (find_widget (overlay, toast) != NULL)
    count_frames (g_object_get_data (G_OBJECT (toast), "arrival"), toast);
}

static AdwToast *
show (AdwToastOverlay  *overlay,
      const char       *text,
      AdwToastPriority  priority)
{
  AdwToast *toast = make (overlay, text, priority);

  add (overlay, toast);
  return toast;
}

/**
 * yeji_toast_show:
 * @text: plain, not markup
 *
 * Says something for a moment.
 *
 * Returns: (transfer full): what was said, to give it a button
 */
AdwToast *
yeji_toast_show (AdwToastOverlay *overlay,
                 const char      *text)
{
  return show (overlay, text, ADW_TOAST_PRIORITY_NORMAL);
}

/**
 * yeji_toast_show_now:
 *
 * Shows a text before all others that wait: what the clerk has just asked for.
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
yeji_toast_show_now (AdwToastOverlay *overlay,
                     const char      *text)
{
  return show (overlay, text, ADW_TOAST_PRIORITY_HIGH);
}

/**
 * yeji_toast_ask:
 * @label: of the button, with an underline
 * @action: (nullable): what it does; %NULL: whoever hears of "button-clicked"
 *
 * Shows a text before all others that wait, until it is answered or put away. (libadwaita 1.2 looks
 * at the time when a toast comes, and not when it is changed afterwards.)
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
yeji_toast_ask (AdwToastOverlay *overlay,
                const char      *text,
                const char      *label,
                const char      *action)
{
  AdwToast *toast = make (overlay, text, ADW_TOAST_PRIORITY_HIGH);

  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_timeout (toast, 0);
  add (overlay, toast);
  return toast;
}

/**
 * yeji_toast_say:
 *
 * Says something for a moment, without a button.
 */
void
yeji_toast_say (AdwToastOverlay *overlay,
                const char      *text)
{
  g_object_unref (yeji_toast_show (overlay, text));
}

/**
 * yeji_toast_offer_undo:
 *
 * Says what was done before all else that waits, and for longer, as it can be undone;
 * "button-clicked" says that it is wanted. (See yeji_toast_ask() for why it is one call.)
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
yeji_toast_offer_undo (AdwToastOverlay *overlay,
                       const char      *text)
{
  AdwToast *toast = make (overlay, text, ADW_TOAST_PRIORITY_HIGH);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  add (overlay, toast);
  return toast;
}

static void
on_edits_dismissed (AdwToast        *toast,
                    AdwToastOverlay *overlay)
{
  if (g_object_get_data (G_OBJECT (overlay), "edits") == toast)
    g_object_set_data (G_OBJECT (overlay), "edits", NULL);
}

static void
remember (AdwToastOverlay *overlay,
          AdwToast        *toast)
{
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_edits_dismissed), overlay, 0);
  g_object_set_data (G_OBJECT (overlay), "edits", toast);
}

/* What a toast of a draft offers to undo. */
typedef struct
{
  YejiDraft *draft;
  guint64 n_edits;             /* right after what it speaks of */
  YejiToastUndo undo;          /* (nullable) */
  gpointer data;
  GDestroyNotify destroy;      /* (nullable) */
} Offer;

static void
free_offer (gpointer  data,
            GClosure *closure)
{
  Offer *offer = data;

  g_object_unref (offer->draft);
  if (offer->destroy != NULL)
    offer->destroy (offer->data);
  g_free (offer);
}

/* While nothing came after it, it is the step that undo takes back. Else it is not: what came after
 * must not be undone by a toast that speaks of something else. */
static void
on_undo_step (AdwToast *toast,
              Offer    *offer)
{
  GtkWidget *overlay = g_object_get_data (G_OBJECT (toast), "overlay");

  if (yeji_draft_get_n_edits (offer->draft) == offer->n_edits)
    gtk_widget_activate_action (overlay, "win.undo", NULL);
  else if (offer->undo != NULL)
    offer->undo (offer->draft, offer->data);
  else
    yeji_toast_say (ADW_TOAST_OVERLAY (overlay),
                    _("The record was changed since. Undo step by step."));
}

/**
 * yeji_toast_show_step:
 * @draft: the draft on screen
 * @undo: (nullable): how to undo it when something else came after it; %NULL: it cannot then
 * @data: for @undo
 *
 * Says what was just done in a draft and offers to undo it. The last change is what is undone: what
 * was said of the one before goes away.
 */
void
yeji_toast_show_step (AdwToastOverlay *overlay,
                      YejiDraft       *draft,
                      const char      *text,
                      YejiToastUndo    undo,
                      gpointer         data,
                      GDestroyNotify   destroy)
{
  g_autoptr (AdwToast) toast = NULL;
  Offer *offer = g_new (Offer, 1);

  offer->draft = g_object_ref (draft);
  offer->n_edits = yeji_draft_get_n_edits (draft);
  offer->undo = undo;
  offer->data = data;
  offer->destroy = destroy;
  yeji_toast_forget_edits (overlay);
  toast = yeji_toast_offer_undo (overlay, text);
  g_object_set_data (G_OBJECT (toast), "overlay", overlay);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_step), offer, free_offer, 0);
  remember (overlay, toast);
}

static void
undo_edits (YejiDraft *draft,
            gpointer   edits)
{
  yeji_edits_undo (draft, edits);
}

/**
 * yeji_toast_say_step:
 *
 * Says what became of the last step of a draft, instead of what was said of the one before.
 */
void
yeji_toast_say_step (AdwToastOverlay *overlay,
                     const char      *text)
{
  g_autoptr (AdwToast) toast = NULL;

  yeji_toast_forget_edits (overlay);
  toast = yeji_toast_show (overlay, text);
  remember (overlay, toast);
}

/**
 * yeji_toast_show_edits:
 * @edits: (element-type YejiEdit): what was just changed
 *
 * Says what was changed and offers to undo it.
 */
void
yeji_toast_show_edits (AdwToastOverlay *overlay,
                       YejiDraft       *draft,
                       GPtrArray       *edits)
{
  g_autofree char *text = yeji_edits_to_text (edits);

  yeji_toast_show_step (overlay, draft, text, undo_edits, g_ptr_array_ref (edits),
                        (GDestroyNotify) g_ptr_array_unref);
}

/**
 * yeji_toast_forget_edits:
 *
 * Offers no longer to undo the last change: whoever has left the record may open it anew, and two
 * copies of it must not be edited.
 */
void
yeji_toast_forget_edits (AdwToastOverlay *overlay)
{
  AdwToast *toast = g_object_get_data (G_OBJECT (overlay), "edits");

  if (toast != NULL)
    adw_toast_dismiss (toast);
}
