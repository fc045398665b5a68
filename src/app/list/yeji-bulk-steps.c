// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bulk-steps"

#include "config.h"

#include "yeji-bulk-steps.h"

#include <glib/gi18n.h>

#include "yeji-clock.h"
#include "yeji-export-format.h"
#include "yeji-facts-for.h"
#include "yeji-messages.h"
#include "yeji-record-file.h"
#include "yeji-store-declared.h"
#include "yeji-store-facts.h"
#include "yeji-take-back.h"
#include "yeji-transfer-store.h"

/* Checks a record as it is stored, and notes what was found for the list. */
static gboolean
check (YejiStore       *store,
       const char      *uuid,
       YejiValidator   *validator,
       YejiBulkResult  *result,
       GError         **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load (store, uuid, error);
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (YejiFacts) facts = NULL;

  if (record == NULL)
    return FALSE;
  slots = yeji_store_get_filled_slots (store, uuid, error);
  if (slots == NULL)
    return FALSE;
  problems = yeji_validator_check_against (validator, record, today, (const char *const *) slots,
                                           yeji_store_get_declared (store));
  facts = yeji_facts_new_for (validator, record, problems, (const char *const *) slots);
  result->n_errors = facts->n_errors;
  result->n_warnings = facts->n_warnings;
  return yeji_store_note_check (store, record, facts, error);
}

static void
say_errors (YejiBulkResult *result)
{
  g_free (result->text);
  result->text = g_strdup_printf (ngettext ("%u error", "%u errors", result->n_errors),
                                  result->n_errors);
}

static gboolean
refuse_locked (YejiEntry      *entry,
               YejiBulkResult *result)
{
  if (yeji_entry_is_editable (entry))
    return FALSE;
  /* Translators: a record that cannot be changed now, because of its state */
  result->text = g_strdup_printf (_("Not possible in this state: %s"),
                                  yeji_state_get_label (yeji_entry_get_state (entry)));
  return TRUE;
}

/**
 * yeji_bulk_step_check:
 *
 * Checks a record anew.
 */
gboolean
yeji_bulk_step_check (YejiStore       *store,
                      YejiEntry       *entry,
                      gpointer         validator,
                      YejiBulkResult  *result,
                      GCancellable    *cancellable,
                      GError         **error)
{
  if (!check (store, yeji_entry_get_uuid (entry), validator, result, error))
    return FALSE;
  if (result->n_errors > 0)
    say_errors (result);
  return TRUE;
}

static gboolean
is_submittable (YejiStore       *store,
                YejiEntry       *entry,
                gpointer         validator,
                YejiBulkResult  *result,
                GError         **error)
{
  if (refuse_locked (entry, result)
      || !check (store, yeji_entry_get_uuid (entry), validator, result, error))
    return FALSE;
  if (result->n_errors == 0)
    return TRUE;
  say_errors (result);
  return FALSE;
}

/**
 * yeji_bulk_step_submit:
 *
 * Puts a record into the outbox, if it has no errors.
 */
gboolean
yeji_bulk_step_submit (YejiStore       *store,
                       YejiEntry       *entry,
                       gpointer         validator,
                       YejiBulkResult  *result,
                       GCancellable    *cancellable,
                       GError         **error)
{
  return is_submittable (store, entry, validator, result, error)
         && yeji_store_queue_submit (store, yeji_entry_get_uuid (entry), error);
}

/**
 * yeji_bulk_step_submit_first:
 *
 * Puts a record into the outbox, if it has no errors; its documents follow it.
 */
gboolean
yeji_bulk_step_submit_first (YejiStore       *store,
                             YejiEntry       *entry,
                             gpointer         validator,
                             YejiBulkResult  *result,
                             GCancellable    *cancellable,
                             GError         **error)
{
  return is_submittable (store, entry, validator, result, error)
         && yeji_store_queue_submit_following (store, yeji_entry_get_uuid (entry), error);
}

/**
 * yeji_bulk_step_take_back:
 * @data: %NULL
 *
 * Takes a record out of the outbox again, unless it is being sent.
 */
gboolean
yeji_bulk_step_take_back (YejiStore       *store,
                          YejiEntry       *entry,
                          gpointer         data,
                          YejiBulkResult  *result,
                          GCancellable    *cancellable,
                          GError         **error)
{
  gboolean taken;

  if (!yeji_store_take_back (store, yeji_entry_get_uuid (entry), &taken, error))
    return FALSE;
  if (!taken)
    result->text = g_strdup (_("On its way to the province already"));
  return taken;
}

/**
 * yeji_bulk_step_export:
 *
 * Adds a record to a file that is being written.
 */
gboolean
yeji_bulk_step_export (YejiStore       *store,
                       YejiEntry       *entry,
                       gpointer         export,
                       YejiBulkResult  *result,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load (store, yeji_entry_get_uuid (entry), error);
  g_autoptr (GError) failure = NULL;

  if (record == NULL)
    return FALSE;
  if (yeji_export_add (export, record, &failure))
    return TRUE;
  if (g_error_matches (failure, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE))
    result->text = g_strdup (_("A text in it is longer than a cell of a sheet can be; export it as "
                               "a record file (JSON)"));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * yeji_bulk_step_attach:
 *
 * Attaches all the files to a record, or none of them.
 */
gboolean
yeji_bulk_step_attach (YejiStore       *store,
                       YejiEntry       *entry,
                       gpointer         data,
                       YejiBulkResult  *result,
                       GCancellable    *cancellable,
                       GError         **error)
{
  const YejiBulkFiles *files = data;
  const char *uuid = yeji_entry_get_uuid (entry);

  if (refuse_locked (entry, result))
    return FALSE;
  for (guint i = 0; i < files->files->len; i++)
    {
      g_autoptr (YejiAttachment) attachment = NULL;

      attachment = yeji_store_attach (store, uuid, files->slot,
                                      g_ptr_array_index (files->files, i), cancellable, error);
      if (attachment == NULL)
        {
          for (guint j = 0; j < result->made->len; j++)
            yeji_store_detach (store, uuid, g_ptr_array_index (result->made, j), NULL);
          g_ptr_array_set_size (result->made, 0);
          return FALSE;
        }
      g_ptr_array_add (result->made, g_strdup (yeji_attachment_get_id (attachment)));
    }
  return check (store, uuid, files->validator, result, error);
}

/**
 * yeji_bulk_step_detach:
 *
 * Takes back what yeji_bulk_step_attach() attached.
 */
gboolean
yeji_bulk_step_detach (YejiStore       *store,
                       YejiEntry       *entry,
                       gpointer         data,
                       YejiBulkResult  *result,
                       GCancellable    *cancellable,
                       GError         **error)
{
  const YejiBulkMade *made = data;
  const char *uuid = yeji_entry_get_uuid (entry);
  GPtrArray *ids = g_hash_table_lookup (made->made, uuid);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!yeji_store_detach (store, uuid, g_ptr_array_index (ids, i), error))
      return FALSE;
  return check (store, uuid, made->validator, result, error);
}

void
yeji_bulk_files_free (gpointer data)
{
  YejiBulkFiles *files = data;

  g_object_unref (files->validator);
  g_free (files->slot);
  g_ptr_array_unref (files->files);
  g_free (files);
}

void
yeji_bulk_made_free (gpointer data)
{
  YejiBulkMade *made = data;

  g_object_unref (made->validator);
  g_hash_table_unref (made->made);
  g_free (made);
}
