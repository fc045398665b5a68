// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sync-engine.h"

#include <string.h>

#include "bad-line.h"
#include "sync-fixture.h"
#include "yeji-sync-words.h"
#include "yeji-trust.h"

/* An engine whose way to the province leads through a bad line. */
typedef struct
{
  SyncFixture base;
  BadLine *line;
  YejiSyncEngine *engine;
  YejiSyncState wanted;
} LineFixture;

#define HTML "Content-Type: text/html\r\nContent-Length: 26\r\n\r\n<html>Welcome here!</html>"
#define OURS "Yeji-Version: 1\r\n"
#define PROBLEM(kind, status, rest) \
  OURS "Content-Type: application/problem+json\r\nConnection: close\r\n" rest "\r\n" \
  "{\"type\": \"urn:yeji:problem:" kind "\", \"title\": \"Of its own\", \"status\": " status "}"

typedef struct
{
  BadLineMood mood;
  const char *says;            /* (nullable) */
  YejiSyncState state;
  YejiSyncCause cause;
  gint64 pause;                /* until the next try at least, seconds */
} Case;

static const Case cases[] = {
  /* a captive portal has many faces */
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\n" HTML, YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n" HTML,
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 307 Temporary Redirect\r\nLocation: /login\r\n" HTML,
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 511 Network Authentication Required\r\n" HTML,
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 404 Not Found\r\n" HTML, YEJI_SYNC_OFFLINE,
    YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\nYeji-Version: soon\r\n" HTML, YEJI_SYNC_OFFLINE,
    YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 407 Proxy Authentication Required\r\n" HTML, YEJI_SYNC_OFFLINE,
    YEJI_SYNC_CAUSE_PROXY_PASSWORD },
  /* the province is looked after */
  { BAD_LINE_SAYS, "HTTP/1.1 502 Bad Gateway\r\n" HTML, YEJI_SYNC_BUSY,
    YEJI_SYNC_CAUSE_GATEWAY },
  { BAD_LINE_SAYS, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 70\r\n" HTML,
    YEJI_SYNC_BUSY, YEJI_SYNC_CAUSE_GATEWAY, 70 },
  { BAD_LINE_SAYS, "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 40\r\n" HTML, YEJI_SYNC_BUSY,
    YEJI_SYNC_CAUSE_THROTTLED, 40 },
  { BAD_LINE_SAYS, "HTTP/1.1 500 Oops\r\n" PROBLEM ("internal", "500", ""), YEJI_SYNC_BUSY,
    YEJI_SYNC_CAUSE_SERVER },
  { BAD_LINE_SAYS, "HTTP/1.1 507 Full\r\n" PROBLEM ("full", "507", ""), YEJI_SYNC_BUSY,
    YEJI_SYNC_CAUSE_FULL },
  { BAD_LINE_SAYS, "HTTP/1.1 403 No\r\n" PROBLEM ("forbidden", "403", ""), YEJI_SYNC_TROUBLE,
    YEJI_SYNC_CAUSE_DENIED },
  /* a server that lies about its patience is asked within the hour */
  { BAD_LINE_SAYS, "HTTP/1.1 503 No\r\n" PROBLEM ("internal", "503",
                                                   "Retry-After: 99999999999999\r\n"),
    YEJI_SYNC_BUSY, YEJI_SYNC_CAUSE_SERVER, 3600 },
  /* a line that dies */
  { BAD_LINE_CLOSED, NULL, YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_BROKEN },
  { BAD_LINE_SILENT, NULL, YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_TIMEOUT },
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\n" OURS "Content-Length: 1000\r\n\r\n{\"chan",
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_BROKEN },
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\n" OURS "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"ch",
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_BROKEN },
  /* (a head that ends where it should not is one for libsoup) */
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\nYeji-Ver", YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\n" OURS "Content-Length: 2\r\n\r\nok", YEJI_SYNC_OFFLINE,
    YEJI_SYNC_CAUSE_GARBLED },
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\n" OURS "Content-Length: 2\r\n\r\n{}", YEJI_SYNC_OFFLINE,
    YEJI_SYNC_CAUSE_GARBLED },
  { BAD_LINE_SAYS, "SSH-2.0-OpenSSH_9.2\r\n", YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
  { BAD_LINE_DRIPS, "HTTP/1.1 200 OK\r\n" OURS "X-Drip: it goes on and on and on and on and on and"
                    " on and on and on and on and on and on and on and on and on and on and on",
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_TIMEOUT },
  /* another version of the protocol */
  { BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\nYeji-Version: 2\r\nContent-Length: 2\r\n\r\n{}",
    YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_CAUSE_CLIENT_OLD, 1800 },
  { BAD_LINE_SAYS, "HTTP/1.1 426 Upgrade Required\r\n" PROBLEM ("version", "426", ""),
    YEJI_SYNC_INCOMPATIBLE, YEJI_SYNC_CAUSE_CLIENT_OLD, 1800 },
};

static void
go_through (LineFixture *fixture,
            const char  *url)
{
  g_autoptr (YejiAccount) account = yeji_account_load (fixture->base.store, NULL);
  g_autoptr (GError) error = NULL;

  g_free (account->url);
  account->url = g_strdup (url);
  yeji_account_save (fixture->base.store, account, &error);
  g_assert_no_error (error);
}

static void
set_up (LineFixture   *fixture,
        gconstpointer  data)
{
  sync_fixture_set_up (&fixture->base, data);
  fixture->base.fake->impatient = TRUE;
  fixture->line = bad_line_new (fixture->base.fake->url);
  go_through (fixture, bad_line_get_url (fixture->line));
  fixture->engine = yeji_sync_engine_new (fixture->base.store);
}

static void
tear_down (LineFixture   *fixture,
           gconstpointer  data)
{
  yeji_sync_engine_stop (fixture->engine);
  yeji_test_wait_until (yeji_test_is_last, fixture->engine, SYNC_TIME_LIMIT);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  bad_line_free (fixture->line);
  sync_fixture_tear_down (&fixture->base, data);
}

static gboolean
has_wanted (gpointer fixture)
{
  LineFixture *self = fixture;

  return yeji_sync_engine_get_state (self->engine) == self->wanted;
}

static void
wait_for (LineFixture   *fixture,
          YejiSyncState  state)
{
  fixture->wanted = state;
  yeji_test_wait_until (has_wanted, fixture, SYNC_TIME_LIMIT);
}

/* Where nothing comes, a second of silence is enough; where something does, a busy computer has time
 * for it. The limit is read when the account is. */
static void
be_patient (LineFixture *fixture,
            BadLineMood  mood)
{
  const char *limit = mood == BAD_LINE_SILENT || mood == BAD_LINE_DRIPS ? "1" : "30";
  g_autofree char *before = yeji_store_get_setting (fixture->base.store, "time-limit", NULL);

  if (g_strcmp0 (before, limit) == 0)
    return;
  yeji_store_set_setting (fixture->base.store, "time-limit", limit, NULL);
  yeji_sync_engine_stop (fixture->engine);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_ONLINE);
}

static void
assert_told (LineFixture *fixture,
             const Case  *one)
{
  const YejiSyncOutcome *outcome = yeji_sync_engine_get_outcome (fixture->engine);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (YejiSyncOutcome) kept = yeji_sync_outcome_load (fixture->base.store, NULL);
  g_autofree char *words = yeji_sync_words (outcome, NULL, YEJI_SYNC_TELLER_ENGINE);
  g_autofree char *cause = yeji_sync_words_cause (one->cause, outcome->detail);

  g_assert_cmpint (outcome->cause, ==, one->cause);
  g_assert_nonnull (strstr (words, cause));
  g_assert_cmpint (outcome->next, >=, now + one->pause - 5);
  g_assert_cmpint (outcome->next, <=, now + MAX (one->pause * 2, 30) + 5);
  /* the command line tells the same */
  g_assert_cmpint (kept->cause, ==, one->cause);
  g_assert_cmpint (kept->state, ==, one->state);
  g_assert_cmpstr (kept->since, ==, outcome->since);
  g_assert_nonnull (kept->heard);
}

static void
test_says_what_is_the_matter (LineFixture   *fixture,
                              gconstpointer  data)
{
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_ONLINE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u: %s", i, cases[i].says != NULL ? cases[i].says : "");
      be_patient (fixture, cases[i].mood);
      bad_line_set (fixture->line, cases[i].mood, cases[i].says);
      yeji_sync_engine_try_now (fixture->engine);
      wait_for (fixture, cases[i].state);
      assert_told (fixture, &cases[i]);

      bad_line_set (fixture->line, BAD_LINE_GOOD, NULL);
      yeji_sync_engine_try_now (fixture->engine);
      wait_for (fixture, YEJI_SYNC_ONLINE);
      g_assert_cmpint (yeji_sync_engine_get_outcome (fixture->engine)->cause, ==,
                       YEJI_SYNC_CAUSE_NONE);
    }
  /* nobody was signed out by any of it */
  g_assert_cmpuint (fixture->base.fake->refreshes, ==, 0);
}

/* By the clock of who says it, where that is told. */
static void
test_reads_when_to_come_again (void)
{
  static const struct
  {
    const char *value;         /* (nullable) */
    const char *date;          /* (nullable): of the answer */
    guint seconds;
  } answers[] = {
    { NULL, NULL, 0 },
    { "0", NULL, 0 },
    { "100", NULL, 100 },
    { "3600", NULL, 3600 },
    { "3601", NULL, 3600 },
    { "18446744073709551615", NULL, 3600 },
    { "99999999999999999999999", NULL, 0 },
    { "-5", NULL, 0 },
    { "soon", NULL, 0 },
    { "", NULL, 0 },
    { "Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:00 GMT", 60 },
    { "Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:29:00 GMT", 0 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 2026 07:29:00 GMT", 3600 },
    { "Wed, 21 Oct 2099 07:28:00 GMT", NULL, 3600 },
    { "Wed, 21 Oct 1999 07:28:00 GMT", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

      if (answers[i].value != NULL)
        soup_message_headers_replace (headers, "Retry-After", answers[i].value);
      if (answers[i].date != NULL)
        soup_message_headers_replace (headers, "Date", answers[i].date);
      g_assert_cmpuint (yeji_reply_read_retry_after (headers), ==, answers[i].seconds);
      soup_message_headers_unref (headers);
    }
}

static gboolean
has_submitted (gpointer fixture)
{
  LineFixture *self = fixture;

  return sync_fixture_get_n_queued (&self->base) == 0;
}

static void
test_goes_on_when_the_line_is_back (LineFixture   *fixture,
                                    gconstpointer  data)
{
  g_autofree char *uuid = sync_fixture_add (&fixture->base, "一号楼");

  bad_line_set (fixture->line, BAD_LINE_CLOSED, NULL);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_OFFLINE);
  sync_fixture_queue (&fixture->base, uuid);
  yeji_sync_engine_wake (fixture->engine);
  wait_for (fixture, YEJI_SYNC_OFFLINE);
  bad_line_set (fixture->line, BAD_LINE_GOOD, NULL);
  yeji_test_wait_until (has_submitted, fixture, SYNC_TIME_LIMIT);
  wait_for (fixture, YEJI_SYNC_ONLINE);
}

static void
test_what_is_queued_does_not_hurry_the_province (LineFixture   *fixture,
                                                 gconstpointer  data)
{
  guint n_visits;

  bad_line_set (fixture->line, BAD_LINE_SAYS,
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 600\r\n" HTML);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_BUSY);
  n_visits = bad_line_count (fixture->line);
  for (guint i = 0; i < 10; i++)
    yeji_sync_engine_wake (fixture->engine);
  g_assert_cmpint (yeji_sync_engine_get_state (fixture->engine), ==, YEJI_SYNC_BUSY);
  g_assert_cmpuint (bad_line_count (fixture->line), ==, n_visits);
  yeji_sync_engine_try_now (fixture->engine);
  g_assert_cmpint (yeji_sync_engine_get_state (fixture->engine), ==, YEJI_SYNC_RUNNING);
  wait_for (fixture, YEJI_SYNC_BUSY);
  g_assert_cmpuint (bad_line_count (fixture->line), >, n_visits);
}

static void
test_says_which_version_it_speaks (LineFixture   *fixture,
                                   gconstpointer  data)
{
  bad_line_set (fixture->line, BAD_LINE_SAYS, "HTTP/1.1 200 OK\r\n" HTML);
  yeji_sync_engine_start (fixture->engine);
  wait_for (fixture, YEJI_SYNC_OFFLINE);
  g_assert_nonnull (strstr (bad_line_get_head (fixture->line), "\r\nYeji-Version: 1\r\n"));
}

static const struct
{
  const char *url;
  YejiSyncCause cause;
} addresses[] = {
  { "https://no-such-name.invalid", YEJI_SYNC_CAUSE_NAME },
  { "http://127.0.0.1:1", YEJI_SYNC_CAUSE_REFUSED },
  { "http://[::1]:1", YEJI_SYNC_CAUSE_REFUSED },
};

static void
test_tells_addresses_that_lead_nowhere (LineFixture   *fixture,
                                        gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      go_through (fixture, addresses[i].url);
      yeji_sync_engine_start (fixture->engine);
      wait_for (fixture, YEJI_SYNC_OFFLINE);
      g_test_message ("%s: %s", addresses[i].url, yeji_sync_engine_get_message (fixture->engine));
      /* a computer without IPv6 has no way there */
      if (yeji_sync_engine_get_outcome (fixture->engine)->cause != YEJI_SYNC_CAUSE_NO_NETWORK)
        g_assert_cmpint (yeji_sync_engine_get_outcome (fixture->engine)->cause, ==,
                         addresses[i].cause);
      yeji_sync_engine_stop (fixture->engine);
    }
}

/* A proxy that is given to the client instead of the system's. */
typedef struct
{
  GObject parent_instance;
  char *proxy;
} TestResolver;

typedef GObjectClass TestResolverClass;

static GType test_resolver_get_type (void);

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
look_up (GProxyResolver  *resolver,
         const char      *uri,
         GCancellable    *cancellable,
         GError         **error)
{
  char **proxies = g_new0 (char *, 2);

  proxies[0] = g_strdup (((TestResolver *) resolver)->proxy);
  return proxies;
}

static void
implement (GProxyResolverInterface *interface)
{
  interface->is_supported = is_supported;
  interface->lookup = look_up;
}

G_DEFINE_TYPE_WITH_CODE (TestResolver, test_resolver, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, implement))

static void
test_resolver_finalize (GObject *object)
{
  g_free (((TestResolver *) object)->proxy);
  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  klass->finalize = test_resolver_finalize;
}

static void
test_resolver_init (TestResolver *self)
{
}

static gboolean
ask (SyncFixture   *base,
     gpointer       province,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (YejiReply) reply = yeji_province_call (province, "POST", "/v1/session", NULL,
                                                    cancellable, error, NULL);

  return reply != NULL;
}

static const Case proxies[] = {
  { BAD_LINE_SAYS, "HTTP/1.1 407 Proxy Authentication Required\r\n"
                   "Proxy-Authenticate: Basic realm=\"office\"\r\n" HTML,
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_PROXY_PASSWORD },
  { BAD_LINE_SAYS, "HTTP/1.1 403 Forbidden\r\n" HTML, YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_PROXY },
  { BAD_LINE_SAYS, "HTTP/1.1 502 Bad Gateway\r\n" HTML, YEJI_SYNC_OFFLINE,
    YEJI_SYNC_CAUSE_PROXY },
  { BAD_LINE_SAYS, "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n" HTML,
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_PROXY },
  { BAD_LINE_CLOSED, NULL, YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_BROKEN },
  { BAD_LINE_SILENT, NULL, YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_TIMEOUT },
#ifdef G_OS_UNIX   /* OpenSSL, which speaks TLS on Windows, only says that writing failed */
  { BAD_LINE_SAYS, "HTTP/1.1 200 Connection established\r\n\r\nno TLS at all, sorry\r\n",
    YEJI_SYNC_OFFLINE, YEJI_SYNC_CAUSE_FOREIGN },
#endif
};

static void
test_says_what_the_proxy_wants (SyncFixture   *fixture,
                                gconstpointer  data)
{
  BadLine *line = bad_line_new ("");
  g_autoptr (YejiProvince) province = yeji_province_new_for_url (fixture->store,
                                                                 "https://province.example", NULL);
  TestResolver *resolver = g_object_new (test_resolver_get_type (), NULL);

  resolver->proxy = g_strdup (bad_line_get_url (line));
  yeji_province_set_proxy_resolver (province, G_PROXY_RESOLVER (resolver));
  for (guint i = 0; i < G_N_ELEMENTS (proxies); i++)
    {
      g_autoptr (GError) error = NULL;

      bad_line_set (line, proxies[i].mood, proxies[i].says);
      yeji_province_set_time_limit (province, proxies[i].mood == BAD_LINE_SILENT ? 1 : 30);
      g_assert_false (sync_fixture_run (fixture, ask, province, NULL, &error));
      g_test_message ("%u: %s %d: %s", i, g_quark_to_string (error->domain), error->code,
                      error->message);
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE);
      g_assert_cmpint (yeji_sync_cause_of (error), ==, proxies[i].cause);
    }
  g_assert_true (g_str_has_prefix (bad_line_get_head (line), "CONNECT province.example:443 "));
  g_assert_null (strstr (bad_line_get_head (line), "Authorization"));

  g_clear_object (&province);
  g_object_unref (resolver);
  bad_line_free (line);
}

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Yeji-Version", YEJI_WIRE_VERSION);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

/* The token goes through the proxy in TLS, which it cannot read. */
static void
test_goes_through_a_proxy (SyncFixture   *fixture,
                           gconstpointer  data)
{
  g_autofree char *good = g_build_filename (g_getenv ("YEJI_CERTIFICATES"), "good.pem", NULL);
  g_autofree char *authority = g_build_filename (g_getenv ("YEJI_CERTIFICATES"), "authority.pem",
                                                 NULL);
  const YejiTrustSettings trust = { NULL, authority };
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (good, &error);
  g_autoptr (SoupServer) server = soup_server_new ("tls-certificate", certificate, NULL);
  g_autoptr (YejiProvince) province = NULL;
  TestResolver *resolver = g_object_new (test_resolver_get_type (), NULL);
  g_autofree char *url = NULL;
  BadLine *proxy;
  GSList *uris;

  g_assert_no_error (error);
  soup_server_add_handler (server, NULL, answer, NULL, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                            &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_assert_true (yeji_trust_settings_write (&trust, fixture->store, NULL));
  province = yeji_province_new_for_url (fixture->store, url, &error);
  g_assert_no_error (error);

  proxy = bad_line_new (url);
  bad_line_set (proxy, BAD_LINE_PROXY, NULL);
  resolver->proxy = g_strdup (bad_line_get_url (proxy));
  yeji_province_set_proxy_resolver (province, G_PROXY_RESOLVER (resolver));
  sync_fixture_run (fixture, ask, province, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (bad_line_get_head (proxy), "CONNECT 127.0.0.1:"));
  g_assert_cmpuint (bad_line_count (proxy), ==, 1);

  g_clear_object (&province);
  soup_server_disconnect (server);
  g_object_unref (resolver);
  bad_line_free (proxy);
}

static void
test_does_not_find_the_proxy (SyncFixture   *fixture,
                              gconstpointer  data)
{
  g_autoptr (YejiProvince) province = yeji_province_new_for_url (fixture->store,
                                                                 "https://province.example", NULL);
  TestResolver *resolver = g_object_new (test_resolver_get_type (), NULL);
  g_autoptr (GError) error = NULL;

  resolver->proxy = g_strdup ("http://127.0.0.1:1");
  yeji_province_set_proxy_resolver (province, G_PROXY_RESOLVER (resolver));
  g_assert_false (sync_fixture_run (fixture, ask, province, NULL, &error));
  g_test_message ("%s %d: %s", g_quark_to_string (error->domain), error->code, error->message);
  g_assert_cmpint (yeji_sync_cause_of (error), ==, YEJI_SYNC_CAUSE_PROXY);
  g_object_unref (resolver);
}

#define line_test_add(path, func) \
  g_test_add (path, LineFixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  line_test_add ("/sync/bad-lines/says-what-is-the-matter", test_says_what_is_the_matter);
  g_test_add_func ("/sync/bad-lines/reads-when-to-come-again", test_reads_when_to_come_again);
  line_test_add ("/sync/bad-lines/goes-on-when-the-line-is-back",
                 test_goes_on_when_the_line_is_back);
  line_test_add ("/sync/bad-lines/what-is-queued-does-not-hurry-the-province",
                 test_what_is_queued_does_not_hurry_the_province);
  line_test_add ("/sync/bad-lines/says-which-version-it-speaks",
                 test_says_which_version_it_speaks);
  line_test_add ("/sync/bad-lines/tells-addresses-that-lead-nowhere",
                 test_tells_addresses_that_lead_nowhere);
  sync_test_add ("/sync/bad-lines/says-what-the-proxy-wants", test_says_what_the_proxy_wants);
  sync_test_add ("/sync/bad-lines/goes-through-a-proxy", test_goes_through_a_proxy);
  sync_test_add ("/sync/bad-lines/does-not-find-the-proxy", test_does_not_find_the_proxy);
  return g_test_run ();
}
