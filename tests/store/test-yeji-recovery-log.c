// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-recovery-log"

#include "config.h"

#include "recovery-fixture.h"

#define FRAME (4096 + 24)

static void
kill_with_log (Fixture       *fixture,
               gconstpointer  log,
               gsize          length)
{
  yeji_test_dir_remove (fixture->killed);
  take_killed (fixture);
  write_bytes (fixture->killed, LOG, log, length);
}

/* The log's bytes lie in the folder that the notice names, and the database where it was. */
static void
assert_log_kept (YejiStore     *store,
                 const char    *dir,
                 const char    *reason,
                 gconstpointer  log,
                 gsize          length)
{
  g_autoptr (YejiNotice) notice = find_notice (store, YEJI_NOTICE_LOG);
  g_autoptr (GBytes) kept = NULL;
  g_autofree char *folder = NULL;

  assert_reason (store, NULL);
  g_assert_nonnull (notice);
  g_assert_cmpuint (count_notices (store, YEJI_NOTICE_LOG), ==, 1);
  g_assert_cmpstr (yeji_json_get_string (notice->details, "reason"), ==, reason);
  folder = g_build_filename (dir, yeji_json_get_string (notice->details, "folder"), NULL);
  kept = read_bytes (folder, LOG);
  g_assert_nonnull (kept);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), log, length);
  g_assert_false (is_in (folder, "yeji.sqlite"));
}

static guint8 *
read_log (Fixture *fixture,
          gsize   *length)
{
  g_autoptr (GBytes) bytes = read_bytes (fixture->base.dir, LOG);

  return g_bytes_unref_to_data (g_steal_pointer (&bytes), length);
}

static void
open_untroubled (Fixture *fixture)
{
  YejiStore *store = open_in (fixture, fixture->killed);

  assert_untroubled (store, fixture->killed);
  close_store (store);
}

/* What a power cut leaves of a log that was begun, or begun anew. */
static void
test_log_begun (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree guint8 *zeros = g_malloc0 (3 * FRAME);
  gsize length;
  g_autofree guint8 *log = read_log (fixture, &length);
  g_autofree guint8 *half = g_malloc (length);

  for (gsize i = 0; i <= 33; i++)
    {
      kill_with_log (fixture, log, i);
      open_untroubled (fixture);
      if (i % 8 != 7)
        continue;
      kill_with_log (fixture, zeros, i);
      open_untroubled (fixture);
      /* a new header, of which so much was written, before the frames of the old one */
      memcpy (half, log, length);
      for (gsize j = 12; j < MIN (i, 32); j++)
        half[j] ^= 0x5a;
      kill_with_log (fixture, half, length);
      open_untroubled (fixture);
      memcpy (half, log, length);
      memset (half + MIN (i, 31), 0, 32 - MIN (i, 31));
      kill_with_log (fixture, half, length);
      open_untroubled (fixture);
    }
  kill_with_log (fixture, zeros, 32 + FRAME);
  open_untroubled (fixture);
  kill_with_log (fixture, zeros, 3 * FRAME);
  open_untroubled (fixture);
}

/* The first frames of the last transactions, counted from the end. */
static gsize
find_transaction (const guint8 *log,
                  gsize         length,
                  guint         from_end)
{
  gsize n = (length - 32) / FRAME;
  guint n_commits = 0;

  for (gsize i = n; i-- > 0; )
    {
      const guint8 *frame = log + 32 + i * FRAME;

      /* a log that was begun anew has old frames behind it */
      if (memcmp (frame + 8, log + 16, 8) != 0)
        continue;
      if ((frame[4] | frame[5] | frame[6] | frame[7]) != 0 && ++n_commits > from_end)
        return i + 1;
    }
  g_assert_not_reached ();
}

/* Pages of a transaction that was never acknowledged reach the disk in any order; two transactions
 * behind a tear were. */
static void
test_log_torn (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    guint n_commits;           /* behind the tear */
    gsize offset;              /* of the tear in its frame */
    gsize length;
  } tears[] = {
    { 1, 0, FRAME }, { 1, 24, 512 }, { 1, 1024, 1 }, { 1, 16, 8 },
    { 2, 24, 512 }, { 2, 1024, 1 }, { 2, 4000, 100 }, { 4, 24, 512 },
  };
  gsize length;
  g_autofree guint8 *log = read_log (fixture, &length);
  g_autofree guint8 *torn = g_malloc (length);

  for (guint i = 0; i < G_N_ELEMENTS (tears); i++)
    {
      gsize frame = find_transaction (log, length, tears[i].n_commits);
      guint8 *place = torn + 32 + frame * FRAME + tears[i].offset;
      YejiStore *store;

      g_test_message ("tear %u", i);
      memcpy (torn, log, length);
      for (gsize j = 0; j < tears[i].length; j++)
        place[j] ^= 0x5a;
      kill_with_log (fixture, torn, length);
      store = open_in (fixture, fixture->killed);
      if (tears[i].n_commits == 1)
        assert_untroubled (store, fixture->killed);
      else
        assert_log_kept (store, fixture->killed, "log-damaged", torn, length);
      do_chores (store);
      g_assert_cmpuint (count_notices (store, YEJI_NOTICE_CHECKED), ==, 1);
      close_store (store);
    }
}

static void
test_log_damaged (Fixture       *fixture,
                  gconstpointer  data)
{
  static const double places[] = { 0.0, 0.1, 0.5 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      gsize length;
      g_autofree guint8 *log = read_log (fixture, &length);
      gsize place = (gsize) (places[i] * (double) length);
      YejiStore *store;

      for (gsize j = place; j < place + 40; j++)
        log[j] = (guint8) g_rand_int (random);
      kill_with_log (fixture, log, length);
      for (guint j = 0; j < 2; j++)
        {
          store = open_in (fixture, fixture->killed);
          assert_log_kept (store, fixture->killed, "log-damaged", log, length);
          close_store (store);
        }
    }
}

/* SQLite would take another profile's log for ours, and ours would be gone. */
static void
test_log_foreign (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *other = yeji_test_dir_new ();
  YejiStore *foreign = open_in (fixture, other);
  g_autoptr (GBytes) log = NULL;
  YejiStore *store;

  yeji_store_set_setting (foreign, "any", "thing", NULL);
  store_fixture_close (&fixture->base);
  store_fixture_open (&fixture->base);
  log = read_bytes (other, LOG);
  kill_with_log (fixture, g_bytes_get_data (log, NULL), g_bytes_get_size (log));
  for (guint i = 0; i < 2; i++)
    {
      store = open_in (fixture, fixture->killed);
      assert_all_there (fixture, store);
      assert_log_kept (store, fixture->killed, "log-foreign", g_bytes_get_data (log, NULL),
                       g_bytes_get_size (log));
      close_store (store);
    }
  close_store (foreign);
  yeji_test_dir_remove (other);
}

/* A log that ends earlier looks like the power was cut: what it holds is there. */
static void
test_log_cut_off (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (YejiNotice) notice = NULL;
  g_autoptr (GBytes) log = NULL;
  Contents after;
  YejiStore *store;

  take_killed (fixture);
  log = read_bytes (fixture->killed, "yeji.sqlite-wal");
  write_bytes (fixture->killed, "yeji.sqlite-wal", g_bytes_get_data (log, NULL),
               g_bytes_get_size (log) * 2 / 3);
  store = open_in (fixture, fixture->killed);
  contents_read (&after, store);
  g_assert_cmpuint (g_hash_table_size (after.records), <=, 8);
  do_chores (store);
  notice = find_notice (store, YEJI_NOTICE_CHECKED);
  g_assert_nonnull (notice);
  close_store (store);
  contents_clear (&after);
}

/* It is said, once, and nothing else happens. */
static void
test_log_lost (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (YejiNotice) notice = NULL;
  YejiStore *store;

  take_killed (fixture);
  remove_in (fixture->killed, LOG);
  for (guint i = 0; i < 3; i++)
    {
      store = open_in (fixture, fixture->killed);
      assert_reason (store, NULL);
      g_assert_false (is_in (fixture->killed, YEJI_DAMAGED_FOLDER));
      g_assert_cmpuint (count_notices (store, YEJI_NOTICE_LOG), ==, 1);
      notice = find_notice (store, YEJI_NOTICE_LOG);
      g_assert_cmpstr (yeji_json_get_string (notice->details, "reason"), ==, "log-lost");
      g_clear_pointer (&notice, yeji_notice_free);
      if (i == 1)
        do_chores (store);
      close_store (store);
    }
}

/* A copy of a running profile's file alone is not taken for a lost log. */
static void
test_copied_alone (Fixture       *fixture,
                   gconstpointer  data)
{
  YejiStore *store;

  take_killed (fixture);
  remove_in (fixture->killed, "yeji.sqlite-wal");
  remove_in (fixture->killed, YEJI_SESSION_FILE);
  store = open_in (fixture, fixture->killed);
  assert_untroubled (store, fixture->killed);
  close_store (store);
}

/* SQLite takes the log away when it closes the database: whatever a kill leaves around that moment,
 * nothing is missed. The session may be one after an unclean end that nobody checked. */
static void
test_killed_while_closing (Fixture       *fixture,
                           gconstpointer  data)
{
  for (guint unclean = 0; unclean < 2; unclean++)
    {
      g_autofree char *closed = yeji_test_dir_new ();
      g_autoptr (GBytes) session = NULL;
      YejiStore *store;

      yeji_test_dir_remove (fixture->killed);
      take_killed (fixture);
      store = open_in (fixture, fixture->killed);
      if (unclean == 0)
        do_chores (store);
      yeji_store_set_setting (store, "any", "thing", NULL);
      session = read_bytes (fixture->killed, YEJI_SESSION_FILE);
      g_assert_nonnull (session);
      close_store (store);
      copy_tree (fixture->killed, closed);
      /* as a power cut leaves it, too: names go in any order */
      write_bytes (closed, YEJI_SESSION_FILE, g_bytes_get_data (session, NULL),
                   g_bytes_get_size (session));
      store = open_in (fixture, closed);
      assert_untroubled (store, closed);
      assert_all_there (fixture, store);
      do_chores (store);
      g_assert_cmpuint (count_notices (store, YEJI_NOTICE_CHECKED), ==, 1);
      close_store (store);
      yeji_test_dir_remove (closed);
    }
}

/* The same of a log that is kept: it is told once, and lies there once, byte for byte. */
static void
test_killed_while_keeping (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *other = yeji_test_dir_new ();
  YejiStore *foreign = open_in (fixture, other);

  yeji_store_set_setting (foreign, "any", "thing", NULL);
  for (guint i = 0; i < 2; i++)
    {
      const char *reason = i == 0 ? "log-damaged" : "log-foreign";
      g_autoptr (GBytes) bytes = NULL;
      g_autofree guint8 *log = NULL;
      gsize length;

      if (i == 1)
        {
          store_fixture_close (&fixture->base);
          store_fixture_open (&fixture->base);
        }
      bytes = read_bytes (i == 0 ? fixture->base.dir : other, LOG);
      log = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
      if (i == 0)
        memset (log + 32 + find_transaction (log, length, 3) * FRAME + 100, 0xff, 100);
      kill_with_log (fixture, log, length);
      yeji_recovery_set_step_func (keep_state, fixture);
      close_store (open_in (fixture, fixture->killed));
      yeji_recovery_set_step_func (NULL, NULL);
      g_assert_cmpuint (fixture->states->len, >, 3);
      for (guint j = 0; j < fixture->states->len; j++)
        {
          const char *state = g_ptr_array_index (fixture->states, j);
          YejiStore *store = open_in (fixture, state);

          g_test_message ("%s, state %u", reason, j);
          assert_log_kept (store, state, reason, log, length);
          g_assert_cmpuint (count_aside (state, LOG), ==, 1);
          g_assert_cmpuint (count_aside (state, LOG ".part"), ==, 0);
          close_store (store);
          yeji_test_dir_remove (state);
        }
      g_ptr_array_set_size (fixture->states, 0);
    }
  close_store (foreign);
  yeji_test_dir_remove (other);
}

static const struct
{
  const char *path;
  void (*func) (Fixture *fixture, gconstpointer data);
} cases[] = {
  { "/store/session/kill-while-closing-loses-nothing", test_killed_while_closing },
  { "/store/recovery/log-that-is-gone", test_log_lost },
  { "/store/recovery/file-that-was-copied-alone", test_copied_alone },
  { "/store/recovery/log-that-was-just-begun", test_log_begun },
  { "/store/recovery/log-that-is-torn", test_log_torn },
  { "/store/recovery/log-with-noise", test_log_damaged },
  { "/store/recovery/log-of-another-database", test_log_foreign },
  { "/store/recovery/log-cut-off", test_log_cut_off },
  { "/store/recovery/log-is-kept-after-a-kill-at-each-step", test_killed_while_keeping },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].func, tear_down);
  return g_test_run ();
}
