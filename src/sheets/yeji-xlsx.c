// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

#define MAX_RELATIONS 100000u

/* A workbook of ISO 29500: a zip archive of parts in XML, of which relations say what they are. */
typedef struct
{
  char *path;
  GPtrArray *list;             /* (element-type YejiSheet), owned by the sheets */
  GHashTable *parts;           /* names in small letters */
  char *workbook;
  char *styles_name;           /* (nullable) */
  char *strings_name;          /* (nullable) */
  YejiXlsxStyles *styles;
  YejiXlsxStrings *strings;    /* (nullable): until a table is read */
  gboolean since_1904;
} Xlsx;

/* What a relation says, by its id. */
typedef struct
{
  char *type;                  /* the last word of it */
  char *target;                /* the part, in small letters; NULL: outside of the file */
} Relation;

static void
free_relation (gpointer data)
{
  Relation *relation = data;

  g_free (relation->type);
  g_free (relation->target);
  g_free (relation);
}

static void
free_xlsx (gpointer data)
{
  Xlsx *self = data;

  g_free (self->path);
  g_free (self->workbook);
  g_free (self->styles_name);
  g_free (self->strings_name);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->styles, yeji_xlsx_styles_free);
  g_clear_pointer (&self->strings, yeji_xlsx_strings_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Xlsx, free_xlsx)

/* Where a target leads from a folder of the archive; NULL where it leads out. */
static char *
resolve (const char *folder,
         const char *target)
{
  g_autofree char *joined = *target == '/' ? g_strdup (target + 1)
                                           : g_strconcat (folder, target, NULL);
  g_auto (GStrv) parts = g_strsplit (joined, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0' || g_str_equal (parts[i], "."))
        continue;
      if (!g_str_equal (parts[i], ".."))
        g_ptr_array_add (kept, parts[i]);
      else if (kept->len > 0)
        g_ptr_array_set_size (kept, (int) kept->len - 1);
      else
        return NULL;
    }
  g_ptr_array_add (kept, NULL);
  g_free (joined);
  joined = g_strjoinv ("/", (char **) kept->pdata);
  return g_ascii_strdown (joined, -1);
}

typedef struct
{
  GHashTable *relations;       /* id -> Relation */
  const char *folder;          /* of the archive, that targets start from */
  const char *relation;
} RelationReading;

static gboolean
begin_relation (gpointer      data,
                YejiXlsxSax  *sax,
                const char   *name,
                GError      **error)
{
  RelationReading *self = data;
  g_autofree char *id = NULL, *type = NULL, *target = NULL, *mode = NULL;
  Relation *relation;

  if (name != self->relation)
    return TRUE;
  id = yeji_xlsx_sax_dup (sax, "Id");
  type = yeji_xlsx_sax_dup (sax, "Type");
  target = yeji_xlsx_sax_dup (sax, "Target");
  mode = yeji_xlsx_sax_dup (sax, "TargetMode");
  if (id == NULL || type == NULL || target == NULL)
    return TRUE;
  if (g_hash_table_size (self->relations) >= MAX_RELATIONS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "too many relations");
  relation = g_new0 (Relation, 1);
  relation->type = g_strdup (strrchr (type, '/') != NULL ? strrchr (type, '/') + 1 : type);
  if (g_strcmp0 (mode, "External") != 0)
    relation->target = resolve (self->folder, target);
  g_hash_table_replace (self->relations, g_steal_pointer (&id), relation);
  return TRUE;
}

static const YejiXlsxSaxClass relation_class = { begin_relation, NULL, NULL };

/* The relations of a part, "" for those of the file: id -> Relation. */
static GHashTable *
read_relations (Xlsx        *self,
                const char  *of,
                GError     **error)
{
  g_autoptr (GHashTable) relations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                            free_relation);
  const char *slash = strrchr (of, '/');
  g_autofree char *folder = g_strndup (of, slash != NULL ? (gsize) (slash + 1 - of) : 0);
  g_autofree char *name = g_strconcat (folder, "_rels/", slash != NULL ? slash + 1 : of, ".rels",
                                       NULL);
  RelationReading reading = { relations, folder, NULL };
  YejiXlsxPart *part = yeji_xlsx_part_open (self->path, name, YEJI_XLSX_SMALL_PART, error);
  g_autoptr (YejiXlsxSax) sax = NULL;

  if (part == NULL)
    return NULL;
  sax = yeji_xlsx_sax_new (part, &relation_class, &reading);
  reading.relation = yeji_xlsx_sax_intern (sax, "Relationship");
  return yeji_xlsx_sax_run (sax, error) ? g_steal_pointer (&relations) : NULL;
}

/* The part that a relation of a type names; NULL when there is none. */
static char *
find_by_type (Xlsx       *self,
              GHashTable *relations,
              const char *type)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, relations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Relation *relation = value;

      if (relation->target != NULL && g_str_equal (relation->type, type)
          && g_hash_table_contains (self->parts, relation->target))
        return g_strdup (relation->target);
    }
  return NULL;
}

typedef struct
{
  Xlsx *xlsx;
  GHashTable *relations;
  GPtrArray *list;
  const char *properties, *sheet, *id;
} WorkbookReading;

static gboolean
add_sheet (WorkbookReading  *self,
           YejiXlsxSax      *sax,
           GError          **error)
{
  g_autofree char *name = yeji_xlsx_sax_dup (sax, "name");
  g_autofree char *state = yeji_xlsx_sax_dup (sax, "state");
  g_autofree char *id = NULL;
  gsize length;
  const char *value = yeji_xlsx_sax_get_qualified (sax, self->id, &length);
  const Relation *relation = NULL;
  YejiSheet *sheet;

  if (value != NULL)
    {
      id = g_strndup (value, length);
      relation = g_hash_table_lookup (self->relations, id);
    }
  if (name != NULL && value != NULL && length == 0)   /* macros of Excel 95, which have no part */
    return TRUE;
  if (name == NULL || relation == NULL)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "the table %s has no relation",
                             name != NULL ? name : "?");
  if (!g_str_equal (relation->type, "worksheet"))            /* a chart, or a dialog */
    return TRUE;
  if (relation->target == NULL || !g_hash_table_contains (self->xlsx->parts, relation->target))
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "the table %s is missing", name);
  if (self->list->len >= YEJI_SHEETS_MAX_SHEETS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %d tables",
                             YEJI_SHEETS_MAX_SHEETS);
  sheet = yeji_sheets_add (self->list, name);
  sheet->hidden = state != NULL && !g_str_equal (state, "visible");
  sheet->target = g_strdup (relation->target);
  return TRUE;
}

static gboolean
begin_of_workbook (gpointer      data,
                   YejiXlsxSax  *sax,
                   const char   *name,
                   GError      **error)
{
  WorkbookReading *self = data;

  if (name == self->properties)
    {
      g_autofree char *value = yeji_xlsx_sax_dup (sax, "date1904");

      self->xlsx->since_1904 = g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "true") == 0;
    }
  return name != self->sheet || add_sheet (self, sax, error);
}

static const YejiXlsxSaxClass workbook_class = { begin_of_workbook, NULL, NULL };

static gboolean
read_workbook (Xlsx        *self,
               GHashTable  *relations,
               GPtrArray   *list,
               GError     **error)
{
  WorkbookReading reading = { self, relations, list, NULL, NULL, NULL };
  YejiXlsxPart *part = yeji_xlsx_part_open (self->path, self->workbook, YEJI_XLSX_SMALL_PART,
                                            error);
  g_autoptr (YejiXlsxSax) sax = NULL;

  if (part == NULL)
    return FALSE;
  sax = yeji_xlsx_sax_new (part, &workbook_class, &reading);
  reading.properties = yeji_xlsx_sax_intern (sax, "workbookPr");
  reading.sheet = yeji_xlsx_sax_intern (sax, "sheet");
  reading.id = yeji_xlsx_sax_intern (sax, "id");
  return yeji_xlsx_sax_run (sax, error);
}

static YejiSheetReader *
read_sheet (gpointer   data,
            guint      index,
            GError   **error)
{
  Xlsx *self = data;
  YejiSheet *sheet = g_ptr_array_index (self->list, index);

  if (self->strings == NULL)
    self->strings = yeji_xlsx_strings_new (self->path, self->strings_name, error);
  if (self->strings == NULL)
    return NULL;
  return yeji_xlsx_rows_new (self->path, sheet->target, &sheet->merged, self->styles,
                             self->strings, self->since_1904, error);
}

static const YejiSheetsClass xlsx_class = { read_sheet, free_xlsx };

/* (nullable): what an archive is that other programs read as a table */
static const char *
find_other_format (GHashTable *parts)
{
  static const struct
  {
    const char *part;
    const char *format;
  } formats[] = {
    { "content.xml", "an OpenDocument file" },
    { "index/document.iwa", "a file of Numbers" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_hash_table_contains (parts, formats[i].part))
      return formats[i].format;
  return NULL;
}

YejiSheets *
yeji_sheets_open_xlsx (const char  *path,
                       GError     **error)
{
  g_autoptr (Xlsx) self = g_new0 (Xlsx, 1);
  g_autoptr (GPtrArray) list = yeji_sheets_new_list ();
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) of_file = NULL;
  g_autoptr (GHashTable) of_workbook = NULL;
  const char *other;

  self->path = g_strdup (path);
  self->list = list;
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!yeji_xlsx_list_parts (path, self->parts, order, error))
    return NULL;
  other = find_other_format (self->parts);
  if (other != NULL)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FORMAT, "%s", other);
      return NULL;
    }
  if (!g_hash_table_contains (self->parts, "[content_types].xml")
      || !g_hash_table_contains (self->parts, "_rels/.rels"))
    return yeji_sheets_open_zip (path, order, error);
  of_file = read_relations (self, "", error);
  if (of_file == NULL)
    return NULL;
  self->workbook = find_by_type (self, of_file, "officeDocument");
  if (self->workbook == NULL)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_UNKNOWN, "no relation names a workbook");
      return NULL;
    }
  if (g_str_has_suffix (self->workbook, ".bin"))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FORMAT, "a binary workbook (xlsb)");
      return NULL;
    }
  of_workbook = read_relations (self, self->workbook, error);
  if (of_workbook == NULL || !read_workbook (self, of_workbook, list, error))
    return NULL;
  if (list->len == 0)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_UNKNOWN, "there is no table in it");
      return NULL;
    }
  self->strings_name = find_by_type (self, of_workbook, "sharedStrings");
  self->styles_name = find_by_type (self, of_workbook, "styles");
  self->styles = yeji_xlsx_styles_new (path, self->styles_name, error);
  if (self->styles == NULL)
    return NULL;
  return yeji_sheets_new (YEJI_SHEETS_XLSX, g_steal_pointer (&list), &xlsx_class,
                          g_steal_pointer (&self));
}
