// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* On a resubmission a reviewer looks at what is another than before, and at what became of his
 * points; the rest he has read already. */

#define G_LOG_DOMAIN "yeji-reviews"

#include "config.h"

#include "yeji-review-changes.h"

#include <string.h>

#include "yeji-comparison.h"
#include "yeji-explanation.h"
#include "yeji-json.h"

struct _YejiReviewChanges
{
  YejiRecord *previous;
  YejiRecord *present;
  YejiComparison *comparison;  /* mine: previous, theirs: present */
  JsonNode *previous_files;    /* arrays of objects with slot, sha256, filename */
  JsonNode *present_files;
};

static JsonNode *
read_files (const char *text)
{
  JsonNode *node = text != NULL ? yeji_json_parse (text, -1, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return node;
  g_clear_pointer (&node, json_node_unref);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, json_array_new ());
  return node;
}

/* Who gives no ids to rows gets new ones with each version: then rows are known by what they
 * say. */
static gboolean
has_common_row (YejiRecord *previous,
                YejiRecord *present)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (present));
  gboolean any = FALSE;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n = yeji_record_get_n_rows (present, table);

      /* the project is the same row in both, and says nothing */
      if (table == yeji_row_get_table (yeji_record_get_project (present)))
        continue;
      for (guint j = 0; j < n; j++)
        {
          const char *id = yeji_row_get_id (yeji_record_get_row (present, table, j));
          guint index;

          if (yeji_record_find_row (previous, table, id, &index) != NULL)
            return TRUE;
        }
      any = any || (n > 0 && yeji_record_get_n_rows (previous, table) > 0);
    }
  return !any;
}

/**
 * yeji_review_changes_new:
 * @previous: as it was decided on
 * @present: as it was submitted since
 * @previous_files: (nullable): the documents then, a JSON array of objects with slot, sha256 and
 *   filename
 * @present_files: (nullable): the documents now
 *
 * Returns: (transfer full): what changed
 */
YejiReviewChanges *
yeji_review_changes_new (YejiRecord *previous,
                         YejiRecord *present,
                         const char *previous_files,
                         const char *present_files)
{
  YejiReviewChanges *self = g_new0 (YejiReviewChanges, 1);

  self->previous = has_common_row (previous, present) ? g_object_ref (previous)
                                                      : yeji_record_duplicate (previous);
  self->present = g_object_ref (present);
  self->comparison = yeji_comparison_new (NULL, self->previous, self->present, FALSE);
  self->previous_files = read_files (previous_files);
  self->present_files = read_files (present_files);
  return self;
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static void
add_line (JsonArray  *array,
          const char *kind,
          const char *pointer,
          const char *previous_pointer,
          const char *before,
          const char *after)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind);
  json_object_set_string_member (object, "pointer", pointer);
  if (previous_pointer != NULL)
    json_object_set_string_member (object, "previous_pointer", previous_pointer);
  set_text (object, "before", before);
  set_text (object, "after", after);
  json_array_add_object_element (array, object);
}

/* (nullable): where the place is in one of both */
static char *
get_pointer (YejiRecord *record,
             YejiRow    *row,
             const char *field)
{
  const YejiTableDef *table;

  if (row == NULL)
    return NULL;
  table = yeji_row_get_table (row);
  return yeji_record_get_pointer (record, table, row,
                                  *field != '\0' ? yeji_table_def_find_field (table, field) : NULL);
}

static void
add_difference (YejiReviewChanges    *self,
                JsonArray            *array,
                const YejiDifference *difference)
{
  g_autofree char *before = get_pointer (self->previous, difference->rows[YEJI_SIDE_MINE],
                                         difference->field);
  g_autofree char *after = get_pointer (self->present, difference->rows[YEJI_SIDE_THEIRS],
                                        difference->field);

  /* what is noted beside values is with the points and the problems; where rows stand says
   * nothing */
  if (difference->kind == YEJI_DIFFERENCE_NONE || strchr (difference->field, ':') != NULL
      || yeji_difference_is_move (difference))
    return;
  if (*difference->table == '\0')
    add_line (array, "field", "/role", NULL, difference->texts[YEJI_SIDE_MINE],
              difference->texts[YEJI_SIDE_THEIRS]);
  else if (before == NULL)
    add_line (array, "added", after, NULL, NULL, NULL);
  else if (after == NULL)
    add_line (array, "removed", before, before, NULL, NULL);
  else
    add_line (array, "field", after, before, difference->texts[YEJI_SIDE_MINE],
              difference->texts[YEJI_SIDE_THEIRS]);
}

static gboolean
has_file (JsonNode   *files,
          JsonObject *file)
{
  JsonArray *array = json_node_get_array (files);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *each = yeji_json_node_object (json_array_get_element (array, i));

      if (each != NULL
          && g_strcmp0 (yeji_json_get_string (each, "slot"),
                        yeji_json_get_string (file, "slot")) == 0
          && g_strcmp0 (yeji_json_get_string (each, "sha256"),
                        yeji_json_get_string (file, "sha256")) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Documents of one list that the other lacks. */
static void
add_files (JsonArray *lines,
           JsonNode  *files,
           JsonNode  *others,
           gboolean   came)
{
  JsonArray *array = json_node_get_array (files);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (array, i));
      const char *slot = file != NULL ? yeji_json_get_string (file, "slot") : NULL;
      const char *name = file != NULL ? yeji_json_get_string (file, "filename") : NULL;
      g_autofree char *pointer = g_strconcat (YEJI_EXPLANATION_DOCUMENTS, slot, NULL);

      if (slot != NULL && !has_file (others, file))
        add_line (lines, "document", pointer, NULL, came ? NULL : name, came ? name : NULL);
    }
}

/**
 * yeji_review_changes_to_json:
 *
 * Returns: (transfer full): `diff` of docs/protocol.md
 */
JsonNode *
yeji_review_changes_to_json (YejiReviewChanges *self)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < self->comparison->differences->len; i++)
    add_difference (self, array, g_ptr_array_index (self->comparison->differences, i));
  add_files (array, self->previous_files, self->present_files, FALSE);
  add_files (array, self->present_files, self->previous_files, TRUE);
  json_node_take_array (node, array);
  return node;
}

/* Whether a place of the previous record lies within what a difference is about. */
static gboolean
touches (const YejiDifference *difference,
         const YejiPlace      *place)
{
  if (difference->kind == YEJI_DIFFERENCE_NONE || strchr (difference->field, ':') != NULL
      || yeji_difference_is_move (difference))
    return FALSE;
  if (place->table == NULL)
    return TRUE;
  if (!g_str_equal (difference->table, place->table->id))
    return FALSE;
  if (place->row == NULL)
    return TRUE;
  if (difference->rows[YEJI_SIDE_MINE] != place->row)
    return FALSE;
  return place->field == NULL || *difference->field == '\0'
         || g_str_equal (difference->field, place->field->id);
}

static gboolean
is_slot_touched (YejiReviewChanges *self,
                 const char        *slot)
{
  g_autoptr (JsonNode) lines = yeji_review_changes_to_json (self);
  JsonArray *array = json_node_get_array (lines);
  g_autofree char *pointer = g_strconcat (YEJI_EXPLANATION_DOCUMENTS, slot, NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *line = json_array_get_object_element (array, i);

      if (g_str_equal (yeji_json_get_string (line, "kind"), "document")
          && g_str_equal (yeji_json_get_string (line, "pointer"), pointer))
        return TRUE;
    }
  return FALSE;
}

/* The row that a row of the previous record is now; the very same where nothing of it changed. */
static YejiRow *
find_present (YejiReviewChanges *self,
              YejiRow           *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  guint index;

  for (guint i = 0; i < self->comparison->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (self->comparison->differences, i);

      if (difference->rows[YEJI_SIDE_MINE] == row)
        return difference->rows[YEJI_SIDE_THEIRS];
    }
  if (row == yeji_record_get_project (self->previous))
    return yeji_record_get_project (self->present);
  if (yeji_record_find_row (self->present, table, yeji_row_get_id (row), &index) != NULL)
    return yeji_record_get_row (self->present, table, index);
  for (guint i = 0; i < yeji_record_get_n_rows (self->present, table); i++)
    if (yeji_row_says_the_same (row, yeji_record_get_row (self->present, table, i)))
      return yeji_record_get_row (self->present, table, i);
  return NULL;
}

/* Where a point stands now, and whether what it is about was changed. NULL: it is there no more. */
static char *
locate (YejiReviewChanges *self,
        const char        *pointer,
        gboolean          *mended)
{
  YejiPlace place;
  YejiRow *row;

  *mended = FALSE;
  if (g_str_has_prefix (pointer, YEJI_EXPLANATION_DOCUMENTS))
    {
      *mended = is_slot_touched (self, pointer + strlen (YEJI_EXPLANATION_DOCUMENTS));
      return g_strdup (pointer);
    }
  if (!yeji_record_resolve (self->previous, pointer, &place, NULL))
    return NULL;
  for (guint i = 0; i < self->comparison->differences->len && !*mended; i++)
    *mended = touches (g_ptr_array_index (self->comparison->differences, i), &place);
  if (place.row == NULL)
    return g_strdup (pointer);
  row = find_present (self, place.row);
  return row != NULL ? yeji_record_get_pointer (self->present, place.table, row, place.field)
                     : NULL;
}

static JsonObject *
judge_point (YejiReviewChanges *self,
             const char        *pointer,
             const char        *comment)
{
  gboolean mended;
  g_autofree char *now = locate (self, pointer, &mended);
  const YejiKept *reply = now != NULL ? yeji_record_find_reply (self->present, now) : NULL;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "pointer", pointer);
  json_object_set_string_member (object, "comment", comment);
  json_object_set_string_member (object, "state",
                                 mended ? "mended" : reply != NULL ? "explained" : "open");
  if (reply != NULL)
    json_object_set_string_member (object, "reply", reply->reason);
  if (now != NULL)
    json_object_set_string_member (object, "now", now);
  return object;
}

/**
 * yeji_review_changes_judge:
 * @points: a JSON array of what was to be put right
 *
 * Returns: (transfer full): what became of each point, see `previous` of docs/protocol.md
 */
JsonNode *
yeji_review_changes_judge (YejiReviewChanges *self,
                           const char        *points)
{
  g_autoptr (JsonNode) given = read_files (points);
  JsonArray *array = json_node_get_array (given);
  JsonArray *judged = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *point = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = point != NULL ? yeji_json_get_string (point, "pointer") : NULL;
      const char *comment = point != NULL ? yeji_json_get_string (point, "comment") : NULL;

      if (pointer != NULL && comment != NULL)
        json_array_add_object_element (judged, judge_point (self, pointer, comment));
    }
  json_node_take_array (node, judged);
  return node;
}

/**
 * yeji_review_changes_free:
 * @self: (transfer full)
 *
 * Frees the changes.
 */
void
yeji_review_changes_free (YejiReviewChanges *self)
{
  yeji_comparison_free (self->comparison);
  g_object_unref (self->previous);
  g_object_unref (self->present);
  json_node_unref (self->previous_files);
  json_node_unref (self->present_files);
  g_free (self);
}
