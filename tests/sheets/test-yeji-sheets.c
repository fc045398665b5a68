// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "dump.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-sheet-writer.h"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("yeji-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->path != NULL)
    g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text,
            gssize      length)
{
  g_autoptr (GError) error = NULL;

  g_free (fixture->path);
  fixture->path = g_build_filename (fixture->dir, name, NULL);
  g_file_set_contents (fixture->path, text, length, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *name;            /* of the test */
  const char *file;
  const char *text;
  gssize length;
  const char *expected;        /* NULL: an error */
  int code;
} Case;

static const Case cases[] = {
  { "csv/utf-8", "a.csv", "名称,编号\n一号楼,2201020240100101\n", -1,
    "a\n1:[名称][编号]\n2:[一号楼][2201020240100101]\n" },
  { "csv/with-a-mark", "a.csv", "\xef\xbb\xbfx,y\r\n1,2", -1, "a\n1:[x][y]\n2:[1][2]\n" },
  { "csv/gbk", "a.csv", "\xc3\xfb\xb3\xc6,\xb1\xe0\xba\xc5\n\xd2\xbb,2\n", -1,
    "a\n1:[名称][编号]\n2:[一][2]\n" },
#ifdef G_OS_UNIX   /* Windows knows it, and wine does not */
  { "csv/gb18030-of-four-bytes", "a.csv", "\xc3\xfb,\x81\x39\xef\x30\n", -1,
    "a\n1:[名][㐁]\n" },
#endif
  { "csv/utf-16", "a.csv", "\xff\xfe" "a\0\t\0b\0\n\0", 10, "a\n1:[a][b]\n" },
  { "csv/semicolons", "a.csv", "a;b,c;d\n", -1, "a\n1:[a][b,c][d]\n" },
  { "csv/tabs", "a.tsv", "a\tb\n\tc\n", -1, "a\n1:[a][b]\n2:[][c]\n" },
  { "csv/quotes", "a.csv", "\"a,\"\"b\"\"\",\"line\nbreak\"\n\"\",x\n", -1,
    "a\n1:[a,\"b\"][line\nbreak]\n2:[][x]\n" },
  { "csv/a-text-kept-by-a-formula", "a.csv", "=\"0012\",x\n", -1, "a\n1:[0012]4[x]\n" },
  { "csv/an-empty-line-is-a-row", "a.csv", "a\n\nb\n", -1, "a\n1:[a]\n2:[]\n3:[b]\n" },
  { "csv/empty", "a.csv", "", -1, "a\n" },
  { "csv/a-quotation-mark-that-is-not-closed", "a.csv", "a,\"b\nc", -1, NULL,
    YEJI_SHEETS_ERROR_DAMAGED },
  { "csv/no-character-set", "a.csv", "a,\xff\xff\xff,\x80\x80\n", -1, NULL,
    YEJI_SHEETS_ERROR_TEXT },
  { "csv/binary", "a.csv", "a\0b", 3, NULL, YEJI_SHEETS_ERROR_UNKNOWN },
  { "csv/an-old-workbook", "a.csv", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, NULL,
    YEJI_SHEETS_ERROR_OLD },
  { "json/an-array", "b.json", "[{\"a\":\"1\"},{\"b\":2.50,\"a\":null}]", -1,
    "b\n1:[a][b]\n2:[1]\n3:[][2.50]1\n" },
  { "json/an-object-a-line", "b.json", "\xef\xbb\xbf{\"a\":\"x}\\\"\"}\n{\"a\":true}\n", -1,
    "b\n1:[a]\n2:[x}\"]\n3:[1]\n" },
  { "json/tables", "b.json", "{\"T1\":[{\"a\":\"1\"}],\"T2\":[],\"T3\":[{\"b\":\"2\"}]}", -1,
    "T1\n1:[a]\n2:[1]\nT2\n1:\nT3\n1:[b]\n2:[2]\n" },
  { "json/18-digits-stay", "b.json", "[{\"a\":22010220240101001}]", -1,
    "b\n1:[a]\n2:[22010220240101001]1\n" },
  { "json/what-is-nested", "b.json", "[{\"a\":\"1\",\"units\":[{\"n\":\"x\"}]}]", -1,
    "b\n1:[a][units]\n2:[1][[{\"n\":\"x\"}]]80\n" },
  { "json/an-empty-array", "b.json", "[]", -1, "b\n1:\n" },
  { "json/cut-off", "b.json", "[{\"a\":\"1\"},{\"b", -1, NULL, YEJI_SHEETS_ERROR_DAMAGED },
  { "json/two-commas", "b.json", "[{\"a\":\"1\"},,{}]", -1, NULL, YEJI_SHEETS_ERROR_DAMAGED },
  { "json/a-comma-first", "b.json", "[,{\"a\":\"1\"}]", -1, NULL, YEJI_SHEETS_ERROR_DAMAGED },
  { "json/something-behind", "b.json", "[{\"a\":\"1\"}] x", -1, NULL, YEJI_SHEETS_ERROR_DAMAGED },
  { "json/no-object", "b.json", "[1,2]", -1, NULL, YEJI_SHEETS_ERROR_DAMAGED },
  { "json/a-member-twice", "b.json", "[{\"a\":{\"b\":1,\"b\":2}}]", -1, NULL,
    YEJI_SHEETS_ERROR_DAMAGED },
  { "json/no-utf-8", "b.json", "[{\"a\":\"\xc3\xfb\"}]", -1, NULL, YEJI_SHEETS_ERROR_TEXT },
};

static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_file (fixture, c->file, c->text, c->length);
  text = sheets_dump (fixture->path, &error);
  if (c->expected == NULL)
    {
      g_assert_error (error, YEJI_SHEETS_ERROR, c->code);
      g_assert_cmpstr (yeji_sheets_error_to_text (error), !=, "");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, c->expected);
}

/* Rows, more than are parsed before a thread does it. */
#define MANY_ROWS 20000

static void
write_many (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  YejiSheetWriter *writer;
  guint sheet;

  fixture->path = g_build_filename (fixture->dir, "many.xlsx", NULL);
  writer = yeji_sheet_writer_new (fixture->path, YEJI_SHEET_WRITER_XLSX, &error);
  g_assert_no_error (error);
  sheet = yeji_sheet_writer_begin_sheet (writer, "many", 0);
  for (guint i = 0; i < MANY_ROWS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autofree char *text = g_strnfill (1 + i % 300, 'x');
      const char *texts[] = { number, text, "项目" };

      yeji_sheet_writer_add_row (writer, sheet, texts, G_N_ELEMENTS (texts), YEJI_CELL_STYLE_TEXT,
                                 &error);
      g_assert_no_error (error);
    }
  g_assert_true (yeji_sheet_writer_close (writer, TRUE, &error));
}

/* Reads so many rows, and leaves the others. */
static void
read_some (YejiSheets *sheets,
           guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_assert_true (yeji_sheet_reader_next (reader, &error));
      g_assert_cmpuint (yeji_sheet_reader_get_row (reader), ==, i + 1);
      g_assert_cmpstr (yeji_sheet_reader_get_text (reader, 0), ==, number);
      g_assert_cmpuint (strlen (yeji_sheet_reader_get_text (reader, 1)), ==, 1 + i % 300);
      g_assert_cmpstr (yeji_sheet_reader_get_text (reader, 2), ==, "项目");
    }
  if (n == MANY_ROWS)
    g_assert_false (yeji_sheet_reader_next (reader, &error));
  g_assert_no_error (error);
}

static void
test_many_rows (Fixture       *fixture,
                gconstpointer  data)
{
  static const guint numbers[] = { 0, 1, 3000, 9000, 15000, MANY_ROWS };
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;

  write_many (fixture);
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    read_some (sheets, numbers[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sheets/xlsx/many-rows-and-readers-that-end-before-them", Fixture, NULL, set_up,
              test_many_rows, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sheets/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], set_up, test_case, tear_down);
    }
  return g_test_run ();
}
