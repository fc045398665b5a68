// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "test-merge"

#include "config.h"

#include <string.h>

#include "store-fixture.h"
#include "yeji-conflicts.h"
#include "yeji-explanation.h"
#include "yeji-merge.h"

#define T1 "2026-01-02T03:04:05.000Z"
#define UUID "6f1c2d3e-4a5b-4c6d-8e7f-102030405777"
#define RULE "cost.sum"

/* What both started from. What is done to it is said in the same words:
 *
 *   name=TEXT, addr=TEXT         two fields of the project
 *   p1=TEXT, p1.b=TEXT           two fields of the row p1; the letter is the table
 *   +p4=TEXT@1                   a row that comes, at that place, or at the end
 *   -p1, >p1@2                   one that goes, or moves to another place
 *   role=ROLE
 *   kept:p1=TEXT, reply:p1=TEXT  why a warning is kept, a reply; nothing takes it away
 *   aside+TEXT, aside-TEXT       a value that was put aside, or dropped from there
 *   extra:NAME=JSON, p1.extra:NAME=JSON
 *                                what the dictionary does not know; nothing takes it away */
#define BASE "role=construction name=基名 addr=基址 +p1=一 +p2=二 +p3=三 +t1=标甲 +u1=楼甲 u1.b=标甲" \
             " kept:p2=因 reply:p3=答 aside+旧 extra:k=1 p2.extra:k=1"

static const struct
{
  char letter;
  const char *member, *first, *second;
} tables[] = {
  { 'p', "participants", "PersonName", "CorpName" },
  { 't', "tenders", "TenderNum", "TenderPrjName" },
  { 'u', "units", "SubPrjName", "TenderNum" },
};

/* ---- Words */

static const YejiTableDef *
find_table (YejiRecord *record,
            char        letter,
            guint      *index)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (tables[i].letter == letter)
      {
        *index = i;
        return yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                            tables[i].member);
      }
  g_assert_not_reached ();
}

static YejiRow *
find_row (YejiRecord *record,
          const char *id)
{
  guint i;
  YejiRow *row = yeji_record_find_row (record, find_table (record, *id, &i), id, NULL);

  if (row == NULL)
    g_error ("no row %s", id);
  return row;
}

static void
set_row (YejiRecord *record,
         const char *place,
         const char *text)
{
  g_auto (GStrv) parts = g_strsplit (place, ".", 2);
  YejiRow *row = find_row (record, parts[0]);
  guint i;
  const YejiTableDef *table = find_table (record, *place, &i);

  yeji_record_set (record, row,
                   yeji_table_def_find_field (table, parts[1] == NULL ? tables[i].first
                                                                     : tables[i].second),
                   text);
}

static void
set_extra (YejiRecord *record,
           const char *place,
           const char *name,
           const char *text)
{
  GHashTable *extras = *place != '\0' ? yeji_row_get_extras (find_row (record, place))
                                      : yeji_record_get_extras (record);

  if (*text == '\0')
    g_assert_true (g_hash_table_remove (extras, name));
  else if (*place != '\0')
    yeji_row_set_extra (find_row (record, place), name, text);
  else
    g_hash_table_replace (extras, g_strdup (name), g_strdup (text));
}

static void
set_kept (YejiRecord *record,
          const char *place,
          const char *text)
{
  guint i;
  const YejiTableDef *table = find_table (record, *place, &i);
  g_autoptr (YejiKept) kept = yeji_kept_new (RULE, table->id, place, tables[i].first, "1", "2",
                                             text);

  yeji_record_keep (record, kept);
}

static void
set_reply (YejiRecord *record,
           const char *place,
           const char *text)
{
  guint i;
  const YejiTableDef *table = find_table (record, *place, &i);
  g_autofree char *pointer = yeji_record_get_pointer (record, table, find_row (record, place),
                                                      NULL);
  g_autoptr (YejiKept) reply = yeji_explanation_new (record, pointer, text, "某", T1, NULL);

  g_assert_nonnull (reply);
  yeji_record_keep (record, reply);
}

static void
set_aside (YejiRecord *record,
           gboolean    there,
           const char *text)
{
  g_autoptr (YejiAside) aside = yeji_aside_new ("1", "TBProjectInfo", "project", "Old", "旧项",
                                                text);

  if (there)
    yeji_record_add_aside (record, aside);
  else
    g_assert_true (yeji_record_remove_aside (record, aside));
}

static void
put_row (YejiRecord *record,
         const char *id,
         const char *text,
         guint       position)
{
  guint i;
  const YejiTableDef *table = find_table (record, *id, &i);
  g_autoptr (YejiRow) row = NULL;

  if (text != NULL)
    row = yeji_row_new (table, id);
  else
    {
      row = g_object_ref (find_row (record, id));
      yeji_record_remove_row (record, row);
    }
  yeji_record_insert_row (record, position, row);
  if (text != NULL)
    set_row (record, id, text);
}

static void
apply_setting (YejiRecord *record,
               const char *place,
               const char *text)
{
  const char *extra = strstr (place, "extra:");

  if (g_str_equal (place, "role"))
    yeji_record_set_role (record, text);
  else if (g_str_equal (place, "name"))
    store_fixture_type (record, "PrjName", text);
  else if (g_str_equal (place, "addr"))
    store_fixture_type (record, "Address", text);
  else if (extra != NULL)
    {
      g_autofree char *row = extra > place ? g_strndup (place, (gsize) (extra - place - 1))
                                           : g_strdup ("");

      set_extra (record, row, extra + strlen ("extra:"), text);
    }
  else if (g_str_has_prefix (place, "kept:"))
    set_kept (record, place + strlen ("kept:"), text);
  else if (g_str_has_prefix (place, "reply:"))
    set_reply (record, place + strlen ("reply:"), text);
  else
    set_row (record, place, text);
}

static void
apply_word (YejiRecord *record,
            const char *word)
{
  g_auto (GStrv) at = g_strsplit (word, "@", 2);
  g_auto (GStrv) parts = g_strsplit (at[0], "=", 2);
  guint position = at[0] != NULL && at[1] != NULL
                     ? (guint) g_ascii_strtoull (at[1], NULL, 10) : G_MAXUINT;

  if (*word == '+')
    put_row (record, parts[0] + 1, parts[1], position);
  else if (*word == '>')
    put_row (record, parts[0] + 1, NULL, position);
  else if (*word == '-')
    yeji_record_remove_row (record, find_row (record, word + 1));
  else if (g_str_has_prefix (word, "aside"))
    set_aside (record, word[strlen ("aside")] == '+', word + strlen ("aside+"));
  else
    apply_setting (record, parts[0], parts[1]);
}

static void
apply (YejiRecord *record,
       const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      apply_word (record, list[i]);
}

static YejiRecord *
make (YejiDictionary *dictionary,
      const char     *uuid,
      const char     *words)
{
  YejiRecord *record = yeji_record_new (dictionary, uuid, "");

  apply (record, BASE);
  apply (record, words);
  return record;
}

/* ---- Cases */

/* Every way in which one place may be changed on two sides. `merged` is what is to come out, said
 * as what was done to the base; `swapped` the same where theirs is mine and mine theirs, NULL: the
 * same. `asked` is how many places the clerk is asked about, either way. */
static const struct
{
  const char *what;
  const char *mine, *theirs;
  const char *merged, *swapped;
  guint asked;
} cases[] = {
  { "nothing", "", "", "", NULL, 0 },

  { "a field, here", "name=新", "", "name=新", NULL, 0 },
  { "a field, both the same", "name=新", "name=新", "name=新", NULL, 0 },
  { "a field, each its own way", "name=甲", "name=乙", "name=甲", "name=乙", 1 },
  { "a field, emptied here", "name=", "", "name=", NULL, 0 },
  { "a field, emptied here, changed there", "name=", "name=乙", "name=", "name=乙", 1 },
  { "a field, emptied on both", "name=", "name=", "name=", NULL, 0 },
  { "two fields, one each", "name=甲", "addr=乙", "name=甲 addr=乙", NULL, 0 },
  { "two fields, one of them on both", "name=甲 addr=丙", "addr=乙", "name=甲 addr=丙",
    "name=甲 addr=乙", 1 },
  { "two fields, both on both", "name=甲 addr=丙", "name=丁 addr=乙", "name=甲 addr=丙",
    "name=丁 addr=乙", 2 },
  { "changed and changed back here, changed there", "name=甲 name=基名", "name=乙", "name=乙",
    NULL, 0 },

  { "a row's field, here", "p2=甲", "", "p2=甲", NULL, 0 },
  { "a row's field, both the same", "p2=甲", "p2=甲", "p2=甲", NULL, 0 },
  { "a row's field, each its own way", "p2=甲", "p2=乙", "p2=甲", "p2=乙", 1 },
  { "two fields of a row", "p2=甲", "p2.b=乙", "p2=甲 p2.b=乙", NULL, 0 },
  { "two rows", "p1=甲", "p2=乙", "p1=甲 p2=乙", NULL, 0 },

  { "a row added here", "+p4=四", "", "+p4=四", NULL, 0 },
  { "a row added here in front", "+p4=四@0", "", "+p4=四@0", NULL, 0 },
  { "a row added here in the middle", "+p4=四@1", "", "+p4=四@1", NULL, 0 },
  { "rows added on both at the end", "+p4=四", "+p5=五", "+p4=四 +p5=五", NULL, 0 },
  { "rows added on both in front", "+p5=五@0", "+p4=四@0", "+p5=五@0 +p4=四@0", NULL, 0 },
  { "rows added at two places", "+p4=四@0", "+p5=五", "+p4=四@0 +p5=五", NULL, 0 },
  { "several rows added at one place stay together", "+p4=四 +p7=七", "+p5=五 +p6=六",
    "+p4=四 +p7=七 +p5=五 +p6=六", NULL, 0 },
  { "an added row and a field of another", "+p4=四", "p1=乙", "+p4=四 p1=乙", NULL, 0 },
  { "rows added in two tables", "+p4=四", "+t2=标乙", "+p4=四 +t2=标乙", NULL, 0 },
  { "the same row added on both", "+p4=四", "+p4=四", "+p4=四", NULL, 0 },
  { "the same row added on both, filled in two places", "+p4=四", "+p4= p4.b=乙",
    "+p4=四 p4.b=乙", NULL, 0 },
  { "the same row added on both, each its own way", "+p4=四", "+p4=肆", "+p4=四", "+p4=肆", 1 },

  { "a row deleted here", "-p2", "", "-p2", NULL, 0 },
  { "a row deleted on both", "-p2", "-p2", "-p2", NULL, 0 },
  { "a row deleted here, another there", "-p1", "-p2", "-p1 -p2", NULL, 0 },
  { "a row deleted here, another edited there", "-p1", "p2=乙", "-p1 p2=乙", NULL, 0 },
  { "a row deleted here, edited there", "-p2", "p2=乙", "-p2", "p2=乙", 1 },
  { "a row deleted here, its member changed there", "-p2", "p2.extra:k=2", "-p2", "-p2", 0 },
  { "all rows deleted here, one edited there", "-p1 -p2 -p3", "p2=乙", "-p1 -p2 -p3",
    "-p1 p2=乙 -p3", 1 },
  { "a row deleted here, one added behind it there", "-p2", "+p4=四@2", "-p2 +p4=四@1", NULL, 0 },
  { "all rows deleted here, one added there", "-p1 -p2 -p3", "+p4=四", "-p1 -p2 -p3 +p4=四", NULL,
    0 },

  /* what came, was edited and went, and came again; the uuid of a row is its name */
  { "added and deleted here", "+p4=四 -p4", "", "", NULL, 0 },
  { "added and deleted here, added there", "+p4=四 -p4", "+p5=五", "+p5=五", NULL, 0 },
  { "added, edited here", "+p4=四 p4=肆", "", "+p4=肆", NULL, 0 },
  { "added, edited, deleted here, edited there", "+p4=四 p4=肆 -p4", "p1=乙", "p1=乙", NULL, 0 },
  { "deleted and back again here", "-p2 +p2=二@1 p2.extra:k=1 kept:p2=因", "", "", NULL, 0 },
  { "deleted and back again here, edited there", "-p2 +p2=二@1 p2.extra:k=1 kept:p2=因", "p2=乙",
    "p2=乙", NULL, 0 },
  { "deleted, back and edited here, edited there", "-p2 +p2=甲@1 p2.extra:k=1 kept:p2=因", "p2=乙",
    "p2=甲", "p2=乙", 1 },
  { "edited and deleted here, edited there", "p2=甲 -p2", "p2=乙", "-p2", "p2=乙", 1 },
  { "edited and deleted here, the same edit there", "p2=甲 -p2", "p2=甲", "-p2", "p2=甲", 1 },
  { "edited and deleted here, deleted there", "p2=甲 -p2", "-p2", "-p2", NULL, 0 },
  { "deleted, back, deleted here, edited and back there", "-p2 +p2=二@1 -p2", "p2=乙 p2=二", "-p2",
    NULL, 0 },
  { "deleted and added under another id on both", "-p2 +p4=二@1", "-p2 +p5=二@1",
    "-p2 +p4=二@1 +p5=二@2", NULL, 0 },

  { "moved here", ">p1@2", "", ">p1@2", NULL, 0 },
  { "moved on both the same", ">p1@2", ">p1@2", ">p1@2", NULL, 0 },
  { "moved on both, each its own way", ">p1@2", ">p3@0", ">p1@2", ">p3@0", 0 },
  { "moved here, edited there", ">p1@2", "p1=乙", ">p1@2 p1=乙", NULL, 0 },
  { "moved here, deleted there", ">p1@2", "-p1", "-p1", NULL, 0 },
  { "moved here, another deleted there", ">p1@2", "-p2", "-p2 >p1@1", NULL, 0 },
  { "moved here, a row added behind it there", ">p1@2", "+p4=四@1", ">p1@2 +p4=四", NULL, 0 },
  { "moved and edited here, deleted there", ">p1@2 p1=甲", "-p1", ">p1@2 p1=甲", "-p1", 1 },

  { "the role, here", "role=design", "", "role=design", NULL, 0 },
  { "the role, both the same", "role=design", "role=design", "role=design", NULL, 0 },
  { "the role, each its own way", "role=design", "role=survey", "role=design", "role=survey", 1 },
  { "the role here, a field there", "role=design", "name=乙", "role=design name=乙", NULL, 0 },

  { "a reason added here", "kept:p1=甲", "", "kept:p1=甲", NULL, 0 },
  { "reasons added on both", "kept:p1=甲", "kept:p3=乙", "kept:p1=甲 kept:p3=乙", NULL, 0 },
  { "a reason changed here", "kept:p2=甲", "", "kept:p2=甲", NULL, 0 },
  { "a reason, both the same", "kept:p2=甲", "kept:p2=甲", "kept:p2=甲", NULL, 0 },
  { "a reason taken away here", "kept:p2=", "", "kept:p2=", NULL, 0 },
  { "a reason taken away here, changed there", "kept:p2=", "kept:p2=乙", "kept:p2=乙", NULL, 0 },
  { "a reason, each its own way", "kept:p2=甲", "kept:p2=乙", "kept:p2=甲", "kept:p2=乙", 1 },
  { "a reason here, its value there", "kept:p2=甲", "p2=乙", "kept:p2=甲 p2=乙", NULL, 0 },
  { "the row of a reason deleted there, edited here", "p2=甲", "-p2", "p2=甲", "-p2", 1 },
  { "a reply added here, one there", "reply:p1=甲", "reply:p2=乙", "reply:p1=甲 reply:p2=乙",
    NULL, 0 },
  { "a reply taken away here", "reply:p3=", "", "reply:p3=", NULL, 0 },
  { "a reply taken away here, changed there", "reply:p3=", "reply:p3=乙", "reply:p3=乙", NULL, 0 },
  { "a reply, each its own way", "reply:p3=甲", "reply:p3=乙", "reply:p3=甲", "reply:p3=乙", 1 },

  { "put aside here", "aside+甲", "", "aside+甲", NULL, 0 },
  { "put aside on both", "aside+甲", "aside+甲", "aside+甲", NULL, 0 },
  { "put aside, one on each", "aside+1", "aside+2", "aside+1 aside+2", NULL, 0 },
  { "dropped from aside here", "aside-旧", "", "aside-旧", NULL, 0 },
  { "dropped here, put aside there", "aside-旧", "aside+甲", "aside-旧 aside+甲", NULL, 0 },

  { "a member changed here", "extra:k=2", "", "extra:k=2", NULL, 0 },
  { "members that came", "extra:a=1", "extra:b=1", "extra:a=1 extra:b=1", NULL, 0 },
  { "a member gone here", "extra:k=", "", "extra:k=", NULL, 0 },
  { "a member gone here, changed there", "extra:k=", "extra:k=2", "extra:k=2", NULL, 0 },
  { "a member, each its own way", "extra:k=2", "extra:k=3", "extra:k=2", "extra:k=3", 0 },
  { "a row's member changed here, its field there", "p2.extra:k=2", "p2=乙", "p2.extra:k=2 p2=乙",
    NULL, 0 },
  { "a row's member gone here", "p2.extra:k=", "", "p2.extra:k=", NULL, 0 },

  /* the row that another names is gone: both stand, and the check says what names nothing */
  { "a tender deleted there, a unit that names it added here", "+u2=楼乙 u2.b=标甲", "-t1",
    "+u2=楼乙 u2.b=标甲 -t1", NULL, 0 },
  { "a tender renamed there, a unit that names it edited here", "u1=楼丙", "t1=标丙 u1.b=标丙",
    "u1=楼丙 t1=标丙 u1.b=标丙", NULL, 0 },
};

static void
assert_same (const char *what,
             const char *order,
             YejiRecord *record,
             YejiRecord *expected)
{
  g_autofree char *is = yeji_record_to_text (record);
  g_autofree char *should_be = yeji_record_to_text (expected);

  if (!g_str_equal (is, should_be))
    g_error ("%s (%s):\n%s\nshould be\n%s", what, order, is, should_be);
}

static void
save_and_answer (StoreFixture *fixture,
                 YejiRecord   *base,
                 YejiRecord   *mine,
                 YejiRecord   *theirs)
{
  YejiAnswer *answer = store_fixture_answer_new (base, "r1", "returned", T1);

  answer->record = yeji_record_to_text (base);
  store_fixture_apply (fixture, answer, "c1");
  store_fixture_save (fixture, mine, 0);
  answer = store_fixture_answer_new (theirs, "r2", "returned", T1);
  answer->record = yeji_record_to_text (theirs);
  store_fixture_apply (fixture, answer, "c2");
}

/* As it is with a province: the records are written and read in between. */
static void
assert_merged (StoreFixture *fixture,
               const char   *what,
               const char   *order,
               const char   *mine,
               const char   *theirs,
               const char   *merged,
               guint         asked)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (YejiRecord) base = make (fixture->dictionary, uuid, "");
  g_autoptr (YejiRecord) here = make (fixture->dictionary, uuid, mine);
  g_autoptr (YejiRecord) there = make (fixture->dictionary, uuid, theirs);
  g_autoptr (YejiRecord) expected = make (fixture->dictionary, uuid, merged);
  g_autoptr (YejiRecord) result = yeji_merge_records (base, here, there);
  g_autoptr (YejiRecord) stored = NULL;
  g_autoptr (YejiEntry) entry = NULL;

  assert_same (what, order, result, expected);
  save_and_answer (fixture, base, here, there);
  stored = store_fixture_load (fixture, base);
  assert_same (what, "stored", stored, expected);
  entry = store_fixture_get_entry (fixture, base);
  if (yeji_entry_get_n_conflicts (entry) != asked)
    g_error ("%s (%s): asked about %u places", what, order, yeji_entry_get_n_conflicts (entry));
}

static void
test_every_case (StoreFixture  *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *swapped = cases[i].swapped != NULL ? cases[i].swapped : cases[i].merged;

      assert_merged (fixture, cases[i].what, "mine, theirs", cases[i].mine, cases[i].theirs,
                     cases[i].merged, cases[i].asked);
      assert_merged (fixture, cases[i].what, "theirs, mine", cases[i].theirs, cases[i].mine,
                     swapped, cases[i].asked);
    }
}

/* ---- Properties */

#define N_STORIES 1000

/* Of the places where rows go and come, one side has the even ones and the other the odd ones where
 * nothing is to conflict. */
typedef struct
{
  GRand *random;
  gboolean apart;
  gboolean moves;
  guint side;
  guint n_rows;                /* that came */
} Author;

static gboolean
is_mine (Author     *author,
         const char *id)
{
  return !author->apart || (guint) (id[1] % 2) == author->side;
}

static void
edit_row (Author     *author,
          YejiRecord *record,
          guint       table)
{
  const YejiTableDef *def = yeji_dictionary_find_member (yeji_record_get_dictionary (record),
                                                         tables[table].member);
  guint n = yeji_record_get_n_rows (record, def);
  YejiRow *row = n > 0 ? yeji_record_get_row (record, def, g_rand_int (author->random) % n) : NULL;
  g_autofree char *text = g_strdup_printf ("%u·%u", author->side,
                                           g_rand_int_range (author->random, 0, 5));
  g_autofree char *place = NULL;
  g_autofree char *id = row != NULL ? g_strdup (yeji_row_get_id (row)) : NULL;

  switch (g_rand_int_range (author->random, 0, 8))
    {
    case 0:
      place = g_strdup_printf ("%c%u-%u", tables[table].letter, author->side, author->n_rows++);
      put_row (record, place, text, g_rand_int (author->random) % (n + 1));
      break;
    case 1:
      if (row != NULL && is_mine (author, id))
        yeji_record_remove_row (record, row);
      break;
    case 2:
      if (row != NULL && (!author->apart || author->moves))
        put_row (record, id, NULL, g_rand_int (author->random) % n);
      break;
    case 3:
      if (row != NULL && is_mine (author, id))
        set_kept (record, id, text);
      break;
    case 4:
      if (row != NULL && is_mine (author, id))
        set_reply (record, id, text);
      break;
    case 5:
      place = g_strconcat (row != NULL ? id : "", ".b", NULL);
      if (row != NULL && is_mine (author, id))
        set_row (record, place, text);
      break;
    default:
      if (row != NULL && is_mine (author, id))
        set_row (record, id, text);
    }
}

static YejiRecord *
write_story (Author     *author,
             YejiRecord *base)
{
  static const char * const fields[] = { "PrjName", "Address" };
  YejiRecord *record = yeji_record_copy (base);
  guint n = (guint) g_rand_int_range (author->random, 0, 12);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u·%u", author->side,
                                               g_rand_int_range (author->random, 0, 5));
      YejiRow *project = yeji_record_get_project (record);
      guint field = author->apart ? author->side : g_rand_int (author->random) % 2;

      if (g_rand_int_range (author->random, 0, 4) == 0)
        yeji_record_set (record, project,
                         yeji_table_def_find_field (yeji_row_get_table (project), fields[field]),
                         text);
      else
        edit_row (author, record, g_rand_int (author->random) % G_N_ELEMENTS (tables));
    }
  return record;
}

static YejiRecord *
make_long (YejiDictionary *dictionary)
{
  return make (dictionary, UUID, "+p4=四 +p5=五 +p6=六 +t2=标乙 +t3=标丙 +u2=楼乙 +u3=楼丙");
}

static const char *
say (const YejiDifference *difference,
     YejiRecord           *record)
{
  const YejiTableDef *table = yeji_dictionary_find_table (yeji_record_get_dictionary (record),
                                                          difference->table);
  YejiRow *row = table != NULL ? yeji_record_find_row (record, table, difference->row, NULL)
                               : NULL;
  const YejiFieldDef *field = table != NULL ? yeji_table_def_find_field (table, difference->field)
                                            : NULL;

  if (field == NULL)
    return row != NULL ? "there" : NULL;
  return row != NULL ? yeji_row_get (row, field) : NULL;
}

static const char *
say_side (const YejiDifference *difference,
          YejiSide              side)
{
  if (yeji_difference_is_row (difference))
    return difference->texts[side] != NULL ? "there" : NULL;
  return difference->texts[side];
}

/* What one side alone changed is what it is there; what both changed is mine, and told. */
static guint
assert_nothing_lost (YejiRecord *base,
                     YejiRecord *mine,
                     YejiRecord *theirs,
                     YejiRecord *merged)
{
  static const YejiSide sides[N_YEJI_DIFFERENCE_KINDS] = {
    [YEJI_DIFFERENCE_MINE] = YEJI_SIDE_MINE,
    [YEJI_DIFFERENCE_THEIRS] = YEJI_SIDE_THEIRS,
    [YEJI_DIFFERENCE_BOTH] = YEJI_SIDE_THEIRS,
    [YEJI_DIFFERENCE_CONFLICT] = YEJI_SIDE_MINE,
  };
  g_autoptr (YejiComparison) comparison = yeji_comparison_new (base, mine, theirs, FALSE);
  guint n = 0;

  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (comparison->differences, i);

      if (*difference->table == '\0' || strchr (difference->field, ':') != NULL)
        continue;
      g_assert_cmpstr (say (difference, merged), ==,
                       say_side (difference, sides[difference->kind]));
      n += difference->kind == YEJI_DIFFERENCE_CONFLICT;
    }
  return n;
}

static void
assert_merge_is (YejiRecord *base,
                 YejiRecord *mine,
                 YejiRecord *theirs,
                 YejiRecord *expected,
                 const char *what,
                 guint       story)
{
  g_autoptr (YejiRecord) merged = yeji_merge_records (base, mine, theirs);
  g_autofree char *name = g_strdup_printf ("story %u", story);

  assert_same (what, name, merged, expected);
}

/* Merged once more it says the same; the order of what is noted beside values says nothing. */
static void
assert_nothing_new (YejiRecord *base,
                    YejiRecord *merged,
                    YejiRecord *theirs)
{
  g_autoptr (YejiRecord) again = yeji_merge_records (base, merged, theirs);
  g_autoptr (GPtrArray) changes = yeji_record_diff (merged, again);

  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_properties (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (YejiRecord) base = make_long (fixture->dictionary);
  GRand *random = g_rand_new_with_seed (20181);
  guint n_conflicts = 0;

  for (guint i = 0; i < N_STORIES; i++)
    {
      gboolean apart = i % 2 == 0;
      Author first = { random, apart, i % 4 == 0, 0 };
      Author second = { random, apart, i % 4 != 0, 1 };
      g_autoptr (YejiRecord) mine = write_story (&first, base);
      g_autoptr (YejiRecord) theirs = write_story (&second, base);
      g_autoptr (YejiRecord) merged = yeji_merge_records (base, mine, theirs);
      guint n = assert_nothing_lost (base, mine, theirs, merged);

      assert_merge_is (base, mine, base, mine, "nothing there", i);
      assert_merge_is (base, base, theirs, theirs, "nothing here", i);
      assert_merge_is (base, mine, mine, mine, "the same", i);
      assert_nothing_new (base, merged, theirs);
      /* the province has what it had, and so nothing is new */
      assert_merge_is (theirs, merged, theirs, merged, "taken over", i);
      n_conflicts += n;
      if (!apart)
        continue;
      g_assert_cmpuint (n, ==, 0);
      assert_merge_is (base, theirs, mine, merged, "the other way round", i);
    }
  g_rand_free (random);
  g_assert_cmpuint (n_conflicts, >, N_STORIES / 10);
}

static const StoreCase store_cases[] = {
  { "/store/merge/takes-every-case-in-both-orders", test_every_case },
  { "/store/merge/loses-nothing-whoever-merges", test_properties },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_fixture_add_cases (store_cases, G_N_ELEMENTS (store_cases));
  return g_test_run ();
}
