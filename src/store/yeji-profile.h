// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-entry.h"

G_BEGIN_DECLS

/* Settings of a profile that say something about the enterprise. */
#define YEJI_PROFILE_SETTING_NAME "profile.name"
#define YEJI_PROFILE_SETTING_DUE "profile.due"
#define YEJI_PROFILE_SETTING_CODE "profile.code"

/* The name under which the province knows it, from the last time that somebody signed in. */
#define YEJI_PROFILE_SETTING_ACCOUNT "account.name"
/* The enterprise's, likewise. */
#define YEJI_PROFILE_SETTING_COMPANY "account.enterprise-name"

/* How many characters an enterprise's name may have. */
#define YEJI_PROFILE_MAX_NAME 200

/* One enterprise's folder, as it was when it was looked at. */
#define YEJI_TYPE_PROFILE (yeji_profile_get_type ())

G_DECLARE_FINAL_TYPE (YejiProfile, yeji_profile, YEJI, PROFILE, GObject)

YejiProfile  *yeji_profile_read           (const char   *directory);
const char   *yeji_profile_get_directory  (YejiProfile  *self);
const char   *yeji_profile_get_name       (YejiProfile  *self);
gboolean      yeji_profile_is_named       (YejiProfile  *self);
gboolean      yeji_profile_is_elsewhere   (YejiProfile  *self);
const char   *yeji_profile_get_due        (YejiProfile  *self);
const char   *yeji_profile_get_code       (YejiProfile  *self);
gboolean      yeji_profile_get_days_left  (YejiProfile  *self,
                                           const char   *today,
                                           int          *days);
const char   *yeji_profile_get_holder     (YejiProfile  *self);
const GError *yeji_profile_get_error      (YejiProfile  *self);
guint         yeji_profile_get_count      (YejiProfile  *self,
                                           YejiState     state);
guint         yeji_profile_get_n_problems (YejiProfile  *self);
int           yeji_profile_compare        (YejiProfile  *self,
                                           YejiProfile  *other);
gboolean      yeji_profile_is_day         (const char   *text);

G_END_DECLS
