// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-use-choice"

#include "config.h"

#include "yeji-use-choice.h"

#include "yeji-json.h"
#include "yeji-profile.h"
#include "yeji-receipt-store.h"

static void
free_candidate (gpointer data)
{
  YejiUseCandidate *candidate = data;

  g_free (candidate->uuid);
  g_free (candidate->name);
  g_free (candidate->number);
  g_free (candidate->grade);
  g_free (candidate->office);
  g_ptr_array_unref (candidate->reasons);
  g_free (candidate->values);
  g_free (candidate);
}

/**
 * yeji_use_choice_free:
 * @self: (transfer full)
 */
void
yeji_use_choice_free (YejiUseChoice *self)
{
  g_clear_object (&self->dictionary);
  g_clear_pointer (&self->by_uuid, g_hash_table_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_free (self->enterprise);
  g_free (self->code);
  g_free (self);
}

/* What the clerk sees of a record, as the province calls it. A correction that is asked for leaves
 * it what it is. */
static YejiUseStanding
get_standing (YejiEntry *entry)
{
  switch ((int) yeji_entry_get_state (entry))
    {
    case YEJI_STATE_APPROVED:
    case YEJI_STATE_INCOMPLETE:
    case YEJI_STATE_CORRECTION_REQUESTED:
      return YEJI_STANDING_APPROVED;
    default:
      return yeji_use_standing_from_state (yeji_state_to_text (yeji_entry_get_state (entry)));
    }
}

/* What the province approved: since then the clerk may have typed something else. */
static YejiRecord *
load_approved (YejiStore   *store,
               const char  *uuid,
               GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = yeji_store_load_submitted (store, uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return text != NULL ? yeji_store_read (store, text, error) : yeji_store_load (store, uuid, error);
}

static YejiUseCandidate *
make_candidate (YejiUseChoice  *self,
                YejiStore      *store,
                YejiEntry      *entry,
                GError        **error)
{
  YejiUseStanding standing = get_standing (entry);
  g_autoptr (YejiRecord) record = NULL;
  YejiUseCandidate *candidate;

  record = standing == YEJI_STANDING_APPROVED
             ? load_approved (store, yeji_entry_get_uuid (entry), error)
             : yeji_store_load (store, yeji_entry_get_uuid (entry), error);
  if (record == NULL)
    return NULL;
  candidate = g_new0 (YejiUseCandidate, 1);
  candidate->uuid = g_strdup (yeji_entry_get_uuid (entry));
  candidate->name = g_strdup (yeji_entry_get_name (entry));
  candidate->number = g_strdup (yeji_entry_get_number (entry));
  candidate->grade = g_strdup (yeji_entry_get_grade (entry));
  candidate->office = g_strdup (yeji_entry_get_office (entry));
  candidate->reasons = yeji_qualify_list_reasons (self->dictionary, self->kind, record, standing,
                                                  candidate->grade);
  candidate->values = g_new0 (double, self->kind->indicators->len + 1);
  yeji_qualify_measure (self->kind, record, candidate->values);
  return candidate;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const YejiUseCandidate *one = *(const YejiUseCandidate * const *) a;
  const YejiUseCandidate *other = *(const YejiUseCandidate * const *) b;

  return (one->reasons->len > 0) - (other->reasons->len > 0);
}

static gboolean
load_candidates (YejiUseChoice  *self,
                 YejiStore      *store,
                 GError        **error)
{
  g_autoptr (GPtrArray) entries = yeji_store_list (store, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      YejiUseCandidate *candidate;

      if (yeji_entry_get_state (entry) == YEJI_STATE_REMOVED)
        continue;
      candidate = make_candidate (self, store, entry, error);
      if (candidate == NULL)
        return FALSE;
      g_ptr_array_add (self->candidates, candidate);
      g_hash_table_insert (self->by_uuid, candidate->uuid, candidate);
    }
  return entries != NULL;
}

/* What a list carries and is not here: another computer's, or in the bin. Only the province knows
 * what it is, and said so when the list came. */
static void
add_gone (YejiUseChoice     *self,
          const YejiUseList *list)
{
  g_autoptr (JsonNode) node = list->answer != NULL ? yeji_json_parse (list->answer, -1, NULL)
                                                   : NULL;
  JsonObject *answer = node != NULL ? yeji_json_node_object (node) : NULL;
  JsonArray *records = answer != NULL ? yeji_json_get_array (answer, "records") : NULL;

  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    {
      JsonObject *record = yeji_json_node_object (json_array_get_element (records, i));
      const char *uuid = record != NULL ? yeji_json_get_string (record, "uuid") : NULL;
      JsonObject *values;
      YejiUseCandidate *candidate;

      if (uuid == NULL || g_hash_table_contains (self->by_uuid, uuid))
        continue;
      candidate = g_new0 (YejiUseCandidate, 1);
      candidate->uuid = g_strdup (uuid);
      candidate->name = g_strdup (yeji_json_get_string (record, "name"));
      candidate->number = g_strdup (yeji_json_get_string (record, "number"));
      candidate->grade = g_strdup (yeji_json_get_string (record, "grade"));
      candidate->gone = TRUE;
      candidate->reasons = yeji_qualify_list_reasons (self->dictionary, self->kind, NULL,
                                                      yeji_use_standing_from_state
                                                        (yeji_json_get_string (record, "state")),
                                                      yeji_json_get_string (record, "grade_now"));
      candidate->values = g_new0 (double, self->kind->indicators->len + 1);
      values = yeji_json_get_object (record, "values");
      for (guint j = 0; values != NULL && j < self->kind->indicators->len; j++)
        {
          const YejiIndicator *indicator = g_ptr_array_index (self->kind->indicators, j);
          const char *text = yeji_json_get_string (values, indicator->id);

          candidate->values[j] = text != NULL ? g_ascii_strtod (text, NULL) : 0;
        }
      g_ptr_array_add (self->candidates, candidate);
      g_hash_table_insert (self->by_uuid, candidate->uuid, candidate);
    }
}

/**
 * yeji_use_choice_load:
 * @kind: the id of a kind of list
 *
 * Reads what there is to choose from. Blocks: every record is read.
 *
 * Returns: (transfer full) (nullable): the choice; %NULL with %YEJI_STORE_ERROR_NOT_FOUND when the
 *   dictionary has no such kind
 */
YejiUseChoice *
yeji_use_choice_load (YejiStore   *store,
                      const char  *kind,
                      GError     **error)
{
  g_autoptr (YejiUseChoice) self = g_new0 (YejiUseChoice, 1);

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self->dictionary = g_object_ref (yeji_store_get_dictionary (store));
  self->candidates = g_ptr_array_new_with_free_func (free_candidate);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  self->kind = yeji_qualifications_find (yeji_dictionary_get_qualifications (self->dictionary),
                                         kind);
  if (self->kind == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "no kind of list “%s”",
                   kind);
      return NULL;
    }
  if (!load_candidates (self, store, error))
    return NULL;
  self->lists = yeji_store_get_use_lists (store, error);
  if (self->lists == NULL)
    return NULL;
  for (guint i = 0; i < self->lists->len; i++)
    {
      const YejiUseList *list = g_ptr_array_index (self->lists, i);

      if (g_str_equal (list->kind, kind))
        add_gone (self, list);
    }
  g_ptr_array_sort (self->candidates, compare_candidates);
  self->enterprise = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_COMPANY, NULL);
  if (self->enterprise == NULL)
    self->enterprise = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  self->code = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_CODE, NULL);
  return g_steal_pointer (&self);
}

/**
 * yeji_use_choice_find:
 *
 * Returns: (transfer none) (nullable): the record of that uuid
 */
YejiUseCandidate *
yeji_use_choice_find (const YejiUseChoice *self,
                      const char          *uuid)
{
  return g_hash_table_lookup (self->by_uuid, uuid);
}

/**
 * yeji_use_choice_total:
 *
 * Returns: (transfer full): what those of the records that count add up to, one an indicator
 */
double *
yeji_use_choice_total (const YejiUseChoice *self,
                       const char * const  *uuids)
{
  double *totals = g_new0 (double, self->kind->indicators->len + 1);

  for (guint i = 0; uuids[i] != NULL; i++)
    {
      const YejiUseCandidate *candidate = yeji_use_choice_find (self, uuids[i]);

      if (candidate != NULL && candidate->reasons->len == 0)
        yeji_qualify_add (self->kind, totals, candidate->values);
    }
  return totals;
}

/**
 * yeji_use_choice_find_uses:
 * @except: (nullable): the id of a list that is not told of
 *
 * Returns: (transfer full) (element-type YejiUseList): the other lists that carry the record, drafts
 *   too, but for those that were taken back
 */
GPtrArray *
yeji_use_choice_find_uses (const YejiUseChoice *self,
                           const char          *uuid,
                           const char          *except)
{
  GPtrArray *uses = g_ptr_array_new ();

  for (guint i = 0; i < self->lists->len; i++)
    {
      YejiUseList *list = g_ptr_array_index (self->lists, i);

      if (g_strcmp0 (list->id, except) != 0 && yeji_use_list_is_live (list)
          && yeji_use_list_carries (list, uuid))
        g_ptr_array_add (uses, list);
    }
  return uses;
}

/**
 * yeji_use_candidate_print_reasons:
 *
 * Returns: (transfer full): why it does not count, "" when it does
 */
char *
yeji_use_candidate_print_reasons (const YejiUseCandidate *self,
                                  YejiLanguage            language)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->reasons->len; i++)
    {
      const YejiQualifyReason *reason = g_ptr_array_index (self->reasons, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              yeji_text_get (&reason->text, language));
    }
  return g_string_free (text, FALSE);
}
