// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads from where the value of a field may be carried over. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-carry-source.h"
#include "yeji-loader.h"

/* Nobody looks through more places than that for one value. */
#define MAX_SOURCES 32

static const struct
{
  const char *word;
  YejiCarryKind kind;
} enterprise_words[] = {
  { "enterprise.name", YEJI_CARRY_ENTERPRISE_NAME },
  { "enterprise.code", YEJI_CARRY_ENTERPRISE_CODE },
};

/**
 * yeji_carry_source_free: (skip)
 */
void
yeji_carry_source_free (YejiCarrySource *self)
{
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_pointer (&self->when, yeji_condition_free);
  g_clear_pointer (&self->where, yeji_condition_free);
  g_free (self);
}

/* A link and the key that it names hold the same text. */
static const YejiFieldDef *
get_key (const YejiFieldDef *field)
{
  return field->link != NULL ? field->link : field;
}

static gboolean
is_text (const YejiFieldDef *field)
{
  return field->kind == YEJI_FIELD_TEXT || field->kind == YEJI_FIELD_LONG_TEXT;
}

/* Why a value of @from would be none of @to. */
static const char *
find_fault (const YejiFieldDef *from,
            const YejiFieldDef *to)
{
  if (from == to && to->table->index == 0)
    return "a project has one row";
  if (get_key (from) == get_key (to))
    return NULL;
  if (is_text (from) && is_text (to))
    return from->personal == to->personal ? NULL : "one of the two is a personal number";
  if (from->kind != to->kind)
    return "the two are of different types";
  if (from->codes != to->codes)
    return "the two have different code lists";
  if (from->link != to->link)
    return "the two link to different tables";
  if (g_strcmp0 (from->unit, to->unit) != 0)
    return "the two have different units";
  return NULL;
}

static void
read_from (YejiLoader         *loader,
           YejiPart           *part,
           const char         *place,
           const char         *name,
           const YejiFieldDef *field,
           YejiCarrySource    *source)
{
  const char *fault = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (enterprise_words); i++)
    if (g_str_equal (enterprise_words[i].word, name))
      {
        source->kind = enterprise_words[i].kind;
        if (!is_text (field))
          yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                          "%s: only a text holds it", name);
        return;
      }
  source->kind = YEJI_CARRY_FIELD;
  source->field = yeji_loader_find_field (loader, part, place, name);
  if (source->field != NULL)
    fault = find_fault (source->field, field);
  if (fault != NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "%s: %s", name, fault);
}

static void
read_via (YejiLoader         *loader,
          YejiPart           *part,
          JsonObject         *object,
          const char         *place,
          const YejiFieldDef *field,
          YejiCarrySource    *source)
{
  g_auto (GStrv) via = yeji_part_strings (part, object, place, "via", FALSE);

  if (via[0] == NULL)
    return;
  if (g_strv_length (via) != 2)
    {
      yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "“via” names two fields");
      return;
    }
  for (guint i = 0; i < 2; i++)
    source->via[i] = yeji_loader_find_field (loader, part, place, via[i]);
  if (source->via[0] != NULL && source->via[1] != NULL && source->field != NULL
      && (source->via[0]->table != field->table || source->via[1]->table != source->field->table))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                    "“via” names a field of the row, then one of the row that it is filled from");
}

static void
read_words (YejiLoader         *loader,
            YejiPart           *part,
            JsonObject         *object,
            const char         *place,
            const YejiFieldDef *field,
            YejiCarrySource    *source)
{
  yeji_part_check_members (part, object, place, "from roles when where via");
  read_from (loader, part, place, yeji_part_string (part, object, place, "from", TRUE), field,
             source);
  if (json_object_has_member (object, "roles"))
    source->roles = yeji_loader_read_roles (loader, part, object, place);
  source->when = yeji_loader_read_condition (loader, part, object, place, "when", field->table);
  if (source->field == NULL
      && (json_object_has_member (object, "where") || json_object_has_member (object, "via")))
    {
      yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                      "“where” and “via” speak of rows, which are not there");
      return;
    }
  if (source->field == NULL)
    return;
  source->where = yeji_loader_read_condition (loader, part, object, place, "where",
                                              source->field->table);
  read_via (loader, part, object, place, field, source);
}

/**
 * yeji_loader_read_carry:
 * @field: connected already: its link is known
 *
 * Returns: (nullable) (transfer full) (element-type YejiCarrySource): what the member `carry`
 *   names, nearest first; %NULL if there is none
 */
GPtrArray *
yeji_loader_read_carry (YejiLoader         *loader,
                        YejiPart           *part,
                        JsonObject         *object,
                        const char         *place,
                        const YejiFieldDef *field)
{
  JsonNode *node = json_object_get_member (object, "carry");
  GPtrArray *sources;
  JsonArray *array;

  if (node == NULL)
    return NULL;
  sources = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_carry_source_free);
  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (array == NULL || json_array_get_length (array) == 0
      || json_array_get_length (array) > MAX_SOURCES)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "“carry” must be an array of 1 to %d places", MAX_SOURCES);
  else if (field->by_platform)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                    "what the platform sets is not carried over");
  for (guint i = 0; part->error == NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s/carry/%u", place, i);
      JsonNode *item = json_array_get_element (array, i);
      YejiCarrySource *source = g_new0 (YejiCarrySource, 1);

      g_ptr_array_add (sources, source);
      if (JSON_NODE_HOLDS_OBJECT (item))
        read_words (loader, part, json_node_get_object (item), where, field, source);
      else if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
        read_from (loader, part, where, json_node_get_string (item), field, source);
      else
        yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_SHAPE, "must be a string or an object");
    }
  return sources;
}
