// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A province that was set up by an earlier version of the program, with documents that came and
 * uploads under way. */

#include "config.h"

#include <sqlite3.h>

#include "yeji-server-files-fixture.h"

#define WHOLE 300000
#define FIRST 120000

/* Runs a statement of a number of rows with one text each. */
static GStrv
ask (sqlite3    *db,
     const char *statement)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, statement, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    g_strv_builder_add (builder, (const char *) sqlite3_column_text (rows, 0));
  g_assert_cmpint (sqlite3_finalize (rows), ==, SQLITE_OK);
  return g_strv_builder_end (builder);
}

static void
copy_tables (sqlite3 *db)
{
  g_auto (GStrv) tables = ask (db, "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
                               " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'listing%'");

  g_assert_cmpuint (g_strv_length (tables), >, 10);
  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autofree char *look = g_strdup_printf ("SELECT name FROM main.pragma_table_info ('%s')",
                                               tables[i]);
      g_auto (GStrv) columns = ask (db, look);
      g_autofree char *list = g_strjoinv (", ", columns);
      g_autofree char *copy = g_strdup_printf ("INSERT OR REPLACE INTO main.%s (%s)"
                                               " SELECT %s FROM now.%s", tables[i], list, list,
                                               tables[i]);
      char *reason = NULL;

      sqlite3_exec (db, copy, NULL, NULL, &reason);
      g_assert_cmpstr (reason, ==, NULL);
    }
}

/* The province was made by today's program; then its database is one of a former version: tables
 * of the old schema, with what they could hold. All else in the directory is as it was. */
static void
make_old (Site  *site,
          guint  version)
{
  g_autofree char *path = g_build_filename (site->dir, "province.db", NULL);
  g_autofree char *today = g_build_filename (site->dir, "today.db", NULL);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS now", today);
  g_autoptr (GError) error = NULL;
  sqlite3 *sqlite = NULL;
  YejiDb *db;

  g_assert_cmpint (g_rename (path, today), ==, 0);
  db = yeji_db_open (path, yeji_server_migrations, version, &error);
  g_assert_no_error (error);
  yeji_db_close (db);
  g_assert_finalize_object (db);
  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  copy_tables (sqlite);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
  g_assert_cmpint (g_remove (today), ==, 0);
}

static guint64
get_offset (Site       *site,
            const char *location)
{
  g_autoptr (Answer) answer = look_at_document (site, location);

  g_assert_cmpuint (answer->status, ==, 200);
  return g_ascii_strtoull (get_header (answer, "Upload-Offset"), NULL, 10);
}

static void
send_part (Site       *site,
           const char *location,
           GBytes     *content,
           gsize       from,
           gsize       to)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, from);
  g_autoptr (Answer) answer = fetch (site, "qiye", "PATCH", location, OFFSET_TYPE,
                                     g_bytes_new_from_bytes (content, from, to - from),
                                     "Tus-Resumable", "1.0.0", "Upload-Offset", offset, NULL);

  g_assert_cmpuint (answer->status, ==, 204);
}

static void
assert_there (Site       *site,
              const char *location,
              GBytes     *content)
{
  g_autoptr (Answer) answer = fetch (site, "qiye", "GET", location, NULL, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (g_bytes_equal (answer->bytes, content));
}

static char *
ask_one (Site       *site,
         const char *statement)
{
  g_autofree char *path = g_build_filename (site->dir, "province.db", NULL);
  g_auto (GStrv) rows = NULL;
  sqlite3 *sqlite = NULL;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  rows = ask (sqlite, statement);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
  return g_strjoinv (" ", rows);
}

/* What an earlier version may have had beside, by rows that are long. */
static void
fill (Site *site)
{
  g_autofree char *path = g_build_filename (site->dir, "province.db", NULL);
  sqlite3 *sqlite = NULL;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite,
                                 "INSERT INTO submission (account, key, request_hash, answer, at)"
                                 "  VALUES ('qiye', 'b', 'h', hex (zeroblob (3000)), '2026'),"
                                 "   ('qiye', 'a', 'g', '{}', '2025');"
                                 "INSERT INTO publication (uuid, number, name, area, enterprise,"
                                 "  grade, office, reviewer, approved_at, body) VALUES ('p', '1',"
                                 "  'n', '220000', 'e', 'A', 'o', 'r', '2026',"
                                 "  hex (zeroblob (9000)))", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
}

static char *
read_rows (Site *site)
{
  return ask_one (site,
                  "SELECT uuid || enterprise || revision || state || sent_hash || name || number"
                  "  || area || created_at || changed_at || points || body FROM record UNION ALL"
                  " SELECT account || key || request_hash || answer || at FROM submission UNION ALL"
                  " SELECT uuid || number || name || area || enterprise || grade || office"
                  "  || reviewer || approved_at || body FROM publication ORDER BY 1");
}

static void
test_version (Site          *site,
              gconstpointer  data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (GBytes) came = make_document ("came", WHOLE);
  g_autoptr (GBytes) under_way = make_document ("under way", WHOLE);
  g_autoptr (GBytes) later = make_document ("later", WHOLE);
  g_autofree char *location = NULL, *at = NULL, *usage = NULL, *due = NULL, *expected = NULL;
  g_autoptr (Answer) sent = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (Answer) new = NULL;

  put_draft (site);
  sent = send_document (site, came, "contract", "came.pdf");
  g_assert_cmpuint (sent->status, ==, 201);
  at = g_strdup (get_header (sent, "Location"));
  location = announce_document (site, under_way, "contract");
  send_part (site, location, under_way, 0, FIRST);
  site_stop (site);
  fill (site);
  before = read_rows (site);
  make_old (site, version);
  site_start (site);
  after = read_rows (site);
  g_assert_cmpuint (strlen (before), >, 24000);
  g_assert_cmpstr (after, ==, before);

  /* what came is there, what was under way goes on where it was, and is swept if nobody does */
  assert_there (site, at, came);
  g_assert_cmpuint (get_offset (site, location), ==, FIRST);
  due = ask_one (site, "SELECT count (*) FROM file WHERE complete = 0 AND expires_at > created_at");
  g_assert_cmpstr (due, ==, "1");
  send_part (site, location, under_way, FIRST, WHOLE);
  assert_there (site, location, under_way);
  new = send_document (site, later, "contract", "later.pdf");
  g_assert_cmpuint (new->status, ==, 201);
  usage = ask_one (site, "SELECT bytes FROM usage");
  expected = g_strdup_printf ("%d", 3 * WHOLE);
  g_assert_cmpstr (usage, ==, expected);
}

/* The data of a test is its version, that of the fixture would be settings. */
static void
set_up (Site          *site,
        gconstpointer  data)
{
  site_set_up (site, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* the first ones, which had no documents that follow, and some of the others */
  for (guint version = 1; version < yeji_server_n_migrations; version += version < 4 ? 1 : 5)
    {
      g_autofree char *path = g_strdup_printf ("/server/migrations/uploads-go-on-after-version-%u",
                                               version);

      g_test_add (path, Site, GUINT_TO_POINTER (version), set_up, test_version,
                  site_tear_down);
    }
  return g_test_run ();
}
