// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-province.h"

#include "yeji-account.h"

#include <string.h>

/* Connecting, and silence within an answer; above the longest wait for news (25 s). */
#define TIME_LIMIT 30
/* A whole answer, however slowly it drips. */
#define ANSWER_LIMIT (300 * G_TIME_SPAN_SECOND)
#define MAX_BODY (16 * 1024 * 1024)
/* The cycle, the wait for news, a sign-out, and some to spare. */
#define MAX_CONNECTIONS 6
/* What a slow line still has to carry when a body has been written: the system's buffers. */
#define UPLOAD_TIME_LIMIT 60
/* Four uploads, and the questions about them. */
#define MAX_UPLOADS 6
#define SESSION_PATH "/v1/session"

struct _YejiProvince
{
  GObject parent_instance;

  YejiStore *store;
  SoupSession *session;
  SoupSession *uploads;        /* has other limits */
  GUri *base;
  char *url;
  char *user;

  GMutex renewal;              /* held by the one thread that renews the tokens */
  GMutex mutex;                /* guards what follows */
  char *access;
  char *refresh;
};

typedef struct
{
  const char *method;
  const char *path;
  GBytes *body;
  const char *media_type;
  GPtrArray *headers;          /* name, value, ... */
  gsize max_size;              /* of a raw answer; 0: the answer is read as JSON */
  const YejiPacer *pacer;      /* (nullable): what the body of an upload is sent by */
  GCancellable *cancellable;   /* of an upload */
} Request;

G_DEFINE_FINAL_TYPE (YejiProvince, yeji_province, G_TYPE_OBJECT)

static char *
dup_guarded (YejiProvince  *self,
             char         **member)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (*member);
}

static gboolean
take_tokens (YejiProvince  *self,
             const char    *access,
             const char    *refresh,
             GError       **error)
{
  g_mutex_lock (&self->mutex);
  g_free (self->access);
  g_free (self->refresh);
  self->access = g_strdup (access);
  self->refresh = g_strdup (refresh);
  g_mutex_unlock (&self->mutex);
  return yeji_account_save_tokens (self->store, access, refresh, error);
}

static void
set_body (SoupMessage   *message,
          const Request *request)
{
  g_autoptr (GInputStream) stream = NULL;

  if (request->body == NULL)
    return;
  if (request->pacer == NULL)
    {
      soup_message_set_request_body_from_bytes (message, request->media_type, request->body);
      return;
    }
  stream = yeji_paced_stream_new (request->body, request->pacer, request->cancellable);
  soup_message_set_request_body (message, request->media_type, stream,
                                 (gssize) g_bytes_get_size (request->body));
}

static SoupMessage *
make_message (YejiProvince  *self,
              const Request *request,
              const char    *access)
{
  g_autofree char *uri = g_strconcat (self->url, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, uri);
  SoupMessageHeaders *headers;

  g_assert (message != NULL);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* libsoup opens a new connection for each POST and PATCH unless told so; what may be sent again
   * it decides by the method alone */
  if (request->pacer != NULL)
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept-Language",
                                yeji_language_get_current () == YEJI_LANGUAGE_EN ? "en" : "zh-CN");
  if (access != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", access, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (request->headers, i),
                                  g_ptr_array_index (request->headers, i + 1));
  set_body (message, request);
  /* libsoup sends again by itself when an idle connection had been closed */
  g_signal_connect (message, "restarted", G_CALLBACK (set_body), (gpointer) request);
  return message;
}

static GBytes *
read_body (GInputStream  *stream,
           gsize          max_size,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (64 * 1024);
  gint64 deadline = g_get_monotonic_time () + ANSWER_LIMIT;
  gssize length;

  while ((length = g_input_stream_read (stream, buffer, 64 * 1024, cancellable, error)) > 0)
    {
      g_byte_array_append (content, buffer, (guint) length);
      if (content->len > max_size || g_get_monotonic_time () > deadline)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                               "the answer does not end");
          return NULL;
        }
    }
  if (length < 0 || !g_input_stream_close (stream, cancellable, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static gboolean
is_from_province (SoupMessage *message)
{
  const char *version = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                      "Yeji-Version");

  return g_strcmp0 (version, YEJI_WIRE_VERSION) == 0;
}

/* Whatever went wrong below the protocol: the province was not reached. */
static void
propagate_unreachable (GError **error,
                       GError  *reason)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, reason);
      return;
    }
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, reason->message);
  g_error_free (reason);
}

static YejiReply *
exchange (YejiProvince   *self,
          const Request  *request,
          const char     *access,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (SoupMessage) message = make_message (self, request, access);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) content = NULL;
  GError *reason = NULL;

  stream = soup_session_send (request->pacer != NULL ? self->uploads : self->session, message,
                              cancellable, &reason);
  if (stream != NULL && !is_from_province (message))
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                   "another answered in the province's place, with status %u",
                   soup_message_get_status (message));
      return NULL;
    }
  if (stream != NULL)
    content = read_body (stream, request->max_size > 0 ? request->max_size : MAX_BODY, cancellable,
                         &reason);
  if (request->max_size > 0
      && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  if (content == NULL)
    {
      propagate_unreachable (error, reason);
      return NULL;
    }
  return request->max_size > 0 ? yeji_reply_new_raw (message, content, error)
                               : yeji_reply_new (message, content, error);
}

static void
set_signed_out (GError **error)
{
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT,
                       "the province no longer takes the session");
}

static YejiReply *
post_refresh (YejiProvince  *self,
              const char    *refresh,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "refresh", refresh);
  json_node_set_object (node, object);
  text = yeji_json_print (node, FALSE);
  body = g_bytes_new (text, strlen (text));
  return exchange (self,
                   &(Request) { "POST", SESSION_PATH, body, "application/json", headers },
                   NULL, cancellable, error);
}

static gboolean
take_renewed (YejiProvince  *self,
              YejiReply     *reply,
              GError       **error)
{
  JsonObject *body = yeji_json_node_object (reply->body);
  const char *access = body != NULL ? yeji_json_get_string (body, "access") : NULL;
  const char *refresh = body != NULL ? yeji_json_get_string (body, "refresh") : NULL;

  if (access == NULL || refresh == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           "a session without tokens");
      return FALSE;
    }
  return take_tokens (self, access, refresh, error);
}

/* Many threads find the token expired at once; the first one renews it, the others find it renewed.
 * A second renewal would present a refresh token that the first has used up. */
static gboolean
renew (YejiProvince  *self,
       const char    *used,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->renewal);
  g_autofree char *access = dup_guarded (self, &self->access);
  g_autofree char *refresh = dup_guarded (self, &self->refresh);
  g_autoptr (YejiReply) reply = NULL;

  if (refresh == NULL)
    {
      set_signed_out (error);
      return FALSE;
    }
  if (g_strcmp0 (access, used) != 0)
    return TRUE;

  reply = post_refresh (self, refresh, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_UNAUTHORIZED)
    {
      if (take_tokens (self, NULL, NULL, error))
        set_signed_out (error);
      return FALSE;
    }
  return yeji_reply_check (reply, error) && take_renewed (self, reply, error);
}

static YejiReply *
exchange_signed_in (YejiProvince   *self,
                    const Request  *request,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autofree char *access = dup_guarded (self, &self->access);
  g_autofree char *renewed = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (access != NULL)
    {
      reply = exchange (self, request, access, cancellable, error);
      if (reply == NULL || reply->status != SOUP_STATUS_UNAUTHORIZED)
        return g_steal_pointer (&reply);
    }
  if (!renew (self, access, cancellable, error))
    return NULL;

  g_clear_pointer (&reply, yeji_reply_free);
  renewed = dup_guarded (self, &self->access);
  reply = exchange (self, request, renewed, cancellable, error);
  if (reply != NULL && reply->status == SOUP_STATUS_UNAUTHORIZED)
    {
      set_signed_out (error);
      return NULL;
    }
  return g_steal_pointer (&reply);
}

static YejiReply *
run_request (YejiProvince   *self,
             const Request  *request,
             GCancellable   *cancellable,
             GError        **error)
{
  gboolean opens = g_str_equal (request->method, "POST")
                   && g_str_equal (request->path, SESSION_PATH);

  g_assert (request->path[0] == '/');
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return opens ? exchange (self, request, NULL, cancellable, error)
               : exchange_signed_in (self, request, cancellable, error);
}

static GPtrArray *
collect_headers (va_list arguments)
{
  GPtrArray *headers = g_ptr_array_new ();

  for (char *text = va_arg (arguments, char *); text != NULL; text = va_arg (arguments, char *))
    g_ptr_array_add (headers, text);
  g_assert (headers->len % 2 == 0);
  return headers;
}

static void
yeji_province_finalize (GObject *object)
{
  YejiProvince *self = YEJI_PROVINCE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->uploads);
  g_clear_object (&self->store);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->url);
  g_free (self->user);
  g_free (self->access);
  g_free (self->refresh);
  g_mutex_clear (&self->renewal);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (yeji_province_parent_class)->finalize (object);
}

static void
yeji_province_class_init (YejiProvinceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_province_finalize;
}

static void
yeji_province_init (YejiProvince *self)
{
  g_mutex_init (&self->renewal);
  g_mutex_init (&self->mutex);
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS,
                                                 "max-conns-per-host", MAX_CONNECTIONS,
                                                 "timeout", TIME_LIMIT,
                                                 "user-agent", "Yeji/" YEJI_VERSION,
                                                 NULL);
  self->uploads = soup_session_new_with_options ("max-conns", MAX_UPLOADS,
                                                 "max-conns-per-host", MAX_UPLOADS,
                                                 "timeout", UPLOAD_TIME_LIMIT,
                                                 "user-agent", "Yeji/" YEJI_VERSION,
                                                 NULL);
}

/**
 * yeji_province_new_for_url:
 * @store: where renewed tokens are kept
 * @url: an address as typed
 *
 * Makes a province without a session, in which nobody can do anything but sign in. Fails as
 * yeji_account_check_url() does.
 *
 * Returns: (transfer full) (nullable): the province, %NULL on error
 */
YejiProvince *
yeji_province_new_for_url (YejiStore   *store,
                           const char  *url,
                           GError     **error)
{
  g_autofree char *checked = NULL;
  YejiProvince *self;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  checked = yeji_account_check_url (url, error);
  if (checked == NULL)
    return NULL;
  self = g_object_new (YEJI_TYPE_PROVINCE, NULL);
  self->store = g_object_ref (store);
  self->base = g_uri_parse (checked, SOUP_HTTP_URI_FLAGS, NULL);
  self->url = g_steal_pointer (&checked);
  return self;
}

/**
 * yeji_province_new:
 *
 * Makes the province that the profile's account belongs to. Fails with #YEJI_SYNC_ERROR_SIGNED_OUT
 * when the profile has no account. Nothing goes over the network.
 *
 * Returns: (transfer full) (nullable): the province, %NULL on error
 */
YejiProvince *
yeji_province_new (YejiStore  *store,
                   GError    **error)
{
  g_autoptr (YejiAccount) account = NULL;
  YejiProvince *self;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  account = yeji_account_load (store, error);
  self = account != NULL ? yeji_province_new_for_url (store, account->url, error) : NULL;
  if (self == NULL)
    return NULL;
  self->user = g_strdup (account->name != NULL ? account->name : account->user);
  self->access = g_steal_pointer (&account->access);
  self->refresh = g_steal_pointer (&account->refresh);
  return self;
}

/**
 * yeji_province_get_url:
 *
 * Returns: the province's address, without a slash at its end
 */
const char *
yeji_province_get_url (YejiProvince *self)
{
  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);

  return self->url;
}

/**
 * yeji_province_get_user:
 *
 * Returns: (nullable): how the province calls the user, %NULL when nobody has signed in
 */
const char *
yeji_province_get_user (YejiProvince *self)
{
  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);

  return self->user;
}

/**
 * yeji_province_set_time_limit:
 * @seconds: for connecting, and for silence within an answer; 30 unless set, of uploads 60
 *
 * Sets how long the province may be silent. Not while a request runs.
 */
void
yeji_province_set_time_limit (YejiProvince *self,
                              guint         seconds)
{
  g_return_if_fail (YEJI_IS_PROVINCE (self));

  soup_session_set_timeout (self->session, seconds);
  soup_session_set_timeout (self->uploads, seconds);
}

/**
 * yeji_province_localise:
 * @location: (nullable): a `Location` header
 *
 * Turns an address that the province gave into a path for yeji_province_call(). An address
 * elsewhere is none: the session's token would go there.
 *
 * Returns: (transfer full) (nullable): the path
 */
char *
yeji_province_localise (YejiProvince *self,
                        const char   *location)
{
  g_autoptr (GUri) uri = NULL;
  const char *prefix;
  const char *path;

  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);

  uri = location != NULL ? g_uri_parse_relative (self->base, location, SOUP_HTTP_URI_FLAGS, NULL)
                         : NULL;
  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (self->base))
      || g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (self->base)) != 0
      || g_uri_get_port (uri) != g_uri_get_port (self->base))
    return NULL;

  prefix = g_uri_get_path (self->base);
  path = g_uri_get_path (uri);
  if (!g_str_equal (prefix, "/") && g_str_has_prefix (path, prefix))
    path += strlen (prefix);
  return path[0] == '/' ? g_strdup (path) : NULL;
}

/**
 * yeji_province_send:
 * @path: begins with a slash
 * @body: (nullable): what to send
 * @media_type: (nullable): of @body
 * @...: names and values of headers, then %NULL
 *
 * Sends one request and waits for the province's answer, renewing an expired session once. A
 * refusal is an answer too. Fails with #YEJI_SYNC_ERROR_UNREACHABLE when none came that is
 * certainly the province's, with #YEJI_SYNC_ERROR_SIGNED_OUT when the session has ended, and with
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiReply *
yeji_province_send (YejiProvince  *self,
                    const char    *method,
                    const char    *path,
                    GBytes        *body,
                    const char    *media_type,
                    GCancellable  *cancellable,
                    GError       **error,
                    ...)
{
  g_autoptr (GPtrArray) headers = NULL;
  va_list arguments;

  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);

  va_start (arguments, error);
  headers = collect_headers (arguments);
  va_end (arguments);
  return run_request (self, &(Request) { method, path, body, media_type, headers }, cancellable,
                      error);
}

/**
 * yeji_province_call:
 * @path: begins with a slash
 * @body: (nullable): what to send
 * @...: names and values of headers, then %NULL
 *
 * Does what yeji_province_send() does, with JSON.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiReply *
yeji_province_call (YejiProvince  *self,
                    const char    *method,
                    const char    *path,
                    JsonNode      *body,
                    GCancellable  *cancellable,
                    GError       **error,
                    ...)
{
  g_autoptr (GPtrArray) headers = NULL;
  g_autoptr (GBytes) content = NULL;
  va_list arguments;

  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);

  va_start (arguments, error);
  headers = collect_headers (arguments);
  va_end (arguments);
  if (body != NULL)
    {
      char *text = yeji_json_print (body, FALSE);

      content = g_bytes_new_take (text, strlen (text));
    }
  return run_request (self,
                      &(Request) { method, path, content, content ? "application/json" : NULL,
                                   headers },
                      cancellable, error);
}

/**
 * yeji_province_upload:
 * @upload: a request whose `url` is a path that begins with a slash
 *
 * Does what yeji_province_send() does, with a body that is paced and counted, and with the patience
 * that slow lines need. Of all requests about uploads, those without a body too.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiReply *
yeji_province_upload (YejiProvince          *self,
                      const YejiTusRequest  *upload,
                      GCancellable          *cancellable,
                      GError               **error)
{
  static const YejiPacer none = { NULL };
  const Request request = {
    .method = upload->method,
    .path = upload->url,
    .body = upload->body,
    .media_type = upload->media_type,
    .headers = upload->headers,
    .pacer = upload->pacer != NULL ? upload->pacer : &none,
    .cancellable = cancellable,
  };

  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);

  return run_request (self, &request, cancellable, error);
}

/**
 * yeji_province_fetch:
 * @path: begins with a slash
 * @max_size: of the answer, bytes
 *
 * Fetches bytes as they are. Fails as yeji_province_send() does, and with
 * %G_IO_ERROR_MESSAGE_TOO_LARGE.
 *
 * Returns: (transfer full) (nullable): the answer, whose `content` was not read; %NULL on error
 */
YejiReply *
yeji_province_fetch (YejiProvince  *self,
                     const char    *path,
                     gsize          max_size,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);
  g_return_val_if_fail (max_size > 0, NULL);

  return run_request (self, &(Request) { "GET", path, NULL, NULL, headers, max_size }, cancellable,
                      error);
}
