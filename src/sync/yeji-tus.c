// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-tus.h"

#include "yeji-digest.h"
#include "yeji-tus-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* A file up to this goes in the request that creates its upload. */
#define SMALL_FILE (2 * 1024 * 1024)
/* Before anything is known of the line; on one of 50 KB/s it takes 20 seconds. */
#define FIRST_PIECE (1024 * 1024)
#define LEAST_PIECE (256 * 1024)
#define MOST_PIECE (4 * 1024 * 1024)
/* What a piece should take, and what the only request of a small file may: seconds. */
#define PIECE_TIME 5
#define SMALL_FILE_TIME 20
/* A smaller body says more of the way there and back than of the line. */
#define LEAST_MEASURE (64 * 1024)
/* How often one try puts up with a server that lost count, before the file's turn is over; what it
 * takes between them does not count. */
#define MAX_DOUBTS 8
#define MAX_RESTARTS 4
/* Of one request with many files, whatever the server would take. */
#define MOST_FILES 100
#define MOST_BATCH (8 * 1024 * 1024)

/* One file on its way. What is to be done next follows from where it is. */
typedef struct
{
  YejiTus *tus;
  YejiTusFile *file;
  GCancellable *cancellable;
  YejiTusSource source;
  gint64 offset;               /* what the server has; -1: to be asked */
  gint64 farthest;             /* what it has had */
  guint doubts;
  guint restarts;
  gboolean done;
  guint8 *buffer;              /* of the piece that is sent; the same memory for all of them */
  gsize buffer_size;
} Sending;

static void
sending_clear (Sending *self)
{
  yeji_tus_source_clear (&self->source);
  g_free (self->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sending, sending_clear)

/* The bytes are those of the buffer: good until the next piece is read. */
static GBytes *
read_piece (Sending  *self,
            gint64    offset,
            gsize     length,
            GError  **error)
{
  if (length > self->buffer_size)
    {
      g_free (self->buffer);
      self->buffer = g_malloc (length);
      self->buffer_size = length;
    }
  if (!yeji_tus_source_read (&self->source, offset, self->buffer, length, self->cancellable, error)
      || !yeji_tus_source_check (&self->source, self->cancellable, error))
    return NULL;
  return g_bytes_new_static (self->buffer, length);
}

static gboolean
keep_url (Sending  *self,
          GError  **error)
{
  return self->file->note_url == NULL
         || self->file->note_url (self->file->url, self->file->data, error);
}

static gboolean
start_anew (Sending  *self,
            GError  **error)
{
  if (self->restarts++ >= MAX_RESTARTS)
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY,
                   "the server forgets %s again and again", self->file->name);
      return FALSE;
    }
  g_clear_pointer (&self->file->url, g_free);
  self->offset = -1;
  return keep_url (self, error);
}

static gboolean
ask_offset (Sending *self)
{
  self->offset = -1;
  self->doubts++;
  return TRUE;
}

static void
note_offset (Sending *self,
             gint64   offset)
{
  if (offset > self->farthest)
    self->doubts = 0;
  self->farthest = MAX (self->farthest, offset);
  self->offset = offset;
  if (self->file->note_offset != NULL)
    self->file->note_offset (offset, self->file->data);
}

/* Was it damaged here or on the way? Only the file itself can tell. */
static gboolean
check_content (Sending  *self,
               GError  **error)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  g_autofree char *sum = NULL;

  for (gint64 at = 0; self->file->sha256 != NULL && at < self->source.size; at += FIRST_PIECE)
    {
      gsize length = (gsize) MIN (FIRST_PIECE, self->source.size - at);
      g_autoptr (GBytes) piece = read_piece (self, at, length, error);

      if (piece == NULL)
        return FALSE;
      yeji_digest_update (digest, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
    }
  sum = yeji_digest_finish_hex (digest);
  if (self->file->sha256 != NULL && !g_str_equal (sum, self->file->sha256))
    {
      yeji_tus_source_fail (&self->source, N_("it has other content than before"), error);
      return FALSE;
    }
  return start_anew (self, error);
}

static gboolean
is_gone (guint status)
{
  return status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE
         || status == SOUP_STATUS_FORBIDDEN;
}

/* A piece was damaged on the way, and the upload goes on where the piece began. */
static gboolean
is_piece_lost (YejiReply *reply)
{
  return reply->status == YEJI_STATUS_CHECKSUM_MISMATCH
         && g_str_equal (reply->refusal->kind, YEJI_WIRE_CHECKSUM);
}

/* What the line does is learned from every body: one that arrived, and one that did not. */
static void
learn (YejiTus *tus,
       gsize    size,
       gint64   duration,
       gboolean arrived)
{
  double pace = (double) size * G_USEC_PER_SEC / (double) MAX (duration, 1);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tus->mutex);

  if (!arrived)
    {
      tus->cap = MAX (MIN (size, tus->cap) / 2, LEAST_PIECE);
      return;
    }
  tus->cap = MIN (MAX (tus->cap, size * 2), MOST_PIECE);
  if (size >= LEAST_MEASURE || pace > tus->pace)
    tus->pace = tus->pace > 0 ? (tus->pace + pace) / 2 : pace;
}

/**
 * yeji_tus_exchange: (skip)
 * @request: its headers become those of tus too
 * @file: whose pacer the body is sent by, and who is told of what the request took
 *
 * Sends one request, and learns of the line.
 *
 * Returns: (transfer full) (nullable): the answer
 */
YejiReply *
yeji_tus_exchange (YejiTus               *self,
                   const YejiTusRequest  *request,
                   const YejiTusFile     *file,
                   GCancellable          *cancellable,
                   GError               **error)
{
  gint64 began = g_get_monotonic_time ();
  gsize size = request->body != NULL ? g_bytes_get_size (request->body) : request->size;
  GError *failure = NULL;
  YejiReply *reply;
  gint64 duration;

  g_ptr_array_add (request->headers, (gpointer) "Tus-Resumable");
  g_ptr_array_add (request->headers, (gpointer) YEJI_WIRE_TUS_VERSION);
  reply = self->line->send (self->data, request, cancellable, &failure);
  duration = g_get_monotonic_time () - began;
  if (size > 0 && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    learn (self, size, duration, reply != NULL);
  if (reply != NULL && file->count != NULL)
    file->count (duration, (gint64) size, file->data);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return reply;
}

static YejiReply *
send_request (Sending      *self,
              const char   *method,
              const char   *url,
              GPtrArray    *headers,
              GBytes       *body,
              GError      **error)
{
  const YejiTusRequest request = {
    .method = method,
    .url = url,
    .headers = headers,
    .media_type = body != NULL ? YEJI_WIRE_OFFSET_TYPE : NULL,
    .body = body,
    .pacer = &self->file->pacer,
  };

  return yeji_tus_exchange (self->tus, &request, self->file, self->cancellable, error);
}

static gboolean
has_word (const char *list,
          const char *word)
{
  g_auto (GStrv) words = g_strsplit (list != NULL ? list : "", ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (words[i]), word) == 0)
      return TRUE;
  return FALSE;
}

/* 0: it is not said, or no number */
static guint64
read_number (YejiReply  *reply,
             const char *header,
             guint64     most)
{
  const char *value = soup_message_headers_get_one (reply->headers, header);
  guint64 number = 0;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &number, NULL))
    return 0;
  return MIN (number, most);
}

/* The province compares the sha256 of the whole before it says that it has it: the sum of a piece
 * need only find what a line does to it, and costs a tenth so. */
static void
read_abilities (YejiTus   *tus,
                YejiReply *reply)
{
  static const struct
  {
    const char *word;
    YejiDigestKind digest;
  } algorithms[] = {
    { "crc32", YEJI_DIGEST_CRC32 },
    { "sha256", YEJI_DIGEST_SHA256 },
    { "sha1", YEJI_DIGEST_SHA1 },
  };
  const char *extensions = soup_message_headers_get_list (reply->headers, "Tus-Extension");
  const char *known = soup_message_headers_get_list (reply->headers, "Tus-Checksum-Algorithm");

  tus->with_upload = has_word (extensions, "creation-with-upload");
  for (guint i = 0; i < G_N_ELEMENTS (algorithms) && tus->algorithm == NULL; i++)
    if (has_word (extensions, "checksum") && has_word (known, algorithms[i].word))
      {
        tus->algorithm = algorithms[i].word;
        tus->digest = algorithms[i].digest;
      }
  if (has_word (soup_message_headers_get_list (reply->headers, YEJI_WIRE_BATCH_HEADER),
                YEJI_WIRE_BATCH_VERSION))
    {
      tus->batch_files = (guint) read_number (reply, YEJI_WIRE_BATCH_FILES_HEADER, MOST_FILES);
      tus->batch_size = (gint64) read_number (reply, YEJI_WIRE_BATCH_SIZE_HEADER, G_MAXINT32);
    }
}

/**
 * yeji_tus_ask: (skip)
 * @file: for whose sake it is asked
 *
 * Asks what the server can do, once. A server that does not say can do the least.
 */
gboolean
yeji_tus_ask (YejiTus            *tus,
              const YejiTusFile  *file,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  const YejiTusRequest request = {
    .method = "OPTIONS", .url = tus->endpoint, .headers = headers, .pacer = &file->pacer,
  };
  g_autoptr (YejiReply) reply = NULL;
  gboolean asked;

  g_mutex_lock (&tus->mutex);
  asked = tus->asked;
  g_mutex_unlock (&tus->mutex);
  if (asked)
    return TRUE;

  reply = yeji_tus_exchange (tus, &request, file, cancellable, error);
  if (reply == NULL)
    return FALSE;
  g_mutex_lock (&tus->mutex);
  if (!tus->asked && reply->status < 400)
    read_abilities (tus, reply);
  tus->asked = TRUE;
  g_mutex_unlock (&tus->mutex);
  return TRUE;
}

static char *
sum_up (YejiTus *tus,
        GBytes  *piece)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (tus->digest);
  g_autofree char *text = NULL;
  guint8 sum[YEJI_DIGEST_MAX];
  gsize length;

  yeji_digest_update (digest, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  length = yeji_digest_finish (digest, sum);
  text = g_base64_encode (sum, length);
  return g_strconcat (tus->algorithm, " ", text, NULL);
}

static void
add_header (GPtrArray  *headers,
            const char *name,
            const char *value)
{
  if (value == NULL)
    return;
  g_ptr_array_add (headers, (gpointer) name);
  g_ptr_array_add (headers, (gpointer) value);
}

static gsize
choose_piece (YejiTus *tus)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tus->mutex);
  double size = tus->pace > 0 ? tus->pace * PIECE_TIME : FIRST_PIECE;

  if (tus->fixed_piece > 0)
    return tus->fixed_piece;
  size = CLAMP (size, LEAST_PIECE, (double) tus->cap);
  return (gsize) size / LEAST_PIECE * LEAST_PIECE;
}

/**
 * yeji_tus_peek_batch:
 * @n_files: (out): how many files may go in one request now; 0: each goes by itself
 * @n_bytes: (out): how many bytes these may have together
 *
 * Finds out what the server takes and the line is up to.
 *
 * Returns: %FALSE when the server was not asked yet
 */
gboolean
yeji_tus_peek_batch (YejiTus *self,
                     guint   *n_files,
                     gint64  *n_bytes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  double size = self->pace > 0 ? self->pace * PIECE_TIME : FIRST_PIECE;

  size = CLAMP (size, LEAST_PIECE, self->cap < MOST_PIECE ? (double) self->cap : MOST_BATCH);
  *n_files = self->fixed_piece > 0 ? 0 : self->batch_files;
  *n_bytes = MIN ((gint64) size, self->batch_size);
  return self->asked;
}

/**
 * yeji_tus_get_batch:
 * @file: for whose sake it may have to be asked
 *
 * Does what yeji_tus_peek_batch() does, and asks the server where it has to. Fails as the line
 * does.
 */
gboolean
yeji_tus_get_batch (YejiTus            *self,
                    const YejiTusFile  *file,
                    guint              *n_files,
                    gint64             *n_bytes,
                    GCancellable       *cancellable,
                    GError            **error)
{
  return yeji_tus_ask (self, file, cancellable, error)
         && yeji_tus_peek_batch (self, n_files, n_bytes);
}

/**
 * yeji_tus_forget_batch: (skip)
 *
 * The server does not take many files at once after all.
 */
void
yeji_tus_forget_batch (YejiTus *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->batch_files = 0;
}

static gboolean
goes_at_once (Sending *self)
{
  YejiTus *tus = self->tus;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tus->mutex);
  gint64 most = tus->fixed_piece > 0 ? (gint64) tus->fixed_piece : (gint64) tus->cap;

  return tus->with_upload && !self->file->careful && self->source.size > 0
         && self->source.size <= MIN (SMALL_FILE, most)
         && (tus->pace <= 0 || (double) self->source.size <= tus->pace * SMALL_FILE_TIME);
}

static gboolean
take_created (Sending    *self,
              YejiReply  *reply,
              GBytes     *content,
              GError    **error)
{
  YejiTusFile *file = self->file;
  const char *location = soup_message_headers_get_one (reply->headers, "Location");

  /* (a tus server without this extension has taken no body, and says no offset) */
  self->done = self->source.size == 0
               || (content != NULL && yeji_reply_get_offset (reply) == self->source.size);
  g_free (file->url);
  file->url = location != NULL ? self->tus->line->localise (self->tus->data, location) : NULL;
  if (self->done)
    {
      note_offset (self, self->source.size);
      return TRUE;
    }
  if (file->url == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           "an upload was created at no address of the server");
      return FALSE;
    }
  if (!keep_url (self, error))
    return FALSE;
  self->offset = 0;
  return content == NULL || ask_offset (self);
}

static gboolean
create (Sending  *self,
        GError  **error)
{
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, self->source.size);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) content = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (!yeji_tus_ask (self->tus, self->file, self->cancellable, error))
    return FALSE;
  if (goes_at_once (self))
    {
      content = read_piece (self, 0, (gsize) self->source.size, error);
      if (content == NULL)
        return FALSE;
      /* where the sum of the whole is compared, that of a piece which is the whole says nothing */
      if (self->file->sha256 == NULL && self->tus->algorithm != NULL)
        sum = sum_up (self->tus, content);
    }
  add_header (headers, "Upload-Length", length);
  add_header (headers, "Upload-Metadata", self->file->metadata);
  add_header (headers, "Upload-Checksum", sum);
  reply = send_request (self, "POST", self->tus->endpoint, headers, content, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == YEJI_STATUS_CHECKSUM_MISMATCH)
    return check_content (self, error);
  if (!yeji_reply_check (reply, error))
    return FALSE;
  if (reply->status == SOUP_STATUS_CREATED)
    return take_created (self, reply, content, error);
  return ask_offset (self);
}

/* Every byte has arrived, but whether the sum was right got lost with the answer. */
static gboolean
confirm (Sending  *self,
         GError  **error)
{
  self->done = self->file->confirm == NULL;
  if (!self->done && !self->file->confirm (&self->done, self->file->data, self->cancellable, error))
    return FALSE;
  return self->done || start_anew (self, error);
}

static gboolean
locate (Sending  *self,
        GError  **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (YejiReply) reply = send_request (self, "HEAD", self->file->url, headers, NULL, error);
  gint64 offset;

  if (reply == NULL)
    return FALSE;
  if (is_gone (reply->status))
    return start_anew (self, error);
  if (!yeji_reply_check (reply, error))
    return FALSE;

  offset = yeji_reply_get_offset (reply);
  if (offset < 0 || offset > self->source.size)
    return start_anew (self, error);
  note_offset (self, offset);
  return offset < self->source.size || confirm (self, error);
}

static gboolean
take_acknowledged (Sending   *self,
                   YejiReply *reply,
                   gint64     expected)
{
  if ((reply->status != SOUP_STATUS_NO_CONTENT && reply->status != SOUP_STATUS_OK)
      || yeji_reply_get_offset (reply) != expected)
    return ask_offset (self);
  note_offset (self, expected);
  self->done = expected == self->source.size;
  return TRUE;
}

static gboolean
send_piece (Sending  *self,
            GError  **error)
{
  gsize length = (gsize) MIN ((gint64) choose_piece (self->tus), self->source.size - self->offset);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, self->offset);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) piece = read_piece (self, self->offset, length, error);
  g_autofree char *sum = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (piece == NULL || !yeji_tus_ask (self->tus, self->file, self->cancellable, error))
    return FALSE;
  if (self->tus->algorithm != NULL && !self->file->careful)
    sum = sum_up (self->tus, piece);
  add_header (headers, "Upload-Offset", offset);
  add_header (headers, "Upload-Checksum", sum);
  reply = send_request (self, "PATCH", self->file->url, headers, piece, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_CONFLICT || is_piece_lost (reply))
    return ask_offset (self);
  if (reply->status == YEJI_STATUS_CHECKSUM_MISMATCH)
    return check_content (self, error);
  if (is_gone (reply->status))
    return start_anew (self, error);
  return yeji_reply_check (reply, error)
         && take_acknowledged (self, reply, self->offset + (gint64) length);
}

static gboolean
take_step (Sending  *self,
           GError  **error)
{
  if (self->doubts > MAX_DOUBTS)
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY,
                   "the server loses count of %s", self->file->name);
      return FALSE;
    }
  if (self->file->url == NULL)
    return create (self, error);
  if (self->offset < 0)
    return locate (self, error);
  return send_piece (self, error);
}

/**
 * yeji_tus_new:
 * @line: what carries the requests
 * @data: for @line; outlives the client
 * @endpoint: where uploads are created
 *
 * Returns: (transfer full): a client
 */
YejiTus *
yeji_tus_new (const YejiTusLine *line,
              gpointer           data,
              const char        *endpoint)
{
  YejiTus *self = g_new0 (YejiTus, 1);

  self->line = line;
  self->data = data;
  self->endpoint = g_strdup (endpoint);
  self->cap = MOST_PIECE;
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * yeji_tus_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a client that sends nothing.
 */
void
yeji_tus_free (YejiTus *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->mutex);
  g_free (self->endpoint);
  g_free (self);
}

/**
 * yeji_tus_set_piece:
 * @size: bytes, 0: between 256 KB and 4 MB, as the line is
 *
 * Sets the size of the pieces. Before anything is sent only.
 */
void
yeji_tus_set_piece (YejiTus *self,
                    gsize    size)
{
  self->fixed_piece = size;
}

/**
 * yeji_tus_send:
 * @file: what to send; its `url` is where it goes on after a failure
 *
 * Sends one file: in one request up to 2 MB where the server and the line are up to it, else in
 * pieces that take about five seconds each, going on where an earlier try ended. Returns only when
 * the server has said that the whole file arrived. Fails with %G_IO_ERROR_CANCELLED, as the line
 * and yeji_reply_check() do, and with #YEJI_SYNC_ERROR_FILE when the file has gone, was changed or
 * is not what it should be.
 *
 * Returns: whether the server has the file
 */
gboolean
yeji_tus_send (YejiTus       *self,
               YejiTusFile   *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_auto (Sending) sending = {
    .tus = self,
    .file = file,
    .cancellable = cancellable,
    .offset = -1,
  };

  g_return_val_if_fail (self != NULL && file != NULL, FALSE);

  if (!yeji_tus_source_open (&sending.source, file, cancellable, error))
    return FALSE;
  while (!sending.done)
    if (!take_step (&sending, error))
      return FALSE;
  return TRUE;
}

/**
 * yeji_tus_terminate:
 * @url: of an upload
 *
 * Tells the server to forget an upload. Whether it does is of no concern: it forgets in time.
 */
void
yeji_tus_terminate (YejiTus      *self,
                    const char   *url,
                    GCancellable *cancellable)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  const YejiTusRequest request = { .method = "DELETE", .url = url, .headers = headers };

  add_header (headers, "Tus-Resumable", YEJI_WIRE_TUS_VERSION);
  yeji_reply_free (self->line->send (self->data, &request, cancellable, NULL));
}
