// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-presence.h"

#include "yeji-worker.h"

#define PRESENCE_KEY "yeji-presence"

/* Seconds: the province forgets after 120. */
#define TICK 20
#define SAY_AGAIN 60
/* Who has not typed for so long looks elsewhere. */
#define STILL_THERE 600

/* Milliseconds that the end waits until what is to be said is said. */
#define FAREWELL 500

#define MAX_WHO 100

/* A record that is edited here. */
typedef struct
{
  gint64 typed;                /* monotonic */
  gint64 said;                 /* 0: not yet */
} Here;

struct _YejiPresence
{
  GObject parent_instance;

  YejiStore *store;
  YejiWorker *worker;          /* (nullable): while there is a province */
  YejiProvince *province;      /* (nullable) */
  GCancellable *cancellable;   /* (nullable): of what the worker says */
  GMainContext *context;
  GHashTable *here;            /* Here by uuid */
  GHashTable *there;           /* YejiColleague by uuid */
  gint64 heard;                /* monotonic: when that was so */
  guint tick;

  GMutex mutex;                /* guards what follows */
  GCond said;
  guint n_words;               /* that are not said yet */
  char *computer;              /* (nullable): until it was asked for */
  char *tag;                   /* (nullable): of what was heard last */
  GPtrArray *news;             /* (nullable): YejiColleague, not taken over yet */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPresence, yeji_presence, G_TYPE_OBJECT)

/* ---- Saying */

/* A sentence for the province. */
typedef struct
{
  YejiProvince *province;
  GCancellable *cancellable;
  char *uuid;
  gboolean edits;
} Word;

static void
word_free (gpointer data)
{
  Word *word = data;

  g_object_unref (word->province);
  g_object_unref (word->cancellable);
  g_free (word->uuid);
  g_free (word);
}

/* Blocks at the first time. (transfer full) (nullable) */
static char *
dup_computer (YejiPresence *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->computer == NULL)
    self->computer = yeji_colleague_dup_computer (self->store, NULL);
  return g_strdup (self->computer);
}

static YejiReply *
tell (YejiPresence  *self,
      const Word    *word,
      const char    *computer,
      GError       **error)
{
  g_autofree char *path = g_strconcat ("/v1/records/", word->uuid, "/editing", NULL);
  g_autofree char *end = g_strconcat (path, "?computer=", computer, NULL);
  const char *user = yeji_province_get_user (word->province);
  const char *name = user != NULL && *user != '\0' ? user : "-";
  g_autofree char *who = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_WHO));
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);

  if (!word->edits)
    return yeji_province_call (word->province, "DELETE", end, NULL, word->cancellable, error,
                               NULL);
  json_node_take_object (body, json_object_new ());
  json_object_set_string_member (json_node_get_object (body), "computer", computer);
  json_object_set_string_member (json_node_get_object (body), "who", who);
  return yeji_province_call (word->province, "PUT", path, body, word->cancellable, error, NULL);
}

static void
run_word (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  YejiPresence *self = source;
  g_autofree char *computer = dup_computer (self);
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (computer != NULL)
    reply = tell (self, data, computer, &error);
  if (error != NULL)
    g_debug ("what is edited here is not said: %s", error->message);
  g_mutex_lock (&self->mutex);
  self->n_words--;
  g_cond_signal (&self->said);
  g_mutex_unlock (&self->mutex);
  g_task_return_boolean (task, reply != NULL);
}

static void
say (YejiPresence *self,
     const char   *uuid,
     gboolean      edits)
{
  g_autoptr (GTask) task = NULL;
  Word *word;

  if (self->province == NULL || self->worker == NULL)
    return;
  word = g_new (Word, 1);
  word->province = g_object_ref (self->province);
  word->cancellable = g_object_ref (self->cancellable);
  word->uuid = g_strdup (uuid);
  word->edits = edits;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, say);
  g_task_set_task_data (task, word, word_free);
  g_mutex_lock (&self->mutex);
  self->n_words++;
  g_mutex_unlock (&self->mutex);
  yeji_worker_push (self->worker, task, run_word);
}

static void
say_again (YejiPresence *self,
           gint64        now)
{
  GHashTableIter iter;
  gpointer uuid, value;

  g_hash_table_iter_init (&iter, self->here);
  while (g_hash_table_iter_next (&iter, &uuid, &value))
    {
      Here *here = value;

      if (now - here->typed > STILL_THERE * G_TIME_SPAN_SECOND)
        {
          say (self, uuid, FALSE);
          g_hash_table_iter_remove (&iter);
        }
      else if (now - here->said >= SAY_AGAIN * G_TIME_SPAN_SECOND)
        {
          say (self, uuid, TRUE);
          here->said = now;
        }
    }
}

static void
forget_stale (YejiPresence *self,
              gint64        now)
{
  if (g_hash_table_size (self->there) == 0
      || now - self->heard < YEJI_COLLEAGUE_STALE * G_TIME_SPAN_SECOND)
    return;
  g_hash_table_remove_all (self->there);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_tick (gpointer data)
{
  YejiPresence *self = data;
  gint64 now = g_get_monotonic_time ();

  say_again (self, now);
  forget_stale (self, now);
  if (g_hash_table_size (self->here) + g_hash_table_size (self->there) > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
begin_ticking (YejiPresence *self)
{
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (TICK, on_tick, self);
}

/* ---- Hearing */

static gboolean
take_news (gpointer data)
{
  YejiPresence *self = data;
  g_autoptr (GPtrArray) news = NULL;

  g_mutex_lock (&self->mutex);
  news = g_steal_pointer (&self->news);
  g_mutex_unlock (&self->mutex);
  self->heard = g_get_monotonic_time ();
  if (news == NULL || self->worker == NULL)
    return G_SOURCE_REMOVE;
  g_hash_table_remove_all (self->there);
  g_ptr_array_set_free_func (news, NULL);
  for (guint i = 0; i < news->len; i++)
    {
      YejiColleague *colleague = g_ptr_array_index (news, i);

      g_hash_table_replace (self->there, colleague->uuid, colleague);
    }
  begin_ticking (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
yeji_presence_finalize (GObject *object)
{
  YejiPresence *self = YEJI_PRESENCE (object);

  g_assert (self->worker == NULL);
  g_clear_object (&self->store);
  g_hash_table_unref (self->here);
  g_hash_table_unref (self->there);
  g_main_context_unref (self->context);
  g_free (self->computer);
  g_free (self->tag);
  g_clear_pointer (&self->news, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->said);
  G_OBJECT_CLASS (yeji_presence_parent_class)->finalize (object);
}

static void
yeji_presence_class_init (YejiPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_presence_finalize;
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_PRESENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
yeji_presence_init (YejiPresence *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->said);
  self->context = g_main_context_ref_thread_default ();
  self->here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->there = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) yeji_colleague_free);
}

/**
 * yeji_presence_new:
 *
 * Returns: (transfer full): to be closed with yeji_presence_close()
 */
YejiPresence *
yeji_presence_new (YejiStore *store)
{
  YejiPresence *self;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  self = g_object_new (YEJI_TYPE_PRESENCE, NULL);
  self->store = g_object_ref (store);
  return self;
}

static void
wait_until_said (YejiPresence *self)
{
  gint64 end = g_get_monotonic_time () + FAREWELL * G_TIME_SPAN_MILLISECOND;
  gboolean waits = TRUE;

  g_mutex_lock (&self->mutex);
  while (waits && self->n_words > 0)
    waits = g_cond_wait_until (&self->said, &self->mutex, end);
  g_mutex_unlock (&self->mutex);
}

/**
 * yeji_presence_close:
 *
 * Says that nothing is edited here any more, and waits a moment for it; there is no province then.
 * A second call does nothing.
 */
void
yeji_presence_close (YejiPresence *self)
{
  GHashTableIter iter;
  gpointer uuid;

  g_return_if_fail (YEJI_IS_PRESENCE (self));

  if (self->worker == NULL)
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  g_hash_table_iter_init (&iter, self->here);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    say (self, uuid, FALSE);
  g_hash_table_remove_all (self->here);
  wait_until_said (self);
  g_cancellable_cancel (self->cancellable);
  yeji_worker_close (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  yeji_presence_set_province (self, NULL);
}

/**
 * yeji_presence_set_province:
 * @province: (nullable): whom it is said to; %NULL: nobody
 */
void
yeji_presence_set_province (YejiPresence *self,
                            YejiProvince *province)
{
  GHashTableIter iter;
  gpointer here;

  g_return_if_fail (YEJI_IS_PRESENCE (self));

  if (self->province == province)
    return;
  if (self->province != NULL)
    g_object_set_data (G_OBJECT (self->province), PRESENCE_KEY, NULL);
  g_set_object (&self->province, province);
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->tag, g_free);
  g_mutex_unlock (&self->mutex);
  if (province != NULL)
    {
      g_object_set_data_full (G_OBJECT (province), PRESENCE_KEY, g_object_ref (self),
                              g_object_unref);
      if (self->worker == NULL)
        {
          self->worker = yeji_worker_new ("yeji-presence");
          self->cancellable = g_cancellable_new ();
        }
    }
  g_hash_table_iter_init (&iter, self->here);
  while (g_hash_table_iter_next (&iter, NULL, &here))
    ((Here *) here)->said = 0;
  if (province == NULL && g_hash_table_size (self->there) > 0)
    {
      g_hash_table_remove_all (self->there);
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

/**
 * yeji_presence_edit:
 *
 * Says that somebody types in a record here. May be called with every keystroke.
 */
void
yeji_presence_edit (YejiPresence *self,
                    const char   *uuid)
{
  Here *here;

  g_return_if_fail (YEJI_IS_PRESENCE (self));
  g_return_if_fail (uuid != NULL);

  here = g_hash_table_lookup (self->here, uuid);
  if (here == NULL)
    {
      here = g_new0 (Here, 1);
      g_hash_table_insert (self->here, g_strdup (uuid), here);
      begin_ticking (self);
    }
  here->typed = g_get_monotonic_time ();
  if (here->said != 0 || self->province == NULL)
    return;
  here->said = here->typed;
  say (self, uuid, TRUE);
}

/**
 * yeji_presence_leave:
 *
 * Says that nobody types in a record here any more: it was closed.
 */
void
yeji_presence_leave (YejiPresence *self,
                     const char   *uuid)
{
  g_return_if_fail (YEJI_IS_PRESENCE (self));
  g_return_if_fail (uuid != NULL);

  if (g_hash_table_remove (self->here, uuid))
    say (self, uuid, FALSE);
}

/**
 * yeji_presence_find:
 *
 * Returns: (nullable) (transfer none): who edits a record on another computer, as far as is known;
 *   good until "changed"
 */
const YejiColleague *
yeji_presence_find (YejiPresence *self,
                    const char   *uuid)
{
  g_return_val_if_fail (YEJI_IS_PRESENCE (self), NULL);

  return g_hash_table_lookup (self->there, uuid);
}

/**
 * yeji_presence_list:
 *
 * Returns: (transfer full) (element-type utf8): a set of the uuids of all records that are edited
 *   on other computers
 */
GHashTable *
yeji_presence_list (YejiPresence *self)
{
  GHashTable *uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer uuid;

  g_return_val_if_fail (YEJI_IS_PRESENCE (self), uuids);

  g_hash_table_iter_init (&iter, self->there);
  while (g_hash_table_iter_next (&iter, &uuid, NULL))
    g_hash_table_add (uuids, g_strdup (uuid));
  return uuids;
}

static gpointer
ref_presence (gpointer presence,
              gpointer data)
{
  return presence != NULL ? g_object_ref (presence) : NULL;
}

/**
 * yeji_presence_of:
 *
 * Returns: (nullable) (transfer full): who listens to what is heard from a province
 */
YejiPresence *
yeji_presence_of (YejiProvince *province)
{
  return g_object_dup_data (G_OBJECT (province), PRESENCE_KEY, ref_presence, NULL);
}

/**
 * yeji_presence_dup_query:
 * @wait: whether news of it shall end the wait for changes
 *
 * Returns: (transfer full): what is added to the query for changes; blocks at the first time
 */
char *
yeji_presence_dup_query (YejiPresence *self,
                         gboolean      wait)
{
  g_autofree char *computer = dup_computer (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (computer == NULL)
    return g_strdup ("");
  return wait && self->tag != NULL
           ? g_strconcat ("&computer=", computer, "&" YEJI_WIRE_MEMBER_EDITING "=", self->tag, NULL)
           : g_strconcat ("&computer=", computer, NULL);
}

/**
 * yeji_presence_take:
 * @page: an answer of `GET /v1/changes`
 *
 * Takes over who edits what on other computers. A province that does not tell it is no failure.
 */
void
yeji_presence_take (YejiPresence *self,
                    JsonObject   *page)
{
  const char *tag = yeji_json_get_string (page, YEJI_WIRE_MEMBER_EDITING_TAG);
  g_autoptr (GPtrArray) news = yeji_colleague_read_list (page);
  gboolean same;

  if (news == NULL || tag == NULL || !g_str_is_ascii (tag) || *tag == '\0')
    return;
  g_mutex_lock (&self->mutex);
  same = g_strcmp0 (self->tag, tag) == 0;
  g_free (self->tag);
  self->tag = g_uri_escape_string (tag, NULL, FALSE);
  if (!same)
    {
      g_clear_pointer (&self->news, g_ptr_array_unref);
      self->news = g_steal_pointer (&news);
    }
  g_mutex_unlock (&self->mutex);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, take_news, g_object_ref (self),
                              g_object_unref);
}
