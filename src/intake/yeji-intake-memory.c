// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-intake-memory"

#include "config.h"

#include "yeji-intake-memory.h"

#include "yeji-intake-item-private.h"

typedef struct
{
  YejiIntakeItem *item;
  char *uuid;
  char *record_name;
  char *slot;
  char *slot_label;
  YejiCertainty certainty;
  char *reason;
  gboolean included;
} Remembered;

struct _YejiIntakeMemory
{
  GPtrArray *list;             /* (element-type Remembered) */
};

static void
remembered_free (gpointer data)
{
  Remembered *one = data;

  g_object_unref (one->item);
  g_free (one->uuid);
  g_free (one->record_name);
  g_free (one->slot);
  g_free (one->slot_label);
  g_free (one->reason);
  g_free (one);
}

static Remembered *
remember (YejiIntakeItem *item)
{
  Remembered *one = g_new (Remembered, 1);

  one->item = g_object_ref (item);
  one->uuid = g_strdup (yeji_intake_item_get_uuid (item));
  one->record_name = g_strdup (yeji_intake_item_get_record_name (item));
  one->slot = g_strdup (yeji_intake_item_get_slot (item));
  one->slot_label = g_strdup (yeji_intake_item_get_slot_label (item));
  one->certainty = yeji_intake_item_get_certainty (item);
  one->reason = g_strdup (yeji_intake_item_get_reason (item));
  one->included = yeji_intake_item_is_included (item);
  return one;
}

static gboolean
is_same (const char       *uuid,
         const char       *slot,
         const Remembered *one)
{
  return g_strcmp0 (uuid, one->uuid) == 0 && g_strcmp0 (slot, one->slot) == 0;
}

/* All that went to the same place as one of them, and are elsewhere now, in one go. */
static void
put_back (YejiIntakeMemory *self,
          const Remembered *one,
          YejiIntakePlan   *plan)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (is_same (yeji_intake_item_get_uuid (one->item), yeji_intake_item_get_slot (one->item), one))
    return;
  for (guint i = 0; i < self->list->len; i++)
    {
      const Remembered *other = g_ptr_array_index (self->list, i);

      if (is_same (other->uuid, other->slot, one))
        g_ptr_array_add (items, other->item);
    }
  yeji_intake_plan_set_target (plan, items, one->uuid, one->slot);
}

/**
 * yeji_intake_memory_new:
 * @items: (element-type YejiIntakeItem)
 *
 * Returns: (transfer full): where they go now, and whether they are taken
 */
YejiIntakeMemory *
yeji_intake_memory_new (GPtrArray *items)
{
  YejiIntakeMemory *self = g_new (YejiIntakeMemory, 1);

  self->list = g_ptr_array_new_full (items->len, remembered_free);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->list, remember (g_ptr_array_index (items, i)));
  return self;
}

void
yeji_intake_memory_free (YejiIntakeMemory *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

/**
 * yeji_intake_memory_recall:
 *
 * Lets the files go where they went.
 *
 * Returns: (transfer container) (element-type YejiIntakeItem): the files
 */
GPtrArray *
yeji_intake_memory_recall (YejiIntakeMemory *self,
                           YejiIntakePlan   *plan)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->list->len; i++)
    {
      const Remembered *one = g_ptr_array_index (self->list, i);

      put_back (self, one, plan);
      /* what the plan says of a clerk's choice is not what was said before */
      yeji_intake_item_place (one->item, one->uuid, one->record_name, one->slot, one->slot_label,
                              one->certainty, one->reason);
      yeji_intake_item_set_included (one->item, one->included);
      g_ptr_array_add (items, g_object_ref (one->item));
    }
  return items;
}
