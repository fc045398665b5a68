// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-undo"

#include "config.h"

#include "yeji-undo-stack.h"

#include <string.h>

#include "yeji-history.h"

/* Typing on in one field is one group for so long. */
#define GROUP_SECONDS 30

/* The lines of one step. */
typedef struct
{
  const YejiHistoryLine *line; /* the first */
  guint n_lines;
} Step;

static void
free_group (gpointer data)
{
  YejiUndoGroup *group = data;

  g_array_unref (group->steps);
  g_free (group);
}

static YejiUndoGroup *
add_group (GPtrArray *groups,
           gint64     first,
           gint64     step)
{
  YejiUndoGroup *group = g_new (YejiUndoGroup, 1);

  group->first = first;
  group->steps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (group->steps, step);
  g_ptr_array_add (groups, group);
  return group;
}

/* A step of one line, in which a value was typed. */
static gboolean
is_typed_value (const Step *step)
{
  const YejiChange *change = step->line->change;

  return step->n_lines == 1 && g_str_equal (step->line->why, "typed") && step->line->batch == NULL
    && *change->table != '\0' && *change->field != '\0' && strchr (change->field, ':') == NULL;
}

/* Seconds from one moment to another, negative when the clock went back. */
static double
get_seconds (const char *from,
             const char *to)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (from, NULL);
  g_autoptr (GDateTime) end = g_date_time_new_from_iso8601 (to, NULL);

  if (start == NULL || end == NULL)
    return -1;
  return (double) g_date_time_difference (end, start) / G_TIME_SPAN_SECOND;
}

static gboolean
goes_on (const Step *first,
         const Step *step)
{
  const YejiChange *a, *b;
  double seconds;

  if (first == NULL || !is_typed_value (step))
    return FALSE;
  a = first->line->change;
  b = step->line->change;
  seconds = get_seconds (first->line->at, step->line->at);
  return g_str_equal (a->table, b->table) && g_str_equal (a->row, b->row)
    && g_str_equal (a->field, b->field) && g_str_equal (first->line->who, step->line->who)
    && seconds >= 0 && seconds <= GROUP_SECONDS;
}

/* Who typed and gave it up has changed nothing: there is nothing to undo. */
static gboolean
is_back (const Step *first,
         const Step *step)
{
  return g_strcmp0 (first->line->change->before, step->line->change->after) == 0;
}

/* Takes the group off, and what lies above it: a history that is not ours may have gaps. */
static gboolean
pop (GPtrArray *groups,
     gint64     first)
{
  for (guint i = groups->len; i-- > 0;)
    if (((YejiUndoGroup *) g_ptr_array_index (groups, i))->first == first)
      {
        g_ptr_array_set_size (groups, (int) i);
        return TRUE;
      }
  return FALSE;
}

/* What the province or another version of the dictionary made of the record is not undone, nor is
 * anything before it. */
static gboolean
is_barrier (const char *why)
{
  static const char *const barriers[] = { YEJI_HISTORY_ANSWERED, "migrated", NULL };

  return g_strv_contains (barriers, why);
}

/* Going into the bin and out of it is undone there, and changes nothing in the record; neither does
 * what was done on another computer. */
static GArray *
list_steps (GPtrArray *lines)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);
      Step *last = steps->len > 0 ? &g_array_index (steps, Step, steps->len - 1) : NULL;
      Step step = { line, 1 };

      if (yeji_history_line_is_idle (line))
        continue;
      if (last != NULL && last->line->step == line->step)
        last->n_lines++;
      else
        g_array_append_val (steps, step);
    }
  return steps;
}

/**
 * yeji_undo_stack_new:
 * @lines: (element-type YejiHistoryLine): all of a record's history, the oldest first
 *
 * Derives what can be undone. The step that made the record is the bottom: a record is removed, not
 * undone.
 *
 * Returns: (transfer full): the stack
 */
YejiUndoStack *
yeji_undo_stack_new (GPtrArray *lines)
{
  YejiUndoStack *self = g_new (YejiUndoStack, 1);
  g_autoptr (GArray) steps = list_steps (lines);
  const Step *typed = NULL;    /* begins the group that may go on */

  self->undo = g_ptr_array_new_with_free_func (free_group);
  self->redo = g_ptr_array_new_with_free_func (free_group);
  for (guint i = 1; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      const YejiHistoryLine *line = step->line;

      if (is_barrier (line->why))
        {
          g_ptr_array_set_size (self->undo, 0);
          g_ptr_array_set_size (self->redo, 0);
          typed = NULL;
        }
      else if (line->undoes != 0)
        {
          gboolean again = g_str_equal (line->why, "redone");

          typed = NULL;
          if (pop (again ? self->redo : self->undo, line->undoes))
            add_group (again ? self->undo : self->redo, line->undoes, line->step);
        }
      else
        {
          g_ptr_array_set_size (self->redo, 0);
          if (goes_on (typed, step))
            {
              YejiUndoGroup *group = g_ptr_array_index (self->undo, self->undo->len - 1);

              g_array_append_val (group->steps, line->step);
              if (is_back (typed, step))
                {
                  g_ptr_array_set_size (self->undo, (int) self->undo->len - 1);
                  typed = NULL;
                }
              continue;
            }
          add_group (self->undo, line->step, line->step);
          typed = is_typed_value (step) ? step : NULL;
        }
    }
  return self;
}

void
yeji_undo_stack_free (YejiUndoStack *self)
{
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_free (self);
}

/**
 * yeji_undo_stack_peek:
 * @again: asks for what would be done again
 *
 * Returns: (nullable) (transfer none): the next group
 */
const YejiUndoGroup *
yeji_undo_stack_peek (const YejiUndoStack *self,
                      gboolean             again)
{
  GPtrArray *groups = again ? self->redo : self->undo;

  return groups->len > 0 ? g_ptr_array_index (groups, groups->len - 1) : NULL;
}
