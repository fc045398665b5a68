// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-preview-dock"

#include "config.h"

#include "yeji-preview-dock.h"

struct _YejiPreviewDock
{
  AdwBin parent_instance;

  YejiPreview *preview;        /* (nullable): made when it is needed first */
  GPtrArray *hidden;           /* (nullable) (element-type GtkWidget): while it fills the window */
  gboolean revealed;           /* the flap, before that */
  gboolean fullscreened;       /* the window, before that */
  GtkWidget *came_from;        /* (nullable): weak; had the keyboard before */
  gint64 closed_at;            /* time of the first frame after it was put away, 0 before */
  GtkEventController *keys;    /* (nullable): on the flap */
};

enum
{
  PROP_0,
  PROP_FULL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiPreviewDock, yeji_preview_dock, ADW_TYPE_BIN)

static AdwFlap *
find_flap (YejiPreviewDock *self)
{
  return (AdwFlap *) gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_FLAP);
}

static void
set_came_from (YejiPreviewDock *self,
               GtkWidget       *widget)
{
  g_set_weak_pointer (&self->came_from, widget);
}

/* ---- All of the window */

static void
fill (YejiPreviewDock *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  AdwFlap *flap = find_flap (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self) && gtk_widget_get_visible (child))
      {
        g_ptr_array_add (self->hidden, g_object_ref (child));
        gtk_widget_set_visible (child, FALSE);
      }
  if (flap != NULL)
    {
      self->revealed = adw_flap_get_reveal_flap (flap);
      adw_flap_set_locked (flap, TRUE);
      adw_flap_set_reveal_flap (flap, FALSE);
    }
  if (GTK_IS_WINDOW (root))
    {
      self->fullscreened = gtk_window_is_fullscreen (GTK_WINDOW (root));
      gtk_window_fullscreen (GTK_WINDOW (root));
    }
  yeji_preview_set_full (self->preview, TRUE);
  yeji_preview_focus (self->preview);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FULL]);
}

static void
unfill (YejiPreviewDock *self)
{
  AdwFlap *flap = find_flap (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  for (guint i = 0; i < self->hidden->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->hidden, i), TRUE);
  g_clear_pointer (&self->hidden, g_ptr_array_unref);
  if (flap != NULL)
    {
      adw_flap_set_locked (flap, FALSE);
      if (!adw_flap_get_folded (flap))
        adw_flap_set_reveal_flap (flap, self->revealed);
    }
  if (GTK_IS_WINDOW (root) && !self->fullscreened)
    gtk_window_unfullscreen (GTK_WINDOW (root));
  yeji_preview_set_full (self->preview, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FULL]);
}

static void
on_full (YejiPreviewDock *self)
{
  if (self->hidden != NULL)
    unfill (self);
  else
    fill (self);
}

static void
on_closed (YejiPreviewDock *self)
{
  if (self->hidden != NULL)
    unfill (self);
  else
    yeji_preview_dock_close (self);
}

/* ---- F6 */

/* What the keyboard goes between: the areas of the content, and the flap. */
static GPtrArray *
list_areas (YejiPreviewDock *self)
{
  GPtrArray *areas = g_ptr_array_new ();
  AdwFlap *flap = find_flap (self);

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (GTK_WIDGET (self)));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && !GTK_IS_SEPARATOR (child))
      g_ptr_array_add (areas, child);
  if (flap != NULL && adw_flap_get_reveal_flap (flap))
    g_ptr_array_add (areas, adw_flap_get_flap (flap));
  return areas;
}

/* Where the keyboard was in an area last. */
#define LAST_KEY "yeji-area-focus"

static void
free_weak (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
remember (GtkWidget *area,
          GtkWidget *focus)
{
  GWeakRef *last = g_new0 (GWeakRef, 1);

  g_weak_ref_init (last, focus);
  g_object_set_data_full (G_OBJECT (area), LAST_KEY, last, free_weak);
}

static gboolean
enter (YejiPreviewDock *self,
       GtkWidget       *area)
{
  GWeakRef *last = g_object_get_data (G_OBJECT (area), LAST_KEY);
  g_autoptr (GtkWidget) widget = last != NULL ? g_weak_ref_get (last) : NULL;

  if (widget != NULL && gtk_widget_get_mapped (widget) && gtk_widget_is_ancestor (widget, area)
      && gtk_widget_grab_focus (widget))
    return TRUE;
  if (area == GTK_WIDGET (self))
    {
      yeji_preview_focus (self->preview);
      return TRUE;
    }
  return gtk_widget_child_focus (area, GTK_DIR_TAB_FORWARD);
}

static gboolean
step_area (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  YejiPreviewDock *self = data;
  g_autoptr (GPtrArray) areas = list_areas (self);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  int step = g_variant_get_int32 (arguments);
  int n = (int) areas->len;
  int at = step > 0 ? -1 : n;

  for (int i = 0; focus != NULL && i < n; i++)
    if (focus == g_ptr_array_index (areas, i)
        || gtk_widget_is_ancestor (focus, g_ptr_array_index (areas, i)))
      {
        at = i;
        remember (g_ptr_array_index (areas, i), focus);
      }
  for (int i = 1; i <= n; i++)
    if (enter (self, g_ptr_array_index (areas, ((at + step * i) % n + n) % n)))
      return GDK_EVENT_STOP;
  return GDK_EVENT_PROPAGATE;
}

static void
add_key (YejiPreviewDock *self,
         GdkModifierType  modifiers,
         int              step)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F6, modifiers),
                                            gtk_callback_action_new (step_area, self, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (step));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (self->keys), shortcut);
}

static void
yeji_preview_dock_root (GtkWidget *widget)
{
  YejiPreviewDock *self = YEJI_PREVIEW_DOCK (widget);
  AdwFlap *flap = find_flap (self);

  GTK_WIDGET_CLASS (yeji_preview_dock_parent_class)->root (widget);
  if (flap == NULL || self->keys != NULL)
    return;
  self->keys = gtk_shortcut_controller_new ();
  add_key (self, 0, 1);
  add_key (self, GDK_SHIFT_MASK, -1);
  gtk_widget_add_controller (GTK_WIDGET (flap), self->keys);
}

static void
yeji_preview_dock_unroot (GtkWidget *widget)
{
  YejiPreviewDock *self = YEJI_PREVIEW_DOCK (widget);
  AdwFlap *flap = find_flap (self);

  if (self->keys != NULL && flap != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (flap), self->keys);
  self->keys = NULL;
  GTK_WIDGET_CLASS (yeji_preview_dock_parent_class)->unroot (widget);
}

static void
yeji_preview_dock_dispose (GObject *object)
{
  YejiPreviewDock *self = YEJI_PREVIEW_DOCK (object);

  set_came_from (self, NULL);
  g_clear_pointer (&self->hidden, g_ptr_array_unref);
  G_OBJECT_CLASS (yeji_preview_dock_parent_class)->dispose (object);
}

static void
yeji_preview_dock_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_FULL)
    g_value_set_boolean (value, yeji_preview_dock_is_full (YEJI_PREVIEW_DOCK (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_preview_dock_class_init (YejiPreviewDockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_preview_dock_dispose;
  G_OBJECT_CLASS (klass)->get_property = yeji_preview_dock_get_property;
  widget_class->root = yeji_preview_dock_root;
  widget_class->unroot = yeji_preview_dock_unroot;
  properties[PROP_FULL] = g_param_spec_boolean ("full", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
yeji_preview_dock_init (YejiPreviewDock *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* Where there is no room for both, the flap goes while a document is shown, and with it who had the
 * keyboard: it is there again some frames after the document is put away. */
static gboolean
go_back (GtkWidget     *flap,
         GdkFrameClock *clock,
         gpointer       data)
{
  YejiPreviewDock *self = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->closed_at == 0)
    self->closed_at = now;
  if (self->came_from == NULL || gtk_widget_get_visible (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  if (!gtk_widget_get_mapped (self->came_from) && now - self->closed_at < G_TIME_SPAN_SECOND)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_get_mapped (self->came_from))
    gtk_widget_grab_focus (self->came_from);
  set_came_from (self, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * yeji_preview_dock_open:
 *
 * Shows a document beside the form, and gives it the keyboard.
 */
void
yeji_preview_dock_open (YejiPreviewDock *self,
                        YejiDraft       *draft,
                        YejiAttachment  *attachment)
{
  GtkRoot *root;

  g_return_if_fail (YEJI_IS_PREVIEW_DOCK (self));

  if (self->preview == NULL)
    {
      self->preview = YEJI_PREVIEW (yeji_preview_new ());
      g_signal_connect_object (self->preview, "closed", G_CALLBACK (on_closed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->preview, "full", G_CALLBACK (on_full), self,
                               G_CONNECT_SWAPPED);
      adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->preview));
    }
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    set_came_from (self, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  yeji_preview_show (self->preview, draft, attachment);
  yeji_preview_focus (self->preview);
}

/**
 * yeji_preview_dock_close:
 *
 * Gives the room back to the form, and the keyboard to who had it.
 */
void
yeji_preview_dock_close (YejiPreviewDock *self)
{
  g_return_if_fail (YEJI_IS_PREVIEW_DOCK (self));

  if (self->preview == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (self->hidden != NULL)
    unfill (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  yeji_preview_clear (self->preview);
  if (self->came_from != NULL && gtk_widget_get_mapped (self->came_from))
    {
      gtk_widget_grab_focus (self->came_from);
      set_came_from (self, NULL);
    }
  else if (self->came_from != NULL && find_flap (self) != NULL)
    {
      self->closed_at = 0;
      gtk_widget_add_tick_callback (GTK_WIDGET (find_flap (self)), go_back, g_object_ref (self),
                                    g_object_unref);
    }
}

/**
 * yeji_preview_dock_get_preview:
 *
 * Returns: (transfer none) (nullable): what shows documents, %NULL before the first
 */
YejiPreview *
yeji_preview_dock_get_preview (YejiPreviewDock *self)
{
  return self->preview;
}

/**
 * yeji_preview_dock_is_full:
 *
 * Returns: whether the document fills the window
 */
gboolean
yeji_preview_dock_is_full (YejiPreviewDock *self)
{
  return self->hidden != NULL;
}
