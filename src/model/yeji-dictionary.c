// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-dictionary-private.h"
#include "yeji-dictionary-resources.h"
#include "yeji-json.h"
#include "yeji-part.h"

/**
 * YejiDictionary:
 *
 * What a record is: tables, fields, code lists, rules, roles, documents, limits, read once from the
 * files that docs/dictionary-format.md describes. Immutable, so it may be read from any thread.
 */

#define RESOURCE_DIR "/org/yeji/dictionary"

G_DEFINE_QUARK (yeji-dictionary-error-quark, yeji_dictionary_error)

G_DEFINE_FINAL_TYPE (YejiDictionary, yeji_dictionary, G_TYPE_OBJECT)

void
yeji_field_def_free (YejiFieldDef *field)
{
  g_free (field->id);
  yeji_text_clear (&field->label);
  yeji_text_clear (&field->help);
  g_free (field->unit);
  g_clear_pointer (&field->required_when, yeji_condition_free);
  g_clear_pointer (&field->carry, g_ptr_array_unref);
  g_strfreev (field->aliases);
  for (guint i = 0; i < G_N_ELEMENTS (field->confidence); i++)
    g_free (field->confidence[i]);
  g_free (field);
}

static void
free_table (gpointer data)
{
  YejiTableDef *table = data;

  g_free (table->id);
  g_free (table->member);
  yeji_text_clear (&table->label);
  g_hash_table_unref (table->by_id);
  g_hash_table_unref (table->by_folded);
  g_ptr_array_unref (table->row_title);
  g_ptr_array_unref (table->row_details);
  g_ptr_array_unref (table->fields);
  g_free (table);
}

static void
free_role (gpointer data)
{
  YejiRole *role = data;

  g_free (role->id);
  yeji_text_clear (&role->label);
  g_strfreev (role->corp_roles);
  g_array_unref (role->needs);
  g_free (role);
}

static void
free_slot (gpointer data)
{
  YejiSlot *slot = data;

  g_free (slot->id);
  yeji_text_clear (&slot->label);
  g_ptr_array_unref (slot->roles);
  g_clear_pointer (&slot->when, yeji_condition_free);
  g_strfreev (slot->synonyms);
  g_strfreev (slot->types);
  g_free (slot);
}

static void
free_format (gpointer data)
{
  YejiFormat *format = data;

  g_free (format->id);
  g_clear_pointer (&format->pattern, g_regex_unref);
  g_free (format);
}

static void
free_rule (gpointer data)
{
  YejiRule *rule = data;

  g_free (rule->id);
  yeji_text_clear (&rule->message);
  g_clear_pointer (&rule->roles, g_ptr_array_unref);
  g_ptr_array_unref (rule->fields);
  g_ptr_array_unref (rule->formats);
  g_clear_pointer (&rule->when, yeji_condition_free);
  g_clear_pointer (&rule->where, yeji_condition_free);
  g_clear_pointer (&rule->for_when, yeji_condition_free);
  g_clear_pointer (&rule->pairs, g_ptr_array_unref);
  g_free (rule);
}

static void
yeji_dictionary_finalize (GObject *object)
{
  YejiDictionary *self = YEJI_DICTIONARY (object);

  g_free (self->id);
  g_free (self->version);
  g_free (self->standard);
  g_strfreev (self->empty_values);
  g_free (self->missing_date);
  g_clear_pointer (&self->bundle, g_bytes_unref);
  g_hash_table_unref (self->codes_by_id);
  g_hash_table_unref (self->tables_by_id);
  g_hash_table_unref (self->tables_by_member);
  g_hash_table_unref (self->roles_by_id);
  g_hash_table_unref (self->slots_by_id);
  g_hash_table_unref (self->formats_by_id);
  g_hash_table_unref (self->rules_by_id);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->formats);
  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->code_lists);
  yeji_normalisation_free (self->normalisation);
  yeji_matching_free (self->matching);
  yeji_qualifications_free (self->qualifications);
  G_OBJECT_CLASS (yeji_dictionary_parent_class)->finalize (object);
}

static void
yeji_dictionary_class_init (YejiDictionaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_dictionary_finalize;
}

static void
yeji_dictionary_init (YejiDictionary *self)
{
  self->code_lists = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_code_list_free);
  self->tables = g_ptr_array_new_with_free_func (free_table);
  self->roles = g_ptr_array_new_with_free_func (free_role);
  self->slots = g_ptr_array_new_with_free_func (free_slot);
  self->formats = g_ptr_array_new_with_free_func (free_format);
  self->rules = g_ptr_array_new_with_free_func (free_rule);
  self->codes_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->tables_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->tables_by_member = g_hash_table_new (g_str_hash, g_str_equal);
  self->roles_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->slots_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->formats_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->rules_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->normalisation = yeji_normalisation_new ();
  self->matching = yeji_matching_new ();
  self->qualifications = yeji_qualifications_new ();
}

static YejiDictionary *
load_from (YejiPartSource   source,
           gpointer         data,
           GError         **error)
{
  g_autoptr (YejiDictionary) self = g_object_new (YEJI_TYPE_DICTIONARY, NULL);

  return yeji_dictionary_load (self, source, data, error) ? g_steal_pointer (&self) : NULL;
}

static GBytes *
read_resource (const char *file,
               gpointer    data)
{
  g_autofree char *path = g_build_path ("/", RESOURCE_DIR, file, NULL);

  return g_resource_lookup_data (yeji_dictionary_get_resource (), path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/**
 * yeji_dictionary_new_built_in:
 *
 * Returns: (transfer full): the dictionary that is linked into the program
 */
YejiDictionary *
yeji_dictionary_new_built_in (GError **error)
{
  return load_from (read_resource, NULL, error);
}

static GBytes *
read_file (const char *file,
           gpointer    directory)
{
  g_autofree char *path = g_build_filename (directory, file, NULL);
  char *text;
  gsize length;

  return g_file_get_contents (path, &text, &length, NULL) ? g_bytes_new_take (text, length) : NULL;
}

/**
 * yeji_dictionary_new_from_dir:
 * @path: a folder like `data/dictionary`
 *
 * Returns: (transfer full): the dictionary, or %NULL with an error of #YejiDictionaryError
 */
YejiDictionary *
yeji_dictionary_new_from_dir (const char  *path,
                              GError     **error)
{
  return load_from (read_file, (gpointer) path, error);
}

static GBytes *
read_bundled (const char *file,
              gpointer    parts)
{
  JsonNode *node = json_object_get_member (parts, file);
  char *text;

  if (node == NULL)
    return NULL;
  text = yeji_json_print (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/**
 * yeji_dictionary_new_from_bundle:
 * @bundle: all parts in one JSON object, as yeji_dictionary_get_bundle() gives it
 *
 * Returns: (transfer full): the dictionary, or %NULL with an error of #YejiDictionaryError
 */
YejiDictionary *
yeji_dictionary_new_from_bundle (GBytes  *bundle,
                                 GError **error)
{
  g_autoptr (YejiPart) part = yeji_part_new ("bundle", bundle);
  JsonObject *root = yeji_part_get_root (part);
  JsonObject *parts = root != NULL ? yeji_part_object (part, root, "", "parts", TRUE) : NULL;

  if (parts == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&part->error));
      return NULL;
    }
  return load_from (read_bundled, parts, error);
}

/**
 * yeji_dictionary_get_bundle:
 *
 * Returns: (transfer none): all parts as one JSON object `{"parts": {FILE: OBJECT}}`, UTF-8
 */
GBytes *
yeji_dictionary_get_bundle (YejiDictionary *self)
{
  return self->bundle;
}

const char *
yeji_dictionary_get_id (YejiDictionary *self)
{
  return self->id;
}

const char *
yeji_dictionary_get_version (YejiDictionary *self)
{
  return self->version;
}

const YejiLimits *
yeji_dictionary_get_limits (YejiDictionary *self)
{
  return &self->limits;
}

/**
 * yeji_dictionary_get_tables:
 *
 * Returns: (transfer none) (element-type YejiTableDef): in form order, the root first
 */
GPtrArray *
yeji_dictionary_get_tables (YejiDictionary *self)
{
  return self->tables;
}

GPtrArray *
yeji_dictionary_get_code_lists (YejiDictionary *self)
{
  return self->code_lists;
}

GPtrArray *
yeji_dictionary_get_roles (YejiDictionary *self)
{
  return self->roles;
}

GPtrArray *
yeji_dictionary_get_slots (YejiDictionary *self)
{
  return self->slots;
}

/**
 * yeji_dictionary_get_formats:
 *
 * Returns: (transfer none) (element-type YejiFormat): all formats, those too that nothing names
 */
GPtrArray *
yeji_dictionary_get_formats (YejiDictionary *self)
{
  return self->formats;
}

GPtrArray *
yeji_dictionary_get_rules (YejiDictionary *self)
{
  return self->rules;
}

const YejiTableDef *
yeji_dictionary_get_root (YejiDictionary *self)
{
  return g_ptr_array_index (self->tables, 0);
}

const YejiTableDef *
yeji_dictionary_find_table (YejiDictionary *self,
                            const char     *id)
{
  return g_hash_table_lookup (self->tables_by_id, id);
}

/**
 * yeji_dictionary_find_member:
 * @member: a record file's member, "contracts"
 *
 * Returns: (nullable) (transfer none): the table
 */
const YejiTableDef *
yeji_dictionary_find_member (YejiDictionary *self,
                             const char     *member)
{
  return g_hash_table_lookup (self->tables_by_member, member);
}

const YejiFieldDef *
yeji_dictionary_find_field (YejiDictionary *self,
                            const char     *table,
                            const char     *field)
{
  const YejiTableDef *def = yeji_dictionary_find_table (self, table);

  return def != NULL ? yeji_table_def_find_field (def, field) : NULL;
}

const YejiCodeList *
yeji_dictionary_find_codes (YejiDictionary *self,
                            const char     *id)
{
  return g_hash_table_lookup (self->codes_by_id, id);
}

/**
 * yeji_dictionary_find_format:
 *
 * Returns: (nullable) (transfer none): the format with that id
 */
const YejiFormat *
yeji_dictionary_find_format (YejiDictionary *self,
                             const char     *id)
{
  g_return_val_if_fail (YEJI_IS_DICTIONARY (self), NULL);

  return g_hash_table_lookup (self->formats_by_id, id);
}

/**
 * yeji_dictionary_get_normalisation:
 *
 * Returns: (transfer none): how values are put right; empty lists if the dictionary does not say
 */
const YejiNormalisation *
yeji_dictionary_get_normalisation (YejiDictionary *self)
{
  g_return_val_if_fail (YEJI_IS_DICTIONARY (self), NULL);

  return self->normalisation;
}

/**
 * yeji_dictionary_get_matching:
 *
 * Returns: (transfer none): what is known of the names of files; it knows no words where the
 *     dictionary has no such part
 */
const YejiMatching *
yeji_dictionary_get_matching (YejiDictionary *self)
{
  g_return_val_if_fail (YEJI_IS_DICTIONARY (self), NULL);

  return self->matching;
}

/**
 * yeji_dictionary_get_qualifications:
 *
 * Returns: (transfer none): which records count for which application; it knows no kinds where the
 *     dictionary has no such part
 */
const YejiQualifications *
yeji_dictionary_get_qualifications (YejiDictionary *self)
{
  g_return_val_if_fail (YEJI_IS_DICTIONARY (self), NULL);

  return self->qualifications;
}

const YejiRole *
yeji_dictionary_find_role (YejiDictionary *self,
                           const char     *id)
{
  return g_hash_table_lookup (self->roles_by_id, id);
}

const YejiSlot *
yeji_dictionary_find_slot (YejiDictionary *self,
                           const char     *id)
{
  return g_hash_table_lookup (self->slots_by_id, id);
}

const YejiRule *
yeji_dictionary_find_rule (YejiDictionary *self,
                           const char     *id)
{
  return g_hash_table_lookup (self->rules_by_id, id);
}

/**
 * yeji_dictionary_get_empty_values:
 *
 * Returns: (transfer none): what receivers take for empty besides the empty text
 */
const char * const *
yeji_dictionary_get_empty_values (YejiDictionary *self)
{
  return (const char * const *) self->empty_values;
}

/**
 * yeji_dictionary_is_empty_value:
 *
 * Returns: whether receivers take @value for empty
 */
gboolean
yeji_dictionary_is_empty_value (YejiDictionary *self,
                                const char     *value)
{
  return *value == '\0'
         || (self->begins_empty[(guchar) *value]
             && g_strv_contains ((const char * const *) self->empty_values, value));
}

/**
 * yeji_dictionary_get_missing_date:
 *
 * Returns: the date that stands for an unknown one
 */
const char *
yeji_dictionary_get_missing_date (YejiDictionary *self)
{
  return self->missing_date;
}

/**
 * yeji_table_def_find_field:
 *
 * Returns: (nullable) (transfer none): the field with exactly that id
 */
const YejiFieldDef *
yeji_table_def_find_field (const YejiTableDef *self,
                           const char         *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * yeji_field_name_fold:
 *
 * Returns: (transfer full): the name without case and underscore, as imports compare names
 */
char *
yeji_field_name_fold (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (*c != '_')
      g_string_append_c (folded, g_ascii_tolower (*c));
  return g_string_free (folded, FALSE);
}

/**
 * yeji_table_def_match_field:
 * @name: a name from another program
 *
 * Returns: (nullable) (transfer none): the field that @name means, compared without case and
 * underscore, by the standard's id or by an alias
 */
const YejiFieldDef *
yeji_table_def_match_field (const YejiTableDef *self,
                            const char         *name)
{
  const YejiFieldDef *exact = yeji_table_def_find_field (self, name);
  g_autofree char *folded = NULL;

  if (exact != NULL)
    return exact;
  folded = yeji_field_name_fold (name);
  return g_hash_table_lookup (self->by_folded, folded);
}
