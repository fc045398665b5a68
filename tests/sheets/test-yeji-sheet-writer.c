// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-sheet-writer.h"

#include <locale.h>
#include <string.h>
#ifdef G_OS_UNIX
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <glib/gstdio.h>

#include "yeji-sheets-private.h"

#define LONG_TEXT YEJI_SHEET_MAX_TEXT
#define N_ROWS 3000u
/* Of a full disk: what they are packed into is larger than the rows of each. */
#define N_SHEETS 12u

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static const char * const suffixes[] = { "xlsx", "csv", "zip" };

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("yeji-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  /* a name that no code page of one byte has */
  fixture->path = g_strdup_printf ("%s/业绩 表.%s", fixture->dir,
                                   suffixes[GPOINTER_TO_UINT (data)]);
}

/* Nothing may be left beside the file. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static YejiSheetWriter *
begin (Fixture       *fixture,
       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  YejiSheetWriter *writer = yeji_sheet_writer_new (fixture->path, GPOINTER_TO_UINT (data), &error);

  g_assert_no_error (error);
  return writer;
}

static void
add (YejiSheetWriter *writer,
     guint            sheet,
     const char      *first,
     const char      *second)
{
  g_autoptr (GError) error = NULL;
  const char *texts[] = { first, second };

  g_assert_true (yeji_sheet_writer_add_row (writer, sheet, texts, 2, YEJI_CELL_STYLE_TEXT,
                                            &error));
  g_assert_no_error (error);
}

static void
end (YejiSheetWriter *writer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_sheet_writer_close (writer, TRUE, &error));
  g_assert_no_error (error);
}

static YejiSheetReader *
read_sheet (YejiSheets *sheets,
            guint       sheet)
{
  g_autoptr (GError) error = NULL;
  YejiSheetReader *reader = yeji_sheets_read (sheets, sheet, &error);

  g_assert_no_error (error);
  return reader;
}

static void
expect_row (YejiSheetReader *reader,
            const char      *first,
            const char      *second)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (yeji_sheet_reader_next (reader, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (yeji_sheet_reader_get_text (reader, 0), ==, first);
  g_assert_cmpstr (yeji_sheet_reader_get_text (reader, 1), ==, second);
}

static const char * const nasty[] = {
  "plain", "一号教学楼", "0012", "220102198501010019", "9114010072592573X2", "1e5", "TRUE",
  "2016-03-30", "=1+1", "=HYPERLINK(\"http://localhost\")", "+86 431", "-5", "@SUM(1)", "'x",
  " leading", "trailing ", "  ", "\ttab\t", "line\nbreak", "\n", "carriage\rreturn", "crlf\r\nend",
  "a,b;c\td", "\"quoted\"", "\"", "\"\"", "<a href=\"x\">&amp;</a>", "]]>", "\x01\x0b\x1f\x7f",
  "_x000B_", "_x005F_x000B_", "_x00_", "__x000D__", "😀 emoji 👷‍♀️", "𠮷野家", "\xef\xbf\xbe\xef\xbf\xbf",
  "\xe2\x80\xae" "right to left", "\xef\xbb\xbf" "mark", "\xc2\xa0", "Ω≈ç√", "#REF!", "#N/A", "0x1F",
  "1/2", "12:30", "9999999999999999999999", "http://localhost/a b", "mailto:a@localhost",
};

/* Of a CSV the first row's cells must not look like something else than text at its beginning. */
static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  YejiSheetWriter *writer = begin (fixture, data);
  guint sheet = yeji_sheet_writer_begin_sheet (writer, "表", 0);
  g_autofree char *longest = g_strnfill (LONG_TEXT, 'x');
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (YejiSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  add (writer, sheet, "heading", "标题");
  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    add (writer, sheet, nasty[i], nasty[G_N_ELEMENTS (nasty) - 1 - i]);
  add (writer, sheet, longest, NULL);
  add (writer, sheet, "the", "end");
  end (writer);
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
  reader = read_sheet (sheets, 0);
  expect_row (reader, "heading", "标题");
  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    expect_row (reader, nasty[i], nasty[G_N_ELEMENTS (nasty) - 1 - i]);
  expect_row (reader, longest, "");
  expect_row (reader, "the", "end");
  g_assert_false (yeji_sheet_reader_next (reader, &error));
  g_assert_no_error (error);
}

/* The rows of a sheet as they stand in the file, without how high they are. */
static char *
read_rows (Fixture    *fixture,
           const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = yeji_part_stream_new (fixture->path, part, &error);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GRegex) height = g_regex_new (" ht=\"[0-9]+\" customHeight=\"1\"", 0, 0, NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
  g_assert_nonnull (strstr (text, "<sheetData>"));
  g_assert_nonnull (strstr (text, "<dimension ref=\"A2:AC"));
  return g_regex_replace_literal (height, strstr (text, "<sheetData>"), -1, 0, "", 0, NULL);
}

/* A row that is nothing but texts does not go the library's way, one of another height does. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  YejiSheetWriter *writer = begin (fixture, data);
  const char *texts[29] = { NULL };
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  for (guint sheet = 0; sheet < 2; sheet++)
    {
      g_autoptr (GError) error = NULL;

      yeji_sheet_writer_begin_sheet (writer, suffixes[0], 0);
      yeji_sheet_writer_add_row (writer, sheet, texts, 0, YEJI_CELL_STYLE_TEXT, &error);
      for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
        {
          texts[0] = texts[28] = nasty[i];
          if (sheet == 1)
            yeji_sheet_writer_set_height (writer, sheet, 17);
          yeji_sheet_writer_add_row (writer, sheet, texts, G_N_ELEMENTS (texts),
                                     i % 2 == 0 ? YEJI_CELL_STYLE_TEXT : YEJI_CELL_STYLE_ID,
                                     &error);
          g_assert_no_error (error);
        }
    }
  end (writer);
  ours = read_rows (fixture, "xl/worksheets/sheet1.xml");
  theirs = read_rows (fixture, "xl/worksheets/sheet2.xml");
  g_assert_cmpstr (ours, ==, theirs);
}

static void
test_sheets (Fixture       *fixture,
             gconstpointer  data)
{
  YejiSheetWriter *writer = begin (fixture, data);
  const char * const names[] = { "示例区划", "[a]:*?/\\'b'", "示例区划", "a very long name that no sheet can have",
                                 "a very long name that no sheet can keep", "" };
  const char * const expected[] = { "示例区划", "_a_______b_", "示例区划~2", "a very long name that no sheet ",
                                    "a very long name that no shee~2", "_" };
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint sheet = yeji_sheet_writer_begin_sheet (writer, names[i],
                                                   i == 2 ? YEJI_SHEET_HIDDEN : 0);

      g_assert_cmpuint (sheet, ==, i);
      g_assert_cmpstr (yeji_sheet_writer_get_name (writer, sheet), ==, expected[i]);
    }
  for (guint row = 0; row < 40; row++)   /* in any order */
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *text = g_strdup_printf ("%u/%u", i, row);

        add (writer, (i + row) % G_N_ELEMENTS (names), text, NULL);
      }
  end (writer);
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (yeji_sheets_get_n (sheets), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (YejiSheetReader) reader = read_sheet (sheets, i);

      g_assert_cmpstr (yeji_sheets_get_name (sheets, i), ==, expected[i]);
      if (GPOINTER_TO_UINT (data) == YEJI_SHEET_WRITER_XLSX)
        g_assert_cmpint (yeji_sheets_is_hidden (sheets, i), ==, i == 2);
      for (guint row = 0; row < 40; row++)
        {
          guint from = (i + G_N_ELEMENTS (names) * 40 - row) % G_N_ELEMENTS (names);
          g_autofree char *text = g_strdup_printf ("%u/%u", from, row);

          expect_row (reader, text, "");
        }
    }
}

static void
test_marks (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const choices[] = { "是", "否", NULL };
  YejiSheetWriter *writer = begin (fixture, data);
  guint sheet = yeji_sheet_writer_begin_sheet (writer, "表", 0);
  YejiSheetCheck check = { .choices = choices, .title = "题", .help = "帮助", .doubt = "?" };
  g_autofree char *many = g_strnfill (4000, 'w');
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (YejiSheetReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  yeji_sheet_writer_set_column (writer, sheet, 0, 20, FALSE);
  yeji_sheet_writer_set_column (writer, sheet, 1, 20, TRUE);
  yeji_sheet_writer_freeze (writer, sheet, 1, 1);
  yeji_sheet_writer_add_check (writer, sheet, 0, 1, 100, &check);
  check.title = check.help = check.doubt = many;
  yeji_sheet_writer_add_check (writer, sheet, 1, 1, 100, &check);
  yeji_sheet_writer_add_reminder (writer, sheet, 0, 1, 100, "=LEN(A2)=0");
  yeji_sheet_writer_set_height (writer, sheet, 30);
  add (writer, sheet, "a", "b");
  yeji_sheet_writer_mark_cell (writer, sheet, 0, YEJI_CELL_STYLE_BAD, "not \x02 a date\n真的");
  yeji_sheet_writer_mark_cell (writer, sheet, 1, YEJI_CELL_STYLE_BAD, many);
  yeji_sheet_writer_mark_cell (writer, sheet, 7, YEJI_CELL_STYLE_BAD, NULL);
  add (writer, sheet, "2016-02-30", NULL);
  add (writer, sheet, "c", "d");
  end (writer);
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
  reader = read_sheet (sheets, 0);
  expect_row (reader, "a", "b");
  expect_row (reader, "2016-02-30", "");
  expect_row (reader, "c", "d");
}

static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *wide = g_strnfill (4 * (LONG_TEXT / 2 + 1), 'x');
  g_autofree char *control = g_strnfill (LONG_TEXT / 2, '\x02');
  g_autofree char *text = g_strnfill (LONG_TEXT + 1, 'x');
  const char *texts[] = { text };
  YejiSheetWriter *writer = begin (fixture, data);
  guint sheet = yeji_sheet_writer_begin_sheet (writer, "a", 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; wide[i] != '\0'; i += 4)   /* two units each */
    memcpy (wide + i, "😀", 4);
  g_assert_false (yeji_sheet_writer_can_hold (writer, text));
  g_assert_false (yeji_sheet_writer_can_hold (writer, wide));
  g_assert_false (yeji_sheet_writer_can_hold (writer, control));
  g_assert_true (yeji_sheet_writer_can_hold (writer, wide + 4));
  g_assert_true (yeji_sheet_writer_can_hold (writer, text + 1));
  g_assert_false (yeji_sheet_writer_add_row (writer, sheet, texts, 1, YEJI_CELL_STYLE_TEXT,
                                             &error));
  g_assert_error (error, YEJI_SHEET_WRITER_ERROR, YEJI_SHEET_WRITER_ERROR_TEXT);
  g_assert_true (yeji_sheet_writer_close (writer, FALSE, NULL));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* What is not kept leaves what was there. */
static void
test_given_up (Fixture       *fixture,
               gconstpointer  data)
{
  YejiSheetWriter *writer;
  g_autofree char *text = NULL;
  guint sheet;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  writer = begin (fixture, data);
  sheet = yeji_sheet_writer_begin_sheet (writer, "a", 0);
  for (guint i = 0; i < 5000; i++)
    add (writer, sheet, "some text", "and more");
  g_assert_true (yeji_sheet_writer_close (writer, FALSE, NULL));
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

static void
test_replaced (Fixture       *fixture,
               gconstpointer  data)
{
  YejiSheetWriter *writer;
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  writer = begin (fixture, data);
  add (writer, yeji_sheet_writer_begin_sheet (writer, "a", 0), "x", "y");
  end (writer);
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
test_no_place (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "none", "a.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  YejiSheetWriter *writer;

  g_assert_null (yeji_sheet_writer_new (path, GPOINTER_TO_UINT (data), &error));
  g_assert_error (error, YEJI_SHEET_WRITER_ERROR, YEJI_SHEET_WRITER_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);   /* a folder of that name */
  writer = begin (fixture, data);
  add (writer, yeji_sheet_writer_begin_sheet (writer, "a", 0), "x", "y");
  g_assert_false (yeji_sheet_writer_close (writer, TRUE, &error));
  g_assert_error (error, YEJI_SHEET_WRITER_ERROR, YEJI_SHEET_WRITER_ERROR_WRITE);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
}

/* What wants limits of its own, and to be killed. */
#ifdef G_OS_UNIX

/* --- a full disk, as a file that may not grow: bytes at which writing ends --- */

static void
write_with (Fixture       *fixture,
            gconstpointer  data,
            rlim_t         limit)
{
  const struct rlimit small = { limit, RLIM_INFINITY };
  const struct rlimit large = { RLIM_INFINITY, RLIM_INFINITY };
  YejiSheetWriter *writer = begin (fixture, data);
  const guint n_sheets = GPOINTER_TO_UINT (data) == YEJI_SHEET_WRITER_CSV ? 1 : N_SHEETS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GError) error = NULL;
  gboolean added = TRUE;

  for (guint i = 0; i < n_sheets; i++)
    {
      const char name[] = { (char) ('a' + i), '\0' };

      g_assert_cmpuint (yeji_sheet_writer_begin_sheet (writer, name, 0), ==, i);
    }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  for (guint i = 0; i < N_ROWS && added; i++)
    {
      g_autofree char *text = g_strdup_printf ("%08x %08x", g_rand_int (rand), g_rand_int (rand));
      const char *texts[] = { text };

      added = yeji_sheet_writer_add_row (writer, i % n_sheets, texts, 1, YEJI_CELL_STYLE_TEXT,
                                         &error);
    }
  if (!added)
    yeji_sheet_writer_close (writer, FALSE, NULL);
  else
    added = yeji_sheet_writer_close (writer, TRUE, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &large), ==, 0);
  if (added)
    return;
  g_assert_error (error, YEJI_SHEET_WRITER_ERROR, YEJI_SHEET_WRITER_ERROR_WRITE);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* Whether the file is there, and then with all its rows. */
static gboolean
is_whole (Fixture       *fixture,
          gconstpointer  data,
          rlim_t         limit)
{
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;

  write_with (fixture, data, limit);
  if (!g_file_test (fixture->path, G_FILE_TEST_EXISTS))
    return FALSE;
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < yeji_sheets_get_n (sheets); i++)
    {
      g_autoptr (YejiSheetReader) reader = read_sheet (sheets, i);

      while (yeji_sheet_reader_next (reader, &error))
        n_rows++;
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_rows, ==, N_ROWS);
  g_remove (fixture->path);
  return TRUE;
}

/* Wherever it happens, the error is seen: either all rows are there or no file. Between the largest
 * limit that is too small and the smallest that is not, each few bytes are another place. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  rlim_t small = 2000, large = 400000;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  signal (SIGXFSZ, SIG_IGN);
  g_assert_false (is_whole (fixture, data, small));
  g_assert_true (is_whole (fixture, data, large));
  while (large - small > 4096)
    {
      rlim_t middle = (small + large) / 2;

      if (is_whole (fixture, data, middle))
        large = middle;
      else
        small = middle;
    }
  for (rlim_t limit = small > 4096 ? small - 4096 : 0; limit < large; limit += 128)
    is_whole (fixture, data, limit);
}

/* Memory is no matter of the rows. */
static void
test_flat (Fixture       *fixture,
           gconstpointer  data)
{
  YejiSheetWriter *writer = begin (fixture, data);
  guint sheets[9];
  struct rusage before, after;

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    sheets[i] = yeji_sheet_writer_begin_sheet (writer, suffixes[0], 0);
  for (guint row = 0; row < 1000; row++)
    add (writer, sheets[row % G_N_ELEMENTS (sheets)], "warm", "up");
  getrusage (RUSAGE_SELF, &before);
  for (guint row = 0; row < 50000; row++)
    add (writer, sheets[row % G_N_ELEMENTS (sheets)], "示例大街一号的示例工程", "220102198501010019");
  end (writer);
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 4 * 1024);
}

static guint
count_folders (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  guint n = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, ".yeji-");
  return n;
}

/* What one leaves that is killed the next one takes away, and nothing of those that are at work. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  pid_t child = fork ();
  YejiSheetWriter *other;
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      YejiSheetWriter *writer = begin (fixture, data);

      add (writer, yeji_sheet_writer_begin_sheet (writer, "killed", 0), "张三", "18812345678");
      raise (SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpuint (count_folders (fixture), ==, 1);

  other = begin (fixture, data);
  g_assert_cmpuint (count_folders (fixture), ==, 1);
  add (other, yeji_sheet_writer_begin_sheet (other, "other", 0), "a", "b");
  for (guint i = 0; i < 2; i++)
    {
      YejiSheetWriter *writer = begin (fixture, data);

      g_assert_cmpuint (count_folders (fixture), ==, 2);
      add (writer, yeji_sheet_writer_begin_sheet (writer, "one", 0), "c", "d");
      end (writer);
    }
  g_assert_cmpuint (count_folders (fixture), ==, 1);
  end (other);
  g_assert_cmpuint (count_folders (fixture), ==, 0);
}
#endif

static void
add_tests (const char *name,
           guint       kind,
           void      (*func) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/sheets/writer/%s/%s", suffixes[kind], name);

  g_test_add (path, Fixture, GUINT_TO_POINTER (kind), set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
    gboolean one_sheet;        /* a CSV has no other */
    gboolean only_xlsx;
  } tests[] = {
    { "texts-come-back-as-they-were", test_texts, TRUE },
    { "rows-are-what-the-library-writes", test_rows, TRUE, TRUE },
    { "several-sheets-in-any-order", test_sheets },
    { "marks-do-no-harm", test_marks, TRUE },
    { "a-text-that-is-too-long-is-told", test_too_long, TRUE, TRUE },
    { "giving-up-leaves-what-was-there", test_given_up, TRUE },
    { "replaces-what-was-there", test_replaced, TRUE },
    { "no-place-is-told", test_no_place, TRUE },
#ifdef G_OS_UNIX
    { "what-a-killed-one-left-is-taken-away", test_killed, TRUE },
    { "a-full-disk-is-told-and-leaves-nothing", test_full, TRUE },
    { "memory-stays-flat", test_flat },
#endif
  };

  setlocale (LC_ALL, "");   /* as every program does, for the names in an archive */
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    for (guint kind = 0; kind < G_N_ELEMENTS (suffixes); kind++)
      if ((kind != YEJI_SHEET_WRITER_CSV || tests[i].one_sheet)
          && (kind == YEJI_SHEET_WRITER_XLSX || !tests[i].only_xlsx))
        add_tests (tests[i].name, kind, tests[i].func);
  return g_test_run ();
}
