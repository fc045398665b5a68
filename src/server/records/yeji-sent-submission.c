// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-sent-submission.h"

#include "yeji-clock.h"
#include "yeji-digest.h"
#include "yeji-json.h"

static char *
hash_parts (YejiRequest *request,
            const char  *match,
            JsonNode    *node)
{
  g_autofree char *body = node != NULL ? yeji_json_print (node, FALSE) : g_strdup ("");
  g_autofree char *text = g_strjoin ("\n", request->target, match, body, NULL);

  return yeji_digest_sum_text (text);
}

static gboolean
read_may_follow (JsonObject *object)
{
  JsonNode *node = object != NULL
                     ? json_object_get_member (object, YEJI_WIRE_MEMBER_FILES_FOLLOW) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* Who submits a record wrote it just now, mostly: what the rules say of it can be asked before it is
 * its turn. What turns out to be otherwise then is asked again. */
static void
check (YejiSentSubmission *self,
       YejiServerContext  *context,
       YejiRequest        *request)
{
  g_autoptr (YejiDeclared) nothing = yeji_declared_new ();

  self->record = yeji_recent_find (context->recent, request->target);
  if (self->record == NULL || self->announced == NULL)
    return;
  self->today = yeji_clock_today ();
  self->slots = yeji_announced_list_slots (self->announced);
  self->problems = yeji_validator_check_against (context->validators[request->language],
                                                 self->record, self->today,
                                                 (const char * const *) self->slots, nothing);
}

/**
 * yeji_sent_submission_read:
 * @request: whose body is a submission, and whose `submission` is set
 *
 * Reads what was sent, and looks at the record. It needs no database: on any thread.
 */
void
yeji_sent_submission_read (YejiServerContext *context,
                           YejiRequest       *request)
{
  YejiSentSubmission *self = g_new0 (YejiSentSubmission, 1);
  JsonObject *object = yeji_request_get_object (request);

  self->announced = yeji_announced_read (context, request);
  self->may_follow = read_may_follow (object);
  /* The record and its documents. The precondition is no part of it: who lost the answer finds the
   * record at the revision that the submission itself made. Nor is whether the documents may follow:
   * the clerk may say so, or no more, while the submission waits. */
  self->hash = hash_parts (request, "",
                           object != NULL ? json_object_get_member (object, "files") : NULL);
  self->text = request->length > 0 ? g_strndup (request->text, request->length) : g_strdup ("");
  g_clear_pointer (&request->body, json_node_unref);
  check (self, context, request);
  request->submission = self;
}

/**
 * yeji_sent_submission_is_same:
 * @hash: that was kept with an answer
 *
 * Returns: whether the answer is that of this submission; before, all of a request was hashed
 */
gboolean
yeji_sent_submission_is_same (YejiSentSubmission *self,
                              YejiRequest        *request,
                              const char         *hash)
{
  const char *match = yeji_request_get_header (request, "if-match");
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *before = NULL;

  if (g_str_equal (hash, self->hash))
    return TRUE;
  body = *self->text != '\0' ? yeji_json_parse (self->text, -1, NULL) : NULL;
  before = hash_parts (request, match != NULL ? match : "", body);
  return g_str_equal (hash, before);
}

/**
 * yeji_sent_submission_ref_problems:
 * @slots: that have a document
 * @declared: what other systems have of the project
 *
 * Returns: (transfer full) (nullable) (element-type YejiProblem): what the rules say of @record;
 *   %NULL: that was not asked, or not of just this
 */
GPtrArray *
yeji_sent_submission_ref_problems (YejiSentSubmission *self,
                                   YejiRecord         *record,
                                   const char         *today,
                                   GStrv               slots,
                                   YejiDeclared       *declared)
{
  if (self->problems == NULL || self->record != record || !g_str_equal (self->today, today)
      || !g_strv_equal ((const char * const *) self->slots, (const char * const *) slots)
      || !yeji_declared_is_empty (declared))
    return NULL;
  return g_ptr_array_ref (self->problems);
}

/**
 * yeji_sent_submission_free:
 * @self: (transfer full) (nullable)
 *
 * Frees what was read.
 */
void
yeji_sent_submission_free (YejiSentSubmission *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->announced, yeji_announced_free);
  g_clear_object (&self->record);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_strfreev (self->slots);
  g_free (self->today);
  g_free (self->hash);
  g_free (self->text);
  g_free (self);
}
