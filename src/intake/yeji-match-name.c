// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-name.h"

#include "yeji-initials.h"
#include "yeji-matching.h"
#include "yeji-pinyin.h"

#include <string.h>

/* A lot's number has no more digits: 2019区 is none. */
#define MAX_LOT_DIGITS 3

/* Letters of a slot's name that are enough to be meant. */
#define MIN_INITIALS 4
#define MIN_PINYIN 5

/* A letter is a number above all that are written with digits. */
#define LETTER_BASE 10000

typedef enum
{
  CLASS_OTHER,
  CLASS_DIGIT,
  CLASS_CHINESE,
  CLASS_LATIN,
} Class;

static Class
classify (gunichar c)
{
  if (c >= '0' && c <= '9')
    return CLASS_DIGIT;
  if (c >= 'a' && c <= 'z')
    return CLASS_LATIN;
  return yeji_match_read_numeral (&c, 1) >= 0 ? CLASS_CHINESE : CLASS_OTHER;
}

static gint64
read_letters (const gunichar *c,
              guint           n)
{
  static const char * const romans[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix",
                                         "x" };

  for (guint i = 0; i < G_N_ELEMENTS (romans); i++)
    {
      guint j = 0;

      while (j < n && romans[i][j] != '\0' && c[j] == (gunichar) romans[i][j])
        j++;
      if (j == n && romans[i][j] == '\0')
        return i + 1;
    }
  return n == 1 ? LETTER_BASE + (gint64) c[0] : -1;
}

static gint64
read_number (const gunichar *c,
             guint           n,
             Class           class)
{
  if (class == CLASS_LATIN)
    return read_letters (c, n);
  return n <= MAX_LOT_DIGITS ? yeji_match_read_numeral (c, n) : -1;
}

static gboolean
has_lot (YejiMatchName *self,
         guint          kind,
         gint64         value)
{
  for (guint i = 0; i < self->lots->len; i++)
    {
      const YejiMatchLot *lot = &g_array_index (self->lots, YejiMatchLot, i);

      if (lot->kind == kind && lot->value == value)
        return TRUE;
    }
  return FALSE;
}

static void
add_lot (YejiMatchName *self,
         guint          kind,
         gint64         value)
{
  const YejiMatchLot lot = { kind, value };

  if (!has_lot (self, kind, value))
    g_array_append_val (self->lots, lot);
}

/* Where the run of one class that ends before @to begins. */
static guint
find_run (const YejiMatchText *text,
          guint                to,
          Class                class)
{
  guint from = to;

  while (from > 0 && classify (text->c[from - 1]) == class && (from == to || !text->gap[from]))
    from--;
  return from;
}

/* 一标段, 第2标段, A区, 1-3号楼: the numbers before the word at @to. Returns where they begin. */
static guint
read_before (YejiMatchName *self,
             guint          to,
             guint          kind)
{
  const YejiMatchText *text = self->text;
  Class class = to > 0 && !text->gap[to] ? classify (text->c[to - 1]) : CLASS_OTHER;
  guint begin = to;

  while (class != CLASS_OTHER && begin > 0 && classify (text->c[begin - 1]) == class)
    {
      guint from = find_run (text, begin, class);
      gint64 value = read_number (text->c + from, begin - from, class);

      if (value < 0)
        break;
      add_lot (self, kind, value);
      begin = from;
      if (begin == 0 || !text->gap[begin] || class == CLASS_LATIN)
        break;
    }
  if (begin < to && begin > 0 && text->c[begin - 1] == 0x7b2c)   /* 第 */
    begin--;
  return begin;
}

/* 标段一, 标段2: the number behind the word that ends at @from. Returns where it ends. */
static guint
read_behind (YejiMatchName *self,
             guint          from,
             guint          kind)
{
  const YejiMatchText *text = self->text;
  Class class = from < text->n && !text->gap[from] ? classify (text->c[from]) : CLASS_OTHER;
  guint to = from;
  gint64 value;

  while (class != CLASS_OTHER && to < text->n && classify (text->c[to]) == class
         && (to == from || !text->gap[to]))
    to++;
  value = to > from ? read_number (text->c + from, to - from, class) : -1;
  if (value < 0)
    return from;
  add_lot (self, kind, value);
  return to;
}

static void
set_marks (YejiMatchName *self,
           guint          from,
           guint          to,
           guint8         mark)
{
  for (guint i = from; i < to; i++)
    self->marks[i] |= mark;
}

static void
find_lots (YejiMatchName        *self,
           const YejiMatchWords *words)
{
  guint i = 0;

  while (i < self->text->n)
    {
      const YejiMatchWord *word = yeji_match_words_at (words, self->text, i);
      guint begin = i, end = i;

      if (word != NULL)
        {
          begin = read_before (self, i, word->tag);
          end = i + word->n;
          if (begin == i)
            end = word->n > 1 ? read_behind (self, end, word->tag) : i;
        }
      /* a word without a number is part of the name */
      if (word == NULL || (begin == i && end <= i + word->n))
        i++;
      else
        {
          set_marks (self, begin, end, YEJI_MARK_LOT);
          i = end;
        }
    }
}

static void
find_words (YejiMatchName        *self,
            const YejiMatchWords *words,
            guint8                mark)
{
  guint i = 0;

  while (i < self->text->n)
    {
      const YejiMatchWord *word = yeji_match_words_at (words, self->text, i);

      if (word == NULL)
        {
          i++;
          continue;
        }
      set_marks (self, i, i + word->n, mark);
      if (mark == YEJI_MARK_SLOT)
        {
          const YejiMatchSpan span = { i, word->n, word->tag, word->word };

          g_array_append_val (self->slots, span);
        }
      else if (mark == YEJI_MARK_WORK && !(self->marks[i] & YEJI_MARK_SLOT))
        self->works |= 1u << word->tag;
      i += word->n;
    }
}

/* zbtzs, hetong: slots as they are spelt in letters. */
static void
find_spelt (YejiMatchName *self,
            GHashTable    *spelt)
{
  const YejiMatchText *text = self->text;
  guint i = 0;

  while (i < text->n)
    {
      g_autoptr (GString) letters = g_string_new (NULL);
      const YejiMatchWord *word;
      guint from = i;

      while (i < text->n && classify (text->c[i]) == CLASS_LATIN && (i == from || !text->gap[i]))
        g_string_append_c (letters, (char) text->c[i++]);
      if (letters->len == 0)
        {
          i++;
          continue;
        }
      word = g_hash_table_lookup (spelt, letters->str);
      if (word != NULL)
        {
          const YejiMatchSpan span = { from, word->n, word->tag, word->word };

          set_marks (self, from, i, YEJI_MARK_SLOT);
          g_array_append_val (self->slots, span);
        }
    }
}

/**
 * yeji_match_name_new: (skip)
 * @length: in bytes, -1: to its end
 *
 * Takes a name apart.
 */
YejiMatchName *
yeji_match_name_new (const YejiMatchVocabulary *vocabulary,
                     const char                *name,
                     gssize                     length)
{
  YejiMatchName *self = g_new0 (YejiMatchName, 1);

  self->text = yeji_match_text_new (name, length);
  self->marks = g_new0 (guint8, self->text->n + 1);
  self->lots = g_array_new (FALSE, FALSE, sizeof (YejiMatchLot));
  self->slots = g_array_new (FALSE, FALSE, sizeof (YejiMatchSpan));
  find_words (self, vocabulary->slots, YEJI_MARK_SLOT);
  find_spelt (self, vocabulary->spelt);
  find_lots (self, vocabulary->lots);
  find_words (self, vocabulary->works, YEJI_MARK_WORK);
  find_words (self, vocabulary->noise, YEJI_MARK_NOISE);
  find_words (self, vocabulary->affixes, YEJI_MARK_AFFIX);
  self->plain = g_new (gunichar, self->text->n + 1);
  self->map = g_new (guint, self->text->n + 1);
  for (guint i = 0; i < self->text->n; i++)
    if (!(self->marks[i] & YEJI_MARK_LOT) && self->text->c[i] != '#')
      {
        self->plain[self->n_plain] = self->text->c[i];
        self->map[self->n_plain++] = i;
      }
  return self;
}

void
yeji_match_name_free (YejiMatchName *self)
{
  yeji_match_text_free (self->text);
  g_free (self->marks);
  g_free (self->plain);
  g_free (self->map);
  g_array_unref (self->lots);
  g_array_unref (self->slots);
  g_free (self);
}

/**
 * yeji_match_name_trim: (skip)
 * @from: (inout): where in what is plain of the name the part begins
 * @n: (inout): its length
 *
 * Takes words that mean nothing off both ends, as long as two characters are left.
 */
void
yeji_match_name_trim (const YejiMatchVocabulary *vocabulary,
                      const YejiMatchName       *name,
                      guint                     *from,
                      guint                     *n)
{
  const YejiMatchWords *sets[] = { vocabulary->affixes, vocabulary->works };
  guint8 gaps[YEJI_MATCH_MAX_CHARACTERS] = { 0 };
  gboolean again = TRUE;

  while (again)
    {
      YejiMatchText part = { name->plain + *from, gaps, *n };

      again = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (sets) && !again && *n > 0; i++)
        {
          const YejiMatchWord *last = yeji_match_words_before (sets[i], &part, *n);
          const YejiMatchWord *first = yeji_match_words_at (sets[i], &part, 0);

          if (last != NULL && *n >= last->n + 2)
            {
              *n -= last->n;
              again = TRUE;
            }
          else if (first != NULL && *n >= first->n + 2)
            {
              *from += first->n;
              *n -= first->n;
              again = TRUE;
            }
        }
    }
}

/* --- vocabulary --- */

static YejiMatchWords *
make_words (GStrv words)
{
  YejiMatchWords *self = yeji_match_words_new ();

  for (guint i = 0; words[i] != NULL; i++)
    yeji_match_words_add (self, words[i], MIN (i, 31));
  return self;
}

static char *
spell (const char *word)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *readings[YEJI_PINYIN_MAX_READINGS];

      if (yeji_pinyin_get_readings (g_utf8_get_char (p), readings) == 0)
        return NULL;
      g_string_append (letters, readings[0]);
    }
  return g_string_free (g_steal_pointer (&letters), FALSE);
}

/* What two slots are spelt alike by tells neither. */
static void
add_spelling (GHashTable *spelt,
              char       *letters,
              gsize       least,
              guint       slot,
              const char *synonym)
{
  YejiMatchWord *word;

  if (letters == NULL || strlen (letters) < least)
    {
      g_free (letters);
      return;
    }
  word = g_hash_table_lookup (spelt, letters);
  if (word != NULL)
    {
      if (word->tag != slot)
        word->tag = G_MAXUINT;
      g_free (letters);
      return;
    }
  word = g_new0 (YejiMatchWord, 1);
  word->n = (guint) g_utf8_strlen (synonym, -1);
  word->tag = slot;
  word->word = g_strdup (synonym);
  g_hash_table_insert (spelt, letters, word);
}

static void
free_spelt (gpointer data)
{
  YejiMatchWord *word = data;

  g_free (word->word);
  g_free (word);
}

static gboolean
is_unclear (gpointer key,
            gpointer value,
            gpointer data)
{
  return ((YejiMatchWord *) value)->tag == G_MAXUINT;
}

static void
add_slots (YejiMatchVocabulary *self,
           GPtrArray           *slots)
{
  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);

      for (guint j = 0; slot->synonyms[j] != NULL; j++)
        {
          const char *synonym = slot->synonyms[j];

          yeji_match_words_add (self->slots, synonym, i);
          add_spelling (self->spelt, yeji_initials_of (synonym), MIN_INITIALS, i, synonym);
          add_spelling (self->spelt, spell (synonym), MIN_PINYIN, i, synonym);
        }
      yeji_match_words_add (self->slots, slot->label.in[YEJI_LANGUAGE_ZH], i);
    }
  g_hash_table_foreach_remove (self->spelt, is_unclear, NULL);
}

/**
 * yeji_match_vocabulary_new: (skip)
 *
 * Returns: (transfer full): the words of a dictionary
 */
YejiMatchVocabulary *
yeji_match_vocabulary_new (YejiDictionary *dictionary)
{
  const YejiMatching *matching = yeji_dictionary_get_matching (dictionary);
  YejiMatchVocabulary *self = g_new0 (YejiMatchVocabulary, 1);

  self->slots = yeji_match_words_new ();
  self->spelt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_spelt);
  add_slots (self, yeji_dictionary_get_slots (dictionary));
  self->lots = yeji_match_words_new ();
  for (guint i = 0; matching->lots[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (matching->lots[i], " ", -1);

      for (guint j = 0; words[j] != NULL; j++)
        yeji_match_words_add (self->lots, words[j], i);
    }
  self->works = make_words (matching->works);
  self->noise = make_words (matching->noise);
  self->affixes = make_words (matching->affixes);
  self->pages = make_words (matching->pages);
  return self;
}

void
yeji_match_vocabulary_free (YejiMatchVocabulary *self)
{
  yeji_match_words_free (self->slots);
  yeji_match_words_free (self->lots);
  yeji_match_words_free (self->works);
  yeji_match_words_free (self->noise);
  yeji_match_words_free (self->affixes);
  yeji_match_words_free (self->pages);
  g_hash_table_unref (self->spelt);
  g_free (self);
}
