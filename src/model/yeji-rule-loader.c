// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads formats and rules. What each kind of rule needs is a table: docs/dictionary-format.md has
 * the same table in words. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-json.h"
#include "yeji-loader.h"
#include "yeji-pattern.h"

#include <math.h>

#define MANY 64                /* nobody reads a rule with more fields */

typedef enum
{
  ONE_TABLE = 1 << 0,          /* all fields are of one table */
  NUMBERS = 1 << 1,            /* all fields are numbers */
  DATES = 1 << 2,              /* all fields are dates */
  ORDERED = 1 << 3,            /* all fields are numbers, or all are dates */
  SAME_CODES = 1 << 4,         /* all fields have the same code list */
  COUPLES = 1 << 5,            /* fields come two by two, each couple of one table */
  EACH = 1 << 6,               /* each field is looked at by itself */
} Demand;

typedef struct
{
  const char *word;
  guint min_fields;
  guint max_fields;
  const char *members;         /* beyond those that every rule may have */
  Demand demands;
} KindFormat;

static const KindFormat kind_formats[N_YEJI_RULE_KINDS] = {
  [YEJI_RULE_MANDATORY] = { "mandatory", 0, MANY, "", EACH },
  [YEJI_RULE_UNKNOWN] = { "unknown", 0, 0, "", 0 },
  [YEJI_RULE_LENGTH] = { "length", 0, 0, "", 0 },
  [YEJI_RULE_CHARACTERS] = { "characters", 0, 0, "", 0 },
  [YEJI_RULE_NUMBER] = { "number", 0, 0, "", 0 },
  [YEJI_RULE_DATE] = { "date", 0, 0, "", 0 },
  [YEJI_RULE_CODE] = { "code", 0, 0, "", 0 },
  [YEJI_RULE_LINK] = { "link", 0, 0, "", 0 },
  [YEJI_RULE_FORMAT] = { "format", 0, MANY, "formats", EACH },
  [YEJI_RULE_NOT_FUTURE] = { "not_future", 0, MANY, "", EACH | DATES },
  [YEJI_RULE_INHERIT] = { "inherit", 0, 0, "", 0 },
  [YEJI_RULE_ORDER] = { "order", 2, 2, "via where", ORDERED },
  [YEJI_RULE_WITHIN] = { "within", 2, 2, "via where days", DATES },
  [YEJI_RULE_EQUAL] = { "equal", 2, MANY, "via where tolerance part", 0 },
  [YEJI_RULE_SUM] = { "sum", 2, MANY, "via where tolerance", NUMBERS },
  [YEJI_RULE_BAND] = { "band", 2, 2, "via where min max", NUMBERS },
  [YEJI_RULE_PAIRS] = { "pairs", 2, 2, "via where pairs part", 0 },
  [YEJI_RULE_SOME] = { "some", 1, MANY, "", ONE_TABLE | NUMBERS },
  [YEJI_RULE_CONSISTENT] = { "consistent", 4, MANY, "", COUPLES },
  [YEJI_RULE_PARENT] = { "parent", 2, 2, "", ONE_TABLE | SAME_CODES },
  [YEJI_RULE_ROW_EXISTS] = { "row_exists", 0, 0, "table where for", 0 },
  [YEJI_RULE_ROLE] = { "role", 0, 0, "", 0 },
  [YEJI_RULE_ROLE_TABLES] = { "role_tables", 0, 0, "", 0 },
  [YEJI_RULE_ROLE_DOCUMENTS] = { "role_documents", 0, 0, "", 0 },
  [YEJI_RULE_FLAWED_DOCUMENTS] = { "flawed_documents", 0, 0, "", 0 },
  [YEJI_RULE_UNIQUE] = { "unique", 1, MANY, "", ONE_TABLE },
  [YEJI_RULE_ROWS] = { "rows", 0, 0, "", 0 },
  [YEJI_RULE_DECLARED] = { "declared", 1, MANY, "certainty", EACH },
};

static const char * const severity_words[] = { "hint", "warning", "error" };

static const char * const algorithm_words[N_YEJI_ALGORITHMS] = {
  [YEJI_ALGORITHM_NONE] = "none",
  [YEJI_ALGORITHM_CREDIT_CODE] = "credit_code",
  [YEJI_ALGORITHM_ORGANISATION_CODE] = "organisation_code",
  [YEJI_ALGORITHM_CITIZEN_ID] = "citizen_id",
};

/**
 * yeji_loader_read_format:
 *
 * Reads one of the `formats`.
 */
void
yeji_loader_read_format (YejiLoader *loader,
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
  yeji_loader_enter (part, place, loader->dictionary->formats_by_id, format->id, format);
  pattern = yeji_part_string (part, object, place, "pattern", FALSE);
  if ((pattern == NULL) == (format->algorithm == YEJI_ALGORITHM_NONE))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "a format has a pattern or an algorithm");
  if (pattern == NULL)
    return;

  format->pattern = yeji_pattern_new (pattern, &error);
  if (format->pattern == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "%s", error->message);
}

static gboolean
is_ordered (const YejiFieldDef *field)
{
  return field->kind == YEJI_FIELD_NUMBER || field->kind == YEJI_FIELD_DATE;
}

/* Whether a field fits what its rule demands of it; @first is the rule's first field, @partner the
 * first of its couple. */
static const char *
find_fault (Demand              demands,
            const YejiFieldDef *field,
            const YejiFieldDef *first,
            const YejiFieldDef *partner)
{
  if ((demands & ONE_TABLE) != 0 && field->table != first->table)
    return "all fields must be of one table";
  if ((demands & COUPLES) != 0 && field->table != partner->table)
    return "the fields of a couple must be of one table";
  if ((demands & NUMBERS) != 0 && field->kind != YEJI_FIELD_NUMBER)
    return "all fields must be numbers";
  if ((demands & DATES) != 0 && field->kind != YEJI_FIELD_DATE)
    return "all fields must be dates";
  if ((demands & ORDERED) != 0 && (!is_ordered (field) || field->kind != first->kind))
    return "all fields must be numbers, or all dates";
  if ((demands & SAME_CODES) != 0 && (field->codes == NULL || field->codes != first->codes))
    return "all fields must have the same code list";
  return NULL;
}

static void
read_fields (YejiLoader *loader,
             YejiPart   *part,
             JsonObject *object,
             const char *place,
             YejiRule   *rule)
{
  const KindFormat *format = &kind_formats[rule->kind];
  g_auto (GStrv) names = yeji_part_strings (part, object, place, "fields", format->min_fields > 0);
  guint n_names = g_strv_length (names);

  if (n_names < format->min_fields || n_names > format->max_fields
      || ((format->demands & COUPLES) != 0 && n_names % 2 != 0))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "“%s” cannot have %u fields", format->word, n_names);
  for (guint i = 0; i < n_names && part->error == NULL; i++)
    {
      const YejiFieldDef *field = yeji_loader_find_field (loader, part, place, names[i]);
      const char *fault;

      if (field == NULL)
        return;
      g_ptr_array_add (rule->fields, (gpointer) field);
      fault = find_fault (format->demands, field, g_ptr_array_index (rule->fields, 0),
                          g_ptr_array_index (rule->fields, i - i % 2));
      if (fault != NULL)
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "%s: %s", names[i], fault);
    }
}

static void
read_formats (YejiLoader *loader,
              YejiPart   *part,
              JsonObject *object,
              const char *place,
              YejiRule   *rule)
{
  g_auto (GStrv) formats = yeji_part_strings (part, object, place, "formats", FALSE);

  for (guint i = 0; formats[i] != NULL; i++)
    g_ptr_array_add (rule->formats, yeji_loader_find (part, place,
                                                      loader->dictionary->formats_by_id,
                                                      formats[i], "format"));
  if (rule->kind == YEJI_RULE_FORMAT && rule->fields->len > 0 && rule->formats->len == 0)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "fields need formats");
}

/* The table of the rows that a rule's first field is compared with. */
static const YejiTableDef *
get_other_table (const YejiRule *rule)
{
  const YejiFieldDef *second;

  if (rule->table != NULL || rule->fields->len < 2)
    return rule->table;
  second = g_ptr_array_index (rule->fields, rule->fields->len - 1);
  return second->table;
}

static void
read_via (YejiLoader *loader,
          YejiPart   *part,
          JsonObject *object,
          const char *place,
          YejiRule   *rule)
{
  g_auto (GStrv) names = yeji_part_strings (part, object, place, "via", FALSE);
  const YejiFieldDef *first = rule->fields->len > 0 ? g_ptr_array_index (rule->fields, 0) : NULL;

  if (!json_object_has_member (object, "via") || part->error != NULL)
    return;
  if (g_strv_length (names) != 2)
    {
      yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "“via” names two fields");
      return;
    }
  for (guint i = 0; i < 2; i++)
    rule->via[i] = yeji_loader_find_field (loader, part, place, names[i]);
  if (part->error == NULL && (rule->via[0]->table != first->table
                              || rule->via[1]->table != get_other_table (rule)))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                    "“via” goes from the first field's table to the last field's");
}

static void
read_part (YejiPart   *part,
           JsonObject *object,
           const char *place,
           YejiRule   *rule)
{
  JsonObject *words = yeji_part_object (part, object, place, "part", FALSE);
  g_autofree char *where = g_strdup_printf ("%s/part", place);

  if (words == NULL)
    return;
  yeji_part_check_members (part, words, where, "offset length");
  rule->part_offset = (guint) yeji_part_int (part, words, where, "offset", 0, 0);
  rule->part_length = (guint) yeji_part_int (part, words, where, "length", 1, 0);
  if (rule->part_length == 0)
    yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_SHAPE, "needs a length");
}

static void
read_pairs (YejiPart   *part,
            JsonObject *object,
            const char *place,
            YejiRule   *rule)
{
  JsonArray *pairs = yeji_json_get_array (object, "pairs");

  if (rule->kind != YEJI_RULE_PAIRS)
    return;
  rule->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 0; pairs != NULL && i < json_array_get_length (pairs); i++)
    {
      JsonNode *node = json_array_get_element (pairs, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      char **texts = g_new0 (char *, 3);

      g_ptr_array_add (rule->pairs, texts);
      for (guint j = 0; j < 2; j++)
        {
          const char *text = pair != NULL && json_array_get_length (pair) == 2
            ? yeji_json_node_string (json_array_get_element (pair, j)) : NULL;

          texts[j] = g_strdup (text != NULL ? text : "");
          if (text == NULL)
            yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                            "“pairs” holds arrays of two strings");
        }
    }
  if (rule->pairs->len == 0)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "needs pairs");
}

static void
read_numbers (YejiPart   *part,
              JsonObject *object,
              const char *place,
              YejiRule   *rule)
{
  rule->tolerance = yeji_part_double (part, object, place, "tolerance", 0);
  rule->min = yeji_part_double (part, object, place, "min", -INFINITY);
  rule->max = yeji_part_double (part, object, place, "max", INFINITY);
  rule->days = (guint) yeji_part_int (part, object, place, "days", 0, 0);
  if (rule->kind == YEJI_RULE_WITHIN && !json_object_has_member (object, "days"))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "needs days");
  if (rule->kind == YEJI_RULE_BAND && !json_object_has_member (object, "min")
      && !json_object_has_member (object, "max"))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "needs a least or a greatest ratio");
  if (rule->tolerance < 0 || rule->min > rule->max)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "nothing can be within this");
}

static void
read_for (YejiLoader *loader,
          YejiPart   *part,
          JsonObject *object,
          const char *place,
          YejiRule   *rule)
{
  JsonObject *words = yeji_part_object (part, object, place, "for", FALSE);
  g_autofree char *where = g_strdup_printf ("%s/for", place);

  if (words == NULL)
    return;
  yeji_part_check_members (part, words, where, "table when");
  rule->for_table = yeji_loader_find (part, where, loader->dictionary->tables_by_id,
                                      yeji_part_id (part, words, where, "table"), "table");
  rule->for_when = yeji_loader_read_condition (loader, part, words, where, "when",
                                               rule->for_table);
}

/* A condition is on the rows of one table, or it means nothing. */
static void
check_conditions (YejiPart   *part,
                  const char *place,
                  YejiRule   *rule)
{
  gboolean each = (kind_formats[rule->kind].demands & EACH) != 0;
  const YejiTableDef *other = get_other_table (rule);

  for (guint i = 1; i < rule->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (rule->fields, i);
      const YejiFieldDef *first = g_ptr_array_index (rule->fields, 0);

      if (each && rule->when != NULL && field->table != first->table)
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                        "all fields must be of one table");
      if (!each && (rule->where != NULL || rule->via[0] != NULL) && field->table != other
          && field->table != first->table)
        yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                        "the fields after the first must be of one table");
    }
}

/* A rule of this kind says whether it speaks of what is known, or of what is only likely. */
static void
read_certainty (YejiPart   *part,
                JsonObject *object,
                const char *place,
                YejiRule   *rule)
{
  static const char * const words[] = { "confirmed", "probable" };

  if (rule->kind == YEJI_RULE_DECLARED)
    rule->probable = yeji_part_word (part, object, place, "certainty", words,
                                     G_N_ELEMENTS (words), -1) == 1;
}

static int
read_kind (YejiPart   *part,
           JsonObject *object,
           const char *place)
{
  const char *words[N_YEJI_RULE_KINDS];

  for (guint i = 0; i < N_YEJI_RULE_KINDS; i++)
    words[i] = kind_formats[i].word;
  return yeji_part_word (part, object, place, "kind", words, N_YEJI_RULE_KINDS, -1);
}

/**
 * yeji_loader_read_rule:
 *
 * Reads one of the `rules`.
 */
void
yeji_loader_read_rule (YejiLoader *loader,
                       YejiPart   *part,
                       JsonObject *object,
                       const char *place)
{
  YejiDictionary *self = loader->dictionary;
  YejiRule *rule = g_new0 (YejiRule, 1);
  g_autofree char *members = NULL;
  const char *table, *document;

  rule->fields = g_ptr_array_new ();
  rule->formats = g_ptr_array_new ();
  g_ptr_array_add (self->rules, rule);
  rule->id = g_strdup (yeji_part_id (part, object, place, "id"));
  rule->kind = (YejiRuleKind) read_kind (part, object, place);
  members = g_strdup_printf ("id kind severity message roles when document incomplete %s%s",
                             kind_formats[rule->kind].max_fields > 0 ? "fields " : "",
                             kind_formats[rule->kind].members);
  yeji_part_check_members (part, object, place, members);
  rule->severity = (YejiSeverity) yeji_part_word (part, object, place, "severity", severity_words,
                                                  G_N_ELEMENTS (severity_words), -1);
  yeji_part_text (part, object, place, "message", TRUE, &rule->message);
  yeji_loader_enter (part, place, self->rules_by_id, rule->id, rule);
  rule->incomplete = yeji_part_true (part, object, place, "incomplete");
  if (json_object_has_member (object, "roles"))
    rule->roles = yeji_loader_read_roles (loader, part, object, place);
  document = yeji_part_string (part, object, place, "document", FALSE);
  if (document != NULL)
    rule->document = yeji_loader_find (part, place, self->slots_by_id, document, "document slot");

  table = yeji_part_string (part, object, place, "table", rule->kind == YEJI_RULE_ROW_EXISTS);
  if (table != NULL)
    rule->table = yeji_loader_find (part, place, self->tables_by_id, table, "table");
  read_fields (loader, part, object, place, rule);
  read_formats (loader, part, object, place, rule);
  read_via (loader, part, object, place, rule);
  read_part (part, object, place, rule);
  read_pairs (part, object, place, rule);
  read_numbers (part, object, place, rule);
  read_for (loader, part, object, place, rule);
  read_certainty (part, object, place, rule);
  if (part->error != NULL)
    return;

  if (json_object_has_member (object, "when") && rule->fields->len == 0
      && rule->kind != YEJI_RULE_ROW_EXISTS)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "“when” needs fields");
  rule->when = yeji_loader_read_condition (loader, part, object, place, "when",
                                           rule->fields->len > 0
                                             ? ((const YejiFieldDef *) rule->fields->pdata[0])->table
                                             : NULL);
  rule->where = yeji_loader_read_condition (loader, part, object, place, "where",
                                            get_other_table (rule));
  check_conditions (part, place, rule);
}
