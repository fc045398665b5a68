// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-problem"

#include "config.h"

#include "yeji-problem.h"

/**
 * YejiProblem:
 *
 * What a rule has to say about one place of a record. Immutable.
 */
struct _YejiProblem
{
  GObject parent_instance;

  char *rule;
  char *pointer;
  char *message;
  YejiSeverity severity;
};

/* the wire's words, never translated */
static const char * const severities[] = {
  [YEJI_SEVERITY_HINT] = "hint",
  [YEJI_SEVERITY_WARNING] = "warning",
  [YEJI_SEVERITY_ERROR] = "error",
};

G_DEFINE_FINAL_TYPE (YejiProblem, yeji_problem, G_TYPE_OBJECT)

static void
yeji_problem_finalize (GObject *object)
{
  YejiProblem *self = YEJI_PROBLEM (object);

  g_free (self->rule);
  g_free (self->pointer);
  g_free (self->message);
  G_OBJECT_CLASS (yeji_problem_parent_class)->finalize (object);
}

static void
yeji_problem_class_init (YejiProblemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_problem_finalize;
}

static void
yeji_problem_init (YejiProblem *self)
{
}

/**
 * yeji_problem_new:
 * @rule: the dictionary's rule id
 * @pointer: a JSON Pointer into the record; `/documents/SLOT` for a document
 * @message: one sentence that says what to do
 *
 * Returns: (transfer full): a problem
 */
YejiProblem *
yeji_problem_new (const char   *rule,
                  YejiSeverity  severity,
                  const char   *pointer,
                  const char   *message)
{
  YejiProblem *self = g_object_new (YEJI_TYPE_PROBLEM, NULL);

  self->rule = g_strdup (rule);
  self->severity = severity;
  self->pointer = g_strdup (pointer);
  self->message = g_strdup (message);
  return self;
}

const char *
yeji_problem_get_rule (YejiProblem *self)
{
  return self->rule;
}

YejiSeverity
yeji_problem_get_severity (YejiProblem *self)
{
  return self->severity;
}

const char *
yeji_problem_get_pointer (YejiProblem *self)
{
  return self->pointer;
}

const char *
yeji_problem_get_message (YejiProblem *self)
{
  return self->message;
}

/**
 * yeji_problems_count:
 * @problems: (element-type YejiProblem)
 *
 * Returns: how many problems have exactly that severity
 */
guint
yeji_problems_count (GPtrArray    *problems,
                     YejiSeverity  severity)
{
  guint count = 0;

  for (guint i = 0; i < problems->len; i++)
    count += yeji_problem_get_severity (g_ptr_array_index (problems, i)) == severity;
  return count;
}

/**
 * yeji_severity_to_text:
 *
 * Returns: the word of the dictionary and the wire
 */
const char *
yeji_severity_to_text (YejiSeverity severity)
{
  return severities[severity];
}

/**
 * yeji_severity_from_text:
 * @severity: (out): the severity that @text names
 *
 * Returns: whether there is one
 */
gboolean
yeji_severity_from_text (const char   *text,
                         YejiSeverity *severity)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (severities); i++)
    if (g_str_equal (text, severities[i]))
      {
        *severity = (YejiSeverity) i;
        return TRUE;
      }
  return FALSE;
}
