// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-examiner"

#include "config.h"

#include "yeji-examiner.h"

#include "yeji-examiner-child.h"
#include "yeji-examiner-private.h"
#include "yeji-json.h"

/* A decoder that leaks a little does so no longer. */
#define MAX_ASKED 1000

/**
 * YejiExaminer:
 *
 * Looks at documents in another process, since who wrote a file may have wanted its decoder to
 * crash, to hang or to do worse. The process starts with the first request and is started again
 * after it has ended, for whatever reason. One request at a time; callers of other threads wait.
 * Every call blocks: none of them is for the GTK thread.
 */
struct _YejiExaminer
{
  GObject parent_instance;

  GMutex mutex;
  GCond changed;
  YejiLimits limits;
  double seconds;              /* 0: what the kind of request is worth */
  gboolean busy;               /* a request has its turn */
  gboolean closed;
  YejiExaminerChild *child;    /* (nullable) */
  GThread *watch;              /* (nullable): ends a child at its deadline */
  gint64 deadline;             /* monotonic; 0: none */
  gint64 id;                   /* of the last request */
  YejiExaminerError end;       /* SLOW: it was ended at its deadline */
};

G_DEFINE_FINAL_TYPE (YejiExaminer, yeji_examiner, G_TYPE_OBJECT)

/* Works without a main loop, and without anything that could be polled: when the process is gone,
 * who reads from it is told so on every system. */
static gpointer
watch (gpointer data)
{
  YejiExaminer *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->closed)
    if (self->deadline == 0)
      g_cond_wait (&self->changed, &self->mutex);
    else if (!g_cond_wait_until (&self->changed, &self->mutex, self->deadline)
             && self->deadline != 0 && g_get_monotonic_time () >= self->deadline)
      {
        self->end = YEJI_EXAMINER_ERROR_SLOW;
        self->deadline = 0;
        yeji_examiner_child_kill (self->child);
      }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static gboolean
fail (GError            **error,
      YejiExaminerError   code,
      const char         *reason)
{
  g_set_error_literal (error, YEJI_EXAMINER_ERROR, (int) code, reason);
  return FALSE;
}

static void
on_wait_cancelled (GCancellable *cancellable,
                   YejiExaminer *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static gboolean
take_turn (YejiExaminer  *self,
           GCancellable  *cancellable,
           GError       **error)
{
  gulong handler = cancellable == NULL ? 0
    : g_cancellable_connect (cancellable, G_CALLBACK (on_wait_cancelled), self, NULL);
  gboolean taken;

  g_mutex_lock (&self->mutex);
  while (self->busy && !self->closed && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->changed, &self->mutex);
  taken = !self->busy && !self->closed && !g_cancellable_is_cancelled (cancellable);
  self->busy |= taken;
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, handler);
  if (!taken && !g_cancellable_set_error_if_cancelled (cancellable, error))
    fail (error, YEJI_EXAMINER_ERROR_FAILED, "the examiner is closed");
  return taken;
}

static void
give_turn (YejiExaminer *self)
{
  g_mutex_lock (&self->mutex);
  self->busy = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* The process that answers, with a reference of the caller's own. */
static YejiExaminerChild *
begin (YejiExaminer  *self,
       double         seconds,
       GError       **error)
{
  YejiExaminerChild *child = NULL;

  g_mutex_lock (&self->mutex);
  if (self->child != NULL && (!yeji_examiner_child_is_alive (self->child)
                              || yeji_examiner_child_get_n_asked (self->child) >= MAX_ASKED))
    g_clear_pointer (&self->child, yeji_examiner_child_unref);
  if (self->closed)
    fail (error, YEJI_EXAMINER_ERROR_FAILED, "the examiner is closed");
  else if (self->child != NULL || (self->child = yeji_examiner_child_start (error)) != NULL)
    {
      if (self->watch == NULL)
        self->watch = g_thread_new ("yeji-examiner", watch, self);
      self->end = YEJI_EXAMINER_ERROR_FAILED;
      self->deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
      g_cond_broadcast (&self->changed);
      child = yeji_examiner_child_ref (self->child);
    }
  g_mutex_unlock (&self->mutex);
  return child;
}

/* Returns: why the process ended, if it did */
static YejiExaminerError
end (YejiExaminer *self,
     gboolean      keep)
{
  YejiExaminerError why;

  g_mutex_lock (&self->mutex);
  self->deadline = 0;
  why = self->end;
  if (!keep)
    g_clear_pointer (&self->child, yeji_examiner_child_unref);
  g_mutex_unlock (&self->mutex);
  return why;
}

static gboolean
is_closed (YejiExaminer *self)
{
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);
  return closed;
}

static void
on_cancelled (GCancellable      *cancellable,
              YejiExaminerChild *child)
{
  yeji_examiner_child_kill (child);
}

/* Only an answer to this very request counts. */
static JsonNode *
parse (const char  *line,
       gint64       id,
       GError     **error)
{
  g_autoptr (JsonNode) answer = yeji_json_parse (line, -1, NULL);

  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer)
      && yeji_json_get_int (json_node_get_object (answer), "id", 0) == id)
    return g_steal_pointer (&answer);
  fail (error, YEJI_EXAMINER_ERROR_FAILED, "no answer of ours");
  return NULL;
}

/* One attempt. @used: whether the process had seen other files before this one. */
static JsonNode *
ask_once (YejiExaminer  *self,
          JsonNode      *request,
          double         seconds,
          gboolean      *used,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (YejiExaminerChild) child = begin (self, seconds, error);
  g_autoptr (GError) reason = NULL;
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  JsonNode *answer;
  gulong handler;

  *used = FALSE;
  if (child == NULL)
    return NULL;
  *used = yeji_examiner_child_get_n_asked (child) > 0;
  json_object_set_int_member (json_node_get_object (request), "id", ++self->id);
  line = yeji_json_print (request, FALSE);
  handler = cancellable == NULL ? 0
    : g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), child, NULL);
  text = yeji_examiner_child_ask (child, line, &reason);
  g_cancellable_disconnect (cancellable, handler);
  answer = text != NULL ? parse (text, self->id, &reason) : NULL;
  if (end (self, answer != NULL && !g_cancellable_is_cancelled (cancellable))
      == YEJI_EXAMINER_ERROR_SLOW && answer == NULL)
    fail (error, YEJI_EXAMINER_ERROR_SLOW, "no answer in time");
  else if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return answer;
}

/* Asks until there is an answer, or it is known that there will be none. A process that dies may
 * have died of what files before this one left behind; a new one that dies of this file may still
 * tell what it is when it looks no further than it must. */
static JsonNode *
ask_again (YejiExaminer  *self,
           JsonNode      *request,
           double         seconds,
           GCancellable  *cancellable,
           GError       **error)
{
  JsonObject *object = json_node_get_object (request);
  gboolean careful = g_strcmp0 (yeji_json_get_string (object, "do"), "examine") != 0;

  while (TRUE)
    {
      g_autoptr (GError) reason = NULL;
      gboolean used;
      JsonNode *answer = ask_once (self, request, seconds, &used, cancellable, &reason);

      if (answer != NULL)
        return answer;
      if ((careful && !used) || g_cancellable_is_cancelled (cancellable) || is_closed (self)
          || !g_error_matches (reason, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_FAILED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      careful |= !used;
      if (careful)
        json_object_set_boolean_member (object, "careful", TRUE);
    }
}

static void
yeji_examiner_dispose (GObject *object)
{
  yeji_examiner_close (YEJI_EXAMINER (object));

  G_OBJECT_CLASS (yeji_examiner_parent_class)->dispose (object);
}

static void
yeji_examiner_finalize (GObject *object)
{
  YejiExaminer *self = YEJI_EXAMINER (object);

  g_assert (self->child == NULL && self->watch == NULL);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);

  G_OBJECT_CLASS (yeji_examiner_parent_class)->finalize (object);
}

static void
yeji_examiner_class_init (YejiExaminerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = yeji_examiner_dispose;
  object_class->finalize = yeji_examiner_finalize;
}

static void
yeji_examiner_init (YejiExaminer *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
}

/**
 * yeji_examiner_new:
 *
 * Makes an examiner; its process starts with the first request. Say yeji_examiner_set_limits()
 * before that: without limits no page is looked at for being empty.
 *
 * Returns: (transfer full): an examiner; end it with yeji_examiner_close()
 */
YejiExaminer *
yeji_examiner_new (void)
{
  return g_object_new (YEJI_TYPE_EXAMINER, NULL);
}

/**
 * yeji_examiner_set_limits:
 * @limits: those of the dictionary; copied
 *
 * Says when a page counts as empty, and how many pages are looked at. Before the first request.
 */
void
yeji_examiner_set_limits (YejiExaminer     *self,
                          const YejiLimits *limits)
{
  g_return_if_fail (YEJI_IS_EXAMINER (self));

  self->limits = *limits;
}

/**
 * yeji_examiner_set_seconds:
 * @seconds: 0: what each kind of request is worth
 *
 * Says how long a request may take. Before the first one.
 */
void
yeji_examiner_set_seconds (YejiExaminer *self,
                           double        seconds)
{
  g_return_if_fail (YEJI_IS_EXAMINER (self));

  self->seconds = seconds;
}

/**
 * yeji_examiner_is_there:
 *
 * Returns: whether the other program is there; without it nothing is examined
 */
gboolean
yeji_examiner_is_there (void)
{
  g_autofree char *path = yeji_examiner_child_find ();

  return path != NULL;
}

/**
 * yeji_examiner_get_limits: (skip)
 *
 * Returns: (transfer none): what yeji_examiner_set_limits() said
 */
const YejiLimits *
yeji_examiner_get_limits (YejiExaminer *self)
{
  return &self->limits;
}

/**
 * yeji_examiner_ask: (skip)
 * @request: an object; gets members that the process wants
 * @usual: seconds that it may take unless yeji_examiner_set_seconds() said otherwise
 *
 * Waits for its turn, asks, and waits for the answer.
 *
 * Returns: (transfer full) (nullable): an object, %NULL with #YejiExaminerError or
 *   %G_IO_ERROR_CANCELLED
 */
JsonNode *
yeji_examiner_ask (YejiExaminer  *self,
                   JsonNode      *request,
                   double         usual,
                   GCancellable  *cancellable,
                   GError       **error)
{
  double seconds = self->seconds > 0 ? self->seconds : usual;
  g_autoptr (GError) reason = NULL;
  JsonNode *answer;

  json_object_set_double_member (json_node_get_object (request), "seconds", seconds);
  if (!take_turn (self, cancellable, error))
    return NULL;
  answer = ask_again (self, request, seconds, cancellable, &reason);
  give_turn (self);
  if (answer == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, g_steal_pointer (&reason));
  return answer;
}

/**
 * yeji_examiner_close:
 *
 * Ends the process. Who waits for an answer gets an error; later requests get one, too. When this
 * returns, no request is under way any more.
 */
void
yeji_examiner_close (YejiExaminer *self)
{
  GThread *thread;

  g_return_if_fail (YEJI_IS_EXAMINER (self));

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  if (self->child != NULL)
    yeji_examiner_child_kill (self->child);
  g_cond_broadcast (&self->changed);
  while (self->busy)
    g_cond_wait (&self->changed, &self->mutex);
  g_clear_pointer (&self->child, yeji_examiner_child_unref);
  thread = g_steal_pointer (&self->watch);
  g_mutex_unlock (&self->mutex);
  if (thread != NULL)
    g_thread_join (thread);
}
