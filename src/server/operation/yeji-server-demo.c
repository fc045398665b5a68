// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-demo.h"

#include "yeji-server-cli.h"
#include "yeji-user-store.h"

/* Known to everyone who reads this: it is set by `demo` alone, which nobody runs on real data. */
#define SAMPLE_PASSWORD "yeji-demo"

static const YejiUserChange samples[] = {
  { "qiye", "enterprise", "张经办", NULL, NULL, "示例建设集团有限公司", "91220000MA0000000X" },
  { "sheng", "reviewer", "李审核", "province", "建筑管理处" },
  { "shi", "reviewer", "王审核", "220100", "建筑业管理处" },
  { "xian", "reviewer", "赵审核", "220104", "建筑业管理科" },
  { "weidengji", "reviewer" },
  { "guanli", "administrator", "系统管理员" },
};

static gboolean
add_sample (YejiUserStore         *store,
            const YejiUserChange  *sample,
            GError               **error)
{
  YejiUserChange change = *sample;
  gboolean has;

  if (!yeji_user_store_has (store, sample->name, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  change.password = (char *) SAMPLE_PASSWORD;
  return yeji_user_store_add (store, &change, error);
}

/**
 * yeji_server_demo:
 *
 * `demo`: sample accounts, those that are there already left alone.
 *
 * Returns: the exit status
 */
int
yeji_server_demo (const char *data_dir,
                  GStrv       arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUserStore) store = yeji_user_store_open (data_dir, &error);

  for (guint i = 0; store != NULL && error == NULL && i < G_N_ELEMENTS (samples); i++)
    if (add_sample (store, &samples[i], &error))
      g_print ("%s\t%s\t%s\n", samples[i].name, samples[i].role, SAMPLE_PASSWORD);
  if (error == NULL)
    return YEJI_SERVER_EXIT_OK;
  g_printerr ("yeji-server: %s\n", error->message);
  return YEJI_SERVER_EXIT_FAILED;
}
