// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-push"

#include "config.h"

#include "yeji-national-push.h"

#include <string.h>

#include <libsoup/soup.h>

#include "yeji-platform.h"
#include "yeji-push-work.h"

#define LOCK_FILE "push.lock"
/* Between two looks whether something is due, when nothing was. */
#define LOOK_SECONDS 1
/* A platform that is not well has a pause of half an hour at most. */
#define MAX_DOUBLINGS 11

struct _YejiNationalPush
{
  YejiServerContext *context;  /* (unowned) */
  YejiDb *db;
  char *lock_path;
  YejiLock *lock;              /* (nullable): nobody else sends from this directory */
  SoupSession *session;
  GCancellable *cancellable;   /* of all that is on its way */
  YejiNationalPushTold told;
  gpointer data;
  guint timer;
  gboolean looking;            /* the database is being asked */
  gboolean looked;             /* and had nothing, the last time */
  guint n_sending;
  guint n_failures;            /* of the platform itself, in a row */
  gint64 resume_at;            /* monotonic; nobody is bothered before */
  char *trouble;               /* (nullable): what the last failure was */
  guint n_settled;
  char *noted;                 /* projects up to this one were queued; NULL: all were */
};

/* One thing that is sent. */
typedef struct
{
  YejiNationalPush *self;
  YejiPushItem *item;
  YejiPushAnswer *answer;      /* (nullable) */
  SoupMessage *message;
  GCancellable *cancellable;
  gulong cancelled;            /* handler of everybody's cancellable */
  guint timer;                 /* an answer that drips is none */
  guint8 *body;                /* of the answer */
  gboolean changed;
} Errand;

/* What the database is asked. */
typedef struct
{
  YejiNationalPush *self;
  guint n_items;
  GPtrArray *items;            /* (element-type YejiPushItem) (nullable) */
  gboolean changed;
  gboolean more;               /* there may be projects that were never queued */
} Look;

static void look (YejiNationalPush *self);

static void
free_errand (Errand *errand)
{
  g_clear_handle_id (&errand->timer, g_source_remove);
  if (errand->cancelled != 0)
    g_cancellable_disconnect (errand->self->cancellable, errand->cancelled);
  g_clear_object (&errand->message);
  g_clear_object (&errand->cancellable);
  g_clear_pointer (&errand->answer, yeji_push_answer_free);
  yeji_push_item_free (errand->item);
  g_free (errand->body);
  g_free (errand);
}

/* When the platform is not well, one word of it keeps all back: a second at first, and twice as long
 * each time. What was sent has a longer pause of its own. */
static void
heed (YejiNationalPush     *self,
      const YejiPushAnswer *answer)
{
  double seconds;

  g_clear_pointer (&self->trouble, g_free);
  if (!answer->trouble)
    {
      self->n_failures = 0;
      self->n_settled++;
      return;
    }
  self->trouble = g_strdup (answer->message);
  seconds = 1 << MIN (self->n_failures++, MAX_DOUBLINGS);
  seconds = MAX (answer->retry_after, seconds * g_random_double_range (0.75, 1.25));
  self->resume_at = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  if (self->n_failures == 1)
    g_message ("the national platform: %s", answer->message);
}

static gboolean
run_settle (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Errand *errand = data;

  return yeji_push_settle (errand->self->context, sql, errand->item, errand->answer,
                           &errand->changed, error);
}

static void
on_settled (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Errand *errand = data;
  YejiNationalPush *self = errand->self;
  g_autoptr (GError) error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error))
    g_warning ("%s", error->message);
  else if (errand->changed && self->told != NULL)
    self->told (self->data);
  free_errand (errand);
  self->n_sending--;
  look (self);
}

static void
settle (Errand         *errand,
        YejiPushAnswer *answer)
{
  YejiNationalPush *self = errand->self;

  g_clear_handle_id (&errand->timer, g_source_remove);
  errand->answer = answer;
  heed (self, answer);
  yeji_db_run_async (self->db, run_settle, errand, NULL, NULL, on_settled, errand);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Errand *errand = data;
  SoupMessageHeaders *headers = soup_message_get_response_headers (errand->message);
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    settle (errand, yeji_push_answer_failed (error->message));
  else
    settle (errand, yeji_push_answer_new (soup_message_get_status (errand->message),
                                          (const char *) errand->body, (gssize) length,
                                          soup_message_headers_get_one (headers, "Retry-After"),
                                          errand->item->key,
                                          errand->self->context->dictionary));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result,
                                                              &error);

  if (stream == NULL)
    {
      settle (errand, yeji_push_answer_failed (error->message));
      return;
    }
  errand->body = g_malloc (YEJI_PUSH_MAX_ANSWER);
  g_input_stream_read_all_async (stream, errand->body, YEJI_PUSH_MAX_ANSWER, G_PRIORITY_DEFAULT,
                                 errand->cancellable, on_read, errand);
}

static gboolean
give_up (gpointer data)
{
  Errand *errand = data;

  errand->timer = 0;
  g_cancellable_cancel (errand->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancel_errand (GCancellable *all,
               gpointer      data)
{
  g_cancellable_cancel (data);
}

static SoupMessage *
make_message (YejiNationalPush  *self,
              YejiPushItem      *item,
              GError           **error)
{
  const YejiPushSettings *settings = self->context->push;
  g_autoptr (SoupMessage) message = soup_message_new ("POST", settings->url);
  g_autoptr (GBytes) body = g_bytes_new (item->payload, strlen (item->payload));
  SoupMessageHeaders *headers;

  if (message == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "push/url is no address");
      return NULL;
    }
  headers = soup_message_get_request_headers (message);
  /* read each time, so that a new key needs no restart */
  if (settings->key_file != NULL)
    {
      g_autofree char *key = yeji_province_settings_read_secret (settings->key_file, error);
      g_autofree char *value = key != NULL ? g_strconcat ("Bearer ", key, NULL) : NULL;

      if (key == NULL)
        return NULL;
      soup_message_headers_replace (headers, "Authorization", value);
    }
  soup_message_headers_replace (headers, "Idempotency-Key", item->key);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return g_steal_pointer (&message);
}

/* @item: (transfer full) */
static void
send (YejiNationalPush *self,
      YejiPushItem     *item)
{
  Errand *errand = g_new0 (Errand, 1);
  g_autoptr (GError) error = NULL;

  errand->self = self;
  errand->item = item;
  errand->cancellable = g_cancellable_new ();
  self->n_sending++;
  errand->message = make_message (self, item, &error);
  if (errand->message == NULL)
    {
      settle (errand, yeji_push_answer_failed (error->message));
      return;
    }
  errand->cancelled = g_cancellable_connect (self->cancellable, G_CALLBACK (cancel_errand),
                                             g_object_ref (errand->cancellable), g_object_unref);
  errand->timer = g_timeout_add_seconds (self->context->push->timeout_seconds, give_up, errand);
  soup_session_send_async (self->session, errand->message, G_PRIORITY_DEFAULT,
                           errand->cancellable, on_sent, errand);
}

static gboolean
run_look (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Look *asked = data;
  YejiNationalPush *self = asked->self;

  if (self->noted != NULL
      && !yeji_push_note_all (self->context, sql, &self->noted, &asked->more, error))
    return FALSE;
  asked->items = yeji_push_take (self->context, sql, asked->n_items, &asked->changed, error);
  return asked->items != NULL;
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Look *asked = data;
  YejiNationalPush *self = asked->self;
  g_autoptr (GError) error = NULL;
  gboolean done = yeji_db_run_finish (YEJI_DB (source), result, &error);

  self->looking = FALSE;
  if (!done)
    {
      g_warning ("%s", error->message);
      g_free (self->trouble);
      self->trouble = g_strdup (error->message);
    }
  else
    {
      if (!asked->more)
        g_clear_pointer (&self->noted, g_free);
      if (asked->changed && self->told != NULL)
        self->told (self->data);
      /* the ones that could not be sent at all counted in the turn */
      self->looked = asked->items->len == 0 && !asked->more && !asked->changed;
      while (asked->items->len > 0)
        send (self, g_ptr_array_steal_index (asked->items, 0));
    }
  g_clear_pointer (&asked->items, g_ptr_array_unref);
  g_free (asked);
  if (done && !self->looked)
    look (self);
}

/* Two never send from one directory; who comes second tries again. */
static gboolean
take_lock (YejiNationalPush *self)
{
  if (self->lock == NULL)
    self->lock = yeji_platform_lock (self->lock_path, NULL, NULL);
  return self->lock != NULL;
}

static void
look (YejiNationalPush *self)
{
  guint at_once = self->context->push->at_once;
  Look *asked;

  /* one asks a platform that was not well, the others wait for what it says */
  if (self->n_failures > 0)
    at_once = 1;
  if (self->looking || self->n_sending >= at_once
      || g_cancellable_is_cancelled (self->cancellable)
      || g_get_monotonic_time () < self->resume_at || !take_lock (self))
    return;
  asked = g_new0 (Look, 1);
  asked->self = self;
  asked->n_items = at_once - self->n_sending;
  self->looking = TRUE;
  yeji_db_run_async (self->db, run_look, asked, NULL, NULL, on_looked, asked);
}

static gboolean
handle_timer (gpointer data)
{
  look (data);
  return G_SOURCE_CONTINUE;
}

static SoupSession *
make_session (const YejiPushSettings *settings)
{
  SoupSession *session = soup_session_new_with_options ("max-conns", (int) settings->at_once,
                                                        "max-conns-per-host",
                                                        (int) settings->at_once,
                                                        "timeout", settings->timeout_seconds,
                                                        NULL);

  /* what is for this very computer goes to nobody else */
  if (g_str_has_prefix (settings->url, "http:"))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/**
 * yeji_national_push_new:
 * @context: with a national platform
 * @told: (nullable): called when a change was written for an enterprise
 *
 * Begins to send what is due, and what was published before there was a national platform, until
 * yeji_national_push_close(). Where another one sends from the same directory, this one waits until
 * it ends.
 *
 * Returns: (transfer full): what sends
 */
YejiNationalPush *
yeji_national_push_new (YejiServerContext     *context,
                        YejiDb                *db,
                        YejiNationalPushTold   told,
                        gpointer               data)
{
  g_autofree char *dir = g_path_get_dirname (context->content_dir);
  YejiNationalPush *self = g_new0 (YejiNationalPush, 1);

  g_assert (context->push != NULL);
  self->lock_path = g_build_filename (dir, LOCK_FILE, NULL);
  self->context = context;
  self->db = g_object_ref (db);
  self->told = told;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->session = make_session (context->push);
  self->noted = g_strdup ("");
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, handle_timer, self);
  look (self);
  return self;
}

/**
 * yeji_national_push_is_alone:
 *
 * Returns: %FALSE while another one sends from the directory
 */
gboolean
yeji_national_push_is_alone (YejiNationalPush *self)
{
  return self->lock != NULL;
}

/**
 * yeji_national_push_is_idle:
 *
 * Returns: whether all that is due was sent, or the platform is not well and has a pause
 */
gboolean
yeji_national_push_is_idle (YejiNationalPush *self)
{
  return !self->looking && self->n_sending == 0 && (self->looked || self->trouble != NULL);
}

/**
 * yeji_national_push_get_trouble:
 *
 * Returns: (nullable): what is the matter with the platform, if anything is
 */
const char *
yeji_national_push_get_trouble (YejiNationalPush *self)
{
  return self->trouble;
}

/**
 * yeji_national_push_get_n_settled:
 *
 * Returns: how often the platform has said something for certain
 */
guint
yeji_national_push_get_n_settled (YejiNationalPush *self)
{
  return self->n_settled;
}

/**
 * yeji_national_push_close:
 * @self: (transfer full)
 *
 * Breaks off what is on its way, which is sent again another time, and waits until that is written.
 */
void
yeji_national_push_close (YejiNationalPush *self)
{
  self->told = NULL;
  g_source_remove (self->timer);
  g_cancellable_cancel (self->cancellable);
  while (self->looking || self->n_sending > 0)
    g_main_context_iteration (NULL, TRUE);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_object_unref (self->db);
  g_clear_pointer (&self->lock, yeji_platform_unlock);
  g_free (self->trouble);
  g_free (self->noted);
  g_free (self->lock_path);
  g_free (self);
}
