// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "match-corpus.h"

/* Files of each corpus. */
#define N_FILES 4000

/* Shares, in percent, that must at least be reached; what is reached is printed. */
#define MIN_SURE 93            /* of files that are called by the whole name or a number */
#define MIN_FOUND 87           /* of all, guesses too; what two records are called is not found */
#define MIN_SLOTS 99
#define MAX_WRONG_GUESSES 1    /* of all */

typedef struct
{
  guint n;
  guint n_exact;
  guint n_sure;                /* of those that are exact */
  guint n_right;               /* sure or guessed */
  guint n_wrong_sure;
  guint n_wrong;
  guint n_unclear;
  guint n_slots;
} Count;

static gboolean
is_like (MatchCorpus *corpus,
         const char  *one,
         const char  *other)
{
  const YejiMatchRecord *a = NULL, *b = NULL;

  for (guint i = 0; i < corpus->records->len; i++)
    {
      const YejiMatchRecord *record = g_ptr_array_index (corpus->records, i);

      if (g_str_equal (record->uuid, one))
        a = record;
      if (g_str_equal (record->uuid, other))
        b = record;
    }
  return a != NULL && b != NULL && g_str_equal (a->name, b->name);
}

static void
judge (MatchCorpus           *corpus,
       YejiMatcher           *matcher,
       const MatchCorpusFile *file,
       Count                 *count)
{
  g_autoptr (YejiMatch) match = yeji_matcher_match (matcher, file->path);
  gboolean right = match->uuid != NULL && g_strcmp0 (match->uuid, file->uuid) == 0;
  gboolean sure = yeji_match_get_certainty (match) == YEJI_CERTAINTY_SURE;

  count->n++;
  count->n_exact += file->exact;
  count->n_sure += file->exact && right && sure;
  count->n_right += right;
  count->n_unclear += match->uuid == NULL && match->rival != NULL;
  count->n_slots += g_strcmp0 (match->slot, file->slot) == 0;
  if (g_strcmp0 (match->slot, file->slot) != 0)
    g_test_message ("slot: %s: %s for %s", file->path, match->slot, file->slot);
  if (match->uuid == NULL || right)
    return;
  count->n_wrong++;
  if (!sure)
    return;
  count->n_wrong_sure++;
  g_test_message ("WRONG: %s is %s, not %s (%u %s)", file->path,
                  yeji_matcher_find (matcher, match->uuid)->name,
                  file->uuid != NULL ? yeji_matcher_find (matcher, file->uuid)->name : "none",
                  match->score, yeji_match_reason_to_code (match->reason));
  g_assert_false (is_like (corpus, match->uuid, file->uuid != NULL ? file->uuid : ""));
}

static void
test_corpus (gconstpointer data)
{
  guint n_records = GPOINTER_TO_UINT (data);
  MatchCorpus *corpus = match_corpus_new (20260101 + n_records, n_records);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiMatcher) matcher = NULL;
  Count count = { 0 }, strangers = { 0 };

  g_assert_no_error (error);
  matcher = yeji_matcher_new (dictionary, corpus->records);
  for (guint i = 0; i < N_FILES; i++)
    {
      MatchCorpusFile file = { NULL };

      match_corpus_make_file (corpus, &file);
      judge (corpus, matcher, &file, &count);
      match_corpus_file_clear (&file);
    }
  for (guint i = 0; i < N_FILES / 4; i++)
    {
      MatchCorpusFile file = { NULL };

      match_corpus_make_stranger (corpus, &file);
      judge (corpus, matcher, &file, &strangers);
      match_corpus_file_clear (&file);
    }
  g_test_message ("%u records: sure %.1f %% of the exact, found %.1f %%, unclear %.1f %%, wrong "
                  "guesses %.2f %%, slots %.1f %%; strangers: wrong guesses %.1f %%",
                  n_records, 100.0 * count.n_sure / count.n_exact, 100.0 * count.n_right / count.n,
                  100.0 * count.n_unclear / count.n, 100.0 * count.n_wrong / count.n,
                  100.0 * count.n_slots / count.n, 100.0 * strangers.n_wrong / strangers.n);
  g_assert_cmpuint (count.n_wrong_sure, ==, 0);
  g_assert_cmpuint (strangers.n_wrong_sure, ==, 0);
  g_assert_cmpuint (100 * count.n_sure, >=, MIN_SURE * count.n_exact);
  g_assert_cmpuint (100 * count.n_right, >=, MIN_FOUND * count.n);
  g_assert_cmpuint (100 * count.n_wrong, <=, MAX_WRONG_GUESSES * count.n);
  g_assert_cmpuint (100 * count.n_slots, >=, MIN_SLOTS * count.n);
  match_corpus_free (corpus);
}

/* Whatever the bytes: no crash, and what is said is about records that there are. */
static void
test_garbage (void)
{
  static const char * const pieces[] = {
    "吉林", "大世城", "一", "标段", "#", "楼", "/", "//", " ", "合同", "zbtzs", "jldsc", "1",
    "99999999999999999999", "第", "页", "共", "of", "(", "（", "①", "Ⅱ",
    "\xe2\x80\xae", "\xcc\x81", "𠮷", ".", ".jpg", "_p", "a", "v", "长长长长", "lvlvlv",
    "20190301", "_101112", "\t", "\n", "ﷺ", "期", "-", "２", "Ａ", "的", "項目", "🏗",
  };
  MatchCorpus *corpus = match_corpus_new (7, 300);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiMatcher) matcher = NULL;

  g_assert_no_error (error);
  matcher = yeji_matcher_new (dictionary, corpus->records);
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) path = g_string_new (NULL);
      g_autoptr (YejiMatch) match = NULL;
      int n = g_rand_int_range (corpus->rand, 0, i % 50 == 0 ? 2000 : 12);

      for (int j = 0; j < n; j++)
        g_string_append (path, CORPUS_PICK (corpus, pieces));
      match = yeji_matcher_match (matcher, path->str);
      g_assert_cmpuint (match->score, <=, 100);
      g_assert_cmpint (match->page, >=, -1);
      if (match->uuid != NULL)
        g_assert_nonnull (yeji_matcher_find (matcher, match->uuid));
      if (match->slot != NULL)
        g_assert_nonnull (yeji_dictionary_find_slot (dictionary, match->slot));
    }
  match_corpus_free (corpus);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/intake/match/is-never-sure-of-the-wrong-one-of-100",
                        GUINT_TO_POINTER (100), test_corpus);
  g_test_add_data_func ("/intake/match/is-never-sure-of-the-wrong-one-of-1000",
                        GUINT_TO_POINTER (1000), test_corpus);
  g_test_add_data_func ("/intake/match/is-never-sure-of-the-wrong-one-of-5000",
                        GUINT_TO_POINTER (5000), test_corpus);
  g_test_add_func ("/intake/match/survives-any-name", test_garbage);
  return g_test_run ();
}
