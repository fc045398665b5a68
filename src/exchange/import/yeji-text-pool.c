// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-text-pool"

#include "config.h"

#include "yeji-text-pool.h"

#include <string.h>

/* A number is the chunk and the place in it. A text is never longer than a chunk. */
#define CHUNK_BITS 21
#define CHUNK ((guint32) 1 << CHUNK_BITS)
#define MAX_CHUNKS (1u << (32 - CHUNK_BITS))

typedef struct
{
  guint32 hash;
  guint32 id;                  /* 0: free */
} Slot;

struct _YejiTextPool
{
  GPtrArray *chunks;
  guint32 used;                /* of the last chunk */
  Slot *slots;                 /* open addressing */
  guint32 n_slots;             /* a power of two */
  guint32 n;
};

/* FNV-1a, over eight bytes at a time. */
static guint32
hash_text (const char *text,
           gsize       length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ length;

  while (length >= 8)
    {
      guint64 part;

      memcpy (&part, text, 8);
      hash = (hash ^ part) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
      text += 8;
      length -= 8;
    }
  for (; length > 0; length--, text++)
    hash = (hash ^ (guint8) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return (guint32) (hash ^ hash >> 32);
}

/**
 * yeji_text_pool_new:
 *
 * Returns: (transfer full): a pool with nothing but the empty text
 */
YejiTextPool *
yeji_text_pool_new (void)
{
  YejiTextPool *self = g_new0 (YejiTextPool, 1);

  self->chunks = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->chunks, g_malloc (CHUNK));
  *(char *) g_ptr_array_index (self->chunks, 0) = '\0';
  self->used = 1;
  self->n_slots = 4096;
  self->slots = g_new0 (Slot, self->n_slots);
  return self;
}

void
yeji_text_pool_free (YejiTextPool *self)
{
  g_ptr_array_unref (self->chunks);
  g_free (self->slots);
  g_free (self);
}

/**
 * yeji_text_pool_get:
 *
 * Returns: (transfer none): the text of that number
 */
const char *
yeji_text_pool_get (YejiTextPool *self,
                    guint32       id)
{
  return (const char *) g_ptr_array_index (self->chunks, id >> CHUNK_BITS) + (id & (CHUNK - 1));
}

/* Where the text is, or where it would be put. */
static Slot *
find_slot (YejiTextPool *self,
           const char   *text,
           gsize         length,
           guint32       hash)
{
  guint32 mask = self->n_slots - 1;

  for (guint32 i = hash & mask;; i = (i + 1) & mask)
    {
      Slot *slot = &self->slots[i];

      if (slot->id == 0)
        return slot;
      if (slot->hash == hash)
        {
          const char *other = yeji_text_pool_get (self, slot->id);

          if (strncmp (other, text, length) == 0 && other[length] == '\0')
            return slot;
        }
    }
}

static void
grow (YejiTextPool *self)
{
  Slot *old = self->slots;
  guint32 n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = g_new0 (Slot, self->n_slots);
  for (guint32 i = 0; i < n_old; i++)
    if (old[i].id != 0)
      {
        guint32 at = old[i].hash & (self->n_slots - 1);

        while (self->slots[at].id != 0)
          at = (at + 1) & (self->n_slots - 1);
        self->slots[at] = old[i];
      }
  g_free (old);
}

/**
 * yeji_text_pool_add:
 * @text: shorter than 2 MiB, without a NUL within its @length
 *
 * Returns: the number of the text
 */
guint32
yeji_text_pool_add (YejiTextPool *self,
                    const char   *text,
                    gsize         length)
{
  guint32 hash;
  Slot *slot;
  char *place;

  if (length == 0)
    return 0;
  g_return_val_if_fail (length < CHUNK, 0);
  hash = hash_text (text, length);
  slot = find_slot (self, text, length, hash);
  if (slot->id != 0)
    return slot->id;
  if (self->used + length + 1 > CHUNK)
    {
      /* numbers would run out at 4 GiB, which no file that is read has */
      g_assert (self->chunks->len < MAX_CHUNKS);
      g_ptr_array_add (self->chunks, g_malloc (CHUNK));
      self->used = 0;
    }
  place = (char *) g_ptr_array_index (self->chunks, self->chunks->len - 1) + self->used;
  memcpy (place, text, length);
  place[length] = '\0';
  slot->hash = hash;
  slot->id = (guint32) (self->chunks->len - 1) << CHUNK_BITS | self->used;
  self->used += (guint32) length + 1;
  hash = slot->id;
  /* at most five eighths full: a text that is not there is found out soon */
  if (++self->n > self->n_slots / 8 * 5)
    grow (self);
  return hash;
}

/**
 * yeji_text_pool_find:
 *
 * Returns: the number of the text, 0 where the pool has not got it
 */
guint32
yeji_text_pool_find (YejiTextPool *self,
                     const char   *text)
{
  gsize length = strlen (text);

  return length > 0 ? find_slot (self, text, length, hash_text (text, length))->id : 0;
}
