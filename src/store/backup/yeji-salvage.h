// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* In the profile's directory: what was set aside because it was damaged, a folder each time. It is
 * never deleted by the program. */
#define YEJI_DAMAGED_FOLDER "damaged"

/* A schema with a higher number was never made: the number is spoilt. */
#define YEJI_MAX_VERSION 1000

/* A record that a report names. */
typedef struct
{
  char *uuid;
  char *name;                  /* "" where even that could not be read */
} YejiSalvagedName;

/* What came of a salvage. */
typedef struct
{
  guint n_records;             /* in the new database */
  guint n_from_file;           /* of them, as they were in the damaged file */
  GPtrArray *from_backup;      /* (element-type YejiSalvagedName): as they were in the backup */
  GPtrArray *from_province;    /* (element-type YejiSalvagedName): as the province last sent them */
  GPtrArray *lost;             /* (element-type YejiSalvagedName): were there, found nowhere */
  guint n_lost_lines;          /* of the history, known to be gone */
  guint n_lost_documents;      /* attachments, known to be gone; their contents are kept */
  guint n_lost_others;         /* rows of other tables that could not be taken over */
  gboolean uncertain;          /* whether more may be gone than could be counted */
  char *backup;                /* (nullable): the file name of the one that filled in */
  char *reason;                /* damaged, missing, empty */
  char *folder;                /* where the damaged files are, relative to the profile */
} YejiSalvageReport;

YejiSalvageReport *yeji_salvage_report_new     (void);
void               yeji_salvage_report_free    (YejiSalvageReport  *self);
JsonObject        *yeji_salvage_report_to_json (YejiSalvageReport  *self);
gboolean           yeji_salvage                (const char         *path,
                                                const char         *backup,
                                                const char         *target,
                                                YejiSalvageReport  *report,
                                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSalvageReport, yeji_salvage_report_free)

G_END_DECLS
