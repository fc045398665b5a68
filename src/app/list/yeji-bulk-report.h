// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-bulk-job.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The records with which something was not done, each with the reason. Signal "chosen"
 * (const char *uuid) when somebody wants to look at one. */
#define YEJI_TYPE_BULK_REPORT (yeji_bulk_report_get_type ())

G_DECLARE_FINAL_TYPE (YejiBulkReport, yeji_bulk_report, YEJI, BULK_REPORT, AdwWindow)

GtkWidget *yeji_bulk_report_new (GtkWindow  *parent,
                                 const char *title,
                                 const char *text,
                                 GPtrArray  *results);

G_END_DECLS
