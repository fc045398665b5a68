// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-receipt-view"

#include "config.h"

#include "yeji-receipt-view.h"

#include "yeji-background.h"
#include "yeji-messages.h"
#include "yeji-profile.h"

typedef struct
{
  YejiStore *store;
  char *uuid;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_free (job->uuid);
  g_free (job);
}

static void
free_view (gpointer data)
{
  yeji_receipt_view_free (data);
}

static char *
dup_filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
prove (YejiReceiptView  *self,
       YejiStore        *store,
       GCancellable     *cancellable,
       GError          **error)
{
  self->receipt = yeji_signed_receipt_new_from_text (self->stored->text, -1, error);
  if (self->receipt == NULL)
    return FALSE;
  self->check = yeji_receipt_check_new (store, self->receipt, NULL, cancellable, error);
  return self->check != NULL;
}

static gpointer
load (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;
  g_autoptr (YejiReceiptView) self = g_new0 (YejiReceiptView, 1);
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (job->store, job->uuid, error);
  g_autoptr (GError) local_error = NULL;

  if (entry == NULL)
    return NULL;
  self->dictionary = g_object_ref (yeji_store_get_dictionary (job->store));
  self->project = dup_filled (yeji_entry_get_name (entry));
  self->number = dup_filled (yeji_entry_get_number (entry));
  self->enterprise = yeji_store_get_setting (job->store, YEJI_PROFILE_SETTING_COMPANY, NULL);
  if (self->enterprise == NULL)
    self->enterprise = yeji_store_get_setting (job->store, YEJI_PROFILE_SETTING_NAME, NULL);
  self->stored = yeji_store_get_receipt (job->store, job->uuid, &local_error);
  if (self->stored == NULL
      && !g_error_matches (local_error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self->stored != NULL && self->stored->text != NULL
      && !prove (self, job->store, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_receipt_view_load_async:
 *
 * Reads the receipt of a record's last submission, and looks what it proves.
 */
void
yeji_receipt_view_load_async (YejiStore           *store,
                              const char          *uuid,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Job *job = g_new (Job, 1);

  job->store = g_object_ref (store);
  job->uuid = g_strdup (uuid);
  yeji_background_run (NULL, load, job, free_job, free_view, callback, user_data);
}

/**
 * yeji_receipt_view_load_finish:
 *
 * Returns: (transfer full) (nullable): what was read
 */
YejiReceiptView *
yeji_receipt_view_load_finish (GAsyncResult  *result,
                               GError       **error)
{
  return yeji_background_finish (result, error);
}

/**
 * yeji_receipt_view_get_slot:
 *
 * Returns: what the dictionary calls a kind of document
 */
const char *
yeji_receipt_view_get_slot (const YejiReceiptView *self,
                            const char            *slot)
{
  const YejiSlot *found = yeji_dictionary_find_slot (self->dictionary, slot);

  return found != NULL ? yeji_label (&found->label) : slot;
}

static void
fill_facts (const YejiReceiptView *self,
            YejiReceiptFacts      *facts)
{
  *facts = (YejiReceiptFacts) {
    .dictionary = self->dictionary,
    .enterprise = self->enterprise,
    .project = self->project,
    .number = self->number,
  };
}

/**
 * yeji_receipt_view_make_paper:
 *
 * Returns: (transfer full) (nullable): the receipt on sheets, with what was proven of it
 */
YejiPaper *
yeji_receipt_view_make_paper (const YejiReceiptView  *self,
                              GError                **error)
{
  g_autofree char *state = NULL;
  YejiReceiptFacts facts;

  state = yeji_receipt_check_describe_signature (self->check, self->receipt,
                                                 yeji_language_get_current ());
  fill_facts (self, &facts);
  facts.state = state;
  return yeji_receipt_paper_new (yeji_signed_receipt_new_from_json (self->receipt->node, NULL),
                                 &facts, error);
}

/**
 * yeji_receipt_view_get_name:
 *
 * Returns: (transfer full): a name for a file of it, without an ending
 */
char *
yeji_receipt_view_get_name (const YejiReceiptView *self)
{
  YejiReceiptFacts facts;

  fill_facts (self, &facts);
  return yeji_receipt_paper_get_name (&facts, self->receipt);
}

/**
 * yeji_receipt_view_free:
 * @self: (transfer full)
 *
 * Frees what was read.
 */
void
yeji_receipt_view_free (YejiReceiptView *self)
{
  g_clear_pointer (&self->stored, yeji_receipt_free);
  g_clear_pointer (&self->receipt, yeji_signed_receipt_free);
  g_clear_pointer (&self->check, yeji_receipt_check_free);
  g_clear_object (&self->dictionary);
  g_free (self->enterprise);
  g_free (self->project);
  g_free (self->number);
  g_free (self);
}
