// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-text-difference"

#include "config.h"

#include "yeji-text-difference.h"

/* Characters of both texts, multiplied, that are looked at one by one: some milliseconds. */
#define MAX_WORK 250000

/* Texts that have less in common than this part are two texts, and not one that was changed. */
#define MIN_COMMON 0.4

/* So few common characters between two others are chance. */
#define MIN_RUN 2

typedef struct
{
  gunichar *text;
  glong length;
} Text;

static void
clear_text (Text *text)
{
  g_free (text->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Text, clear_text)

/* Marks what is in both, in the same order, as long as possible. */
static glong
mark_common (const Text *text,
             const Text *other,
             glong       start,
             glong       end,
             glong       other_end,
             gboolean   *common)
{
  glong n = end - start, m = other_end - start, width = m + 1, i = 0, j = 0, found = 0;
  g_autofree guint16 *longest = NULL;

  if (n == 0 || m == 0 || n > MAX_WORK / m || n > G_MAXUINT16)
    return 0;
  longest = g_new0 (guint16, (gsize) ((n + 1) * width));
  for (glong a = n - 1; a >= 0; a--)
    for (glong b = m - 1; b >= 0; b--)
      longest[a * width + b] = text->text[start + a] == other->text[start + b]
                                 ? longest[(a + 1) * width + b + 1] + 1
                                 : MAX (longest[(a + 1) * width + b], longest[a * width + b + 1]);
  while (i < n && j < m)
    if (text->text[start + i] == other->text[start + j])
      {
        common[start + i] = TRUE;
        found++;
        i++;
        j++;
      }
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1])
      i++;
    else
      j++;
  return found;
}

static void
drop_short_runs (gboolean *common,
                 glong     start,
                 glong     end)
{
  for (glong i = start; i < end; i++)
    {
      glong stop = i;

      while (stop < end && common[stop])
        stop++;
      if (i > start && stop < end && stop - i < MIN_RUN)
        for (glong j = i; j < stop; j++)
          common[j] = FALSE;
      i = MAX (i, stop);
    }
}

static GArray *
list_ranges (const char     *text,
             const gboolean *common)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (YejiTextRange));
  const char *c = text;

  for (glong i = 0; *c != '\0'; i++)
    {
      const char *next = g_utf8_next_char (c);
      YejiTextRange range = { (guint) (c - text), (guint) (next - text) };
      YejiTextRange *last = ranges->len > 0
                              ? &g_array_index (ranges, YejiTextRange, ranges->len - 1) : NULL;

      if (!common[i] && last != NULL && last->end == range.start)
        last->end = range.end;
      else if (!common[i])
        g_array_append_val (ranges, range);
      c = next;
    }
  return ranges;
}

/**
 * yeji_text_difference:
 * @text: UTF-8
 * @other: what it is compared with, UTF-8
 *
 * Finds what a reader has to look at: the characters of a text that another lacks. Texts that have
 * little in common differ as a whole.
 *
 * Returns: (transfer full) (element-type YejiTextRange): parts of @text, in order; none where both
 * are the same, or @text is @other with something left out
 */
GArray *
yeji_text_difference (const char *text,
                      const char *other)
{
  g_auto (Text) one = { NULL };
  g_auto (Text) two = { NULL };
  g_autofree gboolean *common = NULL;
  glong start = 0, end, other_end, found;

  one.text = g_utf8_to_ucs4_fast (text, -1, &one.length);
  two.text = g_utf8_to_ucs4_fast (other, -1, &two.length);
  common = g_new0 (gboolean, (gsize) one.length + 1);
  end = one.length;
  other_end = two.length;
  while (start < end && start < other_end && one.text[start] == two.text[start])
    common[start++] = TRUE;
  while (end > start && other_end > start && one.text[end - 1] == two.text[other_end - 1])
    {
      common[--end] = TRUE;
      other_end--;
    }
  found = start + (one.length - end);
  found += mark_common (&one, &two, start, end, other_end, common);
  if ((double) found < MIN_COMMON * (double) MAX (one.length, two.length))
    for (glong i = 0; i < one.length; i++)
      common[i] = FALSE;
  else
    drop_short_runs (common, start, end);
  return list_ranges (text, common);
}
