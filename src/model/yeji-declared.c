// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-model"

#include "config.h"

#include "yeji-declared.h"

#include "yeji-json.h"

/**
 * YejiDeclared:
 *
 * What is known of the projects that were declared in other systems: a filter that never misses
 * one, what the province answered about single numbers, and which records it is not held against,
 * since the province has confirmed them. It is handed to the rules. May be used from any thread.
 */
struct _YejiDeclared
{
  GObject parent_instance;

  GMutex lock;
  YejiNumberFilter *filter;    /* (nullable) */
  GHashTable *answers;         /* key -> Answer */
  GHashTable *exempt;          /* (nullable): uuids */
  guint64 generation;
};

typedef struct
{
  gboolean declared;
  YejiText system;
  char *name;
} Answer;

G_DEFINE_FINAL_TYPE (YejiDeclared, yeji_declared, G_TYPE_OBJECT)

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  yeji_text_clear (&answer->system);
  g_free (answer->name);
  g_free (answer);
}

static void
yeji_declared_finalize (GObject *object)
{
  YejiDeclared *self = YEJI_DECLARED (object);

  g_clear_pointer (&self->filter, yeji_number_filter_unref);
  g_clear_pointer (&self->exempt, g_hash_table_unref);
  g_hash_table_unref (self->answers);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (yeji_declared_parent_class)->finalize (object);
}

static void
yeji_declared_class_init (YejiDeclaredClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_declared_finalize;
}

static void
yeji_declared_init (YejiDeclared *self)
{
  g_mutex_init (&self->lock);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_answer);
}

/**
 * yeji_declared_new:
 *
 * Returns: (transfer full): one that knows of nothing
 */
YejiDeclared *
yeji_declared_new (void)
{
  return g_object_new (YEJI_TYPE_DECLARED, NULL);
}

/**
 * yeji_declared_set_filter:
 * @filter: (nullable): what holds every number that is declared elsewhere
 *
 * Takes another filter. What was answered before belongs to the one before and is forgotten.
 */
void
yeji_declared_set_filter (YejiDeclared     *self,
                          YejiNumberFilter *filter)
{
  g_return_if_fail (YEJI_IS_DECLARED (self));

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->filter, yeji_number_filter_unref);
  self->filter = filter != NULL ? yeji_number_filter_ref (filter) : NULL;
  g_hash_table_remove_all (self->answers);
  self->generation++;
  g_mutex_unlock (&self->lock);
}

/**
 * yeji_declared_learn:
 * @system: (nullable): the name of the system that has it; %NULL: none has
 * @name: (nullable): of the project there
 *
 * Learns for certain what there is to a number. It counts above the filter.
 */
void
yeji_declared_learn (YejiDeclared   *self,
                     const char     *number,
                     const YejiText *system,
                     const char     *name)
{
  g_autofree char *key = yeji_number_fold (number);
  Answer *answer;

  g_return_if_fail (YEJI_IS_DECLARED (self));

  if (key == NULL)
    return;
  answer = g_new0 (Answer, 1);
  answer->declared = system != NULL;
  for (guint i = 0; system != NULL && i < N_YEJI_LANGUAGES; i++)
    answer->system.in[i] = g_strdup (system->in[i]);
  answer->name = g_strdup (name);
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->answers, g_steal_pointer (&key), answer);
  self->generation++;
  g_mutex_unlock (&self->lock);
}

/**
 * yeji_declared_learn_json:
 * @answer: (nullable): what the province says of @number: {"declared", "system": {"zh", "en"},
 *   "name"}
 *
 * Returns: whether @answer was one
 */
gboolean
yeji_declared_learn_json (YejiDeclared *self,
                          const char   *number,
                          JsonNode     *answer)
{
  JsonObject *object = yeji_json_node_object (answer);
  JsonNode *declared = object != NULL ? json_object_get_member (object, "declared") : NULL;
  JsonObject *words = object != NULL ? yeji_json_get_object (object, "system") : NULL;
  const char *name = object != NULL ? yeji_json_get_string (object, "name") : NULL;
  const char *zh = words != NULL ? yeji_json_get_string (words, "zh") : NULL;
  const char *en = words != NULL ? yeji_json_get_string (words, "en") : NULL;
  YejiText system = { { (char *) zh, (char *) en } };

  if (declared == NULL || !JSON_NODE_HOLDS_VALUE (declared)
      || json_node_get_value_type (declared) != G_TYPE_BOOLEAN)
    return FALSE;
  if (!json_node_get_boolean (declared))
    yeji_declared_learn (self, number, NULL, NULL);
  else if (zh == NULL || en == NULL)
    return FALSE;
  else
    yeji_declared_learn (self, number, &system, name);
  return TRUE;
}

/**
 * yeji_declared_forget:
 *
 * Forgets what was answered: other answers may be given now.
 */
void
yeji_declared_forget (YejiDeclared *self)
{
  g_return_if_fail (YEJI_IS_DECLARED (self));

  g_mutex_lock (&self->lock);
  g_hash_table_remove_all (self->answers);
  self->generation++;
  g_mutex_unlock (&self->lock);
}

static gboolean
is_same_set (GHashTable *a,
             GHashTable *b)
{
  GHashTableIter iter;
  gpointer key;

  if (a == NULL || b == NULL || g_hash_table_size (a) != g_hash_table_size (b))
    return a == b;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (b, key))
      return FALSE;
  return TRUE;
}

/**
 * yeji_declared_exempt:
 * @uuids: (transfer full) (nullable): a set of strings
 *
 * Says which records the province has confirmed once, or took over from the old system: that their
 * project is known elsewhere is no news of them.
 */
void
yeji_declared_exempt (YejiDeclared *self,
                      GHashTable   *uuids)
{
  g_return_if_fail (YEJI_IS_DECLARED (self));

  g_mutex_lock (&self->lock);
  if (!is_same_set (self->exempt, uuids))
    self->generation++;
  g_clear_pointer (&self->exempt, g_hash_table_unref);
  self->exempt = uuids;
  g_mutex_unlock (&self->lock);
}

/**
 * yeji_declared_look_up:
 * @uuid: (nullable): of the record that asks
 * @number: as typed
 * @language: of @system
 * @system: (out) (optional) (transfer full) (nullable): the name of the system, where it is known
 * @name: (out) (optional) (transfer full) (nullable): that of the project there
 *
 * Returns: whether a project of that number is declared in another system
 */
YejiDeclaredAnswer
yeji_declared_look_up (YejiDeclared  *self,
                       const char    *uuid,
                       const char    *number,
                       YejiLanguage   language,
                       char         **system,
                       char         **name)
{
  g_autofree char *key = NULL;
  g_autoptr (YejiNumberFilter) filter = NULL;
  YejiDeclaredAnswer answer = YEJI_DECLARED_NO;
  const Answer *known;

  g_return_val_if_fail (YEJI_IS_DECLARED (self), YEJI_DECLARED_NO);

  if (system != NULL)
    *system = NULL;
  if (name != NULL)
    *name = NULL;
  if (yeji_declared_is_empty (self))
    return YEJI_DECLARED_NO;
  key = yeji_number_fold (number);
  if (key == NULL)
    return YEJI_DECLARED_NO;
  g_mutex_lock (&self->lock);
  known = g_hash_table_lookup (self->answers, key);
  if (self->exempt != NULL && uuid != NULL && g_hash_table_contains (self->exempt, uuid))
    answer = YEJI_DECLARED_NO;
  else if (known != NULL && known->declared)
    {
      answer = YEJI_DECLARED_YES;
      if (system != NULL)
        *system = g_strdup (known->system.in[language]);
      if (name != NULL)
        *name = g_strdup (known->name);
    }
  else if (known == NULL && self->filter != NULL)
    filter = yeji_number_filter_ref (self->filter);
  g_mutex_unlock (&self->lock);
  /* The filter never changes: threads that check side by side need not wait for each other. */
  return filter != NULL && yeji_number_filter_holds (filter, key) ? YEJI_DECLARED_PROBABLY : answer;
}

/**
 * yeji_declared_get_generation:
 *
 * Returns: a number that is another whenever an answer may be another
 */
guint64
yeji_declared_get_generation (YejiDeclared *self)
{
  guint64 generation;

  g_return_val_if_fail (YEJI_IS_DECLARED (self), 0);

  g_mutex_lock (&self->lock);
  generation = self->generation;
  g_mutex_unlock (&self->lock);
  return generation;
}

/**
 * yeji_declared_is_empty:
 *
 * Returns: whether nothing at all is known
 */
gboolean
yeji_declared_is_empty (YejiDeclared *self)
{
  gboolean empty;

  g_return_val_if_fail (YEJI_IS_DECLARED (self), TRUE);

  g_mutex_lock (&self->lock);
  empty = self->filter == NULL && g_hash_table_size (self->answers) == 0;
  g_mutex_unlock (&self->lock);
  return empty;
}
