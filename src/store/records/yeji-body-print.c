// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-body-print.h"

#include <string.h>

#include "yeji-json.h"

/* The same texts as yeji_record_to_json(), yeji_body_seal() and yeji_json_print() make, without a
 * tree of nodes between, for who writes thousands. */

/* The member that names a row. */
#define ROW_ID "id"

/* Bytes of a value, and rows of a table: with more of them the long way is gone, which knows what
 * can be read back. */
#define MAX_VALUE (64 << 10)
#define MAX_ROWS 2000

typedef struct
{
  YejiVault *vault;
  gint64 revision;
  GString *said;
  GString *stored;
  GString *place;
  gsize copied;                /* of @said into @stored */
} Printing;

static gboolean
has_any (GHashTable *extras)
{
  return extras != NULL && g_hash_table_size (extras) > 0;
}

/* Whether a record has nothing but values of known fields. */
static gboolean
is_simple (YejiRecord *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  if (yeji_record_get_kept (record)->len > 0 || yeji_record_get_aside (record)->len > 0
      || has_any (yeji_record_get_extras (record))
      || !g_uuid_string_is_valid (yeji_record_get_uuid (record)))
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      if (yeji_record_get_n_rows (record, table) > MAX_ROWS)
        return FALSE;
      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        {
          YejiRow *row = yeji_record_get_row (record, table, j);

          if (has_any (yeji_row_get_extras (row)))
            return FALSE;
          for (guint k = 0; k < table->fields->len; k++)
            if (strlen (yeji_row_get (row, g_ptr_array_index (table->fields, k))) > MAX_VALUE)
              return FALSE;
        }
    }
  return TRUE;
}

/* Both texts are the same but for what is sealed: that much of the one is copied at once. */
static void
copy_said (Printing *printing)
{
  g_string_append_len (printing->stored, printing->said->str + printing->copied,
                       (gssize) (printing->said->len - printing->copied));
  printing->copied = printing->said->len;
}

static void
append_value (Printing           *printing,
              const YejiFieldDef *field,
              const char         *value)
{
  gsize length = printing->place->len;
  g_autofree char *token = NULL;

  yeji_json_print_string (printing->said, field->id);
  g_string_append_c (printing->said, ':');
  if (field->personal == YEJI_PERSONAL_NO && !yeji_vault_is_token (value))
    {
      yeji_json_print_string (printing->said, value);
      return;
    }
  copy_said (printing);
  g_string_append_c (printing->place, '/');
  g_string_append (printing->place, field->id);
  token = yeji_vault_seal (printing->vault, value, printing->revision, printing->place->str);
  g_string_truncate (printing->place, length);
  yeji_json_print_string (printing->said, value);
  printing->copied = printing->said->len;
  yeji_json_print_string (printing->stored, token);
}

static void
append_row (Printing *printing,
            YejiRow  *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  gsize length = printing->place->len;
  gboolean any = FALSE;

  g_string_append_c (printing->said, '{');
  if (table->index != 0)
    {
      g_string_append (printing->said, "\"" ROW_ID "\":");
      yeji_json_print_string (printing->said, yeji_row_get_id (row));
      g_string_append_c (printing->place, '/');
      g_string_append (printing->place, yeji_row_get_id (row));
      any = TRUE;
    }
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (row, field);

      if (*value == '\0')
        continue;
      if (any)
        g_string_append_c (printing->said, ',');
      append_value (printing, field, value);
      any = TRUE;
    }
  g_string_append_c (printing->said, '}');
  g_string_truncate (printing->place, length);
}

static void
append_table (Printing           *printing,
              YejiRecord         *record,
              const YejiTableDef *table)
{
  guint n = yeji_record_get_n_rows (record, table);
  gsize length = printing->place->len;

  if (table->index != 0 && n == 0)
    return;
  g_string_append_c (printing->said, ',');
  yeji_json_print_string (printing->said, table->member);
  g_string_append_c (printing->said, ':');
  g_string_append_c (printing->place, '/');
  g_string_append (printing->place, table->member);
  if (table->index == 0)
    append_row (printing, yeji_record_get_project (record));
  else
    for (guint i = 0; i < n; i++)
      {
        g_string_append_c (printing->said, i == 0 ? '[' : ',');
        append_row (printing, yeji_record_get_row (record, table, i));
      }
  if (table->index != 0)
    g_string_append_c (printing->said, ']');
  g_string_truncate (printing->place, length);
}

/**
 * yeji_body_print: (skip)
 * @revision: bound to what is sealed
 * @said: takes what the record says, without the version of the dictionary
 * @stored: takes the text as it is stored
 *
 * Prints a record that has nothing special.
 *
 * Returns: %FALSE where it has; then nothing is printed
 */
gboolean
yeji_body_print (YejiRecord *record,
                 YejiVault  *vault,
                 gint64      revision,
                 GString    *said,
                 GString    *stored)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  Printing printing = { vault, revision, said, stored, NULL, said->len };
  g_autofree char *lower = NULL;

  if (!is_simple (record))
    return FALSE;
  lower = g_ascii_strdown (yeji_record_get_uuid (record), -1);
  printing.place = g_string_new ("record/");
  g_string_append (printing.place, lower);
  g_string_append (said, "{\"uuid\":");
  yeji_json_print_string (said, yeji_record_get_uuid (record));
  copy_said (&printing);
  g_string_append (stored, ",\"dictionary\":");
  yeji_json_print_string (stored, yeji_dictionary_get_version (dictionary));
  g_string_append (said, ",\"role\":");
  yeji_json_print_string (said, yeji_record_get_role (record));
  for (guint i = 0; i < tables->len; i++)
    append_table (&printing, record, g_ptr_array_index (tables, i));
  g_string_append_c (said, '}');
  copy_said (&printing);
  g_string_free (printing.place, TRUE);
  return TRUE;
}
