// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-certificate.h"

#include "sync-fixture.h"
#include "yeji-certificate-probe.h"

#include <string.h>

#define GOOD_KEY "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac9"
#define NO_KEY "0000000000000000000000000000000000000000000000000000000000000000"

/* A province behind TLS, that would take everything. */
typedef struct
{
  SyncFixture sync;
  SoupServer *server;
  char *url;
  guint n_requests;
} Site;

static char *
find_file (const char *name)
{
  return g_build_filename (g_getenv ("YEJI_CERTIFICATES"), name, NULL);
}

static char *
get_key_of (const char *name)
{
  g_autofree char *path = find_file (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return yeji_certificate_get_key (certificate);
}

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           data)
{
  Site *site = data;

  site->n_requests++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Yeji-Version", YEJI_WIRE_VERSION);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

static void
set_up (Site          *self,
        gconstpointer  data)
{
  sync_fixture_set_up (&self->sync, NULL);
}

static void
stop (Site *self)
{
  if (self->server == NULL)
    return;
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->url, g_free);
}

static void
start (Site       *self,
       const char *certificate)
{
  g_autofree char *path = find_file (certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) tls = g_tls_certificate_new_from_file (path, &error);
  GSList *uris;

  g_assert_no_error (error);
  stop (self);
  self->n_requests = 0;
  self->server = soup_server_new ("tls-certificate", tls, NULL);
  soup_server_add_handler (self->server, NULL, answer, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Site          *self,
           gconstpointer  data)
{
  stop (self);
  sync_fixture_tear_down (&self->sync, NULL);
}

static void
set_trust (Site       *self,
           const char *key,
           const char *authority)
{
  g_autofree char *path = authority != NULL ? find_file (authority) : NULL;
  const YejiTrustSettings settings = { (char *) key, path };
  g_autoptr (GError) error = NULL;

  yeji_trust_settings_write (&settings, self->sync.store, &error);
  g_assert_no_error (error);
}

static gboolean
call (SyncFixture   *fixture,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Site *site = data;
  g_autoptr (JsonNode) body = yeji_json_parse ("{\"password\": \"secret\"}", -1, NULL);
  g_autoptr (YejiProvince) province = yeji_province_new_for_url (fixture->store, site->url, error);
  g_autoptr (YejiReply) reply = NULL;

  if (province != NULL)
    reply = yeji_province_call (province, "POST", "/v1/session", body, cancellable, error, NULL);
  return reply != NULL;
}

static const struct
{
  const char *certificate;
  const char *authority;       /* (nullable) */
  const char *pinned;          /* (nullable): a certificate whose key it is, or a key */
  GTlsCertificateFlags flags;
} cases[] = {
  { "good.pem", "authority.pem", NULL, 0 },
  { "good.pem", "authority.pem", "good.pem", 0 },
  { "self.pem", "self.pem", NULL, 0 },
  { "good.pem", NULL, NULL, G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "good.pem", NULL, "good.pem", G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "good.pem", "stranger.pem", NULL, G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "self.pem", "authority.pem", NULL, G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "unknown.pem", "authority.pem", NULL, G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "name.pem", "authority.pem", NULL, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "expired.pem", "authority.pem", NULL, G_TLS_CERTIFICATE_EXPIRED },
  { "future.pem", "authority.pem", NULL, G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { "renewed.pem", "authority.pem", "good.pem", YEJI_CERTIFICATE_NOT_PINNED },
  { "good.pem", "authority.pem", NO_KEY, YEJI_CERTIFICATE_NOT_PINNED },
  { "name.pem", "authority.pem", "good.pem",
    G_TLS_CERTIFICATE_BAD_IDENTITY | YEJI_CERTIFICATE_NOT_PINNED },
};

static void
test_tells_what_is_wrong (Site          *self,
                          gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *key = NULL;
      g_autofree char *words = yeji_certificate_words (cases[i].flags);
      gboolean done;

      g_test_message ("case %u: %s", i, cases[i].certificate);
      if (cases[i].pinned != NULL)
        key = strlen (cases[i].pinned) == strlen (NO_KEY) ? g_strdup (cases[i].pinned)
                                                          : get_key_of (cases[i].pinned);
      set_trust (self, key, cases[i].authority);
      start (self, cases[i].certificate);
      done = sync_fixture_run (&self->sync, call, self, NULL, &error);
      g_assert_cmpuint (self->n_requests, ==, cases[i].flags == 0 ? 1 : 0);
      if (cases[i].flags == 0)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE);
          g_assert_cmphex (yeji_sync_error_get_certificate (error), ==, cases[i].flags);
          g_assert_cmpstr (error->message, ==, words);
        }
      g_assert_true (done == (cases[i].flags == 0));
    }
}

static gboolean
probe (SyncFixture   *fixture,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  Site *site = data;
  g_autoptr (YejiTrust) trust = yeji_trust_new_for_store (fixture->store, NULL);
  g_autofree char *good = get_key_of ("good.pem");
  g_autofree char *key = NULL;
  GTlsCertificateFlags flags;

  key = yeji_certificate_probe (site->url, trust, &flags, cancellable, error);
  g_assert_cmpstr (key, ==, good);
  g_assert_cmphex (flags, ==, trust != NULL ? 0 : G_TLS_CERTIFICATE_UNKNOWN_CA);
  return key != NULL;
}

static void
test_is_looked_at_without_trust (Site          *self,
                                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  start (self, "good.pem");
  sync_fixture_run (&self->sync, probe, self, NULL, &error);
  g_assert_no_error (error);
  set_trust (self, NULL, "authority.pem");
  sync_fixture_run (&self->sync, probe, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->n_requests, ==, 0);
}

static void
test_refuses_settings_that_mean_nothing (Site          *self,
                                         gconstpointer  data)
{
  g_autofree char *script = find_file ("make.sh");
  const YejiTrustSettings wrong[] = {
    { (char *) "abc", NULL },
    { NULL, (char *) "/nowhere/authority.pem" },
    { NULL, script },          /* no certificate is in it */
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (yeji_trust_settings_write (&wrong[i], self->sync.store, &error));
      g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE);
    }
  g_assert_null (yeji_trust_new_for_store (self->sync.store, NULL));
}

static void
test_says_when_the_authority_is_gone (Site          *self,
                                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  start (self, "good.pem");
  yeji_store_set_setting (self->sync.store, "pin.authority", "/nowhere/authority.pem", &error);
  g_assert_no_error (error);
  g_assert_false (sync_fixture_run (&self->sync, call, self, NULL, &error));
  g_assert_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_CERTIFICATE);
  g_assert_nonnull (strstr (error->message, "/nowhere/authority.pem"));
}

static void
test_reads_keys (void)
{
  static const struct
  {
    const char *text;
    const char *key;           /* NULL: none */
  } keys[] = {
    { "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac9",
      "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac9" },
    { " 24:FB:C5:D6:73:E0:6B:D3:C3:85:9C:1C:60:CD:CE:14:F9:E8:17:2D:08:A4:97:AF:57:B2:25:A0:BA:D4:"
      "0A:C9\n", "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac9" },
    { "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "", NULL },
    { "sha256//", NULL },
    { "24fbc5", NULL },
    { "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac", NULL },
    { "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac90", NULL },
    { "指纹", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *key = yeji_certificate_parse_key (keys[i].text);

      g_assert_cmpstr (key, ==, keys[i].key);
    }
}

/* Each flag has words of its own, and flags that nobody knows have some, too. */
static void
test_has_words_for_every_flag (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint bit = 0; bit < 7; bit++)
    g_assert_true (g_hash_table_add (seen,
                                     yeji_certificate_words ((GTlsCertificateFlags) (1 << bit))));
  g_assert_true (g_hash_table_add (seen, yeji_certificate_words (YEJI_CERTIFICATE_NOT_PINNED)));
  g_assert_true (g_hash_table_add (seen, yeji_certificate_words (0)));
}

/* As openssl x509 -pubkey, openssl pkey and sha256sum tell it of tests/certificates/good.pem. */
static void
test_takes_the_sum_of_the_key (void)
{
  g_autofree char *good = get_key_of ("good.pem");
  g_autofree char *renewed = get_key_of ("renewed.pem");

  g_assert_cmpstr (good, ==, GOOD_KEY);
  g_assert_cmpstr (renewed, !=, GOOD_KEY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Site, NULL, set_up, func, tear_down)
  ADD ("/sync/certificate/tells-what-is-wrong-and-sends-nothing", test_tells_what_is_wrong);
  ADD ("/sync/certificate/is-looked-at-without-trust", test_is_looked_at_without_trust);
  ADD ("/sync/certificate/refuses-settings-that-mean-nothing",
       test_refuses_settings_that_mean_nothing);
  ADD ("/sync/certificate/says-when-the-authority-is-gone", test_says_when_the_authority_is_gone);
  g_test_add_func ("/sync/certificate/reads-keys", test_reads_keys);
  g_test_add_func ("/sync/certificate/has-words-for-every-flag", test_has_words_for_every_flag);
  g_test_add_func ("/sync/certificate/takes-the-sum-of-the-key", test_takes_the_sum_of_the_key);
  return g_test_run ();
}
