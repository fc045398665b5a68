// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-records"

#include "config.h"

#include "yeji-recent.h"

struct _YejiRecent
{
  GMutex mutex;                /* guards what follows */
  GHashTable *entries;         /* uuid -> the link of its entry */
  GQueue order;                /* (element-type Entry), the oldest first */
  guint max;
};

typedef struct
{
  char *uuid;
  char *sum;
  YejiRecord *record;
} Entry;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->uuid);
  g_free (entry->sum);
  g_object_unref (entry->record);
  g_free (entry);
}

static void
forget (YejiRecent *self,
        GList      *link)
{
  Entry *entry = link->data;

  g_hash_table_remove (self->entries, entry->uuid);
  g_queue_delete_link (&self->order, link);
  free_entry (entry);
}

/**
 * yeji_recent_new:
 * @max: how many records are kept
 *
 * Returns: (transfer full): a shelf without records
 */
YejiRecent *
yeji_recent_new (guint max)
{
  YejiRecent *self = g_new0 (YejiRecent, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new (g_str_hash, g_str_equal);
  self->max = max;
  return self;
}

/**
 * yeji_recent_keep:
 * @sum: what tells this content of the record from another one
 * @record: nobody changes it any more
 *
 * Keeps a record in the place of what was kept of it, and of the oldest one.
 */
void
yeji_recent_keep (YejiRecent *self,
                  const char *uuid,
                  const char *sum,
                  YejiRecord *record)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GList *link = g_hash_table_lookup (self->entries, uuid);
  Entry *entry;

  if (link != NULL)
    forget (self, link);
  if (self->order.length >= self->max)
    forget (self, self->order.head);
  entry = g_new (Entry, 1);
  *entry = (Entry) { g_strdup (uuid), g_strdup (sum), g_object_ref (record) };
  g_queue_push_tail (&self->order, entry);
  g_hash_table_insert (self->entries, entry->uuid, self->order.tail);
}

/**
 * yeji_recent_find:
 *
 * Returns: (transfer full) (nullable): the record, whatever its sum, which goes on being kept
 */
YejiRecord *
yeji_recent_find (YejiRecent *self,
                  const char *uuid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GList *link = g_hash_table_lookup (self->entries, uuid);

  return link != NULL ? g_object_ref (((Entry *) link->data)->record) : NULL;
}

/**
 * yeji_recent_take:
 *
 * Returns: (transfer full) (nullable): the record, which is kept no longer
 */
YejiRecord *
yeji_recent_take (YejiRecent *self,
                  const char *uuid,
                  const char *sum)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GList *link = g_hash_table_lookup (self->entries, uuid);
  Entry *entry = link != NULL ? link->data : NULL;
  YejiRecord *record;

  if (entry == NULL || !g_str_equal (entry->sum, sum))
    return NULL;
  record = g_object_ref (entry->record);
  forget (self, link);
  return record;
}

/**
 * yeji_recent_free:
 * @self: (transfer full) (nullable)
 *
 * Frees the shelf.
 */
void
yeji_recent_free (YejiRecent *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_queue_clear_full (&self->order, free_entry);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
