// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-receipt-trust.h"

#include "yeji-json.h"
#include "yeji-signed-receipt.h"

/* {"keys": [{"url", "id", "key", "revoked"?}], "pinned": {URL: id}, "other": {URL: id}}. Keys stay
 * for good, so that old receipts can be proven; pinned is the one that signs now, by address. Other
 * is what an address offered and was not taken. A key is revoked as long as the province says so. */
#define SETTING "server-key"

#define REVOKED "revoked"

static const YejiText changed = {
  { "平台换了回执的签名密钥（%s），且没有原密钥的背书，未予采信。请向平台管理员核实；核实无误后执行 "
    "yeji receipt --forget-key。",
    "The province signs its receipts with another key (%s), and the key before does not vouch for "
    "it: it was not trusted. Ask the province; if it is right, use yeji receipt --forget-key." },
};

static JsonNode *
make_empty (void)
{
  static const char * const members[] = { "pinned", "other" };
  JsonNode *node = json_node_init_object (json_node_alloc (), NULL);
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "keys", json_array_new ());
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_object_member (object, members[i], json_object_new ());
  json_node_take_object (node, object);
  return node;
}

static gboolean
is_whole (JsonNode *node)
{
  JsonObject *object = yeji_json_node_object (node);

  return object != NULL && yeji_json_get_array (object, "keys") != NULL
         && yeji_json_get_object (object, "pinned") != NULL
         && yeji_json_get_object (object, "other") != NULL;
}

static JsonNode *
load (YejiStore  *store,
      GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = yeji_store_get_setting (store, SETTING, &local_error);
  g_autoptr (JsonNode) node = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (text == NULL)
    return make_empty ();
  node = yeji_json_parse (text, -1, error);
  if (node == NULL || is_whole (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
                       "the keys of the province cannot be read");
  return NULL;
}

static gboolean
save (YejiStore  *store,
      JsonNode   *node,
      GError    **error)
{
  g_autofree char *text = yeji_json_print (node, FALSE);

  return yeji_store_set_setting (store, SETTING, text, error);
}

static JsonObject *
find_known (JsonObject *trust,
            const char *id)
{
  JsonArray *keys = yeji_json_get_array (trust, "keys");

  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JsonObject *key = yeji_json_node_object (json_array_get_element (keys, i));

      if (key != NULL && g_strcmp0 (yeji_json_get_string (key, "id"), id) == 0)
        return key;
    }
  return NULL;
}

static const char *
find_key (JsonObject *trust,
          const char *id)
{
  JsonObject *known = find_known (trust, id);

  return known != NULL ? yeji_json_get_string (known, "key") : NULL;
}

static gboolean
is_revoked (JsonObject *key)
{
  return json_object_get_boolean_member_with_default (key, REVOKED, FALSE);
}

/* Notes of the keys that were ever trusted whether the province still stands by them. What it does
 * not speak of stays as it is. Returns whether anything changed. */
static gboolean
note_revoked (JsonObject *trust,
              JsonObject *config)
{
  JsonArray *list = yeji_json_get_array (config, "receipt_keys");
  gboolean changes = FALSE;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (list, i));
      const char *key = object != NULL ? yeji_json_get_string (object, "key") : NULL;
      g_autofree char *id = key != NULL ? yeji_receipt_key_get_id (key) : NULL;
      JsonObject *known = id != NULL ? find_known (trust, id) : NULL;

      if (known == NULL || is_revoked (known) == is_revoked (object))
        continue;
      g_message ("the key %s of receipts is revoked: %s", id, is_revoked (object) ? "yes" : "no");
      if (is_revoked (object))
        json_object_set_boolean_member (known, REVOKED, TRUE);
      else
        json_object_remove_member (known, REVOKED);
      changes = TRUE;
    }
  return changes;
}

/* Makes the key the one that signs now. */
static void
pin (JsonObject *trust,
     const char *url,
     const char *id,
     const char *key)
{
  if (find_key (trust, id) == NULL)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "url", url);
      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "key", key);
      json_array_add_object_element (yeji_json_get_array (trust, "keys"), object);
    }
  json_object_set_string_member (yeji_json_get_object (trust, "pinned"), url, id);
  json_object_remove_member (yeji_json_get_object (trust, "other"), url);
}

/* Whether one that is trusted vouches for the key, over any number of steps: the list goes from the
 * oldest to the newest, each endorsed by the one before. */
static gboolean
is_endorsed (JsonObject *config,
             const char *pinned,
             const char *id)
{
  JsonArray *list = yeji_json_get_array (config, "receipt_keys");
  const char *trusted = NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (list, i));
      const char *key = object != NULL ? yeji_json_get_string (object, "key") : NULL;
      g_autofree char *own_id = key != NULL ? yeji_receipt_key_get_id (key) : NULL;

      if (own_id == NULL)
        return FALSE;
      if (trusted != NULL)
        trusted = yeji_receipt_key_is_endorsed (key, trusted,
                                                yeji_json_get_string (object, "endorsement"))
                    ? key : NULL;
      /* whoever has its secret could vouch for a key of his own */
      if (is_revoked (object))
        trusted = NULL;
      else if (g_str_equal (key, pinned))
        trusted = key;
      if (trusted != NULL && g_str_equal (own_id, id))
        return TRUE;
    }
  return FALSE;
}

/**
 * yeji_receipt_trust_learn:
 * @url: the address of the province
 * @config: its `/v1/config`
 *
 * Trusts the first key that an address signs receipts with, and after that only those for which a
 * trusted one vouches. Another one is not taken, which yeji_receipt_trust_get_problem() tells. Notes
 * which of those that were trusted are revoked.
 */
gboolean
yeji_receipt_trust_learn (YejiStore   *store,
                          const char  *url,
                          JsonObject  *config,
                          GError     **error)
{
  JsonObject *offer = yeji_json_get_object (config, "receipt_key");
  const char *key = offer != NULL ? yeji_json_get_string (offer, "key") : NULL;
  g_autofree char *id = key != NULL ? yeji_receipt_key_get_id (key) : NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *trust, *other;
  const char *pinned;
  gboolean changes;

  if (id == NULL)
    return TRUE;
  node = load (store, error);
  if (node == NULL)
    return FALSE;
  trust = json_node_get_object (node);
  other = yeji_json_get_object (trust, "other");
  pinned = yeji_json_get_string (yeji_json_get_object (trust, "pinned"), url);
  changes = note_revoked (trust, config);
  if (g_strcmp0 (pinned, id) == 0 && !json_object_has_member (other, url))
    return !changes || save (store, node, error);
  if (pinned == NULL || g_str_equal (pinned, id)
      || is_endorsed (config, find_key (trust, pinned), id))
    {
      g_info ("receipts of %s are signed with the key %s", url, id);
      pin (trust, url, id, key);
    }
  else if (g_strcmp0 (yeji_json_get_string (other, url), id) == 0)
    return !changes || save (store, node, error);
  else
    {
      g_message ("%s signs receipts with another key: %s", url, id);
      json_object_set_string_member (other, url, id);
    }
  return save (store, node, error);
}

/**
 * yeji_receipt_trust_expects:
 * @expects: (out): whether the province at @url has signed with a key that is trusted
 */
gboolean
yeji_receipt_trust_expects (YejiStore   *store,
                            const char  *url,
                            gboolean    *expects,
                            GError     **error)
{
  g_autoptr (JsonNode) node = load (store, error);

  if (node == NULL)
    return FALSE;
  *expects = json_object_has_member (yeji_json_get_object (json_node_get_object (node), "pinned"),
                                     url);
  return TRUE;
}

/**
 * yeji_receipt_trust_find:
 *
 * Returns: (transfer full) (nullable): the public key of that name, if it was ever trusted here;
 *   %NULL without @error if not
 */
char *
yeji_receipt_trust_find (YejiStore   *store,
                         const char  *id,
                         GError     **error)
{
  g_autoptr (JsonNode) node = load (store, error);

  return node != NULL ? g_strdup (find_key (json_node_get_object (node), id)) : NULL;
}

/**
 * yeji_receipt_trust_is_revoked:
 * @id: of a key
 * @revoked: (out): whether the province says that somebody else may have had its secret
 */
gboolean
yeji_receipt_trust_is_revoked (YejiStore   *store,
                               const char  *id,
                               gboolean    *revoked,
                               GError     **error)
{
  g_autoptr (JsonNode) node = load (store, error);
  JsonObject *known;

  if (node == NULL)
    return FALSE;
  known = find_known (json_node_get_object (node), id);
  *revoked = known != NULL && is_revoked (known);
  return TRUE;
}

/**
 * yeji_receipt_trust_get_problem:
 *
 * Returns: (transfer full) (nullable): a sentence on a key that was not trusted, and what to do
 */
char *
yeji_receipt_trust_get_problem (YejiStore    *store,
                                YejiLanguage  language)
{
  g_autoptr (JsonNode) node = load (store, NULL);
  g_autoptr (GList) ids = NULL;

  if (node == NULL)
    return NULL;
  ids = json_object_get_values (yeji_json_get_object (json_node_get_object (node), "other"));
  return ids != NULL ? g_strdup_printf (changed.in[language], json_node_get_string (ids->data))
                     : NULL;
}

/**
 * yeji_receipt_trust_forget:
 *
 * Forgets which key signs now, after the clerk has heard from the province that it has another one.
 * The next one that comes is trusted. What was signed before stays proven.
 */
gboolean
yeji_receipt_trust_forget (YejiStore  *store,
                           GError    **error)
{
  g_autoptr (JsonNode) node = load (store, error);

  if (node == NULL)
    return FALSE;
  json_object_set_object_member (json_node_get_object (node), "pinned", json_object_new ());
  json_object_set_object_member (json_node_get_object (node), "other", json_object_new ());
  return save (store, node, error);
}
