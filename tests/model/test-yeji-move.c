// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-move.h"
#include "yeji-small-dictionary.h"

#include "yeji-json.h"

#include <string.h>

#define UUID "6f1c2d3e-4a5b-4c6d-8e7f-102030405001"

typedef struct
{
  const char *tables;
  const char *codes;
  guint rows;                  /* 0: 50 */
} Words;

static YejiDictionary *
make (const char  *version,
      const Words *words)
{
  return small_dictionary_new (version, words->tables, words->codes != NULL ? words->codes : "a b",
                               words->rows > 0 ? words->rows : 50);
}

static YejiRecord *
read_text (YejiDictionary *dictionary,
           const char     *body)
{
  g_autofree char *text = g_strdup_printf ("{\"uuid\": \"" UUID "\", \"role\": \"construction\","
                                           " %s}", body);
  g_autoptr (GError) error = NULL;
  YejiRecord *record = yeji_record_new_from_text (dictionary, text, -1, &error);

  g_assert_no_error (error);
  return record;
}

/* The report in words: "kind Table.Field#row before>after", a space between two. */
static char *
print_notes (GPtrArray *notes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const YejiMoveNote *note = g_ptr_array_index (notes, i);

      g_string_append_printf (text, "%s%s %s.%s", i > 0 ? "; " : "",
                              yeji_move_kind_to_text (note->kind), note->table, note->field);
      if (*note->row != '\0')
        g_string_append_c (text, '#');
      if (note->number > 0)
        g_string_append_printf (text, "%u", note->number);
      g_string_append_printf (text, " %s>%s", note->before != NULL ? note->before : "",
                              note->after != NULL ? note->after : "");
    }
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *title;
  Words from, to;
  const char *before;          /* body */
  const char *after;           /* body */
  const char *notes;
} cases[] = {
  { "a field that stays",
    { "R/r A:t" }, { "R/r A:t" },
    "\"r\": {\"A\": \"x\"}", "\"r\": {\"A\": \"x\"}", "" },
  { "a new field of the root, and one of a table without rows",
    { "R/r A:t\nT/t X:t" }, { "R/r A:t B:n\nT/t X:t Y:t" },
    "\"r\": {\"A\": \"x\"}", "\"r\": {\"A\": \"x\"}", "new_field R.B >B" },
  { "a new table",
    { "R/r A:t" }, { "R/r A:t\nT/t X:t" },
    "\"r\": {\"A\": \"x\"}", "\"r\": {\"A\": \"x\"}", "new_table T. >T" },
  { "a field that has another name",
    { "R/r A:t\nT/t X:t" }, { "R/r B:t<A\nT/t X:t" },
    "\"r\": {\"A\": \"x\"}, \"t\": [{\"id\": \"1\"}]",
    "\"r\": {\"B\": \"x\"}, \"t\": [{\"id\": \"1\"}]", "renamed_field R.B A>B" },
  { "a field that has its old name again",
    { "R/r B:t<A" }, { "R/r A:t" },
    "\"r\": {\"B\": \"x\"}", "\"r\": {\"A\": \"x\"}", "renamed_field R.A B>A" },
  { "an alias of a field that was there before",
    { "R/r A:t B:t" }, { "R/r B:t<A" },
    "\"r\": {\"A\": \"x\", \"B\": \"y\"}",
    "\"r\": {\"B\": \"y\"},"
    " \"aside\": [{\"version\": \"1\", \"table\": \"R\", \"row\": \"project\","
    " \"field\": \"A\", \"label\": \"A\", \"value\": \"x\"}]",
    "removed_field R.A A>; kept_aside R.A# x>" },
  { "a field that is gone",
    { "R/r A:t\nT/t X:t Y:t" }, { "R/r A:t\nT/t X:t" },
    "\"t\": [{\"id\": \"1\", \"X\": \"x\"}, {\"id\": \"2\", \"Y\": \"y\"}]",
    "\"r\": {}, \"t\": [{\"id\": \"1\", \"X\": \"x\"}, {\"id\": \"2\"}],"
    " \"aside\": [{\"version\": \"1\","
    " \"table\": \"T\", \"row\": \"2\", \"field\": \"Y\", \"label\": \"Y\", \"value\": \"y\"}]",
    "removed_field T.Y Y>; kept_aside T.Y#2 y>" },
  { "a table that is gone",
    { "R/r A:t\nT/t X:t" }, { "R/r A:t" },
    "\"t\": [{\"id\": \"1\", \"X\": \"x\"}]",
    "\"r\": {},"
    " \"aside\": [{\"version\": \"1\", \"table\": \"T\", \"row\": \"1\", \"field\": \"X\","
    " \"label\": \"X\", \"value\": \"x\"}]",
    "removed_table T. T>; kept_aside T.X#1 x>" },
  { "a table that is there again, its rows too",
    { "R/r A:t" }, { "R/r A:t\nT/t X:t" },
    "\"r\": {},"
    " \"aside\": [{\"version\": \"0\", \"table\": \"T\", \"row\": \"1\", \"field\": \"X\","
    " \"label\": \"X\", \"value\": \"x\"}]",
    "\"r\": {}, \"t\": [{\"id\": \"1\", \"X\": \"x\"}]",
    "new_table T. >T; put_back T.X#1 >x" },
  { "a field that is there again, but whose row was taken out",
    { "R/r A:t\nT/t X:t" }, { "R/r A:t\nT/t X:t Y:t" },
    "\"r\": {},"
    " \"aside\": [{\"version\": \"0\", \"table\": \"T\", \"row\": \"1\", \"field\": \"Y\","
    " \"label\": \"Y\", \"value\": \"y\"}]",
    "\"r\": {},"
    " \"aside\": [{\"version\": \"0\", \"table\": \"T\", \"row\": \"1\", \"field\": \"Y\","
    " \"label\": \"Y\", \"value\": \"y\"}]", "" },
  { "a value aside whose place is filled",
    { "R/r A:t" }, { "R/r A:t" },
    "\"r\": {\"A\": \"x\"},"
    " \"aside\": [{\"version\": \"0\", \"table\": \"R\", \"row\": \"project\","
    " \"field\": \"A\", \"label\": \"A\", \"value\": \"y\"}]",
    "\"r\": {\"A\": \"x\"},"
    " \"aside\": [{\"version\": \"0\", \"table\": \"R\", \"row\": \"project\","
    " \"field\": \"A\", \"label\": \"A\", \"value\": \"y\"}]", "" },
  { "a table that has another id",
    { "R/r A:t\nT/t X:t" }, { "R/r A:t\nTable/t X:t" },
    "\"t\": [{\"id\": \"1\", \"X\": \"x\"}]",
    "\"r\": {}, \"t\": [{\"id\": \"1\", \"X\": \"x\"}]", "renamed_table Table. T>Table" },
  { "a table that has another member",
    { "R/r A:t\nT/t X:t" }, { "R/project A:t\nT/things X:t" },
    "\"r\": {\"A\": \"a\"}, \"t\": [{\"id\": \"1\", \"X\": \"x\"}]",
    "\"project\": {\"A\": \"a\"}, \"things\": [{\"id\": \"1\", \"X\": \"x\"}]", "" },
  { "a code that was replaced, twice over",
    { "R/r A:c", "a b c" }, { "R/r A:c", "a>b b>c c" },
    "\"r\": {\"A\": \"a\"}", "\"r\": {\"A\": \"c\"}", "code_mapped R.A# a>c" },
  { "codes that replace each other",
    { "R/r A:c", "a b" }, { "R/r A:c", "a>b b>a" },
    "\"r\": {\"A\": \"a\"}", "\"r\": {\"A\": \"a\"}", "" },
  { "a code that was retired before",
    { "R/r A:c", "a>b b" }, { "R/r A:c", "a>b b" },
    "\"r\": {\"A\": \"a\"}", "\"r\": {\"A\": \"a\"}", "" },
  { "a code that was replaced before, and is not there any more",
    { "R/r A:c", "a>b b" }, { "R/r A:c", "b c" },
    "\"r\": {\"A\": \"a\"}", "\"r\": {\"A\": \"b\"}", "code_mapped R.A# a>b" },
  { "a code that is gone",
    { "R/r A:c", "a b" }, { "R/r A:c", "b c" },
    "\"r\": {\"A\": \"a\"}", "\"r\": {\"A\": \"a\"}", "no_longer_fits R.A# a>" },
  { "a code that never was one",
    { "R/r A:c", "a b" }, { "R/r A:c", "b c" },
    "\"r\": {\"A\": \"?\"}", "\"r\": {\"A\": \"?\"}", "" },
  { "a text that is too long now",
    { "R/r A:t:5 B:t:5" }, { "R/r A:t:3 B:t:3" },
    "\"r\": {\"A\": \"长长长长\", \"B\": \"长长长\"}", "\"r\": {\"A\": \"长长长长\", \"B\": \"长长长\"}",
    "no_longer_fits R.A# 长长长长>" },
  { "texts that become numbers and dates",
    { "R/r A:t B:t C:t D:t E:t" }, { "R/r A:n B:n C:n D:d E:d" },
    "\"r\": {\"A\": \"12.50\", \"B\": \"1234\", \"C\": \"无\", \"D\": \"2016-03-30\","
    " \"E\": \"2016-02-30\"}",
    "\"r\": {\"A\": \"12.50\", \"B\": \"1234\", \"C\": \"无\", \"D\": \"2016-03-30\","
    " \"E\": \"2016-02-30\"}",
    "no_longer_fits R.B# 1234>; no_longer_fits R.E# 2016-02-30>" },
  { "members that the new one knows",
    { "R/r A:t" }, { "R/r A:t B:n<Beta\nT/t X:t" },
    "\"r\": {\"beta\": 1.5, \"Other\": [1]}, \"t\": [{\"X\": \"x\", \"id\": \"7\", \"Z\": 1}],"
    " \"more\": {\"y\": null}",
    "\"r\": {\"B\": \"1.5\", \"Other\": [1]}, \"t\": [{\"X\": \"x\", \"id\": \"7\", \"Z\": 1}],"
    " \"more\": {\"y\": null}",
    "new_field R.B >B; new_table T. >T; put_back R.B# >1.5; put_back T.X#1 >x" },
  { "members that the new one knows, and that have not its shape",
    { "R/r A:t" }, { "R/r A:t B:t\nT/t X:t" },
    "\"r\": {\"B\": [1]}, \"t\": \"none\"",
    "\"r\": {}, \"aside\": [{\"version\": \"1\", \"table\": \"R\", \"row\": \"project\","
    " \"field\": \"B\", \"label\": \"B\", \"value\": \"[1]\"}, {\"version\": \"1\","
    " \"table\": \"T\", \"row\": \"\", \"field\": \"\", \"label\": \"T\","
    " \"value\": \"\\\"none\\\"\"}]",
    "new_field R.B >B; new_table T. >T; kept_aside R.B# [1]>; kept_aside T. \"none\">" },
  { "more rows than a table may have now",
    { "R/r A:t\nT/t X:t" }, { "R/r A:t\nT/t X:t", NULL, 1 },
    "\"t\": [{\"id\": \"1\", \"X\": \"x\"}, {\"id\": \"2\", \"X\": \"y\", \"Z\": 1}]",
    "\"r\": {}, \"t\": [{\"id\": \"1\", \"X\": \"x\"}], \"aside\": [{\"version\": \"1\","
    " \"table\": \"T\", \"row\": \"2\", \"field\": \"X\", \"label\": \"X\", \"value\": \"y\"},"
    " {\"version\": \"1\", \"table\": \"T\", \"row\": \"2\", \"field\": \"Z\", \"label\": \"Z\","
    " \"value\": \"1\"}]",
    "kept_aside T.X#2 y>" },
  { "a kept warning whose field has another name, and one whose field is gone",
    { "R/r A:t B:t" }, { "R/r C:t<A" },
    "\"r\": {\"A\": \"x\"}, \"kept\": [{\"rule\": \"a\", \"pointer\": \"/r/A\", \"value\": \"x\","
    " \"other\": \"\", \"reason\": \"why\"},"
    " {\"rule\": \"b\", \"pointer\": \"/r/B\", \"value\": \"\","
    " \"other\": \"\", \"reason\": \"because\"}]",
    "\"r\": {\"C\": \"x\"}, \"kept\": [{\"rule\": \"a\", \"pointer\": \"/r/C\", \"value\": \"x\","
    " \"other\": \"\", \"reason\": \"why\"}], \"aside\": [{\"version\": \"1\", \"table\": \"R\","
    " \"row\": \"project\", \"field\": \"\", \"label\": \"b\", \"value\": \"because\"}]",
    "renamed_field R.C A>C; removed_field R.B B>" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YejiDictionary) from = make ("1", &cases[i].from);
      g_autoptr (YejiDictionary) to = make ("2", &cases[i].to);
      g_autoptr (YejiRecord) old = read_text (from, cases[i].before);
      g_autoptr (YejiRecord) expected = read_text (to, cases[i].after);
      g_autoptr (GPtrArray) notes = NULL;
      g_autoptr (YejiRecord) moved = yeji_record_move (old, to, &notes);
      g_autofree char *text = yeji_record_to_text (moved);
      g_autofree char *expected_text = yeji_record_to_text (expected);
      g_autofree char *words = print_notes (notes);

      g_test_message ("%s", cases[i].title);
      g_assert_cmpstr (text, ==, expected_text);
      g_assert_cmpstr (words, ==, cases[i].notes);
    }
}

static void
test_messages (void)
{
  Words words = { "R/r A:t B:t\nT/t X:t" };
  Words other = { "R/r A:t:1\nT/t X:t Y:t" };
  static const struct
  {
    const char *zh, *en;
  } messages[] = {
    { "“R”的“B”已取消，填过的内容另行保留。",
      "The field “B” of “R” is no more; what was filled in is kept aside." },
    { "“T”新增“Y”，请查看是否需要填写。",
      "The field “Y” of “T” is new: see whether it has to be filled in." },
    { "“R”的“A”：“{row}”不再符合要求，已原样保留，请修改。",
      "“A” of “R”: “{row}” no longer fits. It stays as typed; please change it." },
    { "“R”的“B”：“b”已没有位置，另行保留。",
      "“B” of “R”: “b” has no place any more and is kept aside." },
  };
  g_autoptr (YejiDictionary) from = make ("1", &words);
  g_autoptr (YejiDictionary) to = make ("2", &other);
  g_autoptr (YejiRecord) old = read_text (from, "\"r\": {\"A\": \"{row}\", \"B\": \"b\"},"
                                          " \"t\": [{\"id\": \"1\"}]");
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (YejiRecord) moved = yeji_record_move (old, to, &notes);
  g_autoptr (JsonNode) json = yeji_move_notes_to_json (notes);
  g_autoptr (GPtrArray) again = yeji_move_notes_from_json (json);

  g_assert_cmpuint (again->len, ==, G_N_ELEMENTS (messages));
  for (guint i = 0; i < again->len; i++)
    {
      g_autofree char *zh = yeji_move_note_get_message (again->pdata[i], YEJI_LANGUAGE_ZH);
      g_autofree char *en = yeji_move_note_get_message (again->pdata[i], YEJI_LANGUAGE_EN);

      g_assert_cmpstr (zh, ==, messages[i].zh);
      g_assert_cmpstr (en, ==, messages[i].en);
    }
}

static void
test_pointers (void)
{
  Words words = { "R/r A:t B:t\nT/t X:t Y:t\nU/u Z:t" };
  Words other = { "R/s A:t\nT/t X2:t<X\nV/v Z:t" };
  static const struct
  {
    const char *before, *after;
  } pointers[] = {
    { "/r/A", "/s/A" }, { "/r/B", "/s" }, { "/r", "/s" }, { "", "" },
    { "/t/1/X", "/t/1/X2" }, { "/t/0/Y", "/t/0" }, { "/t", "/t" }, { "/u/0/Z", "" },
    { "/t/7/X", "/t/7/X" }, { "/documents/contract", "/documents/contract" },
  };
  g_autoptr (YejiDictionary) from = make ("1", &words);
  g_autoptr (YejiDictionary) to = make ("2", &other);
  g_autoptr (YejiRecord) old = read_text (from, "\"t\": [{\"id\": \"1\"}, {\"id\": \"2\"}],"
                                          " \"u\": [{\"id\": \"1\"}]");
  g_autoptr (YejiRecord) moved = yeji_record_move (old, to, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      g_autofree char *after = yeji_record_move_pointer (old, moved, pointers[i].before);

      g_assert_cmpstr (after, ==, pointers[i].after);
    }
}

static void
test_same (void)
{
  Words words = { "R/r A:t:2 B:c", "a>b b" };
  g_autoptr (YejiDictionary) one = make ("1", &words);
  g_autoptr (YejiDictionary) two = make ("1", &words);
  g_autoptr (YejiRecord) old = read_text (one, "\"r\": {\"B\": \"a\", \"Z\": 1}, \"aside\":"
                                          " [{\"version\": \"0\", \"table\": \"R\", \"row\":"
                                          " \"project\", \"field\": \"A\", \"label\": \"A\","
                                          " \"value\": \"y\"}]");
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (YejiRecord) moved = yeji_record_move (old, two, &notes);

  g_assert_true (yeji_record_get_dictionary (moved) == two);
  g_assert_true (yeji_record_equal (old, moved));
  g_assert_cmpuint (notes->len, ==, 0);
}

/* Random dictionaries of the same few names, so that much meets and much does not. */

static void
add_random_table (GString    *text,
                  GRand      *rand,
                  const char *id,
                  const char *member)
{
  static const char kinds[] = "tndc";

  g_string_append_printf (text, "%s%s/%s Title:t", text->len > 0 ? "\n" : "", id, member);
  for (guint i = 0; i < 6; i++)
    if (g_rand_int_range (rand, 0, 3) > 0)
      g_string_append_printf (text, " F%u%s:%c:%d", i,
                              g_rand_int_range (rand, 0, 4) == 0 ? "x" : "",
                              kinds[g_rand_int_range (rand, 0, 4)], g_rand_int_range (rand, 1, 9));
  /* a name that was another field's in another version */
  if (g_rand_boolean (rand))
    g_string_append_printf (text, " New%d:t<F%dx", g_rand_int_range (rand, 0, 3),
                            g_rand_int_range (rand, 6, 9));
}

static YejiDictionary *
make_random (GRand      *rand,
             const char *version)
{
  static const char * const codes[] = { "a b c", "a>b b>c c", "c d", "a>c c", "a! d>a" };
  g_autoptr (GString) tables = g_string_new (NULL);
  Words words = { NULL, codes[g_rand_int_range (rand, 0, G_N_ELEMENTS (codes))],
                  (guint) g_rand_int_range (rand, 1, 5) };

  add_random_table (tables, rand, "R", "r");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("T%u%s", i, g_rand_boolean (rand) ? "" : "x");
      g_autofree char *member = g_strdup_printf ("t%u%s", i, g_rand_boolean (rand) ? "" : "y");

      if (g_rand_int_range (rand, 0, 3) > 0)
        add_random_table (tables, rand, id, member);
    }
  words.tables = tables->str;
  return make (version, &words);
}

static char *
make_value (GRand *rand,
            guint *serial)
{
  static const char * const codes[] = { "a", "b", "c", "d" };

  if (g_rand_int_range (rand, 0, 4) == 0)
    return g_strdup (codes[g_rand_int_range (rand, 0, 4)]);
  return g_strdup_printf ("v%u", (*serial)++);
}

/* What has a "v" is the same for ever; a code may become another. */
static YejiRecord *
make_record (YejiDictionary *dictionary,
             GRand          *rand,
             GHashTable     *values)
{
  YejiRecord *record = yeji_record_new (dictionary, UUID, "construction");
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  gint32 max_rows = (gint32) yeji_dictionary_get_limits (dictionary)->rows;
  guint serial = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n_rows = i == 0 ? 1 : (guint) g_rand_int_range (rand, 0, max_rows);

      for (guint j = 0; j < n_rows; j++)
        {
          YejiRow *row = i == 0 ? yeji_record_get_project (record)
                                : yeji_record_append_row (record, table);

          for (guint k = 0; k < table->fields->len; k++)
            {
              g_autofree char *value = make_value (rand, &serial);

              if (g_rand_int_range (rand, 0, 4) == 0)
                continue;
              yeji_record_set (record, row, g_ptr_array_index (table->fields, k), value);
              if (value[0] == 'v')
                g_hash_table_add (values, g_steal_pointer (&value));
            }
          if (g_rand_boolean (rand))
            {
              g_autofree char *name = g_strdup_printf ("F%d", g_rand_int_range (rand, 0, 6));
              g_autofree char *value = g_strdup_printf ("v%u", serial++);
              g_autofree char *json = g_strdup_printf ("\"%s\"", value);

              if (yeji_table_def_match_field (table, name) == NULL)
                {
                  yeji_row_set_extra (row, name, json);
                  g_hash_table_add (values, g_steal_pointer (&value));
                }
            }
        }
    }
  return record;
}

static void
assert_holds_all (YejiRecord *record,
                  GHashTable *values)
{
  g_autofree char *text = yeji_record_to_text (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) again = yeji_record_new_from_text (yeji_record_get_dictionary (record),
                                                            text, -1, &error);
  GHashTableIter iter;
  gpointer value;

  g_assert_no_error (error);
  g_assert_true (yeji_record_equal (record, again));
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", (char *) value);

      if (strstr (text, quoted) == NULL)
        g_error ("%s is lost: %s", quoted, text);
    }
}

static guint
count_values (YejiRecord *record)
{
  g_autofree char *text = yeji_record_to_text (record);
  guint count = 0;

  for (const char *c = strstr (text, "\"v"); c != NULL; c = strstr (c + 1, "\"v"))
    count += g_ascii_isdigit (c[2]);
  return count;
}

static void
test_random (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < (g_test_slow () ? 50000 : 1000); i++)
    {
      g_autoptr (YejiDictionary) one = make_random (rand, "1");
      g_autoptr (YejiDictionary) two = make_random (rand, "2");
      g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (YejiRecord) record = make_record (one, rand, values);
      g_autofree char *before = yeji_record_to_text (record);
      g_autoptr (YejiRecord) there = yeji_record_move (record, two, NULL);
      g_autoptr (YejiRecord) back = yeji_record_move (there, one, NULL);
      g_autofree char *after = yeji_record_to_text (record);

      g_assert_cmpstr (before, ==, after);
      assert_holds_all (record, values);
      assert_holds_all (there, values);
      assert_holds_all (back, values);
      g_assert_cmpuint (count_values (there), ==, count_values (record));
      g_assert_cmpuint (count_values (back), ==, count_values (record));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/move/does-what-the-table-says", test_cases);
  g_test_add_func ("/model/move/says-so-in-both-languages", test_messages);
  g_test_add_func ("/model/move/moves-pointers-along", test_pointers);
  g_test_add_func ("/model/move/changes-nothing-under-the-same-version", test_same);
  g_test_add_func ("/model/move/loses-nothing-there-and-back", test_random);
  return g_test_run ();
}
