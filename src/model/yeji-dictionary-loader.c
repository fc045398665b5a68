// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads the parts of a dictionary in the order of their dependence. docs/dictionary-format.md is
 * the description of what is read here; what it does not name is refused. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-dictionary-private.h"
#include "yeji-json.h"
#include "yeji-part.h"

#include <math.h>

typedef struct
{
  YejiDictionary *dictionary;
  YejiPartSource source;
  gpointer data;
  JsonObject *bundle;          /* file -> object, all that was read */
  GPtrArray *table_parts;      /* (element-type YejiPart), kept for the references between tables */
} Loader;

static const char * const severity_words[] = { "hint", "warning", "error" };
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

static const char * const algorithm_words[N_YEJI_ALGORITHMS] = {
  [YEJI_ALGORITHM_NONE] = "none",
  [YEJI_ALGORITHM_CREDIT_CODE] = "credit_code",
  [YEJI_ALGORITHM_ORGANISATION_CODE] = "organisation_code",
  [YEJI_ALGORITHM_CITIZEN_ID] = "citizen_id",
};

static const char * const rule_words[N_YEJI_RULE_KINDS] = {
  [YEJI_RULE_MANDATORY] = "mandatory",
  [YEJI_RULE_UNKNOWN] = "unknown",
  [YEJI_RULE_LENGTH] = "length",
  [YEJI_RULE_NUMBER] = "number",
  [YEJI_RULE_DATE] = "date",
  [YEJI_RULE_CODE] = "code",
  [YEJI_RULE_LINK] = "link",
  [YEJI_RULE_FORMAT] = "format",
  [YEJI_RULE_NOT_FUTURE] = "not_future",
  [YEJI_RULE_INHERIT] = "inherit",
  [YEJI_RULE_ORDER] = "order",
  [YEJI_RULE_PARENT] = "parent",
  [YEJI_RULE_ROW_EXISTS] = "row_exists",
  [YEJI_RULE_ROLE] = "role",
  [YEJI_RULE_ROLE_TABLES] = "role_tables",
  [YEJI_RULE_ROLE_DOCUMENTS] = "role_documents",
  [YEJI_RULE_UNIQUE] = "unique",
};

static YejiPart *
open_part (Loader     *loader,
           const char *file)
{
  g_autoptr (GBytes) bytes = loader->source (file, loader->data);
  YejiPart *part = yeji_part_new (file, bytes);

  if (part->root != NULL)
    json_object_set_member (loader->bundle, file, json_node_ref (part->root));
  return part;
}

static gboolean
finish (YejiPart  *part,
        GError   **error)
{
  if (part->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&part->error));
  return FALSE;
}

/* Enters a new thing under its id, which nothing else of its kind may have. */
static void
enter (YejiPart   *part,
       const char *place,
       GHashTable *by_id,
       const char *id,
       gpointer    thing)
{
  if (g_hash_table_contains (by_id, id))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "“%s” is there twice", id);
  else
    g_hash_table_insert (by_id, (gpointer) id, thing);
}

static gpointer
look_up (YejiPart   *part,
         const char *place,
         GHashTable *by_id,
         const char *id,
         const char *what)
{
  gpointer thing = g_hash_table_lookup (by_id, id);

  if (thing == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "no %s “%s”", what, id);
  return thing;
}

/* Finds "Table.Field". */
static const YejiFieldDef *
look_up_field (Loader     *loader,
               YejiPart   *part,
               const char *place,
               const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  const YejiFieldDef *field = NULL;

  if (g_strv_length (parts) == 2)
    field = yeji_dictionary_find_field (loader->dictionary, parts[0], parts[1]);
  if (field == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "no field “%s”", name);
  return field;
}

static YejiCondition *
read_condition (YejiPart           *part,
                JsonObject         *object,
                const char         *place,
                const char         *member,
                const YejiTableDef *table)
{
  JsonObject *words = yeji_part_object (part, object, place, member, FALSE);
  g_autofree char *where = g_strdup_printf ("%s/%s", place, member);
  YejiCondition *condition;

  if (words == NULL)
    return NULL;
  yeji_part_check_members (part, words, where, "field in not_in above filled");
  if (json_object_get_size (words) != 2)
    yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_SHAPE, "must hold a field and one test");

  condition = g_new0 (YejiCondition, 1);
  condition->field = g_strdup (yeji_part_id (part, words, where, "field"));
  if (table != NULL && yeji_table_def_find_field (table, condition->field) == NULL)
    yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_REFERENCE, "no field “%s” in “%s”",
                    condition->field, table->id);
  if (json_object_has_member (words, "above"))
    {
      condition->kind = YEJI_CONDITION_ABOVE;
      condition->above = yeji_part_double (part, words, where, "above", 0);
    }
  else if (yeji_part_true (part, words, where, "filled"))
    {
      condition->kind = YEJI_CONDITION_FILLED;
    }
  else
    {
      gboolean negated = json_object_has_member (words, "not_in");

      condition->kind = negated ? YEJI_CONDITION_NOT_IN : YEJI_CONDITION_IN;
      condition->values = yeji_part_strings (part, words, where, negated ? "not_in" : "in", TRUE);
    }
  return condition;
}

static void
read_code (YejiPart     *part,
           JsonObject   *object,
           const char   *place,
           YejiCodeList *list)
{
  g_autoptr (YejiCode) code = g_new0 (YejiCode, 1);

  yeji_part_check_members (part, object, place, "code name parent level status replaced_by note");
  code->code = g_strdup (yeji_part_string (part, object, place, "code", TRUE));
  code->name = g_strdup (yeji_part_string (part, object, place, "name", TRUE));
  code->parent = g_strdup (yeji_part_string (part, object, place, "parent", FALSE));
  code->level = g_strdup (yeji_part_string (part, object, place, "level", FALSE));
  code->replaced_by = g_strdup (yeji_part_string (part, object, place, "replaced_by", FALSE));
  code->note = g_strdup (yeji_part_string (part, object, place, "note", FALSE));
  code->status = (YejiCodeStatus) yeji_part_word (part, object, place, "status", status_words,
                                                  G_N_ELEMENTS (status_words), YEJI_CODE_CURRENT);
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
        look_up (part, place, list->by_code, code->parent, "code");
      if (code->replaced_by != NULL)
        look_up (part, place, list->by_code, code->replaced_by, "code");
    }
}

static gboolean
load_codes (Loader      *loader,
            const char  *name,
            GError     **error)
{
  g_autofree char *file = g_strdup_printf ("codes/%s.json", name);
  g_autoptr (YejiPart) part = open_part (loader, file);
  JsonObject *root = yeji_part_get_root (part);
  YejiCodeList *list = yeji_code_list_new ();
  JsonArray *items;

  g_ptr_array_add (loader->dictionary->code_lists, list);
  if (root == NULL)
    return finish (part, error);

  yeji_part_check_members (part, root, "", "id label severity note items");
  list->id = g_strdup (yeji_part_id (part, root, "", "id"));
  yeji_part_text (part, root, "", "label", TRUE, &list->label);
  list->note = g_strdup (yeji_part_string (part, root, "", "note", FALSE));
  list->lenient = yeji_part_word (part, root, "", "severity", lenient_words, 2, -1) == 1;
  if (!g_str_equal (list->id, name))
    yeji_part_fail (part, "/id", YEJI_DICTIONARY_ERROR_REFERENCE, "must be “%s”", name);
  enter (part, "/id", loader->dictionary->codes_by_id, list->id, list);

  items = yeji_part_objects (part, root, "", "items");
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      g_autofree char *place = g_strdup_printf ("/items/%u", i);

      read_code (part, json_array_get_object_element (items, i), place, list);
    }
  check_code_references (part, list);
  return finish (part, error);
}

static void
read_field (Loader       *loader,
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
                           "required required_when filled_by inherits assigned personal format "
                           "aliases confidence");
  field->table = table;
  field->index = table->fields->len;
  g_ptr_array_add (table->fields, field);
  field->id = g_strdup (yeji_part_id (part, object, place, "id"));
  enter (part, place, table->by_id, field->id, field);
  yeji_part_text (part, object, place, "label", TRUE, &field->label);
  yeji_part_text (part, object, place, "help", FALSE, &field->help);
  field->kind = (YejiFieldKind) yeji_part_word (part, object, place, "type", kind_words,
                                                N_YEJI_FIELD_KINDS, -1);
  field->length = (guint) yeji_part_int (part, object, place, "length", 1, 0);
  field->precision = (guint) yeji_part_int (part, object, place, "precision", 1, 0);
  field->scale = (guint) yeji_part_int (part, object, place, "scale", 0, 0);
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
  field->aliases = yeji_part_strings (part, object, place, "aliases", FALSE);

  codes = yeji_part_string (part, object, place, "codes", field->kind == YEJI_FIELD_CODE);
  if (codes != NULL)
    field->codes = look_up (part, place, loader->dictionary->codes_by_id, codes, "code list");

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
load_table (Loader      *loader,
            const char  *name,
            GError     **error)
{
  YejiDictionary *self = loader->dictionary;
  g_autofree char *file = g_strdup_printf ("tables/%s.json", name);
  YejiPart *part = open_part (loader, file);
  JsonObject *root = yeji_part_get_root (part);
  YejiTableDef *table;
  JsonArray *fields;
  g_auto (GStrv) title = NULL;

  g_ptr_array_add (loader->table_parts, part);
  if (root == NULL)
    return finish (part, error);

  table = g_new0 (YejiTableDef, 1);
  table->index = self->tables->len;
  table->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_field_def_free);
  table->row_title = g_ptr_array_new ();
  table->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  table->by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->tables, table);

  yeji_part_check_members (part, root, "", "id member label row_title fields");
  table->id = g_strdup (yeji_part_id (part, root, "", "id"));
  table->member = g_strdup (yeji_part_id (part, root, "", "member"));
  yeji_part_text (part, root, "", "label", TRUE, &table->label);
  if (!g_str_equal (table->id, name))
    yeji_part_fail (part, "/id", YEJI_DICTIONARY_ERROR_REFERENCE, "must be “%s”", name);
  enter (part, "/id", self->tables_by_id, table->id, table);
  enter (part, "/member", self->tables_by_member, table->member, table);

  fields = yeji_part_objects (part, root, "", "fields");
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      g_autofree char *place = g_strdup_printf ("/fields/%u", i);

      read_field (loader, part, json_array_get_object_element (fields, i), place, table);
    }
  enter_names (part, table);

  title = yeji_part_strings (part, root, "", "row_title", TRUE);
  for (guint i = 0; title[i] != NULL; i++)
    g_ptr_array_add (table->row_title,
                     look_up (part, "/row_title", table->by_id, title[i], "field"));
  return finish (part, error);
}

/* What a field says of other tables and of formats can be read only when all of them are there. */
static gboolean
connect_table (Loader        *loader,
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
        field->link = look_up_field (loader, part, place, link);
      if (inherits != NULL)
        field->inherits = look_up_field (loader, part, place, inherits);
      if (field->inherits != NULL && (field->inherits->table->index != 0 || table->index == 0))
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                        "a field inherits from the root table alone");
      if (format != NULL)
        field->format = look_up (part, place, loader->dictionary->formats_by_id, format, "format");
      field->required_when = read_condition (part, object, place, "required_when", table);
    }
  return finish (part, error);
}

static void
read_role (Loader     *loader,
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
  enter (part, place, self->roles_by_id, role->id, role);

  needs = yeji_part_objects (part, object, place, "tables");
  for (guint i = 0; needs != NULL && i < json_array_get_length (needs); i++)
    {
      JsonObject *words = json_array_get_object_element (needs, i);
      g_autofree char *where = g_strdup_printf ("%s/tables/%u", place, i);
      YejiTableNeed need;

      yeji_part_check_members (part, words, where, "table min");
      need.table = look_up (part, where, self->tables_by_id,
                            yeji_part_id (part, words, where, "table"), "table");
      need.min = (guint) yeji_part_int (part, words, where, "min", 1, 1);
      g_array_append_val (role->needs, need);
    }
}

static GPtrArray *
read_role_ids (Loader     *loader,
               YejiPart   *part,
               JsonObject *object,
               const char *place)
{
  GPtrArray *roles = g_ptr_array_new ();
  g_auto (GStrv) ids = yeji_part_strings (part, object, place, "roles", TRUE);

  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (roles,
                     look_up (part, place, loader->dictionary->roles_by_id, ids[i], "role"));
  return roles;
}

static void
read_slot (Loader     *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place)
{
  YejiDictionary *self = loader->dictionary;
  YejiSlot *slot = g_new0 (YejiSlot, 1);
  JsonObject *unless;

  g_ptr_array_add (self->slots, slot);
  yeji_part_check_members (part, object, place, "id label roles unless synonyms types max_files");
  slot->id = g_strdup (yeji_part_id (part, object, place, "id"));
  yeji_part_text (part, object, place, "label", TRUE, &slot->label);
  slot->roles = read_role_ids (loader, part, object, place);
  slot->synonyms = yeji_part_strings (part, object, place, "synonyms", TRUE);
  slot->types = yeji_part_strings (part, object, place, "types", TRUE);
  slot->max_files = (guint) yeji_part_int (part, object, place, "max_files", 1, 1);
  enter (part, place, self->slots_by_id, slot->id, slot);

  unless = yeji_part_object (part, object, place, "unless", FALSE);
  if (unless != NULL)
    {
      g_autofree char *where = g_strdup_printf ("%s/unless", place);

      yeji_part_check_members (part, unless, where, "table when");
      slot->unless_table = look_up (part, where, self->tables_by_id,
                                    yeji_part_id (part, unless, where, "table"), "table");
      slot->unless = read_condition (part, unless, where, "when", slot->unless_table);
    }
}

static void
read_format (Loader     *loader,
             YejiPart   *part,
             JsonObject *object,
             const char *place)
{
  YejiFormat *format = g_new0 (YejiFormat, 1);
  g_autoptr (GError) error = NULL;
  const char *pattern;

  g_ptr_array_add (loader->dictionary->formats, format);
  yeji_part_check_members (part, object, place, "id pattern algorithm");
  format->id = g_strdup (yeji_part_id (part, object, place, "id"));
  format->algorithm = (YejiAlgorithm) yeji_part_word (part, object, place, "algorithm",
                                                      algorithm_words, N_YEJI_ALGORITHMS,
                                                      YEJI_ALGORITHM_NONE);
  enter (part, place, loader->dictionary->formats_by_id, format->id, format);
  pattern = yeji_part_string (part, object, place, "pattern", FALSE);
  if ((pattern == NULL) == (format->algorithm == YEJI_ALGORITHM_NONE))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "a format has a pattern or an algorithm");
  if (pattern == NULL)
    return;
  {
    g_autofree char *anchored = g_strdup_printf ("\\A(?:%s)\\z", pattern);

    format->pattern = g_regex_new (anchored, G_REGEX_OPTIMIZE, 0, &error);
    if (format->pattern == NULL)
      yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "%s", error->message);
  }
}

static void
read_rule (Loader     *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place)
{
  YejiDictionary *self = loader->dictionary;
  YejiRule *rule = g_new0 (YejiRule, 1);
  g_auto (GStrv) fields = yeji_part_strings (part, object, place, "fields", FALSE);
  g_auto (GStrv) formats = yeji_part_strings (part, object, place, "formats", FALSE);
  JsonObject *only_for;
  const char *table;

  rule->fields = g_ptr_array_new ();
  rule->formats = g_ptr_array_new ();
  g_ptr_array_add (self->rules, rule);
  yeji_part_check_members (part, object, place,
                           "id kind severity message roles fields formats when table where for");
  rule->id = g_strdup (yeji_part_id (part, object, place, "id"));
  rule->kind = (YejiRuleKind) yeji_part_word (part, object, place, "kind", rule_words,
                                              N_YEJI_RULE_KINDS, -1);
  rule->severity = (YejiSeverity) yeji_part_word (part, object, place, "severity", severity_words,
                                                  G_N_ELEMENTS (severity_words), -1);
  yeji_part_text (part, object, place, "message", TRUE, &rule->message);
  enter (part, place, self->rules_by_id, rule->id, rule);

  if (json_object_has_member (object, "roles"))
    rule->roles = read_role_ids (loader, part, object, place);
  for (guint i = 0; fields[i] != NULL; i++)
    g_ptr_array_add (rule->fields, (gpointer) look_up_field (loader, part, place, fields[i]));
  for (guint i = 0; formats[i] != NULL; i++)
    g_ptr_array_add (rule->formats,
                     look_up (part, place, self->formats_by_id, formats[i], "format"));
  rule->when = read_condition (part, object, place, "when", NULL);

  table = yeji_part_string (part, object, place, "table", rule->kind == YEJI_RULE_ROW_EXISTS);
  if (table != NULL)
    rule->table = look_up (part, place, self->tables_by_id, table, "table");
  rule->where = read_condition (part, object, place, "where", rule->table);
  only_for = yeji_part_object (part, object, place, "for", FALSE);
  if (only_for != NULL)
    {
      g_autofree char *where = g_strdup_printf ("%s/for", place);

      yeji_part_check_members (part, only_for, where, "table when");
      rule->for_table = look_up (part, where, self->tables_by_id,
                                 yeji_part_id (part, only_for, where, "table"), "table");
      rule->for_when = read_condition (part, only_for, where, "when", rule->for_table);
    }
}

/* What a kind needs beyond what the format page asks of every rule. */
static void
check_rule (YejiPart       *part,
            const char     *place,
            const YejiRule *rule)
{
  gboolean pair = rule->kind == YEJI_RULE_ORDER || rule->kind == YEJI_RULE_PARENT;
  const YejiFieldDef *first = rule->fields->len > 0 ? g_ptr_array_index (rule->fields, 0) : NULL;

  if (part->error != NULL)
    return;
  if (pair && rule->fields->len != 2)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "needs exactly two fields");
  else if (rule->kind == YEJI_RULE_UNIQUE && first == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "needs fields");
  else if (rule->kind == YEJI_RULE_FORMAT && rule->fields->len > 0 && rule->formats->len == 0)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "fields need formats");

  for (guint i = 0; i < rule->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (rule->fields, i);

      if (pair && field->table != first->table)
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                        "both fields must be of one table");
      if (rule->kind == YEJI_RULE_PARENT && (field->codes == NULL || field->codes != first->codes))
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                        "both fields must have the same code list");
      if (rule->when != NULL && yeji_table_def_find_field (field->table, rule->when->field) == NULL)
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "no field “%s” in “%s”",
                        rule->when->field, field->table->id);
    }
}

typedef void (*ReadItem) (Loader     *loader,
                          YejiPart   *part,
                          JsonObject *object,
                          const char *place);

static void
read_items (Loader     *loader,
            YejiPart   *part,
            const char *member,
            ReadItem    read_item)
{
  JsonObject *root = yeji_part_get_root (part);
  JsonArray *items = root != NULL ? yeji_part_objects (part, root, "", member) : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      g_autofree char *place = g_strdup_printf ("/%s/%u", member, i);

      read_item (loader, part, json_array_get_object_element (items, i), place);
    }
}

static gboolean
load_list (Loader      *loader,
           JsonObject  *index,
           const char  *name,
           const char  *member,
           ReadItem     read_item,
           GError     **error)
{
  g_autofree char *file = g_strdup_printf ("%s.json", json_object_get_string_member (index, name));
  g_autoptr (YejiPart) part = open_part (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root != NULL)
    yeji_part_check_members (part, root, "", member);
  read_items (loader, part, member, read_item);
  return finish (part, error);
}

static gboolean
load_limits (Loader      *loader,
             JsonObject  *index,
             GError     **error)
{
  YejiLimits *limits = &loader->dictionary->limits;
  g_autofree char *file = g_strdup_printf ("%s.json",
                                           json_object_get_string_member (index, "limits"));
  g_autoptr (YejiPart) part = open_part (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root == NULL)
    return finish (part, error);
  yeji_part_check_members (part, root, "", "file_size files rows text");
  limits->file_size = yeji_part_int (part, root, "", "file_size", 1, 0);
  limits->files = (guint) yeji_part_int (part, root, "", "files", 1, 0);
  limits->rows = (guint) yeji_part_int (part, root, "", "rows", 1, 0);
  limits->text = (guint) yeji_part_int (part, root, "", "text", 1, 0);
  if (limits->file_size == 0 || limits->files == 0 || limits->rows == 0 || limits->text == 0)
    yeji_part_fail (part, "/", YEJI_DICTIONARY_ERROR_SHAPE, "every limit must be there");
  return finish (part, error);
}

static gboolean
load_rules (Loader      *loader,
            JsonObject  *index,
            GError     **error)
{
  YejiDictionary *self = loader->dictionary;
  g_autofree char *file = g_strdup_printf ("%s.json",
                                           json_object_get_string_member (index, "rules"));
  g_autoptr (YejiPart) part = open_part (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root != NULL)
    yeji_part_check_members (part, root, "", "formats rules");
  read_items (loader, part, "formats", read_format);
  if (!finish (part, error))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    if (!connect_table (loader, g_ptr_array_index (self->tables, i),
                        g_ptr_array_index (loader->table_parts, i), error))
      return FALSE;

  read_items (loader, part, "rules", read_rule);
  for (guint i = 0; part->error == NULL && i < self->rules->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("/rules/%u", i);

      check_rule (part, place, g_ptr_array_index (self->rules, i));
    }
  return finish (part, error);
}

static gboolean
load_index (Loader      *loader,
            GError     **error)
{
  YejiDictionary *self = loader->dictionary;
  g_autoptr (YejiPart) part = open_part (loader, "dictionary.json");
  JsonObject *root = yeji_part_get_root (part);
  g_auto (GStrv) codes = NULL;
  g_auto (GStrv) tables = NULL;
  static const char * const files[] = { "roles", "documents", "rules", "limits" };

  if (root == NULL)
    return finish (part, error);
  yeji_part_check_members (part, root, "",
                           "id version standard empty_values missing_date codes tables roles "
                           "documents rules limits");
  self->id = g_strdup (yeji_part_id (part, root, "", "id"));
  self->version = g_strdup (yeji_part_string (part, root, "", "version", TRUE));
  self->standard = g_strdup (yeji_part_string (part, root, "", "standard", TRUE));
  self->empty_values = yeji_part_strings (part, root, "", "empty_values", TRUE);
  self->missing_date = g_strdup (yeji_part_string (part, root, "", "missing_date", TRUE));
  codes = yeji_part_strings (part, root, "", "codes", TRUE);
  tables = yeji_part_strings (part, root, "", "tables", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    yeji_part_string (part, root, "", files[i], TRUE);
  if (tables[0] == NULL)
    yeji_part_fail (part, "/tables", YEJI_DICTIONARY_ERROR_SHAPE, "needs a root table");
  if (!finish (part, error))
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
         && load_limits (loader, root, error);
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
  g_autoptr (GPtrArray) table_parts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_part_free);
  Loader loader = { self, source, data, parts, table_parts };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *bundle = json_object_new ();
  char *text;

  if (!load_index (&loader, error))
    return FALSE;
  json_object_set_object_member (bundle, "parts", json_object_ref (parts));
  json_node_take_object (node, bundle);
  text = yeji_json_print (node, FALSE);
  self->bundle = g_bytes_new_take (text, strlen (text));
  return TRUE;
}
