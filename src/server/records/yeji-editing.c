// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-editing"

#include "config.h"

#include "yeji-editing.h"

#include <string.h>

#include "yeji-clock.h"

#define TAG_LENGTH 8

typedef struct
{
  char *uuid;
  char *computer;
  char *who;
  char *at;                    /* since when, RFC 3339 */
  gint64 until;                /* monotonic */
} Lease;

struct _YejiEditing
{
  GMutex mutex;
  GHashTable *enterprises;     /* code: GPtrArray of Lease, those that were said last at the end */
};

static void
lease_free (gpointer data)
{
  Lease *lease = data;

  g_free (lease->uuid);
  g_free (lease->computer);
  g_free (lease->who);
  g_free (lease->at);
  g_free (lease);
}

/**
 * yeji_editing_new:
 *
 * Returns: (transfer full): nobody edits anything
 */
YejiEditing *
yeji_editing_new (void)
{
  YejiEditing *self = g_new0 (YejiEditing, 1);

  g_mutex_init (&self->mutex);
  self->enterprises = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_ptr_array_unref);
  return self;
}

static void
drop_over (GPtrArray *leases,
           gint64     now)
{
  for (guint i = leases->len; i > 0; i--)
    if (((Lease *) g_ptr_array_index (leases, i - 1))->until <= now)
      g_ptr_array_remove_index (leases, i - 1);
}

/* (transfer full) (nullable) */
static Lease *
steal (GPtrArray  *leases,
       const char *uuid,
       const char *computer)
{
  for (guint i = 0; leases != NULL && i < leases->len; i++)
    {
      Lease *lease = g_ptr_array_index (leases, i);

      if (g_str_equal (lease->uuid, uuid) && g_str_equal (lease->computer, computer))
        return g_ptr_array_steal_index (leases, i);
    }
  return NULL;
}

/**
 * yeji_editing_set:
 * @computer: a name that the computer gave itself
 * @who: whom the others read of
 * @now: monotonic, microseconds
 *
 * Notes that a record is being edited, for %YEJI_EDITING_LEASE seconds from now.
 *
 * Returns: whether that is news
 */
gboolean
yeji_editing_set (YejiEditing *self,
                  const char  *enterprise,
                  const char  *uuid,
                  const char  *computer,
                  const char  *who,
                  gint64       now)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *leases = g_hash_table_lookup (self->enterprises, enterprise);
  Lease *lease;
  gboolean news;

  if (leases == NULL)
    {
      leases = g_ptr_array_new_with_free_func (lease_free);
      g_hash_table_insert (self->enterprises, g_strdup (enterprise), leases);
    }
  drop_over (leases, now);
  lease = steal (leases, uuid, computer);
  news = lease == NULL || !g_str_equal (lease->who, who);
  if (lease == NULL)
    {
      lease = g_new0 (Lease, 1);
      lease->uuid = g_strdup (uuid);
      lease->computer = g_strdup (computer);
      lease->at = yeji_clock_now ();
    }
  g_free (lease->who);
  lease->who = g_strdup (who);
  lease->until = now + YEJI_EDITING_LEASE * G_TIME_SPAN_SECOND;
  g_ptr_array_add (leases, lease);
  if (leases->len > YEJI_EDITING_MAX)
    g_ptr_array_remove_index (leases, 0);
  return news;
}

/**
 * yeji_editing_end:
 *
 * Notes that a computer does not edit a record any more.
 *
 * Returns: whether that is news
 */
gboolean
yeji_editing_end (YejiEditing *self,
                  const char  *enterprise,
                  const char  *uuid,
                  const char  *computer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *leases = g_hash_table_lookup (self->enterprises, enterprise);
  Lease *lease = steal (leases, uuid, computer);
  gboolean news = lease != NULL;

  g_clear_pointer (&lease, lease_free);
  if (leases != NULL && leases->len == 0)
    g_hash_table_remove (self->enterprises, enterprise);
  return news;
}

static int
compare_leases (gconstpointer a,
                gconstpointer b)
{
  const Lease *one = *(const Lease * const *) a, *other = *(const Lease * const *) b;
  int order = strcmp (one->uuid, other->uuid);

  return order != 0 ? order : strcmp (one->computer, other->computer);
}

static void
add_lease (JsonArray   *array,
           GChecksum   *sum,
           const Lease *lease)
{
  const struct
  {
    const char *member, *text;
  } texts[] = {
    { "uuid", lease->uuid },
    { "computer", lease->computer },
    { "who", lease->who },
    { "at", lease->at },
  };
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      json_object_set_string_member (object, texts[i].member, texts[i].text);
      g_checksum_update (sum, (const guchar *) texts[i].text, (gssize) strlen (texts[i].text) + 1);
    }
  json_array_add_object_element (array, object);
}

/**
 * yeji_editing_list:
 * @computer: (nullable): who asks, and knows what it does itself
 * @now: monotonic, microseconds
 * @tag: (out): the same for the same list
 *
 * Returns: (transfer full): what is being edited on other computers of an enterprise
 */
JsonArray *
yeji_editing_list (YejiEditing  *self,
                   const char   *enterprise,
                   const char   *computer,
                   gint64        now,
                   char        **tag)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  GPtrArray *leases = g_hash_table_lookup (self->enterprises, enterprise);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  JsonArray *array = json_array_new ();

  if (leases != NULL)
    drop_over (leases, now);
  for (guint i = 0; leases != NULL && i < leases->len; i++)
    if (g_strcmp0 (((Lease *) g_ptr_array_index (leases, i))->computer, computer) != 0)
      g_ptr_array_add (others, g_ptr_array_index (leases, i));
  /* whoever says it again comes to the end, which is no news */
  g_ptr_array_sort (others, compare_leases);
  for (guint i = 0; i < others->len; i++)
    add_lease (array, sum, g_ptr_array_index (others, i));
  *tag = g_strndup (g_checksum_get_string (sum), TAG_LENGTH);
  return array;
}

/**
 * yeji_editing_free:
 * @self: (transfer full)
 */
void
yeji_editing_free (YejiEditing *self)
{
  g_hash_table_unref (self->enterprises);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
