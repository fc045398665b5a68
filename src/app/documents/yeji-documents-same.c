// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents-pane"

#include "config.h"

#include "yeji-documents-private.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-file-card.h"
#include "yeji-intake-store.h"
#include "yeji-messages.h"
#include "yeji-slot-card.h"

/* Where else a scan is used: the same one for two projects is what a reviewer asks about first. */

typedef struct
{
  YejiStore *store;
  char *uuid;
  GPtrArray *ids;
  GPtrArray *sums;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->uuid);
  g_ptr_array_unref (question->ids);
  g_ptr_array_unref (question->sums);
  g_free (question);
}

static char *
place_to_words (Question            *question,
                const YejiFilePlace *place)
{
  const YejiSlot *slot = place->slot == NULL ? NULL
    : yeji_dictionary_find_slot (yeji_store_get_dictionary (question->store), place->slot);
  const char *label = slot != NULL ? yeji_label (&slot->label) : "";
  const char *name = place->name != NULL && *place->name != '\0' ? place->name
                                                                 : _("(without a name)");

  if (place->uuid == NULL)
    return g_strdup (_("The same scan is also in the tray"));
  if (g_str_equal (place->uuid, question->uuid))
    /* Translators: a kind of document */
    return g_strdup_printf (_("The same scan is also in “%s” of this record"), label);
  /* Translators: the name of a record, a kind of document */
  return g_strdup_printf (_("The same scan is also in “%s”, %s"), name, label);
}

/* (nullable): in words, where the content of a document lies beside itself */
static char *
find_words (Question   *question,
            const char *id,
            const char *sha256)
{
  g_autoptr (GPtrArray) places = yeji_store_find_same (question->store, sha256, NULL);
  const YejiFilePlace *first = NULL;
  guint n = 0;

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const YejiFilePlace *place = g_ptr_array_index (places, i);

      if (g_str_equal (place->id, id))
        continue;
      if (first == NULL)
        first = place;
      n++;
    }
  if (n > 1)
    return g_strdup_printf (ngettext ("The same scan is in %u other place",
                                      "The same scan is in %u other places", n), n);
  return first != NULL ? place_to_words (question, first) : NULL;
}

static gpointer
ask (gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Question *question = data;
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < question->ids->len; i++)
    {
      const char *id = g_ptr_array_index (question->ids, i);
      char *found = find_words (question, id, g_ptr_array_index (question->sums, i));

      if (found != NULL)
        g_hash_table_insert (words, g_strdup (id), found);
    }
  return words;
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  YejiDocumentsPane *self = YEJI_DOCUMENTS_PANE (source);
  g_autoptr (GHashTable) words = yeji_background_finish (result, NULL);
  GHashTableIter iter;
  gpointer id, text;

  if (words == NULL || yeji_documents_pane_get_draft (self) == NULL)
    return;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      YejiFileCard *card = yeji_documents_pane_find_card (self, id);

      if (card != NULL)
        yeji_file_card_set_same (card, text);
    }
}

/**
 * yeji_documents_same_load: (skip)
 *
 * Says on the cards of the pane where else their scans are used, as soon as that is known.
 */
void
yeji_documents_same_load (YejiDocumentsPane *self)
{
  YejiDraft *draft = yeji_documents_pane_get_draft (self);
  GPtrArray *attachments = yeji_draft_get_attachments (draft);
  Question *question = g_new (Question, 1);

  question->store = g_object_ref (yeji_draft_get_store (draft));
  question->uuid = g_strdup (yeji_draft_get_uuid (draft));
  question->ids = g_ptr_array_new_with_free_func (g_free);
  question->sums = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (yeji_documents_pane_find_card (self, yeji_attachment_get_id (attachment)) == NULL)
        continue;              /* folded away */
      g_ptr_array_add (question->ids, g_strdup (yeji_attachment_get_id (attachment)));
      g_ptr_array_add (question->sums, g_strdup (yeji_attachment_get_sha256 (attachment)));
    }
  yeji_background_run (self, ask, question, question_free, (GDestroyNotify) g_hash_table_unref,
                       on_answered, NULL);
}
