// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-tray-page"

#include "config.h"

#include "yeji-tray-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-intake-store.h"
#include "yeji-messages.h"
#include "yeji-thumbnail.h"
#include "yeji-tray-load.h"

/* Many changes of the store that come one after another are read once. */
#define REFRESH_MS 150

#define PICTURE_WIDTH 46
#define PICTURE_HEIGHT 60

struct _YejiTrayPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *count;
  GtkWidget *remove;
  GtkListView *list;
  YejiPlacePicker *picker;
  AdwStatusPage *failure;

  YejiStore *store;            /* (nullable) */
  GListStore *items;
  GtkMultiSelection *selection;
  guint n;                     /* how many were counted */
  guint due;                   /* source: will read anew, 0 when none */
  guint asked;                 /* how often it was read */
  guint answered;
  gboolean is_stale;           /* something changed while nobody could see it */
};

enum
{
  COUNTED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiTrayPage, yeji_tray_page, ADW_TYPE_BIN)

/* ---- Lines */

typedef struct
{
  YejiThumbnail *picture;
  GtkLabel *name;
  GtkLabel *origin;
  GtkLabel *reason;
} Line;

static GtkLabel *
add_label (GtkWidget          *box,
           const char         *style,
           PangoEllipsizeMode  ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkListItem   *item)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  GtkWidget *page = gtk_widget_get_ancestor (widget, YEJI_TYPE_TRAY_PAGE);
  GtkSelectionModel *selection = yeji_tray_page_get_selection (YEJI_TRAY_PAGE (page));
  guint position = gtk_list_item_get_position (item);

  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
  return gdk_content_provider_new_typed (YEJI_TYPE_TRAY_PAGE, page);
}

static void
on_drag_begin (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (gtk_widget_get_first_child (widget));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkDragSource *drag = gtk_drag_source_new ();
  Line *line = g_new0 (Line, 1);

  line->picture = YEJI_THUMBNAIL (yeji_thumbnail_new (PICTURE_WIDTH, PICTURE_HEIGHT));
  gtk_widget_set_valign (GTK_WIDGET (line->picture), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  line->name = add_label (texts, NULL, PANGO_ELLIPSIZE_MIDDLE);
  line->reason = add_label (texts, "yeji-tray-reason", PANGO_ELLIPSIZE_END);
  line->origin = add_label (texts, "caption", PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (GTK_WIDGET (line->origin), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (line->picture));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "yeji-tray-line");
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), item);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), NULL);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (drag));
  g_object_set_data_full (G_OBJECT (box), "line", line, g_free);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  YejiTrayItem *file = gtk_list_item_get_item (item);
  Line *line = g_object_get_data (G_OBJECT (box), "line");
  YejiStore *store = g_object_get_data (G_OBJECT (file), "store");
  const char *origin = yeji_tray_item_get_origin (file);
  const YejiLimits *limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (store));
  g_autofree char *details = yeji_tray_item_to_details (file, limits);
  g_autofree char *where = g_strdup_printf ("%s%s%s", origin, *origin != '\0' ? " · " : "",
                                            details);
  g_autofree char *spoken = g_strdup_printf ("%s. %s. %s", yeji_tray_item_get_filename (file),
                                             yeji_tray_item_get_reason (file), origin);

  gtk_label_set_text (line->name, yeji_tray_item_get_filename (file));
  gtk_label_set_text (line->reason, yeji_tray_item_get_reason (file));
  gtk_label_set_text (line->origin, where);
  gtk_widget_set_tooltip_text (box, *origin != '\0' ? origin : NULL);
  yeji_thumbnail_show (line->picture, store, yeji_tray_item_get_content (file), 0);
  if (gtk_widget_get_parent (box) != NULL)
    yeji_a11y_set_name (gtk_widget_get_parent (box), spoken);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  Line *line = g_object_get_data (G_OBJECT (gtk_list_item_get_child (item)), "line");

  yeji_thumbnail_show (line->picture, NULL, NULL, 0);
}

/* ---- Selection */

static GPtrArray *
list_selected (YejiTrayPage *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_iter_init_first (&iter, selected, &position))
    do
      g_ptr_array_add (list, g_list_model_get_item (G_LIST_MODEL (self->items), position));
    while (gtk_bitset_iter_next (&iter, &position));
  return list;
}

static GStrv
list_ids (GPtrArray *items)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (builder, yeji_tray_item_get_id (g_ptr_array_index (items, i)));
  return g_strv_builder_end (builder);
}

/* What all of them belong to, if there is such a thing. */
static const char *
find_common (GPtrArray  *items,
             const char *(*get) (YejiTrayItem *item))
{
  const char *common = items->len > 0 ? get (g_ptr_array_index (items, 0)) : NULL;

  for (guint i = 1; i < items->len; i++)
    if (g_strcmp0 (common, get (g_ptr_array_index (items, i))) != 0)
      return NULL;
  return common;
}

static void
on_selected (YejiTrayPage *self)
{
  g_autoptr (GPtrArray) items = list_selected (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  g_autofree char *text = NULL;

  text = items->len > 1
           ? g_strdup_printf (ngettext ("%u of %u file selected", "%u of %u files selected", n),
                              items->len, n)
           : g_strdup_printf (ngettext ("%u file waits for its place",
                                        "%u files wait for their place", n), n);
  gtk_label_set_text (self->count, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tray.place", items->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tray.remove", items->len > 0);
  if (items->len > 0)
    yeji_place_picker_suggest (self->picker, find_common (items, yeji_tray_item_get_uuid),
                               find_common (items, yeji_tray_item_get_slot));
}

/* ---- Reading */

static void
keep_selection (YejiTrayPage *self,
                GPtrArray    *before,
                guint         position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiTrayItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      for (guint j = 0; j < before->len; j++)
        if (g_str_equal (yeji_tray_item_get_id (item),
                         yeji_tray_item_get_id (g_ptr_array_index (before, j))))
          {
            gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, FALSE);
            any = TRUE;
          }
    }
  /* what was placed has gone: the next one comes up */
  if (!any && n > 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), MIN (position, n - 1),
                                     TRUE);
}

static guint
find_first_selected (YejiTrayPage *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected);
}

static void
take (YejiTrayPage *self,
      GPtrArray    *items)
{
  g_autoptr (GPtrArray) before = list_selected (self);
  guint position = find_first_selected (self);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  for (guint i = 0; i < items->len; i++)
    g_object_set_data_full (g_ptr_array_index (items, i), "store", g_object_ref (self->store),
                            g_object_unref);
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata, items->len);
  keep_selection (self, before, position);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "files" : "empty");
  if (had_focus && items->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  on_selected (self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiTrayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = yeji_tray_load_finish (result, &error);
  g_autofree char *sentence = NULL;

  if (self->store == NULL)
    return;
  self->answered++;
  if (items == NULL)
    {
      sentence = yeji_error_to_sentence (error);
      adw_status_page_set_description (self->failure, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  if (self->answered == self->asked)
    take (self, items);
}

static gpointer
count_tray (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return yeji_store_list_tray (data, error);
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiTrayPage) self = data;
  g_autoptr (GPtrArray) files = yeji_background_finish (result, NULL);

  if (self->store == NULL || files == NULL || files->len == self->n)
    return;
  self->n = files->len;
  g_signal_emit (self, signals[COUNTED], 0, self->n);
}

/* The number is always known; the files are read while somebody sees them. */
static gboolean
refresh (gpointer data)
{
  YejiTrayPage *self = data;

  self->due = 0;
  yeji_background_run (self->store, count_tray, g_object_ref (self->store), g_object_unref,
                       (GDestroyNotify) g_ptr_array_unref, on_counted, g_object_ref (self));
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_stale)
    return G_SOURCE_REMOVE;
  self->asked++;
  yeji_tray_load_async (self->store, on_loaded, g_object_ref (self));
  yeji_place_picker_refresh (self->picker);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (YejiTrayPage *self)
{
  if (self->due == 0)
    self->due = g_timeout_add (REFRESH_MS, refresh, self);
}

/* ---- Placing and removing */

typedef struct
{
  YejiTrayPage *self;
  YejiStore *store;
  GStrv ids;
  char *uuid;                  /* (nullable): NULL removes */
  char *slot;                  /* (nullable) */
  char *batch;                 /* (nullable) */
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->self);
  g_object_unref (job->store);
  g_strfreev (job->ids);
  g_free (job->uuid);
  g_free (job->slot);
  g_free (job->batch);
  g_free (job);
}

static gpointer
run_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Job *job = data;
  const char *const *ids = (const char *const *) job->ids;
  gboolean done = job->uuid != NULL
                    ? yeji_store_place_tray (job->store, ids, job->uuid, job->slot, &job->batch,
                                             error)
                    : yeji_store_remove_tray (job->store, ids, &job->batch, error);

  return done ? g_object_ref (job->store) : NULL;
}

static void
on_job_done (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Job *job = data;
  YejiTrayPage *self = job->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) done = yeji_background_finish (result, &error);
  guint n = g_strv_length (job->ids);
  const YejiSlot *slot = NULL;
  g_autofree char *text = NULL;

  if (self->store == NULL)
    return;
  if (done == NULL)
    {
      g_message ("%s", error->message);
      text = yeji_error_to_sentence (error);
      g_signal_emit (self, signals[DONE], 0, text, NULL);
      return;
    }
  if (job->slot != NULL)
    slot = yeji_dictionary_find_slot (yeji_store_get_dictionary (self->store), job->slot);
  text = slot != NULL
           ? g_strdup_printf (ngettext ("%u file placed: %s", "%u files placed: %s", n), n,
                              yeji_label (&slot->label))
           : g_strdup_printf (ngettext ("%u file taken out of the tray",
                                        "%u files taken out of the tray", n), n);
  g_signal_emit (self, signals[DONE], 0, text, job->batch);
  refresh_soon (self);
}

static void
start_job (YejiTrayPage *self,
           const char   *uuid,
           const char   *slot)
{
  g_autoptr (GPtrArray) items = list_selected (self);
  Job *job;

  if (items->len == 0)
    return;
  job = g_new0 (Job, 1);
  job->self = g_object_ref (self);
  job->store = g_object_ref (self->store);
  job->ids = list_ids (items);
  job->uuid = g_strdup (uuid);
  job->slot = g_strdup (slot);
  yeji_background_run (self->store, run_job, job, free_job, g_object_unref, on_job_done, job);
}

static void
on_picked (YejiTrayPage *self,
           const char   *uuid,
           const char   *slot)
{
  start_job (self, uuid, slot);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_left (YejiTrayPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_place (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  yeji_place_picker_start (YEJI_TRAY_PAGE (widget)->picker);
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  start_job (YEJI_TRAY_PAGE (widget), NULL, NULL);
}

static void
on_activated (YejiTrayPage *self,
              guint         position)
{
  yeji_place_picker_start (self->picker);
}

static gboolean
on_delete_key (GtkWidget *widget,
               GVariant  *arguments,
               gpointer   data)
{
  return gtk_widget_activate_action (data, "tray.remove", NULL);
}

/* ---- */

static void
yeji_tray_page_map (GtkWidget *widget)
{
  YejiTrayPage *self = YEJI_TRAY_PAGE (widget);

  GTK_WIDGET_CLASS (yeji_tray_page_parent_class)->map (widget);
  if (self->is_stale)
    refresh_soon (self);
}

static void
yeji_tray_page_dispose (GObject *object)
{
  YejiTrayPage *self = YEJI_TRAY_PAGE (object);

  g_clear_handle_id (&self->due, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (yeji_tray_page_parent_class)->dispose (object);
}

static void
yeji_tray_page_class_init (YejiTrayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_tray_page_dispose;
  widget_class->map = yeji_tray_page_map;
  g_type_ensure (YEJI_TYPE_PLACE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-tray-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiTrayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiTrayPage, count);
  gtk_widget_class_bind_template_child (widget_class, YejiTrayPage, remove);
  gtk_widget_class_bind_template_child (widget_class, YejiTrayPage, list);
  gtk_widget_class_bind_template_child (widget_class, YejiTrayPage, picker);
  gtk_widget_class_bind_template_child (widget_class, YejiTrayPage, failure);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_install_action (widget_class, "tray.place", NULL, on_place);
  gtk_widget_class_install_action (widget_class, "tray.remove", NULL, on_remove);

  signals[COUNTED] = g_signal_new ("counted", YEJI_TYPE_TRAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DONE] = g_signal_new ("done", YEJI_TYPE_TRAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
yeji_tray_page_init (YejiTrayPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->items = g_list_store_new (YEJI_TYPE_TRAY_ITEM);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                   gtk_keyval_trigger_new (GDK_KEY_KP_Delete, 0)),
                      gtk_callback_action_new (on_delete_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  yeji_a11y_set_name (GTK_WIDGET (self->list), _("Files in the tray"));
  yeji_a11y_set_name (self->remove, _("Take out of the tray"));
  on_selected (self);
}

/**
 * yeji_tray_page_set_store:
 *
 * Shows the tray of a profile and follows it. May be called once.
 */
void
yeji_tray_page_set_store (YejiTrayPage *self,
                          YejiStore    *store)
{
  g_return_if_fail (YEJI_IS_TRAY_PAGE (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  yeji_place_picker_set_store (self->picker, store, YEJI_TYPE_TRAY_PAGE);
  g_signal_connect_object (store, "changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  refresh_soon (self);
}

/**
 * yeji_tray_page_get_n:
 *
 * Returns: how many files wait
 */
guint
yeji_tray_page_get_n (YejiTrayPage *self)
{
  return self->n;
}

/**
 * yeji_tray_page_is_read:
 *
 * Returns: whether it shows what the store had when it was last asked
 */
gboolean
yeji_tray_page_is_read (YejiTrayPage *self)
{
  return self->due == 0 && self->asked > 0 && self->asked == self->answered
         && yeji_place_picker_is_read (self->picker);
}

/**
 * yeji_tray_page_grab:
 *
 * Gives the focus to the files.
 */
void
yeji_tray_page_grab (YejiTrayPage *self)
{
  g_return_if_fail (YEJI_IS_TRAY_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/**
 * yeji_tray_page_get_picker:
 *
 * Returns: (transfer none): where they are put
 */
YejiPlacePicker *
yeji_tray_page_get_picker (YejiTrayPage *self)
{
  return self->picker;
}

/**
 * yeji_tray_page_get_selection:
 *
 * Returns: (transfer none): the files, #YejiTrayItem, and which are selected
 */
GtkSelectionModel *
yeji_tray_page_get_selection (YejiTrayPage *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}
