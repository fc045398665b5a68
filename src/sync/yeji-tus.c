// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-tus.h"

#include "yeji-digest.h"

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

struct _YejiTus
{
  const YejiTusLine *line;
  gpointer data;
  char *endpoint;
  gsize fixed_piece;           /* 0: it follows from the line */

  GMutex mutex;                /* guards what follows */
  gboolean asked;              /* what the server can do */
  gboolean with_upload;        /* a creation may have a body */
  const char *algorithm;       /* (nullable): its word for how pieces are summed up */
  YejiDigestKind digest;
  double pace;                 /* of one request, bytes a second; 0: not known */
  gsize cap;                   /* no larger body: one of twice the size was cut off */
};

/* One file on its way. What is to be done next follows from where it is. */
typedef struct
{
  YejiTus *tus;
  YejiTusFile *file;
  GCancellable *cancellable;
  GFileInputStream *stream;
  gint64 size;
  guint64 modified;            /* microseconds */
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
  g_clear_object (&self->stream);
  g_free (self->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sending, sending_clear)

/* @what is translated where it is shown to somebody. */
static void
set_file_error (Sending     *self,
                const char  *what,
                GError     **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE, "%s: %s", self->file->name, what);
}

#define FILE_ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," \
  G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

static guint64
get_modified (GFileInfo *info)
{
  return g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * G_USEC_PER_SEC
         + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
}

static gboolean
open_file (Sending  *self,
           GError  **error)
{
  g_autoptr (GFileInfo) info = NULL;

  self->stream = g_file_read (self->file->file, self->cancellable, NULL);
  if (self->stream != NULL)
    info = g_file_input_stream_query_info (self->stream, FILE_ATTRIBUTES, self->cancellable, NULL);
  if (info == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        set_file_error (self, N_("it is gone"), error);
      return FALSE;
    }
  self->size = g_file_info_get_size (info);
  self->modified = get_modified (info);
  if (self->file->size < 0 || self->file->size == self->size)
    return TRUE;
  set_file_error (self, N_("it has another size than before"), error);
  return FALSE;
}

/* Whether the file is still what was opened. */
static gboolean
check_file (Sending  *self,
            GError  **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (self->file->file, FILE_ATTRIBUTES,
                                                  G_FILE_QUERY_INFO_NONE, self->cancellable, NULL);

  if (info == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        set_file_error (self, N_("it has gone while it was sent"), error);
      return FALSE;
    }
  if (g_file_info_get_size (info) == self->size && get_modified (info) == self->modified)
    return TRUE;
  set_file_error (self, N_("it was changed while it was sent"), error);
  return FALSE;
}

/* The bytes are those of the buffer: good until the next piece is read. */
static GBytes *
read_piece (Sending  *self,
            gint64    offset,
            gsize     length,
            GError  **error)
{
  gsize got = 0;

  if (length > self->buffer_size)
    {
      g_free (self->buffer);
      self->buffer = g_malloc (length);
      self->buffer_size = length;
    }
  if (!g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, self->cancellable, NULL)
      || !g_input_stream_read_all (G_INPUT_STREAM (self->stream), self->buffer, length, &got,
                                   self->cancellable, NULL)
      || got != length)
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        set_file_error (self, N_("it cannot be read to its end"), error);
      return NULL;
    }
  if (!check_file (self, error))
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

  for (gint64 at = 0; self->file->sha256 != NULL && at < self->size; at += FIRST_PIECE)
    {
      g_autoptr (GBytes) piece = read_piece (self, at, (gsize) MIN (FIRST_PIECE, self->size - at),
                                             error);

      if (piece == NULL)
        return FALSE;
      yeji_digest_update (digest, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
    }
  sum = yeji_digest_finish_hex (digest);
  if (self->file->sha256 != NULL && !g_str_equal (sum, self->file->sha256))
    {
      set_file_error (self, N_("it has other content than before"), error);
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

static YejiReply *
send_request (Sending      *self,
              const char   *method,
              const char   *url,
              GPtrArray    *headers,
              GBytes       *body,
              GError      **error)
{
  const YejiTusRequest request = {
    method, url, headers, body != NULL ? YEJI_WIRE_OFFSET_TYPE : NULL, body, &self->file->pacer,
  };
  gint64 began = g_get_monotonic_time ();
  gsize size = body != NULL ? g_bytes_get_size (body) : 0;
  GError *failure = NULL;
  YejiReply *reply;
  gint64 duration;

  g_ptr_array_add (headers, (gpointer) "Tus-Resumable");
  g_ptr_array_add (headers, (gpointer) YEJI_WIRE_TUS_VERSION);
  reply = self->tus->line->send (self->tus->data, &request, self->cancellable, &failure);
  duration = g_get_monotonic_time () - began;
  if (size > 0 && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    learn (self->tus, size, duration, reply != NULL);
  if (reply != NULL && self->file->count != NULL)
    self->file->count (duration, (gint64) size, self->file->data);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return reply;
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
}

/* Asks what the server can do, once. A server that does not say can do the least. */
static gboolean
ask_abilities (Sending  *self,
               GError  **error)
{
  YejiTus *tus = self->tus;
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (YejiReply) reply = NULL;
  gboolean asked;

  g_mutex_lock (&tus->mutex);
  asked = tus->asked;
  g_mutex_unlock (&tus->mutex);
  if (asked)
    return TRUE;

  reply = send_request (self, "OPTIONS", tus->endpoint, headers, NULL, error);
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

static gboolean
goes_at_once (Sending *self)
{
  YejiTus *tus = self->tus;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&tus->mutex);
  gint64 most = tus->fixed_piece > 0 ? (gint64) tus->fixed_piece : (gint64) tus->cap;

  return tus->with_upload && !self->file->careful && self->size > 0
         && self->size <= MIN (SMALL_FILE, most)
         && (tus->pace <= 0 || (double) self->size <= tus->pace * SMALL_FILE_TIME);
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
  self->done = self->size == 0 || (content != NULL && yeji_reply_get_offset (reply) == self->size);
  g_free (file->url);
  file->url = location != NULL ? self->tus->line->localise (self->tus->data, location) : NULL;
  if (self->done)
    {
      note_offset (self, self->size);
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
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, self->size);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) content = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (!ask_abilities (self, error))
    return FALSE;
  if (goes_at_once (self))
    {
      content = read_piece (self, 0, (gsize) self->size, error);
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
  if (offset < 0 || offset > self->size)
    return start_anew (self, error);
  note_offset (self, offset);
  return offset < self->size || confirm (self, error);
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
  self->done = expected == self->size;
  return TRUE;
}

static gboolean
send_piece (Sending  *self,
            GError  **error)
{
  gsize length = (gsize) MIN ((gint64) choose_piece (self->tus), self->size - self->offset);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, self->offset);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) piece = read_piece (self, self->offset, length, error);
  g_autofree char *sum = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (piece == NULL || !ask_abilities (self, error))
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

  if (!open_file (&sending, error))
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
  const YejiTusRequest request = { "DELETE", url, headers, NULL, NULL, NULL };

  add_header (headers, "Tus-Resumable", YEJI_WIRE_TUS_VERSION);
  yeji_reply_free (self->line->send (self->data, &request, cancellable, NULL));
}
