// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-group"

#include "config.h"

#include "yeji-intake-group.h"

#include <glib/gi18n.h>

#include "yeji-intake-words.h"

struct _YejiIntakeGroup
{
  GObject parent_instance;

  char *uuid;                  /* (nullable): those that go to the tray */
  GPtrArray *items;            /* (element-type YejiIntakeItem) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *list)
{
  return YEJI_TYPE_INTAKE_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return YEJI_INTAKE_GROUP (list)->items->len;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  YejiIntakeGroup *self = YEJI_INTAKE_GROUP (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
init_list (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiIntakeGroup, yeji_intake_group, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list))

static void
yeji_intake_group_finalize (GObject *object)
{
  YejiIntakeGroup *self = YEJI_INTAKE_GROUP (object);

  g_free (self->uuid);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (yeji_intake_group_parent_class)->finalize (object);
}

static void
yeji_intake_group_class_init (YejiIntakeGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_intake_group_finalize;
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_INTAKE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_intake_group_init (YejiIntakeGroup *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * yeji_intake_group_new:
 * @uuid: (nullable): the record; %NULL for the tray
 *
 * Returns: (transfer full): a group of nothing yet
 */
YejiIntakeGroup *
yeji_intake_group_new (const char *uuid)
{
  YejiIntakeGroup *self = g_object_new (YEJI_TYPE_INTAKE_GROUP, NULL);

  self->uuid = g_strdup (uuid);
  return self;
}

const char *
yeji_intake_group_get_uuid (YejiIntakeGroup *self)
{
  return self->uuid;
}

gboolean
yeji_intake_group_is_tray (YejiIntakeGroup *self)
{
  return self->uuid == NULL;
}

/**
 * yeji_intake_group_get_title:
 *
 * Returns: (transfer full): the name of the record
 */
char *
yeji_intake_group_get_title (YejiIntakeGroup *self)
{
  const char *name = NULL;

  if (self->uuid == NULL)
    return g_strdup_printf (_("Not Matched (%u)"), self->items->len);
  if (self->items->len > 0)
    name = yeji_intake_item_get_record_name (g_ptr_array_index (self->items, 0));
  return g_strdup (name != NULL && *name != '\0' ? name : _("(without a name)"));
}

/**
 * yeji_intake_group_count_open:
 *
 * Returns: how many of the files the clerk should look at
 */
guint
yeji_intake_group_count_open (YejiIntakeGroup *self)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += yeji_intake_item_is_open (g_ptr_array_index (self->items, i));
  return n;
}

/**
 * yeji_intake_group_get_words:
 *
 * Returns: (transfer full): how many files, and how many of them should be looked at
 */
char *
yeji_intake_group_get_words (YejiIntakeGroup *self)
{
  guint n_open = yeji_intake_group_count_open (self);
  g_autofree char *files = NULL;
  g_autofree char *open = NULL;

  if (self->uuid == NULL)
    return g_strdup (_("They go to the tray and wait there. Choose a record and a kind to attach "
                       "them now."));
  files = g_strdup_printf (ngettext ("%u file", "%u files", self->items->len), self->items->len);
  if (n_open == 0)
    return g_steal_pointer (&files);
  open = g_strdup_printf (ngettext ("%u to look at", "%u to look at", n_open), n_open);
  return g_strdup_printf ("%s · %s", files, open);
}

/**
 * yeji_intake_group_set_items:
 * @items: (element-type YejiIntakeItem): in their order
 *
 * Shows other files. What is the same at both ends stays as it is on screen.
 */
void
yeji_intake_group_set_items (YejiIntakeGroup *self,
                             GPtrArray       *items)
{
  guint n_old = self->items->len;
  guint head = 0;
  guint tail = 0;

  while (head < MIN (n_old, items->len)
         && g_ptr_array_index (self->items, head) == g_ptr_array_index (items, head))
    head++;
  while (tail < MIN (n_old, items->len) - head
         && g_ptr_array_index (self->items, n_old - 1 - tail)
            == g_ptr_array_index (items, items->len - 1 - tail))
    tail++;
  if (head == n_old && head == items->len)
    return;
  g_ptr_array_unref (self->items);
  self->items = g_ptr_array_new_full (items->len, g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (items, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail,
                              items->len - head - tail);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * yeji_intake_group_tell:
 *
 * Something of one of the files is another now.
 */
void
yeji_intake_group_tell (YejiIntakeGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}
