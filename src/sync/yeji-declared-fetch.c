// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-declared-fetch.h"

#include "yeji-store-declared.h"

#define PATH "/v1/declared"
/* Of a province: the entity tag of what could not be taken. It is not fetched over and over. */
#define REFUSED_KEY "yeji-declared-refused"

static char *
dup_known (YejiStore    *store,
           YejiProvince *province)
{
  const char *refused = g_object_get_data (G_OBJECT (province), REFUSED_KEY);

  return refused != NULL ? g_strdup (refused) : yeji_store_dup_declared_tag (store);
}

static void
note_refused (YejiProvince *province,
              YejiReply    *reply)
{
  g_object_set_data_full (G_OBJECT (province), REFUSED_KEY,
                          reply->etag != NULL ? g_strdup_printf ("\"%s\"", reply->etag) : NULL,
                          g_free);
}

/**
 * yeji_declared_fetch_run:
 *
 * @changes: whether records may have been confirmed since
 *
 * Fetches the filter of what other systems have, if it is another one than the profile has, and
 * notes which records are confirmed. A province that has none, and a filter that cannot be taken,
 * keep nothing else back. Blocks; fails as yeji_province_call(), yeji_reply_check() and the store
 * do.
 *
 * Returns: whether the province answered
 */
gboolean
yeji_declared_fetch_run (YejiStore     *store,
                         YejiProvince  *province,
                         gboolean       changes,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *tag = NULL;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  if (!yeji_store_load_declared (store, error)
      || (changes && !yeji_store_refresh_declared (store, error)))
    return FALSE;
  tag = dup_known (store, province);
  reply = yeji_province_fetch_if (province, PATH, tag, YEJI_NUMBER_FILTER_MAX, cancellable,
                                  &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    {
      g_message ("the filter of other systems is too large");
      return TRUE;
    }
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (reply->status == SOUP_STATUS_NOT_MODIFIED)
    return TRUE;
  if (reply->status == SOUP_STATUS_NOT_FOUND)
    return tag == NULL || yeji_store_take_declared (store, NULL, error);
  if (!yeji_reply_check (reply, error))
    return FALSE;
  if (yeji_store_take_declared (store, reply->content, &failure))
    {
      g_object_set_data (G_OBJECT (province), REFUSED_KEY, NULL);
      return TRUE;
    }
  if (failure->domain != YEJI_NUMBER_FILTER_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_message ("the filter of other systems is not taken: %s", failure->message);
  note_refused (province, reply);
  return TRUE;
}

/**
 * yeji_declared_confirm:
 * @numbers: (element-type utf8): as typed
 *
 * Asks the province about numbers that the filter holds; what it says counts from then on. Blocks;
 * fails as yeji_province_call() and yeji_reply_check() do.
 *
 * Returns: whether all were answered
 */
gboolean
yeji_declared_confirm (YejiStore     *store,
                       YejiProvince  *province,
                       GPtrArray     *numbers,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *key = yeji_number_fold (g_ptr_array_index (numbers, i));
      g_autofree char *segment = key != NULL ? g_uri_escape_string (key, NULL, FALSE) : NULL;
      g_autofree char *path = segment != NULL ? g_strconcat (PATH "/", segment, NULL) : NULL;
      g_autoptr (YejiReply) reply = NULL;

      if (path == NULL)
        continue;
      reply = yeji_province_call (province, "GET", path, NULL, cancellable, error, NULL);
      if (reply == NULL || !yeji_reply_check (reply, error)
          || !yeji_store_note_declared (store, key, reply->body, error))
        return FALSE;
    }
  return TRUE;
}

static void
run_confirm (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  YejiStore *store = source;
  GError *error = NULL;
  g_autoptr (YejiProvince) province = yeji_province_new (store, &error);

  if (province != NULL && yeji_declared_confirm (store, province, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_declared_confirm_async:
 * @numbers: (element-type utf8) (transfer full): as typed
 *
 * Does what yeji_declared_confirm() does in a thread, with the profile's account. Fails as
 * yeji_province_new() does, too.
 */
void
yeji_declared_confirm_async (YejiStore           *store,
                             GPtrArray           *numbers,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, yeji_declared_confirm_async);
  g_task_set_task_data (task, numbers, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, run_confirm);
}

/**
 * yeji_declared_confirm_finish:
 *
 * Returns: whether all were answered
 */
gboolean
yeji_declared_confirm_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * yeji_declared_list_probable:
 *
 * Returns: (transfer full) (element-type utf8): the numbers of @record that the filter holds and
 *   nobody has asked about yet, in the fields that the dictionary names
 */
GPtrArray *
yeji_declared_list_probable (YejiStore  *store,
                             YejiRecord *record)
{
  YejiDeclared *declared = yeji_store_get_declared (store);
  GPtrArray *rules = yeji_dictionary_get_rules (yeji_record_get_dictionary (record));
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      for (guint j = 0; rule->kind == YEJI_RULE_DECLARED && j < rule->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (rule->fields, j);

          for (guint k = 0; k < yeji_record_get_n_rows (record, field->table); k++)
            {
              const char *value
                = yeji_row_get (yeji_record_get_row (record, field->table, k), field);

              if (yeji_declared_look_up (declared, yeji_record_get_uuid (record), value,
                                         YEJI_LANGUAGE_ZH, NULL, NULL) == YEJI_DECLARED_PROBABLY
                  && !g_ptr_array_find_with_equal_func (numbers, value, g_str_equal, NULL))
                g_ptr_array_add (numbers, g_strdup (value));
            }
        }
    }
  return numbers;
}
