// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What a profile of an older version is to hold and the command line of that version does not do.
 * Built with the older version's own library, so only calls that every version has stand here:
 *
 *   stage PROFILE set UUID POINTER VALUE WHY    stage PROFILE restore UUID
 *   stage PROFILE detach UUID SLOT              stage PROFILE upload UUID SLOT URL
 *   stage PROFILE queue UUID                    stage PROFILE fail UUID MESSAGE
 *   stage PROFILE refuse UUID MESSAGE POINTER   stage PROFILE setting NAME VALUE
 *   stage PROFILE answer UUID STATE GRADE MESSAGE POINTER */

#include "config.h"

#include "yeji-store.h"

static void
require (gboolean      done,
         const GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "it was not done");
}

static void
set (YejiStore *store,
     char     **args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (store, args[0], &error);
  YejiPlace place;

  require (record != NULL && yeji_record_resolve (record, args[1], &place, &error), error);
  yeji_record_set (record, place.row, place.field, args[2]);
  require (yeji_store_save (store, record, NULL, args[3], &error), error);
}

static void
restore (YejiStore *store,
         char     **args)
{
  g_autoptr (GError) error = NULL;

  require (yeji_store_restore (store, args[0], &error), error);
}

/* The first document of a slot. */
static char *
find (YejiStore *store,
      char     **args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = yeji_store_get_attachments (store, args[0], &error);

  require (all != NULL, error);
  for (guint i = 0; i < all->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (all, i);

      if (g_str_equal (yeji_attachment_get_slot (attachment), args[1]))
        return g_strdup (yeji_attachment_get_id (attachment));
    }
  g_error ("no document in %s", args[1]);
}

static void
detach (YejiStore *store,
        char     **args)
{
  g_autofree char *id = find (store, args);
  g_autoptr (GError) error = NULL;

  require (yeji_store_detach (store, args[0], id, &error), error);
}

static void
upload (YejiStore *store,
        char     **args)
{
  g_autofree char *id = find (store, args);
  g_autoptr (GError) error = NULL;

  require (yeji_store_set_upload (store, id, args[2], &error), error);
}

/* As if a check had found nothing wrong. */
static void
queue (YejiStore *store,
       char     **args)
{
#if __has_include ("yeji-facts.h")
  const YejiFacts nothing = { .completeness = 100, .outcome = 2 };
  const YejiFacts *found = &nothing;
#else
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
#endif
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load (store, args[0], &error);

  require (record != NULL && yeji_store_save (store, record, found, "typed", &error)
           && yeji_store_queue_submit (store, args[0], &error), error);
}

static gint64
find_item (YejiStore  *store,
           const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = yeji_store_get_outbox (store, &error);

  require (items != NULL, error);
  for (guint i = 0; i < items->len; i++)
    {
      YejiOutboxItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->uuid, uuid))
        return item->seq;
    }
  g_error ("%s does not wait", uuid);
}

static void
fail (YejiStore *store,
      char     **args)
{
  g_autoptr (GError) error = NULL;

  require (yeji_store_note_attempt (store, find_item (store, args[0]), 1800000000, args[1],
                                    &error), error);
}

static void
refuse (YejiStore *store,
        char     **args)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  queue (store, args);
  g_ptr_array_add (problems, yeji_problem_new ("a.rule", YEJI_SEVERITY_ERROR, args[2], args[1]));
  require (yeji_store_note_refused (store, args[0], find_item (store, args[0]), args[1], problems,
                                    &error), error);
}

static void
answer (YejiStore *store,
        char     **args)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  g_autoptr (YejiAnswer) said = yeji_answer_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = yeji_store_get_setting (store, "cursor", &error);

  require (error == NULL, error);
  said->uuid = g_strdup (args[0]);
  said->revision = g_strdup ("r3");
  said->state = g_strdup (args[1]);
  said->grade = *args[2] != '\0' ? g_strdup (args[2]) : NULL;
  said->office = g_strdup ("示例市建筑业管理处");
  said->reviewer = g_strdup ("王审核");
  said->message = g_strdup (args[3]);
  said->at = g_strdup ("2026-11-20T08:00:00Z");
  if (said->points == NULL)
    said->points = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_point_free);
  g_ptr_array_add (said->points, yeji_point_new (args[4], "请核对"));
  g_ptr_array_add (answers, said);
  require (yeji_store_apply_answers (store, answers, cursor, &error), error);
}

static void
setting (YejiStore *store,
         char     **args)
{
  g_autoptr (GError) error = NULL;

  require (yeji_store_set_setting (store, args[0], args[1], &error), error);
}

static const struct
{
  const char *name;
  int n_args;
  void (*run) (YejiStore *store, char **args);
} stages[] = {
  { "set", 4, set },
  { "restore", 1, restore },
  { "detach", 2, detach },
  { "upload", 3, upload },
  { "queue", 1, queue },
  { "fail", 2, fail },
  { "refuse", 3, refuse },
  { "answer", 5, answer },
  { "setting", 2, setting },
};

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (YejiStore) store = NULL;

  require (argc >= 3 && dictionary != NULL, error);
  store = yeji_store_open (argv[1], dictionary, &error);
  require (store != NULL, error);
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i].name, argv[2]) && argc == 3 + stages[i].n_args)
      {
        stages[i].run (store, argv + 3);
        yeji_store_close (store);
        return 0;
      }
  g_error ("wrong usage");
}
