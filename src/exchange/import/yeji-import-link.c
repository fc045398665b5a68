// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-file"

#include "config.h"

#include "yeji-import-private.h"

/* Which rows belong to which record: by the key of the record, by the number of the project, or by
 * its name. What makes records is read first, what belongs to them then. */

/* Of several projects of one name. */
#define SEVERAL (G_MAXUINT32 - 1)

typedef struct
{
  YejiImportFile *file;
  GHashTable *by_key;          /* number of the pool + 1 -> number of the record + 1 */
  GHashTable *by_number;
  GHashTable *by_name;
  guint32 *said;               /* by record and field of the root: the value */
  guint n_root;
  gboolean moved;              /* a row belongs to another number than before */
} Linking;

static YejiStagedSheet *
get_sheet (YejiImportFile *self,
           guint           sheet)
{
  return g_ptr_array_index (self->sheets, sheet);
}

static const YejiImportColumn *
get_column (const YejiStagedSheet *sheet,
            guint                  column)
{
  return g_ptr_array_index (sheet->def->columns, column);
}

static YejiStagedRecord *
get_record (YejiImportFile *self,
            guint32         record)
{
  return &g_array_index (self->records, YejiStagedRecord, record);
}

/* ---- What the columns are for */

static const YejiFieldDef *
find_number_field (YejiImportFile *self)
{
  GPtrArray *fields = yeji_dictionary_get_root (self->dictionary)->fields;

  for (guint i = 0; i < fields->len; i++)
    if (((YejiFieldDef *) g_ptr_array_index (fields, i))->assigned)
      return g_ptr_array_index (fields, i);
  return NULL;
}

static YejiImportPart *
find_part (YejiStagedSheet    *sheet,
           const YejiTableDef *table)
{
  YejiImportPart *part;

  for (guint i = 0; i < sheet->parts->len; i++)
    {
      part = g_ptr_array_index (sheet->parts, i);
      if (part->table == table)
        return part;
    }
  part = g_new0 (YejiImportPart, 1);
  part->table = table;
  part->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (sheet->parts, part);
  return part;
}

static void
prepare_sheet (YejiImportFile  *self,
               YejiStagedSheet *sheet,
               gboolean         has_root)
{
  const YejiTableDef *root = yeji_dictionary_get_root (self->dictionary);
  const YejiFieldDef *number = find_number_field (self);
  const YejiFieldDef *name = root->row_title->len > 0 ? g_ptr_array_index (root->row_title, 0)
                                                      : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sheet->keys); i++)
    sheet->keys[i] = -1;
  sheet->number = sheet->name = -1;
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      const YejiImportColumn *column = get_column (sheet, i);

      if (column->key != YEJI_IMPORT_KEY_NONE)
        sheet->keys[column->key] = (int) i;
      if (column->field == NULL || column->field->by_platform)
        continue;
      if (column->field == name)
        sheet->name = (int) i;
      if (number != NULL && (column->field == number
                             || (column->field->inherits == number && sheet->number < 0)))
        sheet->number = (int) i;
      g_array_append_val (find_part (sheet, column->field->table)->columns, i);
      g_hash_table_add (self->columns, (gpointer) column->field);
    }
  for (guint i = 0; i < sheet->parts->len; i++)
    {
      YejiImportPart *part = g_ptr_array_index (sheet->parts, i);

      part->dedupe = part->table != root && part->table != sheet->def->table;
    }
  sheet->defines = sheet->def->table != NULL && (sheet->def->table == root || !has_root);
}

/**
 * yeji_import_prepare:
 *
 * Finds what the columns of each sheet are for.
 */
void
yeji_import_prepare (YejiImportFile *self)
{
  const YejiTableDef *root = yeji_dictionary_get_root (self->dictionary);
  gboolean has_root = FALSE;

  for (guint i = 0; i < self->sheets->len; i++)
    has_root = has_root || get_sheet (self, i)->def->table == root;
  for (guint i = 0; i < self->sheets->len; i++)
    prepare_sheet (self, get_sheet (self, i), has_root);
}

/* ---- Records */

static guint32
look_up (GHashTable *map,
         guint32     text)
{
  gpointer found = text != 0 ? g_hash_table_lookup (map, GUINT_TO_POINTER (text)) : NULL;

  return found != NULL ? GPOINTER_TO_UINT (found) - 1 : YEJI_IMPORT_NOBODY;
}

static void
note (GHashTable *map,
      guint32     text,
      guint32     record)
{
  guint32 known = look_up (map, text);

  if (text != 0 && known != record)
    g_hash_table_insert (map, GUINT_TO_POINTER (text),
                         GUINT_TO_POINTER ((known == YEJI_IMPORT_NOBODY ? record : SEVERAL) + 1));
}

static guint32
add_record (Linking *linking,
            guint32  key,
            guint32  number,
            guint32  name)
{
  YejiStagedRecord record = { .key = key, .number = number, .name = name };
  guint32 index = linking->file->records->len;

  g_array_append_val (linking->file->records, record);
  note (linking->by_key, key, index);
  note (linking->by_number, number, index);
  note (linking->by_name, name, index);
  return index;
}

/* What a row says of the record that it is of. */
static void
read_keys (const YejiStagedSheet *sheet,
           guint                  row,
           guint32               *key,
           guint32               *number,
           guint32               *name)
{
  int column = sheet->keys[YEJI_IMPORT_KEY_RECORD];

  *key = column >= 0 ? yeji_import_get_value (sheet, row, (guint) column) : 0;
  *number = sheet->number >= 0 ? yeji_import_get_value (sheet, row, (guint) sheet->number) : 0;
  *name = sheet->name >= 0 ? yeji_import_get_value (sheet, row, (guint) sheet->name) : 0;
}

static gboolean
says_anything (const YejiStagedSheet *sheet,
               guint                  row,
               gboolean               keys_too)
{
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      const YejiImportColumn *column = get_column (sheet, i);
      gboolean counts = column->field != NULL
                        ? !column->field->by_platform
                          && (keys_too || ((int) i != sheet->number && (int) i != sheet->name))
                        : column->key == YEJI_IMPORT_KEY_ROW
                          || (keys_too && column->key == YEJI_IMPORT_KEY_RECORD);

      if (counts && yeji_import_get_text (sheet, row, i) != 0)
        return TRUE;
    }
  return FALSE;
}

/* A row that makes a record, or says more of one. */
static guint32
find_defined (Linking *linking,
              guint32  key,
              guint32  number,
              guint32  name)
{
  guint32 found = YEJI_IMPORT_NOBODY;

  if (key != 0)
    found = look_up (linking->by_key, key);
  else if (number != 0)
    found = look_up (linking->by_number, number);
  else if (name != 0)
    found = look_up (linking->by_name, name);
  if (found == SEVERAL || (found == YEJI_IMPORT_NOBODY && key == 0 && number == 0 && name == 0))
    return found;
  if (found == YEJI_IMPORT_NOBODY)
    return add_record (linking, key, number, name);
  /* what is said later completes what was said first */
  if (get_record (linking->file, found)->number == 0 && number != 0)
    {
      get_record (linking->file, found)->number = number;
      note (linking->by_number, number, found);
    }
  if (get_record (linking->file, found)->name == 0 && name != 0)
    {
      get_record (linking->file, found)->name = name;
      note (linking->by_name, name, found);
    }
  return found;
}

/* A row that belongs to a record: of the file, or of whom the profile may know. */
static guint32
find_owner (Linking *linking,
            guint32  key,
            guint32  number,
            guint32  name)
{
  guint32 found;

  found = look_up (linking->by_key, key);
  if (found == YEJI_IMPORT_NOBODY && key != 0)
    found = look_up (linking->by_number, key);
  if (found == YEJI_IMPORT_NOBODY && key != 0)
    found = look_up (linking->by_name, key);
  if (found == YEJI_IMPORT_NOBODY && key == 0)
    found = look_up (linking->by_number, number);
  if (found == YEJI_IMPORT_NOBODY && key == 0)
    found = look_up (linking->by_name, name);
  if (found != YEJI_IMPORT_NOBODY)
    return found;
  if (key != 0 || number != 0 || name != 0)
    return add_record (linking, key, number, name);
  return linking->file->records->len == 1 ? 0 : YEJI_IMPORT_NOBODY;
}

static void
add_trouble (YejiImportFile    *self,
             guint              sheet,
             guint              row,
             int                column,
             YejiImportTrouble  trouble)
{
  YejiBadCell bad = { { sheet, row, (guint) column }, trouble, TRUE };

  g_array_append_val (self->bad, bad);
}

/* The cell that should say whose the row is. */
static int
get_owner_column (const YejiStagedSheet *sheet)
{
  if (sheet->keys[YEJI_IMPORT_KEY_RECORD] >= 0)
    return sheet->keys[YEJI_IMPORT_KEY_RECORD];
  if (sheet->name >= 0 || sheet->number >= 0)
    return sheet->name >= 0 ? sheet->name : sheet->number;
  for (guint i = 0; i < sheet->n_columns; i++)
    if (get_column (sheet, i)->field != NULL && !get_column (sheet, i)->field->by_platform)
      return (int) i;
  return 0;
}

static void
link_sheet (Linking         *linking,
            guint            index,
            gboolean         defining)
{
  YejiImportFile *self = linking->file;
  YejiStagedSheet *sheet = get_sheet (self, index);

  if (sheet->def->table == NULL || sheet->defines != defining)
    return;
  if (sheet->owners->len != sheet->numbers->len)
    {
      g_array_set_size (sheet->owners, sheet->numbers->len);
      linking->moved = TRUE;
    }
  for (guint i = 0; i < sheet->numbers->len; i++)
    {
      guint32 key, number, name;
      guint32 owner = YEJI_IMPORT_NOBODY;

      if (says_anything (sheet, i, defining))
        {
          read_keys (sheet, i, &key, &number, &name);
          owner = defining ? find_defined (linking, key, number, name)
                           : find_owner (linking, key, number, name);
          if (owner == SEVERAL || owner == YEJI_IMPORT_NOBODY)
            {
              add_trouble (self, index, i, get_owner_column (sheet), YEJI_IMPORT_OWNER);
              owner = YEJI_IMPORT_NOBODY;
            }
          else if (defining)
            get_record (self, owner)->has_project = TRUE;
        }
      if (g_array_index (sheet->owners, guint32, i) != owner)
        linking->moved = TRUE;
      g_array_index (sheet->owners, guint32, i) = owner;
    }
}

/* ---- The rows of each record, in the order of the file */

static void
list_rows (YejiImportFile *self)
{
  guint32 first = 0;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      YejiStagedSheet *sheet = get_sheet (self, i);

      for (guint j = 0; j < sheet->owners->len; j++)
        if (g_array_index (sheet->owners, guint32, j) != YEJI_IMPORT_NOBODY)
          get_record (self, g_array_index (sheet->owners, guint32, j))->n_rows++;
    }
  for (guint i = 0; i < self->records->len; i++)
    {
      get_record (self, i)->first = first;
      first += get_record (self, i)->n_rows;
      get_record (self, i)->n_rows = 0;
    }
  g_array_set_size (self->rows, first);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      YejiStagedSheet *sheet = get_sheet (self, i);

      for (guint j = 0; j < sheet->owners->len; j++)
        {
          guint32 owner = g_array_index (sheet->owners, guint32, j);
          YejiStagedRow row = { i, j };

          if (owner != YEJI_IMPORT_NOBODY)
            {
              YejiStagedRecord *record = get_record (self, owner);

              g_array_index (self->rows, YejiStagedRow, record->first + record->n_rows++) = row;
            }
        }
    }
}

/* Rows of one record must not say different things of the project. */
static void
compare_projects (Linking *linking)
{
  YejiImportFile *self = linking->file;
  const YejiTableDef *root = yeji_dictionary_get_root (self->dictionary);

  linking->n_root = root->fields->len;
  linking->said = g_new0 (guint32, (gsize) self->records->len * linking->n_root + 1);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      YejiStagedSheet *sheet = get_sheet (self, i);

      for (guint j = 0; j < sheet->n_columns; j++)
        {
          const YejiFieldDef *field = get_column (sheet, j)->field;

          if (field == NULL || field->table != root || field->by_platform)
            continue;
          for (guint k = 0; k < sheet->owners->len; k++)
            {
              guint32 owner = g_array_index (sheet->owners, guint32, k);
              guint32 value = yeji_import_get_value (sheet, k, j);
              guint32 *said;

              if (owner == YEJI_IMPORT_NOBODY || value == 0)
                continue;
              said = &linking->said[(gsize) owner * linking->n_root + field->index];
              if (*said == 0)
                *said = value;
              else if (*said != value)
                add_trouble (self, i, k, (int) j, YEJI_IMPORT_DIFFERS);
            }
        }
    }
  g_free (linking->said);
}

/* A record with more rows of a table could not be read back. */
static void
limit_rows (YejiImportFile *self)
{
  for (guint i = 0; i < self->records->len; i++)
    {
      const YejiStagedRecord *record = get_record (self, i);
      guint n = 0;
      guint32 sheet = G_MAXUINT32;

      for (guint j = 0; record->n_rows > YEJI_RECORD_MAX_ROWS && j < record->n_rows; j++)
        {
          const YejiStagedRow *row = &g_array_index (self->rows, YejiStagedRow, record->first + j);

          n = row->sheet == sheet ? n + 1 : 1;
          sheet = row->sheet;
          if (n == YEJI_RECORD_MAX_ROWS + 1)
            add_trouble (self, row->sheet, row->row, get_owner_column (get_sheet (self, sheet)),
                         YEJI_IMPORT_ROWS);
        }
    }
}

static void
count_bad (YejiImportFile *self)
{
  guint n = 0;

  g_array_sort (self->bad, yeji_import_compare_bad);
  for (guint i = 0; i < self->bad->len; i++)
    {
      YejiBadCell bad = g_array_index (self->bad, YejiBadCell, i);
      YejiStagedSheet *sheet = get_sheet (self, bad.place.sheet);
      guint32 owner = g_array_index (sheet->owners, guint32, bad.place.row);

      /* what is wrong with the cell by itself is said first */
      if (n > 0 && yeji_import_compare_bad (&g_array_index (self->bad, YejiBadCell, n - 1),
                                            &bad) == 0)
        {
          if (g_array_index (self->bad, YejiBadCell, n - 1).linked)
            g_array_index (self->bad, YejiBadCell, n - 1) = bad;
          continue;
        }
      g_array_index (self->bad, YejiBadCell, n++) = bad;
      if (owner != YEJI_IMPORT_NOBODY)
        get_record (self, owner)->n_bad++;
    }
  g_array_set_size (self->bad, n);
}

static void
refuse (YejiImportFile *self,
        guint           record)
{
  YejiStagedRecord *it = get_record (self, record);

  it->refused = TRUE;
  for (guint i = 0; i < it->n_rows; i++)
    {
      const YejiStagedRow *row = &g_array_index (self->rows, YejiStagedRow, it->first + i);

      add_trouble (self, row->sheet, row->row, get_owner_column (get_sheet (self, row->sheet)),
                   YEJI_IMPORT_OWNER);
    }
}

/* (transfer full) (element-type guint): the records that nobody knows the project of */
static GArray *
list_refused (YejiImportFile *self)
{
  GArray *refused = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->records->len; i++)
    if (get_record (self, i)->refused)
      g_array_append_val (refused, i);
  return refused;
}

/**
 * yeji_import_link:
 *
 * Finds which record each row belongs to, and what is wrong with that.
 */
void
yeji_import_link (YejiImportFile *self)
{
  Linking linking = { self, g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL),
                      g_hash_table_new (NULL, NULL), NULL, 0 };
  g_autoptr (GArray) refused = list_refused (self);
  guint n = 0;

  for (guint i = 0; i < self->bad->len; i++)
    if (!g_array_index (self->bad, YejiBadCell, i).linked)
      g_array_index (self->bad, YejiBadCell, n++) = g_array_index (self->bad, YejiBadCell, i);
  g_array_set_size (self->bad, n);
  g_array_set_size (self->records, 0);
  for (guint i = 0; i < self->sheets->len; i++)
    link_sheet (&linking, i, TRUE);
  for (guint i = 0; i < self->sheets->len; i++)
    link_sheet (&linking, i, FALSE);
  self->generation += linking.moved;
  list_rows (self);
  compare_projects (&linking);
  limit_rows (self);
  /* where the numbers are others, who said so says it anew */
  for (guint i = 0; i < refused->len && !linking.moved; i++)
    refuse (self, g_array_index (refused, guint, i));
  count_bad (self);
  g_hash_table_unref (linking.by_key);
  g_hash_table_unref (linking.by_number);
  g_hash_table_unref (linking.by_name);
}

/**
 * yeji_import_file_refuse:
 *
 * Says that nobody knows the project that the rows of a record belong to: neither the file has it
 * nor the profile. Good until a mended cell makes the numbers of the records others.
 */
void
yeji_import_file_refuse (YejiImportFile *self,
                         guint           record)
{
  g_return_if_fail (YEJI_IS_IMPORT_FILE (self) && record < self->records->len);
  if (get_record (self, record)->refused)
    return;
  refuse (self, record);
  for (guint i = 0; i < self->records->len; i++)
    get_record (self, i)->n_bad = 0;
  count_bad (self);
}
