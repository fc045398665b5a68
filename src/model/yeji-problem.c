// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-problem"

#include "config.h"

#include "yeji-problem.h"

/**
 * YejiProblem:
 *
 * What a rule has to say about one place of a record. Whoever makes it sets what it is about;
 * after that it does not change.
 */
struct _YejiProblem
{
  GObject parent_instance;

  char *rule;
  char *pointer;
  char *message;
  char *value;                 /* (nullable): what it is about */
  char *other;                 /* (nullable): what that was compared with */
  char *reason;                /* (nullable): why the clerk keeps it */
  YejiSeverity severity;
  gboolean incomplete;
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
  g_free (self->value);
  g_free (self->other);
  g_free (self->reason);
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
 * yeji_problem_set_subject:
 * @value: (nullable): the value that it is about
 * @other: (nullable): what that was compared with
 *
 * Says what the problem is about. A kept warning counts only while both stay the same.
 */
void
yeji_problem_set_subject (YejiProblem *self,
                          const char  *value,
                          const char  *other)
{
  g_free (self->value);
  g_free (self->other);
  self->value = g_strdup (value);
  self->other = g_strdup (other);
}

/**
 * yeji_problem_get_value:
 *
 * Returns: (not nullable): the value that it is about, "" if it is about none
 */
const char *
yeji_problem_get_value (YejiProblem *self)
{
  return self->value != NULL ? self->value : "";
}

/**
 * yeji_problem_get_other:
 *
 * Returns: (not nullable): what the value was compared with, "" if there is nothing
 */
const char *
yeji_problem_get_other (YejiProblem *self)
{
  return self->other != NULL ? self->other : "";
}

void
yeji_problem_set_incomplete (YejiProblem *self,
                             gboolean     incomplete)
{
  self->incomplete = incomplete;
}

/**
 * yeji_problem_get_incomplete:
 *
 * Returns: whether the dictionary says that a record with it is for the province alone
 */
gboolean
yeji_problem_get_incomplete (YejiProblem *self)
{
  return self->incomplete;
}

/**
 * yeji_problem_copy_kept:
 * @reason: why the clerk keeps it
 *
 * Returns: (transfer full): the same problem with a reason
 */
YejiProblem *
yeji_problem_copy_kept (YejiProblem *self,
                        const char  *reason)
{
  YejiProblem *copy = yeji_problem_new (self->rule, self->severity, self->pointer, self->message);

  yeji_problem_set_subject (copy, self->value, self->other);
  copy->incomplete = self->incomplete;
  copy->reason = g_strdup (reason);
  return copy;
}

/**
 * yeji_problem_get_reason:
 *
 * Returns: (nullable): why the clerk keeps it, %NULL if nobody does
 */
const char *
yeji_problem_get_reason (YejiProblem *self)
{
  return self->reason;
}

/**
 * yeji_problem_equal:
 *
 * Returns: whether both say the same of the same place
 */
gboolean
yeji_problem_equal (YejiProblem *self,
                    YejiProblem *other)
{
  return self == other
         || (self->severity == other->severity && self->incomplete == other->incomplete
             && g_str_equal (self->rule, other->rule)
             && g_str_equal (self->pointer, other->pointer)
             && g_str_equal (self->message, other->message)
             && g_strcmp0 (self->reason, other->reason) == 0);
}

/**
 * yeji_problems_count:
 * @problems: (element-type YejiProblem)
 *
 * Returns: how many problems have exactly that severity; those that are kept with a reason are not
 * counted
 */
guint
yeji_problems_count (GPtrArray    *problems,
                     YejiSeverity  severity)
{
  guint count = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      count += problem->severity == severity && problem->reason == NULL;
    }
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
