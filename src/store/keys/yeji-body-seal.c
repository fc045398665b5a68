// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-seal.h"

#include <string.h>

#include "yeji-json.h"

/* The member that names a row. */
#define ROW_ID "id"

/* A JSON string may have a million characters, and a sealed text is longer by a third: what is
 * longer than this, in bytes, becomes an array of pieces. */
#define PIECE (512 << 10)

/* Where the text of another JSON value was sealed instead of a string. */
#define JSON_MARK "#json"

/* A text that could not be opened and was saved again is sealed twice. */
#define MAX_LAYERS 4

/* The values of a note that say what somebody typed. */
static const char * const kept_members[] = { "value", "other", "reason", NULL };
static const char * const aside_members[] = { "value", NULL };
static const char * const reply_members[] = { "text", NULL };
static const char * const move_members[] = { "before", "after", NULL };

typedef struct
{
  YejiVault *vault;
  gint64 revision;
  GString *place;
  guint n_lost;                /* values that could not be opened */
} Walk;

/* Goes one step down; the result is where to come back to. */
static gsize
enter (Walk       *walk,
       const char *name)
{
  gsize length = walk->place->len;

  g_string_append_c (walk->place, '/');
  g_string_append (walk->place, name);
  return length;
}

static void
leave (Walk  *walk,
       gsize  length)
{
  g_string_truncate (walk->place, length);
}

/* A row keeps its place when others come before it. */
static gsize
enter_element (Walk     *walk,
               JsonNode *element,
               guint     index)
{
  JsonObject *object = yeji_json_node_object (element);
  const char *id = object != NULL ? yeji_json_get_string (object, ROW_ID) : NULL;
  char number[16];

  g_snprintf (number, sizeof number, "%u", index);
  return enter (walk, id != NULL ? id : number);
}

/* A string in its place: to set a member anew takes as long as the object has members. */
static void
replace (JsonObject *object,
         const char *name,
         JsonNode   *with)
{
  JsonNode *value = json_object_get_member (object, name);

  if (yeji_json_node_string (value) == NULL || yeji_json_node_string (with) == NULL)
    {
      json_object_set_member (object, name, with);
      return;
    }
  json_node_set_string (value, json_node_get_string (with));
  json_node_unref (with);
}

static char *
make_piece_place (Walk  *walk,
                  guint  index,
                  guint  n)
{
  return g_strdup_printf ("%s#%u/%u", walk->place->str, index, n);
}

/* The byte at which the piece that begins at @start ends: between two characters. */
static const char *
find_piece_end (const char *start)
{
  const char *end = start;

  if (strlen (start) <= PIECE)
    return start + strlen (start);
  end = start + PIECE;
  while ((*end & 0xc0) == 0x80)
    end--;
  return end;
}

/* The node that takes the place of @text. */
static JsonNode *
seal_long (Walk       *walk,
           const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  guint n = 0, i = 0;

  for (const char *at = text; *at != '\0'; at = find_piece_end (at))
    n++;
  for (const char *at = text; *at != '\0'; at = find_piece_end (at))
    {
      g_autofree char *piece = g_strndup (at, (gsize) (find_piece_end (at) - at));
      g_autofree char *place = make_piece_place (walk, i++, n);
      g_autofree char *token = yeji_vault_seal (walk->vault, piece, walk->revision, place);

      json_array_add_string_element (array, token);
    }
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
seal_text (Walk       *walk,
           const char *text)
{
  g_autofree char *token = NULL;
  JsonNode *node;

  if (strlen (text) > PIECE)
    return seal_long (walk, text);
  token = yeji_vault_seal (walk->vault, text, walk->revision, walk->place->str);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, token);
  return node;
}

/* A string becomes a sealed one; of anything else the text is sealed. */
static void
seal_member (Walk       *walk,
             JsonObject *object,
             const char *name)
{
  JsonNode *value = json_object_get_member (object, name);
  const char *string = yeji_json_node_string (value);
  gsize length = enter (walk, name);
  g_autofree char *text = NULL;

  if (string == NULL)
    {
      g_string_append (walk->place, JSON_MARK);
      text = yeji_json_print (value, FALSE);
    }
  replace (object, name, seal_text (walk, string != NULL ? string : text));
  leave (walk, length);
}

static gboolean
is_member_wanted (const YejiTableDef *table,
                  const char         *name,
                  JsonNode           *value)
{
  const YejiFieldDef *field = yeji_table_def_find_field (table, name);
  const char *text = yeji_json_node_string (value);

  if (field == NULL)
    return table->index == 0 || !g_str_equal (name, ROW_ID);
  return text == NULL || (*text != '\0' && (field->personal != YEJI_PERSONAL_NO
                                            || yeji_vault_is_token (text)));
}

static void
seal_row (Walk               *walk,
          const YejiTableDef *table,
          JsonObject         *row)
{
  g_autoptr (GList) names = json_object_get_members (row);

  for (GList *name = names; name != NULL; name = name->next)
    if (is_member_wanted (table, name->data, json_object_get_member (row, name->data)))
      seal_member (walk, row, name->data);
}

static void
seal_table (Walk               *walk,
            const YejiTableDef *table,
            JsonNode           *node)
{
  JsonArray *rows = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObject *root = yeji_json_node_object (node);
  gsize length = enter (walk, table->member);

  if (root != NULL)
    seal_row (walk, table, root);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *element = json_array_get_element (rows, i);
      gsize before = enter_element (walk, element, i);

      if (yeji_json_node_object (element) != NULL)
        seal_row (walk, table, json_node_get_object (element));
      leave (walk, before);
    }
  leave (walk, length);
}

static void
seal_notes (Walk               *walk,
            JsonNode           *node,
            const char * const *members)
{
  JsonArray *notes = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    {
      JsonNode *element = json_array_get_element (notes, i);
      JsonObject *note = yeji_json_node_object (element);
      gsize before = enter_element (walk, element, i);

      for (guint j = 0; note != NULL && members[j] != NULL; j++)
        {
          const char *text = yeji_json_get_string (note, members[j]);

          if (text != NULL && *text != '\0')
            seal_member (walk, note, members[j]);
        }
      leave (walk, before);
    }
}

static const char * const *
find_note_members (const char *name)
{
  static const struct
  {
    const char *name;
    const char * const *members;
  } notes[] = { { "kept", kept_members }, { "replies", reply_members }, { "aside", aside_members } };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (g_str_equal (name, notes[i].name))
      return notes[i].members;
  return NULL;
}

static void
begin_walk (Walk       *walk,
            YejiVault  *vault,
            gint64      revision,
            const char *kind,
            const char *uuid)
{
  g_autofree char *lower = g_ascii_strdown (uuid != NULL ? uuid : "", -1);

  walk->vault = vault;
  walk->revision = revision;
  walk->n_lost = 0;
  walk->place = g_string_new (kind);
  g_string_append_c (walk->place, '/');
  g_string_append (walk->place, lower);
}

/**
 * yeji_body_seal: (skip)
 * @body: a record's object, which is changed
 * @dictionary: the one under which it was written
 *
 * Seals what is personal in a record.
 */
void
yeji_body_seal (JsonNode       *body,
                YejiDictionary *dictionary,
                YejiVault      *vault,
                gint64          revision)
{
  static const char * const open_members[] = { "uuid", "dictionary", "role", NULL };
  JsonObject *object = yeji_json_node_object (body);
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;
  Walk walk;

  if (object == NULL)
    return;
  begin_walk (&walk, vault, revision, "record", yeji_json_get_string (object, "uuid"));
  for (GList *name = names; name != NULL; name = name->next)
    {
      const YejiTableDef *table = yeji_dictionary_find_member (dictionary, name->data);
      JsonNode *node = json_object_get_member (object, name->data);
      const char * const *members;
      gsize length;

      if (g_strv_contains (open_members, name->data))
        continue;
      if (table != NULL)
        {
          seal_table (&walk, table, node);
          continue;
        }
      members = find_note_members (name->data);
      if (members == NULL)
        {
          seal_member (&walk, object, name->data);
          continue;
        }
      length = enter (&walk, name->data);
      seal_notes (&walk, node, members);
      leave (&walk, length);
    }
  g_string_free (walk.place, TRUE);
}

/* No warning: it is the data that is wrong, not the program. Where a key is lost nearly every
 * reading says it, so that after the first time it is for who asks for it. */
static G_GNUC_PRINTF (1, 2) void
tell_lost (const char *format,
           ...)
{
  static gint told = FALSE;
  va_list arguments;

  va_start (arguments, format);
  g_logv (G_LOG_DOMAIN,
          g_atomic_int_compare_and_exchange (&told, FALSE, TRUE) ? G_LOG_LEVEL_MESSAGE
                                                                 : G_LOG_LEVEL_INFO,
          format, arguments);
  va_end (arguments);
}

/* NULL when it cannot be opened. */
static char *
open_layers (YejiVault  *vault,
             const char *token,
             const char *place)
{
  char *text = yeji_vault_unseal (vault, token, place, NULL);

  for (guint i = 1; text != NULL && i < MAX_LAYERS && yeji_vault_is_token (text); i++)
    {
      char *inner = yeji_vault_unseal (vault, text, place, NULL);

      if (inner == NULL)
        break;
      g_free (text);
      text = inner;
    }
  return text;
}

/**
 * yeji_seal_open: (skip)
 *
 * Returns: (transfer full): @text, opened if it is sealed and can be
 */
char *
yeji_seal_open (YejiVault  *vault,
                const char *text,
                const char *place)
{
  char *opened = yeji_vault_is_token (text) ? open_layers (vault, text, place) : NULL;

  if (opened != NULL)
    return opened;
  if (yeji_vault_is_token (text))
    tell_lost ("%s: what is sealed there cannot be opened and stays as it is", place);
  return g_strdup (text);
}

static JsonNode *
make_string (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

/* The string, or what it is the text of. */
static JsonNode *
open_string (Walk       *walk,
             const char *token)
{
  g_autofree char *string = open_layers (walk->vault, token, walk->place->str);
  gsize length = walk->place->len;
  g_autofree char *json = NULL;

  if (string != NULL && !yeji_vault_is_token (string))
    return make_string (string);
  /* What could not be opened once was sealed again as the string that it was then. */
  g_string_append (walk->place, JSON_MARK);
  json = open_layers (walk->vault, string != NULL ? string : token, walk->place->str);
  leave (walk, length);
  if (json != NULL)
    return yeji_json_parse (json, -1, NULL);
  return string != NULL ? make_string (string) : NULL;
}

static char *
open_piece (Walk      *walk,
            JsonArray *array,
            guint      index)
{
  const char *token = yeji_json_node_string (json_array_get_element (array, index));
  g_autofree char *place = make_piece_place (walk, index, json_array_get_length (array));

  return token != NULL && yeji_vault_is_token (token)
           ? yeji_vault_unseal (walk->vault, token, place, NULL) : NULL;
}

static GString *
open_pieces (Walk      *walk,
             JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *piece = open_piece (walk, array, i);

      if (piece == NULL)
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      g_string_append (text, piece);
    }
  return text;
}

/* A long text, or a long text of JSON, that was sealed in pieces; NULL if the array is none. */
static JsonNode *
open_array (Walk      *walk,
            JsonArray *array)
{
  gsize length = walk->place->len;
  GString *text = json_array_get_length (array) > 0 ? open_pieces (walk, array) : NULL;
  JsonNode *node = NULL;

  if (text != NULL)
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (node, text->str);
      g_string_free (text, TRUE);
      return node;
    }
  if (json_array_get_length (array) == 0)
    return NULL;
  g_string_append (walk->place, JSON_MARK);
  text = open_pieces (walk, array);
  leave (walk, length);
  if (text == NULL)
    return NULL;
  node = yeji_json_parse (text->str, -1, NULL);
  g_string_free (text, TRUE);
  return node;
}

static gboolean
holds_token (JsonNode *node)
{
  const char *string = yeji_json_node_string (node);

  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    string = yeji_json_node_string (json_array_get_element (json_node_get_array (node), 0));
  return string != NULL && yeji_vault_is_token (string);
}

/* What takes the place of a value, NULL if it is not sealed or cannot be opened. */
static JsonNode *
open_value (Walk     *walk,
            JsonNode *value)
{
  JsonNode *opened;

  if (!holds_token (value))
    return NULL;
  opened = JSON_NODE_HOLDS_ARRAY (value) ? open_array (walk, json_node_get_array (value))
                                         : open_string (walk, json_node_get_string (value));
  if (opened == NULL)
    walk->n_lost++;
  return opened;
}

static void open_node (Walk     *walk,
                       JsonNode *node);

static void
open_members (Walk       *walk,
              JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *value = json_object_get_member (object, name->data);
      gsize length = enter (walk, name->data);
      JsonNode *opened = open_value (walk, value);

      /* What came out of a seal is as it was: there is nothing sealed in it. */
      if (opened != NULL)
        replace (object, name->data, opened);
      else
        open_node (walk, value);
      leave (walk, length);
    }
}

/* Recursive: the depth of what is read is bounded. */
static void
open_node (Walk     *walk,
           JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonObject *object = yeji_json_node_object (node);

  if (object != NULL)
    open_members (walk, object);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      gsize length = enter_element (walk, element, i);

      open_node (walk, element);
      leave (walk, length);
    }
}

static void
end_opening (Walk       *walk,
             const char *what,
             const char *uuid)
{
  if (walk->n_lost > 0)
    tell_lost ("the %s %s has %u sealed values that cannot be opened and stay as they are", what,
               uuid != NULL ? uuid : "", walk->n_lost);
  g_string_free (walk->place, TRUE);
}

/**
 * yeji_body_unseal: (skip)
 * @body: a record's object, which is changed
 *
 * Opens what is sealed in a record.
 */
void
yeji_body_unseal (JsonNode  *body,
                  YejiVault *vault)
{
  JsonObject *object = yeji_json_node_object (body);
  Walk walk;

  if (object == NULL)
    return;
  begin_walk (&walk, vault, 0, "record", yeji_json_get_string (object, "uuid"));
  open_members (&walk, object);
  end_opening (&walk, "record", yeji_json_get_string (object, "uuid"));
}

/**
 * yeji_seal_is_wanted: (skip)
 * @table: as in a #YejiChange
 * @field: as in a #YejiChange
 * @value: (nullable): one of its texts
 *
 * Returns: whether a line of a history must not show the value
 */
gboolean
yeji_seal_is_wanted (YejiDictionary *dictionary,
                     const char     *table,
                     const char     *field,
                     const char     *value)
{
  const YejiTableDef *def;
  const YejiFieldDef *field_def;

  if (value == NULL || *value == '\0')
    return FALSE;
  /* kept:, aside: and whatever else is no value of a field of the dictionary */
  if (yeji_vault_is_token (value) || strchr (field, ':') != NULL)
    return TRUE;
  if (*table == '\0' || *field == '\0')
    return FALSE;
  def = yeji_dictionary_find_table (dictionary, table);
  field_def = def != NULL ? yeji_table_def_find_field (def, field) : NULL;
  return field_def == NULL || field_def->personal != YEJI_PERSONAL_NO;
}

static gboolean
is_note_wanted (YejiDictionary *dictionary,
                JsonObject     *note,
                const char     *member)
{
  const char *table = yeji_json_get_string (note, "table");
  const char *field = yeji_json_get_string (note, "field");

  return yeji_seal_is_wanted (dictionary, table != NULL ? table : "", field != NULL ? field : "",
                              yeji_json_get_string (note, member));
}

/**
 * yeji_move_notes_seal: (skip)
 * @notes: an array, which is changed
 * @uuid: of the record
 *
 * Seals what is personal in what was noted of a record's move to another dictionary.
 */
void
yeji_move_notes_seal (JsonNode       *notes,
                      YejiDictionary *dictionary,
                      YejiVault      *vault,
                      const char     *uuid)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (notes) ? json_node_get_array (notes) : NULL;
  Walk walk;

  begin_walk (&walk, vault, 0, "move", uuid);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *note = yeji_json_node_object (element);
      gsize length = enter_element (&walk, element, i);

      for (guint j = 0; note != NULL && move_members[j] != NULL; j++)
        if (is_note_wanted (dictionary, note, move_members[j]))
          seal_member (&walk, note, move_members[j]);
      leave (&walk, length);
    }
  g_string_free (walk.place, TRUE);
}

/**
 * yeji_move_notes_unseal: (skip)
 *
 * Opens what yeji_move_notes_seal() sealed.
 */
void
yeji_move_notes_unseal (JsonNode   *notes,
                        YejiVault  *vault,
                        const char *uuid)
{
  Walk walk;

  begin_walk (&walk, vault, 0, "move", uuid);
  open_node (&walk, notes);
  end_opening (&walk, "move of", uuid);
}
