// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "transfers-fixture.h"

static const char *const names[] = {
  "施工合同.pdf", "中标通知书.pdf", "施工许可证.jpg", "竣工验收报告（第1页）.jpg",
};

static const char *const slots[] = {
  "contract", "award_notice", "construction_permit", "acceptance_report",
};

/**
 * transfers_fixture_enqueue:
 *
 * Puts files of a record into the queue, which nobody will send.
 */
void
transfers_fixture_enqueue (YejiStore  *store,
                           const char *uuid,
                           guint       n)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (
    (GDestroyNotify) yeji_transfer_row_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      YejiTransferRow *row = g_new0 (YejiTransferRow, 1);

      row->record = g_strdup (uuid);
      row->slot = g_strdup (slots[i % G_N_ELEMENTS (slots)]);
      row->sha256 = g_strdup_printf ("%064x", i + 1);
      row->filename = g_strdup (names[i % G_N_ELEMENTS (names)]);
      row->media_type = g_strdup ("application/pdf");
      row->size = 300000 + i * 71000;
      g_ptr_array_add (rows, row);
    }
  g_assert_true (yeji_store_enqueue_transfers (store, uuid, 0, rows, &error));
  g_assert_no_error (error);
}

/**
 * transfers_fixture_update:
 *
 * Shows the queue as it looks while files are sent.
 */
void
transfers_fixture_update (YejiTransfers *transfers,
                          guint          n_received)
{
  GListModel *model = G_LIST_MODEL (transfers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (YejiTransfer) transfer = g_list_model_get_item (model, i);
      gint64 size = yeji_transfer_get_size (transfer);

      if (i < n_received)
        yeji_transfer_update (transfer, YEJI_TRANSFER_RECEIVED, size, NULL, 0);
      else if (i < n_received + 2)
        yeji_transfer_update (transfer, YEJI_TRANSFER_SENDING, size * (i + 1) / 7, NULL, 412000);
      else if (i == n_received + 2)
        yeji_transfer_update (transfer, YEJI_TRANSFER_FAILED, 0, "file: a.pdf: it has changed", 0);
      else if (i == n_received + 3)
        yeji_transfer_update (transfer, YEJI_TRANSFER_CANCELLED, 0, NULL, 0);
    }
}
