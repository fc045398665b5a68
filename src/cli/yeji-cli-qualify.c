// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli.h"
#include "yeji-use-choice.h"
#include "yeji-use-paper.h"
#include "yeji-use-sync.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What was asked for. */
typedef struct
{
  const char *kind;            /* (nullable) */
  char **records;              /* (array zero-terminated=1) */
  gboolean again, draft;
  const char *name, *csv, *pdf;
} Wish;

/* One thing is done at a time. */
static gboolean
read_wish (Wish            *wish,
           YejiCliSession  *session,
           char           **args)
{
  gboolean candidates = yeji_cli_has (session, "--candidates");

  wish->again = yeji_cli_has (session, "--again");
  wish->draft = yeji_cli_has (session, "--draft");
  wish->name = yeji_cli_get (session, "--name");
  wish->csv = yeji_cli_get (session, "--csv");
  wish->pdf = yeji_cli_get (session, "--pdf");
  wish->kind = args[0];
  wish->records = args[0] != NULL ? args + 1 : args;
  return args[0] == NULL || candidates == (args[1] == NULL);
}

static YejiExit
fail (const GError *error)
{
  yeji_cli_complain ("%s", error->message);
  if (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE)
      || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY)
      || g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT))
    return YEJI_EXIT_OFFLINE;
  return YEJI_EXIT_FAILED;
}

/* What is known after the province was asked, or without it. */
static gboolean
exchange (YejiStore  *store,
          gboolean    fetch,
          GError    **error)
{
  g_autoptr (YejiProvince) province = yeji_province_new (store, error);

  return province != NULL && yeji_use_sync_run (store, province, NULL, error)
         && (!fetch || yeji_use_sync_fetch (store, province, NULL, error));
}

static JsonObject *
describe_list (const YejiUseList *list)
{
  JsonObject *object = json_object_new ();
  JsonArray *records = json_array_new ();

  json_object_set_string_member (object, "id", list->id);
  json_object_set_string_member (object, "kind", list->kind);
  json_object_set_string_member (object, "name", list->name);
  json_object_set_string_member (object, "state", yeji_use_state_to_text (list->state));
  json_object_set_string_member (object, "server_id", list->server_id);
  json_object_set_string_member (object, "application", list->application);
  json_object_set_string_member (object, "message", list->message);
  json_object_set_int_member (object, "n_lost", list->n_lost);
  json_object_set_string_member (object, "at", list->made_at);
  for (guint i = 0; list->records[i] != NULL; i++)
    json_array_add_string_element (records, list->records[i]);
  json_object_set_array_member (object, "records", records);
  return object;
}

static YejiExit
print_lists (YejiCliSession *session,
             YejiStore      *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = NULL;
  JsonArray *array;
  JsonNode *node;

  exchange (store, TRUE, NULL);        /* what is known here is told without a network, too */
  lists = yeji_store_get_use_lists (store, &error);
  if (lists == NULL)
    return fail (error);
  if (!yeji_cli_session_wants_json (session))
    {
      for (guint i = 0; i < lists->len; i++)
        {
          const YejiUseList *list = g_ptr_array_index (lists, i);
          g_autofree char *name = yeji_cli_dup_line (list->name);

          yeji_cli_print ("%s  %-11s %-14s %3u  %s\n", list->id,
                          yeji_use_state_to_text (list->state), list->kind,
                          g_strv_length (list->records), name);
          if (list->n_lost > 0)
            yeji_cli_complain (ngettext ("%s: %u record of it does not count any more",
                                         "%s: %u records of it do not count any more",
                                         list->n_lost), list->id, list->n_lost);
          if (list->message != NULL)
            yeji_cli_complain ("%s: %s", list->id, list->message);
        }
      return YEJI_EXIT_OK;
    }
  array = json_array_new ();
  for (guint i = 0; i < lists->len; i++)
    json_array_add_object_element (array, describe_list (g_ptr_array_index (lists, i)));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  yeji_cli_print_json (node);
  return YEJI_EXIT_OK;
}

/* All that there is to choose from, as a list that carries all of it. */
static YejiExit
print_candidates (YejiCliSession *session,
                  YejiStore      *store,
                  const char     *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUseChoice) choice = yeji_use_choice_load (store, kind, &error);
  g_autoptr (YejiUseList) all = NULL;
  g_autoptr (GStrvBuilder) uuids = g_strv_builder_new ();
  JsonNode *node, *records;

  if (choice == NULL)
    return fail (error);
  for (guint i = 0; i < choice->candidates->len; i++)
    {
      const YejiUseCandidate *candidate = g_ptr_array_index (choice->candidates, i);
      g_autofree char *why = yeji_use_candidate_print_reasons (candidate,
                                                               yeji_language_get_current ());
      g_autofree char *name = yeji_cli_dup_line (candidate->name != NULL ? candidate->name : "");

      g_strv_builder_add (uuids, candidate->uuid);
      if (!yeji_cli_session_wants_json (session))
        yeji_cli_print ("%s  %c %s  %s%s%s\n", candidate->uuid, *why == '\0' ? '+' : '-',
                        candidate->grade != NULL ? candidate->grade : "-", name,
                        *why == '\0' ? "" : "  ", why);
    }
  if (!yeji_cli_session_wants_json (session))
    return YEJI_EXIT_OK;
  all = yeji_use_list_new (kind, "");
  g_strfreev (all->records);
  all->records = g_strv_builder_end (uuids);
  node = yeji_use_choice_to_json (choice, all);
  records = json_node_copy (json_object_get_member (json_node_get_object (node), "records"));
  json_node_unref (node);
  yeji_cli_print_json (records);
  return YEJI_EXIT_OK;
}

static void
print_totals (const YejiUseChoice *choice,
              const YejiUseList   *list)
{
  g_autofree double *totals = yeji_use_choice_total (choice, (const char * const *) list->records);

  for (guint i = 0; i < choice->kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (choice->kind->indicators, i);
      g_autofree char *value = yeji_indicator_print (indicator, totals[i]);
      const char *unit = yeji_indicator_get_unit (indicator, yeji_language_get_current ());

      yeji_cli_print ("  %s: %s %s\n",
                      yeji_text_get (&indicator->label, yeji_language_get_current ()), value,
                      unit != NULL ? unit : "");
    }
}

static gboolean
write_files (const Wish           *wish,
             const YejiUseChoice  *choice,
             const YejiUseList    *list,
             GError              **error)
{
  if (wish->csv != NULL)
    {
      g_autofree char *text = yeji_use_choice_to_csv (choice, list, yeji_language_get_current ());

      if (!g_file_set_contents (wish->csv, text, -1, error))
        return FALSE;
    }
  if (wish->pdf != NULL)
    {
      g_autoptr (JsonNode) node = yeji_use_choice_to_json (choice, list);
      g_autoptr (YejiPaper) paper = yeji_use_paper_new (node, yeji_language_get_current ());

      return yeji_paper_write_pdf (paper, wish->pdf, error);
    }
  return TRUE;
}

/* The list as it stands now; what the province said to it decides how this ends. */
static YejiExit
print_list (YejiCliSession *session,
            YejiStore      *store,
            const Wish     *wish,
            const char     *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUseList) list = yeji_store_load_use_list (store, id, &error);
  g_autoptr (YejiUseChoice) choice = list != NULL ? yeji_use_choice_load (store, list->kind, &error)
                                                  : NULL;

  if (choice == NULL || !write_files (wish, choice, list, &error))
    return fail (error);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (yeji_use_choice_to_json (choice, list));
  else
    {
      yeji_cli_print ("%s  %s  %s\n", list->id, yeji_use_state_to_text (list->state), list->name);
      print_totals (choice, list);
    }
  for (guint i = 0; list->records[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) uses = yeji_use_choice_find_uses (choice, list->records[i], list->id);

      for (guint j = 0; j < uses->len; j++)
        yeji_cli_complain (_("%s is also in the list “%s”"), list->records[i],
                           ((const YejiUseList *) g_ptr_array_index (uses, j))->name);
    }
  if (list->state != YEJI_USE_REFUSED)
    return YEJI_EXIT_OK;
  yeji_cli_complain ("%s", list->message);
  if (list->doubled)
    yeji_cli_complain (_("To use them twice, say: yeji qualify --send %s --again"), list->id);
  return list->doubled ? YEJI_EXIT_FAILED : YEJI_EXIT_INVALID;
}

static YejiExit
send_list (YejiCliSession *session,
           YejiStore      *store,
           const Wish     *wish,
           const char     *id)
{
  g_autoptr (GError) error = NULL;

  if (!yeji_store_queue_use_list (store, id, wish->again, &error))
    return fail (error);
  if (!exchange (store, FALSE, &error))
    {
      YejiExit result = fail (error);

      yeji_cli_complain (_("The list %s waits on this computer; yeji sync sends it"), id);
      return result;
    }
  return print_list (session, store, wish, id);
}

/* Complains of every record that does not count. */
static gboolean
check_records (const YejiUseChoice *choice,
               const Wish          *wish)
{
  gboolean good = TRUE;

  for (guint i = 0; wish->records[i] != NULL; i++)
    {
      const char *uuid = wish->records[i];
      const YejiUseCandidate *candidate = yeji_use_choice_find (choice, uuid);
      g_autofree char *why = candidate != NULL
                               ? yeji_use_candidate_print_reasons (candidate,
                                                                   yeji_language_get_current ())
                               : g_strdup (_("there is no such record"));

      if (*why == '\0')
        continue;
      yeji_cli_complain ("%s: %s", uuid, why);
      good = FALSE;
    }
  return good;
}

static gboolean
is_used (const YejiUseChoice *choice,
         const Wish          *wish)
{
  gboolean used = FALSE;

  for (guint i = 0; wish->records[i] != NULL; i++)
    {
      const char *uuid = wish->records[i];
      g_autoptr (GPtrArray) uses = yeji_use_choice_find_uses (choice, uuid, NULL);

      for (guint j = 0; j < uses->len; j++)
        yeji_cli_complain (_("%s is also in the list “%s”"), uuid,
                           ((const YejiUseList *) g_ptr_array_index (uses, j))->name);
      used = used || uses->len > 0;
    }
  return used;
}

static YejiExit
make_list (YejiCliSession *session,
           YejiStore      *store,
           const Wish     *wish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUseChoice) choice = yeji_use_choice_load (store, wish->kind, &error);
  g_autoptr (YejiUseList) list = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = NULL;

  if (choice == NULL)
    return fail (error);
  if (!check_records (choice, wish))
    return YEJI_EXIT_INVALID;
  if (is_used (choice, wish) && !wish->again && !wish->draft)
    {
      yeji_cli_complain (_("No list was made; with --again it is made all the same"));
      return YEJI_EXIT_FAILED;
    }
  name = wish->name != NULL
           ? g_strdup (wish->name)
           : g_strdup_printf ("%s %s", yeji_text_get (&choice->kind->label,
                                                      yeji_language_get_current ()), day);
  list = yeji_use_list_new (wish->kind, name);
  g_strfreev (list->records);
  list->records = g_strdupv (wish->records);
  if (!yeji_store_save_use_list (store, list, &error))
    return fail (error);
  return wish->draft ? print_list (session, store, wish, list->id)
                     : send_list (session, store, wish, list->id);
}

static YejiExit
withdraw_list (YejiCliSession *session,
               YejiStore      *store,
               const Wish     *wish,
               const char     *id)
{
  g_autoptr (GError) error = NULL;

  if (!yeji_store_withdraw_use_list (store, id, &error)
      || !exchange (store, FALSE, &error))
    return fail (error);
  return print_list (session, store, wish, id);
}

static YejiExit
remove_list (YejiCliSession *session,
             YejiStore      *store,
             const Wish     *wish,
             const char     *id)
{
  g_autoptr (GError) error = NULL;

  return yeji_store_remove_use_list (store, id, TRUE, &error) ? YEJI_EXIT_OK : fail (error);
}

static const struct
{
  const char *option;
  YejiExit (*run) (YejiCliSession *session, YejiStore *store, const Wish *wish, const char *id);
} deeds[] = {
  { "--show", print_list },
  { "--send", send_list },
  { "--withdraw", withdraw_list },
  { "--remove", remove_list },
};

/* qualify: lists of approved records for a qualification. */
YejiExit
yeji_cli_qualify (YejiCliSession  *session,
                  guint            n_args,
                  char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  Wish wish = { NULL };

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (!read_wish (&wish, session, args))
    return yeji_cli_complain_usage (session);
  if (yeji_cli_has (session, "--list"))
    return print_lists (session, store);
  if (yeji_cli_has (session, "--candidates"))
    return print_candidates (session, store, wish.kind);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (yeji_cli_has (session, deeds[i].option))
      return deeds[i].run (session, store, &wish, yeji_cli_get (session, deeds[i].option));
  return make_list (session, store, &wish);
}
