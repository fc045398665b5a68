// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-failed-files.h"

#include "yeji-sync-error.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* So many are named in the words for the whole record; every one of them is named at its slot. */
#define MANY 5
#define CONFLICT 409

static YejiTransferRow *
find_row (GPtrArray  *rows,
          const char *sha256)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((YejiTransferRow *) g_ptr_array_index (rows, i))->sha256, sha256))
      return g_ptr_array_index (rows, i);
  return NULL;
}

static gboolean
has_failed (const YejiTransferRow *row)
{
  return row->state == YEJI_TRANSFER_FAILED || row->state == YEJI_TRANSFER_CANCELLED;
}

/* The file's name and what is the matter with it, in the province's words or in ours. */
static char *
describe (const YejiTransferRow *row)
{
  g_autofree char *local = g_strdup_printf ("%s: %s: ", YEJI_TRANSFER_LOCAL_FILE, row->filename);
  const char *what = row->message;

  if (row->state == YEJI_TRANSFER_CANCELLED)
    what = _("sending it was cancelled");
  else if (what == NULL)
    return g_strdup (row->filename);
  else if (g_str_has_prefix (what, local))
    what = _(what + strlen (local));
  return g_strdup_printf ("%s: %s", row->filename, what);
}

static YejiRefusal *
make_refusal (GPtrArray *rows)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i);
      g_autofree char *text = describe (row);
      g_autofree char *pointer = g_strconcat ("/documents/", row->slot, NULL);

      if (i < MANY)
        g_string_append_printf (words, "%s%s", i > 0 ? "\n" : "", text);
      g_ptr_array_add (problems, yeji_problem_new ("files", YEJI_SEVERITY_ERROR, pointer, text));
    }
  if (rows->len > MANY)
    g_string_append_printf (words, "\n+ %u", rows->len - MANY);
  return yeji_refusal_new (CONFLICT, YEJI_WIRE_MISSING_FILES, words->str, NULL,
                           problems);
}

/**
 * yeji_failed_files_check:
 * @missing: (element-type YejiTransferRow): what the province lacks
 * @all_sent: (out): whether all of them were received once, so that it is for the province to say
 *     what became of them
 *
 * Looks why a submission lacks files although nothing of it waits to be sent. Fails with
 * #YEJI_SYNC_ERROR_REFUSED, which names each file at its slot, when some cannot be sent or were
 * cancelled.
 *
 * Returns: whether it may be sent
 */
gboolean
yeji_failed_files_check (YejiStore   *store,
                         const char  *record,
                         GPtrArray   *missing,
                         gboolean    *all_sent,
                         GError     **error)
{
  g_autoptr (GPtrArray) rows = yeji_store_list_transfers (store, record, error);
  g_autoptr (GPtrArray) failed = g_ptr_array_new ();
  g_autoptr (YejiRefusal) refusal = NULL;

  if (rows == NULL)
    return FALSE;
  *all_sent = TRUE;
  for (guint i = 0; i < missing->len; i++)
    {
      const YejiTransferRow *wanted = g_ptr_array_index (missing, i);
      YejiTransferRow *row = find_row (rows, wanted->sha256);

      *all_sent = *all_sent && row != NULL && row->state == YEJI_TRANSFER_RECEIVED;
      if (row != NULL && has_failed (row))
        g_ptr_array_add (failed, row);
    }
  if (failed->len == 0)
    return TRUE;
  refusal = make_refusal (failed);
  g_propagate_error (error, yeji_sync_error_new_refused (YEJI_SYNC_ERROR_REFUSED, refusal, 0));
  return FALSE;
}

static gboolean
is_queued (YejiStore  *store,
           const char *record)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, NULL);

  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    if (g_str_equal (((YejiOutboxItem *) g_ptr_array_index (outbox, i))->uuid, record))
      return TRUE;
  return FALSE;
}

/**
 * yeji_failed_files_note:
 *
 * Tells at a record, which was submitted before its files, that some cannot be sent. Of a record
 * that is not submitted yet the submission tells it.
 */
void
yeji_failed_files_note (YejiStore  *store,
                        const char *record)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) failed = g_ptr_array_new ();
  g_autoptr (YejiRefusal) refusal = NULL;
  g_autoptr (GError) error = NULL;

  if (is_queued (store, record))
    return;
  rows = yeji_store_list_transfers (store, record, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((YejiTransferRow *) g_ptr_array_index (rows, i))->state == YEJI_TRANSFER_FAILED)
      g_ptr_array_add (failed, g_ptr_array_index (rows, i));
  if (failed->len == 0)
    return;
  refusal = make_refusal (failed);
  if (!yeji_store_note_refused (store, record, 0, refusal->title, refusal->errors, &error))
    g_message ("%s does not tell of its files: %s", record, error->message);
}
