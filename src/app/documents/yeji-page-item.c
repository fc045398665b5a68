// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-item"

#include "config.h"

#include "yeji-page-item.h"

struct _YejiPageItem
{
  GObject parent_instance;

  YejiAttachment *attachment;
  guint page;
};

G_DEFINE_FINAL_TYPE (YejiPageItem, yeji_page_item, G_TYPE_OBJECT)

static void
yeji_page_item_finalize (GObject *object)
{
  g_object_unref (YEJI_PAGE_ITEM (object)->attachment);
  G_OBJECT_CLASS (yeji_page_item_parent_class)->finalize (object);
}

static void
yeji_page_item_class_init (YejiPageItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_page_item_finalize;
}

static void
yeji_page_item_init (YejiPageItem *self)
{
}

/**
 * yeji_page_item_new:
 * @page: from 0
 */
YejiPageItem *
yeji_page_item_new (YejiAttachment *attachment,
                    guint           page)
{
  YejiPageItem *self = g_object_new (YEJI_TYPE_PAGE_ITEM, NULL);

  self->attachment = g_object_ref (attachment);
  self->page = page;
  return self;
}

/**
 * yeji_page_item_get_attachment:
 *
 * Returns: (transfer none): the document
 */
YejiAttachment *
yeji_page_item_get_attachment (YejiPageItem *self)
{
  return self->attachment;
}

guint
yeji_page_item_get_page (YejiPageItem *self)
{
  return self->page;
}
