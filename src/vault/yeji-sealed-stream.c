// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-sealed-stream.h"

#include <string.h>

#include <sodium.h>

#include "yeji-stretch.h"

#define OPS_AT    20
#define MEMORY_AT 24
#define SALT_AT   32
#define STREAM_AT 48

/* What a file may ask for at most: it may come from anywhere, and must not hold the computer up.
 * Both at their most would take a minute, so that their product is bounded, too. */
#define MAX_OPS    16
#define MAX_MEMORY ((guint64) 1 << 30)
#define MAX_WORK   ((guint64) 4 << 30)

#define SEALED_PIECE (YEJI_SEALED_PIECE + YEJI_SEALED_OVERHEAD)

G_STATIC_ASSERT (crypto_secretstream_xchacha20poly1305_ABYTES == YEJI_SEALED_OVERHEAD);
G_STATIC_ASSERT (crypto_secretstream_xchacha20poly1305_KEYBYTES == YEJI_SECRET_SIZE);
G_STATIC_ASSERT (STREAM_AT + crypto_secretstream_xchacha20poly1305_HEADERBYTES
                 == YEJI_SEALED_HEAD_SIZE);

struct _YejiSealedWriter
{
  GOutputStream *stream;
  GCancellable *cancellable;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 *piece;               /* that is not full yet */
  gsize length;
  guint8 *sealed;
};

struct _YejiSealedReader
{
  GInputStream *stream;
  GCancellable *cancellable;
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 *piece;               /* that is given out */
  gsize length;
  gsize start;
  guint8 *sealed;
  guint64 position;
  gboolean last;
};

/* A file that somebody else has may be tried at leisure, so that a guess must be dear: about half a
 * second. */
static guint32 cost_ops = 3;
static guint64 cost_memory = (guint64) 256 << 20;

G_DEFINE_QUARK (yeji-sealed-error-quark, yeji_sealed_error)

static gboolean
fail (YejiSealedError   code,
      const char       *why,
      GError          **error)
{
  g_set_error_literal (error, YEJI_SEALED_ERROR, (int) code, why);
  return FALSE;
}

/**
 * yeji_sealed_set_cost: (skip)
 *
 * Makes what is written from now on cheaper to open, for tests.
 */
void
yeji_sealed_set_cost (guint32 ops,
                      guint64 memory)
{
  cost_ops = ops;
  cost_memory = memory;
}

static void
put_number (guint8  *bytes,
            guint64  number,
            guint    size)
{
  for (guint i = 0; i < size; i++)
    bytes[i] = (guint8) (number >> (8 * i));
}

static guint64
get_number (const guint8 *bytes,
            guint         size)
{
  guint64 number = 0;

  for (guint i = size; i-- > 0;)
    number = number << 8 | bytes[i];
  return number;
}

/**
 * yeji_sealed_head_unlock:
 * @passphrase: UTF-8; whatever input method made it, it is the same
 *
 * Takes a second and the memory that the head asks for. Whether the passphrase is the right
 * one, yeji_sealed_reader_new() says.
 *
 * Returns: (transfer full) (nullable): the key; %NULL with %YEJI_SEALED_ERROR_COST
 */
YejiSecret *
yeji_sealed_head_unlock (const YejiSealedHead  *self,
                         const char            *passphrase,
                         GError               **error)
{
  g_autoptr (YejiSecretText) composed = NULL;
  guint8 bytes[YEJI_SECRET_SIZE];
  const char *plain;
  YejiSecret *key;

  yeji_secret_init ();
  composed = g_utf8_normalize (passphrase, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  plain = composed != NULL ? composed : passphrase;
  if (!yeji_stretch (plain, self->bytes + SALT_AT, self->ops, self->memory, bytes, sizeof bytes))
    {
      g_set_error (error, YEJI_SEALED_ERROR, YEJI_SEALED_ERROR_COST,
                   "it needs %" G_GUINT64_FORMAT " MiB of memory", self->memory >> 20);
      return NULL;
    }
  key = yeji_secret_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

/* ---- Writing */

static gboolean
push_piece (YejiSealedWriter  *self,
            guint8             tag,
            GError           **error)
{
  crypto_secretstream_xchacha20poly1305_push (&self->state, self->sealed, NULL, self->piece,
                                              self->length, NULL, 0, tag);
  if (!g_output_stream_write_all (self->stream, self->sealed, self->length + YEJI_SEALED_OVERHEAD,
                                  NULL, self->cancellable, error))
    return FALSE;
  self->length = 0;
  return TRUE;
}

static gboolean
write_head (YejiSealedWriter  *self,
            YejiSealedHead    *head,
            const YejiSecret  *key,
            GError           **error)
{
  guint8 check[YEJI_SEALED_OVERHEAD];

  crypto_secretstream_xchacha20poly1305_init_push (&self->state, head->bytes + STREAM_AT,
                                                   yeji_secret_peek (key));
  crypto_secretstream_xchacha20poly1305_push (&self->state, check, NULL, NULL, 0, head->bytes,
                                              sizeof head->bytes,
                                              crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return g_output_stream_write_all (self->stream, head->bytes, sizeof head->bytes, NULL,
                                    self->cancellable, error)
    && g_output_stream_write_all (self->stream, check, sizeof check, NULL, self->cancellable,
                                  error);
}

/**
 * yeji_sealed_writer_new:
 * @magic: what the file begins with, YEJI_SEALED_MAGIC_SIZE bytes
 * @passphrase: what opens it
 *
 * Writes the head. Takes a second.
 *
 * Returns: (transfer full) (nullable): where the content goes; %NULL with %YEJI_SEALED_ERROR_COST
 *   or an error of the stream
 */
YejiSealedWriter *
yeji_sealed_writer_new (GOutputStream  *stream,
                        const char     *magic,
                        const char     *passphrase,
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_autoptr (YejiSealedWriter) self = g_new0 (YejiSealedWriter, 1);
  g_autoptr (YejiSecret) key = NULL;
  YejiSealedHead head = { .ops = cost_ops, .memory = cost_memory };

  yeji_secret_init ();
  self->stream = g_object_ref (stream);
  g_set_object (&self->cancellable, cancellable);
  self->piece = g_malloc (YEJI_SEALED_PIECE);
  self->sealed = g_malloc (SEALED_PIECE);
  memcpy (head.bytes, magic, YEJI_SEALED_MAGIC_SIZE);
  put_number (head.bytes + YEJI_SEALED_MAGIC_SIZE, YEJI_SEALED_VERSION, 4);
  put_number (head.bytes + OPS_AT, head.ops, 4);
  put_number (head.bytes + MEMORY_AT, head.memory, 8);
  randombytes_buf (head.bytes + SALT_AT, YEJI_STRETCH_SALT);
  key = yeji_sealed_head_unlock (&head, passphrase, error);
  if (key == NULL || !write_head (self, &head, key, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The last piece is written by yeji_sealed_writer_finish(), so that a full one waits for what comes
 * behind it. */
gboolean
yeji_sealed_writer_write (YejiSealedWriter  *self,
                          gconstpointer      data,
                          gsize              length,
                          GError           **error)
{
  const guint8 *bytes = data;

  while (length > 0)
    {
      gsize part;

      if (self->length == YEJI_SEALED_PIECE
          && !push_piece (self, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, error))
        return FALSE;
      part = MIN (length, YEJI_SEALED_PIECE - self->length);
      memcpy (self->piece + self->length, bytes, part);
      self->length += part;
      bytes += part;
      length -= part;
    }
  return TRUE;
}

/**
 * yeji_sealed_writer_finish:
 *
 * Writes the last piece. The stream is the caller's to close.
 */
gboolean
yeji_sealed_writer_finish (YejiSealedWriter  *self,
                           GError           **error)
{
  return push_piece (self, crypto_secretstream_xchacha20poly1305_TAG_FINAL, error);
}

void
yeji_sealed_writer_free (YejiSealedWriter *self)
{
  if (self == NULL)
    return;
  sodium_memzero (&self->state, sizeof self->state);
  sodium_memzero (self->piece, YEJI_SEALED_PIECE);
  g_free (self->piece);
  g_free (self->sealed);
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* ---- Reading */

/* Within what a file may ask for. */
static gboolean
is_bearable (const YejiSealedHead *self)
{
  return self->ops >= crypto_pwhash_argon2id_opslimit_min () && self->ops <= MAX_OPS
    && self->memory >= crypto_pwhash_argon2id_memlimit_min () && self->memory <= MAX_MEMORY
    && self->ops * self->memory <= MAX_WORK;
}

/**
 * yeji_sealed_head_read:
 * @self: (out caller-allocates)
 * @magic: what the file must begin with
 *
 * Reads what lies in front of the pieces.
 *
 * Returns: %FALSE with %YEJI_SEALED_ERROR_FOREIGN, %YEJI_SEALED_ERROR_NEWER,
 *   %YEJI_SEALED_ERROR_DAMAGED, %YEJI_SEALED_ERROR_COST or an error of the stream
 */
gboolean
yeji_sealed_head_read (YejiSealedHead  *self,
                       GInputStream    *stream,
                       const char      *magic,
                       GCancellable    *cancellable,
                       GError         **error)
{
  guint64 version;
  gsize length;

  yeji_secret_init ();
  if (!g_input_stream_read_all (stream, self->bytes, sizeof self->bytes, &length, cancellable,
                                error))
    return FALSE;
  if (length < YEJI_SEALED_MAGIC_SIZE || memcmp (self->bytes, magic, YEJI_SEALED_MAGIC_SIZE) != 0)
    return fail (YEJI_SEALED_ERROR_FOREIGN, "it does not begin as such a file does", error);
  if (length < sizeof self->bytes)
    return fail (YEJI_SEALED_ERROR_DAMAGED, "it ends within its head", error);
  version = get_number (self->bytes + YEJI_SEALED_MAGIC_SIZE, 4);
  if (version > YEJI_SEALED_VERSION)
    {
      g_set_error (error, YEJI_SEALED_ERROR, YEJI_SEALED_ERROR_NEWER,
                   "it has version %" G_GUINT64_FORMAT ", this program knows %d", version,
                   YEJI_SEALED_VERSION);
      return FALSE;
    }
  self->ops = (guint32) get_number (self->bytes + OPS_AT, 4);
  self->memory = get_number (self->bytes + MEMORY_AT, 8);
  if (version < 1)
    return fail (YEJI_SEALED_ERROR_DAMAGED, "it has no version", error);
  return is_bearable (self)
    || fail (YEJI_SEALED_ERROR_COST, "it asks for more work than is reasonable", error);
}

static gboolean
pull_check (YejiSealedReader      *self,
            const YejiSealedHead  *head,
            const YejiSecret      *key,
            GError               **error)
{
  guint8 check[YEJI_SEALED_OVERHEAD];
  gsize length;
  guint8 tag;

  if (!g_input_stream_read_all (self->stream, check, sizeof check, &length, self->cancellable,
                                error))
    return FALSE;
  if (length < sizeof check)
    return fail (YEJI_SEALED_ERROR_DAMAGED, "it ends behind its head", error);
  self->position = sizeof head->bytes + sizeof check;
  if (crypto_secretstream_xchacha20poly1305_init_pull (&self->state, head->bytes + STREAM_AT,
                                                       yeji_secret_peek (key)) != 0
      || crypto_secretstream_xchacha20poly1305_pull (&self->state, self->piece, NULL, &tag, check,
                                                     sizeof check, head->bytes,
                                                     sizeof head->bytes) != 0)
    return fail (YEJI_SEALED_ERROR_KEY, "the passphrase is another one", error);
  return tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
    || fail (YEJI_SEALED_ERROR_DAMAGED, "it ends behind its head", error);
}

/**
 * yeji_sealed_reader_new:
 * @stream: behind the head
 * @head: as it was read
 * @key: of yeji_sealed_head_unlock()
 *
 * Returns: (transfer full) (nullable): the content; %NULL with %YEJI_SEALED_ERROR_KEY,
 *   %YEJI_SEALED_ERROR_DAMAGED or an error of the stream
 */
YejiSealedReader *
yeji_sealed_reader_new (GInputStream          *stream,
                        const YejiSealedHead  *head,
                        const YejiSecret      *key,
                        GCancellable          *cancellable,
                        GError               **error)
{
  g_autoptr (YejiSealedReader) self = g_new0 (YejiSealedReader, 1);

  self->stream = g_object_ref (stream);
  g_set_object (&self->cancellable, cancellable);
  self->piece = g_malloc (YEJI_SEALED_PIECE);
  self->sealed = g_malloc (SEALED_PIECE);
  return pull_check (self, head, key, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
require_end (YejiSealedReader  *self,
             GError           **error)
{
  guint8 byte;
  gsize length;

  if (!g_input_stream_read_all (self->stream, &byte, 1, &length, self->cancellable, error))
    return FALSE;
  return length == 0 || fail (YEJI_SEALED_ERROR_DAMAGED, "there is more behind its end", error);
}

static gboolean
pull_piece (YejiSealedReader  *self,
            GError           **error)
{
  unsigned long long size = 0;
  gsize length;
  guint8 tag;

  if (!g_input_stream_read_all (self->stream, self->sealed, SEALED_PIECE, &length,
                                self->cancellable, error))
    return FALSE;
  if (length < YEJI_SEALED_OVERHEAD)
    return fail (YEJI_SEALED_ERROR_DAMAGED, "it ends too early", error);
  if (crypto_secretstream_xchacha20poly1305_pull (&self->state, self->piece, &size, &tag,
                                                  self->sealed, length, NULL, 0) != 0)
    {
      g_set_error (error, YEJI_SEALED_ERROR, YEJI_SEALED_ERROR_DAMAGED,
                   "it was altered or cut off, at byte %" G_GUINT64_FORMAT, self->position);
      return FALSE;
    }
  self->position += length;
  self->start = 0;
  self->length = (gsize) size;
  self->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  if (self->last)
    return require_end (self, error);
  return length == SEALED_PIECE
    || fail (YEJI_SEALED_ERROR_DAMAGED, "it ends too early", error);
}

/**
 * yeji_sealed_reader_read:
 * @n_read: (out): less than @length at the end alone
 *
 * Gives out what was authenticated, and nothing else.
 *
 * Returns: %FALSE with %YEJI_SEALED_ERROR_DAMAGED or an error of the stream
 */
gboolean
yeji_sealed_reader_read (YejiSealedReader  *self,
                         gpointer           data,
                         gsize              length,
                         gsize             *n_read,
                         GError           **error)
{
  guint8 *bytes = data;

  *n_read = 0;
  while (*n_read < length)
    {
      gsize part;

      if (self->start == self->length && self->last)
        break;
      if (self->start == self->length && !pull_piece (self, error))
        return FALSE;
      part = MIN (length - *n_read, self->length - self->start);
      memcpy (bytes + *n_read, self->piece + self->start, part);
      self->start += part;
      *n_read += part;
    }
  return TRUE;
}

/**
 * yeji_sealed_reader_get_position:
 *
 * Returns: how many bytes of the file were read
 */
guint64
yeji_sealed_reader_get_position (const YejiSealedReader *self)
{
  return self->position;
}

void
yeji_sealed_reader_free (YejiSealedReader *self)
{
  if (self == NULL)
    return;
  sodium_memzero (&self->state, sizeof self->state);
  sodium_memzero (self->piece, YEJI_SEALED_PIECE);
  g_free (self->piece);
  g_free (self->sealed);
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_free (self);
}
