// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-body-read.h"

#include <string.h>

/* What yeji_body_unseal() and yeji_record_new_from_json() make of a stored text, without a tree of
 * nodes between and without printing it again, for who reads thousands. */

/* Of a text that was stored, the version stands behind the UUID. */
#define UUID_LENGTH 36

typedef struct
{
  YejiVault *vault;
  YejiRecord *record;
  GString *place;
  guint n_opened;
} Opening;

static gboolean
is_of (const char     *body,
       YejiDictionary *dictionary)
{
  static const char head[] = "{\"uuid\":\"";
  g_autofree char *version = g_strdup_printf ("\",\"dictionary\":\"%s\",",
                                              yeji_dictionary_get_version (dictionary));

  return g_str_has_prefix (body, head)
    && strnlen (body, strlen (head) + UUID_LENGTH) == strlen (head) + UUID_LENGTH
    && g_str_has_prefix (body + strlen (head) + UUID_LENGTH, version);
}

static guint
count_tokens (const char *body)
{
  guint n = 0;

  for (const char *at = body; (at = strstr (at, YEJI_VAULT_PREFIX)) != NULL;
       at += strlen (YEJI_VAULT_PREFIX))
    n++;
  return n;
}

/* FALSE where it is sealed in another way than a single value is, or cannot be opened. */
static gboolean
open_value (Opening            *opening,
            YejiRow            *row,
            const YejiFieldDef *field,
            const char         *token)
{
  gsize length = opening->place->len;
  g_autofree char *text = NULL;

  g_string_append_c (opening->place, '/');
  g_string_append (opening->place, field->id);
  text = yeji_vault_unseal (opening->vault, token, opening->place->str, NULL);
  g_string_truncate (opening->place, length);
  if (text == NULL || yeji_vault_is_token (text))
    return FALSE;
  yeji_record_set (opening->record, row, field, text);
  opening->n_opened++;
  return TRUE;
}

static gboolean
open_row (Opening *opening,
          YejiRow *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  gsize length = opening->place->len;
  gboolean opened = TRUE;

  if (table->index != 0)
    {
      g_string_append_c (opening->place, '/');
      g_string_append (opening->place, yeji_row_get_id (row));
    }
  for (guint i = 0; i < table->fields->len && opened; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (row, field);

      if (yeji_vault_is_token (value))
        opened = open_value (opening, row, field, value);
    }
  g_string_truncate (opening->place, length);
  return opened;
}

static gboolean
open_tables (Opening *opening)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (opening->record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      gsize length = opening->place->len;

      g_string_append_c (opening->place, '/');
      g_string_append (opening->place, table->member);
      for (guint j = 0; j < yeji_record_get_n_rows (opening->record, table); j++)
        if (!open_row (opening, yeji_record_get_row (opening->record, table, j)))
          return FALSE;
      g_string_truncate (opening->place, length);
    }
  return TRUE;
}

/* Opens as many values as there are sealed texts: what is sealed elsewhere, in a note for instance,
 * would stay as it is. */
static gboolean
open_record (YejiRecord *record,
             YejiVault  *vault,
             guint       n_tokens)
{
  Opening opening = { vault, record, g_string_new ("record/"), 0 };
  g_autofree char *lower = g_ascii_strdown (yeji_record_get_uuid (record), -1);
  gboolean opened;

  g_string_append (opening.place, lower);
  opened = open_tables (&opening) && opening.n_opened == n_tokens;
  g_string_free (opening.place, TRUE);
  return opened;
}

/**
 * yeji_body_read: (skip)
 * @dictionary: the one that counts
 * @vault: (nullable): what opens what is sealed
 * @body: a record, as it is stored
 *
 * Reads a record under @dictionary that was written under it, and in which nothing but values of
 * fields is sealed.
 *
 * Returns: (transfer full) (nullable): %NULL where it is another one, or wrong in any way, which the
 *   long way tells
 */
YejiRecord *
yeji_body_read (YejiDictionary *dictionary,
                YejiVault      *vault,
                const char     *body)
{
  g_autoptr (YejiRecord) record = NULL;
  guint n_tokens;

  if (!is_of (body, dictionary))
    return NULL;
  n_tokens = vault != NULL ? count_tokens (body) : 0;
  record = yeji_record_new_from_text (dictionary, body, -1, NULL);
  if (record == NULL || (n_tokens > 0 && !open_record (record, vault, n_tokens)))
    return NULL;
  return g_steal_pointer (&record);
}
