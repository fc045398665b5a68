// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads the part `qualifications.json`. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-json.h"
#include "yeji-loader.h"
#include "yeji-qualification.h"

/* Of kinds, and of the requirements and indicators of one. */
#define MAX_ITEMS 100

static const char * const reason_words[N_YEJI_QUALIFICATION_REASONS] = {
  [YEJI_QUALIFICATION_NOT_APPROVED] = "not_approved",
  [YEJI_QUALIFICATION_REVOKED] = "revoked",
  [YEJI_QUALIFICATION_GRADE] = "grade",
  [YEJI_QUALIFICATION_ROLE] = "role",
  [YEJI_QUALIFICATION_TABLE] = "table",
};

static const char * const way_words[N_YEJI_INDICATOR_WAYS] = {
  [YEJI_INDICATOR_SUM] = "sum",
  [YEJI_INDICATOR_MAX] = "max",
  [YEJI_INDICATOR_COUNT] = "count",
};

static void
free_indicator (gpointer data)
{
  YejiIndicator *indicator = data;

  g_free (indicator->id);
  yeji_text_clear (&indicator->label);
  yeji_text_clear (&indicator->unit);
  g_clear_pointer (&indicator->where, yeji_condition_free);
  g_free (indicator);
}

static void
free_requirement (gpointer data)
{
  YejiRequirement *requirement = data;

  g_clear_pointer (&requirement->where, yeji_condition_free);
  yeji_text_clear (&requirement->reason);
  g_free (requirement);
}

static void
free_kind (gpointer data)
{
  YejiQualification *kind = data;

  g_free (kind->id);
  yeji_text_clear (&kind->label);
  yeji_text_clear (&kind->help);
  g_clear_pointer (&kind->roles, g_ptr_array_unref);
  g_strfreev (kind->grades);
  g_array_unref (kind->needs);
  g_ptr_array_unref (kind->requirements);
  g_ptr_array_unref (kind->indicators);
  g_free (kind);
}

/**
 * yeji_qualifications_new: (skip)
 *
 * Returns: (transfer full): one that knows no kinds
 */
YejiQualifications *
yeji_qualifications_new (void)
{
  YejiQualifications *self = g_new0 (YejiQualifications, 1);

  self->kinds = g_ptr_array_new_with_free_func (free_kind);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
yeji_qualifications_free (YejiQualifications *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->reasons); i++)
    yeji_text_clear (&self->reasons[i]);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->kinds);
  g_free (self);
}

/**
 * yeji_qualifications_find:
 *
 * Returns: (transfer none) (nullable): the kind of that id
 */
const YejiQualification *
yeji_qualifications_find (const YejiQualifications *self,
                          const char               *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * yeji_qualification_reason_to_text:
 *
 * Returns: its name in the dictionary and on the wire
 */
const char *
yeji_qualification_reason_to_text (YejiQualificationReason reason)
{
  return reason_words[reason];
}

/**
 * yeji_indicator_way_to_text:
 *
 * Returns: its name in the dictionary and on the wire
 */
const char *
yeji_indicator_way_to_text (YejiIndicatorWay way)
{
  return way_words[way];
}

/**
 * yeji_indicator_get_unit:
 *
 * Returns: (nullable): what its figure counts
 */
const char *
yeji_indicator_get_unit (const YejiIndicator *self,
                         YejiLanguage         language)
{
  const char *unit = yeji_text_get (&self->unit, language);

  return unit != NULL ? unit : self->field != NULL ? self->field->unit : NULL;
}

static void
read_reasons (YejiPart           *part,
              YejiQualifications *self)
{
  JsonObject *object = yeji_part_object (part, yeji_part_get_root (part), "", "reasons", TRUE);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reason_words); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "", reason_words[i]);
  if (object == NULL)
    return;
  yeji_part_check_members (part, object, "/reasons", words->str);
  for (guint i = 0; i < G_N_ELEMENTS (reason_words); i++)
    yeji_part_text (part, object, "/reasons", reason_words[i], TRUE, &self->reasons[i]);
}

static void
read_need (YejiLoader *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place,
           gpointer    data)
{
  YejiQualification *kind = data;
  const char *table;
  YejiTableNeed need;

  yeji_part_check_members (part, object, place, "table min");
  table = yeji_part_id (part, object, place, "table");
  need.table = yeji_loader_find (part, place, loader->dictionary->tables_by_id, table, "table");
  need.min = (guint) yeji_part_int (part, object, place, "min", 1, 1);
  if (need.table != NULL)
    g_array_append_val (kind->needs, need);
}

static void
read_requirement (YejiLoader *loader,
                  YejiPart   *part,
                  JsonObject *object,
                  const char *place,
                  gpointer    data)
{
  YejiQualification *kind = data;
  YejiRequirement *requirement = g_new0 (YejiRequirement, 1);

  g_ptr_array_add (kind->requirements, requirement);
  yeji_part_check_members (part, object, place, "where reason");
  yeji_part_text (part, object, place, "reason", TRUE, &requirement->reason);
  requirement->where = yeji_loader_read_condition (loader, part, object, place, "where", NULL);
  if (requirement->where == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "“where” is missing");
}

static void
read_indicator (YejiLoader *loader,
                YejiPart   *part,
                JsonObject *object,
                const char *place,
                gpointer    data)
{
  YejiQualification *kind = data;
  YejiIndicator *indicator = g_new0 (YejiIndicator, 1);
  const char *field;

  g_ptr_array_add (kind->indicators, indicator);
  yeji_part_check_members (part, object, place, "id label unit add field where column");
  indicator->id = g_strdup (yeji_part_id (part, object, place, "id"));
  yeji_part_text (part, object, place, "label", TRUE, &indicator->label);
  yeji_part_text (part, object, place, "unit", FALSE, &indicator->unit);
  indicator->way = (YejiIndicatorWay) yeji_part_word (part, object, place, "add", way_words,
                                                      G_N_ELEMENTS (way_words), -1);
  indicator->column = yeji_part_true (part, object, place, "column");
  field = yeji_part_string (part, object, place, "field",
                            indicator->way != YEJI_INDICATOR_COUNT);
  if (field != NULL)
    indicator->field = yeji_loader_find_field (loader, part, place, field);
  if (indicator->field != NULL && indicator->way != YEJI_INDICATOR_COUNT
      && indicator->field->kind != YEJI_FIELD_NUMBER)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "only numbers are added up");
  indicator->where = yeji_loader_read_condition (loader, part, object, place, "where",
                                                 indicator->field != NULL
                                                   ? indicator->field->table : NULL);
  for (guint i = 0; i + 1 < kind->indicators->len; i++)
    if (g_strcmp0 (((YejiIndicator *) g_ptr_array_index (kind->indicators, i))->id, indicator->id)
        == 0)
      yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "“%s” is there twice",
                      indicator->id);
}

typedef void (*ReadItem) (YejiLoader *loader,
                          YejiPart   *part,
                          JsonObject *object,
                          const char *place,
                          gpointer    data);

static void
read_items (YejiLoader *loader,
            YejiPart   *part,
            JsonObject *object,
            const char *place,
            const char *member,
            ReadItem    read_item,
            gpointer    data)
{
  JsonArray *items = yeji_part_objects (part, object, place, member);

  yeji_part_check_count (part, place, member, items, MAX_ITEMS);
  for (guint i = 0; part->error == NULL && i < json_array_get_length (items); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s/%s/%u", place, member, i);

      read_item (loader, part, json_array_get_object_element (items, i), where, data);
    }
}

static void
read_kind (YejiLoader *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place,
           gpointer    data)
{
  YejiQualifications *self = data;
  YejiQualification *kind = g_new0 (YejiQualification, 1);

  kind->needs = g_array_new (FALSE, TRUE, sizeof (YejiTableNeed));
  kind->requirements = g_ptr_array_new_with_free_func (free_requirement);
  kind->indicators = g_ptr_array_new_with_free_func (free_indicator);
  g_ptr_array_add (self->kinds, kind);
  yeji_part_check_members (part, object, place,
                           "id label help roles grades tables requires indicators");
  kind->id = g_strdup (yeji_part_id (part, object, place, "id"));
  yeji_part_text (part, object, place, "label", TRUE, &kind->label);
  yeji_part_text (part, object, place, "help", FALSE, &kind->help);
  kind->roles = yeji_loader_read_roles (loader, part, object, place);
  kind->grades = yeji_part_strings (part, object, place, "grades", TRUE);
  yeji_loader_enter (part, place, self->by_id, kind->id, kind);
  read_items (loader, part, object, place, "tables", read_need, kind);
  read_items (loader, part, object, place, "requires", read_requirement, kind);
  read_items (loader, part, object, place, "indicators", read_indicator, kind);
}

/**
 * yeji_loader_read_qualifications:
 * @name: the file's name without `.json`
 *
 * Reads the part about qualification lists. Tables, fields and roles must be there already.
 *
 * Returns: %FALSE with an error of #YejiDictionaryError
 */
gboolean
yeji_loader_read_qualifications (YejiLoader  *loader,
                                 const char  *name,
                                 GError     **error)
{
  YejiQualifications *self = loader->dictionary->qualifications;
  g_autofree char *file = g_strdup_printf ("%s.json", name);
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root == NULL)
    return yeji_loader_finish (part, error);
  yeji_part_check_members (part, root, "", "reasons kinds");
  read_reasons (part, self);
  read_items (loader, part, root, "", "kinds", read_kind, self);
  return yeji_loader_finish (part, error);
}
