// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* From the names of files and folders to the record, the slot and the page that they belong to.
 * Pure: no I/O, and a matcher that is made may be asked by several threads, one at a time. */
typedef struct _YejiMatcher YejiMatcher;

/**
 * YejiMatchReason:
 * @YEJI_MATCH_NOTHING: no record was found
 * @YEJI_MATCH_NUMBER: a number of the record: of the project, a contract, a permit
 * @YEJI_MATCH_NAME: the whole name of the record, words that mean nothing left out
 * @YEJI_MATCH_PART: a part of it, or it and more
 * @YEJI_MATCH_FUZZY: it but for one or two characters
 * @YEJI_MATCH_PINYIN: its pinyin
 * @YEJI_MATCH_INITIALS: the first letters of its pinyin
 * @YEJI_MATCH_SIBLINGS: the other files of the same folder belong there
 * @YEJI_MATCH_GIVEN: the clerk said so
 *
 * What a record was found by.
 */
typedef enum
{
  YEJI_MATCH_NOTHING,
  YEJI_MATCH_NUMBER,
  YEJI_MATCH_NAME,
  YEJI_MATCH_PART,
  YEJI_MATCH_FUZZY,
  YEJI_MATCH_PINYIN,
  YEJI_MATCH_INITIALS,
  YEJI_MATCH_SIBLINGS,
  YEJI_MATCH_GIVEN,
  N_YEJI_MATCH_REASONS
} YejiMatchReason;

/**
 * YejiCertainty:
 * @YEJI_CERTAINTY_NONE: nothing found, or several that are about as good
 * @YEJI_CERTAINTY_GUESS: found, to be looked at
 * @YEJI_CERTAINTY_SURE: by a number or the whole name, and nothing speaks against it
 */
typedef enum
{
  YEJI_CERTAINTY_NONE,
  YEJI_CERTAINTY_GUESS,
  YEJI_CERTAINTY_SURE,
  N_YEJI_CERTAINTIES
} YejiCertainty;

/* Scores, 0 to 100, of a record against a name:
 *   100  a number of the record that nobody else has, or its whole name as it is written
 *    95  its name without words that mean nothing (yeji_matching: affixes), and nothing else beside
 *        words that mean nothing, names of slots, page numbers
 *    88  the same, but another record's name has all of it and more
 *   70-88 its name and more beside it; a part of the name, the more of it the better; the name but
 *        for one slip in five characters, two in nine or more; its pinyin
 *    65  the first letters of its pinyin, four at least
 *    60  what most files of the folder belong to
 * A lot, stage or kind of work that the name tells and the record contradicts (一标段, 二标段) puts
 * any of these to 0; one that only one of them tells makes it 80 at most. */
#define YEJI_MATCH_SURE 90
#define YEJI_MATCH_GUESS 60
/* A runner-up that is less than so far behind is about as good: then there is no record. */
#define YEJI_MATCH_MARGIN 5

/**
 * YejiMatchRecord:
 * @numbers: other numbers, such as those of contracts and permits
 *
 * What is known of a record that files may belong to.
 */
typedef struct
{
  char *uuid;
  char *role;
  char *name;
  char *number;
  GStrv numbers;
} YejiMatchRecord;

YejiMatchRecord *yeji_match_record_new  (const char          *uuid,
                                         const char          *role,
                                         const char          *name,
                                         const char          *number,
                                         const char * const  *numbers);
void             yeji_match_record_free (YejiMatchRecord     *self);

/**
 * YejiMatch:
 * @uuid: (nullable): the record; %NULL when none, or none before others, was found
 * @score: of the best record, see above, 0 when there is none
 * @best: (nullable): the best record, which is @uuid if that is there
 * @rival: (nullable): the runner-up, if it is about as good: then @uuid is %NULL
 * @n_candidates: how many are about as good as the best, it included
 * @slot: (nullable): the slot's id
 * @slot_word: (nullable): the synonym by which the slot was found
 * @slot_certainty: a guess where two slots are named equally well, or only the folder's folder
 *     names one
 * @page: what the file's place among the others is told by: a page number, or a time as
 *     YYYYMMDDhhmmss; -1 if nothing tells it
 *
 * What a path was found to be.
 */
typedef struct
{
  char *uuid;
  guint score;
  YejiMatchReason reason;
  char *best;
  char *rival;
  guint n_candidates;
  char *slot;
  char *slot_word;
  YejiCertainty slot_certainty;
  gint64 page;
} YejiMatch;

YejiMatch     *yeji_match_copy          (const YejiMatch   *self);
void           yeji_match_free          (YejiMatch         *self);
YejiCertainty  yeji_match_get_certainty (const YejiMatch   *self);

YejiMatcher   *yeji_matcher_new         (YejiDictionary    *dictionary,
                                         GPtrArray         *records);
void           yeji_matcher_free        (YejiMatcher       *self);
YejiMatch     *yeji_matcher_match       (YejiMatcher       *self,
                                         const char        *path);
GPtrArray     *yeji_matcher_match_all   (YejiMatcher       *self,
                                         const char *const *paths,
                                         guint              n_paths);
const YejiMatchRecord *yeji_matcher_find (YejiMatcher      *self,
                                         const char        *uuid);

gint64         yeji_match_find_page     (YejiDictionary    *dictionary,
                                         const char        *path);
int            yeji_match_compare_names (const char        *one,
                                         const char        *other);
const char    *yeji_match_reason_to_code (YejiMatchReason   reason);
const char    *yeji_match_reason_to_text (YejiMatchReason   reason);
const char    *yeji_certainty_to_code   (YejiCertainty      certainty);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchRecord, yeji_match_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatch, yeji_match_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatcher, yeji_matcher_free)

G_END_DECLS
