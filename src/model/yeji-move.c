// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-move"

#include "config.h"

#include "yeji-move.h"

#include "yeji-explanation.h"
#include "yeji-fit.h"
#include "yeji-json.h"

/* A record on its way from one dictionary to another. A table or a field goes to one place at most,
 * so that no two values meet in one. */
typedef struct
{
  YejiRecord *old;
  YejiRecord *new;
  YejiDictionary *from;
  YejiDictionary *to;
  GHashTable *tables;          /* old YejiTableDef -> new one */
  GHashTable *fields;          /* old YejiFieldDef -> new one */
  GHashTable *taken;           /* the new ones of both */
  GPtrArray *notes;            /* (element-type YejiMoveNote) */
} Move;

static void
move_clear (Move *self)
{
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  g_clear_pointer (&self->taken, g_hash_table_unref);
  g_clear_object (&self->new);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Move, move_clear)

static void
copy_label (YejiText       *to,
            const YejiText *from)
{
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    to->in[i] = g_strdup (from->in[i]);
}

/* @row is one of @record, or NULL where the note is about no row. */
static YejiMoveNote *
add_note (Move               *self,
          YejiMoveKind        kind,
          const YejiTableDef *table,
          const YejiFieldDef *field,
          YejiRecord         *record,
          YejiRow            *row,
          const char         *before,
          const char         *after)
{
  YejiMoveNote *note = g_new0 (YejiMoveNote, 1);
  guint index = 0;

  note->kind = kind;
  note->table = g_strdup (table->id);
  note->row = g_strdup (row != NULL ? yeji_row_get_id (row) : "");
  note->field = g_strdup (field != NULL ? field->id : "");
  if (row != NULL && table->index != 0
      && yeji_record_find_row (record, table, yeji_row_get_id (row), &index) != NULL)
    note->number = index + 1;
  copy_label (&note->table_label, &table->label);
  if (field != NULL)
    copy_label (&note->field_label, &field->label);
  note->before = g_strdup (before);
  note->after = g_strdup (after);
  g_ptr_array_add (self->notes, note);
  return note;
}

static char *
dup_code_name (const YejiFieldDef *field,
               const char         *code)
{
  const YejiCode *found = field != NULL && field->codes != NULL
                            ? yeji_code_list_find (field->codes, code) : NULL;

  return found != NULL ? g_strdup (found->name) : NULL;
}

static void
pair (Move          *self,
      GHashTable    *pairs,
      gconstpointer  old,
      gconstpointer  new)
{
  g_hash_table_insert (pairs, (gpointer) old, (gpointer) new);
  g_hash_table_add (self->taken, (gpointer) new);
}

/* The roots belong together whatever they are called; the others by id, then by member. */
static void
pair_tables (Move *self)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->from);

  pair (self, self->tables, tables->pdata[0], yeji_dictionary_get_root (self->to));
  for (guint i = 1; i < tables->len; i++)
    {
      const YejiTableDef *old = g_ptr_array_index (tables, i);
      const YejiTableDef *new = yeji_dictionary_find_table (self->to, old->id);

      if (new != NULL && !g_hash_table_contains (self->taken, new))
        pair (self, self->tables, old, new);
    }
  for (guint i = 1; i < tables->len; i++)
    {
      const YejiTableDef *old = g_ptr_array_index (tables, i);
      const YejiTableDef *new = yeji_dictionary_find_member (self->to, old->member);

      if (new != NULL && !g_hash_table_contains (self->tables, old)
          && !g_hash_table_contains (self->taken, new))
        pair (self, self->tables, old, new);
    }
}

/* A field that was renamed has its old id among its aliases; on the way back it is the old one that
 * has. */
static const YejiFieldDef *
find_renamed (Move               *self,
              const YejiTableDef *table,
              const YejiFieldDef *old)
{
  const YejiFieldDef *new = yeji_table_def_match_field (table, old->id);

  for (guint i = 0; new == NULL && old->aliases[i] != NULL; i++)
    new = yeji_table_def_match_field (table, old->aliases[i]);
  return new != NULL && !g_hash_table_contains (self->taken, new) ? new : NULL;
}

static void
pair_fields (Move               *self,
             const YejiTableDef *old_table,
             const YejiTableDef *new_table)
{
  for (guint i = 0; i < old_table->fields->len; i++)
    {
      const YejiFieldDef *old = g_ptr_array_index (old_table->fields, i);
      const YejiFieldDef *new = yeji_table_def_find_field (new_table, old->id);

      if (new != NULL)
        pair (self, self->fields, old, new);
    }
  for (guint i = 0; i < old_table->fields->len; i++)
    {
      const YejiFieldDef *old = g_ptr_array_index (old_table->fields, i);
      const YejiFieldDef *new = find_renamed (self, new_table, old);

      if (new != NULL && !g_hash_table_contains (self->fields, old))
        pair (self, self->fields, old, new);
    }
}

static void
prepare (Move           *self,
         YejiDictionary *to)
{
  GPtrArray *tables;

  self->from = yeji_record_get_dictionary (self->old);
  self->to = to;
  self->tables = g_hash_table_new (NULL, NULL);
  self->fields = g_hash_table_new (NULL, NULL);
  self->taken = g_hash_table_new (NULL, NULL);
  tables = yeji_dictionary_get_tables (self->from);
  pair_tables (self);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *new = g_hash_table_lookup (self->tables, g_ptr_array_index (tables, i));

      if (new != NULL)
        pair_fields (self, g_ptr_array_index (tables, i), new);
    }
}

static gboolean
is_used (YejiRecord         *record,
         const YejiTableDef *table)
{
  return yeji_record_get_n_rows (record, table) > 0;
}

static void
note_old_fields (Move               *self,
                 const YejiTableDef *old_table,
                 const YejiTableDef *new_table)
{
  for (guint i = 0; i < old_table->fields->len; i++)
    {
      const YejiFieldDef *old = g_ptr_array_index (old_table->fields, i);
      const YejiFieldDef *new = g_hash_table_lookup (self->fields, old);

      if (new == NULL)
        add_note (self, YEJI_MOVE_REMOVED_FIELD, old_table, old, NULL, NULL, old->id, NULL);
      else if (!g_str_equal (old->id, new->id))
        add_note (self, YEJI_MOVE_RENAMED_FIELD, new_table, new, NULL, NULL, old->id, new->id);
    }
}

/* What is another in the dictionary itself, as far as this record has to do with it. */
static void
note_differences (Move *self)
{
  GPtrArray *old_tables = yeji_dictionary_get_tables (self->from);
  GPtrArray *new_tables = yeji_dictionary_get_tables (self->to);
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < old_tables->len; i++)
    {
      const YejiTableDef *old = g_ptr_array_index (old_tables, i);
      const YejiTableDef *new = g_hash_table_lookup (self->tables, old);

      if (new == NULL)
        {
          add_note (self, YEJI_MOVE_REMOVED_TABLE, old, NULL, NULL, NULL, old->id, NULL);
          continue;
        }
      if (!g_str_equal (old->id, new->id))
        add_note (self, YEJI_MOVE_RENAMED_TABLE, new, NULL, NULL, NULL, old->id, new->id);
      if (!is_used (self->old, old))
        continue;
      g_hash_table_add (used, (gpointer) new);
      note_old_fields (self, old, new);
    }
  for (guint i = 0; i < new_tables->len; i++)
    {
      const YejiTableDef *new = g_ptr_array_index (new_tables, i);

      if (!g_hash_table_contains (self->taken, new))
        add_note (self, YEJI_MOVE_NEW_TABLE, new, NULL, NULL, NULL, NULL, new->id);
      for (guint j = 0; g_hash_table_contains (used, new) && j < new->fields->len; j++)
        if (!g_hash_table_contains (self->taken, g_ptr_array_index (new->fields, j)))
          add_note (self, YEJI_MOVE_NEW_FIELD, new, g_ptr_array_index (new->fields, j), NULL, NULL,
                    NULL, ((YejiFieldDef *) g_ptr_array_index (new->fields, j))->id);
    }
}

static const YejiCode *
find_code (const YejiFieldDef *field,
           const char         *value)
{
  return field != NULL && field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;
}

/* Follows the replacements to a code that is not retired itself; a list may run in a ring. */
static const char *
follow (const YejiFieldDef *field,
        const YejiCode     *code)
{
  for (guint i = 0; i < field->codes->items->len; i++)
    {
      if (code == NULL || code->status != YEJI_CODE_RETIRED || code->replaced_by == NULL)
        break;
      code = yeji_code_list_find (field->codes, code->replaced_by);
    }
  return code != NULL ? code->code : NULL;
}

/* A code that was retired before stays: the clerk knew it, and old papers have old codes. */
static const char *
map_code (const YejiFieldDef *old,
          const YejiFieldDef *new,
          const char         *value)
{
  const YejiCode *before = find_code (old, value);
  const YejiCode *after = find_code (new, value);
  const char *mapped = NULL;

  if (new->codes == NULL)
    return value;
  if (after != NULL && (before == NULL || before->status != YEJI_CODE_RETIRED))
    mapped = follow (new, after);
  else if (after == NULL && before != NULL && before->replaced_by != NULL)
    mapped = follow (new, find_code (new, before->replaced_by));
  return mapped != NULL ? mapped : value;
}

/* @old may be NULL: the value had no field. */
static void
set_value (Move               *self,
           const YejiFieldDef *old,
           YejiRow            *row,
           const YejiFieldDef *new,
           const char         *value)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  const char *mapped = map_code (old, new, value);

  yeji_record_set (self->new, row, new, mapped);
  if (!g_str_equal (mapped, value))
    {
      YejiMoveNote *note = add_note (self, YEJI_MOVE_CODE_MAPPED, table, new, self->new, row, value,
                                     mapped);

      note->before_name = dup_code_name (old, value);
      note->after_name = dup_code_name (new, mapped);
    }
  else if (!yeji_field_def_fits (new, self->to, value)
           && (old == NULL || yeji_field_def_fits (old, self->from, value)))
    add_note (self, YEJI_MOVE_NO_LONGER_FITS, table, new, self->new, row, value, NULL);
}

static void
put_aside (Move               *self,
           const YejiTableDef *table,
           const char         *row,
           const char         *field,
           const char         *label,
           const char         *value)
{
  g_autoptr (YejiAside) aside = yeji_aside_new (yeji_dictionary_get_version (self->from), table->id,
                                                row, field, label, value);

  yeji_record_add_aside (self->new, aside);
}

static void
put_field_aside (Move               *self,
                 YejiRow            *row,
                 const YejiFieldDef *field)
{
  const char *value = yeji_row_get (row, field);

  put_aside (self, field->table, yeji_row_get_id (row), field->id,
             yeji_text_get (&field->label, YEJI_LANGUAGE_ZH), value);
  add_note (self, YEJI_MOVE_KEPT_ASIDE, field->table, field, self->old, row, value, NULL);
}

/* The text of a JSON value; NULL for what is none. */
static char *
read_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "1" : "0");
  return yeji_json_print (node, FALSE);
}

/* A member that the old dictionary did not know. Where the new one knows it, it cannot stay a
 * stranger: the record would be read with it in the field's place. */
static void
move_extra (Move       *self,
            YejiRow    *row,
            const char *name,
            JsonNode   *node)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  const YejiFieldDef *field = yeji_table_def_match_field (table, name);
  g_autofree char *json = yeji_json_print (node, FALSE);
  g_autofree char *text = field != NULL ? read_text (node) : NULL;

  if (field == NULL)
    yeji_row_set_extra (row, name, json);
  else if (text != NULL && *yeji_row_get (row, field) == '\0')
    {
      if (*text == '\0')
        return;
      set_value (self, NULL, row, field, text);
      add_note (self, YEJI_MOVE_PUT_BACK, table, field, self->new, row, NULL,
                yeji_row_get (row, field));
    }
  else if (text == NULL || !g_str_equal (text, yeji_row_get (row, field)))
    {
      const char *value = text != NULL ? text : json;

      put_aside (self, table, yeji_row_get_id (row), name,
                 yeji_text_get (&field->label, YEJI_LANGUAGE_ZH), value);
      add_note (self, YEJI_MOVE_KEPT_ASIDE, table, field, self->new, row, value, NULL);
    }
}

static void
move_row_extras (Move    *self,
                 YejiRow *old,
                 YejiRow *new)
{
  GHashTable *extras = yeji_row_get_extras (old);
  g_autoptr (GList) names = extras != NULL ? g_hash_table_get_keys (extras) : NULL;

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *json = g_hash_table_lookup (extras, name->data);
      g_autoptr (JsonNode) node = yeji_json_parse (json, -1, NULL);

      if (node != NULL)
        move_extra (self, new, name->data, node);
    }
}

static gboolean
has_room (Move               *self,
          const YejiTableDef *table)
{
  return yeji_record_get_n_rows (self->new, table) < yeji_dictionary_get_limits (self->to)->rows;
}

static YejiRow *
append_row (Move               *self,
            const YejiTableDef *table,
            const char         *id)
{
  g_autoptr (YejiRow) row = yeji_row_new (table, id);

  yeji_record_insert_row (self->new, G_MAXUINT, row);
  return row;
}

static void
move_row (Move    *self,
          YejiRow *old,
          YejiRow *new)
{
  const YejiTableDef *table = yeji_row_get_table (old);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const YejiFieldDef *to = g_hash_table_lookup (self->fields, field);
      const char *value = yeji_row_get (old, field);

      if (*value == '\0')
        continue;
      if (to != NULL)
        set_value (self, field, new, to, value);
      else
        put_field_aside (self, old, field);
    }
  move_row_extras (self, old, new);
}

static void
put_row_aside (Move    *self,
               YejiRow *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  GHashTable *extras = yeji_row_get_extras (row);
  GHashTableIter iter;
  gpointer name, value;

  for (guint i = 0; i < table->fields->len; i++)
    if (*yeji_row_get (row, g_ptr_array_index (table->fields, i)) != '\0')
      put_field_aside (self, row, g_ptr_array_index (table->fields, i));
  if (extras == NULL)
    return;
  g_hash_table_iter_init (&iter, extras);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autoptr (JsonNode) node = yeji_json_parse (value, -1, NULL);
      g_autofree char *text = node != NULL ? read_text (node) : NULL;

      put_aside (self, table, yeji_row_get_id (row), name, name, text != NULL ? text : value);
    }
}

static void
move_rows (Move               *self,
           const YejiTableDef *old,
           const YejiTableDef *new)
{
  for (guint i = 0; i < yeji_record_get_n_rows (self->old, old); i++)
    {
      YejiRow *row = yeji_record_get_row (self->old, old, i);

      if (old->index == 0)
        move_row (self, row, yeji_record_get_project (self->new));
      else if (new != NULL && has_room (self, new))
        move_row (self, row, append_row (self, new, yeji_row_get_id (row)));
      else
        put_row_aside (self, row);
    }
}

static void
move_extra_row (Move               *self,
                const YejiTableDef *table,
                JsonObject         *object)
{
  const char *id = yeji_json_get_string (object, "id");
  YejiRow *row = yeji_record_get_project (self->new);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (table->index != 0)
    {
      if (id != NULL && (*id == '\0' || yeji_record_find_row (self->new, table, id, NULL) != NULL))
        id = NULL;
      row = append_row (self, table, id);
    }
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (table->index == 0 || !g_str_equal (name, "id"))
      move_extra (self, row, name, node);
}

static void
move_extra_node (Move               *self,
                 const YejiTableDef *table,
                 JsonNode           *node)
{
  JsonObject *object = yeji_json_node_object (node);
  g_autofree char *json = NULL;

  if (object != NULL && (table->index == 0 || has_room (self, table)))
    {
      move_extra_row (self, table, object);
      return;
    }
  json = yeji_json_print (node, FALSE);
  put_aside (self, table, "", "", yeji_text_get (&table->label, YEJI_LANGUAGE_ZH), json);
  add_note (self, YEJI_MOVE_KEPT_ASIDE, table, NULL, NULL, NULL, json, NULL);
}

/* A member of the record that the old dictionary did not know, maybe a table of the new one. */
static void
move_record_extra (Move       *self,
                   const char *name,
                   const char *json)
{
  const YejiTableDef *table = yeji_dictionary_find_member (self->to, name);
  g_autoptr (JsonNode) node = table != NULL ? yeji_json_parse (json, -1, NULL) : NULL;
  JsonArray *array;

  if (node == NULL)
    {
      g_hash_table_replace (yeji_record_get_extras (self->new), g_strdup (name), g_strdup (json));
      return;
    }
  if (JSON_NODE_HOLDS_NULL (node))
    return;
  if (table->index == 0 || !JSON_NODE_HOLDS_ARRAY (node))
    {
      move_extra_node (self, table, node);
      return;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    move_extra_node (self, table, json_array_get_element (array, i));
}

static void
move_record_extras (Move *self)
{
  GHashTable *extras = yeji_record_get_extras (self->old);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (extras), (GCompareFunc) g_strcmp0);

  for (GList *name = names; name != NULL; name = name->next)
    move_record_extra (self, name->data, g_hash_table_lookup (extras, name->data));
}

static const YejiTableDef *
find_new_table (Move       *self,
                const char *id)
{
  const YejiTableDef *old = yeji_dictionary_find_table (self->from, id);
  const YejiTableDef *new = old != NULL ? g_hash_table_lookup (self->tables, old) : NULL;

  return new != NULL ? new : yeji_dictionary_find_table (self->to, id);
}

/* A row that the clerk took out does not come back; those of a table that was away do. */
static YejiRow *
find_place_of_aside (Move               *self,
                     const YejiAside    *aside,
                     const YejiTableDef *table)
{
  const YejiTableDef *old = yeji_dictionary_find_table (self->from, aside->table);
  YejiRow *row;

  if (table->index == 0)
    return yeji_record_get_project (self->new);
  row = yeji_record_find_row (self->new, table, aside->row, NULL);
  if (row != NULL || *aside->row == '\0' || !has_room (self, table)
      || (old != NULL && g_hash_table_contains (self->tables, old)))
    return row;
  return append_row (self, table, aside->row);
}

static void
move_aside (Move            *self,
            const YejiAside *aside)
{
  const YejiTableDef *table = find_new_table (self, aside->table);
  const YejiFieldDef *field = table != NULL && *aside->field != '\0'
                                ? yeji_table_def_match_field (table, aside->field) : NULL;
  YejiRow *row = field != NULL ? find_place_of_aside (self, aside, table) : NULL;

  if (row == NULL || *yeji_row_get (row, field) != '\0')
    {
      yeji_record_add_aside (self->new, aside);
      return;
    }
  set_value (self, NULL, row, field, aside->value);
  add_note (self, YEJI_MOVE_PUT_BACK, table, field, self->new, row, NULL,
            yeji_row_get (row, field));
}

static void
move_asides (Move *self)
{
  GPtrArray *asides = yeji_record_get_aside (self->old);
  gboolean same = g_str_equal (yeji_dictionary_get_version (self->from),
                               yeji_dictionary_get_version (self->to));

  for (guint i = 0; i < asides->len; i++)
    if (same)
      yeji_record_add_aside (self->new, g_ptr_array_index (asides, i));
    else
      move_aside (self, g_ptr_array_index (asides, i));
}

/* The reason belongs to the place, whatever it is called now. One whose place is gone would not be
 * written with the record: it is kept aside, without a field to which it could come back. */
static void
move_kept (Move *self)
{
  GPtrArray *all = yeji_record_get_kept (self->old);

  for (guint i = 0; i < all->len; i++)
    {
      const YejiKept *kept = g_ptr_array_index (all, i);
      g_autoptr (YejiKept) moved = NULL;
      g_autoptr (YejiAside) aside = NULL;
      const YejiTableDef *table;
      const YejiFieldDef *field;
      YejiPlace place;

      if (!yeji_record_place_kept (self->old, kept, &place))
        continue;
      table = place.table != NULL ? g_hash_table_lookup (self->tables, place.table) : NULL;
      field = place.field != NULL ? g_hash_table_lookup (self->fields, place.field) : NULL;
      moved = yeji_kept_new (kept->rule, table != NULL ? table->id : kept->table, kept->row,
                             field != NULL ? field->id : kept->field, kept->value, kept->other,
                             kept->reason);
      if (yeji_record_place_kept (self->new, moved, &place))
        {
          yeji_record_keep (self->new, moved);
          continue;
        }
      aside = yeji_aside_new (yeji_dictionary_get_version (self->from), kept->table, kept->row, "",
                              yeji_kept_is_reply (kept) ? "reply" : kept->rule,
                              kept->reason);
      yeji_record_add_aside (self->new, aside);
    }
}

static void
check_role (Move *self)
{
  const char *role = yeji_record_get_role (self->old);
  YejiMoveNote *note;

  if (yeji_dictionary_find_role (self->to, role) != NULL
      || yeji_dictionary_find_role (self->from, role) == NULL)
    return;
  note = g_new0 (YejiMoveNote, 1);
  note->kind = YEJI_MOVE_NO_LONGER_FITS;
  note->table = g_strdup ("");
  note->row = g_strdup ("");
  note->field = g_strdup ("role");
  note->before = g_strdup (role);
  g_ptr_array_add (self->notes, note);
}

/**
 * yeji_record_move:
 * @old: a record; it stays as it is
 * @to: another dictionary, or another version of the same
 * @report: (out) (optional) (transfer container) (element-type YejiMoveNote): what became another
 *
 * Makes the same record under another dictionary: same uuid, role and rows. Tables are found by id
 * or member, fields by id or alias. A code that was retired since is replaced as its list says. A
 * value that no longer fits stays as typed; one that has no place any more is kept aside, and comes
 * back when there is a place again. Nothing is dropped. Under the same dictionary nothing changes.
 *
 * Returns: (transfer full): the record under @to
 */
YejiRecord *
yeji_record_move (YejiRecord      *old,
                  YejiDictionary  *to,
                  GPtrArray      **report)
{
  g_auto (Move) move = { old };
  GPtrArray *tables;

  g_return_val_if_fail (YEJI_IS_RECORD (old), NULL);
  g_return_val_if_fail (YEJI_IS_DICTIONARY (to), NULL);

  prepare (&move, to);
  move.new = yeji_record_new (to, yeji_record_get_uuid (old), yeji_record_get_role (old));
  move.notes = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_note_free);
  tables = yeji_dictionary_get_tables (move.from);
  note_differences (&move);
  check_role (&move);
  for (guint i = 0; i < tables->len; i++)
    move_rows (&move, g_ptr_array_index (tables, i),
               g_hash_table_lookup (move.tables, g_ptr_array_index (tables, i)));
  move_record_extras (&move);
  move_asides (&move);
  move_kept (&move);
  if (report != NULL)
    *report = g_steal_pointer (&move.notes);
  return g_steal_pointer (&move.new);
}

/**
 * yeji_record_move_pointer:
 * @moved: what yeji_record_move() made of @old
 * @pointer: a JSON Pointer into @old
 *
 * Returns: (transfer full): the pointer to the same place of @moved, or to what is left of it: the
 * row whose field is gone, the record whose table is; @pointer itself where it names nothing in
 * @old
 */
char *
yeji_record_move_pointer (YejiRecord *old,
                          YejiRecord *moved,
                          const char *pointer)
{
  g_auto (Move) move = { old };
  const YejiTableDef *table;
  const YejiFieldDef *field;
  YejiRow *row = NULL;
  YejiPlace place;

  g_return_val_if_fail (YEJI_IS_RECORD (old), NULL);
  g_return_val_if_fail (YEJI_IS_RECORD (moved), NULL);

  if (!yeji_record_resolve (old, pointer, &place, NULL) || place.table == NULL)
    return g_strdup (pointer);
  prepare (&move, yeji_record_get_dictionary (moved));
  table = g_hash_table_lookup (move.tables, place.table);
  field = place.field != NULL ? g_hash_table_lookup (move.fields, place.field) : NULL;
  if (table != NULL && place.row != NULL)
    row = yeji_record_find_row (moved, table, yeji_row_get_id (place.row), NULL);
  return yeji_record_get_pointer (moved, table, row, field);
}
