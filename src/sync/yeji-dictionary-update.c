// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-dictionary-update.h"

#include <sodium.h>
#include <string.h>

#include "yeji-program-update.h"
#include "yeji-receipt-trust.h"

#define MAX_BUNDLE (32 * 1024 * 1024)

/* A code, and behind a line feed what there is to say beyond. */
#define SETTING_PROBLEM "dictionary.problem"
/* The first key that a province signed with, and which province that was. */
#define SETTING_KEY     "dictionary.key"
#define SETTING_KEY_URL "dictionary.key-url"

typedef enum
{
  REASON_NONE,
  REASON_ANNOUNCEMENT,
  REASON_TOO_LARGE,
  REASON_SUM,
  REASON_UNREADABLE,
  REASON_FOREIGN,
  REASON_VERSION,
  REASON_UNSIGNED,
  REASON_KEY,
  REASON_SIGNATURE,
  N_REASONS
} Reason;

static const struct
{
  const char *word;
  YejiText message;
} reasons[N_REASONS] = {
  [REASON_ANNOUNCEMENT] = {
    "announcement",
    { { "平台没有说明数据字典的版本或校验和，暂不更新。请告知平台管理员。",
        "The province does not say the version or the checksum of its dictionary, so it was not "
        "taken. Please tell the province." } },
  },
  [REASON_TOO_LARGE] = {
    "too-large",
    { { "取得的数据字典过大，没有采用。请稍后再同步；仍不行请告知平台管理员。",
        "The dictionary that came is too large and was not taken. Synchronise again later, or tell "
        "the province." } },
  },
  [REASON_SUM] = {
    "sum",
    { { "取得的数据字典不完整或被改动，没有采用。请稍后再同步；仍不行请告知平台管理员。",
        "The dictionary that came is damaged or was changed on the way, and was not taken. "
        "Synchronise again later, or tell the province." } },
  },
  [REASON_UNREADABLE] = {
    "unreadable",
    { { "本程序读不了平台的新数据字典，没有采用。请更新程序。",
        "This program cannot read the province's new dictionary, which was not taken. Update the "
        "program." } },
  },
  [REASON_FOREIGN] = {
    "foreign",
    { { "取得的是另一种数据字典，没有采用。请核对平台地址。",
        "What came is another dictionary altogether, and was not taken. Check the province's "
        "address." } },
  },
  [REASON_VERSION] = {
    "version",
    { { "取得的数据字典与平台公布的版本不同，没有采用。请稍后再同步。",
        "The dictionary that came is not of the version that the province announced, and was not "
        "taken. Synchronise again later." } },
  },
  [REASON_UNSIGNED] = {
    "unsigned",
    { { "平台以前对数据字典签名，这一份没有签名，没有采用。请向平台管理员核实。",
        "The province signed its dictionary before, and this one is not signed: it was not taken. "
        "Ask the province." } },
  },
  [REASON_KEY] = {
    "key",
    { { "数据字典的签名密钥与首次登录时不同，没有采用。请向平台管理员核实。",
        "The dictionary is signed with another key than at the first sign-in: it was not taken. "
        "Ask the province." } },
  },
  [REASON_SIGNATURE] = {
    "signature",
    { { "数据字典的签名不正确，没有采用。请向平台管理员核实。",
        "The signature of the dictionary is wrong: it was not taken. Ask the province." } },
  },
};

typedef struct
{
  YejiStore *store;
  YejiProvince *province;
  GCancellable *cancellable;

  char *version;               /* what the province announces */
  char *sha256;
  char *key;                   /* (nullable) */
  char *signature;             /* (nullable) */

  GBytes *bundle;
  YejiDictionary *dictionary;
  YejiDictionaryNews news;
  Reason reason;
  char *detail;                /* (nullable) */
} Update;

typedef gboolean (*UpdateStep) (Update  *self,
                                GError **error);

static void
update_clear (Update *self)
{
  g_free (self->version);
  g_free (self->sha256);
  g_free (self->key);
  g_free (self->signature);
  g_clear_pointer (&self->bundle, g_bytes_unref);
  g_clear_object (&self->dictionary);
  g_free (self->detail);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Update, update_clear)

/* Ends the update without an error: the rest of the synchronisation has nothing to do with it. */
static gboolean
refuse (Update     *self,
        Reason      reason,
        const char *detail)
{
  g_info ("the province's dictionary is not taken: %s %s", reasons[reason].word,
          detail != NULL ? detail : "");
  self->news = YEJI_DICTIONARY_REFUSED;
  self->reason = reason;
  self->detail = g_strdup (detail);
  return FALSE;
}

static gboolean
finish (Update             *self,
        YejiDictionaryNews  news)
{
  self->news = news;
  return FALSE;
}

static gboolean
get_setting (Update      *self,
             const char  *name,
             char       **value,
             GError     **error)
{
  GError *failure = NULL;

  *value = yeji_store_get_setting (self->store, name, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
is_sum (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* A province that announces nothing has the dictionary that everybody has. */
static gboolean
ask (Update  *self,
     GError **error)
{
  g_autoptr (YejiReply) reply = yeji_province_call (self->province, "GET", "/v1/config", NULL,
                                                    self->cancellable, error, NULL);
  JsonObject *config, *object;

  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_NOT_FOUND)
    return finish (self, YEJI_DICTIONARY_SAME);
  if (!yeji_reply_check (reply, error))
    return FALSE;
  config = yeji_json_node_object (reply->body);
  if (config != NULL
      && !yeji_receipt_trust_learn (self->store, yeji_province_get_url (self->province), config,
                                    error))
    return FALSE;
  if (config != NULL && !yeji_program_update_learn (self->store, config, error))
    return FALSE;
  object = config != NULL ? yeji_json_get_object (config, "dictionary") : NULL;
  if (object == NULL || yeji_json_get_string (object, "version") == NULL)
    return refuse (self, REASON_ANNOUNCEMENT, NULL);
  self->version = g_strdup (yeji_json_get_string (object, "version"));
  self->sha256 = g_strdup (yeji_json_get_string (object, "sha256"));
  self->key = g_strdup (yeji_json_get_string (object, "key"));
  self->signature = g_strdup (yeji_json_get_string (object, "signature"));
  return TRUE;
}

/* Trust on first use: whoever signs first is the province, until the profile goes to another. */
static gboolean
check_key (Update  *self,
           GError **error)
{
  const char *url = yeji_province_get_url (self->province);
  g_autofree char *key = NULL;
  g_autofree char *key_url = NULL;

  if (!get_setting (self, SETTING_KEY, &key, error)
      || !get_setting (self, SETTING_KEY_URL, &key_url, error))
    return FALSE;
  if (key == NULL || g_strcmp0 (key_url, url) != 0)
    return self->key == NULL
           || (yeji_store_set_setting (self->store, SETTING_KEY, self->key, error)
               && yeji_store_set_setting (self->store, SETTING_KEY_URL, url, error));
  if (self->key == NULL || self->signature == NULL)
    return refuse (self, REASON_UNSIGNED, NULL);
  return g_str_equal (key, self->key) || refuse (self, REASON_KEY, NULL);
}

static gboolean
compare (Update  *self,
         GError **error)
{
  g_autoptr (YejiDictionary) offered = yeji_store_get_offered_dictionary (self->store);
  g_autofree char *used = yeji_store_dup_dictionary_version (self->store, error);
  g_autofree char *sum = NULL;
  GError *failure = NULL;

  if (used == NULL)
    return FALSE;
  if (g_str_equal (used, self->version))
    {
      if (offered == NULL || yeji_store_withdraw_dictionary (self->store, error))
        return finish (self, YEJI_DICTIONARY_SAME);
      return FALSE;
    }
  if (!is_sum (self->sha256))
    return refuse (self, REASON_ANNOUNCEMENT, NULL);
  sum = yeji_store_find_dictionary_sum (self->store, self->version, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (g_strcmp0 (sum, self->sha256) != 0)
    return TRUE;
  if (offered != NULL && g_str_equal (yeji_dictionary_get_version (offered), self->version))
    return finish (self, YEJI_DICTIONARY_OFFERED);
  return yeji_store_offer_known_dictionary (self->store, self->version, error)
         && finish (self, YEJI_DICTIONARY_OFFERED);
}

static gboolean
fetch (Update  *self,
       GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (YejiReply) reply = yeji_province_fetch (self->province, "/v1/dictionary", MAX_BUNDLE,
                                                     self->cancellable, &failure);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return refuse (self, REASON_TOO_LARGE, NULL);
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!yeji_reply_check (reply, error))
    return FALSE;
  self->bundle = g_bytes_ref (reply->content);
  return TRUE;
}

static gboolean
check_sum (Update  *self,
           GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->bundle);

  return g_str_equal (sum, self->sha256) || refuse (self, REASON_SUM, NULL);
}

static gboolean
check_signature (Update  *self,
                 GError **error)
{
  g_autofree guint8 *key = NULL;
  g_autofree guint8 *signature = NULL;
  gsize key_length, length;

  if (self->key == NULL)
    return TRUE;
  if (self->signature == NULL)
    return refuse (self, REASON_UNSIGNED, NULL);
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
  key = g_base64_decode (self->key, &key_length);
  signature = g_base64_decode (self->signature, &length);
  if (key_length == crypto_sign_PUBLICKEYBYTES && length == crypto_sign_BYTES
      && crypto_sign_verify_detached (signature, g_bytes_get_data (self->bundle, NULL),
                                      g_bytes_get_size (self->bundle), key) == 0)
    return TRUE;
  return refuse (self, REASON_SIGNATURE, NULL);
}

static gboolean
parse (Update  *self,
       GError **error)
{
  YejiDictionary *ours = yeji_store_get_dictionary (self->store);
  g_autoptr (GError) failure = NULL;

  self->dictionary = yeji_dictionary_new_from_bundle (self->bundle, &failure);
  if (self->dictionary == NULL)
    return refuse (self, REASON_UNREADABLE, failure->message);
  if (!g_str_equal (yeji_dictionary_get_id (self->dictionary), yeji_dictionary_get_id (ours)))
    return refuse (self, REASON_FOREIGN, yeji_dictionary_get_id (self->dictionary));
  if (!g_str_equal (yeji_dictionary_get_version (self->dictionary), self->version))
    return refuse (self, REASON_VERSION, yeji_dictionary_get_version (self->dictionary));
  return TRUE;
}

static gboolean
offer (Update  *self,
       GError **error)
{
  return yeji_store_offer_dictionary (self->store, self->dictionary, self->bundle, self->sha256,
                                      error)
         && finish (self, YEJI_DICTIONARY_OFFERED);
}

/* A step that returns FALSE without an error ends the update. */
static const UpdateStep steps[] = {
  ask, check_key, compare, fetch, check_sum, check_signature, parse, offer,
};

static gboolean
note_problem (Update  *self,
              GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *problem = NULL;

  if (self->reason != REASON_NONE)
    problem = g_strdup_printf ("%s\n%s", reasons[self->reason].word,
                               self->detail != NULL ? self->detail : "");
  if (!get_setting (self, SETTING_PROBLEM, &before, error))
    return FALSE;
  return g_strcmp0 (before, problem) == 0
         || yeji_store_set_setting (self->store, SETTING_PROBLEM, problem, error);
}

/**
 * yeji_dictionary_update_run:
 * @news: (out): what came of it
 *
 * Asks which dictionary the province uses. If it is another one than the one that counts here, it
 * is fetched, and size, sum, signature and content are looked at; only what is right in everything
 * is put on the profile's shelf, in one transaction, for yeji_store_adopt_dictionary(). No record
 * changes. What is wrong is told by yeji_dictionary_update_get_problem() and is no error: the
 * province speaks with the profile all the same. Blocks; fails as yeji_province_call(),
 * yeji_reply_check() and the store do.
 *
 * Returns: whether the province answered
 */
gboolean
yeji_dictionary_update_run (YejiStore           *store,
                            YejiProvince        *province,
                            YejiDictionaryNews  *news,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_auto (Update) update = { store, province, cancellable };
  GError *failure = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!steps[i] (&update, &failure))
      break;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  *news = update.news;
  return note_problem (&update, error);
}

/**
 * yeji_dictionary_update_get_problem:
 *
 * Returns: (transfer full) (nullable): a sentence on why the province's dictionary was not taken
 * the last time, and what to do; %NULL when there is nothing wrong
 */
char *
yeji_dictionary_update_get_problem (YejiStore    *store,
                                    YejiLanguage  language)
{
  g_autofree char *problem = NULL;
  char *detail;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  problem = yeji_store_get_setting (store, SETTING_PROBLEM, NULL);
  detail = problem != NULL ? strchr (problem, '\n') : NULL;
  if (detail == NULL)
    return NULL;
  *detail++ = '\0';
  for (guint i = REASON_NONE + 1; i < N_REASONS; i++)
    if (g_str_equal (reasons[i].word, problem))
      return *detail != '\0'
               ? g_strdup_printf ("%s (%s)", reasons[i].message.in[language], detail)
               : g_strdup (reasons[i].message.in[language]);
  return NULL;
}

/**
 * yeji_dictionary_update_forget_key:
 *
 * Forgets with which key the province signs, after the clerk has heard from the province that it
 * has another one. The next one that comes is trusted.
 */
gboolean
yeji_dictionary_update_forget_key (YejiStore  *store,
                                   GError    **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);

  return yeji_store_set_setting (store, SETTING_KEY, NULL, error)
         && yeji_store_set_setting (store, SETTING_KEY_URL, NULL, error);
}
