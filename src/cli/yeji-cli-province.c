// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-account.h"
#include "yeji-cli-colleagues.h"
#include "yeji-cli-correct.h"
#include "yeji-cli-move.h"
#include "yeji-cli-notices.h"
#include "yeji-cli-options.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli-status.h"
#include "yeji-cli-transfers.h"
#include "yeji-cli.h"
#include "yeji-dictionary-update.h"
#include "yeji-platform.h"
#include "yeji-receipt-trust.h"
#include "yeji-sync-cycle.h"
#include "yeji-transfer-store.h"

#include <glib/gi18n-lib.h>

/* Of a file that cannot be sent: milliseconds until the second try, doubled with each, and how
 * often it is tried. Whatever gets on at all is not counted. */
#define FIRST_PAUSE 1000
#define TRIES 5

/* login URL USER */
YejiExit
yeji_cli_login (YejiCliSession  *session,
                guint            n_args,
                char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  password = yeji_platform_read_password (_("Password: "), &error);
  if (password == NULL)
    {
      yeji_cli_complain ("%s", error->message);
      return YEJI_EXIT_USAGE;
    }
  if (!yeji_sync_sign_in (store, args[0], args[1], password, NULL, &error))
    return yeji_cli_fail_sync (error);
  return YEJI_EXIT_OK;
}

static YejiExit
run_cycle (YejiCliSession *session,
           YejiStore      *store,
           YejiSyncReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiProvince) province = yeji_province_new (store, &error);
  g_autoptr (YejiTransferQueue) queue = yeji_transfer_queue_new (store);
  g_autoptr (YejiCliProgress) progress = NULL;
  gboolean done;

  if (province == NULL || !yeji_transfer_queue_load_wish (queue, &error))
    return yeji_cli_fail_sync (error);
  yeji_transfer_queue_set_patience (queue, FIRST_PAUSE, TRIES);
  progress = yeji_cli_progress_new (session, _("Sending"));
  done = yeji_sync_run_now (store, province, queue, report, yeji_cli_show_progress, progress,
                            yeji_cli_progress_get_cancellable (progress), &error);
  yeji_cli_note_outcome (store, province, error);
  if (!done)
    return yeji_cli_fail_sync (error);
  yeji_cli_tell_waiting (report);
  return report->refused > 0 ? YEJI_EXIT_INVALID : YEJI_EXIT_OK;
}

static void
print_report (YejiCliSession       *session,
              const YejiSyncReport *report,
              GPtrArray            *reports)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GPtrArray) colleagues = yeji_cli_load_colleagues (store);
  g_autoptr (GPtrArray) entries = colleagues->len > 0 ? yeji_store_list (store, NULL) : NULL;
  JsonObject *object;
  JsonNode *node;

  if (!yeji_cli_session_wants_json (session))
    {
      yeji_cli_print (_("%u submitted, %u refused, %u files sent, %u answers\n"),
                      report->submitted, report->refused, report->files, report->changes);
      if (reports != NULL)
        {
          yeji_cli_print (g_dngettext (GETTEXT_PACKAGE,
                                       "The province uses dictionary %s now; %u draft was moved\n",
                                       "The province uses dictionary %s now; %u drafts were moved\n",
                                       reports->len),
                          yeji_dictionary_get_version (yeji_store_get_dictionary (store)),
                          reports->len);
          yeji_cli_print_reports (reports);
        }
      if (entries != NULL)
        yeji_cli_print_colleagues (entries, colleagues);
      return;
    }
  object = json_object_new ();
  node = json_node_new (JSON_NODE_OBJECT);
  json_object_set_int_member (object, "submitted", report->submitted);
  json_object_set_int_member (object, "refused", report->refused);
  json_object_set_int_member (object, "files", report->files);
  json_object_set_int_member (object, "files_waiting", report->n_waiting);
  json_object_set_int_member (object, "changes", report->changes);
  json_object_set_array_member (object, "editing",
                                entries != NULL ? yeji_cli_colleagues_to_json (entries, colleagues)
                                                : json_array_new ());
  json_object_set_object_member (object, "dictionary",
                                 yeji_cli_dictionary_to_json (store, reports));
  json_node_take_object (node, object);
  yeji_cli_print_json (node);
}

/* A refusal is told in the province's own words, which name the field. */
static void
complain_of_refusals (YejiStore *store)
{
  g_autoptr (GPtrArray) entries = yeji_store_list (store, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      YejiEntry *entry = g_ptr_array_index (entries, i);
      GPtrArray *points = yeji_entry_get_points (entry);

      if (yeji_entry_get_message (entry) != NULL)
        yeji_cli_complain ("%s: %s", yeji_entry_get_uuid (entry), yeji_entry_get_message (entry));
      for (guint j = 0; points != NULL && j < points->len; j++)
        {
          YejiPoint *point = g_ptr_array_index (points, j);

          yeji_cli_complain ("%s: %s: %s", yeji_entry_get_uuid (entry), point->pointer,
                             point->comment);
        }
    }
}

/* What it took and did not prove is neither submitted nor refused: it waits. */
static void
complain_of_doubts (YejiStore            *store,
                    const YejiSyncReport *report)
{
  g_autofree char *problem = yeji_receipt_trust_get_problem (store, yeji_language_get_current ());
  g_autoptr (GPtrArray) outbox = report->doubted > 0 ? yeji_store_get_outbox (store, NULL) : NULL;

  if (problem != NULL)
    yeji_cli_complain ("%s", problem);
  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      if (item->message != NULL)
        yeji_cli_complain ("%s: %s", item->uuid, item->message);
    }
}

/* The province's dictionary is adopted at once: a script has nobody to ask, and nothing is lost. */
static YejiExit
finish_cycle (YejiCliSession       *session,
              const YejiSyncReport *report)
{
  g_autoptr (GPtrArray) reports = NULL;
  g_autofree char *problem = NULL;
  YejiExit result = yeji_cli_adopt (session, &reports);

  if (result != YEJI_EXIT_OK)
    return result;
  print_report (session, report, reports);
  problem = yeji_dictionary_update_get_problem (yeji_cli_session_get_store (session),
                                                yeji_language_get_current ());
  if (problem != NULL)
    yeji_cli_complain ("%s", problem);
  complain_of_doubts (yeji_cli_session_get_store (session), report);
  return report->doubted > 0 ? YEJI_EXIT_FAILED : YEJI_EXIT_OK;
}

/* logout: what waits stays */
YejiExit
yeji_cli_logout (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  return yeji_sync_sign_out (store, NULL, &error) ? YEJI_EXIT_OK : yeji_cli_fail_sync (error);
}

/* sync */
YejiExit
yeji_cli_sync (YejiCliSession  *session,
               guint            n_args,
               char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  YejiSyncReport report = { 0 };
  YejiExit result;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  result = run_cycle (session, store, &report);
  if (result != YEJI_EXIT_OK && result != YEJI_EXIT_INVALID)
    return result;
  if (finish_cycle (session, &report) != YEJI_EXIT_OK)
    return YEJI_EXIT_FAILED;
  store = yeji_cli_session_get_store (session);   /* opened anew with another dictionary */
  yeji_cli_tell_recovery (store);
  if (result == YEJI_EXIT_INVALID)
    {
      complain_of_refusals (store);
      yeji_cli_complain_of_petitions (store);
    }
  return result;
}

static gboolean
queue_submit (YejiStore   *store,
              const char  *uuid,
              gboolean     files_follow,
              GError     **error)
{
  return files_follow ? yeji_store_queue_submit_following (store, uuid, error)
                      : yeji_store_queue_submit (store, uuid, error);
}

static YejiExit
queue_record (YejiCliSession *session,
              const char     *uuid,
              gboolean        files_follow)
{
  g_autoptr (YejiRecord) record = yeji_cli_session_load (session, uuid);
  YejiStore *store = yeji_cli_session_get_store (session);
  g_autoptr (YejiFacts) facts = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  guint n_errors;

  if (record == NULL)
    return YEJI_EXIT_FAILED;
  problems = yeji_cli_session_check (session, record, TRUE, &facts);
  n_errors = yeji_problems_count (problems, YEJI_SEVERITY_ERROR);
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (yeji_problem_get_severity (problem) == YEJI_SEVERITY_ERROR)
        yeji_cli_complain ("%s: %s: %s", uuid, yeji_problem_get_pointer (problem),
                           yeji_problem_get_message (problem));
    }
  if (n_errors > 0)
    return YEJI_EXIT_INVALID;
  /* A record that was moved to another dictionary counts as not checked until this is noted. */
  if (yeji_store_save (store, record, facts, "typed", &error)
      && queue_submit (store, uuid, files_follow, &error))
    return YEJI_EXIT_OK;
  yeji_cli_complain (_("%s was not submitted: %s"), uuid, error->message);
  return YEJI_EXIT_FAILED;
}

/* submit: what has errors is not queued; the rest is, and sent if there is a way. */
YejiExit
yeji_cli_submit (YejiCliSession  *session,
                 guint            n_args,
                 char           **args)
{
  YejiStore *store = yeji_cli_session_get_store (session);
  gboolean files_follow = yeji_cli_has (session, "--files-follow");
  YejiExit worst = YEJI_EXIT_OK, result;

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  for (guint i = 0; i < n_args; i++)
    {
      result = queue_record (session, args[i], files_follow);
      worst = MAX (worst, result);
    }
  if (worst != YEJI_EXIT_OK)
    return worst;
  result = yeji_cli_sync (session, 0, NULL);
  if (result != YEJI_EXIT_OK && result != YEJI_EXIT_INVALID)
    yeji_cli_complain (_("The submission waits on this computer; yeji sync sends it"));
  return result;
}
