// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-entry-item"

#include "config.h"

#include "yeji-entry-item.h"

struct _YejiEntryItem
{
  GObject parent_instance;

  YejiEntry *entry;            /* (nullable): not read yet */
};

enum
{
  PROP_0,
  PROP_ENTRY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiEntryItem, yeji_entry_item, G_TYPE_OBJECT)

static void
yeji_entry_item_finalize (GObject *object)
{
  g_clear_object (&YEJI_ENTRY_ITEM (object)->entry);
  G_OBJECT_CLASS (yeji_entry_item_parent_class)->finalize (object);
}

static void
yeji_entry_item_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *spec)
{
  if (id == PROP_ENTRY)
    g_value_set_object (value, YEJI_ENTRY_ITEM (object)->entry);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
yeji_entry_item_class_init (YejiEntryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yeji_entry_item_finalize;
  object_class->get_property = yeji_entry_item_get_property;
  properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, YEJI_TYPE_ENTRY,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_entry_item_init (YejiEntryItem *self)
{
}

YejiEntryItem *
yeji_entry_item_new (void)
{
  return g_object_new (YEJI_TYPE_ENTRY_ITEM, NULL);
}

/**
 * yeji_entry_item_get_entry:
 *
 * Returns: (transfer none) (nullable): what the row shows, %NULL while that is read
 */
YejiEntry *
yeji_entry_item_get_entry (YejiEntryItem *self)
{
  return self->entry;
}

void
yeji_entry_item_set_entry (YejiEntryItem *self,
                           YejiEntry     *entry)
{
  if (g_set_object (&self->entry, entry))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
}

/**
 * yeji_entry_item_get_uuid:
 *
 * Returns: (nullable): of what record the row is, %NULL while that is read
 */
const char *
yeji_entry_item_get_uuid (YejiEntryItem *self)
{
  return self->entry != NULL ? yeji_entry_get_uuid (self->entry) : NULL;
}
