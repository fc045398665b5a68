// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-notices-bar"

#include "config.h"

#include "yeji-notices-bar.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-notice-text.h"

struct _YejiNoticesBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;

  YejiStore *store;            /* (nullable): NULL at the end */
  GArray *shown;               /* (element-type gint64): the notices of which it speaks */
  GHashTable *done;            /* (element-type gint64): marked, though a list says not yet */
};

enum
{
  QUIET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiNoticesBar, yeji_notices_bar, ADW_TYPE_BIN)

/* Notices to be marked as seen, on another thread. */
typedef struct
{
  YejiStore *store;
  GArray *ids;
} Seen;

static void
free_seen (gpointer data)
{
  Seen *seen = data;

  g_object_unref (seen->store);
  g_array_unref (seen->ids);
  g_free (seen);
}

/* What cannot be marked is told again, no more. */
static gpointer
mark (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Seen *seen = data;

  for (guint i = 0; i < seen->ids->len; i++)
    yeji_store_set_notice_seen (seen->store, g_array_index (seen->ids, gint64, i), NULL);
  return NULL;
}

static void
mark_seen (YejiNoticesBar *self,
           GArray         *ids)
{
  Seen *seen = g_new (Seen, 1);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (self->done, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  seen->store = g_object_ref (self->store);
  seen->ids = g_array_ref (ids);
  yeji_background_run (self->store, mark, seen, free_seen, NULL, NULL, NULL);
}

static void
tell_quietly (YejiNoticesBar   *self,
              const YejiNotice *notice)
{
  g_autofree char *text = yeji_notice_get_text (notice);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, notice->id);
  mark_seen (self, ids);
  g_signal_emit (self, signals[QUIET], 0, text);
}

static void
show (YejiNoticesBar   *self,
      const YejiNotice *last)
{
  g_autofree char *title = yeji_notice_get_title (last);
  g_autofree char *text = NULL;

  if (self->shown->len == 1)
    text = g_strdup (title);
  else
    text = g_strdup_printf (ngettext ("%s, and %u more message", "%s, and %u more messages",
                                      self->shown->len - 1), title, self->shown->len - 1);
  gtk_image_set_from_icon_name (self->icon, yeji_notice_get_icon (last));
  gtk_label_set_text (self->label, text);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiNoticesBar) self = data;
  g_autoptr (GPtrArray) notices = NULL;
  const YejiNotice *last = NULL;

  notices = yeji_store_list_notices_finish (YEJI_STORE (source), result, NULL);
  if (self->store == NULL || notices == NULL)
    return;
  g_array_unref (self->shown);
  self->shown = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < notices->len; i++)
    {
      const YejiNotice *notice = g_ptr_array_index (notices, i);

      if (notice->seen || g_hash_table_contains (self->done, &notice->id))
        continue;
      if (yeji_notice_is_quiet (notice))
        {
          tell_quietly (self, notice);
          continue;
        }
      g_array_append_val (self->shown, notice->id);
      if (last == NULL)
        last = notice;
    }
  if (last != NULL)
    show (self, last);
  gtk_revealer_set_reveal_child (self->revealer, last != NULL);
}

static void
update (YejiNoticesBar *self)
{
  yeji_store_list_notices_async (self->store, NULL, on_listed, g_object_ref (self));
}

static void
yeji_notices_bar_dispose (GObject *object)
{
  YejiNoticesBar *self = YEJI_NOTICES_BAR (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_notices_bar_parent_class)->dispose (object);
}

static void
yeji_notices_bar_finalize (GObject *object)
{
  YejiNoticesBar *self = YEJI_NOTICES_BAR (object);

  g_array_unref (self->shown);
  g_hash_table_unref (self->done);
  G_OBJECT_CLASS (yeji_notices_bar_parent_class)->finalize (object);
}

static void
yeji_notices_bar_class_init (YejiNoticesBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_notices_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_notices_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-notices-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiNoticesBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiNoticesBar, icon);
  gtk_widget_class_bind_template_child (widget_class, YejiNoticesBar, label);
  gtk_widget_class_bind_template_callback (widget_class, yeji_notices_bar_dismiss);

  signals[QUIET] = g_signal_new ("quiet", YEJI_TYPE_NOTICES_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_notices_bar_init (YejiNoticesBar *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->done = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_notices_bar_new:
 *
 * Returns: (transfer floating): a bar that is seen while there is something to tell
 */
GtkWidget *
yeji_notices_bar_new (YejiStore *store)
{
  YejiNoticesBar *self = g_object_new (YEJI_TYPE_NOTICES_BAR, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "noticed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_notices_bar_dismiss:
 *
 * Takes what the bar speaks of as seen. What has come since is told.
 */
void
yeji_notices_bar_dismiss (YejiNoticesBar *self)
{
  g_return_if_fail (YEJI_IS_NOTICES_BAR (self));

  if (self->shown->len > 0)
    mark_seen (self, self->shown);
  g_array_unref (self->shown);
  self->shown = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/**
 * yeji_notices_bar_get_text:
 *
 * Returns: (nullable): what it says; %NULL when it is not there
 */
const char *
yeji_notices_bar_get_text (YejiNoticesBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}
