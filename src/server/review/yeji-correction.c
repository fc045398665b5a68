// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What an application for a correction would make of a record. */

#define G_LOG_DOMAIN "yeji-applications"

#include "config.h"

#include "yeji-correction.h"

#include <string.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-mask.h"

#define MAX_CHANGES 500
/* Members and words of the protocol. A row as a whole comes or goes; its values are changes, too. */
#define ROW "row"
#define ROW_ADDED "added"
#define ROW_REMOVED "removed"
/* What is shorter stands in many words by chance. */
#define SHORTEST_NUMBER 6
/* In the place of a personal value, on pages that everybody sees. */
#define PERSONAL "（个人信息）"

static void
add_problem (GPtrArray   *problems,
             YejiRequest *request,
             const char  *pointer,
             const char  *zh,
             const char  *en)
{
  g_ptr_array_add (problems, yeji_problem_new ("", YEJI_SEVERITY_ERROR, pointer,
                                               request->language == YEJI_LANGUAGE_EN ? en : zh));
}

static JsonObject *
make_change (const char *pointer,
             const char *before,
             const char *after)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "pointer", pointer);
  json_object_set_string_member (change, "before", before);
  json_object_set_string_member (change, "after", after);
  return change;
}

static JsonObject *
make_row_change (const char *pointer,
                 const char *what)
{
  JsonObject *change = make_change (pointer, "", "");

  json_object_set_string_member (change, ROW, what);
  return change;
}

static gboolean
is_field (YejiRecord *record,
          const char *pointer,
          YejiPlace  *place)
{
  return yeji_record_resolve (record, pointer, place, NULL) && place->field != NULL
         && place->row != NULL;
}

static gboolean
is_row (YejiRecord *record,
        const char *pointer,
        YejiPlace  *place)
{
  return yeji_record_resolve (record, pointer, place, NULL) && place->row != NULL
         && place->field == NULL && place->table->index != 0;
}

/* (nullable): the table whose next row a pointer names: rows that come stand behind all that were
 * there, those that go among them. */
static const YejiTableDef *
find_next_row (YejiRecord *record,
               const char *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", 4);
  const YejiTableDef *table = g_strv_length (parts) == 3
                                ? yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                               parts[1]) : NULL;
  g_autofree char *next = NULL;

  if (table == NULL || table->index == 0)
    return NULL;
  next = g_strdup_printf ("%u", yeji_record_get_n_rows (record, table));
  return g_str_equal (parts[2], next) ? table : NULL;
}

/* A row that goes takes its values with it: each is told as it was. */
static void
add_values (YejiRecord *record,
            YejiRow    *row,
            GHashTable *seen,
            JsonArray  *changes)
{
  const YejiTableDef *table = yeji_row_get_table (row);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (row, field);
      char *pointer;

      if (field->by_platform)
        continue;
      pointer = yeji_record_get_pointer (record, table, row, field);
      if (*value != '\0')
        json_array_add_object_element (changes, make_change (pointer, value, ""));
      g_hash_table_add (seen, pointer);
    }
}

/* Looks at a row that shall come or go. @record gets the row, so that its values have a place. */
static void
read_row_change (YejiRequest *request,
                 YejiRecord  *record,
                 const char  *pointer,
                 const char  *what,
                 GHashTable  *seen,
                 GPtrArray   *wrong,
                 JsonArray   *changes)
{
  const YejiTableDef *table = find_next_row (record, pointer);
  YejiPlace place;

  if (g_str_equal (what, ROW_ADDED) && table != NULL)
    {
      yeji_record_append_row (record, table);
      g_hash_table_add (seen, g_strdup (pointer));
      json_array_add_object_element (changes, make_row_change (pointer, what));
    }
  else if (!g_str_equal (what, ROW_REMOVED) || !is_row (record, pointer, &place))
    add_problem (wrong, request, pointer, "业绩中没有这一行，或不能在此增加一行。",
                 "The record has no such row, or none can be added there.");
  else if (!g_hash_table_add (seen, g_strdup (pointer)))
    add_problem (wrong, request, pointer, "同一处修正了两次。", "It is changed twice.");
  else
    {
      json_array_add_object_element (changes, make_row_change (pointer, what));
      add_values (record, place.row, seen, changes);
    }
}

/* Looks at one of the changes, and adds it where nothing is wrong with it. */
static void
read_change (YejiRequest *request,
             YejiRecord  *record,
             const char  *pointer,
             const char  *after,
             GHashTable  *seen,
             GPtrArray   *wrong,
             JsonArray   *changes)
{
  YejiPlace place;

  if (!is_field (record, pointer, &place))
    add_problem (wrong, request, pointer, "业绩中没有这个位置。", "The record has no such place.");
  else if (place.field->by_platform)
    add_problem (wrong, request, pointer, "此项由平台填写，不能申请修正。",
                 "The platform writes this field: it cannot be corrected.");
  else if (!g_hash_table_add (seen, g_strdup (pointer)))
    add_problem (wrong, request, pointer, "同一处修正了两次。", "It is changed twice.");
  else if (g_str_equal (yeji_row_get (place.row, place.field), after))
    add_problem (wrong, request, pointer, "修正前后相同。", "It is as it was before.");
  else
    json_array_add_object_element (changes,
                                   make_change (pointer, yeji_row_get (place.row, place.field),
                                                after));
}

/**
 * yeji_correction_read:
 * @record: as it was approved
 * @refusal: (out): why not
 *
 * Reads `changes` of a request: where, and what it shall be, or which row comes or goes.
 *
 * Returns: (transfer full) (nullable): a JSON array of pointer, before and after, and of rows;
 *   %NULL with @refusal
 */
JsonNode *
yeji_correction_read (YejiServerContext  *context,
                      YejiRequest        *request,
                      YejiRecord         *record,
                      YejiResponse      **refusal)
{
  JsonArray *array = yeji_request_get_array (request, "changes");
  guint length = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (YejiRecord) grown = yeji_record_copy (record);
  JsonArray *changes = json_array_new ();

  json_node_take_array (node, changes);
  *refusal = NULL;
  if (length == 0 || length > MAX_CHANGES)
    *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "须列出要修正的内容，不超过 500 处。",
                            "Say what is to be corrected, in 500 places at most.");
  for (guint i = 0; i < length && *refusal == NULL; i++)
    {
      JsonObject *change = yeji_json_node_object (json_array_get_element (array, i));
      const char *pointer = change != NULL ? yeji_json_get_string (change, "pointer") : NULL;
      const char *after = change != NULL ? yeji_json_get_string (change, "after") : NULL;
      const char *row = change != NULL ? yeji_json_get_string (change, ROW) : NULL;

      if (pointer == NULL || (after == NULL && row == NULL))
        *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "每处修正都应有位置和修正后的值。",
                                "Every change needs a pointer and a value.");
      else if (row != NULL)
        read_row_change (request, grown, pointer, row, seen, wrong, changes);
      else
        read_change (request, grown, pointer, after, seen, wrong, changes);
    }
  if (*refusal == NULL && wrong->len > 0)
    *refusal = yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong);
  return *refusal == NULL ? g_steal_pointer (&node) : NULL;
}

/* A row that comes, or one that goes, which waits in @gone: pointers mean the record as it was. */
static gboolean
apply_row (YejiServerContext  *context,
           YejiRecord         *record,
           const char         *pointer,
           const char         *what,
           const YejiApproval *approval,
           GPtrArray          *gone)
{
  const YejiTableDef *table = find_next_row (record, pointer);
  YejiPlace place;

  if (g_str_equal (what, ROW_ADDED))
    {
      YejiRow *row = table != NULL ? yeji_record_append_row (record, table) : NULL;

      if (row != NULL && approval != NULL)
        yeji_mapping_approve_row (context->mapping, record, row, approval);
      return row != NULL;
    }
  if (!is_row (record, pointer, &place))
    return FALSE;
  g_ptr_array_add (gone, g_object_ref (place.row));
  return TRUE;
}

static gboolean
apply_value (YejiRecord *record,
             JsonObject *change)
{
  YejiPlace place;

  if (!is_field (record, yeji_json_get_string (change, "pointer"), &place)
      || !g_str_equal (yeji_row_get (place.row, place.field),
                       yeji_json_get_string (change, "before")))
    return FALSE;
  yeji_record_set (record, place.row, place.field, yeji_json_get_string (change, "after"));
  return TRUE;
}

/**
 * yeji_correction_apply:
 * @record: as it is now; it is changed
 * @changes: as yeji_correction_read() gave them
 * @approval: (nullable): who confirms the rows that come; %NULL when it is only tried
 *
 * Corrects a record, where it still is what was to be corrected.
 *
 * Returns: (transfer full) (nullable): why not; %NULL when it is corrected
 */
YejiResponse *
yeji_correction_apply (YejiServerContext  *context,
                       YejiRequest        *request,
                       YejiRecord         *record,
                       JsonArray          *changes,
                       const YejiApproval *approval)
{
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      const char *pointer = yeji_json_get_string (change, "pointer");
      const char *row = yeji_json_get_string (change, ROW);

      if (row != NULL ? !apply_row (context, record, pointer, row, approval, gone)
                      : !apply_value (record, change))
        add_problem (wrong, request, pointer, "业绩此处已有变动，请企业重新申请。",
                     "It is not what it was when the correction was asked for.");
    }
  for (guint i = 0; i < gone->len; i++)
    yeji_record_remove_row (record, g_ptr_array_index (gone, i));
  return wrong->len > 0 ? yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong) : NULL;
}

/* Whether two problems say the same of the same place: a row keeps its id when one before it goes. */
static gboolean
is_same (YejiRecord  *approved,
         YejiProblem *a,
         YejiRecord  *corrected,
         YejiProblem *b)
{
  YejiPlace there, here;

  if (!g_str_equal (yeji_problem_get_rule (a), yeji_problem_get_rule (b)))
    return FALSE;
  if (!yeji_record_resolve (approved, yeji_problem_get_pointer (a), &there, NULL)
      || !yeji_record_resolve (corrected, yeji_problem_get_pointer (b), &here, NULL))
    return g_str_equal (yeji_problem_get_pointer (a), yeji_problem_get_pointer (b));
  return there.table == here.table && there.field == here.field
         && (there.row == NULL) == (here.row == NULL)
         && (there.row == NULL
             || g_str_equal (yeji_row_get_id (there.row), yeji_row_get_id (here.row)));
}

static gboolean
has_problem (YejiRecord  *approved,
             GPtrArray   *problems,
             YejiRecord  *corrected,
             YejiProblem *problem)
{
  for (guint i = 0; i < problems->len; i++)
    if (is_same (approved, g_ptr_array_index (problems, i), corrected, problem))
      return TRUE;
  return FALSE;
}

/**
 * yeji_correction_check:
 * @found: the record as it was approved
 * @corrected: what it would be
 *
 * Looks whether the corrected record is as good as the approved one: there is no new error, and it
 * is still complete for the national platform.
 *
 * Returns: (transfer full) (nullable): why not; %NULL when it is, or with @error
 */
YejiResponse *
yeji_correction_check (YejiServerContext  *context,
                       YejiSql            *sql,
                       YejiRequest        *request,
                       YejiCase           *found,
                       YejiRecord         *corrected,
                       GError            **error)
{
  YejiValidator *validator = context->validators[request->language];
  g_autoptr (YejiRecord) approved = yeji_case_read_record (found, context, NULL, error);
  g_auto (GStrv) slots = approved != NULL ? yeji_case_list_slots (found, sql, error) : NULL;
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *today = yeji_clock_today ();

  if (slots == NULL)
    return NULL;
  before = yeji_validator_check (validator, approved, today, (const char * const *) slots);
  after = yeji_validator_check (validator, corrected, today, (const char * const *) slots);
  for (guint i = 0; i < after->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (after, i);

      if ((yeji_problem_get_severity (problem) >= YEJI_SEVERITY_ERROR
           || yeji_problem_get_incomplete (problem))
          && !has_problem (approved, before, corrected, problem))
        g_ptr_array_add (wrong, g_object_ref (problem));
    }
  return wrong->len > 0 ? yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong) : NULL;
}

/* (nullable): the field that a pointer names, in a row that may come or be gone. */
static const YejiFieldDef *
find_field (YejiDictionary *dictionary,
            const char     *pointer)
{
  g_auto (GStrv) parts = g_strsplit (pointer, "/", -1);
  guint n = g_strv_length (parts);
  const YejiTableDef *table = n >= 3 ? yeji_dictionary_find_member (dictionary, parts[1]) : NULL;

  return table != NULL ? yeji_table_def_find_field (table, parts[n - 1]) : NULL;
}

/**
 * yeji_correction_to_public:
 * @dictionary: says what is personal
 *
 * Returns: (transfer full): the changes as everybody may see them
 */
JsonNode *
yeji_correction_to_public (YejiDictionary *dictionary,
                           JsonArray      *changes)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      const char *pointer = yeji_json_get_string (change, "pointer");
      const char *row = yeji_json_get_string (change, ROW);
      const YejiFieldDef *field = find_field (dictionary, pointer);
      gboolean personal = field == NULL || field->personal != YEJI_PERSONAL_NO;

      if (row != NULL)
        json_array_add_object_element (array, make_row_change (pointer, row));
      else
        json_array_add_object_element (array,
                                       make_change (pointer,
                                                    personal ? PERSONAL
                                                    : yeji_json_get_string (change, "before"),
                                                    personal ? PERSONAL
                                                    : yeji_json_get_string (change, "after")));
    }
  return node;
}

static void
mask_row (YejiRow *row,
          GString *text)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get (row, field);
      g_autofree char *mask = NULL;

      if (field->personal == YEJI_PERSONAL_NO || strlen (value) < SHORTEST_NUMBER)
        continue;
      mask = yeji_mask (value);
      if (!g_str_equal (mask, value))
        g_string_replace (text, value, mask, 0);
    }
}

/**
 * yeji_correction_mask_words:
 * @text: somebody's words about the record, for everybody
 *
 * Returns: (transfer full): the words without the record's personal numbers
 */
char *
yeji_correction_mask_words (YejiRecord *record,
                            const char *text)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  GString *masked = g_string_new (text);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        mask_row (yeji_record_get_row (record, table, j), masked);
    }
  return g_string_free (masked, FALSE);
}
