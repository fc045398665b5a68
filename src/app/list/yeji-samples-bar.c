// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-samples-bar"

#include "config.h"

#include "yeji-samples-bar.h"

#include "yeji-sample.h"
#include "yeji-samples.h"

struct _YejiSamplesBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;

  YejiStore *store;            /* (nullable): NULL at the end */
  gboolean looking;            /* one look is on its way */
  gboolean again;              /* and is not the last */
};

G_DEFINE_FINAL_TYPE (YejiSamplesBar, yeji_samples_bar, ADW_TYPE_BIN)

static void look (YejiSamplesBar *self);

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiSamplesBar) self = data;
  g_auto (GStrv) uuids = yeji_samples_list_finish (result, NULL);

  self->looking = FALSE;
  if (self->store == NULL)
    return;
  gtk_revealer_set_reveal_child (self->revealer, uuids != NULL && uuids[0] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), uuids != NULL && uuids[0] != NULL);
  if (self->again)
    look (self);
}

static void
look (YejiSamplesBar *self)
{
  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  yeji_samples_list_async (self->store, on_listed, g_object_ref (self));
}

/* A record that is none of them changes nothing; without a name it may be any. */
static void
on_changed (YejiSamplesBar *self,
            const char     *uuid)
{
  if (uuid == NULL || yeji_sample_is (uuid))
    look (self);
}

static void
yeji_samples_bar_dispose (GObject *object)
{
  g_clear_object (&YEJI_SAMPLES_BAR (object)->store);
  G_OBJECT_CLASS (yeji_samples_bar_parent_class)->dispose (object);
}

static void
yeji_samples_bar_class_init (YejiSamplesBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_samples_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-samples-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiSamplesBar, revealer);
}

static void
yeji_samples_bar_init (YejiSamplesBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_samples_bar_new:
 *
 * Returns: (transfer floating): a bar that follows the profile
 */
GtkWidget *
yeji_samples_bar_new (YejiStore *store)
{
  YejiSamplesBar *self = g_object_new (YEJI_TYPE_SAMPLES_BAR, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}
