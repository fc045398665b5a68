// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-receipt-words"

#include "config.h"

#include "yeji-receipt-words.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-json.h"
#include "yeji-messages.h"
#include "yeji-petition-words.h"

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

static guint
count_files (const char *files)
{
  g_autoptr (JsonNode) node = files != NULL ? yeji_json_parse (files, -1, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
           ? json_array_get_length (json_node_get_array (node)) : 0;
}

/**
 * yeji_receipt_to_words:
 *
 * Returns: (transfer full) (nullable): when the record was submitted, and when its documents were
 *   all there, by the province's clock; %NULL when there is nothing to tell
 */
char *
yeji_receipt_to_words (const YejiReceipt *receipt)
{
  g_autofree char *submitted = NULL;
  g_autofree char *complete = NULL;
  guint n = count_files (receipt->files);

  if (receipt->submitted_at == NULL || *receipt->submitted_at == '\0')
    return NULL;
  submitted = yeji_moment_to_text (receipt->submitted_at);
  if (n == 0)
    return g_strdup_printf (_("Receipt: submitted %s"), submitted);
  if (receipt->files_at == NULL || *receipt->files_at == '\0')
    return g_strdup_printf (ngettext ("Receipt: submitted %s; its %u document is not all there yet",
                                      "Receipt: submitted %s; its %u documents are not all there "
                                      "yet", n), submitted, n);
  complete = yeji_moment_to_text (receipt->files_at);
  return g_strdup_printf (ngettext ("Receipt: submitted %s; its %u document complete %s",
                                    "Receipt: submitted %s; its %u documents complete %s", n),
                          submitted, n, complete);
}

static gpointer
load (gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Job *job = data;
  g_autoptr (YejiReceipt) receipt = yeji_store_get_receipt (job->store, job->uuid, NULL);
  g_autofree char *asked = yeji_petition_load_words (job->store, job->uuid);
  char *words;

  words = receipt != NULL ? yeji_receipt_to_words (receipt) : NULL;
  if (asked != NULL)
    {
      char *both = words != NULL ? g_strdup_printf ("%s\n%s", words, asked) : g_strdup (asked);

      g_free (words);
      words = both;
    }
  return words != NULL ? words : g_strdup ("");
}

/**
 * yeji_receipt_load_async:
 *
 * Reads what the province said to the last submission of a record.
 */
void
yeji_receipt_load_async (YejiStore           *store,
                         const char          *uuid,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Job *job = g_new (Job, 1);

  job->store = g_object_ref (store);
  job->uuid = g_strdup (uuid);
  yeji_background_run (NULL, load, job, free_job, g_free, callback, user_data);
}

/**
 * yeji_receipt_load_finish:
 *
 * Returns: (transfer full) (nullable): it in words; %NULL when there is none
 */
char *
yeji_receipt_load_finish (GAsyncResult *result)
{
  char *words = yeji_background_finish (result, NULL);

  if (words != NULL && *words == '\0')
    g_clear_pointer (&words, g_free);
  return words;
}
