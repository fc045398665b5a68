// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-attachment.h"
#include "yeji-change.h"
#include "yeji-entry.h"
#include "yeji-history.h"
#include "yeji-move-report.h"
#include "yeji-outbox.h"
#include "yeji-problem.h"

G_BEGIN_DECLS

#define YEJI_STORE_ERROR (yeji_store_error_quark ())

/* In the profile's directory, for who does not open it: the bundle of the dictionary that was
 * adopted from a province; not there when the program's own is used. */
#define YEJI_STORE_DICTIONARY_FILE "dictionary.json"

/**
 * YejiStoreError:
 * @YEJI_STORE_ERROR_NOT_FOUND: no such record or attachment
 * @YEJI_STORE_ERROR_LOCKED: another process has the profile; the message names it
 * @YEJI_STORE_ERROR_STATE: the record's state does not allow it
 * @YEJI_STORE_ERROR_FILE: a document cannot be read or copied
 * @YEJI_STORE_ERROR_FULL: the slot or the record has as many documents as it may have
 * @YEJI_STORE_ERROR_UNREADABLE: the record could not be read back, so that it was not written
 * @YEJI_STORE_ERROR_SEALED: the key of the profile is not at hand, or another one was given; see
 *     yeji_store_open_with_key()
 * @YEJI_STORE_ERROR_PLACE: where the database should be there is something else than a file
 */
typedef enum
{
  YEJI_STORE_ERROR_NOT_FOUND,
  YEJI_STORE_ERROR_LOCKED,
  YEJI_STORE_ERROR_STATE,
  YEJI_STORE_ERROR_FILE,
  YEJI_STORE_ERROR_FULL,
  YEJI_STORE_ERROR_UNREADABLE,
  YEJI_STORE_ERROR_SEALED,
  YEJI_STORE_ERROR_PLACE,
} YejiStoreError;

/**
 * YejiStore:
 *
 * One profile: the drafts and documents of one enterprise, in a directory of its own
 * (`yeji.sqlite`, `files/`, `lock`). Blocking calls may come from any thread but the database's;
 * GTK uses the `_async` ones. Signal "changed" (const char *uuid, NULL for many) is emitted in the
 * main context that was the thread's default at open, after the commit; so is "dictionary-offered"
 * when yeji_store_get_offered_dictionary() has an answer, "noticed" when there is a notice, and
 * "tray-changed".
 */
#define YEJI_TYPE_STORE (yeji_store_get_type ())

G_DECLARE_FINAL_TYPE (YejiStore, yeji_store, YEJI, STORE, GObject)

GQuark       yeji_store_error_quark   (void);
YejiStore   *yeji_store_open          (const char           *directory,
                                       YejiDictionary       *dictionary,
                                       GError              **error);
void         yeji_store_close         (YejiStore            *self);
const char  *yeji_store_get_directory (YejiStore            *self);
YejiDictionary *yeji_store_get_dictionary (YejiStore        *self);

/* Records. @why: typed, pasted, imported, merged, migrated, suggested, created, answered */
gboolean     yeji_store_save          (YejiStore            *self,
                                       YejiRecord           *record,
                                       const YejiFacts      *facts,
                                       const char           *why,
                                       GError              **error);
gboolean     yeji_store_save_many     (YejiStore            *self,
                                       GPtrArray            *records,
                                       GPtrArray            *facts,
                                       const char           *why,
                                       GError              **error);
void         yeji_store_save_async    (YejiStore            *self,
                                       YejiRecord           *record,
                                       const YejiFacts      *facts,
                                       const char           *why,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
char        *yeji_store_save_finish   (YejiStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
YejiRecord  *yeji_store_load          (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);
YejiRecord  *yeji_store_load_as_is    (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);
YejiRecord  *yeji_store_read          (YejiStore            *self,
                                       const char           *body,
                                       GError              **error);
void         yeji_store_load_async    (YejiStore            *self,
                                       const char           *uuid,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
YejiRecord  *yeji_store_load_finish   (YejiStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
GPtrArray   *yeji_store_list          (YejiStore            *self,
                                       GError              **error);
void         yeji_store_list_async    (YejiStore            *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray   *yeji_store_list_finish   (YejiStore            *self,
                                       GAsyncResult         *result,
                                       GError              **error);
YejiEntry   *yeji_store_get_entry     (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);
gboolean     yeji_store_remove        (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);
gboolean     yeji_store_restore       (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);
GPtrArray   *yeji_store_get_history   (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);

/* Documents */
YejiAttachment *yeji_store_attach     (YejiStore            *self,
                                       const char           *uuid,
                                       const char           *slot,
                                       GFile                *file,
                                       GCancellable         *cancellable,
                                       GError              **error);
gboolean     yeji_store_detach        (YejiStore            *self,
                                       const char           *uuid,
                                       const char           *attachment_id,
                                       GError              **error);
GPtrArray   *yeji_store_get_attachments (YejiStore          *self,
                                       const char           *uuid,
                                       GError              **error);
GPtrArray   *yeji_store_get_submitted_files (YejiStore      *self,
                                       gint64                seq,
                                       GError              **error);
GStrv        yeji_store_get_filled_slots (YejiStore         *self,
                                       const char           *uuid,
                                       GError              **error);
gboolean     yeji_store_set_upload    (YejiStore            *self,
                                       const char           *attachment_id,
                                       const char           *upload_url,
                                       GError              **error);
gboolean     yeji_store_set_received  (YejiStore            *self,
                                       const char           *attachment_id,
                                       GError              **error);
GFile       *yeji_store_get_file      (YejiStore            *self,
                                       const char           *sha256);

/* The outbox and the province's answers */
gboolean     yeji_store_queue_submit  (YejiStore            *self,
                                       const char           *uuid,
                                       GError              **error);
GPtrArray   *yeji_store_get_outbox    (YejiStore            *self,
                                       GError              **error);
gboolean     yeji_store_note_attempt  (YejiStore            *self,
                                       gint64                seq,
                                       gint64                next_attempt,
                                       const char           *message,
                                       GError              **error);
gboolean     yeji_store_forget_sent   (YejiStore            *self,
                                       const char           *uuid,
                                       gint64                seq,
                                       GError              **error);
gboolean     yeji_store_note_pushed   (YejiStore            *self,
                                       const char           *uuid,
                                       gint64                seq,
                                       const char           *revision,
                                       GError              **error);
gboolean     yeji_store_note_submitted (YejiStore           *self,
                                       const char           *uuid,
                                       gint64                seq,
                                       const YejiAnswer     *answer,
                                       GError              **error);
gboolean     yeji_store_note_refused  (YejiStore            *self,
                                       const char           *uuid,
                                       gint64                seq,
                                       const char           *message,
                                       GPtrArray            *problems,
                                       GError              **error);
gboolean     yeji_store_apply_answers (YejiStore            *self,
                                       GPtrArray            *answers,
                                       const char           *cursor,
                                       GError              **error);

/* Versions of the dictionary */
YejiDictionary *yeji_store_get_offered_dictionary (YejiStore *self);
char        *yeji_store_dup_dictionary_version (YejiStore   *self,
                                       GError              **error);
char        *yeji_store_find_dictionary_sum (YejiStore      *self,
                                       const char           *version,
                                       GError              **error);
gboolean     yeji_store_find_dictionary (YejiStore          *self,
                                       const char           *version,
                                       YejiDictionary      **dictionary,
                                       GError              **error);
gboolean     yeji_store_offer_dictionary (YejiStore         *self,
                                       YejiDictionary       *dictionary,
                                       GBytes               *bundle,
                                       const char           *sha256,
                                       GError              **error);
gboolean     yeji_store_offer_known_dictionary (YejiStore   *self,
                                       const char           *version,
                                       GError              **error);
gboolean     yeji_store_withdraw_dictionary (YejiStore      *self,
                                       GError              **error);
gboolean     yeji_store_adopt_dictionary (YejiStore         *self,
                                       GPtrArray           **reports,
                                       GError              **error);
void         yeji_store_adopt_dictionary_async (YejiStore   *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray   *yeji_store_adopt_dictionary_finish (YejiStore  *self,
                                       GAsyncResult         *result,
                                       GError              **error);
GPtrArray   *yeji_store_list_move_reports (YejiStore        *self,
                                       const char           *uuid,
                                       GError              **error);
void         yeji_store_list_move_reports_async (YejiStore  *self,
                                       const char           *uuid,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray   *yeji_store_list_move_reports_finish (YejiStore *self,
                                       GAsyncResult         *result,
                                       GError              **error);
YejiRecord  *yeji_store_load_before_move (YejiStore         *self,
                                       gint64                seq,
                                       GError              **error);

/* Settings */
char        *yeji_store_get_setting   (YejiStore            *self,
                                       const char           *name,
                                       GError              **error);
gboolean     yeji_store_set_setting   (YejiStore            *self,
                                       const char           *name,
                                       const char           *value,
                                       GError              **error);

G_END_DECLS
