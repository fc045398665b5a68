// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is the matter between a profile and its province, as far as it can be told. The sentences
 * for it are in yeji-sync-words.c, the names are for profiles and scripts. */
typedef enum
{
  YEJI_SYNC_CAUSE_NONE,
  YEJI_SYNC_CAUSE_NAME,        /* the address has a name that nobody knows */
  YEJI_SYNC_CAUSE_NO_NETWORK,  /* there is no way out of this computer */
  YEJI_SYNC_CAUSE_REFUSED,     /* nobody listens there */
  YEJI_SYNC_CAUSE_TIMEOUT,
  YEJI_SYNC_CAUSE_BROKEN,      /* the line broke amid an answer */
  YEJI_SYNC_CAUSE_FOREIGN,     /* another answered: a captive portal, or a wrong address */
  YEJI_SYNC_CAUSE_GATEWAY,     /* what stands before the province answered, and not the province */
  YEJI_SYNC_CAUSE_GARBLED,     /* the province's answer cannot be read */
  YEJI_SYNC_CAUSE_CERTIFICATE,
  YEJI_SYNC_CAUSE_PROXY,       /* the proxy cannot be reached or refuses */
  YEJI_SYNC_CAUSE_PROXY_PASSWORD,
  YEJI_SYNC_CAUSE_ADDRESS,     /* the address is none */
  YEJI_SYNC_CAUSE_THROTTLED,   /* too many requests */
  YEJI_SYNC_CAUSE_SERVER,      /* the province failed itself */
  YEJI_SYNC_CAUSE_FULL,        /* the province has no room */
  YEJI_SYNC_CAUSE_DENIED,      /* the province refuses the account, in words of its own */
  YEJI_SYNC_CAUSE_NO_ACCOUNT,  /* nobody is signed in */
  YEJI_SYNC_CAUSE_SESSION,     /* a session that the province no longer takes */
  YEJI_SYNC_CAUSE_PASSWORD,    /* user name and password do not fit */
  YEJI_SYNC_CAUSE_CLIENT_OLD,  /* this program is older than the province's */
  YEJI_SYNC_CAUSE_SERVER_OLD,  /* the province's program is older than this one */
  YEJI_SYNC_CAUSE_ENTERPRISE,  /* another enterprise's submissions wait in this profile */
  YEJI_SYNC_CAUSE_LOCAL,       /* something on this computer */
  YEJI_SYNC_CAUSE_OTHER,
  N_YEJI_SYNC_CAUSES
} YejiSyncCause;

const char    *yeji_sync_cause_to_text   (YejiSyncCause  cause);
YejiSyncCause  yeji_sync_cause_from_text (const char    *text);
YejiSyncCause  yeji_sync_cause_of        (const GError  *error);
YejiSyncCause  yeji_sync_cause_of_line   (const GError  *error);

G_END_DECLS
