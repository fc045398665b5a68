// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Profiles of earlier versions of the database, made from tests/store/versions/, and what stands in
 * them, read by plain SQL beside the program. */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "yeji-store-private.h"
#include "yeji-test.h"

G_BEGIN_DECLS

/* The dictionary of the program that filled the profiles. */
#define VERSION_DICTIONARY "dictionary-2018.81-1-98fb3af1.json.gz"

#define VERSION_NULL "\xE2\x88\x85"

static inline sqlite3 *
version_connect (const char *path,
                 int         flags)
{
  sqlite3 *sql = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &sql, flags, NULL), ==, SQLITE_OK);
  return sql;
}

static inline void
version_run (sqlite3    *sql,
             const char *script)
{
  char *said = NULL;

  if (sqlite3_exec (sql, script, NULL, NULL, &said) != SQLITE_OK)
    g_error ("%s: %.200s", said, script);
}

static inline int
version_number (sqlite3    *sql,
                const char *query)
{
  sqlite3_stmt *statement = NULL;
  int number;

  g_assert_cmpint (sqlite3_prepare_v2 (sql, query, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

/* The rows of a query, each as one text. */
static inline GPtrArray *
version_rows (sqlite3    *sql,
              const char *query)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;
  int code;

  if (sqlite3_prepare_v2 (sql, query, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sqlite3_errmsg (sql), query);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      GString *row = g_string_new (NULL);

      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *text = (const char *) sqlite3_column_text (statement, i);

          g_string_append_printf (row, "%s%s", i > 0 ? " | " : "",
                                  text != NULL ? text : VERSION_NULL);
        }
      g_ptr_array_add (rows, g_string_free (row, FALSE));
    }
  g_assert_cmpint (code, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  return rows;
}

/* As version_rows() of what is on the disk, read by a connection of its own. */
static inline GPtrArray *
version_read (const char *path,
              const char *query)
{
  sqlite3 *sql = version_connect (path, SQLITE_OPEN_READONLY);
  GPtrArray *rows = version_rows (sql, query);

  sqlite3_close (sql);
  return rows;
}

static inline void
version_assert_same (const char *what,
                     GPtrArray  *seen,
                     GPtrArray  *expected)
{
  for (guint i = 0; i < MIN (seen->len, expected->len); i++)
    if (!g_str_equal (g_ptr_array_index (seen, i), g_ptr_array_index (expected, i)))
      g_error ("%s, line %u:\n  is      %s\n  must be %s", what, i,
               (const char *) g_ptr_array_index (seen, i),
               (const char *) g_ptr_array_index (expected, i));
  if (seen->len != expected->len)
    g_error ("%s: %u lines, must be %u", what, seen->len, expected->len);
}

static inline char *
version_file (const char *name)
{
  g_assert_nonnull (g_getenv ("YEJI_VERSIONS"));
  return g_build_filename (g_getenv ("YEJI_VERSIONS"), name, NULL);
}

static inline GBytes *
version_unpack (const char *name)
{
  g_autofree char *path = version_file (name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) packed = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  g_autoptr (GConverter) gunzip = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  gunzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  stream = g_converter_input_stream_new (packed, gunzip);
  g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static inline YejiDictionary *
version_dictionary_new (void)
{
  g_autoptr (GBytes) bundle = version_unpack (VERSION_DICTIONARY);
  g_autoptr (GError) error = NULL;
  YejiDictionary *dictionary = yeji_dictionary_new_from_bundle (bundle, &error);

  g_assert_no_error (error);
  return dictionary;
}

/* Puts the packed dictionaries where their names stand. */
static inline void
version_fill_dictionaries (sqlite3 *sql)
{
  g_autoptr (GPtrArray) names = NULL;

  if (version_number (sql, "PRAGMA user_version") < 2)
    return;
  names = version_rows (sql, "SELECT CAST (bundle AS TEXT) FROM dictionary");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autoptr (GBytes) bundle = version_unpack (name);
      sqlite3_stmt *statement = NULL;
      gsize size;
      gconstpointer data = g_bytes_get_data (bundle, &size);

      sqlite3_prepare_v2 (sql, "UPDATE dictionary SET bundle = ?1 WHERE CAST (bundle AS TEXT) = ?2",
                          -1, &statement, NULL);
      sqlite3_bind_blob64 (statement, 1, data, size, SQLITE_STATIC);
      sqlite3_bind_text (statement, 2, name, -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
      g_assert_cmpint (sqlite3_changes (sql), ==, 1);
      sqlite3_finalize (statement);
    }
}

/* Writes the documents as files, where every version keeps them: files/ab/abcd... */
static inline void
version_fill_files (sqlite3    *sql,
                    const char *dir)
{
  g_autoptr (GPtrArray) sums = version_rows (sql, "SELECT sha256 FROM fixture_file"
                                                  " ORDER BY sha256");
  g_autoptr (GPtrArray) contents = version_rows (sql, "SELECT content FROM fixture_file"
                                                      " ORDER BY sha256");

  g_assert_cmpuint (sums->len, >, 0);
  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *path = yeji_copies_get_path (dir, g_ptr_array_index (sums, i));
      g_autofree char *folder = g_path_get_dirname (path);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_file_set_contents (path, g_ptr_array_index (contents, i), -1, &error);
      g_assert_no_error (error);
    }
  version_run (sql, "DROP TABLE fixture_file");
}

/* A version that no program was asked to fill a profile in: an earlier one that was migrated. */
static inline void
version_step_up (sqlite3 *sql,
                 guint    version)
{
  for (guint i = (guint) version_number (sql, "PRAGMA user_version"); i < version; i++)
    {
      g_autofree char *script = g_strdup_printf ("BEGIN; %s; PRAGMA user_version = %u; COMMIT",
                                                 yeji_store_migrations[i].sql, i + 1);

      version_run (sql, script);
    }
}

/* The newest one that a program filled, and is not newer than that. */
static inline char *
version_load_script (guint version)
{
  for (guint i = version; i > 0; i--)
    {
      g_autofree char *name = g_strdup_printf ("%u.sql", i);
      g_autofree char *path = version_file (name);
      char *script = NULL;

      if (g_file_get_contents (path, &script, NULL, NULL))
        return script;
    }
  g_error ("no profile of version %u", version);
}

/**
 * version_make_profile:
 *
 * Makes a profile as a program of that version left it, with its write-ahead log on.
 */
static inline void
version_make_profile (const char *dir,
                      guint       version)
{
  g_autofree char *path = g_build_filename (dir, "yeji.sqlite", NULL);
  g_autofree char *script = version_load_script (version);
  sqlite3 *sql;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  sql = version_connect (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  version_run (sql, script);
  version_fill_dictionaries (sql);
  version_fill_files (sql, dir);
  version_step_up (sql, version);
  version_run (sql, "PRAGMA journal_mode = WAL");
  version_run (sql, "VACUUM");
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
}

G_END_DECLS
