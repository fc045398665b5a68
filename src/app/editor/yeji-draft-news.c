// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft-news.h"

#include "yeji-background.h"
#include "yeji-draft.h"
#include "yeji-enterprise.h"

typedef struct
{
  YejiStore *store;
  char *uuid;
  gboolean with_record;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->uuid);
  g_free (question);
}

static gpointer
read_record (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Question *question = data;
  g_autoptr (YejiDraftNews) news = g_new0 (YejiDraftNews, 1);

  news->store = g_object_ref (question->store);
  yeji_enterprise_read (question->store);
  news->entry = yeji_store_get_entry (question->store, question->uuid, error);
  if (news->entry == NULL)
    return NULL;
  news->attachments = yeji_store_get_attachments (question->store, question->uuid, error);
  if (news->attachments == NULL)
    return NULL;
  if (yeji_entry_get_points (news->entry)->len > 0)
    {
      news->submission = yeji_store_get_submission (question->store, question->uuid, error);
      if (news->submission == NULL)
        return NULL;
    }
  if (question->with_record)
    {
      news->record = yeji_store_load (question->store, question->uuid, error);
      if (news->record == NULL)
        return NULL;
    }
  return g_steal_pointer (&news);
}

/**
 * yeji_draft_news_ask:
 * @with_record: whether the record is read as well
 *
 * Asks for state and documents, and for the record.
 */
void
yeji_draft_news_ask (gpointer             source,
                     YejiStore           *store,
                     const char          *uuid,
                     gboolean             with_record,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Question *question = g_new0 (Question, 1);

  question->store = g_object_ref (store);
  question->uuid = g_strdup (uuid);
  question->with_record = with_record;
  yeji_background_run (source, read_record, question, question_free,
                       (GDestroyNotify) yeji_draft_news_free, callback, user_data);
}

/**
 * yeji_draft_news_finish:
 *
 * Returns: (transfer full): what the store knows; %NULL with @error set when it cannot be read
 */
YejiDraftNews *
yeji_draft_news_finish (GAsyncResult  *result,
                        GError       **error)
{
  return yeji_background_finish (result, error);
}

void
yeji_draft_news_free (YejiDraftNews *news)
{
  g_clear_object (&news->store);
  g_clear_object (&news->record);
  g_clear_object (&news->entry);
  g_clear_pointer (&news->attachments, g_ptr_array_unref);
  g_clear_pointer (&news->submission, yeji_submission_free);
  g_free (news);
}

/**
 * yeji_draft_open_async:
 *
 * Reads a record with everything that the editor shows of it.
 */
void
yeji_draft_open_async (YejiStore           *store,
                       YejiValidator       *validator,
                       const char          *uuid,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  yeji_draft_news_ask (store, store, uuid, TRUE, callback, user_data);
}

/**
 * yeji_draft_open_finish:
 *
 * Returns: (transfer full): the draft; %NULL with @error set when it cannot be read
 */
YejiDraft *
yeji_draft_open_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_autoptr (YejiDraftNews) news = yeji_draft_news_finish (result, error);
  YejiDraft *draft;

  if (news == NULL)
    return NULL;
  draft = yeji_draft_new (news->store, NULL, news->record, news->entry, news->attachments);
  yeji_draft_take_submission (draft, g_steal_pointer (&news->submission));
  return draft;
}
