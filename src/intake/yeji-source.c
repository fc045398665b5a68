// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-source"

#include "config.h"

#include "yeji-source.h"

#include "yeji-intake-folder.h"
#include "yeji-match.h"
#include "yeji-zip.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," \
  G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK

struct _YejiSource
{
  GPtrArray *roots;            /* (element-type GFile) */
  GPtrArray *files;            /* (element-type YejiSourceFile) */
  GPtrArray *skipped;          /* (element-type YejiSkippedFile) */
  YejiIntakeFolder *folder;    /* (nullable): of what was unpacked */
  gint64 unpacked_size;
  gboolean full;               /* there are as many files as there may be */
  GHashTable *seen;            /* files that are there, by path: given twice is once */

  YejiSourceProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
};

static const struct
{
  const char *code;
  const char *text;
} reasons[N_YEJI_SKIP_REASONS] = {
  [YEJI_SKIP_UNREADABLE] = { "unreadable", N_("cannot be read") },
  [YEJI_SKIP_SPECIAL] = { "special", N_("is not a file") },
  [YEJI_SKIP_LINK] = { "link", N_("is a link to another file; give that file itself") },
  [YEJI_SKIP_EMPTY] = { "empty", N_("is empty") },
  [YEJI_SKIP_DEEP] = { "deep", N_("lies in too many folders") },
  [YEJI_SKIP_COUNT] = { "count", N_("too many files; take the rest in a second go") },
  [YEJI_SKIP_SIZE] = { "size", N_("the archive holds too much; unpack it first") },
  [YEJI_SKIP_BOMB] = { "bomb", N_("unpacks to far more than it is; it was left alone") },
  [YEJI_SKIP_ENCRYPTED] = { "encrypted", N_("needs a password; unpack it first") },
  [YEJI_SKIP_NAME] = { "name", N_("has a name that leads out of the archive or cannot be read") },
  [YEJI_SKIP_NESTED] = { "nested", N_("is an archive inside an archive; unpack it first") },
  [YEJI_SKIP_DAMAGED] = { "damaged", N_("is damaged or cut off") },
  [YEJI_SKIP_FOREIGN] = { "foreign",
                          N_("is an archive of another kind than zip; unpack it first") },
};

/* What systems put beside files, and nobody wants to hand in. */
static const char * const ignored[] = { "thumbs.db", "desktop.ini", "__macosx", "ehthumbs.db" };

static const char * const foreign[] = { ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz",
                                        ".zst", ".cab", ".arj", ".lzh", ".iso", ".z01" };

static void
free_file (gpointer data)
{
  YejiSourceFile *file = data;

  g_free (file->path);
  g_object_unref (file->file);
  g_free (file);
}

static void
free_skipped (gpointer data)
{
  g_free (((YejiSkippedFile *) data)->path);
  g_free (data);
}

static void
skip (YejiSource     *self,
      const char     *path,
      YejiSkipReason  reason)
{
  YejiSkippedFile *skipped = g_new (YejiSkippedFile, 1);

  skipped->path = g_strdup (path);
  skipped->reason = reason;
  g_ptr_array_add (self->skipped, skipped);
}

/* Returns FALSE when no more files may come. */
static gboolean
has_room (YejiSource *self,
          const char *path)
{
  if (self->files->len + self->skipped->len < YEJI_SOURCE_MAX_FILES)
    return TRUE;
  if (!self->full)
    skip (self, path, YEJI_SKIP_COUNT);
  self->full = TRUE;
  return FALSE;
}

static void
add_file (YejiSource *self,
          const char *path,
          GFile      *file,
          gint64      size)
{
  YejiSourceFile *entry = g_new (YejiSourceFile, 1);

  entry->path = g_strdup (path);
  entry->file = g_object_ref (file);
  entry->size = size;
  g_ptr_array_add (self->files, entry);
  if (self->progress != NULL)
    self->progress (self->files->len, self->progress_data);
}

static gboolean
is_ignored (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  if (*name == '.' || g_str_has_prefix (name, "~$"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ignored); i++)
    if (g_str_equal (folded, ignored[i]))
      return TRUE;
  return FALSE;
}

static gboolean
ends_with (const char *name,
           const char *ending)
{
  gsize n_name = strlen (name), n = strlen (ending);

  return n_name > n && g_ascii_strcasecmp (name + n_name - n, ending) == 0;
}

static gboolean
is_foreign (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (ends_with (name, foreign[i]))
      return TRUE;
  return FALSE;
}

/* Any part of the path that is to be left out. */
static gboolean
has_ignored_part (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (is_ignored (parts[i]))
      return TRUE;
  return FALSE;
}

static guint
count_depth (const char *path)
{
  guint depth = 0;

  for (const char *p = path; *p != '\0'; p++)
    depth += *p == '/';
  return depth;
}

/* --- archives --- */

static gboolean
make_folder (YejiSource  *self,
             GError     **error)
{
  if (self->folder == NULL)
    self->folder = yeji_intake_folder_new (error);
  return self->folder != NULL;
}


static gboolean
take_entry (YejiSource          *self,
            YejiZip             *zip,
            const YejiZipEntry  *entry,
            const char          *path,
            GError             **error)
{
  g_autofree char *place = yeji_intake_folder_place (self->folder);
  g_autoptr (GFile) file = g_file_new_for_path (place);
  gint64 size;
  int reason;

  if (!yeji_zip_unpack (zip, entry, file, YEJI_SOURCE_MAX_SIZE - self->unpacked_size, &size,
                        &reason, self->cancellable, error))
    return FALSE;
  if (reason >= 0)
    skip (self, path, (YejiSkipReason) reason);
  else
    add_file (self, path, file, size);
  self->unpacked_size += size;
  return TRUE;
}

static int
judge_entry (const YejiZipEntry *entry,
             const char         *path)
{
  if (entry->reason >= 0)
    return entry->reason;
  if (count_depth (path) > YEJI_SOURCE_MAX_DEPTH)
    return YEJI_SKIP_DEEP;
  if (ends_with (entry->name, ".zip"))
    return YEJI_SKIP_NESTED;
  return is_foreign (entry->name) ? YEJI_SKIP_NESTED : -1;
}

static gboolean
read_archive (YejiSource  *self,
              GFile       *file,
              const char  *path,
              GError     **error)
{
  YejiSkipReason why = YEJI_SKIP_UNREADABLE;
  GError *local_error = NULL;
  g_autoptr (YejiZip) zip = yeji_zip_open (file, 2 * YEJI_SOURCE_MAX_FILES, &why,
                                           self->cancellable, &local_error);
  /* the name without its ending is as good as a folder's */
  g_autofree char *folder = g_strndup (path, strlen (path) - strlen (".zip"));
  gint64 before = self->unpacked_size;

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (zip == NULL)
    {
      skip (self, path, why);
      return TRUE;
    }
  if (!make_folder (self, error))
    return FALSE;
  for (guint i = 0; i < yeji_zip_get_entries (zip)->len; i++)
    {
      const YejiZipEntry *entry = g_ptr_array_index (yeji_zip_get_entries (zip), i);
      g_autofree char *name = g_strconcat (folder, "/", entry->shown, NULL);
      int reason = judge_entry (entry, name);

      if (entry->name != NULL && has_ignored_part (entry->name))
        continue;
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!has_room (self, name))
        break;
      /* files that lie over each other make much of little, too */
      if ((self->unpacked_size - before) / YEJI_SOURCE_MAX_RATIO > yeji_zip_get_size (zip))
        {
          skip (self, path, YEJI_SKIP_BOMB);
          break;
        }
      if (reason >= 0)
        skip (self, name, (YejiSkipReason) reason);
      else if (!take_entry (self, zip, entry, name, error))
        return FALSE;
    }
  return TRUE;
}

/* --- folders --- */

static int
compare_infos (gconstpointer a,
               gconstpointer b)
{
  return yeji_match_compare_names (g_file_info_get_display_name (*(GFileInfo **) a),
                                   g_file_info_get_display_name (*(GFileInfo **) b));
}

static gboolean read_thing (YejiSource  *self,
                            GFile       *file,
                            GFileInfo   *info,
                            const char  *path,
                            guint        depth,
                            GError     **error);

static gboolean
read_folder (YejiSource  *self,
             GFile       *folder,
             const char  *path,
             guint        depth,
             GError     **error)
{
  g_autoptr (GFileEnumerator) children = NULL;
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  GFileInfo *info;

  if (depth > YEJI_SOURCE_MAX_DEPTH)
    {
      skip (self, path, YEJI_SKIP_DEEP);
      return TRUE;
    }
  children = g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                        self->cancellable, &local_error);
  while (children != NULL && infos->len <= YEJI_SOURCE_MAX_FILES
         && (info = g_file_enumerator_next_file (children, self->cancellable,
                                                 &local_error)) != NULL)
    g_ptr_array_add (infos, info);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (local_error != NULL)
    skip (self, path, YEJI_SKIP_UNREADABLE);
  g_ptr_array_sort (infos, compare_infos);
  for (guint i = 0; i < infos->len && !self->full; i++)
    {
      g_autoptr (GFile) child = NULL;
      g_autofree char *name = NULL;

      info = g_ptr_array_index (infos, i);
      if (is_ignored (g_file_info_get_name (info)))
        continue;
      child = g_file_get_child (folder, g_file_info_get_name (info));
      name = g_strconcat (path, "/", g_file_info_get_display_name (info), NULL);
      if (!read_thing (self, child, info, name, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_thing (YejiSource  *self,
            GFile       *file,
            GFileInfo   *info,
            const char  *path,
            guint        depth,
            GError     **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (type == G_FILE_TYPE_DIRECTORY)
    return read_folder (self, file, path, depth, error);
  if (!has_room (self, path))
    return TRUE;
  if (type == G_FILE_TYPE_SYMBOLIC_LINK)
    skip (self, path, YEJI_SKIP_LINK);
  else if (type != G_FILE_TYPE_REGULAR)
    skip (self, path, YEJI_SKIP_SPECIAL);
  else if (g_file_info_get_size (info) == 0)
    skip (self, path, YEJI_SKIP_EMPTY);
  else if (is_foreign (path))
    skip (self, path, YEJI_SKIP_FOREIGN);
  else if (!g_hash_table_add (self->seen, g_object_ref (file)))
    return TRUE;
  else if (ends_with (path, ".zip"))
    return read_archive (self, file, path, error);
  else
    add_file (self, path, file, g_file_info_get_size (info));
  return TRUE;
}

/* What the user gave is meant, be it a link or hidden. */
static gboolean
read_root (YejiSource  *self,
           GFile       *root,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (root, ATTRIBUTES, G_FILE_QUERY_INFO_NONE,
                                                  self->cancellable, &local_error);

  if (info != NULL)
    return read_thing (self, root, info, g_file_info_get_display_name (info), 0, error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->files->len + self->skipped->len <= YEJI_SOURCE_MAX_FILES)
    {
      g_autofree char *name = g_file_get_parse_name (root);
      const char *slash = strrchr (name, '/');

      skip (self, slash != NULL && slash[1] != '\0' ? slash + 1 : name, YEJI_SKIP_UNREADABLE);
    }
  return TRUE;
}

/**
 * yeji_source_new:
 * @roots: (array length=n_roots): files, folders and zip archives
 *
 * Returns: (transfer full): a source that has not been read
 */
YejiSource *
yeji_source_new (GFile * const *roots,
                 guint          n_roots)
{
  YejiSource *self = g_new0 (YejiSource, 1);

  self->roots = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_roots; i++)
    g_ptr_array_add (self->roots, g_object_ref (roots[i]));
  self->files = g_ptr_array_new_with_free_func (free_file);
  self->skipped = g_ptr_array_new_with_free_func (free_skipped);
  self->seen = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal, g_object_unref,
                                      NULL);
  return self;
}

/**
 * yeji_source_free:
 *
 * Removes what was unpacked: the files of the source are no longer there.
 */
void
yeji_source_free (YejiSource *self)
{
  g_clear_pointer (&self->folder, yeji_intake_folder_free);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->skipped);
  g_free (self);
}

/**
 * yeji_source_read:
 * @progress: (nullable): called for every file
 *
 * Looks for files, and unpacks archives into a private folder of the source's own. Links are not
 * followed, hidden files and what systems leave lying about are not seen. Whatever else does not
 * come in is told with its reason. Blocks; once.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or another #GIOErrorEnum when there is nowhere to
 *     unpack to
 */
gboolean
yeji_source_read (YejiSource          *self,
                  YejiSourceProgress   progress,
                  gpointer             user_data,
                  GCancellable        *cancellable,
                  GError             **error)
{
  gboolean done = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);

  self->progress = progress;
  self->progress_data = user_data;
  self->cancellable = cancellable;
  for (guint i = 0; i < self->roots->len && done && !self->full; i++)
    done = read_root (self, g_ptr_array_index (self->roots, i), error);
  self->progress = NULL;
  self->cancellable = NULL;
  return done;
}

/**
 * yeji_source_get_files:
 *
 * Returns: (transfer none) (element-type YejiSourceFile): what came in, folder by folder as a
 *     person would sort it
 */
GPtrArray *
yeji_source_get_files (YejiSource *self)
{
  return self->files;
}

/**
 * yeji_source_get_skipped:
 *
 * Returns: (transfer none) (element-type YejiSkippedFile): what did not
 */
GPtrArray *
yeji_source_get_skipped (YejiSource *self)
{
  return self->skipped;
}

/**
 * yeji_skip_reason_to_code:
 *
 * Returns: (transfer none): one word for programs
 */
const char *
yeji_skip_reason_to_code (YejiSkipReason reason)
{
  return reasons[reason].code;
}

/**
 * yeji_skip_reason_to_text:
 *
 * Returns: (transfer none): what is said behind the file's name, translated
 */
const char *
yeji_skip_reason_to_text (YejiSkipReason reason)
{
  return g_dgettext (GETTEXT_PACKAGE, reasons[reason].text);
}
