// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-flow"

#include "config.h"

#include "yeji-intake-flow.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-intake-window.h"
#include "yeji-intake-words.h"
#include "yeji-messages.h"
#include "yeji-scratch.h"
#include "yeji-toast.h"

/* From a drop, a paste or a choice of files to the toast that says what became of them. */

/* More are a heap, which wants to be looked at. */
#define MAX_QUICK 20

/* What takes no longer is not spoken of before it is done. */
#define WAIT_MS 300

/* One that goes on without a window of its own. */
typedef struct
{
  GtkWidget *widget;           /* where it began */
  gulong gone;                 /* handler: the widget goes */
  YejiStore *store;
  GPtrArray *roots;            /* (element-type GFile): may be temporary */
  char *uuid;
  char *slot;
  YejiExaminer *examiner;
  YejiIntakePlan *plan;        /* (nullable) */
  GCancellable *cancellable;
  AdwToast *toast;             /* (nullable): that says what is being done */
  guint wait;                  /* source, 0 when nothing waits to be said */
} Flow;

static GtkWidget *
find_below (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_TOAST_OVERLAY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child);
  return found;
}

/* (nullable): where something can be said about what began at a widget: around it, or below a
 * window. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (!gtk_widget_get_realized (widget))
    return NULL;
  if (overlay == NULL)
    overlay = find_below (widget);
  return (AdwToastOverlay *) overlay;
}

static gpointer
close_in_background (gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  yeji_examiner_close (data);
  return g_object_ref (data);
}

/**
 * yeji_intake_new_examiner:
 *
 * Returns: (transfer full): one that knows the limits of a profile
 */
YejiExaminer *
yeji_intake_new_examiner (YejiStore *store)
{
  YejiExaminer *examiner = yeji_examiner_new ();

  yeji_examiner_set_limits (examiner,
                            yeji_dictionary_get_limits (yeji_store_get_dictionary (store)));
  return examiner;
}

/**
 * yeji_intake_close_examiner:
 * @examiner: (transfer full)
 *
 * Ends it, away from the window: it may be at work.
 */
void
yeji_intake_close_examiner (YejiExaminer *examiner)
{
  yeji_background_run (NULL, close_in_background, examiner, g_object_unref, g_object_unref, NULL,
                       NULL);
}

/* ---- What was done, and its undoing */

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  AdwToastOverlay *overlay = find_overlay (widget);
  g_autofree char *sentence = NULL;
  g_autoptr (GPtrArray) left = NULL;
  gboolean undone = yeji_intake_undo_finish (YEJI_STORE (source), result, &left, &error);

  if (overlay == NULL)
    return;
  if (undone && left->len > 0)
    sentence = g_strdup_printf (ngettext ("%u file was changed since and stays as it is",
                                          "%u files were changed since and stay as they are",
                                          left->len), left->len);
  else
    sentence = undone ? g_strdup (_("The files were taken back")) : yeji_error_to_sentence (error);
  yeji_toast_say (overlay, sentence);
}

/**
 * yeji_intake_undo:
 * @widget: whose window says what became of it
 * @batch: of a #YejiTaken
 *
 * Takes back what was attached in one go.
 */
void
yeji_intake_undo (GtkWidget  *widget,
                  YejiStore  *store,
                  const char *batch)
{
  yeji_intake_undo_async (store, batch, NULL, on_undone, g_object_ref (widget));
}

static void
on_undo (AdwToast  *toast,
         GtkWidget *widget)
{
  yeji_intake_undo (widget, g_object_get_data (G_OBJECT (toast), "store"),
                    g_object_get_data (G_OBJECT (toast), "batch"));
}

static void
forget_store (AdwToast *toast)
{
  g_object_set_data (G_OBJECT (toast), "store", NULL);
}

/**
 * yeji_intake_say_taken:
 *
 * Says what was attached, and offers to undo it.
 */
void
yeji_intake_say_taken (GtkWidget       *widget,
                       YejiStore       *store,
                       const YejiTaken *taken)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  g_autofree char *words = yeji_taken_to_words (taken);
  g_autoptr (AdwToast) toast = NULL;

  if (overlay == NULL)
    return;
  if (taken->batch == NULL)
    {
      yeji_toast_say (overlay, words);
      return;
    }
  toast = yeji_toast_offer_undo (overlay, words);
  g_object_set_data_full (G_OBJECT (toast), "store", g_object_ref (store), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "batch", g_strdup (taken->batch), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), widget, 0);
  g_signal_connect (toast, "dismissed", G_CALLBACK (forget_store), NULL);
  /* the profile is not kept open by what is said */
  g_signal_connect_object (widget, "unrealize", G_CALLBACK (forget_store), toast,
                           G_CONNECT_SWAPPED);
}

/* ---- With a window */

typedef struct
{
  GtkWidget *widget;
  YejiStore *store;
  GPtrArray *roots;
} Shown;

static void
shown_free (gpointer  data,
            GClosure *closure)
{
  Shown *shown = data;

  g_object_unref (shown->widget);
  g_object_unref (shown->store);
  g_ptr_array_unref (shown->roots);
  g_free (shown);
}

static void
on_taken (YejiIntakeWindow *window,
          YejiTaken        *taken,
          Shown            *shown)
{
  yeji_intake_say_taken (shown->widget, shown->store, taken);
}

static YejiIntakeWindow *
make_window (GtkWidget *widget,
             YejiStore *store,
             GPtrArray *roots)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window = yeji_intake_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              store);
  Shown *shown = g_new (Shown, 1);

  *shown = (Shown) { g_object_ref (widget), g_object_ref (store), g_ptr_array_ref (roots) };
  g_signal_connect_data (window, "taken", G_CALLBACK (on_taken), shown, shown_free, 0);
  gtk_window_present (GTK_WINDOW (window));
  return YEJI_INTAKE_WINDOW (window);
}

/* ---- Without one */

static void
stop_waiting (Flow *flow)
{
  g_clear_handle_id (&flow->wait, g_source_remove);
  if (flow->toast != NULL)
    adw_toast_dismiss (flow->toast);
  g_clear_object (&flow->toast);
}

static void
flow_free (Flow *flow)
{
  stop_waiting (flow);
  g_clear_signal_handler (&flow->gone, flow->widget);
  if (flow->plan != NULL)
    yeji_intake_plan_close (flow->plan);
  g_clear_object (&flow->plan);
  yeji_intake_close_examiner (flow->examiner);
  g_object_unref (flow->widget);
  g_object_unref (flow->store);
  g_object_unref (flow->cancellable);
  g_ptr_array_unref (flow->roots);
  g_free (flow->uuid);
  g_free (flow->slot);
  g_free (flow);
}

static void
say_error (Flow         *flow,
           const GError *error)
{
  AdwToastOverlay *overlay = find_overlay (flow->widget);
  g_autofree char *sentence = yeji_error_to_sentence (error);

  if (overlay != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    yeji_toast_say (overlay, sentence);
}

/* What is not as it should be is shown instead of done. */
static void
show_plan (Flow *flow)
{
  YejiIntakeWindow *window;

  if (!gtk_widget_get_realized (flow->widget))
    return;
  window = make_window (flow->widget, flow->store, flow->roots);
  yeji_intake_window_show_plan (window, flow->plan);
  g_clear_object (&flow->plan);  /* the window closes it */
}

static void
on_carried_out (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  Flow *flow = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiTaken) taken = NULL;

  taken = yeji_intake_plan_carry_out_finish (YEJI_INTAKE_PLAN (source), result, &error);
  stop_waiting (flow);
  if (taken != NULL && gtk_widget_get_realized (flow->widget))
    yeji_intake_say_taken (flow->widget, flow->store, taken);
  else if (taken == NULL)
    say_error (flow, error);
  flow_free (flow);
}

static gboolean
is_fine (Flow *flow)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (flow->plan));
  GPtrArray *skipped = yeji_intake_plan_get_skipped (flow->plan);

  if (n == 0 || n != flow->roots->len || (skipped != NULL && skipped->len > 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (flow->plan), i);

      /* what is less than an error is said on the card of the document, and can be undone */
      if (!yeji_intake_item_is_placed (item)
          || yeji_intake_item_get_severity (item) == YEJI_INTAKE_ERROR
          || yeji_intake_item_get_shrunk (item) != NULL)
        return FALSE;
    }
  return TRUE;
}

static void
on_examined (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Flow *flow = data;
  g_autoptr (GError) error = NULL;

  yeji_intake_plan_examine_finish (YEJI_INTAKE_PLAN (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      flow_free (flow);
      return;
    }
  if (is_fine (flow))
    {
      yeji_intake_plan_carry_out_async (flow->plan, NULL, NULL, flow->cancellable, on_carried_out,
                                        flow);
      return;
    }
  show_plan (flow);
  flow_free (flow);
}

static void
on_made (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Flow *flow = data;
  g_autoptr (GError) error = NULL;

  flow->plan = yeji_intake_plan_make_finish (result, &error);
  if (flow->plan == NULL || g_cancellable_is_cancelled (flow->cancellable))
    {
      if (error != NULL)
        say_error (flow, error);
      flow_free (flow);
      return;
    }
  /* a folder or an archive was among them */
  if (g_list_model_get_n_items (G_LIST_MODEL (flow->plan)) != flow->roots->len)
    {
      show_plan (flow);
      flow_free (flow);
      return;
    }
  yeji_intake_plan_examine_async (flow->plan, flow->examiner, NULL, NULL, flow->cancellable,
                                  on_examined, flow);
}

static void
on_cancel (AdwToast     *toast,
           GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
on_wait (gpointer data)
{
  Flow *flow = data;
  AdwToastOverlay *overlay = find_overlay (flow->widget);
  g_autofree char *text = NULL;

  flow->wait = 0;
  if (overlay == NULL)
    return G_SOURCE_REMOVE;
  text = g_strdup_printf (ngettext ("Attaching %u file…", "Attaching %u files…",
                                    flow->roots->len), flow->roots->len);
  flow->toast = yeji_toast_show (overlay, text);
  adw_toast_set_timeout (flow->toast, 0);
  adw_toast_set_button_label (flow->toast, _("_Cancel"));
  g_signal_connect_object (flow->toast, "button-clicked", G_CALLBACK (on_cancel),
                           flow->cancellable, 0);
  return G_SOURCE_REMOVE;
}

static void
on_gone (Flow *flow)
{
  stop_waiting (flow);
  g_cancellable_cancel (flow->cancellable);
}

static void
start_quick (GtkWidget  *widget,
             YejiStore  *store,
             GPtrArray  *roots,
             const char *uuid,
             const char *slot)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->widget = g_object_ref (widget);
  flow->store = g_object_ref (store);
  flow->roots = g_ptr_array_ref (roots);
  flow->uuid = g_strdup (uuid);
  flow->slot = g_strdup (slot);
  flow->examiner = yeji_intake_new_examiner (store);
  flow->cancellable = g_cancellable_new ();
  flow->gone = g_signal_connect_swapped (widget, "unrealize", G_CALLBACK (on_gone), flow);
  flow->wait = g_timeout_add (WAIT_MS, on_wait, flow);
  yeji_intake_plan_make_async (store, (GFile *const *) roots->pdata, roots->len, uuid, slot, NULL,
                               NULL, flow->cancellable, on_made, flow);
}

static void
start (GtkWidget        *widget,
       YejiStore        *store,
       GPtrArray        *roots,
       const char       *uuid,
       const char       *slot,
       YejiIntakeManner  manner)
{
  if (roots->len == 0)
    return;
  if (manner == YEJI_INTAKE_QUICK && roots->len <= MAX_QUICK)
    start_quick (widget, store, roots, uuid, slot);
  else
    yeji_intake_window_read (make_window (widget, store, roots), (GFile *const *) roots->pdata,
                             roots->len, uuid, slot);
}

/**
 * yeji_intake_start:
 * @widget: in a window with an #AdwToastOverlay around the widget
 * @roots: folders, archives and files
 * @uuid: (nullable): the record that all of them belong to
 * @slot: (nullable): and the slot
 *
 * Attaches what came in, once the clerk has seen what would become of it.
 */
void
yeji_intake_start (GtkWidget        *widget,
                   YejiStore        *store,
                   GFile * const    *roots,
                   guint             n_roots,
                   const char       *uuid,
                   const char       *slot,
                   YejiIntakeManner  manner)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_roots; i++)
    g_ptr_array_add (own, g_object_ref (roots[i]));
  start (widget, store, own, uuid, slot, manner);
}

/**
 * yeji_intake_start_list:
 * @files: of #GFile
 *
 * The same.
 */
void
yeji_intake_start_list (GtkWidget        *widget,
                        YejiStore        *store,
                        GListModel       *files,
                        const char       *uuid,
                        const char       *slot,
                        YejiIntakeManner  manner)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (files);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (own, g_list_model_get_item (files, i));
  start (widget, store, own, uuid, slot, manner);
}

/* ---- A picture */

typedef struct
{
  GtkWidget *widget;
  YejiStore *store;
  GdkTexture *picture;
  char *uuid;
  char *slot;
} Pasted;

static void
pasted_free (gpointer data)
{
  Pasted *pasted = data;

  g_object_unref (pasted->widget);
  g_object_unref (pasted->store);
  g_object_unref (pasted->picture);
  g_free (pasted->uuid);
  g_free (pasted->slot);
  g_free (pasted);
}

/* A picture from the clipboard as a file: JPEG wherever a slot takes that, PNG elsewhere. */
static const struct
{
  const char *media_type;
  const char *type;            /* of GdkPixbuf */
  const char *ending;
} kinds[] = {
  { "image/jpeg", "jpeg", "jpg" },
  { "image/png", "png", "png" },
};

/* What is transparent becomes white; a scan has no transparency, and JPEG neither. */
static GdkPixbuf *
flatten (GdkTexture *texture)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_get_from_texture (texture);

  if (pixbuf == NULL)          /* too large for the memory */
    return NULL;
  return gdk_pixbuf_composite_color_simple (pixbuf, gdk_pixbuf_get_width (pixbuf),
                                            gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST,
                                            255, 8, 0xffffff, 0xffffff);
}

static guint
choose_kind (YejiStore  *store,
             const char *slot_id)
{
  const YejiSlot *slot = slot_id != NULL
    ? yeji_dictionary_find_slot (yeji_store_get_dictionary (store), slot_id) : NULL;
  guint kind = 0;

  while (slot != NULL && kind + 1 < G_N_ELEMENTS (kinds)
         && !g_strv_contains ((const char *const *) slot->types, kinds[kind].media_type))
    kind++;
  return kind;
}

static gpointer
write_picture (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Pasted *pasted = data;
  g_autoptr (GdkPixbuf) pixbuf = flatten (pasted->picture);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  guint kind = choose_kind (pasted->store, pasted->slot);
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GFile) file = NULL;

  if (pixbuf == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "a picture that is too large");
      return NULL;
    }
  /* Translators: the name of a file, with date and time */
  name = g_strdup_printf (_("Pasted picture %s"), time);
  whole = g_strdup_printf ("%s.%s", name, kinds[kind].ending);
  file = yeji_scratch_new (whole, error);
  if (file == NULL
      || !gdk_pixbuf_save (pixbuf, g_file_peek_path (file), kinds[kind].type, error, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Pasted *pasted = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = yeji_background_finish (result, &error);
  AdwToastOverlay *overlay = find_overlay (pasted->widget);
  g_autofree char *sentence = NULL;

  if (!gtk_widget_get_realized (pasted->widget))
    return;
  if (file != NULL)
    {
      yeji_intake_start (pasted->widget, pasted->store, &file, 1, pasted->uuid, pasted->slot,
                         pasted->slot != NULL ? YEJI_INTAKE_QUICK : YEJI_INTAKE_SHOWN);
      return;
    }
  sentence = yeji_error_to_sentence (error);
  if (overlay != NULL)
    yeji_toast_say (overlay, sentence);
}

/**
 * yeji_intake_start_picture:
 * @picture: that of the clipboard above all
 *
 * Attaches a picture as a file of a type that the slot takes.
 */
void
yeji_intake_start_picture (GtkWidget  *widget,
                           YejiStore  *store,
                           GdkTexture *picture,
                           const char *uuid,
                           const char *slot)
{
  Pasted *pasted = g_new (Pasted, 1);

  *pasted = (Pasted) { g_object_ref (widget), g_object_ref (store), g_object_ref (picture),
                       g_strdup (uuid), g_strdup (slot) };
  yeji_background_run (NULL, write_picture, pasted, pasted_free, g_object_unref, on_written,
                       pasted);
}
