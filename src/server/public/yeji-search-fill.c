// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-publication"

#include "config.h"

#include "yeji-search-fill.h"

#include "yeji-publication.h"

/* So many are put in by one transaction, some 100 ms: who else writes waits no longer. */
#define PORTION 25
/* Milliseconds between two of them, so that whoever has come meanwhile is first. */
#define PAUSE 20

struct _YejiSearchFill
{
  YejiHttp *http;
  GPtrArray *uuids;            /* (element-type utf8): that lack, the oldest approval first */
  guint next;
  guint timer;
  gboolean closed;
};

static void
clear_fill (gpointer data)
{
  YejiSearchFill *self = data;

  g_ptr_array_unref (self->uuids);
  g_object_unref (self->http);
}

static void
release (YejiSearchFill *self)
{
  g_rc_box_release_full (self, clear_fill);
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  YejiSearchFill *self = data;

  return yeji_publication_list_unlisted (sql, self->uuids, error);
}

/* What was revoked or approved anew meanwhile is not written over: each is looked at once more. */
static gboolean
run_portion (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  YejiSearchFill *self = data;
  YejiServerContext *context = yeji_http_get_context (self->http);
  guint end = MIN (self->next + PORTION, self->uuids->len);

  for (guint i = self->next; i < end; i++)
    if (!yeji_publication_list_again (context, sql, g_ptr_array_index (self->uuids, i), error))
      return FALSE;
  return TRUE;
}

static gboolean begin_portion (gpointer data);

static void
go_on (YejiSearchFill *self)
{
  if (!self->closed && self->next < self->uuids->len)
    self->timer = g_timeout_add (PAUSE, begin_portion, self);
  else if (!self->closed && self->uuids->len > 0)
    g_message ("%u publications were put into the search", self->uuids->len);
}

static void
on_portion (gpointer      data,
            const GError *error)
{
  YejiSearchFill *self = data;
  YejiHttp *http = self->http;

  if (error != NULL)
    g_warning ("the search is not filled: %s", error->message);
  else
    {
      self->next = MIN (self->next + PORTION, self->uuids->len);
      go_on (self);
    }
  yeji_http_leave (http);
  release (self);
}

static gboolean
begin_portion (gpointer data)
{
  YejiSearchFill *self = data;

  self->timer = 0;
  yeji_http_enter (self->http);
  yeji_ledger_run (yeji_http_get_ledger (self->http), run_portion, g_rc_box_acquire (self),
                   on_portion);
  return G_SOURCE_REMOVE;
}

static void
on_listed (gpointer      data,
           const GError *error)
{
  YejiSearchFill *self = data;
  YejiHttp *http = self->http;

  if (error != NULL)
    g_warning ("the search is not filled: %s", error->message);
  else
    go_on (self);
  yeji_http_leave (http);
  release (self);
}

/**
 * yeji_search_fill_new:
 *
 * Looks, where nobody waits for it, for publications that are not in the search, such as those of a
 * version that had none, and puts them in by and by.
 *
 * Returns: (transfer full): to be ended with yeji_search_fill_close()
 */
YejiSearchFill *
yeji_search_fill_new (YejiHttp *http)
{
  YejiSearchFill *self = g_rc_box_new0 (YejiSearchFill);

  self->http = g_object_ref (http);
  self->uuids = g_ptr_array_new_with_free_func (g_free);
  yeji_http_enter (http);
  yeji_ledger_run (yeji_http_get_reading (http, FALSE), run_list, g_rc_box_acquire (self),
                   on_listed);
  return self;
}

/**
 * yeji_search_fill_close:
 * @self: (transfer full)
 *
 * Begins nothing more; the next start of the server goes on.
 */
void
yeji_search_fill_close (YejiSearchFill *self)
{
  self->closed = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  release (self);
}
