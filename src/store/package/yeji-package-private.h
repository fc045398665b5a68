// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

#include "yeji-db.h"
#include "yeji-package.h"
#include "yeji-sealed-stream.h"

G_BEGIN_DECLS

/* Inside of its encryption a package is a row of members: four letters, the length of what follows
 * (8 bytes, little-endian), and that. They come in this order:
 *
 *   head              who made it, of which enterprise, how much there is
 *   reco              a record's own facts: times, the province's words, documents
 *   body              the record
 *   base              (maybe) what the province has of it
 *   hist              (any number of) lines of its history
 *   ...               the next record
 *   file              32 bytes of SHA-256 and a document's content, each content once
 *   ends              nothing
 */
typedef enum
{
  YEJI_MEMBER_HEAD,
  YEJI_MEMBER_RECORD,
  YEJI_MEMBER_BODY,
  YEJI_MEMBER_BASE,
  YEJI_MEMBER_HISTORY,
  YEJI_MEMBER_FILE,
  YEJI_MEMBER_END,
  N_YEJI_MEMBERS
} YejiMember;

/* What a file of this kind begins with. */
#define YEJI_PACKAGE_MAGIC "yeji-package\r\n\x1a\n"

/* The setting that names what was taken over last, until that is taken back. */
#define YEJI_PACKAGE_LAST "package.last"

/* What this program writes, and the newest that it reads. */
#define YEJI_PACKAGE_FORMAT 1

/* A member that is text, in bytes: a record with all the rows that it may have is far below. */
#define YEJI_PACKAGE_MAX_TEXT ((guint64) 64 << 20)

#define YEJI_PACKAGE_MAX_RECORDS 1000000
#define YEJI_PACKAGE_MAX_DOCUMENTS 10000
#define YEJI_PACKAGE_MAX_LINES 10000000

/* Of a content in front of it, in bytes. */
#define YEJI_PACKAGE_SUM_SIZE 32

/* Why a step was made that took over what came; @YEJI_WHY_FOLLOWED: and nothing else was to keep */
#define YEJI_WHY_TAKEN "taken"
#define YEJI_WHY_FOLLOWED "followed"

/* What a package says of itself. */
typedef struct
{
  char *program;
  char *made_at;
  char *made_by;
  char *enterprise;
  char *code;
  guint n_records;
  guint n_documents;
  guint n_files;
  guint64 n_bytes;
} YejiPackageHead;

/* A document of a record, as it is written down. Texts but the first five are nullable. */
typedef struct
{
  char *id;
  char *slot;
  char *sha256;
  char *filename;
  char *added_at;
  char *received_at;
  char *origin;
  char *original;
  char *findings;
  int rotation;
  gint64 position;
} YejiPackageDocument;

/* What the province said. All are nullable. */
typedef struct
{
  char *revision;
  char *state;
  char *grade;
  char *office;
  char *reviewer;
  char *message;
  char *answered_at;
  char *submitted_at;
  char *files_at;
  char *refusal;
} YejiPackageProvince;

/* A record with everything but its documents' contents. */
typedef struct
{
  char *uuid;
  char *name;
  char *dictionary;
  char *created_at;
  char *changed_at;
  YejiPackageProvince province;
  GPtrArray *reviewer;         /* (element-type YejiPoint) */
  GPtrArray *refusals;         /* (element-type YejiPoint) */
  GPtrArray *documents;        /* (element-type YejiPackageDocument) */
  char *body;                  /* JSON */
  char *base;                  /* (nullable): JSON */
  GPtrArray *lines;            /* (element-type YejiHistoryLine), packed */
} YejiPackageRecord;

/* yeji-package-json.c */
char              *yeji_package_head_to_text   (const YejiPackageHead     *self);
gboolean           yeji_package_head_parse     (YejiPackageHead           *self,
                                                const char                *text,
                                                GError                   **error);
void               yeji_package_head_clear     (YejiPackageHead           *self);
YejiPackageRecord *yeji_package_record_new     (void);
void               yeji_package_record_free    (YejiPackageRecord         *self);
void               yeji_package_document_free  (YejiPackageDocument       *self);
char              *yeji_package_record_to_text (const YejiPackageRecord   *self);
YejiPackageRecord *yeji_package_record_parse   (const char                *text,
                                                GError                   **error);
gboolean           yeji_package_is_sum         (const char                *text);
gboolean           yeji_package_fail           (const char                *why,
                                                GError                   **error);

/* yeji-package-lines.c */
char              *yeji_package_lines_to_text  (GPtrArray                 *lines,
                                                guint                     *index);
gboolean           yeji_package_lines_parse    (GPtrArray                 *lines,
                                                const char                *text,
                                                GError                   **error);

/* yeji-package-frame.c */
gboolean           yeji_package_write_head     (YejiSealedWriter          *writer,
                                                YejiMember                 kind,
                                                guint64                    length,
                                                GError                   **error);
gboolean           yeji_package_write_text     (YejiSealedWriter          *writer,
                                                YejiMember                 kind,
                                                const char                *text,
                                                GError                   **error);
gboolean           yeji_package_take_error     (GError                    *cause,
                                                const char                *path,
                                                GError                   **error);
gboolean           yeji_package_read_exactly   (YejiSealedReader          *reader,
                                                gpointer                   data,
                                                gsize                      length,
                                                GError                   **error);
gboolean           yeji_package_read_head      (YejiSealedReader          *reader,
                                                YejiMember                *kind,
                                                guint64                   *length,
                                                GError                   **error);
char              *yeji_package_read_text      (YejiSealedReader          *reader,
                                                guint64                    length,
                                                GError                   **error);

/* yeji-package-read.c. One way through a package, from its beginning. */
typedef struct _YejiPackageWalk YejiPackageWalk;

/* @YEJI_WALK_FILE: the content is to be read by yeji_package_walk_read() */
typedef enum
{
  YEJI_WALK_FAILED,
  YEJI_WALK_RECORD,
  YEJI_WALK_FILE,
  YEJI_WALK_END,
} YejiWalkStep;

YejiPackageWalk   *yeji_package_walk_new       (YejiPackage               *package,
                                                GCancellable              *cancellable,
                                                GError                   **error);
YejiWalkStep       yeji_package_walk_next      (YejiPackageWalk           *self,
                                                YejiPackageRecord        **record,
                                                char                     **sha256,
                                                guint64                   *size,
                                                GError                   **error);
gboolean           yeji_package_walk_read      (YejiPackageWalk           *self,
                                                gpointer                   data,
                                                gsize                      length,
                                                GError                   **error);
guint64            yeji_package_walk_get_position (YejiPackageWalk        *self);
void               yeji_package_walk_free      (YejiPackageWalk           *self);
guint64            yeji_package_get_file_size  (YejiPackage               *self);
const YejiPackageHead *yeji_package_get_head   (YejiPackage               *self);

/* yeji-package-stage.c. @keep: %FALSE reads and compares alone. @contents: sha256 of what is in the
 * package; @fresh: of what lies in the profile since */
gboolean           yeji_package_stage          (YejiPackage               *package,
                                                YejiStore                 *store,
                                                gboolean                   keep,
                                                YejiBackupProgressFunc     progress,
                                                gpointer                   data,
                                                GHashTable                *contents,
                                                GHashTable                *fresh,
                                                GCancellable              *cancellable,
                                                GError                   **error);

/* yeji-package-kin.c */
typedef enum
{
  YEJI_KIN_OLDER,              /* mine was made of theirs, or says the same */
  YEJI_KIN_NEWER,              /* theirs was made of mine */
  YEJI_KIN_BOTH,               /* both went on */
} YejiKin;

/* One state of a record, and how it came to be. */
typedef struct
{
  YejiRecord *record;
  GPtrArray *lines;            /* (element-type YejiHistoryLine), unpacked, all of them */
} YejiLineage;

YejiKin            yeji_package_find_kin       (const YejiLineage         *mine,
                                                const YejiLineage         *theirs,
                                                gboolean                   same_answer,
                                                YejiRecord               **base,
                                                GPtrArray                **news);

/* yeji-package-merge.c, in the transaction */
typedef struct
{
  YejiStore *store;
  const char *batch;
  const char *now;
  gint64 day;
  GHashTable *contents;        /* sha256 that are in the package */
  GHashTable *touched;         /* uuids */
  gboolean tray;
  gboolean documents;          /* a taking is to be noted */
  YejiTakeReport *report;
  gboolean dry;
} YejiTaking;

gboolean           yeji_package_take_record    (YejiTaking                *taking,
                                                YejiSql                   *sql,
                                                YejiPackageRecord         *record,
                                                GError                   **error);

/* yeji-package-history.c, in the transaction */
gboolean           yeji_package_write_lines    (YejiTaking                *taking,
                                                YejiSql                   *sql,
                                                const YejiPackageRecord   *record,
                                                GError                   **error);
gboolean           yeji_package_write_news     (YejiTaking                *taking,
                                                YejiSql                   *sql,
                                                const char                *uuid,
                                                GPtrArray                 *news,
                                                const char                *batch,
                                                GError                   **error);

/* yeji-package-province.c, in the transaction */
gboolean           yeji_package_write_province (YejiTaking                *taking,
                                                YejiSql                   *sql,
                                                const YejiPackageRecord   *record,
                                                YejiRecord                *base,
                                                GError                   **error);

/* yeji-package-documents.c, in the transaction */
gboolean           yeji_package_take_documents (YejiTaking                *taking,
                                                YejiSql                   *sql,
                                                YejiPackageRecord         *record,
                                                YejiTakeItem              *item,
                                                GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPackageRecord, yeji_package_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPackageDocument, yeji_package_document_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPackageWalk, yeji_package_walk_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiPackageHead, yeji_package_head_clear)

G_END_DECLS
