// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-puller.h"

#include "yeji-change-reader.h"
#include "yeji-colleague.h"
#include "yeji-fetcher.h"
#include "yeji-presence.h"
#include "yeji-relist.h"

/* What the protocol allows at most. */
#define WAIT "25"

/* One page of the province's changes. */
typedef struct
{
  GPtrArray *answers;          /* (element-type YejiAnswer) */
  char *next;
  gboolean more;
  char *restored_at;           /* (nullable): since when the province counts anew */
} Page;

static void
page_clear (Page *self)
{
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->restored_at, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static void
set_unreadable (const char  *what,
                GError     **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, "the changes have %s", what);
}

static gboolean
read_changes (JsonArray  *changes,
              GPtrArray  *answers,
              GError    **error)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (changes, i));
      YejiAnswer *answer = object != NULL ? yeji_change_reader_read (object, error) : NULL;

      if (object == NULL)
        set_unreadable ("a change that is no object", error);
      if (answer == NULL)
        return FALSE;
      g_ptr_array_add (answers, answer);
    }
  return TRUE;
}

static gboolean
read_page (YejiReply   *reply,
           const char  *cursor,
           Page        *page,
           GError     **error)
{
  JsonObject *object = yeji_json_node_object (reply->body);
  JsonArray *changes = object != NULL ? yeji_json_get_array (object, "changes") : NULL;
  const char *next = object != NULL ? yeji_json_get_string (object, "next") : NULL;
  JsonNode *more = object != NULL ? json_object_get_member (object, "more") : NULL;

  if (reply->status != SOUP_STATUS_OK || changes == NULL || next == NULL)
    {
      set_unreadable ("no list or no cursor", error);
      return FALSE;
    }
  page->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  page->next = g_strdup (next);
  page->more = more != NULL && JSON_NODE_HOLDS_VALUE (more) && json_node_get_boolean (more);
  if (!read_changes (changes, page->answers, error))
    return FALSE;
  /* or it would go on for ever */
  if (g_strcmp0 (cursor, next) == 0 && (page->answers->len > 0 || page->more))
    {
      set_unreadable ("a cursor that stands still", error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
get_cursor (YejiStore  *store,
            char      **cursor,
            GError    **error)
{
  g_autoptr (GError) failure = NULL;

  *cursor = yeji_store_get_setting (store, YEJI_PULLER_CURSOR, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What tells the province whose typing is no news here. */
static char *
dup_presence_query (YejiStore    *store,
                    YejiPresence *presence,
                    gboolean      wait)
{
  g_autofree char *computer = NULL;

  if (presence != NULL)
    return yeji_presence_dup_query (presence, wait);
  computer = yeji_colleague_dup_computer (store, NULL);
  return computer != NULL ? g_strconcat ("&computer=", computer, NULL) : g_strdup ("");
}

static YejiReply *
get_changes (YejiStore     *store,
             YejiProvince  *province,
             const char    *cursor,
             const char    *wait,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GString) path = g_string_new ("/v1/changes?wait=");
  g_autoptr (YejiPresence) presence = yeji_presence_of (province);
  g_autofree char *query = dup_presence_query (store, presence, g_str_equal (wait, WAIT));
  YejiReply *reply;

  g_string_append (path, wait);
  if (cursor != NULL)
    {
      g_string_append (path, "&since=");
      g_string_append_uri_escaped (path, cursor, NULL, FALSE);
    }
  g_string_append (path, query);
  reply = yeji_province_call (province, "GET", path->str, NULL, cancellable, error, NULL);
  if (presence != NULL && reply != NULL && reply->status == SOUP_STATUS_OK
      && yeji_json_node_object (reply->body) != NULL)
    yeji_presence_take (presence, yeji_json_node_object (reply->body));
  return reply;
}

/* The last page says who edits what just now. Nothing depends on that it is kept. */
static void
keep_colleagues (YejiStore  *store,
                 YejiReply  *reply,
                 const Page *page)
{
  g_autoptr (GError) error = NULL;

  if (!page->more
      && !yeji_colleague_keep_list (store, yeji_json_node_object (reply->body), &error))
    g_info ("who edits what is not kept: %s", error->message);
}

/* @forgotten: (out): whether the province does not know the cursor; then there is no page */
static gboolean
fetch_page (YejiStore     *store,
            YejiProvince  *province,
            const char    *cursor,
            Page          *page,
            gboolean      *forgotten,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (YejiReply) reply = get_changes (store, province, cursor, "0", cancellable, error);

  *forgotten = reply != NULL && reply->status == SOUP_STATUS_GONE && cursor != NULL;
  if (reply == NULL)
    return FALSE;
  if (*forgotten)
    {
      JsonObject *problem = yeji_json_node_object (reply->body);
      const char *at = problem != NULL
                         ? yeji_json_get_string (problem, YEJI_WIRE_MEMBER_RESTORED_AT) : NULL;

      page->restored_at = g_strdup (at);
      return TRUE;
    }
  if (!yeji_reply_check (reply, error) || !read_page (reply, cursor, page, error))
    return FALSE;
  keep_colleagues (store, reply, page);
  return TRUE;
}

/* All pages from the beginning, and nothing of them is kept if one does not come. */
static gboolean
pull_anew (YejiStore     *store,
           YejiProvince  *province,
           const char    *restored_at,
           guint         *n_changes,
           GCancellable  *cancellable,
           GError       **error)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_answer_free);
  g_autoptr (GPtrArray) answers = NULL;
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  g_info ("the province forgot the cursor; all changes come anew");
  while (more)
    {
      g_auto (Page) page = { NULL };
      gboolean forgotten;

      if (!fetch_page (store, province, cursor, &page, &forgotten, cancellable, error) || forgotten)
        {
          g_ptr_array_unref (all);
          if (forgotten)
            set_unreadable ("a cursor that is forgotten at once", error);
          return FALSE;
        }
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&page.answers));
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.next);
    }
  answers = yeji_relist_reduce (all);
  *n_changes += answers->len;
  return yeji_fetcher_fill (store, province, answers, cancellable, error)
    && yeji_relist_apply (store, province, answers, cursor, restored_at, cancellable, error);
}

/**
 * yeji_puller_pull:
 * @n_changes: (inout): increased by what came
 *
 * Fetches what the province decided, page by page; each page and the cursor behind it get into the
 * store together. A province that has forgotten the cursor, or a submission that it took, was
 * restored from a backup: what it lost is put into the outbox again. Fails as yeji_province_send()
 * and yeji_reply_check() do, and as the store does.
 *
 * Returns: whether everything there is has come
 */
gboolean
yeji_puller_pull (YejiStore     *store,
                  YejiProvince  *province,
                  guint         *n_changes,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GPtrArray) unlisted = yeji_store_find_unlisted (store, error);
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  if (unlisted == NULL || !get_cursor (store, &cursor, error))
    return FALSE;
  while (more)
    {
      g_auto (Page) page = { NULL };
      gboolean forgotten;

      if (!fetch_page (store, province, cursor, &page, &forgotten, cancellable, error))
        return FALSE;
      if (forgotten)
        return pull_anew (store, province, page.restored_at, n_changes, cancellable, error);
      if (!yeji_fetcher_fill (store, province, page.answers, cancellable, error)
          || !yeji_store_apply_answers (store, page.answers, page.next, error))
        return FALSE;
      *n_changes += page.answers->len;
      more = page.more;
      g_free (cursor);
      cursor = g_steal_pointer (&page.next);
    }
  return yeji_relist_check (store, province, unlisted, cancellable, error);
}

/**
 * yeji_puller_wait:
 * @news: (out): whether there is something to pull
 *
 * Waits until the province has news, 25 seconds at most. No change is stored. Fails as
 * yeji_puller_pull() does.
 *
 * Returns: whether the province answered
 */
gboolean
yeji_puller_wait (YejiStore     *store,
                  YejiProvince  *province,
                  gboolean      *news,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_auto (Page) page = { NULL };
  g_autofree char *cursor = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (!get_cursor (store, &cursor, error))
    return FALSE;
  reply = get_changes (store, province, cursor, WAIT, cancellable, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_GONE)
    {
      *news = TRUE;
      return TRUE;
    }
  if (!yeji_reply_check (reply, error) || !read_page (reply, cursor, &page, error))
    return FALSE;
  keep_colleagues (store, reply, &page);
  *news = page.answers->len > 0;
  return TRUE;
}
