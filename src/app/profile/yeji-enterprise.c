// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What an open record can be filled from: the enterprise that the profile is of, and the record's
 * own other rows. */

#define G_LOG_DOMAIN "yeji-enterprise"

#include "config.h"

#include "yeji-enterprise.h"

#include <glib/gi18n.h>

#include "yeji-mask.h"
#include "yeji-messages.h"
#include "yeji-profile.h"

#define ENTERPRISE_KEY "yeji-enterprise"

/* Shared by threads and never changed: another one takes its place. */
typedef struct
{
  char *name;
  char *code;
} Facts;

static void
clear_facts (gpointer data)
{
  Facts *facts = data;

  g_free (facts->name);
  g_free (facts->code);
}

static void
release_facts (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_facts);
}

static gpointer
acquire_facts (gpointer data,
               gpointer user_data)
{
  return data != NULL ? g_atomic_rc_box_acquire (data) : NULL;
}

/**
 * yeji_enterprise_read:
 *
 * Reads name and credit code of the profile's enterprise, for the drafts that are open. Blocks.
 */
void
yeji_enterprise_read (YejiStore *store)
{
  Facts *facts;

  g_return_if_fail (YEJI_IS_STORE (store));

  facts = g_atomic_rc_box_new0 (Facts);
  facts->name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  if (facts->name == NULL)
    facts->name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_ACCOUNT, NULL);
  facts->code = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_CODE, NULL);
  g_object_set_data_full (G_OBJECT (store), ENTERPRISE_KEY, facts, release_facts);
}

/**
 * yeji_draft_carry:
 *
 * Returns: (transfer full) (nullable): what is offered for an empty field; %NULL where nothing is,
 *   or where nothing may be changed
 */
YejiCarried *
yeji_draft_carry (YejiDraft          *draft,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  YejiEnterprise enterprise = { NULL, NULL };
  YejiCarried *carried;
  Facts *facts;

  if (field->carry == NULL || field->by_platform || !yeji_draft_is_editable (draft)
      || *yeji_row_get (row, field) != '\0')
    return NULL;
  facts = g_object_dup_data (G_OBJECT (yeji_draft_get_store (draft)), ENTERPRISE_KEY, acquire_facts,
                             NULL);
  if (facts != NULL)
    enterprise = (YejiEnterprise) { facts->name, facts->code };
  carried = yeji_carry_find (yeji_draft_get_record (draft), row, field, &enterprise,
                             yeji_draft_get_normaliser (draft));
  if (facts != NULL)
    release_facts (facts);
  return carried;
}

static void
add_row (GPtrArray *edits,
         YejiDraft *draft,
         YejiRow   *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      g_autoptr (YejiCarried) carried = yeji_draft_carry (draft, row, field);
      g_autoptr (GPtrArray) one = NULL;

      if (carried == NULL)
        continue;
      one = yeji_edits_new_for_one (row, field, carried->value);
      g_ptr_array_add (edits, g_ptr_array_steal_index (one, 0));
    }
}

/**
 * yeji_draft_carry_all:
 * @row: (nullable): a row of @table; %NULL: all of them
 *
 * Returns: (transfer full) (element-type YejiEdit): all that is offered there
 */
GPtrArray *
yeji_draft_carry_all (YejiDraft          *draft,
                      const YejiTableDef *table,
                      YejiRow            *row)
{
  YejiRecord *record = yeji_draft_get_record (draft);
  GPtrArray *edits = yeji_edits_new ();

  if (row != NULL)
    add_row (edits, draft, row);
  for (guint i = 0; row == NULL && i < yeji_record_get_n_rows (record, table); i++)
    add_row (edits, draft, yeji_record_get_row (record, table, i));
  return edits;
}

/**
 * yeji_draft_carry_take:
 * @row: (nullable): a row of @table; %NULL: all of them
 *
 * Takes all that is offered there, as one step of the history. What comes to be offered because of
 * a value that was taken (a name by its code) has to be asked for again: nobody has seen it yet.
 *
 * Returns: how many values were taken
 */
guint
yeji_draft_carry_take (YejiDraft          *draft,
                       const YejiTableDef *table,
                       YejiRow            *row)
{
  g_autoptr (GPtrArray) edits = yeji_draft_carry_all (draft, table, row);

  yeji_edits_take (draft, edits);
  return edits->len;
}

/**
 * yeji_carried_to_source:
 *
 * Returns: (transfer full): where the value stands, for the user
 */
char *
yeji_carried_to_source (const YejiCarried *carried)
{
  const char *table;

  if (carried->row == NULL)
    return g_strdup (_("this enterprise"));
  table = yeji_label (&yeji_row_get_table (carried->row)->label);
  if (carried->number == 0)
    return g_strdup (table);
  /* Translators: a table, and the number of a row in it */
  return g_strdup_printf (_("%s, row %u"), table, carried->number);
}

/**
 * yeji_carried_to_value:
 *
 * Returns: (transfer full): the value as it is shown: a code by its name, a personal one masked
 */
char *
yeji_carried_to_value (const YejiCarried  *carried,
                       const YejiFieldDef *field)
{
  g_autofree char *masked = yeji_field_mask_value (field, carried->value);

  return yeji_code_to_text (field, masked);
}
