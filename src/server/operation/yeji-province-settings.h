// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define YEJI_SETTINGS_FILE "settings.json"

/* How the national platform is told. */
typedef struct
{
  char *url;                   /* (nullable): https, or plain http of this very computer */
  char *key_file;              /* (nullable): what is in it is sent as a bearer token */
  guint wait_seconds;          /* after a decision: it may be taken back for so long */
  guint timeout_seconds;       /* for an answer */
  guint retry_seconds;         /* after the first failure, doubled with each further one */
  guint at_once;               /* records on their way at the same time */
  gboolean by_server;          /* FALSE: `yeji-server push` sends, not the server */
} YejiPushSettings;

/* What differs between a province and a test of it; 0 stands for the default. */
typedef struct
{
  guint64 password_passes;     /* of Argon2id, default crypto_pwhash_OPSLIMIT_INTERACTIVE */
  guint64 password_memory;     /* bytes, default crypto_pwhash_MEMLIMIT_INTERACTIVE */
  gint64 file_size;            /* bytes a document; mapping.json, or the dictionary's */
  guint wait_seconds;          /* the longest wait for changes, default 25 */
  gint64 quota;                /* bytes of documents an enterprise; mapping.json */
  gint64 upload_seconds;       /* after which an upload that nobody goes on with is swept; there */
  gint64 follow_seconds;       /* for which documents may follow a submission; there */
  guint sweep_seconds;         /* between two looks for what is over, default 60 */
  guint header_seconds;        /* until all headers of a request are there, default 20 */
  guint idle_seconds;          /* between two requests of a connection, default 75 */
  guint slow_seconds;          /* in which a body brings or takes `slow_bytes`, default 30 */
  guint slow_bytes;            /* default 15 KiB, which the worst telephone line does */
  guint search_milliseconds;   /* that a public search may take, default 2000 */
  guint connections;           /* at once, default what the system lets one have */
} YejiServerSettings;

/* The one file in which a province says what is different here. */
typedef struct
{
  char *path;                  /* of the file, be it there or not */
  gboolean is_there;
  char *listen;                /* (nullable) */
  GBytes *offices;             /* the shape of data/province/offices.json */
  GBytes *mapping;             /* the shape of data/province/mapping.json */
  YejiPushSettings push;       /* without a URL there is no national platform */
  char *request_log;           /* (nullable): path */
  char *metrics_token_file;    /* (nullable): path */
  char *client_version;        /* (nullable): of the program that enterprises are asked to use */
  char *client_where;          /* (nullable): where they get it, https */
  char *revoked_keys;          /* (nullable): ids of receipt keys that vouch for none, with blanks */
  guint least_free;            /* MiB of the disk below which the province is not ready */
  YejiServerSettings limits;   /* zeros where the file says nothing */
} YejiProvinceSettings;

void                  yeji_province_settings_set_path (const char            *path);
const char           *yeji_province_settings_get_path (void);
YejiProvinceSettings *yeji_province_settings_read     (const char            *data_dir,
                                                       GError               **error);
char                 *yeji_province_settings_read_secret (const char         *path,
                                                       GError               **error);
JsonNode             *yeji_province_settings_to_json  (YejiProvinceSettings  *self,
                                                       const YejiServerSettings *limits);
void                  yeji_province_settings_free     (YejiProvinceSettings  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiProvinceSettings, yeji_province_settings_free)

G_END_DECLS
