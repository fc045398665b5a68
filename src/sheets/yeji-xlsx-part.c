// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#define MAX_PARTS 20000
#define BLOCK (256 * 1024)
/* Deflate makes at most 1 of 1,032; tables repeat themselves, so that 1 of 60 is not rare. */
#define MAX_RATIO 500
#define SLACK (4 * 1024 * 1024)
#define MAX_DEPTH 64

struct _YejiXlsxPart
{
  struct archive *archive;
  char *name;
  gint64 size;                 /* unpacked up to now */
  gint64 max_size;
  GError *error;               /* (nullable): of unpacking */
  xmlTextReader *xml;
};

static struct archive *
open_archive (const char *path,
              GError    **error)
{
  struct archive *archive = archive_read_new ();
  g_autofree char *words = NULL;

  archive_read_support_format_zip_seekable (archive);
  if (archive_read_open_filename (archive, path, BLOCK) == ARCHIVE_OK)
    return archive;
  words = g_strdup (archive_error_string (archive));
  archive_read_free (archive);
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s", words != NULL ? words : "no archive");
  return NULL;
}

/* 1 there is one, 0 the end, -1 an error */
static int
next_entry (struct archive        *archive,
            struct archive_entry **entry,
            GError               **error)
{
  int code = archive_read_next_header (archive, entry);

  if (code == ARCHIVE_EOF)
    return 0;
  if (code == ARCHIVE_OK || code == ARCHIVE_WARN)   /* of a name that no locale can say */
    return 1;
  yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s", archive_error_string (archive));
  return -1;
}

/* The name without a case or a slash before it, as producers differ; NULL where it has none. */
static char *
fold_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);
  g_autofree char *folded = NULL;

  if (name == NULL)
    name = archive_entry_pathname (entry);
  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return NULL;
  while (*name == '/')
    name++;
  folded = g_ascii_strdown (name, -1);
  return g_strdelimit (g_steal_pointer (&folded), "\\", '/');
}

/* Collects the names of all parts in small letters. A name that is there twice is one of which two
 * programs would read different things. */
gboolean
yeji_xlsx_list_parts (const char  *path,
                      GHashTable  *names,
                      GError     **error)
{
  struct archive *archive = open_archive (path, error);
  struct archive_entry *entry;
  gboolean good = TRUE;
  int found = 0;
  guint n = 0;

  if (archive == NULL)
    return FALSE;
  while (good && (found = next_entry (archive, &entry, error)) == 1)
    {
      char *name = fold_name (entry);

      if (name == NULL)
        continue;
      if (archive_entry_is_encrypted (entry))
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_OLD, "%s is encrypted", name);
      else if (++n > MAX_PARTS)
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "more than %d parts", MAX_PARTS);
      else if (g_hash_table_contains (names, name))
        good = yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s is there twice", name);
      else
        g_hash_table_add (names, g_steal_pointer (&name));
      g_free (name);
    }
  archive_read_free (archive);
  return good && found == 0;
}

static int
read_for_xml (void *context,
              char *buffer,
              int   length)
{
  YejiXlsxPart *self = context;

  return (int) yeji_xlsx_part_read (self, buffer, (gsize) length, &self->error);
}

static void
ignore_error (void                    *data,
              const char              *message,
              xmlParserSeverities      severity,
              xmlTextReaderLocatorPtr  locator)
{
}

/* Opens a part by its name in small letters. */
YejiXlsxPart *
yeji_xlsx_part_open (const char  *path,
                     const char  *name,
                     gint64       max_size,
                     GError     **error)
{
  g_autoptr (YejiXlsxPart) self = g_new0 (YejiXlsxPart, 1);
  struct archive_entry *entry;
  gboolean there = FALSE;
  int found = 0;

  self->name = g_strdup (name);
  self->max_size = max_size;
  self->archive = open_archive (path, error);
  if (self->archive == NULL)
    return NULL;
  while (!there && (found = next_entry (self->archive, &entry, error)) == 1)
    {
      g_autofree char *folded = fold_name (entry);

      there = g_strcmp0 (folded, name) == 0;
    }
  if (found < 0)
    return NULL;
  if (!there)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s is missing", name);
      return NULL;
    }
  /* no entity is put in, nothing is loaded, and libxml2's own limits stay */
  self->xml = xmlReaderForIO (read_for_xml, NULL, self, NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                              | XML_PARSE_COMPACT);
  if (self->xml == NULL)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s", name);
      return NULL;
    }
  xmlTextReaderSetErrorHandler (self->xml, ignore_error, NULL);
  return g_steal_pointer (&self);
}

/* Reads on; 0 at the end, -1 with an error. Not to be mixed with XML. */
gssize
yeji_xlsx_part_read (YejiXlsxPart  *self,
                     char          *buffer,
                     gsize          length,
                     GError       **error)
{
  la_ssize_t n;

  if (error != NULL && *error != NULL)
    return -1;
  n = archive_read_data (self->archive, buffer, length);
  if (n < 0)
    {
      const char *words = archive_error_string (self->archive);

      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s: %s", self->name,
                        words != NULL ? words : "cannot be unpacked");
      return -1;
    }
  self->size += n;
  if (self->size > self->max_size
      || (self->size > SLACK
          && self->size / MAX_RATIO > MAX (archive_filter_bytes (self->archive, -1), 1)))
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "%s is too large unpacked", self->name);
      return -1;
    }
  return n;
}

/* Goes to the next node of XML: 1, 0 at the end, -1 with an error. */
int
yeji_xlsx_part_next (YejiXlsxPart  *self,
                     GError       **error)
{
  int found = xmlTextReaderRead (self->xml);
  int type = found == 1 ? xmlTextReaderNodeType (self->xml) : 0;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return -1;
    }
  if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_FORBIDDEN, "%s has a document type or an entity",
                        self->name);
      return -1;
    }
  if (found < 0)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_DAMAGED, "%s, line %d", self->name,
                        xmlTextReaderGetParserLineNumber (self->xml));
      return -1;
    }
  if (found == 1 && xmlTextReaderDepth (self->xml) > MAX_DEPTH)
    {
      yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "%s is nested too deep", self->name);
      return -1;
    }
  return found;
}

xmlTextReader *
yeji_xlsx_part_get_xml (YejiXlsxPart *self)
{
  return self->xml;
}

/* Whether an element begins here, in whichever namespace: there are two of them, and Strict
 * ones. */
gboolean
yeji_xlsx_part_is (YejiXlsxPart *self,
                   const char   *name)
{
  return xmlTextReaderNodeType (self->xml) == XML_READER_TYPE_ELEMENT
         && g_strcmp0 ((const char *) xmlTextReaderConstLocalName (self->xml), name) == 0;
}

/* The attribute of this local name, in a namespace or in none, good until the next node; NULL when
 * there is none. Read from the node itself: asking the reader takes longer than all the rest. */
static const char *
find_attribute (YejiXlsxPart *self,
                const char   *name,
                gboolean      qualified)
{
  const xmlNode *node = xmlTextReaderCurrentNode (self->xml);

  for (const xmlAttr *at = node != NULL ? node->properties : NULL; at != NULL; at = at->next)
    {
      const xmlNode *text = at->children;

      if ((qualified && at->ns == NULL) || strcmp ((const char *) at->name, name) != 0)
        continue;
      if (text == NULL)
        return "";
      return text->type == XML_TEXT_NODE && text->next == NULL ? (const char *) text->content
                                                               : NULL;
    }
  return NULL;
}

const char *
yeji_xlsx_part_get (YejiXlsxPart *self,
                    const char   *attribute)
{
  return find_attribute (self, attribute, FALSE);
}

/* The one in a namespace: of two that are called id, that of a relation. */
const char *
yeji_xlsx_part_get_qualified (YejiXlsxPart *self,
                              const char   *attribute)
{
  return find_attribute (self, attribute, TRUE);
}

void
yeji_xlsx_part_free (YejiXlsxPart *self)
{
  if (self->xml != NULL)
    xmlFreeTextReader (self->xml);
  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_clear_error (&self->error);
  g_free (self->name);
  g_free (self);
}
