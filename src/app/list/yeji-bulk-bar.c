// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bulk-bar"

#include "config.h"

#include "yeji-bulk-bar.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"

struct _YejiBulkBar
{
  AdwBin parent_instance;

  GtkLabel *numbers;
  GtkWidget *submit;
  GtkWidget *attach;
  GtkWidget *outside;          /* buttons for records that are not in the bin */
  GtkWidget *inside;           /* and for those that are */
  GtkWidget *job;
  GtkLabel *job_text;
  GtkProgressBar *progress;

  gboolean in_bin;
};

enum
{
  BUSY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiBulkBar, yeji_bulk_bar, ADW_TYPE_BIN)

static void
update (YejiBulkBar *self)
{
  gboolean busy = yeji_bulk_bar_is_busy (self);

  gtk_widget_set_visible (self->outside, !busy && !self->in_bin);
  gtk_widget_set_visible (self->inside, !busy && self->in_bin);
}

static void
yeji_bulk_bar_class_init (YejiBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, numbers);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, submit);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, attach);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, outside);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, inside);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, job);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, job_text);
  gtk_widget_class_bind_template_child (widget_class, YejiBulkBar, progress);
  signals[BUSY] = g_signal_new ("busy", YEJI_TYPE_BULK_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
yeji_bulk_bar_init (YejiBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GtkWidget *
yeji_bulk_bar_new (void)
{
  return g_object_new (YEJI_TYPE_BULK_BAR, NULL);
}

/**
 * yeji_bulk_bar_set_numbers:
 *
 * Says how many records are shown, and how many of these are selected.
 */
void
yeji_bulk_bar_set_numbers (YejiBulkBar *self,
                           guint        n_shown,
                           guint        n_selected)
{
  g_autofree char *text = NULL;

  g_return_if_fail (YEJI_IS_BULK_BAR (self));

  if (n_selected > 0)
    text = g_strdup_printf (ngettext ("%u of %u selected", "%u of %u selected", n_selected),
                            n_selected, n_shown);
  else
    text = g_strdup_printf (ngettext ("%u record", "%u records", n_shown), n_shown);
  gtk_label_set_text (self->numbers, text);
}

/* What a button does is said again when nothing stands in its way. */
static void
set_tooltip (GtkWidget  *button,
             const char *why)
{
  const char *own = g_object_get_data (G_OBJECT (button), "own-tooltip");

  if (own == NULL)
    {
      own = gtk_widget_get_tooltip_text (button);
      g_object_set_data_full (G_OBJECT (button), "own-tooltip", g_strdup (own), g_free);
      own = g_object_get_data (G_OBJECT (button), "own-tooltip");
    }
  gtk_widget_set_tooltip_text (button, why != NULL ? why : own);
  yeji_a11y_set_description (button, why != NULL ? why : own);
}

/**
 * yeji_bulk_bar_set_obstacle:
 * @why: (nullable): why what is selected can be neither submitted nor changed; %NULL: it can
 *
 * Says it at the buttons that are off for this reason.
 */
void
yeji_bulk_bar_set_obstacle (YejiBulkBar *self,
                            const char  *why)
{
  g_return_if_fail (YEJI_IS_BULK_BAR (self));

  set_tooltip (self->submit, why);
  set_tooltip (self->attach, why);
}

/**
 * yeji_bulk_bar_set_in_bin:
 *
 * Offers what can be done with records in the bin, or with others.
 */
void
yeji_bulk_bar_set_in_bin (YejiBulkBar *self,
                          gboolean     in_bin)
{
  g_return_if_fail (YEJI_IS_BULK_BAR (self));

  self->in_bin = in_bin;
  update (self);
}

/**
 * yeji_bulk_bar_set_progress:
 * @text: (nullable): what is being done; %NULL when nothing is any more
 * @fraction: 0 to 1
 *
 * Says how far a job is. Signal "busy" tells when one begins and ends.
 */
void
yeji_bulk_bar_set_progress (YejiBulkBar *self,
                            const char  *text,
                            double       fraction)
{
  gboolean was_busy = yeji_bulk_bar_is_busy (self);

  g_return_if_fail (YEJI_IS_BULK_BAR (self));

  gtk_widget_set_visible (self->job, text != NULL);
  gtk_label_set_text (self->job_text, text != NULL ? text : "");
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
  if (text != NULL)
    yeji_a11y_set_name (GTK_WIDGET (self->progress), text);
  update (self);
  if (was_busy != yeji_bulk_bar_is_busy (self))
    g_signal_emit (self, signals[BUSY], 0);
}

gboolean
yeji_bulk_bar_is_busy (YejiBulkBar *self)
{
  return gtk_widget_get_visible (self->job);
}
