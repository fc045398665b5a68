// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-colleagues"

#include "config.h"

#include "yeji-colleague-bar.h"

#include <glib/gi18n.h>

#include "yeji-colleagues.h"

struct _YejiColleagueBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
};

G_DEFINE_FINAL_TYPE (YejiColleagueBar, yeji_colleague_bar, ADW_TYPE_BIN)

static void
update (YejiColleagueBar *self)
{
  g_autofree char *who = self->draft != NULL
                           ? yeji_colleagues_to_text (yeji_draft_get_uuid (self->draft)) : NULL;
  g_autofree char *text = NULL;

  if (who != NULL)
    {
      /* Translators: who edits the record elsewhere, and what comes of it */
      text = g_strdup_printf (_("%s. Both can go on: what differs is merged."), who);
      gtk_label_set_text (self->label, text);
    }
  gtk_revealer_set_reveal_child (self->revealer, who != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), who != NULL);
}

static void
yeji_colleague_bar_dispose (GObject *object)
{
  YejiColleagueBar *self = YEJI_COLLEAGUE_BAR (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (yeji_colleague_bar_parent_class)->dispose (object);
}

static void
yeji_colleague_bar_class_init (YejiColleagueBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_colleague_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-colleague-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiColleagueBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiColleagueBar, label);
}

static void
yeji_colleague_bar_init (YejiColleagueBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed", G_CALLBACK (update), self);
}

/**
 * yeji_colleague_bar_set_draft:
 * @draft: (nullable): %NULL lets go of the one before
 *
 * Says of whose record it is spoken.
 */
void
yeji_colleague_bar_set_draft (YejiColleagueBar *self,
                              YejiDraft        *draft)
{
  g_return_if_fail (YEJI_IS_COLLEAGUE_BAR (self));

  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  update (self);
}

/**
 * yeji_colleague_bar_get_text:
 *
 * Returns: (nullable): what it says; %NULL when it is not there
 */
const char *
yeji_colleague_bar_get_text (YejiColleagueBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}
