// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* What the clerk says to a reviewer's point that was not mended. To the record a reply is a note as
 * the reason of a kept warning is: it has a place, comes and goes by steps that can be undone, is
 * merged and moves to another dictionary with its place. So it is one, of a rule that no dictionary
 * can have: #YejiKept.reason is the text, #YejiKept.value who wrote it, #YejiKept.other when. */

/* Characters of a text, as many as a reviewer's comment may have. */
#define YEJI_EXPLANATION_MAX_LENGTH 2000

/* Where the slot's name begins in a pointer that speaks of documents. */
#define YEJI_EXPLANATION_DOCUMENTS "/documents/"

gboolean        yeji_kept_is_reply           (const YejiKept *self);
const char     *yeji_kept_get_slot           (const YejiKept *self);
YejiKept       *yeji_explanation_new         (YejiRecord     *record,
                                              const char     *pointer,
                                              const char     *text,
                                              const char     *who,
                                              const char     *at,
                                              GError        **error);
char           *yeji_explanation_get_pointer (const YejiKept *self,
                                              YejiRecord     *record);
gboolean        yeji_record_reply            (YejiRecord     *self,
                                              const char     *pointer,
                                              const char     *text,
                                              const char     *who,
                                              const char     *at,
                                              GError        **error);
const YejiKept *yeji_record_find_reply       (YejiRecord     *self,
                                              const char     *pointer);
GPtrArray      *yeji_record_get_replies      (YejiRecord     *self);

G_END_DECLS
