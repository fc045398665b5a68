// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-records.h"

#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-language.h"
#include "yeji-matching.h"
#include "yeji-store-declared.h"
#include "yeji-store-facts.h"
#include "yeji-store-names.h"

/* Records that are written in one transaction, so that no keystroke waits long behind them. */
#define BATCH 16

/* The fields by whose values a file may be named. */
static GStrv
list_fields (YejiDictionary *dictionary)
{
  const YejiMatching *matching = yeji_dictionary_get_matching (dictionary);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (field->personal == YEJI_PERSONAL_NO && field->format != NULL
              && g_ptr_array_find (matching->numbers, field->format, NULL))
            g_strv_builder_add (builder, field->id);
        }
    }
  return g_strv_builder_end (builder);
}

/**
 * yeji_match_records_load:
 *
 * Reads what files may be matched to: the records that the clerk may change. Blocks.
 *
 * Returns: (transfer full) (element-type YejiMatchRecord) (nullable): %NULL with an error of
 *   #YejiDbError
 */
GPtrArray *
yeji_match_records_load (YejiStore  *store,
                         GError    **error)
{
  g_auto (GStrv) fields = list_fields (yeji_store_get_dictionary (store));
  g_autoptr (GPtrArray) names = yeji_store_list_names (store, (const char * const *) fields, error);
  GPtrArray *records;

  if (names == NULL)
    return NULL;
  records = g_ptr_array_new_full (names->len, (GDestroyNotify) yeji_match_record_free);
  for (guint i = 0; i < names->len; i++)
    {
      const YejiNames *one = g_ptr_array_index (names, i);

      g_ptr_array_add (records, yeji_match_record_new (one->uuid, one->role, one->name, one->number,
                                                       (const char * const *) one->numbers));
    }
  return records;
}

/* Under the rules that counted when it was stored. */
static gboolean
check (YejiStore      *store,
       YejiValidator **validator,
       const char     *uuid,
       GPtrArray      *records,
       GPtrArray      *facts,
       GError        **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load_as_is (store, uuid, error);
  g_autofree char *today = yeji_clock_today ();
  g_autoptr (GPtrArray) problems = NULL;
  g_auto (GStrv) slots = NULL;
  YejiDictionary *dictionary;

  if (record != NULL)
    slots = yeji_store_get_filled_slots (store, uuid, error);
  if (slots == NULL)
    return FALSE;
  dictionary = yeji_record_get_dictionary (record);
  if (*validator == NULL || yeji_validator_get_dictionary (*validator) != dictionary)
    {
      g_clear_object (validator);
      *validator = yeji_validator_new (dictionary, yeji_language_get_current ());
    }
  problems = yeji_validator_check_against (*validator, record, today, (const char * const *) slots,
                                           yeji_store_get_declared (store));
  g_ptr_array_add (facts, yeji_facts_new_for (*validator, record, problems,
                                              (const char * const *) slots));
  g_ptr_array_add (records, g_steal_pointer (&record));
  return TRUE;
}

/**
 * yeji_match_recheck:
 *
 * Checks records anew whose documents have come or gone: a slot that is filled is one problem less.
 * Blocks. What fails is left to the next check.
 */
void
yeji_match_recheck (YejiStore          *store,
                    const char * const *uuids)
{
  g_autoptr (YejiValidator) validator = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);

  for (guint i = 0; uuids[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) reason = NULL;

      if (!check (store, &validator, uuids[i], records, facts, &error))
        g_message ("%s was not checked: %s", uuids[i], error->message);
      if (records->len < BATCH && uuids[i + 1] != NULL)
        continue;
      if (records->len > 0
          && !yeji_store_note_checks (store, records, facts, uuids[i + 1] == NULL, &reason))
        g_message ("what was found is not noted: %s", reason->message);
      g_ptr_array_set_size (records, 0);
      g_ptr_array_set_size (facts, 0);
    }
}
