// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-program-bar"

#include "config.h"

#include "yeji-program-bar.h"

#include "yeji-background.h"
#include "yeji-program-update.h"

/* The version of which the clerk has read enough. */
#define SETTING_PUT_OFF "program.put-off"

struct _YejiProgramBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *open;

  YejiStore *store;            /* (nullable) */
  char *version;               /* (nullable): of which it speaks */
  char *where;                 /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiProgramBar, yeji_program_bar, ADW_TYPE_BIN)

/* What the profile knows of it. */
typedef struct
{
  char *version;               /* (nullable): nothing is to be said */
  char *where;                 /* (nullable) */
  char *words;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_free (news->version);
  g_free (news->where);
  g_free (news->words);
  g_free (news);
}

static gpointer
read_news (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  News *news = g_new0 (News, 1);
  g_autofree char *put_off = yeji_store_get_setting (data, SETTING_PUT_OFF, NULL);

  news->version = yeji_program_update_get_wanted (data, &news->where);
  if (g_strcmp0 (news->version, put_off) == 0)
    g_clear_pointer (&news->version, g_free);
  if (news->version != NULL)
    news->words = yeji_program_update_get_words (data, yeji_language_get_current ());
  return news;
}

static void
on_news (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiProgramBar) self = data;
  News *news = yeji_background_finish (result, NULL);

  if (news == NULL)
    return;
  if (self->store != NULL)
    {
      g_free (self->version);
      g_free (self->where);
      self->version = g_steal_pointer (&news->version);
      self->where = g_steal_pointer (&news->where);
      if (self->version != NULL)
        gtk_label_set_text (self->label, news->words);
      gtk_widget_set_visible (GTK_WIDGET (self->open), self->where != NULL);
      gtk_revealer_set_reveal_child (self->revealer, self->version != NULL);
    }
  news_free (news);
}

static void
look (YejiProgramBar *self)
{
  yeji_background_run (self->store, read_news, g_object_ref (self->store), g_object_unref,
                       news_free, on_news, g_object_ref (self));
}

static void
on_state (YejiProgramBar *self,
          GParamSpec     *pspec,
          YejiSyncEngine *engine)
{
  if (self->store != NULL && yeji_sync_engine_get_state (engine) != YEJI_SYNC_RUNNING)
    look (self);
}

/* What the clerk puts off. */
typedef struct
{
  YejiStore *store;
  char *version;
} PutOff;

static void
put_off_free (gpointer data)
{
  PutOff *off = data;

  g_object_unref (off->store);
  g_free (off->version);
  g_free (off);
}

static gpointer
keep_put_off (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  PutOff *off = data;

  if (!yeji_store_set_setting (off->store, SETTING_PUT_OFF, off->version, error))
    return NULL;
  return g_strdup ("");
}

static void
on_put_off (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *done = yeji_background_finish (result, &error);

  if (done == NULL)
    g_message ("that the new version was put off is not kept: %s", error->message);
}

static void
on_later (YejiProgramBar *self)
{
  PutOff *off;

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (self->store == NULL || self->version == NULL)
    return;
  off = g_new (PutOff, 1);
  off->store = g_object_ref (self->store);
  off->version = g_strdup (self->version);
  yeji_background_run (self->store, keep_put_off, off, put_off_free, g_free, on_put_off, NULL);
}

static void
on_open (YejiProgramBar *self)
{
  if (self->where != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->where,
                  GDK_CURRENT_TIME);
}

static void
yeji_program_bar_dispose (GObject *object)
{
  YejiProgramBar *self = YEJI_PROGRAM_BAR (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (yeji_program_bar_parent_class)->dispose (object);
}

static void
yeji_program_bar_finalize (GObject *object)
{
  YejiProgramBar *self = YEJI_PROGRAM_BAR (object);

  g_free (self->version);
  g_free (self->where);
  G_OBJECT_CLASS (yeji_program_bar_parent_class)->finalize (object);
}

static void
yeji_program_bar_class_init (YejiProgramBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_program_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_program_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-program-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiProgramBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiProgramBar, label);
  gtk_widget_class_bind_template_child (widget_class, YejiProgramBar, open);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
yeji_program_bar_init (YejiProgramBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_program_bar_watch:
 *
 * Speaks of what the province wants now, and of what it will, until the clerk puts that version
 * off, which the profile keeps. May be called once.
 */
void
yeji_program_bar_watch (YejiProgramBar *self,
                        YejiStore      *store,
                        YejiSyncEngine *engine)
{
  g_return_if_fail (YEJI_IS_PROGRAM_BAR (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (engine, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
  look (self);
}

/**
 * yeji_program_bar_get_text:
 *
 * Returns: (nullable): what it says; %NULL when it is not there
 */
const char *
yeji_program_bar_get_text (YejiProgramBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}
