// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-http.h"

#include <string.h>

#include <libsoup/soup.h>

#include "yeji-exchange.h"
#include "yeji-housekeeping.h"
#include "yeji-inspection.h"
#include "yeji-listening.h"
#include "yeji-patience.h"
#include "yeji-request-log.h"
#include "yeji-search-fill.h"
#include "yeji-unreadable.h"

/* An enterprise that asks more often at once has its oldest question answered. */
#define MAX_HELD 4
#define CLOSE_SECONDS 5
/* Most of the time they wait for the disk; so many files can do that at once. */
#define DISK_LANES 8
#define KEPT_BLOCKS DISK_LANES
#define PARSING_LANES 2
/* For clerks and reviewers, and for everybody else: who searches the public page keeps nobody from
 * working. */
#define N_READERS 2

/**
 * YejiHttp:
 *
 * The only class besides #YejiExchange that knows of libsoup: the server, the threads that do what
 * must not hold it up, and the lists of requests that wait or send a file.
 */
struct _YejiHttp
{
  GObject parent_instance;

  YejiServerContext *context;  /* (unowned) */
  YejiDb *db;
  YejiLedger *ledger;
  YejiDb *readers[N_READERS];  /* (nullable): the database once more, for who only looks */
  YejiLedger *reading[N_READERS];  /* (nullable) */
  YejiInspection *inspection;
  YejiHousekeeping *housekeeping;
  YejiSearchFill *fill;
  YejiWorker *passwords;       /* one at a time: each takes 64 MiB */
  YejiWorker *thumbnails;      /* one at a time, as the examiner is */
  YejiWorker *disk[DISK_LANES];  /* an upload keeps to one: who looks at a file sees what was queued
                                  * for it */
  YejiWorker *parsers[PARSING_LANES];  /* what is sent is read beside the others */
  guint next_lane;
  GPtrArray *blocks;           /* (element-type GByteArray): for the next small files */
  SoupServer *soup;
  YejiRequestLog *log;         /* (nullable) */
  GPtrArray *held;             /* (element-type YejiExchange), oldest first */
  GHashTable *uploads;         /* upload id -> YejiExchange that sends it */
  guint n_open;                /* exchanges that will be answered without anybody else's doing */
};

G_DEFINE_FINAL_TYPE (YejiHttp, yeji_http, G_TYPE_OBJECT)

static void
handle_headers (SoupServer        *soup,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           data)
{
  yeji_exchange_begin (YEJI_HTTP (data), message);
}

static void
handle_body (SoupServer        *soup,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           data)
{
  yeji_exchange_got_body (message);
}

static void
handle_inspected (gpointer data)
{
  yeji_http_wake (data);
}

static void
yeji_http_finalize (GObject *object)
{
  YejiHttp *self = YEJI_HTTP (object);

  g_assert (self->soup == NULL);
  g_clear_object (&self->db);
  for (guint i = 0; i < N_READERS; i++)
    g_clear_object (&self->readers[i]);
  g_clear_object (&self->passwords);
  g_clear_object (&self->thumbnails);
  for (guint i = 0; i < DISK_LANES; i++)
    g_clear_object (&self->disk[i]);
  for (guint i = 0; i < PARSING_LANES; i++)
    g_clear_object (&self->parsers[i]);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->blocks);
  g_hash_table_unref (self->uploads);
  G_OBJECT_CLASS (yeji_http_parent_class)->finalize (object);
}

static void
yeji_http_class_init (YejiHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_http_finalize;
}

static void
yeji_http_init (YejiHttp *self)
{
  self->passwords = yeji_worker_new ("yeji-passwords");
  self->thumbnails = yeji_worker_new ("yeji-thumbnails");
  for (guint i = 0; i < DISK_LANES; i++)
    self->disk[i] = yeji_worker_new ("yeji-disk");
  for (guint i = 0; i < PARSING_LANES; i++)
    self->parsers[i] = yeji_worker_new ("yeji-parsing");
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  self->uploads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/* Without another connection everything goes through the first one. */
static void
open_readers (YejiHttp *self)
{
  for (guint i = 0; i < N_READERS; i++)
    {
      g_autoptr (GError) error = NULL;

      self->readers[i] = yeji_db_open_reader (self->db, &error);
      if (self->readers[i] != NULL)
        self->reading[i] = yeji_ledger_new (self->readers[i]);
      else
        g_warning ("%s", error->message);
    }
}

/* That there is none does not keep a province from working. */
static void
open_log (YejiHttp *self)
{
  g_autoptr (GError) error = NULL;

  if (self->context->province->request_log == NULL)
    return;
  self->log = yeji_request_log_open (self->context->province->request_log, &error);
  if (self->log == NULL)
    g_message ("requests are not logged: %s", error->message);
}

/**
 * yeji_http_new:
 * @context: must outlive the server
 *
 * Makes a server that does not listen yet.
 *
 * Returns: (transfer full): the server, to be closed with yeji_http_close()
 */
YejiHttp *
yeji_http_new (YejiServerContext *context,
               YejiDb            *db)
{
  YejiHttp *self = g_object_new (YEJI_TYPE_HTTP, NULL);

  self->context = context;
  self->db = g_object_ref (db);
  self->ledger = yeji_ledger_new (db);
  open_readers (self);
  self->soup = soup_server_new ("server-header", NULL, NULL);
  yeji_unreadable_watch (self->soup);
  yeji_patience_watch (self->soup, &context->settings);
  open_log (self);
  yeji_request_watch (self->soup, context->metrics, self->log);
  soup_server_add_early_handler (self->soup, NULL, handle_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, handle_body, self, NULL);
  self->inspection = yeji_inspection_new (context, db, handle_inspected, self);
  self->housekeeping = yeji_housekeeping_new (self);
  self->fill = yeji_search_fill_new (self);
  return self;
}

/**
 * yeji_http_listen:
 * @address: `ADDRESS:PORT`, where port 0 chooses one, or `unix:PATH`
 *
 * Begins to listen.
 *
 * Returns: (transfer full) (nullable): the URL, or the socket's path
 */
char *
yeji_http_listen (YejiHttp    *self,
                  const char  *address,
                  GError     **error)
{
  g_autoptr (GSocket) socket = yeji_listening_open (address, error);
  GSList *uris;
  g_autofree char *url = NULL;

  if (socket == NULL || !soup_server_listen_socket (self->soup, socket, 0, error))
    return NULL;
  if (g_socket_get_family (socket) == G_SOCKET_FAMILY_UNIX)
    return g_strdup (address);
  uris = soup_server_get_uris (self->soup);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return g_steal_pointer (&url);
}

static gboolean
mark_expired (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
answer_held (YejiHttp *self)
{
  while (self->held->len > 0)
    yeji_exchange_stop_waiting (g_ptr_array_index (self->held, 0));
}

/**
 * yeji_http_close:
 *
 * Answers who waits, gives requests that are being answered a few seconds, ends the connections and
 * the threads. What has arrived of files is kept. A second call does nothing.
 */
void
yeji_http_close (YejiHttp *self)
{
  gboolean expired = FALSE;
  guint source;

  g_return_if_fail (YEJI_IS_HTTP (self));

  if (self->soup == NULL)
    return;
  g_clear_pointer (&self->housekeeping, yeji_housekeeping_close);
  g_clear_pointer (&self->fill, yeji_search_fill_close);
  source = g_timeout_add_seconds (CLOSE_SECONDS, mark_expired, &expired);
  answer_held (self);
  while (self->n_open > 0 && !expired)
    {
      g_main_context_iteration (NULL, TRUE);
      answer_held (self);
    }
  g_source_remove (source);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->log, yeji_request_log_free);

  /* What was cut off still runs to its end, with nobody to tell. */
  while (self->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
  g_hash_table_remove_all (self->uploads);
  yeji_worker_close (self->passwords);
  yeji_worker_close (self->thumbnails);
  for (guint i = 0; i < DISK_LANES; i++)
    yeji_worker_close (self->disk[i]);
  for (guint i = 0; i < PARSING_LANES; i++)
    yeji_worker_close (self->parsers[i]);
  g_clear_pointer (&self->inspection, yeji_inspection_close);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < N_READERS; i++)
    {
      g_clear_pointer (&self->reading[i], yeji_ledger_free);
      if (self->readers[i] != NULL)
        yeji_db_close (self->readers[i]);
    }
  g_clear_pointer (&self->ledger, yeji_ledger_free);
}

/**
 * yeji_http_reopen:
 *
 * Goes on in new files where the logs were moved away.
 */
void
yeji_http_reopen (YejiHttp *self)
{
  if (self->log != NULL)
    yeji_request_log_reopen (self->log);
}

/**
 * yeji_http_get_context:
 *
 * Returns: (transfer none): what handlers are given
 */
YejiServerContext *
yeji_http_get_context (YejiHttp *self)
{
  return self->context;
}

/**
 * yeji_http_get_ledger:
 *
 * Returns: (transfer none): where everything is written
 */
YejiLedger *
yeji_http_get_ledger (YejiHttp *self)
{
  return self->ledger;
}

/**
 * yeji_http_get_reading:
 * @anybody: whether anybody may ask it, and for whatever takes long
 *
 * Returns: (transfer none): where what writes nothing does not wait for what is being written
 */
YejiLedger *
yeji_http_get_reading (YejiHttp *self,
                       gboolean  anybody)
{
  YejiLedger *reading = self->reading[anybody ? 1 : 0];

  return reading != NULL ? reading : self->ledger;
}

/**
 * yeji_http_get_lane:
 * @upload: (nullable): the id of the upload that the work is about
 *
 * Returns: (transfer none): the thread for a route's work
 */
YejiWorker *
yeji_http_get_lane (YejiHttp   *self,
                    YejiLane    lane,
                    const char *upload)
{
  switch (lane)
    {
    case YEJI_LANE_PASSWORDS:
      return self->passwords;
    case YEJI_LANE_THUMBNAILS:
      return self->thumbnails;
    case YEJI_LANE_DISK:
      g_assert (upload != NULL);
      return self->disk[g_str_hash (upload) % DISK_LANES];
    case YEJI_LANE_PARSING:
      return self->parsers[self->next_lane++ % PARSING_LANES];
    case YEJI_LANE_NONE:
    default:
      g_assert_not_reached ();
    }
}

/**
 * yeji_http_get_next_lane:
 *
 * Returns: (transfer none): a thread for an upload that nobody knows of before the work is done
 */
YejiWorker *
yeji_http_get_next_lane (YejiHttp *self)
{
  return self->disk[self->next_lane++ % DISK_LANES];
}

/**
 * yeji_http_lend_block:
 * @size: the same one every time
 *
 * Memory that was used before is in the processor's reach already.
 *
 * Returns: (transfer full): an empty array with room for so many bytes
 */
GByteArray *
yeji_http_lend_block (YejiHttp *self,
                      guint     size)
{
  return self->blocks->len > 0 ? g_ptr_array_steal_index_fast (self->blocks, self->blocks->len - 1)
                               : g_byte_array_sized_new (size);
}

/**
 * yeji_http_take_block:
 * @block: (transfer full): one that was lent
 *
 * Keeps it for the next one.
 */
void
yeji_http_take_block (YejiHttp   *self,
                      GByteArray *block)
{
  g_byte_array_set_size (block, 0);
  if (self->blocks->len < KEPT_BLOCKS)
    g_ptr_array_add (self->blocks, block);
  else
    g_byte_array_unref (block);
}

/**
 * yeji_http_enter:
 *
 * Counts something that must end before the server does.
 */
void
yeji_http_enter (YejiHttp *self)
{
  self->n_open++;
}

/**
 * yeji_http_leave:
 *
 * It has ended.
 */
void
yeji_http_leave (YejiHttp *self)
{
  g_assert (self->n_open > 0);
  self->n_open--;
}

/**
 * yeji_http_hold:
 *
 * Keeps an exchange until yeji_http_wake().
 */
void
yeji_http_hold (YejiHttp     *self,
                YejiExchange *exchange)
{
  const char *account = yeji_exchange_get_account (exchange);
  YejiExchange *oldest = NULL;
  guint n_same = 0;

  for (guint i = 0; i < self->held->len; i++)
    if (g_strcmp0 (yeji_exchange_get_account (g_ptr_array_index (self->held, i)), account) == 0
        && n_same++ == 0)
      oldest = g_ptr_array_index (self->held, i);
  g_ptr_array_add (self->held, g_object_ref (exchange));
  if (n_same >= MAX_HELD)
    yeji_exchange_stop_waiting (oldest);
}

/**
 * yeji_http_let_go:
 *
 * Forgets an exchange that waited or sent a file.
 */
void
yeji_http_let_go (YejiHttp     *self,
                  YejiExchange *exchange)
{
  const char *upload = yeji_exchange_get_upload (exchange);

  g_ptr_array_remove (self->held, exchange);
  if (upload != NULL && g_hash_table_lookup (self->uploads, upload) == exchange)
    g_hash_table_remove (self->uploads, upload);
}

/**
 * yeji_http_wake:
 *
 * Lets everyone who waits ask again.
 */
void
yeji_http_wake (YejiHttp *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < held->len; i++)
    yeji_exchange_ask_again (g_ptr_array_index (held, i));
}

/**
 * yeji_http_note_received:
 *
 * A document has come in: it is to be looked at.
 */
void
yeji_http_note_received (YejiHttp *self)
{
  if (self->inspection != NULL)
    yeji_inspection_wake (self->inspection);
}

/**
 * yeji_http_note_sending:
 *
 * A part of a document has come in: what waits to be looked at waits a little longer.
 */
void
yeji_http_note_sending (YejiHttp *self)
{
  if (self->inspection != NULL)
    yeji_inspection_put_off (self->inspection);
}

static void
unlink_upload (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  yeji_upload_unlink (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * yeji_http_drop_upload:
 * @upload: of which the database knows nothing any more
 *
 * Ends who sends it and removes what has come of it.
 */
void
yeji_http_drop_upload (YejiHttp   *self,
                       const char *upload)
{
  YejiServerContext *context = self->context;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  yeji_http_claim (self, upload, NULL);
  g_task_set_task_data (task,
                        yeji_upload_new (upload, "", "", 0, context->part_dir,
                                         context->content_dir, context->sums),
                        (GDestroyNotify) yeji_upload_free);
  yeji_worker_push (yeji_http_get_lane (self, YEJI_LANE_DISK, upload), task, unlink_upload);
}

/**
 * yeji_http_claim:
 * @exchange: (nullable): who sends the upload from now on, %NULL for nobody
 *
 * Takes an upload over from an exchange that may have stalled long ago: its connection is ended,
 * and what it brought is on the disk before anything that is queued after this call.
 */
void
yeji_http_claim (YejiHttp     *self,
                 const char   *upload,
                 YejiExchange *exchange)
{
  YejiExchange *previous = g_hash_table_lookup (self->uploads, upload);

  if (previous != NULL && previous != exchange && yeji_exchange_abandon (previous))
    yeji_exchange_disconnect (previous);
  if (exchange != NULL)
    g_hash_table_replace (self->uploads, g_strdup (upload), g_object_ref (exchange));
  else
    g_hash_table_remove (self->uploads, upload);
}
