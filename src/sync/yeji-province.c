// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-province.h"

#include "yeji-deadline.h"
#include "yeji-stranger.h"
#include "yeji-token-holder.h"
#include "yeji-trust.h"

#include <string.h>

/* Connecting, and silence within an answer; above the longest wait for news (25 s). */
#define TIME_LIMIT 30
/* How often the time limit may pass: until there is a connection, however its name is looked up;
 * for a whole request, however slowly it drips; and for one that carries a file either way. */
#define CONNECT_TIMES 2
#define REQUEST_TIMES 10
#define FILE_TIMES 30
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
/* What is here, what another program has renewed meanwhile, and what is renewed then. */
#define MAX_SESSIONS 3
/* Seconds that the province may be silent, where a profile wants others than ours. */
#define SETTING_TIME_LIMIT "time-limit"
#define MOST_PATIENCE 3600
#define FLAGS_KEY "yeji-certificate-flags"
#define PROVINCE_KEY "yeji-province"
#define DEADLINE_KEY "yeji-deadline"

struct _YejiProvince
{
  GObject parent_instance;

  YejiStore *store;
  SoupSession *session;
  SoupSession *uploads;        /* has other limits */
  YejiTrust *trust;            /* (nullable): what the profile demands of certificates */
  GSocketConnectable *identity;  /* with @trust: whose they have to be */
  GProxyResolver *proxies;     /* (nullable): says which proxy to go through, if there is any */
  GUri *base;
  guint time_limit;            /* seconds */
  int clock;                   /* by how many seconds the province's is ahead, atomic */
  char *url;
  char *user;

  GMutex renewal;              /* held by the one thread that renews the tokens */
  YejiTokenHolder *tokens;
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
  const YejiTusRequest *upload;  /* (nullable): which may have a body that is not in the memory */
} Request;

G_DEFINE_FINAL_TYPE (YejiProvince, yeji_province, G_TYPE_OBJECT)

static void
set_body (SoupMessage   *message,
          const Request *request)
{
  g_autoptr (GInputStream) stream = NULL;

  if (request->upload != NULL && request->upload->open != NULL)
    {
      stream = request->upload->open (request->upload->open_data);
      soup_message_set_request_body (message, request->media_type, stream,
                                     (gssize) request->upload->size);
      return;
    }
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
  soup_message_headers_replace (headers, "Yeji-Version", YEJI_WIRE_VERSION);
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
has_proxy (YejiProvince *self)
{
  g_auto (GStrv) found = self->proxies != NULL
                           ? g_proxy_resolver_lookup (self->proxies, self->url, NULL, NULL) : NULL;

  return found != NULL && found[0] != NULL && !g_str_has_prefix (found[0], "direct:");
}

/* Where there is a proxy, it is the one that has a name to be found, and listens or does not. */
static YejiSyncCause
find_cause (YejiProvince *self,
            const GError *reason)
{
  YejiSyncCause cause = yeji_sync_cause_of_line (reason);

  if ((cause == YEJI_SYNC_CAUSE_NAME || cause == YEJI_SYNC_CAUSE_REFUSED) && has_proxy (self))
    return YEJI_SYNC_CAUSE_PROXY;
  return cause;
}

/* Whatever went wrong below the protocol: the province was not reached. */
static void
propagate_unreachable (YejiProvince  *self,
                       GError       **error,
                       GError        *reason)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, reason);
      return;
    }
  g_propagate_error (error, yeji_sync_error_new_cause (YEJI_SYNC_ERROR_UNREACHABLE,
                                                       find_cause (self, reason),
                                                       reason->message));
  g_error_free (reason);
}

/* Whoever cannot prove to be the province gets nothing; what is wrong is kept for the words. */
static gboolean
on_bad_certificate (SoupMessage          *message,
                    GTlsCertificate      *certificate,
                    GTlsCertificateFlags  flags,
                    YejiProvince         *self)
{
  GTlsCertificateFlags *kept = g_object_get_data (G_OBJECT (message), FLAGS_KEY);

  *kept = self->trust != NULL ? yeji_trust_check (self->trust, certificate, self->identity) : flags;
  return *kept == 0;
}

/* There is a connection, and the request goes out over it. */
static void
on_starting (SoupMessage   *message,
             const Request *request)
{
  YejiProvince *self = g_object_get_data (G_OBJECT (message), PROVINCE_KEY);
  gboolean carries_file = request->pacer != NULL || request->max_size > 0;

  yeji_deadline_move (g_object_get_data (G_OBJECT (message), DEADLINE_KEY),
                      self->time_limit * (carries_file ? FILE_TIMES : REQUEST_TIMES));
}

static YejiReply *
send_and_read (YejiProvince   *self,
               const Request  *request,
               SoupMessage    *message,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) content = NULL;
  GTlsCertificateFlags flags = 0;
  GError *reason = NULL;

  g_object_set_data (G_OBJECT (message), FLAGS_KEY, &flags);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_bad_certificate), self);
  stream = soup_session_send (request->pacer != NULL ? self->uploads : self->session, message,
                              cancellable, &reason);
  if (stream != NULL)
    {
      GError *stranger = yeji_stranger_explain (message);

      if (stranger != NULL)
        {
          g_propagate_error (error, stranger);
          return NULL;
        }
      content = read_body (stream, request->max_size > 0 ? request->max_size : MAX_BODY,
                           cancellable, &reason);
    }
  if (request->max_size > 0
      && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  if (content == NULL && flags != 0 && reason->domain == G_TLS_ERROR)
    {
      g_propagate_error (error, yeji_sync_error_new_certificate (flags));
      g_error_free (reason);
      return NULL;
    }
  if (content == NULL)
    {
      propagate_unreachable (self, error, reason);
      return NULL;
    }
  return request->max_size > 0 ? yeji_reply_new_raw (message, content, error)
                               : yeji_reply_new (message, content, error);
}

static YejiReply *
exchange (YejiProvince   *self,
          const Request  *request,
          const char     *access,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autoptr (SoupMessage) message = make_message (self, request, access);
  YejiDeadline *deadline = yeji_deadline_begin (cancellable, self->time_limit * CONNECT_TIMES);
  g_autoptr (GError) reason = NULL;
  YejiReply *reply;

  g_object_set_data (G_OBJECT (message), PROVINCE_KEY, self);
  g_object_set_data (G_OBJECT (message), DEADLINE_KEY, deadline);
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), (gpointer) request);
  reply = send_and_read (self, request, message, yeji_deadline_get_cancellable (deadline), &reason);
  g_signal_handlers_disconnect_by_func (message, on_starting, (gpointer) request);
  if (yeji_deadline_end (deadline) && reply == NULL
      && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, yeji_sync_error_new_cause (YEJI_SYNC_ERROR_UNREACHABLE,
                                                         YEJI_SYNC_CAUSE_TIMEOUT,
                                                         "it takes longer than it may"));
  else if (reply == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  if (reply != NULL)
    g_atomic_int_set (&self->clock,
                      (int) CLAMP (yeji_reply_read_clock (reply->headers,
                                                          g_get_real_time () / G_USEC_PER_SEC),
                                   G_MININT, G_MAXINT));
  return reply;
}

static void
set_signed_out (GError **error)
{
  g_propagate_error (error, yeji_sync_error_new_cause (YEJI_SYNC_ERROR_SIGNED_OUT,
                                                       YEJI_SYNC_CAUSE_SESSION,
                                                       "the province no longer takes the session"));
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
              const char    *used,
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
  return yeji_token_holder_renew (self->tokens, used, access, refresh, error);
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
  g_autofree char *access = yeji_token_holder_dup_access (self->tokens);
  g_autofree char *refresh = yeji_token_holder_dup_refresh (self->tokens);
  g_autoptr (YejiReply) reply = NULL;

  if (refresh != NULL && g_strcmp0 (access, used) != 0)
    return TRUE;
  /* whoever else has this profile open may have done it, or may have signed out */
  if (refresh != NULL && yeji_token_holder_find (self->tokens, refresh))
    return TRUE;
  if (refresh == NULL)
    {
      set_signed_out (error);
      return FALSE;
    }

  reply = post_refresh (self, refresh, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_UNAUTHORIZED)
    {
      if (yeji_token_holder_find (self->tokens, refresh))
        return TRUE;
      if (yeji_token_holder_end (self->tokens, error))
        set_signed_out (error);
      return FALSE;
    }
  return yeji_reply_check (reply, error) && take_renewed (self, refresh, reply, error);
}

static YejiReply *
exchange_signed_in (YejiProvince   *self,
                    const Request  *request,
                    GCancellable   *cancellable,
                    GError        **error)
{
  for (guint i = 0; i < MAX_SESSIONS; i++)
    {
      g_autofree char *access = yeji_token_holder_dup_access (self->tokens);
      g_autoptr (YejiReply) reply = NULL;

      if (access != NULL)
        {
          reply = exchange (self, request, access, cancellable, error);
          if (reply == NULL || reply->status != SOUP_STATUS_UNAUTHORIZED)
            return g_steal_pointer (&reply);
        }
      if (i + 1 < MAX_SESSIONS && !renew (self, access, cancellable, error))
        return NULL;
    }
  set_signed_out (error);
  return NULL;
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
  g_clear_object (&self->trust);
  g_clear_object (&self->identity);
  g_clear_object (&self->proxies);
  g_clear_object (&self->store);
  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->url);
  g_free (self->user);
  g_clear_pointer (&self->tokens, yeji_token_holder_free);
  g_mutex_clear (&self->renewal);
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
  self->time_limit = TIME_LIMIT;
  self->proxies = g_object_ref (g_proxy_resolver_get_default ());
  g_mutex_init (&self->renewal);
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

/* What goes to this very computer in the clear goes through nobody else. */
static void
set_proxy (YejiProvince *self)
{
  if (g_str_equal (g_uri_get_scheme (self->base), "https"))
    return;
  yeji_province_set_proxy_resolver (self, NULL);
}

static gboolean
set_trust (YejiProvince  *self,
           GError       **error)
{
  g_autoptr (GError) reason = NULL;

  self->trust = yeji_trust_new_for_store (self->store, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (self->trust != NULL)
    {
      /* so it is asked about every certificate, and answers by itself */
      soup_session_set_tls_database (self->session, NULL);
      soup_session_set_tls_database (self->uploads, NULL);
      self->identity = g_network_address_new (g_uri_get_host (self->base),
                                              (guint16) g_uri_get_port (self->base));
    }
  return TRUE;
}

static void
take_time_limit (YejiProvince *self)
{
  g_autofree char *text = yeji_store_get_setting (self->store, SETTING_TIME_LIMIT, NULL);
  guint64 seconds;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, MOST_PATIENCE, &seconds, NULL))
    yeji_province_set_time_limit (self, (guint) seconds);
}

/**
 * yeji_province_new_for_url:
 * @store: where renewed tokens are kept
 * @url: an address as typed
 *
 * Makes a province without a session, in which nobody can do anything but sign in. Fails as
 * yeji_account_check_url() does, and with #YEJI_SYNC_ERROR_CERTIFICATE when what the profile
 * trusts cannot be read.
 *
 * Returns: (transfer full) (nullable): the province, %NULL on error
 */
YejiProvince *
yeji_province_new_for_url (YejiStore   *store,
                           const char  *url,
                           GError     **error)
{
  g_autofree char *checked = NULL;
  g_autoptr (YejiProvince) self = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  checked = yeji_account_check_url (url, error);
  if (checked == NULL)
    return NULL;
  self = g_object_new (YEJI_TYPE_PROVINCE, NULL);
  self->store = g_object_ref (store);
  self->tokens = yeji_token_holder_new (store, NULL);
  self->base = g_uri_parse (checked, SOUP_HTTP_URI_FLAGS, NULL);
  self->url = g_steal_pointer (&checked);
  take_time_limit (self);
  set_proxy (self);
  return set_trust (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * yeji_province_new_for_account:
 *
 * Makes the province of an account, which need not be the profile's. Fails as
 * yeji_province_new_for_url() does.
 *
 * Returns: (transfer full) (nullable): the province, %NULL on error
 */
YejiProvince *
yeji_province_new_for_account (YejiStore          *store,
                               const YejiAccount  *account,
                               GError            **error)
{
  YejiProvince *self = yeji_province_new_for_url (store, account->url, error);

  if (self == NULL)
    return NULL;
  self->user = g_strdup (account->name != NULL ? account->name : account->user);
  yeji_token_holder_free (self->tokens);
  self->tokens = yeji_token_holder_new (store, account);
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

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  account = yeji_account_load (store, error);
  return account != NULL ? yeji_province_new_for_account (store, account, error) : NULL;
}

/**
 * yeji_province_get_clock:
 *
 * Returns: by how many seconds the province's clock is ahead of this computer's, as its last answer
 *   told
 */
gint64
yeji_province_get_clock (YejiProvince *self)
{
  g_return_val_if_fail (YEJI_IS_PROVINCE (self), 0);

  return g_atomic_int_get (&self->clock);
}

/**
 * yeji_province_leave:
 *
 * Leaves the profile's tokens alone from now on, to end the session that the profile has forgotten.
 * Before other threads use it.
 */
void
yeji_province_leave (YejiProvince *self)
{
  g_return_if_fail (YEJI_IS_PROVINCE (self));

  yeji_token_holder_detach (self->tokens);
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
 * yeji_province_set_proxy_resolver:
 * @resolver: (nullable): %NULL for no proxy at all
 *
 * Sets who says which proxy to go through, in place of the system. Not while a request runs.
 */
void
yeji_province_set_proxy_resolver (YejiProvince   *self,
                                  GProxyResolver *resolver)
{
  g_return_if_fail (YEJI_IS_PROVINCE (self));

  g_set_object (&self->proxies, resolver);
  soup_session_set_proxy_resolver (self->session, resolver);
  soup_session_set_proxy_resolver (self->uploads, resolver);
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

  self->time_limit = seconds;
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
    .upload = upload,
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
  return yeji_province_fetch_if (self, path, NULL, max_size, cancellable, error);
}

/**
 * yeji_province_fetch_if:
 * @known: (nullable): an entity tag with its quotes: what has it is not sent again
 *
 * Does what yeji_province_fetch() does, unless the answer would be what is known: then its status is
 * 304, without content.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiReply *
yeji_province_fetch_if (YejiProvince  *self,
                        const char    *path,
                        const char    *known,
                        gsize          max_size,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  g_return_val_if_fail (YEJI_IS_PROVINCE (self), NULL);
  g_return_val_if_fail (max_size > 0, NULL);

  if (known != NULL)
    {
      g_ptr_array_add (headers, (gpointer) "If-None-Match");
      g_ptr_array_add (headers, (gpointer) known);
    }

  return run_request (self, &(Request) { "GET", path, NULL, NULL, headers, max_size }, cancellable,
                      error);
}
