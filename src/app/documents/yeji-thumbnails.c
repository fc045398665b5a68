// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-thumbnails"

#include "config.h"

#include "yeji-thumbnails.h"

#include <string.h>

#include "yeji-background.h"
#include "yeji-document.h"
#include "yeji-page-cache.h"
#include "yeji-page-lane.h"
#include "yeji-texture.h"

/* In the profile, where what documents show is as safe as they are. */
#define FOLDER "thumbnails"

/* In memory, 100 KB each. */
#define MAX_KEPT 256

/* What is kept of a page; what cannot be shown is remembered, too. */
typedef struct
{
  GdkTexture *texture;         /* (nullable) */
  guint n_pages;
  int code;                    /* of YejiPageError, when there is no texture */
  GList *link;                 /* in the order of use */
} Kept;

typedef struct
{
  char *folder;
  char *sha256;
  char *key;
  guint page;
  int rotation;
} Ask;

typedef struct
{
  YejiPagePicture *picture;
  guint n_pages;
} Found;

static GHashTable *kept_pages; /* (element-type utf8 Kept) */
static GHashTable *known_counts; /* (element-type utf8 guint): pages by digest; a few bytes each */
static GQueue kept_order = G_QUEUE_INIT;   /* keys of the table, the last used first */

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->folder);
  g_free (ask->sha256);
  g_free (ask->key);
  g_free (ask);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->picture, yeji_page_picture_free);
  g_free (found);
}

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_clear_object (&kept->texture);
  g_free (kept);
}

static char *
make_key (YejiAttachment *attachment,
          guint           page)
{
  return g_strdup_printf ("%s/%u/%d", yeji_attachment_get_sha256 (attachment), page,
                          yeji_attachment_get_rotation (attachment));
}

static Kept *
find_kept (const char *key)
{
  Kept *kept = kept_pages != NULL ? g_hash_table_lookup (kept_pages, key) : NULL;

  if (kept == NULL)
    return NULL;
  g_queue_unlink (&kept_order, kept->link);
  g_queue_push_head_link (&kept_order, kept->link);
  return kept;
}

static void
keep (const char *key,
      GdkTexture *texture,
      guint       n_pages,
      int         code)
{
  Kept *kept = g_new0 (Kept, 1);
  char *own_key = g_strdup (key);

  if (kept_pages == NULL)
    kept_pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  if (find_kept (key) != NULL)
    g_queue_delete_link (&kept_order, find_kept (key)->link);
  while (g_queue_get_length (&kept_order) >= MAX_KEPT)
    g_hash_table_remove (kept_pages, g_queue_pop_tail (&kept_order));
  g_set_object (&kept->texture, texture);
  kept->n_pages = n_pages;
  kept->code = code;
  g_queue_push_head (&kept_order, own_key);
  kept->link = kept_order.head;
  g_hash_table_replace (kept_pages, own_key, kept);
}

static YejiPagePicture *
draw (YejiPageSource *source,
      const Ask      *ask,
      GCancellable   *cancellable,
      GError        **error)
{
  YejiPageWish wish = { .page = ask->page, .rotation = ask->rotation };
  double width, height;

  if (!yeji_page_source_get_size (source, ask->page, &width, &height, error))
    return NULL;
  wish.scale = MIN (1, (YEJI_PAGE_SMALL - 0.5) / MAX (width, height));
  return yeji_page_source_draw (source, &wish, cancellable, error);
}

static Found *
draw_from (YejiPageSource  *source,
           const Ask       *ask,
           GCancellable    *cancellable,
           GError         **error)
{
  guint n_pages = yeji_page_source_get_n_pages (source);
  g_autoptr (YejiPagePicture) picture = NULL;
  Found *found;

  if (ask->page >= n_pages)
    {
      g_set_error (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE, "no page %u", ask->page + 1);
      return NULL;
    }
  picture = draw (source, ask, cancellable, error);
  if (picture == NULL)
    return NULL;
  if (ask->page == 0 && ask->rotation == 0)
    yeji_page_cache_write (ask->folder, ask->sha256, picture, n_pages);
  found = g_new (Found, 1);
  *found = (Found) { g_steal_pointer (&picture), n_pages };
  return found;
}

static Found *
find_on_disk (const Ask *ask)
{
  g_autoptr (YejiPagePicture) picture = NULL;
  Found *found;
  guint n_pages;

  if (ask->page != 0 || ask->rotation != 0)
    return NULL;
  picture = yeji_page_cache_read (ask->folder, ask->sha256, &n_pages);
  if (picture == NULL)
    return NULL;
  found = g_new (Found, 1);
  *found = (Found) { g_steal_pointer (&picture), n_pages };
  return found;
}

static gpointer
load (GFile           *file,
      YejiPageSource **source,
      gpointer         data,
      GCancellable    *cancellable,
      GError         **error)
{
  Ask *ask = data;
  Found *found = find_on_disk (ask);

  if (found != NULL)
    return found;
  if (*source == NULL)
    *source = yeji_page_source_open (file, cancellable, error);
  found = *source != NULL ? draw_from (*source, ask, cancellable, error) : NULL;
  /* An image is done with; a PDF has more pages. */
  if (*source != NULL && yeji_page_source_get_n_pages (*source) == 1)
    g_clear_pointer (source, yeji_page_source_close);
  return found;
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  Found *found = yeji_page_lane_run_finish (YEJI_PAGE_LANE (source), result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (found == NULL)
    {
      if (error->domain == YEJI_PAGE_ERROR)
        keep (ask->key, NULL, 0, error->code);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  texture = yeji_texture_new (found->picture);
  keep (ask->key, texture, found->n_pages, 0);
  if (known_counts == NULL)
    known_counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (known_counts, g_strdup (ask->sha256), GUINT_TO_POINTER (found->n_pages));
  found_free (found);
  g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
}

/**
 * yeji_thumbnails_count_pages:
 *
 * Returns: how many pages a document has, 0 when that is not known
 */
guint
yeji_thumbnails_count_pages (YejiAttachment *attachment)
{
  if (known_counts == NULL)
    return 0;
  return GPOINTER_TO_UINT (g_hash_table_lookup (known_counts,
                                                yeji_attachment_get_sha256 (attachment)));
}

/**
 * yeji_thumbnails_peek:
 * @n_pages: (out) (optional): how many pages the document has, 0 when that is not known
 *
 * Returns: (transfer none) (nullable): the picture of a page when it is in memory
 */
GdkTexture *
yeji_thumbnails_peek (YejiAttachment *attachment,
                      guint           page,
                      guint          *n_pages)
{
  g_autofree char *key = make_key (attachment, page);
  Kept *kept = find_kept (key);

  if (n_pages != NULL)
    *n_pages = kept != NULL ? kept->n_pages : 0;
  return kept != NULL ? kept->texture : NULL;
}

/**
 * yeji_thumbnails_load_async:
 *
 * Gets the picture of a page, turned as the document is.
 */
void
yeji_thumbnails_load_async (YejiStore           *store,
                            YejiAttachment      *attachment,
                            guint                page,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  const char *sha256 = yeji_attachment_get_sha256 (attachment);
  g_autoptr (GFile) file = yeji_store_get_file (store, sha256);
  Ask *ask = g_new0 (Ask, 1);
  Kept *kept;

  ask->folder = g_build_filename (yeji_store_get_directory (store), FOLDER, NULL);
  ask->sha256 = g_strdup (sha256);
  ask->key = make_key (attachment, page);
  ask->page = page;
  ask->rotation = yeji_attachment_get_rotation (attachment);
  g_task_set_source_tag (task, yeji_thumbnails_load_async);
  g_task_set_task_data (task, ask, ask_free);
  kept = find_kept (ask->key);
  if (kept == NULL && yeji_document_is_elsewhere (store, attachment))
    {
      /* not remembered: it may come */
      g_task_return_new_error (task, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_UNREADABLE,
                               "it is not here yet");
      g_object_unref (task);
      return;
    }
  if (kept != NULL && kept->texture != NULL)
    g_task_return_pointer (task, g_object_ref (kept->texture), g_object_unref);
  else if (kept != NULL)
    g_task_return_new_error (task, YEJI_PAGE_ERROR, kept->code, "it cannot be shown");
  if (kept != NULL)
    g_object_unref (task);
  else
    yeji_page_lane_run_async (yeji_page_lane_get_back (), file, load, ask, NULL, found_free,
                              cancellable, on_loaded, task);
}

/**
 * yeji_thumbnails_load_finish:
 * @n_pages: (out) (optional): how many pages the document has
 *
 * Returns: (transfer full) (nullable): %NULL with %YEJI_PAGE_ERROR when it cannot be shown
 */
GdkTexture *
yeji_thumbnails_load_finish (GAsyncResult  *result,
                             guint         *n_pages,
                             GError       **error)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));
  Kept *kept = find_kept (ask->key);

  if (n_pages != NULL)
    *n_pages = kept != NULL ? kept->n_pages : 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
has_content (const char *name,
             gpointer    store)
{
  g_autoptr (GFile) file = NULL;

  if (strlen (name) != 64 || strspn (name, "0123456789abcdef") != 64)
    return FALSE;
  file = yeji_store_get_file (store, name);
  return g_file_query_exists (file, NULL);
}

static gpointer
sweep (gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autofree char *folder = g_build_filename (yeji_store_get_directory (data), FOLDER, NULL);

  yeji_page_cache_sweep (folder, has_content, data);
  return g_object_ref (data);
}

/**
 * yeji_thumbnails_sweep:
 *
 * Deletes the pictures of documents whose content has gone for good.
 */
void
yeji_thumbnails_sweep (YejiStore *store)
{
  yeji_background_run (store, sweep, g_object_ref (store), g_object_unref, g_object_unref, NULL,
                       NULL);
}
