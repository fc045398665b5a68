// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* One way to write a value right. */
typedef struct
{
  char *value;                 /* what to put into the field; "" clears it */
  const char *reason;          /* (static): a stable word, see yeji_normaliser_describe() */
} YejiSuggestion;

#define YEJI_NORMALISER_ERROR (yeji_normaliser_error_quark ())

/**
 * YejiNormaliserError:
 * @YEJI_NORMALISER_ERROR_KIND: there is no such kind of value
 */
typedef enum
{
  YEJI_NORMALISER_ERROR_KIND,
} YejiNormaliserError;

#define YEJI_TYPE_NORMALISER (yeji_normaliser_get_type ())

G_DECLARE_FINAL_TYPE (YejiNormaliser, yeji_normaliser, YEJI, NORMALISER, GObject)

GQuark          yeji_normaliser_error_quark (void);
YejiNormaliser *yeji_normaliser_new         (YejiDictionary      *dictionary);
GPtrArray      *yeji_normaliser_offer       (YejiNormaliser      *self,
                                             const YejiFieldDef  *field,
                                             const char          *text);
GPtrArray      *yeji_normaliser_offer_kind  (YejiNormaliser      *self,
                                             const char          *kind,
                                             const char          *text,
                                             GError             **error);
gboolean        yeji_normaliser_accepts     (YejiNormaliser      *self,
                                             const YejiFieldDef  *field,
                                             const char          *value);
gboolean        yeji_normaliser_accepts_kind (YejiNormaliser     *self,
                                             const char          *kind,
                                             const char          *value);
const char     *yeji_normaliser_get_initials (YejiNormaliser     *self,
                                             const YejiCode      *code);
const char     *yeji_normaliser_describe    (const char          *reason);
void            yeji_suggestion_free        (YejiSuggestion      *suggestion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSuggestion, yeji_suggestion_free)

G_END_DECLS
