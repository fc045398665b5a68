// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-account.h"
#include "yeji-reply.h"
#include "yeji-store.h"
#include "yeji-tus.h"
#include "yeji-sync-error.h"

G_BEGIN_DECLS

/* The province as the client sees it: address, session, one blocking call a request.
 * Thread-safe. */
#define YEJI_TYPE_PROVINCE (yeji_province_get_type ())

G_DECLARE_FINAL_TYPE (YejiProvince, yeji_province, YEJI, PROVINCE, GObject)

YejiProvince *yeji_province_new        (YejiStore     *store,
                                        GError       **error);
YejiProvince *yeji_province_new_for_url (YejiStore    *store,
                                        const char    *url,
                                        GError       **error);
gint64        yeji_province_get_clock (YejiProvince  *self);
void          yeji_province_leave      (YejiProvince  *self);
YejiProvince *yeji_province_new_for_account (YejiStore *store,
                                        const YejiAccount *account,
                                        GError       **error);
const char   *yeji_province_get_url    (YejiProvince  *self);
const char   *yeji_province_get_user   (YejiProvince  *self);
void          yeji_province_set_proxy_resolver (YejiProvince *self,
                                        GProxyResolver *resolver);
void          yeji_province_set_time_limit (YejiProvince *self,
                                        guint          seconds);
char         *yeji_province_localise   (YejiProvince  *self,
                                        const char    *location);
YejiReply    *yeji_province_call       (YejiProvince  *self,
                                        const char    *method,
                                        const char    *path,
                                        JsonNode      *body,
                                        GCancellable  *cancellable,
                                        GError       **error,
                                        ...) G_GNUC_NULL_TERMINATED; /* header, value, ... */
YejiReply    *yeji_province_send       (YejiProvince  *self,
                                        const char    *method,
                                        const char    *path,
                                        GBytes        *body,
                                        const char    *media_type,
                                        GCancellable  *cancellable,
                                        GError       **error,
                                        ...) G_GNUC_NULL_TERMINATED; /* header, value, ... */

YejiReply    *yeji_province_upload     (YejiProvince  *self,
                                        const YejiTusRequest *upload,
                                        GCancellable  *cancellable,
                                        GError       **error);

YejiReply    *yeji_province_fetch      (YejiProvince  *self,
                                        const char    *path,
                                        gsize          max_size,
                                        GCancellable  *cancellable,
                                        GError       **error);
YejiReply    *yeji_province_fetch_if   (YejiProvince  *self,
                                        const char    *path,
                                        const char    *known,
                                        gsize          max_size,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
