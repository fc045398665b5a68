// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-cli"

#include "config.h"

#include "yeji-account.h"
#include "yeji-cli-output.h"
#include "yeji-cli-progress.h"
#include "yeji-cli-transfers.h"
#include "yeji-cli.h"
#include "yeji-network.h"
#include "yeji-transfer-queue.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

static YejiExit
fail (const GError *error)
{
  yeji_cli_complain ("%s", error->message);
  return YEJI_EXIT_FAILED;
}

static JsonNode *
make_json (GPtrArray              *rows,
           const YejiTransferWish *wish)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < rows->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i);
      JsonObject *item = json_object_new ();

      json_object_set_int_member (item, "id", row->id);
      json_object_set_string_member (item, "record", row->record);
      json_object_set_string_member (item, "slot", row->slot);
      json_object_set_string_member (item, "filename", row->filename);
      json_object_set_string_member (item, "sha256", row->sha256);
      json_object_set_int_member (item, "size", row->size);
      json_object_set_int_member (item, "sent", row->sent);
      json_object_set_string_member (item, "state", yeji_transfer_state_to_text (row->state));
      json_object_set_string_member (item, "message", row->message);
      json_array_add_object_element (array, item);
    }
  json_object_set_array_member (object, "transfers", array);
  json_object_set_boolean_member (object, "paused", wish->paused);
  json_object_set_int_member (object, "workers", wish->workers);
  json_object_set_int_member (object, "rate", wish->rate);
  json_object_set_string_member (object, "network", wish->network);
  json_object_set_boolean_member (object, "metered", wish->metered);
  json_node_take_object (node, object);
  return node;
}

static void
print_rows (GPtrArray              *rows,
            const YejiTransferWish *wish)
{
  if (wish->paused)
    yeji_cli_print (_("Sending files is paused; yeji transfers resume goes on\n"));
  if (wish->rate > 0)
    {
      g_autofree char *rate = g_format_size ((guint64) wish->rate);

      yeji_cli_print (_("At most %s a second\n"), rate);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i);
      int percent = row->size > 0 ? (int) (row->sent * 100 / row->size) : 0;
      g_autofree char *name = yeji_cli_dup_line (row->filename);
      g_autofree char *message = yeji_cli_dup_line (row->message != NULL ? row->message : "");

      yeji_cli_print ("%6" G_GINT64_FORMAT " %-8s %3d%% %s %s  %s\n", row->id,
                      yeji_transfer_state_to_text (row->state), percent, row->record, name,
                      message);
    }
}

static YejiExit
list_transfers (YejiCliSession *session,
                YejiStore      *store)
{
  g_auto (YejiTransferWish) wish = { 0 };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = yeji_store_list_transfers (store, NULL, &error);
  if (rows == NULL || !yeji_transfer_wish_load (store, &wish, &error))
    return fail (error);
  if (yeji_cli_session_wants_json (session))
    yeji_cli_print_json (make_json (rows, &wish));
  else
    print_rows (rows, &wish);
  return YEJI_EXIT_OK;
}

/* Bytes, or with k or M so many times 1000 or 1,000,000; 0 and none are no limit. */
static gboolean
read_rate (const char *text,
           gint64     *rate)
{
  static const struct
  {
    const char *unit;
    gint64 times;
  } units[] = { { "", 1 }, { "k", 1000 }, { "K", 1000 }, { "M", 1000000 } };
  char *end;
  gint64 value;

  *rate = 0;
  if (g_str_equal (text, "none"))
    return TRUE;
  value = g_ascii_strtoll (text, &end, 10);
  if (end == text || value < 0 || value > G_MAXINT)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit))
      {
        *rate = value * units[i].times;
        return TRUE;
      }
  return FALSE;
}

static gboolean
wish_rate (YejiTransferWish *wish,
           YejiStore        *store,
           const char       *value)
{
  if (read_rate (value, &wish->rate))
    return TRUE;
  yeji_cli_complain (_("“%s” is no rate; 500k and 2M are"), value);
  return FALSE;
}

static gboolean
wish_workers (YejiTransferWish *wish,
              YejiStore        *store,
              const char       *value)
{
  guint64 n;

  if (!g_ascii_string_to_unsigned (value, 10, YEJI_TRANSFERS_LEAST_WORKERS,
                                   YEJI_TRANSFERS_MOST_WORKERS, &n, NULL))
    {
      yeji_cli_complain (_("“%s” is not from %d to %d"), value, YEJI_TRANSFERS_LEAST_WORKERS,
                         YEJI_TRANSFERS_MOST_WORKERS);
      return FALSE;
    }
  wish->workers = (guint) n;
  return TRUE;
}

/* Over which the province is reached; %NULL after a complaint. */
static char *
find_network (YejiStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiAccount) account = yeji_account_load (store, NULL);
  char *network = account != NULL ? yeji_network_find (account->url, NULL, &error) : NULL;

  if (account == NULL)
    yeji_cli_complain (_("Nobody is signed in; yeji login URL USER does that"));
  else if (network == NULL)
    yeji_cli_complain (_("It cannot be told over which network the province is reached: %s"),
                       error != NULL ? error->message : account->url);
  return network;
}

static gboolean
wish_network (YejiTransferWish *wish,
              YejiStore        *store,
              const char       *value)
{
  char *network = g_str_equal (value, "this") ? find_network (store) : g_strdup (value);

  if (network == NULL)
    return FALSE;
  g_free (wish->network);
  wish->network = network;
  if (g_str_equal (value, "any"))
    g_clear_pointer (&wish->network, g_free);
  return TRUE;
}

static gboolean
wish_metered (YejiTransferWish *wish,
              YejiStore        *store,
              const char       *value)
{
  wish->metered = g_str_equal (value, "yes");
  if (wish->metered || g_str_equal (value, "no"))
    return TRUE;
  yeji_cli_complain (_("“%s” is neither yes nor no"), value);
  return FALSE;
}

/* The first argument is given where the verb wants one: without it, the sending is paused or not. */
static YejiExit
change_wish (YejiStore   *store,
             const char  *verb,
             char       **values)
{
  static const struct
  {
    const char *verb;
    gboolean (*change) (YejiTransferWish *wish, YejiStore *store, const char *value);
  } changes[] = {
    { "limit", wish_rate },     { "workers", wish_workers },
    { "network", wish_network }, { "metered", wish_metered },
  };
  g_auto (YejiTransferWish) wish = { 0 };
  g_autoptr (GError) error = NULL;

  if (!yeji_transfer_wish_load (store, &wish, &error))
    return fail (error);
  if (values[0] == NULL)
    wish.paused = g_str_equal (verb, "pause");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_str_equal (changes[i].verb, verb) && !changes[i].change (&wish, store, values[0]))
      return YEJI_EXIT_USAGE;
  return yeji_transfer_wish_keep (store, &wish, &error) ? YEJI_EXIT_OK : fail (error);
}

static gboolean
has_id (YejiStore *store,
        gint64     id)
{
  g_autoptr (GPtrArray) rows = yeji_store_list_transfers (store, NULL, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((YejiTransferRow *) g_ptr_array_index (rows, i))->id == id)
      return TRUE;
  return FALSE;
}

static YejiExit
change_one (YejiStore   *store,
            const char  *verb,
            char       **values)
{
  g_autoptr (GError) error = NULL;
  guint64 position = 1;
  gboolean done;
  gint64 id;

  if (!g_ascii_string_to_signed (values[0], 10, 1, G_MAXINT64, &id, NULL) || !has_id (store, id))
    {
      yeji_cli_complain (_("There is no transfer “%s”"), values[0]);
      return YEJI_EXIT_USAGE;
    }
  if (g_str_equal (verb, "move")
      && !g_ascii_string_to_unsigned (values[1], 10, 1, G_MAXINT, &position, NULL))
    {
      yeji_cli_complain (_("“%s” is no position; the first one is 1"), values[1]);
      return YEJI_EXIT_USAGE;
    }
  if (g_str_equal (verb, "first") || g_str_equal (verb, "move"))
    done = yeji_store_move_transfer (store, id, (guint) position - 1, &error);
  else
    done = yeji_store_set_transfer_state (store, id,
                                          g_str_equal (verb, "cancel") ? YEJI_TRANSFER_CANCELLED
                                                                       : YEJI_TRANSFER_WAITING,
                                          &error);
  return done ? YEJI_EXIT_OK : fail (error);
}

/* transfers, transfers pause and so on */
YejiExit
yeji_cli_transfers (YejiCliSession  *session,
                    guint            n_args,
                    char           **args)
{
  static const struct
  {
    const char *verb;
    YejiExit (*run) (YejiStore   *store,
                     const char  *verb,
                     char       **values);
  } verbs[] = {
    { "pause", change_wish },  { "resume", change_wish },  { "limit", change_wish },
    { "workers", change_wish }, { "network", change_wish }, { "metered", change_wish },
    { "cancel", change_one },  { "retry", change_one },    { "first", change_one },
    { "move", change_one },
  };
  YejiStore *store = yeji_cli_session_get_store (session);

  if (store == NULL)
    return YEJI_EXIT_FAILED;
  if (n_args == 0)
    return list_transfers (session, store);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].verb, args[0]))
      return verbs[i].run (store, args[0], args + 1);
  g_return_val_if_reached (YEJI_EXIT_FAILED);
}

static char *
describe_rest (int seconds)
{
  if (seconds < 0)
    return g_strdup ("");
  if (seconds < 90)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, ", %d second left", ", %d seconds left",
                                         (gulong) seconds),
                            seconds);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, ", %d minute left", ", %d minutes left",
                                       (gulong) (seconds + 30) / 60),
                          (seconds + 30) / 60);
}

/**
 * yeji_cli_show_progress:
 * @data: a #YejiCliProgress
 *
 * Tells how far the files are, in bytes.
 */
void
yeji_cli_show_progress (const YejiTransferTotals *totals,
                        gpointer                  data)
{
  g_autofree char *sent = g_format_size ((guint64) totals->bytes_sent);
  g_autofree char *total = g_format_size ((guint64) totals->bytes_total);
  g_autofree char *speed = g_format_size ((guint64) totals->speed);
  g_autofree char *rest = describe_rest (totals->seconds_left);
  g_autofree char *line = NULL;

  line = g_strdup_printf (_("%u of %u files, %s of %s, %s/s%s"), totals->n_received,
                          totals->n_received + totals->n_waiting, sent, total, speed, rest);
  yeji_cli_progress_tell (data, (guint64) totals->bytes_sent, (guint64) totals->bytes_total, line);
}

/**
 * yeji_cli_tell_waiting:
 *
 * Tells why files were not sent, where the user's own settings kept them.
 */
void
yeji_cli_tell_waiting (const YejiSyncReport *report)
{
  static const char * const reasons[] = {
    [YEJI_TRANSFERS_PAUSED] = N_("sending is paused; yeji transfers resume goes on"),
    [YEJI_TRANSFERS_OTHER_NETWORK] = N_("this is not the network that they may go over"),
    [YEJI_TRANSFERS_METERED] = N_("this line is paid by volume"),
  };

  if (report->n_waiting == 0 || report->blocked >= G_N_ELEMENTS (reasons)
      || reasons[report->blocked] == NULL)
    return;
  yeji_cli_complain (g_dngettext (GETTEXT_PACKAGE, "%u file waits: %s", "%u files wait: %s",
                                  report->n_waiting),
                     report->n_waiting, _(reasons[report->blocked]));
}
