// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-score.h"

#include "yeji-pinyin.h"

#include <string.h>

/* The scores of yeji-match.h. */
#define SCORE_WHOLE 100
#define SCORE_CORE 95
#define SCORE_MORE 87          /* less 2 for each character that is left over, not below 70 */
#define SCORE_MORE_LEAST 70
#define SCORE_THREE 64         /* a name of three characters with others around it */
#define SCORE_PART 70          /* and 18 times the share */
#define SCORE_PART_RANGE 18
#define SCORE_PART_OF_TWO 60
#define SCORE_SLIP 82          /* less 4 for each slip, and 1 for each character left over */
#define SCORE_SLIP_PART 60     /* and 14 times the share */
#define SCORE_SLIP_PART_RANGE 14
#define SCORE_PINYIN 70        /* and 18 times the share */
#define SCORE_INITIALS 62      /* and 13 times the share */
#define SCORE_INITIALS_RANGE 13
#define SCORE_LOTS 80          /* at most, when one of them tells a lot that the other does not */
#define SCORE_WORKS 50

#define MIN_PART 3
#define MIN_SLIP 5             /* characters that are enough to forgive one */
#define MIN_TWO_SLIPS 9
#define MIN_LETTERS 4
#define MIN_SPELT 6
#define MAX_LETTERS 120

/* Ways to read a name that are tried: names that are read in more are not written by people. */
#define MAX_STEPS 2000

#define MEANS_NOTHING \
  (YEJI_MARK_SLOT | YEJI_MARK_LOT | YEJI_MARK_NOISE | YEJI_MARK_WORK | YEJI_MARK_AFFIX)

typedef struct
{
  const YejiMatchVocabulary *vocabulary;
  YejiMatchIndex *index;
  const YejiMatchName *name;
  GArray *hits;
  guint longest_from;          /* of the longest stretch that may be a name, in what is plain */
  guint longest_n;
  guint n_free;                /* ideographs that mean something */
} Search;

static gboolean
is_numeral (gunichar c)
{
  return yeji_match_read_numeral (&c, 1) >= 0;
}

/* Characters outside of a stretch that nothing is known of: they may make another name of it. */
static guint
count_left_over (const YejiMatchName *name,
                 guint                from,
                 guint                n,
                 guint8               meaningless)
{
  guint count = 0;

  for (guint i = 0; i < name->text->n; i++)
    {
      gunichar c = name->text->c[i];

      if ((i >= from && i < from + n) || (name->marks[i] & meaningless))
        continue;
      if (yeji_match_is_ideograph (c) && !is_numeral (c))
        count++;
      /* 医院三 may be 医院三期 */
      else if (i == from + n && n > 0 && c >= 0x80)
        count++;
      /* 大世城B is not 大世城 */
      else if (i == from + n && n > 0 && !name->text->gap[i] && g_unichar_isalpha (c))
        count++;
    }
  return count;
}

static void
add_hit (Search          *search,
         guint            core,
         guint            entry,
         guint            score,
         YejiMatchReason  reason,
         guint            from,
         guint            n)
{
  const YejiMatchHit hit = { core, entry, score, reason, from, n };

  g_array_append_val (search->hits, hit);
}

/* The longest stretch without slots, page numbers and words for files; of characters that may be
 * the name of a project. */
static void
find_longest (Search *search)
{
  const YejiMatchName *name = search->name;
  guint from = 0;

  for (guint i = 0; i <= name->n_plain; i++)
    {
      guint place = i < name->n_plain ? name->map[i] : 0;
      gboolean ends = i == name->n_plain || !yeji_match_is_ideograph (name->plain[i])
                      || (name->marks[place] & YEJI_MARK_SLOT)
                      || (i > from && name->text->gap[place]);

      if (i < name->n_plain && yeji_match_is_ideograph (name->plain[i])
          && !(name->marks[place] & MEANS_NOTHING))
        search->n_free++;
      if (!ends)
        continue;
      if (i - from > search->longest_n)
        {
          search->longest_from = from;
          search->longest_n = i - from;
        }
      /* a character behind a blank begins a stretch, any other end is none of it */
      from = i < name->n_plain && yeji_match_is_ideograph (name->plain[i])
             && !(name->marks[place] & YEJI_MARK_SLOT) ? i : i + 1;
    }
}

/* Noise at the ends of the longest stretch. */
static void
trim_noise (const Search *search,
            guint        *from,
            guint        *n)
{
  const YejiMatchName *name = search->name;
  const guint8 noise = YEJI_MARK_NOISE;

  while (*n > 0 && (name->marks[name->map[*from]] & noise))
    {
      (*from)++;
      (*n)--;
    }
  while (*n > 0 && (name->marks[name->map[*from + *n - 1]] & noise))
    (*n)--;
}

/* The core stands in the name as a whole. */
static gboolean
find_whole (Search              *search,
            guint                place,
            const YejiMatchCore *core)
{
  const YejiMatchName *name = search->name;
  int at = yeji_match_find (name->plain, name->n_plain, core->c, core->n);
  guint from, n, left_over, score;

  if (at < 0)
    return FALSE;
  from = name->map[at];
  n = name->map[(guint) at + core->n - 1] + 1 - from;
  left_over = count_left_over (name, from, n, MEANS_NOTHING);
  if (left_over == 0)
    score = SCORE_CORE;
  else if (core->n > MIN_PART)
    score = MAX (SCORE_MORE - MIN (2 * left_over, SCORE_MORE), SCORE_MORE_LEAST);
  else if (core->n == MIN_PART)
    score = SCORE_THREE;
  else
    return TRUE;
  add_hit (search, place, G_MAXUINT, score,
           left_over == 0 ? YEJI_MATCH_NAME : YEJI_MATCH_PART, from, n);
  return TRUE;
}

static gboolean
find_part (Search              *search,
           guint                place,
           const YejiMatchCore *core,
           guint                from,
           guint                n)
{
  guint score;

  if (n < 2 || n >= core->n
      || yeji_match_find (core->c, core->n, search->name->plain + from, n) < 0)
    return FALSE;
  if (n < MIN_PART && 2 * n < core->n)
    return FALSE;
  score = n < MIN_PART ? SCORE_PART_OF_TWO : SCORE_PART + SCORE_PART_RANGE * n / core->n;
  add_hit (search, place, G_MAXUINT, score, YEJI_MATCH_PART, 0, 0);
  return TRUE;
}

static guint
get_slips (guint n)
{
  return n >= MIN_TWO_SLIPS ? 2 : n >= MIN_SLIP ? 1 : 0;
}

static void
find_slip (Search              *search,
           guint                place,
           const YejiMatchCore *core,
           guint                n_shared,
           guint                from,
           guint                n)
{
  const YejiMatchName *name = search->name;
  guint limit = get_slips (core->n), slips;

  /* each slip spoils two couples */
  if (limit > 0 && n_shared + 2 * limit + 1 >= core->n)
    {
      slips = yeji_match_distance (core->c, core->n, name->plain, name->n_plain, limit);
      if (slips <= limit)
        {
          guint left_over = search->n_free > core->n ? search->n_free - core->n : 0;

          add_hit (search, place, G_MAXUINT, SCORE_SLIP - 4 * slips - MIN (left_over, 10),
                   YEJI_MATCH_FUZZY, 0, 0);
          return;
        }
    }
  limit = get_slips (n);
  if (limit == 0 || n >= core->n || n_shared + 2 * limit + 1 < n)
    return;
  slips = yeji_match_distance (name->plain + from, n, core->c, core->n, limit);
  if (slips <= limit)
    add_hit (search, place, G_MAXUINT, SCORE_SLIP_PART + SCORE_SLIP_PART_RANGE * n / core->n,
             YEJI_MATCH_FUZZY, 0, 0);
}

static void
find_names (Search *search)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (YejiMatchFound));
  const YejiMatchName *name = search->name;
  guint from = search->longest_from, n = search->longest_n;
  gboolean sure = FALSE;

  yeji_match_index_find_cores (search->index, name->plain, name->n_plain, found);
  trim_noise (search, &from, &n);
  for (guint i = 0; i < found->len; i++)
    {
      const YejiMatchFound *one = &g_array_index (found, YejiMatchFound, i);
      const YejiMatchCore *core = yeji_match_index_get_core (search->index, one->thing);

      if (find_whole (search, one->thing, core))
        sure |= search->hits->len > 0
                && g_array_index (search->hits, YejiMatchHit, search->hits->len - 1).score
                   >= SCORE_CORE;
      else if (!find_part (search, one->thing, core, search->longest_from, search->longest_n))
        {
          guint part_from = from, part_n = n;

          if (part_n > 0)
            {
              YejiMatchName part = *name;

              part.plain = name->plain + from;
              part.n_plain = n;
              part_from = 0;
              yeji_match_name_trim (search->vocabulary, &part, &part_from, &part_n);
              part_from += from;
            }
          if (!find_part (search, one->thing, core, part_from, part_n) && !sure)
            find_slip (search, one->thing, core, one->n_shared, part_from, part_n);
        }
    }
}

/* --- letters --- */

/* How many characters from @from on the letters spell, all of them by whole readings; 0 if they do
 * not. */
static guint
count_readings (const YejiMatchText *text,
                guint                from,
                const char          *letters,
                guint               *steps)
{
  const char *readings[YEJI_PINYIN_MAX_READINGS];
  char itself[2] = { '\0' };
  guint n = 1;

  if (from >= text->n || ++*steps > MAX_STEPS)
    return 0;
  if (text->c[from] < 0x80)
    {
      itself[0] = (char) text->c[from];
      readings[0] = itself;
    }
  else
    n = yeji_pinyin_get_readings (text->c[from], readings);
  for (guint i = 0; i < n; i++)
    {
      const char *reading = readings[i], *rest = letters;
      guint more;

      /* ü is typed as v, u or yu */
      while (*reading != '\0' && (*reading == *rest || (*reading == 'v' && *rest == 'u')))
        {
          reading++;
          rest++;
        }
      if (*reading != '\0')
        continue;
      if (*rest == '\0')
        return 1;
      more = count_readings (text, from + 1, rest, steps);
      if (more > 0)
        return more + 1;
    }
  return 0;
}

static guint
count_spelt (const YejiMatchText *text,
             guint                from,
             const char          *letters)
{
  guint steps = 0;

  return count_readings (text, from, letters, &steps);
}

static gboolean
has_initial (gunichar c,
             char     letter)
{
  const char *readings[YEJI_PINYIN_MAX_READINGS];
  guint n;

  if (c < 0x80)
    return c == (gunichar) letter;
  n = yeji_pinyin_get_readings (c, readings);
  for (guint i = 0; i < n; i++)
    if (readings[i][0] == letter)
      return TRUE;
  return FALSE;
}

static guint
count_initials (const YejiMatchText *text,
                guint                from,
                const char          *letters)
{
  guint n = (guint) strlen (letters);

  if (n > text->n - from)
    return 0;
  for (guint i = 0; i < n; i++)
    if (!has_initial (text->c[from + i], letters[i]))
      return 0;
  return n;
}

/* The best place in the record's name, as how many characters are spelt. */
static guint
find_letters (const YejiMatchEntry *entry,
              const char           *letters,
              guint               (*count) (const YejiMatchText *text,
                                            guint                from,
                                            const char          *letters))
{
  const YejiMatchText *text = entry->name->text;
  guint best = 0;

  for (guint i = 0; i < text->n; i++)
    {
      guint n = count (text, i, letters);

      best = MAX (best, n);
    }
  return best;
}

/* What a name could be called in short: its core. */
static guint
get_short_length (Search               *search,
                  const YejiMatchEntry *entry)
{
  return entry->core != G_MAXUINT ? yeji_match_index_get_core (search->index, entry->core)->n
                                  : entry->name->text->n;
}

static void
add_letters (Search          *search,
             guint            place,
             guint            n,
             guint            score,
             guint            range,
             YejiMatchReason  reason)
{
  guint all = get_short_length (search, yeji_match_index_get_entry (search->index, place));

  if (n > 0 && all > 0)
    add_hit (search, G_MAXUINT, place, score + range * MIN (n, all) / all, reason, 0, 0);
}

static void
find_by_letters (Search     *search,
                 const char *letters)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (YejiMatchFound));
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize length = strlen (letters);

  if (length >= MIN_SPELT)
    yeji_match_index_find_spelt (search->index, letters, found);
  for (guint i = 0; i < found->len; i++)
    {
      guint place = g_array_index (found, YejiMatchFound, i).thing;
      guint n = find_letters (yeji_match_index_get_entry (search->index, place), letters,
                              count_spelt);

      if (n >= 2)
        add_letters (search, place, n, SCORE_PINYIN, SCORE_PART_RANGE, YEJI_MATCH_PINYIN);
    }
  yeji_match_index_find_initials (search->index, letters, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      guint place = g_array_index (entries, guint, i);
      guint n = find_letters (yeji_match_index_get_entry (search->index, place), letters,
                              count_initials);

      add_letters (search, place, n, SCORE_INITIALS, SCORE_INITIALS_RANGE, YEJI_MATCH_INITIALS);
    }
}

/* Stretches of Latin letters, and all of them in one: ji lin da shi cheng. */
static void
find_spellings (Search *search)
{
  const YejiMatchName *name = search->name;
  g_autoptr (GString) all = g_string_new (NULL);
  guint n_words = 0, i = 0;

  while (i < name->text->n && all->len < MAX_LETTERS)
    {
      gsize begin = all->len;
      guint from = i;

      while (i < name->text->n && name->text->c[i] >= 'a' && name->text->c[i] <= 'z'
             && (i == from || !name->text->gap[i]))
        g_string_append_c (all, (char) name->text->c[i++]);
      if (i == from)
        {
          i++;
          continue;
        }
      if (name->marks[from] & (YEJI_MARK_NOISE | YEJI_MARK_SLOT | YEJI_MARK_LOT))
        g_string_truncate (all, begin);
      else
        {
          n_words++;
          if (all->len - begin >= MIN_LETTERS)
            find_by_letters (search, all->str + begin);
        }
    }
  if (n_words > 1 && all->len >= MIN_SPELT)
    find_by_letters (search, all->str);
}

void
yeji_match_find_hits (const YejiMatchVocabulary *vocabulary,
                      YejiMatchIndex            *index,
                      const YejiMatchName       *name,
                      GArray                    *hits)
{
  Search search = { vocabulary, index, name, hits, 0, 0, 0 };

  find_longest (&search);
  find_names (&search);
  find_spellings (&search);
}

/* --- one record --- */

/* 0: they speak of different lots; 1: one of them tells more than the other; 2: the same. */
static guint
compare_lots (const GArray *mine,
              const GArray *theirs)
{
  guint n_missing = 0;

  for (guint i = 0; i < mine->len; i++)
    {
      const YejiMatchLot *lot = &g_array_index (mine, YejiMatchLot, i);
      gboolean same_kind = FALSE, same = FALSE;

      for (guint j = 0; j < theirs->len; j++)
        {
          const YejiMatchLot *other = &g_array_index (theirs, YejiMatchLot, j);

          same_kind |= lot->kind == other->kind;
          same |= lot->kind == other->kind && lot->value == other->value;
        }
      if (!same)
        n_missing++;
      if (same_kind && !same)
        {
          gboolean any = FALSE;

          for (guint j = 0; j < mine->len; j++)
            for (guint k = 0; k < theirs->len; k++)
              {
                const YejiMatchLot *a = &g_array_index (mine, YejiMatchLot, j);
                const YejiMatchLot *b = &g_array_index (theirs, YejiMatchLot, k);

                any |= a->kind == lot->kind && b->kind == a->kind && a->value == b->value;
              }
          if (!any)
            return 0;
        }
    }
  return n_missing == 0 ? 2 : 1;
}

/**
 * yeji_match_score_entry: (skip)
 * @entry: a record that @hit may mean
 * @name: the name in which it was found
 * @lots: the lots that the whole path tells
 * @works: the kinds of work that it tells
 *
 * Returns: the score of the record, 0 to 100
 */
guint
yeji_match_score_entry (const YejiMatchEntry *entry,
                        const YejiMatchHit   *hit,
                        const YejiMatchName  *name,
                        const GArray         *lots,
                        guint32               works)
{
  guint score = hit->score, mine, theirs;

  /* as it is written, and no other word beside it that a name may have */
  if (score == SCORE_CORE && hit->n > 0)
    {
      int at = yeji_match_find (name->plain, name->n_plain, entry->name->plain,
                                entry->name->n_plain);

      if (at >= 0)
        {
          guint from = name->map[at];
          guint n = name->map[(guint) at + entry->name->n_plain - 1] + 1 - from;

          if (count_left_over (name, from, n, MEANS_NOTHING & ~YEJI_MARK_AFFIX) == 0)
            score = SCORE_WHOLE;
        }
    }
  mine = compare_lots (lots, entry->name->lots);
  theirs = compare_lots (entry->name->lots, lots);
  if (mine == 0 || theirs == 0)
    return 0;
  if (mine == 1 || theirs == 1)
    score = MIN (score, SCORE_LOTS);
  if (works != 0 && entry->name->works != 0 && (works & entry->name->works) == 0)
    score = MIN (score, SCORE_WORKS);
  return score;
}
