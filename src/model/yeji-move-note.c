// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-move"

#include "config.h"

#include "yeji-move.h"

#include <string.h>

#include "yeji-json.h"

/* In a sentence {table} and {field} are labels, {row} is "row 2 of" or nothing, {before} and
 * {after} are values. */
static const struct
{
  const char *word;
  YejiText message;
} kinds[N_YEJI_MOVE_KINDS] = {
  [YEJI_MOVE_NEW_TABLE] = {
    "new_table",
    { { "新增“{table}”表。", "The table “{table}” is new." } },
  },
  [YEJI_MOVE_NEW_FIELD] = {
    "new_field",
    { { "“{table}”新增“{field}”，请查看是否需要填写。",
        "The field “{field}” of “{table}” is new: see whether it has to be filled in." } },
  },
  [YEJI_MOVE_RENAMED_TABLE] = {
    "renamed_table",
    { { "“{table}”表换了标识，内容不变。",
        "The table “{table}” has another id now; what it holds is the same." } },
  },
  [YEJI_MOVE_RENAMED_FIELD] = {
    "renamed_field",
    { { "“{table}”的“{field}”换了标识，内容不变。",
        "“{field}” of “{table}” has another id now; the values are the same." } },
  },
  [YEJI_MOVE_REMOVED_TABLE] = {
    "removed_table",
    { { "“{table}”表已取消，填过的内容另行保留。",
        "The table “{table}” is no more; what was filled in is kept aside." } },
  },
  [YEJI_MOVE_REMOVED_FIELD] = {
    "removed_field",
    { { "“{table}”的“{field}”已取消，填过的内容另行保留。",
        "The field “{field}” of “{table}” is no more; what was filled in is kept aside." } },
  },
  [YEJI_MOVE_CODE_MAPPED] = {
    "code_mapped",
    { { "{row}“{table}”的“{field}”：“{before}”已由“{after}”代替，请核对。",
        "“{field}” of {row}“{table}”: “{after}” has replaced “{before}”. Please check it." } },
  },
  [YEJI_MOVE_NO_LONGER_FITS] = {
    "no_longer_fits",
    { { "{row}“{table}”的“{field}”：“{before}”不再符合要求，已原样保留，请修改。",
        "“{field}” of {row}“{table}”: “{before}” no longer fits. It stays as typed; please change "
        "it." } },
  },
  [YEJI_MOVE_KEPT_ASIDE] = {
    "kept_aside",
    { { "{row}“{table}”的“{field}”：“{before}”已没有位置，另行保留。",
        "“{field}” of {row}“{table}”: “{before}” has no place any more and is kept aside." } },
  },
  [YEJI_MOVE_PUT_BACK] = {
    "put_back",
    { { "{row}“{table}”的“{field}”：另行保留的“{after}”已放回。",
        "“{field}” of {row}“{table}”: “{after}”, which was kept aside, is back in its place." } },
  },
};

static const char * const row_words[N_YEJI_LANGUAGES] = {
  [YEJI_LANGUAGE_ZH] = "第{number}行", [YEJI_LANGUAGE_EN] = "row {number} of ",
};

static const char * const languages[N_YEJI_LANGUAGES] = {
  [YEJI_LANGUAGE_ZH] = "zh", [YEJI_LANGUAGE_EN] = "en",
};

/**
 * yeji_move_kind_to_text:
 *
 * Returns: the kind's word, a code that is never translated
 */
const char *
yeji_move_kind_to_text (YejiMoveKind kind)
{
  g_return_val_if_fail (kind < N_YEJI_MOVE_KINDS, NULL);
  return kinds[kind].word;
}

static char *
get_row_words (const YejiMoveNote *self,
               YejiLanguage        language)
{
  g_autofree char *number = g_strdup_printf ("%u", self->number);
  GString *text = g_string_new (self->number > 0 ? row_words[language] : "");

  g_string_replace (text, "{number}", number, 0);
  return g_string_free (text, FALSE);
}

/* (nullable): a value, and before a code its name as in a form */
static char *
get_value (const char *value,
           const char *name)
{
  return name != NULL ? g_strdup_printf ("%s %s", name, value) : g_strdup (value);
}

static const char *
find_word (const char *name,
           gsize       length,
           ...)
{
  const char *found = NULL;
  va_list arguments;

  va_start (arguments, length);
  for (const char *key = va_arg (arguments, const char *); key != NULL;
       key = va_arg (arguments, const char *))
    {
      const char *value = va_arg (arguments, const char *);

      if (strlen (key) == length && strncmp (key, name, length) == 0)
        found = value != NULL ? value : "";
    }
  va_end (arguments);
  return found;
}

/**
 * yeji_move_note_get_message:
 *
 * Returns: (transfer full): one sentence for the clerk. Values are put in as they are, in one pass,
 * so that braces in a value stay braces.
 */
char *
yeji_move_note_get_message (const YejiMoveNote *self,
                            YejiLanguage        language)
{
  g_autofree char *row = get_row_words (self, language);
  g_autofree char *before = get_value (self->before, self->before_name);
  g_autofree char *after = get_value (self->after, self->after_name);
  const char *template = kinds[self->kind].message.in[language];
  const char *table = yeji_text_get (&self->table_label, language);
  const char *field = yeji_text_get (&self->field_label, language);
  GString *text = g_string_new (NULL);

  while (*template != '\0')
    {
      const char *end = *template == '{' ? strchr (template, '}') : NULL;
      const char *word = end != NULL
                           ? find_word (template + 1, (gsize) (end - template - 1),
                                        "table", table != NULL ? table : self->table,
                                        "field", field != NULL ? field : self->field,
                                        "row", row, "before", before, "after", after, NULL)
                           : NULL;

      if (word != NULL)
        g_string_append (text, word);
      else
        g_string_append_c (text, *template);
      template = word != NULL ? end + 1 : template + 1;
    }
  return g_string_free (text, FALSE);
}

/**
 * yeji_move_note_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a note.
 */
void
yeji_move_note_free (YejiMoveNote *self)
{
  if (self == NULL)
    return;
  g_free (self->table);
  g_free (self->row);
  g_free (self->field);
  yeji_text_clear (&self->table_label);
  yeji_text_clear (&self->field_label);
  g_free (self->before);
  g_free (self->after);
  g_free (self->before_name);
  g_free (self->after_name);
  g_free (self);
}

static void
add_label (JsonObject     *object,
           const char     *member,
           const YejiText *label)
{
  JsonObject *words;

  if (label->in[YEJI_LANGUAGE_ZH] == NULL)
    return;
  words = json_object_new ();
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    json_object_set_string_member (words, languages[i], label->in[i]);
  json_object_set_object_member (object, member, words);
}

static JsonNode *
note_to_json (const YejiMoveNote *note)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "kind", kinds[note->kind].word);
  json_object_set_string_member (object, "table", note->table);
  json_object_set_string_member (object, "row", note->row);
  json_object_set_int_member (object, "number", note->number);
  json_object_set_string_member (object, "field", note->field);
  add_label (object, "table_label", &note->table_label);
  add_label (object, "field_label", &note->field_label);
  if (note->before != NULL)
    json_object_set_string_member (object, "before", note->before);
  if (note->after != NULL)
    json_object_set_string_member (object, "after", note->after);
  if (note->before_name != NULL)
    json_object_set_string_member (object, "before_name", note->before_name);
  if (note->after_name != NULL)
    json_object_set_string_member (object, "after_name", note->after_name);
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_move_notes_to_json:
 * @notes: (element-type YejiMoveNote): a report
 *
 * Returns: (transfer full): the report as an array, the labels with it, so that it can be read when
 * the dictionary is gone
 */
JsonNode *
yeji_move_notes_to_json (GPtrArray *notes)
{
  JsonArray *array = json_array_sized_new (notes->len);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < notes->len; i++)
    json_array_add_element (array, note_to_json (g_ptr_array_index (notes, i)));
  json_node_take_array (node, array);
  return node;
}

static void
read_label (JsonObject *object,
            const char *member,
            YejiText   *label)
{
  JsonObject *words = yeji_json_get_object (object, member);

  for (guint i = 0; words != NULL && i < N_YEJI_LANGUAGES; i++)
    label->in[i] = g_strdup (yeji_json_get_string (words, languages[i]));
}

static char *
read_id (JsonObject *object,
         const char *member)
{
  const char *text = yeji_json_get_string (object, member);

  return g_strdup (text != NULL ? text : "");
}

static YejiMoveNote *
note_from_json (JsonObject *object)
{
  const char *word = object != NULL ? yeji_json_get_string (object, "kind") : NULL;
  YejiMoveNote *note;
  guint kind = 0;

  while (kind < N_YEJI_MOVE_KINDS && g_strcmp0 (kinds[kind].word, word) != 0)
    kind++;
  if (kind == N_YEJI_MOVE_KINDS)
    return NULL;
  note = g_new0 (YejiMoveNote, 1);
  note->kind = (YejiMoveKind) kind;
  note->table = read_id (object, "table");
  note->row = read_id (object, "row");
  note->number = (guint) CLAMP (yeji_json_get_int (object, "number", 0), 0, G_MAXINT);
  note->field = read_id (object, "field");
  read_label (object, "table_label", &note->table_label);
  read_label (object, "field_label", &note->field_label);
  note->before = g_strdup (yeji_json_get_string (object, "before"));
  note->after = g_strdup (yeji_json_get_string (object, "after"));
  note->before_name = g_strdup (yeji_json_get_string (object, "before_name"));
  note->after_name = g_strdup (yeji_json_get_string (object, "after_name"));
  return note;
}

/**
 * yeji_move_notes_from_json:
 * @node: what yeji_move_notes_to_json() made; a kind of note that is not known is left out
 *
 * Returns: (transfer full) (element-type YejiMoveNote): the report
 */
GPtrArray *
yeji_move_notes_from_json (JsonNode *node)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_move_note_free);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      YejiMoveNote *note = note_from_json (yeji_json_node_object (element));

      if (note != NULL)
        g_ptr_array_add (notes, note);
    }
  return notes;
}
