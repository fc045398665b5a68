// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-numbers"

#include "config.h"

#include "yeji-import-numbers.h"

struct _YejiNumberItem
{
  GObject parent_instance;

  guint number;
};

G_DEFINE_FINAL_TYPE (YejiNumberItem, yeji_number_item, G_TYPE_OBJECT)

struct _YejiImportNumbers
{
  GObject parent_instance;

  guint n;
  GArray *numbers;             /* (nullable) (element-type guint): %NULL: from 0 on */
};

static void implement_list (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiImportNumbers, yeji_import_numbers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, implement_list))

static void
yeji_number_item_class_init (YejiNumberItemClass *klass)
{
}

static void
yeji_number_item_init (YejiNumberItem *self)
{
}

guint
yeji_number_item_get (YejiNumberItem *self)
{
  return self->number;
}

static GType
get_item_type (GListModel *list)
{
  return YEJI_TYPE_NUMBER_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return YEJI_IMPORT_NUMBERS (list)->n;
}

static gpointer
get_item (GListModel *list,
          guint       position)
{
  YejiImportNumbers *self = YEJI_IMPORT_NUMBERS (list);
  YejiNumberItem *item;

  if (position >= self->n)
    return NULL;
  item = g_object_new (YEJI_TYPE_NUMBER_ITEM, NULL);
  item->number = self->numbers != NULL ? g_array_index (self->numbers, guint, position)
                                       : position;
  return item;
}

static void
implement_list (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
yeji_import_numbers_finalize (GObject *object)
{
  g_clear_pointer (&YEJI_IMPORT_NUMBERS (object)->numbers, g_array_unref);
  G_OBJECT_CLASS (yeji_import_numbers_parent_class)->finalize (object);
}

static void
yeji_import_numbers_class_init (YejiImportNumbersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_import_numbers_finalize;
}

static void
yeji_import_numbers_init (YejiImportNumbers *self)
{
}

YejiImportNumbers *
yeji_import_numbers_new (void)
{
  return g_object_new (YEJI_TYPE_IMPORT_NUMBERS, NULL);
}

static void
replace (YejiImportNumbers *self,
         guint              n,
         GArray            *numbers)
{
  guint before = self->n;

  g_clear_pointer (&self->numbers, g_array_unref);
  self->numbers = numbers;
  self->n = n;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, n);
}

/**
 * yeji_import_numbers_set_n:
 *
 * Makes it the numbers from 0 to @n - 1; what stands for each may be another then.
 */
void
yeji_import_numbers_set_n (YejiImportNumbers *self,
                           guint              n)
{
  g_return_if_fail (YEJI_IS_IMPORT_NUMBERS (self));

  replace (self, n, NULL);
}

/**
 * yeji_import_numbers_set:
 * @numbers: (transfer full) (element-type guint)
 */
void
yeji_import_numbers_set (YejiImportNumbers *self,
                         GArray            *numbers)
{
  g_return_if_fail (YEJI_IS_IMPORT_NUMBERS (self));

  replace (self, numbers->len, numbers);
}
