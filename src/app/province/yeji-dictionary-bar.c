// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-dictionary-bar"

#include "config.h"

#include "yeji-dictionary-bar.h"

#include <glib/gi18n.h>

struct _YejiDictionaryBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;

  YejiStore *store;            /* (nullable) */
  YejiDictionary *offered;     /* (nullable): of which it speaks */
  char *put_off;               /* (nullable): the version of which it does not speak any more */
  guint count;                 /* of the drafts */
};

G_DEFINE_FINAL_TYPE (YejiDictionaryBar, yeji_dictionary_bar, ADW_TYPE_BIN)

static char *
make_text (YejiDictionaryBar *self)
{
  const char *version = yeji_dictionary_get_version (self->offered);

  if (self->count == 0)
    return g_strdup_printf (_("The province has published version %s of the data standard."),
                            version);
  return g_strdup_printf (ngettext ("The province has published version %s of the data standard; "
                                    "%u draft will be converted to it.",
                                    "The province has published version %s of the data standard; "
                                    "%u drafts will be converted to it.", self->count),
                          version, self->count);
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiDictionaryBar) self = data;
  g_autoptr (GPtrArray) entries = yeji_store_list_finish (YEJI_STORE (source), result, NULL);
  g_autofree char *text = NULL;

  if (self->offered == NULL || self->store == NULL)
    return;
  self->count = 0;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (yeji_entry_is_editable (g_ptr_array_index (entries, i)))
      self->count++;
  text = make_text (self);
  gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
update (YejiDictionaryBar *self)
{
  g_clear_object (&self->offered);
  self->offered = yeji_store_get_offered_dictionary (self->store);
  if (self->offered != NULL
      && g_strcmp0 (self->put_off, yeji_dictionary_get_version (self->offered)) == 0)
    g_clear_object (&self->offered);
  if (self->offered == NULL)
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
  else
    yeji_store_list_async (self->store, NULL, on_counted, g_object_ref (self));
}

static void
on_later (YejiDictionaryBar *self)
{
  if (self->offered == NULL)
    return;
  g_free (self->put_off);
  self->put_off = g_strdup (yeji_dictionary_get_version (self->offered));
  update (self);
}

static void
yeji_dictionary_bar_dispose (GObject *object)
{
  YejiDictionaryBar *self = YEJI_DICTIONARY_BAR (object);

  g_clear_object (&self->store);
  g_clear_object (&self->offered);
  G_OBJECT_CLASS (yeji_dictionary_bar_parent_class)->dispose (object);
}

static void
yeji_dictionary_bar_finalize (GObject *object)
{
  g_free (YEJI_DICTIONARY_BAR (object)->put_off);
  G_OBJECT_CLASS (yeji_dictionary_bar_parent_class)->finalize (object);
}

static void
yeji_dictionary_bar_class_init (YejiDictionaryBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_dictionary_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_dictionary_bar_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-dictionary-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiDictionaryBar, label);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
}

static void
yeji_dictionary_bar_init (YejiDictionaryBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * yeji_dictionary_bar_set_store:
 *
 * Speaks of what is offered now, and of what will be. May be called once.
 */
void
yeji_dictionary_bar_set_store (YejiDictionaryBar *self,
                               YejiStore         *store)
{
  g_return_if_fail (YEJI_IS_DICTIONARY_BAR (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "dictionary-offered", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/**
 * yeji_dictionary_bar_get_text:
 *
 * Returns: (nullable): what it says; %NULL when it is not there
 */
const char *
yeji_dictionary_bar_get_text (YejiDictionaryBar *self)
{
  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

/**
 * yeji_dictionary_bar_get_count:
 *
 * Returns: how many drafts there were when it was counted last
 */
guint
yeji_dictionary_bar_get_count (YejiDictionaryBar *self)
{
  return self->count;
}
