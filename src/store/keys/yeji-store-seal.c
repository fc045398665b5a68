// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-seal.h"

#include <string.h>

#include "yeji-digest.h"
#include "yeji-json.h"
#include "yeji-mask.h"
#include "yeji-store-private.h"

/* What is shorter stands in many words by chance. */
#define SHORTEST_NUMBER 6

static G_DEFINE_QUARK (yeji-store-vault, vault)

/**
 * yeji_store_get_vault: (skip)
 *
 * Returns: (transfer none): the keys of the profile, on the database's thread
 */
YejiVault *
yeji_store_get_vault (YejiStore *self)
{
  return g_object_get_qdata (G_OBJECT (self), vault_quark ());
}

/**
 * yeji_store_take_vault: (skip)
 * @vault: (transfer full): the keys, in place of those before
 */
void
yeji_store_take_vault (YejiStore *self,
                       YejiVault *vault)
{
  g_object_set_qdata_full (G_OBJECT (self), vault_quark (), vault,
                           (GDestroyNotify) yeji_vault_free);
  yeji_shelf_set_vault (yeji_store_get_shelf (self), vault);
}

/**
 * yeji_store_digest_text: (skip)
 *
 * Returns: (transfer full): what yeji_seal_all() makes of the SHA-256 that earlier versions stored
 */
char *
yeji_store_digest_text (YejiStore  *self,
                        const char *text)
{
  g_autofree char *sum = yeji_digest_sum_text (text);

  return yeji_vault_digest (yeji_store_get_vault (self), sum);
}

/**
 * yeji_store_seal_node: (skip)
 * @node: a record's object, which is changed
 * @revision: bound to what is sealed
 *
 * Returns: (transfer full): its text as it is stored
 */
char *
yeji_store_seal_node (YejiStore      *self,
                      JsonNode       *node,
                      YejiDictionary *dictionary,
                      gint64          revision)
{
  yeji_body_seal (node, dictionary, yeji_store_get_vault (self), revision);
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_store_seal_record: (skip)
 * @revision: bound to what is sealed
 *
 * Returns: (transfer full): the text of a record as it is stored
 */
char *
yeji_store_seal_record (YejiStore  *self,
                        YejiRecord *record,
                        gint64      revision)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (record);

  return yeji_store_seal_node (self, node, yeji_record_get_dictionary (record), revision);
}

/**
 * yeji_store_open_body: (skip)
 * @body: as it is stored
 *
 * Returns: (transfer full): the record's text with everything opened
 */
char *
yeji_store_open_body (YejiStore  *self,
                      const char *body)
{
  g_autoptr (JsonNode) node = NULL;

  if (strstr (body, YEJI_VAULT_PREFIX) != NULL)
    node = yeji_json_parse (body, -1, NULL);
  if (node == NULL)
    return g_strdup (body);
  yeji_body_unseal (node, yeji_store_get_vault (self));
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_seal_make_line_place: (skip)
 *
 * Returns: (transfer full): where a history's texts about one value stand
 */
char *
yeji_seal_make_line_place (const char *uuid,
                           const char *table,
                           const char *row,
                           const char *field)
{
  return g_strjoin ("/", "history", uuid, table, row, field, NULL);
}

/**
 * yeji_seal_make_setting_place: (skip)
 *
 * Returns: (transfer full): where a sealed setting stands
 */
char *
yeji_seal_make_setting_place (const char *name)
{
  return g_strjoin ("/", "setting", name, NULL);
}

/**
 * yeji_store_seal_line: (skip)
 * @text: (nullable): the text of @change before or after
 *
 * Returns: (transfer full) (nullable): what a line of the history says in its place
 */
char *
yeji_store_seal_line (YejiStore        *self,
                      const char       *uuid,
                      gint64            step,
                      const YejiChange *change,
                      const char       *text)
{
  YejiDictionary *dictionary = yeji_shelf_get_current (yeji_store_get_shelf (self));
  g_autofree char *place = NULL;

  if (!yeji_seal_is_wanted (dictionary, change->table, change->field, text))
    return g_strdup (text);
  place = yeji_seal_make_line_place (uuid, change->table, change->row, change->field);
  return yeji_vault_seal (yeji_store_get_vault (self), text, step, place);
}

static void
open_text (YejiVault   *vault,
           const char  *place,
           char       **text)
{
  char *opened;

  if (*text == NULL || !yeji_vault_is_token (*text))
    return;
  opened = yeji_seal_open (vault, *text, place);
  g_free (*text);
  *text = opened;
}

/**
 * yeji_store_open_line: (skip)
 * @change: as it was read, which is changed
 *
 * Opens the texts of a line of the history.
 */
void
yeji_store_open_line (YejiStore  *self,
                      const char *uuid,
                      YejiChange *change)
{
  YejiVault *vault = yeji_store_get_vault (self);
  g_autofree char *place = NULL;

  place = yeji_seal_make_line_place (uuid, change->table, change->row, change->field);
  open_text (vault, place, &change->before);
  open_text (vault, place, &change->after);
}

/**
 * yeji_store_seal_notes: (skip)
 * @notes: as yeji_move_notes_to_json() gave it, which is changed
 *
 * Returns: (transfer full): what was noted of a move, as it is stored
 */
char *
yeji_store_seal_notes (YejiStore      *self,
                       YejiDictionary *dictionary,
                       const char     *uuid,
                       JsonNode       *notes)
{
  yeji_move_notes_seal (notes, dictionary, yeji_store_get_vault (self), uuid);
  return yeji_json_print (notes, FALSE);
}

/**
 * yeji_store_open_notes: (skip)
 * @notes: as it was read, which is changed
 */
void
yeji_store_open_notes (YejiStore  *self,
                       const char *uuid,
                       JsonNode   *notes)
{
  yeji_move_notes_unseal (notes, yeji_store_get_vault (self), uuid);
}

static void
list_in_row (YejiRow   *row,
             GPtrArray *personal)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get (row, field);

      if (field->personal != YEJI_PERSONAL_NO && strlen (value) >= SHORTEST_NUMBER)
        g_ptr_array_add (personal, g_strdup (value));
    }
}

/**
 * yeji_store_list_personal: (skip)
 *
 * Returns: (transfer full) (element-type utf8): the personal numbers of a record; none of one that
 * is not there
 */
GPtrArray *
yeji_store_list_personal (YejiStore  *self,
                          YejiSql    *sql,
                          const char *uuid)
{
  g_autoptr (YejiRecord) record = yeji_store_read_record (self, sql, uuid, TRUE, NULL);
  GPtrArray *personal = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *tables;

  if (record == NULL)
    return personal;
  tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        list_in_row (yeji_record_get_row (record, table, j), personal);
    }
  return personal;
}

/**
 * yeji_seal_mask_words: (skip)
 * @personal: (element-type utf8): as yeji_store_list_personal() gave it
 * @text: (nullable): somebody else's words about the record
 *
 * Returns: (transfer full) (nullable): the words without those numbers, to be stored as they are
 */
char *
yeji_seal_mask_words (GPtrArray  *personal,
                      const char *text)
{
  GString *masked;

  if (text == NULL)
    return NULL;
  masked = g_string_new (text);
  for (guint i = 0; i < personal->len; i++)
    {
      const char *number = g_ptr_array_index (personal, i);
      g_autofree char *mask = yeji_mask (number);

      /* One of stars alone is its own mask. */
      if (!g_str_equal (mask, number))
        g_string_replace (masked, number, mask, 0);
    }
  return g_string_free (masked, FALSE);
}
