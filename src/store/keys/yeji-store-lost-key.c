// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-vault.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-conflicts-private.h"
#include "yeji-json.h"
#include "yeji-notice-private.h"
#include "yeji-store-private.h"
#include "yeji-store-seal.h"

/* What becomes of a profile whose key is lost. It gets a new one. What the old one sealed stays in
 * the texts as it is, and the old wrapped keys are kept, so that all of it opens when passphrase or
 * recovery code turn up after all. The digests were made with the old key, so they are made
 * anew; what was equal before is equal afterwards, or a record would look edited. */

/* The chests of the lost keys: an array of their texts. */
#define SETTING_LOST "vault.lost"

/* Rows that are held in memory at a time. */
#define PORTION 200

typedef struct
{
  YejiStore *store;
  YejiSql *sql;
  gboolean replaced;           /* the key was lost just now; else one was found */
  JsonArray *names;            /* of records with something that cannot be opened */
  gint64 count;                /* of those */
  GHashTable *withdrawn;       /* uuids of those that waited to be sent */
} Renewal;

typedef struct
{
  gint64 rowid;
  char *texts[6];
} Item;

enum
{
  UUID,
  BODY,
  DIGEST,
  NAME,
  BASE_BODY,
  BASE_DIGEST,
};

typedef struct
{
  YejiStore *store;
  const char *phrase;
} Search;

static G_DEFINE_QUARK (yeji-store-new-key, new_key)

/**
 * yeji_store_allow_new_key: (skip)
 *
 * Says, before the profile is opened, whether it gets a new key where its own is lost.
 */
void
yeji_store_allow_new_key (YejiStore *self,
                          gboolean   allowed)
{
  g_object_set_qdata (G_OBJECT (self), new_key_quark (), GINT_TO_POINTER (allowed));
}

gboolean
yeji_store_may_make_new_key (YejiStore *self)
{
  return g_object_get_qdata (G_OBJECT (self), new_key_quark ()) != NULL;
}

/* ---- The chests of lost keys */

static GPtrArray *
read_lost (YejiSql  *sql,
           GError  **error)
{
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array;

  if (!yeji_seal_read_setting (sql, SETTING_LOST, &text, error))
    return NULL;
  node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;
  array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *chest = yeji_json_node_string (json_array_get_element (array, i));

      if (chest != NULL)
        g_ptr_array_add (lost, g_strdup (chest));
    }
  return g_steal_pointer (&lost);
}

static gboolean
write_lost (YejiSql    *sql,
            GPtrArray  *lost,
            GError    **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < lost->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (lost, i));
  json_node_take_array (node, array);
  if (lost->len > 0)
    text = yeji_json_print (node, FALSE);
  return yeji_seal_write_setting (sql, SETTING_LOST, text, error);
}

/* On the disk before what it is a copy of is overwritten. */
static gboolean
write_lost_file (const char  *directory,
                 const char  *chest,
                 GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H%M%SZ");
  g_autofree char *path = NULL;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 1; path == NULL || g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *name = g_strconcat (YEJI_STORE_LOST_CHEST_FILE, stamp, number, ".json",
                                           NULL);

      g_free (path);
      path = g_build_filename (directory, name, NULL);
    }
  if (g_file_set_contents_full (path, chest, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FILE, local_error->message);
  return FALSE;
}

static gboolean
keep_lost (YejiStore   *self,
           GPtrArray   *lost,
           const char  *chest,
           GError     **error)
{
  if (chest == NULL || g_ptr_array_find_with_equal_func (lost, chest, g_str_equal, NULL))
    return TRUE;
  if (!write_lost_file (yeji_store_get_directory (self), chest, error))
    return FALSE;
  g_ptr_array_add (lost, g_strdup (chest));
  return TRUE;
}

/**
 * yeji_store_replace_vault: (skip)
 * @setting: (nullable): the chest in the database, which cannot be opened
 * @file: (nullable): the one beside it
 * @place: (out): where the new secret is
 *
 * Makes new keys in place of the lost ones, which are kept. A profile into which an older database
 * was put goes on with the keys that it had.
 *
 * Returns: (transfer full) (nullable): the keys
 */
YejiVault *
yeji_store_replace_vault (YejiStore     *self,
                          YejiSql       *sql,
                          const char    *setting,
                          const char    *file,
                          YejiKeyPlace  *place,
                          GError       **error)
{
  g_autoptr (GPtrArray) lost = read_lost (sql, error);
  g_autoptr (YejiVault) vault = NULL;

  if (lost == NULL)
    return NULL;
  vault = file != NULL ? yeji_seal_open_chest (file, place, NULL) : NULL;
  if ((vault == NULL && !keep_lost (self, lost, file, error))
      || !keep_lost (self, lost, setting, error) || !write_lost (sql, lost, error))
    return NULL;
  if (vault == NULL)
    vault = yeji_seal_make_vault (place, error);
  return g_steal_pointer (&vault);
}

/* ---- The digests */

static void
free_item (gpointer data)
{
  Item *item = data;

  for (guint i = 0; i < G_N_ELEMENTS (item->texts); i++)
    g_free (item->texts[i]);
  g_free (item);
}

static GPtrArray *
read_items (YejiSql     *sql,
            const char  *select,
            guint        n_texts,
            gint64       after,
            GError     **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, select, "ii", after, (gint64) PORTION);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      Item *item = g_new0 (Item, 1);

      item->rowid = yeji_rows_int (rows, 0);
      for (guint i = 0; i < n_texts; i++)
        item->texts[i] = yeji_rows_dup_text (rows, (int) i + 1);
      g_ptr_array_add (items, item);
    }
  if (local_error == NULL)
    return g_steal_pointer (&items);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static YejiRecord *
read_body (Renewal    *renewal,
           const char *uuid,
           const char *body)
{
  g_autoptr (GError) error = NULL;
  YejiRecord *record = NULL;

  if (body != NULL)
    record = yeji_shelf_read (yeji_store_get_shelf (renewal->store), renewal->sql, body, &error);
  if (error != NULL)
    g_message ("%s cannot be read, and keeps its digest: %s", uuid, error->message);
  return record;
}

/* Opened as far as it can be. */
static gboolean
has_sealed (YejiRecord *record)
{
  g_autofree char *text = yeji_record_to_text (record);

  return strstr (text, YEJI_VAULT_PREFIX) != NULL;
}

static void
fill_row (YejiRecord *base,
          YejiRow    *row,
          YejiRow    *from)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get_by_id (from, field->id);

      if (value != NULL && yeji_vault_is_token (value)
          && yeji_vault_is_token (yeji_row_get (row, field)))
        yeji_record_set (base, row, field, value);
    }
}

/* Of two sealed values nobody can tell whether they are the same. That the clerk changed the one of
 * them is the less likely, and a merge would prefer it to what the province knows. */
static void
fill_base (YejiRecord *base,
           YejiRecord *mine)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (base));
  YejiDictionary *dictionary = yeji_record_get_dictionary (mine);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      const YejiTableDef *other = yeji_dictionary_find_table (dictionary, table->id);

      for (guint j = 0; other != NULL && j < yeji_record_get_n_rows (base, table); j++)
        {
          YejiRow *row = yeji_record_get_row (base, table, j);
          YejiRow *from = table->index == 0
                            ? yeji_record_get_project (mine)
                            : yeji_record_find_row (mine, other, yeji_row_get_id (row), NULL);

          if (from != NULL)
            fill_row (base, row, from);
        }
    }
}

/* The base of a record that is edited, in other values than those that cannot be compared. */
static void
renew_base (Renewal     *renewal,
            const Item  *item,
            YejiRecord  *mine,
            const char  *digest,
            char       **base_body,
            char       **base_digest)
{
  g_autoptr (YejiRecord) base = read_body (renewal, item->texts[UUID], item->texts[BASE_BODY]);
  g_autoptr (YejiRecord) filled = NULL;
  g_autofree char *filled_digest = NULL;

  if (base == NULL)
    return;
  g_free (*base_digest);
  *base_digest = yeji_store_digest (renewal->store, base);
  if (!renewal->replaced)
    return;
  filled = yeji_record_copy (base);
  fill_base (filled, mine);
  filled_digest = yeji_store_digest (renewal->store, filled);
  if (g_str_equal (filled_digest, digest) || g_str_equal (filled_digest, *base_digest))
    return;
  g_free (*base_body);
  *base_body = yeji_store_seal_record (renewal->store, filled, 0);
  g_free (*base_digest);
  *base_digest = g_steal_pointer (&filled_digest);
}

static void
note_name (Renewal    *renewal,
           const Item *item)
{
  JsonObject *object;

  if (++renewal->count > YEJI_NOTICE_MAX_NAMES)
    return;
  object = json_object_new ();
  json_object_set_string_member (object, "uuid", item->texts[UUID]);
  json_object_set_string_member (object, "name", item->texts[NAME]);
  json_array_add_object_element (renewal->names, object);
}

static gboolean
renew_record (Renewal     *renewal,
              const Item  *item,
              GError     **error)
{
  g_autoptr (YejiRecord) mine = read_body (renewal, item->texts[UUID], item->texts[BODY]);
  gboolean same = g_strcmp0 (item->texts[DIGEST], item->texts[BASE_DIGEST]) == 0;
  g_autofree char *digest = mine != NULL ? yeji_store_digest (renewal->store, mine) : NULL;
  g_autofree char *base_digest = g_strdup (same ? digest : item->texts[BASE_DIGEST]);
  g_autofree char *base_body = NULL;
  gboolean sealed;

  if (mine == NULL)
    return TRUE;
  sealed = has_sealed (mine);
  base_body = g_strdup (same && renewal->replaced && sealed ? item->texts[BODY]
                                                            : item->texts[BASE_BODY]);
  if (!same && base_digest != NULL)
    renew_base (renewal, item, mine, digest, &base_body, &base_digest);
  if (renewal->replaced && sealed)
    note_name (renewal, item);
  return yeji_sql_exec (renewal->sql, error,
                        "UPDATE record SET digest = ?2, base_body = ?3, base_digest = ?4,"
                        " n_errors = iif (?5, NULL, n_errors),"
                        " n_warnings = iif (?5, NULL, n_warnings),"
                        " completeness = iif (?5, NULL, completeness),"
                        " outcome = iif (?5, NULL, outcome), n_slots = iif (?5, NULL, n_slots),"
                        " n_filled_slots = iif (?5, NULL, n_filled_slots),"
                        " required_slots = iif (?5, NULL, required_slots) WHERE rowid = ?1",
                        "isssi", item->rowid, digest, base_body, base_digest,
                        (gint64) (renewal->replaced ? sealed
                                                    : !g_str_equal (digest, item->texts[DIGEST])));
}

/* What cannot be opened is not sent: the province would get the sealed text. */
static gboolean
renew_outbox (Renewal     *renewal,
              const Item  *item,
              GError     **error)
{
  const char *uuid = item->texts[UUID];
  g_autoptr (YejiRecord) record = read_body (renewal, uuid, item->texts[BODY]);
  g_autofree char *digest = record != NULL ? yeji_store_digest (renewal->store, record) : NULL;

  if (record == NULL)
    return TRUE;
  if (!has_sealed (record))
    return yeji_sql_exec (renewal->sql, error, "UPDATE outbox SET digest = ?2 WHERE rowid = ?1",
                          "is", item->rowid, digest);
  g_hash_table_add (renewal->withdrawn, g_strdup (uuid));
  return yeji_sql_exec (renewal->sql, error, "DELETE FROM outbox WHERE uuid = ?1", "s", uuid);
}

static const struct
{
  const char *select;
  guint n_texts;
  gboolean (*renew) (Renewal     *renewal,
                     const Item  *item,
                     GError     **error);
} columns[] = {
  { "SELECT rowid, uuid, body, digest, name, base_body, base_digest FROM record WHERE rowid > ?1"
    " ORDER BY rowid LIMIT ?2", 6, renew_record },
  { "SELECT rowid, uuid, body FROM outbox WHERE rowid > ?1 ORDER BY rowid LIMIT ?2", 2,
    renew_outbox },
};

static gboolean
renew_column (Renewal  *renewal,
              guint     index,
              GError  **error)
{
  gint64 after = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) items = NULL;

      items = read_items (renewal->sql, columns[index].select, columns[index].n_texts, after,
                          error);
      if (items == NULL || items->len == 0)
        return items != NULL;
      for (guint i = 0; i < items->len; i++)
        {
          const Item *item = g_ptr_array_index (items, i);

          after = item->rowid;
          if (!columns[index].renew (renewal, item, error))
            return FALSE;
        }
    }
}

static gboolean
tell_lost (Renewal  *renewal,
           GError  **error)
{
  g_autoptr (JsonObject) details = json_object_new ();

  json_object_set_int_member (details, "count", renewal->count);
  json_object_set_array_member (details, "records", json_array_ref (renewal->names));
  json_object_set_int_member (details, "withdrawn", g_hash_table_size (renewal->withdrawn));
  return yeji_notice_write (renewal->sql, YEJI_NOTICE_KEY_LOST, details, error);
}

static gboolean
renew (YejiStore  *self,
       YejiSql    *sql,
       gboolean    replaced,
       GError    **error)
{
  Renewal renewal = { self, sql, replaced };
  gboolean done = TRUE;

  renewal.names = json_array_new ();
  renewal.withdrawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; done && i < G_N_ELEMENTS (columns); i++)
    done = renew_column (&renewal, i, error);
  if (done && renewal.count > 0 && replaced)
    done = tell_lost (&renewal, error);
  json_array_unref (renewal.names);
  g_hash_table_unref (renewal.withdrawn);
  return done;
}

/* ---- A key that was found */

/* On a copy of the keys, which is on the disk before it is used. */
static gboolean
adopt (YejiStore         *self,
       YejiSql           *sql,
       const char        *chest,
       const YejiSecret  *secret,
       GError           **error)
{
  YejiVault *before = yeji_store_get_vault (self);
  g_autofree char *text = yeji_vault_to_text (before);
  g_autoptr (YejiVault) vault = yeji_vault_open (text, yeji_vault_get_secret (before), error);
  g_autoptr (YejiVault) other = vault != NULL ? yeji_vault_open (chest, secret, error) : NULL;

  if (other == NULL)
    return FALSE;
  yeji_vault_adopt (vault, other);
  if (!yeji_seal_write_chest (yeji_store_get_directory (self), sql, vault, NULL, NULL, error))
    return FALSE;
  yeji_store_take_vault (self, g_steal_pointer (&vault));
  return TRUE;
}

/* Opens with what was found, by hand or on this computer, whatever it opens. */
static gboolean
open_lost (YejiStore   *self,
           YejiSql     *sql,
           const char  *phrase,
           gboolean    *found,
           GError     **error)
{
  g_autoptr (GPtrArray) lost = read_lost (sql, error);
  gboolean any;

  *found = FALSE;
  if (lost == NULL)
    return FALSE;
  for (guint i = lost->len; i > 0; i--)
    {
      const char *chest = g_ptr_array_index (lost, i - 1);
      g_autofree char *id = yeji_vault_find_id (chest, NULL);
      g_autoptr (YejiSecret) secret = NULL;
      g_autoptr (GError) local_error = NULL;

      if (id != NULL)
        secret = phrase != NULL ? yeji_seal_unlock (chest, phrase)
                                : yeji_key_place_find (id, NULL);
      if (secret == NULL)
        continue;
      if (adopt (self, sql, chest, secret, &local_error))
        {
          g_ptr_array_remove_index (lost, i - 1);
          *found = TRUE;
        }
      else if (local_error->domain != YEJI_VAULT_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return !*found
    || (write_lost (sql, lost, error)
        && yeji_seal_all (sql, yeji_store_get_vault (self),
                          yeji_shelf_get_current (yeji_store_get_shelf (self)), &any, error)
        && renew (self, sql, FALSE, error));
}

/**
 * yeji_store_settle_keys: (skip)
 * @replaced: whether new keys took the place of lost ones just now
 *
 * Makes everything fit the keys of the profile; with its vault open, before records are read. A
 * lost key that is on this computer after all, since its keyring is unlocked now, opens what it
 * sealed.
 */
gboolean
yeji_store_settle_keys (YejiStore  *self,
                        YejiSql    *sql,
                        gboolean    replaced,
                        GError    **error)
{
  gboolean found;

  if (replaced)
    return yeji_store_forget_lost_conflicts (sql, error) && renew (self, sql, TRUE, error);
  return open_lost (self, sql, NULL, &found, error);
}

static gboolean
run_search (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Search *search = data;
  gboolean found;

  if (!open_lost (search->store, sql, search->phrase, &found, error))
    return FALSE;
  if (!found)
    g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_SEALED,
                         "it opens none of the lost keys");
  return found;
}

/**
 * yeji_store_has_lost_key:
 *
 * Returns: whether the profile went on without a key, and has what that key sealed
 */
gboolean
yeji_store_has_lost_key (YejiStore *self)
{
  g_autofree char *lost = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  lost = yeji_store_get_setting (self, SETTING_LOST, NULL);
  return lost != NULL;
}

/**
 * yeji_store_find_lost_key:
 * @phrase: a passphrase, or a recovery code as typed, of the time before the key was lost
 *
 * Opens what a lost key sealed, and seals all of it with the present one, in one transaction.
 * Blocks.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_SEALED when it is not the right one
 */
gboolean
yeji_store_find_lost_key (YejiStore   *self,
                          const char  *phrase,
                          GError     **error)
{
  Search search = { self, phrase };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (phrase != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_search, &search, error))
    return FALSE;
  yeji_store_announce (self, NULL);
  return TRUE;
}
