// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package"

#include "config.h"

#include "yeji-package-private.h"

#include <string.h>

#include "yeji-change-apply.h"

/* Two histories of one record say how the two are akin: a step is the same in both when who, when,
 * why and what are the same. Steps that only one has are what was done there since. What both came
 * from is found by taking those back, on the side where more of what is common lies before them. */

typedef struct
{
  guint first;                 /* of its lines */
  guint n_lines;
  char *key;                   /* what makes it this step */
  gboolean neutral;            /* says nothing of what was done by hand */
  gboolean effective;          /* changed the record that has this history */
  gboolean only;               /* the other history lacks it */
} Step;

static void
clear_step (gpointer data)
{
  Step *step = data;

  g_free (step->key);
}

static const char *
get_why (const YejiHistoryLine *line)
{
  return line->why + (yeji_history_line_is_elsewhere (line) ? strlen (YEJI_HISTORY_ELSEWHERE) : 0);
}

static void
add_text (GChecksum  *checksum,
          const char *text)
{
  const char *known = text != NULL ? text : "\x01";

  g_checksum_update (checksum, (const guchar *) known, (gssize) strlen (known) + 1);
}

/* What stood there before is left out: where lines were made one on one side, the last one is still
 * the same. */
static char *
make_key (GPtrArray *lines,
          guint      first,
          guint      n)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = first; i < first + n; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);

      add_text (checksum, line->at);
      add_text (checksum, line->who);
      add_text (checksum, get_why (line));
      add_text (checksum, line->change->table);
      add_text (checksum, line->change->row);
      add_text (checksum, line->change->field);
      add_text (checksum, line->change->after);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Each computer takes over what the province says, a new dictionary or a package by itself, and at
 * a time of its own. What differs after that is what was done by hand. */
static gboolean
is_neutral (const YejiHistoryLine *line,
            gboolean               same_answer)
{
  const char *why = get_why (line);

  return yeji_change_is_bin (line->change) || g_str_equal (why, "migrated")
    || g_str_equal (why, YEJI_WHY_FOLLOWED) || yeji_history_line_is_taken (line)
    || (same_answer && g_str_equal (why, YEJI_HISTORY_ANSWERED));
}

static Step *
find_step (GArray    *steps,
           GPtrArray *lines,
           gint64     number)
{
  for (guint i = 0; i < steps->len; i++)
    {
      Step *step = &g_array_index (steps, Step, i);

      if (((const YejiHistoryLine *) g_ptr_array_index (lines, step->first))->step == number)
        return step;
    }
  return NULL;
}

/* Who took back a taking over may want it after all. */
static void
pair_undone (GArray    *steps,
             GPtrArray *lines)
{
  for (guint i = 0; i < steps->len; i++)
    {
      Step *step = &g_array_index (steps, Step, i);
      const YejiHistoryLine *line = g_ptr_array_index (lines, step->first);
      Step *undone = NULL;
      const char *why = "";

      if (g_str_equal (line->why, "undone"))
        undone = find_step (steps, lines, line->undoes);
      if (undone != NULL)
        why = ((const YejiHistoryLine *) g_ptr_array_index (lines, undone->first))->why;
      if (g_str_equal (why, YEJI_WHY_TAKEN) || g_str_equal (why, YEJI_WHY_FOLLOWED))
        step->neutral = undone->neutral = TRUE;
    }
}

static GArray *
list_steps (GPtrArray *lines,
            gboolean   same_answer)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (Step));

  g_array_set_clear_func (steps, clear_step);
  for (guint i = 0; i < lines->len;)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);
      Step step = { i };

      while (i < lines->len
             && ((const YejiHistoryLine *) g_ptr_array_index (lines, i))->step == line->step)
        i++;
      step.n_lines = i - step.first;
      step.key = make_key (lines, step.first, step.n_lines);
      step.neutral = is_neutral (line, same_answer);
      step.effective = !yeji_history_line_is_idle (line) && !g_str_equal (line->why, "migrated");
      g_array_append_val (steps, step);
    }
  pair_undone (steps, lines);
  return steps;
}

/* Marks what the other lacks; returns whether there is any. @cut: the first of them; @common: steps
 * before it that both have. */
static gboolean
compare (GArray *steps,
         GArray *others,
         guint  *cut,
         guint  *common)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean any = FALSE;

  *common = 0;
  *cut = steps->len;
  for (guint i = 0; i < others->len; i++)
    g_hash_table_add (keys, g_array_index (others, Step, i).key);
  for (guint i = 0; i < steps->len; i++)
    {
      Step *step = &g_array_index (steps, Step, i);

      step->only = !step->neutral && !g_hash_table_contains (keys, step->key);
      if (step->only && !any)
        *cut = i;
      any |= step->only;
      if (!any && g_hash_table_contains (keys, step->key))
        (*common)++;
    }
  return any;
}

static YejiRecord *
take_back (const YejiLineage *lineage,
           GArray            *steps,
           guint              cut)
{
  YejiRecord *record = yeji_record_copy (lineage->record);

  for (guint i = steps->len; i-- > cut;)
    {
      const Step *step = &g_array_index (steps, Step, i);
      g_autoptr (GPtrArray) changes = g_ptr_array_new ();
      g_autoptr (GPtrArray) applied = NULL;

      if (!step->effective)
        continue;
      for (guint j = step->first; j < step->first + step->n_lines; j++)
        g_ptr_array_add (changes,
                         ((const YejiHistoryLine *) g_ptr_array_index (lineage->lines, j))->change);
      applied = yeji_record_apply (record, changes, TRUE);
    }
  return record;
}

static GPtrArray *
list_news (GPtrArray *lines,
           GArray    *steps)
{
  GPtrArray *news = g_ptr_array_new ();

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      for (guint j = step->first; step->only && j < step->first + step->n_lines; j++)
        g_ptr_array_add (news, g_ptr_array_index (lines, j));
    }
  return news;
}

/**
 * yeji_package_find_kin: (skip)
 * @mine: what is here
 * @theirs: what came, under the same dictionary
 * @same_answer: whether both have the same of the province
 * @base: (out) (transfer full) (nullable): what both came from; %NULL where the histories do not
 *     tell
 * @news: (out) (transfer container) (element-type YejiHistoryLine): lines that mine lacks, owned by
 *     @theirs
 *
 * Returns: which of the two was gone on with since they were the same
 */
YejiKin
yeji_package_find_kin (const YejiLineage  *mine,
                       const YejiLineage  *theirs,
                       gboolean            same_answer,
                       YejiRecord        **base,
                       GPtrArray         **news)
{
  g_autoptr (GArray) mine_steps = list_steps (mine->lines, same_answer);
  g_autoptr (GArray) their_steps = list_steps (theirs->lines, same_answer);
  guint my_cut, my_common, their_cut, their_common;
  gboolean any_mine = compare (mine_steps, their_steps, &my_cut, &my_common);
  gboolean any_theirs = compare (their_steps, mine_steps, &their_cut, &their_common);

  *base = NULL;
  *news = list_news (theirs->lines, their_steps);
  if (!any_theirs)
    return YEJI_KIN_OLDER;
  /* what was never changed here is what theirs began with */
  if (mine->lines->len == 0)
    return YEJI_KIN_NEWER;
  if (my_common == 0 && their_common == 0)
    return YEJI_KIN_BOTH;
  if (!any_mine)
    return YEJI_KIN_NEWER;
  *base = my_common >= their_common ? take_back (mine, mine_steps, my_cut)
                                    : take_back (theirs, their_steps, their_cut);
  return YEJI_KIN_BOTH;
}
