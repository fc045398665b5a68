// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-change"

#include "config.h"

#include "yeji-change.h"

#include <string.h>

#include "yeji-explanation.h"
#include "yeji-json.h"

/* How the field of a change begins that is about a kept warning; no id holds a colon. */
#define KEPT "kept:"

/* The same for a value that was put aside. */
#define ASIDE "aside:"

/* The same for a member that the dictionary does not know. */
#define EXTRA "extra:"

/* In a packed text, what stands before the note: no text of a JSON array holds it. */
#define NOTE_MARK "\x1f["

static YejiChange *
add_change (GPtrArray  *changes,
            const char *table,
            const char *row,
            const char *field,
            const char *before,
            const char *after)
{
  YejiChange *change = g_new0 (YejiChange, 1);

  change->table = g_strdup (table);
  change->row = g_strdup (row);
  change->field = g_strdup (field);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (changes, change);
  return change;
}

/* The position among those that have a place, and two texts. */
static char *
make_note (guint       position,
           const char *first,
           const char *second)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_array_add_int_element (array, position);
  json_array_add_string_element (array, first);
  json_array_add_string_element (array, second);
  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
diff_extras (GPtrArray  *changes,
             const char *table,
             const char *row,
             GHashTable *before,
             GHashTable *after)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  if (before != NULL)
    {
      g_hash_table_iter_init (&iter, before);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_ptr_array_add (names, name);
    }
  if (after != NULL)
    {
      g_hash_table_iter_init (&iter, after);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (before == NULL || !g_hash_table_contains (before, name))
          g_ptr_array_add (names, name);
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *old = before != NULL
                          ? g_hash_table_lookup (before, g_ptr_array_index (names, i)) : NULL;
      const char *new = after != NULL
                          ? g_hash_table_lookup (after, g_ptr_array_index (names, i)) : NULL;
      g_autofree char *field = g_strconcat (EXTRA, g_ptr_array_index (names, i), NULL);

      if (g_strcmp0 (old, new) != 0)
        add_change (changes, table, row, field, old, new);
    }
}

/* One of both may be missing: then all values of the other came or went. */
static void
diff_values (GPtrArray          *changes,
             const YejiTableDef *table,
             YejiRow            *before,
             YejiRow            *after)
{
  const char *id = yeji_row_get_id (before != NULL ? before : after);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *old = before != NULL ? yeji_row_get (before, field) : "";
      const char *new = after != NULL ? yeji_row_get (after, field) : "";

      if (!g_str_equal (old, new))
        add_change (changes, table->id, id, field->id, old, new);
    }
  diff_extras (changes, table->id, id, before != NULL ? yeji_row_get_extras (before) : NULL,
               after != NULL ? yeji_row_get_extras (after) : NULL);
}

static void
diff_table (GPtrArray          *changes,
            const YejiTableDef *table,
            YejiRecord         *before,
            YejiRecord         *after)
{
  for (guint i = 0; i < yeji_record_get_n_rows (before, table); i++)
    {
      YejiRow *row = yeji_record_get_row (before, table, i);
      g_autofree char *position = g_strdup_printf ("%u", i);

      if (yeji_record_find_row (after, table, yeji_row_get_id (row), NULL) != NULL)
        continue;
      add_change (changes, table->id, yeji_row_get_id (row), "", position, NULL);
      diff_values (changes, table, row, NULL);
    }

  for (guint i = 0; i < yeji_record_get_n_rows (after, table); i++)
    {
      YejiRow *row = yeji_record_get_row (after, table, i);
      guint index = 0;
      YejiRow *old = yeji_record_find_row (before, table, yeji_row_get_id (row), &index);
      g_autofree char *old_position = old != NULL ? g_strdup_printf ("%u", index) : NULL;
      g_autofree char *position = g_strdup_printf ("%u", i);

      if (g_strcmp0 (old_position, position) != 0)
        add_change (changes, table->id, yeji_row_get_id (row), "", old_position, position);
      diff_values (changes, table, old, row);
    }
}

/* What is noted of a warning beside its reason; its position counts those that have a place. */
static char *
make_kept_note (YejiRecord     *record,
                const YejiKept *kept)
{
  GPtrArray *all = yeji_record_get_kept (record);
  guint position = 0;
  YejiPlace place;

  for (guint i = 0; i < all->len && g_ptr_array_index (all, i) != kept; i++)
    if (yeji_record_place_kept (record, g_ptr_array_index (all, i), &place))
      position++;
  return make_note (position, kept->value, kept->other);
}

/* What is kept where @other has nothing, or something else; @after says which of both is newer. */
static void
diff_kept (GPtrArray  *changes,
           YejiRecord *self,
           YejiRecord *other,
           gboolean    after)
{
  GPtrArray *all = yeji_record_get_kept (self);

  for (guint i = 0; i < all->len; i++)
    {
      const YejiKept *kept = g_ptr_array_index (all, i);
      const YejiKept *there = yeji_record_find_kept (other, kept->rule, kept->table, kept->row,
                                                     kept->field);
      g_autofree char *field = NULL;
      YejiChange *change;
      YejiPlace place;

      if (!yeji_record_place_kept (self, kept, &place))
        continue;
      if (there != NULL && !yeji_record_place_kept (other, there, &place))
        there = NULL;
      if (there != NULL && (!after || yeji_kept_equal (kept, there)))
        continue;
      field = g_strdup_printf (KEPT "%s:%s", kept->rule, kept->field);
      if (!after)
        {
          change = add_change (changes, kept->table, kept->row, field, kept->reason, "");
          change->before_note = make_kept_note (self, kept);
          continue;
        }
      change = add_change (changes, kept->table, kept->row, field,
                           there != NULL ? there->reason : "", kept->reason);
      change->before_note = there != NULL ? make_kept_note (other, there) : NULL;
      change->after_note = make_kept_note (self, kept);
    }
}

static char *
make_aside_key (const YejiAside *aside)
{
  return g_strjoin ("\n", aside->version, aside->table, aside->row, aside->field, aside->label,
                    aside->value, NULL);
}

/* What is aside in @self and not in @other; @after says which of both is newer. */
static void
diff_aside (GPtrArray  *changes,
            YejiRecord *self,
            YejiRecord *other,
            gboolean    after)
{
  GPtrArray *mine = yeji_record_get_aside (self);
  GPtrArray *theirs = yeji_record_get_aside (other);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; mine->len > 0 && i < theirs->len; i++)
    g_hash_table_add (known, make_aside_key (g_ptr_array_index (theirs, i)));
  for (guint i = 0; i < mine->len; i++)
    {
      const YejiAside *aside = g_ptr_array_index (mine, i);
      g_autofree char *key = make_aside_key (aside);
      g_autofree char *field = g_strconcat (ASIDE, aside->field, NULL);
      YejiChange *change;

      if (g_hash_table_contains (known, key))
        continue;
      change = add_change (changes, aside->table, aside->row, field, after ? "" : aside->value,
                           after ? aside->value : "");
      *(after ? &change->after_note : &change->before_note) = make_note (i, aside->version,
                                                                         aside->label);
    }
}

/**
 * yeji_record_diff:
 * @before: a state of a record
 * @after: another state of it, under the same dictionary
 *
 * Returns: (transfer full) (element-type YejiChange): what makes @after of @before; empty when both
 * say the same
 */
GPtrArray *
yeji_record_diff (YejiRecord *before,
                  YejiRecord *after)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (after));
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_change_free);

  if (!g_str_equal (yeji_record_get_role (before), yeji_record_get_role (after)))
    add_change (changes, "", "", "role",
                yeji_record_get_role (before), yeji_record_get_role (after));
  for (guint i = 0; i < tables->len; i++)
    diff_table (changes, g_ptr_array_index (tables, i), before, after);
  diff_extras (changes, "", "", yeji_record_get_extras (before), yeji_record_get_extras (after));
  diff_kept (changes, before, after, FALSE);
  diff_kept (changes, after, before, TRUE);
  diff_aside (changes, before, after, FALSE);
  diff_aside (changes, after, before, TRUE);
  return changes;
}

/**
 * yeji_change_split_kept:
 * @rule: (out) (optional): the rule's id
 * @field: (out) (optional) (transfer none): the field's id, "" for the row, table or record
 *
 * Returns: whether it is the reason of a kept warning that changed
 */
gboolean
yeji_change_split_kept (const YejiChange  *self,
                        char             **rule,
                        const char       **field)
{
  const char *start, *colon;

  if (!g_str_has_prefix (self->field, KEPT))
    return FALSE;
  start = self->field + strlen (KEPT);
  colon = strrchr (start, ':');
  if (colon == NULL)
    return FALSE;
  if (rule != NULL)
    *rule = g_strndup (start, (gsize) (colon - start));
  if (field != NULL)
    *field = colon + 1;
  return TRUE;
}

/**
 * yeji_change_is_reply:
 *
 * Returns: whether it is a reply to a reviewer's point that changed; yeji_change_split_kept() gives
 *   its place
 */
gboolean
yeji_change_is_reply (const YejiChange *self)
{
  g_autofree char *rule = NULL;
  YejiKept kept = { NULL };

  if (!yeji_change_split_kept (self, &rule, NULL))
    return FALSE;
  kept.rule = rule;
  return yeji_kept_is_reply (&kept);
}

/**
 * yeji_change_is_aside:
 *
 * Returns: whether it is a value that was put aside, or dropped from there
 */
gboolean
yeji_change_is_aside (const YejiChange *self)
{
  return g_str_has_prefix (self->field, ASIDE);
}

/**
 * yeji_change_is_bin:
 *
 * Returns: whether it tells that the record went into the bin or came out of it
 */
gboolean
yeji_change_is_bin (const YejiChange *self)
{
  return *self->table == '\0' && g_str_equal (self->field, YEJI_CHANGE_BIN);
}

/**
 * yeji_change_get_extra:
 *
 * Returns: (nullable): the name of a member that the dictionary does not know, if it is one that
 * changed
 */
const char *
yeji_change_get_extra (const YejiChange *self)
{
  return g_str_has_prefix (self->field, EXTRA) ? self->field + strlen (EXTRA) : NULL;
}

/**
 * yeji_change_copy:
 *
 * Returns: (transfer full): a copy
 */
YejiChange *
yeji_change_copy (const YejiChange *self)
{
  YejiChange *copy = g_new (YejiChange, 1);

  copy->table = g_strdup (self->table);
  copy->row = g_strdup (self->row);
  copy->field = g_strdup (self->field);
  copy->before = g_strdup (self->before);
  copy->after = g_strdup (self->after);
  copy->before_note = g_strdup (self->before_note);
  copy->after_note = g_strdup (self->after_note);
  return copy;
}

static void
pack (char **text,
      char **note)
{
  g_autofree char *plain = *text;

  if (*note != NULL)
    *text = g_strconcat (plain != NULL ? plain : "", "\x1f", *note, NULL);
  else
    g_steal_pointer (&plain);
  g_clear_pointer (note, g_free);
}

/**
 * yeji_change_pack:
 *
 * Returns: (transfer full): the same change with its notes at the end of its texts, as a history
 * keeps it
 */
YejiChange *
yeji_change_pack (const YejiChange *self)
{
  YejiChange *packed = yeji_change_copy (self);

  pack (&packed->before, &packed->before_note);
  pack (&packed->after, &packed->after_note);
  return packed;
}

static void
unpack (char  *text,
        char **note)
{
  char *mark = text != NULL ? g_strrstr (text, NOTE_MARK) : NULL;

  if (mark == NULL)
    return;
  *note = g_strdup (mark + 1);
  *mark = '\0';
}

/**
 * yeji_change_unpack:
 *
 * Takes the notes out of the texts again. A line of a history that an earlier version wrote has
 * none.
 */
void
yeji_change_unpack (YejiChange *self)
{
  if (!yeji_change_is_aside (self) && !yeji_change_split_kept (self, NULL, NULL))
    return;
  unpack (self->before, &self->before_note);
  unpack (self->after, &self->after_note);
}

void
yeji_change_free (YejiChange *self)
{
  g_free (self->table);
  g_free (self->row);
  g_free (self->field);
  g_free (self->before);
  g_free (self->after);
  g_free (self->before_note);
  g_free (self->after_note);
  g_free (self);
}
