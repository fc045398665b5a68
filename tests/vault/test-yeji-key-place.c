// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-key-place.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "yeji-keyring.h"
#include "yeji-test.h"

static void
set_keyring (gboolean there)
{
  if (there)
    g_unsetenv ("YEJI_KEYRING");
  else
    g_setenv ("YEJI_KEYRING", "none", TRUE);
}

static void
test_file (void)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *path = yeji_key_place_get_path (id);
  g_autoptr (YejiSecret) secret = yeji_secret_new ();
  g_autoptr (YejiSecret) found = NULL;
  g_autoptr (GError) error = NULL;
  YejiKeyPlace place = YEJI_KEY_PLACE_KEYRING;

  set_keyring (FALSE);
  g_assert_null (yeji_key_place_find (id, &place));
  g_assert_cmpint (place, ==, YEJI_KEY_PLACE_NONE);
  g_assert_cmpint (yeji_key_place_store (id, secret, FALSE, &error), ==, YEJI_KEY_PLACE_NONE);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  g_assert_cmpint (yeji_key_place_store (id, secret, TRUE, &error), ==, YEJI_KEY_PLACE_FILE);
  g_assert_no_error (error);
#ifdef G_OS_UNIX
  {
    GStatBuf buffer;

    g_assert_cmpint (g_stat (path, &buffer), ==, 0);
    g_assert_cmphex (buffer.st_mode & 0777, ==, 0600);
  }
#endif
  found = yeji_key_place_find (id, &place);
  g_assert_cmpint (place, ==, YEJI_KEY_PLACE_FILE);
  g_assert_true (yeji_secret_equal (found, secret));

  /* what is no secret is as if there were none */
  g_assert_true (g_file_set_contents (path, "c2hvcnQ=", -1, NULL));
  g_assert_null (yeji_key_place_find (id, &place));
  g_assert_true (yeji_key_place_remove_file (id, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (yeji_key_place_remove_file (id, &error));
}

/* libsecret's backend that is a file stands for the service; on Windows it is the real one. */
static void
test_keyring (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *keyring = g_build_filename (dir, "keyring", NULL);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *path = yeji_key_place_get_path (id);
  g_autoptr (YejiSecret) secret = yeji_secret_new ();
  g_autoptr (YejiSecret) found = NULL;
  g_autoptr (GError) error = NULL;
  YejiKeyPlace place;

  set_keyring (TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "keyring", TRUE);

  g_assert_null (yeji_key_place_find (id, NULL));
  place = yeji_key_place_store (id, secret, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (place, ==, YEJI_KEY_PLACE_KEYRING);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  found = yeji_key_place_find (id, &place);
  g_assert_cmpint (place, ==, YEJI_KEY_PLACE_KEYRING);
  g_assert_true (yeji_secret_equal (found, secret));
  g_assert_true (yeji_keyring_remove (id, 3000));
  g_assert_null (yeji_key_place_find (id, NULL));

  set_keyring (FALSE);
  yeji_test_dir_remove (dir);
}

#ifdef G_OS_UNIX   /* the Credential Manager is no service that may be away */
/* A bus on which nobody ever answers. */
static void
test_silence (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  gint64 started = g_get_monotonic_time ();
  guint16 port;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 10 * G_USEC_PER_SEC, 0);
      g_test_trap_assert_passed ();
      return;
    }
  port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_assert_no_error (error);
  address = g_strdup_printf ("tcp:host=127.0.0.1,port=%u", port);
  set_keyring (TRUE);
  g_unsetenv ("SECRET_BACKEND");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_assert_true (yeji_keyring_is_there ());
  g_assert_null (yeji_keyring_find ("id", FALSE, 100));
  g_assert_false (yeji_keyring_store ("id", "secret", 100));
  g_assert_cmpint (g_get_monotonic_time () - started, <, 5 * G_USEC_PER_SEC);
}

static void
test_no_bus (void)
{
  set_keyring (TRUE);
  g_unsetenv ("SECRET_BACKEND");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("XDG_RUNTIME_DIR", "/nonexistent", TRUE);
  g_assert_false (yeji_keyring_is_there ());
  set_keyring (FALSE);
}
#endif

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/key-place/file-keeps-it-where-there-is-no-keyring", test_file);
  g_test_add_func ("/vault/key-place/keyring-keeps-it", test_keyring);
#ifdef G_OS_UNIX
  g_test_add_func ("/vault/key-place/silence-is-no-keyring", test_silence);
  g_test_add_func ("/vault/key-place/without-a-bus-there-is-no-keyring", test_no_bus);
#endif
  return g_test_run ();
}
