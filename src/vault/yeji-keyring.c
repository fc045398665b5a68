// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The Secret Service; yeji-keyring-win32.c is the other half. */

#define G_LOG_DOMAIN "yeji-vault"

#include "config.h"

#include "yeji-keyring.h"

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "yeji-secret.h"

#define ATTRIBUTE "vault"

/* After the time limit the call is cancelled, and given so long to come back from that. */
#define GRACE_MILLISECONDS 500

/* One question. It may outlive who asked: then the last answer frees it. */
typedef struct
{
  gatomicrefcount ref_count;
  GCancellable *cancellable;
  gboolean done;
  char *secret;                /* (nullable) */
  GError *error;               /* (nullable) */
} Call;

static const SecretSchema schema = {
  "org.yeji.Yeji.Vault", SECRET_SCHEMA_NONE,
  { { ATTRIBUTE, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL } },
};

static Call *
call_ref (Call *call)
{
  g_atomic_ref_count_inc (&call->ref_count);
  return call;
}

static void
call_unref (Call *call)
{
  if (!g_atomic_ref_count_dec (&call->ref_count))
    return;
  g_object_unref (call->cancellable);
  yeji_secret_wipe_text (call->secret);
  g_clear_error (&call->error);
  g_free (call);
}

static Call *
call_new (void)
{
  Call *call = g_new0 (Call, 1);

  g_atomic_ref_count_init (&call->ref_count);
  call->cancellable = g_cancellable_new ();
  return call;
}

static gboolean
on_too_long (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_lost (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
add_timeout (GMainContext *context,
             guint         milliseconds,
             GSourceFunc   func,
             gpointer      data)
{
  g_autoptr (GSource) source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, context);
}

/* Waits for the answer in a context that nothing else uses. */
static void
wait_for (Call         *call,
          GMainContext *context,
          guint         milliseconds)
{
  gboolean lost = FALSE;

  add_timeout (context, milliseconds, on_too_long, call->cancellable);
  add_timeout (context, milliseconds + GRACE_MILLISECONDS, on_lost, &lost);
  while (!call->done && !lost)
    g_main_context_iteration (context, TRUE);
  if (call->error != NULL)
    g_info ("the keyring does not answer: %s", call->error->message);
  else if (lost)
    g_info ("the keyring does not answer");
}

static void
on_retrieved (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Call *call = user_data;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source),
                                                                  result, &call->error);

  if (value != NULL)
    {
      const char *text = secret_value_get_text (value);

      call->secret = g_strdup (text);
      secret_value_unref (value);
    }
  call->done = TRUE;
  call_unref (call);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Call *call = user_data;
  GList *items = secret_password_search_finish (result, &call->error);

  if (items != NULL)
    secret_retrievable_retrieve_secret (items->data, call->cancellable, on_retrieved,
                                        call_ref (call));
  else
    call->done = TRUE;
  g_list_free_full (items, g_object_unref);
  call_unref (call);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;

  secret_password_store_finish (result, &call->error);
  call->done = TRUE;
  call_unref (call);
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Call *call = user_data;

  secret_password_clear_finish (result, &call->error);
  call->done = TRUE;
  call_unref (call);
}

/**
 * yeji_keyring_is_there:
 *
 * Returns: whether there may be one: without a session bus there is none, and with `YEJI_KEYRING`
 * set to `none` none is wanted
 */
gboolean
yeji_keyring_is_there (void)
{
  const char *runtime_dir = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *bus = NULL;

  if (g_strcmp0 (g_getenv ("YEJI_KEYRING"), "none") == 0)
    return FALSE;
  /* libsecret's own way to do without the service, for sandboxes and tests */
  if (g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0)
    return TRUE;
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL)
    return TRUE;
  bus = runtime_dir != NULL ? g_build_filename (runtime_dir, "bus", NULL) : NULL;
  return bus != NULL && g_file_test (bus, G_FILE_TEST_EXISTS);
}

/**
 * yeji_keyring_find:
 * @may_ask: whether a locked keyring may ask the user for its password
 *
 * Returns: (transfer full) (nullable): what was stored under @id, to be freed with
 * yeji_secret_wipe_text(); %NULL also when the keyring is locked or does not answer
 */
char *
yeji_keyring_find (const char *id,
                   gboolean    may_ask,
                   guint       milliseconds)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  SecretSearchFlags flags = SECRET_SEARCH_LOAD_SECRETS | (may_ask ? SECRET_SEARCH_UNLOCK : 0);
  Call *call = call_new ();
  char *found;

  g_main_context_push_thread_default (context);
  secret_password_search (&schema, flags, call->cancellable, on_found, call_ref (call),
                          ATTRIBUTE, id, NULL);
  wait_for (call, context, milliseconds);
  g_main_context_pop_thread_default (context);
  found = g_strdup (call->done ? call->secret : NULL);
  call_unref (call);
  return found;
}

/**
 * yeji_keyring_store:
 *
 * Returns: whether the keyring has @secret now
 */
gboolean
yeji_keyring_store (const char *id,
                    const char *secret,
                    guint       milliseconds)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (YejiSecretText) found = NULL;
  Call *call = call_new ();
  gboolean stored;

  g_main_context_push_thread_default (context);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, "Yeji", secret, call->cancellable,
                         on_stored, call_ref (call), ATTRIBUTE, id, NULL);
  wait_for (call, context, milliseconds);
  g_main_context_pop_thread_default (context);
  stored = call->done && call->error == NULL;
  call_unref (call);
  if (!stored)
    return FALSE;
  /* Some say yes and keep nothing. */
  found = yeji_keyring_find (id, FALSE, milliseconds);
  return g_strcmp0 (found, secret) == 0;
}

/**
 * yeji_keyring_remove:
 *
 * Returns: whether the keyring answered; what was not there is removed, too
 */
gboolean
yeji_keyring_remove (const char *id,
                     guint       milliseconds)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Call *call = call_new ();
  gboolean removed;

  g_main_context_push_thread_default (context);
  secret_password_clear (&schema, call->cancellable, on_removed, call_ref (call), ATTRIBUTE, id,
                         NULL);
  wait_for (call, context, milliseconds);
  g_main_context_pop_thread_default (context);
  removed = call->done && call->error == NULL;
  call_unref (call);
  return removed;
}
