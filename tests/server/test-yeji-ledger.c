// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-ledger.h"

#include "yeji-test.h"

#define WAIT 20000

static const YejiMigration migrations[] = {
  { "notes", "CREATE TABLE note (text TEXT NOT NULL UNIQUE);" },
};

typedef struct
{
  char *dir;
  YejiDb *db;
  YejiLedger *ledger;
  GString *told;               /* in the order in which they were done; `!` before what failed */
  guint n_done;
} Fixture;

typedef struct
{
  Fixture *fixture;
  const char *text;
  gboolean fails;              /* after it has written */
} Note;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = yeji_test_dir_new ();
  path = g_build_filename (self->dir, "notes.db", NULL);
  self->db = yeji_db_open (path, migrations, G_N_ELEMENTS (migrations), &error);
  g_assert_no_error (error);
  self->ledger = yeji_ledger_new (self->db);
  self->told = g_string_new (NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  yeji_ledger_free (self->ledger);
  yeji_db_close (self->db);
  g_assert_finalize_object (self->db);
  g_string_free (self->told, TRUE);
  yeji_test_dir_remove (self->dir);
  g_free (self->dir);
}

static gboolean
write_note (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  Note *note = data;

  if (!yeji_sql_exec (sql, error, "INSERT INTO note VALUES (?1)", "s", note->text))
    return FALSE;
  if (!note->fails)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "as asked");
  return FALSE;
}

static void
on_done (gpointer      data,
         const GError *error)
{
  Note *note = data;

  g_string_append_printf (note->fixture->told, "%s%s ", error != NULL ? "!" : "", note->text);
  note->fixture->n_done++;
}

static gboolean
read_notes (YejiSql   *sql,
            gpointer   data,
            GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT text FROM note ORDER BY rowid",
                                              "");

  while (rows != NULL && yeji_rows_next (rows, error))
    g_string_append_printf (data, "%s ", yeji_rows_text (rows, 0));
  return rows != NULL;
}

static gboolean
are_done (gpointer data)
{
  return ((Fixture *) data)->n_done == 6;
}

/* The first goes alone, the others wait for it and go together. */
static void
test_together (Fixture       *self,
               gconstpointer  data)
{
  Note notes[] = {
    { self, "a" }, { self, "b" }, { self, "c", TRUE }, { self, "d" }, { self, "a" }, { self, "e" },
  };
  g_autoptr (GString) written = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    yeji_ledger_run (self->ledger, write_note, &notes[i], on_done);
  yeji_test_wait_until (are_done, self, WAIT);
  g_assert_cmpstr (self->told->str, ==, "a b !c d !a e ");
  g_assert_true (yeji_db_run (self->db, read_notes, written, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (written->str, ==, "a b d e ");
}

static gboolean
is_one_done (gpointer data)
{
  return ((Fixture *) data)->n_done == 1;
}

static void
test_alone (Fixture       *self,
            gconstpointer  data)
{
  Note note = { self, "a", TRUE };
  g_autoptr (GString) written = g_string_new (NULL);

  yeji_ledger_run (self->ledger, write_note, &note, on_done);
  yeji_test_wait_until (is_one_done, self, WAIT);
  g_assert_cmpstr (self->told->str, ==, "!a ");
  g_assert_true (yeji_db_run (self->db, read_notes, written, NULL));
  g_assert_cmpstr (written->str, ==, "");
}

#define N_THREADS 4
#define N_NOTES 100

/* What one of several threads writes; told in the main context alone. */
typedef struct
{
  Fixture *fixture;
  Note notes[N_NOTES];
  char texts[N_NOTES][16];
} Writer;

static void
on_done_elsewhere (gpointer      data,
                   const GError *error)
{
  Note *note = data;

  g_assert_no_error (error);
  g_assert_true (g_main_context_is_owner (NULL));
  note->fixture->n_done++;
}

static gpointer
write_notes (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0; i < N_NOTES; i++)
    yeji_ledger_run (writer->fixture->ledger, write_note, &writer->notes[i], on_done_elsewhere);
  return NULL;
}

static gboolean
are_all_done (gpointer data)
{
  return ((Fixture *) data)->n_done == N_THREADS * N_NOTES;
}

static void
test_threads (Fixture       *self,
              gconstpointer  data)
{
  g_autofree Writer *writers = g_new0 (Writer, N_THREADS);
  GThread *threads[N_THREADS];
  g_autoptr (GString) written = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    {
      writers[i].fixture = self;
      for (guint j = 0; j < N_NOTES; j++)
        {
          g_snprintf (writers[i].texts[j], sizeof writers[i].texts[j], "%u-%u", i, j);
          writers[i].notes[j] = (Note) { self, writers[i].texts[j] };
        }
    }
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("writer", write_notes, &writers[i]);
  yeji_test_wait_until (are_all_done, self, WAIT);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_true (yeji_db_run (self->db, read_notes, written, NULL));
  words = g_strsplit (g_strchomp (written->str), " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, N_THREADS * N_NOTES);
}

/* Whoever asks a database that was closed is told, in the right order. */
static void
test_closed (Fixture       *self,
             gconstpointer  data)
{
  Note notes[] = { { self, "a" }, { self, "b" } };

  yeji_db_close (self->db);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    yeji_ledger_run (self->ledger, write_note, &notes[i], on_done);
  self->n_done += 4;
  yeji_test_wait_until (are_done, self, WAIT);
  g_assert_cmpstr (self->told->str, ==, "!a !b ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/ledger/one-that-fails-takes-nothing-of-the-others", Fixture, NULL, set_up,
              test_together, tear_down);
  g_test_add ("/server/ledger/one-alone-fails-alone", Fixture, NULL, set_up, test_alone,
              tear_down);
  g_test_add ("/server/ledger/serves-many-threads", Fixture, NULL, set_up, test_threads,
              tear_down);
  g_test_add ("/server/ledger/a-closed-database-is-told", Fixture, NULL, set_up, test_closed,
              tear_down);
  return g_test_run ();
}
