// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft-facts.h"

#include "yeji-background.h"
#include "yeji-store-facts.h"

typedef struct
{
  YejiStore *store;
  YejiRecord *record;
  YejiFacts *facts;
} Check;

static void
free_check (gpointer data)
{
  Check *check = data;

  g_object_unref (check->store);
  g_object_unref (check->record);
  yeji_facts_free (check->facts);
  g_free (check);
}

static gpointer
note_check (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Check *check = data;

  return yeji_store_note_check (check->store, check->record, check->facts, error)
         ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_noted (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (yeji_background_finish (result, &error) == NULL)
    g_message ("what a check found was not noted: %s", error->message);
}

/**
 * yeji_draft_note_facts:
 * @facts: what a check found in @record
 *
 * Notes it in the store, if the record is there as it is here. The record itself is not saved:
 * somebody else may be changing it. The store tells of it when it is done.
 */
void
yeji_draft_note_facts (YejiStore       *store,
                       YejiRecord      *record,
                       const YejiFacts *facts)
{
  Check *check = g_new (Check, 1);

  check->store = g_object_ref (store);
  check->record = yeji_record_copy (record);
  check->facts = yeji_facts_copy (facts);
  yeji_background_run (store, note_check, check, free_check, NULL, on_noted, NULL);
}
