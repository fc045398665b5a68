// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-record-sheets.h"

#include <locale.h>
#include <string.h>

#include <glib/gstdio.h>

#include "extended-dictionary.h"
#include "yeji-import-file.h"
#include "yeji-record-file.h"
#include "yeji-template.h"
#include "yeji-test.h"

#define N_ROUNDS 6
#define N_RECORDS 25

typedef struct
{
  char *dir;
  char *path;
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
} Fixture;

static const char * const suffixes[] = { "xlsx", "csv", "zip" };

/* What people type and what nobody should. */
static const char * const nasty[] = {
  "0012", "220102198501010019", "=1+1", "+86 431 8888", "-", "@x", "'x", " leading", "trailing ",
  "   ", "line\nbreak", "a\r\nb", "tab\there", "a,b;c", "\"quoted\"", "<&>", "_x000B_", "\x01\x1f",
  "😀", "𠮷野家", "\xef\xbf\xbf", "无", "/", "无数据", "N/A", "1900-01-01", "2016.3.30",
  "2016年3月30日", "2,928.28万元", "二〇一六年", "壹佰万元整", "１２３", "示例发改审批〔2016〕1号",
  "[2010]施[朝]建字0009号", "（虚构）", "TRUE", "1e5", "301.0", "0", "#REF!", "null", "2016-02-30",
  "9114010072592573x2", "示例大街1号", "Ⅱ级", "a_b", "yeji-sealed:x", "uuid", "record",
};

static void
load_dictionary (Fixture *fixture,
                 gboolean extended)
{
  g_autoptr (GError) error = NULL;

  if (extended)
    {
      g_autofree char *folder = yeji_test_dir_new ();

      yeji_test_extend_dictionary (folder);
      fixture->dictionary = yeji_dictionary_new_from_dir (folder, &error);
      yeji_test_dir_remove (folder);
    }
  else
    fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->normaliser = yeji_normaliser_new (fixture->dictionary);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = yeji_test_dir_new ();
  fixture->path = g_strdup_printf ("%s/业绩.%s", fixture->dir, suffixes[GPOINTER_TO_UINT (data)]);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->normaliser);
  g_assert_finalize_object (g_steal_pointer (&fixture->dictionary));
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->path);
  g_free (fixture->dir);
}

/* --- records that nobody would think of --- */

static const YejiCode *
pick_code (GRand              *rand,
           const YejiCodeList *codes)
{
  return g_ptr_array_index (codes->items, g_rand_int_range (rand, 0, (int) codes->items->len));
}

static char *
make_value (GRand              *rand,
            const YejiFieldDef *field)
{
  const char *text = nasty[g_rand_int_range (rand, 0, G_N_ELEMENTS (nasty))];

  if (g_rand_int_range (rand, 0, 3) == 0)
    return g_strdup (text);
  if (field->codes != NULL && g_rand_int_range (rand, 0, 20) == 0)   /* what others have as a code */
    return g_strdup (pick_code (rand, field->codes)->name);
  switch (field->kind)
    {
    case YEJI_FIELD_DATE:
      return g_strdup_printf ("20%02d-0%d-1%d", g_rand_int_range (rand, 10, 25),
                              g_rand_int_range (rand, 1, 10), g_rand_int_range (rand, 0, 10));
    case YEJI_FIELD_NUMBER:
      return g_strdup_printf ("%d.%02d", g_rand_int_range (rand, 0, 100000),
                              g_rand_int_range (rand, 0, 100));
    case YEJI_FIELD_CODE:
      return g_strdup (pick_code (rand, field->codes)->code);
    case YEJI_FIELD_TEXT:
    case YEJI_FIELD_LONG_TEXT:
    case YEJI_FIELD_LINK:
    case N_YEJI_FIELD_KINDS:
    default:
      return g_strdup_printf ("示例%d号", g_rand_int_range (rand, 0, 1000));
    }
}

static void
fill_row (GRand      *rand,
          YejiRecord *record,
          YejiRow    *row)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *value = make_value (rand, field);

      if (!field->by_platform && g_rand_int_range (rand, 0, 4) != 0)
        yeji_record_set (record, row, field, value);
    }
}

static YejiRecord *
make_record (GRand          *rand,
             YejiDictionary *dictionary)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *roles = yeji_dictionary_get_roles (dictionary);
  const YejiRole *role = g_ptr_array_index (roles, g_rand_int_range (rand, 0, (int) roles->len));
  g_autofree char *uuid = g_uuid_string_random ();
  YejiRecord *record = yeji_record_new (dictionary, uuid, g_rand_int_range (rand, 0, 20) == 0
                                                          ? "unheard-of" : role->id);

  fill_row (rand, record, yeji_record_get_project (record));
  for (guint i = 1; i < tables->len; i++)
    for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
      fill_row (rand, record, yeji_record_append_row (record, g_ptr_array_index (tables, i)));
  return record;
}

/* --- there and back --- */

static void
write_records (Fixture       *fixture,
               gconstpointer  data,
               GPtrArray     *records)
{
  g_autoptr (GError) error = NULL;
  YejiRecordSheets *sheets;

  sheets = yeji_record_sheets_new (fixture->dictionary, fixture->path, GPOINTER_TO_UINT (data),
                                   NULL, YEJI_LANGUAGE_ZH, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      yeji_record_sheets_add (sheets, g_ptr_array_index (records, i), &error);
      g_assert_no_error (error);
    }
  g_assert_true (yeji_record_sheets_close (sheets, TRUE, &error));
  g_assert_no_error (error);
}

static YejiImportFile *
read_records (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSheets) sheets = yeji_sheets_open (fixture->path, &error);
  g_autoptr (YejiImportLayout) layout = NULL;
  YejiImportFile *file;

  g_assert_no_error (error);
  layout = yeji_import_layout_guess (fixture->dictionary, fixture->normaliser, sheets, NULL,
                                     &error);
  g_assert_no_error (error);
  file = yeji_import_file_read_sheets (sheets, layout, fixture->dictionary, fixture->normaliser,
                                       NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return file;
}

static void
compare_rows (YejiRow *before,
              YejiRow *after)
{
  GPtrArray *fields = yeji_row_get_table (before)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (!g_str_equal (yeji_row_get (before, field), yeji_row_get (after, field)))
        g_error ("%s.%s: “%s” came back as “%s”", field->table->id, field->id,
                 yeji_row_get (before, field), yeji_row_get (after, field));
    }
}

static void
compare_records (YejiRecord *before,
                 YejiRecord *after)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (before));

  g_assert_cmpstr (yeji_record_get_role (before), ==, yeji_record_get_role (after));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n = yeji_record_get_n_rows (before, table);

      if (yeji_record_get_n_rows (after, table) != n)
        g_error ("%s: of %u rows %u came back", table->id, n,
                 yeji_record_get_n_rows (after, table));
      for (guint j = 0; j < n; j++)
        {
          YejiRow *row = yeji_record_get_row (before, table, j);
          YejiRow *again = yeji_record_get_row (after, table, j);

          if (table->index > 0)
            g_assert_cmpstr (yeji_row_get_id (row), ==, yeji_row_get_id (again));
          compare_rows (row, again);
        }
    }
}

static void
expect_records (YejiImportFile *file,
                GPtrArray      *records)
{
  g_assert_cmpuint (yeji_import_file_get_n_records (file), ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      YejiRecord *before = g_ptr_array_index (records, i);
      const char *uuid = yeji_import_file_get_uuid (file, i);
      g_autoptr (YejiRecord) after = yeji_import_file_make_record (file, i, uuid, NULL, FALSE);
      g_autoptr (YejiRecord) onto = yeji_import_file_make_record (file, i, uuid, before, FALSE);

      g_assert_cmpstr (uuid, ==, yeji_record_get_uuid (before));
      compare_records (before, after);
      compare_records (before, onto);
    }
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20160330);

  load_dictionary (fixture, FALSE);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (YejiImportFile) file = NULL;

      for (guint i = 0; i < N_RECORDS; i++)
        g_ptr_array_add (records, make_record (rand, fixture->dictionary));
      write_records (fixture, data, records);
      file = read_records (fixture);
      expect_records (file, records);
    }
}

/* A table and a field that no source knows. */
static void
test_extended (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (YejiImportFile) file = NULL;

  load_dictionary (fixture, TRUE);
  for (guint i = 0; i < N_RECORDS; i++)
    g_ptr_array_add (records, make_record (rand, fixture->dictionary));
  write_records (fixture, data, records);
  file = read_records (fixture);
  expect_records (file, records);
}

static void
test_no_records (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (YejiSheets) sheets = NULL;
  g_autoptr (GError) error = NULL;

  load_dictionary (fixture, FALSE);
  write_records (fixture, data, records);
  sheets = yeji_sheets_open (fixture->path, &error);
  g_assert_no_error (error);
}

/* Told, and the others go on: a record is there whole or not at all. */
static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiImportFile) file = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = g_strnfill (YEJI_SHEET_MAX_TEXT + 1, 'x');
  const YejiTableDef *table;
  g_autoptr (GError) error = NULL;
  YejiRecordSheets *sheets;

  load_dictionary (fixture, FALSE);
  g_ptr_array_add (records, make_record (rand, fixture->dictionary));
  record = make_record (rand, fixture->dictionary);
  table = g_ptr_array_index (yeji_dictionary_get_tables (fixture->dictionary), 1);
  yeji_record_set (record, yeji_record_append_row (record, table),
                   g_ptr_array_index (table->fields, 0), text);
  sheets = yeji_record_sheets_new (fixture->dictionary, fixture->path, GPOINTER_TO_UINT (data),
                                   NULL, YEJI_LANGUAGE_EN, &error);
  g_assert_false (yeji_record_sheets_add (sheets, record, &error));
  g_assert_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, yeji_record_get_uuid (record)));
  g_clear_error (&error);
  g_assert_true (yeji_record_sheets_add (sheets, records->pdata[0], &error));
  g_assert_true (yeji_record_sheets_close (sheets, TRUE, &error));
  g_assert_no_error (error);
  file = read_records (fixture);
  expect_records (file, records);
}

/* --- the template --- */

/* Whether a row of a sheet has a cell with that text. */
static gboolean
has_cell (YejiSheets *sheets,
          guint       sheet,
          guint       row,
          const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, sheet, &error);

  g_assert_no_error (error);
  while (yeji_sheet_reader_next (reader, &error))
    for (guint i = 0; i < yeji_sheet_reader_get_n_cells (reader); i++)
      if ((row == 0 || yeji_sheet_reader_get_row (reader) == row)
          && g_str_equal (yeji_sheet_reader_get_text (reader, i), text))
        return TRUE;
  return FALSE;
}

static guint
find_sheet (YejiSheets *sheets,
            const char *name)
{
  for (guint i = 0; i < yeji_sheets_get_n (sheets); i++)
    if (g_str_equal (yeji_sheets_get_name (sheets, i), name))
      return i;
  g_error ("there is no sheet “%s”", name);
}

static void
expect_template (Fixture      *fixture,
                 YejiSheets   *sheets,
                 YejiLanguage  language)
{
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);
  guint examples = find_sheet (sheets, language == YEJI_LANGUAGE_ZH ? "示例" : "Examples");

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      const char *label = yeji_text_get (&table->label, language);
      g_autofree char *name = g_utf8_substring (label, 0, MIN (g_utf8_strlen (label, -1), 31));
      guint sheet = find_sheet (sheets, name);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          gboolean shown = !field->by_platform && field->inherits == NULL;

          g_assert_cmpint (has_cell (sheets, sheet, 2, field->id), ==, shown);
          if (shown && field->unit == NULL)
            g_assert_true (has_cell (sheets, examples, 0, yeji_text_get (&field->label, language)));
        }
      g_assert_true (has_cell (sheets, sheet, 2, "record"));
    }
  g_assert_true (has_cell (sheets, find_sheet (sheets, "yeji"), 0,
                           yeji_dictionary_get_version (fixture->dictionary)));
}

/* Every role, in both languages; it has no records, and nothing in it is one. */
static void
test_template (Fixture  *fixture,
               gboolean  extended)
{
  GPtrArray *roles;

  load_dictionary (fixture, extended);
  roles = yeji_dictionary_get_roles (fixture->dictionary);
  for (guint i = 0; i <= roles->len; i++)
    for (YejiLanguage language = 0; language < N_YEJI_LANGUAGES; language++)
      {
        const YejiRole *role = i < roles->len ? g_ptr_array_index (roles, i) : NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (YejiSheets) sheets = NULL;
        g_autoptr (YejiImportFile) file = NULL;

        if (i > 1 && i < roles->len)   /* two of them will do */
          continue;
        g_assert_true (yeji_template_write (fixture->dictionary, role, language, fixture->path,
                                            &error));
        g_assert_no_error (error);
        sheets = yeji_sheets_open (fixture->path, &error);
        g_assert_no_error (error);
        expect_template (fixture, sheets, language);
        file = read_records (fixture);
        g_assert_cmpuint (yeji_import_file_get_n_records (file), ==, 0);
        g_assert_cmpuint (yeji_import_file_get_n_bad (file), ==, 0);
      }
}

static void
test_plain_template (Fixture       *fixture,
                     gconstpointer  data)
{
  test_template (fixture, FALSE);
}

static void
test_extended_template (Fixture       *fixture,
                        gconstpointer  data)
{
  test_template (fixture, TRUE);
}

static void
test_template_no_place (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "none", "a.xlsx", NULL);
  g_autoptr (GError) error = NULL;

  load_dictionary (fixture, FALSE);
  g_assert_false (yeji_template_write (fixture->dictionary, NULL, YEJI_LANGUAGE_ZH, path, &error));
  g_assert_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE);
}

static void
add_test (const char *name,
          guint       kind,
          void      (*func) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, GUINT_TO_POINTER (kind), set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");   /* as every program does, for the names in an archive */
  g_test_init (&argc, &argv, NULL);
  add_test ("/exchange/record-sheets/xlsx/there-and-back-nothing-differs",
            YEJI_SHEET_WRITER_XLSX, test_round_trip);
  add_test ("/exchange/record-sheets/zip/there-and-back-nothing-differs",
            YEJI_SHEET_WRITER_ZIP, test_round_trip);
  add_test ("/exchange/record-sheets/xlsx/what-a-dictionary-adds-is-there",
            YEJI_SHEET_WRITER_XLSX, test_extended);
  add_test ("/exchange/record-sheets/xlsx/no-records-are-an-empty-workbook",
            YEJI_SHEET_WRITER_XLSX, test_no_records);
  add_test ("/exchange/record-sheets/csv/no-records-are-an-empty-table",
            YEJI_SHEET_WRITER_CSV, test_no_records);
  add_test ("/exchange/record-sheets/xlsx/a-text-that-is-too-long-is-told",
            YEJI_SHEET_WRITER_XLSX, test_too_long);
  add_test ("/exchange/template/has-every-field-that-is-filled-in",
            YEJI_SHEET_WRITER_XLSX, test_plain_template);
  add_test ("/exchange/template/has-what-a-dictionary-adds",
            YEJI_SHEET_WRITER_XLSX, test_extended_template);
  add_test ("/exchange/template/no-place-is-told", YEJI_SHEET_WRITER_XLSX,
            test_template_no_place);
  return g_test_run ();
}
