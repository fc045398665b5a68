// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-exchange.h"

#include <string.h>

#include "yeji-answering.h"
#include "yeji-batch.h"
#include "yeji-incoming.h"
#include "yeji-unreadable.h"

#define DATA_KEY "yeji-exchange"
#define MAX_JSON (2 * 1024 * 1024)
/* Who is not signed in has no more to say than a password. */
#define MAX_JSON_OF_ANYONE (16 * 1024)
/* Who goes on sending what nobody wants hears of it at the end, but not after that much. */
#define MAX_DROPPED (256 * 1024 * 1024)
#define BLOCK (256 * 1024)
/* One is written while the other comes. */
#define MAX_BLOCKS 2

/**
 * YejiExchangeState:
 * @YEJI_EXCHANGE_READING: the body is kept until it is there
 * @YEJI_EXCHANGE_GATHERING: as reading, while it is asked whether the upload is welcome
 * @YEJI_EXCHANGE_GATHERED: the body is there before that is answered
 * @YEJI_EXCHANGE_HEADING: as reading, until the list of a batch is there
 * @YEJI_EXCHANGE_HEADED: the list is being looked at, the files wait
 * @YEJI_EXCHANGE_DROPPING: nobody wants the body any more; it is read and forgotten
 * @YEJI_EXCHANGE_STREAMING: the body goes to the upload
 * @YEJI_EXCHANGE_ABANDONED: as dropping: another request has taken the upload over
 * @YEJI_EXCHANGE_ASKED: the body is there, the answer is being made
 * @YEJI_EXCHANGE_WAITING: there is nothing to say yet
 */
typedef enum
{
  YEJI_EXCHANGE_READING,
  YEJI_EXCHANGE_GATHERING,
  YEJI_EXCHANGE_GATHERED,
  YEJI_EXCHANGE_HEADING,
  YEJI_EXCHANGE_HEADED,
  YEJI_EXCHANGE_DROPPING,
  YEJI_EXCHANGE_STREAMING,
  YEJI_EXCHANGE_ABANDONED,
  YEJI_EXCHANGE_ASKED,
  YEJI_EXCHANGE_WAITING,
} YejiExchangeState;

/**
 * YejiExchange:
 *
 * One HTTP request and its answer. Lives as long as the message or as what was queued for it; when
 * the connection breaks, `message` becomes %NULL and the rest goes on with nobody to tell.
 */
struct _YejiExchange
{
  GObject parent_instance;

  YejiHttp *http;
  SoupServerMessage *message;  /* (unowned) (nullable) */
  gboolean paused;             /* of libsoup, which does not tell */
  YejiExchangeState state;
  const YejiRoute *route;      /* (nullable) */
  YejiRequest *request;
  YejiResponse *response;      /* (nullable): made on another thread, or kept while waiting */
  GByteArray *body;            /* what has come and was not passed on */
  GBytes *behind;              /* (nullable): what came behind the list of a batch */
  YejiWorker *lane;            /* (unowned) (nullable): who writes the files of a batch */
  gsize n_dropped;             /* bytes that came for nobody */
  gboolean whole;              /* the upload's bytes are few: all come before the disk is asked */
  guint n_blocks;              /* on their way to the disk */
  guint deadline;              /* source, while waiting */
};

G_DEFINE_FINAL_TYPE (YejiExchange, yeji_exchange, G_TYPE_OBJECT)

static void
hold_up (YejiExchange *self)
{
  if (self->message == NULL || self->paused)
    return;
  self->paused = TRUE;
  soup_server_message_pause (self->message);
}

static void
go_on (YejiExchange *self)
{
  if (self->message == NULL || !self->paused)
    return;
  self->paused = FALSE;
  soup_server_message_unpause (self->message);
}

/* Writes the answer and lets libsoup send it. */
static void
send_response (YejiExchange *self)
{
  if (self->response->changed)
    yeji_http_wake (self->http);
  if (self->response->received)
    yeji_http_note_received (self->http);
  else if (self->request->upload != NULL)
    yeji_http_note_sending (self->http);
  if (self->message == NULL)
    return;
  yeji_answering_write (self->http, self->message, self->request->path, self->response);
  go_on (self);
}

static void
take_response (YejiExchange *self,
               YejiResponse *response)
{
  g_clear_pointer (&self->response, yeji_response_free);
  self->response = response;
}

static gboolean
end_waiting (gpointer data)
{
  YejiExchange *self = data;

  self->deadline = 0;
  yeji_exchange_stop_waiting (self);
  return G_SOURCE_REMOVE;
}

/* An answer is there: sent, or kept when it says that there is nothing yet. */
static void
finish (YejiExchange *self)
{
  if (self->response->hold_seconds == 0 || self->message == NULL)
    {
      g_clear_handle_id (&self->deadline, g_source_remove);
      send_response (self);
      return;
    }
  self->state = YEJI_EXCHANGE_WAITING;
  if (self->deadline == 0)
    self->deadline = g_timeout_add_seconds (self->response->hold_seconds, end_waiting, self);
  yeji_http_hold (self->http, self);
}

static void
fail (YejiExchange *self,
      const GError *error)
{
  g_warning ("%s %s: %s", self->request->method, self->request->path, error->message);
  take_response (self, yeji_refuse (self->request, YEJI_WIRE_INTERNAL, NULL, NULL));
}

static gboolean
run_then (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  YejiExchange *self = data;

  take_response (self, yeji_router_finish (self->route, yeji_http_get_context (self->http), sql,
                                           self->request, error));
  return self->response != NULL;
}

static void
on_answered (gpointer      data,
             const GError *error)
{
  g_autoptr (YejiExchange) self = data;

  if (self->whole)
    {
      yeji_http_take_block (self->http, self->body);
      self->body = g_byte_array_new ();
    }
  if (error != NULL)
    fail (self, error);
  finish (self);
  yeji_http_leave (self->http);
}

/* On any thread; a reference goes along, and who gives it has entered. */
static void
settle (YejiExchange *self)
{
  yeji_ledger_run (yeji_http_get_ledger (self->http), run_then, self, on_answered);
}

/* What follows is asked from here: the loop, which may be busy, is needed again for the answer. */
static void
work (gpointer data)
{
  YejiExchange *self = data;

  self->route->work (yeji_http_get_context (self->http), self->request);
  settle (self);
}

/* A small file goes to the disk in one turn. The exchange leaves its bytes alone meanwhile. */
static void
work_whole (gpointer data)
{
  YejiExchange *self = data;
  YejiUpload *upload = self->request->upload;
  g_autoptr (GBytes) bytes = g_bytes_new_static (self->body->data, self->body->len);

  if (yeji_upload_open (upload))
    yeji_upload_write (upload, bytes);
  work (data);
}

static YejiWorker *
get_lane (YejiExchange *self,
          YejiLane      lane)
{
  return self->lane != NULL ? self->lane
                            : yeji_http_get_lane (self->http, lane,
                                                  yeji_exchange_get_upload (self));
}

static void
push_work (YejiExchange *self)
{
  yeji_http_enter (self->http);
  if (self->whole)
    yeji_worker_call (yeji_http_get_next_lane (self->http), work_whole, g_object_ref (self));
  else
    yeji_worker_call (get_lane (self, self->route->lane), work, g_object_ref (self));
}

static void
write_bytes (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  YejiExchange *self = source;
  GByteArray *block = data;
  g_autoptr (GBytes) bytes = g_bytes_new_static (block->data, block->len);

  if (self->request->batch != NULL)
    yeji_batch_write (self->request->batch, yeji_http_get_context (self->http), block->data,
                      block->len);
  else
    yeji_upload_write (self->request->upload, bytes);
  g_task_return_boolean (task, TRUE);
}

/* Its memory serves the next one. */
static void
give_back (YejiExchange *self,
           GAsyncResult *result)
{
  GByteArray *block = g_task_get_task_data (G_TASK (result));

  if (block != NULL)
    yeji_http_take_block (self->http, g_byte_array_ref (block));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiExchange *self = YEJI_EXCHANGE (source);

  give_back (self, result);
  self->n_blocks--;
  if (self->state == YEJI_EXCHANGE_STREAMING || self->state == YEJI_EXCHANGE_ABANDONED)
    go_on (self);
  yeji_http_leave (self->http);
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  YejiExchange *self = YEJI_EXCHANGE (source);

  go_on (self);
  yeji_http_leave (self->http);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  YejiExchange *self = YEJI_EXCHANGE (source);

  give_back (self, result);
  yeji_http_leave (self->http);
}

/* @block: (nullable) (transfer full): goes back to where it was lent */
static void
push_disk_job (YejiExchange        *self,
               GTaskThreadFunc      func,
               GAsyncReadyCallback  callback,
               GByteArray          *block)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  if (block != NULL)
    g_task_set_task_data (task, block, (GDestroyNotify) g_byte_array_unref);
  yeji_http_enter (self->http);
  yeji_worker_push (get_lane (self, YEJI_LANE_DISK), task, func);
}

static void
push_bytes (YejiExchange        *self,
            GAsyncReadyCallback  callback)
{
  if (self->body->len == 0)
    return;
  push_disk_job (self, write_bytes, callback, g_steal_pointer (&self->body));
  self->body = self->state == YEJI_EXCHANGE_STREAMING ? yeji_http_lend_block (self->http, BLOCK)
                                                      : g_byte_array_new ();
}

/* An array that grows from nothing would be copied five times on its way. */
static void
take_stream (YejiExchange *self)
{
  self->state = YEJI_EXCHANGE_STREAMING;
  g_byte_array_unref (self->body);
  self->body = yeji_http_lend_block (self->http, BLOCK);
  go_on (self);
}

/* Behind this block libsoup reads on only when an earlier one is on its way to the disk. */
static void
push_block (YejiExchange *self)
{
  self->n_blocks++;
  if (self->n_blocks >= MAX_BLOCKS)
    hold_up (self);
  push_bytes (self, on_written);
}

static void
close_upload (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  YejiExchange *self = source;

  yeji_upload_abandon (self->request->upload);
  g_task_return_boolean (task, TRUE);
}

static void
open_upload (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  YejiExchange *self = source;

  g_task_return_boolean (task, self->request->upload->recorded
                               || yeji_upload_open (self->request->upload));
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  YejiExchange *self = YEJI_EXCHANGE (source);

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      self->state = YEJI_EXCHANGE_DROPPING;
      yeji_http_enter (self->http);
      settle (g_object_ref (self));
    }
  else if (self->state == YEJI_EXCHANGE_ABANDONED || self->message == NULL)
    push_disk_job (self, close_upload, on_closed, NULL);
  else
    take_stream (self);
  yeji_http_leave (self->http);
}

/* A new file takes whatever comes: its bytes may come while it is opened, as who writes them does
 * so behind. */
static void
open_new (YejiExchange *self)
{
  push_disk_job (self, open_upload, on_done, NULL);
  take_stream (self);
}

/* Where the file is to be looked at first, the body waits. */
static void
begin_streaming (YejiExchange *self)
{
  if (self->message != NULL && self->request->upload->fresh)
    open_new (self);
  else
    push_disk_job (self, open_upload, on_opened, NULL);
}

/* A small file: nothing is on the disk before all of it has come. */
static void
go_on_gathering (YejiExchange *self)
{
  gboolean is_there = self->state == YEJI_EXCHANGE_GATHERED;

  if (self->message == NULL)
    return;
  if (self->response->status == 0)
    {
      yeji_http_claim (self->http, self->request->upload->id, self);
      self->state = is_there ? YEJI_EXCHANGE_ASKED : YEJI_EXCHANGE_STREAMING;
      if (is_there)
        push_work (self);
    }
  else if (is_there)
    send_response (self);
  else
    {
      self->state = YEJI_EXCHANGE_DROPPING;
      g_byte_array_set_size (self->body, 0);
    }
}

/* The answer waits until nobody sends any more. */
static void
drop_files (YejiExchange *self)
{
  self->state = YEJI_EXCHANGE_DROPPING;
  g_byte_array_set_size (self->body, 0);
  go_on (self);
}

/* The list was looked at: the files of it come, those that are refused too. */
static void
go_on_with_files (YejiExchange *self)
{
  g_autoptr (GBytes) behind = g_steal_pointer (&self->behind);

  if (self->state == YEJI_EXCHANGE_ASKED)
    {
      send_response (self);    /* all of the body has come, and was no list */
      return;
    }
  if (self->message == NULL || self->response->status != 0)
    {
      drop_files (self);
      return;
    }
  self->lane = yeji_http_get_next_lane (self->http);
  take_stream (self);
  g_byte_array_append (self->body, g_bytes_get_data (behind, NULL),
                       (guint) g_bytes_get_size (behind));
}

static gboolean
run_handler (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  YejiExchange *self = data;

  take_response (self, yeji_router_begin (self->route, yeji_http_get_context (self->http), sql,
                                          self->request, error));
  return self->response != NULL;
}

static void
on_begun (gpointer      data,
          const GError *error)
{
  g_autoptr (YejiExchange) self = data;
  YejiUpload *upload = self->request->upload;

  if (error != NULL)
    fail (self, error);
  if (self->whole)
    go_on_gathering (self);
  else if (self->route->batch)
    go_on_with_files (self);
  else if (self->response->status != 0)
    {
      if (self->route->streams)
        self->state = YEJI_EXCHANGE_DROPPING;
      finish (self);
    }
  else
    {
      if (upload != NULL)
        yeji_http_claim (self->http, upload->id, self->route->streams ? self : NULL);
      if (self->route->streams)
        begin_streaming (self);
      else
        push_work (self);
    }
  yeji_http_leave (self->http);
}

static void
ask (YejiExchange *self)
{
  yeji_http_enter (self->http);
  yeji_ledger_run (self->route->reads
                     ? yeji_http_get_reading (self->http,
                                              self->route->access == YEJI_ACCESS_ANYONE)
                     : yeji_http_get_ledger (self->http),
                   run_handler, g_object_ref (self), on_begun);
}

static guint
get_max_json (YejiExchange *self)
{
  return self->route->access == YEJI_ACCESS_ANYONE ? MAX_JSON_OF_ANYONE : MAX_JSON;
}

/* A file that is refused is read to its end, however large it may be here. */
static void
drop (YejiExchange *self,
      gsize         size)
{
  gboolean was_above = self->n_dropped > MAX_DROPPED;

  self->n_dropped += size;
  if (self->n_dropped > MAX_DROPPED && !was_above
      && (self->route == NULL || !self->route->streams))
    yeji_unreadable_end (self->message, self->response);
}

/* (transfer full) (nullable): why the body is none. On any thread. */
static YejiResponse *
read_body (YejiExchange *self)
{
  YejiResponse *refusal;

  if (yeji_unreadable_is_crowded (self->body))
    return yeji_refuse (self->request, YEJI_WIRE_MALFORMED, "数据项过多。",
                        "There are more values than anything that is sent here has.");
  refusal = yeji_router_read (self->route, yeji_http_get_context (self->http), self->request,
                              (const char *) self->body->data, self->body->len);
  g_byte_array_set_size (self->body, 0);
  return refusal;
}

static void
go_on_reading (YejiExchange *self,
               YejiResponse *refusal)
{
  if (refusal != NULL)
    take_response (self, refusal);
  if (refusal == NULL)
    ask (self);
  else if (self->state == YEJI_EXCHANGE_HEADED)
    drop_files (self);
  else
    send_response (self);
}

static void
read_on_lane (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_task_return_pointer (task, read_body (source), (GDestroyNotify) yeji_response_free);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  YejiExchange *self = YEJI_EXCHANGE (source);

  go_on_reading (self, g_task_propagate_pointer (G_TASK (result), NULL));
  yeji_http_leave (self->http);
}

static void
push_reading (YejiExchange *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_read, NULL);

  yeji_http_enter (self->http);
  yeji_worker_push (yeji_http_get_lane (self->http, YEJI_LANE_PARSING, NULL), task, read_on_lane);
}

/* What came behind the list waits with the rest of the body until the list was looked at. What is
 * no list is refused like an empty one, after who sends it. */
static void
look_at_head (YejiExchange *self)
{
  gsize size = 0;
  YejiBatchHead head = yeji_batch_find_head (self->body->data, self->body->len, &size);
  const guint8 *list = self->body->data + YEJI_WIRE_BATCH_PREFIX;

  if (head == YEJI_BATCH_HEAD_MISSING)
    return;
  if (head == YEJI_BATCH_HEAD_BAD)
    size = 0;
  self->behind = g_bytes_new (list + size, self->body->len - YEJI_WIRE_BATCH_PREFIX - size);
  g_byte_array_remove_range (self->body, 0, YEJI_WIRE_BATCH_PREFIX);
  g_byte_array_set_size (self->body, (guint) size);
  self->state = YEJI_EXCHANGE_HEADED;
  hold_up (self);
  push_reading (self);
}

static void
handle_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              YejiExchange      *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (chunk, &size);

  if (self->state == YEJI_EXCHANGE_DROPPING)
    drop (self, size);
  if (self->state != YEJI_EXCHANGE_READING && self->state != YEJI_EXCHANGE_GATHERING
      && self->state != YEJI_EXCHANGE_HEADING && self->state != YEJI_EXCHANGE_STREAMING)
    return;
  if (self->state == YEJI_EXCHANGE_STREAMING && self->body->len + size > BLOCK)
    push_block (self);
  g_byte_array_append (self->body, data, (guint) size);
  if (self->state == YEJI_EXCHANGE_HEADING)
    look_at_head (self);
  if (self->state != YEJI_EXCHANGE_READING)
    return;
  if (self->body->len > get_max_json (self))
    {
      take_response (self, yeji_refuse (self->request, YEJI_WIRE_TOO_LARGE, NULL, NULL));
      g_byte_array_set_size (self->body, 0);
      self->state = YEJI_EXCHANGE_DROPPING;
    }
}

/* libsoup closes the connection after each 204 unless it knows that there is no body. */
static void
handle_wrote_headers (SoupServerMessage *message,
                      YejiExchange      *self)
{
  if (soup_server_message_get_status (message) == SOUP_STATUS_NO_CONTENT)
    soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                       SOUP_ENCODING_NONE);
}

/* The answer was sent or the connection broke. What has arrived of a file is kept. */
static void
handle_end (SoupServerMessage *message,
            YejiExchange      *self)
{
  g_autoptr (YejiExchange) alive = g_object_ref (self);

  if (self->message == NULL)
    return;
  g_signal_handlers_disconnect_by_data (message, self);
  self->message = NULL;
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->state == YEJI_EXCHANGE_STREAMING)
    yeji_exchange_abandon (self);
  yeji_http_let_go (self->http, self);
  yeji_http_leave (self->http);
}

static void
gather (YejiExchange *self)
{
  self->whole = TRUE;
  self->state = YEJI_EXCHANGE_GATHERING;
  g_byte_array_unref (self->body);
  self->body = yeji_http_lend_block (self->http, BLOCK);
}

static void
yeji_exchange_finalize (GObject *object)
{
  YejiExchange *self = YEJI_EXCHANGE (object);

  g_assert (self->deadline == 0);
  yeji_request_free (self->request);
  g_clear_pointer (&self->response, yeji_response_free);
  g_byte_array_unref (self->body);
  g_clear_pointer (&self->behind, g_bytes_unref);
  g_object_unref (self->http);
  G_OBJECT_CLASS (yeji_exchange_parent_class)->finalize (object);
}

static void
yeji_exchange_class_init (YejiExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_exchange_finalize;
}

static void
yeji_exchange_init (YejiExchange *self)
{
  self->body = g_byte_array_new ();
}

/**
 * yeji_exchange_begin:
 * @message: whose headers have come
 *
 * Begins an exchange. A request that sends a file is looked at now, before its body comes, or, when
 * it is small, while it comes.
 */
void
yeji_exchange_begin (YejiHttp          *http,
                     SoupServerMessage *message)
{
  YejiExchange *self = g_object_new (YEJI_TYPE_EXCHANGE, NULL);
  guint status = yeji_unreadable_judge (message);

  yeji_unreadable_clear (message);
  self->http = g_object_ref (http);
  self->message = message;
  self->request = yeji_incoming_read (message);
  g_object_set_data_full (G_OBJECT (message), DATA_KEY, self, g_object_unref);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (handle_chunk), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (handle_wrote_headers), self);
  g_signal_connect (message, "finished", G_CALLBACK (handle_end), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (handle_end), self);
  yeji_http_enter (http);

  if (status == 0)
    self->route = yeji_router_find (self->request, &self->response);
  else
    {
      take_response (self, yeji_refuse_status (self->request, status, YEJI_WIRE_MALFORMED, NULL,
                                               NULL));
      yeji_unreadable_end (message, self->response);
    }
  if (self->route == NULL)
    self->state = YEJI_EXCHANGE_DROPPING;
  else if (self->route->streams)
    {
      if (self->route->batch)
        {
          self->state = YEJI_EXCHANGE_HEADING;
          return;
        }
      if (self->route->reads && yeji_incoming_is_small (message, BLOCK))
        gather (self);
      else
        hold_up (self);
      ask (self);
    }
}

/**
 * yeji_exchange_got_body:
 * @message: whose body has come
 *
 * Has the request answered.
 */
void
yeji_exchange_got_body (SoupServerMessage *message)
{
  YejiExchange *self = g_object_get_data (G_OBJECT (message), DATA_KEY);

  g_return_if_fail (self != NULL);

  switch (self->state)
    {
    case YEJI_EXCHANGE_HEADING:
      g_byte_array_set_size (self->body, 0);
      G_GNUC_FALLTHROUGH;
    case YEJI_EXCHANGE_READING:
      self->state = YEJI_EXCHANGE_ASKED;
      hold_up (self);
      if (self->route->prepare != NULL)
        push_reading (self);
      else
        go_on_reading (self, read_body (self));
      break;
    case YEJI_EXCHANGE_GATHERING:
      self->state = YEJI_EXCHANGE_GATHERED;
      hold_up (self);
      break;
    case YEJI_EXCHANGE_STREAMING:
      self->state = YEJI_EXCHANGE_ASKED;
      hold_up (self);          /* on_written() leaves it so */
      if (!self->whole)
        push_bytes (self, on_done);
      push_work (self);
      break;
    case YEJI_EXCHANGE_DROPPING:
      send_response (self);
      break;
    case YEJI_EXCHANGE_ABANDONED:
      take_response (self, yeji_refuse (self->request, YEJI_WIRE_STATE, NULL, NULL));
      send_response (self);
      break;
    case YEJI_EXCHANGE_GATHERED:
    case YEJI_EXCHANGE_HEADED:
    case YEJI_EXCHANGE_ASKED:
    case YEJI_EXCHANGE_WAITING:
    default:
      g_assert_not_reached ();
    }
}

/**
 * yeji_exchange_ask_again:
 *
 * Something was written since the question was answered with nothing.
 */
void
yeji_exchange_ask_again (YejiExchange *self)
{
  g_assert (self->state == YEJI_EXCHANGE_WAITING);
  self->state = YEJI_EXCHANGE_ASKED;
  ask (self);
}

/**
 * yeji_exchange_stop_waiting:
 *
 * Answers that there is nothing.
 */
void
yeji_exchange_stop_waiting (YejiExchange *self)
{
  g_autoptr (YejiExchange) alive = g_object_ref (self);

  yeji_http_let_go (self->http, self);
  self->state = YEJI_EXCHANGE_ASKED;
  g_clear_handle_id (&self->deadline, g_source_remove);
  send_response (self);
}

/**
 * yeji_exchange_abandon:
 *
 * Takes no more bytes and closes the file behind those that have come.
 *
 * Returns: %FALSE when all have come already, or nobody wants them anyway
 */
gboolean
yeji_exchange_abandon (YejiExchange *self)
{
  if (self->state == YEJI_EXCHANGE_STREAMING && !self->whole)
    {
      push_bytes (self, on_done);
      if (self->request->batch != NULL)
        push_work (self);      /* what is there whole is received, though nobody is told */
      else
        push_disk_job (self, close_upload, on_done, NULL);
    }
  else if (self->state != YEJI_EXCHANGE_READING && self->state != YEJI_EXCHANGE_STREAMING)
    return FALSE;
  self->state = YEJI_EXCHANGE_ABANDONED;
  return TRUE;
}

/**
 * yeji_exchange_disconnect:
 *
 * Ends the connection without an answer: another request has taken the upload over, and who sends
 * this one may not know that its line is dead.
 */
void
yeji_exchange_disconnect (YejiExchange *self)
{
  GSocket *socket = self->message != NULL ? soup_server_message_get_socket (self->message) : NULL;

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/**
 * yeji_exchange_get_account:
 *
 * Returns: (nullable): who asks
 */
const char *
yeji_exchange_get_account (YejiExchange *self)
{
  return self->request->account != NULL ? self->request->account->name : NULL;
}

/**
 * yeji_exchange_get_upload:
 *
 * Returns: (nullable): the id of the upload that it sends
 */
const char *
yeji_exchange_get_upload (YejiExchange *self)
{
  return self->request->upload != NULL ? self->request->upload->id : NULL;
}
