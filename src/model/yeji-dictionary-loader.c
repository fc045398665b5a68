// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads the parts of a dictionary in the order of their dependence. docs/dictionary-format.md is
 * the description of what is read here; what it does not name is refused. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-json.h"
#include "yeji-json-reader.h"
#include "yeji-loader.h"
#include "yeji-record-private.h"

#include <math.h>

/* What comes over the network is bounded: some ten times what anybody has. */
#define MAX_CODES 100000       /* of a list */
#define MAX_FIELDS 1000        /* of a table */
#define MAX_ITEMS 2000         /* rules, formats, roles, slots: of each */
#define MAX_DPI 10000          /* of a scan */
#define MAX_FILES 200          /* code lists, tables: of each */

static const char * const lenient_words[] = { "error", "warning" };
static const char * const filled_words[] = { "enterprise", "platform" };

static const char * const status_words[] = {
  [YEJI_CODE_CURRENT] = "current",
  [YEJI_CODE_RETIRED] = "retired",
  [YEJI_CODE_SPECIAL] = "special",
  [YEJI_CODE_LEGACY] = "legacy",
};

static const char * const kind_words[N_YEJI_FIELD_KINDS] = {
  [YEJI_FIELD_TEXT] = "text",
  [YEJI_FIELD_LONG_TEXT] = "long_text",
  [YEJI_FIELD_NUMBER] = "number",
  [YEJI_FIELD_DATE] = "date",
  [YEJI_FIELD_CODE] = "code",
  [YEJI_FIELD_LINK] = "link",
};

static const char * const required_words[] = {
  [YEJI_REQUIRED_MANDATORY] = "mandatory",
  [YEJI_REQUIRED_CONDITIONAL] = "conditional",
  [YEJI_REQUIRED_OPTIONAL] = "optional",
};

static const char * const personal_words[] = {
  [YEJI_PERSONAL_NO] = "no",
  [YEJI_PERSONAL_ID_CARD] = "id_card",
  [YEJI_PERSONAL_PHONE] = "phone",
};

static void
read_code (YejiPart     *part,
           JsonObject   *object,
           const char   *place,
           YejiCodeList *list)
{
  g_autoptr (YejiCode) code = g_new0 (YejiCode, 1);

  yeji_part_check_members (part, object, place, "code name parent level status replaced_by note initials");
  code->code = g_strdup (yeji_part_string (part, object, place, "code", TRUE));
  code->name = g_strdup (yeji_part_string (part, object, place, "name", TRUE));
  code->parent = g_strdup (yeji_part_string (part, object, place, "parent", FALSE));
  code->level = g_strdup (yeji_part_string (part, object, place, "level", FALSE));
  code->replaced_by = g_strdup (yeji_part_string (part, object, place, "replaced_by", FALSE));
  code->note = g_strdup (yeji_part_string (part, object, place, "note", FALSE));
  code->initials = g_strdup (yeji_part_string (part, object, place, "initials", FALSE));
  code->status = (YejiCodeStatus) yeji_part_word (part, object, place, "status", status_words,
                                                  G_N_ELEMENTS (status_words), YEJI_CODE_CURRENT);
  if (code->initials != NULL
      && code->initials[strspn (code->initials, G_CSET_a_2_z G_CSET_DIGITS)] != '\0')
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "initials are small letters and digits");
  if (!yeji_code_list_add (list, code))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "“%s” is there twice",
                    code->code);
  else
    g_steal_pointer (&code);
}

static void
check_code_references (YejiPart     *part,
                       YejiCodeList *list)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (list->items, i);
      g_autofree char *place = g_strdup_printf ("/items/%u", i);

      if (code->parent != NULL)
        yeji_loader_find (part, place, list->by_code, code->parent, "code");
      if (code->replaced_by != NULL)
        yeji_loader_find (part, place, list->by_code, code->replaced_by, "code");
    }
}

static gboolean
load_codes (YejiLoader  *loader,
            const char  *name,
            GError     **error)
{
  g_autofree char *file = g_strdup_printf ("codes/%s.json", name);
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);
  YejiCodeList *list = yeji_code_list_new ();
  JsonArray *items;

  g_ptr_array_add (loader->dictionary->code_lists, list);
  if (root == NULL)
    return yeji_loader_finish (part, error);

  yeji_part_check_members (part, root, "", "id label severity note items");
  list->id = g_strdup (yeji_part_id (part, root, "", "id"));
  yeji_part_text (part, root, "", "label", TRUE, &list->label);
  list->note = g_strdup (yeji_part_string (part, root, "", "note", FALSE));
  list->lenient = yeji_part_word (part, root, "", "severity", lenient_words, 2, -1) == 1;
  if (!g_str_equal (list->id, name))
    yeji_part_fail (part, "/id", YEJI_DICTIONARY_ERROR_REFERENCE, "must be “%s”", name);
  yeji_loader_enter (part, "/id", loader->dictionary->codes_by_id, list->id, list);

  items = yeji_part_objects (part, root, "", "items");
  yeji_part_check_count (part, "", "items", items, MAX_CODES);
  for (guint i = 0; part->error == NULL && i < json_array_get_length (items); i++)
    {
      g_autofree char *place = g_strdup_printf ("/items/%u", i);

      read_code (part, json_array_get_object_element (items, i), place, list);
    }
  check_code_references (part, list);
  return yeji_loader_finish (part, error);
}

static void
read_field (YejiLoader   *loader,
            YejiPart     *part,
            JsonObject   *object,
            const char   *place,
            YejiTableDef *table)
{
  YejiFieldDef *field = g_new0 (YejiFieldDef, 1);
  JsonObject *confidence;
  const char *codes;
  static const char * const facts[] = { "id", "type", "required" };

  yeji_part_check_members (part, object, place,
                           "id label help type length precision scale min max unit codes link "
                           "required required_when filled_by inherits assigned carry copies "
                           "personal format aliases confidence");
  field->table = table;
  field->index = table->fields->len;
  g_ptr_array_add (table->fields, field);
  field->id = g_strdup (yeji_part_id (part, object, place, "id"));
  yeji_loader_enter (part, place, table->by_id, field->id, field);
  yeji_part_text (part, object, place, "label", TRUE, &field->label);
  yeji_part_text (part, object, place, "help", FALSE, &field->help);
  field->kind = (YejiFieldKind) yeji_part_word (part, object, place, "type", kind_words,
                                                N_YEJI_FIELD_KINDS, -1);
  field->length = (guint) yeji_part_int (part, object, place, "length", 1, 0);
  field->precision = (guint) yeji_part_int (part, object, place, "precision", 1, 0);
  field->scale = (guint) yeji_part_int (part, object, place, "scale", 0, 0);
  if (field->kind == YEJI_FIELD_NUMBER && field->scale >= field->precision)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "“precision” must be above “scale”: a number has a digit before the point");
  field->min = yeji_part_double (part, object, place, "min", -INFINITY);
  field->max = yeji_part_double (part, object, place, "max", INFINITY);
  field->unit = g_strdup (yeji_part_string (part, object, place, "unit", FALSE));
  field->required = (YejiRequired) yeji_part_word (part, object, place, "required",
                                                   required_words,
                                                   G_N_ELEMENTS (required_words), -1);
  field->personal = (YejiPersonal) yeji_part_word (part, object, place, "personal",
                                                   personal_words,
                                                   G_N_ELEMENTS (personal_words),
                                                   YEJI_PERSONAL_NO);
  field->by_platform = yeji_part_word (part, object, place, "filled_by", filled_words, 2, -1) == 1;
  field->assigned = yeji_part_true (part, object, place, "assigned");
  /* What the platform gives is of that record alone, whatever the dictionary says. */
  field->copies = !yeji_part_false (part, object, place, "copies") && !field->by_platform
                  && !field->assigned;
  field->aliases = yeji_part_strings (part, object, place, "aliases", FALSE);

  codes = yeji_part_string (part, object, place, "codes", field->kind == YEJI_FIELD_CODE);
  if (codes != NULL)
    field->codes = yeji_loader_find (part, place, loader->dictionary->codes_by_id, codes,
                                     "code list");

  confidence = yeji_part_object (part, object, place, "confidence", TRUE);
  for (guint i = 0; confidence != NULL && i < G_N_ELEMENTS (facts); i++)
    field->confidence[i] = g_strdup (yeji_part_string (part, confidence, place, facts[i], TRUE));
}

static void
enter_names (YejiPart     *part,
             YejiTableDef *table)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autofree char *place = g_strdup_printf ("/fields/%u", i);

      g_hash_table_insert (table->by_folded, yeji_field_name_fold (field->id), field);
      for (guint j = 0; field->aliases[j] != NULL; j++)
        {
          char *folded = yeji_field_name_fold (field->aliases[j]);

          if (g_hash_table_contains (table->by_folded, folded))
            yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                            "the alias “%s” means another field already", field->aliases[j]);
          g_hash_table_insert (table->by_folded, folded, field);
        }
    }
}

static gboolean
load_table (YejiLoader  *loader,
            const char  *name,
            GError     **error)
{
  YejiDictionary *self = loader->dictionary;
  g_autofree char *file = g_strdup_printf ("tables/%s.json", name);
  YejiPart *part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);
  YejiTableDef *table;
  JsonArray *fields;
  g_auto (GStrv) title = NULL;
  g_auto (GStrv) details = NULL;

  g_ptr_array_add (loader->table_parts, part);
  if (root == NULL)
    return yeji_loader_finish (part, error);

  table = g_new0 (YejiTableDef, 1);
  table->index = self->tables->len;
  table->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_field_def_free);
  table->row_title = g_ptr_array_new ();
  table->row_details = g_ptr_array_new ();
  table->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  table->by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->tables, table);

  yeji_part_check_members (part, root, "", "id member label row_title row_details copies fields");
  table->id = g_strdup (yeji_part_id (part, root, "", "id"));
  table->member = g_strdup (yeji_part_id (part, root, "", "member"));
  yeji_part_text (part, root, "", "label", TRUE, &table->label);
  table->copies = !yeji_part_false (part, root, "", "copies");
  if (!g_str_equal (table->id, name))
    yeji_part_fail (part, "/id", YEJI_DICTIONARY_ERROR_REFERENCE, "must be “%s”", name);
  if (yeji_record_has_member (table->member))
    yeji_part_fail (part, "/member", YEJI_DICTIONARY_ERROR_REFERENCE,
                    "“%s” means something else in a record file", table->member);
  yeji_loader_enter (part, "/id", self->tables_by_id, table->id, table);
  yeji_loader_enter (part, "/member", self->tables_by_member, table->member, table);

  fields = yeji_part_objects (part, root, "", "fields");
  yeji_part_check_count (part, "", "fields", fields, MAX_FIELDS);
  for (guint i = 0; part->error == NULL && i < json_array_get_length (fields); i++)
    {
      g_autofree char *place = g_strdup_printf ("/fields/%u", i);

      read_field (loader, part, json_array_get_object_element (fields, i), place, table);
    }
  enter_names (part, table);

  title = yeji_part_strings (part, root, "", "row_title", TRUE);
  for (guint i = 0; title[i] != NULL; i++)
    g_ptr_array_add (table->row_title,
                     yeji_loader_find (part, "/row_title", table->by_id, title[i], "field"));
  details = yeji_part_strings (part, root, "", "row_details", FALSE);
  for (guint i = 0; details[i] != NULL; i++)
    g_ptr_array_add (table->row_details,
                     yeji_loader_find (part, "/row_details", table->by_id, details[i], "field"));
  return yeji_loader_finish (part, error);
}

/* What a field says of other tables and of formats can be read only when all of them are there. */
static gboolean
connect_table (YejiLoader    *loader,
               YejiTableDef  *table,
               YejiPart      *part,
               GError       **error)
{
  JsonArray *fields = json_object_get_array_member (yeji_part_get_root (part), "fields");

  for (guint i = 0; i < table->fields->len; i++)
    {
      YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      JsonObject *object = json_array_get_object_element (fields, i);
      g_autofree char *place = g_strdup_printf ("/fields/%u", i);
      const char *link, *inherits, *format;

      link = yeji_part_string (part, object, place, "link", field->kind == YEJI_FIELD_LINK);
      inherits = yeji_part_string (part, object, place, "inherits", FALSE);
      format = yeji_part_string (part, object, place, "format", FALSE);
      if (link != NULL)
        field->link = yeji_loader_find_field (loader, part, place, link);
      if (inherits != NULL)
        field->inherits = yeji_loader_find_field (loader, part, place, inherits);
      if (field->inherits != NULL && (field->inherits->table->index != 0 || table->index == 0))
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                        "a field inherits from the root table alone");
      if (format != NULL)
        field->format = yeji_loader_find (part, place, loader->dictionary->formats_by_id, format,
                                          "format");
      field->required_when = yeji_loader_read_condition (loader, part, object, place,
                                                         "required_when", table);
    }
  return yeji_loader_finish (part, error);
}

/* Comes after the links of all tables: a link is filled from what names the same rows. */
static gboolean
connect_carries (YejiLoader    *loader,
                 YejiTableDef  *table,
                 YejiPart      *part,
                 GError       **error)
{
  JsonArray *fields = json_object_get_array_member (yeji_part_get_root (part), "fields");

  for (guint i = 0; i < table->fields->len; i++)
    {
      YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autofree char *place = g_strdup_printf ("/fields/%u", i);

      field->carry = yeji_loader_read_carry (loader, part, json_array_get_object_element (fields, i),
                                             place, field);
    }
  return yeji_loader_finish (part, error);
}

static void
read_role (YejiLoader *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place)
{
  YejiDictionary *self = loader->dictionary;
  YejiRole *role = g_new0 (YejiRole, 1);
  JsonArray *needs;

  role->needs = g_array_new (FALSE, TRUE, sizeof (YejiTableNeed));
  g_ptr_array_add (self->roles, role);
  yeji_part_check_members (part, object, place, "id label corp_roles tables");
  role->id = g_strdup (yeji_part_id (part, object, place, "id"));
  yeji_part_text (part, object, place, "label", TRUE, &role->label);
  role->corp_roles = yeji_part_strings (part, object, place, "corp_roles", TRUE);
  yeji_loader_enter (part, place, self->roles_by_id, role->id, role);

  needs = yeji_part_objects (part, object, place, "tables");
  for (guint i = 0; needs != NULL && i < json_array_get_length (needs); i++)
    {
      JsonObject *words = json_array_get_object_element (needs, i);
      g_autofree char *where = g_strdup_printf ("%s/tables/%u", place, i);
      YejiTableNeed need;

      yeji_part_check_members (part, words, where, "table min");
      need.table = yeji_loader_find (part, where, self->tables_by_id,
                                     yeji_part_id (part, words, where, "table"), "table");
      need.min = (guint) yeji_part_int (part, words, where, "min", 1, 1);
      g_array_append_val (role->needs, need);
    }
}

static void
read_slot (YejiLoader *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place)
{
  YejiDictionary *self = loader->dictionary;
  YejiSlot *slot = g_new0 (YejiSlot, 1);

  g_ptr_array_add (self->slots, slot);
  yeji_part_check_members (part, object, place, "id label roles when synonyms types max_files");
  slot->id = g_strdup (yeji_part_id (part, object, place, "id"));
  yeji_part_text (part, object, place, "label", TRUE, &slot->label);
  slot->roles = yeji_loader_read_roles (loader, part, object, place);
  slot->synonyms = yeji_part_strings (part, object, place, "synonyms", TRUE);
  slot->types = yeji_part_strings (part, object, place, "types", TRUE);
  slot->max_files = (guint) yeji_part_int (part, object, place, "max_files", 1, 1);
  yeji_loader_enter (part, place, self->slots_by_id, slot->id, slot);

  slot->when = yeji_loader_read_condition (loader, part, object, place, "when", NULL);
}

typedef void (*ReadItem) (YejiLoader *loader,
                          YejiPart   *part,
                          JsonObject *object,
                          const char *place);

static void
read_items (YejiLoader *loader,
            YejiPart   *part,
            const char *member,
            ReadItem    read_item)
{
  JsonObject *root = yeji_part_get_root (part);
  JsonArray *items = root != NULL ? yeji_part_objects (part, root, "", member) : NULL;

  yeji_part_check_count (part, "", member, items, MAX_ITEMS);
  for (guint i = 0; part->error == NULL && i < json_array_get_length (items); i++)
    {
      g_autofree char *place = g_strdup_printf ("/%s/%u", member, i);

      read_item (loader, part, json_array_get_object_element (items, i), place);
    }
}

static gboolean
load_list (YejiLoader  *loader,
           JsonObject  *index,
           const char  *name,
           const char  *member,
           ReadItem     read_item,
           GError     **error)
{
  g_autofree char *file = g_strdup_printf ("%s.json", json_object_get_string_member (index, name));
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root != NULL)
    yeji_part_check_members (part, root, "", member);
  read_items (loader, part, member, read_item);
  return yeji_loader_finish (part, error);
}

static void
read_scan (YejiPart   *part,
           JsonObject *root,
           YejiLimits *limits)
{
  JsonObject *scan = yeji_part_object (part, root, "", "scan", FALSE);
  gint64 dpi, pages;

  if (scan == NULL)
    return;
  yeji_part_check_members (part, scan, "/scan", "dpi ink pages");
  dpi = yeji_part_int (part, scan, "/scan", "dpi", 1, 0);
  pages = yeji_part_int (part, scan, "/scan", "pages", 1, 0);
  limits->scan_ink = yeji_part_double (part, scan, "/scan", "ink", 0);
  if (!(limits->scan_ink >= 0 && limits->scan_ink < 1))
    yeji_part_fail (part, "/scan/ink", YEJI_DICTIONARY_ERROR_SHAPE, "must be a share below 1");
  if (dpi > MAX_DPI || pages > MAX_ITEMS)
    yeji_part_fail (part, "/scan", YEJI_DICTIONARY_ERROR_SHAPE,
                    "no scan has more than %d dots an inch or %d pages", MAX_DPI, MAX_ITEMS);
  limits->scan_dpi = (guint) dpi;
  limits->scan_pages = (guint) pages;
}

static gboolean
load_limits (YejiLoader  *loader,
             JsonObject  *index,
             GError     **error)
{
  YejiLimits *limits = &loader->dictionary->limits;
  g_autofree char *file = g_strdup_printf ("%s.json",
                                           json_object_get_string_member (index, "limits"));
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root == NULL)
    return yeji_loader_finish (part, error);
  yeji_part_check_members (part, root, "", "file_size files rows text scan");
  limits->file_size = yeji_part_int (part, root, "", "file_size", 1, 0);
  limits->files = (guint) yeji_part_int (part, root, "", "files", 1, 0);
  limits->rows = (guint) yeji_part_int (part, root, "", "rows", 1, 0);
  limits->text = (guint) yeji_part_int (part, root, "", "text", 1, 0);
  read_scan (part, root, limits);
  if (limits->file_size == 0 || limits->files == 0 || limits->rows == 0 || limits->text == 0)
    yeji_part_fail (part, "/", YEJI_DICTIONARY_ERROR_SHAPE, "every limit must be there");
  if (limits->rows > YEJI_RECORD_MAX_ROWS)
    yeji_part_fail (part, "/rows", YEJI_DICTIONARY_ERROR_SHAPE,
                    "no record file with more than %u rows in a table can be read",
                    YEJI_RECORD_MAX_ROWS);
  if (limits->text > YEJI_JSON_MAX_STRING)
    yeji_part_fail (part, "/text", YEJI_DICTIONARY_ERROR_SHAPE,
                    "no text of more than %u characters can be read", YEJI_JSON_MAX_STRING);
  return yeji_loader_finish (part, error);
}

static gboolean
load_rules (YejiLoader  *loader,
            JsonObject  *index,
            GError     **error)
{
  YejiDictionary *self = loader->dictionary;
  g_autofree char *file = g_strdup_printf ("%s.json",
                                           json_object_get_string_member (index, "rules"));
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root != NULL)
    yeji_part_check_members (part, root, "", "formats rules");
  read_items (loader, part, "formats", yeji_loader_read_format);
  if (!yeji_loader_finish (part, error))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    if (!connect_table (loader, g_ptr_array_index (self->tables, i),
                        g_ptr_array_index (loader->table_parts, i), error))
      return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    if (!connect_carries (loader, g_ptr_array_index (self->tables, i),
                          g_ptr_array_index (loader->table_parts, i), error))
      return FALSE;

  read_items (loader, part, "rules", yeji_loader_read_rule);
  return yeji_loader_finish (part, error);
}

static gboolean
load_index (YejiLoader  *loader,
            GError     **error)
{
  YejiDictionary *self = loader->dictionary;
  g_autoptr (YejiPart) part = yeji_loader_open (loader, "dictionary.json");
  JsonObject *root = yeji_part_get_root (part);
  g_auto (GStrv) codes = NULL;
  g_auto (GStrv) tables = NULL;
  const char *normalise, *matching, *qualifications;
  static const char * const files[] = { "roles", "documents", "rules", "limits" };

  if (root == NULL)
    return yeji_loader_finish (part, error);
  yeji_part_check_members (part, root, "",
                           "id version standard empty_values missing_date codes tables roles "
                           "documents rules limits normalise matching qualifications");
  self->id = g_strdup (yeji_part_id (part, root, "", "id"));
  self->version = g_strdup (yeji_part_string (part, root, "", "version", TRUE));
  self->standard = g_strdup (yeji_part_string (part, root, "", "standard", TRUE));
  self->empty_values = yeji_part_strings (part, root, "", "empty_values", TRUE);
  for (guint i = 0; self->empty_values[i] != NULL; i++)
    self->begins_empty[(guchar) *self->empty_values[i]] = TRUE;
  self->missing_date = g_strdup (yeji_part_string (part, root, "", "missing_date", TRUE));
  codes = yeji_part_strings (part, root, "", "codes", TRUE);
  tables = yeji_part_strings (part, root, "", "tables", TRUE);
  yeji_part_check_count (part, "", "codes", yeji_json_get_array (root, "codes"), MAX_FILES);
  yeji_part_check_count (part, "", "tables", yeji_json_get_array (root, "tables"), MAX_FILES);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    yeji_part_string (part, root, "", files[i], TRUE);
  normalise = yeji_part_string (part, root, "", "normalise", FALSE);
  matching = yeji_part_string (part, root, "", "matching", FALSE);
  qualifications = yeji_part_string (part, root, "", "qualifications", FALSE);
  if (tables[0] == NULL)
    yeji_part_fail (part, "/tables", YEJI_DICTIONARY_ERROR_SHAPE, "needs a root table");
  if (!yeji_loader_finish (part, error))
    return FALSE;

  for (guint i = 0; codes[i] != NULL; i++)
    if (!load_codes (loader, codes[i], error))
      return FALSE;
  for (guint i = 0; tables[i] != NULL; i++)
    if (!load_table (loader, tables[i], error))
      return FALSE;
  return load_list (loader, root, "roles", "roles", read_role, error)
         && load_list (loader, root, "documents", "slots", read_slot, error)
         && load_rules (loader, root, error)
         && load_limits (loader, root, error)
         && (normalise == NULL || yeji_loader_read_normalisation (loader, normalise, error))
         && (matching == NULL || yeji_loader_read_matching (loader, matching, error))
         && (qualifications == NULL
             || yeji_loader_read_qualifications (loader, qualifications, error));
}

/**
 * yeji_dictionary_load:
 * @self: an empty dictionary
 * @source: (scope call): gives the parts
 *
 * Reads all parts.
 *
 * Returns: %FALSE with an error of #YejiDictionaryError; @self is then of no use
 */
gboolean
yeji_dictionary_load (YejiDictionary  *self,
                      YejiPartSource   source,
                      gpointer         data,
                      GError         **error)
{
  g_autoptr (JsonObject) parts = json_object_new ();
  g_autoptr (GPtrArray) table_parts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_part_free);
  YejiLoader loader = { self, source, data, parts, table_parts };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *bundle;
  char *text;

  if (!load_index (&loader, error))
    return FALSE;
  bundle = json_object_new ();
  json_object_set_object_member (bundle, "parts", json_object_ref (parts));
  json_node_take_object (node, bundle);
  text = yeji_json_print (node, FALSE);
  self->bundle = g_bytes_new_take (text, strlen (text));
  return TRUE;
}
