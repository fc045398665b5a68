// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-vault.h"

#include <string.h>

#include "yeji-recovery-code.h"

#define PLACE "record/3b241101-e2bb-4255-8caf-4136c566a962/participants/r1/PersonIDCard"

static YejiVault *
reopen (YejiVault *vault)
{
  g_autofree char *chest = yeji_vault_to_text (vault);
  g_autoptr (GError) error = NULL;
  YejiVault *again = yeji_vault_open (chest, yeji_vault_get_secret (vault), &error);

  g_assert_no_error (error);
  return again;
}

static void
assert_unseals (YejiVault  *vault,
                const char *token,
                const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = yeji_vault_unseal (vault, token, PLACE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, text);
}

static void
assert_refuses (YejiVault  *vault,
                const char *token,
                const char *place)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_vault_unseal (vault, token, place, &error));
  g_assert_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_TOKEN);
}

static void
test_seal (void)
{
  static const char * const texts[] = { "", "1", "220102198001011234", "长春市\n\"\\", "\x7f" };
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autoptr (YejiVault) again = reopen (vault);
  g_autofree char *twice = yeji_vault_seal (vault, texts[2], 1, PLACE);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *token = yeji_vault_seal (vault, texts[i], (gint64) i - 1, PLACE);

      g_assert_true (yeji_vault_is_token (token));
      g_assert_true (*texts[i] == '\0' || strlen (texts[i]) < 2
                     || strstr (token, texts[i]) == NULL);
      g_assert_cmpstr (token, !=, twice);
      assert_unseals (vault, token, texts[i]);
      assert_unseals (again, token, texts[i]);
    }
}

/* Nothing of a token can be another, nor can it be used elsewhere. */
static void
test_altered (void)
{
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autoptr (YejiVault) other = yeji_vault_new ();
  g_autofree char *token = yeji_vault_seal (vault, "220102198001011234", 7, PLACE);
  g_autofree char *longer = g_strconcat (token, "A", NULL);

  for (guint i = strlen (YEJI_VAULT_PREFIX); token[i] != '\0'; i++)
    {
      g_autofree char *altered = g_strdup (token);
      g_autofree char *shorter = g_strndup (token, i);

      altered[i] = altered[i] == '1' ? '2' : '1';
      assert_refuses (vault, altered, PLACE);
      assert_refuses (vault, shorter, PLACE);
    }
  assert_refuses (vault, longer, PLACE);
  assert_refuses (vault, YEJI_VAULT_PREFIX "::::::", PLACE);
  assert_refuses (vault, token, PLACE "2");
  assert_refuses (vault, token, "");
  assert_refuses (other, token, PLACE);
}

static void
test_digest (void)
{
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autoptr (YejiVault) again = reopen (vault);
  g_autoptr (YejiVault) other = yeji_vault_new ();
  g_autofree char *one = yeji_vault_digest (vault, "text");
  g_autofree char *same = yeji_vault_digest (again, "text");
  g_autofree char *unlike = yeji_vault_digest (vault, "texts");
  g_autofree char *elsewhere = yeji_vault_digest (other, "text");

  g_assert_cmpuint (strlen (one), ==, 48);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, unlike);
  g_assert_cmpstr (one, !=, elsewhere);
}

static void
test_rotate (void)
{
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autofree char *old_chest = yeji_vault_to_text (vault);
  g_autofree char *old = yeji_vault_seal (vault, "old", 1, PLACE);
  g_autofree char *old_key = g_strdup (yeji_vault_get_key_id (vault));
  g_autoptr (YejiVault) again = NULL;
  g_autoptr (YejiVault) behind = NULL;
  g_autofree char *new_chest = NULL;
  g_autofree char *new = NULL;
  g_autoptr (GError) error = NULL;

  yeji_vault_add_key (vault);
  g_assert_cmpstr (yeji_vault_get_key_id (vault), !=, old_key);
  new = yeji_vault_seal (vault, "new", 1, PLACE);
  new_chest = yeji_vault_to_text (vault);
  g_assert_cmpint (yeji_vault_find_serial (new_chest), >, yeji_vault_find_serial (old_chest));

  again = reopen (vault);
  g_assert_cmpuint (yeji_vault_get_n_keys (again), ==, 2);
  assert_unseals (again, old, "old");
  assert_unseals (again, new, "new");

  /* a chest from before, of a backup, learns what is new, and the other way round */
  behind = yeji_vault_open (old_chest, yeji_vault_get_secret (vault), &error);
  g_assert_no_error (error);
  assert_refuses (behind, new, PLACE);
  g_assert_true (yeji_vault_learn (behind, new_chest, &error));
  assert_unseals (behind, new, "new");
  g_assert_true (yeji_vault_learn (vault, old_chest, &error));
  g_assert_cmpuint (yeji_vault_get_n_keys (vault), ==, 2);
}

static void
test_locks (void)
{
  static const struct
  {
    YejiVaultLock lock;
    const char *typed;         /* (nullable): the code */
    int code;                  /* -1: opens */
  } cases[] = {
    { YEJI_VAULT_PASSPHRASE, "松花江 1985", -1 },
    { YEJI_VAULT_PASSPHRASE, "松花江 1986", YEJI_VAULT_ERROR_KEY },
    { YEJI_VAULT_PASSPHRASE, "", YEJI_VAULT_ERROR_KEY },
    { YEJI_VAULT_PASSPHRASE, NULL, YEJI_VAULT_ERROR_KEY },
    { YEJI_VAULT_RECOVERY, NULL, -1 },
    { YEJI_VAULT_RECOVERY, "松花江 1985", YEJI_VAULT_ERROR_KEY },
  };
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autofree char *code = yeji_recovery_code_new ();
  g_autofree char *small = g_ascii_strdown (code, -1);
  g_autofree char *chest = NULL;
  g_autofree char *open_chest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_vault_set_lock (vault, YEJI_VAULT_PASSPHRASE, "松花江 1985", &error));
  g_assert_true (yeji_vault_set_lock (vault, YEJI_VAULT_RECOVERY, code, &error));
  chest = yeji_vault_to_text (vault);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (YejiSecret) secret = NULL;

      secret = yeji_vault_unlock (chest, cases[i].lock,
                                  cases[i].typed != NULL ? cases[i].typed : small, &failure);
      if (cases[i].code >= 0)
        g_assert_error (failure, YEJI_VAULT_ERROR, cases[i].code);
      else
        {
          g_assert_no_error (failure);
          g_assert_true (yeji_secret_equal (secret, yeji_vault_get_secret (vault)));
        }
    }

  g_assert_true (yeji_vault_find_lock (chest, YEJI_VAULT_PASSPHRASE));
  g_assert_true (yeji_vault_set_lock (vault, YEJI_VAULT_PASSPHRASE, NULL, &error));
  open_chest = yeji_vault_to_text (vault);
  g_assert_false (yeji_vault_find_lock (open_chest, YEJI_VAULT_PASSPHRASE));
  g_assert_null (yeji_vault_unlock (open_chest, YEJI_VAULT_PASSPHRASE, "松花江 1985", &error));
  g_assert_error (error, YEJI_VAULT_ERROR, YEJI_VAULT_ERROR_NO_LOCK);
}

/* A chest may come from anywhere: nothing in it makes the program wait or take the memory. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *what;
    const char *with;
  } cases[] = {
    { "\"ops\" : 3", "\"ops\" : 2000000000" },
    { "\"ops\" : 3", "\"ops\" : 0" },
    { "\"ops\" : 3", "\"ops\" : \"3\"" },
    { "\"memory\" : 134217728", "\"memory\" : 9223372036854775807" },
    { "\"memory\" : 134217728", "\"memory\" : -1" },
    { "\"memory\" : 134217728", "\"memory\" : 2147483648" },
    { "argon2id13", "scrypt" },
    { "xchacha20poly1305", "sm4" },
    { "yeji-chest", "other-chest" },
    { "\"version\" : 1", "\"version\" : 2" },
    { "\"kind\" : \"passphrase\"", "\"kind\" : \"recovery\"" },
    { "\"id\" : \"", "\"id\" : \"../" },
    { "{", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{" },
    { "\"keys\"", "\"kees\"" },
    { "\"salt\" : \"", "\"salt\" : \"A" },
  };
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autofree char *chest = NULL;
  g_autofree char *huge = NULL;

  yeji_vault_set_lock (vault, YEJI_VAULT_PASSPHRASE, "p", NULL);
  chest = yeji_vault_to_text (vault);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (chest, cases[i].what, 2);
      g_autofree char *text = g_strjoinv (cases[i].with, parts);
      g_autoptr (YejiVault) opened = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      opened = yeji_vault_open (text, yeji_vault_get_secret (vault), &error);
      if (opened == NULL)
        g_assert_cmpint (error->domain, ==, YEJI_VAULT_ERROR);
      /* Another kind or amount of work is no longer the lock that was set. */
      g_clear_error (&error);
      g_assert_null (yeji_vault_unlock (text, YEJI_VAULT_PASSPHRASE, "p", &error));
      g_assert_cmpint (error->domain, ==, YEJI_VAULT_ERROR);
    }
  huge = g_strnfill (300 << 10, ' ');
  g_assert_null (yeji_vault_find_id (huge, NULL));
  g_assert_null (yeji_vault_find_id ("", NULL));
  g_assert_null (yeji_vault_find_id ("null", NULL));
}

/* Whatever byte of a chest is another, it is refused or says the same. */
static void
test_damaged (void)
{
  g_autoptr (YejiVault) vault = yeji_vault_new ();
  g_autofree char *chest = yeji_vault_to_text (vault);
  g_autofree char *token = yeji_vault_seal (vault, "text", 1, PLACE);

  for (guint i = 0; chest[i] != '\0'; i++)
    {
      g_autofree char *text = g_strdup (chest);
      g_autoptr (YejiVault) opened = NULL;

      text[i] ^= 1;
      opened = yeji_vault_open (text, yeji_vault_get_secret (vault), NULL);
      if (opened != NULL)
        assert_unseals (opened, token, "text");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/vault/unseals-what-it-sealed", test_seal);
  g_test_add_func ("/vault/vault/refuses-what-was-altered-or-moved", test_altered);
  g_test_add_func ("/vault/vault/digests-with-its-own-key", test_digest);
  g_test_add_func ("/vault/vault/reads-what-older-keys-sealed", test_rotate);
  g_test_add_func ("/vault/vault/opens-by-passphrase-and-recovery-code", test_locks);
  g_test_add_func ("/vault/vault/refuses-a-hostile-chest", test_hostile);
  g_test_add_func ("/vault/vault/refuses-a-damaged-chest", test_damaged);
  return g_test_run ();
}
