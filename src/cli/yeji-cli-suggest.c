// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-carry.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-session.h"
#include "yeji-cli.h"
#include "yeji-mask.h"
#include "yeji-profile.h"
#include "yeji-suggest.h"

#include <glib/gi18n-lib.h>

/* The word of a value that stands elsewhere already; the others are the normaliser's and the
 * rules'. */
#define REASON_CARRIED "elsewhere"

/* What is offered for one value. */
typedef struct
{
  YejiRow *row;
  const YejiFieldDef *field;
  char *pointer;
  char *value;
  char *reason;
  char *message;
} Offer;

typedef struct
{
  YejiRecord *record;
  YejiNormaliser *normaliser;
  GPtrArray *problems;
  YejiEnterprise enterprise;
  GPtrArray *offers;           /* (element-type Offer) */
} Search;

static void
free_offer (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->row);
  g_free (offer->pointer);
  g_free (offer->value);
  g_free (offer->reason);
  g_free (offer->message);
  g_free (offer);
}

static void
add_offer (Search             *search,
           YejiRow            *row,
           const YejiFieldDef *field,
           const char         *value,
           const char         *reason,
           const char         *message)
{
  g_autofree char *pointer = yeji_record_get_pointer (search->record, yeji_row_get_table (row), row,
                                                      field);
  Offer *offer;

  for (guint i = 0; i < search->offers->len; i++)
    {
      offer = g_ptr_array_index (search->offers, i);
      if (g_str_equal (offer->pointer, pointer) && g_str_equal (offer->value, value))
        return;
    }
  offer = g_new0 (Offer, 1);
  offer->row = g_object_ref (row);
  offer->field = field;
  offer->pointer = g_steal_pointer (&pointer);
  offer->value = g_strdup (value);
  offer->reason = g_strdup (reason);
  offer->message = g_strdup (message);
  g_ptr_array_add (search->offers, offer);
}

static void
look_elsewhere (Search             *search,
                YejiRow            *row,
                const YejiFieldDef *field)
{
  g_autoptr (YejiCarried) carried = NULL;
  g_autofree char *message = NULL;
  const char *table;

  if (field->carry == NULL || field->by_platform)
    return;
  carried = yeji_carry_find (search->record, row, field, &search->enterprise, search->normaliser);
  if (carried == NULL)
    return;
  table = carried->row == NULL ? _("this enterprise")
          : yeji_text_get (&yeji_row_get_table (carried->row)->label, yeji_language_get_current ());
  message = carried->number == 0 ? g_strdup (table)
                                 : g_strdup_printf ("%s %u", table, carried->number);
  add_offer (search, row, field, carried->value, REASON_CARRIED, message);
}

static void
take_suggestions (Search             *search,
                  YejiRow            *row,
                  const YejiFieldDef *field,
                  YejiProblem        *problem)
{
  g_autoptr (GPtrArray) found = yeji_suggest (search->normaliser, search->record, row, field,
                                              problem);

  for (guint i = 0; i < found->len; i++)
    {
      const YejiSuggestion *one = g_ptr_array_index (found, i);

      add_offer (search, row, field, one->value, one->reason,
                 yeji_suggest_describe (one->reason));
    }
}

static void
look_at (Search             *search,
         YejiRow            *row,
         const YejiFieldDef *field)
{
  g_autofree char *pointer = NULL;

  if (*yeji_row_get (row, field) == '\0')
    {
      look_elsewhere (search, row, field);
      return;
    }
  pointer = yeji_record_get_pointer (search->record, yeji_row_get_table (row), row, field);
  for (guint i = 0; i < search->problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (search->problems, i);

      if (yeji_problem_get_reason (problem) == NULL
          && g_str_equal (yeji_problem_get_pointer (problem), pointer))
        take_suggestions (search, row, field, problem);
    }
  take_suggestions (search, row, field, NULL);
}

/* Without a table the whole record, without a row the table, without a field the row. */
static void
look_around (Search          *search,
             const YejiPlace *place)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (search->record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (search->record, table); j++)
        for (guint k = 0; k < table->fields->len; k++)
          {
            YejiRow *row = yeji_record_get_row (search->record, table, j);
            const YejiFieldDef *field = g_ptr_array_index (table->fields, k);

            if ((place->table == NULL || place->table == table)
                && (place->row == NULL || place->row == row)
                && (place->field == NULL || place->field == field))
              look_at (search, row, field);
          }
    }
}

/* Where there are several ways it is left to whoever reads them. */
static gboolean
is_only (GPtrArray   *offers,
         const Offer *offer)
{
  guint n = 0;

  for (guint i = 0; i < offers->len; i++)
    n += g_str_equal (((Offer *) g_ptr_array_index (offers, i))->pointer, offer->pointer) ? 1 : 0;
  return n == 1;
}

static gboolean
take (YejiCliSession *session,
      Search         *search,
      const char     *reason)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < search->offers->len; i++)
    {
      Offer *offer = g_ptr_array_index (search->offers, i);

      if (is_only (search->offers, offer) && (reason == NULL || g_str_equal (offer->reason, reason)))
        g_ptr_array_add (taken, offer);
    }
  for (guint i = 0; i < taken->len; i++)
    {
      Offer *offer = g_ptr_array_index (taken, i);

      yeji_record_set (search->record, offer->row, offer->field, offer->value);
    }
  if (taken->len > 0 && !yeji_cli_session_save (session, search->record, "suggested"))
    return FALSE;
  for (guint i = search->offers->len; i-- > 0; )
    if (!g_ptr_array_find (taken, g_ptr_array_index (search->offers, i), NULL))
      g_ptr_array_remove_index (search->offers, i);
  return TRUE;
}

static void
print_offers (YejiCliSession *session,
              GPtrArray      *offers)
{
  gboolean json = yeji_cli_session_wants_json (session);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < offers->len; i++)
    {
      const Offer *offer = g_ptr_array_index (offers, i);
      g_autofree char *shown = yeji_field_mask_value (offer->field, offer->value);
      g_autofree char *line = yeji_cli_dup_line (shown);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "pointer", offer->pointer);
      json_object_set_string_member (object, "value", offer->value);
      json_object_set_string_member (object, "reason", offer->reason);
      json_object_set_string_member (object, "message", offer->message);
      json_array_add_object_element (array, object);
      if (!json)
        yeji_cli_print ("%s  %s  %s [%s]\n", offer->pointer, line, offer->message, offer->reason);
    }
  json_node_take_array (node, array);
  if (json)
    yeji_cli_print_json (node);
  else
    json_node_unref (node);
}

static gboolean
is_editable (YejiStore  *store,
             const char *uuid)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, uuid, NULL);

  return entry != NULL && yeji_entry_is_editable (entry);
}

static gboolean
find_place (YejiRecord *record,
            const char *pointer,
            YejiPlace  *place)
{
  if (pointer == NULL || yeji_record_resolve (record, pointer, place, NULL))
    return TRUE;
  yeji_cli_complain (_("“%s” names nothing in the record"), pointer);
  return FALSE;
}

static YejiExit
suggest (YejiCliSession *session,
         Search         *search,
         const char     *uuid,
         const char     *pointer)
{
  YejiPlace place = { NULL };

  if (!find_place (search->record, pointer, &place))
    return YEJI_EXIT_USAGE;
  if (yeji_cli_has (session, "--take")
      && !is_editable (yeji_cli_session_get_store (session), uuid))
    {
      yeji_cli_complain (_("%s is in the province's hands or in the bin, and stays as it is"), uuid);
      return YEJI_EXIT_FAILED;
    }
  look_around (search, &place);
  if (yeji_cli_has (session, "--take")
      && !take (session, search, yeji_cli_get (session, "--reason")))
    return YEJI_EXIT_FAILED;
  print_offers (session, search->offers);
  return YEJI_EXIT_OK;
}

/* suggest UUID [POINTER] */
YejiExit
yeji_cli_suggest (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, args[0]);
  g_autoptr (YejiNormaliser) normaliser = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func (free_offer);
  g_autofree char *name = NULL;
  g_autofree char *code = NULL;
  YejiStore *store;
  Search search = { record };

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  store = yeji_cli_session_get_store (session);
  name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  if (name == NULL)
    name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_ACCOUNT, NULL);
  code = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_CODE, NULL);
  search.normaliser = normaliser = yeji_normaliser_new (yeji_record_get_dictionary (record));
  search.problems = problems = yeji_cli_session_check (session, record, TRUE, NULL);
  search.enterprise = (YejiEnterprise) { name, code };
  search.offers = offers;
  return suggest (session, &search, args[0], n_args > 1 ? args[1] : NULL);
}
