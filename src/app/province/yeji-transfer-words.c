// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-transfer-words"

#include "config.h"

#include "yeji-transfer-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *words;
  const char *icon;
  const char *style;
} states[N_YEJI_TRANSFER_STATES] = {
  [YEJI_TRANSFER_WAITING] = { NC_("transfer", "Waits for its turn"), "content-loading-symbolic",
                              "dim-label" },
  [YEJI_TRANSFER_SENDING] = { NC_("transfer", "Being sent"), "network-transmit-symbolic",
                              "accent" },
  [YEJI_TRANSFER_RECEIVED] = { NC_("transfer", "Received by the province"), "emblem-ok-symbolic",
                               "success" },
  [YEJI_TRANSFER_FAILED] = { NC_("transfer", "Cannot be sent"), "dialog-error-symbolic", "error" },
  [YEJI_TRANSFER_CANCELLED] = { NC_("transfer", "Is not sent, as you wished"),
                                "process-stop-symbolic", "dim-label" },
};

static const char *const blocks[] = {
  [YEJI_TRANSFERS_FREE] = NULL,
  [YEJI_TRANSFERS_PAUSED] = N_("Paused. Nothing is sent until you resume."),
  [YEJI_TRANSFERS_OFFLINE] = N_("The province cannot be reached, or nobody is signed in. It is "
                                "tried again by itself."),
  [YEJI_TRANSFERS_OTHER_NETWORK] = N_("This is another network than the one that you allowed. It "
                                      "goes on by itself in that network."),
  [YEJI_TRANSFERS_METERED] = N_("This line is paid by volume. It goes on by itself on another "
                                "one."),
};

/**
 * yeji_seconds_to_words:
 * @seconds: -1 when nobody knows
 *
 * Returns: (transfer full): how long something takes, no finer than anybody can know
 */
char *
yeji_seconds_to_words (int seconds)
{
  int minutes = (seconds + 30) / 60;

  if (seconds < 0)
    return g_strdup (_("time left not known yet"));
  if (seconds < 10)
    return g_strdup (_("a few seconds left"));
  if (seconds < 55)
    return g_strdup_printf (ngettext ("about %d second left", "about %d seconds left",
                                      (seconds + 5) / 10 * 10), (seconds + 5) / 10 * 10);
  if (minutes < 60)
    return g_strdup_printf (ngettext ("about %d minute left", "about %d minutes left",
                                      MAX (minutes, 1)), MAX (minutes, 1));
  if (minutes < 24 * 60)
    return g_strdup_printf (_("about %d h %d min left"), minutes / 60, minutes % 60 / 10 * 10);
  return g_strdup (_("more than a day left"));
}

char *
yeji_speed_to_words (double bytes_a_second)
{
  g_autofree char *size = g_format_size ((guint64) MAX (bytes_a_second, 0));

  /* Translators: a size, "1.2 MB" */
  return g_strdup_printf (_("%s/s"), size);
}

/* The province speaks for itself; what happened here has words of ours. */
static const char *
explain (const char *message)
{
  if (g_str_has_prefix (message, YEJI_TRANSFER_LOCAL_FILE ": "))
    return _("the file is gone or was changed: attach it again");
  if (g_str_has_prefix (message, YEJI_TRANSFER_LOCAL_LINE ": "))
    return _("the last try failed, it is tried again");
  return message;
}

/**
 * yeji_transfer_to_words:
 *
 * Returns: (transfer full): how it stands with a file
 */
char *
yeji_transfer_to_words (YejiTransfer *transfer)
{
  YejiTransferState state = yeji_transfer_get_state (transfer);
  const char *words = g_dpgettext2 (NULL, "transfer", states[state].words);
  const char *message = yeji_transfer_get_message (transfer);
  g_autofree char *speed = NULL;

  if (state == YEJI_TRANSFER_SENDING && yeji_transfer_get_rate (transfer) > 0)
    {
      speed = yeji_speed_to_words (yeji_transfer_get_rate (transfer));
      return g_strdup_printf ("%s · %s", words, speed);
    }
  if (message != NULL && *message != '\0'
      && (state == YEJI_TRANSFER_FAILED || state == YEJI_TRANSFER_WAITING))
    return g_strdup_printf ("%s · %s", words, explain (message));
  return g_strdup (words);
}

const char *
yeji_transfer_state_get_icon (YejiTransferState state)
{
  return states[state].icon;
}

const char *
yeji_transfer_state_get_style (YejiTransferState state)
{
  return states[state].style;
}

/**
 * yeji_transfers_count:
 *
 * Returns: how many files are in a state
 */
guint
yeji_transfers_count (YejiTransfers     *transfers,
                      YejiTransferState  state)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (transfers)); i++)
    {
      g_autoptr (YejiTransfer) transfer = g_list_model_get_item (G_LIST_MODEL (transfers), i);

      count += yeji_transfer_get_state (transfer) == state ? 1 : 0;
    }
  return count;
}

/**
 * yeji_transfers_to_summary:
 *
 * Returns: (transfer full) (nullable): how far all is, in one line; %NULL when nothing is to be
 *   sent
 */
char *
yeji_transfers_to_summary (YejiTransfers *transfers)
{
  guint n_waiting = yeji_transfers_get_n_waiting (transfers);
  guint n_failed = yeji_transfers_get_n_failed (transfers);
  guint n_received = yeji_transfers_count (transfers, YEJI_TRANSFER_RECEIVED);
  guint n = n_waiting + n_received;
  g_autofree char *left = NULL;

  if (n_waiting == 0 && n_failed > 0)
    return g_strdup_printf (ngettext ("%u file cannot be sent", "%u files cannot be sent",
                                      n_failed), n_failed);
  if (n_waiting == 0)
    return n_received > 0 ? g_strdup_printf (ngettext ("The province has received %u file",
                                                       "The province has received all %u files",
                                                       n_received), n_received)
                          : NULL;
  if (yeji_transfers_get_blocked (transfers) != YEJI_TRANSFERS_FREE)
    return g_strdup_printf (ngettext ("%u file waits to be sent", "%u files wait to be sent",
                                      n_waiting), n_waiting);
  left = yeji_seconds_to_words (yeji_transfers_get_seconds_left (transfers));
  /* Translators: which file of how many, and how long it takes */
  return g_strdup_printf (_("Uploading %u of %u, %s"), MIN (n_received + 1, n), n, left);
}

/**
 * yeji_transfers_to_details:
 *
 * Returns: (transfer full): bytes, speed, and what is not sent
 */
char *
yeji_transfers_to_details (YejiTransfers *transfers)
{
  gint64 total = MAX (yeji_transfers_get_bytes_total (transfers), 0);
  gint64 bytes = MAX (yeji_transfers_get_bytes_sent (transfers), 0);
  g_autofree char *sent = g_format_size ((guint64) bytes);
  g_autofree char *all = g_format_size ((guint64) total);
  g_autofree char *speed = yeji_speed_to_words (yeji_transfers_get_speed (transfers));
  guint n_failed = yeji_transfers_get_n_failed (transfers);
  guint n_cancelled = yeji_transfers_count (transfers, YEJI_TRANSFER_CANCELLED);
  GString *text = g_string_new (NULL);

  /* Translators: two sizes, "84 MB of 1.2 GB" */
  g_string_append_printf (text, _("%s of %s"), sent, all);
  if (yeji_transfers_get_speed (transfers) > 0)
    g_string_append_printf (text, " · %s", speed);
  if (n_failed > 0 && yeji_transfers_get_n_waiting (transfers) > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u cannot be sent", "%u cannot be sent", n_failed),
                              n_failed);
    }
  if (n_cancelled > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u left out", "%u left out", n_cancelled),
                              n_cancelled);
    }
  return g_string_free (text, FALSE);
}

/**
 * yeji_transfers_block_to_words:
 *
 * Returns: (nullable): why nothing is sent, a sentence; %NULL when nothing keeps it
 */
const char *
yeji_transfers_block_to_words (YejiTransfersBlock block)
{
  return blocks[block] != NULL ? _(blocks[block]) : NULL;
}

/**
 * yeji_transfers_get_fraction:
 *
 * Returns: how much of all is sent, 0 to 1
 */
double
yeji_transfers_get_fraction (YejiTransfers *transfers)
{
  double total = (double) yeji_transfers_get_bytes_total (transfers);

  if (total <= 0)
    return yeji_transfers_get_n_waiting (transfers) == 0 ? 1 : 0;
  return CLAMP ((double) yeji_transfers_get_bytes_sent (transfers) / total, 0, 1);
}
