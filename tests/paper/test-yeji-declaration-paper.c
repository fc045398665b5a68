// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The declaration form: what is on it is read back out of the file. */

#include "config.h"

#include "yeji-declaration-paper.h"

#include <string.h>

#include "extended-dictionary.h"
#include "yeji-mask.h"
#include "yeji-test.h"

/* Twenty sheets with a subset of a font. What Windows gives of an OpenType font of Chinese letters,
 * as those of wine are, is four times as much. */
#ifdef G_OS_UNIX
#define MAX_SMALL 300000
#else
#define MAX_SMALL 1500000
#endif

#define SUM "1a2b3c4d5e6f708192a3b4c5d6e7f80912a3b4c5d6e7f8091a2b3c4d5e6f7081"

typedef struct
{
  char *dir;
  char *path;                  /* of the PDF */
  GFile *file;
  YejiDictionary *dictionary;
  YejiRecord *record;
} Fixture;

static YejiRecord *
read_sample (YejiDictionary *dictionary)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_SAMPLES"), "complete-construction.json",
                                            NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  YejiRecord *record;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  record = yeji_record_new_from_text (dictionary, text, (gssize) length, &error);
  g_assert_no_error (error);
  return record;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = yeji_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "申报表.pdf", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
  fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->record = read_sample (fixture->dictionary);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->file);
  g_object_unref (fixture->record);
  g_object_unref (fixture->dictionary);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

/* Where a line ends is the paper's business. */
static char *
squeeze (const char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      g_string_append_unichar (squeezed, g_utf8_get_char (c));
  return g_string_free (squeezed, FALSE);
}

static void
write_declaration (Fixture         *fixture,
                   YejiDeclaration *declaration,
                   gboolean         full)
{
  const char *kept = g_getenv ("YEJI_KEEP_PDF");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_declaration_free);
  g_ptr_array_add (all, declaration);
  yeji_declarations_to_pdf (all, full, fixture->file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  if (kept != NULL)   /* for who wants to see it */
    {
      g_autoptr (GFile) copy = g_file_new_for_path (kept);

      g_file_copy (fixture->file, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
write_record (Fixture  *fixture,
              gboolean  full)
{
  write_declaration (fixture, yeji_declaration_new (fixture->record), full);
}

/* The text of each sheet in the order in which it was drawn, without blanks; NULL where nothing
 * reads it. */
static GStrv
read_sheets (Fixture *fixture)
{
  g_autofree char *text = yeji_test_ask ("pdftotext", "-raw", fixture->path, "-", NULL);
  GStrv sheets;

  if (text == NULL)
    {
      g_test_skip ("poppler-utils is not installed");
      return NULL;
    }
  sheets = g_strsplit (text, "\f", -1);
  for (guint i = 0; sheets[i] != NULL; i++)
    {
      char *squeezed = squeeze (sheets[i]);

      g_free (sheets[i]);
      sheets[i] = squeezed;
    }
  g_assert_cmpuint (g_strv_length (sheets), >, 1);
  g_clear_pointer (&sheets[g_strv_length (sheets) - 1], g_free);   /* behind the last feed */
  return sheets;
}

static char *
read_text (Fixture *fixture)
{
  g_auto (GStrv) sheets = read_sheets (fixture);

  return sheets != NULL ? g_strjoinv ("", sheets) : NULL;
}

static gboolean
has (const char *text,
     const char *words)
{
  g_autofree char *squeezed = squeeze (words);

  return strstr (text, squeezed) != NULL;
}

static void
assert_has (const char *text,
            const char *words)
{
  if (!has (text, words))
    g_test_fail_printf ("“%s” is not on the paper", words);
}

/* As it must be on the paper: by name, in groups of three, or masked. */
static char *
make_shown (const YejiFieldDef *field,
            const char         *value,
            gboolean            full)
{
  const YejiCode *code = field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;
  g_autoptr (GString) grouped = NULL;

  if (field->personal != YEJI_PERSONAL_NO && !full)
    return yeji_mask (value);
  if (code != NULL)
    return g_strdup (code->name);
  if (field->kind != YEJI_FIELD_NUMBER)
    return g_strdup (value);
  grouped = g_string_new (value);
  for (gssize i = (gssize) strcspn (value, ".") - 3; i > 0; i -= 3)
    g_string_insert_c (grouped, i, ',');
  return g_strdup (grouped->str);
}

/* Every label, and behind it its value, of every row. */
static void
assert_has_row (const char *text,
                YejiRow    *row,
                gboolean    full)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get (row, field);
      g_autofree char *shown = make_shown (field, value, full);
      g_autofree char *both = g_strconcat (field->label.in[YEJI_LANGUAGE_EN],
                                           field->unit != NULL ? " (" : "",
                                           field->unit != NULL ? field->unit : "",
                                           field->unit != NULL ? ")" : "", shown, NULL);

      assert_has (text, both);
    }
}

static void
assert_has_all (const char *text,
                YejiRecord *record,
                gboolean    full)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      assert_has (text, table->label.in[YEJI_LANGUAGE_EN]);
      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        assert_has_row (text, yeji_record_get_row (record, table, j), full);
    }
}

static void
test_says_all (Fixture       *fixture,
               gconstpointer  data)
{
  const gboolean full = GPOINTER_TO_INT (data);
  g_autofree char *text = NULL;

  write_record (fixture, full);
  text = read_text (fixture);
  if (text == NULL)
    return;
  assert_has_all (text, fixture->record, full);
  assert_has (text, "人民币叁仟伍佰万元整");
  assert_has (text, yeji_record_get_uuid (fixture->record));
}

/* What the form says, and what it does not say. */
static void
test_masks (Fixture       *fixture,
            gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, "participants");
  YejiRow *row = yeji_record_get_row (fixture->record, table, 0);
  const YejiFieldDef *personal = NULL;
  g_autofree char *masked = NULL;
  g_autofree char *open = NULL;

  for (guint i = 0; i < table->fields->len && personal == NULL; i++)
    if (((YejiFieldDef *) g_ptr_array_index (table->fields, i))->personal != YEJI_PERSONAL_NO)
      personal = g_ptr_array_index (table->fields, i);
  g_assert_nonnull (personal);
  g_assert_cmpstr (yeji_row_get (row, personal), !=, "");
  write_record (fixture, FALSE);
  masked = read_text (fixture);
  write_record (fixture, TRUE);
  open = read_text (fixture);
  if (masked == NULL)
    return;
  g_assert_false (has (masked, yeji_row_get (row, personal)));
  assert_has (masked, "Personal numbers are masked");
  assert_has (open, yeji_row_get (row, personal));
  g_assert_false (has (open, "Personal numbers are masked"));
}

/* The camera's way: the sheet as a picture, and the code out of it. */
static void
test_code (Fixture       *fixture,
           gconstpointer  data)
{
  YejiDeclaration *declaration = yeji_declaration_new (fixture->record);
  g_autofree char *stem = g_build_filename (fixture->dir, "page", NULL);
  g_autofree char *picture = g_strconcat (stem, ".png", NULL);
  g_autofree char *sum = g_strdup (declaration->sum);
  g_autofree char *drawn = NULL;
  g_autofree char *scanned = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (strlen (sum), ==, 64);
  write_declaration (fixture, declaration, FALSE);
  text = read_text (fixture);
  drawn = yeji_test_ask ("pdftoppm", "-r", "120", "-png", "-f", "1", "-l", "1", "-singlefile",
                         fixture->path, stem, NULL);
  scanned = drawn != NULL ? yeji_test_ask ("zbarimg", "-q", "--raw", "-Sdisable",
                                           "-Sqrcode.enable", picture, NULL) : NULL;
  if (text != NULL)
    assert_has (text, sum);
  if (scanned != NULL)
    g_assert_cmpstr (g_strchomp (scanned), ==, sum);
}

/* A word is across each sheet while the province has not got it, and on none afterwards. */
static void
test_draft (Fixture       *fixture,
            gconstpointer  data)
{
  YejiDeclaration *submitted = yeji_declaration_new (fixture->record);
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  write_record (fixture, FALSE);
  before = read_sheets (fixture);
  submitted->state = YEJI_STATE_SUBMITTED;
  submitted->draft = FALSE;
  submitted->submitted_at = g_strdup ("2026-03-30T20:12:45.120Z");
  submitted->submitted_sum = g_strdup (submitted->sum);
  submitted->revision = g_strdup ("r7");
  write_declaration (fixture, submitted, FALSE);
  after = read_sheets (fixture);
  if (before == NULL)
    return;
  for (guint i = 0; before[i] != NULL; i++)
    assert_has (before[i], "Draft");
  for (guint i = 0; after[i] != NULL; i++)
    g_assert_false (has (after[i], "Draft"));
  assert_has (after[0], "2026-03-31 04:12:45 (China's time), revision r7");
  assert_has (after[0], "with just this content");
}

/* What was submitted, when it is not what is printed. */
static void
test_edited (Fixture       *fixture,
             gconstpointer  data)
{
  YejiDeclaration *edited = yeji_declaration_new (fixture->record);
  g_autofree char *text = NULL;

  edited->state = YEJI_STATE_INCOMPLETE;
  edited->grade = g_strdup ("D");
  edited->submitted_at = g_strdup ("2026-03-30T20:12:45.120Z");
  edited->submitted_sum = g_strdup (SUM);
  edited->revision = g_strdup ("r7");
  write_declaration (fixture, edited, FALSE);
  text = read_text (fixture);
  if (text == NULL)
    return;
  assert_has (text, "Incomplete, grade D, edited since it was submitted");
  assert_has (text, SUM);
  g_assert_false (has (text, "with just this content"));
}

static void
test_documents (Fixture       *fixture,
                gconstpointer  data)
{
  YejiDeclaration *declaration = yeji_declaration_new (fixture->record);
  GPtrArray *slots = yeji_dictionary_get_slots (fixture->dictionary);
  const YejiSlot *first = g_ptr_array_index (slots, 0);
  g_autofree char *text = NULL;

  yeji_declaration_add_file (declaration, first->id, "中标通知书<b>1</b>.pdf", 3, 20480, SUM);
  yeji_declaration_add_file (declaration, "no-slot", "什么\xff.jpg", 0, -1, SUM);
  write_declaration (fixture, declaration, FALSE);
  text = read_text (fixture);
  if (text == NULL)
    return;
  assert_has (text, "中标通知书<b>1</b>.pdf 3");
  assert_has (text, "1a2b3c4d 5e6f7081");
  assert_has (text, "no-slot");
  assert_has (text, "missing: it is required");
}

static YejiRow *
add_row (Fixture    *fixture,
         const char *member)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, member);
  YejiRow *row = yeji_record_get_row (fixture->record, table, 0);
  g_autoptr (YejiRow) copy = yeji_row_copy (row, NULL);

  yeji_record_insert_row (fixture->record, yeji_record_get_n_rows (fixture->record, table), copy);
  return copy;
}

/* Wherever a sheet ends: the first and the last field of a row stand on one, below the heading. */
static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  const YejiTableDef *table = yeji_dictionary_find_member (fixture->dictionary, data);
  const YejiFieldDef *first = g_ptr_array_index (table->row_title, 0);
  const YejiFieldDef *last = g_ptr_array_index (table->fields, table->fields->len - 1);
  const guint n = 40;
  g_auto (GStrv) sheets = NULL;

  while (yeji_record_get_n_rows (fixture->record, table) < n)
    add_row (fixture, data);
  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (fixture->record, table, i);
      g_autofree char *name = g_strdup_printf ("FIRST%03u", i);
      g_autofree char *end = g_strdup_printf ("LAST%03u", i);

      yeji_record_set (fixture->record, row, first, name);
      yeji_record_set (fixture->record, row, last, end);
    }
  write_record (fixture, TRUE);
  sheets = read_sheets (fixture);
  for (guint i = 0; sheets != NULL && i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("FIRST%03u", i);
      g_autofree char *end = g_strdup_printf ("LAST%03u", i);
      guint n_sheets = 0;

      for (guint j = 0; sheets[j] != NULL; j++)
        if (has (sheets[j], name))
          {
            n_sheets++;
            assert_has (sheets[j], end);
            assert_has (sheets[j], table->label.in[YEJI_LANGUAGE_EN]);
          }
      g_assert_cmpuint (n_sheets, ==, 1);
    }
}

/* Values that do their worst; NULL: one of many characters. */
static const char *const hostile[] = {
  "<b>&amp;</i>%s%n", "\xe2\x80\xae" "gpj.exe", "שלום עולם مرحبا", "\x01\x02\x1b[31m",
  "a\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88\xcc\x89\xcc\x8a", "\xef\xbf\xbe",
  "👨‍👩‍👧‍👦𠮷𪚥", "\n\n\n\n", "\t\r\n\x7f", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "\xef\xb7\xbd\xef\xb7\xbd", "1e999", "-1", "12345678901234567890.", "yeji-sealed:1:abc", NULL,
};

static char *
make_long (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (text, "第%05u字", i);
  return g_string_free (text, FALSE);
}

/* 32,000 characters go on as many sheets as they need, and each is there once. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  YejiRow *project = yeji_record_get_project (fixture->record);
  GPtrArray *fields = yeji_row_get_table (project)->fields;
  g_autofree char *value = make_long ();
  g_autofree char *text = NULL;
  g_auto (GStrv) sheets = NULL;
  guint n_sheets = 0, n_found = 0;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (field->kind == YEJI_FIELD_LONG_TEXT)
        {
          yeji_record_set (fixture->record, project, field, value);
          break;
        }
    }
  write_record (fixture, FALSE);
  sheets = read_sheets (fixture);
  if (sheets == NULL)
    return;
  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *word = g_strdup_printf ("第%05u字", i);

      for (guint j = 0; sheets[j] != NULL; j++)
        n_found += has (sheets[j], word);
    }
  /* a word that stands over the end of a sheet is in two of them */
  n_sheets = g_strv_length (sheets);
  g_test_message ("%u sheets, %u of 4000 words", n_sheets, n_found);
  g_assert_cmpuint (n_found, >=, 3960);
  g_assert_cmpuint (n_found, <=, 4000);
  g_assert_cmpuint (n_sheets, <, 60);
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);
  g_autofree char *text = NULL;
  g_autofree char *huge = g_strnfill (300000, 'y');
  guint n = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (fixture->record, table); j++)
        for (guint k = 0; k < table->fields->len; k++)
          {
            const char *value = hostile[n++ % G_N_ELEMENTS (hostile)];

            yeji_record_set (fixture->record, yeji_record_get_row (fixture->record, table, j),
                             g_ptr_array_index (table->fields, k),
                             value != NULL ? value : n > 20 ? "z" : huge);
          }
    }
  write_record (fixture, TRUE);
  text = read_text (fixture);
  if (text == NULL)
    return;
  assert_has (text, "<b>&amp;</i>%s%n");
  assert_has (text, "\xef\xbf\xbdgpj.exe");
  assert_has (text, "more characters)");
  g_assert_false (has (text, "yeji-sealed"));
}

/* A record of which nothing is known. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *text = NULL;

  g_object_unref (fixture->record);
  fixture->record = yeji_record_new (fixture->dictionary, NULL, "nobody");
  write_record (fixture, FALSE);
  text = read_text (fixture);
  if (text == NULL)
    return;
  assert_has_all (text, fixture->record, FALSE);
  assert_has (text, "(none)");
}

/* How often a word stands in a file, whatever else does. */
static guint
count_words (Fixture    *fixture,
             const char *word)
{
  g_autofree char *content = NULL;
  gsize length;
  guint n = 0;

  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (gsize i = 0; i + strlen (word) <= length; i++)
    n += memcmp (content + i, word, strlen (word)) == 0;
  return n;
}

static guint n_told;

static void
on_progress (guint    n_done,
             guint    n_all,
             gpointer user_data)
{
  g_assert_cmpuint (n_done, ==, ++n_told);
  g_assert_cmpuint (n_all, ==, 3);
  if (user_data != NULL && n_done == 2)
    g_cancellable_cancel (user_data);
}

static GPtrArray *
make_three (Fixture *fixture)
{
  const YejiFieldDef *name = g_ptr_array_index (
    yeji_dictionary_get_root (fixture->dictionary)->row_title, 0);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_declaration_free);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (YejiRecord) copy = yeji_record_copy (fixture->record);
      g_autofree char *text = g_strdup_printf ("工程之%u", i + 1);

      yeji_record_set (copy, yeji_record_get_project (copy), name, text);
      g_ptr_array_add (all, yeji_declaration_new (copy));
    }
  n_told = 0;
  return all;
}

static void
test_batch (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) all = make_three (fixture);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) sheets = NULL;
  guint n_firsts = 0;

  yeji_declarations_to_pdf (all, FALSE, fixture->file, on_progress, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_told, ==, 3);
  g_assert_cmpuint (count_words (fixture, "/Outlines"), >, 0);
  g_assert_cmpuint (count_words (fixture, "/Title"), ==, 4);   /* one a record, and the file's */
  sheets = read_sheets (fixture);
  for (guint i = 0; sheets != NULL && sheets[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("工程之%u", n_firsts + 1);

      if (!has (sheets[i], "Page 1 of "))
        continue;
      assert_has (sheets[i], "Declaration of a past project");
      assert_has (sheets[i], name);
      n_firsts++;
    }
  if (sheets != NULL)
    g_assert_cmpuint (n_firsts, ==, 3);
}

/* What was there before stays, and nothing else is left in the folder. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) all = make_three (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *other = g_build_filename (fixture->dir, "other.pdf", NULL);
  g_autoptr (GFile) fresh = g_file_new_for_path (other);
  g_autoptr (GFile) nowhere = g_file_get_child (fixture->file, "no.pdf");
  g_autoptr (GDir) dir = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  g_assert_false (yeji_declarations_to_pdf (all, FALSE, fixture->file, on_progress, cancellable,
                                            cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "before");
  g_assert_false (yeji_declarations_to_pdf (all, FALSE, nowhere, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (yeji_declarations_to_pdf (all, FALSE, fresh, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dir = g_dir_open (fixture->dir, 0, NULL);
  g_assert_nonnull (g_dir_read_name (dir));
  g_assert_null (g_dir_read_name (dir));
}

/* A form of twenty sheets is small, and has its letters with it. */
static void
test_small (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *fonts = NULL;
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_pages;
  gsize length;

  for (guint i = 0; i < 14; i++)
    {
      add_row (fixture, "units");
      add_row (fixture, "participants");
      add_row (fixture, "safety_people");
    }
  write_record (fixture, FALSE);
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  g_test_message ("%" G_GSIZE_FORMAT " bytes", length);
  g_assert_cmpuint (length, <, MAX_SMALL);
  n_pages = count_words (fixture, "/Type /Page ");
  g_test_message ("%u sheets", n_pages);
  g_assert_cmpuint (n_pages, >=, 20);
  fonts = yeji_test_ask ("pdffonts", fixture->path, NULL);
  lines = g_strsplit (fonts != NULL ? fonts : "", "\n", -1);
  for (guint i = 2; fonts != NULL && lines[i] != NULL && *lines[i] != '\0'; i++)
    if (strstr (lines[i], " yes yes yes ") == NULL)
      g_test_fail_printf ("not embedded: %s", lines[i]);
}

/* A table, a field and a code list that no source knows are printed like all others. */
static void
test_extended (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *parts = g_build_filename (fixture->dir, "dictionary", NULL);
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (GError) error = NULL;
  const YejiTableDef *table;
  g_autofree char *text = NULL;

  yeji_test_extend_dictionary (parts);
  dictionary = yeji_dictionary_new_from_dir (parts, &error);
  g_assert_no_error (error);
  g_object_unref (fixture->record);
  fixture->record = read_sample (dictionary);
  table = yeji_dictionary_find_member (dictionary, "insurances");
  for (guint i = 0; i < 3; i++)
    {
      YejiRow *row = yeji_record_append_row (fixture->record, table);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);
          const YejiCode *code = field->codes != NULL
                                   ? g_ptr_array_index (field->codes->items, 0) : NULL;
          g_autofree char *value = g_strdup_printf ("P%u%u", i, j);

          yeji_record_set (fixture->record, row, field, code != NULL ? code->code : value);
        }
    }
  yeji_record_set (fixture->record, yeji_record_get_project (fixture->record),
                   yeji_dictionary_find_field (dictionary, table->id, "x") == NULL
                     ? yeji_table_def_find_field (yeji_dictionary_get_root (dictionary), "Nickname")
                     : NULL, "俗称某某");
  write_record (fixture, FALSE);
  text = read_text (fixture);
  if (text == NULL)
    return;
  assert_has (text, table->label.in[YEJI_LANGUAGE_EN]);
  assert_has (text, "Nickname (invented)俗称某某");
  for (guint j = 0; j < table->fields->len; j++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

      assert_has (text, field->label.in[YEJI_LANGUAGE_EN]);
      if (field->codes != NULL)
        assert_has (text, ((YejiCode *) g_ptr_array_index (field->codes->items, 0))->name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, function) \
  g_test_add ("/paper/declaration/" path, Fixture, data, set_up, function, tear_down)

  ADD ("says-all-with-numbers-masked", GINT_TO_POINTER (FALSE), test_says_all);
  ADD ("says-all-with-numbers-open", GINT_TO_POINTER (TRUE), test_says_all);
  ADD ("masks-personal-numbers-unless-asked", NULL, test_masks);
  ADD ("has-the-sum-of-its-content-as-a-code", NULL, test_code);
  ADD ("says-draft-on-each-sheet-until-it-is-submitted", NULL, test_draft);
  ADD ("tells-what-was-submitted-before-it-was-edited", NULL, test_edited);
  ADD ("lists-documents-and-those-that-are-missing", NULL, test_documents);
  ADD ("tears-no-long-row", "units", test_rows);
  ADD ("tears-no-short-row", "safety_people", test_rows);
  ADD ("goes-on-with-a-text-of-many-sheets", NULL, test_long);
  ADD ("prints-whatever-a-value-is", NULL, test_hostile);
  ADD ("prints-an-empty-record", NULL, test_empty);
  ADD ("puts-several-records-into-one-file", NULL, test_batch);
  ADD ("leaves-nothing-when-cancelled-or-impossible", NULL, test_cancelled);
  ADD ("is-small-and-has-its-letters-with-it", NULL, test_small);
  ADD ("prints-what-no-source-knows", NULL, test_extended);
  return g_test_run ();
}
