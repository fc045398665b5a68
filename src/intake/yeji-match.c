// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match.h"

#include "yeji-match-page.h"
#include "yeji-match-score.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Folders above the file that are looked at; what is further up says nothing any more. */
#define MAX_PARTS 6

/* Records of one core that are looked at: with more, none of them is the one. */
#define MAX_RECORDS 512

/* Names that are remembered; files of one folder ask for its name again and again. */
#define MAX_REMEMBERED 20000

/* What most files of a folder belong to, so many at least, without a word of another. */
#define MIN_SIBLINGS 2
#define SCORE_SIBLINGS 60

/* A name without words that mean nothing, when another name has all of it and more. */
#define SCORE_DOUBTED 88

/* A number that several records have tells none of them by itself. */
#define SCORE_SHARED_NUMBER 95

/* A word of a slot that is so short may be there by chance. */
#define SHORT_WORD 2

/* A part of a path, which many paths share. */
typedef struct
{
  YejiMatchName *name;
  GArray *hits;                /* (element-type YejiMatchHit) */
  GArray *numbered;            /* (element-type guint): entries whose number stands there */
  guint number_from;
  guint number_n;
} Part;

/* A record that a path may mean. */
typedef struct
{
  guint entry;
  guint score;
  guint part;                  /* where it was found */
  YejiMatchHit hit;
} Candidate;

struct _YejiMatcher
{
  YejiDictionary *dictionary;
  GPtrArray *records;
  YejiMatchVocabulary *vocabulary;
  YejiMatchIndex *index;
  GHashTable *by_uuid;         /* uuid -> YejiMatchRecord */
  GHashTable *remembered;      /* name of a part -> Part */
};

static void
free_part (gpointer data)
{
  Part *part = data;

  yeji_match_name_free (part->name);
  g_array_unref (part->hits);
  g_array_unref (part->numbered);
  g_free (part);
}

/* --- records --- */

YejiMatchRecord *
yeji_match_record_new (const char         *uuid,
                       const char         *role,
                       const char         *name,
                       const char         *number,
                       const char * const *numbers)
{
  YejiMatchRecord *self = g_new0 (YejiMatchRecord, 1);

  self->uuid = g_strdup (uuid);
  self->role = g_strdup (role);
  self->name = g_strdup (name != NULL ? name : "");
  self->number = g_strdup (number != NULL ? number : "");
  self->numbers = numbers != NULL ? g_strdupv ((GStrv) numbers) : g_new0 (char *, 1);
  return self;
}

void
yeji_match_record_free (YejiMatchRecord *self)
{
  g_free (self->uuid);
  g_free (self->role);
  g_free (self->name);
  g_free (self->number);
  g_strfreev (self->numbers);
  g_free (self);
}

YejiMatch *
yeji_match_copy (const YejiMatch *self)
{
  YejiMatch *copy = g_memdup2 (self, sizeof *self);

  copy->uuid = g_strdup (self->uuid);
  copy->best = g_strdup (self->best);
  copy->rival = g_strdup (self->rival);
  copy->slot = g_strdup (self->slot);
  copy->slot_word = g_strdup (self->slot_word);
  return copy;
}

void
yeji_match_free (YejiMatch *self)
{
  g_free (self->uuid);
  g_free (self->best);
  g_free (self->rival);
  g_free (self->slot);
  g_free (self->slot_word);
  g_free (self);
}

/**
 * yeji_match_get_certainty:
 *
 * Returns: how sure the record is; of the slot `slot_certainty` tells
 */
YejiCertainty
yeji_match_get_certainty (const YejiMatch *self)
{
  if (self->uuid == NULL)
    return YEJI_CERTAINTY_NONE;
  return self->score >= YEJI_MATCH_SURE ? YEJI_CERTAINTY_SURE : YEJI_CERTAINTY_GUESS;
}

/* --- parts --- */

static Part *
get_part (YejiMatcher *self,
          const char  *name,
          gsize        length)
{
  g_autofree char *key = g_strndup (name, length);
  Part *part = g_hash_table_lookup (self->remembered, key);

  if (part != NULL)
    return part;
  if (g_hash_table_size (self->remembered) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->remembered);
  part = g_new0 (Part, 1);
  part->name = yeji_match_name_new (self->vocabulary, name, (gssize) length);
  part->hits = g_array_new (FALSE, FALSE, sizeof (YejiMatchHit));
  part->numbered = g_array_new (FALSE, FALSE, sizeof (guint));
  yeji_match_find_hits (self->vocabulary, self->index, part->name, part->hits);
  yeji_match_index_find_numbers (self->index, part->name->text, part->numbered,
                                 &part->number_from, &part->number_n);
  g_hash_table_insert (self->remembered, g_steal_pointer (&key), part);
  return part;
}

/* The end of a file's name is no part of what it is called. */
static gsize
get_stem_length (const char *name,
                 gsize       length)
{
  for (gsize i = length; i > 1 && length - i < 6; i--)
    {
      if (name[i - 1] == '.')
        return i == length ? length : i - 1;
      if (!g_ascii_isalnum (name[i - 1]))
        break;
    }
  return length;
}

/* The parts of a path, the file's own name first. */
static guint
get_parts (YejiMatcher *self,
           const char  *path,
           Part        *parts[MAX_PARTS])
{
  const char *end = path + strlen (path);
  guint n = 0;

  /* what may be forgotten is forgotten before, not between */
  if (g_hash_table_size (self->remembered) + MAX_PARTS >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->remembered);
  while (n < MAX_PARTS && end > path)
    {
      const char *begin = end;
      gsize length;

      while (begin > path && begin[-1] != '/')
        begin--;
      length = (gsize) (end - begin);
      if (n == 0)
        length = get_stem_length (begin, length);
      if (length > 0)
        parts[n++] = get_part (self, begin, length);
      end = begin > path ? begin - 1 : begin;
    }
  return n;
}

/* Of each kind of lot the ones that the nearest part tells. */
static GArray *
gather_lots (Part  *parts[],
             guint  n_parts)
{
  GArray *lots = g_array_new (FALSE, FALSE, sizeof (YejiMatchLot));

  for (guint i = 0; i < n_parts; i++)
    {
      guint known = lots->len;
      const GArray *own = parts[i]->name->lots;

      for (guint j = 0; j < own->len; j++)
        {
          const YejiMatchLot *lot = &g_array_index (own, YejiMatchLot, j);
          gboolean nearer = FALSE;

          for (guint k = 0; k < known; k++)
            nearer |= g_array_index (lots, YejiMatchLot, k).kind == lot->kind;
          if (!nearer)
            g_array_append_vals (lots, lot, 1);
        }
    }
  return lots;
}

static guint32
gather_works (Part  *parts[],
              guint  n_parts)
{
  for (guint i = 0; i < n_parts; i++)
    if (parts[i]->name->works != 0)
      return parts[i]->name->works;
  return 0;
}

/* --- candidates --- */

static void
add_candidate (GArray             *candidates,
               guint               entry,
               guint               score,
               guint               part,
               const YejiMatchHit *hit)
{
  const Candidate candidate = { entry, score, part, *hit };

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *other = &g_array_index (candidates, Candidate, i);

      if (other->entry != entry)
        continue;
      /* the nearer part goes first */
      if (score > other->score)
        *other = candidate;
      return;
    }
  g_array_append_val (candidates, candidate);
}

static void
add_hit (YejiMatcher        *self,
         GArray             *candidates,
         const YejiMatchHit *hit,
         const Part         *part,
         guint               place,
         const GArray       *lots,
         guint32             works)
{
  const YejiMatchCore *core;

  if (hit->entry != G_MAXUINT)
    {
      const YejiMatchEntry *entry = yeji_match_index_get_entry (self->index, hit->entry);

      add_candidate (candidates, hit->entry,
                     yeji_match_score_entry (entry, hit, part->name, lots, works), place, hit);
      return;
    }
  core = yeji_match_index_get_core (self->index, hit->core);
  for (guint i = 0; i < MIN (core->records->len, MAX_RECORDS); i++)
    {
      guint record = g_array_index (core->records, guint, i);
      const YejiMatchEntry *entry = yeji_match_index_get_entry (self->index, record);

      add_candidate (candidates, record,
                     yeji_match_score_entry (entry, hit, part->name, lots, works), place, hit);
    }
}

/* The records whose number stands in the nearest part that has one. */
static void
add_numbers (GArray *candidates,
             Part   *parts[],
             guint   n_parts)
{
  guint place = 0;
  const GArray *numbered;

  while (place < n_parts && parts[place]->numbered->len == 0)
    place++;
  if (place == n_parts)
    return;
  numbered = parts[place]->numbered;
  for (guint i = 0; i < numbered->len; i++)
    {
      guint entry = g_array_index (numbered, guint, i);
      YejiMatchHit hit = { G_MAXUINT, entry, numbered->len > 1 ? SCORE_SHARED_NUMBER : 100,
                           YEJI_MATCH_NUMBER, parts[place]->number_from, parts[place]->number_n };
      guint named = 0;

      /* a name tells those apart that share a number */
      for (guint j = 0; j < candidates->len && numbered->len > 1; j++)
        if (g_array_index (candidates, Candidate, j).entry == entry)
          named = g_array_index (candidates, Candidate, j).score;
      if (named > 0)
        hit.score = named >= YEJI_MATCH_GUESS ? 100 : hit.score;
      add_candidate (candidates, entry, hit.score, place, &hit);
    }
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a, *other = b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  if (one->part != other->part)
    return one->part < other->part ? -1 : 1;
  return one->entry < other->entry ? -1 : one->entry > other->entry;
}

/* Whether the other's name stands within the best one's, in a folder further up:
 * 大世城/大世城幼儿园 */
static gboolean
is_surrounded (YejiMatcher     *self,
               const Candidate *best,
               const Candidate *other)
{
  const YejiMatchEntry *mine = yeji_match_index_get_entry (self->index, best->entry);
  const YejiMatchEntry *theirs = yeji_match_index_get_entry (self->index, other->entry);
  const YejiMatchCore *inner, *outer;

  if (other->part <= best->part || mine->core == G_MAXUINT || theirs->core == G_MAXUINT
      || mine->core == theirs->core)
    return FALSE;
  outer = yeji_match_index_get_core (self->index, mine->core);
  inner = yeji_match_index_get_core (self->index, theirs->core);
  return yeji_match_find (outer->c, outer->n, inner->c, inner->n) >= 0;
}

/* Whether somebody may mean another record with a longer name, of which this is a part: who writes
 * 南湖学校 has left something out, 工程 or 长春市. */
static gboolean
is_part_of_another (YejiMatcher     *self,
                    const GArray    *candidates,
                    const Candidate *best)
{
  guint mine = yeji_match_index_get_entry (self->index, best->entry)->core;
  const YejiMatchCore *inner;

  if (best->hit.reason != YEJI_MATCH_NAME || mine == G_MAXUINT)
    return FALSE;
  inner = yeji_match_index_get_core (self->index, mine);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *other = &g_array_index (candidates, Candidate, i);
      guint theirs = yeji_match_index_get_entry (self->index, other->entry)->core;
      const YejiMatchCore *outer;
      int at;

      if (other->score < YEJI_MATCH_GUESS || theirs == G_MAXUINT || theirs == mine)
        continue;
      outer = yeji_match_index_get_core (self->index, theirs);
      at = yeji_match_find (outer->c, outer->n, inner->c, inner->n);
      /* as it is written it is doubted for the place before it alone */
      if (at >= 0 && (best->score < 100 || (guint) at + inner->n == outer->n))
        return TRUE;
    }
  return FALSE;
}

static void
choose_record (YejiMatcher *self,
               GArray      *candidates,
               YejiMatch   *match,
               Candidate   *chosen)
{
  const Candidate *best;

  chosen->part = G_MAXUINT;
  g_array_sort (candidates, compare_candidates);
  if (candidates->len == 0 || g_array_index (candidates, Candidate, 0).score < YEJI_MATCH_GUESS)
    return;
  best = &g_array_index (candidates, Candidate, 0);
  for (guint i = 1; i < candidates->len; i++)
    {
      const Candidate *other = &g_array_index (candidates, Candidate, i);

      if (other->score >= YEJI_MATCH_SURE && is_surrounded (self, other, best))
        best = other;
    }
  match->best = g_strdup (yeji_match_index_get_entry (self->index, best->entry)->record->uuid);
  match->score = best->score;
  match->reason = best->hit.reason;
  match->n_candidates = 1;
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *other = &g_array_index (candidates, Candidate, i);

      /* where a number says one thing and a name another, neither is believed */
      if (other->score + YEJI_MATCH_MARGIN <= best->score
          && (best->hit.reason != YEJI_MATCH_NUMBER || other->score < YEJI_MATCH_SURE))
        break;
      if (other == best || is_surrounded (self, best, other))
        continue;
      if (match->rival == NULL)
        match->rival =
          g_strdup (yeji_match_index_get_entry (self->index, other->entry)->record->uuid);
      match->n_candidates++;
    }
  if (match->rival != NULL)
    return;
  match->uuid = g_strdup (match->best);
  if (is_part_of_another (self, candidates, best))
    match->score = SCORE_DOUBTED;
  *chosen = *best;
}

/* --- slots --- */

/* The slot that a part names, @hidden being the characters of the record's own name. Returns its
 * span, and whether another is named as well. */
static const YejiMatchSpan *
find_slot (const Part *part,
           guint       hidden_from,
           guint       hidden_n,
           gboolean   *tied)
{
  const YejiMatchSpan *best = NULL;

  *tied = FALSE;
  for (guint i = 0; i < part->name->slots->len; i++)
    {
      const YejiMatchSpan *span = &g_array_index (part->name->slots, YejiMatchSpan, i);

      if (span->from < hidden_from + hidden_n && hidden_from < span->from + span->n)
        continue;
      if (best == NULL || span->n > best->n || (span->n == best->n && span->slot < best->slot))
        {
          *tied = best != NULL && best->n == span->n && best->slot != span->slot;
          best = span;
        }
      else if (span->n == best->n && span->slot != best->slot)
        *tied = TRUE;
    }
  return best;
}

static void
choose_slot (YejiMatcher     *self,
             Part            *parts[],
             guint            n_parts,
             const Candidate *chosen,
             YejiMatch       *match)
{
  GPtrArray *slots = yeji_dictionary_get_slots (self->dictionary);

  for (guint i = 0; i < n_parts; i++)
    {
      gboolean hides = chosen->part == i && chosen->hit.n > 0, tied, ignored;
      const YejiMatchSpan *span = find_slot (parts[i], hides ? chosen->hit.from : 0,
                                             hides ? chosen->hit.n : 0, &tied);
      const YejiMatchSpan *above = NULL;

      if (span == NULL)
        continue;
      match->slot = g_strdup (((const YejiSlot *) g_ptr_array_index (slots, span->slot))->id);
      match->slot_word = g_strdup (span->word);
      if (i + 1 < n_parts)
        above = find_slot (parts[i + 1], 0, 0, &ignored);
      if (tied || i > 1
          || (span->n <= SHORT_WORD && above != NULL && above->slot != span->slot))
        match->slot_certainty = YEJI_CERTAINTY_GUESS;
      else
        match->slot_certainty = YEJI_CERTAINTY_SURE;
      return;
    }
}

/* --- the matcher --- */

/**
 * yeji_matcher_new:
 * @dictionary: whose slots are meant
 * @records: (element-type YejiMatchRecord): to be found; kept, and must not be changed
 *
 * Takes some ten milliseconds for 10,000 records.
 *
 * Returns: (transfer full): a matcher
 */
YejiMatcher *
yeji_matcher_new (YejiDictionary *dictionary,
                  GPtrArray      *records)
{
  YejiMatcher *self = g_new0 (YejiMatcher, 1);

  self->dictionary = g_object_ref (dictionary);
  self->records = g_ptr_array_ref (records);
  self->vocabulary = yeji_match_vocabulary_new (dictionary);
  self->index = yeji_match_index_new (self->vocabulary, records);
  self->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < records->len; i++)
    {
      YejiMatchRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (self->by_uuid, record->uuid, record);
    }
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_part);
  return self;
}

void
yeji_matcher_free (YejiMatcher *self)
{
  g_hash_table_unref (self->remembered);
  g_hash_table_unref (self->by_uuid);
  yeji_match_index_free (self->index);
  yeji_match_vocabulary_free (self->vocabulary);
  g_ptr_array_unref (self->records);
  g_object_unref (self->dictionary);
  g_free (self);
}

/**
 * yeji_matcher_find:
 *
 * Returns: (transfer none) (nullable): the record with that uuid
 */
const YejiMatchRecord *
yeji_matcher_find (YejiMatcher *self,
                   const char  *uuid)
{
  return g_hash_table_lookup (self->by_uuid, uuid);
}

/**
 * yeji_matcher_match:
 * @path: valid UTF-8, '/' between its parts; a file's, not a folder's
 *
 * Finds what a path means. The file's own name goes before its folder's, and that before the ones
 * above; six parts are looked at.
 *
 * Returns: (transfer full): what was found, maybe nothing
 */
YejiMatch *
yeji_matcher_match (YejiMatcher *self,
                    const char  *path)
{
  YejiMatch *match = g_new0 (YejiMatch, 1);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GArray) lots = NULL;
  g_autoptr (YejiMatchPage) page = NULL;
  Part *parts[MAX_PARTS];
  Candidate chosen = { 0 };
  guint n_parts;
  guint32 works;

  g_return_val_if_fail (self != NULL && path != NULL, match);

  n_parts = get_parts (self, path, parts);
  lots = gather_lots (parts, n_parts);
  works = gather_works (parts, n_parts);
  for (guint i = 0; i < n_parts; i++)
    for (guint j = 0; j < parts[i]->hits->len; j++)
      add_hit (self, candidates, &g_array_index (parts[i]->hits, YejiMatchHit, j), parts[i], i,
               lots, works);
  add_numbers (candidates, parts, n_parts);
  choose_record (self, candidates, match, &chosen);
  choose_slot (self, parts, n_parts, &chosen, match);
  page = yeji_match_page_new (self->vocabulary->pages, path);
  match->page = page->page;
  return match;
}

/* What most files of a folder belong to. */
typedef struct
{
  char *uuid;                  /* NULL: to different ones */
  guint score;
  guint n;
  gboolean mixed;
} Folder;

static void
free_folder (gpointer data)
{
  g_free (((Folder *) data)->uuid);
  g_free (data);
}

static char *
dup_folder (const char *path)
{
  const char *slash = strrchr (path, '/');

  return g_strndup (path, slash != NULL ? (gsize) (slash - path) : 0);
}

static void
count_sibling (GHashTable      *folders,
               const char      *path,
               const YejiMatch *match)
{
  char *name = dup_folder (path);
  Folder *folder = g_hash_table_lookup (folders, name);

  if (folder == NULL)
    {
      folder = g_new0 (Folder, 1);
      folder->uuid = g_strdup (match->uuid);
      g_hash_table_insert (folders, name, folder);
    }
  else
    g_free (name);
  folder->n++;
  folder->mixed |= g_strcmp0 (folder->uuid, match->uuid) != 0;
}

static void
follow_siblings (GHashTable *folders,
                 const char *path,
                 YejiMatch  *match)
{
  g_autofree char *name = dup_folder (path);
  const Folder *folder = g_hash_table_lookup (folders, name);

  if (folder == NULL || folder->mixed || folder->n < MIN_SIBLINGS)
    return;
  match->uuid = g_strdup (folder->uuid);
  match->score = SCORE_SIBLINGS;
  match->reason = YEJI_MATCH_SIBLINGS;
  g_free (match->best);
  match->best = g_strdup (folder->uuid);
  match->n_candidates = 1;
}

/**
 * yeji_matcher_match_all:
 * @paths: (array length=n_paths): of files that came together
 *
 * Finds what the paths mean. A file of which nothing is known goes with the others of its folder,
 * where two or more of these are known and all belong to one record.
 *
 * Returns: (transfer full) (element-type YejiMatch): one for each path
 */
GPtrArray *
yeji_matcher_match_all (YejiMatcher       *self,
                        const char *const *paths,
                        guint              n_paths)
{
  GPtrArray *matches = g_ptr_array_new_full (n_paths, (GDestroyNotify) yeji_match_free);
  g_autoptr (GHashTable) folders =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_folder);

  for (guint i = 0; i < n_paths; i++)
    {
      YejiMatch *match = yeji_matcher_match (self, paths[i]);

      g_ptr_array_add (matches, match);
      if (match->uuid != NULL && strchr (paths[i], '/') != NULL)
        count_sibling (folders, paths[i], match);
    }
  for (guint i = 0; i < n_paths; i++)
    {
      YejiMatch *match = g_ptr_array_index (matches, i);

      if (match->uuid == NULL && match->n_candidates == 0 && strchr (paths[i], '/') != NULL)
        follow_siblings (folders, paths[i], match);
    }
  return matches;
}

/**
 * yeji_match_find_page:
 *
 * Finds by what number a file has its place among others: 3 of 合同(3).jpg, 第三页, _p3, 0003; a time
 * as YYYYMMDDhhmmss.
 *
 * Returns: the number, -1 if there is none
 */
gint64
yeji_match_find_page (YejiDictionary *dictionary,
                      const char     *path)
{
  g_autoptr (YejiMatchVocabulary) vocabulary = yeji_match_vocabulary_new (dictionary);
  g_autoptr (YejiMatchPage) page = yeji_match_page_new (vocabulary->pages, path);

  return page->page;
}

/* --- words --- */

static const struct
{
  const char *code;
  const char *text;
} reasons[N_YEJI_MATCH_REASONS] = {
  [YEJI_MATCH_NOTHING] = { "none", NC_("matched by", "No record found") },
  [YEJI_MATCH_NUMBER] = { "number", NC_("matched by", "Number") },
  [YEJI_MATCH_NAME] = { "name", NC_("matched by", "Name") },
  [YEJI_MATCH_PART] = { "part", NC_("matched by", "Part of the name") },
  [YEJI_MATCH_FUZZY] = { "fuzzy", NC_("matched by", "Similar name") },
  [YEJI_MATCH_PINYIN] = { "pinyin", NC_("matched by", "Pinyin") },
  [YEJI_MATCH_INITIALS] = { "initials", NC_("matched by", "Pinyin initials") },
  [YEJI_MATCH_SIBLINGS] = { "siblings", NC_("matched by", "Other files of the folder") },
  [YEJI_MATCH_GIVEN] = { "given", NC_("matched by", "Chosen") },
};

/**
 * yeji_match_reason_to_code:
 *
 * Returns: (transfer none): one word for programs
 */
const char *
yeji_match_reason_to_code (YejiMatchReason reason)
{
  return reasons[reason].code;
}

/**
 * yeji_match_reason_to_text:
 *
 * Returns: (transfer none): a word or two for people, translated
 */
const char *
yeji_match_reason_to_text (YejiMatchReason reason)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "matched by", reasons[reason].text);
}

/**
 * yeji_certainty_to_code:
 *
 * Returns: (transfer none): one word for programs
 */
const char *
yeji_certainty_to_code (YejiCertainty certainty)
{
  static const char * const codes[N_YEJI_CERTAINTIES] = { "none", "guess", "sure" };

  return codes[certainty];
}
