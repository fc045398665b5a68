// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-province-server.h"

#include <glib/gstdio.h>

#include "yeji-epoch.h"
#include "yeji-file-sweep.h"
#include "yeji-http.h"
#include "yeji-key-watch.h"
#include "yeji-legacy-finish.h"
#include "yeji-national-push.h"
#include "yeji-platform.h"
#include "yeji-server-schema.h"

/**
 * YejiProvinceServer:
 *
 * A province: one directory, one process, one address.
 */
struct _YejiProvinceServer
{
  GObject parent_instance;

  YejiLock *lock;
  YejiServerContext *context;
  YejiDb *db;
  YejiHttp *http;
  YejiWitness *witness;
  YejiNationalPush *push;      /* (nullable) */
  YejiLegacyFinish *finish;
};

G_DEFINE_FINAL_TYPE (YejiProvinceServer, yeji_province_server, G_TYPE_OBJECT)

static void
yeji_province_server_finalize (GObject *object)
{
  YejiProvinceServer *self = YEJI_PROVINCE_SERVER (object);

  g_assert (self->db == NULL);
  g_clear_pointer (&self->context, yeji_server_context_free);
  g_clear_pointer (&self->lock, yeji_platform_unlock);
  G_OBJECT_CLASS (yeji_province_server_parent_class)->finalize (object);
}

static void
yeji_province_server_class_init (YejiProvinceServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_province_server_finalize;
}

static void
yeji_province_server_init (YejiProvinceServer *self)
{
}

/* Two servers on one directory would tell each other's clients nothing. */
static YejiLock *
lock_dir (const char  *data_dir,
          GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, "server.lock", NULL);
  g_autofree char *holder = NULL;

  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", data_dir);
      return NULL;
    }
  return yeji_platform_lock (path, &holder, error);
}

static void
handle_told (gpointer data)
{
  yeji_http_wake (data);
}

/**
 * yeji_province_server_new:
 * @data_dir: made when it is not there
 * @settings: (nullable)
 *
 * Opens a province. Blocks.
 *
 * Returns: (transfer full) (nullable): the province, to be closed with yeji_province_server_close()
 */
YejiProvinceServer *
yeji_province_server_new (const char                *data_dir,
                          const YejiServerSettings  *settings,
                          GError                   **error)
{
  g_autoptr (YejiProvinceServer) self = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (YEJI_TYPE_PROVINCE_SERVER, NULL);
  self->lock = lock_dir (data_dir, error);
  if (self->lock == NULL)
    return NULL;
  self->context = yeji_server_context_new (data_dir, settings, error);
  if (self->context == NULL)
    return NULL;
  self->db = yeji_server_schema_open (data_dir, error);
  if (self->db == NULL)
    return NULL;
  if (!yeji_upload_make_groups (self->context->content_dir, error)
      || !yeji_file_sweep (self->context, self->db, error)
      || !yeji_key_watch_note (self->context, self->db, error)
      || (self->witness = yeji_witness_new (data_dir, self->db, error)) == NULL)
    {
      yeji_province_server_close (self);
      return NULL;
    }
  self->http = yeji_http_new (self->context, self->db);
  self->finish = yeji_legacy_finish_new (self->context, data_dir, self->db);
  if (self->context->push != NULL && self->context->push->by_server)
    self->push = yeji_national_push_new (self->context, self->db, handle_told, self->http);
  return g_steal_pointer (&self);
}

/**
 * yeji_province_server_listen:
 * @address: `ADDRESS:PORT`, where port 0 chooses one, or `unix:PATH`
 *
 * Begins to answer, on the main context of the calling thread.
 *
 * Returns: (transfer full) (nullable): the URL, without a slash at its end
 */
char *
yeji_province_server_listen (YejiProvinceServer  *self,
                             const char          *address,
                             GError             **error)
{
  g_return_val_if_fail (YEJI_IS_PROVINCE_SERVER (self), NULL);
  g_return_val_if_fail (self->http != NULL, NULL);

  return yeji_http_listen (self->http, address, error);
}

/**
 * yeji_province_server_reopen:
 *
 * Opens the logs anew, after somebody has moved them away.
 */
void
yeji_province_server_reopen (YejiProvinceServer *self)
{
  g_return_if_fail (YEJI_IS_PROVINCE_SERVER (self));

  if (self->http != NULL)
    yeji_http_reopen (self->http);
}

/**
 * yeji_province_server_close:
 *
 * Answers what was asked, ends the connections, the threads and the database. Blocks; a second call
 * does nothing.
 */
void
yeji_province_server_close (YejiProvinceServer *self)
{
  g_return_if_fail (YEJI_IS_PROVINCE_SERVER (self));

  g_clear_pointer (&self->push, yeji_national_push_close);
  g_clear_pointer (&self->finish, yeji_legacy_finish_close);
  if (self->http != NULL)
    yeji_http_close (self->http);
  g_clear_object (&self->http);
  g_clear_pointer (&self->witness, yeji_witness_close);
  if (self->db != NULL)
    yeji_db_close (self->db);
  g_clear_object (&self->db);
}
