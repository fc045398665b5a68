// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-heading-index"

#include "config.h"

#include "yeji-heading-index.h"

#include <string.h>

#include "yeji-paste-plan.h"

/* No heading is so long, in bytes. */
#define MAX_HEADING 400

/* What the columns of our own files are called that are no fields. */
static const struct
{
  const char *name;
  YejiImportKey key;
  YejiImportHow how;
} keys[] = {
  { "record", YEJI_IMPORT_KEY_RECORD, YEJI_IMPORT_HOW_ID },
  { "row", YEJI_IMPORT_KEY_ROW, YEJI_IMPORT_HOW_ID },
  { "role", YEJI_IMPORT_KEY_ROLE, YEJI_IMPORT_HOW_ID },
  { "reason", YEJI_IMPORT_KEY_REASON, YEJI_IMPORT_HOW_ID },
  { "业绩编号", YEJI_IMPORT_KEY_RECORD, YEJI_IMPORT_HOW_NAME },
  { "uuid", YEJI_IMPORT_KEY_RECORD, YEJI_IMPORT_HOW_NAME },
  { "行编号", YEJI_IMPORT_KEY_ROW, YEJI_IMPORT_HOW_NAME },
  { "角色", YEJI_IMPORT_KEY_ROLE, YEJI_IMPORT_HOW_NAME },
  { "企业角色", YEJI_IMPORT_KEY_ROLE, YEJI_IMPORT_HOW_NAME },
  { "原因", YEJI_IMPORT_KEY_REASON, YEJI_IMPORT_HOW_NAME },
};

struct _YejiHeadingIndex
{
  YejiDictionary *dictionary;
  GHashTable *meanings;        /* folded -> GArray of YejiHeadingMeaning, surest first */
};

static void
add (YejiHeadingIndex   *self,
     const char         *name,
     const YejiFieldDef *field,
     YejiImportKey       key,
     YejiImportHow       how)
{
  YejiHeadingMeaning meaning = { field, key, how };
  g_autofree char *folded = name != NULL ? yeji_heading_fold (name) : NULL;
  GArray *array;
  guint at = 0;

  if (folded == NULL || *folded == '\0')
    return;
  array = g_hash_table_lookup (self->meanings, folded);
  if (array == NULL)
    {
      array = g_array_new (FALSE, FALSE, sizeof meaning);
      g_hash_table_insert (self->meanings, g_steal_pointer (&folded), array);
    }
  for (guint i = 0; i < array->len; i++)
    {
      const YejiHeadingMeaning *other = &g_array_index (array, YejiHeadingMeaning, i);

      if (field != NULL && other->field == field)
        return;
      if (other->how <= how)
        at = i + 1;
    }
  g_array_insert_val (array, at, meaning);
}

/* Where the last bracket of a text begins that ends with one; %NULL where there is none. */
static char *
find_bracket (const char *folded)
{
  char *bracket = strrchr (folded, '(');

  return bracket != NULL && bracket != folded && g_str_has_suffix (folded, ")") ? bracket : NULL;
}

static void
add_label (YejiHeadingIndex   *self,
           const YejiFieldDef *field,
           const char         *label)
{
  g_autofree char *folded = label != NULL ? yeji_heading_fold (label) : NULL;
  char *bracket = folded != NULL ? find_bracket (folded) : NULL;

  add (self, label, field, YEJI_IMPORT_KEY_NONE, YEJI_IMPORT_HOW_NAME);
  if (bracket == NULL)
    return;
  *bracket = '\0';
  add (self, folded, field, YEJI_IMPORT_KEY_NONE, YEJI_IMPORT_HOW_SYNONYM);
}

static void
add_field (YejiHeadingIndex   *self,
           const YejiFieldDef *field)
{
  g_autofree char *long_id = g_strdup_printf ("%s.%s", field->table->id, field->id);
  g_auto (GStrv) parts = g_strsplit (field->id, "_", -1);
  g_autofree char *plain = g_strjoinv ("", parts);

  add (self, field->id, field, YEJI_IMPORT_KEY_NONE, YEJI_IMPORT_HOW_ID);
  add (self, long_id, field, YEJI_IMPORT_KEY_NONE, YEJI_IMPORT_HOW_ID);
  add (self, plain, field, YEJI_IMPORT_KEY_NONE, YEJI_IMPORT_HOW_SYNONYM);
  add_label (self, field, yeji_text_get (&field->label, YEJI_LANGUAGE_ZH));
  add_label (self, field, yeji_text_get (&field->label, YEJI_LANGUAGE_EN));
  for (char **alias = field->aliases; *alias != NULL; alias++)
    add (self, *alias, field, YEJI_IMPORT_KEY_NONE, YEJI_IMPORT_HOW_SYNONYM);
}

/**
 * yeji_heading_index_new:
 *
 * Returns: (transfer full): an index; the dictionary must outlive it
 */
YejiHeadingIndex *
yeji_heading_index_new (YejiDictionary *dictionary)
{
  YejiHeadingIndex *self = g_new0 (YejiHeadingIndex, 1);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  self->dictionary = dictionary;
  self->meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        add_field (self, g_ptr_array_index (table->fields, j));
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add (self, keys[i].name, NULL, keys[i].key, keys[i].how);
  return self;
}

void
yeji_heading_index_free (YejiHeadingIndex *self)
{
  g_hash_table_unref (self->meanings);
  g_free (self);
}

/**
 * yeji_heading_index_find:
 *
 * Returns: (nullable) (transfer none) (element-type YejiHeadingMeaning): what a heading may mean,
 *   the surest first; with a unit or a remark in brackets behind it or without
 */
GArray *
yeji_heading_index_find (YejiHeadingIndex *self,
                         const char       *heading)
{
  g_autofree char *folded = NULL;
  GArray *found;
  char *bracket;

  if (*heading == '\0' || strlen (heading) > MAX_HEADING)
    return NULL;
  folded = yeji_heading_fold (heading);
  found = g_hash_table_lookup (self->meanings, folded);
  while (found == NULL && (bracket = find_bracket (folded)) != NULL)
    {
      *bracket = '\0';
      found = g_hash_table_lookup (self->meanings, folded);
    }
  if (found == NULL && strchr (folded, '_') != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (folded, "_", -1);
      g_autofree char *plain = g_strjoinv ("", parts);

      found = g_hash_table_lookup (self->meanings, plain);
    }
  return found;
}

/**
 * yeji_heading_index_find_table:
 * @whole: whether the name must be all of the table's, or either may be a part of the other
 *
 * Returns: (nullable) (transfer none): the table that the name of a sheet or of a group of columns
 *   means; %NULL also where it could be several
 */
const YejiTableDef *
yeji_heading_index_find_table (YejiHeadingIndex *self,
                               const char       *name,
                               gboolean          whole)
{
  g_autofree char *folded = yeji_heading_fold (name);
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);
  const YejiTableDef *found = NULL;
  guint n = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      const char *names[] = { table->id, table->member,
                              yeji_text_get (&table->label, YEJI_LANGUAGE_ZH),
                              yeji_text_get (&table->label, YEJI_LANGUAGE_EN) };
      gboolean part = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *own = names[j] != NULL ? yeji_heading_fold (names[j]) : NULL;

          if (own == NULL || *own == '\0')
            continue;
          if (g_str_equal (own, folded))
            return table;
          part = part || strstr (folded, own) != NULL
                 || (g_utf8_strlen (folded, -1) >= 2 && strstr (own, folded) != NULL);
        }
      if (!part)
        continue;
      found = table;
      n++;
    }
  return !whole && n == 1 ? found : NULL;
}

/**
 * yeji_heading_dup_unit:
 *
 * Returns: (transfer full) (nullable): what stands in brackets at the end of a heading, as written
 */
char *
yeji_heading_dup_unit (const char *heading)
{
  static const char *const opening[] = { "(", "（" };
  static const char *const closing[] = { ")", "）" };
  g_autofree char *text = g_strstrip (g_strdup (heading));

  for (guint i = 0; i < G_N_ELEMENTS (closing); i++)
    if (g_str_has_suffix (text, closing[i]))
      {
        const char *begin = NULL;

        text[strlen (text) - strlen (closing[i])] = '\0';
        for (guint j = 0; j < G_N_ELEMENTS (opening); j++)
          {
            const char *place = g_strrstr (text, opening[j]);

            if (place != NULL && place + strlen (opening[j]) > begin)
              begin = place + strlen (opening[j]);
          }
        return begin != NULL ? g_strstrip (g_strdup (begin)) : NULL;
      }
  return NULL;
}
