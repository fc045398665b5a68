// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-correct.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-status.h"
#include "yeji-mask.h"
#include "yeji-petition-pusher.h"

/* What the arguments ask for. */
typedef enum
{
  DO_SEND,
  DO_KEEP,
  DO_LIST,
  DO_DISCARD,
  DO_CANCEL,
} Deed;

typedef struct
{
  Deed deed;
  YejiPetitionKind kind;
  const char *reason;          /* (nullable) */
  const char * const *tables;  /* (array zero-terminated=1): that get a row more */
  const char * const *rows;    /* (array zero-terminated=1): that go */
  GPtrArray *sets;             /* (element-type utf8): POINTER=VALUE; a pointer alone takes back */
  const char * const *files;   /* (array zero-terminated=1) */
} Wish;

static const struct
{
  const char *name;
  Deed deed;
} deeds[] = {
  { "--draft", DO_KEEP },
  { "--list", DO_LIST },
  { "--discard", DO_DISCARD },
  { "--cancel", DO_CANCEL },
};

static const char * const states[N_YEJI_PETITION_STATES] = {
  [YEJI_PETITION_DRAFT] = N_("a draft"),
  [YEJI_PETITION_QUEUED] = N_("waits to be sent"),
  [YEJI_PETITION_REQUESTED] = N_("waits for the province"),
  [YEJI_PETITION_GRANTED] = N_("granted"),
  [YEJI_PETITION_REFUSED] = N_("refused"),
  [YEJI_PETITION_CANCELLED] = N_("taken back"),
};

static void
clear_wish (Wish *wish)
{
  g_clear_pointer (&wish->sets, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, clear_wish)

/* A value is POINTER=VALUE, and a pointer alone takes it back. */
static gboolean
add_sets (Wish               *wish,
          const char * const *texts,
          gboolean            with_value)
{
  for (; *texts != NULL; texts++)
    {
      if ((strchr (*texts, '=') != NULL) != with_value)
        return FALSE;
      g_ptr_array_add (wish->sets, (gpointer) *texts);
    }
  return TRUE;
}

static gboolean
read_wish (Wish           *wish,
           YejiCliSession *session)
{
  wish->sets = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (yeji_cli_has (session, deeds[i].name))
      wish->deed = deeds[i].deed;
  if (yeji_cli_has (session, "--withdrawal"))
    wish->kind = YEJI_PETITION_WITHDRAWAL;
  wish->reason = yeji_cli_get (session, "--reason");
  wish->files = yeji_cli_get_all (session, "--evidence");
  wish->tables = yeji_cli_get_all (session, "--add-row");
  wish->rows = yeji_cli_get_all (session, "--remove-row");
  return add_sets (wish, yeji_cli_get_all (session, "--set"), TRUE)
         && add_sets (wish, yeji_cli_get_all (session, "--unset"), FALSE);
}

static YejiPetition *
find (YejiStore         *store,
      const char        *uuid,
      YejiPetitionState  first,
      YejiPetitionState  last,
      YejiPetitionKind   kind)
{
  g_autoptr (GPtrArray) list = yeji_store_list_petitions (store, uuid, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const YejiPetition *one = g_ptr_array_index (list, i);

      if (one->state >= first && one->state <= last
          && (kind == N_YEJI_PETITION_KINDS || one->kind == kind))
        return g_ptr_array_steal_index (list, i);
    }
  return NULL;
}

/* Personal numbers are not for a terminal. */
static char *
dup_value (YejiRecord               *record,
           const YejiPetitionChange *change,
           const char               *text)
{
  const YejiTableDef *table = NULL;
  const YejiFieldDef *field = NULL;
  g_autofree char *masked = NULL;

  if (record != NULL)
    table = yeji_dictionary_find_table (yeji_record_get_dictionary (record), change->table);
  if (table != NULL)
    field = yeji_table_def_find_field (table, change->field);
  masked = field == NULL || field->personal != YEJI_PERSONAL_NO ? yeji_mask (text)
                                                                 : g_strdup (text);
  return yeji_cli_dup_line (masked);
}

static void
print_petition (const YejiPetition *petition,
                YejiRecord         *record)
{
  g_autofree char *reason = yeji_cli_dup_line (petition->reason);

  yeji_cli_print ("  %s: %s%s%s\n",
                  petition->kind == YEJI_PETITION_CORRECTION ? _("correction") : _("withdrawal"),
                  _(states[petition->state]), *reason != '\0' ? ": " : "", reason);
  for (guint i = 0; i < petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);
      YejiPetitionRow row = yeji_petition_change_get_row (change);
      g_autofree char *before = dup_value (record, change, change->before);
      g_autofree char *after = dup_value (record, change, change->after);

      if (row == YEJI_PETITION_ROW_STAYS)
        yeji_cli_print ("    %s: %s → %s\n", change->pointer, before, after);
      else
        yeji_cli_print ("    %s: %s\n", change->pointer,
                        row == YEJI_PETITION_ROW_COMES ? _("a row is added")
                                                       : _("the row is removed"));
    }
  for (guint i = 0; i < petition->files->len; i++)
    yeji_cli_print (_("    evidence: %s\n"),
                    ((YejiPetitionFile *) g_ptr_array_index (petition->files, i))->filename);
  if (petition->office != NULL)
    yeji_cli_print ("    %s %s\n", petition->office,
                    petition->reviewer != NULL ? petition->reviewer : "");
  if (petition->message != NULL)
    yeji_cli_print ("    %s\n", petition->message);
  if (petition->failure != NULL)
    yeji_cli_print ("    %s\n", petition->failure);
}

/**
 * yeji_cli_print_petitions:
 *
 * Tells what was asked of the province for a record, the newest first.
 */
void
yeji_cli_print_petitions (YejiStore  *store,
                          const char *uuid)
{
  g_autoptr (GPtrArray) list = yeji_store_list_petitions (store, uuid, NULL);
  g_autoptr (YejiRecord) record = NULL;

  if (list == NULL || list->len == 0)
    return;
  record = yeji_store_load_as_is (store, uuid, NULL);
  for (guint i = 0; i < list->len; i++)
    print_petition (g_ptr_array_index (list, i), record);
}

/**
 * yeji_cli_complain_of_petitions:
 *
 * Tells which applications the province did not take, in its own words.
 */
void
yeji_cli_complain_of_petitions (YejiStore *store)
{
  g_autoptr (GPtrArray) list = yeji_store_list_petitions (store, NULL, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const YejiPetition *one = g_ptr_array_index (list, i);

      if (one->failure != NULL)
        yeji_cli_complain ("%s: %s", one->record, one->failure);
    }
}

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static JsonObject *
petition_to_json (const YejiPetition *petition)
{
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  JsonArray *files = json_array_new ();

  set_text (object, "id", petition->id);
  set_text (object, "uuid", petition->record);
  set_text (object, "kind", yeji_petition_kind_to_text (petition->kind));
  set_text (object, "state", yeji_petition_state_to_text (petition->state));
  set_text (object, "reason", petition->reason);
  for (guint i = 0; i < petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);
      YejiPetitionRow row = yeji_petition_change_get_row (change);
      JsonObject *one = json_object_new ();

      set_text (one, "pointer", change->pointer);
      set_text (one, "before", row == YEJI_PETITION_ROW_STAYS ? change->before : "");
      set_text (one, "after", row == YEJI_PETITION_ROW_STAYS ? change->after : "");
      if (row != YEJI_PETITION_ROW_STAYS)
        set_text (one, "row", row == YEJI_PETITION_ROW_COMES ? "added" : "removed");
      json_array_add_object_element (changes, one);
    }
  json_object_set_array_member (object, "changes", changes);
  for (guint i = 0; i < petition->files->len; i++)
    {
      const YejiPetitionFile *file = g_ptr_array_index (petition->files, i);
      JsonObject *one = json_object_new ();

      set_text (one, "sha256", file->sha256);
      set_text (one, "filename", file->filename);
      json_object_set_int_member (one, "size", file->size);
      json_array_add_object_element (files, one);
    }
  json_object_set_array_member (object, "evidence", files);
  set_text (object, "at", petition->sent_at);
  set_text (object, "decided_at", petition->decided_at);
  set_text (object, "office", petition->office);
  set_text (object, "reviewer", petition->reviewer);
  set_text (object, "message", petition->message);
  set_text (object, "failure", petition->failure);
  return object;
}

static YejiExit
list_all (YejiCliSession *session,
          YejiStore      *store,
          const char     *uuid)
{
  g_autoptr (GPtrArray) list = yeji_store_list_petitions (store, uuid, NULL);
  JsonArray *array;
  JsonNode *node;

  if (list == NULL)
    return YEJI_EXIT_FAILED;
  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print_petitions (store, uuid);
      return YEJI_EXIT_OK;
    }
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, petition_to_json (g_ptr_array_index (list, i)));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

/* @record is the approved one with what the draft asks for; rows that come are put into it. */
static gboolean
add_row (YejiPetition *petition,
         YejiRecord   *record,
         const char   *pointer)
{
  YejiPlace place;

  if (!yeji_record_resolve (record, pointer, &place, NULL) || place.table == NULL
      || place.row != NULL)
    {
      yeji_cli_complain (_("“%s” names no table that can get a row"), pointer);
      return FALSE;
    }
  yeji_petition_bring_row (petition, record, yeji_record_append_row (record, place.table));
  return TRUE;
}

static gboolean
find_row (YejiRecord *record,
          const char *pointer,
          YejiPlace  *place)
{
  return yeji_record_resolve (record, pointer, place, NULL) && place->row != NULL
         && place->field == NULL && place->table->index != 0;
}

static gboolean
remove_row (YejiPetition *petition,
            YejiRecord   *record,
            const char   *pointer)
{
  YejiPlace place;

  if (find_row (record, pointer, &place)
      && yeji_petition_find_row (petition, place.row) != YEJI_PETITION_ROW_COMES)
    {
      yeji_petition_take_row (petition, record, place.row);
      return TRUE;
    }
  yeji_cli_complain (_("“%s” names no row of the record"), pointer);
  return FALSE;
}

/* Asks nothing for a row any more; one that was to come is gone. */
static void
unset_row (YejiPetition *petition,
           YejiRecord   *record,
           YejiRow      *row)
{
  gboolean comes = yeji_petition_find_row (petition, row) == YEJI_PETITION_ROW_COMES;

  yeji_petition_keep_row (petition, row);
  if (!comes)
    return;
  yeji_record_remove_row (record, row);
  yeji_petition_renumber (petition, record);
}

static gboolean
set_value (YejiPetition *petition,
           YejiRecord   *approved,
           YejiRecord   *record,
           const char   *text)
{
  const char *equals = strchr (text, '=');
  g_autofree char *pointer = equals != NULL ? g_strndup (text, (gsize) (equals - text))
                                            : g_strdup (text);
  YejiPlace place, before;

  if (equals == NULL && find_row (record, pointer, &place))
    {
      unset_row (petition, record, place.row);
      return TRUE;
    }
  if (!yeji_record_resolve (record, pointer, &place, NULL) || place.field == NULL
      || place.row == NULL)
    {
      yeji_cli_complain (_("“%s” names no field of the record"), pointer);
      return FALSE;
    }
  /* the value before is that of the approved record; a row that comes has none */
  if (yeji_record_resolve (approved, pointer, &before, NULL))
    {
      record = approved;
      place = before;
    }
  if (!yeji_petition_set (petition, record, &place, equals != NULL ? equals + 1 : NULL))
    {
      yeji_cli_complain (_("%s is set when the record is approved, or its row is to be removed"),
                         pointer);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_changes (YejiPetition *petition,
               YejiRecord   *approved,
               const Wish   *wish)
{
  g_autoptr (YejiRecord) record = yeji_petition_apply (petition, approved);

  for (guint i = 0; wish->tables[i] != NULL; i++)
    if (!add_row (petition, record, wish->tables[i]))
      return FALSE;
  for (guint i = 0; wish->rows[i] != NULL; i++)
    if (!remove_row (petition, record, wish->rows[i]))
      return FALSE;
  for (guint i = 0; i < wish->sets->len; i++)
    if (!set_value (petition, approved, record, g_ptr_array_index (wish->sets, i)))
      return FALSE;
  return TRUE;
}

/* Writes what the arguments say into the draft, and keeps it. */
static YejiExit
write_draft (YejiStore    *store,
             YejiPetition *petition,
             const Wish   *wish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiRecord) record = yeji_store_load_as_is (store, petition->record, &error);

  if (record == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  if (wish->reason != NULL)
    {
      g_free (petition->reason);
      petition->reason = g_strdup (wish->reason);
    }
  if (!write_changes (petition, record, wish))
    return YEJI_EXIT_USAGE;
  if (!yeji_store_save_petition (store, petition, &error))
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_FAILED;
    }
  for (guint i = 0; wish->files[i] != NULL; i++)
    {
      const char *path = wish->files[i];
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

      if (!yeji_store_add_petition_file (store, petition, file, NULL, &error))
        {
          yeji_cli_complain (_("%s was not attached: %s"), path, error->message);
          return YEJI_EXIT_FAILED;
        }
    }
  return YEJI_EXIT_OK;
}

static YejiExit
send (YejiCliSession     *session,
      YejiStore          *store,
      const YejiPetition *petition)
{
  g_autoptr (GError) error = NULL;
  YejiExit result;

  if (!yeji_store_queue_petition (store, petition->id, &error))
    {
      yeji_cli_complain (_("The application is kept as a draft and was not sent: %s"),
                         error->message);
      return YEJI_EXIT_INVALID;
    }
  result = yeji_cli_sync (session, 0, NULL);
  if (result != YEJI_EXIT_OK && result != YEJI_EXIT_INVALID)
    yeji_cli_complain (_("The application waits on this computer; yeji sync sends it"));
  return result;
}

static YejiExit
discard (YejiStore  *store,
         const char *uuid)
{
  g_autoptr (YejiPetition) draft = find (store, uuid, YEJI_PETITION_DRAFT, YEJI_PETITION_QUEUED,
                                         N_YEJI_PETITION_KINDS);
  g_autoptr (GError) error = NULL;

  if (draft == NULL)
    {
      yeji_cli_complain (_("%s has no draft of an application"), uuid);
      return YEJI_EXIT_FAILED;
    }
  if (yeji_store_reopen_petition (store, draft->id, &error)
      && yeji_store_discard_petition (store, draft->id, &error))
    return YEJI_EXIT_OK;
  yeji_cli_complain ("%s", error->message);
  return YEJI_EXIT_FAILED;
}

static YejiExit
cancel (YejiStore  *store,
        const char *uuid)
{
  g_autoptr (YejiPetition) open = find (store, uuid, YEJI_PETITION_REQUESTED,
                                        YEJI_PETITION_REQUESTED, N_YEJI_PETITION_KINDS);
  g_autoptr (GError) error = NULL;

  if (open == NULL)
    {
      yeji_cli_complain (_("%s has no application that waits for the province"), uuid);
      return YEJI_EXIT_FAILED;
    }
  if (yeji_petition_cancel (store, open->id, NULL, &error))
    return YEJI_EXIT_OK;
  return yeji_cli_fail_sync (error);
}

/* correct */
YejiExit
yeji_cli_correct (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_auto (Wish) wish = { DO_SEND };
  g_autoptr (YejiPetition) petition = NULL;
  YejiExit result;

  if (!read_wish (&wish, session))
    return yeji_cli_complain_usage (session);
  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (wish.deed == DO_LIST)
    return list_all (session, store, args[0]);
  if (wish.deed == DO_DISCARD)
    return discard (store, args[0]);
  if (wish.deed == DO_CANCEL)
    return cancel (store, args[0]);
  petition = find (store, args[0], YEJI_PETITION_DRAFT, YEJI_PETITION_DRAFT, wish.kind);
  if (petition == NULL)
    petition = yeji_petition_new (args[0], wish.kind);
  result = write_draft (store, petition, &wish);
  if (result != YEJI_EXIT_OK)
    return result;
  return wish.deed == DO_KEEP ? list_all (session, store, args[0])
                              : send (session, store, petition);
}
