// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How long 10,000 names of files take against 1,000 and 10,000 records, and how many of them find
 * their record. Invented names, by a seed. */

#include "config.h"

#include "match-corpus.h"

#include "yeji-platform.h"

#include <locale.h>

#define N_FILES 10000
#define MAX_SECONDS 1.0

static gboolean
measure (YejiDictionary *dictionary,
         guint           n_records)
{
  MatchCorpus *corpus = match_corpus_new (4711, n_records);
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (YejiMatcher) matcher = NULL;
  g_autofree MatchCorpusFile *files = g_new0 (MatchCorpusFile, N_FILES);
  g_autofree const char **paths = g_new0 (const char *, N_FILES);
  guint n_right = 0, n_wrong = 0;
  gint64 start, made, done;

  for (guint i = 0; i < N_FILES; i++)
    {
      match_corpus_make_file (corpus, &files[i]);
      paths[i] = files[i].path;
    }
  start = yeji_platform_get_own_time ();
  matcher = yeji_matcher_new (dictionary, corpus->records);
  made = yeji_platform_get_own_time ();
  matches = yeji_matcher_match_all (matcher, paths, N_FILES);
  done = yeji_platform_get_own_time ();
  for (guint i = 0; i < N_FILES; i++)
    {
      const YejiMatch *match = g_ptr_array_index (matches, i);

      n_right += g_strcmp0 (match->uuid, files[i].uuid) == 0;
      n_wrong += yeji_match_get_certainty (match) == YEJI_CERTAINTY_SURE
                 && g_strcmp0 (match->uuid, files[i].uuid) != 0;
      match_corpus_file_clear (&files[i]);
    }
  g_print ("match %u names to %u records: %.0f ms, and %.0f ms to learn the records; "
           "%.1f %% found, %u surely wrong\n",
           N_FILES, n_records, (done - made) / 1000.0, (made - start) / 1000.0,
           100.0 * n_right / N_FILES, n_wrong);
  match_corpus_free (corpus);
  return (double) (done - start) / G_USEC_PER_SEC < MAX_SECONDS;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  gboolean fast;

  setlocale (LC_ALL, "");
  g_assert_no_error (error);
  fast = measure (dictionary, 1000);
  fast = measure (dictionary, 10000) && fast;
  return fast ? 0 : 1;
}
