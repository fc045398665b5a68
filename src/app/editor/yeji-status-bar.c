// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-status-bar"

#include "config.h"

#include "yeji-status-bar.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-sync-popover.h"
#include "yeji-sync-words.h"
#include "yeji-transfer-words.h"

struct _YejiStatusBar
{
  GtkBox parent_instance;

  GtkBox *saved_box;
  GtkImage *saved_icon;
  GtkLabel *saved;
  GtkButton *transfers_button;
  GtkProgressBar *transfers_bar;
  GtkLabel *transfers_text;
  GtkImage *transfers_icon;
  GtkButton *sync_button;
  GtkImage *sync_icon;
  GtkLabel *sync;

  const char *style;           /* (nullable): of what is saved; static */
  YejiSyncEngine *engine;      /* (nullable): weak */
  GtkWidget *popover;          /* (nullable): of the sync button */
  char *problem;               /* (nullable): why the province's dictionary was not taken */
};

G_DEFINE_FINAL_TYPE (YejiStatusBar, yeji_status_bar, GTK_TYPE_BOX)

/* Who is signed out signs in by it; else it tells more. */
static void
show_sync (YejiStatusBar  *self,
           YejiSyncEngine *engine)
{
  const YejiSyncOutcome *outcome = yeji_sync_engine_get_outcome (engine);
  const char *user = yeji_sync_engine_get_user (engine);
  gboolean never = outcome->state == YEJI_SYNC_SIGNED_OUT
                   || (outcome->state == YEJI_SYNC_STOPPED && user == NULL);
  gboolean ended = outcome->state == YEJI_SYNC_ENDED;
  g_autofree char *title = never   ? g_strdup (_("Sign In…"))
                           : ended ? g_strdup (_("Sign In Again…"))
                                   : yeji_sync_words_title (outcome);
  g_autofree char *words = yeji_sync_words (outcome, NULL, YEJI_SYNC_TELLER_ENGINE);
  g_autofree char *shown = user != NULL ? g_strdup_printf ("%s · %s", title, user)
                                        : g_strdup (title);
  const char *detail = words;

  /* a tooltip would lie over the rest of it */
  words[strcspn (words, "\n")] = '\0';

  if (self->problem != NULL)
    {
      char *more = g_strdup_printf (_("%s · The new data standard was not taken"), shown);

      g_free (shown);
      shown = more;
      detail = self->problem;
    }
  gtk_image_set_from_icon_name (self->sync_icon,
                                self->problem != NULL
                                  ? "dialog-warning-symbolic"
                                  : yeji_sync_popover_get_icon (outcome->state));
  gtk_label_set_text (self->sync, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sync_button),
                               self->popover == NULL || !gtk_widget_get_visible (self->popover)
                                 ? detail : NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->sync_button),
                                  never || ended ? "win.sign-in" : "status.sync");
  yeji_a11y_set_name (GTK_WIDGET (self->sync_button), shown);
  yeji_a11y_set_description (GTK_WIDGET (self->sync_button), detail);
}

static void
on_sync (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  GtkWidget *popover = YEJI_STATUS_BAR (widget)->popover;

  if (popover == NULL)
    return;
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_set_tooltip_text (GTK_WIDGET (YEJI_STATUS_BAR (widget)->sync_button), NULL);
}

static void
on_closed (YejiStatusBar *self)
{
  if (self->engine != NULL)
    show_sync (self, self->engine);
}

static void
update_sync (YejiStatusBar  *self,
             GParamSpec     *pspec,
             YejiSyncEngine *engine)
{
  show_sync (self, engine);
}

/* One line, while there is something to be said of it: on its way, standing still, or failed. */
static void
show_transfers (YejiStatusBar *self,
                YejiTransfers *transfers)
{
  guint n_waiting = yeji_transfers_get_n_waiting (transfers);
  guint n_failed = yeji_transfers_get_n_failed (transfers);
  YejiTransfersBlock block = yeji_transfers_get_blocked (transfers);
  g_autofree char *summary = NULL;
  const char *why = n_waiting > 0 ? yeji_transfers_block_to_words (block) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->transfers_button), n_waiting > 0 || n_failed > 0);
  if (n_waiting == 0 && n_failed == 0)
    return;
  summary = yeji_transfers_to_summary (transfers);
  gtk_label_set_text (self->transfers_text, summary);
  gtk_image_set_from_icon_name (self->transfers_icon,
                                n_waiting == 0 ? "dialog-warning-symbolic"
                                : block == YEJI_TRANSFERS_PAUSED ? "media-playback-pause-symbolic"
                                                                 : "document-send-symbolic");
  gtk_progress_bar_set_fraction (self->transfers_bar, yeji_transfers_get_fraction (transfers));
  gtk_widget_set_visible (GTK_WIDGET (self->transfers_bar), n_waiting > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->transfers_button),
                               why != NULL ? why : _("Transfers (Ctrl+Shift+T)"));
  yeji_a11y_set_name (GTK_WIDGET (self->transfers_button), summary);
  yeji_a11y_set_description (GTK_WIDGET (self->transfers_button), why);
}

static void
update_transfers (YejiStatusBar *self,
                  GParamSpec    *pspec,
                  YejiTransfers *transfers)
{
  show_transfers (self, transfers);
}

static void
yeji_status_bar_dispose (GObject *object)
{
  YejiStatusBar *self = YEJI_STATUS_BAR (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (yeji_status_bar_parent_class)->dispose (object);
}

static void
yeji_status_bar_finalize (GObject *object)
{
  YejiStatusBar *self = YEJI_STATUS_BAR (object);

  g_clear_weak_pointer (&self->engine);
  g_free (self->problem);
  G_OBJECT_CLASS (yeji_status_bar_parent_class)->finalize (object);
}

static void
yeji_status_bar_class_init (YejiStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_status_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_status_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, saved_box);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, saved_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, saved);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, transfers_button);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, transfers_bar);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, transfers_text);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, transfers_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, sync_button);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, sync_icon);
  gtk_widget_class_bind_template_child (widget_class, YejiStatusBar, sync);
  gtk_widget_class_install_action (widget_class, "status.sync", NULL, on_sync);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yeji_status_bar_init (YejiStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->transfers_bar), GTK_ACCESSIBLE_STATE_HIDDEN,
                               TRUE, -1);
}

/**
 * yeji_status_bar_set_saved:
 * @style: (nullable): a style class, static
 *
 * Says what is saved.
 */
void
yeji_status_bar_set_saved (YejiStatusBar *self,
                           const char    *icon,
                           const char    *text,
                           const char    *style)
{
  g_return_if_fail (YEJI_IS_STATUS_BAR (self));

  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->saved_box), self->style);
  self->style = style;
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->saved_box), style);
  gtk_image_set_from_icon_name (self->saved_icon, icon);
  gtk_label_set_text (self->saved, text);
}

/**
 * yeji_status_bar_set_engine:
 *
 * Says from now on how it stands with the province. May be called once.
 */
void
yeji_status_bar_set_engine (YejiStatusBar  *self,
                            YejiSyncEngine *engine)
{
  g_return_if_fail (YEJI_IS_STATUS_BAR (self));

  g_set_weak_pointer (&self->engine, engine);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = yeji_sync_popover_new (engine);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->sync_button));
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_closed), self);
  g_signal_connect_object (engine, "notify", G_CALLBACK (update_sync), self, G_CONNECT_SWAPPED);
  show_sync (self, engine);
}

/**
 * yeji_status_bar_set_transfers:
 *
 * Says from now on how far the files on their way are. May be called once.
 */
void
yeji_status_bar_set_transfers (YejiStatusBar *self,
                               YejiTransfers *transfers)
{
  g_return_if_fail (YEJI_IS_STATUS_BAR (self));

  g_signal_connect_object (transfers, "notify", G_CALLBACK (update_transfers), self,
                           G_CONNECT_SWAPPED);
  show_transfers (self, transfers);
}

/**
 * yeji_status_bar_set_problem:
 * @problem: (nullable): a sentence on why the province's dictionary was not taken
 *
 * Says so beside how it stands with the province.
 */
void
yeji_status_bar_set_problem (YejiStatusBar *self,
                             const char    *problem)
{
  g_return_if_fail (YEJI_IS_STATUS_BAR (self));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (self->engine != NULL)
    show_sync (self, self->engine);
}

/**
 * yeji_status_bar_get_saved:
 *
 * Returns: what it says of saving
 */
const char *
yeji_status_bar_get_saved (YejiStatusBar *self)
{
  return gtk_label_get_text (self->saved);
}

/**
 * yeji_status_bar_get_sync:
 *
 * Returns: what it says of the province
 */
const char *
yeji_status_bar_get_sync (YejiStatusBar *self)
{
  return gtk_label_get_text (self->sync);
}

/**
 * yeji_status_bar_get_transfers:
 *
 * Returns: (nullable): what it says of the files on their way; %NULL: there are none
 */
const char *
yeji_status_bar_get_transfers (YejiStatusBar *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->transfers_button))
           ? gtk_label_get_text (self->transfers_text) : NULL;
}
