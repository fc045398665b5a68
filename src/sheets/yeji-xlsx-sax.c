// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

#include <string.h>

#include <libxml/parser.h>

/* Unpacked bytes that are parsed at a time: what a table's reader has ahead of who reads it. */
#define CHUNK (32 * 1024)

struct _YejiXlsxSax
{
  YejiXlsxPart *part;
  const YejiXlsxSaxClass *class;
  gpointer data;
  xmlParserCtxt *parser;
  char *chunk;
  const xmlChar **attributes;  /* of the element that begins: name, prefix, namespace, value, end */
  int n_attributes;
  const xmlChar *space;        /* the namespace of the part, interned; (nullable) */
  guint depth;
  gboolean ended;
  GError *error;               /* (nullable): of a handler */
};

static void
stop (YejiXlsxSax *self,
      gboolean     good)
{
  if (!good)
    xmlStopParser (self->parser);
}

/* An extension may call its elements as the part does: Excel writes an x14:workbookPr, which says
 * nothing of days since 1904, behind the workbookPr that does. So those of another namespace than
 * the first element's have no name. */
static const char *
name_own (YejiXlsxSax   *self,
          const xmlChar *name,
          const xmlChar *space)
{
  return space == self->space ? (const char *) name : NULL;
}

static void
begin_element (void           *data,
               const xmlChar  *name,
               const xmlChar  *prefix,
               const xmlChar  *uri,
               int             n_namespaces,
               const xmlChar **namespaces,
               int             n_attributes,
               int             n_defaulted,
               const xmlChar **attributes)
{
  YejiXlsxSax *self = data;

  if (self->error != NULL)
    return;
  if (self->depth == 0)
    self->space = uri;
  if (++self->depth > YEJI_XLSX_MAX_DEPTH)
    {
      stop (self, yeji_sheets_fail (&self->error, YEJI_SHEETS_ERROR_LIMIT,
                                    "%s is nested too deep", yeji_xlsx_part_get_name (self->part)));
      return;
    }
  self->attributes = attributes;
  self->n_attributes = n_attributes;
  stop (self, self->class->begin (self->data, self, name_own (self, name, uri), &self->error));
}

static void
end_element (void          *data,
             const xmlChar *name,
             const xmlChar *prefix,
             const xmlChar *uri)
{
  YejiXlsxSax *self = data;

  if (self->error != NULL)
    return;
  self->depth--;
  if (self->class->end != NULL)
    stop (self, self->class->end (self->data, name_own (self, name, uri), &self->error));
}

static void
take_text (void          *data,
           const xmlChar *text,
           int            length)
{
  YejiXlsxSax *self = data;

  if (self->error == NULL && self->class->text != NULL)
    stop (self, self->class->text (self->data, (const char *) text, (gsize) length, &self->error));
}

static void
refuse_type (void          *data,
             const xmlChar *name,
             const xmlChar *public_id,
             const xmlChar *system_id)
{
  YejiXlsxSax *self = data;

  if (self->error == NULL)
    stop (self, yeji_sheets_fail (&self->error, YEJI_SHEETS_ERROR_FORBIDDEN,
                                  "%s has a document type or an entity",
                                  yeji_xlsx_part_get_name (self->part)));
}

static void
ignore_error (void     *data,
              xmlError *error)
{
}

/* Parses a part from its first byte on, calling @class; takes the part. */
YejiXlsxSax *
yeji_xlsx_sax_new (YejiXlsxPart           *part,
                   const YejiXlsxSaxClass *class,
                   gpointer                data)
{
  /* no entity is known but those of XML itself, for there is nothing that takes one, so one that is
   * used is an error; nothing is loaded from anywhere */
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = refuse_type,
    .characters = take_text,
    .ignorableWhitespace = take_text,
    .cdataBlock = take_text,
    .startElementNs = begin_element,
    .endElementNs = end_element,
    .serror = ignore_error,
  };
  YejiXlsxSax *self = g_new0 (YejiXlsxSax, 1);

  self->part = part;
  self->class = class;
  self->data = data;
  self->chunk = g_malloc (CHUNK);
  self->parser = xmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL);
  g_assert (self->parser != NULL);
  /* else & in an attribute would be &#38; */
  xmlCtxtUseOptions (self->parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR
                                   | XML_PARSE_NOWARNING);
  return self;
}

/* The pointer by which names of elements and attributes can be told apart, without their prefix:
 * there are two namespaces, and Strict ones. */
const char *
yeji_xlsx_sax_intern (YejiXlsxSax *self,
                      const char  *name)
{
  return (const char *) xmlDictLookup (self->parser->dict, (const xmlChar *) name, -1);
}

static const char *
find_attribute (YejiXlsxSax *self,
                const char  *name,
                gboolean     qualified,
                gsize       *length)
{
  for (int i = 0; i < self->n_attributes; i++)
    {
      const xmlChar **attribute = self->attributes + 5 * i;

      if ((const char *) attribute[0] != name || qualified != (attribute[2] != NULL))
        continue;
      *length = (gsize) (attribute[4] - attribute[3]);
      return (const char *) attribute[3];
    }
  return NULL;
}

/* The value of an attribute without a prefix, by its interned name, of the element that begins:
 * good until the handler returns, not ended by a NUL; NULL when there is none. */
const char *
yeji_xlsx_sax_get (YejiXlsxSax *self,
                   const char  *name,
                   gsize       *length)
{
  return find_attribute (self, name, FALSE, length);
}

/* The one in a namespace: of two that are called id, that of a relation. */
const char *
yeji_xlsx_sax_get_qualified (YejiXlsxSax *self,
                             const char  *name,
                             gsize       *length)
{
  return find_attribute (self, name, TRUE, length);
}

/* (transfer full) (nullable): the value of an attribute without a prefix, by any name. */
char *
yeji_xlsx_sax_dup (YejiXlsxSax *self,
                   const char  *name)
{
  gsize length;
  const char *value = find_attribute (self, yeji_xlsx_sax_intern (self, name), FALSE, &length);

  return value != NULL ? g_strndup (value, length) : NULL;
}

/* Parses the next piece: 1 when there may be more, 0 at the end, -1 with an error. Handlers are
 * called for all that stands before the error. */
int
yeji_xlsx_sax_step (YejiXlsxSax  *self,
                    GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize n;

  if (self->ended)
    return 0;
  n = yeji_xlsx_part_read (self->part, self->chunk, CHUNK, &local_error);
  if (n >= 0)
    {
      xmlParseChunk (self->parser, self->chunk, (int) n, n == 0);
      if (self->error != NULL)
        local_error = g_steal_pointer (&self->error);
      else if (!self->parser->wellFormed)
        yeji_sheets_fail (&local_error, YEJI_SHEETS_ERROR_DAMAGED, "%s, line %d",
                          yeji_xlsx_part_get_name (self->part),
                          self->parser->input != NULL ? self->parser->input->line : 0);
    }
  self->ended = n <= 0 || local_error != NULL;
  if (local_error == NULL)
    return n > 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* Parses all of it. */
gboolean
yeji_xlsx_sax_run (YejiXlsxSax  *self,
                   GError      **error)
{
  int found;

  do
    found = yeji_xlsx_sax_step (self, error);
  while (found > 0);
  return found == 0;
}

void
yeji_xlsx_sax_free (YejiXlsxSax *self)
{
  /* nothing of ours makes a tree */
  xmlFreeParserCtxt (self->parser);
  yeji_xlsx_part_free (self->part);
  g_clear_error (&self->error);
  g_free (self->chunk);
  g_free (self);
}
